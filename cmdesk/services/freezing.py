"""Turns a client's crisis key: nothing of this client goes out any more, until it is let go, one by one or all at once.

What is being sent in this very moment can't be called back; everything else, the next part of a thread too, stands still.
Reading, looking for what is unclear, and taking down what is live go on, for a crisis needs them.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from cmdesk.domain.delivery import HeldBecause, State
from cmdesk.domain.errors import BadInput, NotAllowed
from cmdesk.domain.guard import Frozen
from cmdesk.domain.ids import DeliveryId
from cmdesk.domain.journal import Event
from cmdesk.domain.views import OutboxRow
from cmdesk.services.workspace import Workspace
from cmdesk.store import guard, journal, outbox, queue
from cmdesk.store.database import reading

if TYPE_CHECKING:
    from cmdesk.services.desk import Desk

LONGEST_NOTE = 500


def state(ws: Workspace) -> Frozen | None:
    """Since when the client is frozen, and the note beside it; None when nothing is. A short read, for screens."""
    with ws.read() as connection:
        return guard.frozen(connection)


def frozen_rows(ws: Workspace) -> tuple[OutboxRow, ...]:
    """The deliveries that the crisis key holds, by their time."""
    with ws.read() as connection:
        found = queue.rows(connection, ws.client.id, (State.HELD,), limit=10_000)
    return tuple(row for row in found if row.held_because is HeldBecause.CRISIS)


async def freeze(ws: Workspace, note: str = "") -> int:
    """Freezes everything outgoing of this client; returns how many planned deliveries are held for it now.

    Freezing again only changes the note. Raises BadInput(field="note") for one that is too long or cannot be shown.
    """
    words = " ".join(note.split())
    if len(words) > LONGEST_NOTE:
        raise BadInput(field="note", reason="too_long", limit=LONGEST_NOTE)
    if not words.isprintable():
        raise BadInput(field="note", reason="control_characters")
    at = ws.clock.now()
    with ws.write() as session:
        before = guard.frozen(reading(session))
        guard.write_frozen(session, Frozen(at if before is None else before.since, words))
        held = outbox.hold_frozen(session, at)
        told = {"note": words, "held": held}
        journal.write(session, Event.FROZEN, at, outcome="frozen" if before is None else "again", detail=told)
        return held


async def thaw(ws: Workspace, deliveries: Collection[DeliveryId] | None = None) -> int:
    """Lets these deliveries go although the client stays frozen, or (None) ends the freeze; returns how many are planned again.

    What is late by then is held as late, like anything else. Raises NotFound, or NotAllowed: nothing is frozen, or one of
    them is not held for it (nothing is thawed then).
    """
    at = ws.clock.now()
    with ws.write() as session:
        if guard.frozen(reading(session)) is None:
            raise NotAllowed(from_state="not_frozen", to_state="thawed")
        if deliveries is not None:
            for one in deliveries:
                outbox.thaw(session, one, at)
            return len(deliveries)
        guard.write_frozen(session, None)
        released = outbox.thaw_all(session, at)
        journal.write(session, Event.THAWED, at, outcome="all", detail={"planned": released})
        return released


def frozen_clients(desk: Desk) -> tuple[tuple[Workspace, Frozen], ...]:
    """The frozen clients, in the order of the rail."""
    found = ((ws, state(ws)) for ws in desk.workspaces)
    return tuple((ws, frozen) for ws, frozen in found if frozen is not None)


def check(ws: Workspace) -> None:
    """For whoever sends something past the outbox (an edit of what is live): raises NotAllowed while the client is frozen."""
    if state(ws) is not None:
        raise NotAllowed(from_state="frozen", to_state=State.SENDING.value)
