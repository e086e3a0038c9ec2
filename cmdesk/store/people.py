"""Reads what is known of a person across the accounts of one client."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from msgspec import Struct

from cmdesk.domain.ids import AccountId, MessageId
from cmdesk.store.times import from_ms

_KINDS = "('mention', 'reply', 'direct', 'quote')"


class Exchanges(Struct, frozen=True):
    """How often somebody wrote, since when, and how often they were answered; ``latest`` are their newest messages."""

    wrote: int
    answered: int
    first_at: datetime | None
    last_at: datetime | None
    latest: tuple[MessageId, ...]


def known_as(connection: sqlite3.Connection, person: str) -> tuple[tuple[AccountId, str], ...]:
    """Under which id each account's network knows a person."""
    rows = connection.execute("SELECT account_id, author_id FROM person_alias WHERE person = ? ORDER BY account_id", (person,))
    return tuple((AccountId(row[0]), row[1]) for row in rows)


def exchanges(connection: sqlite3.Connection, aliases: tuple[tuple[AccountId, str], ...], limit: int) -> Exchanges:
    """What they wrote to all these accounts."""
    wrote = answered = 0
    first: int | None = None
    last: int | None = None
    latest: list[tuple[int, int]] = []
    for account, author in aliases:
        where = f"account_id = ? AND author_id = ? AND state <> 'context' AND kind IN {_KINDS}"
        row = connection.execute(
            f"SELECT count(*), sum(state = 'answered'), min(created_at), max(created_at) FROM message WHERE {where}",
            (account, author),
        ).fetchone()
        wrote += row[0]
        answered += row[1] or 0
        if row[0]:
            first = row[2] if first is None else min(first, row[2])
            last = row[3] if last is None else max(last, row[3])
        latest += connection.execute(
            f"SELECT created_at, id FROM message WHERE {where} ORDER BY created_at DESC, id DESC LIMIT ?",
            (account, author, limit),
        ).fetchall()
    latest.sort(reverse=True)
    return Exchanges(wrote, answered, from_ms(first), from_ms(last), tuple(MessageId(one) for _, one in latest[:limit]))
