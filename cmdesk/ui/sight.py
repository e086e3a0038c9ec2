"""The first sight: rail, band, tabs and what the day holds, painted while the rooms themselves are still being loaded.

Everything stands where the window shows it a moment later, so that nothing moves. Like ``cmdesk.ui.look`` it does without Qt's
namespace ``Qt``: words are drawn at a point, shapes are filled paths.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QFontMetrics, QFontMetricsF, QPainter, QPainterPath, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from cmdesk.services import today
from cmdesk.ui.look import CLEAR, Ready, Size, badge_text, font_of
from cmdesk.ui.today.summary import summary

if TYPE_CHECKING:
    from cmdesk.domain.views import ClientCard
    from cmdesk.services.desk import Desk
    from cmdesk.ui.i18n import Formats
    from cmdesk.ui.icons import Icons
    from cmdesk.ui.screens import Room


class FirstTab(Struct, frozen=True):
    """A tab as it is seen first: its words, its icon, and a count or 0."""

    words: str
    icon: str
    count: int = 0


class Seen(Struct, frozen=True):
    """All that the first sight shows. The first tab is the chosen one."""

    title: str
    tabs: tuple[FirstTab, ...]
    cards: tuple[ClientCard, ...]
    date: str
    summary: str


def seen_of(desk: Desk, rooms: Sequence[Room], formats: Formats) -> Seen:
    """What there is to see of all clients today, from a few plain reads."""
    cards = tuple(card for card in desk.cards() if not card.archived)
    awaiting = sum(card.awaiting for card in cards)
    day = formats.day(desk.clock.now().astimezone(ZoneInfo(desk.clock.zone_name())).date())
    return Seen(
        title=QCoreApplication.translate("Window", "All clients"),
        tabs=tuple(FirstTab(room.title(), room.icon, awaiting if room.key == "inbox" else 0) for room in rooms if room.tab),
        cards=cards,
        date=day[:1].upper() + day[1:],
        summary=summary(sum(card.needs_you for card in cards), awaiting, today.still_going_out(desk)),
    )


class Sight(QWidget):
    """Paints it, and calls ``then`` once it has been painted."""

    def __init__(self, ready: Ready, icons: Icons, seen: Seen, then: Callable[[], None]) -> None:
        super().__init__()
        self._ready, self._icons, self._seen = ready, icons, seen
        self._then: Callable[[], None] | None = then

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ground, rail, band, tabs, and the day in a line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sizes, roles = self._ready.sizes, self._ready.look.roles
        top = sizes.band + sizes.tabs
        _fill(painter, QRectF(0, 0, self.width(), self.height()), 0, roles.content)
        _fill(painter, QRectF(sizes.rail, sizes.band, self.width() - sizes.rail, sizes.tabs), 0, roles.shell)
        _fill(painter, QRectF(sizes.rail, top, self.width() - sizes.rail, sizes.hairline), 0, roles.hairline)
        self._paint_band(painter)
        self._paint_tabs(painter)
        self._paint_day(painter, top + sizes.hairline + sizes.one_half)
        self._paint_rail(painter)
        painter.end()
        then, self._then = self._then, None
        if then is not None:
            then()

    def _paint_band(self, painter: QPainter) -> None:
        sizes, tones = self._ready.sizes, self._ready.look.desk
        _fill(painter, QRectF(sizes.rail, 0, self.width() - sizes.rail, sizes.band), 0, tones.band)
        font = self._font(Size.LEAD, strong=True)
        self._word(painter, sizes.rail + sizes.one, QRectF(0, 0, 0, sizes.band), self._seen.title, font, tones.on_band)
        right = self.width() - sizes.half - sizes.control
        for place, icon in enumerate(("more", "search")):
            left = right - place * (sizes.control + sizes.quarter)
            self._icon(painter, icon, tones.on_band, QRectF(left, (sizes.band - sizes.control) / 2, sizes.control, sizes.control))

    def _paint_tabs(self, painter: QPainter) -> None:
        sizes, roles = self._ready.sizes, self._ready.look.roles
        plain, strong = self._font(), self._font(strong=True)
        small = self._font(Size.SMALL, tabular=True)
        left = sizes.rail + sizes.half
        for place, tab in enumerate(self._seen.tabs):
            chosen = place == 0
            ink = roles.text if chosen else roles.muted
            width = _width(strong, tab.words) + sizes.icon + sizes.half * 4
            count = badge_text(tab.count) if tab.count else ""
            if count:
                width += _width(small, count) + sizes.half
            box = QRectF(left, sizes.band, width, sizes.tabs)
            if chosen:
                thick = sizes.focus + sizes.hairline
                line = QRectF(left + sizes.half, box.bottom() - thick, width - sizes.one, thick)
                _fill(painter, line, sizes.focus / 2, self._ready.look.desk.disc)
            inner = left + sizes.half + sizes.quarter
            self._icon(painter, tab.icon, ink, QRectF(inner, box.top(), sizes.icon, sizes.tabs))
            inner += sizes.icon + sizes.half
            font = strong if chosen else plain
            self._word(painter, inner, box, tab.words, font, ink)
            if count:
                self._word(painter, inner + _width(font, tab.words) + sizes.half, box, count, small, roles.muted)
            left += width

    def _paint_day(self, painter: QPainter, top: int) -> None:
        sizes, roles = self._ready.sizes, self._ready.look.roles
        left = sizes.rail + sizes.half + sizes.one
        for text, font, ink in (
            (self._seen.date, self._font(Size.TITLE, strong=True), roles.text),
            (self._seen.summary, self._font(), roles.muted),
        ):
            # As a label stands: as high as its font wants, in whole pixels, its baseline at the nearest one.
            metrics = QFontMetricsF(font)
            height = math.ceil(metrics.height())
            down = round((height - metrics.height()) / 2 + metrics.ascent()) - QFontMetrics(font).ascent()
            painter.drawPixmap(QPointF(left, top + down), self._drawn(text, font, ink))
            top += height + sizes.quarter

    def _paint_rail(self, painter: QPainter) -> None:
        sizes, roles = self._ready.sizes, self._ready.look.roles
        _fill(painter, QRectF(0, 0, sizes.rail, self.height()), 0, roles.rail)
        _fill(painter, QRectF(sizes.rail - 1, 0, 1, self.height()), 0, roles.hairline)
        inset = (sizes.rail - sizes.disc) / 2
        box = QRectF(inset, sizes.half + (sizes.three - sizes.disc) / 2, sizes.disc, sizes.disc)
        painter.save()
        painter.setClipRect(0, 0, sizes.rail, self.height())
        _fill(painter, QRectF(-sizes.quarter, box.top(), sizes.half, sizes.disc), sizes.quarter, self._ready.look.desk.disc)
        painter.restore()
        _fill(painter, box, sizes.radius + sizes.quarter, roles.accent)
        self._icon(painter, "desk", roles.on_accent, box)
        top = sizes.half + sizes.three + sizes.quarter
        _fill(painter, QRectF((sizes.rail - sizes.two) // 2, top, sizes.two, sizes.hairline), 0, roles.hairline)
        top += sizes.hairline + 2 * sizes.quarter
        foot = self.height() - 2 * sizes.half - 2 * sizes.control - 2 * sizes.quarter
        painter.save()
        painter.setClipRect(0, top, sizes.rail, max(0, foot - top))
        for card in self._seen.cards:
            if top > foot:
                break
            self._paint_card(painter, card, QRectF(inset, top + (sizes.three - sizes.disc) / 2, sizes.disc, sizes.disc))
            top += sizes.three + sizes.quarter
        painter.restore()
        side = (sizes.rail - sizes.control) // 2
        below = self.height() - sizes.half - sizes.control
        for place, icon in enumerate(("settings", "plus")):
            where = QRectF(side, below - place * (sizes.control + sizes.quarter), sizes.control, sizes.control)
            self._icon(painter, icon, roles.text_soft, where)

    def _paint_card(self, painter: QPainter, card: ClientCard, box: QRectF) -> None:
        sizes, roles = self._ready.sizes, self._ready.look.roles
        if card.trouble is not None:
            _fill(painter, box, sizes.disc / 2, roles.danger)
            line = sizes.hairline
            _fill(painter, box.adjusted(line, line, -line, -line), sizes.disc / 2, roles.danger_tint)
            self._icon(painter, "repair", roles.danger, box)
            return
        tones = self._ready.tones(card.colour)
        path = QPainterPath()
        path.addEllipse(box)
        _shape(painter, path, tones.disc)
        letters = self._font(strong=True)
        letters.setPixelSize(max(1, round(box.height() * (0.4 if len(card.initials) > 1 else 0.46))))
        self._middle(painter, box, card.initials, letters, tones.on_disc)
        edge = sizes.stroke
        if card.awaiting:
            font, text = self._font(Size.SMALL, strong=True, tabular=True), badge_text(card.awaiting)
            height = QFontMetrics(font).height() + edge
            width = max(height, _width(font, text) + sizes.half + edge)
            right = min(box.right() + sizes.half, sizes.rail - edge)
            place = QRectF(right - width, box.top() - sizes.quarter, width, height)
            _fill(painter, place.adjusted(-edge, -edge, edge, edge), height, roles.rail)
            _fill(painter, place, height / 2, roles.text)
            self._middle(painter, place, text, font, roles.rail)
        if card.needs_you:
            place = QRectF(box.left() - sizes.quarter, box.bottom() - sizes.one + sizes.quarter, sizes.one, sizes.one)
            _fill(painter, place.adjusted(-edge, -edge, edge, edge), sizes.radius_small + edge, roles.rail)
            _fill(painter, place, sizes.radius_small, roles.danger)
            self._middle(painter, place, "!", self._font(Size.SMALL, strong=True), roles.on_danger)

    def _font(self, size: Size = Size.BODY, *, strong: bool = False, tabular: bool = False) -> QFont:
        return font_of(self._ready.base, size, strong=strong, tabular=tabular)

    def _word(  # noqa: PLR0917 - in the order in which Qt draws text
        self, painter: QPainter, left: float, band: QRectF, text: str, font: QFont, ink: QColor
    ) -> None:
        """One line, in the middle of the height of ``band``; what is too long is cut by the window itself."""
        top = int(band.top()) + (int(band.height()) - QFontMetrics(font).height()) // 2
        painter.drawPixmap(QPointF(left, top), self._drawn(text, font, ink))

    def _middle(self, painter: QPainter, box: QRectF, text: str, font: QFont, ink: QColor) -> None:
        metrics = QFontMetricsF(font)
        left = box.left() + (box.width() - metrics.horizontalAdvance(text)) / 2
        down = round(box.top() + (box.height() - metrics.height()) / 2 + metrics.ascent()) - QFontMetrics(font).ascent()
        painter.drawPixmap(QPointF(round(left), down), self._drawn(text, font, ink))

    def _drawn(self, text: str, font: QFont, ink: QColor) -> QPixmap:
        """Text in a colour: drawn in the painter's own, then filled, because a pen cannot be chosen without ``Qt``."""
        metrics, ratio = QFontMetrics(font), self.devicePixelRatioF()
        width, height = metrics.horizontalAdvance(text) + metrics.averageCharWidth(), metrics.height()
        pixmap = QPixmap(math.ceil(width * ratio), math.ceil(height * ratio))
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(CLEAR)
        painter = QPainter(pixmap)
        painter.setFont(font)
        painter.drawText(QPointF(0, metrics.ascent()), text)
        painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
        _fill(painter, QRectF(0, 0, width + 1, height + 1), 0, ink)
        painter.end()
        return pixmap

    def _icon(self, painter: QPainter, name: str, ink: QColor, box: QRectF) -> None:
        size = self._ready.sizes.icon
        pixmap = self._icons.pixmap(name, ink, size, self.devicePixelRatioF())
        painter.drawPixmap(QPointF(box.center().x() - size / 2, box.center().y() - size / 2), pixmap)


def _width(font: QFont, text: str) -> int:
    return QFontMetrics(font).horizontalAdvance(text)


def _fill(painter: QPainter, rect: QRectF, radius: float, colour: QColor) -> None:
    """Neither ``fillRect`` nor a brush of one's own: to choose among their forms Qt for Python makes every enumeration that
    one of the forms takes."""
    path = QPainterPath()
    path.addRoundedRect(rect, radius, radius)
    _shape(painter, path, colour)


def _shape(painter: QPainter, path: QPainterPath, colour: QColor) -> None:
    pen = painter.pen()
    pen.setColor(colour)
    painter.fillPath(path, pen.brush())


__all__ = ["FirstTab", "Seen", "Sight", "seen_of"]
