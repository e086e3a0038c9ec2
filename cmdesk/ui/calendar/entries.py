"""The values that the calendar's views are given: entries in their place on the wall, and the page that shows them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from enum import Enum
from types import MappingProxyType
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from cmdesk.domain.client import Colour
from cmdesk.domain.delivery import PostState
from cmdesk.domain.ids import ClientId, DeliveryId, PostId
from cmdesk.domain.schedule import PlannedTime, Shift
from cmdesk.domain.views import AgendaEntry
from cmdesk.ui.calendar.days import Mode
from cmdesk.ui.calendar.ground import Ground
from cmdesk.ui.i18n import Formats

Key = tuple[ClientId, PostId, DeliveryId | None]


class Owner(Struct, frozen=True):
    """The client whose voice an entry is in."""

    id: ClientId
    name: str
    initials: str
    colour: Colour
    zone: str


class Entry(Struct, frozen=True):
    """A post in its place. ``wall`` is naive, in the zone of the calendar; what the client's own clock shows is ``own_wall``."""

    row: AgendaEntry
    owner: Owner
    wall: datetime
    own_wall: datetime

    @property
    def key(self) -> Key:
        """The same entry before and after it is moved."""
        return (self.row.client, self.row.post, self.row.deliveries[0] if self.row.deliveries else None)

    @property
    def day(self) -> date:
        """The day it stands on."""
        return self.wall.date()

    @property
    def minute(self) -> int:
        """Minutes since midnight on the wall clock."""
        return self.wall.hour * 60 + self.wall.minute

    @property
    def out(self) -> bool:
        """Whether it is all live."""
        return self.row.state is PostState.SENT


class Spot(Struct, frozen=True):
    """A place to drop or to write: a day, and minutes since midnight where the view has hours."""

    day: date
    minute: int | None = None


class Guest(Struct, frozen=True):
    """What is dragged onto the calendar from elsewhere: a draft, an idea, or files. ``key`` is the shelf's own."""

    owner: Owner | None
    words: str
    key: object = None
    files: tuple[str, ...] = ()


class Refusal(Enum):
    """Why an entry can't go somewhere."""

    PAST = "past"
    OUT = "out"
    GOING = "going"
    PARTLY = "partly"
    UNCLEAR = "unclear"


class Landing(Struct, frozen=True):
    """What a drop would do: the new time, where it would stand (naive, zone of the calendar), or why not."""

    planned: PlannedTime | None
    wall: datetime
    refusal: Refusal | None = None
    sentence: str = ""
    twice: bool = False  # the hour comes twice that night: the first is meant


class Board:
    """The entries of a page by day, in the order of their time."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        ordered = sorted(entries, key=lambda one: (one.wall, one.owner.name, one.row.post))
        by_day: dict[date, list[Entry]] = {}
        for entry in ordered:
            by_day.setdefault(entry.day, []).append(entry)
        self._by_day: Mapping[date, list[Entry]] = by_day
        self._entries: Sequence[Entry] = ordered
        self._by_key: dict[Key, Entry] = {}

    def __len__(self) -> int:
        return len(self._entries)

    @property
    def entries(self) -> Sequence[Entry]:
        """All of them, by time."""
        return self._entries

    def day(self, day: date) -> Sequence[Entry]:
        """Those of a day."""
        return self._by_day.get(day, ())

    def find(self, key: Key | None) -> Entry | None:
        """The entry with this key."""
        if key is None:
            return None
        if not self._by_key:
            self._by_key = {entry.key: entry for entry in reversed(self._entries)}
        return self._by_key.get(key)

    def of_post(self, client: ClientId, post: PostId) -> Entry | None:
        """The first entry of a post."""
        return next((entry for entry in self._entries if (entry.row.client, entry.row.post) == (client, post)), None)


class Page(Struct, frozen=True):
    """All that a view paints. ``now`` is naive, in the zone of the calendar; ``owner`` None shows all clients.

    ``clock_changes`` has, for days on which the clocks change, minutes from and to and whether they come twice. ``counts`` is
    how many posts a day has where the board is left empty, because a year only counts.
    """

    mode: Mode
    anchor: date
    days: tuple[date, ...]
    now: datetime
    formats: Formats
    board: Board
    owner: Owner | None
    title: str = ""
    zone_note: str = ""
    clock_changes: Mapping[date, tuple[tuple[int, int, bool], ...]] = field(default_factory=lambda: MappingProxyType({}))
    can_create: bool = True
    ground: Ground = Ground()
    counts: Mapping[date, int] = field(default_factory=lambda: MappingProxyType({}))
    zoom: int = 0  # farther is negative, closer positive
    hidden: int = 0  # how many entries a filter keeps out of sight

    @property
    def today(self) -> date:
        """The day it is."""
        return self.now.date()

    @property
    def shared(self) -> bool:
        """Whether it shows all clients."""
        return self.owner is None


def placed(row: AgendaEntry, owner: Owner, zone: ZoneInfo, own_zone: ZoneInfo) -> Entry:
    """An entry in its place: by the wall clock of ``zone``, with the client's own beside it."""
    planned = row.planned
    # What was chosen is what the clock shows, but where a change of the clocks moved it: thousands need no arithmetic then.
    plain = planned.shift is Shift.NONE and planned.zone == own_zone.key
    own = planned.wall if plain else planned.utc.astimezone(own_zone).replace(tzinfo=None)
    wall = own if zone is own_zone else row.planned.utc.astimezone(zone).replace(tzinfo=None)
    return Entry(row, owner, wall, own)
