"""Finds messages by words and filters, newest first, looking at so many candidates at most: no question takes long.

Words go through the full-text index backwards; what only filters goes along an index in the order of the list. What was
not reached is said (``more``), and the next page goes on from there.
"""

from __future__ import annotations

import re
import sqlite3
import unicodedata
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from msgspec import Struct

from cmdesk.domain.answering import folded
from cmdesk.domain.ids import ClientId, MessageId
from cmdesk.domain.query import Query
from cmdesk.domain.views import SearchHit
from cmdesk.store import search
from cmdesk.store.times import from_ms, to_ms

#: How many candidates one question looks at, and how many at a time: what is asked at each key must not be felt.
MOST_LOOKS = 5_000
_AT_ONCE = 1_000
_LAST = (1 << 62, 1 << 62)
#: How much of a text is looked through for marks, how much is shown, and how much of that stands before the first one.
_READ = 4_000
_LONGEST = 160
_BEFORE = 40

_FLAGS = {
    "unread": "m.unread = 1",
    "edited": "m.edited_at IS NOT NULL",
    "deleted": "m.deleted_at IS NOT NULL",
    "public": "m.visibility IN ('public', 'unlisted')",
    "direct": "m.visibility IN ('private', 'direct')",
    "urgent": "EXISTS (SELECT 1 FROM message_mark k WHERE k.message_id = m.id AND k.priority > 0)",
    "favourite": "EXISTS (SELECT 1 FROM message_favourite f WHERE f.message_id = m.id)",
}.items()
_HAS = {
    "media": "m.attachments <> '[]'",
    "link": "(m.html LIKE '%href%' OR m.text LIKE '%http%')",
    "warning": "m.warning <> ''",
    "note": "EXISTS (SELECT 1 FROM note n WHERE n.message_id = m.id)",
    "question": "EXISTS (SELECT 1 FROM question q WHERE q.message_id = m.id)",
    "promise": "EXISTS (SELECT 1 FROM reminder r WHERE r.message_id = m.id AND r.kind = 'promise')",
    "label": "EXISTS (SELECT 1 FROM message_label l WHERE l.message_id = m.id)",
}.items()
_READINGS = frozenset({"complaint", "praise", "question", "spam", "insult", "crisis"})


class Page(Struct, frozen=True):
    """Ids that were found, newest first; ``more`` is where the next page goes on, None at the end."""

    ids: tuple[MessageId, ...]
    more: tuple[int, int] | None = None


def find(
    connection: sqlite3.Connection,
    wanted: Query,
    zone: str,
    limit: int = 50,
    after: tuple[int, int] | None = None,
    *,
    looks: int = MOST_LOOKS,
) -> Page:
    """Messages that fit, newest first. ``after`` is the ``more`` of the page before; at most ``looks`` candidates are seen."""
    connection.create_function("says_name", 2, _says_name, deterministic=True)
    where, params = _where(connection, wanted, zone)
    expression = _expression(wanted)
    if expression is None and not wanted.filtered:
        return Page(())
    place = after or _LAST
    if expression is None and wanted.before is not None:
        place = min(place, (to_ms(_midnight(wanted.before, zone)), 0))
    found: list[MessageId] = []
    looked = 0
    while looked < looks and len(found) < limit:
        sql, values = _candidates(expression, wanted, place)
        rows = connection.execute(
            f"SELECT c.id, c.at, m.id FROM ({sql}) c LEFT JOIN message m ON m.id = c.id{where}", (*values, *params)
        ).fetchall()
        looked += len(rows)
        for number, at, hit in rows:
            place = (at, number)
            if hit is not None:
                found.append(MessageId(number))
                if len(found) == limit:
                    return Page(tuple(found), place)
        if len(rows) < _AT_ONCE:
            return Page(tuple(found))
    return Page(tuple(found), place)


def _candidates(expression: str | None, wanted: Query, place: tuple[int, int]) -> tuple[str, list[Any]]:
    if expression is not None:
        return (
            "SELECT rowid AS id, 0 AS at FROM message_fts WHERE message_fts MATCH ? AND rowid < ? ORDER BY rowid DESC LIMIT ?",
            [expression, place[1], _AT_ONCE],
        )
    keyset = "(created_at, id) < (?, ?)"
    if len(wanted.states) == 1:
        state = next(iter(wanted.states))
        return (
            f"SELECT id, created_at AS at FROM message WHERE state = ? AND {keyset} ORDER BY created_at DESC, id DESC LIMIT ?",
            [state, *place, _AT_ONCE],
        )
    return (
        (
            f"SELECT id, created_at AS at FROM message WHERE state <> 'context' AND {keyset}"
            " ORDER BY created_at DESC, id DESC LIMIT ?"
        ),
        [*place, _AT_ONCE],
    )


def _expression(wanted: Query) -> str | None:
    """The question to the full-text index: the words anywhere, names in the names' columns; None when none is asked."""
    parts: list[str] = []
    words = search.expression(wanted.words)
    if words is not None:
        parts.append(f"({words})")
    for sender in wanted.senders if words is None else ():
        name = search.expression(sender)
        if name is not None:
            parts.append(f"({{author_name author_handle}} : ({name}))")
    if not parts:
        return None
    text = " AND ".join(parts)
    for word in wanted.without:
        unwanted = search.expression(f"{word} ")
        if unwanted is not None:
            text = f"({text}) NOT ({unwanted})"
    return text


def _where(connection: sqlite3.Connection, wanted: Query, zone: str) -> tuple[str, list[Any]]:
    """The filters as conditions of the join, so that what does not fit is a candidate without a message."""
    parts: list[str] = [" AND m.state <> 'context'"]
    params: list[Any] = []

    def among(column: str, values: frozenset[str]) -> None:
        if values:
            parts.append(f" AND {column} IN ({', '.join('?' for _ in values)})")
            params.extend(sorted(values))

    among("m.state", wanted.states)
    among("m.kind", wanted.kinds)
    for name, condition in (*_FLAGS, *_HAS):
        if name in wanted.flags | wanted.has:
            parts.append(f" AND {condition}")
    for label in wanted.labels:
        parts.append(" AND EXISTS (SELECT 1 FROM message_label l WHERE l.message_id = m.id AND says_name(l.label, ?))")
        params.append(folded(label))
    if search.expression(wanted.words) is not None:
        # Two common words at once are slow in the index; of what one of them finds, the names are soon read.
        for sender in wanted.senders:
            parts.append(" AND says_name(m.author_name || ' ' || m.author_handle, ?)")
            params.append(folded(sender))
    for day, sign in ((wanted.after, ">="), (wanted.before, "<")):
        if day is not None:
            parts.append(f" AND m.created_at {sign} ?")
            params.append(to_ms(_midnight(day, zone)))
    _narrowed(connection, wanted, parts, params)
    return "".join(parts), params


def _narrowed(connection: sqlite3.Connection, wanted: Query, parts: list[str], params: list[Any]) -> None:
    """What only few ask for: account, language, mood."""
    if wanted.accounts:
        numbers = _accounts(connection, wanted.accounts)
        parts.append(f" AND m.account_id IN ({', '.join('?' for _ in numbers)})")
        params.extend(numbers)
    if wanted.languages:
        parts.append(f" AND substr(m.language, 1, 2) IN ({', '.join('?' for _ in wanted.languages)})")
        params.extend(sorted(wanted.languages))
    if wanted.moods:
        _moods(connection, wanted.moods, parts, params)


def _says_name(names: str, wanted: str) -> bool:
    """Whether a name or handle has a word that begins like this."""
    text = folded(names)
    place = text.find(wanted)
    while place > 0 and text[place - 1].isalnum():
        place = text.find(wanted, place + 1)
    return place >= 0


def _moods(connection: sqlite3.Connection, moods: frozenset[str], parts: list[str], params: list[Any]) -> None:
    if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'message_mood'").fetchone() is None:
        parts.append(" AND 0")
        return
    read: list[str] = []
    for column, values in (("mood", moods - _READINGS - {"care"}), ("kind", moods & _READINGS)):
        if values:
            read.append(f"x.{column} IN ({', '.join('?' for _ in values)})")
            params.extend(sorted(values))
    if "care" in moods:
        read.append("x.care > 0")
    parts.append(f" AND EXISTS (SELECT 1 FROM message_mood x WHERE x.message_id = m.id AND ({' OR '.join(read)}))")


def _midnight(day: date, zone: str) -> datetime:
    return datetime.combine(day, time(), tzinfo=ZoneInfo(zone))


def _accounts(connection: sqlite3.Connection, names: tuple[str, ...]) -> list[int]:
    wanted = [folded(name) for name in names]
    rows = connection.execute("SELECT id, handle, network, display_name FROM account").fetchall()
    return [row[0] for row in rows if any(folded(str(one)).startswith(name) for one in row[1:] for name in wanted)]


def hits(connection: sqlite3.Connection, client: ClientId, found: tuple[MessageId, ...], words: str) -> tuple[SearchHit, ...]:
    """What was found, as a list shows it: with the places of the words, where words were asked."""
    marks = ", ".join("?" for _ in found)
    wanted = _wanted(words)
    rows = connection.execute(
        "SELECT id, author_name, author_handle, created_at, substr(CASE warning WHEN '' THEN text ELSE warning END, 1, ?),"
        f" preview FROM message WHERE id IN ({marks})",
        (_READ, *found),
    )
    by_id: dict[int, SearchHit] = {}
    for number, name, handle, at, text, preview in rows:
        shown, places = _marked(text, wanted) if wanted else (preview, ())
        by_id[number] = SearchHit(client, None, MessageId(number), name or handle, shown, from_ms(at), places)
    return tuple(by_id[one] for one in found if one in by_id)


def _wanted(words: str) -> tuple[str, ...]:
    """The beginnings of words to be marked."""
    plain = folded("".join(one if one.isalnum() else " " for one in words))
    return tuple(dict.fromkeys(plain.split()))


def _marked(text: str, wanted: tuple[str, ...]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """The piece of a text around its first found word, on one line, and where words are in it (half-open, code points)."""
    line = "".join(" " if one.isspace() else one for one in text)
    plain: list[str] = []
    origin: list[int] = []
    for place, character in enumerate(line):
        for one in unicodedata.normalize("NFKD", character.casefold()):
            if not unicodedata.combining(one):
                plain.append(one)
                origin.append(place)
    flat = "".join(plain)
    found = sorted(
        (origin[match.start()], origin[match.end() - 1] + 1)
        for word in wanted
        for match in re.finditer(r"(?<!\w)" + re.escape(word), flat)
    )
    start = max(0, found[0][0] - _BEFORE) if found else 0
    end = min(len(line), start + _LONGEST)
    lead = "…" if start else ""
    shift = len(lead) - start
    places = [(begin + shift, stop + shift) for begin, stop in found if begin >= start and stop <= end]
    return f"{lead}{line[start:end]}{'…' if end < len(line) else ''}", _apart(places)


def _apart(places: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """Ranges in order, those that touch as one."""
    found: list[tuple[int, int]] = []
    for begin, stop in places:
        if found and begin <= found[-1][1]:
            found[-1] = (found[-1][0], max(stop, found[-1][1]))
        else:
            found.append((begin, stop))
    return tuple(found)
