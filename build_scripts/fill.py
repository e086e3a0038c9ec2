"""Makes a client's file of any size in seconds, so that a million messages can be measured rather than imagined.

    python -m build_scripts.fill HOME --messages 1000000 --posts 100000 --name "Boulangerie Rose"

The same seed gives the same file. Rows go in by bulk without triggers; the search index is built once at the end.
"""

from __future__ import annotations

import argparse
import itertools
import random
import sqlite3
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from cmdesk.domain.client import Client, Colour, Language
from cmdesk.domain.ids import CLIENT_ID_ALPHABET, CLIENT_ID_LENGTH, ClientId
from cmdesk.domain.post import PostEdit, text_hash
from cmdesk.store import first, migrations
from cmdesk.store.steps.answering import FILLED
from cmdesk.store.times import to_ms

_OPENINGS = (
    "Bonjour, est-ce que vous êtes ouverts",
    "Merci beaucoup pour",
    "Où peut-on trouver",
    "Quelle belle surprise,",
    "Je suis vraiment déçue de",
    "Do you still have",
    "Loved the new",
    "When does the",
    "Could somebody answer about",
    "Nos enfants ont adoré",
    "My order never arrived:",
    "Bravo à toute l'équipe pour",
)
_THINGS = (
    "le pain au levain",
    "la représentation de samedi",
    "the repair workshop",
    "les horaires de l'été",
    "the gift card",
    "la brioche à l'érable",
    "the matinée tickets",
    "votre atelier de vélo",
    "le café d'à côté",
    "the gluten-free croissant",
    "la programmation d'automne",
    "the back wheel you fixed",
)
_ENDINGS = (
    "à la fête nationale ?",
    "dimanche prochain ?",
    "and thank you again",
    "s'il vous plaît",
    "depuis hier soir…",
    "before the holidays?",
    "c'était délicieux",
    "I will be back",
    "on en redemande",
    "with my daughter",
)
_PEOPLE = ("Rosa", "Émile", "Zoé", "Malik", "Ines", "Théo", "Anouk", "Jun", "Noor", "Léa", "Sam", "Béatrice", "Olu", "Gaëlle")
_FAMILIES = ("Tremblay", "Gagnon", "Nguyen", "Côté", "Bélanger", "Haddad", "Morin", "O'Neill", "Pelletier", "Roy", "Diallo")

_SYLLABLES = tuple(
    first + vowel for first in ("b", "ch", "d", "f", "gr", "l", "m", "n", "pl", "r", "s", "t", "v") for vowel in "aeiouéè"
)

_BATCH = 20_000


def _words(rng: random.Random, rare: int) -> str:
    """A message of about 125 characters: a few phrases and some words that few messages share."""
    parts = [rng.choice(_OPENINGS), rng.choice(_THINGS), rng.choice(_ENDINGS)]
    parts += [_word(min(int(rng.paretovariate(0.6)), rare)) for _ in range(rng.randint(3, 11))]
    return " ".join(parts)


def _word(number: int) -> str:
    """A word that can be spoken, always the same for a number; neighbours do not begin alike."""
    scattered = number * 2_654_435_761 % 4_294_967_296 if number > 400 else number
    letters = ""
    while scattered:
        scattered, syllable = divmod(scattered, len(_SYLLABLES))
        letters += _SYLLABLES[syllable]
    return letters or "a"


def _messages(rng: random.Random, count: int, accounts: int, start: int, end: int) -> Iterator[tuple[Any, ...]]:
    step = (end - start) / max(1, count)
    thread: list[str] = []
    for number in range(1, count + 1):
        at = int(start + number * step)
        remote = str(10_000_000 + number)
        root = thread[0] if thread and rng.random() < 0.6 else remote
        parent = thread[-1] if root != remote else None
        thread = [*thread, remote] if parent else [remote]
        draw = rng.random()
        kind, state = ("reply", "answered") if parent else ("mention", "answered")
        if draw < 0.05:
            kind, state = "status", "context"
        elif draw < 0.40:
            kind, state = rng.choice(("favourite", "boost", "follow")), "info"
        elif draw < 0.46:
            state = "set_aside"
        elif draw < 0.465 or number > count - 40:
            state = "awaiting"
        elif draw < 0.467:
            state = rng.choice(("in_hand", "waiting_client"))
        name = f"{rng.choice(_PEOPLE)} {rng.choice(_FAMILIES)}"
        handle = f"{name.split(maxsplit=1)[0].lower()}{rng.randint(1, 9999)}@example.social"
        text = "" if kind in {"favourite", "boost", "follow"} else _words(rng, count)
        key = f"e:{remote}" if not text else f"s:{remote}"
        unread = int(state == "awaiting")
        yield (
            number, 1 + number % accounts, key, kind, kind, remote, remote, handle, handle, name, int(kind == "status"), text,
            f"<p>{text}</p>", text[:240], at, at, state, at, unread, f"https://example.social/@x/{remote}", parent, root,
        )  # fmt: skip


def _posts(rng: random.Random, count: int, start: int, end: int) -> Iterator[tuple[Any, ...]]:
    step = (end - start) / max(1, count)
    for number in range(1, count + 1):
        at = int(start + number * step)
        text = _words(rng, count)
        yield number, text, text_hash(PostEdit(text=text)), at, at


_MESSAGE = (
    "INSERT INTO message (id, account_id, dedupe, kind, raw_kind, remote_id, event_id, author_id, author_handle, author_name,"
    " is_us, text, html, preview, created_at, received_at, state, state_since, unread, url, in_reply_to, thread_id,"
    " author_url, author_avatar, visibility, warning, language, attachments, mentions)"
    " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '', 'public', '', 'fr', '[]', '[]')"
)
_POST = (
    "INSERT INTO post (id, text, sha256, created_at, updated_at, kind, warning, visibility, language, sensitive, labels,"
    " revision, reply_url, reply_handle) VALUES (?, ?, ?, ?, ?, 'post', '', 'public', 'fr-CA', 0, '[]', 1, '', '')"
)
_ACCOUNT = (
    "INSERT INTO account (id, uid, network, server, remote_id, handle, display_name, profile_url, avatar_url, linked_at,"
    " health, health_since, software, limits, roles, allow_private) VALUES (?, ?, 'mastodon', 'https://example.social', ?, ?,"
    " ?, '', '', ?, 'ok', ?, 'mastodon 4.5.2', '{}', '[\"publishes\", \"receives\", \"replies\"]', 0)"
)


def _bulk(connection: sqlite3.Connection, sql: str, rows: Iterator[tuple[Any, ...]]) -> None:
    while batch := list(itertools.islice(rows, _BATCH)):
        connection.executemany(sql, batch)


def fill(
    path: Path, client: Client, *, messages: int, posts: int = 0, accounts: int = 3, seed: int = 1, now: datetime | None = None
) -> None:
    """Makes a new client's file at ``path`` with so many messages and posts, spread over the two years before ``now``.

    Raises FileExistsError.
    """
    if path.exists():
        raise FileExistsError(path)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    rng = random.Random(seed)  # noqa: S311 - sample data, the same for the same seed
    end = to_ms(now or datetime(2026, 11, 22, 12, tzinfo=UTC))
    start = end - timedelta(days=730) // timedelta(milliseconds=1)
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        for pragma in ("journal_mode = WAL", "synchronous = OFF", "cache_size = -200000", "temp_store = MEMORY"):
            connection.execute(f"PRAGMA {pragma}")
        migrations.migrate(connection)
        first.insert_client(connection, client)
        later = connection.execute(
            "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND (type = 'trigger' OR (type = 'index' AND"
            " tbl_name IN ('message', 'post')))"
        ).fetchall()
        connection.execute("BEGIN")
        for kind, name, _ in later:
            connection.execute(f"DROP {kind} {name}")
        for number in range(1, accounts + 1):
            handle = f"{client.id}{number}@example.social"
            name = f"{client.name} {number}" if number > 1 else client.name
            connection.execute(_ACCOUNT, (number, f"{client.id}-{number}", str(number), handle, name, start, start))
        _bulk(connection, _MESSAGE, _messages(rng, messages, accounts, start, end))
        connection.execute("INSERT INTO message_tally SELECT state, count(*) FROM message GROUP BY state")
        _bulk(connection, _POST, _posts(rng, posts, start, end))
        for table in ("message_fts", "post_fts"):
            connection.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")
            # What grows message by message has merged its index on the way; one that is built at once has it all to do.
            connection.execute(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
        for statement in FILLED:
            connection.execute(statement)
        for _, _, sql in later:
            connection.execute(sql)
        connection.execute("COMMIT")
        connection.execute("PRAGMA optimize")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        connection.close()
    path.chmod(0o600)


def main(arguments: list[str]) -> int:
    """Fills one client of a data folder; prints where it lies."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("home", type=Path)
    parser.add_argument("--messages", type=int, default=1_000_000)
    parser.add_argument("--posts", type=int, default=100_000)
    parser.add_argument("--accounts", type=int, default=3)
    parser.add_argument("--name", default="Boulangerie Rose")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args(arguments)
    rng = random.Random(f"client {given.name} {given.seed}")  # noqa: S311 - the same name gives the same id
    client_id = ClientId("".join(rng.choice(CLIENT_ID_ALPHABET) for _ in range(CLIENT_ID_LENGTH)))
    made = datetime(2024, 11, 22, 12, tzinfo=UTC)
    colour = rng.choice(tuple(Colour))
    client = Client(client_id, given.name, colour, "America/Toronto", Language.FR_CA, made, position=given.seed)
    path = given.home / "clients" / client_id / "client.sqlite"
    begun = time.perf_counter()
    fill(path, client, messages=given.messages, posts=given.posts, accounts=given.accounts, seed=given.seed)
    (path.parent / "media").mkdir(mode=0o700, exist_ok=True)
    print(f"{path}  {path.stat().st_size / 1e6:.0f} MB  {time.perf_counter() - begun:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
