"""Gathers what a client, or all of them, need today: decisions, people who wait, what goes out, drafts, accounts in trouble."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from cmdesk.domain.account import Health
from cmdesk.domain.delivery import NEEDS_DECISION, PostState
from cmdesk.domain.message import MessageState
from cmdesk.domain.views import Today
from cmdesk.store import accounts, inbox, posts, queue
from cmdesk.store import agenda as agenda_store

if TYPE_CHECKING:
    from cmdesk.domain.ids import AccountId
    from cmdesk.services.desk import Desk
    from cmdesk.services.workspace import Workspace

_WELL = frozenset({Health.OK, Health.UNREACHABLE})
_SHOWN = 50
_DRAFTS = 20


def day_of(moment: datetime, zone: str) -> tuple[datetime, datetime]:
    """The day around a moment in a zone, as aware moments, half-open: 23 or 25 hours long when the clocks change."""
    place = ZoneInfo(zone)
    start = moment.astimezone(place).replace(hour=0, minute=0, second=0, microsecond=0, fold=0)
    following = (start.replace(tzinfo=None) + timedelta(days=1)).replace(tzinfo=place)
    return start, following


def has_accounts(ws: Workspace) -> bool:
    """Whether any account is linked to this client."""
    with ws.read() as connection:
        return bool(accounts.marks(connection, ws.client.id))


def profile_url(ws: Workspace, account: AccountId) -> str:
    """Where an account shows itself to the world; raises NotFound."""
    with ws.read() as connection:
        return accounts.account(connection, account).identity.profile_url


def today(ws: Workspace, waiting: int = _SHOWN) -> Today:
    """What one client needs. The oldest of those who wait come first: they have waited longest; of them, so many at most."""
    start, end = day_of(ws.clock.now(), ws.client.timezone)
    client = ws.client.id
    with ws.read() as connection:
        return Today(
            decisions=queue.rows(connection, client, NEEDS_DECISION, limit=_SHOWN),
            awaiting=inbox.rows(connection, client, inbox.oldest(connection, MessageState.AWAITING, waiting)),
            awaiting_count=inbox.counts(connection)[MessageState.AWAITING],
            going_out=agenda_store.agenda(connection, client, start, end),
            drafts=posts.rows(connection, client, drafts_only=True, limit=_DRAFTS),
            accounts_in_trouble=tuple(mark for mark in accounts.marks(connection, client) if mark.health not in _WELL),
        )


def still_going_out(desk: Desk) -> int:
    """How many posts of all clients in work are planned for what is left of their day or are late."""
    count = 0
    for ws in desk.workspaces:
        start, end = day_of(ws.clock.now(), ws.client.timezone)
        with ws.read() as connection:
            count += sum(entry.state is PostState.PLANNED for entry in agenda_store.agenda(connection, ws.client.id, start, end))
    return count


def today_desk(desk: Desk, waiting: int = _SHOWN) -> Today:
    """What all clients in work need, each list in its own order over all of them."""
    all_of_them = [today(ws, waiting) for ws in desk.workspaces]
    return Today(
        decisions=tuple(sorted((row for one in all_of_them for row in one.decisions), key=lambda row: row.planned.utc)),
        awaiting=tuple(
            sorted((row for one in all_of_them for row in one.awaiting), key=lambda row: (row.created_at, row.client, row.id))
        ),
        awaiting_count=sum(one.awaiting_count for one in all_of_them),
        going_out=tuple(sorted((row for one in all_of_them for row in one.going_out), key=lambda row: row.planned.utc)),
        drafts=tuple(sorted((row for one in all_of_them for row in one.drafts), key=lambda row: row.updated_at, reverse=True)),
        accounts_in_trouble=tuple(mark for one in all_of_them for mark in one.accounts_in_trouble),
    )
