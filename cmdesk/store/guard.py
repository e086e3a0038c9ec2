"""Keeps what a client's file knows of itself: who armed its queue and where, and whether a person must say if it is real.

A queue is *sealed* when it is armed: host, installation and place are written into the file. A copy carries the seal of
the one it was copied from, and its own place betrays it.
"""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from cmdesk.domain.guard import Frozen, HoldReason, Place, QueueHold
from cmdesk.store import orm
from cmdesk.store.times import from_ms, to_ms

if TYPE_CHECKING:
    from sqlmodel import Session


class Seal(Struct, frozen=True):
    """Who armed this queue, and where. ``name`` is random and the same in every copy; ``host`` is empty before the first arming.

    ``clock_accepted`` is the latest sending that a person has declared to have happened under a wrong clock.
    """

    name: str
    install_id: str
    host: str
    place: Place | None
    clock_accepted: datetime | None

    @property
    def broken(self) -> bool:
        """Whether it was never armed."""
        return not self.host


def seal(connection: sqlite3.Connection) -> Seal:
    """The seal of this file."""
    row = connection.execute("SELECT seal, install_id, host, path, device, inode, clock_accepted FROM guard, client").fetchone()
    place = Place(row[3], int(row[4]), int(row[5])) if row[3] else None
    return Seal(row[0], row[1], row[2], place, from_ms(row[6]))


def hold(connection: sqlite3.Connection) -> QueueHold | None:
    """Why this queue stands still, if it does."""
    row = connection.execute("SELECT held_because, held_since, held_detail, retired FROM guard").fetchone()
    if row[0] is None:
        return None
    detail = tuple((str(name), str(value)) for name, value in json.loads(row[2]))
    return QueueHold(HoldReason(row[0]), from_ms(row[1]), detail, bool(row[3]))


def frozen(connection: sqlite3.Connection) -> Frozen | None:
    """Whether the crisis key is turned, and since when."""
    row = connection.execute("SELECT frozen_since, frozen_note FROM guard").fetchone()
    return None if row[0] is None else Frozen(from_ms(row[0]), row[1])


def write_seal(session: Session, install_id: str, host: str, place: Place, at: datetime) -> None:
    """Arms the queue for this installation at this place, and ends every hold."""
    session.execute(orm.sql.update(orm.tables.ClientRow).values(install_id=install_id))
    session.execute(
        orm.sql.update(orm.tables.GuardRow).values(
            host=host,
            path=place.path,
            device=str(place.device),
            inode=str(place.inode),
            sealed_at=to_ms(at),
            held_because=None,
            held_since=None,
            held_detail="[]",
            retired=False,
        )
    )


def write_hold(session: Session, value: QueueHold | None) -> None:
    """Stops the queue for a reason, or (None) lets it go on."""
    session.execute(
        orm.sql.update(orm.tables.GuardRow).values(
            held_because=None if value is None else value.because.value,
            held_since=None if value is None else to_ms(value.since),
            held_detail="[]" if value is None else json.dumps([list(pair) for pair in value.detail], ensure_ascii=False),
            retired=value is not None and value.retired,
        )
    )


def accept_clock(session: Session, last: datetime) -> None:
    """A person said that the clock is right now: sendings up to ``last`` happened under a wrong one."""
    session.execute(orm.sql.update(orm.tables.GuardRow).values(clock_accepted=to_ms(last)))


def clock_word(connection: sqlite3.Connection, server: str) -> timedelta | None:
    """By how much our clock was ahead of a server's when a person said that ours is right."""
    row = connection.execute("SELECT ahead FROM clock_word WHERE server = ?", (server,)).fetchone()
    return None if row is None else timedelta(milliseconds=row[0])


def write_clock_word(session: Session, server: str, ahead: timedelta, at: datetime) -> None:
    """A person said that ours is right and the server's is not."""
    session.connection().exec_driver_sql(
        "INSERT INTO clock_word (server, ahead, said_at) VALUES (?, ?, ?)"
        " ON CONFLICT (server) DO UPDATE SET ahead = excluded.ahead, said_at = excluded.said_at",
        (server, round(ahead.total_seconds() * 1000), to_ms(at)),
    )


def write_frozen(session: Session, value: Frozen | None) -> None:
    """Turns the crisis key, or turns it back."""
    session.execute(
        orm.sql.update(orm.tables.GuardRow).values(
            frozen_since=None if value is None else to_ms(value.since), frozen_note="" if value is None else value.note
        )
    )
