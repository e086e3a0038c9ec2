"""Writes what came in, so that nothing is doubled, nothing is lost, and nothing done here is undone by an older answer.

The meeting of a stored message with an answer does not depend on the order in which answers arrive. Statements go
through the session's connection one by one or as bulk, never through ORM objects: a page of eighty costs milliseconds.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import asdict

from cmdesk.domain.ids import AccountId, MessageId
from cmdesk.domain.message import WANTS_ANSWER, Incoming, MessageKind, MessageState
from cmdesk.store import arrivals
from cmdesk.store.database import reading
from cmdesk.store.inbox import CONTEXT
from cmdesk.store.times import to_ms

if TYPE_CHECKING:  # only a type here; whoever writes has imported the ORM already
    from sqlmodel import Session

#: A mention that was older than this when its account was linked is history, not work.
HISTORY = timedelta(days=14)

_LONGEST_TEXT = 20_000
_LONGEST_HTML = 100_000
_LONGEST_PREVIEW = 240
_LONGEST_WORD = 2_000

# Control characters and lone surrogates: SQLite cannot keep the latter, and nobody can read either.
_ADDRESSED = r"^(?:@[\w.-]{1,100}+(?:@[\w.-]{1,255}+)?[ ,:]*+)++(?=\S)"
_UNFIT = "[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]"

#: Kinds that are a status themselves; where two answers differ, the one further right is the truth.
_STATUSES = (MessageKind.STATUS, MessageKind.MENTION, MessageKind.REPLY, MessageKind.QUOTE, MessageKind.DIRECT)
_RANK: Mapping[str, int] = {kind.value: rank for rank, kind in enumerate(_STATUSES)}

_INSERTED = (
    "account_id, dedupe, kind, raw_kind, remote_id, event_id, author_id, author_handle, author_name, author_url,"
    " author_avatar, is_us, text, html, preview, created_at, received_at, state, state_since, unread, url, in_reply_to,"
    " thread_id, delivery_id, visibility, warning, language, edited_at, attachments, mentions"
)
_INSERT = f"INSERT INTO message ({_INSERTED}) VALUES ({', '.join('?' for _ in _INSERTED.split(','))})"


class Ingested(Struct, frozen=True):
    """What a page changed. ``fresh`` counts the new ones that deserve a notice: addressed to us, written since the linking.

    ``arrived`` names the new ones that are in a list, ``known`` says that nothing of the page was news.
    """

    new: int = 0
    updated: int = 0
    fresh: int = 0
    arrived: tuple[MessageId, ...] = ()
    known: bool = True

    def __add__(self, other: Ingested) -> Ingested:
        return Ingested(
            self.new + other.new,
            self.updated + other.updated,
            self.fresh + other.fresh,
            self.arrived + other.arrived,
            self.known and other.known,
        )


class _Stored(Struct, frozen=True):
    """What is compared of a message that is here already."""

    id: int
    kind: str
    state: str
    edited_at: int | None
    thread_id: str
    event_id: str
    delivery_id: int | None
    created_at: int


class _Own(Struct, frozen=True):
    """One of our own live parts: its delivery, and the root of the thread it stands in."""

    delivery: int
    root: str


def dedupe_key(item: Incoming) -> str:
    """What makes an event itself: the status it is, else the event."""
    if item.kind in _STATUSES:
        return f"s:{item.remote_id}"
    return f"e:{item.event_id}" if item.event_id else f"e:{item.raw_kind}:{item.remote_id}"


def clean(text: str, longest: int = _LONGEST_WORD) -> str:
    """Foreign text that the file can hold: no control characters, no lone surrogates, not endless."""
    # Most words are sound, and to see that is far quicker than to look for what is not.
    return (text if text.isprintable() else re.sub(_UNFIT, "", text))[:longest]


def preview_of(item: Incoming) -> str:
    """One line for the list; what is behind a warning is not in it.

    Names at the beginning only repeat whom it is addressed to; they stay when there is nothing else.
    """
    words = " ".join(clean(item.warning or item.text, _LONGEST_TEXT).split())
    return (re.sub(_ADDRESSED, "", words) or words)[:_LONGEST_PREVIEW]


def ingest(
    session: Session,
    account: AccountId,
    items: Sequence[Incoming],
    *,
    linked_at: datetime,
    now: datetime,
    asked_at: datetime | None = None,
) -> Ingested:
    """Meets answers of one account with what is stored; to be called with the cursor's write in one transaction.

    ``linked_at`` parts history from news: older events arrive quietly. An empty page changes nothing. ``asked_at`` is when
    the network was asked: what was done here since is newer than the answer.
    """
    unique = _one_each(items)
    if not unique:
        return Ingested()
    connection = reading(session)
    stored = _stored(connection, account, list(unique))
    wanted = {one for item in unique.values() for one in (item.in_reply_to, item.about_remote_id, item.remote_id) if one}
    own = _own(connection, account, sorted(wanted))
    threads = _Threads(connection, account, unique.values(), own)
    arrival = _Arrival(to_ms(linked_at), to_ms(now))
    driver = session.connection()

    fresh_rows: list[tuple[Any, ...]] = []
    listed: list[str] = []
    total = Ingested()
    for key, item in unique.items():
        before = stored.get(key)
        if before is None:
            state, unread, notice = arrival.judge(item)
            placed = (threads.of(item), _delivery(item, own))
            fresh_rows.append(_row(item, (account, key), (state, unread), placed, arrival.now))
            listed += [key] if state != CONTEXT else []
            total += Ingested(new=state != CONTEXT, fresh=notice, known=False)
            continue
        changes, upgraded, notice = _meeting(before, item, threads.of(item), own, arrival)
        if changes:
            if "text" in changes:
                arrivals.keep_version(session, before.id, arrival.now)
            names = ", ".join(f"{name} = ?" for name in changes)
            driver.exec_driver_sql(f"UPDATE message SET {names} WHERE id = ?", (*changes.values(), before.id))
            listed += [key] if upgraded else []
            total += Ingested(new=upgraded, updated=not upgraded, fresh=notice, known=False)
    if fresh_rows:
        driver.exec_driver_sql(_INSERT, fresh_rows)
    if listed:
        arrivals.note_people(session, account, (unique[key] for key in listed))
        arrivals.note_habit(session, account, (unique[key] for key in listed), arrival.now)
        total += Ingested(arrived=_numbers(connection, account, listed), known=True)
    changed = arrivals.follow_favourites(session, account, unique, to_ms(asked_at or now), arrival.now)
    total += Ingested(updated=changed)
    _join_threads(session, account, [item for item in unique.values() if item.kind in _STATUSES], threads)
    _note_answers(session, account, [unique[key] for key in unique if key not in stored], arrival.now)
    return total


def _one_each(items: Iterable[Incoming]) -> dict[str, Incoming]:
    """The page without its own doubles: of two answers about one status, the richer kind and the newer words."""
    found: dict[str, Incoming] = {}
    for item in items:
        key = dedupe_key(item)
        other = found.get(key)
        if other is None or _weight(item) > _weight(other):
            found[key] = item
    return found


def _weight(item: Incoming) -> tuple[int, int]:
    return _RANK.get(item.kind.value, 0), to_ms(item.edited_at) or 0


def _chunks(values: Sequence[str], size: int = 500) -> Iterable[Sequence[str]]:
    return (values[start : start + size] for start in range(0, len(values), size))


def _marks(values: Sequence[object]) -> str:
    return ", ".join("?" for _ in values)


def _stored(connection: sqlite3.Connection, account: AccountId, keys: list[str]) -> dict[str, _Stored]:
    found: dict[str, _Stored] = {}
    for some in _chunks(keys):
        rows = connection.execute(
            "SELECT dedupe, id, kind, state, edited_at, thread_id, event_id, delivery_id, created_at FROM message"
            f" WHERE account_id = ? AND dedupe IN ({_marks(some)})",
            (account, *some),
        )
        found.update((row[0], _Stored(*row[1:])) for row in rows)
    return found


def _own(connection: sqlite3.Connection, account: AccountId, remote_ids: list[str]) -> dict[str, _Own]:
    """Which of these ids are live parts of our own deliveries."""
    found: dict[str, _Own] = {}
    for some in _chunks(remote_ids):
        rows = connection.execute(
            "SELECT q.remote_id, d.id, COALESCE(m.thread_id, p.reply_remote_id, d.remote_id, q.remote_id)"
            " FROM delivery_part q JOIN delivery d ON d.id = q.delivery_id JOIN post p ON p.id = d.post_id"
            " LEFT JOIN message m ON m.id = p.reply_message_id"
            f" WHERE d.account_id = ? AND q.remote_id IN ({_marks(some)})",
            (account, *some),
        )
        found.update((row[0], _Own(row[1], row[2])) for row in rows)
    return found


def _numbers(connection: sqlite3.Connection, account: AccountId, keys: list[str]) -> tuple[MessageId, ...]:
    found: list[MessageId] = []
    for some in _chunks(keys):
        rows = connection.execute(
            f"SELECT id FROM message WHERE account_id = ? AND dedupe IN ({_marks(some)}) ORDER BY id", (account, *some)
        )
        found += [MessageId(row[0]) for row in rows]
    return tuple(found)


class _Threads:
    """Finds the root of each conversation as far as it is known: in the page, in the file, among our own posts."""

    def __init__(
        self, connection: sqlite3.Connection, account: AccountId, items: Iterable[Incoming], own: dict[str, _Own]
    ) -> None:
        self._own = own
        self._page = {item.remote_id: item for item in items if item.kind in _STATUSES}
        parents = {one for item in self._page.values() if (one := item.in_reply_to) and one not in self._page}
        asked = sorted(parents | set(self._page))
        self._file: dict[str, str] = {}
        for some in _chunks(asked):
            rows = connection.execute(
                f"SELECT remote_id, thread_id FROM message WHERE account_id = ? AND dedupe IN ({_marks(some)})",
                (account, *(f"s:{one}" for one in some)),
            )
            self._file.update(rows.fetchall())

    def of(self, item: Incoming) -> str:
        """The thread of an event: its own conversation's, or that of our post it is about."""
        if item.kind not in _STATUSES:
            return self._root(item.about_remote_id) if item.about_remote_id else dedupe_key(item)
        return self._root(item.remote_id)

    def _root(self, remote_id: str) -> str:
        seen: set[str] = set()
        while remote_id not in seen:
            seen.add(remote_id)
            if remote_id in self._own:
                return self._own[remote_id].root
            item = self._page.get(remote_id)
            if item is None:
                return self._file.get(remote_id, remote_id)
            if item.in_reply_to is None:
                return remote_id
            parent = item.in_reply_to
            if parent not in self._page and parent not in self._file and parent not in self._own:
                known = self._file.get(remote_id)
                if known is not None and known != remote_id:
                    return known
                return item.thread_id if item.thread_id and item.thread_id != remote_id else parent
            remote_id = parent
        return min(seen)  # a circle of answers: any of them, but always the same


class _Arrival:
    """How an event comes in: what waits for an answer, what is history, what only informs."""

    def __init__(self, linked: int, now: int) -> None:
        self._linked = linked
        self._history = linked - HISTORY // timedelta(milliseconds=1)
        self.now = now

    def judge(self, item: Incoming) -> tuple[str, bool, bool]:
        """State, unread, and whether it deserves a notice."""
        if item.author.is_us or item.kind is MessageKind.STATUS:
            return CONTEXT, False, False
        created = to_ms(item.created_at)
        if item.kind not in WANTS_ANSWER:
            return MessageState.INFO.value, created >= self._linked, False
        if created < self._history:
            return MessageState.SET_ASIDE.value, False, False
        return MessageState.AWAITING.value, True, created >= self._linked


def _content(item: Incoming) -> dict[str, Any]:
    return {
        "author_handle": clean(item.author.handle),
        "author_name": clean(item.author.name),
        "text": clean(item.text, _LONGEST_TEXT),
        "html": clean(item.html, _LONGEST_HTML),
        "preview": preview_of(item),
        "warning": clean(item.warning),
        "language": clean(item.language, 35),
        "edited_at": to_ms(item.edited_at),
        "attachments": _attachments(item),
        "mentions": json.dumps([clean(handle, 320) for handle in item.mentions]) if item.mentions else "[]",
    }


def _attachments(item: Incoming) -> str:
    if not item.attachments:
        return "[]"
    return json.dumps([{name: clean(value) for name, value in asdict(one).items()} for one in item.attachments])


def _row(
    item: Incoming, name: tuple[AccountId, str], standing: tuple[str, bool], placed: tuple[str, int | None], now: int
) -> tuple[Any, ...]:
    """A new row; ``name`` is account and dedupe key, ``standing`` state and unread, ``placed`` thread and our delivery."""
    content = _content(item)
    return (
        *name,
        item.kind.value,
        clean(item.raw_kind, 80),
        item.remote_id,
        item.event_id,
        item.author.remote_id,
        content["author_handle"],
        content["author_name"],
        clean(item.author.profile_url),
        clean(item.author.avatar_url),
        item.author.is_us,
        content["text"],
        content["html"],
        content["preview"],
        min(to_ms(item.created_at), now),  # a clock that runs ahead must not pin a message to the top of the list
        now,
        standing[0],
        now,
        standing[1],
        clean(item.url),
        item.in_reply_to,
        *placed,
        item.visibility.value,
        content["warning"],
        content["language"],
        content["edited_at"],
        content["attachments"],
        content["mentions"],
    )


def _delivery(item: Incoming, own: dict[str, _Own]) -> int | None:
    """Our own delivery that an event answers, is about, or is."""
    for remote_id in (item.about_remote_id, item.in_reply_to, item.remote_id):
        if remote_id and remote_id in own:
            return own[remote_id].delivery
    return None


def _meeting(
    before: _Stored, item: Incoming, thread: str, own: dict[str, _Own], arrival: _Arrival
) -> tuple[dict[str, Any], bool, bool]:
    """What an answer changes of a stored message, whether it becomes one for the list by it, and whether that is news.

    The state is touched in one case only: a status known from a conversation turns out to be addressed to us.
    """
    changes: dict[str, Any] = {}
    upgraded = notice = False
    if (to_ms(item.edited_at) or 0) > (before.edited_at or 0):
        changes.update(_content(item))
    if _RANK.get(item.kind.value, -1) > _RANK.get(before.kind, -1):
        changes.update(kind=item.kind.value, raw_kind=clean(item.raw_kind, 80))
        state, unread, notice = arrival.judge(item)
        if before.state == CONTEXT and state != CONTEXT:
            changes.update(state=state, state_since=arrival.now, unread=unread)
            upgraded = True
        else:
            notice = False
    if item.event_id and not before.event_id:
        changes["event_id"] = item.event_id
    if thread != before.thread_id:
        changes["thread_id"] = thread
    delivery = _delivery(item, own)
    if delivery is not None and before.delivery_id is None:
        changes["delivery_id"] = delivery
    return changes, upgraded, notice


def _join_threads(session: Session, account: AccountId, items: list[Incoming], threads: _Threads) -> None:
    """What was filed under a status whose own root was unknown then moves to that root."""
    moves = [(root, account, item.remote_id) for item in items if (root := threads.of(item)) != item.remote_id]
    if moves:
        session.connection().exec_driver_sql("UPDATE message SET thread_id = ? WHERE account_id = ? AND thread_id = ?", moves)


def _note_answers(session: Session, account: AccountId, new: list[Incoming], now: int) -> None:
    """An answer of ours written elsewhere (on the telephone) settles what it answers, once, when it is first seen."""
    driver = session.connection()
    answered = [(now, account, f"s:{item.in_reply_to}") for item in new if item.author.is_us and item.in_reply_to]
    if answered:
        driver.exec_driver_sql(
            "UPDATE message SET state = 'answered', state_since = ?, unread = 0 WHERE account_id = ? AND dedupe = ?"
            " AND state = 'awaiting'",
            answered,
        )
    asked = [(now, account, f"s:{item.remote_id}", item.remote_id) for item in new if item.kind in WANTS_ANSWER]
    if asked:
        driver.exec_driver_sql(
            "UPDATE message SET state = 'answered', state_since = ?, unread = 0 WHERE account_id = ? AND dedupe = ?"
            " AND state = 'awaiting' AND EXISTS (SELECT 1 FROM message own WHERE own.account_id = message.account_id"
            " AND own.thread_id = message.thread_id AND own.is_us = 1 AND own.in_reply_to = ?)",
            asked,
        )


# What a person does with messages


def set_state(
    session: Session, wanted: Sequence[int], state: MessageState, *, at: datetime, until: datetime | None = None
) -> int:
    """Puts messages into a state; ``until`` is when a snoozed one comes back. Returns how many changed."""
    now = to_ms(at)
    values = [(state.value, now, to_ms(until), one, state.value, to_ms(until)) for one in wanted]
    if not values:
        return 0
    result = session.connection().exec_driver_sql(
        "UPDATE message SET state = ?, state_since = ?, snoozed_until = ?, unread = 0 WHERE id = ?"
        " AND (state <> ? OR snoozed_until IS NOT ?)",
        values,
    )
    return max(0, result.rowcount)


def set_unread(session: Session, wanted: Sequence[int], unread: bool) -> int:
    """Marks messages read or unread; what is in no list stays read. Returns how many changed."""
    values = [(unread, one, unread) for one in wanted]
    if not values:
        return 0
    result = session.connection().exec_driver_sql(
        "UPDATE message SET unread = ? WHERE id = ? AND unread <> ? AND state <> 'context'", values
    )
    return max(0, result.rowcount)


def set_favourite(session: Session, message: MessageId, on: bool, at: datetime) -> None:
    """Notes that our account favourites a message, or no longer does."""
    driver = session.connection()
    if on:
        driver.exec_driver_sql(
            "INSERT INTO message_favourite (message_id, since) VALUES (?, ?) ON CONFLICT (message_id) DO NOTHING",
            (message, to_ms(at)),
        )
    else:
        driver.exec_driver_sql("DELETE FROM message_favourite WHERE message_id = ?", (message,))


def wake(session: Session, now: datetime) -> int:
    """Brings back what was snoozed until now; returns how many."""
    moment = to_ms(now)
    result = session.connection().exec_driver_sql(
        "UPDATE message SET state = 'awaiting', state_since = ?, snoozed_until = NULL, unread = 1"
        " WHERE state = 'snoozed' AND snoozed_until <= ?",
        (moment, moment),
    )
    return result.rowcount


def take_in_hand(session: Session, message: MessageId, at: datetime) -> None:
    """An answer is under way; one that is out already stays answered."""
    session.connection().exec_driver_sql(
        "UPDATE message SET state = 'in_hand', state_since = ?, snoozed_until = NULL, unread = 0 WHERE id = ?"
        " AND state IN ('awaiting', 'waiting_client', 'snoozed', 'info', 'context', 'set_aside')",
        (to_ms(at), message),
    )


def answered(session: Session, message: MessageId, at: datetime) -> None:
    """Our reply is live: the message is settled, unless a person has put it aside meanwhile."""
    session.connection().exec_driver_sql(
        "UPDATE message SET state = 'answered', state_since = ?, unread = 0 WHERE id = ? AND state IN ('awaiting', 'in_hand',"
        " 'waiting_client', 'snoozed', 'context')",
        (to_ms(at), message),
    )


def tombstone(session: Session, account: AccountId, remote_id: str, at: datetime) -> bool:
    """A status is gone on the network: the row stays, marked. Tells whether it was news."""
    result = session.connection().exec_driver_sql(
        "UPDATE message SET deleted_at = ? WHERE account_id = ? AND dedupe = ? AND deleted_at IS NULL",
        (to_ms(at), account, f"s:{remote_id}"),
    )
    return bool(result.rowcount)
