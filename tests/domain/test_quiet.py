"""Quiet hours end where the wall clock says, over midnight and over a change of the clocks."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.domain.errors import BadInput
from cmdesk.domain.quiet import QuietHours, clean_quiet, from_facts, quiet_until, to_facts

TORONTO = "America/Toronto"
NIGHT = QuietHours(time(22), time(7))


def at(text: str) -> datetime:
    """An instant by the wall clock of Toronto in winter."""
    return datetime.fromisoformat(f"{text}-05:00").astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "ends"),
    [
        ("2026-12-01T21:59", None),
        ("2026-12-01T22:00", "2026-12-02T07:00"),
        ("2026-12-02T06:59", "2026-12-02T07:00"),
        ("2026-12-02T07:00", None),
        ("2026-12-02T12:00", None),
    ],
)
def test_a_night(now: str, ends: str | None) -> None:
    assert quiet_until(NIGHT, TORONTO, at(now)) == (None if ends is None else at(ends))


def test_days_are_those_on_which_it_begins() -> None:
    fridays = QuietHours(time(22), time(7), frozenset({4}))
    assert quiet_until(fridays, TORONTO, at("2026-12-05T03:00")) == at("2026-12-05T07:00")  # Saturday, begun on Friday
    assert quiet_until(fridays, TORONTO, at("2026-12-06T03:00")) is None


def test_a_night_of_the_clock_change_ends_at_the_hour_on_the_wall() -> None:
    ends = quiet_until(NIGHT, TORONTO, at("2027-03-13T23:00"))
    assert ends == datetime(2027, 3, 14, 11, 0, tzinfo=UTC)  # seven o'clock, four hours behind by then


@pytest.mark.parametrize("text", ["22:00-07:00", "22h-7h", " 22:00 – 07:00 "])
def test_as_people_write_it(text: str) -> None:
    assert clean_quiet(text) == NIGHT
    assert str(NIGHT) == "22:00-07:00"


@pytest.mark.parametrize("text", ["22:00", "late", "25:00-07:00", "22:00-22:00", "22:61-07:00"])
def test_what_is_none(text: str) -> None:
    with pytest.raises(BadInput):
        clean_quiet(text)


@pytest.mark.parametrize(
    "facts", [None, {}, {"start": "22:00"}, {"start": 5, "end": "07:00"}, {"start": "x", "end": "y"}, [], "x"]
)
def test_nonsense_in_a_file_is_no_quiet_hours(facts: object) -> None:
    assert from_facts(facts) is None


@given(start=st.times(), end=st.times(), days=st.frozensets(st.integers(0, 6)), minutes=st.integers(0, 60 * 24 * 400))
def test_quiet_hours_survive_the_file_and_end_within_a_day(start: time, end: time, days: frozenset[int], minutes: int) -> None:
    quiet = QuietHours(start.replace(second=0, microsecond=0), end.replace(second=0, microsecond=0), days)
    assert from_facts(to_facts(quiet)) == quiet
    now = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    ends = quiet_until(quiet, TORONTO, now)
    if ends is not None:
        assert now < ends <= now + timedelta(hours=25)
        again = quiet_until(quiet, TORONTO, ends)
        assert again is None or again > ends
