"""The step that brings what answering needs: gaps, pending changes, contacts, rules, evidence, and who is who."""

import sqlite3

from cmdesk.store.statements import statements

_TABLES = """
CREATE TABLE inbox_gap (
    id INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    older VARCHAR NOT NULL,
    bottom INTEGER NOT NULL,
    found_at INTEGER NOT NULL,
    tried_at INTEGER,
    filled_at INTEGER,
    pages INTEGER NOT NULL,
    problem VARCHAR,
    PRIMARY KEY (id),
    FOREIGN KEY(account_id) REFERENCES account (id)
);
CREATE INDEX gap_open ON inbox_gap (account_id, kind) WHERE filled_at IS NULL;
CREATE TABLE thread_watch (
    account_id INTEGER NOT NULL,
    remote_id VARCHAR NOT NULL,
    born_at INTEGER NOT NULL,
    asked_at INTEGER,
    next_at INTEGER NOT NULL,
    quiet INTEGER NOT NULL,
    PRIMARY KEY (account_id, remote_id),
    FOREIGN KEY(account_id) REFERENCES account (id)
);
CREATE INDEX watch_due ON thread_watch (account_id, next_at);
CREATE TABLE message_pending (
    message_id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    wanted BOOLEAN NOT NULL,
    made_at INTEGER NOT NULL,
    selected_at INTEGER,
    confirmed_at INTEGER,
    tries INTEGER NOT NULL,
    retry_at INTEGER,
    problem VARCHAR,
    PRIMARY KEY (message_id, kind),
    FOREIGN KEY(message_id) REFERENCES message (id)
);
CREATE TABLE message_version (
    id INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    text VARCHAR NOT NULL,
    html VARCHAR NOT NULL,
    warning VARCHAR NOT NULL,
    attachments VARCHAR NOT NULL,
    edited_at INTEGER,
    replaced_at INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(message_id) REFERENCES message (id)
);
CREATE INDEX version_of_message ON message_version (message_id, id);
CREATE TABLE arrival (
    account_id INTEGER NOT NULL,
    hour INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (account_id, hour),
    FOREIGN KEY(account_id) REFERENCES account (id)
);
CREATE TABLE person_alias (
    account_id INTEGER NOT NULL,
    author_id VARCHAR NOT NULL,
    person VARCHAR NOT NULL,
    PRIMARY KEY (account_id, author_id),
    FOREIGN KEY(account_id) REFERENCES account (id)
);
CREATE INDEX alias_by_person ON person_alias (person);
CREATE TABLE note (
    id INTEGER NOT NULL,
    message_id INTEGER,
    person VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    created_at INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(message_id) REFERENCES message (id)
);
CREATE INDEX note_by_message ON note (message_id);
CREATE INDEX note_by_person ON note (person);
CREATE TABLE reminder (
    id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    message_id INTEGER,
    person VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    made_at INTEGER NOT NULL,
    due_at INTEGER NOT NULL,
    done_at INTEGER,
    outcome VARCHAR NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(message_id) REFERENCES message (id)
);
CREATE INDEX reminder_by_person ON reminder (person);
CREATE INDEX reminder_due ON reminder (due_at) WHERE done_at IS NULL;
CREATE TABLE message_mark (
    message_id INTEGER NOT NULL,
    priority INTEGER NOT NULL,
    PRIMARY KEY (message_id),
    FOREIGN KEY(message_id) REFERENCES message (id)
);
CREATE TABLE message_label (
    label VARCHAR NOT NULL,
    message_id INTEGER NOT NULL,
    PRIMARY KEY (label, message_id),
    FOREIGN KEY(message_id) REFERENCES message (id)
);
CREATE INDEX label_by_message ON message_label (message_id);
CREATE TABLE contact (
    id INTEGER NOT NULL,
    department VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    email VARCHAR NOT NULL,
    language VARCHAR NOT NULL,
    note VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    archived_at INTEGER,
    PRIMARY KEY (id)
);
CREATE TABLE question (
    id INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    contact_id INTEGER NOT NULL,
    way VARCHAR NOT NULL,
    text VARCHAR NOT NULL,
    asked_at INTEGER NOT NULL,
    remind_at INTEGER,
    answer VARCHAR NOT NULL,
    answered_at INTEGER,
    closed_at INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(message_id) REFERENCES message (id),
    FOREIGN KEY(contact_id) REFERENCES contact (id)
);
CREATE INDEX question_by_message ON question (message_id);
CREATE INDEX question_open ON question (asked_at) WHERE closed_at IS NULL;
CREATE TABLE message_answer (
    message_id INTEGER NOT NULL,
    asked_at INTEGER NOT NULL,
    answered_at INTEGER NOT NULL,
    PRIMARY KEY (message_id),
    FOREIGN KEY(message_id) REFERENCES message (id)
);
CREATE INDEX answer_by_time ON message_answer (answered_at);
CREATE TABLE reply_basis (
    post_id INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    edited_at INTEGER,
    words VARCHAR NOT NULL,
    handle VARCHAR NOT NULL,
    written_at INTEGER NOT NULL,
    accepted_at INTEGER,
    PRIMARY KEY (post_id),
    FOREIGN KEY(post_id) REFERENCES post (id),
    FOREIGN KEY(message_id) REFERENCES message (id)
);
CREATE TABLE saved_reply (
    id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    shortcut VARCHAR NOT NULL,
    texts VARCHAR NOT NULL,
    used INTEGER NOT NULL,
    used_at INTEGER,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE saved_search (
    id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    "query" VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE inbox_rule (
    id INTEGER NOT NULL,
    name VARCHAR NOT NULL,
    position INTEGER NOT NULL,
    enabled BOOLEAN NOT NULL,
    conditions VARCHAR NOT NULL,
    actions VARCHAR NOT NULL,
    changed_at INTEGER NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE rule_hit (
    id INTEGER NOT NULL,
    rule_id INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    at INTEGER NOT NULL,
    did VARCHAR NOT NULL,
    PRIMARY KEY (id),
    CONSTRAINT one_hit_once UNIQUE (rule_id, message_id),
    FOREIGN KEY(rule_id) REFERENCES inbox_rule (id),
    FOREIGN KEY(message_id) REFERENCES message (id)
);
CREATE INDEX hit_by_message ON rule_hit (message_id);
CREATE TABLE proposal (
    id INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    measure VARCHAR NOT NULL,
    rule_id INTEGER,
    at INTEGER NOT NULL,
    decided_at INTEGER,
    accepted BOOLEAN,
    PRIMARY KEY (id),
    CONSTRAINT one_proposal UNIQUE (message_id, measure),
    FOREIGN KEY(message_id) REFERENCES message (id),
    FOREIGN KEY(rule_id) REFERENCES inbox_rule (id)
);
CREATE INDEX proposal_open ON proposal (at) WHERE decided_at IS NULL;
CREATE TABLE sanction (
    id INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    account_id INTEGER NOT NULL,
    person VARCHAR NOT NULL,
    measure VARCHAR NOT NULL,
    policy_rule VARCHAR NOT NULL,
    policy_version INTEGER NOT NULL,
    by_rule INTEGER,
    at INTEGER NOT NULL,
    outcome VARCHAR NOT NULL,
    undone_at INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(message_id) REFERENCES message (id),
    FOREIGN KEY(account_id) REFERENCES account (id),
    FOREIGN KEY(by_rule) REFERENCES inbox_rule (id)
);
CREATE INDEX sanction_by_message ON sanction (message_id);
CREATE INDEX sanction_by_person ON sanction (person, at);
CREATE TABLE evidence (
    id INTEGER NOT NULL,
    message_id INTEGER NOT NULL,
    sanction_id INTEGER,
    taken_at INTEGER NOT NULL,
    facts VARCHAR NOT NULL,
    picture VARCHAR NOT NULL,
    sha256 VARCHAR NOT NULL,
    PRIMARY KEY (id),
    FOREIGN KEY(message_id) REFERENCES message (id),
    FOREIGN KEY(sanction_id) REFERENCES sanction (id)
);
CREATE INDEX evidence_by_message ON evidence (message_id);
CREATE TABLE alert (
    id INTEGER NOT NULL,
    kind VARCHAR NOT NULL,
    topic VARCHAR NOT NULL,
    account_id INTEGER,
    message_id INTEGER,
    facts VARCHAR NOT NULL,
    begun_at INTEGER NOT NULL,
    last_at INTEGER NOT NULL,
    told_at INTEGER,
    seen_at INTEGER,
    PRIMARY KEY (id),
    FOREIGN KEY(account_id) REFERENCES account (id),
    FOREIGN KEY(message_id) REFERENCES message (id)
);
CREATE INDEX alert_open ON alert (last_at) WHERE seen_at IS NULL;
CREATE TRIGGER message_answer_first AFTER UPDATE OF state ON message WHEN new.state = 'answered' AND old.state <> 'answered' BEGIN
    INSERT INTO message_answer (message_id, asked_at, answered_at) VALUES (new.id, new.created_at, new.state_since)
    ON CONFLICT (message_id) DO NOTHING;
END;
"""

#: What earlier files know already: who answers to which id, how many wrote when, and when what was answered.
FILLED = (
    (
        "INSERT OR IGNORE INTO person_alias (account_id, author_id, person) SELECT m.account_id, m.author_id,"
        " CASE a.network WHEN 'bluesky' THEN 'bluesky:' || m.author_id ELSE a.network || ':' || lower(m.author_handle) END"
        " FROM message m JOIN account a ON a.id = m.account_id WHERE m.is_us = 0 AND m.author_id <> '' ORDER BY m.id"
    ),
    (
        "INSERT INTO arrival (account_id, hour, number) SELECT account_id, created_at / 3600000, count(*) FROM message"
        " WHERE state <> 'context' AND kind IN ('mention', 'reply', 'direct', 'quote') GROUP BY 1, 2"
    ),
    (
        "INSERT INTO message_answer (message_id, asked_at, answered_at) SELECT id, created_at, state_since FROM message"
        " WHERE state = 'answered'"
    ),
)


def answering(connection: sqlite3.Connection) -> None:
    """Makes the tables and fills them from what the file has."""
    for statement in (*statements(_TABLES), *FILLED):
        connection.execute(statement)
