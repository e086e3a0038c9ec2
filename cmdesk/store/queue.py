"""Reads the outbox: what is due, what waits, what the calendar and the journal show. Plain SQLite."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any

from msgspec import Struct

from cmdesk.domain.account import Health, Network
from cmdesk.domain.delivery import Attempt, Delivery, HeldBecause, PartReceipt, State
from cmdesk.domain.errors import NotFound
from cmdesk.domain.ids import AccountId, ClientId, DeliveryId, PostId
from cmdesk.domain.post import PostKind, preview, split_thread
from cmdesk.domain.views import AccountMark, OutboxRow
from cmdesk.store.convert import problem_from_json
from cmdesk.store.posts import planned_time
from cmdesk.store.times import from_ms, to_ms

#: States in which a delivery can still get another time.
MOVABLE = frozenset({State.PLANNED, State.HELD, State.REFUSED})

_DELIVERY = (
    "d.id, d.post_id, d.account_id, d.state, d.state_since, d.attempts, d.looks, d.retry_at, d.held_because, d.problem,"
    " d.remote_id, d.url, d.sent_at, d.wall, d.zone, d.due, d.tzdata, d.shift"
)


class Due(Struct, frozen=True):
    """A delivery whose moment has come: to be sent (PLANNED), asked about (PROCESSING), or written once more (UNCERTAIN)."""

    delivery: DeliveryId
    account: AccountId
    state: State
    due: datetime
    kind: PostKind
    attempts: int


class Doubt(Struct, frozen=True):
    """An uncertain part that should be looked for: when its sending began, and how often somebody looked.

    ``monotonic`` (seconds) and ``boot_id`` are of its first sending: how long it has rested, whatever the wall clock did.
    """

    delivery: DeliveryId
    account: AccountId
    part: int
    started_at: datetime
    looks: int
    next_look_at: datetime | None
    monotonic: float | None = None
    boot_id: str | None = None
    resting: timedelta = timedelta()  # from when it became uncertain to the next look


def delivery(connection: sqlite3.Connection, delivery_id: DeliveryId) -> Delivery:
    """One delivery with its parts; raises NotFound."""
    row = connection.execute(f"SELECT {_DELIVERY} FROM delivery d WHERE d.id = ?", (delivery_id,)).fetchone()
    if row is None:
        raise NotFound(what="delivery", ref=str(delivery_id))
    return _delivery(connection, row)


def deliveries(connection: sqlite3.Connection, post_id: PostId) -> tuple[Delivery, ...]:
    """All deliveries of a post, cancelled ones too, in the order they were planned."""
    rows = connection.execute(f"SELECT {_DELIVERY} FROM delivery d WHERE d.post_id = ? ORDER BY d.id", (post_id,)).fetchall()
    return tuple(_delivery(connection, row) for row in rows)


def _delivery(connection: sqlite3.Connection, row: tuple[Any, ...]) -> Delivery:
    parts = connection.execute(
        "SELECT part, state, remote_id, url FROM delivery_part WHERE delivery_id = ? ORDER BY part", (row[0],)
    )
    return Delivery(
        id=DeliveryId(row[0]),
        post=PostId(row[1]),
        account=AccountId(row[2]),
        state=State(row[3]),
        state_since=from_ms(row[4]),
        attempts=row[5],
        looks=row[6],
        retry_at=from_ms(row[7]),
        held_because=HeldBecause(row[8]) if row[8] else None,
        problem=problem_from_json(row[9]),
        remote_id=row[10],
        url=row[11],
        sent_at=from_ms(row[12]),
        planned=planned_time(row[13:18]),
        parts=tuple(PartReceipt(part[0], State(part[1]), part[2], part[3]) for part in parts),
    )


def due(connection: sqlite3.Connection, now: datetime) -> tuple[Due, ...]:
    """What should be sent or asked about now, in order of time.

    What an account could not take yet (no network, too many calls) keeps its place: nothing later overtakes it.
    """
    at = to_ms(now)
    rows = connection.execute(
        "SELECT d.id, d.account_id, d.state, d.due, p.kind, d.attempts FROM delivery d JOIN post p ON p.id = d.post_id"
        " WHERE (d.state = 'planned' AND d.due <= ? AND (d.retry_at IS NULL OR d.retry_at <= ?)"
        "  AND NOT EXISTS (SELECT 1 FROM delivery w WHERE w.account_id = d.account_id AND w.state = 'planned' AND w.retry_at > ?"
        "  AND (w.due, w.id) < (d.due, d.id)))"
        " OR (d.state = 'processing' AND (d.retry_at IS NULL OR d.retry_at <= ?))"
        " OR (d.state = 'uncertain' AND d.id IN (SELECT delivery_id FROM delivery_permit WHERE again_at <= ?))"
        " ORDER BY d.due, d.id",
        (at, at, at, at, at),
    )
    return tuple(Due(DeliveryId(r[0]), AccountId(r[1]), State(r[2]), from_ms(r[3]), PostKind(r[4]), r[5]) for r in rows)


def next_moment(connection: sqlite3.Connection) -> datetime | None:
    """When the outbox next has something to do; None when nothing waits."""
    row = connection.execute(
        "SELECT min(moment) FROM (SELECT min(max(due, coalesce(retry_at, due))) AS moment FROM delivery WHERE state = 'planned'"
        " UNION ALL SELECT min(coalesce(retry_at, state_since)) FROM delivery WHERE state = 'processing'"
        " UNION ALL SELECT min(next_look_at) FROM delivery WHERE state = 'uncertain'"
        " UNION ALL SELECT min(again_at) FROM delivery_permit q JOIN delivery d ON d.id = q.delivery_id"
        " WHERE d.state = 'uncertain')"
    ).fetchone()
    return _moment(row[0])


def _moment(value: int | None) -> datetime | None:
    return from_ms(value)


#: What is planned and too late: a post after the first limit, a reply after the second. Nothing that a person let go late.
TOO_LATE = (
    "state = 'planned' AND NOT late_allowed AND due < ? AND (due < ? OR (SELECT kind FROM post WHERE id = post_id) <> 'reply')"
)


def is_late(connection: sqlite3.Connection, limit: datetime, reply_limit: datetime) -> bool:
    """Whether something planned should have gone before ``limit`` (a reply: before ``reply_limit``) and may not go late."""
    row = connection.execute(
        f"SELECT 1 FROM delivery WHERE {TOO_LATE} LIMIT 1",
        (to_ms(limit), to_ms(reply_limit)),
    ).fetchone()
    return row is not None


#: Of what is planned, what a frozen client must not let out.
NOT_THAWED = (
    "state = 'planned' AND NOT EXISTS (SELECT 1 FROM delivery_permit q WHERE q.delivery_id = delivery.id"
    " AND q.thawed_at IS NOT NULL)"
)


def unthawed(connection: sqlite3.Connection) -> bool:
    """Whether something is planned that a frozen client must not let out."""
    return connection.execute(f"SELECT 1 FROM delivery WHERE {NOT_THAWED} LIMIT 1").fetchone() is not None


#: What waits to be tried again after a failure with a certain code.
PUT_OFF = "state = 'planned' AND retry_at IS NOT NULL AND json_extract(problem, '$.code') = ?"


def put_off(connection: sqlite3.Connection, code: str) -> bool:
    """Whether something waits to be tried again after a failure with this code."""
    return connection.execute(f"SELECT 1 FROM delivery WHERE {PUT_OFF} LIMIT 1", (code,)).fetchone() is not None


def last_begun(connection: sqlite3.Connection, account_id: AccountId, besides: DeliveryId) -> datetime | None:
    """When this account last began to send another delivery."""
    row = connection.execute(
        "SELECT max(p.started_at) FROM delivery_part p JOIN delivery d ON d.id = p.delivery_id"
        " WHERE d.account_id = ? AND d.id <> ? AND p.state <> 'planned'",
        (account_id, besides),
    ).fetchone()
    return _moment(row[0])


def sending(connection: sqlite3.Connection) -> bool:
    """Whether a delivery stands as being sent."""
    return connection.execute("SELECT 1 FROM delivery WHERE state = 'sending' LIMIT 1").fetchone() is not None


def processing_part(connection: sqlite3.Connection, delivery_id: DeliveryId) -> tuple[int, str] | None:
    """The part that the network works on, and its handle."""
    row = connection.execute(
        "SELECT part, handle FROM delivery_part WHERE delivery_id = ? AND state = 'processing'", (delivery_id,)
    ).fetchone()
    return None if row is None else (row[0], row[1] or "")


def doubts(connection: sqlite3.Connection, now: datetime | None = None) -> tuple[Doubt, ...]:
    """Uncertain deliveries whose next look is due (without ``now``: all)."""
    where, values = ("", ()) if now is None else (" AND d.next_look_at <= ?", (to_ms(now),))
    rows = connection.execute(
        "SELECT d.id, d.account_id, p.part, coalesce((SELECT min(t.started_at) FROM attempt t WHERE t.delivery_id = d.id"
        " AND t.part = p.part AND t.kind = 'send'), p.started_at, d.state_since), d.looks, d.next_look_at,"
        " p.started_monotonic, p.boot_id, coalesce(d.next_look_at - d.state_since, 0) FROM delivery d"
        " JOIN delivery_part p ON p.delivery_id = d.id AND p.state = 'uncertain'"
        f" WHERE d.state = 'uncertain'{where} ORDER BY d.id",
        values,
    )
    return tuple(
        Doubt(
            DeliveryId(r[0]),
            AccountId(r[1]),
            r[2],
            from_ms(r[3]),
            r[4],
            from_ms(r[5]),
            r[6],
            r[7],
            timedelta(milliseconds=r[8]),
        )
        for r in rows
    )


def planned_with_other_rules(connection: sqlite3.Connection, tzdata: str) -> tuple[Delivery, ...]:
    """Planned deliveries whose time was worked out with other rules of the zones than these."""
    rows = connection.execute(
        f"SELECT {_DELIVERY} FROM delivery d WHERE d.state = 'planned' AND d.tzdata <> ?", (tzdata,)
    ).fetchall()
    return tuple(_delivery(connection, row) for row in rows)


_ROW = (
    f"{_DELIVERY}, a.network, a.handle, a.health, coalesce(v.text, p.text), p.kind,"
    " (SELECT count(*) FROM delivery_part x WHERE x.delivery_id = d.id),"
    " (SELECT count(*) FROM delivery_part x WHERE x.delivery_id = d.id AND x.state = 'sent'),"
    " EXISTS (SELECT 1 FROM post_media m WHERE m.post_id = d.post_id), p.approved IS NOT NULL"
    " FROM delivery d JOIN post p ON p.id = d.post_id JOIN account a ON a.id = d.account_id"
    " LEFT JOIN post_variant v ON v.post_id = d.post_id AND v.account_id = d.account_id"
)


def rows(
    connection: sqlite3.Connection,
    client: ClientId,
    states: Collection[State] | None = None,
    *,
    due_from: datetime | None = None,
    due_until: datetime | None = None,
    post: PostId | None = None,
    newest_first: bool = False,
    limit: int = 500,
) -> tuple[OutboxRow, ...]:
    """Deliveries by their time; those of one post by account."""
    where: list[str] = []
    values: list[Any] = []
    if states is not None:
        where.append(f"d.state IN ({','.join('?' * len(states))})")
        values += [state.value for state in states]
    for moment, comparison in ((due_from, ">="), (due_until, "<")):
        if moment is not None:
            where.append(f"d.due {comparison} ?")
            values.append(to_ms(moment))
    direction = "DESC" if newest_first else "ASC"
    order = f"d.due {direction}, d.id {direction}"
    if post is not None:
        where.append("d.post_id = ?")
        values.append(post)
        order = "d.account_id, d.id"
    found = connection.execute(
        f"SELECT {_ROW} {'WHERE ' + ' AND '.join(where) if where else ''} ORDER BY {order} LIMIT ?",
        (*values, limit),
    )
    return tuple(_outbox_row(client, row) for row in found)


def _outbox_row(client: ClientId, row: tuple[Any, ...]) -> OutboxRow:
    return OutboxRow(
        client=client,
        id=DeliveryId(row[0]),
        post=PostId(row[1]),
        account=_mark(client, row),
        state=State(row[3]),
        planned=planned_time(row[13:18]),
        preview=preview(row[21]),
        attempts=row[5],
        held_because=HeldBecause(row[8]) if row[8] else None,
        problem=problem_from_json(row[9]),
        url=row[11],
        retry_at=from_ms(row[7]),
        sent_at=from_ms(row[12]),
        parts=row[23] or len(split_thread(row[21])),
        parts_out=row[24],
        kind=PostKind(row[22]),
    )


def _mark(client: ClientId, row: tuple[Any, ...]) -> AccountMark:
    return AccountMark(client, AccountId(row[2]), Network(row[18]), row[19], Health(row[20]))


def attempts(connection: sqlite3.Connection, delivery_id: DeliveryId) -> tuple[Attempt, ...]:
    """The journal of one delivery, oldest first."""
    rows = connection.execute(
        "SELECT id, delivery_id, part, kind, started_at, ended_at, outcome, detail FROM attempt WHERE delivery_id = ?"
        " ORDER BY id",
        (delivery_id,),
    )
    return tuple(Attempt(r[0], DeliveryId(r[1]), r[2], r[3], from_ms(r[4]), from_ms(r[5]), r[6], r[7]) for r in rows)


def live_at(connection: sqlite3.Connection, account: AccountId, url: str) -> str | None:
    """The network's id of what is live of an account at a web address; None when nothing of ours is."""
    row = connection.execute(
        "SELECT remote_id FROM delivery WHERE account_id = ? AND url = ? AND state = 'sent'", (account, url)
    ).fetchone()
    return None if row is None or row[0] is None else str(row[0])
