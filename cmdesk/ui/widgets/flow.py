"""Lays widgets in lines like words, because buttons and chips must wrap in a narrow column instead of being cut."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget


class Flow(QLayout):
    """Widgets one after the other, on as many lines as the width needs. Hidden ones take no room."""

    def __init__(self, parent: QWidget | None = None, gap: int = 0) -> None:
        super().__init__(parent) if parent is not None else super().__init__()
        self._gap = gap
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Qt's way to add."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """One of them."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """One of them, given away."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def arrange(self, order: Sequence[QWidget]) -> None:
        """Puts these first, in this order; the others follow as they were."""
        rank = {id(widget): number for number, widget in enumerate(order)}
        self._items.sort(key=lambda item: rank.get(id(item.widget()), len(rank)))
        self.invalidate()

    def clear(self) -> None:
        """Removes every widget in it for good."""
        while self._items:
            item = self._items.pop()
            if (widget := item.widget()) is not None:
                widget.hide()
                widget.deleteLater()
        self.invalidate()

    def expandingDirections(self) -> Qt.Orientation:
        """It takes no more than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Narrower is higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """How high for a width."""
        return self._place(QRect(0, 0, width, 0), move=False)

    def setGeometry(self, rect: QRect) -> None:
        """Places all."""
        super().setGeometry(rect)
        self._place(rect, move=True)

    def sizeHint(self) -> QSize:
        """One line, if there is room."""
        shown = self._shown()
        width = sum(item.sizeHint().width() for item in shown) + self._gap * max(0, len(shown) - 1)
        return QSize(width, max((item.sizeHint().height() for item in shown), default=0))

    def minimumSize(self) -> QSize:
        """The widest of them."""
        size = QSize()
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _place(self, rect: QRect, *, move: bool) -> int:
        left, top, tall = rect.x(), rect.y(), 0
        line: list[tuple[QLayoutItem, QRect]] = []

        def finish() -> None:
            for item, box in line if move else ():
                item.setGeometry(QRect(QPoint(box.x(), box.y() + (tall - box.height()) // 2), box.size()))

        for item in self._shown():
            size = item.sizeHint()
            if size.width() > rect.width() > 0:
                size.setWidth(rect.width())
            if line and left + size.width() > rect.x() + rect.width():
                finish()
                line = []
                left, top, tall = rect.x(), top + tall + self._gap, 0
            line.append((item, QRect(QPoint(left, top), size)))
            left += size.width() + self._gap
            tall = max(tall, size.height())
        finish()
        return top + tall - rect.y()


class FlowBox(QWidget):
    """A widget around a flow, which tells its height to the layouts above."""

    def __init__(self, gap: int = 0) -> None:
        super().__init__()
        self.flow = Flow(self, gap)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, *widgets: QWidget) -> None:
        """Adds widgets at the end."""
        for widget in widgets:
            self.flow.addWidget(widget)
