"""Writes the journal of a client, line after line, and reads it; nothing here changes a line that is written."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Any

from cmdesk.domain.ids import DeliveryId
from cmdesk.domain.journal import Event, Line, canonical, chained, genesis
from cmdesk.store.convert import dumps
from cmdesk.store.times import from_ms, to_ms

if TYPE_CHECKING:
    from sqlmodel import Session

_COLUMNS = "id, at, event, delivery_id, part, account, outcome, detail, previous, hash"


def write(
    session: Session,
    event: Event,
    at: datetime,
    *,
    outcome: str,
    delivery: DeliveryId | None = None,
    part: int | None = None,
    detail: dict[str, Any] | None = None,
) -> None:
    """Adds a line; it belongs to the transaction in which what it tells of is written."""
    connection = session.connection()
    account = ""
    if delivery is not None:
        row = connection.exec_driver_sql(
            "SELECT a.handle FROM delivery d JOIN account a ON a.id = d.account_id WHERE d.id = ?", (delivery,)
        ).first()
        account = "" if row is None else row[0]
    last = connection.exec_driver_sql("SELECT id, hash FROM journal ORDER BY id DESC LIMIT 1").first()
    if last is None:
        client = connection.exec_driver_sql("SELECT client_id FROM client").scalar_one()
        number, previous = 1, genesis(client)
    else:
        number, previous = last[0] + 1, last[1]
    line = Line(number, from_ms(to_ms(at)), event, delivery, part, account, outcome, dumps(detail or {}), previous, "")
    connection.exec_driver_sql(
        f"INSERT INTO journal ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            number,
            to_ms(at),
            event.value,
            delivery,
            part,
            account,
            outcome,
            line.detail,
            previous,
            chained(previous, canonical(line)),
        ),
    )


def head(connection: sqlite3.Connection) -> tuple[int, str]:
    """Number and hash of the last line; (0, "") when there is none yet."""
    row = connection.execute("SELECT id, hash FROM journal ORDER BY id DESC LIMIT 1").fetchone()
    return (0, "") if row is None else (row[0], row[1])


def hash_of(connection: sqlite3.Connection, number: int) -> str | None:
    """The hash of a line; None when there is none of this number."""
    row = connection.execute("SELECT hash FROM journal WHERE id = ?", (number,)).fetchone()
    return None if row is None else str(row[0])


def last_begun(connection: sqlite3.Connection) -> datetime | None:
    """When a call was last begun, by the wall clock of that time."""
    row = connection.execute("SELECT max(at) FROM journal WHERE event = ?", (Event.BEGUN.value,)).fetchone()
    moment: int | None = row[0]
    return from_ms(moment)


def lines(
    connection: sqlite3.Connection,
    *,
    delivery: DeliveryId | None = None,
    event: Event | None = None,
    before: int | None = None,
    limit: int | None = None,
) -> tuple[Line, ...]:
    """Lines, the newest first: of one delivery, of one kind, those before a number, at most so many."""
    where: list[str] = ["1 = 1"]
    values: list[int | str] = []
    if event is not None:
        where.append("event = ?")
        values.append(event.value)
    if delivery is not None:
        where.append("delivery_id = ?")
        values.append(int(delivery))
    if before is not None:
        where.append("id < ?")
        values.append(before)
    found = connection.execute(
        f"SELECT {_COLUMNS} FROM journal WHERE {' AND '.join(where)} ORDER BY id DESC LIMIT ?",
        (*values, -1 if limit is None else limit),
    )
    return tuple(_line(row) for row in found)


def all_lines(connection: sqlite3.Connection) -> Iterator[Line]:
    """Every line, the oldest first."""
    for row in connection.execute(f"SELECT {_COLUMNS} FROM journal ORDER BY id"):
        yield _line(row)


def _line(row: tuple[Any, ...]) -> Line:
    delivery = None if row[3] is None else DeliveryId(row[3])
    return Line(row[0], from_ms(row[1]), Event(row[2]), delivery, *row[4:])


def take_over(connection: sqlite3.Connection) -> None:
    """Begins the journal of a file that has none with the attempts that are in it; part of a migration."""
    owner = connection.execute("SELECT client_id FROM client").fetchone()
    previous = genesis("" if owner is None else owner[0])
    rows = connection.execute(
        "SELECT t.ended_at, t.started_at, t.delivery_id, t.part, a.handle, t.outcome, t.kind, t.detail FROM attempt t"
        " JOIN delivery d ON d.id = t.delivery_id JOIN account a ON a.id = d.account_id ORDER BY t.id"
    ).fetchall()
    for number, (ended, started, delivery, part, account, outcome, kind, detail) in enumerate(rows, 1):
        told = dumps({"kind": kind, "started_at": started, "detail": detail})
        at = started if ended is None else ended
        line = Line(number, from_ms(at), Event.NOTED, DeliveryId(delivery), part, account, outcome or "", told, previous, "")
        mark = chained(previous, canonical(line))
        connection.execute(
            f"INSERT INTO journal ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (number, at, Event.NOTED.value, delivery, part, account, line.outcome, told, previous, mark),
        )
        previous = mark
