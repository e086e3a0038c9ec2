"""Carries out what a person decides about a delivery that waits, and says which decisions it is open to."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec import Struct

from cmdesk.domain.delivery import NEEDS_DECISION, Delivery, HeldBecause, State
from cmdesk.domain.errors import BadInput, NotAllowed
from cmdesk.domain.ids import DeliveryId
from cmdesk.domain.schedule import PlannedTime
from cmdesk.services import planning
from cmdesk.services.workspace import Workspace
from cmdesk.store import attempts, guard, moves, outbox, queue, replies, settling
from cmdesk.store.database import reading

if TYPE_CHECKING:
    from cmdesk.store.database import Session


class Now(Struct, frozen=True):
    """Send it now (an uncertain one: it is not there, send it)."""


class MoveTo(Struct, frozen=True):
    """Send it at another time."""

    when: PlannedTime


class Drop(Struct, frozen=True):
    """Don't send it (any more)."""


class IsLive(Struct, frozen=True):
    """It is there, at this address."""

    url: str


class LookAgain(Struct, frozen=True):
    """Look for it once more, now."""


class Keep(Struct, frozen=True):
    """Send it at the time it was planned for, as it stands (one whose time is to come, held for a doubt)."""


class Continue(Struct, frozen=True):
    """Go on with a thread: send the parts that are not out, now."""


class Stop(Struct, frozen=True):
    """Leave a thread at the parts that are out."""


Decision = Now | MoveTo | Keep | Drop | IsLive | LookAgain | Continue | Stop

#: Decisions that send something; a frozen client takes none of them.
_SENDING = (Now, MoveTo, Keep, Continue)


async def decide(ws: Workspace, delivery: DeliveryId, decision: Decision) -> None:
    """Carries out what a person decided about a held, uncertain or refused delivery (Now and MoveTo: also a planned one).

    Sending approves the post as it is now. Raises NotFound, NotAllowed (also ``frozen``: the crisis key is turned),
    BlockedByProblems, or BadInput (time past, no web address).
    """
    at = ws.clock.now()
    if isinstance(decision, MoveTo) and decision.when.utc <= at:
        raise BadInput(field="time", reason="past")
    with ws.write() as session:
        one = queue.delivery(reading(session), delivery)
        if isinstance(decision, _SENDING) and guard.frozen(reading(session)) is not None:
            raise NotAllowed(from_state="frozen", to_state=State.PLANNED.value)
        _carry_out(ws, session, one, decision, at)
        attempts.note_decision(session, delivery, type(decision).__name__.lower(), at, _told(decision))


def _carry_out(ws: Workspace, session: Session, one: Delivery, decision: Decision, at: datetime) -> None:
    if isinstance(decision, _SENDING) and one.held_because is HeldBecause.ANSWER:
        replies.accept(session, one.post, at)
    if isinstance(decision, Now | Continue):
        if isinstance(decision, Continue) and not one.parts_out:
            raise NotAllowed(from_state=one.state.value, to_state="continued")
        # What is late keeps the time it was meant for; what is early gets this moment.
        when = None if one.due <= at and one.state is not State.PLANNED else planning.this_moment(ws)
        planning.replan_one(ws, session, one, when, at)
    elif isinstance(decision, Keep):
        if one.state is not State.HELD or one.due <= at:
            raise NotAllowed(from_state=one.state.value, to_state="kept")
        planning.replan_one(ws, session, one, one.planned, at)
    elif isinstance(decision, MoveTo):
        planning.replan_one(ws, session, one, decision.when, at)
    elif isinstance(decision, Drop):
        outbox.cancel(session, one.id, at)
    elif isinstance(decision, Stop):
        outbox.stop(session, one.id, at)
    elif isinstance(decision, LookAgain):
        settling.look_again(session, one.id, at)
    else:
        _is_live(session, one, decision.url, at)


def _told(decision: Decision) -> dict[str, str]:
    """What of a decision the journal keeps."""
    if isinstance(decision, MoveTo):
        return {"wall": decision.when.wall.isoformat(), "zone": decision.when.zone}
    return {"url": decision.url.strip()} if isinstance(decision, IsLive) else {}


def choices(one: Delivery, now: datetime, *, frozen: bool = False) -> tuple[type[Decision], ...]:
    """The decisions that a delivery is open to at this moment, the likeliest first; nothing for one that needs none."""
    if one.state not in NEEDS_DECISION:
        return ()
    partly = one.parts_out > 0
    sending: tuple[type[Decision], ...]
    if one.state is State.UNCERTAIN:
        sending = (IsLive, LookAgain, Continue if partly else Now)
    elif partly:
        sending = (Continue,)
    elif one.due > now and one.held_because is HeldBecause.DOUBT:
        sending = (Keep, Now, MoveTo)
    else:
        sending = (Now, MoveTo)
    if frozen:
        sending = tuple(kind for kind in sending if kind not in _SENDING)
    return (*sending, Stop if partly else Drop)


def _is_live(session: Session, one: Delivery, url: str, at: datetime) -> None:
    if one.state is not State.UNCERTAIN:
        raise NotAllowed(from_state=one.state.value, to_state=State.SENT.value)
    address = urlsplit(url.strip())
    if address.scheme not in {"https", "http"} or not address.hostname:
        raise BadInput(field="url", reason="not_an_address", given=url[:80])
    part = moves.next_part(session, one.id)
    # Networks end a post's address with its id; a thread's next part answers it by that.
    remote_id = address.path.rstrip("/").rpartition("/")[2] or None
    settling.settle_published(session, one.id, part or 0, remote_id=remote_id, url=url.strip(), at=at, kind="decide")


__all__ = [
    "Continue",
    "Decision",
    "Drop",
    "IsLive",
    "Keep",
    "LookAgain",
    "MoveTo",
    "Now",
    "Stop",
    "choices",
    "decide",
]
