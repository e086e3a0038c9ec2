"""R15: keys that are good for one change only, asked for by many at once, in threads and in two programs."""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import json
import random
import subprocess
import sys
import tempfile
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import httpx

from cmdesk.domain.account import Identity, Network
from cmdesk.domain.errors import AuthRevoked, CmdeskError, TimedOut
from cmdesk.domain.ids import ClientId
from cmdesk.domain.secret import Secret
from cmdesk.networks import registry
from cmdesk.networks._bluesky_session import unpacked
from cmdesk.services.renewing import AccountKey
from cmdesk.vault import Vault
from tests.helpers.keyrings import InMemoryKeyring
from tests.networks.fakes.bluesky import PDS, BlueskyPlatform
from tests.prove.simulated import SimulatedClock, SimulatedLoop
from tests.prove.table import Line, Row, Task
from tests.prove.worlds import at_once

ROOT = Path(__file__).resolve().parents[2]
CLIENT, UID, NAME = ClientId("bq7xk2mp"), "uid-1", "session"


class Server:
    """Changes a key once; whoever comes with a spent one ends the session, as these servers do."""

    def __init__(self, rng: random.Random, *, drops: float = 0.0, loses: float = 0.0) -> None:
        self.rng, self.drops, self.loses = rng, drops, loses
        self.current, self.changes, self.lost = "key-0", 0, 0
        self.revoked = False

    async def change(self, spent: Secret) -> Secret:
        await asyncio.sleep(self.rng.random())
        if self.rng.random() < self.drops:
            raise TimedOut
        if self.revoked or spent.reveal() != self.current:
            self.revoked = True
            raise AuthRevoked(status=400)
        self.changes += 1
        self.current = f"key-{self.changes}"
        fresh = Secret(self.current)
        if self.rng.random() < self.loses:
            self.lost += 1
            raise TimedOut
        await asyncio.sleep(self.rng.random())
        return fresh


@dataclass
class Found:
    """What the races came to."""

    races: int = 0
    callers: int = 0
    changes: int = 0
    too_many: int = 0  # changes beyond one per expiry
    disconnected: int = 0  # sessions lost although no answer was lost
    lost_answers: int = 0
    reconnects: int = 0  # sessions lost to a lost answer
    stale: int = 0  # callers that ended with another key than the kept one
    twin: bool = False
    examples: list[str] = field(default_factory=list)


@contextlib.asynccontextmanager
async def _nobody_waits(_key: AccountKey) -> AsyncIterator[None]:
    yield


class Unlocked(AccountKey):
    """The red twin: nobody waits for anybody."""

    _alone = _nobody_waits


def race(seed: int, folder: Path, found: Found, make: type[AccountKey]) -> None:
    """One expiry that several callers of two programs notice at once; each tries again a little later when the line breaks."""
    rng = random.Random(seed)
    kind = seed % 4
    server = Server(rng, drops=0.3 if kind == 1 else 0.0, loses=0.5 if kind == 2 else 0.0)
    vault = Vault(InMemoryKeyring())
    secrets = vault.scope(CLIENT)
    secrets.put(UID, NAME, Secret("key-0"))
    programs = [make(secrets, UID, NAME, folder=folder, helper=at_once) for _ in range(rng.randint(1, 2))]
    callers = rng.randint(2, 8)
    revoked: list[bool] = []
    got: list[str] = []

    async def call(number: int) -> None:
        await asyncio.sleep(rng.random() * 0.3)
        key = programs[number % len(programs)]
        spent = Secret("key-0")
        for _ in range(12):
            try:
                got.append((await key.renew(spent, server.change)).reveal())
                return
            except AuthRevoked:
                revoked.append(True)
                return
            except CmdeskError:
                await asyncio.sleep(1 + rng.random())

    async def everybody() -> None:
        await asyncio.gather(*(call(number) for number in range(callers)))

    loop = SimulatedLoop()
    try:
        loop.run_until_complete(everybody())
    finally:
        loop.close()
    kept = secrets.get(UID, NAME).reveal()
    found.races += 1
    found.callers += callers
    found.changes += server.changes
    found.lost_answers += server.lost
    found.too_many += max(0, server.changes - 1)
    found.stale += sum(value != kept for value in got)
    if revoked and server.lost:
        found.reconnects += 1
    elif revoked:
        found.disconnected += 1
        found.examples.append(f"seed {seed}: {callers} callers, the session is lost")


def races(first: int, count: int, twin: bool) -> Found:
    """Races with following seeds, in simulated time."""
    found = Found(twin=twin)
    with tempfile.TemporaryDirectory(prefix="cmdesk-keys-") as folder:
        for seed in range(first, first + count):
            race(seed, Path(folder) / str(seed), found, Unlocked if twin else AccountKey)
    return found


# ---- Bluesky's own sessions: the connector's change of them, on a server that takes a refresh token once


class Slow(httpx.AsyncBaseTransport):
    """A line that takes its time; sometimes it breaks before the server heard of a call, sometimes it loses the answer."""

    def __init__(self, server: BlueskyPlatform, rng: random.Random, *, drops: float, loses: float) -> None:
        self.server, self.rng, self.drops, self.loses, self.lost = server, rng, drops, loses, 0

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        await asyncio.sleep(self.rng.random())
        renews = request.url.path.endswith("refreshSession")
        if renews and self.rng.random() < self.drops:
            raise httpx.ReadTimeout("dropped")
        answer = self.server(request)
        if renews and answer.is_success and self.rng.random() < self.loses:
            self.lost += 1
            raise httpx.ReadError("lost")
        await asyncio.sleep(self.rng.random())
        return answer


def bluesky_race(seed: int, folder: Path, found: Found) -> None:
    """A session that ran out, met at once by several calls of two programs."""
    rng, loop = random.Random(seed), SimulatedLoop()
    clock = SimulatedClock(loop)
    server = BlueskyPlatform(clock)
    rosa = server.person("rosa")
    vault = Vault(InMemoryKeyring())
    secrets = vault.scope(CLIENT)
    secrets.put(UID, NAME, rosa.session().packed())
    rosa.spent = True
    line = Slow(server, rng, drops=0.3 if seed % 4 == 1 else 0.0, loses=0.5 if seed % 4 == 2 else 0.0)
    identity = Identity(Network.BLUESKY, PDS, rosa.did, rosa.handle, "Rosa")
    programs = [
        registry.build(
            identity, secret=AccountKey(secrets, UID, NAME, folder=folder, helper=at_once), clock=clock, transport=line
        )
        for _ in range(rng.randint(1, 2))
    ]
    callers = rng.randint(2, 8)
    revoked: list[bool] = []

    async def call(number: int) -> None:
        await asyncio.sleep(rng.random() * 0.3)
        for _ in range(12):
            try:
                await programs[number % len(programs)].whoami()
                return
            except AuthRevoked:
                revoked.append(True)
                return
            except CmdeskError:
                await asyncio.sleep(1 + rng.random())

    async def everybody() -> None:
        await asyncio.gather(*(call(number) for number in range(callers)))

    try:
        loop.run_until_complete(everybody())
    finally:
        loop.close()
    found.races += 1
    found.callers += callers
    found.changes += rosa.renewals
    found.lost_answers += line.lost
    found.too_many += max(0, rosa.renewals - 1)
    found.stale += unpacked(secrets.get(UID, NAME)).refresh != rosa.refresh and not line.lost
    if revoked and line.lost:
        found.reconnects += 1
    elif revoked:
        found.disconnected += 1
        found.examples.append(f"seed {seed}: {callers} callers on Bluesky, the session is lost")


def bluesky_races(first: int, count: int) -> Found:
    """Races with following seeds."""
    found = Found()
    with tempfile.TemporaryDirectory(prefix="cmdesk-keys-") as folder:
        for seed in range(first, first + count):
            bluesky_race(seed, Path(folder) / str(seed), found)
    return found


# ---- real threads and processes


class FileKeyring(InMemoryKeyring):
    """A keyring that two programs share: one file, written whole."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path = path

    @contextlib.contextmanager
    def _open(self) -> Iterator[None]:
        with self._path.with_suffix(".lock").open("w") as guard:
            fcntl.flock(guard, fcntl.LOCK_EX)
            told = json.loads(self._path.read_text("utf-8")) if self._path.exists() else []
            self.entries = {(service, name): value for service, name, value in told}
            yield
            self._path.write_text(json.dumps([[*key, value] for key, value in self.entries.items()]), "utf-8")

    def get_password(self, service: str, username: str) -> str | None:
        with self._open():
            return super().get_password(service, username)

    def set_password(self, service: str, username: str, password: str) -> None:
        with self._open():
            super().set_password(service, username, password)

    def delete_password(self, service: str, username: str) -> None:
        with self._open():
            super().delete_password(service, username)


def _change_in_file(path: Path) -> Callable[[Secret], object]:
    """The server of two programs: a file with the key that is good and how often it was changed."""

    async def change(spent: Secret) -> Secret:
        with path.open("r+", encoding="utf-8") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            told = json.load(file)
            if told["current"] != spent.reveal():
                told["revoked"] = True
            else:
                told["changes"] += 1
                told["current"] = f"key-{told['changes']}"
            file.seek(0)
            json.dump(told, file)
            file.truncate()
        await asyncio.sleep(0.01)
        if told.get("revoked"):
            raise AuthRevoked(status=400)
        return Secret(told["current"])

    return change


async def _in_thread(function: Callable[..., object], /, *args: object, **kwargs: object) -> object:
    return await asyncio.to_thread(function, *args, **kwargs)


def program(folder: Path, accounts: int, callers: int) -> None:
    """A program with a thread per caller; all accounts' keys have run out."""
    secrets = Vault(FileKeyring(folder / "keyring.json")).scope(CLIENT)

    def call(number: int) -> None:
        async def renew_all() -> None:
            for account in range(accounts):
                key = AccountKey(secrets, f"uid-{account}", NAME, folder=folder, helper=_in_thread)  # type: ignore[arg-type]  # looser
                with contextlib.suppress(AuthRevoked):
                    change = _change_in_file(folder / f"server-{account}.json")
                    await key.renew(Secret("key-0"), change)  # type: ignore[arg-type]  # an async function

        asyncio.run(renew_all())

    threads = [threading.Thread(target=call, args=(number,)) for number in range(callers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def programs(accounts: int, callers: int) -> Found:
    """Two programs at once on one folder."""
    found = Found()
    with tempfile.TemporaryDirectory(prefix="cmdesk-keys-") as own:
        folder = Path(own)
        secrets = Vault(FileKeyring(folder / "keyring.json")).scope(CLIENT)
        for account in range(accounts):
            secrets.put(f"uid-{account}", NAME, Secret("key-0"))
            (folder / f"server-{account}.json").write_text(json.dumps({"current": "key-0", "changes": 0}), "utf-8")
        command = [sys.executable, "-c", f"from tests.prove.r15 import *; program(Path({own!r}), {accounts}, {callers})"]
        for process in [subprocess.Popen(command, cwd=ROOT) for _ in range(2)]:
            process.wait(timeout=300)
            if process.returncode:
                raise RuntimeError("a program failed")
        for account in range(accounts):
            told = json.loads((folder / f"server-{account}.json").read_text("utf-8"))
            found.races += 1
            found.callers += 2 * callers
            found.changes += told["changes"]
            found.too_many += max(0, told["changes"] - 1)
            found.disconnected += bool(told.get("revoked"))
            found.stale += secrets.get(f"uid-{account}", NAME).reveal() != told["current"]
    return found


def tasks(seed: int, long: bool) -> list[Task]:
    count = 20_000 if long else 960
    step = count // 8
    return [
        *((races, (seed * 100_000 + first, step, False)) for first in range(0, count, step)),
        *((bluesky_races, (seed * 100_000 + first, step // 2)) for first in range(0, count, step)),
        (programs, (40, 4)),
        (races, (seed * 100_000, 100, True)),
    ]


def lines(seed: int, _long: bool, parts: Sequence[Found], seconds: float) -> list[Line]:
    total, twin = Found(), Found()
    for part in parts:
        into = twin if part.twin else total
        for name, value in vars(part).items():
            if name != "twin":
                setattr(into, name, getattr(into, name) + value)
    figures = {name: getattr(total, name) for name in vars(total) if name not in {"twin", "examples"}}
    good = total.too_many == total.disconnected == total.stale == 0 and total.reconnects <= total.lost_answers
    result = f"{total.too_many} changed twice, {total.disconnected} lost sessions, {total.stale} stale keys"
    worst = f"{total.lost_answers} answers lost: {total.reconnects} to link again"
    caught = twin.disconnected > 0
    told = f"{twin.disconnected} of {twin.races} sessions lost"
    return [
        Line(
            "R15",
            "keys renewed by threads and two programs",
            f"{total.races} races, {total.callers} callers",
            result,
            worst,
            good,
            seed,
            seconds * 0.9,
            figures,
            total.examples[:12],
        ),
        Line(
            "twin",
            "renews without a lock",
            f"{twin.races} races",
            told,
            "caught" if caught else "NOT CAUGHT",
            caught,
            seed,
            seconds * 0.1,
            {"lost": twin.disconnected},
        ),
    ]


ROW = Row("R15", "keys that run out", tasks, lines)
