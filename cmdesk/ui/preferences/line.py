"""Shows a client in the preferences as one painted line, because four widgets for each took the room long to dress."""

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cmdesk.domain.client import Colour
from cmdesk.ui.plaintext import name as cleaned
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.layout import STRETCH, row
from cmdesk.ui.widgets.paint import disc, elided


class OwnerLine(QWidget):
    """A client's disc, its name and what is said of it; at the right what can be done."""

    def __init__(self, theme: Theme, letters: str, colour: Colour, name: str, detail: str, *buttons: QWidget) -> None:
        super().__init__()
        self._theme = theme
        self._letters, self._colour, self._name, self._detail = letters, colour, cleaned(name), detail
        self._first = buttons[0]
        self._beside = row(self, STRETCH, *buttons, gap=theme.sizes.half)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(name)
        self.setAccessibleDescription(detail)

    def sizeHint(self) -> QSize:
        """The disc, the longer of the two lines and the buttons."""
        large, small = self._metrics()
        words = max(large.horizontalAdvance(self._name), small.horizontalAdvance(self._detail)) + 1
        return self._around(words)

    def minimumSizeHint(self) -> QSize:
        """The words may be cut."""
        return self._around(self._theme.sizes.three)

    def _around(self, words: int) -> QSize:
        sizes, beside = self._theme.sizes, self._beside.sizeHint()
        large, small = self._metrics()
        height = max(sizes.disc, large.height() + small.height(), beside.height())
        return QSize(sizes.disc + sizes.half + words + sizes.half + beside.width(), height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Disc, name, detail."""
        painter, theme, sizes, roles = QPainter(self), self._theme, self._theme.sizes, self._theme.roles
        place = QRectF(0, (self.height() - sizes.disc) / 2, sizes.disc, sizes.disc)
        disc(painter, theme, place, self._letters, theme.tones(self._colour))
        large, small = self._metrics()
        left = sizes.disc + sizes.half
        width = self._first.x() - sizes.half - left
        # Each line has its part of the height, and stands in the middle of it.
        middle = self.height() * large.height() // (large.height() + small.height())
        elided(painter, QRect(left, 0, width, middle), self._name, theme.font(), roles.text)
        under = QRect(left, middle, width, self.height() - middle)
        elided(painter, under, self._detail, theme.font(Size.SMALL, tabular=True), roles.muted)

    def _metrics(self) -> tuple[QFontMetrics, QFontMetrics]:
        return QFontMetrics(self._theme.font()), QFontMetrics(self._theme.font(Size.SMALL, tabular=True))
