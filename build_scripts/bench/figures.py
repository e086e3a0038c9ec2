"""Turns measured times into figures that can be compared: middle, tails, number, and the machine they come from."""

from __future__ import annotations

import os
import platform
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from PySide6 import __version__ as pyside_version

#: What one measurement hands back: names to numbers, sentences and further tables.
Table = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Goal:
    """What a figure should not exceed. ``figure`` names the value as a path into the measurement's table."""

    figure: tuple[str, ...]
    most: float
    unit: str


def percentile(values: Sequence[float], share: float) -> float:
    """The smallest value that this share of all values does not exceed (nearest rank)."""
    ordered = sorted(values)
    return ordered[max(0, min(len(ordered) - 1, round(share * len(ordered) + 0.499999) - 1))]


def summary(values: Sequence[float]) -> dict[str, float | int]:
    """Number, middle, tails and ends of some times; the unit is the caller's, normally milliseconds."""
    if not values:
        raise ValueError("nothing was measured")
    return {
        "n": len(values),
        "median": round(median(values), 3),
        "p95": round(percentile(values, 0.95), 3),
        "p99": round(percentile(values, 0.99), 3),
        "min": round(min(values), 3),
        "max": round(max(values), 3),
    }


def judged(table: Table, goals: Sequence[Goal]) -> list[dict[str, Any]]:
    """Every goal with the value it speaks of, and whether that keeps to it."""
    found = []
    for goal in goals:
        value: Any = table
        for step in goal.figure:
            value = value[step]
        name = " ".join(goal.figure)
        found.append({"figure": name, "value": value, "most": goal.most, "unit": goal.unit, "met": value <= goal.most})
    return found


def machine() -> dict[str, Any]:
    """What the figures were taken on; ``load`` is the mean number of processes that wanted a core in the last minute."""
    load = os.getloadavg()[0] if hasattr(os, "getloadavg") else None
    return {
        "cores": os.cpu_count(),
        "load": None if load is None else round(load, 2),
        "python": platform.python_version(),
        "pyside": pyside_version,
        "system": platform.platform(),
    }
