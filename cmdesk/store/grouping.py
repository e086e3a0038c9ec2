"""Reads together what is told one by one: who liked, boosted or followed, about one thing on one day."""

from __future__ import annotations

import sqlite3

from cmdesk.domain.ids import AccountId, ClientId, DeliveryId, MessageId
from cmdesk.domain.views import Group
from cmdesk.store.inbox import kind_of
from cmdesk.store.times import from_ms

#: How far back it is looked, and how many names are said.
_LOOK = 2_000
_NAMES = 3
_DAY_MS = 86_400_000


def groups(connection: sqlite3.Connection, client: ClientId, limit: int) -> tuple[Group, ...]:
    """The newest groups; a follow is about the account itself."""
    rows = connection.execute(
        "SELECT id, account_id, kind, CASE kind WHEN 'follow' THEN '' ELSE thread_id END, delivery_id, unread, created_at,"
        " author_name, author_handle FROM message WHERE state = 'info' AND kind IN ('favourite', 'boost', 'follow')"
        " ORDER BY created_at DESC, id DESC LIMIT ?",
        (_LOOK,),
    ).fetchall()
    found: dict[tuple[int, str, str, int], list[tuple[object, ...]]] = {}
    for row in rows:
        found.setdefault((row[1], row[2], row[3], row[6] // _DAY_MS), []).append(row)
    return tuple(_group(client, some) for some in list(found.values())[:limit])


def _group(client: ClientId, rows: list[tuple[object, ...]]) -> Group:
    first = rows[0]
    names = dict.fromkeys(str(row[7] or row[8]) for row in rows)
    delivery = next((row[4] for row in rows if row[4] is not None), None)
    return Group(
        client,
        AccountId(int(str(first[1]))),
        kind_of(str(first[2])),
        str(first[3]),
        None if delivery is None else DeliveryId(int(str(delivery))),
        len(rows),
        sum(bool(row[5]) for row in rows),
        from_ms(int(str(first[6]))),
        tuple(names)[:_NAMES],
        tuple(MessageId(int(str(row[0]))) for row in rows),
    )
