"""Designed states: nothing here yet, something is wrong, still loading, how many, how it stands."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtCore import QRect, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import Button, IconButton, Kind
from cmdesk.ui.widgets.layout import STRETCH, column, row
from cmdesk.ui.widgets.paint import CHIPS, chip, chip_height, chip_width, pill, pill_size, role_pair, rounded, symbol
from cmdesk.ui.widgets.text import Text


class Symbol(QWidget):
    """An icon standing by itself, in the colour of a role."""

    def __init__(self, theme: Theme, icon: str, role: str = "muted", *, large: bool = False) -> None:
        super().__init__()
        self._theme, self._icon, self._role = theme, icon, role
        self._side = theme.sizes.icon_large if large else theme.sizes.icon
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_icon(self, icon: str, role: str) -> None:
        """Another icon, another role."""
        self._icon, self._role = icon, role
        self.update()

    def sizeHint(self) -> QSize:
        """Square."""
        return QSize(self._side, self._side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The icon."""
        painter = QPainter(self)
        symbol(painter, self._theme, self._icon, getattr(self._theme.roles, self._role), QRectF(self.rect()))


class EmptyState(QWidget):
    """What a room says when it is empty: the first step, in one sentence and perhaps one button."""

    pressed = Signal()

    def __init__(self, theme: Theme, icon: str) -> None:
        super().__init__()
        sizes = theme.sizes
        self._icon = Symbol(theme, icon, "muted", large=True)
        self._title = Text(theme, size=Size.LEAD, strong=True)
        self._sentence = Text(theme, tone="muted", wrap=True)
        self.button = Button(theme, kind=Kind.PRIMARY)
        self.button.clicked.connect(self.pressed)
        middle = Qt.AlignmentFlag.AlignHCenter
        self._title.setAlignment(middle)
        self._sentence.setAlignment(middle)
        self._sizes = sizes
        layout = column(self, STRETCH, gap=0, margins=(sizes.one_half, sizes.two, sizes.one_half, sizes.two))
        for widget, space in (
            (self._icon, sizes.one),
            (self._title, sizes.half),
            (self._sentence, sizes.one_half),
            (self.button, 0),
        ):
            layout.addWidget(widget, 0, middle)
            layout.addSpacing(space)
        layout.addStretch(2)

    def say(self, title: str, sentence: str, button: str = "") -> None:
        """The words; without button words there is no button."""
        self._title.setText(title)
        self._sentence.setText(sentence)
        self.button.setText(button)
        self.button.setVisible(bool(button))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The sentence breaks where the pane ends."""
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        """Narrower than its sentence is now: that breaks anew."""
        return QSize(self._sizes.one * 10 + 2 * self._sizes.one_half, super().minimumSizeHint().height())

    def _fit(self) -> None:
        sizes = self._sizes
        width = max(sizes.one * 10, min(sizes.dialog, sizes.one * 24, self.width() - 2 * sizes.one_half))
        # A centred label is not asked for its height by width, and answers within the width it is fixed to.
        self._sentence.setFixedWidth(width)
        self._sentence.setFixedHeight(max(0, self._sentence.heightForWidth(width)))


BANNER_ICONS: Mapping[str, str] = {"info": "info", "warning": "warning", "danger": "error", "positive": "check-circle"}


class Banner(QWidget):
    """A sentence that stays until its matter is settled, with what can be done about it. Hidden until ``say``."""

    closed = Signal()

    def __init__(self, theme: Theme, *, closable: bool = False, edge: bool = False) -> None:
        """``edge`` is for a banner from side to side: its corners are square."""
        super().__init__()
        self._theme = theme
        self._tone = "info"
        self._radius = 0 if edge else theme.sizes.radius
        sizes = theme.sizes
        self._symbol = Symbol(theme, "info", "info")
        self._text = Text(theme, wrap=True)
        self._buttons = QHBoxLayout()
        self._buttons.setSpacing(sizes.half)
        self._close = IconButton(theme, "close")
        self._close.setVisible(closable)
        self._close.clicked.connect(self.dismiss)
        layout = row(self, gap=sizes.half, margins=(sizes.one, sizes.half, sizes.half, sizes.half))
        layout.addWidget(self._symbol, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addWidget(self._text, 1)
        layout.addLayout(self._buttons)
        layout.addWidget(self._close)
        self.setMinimumHeight(sizes.control + sizes.one)
        self.hide()

    def say(self, tone: str, text: str, actions: Sequence[tuple[str, Callable[[], object]]] = ()) -> None:
        """Shows a sentence; ``tone`` is "info", "positive", "warning" or "danger"; actions are words and what they do."""
        self._tone = tone
        self._symbol.show_icon(BANNER_ICONS[tone], tone)
        self._text.setText(text)
        self.setAccessibleName(text)
        while (item := self._buttons.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for words, action in actions:
            button = Button(self._theme, words)
            button.clicked.connect(lambda _on=False, action=action: action())
            self._buttons.addWidget(button)
        self.show()
        self.update()

    def set_close_name(self, name: str) -> None:
        """The accessible name of the closing cross."""
        self._close.set_name(name)

    def dismiss(self) -> None:
        """Hides it."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A tinted ground."""
        painter = QPainter(self)
        rounded(painter, QRectF(self.rect()), self._radius, role_pair(self._theme.roles, self._tone)[1])


class Skeleton(QWidget):
    """Grey lines where rows will be. Shown only when the wait lasts longer than 300 ms, so that quick answers don't flicker."""

    PATIENCE_MS = 300

    def __init__(self, theme: Theme, rows: int = 6) -> None:
        super().__init__()
        self._theme = theme
        self._rows = rows
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self.show)
        self.hide()

    def wait(self) -> None:
        """Something was asked for."""
        if self.isHidden():
            self._timer.start(self.PATIENCE_MS)

    def done(self) -> None:
        """It has come."""
        self._timer.stop()
        self.hide()

    def sizeHint(self) -> QSize:
        """As high as its rows."""
        return QSize(self._theme.sizes.dialog, self._theme.sizes.row * self._rows)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Discs and lines."""
        painter = QPainter(self)
        sizes, fill = self._theme.sizes, self._theme.roles.hover
        left = sizes.one + sizes.quarter
        for number in range(min(self._rows, self.height() // sizes.row + 1)):
            top = number * sizes.row + (sizes.row - sizes.disc) / 2
            rounded(painter, QRectF(left, top, sizes.disc, sizes.disc), sizes.disc / 2, fill)
            text = left + sizes.disc + sizes.half + sizes.quarter
            room = max(0, self.width() - text - left)
            rounded(
                painter, QRectF(text, top + sizes.quarter, room * (0.28 + 0.06 * (number % 3)), sizes.half), sizes.quarter, fill
            )
            rounded(
                painter, QRectF(text, top + sizes.one_half, room * (0.85 - 0.09 * (number % 4)), sizes.half), sizes.quarter, fill
            )


class Count(QWidget):
    """A number on a pill; nothing at all for 0."""

    def __init__(self, theme: Theme, role: str = "neutral") -> None:
        super().__init__()
        self._theme, self._role, self._count = theme, role, 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.hide()

    def set_count(self, count: int) -> None:
        """Another number."""
        self._count = count
        self.setVisible(count > 0)
        self.updateGeometry()
        self.update()

    def _text(self) -> str:
        return "999+" if self._count > 999 else str(self._count)

    def sizeHint(self) -> QSize:
        """Room for the digits."""
        return QSize(*pill_size(self._theme, self._text()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The pill."""
        painter = QPainter(self)
        ink, tint = role_pair(self._theme.roles, self._role)
        pill(painter, self._theme, QRectF(self.rect()), self._text(), tint, ink)


class CountRing(QWidget):
    """How much of a limit is used: a ring that fills, and the number left once it is near."""

    NEAR = 0.8

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._used, self._limit = 0, 1
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_count(self, used: int, limit: int) -> None:
        """What is used of a limit of 1 or more."""
        self._used, self._limit = used, max(1, limit)
        self.update()

    @property
    def role(self) -> str:
        """The role whose colour it wears: calm, near, over."""
        if self._used > self._limit:
            return "danger"
        return "warning" if self._used >= self._limit * self.NEAR else "muted"

    def sizeHint(self) -> QSize:
        """Ring, and room for four digits and a sign."""
        sizes = self._theme.sizes
        digits = QFontMetrics(self._theme.font(Size.SMALL, strong=True, tabular=True)).horizontalAdvance("−8888")
        return QSize(sizes.one_half + sizes.quarter + digits, sizes.one_half)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ring and number."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sizes, roles = self._theme.sizes, self._theme.roles
        side = sizes.one_half - sizes.half
        ring = QRectF(self.width() - side - sizes.stroke, (self.height() - side) / 2, side, side)
        width = sizes.stroke + sizes.hairline
        painter.setPen(QPen(roles.border, width))
        painter.drawEllipse(ring)
        ink = getattr(roles, self.role)
        share = min(1.0, self._used / self._limit)
        painter.setPen(QPen(ink, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawArc(ring, 90 * 16, -round(share * 360 * 16))
        left = self._limit - self._used
        text = str(left) if left >= 0 else f"−{-left}"
        painter.setFont(self._theme.font(Size.SMALL, strong=left < 0, tabular=True))
        painter.setPen(ink)
        box = QRect(0, 0, int(ring.left()) - sizes.half, self.height())
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)


class StateChip(QWidget):
    """How a post or a delivery stands, by shape and colour."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme, self._state, self._text = theme, "draft", ""
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)

    def set_state(self, state: str, text: str) -> None:
        """A key of ``CHIPS`` and its word; raises KeyError for an unknown key."""
        if state not in CHIPS:
            raise KeyError(state)
        self._state, self._text = state, text
        self.setAccessibleName(text)
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Room for the word."""
        return QSize(chip_width(self._theme, self._text) + 1, chip_height(self._theme))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The chip."""
        painter = QPainter(self)
        chip(painter, self._theme, self.rect(), self._state, self._text)
