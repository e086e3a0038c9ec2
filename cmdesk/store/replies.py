"""Keeps saved replies and saved searches, and what the writer of an answer saw of the message."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from cmdesk.domain.answering import SavedReply
from cmdesk.domain.digest import sha256
from cmdesk.domain.errors import NotFound
from cmdesk.domain.ids import DeliveryId, MessageId, PostId
from cmdesk.domain.message import Message
from cmdesk.domain.query import SavedSearch
from cmdesk.store.times import from_ms, to_ms

if TYPE_CHECKING:
    from sqlmodel import Session


def saved(connection: sqlite3.Connection) -> tuple[SavedReply, ...]:
    """All saved replies by name."""
    rows = connection.execute("SELECT id, name, texts, shortcut, used, used_at FROM saved_reply ORDER BY name, id")
    return tuple(SavedReply(row[0], row[1], json.loads(row[2]), row[3], row[4], from_ms(row[5])) for row in rows)


def save(session: Session, one: SavedReply, at: datetime) -> int:
    """Keeps a saved reply (id 0: a new one); returns its id. Raises NotFound."""
    values = (one.name, one.shortcut, json.dumps(dict(one.texts), ensure_ascii=False), to_ms(at))
    driver = session.connection()
    if not one.id:
        result = driver.exec_driver_sql(
            "INSERT INTO saved_reply (name, shortcut, texts, updated_at, used) VALUES (?, ?, ?, ?, 0)", values
        )
        return int(result.lastrowid)
    result = driver.exec_driver_sql(
        "UPDATE saved_reply SET name = ?, shortcut = ?, texts = ?, updated_at = ? WHERE id = ?", (*values, one.id)
    )
    if not result.rowcount:
        raise NotFound(what="saved_reply", ref=str(one.id))
    return one.id


def remove(session: Session, number: int) -> None:
    """Takes a saved reply away; raises NotFound."""
    if not session.connection().exec_driver_sql("DELETE FROM saved_reply WHERE id = ?", (number,)).rowcount:
        raise NotFound(what="saved_reply", ref=str(number))


def used(session: Session, number: int, at: datetime) -> None:
    """A saved reply was used once more."""
    session.connection().exec_driver_sql("UPDATE saved_reply SET used = used + 1, used_at = ? WHERE id = ?", (to_ms(at), number))


# ---- what an answer stands on


class Basis(Struct, frozen=True):
    """What the writer of an answer saw. ``accepted_at``: a person has said since that it is to go all the same."""

    post: PostId
    message: MessageId
    edited_at: datetime | None
    words: str
    handle: str
    written_at: datetime
    accepted_at: datetime | None = None


def words_of(message: Message) -> str:
    """The mark of a message's words."""
    return sha256(f"{message.warning}\n{message.text}".encode("utf-8", "surrogatepass"))


def note_basis(session: Session, post: PostId, message: Message, at: datetime) -> None:
    """Keeps what the writer of an answer sees now."""
    session.connection().exec_driver_sql(
        "INSERT INTO reply_basis (post_id, message_id, edited_at, words, handle, written_at) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (post_id) DO UPDATE SET message_id = excluded.message_id, edited_at = excluded.edited_at,"
        " words = excluded.words, handle = excluded.handle, written_at = excluded.written_at, accepted_at = NULL",
        (post, message.id, to_ms(message.edited_at), words_of(message), message.author.handle, to_ms(at)),
    )


def accept(session: Session, post: PostId, at: datetime) -> None:
    """A person has seen how things stand and says: send it."""
    session.connection().exec_driver_sql("UPDATE reply_basis SET accepted_at = ? WHERE post_id = ?", (to_ms(at), post))


def basis(connection: sqlite3.Connection, delivery: DeliveryId) -> Basis | None:
    """What the writer of a delivery's answer saw; None for what answers nothing, or was written before this was kept."""
    row = connection.execute(
        "SELECT b.post_id, b.message_id, b.edited_at, b.words, b.handle, b.written_at, b.accepted_at FROM reply_basis b"
        " JOIN delivery d ON d.post_id = b.post_id WHERE d.id = ?",
        (delivery,),
    ).fetchone()
    if row is None:
        return None
    return Basis(PostId(row[0]), MessageId(row[1]), from_ms(row[2]), row[3], row[4], from_ms(row[5]), from_ms(row[6]))


def answered_since(connection: sqlite3.Connection, known: Message, basis: Basis) -> bool:
    """Whether somebody has answered in our name since the writer looked: from another device, or by another reply from here."""
    elsewhere = connection.execute(
        "SELECT 1 FROM message WHERE account_id = ? AND is_us = 1 AND in_reply_to = ? AND deleted_at IS NULL AND received_at > ?"
        " AND NOT EXISTS (SELECT 1 FROM delivery_part q WHERE q.remote_id = message.remote_id) LIMIT 1",
        (known.account, known.remote_id, to_ms(basis.written_at)),
    ).fetchone()
    here = connection.execute(
        "SELECT 1 FROM post p JOIN delivery d ON d.post_id = p.id WHERE p.reply_message_id = ? AND p.id <> ?"
        " AND d.state = 'sent' AND d.sent_at > ? LIMIT 1",
        (known.id, basis.post, to_ms(basis.written_at)),
    ).fetchone()
    return elsewhere is not None or here is not None


# ---- saved searches


def searches(connection: sqlite3.Connection) -> tuple[SavedSearch, ...]:
    """The saved searches in their order."""
    rows = connection.execute("SELECT id, name, query FROM saved_search ORDER BY position, id")
    return tuple(SavedSearch(row[0], row[1], row[2]) for row in rows)


def save_search(session: Session, one: SavedSearch) -> int:
    """Keeps a search as a list (id 0: a new one); returns its id. Raises NotFound."""
    driver = session.connection()
    if not one.id:
        result = driver.exec_driver_sql(
            "INSERT INTO saved_search (name, query, position) VALUES (?, ?, (SELECT COALESCE(max(position), 0) + 1 FROM"
            " saved_search))",
            (one.name, one.query),
        )
        return int(result.lastrowid)
    result = driver.exec_driver_sql("UPDATE saved_search SET name = ?, query = ? WHERE id = ?", (one.name, one.query, one.id))
    if not result.rowcount:
        raise NotFound(what="saved_search", ref=str(one.id))
    return one.id


def remove_search(session: Session, number: int) -> None:
    """Takes a saved search away; raises NotFound."""
    if not session.connection().exec_driver_sql("DELETE FROM saved_search WHERE id = ?", (number,)).rowcount:
        raise NotFound(what="saved_search", ref=str(number))
