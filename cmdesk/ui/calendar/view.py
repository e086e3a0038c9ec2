"""Shows the calendar: its head with title, days to turn and ways to look, and under it month, week or agenda."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from cmdesk.domain.schedule import PlannedTime
from cmdesk.ui.actions import key_text
from cmdesk.ui.calendar.days import Mode
from cmdesk.ui.calendar.entries import Entry, Owner, Page, Spot
from cmdesk.ui.calendar.month import MonthGrid
from cmdesk.ui.calendar.surface import Land, Surface
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import Button, IconButton, Kind
from cmdesk.ui.widgets.layout import STRETCH, column, row
from cmdesk.ui.widgets.paint import disc
from cmdesk.ui.widgets.segments import Segments
from cmdesk.ui.widgets.states import EmptyState, Symbol
from cmdesk.ui.widgets.text import Text

if TYPE_CHECKING:
    from cmdesk.ui.calendar.agenda import AgendaList
    from cmdesk.ui.calendar.dialogs import DayPanel, MoveDialog
    from cmdesk.ui.calendar.pages import AgendaPage, WeekPage
    from cmdesk.ui.calendar.week import WeekGrid

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
    """``opened`` Entry; ``created`` Spot; ``moved`` Entry and Landing; ``move_chosen`` Entry and PlannedTime;
    ``day_wanted`` and ``stood`` dates; ``turned`` pages; ``today_wanted``; ``mode_wanted`` Mode; ``refused`` sentence;
    ``owner_chosen`` Owner and Spot."""

    opened = Signal(object)
    created = Signal(object)
    moved = Signal(object, object)
    move_chosen = Signal(object, object)
    owner_chosen = Signal(object, object)
    refused = Signal(str)
    day_wanted = Signal(object)
    stood = Signal(object)
    turned = Signal(int)
    today_wanted = Signal()
    mode_wanted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._page: Page | None = None
        self.setProperty("surface", "content")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._land: Land | None = None
        self.month = MonthGrid(theme)
        # Built when they are first looked at: most days only the month is.
        self._made_week: WeekPage | None = None
        self._made_agenda: AgendaPage | None = None
        self._made_panel: DayPanel | None = None
        self._menu: QMenu | None = None
        self._asking: MoveDialog | None = None
        self._build()
        self._wire()
        self.retranslate()

    def _build(self) -> None:
        theme, sizes = self._theme, self._theme.sizes
        self._title = Text(theme, size=Size.TITLE, strong=True)
        self._zone = Text(theme, tone="muted")
        self._before = IconButton(theme, "chevron-left")
        self._today = Button(theme)
        self._after = IconButton(theme, "chevron-right")
        self._modes = Segments(theme)
        self._new = Button(theme, kind=Kind.PRIMARY, icon="compose")
        self._head = row(
            None,
            self._title,
            sizes.half,
            self._zone,
            STRETCH,
            self._before,
            self._today,
            self._after,
            sizes.half,
            self._modes,
            sizes.half,
            self._new,
            gap=sizes.quarter,
            margins=(sizes.one, sizes.one, sizes.one, sizes.half + sizes.quarter),
        )
        self._empty = EmptyState(theme, "calendar")
        self._stack = QStackedWidget()
        for part in (self.month, self._empty):
            self._stack.addWidget(part)
        self._hint = _Hint(theme)
        self._hint.hide()
        outer = column(self)
        outer.addLayout(self._head)
        outer.addWidget(self._stack, 1)
        outer.addWidget(self._hint)

    def _fit(self) -> None:
        """Where the head has no room for all of it, the note gives way first, then the words of the button."""
        self._zone.setVisible(bool(self._zone.text()))
        self._new.setText(self.tr("New post"))
        if self._needed() > self.width():
            self._zone.hide()
        if self._needed() > self.width():
            self._new.setText("")
            self._new.setToolTip(self.tr("New post"))
            self._new.setAccessibleName(self.tr("New post"))

    def _needed(self) -> int:
        """How wide the head would like to be; asked anew, because a layout within a layout remembers."""
        self._head.invalidate()
        return self._head.sizeHint().width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, perhaps other words."""
        super().resizeEvent(event)
        self._fit()

    @property
    def week(self) -> WeekGrid:
        """The hours of seven days."""
        return self._week_page.grid

    @property
    def _week_page(self) -> WeekPage:
        if self._made_week is None:
            from cmdesk.ui.calendar.pages import WeekPage  # most days only the month is looked at

            self._made_week = WeekPage(self._theme)
            self._stack.addWidget(self._made_week)
            self._wire_surface(self._made_week.grid)
        return self._made_week

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
    def _panel(self) -> DayPanel:
        if self._made_panel is None:
            from cmdesk.ui.calendar.dialogs import DayPanel  # as above

            self._made_panel = DayPanel(self._theme, self)
            self._made_panel.opened.connect(self.opened)
        return self._made_panel

    def _wire_surface(self, surface: Surface) -> None:
        surface.opened.connect(self.opened)
        surface.created.connect(self.created)
        surface.moved.connect(self.moved)
        surface.refused.connect(self.refused)
        surface.day_wanted.connect(self.day_wanted)
        surface.stood.connect(self.stood)
        surface.day_opened.connect(self.open_day)
        if self._land is not None:
            surface.set_landing(self._land)

    def _wire(self) -> None:
        self._wire_surface(self.month)
        self._before.clicked.connect(lambda: self.turned.emit(-1))
        self._after.clicked.connect(lambda: self.turned.emit(1))
        self._today.clicked.connect(self.today_wanted)
        self._modes.chosen.connect(lambda key: self.mode_wanted.emit(Mode(key)))
        self._new.clicked.connect(self.new_here)
        self._empty.pressed.connect(self.new_here)

    def _surfaces(self) -> Sequence[Surface]:
        """Those that are built."""
        found: list[Surface] = [self.month]
        if self._made_week is not None:
            found.append(self._made_week.grid)
        if self._made_agenda is not None:
            found.append(self._made_agenda.list)
        return found

    # ---- words

    def retranslate(self) -> None:
        """Words of the language in force."""
        self._before.set_name(self.tr("Earlier"))
        self._after.set_name(self.tr("Later"))
        self._today.setText(self.tr("Today"))
        self._fit()
        self._modes.set_items([("month", self.tr("Month")), ("week", self.tr("Week")), ("agenda", self.tr("Agenda"))])
        self._modes.setAccessibleName(self.tr("How to look at the calendar"))

    def changeEvent(self, event: QEvent) -> None:
        """Follows the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    # ---- what the presenter gives

    def set_landing(self, land: Land) -> None:
        """How to ask what a drop would do."""
        self._land = land
        for surface in self._surfaces():
            surface.set_landing(land)

    def show_page(self, page: Page, day: date) -> None:
        """Another page, or the same with other entries."""
        before = self._page
        self._page = page
        self._title.setText(page.title)
        self._zone.setText(page.zone_note)
        self._modes.choose(page.mode.value)
        self._new.set_tones(self._theme.tones(page.owner.colour if page.owner is not None else None))
        self._new.setEnabled(page.can_create)
        self._fit()
        surface = self.surface
        surface.setAccessibleName(page.title)
        surface.show_page(page, day)
        if before is not None and before.owner != page.owner and self._made_week is not None:
            self._made_week.scroll_area.forget()
        self._show_surface(page)
        if page.mode is Mode.WEEK:
            self._week_page.show_page(page)
        elif page.mode is Mode.AGENDA and (before is None or before.mode is not page.mode or before.days != page.days):
            self.agenda.show_day(day)

    def _show_surface(self, page: Page) -> None:
        empty = not len(page.board)
        nothing = empty and page.mode is Mode.AGENDA
        had_focus = self.surface.hasFocus() or any(surface.hasFocus() for surface in self._surfaces())
        self._stack.setCurrentWidget(self._empty if nothing else self._part(page.mode))
        self.setFocusProxy(self._empty.button if nothing else self.surface)
        if had_focus:
            self.setFocus()
        self._hint.setVisible(empty and page.mode is not Mode.AGENDA)
        if empty:
            self._teach(page)

    def _part(self, mode: Mode) -> QWidget:
        """What is seen in the middle."""
        if mode is Mode.WEEK:
            return self._week_page
        return self._agenda_page if mode is Mode.AGENDA else self.month

    def _teach(self, page: Page) -> None:
        if not page.can_create:
            title, sentence, button = self.tr("No client yet"), self.tr("Create a client first. Its posts will stand here."), ""
        else:
            title = self.tr("Nothing planned")
            sentence = self.tr("Write a post and give it a time. It stands here until it goes out by itself.")
            button = self.tr("New post")
        self._empty.say(title, sentence, button)
        self._empty.button.set_tones(self._theme.tones(page.owner.colour if page.owner is not None else None))
        if page.can_create:
            month = self.tr("Nothing planned here yet. Click on a day to write a post for it, or press {keys}.")
            week = self.tr("Nothing planned this week. Click on an hour to write a post for it, or press {keys}.")
            sentence = (month if page.mode is Mode.MONTH else week).format(keys=key_text(NEW))
        self._hint.say(sentence)

    def set_day(self, day: date) -> None:
        """Another current day of the same page."""
        self.surface.set_day(day)

    @property
    def surface(self) -> Surface:
        """The month, the week or the agenda, whichever is seen."""
        mode = self._page.mode if self._page is not None else Mode.MONTH
        if mode is Mode.WEEK:
            return self.week
        return self.agenda if mode is Mode.AGENDA else self.month

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
        if self._made_panel is not None:
            self._made_panel.hide()
            self._made_panel.list.forget()

    # ---- what the user asks

    def new_here(self) -> None:
        """Begins a post where the keyboard stands."""
        if self._page is not None and self._page.can_create:
            self.created.emit(self.surface.spot())

    def open_day(self, day: date) -> None:
        """Lists the entries of a day over the month."""
        if self._page is None:
            return
        self.set_day(day)
        self.stood.emit(day)
        frame = self.month.cell_rect(day) if self._page.mode is Mode.MONTH else None
        place = self.surface.mapToGlobal(frame.topLeft()) if frame is not None else self.cursor().pos()
        self._panel.show_day(self._page, day, place)

    def ask_owner(self, owners: Sequence[Owner], spot: Spot) -> None:
        """Asks for which client to write; the answer comes as ``owner_chosen``."""
        if self._menu is None:
            self._menu = QMenu(self)
        menu = self._menu
        menu.clear()
        menu.setAccessibleName(self.tr("For which client?"))
        menu.addAction(self.tr("For which client?")).setEnabled(False)
        menu.addSeparator()
        for owner in owners:
            action = menu.addAction(self._disc(owner), owner.name.replace("&", "&&"))
            action.triggered.connect(lambda _on=False, owner=owner: self.owner_chosen.emit(owner, spot))
        place = self.cursor().pos()
        if self._page is not None and self._page.mode is Mode.MONTH:
            frame = self.month.cell_rect(spot.day)
            place = self.month.mapToGlobal(frame.center() if frame.isValid() else QPoint(0, 0))
        menu.popup(place)

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

    def ask_time(self, entry: Entry, now: datetime, tzdata: str) -> MoveDialog | None:
        """Asks for another time; the answer comes as ``move_chosen``. ``now`` is the client's wall time, naive."""
        if self._page is None:
            return None
        from cmdesk.ui.calendar.dialogs import MoveDialog  # as above

        dialog = MoveDialog(self._theme, self, entry, self._page, now=now, tzdata=tzdata)

        def answer(planned: PlannedTime) -> None:
            self.move_chosen.emit(entry, planned)

        def over(_result: int) -> None:
            self._asking = None

        dialog.chosen.connect(answer)
        dialog.finished.connect(over)
        self._asking = dialog
        dialog.open()
        return dialog
