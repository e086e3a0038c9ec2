"""Brings a client's file to the schema of this program, step by step, and never half.

The version is ``PRAGMA user_version``; a step's statements and its version are one transaction. A file of a later
program is refused and left untouched. ``tables`` describes the same schema; a test holds the two together.
"""

import sqlite3
import struct
from collections.abc import Callable
from pathlib import Path

from cmdesk.domain.errors import DatabaseDamaged, DatabaseNewer, NotAClientFile
from cmdesk.store import journal
from cmdesk.store.statements import statements
from cmdesk.store.steps import answering, moods, planning, publishing

#: "cmde": says to every program (and to ``file``) whose database this is.
APPLICATION_ID = 0x636D6465

_MAGIC = b"SQLite format 3\x00"

_FIRST_SCHEMA = """
CREATE TABLE client (
    id INTEGER NOT NULL,
    client_id VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    colour VARCHAR NOT NULL,
    timezone VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    created_at INTEGER NOT NULL,
    archived_at INTEGER,
    grace_minutes INTEGER NOT NULL,
    position INTEGER NOT NULL,
    install_id VARCHAR NOT NULL,
    settings VARCHAR NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT one_client CHECK (id = 1)
);
CREATE TABLE account (
    id INTEGER NOT NULL,
    uid VARCHAR NOT NULL,
    network VARCHAR NOT NULL,
    server VARCHAR NOT NULL,
    remote_id VARCHAR NOT NULL,
    handle VARCHAR NOT NULL,
    display_name VARCHAR NOT NULL,
    profile_url VARCHAR NOT NULL,
    avatar_url VARCHAR NOT NULL,
    linked_at INTEGER NOT NULL,
    health VARCHAR NOT NULL,
    health_since INTEGER NOT NULL,
    software VARCHAR NOT NULL,
    limits VARCHAR NOT NULL,
    roles VARCHAR NOT NULL,
    allow_private BOOLEAN NOT NULL,
    unlinked_at INTEGER,
    PRIMARY KEY (id),
    CONSTRAINT one_account_per_identity UNIQUE (network, server, remote_id),
    UNIQUE (uid)
);
CREATE TABLE account_fetch (
    account_id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    cursor VARCHAR,
    succeeded_at INTEGER,
    tried_at INTEGER,
    problem VARCHAR,
    PRIMARY KEY (account_id, kind),
    FOREIGN KEY(account_id) REFERENCES account (id)
);
CREATE TABLE post (
    id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    warning VARCHAR NOT NULL,
    visibility VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    sensitive BOOLEAN NOT NULL,
    poll VARCHAR,
    labels VARCHAR NOT NULL,
    revision INTEGER NOT NULL,
    sha256 VARCHAR NOT NULL,
    approved VARCHAR,
    reply_remote_id VARCHAR,
    reply_url VARCHAR NOT NULL,
    reply_handle VARCHAR NOT NULL,
    reply_message_id INTEGER,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    deleted_at INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(reply_message_id) REFERENCES message (id)
);
CREATE INDEX post_by_reply ON post (reply_message_id) WHERE reply_message_id IS NOT NULL;
CREATE INDEX post_by_update ON post (updated_at, id);
CREATE TABLE post_variant (
    post_id INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    text VARCHAR,
    warning VARCHAR,
    visibility VARCHAR,
    language VARCHAR,
    PRIMARY KEY (post_id, account_id),
    FOREIGN KEY(post_id) REFERENCES post (id),
    FOREIGN KEY(account_id) REFERENCES account (id)
);
CREATE TABLE post_version (
    id INTEGER NOT NULL,
    post_id INTEGER NOT NULL,
    revision INTEGER NOT NULL,
    at INTEGER NOT NULL,
    why VARCHAR NOT NULL,
    edit VARCHAR NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(post_id) REFERENCES post (id)
);
CREATE INDEX version_by_post ON post_version (post_id, revision);
CREATE TABLE media (
    id INTEGER NOT NULL,
    sha256 VARCHAR NOT NULL,
    file_name VARCHAR NOT NULL,
    original_name VARCHAR NOT NULL,
    mime VARCHAR NOT NULL,
    size INTEGER NOT NULL,
    width INTEGER,
    height INTEGER,
    duration FLOAT,
    added_at INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (sha256)
);
CREATE TABLE post_media (
    post_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    media_id INTEGER NOT NULL,
    alt VARCHAR NOT NULL,
    focus_x FLOAT,
    focus_y FLOAT,
    part INTEGER NOT NULL,
    PRIMARY KEY (post_id, position),
    FOREIGN KEY(post_id) REFERENCES post (id),
    FOREIGN KEY(media_id) REFERENCES media (id)
);
CREATE TABLE delivery (
    id INTEGER NOT NULL,
    post_id INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    state VARCHAR NOT NULL,
    state_since INTEGER NOT NULL,
    due INTEGER NOT NULL,
    wall VARCHAR NOT NULL,
    zone VARCHAR NOT NULL,
    tzdata VARCHAR NOT NULL,
    shift VARCHAR NOT NULL,
    fingerprint VARCHAR NOT NULL,
    remote_user_id VARCHAR NOT NULL,
    late_allowed BOOLEAN NOT NULL,
    attempts INTEGER NOT NULL,
    looks INTEGER NOT NULL,
    retry_at INTEGER,
    next_look_at INTEGER,
    held_because VARCHAR,
    problem VARCHAR,
    remote_id VARCHAR,
    url VARCHAR,
    sent_at INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(post_id) REFERENCES post (id),
    FOREIGN KEY(account_id) REFERENCES account (id)
);
CREATE INDEX delivery_by_due ON delivery (state, due);
CREATE INDEX delivery_by_post ON delivery (post_id, state);
CREATE INDEX delivery_by_remote ON delivery (account_id, remote_id);
CREATE INDEX delivery_by_time ON delivery (due, id);
CREATE UNIQUE INDEX one_live_delivery ON delivery (post_id, account_id) WHERE state NOT IN ('cancelled', 'gone');
CREATE TABLE delivery_part (
    delivery_id INTEGER NOT NULL,
    part INTEGER NOT NULL,
    state VARCHAR NOT NULL,
    key VARCHAR NOT NULL,
    frozen VARCHAR NOT NULL,
    handle VARCHAR,
    remote_id VARCHAR,
    url VARCHAR,
    started_at INTEGER,
    started_monotonic FLOAT,
    boot_id VARCHAR,
    PRIMARY KEY (delivery_id, part),
    FOREIGN KEY(delivery_id) REFERENCES delivery (id)
);
CREATE INDEX part_by_remote ON delivery_part (remote_id) WHERE remote_id IS NOT NULL;
CREATE TABLE attempt (
    id INTEGER NOT NULL,
    delivery_id INTEGER NOT NULL,
    part INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    started_at INTEGER NOT NULL,
    ended_at INTEGER,
    outcome VARCHAR,
    detail VARCHAR NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(delivery_id) REFERENCES delivery (id)
);
CREATE INDEX attempt_by_delivery ON attempt (delivery_id, id);
CREATE TABLE message (
    id INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    dedupe VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    raw_kind VARCHAR NOT NULL,
    remote_id VARCHAR NOT NULL,
    event_id VARCHAR NOT NULL,
    author_id VARCHAR NOT NULL,
    author_handle VARCHAR NOT NULL,
    author_name VARCHAR NOT NULL,
    author_url VARCHAR NOT NULL,
    author_avatar VARCHAR NOT NULL,
    is_us BOOLEAN NOT NULL,
    text VARCHAR NOT NULL,
    html VARCHAR NOT NULL,
    preview VARCHAR NOT NULL,
    created_at INTEGER NOT NULL,
    received_at INTEGER NOT NULL,
    state VARCHAR NOT NULL,
    state_since INTEGER NOT NULL,
    snoozed_until INTEGER,
    unread BOOLEAN NOT NULL,
    url VARCHAR NOT NULL,
    in_reply_to VARCHAR,
    thread_id VARCHAR NOT NULL,
    delivery_id INTEGER,
    visibility VARCHAR NOT NULL,
    warning VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    edited_at INTEGER,
    deleted_at INTEGER,
    attachments VARCHAR NOT NULL,
    mentions VARCHAR NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT one_message_once UNIQUE (account_id, dedupe),
    FOREIGN KEY(account_id) REFERENCES account (id),
    FOREIGN KEY(delivery_id) REFERENCES delivery (id)
);
CREATE INDEX message_by_account ON message (account_id, created_at, id, state, kind) WHERE state <> 'context';
CREATE INDEX message_by_author ON message (account_id, author_id);
CREATE INDEX message_by_state ON message (state, created_at, id, kind, account_id);
CREATE INDEX message_by_thread ON message (account_id, thread_id, created_at);
CREATE INDEX message_by_time ON message (created_at, id, state, kind) WHERE state <> 'context';
CREATE INDEX message_unread ON message (created_at, id) WHERE unread = 1;
CREATE TABLE message_tally (
    state VARCHAR NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (state)
);
CREATE TRIGGER message_tally_insert AFTER INSERT ON message BEGIN
    INSERT INTO message_tally (state, number) VALUES (new.state, 1) ON CONFLICT (state) DO UPDATE SET number = number + 1;
END;
CREATE TRIGGER message_tally_delete AFTER DELETE ON message BEGIN
    UPDATE message_tally SET number = number - 1 WHERE state = old.state;
END;
CREATE TRIGGER message_tally_update AFTER UPDATE OF state ON message WHEN old.state <> new.state BEGIN
    UPDATE message_tally SET number = number - 1 WHERE state = old.state;
    INSERT INTO message_tally (state, number) VALUES (new.state, 1) ON CONFLICT (state) DO UPDATE SET number = number + 1;
END;
CREATE VIRTUAL TABLE message_fts USING fts5(
    text, author_name, author_handle,
    content='message', content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='2 3'
);
CREATE VIRTUAL TABLE post_fts USING fts5(
    text, warning,
    content='post', content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='2 3'
);
CREATE TRIGGER message_fts_insert AFTER INSERT ON message BEGIN
    INSERT INTO message_fts (rowid, text, author_name, author_handle)
    VALUES (new.id, new.text, new.author_name, new.author_handle);
END;
CREATE TRIGGER message_fts_delete AFTER DELETE ON message BEGIN
    INSERT INTO message_fts (message_fts, rowid, text, author_name, author_handle)
    VALUES ('delete', old.id, old.text, old.author_name, old.author_handle);
END;
CREATE TRIGGER message_fts_update AFTER UPDATE OF text, author_name, author_handle ON message BEGIN
    INSERT INTO message_fts (message_fts, rowid, text, author_name, author_handle)
    VALUES ('delete', old.id, old.text, old.author_name, old.author_handle);
    INSERT INTO message_fts (rowid, text, author_name, author_handle)
    VALUES (new.id, new.text, new.author_name, new.author_handle);
END;
CREATE TRIGGER post_fts_insert AFTER INSERT ON post BEGIN
    INSERT INTO post_fts (rowid, text, warning) VALUES (new.id, new.text, new.warning);
END;
CREATE TRIGGER post_fts_delete AFTER DELETE ON post BEGIN
    INSERT INTO post_fts (post_fts, rowid, text, warning) VALUES ('delete', old.id, old.text, old.warning);
END;
CREATE TRIGGER post_fts_update AFTER UPDATE OF text, warning ON post BEGIN
    INSERT INTO post_fts (post_fts, rowid, text, warning) VALUES ('delete', old.id, old.text, old.warning);
    INSERT INTO post_fts (rowid, text, warning) VALUES (new.id, new.text, new.warning);
END;
"""


_PROVEN_PUBLISHING = """
CREATE TABLE delivery_permit (
    delivery_id INTEGER NOT NULL,
    thawed_at INTEGER,
    again_at INTEGER,
    PRIMARY KEY (delivery_id),
    FOREIGN KEY(delivery_id) REFERENCES delivery (id)
);
CREATE TABLE journal (
    id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    event VARCHAR NOT NULL,
    delivery_id INTEGER,
    part INTEGER,
    account VARCHAR NOT NULL,
    outcome VARCHAR NOT NULL,
    detail VARCHAR NOT NULL,
    previous VARCHAR NOT NULL,
    hash VARCHAR NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX journal_by_delivery ON journal (delivery_id, id);
CREATE INDEX journal_by_event ON journal (event, at);
CREATE TABLE guard (
    id INTEGER NOT NULL,
    seal VARCHAR NOT NULL,
    host VARCHAR NOT NULL,
    path VARCHAR NOT NULL,
    device VARCHAR NOT NULL,
    inode VARCHAR NOT NULL,
    sealed_at INTEGER,
    held_because VARCHAR,
    held_since INTEGER,
    held_detail VARCHAR NOT NULL,
    retired BOOLEAN NOT NULL,
    clock_accepted INTEGER,
    frozen_since INTEGER,
    frozen_note VARCHAR NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT one_guard CHECK (id = 1)
);
CREATE TABLE account_quota (
    account_id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    remaining INTEGER NOT NULL,
    allowed INTEGER,
    resets_at INTEGER,
    read_at INTEGER NOT NULL,
    PRIMARY KEY (account_id, name),
    FOREIGN KEY(account_id) REFERENCES account (id)
);
CREATE TABLE series (
    id INTEGER NOT NULL,
    post_id INTEGER NOT NULL,
    rule VARCHAR NOT NULL,
    wall VARCHAR NOT NULL,
    zone VARCHAR NOT NULL,
    created_at INTEGER NOT NULL,
    ended_at INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(post_id) REFERENCES post (id)
);
CREATE TABLE series_occurrence (
    series_id INTEGER NOT NULL,
    wall VARCHAR NOT NULL,
    post_id INTEGER,
    PRIMARY KEY (series_id, wall),
    FOREIGN KEY(series_id) REFERENCES series (id),
    FOREIGN KEY(post_id) REFERENCES post (id)
);
"""

_KEPT_FAVOURITES = """
CREATE TABLE message_favourite (
    message_id INTEGER NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (message_id),
    FOREIGN KEY(message_id) REFERENCES message (id)
);
"""

#: The one row of a file's guard. Older files have been copied before they had a seal: what names them names all copies.
_FIRST_GUARD = """
INSERT INTO guard (id, seal, host, path, device, inode, held_detail, retired, frozen_note)
VALUES (1, coalesce((SELECT client_id || '-' || created_at FROM client), lower(hex(randomblob(16)))), '', '', '', '', '[]', 0, '')
"""


def _first(connection: sqlite3.Connection) -> None:
    for statement in statements(_FIRST_SCHEMA):
        connection.execute(statement)
    connection.execute(f"PRAGMA application_id = {APPLICATION_ID}")


def _proven_publishing(connection: sqlite3.Connection) -> None:
    """The seal of a queue, the journal as a chain, permits, quotas, posts that repeat."""
    for statement in statements(_PROVEN_PUBLISHING):
        connection.execute(statement)
    connection.execute(_FIRST_GUARD)
    journal.take_over(connection)


def _kept_favourites(connection: sqlite3.Connection) -> None:
    """What we have favourited stays visible."""
    for statement in statements(_KEPT_FAVOURITES):
        connection.execute(statement)


Step = Callable[[sqlite3.Connection], None]

#: Step number n brings a file from version n to n + 1. A released step is never changed.
STEPS: tuple[Step, ...] = (
    _first,
    _proven_publishing,
    _kept_favourites,
    publishing.extras_and_lease,
    answering.answering,
    planning.planning,
    moods.moods,
)

LATEST = len(STEPS)


def version(connection: sqlite3.Connection) -> int:
    """The schema version of an open file."""
    number: int = connection.execute("PRAGMA user_version").fetchone()[0]
    return number


def check_header(path: Path) -> None:
    """Judges a file by its first hundred bytes, without SQLite, so that what is not ours stays untouched.

    Raises DatabaseDamaged, NotAClientFile or DatabaseNewer; OSError when it cannot be read at all.
    """
    with path.open("rb") as file:
        head = file.read(100)
    if len(head) < 100 or head[:16] != _MAGIC:
        raise DatabaseDamaged(reason="header")
    number, application = struct.unpack(">I", head[60:64])[0], struct.unpack(">I", head[68:72])[0]
    if application != APPLICATION_ID:
        raise NotAClientFile
    if number > LATEST:
        raise DatabaseNewer(found=number, known=LATEST)


def check(connection: sqlite3.Connection) -> int:
    """The version of an open file that is ours and not newer; raises NotAClientFile or DatabaseNewer."""
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise NotAClientFile
    number = version(connection)
    if number > LATEST:
        raise DatabaseNewer(found=number, known=LATEST)
    return number


def _schema(connection: sqlite3.Connection) -> frozenset[tuple[str, str]]:
    rows = connection.execute(
        "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite#_%' ESCAPE '#'"
    )
    return frozenset((row[0], row[1]) for row in rows)


def trust(connection: sqlite3.Connection) -> None:
    """Trusts a schema that is, word for word, the one the steps make; raises DatabaseDamaged for any other.

    Triggers keep the search index, a virtual table, up to date, and SQLite allows that in a trusted schema only. A file
    may come from a stranger, so trust needs the comparison.
    """
    fresh = sqlite3.connect(":memory:", isolation_level=None)
    try:
        for step in STEPS:
            step(fresh)
        if _schema(connection) != _schema(fresh):
            raise DatabaseDamaged(reason="schema")
    finally:
        fresh.close()
    connection.execute("PRAGMA trusted_schema = ON")


def migrate(connection: sqlite3.Connection) -> None:
    """Takes every waiting step. The connection is in autocommit; two processes may both try, one of them finds it done."""
    while True:
        connection.execute("BEGIN IMMEDIATE")
        try:
            before = version(connection)
            if before >= len(STEPS):
                connection.execute("COMMIT")
                return
            STEPS[before](connection)
            broken = connection.execute("PRAGMA foreign_key_check").fetchall()
            if broken:
                raise DatabaseDamaged(reason="foreign_keys", rows=len(broken))
            connection.execute(f"PRAGMA user_version = {before + 1}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
