"""Buttons that say what will happen: one loud one in the client's colour, the others quiet."""

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QEnterEvent, QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QCheckBox, QComboBox, QPushButton, QSizePolicy, QToolButton, QWidget

from cmdesk.ui.theme import Size, Theme, Tones
from cmdesk.ui.widgets.paint import elided, focus_ring, one_line, rounded, symbol


class Kind(Enum):
    """How loud a button is."""

    PRIMARY = "primary"
    QUIET = "quiet"
    PLAIN = "plain"
    DANGER = "danger"
    LINK = "link"


# Qt allows one widget among the bases; only the type checker may see a second.
if TYPE_CHECKING:
    _Widget = QWidget
else:
    _Widget = object


class FocusSeen(_Widget):
    """Tells whether the keyboard brought the focus: a ring after a mere click would be noise."""

    _by_keyboard = False

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Remembers how the focus came."""
        if event.reason() not in {Qt.FocusReason.ActiveWindowFocusReason, Qt.FocusReason.PopupFocusReason}:
            self._by_keyboard = event.reason() is not Qt.FocusReason.MouseFocusReason
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Once a key is used, the ring helps."""
        if not self._by_keyboard:
            self._by_keyboard = True
            self.update()
        super().keyPressEvent(event)

    def focus_seen(self) -> bool:
        """Whether to draw the ring."""
        return self.hasFocus() and self._by_keyboard


class Button(FocusSeen, QPushButton):
    """A push button; a PRIMARY one wears the client's colour once ``set_tones`` was called."""

    def __init__(self, theme: Theme, text: str = "", kind: Kind = Kind.QUIET, icon: str = "") -> None:
        super().__init__()
        self._theme = theme
        self._kind = kind
        self._icon = icon
        self._key = ""
        self._tones: Tones | None = None
        self.setFont(theme.font(strong=kind in {Kind.PRIMARY, Kind.DANGER}))
        self.setCursor(Qt.CursorShape.PointingHandCursor if kind is Kind.LINK else Qt.CursorShape.ArrowCursor)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setText(text)

    def set_tones(self, tones: Tones | None) -> None:
        """The client's tones for a primary button; None is the desk's neutral."""
        self._tones = tones
        self.update()

    def set_kind(self, kind: Kind) -> None:
        """Louder or quieter, when what it does becomes the thing to do."""
        self._kind = kind
        self.setFont(self._theme.font(strong=kind in {Kind.PRIMARY, Kind.DANGER}))
        self.updateGeometry()
        self.update()

    def set_icon(self, name: str) -> None:
        """Another icon, or none."""
        self._icon = name
        self.updateGeometry()
        self.update()

    def setText(self, text: str) -> None:
        """The words, which are also the accessible name."""
        super().setText(text)
        if text:
            self.setAccessibleName(text.replace("&", ""))
        self.updateGeometry()

    def set_key(self, key: str) -> None:
        """The key that does the same, shown small behind the words; "" for none."""
        self._key = key
        self.updateGeometry()
        self.update()

    def _key_width(self) -> int:
        if not self._key:
            return 0
        return QFontMetrics(self._theme.font(Size.SMALL)).horizontalAdvance(self._key) + self._theme.sizes.half

    def sizeHint(self) -> QSize:
        """Room for the words, the icon and the key."""
        sizes = self._theme.sizes
        width = QFontMetrics(self.font()).horizontalAdvance(self.text().replace("&", "")) + 2 + self._key_width()
        if self._icon:
            width += sizes.icon + (sizes.half if self.text() else 0)
        if self._kind is Kind.LINK:
            return QSize(width + sizes.focus * 2, sizes.one + sizes.quarter * 2)
        side = sizes.one if self.text() else (sizes.control - sizes.icon) // 2
        return QSize(width + side * 2, sizes.control)

    def minimumSizeHint(self) -> QSize:
        """May shrink, the words are cut then."""
        return QSize(min(self.sizeHint().width(), self._theme.sizes.three), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Surface, icon, words, ring."""
        painter = QPainter(self)
        theme, sizes = self._theme, self._theme.sizes
        frame = QRectF(self.rect())
        ink = self._paint_surface(painter, frame)
        words = self.text().replace("&&", "\0").replace("&", "").replace("\0", "&")
        taken = QFontMetrics(self.font()).horizontalAdvance(words)
        gap = sizes.half if self._icon and words else 0
        width = min(self.width() - sizes.half, taken + gap + (sizes.icon if self._icon else 0) + self._key_width())
        # A link stands in a column of text, so it begins where the text begins.
        left = sizes.focus if self._kind is Kind.LINK else (self.width() - width) // 2
        if self._icon:
            symbol(painter, theme, self._icon, ink, QRectF(left, (self.height() - sizes.icon) / 2, sizes.icon, sizes.icon))
            left += sizes.icon + gap
        rect = self.rect()
        rect.setLeft(left)
        rect.setRight(self.width() - sizes.focus)
        font = self.font()
        font.setUnderline(self._kind is Kind.LINK and self.underMouse() and self.isEnabled())
        elided(painter, rect, words, font, ink)
        if self._key:
            rect.setLeft(left + taken + sizes.half)
            dim = QColor(ink)
            dim.setAlphaF(0.62)
            elided(painter, rect, self._key, theme.font(Size.SMALL), dim)
        if self.focus_seen():
            focus_ring(painter, theme, frame, sizes.radius)

    def _paint_surface(self, painter: QPainter, frame: QRectF) -> QColor:
        roles, radius = self._theme.roles, self._theme.sizes.radius
        over = self.underMouse() and self.isEnabled()
        down = self.isDown() or self.isChecked()
        if not self.isEnabled():
            if self._kind not in {Kind.PLAIN, Kind.LINK}:
                rounded(painter, frame, radius, roles.hover, roles.hairline)
            return roles.disabled
        if self._kind is Kind.PRIMARY:
            fill, ink = (self._tones.disc, self._tones.on_disc) if self._tones else (roles.accent, roles.on_accent)
            rounded(painter, frame, radius, shaded(fill, over, down))
            return ink
        if self._kind is Kind.DANGER:
            rounded(painter, frame, radius, shaded(roles.danger, over, down))
            return roles.on_danger
        if self._kind is Kind.LINK:
            return roles.link
        if self._kind is Kind.QUIET:
            rounded(painter, frame, radius, roles.pressed if down else roles.hover if over else roles.raised, roles.border)
        elif over or down:
            rounded(painter, frame, radius, roles.pressed if down else roles.hover)
        return roles.text


def shaded(colour: QColor, over: bool, down: bool) -> QColor:
    """A filled surface under the pointer: a touch away from itself, so that it answers."""
    return colour.darker(114) if down else colour.darker(106) if over else colour


class IconButton(FocusSeen, QToolButton):
    """A button that is only an icon; its name is told on hover and to screen readers."""

    def __init__(self, theme: Theme, icon: str, name: str = "") -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self._ink: QColor | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.set_name(name)

    def set_name(self, name: str) -> None:
        """What it does, in words."""
        self.setAccessibleName(name)
        self.setToolTip(name)

    def set_icon(self, icon: str) -> None:
        """Another icon."""
        self._icon = icon
        self.update()

    def set_ink(self, colour: QColor | None) -> None:
        """Another colour than the soft text, for a coloured ground."""
        self._ink = colour
        self.update()

    def sizeHint(self) -> QSize:
        """Square, as high as a button."""
        return QSize(self._theme.sizes.control, self._theme.sizes.control)

    minimumSizeHint = sizeHint

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The icon, on a quiet surface when touched."""
        painter = QPainter(self)
        roles, sizes = self._theme.roles, self._theme.sizes
        frame = QRectF(self.rect())
        if self.isEnabled() and (self.underMouse() or self.isDown() or self.isChecked()):
            down = self.isDown() or self.isChecked()
            if self._ink is not None:
                veil = QColor(self._ink)
                veil.setAlpha(60 if down else 36)
            else:
                veil = roles.pressed if down else roles.hover
            rounded(painter, frame, sizes.radius, veil)
        ink = roles.disabled if not self.isEnabled() else self._ink or (roles.text if self.isChecked() else roles.text_soft)
        inset = (self.width() - sizes.icon) / 2
        symbol(painter, self._theme, self._icon, ink, frame.adjusted(inset, inset, -inset, -inset))
        if self.focus_seen():
            if self._ink is not None:
                rounded(painter, frame, sizes.radius, None, self._ink, sizes.focus)
            else:
                focus_ring(painter, self._theme, frame, sizes.radius)


class Choice(FocusSeen, QComboBox):
    """A choice of few things, painted like the other fields."""

    def __init__(self, theme: Theme, name: str = "") -> None:
        super().__init__()
        self._theme = theme
        self.setFont(theme.font())
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setAccessibleName(name)

    def sizeHint(self) -> QSize:
        """Room for the longest entry."""
        sizes = self._theme.sizes
        metrics = QFontMetrics(self.font())
        longest = max((metrics.horizontalAdvance(self.itemText(number)) for number in range(self.count())), default=sizes.three)
        return QSize(longest + sizes.half * 3 + sizes.icon + sizes.quarter, sizes.control)

    def minimumSizeHint(self) -> QSize:
        """May shrink, the entry is cut then."""
        return QSize(self._theme.sizes.three * 2, self._theme.sizes.control)

    def wheelEvent(self, event: QEvent) -> None:
        """The wheel scrolls the page; a choice never changes by passing over it."""
        event.ignore()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Frame, entry, chevron."""
        painter = QPainter(self)
        roles, sizes = self._theme.roles, self._theme.sizes
        frame = QRectF(self.rect())
        enabled = self.isEnabled()
        line = roles.field_border if self.underMouse() and enabled else roles.border
        rounded(painter, frame, sizes.radius, roles.raised if enabled else roles.hover, line)
        inner = self.rect().adjusted(sizes.half + sizes.quarter, 0, -sizes.half, 0)
        mark = QRectF(
            inner.right() - sizes.icon_small, (self.height() - sizes.icon_small) / 2, sizes.icon_small, sizes.icon_small
        )
        symbol(painter, self._theme, "chevron-down", roles.text_soft if enabled else roles.disabled, mark)
        inner.setRight(int(mark.left()) - sizes.quarter)
        elided(painter, inner, self.currentText(), self.font(), roles.text if enabled else roles.disabled)
        if self.focus_seen():
            focus_ring(painter, self._theme, frame, sizes.radius)


def _tick_size(theme: Theme) -> int:
    return theme.sizes.one + theme.sizes.stroke


class Check(FocusSeen, QCheckBox):
    """A yes or no with its words beside it."""

    def __init__(self, theme: Theme, text: str = "") -> None:
        super().__init__(text)
        self._theme = theme
        self.setFont(theme.font())
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def sizeHint(self) -> QSize:
        """Room for box and words."""
        sizes = self._theme.sizes
        width = QFontMetrics(self.font()).horizontalAdvance(self.text())
        return QSize(_tick_size(self._theme) + sizes.half + width + sizes.half, sizes.one_half)

    def hitButton(self, point: QPoint) -> bool:  # noqa: ARG002, N802 - Qt's name; the whole widget answers, words included
        """Box and words both answer."""
        return True

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Box, tick, words."""
        painter = QPainter(self)
        roles, sizes = self._theme.roles, self._theme.sizes
        side = _tick_size(self._theme)
        box = QRectF(0, (self.height() - side) / 2, side, side)
        enabled = self.isEnabled()
        if self.isChecked():
            rounded(painter, box, sizes.radius_small, roles.accent if enabled else roles.disabled)
            symbol(painter, self._theme, "check", roles.on_accent, box)
        else:
            line = roles.text_soft if self.underMouse() and enabled else roles.field_border
            rounded(painter, box, sizes.radius_small, roles.content, line)
        rect = self.rect().adjusted(int(box.right()) + sizes.half, 0, 0, 0)
        elided(painter, rect, self.text(), self.font(), roles.text if enabled else roles.disabled)
        if self.focus_seen():
            focus_ring(painter, self._theme, box, sizes.radius_small)


class Tab(FocusSeen, QAbstractButton):
    """One of several words in a row of which one is chosen; used by the screen tabs and the segments."""

    def __init__(self, theme: Theme, text: str, icon: str = "", *, underlined: bool = True) -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self._underlined = underlined
        self._tones = theme.tones(None)
        self._count = 0
        self.setCheckable(True)
        self.setAutoExclusive(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFont(theme.font())
        self.setText(text)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_tones(self, tones: Tones) -> None:
        """The colour of the line under the chosen tab."""
        self._tones = tones
        self.update()

    def set_count(self, count: int) -> None:
        """A number after the word; none for 0."""
        if count != self._count:
            self._count = count
            self.updateGeometry()
            self.update()

    def rename(self, text: str) -> None:
        """Other words, for another language."""
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def _count_text(self) -> str:
        return "" if not self._count else "99+" if self._count > 99 else str(self._count)

    def sizeHint(self) -> QSize:
        """Room for the strong words, so that choosing moves nothing."""
        sizes = self._theme.sizes
        width = QFontMetrics(self._theme.font(strong=True)).horizontalAdvance(self.text())
        if self._icon:
            width += sizes.icon + sizes.half
        if self._count:
            width += QFontMetrics(self._theme.font(Size.SMALL, tabular=True)).horizontalAdvance(self._count_text()) + sizes.half
        if self._underlined:
            return QSize(width + sizes.half * 3, sizes.tabs)
        return QSize(width + sizes.half * 3, sizes.control - sizes.quarter)

    minimumSizeHint = sizeHint

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Icon, word, count; a line or a raised surface when chosen."""
        painter = QPainter(self)
        roles, sizes = self._theme.roles, self._theme.sizes
        frame = QRectF(self.rect())
        chosen = self.isChecked()
        if self._underlined:
            if self.underMouse() and not chosen:
                rounded(painter, frame.adjusted(0, sizes.quarter, 0, -sizes.quarter), sizes.radius, roles.hover)
            if chosen:
                line = QRectF(
                    sizes.half,
                    self.height() - sizes.focus - sizes.hairline,
                    self.width() - sizes.one,
                    sizes.focus + sizes.hairline,
                )
                rounded(painter, line, sizes.focus / 2, self._tones.disc)
        elif chosen:
            rounded(painter, frame, sizes.radius - sizes.hairline, roles.raised, roles.border)
        ink = roles.text if chosen or self.underMouse() else roles.muted
        left = sizes.half + sizes.quarter
        if self._icon:
            symbol(painter, self._theme, self._icon, ink, QRectF(left, (self.height() - sizes.icon) / 2, sizes.icon, sizes.icon))
            left += sizes.icon + sizes.half
        rect = self.rect().adjusted(left, 0, -sizes.quarter, 0)
        taken = elided(painter, rect, one_line(self.text()), self._theme.font(strong=chosen), ink)
        if self._count:
            rect.setLeft(rect.left() + taken + sizes.half)
            elided(painter, rect, self._count_text(), self._theme.font(Size.SMALL, tabular=True), roles.muted)
        if self.focus_seen():
            focus_ring(
                painter,
                self._theme,
                frame.adjusted(0, sizes.quarter, 0, -sizes.quarter) if self._underlined else frame,
                sizes.radius,
            )

    def enterEvent(self, event: QEnterEvent) -> None:
        """Answers the pointer."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Lets go of the pointer."""
        super().leaveEvent(event)
        self.update()
