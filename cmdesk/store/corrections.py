"""Writes down what is to be changed of a post that is live, before it is asked of the network, and what came of it."""

from __future__ import annotations

import hashlib
import sqlite3
from datetime import datetime
from typing import TYPE_CHECKING

from cmdesk.domain.delivery import Envelope, State
from cmdesk.domain.errors import NotAllowed
from cmdesk.domain.ids import DeliveryId
from cmdesk.store import attempts, moves
from cmdesk.store.convert import envelope_from_json, envelope_to_json
from cmdesk.store.times import to_ms

if TYPE_CHECKING:
    from sqlmodel import Session

KIND = "edit"


def begin(session: Session, wanted: Envelope, at: datetime) -> None:
    """Keeps the frozen words beside those that are live, and opens a line; raises NotAllowed when the delivery is not live.

    A line that a killed program left open is closed first: nobody knows what came of it.
    """
    before = moves.state_of(session, wanted.delivery)
    if before is not State.SENT:
        raise NotAllowed(from_state=before.value, to_state="changed")
    left = moves.one(
        session,
        "SELECT 1 FROM attempt WHERE delivery_id = ? AND part = ? AND kind = ? AND ended_at IS NULL",
        (wanted.delivery, wanted.part, KIND),
    )
    if left is not None:
        end(session, wanted, "unknown", at, reason="interrupted")
    attempts.open_attempt(session, wanted.delivery, wanted.part, KIND, at)
    session.connection().exec_driver_sql(
        "UPDATE attempt SET detail = ? WHERE id = (SELECT max(id) FROM attempt WHERE delivery_id = ? AND part = ?)",
        (envelope_to_json(wanted), wanted.delivery, wanted.part),
    )


def end(session: Session, wanted: Envelope, outcome: str, at: datetime, **why: str) -> None:
    """Notes what came of it; ``published`` makes the wanted words those that are live."""
    frozen = envelope_to_json(wanted)
    if outcome == "published":
        moves.set_parts(session, wanted.delivery, f"part = {int(wanted.part)} AND state = 'sent'", frozen=frozen)
        # Where the network has told us our own post already, its old words would be shown until it tells them again.
        session.connection().exec_driver_sql(
            "UPDATE message SET text = ?, html = '', edited_at = ? WHERE (account_id, remote_id) IN"
            " (SELECT d.account_id, q.remote_id FROM delivery_part q JOIN delivery d ON d.id = q.delivery_id"
            "  WHERE q.delivery_id = ? AND q.part = ?)",
            (wanted.text, to_ms(at), wanted.delivery, wanted.part),
        )
    told = {"sha256": hashlib.sha256(frozen.encode()).hexdigest(), **why}
    attempts.close_attempt(session, wanted.delivery, wanted.part, kind=KIND, outcome=outcome, at=at, detail=told)


def live_parts(connection: sqlite3.Connection, delivery: DeliveryId, media_folder: str) -> tuple[tuple[Envelope, str], ...]:
    """The frozen copies of the parts that are live, each with the id that the network gave it."""
    rows = connection.execute(
        "SELECT frozen, key, remote_id FROM delivery_part WHERE delivery_id = ? AND state = 'sent' AND remote_id <> ''"
        " ORDER BY part",
        (delivery,),
    )
    found: list[tuple[Envelope, str]] = []
    for frozen, key, remote_id in rows:
        before = found[-1][1] if found else None
        live = envelope_from_json(frozen, delivery=delivery, key=key, media_folder=media_folder, reply_to=before)
        found.append((live, str(remote_id)))
    return tuple(found)


def parts(connection: sqlite3.Connection, delivery: DeliveryId) -> int:
    """How many parts a delivery has, live or not."""
    number: int = connection.execute("SELECT count(*) FROM delivery_part WHERE delivery_id = ?", (delivery,)).fetchone()[0]
    return number
