"""The calendar: a title, ways to look, and one surface that shows days. It only paints and tells what is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from cmdesk.domain.schedule import PlannedTime
from cmdesk.ui.actions import Action, key_text
from cmdesk.ui.calendar.days import Mode
from cmdesk.ui.calendar.entries import Entry, Owner, Page
from cmdesk.ui.calendar.filters import Filter
from cmdesk.ui.calendar.head import CalendarHead
from cmdesk.ui.calendar.legend import Legend
from cmdesk.ui.calendar.month import MonthGrid
from cmdesk.ui.calendar.painting import Pictures
from cmdesk.ui.calendar.pointer import Land, LandGuest
from cmdesk.ui.calendar.surface import Surface
from cmdesk.ui.theme import Theme
from cmdesk.ui.widgets.layout import column, row
from cmdesk.ui.widgets.paint import disc
from cmdesk.ui.widgets.states import EmptyState, Symbol
from cmdesk.ui.widgets.text import Text

if TYPE_CHECKING:
    from cmdesk.ui.calendar.agenda import AgendaList
    from cmdesk.ui.calendar.dialogs import DayPanel, MoveDialog, Notes
    from cmdesk.ui.calendar.filterpanel import FilterPanel, Group
    from cmdesk.ui.calendar.glances import Asked, PeekLook
    from cmdesk.ui.calendar.hours import HoursGrid
    from cmdesk.ui.calendar.pages import AgendaPage, HoursPage
    from cmdesk.ui.calendar.peek import Peek
    from cmdesk.ui.calendar.shelf import Shelf
    from cmdesk.ui.calendar.year import YearGrid

#: The key for something new, the same in every room.
NEW = ("Ctrl+N",)


class _Hint(QWidget):
    """One line at the foot of an empty month or week that teaches the first step."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        sizes = theme.sizes
        self._text = Text(theme, tone="muted", wrap=True)
        row(self, Symbol(theme, "info"), self._text, gap=sizes.half, margins=(sizes.one, sizes.half, sizes.one, sizes.half))

    def say(self, text: str) -> None:
        """What to do."""
        self._text.setText(text)
        self.setAccessibleName(text)


class CalendarView(QWidget):
    """``opened``, ``peeked``, ``move_asked``, ``copy_asked``, ``repeat_asked``, ``out_asked`` and ``plan_asked`` carry an Entry;
    ``created`` a Spot; ``moved`` and ``copied`` an Entry and its Landing; ``dropped`` a Guest, its Landing and the Spot;
    ``move_chosen`` an Asked and the PlannedTime; ``day_wanted``, ``stood``, ``day_opened`` and ``date_opened`` dates; ``turned``
    pages; ``zoomed`` steps; ``mode_wanted`` a Mode; ``refused`` a sentence; ``owner_chosen`` an Owner and what it was asked for;
    ``filtered`` a Filter; ``filter_asked`` and ``more_asked`` the widget below which to open; ``bar_opened`` a BarMark."""

    opened = Signal(object)
    peeked = Signal(object)
    created = Signal(object)
    moved = Signal(object, object)
    copied = Signal(object, object)
    dropped = Signal(object, object, object)
    move_asked = Signal(object)
    move_chosen = Signal(object, object)
    copy_asked = Signal(object)
    repeat_asked = Signal(object)
    out_asked = Signal(object)
    plan_asked = Signal(object)
    owner_chosen = Signal(object, object)
    refused = Signal(str)
    day_wanted = Signal(object)
    stood = Signal(object)
    turned = Signal(int)
    today_wanted = Signal()
    mode_wanted = Signal(object)
    filtered = Signal(object)
    filter_asked = Signal(object)
    more_asked = Signal(object)
    shelf_asked = Signal()
    date_opened = Signal(object)
    bar_opened = Signal(object)
    zoomed = Signal(int)
    day_opened = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._page: Page | None = None
        self.setProperty("surface", "content")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._land: tuple[Land, LandGuest] | None = None
        self._pictures: Pictures | None = None
        self.month = MonthGrid(theme)
        # Built when they are first looked at: most days only the month is.
        self._made_hours: HoursPage | None = None
        self._made_agenda: AgendaPage | None = None
        self._made_year: YearGrid | None = None
        self._made_panel: DayPanel | None = None
        self._made_filter: FilterPanel | None = None
        self._made_peek: Peek | None = None
        self._made_shelf: Shelf | None = None
        self._menu: QMenu | None = None
        self._asking: MoveDialog | None = None
        self.head = CalendarHead(theme)
        self.legend = Legend(theme)
        self._empty = EmptyState(theme, "calendar")
        self._stack = QStackedWidget()
        for part in (self.month, self._empty):
            self._stack.addWidget(part)
        self._hint = _Hint(theme)
        self._hint.hide()
        middle = column(None, self.head, self.legend)
        middle.addWidget(self._stack, 1)
        middle.addWidget(self._hint)
        self._outer = row(self)
        self._outer.addLayout(middle, 1)
        self._wire()

    def _wire(self) -> None:
        self._wire_surface(self.month)
        self.head.turned.connect(self.turned)
        self.head.today_wanted.connect(self.today_wanted)
        self.head.mode_wanted.connect(self.mode_wanted)
        self.head.new_wanted.connect(self.new_here)
        self.head.filter_wanted.connect(self.filter_asked)
        self.head.shelf_wanted.connect(self.shelf_asked)
        self.head.more_wanted.connect(self.more_asked)
        self.legend.changed.connect(self.filtered)
        self._empty.pressed.connect(self.new_here)

    def _wire_surface(self, surface: Surface) -> None:
        surface.opened.connect(self.opened)
        surface.peeked.connect(self.peeked)
        surface.created.connect(self.created)
        surface.moved.connect(self.moved)
        surface.copied.connect(self.copied)
        surface.dropped.connect(self.dropped)
        surface.refused.connect(self.refused)
        surface.day_wanted.connect(self.day_wanted)
        surface.stood.connect(self.stood)
        surface.day_opened.connect(self.open_day)
        surface.date_opened.connect(self.date_opened)
        surface.bar_opened.connect(self.bar_opened)
        surface.turned.connect(self.turned)
        surface.zoomed.connect(self.zoomed)
        if self._land is not None:
            surface.set_landing(*self._land)
        surface.set_pictures(self._pictures)

    # ---- parts, each built when it is first looked at

    @property
    def week(self) -> HoursGrid:
        """The hours of a week or a day."""
        return self._hours_page.grid

    @property
    def _hours_page(self) -> HoursPage:
        if self._made_hours is None:
            from cmdesk.ui.calendar.pages import HoursPage  # most days only the month is looked at

            self._made_hours = HoursPage(self._theme)
            self._stack.addWidget(self._made_hours)
            self._wire_surface(self._made_hours.grid)
            self._made_hours.head.date_opened.connect(self.date_opened)
            self._made_hours.head.bar_opened.connect(self.bar_opened)
            self._made_hours.head.day_opened.connect(self.day_opened)
        return self._made_hours

    @property
    def agenda(self) -> AgendaList:
        """The list by days."""
        return self._agenda_page.list

    @property
    def _agenda_page(self) -> AgendaPage:
        if self._made_agenda is None:
            from cmdesk.ui.calendar.pages import AgendaPage  # as above

            self._made_agenda = AgendaPage(self._theme)
            self._stack.addWidget(self._made_agenda)
            self._wire_surface(self._made_agenda.list)
        return self._made_agenda

    @property
    def year(self) -> YearGrid:
        """The twelve months."""
        if self._made_year is None:
            from cmdesk.ui.calendar.year import YearGrid  # as above

            self._made_year = YearGrid(self._theme)
            self._stack.addWidget(self._made_year)
            self._wire_surface(self._made_year)
        return self._made_year

    @property
    def _panel(self) -> DayPanel:
        if self._made_panel is None:
            from cmdesk.ui.calendar.dialogs import DayPanel  # as above

            self._made_panel = DayPanel(self._theme, self)
            self._made_panel.opened.connect(self.opened)
        return self._made_panel

    @property
    def shelf(self) -> Shelf:
        """Drafts and ideas beside the days."""
        if self._made_shelf is None:
            from cmdesk.ui.calendar.shelf import Shelf  # as above

            self._made_shelf = Shelf(self._theme)
            self._made_shelf.hide()
            self._made_shelf.closed.connect(self.shelf_asked)
            self._outer.addWidget(self._made_shelf)
        return self._made_shelf

    @property
    def shelf_open(self) -> bool:
        """Whether drafts and ideas are seen."""
        return self._made_shelf is not None and self._made_shelf.isVisibleTo(self)

    def _surfaces(self) -> Sequence[Surface]:
        """Those that are built."""
        found: list[Surface] = [self.month]
        if self._made_hours is not None:
            found.append(self._made_hours.grid)
        if self._made_agenda is not None:
            found.append(self._made_agenda.list)
        if self._made_year is not None:
            found.append(self._made_year)
        return found

    # ---- what the presenter gives

    def set_landing(self, land: Land, guest: LandGuest) -> None:
        """How to ask what a drop would do."""
        self._land = (land, guest)
        for surface in self._surfaces():
            surface.set_landing(land, guest)

    def set_pictures(self, pictures: Pictures | None) -> None:
        """How to get the small pictures of entries."""
        self._pictures = pictures
        for surface in self._surfaces():
            surface.set_pictures(pictures)

    def pictures_came(self) -> None:
        """Small pictures that were missing are there."""
        self.surface.pictures_came()

    def show_page(self, page: Page, day: date, owners: Sequence[Owner] = (), wanted: Filter | None = None) -> None:
        """Another page, or the same with other entries; ``owners`` are all clients of the scope."""
        before = self._page
        self._page = page
        chosen = wanted or Filter()
        self.head.show_page(page, narrow=chosen.narrow)
        self.legend.show_state(owners, chosen, page)
        surface = self.surface
        surface.setAccessibleName(page.title)
        surface.show_page(page, day)
        if self._made_hours is not None and (before is None or before.owner != page.owner or before.zoom != page.zoom):
            self._made_hours.scroll_area.forget()
        self._show_surface(page)
        if page.mode.has_hours:
            self._hours_page.show_page(page)
        elif page.mode is Mode.AGENDA and (before is None or before.mode is not page.mode or before.days != page.days):
            self.agenda.show_day(day)

    def _show_surface(self, page: Page) -> None:
        empty = not len(page.board) and not page.counts
        nothing = empty and page.mode is Mode.AGENDA
        had_focus = self.surface.hasFocus() or any(surface.hasFocus() for surface in self._surfaces())
        self._stack.setCurrentWidget(self._empty if nothing else self._part(page.mode))
        self.setFocusProxy(self._empty.button if nothing else self.surface)
        if had_focus:
            self.setFocus()
        self._hint.setVisible(empty and page.mode not in {Mode.AGENDA, Mode.YEAR})
        if empty:
            self._teach(page)

    def _part(self, mode: Mode) -> QWidget:
        """What is seen in the middle."""
        if mode.has_hours:
            return self._hours_page
        if mode is Mode.YEAR:
            return self.year
        return self._agenda_page if mode is Mode.AGENDA else self.month

    def _teach(self, page: Page) -> None:
        if not page.can_create:
            title, sentence, button = self.tr("No client yet"), self.tr("Create a client first. Its posts will stand here."), ""
        elif page.hidden:
            title, sentence, button = self.tr("Nothing to see"), self.tr("The filter hides what is here."), ""
        else:
            title = self.tr("Nothing planned")
            sentence = self.tr("Write a post and give it a time. It stands here until it goes out by itself.")
            button = self.tr("New post")
        self._empty.say(title, sentence, button)
        self._empty.button.set_tones(self._theme.tones(page.owner.colour if page.owner is not None else None))
        if page.can_create and not page.hidden:
            lines = {
                Mode.MONTH: self.tr("Nothing planned here yet. Click on a day to write a post for it, or press {keys}."),
                Mode.WEEK: self.tr("Nothing planned this week. Click on an hour to write a post for it, or press {keys}."),
                Mode.DAY: self.tr("Nothing planned this day. Click on an hour to write a post for it, or press {keys}."),
            }
            sentence = lines.get(page.mode, sentence).format(keys=key_text(NEW))
        self._hint.say(sentence)

    def set_day(self, day: date) -> None:
        """Another current day of the same page."""
        self.surface.set_day(day)

    @property
    def surface(self) -> Surface:
        """Whichever is seen."""
        mode = self._page.mode if self._page is not None else Mode.MONTH
        if mode.has_hours:
            return self.week
        if mode is Mode.YEAR:
            return self.year
        return self.agenda if mode is Mode.AGENDA else self.month

    def say(self, sentence: str) -> None:
        """Tells those who listen what was done, or why not."""
        self.surface.say(sentence)

    def choose(self, entry: Entry) -> None:
        """Makes an entry the current one."""
        self.surface.choose(entry)

    def forget(self) -> None:
        """Drops what belonged to a client."""
        if self._menu is not None:
            self._menu.close()
        if self._asking is not None:
            self._asking.reject()
        for surface in self._surfaces():
            surface.forget()
        self.legend.forget()
        if self._made_hours is not None:
            self._made_hours.head.forget()
        if self._made_panel is not None:
            self._made_panel.hide()
            self._made_panel.list.forget()
        if self._made_filter is not None:
            self._made_filter.hide()
        if self._made_peek is not None:
            self._made_peek.forget()
        if self._made_shelf is not None:
            self._made_shelf.forget()

    # ---- what the user asks

    def new_here(self) -> None:
        """Begins a post where the keyboard stands."""
        if self._page is not None and self._page.can_create:
            self.created.emit(self.surface.spot())

    def open_day(self, day: date) -> None:
        """Lists the entries of a day over the month; from a year one goes there."""
        page = self._page
        if page is None:
            return
        if page.mode is Mode.YEAR:
            self.day_opened.emit(day)
            return
        self.set_day(day)
        self.stood.emit(day)
        frame = self.month.cell_rect(day) if page.mode is Mode.MONTH else None
        place = self.surface.mapToGlobal(frame.topLeft()) if frame is not None else self.cursor().pos()
        self._panel.show_day(page, day, place)

    def show_peek(self, entry: Entry, look: PeekLook) -> Peek:
        """Shows a post with all its deliveries beside its entry."""
        if self._made_peek is None:
            from cmdesk.ui.calendar.peek import Peek  # as above

            self._made_peek = peek = Peek(self._theme, self)
            peek.opened.connect(self.opened)
            peek.move_wanted.connect(self.move_asked)
            peek.copy_wanted.connect(self.copy_asked)
            peek.repeat_wanted.connect(self.repeat_asked)
            peek.out_wanted.connect(self.out_asked)
            peek.plan_wanted.connect(self.plan_asked)
        rect = self.surface.rect_of(entry)
        self._made_peek.show_entry(entry, look, rect.translated(self.surface.mapToGlobal(QPoint(0, 0))))
        return self._made_peek

    def ask_filter(self, groups: Sequence[Group], wanted: Filter, below: QWidget) -> None:
        """Asks what is to be seen; the answers come as ``filtered``."""
        if self._made_filter is None:
            from cmdesk.ui.calendar.filterpanel import FilterPanel  # as above

            self._made_filter = FilterPanel(self._theme, self)
            self._made_filter.changed.connect(self.filtered)
        self._made_filter.show_groups(groups, wanted, below)

    def show_more(self, actions: Sequence[Action | None], below: QWidget | None) -> QMenu:
        """A menu of what can be done, below a button or where the pointer is; None parts groups."""
        menu = self._fresh_menu(self.tr("More"))
        for action in actions:
            if action is None:
                menu.addSeparator()
                continue
            made = menu.addAction(action.text().replace("&", "&&"))
            if action.keys:
                made.setText(f"{made.text()}\t{key_text(action.keys)}")
            if action.icon:
                made.setIcon(self._theme.icon(action.icon))
            made.setEnabled(action.enabled())
            made.triggered.connect(lambda _on=False, run=action.run: run())
        place = self.cursor().pos()
        if below is not None:
            place = below.mapToGlobal(QPoint(below.width() - menu.sizeHint().width(), below.height()))
        menu.popup(place)
        return menu

    def ask_owner(self, owners: Sequence[Owner], asked: object, day: date | None = None) -> None:
        """Asks for which client; the answer comes as ``owner_chosen`` with what it was asked for."""
        menu = self._fresh_menu(self.tr("For which client?"))
        menu.addAction(self.tr("For which client?")).setEnabled(False)
        menu.addSeparator()
        for owner in owners:
            action = menu.addAction(self._disc(owner), owner.name.replace("&", "&&"))
            action.triggered.connect(lambda _on=False, owner=owner: self.owner_chosen.emit(owner, asked))
        place = self.cursor().pos()
        if self._page is not None and self._page.mode is Mode.MONTH and day is not None:
            frame = self.month.cell_rect(day)
            place = self.month.mapToGlobal(frame.center() if frame.isValid() else QPoint(0, 0))
        menu.popup(place)

    def _fresh_menu(self, name: str) -> QMenu:
        if self._menu is None:
            self._menu = QMenu(self)
        self._menu.clear()
        self._menu.setAccessibleName(name)
        return self._menu

    def _disc(self, owner: Owner) -> QIcon:
        ratio = self.devicePixelRatioF()
        side = self._theme.sizes.disc_small
        picture = QPixmap(round(side * ratio), round(side * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        disc(painter, self._theme, QRectF(0, 0, side, side), owner.initials, self._theme.tones(owner.colour))
        painter.end()
        return QIcon(picture)

    def ask_time(self, asked: Asked, now: datetime, tzdata: str, notes: Notes | None = None) -> MoveDialog | None:
        """Asks for a time; the answer comes as ``move_chosen``. ``now`` is the client's wall time, naive."""
        if self._page is None:
            return None
        from cmdesk.ui.calendar.dialogs import MoveDialog  # as above

        dialog = MoveDialog(self._theme, self, asked, self._page.formats, now=now, tzdata=tzdata, notes=notes)

        def answer(planned: PlannedTime) -> None:
            self.move_chosen.emit(asked, planned)

        def over(_result: int) -> None:
            self._asking = None

        dialog.chosen.connect(answer)
        dialog.finished.connect(over)
        self._asking = dialog
        dialog.open()
        return dialog
