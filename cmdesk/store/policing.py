"""Keeps measures that were taken and the evidence for them; evidence is sealed by its hash and never changed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from cmdesk.domain.digest import sha256
from cmdesk.domain.ids import AccountId, MessageId
from cmdesk.domain.moderation import Evidence, Measure, Sanction
from cmdesk.store.times import from_ms, to_ms

if TYPE_CHECKING:
    from sqlmodel import Session


def seal(facts: Mapping[str, Any], picture: bytes) -> str:
    """The hash of what is evidence: its facts in one order of keys, then the picture's bytes."""
    words = json.dumps(dict(facts), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return sha256(words.encode("utf-8", "surrogatepass") + b"\0" + picture)


def add_sanction(session: Session, one: Sanction) -> int:
    """Notes a measure before it is tried (``outcome`` "begun"); returns its id."""
    result = session.connection().exec_driver_sql(
        "INSERT INTO sanction (message_id, account_id, person, measure, policy_rule, policy_version, by_rule, at, outcome)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            one.message,
            one.account,
            one.person,
            one.measure.value,
            one.policy_rule,
            one.policy_version,
            one.by_rule,
            to_ms(one.at),
            one.outcome,
        ),
    )
    return int(result.lastrowid)


def settle_sanction(session: Session, number: int, outcome: str) -> None:
    """What came of a measure; empty: the network did it."""
    session.connection().exec_driver_sql("UPDATE sanction SET outcome = ? WHERE id = ?", (outcome, number))


def undo_sanction(session: Session, number: int, at: datetime) -> bool:
    """The measure was taken back; it no longer counts against the person. Tells whether it was there."""
    result = session.connection().exec_driver_sql(
        "UPDATE sanction SET undone_at = ? WHERE id = ? AND undone_at IS NULL", (to_ms(at), number)
    )
    return bool(result.rowcount)


def sanctions(
    connection: sqlite3.Connection, *, person: str | None = None, message: MessageId | None = None, limit: int = 200
) -> tuple[Sanction, ...]:
    """Measures, the newest first: against a person, for a message, or all."""
    where, values = "", ()
    if person is not None:
        where, values = " WHERE person = ?", (person,)  # type: ignore[assignment]  # what a query is given
    elif message is not None:
        where, values = " WHERE message_id = ?", (message,)  # type: ignore[assignment]  # as above
    rows = connection.execute(
        "SELECT id, message_id, account_id, person, measure, policy_rule, policy_version, by_rule, at, outcome, undone_at"
        f" FROM sanction{where} ORDER BY at DESC, id DESC LIMIT ?",
        (*values, limit),
    )
    return tuple(
        Sanction(
            row[0],
            MessageId(row[1]),
            AccountId(row[2]),
            row[3],
            Measure(row[4]),
            row[5],
            row[6],
            row[7],
            from_ms(row[8]),
            row[9],
            from_ms(row[10]),
        )
        for row in rows
    )


def earlier(connection: sqlite3.Connection, person: str, policy_rule: str) -> int:
    """How often a person met this rule of the policy before; what failed or was taken back does not count."""
    row = connection.execute(
        "SELECT count(*) FROM sanction WHERE person = ? AND policy_rule = ? AND outcome = '' AND undone_at IS NULL",
        (person, policy_rule),
    ).fetchone()
    return int(row[0])


def add_evidence(
    session: Session,
    message: MessageId,
    sanction: int | None,
    facts: Mapping[str, Any],
    *,
    picture: str,
    sha256: str,
    at: datetime,
) -> int:
    """Keeps evidence; returns its id."""
    result = session.connection().exec_driver_sql(
        "INSERT INTO evidence (message_id, sanction_id, taken_at, facts, picture, sha256) VALUES (?, ?, ?, ?, ?, ?)",
        (message, sanction, to_ms(at), json.dumps(dict(facts), ensure_ascii=False), picture, sha256),
    )
    return int(result.lastrowid)


def evidence(connection: sqlite3.Connection, message: MessageId | None = None) -> tuple[Evidence, ...]:
    """Evidence, the oldest first: for a message, or all."""
    where, values = ("", ()) if message is None else (" WHERE message_id = ?", (message,))
    rows = connection.execute(
        f"SELECT id, message_id, sanction_id, taken_at, facts, picture, sha256 FROM evidence{where} ORDER BY id", values
    )
    return tuple(_evidence(row) for row in rows)


def _evidence(row: Sequence[Any]) -> Evidence:
    return Evidence(row[0], MessageId(row[1]), row[2], from_ms(row[3]), json.loads(row[4]), row[5], row[6])


def history(connection: sqlite3.Connection, message: MessageId) -> list[dict[str, Any]]:
    """How a message read before its edits, oldest first."""
    rows = connection.execute(
        "SELECT text, warning, edited_at, replaced_at FROM message_version WHERE message_id = ? ORDER BY id", (message,)
    )
    return [{"text": row[0], "warning": row[1], "edited_at": row[2], "replaced_at": row[3]} for row in rows]
