"""A field for a whole number: typed, or changed by the keys up and down."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent

from cmdesk.ui.theme import Theme
from cmdesk.ui.widgets.fields import Field

_WIDE = 6


class NumberField(Field):
    """From ``least`` to ``most``, both included. ``changed`` carries the number; what is no number counts as the least."""

    changed = Signal(int)

    def __init__(self, theme: Theme, least: int, most: int, value: int = 0, name: str = "") -> None:
        super().__init__(theme, name=name)
        self._least, self._most = least, most
        self.setFont(theme.font(tabular=True))
        self.setValidator(QIntValidator(least, most, self))
        self.setFixedWidth(theme.sizes.one * _WIDE)
        self.set_value(value)
        self.textChanged.connect(lambda _text: self.changed.emit(self.value()))

    def value(self) -> int:
        """The number, within its bounds."""
        text = self.text().strip()
        return min(self._most, max(self._least, int(text))) if text.isdecimal() else self._least

    def set_value(self, value: int) -> None:
        """Another number."""
        self.setText(str(min(self._most, max(self._least, value))))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down count."""
        step = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.set_value(self.value() + step)
