"""What all views share: a current day and entry, the keyboard, words for those who listen, and how a page is painted."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from msgspec.structs import replace
from PySide6 import QtGui
from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QHelpEvent, QKeyEvent, QPainter, QPaintEvent, QPixmap, QWheelEvent
from PySide6.QtWidgets import QToolTip

from cmdesk.ui.calendar import telling
from cmdesk.ui.calendar.days import EARLIEST
from cmdesk.ui.calendar.entries import Board, Entry, Key, Landing, Page, Spot
from cmdesk.ui.calendar.painting import Brush, Pictures
from cmdesk.ui.calendar.pointer import Drag, Pointer
from cmdesk.ui.plaintext import escaped
from cmdesk.ui.theme import Theme


class Surface(Pointer):
    """A view of a page. Subclasses say what lies where and paint it.

    ``opened`` carries an Entry, ``created`` a Spot, ``moved`` an Entry and its Landing, ``refused`` a sentence,
    ``day_wanted`` a date to go to, ``stood`` the date of this page that was made current here, ``day_opened`` a date
    whose entries should be listed.
    """

    day_wanted = Signal(object)
    stood = Signal(object)
    peeked = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._brush = Brush(theme)
        self._day = EARLIEST
        self._chosen: Key | None = None
        self._picture: QPixmap | None = None
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self._dressed)

    # ---- what the view gives

    def set_pictures(self, pictures: Pictures | None) -> None:
        """How to get the small pictures of entries."""
        self._brush.set_pictures(pictures)

    def pictures_came(self) -> None:
        """Small pictures that were missing are there."""
        self._picture = None
        self.update()

    def show_page(self, page: Page, day: date) -> None:
        """Another page, or the same with other entries; a drag under way goes on."""
        self._page = page
        self._brush.set_labels(page.ground.labels)
        self._day = day
        if page.board.find(self._chosen) is None:
            self._chosen = None
        self._picture = None
        self._hover = None
        self.lay_out()
        self.recheck_drag(copying=self._drag is not None and self._drag.copying)
        self.update()
        self.announce()

    def set_day(self, day: date) -> None:
        """Another current day of the same page."""
        self._day = day
        self._chosen = None
        self.update()
        self.announce()

    def choose(self, entry: Entry | None) -> None:
        """Makes an entry the current one, with its day."""
        self._chosen = entry.key if entry is not None else None
        if entry is not None:
            self._day = entry.day
            self.show_entry(entry)
            self.stood.emit(self._day)
        self.update()
        self.announce()

    def forget(self) -> None:
        """Drops the page: what it showed belongs to a client that is left."""
        self._press = self._create = self._hover = self._chosen = None
        self._end_drag()
        self._page = None
        self._brush.forget()
        self.setAccessibleDescription("")

    @property
    def chosen(self) -> Entry | None:
        """The current entry."""
        return self._page.board.find(self._chosen) if self._page is not None else None

    @property
    def day(self) -> date:
        """The current day."""
        return self._day

    def spot(self) -> Spot:
        """Where a new post would begin by the keyboard."""
        return Spot(self._day)

    # ---- what subclasses say

    def lay_out(self) -> None:
        """Computes what lies where; called when page or size changed."""

    def tip_at(self, place: QPoint) -> tuple[str, QRect] | None:
        """What a tooltip says here, and where it holds."""
        entry, page = self.entry_at(place), self._page
        return (telling.hint(entry, page), self.rect_of(entry)) if entry is not None and page is not None else None

    def paint_page(self, painter: QPainter, area: QRect, page: Page) -> None:
        """Everything that stands still."""

    def paint_landing(self, painter: QPainter, drag: Drag, spot: Spot, landing: Landing) -> None:
        """Where the entry under way would land."""

    def paint_live(self, painter: QPainter, page: Page) -> None:
        """What follows pointer and keyboard."""

    def step_by_key(self, key: Qt.Key) -> bool:
        """An arrow key; False when it is none."""
        days = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -7, Qt.Key.Key_Down: 7}.get(key)
        if days is None:
            return False
        self.day_wanted.emit(self._day + timedelta(days=days))
        return True

    def described(self, page: Page) -> str:
        """The current day in words, for those who listen."""
        return self.described_day(self._day, page)

    def described_day(self, day: date, page: Page) -> str:
        """A day in words."""
        return telling.day(day, page)

    def show_entry(self, entry: Entry) -> None:
        """Scrolls to an entry."""

    # ---- words

    def announce(self) -> None:
        """Says the current day or entry to screen readers."""
        page = self._page
        if page is None:
            return
        entry = self.chosen
        text = telling.entry(entry, page) if entry is not None else self.described(page)
        if text != self.accessibleDescription():
            self.setAccessibleDescription(text)
            if self.hasFocus():
                self.say(text)

    def say(self, text: str) -> None:
        """A sentence for those who listen."""
        # By its full name: Qt's long lists of roles and events are made with the first use, not with this room.
        QtGui.QAccessible.updateAccessibility(QtGui.QAccessibleAnnouncementEvent(self, text))

    # ---- pointer

    def take_entry(self, entry: Entry) -> None:
        """A click made an entry the current one."""
        self.choose(entry)

    def take_spot(self, spot: Spot) -> None:
        """A click made a place the current one."""
        self.set_day(spot.day)
        self.stood.emit(spot.day)

    def drag_changed(self, *, fresh: bool = False) -> None:
        """Paints what is under way in its new place."""
        if fresh:
            self._picture = None
        self.update()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """With Ctrl it brings the calendar closer."""
        steps = event.angleDelta().y()
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and steps:
            self.zoomed.emit(1 if steps > 0 else -1)
            event.accept()
        else:
            event.ignore()

    # ---- keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the day, Enter opens or creates, J and K walk through the entries, Escape lets go."""
        key = Qt.Key(event.key())
        if self._drag is not None and key in {Qt.Key.Key_Alt, Qt.Key.Key_Control}:
            self.recheck_drag(copying=True)
        elif event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or self._page is None:
            super().keyPressEvent(event)
        elif key is Qt.Key.Key_Escape and (self._drag is not None or self._chosen is not None):
            self._press = None
            self._chosen = None
            self._end_drag()
            self.announce()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.enter()
        elif key is Qt.Key.Key_Space:
            self.peek()
        elif key in {Qt.Key.Key_J, Qt.Key.Key_K}:
            self.walk(1 if key is Qt.Key.Key_J else -1)
        elif not self.step_by_key(key):
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """A copy is a move again."""
        if self._drag is not None and event.key() in {Qt.Key.Key_Alt, Qt.Key.Key_Control}:
            self.recheck_drag(copying=False)
        super().keyReleaseEvent(event)

    def peek(self) -> None:
        """Shows the current entry, or the only one of the current place, with all its deliveries."""
        page = self._page
        entry = self.chosen
        if entry is None and page is not None and len(here := self.entries_here(page)) == 1:
            entry = here[0]
        if entry is not None:
            self.choose(entry)
            self.peeked.emit(entry)

    def enter(self) -> None:
        """Opens the current entry, lists the current day, or begins a post on it."""
        entry, page = self.chosen, self._page
        if page is None:
            return
        if entry is not None:
            self.opened.emit(entry)
            return
        here = self.entries_here(page)
        if len(here) == 1:
            self.opened.emit(here[0])
        elif here:
            self.day_opened.emit(self._day)
        else:
            self.created.emit(self.spot())

    def entries_here(self, page: Page) -> tuple[Entry, ...]:
        """The entries that the keyboard stands on."""
        return tuple(page.board.day(self._day))

    def walk(self, step: int) -> None:
        """To the next or previous entry, from day to day."""
        board = self._page.board if self._page is not None else Board()
        if not len(board):
            return
        entries = board.entries
        entry = self.chosen
        if entry is not None:
            number = entries.index(entry) + step
        else:
            here = datetime.combine(self._day, datetime.min.time())
            after = [number for number, one in enumerate(entries) if one.wall >= here]
            number = (after[0] if after else len(entries)) + (0 if step > 0 else -1)
        if 0 <= number < len(entries):
            self.choose(entries[number])

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Shows where the keyboard is."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Hides it."""
        super().focusOutEvent(event)
        self.update()

    # ---- painting

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page; while something is dragged, a picture of the page with what moves above it."""
        page = self._page
        if page is None:
            return
        painter = QPainter(self)
        drag = self._drag
        if drag is None:
            painter.fillRect(event.rect(), self._theme.roles.content)
            self.paint_page(painter, event.rect(), page)
            self.paint_live(painter, page)
            return
        if self._picture is None or self._picture.deviceIndependentSize().toSize() != self.size():
            self._picture = self._still(page)
        painter.drawPixmap(0, 0, self._picture)
        if drag.spot is not None and drag.landing is not None:
            self.paint_landing(painter, drag, drag.spot, drag.landing)
        if drag.entry is None:
            return
        rect = QRect(drag.pointer - drag.grip, drag.size.size())
        painter.setOpacity(0.92)
        wall = drag.landing.wall if drag.landing is not None and drag.landing.planned is not None else drag.entry.wall
        self._brush.chip(painter, rect, replace(drag.entry, wall=wall), page.formats, shared=page.shared)

    def _still(self, page: Page) -> QPixmap:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(self.size() * ratio)
        picture.setDevicePixelRatio(ratio)
        picture.fill(self._theme.roles.content)
        painter = QPainter(picture)
        self.paint_page(painter, self.rect(), page)
        painter.end()
        return picture

    def event(self, event: QEvent) -> bool:
        """Tooltips."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip and self._page is not None:
            tip = self.tip_at(event.pos())
            if tip is None:
                QToolTip.hideText()
            else:
                # Escaped, because a post is no markup; as a paragraph, so that long lines wrap.
                text = escaped(tip[0]).replace("\n", "<br>")
                QToolTip.showText(event.globalPos(), f"<p>{text}</p>", self, tip[1])
            return True
        return super().event(event)

    def _dressed(self) -> None:
        self._brush.dress()
        self._picture = None
        self.lay_out()
        self.update()
