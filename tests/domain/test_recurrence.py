"""A post that repeats keeps its hour on the wall, whatever the zone does, and a rule that is none is refused."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.domain.errors import BadInput
from cmdesk.domain.recurrence import clean_rule, occurrences
from cmdesk.domain.schedule import Shift

TORONTO = "America/Toronto"


def walls(rule: str, first: datetime, zone: str = TORONTO, days: int = 40) -> list[str]:
    start = first.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) - timedelta(hours=1)
    found = occurrences(rule, first, zone, after=start, before=start + timedelta(days=days))
    return [f"{one.wall:%m-%d %H:%M}" for one in found]


def test_nine_o_clock_stays_nine_o_clock() -> None:
    """The clocks of Toronto go forward on 2027-03-14: the instants are 23 hours apart there, the wall times a day."""
    first = datetime.fromisoformat("2027-03-12T09:00")
    start = datetime(2027, 3, 12, tzinfo=UTC)
    found = occurrences("FREQ=DAILY;COUNT=4", first, TORONTO, after=start, before=start + timedelta(days=9))
    assert [one.wall.hour for one in found] == [9, 9, 9, 9]
    assert [later.utc - one.utc for one, later in itertools.pairwise(found)] == [
        timedelta(hours=24),
        timedelta(hours=23),
        timedelta(hours=24),
    ]


def test_an_hour_that_a_day_does_not_have_is_moved_forward_and_one_it_has_twice_is_the_first() -> None:
    found = occurrences(
        "FREQ=DAILY;COUNT=3",
        datetime.fromisoformat("2027-03-13T02:30"),
        TORONTO,
        after=datetime(2027, 3, 13, tzinfo=UTC),
        before=datetime(2027, 3, 20, tzinfo=UTC),
    )
    assert [one.shift for one in found] == [Shift.NONE, Shift.GAP, Shift.NONE]
    assert f"{found[1].utc.astimezone(ZoneInfo(TORONTO)):%H:%M}" == "03:30"
    (fold,) = occurrences(
        "FREQ=DAILY;COUNT=1",
        datetime.fromisoformat("2027-11-07T01:30"),
        TORONTO,
        after=datetime(2027, 11, 7, tzinfo=UTC),
        before=datetime(2027, 11, 8, tzinfo=UTC),
    )
    assert (fold.shift, fold.utc) == (Shift.FOLD, datetime(2027, 11, 7, 5, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("rule", "found"),
    [
        ("FREQ=WEEKLY;BYDAY=MO,TH", ["03-01 09:00", "03-04 09:00", "03-08 09:00", "03-11 09:00"]),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", ["03-31 09:00"]),
        ("FREQ=MONTHLY;BYDAY=2TU", ["03-09 09:00", "04-13 09:00"]),
        ("FREQ=WEEKLY;INTERVAL=2;UNTIL=20270316", ["03-01 09:00", "03-15 09:00"]),
        ("FREQ=DAILY;UNTIL=20270302T140000Z", ["03-01 09:00", "03-02 09:00"]),
    ],
)
def test_rules_as_people_mean_them(rule: str, found: list[str]) -> None:
    assert walls(clean_rule(rule), datetime.fromisoformat("2027-03-01T09:00"), days=44)[: len(found)] == found


def test_a_day_that_a_month_does_not_have_is_left_out() -> None:
    assert walls("FREQ=MONTHLY", datetime.fromisoformat("2027-01-31T09:00"), days=125) == [
        "01-31 09:00",
        "03-31 09:00",
        "05-31 09:00",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "tomorrow",
        "FREQ=HOURLY",
        "FREQ=SECONDLY",
        "FREQ=DAILY;BYHOUR=3",
        "FREQ=DAILY;COUNT=3;UNTIL=20270101",
        "FREQ=DAILY;FREQ=DAILY",
        "FREQ=DAILY;INTERVAL=x",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=DAILY\nEXDATE:20270101",
        "FREQ=DAILY;UNTIL=soon",
        "FREQ=DAILY;" + "BYMONTH=" + "1," * 200,
    ],
)
def test_what_is_no_rule_for_posts(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        clean_rule(text)
    assert refused.value.field == "rule"


def test_a_rule_is_written_plainly() -> None:
    assert clean_rule(" rrule: freq=weekly; byday=mo,th; ") == "FREQ=WEEKLY;BYDAY=MO,TH"


@given(
    zone=st.sampled_from([TORONTO, "Europe/Paris", "Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns", "UTC"]),
    day=st.dates(date(2026, 1, 1), date(2029, 12, 31)),
    minute=st.integers(0, 1439),
    rule=st.sampled_from(["FREQ=DAILY", "FREQ=WEEKLY;BYDAY=SU", "FREQ=MONTHLY;BYMONTHDAY=28", "FREQ=DAILY;INTERVAL=3"]),
    cut=st.integers(0, 60 * 24 * 60),
)
def test_two_halves_of_a_span_are_the_whole(zone: str, day: date, minute: int, rule: str, cut: int) -> None:
    first = datetime.combine(day, time()) + timedelta(minutes=minute)
    start = first.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
    end, middle = start + timedelta(days=60), start + timedelta(minutes=cut)
    whole = occurrences(rule, first, zone, after=start, before=end)
    halves = occurrences(rule, first, zone, after=start, before=middle), occurrences(rule, first, zone, after=middle, before=end)
    assert halves[0] + halves[1] == whole
    assert all(start <= one.utc < end for one in whole)
    assert len({one.wall for one in whole}) == len(whole)
