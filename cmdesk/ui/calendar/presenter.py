"""Wires the calendar to one client or to the whole desk: reads the days, reads ahead, moves posts and takes that back."""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer

from cmdesk.domain.changes import Changes, Topic
from cmdesk.domain.delivery import PostState
from cmdesk.domain.errors import CmdeskError
from cmdesk.domain.ids import ClientId, DeliveryId, PostId
from cmdesk.domain.schedule import PlannedTime
from cmdesk.services import planning
from cmdesk.services.desk import Desk
from cmdesk.services.workspace import Workspace
from cmdesk.ui import wording
from cmdesk.ui.actions import Action
from cmdesk.ui.calendar import telling
from cmdesk.ui.calendar.days import MORNING, Mode, changes_of_clock, days_of, span, step, week_number, within
from cmdesk.ui.calendar.entries import Board, Entry, Key, Landing, Owner, Page, Spot, placed
from cmdesk.ui.calendar.moving import land, own_moment, refusal_of
from cmdesk.ui.calendar.view import NEW, CalendarView
from cmdesk.ui.screens import NewPost, Shell, Target

#: What may change what the calendar shows.
TOPICS = frozenset({Topic.CLIENT, Topic.ACCOUNTS, Topic.POSTS, Topic.AGENDA, Topic.OUTBOX})
#: How often the line of now moves, and the day turns.
TICK_MS = 20_000

_Days = tuple[date, ...]


class CalendarPresenter(QObject):
    """One scope's calendar. ``reveal`` takes a date, a PostId (of the scope's client) or a pair of ClientId and PostId."""

    def __init__(self, view: CalendarView, scope: Workspace | Desk, shell: Shell) -> None:
        super().__init__()
        self._view = view
        self._scope: Workspace | Desk | None = scope
        self._clock = scope.clock
        self._shell = shell
        self._mode = Mode.MONTH
        self._cache: dict[tuple[ClientId, date, date, str], tuple[Entry, ...]] = {}
        self._pending: dict[Key, PlannedTime] = {}
        self._ahead: deque[tuple[Workspace, _Days]] = deque()
        self._page: Page | None = None
        # The anchor says which page is seen; the current day may stand on its margin, in the month before or after.
        self._day = self._anchor = self._now().date()
        self._reader = QTimer(self)
        self._reader.setInterval(0)
        self._reader.timeout.connect(self._read_ahead)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._ticked)
        self._tick.start()
        self._wires = (
            (view.opened, self._open),
            (view.created, self._create),
            (view.owner_chosen, self._create_for),
            (view.moved, self._dropped),
            (view.move_chosen, self._move),
            (view.refused, self._refuse),
            (view.day_wanted, self._go),
            (view.stood, self._stood),
            (view.turned, self._turn),
            (view.today_wanted, self._go_today),
            (view.mode_wanted, self._look),
        )
        for signal, slot in self._wires:
            signal.connect(slot)
        view.forget()
        view.set_landing(self._landing)
        self._show()

    # ---- what the window asks

    def refresh(self, changes: Changes) -> None:
        """Reads again what these changes touch."""
        if changes.client is None:
            self._cache.clear()
        elif changes.topics & TOPICS:
            self._forget(changes.client)
        else:
            return
        self._show()

    def reveal(self, item: object) -> None:
        """Goes to a day, or to a post and makes it current."""
        if isinstance(item, datetime):
            self._go(item.date())
        elif isinstance(item, date):
            self._go(item)
        elif isinstance(item, tuple) and len(item) == 2:
            self._reveal_post(ClientId(item[0]), PostId(item[1]))
        elif isinstance(item, int) and isinstance(self._scope, Workspace):
            self._reveal_post(self._scope.client.id, PostId(item))

    def retranslate(self) -> None:
        """Dates and sentences in the language in force."""
        self._show()

    def actions(self) -> Sequence[Action]:
        """What can be done here by key."""
        return (
            Action("calendar.new", lambda: self.tr("New post on this day"), self._view.new_here, NEW, icon="compose"),
            Action("calendar.move", lambda: self.tr("Move to another time"), self._ask_time, ("M",), enabled=self._movable),
            Action("calendar.today", lambda: self.tr("Go to today"), self._go_today, ("T",), icon="today"),
            Action("calendar.month", lambda: self.tr("See the month"), lambda: self._look(Mode.MONTH), ("1",)),
            Action("calendar.week", lambda: self.tr("See the week"), lambda: self._look(Mode.WEEK), ("2",)),
            Action("calendar.agenda", lambda: self.tr("See the agenda"), lambda: self._look(Mode.AGENDA), ("3",)),
            Action("calendar.before", lambda: self.tr("Earlier"), lambda: self._turn(-1), ("PgUp",), icon="chevron-left"),
            Action("calendar.after", lambda: self.tr("Later"), lambda: self._turn(1), ("PgDown",), icon="chevron-right"),
        )

    def close(self) -> None:
        """Lets go of the view and of the scope."""
        self._reader.stop()
        self._tick.stop()
        for signal, slot in self._wires:
            signal.disconnect(slot)
        self._view.forget()
        self._view.set_landing(lambda entry, _spot: Landing(None, entry.wall))
        self._ahead.clear()
        self._cache.clear()
        self._pending.clear()
        self._page = None
        self._scope = None

    # ---- whose, where, when

    def _workspaces(self) -> tuple[Workspace, ...]:
        if self._scope is None:
            return ()
        return (self._scope,) if isinstance(self._scope, Workspace) else self._scope.workspaces

    def _workspace(self, client: ClientId) -> Workspace | None:
        return next((one for one in self._workspaces() if one.client.id == client), None)

    def _zone(self) -> ZoneInfo:
        """The client's zone for one client, the user's own for all of them."""
        name = self._scope.client.timezone if isinstance(self._scope, Workspace) else self._clock.zone_name()
        return ZoneInfo(name)

    def _now(self) -> datetime:
        return self._clock.now().astimezone(self._zone()).replace(tzinfo=None, microsecond=0)

    # ---- reading

    def _read(self, workspace: Workspace, days: _Days) -> tuple[Entry, ...]:
        zone = self._zone()
        key = (workspace.client.id, days[0], days[-1], zone.key)
        if key not in self._cache:
            owner, own = owner_of(workspace), ZoneInfo(workspace.client.timezone)
            rows = planning.agenda(workspace, *span(days, zone))
            self._cache[key] = tuple(placed(row, owner, zone, own) for row in rows)
        return self._cache[key]

    def _entries(self, days: _Days) -> list[Entry]:
        found = [entry for workspace in self._workspaces() for entry in self._read(workspace, days)]
        if not self._pending:
            return found
        zone = self._zone()
        return [self._as_pending(entry, zone) for entry in found]

    def _as_pending(self, entry: Entry, zone: ZoneInfo) -> Entry:
        """Where a post that is being moved will be: it stays under the hand that dropped it."""
        planned = self._pending.get(entry.key)
        if planned is None:
            return entry
        return placed(replace(entry.row, planned=planned), entry.owner, zone, ZoneInfo(entry.owner.zone))

    def _forget(self, client: ClientId) -> None:
        for key in [key for key in self._cache if key[0] == client]:
            del self._cache[key]

    def _days(self, day: date) -> _Days:
        return days_of(self._mode, day, self._shell.formats.first_weekday)

    def _show(self) -> None:
        days = self._days(self._anchor)
        owner = owner_of(self._scope) if isinstance(self._scope, Workspace) else None
        zone = self._zone()
        changes = {day: found for day in days if self._mode is Mode.WEEK and (found := changes_of_clock(day, zone))}
        self._page = Page(
            mode=self._mode,
            anchor=self._anchor,
            days=days,
            now=self._now(),
            formats=self._shell.formats,
            board=Board(self._entries(days)),
            owner=owner,
            title=self._title(days),
            zone_note=self._note(days, zone),
            clock_changes=changes,
            can_create=bool(self._workspaces()),
        )
        self._view.show_page(self._page, self._day)
        self._plan_ahead(days)

    def _plan_ahead(self, days: _Days) -> None:
        """The pages before and after are read while nobody waits, one client at a time, so that turning is instant."""
        others = [self._days(step(self._mode, self._anchor, pages)) for pages in (1, -1)]
        spans = {(other[0], other[-1]) for other in (*others, days)}
        for key in [key for key in self._cache if (key[1], key[2]) not in spans]:
            del self._cache[key]
        self._ahead = deque((workspace, other) for other in others for workspace in self._workspaces())
        self._reader.start()

    def _read_ahead(self) -> None:
        if not self._ahead:
            self._reader.stop()
            return
        self._read(*self._ahead.popleft())

    def _ticked(self) -> None:
        page, now = self._page, self._now()
        if page is None or not self._view.isVisible() or self._view.surface.dragging:
            return
        if now.date() != page.today or (page.mode is Mode.WEEK and now.replace(second=0) != page.now.replace(second=0)):
            if self._day == page.today:
                self._day = self._anchor = now.date()
            self._show()

    # ---- words

    def _title(self, days: _Days) -> str:
        formats = self._shell.formats
        if self._mode is Mode.MONTH:
            return formats.month_title(self._anchor)
        first, last = days[0], days[-1]
        if (first.year, first.month) == (last.year, last.month):
            return formats.month_title(first)
        if first.year != last.year:
            return f"{formats.month_title(first)} – {formats.month(last.month)} {last.year}"
        begin = formats.month(first.month)
        return f"{begin[:1].upper()}{begin[1:]} – {formats.month(last.month)} {last.year}"

    def _note(self, days: _Days, zone: ZoneInfo) -> str:
        parts = []
        if self._mode is Mode.WEEK:
            parts.append(self.tr("Week {number}").format(number=week_number(days)))
        zones = {workspace.client.timezone for workspace in self._workspaces()} | {self._clock.zone_name()}
        if len(zones) > 1:
            name = wording.zone(zone.key)
            parts.append(name[:1].upper() + name[1:] if not parts else name)
        return " · ".join(parts)

    # ---- going

    def _go(self, day: date) -> None:
        """To a day; only another page is read."""
        day = within(day)
        page = self._page
        same_month = page is not None and (page.anchor.year, page.anchor.month) == (day.year, day.month)
        if page is not None and day in page.days and (page.mode is not Mode.MONTH or same_month):
            self._day = day
            self._view.set_day(day)
        else:
            self._go_page(day)

    def _stood(self, day: date) -> None:
        self._day = day

    def _turn(self, pages: int) -> None:
        self._go_page(step(self._mode, self._day if self._on_page() else self._anchor, pages))

    def _on_page(self) -> bool:
        """Whether the current day is in the month that the page is about."""
        return self._mode is not Mode.MONTH or (self._day.year, self._day.month) == (self._anchor.year, self._anchor.month)

    def _go_page(self, day: date) -> None:
        self._day = self._anchor = within(day)
        self._show()

    def _go_today(self) -> None:
        self._go_page(self._now().date())

    def _look(self, mode: Mode) -> None:
        entry = self._view.surface.chosen
        self._anchor = self._day
        self._mode = mode
        self._show()
        if entry is not None and self._page is not None and (again := self._page.board.find(entry.key)) is not None:
            self._view.choose(again)
        self._view.setFocus()

    def _reveal_post(self, client: ClientId, post: PostId) -> None:
        workspace = self._workspace(client)
        if workspace is None:
            return
        times = sorted(one.planned.utc for one in planning.deliveries(workspace, post))
        if not times:
            return
        self._go_page(times[0].astimezone(self._zone()).date())
        entry = self._page.board.of_post(client, post) if self._page is not None else None
        if entry is not None:
            self._view.choose(entry)

    # ---- opening and beginning

    def _open(self, entry: Entry) -> None:
        self._shell.go(Target("posts", entry.row.client, entry.row.post))

    def _create(self, spot: Spot) -> None:
        owners = [owner_of(workspace) for workspace in self._workspaces()]
        if self._timely(spot) is None:
            self._shell.toast(self.tr("That time has passed. Choose a later one."))
        elif len(owners) == 1:
            self._create_for(owners[0], spot)
        elif owners:
            self._view.ask_owner(owners, spot)

    def _create_for(self, owner: Owner, spot: Spot) -> None:
        timely = self._timely(spot)
        if timely is not None:
            moment = own_moment(timely, self._zone(), owner.zone)
            self._shell.go(Target("posts", owner.id, NewPost(moment)))

    def _timely(self, spot: Spot) -> Spot | None:
        """The spot with an hour that is still to come: the morning, today the next full hour; None when it has passed."""
        now = self._now()
        if spot.minute is not None:
            later = datetime.combine(spot.day, time(spot.minute // 60, spot.minute % 60)) > now
            return spot if later else None
        if spot.day < now.date():
            return None
        if spot.day > now.date() or now.hour * 60 + now.minute < MORNING:
            return Spot(spot.day, MORNING)
        following = now + timedelta(hours=1)
        return Spot(following.date(), following.hour * 60)

    def _refuse(self, sentence: str) -> None:
        self._shell.toast(sentence)

    # ---- moving

    def _landing(self, entry: Entry, spot: Spot) -> Landing:
        found = land(entry, spot, self._zone(), self._clock.now(), self._clock.tzdata_version())
        return replace(found, sentence=wording.shift(found.planned)) if found.planned is not None else found

    def _movable(self) -> bool:
        return self._to_move() is not None

    def _to_move(self) -> Entry | None:
        """The current entry, or the only one of the current day."""
        entry = self._view.surface.chosen
        here = self._page.board.day(self._view.surface.day) if self._page is not None else ()
        return entry if entry is not None else here[0] if len(here) == 1 else None

    def _ask_time(self) -> None:
        entry = self._to_move()
        if entry is None:
            return
        why = refusal_of(entry)
        if why is not None:
            self._refuse(telling.refusal(why))
            return
        now = self._clock.now().astimezone(ZoneInfo(entry.owner.zone)).replace(tzinfo=None, microsecond=0)
        self._view.ask_time(entry, now, self._clock.tzdata_version())

    def _dropped(self, entry: Entry, landing: Landing) -> None:
        if landing.planned is not None:
            self._move(entry, landing.planned)

    def _move(self, entry: Entry, planned: PlannedTime) -> None:
        workspace = self._workspace(entry.row.client)
        if workspace is None or planned.utc == entry.row.planned.utc:
            return
        self._pending[entry.key] = planned
        self._day = planned.utc.astimezone(self._zone()).date()
        if self._day not in self._days(self._anchor):
            self._anchor = self._day
        self._show()
        moved = self._page.board.find(entry.key) if self._page is not None else None
        if moved is not None:
            self._view.choose(moved)
        self._shell.bridge.run(
            planning.move(workspace, entry.row.post, planned, entry.row.deliveries),
            then=lambda done: self._moved(workspace, entry, planned, done),
            otherwise=lambda error: self._failed(entry, error),
        )

    def _settled(self, entry: Entry) -> None:
        """The file has the last word again."""
        self._pending.pop(entry.key, None)
        if self._scope is not None:
            self._forget(entry.row.client)
            self._show()

    def _moved(self, workspace: Workspace, entry: Entry, planned: PlannedTime, done: tuple[DeliveryId, ...]) -> None:
        self._settled(entry)
        formats = self._shell.formats
        text = self.tr("Moved to {moment}.").format(moment=formats.moment(planned.utc.astimezone(ZoneInfo(planned.zone))))
        shift = wording.shift(planned)
        if shift:
            text = f"{text} {shift}"
        # What was held can't be put back as it was: then nothing is promised.
        whole = set(done) == set(entry.row.deliveries) and entry.row.state is PostState.PLANNED
        if whole and entry.row.planned.utc > self._clock.now():
            self._shell.toast(text, lambda: self._take_back(workspace, entry))
        else:
            self._shell.toast(text)

    def _take_back(self, workspace: Workspace, entry: Entry) -> None:
        self._shell.bridge.run(
            planning.move(workspace, entry.row.post, entry.row.planned, entry.row.deliveries),
            then=lambda _done: self._taken_back(entry),
            otherwise=lambda error: self._failed(entry, error),
        )

    def _taken_back(self, entry: Entry) -> None:
        self._settled(entry)
        formats = self._shell.formats
        own = entry.own_wall
        self._shell.toast(self.tr("Back on {moment}.").format(moment=formats.moment(own)))

    def _failed(self, entry: Entry, error: Exception) -> None:
        self._settled(entry)
        if not isinstance(error, CmdeskError):
            raise error
        self._shell.toast(wording.error(error, self._shell.formats))


def owner_of(workspace: Workspace) -> Owner:
    """The client of a workspace, as entries show it."""
    client = workspace.client
    return Owner(client.id, client.name, client.initials, client.colour, client.timezone)
