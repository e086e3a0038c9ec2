"""Reads what is known of a person across the accounts of one client."""

from __future__ import annotations

import sqlite3
from datetime import datetime

from msgspec import Struct

from cmdesk.domain.ids import AccountId, MessageId
from cmdesk.store.inbox import CONTEXT
from cmdesk.store.times import from_ms

_KINDS = frozenset({"mention", "reply", "direct", "quote"})
#: Of somebody who writes all the time the newest are looked at.
MOST = 400


class Exchanges(Struct, frozen=True):
    """How often somebody wrote, since when, and how often they were answered; ``latest`` are their newest messages.

    ``more`` says that they wrote more than was looked at: then the figures are of the newest some hundred.
    """

    wrote: int
    answered: int
    first_at: datetime | None
    last_at: datetime | None
    latest: tuple[MessageId, ...]
    more: bool = False


def known_as(connection: sqlite3.Connection, person: str) -> tuple[tuple[AccountId, str], ...]:
    """Under which id each account's network knows a person."""
    rows = connection.execute("SELECT account_id, author_id FROM person_alias WHERE person = ? ORDER BY account_id", (person,))
    return tuple((AccountId(row[0]), row[1]) for row in rows)


def exchanges(connection: sqlite3.Connection, aliases: tuple[tuple[AccountId, str], ...], limit: int) -> Exchanges:
    """What they wrote to all these accounts."""
    found: list[tuple[int, int, str]] = []
    more = False
    for account, author in aliases:
        rows = connection.execute(
            "SELECT created_at, id, state, kind FROM message WHERE id IN (SELECT id FROM message WHERE account_id = ?"
            " AND author_id = ? ORDER BY id DESC LIMIT ?)",
            (account, author, MOST),
        ).fetchall()
        more = more or len(rows) == MOST
        found += [row[:3] for row in rows if row[2] != CONTEXT and row[3] in _KINDS]
    found.sort(reverse=True)
    return Exchanges(
        wrote=len(found),
        answered=sum(state == "answered" for *_, state in found),
        first_at=from_ms(found[-1][0]) if found else None,
        last_at=from_ms(found[0][0]) if found else None,
        latest=tuple(MessageId(number) for _, number, _ in found[:limit]),
        more=more,
    )
