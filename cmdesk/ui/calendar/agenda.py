"""The agenda: a list of entries grouped by day, painted by one widget whatever its length."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import date, timedelta

from msgspec import Struct
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy

from cmdesk.ui import wording
from cmdesk.ui.calendar.bands import paint_date
from cmdesk.ui.calendar.entries import Entry, Page
from cmdesk.ui.calendar.painting import NETWORK_ICONS
from cmdesk.ui.calendar.surface import Surface
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.paint import chip, chip_height, chip_width, disc, elided, rounded, symbol


class _Line(Struct, frozen=True):
    """A line of the list: the head of a day, or an entry of it."""

    day: date
    entry: Entry | None
    top: int
    height: int


class AgendaList(Surface):
    """Days that have entries, and today. ``whole`` False lists one day only, without its head."""

    def __init__(self, theme: Theme, *, whole: bool = True) -> None:
        super().__init__(theme)
        self._whole = whole
        self._lines: list[_Line] = []
        self._tops: list[int] = []
        self._over: Entry | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    # ---- layout

    @property
    def _breadth(self) -> int:
        """How wide a line is: on a large screen not so wide that the eye loses it."""
        return min(self.width(), self._theme.sizes.one * 64)

    def _days(self, page: Page) -> Sequence[date]:
        if not self._whole:
            return (self._day,)
        return [day for day in page.days if page.board.day(day) or day == page.today]

    def lay_out(self) -> None:
        """Lines under each other."""
        page = self._page
        if page is None:
            return
        sizes = self._theme.sizes
        top = 0
        lines: list[_Line] = []
        for day in self._days(page):
            if self._whole:
                height = sizes.three + (0 if page.board.day(day) else sizes.one_half)
                lines.append(_Line(day, None, top, height))
                top += height
            for entry in page.board.day(day):
                lines.append(_Line(day, entry, top, sizes.row - sizes.half))
                top += sizes.row - sizes.half
        self._lines = lines
        self._tops = [line.top for line in lines]
        self.setFixedHeight(max(top + sizes.half, sizes.row))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Only the width changes, which painting follows by itself."""
        super().resizeEvent(event)
        self.update()

    def _line_at(self, y: int) -> _Line | None:
        number = bisect_right(self._tops, y) - 1
        return (
            self._lines[number]
            if 0 <= number < len(self._lines) and y < self._tops[number] + self._lines[number].height
            else None
        )

    def entry_at(self, place: QPoint) -> Entry | None:
        """The entry under a place."""
        line = self._line_at(place.y())
        return line.entry if line is not None else None

    def rect_of(self, entry: Entry) -> QRect:
        """Where it is painted."""
        return next(
            (QRect(0, line.top, self.width(), line.height) for line in self._lines if line.entry and line.entry.key == entry.key),
            QRect(),
        )

    def top_of(self, day: date) -> int:
        """Where a day begins, or the next one that is listed."""
        return next((line.top for line in self._lines if line.day >= day), self._lines[-1].top if self._lines else 0)

    # ---- pointer and keyboard

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Shows what is under the pointer; nothing is dragged in a list, where no place means a time."""
        entry = self.entry_at(event.position().toPoint())
        if entry is not self._over:
            self._over = entry
            self.update()

    def step_by_key(self, key: Qt.Key) -> bool:
        """Up and down walk through the entries, left and right through the days."""
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.walk(1 if key is Qt.Key.Key_Down else -1)
            return True
        if key in {Qt.Key.Key_Left, Qt.Key.Key_Right} and self._whole:
            self._walk_days(1 if key is Qt.Key.Key_Right else -1)
            return True
        return False

    def _walk_days(self, step: int) -> None:
        page = self._page
        if page is None:
            return
        days = [day for day in page.days if page.board.day(day)]
        later = [day for day in days if (day > self._day if step > 0 else day < self._day)]
        if later:
            self.choose(page.board.day(later[0] if step > 0 else later[-1])[0])

    def walk(self, step: int) -> None:
        """To the next or previous entry; in the list of one day it stays there."""
        page = self._page
        if self._whole or page is None:
            super().walk(step)
            return
        entries = page.board.day(self._day)
        entry = self.chosen
        number = entries.index(entry) + step if entry in entries else 0
        if 0 <= number < len(entries):
            self.choose(entries[number])

    def show_entry(self, entry: Entry) -> None:
        """Scrolls to it."""
        self._reach(self.rect_of(entry))

    def show_day(self, day: date) -> None:
        """Scrolls so that a day is on top."""
        area = self._area()
        if area is not None:
            area.verticalScrollBar().setValue(self.top_of(day))

    def _area(self) -> QScrollArea | None:
        viewport = self.parentWidget()
        area = viewport.parentWidget() if viewport is not None else None
        return area if isinstance(area, QScrollArea) else None

    def _reach(self, rect: QRect) -> None:
        area = self._area()
        if area is not None:
            area.ensureVisible(0, rect.center().y(), 0, rect.height())

    # ---- painting

    def paint_page(self, painter: QPainter, area: QRect, page: Page) -> None:
        """The lines that can be seen."""
        first = max(0, bisect_right(self._tops, area.top()) - 1)
        for line in self._lines[first:]:
            if line.top > area.bottom():
                break
            if line.entry is None:
                self._paint_head(painter, line, page)
            else:
                self._paint_entry(painter, line, line.entry, page)

    def _paint_head(self, painter: QPainter, line: _Line, page: Page) -> None:
        sizes, roles = self._theme.sizes, self._theme.roles
        rect = QRect(sizes.one_half, line.top, self._breadth - sizes.three, sizes.three)
        rect.setTop(rect.top() + sizes.half)
        text = page.formats.day(line.day)
        text = text[:1].upper() + text[1:]
        today = line.day == page.today
        tones = self._theme.tones(page.owner.colour if page.owner is not None else None)
        font = self._theme.font(Size.BODY, strong=True)
        ink = roles.text if line.day >= page.today else roles.muted
        taken = elided(painter, rect, text, font, ink)
        if today or line.day == page.today + timedelta(days=1):
            word = self.tr("Today") if today else self.tr("Tomorrow")
            wide = QFontMetrics(self._brush.strong).horizontalAdvance(word) + sizes.one
            high = self._brush.line + sizes.stroke
            pill = QRectF(rect.left() + taken + sizes.half, rect.center().y() - high / 2 + 0.5, wide, high)
            rounded(painter, pill, high / 2, tones.disc if today else roles.neutral_tint)
            painter.setFont(self._brush.strong)
            painter.setPen(tones.on_disc if today else roles.neutral)
            painter.drawText(pill, Qt.AlignmentFlag.AlignCenter, word)
            taken += sizes.half + wide
        marks = page.ground.dates.get(line.day)
        if marks:
            beside = rect.adjusted(taken + sizes.one, 0, 0, 0)
            paint_date(painter, self._theme, self._brush, beside, marks, faint=line.day < page.today)
        painter.fillRect(QRect(rect.left(), line.top + sizes.three - 1, rect.width(), sizes.hairline), roles.hairline)
        if not page.board.day(line.day):
            below = QRect(rect.left(), line.top + sizes.three, rect.width(), sizes.one_half)
            elided(painter, below, self.tr("Nothing planned today."), self._theme.font(), roles.muted)

    def _paint_entry(self, painter: QPainter, line: _Line, entry: Entry, page: Page) -> None:
        sizes, roles = self._theme.sizes, self._theme.roles
        side = sizes.one_half if self._whole else sizes.half
        frame = QRect(side - sizes.half, line.top + 1, self._breadth - 2 * side + sizes.one, line.height - 2)
        chosen = entry.key == self._chosen
        if chosen or (self._over is not None and self._over.key == entry.key):
            rounded(painter, QRectF(frame), sizes.radius, roles.selection if chosen else roles.hover)
        if chosen and self.hasFocus():
            rounded(painter, QRectF(frame), sizes.radius, None, roles.focus, sizes.focus)
        figures = self._theme.font(Size.BODY, strong=not entry.out, tabular=True)
        wide = QFontMetrics(figures).horizontalAdvance(page.formats.time(page.now.replace(hour=22, minute=58)))
        inner = frame.adjusted(sizes.half, 0, -sizes.half, 0)
        ink = roles.text_soft if entry.out else roles.text
        elided(painter, QRect(inner.left(), inner.top(), wide + 2, inner.height()), page.formats.time(entry.wall), figures, ink)
        left = inner.left() + wide + sizes.one
        left = self._paint_mark(painter, left, inner, entry, page)
        text = wording.post_state(entry.row.state)
        badge = chip_width(self._theme, text) + 1
        right = inner.right() - badge
        chip(
            painter,
            self._theme,
            QRect(right, inner.center().y() - chip_height(self._theme) // 2, badge, chip_height(self._theme)),
            entry.row.state.value,
            text,
        )
        self._paint_words(painter, QRect(left, inner.top(), right - sizes.one - left, inner.height()), entry, page)

    def _paint_mark(self, painter: QPainter, left: int, inner: QRect, entry: Entry, page: Page) -> int:
        """The client's disc where several meet, else a bar in its colour."""
        sizes = self._theme.sizes
        tones = self._theme.tones(entry.owner.colour)
        if page.shared:
            box = QRectF(left, inner.center().y() - sizes.disc_small / 2 + 0.5, sizes.disc_small, sizes.disc_small)
            disc(painter, self._theme, box, entry.owner.initials, tones)
            return left + sizes.disc_small + sizes.half + sizes.quarter
        bar = QRectF(left, inner.top() + sizes.quarter, sizes.stroke + 1, inner.height() - sizes.half)
        rounded(painter, bar, bar.width() / 2, tones.disc)
        return left + sizes.half + sizes.quarter + sizes.stroke

    def _paint_words(self, painter: QPainter, rect: QRect, entry: Entry, page: Page) -> None:
        sizes, roles = self._theme.sizes, self._theme.roles
        body = QFontMetrics(self._theme.font()).height()
        top = rect.center().y() - (body + self._brush.line + sizes.stroke) // 2
        first = QRect(rect.left(), top, rect.width(), body)
        elided(
            painter, first, self._brush.words(entry.row.preview), self._theme.font(), roles.text_soft if entry.out else roles.text
        )
        second = QRect(rect.left(), top + body + sizes.stroke, rect.width(), self._brush.line)
        if page.shared:
            name = second.adjusted(0, 0, -second.width() // 3, 0)
            taken = elided(painter, name, entry.owner.name, self._brush.small, self._theme.tones(entry.owner.colour).text)
            second.setLeft(second.left() + taken + sizes.one)
        for mark in entry.row.accounts[:3]:
            side = self._brush.line - sizes.stroke
            if second.width() < sizes.three:
                break
            symbol(
                painter,
                self._theme,
                NETWORK_ICONS[mark.network],
                roles.muted,
                QRectF(second.left(), second.top() + 1, side, side),
            )
            second.setLeft(second.left() + side + sizes.quarter)
            taken = elided(painter, second, f"@{mark.handle}", self._brush.small, roles.muted)
            second.setLeft(second.left() + taken + sizes.one)
