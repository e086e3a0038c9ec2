"""Works out when a post that repeats goes out: in wall time, so that nine o'clock stays nine o'clock all year.

A rule is an RRULE of RFC 5545 without its name (``FREQ=WEEKLY;BYDAY=MO,TH``). It is never counted in hours: each occurrence
is a wall time of its own, resolved in its zone like any planned time.
"""

import itertools
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr

from cmdesk.domain.errors import BadInput
from cmdesk.domain.schedule import PlannedTime, resolve

#: No list of occurrences is longer; a post a day for almost three years.
MOST: Final = 1000
_LONGEST_RULE: Final = 300
#: No rule is followed further than so many occurrences: daily for a century.
_FARTHEST: Final = 36_600
_LONGEST_INTERVAL: Final = 400
#: A rule that finds no day in so long finds none: even the 29th of February comes sooner.
_SELDOM: Final = timedelta(days=366 * 9)
_FREQUENCIES: Final = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
_PARTS: Final = frozenset({"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "WKST"})
_VALUE = re.compile(r"[A-Z0-9,+\-]{1,100}")
_UNTIL = re.compile(r"\d{8}(T\d{6}Z?)?")


def clean_rule(text: str) -> str:
    """A rule in its plain form: capitals, no spaces, its parts in the order they came. Raises BadInput(field="rule").

    Understood are days, weeks, months and years; a rule by the hour, or one that sets hours itself, is none for posts.
    """
    plain = "".join(text.split()).upper().removeprefix("RRULE:").rstrip(";")
    parts = dict(part.partition("=")[::2] for part in plain.split(";")) if plain else {}
    if not parts or len(plain) > _LONGEST_RULE or len(parts) != plain.count(";") + 1:
        raise BadInput(field="rule", reason="not_a_rule", given=text[:80])
    if parts.get("FREQ") not in _FREQUENCIES or not _PARTS.issuperset(parts):
        raise BadInput(field="rule", reason="not_for_posts", given=text[:80])
    if not all(_VALUE.fullmatch(value) for value in parts.values()) or (
        "UNTIL" in parts and not _UNTIL.fullmatch(parts["UNTIL"])
    ):
        raise BadInput(field="rule", reason="not_a_rule", given=text[:80])
    if "COUNT" in parts and "UNTIL" in parts:
        raise BadInput(field="rule", reason="two_ends", given=text[:80])
    for name, most in (("INTERVAL", _LONGEST_INTERVAL), ("COUNT", MOST)):
        if name in parts and not (parts[name].isdecimal() and 1 <= int(parts[name]) <= most):
            raise BadInput(field="rule", reason="not_a_rule", given=text[:80])
    begin = datetime.fromordinal(730_120)
    if "UNTIL" in parts:
        _end(parts["UNTIL"], "UTC")
    endless = ";".join(f"{name}={value}" for name, value in parts.items() if name != "UNTIL")
    if next(walls(endless, begin, "UTC", begin + _SELDOM * int(parts.get("INTERVAL", "1"))), None) is None:
        raise BadInput(field="rule", reason="never", given=text[:80])
    return plain


def occurrences(
    rule: str, first: datetime, zone: str, *, after: datetime, before: datetime, tzdata: str = "", most: int = MOST
) -> tuple[PlannedTime, ...]:
    """The occurrences in the half-open span of instants (aware), in order; at most ``most``.

    ``first`` is the wall time (naive) from which the rule counts, and the hour of all. A wall time that a day does not have
    is moved forward by the gap, of one that it has twice the first is meant, as everywhere. Raises BadInput(field="rule").
    """
    # The wall clock may stand some hours to either side of the instant: a day more is looked at, then the instant decides.
    start = after.astimezone(ZoneInfo(zone)).replace(tzinfo=None) - timedelta(days=1)
    found: list[PlannedTime] = []
    for wall in walls(rule, first, zone, before.astimezone(ZoneInfo(zone)).replace(tzinfo=None) + timedelta(days=1)):
        if wall < start:
            continue
        if len(found) >= most:
            break
        planned = resolve(wall, zone, tzdata)
        if planned.utc >= before:
            break
        if planned.utc >= after:
            found.append(planned)
    return tuple(found)


def walls(rule: str, first: datetime, zone: str, until: datetime) -> Iterator[datetime]:
    """The wall times of a rule from its first to ``until`` (naive), in order: nothing is looked for beyond, however rare it is.

    Raises BadInput(field="rule").
    """
    count: int | None = None
    end = until
    parts = []
    for part in rule.split(";"):
        name, _, value = part.partition("=")
        if name == "COUNT":
            count = int(value)
        elif name == "UNTIL":
            end = min(until, _end(value, zone))
        else:
            parts.append(part)
    begin = first.replace(tzinfo=None, microsecond=0)
    try:
        found = rrulestr(";".join(parts), dtstart=begin)
        if not isinstance(found, rrule):
            raise BadInput(field="rule", reason="not_a_rule", given=rule[:80])
        # The end is set so that the library never walks through thousands of years for a day that does not come.
        return itertools.islice(found.replace(until=end), _FARTHEST if count is None else min(count, _FARTHEST))
    except (ValueError, TypeError, OverflowError):
        raise BadInput(field="rule", reason="not_a_rule", given=rule[:80]) from None


def _end(value: str, zone: str) -> datetime:
    """The last moment of a rule, as the wall clock of the zone shows it: a day alone counts to its end."""
    try:
        if value.endswith("Z"):
            told = datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
            return told.astimezone(ZoneInfo(zone)).replace(tzinfo=None)
        if "T" in value:
            return datetime.strptime(value, "%Y%m%dT%H%M%S")  # noqa: DTZ007 - a wall time has no zone yet
        return datetime.strptime(value, "%Y%m%d") + timedelta(hours=24, seconds=-1)  # noqa: DTZ007 - as above
    except (ValueError, OverflowError):
        raise BadInput(field="rule", reason="not_a_rule", given=value[:80]) from None
