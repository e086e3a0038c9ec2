"""Draws a month or a week on paper: a page that a client likes to look at, in the client's own language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPageLayout, QPageSize, QPainter, QPdfWriter, QTextLayout, QTextOption

from cmdesk.domain.client import Colour
from cmdesk.ui.calendar.days import WEEK
from cmdesk.ui.i18n import Formats
from cmdesk.ui.look import Tones
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.paint import one_line

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

#: Points to the inch in which the page is laid out; letters stay letters whatever it is.
RESOLUTION = 96
_MARGIN_MM = 12.0
_LONGEST = 1200


class PrintItem(Struct, frozen=True):
    """A post on paper. ``wall`` is naive, of the client's zone; ``firm`` False is only suggested."""

    wall: datetime
    text: str
    where: str
    colour: Colour
    initials: str = ""
    firm: bool = True


class PrintBar(Struct, frozen=True):
    """A campaign or a note that the client may read."""

    first: date
    last: date
    text: str
    colour: Colour


class Sheet(Struct, frozen=True):
    """What is drawn: whole weeks of days, whose they are, and the month they are about (None: a week)."""

    title: str
    name: str
    days: tuple[date, ...]
    month: int | None
    items: tuple[PrintItem, ...]
    bars: tuple[PrintBar, ...]
    colour: Colour | None
    formats: Formats
    made: date


def save_pdf(path: Path, sheet: Sheet, theme: Theme, *, a4: bool = False) -> int:
    """Writes the sheet as a PDF file; returns the number of pages. Raises OSError."""
    path.touch()  # Qt says nothing where it can't write
    writer = QPdfWriter(str(path))
    writer.setResolution(RESOLUTION)
    writer.setTitle(f"{sheet.title} · {sheet.name}")
    writer.setCreator("cmdesk")
    size = QPageSize.PageSizeId.A4 if a4 else QPageSize.PageSizeId.Letter
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM)
    layout = QPageLayout(QPageSize(size), QPageLayout.Orientation.Landscape, margins, QPageLayout.Unit.Millimeter)
    writer.setPageLayout(layout)
    painter = QPainter(writer)
    if not painter.isActive():
        raise OSError(path)
    try:
        return Press(painter, sheet, theme, QRectF(0, 0, writer.width(), writer.height()), writer.newPage).draw()
    finally:
        painter.end()


def print_sheet(printer: QPrinter, sheet: Sheet, theme: Theme) -> int:
    """Draws the sheet on a printer that somebody chose; returns the number of pages. Raises OSError when it can't begin."""
    printer.setResolution(RESOLUTION)
    painter = QPainter()
    if not painter.begin(printer):
        raise OSError(printer.printerName())
    try:
        frame = QRectF(0, 0, printer.width(), printer.height())
        return Press(painter, sheet, theme, frame, printer.newPage).draw()
    finally:
        painter.end()


class Press:
    """Draws a sheet on the pages of one painter."""

    def __init__(self, painter: QPainter, sheet: Sheet, theme: Theme, page: QRectF, turn: Callable[[], object]) -> None:
        self._painter, self._sheet, self._theme, self._page = painter, sheet, theme, page
        self._turn = turn
        self._device = painter.device()
        size = Size.SMALL if sheet.month is not None else Size.BODY  # a week has room for larger letters
        self._small, self._strong = theme.font(size), theme.font(size, strong=True)
        self._left_over: list[PrintItem] = []

    def draw(self) -> int:
        """All pages; returns how many."""
        top = self._head(self._sheet.title)
        self._grid(top)
        self._foot(1)
        pages = 1
        if self._left_over:
            pages += self._list()
        return pages

    # ---- tools

    def _metrics(self, font: QFont) -> QFontMetricsF:
        return QFontMetricsF(font, self._device)

    def _text(
        self, rect: QRectF, text: str, font: QFont, ink: QColor, align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft
    ) -> None:
        metrics = self._metrics(font)
        self._painter.setFont(font)
        self._painter.setPen(ink)
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        self._painter.drawText(rect, int(align | Qt.AlignmentFlag.AlignVCenter) | Qt.TextFlag.TextSingleLine.value, shown)

    def _broken(self, text: str, font: QFont, width: float, most: int) -> list[str]:
        """A text on at most so many lines."""
        layout = QTextLayout(text, font, self._device)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        lines: list[tuple[int, int]] = []
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            lines.append((line.textStart(), line.textLength()))
            if len(lines) > most:
                break
        layout.endLayout()
        raw = text.encode("utf-16-le", "surrogatepass")
        found = [
            raw[begin * 2 : (begin + long) * 2].decode("utf-16-le", "surrogatepass").rstrip() for begin, long in lines[:most]
        ]
        if len(lines) > most:
            rest = raw[lines[most - 1][0] * 2 :].decode("utf-16-le", "surrogatepass")
            found[-1] = self._metrics(font).elidedText(rest, Qt.TextElideMode.ElideRight, width)
        return found

    def _tones(self, colour: Colour | None) -> Tones:
        return self._theme.tones(colour)

    # ---- head and foot

    def _head(self, title: str) -> float:
        roles, page = self._theme.roles, self._page
        big = self._theme.font(Size.DISPLAY, strong=True)
        high = self._metrics(big).height()
        self._text(QRectF(page.left(), page.top(), page.width() * 0.6, high), title, big, roles.text)
        name = self._theme.font(Size.LEAD, strong=True)
        tones = self._tones(self._sheet.colour)
        right = QRectF(page.left() + page.width() * 0.6, page.top(), page.width() * 0.4, high)
        self._text(right, self._sheet.name, name, tones.text, Qt.AlignmentFlag.AlignRight)
        self._painter.fillRect(QRectF(page.left(), page.top() + high + 6, page.width(), 3), tones.disc)
        return page.top() + high + 18

    def _foot(self, number: int) -> None:
        page = self._page
        high = self._metrics(self._small).height()
        rect = QRectF(page.left(), page.bottom() - high, page.width(), high)
        muted = self._theme.roles.muted
        self._text(rect, self._sheet.formats.date(self._sheet.made), self._small, muted)
        self._text(rect, str(number), self._small, muted, Qt.AlignmentFlag.AlignRight)

    # ---- the grid

    def _grid(self, top: float) -> None:
        sheet, page, roles = self._sheet, self._page, self._theme.roles
        line = self._metrics(self._small).height()
        wide = page.width() / WEEK
        for column in range(WEEK):
            text = sheet.formats.weekday(sheet.days[column].weekday())
            rect = QRectF(page.left() + column * wide + 4, top, wide - 8, line)
            self._text(rect, text[:1].upper() + text[1:], self._strong, roles.muted)
        top += line + 4
        rows = len(sheet.days) // WEEK
        high = (page.bottom() - line * 1.6 - top) / rows
        for row in range(rows):
            days = sheet.days[row * WEEK : (row + 1) * WEEK]
            frame = QRectF(page.left(), top + row * high, page.width(), high)
            below = self._bars(frame, days, wide)
            for column, day in enumerate(days):
                self._cell(QRectF(page.left() + column * wide, frame.top(), wide, high), day, below)

    def _bars(self, frame: QRectF, days: Sequence[date], wide: float) -> float:
        """The campaigns of a week; returns how high they are together."""
        line = self._metrics(self._small).height()
        head = line + 6
        lines = 0
        for bar in [one for one in self._sheet.bars if one.first <= days[-1] and one.last >= days[0]][:2]:
            tones = self._tones(bar.colour)
            first, last = max(bar.first, days[0]), min(bar.last, days[-1])
            left = frame.left() + (first - days[0]).days * wide + 3
            right = frame.left() + ((last - days[0]).days + 1) * wide - 3
            rect = QRectF(left, frame.top() + head + lines * (line + 3), right - left, line + 1)
            self._rounded(rect, tones.soft)
            self._text(rect.adjusted(5, 0, -5, 0), one_line(bar.text, _LONGEST), self._small, tones.text)
            lines += 1
        return lines * (line + 3)

    def _rounded(self, rect: QRectF, fill: QColor) -> None:
        self._painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._painter.setPen(Qt.PenStyle.NoPen)
        self._painter.setBrush(fill)
        self._painter.drawRoundedRect(rect, 3, 3)

    def _cell(self, frame: QRectF, day: date, below: float) -> None:
        sheet, roles = self._sheet, self._theme.roles
        inside = sheet.month is None or day.month == sheet.month
        self._painter.fillRect(QRectF(frame.left(), frame.top(), frame.width(), 0.7), roles.border)
        line = self._metrics(self._small).height()
        number = str(day.day) if day.day > 1 else sheet.formats.date_short(day)
        rect = QRectF(frame.left() + 4, frame.top() + 3, frame.width() - 8, line)
        self._text(rect, number, self._strong, roles.text if inside else roles.muted)
        items = [one for one in sheet.items if one.wall.date() == day]
        top, bottom = frame.top() + line + 8 + below, frame.bottom() - 3
        most = self._lines_each(bottom - top, len(items), line)
        for number_of, item in enumerate(items):
            left = len(items) - number_of
            need = line * (1 if left == 1 else 2)
            if top + line + (need if left > 1 else 0) > bottom + 1:
                self._text(QRectF(rect.left(), top, rect.width(), line), f"+{left}", self._strong, roles.muted)
                self._left_over = self._left_over or list(sheet.items)
                break
            top = self._item(QRectF(frame.left() + 4, top, frame.width() - 8, bottom - top), item, most)

    @staticmethod
    def _lines_each(room: float, count: int, line: float) -> int:
        """How many lines each of a day's posts may have, so that all of them are seen where that is possible."""
        return max(1, min(8, int((room / max(1, count) - 4) // line)))

    def _item(self, rect: QRectF, item: PrintItem, most: int) -> float:
        """One post; returns where the next one begins."""
        roles, tones = self._theme.roles, self._tones(item.colour)
        line = self._metrics(self._small).height()
        clock = self._sheet.formats.time(item.wall)
        if item.initials:
            clock = f"{item.initials} {clock}"
        words = one_line(item.text, _LONGEST)
        inner = rect.adjusted(8, 0, 0, 0)
        if most == 1:
            taken = self._metrics(self._strong).horizontalAdvance(clock) + 5
            self._text(QRectF(inner.left(), inner.top(), inner.width(), line), clock, self._strong, tones.text)
            self._text(QRectF(inner.left() + taken, inner.top(), inner.width() - taken, line), words, self._small, roles.text)
            high = line
        else:
            head = f"{clock}  {item.where}" if item.where else clock
            self._text(QRectF(inner.left(), inner.top(), inner.width(), line), head, self._strong, tones.text)
            lines = self._broken(words, self._small, inner.width(), most - 1)
            for number, text in enumerate(lines, 1):
                place = QRectF(inner.left(), inner.top() + number * line, inner.width(), line)
                self._text(place, text, self._small, roles.text if item.firm else roles.muted)
            high = line * (1 + len(lines))
        edge = QRectF(rect.left(), rect.top() + 1, 3, high - 2)
        if item.firm:
            self._rounded(edge, tones.disc)
        else:
            self._painter.setPen(tones.disc)
            self._painter.setBrush(Qt.BrushStyle.NoBrush)
            self._painter.drawRect(edge)
        return rect.top() + high + 4

    # ---- the list, where a day had more than its cell could hold

    def _list(self) -> int:
        pages, top = 0, self._page.bottom() + 1
        line = self._metrics(self._small).height()
        day: date | None = None
        for item in self._left_over:
            lines = self._broken(one_line(item.text, _LONGEST), self._small, self._page.width() - 110, 6)
            high = line * max(1, len(lines)) + 5 + (line * 1.8 if item.wall.date() != day else 0)
            if top + high > self._page.bottom() - line * 1.6:
                pages += 1
                self._turn()
                top, day = self._head(self._sheet.title), None
                self._foot(pages + 1)
            if item.wall.date() != day:
                day = item.wall.date()
                text = self._sheet.formats.day(day)
                rect = QRectF(self._page.left(), top + line * 0.4, self._page.width(), line)
                self._text(rect, text[:1].upper() + text[1:], self._strong, self._theme.roles.text)
                top += line * 1.8
            top = self._listed(item, lines, top, line)
        return pages

    def _listed(self, item: PrintItem, lines: Sequence[str], top: float, line: float) -> float:
        page, tones, roles = self._page, self._tones(item.colour), self._theme.roles
        clock = self._sheet.formats.time(item.wall)
        clock = f"{item.initials} {clock}" if item.initials else clock
        self._text(QRectF(page.left() + 8, top, 90, line), clock, self._strong, tones.text)
        self._rounded(QRectF(page.left(), top + 1, 3, line * len(lines) - 2), tones.disc)
        for number, text in enumerate(lines):
            self._text(QRectF(page.left() + 105, top + number * line, page.width() - 110, line), text, self._small, roles.text)
        return top + line * len(lines) + 5
