"""Lets one program at a time send from a client's file: a row that is taken in the transaction that claims, or not at all.

The lock of the operating system does the same for a whole data folder. Where that lock is worth nothing (some network drives),
and where a program slept on with a delivery in its hands, this row still says whose turn it is.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct

from cmdesk.domain.agent import Who
from cmdesk.domain.guard import LEASE
from cmdesk.store.database import reading
from cmdesk.store.times import from_ms, to_ms

if TYPE_CHECKING:
    from sqlmodel import Session


class Lease(Struct, frozen=True):
    """Who sends from this file. ``holder`` is random for each life of a program, ``process`` its number on ``host``.

    ``term`` grows with every new holder. ``ended`` is set by a program that ended in peace.
    """

    holder: str
    host: str
    name: str
    process: int
    who: Who
    taken_at: datetime
    said_at: datetime
    ended: bool
    term: int


class Bid(Struct, frozen=True):
    """A program that wants to send. ``lives`` says of a holder on this computer whether its program still runs."""

    holder: str
    host: str
    name: str
    process: int
    who: Who
    lives: Callable[[Lease], bool]


def current(connection: sqlite3.Connection) -> Lease | None:
    """Who last sent from this file, living or not."""
    row = connection.execute("SELECT holder, host, name, process, who, taken_at, said_at, ended, term FROM lease").fetchone()
    if row is None:
        return None
    who = Who(row[4]) if row[4] in {one.value for one in Who} else Who.COMMAND
    return Lease(row[0], row[1], row[2], row[3], who, from_ms(row[5]), from_ms(row[6]), bool(row[7]), row[8])


def take(session: Session, bid: Bid, now: datetime) -> bool:
    """Takes the lease, or keeps it; False while another program that lives holds it.

    One of this computer is believed dead as soon as its process is; one of another computer when it has said nothing for as
    long as a lease lasts, by the wall clock in either direction.
    """
    held = current(reading(session))
    execute = session.connection().exec_driver_sql
    if held is not None and held.holder == bid.holder and not held.ended:
        execute("UPDATE lease SET said_at = ?", (to_ms(now),))
        return True
    if held is not None and not _is_over(held, bid, now):
        return False
    execute("DELETE FROM lease")
    execute(
        "INSERT INTO lease (id, holder, host, name, process, who, taken_at, said_at, ended, term)"
        " VALUES (1, ?, ?, ?, ?, ?, ?, ?, 0, ?)",
        (
            bid.holder,
            bid.host,
            bid.name,
            bid.process,
            bid.who.value,
            to_ms(now),
            to_ms(now),
            1 if held is None else held.term + 1,
        ),
    )
    return True


def _is_over(held: Lease, bid: Bid, now: datetime) -> bool:
    if held.ended or abs(now - held.said_at) >= LEASE:
        return True
    return held.host == bid.host and not bid.lives(held)


def ours(connection: sqlite3.Connection, holder: str) -> bool:
    """Whether the lease is still this program's: another may have taken it while we slept."""
    held = current(connection)
    return held is not None and held.holder == holder and not held.ended


def end(session: Session, holder: str) -> None:
    """This program sends no more; whoever comes next need not wait."""
    session.connection().exec_driver_sql("UPDATE lease SET ended = 1 WHERE holder = ?", (holder,))
