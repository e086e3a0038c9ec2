"""Shows what came in and notes how it was dealt with; reads are fit for the UI's thread, verbs run in the engine."""

from __future__ import annotations

import heapq
from array import array
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING, Any

from cmdesk.domain.errors import BadInput, CmdeskError, GoneOnNetwork
from cmdesk.domain.ids import ClientId, MessageId
from cmdesk.domain.message import Message, MessageState
from cmdesk.domain.views import Group, InboxFilter, InboxRow, ThreadItem
from cmdesk.services.health import note_failure, still_linked
from cmdesk.store import accounts as account_store
from cmdesk.store import grouping, ingest, policing
from cmdesk.store import inbox as store

if TYPE_CHECKING:
    from cmdesk.services.desk import Desk
    from cmdesk.services.workspace import Workspace

EVERYTHING = InboxFilter()


def ids(ws: Workspace, wanted: InboxFilter = EVERYTHING) -> array[int]:
    """All ids of a list, newest first. Long for a million: show ``ids_page`` first and ask this off the UI's thread."""
    with ws.read() as connection:
        return store.ids(connection, wanted)


def ids_page(ws: Workspace, wanted: InboxFilter = EVERYTHING, before: MessageId | None = None, limit: int = 200) -> array[int]:
    """The newest ids of a list, or those older than the message ``before``; about a millisecond whatever the size."""
    with ws.read() as connection:
        return store.ids(connection, wanted, before=before, limit=limit)


def rows(ws: Workspace, wanted: Sequence[int]) -> tuple[InboxRow, ...]:
    """The rows of at most 128 ids, in the order asked for."""
    with ws.read() as connection:
        return store.rows(connection, ws.client.id, wanted)


def counts(ws: Workspace) -> dict[MessageState, int]:
    """How many messages are in each state; every state is a key."""
    with ws.read() as connection:
        return store.counts(connection)


def unread(ws: Workspace) -> int:
    """How many messages nobody has looked at."""
    with ws.read() as connection:
        return store.unread(connection)


def message(ws: Workspace, message_id: MessageId) -> Message:
    """One message; raises NotFound."""
    with ws.read() as connection:
        return store.message(connection, message_id)


def exchanges(ws: Workspace, known: Message) -> int:
    """How many messages the author of this one has written to the same account, this one included."""
    with ws.read() as connection:
        return store.from_author(connection, known.account, known.author.remote_id)


def thread(ws: Workspace, message_id: MessageId) -> tuple[ThreadItem, ...]:
    """The conversation around a message, oldest first, with our own posts and replies and what is still to be sent."""
    with ws.read() as connection:
        return store.thread(connection, ws.client.id, message_id)


def desk_rows(
    desk: Desk,
    wanted: InboxFilter = EVERYTHING,
    limit: int = 200,
    before: InboxRow | None = None,
    *,
    only: ClientId | None = None,
) -> tuple[InboxRow, ...]:
    """The newest rows of all clients in work, merged by time; ``before`` is the last row of the page above.

    ``only`` leaves one client.
    """
    return newest((_client_rows(ws, wanted, limit, before) for ws in desk.workspaces if only in {None, ws.client.id}), limit)


def newest(found: Iterable[Sequence[InboxRow]], limit: int) -> tuple[InboxRow, ...]:
    """The newest of several clients' rows, each client's newest first, merged by time."""
    return tuple(islice(heapq.merge(*found, key=_place, reverse=True), limit))


def _place(row: InboxRow) -> tuple[datetime, str, int]:
    return row.created_at, row.client, row.id


def _client_rows(ws: Workspace, wanted: InboxFilter, limit: int, before: InboxRow | None) -> list[InboxRow]:
    with ws.read() as connection:
        if before is None:
            found = store.ids(connection, wanted, limit=limit)
        else:
            # Rows of one moment are told apart by client, then by id: of another client's all or none come after.
            last = before.id if ws.client.id == before.client else (1 << 62 if ws.client.id < before.client else 0)
            found = store.ids(connection, wanted, before_place=(before.created_at, last), limit=limit)
        pages = (found[start : start + store.MOST_ROWS] for start in range(0, len(found), store.MOST_ROWS))
        return [row for page in pages for row in store.rows(connection, ws.client.id, page)]


def versions(ws: Workspace, message_id: MessageId) -> list[dict[str, Any]]:
    """How a message read before its edits, oldest first: text, warning, edited_at and replaced_at (milliseconds)."""
    with ws.read() as connection:
        return policing.history(connection, message_id)


def groups(ws: Workspace, limit: int = 50) -> tuple[Group, ...]:
    """Likes, boosts and follows of the last times, those about one thing on one day as one, the newest first."""
    with ws.read() as connection:
        return grouping.groups(connection, ws.client.id, limit)


# Verbs


async def set_state(
    ws: Workspace,
    wanted: Sequence[int],
    state: MessageState,
    until: datetime | None = None,
    *,
    initiator: str | None = None,
) -> int:
    """Puts messages into a state; returns how many changed. Snoozing needs ``until``, in the future.

    Raises BadInput(field="until").
    """
    now = ws.clock.now()
    if (state is MessageState.SNOOZED) is (until is None):
        raise BadInput(field="until", reason="missing" if until is None else "not_snoozed")
    if until is not None and until <= now:
        raise BadInput(field="until", reason="past")
    with ws.write(initiator=initiator) as session:
        return ingest.set_state(session, wanted, state, at=now, until=until)


async def mark_read(ws: Workspace, wanted: Sequence[int], read: bool = True, *, initiator: str | None = None) -> int:
    """Marks messages read, or unread again; returns how many changed."""
    with ws.write(initiator=initiator) as session:
        return ingest.set_unread(session, wanted, not read)


async def refresh_thread(ws: Workspace, message_id: MessageId) -> tuple[ThreadItem, ...]:
    """Asks the network for the conversation as it is now, stores it and returns it; a message that is gone is marked.

    Raises NetworkProblem, VaultProblem; what is stored can be shown all the same.
    """
    known = message(ws, message_id)
    with ws.read() as connection:
        account = account_store.account(connection, known.account)
    connector = await ws.connector(account.id)
    from cmdesk.networks.port import Receives

    if isinstance(connector, Receives):
        try:
            conversation = await connector.context(known.remote_id)
        except GoneOnNetwork:
            with ws.write() as session:
                if still_linked(session, account):
                    ingest.tombstone(session, account.id, known.remote_id, ws.clock.now())
        except CmdeskError as problem:
            note_failure(ws, account, problem)
            raise
        else:
            with ws.write() as session:
                if still_linked(session, account):
                    now = ws.clock.now()
                    ingest.ingest(session, account.id, conversation.items, linked_at=account.linked_at, now=now)
    return thread(ws, message_id)
