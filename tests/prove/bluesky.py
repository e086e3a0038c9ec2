"""The product's own Bluesky connector in the simulated world: its records and its reading of answers, under faults.

Class A of the simulators is a network whose ids are ours. Here that network is Bluesky as the connector speaks it: putRecord
under a name made before the first try, getRecord to look back, and a server in memory that answers as the real one was seen to.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace

import httpx

from cmdesk.domain.account import Identity, Network
from cmdesk.domain.delivery import Envelope
from cmdesk.domain.ids import DeliveryId
from cmdesk.domain.secret import Secret
from cmdesk.networks import registry
from cmdesk.networks._bluesky_identity import POST, page_of
from cmdesk.networks.port import Connector, SecretSource
from tests.networks.fakes.bluesky import PDS, BlueskyPlatform, Person
from tests.prove.truth import Fault, Live, Platform, Process

_WRITE = "/xrpc/com.atproto.repo.putRecord"


@dataclass
class BlueskyNet(Platform):
    """People on one personal server; every record that comes to be is in the ledger."""

    fake: BlueskyPlatform = field(init=False)
    _names: dict[str, str] = field(default_factory=dict)  # by id

    def __post_init__(self) -> None:
        self.fake = BlueskyPlatform(self.clock)

    def person(self, name: str) -> Identity:
        known = self._people.get(name)
        if known is None:
            made = self.fake.person(name)
            known = Identity(Network.BLUESKY, PDS, made.did, made.handle, name)
            self._people[name], self._names[made.did] = known, name
            self._tokens[f"token-{name}"] = name
        return known

    def account(self, name: str) -> Person:
        """Somebody as the server knows them."""
        return self.fake.people[self.person(name).remote_id]

    def url(self, live: Live) -> str:
        return page_of(self.person(live.speaker.removeprefix("id-")).handle, live.remote_id)

    def write(self, request: httpx.Request) -> httpx.Response:
        """What the server does with a write; the ledger learns of what is new."""
        body = json.loads(request.content)
        who = self.fake.people[body["repo"]]
        slot = (body["collection"], body["rkey"])
        before = slot in who.records
        self.ledger.writes += 1
        answer = self.fake(request)
        if answer.is_success and not before and slot[0] == POST:
            name, now = self._names[who.did], self.clock.true
            said = Envelope(DeliveryId(0), 0, 1, self.person(name), slot[1], who.records[slot]["text"], "")
            made = self.ledger.add(f"id-{name}", said, now, now, self.clock.now(), now)
            self.ledger.entries[-1] = replace(made, remote_id=slot[1])
        return answer


class Wire(httpx.AsyncBaseTransport):
    """The line between a program that may die and a server that does not."""

    def __init__(self, net: BlueskyNet, process: Process) -> None:
        self._net, self._process = net, process

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        net = self._net
        self._process.check()
        net.calls += 1
        if net.offline:
            raise httpx.ConnectError("no network")
        wakes = self._process.wakes
        await asyncio.sleep(0.02 + net.rng.random() * 0.4)
        self._process.check()
        slept = self._process.wakes != wakes
        if request.url.path == _WRITE:
            return await self._written(request, Fault.RESET if slept else net.fault())
        if slept:
            raise httpx.ReadTimeout("slept")
        if net.rng.random() < net.read_faults:
            raise net.rng.choice((httpx.ReadTimeout("lost"), httpx.ReadError("reset"), httpx.ConnectError("no route")))
        answer = net.fake(request)
        if request.url.path.endswith("getSession") and net.rng.random() < net.impostor:
            other = net.account("impostor")
            answer = httpx.Response(200, json={"did": other.did, "handle": other.handle, "active": True})
        return await self._back(answer)

    async def _written(self, request: httpx.Request, fault: Fault | None) -> httpx.Response:
        net = self._net
        if fault is Fault.REFUSE:
            raise httpx.ConnectError("refused")
        if fault is Fault.RATE_LIMITED:
            told = {"retry-after": net.rng.choice(("60", "300", ""))}
            return httpx.Response(429, json={"error": "RateLimitExceeded"}, headers=told)
        if fault is Fault.DROP_BEFORE or (fault is Fault.RESET and net.rng.random() < 0.5):
            await self._back(None)
            raise httpx.ReadError("reset")
        if fault is Fault.ERROR_BEFORE:
            return await self._back(httpx.Response(500, json={"error": "InternalServerError"}))
        if fault is Fault.DECLINE:
            return await self._back(httpx.Response(400, json={"error": "InvalidRequest", "message": "no"}))
        if fault is Fault.APPLY_LATE:
            asyncio.get_running_loop().call_later(1 + net.rng.random() * 299, net.write, request)
            await asyncio.sleep(30)
            self._process.check()
            raise httpx.ReadTimeout("late")
        answer = net.write(request)
        if fault is Fault.SLOW:
            await asyncio.sleep(5 + net.rng.random() * 55)
        return await self._told(answer, fault)

    async def _told(self, answer: httpx.Response, fault: Fault | None) -> httpx.Response:
        match fault:
            case Fault.DROP_AFTER | Fault.RESET:
                await self._back(None)
                raise httpx.ReadError("reset")
            case Fault.ERROR_AFTER:
                return await self._back(httpx.Response(502, json={"error": "UpstreamFailure"}))
            case Fault.DECLINE_AFTER:
                # Whoever stands between us and the server may say no to what it has let through; he does not speak the protocol.
                return await self._back(httpx.Response(403, text="<html><h1>Forbidden"))
            case Fault.TRUNCATE:
                return await self._back(httpx.Response(200, content=answer.content[:-7]))
            case _:
                return await self._back(answer)

    async def _back(self, answer: httpx.Response | None) -> httpx.Response:
        await asyncio.sleep(0.02 + self._net.rng.random() * 0.4)
        self._process.check()
        return answer if answer is not None else httpx.Response(200)


class _Session:
    """The key of an account as the connector wants it: a session of whoever the keyring's token speaks for."""

    def __init__(self, net: BlueskyNet, source: SecretSource) -> None:
        self._net, self._source = net, source

    async def __call__(self) -> Secret:
        token = (await self._source()).reveal()
        return self._net.account(token.removeprefix("token-")).session().packed()

    async def renew(self, spent: Secret, change: Callable[[Secret], Awaitable[Secret]]) -> Secret:
        """Sessions of this world do not run out; a change of them has a row of its own."""
        del change
        return spent


def connect(platform: Platform, identity: Identity, secret: SecretSource, process: Process) -> Connector:
    """The product's connector, on a simulated line."""
    assert isinstance(platform, BlueskyNet)
    return registry.build(identity, secret=_Session(platform, secret), clock=platform.clock, transport=Wire(platform, process))
