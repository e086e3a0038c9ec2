"""A refusal that nobody vouches for is believed only after a look that comes later than any list is late."""

from __future__ import annotations

import asyncio
import random
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace

from cmdesk.domain.account import Account
from cmdesk.domain.clock import Clock
from cmdesk.domain.delivery import Delivery, Envelope, State
from cmdesk.domain.errors import ServerTrouble
from cmdesk.domain.ids import DeliveryId
from cmdesk.domain.limits import Problem
from cmdesk.domain.post import PostEdit, Variant
from cmdesk.domain.schedule import at_instant
from cmdesk.networks.port import Connector, Finding, Look, Outcome, Refused, SecretSource
from cmdesk.services import composing, planning
from cmdesk.services.publishing import Publisher
from cmdesk.services.sending import LISTS_ARE_LATE
from tests.helpers.clocks import FakeClock
from tests.helpers.desks import KeyedConnector, link, open_desk
from tests.helpers.fake_network import FakeNetwork
from tests.helpers.keyrings import InMemoryKeyring


@dataclass
class Server:
    """Says no to everything, publishes it or not, and its lists show what is live after a while."""

    publishes: bool
    vouched: bool = False
    looks: list[Look | None] = field(default_factory=list)  # what each look shows instead of the truth; None: it fails


class SaysNo(KeyedConnector):
    """Answers 4xx whatever it did."""

    def __init__(self, network: FakeNetwork, secret: SecretSource, server: Server) -> None:
        super().__init__(network, secret)
        self.evidence = replace(self.evidence, refusals=server.vouched)
        self._server = server

    async def publish(self, envelope: Envelope) -> Outcome:
        if self._server.publishes:
            await super().publish(envelope)
        return Refused(Problem("refused_by_network"))

    async def find(self, envelope: Envelope, since: datetime) -> Finding:
        if self._server.looks:
            shown = self._server.looks.pop(0)
            if shown is None:
                raise ServerTrouble
            return Finding(shown)
        return await super().find(envelope, since)


@pytest.fixture
def server() -> Server:
    return Server(publishes=True)


async def told(server: Server, folder: Path) -> tuple[Delivery, float]:
    """Where a post stands after one round, and how many seconds that took."""
    clock, keyring = FakeClock(), InMemoryKeyring()
    network = FakeNetwork(clock)
    desk = open_desk(folder, network, clock, keyring=keyring)

    def connect(account: Account, secret: SecretSource, *, clock: Clock) -> Connector:
        return SaysNo(network, secret, server)

    desk._connectors = connect
    ws = await desk.create("Rosa", timezone="America/Toronto")
    account = link(ws, network, "rosa")
    post = await composing.create(ws, PostEdit(text="Fresh bread", variants=(Variant(account),)))
    made: DeliveryId = (await planning.schedule(ws, post.id, at_instant(clock.now() + timedelta(minutes=1), "America/Toronto")))[
        0
    ]
    clock.advance(60)
    began = clock.monotonic()
    round_ = asyncio.ensure_future(Publisher(desk, clock, random.Random(1)).tick())
    async with asyncio.timeout(20):
        while not round_.done():
            await asyncio.sleep(0)
            if clock.sleeping:
                clock.advance(LISTS_ARE_LATE.total_seconds())
        await round_
    found = planning.delivery(ws, made)
    await desk.close()
    return found, clock.monotonic() - began


@pytest.mark.asyncio
async def test_what_is_live_behind_a_late_list_is_not_told_as_refused(server: Server, tmp_path: Path) -> None:
    server.looks = [Look.ABSENT]
    found, seconds = await told(server, tmp_path)
    assert (found.state, seconds) == (State.SENT, LISTS_ARE_LATE.total_seconds())


@pytest.mark.asyncio
async def test_a_refusal_is_told_once_two_looks_have_shown_nothing(server: Server, tmp_path: Path) -> None:
    server.publishes = False
    found, seconds = await told(server, tmp_path)
    assert (found.state, seconds) == (State.REFUSED, LISTS_ARE_LATE.total_seconds())


@pytest.mark.asyncio
@pytest.mark.parametrize("looks", [[Look.ABSENT, None], [None, None], [None, Look.CANNOT_TELL]])
async def test_where_nobody_could_look_nobody_can_tell(server: Server, tmp_path: Path, looks: list[Look | None]) -> None:
    server.looks = looks
    found, _ = await told(server, tmp_path)
    assert found.state is State.UNCERTAIN
    assert found.problem is not None
    assert dict(found.problem.params)["reason"] == "refused_unseen"


@pytest.mark.asyncio
@pytest.mark.parametrize("publishes", [False, True])
async def test_a_refusal_that_is_vouched_for_is_told_at_once(server: Server, tmp_path: Path, publishes: bool) -> None:
    server.vouched, server.publishes = True, publishes
    found, seconds = await told(server, tmp_path)
    assert (found.state, seconds) == (State.SENT if publishes else State.REFUSED, 0.0)
