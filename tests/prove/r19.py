"""R19: threads in parts, with a death after each part: none doubled, none out of order, and what is out is visible."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cmdesk.domain.delivery import State
from cmdesk.domain.views import OutboxRow
from cmdesk.networks.port import SecondWrite
from cmdesk.services.workspace import Workspace
from tests.prove import r1
from tests.prove.table import Line, Row, Task
from tests.prove.worlds import Templates, Verdict, Weather, World

#: Every second thread dies somewhere on its way.
THREADS = {
    kind.value: Weather(kind=kind, clients=2, accounts=3, posts=8, parts=5, crash=0.05, kills=8, sleeps=2) for kind in SecondWrite
}


class Threads(World):
    """Compares what the desk shows of a thread with what is out."""

    miscounted = 0
    halves = 0

    def _notice(self, ws: Workspace, row: OutboxRow) -> None:
        super()._notice(ws, row)
        intent = self._intent(ws, row)
        out = sum(bool(self.ledger.live(words, self.clock.true)) for words in intent.words)
        self.halves += 0 < row.parts_out < len(intent.words)
        # What is uncertain may be out although nobody knows yet; what is said to be out must be.
        doubted = 1 if row.state in {State.UNCERTAIN, State.REFUSED} else 0
        if not row.parts_out <= out <= row.parts_out + doubted:
            self.miscounted += 1
            self._example(f"{intent.words[0]!r} shows {row.parts_out} of {row.parts} out, {out} are")


def run_threads(kind: str, seed: int, count: int) -> tuple[str, Verdict, int, int]:
    """Worlds with following seeds; verdict, wrong counts, half threads that a person saw."""
    total, miscounted, halves = Verdict(), 0, 0
    with Templates() as templates:
        for number in range(seed, seed + count):
            world = Threads(THREADS[kind], number, templates)
            total.add(world.run())
            miscounted += world.miscounted
            halves += world.halves
    return kind, total, miscounted, halves


def tasks(seed: int, long: bool) -> list[Task]:
    worlds = 200 if long else 4
    return [(run_threads, (kind, seed + first, 2)) for kind in THREADS for first in range(0, worlds, 2)]


def lines(seed: int, _long: bool, parts: Sequence[tuple[str, Verdict, int, int]], seconds: float) -> list[Line]:
    found = []
    for kind in sorted({part[0] for part in parts}):
        total, miscounted, halves = Verdict(), 0, 0
        for _, verdict, wrong, half in (part for part in parts if part[0] == kind):
            total.add(verdict)
            miscounted += wrong
            halves += half
        found.append(
            Line(
                "R19",
                f"threads of five, class {kind}",
                f"{total.deliveries} threads, {total.crashes} deaths",
                r1.zeros(total) + (f", {miscounted} miscounted" if miscounted else ""),
                f"{halves} half threads shown to a person",
                total.faults == 0 and not miscounted,
                seed,
                seconds / len(THREADS),
                {
                    **{name: value for name, value in vars(total).items() if name not in {"examples", "seconds", "nearest"}},
                    "miscounted": miscounted,
                    "half_threads_seen": halves,
                },
                total.examples,
            )
        )
    return found


ROW = Row("R19", "threads", tasks, lines)
__all__ = ["ROW", "replace", "run_threads"]
