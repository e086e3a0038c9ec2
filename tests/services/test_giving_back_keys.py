"""A key that is not kept, or no longer wanted, is given back to its server; whatever goes wrong there stops nothing here."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from keyring.errors import KeyringLocked as BackendLocked

from cmdesk.domain.account import Account, Network
from cmdesk.domain.errors import NetworkProblem, NoNetwork, VaultProblem, WrongIdentity
from cmdesk.domain.secret import Secret
from cmdesk.networks import oauth
from cmdesk.services import linking
from cmdesk.services.linking import APP
from tests.helpers.fake_network import Fault
from tests.helpers.keyrings import InMemoryKeyring, RaisingKeyring
from tests.services.test_linking import SERVER, Bench

pytestmark = pytest.mark.asyncio

REGISTERED = oauth.App(SERVER, "id", Secret("app-secret"), "http://127.0.0.1:1/", ("read", "write"))


class Revoked:
    """What the server was asked to forget; ``problem`` is what goes wrong with it."""

    def __init__(self) -> None:
        self.keys: list[tuple[str, str]] = []
        self.problem: NetworkProblem | None = None

    async def revoke(self, app: oauth.App, token: Secret, *, allow_private: bool) -> None:
        assert not allow_private
        self.keys.append((app.client_id, token.reveal()))
        if self.problem is not None:
            raise self.problem


class Login:
    """A log-in whose code was changed into a key already."""

    url = "https://fake.example/oauth/authorize"

    def __init__(self, name: str) -> None:
        self._name = name

    async def finish(self, _code: str) -> oauth.Grant:
        return oauth.Grant(SERVER, Secret(f"token-{self._name}"), ("read", "write"), REGISTERED)

    async def close(self) -> None:
        """Nothing is open."""


@pytest_asyncio.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    made = Bench(tmp_path, InMemoryKeyring())
    made.ws = await made.desk.create("Rosa")
    yield made
    await made.desk.close()


@pytest.fixture
def revoked(monkeypatch: pytest.MonkeyPatch) -> Revoked:
    made = Revoked()
    monkeypatch.setattr(oauth, "revoke", made.revoke)
    return made


async def by_code(bench: Bench, name: str, expected: Account | None = None) -> Account:
    bench.network.person(name)
    target = linking._Target(bench.ws, Network.MASTODON, SERVER, False, bench.introduce, expected)
    return await linking.CodeLinking(target, Login(name)).finish("code")  # type: ignore[arg-type]  # a log-in's double


async def test_a_key_that_is_kept_is_not_given_back(bench: Bench, revoked: Revoked) -> None:
    account = await by_code(bench, "rosa")
    assert (bench.token_of(account), revoked.keys) == ("token-rosa", [])
    kept = json.loads(bench.ws.secrets.get(account.uid, APP).reveal())
    assert (kept["client_id"], kept["origin"]) == ("id", SERVER)


@pytest.mark.parametrize("problem", [None, NoNetwork()])
async def test_somebody_elses_key_is_given_back_and_never_kept(
    bench: Bench, revoked: Revoked, problem: NetworkProblem | None
) -> None:
    rosa = await by_code(bench, "rosa")
    revoked.problem = problem
    with pytest.raises(WrongIdentity):
        await by_code(bench, "leo", expected=rosa)
    assert (revoked.keys, bench.token_of(rosa)) == ([("id", "token-leo")], "token-rosa")


async def test_a_key_whose_owner_nobody_could_tell_is_given_back(bench: Bench, revoked: Revoked) -> None:
    bench.network.person("rosa")
    bench.network.fail("whoami", Fault.REFUSE)
    with pytest.raises(NetworkProblem):
        await by_code(bench, "rosa")
    assert revoked.keys == [("id", "token-rosa")]
    assert linking.accounts(bench.ws, with_unlinked=True) == ()


async def test_unlinking_gives_the_key_back(bench: Bench, revoked: Revoked) -> None:
    account = await by_code(bench, "rosa")
    assert await linking.unlink(bench.ws, account.id)
    assert revoked.keys == [("id", "token-rosa")]
    assert bench.ws.secrets.names(account.uid) == ()


@pytest.mark.parametrize("kept", ["no json", "[]", '{"origin": "https://fake.example"}'])
async def test_an_app_that_cannot_be_read_leaves_the_key_to_the_server(bench: Bench, revoked: Revoked, kept: str) -> None:
    account = await by_code(bench, "rosa")
    bench.ws.secrets.put(account.uid, APP, Secret(kept))
    assert not await linking.unlink(bench.ws, account.id)
    assert (revoked.keys, bench.ws.secrets.names(account.uid)) == ([], ())


async def test_a_server_that_does_not_answer_keeps_nobody_from_unlinking(bench: Bench, revoked: Revoked) -> None:
    account = await by_code(bench, "rosa")
    revoked.problem = NoNetwork()
    assert not await linking.unlink(bench.ws, account.id)
    assert bench.ws.secrets.names(account.uid) == ()


async def test_a_pasted_key_has_no_app_and_is_only_deleted(bench: Bench, revoked: Revoked) -> None:
    account = await bench.link("rosa")
    assert not await linking.unlink(bench.ws, account.id)
    assert revoked.keys == []


async def test_behind_a_shut_keyring_nothing_is_unlinked(tmp_path: Path, revoked: Revoked) -> None:
    keyring = RaisingKeyring(BackendLocked("shut"), frozenset())
    made = Bench(tmp_path, keyring)
    made.ws = await made.desk.create("Rosa")
    account = await by_code(made, "rosa")
    keyring.verbs = frozenset({"get"})
    with pytest.raises(VaultProblem):
        await linking.unlink(made.ws, account.id)
    assert revoked.keys == []
    keyring.verbs = frozenset()
    assert made.token_of(account) == "token-rosa"
    assert linking.account(made.ws, account.id).unlinked_at is None
    await made.desk.close()
