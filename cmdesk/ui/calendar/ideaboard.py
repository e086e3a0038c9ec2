"""The idea board: columns of ideas, moved by hand or by key, until one becomes a draft."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from cmdesk.ui.calendar.entries import Guest, Owner
from cmdesk.ui.calendar.glances import ShelfLine
from cmdesk.ui.calendar.shelf import ShelfList
from cmdesk.ui.rows import RowsModel
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import Button, IconButton, Kind
from cmdesk.ui.widgets.dialog import Dialog
from cmdesk.ui.widgets.fields import Field
from cmdesk.ui.widgets.layout import STRETCH, Card, column, row
from cmdesk.ui.widgets.rowlist import RowLook
from cmdesk.ui.widgets.states import Count
from cmdesk.ui.widgets.text import Text


class IdeaCard(Struct, frozen=True):
    """An idea as the board shows it; ``used`` when a draft was made of it."""

    number: int
    words: str
    note: str = ""
    used: bool = False


class IdeaColumn(Struct, frozen=True):
    """A column with its ideas from the top."""

    number: int
    name: str
    cards: tuple[IdeaCard, ...]


class _List(ShelfList):
    """One column's ideas. ``taken_in`` carries the number of an idea that was dropped here, and its place."""

    taken_in = Signal(int, int)
    pushed = Signal(int)
    removed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, ground="raised")
        self.setAcceptDrops(True)
        self.viewport().setAcceptDrops(True)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Ideas of this board only."""
        if isinstance(getattr(event.source(), "dragged", None), Guest):
            event.acceptProposedAction()

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """As above."""
        if isinstance(getattr(event.source(), "dragged", None), Guest):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """An idea came."""
        guest = getattr(event.source(), "dragged", None)
        if isinstance(guest, Guest) and isinstance(guest.key, int):
            event.acceptProposedAction()
            below = self.rowAt(event.position().toPoint().y())
            self.taken_in.emit(guest.key, below if below >= 0 else self.model().rowCount())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Shift and an arrow push an idea into the next column; Delete removes it."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        if step is not None and event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.pushed.emit(step)
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)


class IdeaBoard(Dialog):
    """``added`` carries words, ``moved`` idea, column and place, ``drafted`` and ``removed`` an idea, ``named`` a new column."""

    added = Signal(str)
    moved = Signal(int, int, int)
    drafted = Signal(int)
    removed = Signal(int)
    named = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget, owner: Owner) -> None:
        super().__init__(theme, parent, "", name=owner.name, colour=owner.colour)
        self._owner = owner
        self._columns: tuple[IdeaColumn, ...] = ()
        self._lists: list[_List] = []
        sizes = theme.sizes
        self.setWindowTitle(self.tr("Idea board"))
        self.setMinimumSize(sizes.one * 58, sizes.one * 34)
        self.words = Field(theme, self.tr("A line is enough"), self.tr("New idea"))
        add = Button(theme, self.tr("Add"), kind=Kind.PRIMARY)
        add.set_tones(theme.tones(owner.colour))
        add.clicked.connect(self._add)
        self.words.returnPressed.connect(self._add)
        more = IconButton(theme, "plus", self.tr("New column"))
        more.clicked.connect(lambda: self.named.emit(self.words.text().strip()))
        title = Text(theme, self.tr("Idea board"), size=Size.LEAD, strong=True)
        head = row(None, title, STRETCH, gap=sizes.half)
        head.addWidget(self.words, 2)
        head.addWidget(add)
        head.addWidget(more)
        self.body.addLayout(head)
        self._place = QWidget()
        self._row = row(self._place, gap=sizes.one)
        self.body.addWidget(self._place, 1)
        keys = self.tr("Shift and an arrow move an idea to the next column, Enter makes a draft of it.")
        self.body.addWidget(Text(theme, keys, size=Size.SMALL, tone="muted"))
        self.add_close(self.tr("Close"), Kind.QUIET)
        self.words.setFocus()

    def show_columns(self, columns: Sequence[IdeaColumn]) -> None:
        """The board as it is now; the same columns keep their place and what is chosen in them."""
        same = [one.number for one in columns] == [one.number for one in self._columns]
        self._columns = tuple(columns)
        if not same:
            self._build()
        for place, (one, listed) in enumerate(zip(columns, self._lists, strict=True)):
            model = listed.model()
            if isinstance(model, RowsModel):
                model.show([self._line(card) for card in one.cards])
            self._counts[place].set_count(len(one.cards))

    def _line(self, card: IdeaCard) -> ShelfLine:
        look = RowLook(
            card.words, note=card.note, faded=card.used, strong=False, detail=self.tr("A draft now") if card.used else ""
        )
        return ShelfLine(card.number, look, Guest(self._owner, card.words, card.number), card.number)

    def _build(self) -> None:
        while (item := self._row.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._lists, self._counts = [], []
        sizes = self._theme.sizes
        for place, one in enumerate(self._columns):
            listed = _List(self._theme)
            model: RowsModel[ShelfLine] = RowsModel(lambda line: line.look.title)
            model.setParent(listed)
            listed.set_rows(model, lambda line: line.look)
            listed.setAccessibleName(one.name)
            listed.opened.connect(lambda line: self.drafted.emit(line.item))
            listed.taken_in.connect(lambda idea, where, number=one.number: self.moved.emit(idea, number, where))
            listed.pushed.connect(lambda step, place=place: self._push(place, step))
            listed.removed.connect(lambda listed=listed: self._remove(listed))
            count = Count(self._theme)
            inner = Card(self._theme)
            name = Text(self._theme, one.name, strong=True)
            head = row(None, sizes.half, name, count, STRETCH, gap=sizes.quarter)
            lines = column(inner, head, gap=sizes.half, margins=(sizes.half, sizes.one, sizes.half, sizes.half))
            lines.addWidget(listed, 1)
            self._row.addWidget(inner, 1)
            self._lists.append(listed)
            self._counts.append(count)

    def _push(self, place: int, step: int) -> None:
        line = self._lists[place].current_row()
        goal = place + step
        if isinstance(line, ShelfLine) and isinstance(line.item, int) and 0 <= goal < len(self._columns):
            self.moved.emit(line.item, self._columns[goal].number, 0)
            self._lists[goal].setFocus()

    def _remove(self, listed: _List) -> None:
        line = listed.current_row()
        if isinstance(line, ShelfLine) and isinstance(line.item, int):
            self.removed.emit(line.item)

    def _add(self) -> None:
        words = self.words.text().strip()
        if words:
            self.words.clear()
            self.added.emit(words)
