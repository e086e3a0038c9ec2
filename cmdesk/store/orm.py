"""Hands out the ORM at its first use, because importing it costs a third of a second that no start can spare.

``orm.tables`` are the tables, ``orm.sql`` is SQLAlchemy's language, ``orm.writing`` the writer. Only writes touch them,
and writes happen in the engine's thread, after the window shows. A type checker sees plain imports.
"""

from types import ModuleType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlalchemy as sql

    from cmdesk.store import tables, writing
else:

    def __getattr__(name: str) -> ModuleType:
        # Spelled out, so that a packager that reads import statements finds them.
        if name == "sql":
            import sqlalchemy as module
        elif name == "tables":
            from cmdesk.store import tables as module
        elif name == "writing":
            from cmdesk.store import writing as module
        else:
            raise AttributeError(name)
        globals()[name] = module
        return module


__all__ = ["sql", "tables", "writing"]
