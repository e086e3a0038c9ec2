"""Describes what stands around the posts of a calendar: labels, pillars, campaigns, notes, ideas, a client's own dates.

Days are days of the client's zone. Every value has a number of its client's file; 0 is not kept yet.
"""

from datetime import date, datetime
from enum import Enum
from typing import Final, NewType

from msgspec import Struct
from msgspec.structs import replace

from cmdesk.domain.client import Colour
from cmdesk.domain.errors import BadInput
from cmdesk.domain.ids import PostId
from cmdesk.domain.post import split_thread

LabelId = NewType("LabelId", int)
PillarId = NewType("PillarId", int)
CampaignId = NewType("CampaignId", int)
NoteId = NewType("NoteId", int)
ColumnId = NewType("ColumnId", int)
IdeaId = NewType("IdeaId", int)
OwnDateId = NewType("OwnDateId", int)

_LONGEST_NAME: Final = 80
_LONGEST_TEXT: Final = 10_000


class Label(Struct, frozen=True):
    """A label of posts and ideas, found by its name; posts carry the name."""

    id: LabelId
    name: str
    colour: Colour = Colour.SLATE


class Pillar(Struct, frozen=True):
    """A theme the client speaks of again and again, with the share of posts (percent) it should have; 0 is not said.

    A post belongs to it by the pillar's label.
    """

    id: PillarId
    name: str
    label: str
    share: int = 0
    colour: Colour = Colour.SLATE


class Campaign(Struct, frozen=True):
    """Days with one purpose, shown as a bar; posts and ideas may belong to it."""

    id: CampaignId
    name: str
    first: date
    last: date
    colour: Colour = Colour.SLATE
    note: str = ""


class CalendarNote(Struct, frozen=True):
    """Words on days of the calendar; only a ``shared`` one is for the client too. ``uid`` is another program's name of it."""

    id: NoteId
    text: str
    first: date
    last: date
    shared: bool = False
    colour: Colour = Colour.SLATE
    uid: str = ""


class ColumnKind(Enum):
    """The columns every board begins with; their names are the screen's. OWN is one somebody made and named."""

    NEW = "new"
    GOOD = "good"
    WRITING = "writing"
    USED = "used"
    OWN = "own"


class Column(Struct, frozen=True):
    """A column of the idea board; ``name`` is empty unless somebody gave one."""

    id: ColumnId
    kind: ColumnKind
    position: int
    name: str = ""


class Source(Enum):
    """Where an idea came from."""

    OWN = "own"
    KEY_DATE = "key_date"
    NOTE = "note"
    MESSAGE = "message"


class Idea(Struct, frozen=True):
    """Something that may become a post. ``day`` is when it might be good, ``source_ref`` names what it came from.

    ``post`` is the draft that was made of it.
    """

    id: IdeaId
    column: ColumnId
    position: int
    text: str
    labels: tuple[str, ...] = ()
    campaign: CampaignId | None = None
    source: Source = Source.OWN
    source_ref: str = ""
    day: date | None = None
    post: PostId | None = None
    created_at: datetime | None = None


class OwnDate(Struct, frozen=True):
    """A day that matters to this client. ``rule`` is one of key dates: ``06-24``, ``2027-05-30`` for one year only."""

    id: OwnDateId
    name: str
    rule: str
    gentle: bool = False
    note: str = ""


class PostPlan(Struct, frozen=True):
    """What is intended for a post beyond its deliveries.

    ``suggested`` is a wall time (naive) that was proposed and not committed: nothing goes out at it. ``uid`` is another
    program's name for it.
    """

    post: PostId
    suggested: datetime | None = None
    campaign: CampaignId | None = None
    uid: str = ""


class Suggested(Struct, frozen=True):
    """A draft at the time that was suggested for it, as the calendar shows it."""

    post: PostId
    wall: datetime
    zone: str
    preview: str
    labels: tuple[str, ...] = ()
    has_media: bool = False
    campaign: CampaignId | None = None


class PillarShare(Struct, frozen=True):
    """How many posts of a span belong to a pillar (None: to none), of how many, and the percentage that was wanted."""

    pillar: Pillar | None
    posts: int
    of: int

    @property
    def percent(self) -> int:
        """The share it has, in percent, rounded."""
        return round(100 * self.posts / self.of) if self.of else 0


def clean_name(text: str, field: str = "name") -> str:
    """A name on one line. Raises BadInput(field)."""
    name = " ".join(text.split())
    if not name:
        raise BadInput(field=field, reason="empty")
    if len(name) > _LONGEST_NAME:
        raise BadInput(field=field, reason="too_long", limit=_LONGEST_NAME)
    if not name.isprintable():
        raise BadInput(field=field, reason="control_characters")
    return name


def clean_words(text: str, field: str = "text") -> str:
    """Words on as many lines as they need. Raises BadInput(field)."""
    words = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x00", "").strip()
    if not words:
        raise BadInput(field=field, reason="empty")
    if len(words) > _LONGEST_TEXT:
        raise BadInput(field=field, reason="too_long", limit=_LONGEST_TEXT)
    return words


def check_days(first: date, last: date) -> None:
    """Raises BadInput(field="day", reason="order") when the last day lies before the first."""
    if last < first:
        raise BadInput(field="day", reason="order")


def clean_share(percent: int) -> int:
    """A share in percent. Raises BadInput(field="share")."""
    if not 0 <= percent <= 100:
        raise BadInput(field="share", reason="out_of_range", limit=100)
    return percent


def idea_text(idea: Idea) -> str:
    """The words with which a draft of an idea begins: all of them."""
    return "\n\n".join(split_thread(idea.text))


def moved(ideas: tuple[Idea, ...], idea: IdeaId, column: ColumnId, place: int) -> tuple[Idea, ...]:
    """The ideas whose place changes when one is put into a column at a place (0 is the top), as they then are."""
    chosen = next(one for one in ideas if one.id == idea)
    stack = [one for one in ideas if one.column == column and one.id != idea]
    stack.sort(key=lambda one: (one.position, one.id))
    stack.insert(max(0, min(place, len(stack))), replace(chosen, column=column))
    fresh = [replace(one, position=position) for position, one in enumerate(stack)]
    known = {one.id: one for one in ideas}
    return tuple(one for one in fresh if known[one.id] != one)
