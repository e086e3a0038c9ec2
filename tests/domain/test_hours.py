"""Business hours open and close where the wall clock says, and a promise made in them runs out in open time."""

from __future__ import annotations

import itertools
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from cmdesk.domain.errors import BadInput
from cmdesk.domain.hours import (
    OFFICE,
    Hours,
    Span,
    clean_hours,
    from_facts,
    is_open,
    next_open,
    open_between,
    open_spans,
    runs_out,
    to_facts,
    written,
)

TORONTO = "America/Toronto"


def at(text: str, zone: str = TORONTO) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("mon-fri 9:00-17:00", "mon-fri 09:00-17:00"),
        ("lun-ven 9h-12h, 13h-17h; sam 10h-14h", "mon-fri 09:00-12:00, 13:00-17:00; sat 10:00-14:00"),
        ("Lundi – Vendredi 8h30–16h30; dimanche fermé", "mon-fri 08:30-16:30"),
        ("fri 18:00-2:00", "fri 18:00-24:00; sat 00:00-02:00"),
        ("sun-mon 22:00-6:00", "mon 00:00-06:00, 22:00-24:00; tue 00:00-06:00; sun 22:00-24:00"),
        ("mon 9-12, 11-13", "mon 09:00-13:00"),
        ("mon,wed 0:00-24:00", "mon 00:00-24:00; wed 00:00-24:00"),
    ],
)
def test_as_people_write_them(text: str, plain: str) -> None:
    hours = clean_hours(text)
    assert hours is not None
    assert written(hours) == plain
    assert clean_hours(plain) == hours


@pytest.mark.parametrize(
    "text", ["whenever", "mon", "mon 9", "mon 9:00-9:00", "xyz 9-17", "mon 25-26", "mon 9:75-10", "mon closed", "a-b-c 1-2"]
)
def test_what_is_none(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        clean_hours(text)
    assert refused.value.params["field"] == "hours"


def test_a_promise_of_four_hours_on_friday_afternoon_runs_out_on_monday() -> None:
    assert runs_out(OFFICE, TORONTO, at("2026-12-04T15:30"), timedelta(hours=4)) == at("2026-12-07T11:30")
    monday_off = replace(OFFICE, closed=frozenset({date(2026, 12, 7)}))
    assert runs_out(monday_off, TORONTO, at("2026-12-04T15:30"), timedelta(hours=4)) == at("2026-12-08T11:30")
    assert runs_out(None, TORONTO, at("2026-12-04T15:30"), timedelta(hours=4)) == at("2026-12-04T19:30")
    assert runs_out(Hours(((),) * 7), TORONTO, at("2026-12-04T15:30"), timedelta(hours=4)) is None


def test_the_night_of_the_change_of_clocks_has_an_hour_less_and_one_more() -> None:
    night = Hours(((),) * 5 + ((Span(1320, 1440),), (Span(0, 360),)))
    assert open_between(night, TORONTO, at("2027-03-13T00:00"), at("2027-03-15T00:00")) == timedelta(hours=7)
    assert open_between(night, TORONTO, at("2027-11-06T00:00"), at("2027-11-08T00:00")) == timedelta(hours=9)
    ((opens, closes),) = open_spans(night, TORONTO, at("2027-03-13T00:00"), at("2027-03-15T00:00"))
    assert (opens, closes) == (at("2027-03-13T22:00"), at("2027-03-14T06:00"))


def test_when_it_opens_next() -> None:
    assert next_open(OFFICE, TORONTO, at("2026-12-04T17:00")) == at("2026-12-07T09:00")
    assert next_open(OFFICE, TORONTO, at("2026-12-04T10:00")) == at("2026-12-04T10:00")
    assert is_open(OFFICE, TORONTO, at("2026-12-04T16:59"))
    assert not is_open(OFFICE, TORONTO, at("2026-12-04T17:00"))


def test_nonsense_in_a_file_is_no_hours() -> None:
    assert from_facts(to_facts(OFFICE)) == OFFICE
    nonsense: tuple[object, ...] = (
        None,
        [],
        {},
        {"week": [[]] * 6},
        {"week": [[[9, 3]]] * 7},
        {"week": "x"},
        {"week": [[[1, 2, 3]]] * 7},
    )
    assert [from_facts(facts) for facts in nonsense] == [None] * len(nonsense)


spans = st.builds(lambda start, length: Span(start, min(1440, start + length)), st.integers(0, 1380), st.integers(1, 600))
weeks = st.lists(st.lists(spans, max_size=2), min_size=7, max_size=7)


@given(
    week=weeks,
    zone=st.sampled_from([TORONTO, "Europe/Paris", "America/Phoenix", "Australia/Lord_Howe"]),
    start=st.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1)),  # noqa: DTZ001 - given a zone below
    minutes=st.integers(0, 20_000),
    cut=st.floats(0, 1),
)
def test_open_time_adds_up_and_a_promise_is_kept_exactly(
    week: list[list[Span]], zone: str, start: datetime, minutes: int, cut: float
) -> None:
    facts = {"week": [[[span.start, span.end] for span in day] for day in week], "closed": []}
    hours = from_facts(facts)
    assert hours is not None
    begin = start.replace(tzinfo=UTC)
    end = begin + timedelta(minutes=minutes)
    middle = begin + (end - begin) * cut
    whole = open_between(hours, zone, begin, end)
    assert open_between(hours, zone, begin, middle) + open_between(hours, zone, middle, end) == whole
    found = list(open_spans(hours, zone, begin, end))
    assert all(one[1] < other[0] for one, other in itertools.pairwise(found))
    if whole:
        due = runs_out(hours, zone, begin, whole)
        assert due is not None
        assert due <= end
        assert open_between(hours, zone, begin, due) == whole
