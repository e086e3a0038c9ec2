"""Finds the next free slot: the weekly hours, by the wall clock of the client's zone, at which an account likes to speak.

A slot is free when nothing of the account is near it. Filling one never moves another post.
"""

import re
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import UTC, datetime, time, timedelta
from types import MappingProxyType
from typing import Any, Final
from zoneinfo import ZoneInfo

from msgspec import Struct, field

from cmdesk.domain.errors import BadInput
from cmdesk.domain.hours import DAYS, clean_days
from cmdesk.domain.ids import AccountId
from cmdesk.domain.quiet import QuietHours, quiet_until
from cmdesk.domain.schedule import PlannedTime, Shift, resolve

#: Slots are looked for no further ahead than this: a queue fuller than that is no queue.
FAR: Final = timedelta(days=90)
#: No account has more slots in a week.
MOST: Final = 100
#: No two posts must lie further apart, in minutes.
LONGEST_DISTANCE: Final = 1440
_TIME = re.compile(r"(\d{1,2})[:h](\d{2})?")
_GROUP = re.compile(r"([a-zé,\s–-]+?)\s+([\d:h,\s]+)")


class Slot(Struct, frozen=True, order=True):
    """A weekday (Monday is 0) and a minute of its day."""

    day: int
    minute: int

    @property
    def clock(self) -> time:
        """The hour on the wall."""
        return time(self.minute // 60, self.minute % 60)


class Slots(Struct, frozen=True):
    """A client's slots: for all accounts, and for those that have their own."""

    every: tuple[Slot, ...] = ()
    own: Mapping[AccountId, tuple[Slot, ...]] = field(default_factory=lambda: MappingProxyType({}))

    def of(self, account: AccountId) -> tuple[Slot, ...]:
        """The slots of one account."""
        return self.own.get(account, self.every)


def clean_slots(text: str) -> tuple[Slot, ...]:
    """Slots as people write them, ``mon-fri 9:00, 12:30; sat 10h``; none for ``none``. Raises BadInput(field="slots")."""
    plain = " ".join(text.lower().split())
    if plain in {"", "none", "off"}:
        return ()
    found: set[Slot] = set()
    for group in filter(None, (part.strip() for part in plain.split(";"))):
        match = _GROUP.fullmatch(group)
        if match is None:
            raise BadInput(field="slots", reason="not_slots", given=text[:80])
        try:
            days = clean_days(match[1])
        except BadInput:
            raise BadInput(field="slots", reason="not_slots", given=text[:80]) from None
        for written_time in match[2].split(","):
            minute = _minute(written_time.strip(), text)
            found |= {Slot(day, minute) for day in days}
    if len(found) > MOST:
        raise BadInput(field="slots", reason="too_many", limit=MOST)
    return tuple(sorted(found))


def _minute(text: str, whole: str) -> int:
    match = _TIME.fullmatch(text)
    if match is None or int(match[1]) > 23 or int(match[2] or 0) > 59:
        raise BadInput(field="slots", reason="not_slots", given=whole[:80])
    return int(match[1]) * 60 + int(match[2] or 0)


def written(slots: Collection[Slot]) -> str:
    """Slots as ``clean_slots`` reads them."""
    days: dict[int, list[int]] = {}
    for slot in sorted(slots):
        days.setdefault(slot.day, []).append(slot.minute)
    groups: dict[tuple[int, ...], list[int]] = {}
    for day, minutes in days.items():
        groups.setdefault(tuple(minutes), []).append(day)
    parts = [
        f"{','.join(DAYS[day] for day in group)} {', '.join(f'{minute // 60:02}:{minute % 60:02}' for minute in minutes)}"
        for minutes, group in groups.items()
    ]
    return "; ".join(parts)


def times(slots: Collection[Slot], zone: str, after: datetime, *, tzdata: str = "", until: datetime) -> Iterator[PlannedTime]:
    """The slots after an instant and before another (aware), in order of time.

    A slot in the hour that a day does not have is moved forward by the gap; one that then falls onto another is one with it.
    """
    weekly: dict[int, list[Slot]] = {}
    for slot in sorted(set(slots)):
        weekly.setdefault(slot.day, []).append(slot)
    day = after.astimezone(ZoneInfo(zone)).date() - timedelta(days=1)
    last = until.astimezone(ZoneInfo(zone)).date()
    previous: datetime | None = None
    while weekly and day <= last:
        found = [resolve(datetime.combine(day, slot.clock), zone, tzdata) for slot in weekly.get(day.weekday(), ())]
        # An hour moved forward may pass one that was not, and must not be offered before it.
        for planned in sorted(found, key=lambda one: (one.utc, one.shift is not Shift.NONE)):
            if after < planned.utc < until and planned.utc != previous:
                previous = planned.utc
                yield planned
        day += timedelta(days=1)


def next_free(
    slots: Collection[Slot],
    zone: str,
    after: datetime,
    *,
    busy: Collection[datetime],
    distance: timedelta,
    quiet: QuietHours | None = None,
    tzdata: str = "",
) -> PlannedTime | None:
    """The first slot after an instant (aware) that no busy instant is nearer to than ``distance``; None when all are taken.

    Slots in quiet hours are passed over.
    """
    taken = sorted(busy)
    for planned in times(slots, zone, after, tzdata=tzdata, until=after + FAR):
        if is_near(planned.utc, taken, distance):
            continue
        if quiet is None or quiet_until(quiet, zone, planned.utc) is None:
            return planned
    return None


#: Two posts of one account in one minute are one slot taken twice, whatever distance is asked for.
_SAME: Final = timedelta(minutes=1)


def is_near(moment: datetime, others: Sequence[datetime], distance: timedelta) -> bool:
    """Whether another instant (they are in order) is nearer than the distance, or in the same minute."""
    least = max(distance, _SAME)
    place = bisect_left(others, moment)
    return any(abs(moment - other) < least for other in others[max(0, place - 1) : place + 1])


_QUARTER: Final = timedelta(minutes=15)


def next_quarter(moment: datetime) -> datetime:
    """The next full quarter of an hour at or after an instant, in UTC: where there are no slots, these are."""
    begin = datetime(1970, 1, 1, tzinfo=UTC)
    return begin + -(-(moment - begin) // _QUARTER) * _QUARTER


def clean_distance(minutes: int) -> int:
    """Minutes that at least lie between two posts of an account. Raises BadInput(field="distance")."""
    if not 0 <= minutes <= LONGEST_DISTANCE:
        raise BadInput(field="distance", reason="out_of_range", limit=LONGEST_DISTANCE)
    return minutes


# ---- in the client's file


def to_facts(slots: Slots) -> dict[str, Any]:
    """Slots as a file keeps them."""
    own = {str(account): [[slot.day, slot.minute] for slot in found] for account, found in slots.own.items()}
    return {"every": [[slot.day, slot.minute] for slot in slots.every], "own": own}


def from_facts(facts: object) -> Slots:
    """Slots from a file; nonsense counts as none."""
    if not isinstance(facts, Mapping):
        return Slots()
    try:
        own = {AccountId(int(account)): _sound(found) for account, found in facts.get("own", {}).items()}
        return Slots(_sound(facts.get("every", ())), MappingProxyType(own))
    except (AttributeError, TypeError, ValueError):
        return Slots()


def _sound(pairs: Collection[Any]) -> tuple[Slot, ...]:
    found = sorted({Slot(int(day), int(minute)) for day, minute in pairs})[:MOST]
    if not all(0 <= slot.day < 7 and 0 <= slot.minute < 1440 for slot in found):
        raise ValueError(pairs)
    return tuple(found)
