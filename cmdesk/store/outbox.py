"""Keeps the outbox: the only place that moves a delivery from one state to another.

Every move is checked against the one table of moves and is an ``UPDATE … WHERE id = ? AND state = ?`` that must hit one
row, so that two programs, two clicks or a late answer can never both win. What is sent is frozen, with its key, in the
transaction that claims it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, Any

from cmdesk.domain.account import Account
from cmdesk.domain.delivery import NEEDS_DECISION, Envelope, HeldBecause, State, check_move
from cmdesk.domain.draft_errors import DraftDamaged
from cmdesk.domain.errors import NotAllowed, NotFound
from cmdesk.domain.ids import AccountId, DeliveryId, PostId
from cmdesk.domain.limits import Problem
from cmdesk.domain.post import Post, PostKind, content_for, fingerprint
from cmdesk.domain.schedule import REPLY_GRACE, Lateness, PlannedTime, lateness
from cmdesk.store import accounts, ingest, orm, posts, queue
from cmdesk.store.convert import dumps, envelope_from_json, envelope_to_json, problem_to_json
from cmdesk.store.database import reading
from cmdesk.store.times import from_ms, to_ms

if TYPE_CHECKING:
    from sqlmodel import Session


@dataclass(frozen=True, slots=True)
class Moment:
    """When something happens, by every clock that counts: a key's age is only known within one boot."""

    at: datetime
    monotonic: float
    boot_id: str


@dataclass(frozen=True, slots=True)
class Claim:
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
    live = _one(
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
    before = state_of(session, delivery)
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
    _move(session, delivery, before, State.PLANNED, at, **columns)
    # Nothing of what is still to be sent was created: those parts begin anew.
    _set_parts(session, delivery, "state <> 'sent'", state=State.PLANNED.value, handle=None)


def retime(session: Session, delivery: DeliveryId, planned: PlannedTime, mark: str) -> None:
    """Gives a planned delivery another time; raises NotAllowed when it is no longer planned."""
    columns = _time_columns(planned) | {"fingerprint": mark, "late_allowed": False, "retry_at": None}
    _conditional(session, delivery, State.PLANNED, columns)


def retime_zone(session: Session, delivery: DeliveryId, planned: PlannedTime) -> None:
    """The same wall time under newer rules of its zone; what was approved stays approved."""
    _conditional(session, delivery, State.PLANNED, _time_columns(planned))


def cancel(session: Session, delivery: DeliveryId, at: datetime) -> None:
    """It will not go out (any more). Raises NotAllowed when it is out, or may be on its way."""
    _move(session, delivery, state_of(session, delivery), State.CANCELLED, at, held_because=None, next_look_at=None)


def hold(session: Session, delivery: DeliveryId, because: HeldBecause, at: datetime, problem: Problem | None = None) -> None:
    """A planned delivery waits for a person; raises NotAllowed when it is no longer planned."""
    _move(
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
    """Holds everything planned of this client: after a restore, or when all must stop; returns how many."""
    return _hold_where(session, "1 = 1", (), because, at)


def hold_late(session: Session, now: datetime, grace: timedelta) -> int:
    """Holds what is later than the grace (replies: than REPLY_GRACE) and was not allowed to be; returns how many."""
    limits = (to_ms(now - grace), to_ms(now - max(grace, REPLY_GRACE)))
    return _hold_where(session, queue.TOO_LATE, limits, HeldBecause.LATE, now)


def _hold_where(session: Session, where: str, values: tuple[Any, ...], because: HeldBecause, at: datetime) -> int:
    found = session.connection().exec_driver_sql(f"SELECT id FROM delivery WHERE state = 'planned' AND {where}", values).all()
    for (number,) in found:
        hold(session, DeliveryId(number), because, at)
    return len(found)


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
        _move(session, DeliveryId(number), State.HELD, State.PLANNED, at, held_because=None, problem=None, retry_at=None)
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
) -> Claim | NotClaimed:
    """Takes a due delivery for sending: judges its time and its fingerprint once more, and freezes what will be sent.

    Everything is one transaction, which must be committed before the first byte leaves.
    """
    row = _one(
        session,
        "SELECT d.state, post_id, account_id, due, late_allowed, fingerprint, remote_user_id, p.kind"
        " FROM delivery d JOIN post p ON p.id = post_id WHERE d.id = ?",
        (delivery,),
    )
    if row is None or row[0] != State.PLANNED.value:
        return NotClaimed.TAKEN
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
    part = next_part(session, delivery)
    _move(session, delivery, State.PLANNED, State.SENDING, now.at, problem=None, retry_at=None)
    if part is None:
        _finish(session, delivery, State.SENDING, now.at)
        return NotClaimed.COMPLETE
    return Claim(delivery, account.id, begin_part(session, delivery, part, now=now, media_folder=media_folder))


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


def next_part(session: Session, delivery: DeliveryId) -> int | None:
    """The first part that is not out."""
    row = _one(session, "SELECT min(part) FROM delivery_part WHERE delivery_id = ? AND state <> 'sent'", (delivery,))
    return None if row is None or row[0] is None else int(row[0])


def begin_part(session: Session, delivery: DeliveryId, part: int, *, now: Moment, media_folder: str) -> Envelope:
    """Marks one part as being sent and opens its line in the journal; the delivery must be SENDING."""
    if state_of(session, delivery) is not State.SENDING:
        raise NotAllowed(from_state=state_of(session, delivery).value, to_state=State.SENDING.value)
    _set_parts(
        session,
        delivery,
        f"part = {int(part)}",
        state=State.SENDING.value,
        started_at=to_ms(now.at),
        started_monotonic=now.monotonic,
        boot_id=now.boot_id,
    )
    session.connection().exec_driver_sql("UPDATE delivery SET attempts = attempts + 1 WHERE id = ?", (delivery,))
    open_attempt(session, delivery, part, "send", now.at)
    return envelope(session, delivery, part, media_folder)


def envelope(session: Session, delivery: DeliveryId, part: int, media_folder: str) -> Envelope:
    """The frozen copy of one part, answering the part before it; raises NotFound."""
    row = _one(session, "SELECT frozen, key, started_at FROM delivery_part WHERE delivery_id = ? AND part = ?", (delivery, part))
    if row is None:
        raise NotFound(what="part", ref=f"{delivery}/{part}")
    before = _one(session, "SELECT remote_id FROM delivery_part WHERE delivery_id = ? AND part = ?", (delivery, part - 1))
    return envelope_from_json(
        row[0],
        delivery=delivery,
        key=row[1],
        media_folder=media_folder,
        reply_to=before[0] if before else None,
        begun_at=None if row[2] is None else from_ms(row[2]),
    )


# ---- settling


def settle_published(
    session: Session, delivery: DeliveryId, part: int, *, remote_id: str | None, url: str, at: datetime, kind: str = "send"
) -> int | None:
    """A part is live. Returns the part to send next, with the delivery SENDING, or None when all are out and it is SENT.

    Also for an answer that comes after somebody declared the delivery UNCERTAIN: then the rest is planned, to go out at once.
    """
    _set_parts(session, delivery, f"part = {int(part)}", state=State.SENT.value, remote_id=remote_id, url=url, handle=None)
    close_attempt(session, delivery, part, kind=kind, outcome="published", at=at, detail={"remote_id": remote_id, "url": url})
    before = state_of(session, delivery)
    following = next_part(session, delivery)
    if following is None:
        _finish(session, delivery, before, at)
        return None
    if before is State.UNCERTAIN:
        _move(session, delivery, before, State.PLANNED, at, late_allowed=True, next_look_at=None, looks=0, problem=None)
        return None
    if before is State.PROCESSING:
        _move(session, delivery, before, State.SENDING, at, retry_at=None)
    return following


def _finish(session: Session, delivery: DeliveryId, before: State, at: datetime) -> None:
    """All parts are out: the delivery is where its first part is, and what it answers is answered."""
    first = _one(session, "SELECT remote_id, url FROM delivery_part WHERE delivery_id = ? ORDER BY part LIMIT 1", (delivery,))
    remote_id, url = first if first is not None else (None, None)
    _move(
        session,
        delivery,
        before,
        State.SENT,
        at,
        remote_id=remote_id,
        url=url,
        sent_at=to_ms(at),
        problem=None,
        retry_at=None,
        next_look_at=None,
    )
    answered = _one(
        session,
        "SELECT p.reply_message_id FROM post p JOIN delivery d ON d.post_id = p.id WHERE d.id = ? AND p.kind = 'reply'",
        (delivery,),
    )
    if answered is not None and answered[0] is not None:
        ingest.answered(session, answered[0], at)


def settle_processing(
    session: Session, delivery: DeliveryId, part: int, *, handle: str, check_at: datetime, at: datetime
) -> None:
    """The network took it and works on it: its handle is kept, and asked again at ``check_at``."""
    _set_parts(session, delivery, f"part = {int(part)}", state=State.PROCESSING.value, handle=handle)
    before = state_of(session, delivery)
    if before is State.PROCESSING:
        _conditional(session, delivery, before, {"retry_at": to_ms(check_at)})
    else:
        _move(session, delivery, before, State.PROCESSING, at, retry_at=to_ms(check_at))
    close_attempt(session, delivery, part, kind=None, outcome="processing", at=at, detail={})


def settle_gone(session: Session, delivery: DeliveryId, at: datetime) -> None:
    """What was out is out no more: taken back by us, or found missing."""
    _set_parts(session, delivery, "state = 'sent'", state=State.GONE.value)
    _move(session, delivery, State.SENT, State.GONE, at)


def settle_refused(session: Session, delivery: DeliveryId, part: int, *, problem: Problem, at: datetime) -> None:
    """The network said no to this part; what is out stays out, and a person decides."""
    _set_parts(session, delivery, f"part = {int(part)}", state=State.REFUSED.value, handle=None)
    _move(session, delivery, state_of(session, delivery), State.REFUSED, at, problem=problem_to_json(problem), retry_at=None)
    close_attempt(session, delivery, part, kind=None, outcome="refused", at=at, detail={"code": problem.code})


def settle_unknown(session: Session, delivery: DeliveryId, part: int, *, reason: str, look_at: datetime, at: datetime) -> None:
    """Nobody can tell whether it is live: nothing is sent again, and somebody looks at ``look_at``."""
    _set_parts(session, delivery, f"part = {int(part)}", state=State.UNCERTAIN.value)
    _move(
        session,
        delivery,
        state_of(session, delivery),
        State.UNCERTAIN,
        at,
        problem=problem_to_json(Problem("uncertain", params=(("reason", reason),))),
        retry_at=None,
        next_look_at=to_ms(look_at),
        looks=0,
    )
    close_attempt(session, delivery, part, kind=None, outcome="unknown", at=at, detail={"reason": reason})


def settle_not_sent(
    session: Session, delivery: DeliveryId, part: int, *, code: str, retry_at: datetime, at: datetime, counts: bool
) -> None:
    """Certain: nothing left. Planned again for ``retry_at``; when it does not count, as if it had not been tried."""
    _set_parts(session, delivery, f"part = {int(part)}", state=State.PLANNED.value)
    _move(
        session,
        delivery,
        State.SENDING,
        State.PLANNED,
        at,
        retry_at=to_ms(retry_at),
        problem=problem_to_json(Problem(code)),
    )
    if not counts:
        session.connection().exec_driver_sql("UPDATE delivery SET attempts = attempts - 1 WHERE id = ?", (delivery,))
    close_attempt(session, delivery, part, kind=None, outcome="not_sent", at=at, detail={"code": code})


def put_off(session: Session, delivery: DeliveryId, code: str, retry_at: datetime) -> None:
    """Something before the sending failed (no network, keyring shut): tried again at ``retry_at``, and not counted."""
    _conditional(session, delivery, State.PLANNED, {"retry_at": to_ms(retry_at), "problem": problem_to_json(Problem(code))})


def hurry(session: Session, code: str) -> int:
    """What was put off for this reason may be tried at once; returns how many."""
    changed = session.connection().exec_driver_sql(f"UPDATE delivery SET retry_at = NULL WHERE {queue.PUT_OFF}", (code,))
    return changed.rowcount


def recover(session: Session, look_at: datetime, at: datetime) -> tuple[int, int]:
    """Deliveries that a former life left SENDING: (uncertain, planned again).

    Where a part was on its way, nobody can tell; between two parts it is certain that the next was not begun.
    """
    uncertain = resumed = 0
    for (number,) in session.connection().exec_driver_sql("SELECT id FROM delivery WHERE state = 'sending'").all():
        delivery = DeliveryId(number)
        part = _one(session, "SELECT part FROM delivery_part WHERE delivery_id = ? AND state = 'sending'", (delivery,))
        if part is not None:
            settle_unknown(session, delivery, part[0], reason="interrupted", look_at=look_at, at=at)
            uncertain += 1
        else:
            pause(session, delivery, at)
            resumed += 1
    return uncertain, resumed


def pause(session: Session, delivery: DeliveryId, at: datetime) -> None:
    """Between two parts nothing is on its way: the rest is planned, to go out as soon as it can."""
    _move(session, delivery, State.SENDING, State.PLANNED, at, late_allowed=True, retry_at=None)


# ---- looking


def looked(
    session: Session,
    delivery: DeliveryId,
    part: int,
    *,
    finding: str,
    next_look_at: datetime | None,
    at: datetime,
    counts: bool = True,
    problem: Problem | None = None,
) -> None:
    """A look at the account's own posts settled nothing; None as the next look leaves it to a person."""
    columns: dict[str, Any] = {"next_look_at": to_ms(next_look_at)}
    if problem is not None:
        columns["problem"] = problem_to_json(problem)
    _conditional(session, delivery, State.UNCERTAIN, columns)
    if counts:
        session.connection().exec_driver_sql("UPDATE delivery SET looks = looks + 1 WHERE id = ?", (delivery,))
    close_attempt(session, delivery, part, kind="look", outcome=finding, at=at, detail={})


def plan_again(session: Session, delivery: DeliveryId, at: datetime) -> None:
    """It is proved absent where a second write is the same write: the frozen copy goes out once more, key and all."""
    _set_parts(session, delivery, "state = 'uncertain'", state=State.PLANNED.value)
    _move(
        session,
        delivery,
        State.UNCERTAIN,
        State.PLANNED,
        at,
        late_allowed=True,
        next_look_at=None,
        looks=0,
        retry_at=None,
        problem=None,
    )


def look_again(session: Session, delivery: DeliveryId, at: datetime) -> None:
    """Looks once more, now; raises NotAllowed unless UNCERTAIN."""
    _conditional(session, delivery, State.UNCERTAIN, {"next_look_at": to_ms(at)})


# ---- the journal


def open_attempt(session: Session, delivery: DeliveryId, part: int, kind: str, at: datetime) -> None:
    """Opens a line of the journal before a call."""
    session.add(orm.tables.AttemptRow(delivery_id=delivery, part=part, kind=kind, started_at=to_ms(at)))
    session.flush()


def close_attempt(
    session: Session, delivery: DeliveryId, part: int, *, kind: str | None, outcome: str, at: datetime, detail: dict[str, Any]
) -> None:
    """Closes the open line of a part, or writes a whole one when there is none."""
    result = session.connection().exec_driver_sql(
        "UPDATE attempt SET ended_at = ?, outcome = ?, detail = ? WHERE id = (SELECT max(id) FROM attempt"
        " WHERE delivery_id = ? AND part = ? AND ended_at IS NULL)",
        (to_ms(at), outcome, dumps(detail), delivery, part),
    )
    if result.rowcount == 0:
        session.add(
            orm.tables.AttemptRow(
                delivery_id=delivery,
                part=part,
                kind=kind or "send",
                started_at=to_ms(at),
                ended_at=to_ms(at),
                outcome=outcome,
                detail=dumps(detail),
            )
        )
        session.flush()


def note_decision(session: Session, delivery: DeliveryId, decision: str, at: datetime) -> None:
    """Writes into the journal what a person decided."""
    row = orm.tables.AttemptRow(delivery_id=delivery, kind="decide", started_at=to_ms(at), ended_at=to_ms(at), outcome=decision)
    session.add(row)
    session.flush()


# ---- the one way to move


def state_of(session: Session, delivery: DeliveryId) -> State:
    """The state of a delivery inside this transaction; raises NotFound."""
    row = _one(session, "SELECT state FROM delivery WHERE id = ?", (delivery,))
    if row is None:
        raise NotFound(what="delivery", ref=str(delivery))
    return State(row[0])


def _move(session: Session, delivery: DeliveryId, before: State, after: State, at: datetime, **columns: Any) -> None:
    """Moves a delivery if the table has the move and it still stands where it is believed to; raises NotAllowed."""
    check_move(before, after)
    _conditional(session, delivery, before, {"state": after.value, "state_since": to_ms(at), **columns}, after)


def _conditional(
    session: Session, delivery: DeliveryId, before: State, columns: dict[str, Any], after: State | None = None
) -> None:
    names = ", ".join(f"{name} = ?" for name in columns)
    result = session.connection().exec_driver_sql(
        f"UPDATE delivery SET {names} WHERE id = ? AND state = ?", (*columns.values(), delivery, before.value)
    )
    if result.rowcount != 1:
        raise NotAllowed(from_state=state_of(session, delivery).value, to_state=(after or before).value)


def _set_parts(session: Session, delivery: DeliveryId, where: str, **columns: Any) -> None:
    names = ", ".join(f"{name} = ?" for name in columns)
    session.connection().exec_driver_sql(
        f"UPDATE delivery_part SET {names} WHERE delivery_id = ? AND {where}", (*columns.values(), delivery)
    )


def _one(session: Session, statement: str, values: tuple[Any, ...]) -> tuple[Any, ...] | None:
    row = session.connection().exec_driver_sql(statement, values).first()
    return None if row is None else tuple(row)
