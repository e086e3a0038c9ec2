"""A moved post keeps the wall hour that its client meant, across every change of the clocks."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.domain.client import Colour
from cmdesk.domain.delivery import PostState
from cmdesk.domain.ids import ClientId, DeliveryId, PostId
from cmdesk.domain.schedule import Shift, resolve
from cmdesk.domain.views import AgendaEntry
from cmdesk.ui.calendar.entries import Entry, Owner, Refusal, Spot, placed
from cmdesk.ui.calendar.moving import land, own_moment, snapped

NOW = datetime(2026, 1, 1, tzinfo=UTC)
ZONES = ("America/Toronto", "Europe/Paris", "Asia/Tokyo")


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """What a wall clock shows."""
    return datetime(year, month, day, hour, minute)  # noqa: DTZ001 - a wall clock reading has no zone yet


def entry(wall: datetime, zone: str, *, seen_from: str = "", state: PostState = PostState.PLANNED, movable: bool = True) -> Entry:
    """A post of a client in a zone, in a calendar of the same zone or of another one."""
    row = AgendaEntry(
        ClientId("aaaabbbb"), PostId(1), resolve(wall, zone), "Bonjour", state, (DeliveryId(1),), (), movable=movable
    )
    owner = Owner(ClientId("aaaabbbb"), "Rosa", "R", Colour.TEAL, zone)
    return placed(row, owner, ZoneInfo(seen_from or zone), ZoneInfo(zone))


@pytest.mark.parametrize("zone", ZONES)
@pytest.mark.parametrize(
    ("before", "after"),
    [(date(2026, 3, 5), date(2026, 4, 2)), (date(2026, 10, 20), date(2026, 11, 9)), (date(2026, 11, 9), date(2026, 10, 20))],
)
def test_a_drag_to_another_day_keeps_the_hour(zone: str, before: date, after: date) -> None:
    moved = land(
        entry(datetime.combine(before, datetime.min.time()).replace(hour=9, minute=40), zone), Spot(after), ZoneInfo(zone), NOW
    )
    assert moved.planned is not None
    assert moved.planned.wall == moved.wall == at(after.year, after.month, after.day, 9, 40)
    assert moved.planned.zone == zone


@given(
    st.datetimes(at(2026, 2, 1), at(2027, 1, 1)).map(lambda one: one.replace(second=0, microsecond=0)),
    st.dates(date(2026, 2, 1), date(2027, 1, 1)),
    st.sampled_from(ZONES),
    st.sampled_from(ZONES),
)
def test_seen_from_anywhere_the_clients_hour_stays_and_the_day_is_the_one_dropped_on(
    wall: datetime, day: date, zone: str, seen_from: str
) -> None:
    taken = entry(wall, zone, seen_from=seen_from)
    moved = land(taken, Spot(day), ZoneInfo(seen_from), NOW)
    assert moved.planned is not None
    assert moved.planned.wall.time() == wall.time()
    # Between a gap here and a fold there a day may not have that hour at all; otherwise it lands where it was dropped.
    assert abs(moved.wall.date() - day) <= timedelta(days=1)
    if seen_from == zone and moved.planned.shift is not Shift.GAP:
        assert moved.wall.date() == day


def test_from_another_zone_it_lands_on_the_day_that_is_seen() -> None:
    # 5:30 in Paris is 23:30 the day before in Toronto, but 0:30 of the same day in the week when only Paris has changed.
    taken = entry(at(2026, 10, 20, 5, 30), "Europe/Paris", seen_from="America/Toronto")
    assert taken.day == date(2026, 10, 19)
    moved = land(taken, Spot(date(2026, 10, 28)), ZoneInfo("America/Toronto"), NOW)
    assert moved.planned is not None
    assert (moved.wall.date(), moved.planned.wall.hour) == (date(2026, 10, 28), 5)


def test_onto_an_hour_that_does_not_exist_it_is_said_and_moved_forward() -> None:
    moved = land(entry(at(2026, 3, 1, 2, 30), "America/Toronto"), Spot(date(2026, 3, 8)), ZoneInfo("America/Toronto"), NOW)
    assert moved.planned is not None
    assert moved.planned.shift is Shift.GAP
    assert moved.wall == at(2026, 3, 8, 3, 30)


def test_off_an_hour_that_does_not_exist_the_hour_that_was_meant_comes_back() -> None:
    moved = land(entry(at(2026, 3, 8, 2, 30), "America/Toronto"), Spot(date(2026, 3, 9)), ZoneInfo("America/Toronto"), NOW)
    assert moved.planned is not None
    assert moved.planned.wall == at(2026, 3, 9, 2, 30)


def test_onto_an_hour_that_comes_twice_the_first_is_meant() -> None:
    moved = land(entry(at(2026, 10, 25, 1, 30), "America/Toronto"), Spot(date(2026, 11, 1)), ZoneInfo("America/Toronto"), NOW)
    assert moved.twice
    assert moved.planned is not None
    assert moved.planned.utc == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def test_in_the_week_the_minute_pointed_at_counts_on_the_calendars_clock() -> None:
    taken = entry(at(2026, 6, 1, 15, 0), "Europe/Paris", seen_from="America/Toronto")
    moved = land(taken, Spot(date(2026, 6, 2), 10 * 60 + 15), ZoneInfo("America/Toronto"), NOW)
    assert moved.planned is not None
    assert moved.planned.wall == at(2026, 6, 2, 16, 15)
    assert moved.planned.zone == "Europe/Paris"


def test_the_past_takes_nothing() -> None:
    zone = ZoneInfo("America/Toronto")
    moved = land(entry(at(2026, 6, 1, 9), zone.key), Spot(date(2025, 12, 1)), zone, NOW)
    assert (moved.planned, moved.refusal) == (None, Refusal.PAST)


@pytest.mark.parametrize(
    ("state", "why"),
    [
        (PostState.SENT, Refusal.OUT),
        (PostState.SENDING, Refusal.GOING),
        (PostState.PARTLY_SENT, Refusal.PARTLY),
        (PostState.NEEDS_YOU, Refusal.UNCLEAR),
    ],
)
def test_what_is_out_stays_and_says_why(state: PostState, why: Refusal) -> None:
    zone = ZoneInfo("America/Toronto")
    taken = entry(at(2026, 6, 1, 9), zone.key, state=state, movable=False)
    assert land(taken, Spot(date(2026, 6, 2)), zone, NOW).refusal is why


@given(st.floats(-200, 2000))
def test_a_minute_snaps_to_a_quarter_inside_the_day(minute: float) -> None:
    found = snapped(minute)
    assert found % 15 == 0
    assert 0 <= found < 24 * 60
    if 0 <= minute <= 24 * 60 - 15:
        assert abs(found - minute) <= 7.5


def test_a_new_post_begins_at_the_clients_own_time() -> None:
    assert own_moment(Spot(date(2026, 6, 1), 9 * 60), ZoneInfo("America/Toronto"), "Europe/Paris") == at(2026, 6, 1, 15)
    assert own_moment(Spot(date(2026, 6, 1), 9 * 60), ZoneInfo("Asia/Tokyo"), "Asia/Tokyo") == at(2026, 6, 1, 9)
