"""Looks at a client's file where SQLite can make nothing beside it: on a full disk, in a folder that cannot be written.

SQLite keeps an index of its log in shared memory beside the file, and cannot even read without making it. Where that
fails, the file alone is all there is to read, as long as no log with newer words lies beside it.
"""

from __future__ import annotations

import os
import sqlite3
from pathlib import Path

from msgspec import Struct

from cmdesk.domain.errors import DiskFull, ReadOnly, StoreProblem

#: How long, in seconds, a look is trusted before the usual way of opening is tried again.
RETRY = 2.0

_NO_ROOM = frozenset({sqlite3.SQLITE_FULL, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM})
_NO_INDEX = frozenset(
    {
        sqlite3.SQLITE_IOERR_SHMOPEN,
        sqlite3.SQLITE_IOERR_SHMSIZE,
        sqlite3.SQLITE_IOERR_SHMMAP,
        sqlite3.SQLITE_IOERR_SHMLOCK,
        sqlite3.SQLITE_IOERR_WRITE,
    }
)

#: What the file and its log looked like: inode, size and time of change of each, None for what is not there.
Mark = tuple[tuple[int, int, int] | None, ...]


class Look(Struct, frozen=True):
    """Why only reading is possible, and what a connection that trusts the file not to change was opened on.

    ``since`` is the monotonic clock's. With ``mark`` None the connection is a usual one.
    """

    problem: StoreProblem
    mark: Mark | None
    since: float

    def over(self, path: Path, now: float) -> bool:
        """Whether the connection must not be used any more: the file may have changed, or the usual way may work again."""
        return self.mark is not None and (now - self.since >= RETRY or mark(path) != self.mark)


def hinders(error: sqlite3.Error) -> bool:
    """Whether an error says that nothing can be made beside the file, and nothing against the file itself."""
    number = getattr(error, "sqlite_errorcode", None)
    return number is not None and (number in _NO_INDEX or number & 0xFF in _NO_ROOM)


def reason(path: Path, error: sqlite3.Error | None = None) -> StoreProblem | None:
    """ReadOnly for a file or folder that cannot be written, DiskFull for any other error, None without one."""
    if not os.access(path.parent, os.W_OK) or not os.access(path, os.W_OK):
        return ReadOnly(path=str(path.parent))
    return None if error is None else DiskFull(path=str(path.parent))


def mark(path: Path) -> Mark:
    """What tells whether the file or its log was written since."""
    return tuple(_stat(one) for one in (path, _log(path)))


def log_is_empty(path: Path) -> bool:
    """Whether all that was ever written is in the file itself."""
    found = _stat(_log(path))
    return found is None or found[1] == 0


def address(path: Path) -> str:
    """For ``sqlite3.connect``: the file as it lies there, without its log, without a lock."""
    return f"{path.absolute().as_uri()}?mode=ro&immutable=1"


def _log(path: Path) -> Path:
    return path.with_name(f"{path.name}-wal")


def _stat(path: Path) -> tuple[int, int, int] | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns
