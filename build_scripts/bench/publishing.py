"""Measures publishing: simulated attempts, claims on a disk, and how long after its time a post reaches the network.

    python -m build_scripts.bench.publishing ROUNDS

Prints one JSON line. The network is a process of its own on this machine; the clock is the machine's.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import random
import sqlite3
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from build_scripts.bench.figures import summary
from cmdesk.domain.changes import Changes
from cmdesk.domain.ids import DeliveryId
from cmdesk.domain.post import PostEdit, Variant
from cmdesk.domain.schedule import at_instant
from cmdesk.loops import Loops
from cmdesk.services import composing, planning
from cmdesk.services.desk import Desk
from cmdesk.services.home import Home
from cmdesk.services.machine import InMemory, Machine
from cmdesk.services.publishing import Publisher
from cmdesk.services.syncing import Syncer
from cmdesk.services.workspace import Workspace
from cmdesk.store import outbox
from cmdesk.vault import Vault
from tests.prove import r1, r2
from tests.prove.worlds import Templates, World

_AHEAD = 4.0  # seconds before the first is due
_APART = 0.4  # seconds between two that are due


def simulated(rounds: int) -> dict[str, float]:
    """Simulated attempts a second, on one core, of the product's own publisher among faults."""
    with Templates() as templates:
        templates.get(r1.BRUTAL["D"])
        began, attempts = time.perf_counter(), 0
        for seed in range(rounds):
            attempts += World(r1.BRUTAL["D"], seed, templates).run().deliveries
        return {"per_second": round(attempts / (time.perf_counter() - began), 1)}


def commits(folder: Path, count: int) -> dict[str, Any]:
    """Milliseconds of a bare transaction that is on the disk before the next begins: the floor of every claim."""
    connection = sqlite3.connect(folder / "floor.sqlite", isolation_level=None)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE floor (number INTEGER)")
        times = []
        for number in range(count):
            began = time.perf_counter()
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO floor VALUES (?)", (number,))
            connection.execute("COMMIT")
            times.append((time.perf_counter() - began) * 1000)
        return summary(times)
    finally:
        connection.close()


def claims(folder: Path, count: int) -> dict[str, float]:
    """Deliveries claimed a second, each in a transaction of its own that is on the disk before the next begins."""
    stage = r2.Stage(folder, 9, "stranger 1.0")
    stage.begin()
    stage.write(count)
    with stage.desk() as desk:
        ws = desk.workspaces[0]
        numbers = sorted(number for client, number, _ in stage.meant.values() if client == ws.client.id)
        _claim(ws, stage, numbers[0])
        began = time.perf_counter()
        for number in numbers[1:]:
            _claim(ws, stage, number)
        return {"per_second": round((len(numbers) - 1) / (time.perf_counter() - began), 1)}


def _claim(ws: Workspace, stage: r2.Stage, number: DeliveryId) -> None:
    moment = outbox.Moment(stage.clock.now(), stage.clock.monotonic(), stage.clock.boot_id())
    with ws.write() as session:
        found = outbox.claim(
            session,
            number,
            now=moment,
            grace=timedelta(hours=1),
            new_key=lambda: f"{number:032x}",
            media_folder=str(ws.media_folder),
        )
    if not isinstance(found, outbox.Claim):
        raise TypeError(found)


class _Nobody:
    """A window that shows nothing: what the loops tell it goes nowhere."""

    def __getattr__(self, _name: str) -> Any:
        return lambda *_told: None


@contextlib.asynccontextmanager
async def _window(desk: Desk, stage: r2.Stage, told: list[Any]) -> AsyncIterator[None]:
    """The loops of the window."""
    loops = Loops(desk, desk.home, stage.clock, _Nobody())  # type: ignore[arg-type]  # it takes whatever it is told
    told.append(loops.notice)
    async with _running(loops.run()):
        yield


@contextlib.asynccontextmanager
async def _agent(desk: Desk, stage: r2.Stage, told: list[Any]) -> AsyncIterator[None]:
    """What the agent runs: the publisher and the fetching side by side."""
    publisher = Publisher(desk, stage.clock, random.SystemRandom())
    told.append(publisher.notice)
    async with _running(publisher.run(), Syncer(desk, stage.clock).run()):
        yield


@contextlib.asynccontextmanager
async def _running(*work: Any) -> AsyncIterator[None]:
    tasks = [asyncio.ensure_future(one) for one in work]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _due_to_request(folder: Path, port: int, kind: str, accounts: int) -> dict[str, float | int]:
    stage = r2.Stage(folder, port, "stranger 1.0", accounts_each=accounts)
    await asyncio.to_thread(stage.begin)
    await asyncio.to_thread(stage.ask, "/peace")
    told: list[Any] = []

    def changed(changes: Changes) -> None:
        for tell in told:
            tell(changes)

    vault = Vault(stage.keyring)
    desk = Desk(Home(folder), vault=vault, clock=stage.clock, on_change=changed, machine=Machine(InMemory(), vault, host="bench"))
    desk.scan()
    due: dict[str, float] = {}
    async with (_window if kind == "window" else _agent)(desk, stage, told):
        await asyncio.sleep(1.0)
        first = time.time() + _AHEAD
        for ws in desk.workspaces:
            # One post an account, so that none waits for the one before it.
            for account, name in stage.people[ws.client.id].items():
                post = await composing.create(ws, PostEdit(text=name, variants=(Variant(account),)))
                when = datetime.fromtimestamp(int(first + _APART * len(due)), UTC)
                await planning.schedule(ws, post.id, at_instant(when, "America/Toronto"))
                due[name] = when.timestamp()
        await asyncio.sleep(first + _APART * len(due) + 2 - time.time())
    truth: Any = await asyncio.to_thread(stage.ask, "/truth")
    await desk.close()
    late = [(one["arrived"] - due[one["text"]]) * 1000 for one in truth if one["text"] in due]
    if len(late) < len(due):
        raise RuntimeError(f"{len(due) - len(late)} posts did not arrive")
    return summary(late)


def main(arguments: list[str]) -> int:
    """Measures everything."""
    logging.disable(logging.CRITICAL)
    rounds = int(arguments[0])
    found: dict[str, Any] = {"simulated": simulated(max(1, rounds))}
    with tempfile.TemporaryDirectory(prefix="cmdesk-bench-") as own:
        found["baseline"] = commits(Path(own), 200)
        found["claims_on_disk"] = claims(Path(own), 20 * rounds)
    for kind in ("window", "agent"):
        with r2.server(1, False) as port, tempfile.TemporaryDirectory(prefix="cmdesk-bench-") as own:
            found[f"due_to_request_{kind}"] = asyncio.run(_due_to_request(Path(own), port, kind, 3 * rounds))
    print(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
