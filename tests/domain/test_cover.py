"""Where clients are open and nobody works is a gap, and a promise breaks in it only if nobody is back in time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.domain.cover import Stretch, both, clean_days_off, gaps, joined, without, written_days_off
from cmdesk.domain.errors import BadInput
from cmdesk.domain.hours import OFFICE, open_spans

DAY = datetime(2026, 12, 7, tzinfo=UTC)


def stretch(start: float, end: float) -> Stretch:
    return Stretch(DAY + timedelta(hours=start), DAY + timedelta(hours=end))


def test_a_gap_breaks_the_promise_only_when_nobody_is_back_in_time() -> None:
    opened = joined(Stretch(*span) for span in open_spans(OFFICE, "UTC", DAY, DAY + timedelta(days=1)))
    own = (stretch(9, 11), stretch(13, 17))
    (kept,) = gaps(OFFICE, "UTC", 180, opened, own)
    assert (kept.start, kept.end, kept.broken_at) == (DAY + timedelta(hours=11), DAY + timedelta(hours=13), None)
    (broken,) = gaps(OFFICE, "UTC", 60, opened, own)
    assert broken.broken_at == DAY + timedelta(hours=12)
    (never,) = gaps(OFFICE, "UTC", 60, opened, ())
    assert never.broken_at == DAY + timedelta(hours=10)
    assert gaps(OFFICE, "UTC", 60, opened, opened) == ()


@pytest.mark.parametrize(
    ("text", "number"), [("", 0), ("2026-12-24", 1), ("2026-12-24..2027-01-04, 2027-05-24", 13), ("2026-12-24; 2026-12-25", 2)]
)
def test_days_off_as_people_write_them(text: str, number: int) -> None:
    found = clean_days_off(text)
    assert len(found) == number
    assert clean_days_off(written_days_off(found)) == found


@pytest.mark.parametrize("text", ["soon", "2026-12-24..2026-12-20", "2026-01-01..2036-01-01", "2026-13-01"])
def test_what_is_no_day_off(text: str) -> None:
    with pytest.raises(BadInput):
        clean_days_off(text)


def test_runs_are_written_as_runs() -> None:
    assert written_days_off([date(2026, 12, 25), date(2026, 12, 24), date(2026, 12, 27)]) == "2026-12-24..2026-12-25, 2026-12-27"


stretches = st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)).map(lambda pair: stretch(pair[0], sum(pair))), max_size=6)


@given(first=stretches, second=stretches)
def test_what_both_have_and_what_is_left_are_the_whole(first: list[Stretch], second: list[Stretch]) -> None:
    whole = sum((one.length for one in joined(first)), timedelta())
    shared = sum((one.length for one in both(joined(first), joined(second))), timedelta())
    left = sum((one.length for one in without(first, second)), timedelta())
    assert shared + left == whole
