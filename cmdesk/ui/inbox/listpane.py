"""The middle pane: search, and the list of messages that keeps its place whatever arrives."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any

from PySide6.QtCore import QEvent, QModelIndex, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QStackedWidget, QTableView, QWidget

from cmdesk.ui.inbox.values import Line, ShelfItem
from cmdesk.ui.rows import PagedRows, RowsModel
from cmdesk.ui.theme import Theme
from cmdesk.ui.widgets.buttons import Button, Choice, IconButton, Kind
from cmdesk.ui.widgets.fields import SearchField
from cmdesk.ui.widgets.layout import STRETCH, Hairline, column, row
from cmdesk.ui.widgets.paint import elided, rounded, symbol
from cmdesk.ui.widgets.rowlist import RowList, RowLook
from cmdesk.ui.widgets.states import EmptyState, Skeleton
from cmdesk.ui.widgets.text import Text

Model = RowsModel[Line] | PagedRows[Line]

_NEAR_END = 40


class Pill(Button):
    """Says quietly that newer messages stand above; a click goes there."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(theme, kind=Kind.QUIET, icon="chevron-up")
        self.setParent(parent)
        self._pill_theme = theme
        self.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A round surface that stands over the list."""
        painter = QPainter(self)
        theme, sizes, roles = self._pill_theme, self._pill_theme.sizes, self._pill_theme.roles
        frame = QRectF(self.rect())
        rounded(painter, frame, frame.height() / 2, roles.tooltip)
        side = sizes.icon_small
        symbol(painter, theme, "chevron-up", roles.on_tooltip, QRectF(sizes.one, (self.height() - side) / 2, side, side))
        rect = self.rect().adjusted(sizes.one + side + sizes.quarter, 0, -sizes.half, 0)
        elided(painter, rect, self.text(), theme.font(strong=True), roles.on_tooltip)
        if self.focus_seen():
            rounded(painter, frame, frame.height() / 2, None, roles.focus, sizes.focus)


class Rows(RowList):
    """A list that opens nothing by itself: what is opened counts as read soon after."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Qt would make the first row current at any focus; only the Tab key asks for that."""
        keys = {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}
        selection = self.selectionModel()
        if self.currentIndex().isValid() or event.reason() in keys or selection is None:
            super().focusInEvent(event)
            return
        selection.blockSignals(True)
        QTableView.focusInEvent(self, event)
        self.setCurrentIndex(QModelIndex())
        selection.blockSignals(False)


class ListPane(QWidget):
    """Search and list. ``chosen`` carries the line that is current (None: none), ``picked`` how many are selected."""

    chosen = Signal(object)
    picked = Signal(int)
    opened = Signal(object)
    menu_wanted = Signal(object, QPoint)
    near_end = Signal()
    at_top = Signal()
    state_chosen = Signal(str)
    account_chosen = Signal(str)
    empty_pressed = Signal()
    keep_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        sizes = theme.sizes
        self.search = SearchField(theme)
        self.refresh = IconButton(theme, "refresh")
        self.state, self.account = Choice(theme), Choice(theme)
        self.state.activated.connect(lambda place: self.state_chosen.emit(self.state.itemData(place)))
        self.account.activated.connect(lambda place: self.account_chosen.emit(self.account.itemData(place)))
        self._title = Text(theme, tone="muted")
        self.list = Rows(theme)
        self.list.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.list.chosen.connect(self.chosen)
        self.list.opened.connect(self.opened)
        self.list.menu_wanted.connect(self.menu_wanted)
        self.list.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.search.left.connect(self.list.setFocus)
        self.empty = EmptyState(theme, "inbox")
        self.empty.pressed.connect(self.empty_pressed)
        self._nothing = EmptyState(theme, "search")
        self.skeleton = Skeleton(theme, rows=12)
        waiting = QWidget()
        self._waiting = Text(theme, tone="muted", wrap=True)
        self._waiting.setContentsMargins(sizes.one, sizes.one, sizes.one, sizes.half)
        column(waiting, self._waiting, self.skeleton, STRETCH)
        self._stack = QStackedWidget()
        for page in (self.list, self.empty, waiting, self._nothing):
            self._stack.addWidget(page)
        self.pill = Pill(theme, self._stack)
        self.pill.clicked.connect(self.go_top)
        self._found = QWidget()
        self._keep = Button(theme, kind=Kind.LINK)
        self._keep.clicked.connect(self.keep_wanted)
        found = row(self._found, gap=sizes.half, margins=(sizes.one, 0, sizes.half, sizes.half))
        found.addWidget(self._title, 1)
        found.addWidget(self._keep)
        head = QWidget()
        row(head, self.search, self.refresh, gap=sizes.quarter, margins=(sizes.one, 0, sizes.half, 0))
        head.setFixedHeight(sizes.three + sizes.half + sizes.quarter)
        self._narrow = QWidget()
        choices = row(self._narrow, gap=sizes.half, margins=(sizes.one, 0, sizes.one, sizes.half))
        choices.addWidget(self.state, 1)
        choices.addWidget(self.account, 1)
        layout = column(self, head, self._narrow, self._found, Hairline(theme))
        layout.addWidget(self._stack, 1)
        self._found.hide()
        self._narrow.hide()
        self.setMinimumWidth(sizes.one * 15)

    # --- what is shown

    def set_model(self, model: Model, look: Callable[[Line], RowLook]) -> None:
        """Another list; nothing is chosen in it yet."""
        self.list.set_rows(model, look)
        self.list.selectionModel().selectionChanged.connect(lambda *_: self.picked.emit(len(self.positions(2))))

    def offer(self, words: str) -> None:
        """What can be done with the search beside it: keep it as a list, or end that; "" for nothing."""
        self._keep.setText(words)
        self._keep.setVisible(bool(words))

    def say_found(self, words: str) -> None:
        """How much a search found; "" when nothing is searched."""
        self._title.setText(words)
        self._found.setVisible(bool(words))

    def show_list(self) -> None:
        """The rows."""
        self.skeleton.done()
        self._stack.setCurrentIndex(0)

    def show_empty(self, title: str, sentence: str, button: str = "") -> None:
        """Why there is no row."""
        self.skeleton.done()
        self.empty.say(title, sentence, button)
        self._stack.setCurrentIndex(1)
        self.show_newer("")

    def show_nothing_found(self, title: str, sentence: str) -> None:
        """No message has these words."""
        self.skeleton.done()
        self._nothing.say(title, sentence)
        self._stack.setCurrentIndex(3)

    def show_waiting(self, sentence: str) -> None:
        """The first messages are on their way."""
        self._waiting.setText(sentence)
        self._stack.setCurrentIndex(2)
        self.skeleton.wait()

    def show_places(self, states: tuple[list[ShelfItem], str], accounts: tuple[list[ShelfItem], str]) -> None:
        """States and accounts, each with its choice, over the list: where there is no room for the shelf. Empty: hidden."""
        self._narrow.setVisible(bool(states[0]))
        for box, (items, choice) in ((self.state, states), (self.account, accounts)):
            box.setVisible(bool(items))
            box.blockSignals(True)
            box.clear()
            for item in items:
                box.addItem(f"{item.text} ({item.count})" if item.count else item.text, item.key)
                if item.key == choice:
                    box.setCurrentIndex(box.count() - 1)
            box.blockSignals(False)

    def show_newer(self, words: str) -> None:
        """The pill; "" hides it."""
        self.pill.setText(words)
        self.pill.setVisible(bool(words))
        self._place_pill()

    # --- place and selection

    def keep_place(self, change: Callable[[], None]) -> None:
        """Changes the rows under the eyes of somebody who reads: what stood on top of the pane stays there."""
        bar = self.list.verticalScrollBar()
        model: Any = self.list.model()
        top = self.list.rowAt(0)
        anchor: Hashable = None
        offset = 0
        if bar.value() > 0 and top >= 0:
            anchor = self._key_at(top)
            offset = self.list.rowViewportPosition(top)
        change()
        if anchor is None:
            return
        place = model.position(anchor)
        if place >= 0:
            self.list.updateGeometries()
            bar.setValue(place * self._theme.sizes.row - offset)

    def _key_at(self, position: int) -> Hashable:
        model: Any = self.list.model()
        return model.id_at(position) if isinstance(model, PagedRows) else model.row(position).key

    def positions(self, most: int) -> list[int]:
        """The positions of the selected rows, at most ``most`` of them, from the top."""
        if self.list.selectionModel() is None:
            return []
        found: list[int] = []
        parts = self.list.selectionModel().selection()
        for part in map(parts.at, range(parts.count())):
            found += range(part.top(), min(part.bottom(), part.top() + most) + 1)
        return sorted(found)[:most]

    def scrolled_down(self) -> bool:
        """Whether the top of the list is out of sight."""
        return self.list.verticalScrollBar().value() > self._theme.sizes.half

    def go_top(self) -> None:
        """To the newest."""
        self.list.scrollToTop()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def step(self, by: int) -> None:
        """To the next or the previous row."""
        current = self.list.currentIndex()
        self.list.choose(current.row() + by if current.isValid() else 0)

    def _scrolled(self, value: int) -> None:
        bar = self.list.verticalScrollBar()
        if value <= self._theme.sizes.half:
            self.at_top.emit()
        if bar.maximum() - value < self._theme.sizes.row * _NEAR_END:
            self.near_end.emit()

    # --- looks

    def _place_pill(self) -> None:
        self.pill.adjustSize()
        size = self.pill.sizeHint()
        self.pill.setGeometry(
            QRect((self._stack.width() - size.width()) // 2, self._theme.sizes.half, size.width(), size.height())
        )
        self.pill.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The pill stays in the middle."""
        super().resizeEvent(event)
        self._place_pill()

    def retranslate(self) -> None:
        """The words of the language in force."""
        self.search.setPlaceholderText(self.tr("Search all messages"))
        self.search.setAccessibleName(self.tr("Search all messages"))
        self.list.setAccessibleName(self.tr("Messages"))
        self.state.setAccessibleName(self.tr("State"))

    def changeEvent(self, event: QEvent) -> None:
        """Follows the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        """Room for a preview."""
        return QSize(self._theme.sizes.one * 22, self._theme.sizes.reading)
