"""Keeps what stands around the posts of a calendar: one table per kind of value, a column per field, written alike.

Nothing is erased at once: a row that was taken away comes back with an undo, and goes for good a month later.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping
from datetime import date, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import asdict

from cmdesk.domain.board import (
    CalendarNote,
    Campaign,
    Column,
    Idea,
    Label,
    OwnDate,
    Pillar,
    PostPlan,
    Suggested,
)
from cmdesk.domain.errors import NotFound
from cmdesk.domain.ids import PostId
from cmdesk.domain.post import PREVIEW, preview
from cmdesk.store.convert import dumps
from cmdesk.store.times import from_ms, to_ms

if TYPE_CHECKING:
    from sqlmodel import Session

T = TypeVar("T", bound=Struct)

#: The table of each kind of value.
TABLES: Final[Mapping[type[Struct], str]] = MappingProxyType(
    {
        Label: "label",
        Pillar: "pillar",
        Campaign: "campaign",
        CalendarNote: "calendar_note",
        Column: "idea_column",
        Idea: "idea",
        OwnDate: "own_date",
        PostPlan: "post_plan",
    }
)
#: And the kind of each table.
KINDS: Final[Mapping[str, type[Struct]]] = MappingProxyType({table: kind for kind, table in TABLES.items()})
#: Fields that are kept as JSON, and as milliseconds.
_LISTS: Final = frozenset({"labels"})
_MOMENTS: Final = frozenset({"created_at"})
#: How long what was taken away can come back.
KEPT_FOR: Final = timedelta(days=30)

#: A row as the journal of arrangements keeps it: its columns by name; None is a row that is not (any more).
Row = Mapping[str, Any]


def _key(table: str) -> str:
    return "post" if table == "post_plan" else "id"


def columns_of(value: Struct) -> dict[str, Any]:
    """The columns of a value, as the file keeps them."""
    found: dict[str, Any] = {}
    for name, item in asdict(value).items():
        if name in _LISTS:
            found[name] = dumps(list(item))
        elif name in _MOMENTS:
            found[name] = to_ms(item)
        else:
            found[name] = msgspec.to_builtins(item)
    return found


def value_of(kind: type[T], row: Mapping[str, Any]) -> T:
    """The value of a row's columns."""
    found = dict(row)
    for name in _LISTS & found.keys():
        found[name] = json.loads(found[name])
    for name in _MOMENTS & found.keys():
        found[name] = None if found[name] is None else from_ms(found[name])
    return msgspec.convert(found, kind, strict=False)


def every(connection: sqlite3.Connection, kind: type[T], order: str = "id") -> tuple[T, ...]:
    """All values of a kind that are there."""
    table = TABLES[kind]
    names = kind.__struct_fields__
    listed = ", ".join(f'"{name}"' for name in names)
    rows = connection.execute(f'SELECT {listed} FROM {table} WHERE deleted_at IS NULL ORDER BY "{order}", id')
    return tuple(value_of(kind, dict(zip(names, row, strict=True))) for row in rows)


def one(connection: sqlite3.Connection, kind: type[T], number: int) -> T:
    """One value by its number; raises NotFound."""
    row = row_of(connection, TABLES[kind], number)
    if row is None:
        raise NotFound(what=TABLES[kind], ref=str(number))
    return value_of(kind, row)


def row_of(connection: sqlite3.Connection, table: str, number: int) -> Row | None:
    """The columns of a row that is there, or None."""
    names = KINDS[table].__struct_fields__
    listed = ", ".join(f'"{name}"' for name in names)
    there = "" if table == "post_plan" else " AND deleted_at IS NULL"
    row = connection.execute(f"SELECT {listed} FROM {table} WHERE {_key(table)} = ?{there}", (number,)).fetchone()
    return None if row is None else dict(zip(names, row, strict=True))


def between(connection: sqlite3.Connection, kind: type[T], first: date, last: date) -> tuple[T, ...]:
    """Values that have days of a span, its last day included: by their first day, the longer before the shorter."""
    names = kind.__struct_fields__
    listed = ", ".join(f'"{name}"' for name in names)
    rows = connection.execute(
        f"SELECT {listed} FROM {TABLES[kind]} WHERE deleted_at IS NULL AND first <= ? AND last >= ?"
        " ORDER BY first, last DESC, id",
        (last.isoformat(), first.isoformat()),
    )
    return tuple(value_of(kind, dict(zip(names, row, strict=True))) for row in rows)


# ---- writing


def new_number(connection: sqlite3.Connection, table: str) -> int:
    """A number that no row of the table has, or had since the last month."""
    found: int = connection.execute(f"SELECT coalesce(max(id), 0) + 1 FROM {table}").fetchone()[0]
    return found


def put(session: Session, table: str, number: int, row: Row | None, at: datetime) -> None:
    """Makes a row what it should be: there with these columns, or taken away."""
    execute = session.connection().exec_driver_sql
    key = _key(table)
    if row is None:
        if table == "post_plan":
            execute("DELETE FROM post_plan WHERE post = ?", (number,))
        else:
            execute(f"UPDATE {table} SET deleted_at = ? WHERE id = ?", (to_ms(at), number))
        return
    columns = {**row, key: number}
    if table != "post_plan":
        columns["deleted_at"] = None
    names = [f'"{name}"' for name in columns]
    changed = ", ".join(f"{name} = excluded.{name}" for name in names)
    execute(
        f"INSERT INTO {table} ({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
        f" ON CONFLICT ({key}) DO UPDATE SET {changed}",
        tuple(columns.values()),
    )


def tidy(session: Session, at: datetime) -> None:
    """Lets go of what was taken away a month ago."""
    execute = session.connection().exec_driver_sql
    for table in ("idea", "idea_column", "label", "pillar", "campaign", "calendar_note", "own_date"):
        besides = ' AND id NOT IN (SELECT "column" FROM idea)' if table == "idea_column" else ""
        execute(f"DELETE FROM {table} WHERE deleted_at < ?{besides}", (to_ms(at - KEPT_FOR),))


# ---- plans of posts


def plan_of(connection: sqlite3.Connection, post: PostId) -> PostPlan:
    """What is intended for a post; an empty plan where nothing is."""
    row = row_of(connection, "post_plan", post)
    return PostPlan(post) if row is None else value_of(PostPlan, row)


def posts_by_uid(connection: sqlite3.Connection, uids: Collection[str]) -> Mapping[str, PostId]:
    """The posts, not in the bin, that another program knows by these names."""
    found: dict[str, PostId] = {}
    wanted = list(uids)
    for begin in range(0, len(wanted), 500):
        some = wanted[begin : begin + 500]
        rows = connection.execute(
            "SELECT q.uid, q.post FROM post_plan q JOIN post p ON p.id = q.post AND p.deleted_at IS NULL"
            f" WHERE q.uid <> '' AND q.uid IN ({','.join('?' * len(some))})",
            some,
        )
        found |= {uid: PostId(post) for uid, post in rows}
    return found


def suggested(connection: sqlite3.Connection, zone: str, start: datetime, end: datetime) -> tuple[Suggested, ...]:
    """Drafts whose suggested wall time (naive) lies in the half-open span; what is planned already is none."""
    rows = connection.execute(
        f"SELECT q.post, q.suggested, substr(p.text, 1, {4 * PREVIEW}), p.labels,"
        " EXISTS (SELECT 1 FROM post_media m WHERE m.post_id = p.id), q.campaign"
        " FROM post_plan q JOIN post p ON p.id = q.post"
        " WHERE q.suggested IS NOT NULL AND q.suggested >= ? AND q.suggested < ? AND p.deleted_at IS NULL"
        " AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.post_id = p.id AND d.state <> 'cancelled')"
        " ORDER BY q.suggested, q.post",
        (start.isoformat(), end.isoformat()),
    )
    return tuple(
        Suggested(PostId(r[0]), datetime.fromisoformat(r[1]), zone, preview(r[2]), tuple(json.loads(r[3])), bool(r[4]), r[5])
        for r in rows
    )


def label_counts(
    connection: sqlite3.Connection, start: datetime, end: datetime, wanted: frozenset[str]
) -> tuple[int, Mapping[str, int], int]:
    """How many posts go out, or went, in a half-open span (aware), how many bear each label, and how many none of the wanted."""
    rows = connection.execute(
        "SELECT p.labels FROM post p WHERE p.kind = 'post' AND p.id IN"
        " (SELECT d.post_id FROM delivery d WHERE d.due >= ? AND d.due < ? AND d.state NOT IN ('cancelled', 'refused'))",
        (to_ms(start), to_ms(end)),
    ).fetchall()
    counts: dict[str, int] = {}
    none = 0
    for (text,) in rows:
        borne = frozenset(json.loads(text)) if text != "[]" else frozenset()
        none += wanted.isdisjoint(borne)
        for label in borne:
            counts[label] = counts.get(label, 0) + 1
    return len(rows), counts, none


def labels_in_use(connection: sqlite3.Connection) -> Mapping[str, int]:
    """Every label that a post bears, with the number of posts."""
    counts: dict[str, int] = {}
    # Thousands of posts bear a few dozen lists of labels: each list is read once.
    for text, number in connection.execute(
        "SELECT labels, count(*) FROM post WHERE labels <> '[]' AND deleted_at IS NULL GROUP BY labels"
    ):
        for name in set(json.loads(text)):
            counts[name] = counts.get(name, 0) + number
    return counts
