"""Weeks, months and changes of the clock as a calendar on paper has them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.ui.calendar.days import (
    EARLIEST,
    LATEST,
    Mode,
    agenda_days,
    changes_of_clock,
    days_of,
    month_days,
    month_step,
    span,
    step,
    week_days,
    week_number,
)

MONDAY, SUNDAY = 0, 6


@pytest.mark.parametrize(
    ("day", "first", "rows"),
    [
        (date(2027, 2, 14), MONDAY, 4),  # 28 days from a Monday
        (date(2026, 2, 14), SUNDAY, 4),  # 28 days from a Sunday
        (date(2026, 12, 1), SUNDAY, 5),
        (date(2026, 11, 22), MONDAY, 6),  # begins on a Sunday
        (date(2026, 8, 1), SUNDAY, 6),  # begins on a Saturday
    ],
)
def test_a_month_has_four_to_six_rows(day: date, first: int, rows: int) -> None:
    days = month_days(day, first)
    assert len(days) == rows * 7
    assert {one.weekday() for one in days[::7]} == {first}
    assert day.replace(day=1) in days[:7]


@given(st.dates(date(1971, 1, 1), date(2198, 12, 31)), st.integers(0, 6))
def test_every_month_is_whole_weeks_without_a_gap(day: date, first: int) -> None:
    days = month_days(day, first)
    assert all(after - before == timedelta(days=1) for before, after in pairwise(days))
    inside = [one for one in days if (one.year, one.month) == (day.year, day.month)]
    assert inside[0].day == 1
    assert (inside[-1] + timedelta(days=1)).day == 1
    assert days.index(inside[0]) < 7
    assert len(days) - days.index(inside[-1]) <= 7


@pytest.mark.parametrize("first", [MONDAY, SUNDAY])
def test_a_year_of_53_weeks(first: int) -> None:
    assert week_number(week_days(date(2026, 12, 31), first)) == 53
    assert week_number(week_days(date(2027, 1, 5), first)) == 1
    assert week_number(week_days(date(2025, 12, 30), first)) == 1


def test_a_sunday_is_in_the_week_that_it_begins() -> None:
    sunday = date(2026, 11, 22)
    assert week_days(sunday, SUNDAY)[0] == sunday
    assert week_days(sunday, MONDAY)[-1] == sunday


def test_turning_keeps_the_day_or_takes_the_last_of_the_month() -> None:
    assert month_step(date(2026, 10, 31), 1) == date(2026, 11, 30)
    assert month_step(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert month_step(date(2026, 1, 15), -1) == date(2025, 12, 15)
    assert step(Mode.WEEK, date(2026, 12, 30), 1) == date(2027, 1, 6)


@given(st.sampled_from(Mode), st.dates(EARLIEST, LATEST), st.integers(-5000, 5000), st.integers(0, 6))
def test_no_turning_leads_out_of_the_calendar(mode: Mode, day: date, pages: int, first: int) -> None:
    there = step(mode, day, pages)
    assert EARLIEST <= there <= LATEST
    assert there in days_of(mode, there, first)


def test_the_agenda_looks_into_the_next_month() -> None:
    days = agenda_days(date(2026, 11, 28))
    assert (days[0], days[-1]) == (date(2026, 11, 1), date(2026, 12, 31))


def test_a_span_has_the_hour_that_is_missing_or_doubled() -> None:
    toronto = ZoneInfo("America/Toronto")
    start, end = span([date(2026, 11, 1)], toronto)
    assert (start, end - start) == (datetime(2026, 11, 1, 4, tzinfo=UTC), timedelta(hours=25))
    start, end = span([date(2026, 3, 8)], toronto)
    assert end - start == timedelta(hours=23)


@pytest.mark.parametrize(
    ("zone", "day", "found"),
    [
        ("America/Toronto", date(2026, 3, 8), ((120, 180, False),)),
        ("America/Toronto", date(2026, 11, 1), ((60, 120, True),)),
        ("Europe/Paris", date(2026, 3, 29), ((120, 180, False),)),
        ("Europe/Paris", date(2026, 10, 25), ((120, 180, True),)),
        ("Australia/Lord_Howe", date(2026, 10, 4), ((120, 150, False),)),
        ("Asia/Tokyo", date(2026, 3, 29), ()),
        ("America/Toronto", date(2026, 3, 9), ()),
    ],
)
def test_where_the_clocks_change(zone: str, day: date, found: tuple[tuple[int, int, bool], ...]) -> None:
    assert changes_of_clock(day, ZoneInfo(zone)) == found
