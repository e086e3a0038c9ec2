"""Counts days, weeks and months as a calendar on paper does, for any first day of the week."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from enum import Enum
from typing import Final
from zoneinfo import ZoneInfo

#: Nobody plans posts before or after; within, no arithmetic on dates can fail.
EARLIEST: Final = date(1970, 1, 1)
LATEST: Final = date(2199, 12, 31)

WEEK: Final = 7
MINUTES: Final = 24 * 60

#: Where a new post begins when nobody said an hour.
MORNING = 9 * 60


class Mode(Enum):
    """The ways to look at time; the value is the key of the segment."""

    MONTH = "month"
    WEEK = "week"
    DAY = "day"
    AGENDA = "agenda"
    YEAR = "year"

    @property
    def has_hours(self) -> bool:
        """Whether hours are seen, and with them now."""
        return self in {Mode.WEEK, Mode.DAY}


def within(day: date) -> date:
    """The day, or the nearest one that the calendar can show."""
    return min(LATEST, max(EARLIEST, day))


def week_start(day: date, first_weekday: int) -> date:
    """The first day of the week that a day is in; ``first_weekday`` is 0 for Monday to 6 for Sunday."""
    return day - timedelta(days=(day.weekday() - first_weekday) % WEEK)


def week_days(day: date, first_weekday: int) -> tuple[date, ...]:
    """The seven days of its week."""
    start = week_start(day, first_weekday)
    return tuple(start + timedelta(days=number) for number in range(WEEK))


def month_days(day: date, first_weekday: int) -> tuple[date, ...]:
    """The whole weeks that cover its month: four to six rows of seven days."""
    first = day.replace(day=1)
    last = day.replace(day=_length(day.year, day.month))
    start = week_start(first, first_weekday)
    end = week_start(last, first_weekday) + timedelta(days=WEEK)
    return tuple(start + timedelta(days=number) for number in range((end - start).days))


def agenda_days(day: date) -> tuple[date, ...]:
    """Its month and the next one, so that the end of a month still looks ahead."""
    first = day.replace(day=1)
    end = _month_after(_month_after(first))
    return tuple(first + timedelta(days=number) for number in range((end - first).days))


def _month_after(first: date) -> date:
    return (first + timedelta(days=31)).replace(day=1)


def _length(year: int, month: int) -> int:
    """The number of days of a month; Python's ``calendar`` knows it too, but loads the machine's locales first."""
    return (_month_after(date(year, month, 1)) - timedelta(days=1)).day


def days_of(mode: Mode, day: date, first_weekday: int) -> tuple[date, ...]:
    """The days that a view shows around a day."""
    match mode:
        case Mode.MONTH:
            return month_days(day, first_weekday)
        case Mode.WEEK:
            return week_days(day, first_weekday)
        case Mode.DAY:
            return (day,)
        case Mode.AGENDA:
            return agenda_days(day)
        case Mode.YEAR:
            return year_days(day)


def year_days(day: date) -> tuple[date, ...]:
    """The days of its year."""
    first = date(day.year, 1, 1)
    return tuple(first + timedelta(days=number) for number in range((date(day.year, 12, 31) - first).days + 1))


def month_step(day: date, months: int) -> date:
    """The same day so many months on; the last of the month where there is no such day."""
    count = day.year * 12 + day.month - 1 + months
    year, month = divmod(count, 12)
    if year < EARLIEST.year:
        return EARLIEST
    if year > LATEST.year:
        return LATEST
    return date(year, month + 1, min(day.day, _length(year, month + 1)))


def step(mode: Mode, day: date, pages: int) -> date:
    """The day so many pages of a view on."""
    if mode.has_hours:
        return _shifted(day, pages * (WEEK if mode is Mode.WEEK else 1))
    return month_step(day, pages * (12 if mode is Mode.YEAR else 1))


def _shifted(day: date, days: int) -> date:
    """So many days on, as far as the calendar goes."""
    return date.fromordinal(min(LATEST.toordinal(), max(EARLIEST.toordinal(), day.toordinal() + days)))


def week_number(days: Sequence[date]) -> int:
    """The ISO number of a week, whatever day it begins on: that of its Thursday, 1 to 53."""
    thursday = next(day for day in days if day.weekday() == 3)
    return thursday.isocalendar().week


def span(days: Sequence[date], zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The instants (aware UTC, end left out) from the first midnight to the one after the last day, in a zone."""
    start = datetime.combine(days[0], time(), zone).astimezone(UTC)
    end = datetime.combine(days[-1] + timedelta(days=1), time(), zone).astimezone(UTC)
    return start, end


def changes_of_clock(day: date, zone: ZoneInfo) -> tuple[tuple[int, int, bool], ...]:
    """Where the clocks change on a day: minutes from and to, and True where they come twice, False where they are missing."""
    found: list[tuple[int, int, bool]] = []
    begin: int | None = None
    twice = False
    for minute in range(0, MINUTES + 15, 15):
        odd, again = _odd(day, minute, zone) if minute < MINUTES else (False, False)
        if begin is not None and (not odd or again != twice):
            found.append((begin, minute, twice))
            begin = None
        if odd and begin is None:
            begin, twice = minute, again
    return tuple(found)


def _odd(day: date, minute: int, zone: ZoneInfo) -> tuple[bool, bool]:
    wall = datetime.combine(day, time(minute // 60, minute % 60), zone)
    first, second = wall.utcoffset(), wall.replace(fold=1).utcoffset()
    if first == second or first is None or second is None:
        return False, False
    return True, first > second
