"""The one list of the program: two lines a row, hover and focus seen, keys j and k, a million rows without a wait."""

from collections.abc import Callable, Hashable
from typing import Any

from msgspec import Struct
from PySide6.QtCore import (
    QAbstractItemModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from cmdesk.domain.client import Colour
from cmdesk.ui.rows import ROW, PagedRows, RowsModel
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.paint import chip, chip_height, chip_width, disc, elided, elided_marked, face, rounded, symbol


class DiscMark(Struct, frozen=True):
    """A client's disc before the row."""

    initials: str
    colour: Colour | None


class FaceMark(Struct, frozen=True):
    """A person's picture or initials before the row."""

    name: str
    picture: QPixmap | None = None


class IconMark(Struct, frozen=True):
    """An icon before the row, in the colour of a role."""

    name: str
    role: str = "muted"


class RowLook(Struct, frozen=True):
    """How a row looks. ``chip`` is (state key, word); ``icons`` stand before the second line; ``note`` at its right.

    ``colour`` draws the client's edge in lists of all clients, ``whose`` writes the client's name after the title;
    ``unread`` a dot on the mark and a strong title; ``faded`` for what is over.
    ``marks`` are half-open ranges of code points of ``detail`` (already on one line) that were searched for.
    """

    title: str
    detail: str = ""
    time: str = ""
    mark: DiscMark | FaceMark | IconMark | None = None
    chip: tuple[str, str] | None = None
    note: str = ""
    whose: str = ""
    unread: bool = False
    strong: bool = True
    faded: bool = False
    colour: Colour | None = None
    icons: tuple[str, ...] = ()
    marks: tuple[tuple[int, int], ...] = ()


Look = Callable[[Any], RowLook]
Index = QModelIndex | QPersistentModelIndex


class RowPainter(QStyledItemDelegate):
    """Paints a row from its look, and keeps the pictures of the last rows.

    While messages pour in at the top, every row in sight is painted again and again in another place, unchanged.
    """

    KEPT = 32

    def __init__(self, theme: Theme, look: Look, ground: str) -> None:
        super().__init__()
        self._theme = theme
        self._look = look
        self._ground = ground
        self._kept: dict[Hashable, QPixmap] = {}
        self._kept_for: tuple[object, object] = (theme.roles, theme.sizes)
        self.hovered = -1

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """All rows are equally high."""
        return QSize(self._theme.sizes.three * 4, self._theme.sizes.row)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Ground, mark, two lines."""
        row, rect, state = index.data(ROW), option.rect, option.state
        if row is None:
            self._paint_gap(painter, rect)
            return
        selected = bool(state & QStyle.StateFlag.State_Selected)
        focused = selected and bool(state & QStyle.StateFlag.State_HasFocus)
        hovered = index.row() == self.hovered
        look, ratio = self._look(row), painter.device().devicePixelRatio()
        key = (look, rect.width(), rect.height(), selected, focused, hovered, ratio)
        picture = self._picture(key)
        if picture is None:
            picture = QPixmap(round(rect.width() * ratio), round(rect.height() * ratio))
            picture.setDevicePixelRatio(ratio)
            picture.fill(getattr(self._theme.roles, self._ground))
            inside = QPainter(picture)
            self._paint_whole(inside, QRect(0, 0, rect.width(), rect.height()), look, (selected, focused, hovered))
            inside.end()
            self._kept[key] = picture
            if len(self._kept) > self.KEPT:
                del self._kept[next(iter(self._kept))]
        painter.drawPixmap(rect.topLeft(), picture)

    def _picture(self, key: Hashable) -> QPixmap | None:
        """The kept picture, which becomes the youngest; none of another theme or size of text."""
        now = (self._theme.roles, self._theme.sizes)
        if now[0] is not self._kept_for[0] or now[1] is not self._kept_for[1]:
            self._kept.clear()
            self._kept_for = now
        picture = self._kept.pop(key, None)
        if picture is not None:
            self._kept[key] = picture
        return picture

    def _paint_whole(self, painter: QPainter, rect: QRect, look: RowLook, states: tuple[bool, bool, bool]) -> None:
        selected, focused, hovered = states
        roles, sizes = self._theme.roles, self._theme.sizes
        ground = QRectF(rect).adjusted(sizes.half, sizes.hairline, -sizes.half, -sizes.hairline)
        if selected:
            rounded(painter, ground, sizes.radius, roles.selection)
        elif hovered:
            rounded(painter, ground, sizes.radius, roles.hover)
        if focused:
            rounded(painter, ground, sizes.radius, None, roles.focus, sizes.focus)
        under = roles.selection if selected else roles.hover if hovered else getattr(roles, self._ground)
        self._paint_row(painter, rect, look, under)

    def _paint_gap(self, painter: QPainter, rect: QRect) -> None:
        sizes = self._theme.sizes
        line = QRectF(rect.left() + sizes.one, rect.center().y() - sizes.quarter, rect.width() / 3, sizes.half)
        rounded(painter, line, sizes.quarter, self._theme.roles.hover)

    def _paint_row(self, painter: QPainter, rect: QRect, look: RowLook, under: QColor) -> None:
        roles, sizes = self._theme.roles, self._theme.sizes
        inner = rect.adjusted(sizes.one, 0, -sizes.one, 0)
        if look.colour is not None:
            edge = QRectF(
                rect.left() + sizes.half,
                rect.top() + sizes.half + sizes.quarter,
                sizes.quarter - 1,
                rect.height() - sizes.one - sizes.half,
            )
            rounded(painter, edge, edge.width() / 2, self._theme.tones(look.colour).disc)
        if look.mark is not None:
            self._paint_mark(painter, inner, look, under)
            inner.setLeft(inner.left() + sizes.disc + sizes.half + sizes.quarter)
        line = QFontMetrics(self._theme.font()).height()
        gap = sizes.quarter
        top = rect.center().y() - (line * 2 + gap) // 2 + 1 if look.detail or look.chip else rect.center().y() - line // 2
        first = QRect(inner.left(), top, inner.width(), line)
        second = QRect(inner.left(), top + line + gap, inner.width(), line)
        ink = roles.muted if look.faded else roles.text
        time_ink = roles.text if look.unread else roles.muted
        if look.time:
            font = self._theme.font(Size.SMALL, strong=look.unread, tabular=True)
            taken = elided(painter, first, look.time, font, time_ink, Qt.AlignmentFlag.AlignRight)
            first.setRight(first.right() - taken - sizes.half)
        self._paint_title(painter, first, look, ink)
        self._paint_second(painter, second, look)

    def _paint_title(self, painter: QPainter, rect: QRect, look: RowLook, ink: QColor) -> None:
        """The title, and whose it is in what room is left; a long title leaves the client's name at least a third."""
        font = self._theme.font(strong=look.strong or look.unread)
        if not look.whose:
            elided(painter, rect, look.title, font, ink)
            return
        gap, small = self._theme.sizes.half, self._theme.font(Size.SMALL)
        name = min(QFontMetrics(small).horizontalAdvance(look.whose), rect.width() // 3)
        taken = elided(painter, rect.adjusted(0, 0, -name - gap, 0), look.title, font, ink)
        elided(painter, rect.adjusted(taken + gap, 0, 0, 0), look.whose, small, self._theme.tones(look.colour).text)

    def _paint_second(self, painter: QPainter, rect: QRect, look: RowLook) -> None:
        roles, sizes = self._theme.roles, self._theme.sizes
        if look.chip is not None:
            state, word = look.chip
            width = min(chip_width(self._theme, word), rect.width() // 2)
            height = chip_height(self._theme)
            box = QRect(rect.right() - width + 1, rect.center().y() - height // 2 + 1, width, height)
            chip(painter, self._theme, box, state, word)
            rect.setRight(box.left() - sizes.half)
        if look.note:
            taken = elided(painter, rect, look.note, self._theme.font(Size.SMALL), roles.muted, Qt.AlignmentFlag.AlignRight)
            rect.setRight(rect.right() - taken - sizes.half)
        for name in look.icons:
            symbol(
                painter,
                self._theme,
                name,
                roles.muted,
                QRectF(rect.left(), rect.center().y() - sizes.icon_small / 2 + 1, sizes.icon_small, sizes.icon_small),
            )
            rect.setLeft(rect.left() + sizes.icon_small + sizes.quarter)
        if look.marks:
            elided_marked(painter, self._theme, rect, look.detail, look.marks)
        else:
            elided(painter, rect, look.detail, self._theme.font(), roles.muted)

    def _paint_mark(self, painter: QPainter, inner: QRect, look: RowLook, under: QColor) -> None:
        sizes = self._theme.sizes
        box = QRectF(inner.left(), inner.center().y() - sizes.disc / 2 + 1, sizes.disc, sizes.disc)
        match look.mark:
            case None:
                return
            case DiscMark(letters, colour):
                disc(painter, self._theme, box, letters, self._theme.tones(colour))
            case FaceMark(name, picture):
                face(painter, self._theme, box, name, picture)
            case IconMark(name, role):
                inset = (sizes.disc - sizes.icon) / 2
                symbol(painter, self._theme, name, getattr(self._theme.roles, role), box.adjusted(inset, inset, -inset, -inset))
        if look.unread:
            side, ring = sizes.half + sizes.stroke, sizes.stroke
            spot = QRectF(box.right() - side + ring, box.top() - ring, side, side)
            rounded(painter, spot.adjusted(-ring, -ring, ring, ring), side / 2 + ring, under)
            rounded(painter, spot, side / 2, self._theme.roles.info)


class RowList(QTableView):
    """A table of one column dressed as a list: the quickest view Qt has for very many rows."""

    opened = Signal(object)
    chosen = Signal(object)
    menu_wanted = Signal(object, QPoint)

    def __init__(self, theme: Theme, name: str = "", ground: str = "content") -> None:
        """``ground`` is the role of the surface it lies on."""
        super().__init__()
        self._theme = theme
        self._ground = ground
        self._painter: RowPainter | None = None
        self.setProperty("list", "true")
        self.horizontalHeader().hide()
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.verticalHeader().setMinimumSectionSize(theme.sizes.one)
        self.verticalHeader().setDefaultSectionSize(theme.sizes.row)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTabKeyNavigation(False)
        # Made here, because for a widget that Qt has made PySide first loads every class it could be.
        surface = QWidget()
        # Or Qt, who must fear that something shines through, paints every row at each step of the wheel and each change of one.
        surface.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        surface.setMouseTracking(True)
        self.setViewport(surface)
        self.setMouseTracking(True)
        self.setAccessibleName(name)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(self._want_menu)
        self.doubleClicked.connect(lambda index: self.opened.emit(index.data(ROW)))

    def set_rows(self, model: RowsModel[Any] | PagedRows[Any], look: Look) -> None:
        """The rows, and how each looks."""
        before = self.selectionModel()
        super().setModel(model)
        # Or Qt, at the first focus whatever it comes from, makes the first row current, which some rooms take for a choice.
        self.setCurrentIndex(QModelIndex())
        if before is not None:
            before.deleteLater()
        self._painter = RowPainter(self._theme, look, self._ground)
        self.setItemDelegate(self._painter)
        self.selectionModel().currentRowChanged.connect(self._current_changed)

    def current_row(self) -> Any:
        """The row the keys act on, None when there is none."""
        index = self.currentIndex()
        return index.data(ROW) if index.isValid() else None

    def choose_key(self, key: Hashable) -> bool:
        """Selects the row with a key (an id for paged rows) and scrolls to it; False when it is not here."""
        model = self.model()
        position = model.position(key) if isinstance(model, RowsModel | PagedRows) else -1
        if position < 0:
            return False
        self.choose(position)
        return True

    def choose(self, position: int) -> None:
        """Selects the row at a position, clamped to what there is."""
        model: QAbstractItemModel | None = self.model()  # None before the first set_rows, whatever the stubs say
        if model is None or not model.rowCount():
            return
        index = model.index(min(max(position, 0), model.rowCount() - 1), 0)
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        self.scrollTo(index)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, which Qt leaves to us, and the rows."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), getattr(self._theme.roles, self._ground))
        painter.end()
        super().paintEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Moves by j and k like the arrows, Enter opens; letters are left to the screen's actions."""
        steps = {Qt.Key.Key_J: 1, Qt.Key.Key_K: -1, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}
        key = Qt.Key(event.key())
        if key in steps and event.modifiers() in {Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier}:
            self.choose(self.currentIndex().row() + steps[key] if self.currentIndex().isValid() else 0)
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and self.currentIndex().isValid():
            self.opened.emit(self.current_row())
        elif event.text() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The row under the pointer answers."""
        super().mouseMoveEvent(event)
        self._hover(self.indexAt(event.position().toPoint()).row())

    def leaveEvent(self, event: QEvent) -> None:
        """No row is under the pointer."""
        super().leaveEvent(event)
        self._hover(-1)

    def focusInEvent(self, event: Any) -> None:
        """The first row is chosen when the keyboard arrives and none is."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid() and event.reason() in {
            Qt.FocusReason.TabFocusReason,
            Qt.FocusReason.BacktabFocusReason,
        }:
            self.choose(0)

    def _hover(self, row: int) -> None:
        if self._painter is None or row == self._painter.hovered:
            return
        model: QAbstractItemModel = self.model()
        for changed in (self._painter.hovered, row):
            if 0 <= changed < model.rowCount():
                self.update(model.index(changed, 0))
        self._painter.hovered = row

    def _current_changed(self, current: QModelIndex, _before: QModelIndex) -> None:
        self.chosen.emit(current.data(ROW) if current.isValid() else None)

    def _want_menu(self, point: QPoint) -> None:
        index = self.indexAt(point)
        if index.isValid():
            self.menu_wanted.emit(index.data(ROW), self.viewport().mapToGlobal(point))
