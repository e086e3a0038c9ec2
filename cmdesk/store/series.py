"""Keeps posts that repeat: their model, their rule, and each occurrence that was made of them, so that none is made twice."""

from __future__ import annotations

import sqlite3
from datetime import datetime
from typing import TYPE_CHECKING, NewType

from msgspec import Struct

from cmdesk.domain.errors import NotAllowed, NotFound
from cmdesk.domain.ids import PostId
from cmdesk.store import orm
from cmdesk.store.times import from_ms, to_ms

if TYPE_CHECKING:
    from sqlmodel import Session

SeriesId = NewType("SeriesId", int)


class Series(Struct, frozen=True):
    """A post that repeats: the model, its rule, the wall time (naive) and zone from which it counts."""

    id: SeriesId
    post: PostId
    rule: str
    first: datetime
    zone: str
    created_at: datetime
    ended_at: datetime | None = None


class Occurrence(Struct, frozen=True):
    """One occurrence that was made: its wall time as the rule had it, and its post; None where it was left out."""

    wall: datetime
    post: PostId | None


def add(session: Session, post: PostId, rule: str, *, first: datetime, zone: str, at: datetime) -> SeriesId:
    """A new series."""
    row = orm.tables.SeriesRow(post_id=post, rule=rule, wall=first.isoformat(), zone=zone, created_at=to_ms(at))
    session.add(row)
    session.flush()
    if row.id is None:
        raise NotFound(what="series", ref="new")
    return SeriesId(row.id)


def end(session: Session, series_id: SeriesId, at: datetime) -> None:
    """Nothing more is made of it; what was made stays."""
    session.connection().exec_driver_sql(
        "UPDATE series SET ended_at = coalesce(ended_at, ?) WHERE id = ?", (to_ms(at), series_id)
    )


def set_alive(session: Session, series_id: SeriesId, *, alive: bool, at: datetime) -> None:
    """Lets a series go on, or ends it; raises NotAllowed when it stands so already."""
    result = session.connection().exec_driver_sql(
        f"UPDATE series SET ended_at = ? WHERE id = ? AND ended_at IS {'NOT ' if alive else ''}NULL",
        (None if alive else to_ms(at), series_id),
    )
    if result.rowcount != 1:
        raise NotAllowed(from_state="changed", to_state="series")


def set_left_out(session: Session, series_id: SeriesId, wall: datetime, *, left_out: bool) -> None:
    """Leaves an occurrence out that was not made, or takes that back; raises NotAllowed when it was made meanwhile."""
    if left_out:
        done = note(session, series_id, wall, None)
    else:
        result = session.connection().exec_driver_sql(
            "DELETE FROM series_occurrence WHERE series_id = ? AND wall = ? AND post_id IS NULL", (series_id, wall.isoformat())
        )
        done = result.rowcount == 1
    if not done:
        raise NotAllowed(from_state="changed", to_state="series")


def forget(session: Session, series_id: SeriesId, post: PostId) -> None:
    """Lets an occurrence be made anew, because its post is gone."""
    session.connection().exec_driver_sql("DELETE FROM series_occurrence WHERE series_id = ? AND post_id = ?", (series_id, post))


def texts(connection: sqlite3.Connection, series_id: SeriesId) -> tuple[str, ...]:
    """The other wordings of a series, in the order in which they are taken."""
    rows = connection.execute("SELECT text FROM series_text WHERE series_id = ? ORDER BY position", (series_id,))
    return tuple(row[0] for row in rows)


def set_texts(session: Session, series_id: SeriesId, words: tuple[str, ...]) -> None:
    """Replaces the other wordings of a series."""
    execute = session.connection().exec_driver_sql
    execute("DELETE FROM series_text WHERE series_id = ?", (series_id,))
    for position, text in enumerate(words):
        execute("INSERT INTO series_text (series_id, position, text) VALUES (?, ?, ?)", (series_id, position, text))


def note(session: Session, series_id: SeriesId, wall: datetime, post: PostId | None) -> bool:
    """Notes that an occurrence was made, or left out; False when it was noted before (then nothing is changed)."""
    result = session.connection().exec_driver_sql(
        "INSERT INTO series_occurrence (series_id, wall, post_id) VALUES (?, ?, ?) ON CONFLICT (series_id, wall) DO NOTHING",
        (series_id, wall.isoformat(), post),
    )
    return result.rowcount == 1


def every(connection: sqlite3.Connection, *, with_ended: bool = False) -> tuple[Series, ...]:
    """All series, those that go on (or all), the oldest first."""
    where = "" if with_ended else "WHERE ended_at IS NULL"
    rows = connection.execute(f"SELECT id, post_id, rule, wall, zone, created_at, ended_at FROM series {where} ORDER BY id")
    return tuple(
        Series(SeriesId(r[0]), PostId(r[1]), r[2], datetime.fromisoformat(r[3]), r[4], from_ms(r[5]), from_ms(r[6])) for r in rows
    )


def one(connection: sqlite3.Connection, series_id: SeriesId) -> Series:
    """One series; raises NotFound."""
    for found in every(connection, with_ended=True):
        if found.id == series_id:
            return found
    raise NotFound(what="series", ref=str(series_id))


def made(connection: sqlite3.Connection, series_id: SeriesId) -> tuple[Occurrence, ...]:
    """What was made of a series, by wall time."""
    rows = connection.execute("SELECT wall, post_id FROM series_occurrence WHERE series_id = ? ORDER BY wall", (series_id,))
    return tuple(Occurrence(datetime.fromisoformat(r[0]), None if r[1] is None else PostId(r[1])) for r in rows)
