"""A file of any earlier cmdesk becomes what a new one would be, with everything that was in it."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from cmdesk.domain import journal as chain
from cmdesk.domain.ids import ClientId
from cmdesk.domain.journal import Event
from cmdesk.store import guard, journal, migrations
from cmdesk.store.database import Database
from tests.helpers.clocks import FakeClock

OLD = sorted((Path(__file__).parent / "old").glob("version_*.sql"))


def made(script: Path, folder: Path) -> Path:
    path = folder / "client.sqlite"
    plain = sqlite3.connect(path)
    plain.executescript(script.read_text("utf-8"))
    plain.close()
    return path


def opened(path: Path) -> Database:
    return Database.open(path, clock=FakeClock(), on_change=lambda _changes: None, backups=path.parent / "backups")


def schema(connection: sqlite3.Connection) -> dict[str, str]:
    rows = connection.execute(
        "SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL AND name NOT LIKE '%#_fts#_%' ESCAPE '#'"
    )
    return {name: " ".join(text.split()) for name, text in rows}


def test_there_is_a_file_of_every_version_before_this_one() -> None:
    assert [path.stem for path in OLD] == [f"version_{number}" for number in range(1, migrations.LATEST)]


@pytest.mark.parametrize("script", OLD, ids=lambda path: path.stem)
def test_a_file_of_an_old_version_is_like_a_fresh_one_afterwards(script: Path, tmp_path: Path) -> None:
    database = opened(made(script, tmp_path))
    fresh = sqlite3.connect(":memory:", isolation_level=None)
    migrations.migrate(fresh)
    with database.read() as connection:
        assert schema(connection) == schema(fresh)
        assert migrations.version(connection) == migrations.LATEST
        assert connection.execute("SELECT text FROM post").fetchall() == [("Bonjour",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
    with database.write() as session:  # the schema is trusted, word for word
        journal.write(session, Event.DECIDED, FakeClock().now(), outcome="now")
    database.close()
    fresh.close()


@pytest.mark.parametrize("script", OLD[:1], ids=lambda path: path.stem)
def test_attempts_from_before_the_journal_are_taken_over_as_a_chain(script: Path, tmp_path: Path) -> None:
    database = opened(made(script, tmp_path))
    with database.read() as connection:
        lines = tuple(journal.all_lines(connection))
        assert [(line.event, line.outcome, line.account) for line in lines] == [
            (Event.NOTED, "published", "rosa@fake.example"),
            (Event.NOTED, "", "rosa@fake.example"),
        ]
        assert json.loads(lines[0].detail)["kind"] == "send"
        assert chain.verify("bq7xk2mp", lines, journal.head(connection)).sound
        assert not chain.verify("another1", lines).sound
    database.close()


@pytest.mark.parametrize("script", OLD[:1], ids=lambda path: path.stem)
def test_two_copies_of_an_old_file_have_one_seal(script: Path, tmp_path: Path) -> None:
    """Made before there were seals, they can only be told from the real one by what this computer remembers."""
    names = []
    for name in ("a", "b"):
        (tmp_path / name).mkdir()
        database = opened(made(script, tmp_path / name))
        with database.read() as connection:
            seal = guard.seal(connection)
        names.append(seal.name)
        assert (seal.broken, seal.place, database.client_id) == (True, None, ClientId("bq7xk2mp"))
        database.close()
    assert names[0] == names[1]
