"""Mastodon's connector keeps the contract on the practice network, on a Mastodon double, and on a real small server."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio

from cmdesk.domain.account import Identity, Network
from cmdesk.domain.clock import SystemClock
from cmdesk.domain.secret import Secret
from cmdesk.networks import registry
from cmdesk.networks.oauth import BrowserLogin, CodeLogin, revoke
from cmdesk.networks.port import Published, SecretSource, Whole
from cmdesk.networks.practice import PracticeNetwork
from tests.helpers import snac
from tests.helpers.clocks import FakeClock
from tests.networks.contract import Contract, Ground


def source(text: str) -> SecretSource:
    async def key() -> Secret:
        return Secret(text)

    return key


@pytest.fixture(scope="module", name="server")
def snac_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[snac.Snac]:
    if not snac.available():
        pytest.skip(snac.MISSING)
    try:
        with snac.running(tmp_path_factory.mktemp("snac"), "alice", "bob") as server:
            yield server
    except RuntimeError as trouble:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"snac does not start here: {str(trouble)[:200]}")


class TestPractice(Contract):
    @pytest_asyncio.fixture
    async def ground(self, tmp_path: Path) -> Ground:
        clock = FakeClock()
        world = PracticeNetwork(tmp_path / "practice.json", clock)

        def connect(identity: Identity, key: str) -> Whole:
            return registry.build(identity, secret=source(key), clock=clock, practice=world)

        async def answer(_made: Published) -> None:
            clock.advance(60)

        new = registry.introduce(Network.PRACTICE, "", secret=source("levain"), clock=clock, practice=world)
        identity = await new.whoami()
        return Ground("practice", clock, identity, "levain", connect, answer, tmp_path)


class TestMock(Contract):
    @pytest_asyncio.fixture
    async def ground(self, tmp_path: Path, mastodon_mock_server: Any) -> Ground:
        origin = mastodon_mock_server.base_url.rstrip("/")
        clock = FakeClock(SystemClock().now())

        def connect(identity: Identity, key: str) -> Whole:
            return registry.build(identity, secret=source(key), clock=clock, software="mastodon 4.5", allow_private=True)

        async def answer(made: Published) -> None:
            async with httpx.AsyncClient(trust_env=False, headers={"Authorization": "Bearer bob_token"}) as bob:
                form = {"status": "@alice Oui!", "in_reply_to_id": made.remote_id}
                assert (await bob.post(f"{origin}/api/v1/statuses", json=form)).is_success

        new = registry.introduce(Network.MASTODON, origin, secret=source("alice_token"), clock=clock, allow_private=True)
        identity = await new.whoami()
        await new.close()
        return Ground("mock", clock, identity, "alice_token", connect, answer, tmp_path)


class TestSnac(Contract):
    @pytest_asyncio.fixture
    async def ground(self, server: snac.Snac, tmp_path: Path) -> AsyncIterator[Ground]:
        clock = FakeClock(SystemClock().now())
        login = await CodeLogin.begin(server.origin, allow_private=True)
        page = await asyncio.to_thread(server.log_in, login.url, "alice")
        code = re.search(r"(?:code=|\b)([0-9a-f]{32,})", page)
        assert code is not None, page
        grant = await login.finish(code.group(1))
        await login.close()

        def connect(identity: Identity, key: str) -> Whole:
            return registry.build(identity, secret=source(key), clock=clock, software="snac 2.75", allow_private=True)

        async def answer(_made: Published) -> None:
            raise AssertionError("never asked")

        new = registry.introduce(
            Network.MASTODON, server.origin, secret=source(grant.access.reveal()), clock=clock, allow_private=True
        )
        identity = await new.whoami()
        await new.close()
        yield Ground("snac", clock, identity, grant.access.reveal(), connect, answer, tmp_path, deletes=False, notices=False)
        await revoke(grant.app, grant.access, allow_private=True)

    @pytest.mark.asyncio
    async def test_the_browser_log_in_works_with_the_real_form(self, server: snac.Snac) -> None:
        login = await BrowserLogin.begin(server.origin, done=b"done", failed=b"failed", allow_private=True)
        target = await asyncio.to_thread(server.log_in, login.url, "bob")
        waiting = asyncio.create_task(login.finish(20.0))
        async with httpx.AsyncClient(trust_env=False) as browser:
            assert (await browser.get(target)).content == b"done"
        grant = await waiting
        await login.close()
        clock = FakeClock()
        new = registry.introduce(
            Network.MASTODON, server.origin, secret=source(grant.access.reveal()), clock=clock, allow_private=True
        )
        assert (await new.whoami()).handle.startswith("bob@")
        await new.close()
