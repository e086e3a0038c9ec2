"""Lays entries that would cover each other side by side, and folds those that no longer fit into a count."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace


class Lane(Struct, frozen=True):
    """A place in a day: minutes from and to, and which of how many columns, from ``column`` over ``span`` of them.
    ``members`` are the entries' numbers: one, or those folded into a count."""

    start: int
    end: int
    column: int
    columns: int
    members: tuple[int, ...]
    span: int = 1

    @property
    def folded(self) -> bool:
        """Whether it stands for entries that found no room."""
        return len(self.members) > 1


def lanes(starts: Sequence[int], length: int, most: int, day: int = 24 * 60) -> list[Lane]:
    """Places for entries that begin at ``starts`` (minutes, ascending) and are ``length`` minutes high.

    No two places overlap, all are inside the day, each entry is in exactly one; ``most`` is how many columns fit (1 or more).
    """
    found: list[Lane] = []
    cluster: list[tuple[int, int]] = []
    end = 0
    for number, start in enumerate(starts):
        top = max(0, min(start, day - length))
        if cluster and top >= end:
            found += _columns(cluster, length, most)
            cluster = []
        cluster.append((top, number))
        end = top + length
    if cluster:
        found += _columns(cluster, length, most)
    return found


def _columns(cluster: Sequence[tuple[int, int]], length: int, most: int) -> list[Lane]:
    """The places of entries that touch each other in a chain."""
    ends: list[int] = []
    chosen: list[int] = []
    for top, _number in cluster:
        free = next((column for column, end in enumerate(ends) if end <= top), len(ends))
        if free == len(ends):
            ends.append(0)
        ends[free] = top + length
        chosen.append(free)
    if len(ends) <= most:
        return [
            Lane(top, top + length, column, len(ends), (number,)) for (top, number), column in zip(cluster, chosen, strict=True)
        ]
    # The last column is kept for the counts; what stands in it or right of it is folded.
    kept: list[Lane] = []
    folded: list[tuple[int, list[int]]] = []
    for (top, number), column in zip(cluster, chosen, strict=True):
        if column < most - 1:
            kept.append(Lane(top, top + length, column, most, (number,)))
        elif folded and top < folded[-1][0] + length:
            folded[-1][1].append(number)
        else:
            folded.append((top, [number]))
    return _widened(kept + [Lane(top, top + length, most - 1, most, tuple(numbers)) for top, numbers in folded])


def _widened(cluster: list[Lane]) -> list[Lane]:
    """Each place as wide as the columns right of it are free, so that words have all the room there is."""
    found: list[Lane] = []
    for lane in cluster:
        beside = [one.column for one in cluster if one.column > lane.column and one.start < lane.end and lane.start < one.end]
        found.append(replace(lane, span=min(beside, default=lane.columns) - lane.column))
    return found
