"""Wires the calendar to one client or to the whole desk: which days are seen, of whom, and what the user asks of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from msgspec.structs import replace
from PySide6.QtCore import QTimer
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QWidget

from cmdesk.domain.changes import Changes, Topic
from cmdesk.domain.errors import CmdeskError
from cmdesk.domain.ids import ClientId, PostId
from cmdesk.domain.schedule import PlannedTime
from cmdesk.services import planning
from cmdesk.services.desk import Desk
from cmdesk.services.workspace import Workspace
from cmdesk.ui import wording
from cmdesk.ui.actions import Action
from cmdesk.ui.calendar import telling
from cmdesk.ui.calendar.days import Mode, changes_of_clock, span, step
from cmdesk.ui.calendar.entries import Board, Entry, Guest, Landing, Owner, Page, Refusal, Spot
from cmdesk.ui.calendar.errands import Errands
from cmdesk.ui.calendar.filters import Filter
from cmdesk.ui.calendar.ground import Ground
from cmdesk.ui.calendar.hand import Hand
from cmdesk.ui.calendar.moving import land, land_guest, own_moment, refusal_of, timely
from cmdesk.ui.calendar.pictures import PictureShelf
from cmdesk.ui.calendar.reading import Reader, owner_of
from cmdesk.ui.calendar.steering import Steering
from cmdesk.ui.calendar.view import NEW, CalendarView
from cmdesk.ui.calendar.windows import Windows
from cmdesk.ui.screens import NewPost, Shell, Target

#: What may change what the calendar shows.
TOPICS = frozenset({Topic.CLIENT, Topic.ACCOUNTS, Topic.POSTS, Topic.AGENDA, Topic.OUTBOX})
#: How often the line of now moves, and the day turns.
TICK_MS = 20_000
#: How many pages' grounds are kept.
_GROUNDS = 12


class CalendarPresenter(Steering):
    """One scope's calendar. ``reveal`` takes a date, a PostId (of the scope's client) or a pair of ClientId and PostId."""

    def __init__(self, view: CalendarView, scope: Workspace | Desk, shell: Shell) -> None:
        super().__init__(today_of(scope))
        self._view = view
        self._scope: Workspace | Desk | None = scope
        self._clock = scope.clock
        self._shell = shell
        self._filter = Filter()
        self._page = None
        self._grounds: dict[tuple[Mode, date, frozenset[ClientId]], Ground] = {}
        self._age = 0
        self._calls = shell.bridge.calls()
        self._reader = Reader(self._clock.tzdata_version)
        self._hand = Hand(shell, self._reader, self.workspace, self._show, view.say)
        self._pictures = PictureShelf(shell.bridge, self.workspace, view.devicePixelRatioF)
        self._pictures.came.connect(view.pictures_came)
        self.windows = Windows(self, view, shell, self._hand)
        self._errands = Errands(self, view, shell, self._hand, self.windows)
        self._tick = QTimer(self)
        self._tick.setInterval(TICK_MS)
        self._tick.timeout.connect(self._ticked)
        self._tick.start()
        self._wires = (
            (view.opened, self._open),
            (view.peeked, self._errands.peek),
            (view.created, self._create),
            (view.owner_chosen, self._owner_chosen),
            (view.moved, self._moved),
            (view.copied, self._copied),
            (view.dropped, self._dropped),
            (view.move_asked, self._errands.ask_move),
            (view.move_chosen, self._errands.move_chosen),
            (view.copy_asked, self._errands.ask_copy),
            (view.repeat_asked, self._errands.repeat),
            (view.out_asked, self._take_out),
            (view.plan_asked, self._plan_suggested),
            (view.refused, self._refuse),
            (view.day_wanted, self._go),
            (view.day_opened, self._open_day),
            (view.stood, self._stood),
            (view.turned, self._turn),
            (view.today_wanted, self._go_today),
            (view.mode_wanted, self.look),
            (view.filtered, self._filtered),
            (view.filter_asked, self._ask_filter),
            (view.more_asked, self._more),
            (view.shelf_asked, self._errands.toggle_shelf),
            (view.date_opened, self._errands.from_date),
            (view.bar_opened, self._errands.open_bar),
            (view.zoomed, self._zoom_by),
        )
        for signal, slot in self._wires:
            signal.connect(slot)
        view.forget()
        view.set_landing(self._landing, self._guest_landing)
        view.set_pictures(self._pictures.get)
        self._show()
        self._errands.refresh_shelf()

    # ---- what the window asks

    def refresh(self, changes: Changes) -> None:
        """Reads again what these changes touch."""
        if changes.client is not None and not changes.topics & TOPICS:
            return
        self._reader.forget(changes.client)
        self._forget_grounds()
        self._show()
        self._errands.refresh_shelf()

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
        self._forget_grounds()
        self._show()
        self._errands.refresh_shelf()

    def actions(self) -> Sequence[Action]:
        """What can be done here by key."""
        look = self.look
        return (
            Action("calendar.new", lambda: self.tr("New post on this day"), self._view.new_here, NEW, icon="compose"),
            Action("calendar.new_here", lambda: self.tr("New post on this day"), self._view.new_here, ("N",), hidden=True),
            Action(
                "calendar.move",
                lambda: self.tr("Move to another time"),
                self._ask_time,
                ("M",),
                enabled=self._movable,
                icon="clock",
            ),
            Action(
                "calendar.copy", lambda: self.tr("Copy to another time"), self._ask_copy, ("C",), enabled=self._any, icon="copy"
            ),
            Action("calendar.repeat", lambda: self.tr("Repeat"), self._repeat, ("R",), enabled=self._any, icon="repeat"),
            Action(
                "calendar.out", lambda: self.tr("Take out of the calendar"), self._take_current_out, ("Del",), enabled=self._any
            ),
            Action("calendar.undo", lambda: self.tr("Undo"), self._undo, ("Ctrl+Z",), enabled=self._can_undo),
            Action("calendar.redo", lambda: self.tr("Redo"), self._hand_redo, ("Ctrl+Shift+Z",), enabled=self._can_redo),
            Action("calendar.today", lambda: self.tr("Go to today"), self._go_today, ("T",), icon="today"),
            Action("calendar.month", lambda: self.tr("See the month"), lambda: look(Mode.MONTH), ("1",)),
            Action("calendar.week", lambda: self.tr("See the week"), lambda: look(Mode.WEEK), ("2",)),
            Action("calendar.day", lambda: self.tr("See the day"), lambda: look(Mode.DAY), ("3",)),
            Action("calendar.agenda", lambda: self.tr("See the agenda"), lambda: look(Mode.AGENDA), ("4",)),
            Action("calendar.year", lambda: self.tr("See the year"), lambda: look(Mode.YEAR), ("5",)),
            Action("calendar.before", lambda: self.tr("Earlier"), lambda: self._turn(-1), ("PgUp",), icon="chevron-left"),
            Action("calendar.after", lambda: self.tr("Later"), lambda: self._turn(1), ("PgDown",), icon="chevron-right"),
            Action("calendar.closer", lambda: self.tr("Closer"), lambda: self._zoom_by(1), ("Ctrl+=", "Ctrl++")),
            Action("calendar.farther", lambda: self.tr("Farther"), lambda: self._zoom_by(-1), ("Ctrl+-",)),
            Action(
                "calendar.filter", lambda: self.tr("Filter"), lambda: self._ask_filter(self._view.head), ("F",), icon="filter"
            ),
            Action("calendar.shelf", lambda: self.tr("Drafts and ideas"), self._errands.toggle_shelf, ("D",), icon="tray"),
            Action("calendar.slot", lambda: self.tr("Next free slot"), self._errands.next_slot, ("S",), icon="planned"),
            *self._errands.actions(),
        )

    def close(self) -> None:
        """Lets go of the view and of the scope."""
        self._tick.stop()
        for signal, slot in self._wires:
            signal.disconnect(slot)
        self._pictures.came.disconnect(self._view.pictures_came)
        self._calls.close()
        self._hand.close()
        self._errands.close()
        self._pictures.close()
        self._reader.close()
        self._view.forget()
        self._view.set_landing(
            lambda entry, _spot, _copying: Landing(None, entry.wall),
            lambda _guest, spot: Landing(None, datetime.combine(spot.day, time())),
        )
        self._view.set_pictures(None)
        self._grounds.clear()
        self._page = None
        self._scope = None

    # ---- whose, where, when

    def workspaces(self) -> tuple[Workspace, ...]:
        """All clients of the scope."""
        if self._scope is None:
            return ()
        return (self._scope,) if isinstance(self._scope, Workspace) else self._scope.workspaces

    def seen(self) -> tuple[Workspace, ...]:
        """The clients that are let through."""
        return tuple(one for one in self.workspaces() if self._filter.shows(one.client.id))

    def workspace(self, client: ClientId) -> Workspace | None:
        """A client of the scope."""
        return next((one for one in self.workspaces() if one.client.id == client), None)

    @property
    def only(self) -> Workspace | None:
        """The client of a scope of one."""
        return self._scope if isinstance(self._scope, Workspace) else None

    def picture(self, entry: Entry, side: int) -> QPixmap | None:
        """The small picture of an entry, when it is there already."""
        return self._pictures.get(entry, side)

    @property
    def desk(self) -> Desk | None:
        """The whole desk, where the scope is all clients."""
        return self._scope if self._scope is not None and not isinstance(self._scope, Workspace) else None

    @property
    def page(self) -> Page | None:
        """What is seen."""
        return self._page

    def zone(self) -> ZoneInfo:
        """The client's zone for one client, the user's own for all of them."""
        only = self.only
        return ZoneInfo(only.client.timezone if only is not None else self._clock.zone_name())

    def _now(self) -> datetime:
        return self._clock.now().astimezone(self.zone()).replace(tzinfo=None, microsecond=0)

    def today(self) -> date:
        """The day it is, in the zone of the calendar."""
        return self._now().date()

    def rules(self) -> str:
        """The edition of the zones' rules."""
        return self._clock.tzdata_version()

    # ---- showing

    def _show(self) -> None:
        days, zone = self._days(self._anchor), self.zone()
        seen = self.seen()
        counting = self._mode is Mode.YEAR
        everything = [] if counting else self._reader.page(seen, days, zone)
        shown = [entry for entry in everything if self._filter.passes(entry.row)] if self._filter.narrow else everything
        changes = {day: found for day in days if self._mode.has_hours and (found := changes_of_clock(day, zone))}
        self._page = Page(
            mode=self._mode,
            anchor=self._anchor,
            days=days,
            now=self._now(),
            formats=self._shell.formats,
            board=Board(shown),
            owner=owner_of(self.only) if self.only is not None else None,
            title=self._title(days),
            zone_note=self._note(days, zone),
            clock_changes=changes,
            can_create=bool(self.workspaces()),
            ground=self._ground(),
            counts=self._reader.counts(seen, days, zone) if counting else {},
            zoom=self._zoom,
            hidden=len(everything) - len(shown),
        )
        self._view.show_page(self._page, self._day, [owner_of(one) for one in self.workspaces()], self._filter)
        others = [] if counting else [self._days(step(self._mode, self._anchor, pages)) for pages in (1, -1)]
        self._reader.ahead(seen, days, others, zone)
        if self._ground_key() not in self._grounds:
            self._reader.first(self._read_ground)

    def _ground_key(self) -> tuple[Mode, date, frozenset[ClientId]]:
        return (self._mode, self._days(self._anchor)[0], self._filter.clients)

    def _ground(self) -> Ground:
        return self._grounds.get(self._ground_key(), Ground())

    def _read_ground(self) -> None:
        """What lies behind is read after the page is seen, in a thread of its own: the entries are what one waits for."""
        seen, page = self.seen(), self._page
        if page is None or not seen:
            return
        key, zone, french, counting = self._ground_key(), self.zone(), self._shell.formats.french, self._mode is Mode.YEAR

        def work() -> Ground:
            from cmdesk.ui.calendar.backdrop import ground_of  # the almanacs behind it take a fifth of a second to load

            return ground_of(seen, page.days, zone, french=french, counting=counting)

        async def read() -> Ground:
            return await seen[0].helper(work)

        age = self._age
        self._calls.run(read(), then=lambda found: self._ground_came(key, found, age), otherwise=self._ground_failed)

    @staticmethod
    def _ground_failed(error: Exception) -> None:
        """A client's file in trouble says so on the rail and in every other room; the days are seen all the same."""
        if not isinstance(error, CmdeskError):
            raise error

    def _forget_grounds(self) -> None:
        """What is being read now is of yesterday, too."""
        self._age += 1
        self._grounds.clear()

    def _ground_came(self, key: tuple[Mode, date, frozenset[ClientId]], found: Ground, age: int) -> None:
        if age != self._age:
            return
        if len(self._grounds) > _GROUNDS:
            self._grounds.clear()
        self._grounds[key] = found
        if self._page is not None and key == self._ground_key() and found != self._page.ground:
            self._page = replace(self._page, ground=found)
            self._view.show_page(self._page, self._day, [owner_of(one) for one in self.workspaces()], self._filter)

    def _ticked(self) -> None:
        page, now = self._page, self._now()
        if page is None or not self._view.isVisible() or self._view.surface.dragging:
            return
        if now.date() != page.today or (page.mode.has_hours and now.replace(second=0) != page.now.replace(second=0)):
            if self._day == page.today:
                self._day = self._anchor = now.date()
            self._show()

    def _reveal_post(self, client: ClientId, post: PostId) -> None:
        workspace = self.workspace(client)
        if workspace is None:
            return
        times = sorted(one.planned.utc for one in planning.deliveries(workspace, post))
        if not times:
            return
        self._filter = Filter()
        self._go_page(times[0].astimezone(self.zone()).date())
        entry = self._page.board.of_post(client, post) if self._page is not None else None
        if entry is not None:
            self._view.choose(entry)

    # ---- filtering

    def _filtered(self, wanted: Filter) -> None:
        self._filter = wanted
        self._show()
        self._errands.refresh_shelf()

    def _ask_filter(self, below: QWidget) -> None:
        from cmdesk.ui.calendar.wishes import groups_of  # nobody waits for it

        days = self._days(self._anchor)
        entries = self._reader.page(self.workspaces(), days, self.zone()) if self._mode is not Mode.YEAR else []
        self._view.ask_filter(groups_of(self.workspaces(), entries), self._filter, below)

    # ---- opening and beginning

    def _open(self, entry: Entry) -> None:
        self._shell.go(Target("posts", entry.row.client, entry.row.post))

    def _create(self, spot: Spot) -> None:
        owners = [owner_of(workspace) for workspace in self.seen()]
        if timely(spot, self._now()) is None:
            self._shell.toast(self.tr("That time has passed. Choose a later one."))
        elif len(owners) == 1:
            self._owner_chosen(owners[0], spot)
        elif owners:
            self._view.ask_owner(owners, spot, spot.day)

    def _owner_chosen(self, owner: Owner, asked: object) -> None:
        if isinstance(asked, Spot):
            found = timely(asked, self._now())
            if found is not None:
                moment = own_moment(found, self.zone(), owner.zone)
                self._shell.go(Target("posts", owner.id, NewPost(moment)))
        else:
            self._errands.owner_chosen(owner, asked)

    def _refuse(self, sentence: str) -> None:
        self._shell.toast(sentence)
        self._view.say(sentence)

    # ---- moving

    def _landing(self, entry: Entry, spot: Spot, copying: bool) -> Landing:
        found = land(entry, spot, self.zone(), self._clock.now(), self.rules(), copying)
        return replace(found, sentence=wording.shift(found.planned)) if found.planned is not None else found

    def _guest_landing(self, guest: Guest, spot: Spot) -> Landing:
        now = self._now()
        when = timely(spot, now)
        if when is None:
            return Landing(None, now, Refusal.PAST)
        zone = self.zone()
        return land_guest(when, zone, guest.owner.zone if guest.owner is not None else zone.key, self._clock.now(), self.rules())

    def _current(self) -> Entry | None:
        """The current entry, or the only one of the current day."""
        entry = self._view.surface.chosen
        here = self._page.board.day(self._view.surface.day) if self._page is not None else ()
        return entry if entry is not None else here[0] if len(here) == 1 else None

    def _any(self) -> bool:
        return self._current() is not None

    def _movable(self) -> bool:
        return self._current() is not None or self._errands.shelf_line() is not None

    def _ask_time(self) -> None:
        line = self._errands.shelf_line()
        entry = self._current()
        if line is not None:
            self._errands.ask_plan(line)
        elif entry is not None:
            self._errands.ask_move(entry)

    def _ask_copy(self) -> None:
        entry = self._current()
        if entry is not None:
            self._errands.ask_copy(entry)

    def _repeat(self) -> None:
        entry = self._current()
        if entry is not None:
            self._errands.repeat(entry)

    def _take_current_out(self) -> None:
        entry = self._current()
        if entry is not None:
            self._take_out(entry)

    def _take_out(self, entry: Entry) -> None:
        why = refusal_of(entry)
        if why is not None:
            self._refuse(telling.refusal(why))
        else:
            self._hand.take_out(entry)

    def _plan_suggested(self, entry: Entry) -> None:
        """What was suggested is meant."""
        workspace = self.workspace(entry.row.client)
        if workspace is not None:
            self._hand.plan(workspace, entry.row.post, entry.row.planned)

    def _moved(self, entry: Entry, landing: Landing) -> None:
        if landing.planned is not None:
            self.move(entry, landing.planned)

    def _copied(self, entry: Entry, landing: Landing) -> None:
        if landing.planned is not None:
            self._hand.copy(entry, landing.planned)

    def _dropped(self, guest: Guest, landing: Landing, spot: Spot) -> None:
        self._errands.dropped(guest, landing, spot)

    def move(self, entry: Entry, planned: PlannedTime) -> None:
        """Another time for an entry; the page goes where it goes."""
        if planned.utc == entry.row.planned.utc:
            return
        self._hand.move(entry, planned)
        self._day = planned.utc.astimezone(self.zone()).date()
        if self._day not in self._days(self._anchor):
            self._anchor = self._day
        self._show()
        moved = self._page.board.find(entry.key) if self._page is not None else None
        if moved is not None:
            self._view.choose(moved)

    def _undo(self) -> None:
        self._hand.undo(self.only.client.id if self.only is not None else None)

    def _hand_redo(self) -> None:
        self._hand.redo(self.only.client.id if self.only is not None else None)

    def _can_undo(self) -> bool:
        return self._hand.can_undo(self.only)

    def _can_redo(self) -> bool:
        return self._hand.can_redo(self.only)

    def _more(self, below: QWidget) -> None:
        known = {one.id: one for one in self.actions()}
        first = [known[f"calendar.{name}"] for name in ("undo", "redo")]
        second = [known[f"calendar.{name}"] for name in ("closer", "farther")]
        self._view.show_more([*first, None, *second, None, *self._errands.menu()], below)

    def span(self) -> tuple[datetime, datetime]:
        """The instants of the page that is seen."""
        return span(self._days(self._anchor), self.zone())


def today_of(scope: Workspace | Desk) -> date:
    """The day it is for a client, or for the user."""
    name = scope.client.timezone if isinstance(scope, Workspace) else scope.clock.zone_name()
    return scope.clock.now().astimezone(ZoneInfo(name)).date()
