"""Writes down what came of a call, and of a look: what is proved moves on, what is not proved stays uncertain."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from cmdesk.domain.delivery import State
from cmdesk.domain.ids import DeliveryId
from cmdesk.domain.limits import Problem
from cmdesk.store import attempts, ingest, moves, queue
from cmdesk.store.convert import problem_to_json
from cmdesk.store.times import to_ms

if TYPE_CHECKING:
    from sqlmodel import Session


# ---- settling


def settle_published(
    session: Session, delivery: DeliveryId, part: int, *, remote_id: str | None, url: str, at: datetime, kind: str = "send"
) -> int | None:
    """A part is live. Returns the part to send next, with the delivery SENDING, or None when all are out and it is SENT.

    Also for an answer that comes after somebody declared the delivery UNCERTAIN: then the rest is planned, to go out at once.
    """
    moves.set_parts(session, delivery, f"part = {int(part)}", state=State.SENT.value, remote_id=remote_id, url=url, handle=None)
    attempts.close_attempt(
        session, delivery, part, kind=kind, outcome="published", at=at, detail={"remote_id": remote_id, "url": url}
    )
    before = moves.state_of(session, delivery)
    following = moves.next_part(session, delivery)
    if following is None:
        forget_repeat(session, delivery)
        finish(session, delivery, before, at)
        return None
    forget_repeat(session, delivery)
    if before is State.UNCERTAIN:
        moves.move(session, delivery, before, State.PLANNED, at, late_allowed=True, next_look_at=None, looks=0, problem=None)
        return None
    if before is State.PROCESSING:
        moves.move(session, delivery, before, State.SENDING, at, retry_at=None)
    return following


def finish(session: Session, delivery: DeliveryId, before: State, at: datetime, problem: Problem | None = None) -> None:
    """All parts are out (``problem``: all that ever will be): it is where its first part is, and what it answers is answered."""
    first = moves.one(
        session, "SELECT remote_id, url FROM delivery_part WHERE delivery_id = ? ORDER BY part LIMIT 1", (delivery,)
    )
    remote_id, url = first if first is not None else (None, None)
    moves.move(
        session,
        delivery,
        before,
        State.SENT,
        at,
        remote_id=remote_id,
        url=url,
        sent_at=to_ms(at),
        held_because=None,
        problem=problem_to_json(problem),
        retry_at=None,
        next_look_at=None,
    )
    answered = moves.one(
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
    moves.set_parts(session, delivery, f"part = {int(part)}", state=State.PROCESSING.value, handle=handle)
    before = moves.state_of(session, delivery)
    if before is State.PROCESSING:
        moves.conditional(session, delivery, before, {"retry_at": to_ms(check_at)})
    else:
        moves.move(session, delivery, before, State.PROCESSING, at, retry_at=to_ms(check_at))
    attempts.close_attempt(session, delivery, part, kind=None, outcome="processing", at=at, detail={})


def settle_gone(session: Session, delivery: DeliveryId, at: datetime) -> None:
    """What was out is out no more: taken back by us, or found missing."""
    moves.set_parts(session, delivery, "state = 'sent'", state=State.GONE.value)
    moves.move(session, delivery, State.SENT, State.GONE, at)


def settle_refused(session: Session, delivery: DeliveryId, part: int, *, problem: Problem, at: datetime) -> None:
    """The network said no to this part; what is out stays out, and a person decides.

    A no to a second write of the same says nothing about the first: that one stays uncertain.
    """
    if _repeats(session, delivery):
        settle_unknown(session, delivery, part, reason="refused_again", look_at=None, at=at)
        return
    moves.set_parts(session, delivery, f"part = {int(part)}", state=State.REFUSED.value, handle=None)
    moves.move(
        session, delivery, moves.state_of(session, delivery), State.REFUSED, at, problem=problem_to_json(problem), retry_at=None
    )
    attempts.close_attempt(session, delivery, part, kind=None, outcome="refused", at=at, detail={"code": problem.code})


def settle_unknown(
    session: Session, delivery: DeliveryId, part: int, *, reason: str, look_at: datetime | None, at: datetime
) -> None:
    """Nobody can tell whether it is live: nothing is sent again, and somebody looks at ``look_at`` (None: a person does)."""
    forget_repeat(session, delivery)
    moves.set_parts(session, delivery, f"part = {int(part)}", state=State.UNCERTAIN.value)
    moves.move(
        session,
        delivery,
        moves.state_of(session, delivery),
        State.UNCERTAIN,
        at,
        problem=problem_to_json(Problem("uncertain", params=(("reason", reason),))),
        retry_at=None,
        next_look_at=to_ms(look_at),
        looks=0,
    )
    attempts.close_attempt(session, delivery, part, kind=None, outcome="unknown", at=at, detail={"reason": reason})


def settle_not_sent(
    session: Session, delivery: DeliveryId, part: int, *, code: str, retry_at: datetime, at: datetime, counts: bool
) -> None:
    """Certain: nothing left. Planned again for ``retry_at``; when it does not count, as if it had not been tried.

    Where it was the second write of something uncertain, that stays uncertain: only this call is known to have done nothing.
    """
    if _repeats(session, delivery):
        moves.set_parts(session, delivery, f"part = {int(part)}", state=State.UNCERTAIN.value)
        moves.move(session, delivery, State.SENDING, State.UNCERTAIN, at, problem=problem_to_json(Problem(code)))
        repeat_at(session, delivery, retry_at)
    else:
        # Its key was never used: its age begins with the next try.
        moves.set_parts(session, delivery, f"part = {int(part)}", state=State.PLANNED.value, started_monotonic=None, boot_id=None)
        problem = problem_to_json(Problem(code))
        moves.move(session, delivery, State.SENDING, State.PLANNED, at, retry_at=to_ms(retry_at), problem=problem)
    if not counts:
        session.connection().exec_driver_sql("UPDATE delivery SET attempts = attempts - 1 WHERE id = ?", (delivery,))
    attempts.close_attempt(session, delivery, part, kind=None, outcome="not_sent", at=at, detail={"code": code})


def put_off(session: Session, delivery: DeliveryId, code: str, retry_at: datetime) -> None:
    """Something before the sending failed (no network, keyring shut): tried again at ``retry_at``, and not counted."""
    moves.conditional(session, delivery, State.PLANNED, {"retry_at": to_ms(retry_at), "problem": problem_to_json(Problem(code))})


def hurry(session: Session, code: str) -> int:
    """What was put off for this reason may be tried at once; returns how many."""
    changed = session.connection().exec_driver_sql(f"UPDATE delivery SET retry_at = NULL WHERE {queue.PUT_OFF}", (code,))
    return changed.rowcount


def recover(session: Session, look_at: datetime, at: datetime) -> tuple[int, int]:
    """Deliveries that a former life left SENDING: (uncertain, planned again).

    Where a part was on its way, nobody can tell; before its call, and between two parts, it is certain that nothing was begun.
    """
    uncertain = resumed = 0
    for (number,) in session.connection().exec_driver_sql("SELECT id FROM delivery WHERE state = 'sending'").all():
        delivery = DeliveryId(number)
        part = moves.one(session, "SELECT part FROM delivery_part WHERE delivery_id = ? AND state = 'sending'", (delivery,))
        if part is None:
            pause(session, delivery, at)
            resumed += 1
        elif not_called(session, delivery, part[0]):
            settle_not_called(session, delivery, part[0], at)
            resumed += 1
        else:
            settle_unknown(session, delivery, part[0], reason="interrupted", look_at=look_at, at=at)
            uncertain += 1
    return uncertain, resumed


def not_called(session: Session, delivery: DeliveryId, part: int) -> bool:
    """Whether it is certain that the call for a part was never begun: its claim said so, and nothing has said otherwise since."""
    row = moves.one(session, "SELECT called_at FROM part_call WHERE delivery_id = ? AND part = ?", (delivery, part))
    return row is not None and row[0] is None and not _repeats(session, delivery)


def settle_uncalled(session: Session, delivery: DeliveryId, part: int, at: datetime) -> None:
    """The call was not made. A first one is planned as before; of a second write only that call is known to have done nothing."""
    if _repeats(session, delivery) or not not_called(session, delivery, part):
        settle_unknown(session, delivery, part, reason="interrupted", look_at=at, at=at)
    else:
        settle_not_called(session, delivery, part, at)


def settle_not_called(session: Session, delivery: DeliveryId, part: int, at: datetime) -> None:
    """A part was claimed, and its call never begun: as if it had not been claimed. What is out of a thread draws the rest on."""
    moves.set_parts(session, delivery, f"part = {int(part)}", state=State.PLANNED.value, started_monotonic=None, boot_id=None)
    session.connection().exec_driver_sql("UPDATE delivery SET attempts = attempts - 1 WHERE id = ?", (delivery,))
    attempts.close_attempt(session, delivery, part, kind=None, outcome="not_sent", at=at, detail={"code": "not_called"})
    if moves.one(session, "SELECT 1 FROM delivery_part WHERE delivery_id = ? AND state = 'sent'", (delivery,)) is not None:
        pause(session, delivery, at)
    else:
        moves.move(session, delivery, State.SENDING, State.PLANNED, at, retry_at=None)


def pause(session: Session, delivery: DeliveryId, at: datetime) -> None:
    """Between two parts nothing is on its way: the rest is planned, to go out as soon as it can."""
    moves.move(session, delivery, State.SENDING, State.PLANNED, at, late_allowed=True, retry_at=None)


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
    moves.conditional(session, delivery, State.UNCERTAIN, columns)
    if counts:
        session.connection().exec_driver_sql("UPDATE delivery SET looks = looks + 1 WHERE id = ?", (delivery,))
    attempts.close_attempt(session, delivery, part, kind="look", outcome=finding, at=at, detail={})


def surely_absent(session: Session, delivery: DeliveryId, part: int, *, finding: str, at: datetime) -> None:
    """What was uncertain was looked for under its own name and is not there: planned, under the same name, and held as late."""
    attempts.close_attempt(session, delivery, part, kind="look", outcome=finding, at=at, detail={})
    forget_repeat(session, delivery)
    moves.set_parts(session, delivery, f"part = {int(part)}", state=State.PLANNED.value)
    columns = {"late_allowed": False, "next_look_at": None, "looks": 0, "problem": None, "retry_at": None}
    moves.move(session, delivery, State.UNCERTAIN, State.PLANNED, at, **columns)


def repeat_at(session: Session, delivery: DeliveryId, at: datetime) -> None:
    """An uncertain delivery may be written once more, as the same write, from this moment on; the claim judges it again."""
    session.connection().exec_driver_sql(
        "INSERT INTO delivery_permit (delivery_id, again_at) VALUES (?, ?)"
        " ON CONFLICT (delivery_id) DO UPDATE SET again_at = excluded.again_at",
        (delivery, to_ms(at)),
    )


def _repeats(session: Session, delivery: DeliveryId) -> bool:
    """Whether what is being sent is the second write of something uncertain."""
    row = moves.one(session, "SELECT again_at FROM delivery_permit WHERE delivery_id = ?", (delivery,))
    return row is not None and row[0] is not None


def forget_repeat(session: Session, delivery: DeliveryId) -> None:
    """It is not to be written once more, or was."""
    session.connection().exec_driver_sql("UPDATE delivery_permit SET again_at = NULL WHERE delivery_id = ?", (delivery,))


def rein_in(session: Session, latest_look: datetime, latest_retry: datetime) -> int:
    """After the clock went back: nothing waits longer than it would if it had been put off now; returns how many."""
    execute = session.connection().exec_driver_sql
    looks = execute(
        "UPDATE delivery SET next_look_at = ? WHERE state = 'uncertain' AND next_look_at > ?", (to_ms(latest_look),) * 2
    ).rowcount
    tries = execute(
        "UPDATE delivery SET retry_at = ? WHERE state IN ('planned', 'processing') AND retry_at > ?", (to_ms(latest_retry),) * 2
    ).rowcount
    return looks + tries


def look_again(session: Session, delivery: DeliveryId, at: datetime) -> None:
    """Looks once more at this moment; raises NotAllowed unless UNCERTAIN."""
    moves.conditional(session, delivery, State.UNCERTAIN, {"next_look_at": to_ms(at)})
