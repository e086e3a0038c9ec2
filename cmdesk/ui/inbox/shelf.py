"""The left pane: the states and the accounts one can look at, how many wait in each, and when all was last fetched."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from cmdesk.domain.client import Colour
from cmdesk.ui.inbox.values import FetchLine, ShelfItem
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import FocusSeen
from cmdesk.ui.widgets.layout import STRETCH, column
from cmdesk.ui.widgets.paint import elided, focus_ring, rounded, symbol
from cmdesk.ui.widgets.text import Text

_MOST = 999


class Place(FocusSeen, QAbstractButton):
    """One list one can choose."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._icon = ""
        self._colour: Colour | None = None
        self._count = ""
        self._shown: ShelfItem | None = None
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_item(self, item: ShelfItem) -> None:
        """What it stands for."""
        if item == self._shown:
            return  # nothing to arrange anew, while a long fetch says again and again that something came
        self._shown = item
        self._icon, self._colour = item.icon, item.colour
        self._count = "" if not item.count else f"{_MOST}+" if item.count > _MOST else str(item.count)
        self.setText(item.text)
        self.setToolTip(item.tip)
        self.setAccessibleName(f"{item.text}, {self._count}" if self._count else item.text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the strong words and three figures, so that neither choosing nor counting moves anything."""
        sizes = self._theme.sizes
        words = QFontMetrics(self._theme.font(strong=True)).horizontalAdvance(self.text())
        count = QFontMetrics(self._theme.font(Size.SMALL, strong=True, tabular=True)).horizontalAdvance(f"{_MOST}")
        return QSize(words + count + sizes.icon + sizes.one * 3, sizes.control)

    def minimumSizeHint(self) -> QSize:
        """The words may be cut."""
        return QSize(self._theme.sizes.three * 2, self._theme.sizes.control)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Icon, words, count."""
        painter = QPainter(self)
        theme, sizes, roles = self._theme, self._theme.sizes, self._theme.roles
        frame = QRectF(self.rect())
        if self.isChecked():
            rounded(painter, frame, sizes.radius, roles.selection)
        elif self.underMouse():
            rounded(painter, frame, sizes.radius, roles.hover)
        ink = roles.text if self.isChecked() else roles.text_soft
        left = sizes.half + sizes.quarter
        mark = QRectF(left, (self.height() - sizes.icon) / 2, sizes.icon, sizes.icon)
        if self._colour is None:
            symbol(painter, theme, self._icon, ink, mark)
        else:
            inset = sizes.quarter / 2
            rounded(painter, mark.adjusted(inset, inset, -inset, -inset), sizes.icon / 2, theme.tones(self._colour).disc)
        rect = self.rect().adjusted(left + sizes.icon + sizes.half, 0, -sizes.half - sizes.quarter, 0)
        if self._count:
            font = theme.font(Size.SMALL, strong=self.isChecked(), tabular=True)
            taken = elided(painter, rect, self._count, font, roles.muted, Qt.AlignmentFlag.AlignRight)
            rect.setRight(rect.right() - taken - sizes.half)
        elided(painter, rect, self.text(), theme.font(strong=self.isChecked()), ink)
        if self.focus_seen():
            focus_ring(painter, theme, frame, sizes.radius)


class Places(QWidget):
    """A column of lists of which one is chosen; ``chosen`` carries its key."""

    chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._places: dict[str, Place] = {}
        self._column = column(self, gap=theme.sizes.stroke)

    def show_items(self, items: Sequence[ShelfItem], choice: str) -> None:
        """The lists; the same keys again only change words and counts."""
        if [item.key for item in items] != list(self._places):
            for place in self._places.values():
                self._column.removeWidget(place)
                place.hide()
                place.deleteLater()
            self._places = {}
            for item in items:
                place = Place(self._theme)
                place.clicked.connect(lambda _on=False, key=item.key: self.chosen.emit(key))
                self._places[item.key] = place
                self._column.addWidget(place)
        for item in items:
            self._places[item.key].show_item(item)
        if choice in self._places:
            self._places[choice].setChecked(True)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down move the choice."""
        step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
        keys = list(self._places)
        current = next((key for key, place in self._places.items() if place.isChecked()), "")
        if step is None or current not in keys:
            super().keyPressEvent(event)
            return
        key = keys[(keys.index(current) + step) % len(keys)]
        self._places[key].setFocus(Qt.FocusReason.TabFocusReason)
        self._places[key].click()


class Shelf(QWidget):
    """States, accounts, last fetches."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        sizes = theme.sizes
        self.states = Places(theme)
        self.accounts = Places(theme)
        self._accounts_title = Text(theme, size=Size.SMALL, strong=True, tone="muted")
        self._accounts_title.setContentsMargins(sizes.half + sizes.quarter, sizes.one_half, 0, sizes.quarter)
        self._fetches: list[Text] = []
        self._lines: list[FetchLine] = []
        self._foot = column(None, gap=sizes.quarter, margins=(sizes.half + sizes.quarter, 0, sizes.half, 0))
        layout = column(
            self,
            self.states,
            self._accounts_title,
            self.accounts,
            STRETCH,
            margins=(sizes.half, sizes.half, sizes.half, sizes.one),
        )
        layout.addLayout(self._foot)
        self.setProperty("surface", "shell")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setMinimumWidth(sizes.one * 8)

    def say(self, states: str) -> None:
        """The name of the first group."""
        self.states.setAccessibleName(states)

    def show_accounts(self, title: str, items: Sequence[ShelfItem], choice: str) -> None:
        """The accounts, or the clients, one can look at alone; nothing for fewer than two."""
        self.accounts.setAccessibleName(title)
        self._accounts_title.setText(title)
        self.accounts.show_items(items, choice)
        self.accounts.setVisible(bool(items))
        self._accounts_title.setVisible(bool(items))

    def show_fetches(self, lines: Sequence[FetchLine]) -> None:
        """When each account was last fetched."""
        if self._lines == list(lines):
            return
        self._lines = list(lines)
        while len(self._fetches) > len(lines):
            old = self._fetches.pop()
            self._foot.removeWidget(old)
            old.hide()
            old.deleteLater()
        while len(self._fetches) < len(lines):
            text = Text(self._theme, size=Size.SMALL, tone="muted", wrap=True)
            self._fetches.append(text)
            self._foot.addWidget(text)
        for text, line in zip(self._fetches, lines, strict=True):
            text.setText(line.text)
            text.setToolTip(line.tip)
            text.set_tone(line.tone)

    def sizeHint(self) -> QSize:
        """As wide as the states ask for, so that another client moves nothing; a client's long name is cut."""
        one = self._theme.sizes.one
        return QSize(max(one * 12, self.states.sizeHint().width() + one), self._theme.sizes.reading)
