"""Reads what the first painted window needs, with plain SQLite: whose file this is and what waits in it."""

import json
import sqlite3
from typing import Any

from msgspec import Struct

from cmdesk.domain.client import Client, Colour, Language
from cmdesk.domain.errors import DatabaseDamaged
from cmdesk.domain.ids import ClientId
from cmdesk.domain.quiet import from_facts
from cmdesk.store.times import from_ms, to_ms


class Waiting(Struct, frozen=True):
    """How many people await an answer, and how many deliveries await a decision."""

    awaiting: int
    needs_you: int


def client(connection: sqlite3.Connection) -> Client:
    """The client of this file; raises DatabaseDamaged when it does not say, or says nonsense."""
    row = connection.execute(
        "SELECT client_id, name, colour, timezone, language, created_at, archived_at, grace_minutes, position, settings"
        " FROM client"
    ).fetchone()
    if row is None:
        raise DatabaseDamaged(reason="no_client")
    try:
        return Client(
            id=ClientId(row[0]),
            name=row[1],
            colour=Colour(row[2]),
            timezone=row[3],
            language=Language(row[4]),
            created_at=from_ms(row[5]),
            archived_at=from_ms(row[6]),
            grace_minutes=row[7],
            position=row[8],
            quiet=None if row[9] == "{}" else from_facts(settings(row[9]).get("quiet")),
        )
    except (ValueError, TypeError, OverflowError):
        raise DatabaseDamaged(reason="client") from None


def settings(text: str) -> dict[str, Any]:
    """The client's own settings; what can't be read counts as none."""
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def insert_client(connection: sqlite3.Connection, value: Client) -> None:
    """Writes the one row that makes a new file a client's."""
    connection.execute(
        "INSERT INTO client (id, client_id, name, colour, timezone, language, created_at, archived_at, grace_minutes, position,"
        " install_id, settings) VALUES (1, ?, ?, ?, ?, ?, ?, ?, ?, ?, '', '{}')",
        (
            value.id,
            value.name,
            value.colour.value,
            value.timezone,
            value.language.value,
            to_ms(value.created_at),
            to_ms(value.archived_at),
            value.grace_minutes,
            value.position,
        ),
    )


def waiting(connection: sqlite3.Connection) -> Waiting:
    """The two numbers of a client's badge, from indexes alone."""
    row = connection.execute(
        "SELECT (SELECT count(*) FROM message WHERE state = 'awaiting'),"
        " (SELECT count(*) FROM delivery WHERE state IN ('held', 'uncertain', 'refused'))"
    ).fetchone()
    return Waiting(row[0], row[1])
