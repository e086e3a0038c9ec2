"""Writes calendars as iCalendar (RFC 5545) and reads those of other programs: bounded first, then by the library, then by hand.

Every post is an event at its wall time with its zone, so that it stays at nine o'clock in any program. What was only suggested
is tentative. Days alone are events of whole days.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import icalendar
from msgspec import Struct

from cmdesk.domain.errors import BadInput
from cmdesk.domain.exchange import LARGEST, LONGEST_LINE, LONGEST_TEXT, MOST, Entry
from cmdesk.domain.post import preview

_DIGEST: Final = "x-cmdesk-digest"
_DOMAIN: Final = "@cmdesk"
_PRODUCT: Final = "-//cmdesk//calendar//EN"
#: How long a post is shown in calendars, which draw nothing for a moment.
_LENGTH: Final = timedelta(minutes=15)
#: Components that lie in one another no deeper, and no more of them in all.
_DEEPEST: Final = 5
_COMPONENTS: Final = 4 * MOST
#: No file has more lines, and no property more bytes before its value: the library takes long over both.
_LINES: Final = 60_000
_LONGEST_HEAD: Final = 2_000
_RULE = re.compile(r"[A-Z0-9=;,:+\-]{1,300}")
_OURS = re.compile(r"[a-z0-9]{8}-[a-z]\d+(\.\d+)?")
_STATES: Final[Mapping[str, str]] = MappingProxyType({"draft": "TENTATIVE", "cancelled": "CANCELLED"})


class Found(Struct, frozen=True):
    """An event of a file: its number in it, an hour with its zone (naive wall time) or whole days, and what was let go."""

    line: int
    uid: str
    text: str
    wall: datetime | None = None
    zone: str = ""
    first: date | None = None
    last: date | None = None
    labels: tuple[str, ...] = ()
    rule: str = ""
    warnings: tuple[str, ...] = ()
    error: str = ""


# ---- writing


def write(entries: Iterable[Entry], name: str, *, stamp: datetime, digest: str = "") -> bytes:
    """A calendar of these entries. ``stamp`` (aware) stands where an entry does not know when it changed.

    ``digest`` goes into its head, so that the next one who would write the same sees it at once.
    """
    made = icalendar.Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("x-wr-calname", name)
    if digest:
        made.add(_DIGEST, digest)
    listed = tuple(entries)
    for one in listed:
        made.add_component(event(one, stamp=stamp))
    _add_zones(made, listed)
    return bytes(made.to_ical())


def write_one(entry: Entry, *, stamp: datetime) -> bytes:
    """A calendar of one entry, as servers keep them."""
    made = icalendar.Calendar()
    made.add("prodid", _PRODUCT)
    made.add("version", "2.0")
    made.add_component(event(entry, stamp=stamp))
    _add_zones(made, (entry,))
    return bytes(made.to_ical())


def _add_zones(made: icalendar.Calendar, entries: tuple[Entry, ...]) -> None:
    """The rules of the zones, for the years that the file speaks of: all of them would be ten times the post."""
    years = [one.wall.year for one in entries if one.wall is not None]
    if years:
        made.add_missing_timezones(date(min(years) - 1, 1, 1), date(max(years) + 2, 1, 1))


def event(one: Entry, *, stamp: datetime) -> icalendar.Event:
    """An entry as an event."""
    made = icalendar.Event()
    made.add("uid", uid_of(one))
    made.add("dtstamp", (one.stamp or stamp).astimezone(UTC).replace(microsecond=0))
    made.add("summary", preview(one.text, 80))
    made.add("description", one.text)
    if one.wall is not None:
        start = one.wall.replace(tzinfo=UTC if one.zone == "UTC" else ZoneInfo(one.zone))
        made.add("dtstart", start)
        # A length, not an end: across a change of the clocks an end on the wall may lie before its beginning.
        made.add("duration", _LENGTH)
        made.add("status", _STATES.get(one.state, "CONFIRMED"))
    elif one.first is not None:
        made.add("dtstart", one.first)
        made.add("dtend", (one.last or one.first) + timedelta(days=1))
        made.add("transp", "TRANSPARENT")
    if one.labels or one.campaign:
        made.add("categories", [*one.labels, *((one.campaign,) if one.campaign else ())])
    if one.accounts:
        made.add("location", ", ".join(one.accounts))
    if one.url:
        made.add("url", one.url)
    made.add("x-cmdesk-kind", one.kind.value)
    if one.state:
        made.add("x-cmdesk-state", one.state)
    return made


def uid_of(one: Entry) -> str:
    """The name of an entry in other programs; what came from one keeps the name it had there."""
    return one.uid + _DOMAIN if _OURS.fullmatch(one.uid) else one.uid


def digest_of(head: bytes) -> str:
    """The digest in the beginning of a calendar file; empty when there is none."""
    match = re.search(rb"(?mi)^" + _DIGEST.encode() + rb":([0-9a-f]{32})\r?$", head)
    return match[1].decode() if match else ""


# ---- reading


def read(data: bytes) -> tuple[Found, ...]:
    """The events of a calendar file, in its order. Raises BadInput(field="file"): too_large, not_text, line_too_long, too_many,
    too_deep, not_a_calendar. An event that makes no sense by itself has an ``error`` code.
    """
    _bound(data)
    try:
        calendars = icalendar.Calendar.from_ical(data, multiple=True)
    except (ValueError, IndexError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
        raise BadInput(field="file", reason="not_a_calendar") from None
    events = [event for made in calendars for event in made.walk("VEVENT")]
    if not calendars:
        raise BadInput(field="file", reason="not_a_calendar")
    return tuple(_found(number, made) for number, made in enumerate(events, 1))


def _bound(data: bytes) -> None:
    """Refuses, by looking at bytes alone, what would keep the library busy."""
    if len(data) > LARGEST:
        raise BadInput(field="file", reason="too_large", limit=LARGEST)
    if b"\x00" in data:
        raise BadInput(field="file", reason="not_text")
    if not data.lstrip(b"\xef\xbb\xbf \r\n\t").upper().startswith(b"BEGIN:VCALENDAR"):
        raise BadInput(field="file", reason="not_a_calendar")
    lines = data.splitlines()
    if len(lines) > _LINES:
        raise BadInput(field="file", reason="too_many", limit=MOST)
    _bound_lines(lines)
    _bound_parts(lines)


def _bound_lines(lines: list[bytes]) -> None:
    """A folded line goes on with a space: its parts are one line, however short each is."""
    length = head = 0
    in_head = False
    for line in lines:
        if line[:1] in {b" ", b"\t"}:
            length += len(line)
        else:
            length, head, in_head = len(line), 0, True
        if in_head:
            colon = line.find(b":")
            head += len(line) if colon < 0 else colon
            in_head = colon < 0
        if length > LONGEST_LINE or head > _LONGEST_HEAD:
            raise BadInput(field="file", reason="line_too_long", limit=LONGEST_LINE)


def _bound_parts(lines: list[bytes]) -> None:
    depth = components = events = 0
    for line in lines:
        start = line[:40].upper()
        if start.startswith(b"BEGIN:"):
            depth, components = depth + 1, components + 1
            events += start.startswith(b"BEGIN:VEVENT")
        elif start.startswith(b"END:"):
            depth -= 1
        if events > MOST or components > _COMPONENTS:
            raise BadInput(field="file", reason="too_many", limit=MOST)
        if depth > _DEEPEST:
            raise BadInput(field="file", reason="too_deep")


def _found(number: int, made: Any) -> Found:
    uid = _text(made.get("uid"))[:250]
    try:
        return _read_event(number, uid, made)
    except BadInput as problem:
        return Found(number, uid, _text(made.get("summary"))[:80], error=problem.reason)
    except (ValueError, TypeError, AttributeError, KeyError, OverflowError):
        return Found(number, uid, "", error="not_an_event")


def _read_event(number: int, uid: str, made: Any) -> Found:
    summary, description = _text(made.get("summary")), _text(made.get("description"))
    # Our own summary is the beginning of the description; another program's is the post, and the rest explains it.
    text = description if description and (made.get("x-cmdesk-kind") or not summary) else summary
    if description and text == summary and description != summary:
        text = f"{summary}\n\n{description}"
    if not text:
        raise BadInput(field="text", reason="empty")
    if len(text) > LONGEST_TEXT:
        raise BadInput(field="text", reason="too_long")
    start = made.get("dtstart")
    if start is None or isinstance(start, list):
        raise BadInput(field="date", reason="missing")
    warnings: list[str] = []
    rule = _rule(made.get("rrule"))
    if made.get("rrule") is not None:
        warnings.append("repeats" if rule else "rule_ignored")
    labels = tuple(dict.fromkeys(_labels(made.get("categories"))))
    when = start.dt
    if not isinstance(when, datetime):
        last = _last_day(made, when)
        return Found(number, uid, text, first=when, last=last, labels=labels, rule=rule, warnings=tuple(warnings))
    if not 1970 <= when.year <= 2099:
        raise BadInput(field="date", reason="out_of_range")
    zone = _zone(start, when, warnings)
    if not zone and when.tzinfo is not None:
        when = when.astimezone(UTC)
        zone = "UTC"
    wall = when.replace(tzinfo=None, microsecond=0)
    return Found(number, uid, text, wall=wall, zone=zone, labels=labels, rule=rule, warnings=tuple(warnings))


def _last_day(made: Any, first: date) -> date:
    end = made.get("dtend")
    if end is not None and not isinstance(end, list):
        last = end.dt.date() if isinstance(end.dt, datetime) else end.dt - timedelta(days=1)
    elif made.get("duration") is not None and not isinstance(made.get("duration"), list):
        last = first + made["duration"].dt - timedelta(days=1)
    else:
        last = first
    if not 1970 <= first.year <= 2099 or (last - first).days > 3660:
        raise BadInput(field="date", reason="out_of_range")
    return max(first, last)


def _zone(start: Any, when: datetime, warnings: list[str]) -> str:
    """The IANA zone of a time; empty where it floats or its zone is unknown (then the client's own is meant)."""
    if when.tzinfo is None:
        if start.params.get("TZID"):
            warnings.append("unknown_zone")
        return ""
    if when.tzinfo is UTC:
        return "UTC"
    for name in (getattr(when.tzinfo, "key", None), str(start.params.get("TZID", ""))):
        try:
            if name:
                return ZoneInfo(name).key
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    return ""


def _rule(value: Any) -> str:
    """A rule as text, when there is one of a decent size; it is never followed here."""
    if value is None or isinstance(value, list):
        return ""
    text = value.to_ical().decode("ascii", "replace")
    return text if _RULE.fullmatch(text) else ""


def _labels(value: Any) -> Iterator[str]:
    for one in value if isinstance(value, list) else () if value is None else (value,):
        for name in one.cats if hasattr(one, "cats") else (one,):
            text = " ".join(str(name).split())[:80]
            if text and text.isprintable():
                yield text


def _text(value: Any) -> str:
    if isinstance(value, list):
        value = value[0] if value else None
    if value is None:
        return ""
    text = str(value).replace("\r\n", "\n").replace("\r", "\n")
    return "".join(one for one in text if one in "\n\t" or one.isprintable() or ord(one) > 0x9F).strip()


__all__ = ["Found", "event", "read", "uid_of", "write", "write_one"]
