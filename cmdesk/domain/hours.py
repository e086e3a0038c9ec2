"""Reads business hours: when somebody answers, how long that has been, and when a promise made in such hours runs out.

Hours are wall time of one zone, Monday first. What is counted in them (a promise of four hours) is counted in real time: the
day of twenty-three hours has an hour less only where the missing one was an open one.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from itertools import groupby
from typing import Any, Final
from zoneinfo import ZoneInfo

from msgspec import Struct

from cmdesk.domain.errors import BadInput

_DAY = timedelta(days=1)
#: Hours that open never again are not waited for longer.
_FAR: Final = 400
_MINUTES_A_DAY: Final = 1440
#: No promise is longer, in minutes of business time: four weeks of whole days.
LONGEST_PROMISE: Final = 40_320

#: How days are written, in the order of the week; French ones are read too.
DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_FRENCH: Final = ("lun", "mar", "mer", "jeu", "ven", "sam", "dim")
_SPAN = re.compile(r"(\d{1,2})(?:[:h](\d{2})?)?\s*[-–]\s*(\d{1,2})(?:[:h](\d{2})?)?")
_GROUP = re.compile(r"([a-zé,\s–-]+?)\s+(closed|fermé|[\d:h,\s–-]+)")


class Span(Struct, frozen=True, order=True):
    """Minutes of a day, half-open; ``end`` may be 1440 (midnight), never more: what goes past midnight is two spans."""

    start: int
    end: int


class Hours(Struct, frozen=True):
    """The open spans of each weekday (seven, Monday first), and days on which it is closed all the same."""

    week: tuple[tuple[Span, ...], ...]
    closed: frozenset[date] = frozenset()

    def __str__(self) -> str:
        return written(self)

    @property
    def weekly(self) -> timedelta:
        """How long it is open in a week without closed days."""
        return timedelta(minutes=sum(span.end - span.start for spans in self.week for span in spans))


#: What most offices keep: a sensible first offer, never assumed.
OFFICE: Final = Hours(((Span(540, 1020),),) * 5 + ((), ()))


def clean_hours(text: str) -> Hours | None:
    """Hours as people write them, ``mon-fri 9:00-12:00, 13:00-17:00; sat 10:00-14:00``; None for ``none``.

    Days are English or French, three letters or more. Past midnight goes to the next day. Raises BadInput(field="hours").
    """
    plain = " ".join(text.lower().split())
    if plain in {"", "none", "off"}:
        return None
    week: list[set[Span]] = [set() for _ in DAYS]
    for group in filter(None, (part.strip() for part in plain.split(";"))):
        match = _GROUP.fullmatch(group)
        if match is None:
            raise BadInput(field="hours", reason="not_hours", given=text[:80])
        days = clean_days(match[1])
        if match[2] in {"closed", "fermé"}:
            continue
        for written_span in match[2].split(","):
            for day in days:
                for shift, span in _spans(written_span, text):
                    week[(day + shift) % 7].add(span)
    if not any(week):
        raise BadInput(field="hours", reason="never_open", given=text[:80])
    return Hours(tuple(_joined(spans) for spans in week))


def clean_days(text: str) -> tuple[int, ...]:
    """Weekdays (Monday is 0) as people write them, ``mon-fri`` or ``sam, dim``. Raises BadInput(field="hours")."""
    found: list[int] = []
    for part in text.lower().replace("–", "-").split(","):
        ends = [_day(name, text) for name in part.split("-")]
        if len(ends) > 2:
            raise BadInput(field="hours", reason="not_a_day", given=text[:80])
        first, last = ends[0], ends[-1]
        found += [day % 7 for day in range(first, last + 1 if last >= first else last + 8)]
    return tuple(dict.fromkeys(found))


def _day(text: str, whole: str) -> int:
    name = text.strip()[:3]
    for names in (DAYS, _FRENCH):
        if name in names:
            return names.index(name)
    raise BadInput(field="hours", reason="not_a_day", given=whole[:80])


def _spans(text: str, whole: str) -> tuple[tuple[int, Span], ...]:
    """The span as minutes, cut at midnight: (days later, span)."""
    match = _SPAN.fullmatch(text.strip())
    if match is None:
        raise BadInput(field="hours", reason="not_hours", given=whole[:80])
    start, end = (int(match[place]) * 60 + int(match[place + 1] or 0) for place in (1, 3))
    if int(match[2] or 0) > 59 or int(match[4] or 0) > 59 or start >= _MINUTES_A_DAY or end > _MINUTES_A_DAY or start == end:
        raise BadInput(field="hours", reason="not_hours", given=whole[:80])
    if end > start:
        return ((0, Span(start, end)),)
    return ((0, Span(start, _MINUTES_A_DAY)), *(((1, Span(0, end)),) if end else ()))


def _joined(spans: set[Span]) -> tuple[Span, ...]:
    """Spans in order, those that touch as one."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def written(hours: Hours) -> str:
    """The hours as ``clean_hours`` reads them."""
    parts = []
    for spans, group in groupby(range(7), key=lambda day: hours.week[day]):
        days = list(group)
        if spans:
            name = DAYS[days[0]] if len(days) == 1 else f"{DAYS[days[0]]}-{DAYS[days[-1]]}"
            parts.append(f"{name} {', '.join(f'{_clock(span.start)}-{_clock(span.end)}' for span in spans)}")
    return "; ".join(parts)


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


# ---- in time


def open_spans(hours: Hours, zone: str, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The open spans within a half-open span of instants (aware), as instants in UTC, cut at its ends, in order.

    Spans that touch at midnight are one.
    """
    place = ZoneInfo(zone)
    day = start.astimezone(place).date() - _DAY
    last = end.astimezone(place).date()
    pending: tuple[datetime, datetime] | None = None
    while day <= last:
        for opens, closes in _of_day(hours, place, day):
            begin, finish = max(opens, start), min(closes, end)
            if begin >= finish:
                continue
            if pending is not None and begin <= pending[1]:
                pending = (pending[0], max(pending[1], finish))
            else:
                if pending is not None:
                    yield pending
                pending = (begin.astimezone(UTC), finish.astimezone(UTC))
        day += _DAY
    if pending is not None:
        yield pending


def _of_day(hours: Hours, place: ZoneInfo, day: date) -> Iterator[tuple[datetime, datetime]]:
    if day in hours.closed:
        return
    for span in hours.week[day.weekday()]:
        yield _instant(place, day, span.start), _instant(place, day, span.end)


def _instant(place: ZoneInfo, day: date, minute: int) -> datetime:
    if minute == _MINUTES_A_DAY:
        return datetime.combine(day + _DAY, time(), tzinfo=place).astimezone(UTC)
    return datetime.combine(day, time(minute // 60, minute % 60), tzinfo=place).astimezone(UTC)


def is_open(hours: Hours, zone: str, moment: datetime) -> bool:
    """Whether an instant (aware) lies in the hours."""
    place = ZoneInfo(zone)
    return any(opens <= moment < closes for opens, closes in _of_day(hours, place, moment.astimezone(place).date()))


def open_between(hours: Hours, zone: str, start: datetime, end: datetime) -> timedelta:
    """How much of a span of instants (aware) was open."""
    return sum((closes - opens for opens, closes in open_spans(hours, zone, start, end)), timedelta())


def next_open(hours: Hours, zone: str, moment: datetime) -> datetime | None:
    """The first open instant at or after an instant (aware), in UTC; None when it does not open within a year."""
    return next((opens for opens, _ in open_spans(hours, zone, moment, moment + _FAR * _DAY)), None)


def runs_out(hours: Hours | None, zone: str, since: datetime, promise: timedelta) -> datetime | None:
    """When a promise made at an instant (aware) runs out, counted in open time; None when it never does.

    Without hours every hour counts.
    """
    if hours is None:
        return (since + promise).astimezone(UTC)
    left = promise
    for opens, closes in open_spans(hours, zone, since, since + _FAR * _DAY):
        if closes - opens >= left:
            return opens + left
        left -= closes - opens
    return None


def clean_promise(minutes: int) -> int:
    """Minutes of business time in which an answer is promised; 0 is no promise. Raises BadInput(field="promise")."""
    if not 0 <= minutes <= LONGEST_PROMISE:
        raise BadInput(field="promise", reason="out_of_range", limit=LONGEST_PROMISE)
    return minutes


# ---- in the client's file


def to_facts(hours: Hours | None) -> dict[str, Any] | None:
    """Hours as a file keeps them."""
    if hours is None:
        return None
    week = [[[span.start, span.end] for span in spans] for spans in hours.week]
    return {"week": week, "closed": sorted(day.isoformat() for day in hours.closed)}


def from_facts(facts: object) -> Hours | None:
    """Hours from a file; nonsense counts as none, for a setting is never worth a client that can't be opened."""
    if not isinstance(facts, Mapping):
        return None
    try:
        week = tuple(_joined({_sound(*span) for span in spans}) for spans in facts["week"])
        closed = frozenset(date.fromisoformat(day) for day in facts.get("closed", ()))
    except (KeyError, TypeError, ValueError):
        return None
    return Hours(week, closed) if len(week) == 7 else None


def _sound(start: int, end: int) -> Span:
    if not 0 <= start < end <= _MINUTES_A_DAY:
        raise ValueError(start, end)
    return Span(start, end)
