"""Turns a wall-clock intention in a zone into an instant, honestly about daylight saving, and judges lateness."""

import re
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from zoneinfo import ZoneInfo

from msgspec import Struct

from cmdesk.domain.errors import BadInput


class Shift(Enum):
    """What daylight saving does to a chosen wall time."""

    NONE = "none"
    GAP = "gap"  # the time does not exist that day: it is moved forward by the gap
    FOLD = "fold"  # the time happens twice that day: the first is meant


class PlannedTime(Struct, frozen=True):
    """A planned time: the wall clock as chosen (naive), its IANA zone, the instant (aware UTC), and the zone data behind it."""

    wall: datetime
    zone: str
    utc: datetime
    tzdata: str = ""
    shift: Shift = Shift.NONE


def resolve(wall: datetime, zone: str, tzdata: str = "") -> PlannedTime:
    """Resolves a naive wall time in a zone: a gap is skipped forward by its length, of a fold the first is taken."""
    if wall.tzinfo is not None:
        raise BadInput(field="time", reason="has_zone")
    place = ZoneInfo(zone)
    first = wall.replace(tzinfo=place, fold=0)
    second = wall.replace(tzinfo=place, fold=1)
    try:
        utc = first.astimezone(UTC)
        back = utc.astimezone(place).replace(tzinfo=None)
    except OverflowError:
        raise BadInput(field="time", reason="out_of_range") from None
    if back != wall:
        shift = Shift.GAP
    elif first.utcoffset() != second.utcoffset():
        shift = Shift.FOLD
    else:
        shift = Shift.NONE
    return PlannedTime(wall=wall, zone=zone, utc=utc, tzdata=tzdata, shift=shift)


def at_instant(instant: datetime, zone: str, tzdata: str = "") -> PlannedTime:
    """The planned time of an instant (aware), as its zone's wall clock shows it, whole seconds."""
    utc = instant.astimezone(UTC).replace(microsecond=0)
    return PlannedTime(wall=utc.astimezone(ZoneInfo(zone)).replace(tzinfo=None), zone=zone, utc=utc, tzdata=tzdata)


_WHEN = re.compile(
    r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})[T ]+(?P<hour>\d{1,2})(?:[:h](?P<minute>\d{2})?(?::(?P<second>\d{2}))?)"
    r"\s*(?P<offset>Z|[+-]\d{2}:?\d{2})?"
)


def parse_when(text: str, zone: str, tzdata: str = "") -> PlannedTime:
    """Reads "2026-12-01 09:00" (or with T, or "9 h 00" without spaces, or with an offset) as a wall time of the zone.

    With an offset the instant is what counts and the wall time is the zone's. Raises BadInput(field="time").
    """
    match = _WHEN.fullmatch(text.strip())
    if match is None:
        raise BadInput(field="time", reason="not_a_time", given=text[:80])
    year, month, day, hour, minute, second = (
        int(match[name] or 0) for name in ("year", "month", "day", "hour", "minute", "second")
    )
    try:
        wall = datetime(year, month, day, hour, minute, second)  # noqa: DTZ001 - a wall clock reading has no zone yet
        if match["offset"]:
            offset = "+00:00" if match["offset"] == "Z" else match["offset"]
            return at_instant(datetime.fromisoformat(f"{wall.isoformat()}{offset}"), zone, tzdata)
    except (ValueError, OverflowError):
        raise BadInput(field="time", reason="no_such_time", given=text[:80]) from None
    return resolve(wall, zone, tzdata)


#: How late a reply may leave without being asked: nobody chose its hour, it was meant for "as soon as there is a network".
REPLY_GRACE = timedelta(hours=24)


class Lateness(Enum):
    """How a due delivery stands to the clock."""

    EARLY = "early"
    DUE = "due"
    LATE = "late"


def lateness(due: datetime, now: datetime, grace: timedelta) -> Lateness:
    """Early before its time, due within the grace after it, late beyond."""
    if now < due:
        return Lateness.EARLY
    return Lateness.DUE if now - due <= grace else Lateness.LATE


def move_to_day(planned: PlannedTime, day: date, tzdata: str = "") -> PlannedTime:
    """The same wall hour on another day (a date, or a naive datetime): dragging a post keeps its hour."""
    wall = planned.wall.replace(year=day.year, month=day.month, day=day.day)
    return resolve(wall, planned.zone, tzdata)
