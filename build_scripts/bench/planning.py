"""Measures what a page of the calendar reads of one client's file, and what an arrangement and its undo cost, without a window.

    python -m build_scripts.bench.planning HOME ROUNDS

HOME is the busy desk. Prints one JSON line; every figure is milliseconds for one client.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from build_scripts.bench.figures import summary
from cmdesk.domain.clock import SystemClock
from cmdesk.domain.post import PostEdit, Variant
from cmdesk.domain.schedule import at_instant
from cmdesk.domain.slots import clean_slots
from cmdesk.services import arranging, board, composing, exchange, keydates, planning, slots, terms
from cmdesk.services.desk import Desk
from cmdesk.services.home import Home
from cmdesk.services.machine import InMemory, Machine
from cmdesk.services.workspace import Workspace
from cmdesk.vault import Vault

_MONTH = timedelta(days=35)


def _times(rooms: tuple[Workspace, ...], rounds: int, read: Callable[[Workspace], object]) -> dict[str, Any]:
    """The same read of every client's file, again and again."""
    found = []
    for _ in range(rounds):
        for ws in rooms:
            began = time.perf_counter()
            read(ws)
            found.append(1000 * (time.perf_counter() - began))
    return summary(found)


def reads(rooms: tuple[Workspace, ...], rounds: int) -> dict[str, Any]:
    """What a month asks of one file."""
    start = rooms[0].clock.now() - timedelta(days=3)
    end = start + _MONTH
    first, last = (moment.astimezone(ZoneInfo(rooms[0].client.timezone)).date() for moment in (start, end))
    keydates.days(rooms[0], first, last)  # the library of holidays is loaded once
    return {
        "agenda": _times(rooms, rounds, lambda ws: planning.agenda(ws, start, end)),
        "suggested": _times(rooms, rounds, lambda ws: board.suggested(ws, start, end)),
        "bars": _times(rooms, rounds, lambda ws: (board.campaigns(ws, first, last), board.notes(ws, first, last))),
        "labels": _times(rooms, rounds, board.labels),
        "key_dates": _times(rooms, rounds, lambda ws: keydates.days(ws, first, last)),
        "next_slot": _times(rooms, rounds, lambda ws: slots.next_slot(ws, _accounts(ws))),
        "entries": _times(rooms, max(1, rounds // 10), exchange.entries),
    }


def _accounts(ws: Workspace) -> list[Any]:
    with ws.read() as connection:
        return [row[0] for row in connection.execute("SELECT id FROM account ORDER BY id LIMIT 1")]


async def arrangements(ws: Workspace, rounds: int) -> dict[str, Any]:
    """Five posts moved by a day, and that undone: a commit to the disk each."""
    chosen = []
    for number in range(5):
        edit = PostEdit(text=f"Measured {number}", variants=tuple(Variant(one) for one in _accounts(ws)))
        post = await composing.create(ws, edit)
        when = at_instant(ws.clock.now() + timedelta(days=40, hours=number), ws.client.timezone)
        await arranging.plan(ws, post.id, when)
        chosen.append(post.id)
    moves, undos = [], []
    for _ in range(rounds):
        began = time.perf_counter()
        await arranging.shift(ws, chosen, 1)
        moves.append(1000 * (time.perf_counter() - began))
        began = time.perf_counter()
        await arranging.undo(ws)
        undos.append(1000 * (time.perf_counter() - began))
    return {"move_five": summary(moves), "undo_five": summary(undos)}


async def measure(folder: Path, rounds: int) -> dict[str, Any]:
    """The figures of the desk in a folder."""
    vault = Vault()
    desk = Desk(Home(folder), vault=vault, clock=SystemClock(), on_change=lambda _: None, machine=Machine(InMemory(), vault))
    desk.scan()
    try:
        rooms = desk.workspaces
        for ws in rooms:
            await terms.set_slots(ws, clean_slots("mon-fri 9:00, 12:30, 16:00"))
        return {**reads(rooms, rounds), **await arrangements(rooms[0], rounds)}
    finally:
        await desk.close()


if __name__ == "__main__":
    print(json.dumps(asyncio.run(measure(Path(sys.argv[1]), int(sys.argv[2])))))
