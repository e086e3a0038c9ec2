"""A desk on disk whose accounts speak to a network in memory, each with the key that its own keyring holds."""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from cmdesk.domain.account import Account, Health, Identity, Role
from cmdesk.domain.changes import Changes
from cmdesk.domain.clock import Clock
from cmdesk.domain.errors import SecretMissing
from cmdesk.domain.ids import AccountId
from cmdesk.domain.limits import Limits
from cmdesk.domain.secret import Secret
from cmdesk.networks.port import Connector, SecretSource
from cmdesk.services.desk import Desk
from cmdesk.services.home import Home
from cmdesk.services.workspace import TOKEN, ConnectorFactory, Workspace
from cmdesk.store import accounts
from cmdesk.vault import Vault
from tests.helpers.clocks import FakeClock
from tests.helpers.fake_network import FakeConnector, FakeNetwork, Fault
from tests.helpers.keyrings import InMemoryKeyring

T = TypeVar("T")


class KeyedConnector(FakeConnector):
    """Asks the keyring at every call, as the real ones do."""

    def __init__(self, network: FakeNetwork, secret: SecretSource) -> None:
        super().__init__(network, "")
        self._secret = secret

    async def _begin(self, operation: str, text: str = "") -> tuple[Identity, Fault | None]:
        self._token = (await self._secret()).reveal()
        return await super()._begin(operation, text)


def speaking_to(network: FakeNetwork) -> ConnectorFactory:
    """Connectors of this network."""

    def connect(account: Account, secret: SecretSource, *, clock: Clock) -> Connector:
        return KeyedConnector(network, secret)

    return connect


async def at_once(function: Callable[..., T], /, *args: Any, **kwargs: Any) -> T:
    """A helper thread that is none, so that a test's steps are in order."""
    return function(*args, **kwargs)


def open_desk(
    folder: Path,
    network: FakeNetwork,
    clock: FakeClock,
    *,
    keyring: InMemoryKeyring,
    on_change: Callable[[Changes], None] | None = None,
    seed: int = 1,
    connectors: ConnectorFactory | None = None,
) -> Desk:
    """A desk in a folder, prepared and scanned; the keyring outlives it, as the system's does."""
    home = Home(folder)
    home.prepare()
    desk = Desk(
        home,
        vault=Vault(keyring),
        clock=clock,
        on_change=on_change or (lambda _changes: None),
        connectors=connectors or speaking_to(network),
        helper=at_once,
        rng=random.Random(seed),
    )
    desk.scan()
    return desk


def link(ws: Workspace, network: FakeNetwork, name: str) -> AccountId:
    """An account of somebody, linked and well, with its key in the keyring."""
    identity = network.person(name)
    uid = f"{ws.client.id}-{name}-uid-{identity.remote_id}"
    with ws.write() as session:
        account = accounts.add(
            session,
            uid=uid,
            identity=identity,
            at=ws.clock.now(),
            software="fake 1.0",
            limits=Limits(read_at=ws.clock.now()),
            roles=frozenset(Role),
            allow_private=False,
        )
        accounts.set_health(session, account, Health.OK, ws.clock.now())
    ws.secrets.put(uid, TOKEN, Secret(f"token-{name}"))
    return account


def lose_secret(ws: Workspace, account: AccountId) -> None:
    """The keyring of this computer no longer has the key."""
    with ws.read() as connection:
        uid = accounts.account(connection, account).uid
    ws.secrets.delete(uid)
    try:
        ws.secrets.get(uid, TOKEN)
    except SecretMissing:
        return
    raise AssertionError("the key is still there")
