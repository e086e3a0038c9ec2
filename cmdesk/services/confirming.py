"""Brings to the network what was done here without it; until the network has it, it stands as it was done."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from cmdesk.domain.account import Role
from cmdesk.domain.errors import GoneOnNetwork, NetworkProblem, NoNetwork, RateLimited, RefusedByNetwork
from cmdesk.networks.port import Reacts
from cmdesk.store import ingest
from cmdesk.store import pending as store
from cmdesk.store.arrivals import FAVOURITE

if TYPE_CHECKING:
    from cmdesk.domain.ids import AccountId
    from cmdesk.networks.port import Connector
    from cmdesk.services.workspace import Workspace

#: After how many tries of growing distance nothing is tried more often than every six hours.
_WAITS = (1, 2, 5, 15, 60, 360)


async def confirm(ws: Workspace, account: AccountId, connector: Connector) -> int:
    """Tries everything of an account that waits; returns how much the network took.

    What the network refuses is taken back here too. Raises NetworkProblem when it can't be reached, VaultProblem.
    """
    with ws.read() as connection:
        waiting = store.due(connection, account, ws.clock.now())
    done = 0
    for one in waiting:
        done += await attempt(ws, connector, one)
    return done


async def attempt(ws: Workspace, connector: Connector, one: store.Pending) -> bool:
    """Tries one change; tells whether the network took it. A refusal takes it back and is raised; others leave it waiting."""
    if one.kind != FAVOURITE or not isinstance(connector, Reacts) or Role.REACTS not in connector.roles:
        _take_back(ws, one)
        return False
    with ws.write() as session:
        store.select(session, one, ws.clock.now())
    try:
        await connector.favourite(one.remote_id, one.wanted)
    except (GoneOnNetwork, RefusedByNetwork):
        _take_back(ws, one)
        return False
    except NetworkProblem as problem:
        wait = timedelta(minutes=_WAITS[min(one.tries, len(_WAITS) - 1)])
        retry = ws.clock.now() + wait if not isinstance(problem, NoNetwork) else ws.clock.now()
        if isinstance(problem, RateLimited) and problem.until is not None:
            retry = max(retry, problem.until)
        with ws.write() as session:
            store.put_off(session, one, problem.code, retry)
        raise
    with ws.write() as session:
        store.confirm(session, one, ws.clock.now())
    return True


def _take_back(ws: Workspace, one: store.Pending) -> None:
    with ws.write() as session:
        store.give_up(session, one)
        if one.kind == FAVOURITE:
            ingest.set_favourite(session, one.message, not one.wanted, ws.clock.now())
