"""Finds words in messages and posts: accents folded, the last word as a beginning, newest first, in a millisecond.

Whatever somebody types is a question and never an error: each word travels as a quoted string of FTS5.
"""

import sqlite3
import unicodedata
from typing import Any

from cmdesk.domain.ids import ClientId, MessageId, PostId
from cmdesk.domain.views import SearchHit
from cmdesk.store.times import from_ms

_LONGEST_QUESTION = 300
_MOST_TERMS = 12
_SHORTEST_BEGINNING = 2  # the beginnings of two and three letters have an index; one letter would read half of it
_START, _END = "\x02", "\x03"  # never in stored text: control characters are taken out when it comes in
_PREVIEW_TOKENS = 24
_LONGEST_PREVIEW = 240
_LAST_ROW = (1 << 63) - 1


def expression(text: str) -> str | None:
    """The FTS5 expression of what somebody typed; None when there is nothing to look for.

    Words must all occur; "words in quotes" (also « » and curly ones) in this order; a last word that is not quoted and has
    no space after it may go on.
    """
    terms = _terms(text[:_LONGEST_QUESTION])
    return " AND ".join(terms[:_MOST_TERMS]) or None


def _terms(text: str) -> list[str]:
    plain = "".join(_plain(character) for character in text)
    terms: list[str] = []
    for index, piece in enumerate(plain.split('"')):
        if index % 2:
            if _has_letters(piece):
                terms.append(f'"{" ".join(piece.split())}"')
            continue
        words = [word for word in piece.split() if _has_letters(word)]
        terms += [f'"{word}"' for word in words]
    ends_with_quote = plain.count('"') and plain.rstrip().endswith('"')
    last = plain.split()[-1] if plain.split() else ""
    if terms and not ends_with_quote and not plain[-1:].isspace() and _letters(last.rpartition('"')[2]) >= _SHORTEST_BEGINNING:
        terms[-1] += "*"
    return terms


def _plain(character: str) -> str:
    if character in "“”„«»〝〞＂":
        return '"'
    if unicodedata.category(character) in {"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"}:
        return " "
    return character


def _letters(text: str) -> int:
    """How many characters the index knows: letters, numbers, private use."""
    return sum(unicodedata.category(character) in _TOKENS for character in text)


def _has_letters(text: str) -> bool:
    return any(unicodedata.category(character) in _TOKENS for character in text)


_TOKENS = frozenset({"Lu", "Ll", "Lt", "Lm", "Lo", "Nd", "Nl", "No", "Co"})


def search(connection: sqlite3.Connection, client: ClientId, text: str, limit: int = 50) -> tuple[SearchHit, ...]:
    """The newest messages and posts with these words, newest first. ``marks`` say where in the preview they are."""
    wanted = expression(text)
    if wanted is None or limit <= 0:
        return ()
    hits = [*_messages(connection, client, wanted, limit), *_posts(connection, client, wanted, limit)]
    hits.sort(key=lambda hit: hit.when, reverse=True)
    return tuple(hits[:limit])


def messages(
    connection: sqlite3.Connection, client: ClientId, text: str, limit: int, before: MessageId | None = None
) -> tuple[SearchHit, ...]:
    """A page of messages with these words, the last that came in first; ``before`` is the last of the page above."""
    wanted = expression(text)
    if wanted is None or limit <= 0:
        return ()
    return tuple(_messages(connection, client, wanted, limit, before))


def _messages(
    connection: sqlite3.Connection, client: ClientId, wanted: str, limit: int, before: MessageId | None = None
) -> list[SearchHit]:
    # By rowid, which the index walks backwards: ranking would read every hit of a common word first.
    rows = connection.execute(
        "SELECT m.id, m.author_name, m.author_handle, m.created_at, m.warning, found.shown FROM"
        " (SELECT rowid AS id, snippet(message_fts, 0, ?, ?, '…', ?) AS shown FROM message_fts WHERE message_fts MATCH ?"
        " AND rowid < ? ORDER BY rowid DESC LIMIT ?) AS found JOIN message m ON m.id = found.id ORDER BY m.id DESC",
        (_START, _END, _PREVIEW_TOKENS, wanted, _LAST_ROW if before is None else before, limit),
    )
    return [_message_hit(client, row) for row in rows]


def _message_hit(client: ClientId, row: tuple[Any, ...]) -> SearchHit:
    preview, marks = _marked(row[5] or "")
    return SearchHit(client, None, MessageId(row[0]), row[1] or row[2], preview, from_ms(row[3]), marks)


def _posts(connection: sqlite3.Connection, client: ClientId, wanted: str, limit: int) -> list[SearchHit]:
    rows = connection.execute(
        "SELECT p.id, p.warning, p.updated_at, found.shown FROM"
        " (SELECT rowid AS id, snippet(post_fts, 0, ?, ?, '…', ?) AS shown FROM post_fts WHERE post_fts MATCH ?"
        " ORDER BY rowid DESC LIMIT ?) AS found JOIN post p ON p.id = found.id WHERE p.deleted_at IS NULL",
        (_START, _END, _PREVIEW_TOKENS, wanted, limit),
    )
    found: list[SearchHit] = []
    for number, warning, updated, shown in rows:
        preview, marks = _marked(shown or "")
        found.append(SearchHit(client, PostId(number), None, warning, preview, from_ms(updated), marks))
    return found


def _marked(shown: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A snippet as one line without its marks, and where they were (half-open ranges of code points)."""
    text: list[str] = []
    marks: list[tuple[int, int]] = []
    begun: int | None = None
    for character in shown:
        if character == _START:
            begun = len(text)
        elif character == _END:
            if begun is not None and begun < len(text):
                marks.append((begun, len(text)))
            begun = None
        else:
            text.append(" " if character.isspace() else character)
        if len(text) >= _LONGEST_PREVIEW:
            break
    if begun is not None and begun < len(text):
        marks.append((begun, len(text)))
    return "".join(text), tuple(marks)
