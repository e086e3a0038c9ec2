"""Reads what came in: lists of a million messages by keyset, threads with our own words in them, counts from indexes.

Plain SQLite only; writing is in ``ingest``. Lists say ``state <> 'context'`` in so many words: the partial indexes need it.
"""

from __future__ import annotations

import json
import sqlite3
from array import array
from collections.abc import Iterable, Sequence
from datetime import datetime
from types import MappingProxyType
from typing import Any

from cmdesk.domain.delivery import State
from cmdesk.domain.errors import NotFound
from cmdesk.domain.ids import AccountId, ClientId, DeliveryId, MessageId
from cmdesk.domain.limits import Visibility
from cmdesk.domain.message import Attachment, Author, Message, MessageKind, MessageState
from cmdesk.domain.mood import Mood, Reading
from cmdesk.domain.views import InboxFilter, InboxRow, ThreadItem
from cmdesk.store.times import from_ms, to_ms

#: The state in the file of what is in no list: known only from a conversation, or our own words.
CONTEXT = "context"

#: How many rows one question for rows may name.
MOST_ROWS = 128
_PIECE = 10_000  # ids that are read at a time: some milliseconds

_STATUS_KINDS = ("mention", "reply", "direct", "quote", "status")

_MESSAGE = (
    "id, account_id, kind, raw_kind, remote_id, event_id, author_id, author_handle, author_name, author_url, author_avatar,"
    " is_us, text, html, created_at, received_at, state, url, in_reply_to, thread_id, delivery_id, visibility, warning,"
    " language, edited_at, deleted_at, unread, snoozed_until, attachments, mentions,"
    " EXISTS (SELECT 1 FROM message_favourite liked WHERE liked.message_id = message.id)"
)


# Looked up rather than called: the enumerations' own constructors take half of the time of a page of rows.
_STATES = MappingProxyType({CONTEXT: MessageState.INFO} | {state.value: state for state in MessageState})
_KINDS = MappingProxyType({kind.value: kind for kind in MessageKind})
_MOODS = MappingProxyType({mood.value: mood for mood in Mood})
_READINGS = MappingProxyType({reading.value: reading for reading in Reading})
_VISIBILITIES = MappingProxyType({visibility.value: visibility for visibility in Visibility})


def state_of(text: str) -> MessageState:
    """A stored state as the trade knows it."""
    return _STATES[text]


def kind_of(text: str) -> MessageKind:
    """A stored kind; what a later version may have added is shown as OTHER."""
    return _KINDS.get(text, MessageKind.OTHER)


def _in(values: Iterable[object]) -> str:
    return ", ".join("?" for _ in values)


def _sources(wanted: InboxFilter) -> list[tuple[str, list[Any]]]:
    """Conditions that each walk one index in the order of the list; together they are the filter."""
    rest = ""
    params: list[Any] = []
    if wanted.kinds:
        kinds = sorted(kind.value for kind in wanted.kinds)
        rest += f" AND kind IN ({_in(kinds)})"
        params += kinds
    if wanted.unread_only:
        rest += " AND unread = 1"
    accounts = sorted(wanted.accounts)
    if wanted.states:
        if accounts:
            rest += f" AND account_id IN ({_in(accounts)})"
            params += accounts
        return [(f"state = ?{rest}", [state, *params]) for state in sorted(state.value for state in wanted.states)]
    if accounts:
        return [(f"state <> 'context' AND account_id = ?{rest}", [account, *params]) for account in accounts]
    return [(f"state <> 'context'{rest}", params)]


def ids(
    connection: sqlite3.Connection,
    wanted: InboxFilter,
    *,
    before: MessageId | None = None,
    before_place: tuple[datetime, int] | None = None,
    limit: int | None = None,
) -> array[int]:
    """Ids of the messages of a list, newest first: all of them, or ``limit`` of those older than a message or a place.

    A page is a matter of a millisecond whatever the size of the file; all of a million take about a third of a second.
    """
    bounds: tuple[int, int] | None = None
    if before is not None:
        bounds = _place_of(connection, before)
        if bounds is None:
            return array("q")
    elif before_place is not None:
        bounds = to_ms(before_place[0]), before_place[1]
    found = array("q")
    while True:
        size = _PIECE if limit is None else min(_PIECE, limit - len(found))
        piece = _piece(connection, wanted, bounds, size)
        found += piece
        bounds = _place_of(connection, found[-1]) if len(piece) == _PIECE else None
        if bounds is None:
            return found


def _piece(connection: sqlite3.Connection, wanted: InboxFilter, bounds: tuple[int, int] | None, size: int) -> array[int]:
    """The next ids of a list, as one text: each row by itself would give Python's lock away and wait for it again, and
    while something is fetched that makes milliseconds of microseconds. All of a million as one text would be tens of
    megabytes that are never given back."""
    sql, params = _walk(wanted, bounds)
    text = connection.execute(f"SELECT group_concat(id) FROM ({sql} LIMIT ?)", [*params, size]).fetchone()[0]
    return array("q", map(int, text.split(","))) if text else array("q")


def _place_of(connection: sqlite3.Connection, message_id: int) -> tuple[int, int] | None:
    """Where in the order of the lists a message stands; None when there is none."""
    row = connection.execute("SELECT created_at FROM message WHERE id = ?", (message_id,)).fetchone()
    return None if row is None else (row[0], message_id)


def _walk(wanted: InboxFilter, bounds: tuple[int, int] | None) -> tuple[str, list[Any]]:
    """The question for the ids of a list, newest first, from behind a place on; with its values."""
    keyset = "" if bounds is None else " AND (created_at, id) < (?, ?)"
    selects: list[str] = []
    params: list[Any] = []
    for where, values in _sources(wanted):
        selects.append(f"SELECT id{{}} FROM message WHERE {where}{keyset}")
        params += [*values, *(bounds or ())]
    # A second column only where SQLite must merge several walks by it.
    several = ", created_at" if len(selects) > 1 else ""
    return " UNION ALL ".join(select.format(several) for select in selects) + " ORDER BY created_at DESC, id DESC", params


def oldest(connection: sqlite3.Connection, state: MessageState, limit: int) -> array[int]:
    """Ids of the messages in a state, the oldest first."""
    found = connection.execute("SELECT id FROM message WHERE state = ? ORDER BY created_at, id LIMIT ?", (state.value, limit))
    return array("q", (row[0] for row in found))


def rows(connection: sqlite3.Connection, client: ClientId, wanted: Sequence[int]) -> tuple[InboxRow, ...]:
    """The rows of at most 128 ids, in the order asked for; ids that are no more are left out."""
    if len(wanted) > MOST_ROWS:
        raise ValueError(len(wanted))
    # In one row, for the reason why ids are (``_piece``).
    text = connection.execute(
        "SELECT json_group_array(json_array(m.id, m.account_id, m.kind, m.state, m.author_name, m.author_handle, m.preview,"
        " m.created_at, m.unread, m.visibility, m.deleted_at IS NOT NULL, m.attachments <> '[]',"
        " x.mood, x.kind, x.care, x.crisis))"
        f" FROM message m LEFT JOIN message_mood x ON x.message_id = m.id WHERE m.id IN ({_in(wanted)})",
        tuple(wanted),
    ).fetchone()[0]
    found = {
        row[0]: InboxRow(
            client=client,
            id=MessageId(row[0]),
            account=AccountId(row[1]),
            kind=_KINDS.get(row[2], MessageKind.OTHER),
            state=_STATES[row[3]],
            author_name=row[4],
            author_handle=row[5],
            preview=row[6],
            created_at=from_ms(row[7]),
            unread=bool(row[8]),
            visibility=_VISIBILITIES[row[9]],
            deleted=bool(row[10]),
            has_media=bool(row[11]),
            mood=_MOODS.get(row[12]),
            reading=_READINGS.get(row[13]),
            care=bool(row[14]),
            crisis=bool(row[15]),
        )
        for row in json.loads(text)
    }
    return tuple(found[one] for one in wanted if one in found)


def counts(connection: sqlite3.Connection) -> dict[MessageState, int]:
    """How many listed messages are in each state, from the tally that triggers keep."""
    found = dict.fromkeys(MessageState, 0)
    for state, number in connection.execute("SELECT state, number FROM message_tally WHERE state <> 'context'"):
        found[state_of(state)] += number
    return found


def unread(connection: sqlite3.Connection) -> int:
    """How many messages are unread, from their own small index."""
    number: int = connection.execute("SELECT count(*) FROM message WHERE unread = 1").fetchone()[0]
    return number


def from_author(connection: sqlite3.Connection, account: AccountId, author_id: str) -> int:
    """How many messages somebody wrote to an account; reactions and what is known from conversations only don't count."""
    row = connection.execute(
        "SELECT count(*) FROM message WHERE account_id = ? AND author_id = ? AND state <> 'context'"
        " AND kind IN ('mention', 'reply', 'direct', 'quote')",
        (account, author_id),
    ).fetchone()
    return int(row[0])


def snoozed_until_now(connection: sqlite3.Connection, now: datetime) -> bool:
    """Whether a snoozed message should come back."""
    row = connection.execute(
        "SELECT 1 FROM message WHERE state = 'snoozed' AND snoozed_until <= ? LIMIT 1", (to_ms(now),)
    ).fetchone()
    return row is not None


def message(connection: sqlite3.Connection, message_id: MessageId) -> Message:
    """One message; raises NotFound."""
    row = connection.execute(f"SELECT {_MESSAGE} FROM message WHERE id = ?", (message_id,)).fetchone()
    if row is None:
        raise NotFound(what="message", ref=str(message_id))
    return _message(row)


def by_remote(connection: sqlite3.Connection, account: AccountId, remote_id: str) -> Message | None:
    """The stored message with the network's id of its status."""
    row = connection.execute(
        f"SELECT {_MESSAGE} FROM message WHERE account_id = ? AND dedupe = ?", (account, f"s:{remote_id}")
    ).fetchone()
    return None if row is None else _message(row)


def _message(row: tuple[Any, ...]) -> Message:
    return Message(
        id=MessageId(row[0]),
        account=AccountId(row[1]),
        kind=kind_of(row[2]),
        raw_kind=row[3],
        remote_id=row[4],
        event_id=row[5],
        author=Author(row[6], row[7], row[8], row[9], row[10], bool(row[11])),
        text=row[12],
        html=row[13],
        created_at=from_ms(row[14]),
        received_at=from_ms(row[15]),
        state=state_of(row[16]),
        url=row[17],
        in_reply_to=row[18],
        thread_id=row[19],
        delivery=None if row[20] is None else DeliveryId(row[20]),
        visibility=Visibility(row[21]),
        warning=row[22],
        language=row[23],
        edited_at=from_ms(row[24]),
        deleted_at=from_ms(row[25]),
        unread=bool(row[26]),
        snoozed_until=from_ms(row[27]),
        attachments=tuple(Attachment(**one) for one in json.loads(row[28])),
        mentions=tuple(json.loads(row[29])),
        favourite=bool(row[30]),
    )


# Threads


def thread(connection: sqlite3.Connection, client: ClientId, message_id: MessageId) -> tuple[ThreadItem, ...]:
    """The conversation around a message, oldest first: what came in, our posts and our replies, also those still waiting.

    Raises NotFound.
    """
    focus = message(connection, message_id)
    found: dict[int, Message] = {}
    ours: dict[tuple[int, int], _Own] = {}
    asked: set[str] = set()
    threads = {focus.thread_id}
    # Our own reply may have been settled after answers to it came in: those then began a thread of their own.
    while threads - asked:
        for row in _thread_rows(connection, focus.account, sorted(threads - asked)):
            one = _message(row)
            found[one.id] = one
        asked |= threads
        known = {one.remote_id for one in found.values()} | {one.in_reply_to for one in found.values() if one.in_reply_to}
        for own in _own_parts(connection, focus.account, sorted(known | threads), sorted(found)):
            ours[own.delivery, own.part] = own
        threads |= {own.remote_id for own in ours.values() if own.remote_id}
    if focus.id not in found:
        found[focus.id] = focus
    seen = {own.remote_id: own for own in ours.values() if own.remote_id}
    theirs = [_their_item(client, one, focus.id) for one in found.values() if one.remote_id not in seen]
    names = connection.execute("SELECT display_name, handle FROM account WHERE id = ?", (focus.account,)).fetchone()
    echoes = {one.remote_id: one for one in found.values()}
    mine = [_own_item(client, own, echoes.get(own.remote_id or ""), names, focus.id) for own in ours.values()]
    return tuple(sorted([*theirs, *mine], key=_place))


def _place(item: ThreadItem) -> tuple[bool, float, int, str]:
    """By time, what waits last; at one moment a network's ids tell: the longer is later, else the alphabet."""
    waits = item.delivery_state is not None and item.delivery_state not in {State.SENT, State.GONE}
    return waits, item.created_at.timestamp(), len(item.remote_id), item.remote_id


def _thread_rows(connection: sqlite3.Connection, account: AccountId, threads: list[str]) -> list[tuple[Any, ...]]:
    return connection.execute(
        f"SELECT {_MESSAGE} FROM message WHERE account_id = ? AND thread_id IN ({_in(threads)})"
        f" AND kind IN ({_in(_STATUS_KINDS)})",
        (account, *threads, *_STATUS_KINDS),
    ).fetchall()


class _Own:
    """One part of one of our deliveries, as a thread shows it."""

    __slots__ = ("at", "delivery", "part", "remote_id", "state", "text", "url", "visibility", "warning")

    def __init__(self, row: tuple[Any, ...]) -> None:
        self.delivery: int = row[0]
        self.part: int = row[1]
        self.remote_id: str | None = row[2]
        frozen = json.loads(row[3]) if row[3] else {}
        self.text: str = str(frozen.get("text", row[4]))
        self.warning: str = str(frozen.get("warning", row[5]))
        self.visibility = Visibility(frozen.get("visibility", row[6]))
        self.state = State(row[7])
        self.at = from_ms(int(row[8]))
        self.url: str = row[9]


def _own_parts(connection: sqlite3.Connection, account: AccountId, remote_ids: list[str], messages: list[int]) -> Iterable[_Own]:
    # Two walks of small indexes: what is live under one of these ids, and what answers one of these messages.
    deliveries = connection.execute(
        "SELECT d.id FROM delivery_part q JOIN delivery d ON d.id = q.delivery_id"
        f" WHERE d.account_id = ? AND q.remote_id IN ({_in(remote_ids)})"
        " UNION SELECT id FROM delivery"
        f" WHERE account_id = ? AND remote_id IN ({_in(remote_ids)})"
        " UNION SELECT d.id FROM post p JOIN delivery d ON d.post_id = p.id"
        f" WHERE d.account_id = ? AND d.state <> 'cancelled' AND p.reply_message_id IN ({_in(messages)})",
        (account, *remote_ids, account, *remote_ids, account, *messages),
    ).fetchall()
    numbers = [row[0] for row in deliveries]
    rows = connection.execute(
        "SELECT d.id, COALESCE(q.part, 0), COALESCE(q.remote_id, CASE WHEN COALESCE(q.part, 0) = 0 THEN d.remote_id END),"
        " q.frozen, COALESCE(v.text, p.text), COALESCE(v.warning, p.warning), COALESCE(v.visibility, p.visibility),"
        " CASE WHEN d.state = 'gone' THEN d.state ELSE COALESCE(q.state, d.state) END,"
        " COALESCE(d.sent_at, d.due) + COALESCE(q.part, 0), COALESCE(q.url, d.url, '')"
        " FROM delivery d JOIN post p ON p.id = d.post_id"
        " LEFT JOIN post_variant v ON v.post_id = d.post_id AND v.account_id = d.account_id"
        f" LEFT JOIN delivery_part q ON q.delivery_id = d.id WHERE d.id IN ({_in(numbers)})",
        numbers,
    )
    return [_Own(row) for row in rows]


def _their_item(client: ClientId, one: Message, focus: MessageId) -> ThreadItem:
    return ThreadItem(
        client=client,
        message=one.id,
        delivery=None,
        remote_id=one.remote_id,
        author_name=one.author.name,
        author_handle=one.author.handle,
        ours=one.author.is_us,
        html=one.html,
        text=one.text,
        created_at=one.created_at,
        visibility=one.visibility,
        kind=one.kind,
        state=None if one.author.is_us else one.state,
        url=one.url,
        warning=one.warning,
        edited=one.edited_at is not None,
        deleted=one.deleted_at is not None,
        focus=one.id == focus,
    )


def _own_item(client: ClientId, own: _Own, echo: Message | None, names: tuple[str, str], focus: MessageId) -> ThreadItem:
    return ThreadItem(
        client=client,
        message=None if echo is None else echo.id,
        delivery=DeliveryId(own.delivery),
        remote_id=own.remote_id or "",
        author_name=names[0],
        author_handle=names[1],
        ours=True,
        html="" if echo is None else echo.html,
        text=own.text if echo is None else echo.text,
        created_at=own.at if echo is None else echo.created_at,
        visibility=own.visibility,
        kind=MessageKind.STATUS,
        delivery_state=own.state,
        url=own.url,
        warning=own.warning,
        edited=echo is not None and echo.edited_at is not None,
        deleted=own.state is State.GONE or (echo is not None and echo.deleted_at is not None),
        focus=echo is not None and echo.id == focus,
    )
