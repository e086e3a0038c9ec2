"""Describes a client's quiet hours: the time of day in which nothing leaves by itself that was not meant for that moment."""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from cmdesk.domain.errors import BadInput

_SPAN = re.compile(r"(\d{1,2})[:h](\d{2})?\s*[-–]\s*(\d{1,2})[:h](\d{2})?")
_ALL_DAYS = frozenset(range(7))


class QuietHours(Struct, frozen=True):
    """From ``start`` to ``end`` of the wall clock of the client's zone; past midnight when ``end`` is before ``start``.

    ``days`` are the days on which they begin, Monday is 0.
    """

    start: time
    end: time
    days: frozenset[int] = _ALL_DAYS

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"


def clean_quiet(text: str) -> QuietHours | None:
    """Quiet hours as people write them, ``22:00-07:00``; None for ``none``. Raises BadInput(field="quiet")."""
    if text.strip().lower() in {"none", "off", ""}:
        return None
    match = _SPAN.fullmatch(text.strip())
    if match is None:
        raise BadInput(field="quiet", reason="not_a_span", given=text[:80])
    try:
        start, end = time(int(match[1]), int(match[2] or 0)), time(int(match[3]), int(match[4] or 0))
    except ValueError:
        raise BadInput(field="quiet", reason="not_a_span", given=text[:80]) from None
    if start == end:
        raise BadInput(field="quiet", reason="empty", given=text[:80])
    return QuietHours(start, end)


def quiet_until(quiet: QuietHours | None, zone: str, now: datetime) -> datetime | None:
    """When the quiet hours end that ``now`` (aware) lies in, aware UTC; None outside of them."""
    if quiet is None:
        return None
    place = ZoneInfo(zone)
    local = now.astimezone(place)
    for back in (0, 1):
        day = (local - timedelta(days=back)).date()
        if day.weekday() not in quiet.days:
            continue
        last = day if quiet.end > quiet.start else day + timedelta(days=1)
        begins = datetime.combine(day, quiet.start, tzinfo=place).astimezone(UTC)
        ends = datetime.combine(last, quiet.end, tzinfo=place).astimezone(UTC)
        if begins <= now < ends:
            return ends
    return None


def to_facts(quiet: QuietHours | None) -> dict[str, Any] | None:
    """Quiet hours as the client's file keeps them."""
    if quiet is None:
        return None
    return {"start": quiet.start.isoformat("minutes"), "end": quiet.end.isoformat("minutes"), "days": sorted(quiet.days)}


def from_facts(facts: object) -> QuietHours | None:
    """Quiet hours from the client's file; nonsense counts as none, for a setting is never worth a client that can't be opened."""
    if not isinstance(facts, Mapping):
        return None
    try:
        days = frozenset(int(day) for day in facts.get("days", _ALL_DAYS)) & _ALL_DAYS
        return QuietHours(time.fromisoformat(facts["start"]), time.fromisoformat(facts["end"]), days)
    except (KeyError, TypeError, ValueError):
        return None
