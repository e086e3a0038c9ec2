"""An account is kept only when the network has said who it is, and a key of somebody else never is."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from keyring.errors import KeyringLocked as BackendLocked

from cmdesk.domain.account import Account, Health, Network
from cmdesk.domain.clock import Clock
from cmdesk.domain.errors import AuthRevoked, BadInput, NetworkProblem, NoNetwork, NotAllowed, VaultProblem, WrongIdentity
from cmdesk.domain.secret import Secret
from cmdesk.networks.port import Connector, SecretSource
from cmdesk.services import linking, syncing
from cmdesk.services.desk import Desk
from cmdesk.services.workspace import TOKEN, Workspace
from tests.helpers.clocks import FakeClock
from tests.helpers.desks import KeyedConnector, open_desk
from tests.helpers.fake_network import FakeNetwork, Fault
from tests.helpers.keyrings import InMemoryKeyring, RaisingKeyring

pytestmark = pytest.mark.asyncio

SERVER = "https://fake.example"


class Bench:
    """A desk with two clients and a network that answers linkings."""

    def __init__(self, folder: Path, keyring: InMemoryKeyring) -> None:
        self.clock = FakeClock()
        self.network = FakeNetwork(self.clock)
        self.keyring = keyring
        self.desk: Desk = open_desk(folder, self.network, self.clock, keyring=keyring)
        self.ws: Workspace

    def introduce(self, network: Network, server: str, *, secret: SecretSource, clock: Clock, allow_private: bool) -> Connector:
        return KeyedConnector(self.network, secret)

    async def link(self, name: str, ws: Workspace | None = None, expected: Account | None = None) -> Account:
        self.network.person(name)
        token = Secret(f"token-{name}")
        target = ws or self.ws
        return await linking.with_token(target, Network.MASTODON, SERVER, token, expected=expected, introduce=self.introduce)

    def token_of(self, account: Account) -> str:
        return self.ws.secrets.get(account.uid, TOKEN).reveal()


@pytest_asyncio.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    made = Bench(tmp_path, InMemoryKeyring())
    made.ws = await made.desk.create("Rosa")
    yield made
    await made.desk.close()


async def test_a_linked_account_is_well_and_its_limits_are_dated(bench: Bench) -> None:
    account = await bench.link("rosa")
    assert (account.health, account.identity.handle) == (Health.OK, "rosa@fake.example")
    assert account.limits.read_at == bench.clock.now()
    assert bench.token_of(account) == "token-rosa"
    assert await linking.whoami(bench.ws, account.id) == account.identity


async def test_the_same_identity_again_is_the_same_account_with_the_new_key(bench: Bench) -> None:
    first = await bench.link("rosa")
    bench.network.swap_token("token-second", "rosa")
    second = await linking.with_token(bench.ws, Network.MASTODON, SERVER, Secret(" token-second\n"), introduce=bench.introduce)
    assert second.id == first.id
    assert bench.token_of(first) == "token-second"
    assert len(linking.accounts(bench.ws)) == 1


@pytest.mark.parametrize("number", range(20))
async def test_a_relink_that_turns_out_to_be_somebody_else_changes_nothing(bench: Bench, number: int) -> None:
    account = await bench.link("rosa")
    before = (linking.accounts(bench.ws, with_unlinked=True), dict(bench.keyring.entries))
    with pytest.raises(WrongIdentity) as caught:
        await bench.link(f"other{number}", expected=account)
    assert (caught.value.expected, caught.value.found) == ("rosa@fake.example", f"other{number}@fake.example")
    assert (linking.accounts(bench.ws, with_unlinked=True), dict(bench.keyring.entries)) == before


@pytest.mark.parametrize("fault", [Fault.REFUSE, Fault.DROP_AFTER, Fault.ERROR_AFTER, Fault.MALFORMED, Fault.REVOKED])
@pytest.mark.parametrize("operation", ["whoami", "profile"])
async def test_no_account_and_no_key_without_an_identity(bench: Bench, fault: Fault, operation: str) -> None:
    bench.network.fail(operation, fault)
    with pytest.raises(NetworkProblem):
        await bench.link("rosa")
    assert linking.accounts(bench.ws, with_unlinked=True) == ()
    assert not [entry for entry in bench.keyring.entries if entry[0].startswith(f"cmdesk:{bench.ws.client.id}")]


async def test_a_keyring_that_refuses_leaves_no_account_and_session_memory_lets_it_be_tried_again(tmp_path: Path) -> None:
    bench = Bench(tmp_path, RaisingKeyring(BackendLocked("shut")))
    bench.ws = await bench.desk.create("Rosa")
    with pytest.raises(VaultProblem):
        await bench.link("rosa")
    assert linking.accounts(bench.ws, with_unlinked=True) == ()
    bench.desk.vault.use_session_memory()
    account = await bench.link("rosa")
    assert bench.token_of(account) == "token-rosa"
    assert bench.keyring.entries == {}
    await bench.desk.close()


@pytest.mark.parametrize("token", ["", "   ", "two words", "é" * 10, "x" * 20_000, "a\nb"])
async def test_what_is_no_token_is_said_to_be_none(bench: Bench, token: str) -> None:
    with pytest.raises(BadInput):
        await linking.with_token(bench.ws, Network.MASTODON, SERVER, Secret(token), introduce=bench.introduce)
    assert bench.network.calls == []


async def test_another_client_with_the_same_voice_is_told_not_refused(bench: Bench) -> None:
    other = await bench.desk.create("Malik")
    await bench.link("rosa", other)
    account = await bench.link("rosa")
    assert linking.linked_elsewhere(bench.desk, bench.ws, account.id) == (other,)


async def test_a_check_that_finds_somebody_else_freezes_the_account_until_it_is_right_again(bench: Bench) -> None:
    account = await bench.link("rosa")
    bench.network.swap_token("token-rosa", "malik")
    with pytest.raises(WrongIdentity):
        await linking.check(bench.ws, account.id)
    assert linking.account(bench.ws, account.id).health is Health.WRONG_IDENTITY
    bench.network.fail("whoami", Fault.ERROR_BEFORE)
    with pytest.raises(NetworkProblem):
        await linking.check(bench.ws, account.id)
    assert linking.account(bench.ws, account.id).health is Health.WRONG_IDENTITY
    assert await syncing.pull_all([bench.ws]) == ()
    bench.network.swap_token("token-rosa", "rosa")
    assert (await linking.check(bench.ws, account.id)).health is Health.OK


@pytest.mark.parametrize(
    ("fault", "health"), [(Fault.REVOKED, Health.RECONNECT), (Fault.ERROR_BEFORE, Health.UNREACHABLE), (Fault.REFUSE, Health.OK)]
)
async def test_a_check_writes_down_what_a_failure_proves(bench: Bench, fault: Fault, health: Health) -> None:
    account = await bench.link("rosa")
    bench.network.fail("whoami", fault)
    with pytest.raises((AuthRevoked, NoNetwork, NetworkProblem)):
        await linking.check(bench.ws, account.id)
    assert linking.account(bench.ws, account.id).health is health


async def test_unlinking_takes_the_key_away_and_keeps_the_history(bench: Bench) -> None:
    account = await bench.link("rosa")
    bench.network.say("zoe", "Bonjour", to="rosa")
    await syncing.pull(bench.ws, account.id)
    assert not await linking.unlink(bench.ws, account.id)  # a pasted key has no app to revoke it with
    assert linking.accounts(bench.ws) == ()
    assert linking.account(bench.ws, account.id).unlinked_at == bench.clock.now()
    with pytest.raises(VaultProblem):
        bench.token_of(account)
    with pytest.raises(NotAllowed):
        await syncing.pull(bench.ws, account.id)
    again = await bench.link("rosa")
    assert (again.id, again.unlinked_at, again.health) == (account.id, None, Health.OK)


async def test_an_answer_that_comes_after_the_unlinking_is_dropped(bench: Bench) -> None:
    account = await bench.link("rosa")
    bench.network.say("zoe", "Bonjour", to="rosa")
    bench.network.fail("inbox", Fault.SLOW)
    pulling = asyncio.create_task(syncing.pull(bench.ws, account.id))
    await asyncio.sleep(0)
    with bench.ws.write() as session:
        session.connection().exec_driver_sql("UPDATE account SET unlinked_at = 1")
    bench.network.gate.set()
    assert (await pulling).new == 0
