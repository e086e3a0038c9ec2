"""What lies behind the entries of a page: agreed hours, free slots, key dates, campaigns and notes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from msgspec import Struct, field

from cmdesk.domain.client import Colour
from cmdesk.domain.ids import ClientId

#: Minutes from and to.
Span = tuple[int, int]


class SlotMark(Struct, frozen=True):
    """A free slot: a place that waits for a post. ``minute`` is of the wall clock of the calendar."""

    client: ClientId
    minute: int
    colour: Colour


class DateMark(Struct, frozen=True):
    """A key date. ``gentle`` asks for restraint on that day; ``free`` is a day off; ``own`` was entered by the user."""

    id: str
    name: str
    gentle: bool = False
    free: bool = False
    own: bool = False


class BarMark(Struct, frozen=True):
    """A campaign (or, ``note``, a note) over the days from ``first`` to ``last``, both counted."""

    id: int
    client: ClientId
    first: date
    last: date
    title: str
    colour: Colour
    note: bool = False
    shared: bool = False  # the client may read it


class Ground(Struct, frozen=True):
    """Behind a page. ``open_hours`` None means that no hours were agreed; a day without spans is closed then. ``labels``
    are the colours of those that have one."""

    open_hours: Mapping[date, tuple[Span, ...]] | None = None
    slots: Mapping[date, tuple[SlotMark, ...]] = field(default_factory=lambda: MappingProxyType({}))
    dates: Mapping[date, tuple[DateMark, ...]] = field(default_factory=lambda: MappingProxyType({}))
    bars: tuple[BarMark, ...] = ()
    labels: Mapping[str, Colour] = field(default_factory=lambda: MappingProxyType({}))


def stacked(bars: tuple[BarMark, ...], first: date, last: date, most: int) -> tuple[list[tuple[BarMark, int]], int]:
    """The bars that touch a row of days, each with the line it stands on, and how many found no line of ``most``.

    Longer bars come first, so that what runs through stays on one line.
    """
    ends: list[date] = []
    found: list[tuple[BarMark, int]] = []
    left_over = 0
    touching = [bar for bar in bars if bar.first <= last and bar.last >= first]
    for bar in sorted(touching, key=lambda one: (one.first, -(one.last - one.first).days, one.title)):
        line = next((number for number, end in enumerate(ends) if end < max(bar.first, first)), len(ends))
        if line >= most:
            left_over += 1
            continue
        if line == len(ends):
            ends.append(bar.last)
        ends[line] = bar.last
        found.append((bar, line))
    return found, left_over
