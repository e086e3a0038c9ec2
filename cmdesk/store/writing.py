"""Writes through the ORM: one connection, one transaction at a time, and a record of what it changed.

Imported by ``orm`` at the first write only.
"""

import re
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy
from sqlalchemy import event
from sqlalchemy.pool import StaticPool
from sqlmodel import Session

_TABLE = re.compile(
    r"\s*(?:INSERT\s+(?:OR\s+\w+\s+)?INTO|REPLACE\s+INTO|UPDATE(?:\s+OR\s+\w+)?|DELETE\s+FROM)\s+[\"`\[]?(\w+)", re.IGNORECASE
)


class Writer:
    """The ORM on top of one writer connection. Every statement that changes a table is noticed, ORM or not."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        # hide_parameters: or the text of an error, and so the log, would hold people's messages.
        self._engine = sqlalchemy.create_engine(
            "sqlite://", creator=lambda: connection, poolclass=StaticPool, hide_parameters=True
        )
        self._tables: set[str] = set()
        self._busy = False
        event.listen(self._engine, "begin", self._begin)
        event.listen(self._engine, "before_cursor_execute", self._notice)

    @staticmethod
    def _begin(connection: sqlalchemy.Connection) -> None:
        # A transaction that reads first and writes later is refused at once when somebody else wrote meanwhile.
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    def _notice(self, _connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        match = _TABLE.match(statement)
        if match is not None:
            self._tables.add(match[1].lower())

    @contextmanager
    def transaction(self) -> Iterator[tuple[Session, set[str]]]:
        """A session whose work is committed at the end, or rolled back as a whole; beside it the names of changed tables."""
        if self._busy:
            raise RuntimeError("a transaction of this client is open already")
        self._busy = True
        self._tables = set()
        try:
            with Session(self._engine, expire_on_commit=False) as session:
                yield session, self._tables
                session.commit()
        finally:
            self._busy = False

    def dispose(self) -> None:
        """Lets the connection go, closing it."""
        self._engine.dispose()


def original(error: BaseException) -> BaseException:
    """SQLite's own error below one of SQLAlchemy's."""
    if isinstance(error, sqlalchemy.exc.DBAPIError) and error.orig is not None:
        return error.orig
    return error
