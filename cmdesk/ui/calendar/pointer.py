"""The hand on the calendar: takes hold of entries, moves and copies them, and takes in what is dragged from elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QEvent, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDragMoveEvent, QDropEvent, QMouseEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from cmdesk.domain.client import Colour
from cmdesk.ui.calendar import telling
from cmdesk.ui.calendar.entries import Entry, Guest, Landing, Page, Refusal, Spot
from cmdesk.ui.calendar.moving import refusal_of

#: What a drop would do: of an entry (moved, or copied when True), or of something from elsewhere.
Land = Callable[[Entry, Spot, bool], Landing]
LandGuest = Callable[[Guest, Spot], Landing]

_COPYING = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.ControlModifier
#: How often the edge is looked at during a drag, and how many looks it takes to turn the page.
_EDGE_MS, _EDGE_LOOKS = 60, 12


@dataclass(slots=True)
class Drag:
    """Something under way: where it was taken, where the pointer is, and what letting go would do."""

    entry: Entry | None
    guest: Guest | None
    grip: QPoint
    size: QRect
    pointer: QPoint
    copying: bool = False
    spot: Spot | None = None
    landing: Landing | None = None
    at_edge: int = 0

    @property
    def colour(self) -> Colour | None:
        """The colour of its client."""
        owner = self.entry.owner if self.entry is not None else self.guest.owner if self.guest is not None else None
        return owner.colour if owner is not None else None


class Pointer(QWidget):
    """``moved`` and ``copied`` carry an Entry and its Landing, ``dropped`` a Guest, its Landing and the Spot, ``refused`` a
    sentence, ``created`` a Spot, ``day_opened`` a date whose entries should be listed, ``opened`` an Entry, ``turned`` -1 or 1,
    ``date_opened`` a date whose key dates were clicked, ``bar_opened`` a BarMark, ``zoomed`` -1 or 1."""

    opened = Signal(object)
    created = Signal(object)
    moved = Signal(object, object)
    copied = Signal(object, object)
    dropped = Signal(object, object, object)
    refused = Signal(str)
    day_opened = Signal(object)
    date_opened = Signal(object)
    bar_opened = Signal(object)
    turned = Signal(int)
    zoomed = Signal(int)

    def __init__(self) -> None:
        super().__init__()
        self._page: Page | None = None
        self._land: Land | None = None
        self._land_guest: LandGuest | None = None
        self._press: tuple[Entry, QPoint] | None = None
        self._create: Spot | None = None
        self._drag: Drag | None = None
        self._hover: Spot | None = None
        self._edge = QTimer(self)
        self._edge.setInterval(_EDGE_MS)
        self._edge.timeout.connect(self._look_at_edge)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)

    def set_landing(self, land: Land, guest: LandGuest) -> None:
        """How to ask what a drop would do."""
        self._land, self._land_guest = land, guest

    @property
    def dragging(self) -> bool:
        """Whether something is under way."""
        return self._drag is not None

    def taken(self, entry: Entry) -> bool:
        """Whether this entry is under way, so that its old place is painted faint; a copy leaves it as it is."""
        drag = self._drag
        return drag is not None and drag.entry is not None and not drag.copying and drag.entry.key == entry.key

    # ---- what subclasses say

    def entry_at(self, place: QPoint) -> Entry | None:
        """The entry under a place."""
        del place
        return None

    def spot_at(self, place: QPoint) -> Spot | None:
        """Where an entry dropped here would go."""
        del place
        return None

    def drop_spot(self, place: QPoint, grip: QPoint) -> Spot | None:
        """Where a drop here goes; ``grip`` is where in the entry the pointer took hold."""
        del grip
        return self.spot_at(place)

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

    def clicked_band(self, place: QPoint) -> bool:
        """A click on a key date or a bar; False where there is none."""
        del place
        return False

    def double_clicked(self, place: QPoint) -> None:
        """A double click where no entry is."""

    def take_entry(self, entry: Entry) -> None:
        """A click made an entry the current one."""

    def take_spot(self, spot: Spot) -> None:
        """A click made a place the current one."""

    def drag_changed(self, *, fresh: bool = False) -> None:
        """What is under way moved; ``fresh`` when it began or ended, so that what stands still is painted anew."""

    # ---- mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Takes hold of an entry, or of an empty place."""
        if event.button() is not Qt.MouseButton.LeftButton or self._page is None:
            super().mousePressEvent(event)
            return
        place = event.position().toPoint()
        entry = self.entry_at(place)
        if entry is not None:
            self._press = (entry, place)
            self.take_entry(entry)
            return
        folded = self.folded_at(place)
        if folded is not None:
            self.day_opened.emit(folded)
            return
        if self.clicked_band(place):
            return
        self._create = self.free_spot(place)
        spot = self.spot_at(place)
        if spot is not None:
            self.take_spot(spot)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drags, or shows what a click would do."""
        place = event.position().toPoint()
        if self._drag is not None:
            self._drag_to(place, copying=bool(event.modifiers() & _COPYING))
        elif self._press is not None and event.buttons() & Qt.MouseButton.LeftButton:
            if (place - self._press[1]).manhattanLength() >= QApplication.startDragDistance():
                self._begin_drag(place, copying=bool(event.modifiers() & _COPYING))
        elif not event.buttons():
            self._hover_at(place)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Lets go."""
        drag, create = self._drag, self._create
        self._press = self._create = None
        if drag is not None:
            self._drag_to(event.position().toPoint(), copying=bool(event.modifiers() & _COPYING))
            self._end_drag()
            if drag.landing is not None and drag.entry is not None:
                self._drop(drag.entry, drag.landing, copying=drag.copying)
        elif create is not None and self.free_spot(event.position().toPoint()) == create:
            self.created.emit(create)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Opens an entry."""
        place = event.position().toPoint()
        entry = self.entry_at(place)
        if entry is not None:
            self._press = None
            self.opened.emit(entry)
        else:
            self.double_clicked(place)

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer any more."""
        self._hover = None
        self.update()
        super().leaveEvent(event)

    def _hover_at(self, place: QPoint) -> None:
        entry = self.entry_at(place)
        folded = self.folded_at(place) is not None
        spot = None if entry is not None or folded else self.free_spot(place)
        self.setCursor(Qt.CursorShape.PointingHandCursor if folded else Qt.CursorShape.ArrowCursor)
        if spot != self._hover:
            self._hover = spot
            self.update()

    # ---- dragging an entry

    def _begin_drag(self, place: QPoint, *, copying: bool) -> None:
        if self._press is None:
            return
        entry, start = self._press
        why = None if copying else refusal_of(entry)
        if why is not None:
            self._press = None
            self.setCursor(Qt.CursorShape.ForbiddenCursor)
            self.refused.emit(telling.refusal(why))
            return
        rect = self.rect_of(entry)
        self._drag = Drag(entry, None, start - rect.topLeft(), rect, place, copying)
        self._edge.start()
        self.drag_changed(fresh=True)
        self._drag_to(place, copying=copying)

    def _drag_to(self, place: QPoint, *, copying: bool) -> None:
        drag = self._drag
        if drag is None:
            return
        fresh = copying != drag.copying
        drag.pointer = place
        spot = self.drop_spot(place, drag.grip)
        if spot != drag.spot or fresh:
            drag.spot, drag.copying = spot, copying
            drag.landing = self._landing(drag, spot)
        wrong = drag.landing is not None and drag.landing.refusal is not None
        shape = Qt.CursorShape.DragCopyCursor if copying else Qt.CursorShape.ClosedHandCursor
        self.setCursor(Qt.CursorShape.ForbiddenCursor if wrong else shape)
        self.drag_changed(fresh=fresh)

    def _landing(self, drag: Drag, spot: Spot | None) -> Landing | None:
        if spot is None:
            return None
        if drag.entry is not None and self._land is not None:
            return self._land(drag.entry, spot, drag.copying)
        if drag.guest is not None and self._land_guest is not None:
            return self._land_guest(drag.guest, spot)
        return None

    def recheck_drag(self, *, copying: bool) -> None:
        """The page below, or a key that was held, changed during a drag."""
        if self._drag is not None and self._drag.entry is not None:
            self._drag.spot = None
            self._drag_to(self._drag.pointer, copying=copying)

    def _end_drag(self) -> None:
        self._drag = None
        self._edge.stop()
        self.unsetCursor()
        self.drag_changed(fresh=True)

    def _drop(self, entry: Entry, landing: Landing, *, copying: bool) -> None:
        if landing.refusal is not None:
            self.refused.emit(telling.refusal(landing.refusal))
        elif landing.planned is not None and copying:
            self.copied.emit(entry, landing)
        elif landing.planned is not None and landing.planned.utc != entry.row.planned.utc:
            self.moved.emit(entry, landing)

    # ---- edges

    def _look_at_edge(self) -> None:
        """Near an edge hours scroll by themselves; held at a side, the page turns."""
        drag = self._drag
        if drag is None:
            self._edge.stop()
            return
        margin = self.fontMetrics().height()
        viewport = self.parentWidget()
        area = viewport.parentWidget() if viewport is not None else None
        if isinstance(area, QScrollArea) and viewport is not None:
            y = self.mapTo(viewport, drag.pointer).y()
            speed = -1 if y < margin else 1 if y > viewport.height() - margin else 0
            if speed:
                bar = area.verticalScrollBar()
                before = bar.value()
                bar.setValue(before + speed * margin)
                if drag.entry is not None:
                    self._drag_to(drag.pointer + QPoint(0, bar.value() - before), copying=drag.copying)
        side = -1 if drag.pointer.x() < margin else 1 if drag.pointer.x() > self.width() - margin else 0
        drag.at_edge = drag.at_edge + 1 if side else 0
        if drag.at_edge >= _EDGE_LOOKS:
            drag.at_edge = 0
            self.turned.emit(side)

    # ---- what comes from elsewhere

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """A draft, an idea or files above the calendar."""
        guest = self._guest(event)
        if guest is None or self._page is None or not self._page.can_create:
            event.ignore()
            return
        self._drag = Drag(None, guest, QPoint(), QRect(), event.position().toPoint())
        self._edge.start()
        event.acceptProposedAction()
        self.drag_changed(fresh=True)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Shows where it would land."""
        drag = self._drag
        if drag is None or drag.guest is None:
            event.ignore()
            return
        drag.pointer = event.position().toPoint()
        spot = self.drop_spot(drag.pointer, QPoint())
        if spot != drag.spot:
            drag.spot, drag.landing = spot, self._landing(drag, spot)
        event.setAccepted(drag.landing is not None)
        self.drag_changed()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """It went on."""
        self._end_drag()
        super().dragLeaveEvent(event)

    def dropEvent(self, event: QDropEvent) -> None:
        """It was let go here."""
        drag = self._drag
        self._end_drag()
        if drag is None or drag.guest is None or drag.landing is None or drag.spot is None:
            event.ignore()
            return
        event.acceptProposedAction()
        if drag.landing.refusal is Refusal.PAST:
            self.refused.emit(telling.refusal(Refusal.PAST))
        else:
            self.dropped.emit(drag.guest, drag.landing, drag.spot)

    def _guest(self, event: QDragEnterEvent) -> Guest | None:
        """What is being dragged: only of this program's own shelf, or files of this computer."""
        known = getattr(event.source(), "dragged", None)
        if isinstance(known, Guest):
            return known
        mime = event.mimeData()
        files = tuple(url.toLocalFile() for url in mime.urls() if url.isLocalFile()) if mime.hasUrls() else ()
        names = ", ".join(file.rsplit("/", 1)[-1] for file in files)
        return Guest(self._page.owner if self._page is not None else None, names, files=files) if files else None
