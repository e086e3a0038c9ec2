"""Says in passing that something was done, and takes it back while it is seen."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QEnterEvent, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from cmdesk.ui.theme import Theme
from cmdesk.ui.widgets.buttons import Button, IconButton, Kind
from cmdesk.ui.widgets.layout import row
from cmdesk.ui.widgets.paint import elided, one_line, rounded
from cmdesk.ui.widgets.text import Text


class _Words(Text):
    """The sentence, in the toast's own colour."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme = theme

    def paintEvent(self, _event: QPaintEvent) -> None:
        """One line, cut when too long."""
        painter = QPainter(self)
        elided(painter, self.rect(), self.text(), self.font(), self._theme.roles.on_tooltip)


class _Undo(Button):
    """The undo button, readable on the dark ground."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, kind=Kind.PLAIN)
        self._paint_theme = theme

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Words and a ring."""
        painter = QPainter(self)
        theme = self._paint_theme
        font = QFont(theme.font(strong=True))
        font.setUnderline(self.underMouse())
        elided(painter, self.rect(), self.text(), font, theme.roles.on_tooltip, Qt.AlignmentFlag.AlignHCenter)
        if self.focus_seen():
            rounded(painter, QRectF(self.rect()), theme.sizes.radius_small, None, theme.roles.on_tooltip, theme.sizes.focus)


class Toast(QWidget):
    """One sentence at the foot of the window for some seconds; it stays while the pointer or the keyboard is on it."""

    SECONDS = 6

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._window = parent
        self._undo: Callable[[], None] | None = None
        sizes = theme.sizes
        self._words = _Words(theme)
        self._button = _Undo(theme)
        self._close = IconButton(theme, "close")
        self._button.clicked.connect(self._take_back)
        self._close.clicked.connect(self.hide)
        row(
            self,
            self._words,
            sizes.one,
            self._button,
            self._close,
            gap=sizes.quarter,
            margins=(sizes.one, sizes.quarter, sizes.quarter, sizes.quarter),
        )
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(self.SECONDS * 1000)
        self._timer.timeout.connect(self._fade)
        parent.installEventFilter(self)
        self.hide()

    def say(self, text: str, undo: Callable[[], None] | None, undo_word: str, close_name: str) -> None:
        """Shows a sentence in place of the one before."""
        self._undo = undo
        self._words.setText(one_line(text))
        self._button.setText(undo_word)
        self._button.setVisible(undo is not None)
        self._close.set_name(close_name)
        self._close.set_ink(self._theme.roles.on_tooltip)
        self.setAccessibleName(text)
        self.adjustSize()
        self._settle()
        self.show()
        self.raise_()
        self._timer.start()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stays at the foot when the window changes its size."""
        if event.type() is QEvent.Type.Resize and watched is self._window:
            self._settle()
        return super().eventFilter(watched, event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Waits for the pointer to leave."""
        super().enterEvent(event)
        self._timer.stop()

    def leaveEvent(self, event: QEvent) -> None:
        """Counts again."""
        super().leaveEvent(event)
        self._timer.start()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A dark ground in the light theme, a light one in the dark."""
        painter = QPainter(self)
        rounded(painter, QRectF(self.rect()), self._theme.sizes.radius, self._theme.roles.tooltip)

    def _settle(self) -> None:
        window = self._window
        width = min(self.sizeHint().width(), window.width() - self._theme.sizes.two)
        self.resize(width, self.sizeHint().height())
        self.move((window.width() - width) // 2, window.height() - self.height() - self._theme.sizes.one_half)

    def _fade(self) -> None:
        if self._button.hasFocus() or self._close.hasFocus():
            self._timer.start()
        else:
            self.hide()

    def _take_back(self) -> None:
        undo, self._undo = self._undo, None
        self.hide()
        if undo is not None:
            undo()
