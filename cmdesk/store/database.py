"""Opens one client's file: readers for any thread without the ORM, one writer for the engine's thread with it."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, cast

from msgspec import Struct

from cmdesk.domain.changes import Changes, Topic
from cmdesk.domain.client import Client
from cmdesk.domain.clock import Clock
from cmdesk.domain.errors import DatabaseBusy, DatabaseDamaged, DiskFull, ReadOnly, StoreProblem
from cmdesk.store import first, migrations, orm, unwritable

if TYPE_CHECKING:
    from sqlmodel import Session as Session  # noqa: PLC0414 - services name what they hand on by this room's words

Connection = sqlite3.Connection

OnChange = Callable[[Changes], None]

#: Which topics a changed table means. Tables that no screen shows by themselves mean none.
_TOPICS: Mapping[str, frozenset[Topic]] = {
    "client": frozenset({Topic.CLIENT}),
    "account": frozenset({Topic.ACCOUNTS}),
    "account_fetch": frozenset({Topic.ACCOUNTS}),
    "post": frozenset({Topic.POSTS}),
    "post_variant": frozenset({Topic.POSTS}),
    "post_media": frozenset({Topic.POSTS}),
    "post_version": frozenset(),
    "media": frozenset({Topic.MEDIA}),
    "delivery": frozenset({Topic.OUTBOX, Topic.AGENDA}),
    "delivery_part": frozenset({Topic.OUTBOX}),
    "attempt": frozenset({Topic.OUTBOX}),
    "delivery_permit": frozenset({Topic.OUTBOX}),
    "guard": frozenset({Topic.CLIENT, Topic.OUTBOX}),
    "journal": frozenset(),
    "account_quota": frozenset({Topic.ACCOUNTS}),
    "series": frozenset({Topic.AGENDA}),
    "series_occurrence": frozenset(),
    "series_text": frozenset({Topic.AGENDA}),
    "label": frozenset({Topic.AGENDA}),
    "pillar": frozenset({Topic.AGENDA}),
    "campaign": frozenset({Topic.AGENDA}),
    "calendar_note": frozenset({Topic.AGENDA}),
    "idea_column": frozenset({Topic.AGENDA}),
    "idea": frozenset({Topic.AGENDA}),
    "own_date": frozenset({Topic.AGENDA}),
    "post_plan": frozenset({Topic.AGENDA}),
    "arrangement": frozenset(),
    "message": frozenset({Topic.INBOX}),
    "message_favourite": frozenset({Topic.INBOX}),
    "message_mark": frozenset({Topic.INBOX}),
    "message_label": frozenset({Topic.INBOX}),
    "message_mood": frozenset({Topic.INBOX}),
    "message_pending": frozenset({Topic.INBOX}),
    "note": frozenset({Topic.INBOX}),
    "reminder": frozenset({Topic.INBOX}),
    "contact": frozenset({Topic.INBOX}),
    "question": frozenset({Topic.INBOX}),
    "saved_reply": frozenset({Topic.INBOX}),
    "saved_search": frozenset({Topic.INBOX}),
    "inbox_rule": frozenset({Topic.INBOX}),
    "proposal": frozenset({Topic.INBOX}),
    "sanction": frozenset({Topic.INBOX}),
    "alert": frozenset({Topic.INBOX}),
    "message_version": frozenset(),
    "message_answer": frozenset(),
    "person_alias": frozenset(),
    "arrival": frozenset(),
    "inbox_gap": frozenset(),
    "thread_watch": frozenset(),
    "reply_basis": frozenset(),
    "triage_correction": frozenset(),
    "mood_wanted": frozenset(),
    "rule_hit": frozenset(),
    "evidence": frozenset(),
}

_COMMON = ("trusted_schema = OFF", "cell_size_check = ON", "mmap_size = 0", "temp_store = MEMORY", "foreign_keys = ON")
_READER = (*_COMMON, "busy_timeout = 1000", "wal_autocheckpoint = 0", "query_only = ON")
_COPIER = tuple(pragma for pragma in _READER if pragma != "query_only = ON")
_WRITER = (
    *_COMMON,
    "busy_timeout = 5000",
    "journal_mode = WAL",
    "synchronous = FULL",
    "fullfsync = ON",
    "secure_delete = ON",
    "journal_size_limit = 67108864",
    # With SQLite's own 2 MB a page of messages into a file of a million reads its indexes again and again: four times slower.
    "cache_size = -16384",
)

_BUSY = frozenset({sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED})
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_FORMAT})
_READ_ONLY = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM, sqlite3.SQLITE_AUTH})


def trouble(error: BaseException) -> StoreProblem | None:
    """What SQLite's error means for a person, or None when it is a mistake of ours (a broken constraint, wrong SQL)."""
    if not isinstance(error, sqlite3.Error):
        return None
    if str(error).startswith("Could not decode"):
        return DatabaseDamaged(reason="text")  # its own words would hold what somebody wrote
    number = getattr(error, "sqlite_errorcode", None)
    primary = None if number is None else number & 0xFF
    if primary in _BUSY:
        return DatabaseBusy()
    if primary in _DAMAGED:
        return DatabaseDamaged(reason=getattr(error, "sqlite_errorname", ""))
    if primary == sqlite3.SQLITE_FULL or number == sqlite3.SQLITE_IOERR_SHMSIZE:
        return DiskFull()
    if primary in _READ_ONLY:
        return ReadOnly(reason=getattr(error, "sqlite_errorname", ""))
    if primary == sqlite3.SQLITE_IOERR:
        return StoreProblem(reason=getattr(error, "sqlite_errorname", ""))
    return None


@contextmanager
def translated() -> Iterator[None]:
    """Turns SQLite's errors of the environment into ours, below the ORM too."""
    try:
        yield
    except sqlite3.Error as error:
        problem = trouble(error)
        if problem is None:
            raise
        raise problem from None
    except UnicodeDecodeError:
        # A name or a complaint of SQLite's that is no text any more.
        raise DatabaseDamaged(reason="text") from None
    except Exception as error:
        # The ORM wraps SQLite's error; whoever raised it has imported the ORM already.
        if not type(error).__module__.startswith("sqlalchemy."):
            raise
        problem = trouble(orm.writing.original(error))
        if problem is None:
            raise
        raise problem from None


def _connect(path: Path, pragmas: tuple[str, ...], *, own_thread: bool, address: str | None = None) -> sqlite3.Connection:
    uri = address or f"{path.absolute().as_uri()}?mode=rw"
    connection = sqlite3.connect(uri, uri=True, isolation_level=None, check_same_thread=own_thread)
    try:
        for pragma in pragmas:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()
        raise
    return connection


def _connect_reader(
    path: Path, now: float = 0.0, pragmas: tuple[str, ...] = _READER, *, own_thread: bool = False
) -> tuple[sqlite3.Connection, unwritable.Look | None]:
    """A connection to read with; where nothing can be made beside the file, one to the file alone, and why.

    Raises DiskFull or ReadOnly when the newest words are in a log that cannot be read there: without them the file would
    be shown as it never was for a person.
    """
    try:
        connection = _connect(path, pragmas, own_thread=own_thread)
        try:
            # The first look at the pages is what needs the index of the log beside the file.
            connection.execute("PRAGMA user_version").fetchone()
        except BaseException:
            connection.close()
            raise
    except sqlite3.Error as error:
        if not unwritable.hinders(error):
            raise
        mark = unwritable.mark(path)
        problem = unwritable.reason(path, error)
        if problem is None or not unwritable.log_is_empty(path):
            raise problem or error from None
        alone = _connect(path, pragmas, own_thread=own_thread, address=unwritable.address(path))
        return alone, unwritable.Look(problem, mark, now)
    problem = unwritable.reason(path)
    return connection, None if problem is None else unwritable.Look(problem, None, now)


class Copy(Struct, frozen=True):
    """A finished, opened and checked copy of a client's file. ``size`` is bytes."""

    path: Path
    size: int
    sha256: str
    version: int


class Database:
    """One client's file. Reading is possible in every thread; writing only in the thread that wrote first."""

    def __init__(
        self,
        path: Path,
        *,
        clock: Clock,
        on_change: OnChange,
        reader: tuple[sqlite3.Connection, unwritable.Look | None] | None = None,
    ) -> None:
        self.path = path
        #: Why the file could only be opened for reading the last time, or None.
        self.unwritable: StoreProblem | None = None
        self._clock = clock
        self._on_change = on_change
        self._local = threading.local()
        self._readers: list[sqlite3.Connection] = []
        self._writer: sqlite3.Connection | None = None
        self._orm: orm.writing.Writer | None = None
        self._writer_thread: int | None = None
        self._seen_version: int | None = None
        self._closed = False
        if reader is not None:
            self._adopt(*reader)
        try:
            with self.read() as connection:
                self.client_id = first.client(connection).id
        except BaseException:
            self.close()
            raise

    @classmethod
    def open(cls, path: Path, *, clock: Clock, on_change: OnChange, backups: Path | None = None) -> Database:
        """Opens a client's file, taking waiting migration steps after a copy into ``backups``.

        Raises DatabaseDamaged, DatabaseNewer, NotAClientFile, DatabaseBusy, ReadOnly, DiskFull, or StoreProblem when it
        can't be read at all; the file is then as it was. Where nothing can be written it is opened all the same, and
        ``unwritable`` says why.
        """
        try:
            migrations.check_header(path)
        except OSError as error:
            raise StoreProblem(reason=type(error).__name__) from None
        with translated():
            # Kept as this thread's reader: opening a file is what takes time when thirty of them are opened.
            connection, look = _connect_reader(path, clock.monotonic())
            try:
                found = migrations.check(connection)
            except BaseException:
                connection.close()
                raise
            if found < migrations.LATEST:
                connection.close()
                if look is not None:
                    raise look.problem
                _migrate(path, found, clock, backups)
                return cls(path, clock=clock, on_change=on_change)
            return cls(path, clock=clock, on_change=on_change, reader=(connection, look))

    @classmethod
    def create(cls, path: Path, client: Client, *, clock: Clock, on_change: OnChange) -> Database:
        """Makes a client's file where none is; raises FileExistsError otherwise, or DiskFull, ReadOnly."""
        with translated():
            # Made by us first, so that it never exists with a wider mode, not even for a moment.
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            connection = _connect(path, _WRITER, own_thread=True)
            try:
                migrations.migrate(connection)
                first.insert_client(connection, client)
            finally:
                connection.close()
            return cls(path, clock=clock, on_change=on_change)

    @contextmanager
    def read(self) -> Iterator[sqlite3.Connection]:
        """A connection that can only read, of the calling thread; all that is read inside is of one moment.

        May be nested. Nothing may be awaited inside.
        """
        with translated():
            connection = self._reader()
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("ROLLBACK")

    def _reader(self) -> sqlite3.Connection:
        connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
        if connection is not None and self._outlived(connection):
            self._readers.remove(connection)
            connection.close()
            connection = self._local.connection = None
        if connection is None:
            if self._closed:
                raise StoreProblem("closed")
            # Used by this thread only, but closed by whoever closes the file.
            connection = self._adopt(*_connect_reader(self.path, self._clock.monotonic()))
        return connection

    def _outlived(self, connection: sqlite3.Connection) -> bool:
        """Whether a reader of the file alone must go: such a one would never notice what others write."""
        look: unwritable.Look | None = self._local.look
        return look is not None and not connection.in_transaction and look.over(self.path, self._clock.monotonic())

    def _adopt(self, connection: sqlite3.Connection, look: unwritable.Look | None) -> sqlite3.Connection:
        """Makes a connection this thread's reader."""
        self._local.connection, self._local.look = connection, look
        self._readers.append(connection)
        self.unwritable = None if look is None else look.problem
        return connection

    @contextmanager
    def write(self, *topics: Topic, initiator: str | None = None) -> Iterator[Session]:
        """One transaction of the one writer: committed at the end, or not at all; then one notice of what changed.

        The body is plain code that never awaits. Topics follow from the changed tables; name those that do not.
        A transaction that changed nothing tells nobody. Raises DatabaseBusy, DiskFull, ReadOnly, DatabaseDamaged.
        """
        with translated():
            connection = self._own_writer()
            if self._orm is None:
                self._orm = orm.writing.Writer(connection)
            before = connection.total_changes
            with self._orm.transaction() as (session, tables):
                yield session
        if connection.total_changes != before:
            found = frozenset(topics).union(*(_TOPICS.get(table, frozenset()) for table in tables))
            if found:
                self._on_change(Changes(self.client_id, found, initiator))

    def _own_writer(self) -> sqlite3.Connection:
        thread = threading.get_ident()
        if self._writer is None:
            if self._closed:
                raise StoreProblem("closed")
            writer = _connect(self.path, _WRITER, own_thread=False)
            try:
                migrations.trust(writer)
            except BaseException:
                writer.close()
                raise
            self._writer = writer
            self._writer_thread = thread
            self._seen_version = _data_version(self._writer)
        elif self._writer_thread != thread:
            raise RuntimeError("a client's file is written by the thread that opened its writer, and by no other")
        return self._writer

    def data_version(self) -> int:
        """A number of the calling thread that differs after every commit, of this program or another."""
        with translated():
            return _data_version(self._reader())

    def written_elsewhere(self) -> bool:
        """Whether another program has written since the last call (or since the first write). Only in the writer's thread."""
        with translated():
            now = _data_version(self._own_writer())
        changed, self._seen_version = now != self._seen_version, now
        return changed

    def quick_check(self) -> tuple[str, ...]:
        """SQLite's own findings about the file, none when it is sound. Takes about a second per million messages."""
        with translated():
            connection, _ = _connect_reader(self.path, own_thread=True)
            try:
                rows = connection.execute("PRAGMA quick_check(20)").fetchall()
            finally:
                connection.close()
        return tuple(row[0] for row in rows if row[0] != "ok")

    def backup_to(self, path: Path) -> Copy:
        """Copies the whole file to ``path`` (which must not exist); the copy is opened and checked before it gets its name."""
        return copy_file(self.path, path)

    def close(self) -> None:
        """Closes readers, then the writer (which folds the log into the file). Harmless when repeated."""
        self._closed = True
        while self._readers:
            self._readers.pop().close()
        self._local = threading.local()
        if self._orm is not None:
            self._orm.dispose()
            self._orm = None
        if self._writer is not None:
            self._writer.close()
            self._writer = None


def reading(session: Session) -> sqlite3.Connection:
    """The writer's own connection inside a transaction, so that the functions that read see what was just written."""
    session.flush()
    return cast(sqlite3.Connection, session.connection().connection.dbapi_connection)


def _data_version(connection: sqlite3.Connection) -> int:
    number: int = connection.execute("PRAGMA data_version").fetchone()[0]
    return number


def copy_file(source: Path, target: Path) -> Copy:
    """Copies a client's file as it is at one moment, defragmented; safe while others write. Raises FileExistsError, DiskFull …

    The copy is opened, checked and hashed before it appears under its name.
    """
    if target.exists():
        raise FileExistsError(target)
    staging = target.with_name(f".{target.name}.part")
    staging.unlink(missing_ok=True)
    try:
        with translated():
            # Also from a full disk to another one: that is when a copy is wanted most.
            connection, _ = _connect_reader(source, pragmas=_COPIER, own_thread=True)
            try:
                connection.execute("VACUUM INTO ?", (str(staging),))
            finally:
                connection.close()
            staging.chmod(0o600)
            number = _verify(staging)
        import hashlib  # start-up speed: only who copies a file needs it

        digest = hashlib.sha256()
        with staging.open("rb") as file:
            while block := file.read(1 << 20):
                digest.update(block)
            os.fsync(file.fileno())
        copy = Copy(target, staging.stat().st_size, digest.hexdigest(), number)
        staging.rename(target)
    finally:
        staging.unlink(missing_ok=True)
    sync_folder(target.parent)
    return copy


def _verify(path: Path) -> int:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
    try:
        number = migrations.version(connection)
        findings = connection.execute("PRAGMA integrity_check(1)").fetchone()[0]
    finally:
        connection.close()
    if findings != "ok":
        raise DatabaseDamaged(reason="copy")
    return number


def sync_folder(folder: Path) -> None:
    """Makes a rename inside the folder survive a power cut, where the system lets folders be synced."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _migrate(path: Path, found: int, clock: Clock, backups: Path | None) -> None:
    if backups is not None:
        backups.mkdir(mode=0o700, parents=True, exist_ok=True)
        stamp = clock.now().strftime("%Y%m%dT%H%M%S")
        target = backups / f"{stamp}-before-version-{found + 1}.sqlite"
        with contextlib.suppress(FileExistsError):  # another process made it this very second
            copy_file(path, target)
    connection = _connect(path, _WRITER, own_thread=True)
    try:
        migrations.migrate(connection)
    finally:
        connection.close()


def sqlite_version() -> str:
    """The SQLite in use, such as ``3.40.1``."""
    return sqlite3.sqlite_version
