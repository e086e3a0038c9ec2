"""Shows the calendar: its head with title, days to turn and ways to look, and under it month, week or agenda."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QIcon, QPainter, QPixmap, QResizeEvent
from PySide6.QtWidgets import QMenu, QScrollArea, QStackedWidget, QWidget

from cmdesk.domain.schedule import PlannedTime
from cmdesk.ui.actions import key_text
from cmdesk.ui.calendar.agenda import AgendaList
from cmdesk.ui.calendar.days import Mode
from cmdesk.ui.calendar.dialogs import DayPanel, MoveDialog
from cmdesk.ui.calendar.entries import Entry, Owner, Page, Spot
from cmdesk.ui.calendar.month import MonthGrid
from cmdesk.ui.calendar.surface import Land, Surface
from cmdesk.ui.calendar.week import WeekGrid, WeekHead, WeekScroll
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import Button, IconButton, Kind
from cmdesk.ui.widgets.layout import STRETCH, column, row
from cmdesk.ui.widgets.paint import disc
from cmdesk.ui.widgets.segments import Segments
from cmdesk.ui.widgets.states import EmptyState, Symbol
from cmdesk.ui.widgets.text import Text

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
        self.month = MonthGrid(theme)
        self.week = WeekGrid(theme)
        self._week_head = WeekHead(theme)
        self._week_scroll = WeekScroll(theme, self.week)
        self.agenda = AgendaList(theme)
        self._agenda_scroll = QScrollArea()
        self._panel = DayPanel(theme, self)
        self._menu = QMenu(self)
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
        self._agenda_scroll.setWidgetResizable(True)
        self._agenda_scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._agenda_scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._agenda_scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._agenda_scroll.setWidget(self.agenda)
        week = QWidget()
        column(week, self._week_head, self._week_scroll)
        self._empty = EmptyState(theme, "calendar")
        self._stack = QStackedWidget()
        for part in (self.month, week, self._agenda_scroll, self._empty):
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

    def _wire(self) -> None:
        for surface in self._surfaces():
            surface.opened.connect(self.opened)
            surface.created.connect(self.created)
            surface.moved.connect(self.moved)
            surface.refused.connect(self.refused)
            surface.day_wanted.connect(self.day_wanted)
            surface.stood.connect(self.stood)
            surface.day_opened.connect(self.open_day)
        self._panel.opened.connect(self.opened)
        self._week_scroll.bar.connect(self._week_head.set_spare)
        self._before.clicked.connect(lambda: self.turned.emit(-1))
        self._after.clicked.connect(lambda: self.turned.emit(1))
        self._today.clicked.connect(self.today_wanted)
        self._modes.chosen.connect(lambda key: self.mode_wanted.emit(Mode(key)))
        self._new.clicked.connect(self.new_here)
        self._empty.pressed.connect(self.new_here)

    def _surfaces(self) -> tuple[Surface, ...]:
        return (self.month, self.week, self.agenda)

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
        if before is not None and before.owner != page.owner:
            self._week_scroll.forget()
        self._show_surface(page)
        if page.mode is Mode.WEEK:
            self._week_head.show_page(page)
            self._week_scroll.begin(min((entry.minute for entry in page.board.entries), default=24 * 60))
        elif page.mode is Mode.AGENDA and (before is None or before.mode is not page.mode or before.days != page.days):
            self.agenda.show_day(day)

    def _show_surface(self, page: Page) -> None:
        empty = not len(page.board)
        number = 3 if empty and page.mode is Mode.AGENDA else list(Mode).index(page.mode)
        had_focus = self.surface.hasFocus() or any(surface.hasFocus() for surface in self._surfaces())
        self._stack.setCurrentIndex(number)
        self.setFocusProxy(self._empty.button if number == 3 else self.surface)
        if had_focus:
            self.setFocus()
        self._hint.setVisible(empty and page.mode is not Mode.AGENDA)
        if empty:
            self._teach(page)

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
        return self._surfaces()[list(Mode).index(mode)]

    def choose(self, entry: Entry) -> None:
        """Makes an entry the current one."""
        self.surface.choose(entry)

    def forget(self) -> None:
        """Drops what belonged to a client."""
        self._panel.hide()
        self._menu.close()
        for dialog in self.findChildren(MoveDialog):
            dialog.reject()
        for surface in (*self._surfaces(), self._panel.list):
            surface.forget()

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
        self._menu.clear()
        self._menu.setAccessibleName(self.tr("For which client?"))
        self._menu.addAction(self.tr("For which client?")).setEnabled(False)
        self._menu.addSeparator()
        for owner in owners:
            action = self._menu.addAction(self._disc(owner), owner.name.replace("&", "&&"))
            action.triggered.connect(lambda _on=False, owner=owner: self.owner_chosen.emit(owner, spot))
        place = self.cursor().pos()
        if self._page is not None and self._page.mode is Mode.MONTH:
            frame = self.month.cell_rect(spot.day)
            place = self.month.mapToGlobal(frame.center() if frame.isValid() else QPoint(0, 0))
        self._menu.popup(place)

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
        dialog = MoveDialog(self._theme, self, entry, self._page, now=now, tzdata=tzdata)

        def answer(planned: PlannedTime) -> None:
            self.move_chosen.emit(entry, planned)

        dialog.chosen.connect(answer)
        dialog.open()
        return dialog
