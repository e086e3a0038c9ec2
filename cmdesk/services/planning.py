"""Puts posts into the calendar: approves what is to go out, sets its time, moves it, takes it back."""

from __future__ import annotations

from array import array
from collections.abc import Collection
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from cmdesk.domain.account import Account
from cmdesk.domain.delivery import MOVES, Delivery, State
from cmdesk.domain.draft_errors import BlockedByProblems
from cmdesk.domain.errors import BadInput, NotAllowed, NotFound
from cmdesk.domain.ids import AccountId, DeliveryId, MediaId, PostId
from cmdesk.domain.journal import Event
from cmdesk.domain.limits import Severity
from cmdesk.domain.post import Post
from cmdesk.domain.schedule import PlannedTime, at_instant, resolve
from cmdesk.domain.views import AgendaEntry
from cmdesk.services.composing import problems, thumbnail
from cmdesk.services.workspace import Workspace
from cmdesk.store import accounts as account_store
from cmdesk.store import agenda as agenda_store
from cmdesk.store import journal, outbox, posts, queue
from cmdesk.store.database import reading

if TYPE_CHECKING:
    from cmdesk.store.database import Session

# ---- reading


def agenda(ws: Workspace, start: datetime, end: datetime) -> tuple[AgendaEntry, ...]:
    """The calendar's entries with a time in the half-open span (aware)."""
    with ws.read() as connection:
        return agenda_store.agenda(connection, ws.client.id, start, end)


def times(ws: Workspace, start: datetime, end: datetime) -> array[int]:
    """The times of all posts in the half-open span (aware), in milliseconds since 1970, ascending: for views that count."""
    with ws.read() as connection:
        return agenda_store.day_times(connection, start, end)


async def picture(ws: Workspace, media_id: MediaId, side: int) -> bytes:
    """A PNG of at most ``side`` pixels per edge of a file that a post has. Raises BadInput(field="media") or NotFound."""
    with ws.read() as connection:
        item = posts.media(connection, media_id)
    return await thumbnail(ws, item, side)


def deliveries(ws: Workspace, post_id: PostId) -> tuple[Delivery, ...]:
    """All deliveries of a post, cancelled ones too."""
    with ws.read() as connection:
        return queue.deliveries(connection, post_id)


def delivery(ws: Workspace, delivery_id: DeliveryId) -> Delivery:
    """One delivery; raises NotFound."""
    with ws.read() as connection:
        return queue.delivery(connection, delivery_id)


# ---- writing


async def schedule(
    ws: Workspace, post_id: PostId, when: PlannedTime, accounts: Collection[AccountId] | None = None
) -> tuple[DeliveryId, ...]:
    """Approves a post as it is and plans it for each of its accounts (or those named).

    What waits already (planned, held, refused) takes the new time. Raises BadInput (time past, no account),
    BlockedByProblems, NotAllowed (already out, or on its way), NotFound or DraftDamaged; nothing is planned then.
    """
    if when.utc <= ws.clock.now():
        raise BadInput(field="time", reason="past")
    return await _planned(ws, post_id, when, accounts)


async def now(ws: Workspace, post_id: PostId, accounts: Collection[AccountId] | None = None) -> tuple[DeliveryId, ...]:
    """Approves a post as it is and plans it for this moment; raises like ``schedule``."""
    return await _planned(ws, post_id, None, accounts)


def this_moment(ws: Workspace) -> PlannedTime:
    """Now, as the client's wall clock shows it."""
    return at_instant(ws.clock.now(), ws.client.timezone, ws.clock.tzdata_version())


async def _planned(
    ws: Workspace, post_id: PostId, when: PlannedTime | None, wanted: Collection[AccountId] | None
) -> tuple[DeliveryId, ...]:
    """Plans it once its words were read, where the client asks for that; ``when`` None is the moment after."""
    from cmdesk.services import checking  # the language desk comes with the first post that is planned

    made: tuple[DeliveryId, ...] | None = None
    while made is None:
        seen = await checking.hold_back(ws, post_id, wanted)
        made = _plan(ws, post_id, when or this_moment(ws), wanted, seen)
    return made


def _plan(
    ws: Workspace, post_id: PostId, when: PlannedTime, wanted: Collection[AccountId] | None, seen: int | None
) -> tuple[DeliveryId, ...] | None:
    """None when somebody saved the post while its words were being read: what they are now was not read."""
    at = ws.clock.now()
    with ws.write() as session:
        connection = reading(session)
        post = posts.load(connection, post_id)
        if seen is not None and post.revision != seen:
            return None
        if post.deleted_at is not None:
            raise NotAllowed(from_state="bin", to_state=State.PLANNED.value)
        targets = _targets(session, post, wanted)
        check_blocks(post, targets, ws.media_folder)
        mark = approve(session, post, at)
        waiting = {one.account: one for one in queue.deliveries(connection, post_id) if one.state is not State.CANCELLED}
        made = []
        for account in targets:
            known = waiting.get(account.id)
            if known is None:
                made.append(outbox.plan(session, post_id, account, planned=when, mark=mark, at=at))
            elif known.state is State.PLANNED:
                outbox.retime(session, known.id, when, mark)
                made.append(known.id)
            elif known.state in queue.MOVABLE:
                outbox.replan(session, known.id, when, mark, at)
                made.append(known.id)
            else:
                raise NotAllowed(from_state=known.state.value, to_state=State.PLANNED.value)
        return tuple(made)


def _targets(session: Session, post: Post, wanted: Collection[AccountId] | None) -> tuple[Account, ...]:
    known = {account.id: account for account in account_store.accounts(reading(session))}
    chosen = post.accounts if wanted is None else tuple(wanted)
    if not chosen:
        raise BadInput(field="accounts", reason="empty")
    for account_id in chosen:
        if account_id not in known or account_id not in post.accounts:
            raise NotFound(what="account", ref=str(account_id))
    return tuple(known[account_id] for account_id in chosen)


def check_blocks(post: Post, targets: Collection[Account], media_folder: Path) -> None:
    """Raises BlockedByProblems when a network would not take the post."""
    found = problems(post, targets, media_folder=media_folder)
    blocking = {
        account: tuple(problem for problem in listed if problem.severity is Severity.BLOCK) for account, listed in found.items()
    }
    blocking = {account: listed for account, listed in blocking.items() if listed}
    if blocking:
        codes = sorted({problem.code for listed in blocking.values() for problem in listed})
        error = BlockedByProblems(codes=tuple(codes))
        error.problems = blocking
        raise error


def approve(session: Session, post: Post, at: datetime) -> str:
    """Binds a post to the fingerprint of what it says now, keeps that as a version, and returns the fingerprint.

    What is planned for its other accounts is bound to the same words, since they are the same post.
    """
    mark = outbox.current_mark(session, post)
    if post.approved != mark:
        posts.snapshot(session, post, "scheduled", at)
        posts.approve(session, post.id, mark)
    return mark


async def move(
    ws: Workspace, post_id: PostId, when: PlannedTime, only: Collection[DeliveryId] | None = None
) -> tuple[DeliveryId, ...]:
    """Gives everything of a post that waits (or only these deliveries of it) another time.

    What was approved stays approved; what was edited is approved now. Raises BadInput (past), NotAllowed when nothing of it
    can be moved (any more), BlockedByProblems.
    """
    if when.utc <= ws.clock.now():
        raise BadInput(field="time", reason="past")
    at = ws.clock.now()
    with ws.write() as session:
        connection = reading(session)
        found = [
            one
            for one in queue.deliveries(connection, post_id)
            if one.state is not State.CANCELLED and (only is None or one.id in only)
        ]
        movable = [one for one in found if one.state in queue.MOVABLE]
        if not movable:
            raise NotAllowed(from_state=found[0].state.value if found else "draft", to_state=State.PLANNED.value)
        for one in movable:
            replan_one(ws, session, one, when, at)
        return tuple(one.id for one in movable)


def replan_one(ws: Workspace, session: Session, one: Delivery, when: PlannedTime | None, at: datetime) -> None:
    """Plans one waiting delivery again (``when`` None: its own time, late or not), approving its post as it is now."""
    connection = reading(session)
    post = posts.load(connection, one.post)
    account = account_store.account(connection, one.account)
    if one.account not in post.accounts:
        raise NotFound(what="account", ref=str(one.account))
    check_blocks(post, (account,), ws.media_folder)
    mark = approve(session, post, at)
    if one.state is State.PLANNED and when is not None:
        outbox.retime(session, one.id, when, mark)
    else:
        outbox.replan(session, one.id, when, mark, at, late_allowed=when is None)


async def cancel(ws: Workspace, post_id: PostId) -> None:
    """Takes back everything of a post that is not out. Raises NotAllowed when there is nothing (any more) to take back."""
    _cancel(ws, post_id)


def _cancel(ws: Workspace, post_id: PostId, *, back_to_draft: bool = False) -> None:
    at = ws.clock.now()
    with ws.write() as session:
        found = queue.deliveries(reading(session), post_id)
        open_ones = [one for one in found if State.CANCELLED in MOVES[one.state]]
        if not open_ones:
            raise NotAllowed(from_state=found[-1].state.value if found else "draft", to_state=State.CANCELLED.value)
        for one in open_ones:
            outbox.cancel(session, one.id, at)
        if back_to_draft:
            posts.approve(session, post_id, None)


async def cancel_delivery(ws: Workspace, delivery_id: DeliveryId) -> None:
    """Takes back one delivery. Raises NotFound or NotAllowed."""
    with ws.write() as session:
        outbox.cancel(session, delivery_id, ws.clock.now())


async def unschedule(ws: Workspace, post_id: PostId) -> None:
    """Takes a post out of the calendar: a draft again. Raises NotAllowed when nothing of it waits."""
    _cancel(ws, post_id, back_to_draft=True)


async def follow_zone_rules(ws: Workspace) -> tuple[DeliveryId, ...]:
    """Works out planned times anew when the rules of the zones have changed; returns those whose instant moved."""
    rules = ws.clock.tzdata_version()
    with ws.read() as connection:
        if not queue.planned_with_other_rules(connection, rules):
            return ()
    moved = []
    with ws.write() as session:
        for one in queue.planned_with_other_rules(reading(session), rules):
            fresh = resolve(one.planned.wall, one.planned.zone, rules)
            if at_instant(one.planned.utc, one.planned.zone).wall == one.planned.wall:
                # The clock still shows what was meant; in the hour that comes twice, the second may be the one that was.
                fresh = replace(one.planned, tzdata=rules)
            outbox.retime_zone(session, one.id, fresh)
            if fresh.utc != one.planned.utc:
                moved.append(one.id)
                told = {"from": one.planned.utc.isoformat(), "to": fresh.utc.isoformat(), "zone": fresh.zone, "rules": rules}
                journal.write(session, Event.RETIMED, ws.clock.now(), outcome=rules, delivery=one.id, detail=told)
    return tuple(moved)


def retimed(ws: Workspace) -> tuple[Delivery, ...]:
    """What is planned and leaves at another instant than when it was planned, because the rules of its zone changed since.

    Its wall time is the one that was chosen; the journal says which instant it had.
    """
    with ws.read() as connection:
        found = {line.delivery for line in journal.lines(connection, event=Event.RETIMED) if line.delivery is not None}
        listed = [queue.delivery(connection, one) for one in sorted(found)]
    return tuple(one for one in listed if one.state is State.PLANNED)
