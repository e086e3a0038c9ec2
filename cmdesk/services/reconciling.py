"""Looks for what may or may not be live among the account's own posts, and never sends anything.

An uncertain delivery rests first (a slow server may still be publishing it), then is looked for twice, some minutes
apart. Found: it is SENT. Not found: only where a second write can't make a second post it is planned again by itself;
everywhere else a person decides.
"""

from __future__ import annotations

from datetime import timedelta

from msgspec import Struct

from cmdesk.domain.errors import NetworkProblem, NotAllowed, NotFound, VaultProblem
from cmdesk.domain.limits import Problem
from cmdesk.networks.port import Connector, Finding, Look, Publishes, SecondWrite
from cmdesk.services.workspace import Workspace
from cmdesk.store import outbox, queue

QUARANTINE = timedelta(minutes=15)
#: Between two looks; servers answer from copies that may be minutes old.
AGAIN = timedelta(minutes=5)
#: So many looks that found nothing are believed, and so many that could not tell are enough.
LOOKS_BELIEVED = 2
LOOKS_ENOUGH = 3
#: A server's clock and ours may differ by this much.
CLOCKS_APART = timedelta(minutes=2)


class Settled(Struct, frozen=True):
    """What a round of looking settled, as numbers of deliveries; ``open`` still rest or wait for a person."""

    found: int = 0
    planned: int = 0
    open: int = 0


async def settle_unclear(ws: Workspace, *, again: timedelta = AGAIN) -> Settled:
    """Looks for every uncertain delivery whose moment has come."""
    with ws.read() as connection:
        due = queue.doubts(connection, ws.clock.now())
    found = planned = still_open = 0
    for doubt in due:
        try:
            connector, finding = await _look(ws, doubt)
            state = _settle(ws, doubt, connector, finding, again)
        except (NetworkProblem, VaultProblem, NotFound) as problem:
            state = _no_answer(ws, doubt, problem.code, again)
        except NotAllowed:
            # The account is unlinked, or somebody settled it while we looked.
            state = _no_answer(ws, doubt, "not_allowed", again)
        found += state == "found"
        planned += state == "planned"
        still_open += state == "open"
    return Settled(found, planned, still_open)


async def _look(ws: Workspace, doubt: queue.Doubt) -> tuple[Connector, Finding]:
    with ws.write() as session:
        outbox.open_attempt(session, doubt.delivery, doubt.part, "look", ws.clock.now())
        envelope = outbox.envelope(session, doubt.delivery, doubt.part, str(ws.media_folder))
    connector = await ws.connector(doubt.account)
    if not isinstance(connector, Publishes):
        return connector, Finding(Look.CANNOT_TELL)
    identity = await connector.whoami()
    if not identity.same_as(envelope.identity):
        # Another person's posts prove nothing about ours.
        return connector, Finding(Look.CANNOT_TELL)
    return connector, await connector.find(envelope, doubt.started_at - CLOCKS_APART)


def _settle(ws: Workspace, doubt: queue.Doubt, connector: Connector, finding: Finding, again: timedelta) -> str:
    now = ws.clock.now()
    looks = doubt.looks + 1
    with ws.write() as session:
        if finding.look is Look.FOUND and finding.published is not None:
            live = finding.published
            outbox.settle_published(
                session, doubt.delivery, doubt.part, remote_id=live.remote_id, url=live.url, at=now, kind="look"
            )
            return "found"
        absent = finding.look is Look.ABSENT
        enough = looks >= (LOOKS_BELIEVED if absent else LOOKS_ENOUGH)
        outbox.looked(
            session,
            doubt.delivery,
            doubt.part,
            finding=finding.look.value,
            next_look_at=None if enough else now + again,
            at=now,
            problem=Problem("uncertain_absent" if absent else "uncertain_unclear") if enough else None,
        )
        if absent and enough and connector.second_write is SecondWrite.SAME_ID:
            outbox.plan_again(session, doubt.delivery, now)
            return "planned"
    return "open"


def _no_answer(ws: Workspace, doubt: queue.Doubt, code: str, again: timedelta) -> str:
    """No look took place: tried again later, and not counted as one."""
    now = ws.clock.now()
    try:
        with ws.write() as session:
            outbox.looked(session, doubt.delivery, doubt.part, finding=code, next_look_at=now + again, at=now, counts=False)
    except NotAllowed:
        return "settled"
    return "open"
