"""Paints entries: the same chip in the month, in the week and under the pointer while it is dragged."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct
from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath, QPixmap, QStaticText, QTextLayout, QTransform

from cmdesk.domain.account import Network
from cmdesk.domain.client import Colour
from cmdesk.domain.delivery import PostState
from cmdesk.ui.calendar.entries import Entry
from cmdesk.ui.i18n import Formats
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.paint import CHIPS, ChipLook, one_line, role_pair, rounded, sharpness, symbol

#: The mark of each network: our own drawing, since a maker's logo is not ours to tint.
NETWORK_ICONS: Mapping[Network, str] = MappingProxyType(
    {
        Network.MASTODON: "network-mastodon",
        Network.BLUESKY: "network-bluesky",
        Network.PRACTICE: "network-practice",
    }
)

#: More of a post than this is never seen in a chip.
_SEEN = 160
#: How many texts and how many grounds are kept; a crowded month has 150 and some forty of them.
_KEPT, _KEPT_PLATES = 2000, 300


#: A small picture of an entry, square and round at its corners, by the length of its side.
Pictures = Callable[[Entry, int], QPixmap | None]


#: More labels than these are no longer told apart.
_DOTS = 3


class _Plate(Struct, frozen=True):
    """The ground of a chip, and where on it words may begin, time begins, and both end."""

    picture: QPixmap
    words: int
    left: int
    right: int


class Brush:
    """Paints chips and keeps what is dear to compute: cut texts, fonts and their measures."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._pictures: Pictures | None = None
        self._labels: Mapping[str, Colour] = {}
        self._cuts: dict[tuple[str, int, int], Sequence[QStaticText]] = {}
        self._flat: dict[str, str] = {}
        self._times: dict[tuple[int, int, str], tuple[QStaticText, int]] = {}
        self._plates: dict[tuple[object, ...], _Plate] = {}
        self.dress()

    def dress(self) -> None:
        """The theme changed."""
        theme = self._theme
        self.small = theme.font(Size.SMALL)
        self.strong = theme.font(Size.SMALL, strong=True)
        self.figures = theme.font(Size.SMALL, strong=True, tabular=True)
        self._metrics = QFontMetrics(self.small)
        self._figure_metrics = QFontMetrics(self.figures)
        self._initials = QFont(self.strong)
        self._initials.setPointSizeF(self.small.pointSizeF() * 0.86)
        self._initials_metrics = QFontMetrics(self._initials)
        self._cuts.clear()
        self._plates.clear()
        self._flat.clear()
        self._times.clear()

    def set_pictures(self, pictures: Pictures | None) -> None:
        """How to get the small picture of an entry: a square of so many pixels, or None while there is none."""
        self._pictures = pictures

    def set_labels(self, labels: Mapping[str, Colour]) -> None:
        """The colours of labels, which stand as dots on the chips that bear them."""
        self._labels = labels

    def _dots(self, entry: Entry) -> tuple[Colour, ...]:
        return tuple(self._labels[name] for name in entry.row.labels if name in self._labels)[:_DOTS]

    def forget(self) -> None:
        """Drops the words of a client; the grounds of chips have none."""
        self._cuts.clear()
        self._flat.clear()

    @property
    def line(self) -> int:
        """How high a line of small text is."""
        return self._metrics.height()

    @property
    def height(self) -> int:
        """How high a chip of one line is."""
        return self._metrics.height() + self._theme.sizes.quarter

    @property
    def tall(self) -> int:
        """How high a chip of two lines is."""
        return 2 * self._metrics.height() + self._theme.sizes.quarter

    def words(self, text: str) -> str:
        """The first words of a post, fit for one line."""
        if text not in self._flat:
            if len(self._flat) > _KEPT:
                self._flat.clear()
            self._flat[text] = one_line(text[:_SEEN])
        return self._flat[text]

    def chip(
        self,
        painter: QPainter,
        rect: QRect,
        entry: Entry,
        formats: Formats,
        *,
        shared: bool,
        chosen: bool = False,
        faded: bool = False,
    ) -> None:
        """An entry in a rectangle: on one line, or on two when there is room for them."""
        sizes, roles = self._theme.sizes, self._theme.roles
        before = painter.opacity()
        if faded:
            painter.setOpacity(before * 0.5)
        lines = self.lines_in(rect.height())
        picture = self._picture_for(entry, rect, lines)
        spare = 0 if picture is None else round(picture.deviceIndependentSize().width()) + sizes.quarter
        plate = self._plate(entry, rect.width(), rect.height(), shared, sharpness(painter), spare)
        painter.drawPixmap(rect.topLeft(), plate.picture)
        if picture is not None:
            side = spare - sizes.quarter
            painter.drawPixmap(rect.right() + 1 - side - sizes.stroke, rect.top() + sizes.stroke, picture)
        if chosen:
            rounded(painter, QRectF(rect), sizes.radius_small, None, roles.focus, sizes.focus)
        painter.setPen(roles.text_soft if entry.out else roles.text)
        line = self._metrics.height()
        top = rect.top() + (sizes.quarter // 2 if lines > 1 else (rect.height() - line) // 2)
        left, room = rect.left() + plate.left, plate.right - plate.left
        text, wide = self._time(entry, formats)
        if wide <= room:
            painter.setFont(self.figures)
            painter.drawStaticText(QPointF(left, top), text)
            left += wide + sizes.quarter + sizes.stroke
            room -= wide + sizes.quarter + sizes.stroke
        if lines > 1:
            left, room = rect.left() + plate.words, rect.width() - plate.words - sizes.quarter - spare
            top += line
        if room >= sizes.half:
            painter.setFont(self.small)
            for words in self._cut(entry.row.preview, room, max(1, lines - 1)):
                painter.drawStaticText(QPointF(left, top), words)
                top += line
        painter.setOpacity(before)

    def lines_in(self, height: int) -> int:
        """How many lines of text a chip of this height has."""
        return max(1, (height - self._theme.sizes.quarter) // self._metrics.height())

    def _picture_for(self, entry: Entry, rect: QRect, lines: int) -> QPixmap | None:
        """The small picture of an entry, where the chip has room for it beside the words."""
        if entry.row.picture is None or self._pictures is None or lines < 2 or rect.width() < self._theme.sizes.one * 7:
            return None
        return self._pictures(entry, min(rect.height(), self._theme.sizes.three) - 2 * self._theme.sizes.stroke)

    def _time(self, entry: Entry, formats: Formats) -> tuple[QStaticText, int]:
        """The time of day of an entry and its width."""
        key = (entry.wall.hour, entry.wall.minute, formats.language)
        if key not in self._times:
            text = formats.time(entry.wall)
            self._times[key] = (_laid_out(text, self.figures), self._figure_metrics.horizontalAdvance(text))
        return self._times[key]

    def _cut(self, text: str, width: int, lines: int) -> Sequence[QStaticText]:
        """The first words of a post as far as so many lines of a width go, with an ellipsis."""
        key = (text, width, lines)
        if key not in self._cuts:
            if len(self._cuts) > _KEPT:
                self._cuts.clear()
            self._cuts[key] = [_laid_out(line, self.small) for line in self._broken(self.words(text), max(0, width), lines)]
        return self._cuts[key]

    def _broken(self, text: str, width: int, lines: int) -> list[str]:
        """Breaks a text into lines; the last one is cut."""
        found: list[str] = []
        rest = text
        layout = QTextLayout(text, self.small)
        if lines > 1:
            layout.beginLayout()
            while len(found) < lines - 1:
                line = layout.createLine()
                if not line.isValid():
                    break
                line.setLineWidth(width)
                begin, end = line.textStart(), line.textStart() + line.textLength()
                found.append(_utf16(text, begin, end).rstrip())
                rest = _utf16(text, end, None)
            layout.endLayout()
        if rest.strip():
            found.append(self._metrics.elidedText(rest.strip(), Qt.TextElideMode.ElideRight, width))
        return found

    def _plate(self, entry: Entry, width: int, height: int, shared: bool, ratio: float, spare: int) -> _Plate:  # noqa: PLR0917 - as painted
        """What many chips have in common, painted once: ground, edge or initials, state and networks."""
        networks = tuple(sorted({mark.network.value for mark in entry.row.accounts}))
        kind = (entry.row.state, networks, entry.row.has_media, self._dots(entry))
        key = (entry.owner.colour, entry.owner.initials if shared else "", kind, width, height, ratio, spare)
        if key not in self._plates:
            if len(self._plates) > _KEPT_PLATES:
                self._plates.clear()
            picture = QPixmap(max(1, round(width * ratio)), max(1, round(height * ratio)))
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            painter = QPainter(picture)
            self._plates[key] = self._paint_plate(painter, QRect(0, 0, width, height), entry, shared, picture, spare)
            painter.end()
        return self._plates[key]

    def _paint_plate(  # noqa: PLR0917 - as painted
        self, painter: QPainter, rect: QRect, entry: Entry, shared: bool, picture: QPixmap, spare: int
    ) -> _Plate:
        sizes = self._theme.sizes
        look = CHIPS.get(entry.row.state.value, ChipLook("info", "neutral"))
        ink, tint = role_pair(self._theme.roles, look.role)
        tones = self._theme.tones(entry.owner.colour)
        edge = self._initials_metrics.horizontalAdvance("MM") + sizes.quarter // 2 if shared else sizes.stroke + 1
        path = QPainterPath()
        path.addRoundedRect(QRectF(rect), sizes.radius_small, sizes.radius_small)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(path, tones.soft if shared else tint)
        painter.setClipRect(QRect(0, 0, edge, rect.height()))
        painter.fillPath(path, tones.disc)
        painter.setClipping(False)
        if shared:
            painter.setFont(self._initials)
            painter.setPen(tones.on_disc)
            painter.drawText(QRect(0, 0, edge, rect.height()), Qt.AlignmentFlag.AlignCenter, entry.owner.initials)
        two = self.lines_in(rect.height()) > 1
        side = self._metrics.ascent()
        top = (sizes.quarter // 2 + (self.line - side) / 2) if two else (rect.height() - side) / 2
        words = edge + sizes.quarter
        right = rect.width() - sizes.quarter - spare
        # On one line the words come first: the mark is left out before they are cut to nothing.
        if rect.width() >= sizes.one * (6 if two else 12):
            networks = sorted({mark.network for mark in entry.row.accounts}, key=lambda one: one.value)
            marks = [NETWORK_ICONS[network] for network in networks[:2]]
            if entry.row.has_media and not spare:
                marks.append("image")
            for colour in self._dots(entry):
                dot = side * 0.62
                right -= round(dot)
                rounded(painter, QRectF(right, top + (side - dot) / 2, dot, dot), dot / 2, self._theme.tones(colour).disc)
                right -= sizes.quarter // 2
            for mark in marks:
                right -= side
                symbol(painter, self._theme, mark, self._theme.roles.muted, QRectF(right, top, side, side))
                right -= sizes.quarter
        # Where there is hardly room for the time, only a state that is out of the ordinary keeps its mark.
        if rect.width() < sizes.one * 5 and entry.row.state is PostState.PLANNED:
            return _Plate(picture, words, words, right)
        symbol(painter, self._theme, look.icon, ink, QRectF(words, top, side, side))
        return _Plate(picture, words, words + side + sizes.quarter, right)

    def label(
        self, painter: QPainter, rect: QRect, text: str, ink: QColor, font: QFont | None = None, *, middle: bool = False
    ) -> None:
        """A line of small text of our own."""
        painter.setFont(font or self.small)
        painter.setPen(ink)
        side = Qt.AlignmentFlag.AlignHCenter if middle else Qt.AlignmentFlag.AlignLeft
        metrics = QFontMetrics(font) if font is not None else self._metrics
        if metrics.horizontalAdvance(text) >= rect.width():
            text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, text)

    def ghost(self, painter: QPainter, rect: QRect, text: str, ink: QColor, line: QColor, *, strong: bool = False) -> None:
        """Where something would land, or begin: a dashed outline with its time."""
        sizes = self._theme.sizes
        frame = QRectF(rect)
        rounded(painter, frame, sizes.radius_small, self._theme.roles.content)
        pen = painter.pen()
        pen.setColor(line)
        pen.setStyle(Qt.PenStyle.DashLine)
        pen.setWidthF(sizes.focus if strong else sizes.hairline)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(frame.adjusted(0.5, 0.5, -0.5, -0.5), sizes.radius_small, sizes.radius_small)
        inner = rect.adjusted(sizes.quarter + sizes.stroke, 0, -sizes.quarter, 0)
        self.label(painter, inner, text, ink, self.figures if strong else None)

    def hatch(self, painter: QPainter, rect: QRect, ink: QColor) -> None:
        """Slanted lines over a time that does not exist, or exists twice."""
        painter.save()
        painter.setClipRect(rect)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(ink)
        gap = self._theme.sizes.half
        for start in range(rect.left() - rect.height(), rect.right(), gap):
            painter.drawLine(QPointF(start, rect.bottom()), QPointF(start + rect.height(), rect.top()))
        painter.restore()


def _laid_out(text: str, font: QFont) -> QStaticText:
    """A text whose glyphs are chosen once."""
    made = QStaticText(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    made.prepare(QTransform(), font)
    return made


def _utf16(text: str, begin: int, end: int | None) -> str:
    """A piece of a text by Qt's own count of characters."""
    if text.isascii():
        return text[begin:end]
    raw = text.encode("utf-16-le", "surrogatepass")
    return raw[begin * 2 : None if end is None else end * 2].decode("utf-16-le", "surrogatepass")
