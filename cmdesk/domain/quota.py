"""Describes how much an account may still do, as its network last said."""

from datetime import datetime

from msgspec import Struct


class Quota(Struct, frozen=True):
    """One allowance. ``name`` is ``read`` or ``write``, with ``_day`` where its window lasts a day.

    ``allowed`` is the whole of a window, when it was told;
    ``resets_at`` (aware UTC) is when the window begins anew; ``read_at`` when the network said so.
    """

    name: str
    remaining: int
    allowed: int | None
    resets_at: datetime | None
    read_at: datetime

    def used_up(self, now: datetime) -> bool:
        """Whether nothing is left until a moment that is still to come."""
        return self.remaining <= 0 and self.resets_at is not None and self.resets_at > now
