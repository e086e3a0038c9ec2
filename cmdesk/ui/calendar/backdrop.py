"""Reads what lies behind the entries of a page, after the page is seen: hours, free slots, key dates, campaigns, notes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from cmdesk.domain.client import Colour
from cmdesk.services import board, keydates, linking, slots, terms
from cmdesk.services.workspace import Workspace
from cmdesk.ui.calendar.days import span
from cmdesk.ui.calendar.ground import BarMark, DateMark, Ground, SlotMark, Span

_Days = tuple[date, ...]
#: A longer season is named on its first days only, or a month would say nothing else.
_LONGEST = 2
#: More than this of a note is not seen in a bar.
_SEEN = 120


def ground_of(workspaces: Sequence[Workspace], days: _Days, zone: ZoneInfo, *, french: bool, counting: bool = False) -> Ground:
    """Behind a page of these clients. Hours and slots are those of a single client; ``counting`` leaves out all but days."""
    alone = workspaces[0] if len(workspaces) == 1 else None
    return Ground(
        open_hours=_hours(alone, days) if alone is not None and not counting else None,
        slots=_slots(alone, days, zone) if alone is not None and not counting else {},
        dates=_dates(workspaces, days, french=french),
        labels={} if counting else _labels(workspaces),
        bars=() if counting else _bars(workspaces, days),
    )


def _hours(workspace: Workspace, days: _Days) -> Mapping[date, tuple[Span, ...]] | None:
    hours = terms.of(workspace).hours
    if hours is None:
        return None
    return {day: () if day in hours.closed else tuple((one.start, one.end) for one in hours.week[day.weekday()]) for day in days}


def _slots(workspace: Workspace, days: _Days, zone: ZoneInfo) -> Mapping[date, tuple[SlotMark, ...]]:
    found: dict[date, dict[int, SlotMark]] = {}
    client = workspace.client
    start, end = span(days, zone)
    for account in linking.accounts(workspace):
        for planned in slots.free(workspace, account.id, start, end):
            wall = planned.utc.astimezone(zone)
            minute = wall.hour * 60 + wall.minute
            found.setdefault(wall.date(), {})[minute] = SlotMark(client.id, minute, client.colour)
    return {day: tuple(marks[minute] for minute in sorted(marks)) for day, marks in found.items()}


def _dates(workspaces: Sequence[Workspace], days: _Days, *, french: bool) -> Mapping[date, tuple[DateMark, ...]]:
    """The key dates that any of these clients looks at, each once a day."""
    found: dict[date, dict[str, DateMark]] = {}
    # Clients that look at the same lists are asked once: to work out a year's feasts for each of twenty takes a while.
    alike = {(keydates.chosen(one), board.own_dates(one)): one for one in workspaces}
    for workspace in alike.values():
        for one in keydates.days(workspace, days[0], days[-1]):
            name = one.french if french else one.english
            mark = DateMark(one.id, name, gentle=one.gentle, free=one.public, own=bool(one.own))
            last = min(one.last, one.first + timedelta(days=_LONGEST))
            for day in _every(max(one.first, days[0]), min(last, days[-1])):
                found.setdefault(day, {}).setdefault(one.id, mark)
    return {day: tuple(marks.values()) for day, marks in found.items()}


def _every(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=number) for number in range((last - first).days + 1))


def _labels(workspaces: Sequence[Workspace]) -> Mapping[str, Colour]:
    """The colours that somebody gave to labels."""
    return {one.name: one.colour for workspace in workspaces for one in board.labels(workspace) if one.id}


def _bars(workspaces: Sequence[Workspace], days: _Days) -> tuple[BarMark, ...]:
    found = []
    several = len(workspaces) > 1
    for workspace in workspaces:
        client = workspace.client
        for one in board.campaigns(workspace, days[0], days[-1]):
            colour = client.colour if several else one.colour
            found.append(BarMark(one.id, client.id, one.first, one.last, one.name, colour))
        for note in board.notes(workspace, days[0], days[-1]):
            colour = client.colour if several else note.colour
            text = " ".join(note.text.split())[:_SEEN]
            found.append(BarMark(note.id, client.id, note.first, note.last, text, colour, note=True, shared=note.shared))
    return tuple(found)
