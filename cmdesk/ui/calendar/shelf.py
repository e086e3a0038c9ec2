"""What waits beside the calendar without a time: drafts and ideas, to be dragged onto a day or planned by key."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QMimeData, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QDrag, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from cmdesk.ui.calendar.entries import Guest
from cmdesk.ui.calendar.glances import DRAFTS, IDEAS, ShelfLine
from cmdesk.ui.rows import ROW, RowsModel
from cmdesk.ui.theme import Theme
from cmdesk.ui.widgets.buttons import IconButton
from cmdesk.ui.widgets.layout import STRETCH, Hairline, column, row
from cmdesk.ui.widgets.rowlist import RowList
from cmdesk.ui.widgets.segments import Segments
from cmdesk.ui.widgets.states import EmptyState

#: The name under which a row travels; it carries nothing, what travels is read from the list itself.
_MIME = "application/x-cmdesk-shelf"


class ShelfList(RowList):
    """A list from which rows can be dragged. ``dragged`` is what is under way."""

    def __init__(self, theme: Theme, ground: str = "shell") -> None:
        super().__init__(theme, ground=ground)
        self.dragged: Guest | None = None
        self._taken: tuple[ShelfLine, QPoint] | None = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Takes hold of a row."""
        super().mousePressEvent(event)
        place = event.position().toPoint()
        line = self.indexAt(place).data(ROW)
        self._taken = (line, place) if isinstance(line, ShelfLine) and event.button() is Qt.MouseButton.LeftButton else None

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Carries it away."""
        place = event.position().toPoint()
        if self._taken is None or not event.buttons() & Qt.MouseButton.LeftButton:
            super().mouseMoveEvent(event)
        elif (place - self._taken[1]).manhattanLength() >= QApplication.startDragDistance():
            line, self._taken = self._taken[0], None
            self._carry(line)

    def _carry(self, line: ShelfLine) -> None:
        drag = QDrag(self)
        mime = QMimeData()
        mime.setData(_MIME, b"")
        drag.setMimeData(mime)
        rect = self.visualRect(self.currentIndex())
        ratio = self.devicePixelRatioF()
        picture = QPixmap(round(rect.width() * ratio), round(rect.height() * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setOpacity(0.85)
        self.viewport().render(painter, QPoint(), QRect(rect))
        painter.end()
        drag.setPixmap(picture)
        drag.setHotSpot(QPoint(self._theme.sizes.one, self._theme.sizes.half))
        self.dragged = line.guest
        try:
            drag.exec(Qt.DropAction.CopyAction | Qt.DropAction.MoveAction)
        finally:
            self.dragged = None


class Shelf(QWidget):
    """``opened`` and ``plan_wanted`` carry a ShelfLine, ``shown`` the key of the list that is wanted, ``new_idea`` nothing."""

    opened = Signal(object)
    plan_wanted = Signal(object)
    shown = Signal(str)
    closed = Signal()
    new_idea = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        sizes = theme.sizes
        self.tabs = Segments(theme)
        self.tabs.chosen.connect(self.shown)
        self._add = IconButton(theme, "plus")
        self._add.clicked.connect(self.new_idea)
        self._close = IconButton(theme, "close")
        self._close.clicked.connect(self.closed)
        self.model: RowsModel[ShelfLine] = RowsModel(lambda line: f"{line.look.title}. {line.look.note}")
        self.model.setParent(self)
        self.list = ShelfList(theme)
        self.list.set_rows(self.model, lambda line: line.look)
        self.list.opened.connect(self.opened)
        self._empty = EmptyState(theme, "draft")
        self._stack = QStackedWidget()
        self._stack.addWidget(self.list)
        self._stack.addWidget(self._empty)
        head = row(
            None,
            self.tabs,
            STRETCH,
            self._add,
            self._close,
            gap=sizes.quarter,
            margins=(sizes.one, sizes.one, sizes.half, sizes.half),
        )
        inside = column(None)
        inside.addLayout(head)
        inside.addWidget(self._stack, 1)
        outer = row(self, Hairline(theme, upright=True))
        outer.addLayout(inside, 1)
        self.setFixedWidth(sizes.one * 20)
        self.setFocusProxy(self.list)
        self.retranslate()

    def retranslate(self) -> None:
        """Words of the language in force."""
        self.tabs.set_items([(DRAFTS, self.tr("Drafts")), (IDEAS, self.tr("Ideas"))])
        self.tabs.setAccessibleName(self.tr("Drafts and ideas"))
        self._add.set_name(self.tr("New idea"))
        self._close.set_name(self.tr("Close"))
        self.list.setAccessibleName(self.tr("Drag onto a day, or press M for a time"))

    def changeEvent(self, event: QEvent) -> None:
        """Follows the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def show_lines(self, kind: str, lines: Sequence[ShelfLine]) -> None:
        """The drafts, or the ideas."""
        self.tabs.choose(kind)
        self.model.show(lines)
        self._stack.setCurrentWidget(self.list if lines else self._empty)
        if kind == DRAFTS:
            self._empty.say(self.tr("No drafts"), self.tr("What you begin and leave is kept here, to be dragged onto a day."))
        else:
            self._empty.say(self.tr("No ideas yet"), self.tr("A line is enough. Drag it onto a day when its time has come."))

    def current(self) -> ShelfLine | None:
        """The row that the keys act on, while the shelf has them."""
        line = self.list.current_row()
        return line if self.list.hasFocus() and isinstance(line, ShelfLine) else None

    def forget(self) -> None:
        """Drops what belonged to a client."""
        self.model.show([])
