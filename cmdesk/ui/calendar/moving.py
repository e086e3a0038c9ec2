"""Says where a moved entry lands: the client's wall hour is what was meant, so it is what stays."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cmdesk.domain.delivery import PostState
from cmdesk.domain.errors import BadInput
from cmdesk.domain.schedule import PlannedTime, Shift, at_instant, resolve
from cmdesk.ui.calendar.days import MORNING
from cmdesk.ui.calendar.entries import Entry, Landing, Refusal, Spot

SNAP = 15


def refusal_of(entry: Entry) -> Refusal | None:
    """Why an entry can't be moved at all; None when it can."""
    if entry.row.movable:
        return None
    reasons = {
        PostState.SENDING: Refusal.GOING,
        PostState.PARTLY_SENT: Refusal.PARTLY,
        PostState.NEEDS_YOU: Refusal.UNCLEAR,
        PostState.PLANNED: Refusal.GOING,
    }
    return reasons.get(entry.row.state, Refusal.OUT)


def land(  # noqa: PLR0917 - the entry, where to, and what it takes to know
    entry: Entry, spot: Spot, zone: ZoneInfo, now: datetime, tzdata: str = "", copying: bool = False
) -> Landing:
    """What dropping an entry on a spot of a calendar in ``zone`` would do. ``now`` is aware. Anything may be copied."""
    why = None if copying else refusal_of(entry)
    if why is not None:
        return Landing(None, entry.wall, why)
    try:
        planned = (
            _on_day(entry, spot.day, zone, tzdata) if spot.minute is None else _at(entry, spot.day, spot.minute, zone, tzdata)
        )
    except (BadInput, OverflowError, ValueError):
        return Landing(None, entry.wall, Refusal.PAST)
    shown = planned.utc.astimezone(zone).replace(tzinfo=None)
    if planned.utc <= now:
        return Landing(None, shown, Refusal.PAST)
    return Landing(planned, shown, twice=planned.shift is Shift.FOLD)


def _meant(entry: Entry) -> datetime:
    """The wall time that was meant in the client's zone: as chosen, even where a change of the clocks moved it."""
    return entry.row.planned.wall if entry.row.planned.zone == entry.owner.zone else entry.own_wall


def _on_day(entry: Entry, day: date, zone: ZoneInfo, tzdata: str) -> PlannedTime:
    """The same hour of the client's clock, on the day of the client's that this calendar shows as ``day``.

    Seen from another zone the two may be neighbours, and which depends on both zones' daylight saving.
    """
    meant = _meant(entry)
    shift = (day - entry.day).days
    candidates = [
        resolve(datetime.combine(meant.date() + timedelta(days=shift + nudge), meant.time()), entry.owner.zone, tzdata)
        for nudge in (0, -1, 1)
    ]
    on_it = (one for one in candidates if one.utc.astimezone(zone).date() == day)
    return next(on_it, candidates[0])


def _at(entry: Entry, day: date, minute: int, zone: ZoneInfo, tzdata: str) -> PlannedTime:
    """The minute of this calendar's clock that was pointed at, told in the client's zone."""
    wall = datetime.combine(day, time(minute // 60, minute % 60))
    if zone.key == entry.owner.zone:
        return resolve(wall, entry.owner.zone, tzdata)
    return at_instant(resolve(wall, zone.key, tzdata).utc, entry.owner.zone, tzdata)


def timely(spot: Spot, now: datetime) -> Spot | None:
    """The spot with an hour that is still to come: the morning, today the next full hour; None when it has passed.

    ``now`` is naive, in the zone of the calendar.
    """
    if spot.minute is not None:
        later = datetime.combine(spot.day, time(spot.minute // 60, spot.minute % 60)) > now
        return spot if later else None
    if spot.day < now.date():
        return None
    if spot.day > now.date() or now.hour * 60 + now.minute < MORNING:
        return Spot(spot.day, MORNING)
    following = now + timedelta(hours=1)
    return Spot(following.date(), following.hour * 60)


def snapped(minute: float) -> int:
    """The quarter of an hour nearest to a minute of the day."""
    return max(0, min(24 * 60 - SNAP, round(minute / SNAP) * SNAP))


def own_moment(spot: Spot, zone: ZoneInfo, owner_zone: str) -> datetime:
    """A spot with a minute as the wall time (naive) of a client."""
    minute = spot.minute or 0
    wall = datetime.combine(spot.day, time(minute // 60, minute % 60))
    if zone.key == owner_zone:
        return wall
    return resolve(wall, zone.key).utc.astimezone(ZoneInfo(owner_zone)).replace(tzinfo=None)


def land_guest(spot: Spot, zone: ZoneInfo, owner_zone: str, now: datetime, tzdata: str = "") -> Landing:
    """What dropping a draft, an idea or files of a client on a spot would do; the spot has a minute."""
    minute = spot.minute or 0
    shown = datetime.combine(spot.day, time(minute // 60, minute % 60))
    try:
        planned = resolve(own_moment(spot, zone, owner_zone), owner_zone, tzdata)
    except (BadInput, OverflowError, ValueError):
        return Landing(None, shown, Refusal.PAST)
    shown = planned.utc.astimezone(zone).replace(tzinfo=None)
    if planned.utc <= now:
        return Landing(None, shown, Refusal.PAST)
    return Landing(planned, shown, twice=planned.shift is Shift.FOLD)
