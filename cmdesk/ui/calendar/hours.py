"""The hours of a week or of a day: entries of one time side by side, free slots, and a line where now is."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from msgspec import Struct
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy

from cmdesk.ui.calendar.days import MINUTES, MORNING
from cmdesk.ui.calendar.entries import Entry, Landing, Page, Spot
from cmdesk.ui.calendar.ground import SlotMark
from cmdesk.ui.calendar.lanes import lanes
from cmdesk.ui.calendar.moving import snapped
from cmdesk.ui.calendar.painting import Brush
from cmdesk.ui.calendar.pointer import Drag
from cmdesk.ui.calendar.surface import Surface
from cmdesk.ui.theme import Theme
from cmdesk.ui.widgets.paint import focus_ring, rounded

#: Hours that most people work; the rest of the day is a shade darker.
WORK_BEGINS, WORK_ENDS = 8, 18
#: The earliest hour that is shown by itself.
EARLY = 6
#: How much higher an hour is, by the level of the zoom.
ZOOMS: Mapping[int, float] = MappingProxyType({-1: 0.7, 0: 1.0, 1: 1.6, 2: 2.4, 3: 3.6})


class _Block(Struct, frozen=True):
    """A place in the grid: one entry, or several folded into a count."""

    rect: QRect
    day: date
    entries: tuple[Entry, ...]


def closed_spans(page: Page, day: date) -> list[tuple[int, int]]:
    """Minutes of a day that are shaded: outside of the hours agreed with the client, else outside of usual ones."""
    spans = ((WORK_BEGINS * 60, WORK_ENDS * 60),) if page.ground.open_hours is None else page.ground.open_hours.get(day, ())
    found, begin = [], 0
    for start, end in sorted(spans):
        if start > begin:
            found.append((begin, start))
        begin = max(begin, end)
    if begin < MINUTES:
        found.append((begin, MINUTES))
    return found


def gutter_width(theme: Theme, brush: Brush, page: Page) -> int:
    """How wide the column of hours is."""
    metrics = QFontMetrics(brush.strong)
    widest = page.formats.time(page.now.replace(hour=22, minute=58))
    return metrics.horizontalAdvance(widest) + theme.sizes.one


def day_columns(left: int, width: int, count: int) -> list[int]:
    """Where the days begin, and where the last one ends."""
    return [left + round((width - left) * number / count) for number in range(count + 1)]


class HoursGrid(Surface):
    """The hours of seven days, inside a scroll area. A click on an empty hour begins a post there."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._blocks: list[_Block] = []
        self._columns: list[int] = [0, 0]
        self._minute = MORNING
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._fix_height()

    # ---- layout

    @property
    def hour(self) -> int:
        """How high an hour is."""
        level = self._page.zoom if self._page is not None else 0
        return round(self._theme.sizes.three * ZOOMS.get(level, 1.0))

    def _fix_height(self) -> None:
        self.setFixedHeight(self.hour * 24 + self._theme.sizes.half)

    def y_of(self, minute: float) -> int:
        """Where a minute of the day is."""
        return self._theme.sizes.quarter + round(minute * self.hour / 60)

    @property
    def _length(self) -> int:
        """How many minutes a chip of two lines covers."""
        high = max(self._brush.tall, self.hour // 2 - 3) + 3  # what is left between entries that follow each other
        return -(-high * 60 // self.hour)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, other columns."""
        super().resizeEvent(event)
        self.lay_out()

    def lay_out(self) -> None:
        """Columns and the entries in them."""
        page = self._page
        if page is None:
            return
        self._fix_height()
        self._columns = day_columns(gutter_width(self._theme, self._brush, page), self.width(), len(page.days))
        self._blocks = [block for number, day in enumerate(page.days) for block in self._blocks_of(number, day, page)]

    def _blocks_of(self, number: int, day: date, page: Page) -> list[_Block]:
        entries = page.board.day(day)
        sizes = self._theme.sizes
        left, right = self._columns[number] + sizes.stroke + 1, self._columns[number + 1] - sizes.half
        narrowest = sizes.three
        most = max(1, (right - left) // narrowest)
        found: list[_Block] = []
        for lane in lanes([entry.minute for entry in entries], self._length, most):
            begin = left + (right - left) * lane.column // lane.columns
            after = lane.column + lane.span
            end = left + (right - left) * after // lane.columns - (1 if after < lane.columns else 0)
            rect = QRect(QPoint(begin, self.y_of(lane.start)), QPoint(end - 1, self.y_of(lane.end) - 2))
            found.append(_Block(rect, day, tuple(entries[member] for member in lane.members)))
        return found

    @property
    def blocks(self) -> list[tuple[QRect, tuple[Entry, ...]]]:
        """What is painted where."""
        return [(block.rect, block.entries) for block in self._blocks]

    def _block_at(self, place: QPoint) -> _Block | None:
        return next((block for block in self._blocks if block.rect.contains(place)), None)

    def entry_at(self, place: QPoint) -> Entry | None:
        """The entry under a place."""
        block = self._block_at(place)
        return block.entries[0] if block is not None and len(block.entries) == 1 else None

    def folded_at(self, place: QPoint) -> date | None:
        """A count of folded entries."""
        block = self._block_at(place)
        return block.day if block is not None and len(block.entries) > 1 else None

    def rect_of(self, entry: Entry) -> QRect:
        """Where it is painted."""
        return next((b.rect for b in self._blocks if len(b.entries) == 1 and b.entries[0].key == entry.key), QRect())

    def _spot(self, place: QPoint, y: float) -> Spot | None:
        if self._page is None or not self._columns[0] <= place.x() < self._columns[-1]:
            return None
        column = min(bisect_right(self._columns, place.x()) - 1, len(self._page.days) - 1)
        return Spot(self._page.days[column], snapped((y - self._theme.sizes.quarter) * 60 / self.hour))

    def spot_at(self, place: QPoint) -> Spot | None:
        """Day and quarter of an hour under a place."""
        return self._spot(place, place.y())

    def drop_spot(self, place: QPoint, grip: QPoint) -> Spot | None:
        """The top of the entry says its time, not the pointer."""
        return self._spot(place, place.y() - grip.y())

    def free_spot(self, place: QPoint) -> Spot | None:
        """The half hour under a place, if it is still to come."""
        spot, page = self.spot_at(place), self._page
        if spot is None or spot.minute is None or page is None or not page.can_create or self._block_at(place) is not None:
            return None
        slot = self._slot_at(place)
        half = (place.y() - self._theme.sizes.quarter) * 60 // self.hour // 30 * 30
        spot = Spot(spot.day, slot.minute if slot is not None else max(0, min(MINUTES - 30, half)))
        return spot if (spot.day, spot.minute or 0) > (page.today, page.now.hour * 60 + page.now.minute) else None

    def _slot_marks(self) -> list[tuple[SlotMark, QRect]]:
        """The free slots that no entry covers, each with its place."""
        page = self._page
        if page is None:
            return []
        found = []
        for day, marks in page.ground.slots.items():
            for mark in marks if day in page.days else ():
                rect = self._slot(day, mark.minute, self._length, page)
                if not any(block.day == day and block.rect.intersects(rect) for block in self._blocks):
                    found.append((mark, rect))
        return found

    def _slot_at(self, place: QPoint) -> SlotMark | None:
        return next((mark for mark, rect in self._slot_marks() if rect.contains(place)), None)

    # ---- keyboard

    def take_spot(self, spot: Spot) -> None:
        """A click made an hour the current one."""
        self._minute = (spot.minute if spot.minute is not None else self._minute) // 60 * 60
        super().take_spot(spot)

    def spot(self) -> Spot:
        """The hour that the keyboard stands on."""
        return Spot(self._day, self._minute)

    def step_by_key(self, key: Qt.Key) -> bool:
        """Up and down move the hour, left and right the day."""
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End}:
            goal = {Qt.Key.Key_Home: WORK_BEGINS * 60, Qt.Key.Key_End: WORK_ENDS * 60}.get(key)
            if goal is None:
                goal = self._minute + (60 if key is Qt.Key.Key_Down else -60)
            self._minute = max(0, min(MINUTES - 60, goal))
            self._chosen = None
            self._reach(self.y_of(self._minute), self.y_of(self._minute + 60))
            self.update()
            self.announce()
            return True
        return super().step_by_key(key)

    def entries_here(self, page: Page) -> tuple[Entry, ...]:
        """The entries of the current hour."""
        return tuple(entry for entry in page.board.day(self._day) if self._minute <= entry.minute < self._minute + 60)

    def described(self, page: Page) -> str:
        """Day and hour."""
        hour = page.formats.hour(self._minute // 60)
        count = len(self.entries_here(page))
        day = page.formats.day(self._day)
        if count == 0:
            return self.tr("{day}, {hour}. Nothing planned.").format(day=day, hour=hour)
        if count == 1:
            return self.tr("{day}, {hour}. One post.").format(day=day, hour=hour)
        return self.tr("{day}, {hour}. {count} posts.").format(day=day, hour=hour, count=page.formats.number(count))

    def show_entry(self, entry: Entry) -> None:
        """Scrolls to it."""
        self._minute = entry.minute // 60 * 60
        self._reach(self.y_of(entry.minute), self.y_of(entry.minute + 60))

    def _reach(self, top: int, bottom: int) -> None:
        viewport = self.parentWidget()
        area = viewport.parentWidget() if viewport is not None else None
        if isinstance(area, QScrollArea):
            area.ensureVisible(0, (top + bottom) // 2, 0, (bottom - top) // 2 + self._theme.sizes.one)

    # ---- painting

    def paint_page(self, painter: QPainter, area: QRect, page: Page) -> None:
        """Hours, days, changes of the clock, entries, now."""
        self._paint_hours(painter, page)
        self._paint_clock_changes(painter, page)
        for mark, rect in self._slot_marks():
            if rect.intersects(area):
                self._paint_slot(painter, mark, rect, page)
        for block in self._blocks:
            if block.rect.intersects(area):
                self._paint_block(painter, block, page)
        self._paint_now(painter, page)

    def _paint_hours(self, painter: QPainter, page: Page) -> None:
        roles, sizes = self._theme.roles, self._theme.sizes
        left, width = self._columns[0], self.width() - self._columns[0]
        for number, day in enumerate(page.days):
            right = self._columns[number + 1]
            for begin, end in closed_spans(page, day):
                shade = QRect(QPoint(self._columns[number], self.y_of(begin)), QPoint(right - 1, self.y_of(end) - 1))
                painter.fillRect(shade, roles.sunken)
        now = self.y_of(page.now.hour * 60 + page.now.minute) if page.today in page.days else -self.height()
        for hour in range(25):
            y = self.y_of(hour * 60)
            painter.fillRect(QRect(left, y, width, sizes.hairline), roles.hairline)
            # Where the time of now stands, the hour beside it would be cut.
            if 0 < hour < 24 and abs(y - now) > self._brush.line:
                rect = QRect(0, y - self._brush.line // 2, left - sizes.half, self._brush.line)
                painter.setFont(self._brush.small)
                painter.setPen(roles.muted)
                painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, page.formats.hour(hour))
        for x in self._columns[:-1]:
            painter.fillRect(QRect(x, 0, sizes.hairline, self.height()), roles.hairline)

    def _paint_clock_changes(self, painter: QPainter, page: Page) -> None:
        roles, sizes = self._theme.roles, self._theme.sizes
        for number, day in enumerate(page.days):
            for begin, end, twice in page.clock_changes.get(day, ()):
                left, right = self._columns[number] + 1, self._columns[number + 1]
                rect = QRect(QPoint(left, self.y_of(begin) + 1), QPoint(right - 1, self.y_of(end) - 1))
                painter.fillRect(rect, roles.warning_tint)
                self._brush.hatch(painter, rect, roles.hairline)
                text = self.tr("This hour comes twice") if twice else self.tr("This hour does not exist")
                self._brush.label(painter, rect.adjusted(sizes.half, 0, -sizes.quarter, 0), text, roles.warning)

    def _paint_slot(self, painter: QPainter, mark: SlotMark, rect: QRect, page: Page) -> None:
        """A faint place that waits for a post."""
        roles = self._theme.roles
        clock = page.formats.time(page.now.replace(hour=mark.minute // 60, minute=mark.minute % 60))
        text = self.tr("{time}, free slot").format(time=clock)
        self._brush.ghost(painter, rect.adjusted(0, 0, 0, -2), text, roles.muted, roles.border)

    def _paint_block(self, painter: QPainter, block: _Block, page: Page) -> None:
        roles, sizes = self._theme.roles, self._theme.sizes
        rounded(painter, QRectF(block.rect).adjusted(-1, -1, 1, 1), sizes.radius_small, roles.content)
        if len(block.entries) > 1:
            rounded(painter, QRectF(block.rect), sizes.radius_small, roles.neutral_tint)
            count = page.formats.number(len(block.entries))
            text = self.tr("{count} more").format(count=count)
            if QFontMetrics(self._brush.strong).horizontalAdvance(text) > block.rect.width() - sizes.half:
                text = f"+{count}"
            self._brush.label(painter, block.rect, text, roles.text_soft, self._brush.strong, middle=True)
            return
        entry = block.entries[0]
        chosen = entry.key == self._chosen and self._drag is None
        self._brush.chip(painter, block.rect, entry, page.formats, shared=page.shared, chosen=chosen, faded=self.taken(entry))

    def _paint_now(self, painter: QPainter, page: Page) -> None:
        if page.today not in page.days:
            return
        sizes = self._theme.sizes
        ink = self._theme.roles.danger
        number = page.days.index(page.today)
        y = self.y_of(page.now.hour * 60 + page.now.minute)
        left, right = self._columns[number], self._columns[number + 1]
        painter.fillRect(QRect(left, y - sizes.focus // 2, right - left, sizes.focus), ink)
        dot = sizes.half * 1.1
        rounded(painter, QRectF(left - dot / 2, y - dot / 2, dot, dot), dot / 2, ink)
        text = page.formats.time(page.now)
        rect = QRect(0, y - self._brush.line // 2, self._columns[0] - sizes.half, self._brush.line)
        painter.fillRect(rect.adjusted(0, -sizes.quarter, 0, sizes.quarter), self._theme.roles.content)
        painter.setFont(self._brush.strong)
        painter.setPen(ink)
        painter.drawText(rect, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)

    def paint_live(self, painter: QPainter, page: Page) -> None:
        """The ring around the current hour, and what a click would begin."""
        roles = self._theme.roles
        if self.hasFocus() and self._chosen is None and self._day in page.days:
            self._paint_ring(painter, self._slot(self._day, self._minute, 60, page), page)
        if self._hover is not None and self._hover.minute is not None:
            rect = self._slot(self._hover.day, self._hover.minute, 30, page)
            spot = self._hover.minute
            clock = page.now.replace(hour=spot // 60, minute=spot % 60)
            text = self.tr("New post, {time}").format(time=page.formats.time(clock))
            self._brush.ghost(painter, rect, text, roles.text_soft, roles.field_border)

    def _paint_ring(self, painter: QPainter, slot: QRect, page: Page) -> None:
        """Around the hour, and behind what stands in it: the ring says where, the post stays whole."""
        focus_ring(painter, self._theme, QRectF(slot), self._theme.sizes.radius_small)
        crossed = [block for block in self._blocks if block.rect.intersects(slot)]
        for block in crossed:
            self._paint_block(painter, block, page)
        if crossed:
            self._paint_now(painter, page)

    def _slot(self, day: date, minute: int, length: int, page: Page) -> QRect:
        number = page.days.index(day)
        left, right = self._columns[number] + self._theme.sizes.stroke + 1, self._columns[number + 1] - self._theme.sizes.half
        return QRect(QPoint(left, self.y_of(minute)), QPoint(right - 1, self.y_of(minute + length) - 1))

    def paint_landing(self, painter: QPainter, drag: Drag, spot: Spot, landing: Landing) -> None:
        """The quarter of an hour it would land on, with its time."""
        page = self._page
        if page is None or spot.minute is None or spot.day not in page.days:
            return
        roles = self._theme.roles
        wrong = landing.refusal is not None
        line = roles.danger if wrong else self._theme.tones(drag.colour).text
        rect = self._slot(spot.day, spot.minute, self._length, page)
        text = self.tr("Not in the past") if wrong else page.formats.time(landing.wall)
        self._brush.ghost(painter, rect, text, roles.danger if wrong else roles.text, line, strong=True)
