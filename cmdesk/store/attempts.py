"""Writes down every call before it is made and what is known of it afterwards: the working list, and a line of the journal."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from cmdesk.domain.ids import DeliveryId
from cmdesk.domain.journal import Event
from cmdesk.store import journal, orm
from cmdesk.store.convert import dumps
from cmdesk.store.times import to_ms

if TYPE_CHECKING:
    from sqlmodel import Session


def open_attempt(session: Session, delivery: DeliveryId, part: int, kind: str, at: datetime) -> None:
    """Notes a call before it is made; one that can change something is a line of the journal too."""
    session.add(orm.tables.AttemptRow(delivery_id=delivery, part=part, kind=kind, started_at=to_ms(at)))
    session.flush()
    if kind != "look":
        journal.write(session, Event.BEGUN, at, outcome=kind, delivery=delivery, part=part)


def close_attempt(
    session: Session, delivery: DeliveryId, part: int, *, kind: str | None, outcome: str, at: datetime, detail: dict[str, Any]
) -> None:
    """Notes what is known of the call that is open for a part, or a whole one where none is. ``detail`` is what proves it."""
    event = Event.LOOKED if kind == "look" else Event.ENDED
    journal.write(session, event, at, outcome=outcome, delivery=delivery, part=part, detail=detail)
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


def note_decision(
    session: Session, delivery: DeliveryId, decision: str, at: datetime, detail: dict[str, Any] | None = None
) -> None:
    """Writes down what a person decided."""
    told = detail or {}
    session.add(
        orm.tables.AttemptRow(
            delivery_id=delivery, kind="decide", started_at=to_ms(at), ended_at=to_ms(at), outcome=decision, detail=dumps(told)
        )
    )
    session.flush()
    journal.write(session, Event.DECIDED, at, outcome=decision, delivery=delivery, detail=told)
