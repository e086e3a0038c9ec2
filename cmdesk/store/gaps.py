"""Keeps what of an inbox was never read as rows, and which conversations are asked for again, and when."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from cmdesk.domain.account import FetchKind
from cmdesk.domain.ids import AccountId
from cmdesk.store.times import from_ms, to_ms

if TYPE_CHECKING:
    from sqlmodel import Session

#: A conversation that is gone is not asked for again; its row stays, so that nothing enrols it anew.
NEVER = 1 << 62


class Gap(Struct, frozen=True):
    """A stretch that was never read: it begins below ``older`` (the network's own words) and ends with what is older than"
    " ``bottom``."""

    id: int
    account: AccountId
    kind: FetchKind
    older: str
    bottom: datetime
    found_at: datetime
    pages: int = 0


class Watch(Struct, frozen=True):
    """A conversation to ask for: around which status, how old it is, and how often in a row it had nothing new."""

    remote_id: str
    born_at: datetime
    quiet: int


def open_gap(session: Session, account: AccountId, kind: FetchKind, older: str, *, bottom: datetime, at: datetime) -> None:
    """Notes a stretch that is to be read later; the same one is noted once."""
    session.connection().exec_driver_sql(
        "INSERT INTO inbox_gap (account_id, kind, older, bottom, found_at, pages) SELECT ?, ?, ?, ?, ?, 0 WHERE NOT EXISTS"
        " (SELECT 1 FROM inbox_gap WHERE account_id = ? AND kind = ? AND older = ? AND filled_at IS NULL)",
        (account, kind.value, older, to_ms(bottom), to_ms(at), account, kind.value, older),
    )


def open_gaps(connection: sqlite3.Connection, account: AccountId) -> tuple[Gap, ...]:
    """The stretches of an account that are not read yet, the newest first."""
    rows = connection.execute(
        "SELECT id, kind, older, bottom, found_at, pages FROM inbox_gap WHERE account_id = ? AND filled_at IS NULL ORDER BY"
        " id DESC",
        (account,),
    )
    return tuple(Gap(row[0], account, FetchKind(row[1]), row[2], from_ms(row[3]), from_ms(row[4]), row[5]) for row in rows)


def narrow(session: Session, gap: Gap, older: str | None, at: datetime) -> None:
    """A page of a gap is here: the rest begins lower, or (``older`` None) there is no rest."""
    now = to_ms(at)
    session.connection().exec_driver_sql(
        "UPDATE inbox_gap SET older = COALESCE(?, older), tried_at = ?, filled_at = ?, pages = pages + 1, problem = NULL"
        " WHERE id = ?",
        (older, now, now if older is None else None, gap.id),
    )


def gap_failed(session: Session, gap: Gap, problem: str, at: datetime) -> None:
    """A page of a gap could not be had; the gap stays."""
    session.connection().exec_driver_sql(
        "UPDATE inbox_gap SET tried_at = ?, problem = ? WHERE id = ?", (to_ms(at), problem, gap.id)
    )


def newest_known(connection: sqlite3.Connection, account: AccountId) -> datetime | None:
    """When the newest message of an account that is in a list was written; None without any."""
    row = connection.execute(
        "SELECT max(created_at) FROM message WHERE account_id = ? AND state <> 'context'", (account,)
    ).fetchone()
    newest: int | None = row[0]
    return from_ms(newest)


# ---- conversations that are asked for again


def enrol(session: Session, account: AccountId, now: datetime, *, since: datetime) -> None:
    """Puts on the list what people may answer to or change: our posts since then, and messages that wait for an answer."""
    moment, first = to_ms(now), to_ms(since)
    driver = session.connection()
    driver.exec_driver_sql(
        "INSERT OR IGNORE INTO thread_watch (account_id, remote_id, born_at, next_at, quiet)"
        " SELECT account_id, remote_id, sent_at, ?, 0 FROM delivery WHERE account_id = ? AND state = 'sent' AND remote_id IS"
        " NOT NULL"
        " AND sent_at >= ?",
        (moment, account, first),
    )
    driver.exec_driver_sql(
        "INSERT OR IGNORE INTO thread_watch (account_id, remote_id, born_at, next_at, quiet)"
        " SELECT account_id, remote_id, created_at, ?, 0 FROM message WHERE state = 'awaiting' AND account_id = ?"
        " AND created_at >= ? AND deleted_at IS NULL ORDER BY created_at DESC LIMIT 100",
        (moment + 120_000, account, first),
    )


def due_watches(connection: sqlite3.Connection, account: AccountId, now: datetime, limit: int) -> tuple[Watch, ...]:
    """The conversations whose time has come, the most overdue first."""
    rows = connection.execute(
        "SELECT remote_id, born_at, quiet FROM thread_watch WHERE account_id = ? AND next_at <= ? ORDER BY next_at LIMIT ?",
        (account, to_ms(now), limit),
    )
    return tuple(Watch(row[0], from_ms(row[1]), row[2]) for row in rows)


def asked(session: Session, account: AccountId, watch: Watch, now: datetime, *, news: bool, wait: timedelta | None) -> None:
    """A conversation was asked for: when next, and whether it had news. ``wait`` None: it is gone, never again."""
    following = NEVER if wait is None else to_ms(now + wait)
    session.connection().exec_driver_sql(
        "UPDATE thread_watch SET asked_at = ?, next_at = ?, quiet = ? WHERE account_id = ? AND remote_id = ?",
        (to_ms(now), following, 0 if news else watch.quiet + 1, account, watch.remote_id),
    )


def hurry_watch(session: Session, account: AccountId, remote_id: str, now: datetime) -> None:
    """Somebody looks at this conversation: it is asked for with the next round."""
    session.connection().exec_driver_sql(
        "UPDATE thread_watch SET next_at = ? WHERE account_id = ? AND remote_id = ? AND next_at <> ?",
        (to_ms(now), account, remote_id, NEVER),
    )


def unseen_in(
    connection: sqlite3.Connection, account: AccountId, seen: frozenset[str], thread: str, limit: int
) -> tuple[str, ...]:
    """Messages of a conversation that wait for somebody, are not known to be gone, and were not in its latest reading."""
    rows = connection.execute(
        "SELECT remote_id FROM message WHERE account_id = ? AND thread_id = ? AND deleted_at IS NULL"
        " AND state IN ('awaiting', 'in_hand', 'waiting_client', 'snoozed') ORDER BY created_at DESC LIMIT 200",
        (account, thread),
    )
    return tuple(row[0] for row in rows if row[0] not in seen)[:limit]
