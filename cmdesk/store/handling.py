"""Keeps how messages are dealt with beyond their state: labels, priority, notes, contacts and questions, reminders."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any

from cmdesk.domain.answering import (
    Before,
    Contact,
    Department,
    Note,
    Priority,
    Question,
    Reminder,
    ReminderKind,
    Way,
)
from cmdesk.domain.errors import NotFound
from cmdesk.domain.ids import MessageId
from cmdesk.domain.message import MessageState
from cmdesk.store.inbox import CONTEXT, state_of
from cmdesk.store.times import from_ms, to_ms

if TYPE_CHECKING:
    from sqlmodel import Session

_AT_ONCE = 500
_QUESTION = (
    "q.id, q.message_id, q.way, q.text, q.asked_at, q.remind_at, q.answer, q.answered_at, q.closed_at,"
    " c.id, c.department, c.name, c.email, c.language, c.note FROM question q JOIN contact c ON c.id = q.contact_id"
)


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" for _ in values)


# ---- states, with the way back


def standing(connection: sqlite3.Connection, wanted: Sequence[int]) -> tuple[Before, ...]:
    """How messages stand now; those that are in no list are left out."""
    found: list[Before] = []
    for start in range(0, len(wanted), _AT_ONCE):
        some = tuple(wanted[start : start + _AT_ONCE])
        rows = connection.execute(
            f"SELECT id, state, unread, snoozed_until FROM message WHERE state <> '{CONTEXT}' AND id IN ({_marks(some)})", some
        )
        found += [Before(MessageId(row[0]), state_of(row[1]), bool(row[2]), from_ms(row[3])) for row in rows]
    return tuple(found)


def put_back(session: Session, before: Sequence[Before], left: MessageState, at: datetime) -> int:
    """Puts messages back as they stood, except those that somebody has dealt with since; returns how many."""
    values = [(one.state.value, to_ms(at), to_ms(one.until), one.unread, one.message, left.value) for one in before]
    if not values:
        return 0
    result = session.connection().exec_driver_sql(
        "UPDATE message SET state = ?, state_since = ?, snoozed_until = ?, unread = ? WHERE id = ? AND state = ?", values
    )
    return max(0, result.rowcount)


# ---- labels and priority


def add_label(session: Session, label: str, wanted: Sequence[int]) -> None:
    """Puts a label on messages."""
    if wanted:
        session.connection().exec_driver_sql(
            "INSERT OR IGNORE INTO message_label (label, message_id) VALUES (?, ?)", [(label, one) for one in wanted]
        )


def remove_label(session: Session, label: str, wanted: Sequence[int]) -> None:
    """Takes a label off messages."""
    if wanted:
        session.connection().exec_driver_sql(
            "DELETE FROM message_label WHERE label = ? AND message_id = ?", [(label, one) for one in wanted]
        )


def labels_of(connection: sqlite3.Connection, wanted: Sequence[int]) -> dict[MessageId, tuple[str, ...]]:
    """The labels of messages; those without are left out."""
    found: dict[MessageId, tuple[str, ...]] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        some = tuple(wanted[start : start + _AT_ONCE])
        rows = connection.execute(
            f"SELECT message_id, label FROM message_label WHERE message_id IN ({_marks(some)}) ORDER BY label", some
        )
        for number, label in rows:
            found[MessageId(number)] = (*found.get(MessageId(number), ()), label)
    return found


def all_labels(connection: sqlite3.Connection) -> dict[str, int]:
    """Every label in use, and on how many messages."""
    return dict(connection.execute("SELECT label, count(*) FROM message_label GROUP BY label ORDER BY label").fetchall())


def set_priority(session: Session, priority: Priority, wanted: Sequence[int]) -> None:
    """Says how urgent messages are."""
    if not wanted:
        return
    driver = session.connection()
    if priority is Priority.NORMAL:
        driver.exec_driver_sql("DELETE FROM message_mark WHERE message_id = ?", [(one,) for one in wanted])
        return
    driver.exec_driver_sql(
        "INSERT INTO message_mark (message_id, priority) VALUES (?, ?)"
        " ON CONFLICT (message_id) DO UPDATE SET priority = excluded.priority",
        [(one, priority.value) for one in wanted],
    )


def priorities(connection: sqlite3.Connection, wanted: Sequence[int]) -> dict[MessageId, Priority]:
    """The priorities of messages that are not the normal one."""
    found: dict[MessageId, Priority] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        some = tuple(wanted[start : start + _AT_ONCE])
        rows = connection.execute(f"SELECT message_id, priority FROM message_mark WHERE message_id IN ({_marks(some)})", some)
        found |= {MessageId(row[0]): Priority(row[1]) for row in rows}
    return found


# ---- notes


def add_note(session: Session, message: MessageId | None, person: str, text: str, at: datetime) -> int:
    """A new note; returns its id."""
    now = to_ms(at)
    result = session.connection().exec_driver_sql(
        "INSERT INTO note (message_id, person, text, created_at, updated_at) VALUES (?, ?, ?, ?, ?)",
        (message, person, text, now, now),
    )
    return int(result.lastrowid)


def edit_note(session: Session, note: int, text: str, at: datetime) -> None:
    """Other words for a note; none at all remove it. Raises NotFound."""
    driver = session.connection()
    if text:
        result = driver.exec_driver_sql("UPDATE note SET text = ?, updated_at = ? WHERE id = ?", (text, to_ms(at), note))
    else:
        result = driver.exec_driver_sql("DELETE FROM note WHERE id = ?", (note,))
    if not result.rowcount:
        raise NotFound(what="note", ref=str(note))


def notes(connection: sqlite3.Connection, *, message: MessageId | None = None, person: str | None = None) -> tuple[Note, ...]:
    """The notes on a message, or all about a person (also those on their messages), oldest first."""
    where, value = ("message_id = ?", message) if message is not None else ("person = ?", person)
    rows = connection.execute(
        f"SELECT id, message_id, person, text, created_at, updated_at FROM note WHERE {where} ORDER BY id", (value,)
    )
    return tuple(
        Note(row[0], None if row[1] is None else MessageId(row[1]), row[2], row[3], from_ms(row[4]), from_ms(row[5]))
        for row in rows
    )


# ---- contacts and what they are asked


def save_contact(session: Session, one: Contact) -> int:
    """Keeps a contact (id 0: a new one); returns its id. Raises NotFound."""
    values = (one.department.value, one.name, one.email, one.language, one.note)
    driver = session.connection()
    if not one.id:
        result = driver.exec_driver_sql(
            "INSERT INTO contact (department, name, email, language, note, position)"
            " VALUES (?, ?, ?, ?, ?, (SELECT COALESCE(max(position), 0) + 1 FROM contact))",
            values,
        )
        return int(result.lastrowid)
    result = driver.exec_driver_sql(
        "UPDATE contact SET department = ?, name = ?, email = ?, language = ?, note = ? WHERE id = ? AND archived_at IS NULL",
        (*values, one.id),
    )
    if not result.rowcount:
        raise NotFound(what="contact", ref=str(one.id))
    return one.id


def archive_contact(session: Session, contact: int, at: datetime) -> None:
    """Nobody is asked there any more; what was asked stays."""
    session.connection().exec_driver_sql("UPDATE contact SET archived_at = ? WHERE id = ?", (to_ms(at), contact))


def contacts(connection: sqlite3.Connection) -> tuple[Contact, ...]:
    """Whom to ask, in the order they were added."""
    rows = connection.execute(
        "SELECT id, department, name, email, language, note FROM contact WHERE archived_at IS NULL ORDER BY position, id"
    )
    return tuple(_contact(row) for row in rows)


def contact(connection: sqlite3.Connection, number: int) -> Contact:
    """One contact; raises NotFound."""
    row = connection.execute("SELECT id, department, name, email, language, note FROM contact WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise NotFound(what="contact", ref=str(number))
    return _contact(row)


def _contact(row: Sequence[Any]) -> Contact:
    return Contact(row[0], Department(row[1]), row[2], row[3], row[4], row[5])


def ask(
    session: Session, message: MessageId, contact: int, way: Way, text: str, *, at: datetime, remind_at: datetime | None
) -> int:
    """Notes that a message was put before a contact; returns the question's id."""
    result = session.connection().exec_driver_sql(
        "INSERT INTO question (message_id, contact_id, way, text, asked_at, remind_at, answer) VALUES (?, ?, ?, ?, ?, ?, '')",
        (message, contact, way.value, text, to_ms(at), to_ms(remind_at)),
    )
    return int(result.lastrowid)


def answer(session: Session, question: int, text: str, at: datetime) -> None:
    """What the contact said; an empty text closes the question without an answer. Raises NotFound."""
    now = to_ms(at)
    result = session.connection().exec_driver_sql(
        "UPDATE question SET answer = ?, answered_at = ?, closed_at = ? WHERE id = ? AND closed_at IS NULL",
        (text, now if text else None, now, question),
    )
    if not result.rowcount:
        raise NotFound(what="question", ref=str(question))


def question(connection: sqlite3.Connection, number: int) -> Question:
    """One question; raises NotFound."""
    row = connection.execute(f"SELECT {_QUESTION} WHERE q.id = ?", (number,)).fetchone()
    if row is None:
        raise NotFound(what="question", ref=str(number))
    return _question(row)


def questions(
    connection: sqlite3.Connection, message: MessageId | None = None, *, only_open: bool = False
) -> tuple[Question, ...]:
    """What was asked about a message, or about all of them, oldest first."""
    where = [*(["q.message_id = ?"] if message is not None else []), *(["q.closed_at IS NULL"] if only_open else [])]
    text = f"SELECT {_QUESTION}" + (f" WHERE {' AND '.join(where)}" if where else "") + " ORDER BY q.asked_at, q.id"
    return tuple(_question(row) for row in connection.execute(text, () if message is None else (message,)))


def _question(row: Sequence[Any]) -> Question:
    return Question(
        row[0],
        MessageId(row[1]),
        _contact(row[9:]),
        Way(row[2]),
        row[3],
        from_ms(row[4]),
        from_ms(row[5]),
        row[6],
        from_ms(row[7]),
        from_ms(row[8]),
    )


# ---- reminders


def remind(
    session: Session, kind: ReminderKind, message: MessageId | None, person: str, text: str, *, at: datetime, due_at: datetime
) -> int:
    """Something to come back to; returns its id."""
    result = session.connection().exec_driver_sql(
        "INSERT INTO reminder (kind, message_id, person, text, made_at, due_at, outcome) VALUES (?, ?, ?, ?, ?, ?, '')",
        (kind.value, message, person, text, to_ms(at), to_ms(due_at)),
    )
    return int(result.lastrowid)


def settle_reminder(session: Session, number: int, outcome: str, at: datetime) -> None:
    """What came of it; raises NotFound."""
    result = session.connection().exec_driver_sql(
        "UPDATE reminder SET done_at = ?, outcome = ? WHERE id = ? AND done_at IS NULL", (to_ms(at), outcome, number)
    )
    if not result.rowcount:
        raise NotFound(what="reminder", ref=str(number))


def move_reminder(session: Session, number: int, due_at: datetime) -> None:
    """Come back later; raises NotFound."""
    result = session.connection().exec_driver_sql(
        "UPDATE reminder SET due_at = ? WHERE id = ? AND done_at IS NULL", (to_ms(due_at), number)
    )
    if not result.rowcount:
        raise NotFound(what="reminder", ref=str(number))


def reminders(
    connection: sqlite3.Connection, *, due: datetime | None = None, person: str | None = None, message: MessageId | None = None
) -> tuple[Reminder, ...]:
    """Reminders by their time: open ones (due until a moment), or all of a person or a message."""
    where, values = ["done_at IS NULL"], []
    if due is not None:
        where.append("due_at <= ?")
        values.append(to_ms(due))
    if person is not None:
        where, values = ["person = ?"], [person]  # type: ignore[list-item]  # what a query is given
    if message is not None:
        where, values = ["message_id = ?"], [message]
    rows = connection.execute(
        "SELECT id, kind, message_id, person, text, made_at, due_at, done_at, outcome FROM reminder"
        f" WHERE {' AND '.join(where)} ORDER BY due_at, id",
        values,
    )
    return tuple(
        Reminder(
            row[0],
            ReminderKind(row[1]),
            None if row[2] is None else MessageId(row[2]),
            row[3],
            row[4],
            from_ms(row[5]),
            from_ms(row[6]),
            from_ms(row[7]),
            row[8],
        )
        for row in rows
    )
