"""A client's file with accounts in it, and messages made in one line, for tests of what comes in."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from cmdesk.domain.account import Health, Identity, Network, Role
from cmdesk.domain.client import Client, Colour, Language
from cmdesk.domain.ids import AccountId, ClientId
from cmdesk.domain.limits import Limits
from cmdesk.domain.message import Author, Incoming, MessageKind
from cmdesk.store import accounts, ingest
from cmdesk.store.database import Database
from tests.helpers.clocks import FakeClock

NOW = datetime(2026, 12, 1, 14, 0, tzinfo=UTC)
LINKED = NOW - timedelta(days=1)
CLIENT = ClientId("abcdefgh")


def new_file(folder: Path) -> Database:
    """A client's file without accounts."""
    client = Client(CLIENT, "Boulangerie Rose", Colour.RUBY, "America/Toronto", Language.FR_CA, NOW)
    return Database.create(folder / "client.sqlite", client, clock=FakeClock(NOW), on_change=lambda _changes: None)


def add_account(database: Database, name: str = "rosa", linked: datetime = LINKED) -> AccountId:
    """A linked account that is well."""
    with database.write() as session:
        account = accounts.add(
            session,
            uid=f"uid-{name}",
            identity=Identity(Network.MASTODON, "https://example.social", f"id-{name}", f"{name}@example.social", name.title()),
            at=linked,
            software="mastodon 4.5.2",
            limits=Limits(),
            roles=frozenset(Role),
            allow_private=False,
        )
        accounts.set_health(session, account, Health.OK, linked)
    return account


def incoming(remote_id: str, text: str = "Bonjour", **more: Any) -> Incoming:
    """Somebody's status; a mention unless told otherwise, written an hour ago."""
    item = Incoming(
        kind=MessageKind.MENTION,
        raw_kind="mention",
        event_id=f"n{remote_id}",
        remote_id=remote_id,
        author=Author("7", "zoe@elsewhere.example", "Zoé"),
        text=text,
        html=f"<p>{text}</p>",
        created_at=NOW - timedelta(hours=1),
    )
    return replace(item, **more)


def arrive(database: Database, account: AccountId, *items: Incoming, now: datetime = NOW) -> ingest.Ingested:
    """An answer of the network reaches the file."""
    with database.write() as session:
        return ingest.ingest(session, account, items, linked_at=LINKED, now=now)
