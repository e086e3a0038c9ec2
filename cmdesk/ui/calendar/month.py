"""The month: one widget that paints its weeks, days and entries itself."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date

from msgspec import Struct
from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent

from cmdesk.ui.calendar import telling
from cmdesk.ui.calendar.bands import paint_bar, paint_date
from cmdesk.ui.calendar.days import WEEK
from cmdesk.ui.calendar.entries import Entry, Landing, Page, Spot
from cmdesk.ui.calendar.ground import BarMark, SlotMark, stacked
from cmdesk.ui.calendar.pointer import Drag
from cmdesk.ui.calendar.surface import Surface
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.paint import focus_ring, rounded


class _Cell(Struct, frozen=True):
    """A day: its frame, the entries that fit, how many are folded below them, and the free slots that still have room."""

    day: date
    frame: QRect
    top: int
    chips: tuple[tuple[Entry, QRect], ...]
    folded: int
    folded_rect: QRect
    free: QRect
    slots: tuple[tuple[SlotMark, QRect], ...] = ()


class _Bar(Struct, frozen=True):
    """A bar in a week: where, and whether it begins and ends there."""

    bar: BarMark
    rect: QRect
    begins: bool
    ends: bool


#: How many campaigns and notes a week shows above its entries.
_BARS = 2


class MonthGrid(Surface):
    """Four to six weeks. A click on an empty day begins a post; where entries are, the line below them does."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._cells: list[_Cell] = []
        self._bars: list[_Bar] = []
        self._columns: list[int] = []
        self._rows: list[int] = []
        self.setMinimumSize(QSize(theme.sizes.three * 10, theme.sizes.three * 7))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size, another layout."""
        super().resizeEvent(event)
        self.lay_out()

    # ---- layout

    @property
    def _head(self) -> int:
        return self._brush.line + self._theme.sizes.half

    @property
    def _number(self) -> int:
        """How high the line with the day's number is."""
        return QFontMetrics(self._brush.figures).height() + self._theme.sizes.half + self._theme.sizes.stroke

    def lay_out(self) -> None:
        """Cells, chips and counts."""
        page = self._page
        if page is None:
            return
        count = len(page.days) // WEEK
        top = self._head
        self._columns = [round(self.width() * number / WEEK) for number in range(WEEK + 1)]
        self._rows = [top + round((self.height() - top) * number / count) for number in range(count + 1)]
        self._cells, self._bars = [], []
        for row in range(count):
            days = page.days[row * WEEK : (row + 1) * WEEK]
            below = self._lay_bars(row, days, page)
            room = self._rows[row + 1] - self._rows[row] - max(below)
            high = self._chip_height(room, max(len(page.board.day(day)) for day in days), page.zoom)
            top = self._rows[row] + self._number
            self._cells += [
                self._cell(row * WEEK + column, day, page, top + below[column], high) for column, day in enumerate(days)
            ]

    def _lay_bars(self, row: int, days: Sequence[date], page: Page) -> list[int]:
        """Places the bars of a week; returns, for each of its days, how much room they take."""
        below = [0] * WEEK
        sizes = self._theme.sizes
        high = self._brush.height + sizes.stroke
        found, _more = stacked(page.ground.bars, days[0], days[-1], _BARS)
        for bar, line in found:
            first, last = max(bar.first, days[0]), min(bar.last, days[-1])
            left = self._columns[(first - days[0]).days] + sizes.quarter + 1
            right = self._columns[(last - days[0]).days + 1] - sizes.quarter
            top = self._rows[row] + self._number + line * high
            rect = QRect(left, top, right - left, self._brush.height)
            self._bars.append(_Bar(bar, rect, bar.first == first, bar.last == last))
            for place in range((first - days[0]).days, (last - days[0]).days + 1):
                below[place] = max(below[place], (line + 1) * high)
        return below

    def _chip_height(self, room: int, most: int, zoom: int) -> int:
        """Two lines where the fullest day of the week has room for them, so that a week looks of one piece."""
        sizes = self._theme.sizes
        if zoom:
            return self._brush.tall if zoom > 0 else self._brush.height
        fits = self._number + most * (self._brush.tall + sizes.stroke) + sizes.quarter <= room
        return self._brush.tall if fits else self._brush.height

    def _cell(self, number: int, day: date, page: Page, top: int, high: int) -> _Cell:
        row, column = divmod(number, WEEK)
        frame = QRect(
            QPoint(self._columns[column], self._rows[row]), QPoint(self._columns[column + 1] - 1, self._rows[row + 1] - 1)
        )
        sizes = self._theme.sizes
        entries = page.board.day(day)
        gap = sizes.stroke
        left, width = frame.left() + sizes.quarter + 1, frame.width() - sizes.half - 1
        bottom = frame.bottom() - sizes.quarter // 2
        room = max(0, (bottom - top + gap) // (high + gap))
        shown: Sequence[Entry] = entries if len(entries) <= room else entries[: self._before_count(bottom - top, high, gap)]
        chips = tuple((entry, QRect(left, top + place * (high + gap), width, high)) for place, entry in enumerate(shown))
        below = QRect(left, top + len(shown) * (high + gap), width, self._brush.height)
        folded = len(entries) - len(shown)
        slots: list[tuple[SlotMark, QRect]] = []
        for mark in page.ground.slots.get(day, ()) if not folded else ():
            rect = below.translated(0, len(slots) * (below.height() + gap))
            # The last line of a day stays free, for a post at another time.
            if rect.bottom() + below.height() + gap > bottom:
                break
            slots.append((mark, rect))
        after = below.translated(0, len(slots) * (below.height() + gap))
        if not entries and not slots:
            free = QRect(frame.left() + 1, top, frame.width() - 1, frame.bottom() - top)
        else:
            free = QRect() if folded or after.bottom() > frame.bottom() else after
        return _Cell(day, frame, top, chips, folded, below if folded else QRect(), free, tuple(slots))

    def _before_count(self, room: int, high: int, gap: int) -> int:
        """How many chips stand above the line that counts the rest, which is never cut."""
        return max(0, (room - self._brush.height) // (high + gap))

    def _cell_at(self, place: QPoint) -> _Cell | None:
        if not self._cells or place.y() < self._rows[0] or not 0 <= place.x() < self.width() or place.y() >= self._rows[-1]:
            return None
        row = bisect_right(self._rows, place.y()) - 1
        column = bisect_right(self._columns, place.x()) - 1
        return self._cells[row * WEEK + min(column, WEEK - 1)]

    def cell_rect(self, day: date) -> QRect:
        """Where a day is painted; empty when it is not on the page."""
        return next((cell.frame for cell in self._cells if cell.day == day), QRect())

    def entry_at(self, place: QPoint) -> Entry | None:
        """The entry under a place."""
        cell = self._cell_at(place)
        return next((entry for entry, rect in cell.chips if rect.contains(place)), None) if cell is not None else None

    def spot_at(self, place: QPoint) -> Spot | None:
        """The day under a place."""
        cell = self._cell_at(place)
        return Spot(cell.day) if cell is not None else None

    def rect_of(self, entry: Entry) -> QRect:
        """Where its chip is."""
        return next((rect for cell in self._cells for one, rect in cell.chips if one.key == entry.key), QRect())

    def free_spot(self, place: QPoint) -> Spot | None:
        """Days to come, where no entry is."""
        cell, page = self._cell_at(place), self._page
        if cell is None or page is None or cell.day < page.today or not page.can_create:
            return None
        slot = next((mark for mark, rect in cell.slots if rect.contains(place)), None)
        if slot is not None:
            return Spot(cell.day, slot.minute)
        return Spot(cell.day) if cell.free.contains(place) else None

    def folded_at(self, place: QPoint) -> date | None:
        """The line "3 more" of a day."""
        cell = self._cell_at(place)
        return cell.day if cell is not None and cell.folded and cell.folded_rect.contains(place) else None

    def clicked_band(self, place: QPoint) -> bool:
        """A bar, or the key date beside a day's number."""
        bar = next((one.bar for one in self._bars if one.rect.contains(place)), None)
        if bar is not None:
            self.bar_opened.emit(bar)
            return True
        cell, page = self._cell_at(place), self._page
        if cell is None or page is None or not page.ground.dates.get(cell.day) or not self._date_rect(cell, page).contains(place):
            return False
        self.date_opened.emit(cell.day)
        return True

    def tip_at(self, place: QPoint) -> tuple[str, QRect] | None:
        """An entry, or what a name that is cut says in full."""
        bar = next((one for one in self._bars if one.rect.contains(place)), None)
        if bar is not None:
            return bar.bar.title, bar.rect
        cell, page = self._cell_at(place), self._page
        if cell is not None and page is not None and (marks := page.ground.dates.get(cell.day)):
            rect = self._date_rect(cell, page)
            if rect.contains(place):
                return telling.dates(marks), rect
        return super().tip_at(place)

    def _date_rect(self, cell: _Cell, page: Page) -> QRect:
        """The line beside the number of a day."""
        sizes = self._theme.sizes
        text = self._number_text(cell, page)
        left = cell.frame.left() + sizes.half * 2 + QFontMetrics(self._brush.figures).horizontalAdvance(text) + sizes.quarter
        top = cell.frame.top() + sizes.stroke
        return QRect(left, top, max(0, cell.frame.right() - sizes.quarter - left), self._number - sizes.stroke)

    def _number_text(self, cell: _Cell, page: Page) -> str:
        return str(cell.day.day) if cell.day.day > 1 else page.formats.date_short(cell.day)

    def step_by_key(self, key: Qt.Key) -> bool:
        """Home and End go to the ends of the week, the arrows to the neighbours."""
        ends = {Qt.Key.Key_Home: 0, Qt.Key.Key_End: WEEK - 1}.get(key)
        if ends is None or self._page is None:
            return super().step_by_key(key)
        days = self._page.days
        row = days.index(self._day) // WEEK if self._day in days else 0
        self.day_wanted.emit(days[row * WEEK + ends])
        return True

    # ---- painting

    def paint_page(self, painter: QPainter, area: QRect, page: Page) -> None:
        """Names of the days, then the days."""
        self._paint_head(painter, page)
        for cell in self._cells:
            if cell.frame.intersects(area):
                self._paint_cell(painter, cell, page)
        for bar in self._bars:
            paint_bar(painter, self._theme, self._brush, bar.rect, bar.bar, bar.begins, bar.ends)

    def _paint_head(self, painter: QPainter, page: Page) -> None:
        sizes, roles = self._theme.sizes, self._theme.roles
        for column in range(WEEK):
            left, right = self._columns[column], self._columns[column + 1]
            rect = QRect(left + sizes.half, 0, right - left - sizes.half, self._head - sizes.quarter)
            text = page.formats.weekday(page.days[column].weekday())
            if QFontMetrics(self._brush.small).horizontalAdvance(text) > rect.width():
                text = page.formats.weekday_short(page.days[column].weekday())
            self._brush.label(painter, rect, text, roles.muted)

    def _paint_cell(self, painter: QPainter, cell: _Cell, page: Page) -> None:
        roles, sizes = self._theme.roles, self._theme.sizes
        frame = cell.frame
        inside = (cell.day.year, cell.day.month) == (page.anchor.year, page.anchor.month)
        if not inside:
            painter.fillRect(frame, roles.sunken)
        painter.fillRect(QRect(frame.left(), frame.top(), frame.width(), sizes.hairline), roles.hairline)
        if frame.left() > 0:
            painter.fillRect(QRect(frame.left(), frame.top(), sizes.hairline, frame.height()), roles.hairline)
        self._paint_number(painter, cell, page, inside)
        for entry, rect in cell.chips:
            chosen = entry.key == self._chosen and self._drag is None
            self._brush.chip(painter, rect, entry, page.formats, shared=page.shared, chosen=chosen, faded=self.taken(entry))
        for mark, rect in cell.slots:
            clock = page.formats.time(page.now.replace(hour=mark.minute // 60, minute=mark.minute % 60))
            self._brush.ghost(painter, rect, clock, roles.muted, roles.hairline)
        marks = page.ground.dates.get(cell.day)
        if marks:
            paint_date(painter, self._theme, self._brush, self._date_rect(cell, page), marks, faint=cell.day < page.today)
        if cell.folded:
            text = self.tr("{count} more") if cell.chips else self.tr("{count} posts")
            ink = roles.text_soft
            rect = cell.folded_rect.adjusted(sizes.quarter, 0, 0, 0)
            self._brush.label(painter, rect, text.format(count=page.formats.number(cell.folded)), ink, self._brush.strong)

    def _paint_number(self, painter: QPainter, cell: _Cell, page: Page, inside: bool) -> None:
        roles, sizes = self._theme.roles, self._theme.sizes
        text = self._number_text(cell, page)
        font = self._brush.figures if inside and cell.day >= page.today else self._theme.font(Size.SMALL, tabular=True)
        top = cell.frame.top() + sizes.stroke
        rect = QRect(cell.frame.left() + sizes.half, top, cell.frame.width() - sizes.half, self._number - sizes.stroke)
        if cell.day != page.today:
            self._brush.label(painter, rect, text, roles.text if inside and cell.day > page.today else roles.muted, font)
            return
        tones = self._theme.tones(page.owner.colour if page.owner is not None else None)
        metrics = QFontMetrics(self._brush.figures)
        high = metrics.height() + sizes.stroke
        wide = max(high, metrics.horizontalAdvance(text) + sizes.half)
        pill = QRectF(cell.frame.left() + sizes.quarter, rect.center().y() - high / 2 + 0.5, wide, high)
        rounded(painter, pill, high / 2, tones.disc)
        painter.setFont(self._brush.figures)
        painter.setPen(tones.on_disc)
        painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, text)

    def paint_live(self, painter: QPainter, page: Page) -> None:  # noqa: ARG002 - the week needs it
        """The ring around the current day, and what a click would begin."""
        sizes, roles = self._theme.sizes, self._theme.roles
        if self.hasFocus() and self._chosen is None:
            frame = self.cell_rect(self._day)
            if frame.isValid():
                focus_ring(painter, self._theme, QRectF(frame).adjusted(1, 1, 0, 0), sizes.radius_small)
        cell = next((cell for cell in self._cells if self._hover is not None and cell.day == self._hover.day), None)
        if cell is not None and self._hover is not None:
            slot = next((rect for mark, rect in cell.slots if mark.minute == self._hover.minute), None)
            if slot is not None:
                self._brush.ghost(painter, slot, self.tr("New post"), roles.text_soft, roles.field_border)
                return
            rect = QRect(cell.free.left(), cell.free.top(), cell.free.width(), self._brush.height)
            if not cell.chips and not cell.slots:
                rect = QRect(
                    cell.frame.left() + sizes.quarter + 1, cell.free.top(), cell.frame.width() - sizes.half - 1, rect.height()
                )
            self._brush.ghost(painter, rect, self.tr("New post"), roles.text_soft, roles.field_border)

    def paint_landing(self, painter: QPainter, drag: Drag, spot: Spot, landing: Landing) -> None:
        """The day it would land on, with its hour there."""
        page = self._page
        cell = next((cell for cell in self._cells if cell.day == spot.day), None)
        if page is None or cell is None:
            return
        roles, sizes = self._theme.roles, self._theme.sizes
        wrong = landing.refusal is not None
        tones = self._theme.tones(drag.colour)
        line = roles.danger if wrong else tones.text
        rounded(painter, QRectF(cell.frame).adjusted(1, 1, 0, 0), sizes.radius_small, None, line, sizes.focus)
        last = cell.chips[-1][1].bottom() + sizes.stroke if cell.chips else cell.top
        top = min(last, cell.frame.bottom() - self._brush.height - sizes.quarter)
        rect = QRect(cell.frame.left() + sizes.quarter + 1, top, cell.frame.width() - sizes.half - 1, self._brush.height)
        text = self._landing_words(landing, page)
        self._brush.ghost(painter, rect, text, roles.danger if wrong else roles.text, line, strong=True)

    def _landing_words(self, landing: Landing, page: Page) -> str:
        if landing.refusal is not None:
            return self.tr("Not in the past")
        return page.formats.moment(landing.wall) if landing.sentence else page.formats.time(landing.wall)

    def described(self, page: Page) -> str:
        """The current day."""
        return telling.day(self._day, page)

    def sizeHint(self) -> QSize:
        """As large as there is room."""
        return QSize(self._theme.sizes.one * 60, self._theme.sizes.one * 40)
