"""A few words side by side of which one is chosen: month, week, agenda."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cmdesk.ui.theme import Theme
from cmdesk.ui.widgets.buttons import Tab
from cmdesk.ui.widgets.layout import row
from cmdesk.ui.widgets.paint import rounded


class Segments(QWidget):
    """A segmented control; ``chosen`` carries the key when the user chooses another."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, name: str = "") -> None:
        super().__init__()
        self._theme = theme
        self._tabs: dict[str, Tab] = {}
        inset = theme.sizes.stroke
        self._row = row(self, gap=inset, margins=inset)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)

    def set_items(self, items: Sequence[tuple[str, str]]) -> None:
        """Keys and words. The same keys again only change the words, so that a change of language keeps the choice."""
        if [key for key, _text in items] == list(self._tabs):
            for key, text in items:
                self._tabs[key].rename(text)
            return
        for tab in self._tabs.values():
            self._row.removeWidget(tab)
            tab.deleteLater()
        self._tabs = {}
        for key, text in items:
            tab = Tab(self._theme, text, underlined=False)
            tab.clicked.connect(lambda _on=False, key=key: self.chosen.emit(key))
            self._tabs[key] = tab
            self._row.addWidget(tab)
        if items:
            self.choose(items[0][0])

    def choose(self, key: str) -> None:
        """Shows a choice without telling anybody."""
        self._tabs[key].setChecked(True)

    @property
    def choice(self) -> str:
        """The key chosen, "" when there is nothing to choose."""
        return next((key for key, tab in self._tabs.items() if tab.isChecked()), "")

    def set_count(self, key: str, count: int) -> None:
        """A number after one of the words."""
        self._tabs[key].set_count(count)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Left and right move the choice."""
        step = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1}.get(Qt.Key(event.key()))
        keys = list(self._tabs)
        if step is None or not keys:
            super().keyPressEvent(event)
            return
        key = keys[(keys.index(self.choice) + step) % len(keys)]
        self._tabs[key].setFocus()
        self._tabs[key].click()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The trough the chosen word stands in."""
        painter = QPainter(self)
        rounded(painter, QRectF(self.rect()), self._theme.sizes.radius, self._theme.roles.hover)
