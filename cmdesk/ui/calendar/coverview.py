"""Who is there when: the clients' business hours over some days, the own hours under them, and the gaps that nobody covers."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from msgspec import Struct
from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cmdesk.domain.client import Colour
from cmdesk.ui.i18n import Formats
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.paint import disc, elided, rounded

#: The hours that a day shows: before and after nobody is open, nearly always.
FIRST_HOUR, LAST_HOUR = 6, 22


class CoverSpan(Struct, frozen=True):
    """Wall times (naive, of the user's zone) from and to."""

    start: datetime
    end: datetime


class CoverRow(Struct, frozen=True):
    """One client: when it is open, and where nobody is there for it. ``broken`` gaps break the promise to answer."""

    name: str
    initials: str
    colour: Colour
    open: tuple[CoverSpan, ...]
    gaps: tuple[CoverSpan, ...]
    broken: tuple[CoverSpan, ...] = ()
    note: str = ""


class CoverLook(Struct, frozen=True):
    """Some days of all clients; ``own`` is when the user works."""

    days: tuple[date, ...]
    own: tuple[CoverSpan, ...]
    rows: tuple[CoverRow, ...]
    formats: Formats


class CoverView(QWidget):
    """Paints one line per client over the days; gaps are hatched and, where a promise breaks, outlined."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._look: CoverLook | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.update)

    def show_look(self, look: CoverLook) -> None:
        """Other days."""
        self._look = look
        lines = [f"{row.name}: {row.note}" if row.note else row.name for row in look.rows]
        self.setAccessibleDescription(". ".join(lines))
        self.updateGeometry()
        self.update()

    @property
    def _line(self) -> int:
        return self._theme.sizes.three

    @property
    def _head(self) -> int:
        return self._theme.sizes.two

    @property
    def _names(self) -> int:
        return self._theme.sizes.one * 11

    def sizeHint(self) -> QSize:
        """A head, the own hours, and a line per client."""
        rows = len(self._look.rows) + 1 if self._look is not None else 1
        return QSize(self._theme.sizes.one * 56, self._head + rows * self._line + self._theme.sizes.half)

    minimumSizeHint = sizeHint

    def _x(self, look: CoverLook, moment: datetime) -> float:
        """Where an instant stands; what is outside of the hours shown is at their edge."""
        wide = (self.width() - self._names) / len(look.days)
        number = (moment.date() - look.days[0]).days
        hours = moment.hour + moment.minute / 60
        if number < 0:
            return float(self._names)
        if number >= len(look.days):
            return float(self.width())
        share = (min(LAST_HOUR, max(FIRST_HOUR, hours)) - FIRST_HOUR) / (LAST_HOUR - FIRST_HOUR)
        return self._names + wide * (number + share)

    def _spans(self, look: CoverLook, span: CoverSpan) -> list[tuple[float, float]]:
        """A span cut at midnights, since the night is not shown."""
        found = []
        begin = span.start
        while begin < span.end:
            midnight = datetime.combine(begin.date() + timedelta(days=1), datetime.min.time())
            end = min(span.end, midnight)
            last = end - timedelta(minutes=1) if end == midnight else end
            left, right = self._x(look, begin), self._x(look, last)
            if right - left >= 1:
                found.append((left, right))
            begin = midnight
        return found

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Days, own hours, clients."""
        look = self._look
        if look is None:
            return
        painter = QPainter(self)
        roles, sizes = self._theme.roles, self._theme.sizes
        wide = (self.width() - self._names) / len(look.days)
        small = self._theme.font(Size.SMALL)
        for number, day in enumerate(look.days):
            left = round(self._names + wide * number)
            painter.fillRect(QRect(left, 0, sizes.hairline, self.height()), roles.hairline)
            text = f"{look.formats.weekday_short(day.weekday())} {day.day}"
            elided(painter, QRect(left + sizes.half, 0, round(wide) - sizes.half, self._head), text, small, roles.text_soft)
        top = self._head
        painter.setFont(small)
        own = QRect(0, top, self._names - sizes.half, self._line)
        elided(painter, own, self.tr("Your hours"), self._theme.font(strong=True), roles.text)
        for span in look.own:
            for begin, end in self._spans(look, span):
                rounded(painter, QRectF(begin, top + sizes.half, end - begin, self._line - sizes.one), 3, roles.neutral_tint)
        for row in look.rows:
            top += self._line
            self._paint_row(painter, look, row, top)

    def _paint_row(self, painter: QPainter, look: CoverLook, row: CoverRow, top: int) -> None:
        roles, sizes = self._theme.roles, self._theme.sizes
        tones = self._theme.tones(row.colour)
        painter.fillRect(QRect(0, top, self.width(), sizes.hairline), roles.hairline)
        side = sizes.disc_small
        disc(painter, self._theme, QRectF(0, top + (self._line - side) / 2, side, side), row.initials, tones)
        left = side + sizes.half
        body = QFontMetrics(self._theme.font()).height()
        two = bool(row.note)
        first = QRect(left, top + (self._line - body * (2 if two else 1)) // 2, self._names - left - sizes.half, body)
        elided(painter, first, row.name, self._theme.font(), roles.text)
        if two:
            elided(
                painter,
                first.translated(0, body),
                row.note,
                self._theme.font(Size.SMALL),
                roles.danger if row.broken else roles.muted,
            )
        inset = sizes.half
        for span in row.open:
            for begin, end in self._spans(look, span):
                rounded(painter, QRectF(begin, top + inset, end - begin, self._line - 2 * inset), 3, tones.disc)
        for gap in row.gaps:
            for begin, end in self._spans(look, gap):
                frame = QRectF(begin, top + inset, end - begin, self._line - 2 * inset)
                rounded(painter, frame, 3, roles.content)
                rounded(painter, frame, 3, tones.soft, tones.disc, 1)
        for gap in row.broken:
            for begin, end in self._spans(look, gap):
                frame = QRectF(begin, top + inset, end - begin, self._line - 2 * inset)
                rounded(painter, frame, 3, roles.danger_tint, roles.danger, sizes.focus)
