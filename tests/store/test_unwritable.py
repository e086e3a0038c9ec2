"""A file is shown on a full disk and where nothing can be written, and never without its newest words."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from cmdesk.domain.client import Client, Colour, Language
from cmdesk.domain.errors import DiskFull, ReadOnly, StoreProblem
from cmdesk.domain.ids import ClientId
from cmdesk.store import clients, first
from cmdesk.store.database import Database
from tests.helpers.clocks import FakeClock
from tests.helpers.disks import SmallDisk, small_disk

CLIENT = Client(ClientId("abcdefgh"), "Rosa", Colour.RUBY, "America/Toronto", Language.FR_CA, datetime(2026, 12, 1, tzinfo=UTC))


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with small_disk(tmp_path / "disk") as made:
        yield made


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def path_on(disk: SmallDisk) -> Path:
    return disk.folder / "client.sqlite"


def opened(disk: SmallDisk, clock: FakeClock) -> Database:
    return Database.open(path_on(disk), clock=clock, on_change=lambda _changes: None)


def made(disk: SmallDisk, clock: FakeClock) -> None:
    Database.create(path_on(disk), CLIENT, clock=clock, on_change=lambda _changes: None).close()


def name_in(database: Database) -> str:
    with database.read() as connection:
        return first.client(connection).name


def why(database: Database) -> str | None:
    return None if database.unwritable is None else database.unwritable.code


def rename(database: Database, name: str) -> None:
    with database.write() as session:
        clients.update(session, name=name)


def on_a_full_disk(disk: SmallDisk) -> None:
    disk.fill()


def where_nothing_can_be_written(disk: SmallDisk) -> None:
    disk.read_only()


BARS = pytest.mark.parametrize(
    ("bar", "kind"), [(on_a_full_disk, DiskFull), (where_nothing_can_be_written, ReadOnly)], ids=["full", "read_only"]
)


@BARS
def test_a_file_is_read_and_says_why_it_cannot_be_written(
    disk: SmallDisk, clock: FakeClock, bar: Callable[[SmallDisk], None], kind: type[StoreProblem]
) -> None:
    made(disk, clock)
    bar(disk)
    database = opened(disk, clock)
    assert name_in(database) == "Rosa"
    assert isinstance(database.unwritable, kind)
    assert database.quick_check() == ()
    with pytest.raises(kind):
        rename(database, "Never")
    assert name_in(database) == "Rosa"
    database.close()


def test_a_copy_to_another_disk_is_possible(disk: SmallDisk, clock: FakeClock, tmp_path: Path) -> None:
    made(disk, clock)
    disk.fill()
    database = opened(disk, clock)
    copy = database.backup_to(tmp_path / "copy.sqlite")
    database.close()
    copied = Database.open(copy.path, clock=clock, on_change=lambda _changes: None)
    assert name_in(copied) == "Rosa"
    assert copied.unwritable is None
    copied.close()


def test_with_room_again_the_same_database_writes_and_sees_what_others_wrote(disk: SmallDisk, clock: FakeClock) -> None:
    made(disk, clock)
    disk.fill()
    database = opened(disk, clock)
    disk.make_room()
    other = opened(disk, clock)
    rename(other, "Written elsewhere")
    assert name_in(database) == "Written elsewhere", "a reader of the file alone must not outlive a change"
    assert database.unwritable is None
    other.close()
    rename(database, "Written here")
    assert name_in(database) == "Written here"
    database.close()


def test_the_usual_way_is_tried_again_though_nobody_wrote(disk: SmallDisk, clock: FakeClock) -> None:
    made(disk, clock)
    disk.read_only()
    database = opened(disk, clock)
    disk.read_only(False)
    name_in(database)
    assert why(database) == "read_only", "not at every read"
    clock.advance(3)
    name_in(database)
    assert why(database) is None
    database.close()


@BARS
def test_a_file_whose_newest_words_are_in_its_log_is_not_shown_without_them(
    disk: SmallDisk, clock: FakeClock, tmp_path: Path, bar: Callable[[SmallDisk], None], kind: type[StoreProblem]
) -> None:
    made(disk, clock)
    writer = opened(disk, clock)
    rename(writer, "In the log")
    # As after a power cut: the log stays, its index in shared memory does not.
    kept = {name: shutil.copy(disk.folder / name, tmp_path / name) for name in ("client.sqlite", "client.sqlite-wal")}
    writer.close()
    for name, path in kept.items():
        shutil.copy(path, disk.folder / name)
    before = {path: path.read_bytes() for path in disk.folder.iterdir()}
    bar(disk)
    with pytest.raises(kind):
        opened(disk, clock)
    assert {path: path.read_bytes() for path in before} == before
    if bar is on_a_full_disk:
        disk.make_room()
    else:
        disk.read_only(False)
    again = opened(disk, clock)
    assert name_in(again) == "In the log"
    again.close()


def test_a_file_that_is_not_there_is_no_full_disk(tmp_path: Path, clock: FakeClock) -> None:
    with pytest.raises(StoreProblem) as problem:
        Database.open(tmp_path / "client.sqlite", clock=clock, on_change=lambda _changes: None)
    assert problem.value.code == "store"


def test_a_mistake_of_ours_is_no_reason_to_look_at_the_file_alone() -> None:
    from cmdesk.store import unwritable

    with pytest.raises(sqlite3.OperationalError) as wrong:
        sqlite3.connect(":memory:").execute("SELECT nothing")
    assert not unwritable.hinders(wrong.value)
