"""The one way to move a delivery: checked against the one table of moves, and conditional on where it stands.

Every move is an ``UPDATE … WHERE id = ? AND state = ?`` that must hit one row, so that two programs, two clicks or a late
answer can never both win.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from cmdesk.domain.delivery import State, check_move
from cmdesk.domain.errors import NotAllowed, NotFound
from cmdesk.domain.ids import DeliveryId
from cmdesk.store.times import to_ms

if TYPE_CHECKING:
    from sqlmodel import Session


def state_of(session: Session, delivery: DeliveryId) -> State:
    """The state of a delivery inside this transaction; raises NotFound."""
    row = one(session, "SELECT state FROM delivery WHERE id = ?", (delivery,))
    if row is None:
        raise NotFound(what="delivery", ref=str(delivery))
    return State(row[0])


def move(session: Session, delivery: DeliveryId, before: State, after: State, at: datetime, **columns: Any) -> None:
    """Moves a delivery if the table has the move and it still stands where it is believed to; raises NotAllowed."""
    check_move(before, after)
    conditional(session, delivery, before, {"state": after.value, "state_since": to_ms(at), **columns}, after)


def conditional(
    session: Session, delivery: DeliveryId, before: State, columns: dict[str, Any], after: State | None = None
) -> None:
    """Sets columns of a delivery that stands where it is believed to; raises NotAllowed."""
    names = ", ".join(f"{name} = ?" for name in columns)
    result = session.connection().exec_driver_sql(
        f"UPDATE delivery SET {names} WHERE id = ? AND state = ?", (*columns.values(), delivery, before.value)
    )
    if result.rowcount != 1:
        raise NotAllowed(from_state=state_of(session, delivery).value, to_state=(after or before).value)


def set_parts(session: Session, delivery: DeliveryId, where: str, **columns: Any) -> None:
    """Sets columns of those parts of a delivery that a condition (of ours, never of a person's) picks."""
    names = ", ".join(f"{name} = ?" for name in columns)
    session.connection().exec_driver_sql(
        f"UPDATE delivery_part SET {names} WHERE delivery_id = ? AND {where}", (*columns.values(), delivery)
    )


def one(session: Session, statement: str, values: tuple[Any, ...]) -> tuple[Any, ...] | None:
    """The first row of a query inside this transaction."""
    row = session.connection().exec_driver_sql(statement, values).first()
    return None if row is None else tuple(row)


def next_part(session: Session, delivery: DeliveryId) -> int | None:
    """The first part that is not out."""
    row = one(session, "SELECT min(part) FROM delivery_part WHERE delivery_id = ? AND state <> 'sent'", (delivery,))
    return None if row is None or row[0] is None else int(row[0])
