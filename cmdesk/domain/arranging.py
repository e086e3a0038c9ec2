"""Describes what was arranged in a calendar as steps that lead both ways, so that every change of it can be taken back.

A step names a thing and how it stood before and after. Deliveries are named by post and account: there is at most one alive
for each pair, while a number would not outlive the delivery that is cancelled and planned again.
"""

from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Final, TypeAlias

import msgspec
from msgspec import Struct

from cmdesk.domain.delivery import HeldBecause
from cmdesk.domain.ids import AccountId, PostId
from cmdesk.domain.limits import Problem
from cmdesk.domain.schedule import PlannedTime

#: How many arrangements can be taken back, one after the other.
KEPT: Final = 200

Value: TypeAlias = str | int | float | bool | None


class Verb(Enum):
    """What somebody did, as the menu of undo names it."""

    MOVE = "move"
    COPY = "copy"
    PLAN = "plan"
    SUGGEST = "suggest"
    TAKE_OUT = "take_out"
    BIN = "bin"
    REPEAT = "repeat"
    END_REPEAT = "end_repeat"
    LEAVE_OUT = "leave_out"
    IMPORT = "import"
    ADD = "add"
    CHANGE = "change"
    REMOVE = "remove"
    ADJUST = "adjust"


class At(Struct, frozen=True):
    """A delivery that waits: its time, the fingerprint that was approved, and why it is held, if it is."""

    planned: PlannedTime
    mark: str
    held: HeldBecause | None = None
    problem: Problem | None = None


class TimeStep(Struct, frozen=True, tag="time"):
    """A post on an account got another time, or one at all (``before`` None), or none any more."""

    post: PostId
    account: AccountId
    before: At | None
    after: At | None

    def back(self) -> "TimeStep":
        """The way back."""
        return TimeStep(self.post, self.account, self.after, self.before)


class ThereStep(Struct, frozen=True, tag="there"):
    """A post came into being or out of the bin, or went into it."""

    post: PostId
    before: bool
    after: bool

    def back(self) -> "ThereStep":
        """The way back."""
        return ThereStep(self.post, self.after, self.before)


class RowStep(Struct, frozen=True, tag="row"):
    """A row around the posts (a note, an idea, a plan) changed, came or went; its columns by name."""

    table: str
    number: int
    before: Mapping[str, Value] | None
    after: Mapping[str, Value] | None

    def back(self) -> "RowStep":
        """The way back."""
        return RowStep(self.table, self.number, self.after, self.before)


class SeriesStep(Struct, frozen=True, tag="series"):
    """A post that repeats began, went on, or ended; with ``clears`` its end takes away what was made ahead and still waits."""

    series: int
    before: bool
    after: bool
    clears: bool = False

    def back(self) -> "SeriesStep":
        """The way back."""
        return SeriesStep(self.series, self.after, self.before, self.clears)


class LeftOutStep(Struct, frozen=True, tag="left_out"):
    """One occurrence of a series is left out, or no longer."""

    series: int
    wall: datetime
    before: bool
    after: bool

    def back(self) -> "LeftOutStep":
        """The way back."""
        return LeftOutStep(self.series, self.wall, self.after, self.before)


Step: TypeAlias = TimeStep | ThereStep | RowStep | SeriesStep | LeftOutStep


class Arranged(Struct, frozen=True):
    """Something that was arranged: the verb, when, and its steps in order."""

    id: int
    verb: Verb
    at: datetime
    steps: tuple[Step, ...]

    @property
    def posts(self) -> tuple[PostId, ...]:
        """The posts it concerns, each once."""
        return tuple(dict.fromkeys(step.post for step in self.steps if isinstance(step, TimeStep | ThereStep)))


class Move(Struct, frozen=True):
    """A wish to put a post (or only these accounts' share of it) at another time."""

    post: PostId
    when: PlannedTime
    accounts: tuple[AccountId, ...] | None = None


def to_json(steps: tuple[Step, ...]) -> str:
    """Steps as the file keeps them."""
    return msgspec.json.encode(steps).decode()


def from_json(text: str) -> tuple[Step, ...]:
    """Steps from the file."""
    return msgspec.json.decode(text, type=tuple[Step, ...])
