"""Reads what the calendar shows: a page of thousands of entries is read in the time of a few frames. Plain SQLite."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from itertools import groupby
from operator import itemgetter
from types import MappingProxyType
from typing import Any

from msgspec.json import decode

from cmdesk.domain.account import Health, Network
from cmdesk.domain.delivery import PostState, State, post_state
from cmdesk.domain.ids import AccountId, ClientId, DeliveryId, MediaId, PostId
from cmdesk.domain.post import PREVIEW, PostKind, preview
from cmdesk.domain.schedule import PlannedTime, Shift
from cmdesk.domain.views import AccountMark, AgendaEntry
from cmdesk.store.queue import MOVABLE
from cmdesk.store.times import from_ms, to_ms

_AGENDA = (
    "SELECT d.id, d.post_id, d.account_id, d.state, d.wall, d.zone, d.due, d.tzdata, d.shift,"
    f" replace(replace(substr(coalesce(v.text, p.text), 1, {2 * PREVIEW}), char(13), ' '), char(10), ' '),"
    " (SELECT m.media_id FROM post_media m WHERE m.post_id = d.post_id ORDER BY m.position LIMIT 1), p.labels"
    " FROM delivery d JOIN post p ON p.id = d.post_id"
    " LEFT JOIN post_variant v ON v.post_id = d.post_id AND v.account_id = d.account_id"
    " WHERE d.due >= ? AND d.due < ? AND d.state <> 'cancelled' AND p.kind = 'post' ORDER BY d.due, d.post_id, d.id"
)
_ACCOUNTS = "SELECT id, network, handle, health FROM account"
_TIMES = (
    "SELECT DISTINCT d.due, d.post_id FROM delivery d JOIN post p ON p.id = d.post_id"
    " WHERE d.due >= ? AND d.due < ? AND d.state <> 'cancelled' AND p.kind = 'post'"
)
#: Members by value: a month has thousands of rows, and a look into a table takes a tenth of an enum's call.
_SHIFTS: Mapping[str, Shift] = MappingProxyType({shift.value: shift for shift in Shift})


def agenda(connection: sqlite3.Connection, client: ClientId, start: datetime, end: datetime) -> tuple[AgendaEntry, ...]:
    """Posts (no replies) with a time in the half-open span, all deliveries of a post at one time as one entry."""
    found = connection.execute(_AGENDA, (to_ms(start), to_ms(end))).fetchall()
    if not found:
        return ()
    marks = {
        row[0]: AccountMark(client, AccountId(row[0]), Network(row[1]), row[2], Health(row[3]))
        for row in connection.execute(_ACCOUNTS)
    }
    return tuple(_entry(client, list(group), marks) for _key, group in groupby(found, itemgetter(6, 1)))


def day_times(connection: sqlite3.Connection, start: datetime, end: datetime) -> array[int]:
    """The times of all posts in the half-open span, in milliseconds since 1970, ascending: for views that only count."""
    return array("q", sorted(row[0] for row in connection.execute(_TIMES, (to_ms(start), to_ms(end)))))


def _entry(client: ClientId, group: list[tuple[Any, ...]], marks: Mapping[int, AccountMark]) -> AgendaEntry:
    first = group[0]
    state, movable = _folded(first[3]) if len(group) == 1 else _folded(*[row[3] for row in group])
    media = first[10]
    return AgendaEntry(
        client=client,
        post=PostId(first[1]),
        planned=PlannedTime(datetime.fromisoformat(first[4]), first[5], from_ms(first[6]), first[7], _SHIFTS[first[8]]),
        preview=_preview(first[9]),
        state=state,
        deliveries=tuple([DeliveryId(row[0]) for row in group]),
        accounts=tuple([marks[row[2]] for row in group]),
        has_media=media is not None,
        movable=movable,
        kind=PostKind.POST,
        labels=_labels(first[11]) if first[11] != "[]" else (),
        picture=None if media is None else MediaId(media),
    )


def _preview(text: str) -> str:
    """The beginning of a text on one line: most have no double spaces, and need no more than to be cut."""
    if "  " in text or "\t" in text or text[:1] == " ":
        return preview(text)
    return text if len(text) <= PREVIEW else text[: PREVIEW - 1].rstrip() + "…"


@lru_cache(maxsize=512)
def _folded(*values: str) -> tuple[PostState, bool]:
    """The state of a post whose deliveries stand so, and whether all of it can be moved."""
    states = tuple(State(value) for value in values)
    return post_state(states), all(state in MOVABLE for state in states)


@lru_cache(maxsize=512)
def _labels(text: str) -> tuple[str, ...]:
    found = decode(text)
    return tuple(str(one) for one in found) if isinstance(found, list) else ()
