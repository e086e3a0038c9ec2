"""What publishing keeps beyond the words: a post's extras, whether a call was begun, and which program may send."""

from __future__ import annotations

import sqlite3

from cmdesk.store.statements import statements

_TABLES = """
CREATE TABLE post_extras (
    post_id INTEGER NOT NULL,
    extras VARCHAR NOT NULL,
    PRIMARY KEY (post_id),
    FOREIGN KEY(post_id) REFERENCES post (id)
);
CREATE TABLE part_call (
    delivery_id INTEGER NOT NULL,
    part INTEGER NOT NULL,
    called_at INTEGER,
    PRIMARY KEY (delivery_id, part),
    FOREIGN KEY(delivery_id) REFERENCES delivery (id)
);
CREATE TABLE clock_word (
    server VARCHAR NOT NULL,
    ahead INTEGER NOT NULL,
    said_at INTEGER NOT NULL,
    PRIMARY KEY (server)
);
CREATE TABLE lease (
    id INTEGER NOT NULL,
    holder VARCHAR NOT NULL,
    host VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    process INTEGER NOT NULL,
    who VARCHAR NOT NULL,
    taken_at INTEGER NOT NULL,
    said_at INTEGER NOT NULL,
    ended BOOLEAN NOT NULL,
    term INTEGER NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT one_lease CHECK (id = 1)
);
"""


def extras_and_lease(connection: sqlite3.Connection) -> None:
    """A post's extras, the mark before each call, and the row that lets one program send at a time."""
    for statement in statements(_TABLES):
        connection.execute(statement)
