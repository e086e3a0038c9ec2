"""Describes what goes out of a calendar into files and comes in from them: entries, wishes with their errors, and the limits.

A file may come from anybody. It is bounded before it is read, every line of it can be wrong by itself, and nothing of it is
taken while one is.
"""

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum
from typing import Final

from msgspec import Struct, field

from cmdesk.domain.ids import AccountId, ClientId, PostId

#: No file is larger, in bytes; none holds more entries; no line of a calendar file is longer, in bytes.
LARGEST: Final = 4_000_000
MOST: Final = 2_000
LONGEST_LINE: Final = 60_000
#: No text is longer, in code points; what is longer is an error, never cut.
LONGEST_TEXT: Final = 20_000


class Kind(Enum):
    """What an entry is: a post at an hour, or words on whole days."""

    POST = "post"
    SUGGESTED = "suggested"
    NOTE = "note"
    CAMPAIGN = "campaign"


class Entry(Struct, frozen=True):
    """One thing of a calendar as others see it. ``wall`` (naive) and ``zone`` for posts, days for the others.

    ``state`` is a code, ``stamp`` when it last changed (aware UTC), ``private`` what a client does not see.
    """

    uid: str
    kind: Kind
    text: str
    wall: datetime | None = None
    zone: str = ""
    first: date | None = None
    last: date | None = None
    state: str = ""
    accounts: tuple[str, ...] = ()
    labels: tuple[str, ...] = ()
    campaign: str = ""
    url: str = ""
    stamp: datetime | None = None
    private: bool = False


class Action(Enum):
    """What an import would do with an entry."""

    ADD = "add"
    MOVE = "move"
    SAME = "same"


class Wish(Struct, frozen=True):
    """One entry of a file, read: ``line`` is where it stands (1 is the first), ``warnings`` are codes of what was let go.

    ``post`` is the one of this client that it moves, or is; ``note`` the same for notes. ``moved`` with ``zone`` of the client.
    """

    line: int
    kind: Kind
    action: Action
    text: str
    uid: str = ""
    wall: datetime | None = None
    first: date | None = None
    last: date | None = None
    accounts: tuple[AccountId, ...] = ()
    labels: tuple[str, ...] = ()
    campaign: str = ""
    language: str = ""
    warning: str = ""
    post: PostId | None = None
    number: int = 0
    warnings: tuple[str, ...] = ()


class LineError(Struct, frozen=True):
    """What is wrong with one entry: ``field`` and ``reason`` as in BadInput, and what was given there."""

    line: int
    field: str
    reason: str
    given: str = ""


class Preview(Struct, frozen=True):
    """A file as it would come in. With errors nothing of it does. ``columns`` are the headings, ``mapping`` field to column."""

    client: ClientId
    wishes: tuple[Wish, ...]
    errors: tuple[LineError, ...] = ()
    columns: tuple[str, ...] = ()
    mapping: Mapping[str, int] = field(default_factory=dict)
    day_first: bool = True
    plans: bool = False  # posts with accounts are planned, not only suggested

    def count(self, action: Action) -> int:
        """How many entries have this action."""
        return sum(1 for wish in self.wishes if wish.action is action)


class Brought(Struct, frozen=True):
    """What an import did: numbers of posts and notes."""

    posts: tuple[PostId, ...] = ()
    notes: int = 0
    moved: int = 0
    same: int = 0
    planned: int = 0


#: A cell that begins so is a formula to a spreadsheet (and a tab or return lets one follow).
_FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r")


def neutral(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula: an apostrophe goes before what would be one."""
    return f"'{cell}" if cell.startswith((*_FORMULAS, "'")) else cell


def plain(cell: str) -> str:
    """The cell as it was before ``neutral``."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith((*_FORMULAS, "'")) else cell
