"""An oracle of its own for wall times: reads the zone files byte by byte and never asks Python's zoneinfo what time it is."""

from __future__ import annotations

import bisect
import importlib.resources
import re
import struct
import zoneinfo
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_LAST_YEAR = 2040
_RULE = re.compile(
    r"(?P<std><[^>]+>|[A-Za-z]+)(?P<off>[+-]?[\d:]+)((?P<dst><[^>]+>|[A-Za-z]+)(?P<dstoff>[+-]?[\d:]+)?"
    r",(?P<start>[^,]+),(?P<end>[^,]+))?"
)


@dataclass(frozen=True)
class Change:
    """An instant (seconds since 1970) from which another offset holds (seconds east of Greenwich)."""

    at: int
    before: int
    after: int


class Zone:
    """One zone's offsets: the list in its file, then the rule in its last line."""

    def __init__(self, content: bytes) -> None:
        first, self._at, offsets, footer = _read(content)
        self._offsets = [first, *offsets]
        self._extend(footer)

    def _extend(self, footer: str) -> None:
        match = _RULE.fullmatch(footer)
        if match is None:
            return
        standard = -_seconds(match["off"])
        if match["dst"] is None:
            return
        summer = -_seconds(match["dstoff"]) if match["dstoff"] else standard + 3600
        year = _EPOCH.year if not self._at else (_EPOCH + timedelta(seconds=self._at[-1])).year
        for each in range(max(year, 2000), _LAST_YEAR):
            changes = sorted(
                [(_moment(match["start"], each) - standard, summer), (_moment(match["end"], each) - summer, standard)]
            )
            for at, offset in changes:
                if (not self._at or at > self._at[-1]) and offset != self._offsets[-1]:
                    self._at.append(at)
                    self._offsets.append(offset)

    def offset(self, at: int) -> int:
        """Seconds east of Greenwich at an instant."""
        return self._offsets[bisect.bisect_right(self._at, at)]

    def changes(self, start: int, end: int) -> list[Change]:
        """Where the offset changes in the span."""
        found = []
        for index, at in enumerate(self._at):
            before, after = self._offsets[index], self._offsets[index + 1]
            if start <= at < end and before != after:
                found.append(Change(at, before, after))
        return found

    def instants(self, wall: int) -> tuple[list[int], int]:
        """All instants at which the zone's clock shows this (seconds since 1970 as if it were UTC); and where a gap leads."""
        near = {self.offset(wall + shift * 3600) for shift in range(-36, 37, 1)}
        found = sorted(wall - offset for offset in near if self.offset(wall - offset) == offset)
        if found:
            return found, found[0]
        change = next(
            one for one in self.changes(wall - 200_000, wall + 200_000) if one.at + one.before <= wall < one.at + one.after
        )
        return [], wall - change.before


def read(name: str) -> Zone:
    """The zone from the same file that the program reads."""
    for root in zoneinfo.TZPATH:
        file = Path(root) / name
        if file.is_file():
            return Zone(file.read_bytes())
    return Zone(importlib.resources.files("tzdata").joinpath("zoneinfo", *name.split("/")).read_bytes())


def names() -> list[str]:
    """Every zone there is here."""
    return sorted(name for name in zoneinfo.available_timezones() if name not in {"Factory", "localtime"})


def _read(content: bytes) -> tuple[int, list[int], list[int], str]:
    """Offset before the first change, the changes, the offsets after them, and the rule (RFC 8536)."""
    if content[:4] != b"TZif":
        raise ValueError("no zone file")
    start, size = 0, 4
    if content[4:5] >= b"2":
        utc, std, leap, times, types, chars = struct.unpack(">6l", content[20:44])
        start = 44 + times * 4 + times + types * 6 + chars + leap * 8 + std + utc
        size = 8
    utc, std, leap, times, types, chars = struct.unpack(">6l", content[start + 20 : start + 44])
    place = start + 44
    at = list(struct.unpack(f">{times}{'q' if size == 8 else 'l'}", content[place : place + times * size]))
    place += times * size
    kinds = content[place : place + times]
    place += times
    offsets = [struct.unpack(">lBB", content[place + 6 * one : place + 6 * one + 6])[0] for one in range(types)]
    place += types * 6 + chars + leap * (size + 4) + std + utc
    footer = content[place:].strip(b"\n").decode("ascii") if size == 8 else ""
    return offsets[0], at, [offsets[kind] for kind in kinds], footer


def _seconds(text: str) -> int:
    sign = -1 if text.startswith("-") else 1
    hours, minutes, seconds = (*map(int, text.lstrip("+-").split(":")), 0, 0)[:3]
    return sign * (hours * 3600 + minutes * 60 + seconds)


def _moment(rule: str, year: int) -> int:
    """Local seconds since 1970 of a rule such as ``M3.2.0/2`` in a year."""
    day_rule, _, time = rule.partition("/")
    seconds = _seconds(time) if time else 7200
    if day_rule.startswith("M"):
        month, week, weekday = map(int, day_rule[1:].split("."))
        first = date(year, month, 1)
        found = first + timedelta(days=(weekday - (first.weekday() + 1)) % 7 + (week - 1) * 7)
        while found.month != month:
            found -= timedelta(days=7)  # the fifth is the last
    elif day_rule.startswith("J"):
        # The day of a year without the 29th of February.
        found = date(2001, 1, 1) + timedelta(days=int(day_rule[1:]) - 1)
        found = date(year, found.month, found.day)
    else:
        found = date(year, 1, 1) + timedelta(days=int(day_rule))
    return (found - date(1970, 1, 1)).days * 86_400 + seconds
