"""A client's file can be read anywhere, written in one thread only, and says what it is when it is broken."""

from __future__ import annotations

import os
import random
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy
from sqlalchemy.dialects import sqlite
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlmodel import Session, SQLModel

from cmdesk.domain.changes import Changes, Topic
from cmdesk.domain.client import Client, Colour, Language
from cmdesk.domain.errors import DatabaseBusy, DatabaseDamaged, DatabaseNewer, NotAClientFile, StoreProblem
from cmdesk.domain.ids import ClientId
from cmdesk.store import migrations, orm
from cmdesk.store.database import Database, copy_file, reading
from tests.helpers.clocks import FakeClock
from tests.helpers.source import ROOT

CLIENT = Client(
    id=ClientId("abcdefgh"),
    name="Boulangerie Rosa",
    colour=Colour.RUBY,
    timezone="America/Toronto",
    language=Language.FR_CA,
    created_at=datetime(2026, 12, 1, tzinfo=UTC),
)


class File:
    """A client's file and what it told."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.clock = FakeClock()
        self.told: list[Changes] = []
        self.database = Database.create(path, CLIENT, clock=self.clock, on_change=self.told.append)

    def open(self) -> Database:
        return Database.open(self.path, clock=self.clock, on_change=self.told.append, backups=self.path.parent / "backups")


@pytest.fixture
def file(tmp_path: Path) -> Iterator[File]:
    made = File(tmp_path / "client.sqlite")
    yield made
    made.database.close()


def a_post(text: str) -> orm.tables.PostRecord:
    return orm.tables.PostRecord(kind="post", text=text, sha256="x", created_at=1, updated_at=1)


def _half(session: Session) -> None:
    session.add(a_post("Half"))
    session.flush()
    raise ZeroDivisionError


def texts(database: Database) -> list[str]:
    with database.read() as connection:
        return [row[0] for row in connection.execute("SELECT text FROM post ORDER BY id")]


def test_a_fresh_file_has_exactly_the_tables_of_the_orm(file: File) -> None:
    def spelled(text: str) -> str:
        return " ".join(text.replace('"', "").split())

    wanted = {}
    assert orm.tables.PostRecord.metadata is SQLModel.metadata
    for table in SQLModel.metadata.tables.values():
        wanted[table.name] = spelled(str(CreateTable(table).compile(dialect=sqlite.dialect())))
        for index in table.indexes:
            wanted[str(index.name)] = spelled(str(CreateIndex(index).compile(dialect=sqlite.dialect())))
    with file.database.read() as connection:
        rows = connection.execute(
            "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE '%#_fts%' ESCAPE '#'"
            " AND type <> 'trigger'"
        )
        assert {name: spelled(text) for name, text in rows} == wanted


def test_what_is_written_is_read_and_told_once(file: File) -> None:
    with file.database.write(initiator="me") as session:
        session.add(a_post("Bonjour"))
        session.add(a_post("Bonsoir"))
    assert texts(file.database) == ["Bonjour", "Bonsoir"]
    assert file.told == [Changes(CLIENT.id, frozenset({Topic.POSTS}), "me")]


def test_statements_that_are_no_objects_are_noticed_too(file: File) -> None:
    with file.database.write() as session:
        session.connection().exec_driver_sql("UPDATE client SET name = 'Other'")
    with file.database.write(Topic.METRICS) as session:
        session.execute(orm.sql.update(orm.tables.ClientRow).values(position=3))
    assert [changes.topics for changes in file.told] == [{Topic.CLIENT}, {Topic.CLIENT, Topic.METRICS}]


def test_nothing_written_is_nothing_told(file: File) -> None:
    with file.database.write(Topic.POSTS) as session:
        session.connection().exec_driver_sql("UPDATE post SET text = 'x'")
    assert file.told == []


def test_an_error_leaves_nothing_behind_and_tells_nobody(file: File) -> None:
    with pytest.raises(ZeroDivisionError), file.database.write() as session:
        _half(session)
    assert (texts(file.database), file.told) == ([], [])
    with file.database.write() as session:
        session.add(a_post("Whole"))
    assert texts(file.database) == ["Whole"]


def test_a_reader_cannot_write(file: File) -> None:
    with pytest.raises(StoreProblem), file.database.read() as connection:
        connection.execute("DELETE FROM client")


def test_a_second_thread_may_read_but_not_write(file: File) -> None:
    with file.database.write() as session:
        session.add(a_post("Mine"))
    seen: list[object] = []

    def elsewhere() -> None:
        seen.append(texts(file.database))
        try:
            with file.database.write():
                seen.append("wrote")
        except RuntimeError as error:
            seen.append(type(error))

    thread = threading.Thread(target=elsewhere)
    thread.start()
    thread.join()
    assert seen == [["Mine"], RuntimeError]


def test_a_read_is_of_one_moment(file: File) -> None:
    with file.database.read() as connection:
        before = connection.execute("SELECT count(*) FROM post").fetchone()[0]
        with file.database.write() as session:
            session.add(a_post("Later"))
        assert connection.execute("SELECT count(*) FROM post").fetchone()[0] == before
    assert texts(file.database) == ["Later"]


def test_inside_a_transaction_the_readers_functions_see_what_was_written(file: File) -> None:
    with file.database.write() as session:
        session.add(a_post("Now"))
        assert reading(session).execute("SELECT text FROM post").fetchall() == [("Now",)]


def test_transactions_are_not_nested(file: File) -> None:
    with pytest.raises(RuntimeError), file.database.write(), file.database.write():
        pass


def test_another_program_is_noticed_and_we_are_not(file: File) -> None:
    other = file.open()
    assert not file.database.written_elsewhere()
    version = file.database.data_version()
    with file.database.write() as session:
        session.add(a_post("Ours"))
    assert not file.database.written_elsewhere()
    with other.write() as session:
        session.add(a_post("Theirs"))
    assert file.database.written_elsewhere()
    assert not file.database.written_elsewhere()
    assert file.database.data_version() != version
    other.close()


def test_a_writer_that_waits_too_long_says_busy(file: File) -> None:
    blocker = sqlite3.connect(file.path, isolation_level=None)
    blocker.execute("BEGIN IMMEDIATE")
    with file.database.write():
        pass  # opens the writer; touches nothing, so nobody is in its way
    with file.database.read() as connection:
        assert connection.execute("SELECT count(*) FROM client").fetchone() == (1,)
    file.database._own_writer().execute("PRAGMA busy_timeout = 1")
    with pytest.raises(DatabaseBusy), file.database.write() as session:
        session.add(a_post("Never"))
    blocker.close()
    with file.database.write() as session:
        session.add(a_post("Now"))
    assert texts(file.database) == ["Now"]


def test_words_never_stand_in_an_error(file: File) -> None:
    with pytest.raises(sqlalchemy.exc.IntegrityError) as caught, file.database.write() as session:
        session.add(orm.tables.VariantRow(post_id=99, account_id=99, text="a secret plan"))
    assert "secret plan" not in str(caught.value)


def test_search_follows_what_is_written_and_folds_accents(file: File) -> None:
    def found(word: str) -> int:
        with file.database.read() as connection:
            return len(connection.execute("SELECT rowid FROM post_fts WHERE post_fts MATCH ?", (word,)).fetchall())

    with file.database.write() as session:
        session.add(a_post("Fête des Pères"))
    assert (found("fete"), found("peres"), found("per*")) == (1, 1, 1)
    with file.database.write() as session:
        session.connection().exec_driver_sql("UPDATE post SET text = 'Noël'")
    assert (found("fete"), found("noel")) == (0, 1)
    with file.database.write() as session:
        session.connection().exec_driver_sql("DELETE FROM post")
    assert found("noel") == 0


def test_the_pragmas_are_what_they_must_be(file: File) -> None:
    writer = file.database._own_writer()
    names = ("journal_mode", "synchronous", "foreign_keys", "cell_size_check", "secure_delete", "mmap_size")
    assert [writer.execute(f"PRAGMA {name}").fetchone()[0] for name in names] == ["wal", 2, 1, 1, 1, 0]
    with file.database.read() as reader:
        wanted = {"query_only": 1, "trusted_schema": 0, "cell_size_check": 1, "wal_autocheckpoint": 0}
        assert {name: reader.execute(f"PRAGMA {name}").fetchone()[0] for name in wanted} == wanted


def test_a_strange_schema_is_never_trusted(file: File) -> None:
    file.database.close()
    stranger = sqlite3.connect(file.path)
    stranger.execute("CREATE TRIGGER harm AFTER INSERT ON post BEGIN DELETE FROM client; END")
    stranger.close()
    database = file.open()
    with pytest.raises(DatabaseDamaged), database.write():
        raise AssertionError("it was let in")
    database.close()


@pytest.mark.skipif(os.name == "nt", reason="modes are a thing of POSIX")
def test_only_the_owner_can_read_any_of_its_files(file: File) -> None:
    with file.database.write() as session:
        session.add(a_post("Private"))
    modes = {path.name: stat.S_IMODE(path.stat().st_mode) for path in file.path.parent.iterdir()}
    assert set(modes) >= {"client.sqlite", "client.sqlite-wal"}
    assert set(modes.values()) == {0o600}


def test_a_file_of_a_later_program_is_refused_and_left_as_it_is(file: File) -> None:
    file.database.close()
    later = sqlite3.connect(file.path)
    later.execute(f"PRAGMA user_version = {migrations.LATEST + 1}")
    later.close()
    before = file.path.read_bytes()
    with pytest.raises(DatabaseNewer):
        file.open()
    assert file.path.read_bytes() == before
    assert [path.name for path in file.path.parent.iterdir()] == ["client.sqlite"]


def test_a_database_of_another_program_is_none_of_ours(tmp_path: Path) -> None:
    path = tmp_path / "client.sqlite"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE moz_places (id INTEGER)")
    other.commit()
    other.close()
    with pytest.raises(NotAClientFile):
        Database.open(path, clock=FakeClock(), on_change=lambda _changes: None)


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 10, b"SQLite format 3\x00", b"\x00" * 4096])
def test_nonsense_is_damaged(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "client.sqlite"
    path.write_bytes(content)
    with pytest.raises(DatabaseDamaged):
        Database.open(path, clock=FakeClock(), on_change=lambda _changes: None)
    assert path.read_bytes() == content


def test_damage_of_any_kind_is_a_store_problem_and_never_another_error(file: File) -> None:
    with file.database.write() as session:
        for number in range(200):
            session.add(a_post(f"Post {number} " * 20))
    file.database.close()
    good = file.path.read_bytes()
    rng = random.Random(4)
    survived = 0
    for _ in range(60):
        bad = bytearray(good)
        kind = rng.choice(["bits", "zero", "cut", "swap"])
        if kind == "bits":
            for _ in range(rng.randint(1, 64)):
                bad[rng.randrange(len(bad))] ^= 1 << rng.randrange(8)
        elif kind == "zero":
            page = rng.randrange(len(bad) // 4096) * 4096
            bad[page : page + 4096] = bytes(4096)
        elif kind == "cut":
            del bad[rng.randrange(len(bad)) :]
        else:
            one, two = (rng.randrange(len(bad) // 4096) * 4096 for _ in range(2))
            bad[one : one + 4096], bad[two : two + 4096] = bad[two : two + 4096], bad[one : one + 4096]
        file.path.write_bytes(bad)
        try:
            database = file.open()
        except StoreProblem:
            assert file.path.read_bytes() == bytes(bad)
            continue
        try:
            texts(database)
            database.quick_check()
            survived += 1
        except StoreProblem:
            pass
        finally:
            database.close()
    assert survived < 60


def test_a_copy_is_whole_checked_and_named_last(file: File, tmp_path: Path) -> None:
    with file.database.write() as session:
        session.add(a_post("Kept"))
    target = tmp_path / "copy.sqlite"
    copy = file.database.backup_to(target)
    assert (copy.path, copy.size, copy.version) == (target, target.stat().st_size, migrations.LATEST)
    with pytest.raises(FileExistsError):
        copy_file(file.path, target)
    opened = Database.open(target, clock=file.clock, on_change=file.told.append)
    assert texts(opened) == ["Kept"]
    opened.close()
    assert not [path for path in tmp_path.iterdir() if path.name.endswith(".part")]


def test_an_old_file_is_copied_and_then_taken_step_by_step(file: File, monkeypatch: pytest.MonkeyPatch) -> None:
    with file.database.write() as session:
        session.add(a_post("Old"))
    file.database.close()

    def another(connection: sqlite3.Connection) -> None:
        connection.execute("ALTER TABLE client ADD COLUMN motto VARCHAR")

    before = migrations.LATEST
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, another))
    monkeypatch.setattr(migrations, "LATEST", before + 1)
    database = file.open()
    with database.read() as connection:
        assert migrations.version(connection) == before + 1
        assert connection.execute("SELECT motto FROM client").fetchone() == (None,)
    with database.write() as session:
        session.add(a_post("New"))
    database.close()
    (backup,) = (file.path.parent / "backups").iterdir()
    old = sqlite3.connect(backup)
    assert old.execute("PRAGMA user_version").fetchone() == (before,)
    assert old.execute("SELECT text FROM post").fetchall() == [("Old",)]
    old.close()


def test_a_step_that_fails_leaves_the_file_as_it_was(file: File, monkeypatch: pytest.MonkeyPatch) -> None:
    file.database.close()

    def another(connection: sqlite3.Connection) -> None:
        connection.execute("ALTER TABLE client ADD COLUMN motto VARCHAR")
        connection.execute("SELECT * FROM nowhere")

    before = migrations.LATEST
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, another))
    monkeypatch.setattr(migrations, "LATEST", before + 1)
    with pytest.raises(sqlite3.OperationalError):
        file.open()
    plain = sqlite3.connect(file.path)
    assert plain.execute("PRAGMA user_version").fetchone() == (before,)
    assert "motto" not in plain.execute("SELECT sql FROM sqlite_schema WHERE name = 'client'").fetchone()[0]
    plain.close()


def test_reading_brings_neither_the_orm_nor_the_network(tmp_path: Path) -> None:
    names = "cmdesk.services.desk, cmdesk.services.composing, cmdesk.services.planning, cmdesk.services.workspace"
    code = (
        f"import sys, pathlib, {names}\n"
        "from cmdesk.domain.clock import SystemClock\n"
        "from cmdesk.services.desk import Desk\nfrom cmdesk.services.home import Home\nfrom cmdesk.vault import Vault\n"
        f"home = Home(pathlib.Path({str(tmp_path)!r}))\nhome.prepare()\n"
        "desk = Desk(home, vault=Vault(), clock=SystemClock(), on_change=print)\ndesk.scan(); desk.cards()\n"
        "print(*sorted(set(sys.modules) & {'sqlmodel', 'sqlalchemy', 'httpx', 'keyring', 'PIL', 'PySide6', 'pydantic'}))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip(), done.stderr) == (0, "", "")
