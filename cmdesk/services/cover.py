"""Plans who is there when: the clients' hours and promises over some days, the own hours, and what a holiday leaves open."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from cmdesk.domain.cover import (
    ClientCover,
    Cover,
    Stretch,
    both,
    clean_days_off,
    gaps,
    joined,
    together,
    written_days_off,
)
from cmdesk.domain.errors import BadInput
from cmdesk.domain.hours import Hours, Span, clean_hours, open_spans, written
from cmdesk.services import preferences, terms

if TYPE_CHECKING:
    from collections.abc import Iterable

    from cmdesk.services.desk import Desk

#: Beyond the days that are shown, so far is looked for when somebody works again.
_BEYOND: Final = timedelta(days=60)
_LONGEST: Final = 120
#: Who said nothing of own hours is thought to be there always: then nothing is a gap, and nobody is frightened.
_ALWAYS: Final = Hours(((Span(0, 1440),),) * 7)


def own_hours(desk: Desk) -> Hours | None:
    """The hours in which the user works, with the days off as closed days; None when none were said."""
    known = preferences.load(desk.home)
    try:
        hours = clean_hours(known.own_hours)
        off = clean_days_off(known.days_off)
    except BadInput:  # a setting is never worth a planner that can't be opened
        return None
    return None if hours is None and not off else replace(hours or _ALWAYS, closed=off)


def set_own_hours(desk: Desk, hours: Hours | None, days_off: Iterable[date] = ()) -> None:
    """Keeps the user's hours and days off, for all clients. Raises ReadOnly."""
    known = preferences.load(desk.home)
    text = "" if hours is None else written(hours)
    preferences.save(desk.home, replace(known, own_hours=text, days_off=written_days_off(days_off)))


def week(desk: Desk, first: date, *, days: int = 7) -> Cover:
    """The cover of some days in the computer's zone. Raises BadInput(field="day")."""
    return _cover(desk, first, first + timedelta(days=days - 1), own_hours(desk) or _ALWAYS)


def holiday(desk: Desk, first: date, last: date) -> Cover:
    """The cover as it would be with these days off too, the last included: ``is_covered`` says of each client whether it is.

    Raises BadInput(field="day").
    """
    hours = own_hours(desk) or _ALWAYS
    number = (last - first).days + 1
    away = frozenset(first + timedelta(days=one) for one in range(max(0, min(number, _LONGEST))))
    return _cover(desk, first, last, replace(hours, closed=hours.closed | away))


def _cover(desk: Desk, first: date, last: date, hours: Hours) -> Cover:
    if last < first:
        raise BadInput(field="day", reason="order")
    if (last - first).days > _LONGEST:
        raise BadInput(field="day", reason="too_many", limit=_LONGEST)
    zone = desk.clock.zone_name()
    place = ZoneInfo(zone)
    start = datetime.combine(first, time(), tzinfo=place)
    end = datetime.combine(last + timedelta(days=1), time(), tzinfo=place)
    own = joined(Stretch(*span) for span in open_spans(hours, zone, start, end + _BEYOND))
    within = (Stretch(start, end),)
    found, without_hours = [], []
    for ws in desk.workspaces:
        agreed = terms.of(ws)
        if agreed.hours is None:
            without_hours.append(ws.client.id)
            continue
        here = ws.client.timezone
        opened = joined(Stretch(*span) for span in open_spans(agreed.hours, here, start, end))
        found.append(
            ClientCover(
                client=ws.client.id,
                name=ws.client.name,
                zone=here,
                promise=agreed.promise,
                open=opened,
                covered=both(opened, own),
                gaps=gaps(agreed.hours, here, agreed.promise, opened, own),
            )
        )
    return Cover(first, last, both(own, within), tuple(found), together(found), tuple(without_hours))
