"""The step that brings moods: what is read between the lines of messages, what people corrected, what is still to be read."""

import sqlite3

from cmdesk.store.statements import statements

_TABLES = """
CREATE TABLE message_mood (
    message_id INTEGER NOT NULL,
    mood VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    care BOOLEAN NOT NULL,
    crisis BOOLEAN NOT NULL,
    risk INTEGER NOT NULL,
    confidence INTEGER NOT NULL,
    because VARCHAR NOT NULL,
    corrected BOOLEAN NOT NULL,
    PRIMARY KEY (message_id),
    FOREIGN KEY(message_id) REFERENCES message (id)
);
CREATE INDEX mood_by_risk ON message_mood (risk, message_id);
CREATE TABLE triage_correction (
    message_id INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    mood VARCHAR NOT NULL,
    kind VARCHAR NOT NULL,
    made_at INTEGER NOT NULL,
    PRIMARY KEY (message_id),
    FOREIGN KEY(message_id) REFERENCES message (id)
);
CREATE TABLE mood_wanted (
    message_id INTEGER NOT NULL,
    PRIMARY KEY (message_id),
    FOREIGN KEY(message_id) REFERENCES message (id)
);
CREATE TRIGGER mood_of_new AFTER INSERT ON message
WHEN new.is_us = 0 AND new.state <> 'context' AND new.text <> '' AND new.kind IN ('mention', 'reply', 'direct', 'quote') BEGIN
    INSERT OR IGNORE INTO mood_wanted (message_id) VALUES (new.id);
END;
CREATE TRIGGER mood_of_edited AFTER UPDATE OF text ON message WHEN new.text <> old.text AND new.text <> ''
AND EXISTS (SELECT 1 FROM message_mood WHERE message_id = new.id AND corrected = 0) BEGIN
    INSERT OR IGNORE INTO mood_wanted (message_id) VALUES (new.id);
END;
CREATE TRIGGER mood_of_gone AFTER DELETE ON message BEGIN
    DELETE FROM mood_wanted WHERE message_id = old.id;
    DELETE FROM message_mood WHERE message_id = old.id;
    DELETE FROM triage_correction WHERE message_id = old.id;
END;
"""

#: Of what an older file has, only what somebody still waits on is worth reading.
_FILLED = (
    "INSERT INTO mood_wanted (message_id) SELECT id FROM message WHERE is_us = 0 AND text <> ''"
    " AND state IN ('awaiting', 'in_hand', 'waiting_client', 'snoozed') AND kind IN ('mention', 'reply', 'direct', 'quote')"
)


def moods(connection: sqlite3.Connection) -> None:
    """Makes the tables and notes whose words wait to be read."""
    for statement in (*statements(_TABLES), _FILLED):
        connection.execute(statement)
