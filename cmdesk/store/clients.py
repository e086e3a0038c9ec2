"""Changes the one row that says whose file this is."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from cmdesk.store import orm
from cmdesk.store.times import to_ms

if TYPE_CHECKING:
    from sqlmodel import Session


def update(session: Session, **columns: str | int) -> None:
    """Sets columns of the client's row."""
    session.execute(orm.sql.update(orm.tables.ClientRow).values(**columns))


def archive(session: Session, at: datetime | None) -> None:
    """Marks the client as put aside since a moment, or as in work again."""
    session.execute(orm.sql.update(orm.tables.ClientRow).values(archived_at=to_ms(at)))
