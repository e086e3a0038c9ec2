"""Looks once more before an answer leaves: is the message still there, as it was, unanswered, and is there time to answer?

An answer written on a train says what was right then. What is known here is always compared; the network is asked when the
answer has waited. Whatever differs, a person decides.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Final

from cmdesk.domain.errors import GoneOnNetwork
from cmdesk.domain.limits import Problem
from cmdesk.domain.post import PostKind
from cmdesk.networks.port import Receives
from cmdesk.services.health import still_linked
from cmdesk.store import inbox, ingest, replies

if TYPE_CHECKING:
    from cmdesk.domain.account import Account
    from cmdesk.domain.message import Message
    from cmdesk.networks.port import Connector
    from cmdesk.services.workspace import Workspace
    from cmdesk.store.queue import Due

#: What was written so lately needs no question: the writer has just read it.
FRESH: Final = timedelta(minutes=2)


async def changed(ws: Workspace, due: Due, account: Account, connector: Connector) -> Problem | None:
    """What is no longer as the writer of an answer saw it; None when all is well, or a person has said to send it.

    Codes: answer_gone, answer_edited, answer_settled, answer_window(hours), answer_renamed(handle).
    Raises NetworkProblem, VaultProblem when the network could not be asked.
    """
    if due.kind is not PostKind.REPLY:
        return None
    with ws.read() as connection:
        basis = replies.basis(connection, due.delivery)
        if basis is None or basis.accepted_at is not None:
            return None
        known = inbox.message(connection, basis.message)
    if ws.clock.now() - basis.written_at >= FRESH and isinstance(connector, Receives):
        await _ask(ws, account, connector, known)
    with ws.read() as connection:
        known = inbox.message(connection, basis.message)
        settled = replies.answered_since(connection, known, basis)
    if known.deleted_at is not None:
        return Problem("answer_gone")
    if replies.words_of(known) != basis.words:
        return Problem("answer_edited")
    if settled:
        return Problem("answer_settled")
    hours = account.limits.answer_hours
    if hours is not None and ws.clock.now() - known.created_at > timedelta(hours=hours):
        return Problem("answer_window", params=(("hours", hours),))
    if known.author.handle.casefold() != basis.handle.casefold():
        return Problem("answer_renamed", params=(("handle", known.author.handle),))
    return None


async def _ask(ws: Workspace, account: Account, connector: Receives, known: Message) -> None:
    """Brings the conversation up to date."""
    asked_at = ws.clock.now()
    try:
        conversation = await connector.context(known.remote_id)
    except GoneOnNetwork:
        with ws.write() as session:
            if still_linked(session, account):
                ingest.tombstone(session, account.id, known.remote_id, ws.clock.now())
        return
    with ws.write() as session:
        if still_linked(session, account):
            now = ws.clock.now()
            ingest.ingest(session, account.id, conversation.items, linked_at=account.linked_at, now=now, asked_at=asked_at)
