"""Keeps alerts, one for each thing while it goes on, and reads the habit that they are measured against."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from cmdesk.domain.alarms import SAME, AlarmKind, Alert
from cmdesk.domain.ids import AccountId, MessageId
from cmdesk.store.arrivals import HOUR_MS
from cmdesk.store.times import from_ms, to_ms

if TYPE_CHECKING:
    from sqlmodel import Session

_WEEK = 168
_WEEKS = 8


def raise_alert(
    session: Session,
    kind: AlarmKind,
    topic: str,
    facts: Mapping[str, Any],
    *,
    at: datetime,
    account: AccountId | None = None,
    message: MessageId | None = None,
) -> bool:
    """Notes an alert; what goes on already grows instead. Tells whether it is a new one."""
    now = to_ms(at)
    driver = session.connection()
    told = json.dumps(dict(facts), ensure_ascii=False)
    result = driver.exec_driver_sql(
        "UPDATE alert SET last_at = ?, facts = ? WHERE kind = ? AND topic = ? AND last_at > ?",
        (now, told, kind.value, topic, now - SAME.total_seconds() * 1000),
    )
    if result.rowcount:
        return False
    driver.exec_driver_sql(
        "INSERT INTO alert (kind, topic, account_id, message_id, facts, begun_at, last_at) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (kind.value, topic, account, message, told, now, now),
    )
    return True


def raise_rule(session: Session, message: MessageId, rule: int, name: str, at: datetime) -> bool:
    """A rule asked for an alert."""
    return raise_alert(session, AlarmKind.RULE, f"{rule}", {"name": name}, at=at, message=message)


def alerts(connection: sqlite3.Connection, *, unseen: bool = True, untold: bool = False, limit: int = 100) -> tuple[Alert, ...]:
    """Alerts, the latest first: those nobody has looked at, or those nobody was told of."""
    where = [*(["seen_at IS NULL"] if unseen else []), *(["told_at IS NULL"] if untold else [])]
    text = " WHERE " + " AND ".join(where) if where else ""
    rows = connection.execute(
        "SELECT id, kind, account_id, message_id, facts, begun_at, last_at, told_at, seen_at FROM alert"
        f"{text} ORDER BY last_at DESC, id DESC LIMIT ?",
        (limit,),
    )
    return tuple(_alert(row) for row in rows)


def _alert(row: Sequence[Any]) -> Alert:
    return Alert(
        row[0],
        AlarmKind(row[1]),
        None if row[2] is None else AccountId(row[2]),
        None if row[3] is None else MessageId(row[3]),
        json.loads(row[4]),
        from_ms(row[5]),
        from_ms(row[6]),
        from_ms(row[7]),
        from_ms(row[8]),
    )


def told(session: Session, wanted: Sequence[int], at: datetime) -> None:
    """A person was told."""
    if wanted:
        session.connection().exec_driver_sql(
            "UPDATE alert SET told_at = ? WHERE id = ? AND told_at IS NULL", [(to_ms(at), one) for one in wanted]
        )


def seen(session: Session, wanted: Sequence[int], at: datetime) -> None:
    """A person has looked; the same thing going on is no news for a while."""
    if wanted:
        session.connection().exec_driver_sql(
            "UPDATE alert SET seen_at = ? WHERE id = ? AND seen_at IS NULL", [(to_ms(at), one) for one in wanted]
        )


# ---- the habit


def last_hour(connection: sqlite3.Connection, account: AccountId, now: datetime) -> int:
    """How many people wrote to an account in the last sixty minutes."""
    row = connection.execute(
        "SELECT count(*) FROM message WHERE account_id = ? AND state <> 'context' AND created_at > ?"
        " AND kind IN ('mention', 'reply', 'direct', 'quote')",
        (account, to_ms(now) - HOUR_MS),
    ).fetchone()
    return int(row[0])


def habit(connection: sqlite3.Connection, account: AccountId, now: datetime) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """How many wrote in the same hour of the last eight weeks, and in each hour of the last week; zeros too.

    What lies before the account's first message is no habit.
    """
    this = to_ms(now) // HOUR_MS
    rows = dict(
        connection.execute(
            "SELECT hour, number FROM arrival WHERE account_id = ? AND hour >= ? AND hour < ?",
            (account, this - _WEEKS * _WEEK, this),
        ).fetchall()
    )
    first = connection.execute("SELECT min(hour) FROM arrival WHERE account_id = ?", (account,)).fetchone()[0]
    if first is None:
        return (), ()
    same = tuple(rows.get(hour, 0) for week in range(1, _WEEKS + 1) if (hour := this - week * _WEEK) >= first)
    return same, tuple(rows.get(hour, 0) for hour in range(max(first, this - _WEEK), this))


def busiest_threads(
    connection: sqlite3.Connection, account: AccountId, since: datetime, people: int
) -> tuple[tuple[str, int, int, MessageId], ...]:
    """Threads in which so many people wrote since then: (thread, people, messages, its last message)."""
    rows = connection.execute(
        "SELECT thread_id, count(DISTINCT author_id), count(*), max(id) FROM message WHERE account_id = ? AND state <> 'context'"
        " AND created_at > ? AND kind IN ('mention', 'reply', 'quote') GROUP BY thread_id HAVING count(DISTINCT author_id) >= ?",
        (account, to_ms(since), people),
    )
    return tuple((row[0], row[1], row[2], MessageId(row[3])) for row in rows)
