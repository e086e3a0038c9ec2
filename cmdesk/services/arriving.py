"""Takes in what the network answered: messages, the client's rules for them, and the cursor, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from cmdesk.domain.moderation import from_facts
from cmdesk.store import clients, ingest, ruling
from cmdesk.store.database import reading

if TYPE_CHECKING:
    from cmdesk.domain.account import Account
    from cmdesk.domain.message import Incoming
    from cmdesk.store.database import Session


def take_in(
    session: Session, account: Account, items: Sequence[Incoming], *, now: datetime, asked_at: datetime
) -> ingest.Ingested:
    """Stores messages of an account and follows the rules for those that are new in a list."""
    got = ingest.ingest(session, account.id, items, linked_at=account.linked_at, now=now, asked_at=asked_at)
    if got.arrived:
        policy = from_facts(clients.settings(reading(session)).get("policy"))
        ruling.follow(session, got.arrived, policy.automatic, now)
    return got
