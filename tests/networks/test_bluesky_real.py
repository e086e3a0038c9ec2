"""Bluesky's connector against Bluesky's own personal server: sessions, records, files, names, and a server that dies."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import pytest_asyncio

from cmdesk.domain.account import Identity
from cmdesk.domain.clock import SystemClock
from cmdesk.networks._bluesky_session import Session, unpacked
from cmdesk.networks.port import Published, Whole
from tests.helpers import atproto
from tests.helpers.clocks import FakeClock
from tests.networks.bluesky import Kept, connector, identity_of, session_of
from tests.networks.contract import Contract, Ground

pytestmark = pytest.mark.leaves("network.mjs")


@pytest.fixture(scope="module", name="servers")
def _servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[atproto.Servers]:
    with atproto.running(tmp_path_factory.mktemp("atproto")) as found:
        yield found


@pytest.fixture(scope="module", name="rosa")
def _rosa(servers: atproto.Servers) -> atproto.Somebody:
    return servers.account("rosa")


def spoilt(key: Kept, word: str) -> Kept:
    """The same session with tokens that no server knows."""
    session = unpacked(key.secret)
    return Kept(Session(session.did, session.pds, session.service, word, word).packed())


class TestPersonalServer(Contract):
    @pytest_asyncio.fixture
    async def ground(self, rosa: atproto.Somebody, tmp_path: Path) -> Ground:
        clock = FakeClock(SystemClock().now())
        key = await session_of(rosa, clock)
        identity = await identity_of(key, clock)

        def connect(who: Identity, word: str) -> Whole:
            return connector(who, key if word == "right" else spoilt(key, word), clock)

        async def answer(_made: Published) -> None:
            raise AssertionError("never asked")

        return Ground(
            "pds", clock, identity, "right", connect, answer, tmp_path, notices=False, warns=False, named=True, shows=False
        )
