"""Reads a calendar whole, as it goes into files for other programs. Plain SQLite."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from datetime import date, datetime
from itertools import groupby
from typing import Any

from cmdesk.domain.board import CalendarNote, Campaign
from cmdesk.domain.delivery import PostState, State, post_state
from cmdesk.domain.exchange import Entry, Kind
from cmdesk.domain.ids import ClientId, ref
from cmdesk.domain.ids import Kind as Thing
from cmdesk.store import board
from cmdesk.store.times import from_ms, to_ms

_POSTS = (
    "SELECT d.due, d.post_id, d.state, d.wall, d.zone, d.url, a.handle, coalesce(v.text, p.text), p.labels, p.updated_at,"
    " (SELECT c.name FROM post_plan q JOIN campaign c ON c.id = q.campaign AND c.deleted_at IS NULL WHERE q.post = p.id),"
    " (SELECT q.uid FROM post_plan q WHERE q.post = p.id)"
    " FROM delivery d JOIN post p ON p.id = d.post_id JOIN account a ON a.id = d.account_id"
    " LEFT JOIN post_variant v ON v.post_id = d.post_id AND v.account_id = d.account_id"
    " WHERE d.due >= ? AND d.due < ? AND d.state <> 'cancelled' AND p.kind = 'post' AND p.deleted_at IS NULL"
    " ORDER BY d.due, d.post_id, d.id"
)
_SUGGESTED = (
    "SELECT q.post, q.suggested, p.text, p.labels, p.updated_at,"
    " (SELECT c.name FROM campaign c WHERE c.id = q.campaign AND c.deleted_at IS NULL),"
    " (SELECT json_group_array(a.handle) FROM post_variant w JOIN account a ON a.id = w.account_id WHERE w.post_id = p.id), q.uid"
    " FROM post_plan q JOIN post p ON p.id = q.post"
    " WHERE q.suggested >= ? AND q.suggested < ? AND p.deleted_at IS NULL AND p.kind = 'post'"
    " AND NOT EXISTS (SELECT 1 FROM delivery d WHERE d.post_id = p.id AND d.state <> 'cancelled')"
    " ORDER BY q.suggested, q.post"
)
#: Codes of a suggested draft and of what stands on whole days.
DRAFT = "draft"


def posts(connection: sqlite3.Connection, client: ClientId, start: datetime, end: datetime) -> Iterator[Entry]:
    """The posts with a time in the half-open span (aware), all deliveries of one at one time as one entry."""
    rows = connection.execute(_POSTS, (to_ms(start), to_ms(end))).fetchall()
    seen: dict[int, int] = {}
    for (_due, post), found in groupby(rows, lambda row: (row[0], row[1])):
        group = list(found)
        seen[post] = seen.get(post, 0) + 1
        # A post at two times is two events; the second one has a name of its own.
        name = _name(group[0][11], client, post) + (f".{seen[post]}" if seen[post] > 1 else "")
        yield _post(name, group)


def _name(uid: str | None, client: ClientId, post: int) -> str:
    """What a post is called in other programs: as the one it came from calls it, or by its reference."""
    return uid or ref(client, Thing.POST, post)


def _post(name: str, group: list[tuple[Any, ...]]) -> Entry:
    first = group[0]
    state: PostState = post_state(tuple(State(row[2]) for row in group))
    return Entry(
        uid=name,
        kind=Kind.POST,
        text=first[7],
        wall=datetime.fromisoformat(first[3]),
        zone=first[4],
        state=state.value,
        accounts=tuple(dict.fromkeys(row[6] for row in group)),
        labels=tuple(json.loads(first[8])),
        campaign=first[10] or "",
        url=next((row[5] for row in group if row[5]), ""),
        stamp=from_ms(first[9]),
    )


def suggested(connection: sqlite3.Connection, client: ClientId, zone: str, start: datetime, end: datetime) -> Iterator[Entry]:
    """Drafts at the wall times (naive) that were suggested for them."""
    for post, wall, text, labels, updated, campaign, handles, uid in connection.execute(
        _SUGGESTED, (start.isoformat(), end.isoformat())
    ).fetchall():
        yield Entry(
            uid=_name(uid, client, post),
            kind=Kind.SUGGESTED,
            text=text,
            wall=datetime.fromisoformat(wall),
            zone=zone,
            state=DRAFT,
            accounts=tuple(json.loads(handles)),
            labels=tuple(json.loads(labels)),
            campaign=campaign or "",
            stamp=from_ms(updated),
            private=True,
        )


def bars(connection: sqlite3.Connection, client: ClientId, first: date, last: date) -> Iterator[Entry]:
    """Campaigns and notes with days of a span, its last day included."""
    for campaign in board.between(connection, Campaign, first, last):
        name = f"{client}-c{campaign.id}"
        yield Entry(uid=name, kind=Kind.CAMPAIGN, text=campaign.name, first=campaign.first, last=campaign.last)
    for note in board.between(connection, CalendarNote, first, last):
        name = note.uid or f"{client}-n{note.id}"
        yield Entry(uid=name, kind=Kind.NOTE, text=note.text, first=note.first, last=note.last, private=not note.shared)


def notes_by_uid(connection: sqlite3.Connection) -> dict[str, CalendarNote]:
    """The notes that came from other programs, by the name they have there."""
    return {one.uid: one for one in board.every(connection, CalendarNote) if one.uid}
