"""Says what was agreed with a client about time: business hours, the promise to answer, slots, key dates, who reads along."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from cmdesk.domain import hours as hours_of
from cmdesk.domain import slots as slots_of
from cmdesk.domain.hours import Hours
from cmdesk.domain.slots import Slots


class Dates(Struct, frozen=True):
    """Which key dates a client looks at: the lists switched on, dates of them switched off, and the year last reviewed."""

    lists: frozenset[str] = frozenset()
    off: frozenset[str] = frozenset()
    reviewed: int = 0
    chosen: bool = False  # whether somebody ever chose; else the lists follow from language and zone


class Sharing(Struct, frozen=True):
    """Where a client's calendar is kept for others: a file on this disk, a collection of a CalDAV server; empty is nowhere."""

    file: str = ""
    caldav: str = ""
    user: str = ""
    private: bool = False  # the server may be on this machine or a private network


class Terms(Struct, frozen=True):
    """The terms of one client. ``promise`` and ``distance`` are minutes; 0 is none."""

    hours: Hours | None = None
    promise: int = 0
    slots: Slots = Slots()
    distance: int = 0
    dates: Dates = Dates()
    sharing: Sharing = Sharing()


#: The keys of the client's settings under which the terms lie.
KEYS = ("hours", "promise", "slots", "distance", "dates", "sharing")


def from_settings(settings: Mapping[str, Any]) -> Terms:
    """The terms as the client's settings have them; what makes no sense counts as not agreed."""
    return Terms(
        hours=hours_of.from_facts(settings.get("hours")),
        promise=_number(settings.get("promise"), hours_of.LONGEST_PROMISE),
        slots=slots_of.from_facts(settings.get("slots")),
        distance=_number(settings.get("distance"), slots_of.LONGEST_DISTANCE),
        dates=_dates(settings.get("dates")),
        sharing=_sharing(settings.get("sharing")),
    )


def to_settings(terms: Terms) -> dict[str, Any]:
    """The terms as settings; what is not agreed is left out."""
    dates, sharing = terms.dates, terms.sharing
    facts = {
        "hours": hours_of.to_facts(terms.hours),
        "promise": terms.promise,
        "slots": slots_of.to_facts(terms.slots) if terms.slots != Slots() else None,
        "distance": terms.distance,
        "dates": {"lists": sorted(dates.lists), "off": sorted(dates.off), "reviewed": dates.reviewed, "chosen": dates.chosen}
        if dates != Dates()
        else None,
        "sharing": {"file": sharing.file, "caldav": sharing.caldav, "user": sharing.user, "private": sharing.private}
        if sharing != Sharing()
        else None,
    }
    return {name: value for name, value in facts.items() if value}


def _number(value: object, most: int) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most else 0


def _dates(facts: object) -> Dates:
    if not isinstance(facts, Mapping):
        return Dates()
    try:
        return Dates(
            frozenset(map(str, facts.get("lists", ()))),
            frozenset(map(str, facts.get("off", ()))),
            int(facts.get("reviewed", 0)),
            bool(facts.get("chosen", False)),
        )
    except (TypeError, ValueError):
        return Dates()


def _sharing(facts: object) -> Sharing:
    if not isinstance(facts, Mapping):
        return Sharing()
    found = {name: facts.get(name) for name in ("file", "caldav", "user")}
    kept = {name: value for name, value in found.items() if isinstance(value, str)}
    return Sharing(**kept, private=facts.get("private") is True)
