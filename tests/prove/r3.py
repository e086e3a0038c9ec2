"""R3: drafts under ``kill -9``. A real window is typed into at 50 characters a second and killed at a random moment; then the
client's file and the words kept beside it are read, and compared with what stood on the sheet when.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import select
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cmdesk.domain.clock import SystemClock
from cmdesk.domain.errors import StoreProblem
from cmdesk.services import composing, spooling
from cmdesk.services.desk import Desk
from cmdesk.services.home import Home
from cmdesk.services.practising import Practising
from cmdesk.vault import Vault
from tests.helpers.keyrings import InMemoryKeyring
from tests.prove.table import Line, Row, Task

ROOT = Path(__file__).resolve().parents[2]
#: The promise: what a killed program may lose, in seconds.
WORST, MEDIAN = 1.0, 0.3
_SHORTEST, _LONGEST = 0.1, 3.0
_PATIENCE = 60.0


@dataclass(frozen=True)
class Step:
    """What stood on the sheet of a draft since a moment of the monotonic clock."""

    at: float
    draft: int
    text: str


@dataclass
class Found:
    """What the rounds found: seconds of typing lost, drafts that are not there at all, words that never stood on a sheet."""

    losses: list[float] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    torn: list[str] = field(default_factory=list)

    @property
    def worst(self) -> float:
        return max(self.losses, default=0.0)

    @property
    def median(self) -> float:
        return statistics.median(self.losses) if self.losses else 0.0

    @property
    def good(self) -> bool:
        return self.worst <= WORST and self.median <= MEDIAN and not self.missing and not self.torn

    def said(self, seed: int) -> str:
        """The figures in a line."""
        return (
            f"{len(self.losses)} kills, seed {seed}: worst loss {self.worst * 1000:.0f} ms, median {self.median * 1000:.0f} ms,"
            f" {len(self.missing)} drafts missing, {len(self.torn)} torn"
        )


def rounds(count: int, seed: int) -> Found:
    """Kills so many windows, one after the other on one data folder, as a person would meet it."""
    found = Found()
    with tempfile.TemporaryDirectory(prefix="cmdesk-r3-") as name:
        home = Home(Path(name) / "home")
        _prepare(home)
        for number in range(count):
            chance = random.Random(f"{seed}/{number}")
            before = set(_saved(home))
            steps, killed = _typed(home, chance)
            _judge(found, f"seed {seed} round {number}", steps, killed, _new(_saved(home), before))
    return found


def _desk(home: Home) -> Desk:
    desk = Desk(home, vault=Vault(InMemoryKeyring()), clock=SystemClock(), on_change=lambda _changes: None)
    desk.scan()
    return desk


def _prepare(home: Home) -> None:
    async def fill() -> None:
        home.prepare()
        practising = Practising(home, SystemClock())
        desk = Desk(
            home,
            vault=Vault(InMemoryKeyring()),
            clock=SystemClock(),
            on_change=lambda _changes: None,
            connectors=practising.connector,
        )
        for client, person in zip(("Boulangerie", "Théâtre"), practising.people(), strict=False):
            await practising.link(await desk.create(client), person.key)
        await desk.close()

    asyncio.run(fill())


def _typed(home: Home, chance: random.Random) -> tuple[list[Step], float]:
    """What a window was typed into until it was killed, and when that was."""
    environ = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environ |= {"QT_QPA_PLATFORM": "offscreen", "XDG_CONFIG_HOME": str(home.path.parent)}
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.prove.typist", str(home.path), str(chance.randrange(1 << 30))],
        cwd=ROOT,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    assert process.stdout is not None
    lives, raw = chance.uniform(_SHORTEST, _LONGEST), b""
    end: float | None = None
    last = time.monotonic() + _PATIENCE
    with process:
        try:
            while (now := time.monotonic()) < (last if end is None else end):
                if select.select([process.stdout], [], [], (last if end is None else end) - now)[0]:
                    piece = os.read(process.stdout.fileno(), 1 << 16)
                    if not piece:
                        raise RuntimeError(f"the typist ended by itself: {process.wait()}")
                    raw += piece
                    end = end or time.monotonic() + lives
        finally:
            killed = time.monotonic()
            process.send_signal(signal.SIGKILL)
        raw += process.stdout.read()
    if end is None:
        raise RuntimeError("the typist never began")
    # The last line may have been cut off.
    lines = [json.loads(line) for line in raw.split(b"\n")[:-1]]
    return [Step(line["at"], line["draft"], line["text"]) for line in lines if line["at"] <= killed], killed


def _saved(home: Home) -> list[tuple[str, str]]:
    """Every text that the files hold, with a name for where it is. A damaged one has the name of its damage as text."""
    desk = _desk(home)
    texts: list[tuple[str, str]] = []
    for ws in desk.workspaces:
        texts += [(f"{ws.client.id} file", line) for line in ws.database.quick_check()]
        for row in composing.post_rows(ws, limit=10_000):
            try:
                texts.append((f"{ws.client.id} {row.id}", composing.load(ws, row.id).text))
            except StoreProblem as problem:
                texts.append((f"{ws.client.id} {row.id}", f"damaged: {problem.code}"))
        waiting = spooling.waiting(ws)
        texts += [(str(words.path), words.edit.text) for words in waiting.words]
        texts += [(str(path), "damaged: spool") for path in waiting.damaged]
    asyncio.run(desk.close())
    return texts


def _new(now: Sequence[tuple[str, str]], before: set[tuple[str, str]]) -> list[str]:
    return [text for where, text in now if (where, text) not in before]


def _judge(found: Found, where: str, steps: Sequence[Step], killed: float, saved: Sequence[str]) -> None:
    drafts: dict[int, list[Step]] = defaultdict(list)
    for step in steps:
        drafts[step.draft].append(step)
    stood = {step.text for step in steps}
    found.torn += [f"{where}: {text[-60:]!r} never stood on a sheet" for text in saved if text not in stood]
    losses = []
    for number, own in drafts.items():
        kept = max((place for place, step in enumerate(own) if step.text in saved), default=-1)
        loss = 0.0 if kept == len(own) - 1 else killed - own[kept + 1].at
        losses.append(loss)
        if kept == -1 and loss > WORST:
            found.missing.append(f"{where}: draft {number} of {killed - own[0].at:.2f} s")
    found.losses.append(max(losses, default=0.0))


# ---- as a row of the programme


def _tasks(seed: int, long: bool) -> Sequence[Task]:
    # One after the other: windows that fight for the processor would measure that.
    return [(rounds, (500 if long else 40, seed))]


def _lines(seed: int, long: bool, parts: Sequence[Found], seconds: float) -> Sequence[Line]:
    [found] = parts
    return [
        Line(
            "R3",
            "drafts under kill -9",
            f"{len(found.losses)} kills",
            f"{len(found.missing)} missing, {len(found.torn)} torn",
            f"{found.worst * 1000:.0f} ms worst, {found.median * 1000:.0f} ms median",
            found.good,
            seed,
            seconds,
            {"losses": found.losses},
            [*found.missing, *found.torn],
        )
    ]


ROW = Row("R3", "drafts under kill -9", _tasks, _lines)
