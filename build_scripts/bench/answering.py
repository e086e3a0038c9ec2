"""Measures the inbox below the screen: search as one types, states, pages, what comes in, and twenty clients at once.

    python -m build_scripts.bench.answering HOME MANY ROUNDS

HOME is a desk whose one client has very many messages, MANY one with twenty clients; both are copied first, for what is
measured writes. Prints one line of JSON. No window, no network.
"""

from __future__ import annotations

import asyncio
import json
import random
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

from build_scripts.bench.figures import summary
from cmdesk.domain.changes import Changes
from cmdesk.domain.clock import SystemClock
from cmdesk.domain.ids import MessageId
from cmdesk.domain.message import Author, Incoming, MessageKind, MessageState
from cmdesk.domain.ruling import Action, Deed, Rule, When
from cmdesk.domain.views import InboxFilter
from cmdesk.services import arriving, handling, inbox, people, responding, ruling, searching
from cmdesk.services.desk import Desk
from cmdesk.services.home import Home
from cmdesk.services.workspace import Workspace
from cmdesk.store import accounts
from cmdesk.vault import Vault

_TYPED = (
    "pain au levain", "brioche era", "zoé gagnon", "atelier velo", "gift card", "fete nationale", '"bonjour je"',
    "bonjour state:awaiting", "from:zoe levain", "pain before:2024-06", "merci has:media", "state:in_hand",
    "de:gagnon état:attente",
    "pain -levain", "is:unread atelier",
)  # fmt: skip
_PAGE = 40
_WORDS = "Bonjour, votre pain au levain est-il sans noix ? Merci d'avance, et bonne journée à toute l'équipe de la boulangerie."


def _silent(_changes: Changes) -> None:
    """Nobody listens."""


@contextmanager
def _opened(home: Path) -> Iterator[Desk]:
    """A copy of a desk, opened with a keyring that lives as long as this."""
    with tempfile.TemporaryDirectory(prefix="cmdesk-bench-") as folder:
        shutil.copytree(home / "clients", Path(folder) / "clients")
        own = Home(Path(folder))
        own.prepare()
        vault = Vault()
        vault.use_session_memory()
        desk = Desk(own, vault=vault, clock=SystemClock(), on_change=_silent)
        desk.scan()
        try:
            yield desk
        finally:
            asyncio.run(desk.close())


def _times(rounds: int, work: Callable[[int], object]) -> list[float]:
    found = []
    for turn in range(rounds):
        begun = time.perf_counter()
        work(turn)
        found.append((time.perf_counter() - begun) * 1000)
    return found


def _typing(ws: Workspace) -> dict[str, Any]:
    """Each question as it is typed, key by key, as soon as two letters are there."""
    times: list[float] = []
    slowest: tuple[float, str] = (0.0, "")
    for question in _TYPED:
        for length in range(2, len(question) + 1):
            begun = time.perf_counter()
            searching.search(ws, question[:length], 50)
            took = (time.perf_counter() - begun) * 1000
            times.append(took)
            slowest = max(slowest, (took, question[:length]))
    return {**summary(times), "slowest": slowest[1]}


def _incoming(number: int, now: Any) -> Incoming:
    author = number % 3000
    return Incoming(
        kind=MessageKind.MENTION,
        raw_kind="mention",
        event_id=f"bench-{number}",
        remote_id=f"bench-{number}",
        author=Author(f"a{author}", f"person{author}@elsewhere.example", f"Person {author}"),
        text=f"{_WORDS} {number}",
        html=f"<p>{_WORDS} {number}</p>",
        created_at=now - timedelta(seconds=1),
    )


def _ingest(ws: Workspace, count: int, first: int = 0) -> dict[str, Any]:
    """What comes in, page by page, each in a transaction of its own with rules and cursor, as a sync does it."""
    with ws.read() as connection:
        account = accounts.accounts(connection)[0]
    now = ws.clock.now()
    items = [_incoming(number, now) for number in range(first, first + count)]
    begun, busy = time.perf_counter(), time.process_time()
    for start in range(0, count, _PAGE):
        with ws.write() as session:
            arriving.take_in(session, account, items[start : start + _PAGE], now=now, asked_at=now)
    wall, busy = time.perf_counter() - begun, time.process_time() - busy
    return {
        "messages": count,
        "per_second": round(count / wall),
        "per_second_of_processor": round(count / busy),
        "us_a_message": round(busy / count * 1e6, 1),
    }


def _states(ws: Workspace, rounds: int) -> dict[str, Any]:
    numbers = inbox.ids_page(ws, InboxFilter(states=frozenset({MessageState.AWAITING})), limit=500)
    dice = random.Random(1)  # noqa: S311 - the same messages every time
    one = dice.sample(list(numbers), min(rounds, len(numbers)))

    def change(turn: int) -> object:
        return asyncio.run(handling.put(ws, [one[turn % len(one)]], MessageState.SET_ASIDE))

    change(0)  # the first write brings the ORM with it
    single = _times(rounds, change)
    done = asyncio.run(handling.put(ws, list(numbers), MessageState.SET_ASIDE))
    back = _times(1, lambda _turn: asyncio.run(handling.undo(ws, done)))
    return {"one": summary(single), "bulk": {"messages": done.count, "undo_ms": round(back[0], 1)}}


def measure(home: Path, many: Path, rounds: int) -> dict[str, Any]:
    """All figures below the screen."""
    table: dict[str, Any] = {}
    with _opened(home) as desk:
        ws = desk.workspaces[0]
        every = InboxFilter()

        def page(_turn: int) -> object:
            return inbox.rows(ws, inbox.ids_page(ws, every, limit=100))

        table["open"] = summary(_times(rounds, page))
        table["search"] = _typing(ws)
        table["state"] = _states(ws, rounds)
        newest = inbox.ids_page(ws, every, limit=128)
        table["clock"] = summary(_times(rounds, lambda _turn: responding.left(ws, newest)))
        table["person"] = summary(_times(rounds, lambda turn: people.card(ws, MessageId(newest[turn % len(newest)]))))
        table["ingest"] = _ingest(ws, 200 * rounds)
        asyncio.run(ruling.save(ws, Rule(0, "Noix", When(words=("arachide*", "sésame")), (Action(Deed.LABEL, "allergie"),))))
        table["ingest_with_rule"] = _ingest(ws, 100 * rounds, 1_000_000)
    with _opened(many) as desk:
        table["many"] = {
            "clients": len(desk.workspaces),
            "counts": summary(_times(rounds, lambda _turn: [inbox.counts(ws) for ws in desk.workspaces])),
            "rows": summary(_times(rounds, lambda _turn: inbox.desk_rows(desk, limit=100))),
            "search": summary(_times(rounds, lambda turn: searching.search_desk(desk, _TYPED[turn % len(_TYPED)]))),
        }
    return table


if __name__ == "__main__":
    print(json.dumps(measure(Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))))
