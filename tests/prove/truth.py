"""Simulated networks of the four classes over one ledger of what is publicly live, with every fault a real one has shown.

A: the id of a record is ours, and writing it again is the same record. B: a key is remembered for an hour. C: a container is
made first, then published, and the same container is never published twice. D: nothing is remembered.
"""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import Protocol

from cmdesk.domain.account import Identity, Network, Role
from cmdesk.domain.delivery import Envelope
from cmdesk.domain.errors import AuthRevoked, NetworkProblem, NoNetwork, RateLimited, ServerTrouble, TimedOut
from cmdesk.domain.limits import Limits, Problem
from cmdesk.domain.secret import Secret
from cmdesk.networks.port import (
    Evidence,
    Finding,
    Look,
    NotSent,
    Outcome,
    Processing,
    Published,
    Refused,
    SecondWrite,
    SecretSource,
    ServerProfile,
    Unknown,
)
from tests.prove.simulated import HOUR, SimulatedClock


class Fault(Enum):
    """What goes wrong with one call."""

    REFUSE = "refuse"  # no connection: surely not sent
    RATE_LIMITED = "rate_limited"  # 429 in one of its dialects
    DROP_BEFORE = "drop_before"  # the line breaks before the server did anything
    DROP_AFTER = "drop_after"  # the server did it, the answer is lost
    ERROR_BEFORE = "error_before"  # 5xx, nothing done
    ERROR_AFTER = "error_after"  # 5xx, and it is live
    DECLINE = "decline"  # 4xx, nothing done
    DECLINE_AFTER = "decline_after"  # 4xx, and it is live
    APPLY_LATE = "apply_late"  # the answer never comes; it is live 1 to 300 s later
    SLOW = "slow"  # the answer takes up to a minute
    TRUNCATE = "truncate"  # it is live, the answer is cut in the middle
    RESET = "reset"  # the line is reset, before or after


#: Shares of faulty sends: 31 % in all, as in the note that set the goals; the mild mix is a twentieth of it (1.6 %).
BRUTAL: Mapping[Fault, float] = {
    Fault.REFUSE: 0.04,
    Fault.RATE_LIMITED: 0.03,
    Fault.DROP_BEFORE: 0.04,
    Fault.DROP_AFTER: 0.04,
    Fault.ERROR_BEFORE: 0.025,
    Fault.ERROR_AFTER: 0.025,
    Fault.DECLINE: 0.01,
    Fault.DECLINE_AFTER: 0.01,
    Fault.APPLY_LATE: 0.03,
    Fault.SLOW: 0.02,
    Fault.TRUNCATE: 0.02,
    Fault.RESET: 0.02,
}
NONE: Mapping[Fault, float] = {}


def thinned(mix: Mapping[Fault, float], by: float) -> Mapping[Fault, float]:
    """The same faults, more seldom."""
    return {fault: share * by for fault, share in mix.items()}


MILD = thinned(BRUTAL, 0.016 / 0.31)


class Process(Protocol):
    """What a connector knows of the process that it lives in."""

    def check(self) -> None:
        """Raises Died when the process is dead: nothing that is dead does anything."""

    @property
    def wakes(self) -> int:
        """How often the computer has slept."""


@dataclass(frozen=True, slots=True)
class Live:
    """Something that everybody can read, from ``at`` on (true seconds), and in lists from ``listed_at`` on."""

    remote_id: str
    speaker: str
    text: str
    at: float
    listed_at: float
    key: str
    reply_to: str | None = None
    wall: datetime | None = None  # what the desk's clock showed when the write arrived
    arrived: float = 0.0  # true seconds


@dataclass
class Ledger:
    """The truth: what is publicly live, by whom, since when; and every write that reached a server."""

    entries: list[Live] = field(default_factory=list)
    writes: int = 0
    number: int = 100

    def add(self, speaker: str, envelope: Envelope, at: float, listed_at: float, wall: datetime, arrived: float) -> Live:
        self.number += 1
        made = Live(str(self.number), speaker, envelope.text, at, listed_at, envelope.key, envelope.reply_to, wall, arrived)
        self.entries.append(made)
        return made

    def live(self, text: str, now: float) -> list[Live]:
        """What everybody can read with this text now."""
        return [one for one in self.entries if one.text == text and one.at <= now]


@dataclass
class Platform:
    """One network of a class: its people, its keys, its memory, its moods."""

    kind: SecondWrite
    clock: SimulatedClock
    rng: random.Random
    ledger: Ledger
    mix: Mapping[Fault, float] = field(default_factory=lambda: BRUTAL)
    read_faults: float = 0.1
    stale_listing: float = 60.0
    impostor: float = 0.0  # how often "who am I" answers with somebody else
    remembers: float = HOUR
    offline: bool = False
    calls: int = 0
    _people: dict[str, Identity] = field(default_factory=dict)
    _tokens: dict[str, str] = field(default_factory=dict)
    _keys: dict[tuple[str, str], Live] = field(default_factory=dict)
    _containers: dict[str, tuple[str, Envelope, Live | None]] = field(default_factory=dict)

    @property
    def server(self) -> str:
        return f"https://{self.kind.value.lower()}.example"

    def person(self, name: str) -> Identity:
        """A person by name, made on first use; the key that speaks for them is ``token-<name>``."""
        known = self._people.get(name)
        if known is None:
            known = Identity(Network.MASTODON, self.server, f"id-{name}", f"{name}@{self.kind.value.lower()}.example", name)
            self._people[name] = known
            self._tokens[f"token-{name}"] = name
        return known

    def invite(self, names: Iterable[str]) -> None:
        """These people have accounts."""
        for name in names:
            self.person(name)

    def speaker(self, token: str) -> Identity | None:
        """Who a key speaks for."""
        name = self._tokens.get(token)
        return None if name is None else self._people[name]

    def people(self) -> list[SecretSource]:
        """The keys of everybody, as a keyring would hand them out."""

        def source(name: str) -> SecretSource:
            async def ask() -> Secret:
                return Secret(f"token-{name}")

            return ask

        return [source(name) for name in sorted(self._people)]

    def forget_keys(self) -> None:
        """The server's memory of keys is gone (a restart, a full cache); names of records are no memory."""
        if self.kind is SecondWrite.SAME_KEY:
            self._keys.clear()

    def fault(self) -> Fault | None:
        """What goes wrong with this write."""
        dice = self.rng.random()
        for fault, share in self.mix.items():
            dice -= share
            if dice < 0:
                return fault
        return None

    def apply(self, who: Identity, envelope: Envelope, *, late: float = 0.0) -> Live:
        """The server does what a write of this class does."""
        now = self.clock.true
        self.ledger.writes += 1
        slot = (who.remote_id, envelope.key)
        known = self._keys.get(slot)
        if known is not None and self.kind is SecondWrite.SAME_ID:
            return known
        # A key is known once the first write is done: older servers look, then act, and a write in between is a second post.
        if known is not None and self.kind is SecondWrite.SAME_KEY and known.at <= now < known.at + self.remembers:
            return known
        at = now + late
        made = self.ledger.add(
            who.remote_id, envelope, at, at + self.rng.random() * self.stale_listing, self.clock.now(), self.clock.true
        )
        self._keys[slot] = made
        return made

    def contain(self, who: Identity, envelope: Envelope) -> str:
        """A container: nothing is public yet."""
        handle = f"container-{len(self._containers)}"
        self._containers[handle] = (who.remote_id, envelope, None)
        return handle

    def publish_container(self, who: Identity, handle: str, *, late: float = 0.0) -> Live | None:
        """Publishes a container once; the second time it is the same post. None for a container that nobody knows."""
        known = self._containers.get(handle)
        if known is None or known[0] != who.remote_id:
            return None
        owner, envelope, made = known
        if made is None:
            self.ledger.writes += 1
            at = self.clock.true + late
            made = self.ledger.add(
                owner, envelope, at, at + self.rng.random() * self.stale_listing, self.clock.now(), self.clock.true
            )
            self._containers[handle] = (owner, envelope, made)
        return made

    def find(self, who: Identity, envelope: Envelope, since: datetime) -> Live | None:
        """Looks through somebody's own recent posts, as far as the list shows them yet."""
        now, started = self.clock.true, (since - self.clock.true_now()).total_seconds() + self.clock.true
        for one in reversed(self.ledger.entries):
            if one.speaker == who.remote_id and one.text == envelope.text and one.listed_at <= now and one.at >= started:
                return one if envelope.reply_to in {None, one.reply_to} else None
        return None

    def url(self, live: Live) -> str:
        return f"{self.server}/@{live.speaker}/{live.remote_id}"


class SimulatedConnector:
    """Speaks to a platform with one key, as the real ones do: every outcome is one of the four, or NotSent."""

    roles: frozenset[Role] = frozenset({Role.PUBLISHES, Role.REPLIES})

    def __init__(self, platform: Platform, account: Identity, secret: SecretSource, process: Process) -> None:
        self.account = account
        self._platform = platform
        self._secret = secret
        self._process = process
        self._closed = False

    @property
    def second_write(self) -> SecondWrite:
        return self._platform.kind

    @property
    def evidence(self) -> Evidence:
        """No connection and "too many" are proofs; everything else is not."""
        return Evidence(self._platform.kind, frozenset({NoNetwork.CODE, RateLimited.CODE}), "who am I", "own posts")

    async def _call(self) -> tuple[Identity, bool]:
        """The way there: who the server sees, and whether the computer slept on the way."""
        if self._closed:
            raise AssertionError("a closed connector was used")
        self._process.check()
        token = (await self._secret()).reveal()
        platform = self._platform
        platform.calls += 1
        if platform.offline:
            raise NotSent(NoNetwork())
        wakes = self._process.wakes
        await asyncio.sleep(0.02 + platform.rng.random() * 0.4)
        self._process.check()
        who = platform.speaker(token)
        if who is None:
            raise AuthRevoked(status=401)
        return who, self._process.wakes != wakes

    async def _back(self) -> None:
        """The way back."""
        await asyncio.sleep(0.02 + self._platform.rng.random() * 0.4)
        self._process.check()

    async def _read(self) -> Identity:
        try:
            who, slept = await self._call()
        except NotSent as problem:
            raise problem.cause from None
        if slept:
            raise TimedOut
        if self._platform.rng.random() < self._platform.read_faults:
            raise self._platform.rng.choice((TimedOut, ServerTrouble, NoNetwork))
        return who

    def clock_ahead(self) -> timedelta | None:
        """Its server shows the true time to the second."""
        return timedelta(seconds=round(self._platform.clock.error))

    async def whoami(self) -> Identity:
        who = await self._read()
        if self._platform.rng.random() < self._platform.impostor:
            return self._platform.person("impostor")
        return who

    async def profile(self) -> ServerProfile:
        await self._read()
        return ServerProfile("simulated 1.0", Limits(read_at=self._platform.clock.now()), self.roles)

    async def close(self) -> None:
        self._closed = True

    async def publish(self, envelope: Envelope) -> Outcome:
        # Whoever the key speaks for is who speaks: a server does not mind what we meant, and the ledger knows.
        who, slept = await self._call()
        fault = Fault.RESET if slept else self._platform.fault()
        if self._platform.kind is SecondWrite.SAME_CONTAINER:
            return await self._make_container(who, envelope, fault)
        return await self._write(who, envelope, fault)

    async def _write(self, who: Identity, envelope: Envelope, fault: Fault | None) -> Outcome:
        platform = self._platform
        self._surely_not_sent(fault)
        if fault in {Fault.DROP_BEFORE, Fault.ERROR_BEFORE} or (fault is Fault.RESET and platform.rng.random() < 0.5):
            await self._back()
            return Unknown("server_error" if fault is Fault.ERROR_BEFORE else "reset")
        if fault is Fault.DECLINE:
            await self._back()
            return Refused(Problem("refused_by_network"))
        if fault is Fault.APPLY_LATE:
            platform.apply(who, envelope, late=1 + platform.rng.random() * 299)
            await asyncio.sleep(30)
            self._process.check()
            return Unknown("timeout")
        live = platform.apply(who, envelope)
        if fault is Fault.SLOW:
            await asyncio.sleep(5 + platform.rng.random() * 55)
        await self._back()
        return self._answer(live, fault)

    def _answer(self, live: Live, fault: Fault | None) -> Outcome:
        match fault:
            case None | Fault.SLOW:
                return Published(live.remote_id, self._platform.url(live), self._platform.clock.true_now())
            case Fault.DECLINE_AFTER:
                return Refused(Problem("refused_by_network"))
            case Fault.ERROR_AFTER:
                return Unknown("server_error")
            case Fault.TRUNCATE:
                return Unknown("unreadable")
            case _:
                return Unknown("reset")

    def _surely_not_sent(self, fault: Fault | None) -> None:
        platform = self._platform
        if fault is Fault.REFUSE:
            raise NotSent(NoNetwork())
        if fault is Fault.RATE_LIMITED:
            # With a moment, with a moment that lies in the past, and without any.
            until = platform.clock.now() + timedelta(seconds=platform.rng.choice((60, 300, -3600)))
            raise NotSent(RateLimited(until), platform.rng.choice((until, None)))

    async def _make_container(self, who: Identity, envelope: Envelope, fault: Fault | None) -> Outcome:
        """Nothing is public by a container: whatever fails here was surely not sent, as far as the public goes."""
        self._surely_not_sent(fault)
        if fault is Fault.DECLINE:
            await self._back()
            return Refused(Problem("refused_by_network"))
        handle = self._platform.contain(who, envelope)
        await self._back()
        if fault not in {None, Fault.SLOW}:
            raise NotSent(TimedOut(), before=True)
        return Processing(handle, 5.0)

    async def resume(self, handle: str, envelope: Envelope) -> Outcome:
        """Publishes the container; a lost answer is no harm, since the same container is never published twice."""
        who, slept = await self._call()
        fault = Fault.RESET if slept else self._platform.fault()
        self._surely_not_sent(fault)
        platform = self._platform
        if fault in {Fault.DROP_BEFORE, Fault.ERROR_BEFORE, Fault.DECLINE} or (
            fault is Fault.RESET and platform.rng.random() < 0.5
        ):
            await self._back()
            return Processing(handle, 60.0)
        late = 1 + platform.rng.random() * 299 if fault is Fault.APPLY_LATE else 0.0
        live = platform.publish_container(who, handle, late=late)
        await self._back()
        if live is None:
            return Refused(Problem("container_unknown"))
        if fault not in {None, Fault.SLOW} or live.at > platform.clock.true:
            return Processing(handle, 60.0)
        return Published(live.remote_id, platform.url(live), platform.clock.true_now())

    async def find(self, envelope: Envelope, since: datetime) -> Finding:
        who = await self._read()
        # As the real ones do: the server tells its date, so that only the clock of then can still be wrong.
        live = self._platform.find(who, envelope, since - timedelta(seconds=self._platform.clock.error))
        await self._back()
        if live is None:
            return Finding(Look.ABSENT)
        return Finding(Look.FOUND, Published(live.remote_id, self._platform.url(live)))


__all__ = ["BRUTAL", "MILD", "NONE", "Fault", "Ledger", "Live", "NetworkProblem", "Platform", "SimulatedConnector", "thinned"]
