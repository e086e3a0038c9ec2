"""The year at a glance: twelve small months in which the tone of a day says how much is on it."""

from __future__ import annotations

from datetime import date

from msgspec import Struct
from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QResizeEvent

from cmdesk.ui.calendar.bands import date_icon
from cmdesk.ui.calendar.days import WEEK, month_days
from cmdesk.ui.calendar.entries import Entry, Page, Spot
from cmdesk.ui.calendar.heat import cell, level
from cmdesk.ui.calendar.surface import Surface
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.paint import elided, focus_ring, rounded, symbol

_MONTHS = 12


class _Month(Struct, frozen=True):
    """A small month: its first day, its frame, and where its days are."""

    first: date
    frame: QRect
    days: dict[date, QRect]


class YearGrid(Surface):
    """A click makes a day current, Enter or a double click opens it; the name of a month opens the month."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._months: list[_Month] = []
        self._tones: list[tuple[QColor, QColor]] = []
        self._most = 0
        self.setMinimumSize(QSize(theme.sizes.three * 10, theme.sizes.three * 8))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size, another layout."""
        super().resizeEvent(event)
        self.lay_out()

    # ---- layout

    @property
    def _title(self) -> int:
        return self._brush.line + self._theme.sizes.half

    def lay_out(self) -> None:
        """Twelve months in three or four columns."""
        page = self._page
        if page is None:
            return
        sizes = self._theme.sizes
        wide = 4 if self.width() >= sizes.one * 46 else 3
        rows = _MONTHS // wide
        left, top, gap = sizes.one_half, sizes.quarter, sizes.two
        breadth = (min(self.width(), sizes.one * 96) - 2 * left - (wide - 1) * gap) // wide
        height = (self.height() - top - (rows - 1) * sizes.half) // rows
        self._months = []
        for number in range(_MONTHS):
            row, column = divmod(number, wide)
            frame = QRect(left + column * (breadth + gap), top + row * (height + sizes.half), breadth, height)
            self._months.append(self._month(page, date(page.anchor.year, number + 1, 1), frame))
        tones = self._theme.tones(page.owner.colour if page.owner is not None else None)
        self._tones = [cell(tones, self._theme.roles, one) for one in range(1, 5)]
        self._most = max(page.counts.values(), default=0)

    def _month(self, page: Page, first: date, frame: QRect) -> _Month:
        head = self._title + self._brush.line
        high = max(1, (frame.height() - head) // 6)
        found = {}
        for number, day in enumerate(month_days(first, page.formats.first_weekday)):
            if day.month != first.month:
                continue
            row, column = divmod(number, WEEK)
            left = frame.left() + frame.width() * column // WEEK
            right = frame.left() + frame.width() * (column + 1) // WEEK
            found[day] = QRect(left + 1, frame.top() + head + row * high + 1, right - left - 2, high - 2)
        return _Month(first, frame, found)

    def _month_of(self, day: date) -> _Month | None:
        return next((month for month in self._months if (month.first.year, month.first.month) == (day.year, day.month)), None)

    def day_rect(self, day: date) -> QRect:
        """Where a day is; empty when it is in another year."""
        month = self._month_of(day)
        return month.days.get(day, QRect()) if month is not None else QRect()

    def spot_at(self, place: QPoint) -> Spot | None:
        """The day under a place."""
        month = next((one for one in self._months if one.frame.contains(place)), None)
        if month is None:
            return None
        return next((Spot(day) for day, rect in month.days.items() if rect.adjusted(-1, -1, 1, 1).contains(place)), None)

    def folded_at(self, place: QPoint) -> date | None:
        """The name of a month leads to it."""
        for month in self._months:
            if QRect(month.frame.topLeft(), QSize(month.frame.width(), self._title)).contains(place):
                return month.first
        return None

    def rect_of(self, entry: Entry) -> QRect:
        """Where the day of an entry is."""
        return self.day_rect(entry.day)

    def double_clicked(self, place: QPoint) -> None:
        """A day is opened."""
        spot = self.spot_at(place)
        if spot is not None:
            self.day_opened.emit(spot.day)

    def enter(self) -> None:
        """Opens the current day."""
        self.day_opened.emit(self._day)

    def tip_at(self, place: QPoint) -> tuple[str, QRect] | None:
        """A day and how much is on it."""
        spot, page = self.spot_at(place), self._page
        return (self.described_day(spot.day, page), self.day_rect(spot.day)) if spot is not None and page is not None else None

    # ---- painting

    def paint_page(self, painter: QPainter, area: QRect, page: Page) -> None:
        """Twelve months."""
        for month in self._months:
            if month.frame.intersects(area):
                self._paint_month(painter, month, page)

    def _paint_month(self, painter: QPainter, month: _Month, page: Page) -> None:
        roles, sizes = self._theme.roles, self._theme.sizes
        name = page.formats.month(month.first.month)
        title = QRect(month.frame.left() + sizes.quarter, month.frame.top(), month.frame.width() - sizes.half, self._title)
        past = (month.first.year, month.first.month) < (page.today.year, page.today.month)
        elided(painter, title, name[:1].upper() + name[1:], self._theme.font(strong=True), roles.muted if past else roles.text)
        total = sum(page.counts.get(day, 0) for day in month.days)
        if total:
            text = page.formats.number(total)
            figures = self._theme.font(Size.SMALL, tabular=True)
            elided(painter, title, text, figures, roles.muted, Qt.AlignmentFlag.AlignRight)
        painter.setFont(self._brush.small)
        painter.setPen(roles.muted)
        for column in range(WEEK):
            letter = page.formats.weekday_short((page.formats.first_weekday + column) % WEEK)[:1].upper()
            left = month.frame.left() + month.frame.width() * column // WEEK
            right = month.frame.left() + month.frame.width() * (column + 1) // WEEK
            rect = QRect(left, month.frame.top() + self._title, right - left, self._brush.line)
            painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, letter)
        for day, rect in month.days.items():
            self._paint_day(painter, day, rect, page)

    def _paint_day(self, painter: QPainter, day: date, rect: QRect, page: Page) -> None:
        roles, sizes = self._theme.roles, self._theme.sizes
        strength = level(page.counts.get(day, 0), self._most)
        ink = roles.muted if day < page.today else roles.text_soft
        if strength:
            paper, ink = self._tones[strength - 1]
            rounded(painter, QRectF(rect), sizes.radius_small, paper)
        if day == page.today:
            rounded(painter, QRectF(rect), sizes.radius_small, None, roles.danger, sizes.focus)
        painter.setFont(self._brush.figures if day == page.today else self._brush.small)
        painter.setPen(ink)
        painter.drawText(rect, Qt.AlignmentFlag.AlignCenter, str(day.day))
        # A year would be strewn with them: only days off, days of restraint and the client's own are marked.
        marks = [one for one in page.ground.dates.get(day, ()) if one.free or one.gentle or one.own]
        side = sizes.half
        room = (rect.width() - QFontMetrics(self._brush.figures).horizontalAdvance("30")) // 2
        if marks and room >= side:
            corner = QRectF(rect.right() - side, rect.top() + 1, side, side)
            symbol(painter, self._theme, date_icon(marks[0]), ink, corner)

    def paint_live(self, painter: QPainter, page: Page) -> None:  # noqa: ARG002 - hours need it
        """The ring around the current day."""
        if self.hasFocus():
            frame = self.day_rect(self._day)
            if frame.isValid():
                focus_ring(painter, self._theme, QRectF(frame).adjusted(-1, -1, 1, 1), self._theme.sizes.radius_small)
