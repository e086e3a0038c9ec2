"""Paints entries: the same chip in the month, in the week and under the pointer while it is dragged."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPainterPath

from cmdesk.domain.account import Network
from cmdesk.ui.calendar.entries import Entry
from cmdesk.ui.i18n import Formats
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.paint import CHIPS, ChipLook, one_line, role_pair, rounded, symbol

#: The mark of each network: our own drawing, since a maker's logo is not ours to tint.
NETWORK_ICONS: Mapping[Network, str] = MappingProxyType(
    {Network.MASTODON: "network-mastodon", Network.PRACTICE: "network-practice"}
)

#: More of a post than this is never seen in a chip.
_SEEN = 160


class Brush:
    """Paints chips and keeps what is dear to compute: cut texts, fonts and their measures."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._cut: dict[tuple[str, int], str] = {}
        self._flat: dict[str, str] = {}
        self._times: dict[tuple[int, int, str], tuple[str, int]] = {}
        self.dress()

    def dress(self) -> None:
        """The theme changed, or what was painted is to be forgotten."""
        theme = self._theme
        self.small = theme.font(Size.SMALL)
        self.strong = theme.font(Size.SMALL, strong=True)
        self.figures = theme.font(Size.SMALL, strong=True, tabular=True)
        self._metrics = QFontMetrics(self.small)
        self._figure_metrics = QFontMetrics(self.figures)
        self._initials = theme.font(Size.SMALL, strong=True)
        self._initials.setPointSizeF(self.small.pointSizeF() * 0.86)
        self._initials_metrics = QFontMetrics(self._initials)
        self._cut.clear()
        self._flat.clear()
        self._times.clear()

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
            if len(self._flat) > 4000:
                self._flat.clear()
            self._flat[text] = one_line(text[:_SEEN])
        return self._flat[text]

    def cut(self, text: str, width: int) -> str:
        """Words that fit a width, with an ellipsis."""
        key = (text, width)
        if key not in self._cut:
            if len(self._cut) > 4000:
                self._cut.clear()
            self._cut[key] = self._metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, width))
        return self._cut[key]

    def time(self, entry: Entry, formats: Formats) -> tuple[str, int]:
        """The time of day of an entry and its width."""
        key = (entry.wall.hour, entry.wall.minute, formats.language)
        if key not in self._times:
            text = formats.time(entry.wall)
            self._times[key] = (text, self._figure_metrics.horizontalAdvance(text))
        return self._times[key]

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
        look = CHIPS.get(entry.row.state.value, ChipLook("info", "neutral"))
        ink, tint = role_pair(roles, look.role)
        tones = self._theme.tones(entry.owner.colour)
        painter.save()
        if faded:
            painter.setOpacity(0.55)
        frame = QRectF(rect)
        edge = self._ground(painter, frame, tones.soft if shared else tint, entry, named=shared)
        if chosen:
            rounded(painter, frame, sizes.radius_small, None, roles.focus, sizes.focus)
        left = rect.left() + edge + sizes.quarter
        right = rect.right() - sizes.quarter
        two = rect.height() >= self.tall
        first = QRect(left, rect.top(), right - left, rect.height())
        if two:
            first = QRect(left, rect.top() + sizes.quarter // 2, right - left, self.line)
        # On one line the words come first: the mark is left out before they are cut to nothing.
        if rect.width() >= sizes.one * (6 if two else 12):
            right = self._mark(painter, first, entry, right)
        left = self._state(painter, first, look.icon, ink)
        text_ink = roles.text_soft if entry.out else roles.text
        left = self._time(painter, QRect(left, first.top(), right - left, first.height()), entry, formats, text_ink)
        body = QRect(left, first.top(), right - left, first.height())
        if two:
            inner = rect.left() + edge + sizes.quarter
            body = QRect(inner, first.bottom() + 1, rect.right() - sizes.quarter - inner, self.line)
        self._text(painter, body, self.words(entry.row.preview), text_ink)
        painter.restore()

    def _ground(self, painter: QPainter, frame: QRectF, fill: QColor, entry: Entry, *, named: bool) -> int:
        """The quiet surface with the client's edge, which holds the initials where several clients meet; its width."""
        sizes = self._theme.sizes
        tones = self._theme.tones(entry.owner.colour)
        width = sizes.stroke + 1
        if named:
            width = self._initials_metrics.horizontalAdvance("MM") + sizes.quarter // 2
        path = QPainterPath()
        path.addRoundedRect(frame, sizes.radius_small, sizes.radius_small)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillPath(path, fill)
        painter.save()
        painter.setClipRect(QRectF(frame.left(), frame.top(), width, frame.height()))
        painter.fillPath(path, tones.disc)
        painter.restore()
        if named:
            painter.setFont(self._initials)
            painter.setPen(tones.on_disc)
            painter.drawText(
                QRectF(frame.left(), frame.top(), width, frame.height()), Qt.AlignmentFlag.AlignCenter, entry.owner.initials
            )
        return width

    def _mark(self, painter: QPainter, rect: QRect, entry: Entry, right: int) -> int:
        """The networks' marks at the right; where they begin."""
        sizes = self._theme.sizes
        side = self._metrics.ascent()
        networks = sorted({mark.network for mark in entry.row.accounts}, key=lambda one: one.value)
        for network in networks[:2]:
            right -= side
            box = QRectF(right, rect.top() + (rect.height() - side) / 2, side, side)
            symbol(painter, self._theme, NETWORK_ICONS[network], self._theme.roles.muted, box)
            right -= sizes.quarter
        return right

    def _state(self, painter: QPainter, rect: QRect, icon: str, ink: QColor) -> int:
        side = self._metrics.ascent()
        symbol(painter, self._theme, icon, ink, QRectF(rect.left(), rect.top() + (rect.height() - side) / 2, side, side))
        return rect.left() + side + self._theme.sizes.quarter

    def _time(self, painter: QPainter, rect: QRect, entry: Entry, formats: Formats, ink: QColor) -> int:
        text, width = self.time(entry, formats)
        if width > rect.width():
            return rect.left()
        painter.setFont(self.figures)
        painter.setPen(ink)
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, text)
        return rect.left() + width + self._theme.sizes.quarter + self._theme.sizes.stroke

    def _text(self, painter: QPainter, rect: QRect, text: str, ink: QColor) -> None:
        if rect.width() < self._theme.sizes.half:
            return
        painter.setFont(self.small)
        painter.setPen(ink)
        painter.drawText(rect, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, self.cut(text, rect.width()))

    def label(
        self, painter: QPainter, rect: QRect, text: str, ink: QColor, font: QFont | None = None, *, middle: bool = False
    ) -> None:
        """A line of small text of our own."""
        painter.setFont(font or self.small)
        painter.setPen(ink)
        side = Qt.AlignmentFlag.AlignHCenter if middle else Qt.AlignmentFlag.AlignLeft
        cut = QFontMetrics(font or self.small).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, cut)

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
