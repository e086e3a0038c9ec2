"""R1: the product's publisher among faults, crashes at every step, wrong clocks and sleeps, judged by what is publicly live."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from cmdesk.networks.port import SecondWrite
from tests.prove.simulated import HOUR
from tests.prove.table import Line, Row, Task
from tests.prove.truth import BRUTAL as BRUTAL_MIX
from tests.prove.truth import MILD, Fault
from tests.prove.worlds import Templates, Verdict, Weather, World

#: The share of posts that a person may be asked about, per class, in the brutal mix and in the mild one.
#: Nothing is promised for class C, of which no network is reached yet: its share is told and has no goal.
ASKED = {"A": 0.0, "B": 0.09, "D": 0.13}
ASKED_MILD = 0.01
#: Every marked step must have been reached at least so often in the quick ring.
STEPS_REACHED = 50

BRUTAL = {kind.value: Weather(kind=kind) for kind in SecondWrite}
#: A computer of every day: the faults of a decent network, one sleep, no wrong clock, no swapped keys.
MILD_WEATHER = {
    kind.value: Weather(
        kind=kind,
        mix=MILD,
        read_faults=0.01,
        impostor=0.0,
        crash=0.0002,
        kills=0,
        jumps=0,
        sleeps=1,
        outages=1,
        swaps=0,
        forgets=0,
    )
    for kind in SecondWrite
}
#: A server whose lists are hours late: only the age of its memory of keys keeps a second try from being a second post.
LATE_LISTS = replace(
    BRUTAL["B"],
    mix={fault: share for fault, share in BRUTAL_MIX.items() if fault is not Fault.DECLINE_AFTER},
    stale_listing=4 * HOUR,
    sleeps=10,
    outages=20,
    forgets=0,
)
_PER_WORLD = 200
_WORLDS_A_TASK = 3


def weathers() -> dict[str, Weather]:
    """By the name of the line."""
    return {
        **{f"{name} brutal": weather for name, weather in BRUTAL.items()},
        "A, Bluesky itself": replace(BRUTAL["A"], bluesky=True),
        "D mild": MILD_WEATHER["D"],
        "D two programs": replace(BRUTAL["D"], programs=2),
        "B lists hours late": LATE_LISTS,
    }


def run_worlds(name: str, first: int, count: int) -> tuple[str, Verdict]:
    """Worlds with following seeds."""
    total = Verdict()
    with Templates() as templates:
        for seed in range(first, first + count):
            total.add(World(weathers()[name], seed, templates).run())
    return name, total


def tasks(seed: int, long: bool) -> list[Task]:
    attempts = 1_000_000 if long else 10_000
    shares = {name: 0.2 if "brutal" in name else 0.2 / 3 for name in weathers()}
    found: list[Task] = []
    for name, share in shares.items():
        worlds = math.ceil(round(attempts * share / _PER_WORLD, 6))
        found += [
            (run_worlds, (name, seed + first, min(_WORLDS_A_TASK, worlds - first))) for first in range(0, worlds, _WORLDS_A_TASK)
        ]
    return found


def lines(seed: int, _long: bool, parts: Sequence[tuple[str, Verdict]], seconds: float) -> list[Line]:
    by_name: dict[str, Verdict] = {}
    for name, verdict in parts:
        by_name.setdefault(name, Verdict()).add(verdict)
    total = Verdict()
    for verdict in by_name.values():
        total.add(verdict)
    found = [_line(name, verdict, seed, seconds * verdict.deliveries / total.deliveries) for name, verdict in by_name.items()]
    return [*found, _steps(total, seed)]


def _line(name: str, verdict: Verdict, seed: int, seconds: float) -> Line:
    # Two programs at once are what the publisher lock prevents, and a list hours late tells nothing: no harm, but questions.
    goal = None if "programs" in name or "late" in name else ASKED_MILD if "mild" in name else ASKED.get(name[0])
    good = verdict.faults == 0 and (goal is None or verdict.asked_share <= goal)
    return Line(
        "R1",
        f"class {name}",
        f"{verdict.deliveries} attempts, {verdict.crashes} crashes",
        zeros(verdict),
        f"asked {verdict.asked_share:.1%}" + ("" if goal is None else f" (goal {goal:.0%})"),
        good,
        seed,
        seconds,
        {name: value for name, value in vars(verdict).items() if name not in {"examples", "seconds"}},
        verdict.examples,
    )


def zeros(verdict: Verdict) -> str:
    """What there must be none of, in the order of how bad it is."""
    counted = {
        "wrong account": verdict.wrong_account,
        "double": verdict.duplicates,
        "lost": verdict.lost,
        "failed but live": verdict.failed_while_live,
        "unresolved": verdict.unresolved,
        "wrong link": verdict.wrong_claims,
        "out of order": verdict.disorder,
        "broken": verdict.broken,
    }
    told = ", ".join(f"{count} {what}" for what, count in counted.items() if count)
    return told or "0 double, lost, wrong account, unresolved …"


def _steps(total: Verdict, seed: int) -> Line:
    seldom = min(total.crash_points.items(), key=lambda one: one[1], default=("none", 0))
    return Line(
        "R1",
        "every marked step was reached",
        f"{len(total.crash_points)} steps",
        ", ".join(f"{name} {count}" for name, count in sorted(total.crash_points.items())),
        f"{seldom[0]} {seldom[1]} (goal {STEPS_REACHED})",
        seldom[1] >= STEPS_REACHED,
        seed,
        0.0,
        dict(total.crash_points),
    )


ROW = Row("R1", "publishing among faults", tasks, lines)
