"""What a row of the proof is, how rows are run on all cores, and the one table that is printed in the end."""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from typing import Any

#: A piece of work for one core: a function of a module and what it is given; both travel to another process.
Task = tuple[Callable[..., Any], tuple[Any, ...]]


@dataclass(frozen=True)
class Line:
    """One line of the table. ``figures`` are the numbers behind it, for machines."""

    row: str
    what: str
    how_many: str
    result: str
    worst: str
    good: bool
    seed: int
    seconds: float
    figures: dict[str, Any] = field(default_factory=dict)
    examples: Sequence[str] = ()


@dataclass(frozen=True)
class Row:
    """A row of the programme: its pieces of work, and the lines that follow from what they found."""

    name: str
    title: str
    tasks: Callable[[int, bool], Sequence[Task]]
    lines: Callable[[int, bool, Sequence[Any], float], Sequence[Line]]


def _prepare() -> None:
    logging.disable(logging.CRITICAL)
    gc.freeze()


def _timed(task: Task) -> tuple[Any, float]:
    function, given = task
    began = time.process_time()
    found = function(*given)
    gc.collect()
    return found, time.process_time() - began


def run(rows: Sequence[Row], seed: int, *, long: bool = False, workers: int | None = None) -> Iterator[Line]:
    """Runs rows one after the other, each on all cores; lines come as they are found."""
    count = workers or max(1, os.cpu_count() or 1)
    with ProcessPoolExecutor(count, mp_context=multiprocessing.get_context("spawn"), initializer=_prepare) as pool:
        for row in rows:
            began = time.monotonic()
            found = [part for part, _ in pool.map(_timed, row.tasks(seed, long))]
            yield from row.lines(seed, long, found, time.monotonic() - began)


_COLUMNS = (("row", 4), ("what", 44), ("how many", 30), ("result", 46), ("worst", 34), ("seed", 6), ("s", 6))


def head() -> str:
    """The names of the columns."""
    return "  ".join(name.ljust(width) for name, width in _COLUMNS) + "  good\n" + "-" * (sum(w + 2 for _, w in _COLUMNS) + 4)


def text(line: Line) -> str:
    """A line for people."""
    cells = (line.row, line.what, line.how_many, line.result, line.worst, str(line.seed), f"{line.seconds:.1f}")
    shown = "  ".join(cell.ljust(width) for cell, (_, width) in zip(cells, _COLUMNS, strict=True))
    return f"{shown}  {'yes' if line.good else 'NO'}"
