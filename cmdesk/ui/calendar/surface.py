"""What month, week and agenda share: a current day and entry, the keyboard, and moving an entry by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from msgspec.structs import replace
from PySide6 import QtGui
from PySide6.QtCore import QEvent, QPoint, QRect, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPixmap,
)
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from cmdesk.ui.calendar import telling
from cmdesk.ui.calendar.days import EARLIEST
from cmdesk.ui.calendar.entries import Board, Entry, Key, Landing, Page, Spot
from cmdesk.ui.calendar.moving import refusal_of
from cmdesk.ui.calendar.painting import Brush
from cmdesk.ui.plaintext import escaped
from cmdesk.ui.theme import Theme

Land = Callable[[Entry, Spot], Landing]


@dataclass(slots=True)
class _Drag:
    """An entry under way: where it was taken, where the pointer is, and what letting go would do."""

    entry: Entry
    grip: QPoint
    size: QRect
    pointer: QPoint
    spot: Spot | None = None
    landing: Landing | None = None


class Surface(QWidget):
    """A view of a page. Subclasses say what lies where and paint it.

    ``opened`` carries an Entry, ``created`` a Spot, ``moved`` an Entry and its Landing, ``refused`` a sentence,
    ``day_wanted`` a date to go to, ``stood`` the date of this page that was made current here, ``day_opened`` a date
    whose entries should be listed.
    """

    opened = Signal(object)
    created = Signal(object)
    moved = Signal(object, object)
    refused = Signal(str)
    day_wanted = Signal(object)
    stood = Signal(object)
    day_opened = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._brush = Brush(theme)
        self._page: Page | None = None
        self._day = EARLIEST
        self._chosen: Key | None = None
        self._land: Land | None = None
        self._press: tuple[Entry, QPoint] | None = None
        self._create: Spot | None = None
        self._drag: _Drag | None = None
        self._hover: Spot | None = None
        self._picture: QPixmap | None = None
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self._dressed)

    # ---- what the view gives

    def set_landing(self, land: Land) -> None:
        """How to ask what a drop would do."""
        self._land = land

    def show_page(self, page: Page, day: date) -> None:
        """Another page, or the same with other entries; a drag under way goes on."""
        self._page = page
        self._day = day
        if page.board.find(self._chosen) is None:
            self._chosen = None
        self._picture = None
        self._hover = None
        self.lay_out()
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
        self._brush.dress()
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

    @property
    def dragging(self) -> bool:
        """Whether an entry is under way."""
        return self._drag is not None

    # ---- what subclasses say

    def lay_out(self) -> None:
        """Computes what lies where; called when page or size changed."""

    def entry_at(self, place: QPoint) -> Entry | None:
        """The entry under a place."""
        del place
        return None

    def spot_at(self, place: QPoint) -> Spot | None:
        """Where an entry dropped here would go."""
        del place
        return None

    def rect_of(self, entry: Entry) -> QRect:
        """Where an entry is painted; an empty rectangle when it is folded away."""
        del entry
        return QRect()

    def free_spot(self, place: QPoint) -> Spot | None:
        """Where a click would begin a new post; None where it would not."""
        del place
        return None

    def folded_at(self, place: QPoint) -> date | None:
        """The day whose folded entries a click here would list."""
        del place
        return None

    def paint_page(self, painter: QPainter, area: QRect, page: Page) -> None:
        """Everything that stands still."""

    def paint_landing(self, painter: QPainter, entry: Entry, spot: Spot, landing: Landing) -> None:
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
        return telling.day(self._day, page)

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
                # By its full name: Qt's long lists of roles and events are made with the first use, not with this room.
                QtGui.QAccessible.updateAccessibility(QtGui.QAccessibleAnnouncementEvent(self, text))

    # ---- pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Takes hold of an entry, or of an empty place."""
        if event.button() is not Qt.MouseButton.LeftButton or self._page is None:
            super().mousePressEvent(event)
            return
        place = event.position().toPoint()
        entry = self.entry_at(place)
        if entry is not None:
            self._press = (entry, place)
            self.choose(entry)
            return
        folded = self.folded_at(place)
        if folded is not None:
            self.day_opened.emit(folded)
            return
        self._create = self.free_spot(place)
        spot = self.spot_at(place)
        if spot is not None:
            self.take_spot(spot)

    def take_spot(self, spot: Spot) -> None:
        """A click made a place the current one."""
        self.set_day(spot.day)
        self.stood.emit(spot.day)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drags, or shows what a click would do."""
        place = event.position().toPoint()
        if self._drag is not None:
            self._drag_to(place)
        elif self._press is not None and event.buttons() & Qt.MouseButton.LeftButton:
            if (place - self._press[1]).manhattanLength() >= QApplication.startDragDistance():
                self._begin_drag(place)
        elif not event.buttons():
            self._hover_at(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lets go."""
        drag, create = self._drag, self._create
        self._press = self._create = None
        if drag is not None:
            self._drag_to(event.position().toPoint())
            self._end_drag()
            if drag.landing is not None:
                self._drop(drag.entry, drag.landing)
        elif create is not None and self.free_spot(event.position().toPoint()) == create:
            self.created.emit(create)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Opens an entry."""
        entry = self.entry_at(event.position().toPoint())
        if entry is not None:
            self._press = None
            self.opened.emit(entry)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        self._hover = None
        self.update()
        super().leaveEvent(event)

    def _hover_at(self, place: QPoint) -> None:
        entry = self.entry_at(place)
        spot = None if entry is not None or self.folded_at(place) is not None else self.free_spot(place)
        hand = self.folded_at(place) is not None
        self.setCursor(Qt.CursorShape.PointingHandCursor if hand else Qt.CursorShape.ArrowCursor)
        if spot != self._hover:
            self._hover = spot
            self.update()

    def _begin_drag(self, place: QPoint) -> None:
        if self._press is None:
            return
        entry, start = self._press
        why = refusal_of(entry)
        if why is not None:
            self._press = None
            self.setCursor(Qt.CursorShape.ForbiddenCursor)
            self.refused.emit(telling.refusal(why))
            return
        rect = self.rect_of(entry)
        self._drag = _Drag(entry, start - rect.topLeft(), rect, place)
        self._picture = None
        self._drag_to(place)

    def _drag_to(self, place: QPoint) -> None:
        drag = self._drag
        if drag is None or self._land is None:
            return
        drag.pointer = place
        spot = self.drop_spot(place, drag.grip)
        if spot != drag.spot:
            drag.spot = spot
            drag.landing = self._land(drag.entry, spot) if spot is not None else None
        wrong = drag.landing is not None and drag.landing.refusal is not None
        self.setCursor(Qt.CursorShape.ForbiddenCursor if wrong else Qt.CursorShape.ClosedHandCursor)
        self.update()

    def drop_spot(self, place: QPoint, grip: QPoint) -> Spot | None:
        """Where a drop here goes; ``grip`` is where in the entry the pointer took hold."""
        del grip
        return self.spot_at(place)

    def _end_drag(self) -> None:
        self._drag = None
        self._picture = None
        self.unsetCursor()
        self.update()

    def _drop(self, entry: Entry, landing: Landing) -> None:
        if landing.refusal is not None:
            self.refused.emit(telling.refusal(landing.refusal))
        elif landing.planned is not None and landing.planned.utc != entry.row.planned.utc:
            self.moved.emit(entry, landing)

    # ---- keyboard

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows move the day, Enter opens or creates, J and K walk through the entries, Escape lets go."""
        key = Qt.Key(event.key())
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier or self._page is None:
            super().keyPressEvent(event)
        elif key is Qt.Key.Key_Escape and (self._drag is not None or self._chosen is not None):
            self._press = None
            self._chosen = None
            self._end_drag()
            self.announce()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self.enter()
        elif key in {Qt.Key.Key_J, Qt.Key.Key_K}:
            self.walk(1 if key is Qt.Key.Key_J else -1)
        elif not self.step_by_key(key):
            super().keyPressEvent(event)

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
            self.paint_landing(painter, drag.entry, drag.spot, drag.landing)
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

    def taken(self, entry: Entry) -> bool:
        """Whether this entry is under way, so that its old place is painted faint."""
        return self._drag is not None and self._drag.entry.key == entry.key

    def event(self, event: QEvent) -> bool:
        """Tooltips."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip and self._page is not None:
            entry = self.entry_at(event.pos())
            if entry is None:
                QToolTip.hideText()
            else:
                # Escaped, because a post is no markup; as a paragraph, so that long lines wrap.
                text = escaped(telling.hint(entry, self._page)).replace("\n", "<br>")
                QToolTip.showText(event.globalPos(), f"<p>{text}</p>", self, self.rect_of(entry))
            return True
        return super().event(event)

    def _dressed(self) -> None:
        self._brush.dress()
        self._picture = None
        self.lay_out()
        self.update()
