"""The rules of a client's inbox: kept, tried on the past without changing it, and carried out where the client lets them."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from cmdesk.domain.answering import Contact
from cmdesk.domain.errors import CmdeskError, NoNetwork
from cmdesk.domain.ids import MessageId
from cmdesk.domain.moderation import Measure, Proposal, Sanction
from cmdesk.domain.ruling import Rule, clean_rule
from cmdesk.services import policing
from cmdesk.store import handling
from cmdesk.store import ruling as store
from cmdesk.store.database import reading

if TYPE_CHECKING:
    from cmdesk.services.workspace import Workspace

log = logging.getLogger(__name__)


class DryRun(Struct, frozen=True):
    """What a rule would have met: how many messages were looked at, and which ones, the newest first."""

    looked: int
    hits: tuple[MessageId, ...]


def rules(ws: Workspace) -> tuple[Rule, ...]:
    """The rules in the order in which they are tried."""
    with ws.read() as connection:
        return store.rules(connection)


async def save(ws: Workspace, rule: Rule) -> int:
    """Keeps a rule (id 0: a new one, tried last); returns its id. It is for what comes in from now on.

    Raises BadInput(field="rule" or "label"), NotFound.
    """
    clean = clean_rule(rule)
    with ws.write() as session:
        return store.save(session, clean, ws.clock.now())


async def reorder(ws: Workspace, order: Sequence[int]) -> None:
    """The order in which rules are tried."""
    with ws.write() as session:
        store.reorder(session, order)


async def remove(ws: Workspace, rule: int) -> None:
    """Takes a rule away; what it did stays. Raises NotFound."""
    with ws.write() as session:
        store.remove(session, rule)


def dry_run(ws: Workspace, rule: Rule, *, days: int = 30, limit: int = 5_000) -> DryRun:
    """What a rule would have met in the last days; nothing is changed. Raises BadInput(field="rule" or "label")."""
    clean = clean_rule(rule)
    with ws.read() as connection:
        looked = tuple(store.dry_run(connection, clean, ws.clock.now() - timedelta(days=days), limit))
    return DryRun(len(looked), tuple(message for message, hit in looked if hit))


async def follow(ws: Workspace, wanted: Sequence[MessageId]) -> store.Followed:
    """Follows the rules for messages of which something new is known (their mood); each rule meets a message once."""
    automatic = policing.policy(ws).automatic
    with ws.write() as session:
        return store.follow(session, wanted, automatic, ws.clock.now())


async def carry_out(ws: Workspace) -> int:
    """Takes the measures that the client lets rules take by themselves; returns how many. One that fails waits for a person."""
    with ws.read() as connection:
        waiting = store.to_take(connection)
    done = 0
    for one in waiting:
        if one.measure not in policing.policy(ws).automatic:
            _hand_over(ws, one)
            continue
        try:
            await policing.take(ws, one.message, one.measure, by_rule=one.rule)
        except NoNetwork:
            break
        except CmdeskError as problem:
            log.info("a measure of a rule waits for a person: %s", problem.code)
            _hand_over(ws, one)
            continue
        with ws.write() as session:
            store.decide(session, one.id, True, ws.clock.now())
        done += 1
    return done


def _hand_over(ws: Workspace, one: Proposal) -> None:
    """A measure that can't be taken by itself (any more) is a proposal."""
    with ws.write() as session:
        store.hand_over(session, one.id)


# ---- what rules propose


def proposals(ws: Workspace, message_id: MessageId | None = None) -> tuple[Proposal, ...]:
    """What waits for a person's word, the newest first."""
    with ws.read() as connection:
        return store.proposals(connection, message_id)


async def accept(ws: Workspace, number: int, code: str = "", *, picture: bytes | None = None) -> Sanction | Contact | None:
    """Does what a rule proposed: takes the measure (the sanction is returned), or names the contact to ask.

    Raises NotFound, and what the network says: the proposal then stays.
    """
    with ws.read() as connection:
        one = store.proposal(connection, number)
    found: Sanction | Contact | None = None
    if one.measure is not None:
        found = await policing.take(ws, one.message, one.measure, code, picture=picture, by_rule=one.rule)
    elif one.contact is not None:
        with ws.read() as connection:
            found = handling.contact(connection, one.contact)
    with ws.write() as session:
        store.decide(session, number, True, ws.clock.now())
    return found


async def refuse(ws: Workspace, number: int) -> None:
    """Leaves a proposal. Raises NotFound."""
    with ws.write() as session:
        store.proposal(reading(session), number)
        store.decide(session, number, False, ws.clock.now())


__all__ = [
    "DryRun",
    "Measure",
    "accept",
    "carry_out",
    "dry_run",
    "follow",
    "proposals",
    "refuse",
    "remove",
    "reorder",
    "rules",
    "save",
]
