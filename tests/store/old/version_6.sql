-- A client's file of version 6 (SQLite, UTF-8). Virtual tables make their own shadow tables.
PRAGMA application_id = 1668113509;
PRAGMA user_version = 6;
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
CREATE TABLE message_tally (
    state VARCHAR NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (state)
);
CREATE VIRTUAL TABLE message_fts USING fts5(
    text, author_name, author_handle,
    content='message', content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='2 3'
);
CREATE VIRTUAL TABLE post_fts USING fts5(
    text, warning,
    content='post', content_rowid='id', tokenize='unicode61 remove_diacritics 2', prefix='2 3'
);
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
CREATE INDEX post_by_reply ON post (reply_message_id) WHERE reply_message_id IS NOT NULL;
CREATE INDEX post_by_update ON post (updated_at, id);
CREATE INDEX version_by_post ON post_version (post_id, revision);
CREATE INDEX delivery_by_due ON delivery (state, due);
CREATE INDEX delivery_by_post ON delivery (post_id, state);
CREATE INDEX delivery_by_remote ON delivery (account_id, remote_id);
CREATE INDEX delivery_by_time ON delivery (due, id);
CREATE UNIQUE INDEX one_live_delivery ON delivery (post_id, account_id) WHERE state NOT IN ('cancelled', 'gone');
CREATE INDEX part_by_remote ON delivery_part (remote_id) WHERE remote_id IS NOT NULL;
CREATE INDEX attempt_by_delivery ON attempt (delivery_id, id);
CREATE INDEX message_by_account ON message (account_id, created_at, id, state, kind) WHERE state <> 'context';
CREATE INDEX message_by_author ON message (account_id, author_id);
CREATE INDEX message_by_state ON message (state, created_at, id, kind, account_id);
CREATE INDEX message_by_thread ON message (account_id, thread_id, created_at);
CREATE INDEX message_by_time ON message (created_at, id, state, kind) WHERE state <> 'context';
CREATE INDEX message_unread ON message (created_at, id) WHERE unread = 1;
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
CREATE INDEX journal_by_delivery ON journal (delivery_id, id);
CREATE INDEX journal_by_event ON journal (event, at);
CREATE TABLE message_favourite (
    message_id INTEGER NOT NULL,
    since INTEGER NOT NULL,
    PRIMARY KEY (message_id),
    FOREIGN KEY(message_id) REFERENCES message (id)
);
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
INSERT INTO client VALUES (1, 'bq7xk2mp', 'Rosa', 'ruby', 'America/Toronto', 'fr-CA', 1796133600000, NULL, 30, 1, '', '{}');
INSERT INTO account VALUES (1, 'u1', 'mastodon', 'https://fake.example', '7', 'rosa@fake.example', 'Rosa', '', '', 1796133600000, 'ok', 1796133600000, '', '{}', '[]', 0, NULL);
INSERT INTO post VALUES (1, 'post', 'Bonjour', '', 'public', 'fr', 0, NULL, '[]', 1, 'x', 'm', NULL, '', '', NULL, 1796133600000, 1796133600000, NULL);
INSERT INTO delivery VALUES (1, 1, 1, 'sent', 1796137205000, 1796137200000, '2026-12-01T10:00:00', 'America/Toronto', '2026a', 'none', 'm', '7', 0, 1, 0, NULL, NULL, NULL, NULL, '101', 'https://fake.example/@rosa/101', 1796137205000);
INSERT INTO attempt VALUES (1, 1, 0, 'send', 1796137204000, 1796137205000, 'published', '{"remote_id":"101"}');
INSERT INTO attempt VALUES (2, 1, 0, 'look', 1796138204000, NULL, NULL, '{}');
INSERT INTO guard VALUES (1, 'bq7xk2mp-1796133600000', '', '', '', '', NULL, NULL, NULL, '[]', 0, NULL, NULL, '');
INSERT INTO journal VALUES (1, 1796137205000, 'noted', 1, 0, 'rosa@fake.example', 'published', '{"kind":"send","started_at":1796137204000,"detail":"{\"remote_id\":\"101\"}"}', '248f6fb7c142532f823cbb8362e2f355a2e8b8ae108053dcd24e3e7b64b8d82c', 'c0a8e75df93e54d3d462aa3cfa1c1a55ffcffcd6d45f6c330dccc2192249ea4e');
INSERT INTO journal VALUES (2, 1796138204000, 'noted', 1, 0, 'rosa@fake.example', '', '{"kind":"look","started_at":1796138204000,"detail":"{}"}', 'c0a8e75df93e54d3d462aa3cfa1c1a55ffcffcd6d45f6c330dccc2192249ea4e', '204b3382f34dc550ccd8451d73238faba640905fd3b59d0efc339249c2ed0a3d');
INSERT INTO message (id, account_id, dedupe, kind, raw_kind, remote_id, event_id, author_id, author_handle, author_name, author_url, author_avatar, is_us, text, html, preview, created_at, received_at, state, state_since, unread, url, thread_id, visibility, warning, language, attachments, mentions) VALUES (1, 1, 's:55', 'mention', 'mention', '55', 'n55', '9', 'Zoe@elsewhere.example', 'Zoé', '', '', 0, 'Ouvert demain ?', '', 'Ouvert demain ?', 1796140000000, 1796140000000, 'answered', 1796143600000, 0, '', '55', 'public', '', 'fr', '[]', '[]');
INSERT INTO arrival VALUES (1, 498927, 1);
INSERT INTO person_alias VALUES (1, '9', 'mastodon:zoe@elsewhere.example');
INSERT INTO message_answer VALUES (1, 1796140000000, 1796143600000);
INSERT INTO idea_column VALUES (1, 'new', 0, '', NULL);
INSERT INTO idea_column VALUES (2, 'good', 1, '', NULL);
INSERT INTO idea_column VALUES (3, 'writing', 2, '', NULL);
INSERT INTO idea_column VALUES (4, 'used', 3, '', NULL);
