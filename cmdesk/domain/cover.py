"""Compares the hours in which clients expect answers with those of one person: where both meet, and where nobody is."""

import itertools
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from typing import Final

from msgspec import Struct

from cmdesk.domain.errors import BadInput
from cmdesk.domain.hours import Hours, runs_out
from cmdesk.domain.ids import ClientId

_MOST_OFF: Final = 400


class Stretch(Struct, frozen=True, order=True):
    """A half-open stretch of instants (aware UTC)."""

    start: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        """How long it is."""
        return self.end - self.start


class Gap(Struct, frozen=True):
    """A stretch in which a client is open and nobody works for it.

    ``broken_at`` is when the promise to somebody who writes at its beginning runs out unkept; None when it can be kept.
    """

    start: datetime
    end: datetime
    broken_at: datetime | None = None


class ClientCover(Struct, frozen=True):
    """One client's stretches: when it is open, when somebody works then, and the gaps. ``promise`` is in minutes, 0 is none."""

    client: ClientId
    name: str
    zone: str
    promise: int
    open: tuple[Stretch, ...]
    covered: tuple[Stretch, ...]
    gaps: tuple[Gap, ...]

    @property
    def is_covered(self) -> bool:
        """Whether nothing is open without anybody, or every promise is kept all the same."""
        return not any(gap.broken_at for gap in self.gaps) if self.promise else not self.gaps


class Busy(Struct, frozen=True):
    """A stretch in which several clients are open at once while one person works."""

    start: datetime
    end: datetime
    clients: tuple[ClientId, ...]


class Cover(Struct, frozen=True):
    """The cover of some days: the own hours, each client with hours, and where they are open together."""

    first: date
    last: date
    own: tuple[Stretch, ...]
    clients: tuple[ClientCover, ...]
    together: tuple[Busy, ...]
    without_hours: tuple[ClientId, ...] = ()


def joined(stretches: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """The stretches in order, those that touch as one."""
    found: list[Stretch] = []
    for one in sorted(stretches):
        if one.start >= one.end:
            continue
        if found and one.start <= found[-1].end:
            found[-1] = Stretch(found[-1].start, max(found[-1].end, one.end))
        else:
            found.append(one)
    return tuple(found)


def both(first: Sequence[Stretch], second: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """Where stretches of both lie."""
    return joined(
        Stretch(max(a.start, b.start), min(a.end, b.end)) for a in first for b in second if a.start < b.end and b.start < a.end
    )


def without(first: Sequence[Stretch], second: Sequence[Stretch]) -> tuple[Stretch, ...]:
    """What is left of the first where the second lies over them."""
    left = list(joined(first))
    for taken in joined(second):
        rest: list[Stretch] = []
        for one in left:
            rest += [Stretch(one.start, min(one.end, taken.start)), Stretch(max(one.start, taken.end), one.end)]
        left = [one for one in rest if one.start < one.end]
    return tuple(left)


def gaps(hours: Hours, zone: str, promise: int, opened: Sequence[Stretch], own: Sequence[Stretch]) -> tuple[Gap, ...]:
    """Where a client is open and nobody works, and whether a promise made at the beginning of the gap breaks before anybody is.

    ``own`` must reach far enough beyond the gaps to know when somebody works again.
    """
    found = []
    for one in without(opened, own):
        broken: datetime | None = None
        if promise:
            due = runs_out(hours, zone, one.start, timedelta(minutes=promise))
            back = next((stretch.start for stretch in joined(own) if stretch.start >= one.start), None)
            broken = due if due is not None and (back is None or back > due) else None
        found.append(Gap(one.start, one.end, broken))
    return tuple(found)


def together(clients: Sequence[ClientCover]) -> tuple[Busy, ...]:
    """Where two clients or more are open at once while somebody works."""
    edges = sorted({edge for one in clients for stretch in one.covered for edge in (stretch.start, stretch.end)})
    found: list[Busy] = []
    for start, end in itertools.pairwise(edges):
        present = tuple(one.client for one in clients if any(s.start <= start and end <= s.end for s in one.covered))
        if len(present) < 2:
            continue
        if found and found[-1].end == start and found[-1].clients == present:
            found[-1] = Busy(found[-1].start, end, present)
        else:
            found.append(Busy(start, end, present))
    return tuple(found)


def clean_days_off(text: str) -> frozenset[date]:
    """Days off as people write them, ``2026-12-24..2027-01-04, 2027-05-24``. Raises BadInput(field="days_off")."""
    found: set[date] = set()
    for part in filter(None, (one.strip() for one in text.replace(";", ",").split(","))):
        first_text, _, last_text = part.partition("..")
        try:
            first = date.fromisoformat(first_text.strip())
            last = date.fromisoformat(last_text.strip()) if last_text else first
        except ValueError:
            raise BadInput(field="days_off", reason="not_a_day", given=part[:40]) from None
        if last < first or (last - first).days > _MOST_OFF:
            raise BadInput(field="days_off", reason="order", given=part[:40])
        found |= {first + timedelta(days=number) for number in range((last - first).days + 1)}
    return frozenset(found)


def written_days_off(days: Iterable[date]) -> str:
    """Days off as ``clean_days_off`` reads them."""
    runs: list[list[date]] = []
    for day in sorted(days):
        if runs and day - runs[-1][-1] == timedelta(days=1):
            runs[-1].append(day)
        else:
            runs.append([day])
    return ", ".join(run[0].isoformat() if len(run) == 1 else f"{run[0].isoformat()}..{run[-1].isoformat()}" for run in runs)
