"""The step that brings what planning needs: labels, pillars, campaigns, notes, ideas, own dates, and what can be undone."""

import sqlite3

from cmdesk.store.statements import statements

_TABLES = """
CREATE TABLE label (
    id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    colour VARCHAR NOT NULL,
    deleted_at INTEGER,
    PRIMARY KEY (id)
);
CREATE UNIQUE INDEX one_label_per_name ON label (name) WHERE deleted_at IS NULL;
CREATE TABLE pillar (
    id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    label VARCHAR NOT NULL,
    share INTEGER NOT NULL,
    colour VARCHAR NOT NULL,
    deleted_at INTEGER,
    PRIMARY KEY (id)
);
CREATE TABLE campaign (
    id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    first VARCHAR NOT NULL,
    last VARCHAR NOT NULL,
    colour VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    deleted_at INTEGER,
    PRIMARY KEY (id)
);
CREATE TABLE calendar_note (
    id INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    first VARCHAR NOT NULL,
    last VARCHAR NOT NULL,
    shared BOOLEAN NOT NULL,
    colour VARCHAR NOT NULL,
    uid VARCHAR NOT NULL,
    deleted_at INTEGER,
    PRIMARY KEY (id)
);
CREATE TABLE idea_column (
    id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    deleted_at INTEGER,
    PRIMARY KEY (id)
);
CREATE TABLE idea (
    id INTEGER NOT NULL,
    "column" INTEGER NOT NULL,
    position INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    labels VARCHAR NOT NULL,
    campaign INTEGER,
    source VARCHAR NOT NULL,
    source_ref VARCHAR NOT NULL,
    day VARCHAR,
    post INTEGER,
    created_at INTEGER,
    deleted_at INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY("column") REFERENCES idea_column (id)
);
CREATE INDEX idea_by_place ON idea ("column", position);
CREATE TABLE own_date (
    id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    rule VARCHAR NOT NULL,
    gentle BOOLEAN NOT NULL,
    note VARCHAR NOT NULL,
    deleted_at INTEGER,
    PRIMARY KEY (id)
);
CREATE TABLE post_plan (
    post INTEGER NOT NULL,
    suggested VARCHAR,
    campaign INTEGER,
    uid VARCHAR NOT NULL,
    PRIMARY KEY (post)
);
CREATE INDEX plan_by_suggestion ON post_plan (suggested) WHERE suggested IS NOT NULL;
CREATE INDEX plan_by_uid ON post_plan (uid) WHERE uid <> '';
CREATE TABLE series_text (
    series_id INTEGER NOT NULL,
    position INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    PRIMARY KEY (series_id, position),
    FOREIGN KEY(series_id) REFERENCES series (id)
);
CREATE TABLE arrangement (
    id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    verb VARCHAR NOT NULL,
    steps VARCHAR NOT NULL,
    state VARCHAR NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX arrangement_by_state ON arrangement (state, id);
"""

#: The columns that every board begins with, by their kind.
_COLUMNS = ("new", "good", "writing", "used")


def planning(connection: sqlite3.Connection) -> None:
    """Everything that stands around the posts of a calendar."""
    for statement in statements(_TABLES):
        connection.execute(statement)
    connection.executemany(
        "INSERT INTO idea_column (kind, position, name) VALUES (?, ?, '')",
        [(kind, position) for position, kind in enumerate(_COLUMNS)],
    )
