"""Finds what a person wants to answer by its web address: among what came in, among our own posts, then on the network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmdesk.domain.errors import NotAllowed, NotFound
from cmdesk.domain.ids import AccountId
from cmdesk.domain.post import ReplyTarget
from cmdesk.networks.port import Resolves
from cmdesk.store import accounts, queue

if TYPE_CHECKING:
    from cmdesk.services.workspace import Workspace


async def reply_target(ws: Workspace, account_id: AccountId, url: str) -> ReplyTarget:
    """The status at an address, as one account may answer it.

    Raises NotFound(what="status"), NotAllowed when the network cannot look, NetworkProblem, VaultProblem.
    """
    known = _known(ws, account_id, url)
    if known is not None:
        return known
    connector = await ws.connector(account_id)
    if not isinstance(connector, Resolves):
        raise NotAllowed(from_state="linked", to_state="resolves")
    found = await connector.resolve(url)
    if found is None:
        raise NotFound(what="status", ref=url[:200])
    return ReplyTarget(found.remote_id, found.url or url, found.author.handle)


def _known(ws: Workspace, account_id: AccountId, url: str) -> ReplyTarget | None:
    """Our own post at this address: it can be answered without asking anybody, and without a network."""
    with ws.read() as connection:
        remote_id = queue.live_at(connection, account_id, url)
        return (
            None if remote_id is None else ReplyTarget(remote_id, url, accounts.account(connection, account_id).identity.handle)
        )
