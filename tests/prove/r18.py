"""R18: forty clients with two hundred accounts pushed around at random: no voice ever says another one's words."""

from __future__ import annotations

import asyncio
import random
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from cmdesk.domain.account import Account, Health
from cmdesk.domain.changes import Changes
from cmdesk.domain.clock import Clock
from cmdesk.domain.delivery import MOVES, State
from cmdesk.domain.errors import CmdeskError, NotAllowed, UserProblem, WrongClient
from cmdesk.domain.ids import AccountId, ClientId, DeliveryId, Kind, local_number, ref
from cmdesk.domain.post import PostEdit, Variant
from cmdesk.domain.schedule import at_instant
from cmdesk.domain.secret import Secret
from cmdesk.networks.port import Connector, SecondWrite, SecretSource
from cmdesk.services import composing, planning, publishing
from cmdesk.services.desk import Desk
from cmdesk.services.home import Home
from cmdesk.services.machine import InMemory, Machine
from cmdesk.services.publishing import Publisher
from cmdesk.services.workspace import TOKEN, Workspace
from cmdesk.store import accounts, outbox
from cmdesk.vault import Vault
from tests.helpers.keyrings import InMemoryKeyring
from tests.prove.simulated import SimulatedClock, SimulatedLoop
from tests.prove.table import Line, Row, Task
from tests.prove.truth import NONE, Ledger, Platform, SimulatedConnector
from tests.prove.worlds import FOLDER, at_once, link

CLIENTS, ACCOUNTS = 40, 5


@dataclass
class Found:
    """What came of the sequences."""

    sequences: int = 0
    steps: int = 0
    posts: int = 0
    live: int = 0
    wrong: int = 0  # said by another account than the one that was meant
    doubled: int = 0
    planted: int = 0  # keys that spoke for somebody else
    strays: int = 0  # references of one client handed to another
    strays_taken: int = 0
    examples: list[str] = field(default_factory=list)


class Crowd:
    """The desk, its people, and what is planted."""

    wakes = 0

    def __init__(self, seed: int, folder: Path) -> None:
        self.seed, self.rng = seed, random.Random(seed)
        self.loop = SimulatedLoop()
        self.clock = SimulatedClock(self.loop)
        self.ledger = Ledger()
        self.platform = Platform(
            SecondWrite.DOUBLES, self.clock, random.Random(seed), self.ledger, mix=NONE, read_faults=0.0, stale_listing=0.0
        )
        self.keyring, self.outside = InMemoryKeyring(), InMemory()
        self.home = Home(folder)
        self.people: dict[tuple[ClientId, AccountId], str] = {}
        self.swapped: set[tuple[ClientId, AccountId]] = set()
        self.meant: dict[str, str] = {}
        self.judged = 0
        self.found = Found()
        self.desk = self.open()
        self.publisher = self.hire()

    def check(self) -> None:
        """Nobody dies here."""

    def connect(self, account: Account, secret: SecretSource, *, clock: Clock) -> Connector:
        return SimulatedConnector(self.platform, account.identity, secret, self)

    def open(self) -> Desk:
        self.home.prepare()
        vault = Vault(self.keyring)
        desk = Desk(
            self.home,
            vault=vault,
            clock=self.clock,
            on_change=self.changed,
            connectors=self.connect,
            helper=at_once,
            rng=self.rng,
            machine=Machine(self.outside, vault, host="this computer"),
        )
        desk.scan()
        return desk

    def changed(self, _changes: Changes) -> None:
        """Rounds are made by the sequences."""

    def hire(self) -> Publisher:
        return Publisher(self.desk, self.clock, self.rng, spacing=timedelta(0))

    async def settle_in(self) -> None:
        for number in range(CLIENTS):
            ws = await self.desk.create(f"Client {number}", timezone="America/Toronto")
            for index in range(ACCOUNTS):
                # Display names repeat from client to client, as they do in life.
                name = f"c{number}a{index}"
                self.people[ws.client.id, link(ws, self.platform, name)] = name

    # ---- steps

    def someone(self, ws: Workspace) -> tuple[AccountId, str]:
        account = AccountId(self.rng.randint(1, ACCOUNTS))
        return account, self.people[ws.client.id, account]

    async def plan(self, ws: Workspace, _other: Workspace) -> None:
        account, name = self.someone(ws)
        words = f"{self.seed} {len(self.meant)} {name}"
        post = await composing.create(ws, PostEdit(text=words, variants=(Variant(account),)))
        await planning.now(ws, post.id)
        self.meant[words] = name
        self.found.posts += 1

    async def plan_twice(self, ws: Workspace, other: Workspace) -> None:
        """The same words for two clients at once, as a bulk schedule does; each has its own mark."""
        await self.plan(ws, other)
        await self.plan(other, ws)

    async def swap(self, ws: Workspace, other: Workspace) -> None:
        """Two entries of the keyring change places."""
        (one, _), (two, _) = self.someone(ws), self.someone(other)
        first, second = self.person_at(ws, one), self.person_at(other, two)
        ws.secrets.put(f"uid-{self.people[ws.client.id, one]}", TOKEN, Secret(f"token-{second}"))
        other.secrets.put(f"uid-{self.people[other.client.id, two]}", TOKEN, Secret(f"token-{first}"))
        self.swapped |= {(ws.client.id, one), (other.client.id, two)}
        self.found.planted += 2

    def person_at(self, ws: Workspace, account: AccountId) -> str:
        secret = ws.secrets.get(f"uid-{self.people[ws.client.id, account]}", TOKEN)
        return secret.reveal().removeprefix("token-")

    async def log_in_as_another(self, ws: Workspace, other: Workspace) -> None:
        """Linked again while the browser was logged in as somebody else."""
        account, name = self.someone(ws)
        _, stranger = self.someone(other)
        ws.secrets.put(f"uid-{name}", TOKEN, Secret(f"token-{stranger}"))
        await ws.drop_connector(account)
        with ws.write() as session:
            accounts.set_health(session, account, Health.OK, self.clock.now())
            outbox.release_account(session, account, self.clock.now())
        self.swapped.add((ws.client.id, account))
        self.found.planted += stranger != name

    async def mend(self, _ws: Workspace, _other: Workspace) -> None:
        for client, account in sorted(self.swapped):
            ws = self.desk.workspace(client)
            name = self.people[client, account]
            ws.secrets.put(f"uid-{name}", TOKEN, Secret(f"token-{name}"))
            await ws.drop_connector(account)
            with ws.write() as session:
                accounts.set_health(session, account, Health.OK, self.clock.now())
                outbox.release_account(session, account, self.clock.now())
        self.swapped.clear()

    async def rename(self, ws: Workspace, other: Workspace) -> None:
        """To a name of its own, or to the other's, which is refused."""
        await self.desk.rename(ws, self.rng.choice((other.client.name, f"Client {self.rng.random()}")))

    async def drag(self, ws: Workspace, other: Workspace) -> None:
        """What belongs to one client is dropped on another."""
        stray = ref(other.client.id, Kind.ACCOUNT, self.rng.randint(1, ACCOUNTS))
        self.found.strays += 1
        try:
            local_number(stray, ws.client.id, Kind.ACCOUNT)
        except WrongClient:
            return
        self.found.strays_taken += 1

    async def publish(self, ws: Workspace, other: Workspace) -> None:
        await asyncio.gather(self.publisher.tick(ws), self.publisher.tick(other))

    async def switch_while_sending(self, ws: Workspace, other: Workspace) -> None:
        """While words are on their way keys change places and connectors are let go."""
        work = asyncio.ensure_future(self.publish(ws, other))
        await asyncio.sleep(self.rng.random())
        await self.swap(ws, other)
        await asyncio.sleep(self.rng.random() * 0.3)
        await work

    async def restart(self, ws: Workspace, other: Workspace) -> None:
        if self.rng.random() < 0.1:
            await self.desk.close()
            self.desk = self.open()
            self.publisher = self.hire()

    async def look_at(self, ws: Workspace, other: Workspace) -> None:
        """Somebody reads two clients' rows side by side, and releases what waits."""
        for room in (ws, other):
            for row in publishing.outbox_rows(room, (State.HELD, State.UNCERTAIN), limit=20):
                await publishing.decide(room, row.id, publishing.Now())

    # ---- a sequence

    async def sequence(self) -> None:
        ids = [ws.client.id for ws in self.desk.workspaces]
        one, two = self.rng.sample(ids, 2)
        steps = self.rng.choices(
            (
                self.plan,
                self.plan_twice,
                self.swap,
                self.log_in_as_another,
                self.rename,
                self.drag,
                self.publish,
                self.switch_while_sending,
                self.restart,
                self.look_at,
            ),
            weights=(5, 2, 2, 2, 1, 2, 3, 1, 0.3, 1),
            k=self.rng.randint(1, 4),
        )
        for step in (*steps, self.publish):
            self.found.steps += 1
            try:
                await step(self.desk.workspace(one), self.desk.workspace(two))
            except UserProblem:
                continue  # refused, and said so
            except CmdeskError as problem:
                if not isinstance(problem, NotAllowed):
                    raise
        await self.tidy(one, two)
        self.found.sequences += 1
        self.judge()

    async def tidy(self, *clients: ClientId) -> None:
        """What is left is taken back, so that each sequence begins anew."""
        await self.mend(self.desk.workspace(clients[0]), self.desk.workspace(clients[0]))
        for client in clients:
            ws = self.desk.workspace(client)
            open_states = [state for state in MOVES if State.CANCELLED in MOVES[state]]
            for row in publishing.outbox_rows(ws, open_states, limit=50):
                with ws.write() as session:
                    outbox.cancel(session, DeliveryId(row.id), self.clock.now())

    def judge(self) -> None:
        """Everything that became live since the last sequence."""
        for live in self.ledger.entries[self.judged :]:
            self.found.live += 1
            if live.speaker != f"id-{self.meant[live.text]}":
                self.found.wrong += 1
                self.found.examples.append(f"seed {self.seed}: {live.text!r} was said by {live.speaker}")
        self.judged = len(self.ledger.entries)

    def finish(self) -> None:
        texts = [live.text for live in self.ledger.entries]
        self.found.doubled = len(texts) - len(set(texts))


def run_sequences(seed: int, count: int) -> Found:
    """So many sequences on one desk."""
    with tempfile.TemporaryDirectory(prefix="cmdesk-crowd-", dir=FOLDER) as folder:
        crowd = Crowd(seed, Path(folder))

        async def everything() -> None:
            await crowd.settle_in()
            for _ in range(count):
                await crowd.sequence()
            await crowd.desk.close()

        try:
            crowd.loop.run_until_complete(everything())
        finally:
            crowd.loop.close()
        crowd.finish()
    return crowd.found


def tasks(seed: int, long: bool) -> list[Task]:
    count, step = (100_000, 2500) if long else (10_000, 1250)
    return [(run_sequences, (seed * 1000 + first, step)) for first in range(count // step)]


def lines(seed: int, _long: bool, parts: Sequence[Found], seconds: float) -> list[Line]:
    total = Found()
    for part in parts:
        for name, value in vars(part).items():
            setattr(total, name, getattr(total, name) + value)
    figures = {name: value for name, value in vars(total).items() if name != "examples"}
    return [
        Line(
            "R18",
            f"{CLIENTS} clients, {CLIENTS * ACCOUNTS} accounts, keys swapped",
            f"{total.sequences} sequences, {total.live} live",
            f"{total.wrong} wrong account, {total.doubled} double",
            f"{total.planted} wrong keys, {total.strays_taken} of {total.strays} strays taken",
            total.wrong == total.doubled == total.strays_taken == 0 and total.live > total.sequences // 4,
            seed,
            seconds,
            figures,
            total.examples[:12],
        )
    ]


ROW = Row("R18", "the right account", tasks, lines)
__all__ = ["ROW", "Found", "at_instant", "run_sequences"]
