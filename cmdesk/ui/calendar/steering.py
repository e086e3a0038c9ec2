"""Which days of the calendar are seen: the way to look, the current day, the page it is on, and what that page is called."""

from __future__ import annotations

from datetime import date
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject

from cmdesk.domain.clock import Clock
from cmdesk.services.workspace import Workspace
from cmdesk.ui import wording
from cmdesk.ui.calendar.days import Mode, days_of, step, week_days, week_number, within
from cmdesk.ui.calendar.entries import Page
from cmdesk.ui.calendar.view import CalendarView
from cmdesk.ui.screens import Shell

FARTHEST, CLOSEST = -1, 3

Days = tuple[date, ...]


class Steering(QObject):
    """Half of the presenter: it says which page to show, the other half (``_show``) reads and shows it."""

    _view: CalendarView
    _shell: Shell
    _clock: Clock
    _page: Page | None

    def __init__(self, today: date) -> None:
        super().__init__()
        self._mode = Mode.MONTH
        self._zoom = 0
        # The anchor says which page is seen; the current day may stand on its margin, in the month before or after.
        self._day = self._anchor = today

    # ---- what the other half says

    def _show(self) -> None:
        """Reads the page and shows it."""

    def workspaces(self) -> tuple[Workspace, ...]:
        """All clients of the scope."""
        return ()

    def today(self) -> date:
        """The day it is, in the zone of the calendar."""
        return self._day

    @property
    def day(self) -> date:
        """The current day."""
        return self._day

    def _days(self, day: date) -> Days:
        return days_of(self._mode, day, self._shell.formats.first_weekday)

    # ---- words

    def _title(self, days: Days) -> str:
        formats = self._shell.formats
        if self._mode is Mode.YEAR:
            return str(self._anchor.year)
        if self._mode is Mode.DAY:
            return formats.date(days[0])
        if self._mode is Mode.MONTH:
            return formats.month_title(self._anchor)
        first, last = days[0], days[-1]
        if (first.year, first.month) == (last.year, last.month):
            return formats.month_title(first)
        if first.year != last.year:
            return f"{formats.month_title(first)} – {formats.month(last.month)} {last.year}"
        begin = formats.month(first.month)
        return f"{begin[:1].upper()}{begin[1:]} – {formats.month(last.month)} {last.year}"

    def _note(self, days: Days, zone: ZoneInfo) -> str:
        parts = []
        if self._mode.has_hours:
            week = week_days(days[0], self._shell.formats.first_weekday)
            parts.append(self.tr("Week {number}").format(number=week_number(week)))
        zones = {workspace.client.timezone for workspace in self.workspaces()} | {self._clock.zone_name()}
        if len(zones) > 1:
            name = wording.zone(zone.key)
            parts.append(name[:1].upper() + name[1:] if not parts else name)
        return " · ".join(parts)

    # ---- going

    def _go(self, day: date) -> None:
        """To a day; only another page is read."""
        day = within(day)
        page = self._page
        same_month = page is not None and (page.anchor.year, page.anchor.month) == (day.year, day.month)
        if page is not None and day in page.days and (page.mode is not Mode.MONTH or same_month):
            self._day = day
            self._view.set_day(day)
        else:
            self._go_page(day)

    def _stood(self, day: date) -> None:
        self._day = day

    def _turn(self, pages: int) -> None:
        self._go_page(step(self._mode, self._day if self._on_page() else self._anchor, pages))

    def _on_page(self) -> bool:
        """Whether the current day is in the month that the page is about."""
        return self._mode is not Mode.MONTH or (self._day.year, self._day.month) == (self._anchor.year, self._anchor.month)

    def _go_page(self, day: date) -> None:
        self._day = self._anchor = within(day)
        self._show()

    def _go_today(self) -> None:
        self._go_page(self.today())

    def _open_day(self, day: date) -> None:
        """From a year to the month of the name that was clicked, or to the day; from a week to the day."""
        page = self._page
        self._day = within(day)
        to_month = page is not None and page.mode is Mode.YEAR and day.day == 1 and not page.counts.get(day)
        self.look(Mode.MONTH if to_month else Mode.DAY)

    def look(self, mode: Mode) -> None:
        """Another way to look, at the same day and entry."""
        entry = self._view.surface.chosen
        self._anchor = self._day
        self._mode = mode
        self._show()
        if entry is not None and self._page is not None and (again := self._page.board.find(entry.key)) is not None:
            self._view.choose(again)
        self._view.setFocus()

    def _zoom_by(self, steps: int) -> None:
        level = max(FARTHEST, min(CLOSEST, self._zoom + steps))
        if level != self._zoom:
            self._zoom = level
            self._show()
