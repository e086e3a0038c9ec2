"""R17: three days without a network and two thousand actions, then a line that fails every second time."""

from __future__ import annotations

import asyncio
import itertools
import random
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta

from cmdesk.domain.delivery import State
from cmdesk.domain.errors import CmdeskError, UserProblem
from cmdesk.domain.post import PostEdit, Variant
from cmdesk.domain.schedule import at_instant
from cmdesk.networks.port import SecondWrite
from cmdesk.services import composing, planning, publishing
from cmdesk.services.workspace import Workspace
from cmdesk.store import queue
from tests.prove import r1
from tests.prove.simulated import DAY, HOUR
from tests.prove.table import Line, Row, Task
from tests.prove.truth import BRUTAL, thinned
from tests.prove.worlds import Intent, Templates, Verdict, Weather, World

ACTIONS = 2000
SLOWEST_MS = 100.0
SPACING = 60.0
#: Every second write fails in some way; nothing else goes wrong, so that only the line is to blame.
HALF = thinned(BRUTAL, 0.5 / 0.31)
OFFLINE = Weather(
    kind=SecondWrite.SAME_KEY,
    clients=2,
    accounts=2,
    posts=4,
    mix=HALF,
    read_faults=0.3,
    impostor=0.0,
    crash=0.002,
    kills=0,
    jumps=0,
    sleeps=0,
    outages=0,
    swaps=0,
    forgets=0,
    long_outage=72.0,
    days=3.5,
    after=4.0,
)


@dataclass
class Found:
    """The verdict, and how long what a person did took (milliseconds of the processor)."""

    verdict: Verdict = field(default_factory=Verdict)
    actions: int = 0
    refused: int = 0
    slowest: float = 0.0
    compared: int = 0  # posts that follow another one of their account
    out_of_order: int = 0


class Offline(World):
    """A person works as if nothing were."""

    actions = ACTIONS

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]  # handed on as they come
        self.found = Found()
        self.drafts: list[tuple[str, object, int]] = []

    def _judge(self) -> None:
        super()._judge()
        desk = self.open(None)
        live = {one.text: one.at for one in self.ledger.entries}
        times: dict[tuple[str, str], list[tuple[float, float]]] = {}
        for intent in self.intents:
            ws = next(one for one in desk.workspaces if one.client.id == intent.client)
            with ws.read() as connection:
                one = queue.delivery(connection, intent.delivery)
            tries = publishing.attempts(ws, intent.delivery)
            # What somebody decided about, or what was doubtful, has left its place in the line for a reason.
            plain = all(each.kind == "send" and each.outcome in {"published", "not_sent"} for each in tries)
            if one.state is State.SENT and plain and intent.words[0] in live:
                place = times.setdefault((intent.client, intent.person), [])
                place.append((one.due.timestamp(), live[intent.words[0]]))
        for line in times.values():
            line.sort()
            self.found.compared += max(0, len(line) - 1)
            self.found.out_of_order += sum(
                first[0] < second[0] and first[1] > second[1] for first, second in itertools.pairwise(line)
            )
        for ws in desk.workspaces:
            ws.database.close()

    async def _fate(self) -> None:
        busy = asyncio.ensure_future(self._work_offline())
        self.own.add(busy)
        await super()._fate()
        await busy

    async def _work_offline(self) -> None:
        rng = random.Random(self.seed)
        for number in range(self.actions):
            await asyncio.sleep(72 * HOUR / self.actions)
            while self.life is None or self.life.dead or not self.life.desks:  # noqa: ASYNC110 - simulated time, which costs nothing
                await asyncio.sleep(1)
            began = time.thread_time()
            try:
                await self._act(rng, rng.choice(self.life.desks[0].workspaces), number)
            except UserProblem:
                self.found.refused += 1
            self.found.slowest = max(self.found.slowest, (time.thread_time() - began) * 1000)
            self.found.actions += 1

    async def _act(self, rng: random.Random, ws: Workspace, number: int) -> None:
        """One action of the kind that a day is made of."""
        dice = rng.random()
        mine = [one for one in self.intents if one.client == ws.client.id]
        if dice < 0.02:
            await self._plan_more(rng, ws, number)
        elif dice < 0.45:
            post = await composing.create(ws, PostEdit(text=f"draft {number}"))
            self.drafts.append((ws.client.id, post.id, post.revision))
        elif dice < 0.8 and self.drafts:
            client, post_id, _ = rng.choice(self.drafts)
            room = next(one for one in self.life.desks[0].workspaces if one.client.id == client) if self.life else ws
            post = composing.load(room, post_id)  # type: ignore[arg-type]  # a post's id
            await composing.save(room, post.id, PostEdit(text=f"{post.text} and {number}"), post.revision)
        elif dice < 0.95:
            row = planning.delivery(ws, rng.choice(mine).delivery)
            when = at_instant(self.clock.now() + timedelta(hours=rng.uniform(1, 90)), "America/Toronto")
            await planning.move(ws, row.post, when, (row.id,))
        else:
            publishing.outbox_rows(ws, limit=200)

    async def _plan_more(self, rng: random.Random, ws: Workspace, number: int) -> None:
        accounts = {one.person: None for one in self.intents if one.client == ws.client.id}
        name = rng.choice(sorted(accounts))
        known = next(one for one in self.intents if one.client == ws.client.id and one.person == name)
        account = planning.delivery(ws, known.delivery).account
        words = f"more {number} {name}"
        post = await composing.create(ws, PostEdit(text=words, variants=(Variant(account),)))
        when = at_instant(self.clock.now() + timedelta(hours=rng.uniform(0.5, 100)), "America/Toronto")
        for made in await planning.schedule(ws, post.id, when):
            self.intents.append(Intent(ws.client.id, made, name, (words,)))


def run_offline(seed: int, actions: int) -> Found:
    """One world."""
    with Templates() as templates:
        world = Offline(OFFLINE, seed, templates)
        world.actions = actions
        world.found.verdict = world.run()
    return world.found


def tasks(seed: int, long: bool) -> list[Task]:
    worlds = 20 if long else 2
    return [(run_offline, (seed + number, ACTIONS if long else ACTIONS // 2)) for number in range(worlds)]


def lines(seed: int, _long: bool, parts: Sequence[Found], seconds: float) -> list[Line]:
    total, actions, slowest = Verdict(), sum(part.actions for part in parts), max(part.slowest for part in parts)
    disorder, compared = sum(part.out_of_order for part in parts), sum(part.compared for part in parts)
    for part in parts:
        total.add(part.verdict)
    return [
        Line(
            "R17",
            "72 h without a network, then half the calls fail",
            f"{actions} actions, {total.deliveries} posts",
            f"{r1.zeros(total)}; {disorder} of {compared} out of order",
            f"{slowest:.0f} ms an action, {total.nearest:.0f} s between posts",
            total.faults == 0 and disorder == 0 and slowest <= SLOWEST_MS and total.nearest >= SPACING - 2,
            seed,
            seconds,
            {
                **{name: value for name, value in vars(total).items() if name not in {"examples", "seconds", "crash_points"}},
                "actions": actions,
                "compared": compared,
                "out_of_order": disorder,
                "refused_actions": sum(part.refused for part in parts),
                "slowest_ms": round(slowest, 1),
            },
            total.examples,
        )
    ]


ROW = Row("R17", "offline", tasks, lines)
__all__ = ["DAY", "ROW", "CmdeskError", "run_offline"]
