"""Reads the pages of a calendar and keeps them, and reads ahead while nobody waits, so that turning a page is instant."""

from __future__ import annotations

from bisect import bisect_left
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import partial
from itertools import pairwise
from zoneinfo import ZoneInfo

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer

from cmdesk.domain.delivery import PostState
from cmdesk.domain.ids import ClientId
from cmdesk.domain.schedule import PlannedTime, resolve
from cmdesk.domain.views import AgendaEntry
from cmdesk.services import board, planning
from cmdesk.services.workspace import Workspace
from cmdesk.ui.calendar.days import span
from cmdesk.ui.calendar.entries import Entry, Key, Owner, placed

Days = tuple[date, ...]

#: So long a page is left to be painted before anything else is read.
_SEEN_MS = 40


def owner_of(workspace: Workspace) -> Owner:
    """The client of a workspace, as entries show it."""
    client = workspace.client
    return Owner(client.id, client.name, client.initials, client.colour, client.timezone)


class Reader(QObject):
    """Pages by client and span. ``pending`` is where posts will be that are being moved: they stay under the hand that dropped
    them until the file has answered."""

    def __init__(self, rules: Callable[[], str]) -> None:
        """``rules`` names the edition of the zones' rules."""
        super().__init__()
        self._rules = rules
        self._cache: dict[tuple[ClientId, date, date, str], tuple[Entry, ...]] = {}
        self._counts: dict[tuple[ClientId, int, str], Mapping[date, int]] = {}
        self._ahead: deque[Callable[[], object]] = deque()
        self.pending: dict[Key, PlannedTime] = {}
        self._timer = QTimer(self)
        self._timer.timeout.connect(self._next)

    # ---- pages

    def page(self, workspaces: Iterable[Workspace], days: Days, zone: ZoneInfo) -> list[Entry]:
        """All entries of these days."""
        found = [entry for workspace in workspaces for entry in self.entries(workspace, days, zone)]
        if not self.pending:
            return found
        return [self._as_pending(entry, zone) for entry in found]

    def entries(self, workspace: Workspace, days: Days, zone: ZoneInfo) -> tuple[Entry, ...]:
        """One client's entries, kept or read."""
        key = (workspace.client.id, days[0], days[-1], zone.key)
        if key not in self._cache:
            owner, own = owner_of(workspace), ZoneInfo(workspace.client.timezone)
            if own.key == zone.key:
                own = zone
            start, end = span(days, zone)
            rows = (*planning.agenda(workspace, start, end), *self._suggested(workspace, start, end))
            self._cache[key] = tuple([placed(row, owner, zone, own) for row in rows])
        return self._cache[key]

    def _suggested(self, workspace: Workspace, start: datetime, end: datetime) -> list[AgendaEntry]:
        """Drafts at the times that were suggested for them."""
        rules = self._rules()
        return [
            AgendaEntry(
                client=workspace.client.id,
                post=one.post,
                planned=resolve(one.wall, one.zone, rules),
                preview=one.preview,
                state=PostState.DRAFT,
                deliveries=(),
                accounts=(),
            )
            for one in board.suggested(workspace, start, end)
        ]

    def _as_pending(self, entry: Entry, zone: ZoneInfo) -> Entry:
        planned = self.pending.get(entry.key)
        if planned is None:
            return entry
        return placed(replace(entry.row, planned=planned), entry.owner, zone, ZoneInfo(entry.owner.zone))

    # ---- counts

    def counts(self, workspaces: Iterable[Workspace], days: Days, zone: ZoneInfo) -> Mapping[date, int]:
        """How many posts each of these days has; days without are left out."""
        found: dict[date, int] = {}
        for workspace in workspaces:
            key = (workspace.client.id, days[0].year, zone.key)
            if key not in self._counts:
                self._counts[key] = self._counted(workspace, days, zone)
            for day, count in self._counts[key].items():
                found[day] = found.get(day, 0) + count
        return found

    @staticmethod
    def _counted(workspace: Workspace, days: Days, zone: ZoneInfo) -> Mapping[date, int]:
        times = planning.times(workspace, *span(days, zone))
        midnights = [*days, days[-1] + timedelta(days=1)]
        edges = [_milliseconds(day, zone) for day in midnights]
        places = [bisect_left(times, edge) for edge in edges]
        return {day: after - before for day, (before, after) in zip(days, pairwise(places), strict=True) if after > before}

    # ---- keeping

    def forget(self, client: ClientId | None) -> None:
        """What is known of a client (of all) is no longer true."""
        if client is None:
            self._cache.clear()
            self._counts.clear()
            return
        for page in [key for key in self._cache if key[0] == client]:
            del self._cache[page]
        for year in [key for key in self._counts if key[0] == client]:
            del self._counts[year]

    def ahead(self, workspaces: Sequence[Workspace], days: Days, others: Sequence[Days], zone: ZoneInfo) -> None:
        """Keeps these days and reads the others while nobody waits, one client at a time; everything else is let go."""
        spans = {(other[0], other[-1]) for other in (*others, days)}
        for key in [key for key in self._cache if (key[1], key[2]) not in spans]:
            del self._cache[key]
        self._ahead = deque(partial(self.entries, workspace, other, zone) for other in others for workspace in workspaces)
        self._timer.start(_SEEN_MS)

    def first(self, work: Callable[[], object]) -> None:
        """Does something as soon as nobody waits, before anything is read ahead."""
        self._ahead.appendleft(work)
        if not self._timer.isActive():
            self._timer.start(_SEEN_MS)

    @property
    def busy(self) -> bool:
        """Whether something is still to be read ahead."""
        return bool(self._ahead)

    def _next(self) -> None:
        if not self._ahead:
            self._timer.stop()
            return
        self._timer.setInterval(0)
        self._ahead.popleft()()

    def close(self) -> None:
        """Reads nothing more and forgets everything."""
        self._timer.stop()
        self._ahead.clear()
        self._cache.clear()
        self._counts.clear()
        self.pending.clear()


def _milliseconds(day: date, zone: ZoneInfo) -> int:
    midnight = datetime.combine(day, time(), zone).astimezone(UTC)
    return round(midnight.timestamp() * 1000)
