"""Wires the planner of cover to the desk: its weeks, the own hours, and a holiday that is tried out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject

from cmdesk.domain.cover import Cover, clean_days_off
from cmdesk.domain.errors import BadInput, CmdeskError
from cmdesk.domain.hours import clean_hours
from cmdesk.services import cover, preferences
from cmdesk.ui import wording
from cmdesk.ui.calendar.coverdialog import CoverDialog
from cmdesk.ui.calendar.coverview import CoverLook, CoverRow, CoverSpan
from cmdesk.ui.calendar.days import WEEK, week_start

if TYPE_CHECKING:
    from cmdesk.services.desk import Desk
    from cmdesk.ui.calendar.view import CalendarView
    from cmdesk.ui.screens import Shell

#: A holiday is shown as far as a line can be read.
_MOST_DAYS = 14


def open_cover(parent: QObject, desk: Desk, view: CalendarView, shell: Shell, day: date) -> CoverDialog:
    """The planner on the week of a day."""
    planner = Covering(parent, desk, view, shell, day)
    planner.dialog.open()
    return planner.dialog


class Covering(QObject):
    """One opening of the planner."""

    def __init__(self, parent: QObject, desk: Desk, view: CalendarView, shell: Shell, day: date) -> None:
        super().__init__(parent)
        self._desk, self._shell = desk, shell
        self._zone = ZoneInfo(desk.clock.zone_name())
        self._first = week_start(day, shell.formats.first_weekday)
        self._away: tuple[date | None, date | None] = (None, None)
        known = preferences.load(desk.home)
        now = desk.clock.now().astimezone(self._zone).replace(tzinfo=None, microsecond=0)
        self.dialog = CoverDialog(shell.theme, view, shell.formats, now, known.own_hours, known.days_off)
        self.dialog.turned.connect(self._turn)
        self.dialog.holiday_wanted.connect(self._holiday)
        self.dialog.own_changed.connect(self._own)
        self.dialog.finished.connect(lambda _result: self.deleteLater())
        self._show()

    def _turn(self, weeks: int) -> None:
        self._first += timedelta(days=WEEK * weeks)
        self._show()

    def _holiday(self, first: date | None, last: date | None) -> None:
        self._away = (first, last)
        if first is not None:
            self._first = week_start(first, self._shell.formats.first_weekday)
        self._show()

    def _own(self, hours: str, off: str) -> None:
        wrong = ["", ""]
        try:
            clean = clean_hours(hours)
        except BadInput as error:
            clean, wrong[0] = None, wording.error(error, self._shell.formats)
        try:
            days = clean_days_off(off)
        except BadInput as error:
            days, wrong[1] = frozenset(), wording.error(error, self._shell.formats)
        self.dialog.say_wrong(*wrong)
        if not any(wrong):
            try:
                cover.set_own_hours(self._desk, clean, days)
            except CmdeskError as error:
                self._shell.toast(wording.error(error, self._shell.formats))
            self._show()

    def _show(self) -> None:
        first, last = self._away
        tried = first is not None and last is not None and first <= last
        if tried and first is not None and last is not None:
            found = cover.holiday(self._desk, first, min(last, first + timedelta(days=_MOST_DAYS - 1)))
        else:
            found = cover.week(self._desk, self._first)
        days = tuple(found.first + timedelta(days=number) for number in range((found.last - found.first).days + 1))
        look = CoverLook(days, self._spans((one.start, one.end) for one in found.own), self._rows(found), self._shell.formats)
        formats = self._shell.formats
        title = f"{formats.date_short(days[0])} – {formats.date(days[-1])}"
        self.dialog.show_look(look, title, self._said(found, tried=tried))

    def _spans(self, pairs: Iterable[tuple[datetime, datetime]]) -> tuple[CoverSpan, ...]:
        def wall(moment: datetime) -> datetime:
            return moment.astimezone(self._zone).replace(tzinfo=None)

        return tuple(CoverSpan(wall(start), wall(end)) for start, end in pairs)

    def _rows(self, found: Cover) -> tuple[CoverRow, ...]:
        known = {one.client.id: one.client for one in self._desk.workspaces}
        rows = []
        for one in found.clients:
            client = known.get(one.client)
            if client is None:
                continue
            broken = self._spans((gap.start, gap.end) for gap in one.gaps if gap.broken_at is not None)
            note = self.tr("A promise breaks") if broken else self.tr("Not covered") if not one.is_covered else ""
            gaps = self._spans((gap.start, gap.end) for gap in one.gaps)
            opened = self._spans((span.start, span.end) for span in one.open)
            rows.append(CoverRow(one.name, client.initials, client.colour, opened, gaps, broken, note))
        return tuple(rows)

    def _said(self, found: Cover, *, tried: bool) -> str:
        formats = self._shell.formats
        if not found.clients:
            return self.tr("No client has business hours yet. Agree on them in the client's calendar, under Hours and slots.")
        open_ones = [one.name for one in found.clients if not one.is_covered]
        if not open_ones:
            return self.tr("Every client is covered.")
        text = self.tr("Uncovered on that holiday: {names}.") if tried else self.tr("Not covered in your hours: {names}.")
        return text.format(names=formats.names(open_ones))
