"""Judges and prepares copies of client files: backups to be restored, files that came in an archive.

A copy says "planned" for posts that may have gone out since. Nothing in it may leave without a person's look, and none of
it may ask for a key that this computer keeps for somebody else.
"""

import contextlib
import sqlite3
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from cmdesk.domain.client import Client
from cmdesk.domain.errors import DatabaseDamaged, NotAClientFile
from cmdesk.store import first, guard, migrations
from cmdesk.store.database import translated
from cmdesk.store.times import to_ms


class Inside(Struct, frozen=True):
    """What is in a copy."""

    client: Client
    version: int
    posts: int
    messages: int


class MediaFile(Struct, frozen=True):
    """A file of the media folder that the client's file knows. ``size`` is bytes."""

    name: str
    size: int
    sha256: str


def _readable(path: Path) -> sqlite3.Connection:
    # Immutable: a copy is looked at as the one file it is, without a log beside it.
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
    for pragma in ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0", "query_only = ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


def inspect(path: Path) -> Inside:
    """Reads a copy whole: header, pages, schema, whose it is.

    Raises DatabaseDamaged, DatabaseNewer, NotAClientFile; the copy is not changed.
    """
    migrations.check_header(path)
    with translated(), contextlib.closing(_readable(path)) as connection:
        version = migrations.check(connection)
        if schema(connection) != _schema_of(version):
            raise NotAClientFile(reason="schema")
        if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
            raise DatabaseDamaged(reason="integrity")
        if connection.execute("PRAGMA foreign_key_check").fetchone() is not None:
            raise DatabaseDamaged(reason="foreign_keys")
        posts = connection.execute("SELECT count(*) FROM post").fetchone()[0]
        messages = connection.execute("SELECT count(*) FROM message").fetchone()[0]
        return Inside(first.client(connection), version, posts, messages)


def schema(connection: sqlite3.Connection) -> frozenset[tuple[str, str, str]]:
    """Every table, index, trigger and view of a file with the words that made it; statistics do not count."""
    rows = connection.execute(
        "SELECT type, name, COALESCE(sql, '') FROM sqlite_master WHERE name NOT LIKE 'sqlite\\_stat%' ESCAPE '\\'"
    )
    return frozenset((kind, name, " ".join(sql.split())) for kind, name, sql in rows)


def _schema_of(version: int) -> frozenset[tuple[str, str, str]]:
    with contextlib.closing(sqlite3.connect(":memory:", isolation_level=None)) as connection:
        for step in migrations.STEPS[:version]:
            step(connection)
        return schema(connection)


def media_files(path: Path) -> tuple[MediaFile, ...]:
    """The media that a client's file knows."""
    with translated(), contextlib.closing(_readable(path)) as connection:
        rows = connection.execute("SELECT file_name, size, sha256 FROM media ORDER BY file_name")
        return tuple(MediaFile(*row) for row in rows)


def disarm(path: Path, *, at: datetime, name: str | None = None, new_uid: Callable[[], str] | None = None) -> int:
    """Holds everything in a copy for a look that is not out; returns how much. What was on its way is uncertain.

    With ``new_uid`` (a file from elsewhere) its accounts get names of their own in the keyring and have no key yet; with
    ``name`` the client is called so.
    """
    now = to_ms(at)
    with translated(), contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
        for pragma in ("trusted_schema = OFF", "secure_delete = ON", "journal_mode = DELETE", "synchronous = FULL"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("BEGIN IMMEDIATE")
        connection.execute(
            "UPDATE delivery SET state = 'uncertain', state_since = ?, next_look_at = ? WHERE state IN ('sending', 'processing')"
            " AND EXISTS (SELECT 1 FROM delivery_part q WHERE q.delivery_id = delivery.id AND"
            " q.state IN ('sending', 'processing'))",
            (now, now),
        )
        connection.execute("UPDATE delivery_part SET state = 'uncertain' WHERE state IN ('sending', 'processing')")
        held = connection.execute(
            "UPDATE delivery SET state = 'held', held_because = 'doubt', state_since = ? WHERE state IN ('planned', 'sending',"
            " 'processing', 'refused') OR (state = 'held' AND held_because <> 'crisis')",
            (now,),
        ).rowcount
        connection.execute("UPDATE client SET install_id = ''")
        # It begins a life of its own, to be armed where it is opened; what waits in it is held one by one. A copy of an
        # older cmdesk has no guard yet and gets one when it is opened.
        if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'guard'").fetchone() is not None:
            connection.execute(
                "UPDATE guard SET seal = lower(hex(randomblob(16))), host = '', path = '', device = '', inode = '',"
                " sealed_at = NULL, held_because = NULL, held_since = NULL, held_detail = '[]', retired = 0"
            )
        if new_uid is not None:
            for (number,) in connection.execute("SELECT id FROM account").fetchall():
                connection.execute(
                    "UPDATE account SET uid = ?, health = 'secret_missing', health_since = ? WHERE id = ?",
                    (new_uid(), now, number),
                )
            _rebuild(connection)
            _still(connection, now)
        if _has(connection, "arrangement"):
            # To take something back in a copy could plan what has gone out since.
            connection.execute("DELETE FROM arrangement")
        if name is not None:
            connection.execute("UPDATE client SET name = ?", (name,))
        connection.execute("COMMIT")
    return held


def _has(connection: sqlite3.Connection, table: str) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_schema WHERE name = ?", (table,)).fetchone() is not None


def _still(connection: sqlite3.Connection, now: int) -> None:
    """A file from elsewhere does nothing by itself here: no post is made ahead, and no file of this disk is written."""
    if _has(connection, "series"):
        connection.execute("UPDATE series SET ended_at = coalesce(ended_at, ?)", (now,))
    connection.execute("UPDATE client SET settings = json_remove(settings, '$.sharing') WHERE json_valid(settings)")


def _rebuild(connection: sqlite3.Connection) -> None:
    """Makes anew what is only derived: a search index from elsewhere can be checked by nobody."""
    for table in ("message_fts", "post_fts"):
        connection.execute(f"INSERT INTO {table} ({table}) VALUES ('rebuild')")
    connection.execute("DELETE FROM message_tally")
    connection.execute("INSERT INTO message_tally (state, number) SELECT state, count(*) FROM message GROUP BY state")


def account_uids(path: Path) -> tuple[str, ...]:
    """The names under which the keyring may keep secrets for this client's accounts, unlinked ones too."""
    # Not as an immutable copy: what was linked last may still be in the log beside the file.
    with translated(), contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        return tuple(row[0] for row in connection.execute("SELECT uid FROM account WHERE network <> 'practice' ORDER BY id"))


def seal_of(path: Path) -> str:
    """The random name under which computers remember this client's file."""
    with translated(), contextlib.closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)) as connection:
        return guard.seal(connection).name
