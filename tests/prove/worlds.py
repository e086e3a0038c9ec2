"""One simulated world: the product's own desk and publisher on real files, among faults, crashes, sleeps and wrong clocks."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import random
import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self, TypeVar

from cmdesk.domain.account import Account, Health, Identity, Role
from cmdesk.domain.changes import Changes
from cmdesk.domain.client import Language
from cmdesk.domain.clock import Clock
from cmdesk.domain.delivery import HeldBecause, State
from cmdesk.domain.errors import CmdeskError
from cmdesk.domain.guard import Answer
from cmdesk.domain.ids import AccountId, ClientId, DeliveryId
from cmdesk.domain.limits import Limits
from cmdesk.domain.post import PostEdit, Variant
from cmdesk.domain.schedule import at_instant
from cmdesk.domain.secret import Secret
from cmdesk.domain.views import OutboxRow
from cmdesk.networks.port import Connector, SecondWrite, SecretSource
from cmdesk.services import composing, guarding, planning, publishing
from cmdesk.services.desk import Desk
from cmdesk.services.home import Home
from cmdesk.services.machine import InMemory, Machine
from cmdesk.services.publishing import Publisher
from cmdesk.services.workspace import TOKEN, Workspace
from cmdesk.store import accounts, outbox, queue
from cmdesk.store.lease import Lease
from cmdesk.store.times import to_ms
from cmdesk.vault import Vault
from tests.helpers.keyrings import InMemoryKeyring
from tests.prove import bluesky
from tests.prove.simulated import DAY, HOUR, START, Died, SimulatedClock, SimulatedLoop
from tests.prove.truth import BRUTAL, Fault, Ledger, Platform, Process, SimulatedConnector

T = TypeVar("T")

#: Where worlds lie: in memory where the system has such a folder, because the simulator cuts no power, only lives.
FOLDER = Path("/dev/shm") if Path("/dev/shm").is_dir() else None

NEEDS_A_PERSON = (State.HELD, State.UNCERTAIN, State.REFUSED)


@dataclass(frozen=True)
class Weather:
    """What a world is like. Shares are per occasion, numbers per world."""

    kind: SecondWrite = SecondWrite.DOUBLES
    bluesky: bool = False  # the product's own connector for Bluesky, instead of a plain network of the class
    clients: int = 2
    accounts: int = 5
    posts: int = 20  # per client, each on all of its accounts
    parts: int = 1
    mix: Mapping[Fault, float] = field(default_factory=lambda: BRUTAL)
    read_faults: float = 0.1
    impostor: float = 0.002
    stale_listing: float = 60.0  # how long a network's own lists may lack what is live, in seconds
    crash: float = 0.02  # at each marked step
    kills: int = 2  # at any instant
    jumps: int = 4  # of the wall clock, an hour or a day, for some hours
    sleeps: int = 3  # ten minutes to three days
    outages: int = 2  # minutes to an hour
    swaps: int = 2  # two keys change places in the keyring, for some hours
    forgets: int = 2  # the server's memory of keys
    programs: int = 1  # publishers on one folder; more than one is what the publisher lock prevents
    long_outage: float = 0.0  # hours without a network from the beginning on
    restores: int = 0  # an older copy of a client's file comes back
    days: float = 3.0  # in which everything is due
    after: float = 7.0  # days after the last

    @property
    def net(self) -> type[Platform]:
        """The network of this world."""
        return bluesky.BlueskyNet if self.bluesky else Platform


BRUTAL_WEATHER = Weather()


@dataclass
class Verdict:
    """What the oracle saw, from the ledger and from what the desk shows, and from nothing else."""

    deliveries: int = 0
    writes: int = 0
    calls: int = 0
    duplicates: int = 0
    lost: int = 0
    wrong_account: int = 0
    failed_while_live: int = 0
    unresolved: int = 0
    wrong_claims: int = 0
    disorder: int = 0
    broken: int = 0
    nearest: float = float("inf")  # least true seconds between two posts of one account
    asked: int = 0
    held: int = 0
    refused: int = 0
    queue_holds: int = 0
    crashes: int = 0
    crash_points: dict[str, int] = field(default_factory=dict)
    seconds: float = 0.0
    examples: list[str] = field(default_factory=list)

    @property
    def faults(self) -> int:
        """Everything of which there must be none."""
        return (
            self.duplicates
            + self.lost
            + self.wrong_account
            + self.failed_while_live
            + self.unresolved
            + self.wrong_claims
            + self.disorder
            + self.broken
        )

    @property
    def asked_share(self) -> float:
        return self.asked / self.deliveries if self.deliveries else 0.0

    def add(self, other: Verdict) -> None:
        """Takes another world's verdict in."""
        self.nearest = min(self.nearest, other.nearest)
        for name, value in vars(other).items():
            if isinstance(value, int | float) and name != "nearest":
                setattr(self, name, getattr(self, name) + value)
        for point, count in other.crash_points.items():
            self.crash_points[point] = self.crash_points.get(point, 0) + count
        self.examples = (self.examples + other.examples)[:12]


@dataclass(frozen=True)
class Intent:
    """What somebody meant: these words, once, from this account."""

    client: ClientId
    delivery: DeliveryId
    person: str
    words: tuple[str, ...]


async def at_once(function: Callable[..., T], /, *args: Any, **kwargs: Any) -> T:
    """A helper thread that is none."""
    return function(*args, **kwargs)


@dataclass(frozen=True)
class Template:
    """A desk with everything planned, made once by the product's own services and copied for each world."""

    folder: Path
    entries: Mapping[tuple[str, str], str]
    intents: tuple[Intent, ...]
    people: tuple[tuple[str, ClientId], ...]


class Templates:
    """Makes each kind of desk once and keeps it as long as the simulation runs."""

    def __init__(self) -> None:
        self._kept = tempfile.TemporaryDirectory(prefix="cmdesk-templates-", dir=FOLDER, ignore_cleanup_errors=True)
        self._made: dict[tuple[int, ...], Template] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._kept.cleanup()

    def get(self, weather: Weather) -> Template:
        """The desk of a world with this weather."""
        key = (weather.clients, weather.accounts, weather.posts, weather.parts, "ABCD".index(weather.kind.value), weather.bluesky)
        if key not in self._made:
            self._made[key] = asyncio.run(self._make(weather, Path(self._kept.name) / "-".join(map(str, key))))
        return self._made[key]

    async def _make(self, weather: Weather, folder: Path) -> Template:
        loop = SimulatedLoop()
        clock, keyring = SimulatedClock(loop), InMemoryKeyring()
        platform = weather.net(weather.kind, clock, random.Random(0), Ledger())
        home = Home(folder)
        home.prepare()
        desk = Desk(
            home, vault=Vault(keyring), clock=clock, on_change=lambda _changes: None, helper=at_once, rng=random.Random(7)
        )
        intents: list[Intent] = []
        people: list[tuple[str, ClientId]] = []
        for number in range(weather.clients):
            ws = await desk.create(f"Client {number}", timezone="America/Toronto", language=Language.FR_CA)
            known = {link(ws, platform, f"c{number}a{index}"): f"c{number}a{index}" for index in range(weather.accounts)}
            people += [(name, ws.client.id) for name in known.values()]
            for post in range(weather.posts):
                intents += await plan(ws, f"c{number}p{post}", known, weather.parts)
        await desk.close()
        loop.close()
        return Template(folder, dict(keyring.entries), tuple(intents), tuple(people))


def link(ws: Workspace, platform: Platform, name: str) -> AccountId:
    """An account of somebody, linked and well, with its key in the keyring."""
    identity = platform.person(name)
    with ws.write() as session:
        account = accounts.add(
            session,
            uid=f"uid-{name}",
            identity=identity,
            at=ws.clock.now(),
            software="simulated 1.0",
            limits=Limits(read_at=ws.clock.now()),
            roles=frozenset({Role.PUBLISHES, Role.REPLIES}),
            allow_private=False,
        )
        accounts.set_health(session, account, Health.OK, ws.clock.now())
    ws.secrets.put(f"uid-{name}", TOKEN, Secret(f"token-{name}"))
    return account


async def plan(ws: Workspace, mark: str, people: Mapping[AccountId, str], parts: int) -> list[Intent]:
    """A post with words of its own for each account, planned for all of them."""
    words = {account: tuple(f"{mark} {name} {part}" for part in range(parts)) for account, name in people.items()}
    variants = tuple(Variant(account, text="\n---\n".join(each)) for account, each in words.items())
    post = await composing.create(ws, PostEdit(text=mark, variants=variants))
    made = await planning.schedule(ws, post.id, at_instant(START + timedelta(hours=1), "America/Toronto", "2026a"))
    with ws.read() as connection:
        account_of = {number: queue.delivery(connection, number).account for number in made}
    return [Intent(ws.client.id, number, people[account], words[account]) for number, account in account_of.items()]


class Life:
    """One life of the program: a desk, its publishers, and an end."""

    def __init__(self, world: World) -> None:
        self.world = world
        self.dead = False
        self.ended: asyncio.Future[None] = world.loop.create_future()
        self.publishers: list[Publisher] = []
        self.desks: list[Desk] = []

    @property
    def wakes(self) -> int:
        return self.world.wakes

    def check(self) -> None:
        if self.dead:
            raise Died

    def die(self) -> None:
        self.dead = True
        if not self.ended.done():
            self.ended.set_result(None)

    def crash_point(self, name: str) -> None:
        """Counts a marked step, and sometimes ends there."""
        self.check()
        points = self.world.verdict.crash_points
        points[name] = points.get(name, 0) + 1
        if self.world.crashing and self.world.rng.random() < self.world.weather.crash:
            self.die()
            raise Died

    async def helper(self, function: Callable[..., T], /, *args: Any, **kwargs: Any) -> T:
        self.check()
        return function(*args, **kwargs)

    def connect(self, account: Account, secret: SecretSource, *, clock: Clock) -> Connector:
        return self.world.connector(self.world.platform, account.identity, secret, self)

    def lives(self, held: Lease) -> bool:
        """Whether the holder of a lease is a program of this life: those of former lives are dead."""
        return any(publisher.holder == held.holder for publisher in self.publishers)

    def changed(self, changes: Changes) -> None:
        for publisher in self.publishers:
            publisher.notice(changes)

    async def run(self) -> None:
        """Lives until it dies."""
        world = self.world
        for _ in range(world.weather.programs):
            desk = world.open(self)
            self.desks.append(desk)
            rng = random.Random(world.rng.random())
            self.publishers.append(world.make_publisher(desk, world.clock, rng, self.crash_point, self.lives))
        work = [asyncio.ensure_future(publisher.run()) for publisher in self.publishers]
        await asyncio.wait({*work, self.ended}, return_when=asyncio.FIRST_COMPLETED)
        self.die()
        for task in work:
            task.cancel()
        ends = await asyncio.gather(*work, return_exceptions=True)
        for end in ends:
            if not isinstance(end, Died | asyncio.CancelledError):
                world.broke(f"the publisher ended by itself: {end!r}")
        others = [task for task in asyncio.all_tasks() if task not in world.own and not task.done()]
        for task in others:
            task.cancel()
        await asyncio.gather(*others, return_exceptions=True)
        for desk in self.desks:
            await desk.close()


MakeConnector = Callable[[Platform, Identity, SecretSource, Process], Connector]
MakePublisher = Callable[[Desk, SimulatedClock, random.Random, Callable[[str], None], Callable[[Lease], bool]], Publisher]


def real_publisher(
    desk: Desk, clock: SimulatedClock, rng: random.Random, crash: Callable[[str], None], lives: Callable[[Lease], bool]
) -> Publisher:
    """The product's own."""
    return Publisher(desk, clock, rng, apart=publishing.APART, crash=crash, lives=lives)


class World:
    """Runs one seed to its end and judges it."""

    def __init__(
        self, weather: Weather, seed: int, templates: Templates, *, make_publisher: MakePublisher = real_publisher
    ) -> None:
        self.weather = weather
        self.template = templates.get(weather)
        self.seed = seed
        self.rng = random.Random(f"{seed}:{weather.kind.value}")
        self.loop = SimulatedLoop()
        self.clock = SimulatedClock(self.loop, counts_sleep=self.rng.random() < 0.3)
        self.clock.stretch = self._stretch
        self.ledger = Ledger()
        self.platform = weather.net(
            weather.kind,
            self.clock,
            random.Random(self.rng.random()),
            self.ledger,
            mix=weather.mix,
            read_faults=weather.read_faults,
            impostor=weather.impostor,
            stale_listing=weather.stale_listing,
        )
        self.make_publisher = make_publisher
        self.connector: MakeConnector = bluesky.connect if weather.bluesky else SimulatedConnector
        self.keyring = InMemoryKeyring()
        self.outside = InMemory()
        self.verdict = Verdict()
        self.intents: list[Intent] = []
        self.dropped: set[tuple[ClientId, DeliveryId]] = set()
        self.seen_asked: set[tuple[ClientId, DeliveryId]] = set()
        self.seen_held: set[tuple[ClientId, DeliveryId]] = set()
        self.seen_refused: set[tuple[ClientId, DeliveryId]] = set()
        self.seen_false: set[str] = set()
        self.life: Life | None = None
        self.own: set[asyncio.Task[Any]] = set()
        self.wakes = 0
        self.standing: set[str] = set()
        self.restoring = False
        self.crashing = False
        self.events: list[float] = []
        self.folder = Path()

    # ---- the whole way

    def run(self) -> Verdict:
        """Everything, from the empty folder to the verdict."""
        asyncio.set_event_loop(self.loop)
        with tempfile.TemporaryDirectory(prefix="cmdesk-world-", dir=FOLDER) as folder:
            self.folder = Path(folder)
            try:
                self.loop.run_until_complete(self._whole())
            finally:
                self.loop.close()
        asyncio.set_event_loop(None)
        self.verdict.writes = self.ledger.writes
        self.verdict.calls = self.platform.calls
        return self.verdict

    async def _whole(self) -> None:
        main = asyncio.current_task()
        if main is not None:
            self.own.add(main)
        await self._settle_in()
        fate = asyncio.ensure_future(self._fate())
        self.own.add(fate)
        while not fate.done():
            self.life = Life(self)
            living = asyncio.ensure_future(self.life.run())
            self.own.add(living)
            await asyncio.wait({living, fate}, return_when=asyncio.FIRST_COMPLETED)
            if fate.done():
                self.life.die()
            await living
            if self.restoring:
                self._put_copies_back()
            if not fate.done():
                self.verdict.crashes += 1
                if self.rng.random() < 0.3:
                    self.clock.reboot()
                await asyncio.sleep(self.rng.choice((1.0, 20.0, 600.0, 2 * HOUR)) * self.rng.random())
        await fate
        self._judge()

    def open(self, life: Life | None) -> Desk:
        """A desk over the world's folder, as a life (or nobody in particular) opens it."""
        home, vault = Home(self.folder), Vault(self.keyring)
        home.prepare()
        desk = Desk(
            home,
            vault=vault,
            clock=self.clock,
            on_change=life.changed if life is not None else lambda _changes: None,
            connectors=life.connect if life is not None else None,
            helper=life.helper if life is not None else at_once,
            rng=random.Random(self.rng.random()),
            machine=Machine(self.outside, vault, host="this computer"),
        )
        desk.scan()
        return desk

    def broke(self, what: str) -> None:
        """Something that must not happen in any weather."""
        self.verdict.broken += 1
        self._example(what)

    def _example(self, what: str) -> None:
        if len(self.verdict.examples) < 12:
            self.verdict.examples.append(f"seed {self.seed} class {self.weather.kind.value}: {what}")

    # ---- the beginning

    async def _settle_in(self) -> None:
        """Takes a copy of a made desk and gives every post of it a time of this world's own."""
        self.platform.invite(name for name, _ in self.template.people)
        shutil.copytree(self.template.folder, self.folder, dirs_exist_ok=True)
        self.keyring.entries.update(self.template.entries)
        self.intents = list(self.template.intents)
        for file in sorted(self.folder.glob("clients/*/client.sqlite")):
            with contextlib.closing(sqlite3.connect(file)) as connection, connection:
                posts = connection.execute("SELECT post_id, group_concat(id) FROM delivery GROUP BY post_id ORDER BY post_id")
                for _, numbers in posts.fetchall():
                    moment = START + timedelta(seconds=60 + self.rng.random() * self.weather.days * DAY)
                    # Most people spread a post over their accounts; some want it everywhere at once.
                    spread = 0.0 if self.rng.random() < 0.1 else HOUR
                    for number in sorted(map(int, numbers.split(","))):
                        self._retime(connection, number, moment + timedelta(seconds=self.rng.random() * spread))

    def _retime(self, connection: sqlite3.Connection, number: int, moment: datetime) -> None:
        when = at_instant(moment, "America/Toronto", self.clock.rules)
        connection.execute(
            "UPDATE delivery SET due = ?, wall = ?, tzdata = ? WHERE id = ?",
            (to_ms(when.utc), when.wall.isoformat(), when.tzdata, number),
        )

    # ---- what happens

    async def _fate(self) -> None:
        """Lets things happen in the order of their time; a person looks in every few hours."""
        weather, rng = self.weather, self.rng
        last = weather.days * DAY
        # Quiet at the end: after the last day everything works, and somebody is there.
        happenings: list[tuple[float, Callable[[], None]]] = []

        def moments(count: int) -> list[float]:
            return [rng.random() * (last + DAY / 2) for _ in range(count)]

        happenings += [(at, self._kill) for at in moments(weather.kills)]
        happenings += [(at, self._sleep) for at in moments(weather.sleeps)]
        happenings += [(at, self.platform.forget_keys) for at in moments(weather.forgets)]
        for at in moments(weather.jumps):
            happenings += [(at, self._jump), (at + rng.choice((0.1, 1.0, 6.0)) * HOUR, self._right_clock)]
        for at in moments(weather.outages):
            happenings += [(at, self._go_offline), (at + rng.choice((0.02, 0.2, 0.8)) * HOUR, self._come_back)]
        for at in moments(weather.swaps):
            happenings += [(at, self._swap_keys), (at + rng.choice((0.5, 4.0)) * HOUR, self._right_keys)]
        if weather.long_outage:
            happenings += [(1.0, self._go_offline), (weather.long_outage * HOUR, self._come_back)]
        for at in moments(weather.restores):
            happenings += [(at * 0.5, self._keep_copies), (at, self._restore)]
        end = (weather.days + weather.after) * DAY
        visit = 3 * HOUR
        while visit < end:
            happenings.append((visit, self._visit))
            visit += rng.uniform(2, 10) * HOUR
        happenings.sort(key=lambda one: one[0])
        self.events = [at for at, _ in happenings] + [end]
        self.crashing = True
        for at, happen in happenings:
            await self._until(at)
            self.crashing = self.clock.true < last + DAY
            happen()
        # Whoever slept through the end gets a morning all the same.
        end = max(end, self.clock.true + 3 * HOUR)
        self.events = [end]
        await self._until(end)

    async def _until(self, at: float) -> None:
        while self.clock.true < at - 1e-3:  # noqa: ASYNC110 - simulated time: the sleep is the jump, and a computer may wake early
            await asyncio.sleep(at - self.clock.true)
        while self.events and self.events[0] <= at:
            self.events.pop(0)

    def _stretch(self, seconds: float) -> float:
        """A nap ends before the next thing that can happen; where nothing can, it may be long."""
        quiet = (self.events[0] if self.events else 0.0) - self.clock.true
        if self.life is not None and quiet > seconds:
            now = self.clock.now()
            for desk in self.life.desks:
                for ws in desk.workspaces:
                    with ws.read() as connection:
                        moment = queue.next_moment(connection)
                    if guarding.hold_of(ws) is not None:
                        # Nothing leaves; the hold may pass by itself when the clock has come as far again.
                        quiet = min(quiet, 900.0)
                    elif moment is not None:
                        quiet = min(quiet, (moment - now).total_seconds())
        return max(seconds, quiet - 1.0)

    def _kill(self) -> None:
        if self.life is not None:
            self.life.die()

    def _sleep(self) -> None:
        length = self.rng.random()
        self.clock.asleep += (
            600.0 if length < 0.4 else HOUR if length < 0.7 else 8 * HOUR if length < 0.95 else self.rng.random() * 3 * DAY
        )
        self.wakes += 1

    def _jump(self) -> None:
        self.clock.error = self.rng.choice((HOUR, -HOUR, DAY, -DAY)) * self.rng.uniform(0.5, 1.0)

    def _right_clock(self) -> None:
        self.clock.error = 0.0

    def _go_offline(self) -> None:
        self.platform.offline = True

    def _come_back(self) -> None:
        self.platform.offline = False
        if self.life is not None and not self.life.dead:
            for publisher in self.life.publishers:
                publisher.hurry()

    def _keep_copies(self) -> None:
        """A copy of the whole data folder, as people make them."""
        if self.life is not None and not self.life.dead:
            for file in self.folder.glob("clients/*/client.sqlite"):
                with contextlib.closing(sqlite3.connect(file)) as connection:
                    file.with_suffix(".copy").unlink(missing_ok=True)
                    connection.execute("VACUUM INTO ?", (str(file.with_suffix(".copy")),))

    def _restore(self) -> None:
        """The program ends, the copies take the place of the files, and it starts again."""
        self._kill()
        self.restoring = True

    def _put_copies_back(self) -> None:
        self.restoring = False
        for copy in self.folder.glob("clients/*/client.copy"):
            for suffix in (".sqlite-wal", ".sqlite-shm"):
                copy.with_suffix(suffix).unlink(missing_ok=True)
            copy.replace(copy.with_suffix(".sqlite"))

    def _swap_keys(self) -> None:
        one, two = self.rng.sample(self.intents, 2)
        vault = Vault(self.keyring)
        vault.scope(one.client).put(f"uid-{one.person}", TOKEN, Secret(f"token-{two.person}"))
        vault.scope(two.client).put(f"uid-{two.person}", TOKEN, Secret(f"token-{one.person}"))

    def _right_keys(self) -> None:
        vault = Vault(self.keyring)
        for client, person in {(one.client, one.person) for one in self.intents}:
            vault.scope(client).put(f"uid-{person}", TOKEN, Secret(f"token-{person}"))

    # ---- the person

    def _visit(self) -> None:
        """Somebody reads what the desk shows and decides, with a look at the network where it is asked for."""
        life = self.life
        if life is None or life.dead or not life.desks:
            return
        task = asyncio.ensure_future(self._look_after(life))
        self.own.add(task)
        task.add_done_callback(self._left)

    def _left(self, task: asyncio.Task[None]) -> None:
        self.own.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None and not isinstance(error, Died):
            self.broke(f"a person met {error!r}")

    async def _look_after(self, life: Life) -> None:
        for ws in life.desks[0].workspaces:
            await self._mend_accounts(ws)
            if guarding.hold_of(ws) is not None and not self.clock.error:
                # The clock has been put right, and this is the folder it always was.
                self.verdict.queue_holds += 1
                await guarding.confirm(ws, Answer.REAL)
            for row in publishing.outbox_rows(ws, NEEDS_A_PERSON, limit=10_000):
                self._notice(ws, row)
                if life.dead:
                    return
                try:
                    await self._decide(ws, row)
                except CmdeskError as problem:
                    # Somebody else settled it in this moment; the person looks in again.
                    logging.getLogger(__name__).debug("a decision came too late: %s", problem)

    async def _mend_accounts(self, ws: Workspace) -> None:
        """Links again what lost its key or its identity: once the keyring is right, it is right."""
        for account in composing_accounts(ws):
            if account.health in {Health.OK, Health.UNREACHABLE}:
                continue
            name = account.identity.display_name
            ws.secrets.put(account.uid, TOKEN, Secret(f"token-{name}"))
            await ws.drop_connector(account.id)
            with ws.write() as session:
                accounts.set_health(session, account.id, Health.OK, ws.clock.now())
                outbox.release_account(session, account.id, ws.clock.now())

    def _intent(self, ws: Workspace, row: OutboxRow) -> Intent:
        return next(one for one in self.intents if one.client == ws.client.id and one.delivery == row.id)

    def _notice(self, ws: Workspace, row: OutboxRow) -> None:
        key = (ws.client.id, row.id)
        if row.state is State.HELD:
            self.seen_held.add(key)
        elif row.state is State.REFUSED:
            self.seen_refused.add(key)
            self._false_failure(self._intent(ws, row), row)
        elif self._waits_for_person(ws, row):
            # A second try that the network refuses needs a person as any refusal does, and is no question about the first.
            refused = row.problem is not None and ("reason", "refused_again") in row.problem.params
            (self.seen_refused if refused else self.seen_asked).add(key)

    @staticmethod
    def _waits_for_person(ws: Workspace, row: OutboxRow) -> bool:
        """An uncertain delivery that nobody looks for any more by itself, and that is not about to be written once more."""
        with ws.read() as connection:
            return any(one.delivery == row.id and one.next_look_at is None for one in queue.doubts(connection)) and (
                row.id not in repeating(connection)
            )

    def _false_failure(self, intent: Intent, row: OutboxRow) -> None:
        """The first part that is not out is said to have failed; it must not be live."""
        words = intent.words[min(row.parts_out, len(intent.words) - 1)]
        if self.ledger.live(words, self.clock.true) and words not in self.seen_false:
            self.seen_false.add(words)
            self._example(f"{words!r} is told as refused and is live")

    async def _decide(self, ws: Workspace, row: OutboxRow) -> None:
        intent = self._intent(ws, row)
        dice = self.rng.random()
        if row.held_because is HeldBecause.DOUBT and self.ledger.live(intent.words[0], self.clock.true):
            # The copy does not know it, but it went out long ago.
            await publishing.decide(ws, row.id, publishing.Drop())
            self.dropped.add((ws.client.id, row.id))
            return
        if row.state is State.UNCERTAIN:
            if not self._waits_for_person(ws, row):
                return
            words = intent.words[min(row.parts_out, len(intent.words) - 1)]
            live = self.ledger.live(words, self.clock.true)
            if live:
                await publishing.decide(ws, row.id, publishing.IsLive(self.platform.url(live[0])))
                return
        if dice < 0.6:
            await publishing.decide(ws, row.id, publishing.Now())
        elif dice < 0.85 or row.parts_out:
            when = at_instant(ws.clock.now() + timedelta(minutes=self.rng.randint(5, 600)), "America/Toronto")
            if row.state is State.UNCERTAIN:
                await publishing.decide(ws, row.id, publishing.Now())
            else:
                await publishing.decide(ws, row.id, publishing.MoveTo(when))
        else:
            await publishing.decide(ws, row.id, publishing.Drop())
            self.dropped.add((ws.client.id, row.id))

    # ---- the oracle

    def _judge(self) -> None:
        verdict, now = self.verdict, self.clock.true
        desk = self.open(None)
        self.standing = {ws.client.id for ws in desk.workspaces if guarding.hold_of(ws) is not None}
        rows = {(ws.client.id, row.id): row for ws in desk.workspaces for row in publishing.outbox_rows(ws, limit=100_000)}
        waiting = {
            (ws.client.id, row.id)
            for ws in desk.workspaces
            for row in publishing.outbox_rows(ws, (State.UNCERTAIN,), limit=100_000)
            if self._waits_for_person(ws, row)
        }
        by_words: dict[str, list[Any]] = {}
        for live in self.ledger.entries:
            if live.at <= now:
                by_words.setdefault(live.text, []).append(live)
        verdict.deliveries = len(self.intents)
        verdict.nearest = self._nearest()
        for intent in self.intents:
            self._judge_one(intent, rows.get((intent.client, intent.delivery)), by_words, waiting)
        verdict.asked, verdict.held, verdict.refused = len(self.seen_asked), len(self.seen_held), len(self.seen_refused)
        verdict.failed_while_live = len(self.seen_false)
        for ws in desk.workspaces:
            ws.database.close()

    def _nearest(self) -> float:
        """The least time between the beginnings of two posts of one account; parts of a thread follow at once."""
        first_words = {intent.words[0] for intent in self.intents}
        last: dict[str, float] = {}
        least = float("inf")
        for live in sorted((one for one in self.ledger.entries if one.text in first_words), key=lambda one: one.arrived):
            if live.speaker in last:
                least = min(least, live.arrived - last[live.speaker])
            last[live.speaker] = live.arrived
        return least

    def _judge_one(
        self,
        intent: Intent,
        row: OutboxRow | None,
        by_words: Mapping[str, list[Any]],
        waiting: set[tuple[ClientId, DeliveryId]],
    ) -> None:
        verdict = self.verdict
        key = (intent.client, intent.delivery)
        live = [by_words.get(words, []) for words in intent.words]
        for words, found in zip(intent.words, live, strict=True):
            if len(found) > 1:
                verdict.duplicates += len(found) - 1
                self._example(f"{words!r} is live {len(found)} times")
            for one in found:
                if one.speaker != f"id-{intent.person}":
                    verdict.wrong_account += 1
                    self._example(f"{words!r} was said by {one.speaker}")
        self._judge_order(intent, live)
        self._judge_told(intent, row, live, key in waiting)

    def _judge_told(self, intent: Intent, row: OutboxRow | None, live: list[list[Any]], waits: bool) -> None:
        """What the desk tells against what is live; nobody being told is a loss."""
        verdict, out = self.verdict, [bool(found) for found in live]
        if row is None:
            verdict.lost += not all(out)
            verdict.wrong_claims += all(out)
            self._example(f"{intent.words[0]!r} is no longer on the desk")
        elif row.state is State.SENT:
            if not all(out):
                verdict.lost += 1
                self._example(f"{intent.words!r} is told as sent and is not live")
            elif row.url not in {self.platform.url(one) for one in live[0]}:
                verdict.wrong_claims += 1
                self._example(f"{intent.words[0]!r} is said to live at {row.url}")
        elif row.state is State.CANCELLED:
            if (intent.client, intent.delivery) not in self.dropped:
                verdict.lost += 1
                self._example(f"{intent.words[0]!r} was cancelled by nobody")
        elif row.state is State.REFUSED:
            self._false_failure(intent, row)
        elif row.state is State.PLANNED and intent.client in self.standing:
            verdict.held += 1
        elif row.state not in NEEDS_A_PERSON or (row.state is State.UNCERTAIN and not waits):
            verdict.unresolved += 1
            self._example(f"{intent.words[0]!r} is {row.state.value} for ever")

    def _judge_order(self, intent: Intent, live: list[list[Any]]) -> None:
        """A part is never out before the one that it follows, and answers it."""
        for before, after in itertools.pairwise(live):
            if after and (not before or after[0].at < before[0].at or after[0].reply_to != before[0].remote_id):
                self.verdict.disorder += 1
                self._example(f"{after[0].text!r} is out of order in {intent.words!r}")


def repeating(connection: sqlite3.Connection) -> set[DeliveryId]:
    """Uncertain deliveries of which the very same write is planned once more."""
    rows = connection.execute("SELECT delivery_id FROM delivery_permit WHERE again_at IS NOT NULL")
    return {DeliveryId(number) for (number,) in rows}


def composing_accounts(ws: Workspace) -> tuple[Account, ...]:
    """The client's accounts."""
    with ws.read() as connection:
        return accounts.accounts(connection)


def calm(weather: Weather) -> Weather:
    """The same world with nothing but faulty sends."""
    return replace(weather, crash=0.0, kills=0, jumps=0, sleeps=0, outages=0, swaps=0, forgets=0, impostor=0.0, read_faults=0.0)


__all__ = ["BRUTAL_WEATHER", "Intent", "Life", "Templates", "Verdict", "Weather", "World", "calm", "datetime", "real_publisher"]
