"""Works out key dates from rules, for any year: no list of this calendar is frozen to the year it was written in.

The rules and their sources lie in ``resources/keydates``; days of other calendars are asked of an almanac that is handed over.
"""

import calendar
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from enum import Enum
from functools import cache
from typing import Final

from dateutil.easter import EASTER_ORTHODOX, easter
from msgspec import Struct

from cmdesk.domain.errors import BadInput

#: Where a day may matter: Québec, Canada, France, everywhere.
LISTS: Final = ("qc", "ca", "fr", "world")
#: The years that are worked out; further away nobody plans.
FIRST_YEAR, LAST_YEAR = 1970, 2099

_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_RULE = re.compile(
    r"(?:(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)"
    r"|(?P<each_month>\d\d)-(?P<each_day>\d\d)"
    r"|(?P<easter>easter)"
    r"|(?P<mothers>fr-mothers)"
    r"|(?P<nth_month>\d\d) (?P<nth>-1|[1-5])(?P<nth_day>mon|tue|wed|thu|fri|sat|sun)"
    r"|(?P<near_day>mon|tue|wed|thu|fri|sat|sun)(?P<side><|>=)(?P<near_month>\d\d)-(?P<near>\d\d)"
    r"|lib:(?P<lib>[a-z-]+))"
    r"(?P<offset>[+-]\d{1,3})?"
)
_BETWEEN: Final = " .. "

#: Asks for the days of another calendar in a year, by the name of the feast; none when it is not known.
Almanac = Callable[[str, int], tuple[date, ...]]


class Mark(Enum):
    """What a day asks of those who publish."""

    GENTLE = "gentle"
    TRADE = "trade"
    HOLIDAY = "holiday"


class KeyDate(Struct, frozen=True):
    """A key date as its rule has it; ``source`` says where it is laid down."""

    id: str
    rule: str
    lists: frozenset[str]
    marks: frozenset[Mark]
    french: str
    english: str
    source: str


class KeyDay(Struct, frozen=True):
    """A key date in a year: its days, its names, and whether it is a public holiday in one of the lists looked at.

    ``gentle``: publish gently, or not at all. ``own`` is the number of a client's own date, 0 for the others.
    """

    id: str
    first: date
    last: date
    french: str
    english: str
    gentle: bool
    trade: bool
    lists: frozenset[str]
    source: str
    public: bool = False
    own: int = 0

    def name(self, language: str) -> str:
        """Its name in a language (a BCP 47 tag): French, or else English."""
        return self.french if language.startswith("fr") else self.english


def clean_rule(text: str) -> str:
    """A rule in its plain form. Raises BadInput(field="rule") for one that is none, or whose day no year has."""
    plain = " ".join(text.strip().lower().split())
    parts = plain.split(_BETWEEN)
    if len(parts) > 2 or any(_RULE.fullmatch(part) is None for part in parts):
        raise BadInput(field="rule", reason="not_a_date", given=text[:80])
    if not any(True for year in (2024, 2025) for _ in spans(plain, year, _nothing)) and "lib:" not in plain:
        once = re.match(r"(\d{4})-", plain)
        if once is None or not any(True for _ in spans(plain, int(once[1]), _nothing)):
            raise BadInput(field="rule", reason="not_a_date", given=text[:80])
    return plain


def _nothing(_name: str, _year: int) -> tuple[date, ...]:
    return ()


def parse(text: str) -> tuple[KeyDate, ...]:
    """The key dates of a data file; raises ValueError with the line that can't be read."""
    sources: dict[str, str] = {}
    found: list[KeyDate] = []
    for line in text.splitlines():
        if line.startswith("@"):
            name, _, address = line[1:].partition(" ")
            sources[name] = address.strip()
        elif line.strip() and not line.startswith("#"):
            columns = [column.strip() for column in line.split(" | ")]
            if len(columns) != 7 or not frozenset(columns[2].split()) <= frozenset(LISTS):
                raise ValueError(line)
            name, rule, lists, marked, french, english, source = columns
            marks = frozenset(Mark(mark) for mark in marked.split() if mark != "-")
            found.append(KeyDate(name, rule, frozenset(lists.split()), marks, french, english, sources.get(source, source)))
    return tuple(found)


def spans(rule: str, year: int, almanac: Almanac) -> Iterator[tuple[date, date]]:
    """First and last day of a rule in a year; nothing when the year does not have it. A year may have two of another calendar."""
    first_rule, _, last_rule = rule.partition(_BETWEEN)
    firsts = tuple(_days(first_rule, year, almanac))
    lasts = tuple(_days(last_rule, year, almanac)) if last_rule else firsts
    for first, last in zip(firsts, lasts, strict=False):
        if first <= last:
            yield first, last


def _days(rule: str, year: int, almanac: Almanac) -> Iterator[date]:
    match = _RULE.fullmatch(rule)
    if match is None or not FIRST_YEAR <= year <= LAST_YEAR:
        return
    offset = timedelta(days=int(match["offset"] or 0))
    try:
        if match["lib"]:
            yield from (day + offset for day in _of_library(match["lib"], year, almanac))
        else:
            day = _day(match, year)
            if day is not None:
                yield day + offset
    except ValueError:  # the 30th of February, a fifth Monday that is not
        return


def _of_library(name: str, year: int, almanac: Almanac) -> tuple[date, ...]:
    return (easter(year, EASTER_ORTHODOX),) if name == "orthodox-easter" else almanac(name, year)


def _day(match: re.Match[str], year: int) -> date | None:
    if match["year"]:
        return date(int(match["year"]), int(match["month"]), int(match["day"])) if int(match["year"]) == year else None
    if match["each_month"]:
        return date(year, int(match["each_month"]), int(match["each_day"]))
    if match["easter"]:
        return easter(year)
    if match["mothers"]:
        return _french_mothers(year)
    if match["nth_month"]:
        return nth(year, int(match["nth_month"]), _DAYS.index(match["nth_day"]), int(match["nth"]))
    start = date(year, int(match["near_month"]), int(match["near"]))
    weekday = _DAYS.index(match["near_day"])
    if match["side"] == "<":
        return start - timedelta(days=(start.weekday() - weekday - 1) % 7 + 1)
    return start + timedelta(days=(weekday - start.weekday()) % 7)


def nth(year: int, month: int, weekday: int, number: int) -> date:
    """The nth weekday of a month, -1 the last; ValueError when the month has none."""
    if number > 0:
        first = date(year, month, 1)
        return date(year, month, 1 + (weekday - first.weekday()) % 7 + 7 * (number - 1))
    last = date(year, month, calendar.monthrange(year, month)[1])
    return last - timedelta(days=(last.weekday() - weekday) % 7)


def _french_mothers(year: int) -> date:
    """The last Sunday of May, or the first of June when that is Pentecost (French code of social action, D215-1)."""
    day = nth(year, 5, 6, -1)
    return nth(year, 6, 6, 1) if day == easter(year) + timedelta(days=49) else day


def days(
    dates: Iterable[KeyDate], first: date, last: date, almanac: Almanac, *, public: Mapping[date, frozenset[str]] | None = None
) -> tuple[KeyDay, ...]:
    """The key days of a span, its last day included, in order; ``public`` names the lists in which a day is a holiday."""
    holidays = public or {}
    found = []
    for year in range(max(first.year - 1, FIRST_YEAR), min(last.year + 1, LAST_YEAR) + 1):
        for one in dates:
            for begin, end in spans(one.rule, year, almanac):
                if begin <= last and end >= first:
                    found.append(_key_day(one, begin, end, holidays))
    return tuple(sorted(found, key=lambda day: (day.first, not day.public, -(day.last - day.first), day.id)))


def _key_day(one: KeyDate, begin: date, end: date, holidays: Mapping[date, frozenset[str]]) -> KeyDay:
    return KeyDay(
        id=one.id,
        first=begin,
        last=end,
        french=one.french,
        english=one.english,
        gentle=Mark.GENTLE in one.marks,
        trade=Mark.TRADE in one.marks,
        lists=one.lists,
        source=one.source,
        public=Mark.HOLIDAY in one.marks and not one.lists.isdisjoint(holidays.get(begin, frozenset())),
    )


@cache
def default_lists(language: str, zone: str) -> frozenset[str]:
    """The lists that a client's language and zone suggest, until somebody chooses."""
    if language == "fr-FR" or zone.startswith("Europe/"):
        return frozenset({"fr", "world"})
    if zone in {"America/Toronto", "America/Montreal"} and language == "fr-CA":
        return frozenset({"qc", "ca", "world"})
    return frozenset({"ca", "world"})
