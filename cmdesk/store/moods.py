"""Keeps what was read between the lines of messages, what people said about it, and the list of what is still to be read."""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from cmdesk.domain.ids import AccountId, MessageId
from cmdesk.domain.mood import Because, Correction, Mood, Reading, Sense
from cmdesk.store.times import to_ms

if TYPE_CHECKING:
    from sqlmodel import Session

_AT_ONCE = 500
#: Corrections that are handed to the reader: the latest.
_MOST_CORRECTIONS = 400

_KEPT = "message_id, mood, kind, language, care, crisis, risk, confidence, because, corrected"


class Unread(Struct, frozen=True):
    """A message that waits to be read."""

    id: MessageId
    account: AccountId
    text: str


def wanted(connection: sqlite3.Connection, limit: int) -> tuple[Unread, ...]:
    """The newest messages that wait to be read."""
    rows = connection.execute(
        "SELECT m.id, m.account_id, m.text FROM mood_wanted w JOIN message m ON m.id = w.message_id"
        " ORDER BY w.message_id DESC LIMIT ?",
        (limit,),
    )
    return tuple(Unread(MessageId(row[0]), AccountId(row[1]), row[2]) for row in rows)


def waiting(connection: sqlite3.Connection) -> int:
    """How many messages wait to be read."""
    number: int = connection.execute("SELECT count(*) FROM mood_wanted").fetchone()[0]
    return number


def keep(session: Session, found: Sequence[tuple[Unread, Sense]]) -> None:
    """Keeps readings and takes the messages off the list; what a person said, or has been edited meanwhile, stays as it is."""
    driver = session.connection()
    for unread, sense in found:
        edited = driver.exec_driver_sql("SELECT 1 FROM message WHERE id = ? AND text <> ?", (unread.id, unread.text)).fetchone()
        gone = driver.exec_driver_sql("SELECT 1 FROM message WHERE id = ?", (unread.id,)).fetchone() is None
        if edited or gone:
            continue
        driver.exec_driver_sql(
            f"INSERT INTO message_mood ({_KEPT}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 0) ON CONFLICT (message_id) DO UPDATE SET"
            " mood = excluded.mood, kind = excluded.kind, language = excluded.language, care = excluded.care,"
            " crisis = excluded.crisis, risk = excluded.risk, confidence = excluded.confidence, because = excluded.because"
            " WHERE corrected = 0",
            _row(unread.id, sense),
        )
        driver.exec_driver_sql("DELETE FROM mood_wanted WHERE message_id = ?", (unread.id,))


def _row(message: MessageId, sense: Sense) -> tuple[Any, ...]:
    because = json.dumps([[one.code, *one.words] for one in sense.because], ensure_ascii=False)
    confidence = round(100 * sense.confidence)
    return (
        message, sense.mood.value, sense.kind.value, sense.language, sense.care, sense.crisis, sense.risk, confidence, because,
    )  # fmt: skip


def by_risk(connection: sqlite3.Connection, limit: int) -> array[int]:
    """Open messages that need care, the worst first and of equals the newest."""
    rows = connection.execute(
        "SELECT m.id FROM message_mood d JOIN message m ON m.id = d.message_id"
        " WHERE d.care AND m.state IN ('awaiting', 'in_hand', 'waiting_client') AND m.deleted_at IS NULL"
        " ORDER BY d.risk DESC, m.created_at DESC LIMIT ?",
        (limit,),
    )
    return array("q", (row[0] for row in rows))


def senses(connection: sqlite3.Connection, some: Sequence[int]) -> Mapping[MessageId, Sense]:
    """What was read in messages; those that were not read are left out."""
    found: dict[MessageId, Sense] = {}
    for start in range(0, len(some), _AT_ONCE):
        part = tuple(some[start : start + _AT_ONCE])
        marks = ", ".join("?" for _ in part)
        for row in connection.execute(f"SELECT {_KEPT} FROM message_mood WHERE message_id IN ({marks})", part):
            found[MessageId(row[0])] = _sense(row)
    return found


def _sense(row: Sequence[Any]) -> Sense:
    because = tuple(Because(one[0], tuple(one[1:])) for one in json.loads(row[8]))
    mood = Mood(row[1])
    return Sense(row[3], mood, Reading(row[2]), bool(row[4]), bool(row[5]), row[7] / 100, row[6], because, mood)


def correct(session: Session, message: MessageId, said: Correction, sense: Sense, at: datetime) -> None:
    """Keeps what a person says of a message."""
    driver = session.connection()
    driver.exec_driver_sql(
        "INSERT OR REPLACE INTO triage_correction (message_id, text, mood, kind, made_at) VALUES (?, ?, ?, ?, ?)",
        (message, said.text, said.mood.value, said.kind.value, to_ms(at)),
    )
    driver.exec_driver_sql(
        f"INSERT OR REPLACE INTO message_mood ({_KEPT}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1)", _row(message, sense)
    )
    driver.exec_driver_sql("DELETE FROM mood_wanted WHERE message_id = ?", (message,))


def forget(session: Session, message: MessageId) -> None:
    """Takes a correction back and puts the message on the list again."""
    driver = session.connection()
    driver.exec_driver_sql("DELETE FROM triage_correction WHERE message_id = ?", (message,))
    driver.exec_driver_sql("DELETE FROM message_mood WHERE message_id = ? AND corrected = 1", (message,))
    driver.exec_driver_sql(
        "INSERT OR IGNORE INTO mood_wanted (message_id) SELECT id FROM message WHERE id = ? AND text <> ''", (message,)
    )


def corrections(connection: sqlite3.Connection) -> tuple[Correction, ...]:
    """What was said of messages, the oldest first; of very many only the latest."""
    rows = connection.execute(
        "SELECT text, mood, kind FROM (SELECT * FROM triage_correction ORDER BY made_at DESC, message_id DESC LIMIT ?)"
        " ORDER BY made_at, message_id",
        (_MOST_CORRECTIONS,),
    )
    return tuple(Correction(row[0], Mood(row[1]), Reading(row[2])) for row in rows)
