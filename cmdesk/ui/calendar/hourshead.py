"""What stands above the hours while they scroll: the days' names, their key dates, and the bars that run over them."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QEvent, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QHelpEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from cmdesk.ui.calendar import telling
from cmdesk.ui.calendar.bands import paint_bar, paint_date
from cmdesk.ui.calendar.entries import Page
from cmdesk.ui.calendar.ground import BarMark, stacked
from cmdesk.ui.calendar.hours import day_columns, gutter_width
from cmdesk.ui.calendar.painting import Brush
from cmdesk.ui.plaintext import escaped
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.paint import rounded

_BARS = 3


class HoursHead(QWidget):
    """``date_opened`` carries the day whose key date was clicked, ``day_opened`` the day whose name was, ``bar_opened`` a bar."""

    date_opened = Signal(object)
    day_opened = Signal(object)
    bar_opened = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._brush = Brush(theme)
        self._page: Page | None = None
        self._spare = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._dressed)

    def show_page(self, page: Page) -> None:
        """Other days."""
        self._page = page
        self.updateGeometry()
        self.update()

    def forget(self) -> None:
        """Drops what belonged to a client."""
        self._page = None
        self.update()

    def set_spare(self, width: int) -> None:
        """What the scroll bar below takes away at the right."""
        if width != self._spare:
            self._spare = width
            self.update()

    def _dressed(self) -> None:
        self._brush.dress()
        self.update()

    @property
    def _names(self) -> int:
        return self._theme.sizes.two + self._theme.sizes.half

    def _bars(self) -> list[tuple[BarMark, int]]:
        page = self._page
        return stacked(page.ground.bars, page.days[0], page.days[-1], _BARS)[0] if page is not None else []

    def sizeHint(self) -> QSize:
        """A line of names and numbers, one of key dates where there are some, and the bars."""
        sizes, page = self._theme.sizes, self._page
        high = self._names
        if page is not None:
            high += self._brush.line + sizes.quarter if any(page.ground.dates.get(day) for day in page.days) else 0
            high += (1 + max((line for _bar, line in self._bars()), default=-1)) * (self._brush.height + sizes.stroke)
        return QSize(sizes.one * 40, high)

    minimumSizeHint = sizeHint

    # ---- what lies where

    def _columns(self, page: Page) -> list[int]:
        return day_columns(gutter_width(self._theme, self._brush, page), self.width() - self._spare, len(page.days))

    def _day_at(self, x: int) -> date | None:
        page = self._page
        if page is None:
            return None
        columns = self._columns(page)
        return next((day for number, day in enumerate(page.days) if columns[number] <= x < columns[number + 1]), None)

    def _bar_rects(self, page: Page) -> list[tuple[BarMark, QRect, bool, bool]]:
        columns, sizes = self._columns(page), self._theme.sizes
        high = self._brush.height
        found = []
        for bar, line in self._bars():
            first, last = max(bar.first, page.days[0]), min(bar.last, page.days[-1])
            left = columns[page.days.index(first)] + sizes.quarter
            right = columns[page.days.index(last) + 1] - sizes.quarter
            bottom = self.height() - sizes.stroke - line * (high + sizes.stroke)
            found.append((bar, QRect(left, bottom - high, right - left, high), first == bar.first, last == bar.last))
        return found

    # ---- pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A bar, a key date or a day's name."""
        place, page = event.position().toPoint(), self._page
        day = self._day_at(place.x())
        if page is None or event.button() is not Qt.MouseButton.LeftButton:
            return
        bar = self._bar_at(place)
        if bar is not None:
            self.bar_opened.emit(bar)
        elif day is not None and place.y() < self._names:
            self.day_opened.emit(day)
        elif day is not None and page.ground.dates.get(day):
            self.date_opened.emit(day)

    def _bar_at(self, place: QPoint) -> BarMark | None:
        page = self._page
        return next((bar for bar, rect, *_ in self._bar_rects(page) if rect.contains(place)), None) if page is not None else None

    def event(self, event: QEvent) -> bool:
        """What a name that is cut says in full."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip and self._page is not None:
            bar, day = self._bar_at(event.pos()), self._day_at(event.pos().x())
            text = (
                bar.title if bar is not None else telling.dates(self._page.ground.dates.get(day, ())) if day is not None else ""
            )
            QToolTip.showText(event.globalPos(), f"<p>{escaped(text)}</p>" if text else "", self)
            return True
        return super().event(event)

    # ---- painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Names, key dates, bars."""
        page = self._page
        painter = QPainter(self)
        roles, sizes = self._theme.roles, self._theme.sizes
        painter.fillRect(self.rect(), roles.content)
        if page is None:
            return
        columns = self._columns(page)
        for number, day in enumerate(page.days):
            left, right = columns[number] + sizes.half, columns[number + 1]
            self._paint_day(painter, QRect(left, 0, right - left, self._names - sizes.quarter), day, page)
            marks = page.ground.dates.get(day)
            if marks:
                rect = QRect(left, self._names - sizes.quarter, right - left - sizes.quarter, self._brush.line)
                paint_date(painter, self._theme, self._brush, rect, marks, faint=day < page.today)
        for bar, rect, begins, ends in self._bar_rects(page):
            paint_bar(painter, self._theme, self._brush, rect, bar, begins, ends)
        painter.fillRect(QRect(0, self.height() - sizes.hairline, self.width(), sizes.hairline), roles.hairline)

    def _paint_day(self, painter: QPainter, rect: QRect, day: date, page: Page) -> None:
        roles, sizes = self._theme.roles, self._theme.sizes
        strong = self._theme.font(Size.LEAD, strong=True, tabular=True)
        metrics = QFontMetrics(strong)
        text = str(day.day)
        wide = metrics.horizontalAdvance(text)
        if day == page.today:
            tones = self._theme.tones(page.owner.colour if page.owner is not None else None)
            high = metrics.height() + sizes.stroke
            wide = max(high, wide + sizes.half)
            pill = QRectF(rect.left() - sizes.quarter, rect.center().y() - high / 2 + 0.5, wide, high)
            rounded(painter, pill, high / 2, tones.disc)
            painter.setFont(strong)
            painter.setPen(tones.on_disc)
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)
        else:
            ink = roles.text if day > page.today else roles.muted
            self._brush.label(painter, rect, text, ink, strong)
        name = rect.adjusted(wide + sizes.half, 0, -sizes.quarter, 0)
        words = page.formats.weekday(day.weekday())
        if QFontMetrics(self._brush.small).horizontalAdvance(words) > name.width():
            words = page.formats.weekday_short(day.weekday())
        self._brush.label(painter, name, words, roles.text_soft if day >= page.today else roles.muted)
