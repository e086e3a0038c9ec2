"""Reads when an account speaks anyway, and what it says then: slots look for room, warnings for a second time. Plain SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from datetime import datetime

from msgspec import Struct

from cmdesk.domain.ids import AccountId, PostId
from cmdesk.store.times import from_ms, to_ms

#: What takes a slot: all that is to go out, is on its way, or went.
_TAKING = "('planned', 'held', 'sending', 'processing', 'uncertain', 'sent')"


class Taken(Struct, frozen=True):
    """A time of an account that is given away, by which post, and what that says there."""

    account: AccountId
    post: PostId
    moment: datetime
    text: str


def busy(connection: sqlite3.Connection, accounts: Collection[AccountId], start: datetime, end: datetime) -> tuple[datetime, ...]:
    """The instants (UTC) in a half-open span at which one of these accounts posts something; replies take no slot."""
    rows = connection.execute(
        "SELECT DISTINCT d.due FROM delivery d JOIN post p ON p.id = d.post_id"
        f" WHERE d.due >= ? AND d.due < ? AND d.state IN {_TAKING} AND p.kind = 'post'"
        f" AND d.account_id IN ({','.join('?' * len(accounts))}) ORDER BY d.due",
        (to_ms(start), to_ms(end), *accounts),
    )
    return tuple(from_ms(row[0]) for row in rows)


def taken(connection: sqlite3.Connection, accounts: Collection[AccountId], start: datetime, end: datetime) -> tuple[Taken, ...]:
    """The same with posts and words, in order of time."""
    rows = connection.execute(
        "SELECT d.account_id, d.post_id, d.due, coalesce(v.text, p.text) FROM delivery d JOIN post p ON p.id = d.post_id"
        " LEFT JOIN post_variant v ON v.post_id = d.post_id AND v.account_id = d.account_id"
        f" WHERE d.due >= ? AND d.due < ? AND d.state IN {_TAKING} AND p.kind = 'post'"
        f" AND d.account_id IN ({','.join('?' * len(accounts))}) ORDER BY d.due, d.id",
        (to_ms(start), to_ms(end), *accounts),
    )
    return tuple(Taken(AccountId(row[0]), PostId(row[1]), from_ms(row[2]), row[3]) for row in rows)
