"""Reads a moment as people type it, in French and in English: "demain 14 h", "Mon 9:30", "25 déc. 9h", "2026-12-25 09:30"."""

import re
from datetime import date, datetime, time, timedelta
from types import MappingProxyType
from typing import Final

from cmdesk.ui.fuzzy import folded

_DAYS: Final = MappingProxyType(
    {
        "monday": 0, "mon": 0, "lundi": 0, "lun": 0, "tuesday": 1, "tue": 1, "tues": 1, "mardi": 1, "wednesday": 2, "wed": 2,
        "mercredi": 2, "mer": 2, "thursday": 3, "thu": 3, "thurs": 3, "jeudi": 3, "jeu": 3, "friday": 4, "fri": 4, "vendredi": 4,
        "ven": 4, "saturday": 5, "sat": 5, "samedi": 5, "sam": 5, "sunday": 6, "sun": 6, "dimanche": 6, "dim": 6,
    }
)  # fmt: skip
_MONTHS: Final = MappingProxyType(
    {
        "january": 1, "jan": 1, "janvier": 1, "janv": 1, "february": 2, "feb": 2, "fevrier": 2, "fevr": 2, "fev": 2, "march": 3,
        "mar": 3, "mars": 3, "april": 4, "apr": 4, "avril": 4, "avr": 4, "may": 5, "mai": 5, "june": 6, "jun": 6, "juin": 6,
        "july": 7, "jul": 7, "juillet": 7, "juill": 7, "juil": 7, "august": 8, "aug": 8, "aout": 8, "september": 9, "sept": 9,
        "sep": 9, "septembre": 9, "october": 10, "oct": 10, "octobre": 10, "november": 11, "nov": 11, "novembre": 11,
        "december": 12, "dec": 12, "decembre": 12,
    }
)  # fmt: skip
_NEAR: Final = MappingProxyType({"today": 0, "aujourd'hui": 0, "auj": 0, "tomorrow": 1, "tmr": 1, "demain": 1, "apres-demain": 2})
_NOON: Final = MappingProxyType({"noon": time(12), "midi": time(12), "midnight": time(0), "minuit": time(0)})

_TIME = re.compile(
    r"(?<![\d/.-])(\d{1,2})(?:\s*(?:h|:)\s*(\d{2})?)\s*(a\.?m\.?|p\.?m\.?)?(?![\w/])|(?<![\d/.-])(\d{1,2})\s*(a\.?m\.?|p\.?m\.?)(?!\w)"
)
_BARE_HOUR = re.compile(r"(?<![\d/.-])(\d{1,2})$")
_ISO = re.compile(r"\b(\d{4})-(\d{1,2})-(\d{1,2})\b")
_SLASHED = re.compile(r"\b(\d{1,2})[/.](\d{1,2})(?:[/.](\d{4}))?\b")
_DAY_MONTH = re.compile(r"\b(\d{1,2})(?:er|st|nd|rd|th)?\s+([a-z]+)\.?(?:\s+(\d{4}))?\b")
_MONTH_DAY = re.compile(r"\b([a-z]+)\.?\s+(\d{1,2})(?:er|st|nd|rd|th)?\b(?!\s*(?:h|:|a\.?m|p\.?m))(?:,?\s+(\d{4}))?")
_IN = re.compile(r"^(?:in|dans)\s+(\d{1,4})\s*(min|minutes?|h|heures?|hours?|d|j|jours?|days?)$")
_WORD = re.compile(r"[a-z'-]+")
LATER_TODAY: Final = time(9)


def read_moment(text: str, now: datetime, *, day_first: bool) -> datetime | None:
    """The wall time meant, seconds at 0; None when it can't be read. ``now`` is the wall time of the same place, naive.

    A time alone means today, or tomorrow when it is over; a day alone means 9 in the morning; a weekday means the next one;
    a date without a year the next one. ``day_first`` decides 3/4.
    """
    said = " ".join(folded(text).replace("\u00a0", " ").replace("’", "'").split())
    said = said.removeprefix("le ").removeprefix("on ")
    if not said or len(said) > 80:
        return None
    try:
        return _read_span(said, now) or _read_parts(said, now, day_first)
    except (ValueError, OverflowError):
        return None


def _read_span(said: str, now: datetime) -> datetime | None:
    match = _IN.match(said)
    if match is None:
        return None
    amount, unit = int(match[1]), match[2]
    if unit.startswith("min"):
        span = timedelta(minutes=amount)
    elif unit.startswith("h"):
        span = timedelta(hours=amount)
    else:
        span = timedelta(days=amount)
    return (now + span).replace(second=0, microsecond=0)


def _read_parts(said: str, now: datetime, day_first: bool) -> datetime | None:
    day, rest = _take_day(said, now, day_first)
    clock, rest = _take_time(rest)
    left = set(_WORD.findall(rest)) - {"a", "at", "le", "on", "vers"}
    if left or any(character.isdigit() for character in rest) or (day is None and clock is None):
        return None
    if day is not None:
        return datetime.combine(day, clock or LATER_TODAY)
    assert clock is not None
    found = datetime.combine(now.date(), clock)
    return found if found > now else found + timedelta(days=1)


def _take_time(said: str) -> tuple[time | None, str]:
    for word, clock in _NOON.items():
        if re.search(rf"\b{word}\b", said):
            return clock, re.sub(rf"\b{word}\b", " ", said)
    match = _TIME.search(said)
    if match is not None:
        hour, minute, half = int(match[1] or match[4]), int(match[2] or 0), (match[3] or match[5] or "")[:1]
        if half and not 1 <= hour <= 12:
            raise ValueError(said)
        if half:
            hour = hour % 12 + (12 if half == "p" else 0)
        return time(hour, minute), said[: match.start()] + " " + said[match.end() :]
    bare = _BARE_HOUR.search(said)
    if bare is not None:
        return time(int(bare[1])), said[: bare.start()]
    return None, said


def _take_day(said: str, now: datetime, day_first: bool) -> tuple[date | None, str]:
    today = now.date()
    match = _ISO.search(said)
    if match is not None:
        return date(int(match[1]), int(match[2]), int(match[3])), _without(said, match)
    match = _SLASHED.search(said)
    if match is not None:
        first, second = int(match[1]), int(match[2])
        day, month = (first, second) if day_first or first > 12 else (second, first)
        if month > 12:
            day, month = month, day
        return _dated(match[3], month, day, today), _without(said, match)
    for match in _DAY_MONTH.finditer(said):
        if match[2] in _MONTHS:
            return _dated(match[3], _MONTHS[match[2]], int(match[1]), today), _without(said, match)
    for match in _MONTH_DAY.finditer(said):
        if match[1] in _MONTHS:
            return _dated(match[3], _MONTHS[match[1]], int(match[2]), today), _without(said, match)
    for match in _WORD.finditer(said):
        if match[0] in _NEAR:
            return today + timedelta(days=_NEAR[match[0]]), _without(said, match)
        if match[0] in _DAYS:
            ahead = (_DAYS[match[0]] - today.weekday()) % 7 or 7
            return today + timedelta(days=ahead), _without(said, match)
    return None, said


def _without(said: str, match: re.Match[str]) -> str:
    """What else was said; a weekday beside a date says nothing new."""
    rest = said[: match.start()] + " " + said[match.end() :]
    return _WORD.sub(lambda word: "" if word[0] in _DAYS else word[0], rest)


def _dated(year: str | None, month: int, day: int, today: date) -> date:
    if year:
        return date(int(year), month, day)
    for candidate in range(today.year, today.year + 8):
        try:
            found = date(candidate, month, day)
        except ValueError:
            continue  # the 29th of February waits for a leap year
        if found >= today:
            return found
    raise ValueError(month, day)
