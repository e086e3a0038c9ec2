"""Draws the few shapes that lists, calendars and widgets share, so that a disc is the same disc everywhere."""

import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from types import MappingProxyType

from msgspec import Struct
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPen, QPixmap, QTextLayout

from cmdesk.domain.client import initials
from cmdesk.ui.theme import Roles, Size, Theme, Tones

Flag = Qt.AlignmentFlag


class ChipLook(Struct, frozen=True):
    """A state by shape (icon) and colour (role): never by colour alone."""

    icon: str
    role: str


#: Every state a post, delivery or message list may show, by its key.
CHIPS: Mapping[str, ChipLook] = MappingProxyType(
    {
        "draft": ChipLook("draft", "neutral"),
        "planned": ChipLook("planned", "info"),
        "sending": ChipLook("sending", "info"),
        "processing": ChipLook("processing", "info"),
        "sent": ChipLook("check-circle", "positive"),
        "partly_sent": ChipLook("warning", "warning"),
        "held": ChipLook("late", "warning"),
        "needs_you": ChipLook("warning", "warning"),
        "uncertain": ChipLook("uncertain", "doubt"),
        "refused": ChipLook("refused", "danger"),
        "cancelled": ChipLook("cancelled", "neutral"),
        "gone": ChipLook("gone", "neutral"),
        "care": ChipLook("favourite", "danger"),
        "over": ChipLook("clock", "danger"),
        "soon": ChipLook("clock", "warning"),
    }
)


def role_pair(roles: Roles, role: str) -> tuple[QColor, QColor]:
    """The text colour and the quiet surface of a role: "positive", "warning", "danger", "info", "doubt" or "neutral"."""
    text: QColor = getattr(roles, role)
    tint: QColor = getattr(roles, f"{role}_tint")
    return text, tint


def rounded(  # noqa: PLR0917 - in the order in which Qt draws shapes
    painter: QPainter, rect: QRectF, radius: float, fill: QColor | None, line: QColor | None = None, width: float = 1
) -> None:
    """A rounded rectangle, its line inside the rectangle so that nothing is cut."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setBrush(fill if fill is not None else Qt.BrushStyle.NoBrush)
    if line is None:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.drawRoundedRect(rect, radius, radius)
        return
    painter.setPen(QPen(line, width))
    half = width / 2
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)


def elided(  # noqa: PLR0917 - in the order in which Qt draws text
    painter: QPainter, rect: QRect, text: str, font: QFont, colour: QColor, align: Flag = Flag.AlignLeft
) -> int:
    """One line of text, cut with an ellipsis; returns the width it took."""
    width = max(0, rect.width())
    shown, taken = _fitted(text, _Font(font), width) if len(text) < _REMEMBERED else _fit(text, font, width)
    painter.setFont(font)
    painter.setPen(colour)
    painter.drawText(rect, _flags(align), shown)
    return min(rect.width(), taken)


#: Longer texts are not worth the memory of having been measured.
_REMEMBERED = 300


def _fit(text: str, font: QFont, width: int) -> tuple[str, int]:
    metrics, shown = QFontMetrics(font), one_line(text)
    taken = metrics.horizontalAdvance(shown)
    if taken < width:  # nearly always, and to have it measured costs half of having it cut
        return shown, taken
    shown = metrics.elidedText(shown, Qt.TextElideMode.ElideRight, width)
    return shown, metrics.horizontalAdvance(shown)


class _Font:
    """A font that can be remembered: Qt's own has no hash."""

    __slots__ = ("font", "key")

    def __init__(self, font: QFont) -> None:
        self.font, self.key = font, font.key()

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Font) and self.key == other.key

    def __hash__(self) -> int:
        return hash(self.key)


@lru_cache(maxsize=2048)
def _fitted(text: str, font: _Font, width: int) -> tuple[str, int]:
    """As ``_fit``: while a list scrolls the same words are fitted for every picture."""
    return _fit(text, font.font, width)


@lru_cache(maxsize=16)
def _flags(align: Flag) -> int:
    return int(align | Flag.AlignVCenter) | Qt.TextFlag.TextSingleLine.value


def elided_marked(painter: QPainter, theme: Theme, rect: QRect, text: str, marks: Sequence[tuple[int, int]]) -> None:
    """One quiet line in which what was searched for stands out; ``marks`` are half-open ranges of code points."""
    font = theme.font()
    shown = QFontMetrics(font).elidedText(text, Qt.TextElideMode.ElideRight, max(0, rect.width()))
    layout = QTextLayout(shown, font)
    ranges = []
    for start, end in marks:
        # Qt counts in UTF-16, and what was cut away is not marked.
        piece = QTextLayout.FormatRange()
        piece.start = len(text[:start].encode("utf-16-le")) // 2
        piece.length = min(len(text[start:end].encode("utf-16-le")) // 2, len(shown.encode("utf-16-le")) // 2 - piece.start)
        if piece.length > 0:
            piece.format.setForeground(theme.roles.text)
            piece.format.setBackground(theme.roles.warning_tint)
            ranges.append(piece)
    layout.setFormats(ranges)
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(rect.width() * 2)
    layout.endLayout()
    painter.setPen(theme.roles.muted)
    layout.draw(painter, QPointF(rect.left(), rect.center().y() - line.height() / 2 + 1))


def one_line(text: str, most: int = 400) -> str:
    """Text made fit for one line of a list: no control characters, no direction overrides, not longer than can be seen."""
    cut = text[: most * 2]
    if cut.isprintable():  # then it holds neither of them, and nearly every text is
        return " ".join(cut.split())[:most]
    flat = "".join(" " if unicodedata.category(character) == "Cc" else character for character in cut)
    return " ".join("".join(c for c in flat if c not in DIRECTIONS).split())[:most]


#: Characters that change the direction of the text after them: they could make a name read as another.
DIRECTIONS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")


def disc(painter: QPainter, theme: Theme, rect: QRectF, letters: str, tones: Tones) -> None:
    """A client's disc: initials on its colour."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(tones.disc)
    painter.drawEllipse(rect)
    _letters(painter, theme, rect, letters, tones.on_disc)


def face(painter: QPainter, theme: Theme, rect: QRectF, name: str, picture: QPixmap | None) -> None:
    """A person: the picture in a circle, or quiet initials (people are neutral, only clients have a colour)."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    if picture is not None and not picture.isNull():
        path = QPainterPath()
        path.addEllipse(rect)
        painter.save()
        painter.setClipPath(path)
        side = min(picture.width(), picture.height())
        source = QRectF((picture.width() - side) / 2, (picture.height() - side) / 2, side, side)
        painter.drawPixmap(rect, picture, source)
        painter.restore()
        return
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.roles.neutral_tint)
    painter.drawEllipse(rect)
    _letters(painter, theme, rect, initials(one_line(name)) if name.strip() else "?", theme.roles.neutral)


def _letters(painter: QPainter, theme: Theme, rect: QRectF, letters: str, colour: QColor) -> None:
    painter.setFont(theme.letters(round(rect.height() * (0.4 if len(letters) > 1 else 0.46))))
    painter.setPen(colour)
    painter.drawText(rect, Flag.AlignCenter, letters)


def sharpness(painter: QPainter) -> float:
    """How many pixels a length of one takes: those of the screen, or of the picture that a widget is drawn into."""
    return max(painter.device().devicePixelRatioF(), painter.deviceTransform().m11())


def symbol(painter: QPainter, theme: Theme, name: str, colour: QColor, rect: QRectF) -> None:
    """An icon in the middle of a rectangle, as large as the rectangle's smaller side."""
    size = round(min(rect.width(), rect.height()))
    pixmap = theme.pixmap(name, colour, size, sharpness(painter))
    painter.drawPixmap(QPointF(rect.center().x() - size / 2, rect.center().y() - size / 2), pixmap)


def chip_width(theme: Theme, text: str) -> int:
    """How wide a state chip is."""
    sizes = theme.sizes
    return (
        QFontMetrics(theme.font(Size.SMALL, strong=True)).horizontalAdvance(text)
        + sizes.icon_small
        + sizes.quarter
        + sizes.half * 2
        + sizes.stroke
    )


def chip_height(theme: Theme) -> int:
    """How high a state chip is."""
    return theme.sizes.one + theme.sizes.quarter + theme.sizes.quarter // 2


def chip(painter: QPainter, theme: Theme, rect: QRect, state: str, text: str) -> None:
    """A state chip: icon and word on its tint. An unknown key shows as neutral text, so a new state is never invisible."""
    look = CHIPS.get(state, ChipLook("info", "neutral"))
    colour, tint = role_pair(theme.roles, look.role)
    sizes = theme.sizes
    rounded(painter, QRectF(rect), rect.height() / 2, tint)
    inner = rect.adjusted(sizes.half, 0, -sizes.half, 0)
    mark = QRectF(inner.left(), inner.center().y() - sizes.icon_small / 2 + 0.5, sizes.icon_small, sizes.icon_small)
    symbol(painter, theme, look.icon, colour, mark)
    inner.setLeft(inner.left() + sizes.icon_small + sizes.quarter)
    elided(painter, inner, text, theme.font(Size.SMALL, strong=True), colour)


def pill_size(theme: Theme, text: str) -> tuple[int, int]:
    """Width and height of a count pill."""
    metrics = QFontMetrics(theme.font(Size.SMALL, strong=True, tabular=True))
    height = metrics.height() + theme.sizes.stroke
    return max(height, metrics.horizontalAdvance(text) + theme.sizes.half + theme.sizes.stroke), height


def pill(  # noqa: PLR0917 - as above
    painter: QPainter, theme: Theme, rect: QRectF, text: str, fill: QColor, ink: QColor
) -> None:
    """A count on a pill."""
    rounded(painter, rect, rect.height() / 2, fill)
    painter.setFont(theme.font(Size.SMALL, strong=True, tabular=True))
    painter.setPen(ink)
    painter.drawText(rect, Flag.AlignCenter, text)


def focus_ring(painter: QPainter, theme: Theme, rect: QRectF, radius: float) -> None:
    """The ring around what has the keyboard."""
    rounded(painter, rect, radius, None, theme.roles.focus, theme.sizes.focus)
