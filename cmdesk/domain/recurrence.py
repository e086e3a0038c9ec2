"""Works out when a post that repeats goes out: in wall time, so that nine o'clock stays nine o'clock all year.

A rule is an RRULE of RFC 5545 without its name (``FREQ=WEEKLY;BYDAY=MO,TH``). It is never counted in hours: each occurrence
is a wall time of its own, resolved in its zone like any planned time.
"""

import re
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

from dateutil.rrule import rrule, rrulestr

from cmdesk.domain.errors import BadInput
from cmdesk.domain.schedule import PlannedTime, resolve

#: No list of occurrences is longer; a post a day for almost three years.
MOST: Final = 1000
_LONGEST_RULE: Final = 300
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
    _walls(plain, datetime.fromordinal(730_120), "UTC")
    return plain


def occurrences(
    rule: str, first: datetime, zone: str, *, after: datetime, before: datetime, tzdata: str = "", most: int = MOST
) -> tuple[PlannedTime, ...]:
    """The occurrences in the half-open span of instants (aware), in order; at most ``most``.

    ``first`` is the wall time (naive) from which the rule counts, and the hour of all. A wall time that a day does not have
    is moved forward by the gap, of one that it has twice the first is meant, as everywhere. Raises BadInput(field="rule").
    """
    place = ZoneInfo(zone)
    # The wall clock may stand some hours to either side of the instant: a day more is looked at, then the instant decides.
    walls = _walls(rule, first, zone)
    found: list[PlannedTime] = []
    start = after.astimezone(place).replace(tzinfo=None)
    for wall in walls.xafter(datetime.fromordinal(max(1, start.toordinal() - 1)), inc=True):
        if len(found) >= most:
            break
        planned = resolve(wall, zone, tzdata)
        if planned.utc >= before:
            break
        if planned.utc >= after:
            found.append(planned)
    return tuple(found)


def _walls(rule: str, first: datetime, zone: str) -> rrule:
    """The wall times of a rule; its end, when told in UTC, as the wall clock of the zone shows it."""
    match = re.search(r"UNTIL=(\d{8}T\d{6})Z", rule)
    if match is not None:
        end = datetime.strptime(match[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC).astimezone(ZoneInfo(zone))
        rule = rule.replace(match[0], f"UNTIL={end:%Y%m%dT%H%M%S}")
    try:
        found = rrulestr(rule, dtstart=first.replace(tzinfo=None, microsecond=0))
    except (ValueError, TypeError, OverflowError):
        raise BadInput(field="rule", reason="not_a_rule", given=rule[:80]) from None
    if not isinstance(found, rrule):
        raise BadInput(field="rule", reason="not_a_rule", given=rule[:80])
    return found
