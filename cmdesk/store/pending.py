"""Keeps what was done here and is not confirmed by the network yet; while it waits, no answer undoes it."""

from __future__ import annotations

import sqlite3
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from cmdesk.domain.ids import AccountId, MessageId
from cmdesk.store.times import from_ms, to_ms

if TYPE_CHECKING:
    from sqlmodel import Session

#: How long a confirmed change is remembered, so that an answer asked for before it changes nothing either.
_REMEMBERED = timedelta(hours=1)


class Pending(Struct, frozen=True):
    """A change that waits for the network."""

    message: MessageId
    remote_id: str
    kind: str
    wanted: bool
    made_at: datetime
    tries: int
    problem: str | None = None


def want(session: Session, message: MessageId, kind: str, wanted: bool, at: datetime) -> None:
    """Notes a change; a later one of the same kind takes the place of an earlier one."""
    session.connection().exec_driver_sql(
        "INSERT INTO message_pending (message_id, kind, wanted, made_at, tries) VALUES (?, ?, ?, ?, 0)"
        " ON CONFLICT (message_id, kind) DO UPDATE SET wanted = excluded.wanted, made_at = excluded.made_at, tries = 0,"
        " selected_at = NULL, confirmed_at = NULL, retry_at = NULL, problem = NULL",
        (message, kind, wanted, to_ms(at)),
    )


def due(connection: sqlite3.Connection, account: AccountId, now: datetime) -> tuple[Pending, ...]:
    """What waits and may be tried, the oldest first."""
    rows = connection.execute(
        "SELECT p.message_id, m.remote_id, p.kind, p.wanted, p.made_at, p.tries, p.problem FROM message_pending p"
        " JOIN message m ON m.id = p.message_id WHERE m.account_id = ? AND p.confirmed_at IS NULL"
        " AND (p.retry_at IS NULL OR p.retry_at <= ?) ORDER BY p.made_at, p.message_id LIMIT 50",
        (account, to_ms(now)),
    )
    return tuple(Pending(MessageId(row[0]), row[1], row[2], bool(row[3]), from_ms(row[4]), row[5], row[6]) for row in rows)


def waiting(connection: sqlite3.Connection, message: MessageId) -> tuple[Pending, ...]:
    """What waits for one message."""
    rows = connection.execute(
        "SELECT p.message_id, m.remote_id, p.kind, p.wanted, p.made_at, p.tries, p.problem FROM message_pending p"
        " JOIN message m ON m.id = p.message_id WHERE p.message_id = ? AND p.confirmed_at IS NULL",
        (message,),
    )
    return tuple(Pending(MessageId(row[0]), row[1], row[2], bool(row[3]), from_ms(row[4]), row[5], row[6]) for row in rows)


def select(session: Session, one: Pending, at: datetime) -> None:
    """It is in flight now; in flight it shields as well."""
    session.connection().exec_driver_sql(
        "UPDATE message_pending SET selected_at = ?, tries = tries + 1 WHERE message_id = ? AND kind = ? AND made_at = ?",
        (to_ms(at), one.message, one.kind, to_ms(one.made_at)),
    )


def confirm(session: Session, one: Pending, at: datetime) -> None:
    """The network has it, unless it was changed again meanwhile; what was confirmed long ago is forgotten."""
    driver = session.connection()
    driver.exec_driver_sql(
        "UPDATE message_pending SET confirmed_at = ?, selected_at = NULL, problem = NULL WHERE message_id = ? AND kind = ?"
        " AND made_at = ? AND wanted = ?",
        (to_ms(at), one.message, one.kind, to_ms(one.made_at), one.wanted),
    )
    driver.exec_driver_sql("DELETE FROM message_pending WHERE confirmed_at < ?", (to_ms(at - _REMEMBERED),))


def put_off(session: Session, one: Pending, problem: str, retry_at: datetime) -> None:
    """It could not be brought to the network; it waits on."""
    session.connection().exec_driver_sql(
        "UPDATE message_pending SET selected_at = NULL, problem = ?, retry_at = ? WHERE message_id = ? AND kind = ? AND"
        " made_at = ?",
        (problem, to_ms(retry_at), one.message, one.kind, to_ms(one.made_at)),
    )


def give_up(session: Session, one: Pending) -> None:
    """The network will not have it: nothing is shielded any more."""
    session.connection().exec_driver_sql(
        "DELETE FROM message_pending WHERE message_id = ? AND kind = ? AND made_at = ?",
        (one.message, one.kind, to_ms(one.made_at)),
    )
