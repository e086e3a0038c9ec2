"""Counts what one round of publishing did."""

from __future__ import annotations

from datetime import datetime
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace


class End(Enum):
    """How the work on one due delivery ended."""

    SENT = "sent"
    HELD = "held"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"
    PUT_OFF = "put_off"
    PROCESSING = "processing"
    NOT_OURS = "not_ours"


class Ticked(Struct, frozen=True):
    """What one round did, as numbers of deliveries. ``next_at`` is when there is next something to do.

    ``stopped`` is the number of clients whose whole queue stands still (``guarding.hold_of`` says why).
    """

    sent: int = 0
    held: int = 0
    refused: int = 0
    uncertain: int = 0
    put_off: int = 0
    processing: int = 0
    stopped: int = 0
    next_at: datetime | None = None

    @property
    def needs_decision(self) -> int:
        """How many now wait for a person."""
        return self.held + self.refused + self.uncertain

    @property
    def moved(self) -> int:
        """How many are not where they were."""
        return self.sent + self.held + self.refused + self.uncertain + self.processing

    def __add__(self, other: Ticked) -> Ticked:
        moments = [moment for moment in (self.next_at, other.next_at) if moment is not None]
        numbers = {name: getattr(self, name) + getattr(other, name) for name in _NUMBERS}
        return replace(Ticked(**numbers), next_at=min(moments, default=None))


_NUMBERS = tuple(name for name in Ticked.__struct_fields__ if name != "next_at")


def counted(end: End) -> Ticked:
    """A round in which one delivery ended so."""
    return Ticked() if end is End.NOT_OURS else replace(Ticked(), **{end.value: 1})
