"""Fields to type in, each with its label, its hint and its error sentence in the same place everywhere."""

from PySide6.QtCore import QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QWidget

from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.layout import column
from cmdesk.ui.widgets.paint import symbol
from cmdesk.ui.widgets.text import Text

MOST = 10_000


class Field(QLineEdit):
    """One line to type in."""

    def __init__(self, theme: Theme, placeholder: str = "", name: str = "") -> None:
        super().__init__()
        self._theme = theme
        self.setFont(theme.font())
        self.setMaxLength(MOST)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or placeholder)

    def set_wrong(self, wrong: bool) -> None:
        """Marks what is typed as not usable."""
        if bool(self.property("wrong")) != wrong:
            self.setProperty("wrong", wrong)
            self.style().unpolish(self)
            self.style().polish(self)

    def sizeHint(self) -> QSize:
        """As high as a button."""
        return QSize(super().sizeHint().width(), self._theme.sizes.control)


class SearchField(Field):
    """A field that searches while one types, 150 ms after the last key; Escape empties it, then leaves it."""

    searched = Signal(str)
    left = Signal()
    PATIENCE_MS = 150

    def __init__(self, theme: Theme, placeholder: str = "") -> None:
        super().__init__(theme, placeholder)
        # Painted here: Qt's own icon in a field keeps its size when the text grows.
        self.setTextMargins(theme.sizes.icon + theme.sizes.quarter, 0, 0, 0)
        self.setClearButtonEnabled(True)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(self.PATIENCE_MS)
        self._timer.timeout.connect(self._search)
        self.textChanged.connect(lambda _text: self._timer.start())
        self.returnPressed.connect(self._search)
        theme.changed.connect(self.update)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field with a lens in it."""
        super().paintEvent(event)
        sizes = self._theme.sizes
        side = sizes.icon_small
        box = QRectF(sizes.half, (self.height() - side) / 2, side, side)
        symbol(QPainter(self), self._theme, "search", self._theme.roles.muted, box)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape."""
        if event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
                self._search()
            else:
                self.left.emit()
            return
        super().keyPressEvent(event)

    def _search(self) -> None:
        self._timer.stop()
        self.searched.emit(self.text().strip())


class TextArea(QPlainTextEdit):
    """Several lines of plain text; what is pasted arrives as plain text; Tab leaves it."""

    def __init__(self, theme: Theme, placeholder: str = "", name: str = "") -> None:
        super().__init__()
        self.setFont(theme.font())
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(name or placeholder)
        self.setTabChangesFocus(True)


class FormRow(QWidget):
    """A label over a field, with a quiet hint or an error sentence beneath."""

    def __init__(self, theme: Theme, label: str, field: QWidget, hint: str = "") -> None:
        super().__init__()
        self.field = field
        self._hint = hint
        self._label: QLabel = Text(theme, label, size=Size.SMALL, strong=True, tone="soft")
        self._label.setBuddy(field)
        self._below = Text(theme, hint, size=Size.SMALL, tone="muted", wrap=True)
        # Else two lines are kept free for a short sentence.
        self._below.setMinimumHeight(self._below.fontMetrics().height())
        column(self, self._label, field, self._below, gap=theme.sizes.quarter)
        self._below.setVisible(bool(hint))
        self.set_label(label)

    def set_label(self, label: str) -> None:
        """Another label, which is also the field's accessible name."""
        self._label.setText(label)
        self.field.setAccessibleName(label.replace("&", ""))

    def set_hint(self, hint: str) -> None:
        """The quiet sentence beneath."""
        self._hint = hint
        self.set_error("")

    def set_error(self, sentence: str) -> None:
        """What is wrong and how to mend it; "" when nothing is."""
        self._below.setText(sentence or self._hint)
        self._below.set_tone("danger" if sentence else "muted")
        self._below.setVisible(bool(sentence or self._hint))
        self.field.setAccessibleDescription(sentence)
        if isinstance(self.field, Field):
            self.field.set_wrong(bool(sentence))
