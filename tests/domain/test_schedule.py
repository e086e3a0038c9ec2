"""A wall time becomes the instant that a patient reader of clocks would find, in every zone and on every odd night."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cmdesk.domain.errors import BadInput
from cmdesk.domain.schedule import Lateness, PlannedTime, Shift, at_instant, lateness, move_to_day, parse_when, resolve

FAMILIAR = ("America/Toronto", "Europe/Paris", "Australia/Lord_Howe")
ZONES = sorted(available_timezones())


def clock_shows(*numbers: int) -> datetime:
    """A reading of a wall clock, which has no zone."""
    year, month, day, hour, minute = (*numbers, 0, 0)[:5]
    return datetime(year, month, day, hour, minute)  # noqa: DTZ001 - that is the point


def oracle(wall: datetime, zone: str) -> tuple[datetime, Shift]:
    """Walks through the minutes around and reads the clock at each, knowing nothing of folds."""
    place = ZoneInfo(zone)
    guess = wall.replace(tzinfo=UTC)
    offsets = {(guess + timedelta(hours=h)).astimezone(place).utcoffset() or timedelta() for h in range(-27, 28)}
    shown = sorted(
        instant for instant in (guess - offset for offset in offsets) if instant.astimezone(place).replace(tzinfo=None) == wall
    )
    if shown:
        return shown[0], Shift.FOLD if len(shown) > 1 else Shift.NONE
    # The clock jumps over it: as many minutes after the jump as it would have been, had the clock not jumped.
    return max(guess - offset for offset in offsets if _before_the_jump(guess - offset, offset, place)), Shift.GAP


def _before_the_jump(instant: datetime, offset: timedelta, place: ZoneInfo) -> bool:
    return (instant - timedelta(hours=3)).astimezone(place).utcoffset() == offset


def transitions(zone: str, year: int) -> list[datetime]:
    """Instants, to the minute, at which the offset changes in a year."""
    place = ZoneInfo(zone)
    found = []
    day = datetime(year, 1, 1, tzinfo=UTC)
    while day.year == year:
        following = day + timedelta(days=1)
        if day.astimezone(place).utcoffset() != following.astimezone(place).utcoffset():
            low, high = day, following
            while high - low > timedelta(minutes=1):
                middle = low + (high - low) / 2
                if low.astimezone(place).utcoffset() == middle.astimezone(place).utcoffset():
                    low = middle
                else:
                    high = middle
            found.append(high.replace(second=0, microsecond=0))
        day = following
    return found


@pytest.mark.parametrize("zone", [*random.Random(12).sample(ZONES, 40), *FAMILIAR])
def test_around_every_change_of_the_clock_it_agrees_with_a_patient_reader(zone: str) -> None:
    for change in transitions(zone, 2027):
        there = change.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        for minutes in range(-150, 151, 5):
            wall = there + timedelta(minutes=minutes)
            found = resolve(wall, zone)
            assert (found.utc, found.shift) == oracle(wall, zone), (zone, wall)


@settings(max_examples=200)
@given(st.datetimes(clock_shows(2024, 1, 1), clock_shows(2035, 1, 1)), st.sampled_from(ZONES))
def test_any_time_in_any_zone_agrees_with_a_patient_reader(wall: datetime, zone: str) -> None:
    found = resolve(wall, zone)
    assert (found.utc, found.shift) == oracle(wall, zone)


def test_the_gap_of_toronto_moves_forward_and_the_fold_takes_the_first() -> None:
    gap = resolve(clock_shows(2027, 3, 14, 2, 30), "America/Toronto")
    assert (gap.shift, gap.utc) == (Shift.GAP, datetime(2027, 3, 14, 7, 30, tzinfo=UTC))
    fold = resolve(clock_shows(2027, 11, 7, 1, 30), "America/Toronto")
    assert (fold.shift, fold.utc) == (Shift.FOLD, datetime(2027, 11, 7, 5, 30, tzinfo=UTC))


def test_a_wall_time_has_no_zone_and_lies_in_the_calendar() -> None:
    with pytest.raises(BadInput):
        resolve(datetime(2027, 1, 1, tzinfo=UTC), "America/Toronto")
    with pytest.raises(BadInput):
        resolve(clock_shows(9999, 12, 31, 23, 59), "America/Toronto")
    with pytest.raises(BadInput):
        resolve(clock_shows(1, 1, 1), "Asia/Tokyo")


@given(st.datetimes(clock_shows(2024, 1, 1), clock_shows(2035, 1, 1), timezones=st.just(UTC)), st.sampled_from(ZONES))
def test_an_instant_stays_what_it_was(instant: datetime, zone: str) -> None:
    planned = at_instant(instant, zone)
    assert planned.utc == instant.replace(microsecond=0)
    assert planned.utc.astimezone(ZoneInfo(zone)).replace(tzinfo=None) == planned.wall


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2026-12-01 09:00", "2026-12-01T14:00"),
        ("2026-12-01T09:00:30", "2026-12-01T14:00:30"),
        ("2026-12-01 9h", "2026-12-01T14:00"),
        ("2026-12-01 9h05", "2026-12-01T14:05"),
        ("2026-12-01T09:00Z", "2026-12-01T09:00"),
        ("2026-12-01 09:00 +02:00", "2026-12-01T07:00"),
        ("2026-12-01T09:00-0330", "2026-12-01T12:30"),
    ],
)
def test_times_as_people_write_them(text: str, utc: str) -> None:
    assert parse_when(text, "America/Toronto").utc == datetime.fromisoformat(utc).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    ["", "tomorrow", "2026-13-01 09:00", "2026-12-01", "2026-12-01 25:00", "9:00", "2026-12-01 09:00 +99:99", "٢٠٢٦-١٢-٠١"],
)
def test_what_is_no_time_is_said(text: str) -> None:
    with pytest.raises(BadInput) as caught:
        parse_when(text, "America/Toronto")
    assert caught.value.field == "time"


@given(st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        parse_when(text, "America/Toronto")
    except BadInput:
        return


def test_late_begins_after_the_grace() -> None:
    due, grace = datetime(2026, 12, 1, 9, tzinfo=UTC), timedelta(minutes=30)
    moments = [due - timedelta(seconds=1), due, due + grace, due + grace + timedelta(seconds=1)]
    assert [lateness(due, moment, grace) for moment in moments] == [
        Lateness.EARLY,
        Lateness.DUE,
        Lateness.DUE,
        Lateness.LATE,
    ]


def test_a_post_dragged_to_another_day_keeps_its_hour_over_a_change_of_the_clock() -> None:
    planned: PlannedTime = resolve(clock_shows(2027, 3, 12, 9, 0), "America/Toronto")
    moved = move_to_day(planned, date(2027, 3, 15))
    assert (moved.wall, moved.utc) == (clock_shows(2027, 3, 15, 9, 0), datetime(2027, 3, 15, 13, 0, tzinfo=UTC))
