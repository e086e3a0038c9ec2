"""Looks for what may or may not be live among the account's own posts, and never sends anything.

An uncertain delivery rests first (a slow server may still be publishing it), then is looked for twice, some minutes
apart. Found: it is SENT. Not found: only where a second write can't make a second post it may be written once more, and
whether it may is judged again in the step that writes; everywhere else a person decides.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from msgspec import Struct

from cmdesk.domain.delivery import Repeat, may_repeat
from cmdesk.domain.errors import NetworkProblem, NotAllowed, NotFound, VaultProblem
from cmdesk.domain.limits import Problem
from cmdesk.networks.port import Connector, Finding, Look, Publishes, SecondWrite
from cmdesk.services.sending import REPEATS
from cmdesk.services.workspace import Workspace
from cmdesk.store import attempts, outbox, queue, settling

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


async def settle_unclear(ws: Workspace, *, again: timedelta = AGAIN, quarantine: timedelta = QUARANTINE) -> Settled:
    """Looks for every uncertain delivery whose moment has come."""
    with ws.read() as connection:
        due = queue.doubts(connection, ws.clock.now())
    found = planned = still_open = 0
    for doubt in due:
        if (left := _rest_left(ws, doubt, quarantine)) > timedelta():
            _postpone(ws, doubt, left)
            still_open += 1
            continue
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


def _rest_left(ws: Workspace, doubt: queue.Doubt, quarantine: timedelta) -> timedelta:
    """How much of its first rest is left by the clock that nobody sets; nothing when that can't be known."""
    if doubt.looks or doubt.monotonic is None or doubt.boot_id != ws.clock.boot_id():
        return timedelta()
    # Shorter than the quarantine where a person asked for a look.
    return min(doubt.resting, quarantine) - timedelta(seconds=ws.clock.monotonic() - doubt.monotonic)


def _postpone(ws: Workspace, doubt: queue.Doubt, left: timedelta) -> None:
    """The wall clock jumped over the rest: it goes on."""
    with ws.write() as session:
        # Moments are kept in whole milliseconds: cut off, this one would be due at once, and again, and again.
        settling.look_again(session, doubt.delivery, ws.clock.now() + left + timedelta(milliseconds=1))


async def _look(ws: Workspace, doubt: queue.Doubt) -> tuple[Connector, Finding]:
    with ws.write() as session:
        attempts.open_attempt(session, doubt.delivery, doubt.part, "look", ws.clock.now())
        envelope = outbox.envelope(session, doubt.delivery, doubt.part, str(ws.media_folder))
    connector = await ws.connector(doubt.account)
    if not isinstance(connector, Publishes):
        return connector, Finding(Look.CANNOT_TELL)
    identity = await connector.whoami()
    if not identity.same_as(envelope.identity):
        # Another person's posts prove nothing about ours.
        return connector, Finding(Look.CANNOT_TELL)
    return connector, await connector.find(envelope, _begun(ws, doubt) - CLOCKS_APART)


def _begun(ws: Workspace, doubt: queue.Doubt) -> datetime:
    """When its sending began, by today's clock where that can be told: the clock of then may have been put right since."""
    if doubt.monotonic is None or doubt.boot_id != ws.clock.boot_id():
        return doubt.started_at
    # A clock that stands while the computer sleeps makes this too late, never too early.
    return min(doubt.started_at, ws.clock.now() - timedelta(seconds=ws.clock.monotonic() - doubt.monotonic))


def _settle(ws: Workspace, doubt: queue.Doubt, connector: Connector, finding: Finding, again: timedelta) -> str:
    now = ws.clock.now()
    looks = doubt.looks + 1
    with ws.write() as session:
        if finding.look is Look.FOUND and finding.published is not None:
            live = finding.published
            settling.settle_published(
                session, doubt.delivery, doubt.part, remote_id=live.remote_id, url=live.url, at=now, kind="look"
            )
            return "found"
        absent = finding.look is Look.ABSENT
        enough = looks >= (LOOKS_BELIEVED if absent else LOOKS_ENOUGH)
        again_now = enough and _may_repeat(ws, doubt, connector.second_write, absent=absent)
        if enough and absent and not again_now and connector.second_write is SecondWrite.SAME_ID:
            # Its name is ours and nothing bears it: not live for certain, only old. That is a question of time, not of truth.
            settling.surely_absent(session, doubt.delivery, doubt.part, finding=finding.look.value, at=now)
            return "planned"
        settling.looked(
            session,
            doubt.delivery,
            doubt.part,
            finding=finding.look.value,
            next_look_at=None if enough else now + again,
            at=now,
            problem=Problem("uncertain_absent" if absent else "uncertain_unclear") if enough else None,
        )
        if again_now:
            settling.repeat_at(session, doubt.delivery, now)
            return "planned"
    return "open"


def _may_repeat(ws: Workspace, doubt: queue.Doubt, second_write: SecondWrite, *, absent: bool) -> bool:
    """Whether it is worth trying the same write again; the claim judges it once more.

    The same record may be written whatever the looks showed; a key is trusted only where two looks found nothing.
    """
    ground = REPEATS.get(second_write)
    if ground is None or (ground is Repeat.SAME_KEY and not absent):
        return False
    same_boot = doubt.monotonic is not None and doubt.boot_id == ws.clock.boot_id()
    age = timedelta(seconds=ws.clock.monotonic() - (doubt.monotonic or 0.0)) if same_boot else None
    return may_repeat(ground, age, doubt.started_at, ws.clock.now())


def _no_answer(ws: Workspace, doubt: queue.Doubt, code: str, again: timedelta) -> str:
    """No look took place: tried again later, and not counted as one."""
    now = ws.clock.now()
    try:
        with ws.write() as session:
            settling.looked(session, doubt.delivery, doubt.part, finding=code, next_look_at=now + again, at=now, counts=False)
    except NotAllowed:
        return "settled"
    return "open"
