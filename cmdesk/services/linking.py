"""Links accounts: the network says who we are before anything is kept, and a key of somebody else is never stored.

Order of a first linking: "who am I", the account's row (health: key missing), the key into the keyring, then health OK.
A crash in between leaves an account that says honestly that its key is missing, and never a key without an account.
"""

from __future__ import annotations

import contextlib
import json
import secrets
from typing import TYPE_CHECKING, Protocol, cast

from msgspec import Struct
from msgspec.structs import replace

from cmdesk.domain.account import GLOBAL_IDS, Account, Health, Identity, Network
from cmdesk.domain.clock import Clock
from cmdesk.domain.errors import BadInput, CmdeskError, NetworkProblem, NotAllowed, VaultProblem, WrongIdentity
from cmdesk.domain.ids import AccountId
from cmdesk.domain.quota import Quota
from cmdesk.domain.secret import Secret
from cmdesk.domain.views import AccountMark
from cmdesk.services.health import note_failure, still_linked
from cmdesk.services.workspace import TOKEN, Workspace
from cmdesk.store import accounts as store
from cmdesk.store import outbox
from cmdesk.store.database import reading

if TYPE_CHECKING:
    from cmdesk.networks._bluesky_session import Session
    from cmdesk.networks.bluesky_oauth import BlueskyLogin
    from cmdesk.networks.oauth import BrowserLogin, CodeLogin, Grant
    from cmdesk.networks.port import Connector, SecretSource, ServerProfile
    from cmdesk.networks.practice import PracticeNetwork
    from cmdesk.services.desk import Desk

#: The name under which the keyring keeps how cmdesk is registered on the account's server: needed to revoke.
APP = "app"

_LONGEST_TOKEN = 16_384


class Introducer(Protocol):
    """Makes a connector for somebody whose identity is not known yet: it can ask, and nothing else."""

    def __call__(
        self, network: Network, server: str, *, secret: SecretSource, clock: Clock, allow_private: bool
    ) -> Connector: ...


# Reading


def accounts(ws: Workspace, with_unlinked: bool = False) -> tuple[Account, ...]:
    """The client's accounts in the order they were linked."""
    with ws.read() as connection:
        return store.accounts(connection, with_unlinked=with_unlinked)


def account(ws: Workspace, account_id: AccountId) -> Account:
    """One account; raises NotFound."""
    with ws.read() as connection:
        return store.account(connection, account_id)


def quotas(ws: Workspace, account_id: AccountId) -> tuple[Quota, ...]:
    """How much an account may still do, as its network last said; nothing where it never did."""
    with ws.read() as connection:
        return store.quotas(connection, account_id)


def marks(ws: Workspace) -> tuple[AccountMark, ...]:
    """The client's accounts as small marks."""
    with ws.read() as connection:
        return store.marks(connection, ws.client.id)


def linked_elsewhere(desk: Desk, ws: Workspace, account_id: AccountId) -> tuple[Workspace, ...]:
    """Other clients that speak with the same voice: allowed, but worth a question."""
    mine = account(ws, account_id).identity
    return tuple(
        other for other in desk.all_workspaces if other is not ws and any(one.identity.same_as(mine) for one in accounts(other))
    )


# Linking


class _Target(Struct, frozen=True):
    """Where a linking leads: a server, and for a relink the account it must turn out to be."""

    ws: Workspace
    network: Network
    server: str
    allow_private: bool
    introduce: Introducer
    expected: Account | None = None


class Linking:
    """A login that is under way in the browser. Show or open ``url``, then await ``finish``; ``close`` gives up."""

    def __init__(self, target: _Target, login: BrowserLogin | BlueskyLogin) -> None:
        self._target = target
        self._login = login
        self._grant: Grant | Session | None = None
        self.url = login.url

    async def finish(self, timeout: float = 300.0) -> Account:  # noqa: ASYNC109 - how long a person may take, not a call
        """Waits for the browser's answer and keeps the account. After a VaultProblem it may be called again: the login stands.

        Raises NetworkProblem (WrongIdentity when a relink turns out to be somebody else), VaultProblem.
        """
        if self._grant is None:
            self._grant = await self._login.finish(timeout)
        if self._target.network is Network.BLUESKY:
            return await _keep_session(self._target, cast("Session", self._grant))
        return await _keep_grant(self._target, cast("Grant", self._grant))

    async def close(self) -> None:
        """Gives up; harmless afterwards."""
        await self._login.close()


class CodeLinking:
    """A login whose code the user copies from the browser. Show ``url``, then ``finish`` with the code."""

    def __init__(self, target: _Target, login: CodeLogin) -> None:
        self._target = target
        self._login = login
        self._grant: Grant | None = None
        self.url = login.url

    async def finish(self, code: str) -> Account:
        """Trades the code for a key and keeps the account; after a VaultProblem it may be called again.

        Raises BadInput(field="code"), NetworkProblem, VaultProblem.
        """
        if self._grant is None:
            self._grant = await self._login.finish(code)
        return await _keep_grant(self._target, self._grant)

    async def close(self) -> None:
        """Gives up; harmless afterwards."""
        await self._login.close()


async def begin_browser(
    ws: Workspace,
    network: Network,
    server: str,
    *,
    done: bytes,
    failed: bytes,
    allow_private: bool = False,
    language: str = "",
    expected: Account | None = None,
    introduce: Introducer | None = None,
    handle: str = "",
) -> Linking:
    """Registers cmdesk on the server and listens for the browser's answer. ``done`` and ``failed`` are the pages it then shows.

    On Bluesky the ``handle`` tells the server (which may be given all the same); with neither it is Bluesky's own.
    Raises BadInput(field="server" or "handle"), NetworkProblem.
    """
    if network is Network.BLUESKY:
        return await _begin_bluesky(
            _Target(ws, network, server, allow_private, introduce or _introducer(), expected),
            handle,
            done=done,
            failed=failed,
            language=language,
        )
    from cmdesk.networks import oauth  # start-up speed: it brings the HTTP client

    target = _target(ws, network, server, allow_private=allow_private, expected=expected, introduce=introduce)
    login = await oauth.BrowserLogin.begin(
        target.server, done=done, failed=failed, allow_private=allow_private, language=language
    )
    return Linking(target, login)


async def begin_code(
    ws: Workspace,
    network: Network,
    server: str,
    *,
    allow_private: bool = False,
    language: str = "",
    expected: Account | None = None,
    introduce: Introducer | None = None,
) -> CodeLinking:
    """Registers cmdesk on the server for a login whose code is copied. Raises BadInput(field="server"), NetworkProblem."""
    from cmdesk.networks import oauth  # start-up speed: it brings the HTTP client

    target = _target(ws, network, server, allow_private=allow_private, expected=expected, introduce=introduce)
    login = await oauth.CodeLogin.begin(target.server, allow_private=allow_private, language=language)
    return CodeLinking(target, login)


async def with_token(
    ws: Workspace,
    network: Network,
    server: str,
    token: Secret,
    allow_private: bool = False,
    *,
    expected: Account | None = None,
    introduce: Introducer | None = None,
) -> Account:
    """Links with a key that the user already has. Raises BadInput(field="token" or "server"), NetworkProblem, VaultProblem."""
    cleaned = token.reveal().strip()
    if not cleaned:
        raise BadInput(field="token", reason="empty")
    if len(cleaned) > _LONGEST_TOKEN or not cleaned.isascii() or not cleaned.isprintable() or " " in cleaned:
        raise BadInput(field="token", reason="not_a_token")
    return await _keep(
        _target(ws, network, server, allow_private=allow_private, expected=expected, introduce=introduce), Secret(cleaned), None
    )


async def with_password(
    ws: Workspace,
    handle: str,
    password: Secret,
    *,
    server: str = "",
    allow_private: bool = False,
    expected: Account | None = None,
    introduce: Introducer | None = None,
) -> Account:
    """Links a Bluesky account by an app password, which is used once and kept nowhere: the session it opens is kept.

    Without ``server`` it is found out from the handle. Raises BadInput(field="handle", "password" or "server"),
    NetworkProblem, VaultProblem.
    """
    from cmdesk.networks import bluesky_login, registry  # start-up speed: it brings the HTTP client

    session = await bluesky_login.sign_in(
        handle,
        password,
        lines=registry.lines(allow_private=allow_private),
        clock=ws.clock,
        server=server.strip(),
        allow_private=allow_private,
    )
    target = _Target(ws, Network.BLUESKY, session.pds, allow_private, introduce or registry.introduce, expected)
    return await _keep_session(target, session)


async def _begin_bluesky(target: _Target, handle: str, *, done: bytes, failed: bytes, language: str) -> Linking:
    from cmdesk.networks import registry  # start-up speed: it brings the HTTP client
    from cmdesk.networks.bluesky_oauth import BlueskyLogin  # as above

    login = await BlueskyLogin.begin(
        handle.strip(),
        lines=registry.lines(allow_private=target.allow_private),
        clock=target.ws.clock,
        done=done,
        failed=failed,
        server=target.server.strip(),
        allow_private=target.allow_private,
        language=language,
    )
    return Linking(target, login)


def _introducer() -> Introducer:
    from cmdesk.networks import registry  # start-up speed: it brings the HTTP client

    return registry.introduce


async def _keep_session(target: _Target, session: Session) -> Account:
    try:
        return await _keep(replace(target, server=session.pds), session.packed(), None)
    except NetworkProblem:
        # A session that will not be kept should not stay open on the server.
        await _sign_out(target.ws, session.packed(), allow_private=target.allow_private)
        raise


async def _sign_out(ws: Workspace, session: Secret, *, allow_private: bool) -> bool:
    from cmdesk.networks import bluesky_login, registry  # start-up speed: it brings the HTTP client

    try:
        await bluesky_login.sign_out(session, lines=registry.lines(allow_private=allow_private), clock=ws.clock)
    except (NetworkProblem, VaultProblem):
        return False
    return True


async def link_practice(ws: Workspace, persona: str, practice: PracticeNetwork) -> Account:
    """Links an account of the practice network; ``persona`` is the key of one of its people."""
    from cmdesk.networks import registry  # start-up speed: it brings the HTTP client

    def introduce(network: Network, server: str, *, secret: SecretSource, clock: Clock, allow_private: bool) -> Connector:
        return registry.introduce(network, server, secret=secret, clock=clock, allow_private=allow_private, practice=practice)

    target = _target(ws, Network.PRACTICE, "", allow_private=False, expected=None, introduce=introduce)
    return await _keep(target, Secret(persona), None)


async def relink(ws: Workspace, account_id: AccountId, *, done: bytes, failed: bytes, language: str = "") -> Linking:
    """Links an account again in the browser; whoever else turns up there is refused and the old key stays.

    With a code or a token: ``begin_code`` and ``with_token`` with ``expected``.
    """
    known = account(ws, account_id)
    return await begin_browser(
        ws,
        known.identity.network,
        server_to_ask(known),
        done=done,
        failed=failed,
        allow_private=known.allow_private,
        language=language,
        expected=known,
        handle=known.identity.handle if known.identity.network in GLOBAL_IDS else "",
    )


def server_to_ask(known: Account) -> str:
    """Where an account is linked again: its server, unless it may have moved meanwhile and its id tells where to."""
    return "" if known.identity.network in GLOBAL_IDS and not known.allow_private else known.identity.server


def _target(
    ws: Workspace,
    network: Network,
    server: str,
    *,
    allow_private: bool,
    expected: Account | None,
    introduce: Introducer | None,
) -> _Target:
    from cmdesk.networks import registry  # start-up speed: it brings the HTTP client

    origin = registry.clean_server(network, server, allow_private=allow_private)
    return _Target(ws, network, origin, allow_private, introduce or registry.introduce, expected)


async def _keep_grant(target: _Target, grant: Grant) -> Account:
    try:
        return await _keep(target, grant.access, grant)
    except NetworkProblem:
        # A key that will not be kept should not stay valid on the server.
        await _revoke(grant, target.allow_private)
        raise


async def _revoke(grant: Grant, allow_private: bool) -> None:
    from cmdesk.networks import oauth  # start-up speed: it brings the HTTP client

    with contextlib.suppress(NetworkProblem):
        await oauth.revoke(grant.app, grant.access, allow_private=allow_private)


async def _keep(target: _Target, token: Secret, grant: Grant | None) -> Account:
    identity, profile = await _introduced(target, token)
    if target.expected is not None and not identity.same_as(target.expected.identity):
        raise WrongIdentity(expected=target.expected.identity.handle, found=identity.handle)
    ws = target.ws
    account_id, new = _write_row(target, identity, profile)
    uid = account(ws, account_id).uid
    try:
        # Who practises needs no keyring: the practice network's people have no secrets.
        if target.network is not Network.PRACTICE:
            if grant is not None:
                await ws.helper(ws.secrets.put, uid, APP, _packed(grant))
            await ws.helper(ws.secrets.put, uid, TOKEN, token)
    except VaultProblem:
        if new:
            await _forget(ws, account_id, uid)
        raise
    await ws.drop_connector(account_id)
    with ws.write() as session:
        now = ws.clock.now()
        store.relink(session, account_id, now, allow_private=target.allow_private)
        store.rename(session, account_id, identity)
        store.set_profile(session, account_id, profile.software, profile.limits, profile.roles)
        store.set_health(session, account_id, Health.OK, now)
        outbox.release_account(session, account_id, now)
    return account(ws, account_id)


async def _introduced(target: _Target, token: Secret) -> tuple[Identity, ServerProfile]:
    """Who the key speaks for, and what the server is."""

    async def source() -> Secret:
        return token

    connector = target.introduce(
        target.network, target.server, secret=source, clock=target.ws.clock, allow_private=target.allow_private
    )
    try:
        return await connector.whoami(), await connector.profile()
    finally:
        await connector.close()


def _write_row(target: _Target, identity: Identity, profile: ServerProfile) -> tuple[AccountId, bool]:
    """The account's row, and whether it is new. One that is known keeps what it says until the new key is kept."""
    with target.ws.write() as session:
        known = store.with_identity(reading(session), identity)
        if known is not None:
            return known.id, False
        made = store.add(
            session,
            uid=secrets.token_hex(8),
            identity=identity,
            at=target.ws.clock.now(),
            software=profile.software,
            limits=profile.limits,
            roles=profile.roles,
            allow_private=target.allow_private,
        )
        return made, True


async def _forget(ws: Workspace, account_id: AccountId, uid: str) -> None:
    """Takes back the row of an account whose key could not be kept."""
    with contextlib.suppress(VaultProblem):
        await ws.helper(ws.secrets.delete, uid)
    with ws.write() as session:
        store.remove_unused(session, account_id)


def _packed(grant: Grant) -> Secret:
    app = grant.app
    return Secret(
        json.dumps(
            {
                "origin": app.origin,
                "client_id": app.client_id,
                "client_secret": app.client_secret.reveal(),
                "redirect_uri": app.redirect_uri,
                "scopes": list(app.scopes),
            }
        )
    )


# What is asked later


async def whoami(ws: Workspace, account_id: AccountId) -> Identity:
    """Who the network says we are; changes nothing. Raises NetworkProblem, VaultProblem."""
    return await (await ws.connector(account_id)).whoami()


async def check(ws: Workspace, account_id: AccountId) -> Account:
    """Asks who we are and what the server allows now, and writes down what was learnt.

    Raises NetworkProblem or VaultProblem, after its meaning for the account's health is stored.
    """
    known = account(ws, account_id)
    connector = await ws.connector(account_id)
    try:
        identity = await connector.whoami()
        if not identity.same_as(known.identity):
            raise WrongIdentity(expected=known.identity.handle, found=identity.handle)
        profile = await connector.profile()
    except CmdeskError as problem:
        note_failure(ws, known, problem)
        raise
    with ws.write() as session:
        if still_linked(session, known):
            now = ws.clock.now()
            store.rename(session, account_id, identity)
            store.set_profile(session, account_id, profile.software, replace(profile.limits), profile.roles)
            store.set_health(session, account_id, Health.OK, now)
            outbox.release_account(session, account_id, now)
    return account(ws, account_id)


async def unlink(ws: Workspace, account_id: AccountId) -> bool:
    """Revokes the key where the server can, deletes it here and keeps the history. Tells whether the server took it back.

    Raises NotAllowed when it is unlinked already, VaultProblem when the keyring can't be asked (nothing has changed then).
    """
    known = account(ws, account_id)
    if known.unlinked_at is not None:
        raise NotAllowed(from_state="unlinked", to_state="unlinked")
    revoked = False
    if known.identity.network is not Network.PRACTICE:
        revoked = await _revoke_stored(ws, known)
        await ws.helper(ws.secrets.delete, known.uid)
    await ws.drop_connector(account_id)
    with ws.write() as session:
        store.unlink(session, account_id, ws.clock.now())
    return revoked


async def _revoke_stored(ws: Workspace, known: Account) -> bool:
    names = await ws.helper(ws.secrets.names, known.uid)
    if known.identity.network is Network.BLUESKY and TOKEN in names:
        try:
            session = await ws.helper(ws.secrets.get, known.uid, TOKEN)
        except VaultProblem:
            return False
        return await _sign_out(ws, session, allow_private=known.allow_private)
    if not {APP, TOKEN} <= set(names):
        return False
    from cmdesk.networks import oauth  # start-up speed: it brings the HTTP client

    try:
        told = json.loads((await ws.helper(ws.secrets.get, known.uid, APP)).reveal())
        token = await ws.helper(ws.secrets.get, known.uid, TOKEN)
        app = oauth.App(
            told["origin"],
            told["client_id"],
            Secret(told["client_secret"]),
            told["redirect_uri"],
            tuple(told["scopes"]),
        )
        await oauth.revoke(app, token, allow_private=known.allow_private)
    except (NetworkProblem, VaultProblem, ValueError, KeyError, TypeError):
        return False
    return True


__all__ = [
    "APP",
    "CodeLinking",
    "Introducer",
    "Linking",
    "account",
    "accounts",
    "begin_browser",
    "begin_code",
    "check",
    "link_practice",
    "linked_elsewhere",
    "marks",
    "relink",
    "server_to_ask",
    "unlink",
    "whoami",
    "with_password",
    "with_token",
]
