"""Paints what days have in common above their entries: the name of a key date, and the bars of campaigns and notes."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter

from cmdesk.ui.calendar.ground import BarMark, DateMark
from cmdesk.ui.calendar.painting import Brush
from cmdesk.ui.theme import Theme
from cmdesk.ui.widgets.paint import rounded, symbol


def date_icon(mark: DateMark) -> str:
    """A day that asks for restraint is told by another shape, not by colour alone."""
    return "key-date-gentle" if mark.gentle else "key-date"


def paint_date(painter: QPainter, theme: Theme, brush: Brush, rect: QRect, marks: tuple[DateMark, ...], *, faint: bool) -> None:
    """The names of a day's key dates on one line: as many as there is room for."""
    first = marks[0]
    roles, sizes = theme.roles, theme.sizes
    ink = roles.muted if faint else roles.warning if first.gentle else roles.text_soft
    side = brush.line - sizes.stroke
    if rect.width() < side:
        return
    symbol(painter, theme, date_icon(first), ink, QRectF(rect.left(), rect.center().y() - side / 2 + 0.5, side, side))
    words = rect.adjusted(side + sizes.quarter, 0, 0, 0)
    text = first.name
    if len(marks) > 1:
        extra = f" +{len(marks) - 1}"
        metrics = QFontMetrics(brush.small)
        room = words.width() - metrics.horizontalAdvance(extra) - sizes.stroke
        text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, max(0, room)) + extra
    if words.width() > sizes.one:
        brush.label(painter, words, text, ink)


def paint_bar(  # noqa: PLR0917 - as painted
    painter: QPainter, theme: Theme, brush: Brush, rect: QRect, bar: BarMark, begins: bool, ends: bool
) -> None:
    """A bar over days, open at the side where it goes on; a note is outlined, a campaign is filled."""
    tones, sizes = theme.tones(bar.colour), theme.sizes
    radius = sizes.radius_small
    # What goes on beyond the row is drawn past the edge and cut, so that its end looks open.
    frame = QRectF(rect.adjusted(0 if begins else -radius, 0, 0 if ends else radius, 0))
    painter.save()
    painter.setClipRect(rect)
    rounded(painter, frame, radius, theme.roles.content if bar.note else tones.soft, theme.roles.border if bar.note else None, 1)
    if not bar.note and begins:
        rounded(painter, QRectF(rect.left(), rect.top(), sizes.stroke + 1, rect.height()), 1, tones.disc)
    painter.restore()
    side = brush.line - sizes.stroke * 2
    left = rect.left() + sizes.quarter + sizes.stroke
    if bar.note:
        icon = "note" if bar.shared else "lock"
        symbol(painter, theme, icon, tones.text, QRectF(left, rect.center().y() - side / 2 + 0.5, side, side))
        left += side + sizes.quarter
    brush.label(painter, QRect(left, rect.top(), rect.right() - left - sizes.quarter, rect.height()), bar.title, tones.text)
