"""Keeps the outbox up to the moment of a call: plans, holds, and claims a delivery with what exactly will be sent.

What is sent is frozen, with its key, in the transaction that claims it; and whether it may be sent at all (its time, its
approval, its account, the queue's arming, the crisis key, for a second write the age of its key) is judged there, in the
same step. What comes of a call is written by ``settling``.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from cmdesk.domain.account import Account
from cmdesk.domain.delivery import NEEDS_DECISION, Envelope, HeldBecause, Repeat, State, may_repeat
from cmdesk.domain.draft_errors import DraftDamaged
from cmdesk.domain.errors import NotAllowed, NotFound
from cmdesk.domain.extras import of_part
from cmdesk.domain.ids import AccountId, DeliveryId, PostId
from cmdesk.domain.journal import Event
from cmdesk.domain.limits import Problem
from cmdesk.domain.post import Post, PostKind, content_for, fingerprint
from cmdesk.domain.schedule import REPLY_GRACE, Lateness, PlannedTime, lateness
from cmdesk.store import accounts, attempts, guard, journal, lease, moves, orm, posts, queue, settling
from cmdesk.store.convert import envelope_from_json, envelope_to_json, problem_to_json
from cmdesk.store.database import reading
from cmdesk.store.lease import Bid
from cmdesk.store.times import from_ms, to_ms

if TYPE_CHECKING:
    from sqlmodel import Session


class Moment(Struct, frozen=True):
    """When something happens, by every clock that counts: a key's age is only known within one boot."""

    at: datetime
    monotonic: float
    boot_id: str


class Claim(Struct, frozen=True):
    """A delivery that is ours to send now: its frozen part, committed before anything leaves."""

    delivery: DeliveryId
    account: AccountId
    envelope: Envelope


class NotClaimed(Enum):
    """Why a delivery was not claimed."""

    TAKEN = "taken"  # somebody else moved it meanwhile
    EARLY = "early"
    HELD = "held"  # it now waits for a person
    COMPLETE = "complete"  # nothing was left to send
    STOPPED = "stopped"  # the whole queue stands still: somebody else armed it, or nobody
    LEASED = "leased"  # another program that lives sends from this file


# ---- planning


def plan(
    session: Session,
    post_id: PostId,
    account: Account,
    *,
    planned: PlannedTime,
    mark: str,
    at: datetime,
) -> DeliveryId:
    """A new planned delivery. Raises NotAllowed when the post has a live one on this account already."""
    live = moves.one(
        session,
        "SELECT state FROM delivery WHERE post_id = ? AND account_id = ? AND state NOT IN ('cancelled', 'gone')",
        (post_id, account.id),
    )
    if live is not None:
        raise NotAllowed(from_state=live[0], to_state=State.PLANNED.value)
    row = orm.tables.DeliveryRow(
        post_id=post_id,
        account_id=account.id,
        state=State.PLANNED.value,
        state_since=to_ms(at),
        **_time_columns(planned),
        fingerprint=mark,
        remote_user_id=account.identity.remote_id,
    )
    session.add(row)
    session.flush()
    if row.id is None:
        raise NotFound(what="delivery", ref="new")
    return DeliveryId(row.id)


def _time_columns(planned: PlannedTime) -> dict[str, Any]:
    return {
        "due": to_ms(planned.utc),
        "wall": planned.wall.isoformat(),
        "zone": planned.zone,
        "tzdata": planned.tzdata,
        "shift": planned.shift.value,
    }


def replan(
    session: Session, delivery: DeliveryId, planned: PlannedTime | None, mark: str, at: datetime, *, late_allowed: bool = False
) -> None:
    """Back to PLANNED from HELD, REFUSED or UNCERTAIN, by a person's word, with what was approved now.

    Without ``planned`` its time stays. Raises NotAllowed from any other state.
    """
    before = moves.state_of(session, delivery)
    if before not in NEEDS_DECISION:
        # SENDING may become PLANNED too, but only by a proof that nothing left: never by a person's word in the middle.
        raise NotAllowed(from_state=before.value, to_state=State.PLANNED.value)
    columns: dict[str, Any] = {
        "fingerprint": mark,
        "late_allowed": late_allowed,
        "held_because": None,
        "problem": None,
        "retry_at": None,
        "next_look_at": None,
        "looks": 0,
        "attempts": 0,
    }
    if planned is not None:
        columns |= _time_columns(planned)
    moves.move(session, delivery, before, State.PLANNED, at, **columns)
    # Nothing of what is still to be sent was created: those parts begin anew.
    moves.set_parts(session, delivery, "state <> 'sent'", state=State.PLANNED.value, handle=None)
    permit(session, delivery, again_at=None)


def retime(session: Session, delivery: DeliveryId, planned: PlannedTime, mark: str) -> None:
    """Gives a planned delivery another time; raises NotAllowed when it is no longer planned."""
    columns = _time_columns(planned) | {"fingerprint": mark, "late_allowed": False, "retry_at": None}
    moves.conditional(session, delivery, State.PLANNED, columns)


def retime_zone(session: Session, delivery: DeliveryId, planned: PlannedTime) -> None:
    """The same wall time under newer rules of its zone; what was approved stays approved."""
    moves.conditional(session, delivery, State.PLANNED, _time_columns(planned))


def retime_waiting(session: Session, delivery: DeliveryId, state: State, planned: PlannedTime) -> None:
    """Another time for what waits for a person (HELD, REFUSED); it goes on waiting. Raises NotAllowed."""
    if state not in {State.HELD, State.REFUSED}:
        raise NotAllowed(from_state=state.value, to_state=State.PLANNED.value)
    moves.conditional(session, delivery, state, _time_columns(planned))


def cancel(session: Session, delivery: DeliveryId, at: datetime) -> None:
    """It will not go out (any more); where parts of it are out it is left at those. Raises NotAllowed when it is on its way."""
    if moves.one(session, "SELECT 1 FROM delivery_part WHERE delivery_id = ? AND state = 'sent'", (delivery,)) is not None:
        stop(session, delivery, at)
        return
    moves.move(session, delivery, moves.state_of(session, delivery), State.CANCELLED, at, held_because=None, next_look_at=None)


def stop(session: Session, delivery: DeliveryId, at: datetime) -> None:
    """Leaves a thread at the parts that are out: it counts as sent, and says how far it came.

    A planned one (the rest of a thread that waits) is held first. Raises NotAllowed when no part is out, or one may be on
    its way right now.
    """
    out = moves.one(session, "SELECT count(*) FROM delivery_part WHERE delivery_id = ? AND state = 'sent'", (delivery,))
    every = moves.one(session, "SELECT count(*) FROM delivery_part WHERE delivery_id = ?", (delivery,))
    before = moves.state_of(session, delivery)
    if out is None or every is None or not out[0] or before not in {*NEEDS_DECISION, State.PLANNED}:
        raise NotAllowed(from_state=before.value, to_state="stopped")
    if before is State.PLANNED:
        hold(session, delivery, HeldBecause.EDITED, at)
    moves.set_parts(session, delivery, "state NOT IN ('sent', 'uncertain')", state=State.CANCELLED.value, handle=None)
    settling.finish(
        session,
        delivery,
        moves.state_of(session, delivery),
        at,
        Problem("stopped", params=(("out", out[0]), ("parts", every[0]))),
    )


def hold(session: Session, delivery: DeliveryId, because: HeldBecause, at: datetime, problem: Problem | None = None) -> None:
    """A planned delivery waits for a person; raises NotAllowed when it is no longer planned."""
    moves.move(
        session,
        delivery,
        State.PLANNED,
        State.HELD,
        at,
        held_because=because.value,
        problem=problem_to_json(problem),
        retry_at=None,
    )


def hold_post(session: Session, post_id: PostId, because: HeldBecause, at: datetime) -> int:
    """Holds whatever of a post is planned; returns how many."""
    return _hold_where(session, "post_id = ?", (post_id,), because, at)


def hold_all(session: Session, because: HeldBecause, at: datetime) -> int:
    """Holds everything planned of this client: after a restore, or when all must stop; returns how many.

    In doubt about the whole file also what waits for a person already: an old copy calls late or refused what somebody has
    sent since, and must say first that it may be out.
    """
    held = _hold_where(session, "1 = 1", (), because, at)
    if because is not HeldBecause.DOUBT:
        return held
    execute = session.connection().exec_driver_sql
    refused = execute("SELECT id FROM delivery WHERE state = 'refused'").all()
    for (number,) in refused:
        moves.move(session, DeliveryId(number), State.REFUSED, State.HELD, at, held_because=because.value, retry_at=None)
    doubted = execute(
        "UPDATE delivery SET held_because = ? WHERE state = 'held' AND held_because NOT IN (?, ?)",
        (because.value, because.value, HeldBecause.CRISIS.value),
    )
    return held + len(refused) + doubted.rowcount


def hold_late(session: Session, now: datetime, grace: timedelta) -> int:
    """Holds what is later than the grace (replies: than REPLY_GRACE) and was not allowed to be; returns how many."""
    limits = (to_ms(now - grace), to_ms(now - max(grace, REPLY_GRACE)))
    return _hold_where(session, queue.TOO_LATE, limits, HeldBecause.LATE, now)


def _hold_where(session: Session, where: str, values: tuple[Any, ...], because: HeldBecause, at: datetime) -> int:
    found = session.connection().exec_driver_sql(f"SELECT id FROM delivery WHERE state = 'planned' AND {where}", values).all()
    for (number,) in found:
        hold(session, DeliveryId(number), because, at)
    return len(found)


def thaw(session: Session, delivery: DeliveryId, at: datetime) -> None:
    """One delivery may leave although the client is frozen; raises NotAllowed unless it is held for the crisis."""
    row = moves.one(session, "SELECT state, held_because FROM delivery WHERE id = ?", (delivery,))
    if row is None:
        raise NotFound(what="delivery", ref=str(delivery))
    if row != (State.HELD.value, HeldBecause.CRISIS.value):
        raise NotAllowed(from_state=row[0], to_state="thawed")
    permit(session, delivery, thawed_at=to_ms(at))
    moves.move(session, delivery, State.HELD, State.PLANNED, at, held_because=None, problem=None, retry_at=None)
    journal.write(session, Event.THAWED, at, outcome="one", delivery=delivery)


def thaw_all(session: Session, at: datetime) -> int:
    """What was held for the crisis is planned again (what is late is then held as late); returns how many."""
    found = (
        session.connection()
        .exec_driver_sql("SELECT id FROM delivery WHERE state = 'held' AND held_because = ?", (HeldBecause.CRISIS.value,))
        .all()
    )
    for (number,) in found:
        moves.move(session, DeliveryId(number), State.HELD, State.PLANNED, at, held_because=None, problem=None, retry_at=None)
    session.connection().exec_driver_sql("UPDATE delivery_permit SET thawed_at = NULL WHERE thawed_at IS NOT NULL")
    return len(found)


def hold_frozen(session: Session, at: datetime) -> int:
    """Holds whatever is planned and was not thawed by itself; returns how many."""
    return _hold_where(session, queue.NOT_THAWED, (), HeldBecause.CRISIS, at)


def permit(session: Session, delivery: DeliveryId, **columns: int | None) -> None:
    """Sets what a delivery may do beyond the rule."""
    names = ", ".join(columns)
    session.connection().exec_driver_sql(
        f"INSERT INTO delivery_permit (delivery_id, {names}) VALUES (?, {', '.join('?' * len(columns))})"
        f" ON CONFLICT (delivery_id) DO UPDATE SET {', '.join(f'{name} = excluded.{name}' for name in columns)}",
        (delivery, *columns.values()),
    )


def release_account(session: Session, account_id: AccountId, at: datetime) -> int:
    """The account works again: what was held only for it is planned again (what is late is then held as late)."""
    found = (
        session.connection()
        .exec_driver_sql(
            "SELECT id FROM delivery WHERE state = 'held' AND held_because = ? AND account_id = ?",
            (HeldBecause.ACCOUNT.value, account_id),
        )
        .all()
    )
    for (number,) in found:
        moves.move(session, DeliveryId(number), State.HELD, State.PLANNED, at, held_because=None, problem=None, retry_at=None)
    return len(found)


# ---- sending


def claim(
    session: Session,
    delivery: DeliveryId,
    *,
    now: Moment,
    grace: timedelta,
    new_key: Callable[[], str],
    media_folder: str,
    armed_by: str | None = None,
    bid: Bid | None = None,
) -> Claim | NotClaimed:
    """Takes a due delivery for sending: judges its time and its fingerprint once more, and freezes what will be sent.

    ``armed_by`` is the installation that the sender believes to be (None: it does not look at the arming); with a ``bid`` the
    file's lease is taken or kept. Everything is one transaction, which must be committed before the first byte leaves.
    """
    if _stopped(session, armed_by):
        return NotClaimed.STOPPED
    if bid is not None and not lease.take(session, bid, now.at):
        return NotClaimed.LEASED
    row = moves.one(
        session,
        "SELECT d.state, post_id, account_id, due, late_allowed, fingerprint, remote_user_id, p.kind"
        " FROM delivery d JOIN post p ON p.id = post_id WHERE d.id = ?",
        (delivery,),
    )
    if row is None or row[0] != State.PLANNED.value:
        return NotClaimed.TAKEN
    if _frozen(session, delivery):
        hold(session, delivery, HeldBecause.CRISIS, now.at)
        return NotClaimed.HELD
    time = lateness(from_ms(row[3]), now.at, max(grace, REPLY_GRACE) if row[7] == PostKind.REPLY.value else grace)
    if time is Lateness.EARLY:
        return NotClaimed.EARLY
    if time is Lateness.LATE and not row[4]:
        hold(session, delivery, HeldBecause.LATE, now.at)
        return NotClaimed.HELD
    connection = reading(session)
    try:
        post = posts.load(connection, PostId(row[1]))
    except DraftDamaged as damage:
        hold(session, delivery, HeldBecause.EDITED, now.at, Problem(damage.code))
        return NotClaimed.HELD
    account = accounts.account(connection, AccountId(row[2]))
    if account.unlinked_at is not None or not account.writable:
        hold(session, delivery, HeldBecause.ACCOUNT, now.at)
        return NotClaimed.HELD
    if not _as_approved(session, post, account, row[5], row[6]):
        hold(session, delivery, HeldBecause.EDITED, now.at)
        return NotClaimed.HELD
    _freeze(session, delivery, post, account, new_key)
    part = moves.next_part(session, delivery)
    moves.move(session, delivery, State.PLANNED, State.SENDING, now.at, problem=None, retry_at=None)
    if part is None:
        settling.finish(session, delivery, State.SENDING, now.at)
        return NotClaimed.COMPLETE
    return Claim(delivery, account.id, begin_part(session, delivery, part, now=now, media_folder=media_folder))


def claim_again(
    session: Session,
    delivery: DeliveryId,
    ground: Repeat,
    *,
    now: Moment,
    media_folder: str,
    armed_by: str | None = None,
    bid: Bid | None = None,
) -> Claim | NotClaimed:
    """Takes an uncertain delivery for the very same write once more: same frozen copy, same key.

    Whether it may be is computed here, in the step that sends. What may not is left to a person, and looked for no more.
    """
    if _stopped(session, armed_by):
        return NotClaimed.STOPPED
    if bid is not None and not lease.take(session, bid, now.at):
        return NotClaimed.LEASED
    row = moves.one(
        session,
        "SELECT d.state, d.post_id, d.account_id, d.fingerprint, d.remote_user_id, p.part, p.started_monotonic, p.boot_id,"
        " (SELECT min(a.started_at) FROM attempt a WHERE a.delivery_id = d.id AND a.part = p.part AND a.kind = 'send')"
        " FROM delivery d JOIN delivery_part p ON p.delivery_id = d.id AND p.state = 'uncertain' WHERE d.id = ?",
        (delivery,),
    )
    if row is None or row[0] != State.UNCERTAIN.value or _frozen(session, delivery):
        return NotClaimed.TAKEN
    age = timedelta(seconds=now.monotonic - row[6]) if row[6] is not None and row[7] == now.boot_id else None
    connection = reading(session)
    account = accounts.account(connection, AccountId(row[2]))
    try:
        post = posts.load(connection, PostId(row[1]))
    except DraftDamaged:
        post = None
    fit = account.writable and post is not None and _as_approved(session, post, account, row[3], row[4])
    if not fit or not may_repeat(ground, age, from_ms(row[8] or 0), now.at):
        permit(session, delivery, again_at=None)
        # Under a name of our own one more look tells for certain; everywhere else a person does.
        look_at = to_ms(now.at) if fit and ground is Repeat.SAME_ID else None
        moves.conditional(session, delivery, State.UNCERTAIN, {"next_look_at": look_at})
        return NotClaimed.HELD
    moves.move(session, delivery, State.UNCERTAIN, State.SENDING, now.at, problem=None, retry_at=None, next_look_at=None)
    return Claim(delivery, account.id, begin_part(session, delivery, int(row[5]), now=now, media_folder=media_folder))


def _stopped(session: Session, armed_by: str | None) -> bool:
    """Whether the whole queue stands still, or was armed by somebody else since the sender looked."""
    connection = reading(session)
    if guard.hold(connection) is not None:
        return True
    return armed_by is not None and guard.seal(connection).install_id != armed_by


def _frozen(session: Session, delivery: DeliveryId) -> bool:
    """Whether the crisis key is turned and this one was not let go by itself."""
    if guard.frozen(reading(session)) is None:
        return False
    row = moves.one(session, "SELECT thawed_at FROM delivery_permit WHERE delivery_id = ?", (delivery,))
    return row is None or row[0] is None


def _as_approved(session: Session, post: Post, account: Account, mark: str, remote_user_id: str) -> bool:
    if post.deleted_at is not None or post.approved != mark or account.identity.remote_id != remote_user_id:
        return False
    if account.id not in post.accounts:
        return False
    return current_mark(session, post) == mark


def current_mark(session: Session, post: Post) -> str:
    """The fingerprint of a post as it is now, with the identities of its accounts as they are now."""
    known = {one.id: one.identity for one in accounts.accounts(reading(session), with_unlinked=True)}
    return fingerprint(post, known)


def _freeze(session: Session, delivery: DeliveryId, post: Post, account: Account, new_key: Callable[[], str]) -> None:
    """Freezes every part that is not out. A part keeps its key as long as it says the same; other words get another key."""
    content = content_for(post, account.id)
    connection = session.connection()
    stored = {
        row[0]: row
        for row in connection.exec_driver_sql("SELECT part, state, frozen FROM delivery_part WHERE delivery_id = ?", (delivery,))
    }
    for index, part in enumerate(content.parts):
        if index in stored and stored[index][1] == State.SENT.value:
            continue
        envelope = Envelope(
            delivery=delivery,
            part=index,
            parts=len(content.parts),
            identity=account.identity,
            key="",
            text=part.text,
            media_folder="",
            media=part.media,
            warning=content.warning,
            visibility=content.visibility,
            language=content.language,
            sensitive=content.sensitive,
            poll=content.poll if index == 0 else None,
            reply_to=content.reply_to.remote_id if content.reply_to and index == 0 else None,
            extras=of_part(content.extras, index),
        )
        frozen = envelope_to_json(envelope)
        if index in stored and stored[index][2] == frozen:
            continue
        connection.exec_driver_sql("DELETE FROM delivery_part WHERE delivery_id = ? AND part = ?", (delivery, index))
        session.add(orm.tables.PartRow(delivery_id=delivery, part=index, state=State.PLANNED.value, key=new_key(), frozen=frozen))
        session.flush()
    connection.exec_driver_sql(
        "DELETE FROM delivery_part WHERE delivery_id = ? AND part >= ? AND state <> 'sent'", (delivery, len(content.parts))
    )


def begin_part(session: Session, delivery: DeliveryId, part: int, *, now: Moment, media_folder: str) -> Envelope:
    """Marks one part as being sent and opens its line in the journal; the delivery must be SENDING.

    What was used before keeps the reading of its first use, since that is what the age of its key is counted from. Raises
    NotAllowed, also when the queue was stopped or frozen since the part before.
    """
    if moves.state_of(session, delivery) is not State.SENDING:
        raise NotAllowed(from_state=moves.state_of(session, delivery).value, to_state=State.SENDING.value)
    if _stopped(session, None) or _frozen(session, delivery):
        raise NotAllowed(from_state="stopped", to_state=State.SENDING.value)
    if moves.one(session, "SELECT state FROM delivery_part WHERE delivery_id = ? AND part = ?", (delivery, part)) == ("planned",):
        # Nothing of it was created: until the call begins that stays certain, whatever happens to us. What is written a
        # second time keeps its mark of the first.
        session.connection().exec_driver_sql(
            "INSERT INTO part_call (delivery_id, part) VALUES (?, ?)"
            " ON CONFLICT (delivery_id, part) DO UPDATE SET called_at = NULL",
            (delivery, part),
        )
    moves.set_parts(session, delivery, f"part = {int(part)}", state=State.SENDING.value, started_at=to_ms(now.at))
    moves.set_parts(
        session,
        delivery,
        f"part = {int(part)} AND boot_id IS NULL",
        started_monotonic=now.monotonic,
        boot_id=now.boot_id,
    )
    session.connection().exec_driver_sql("UPDATE delivery SET attempts = attempts + 1 WHERE id = ?", (delivery,))
    attempts.open_attempt(session, delivery, part, "send", now.at)
    return envelope(session, delivery, part, media_folder)


def call_begins(session: Session, delivery: DeliveryId, part: int, at: datetime, bid: Bid | None = None) -> None:
    """The last thing before a call: from here on nobody can tell any more that nothing was created.

    Raises NotAllowed when the delivery was moved, the queue stopped or frozen, or the lease lost since it was claimed.
    """
    if bid is not None and not lease.ours(reading(session), bid.holder):
        raise NotAllowed(from_state="leased", to_state=State.SENDING.value)
    if moves.state_of(session, delivery) is not State.SENDING or _stopped(session, None) or _frozen(session, delivery):
        raise NotAllowed(from_state="stopped", to_state=State.SENDING.value)
    session.connection().exec_driver_sql(
        "UPDATE part_call SET called_at = ? WHERE delivery_id = ? AND part = ?", (to_ms(at), delivery, part)
    )


def envelope(session: Session, delivery: DeliveryId, part: int, media_folder: str) -> Envelope:
    """The frozen copy of one part, answering the part before it; raises NotFound."""
    row = moves.one(
        session, "SELECT frozen, key, started_at FROM delivery_part WHERE delivery_id = ? AND part = ?", (delivery, part)
    )
    if row is None:
        raise NotFound(what="part", ref=f"{delivery}/{part}")
    before = moves.one(session, "SELECT remote_id FROM delivery_part WHERE delivery_id = ? AND part = ?", (delivery, part - 1))
    return envelope_from_json(
        row[0],
        delivery=delivery,
        key=row[1],
        media_folder=media_folder,
        reply_to=before[0] if before else None,
        begun_at=None if row[2] is None else from_ms(row[2]),
    )
