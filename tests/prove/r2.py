"""R2: the real publisher in a process of its own, killed at random instants; the network lives in another process."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import select
import signal
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cmdesk.domain.account import Health, Identity, Network, Role
from cmdesk.domain.clock import SystemClock
from cmdesk.domain.delivery import State
from cmdesk.domain.ids import AccountId, DeliveryId
from cmdesk.domain.limits import Limits
from cmdesk.domain.post import PostEdit, Variant
from cmdesk.domain.secret import Secret
from cmdesk.services import composing, planning, publishing
from cmdesk.services.desk import Desk
from cmdesk.services.home import Home
from cmdesk.services.machine import InMemory, Machine
from cmdesk.services.workspace import TOKEN, Workspace
from cmdesk.store import accounts, queue
from cmdesk.vault import Vault
from tests.helpers.keyrings import InMemoryKeyring
from tests.prove.r2_child import KEYS
from tests.prove.table import Line, Row, Task
from tests.prove.worlds import Verdict, at_once, repeating

ROOT = Path(__file__).resolve().parents[2]
CLIENTS, ACCOUNTS, POSTS_A_LIFE = 2, 6, 1
SOUND_WITHIN = 10.0
_PATIENCE = 180.0


@dataclass
class Found:
    """One stream of lives: the verdict, how soon the queue was sound, how many were killed in which moment."""

    verdict: Verdict = field(default_factory=Verdict)
    sound: list[float] = field(default_factory=list)
    killed_starting: int = 0
    killed_working: int = 0
    left_sending: int = 0
    class_name: str = ""


class Stage:
    """A folder, a server, and a person who keeps writing."""

    def __init__(self, folder: Path, port: int, software: str, *, accounts_each: int = ACCOUNTS) -> None:
        self.folder, self.port, self.software, self.accounts_each = folder, port, software, accounts_each
        self.keyring = InMemoryKeyring()
        self.clock = SystemClock()
        self.meant: dict[str, tuple[str, DeliveryId, str]] = {}
        self.people: dict[str, dict[AccountId, str]] = {}
        self.posts = 0

    @contextlib.contextmanager
    def desk(self) -> Iterator[Desk]:
        home = Home(self.folder)
        home.prepare()
        vault = Vault(self.keyring)
        desk = Desk(
            home,
            vault=vault,
            clock=self.clock,
            on_change=lambda _changes: None,
            helper=at_once,
            machine=Machine(InMemory(), vault, host="this computer"),
        )
        desk.scan()
        try:
            yield desk
        finally:
            asyncio.run(desk.close())

    def begin(self) -> None:
        self.folder.mkdir(mode=0o700, exist_ok=True)
        with self.desk() as desk:
            for number in range(CLIENTS):
                ws = asyncio.run(desk.create(f"Client {number}", timezone="America/Toronto"))
                self.people[ws.client.id] = {
                    self._link(ws, f"c{number}a{index}"): f"c{number}a{index}" for index in range(self.accounts_each)
                }
        entries = [[service, name, value] for (service, name), value in self.keyring.entries.items()]
        (self.folder / KEYS).write_text(json.dumps(entries), "utf-8")

    def _link(self, ws: Workspace, name: str) -> AccountId:
        server = f"http://127.0.0.1:{self.port}"
        with ws.write() as session:
            account = accounts.add(
                session,
                uid=f"uid-{name}",
                identity=Identity(Network.MASTODON, server, name, f"{name}@127.0.0.1:{self.port}", name),
                at=self.clock.now(),
                software=self.software,
                limits=Limits(read_at=self.clock.now()),
                roles=frozenset({Role.PUBLISHES, Role.REPLIES}),
                allow_private=True,
            )
            accounts.set_health(session, account, Health.OK, self.clock.now())
        ws.secrets.put(f"uid-{name}", TOKEN, Secret(f"token-{name}"))
        return account

    def write(self, posts: int) -> None:
        """A few more posts for everybody, due at once."""
        with self.desk() as desk:
            for ws in desk.workspaces:
                for _ in range(posts):
                    self.posts += 1
                    asyncio.run(self._plan(ws, f"p{self.posts}"))

    async def _plan(self, ws: Workspace, mark: str) -> None:
        people = self.people[ws.client.id]
        # A warning of its own tells a post from its neighbours at a glance; else each look would read the source of all of them.
        variants = tuple(Variant(account, text=f"{mark} {name}") for account, name in people.items())
        post = await composing.create(ws, PostEdit(text=mark, warning=mark, variants=variants))
        made = await planning.now(ws, post.id)
        with ws.read() as connection:
            for number in made:
                name = people[queue.delivery(connection, number).account]
                self.meant[f"{mark} {name}"] = (ws.client.id, number, name)

    def states(self) -> dict[tuple[str, DeliveryId], tuple[State, str | None, bool]]:
        """State, address, and whether somebody (or something) still looks, of every delivery."""
        found: dict[tuple[str, DeliveryId], tuple[State, str | None, bool]] = {}
        with self.desk() as desk:
            for ws in desk.workspaces:
                with ws.read() as connection:
                    looking = {one.delivery for one in queue.doubts(connection) if one.next_look_at is not None}
                    looking |= repeating(connection)
                for row in publishing.outbox_rows(ws, limit=100_000):
                    found[ws.client.id, row.id] = (row.state, row.url, row.id in looking)
        return found

    def ask(self, path: str) -> object:
        with urllib.request.urlopen(f"http://127.0.0.1:{self.port}{path}", timeout=20) as answer:
            return json.loads(answer.read())


@contextlib.contextmanager
def server(seed: int, keeps_keys: bool) -> Iterator[int]:
    """The network's process; gives its port."""
    command = [sys.executable, "-m", "tests.prove.r2_server", str(seed), "yes" if keeps_keys else "no"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        try:
            if process.stdout is None:
                raise RuntimeError(command)
            yield int(process.stdout.readline())
        finally:
            process.kill()


def _begin_life(folder: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "tests.prove.r2_child", str(folder)], cwd=ROOT, stdout=subprocess.PIPE)


def _sound(life: subprocess.Popen[bytes], timeout: float) -> bool:
    if life.stdout is None:
        raise RuntimeError("no output")
    ready, _, _ = select.select([life.stdout], [], [], timeout)
    return bool(ready) and life.stdout.readline() == b"sound\n"


def _end(life: subprocess.Popen[bytes]) -> None:
    life.send_signal(signal.SIGKILL)
    life.wait()
    if life.stdout is not None:
        life.stdout.close()


def lives(name: str, seed: int, kills: int) -> Found:
    """So many lives on one folder, then one that may finish."""
    rng, found, keeps = random.Random(seed), Found(class_name=name), name == "B"
    with server(seed, keeps) as port, tempfile.TemporaryDirectory(prefix="cmdesk-lives-") as own:
        stage = Stage(Path(own) / "data", port, "mastodon 4.5.2" if keeps else "stranger 1.0")
        stage.begin()
        for _ in range(kills):
            stage.write(POSTS_A_LIFE)
            began = time.monotonic()
            life = _begin_life(stage.folder)
            if rng.random() < 0.1:
                # Some die while they start.
                _sound(life, rng.random())
                found.killed_starting += 1
            else:
                if not _sound(life, _PATIENCE):
                    raise RuntimeError("the publisher did not start")
                found.sound.append(time.monotonic() - began)
                _wait_for_a_write(stage)
                time.sleep(rng.random() * 0.6)
                found.killed_working += 1
            _end(life)
            found.left_sending += sum(state is State.SENDING for state, _, _ in stage.states().values())
        stage.ask("/peace")
        _finish(stage)
        _judge(stage, found.verdict)
        found.verdict.crashes = kills
    return found


def _wait_for_a_write(stage: Stage) -> None:
    """On a busy machine a life may need a while before it does anything worth being killed in."""
    before, end = stage.ask("/writes"), time.monotonic() + 5.0
    while stage.ask("/writes") == before and time.monotonic() < end:
        time.sleep(0.02)


def _finish(stage: Stage) -> None:
    """A last life, until nothing moves by itself any more."""
    life = _begin_life(stage.folder)
    try:
        end = time.monotonic() + _PATIENCE
        moving = True
        while moving and time.monotonic() < end:
            time.sleep(0.5)
            moving = any(
                state in {State.PLANNED, State.SENDING, State.PROCESSING} or looking
                for state, _, looking in stage.states().values()
            )
    finally:
        _end(life)


def _judge(stage: Stage, verdict: Verdict) -> None:
    truth = stage.ask("/truth")
    if not isinstance(truth, list):
        raise TypeError(truth)
    live: dict[str, list[dict[str, str]]] = {}
    for one in truth:
        live.setdefault(one["text"], []).append(one)
    states = stage.states()
    verdict.deliveries, verdict.writes = len(stage.meant), len(truth)
    for words, (client, number, person) in stage.meant.items():
        out = live.get(words, [])
        verdict.duplicates += max(0, len(out) - 1)
        verdict.wrong_account += sum(one["who"] != person for one in out)
        state, url, looking = states.get((client, number), (State.CANCELLED, None, False))
        if state is State.SENT:
            verdict.lost += not out
            verdict.wrong_claims += bool(out) and url not in {one["url"] for one in out}
        elif state is State.UNCERTAIN:
            verdict.unresolved += looking
            verdict.asked += not looking
        elif state is State.REFUSED:
            verdict.failed_while_live += bool(out)
        elif state is State.HELD:
            verdict.held += 1
        else:
            verdict.unresolved += 1
        if len(out) > 1 or (state is State.SENT and not out):
            verdict.examples.append(f"{words!r} {state.value} is live {len(out)} times")


def tasks(seed: int, long: bool) -> list[Task]:
    kills = 500 if long else 60
    return [(lives, ("B", seed, kills // 2)), (lives, ("D", seed + 1, kills - kills // 2))]


def lines(seed: int, _long: bool, parts: Sequence[Found], seconds: float) -> list[Line]:
    found = []
    for part in parts:
        verdict, worst = part.verdict, max(part.sound, default=0.0)
        zeros = {
            "double": verdict.duplicates,
            "lost": verdict.lost,
            "wrong account": verdict.wrong_account,
            "unresolved": verdict.unresolved,
            "failed but live": verdict.failed_while_live,
            "wrong link": verdict.wrong_claims,
        }
        told = (
            ", ".join(f"{count} {what}" for what, count in zeros.items() if count)
            or "0 double, lost, wrong account, unresolved …"
        )
        found.append(
            Line(
                "R2",
                f"SIGKILL of the real publisher, class {part.class_name}",
                f"{verdict.crashes} kills, {verdict.deliveries} posts",
                told,
                f"sound again after {worst:.1f} s (goal {SOUND_WITHIN:.0f})",
                verdict.faults == 0 and worst <= SOUND_WITHIN and part.left_sending > 0,
                seed,
                seconds / len(parts),
                {
                    **zeros,
                    "kills": verdict.crashes,
                    "posts": verdict.deliveries,
                    "asked": verdict.asked,
                    "left_in_the_middle": part.left_sending,
                    "killed_while_starting": part.killed_starting,
                    "worst_sound_s": round(worst, 2),
                },
                verdict.examples[:12],
            )
        )
    return found


ROW = Row("R2", "the real publisher killed", tasks, lines)
