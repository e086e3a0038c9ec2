"""Protects the client's room as far as the network allows: the network first, then a note of it here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmdesk.domain.account import Role
from cmdesk.domain.delivery import State
from cmdesk.domain.errors import CmdeskError, NoNetwork, NotAllowed, RateLimited, RefusedByNetwork, ServerTrouble, TimedOut
from cmdesk.domain.ids import DeliveryId, MessageId
from cmdesk.domain.message import Message, MessageState
from cmdesk.networks.port import Deletes, Moderates, Reacts, ReportReason
from cmdesk.services import confirming
from cmdesk.services.health import note_failure
from cmdesk.store import accounts as account_store
from cmdesk.store import inbox as store
from cmdesk.store import ingest, pending, queue, settling
from cmdesk.store.arrivals import FAVOURITE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from cmdesk.domain.ids import AccountId
    from cmdesk.networks.port import Connector
    from cmdesk.services.workspace import Workspace


async def mute_thread(ws: Workspace, message_id: MessageId) -> None:
    """No more notices from this conversation (what "hide" means where a network can't hide replies); the message is set aside.

    All verbs here raise NotAllowed when the network can't, NetworkProblem, VaultProblem.
    """
    known, able = await _moderator(ws, message_id)
    await _done(ws, known.account, lambda: able.mute_thread(known.remote_id))
    _set_aside(ws, known)


async def mute_author(ws: Workspace, message_id: MessageId) -> None:
    """Mutes who wrote it, for this account; the message is set aside."""
    known, able = await _moderator(ws, message_id)
    await _done(ws, known.account, lambda: able.mute_author(known.author.remote_id))
    _set_aside(ws, known)


async def block(ws: Workspace, message_id: MessageId) -> None:
    """Blocks who wrote it, for this account; the message is set aside."""
    known, able = await _moderator(ws, message_id)
    await _done(ws, known.account, lambda: able.block_author(known.author.remote_id))
    _set_aside(ws, known)


async def report(ws: Workspace, message_id: MessageId, reason: ReportReason) -> None:
    """Reports a message to the server's moderators. Its state stays: a report is not an answer."""
    known, able = await _moderator(ws, message_id)
    await _done(ws, known.account, lambda: able.report(known.author.remote_id, (known.remote_id,), reason))


async def favourite(ws: Workspace, message_id: MessageId, on: bool) -> None:
    """Shows appreciation of a message, or takes it back: at once here, and on the network as soon as that can be reached.

    What the network refuses is taken back here too, and raised.
    """
    known = _message(ws, message_id)
    able = await ws.connector(known.account)
    if not isinstance(able, Reacts) or Role.REACTS not in able.roles:
        raise NotAllowed(from_state="linked", to_state=Role.REACTS.value)
    now = ws.clock.now()
    with ws.write() as session:
        pending.want(session, known.id, FAVOURITE, on, now)
        ingest.set_favourite(session, known.id, on, now)
    with ws.read() as connection:
        waiting = [one for one in pending.waiting(connection, known.id) if one.kind == FAVOURITE]
    for one in waiting:
        try:
            if not await confirming.attempt(ws, able, one):
                raise RefusedByNetwork(0, "")
        except (NoNetwork, TimedOut, ServerTrouble, RateLimited):
            return  # it goes out with the next fetch
        except CmdeskError as problem:
            with ws.read() as connection:
                account = account_store.account(connection, known.account)
            note_failure(ws, account, problem)
            raise


async def delete_own(ws: Workspace, delivery_id: DeliveryId) -> None:
    """Takes back what is out, last part first; the delivery is GONE when every part is. Asking again goes on where it stopped."""
    with ws.read() as connection:
        delivery = queue.delivery(connection, delivery_id)
    if delivery.state is not State.SENT:
        raise NotAllowed(from_state=delivery.state.value, to_state=State.GONE.value)
    able = _deleter(await ws.connector(delivery.account))
    live = [part.remote_id for part in delivery.parts if part.remote_id] or [delivery.remote_id or ""]
    for remote_id in reversed([one for one in live if one]):
        await _done(ws, delivery.account, _deletion(able, remote_id))
    with ws.write() as session:
        now = ws.clock.now()
        settling.settle_gone(session, delivery_id, now)
        for remote_id in live:
            ingest.tombstone(session, delivery.account, remote_id, now)


def _deletion(able: Deletes, remote_id: str) -> Callable[[], Awaitable[None]]:
    return lambda: able.delete(remote_id)


def _message(ws: Workspace, message_id: MessageId) -> Message:
    with ws.read() as connection:
        return store.message(connection, message_id)


async def _moderator(ws: Workspace, message_id: MessageId) -> tuple[Message, Moderates]:
    known = _message(ws, message_id)
    able = await ws.connector(known.account)
    if not isinstance(able, Moderates) or Role.MODERATES not in able.roles:
        raise NotAllowed(from_state="linked", to_state=Role.MODERATES.value)
    return known, able


def _deleter(connector: Connector) -> Deletes:
    if isinstance(connector, Deletes) and Role.DELETES in connector.roles:
        return connector
    raise NotAllowed(from_state="linked", to_state=Role.DELETES.value)


async def _done(ws: Workspace, account_id: AccountId, call: Callable[[], Awaitable[None]]) -> None:
    """Makes the call; what its failure proves of the account is written down before it is raised."""
    try:
        await call()
    except CmdeskError as problem:
        with ws.read() as connection:
            account = account_store.account(connection, account_id)
        note_failure(ws, account, problem)
        raise


def _set_aside(ws: Workspace, known: Message) -> None:
    if known.state in {MessageState.AWAITING, MessageState.IN_HAND, MessageState.WAITING_CLIENT}:
        with ws.write() as session:
            ingest.set_state(session, [known.id], MessageState.SET_ASIDE, at=ws.clock.now())


__all__ = ["ReportReason", "block", "delete_own", "favourite", "mute_author", "mute_thread", "report"]
