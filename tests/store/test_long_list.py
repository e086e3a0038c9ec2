"""The list of a client with very many messages: every one of them once, the newest first."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from build_scripts.fill import fill
from cmdesk.domain.client import Client, Colour, Language
from cmdesk.domain.ids import ClientId, MessageId
from cmdesk.domain.message import MessageState
from cmdesk.domain.views import InboxFilter
from cmdesk.store import inbox


def test_a_list_longer_than_one_reading_is_whole_and_in_order(tmp_path: Path) -> None:
    now = datetime(2026, 11, 22, 12, tzinfo=UTC)
    client = Client(ClientId("abcdefgh"), "Boulangerie Rose", Colour.SLATE, "America/Toronto", Language.FR_CA, now)
    file = tmp_path / "client.sqlite"
    fill(file, client, messages=12_000)
    connection = sqlite3.connect(file)
    try:
        rows = connection.execute("SELECT id FROM message WHERE state <> 'context' ORDER BY created_at DESC, id DESC")
        wanted = [row[0] for row in rows]
        assert len(wanted) > 10_000
        assert list(inbox.ids(connection, InboxFilter())) == wanted
        assert list(inbox.ids(connection, InboxFilter(states=frozenset(MessageState)))) == wanted
        older = wanted[51:]
        assert list(inbox.ids(connection, InboxFilter(), before=MessageId(wanted[50]))) == older
        # As many as are read at a time, neither more nor fewer.
        connection.execute(
            "UPDATE message SET state = 'context' WHERE id NOT IN (SELECT value FROM json_each(?))", [str(wanted[:10_000])]
        )
        assert list(inbox.ids(connection, InboxFilter())) == wanted[:10_000]
        assert list(inbox.ids(connection, InboxFilter(states=frozenset({MessageState.SNOOZED})))) == []
    finally:
        connection.close()
