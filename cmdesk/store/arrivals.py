"""Keeps beside each page of messages what follows from it: earlier words, who is who, the account's habit, and favourites.

Called by ``ingest`` inside its transaction, so that none of it can be true of rows that were never kept.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from cmdesk.domain.account import Network
from cmdesk.domain.ids import AccountId
from cmdesk.domain.message import WANTS_ANSWER, Incoming
from cmdesk.domain.people import person_key
from cmdesk.store.database import reading
from cmdesk.store.times import to_ms

if TYPE_CHECKING:
    from sqlmodel import Session

FAVOURITE = "favourite"
#: So long the lists of a network may lag behind what it has confirmed.
_LAG_MS = 300_000
HOUR_MS = 3_600_000

_AT_ONCE = 500


def keep_version(session: Session, message: int, now: int) -> None:
    """The words of a message as they stand, before an edit replaces them."""
    session.connection().exec_driver_sql(
        "INSERT INTO message_version (message_id, text, html, warning, attachments, edited_at, replaced_at)"
        " SELECT id, text, html, warning, attachments, edited_at, ? FROM message WHERE id = ?",
        (now, message),
    )


def note_people(session: Session, account: AccountId, items: Iterable[Incoming]) -> None:
    """Under which ids the account's network knows whom."""
    authors = {one.author.remote_id: one.author.handle for one in items if one.author.remote_id and not one.author.is_us}
    if not authors:
        return
    network = Network(reading(session).execute("SELECT network FROM account WHERE id = ?", (account,)).fetchone()[0])
    found = [(account, number, key) for number, handle in authors.items() if (key := person_key(network, number, handle))]
    if found:
        session.connection().exec_driver_sql(
            "INSERT OR IGNORE INTO person_alias (account_id, author_id, person) VALUES (?, ?, ?)", found
        )


def note_habit(session: Session, account: AccountId, items: Iterable[Incoming], now: int) -> None:
    """How many people wrote in which hour."""
    hours = Counter(
        min(to_ms(one.created_at), now) // HOUR_MS for one in items if one.kind in WANTS_ANSWER and not one.author.is_us
    )
    if hours:
        session.connection().exec_driver_sql(
            "INSERT INTO arrival (account_id, hour, number) VALUES (?, ?, ?)"
            " ON CONFLICT (account_id, hour) DO UPDATE SET number = number + excluded.number",
            [(account, hour, number) for hour, number in sorted(hours.items())],
        )


def follow_favourites(session: Session, account: AccountId, items: Mapping[str, Incoming], asked_at: int, now: int) -> int:
    """Takes over what the network says of our favourites, except where something done here waits or is newer than the answer.

    ``items`` by dedupe key. Returns how many changed.
    """
    told = {key: one.favourite for key, one in items.items() if one.favourite is not None}
    if not told:
        return 0
    on: list[tuple[int, int]] = []
    off: list[tuple[int]] = []
    for message, key, liked, shielded in _favourites(reading(session), account, list(told), asked_at):
        if shielded or told[key] is bool(liked):
            continue
        if told[key]:
            on.append((message, now))
        else:
            off.append((message,))
    driver = session.connection()
    if on:
        driver.exec_driver_sql("INSERT OR IGNORE INTO message_favourite (message_id, since) VALUES (?, ?)", on)
    if off:
        driver.exec_driver_sql("DELETE FROM message_favourite WHERE message_id = ?", off)
    return len(on) + len(off)


def _favourites(
    connection: sqlite3.Connection, account: AccountId, keys: Sequence[str], asked_at: int
) -> Iterable[tuple[int, str, int, int]]:
    for start in range(0, len(keys), _AT_ONCE):
        some = keys[start : start + _AT_ONCE]
        yield from connection.execute(
            "SELECT m.id, m.dedupe, EXISTS (SELECT 1 FROM message_favourite f WHERE f.message_id = m.id),"
            " EXISTS (SELECT 1 FROM message_pending p WHERE p.message_id = m.id AND p.kind = ?"
            " AND (p.confirmed_at IS NULL OR p.confirmed_at >= ?)) FROM message m"
            f" WHERE m.account_id = ? AND m.dedupe IN ({', '.join('?' for _ in some)})",
            (FAVOURITE, asked_at - _LAG_MS, account, *some),
        ).fetchall()
