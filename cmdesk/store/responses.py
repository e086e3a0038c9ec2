"""Reads who waits and since when, and when what was answered."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from cmdesk.domain.ids import AccountId, MessageId
from cmdesk.store.times import from_ms, to_ms

_WAITING = "('awaiting', 'in_hand', 'waiting_client', 'snoozed')"


def since(connection: sqlite3.Connection, wanted: Sequence[int]) -> dict[MessageId, datetime]:
    """Since when these messages wait; those nobody waits for are left out."""
    marks = ", ".join("?" for _ in wanted)
    rows = connection.execute(f"SELECT id, created_at FROM message WHERE id IN ({marks}) AND state IN {_WAITING}", tuple(wanted))
    return {MessageId(row[0]): from_ms(row[1]) for row in rows}


def waiting(connection: sqlite3.Connection, limit: int) -> tuple[tuple[MessageId, datetime], ...]:
    """Who waits for an answer, the longest first."""
    rows = connection.execute(
        "SELECT id, created_at FROM message WHERE state IN ('awaiting', 'in_hand', 'waiting_client')"
        " ORDER BY created_at, id LIMIT ?",
        (limit,),
    )
    return tuple((MessageId(row[0]), from_ms(row[1])) for row in rows)


def answers(
    connection: sqlite3.Connection, start: datetime, end: datetime, account: AccountId | None = None
) -> tuple[tuple[datetime, datetime], ...]:
    """(asked, answered) of what was first answered in a half-open span."""
    more = "" if account is None else " AND EXISTS (SELECT 1 FROM message m WHERE m.id = message_id AND m.account_id = ?)"
    rows = connection.execute(
        f"SELECT asked_at, answered_at FROM message_answer WHERE answered_at >= ? AND answered_at < ?{more} ORDER BY answered_at",
        (to_ms(start), to_ms(end), *(() if account is None else (account,))),
    )
    return tuple((from_ms(row[0]), from_ms(row[1])) for row in rows)
