"""Changes the one row that says whose file this is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

from cmdesk.domain.quiet import QuietHours, to_facts
from cmdesk.store import first, orm
from cmdesk.store.convert import dumps
from cmdesk.store.times import to_ms

if TYPE_CHECKING:
    import sqlite3

    from sqlmodel import Session


def update(session: Session, **columns: str | int) -> None:
    """Sets columns of the client's row."""
    session.execute(orm.sql.update(orm.tables.ClientRow).values(**columns))


def archive(session: Session, at: datetime | None) -> None:
    """Marks the client as put aside since a moment, or as in work again."""
    session.execute(orm.sql.update(orm.tables.ClientRow).values(archived_at=to_ms(at)))


def set_quiet(session: Session, quiet: QuietHours | None) -> None:
    """Sets or ends the quiet hours; other settings stay."""
    known = first.settings(session.connection().exec_driver_sql("SELECT settings FROM client").scalar_one())
    fresh = {name: value for name, value in known.items() if name != "quiet"}
    if quiet is not None:
        fresh["quiet"] = to_facts(quiet)
    update(session, settings=dumps(fresh))


def settings(connection: sqlite3.Connection) -> dict[str, Any]:
    """The client's own settings, whatever has written them."""
    return first.settings(connection.execute("SELECT settings FROM client").fetchone()[0])


def set_settings(session: Session, facts: Mapping[str, Any]) -> None:
    """Writes the client's own settings, all of them."""
    update(session, settings=dumps(dict(facts)))
