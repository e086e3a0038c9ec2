"""The next free slot is at its hour on the wall, away from other posts, out of quiet hours, and never one that is taken."""

from __future__ import annotations

import itertools
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.domain.errors import BadInput
from cmdesk.domain.ids import AccountId
from cmdesk.domain.quiet import QuietHours
from cmdesk.domain.schedule import Shift
from cmdesk.domain.slots import Slot, Slots, clean_slots, from_facts, next_free, times, to_facts, written

TORONTO = "America/Toronto"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(TORONTO)).astimezone(UTC)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("mon-fri 9:00, 12:30; sat 10h", "mon,tue,wed,thu,fri 09:00, 12:30; sat 10:00"),
        ("lun,mer 9h30", "mon,wed 09:30"),
        ("sun-mon 0:00", "mon,sun 00:00"),
        ("none", ""),
    ],
)
def test_as_people_write_them(text: str, plain: str) -> None:
    found = clean_slots(text)
    assert written(found) == plain
    assert clean_slots(written(found)) == found


@pytest.mark.parametrize(
    "text",
    [
        "9:00",
        "mon 24:00",
        "mon nine",
        "xyz 9:00",
        "mon 9:60",
        "mon-sun " + ", ".join(f"{h}:{m:02}" for h in range(8) for m in (0, 30)),
    ],
)
def test_what_is_none(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        clean_slots(text)
    assert refused.value.field == "slots"


def test_a_taken_slot_is_passed_over_and_a_gap_filled() -> None:
    slots = clean_slots("mon-fri 9:00, 16:00")
    busy = [at("2026-12-01T16:00"), at("2026-12-02T16:00")]
    found = next_free(slots, TORONTO, at("2026-12-01T10:00"), busy=busy, distance=timedelta())
    assert found is not None
    assert f"{found.wall:%m-%d %H:%M}" == "12-02 09:00"
    near = next_free(slots, TORONTO, at("2026-12-01T10:00"), busy=[*busy, at("2026-12-02T09:20")], distance=timedelta(minutes=30))
    assert near is not None
    assert f"{near.wall:%m-%d %H:%M}" == "12-03 09:00"


def test_quiet_hours_have_no_slot_and_a_full_queue_says_so() -> None:
    slots = clean_slots("mon-sun 6:00")
    quiet = QuietHours(time(22), time(7))
    assert next_free(slots, TORONTO, at("2026-12-01T10:00"), busy=(), distance=timedelta(), quiet=quiet) is None
    assert next_free((), TORONTO, at("2026-12-01T10:00"), busy=(), distance=timedelta()) is None


def test_a_slot_in_the_gap_moves_forward_and_is_one_with_what_it_falls_upon() -> None:
    slots = clean_slots("sun 2:30, 3:30")
    found = list(times(slots, TORONTO, at("2027-03-13T12:00"), until=at("2027-03-22T00:00")))
    assert [(f"{one.wall:%m-%d %H:%M}", one.shift) for one in found] == [
        ("03-14 03:30", Shift.NONE),
        ("03-21 02:30", Shift.NONE),
        ("03-21 03:30", Shift.NONE),
    ]


def test_an_account_may_have_its_own() -> None:
    slots = Slots((Slot(0, 540),), {AccountId(2): (Slot(1, 600),)})
    assert (slots.of(AccountId(1)), slots.of(AccountId(2))) == ((Slot(0, 540),), (Slot(1, 600),))
    assert from_facts(to_facts(slots)) == slots
    nonsense: tuple[object, ...] = (None, [], {"every": [[9, 1]]}, {"every": "x"}, {"own": {"x": []}}, {"own": []})
    assert [from_facts(facts) for facts in nonsense] == [Slots()] * len(nonsense)


@given(
    slots=st.lists(st.builds(Slot, st.integers(0, 6), st.integers(0, 1439)), min_size=1, max_size=6),
    zone=st.sampled_from([TORONTO, "Europe/Paris", "America/Phoenix"]),
    start=st.datetimes(datetime(2026, 1, 1), datetime(2028, 12, 31)),  # noqa: DTZ001 - given a zone below
    number=st.integers(1, 12),
    distance=st.integers(0, 90),
)
def test_filling_one_after_the_other_takes_each_once_in_order(
    slots: list[Slot], zone: str, start: datetime, number: int, distance: int
) -> None:
    now = start.replace(tzinfo=UTC)
    busy: list[datetime] = []
    for _ in range(number):
        found = next_free(slots, zone, now, busy=busy, distance=timedelta(minutes=distance))
        if found is None:
            break
        busy.append(found.utc)
        assert (found.wall.weekday(), found.wall.hour * 60 + found.wall.minute) in {(slot.day, slot.minute) for slot in slots}
    assert busy == sorted(busy)
    assert all(later - one >= timedelta(minutes=max(1, distance)) for one, later in itertools.pairwise(busy))
