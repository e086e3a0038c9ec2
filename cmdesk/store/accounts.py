"""Keeps a client's accounts: who they are, how well the line works, what was last fetched, and where to go on.

Functions that take a ``sqlite3.Connection`` read and need no ORM; those that take a ``Session`` write.
"""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime
from typing import TYPE_CHECKING, Any

from cmdesk.domain.account import GLOBAL_IDS, Account, Fetch, FetchKind, Health, Identity, Network, Role
from cmdesk.domain.errors import NotFound
from cmdesk.domain.ids import AccountId, ClientId
from cmdesk.domain.limits import Limits, Unit, Visibility
from cmdesk.domain.quota import Quota
from cmdesk.domain.views import AccountMark
from cmdesk.store.times import from_ms, to_ms

if TYPE_CHECKING:  # reading must not cost the ORM's import at start
    from sqlmodel import Session

_COLUMNS = (
    "id, uid, network, server, remote_id, handle, display_name, profile_url, avatar_url, linked_at, health, health_since,"
    " software, limits, roles, allow_private, unlinked_at"
)


def limits_to_json(limits: Limits) -> str:
    """Limits as the file keeps them: only what differs from the defaults, so that new fields need no migration."""
    default = Limits()
    told: dict[str, Any] = {}
    for name in Limits.__struct_fields__:
        value = getattr(limits, name)
        if value != getattr(default, name):
            told[name] = value
    if "unit" in told:
        told["unit"] = limits.unit.value
    if "mime_types" in told:
        told["mime_types"] = sorted(limits.mime_types)
    if "visibilities" in told:
        told["visibilities"] = [visibility.value for visibility in limits.visibilities]
    if "read_at" in told:
        told["read_at"] = to_ms(limits.read_at)
    return json.dumps(told, sort_keys=True)


def limits_from_json(text: str) -> Limits:
    """Limits as kept; names that this version does not know are passed over."""
    told = {name: value for name, value in json.loads(text).items() if name in Limits.__struct_fields__}
    if "unit" in told:
        told["unit"] = Unit(told["unit"])
    if "mime_types" in told:
        told["mime_types"] = frozenset(told["mime_types"])
    if "visibilities" in told:
        told["visibilities"] = tuple(Visibility(value) for value in told["visibilities"])
    if told.get("read_at") is not None:
        told["read_at"] = from_ms(told["read_at"])
    return Limits(**told)


def _roles(text: str) -> frozenset[Role]:
    known = {role.value: role for role in Role}
    return frozenset(known[value] for value in json.loads(text) if value in known)


def _roles_json(roles: frozenset[Role]) -> str:
    return json.dumps(sorted(role.value for role in roles))


def _account(row: tuple[Any, ...], fetches: tuple[Fetch, ...]) -> Account:
    return Account(
        id=AccountId(row[0]),
        uid=row[1],
        identity=Identity(Network(row[2]), row[3], row[4], row[5], row[6], row[7], row[8]),
        linked_at=from_ms(row[9]),
        health=Health(row[10]),
        health_since=from_ms(row[11]),
        software=row[12],
        limits=limits_from_json(row[13]),
        roles=_roles(row[14]),
        allow_private=bool(row[15]),
        unlinked_at=from_ms(row[16]),
        fetches=fetches,
    )


def _fetches(connection: sqlite3.Connection) -> dict[int, tuple[Fetch, ...]]:
    found: dict[int, tuple[Fetch, ...]] = {}
    rows = connection.execute("SELECT account_id, kind, succeeded_at, tried_at, problem FROM account_fetch ORDER BY kind")
    for account, kind, succeeded, tried, problem in rows:
        fetch = Fetch(FetchKind(kind), from_ms(succeeded), from_ms(tried), problem)
        found[account] = (*found.get(account, ()), fetch)
    return found


def accounts(connection: sqlite3.Connection, *, with_unlinked: bool = False) -> tuple[Account, ...]:
    """The client's accounts in the order they were linked."""
    where = "" if with_unlinked else "WHERE unlinked_at IS NULL"
    fetches = _fetches(connection)
    rows = connection.execute(f"SELECT {_COLUMNS} FROM account {where} ORDER BY id")
    return tuple(_account(row, fetches.get(row[0], ())) for row in rows)


def account(connection: sqlite3.Connection, account_id: AccountId) -> Account:
    """One account, unlinked or not; raises NotFound."""
    row = connection.execute(f"SELECT {_COLUMNS} FROM account WHERE id = ?", (account_id,)).fetchone()
    if row is None:
        raise NotFound(what="account", ref=str(account_id))
    return _account(row, _fetches(connection).get(row[0], ()))


def with_identity(connection: sqlite3.Connection, identity: Identity) -> Account | None:
    """The account with this identity, unlinked or not."""
    row = connection.execute(
        f"SELECT {_COLUMNS} FROM account WHERE network = ? AND (server = ? OR ?) AND remote_id = ?",
        (identity.network.value, identity.server, identity.network in GLOBAL_IDS, identity.remote_id),
    ).fetchone()
    return None if row is None else _account(row, _fetches(connection).get(row[0], ()))


def marks(connection: sqlite3.Connection, client: ClientId, *, with_unlinked: bool = False) -> tuple[AccountMark, ...]:
    """The client's accounts as small marks."""
    where = "" if with_unlinked else "WHERE unlinked_at IS NULL"
    rows = connection.execute(f"SELECT id, network, handle, health FROM account {where} ORDER BY id")
    return tuple(AccountMark(client, AccountId(row[0]), Network(row[1]), row[2], Health(row[3])) for row in rows)


def cursor(connection: sqlite3.Connection, account_id: AccountId, kind: FetchKind) -> str | None:
    """Where the next fetch of this kind goes on; None before the first one."""
    row = connection.execute(
        "SELECT cursor FROM account_fetch WHERE account_id = ? AND kind = ?", (account_id, kind.value)
    ).fetchone()
    return None if row is None else row[0]


def add(
    session: Session,
    *,
    uid: str,
    identity: Identity,
    at: datetime,
    software: str,
    limits: Limits,
    roles: frozenset[Role],
    allow_private: bool,
) -> AccountId:
    """A new account, as unusable as long as its secret is not stored: health SECRET_MISSING."""
    now = to_ms(at)
    result = session.connection().exec_driver_sql(
        "INSERT INTO account (uid, network, server, remote_id, handle, display_name, profile_url, avatar_url, linked_at, health,"
        " health_since, software, limits, roles, allow_private) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            uid,
            identity.network.value,
            identity.server,
            identity.remote_id,
            identity.handle,
            identity.display_name,
            identity.profile_url,
            identity.avatar_url,
            now,
            Health.SECRET_MISSING.value,
            now,
            software,
            limits_to_json(limits),
            _roles_json(roles),
            allow_private,
        ),
    )
    return AccountId(result.lastrowid)


def remove_unused(session: Session, account_id: AccountId) -> None:
    """Takes back a row whose key could not be kept; one that anything refers to stays."""
    session.connection().exec_driver_sql(
        "DELETE FROM account WHERE id = ? AND health = 'secret_missing' AND NOT EXISTS (SELECT 1 FROM delivery WHERE"
        " account_id = account.id) AND NOT EXISTS (SELECT 1 FROM post_variant WHERE account_id = account.id) AND NOT EXISTS"
        " (SELECT 1 FROM message WHERE account_id = account.id) AND NOT EXISTS (SELECT 1 FROM account_fetch WHERE account_id ="
        " account.id)",
        (account_id,),
    )


def rename(session: Session, account_id: AccountId, identity: Identity) -> None:
    """What may change of a person without being another one: handle, name, pictures, and the server where ids are global."""
    session.connection().exec_driver_sql(
        "UPDATE account SET server = ?, handle = ?, display_name = ?, profile_url = ?, avatar_url = ? WHERE id = ?",
        (identity.server, identity.handle, identity.display_name, identity.profile_url, identity.avatar_url, account_id),
    )


def set_profile(session: Session, account_id: AccountId, software: str, limits: Limits, roles: frozenset[Role]) -> None:
    """What the server said of itself; ``limits.read_at`` dates it."""
    session.connection().exec_driver_sql(
        "UPDATE account SET software = ?, limits = ?, roles = ? WHERE id = ?",
        (software, limits_to_json(limits), _roles_json(roles), account_id),
    )


def set_health(session: Session, account_id: AccountId, health: Health, at: datetime) -> bool:
    """Tells whether it changed; ``health_since`` moves only then."""
    result = session.connection().exec_driver_sql(
        "UPDATE account SET health = ?, health_since = ? WHERE id = ? AND health <> ?",
        (health.value, to_ms(at), account_id, health.value),
    )
    return bool(result.rowcount)


def relink(session: Session, account_id: AccountId, at: datetime, *, allow_private: bool) -> None:
    """The account is in use again (its cursors stay: what came in meanwhile is fetched without a hole)."""
    session.connection().exec_driver_sql(
        "UPDATE account SET unlinked_at = NULL, allow_private = ?, linked_at = CASE WHEN unlinked_at IS NULL THEN linked_at"
        " ELSE ? END WHERE id = ?",
        (allow_private, to_ms(at), account_id),
    )


def unlink(session: Session, account_id: AccountId, at: datetime) -> None:
    """The account is no longer in use; its history stays."""
    session.connection().exec_driver_sql(
        "UPDATE account SET unlinked_at = ?, health = ?, health_since = ? WHERE id = ? AND unlinked_at IS NULL",
        (to_ms(at), Health.SECRET_MISSING.value, to_ms(at), account_id),
    )


def fetch_succeeded(session: Session, account_id: AccountId, kind: FetchKind, next_cursor: str | None, at: datetime) -> None:
    """Dates a fetch that worked; a page without a cursor leaves the stored one where it is."""
    now = to_ms(at)
    session.connection().exec_driver_sql(
        "INSERT INTO account_fetch (account_id, kind, cursor, succeeded_at, tried_at, problem) VALUES (?, ?, ?, ?, ?, NULL)"
        " ON CONFLICT (account_id, kind) DO UPDATE SET cursor = COALESCE(excluded.cursor, cursor), succeeded_at ="
        " excluded.succeeded_at, tried_at = excluded.tried_at, problem = NULL",
        (account_id, kind.value, next_cursor, now, now),
    )


def fetch_failed(session: Session, account_id: AccountId, kind: FetchKind, problem: str, at: datetime) -> None:
    """Dates a fetch that failed, with the code of why; the cursor and the last success stay."""
    session.connection().exec_driver_sql(
        "INSERT INTO account_fetch (account_id, kind, tried_at, problem) VALUES (?, ?, ?, ?)"
        " ON CONFLICT (account_id, kind) DO UPDATE SET tried_at = excluded.tried_at, problem = excluded.problem",
        (account_id, kind.value, to_ms(at), problem),
    )


def quotas(connection: sqlite3.Connection, account_id: AccountId) -> tuple[Quota, ...]:
    """How much an account may still do, as its network last said."""
    rows = connection.execute(
        "SELECT name, remaining, allowed, resets_at, read_at FROM account_quota WHERE account_id = ? ORDER BY name", (account_id,)
    )
    return tuple(Quota(row[0], row[1], row[2], from_ms(row[3]), from_ms(row[4])) for row in rows)


def note_quotas(session: Session, account_id: AccountId, found: tuple[Quota, ...]) -> None:
    """Keeps what a network said is left."""
    for one in found:
        session.connection().exec_driver_sql(
            "INSERT INTO account_quota (account_id, name, remaining, allowed, resets_at, read_at) VALUES (?, ?, ?, ?, ?, ?)"
            " ON CONFLICT (account_id, name) DO UPDATE SET remaining = excluded.remaining, allowed = excluded.allowed,"
            " resets_at = excluded.resets_at, read_at = excluded.read_at",
            (account_id, one.name, one.remaining, one.allowed, to_ms(one.resets_at), to_ms(one.read_at)),
        )
