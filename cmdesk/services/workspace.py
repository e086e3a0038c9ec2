"""One client's room: its folder, its file, its own view of the keyring, and connectors that speak for its accounts only.

A workspace is handed over by whoever works for a client; nothing here or elsewhere knows a "current" one.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from cmdesk.domain.account import KEYS_RENEW, Account
from cmdesk.domain.changes import Topic
from cmdesk.domain.client import Client
from cmdesk.domain.clock import Clock
from cmdesk.domain.errors import NotAllowed, VaultProblem
from cmdesk.domain.ids import AccountId
from cmdesk.services.helping import Helper, in_thread
from cmdesk.services.home import MEDIA
from cmdesk.store import accounts, first
from cmdesk.store.database import Database

if TYPE_CHECKING:
    import asyncio

    from cmdesk.domain.secret import Secret
    from cmdesk.networks.port import Connector, SecretSource
    from cmdesk.services.machine import Machine
    from cmdesk.services.proofreading import Proofreader
    from cmdesk.store.database import Connection, Session
    from cmdesk.vault import ClientVault

#: The name under which the keyring keeps what an account's connector speaks with.
TOKEN = "access_token"


class ConnectorFactory(Protocol):
    """Builds a connector bound to one account. ``secret`` asks the keyring, at every call, for this account's secret alone."""

    def __call__(self, account: Account, secret: SecretSource, *, clock: Clock) -> Connector: ...


class _Turns(dict[AccountId, "asyncio.Lock"]):
    """A lock per account, made at its first use."""

    def __missing__(self, account: AccountId) -> asyncio.Lock:
        import asyncio  # start-up speed, as above

        return self.setdefault(account, asyncio.Lock())


def real_connector(account: Account, secret: SecretSource, *, clock: Clock) -> Connector:
    """The connector for an account of a real network."""
    from cmdesk.networks import registry  # start-up speed: it brings the HTTP client
    from cmdesk.services.pictures import Door  # as above

    return registry.build(
        account.identity,
        secret=secret,
        clock=clock,
        software=account.software,
        allow_private=account.allow_private,
        pictures=Door(),
    )


class Workspace:
    """All that belongs to one client."""

    def __init__(
        self,
        database: Database,
        folder: Path,
        *,
        secrets: ClientVault,
        clock: Clock,
        connectors: ConnectorFactory,
        helper: Helper | None = None,
        machine: Callable[[], Machine],
        proofreader: Callable[[], Proofreader],
        neighbours: Callable[[], tuple[Workspace, ...]] = tuple,
    ) -> None:
        self.database = database
        self.folder = folder
        self.secrets = secrets
        self.clock = clock
        self.helper: Helper = helper or in_thread
        self._machine = machine
        self._proofreader = proofreader
        self._neighbours = neighbours
        self._factory = connectors
        self._connectors: dict[AccountId, Connector] = {}
        self._retired: list[Connector] = []
        self.pulling = _Turns()  # never two pulls of one account
        self.client: Client
        self.refresh()

    @property
    def media_folder(self) -> Path:
        """Where the client's pictures and films lie."""
        return self.folder / MEDIA

    @property
    def machine(self) -> Machine:
        """What tells this computer from others, and remembers this file outside of the data folder."""
        return self._machine()

    @property
    def proofreader(self) -> Proofreader:
        """What reads texts for mistakes; the same for every client, told with each text whose it is."""
        return self._proofreader()

    @property
    def neighbours(self) -> tuple[Workspace, ...]:
        """The clients of the same desk, this one among them: only to notice what is theirs in this one's texts."""
        return self._neighbours()

    def refresh(self) -> None:
        """Reads again who this client is."""
        with self.read() as connection:
            self.client = first.client(connection)

    def read(self) -> AbstractContextManager[Connection]:
        """A connection of the calling thread that can only read; nothing may be awaited inside."""
        return self.database.read()

    def write(self, *topics: Topic, initiator: str | None = None) -> AbstractContextManager[Session]:
        """One transaction, in the engine's thread only; nothing may be awaited inside."""
        return self.database.write(*topics, initiator=initiator)

    async def connector(self, account_id: AccountId) -> Connector:
        """The connector that speaks for this account and no other; made at the first call, then kept.

        Raises NotFound or NotAllowed (the account is unlinked). Its calls raise a VaultProblem when the secret can't be had.
        """
        known = self._connectors.get(account_id)
        if known is not None:
            return known
        with self.read() as connection:
            account = accounts.account(connection, account_id)
        if account.unlinked_at is not None:
            raise NotAllowed(from_state="unlinked", to_state="connected")
        source = self._source(account_id, account.uid, renews=account.identity.network in KEYS_RENEW)
        made = self._connectors[account_id] = self._factory(account, source, clock=self.clock)
        return made

    def _source(self, account_id: AccountId, uid: str, *, renews: bool) -> SecretSource:
        """Asks the keyring at every call, and notices when it holds another key than before.

        Another key may be another voice (another program linked the account again, or somebody swapped entries): this
        connector then never speaks again, and the next one says first who it is.
        """
        if renews:
            # Such a key changes by itself; the connector sees in it whom it is for, and asks again who it is.
            from cmdesk.services.renewing import AccountKey  # start-up speed: the first window changes no keys

            return AccountKey(self.secrets, uid, TOKEN, folder=self.folder, helper=self.helper)
        import hashlib  # start-up speed, as above
        import secrets

        salt = secrets.token_bytes(32)
        seen: list[bytes] = []

        async def ask() -> Secret:
            secret = await self.helper(self.secrets.get, uid, TOKEN)
            mark = hashlib.blake2b(secret.reveal().encode("utf-8", "surrogatepass"), key=salt).digest()
            if mark != (seen or [mark])[0]:
                retired = self._connectors.pop(account_id, None)
                if retired is not None:
                    self._retired.append(retired)
                raise VaultProblem("secret_changed", account=uid)
            seen[:] = [mark]
            return secret

        return ask

    async def drop_connector(self, account_id: AccountId) -> None:
        """Forgets an account's connector and closes it: its secret or its server has changed."""
        known = self._connectors.pop(account_id, None)
        if known is not None:
            await known.close()

    async def close(self) -> None:
        """Closes connectors and file. Harmless when repeated."""
        for account_id in tuple(self._connectors):
            await self.drop_connector(account_id)
        while self._retired:
            await self._retired.pop().close()
        self.database.close()


__all__ = ["TOKEN", "ConnectorFactory", "Helper", "Workspace", "in_thread"]
