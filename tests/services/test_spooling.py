"""Words that a client's file does not take wait in a file beside it: whole, private, and never thrown away unread."""

from __future__ import annotations

import asyncio
import errno
import json
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import pytest
from msgspec.structs import replace

from cmdesk.domain.client import Colour, Language
from cmdesk.domain.draft_errors import StaleRevision
from cmdesk.domain.errors import DiskFull, ReadOnly
from cmdesk.domain.limits import Visibility
from cmdesk.domain.post import Poll, Post, PostEdit, Variant
from cmdesk.services import composing, spooling
from cmdesk.services.desk import Desk
from cmdesk.services.spooling import FOLDER, Spool
from cmdesk.services.workspace import Workspace
from tests.helpers.clocks import FakeClock
from tests.helpers.desks import link, open_desk
from tests.helpers.fake_network import FakeNetwork
from tests.helpers.keyrings import InMemoryKeyring


class Killed(BaseException):
    """The program ends here."""


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    clock = FakeClock()
    made = open_desk(tmp_path / "desk", FakeNetwork(clock), clock, keyring=InMemoryKeyring())
    yield made
    asyncio.run(made.close())


@pytest.fixture
def ws(desk: Desk) -> Workspace:
    return asyncio.run(desk.create("Boulangerie", Colour.RUBY, "America/Toronto", Language.FR_CA))


def rich(ws: Workspace) -> PostEdit:
    account = link(ws, FakeNetwork(FakeClock()), "rosa")
    return PostEdit(
        text="Du pain\u00a0: « oui » 👩‍🍳\n---\nשלום",
        warning="Gluten",
        visibility=Visibility.UNLISTED,
        language="fr-CA",
        poll=Poll(("Oui", "Non"), 3600, multiple=True),
        variants=(Variant(account, text="Autre", visibility=Visibility.DIRECT),),
    )


def refuse(monkeypatch: pytest.MonkeyPatch) -> None:
    async def full(*_call: object) -> Post:
        raise DiskFull

    monkeypatch.setattr(composing, "create", full)
    monkeypatch.setattr(composing, "save", full)


def files(ws: Workspace) -> list[str]:
    folder = ws.folder / FOLDER
    return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []


def test_what_the_store_takes_leaves_no_file(ws: Workspace) -> None:
    spool = Spool(ws)
    post = asyncio.run(spooling.keep(ws, None, PostEdit(text="Du pain"), spool))
    assert composing.load(ws, post.id).text == "Du pain"
    assert files(ws) == []
    assert spooling.waiting(ws) == spooling.Waiting()


def test_what_the_store_refuses_waits_whole_and_private(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    edit = rich(ws)
    spool = Spool(ws)
    with monkeypatch.context() as patch:
        refuse(patch)
        with pytest.raises(DiskFull):
            asyncio.run(spooling.keep(ws, None, edit, spool))
    assert spool.path is not None
    if os.name != "nt":
        assert stat.S_IMODE(spool.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(spool.path.parent.stat().st_mode) == 0o700
    (words,) = spooling.waiting(ws).words
    assert (words.edit, words.post, words.at) == (edit, None, ws.clock.now())
    again = Spool(ws, words.path)
    post = asyncio.run(spooling.keep(ws, None, words.edit, again))
    assert composing.load(ws, post.id).text == edit.text
    assert files(ws) == []


def test_the_last_words_are_the_ones_that_wait(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    post = asyncio.run(composing.create(ws, PostEdit(text="Un")))
    spool = Spool(ws)
    refuse(monkeypatch)
    for text in ("Un deux", "Un deux trois"):
        with pytest.raises(DiskFull):
            asyncio.run(spooling.keep(ws, post, PostEdit(text=text), spool))
    (words,) = spooling.waiting(ws).words
    assert (words.edit.text, words.post, words.revision) == ("Un deux trois", post.id, post.revision)
    assert files(ws) == [f"post-{post.id}.json"]


def test_a_conflict_is_kept_too(ws: Workspace) -> None:
    post = asyncio.run(composing.create(ws, PostEdit(text="Un")))
    asyncio.run(composing.save(ws, post.id, PostEdit(text="Ailleurs"), post.revision))
    with pytest.raises(StaleRevision):
        asyncio.run(spooling.keep(ws, post, PostEdit(text="Ici"), Spool(ws)))
    assert [words.edit.text for words in spooling.waiting(ws).words] == ["Ici"]


def test_two_new_posts_of_one_second_are_two_files(ws: Workspace) -> None:
    for text in ("Un", "Deux"):
        Spool(ws).put(None, PostEdit(text=text))
    assert {words.edit.text for words in spooling.waiting(ws).words} == {"Un", "Deux"}


@pytest.mark.parametrize(("number", "problem"), [(errno.ENOSPC, DiskFull), (errno.EROFS, ReadOnly)])
def test_a_disk_without_room_leaves_what_waited_before(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch, number: int, problem: type[Exception]
) -> None:
    spool = Spool(ws)
    spool.put(None, PostEdit(text="Avant"))

    def refused(_handle: int) -> None:
        raise OSError(number, "no")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", refused)
        with pytest.raises(problem):
            spool.put(None, PostEdit(text="Après"))
    assert [words.edit.text for words in spooling.waiting(ws).words] == ["Avant"]
    assert len(files(ws)) == 1


@pytest.mark.expects_log("could not be spooled either")
def test_the_first_error_is_what_is_told_when_the_spool_has_no_room_either(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    refuse(monkeypatch)
    (ws.folder / FOLDER).write_text("in the way")
    spool = Spool(ws)
    with pytest.raises(DiskFull):
        asyncio.run(spooling.keep(ws, None, PostEdit(text="Du pain"), spool))
    assert spool.path is None


def test_a_program_cancelled_while_saving_has_spooled(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    async def stuck(*_call: object) -> Post:
        never: asyncio.Future[Post] = asyncio.get_running_loop().create_future()
        return await never

    monkeypatch.setattr(composing, "create", stuck)

    async def cancelled() -> None:
        task = asyncio.create_task(spooling.keep(ws, None, PostEdit(text="Pas perdu"), Spool(ws)))
        await asyncio.sleep(0)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(cancelled())
    assert [words.edit.text for words in spooling.waiting(ws).words] == ["Pas perdu"]


@pytest.mark.parametrize("place", ["written", "renamed"])
def test_a_program_killed_around_the_rename_has_the_newest_words(ws: Workspace, place: str) -> None:
    def crash(name: str) -> None:
        if name == place:
            raise Killed

    Spool(ws).put(None, PostEdit(text="Avant"))
    (before,) = spooling.waiting(ws).words
    with pytest.raises(Killed):
        Spool(ws, before.path, crash=crash).put(None, PostEdit(text="Après"))
    (words,) = spooling.waiting(ws).words
    assert words.edit.text == "Après"
    spool = Spool(ws, words.path)
    assert [one.edit.text for one in spooling.waiting(ws).words] == ["Après"]
    spool.drop()
    assert files(ws) == []


def test_a_process_killed_for_real_between_write_and_rename_loses_nothing(ws: Workspace) -> None:
    if not hasattr(signal, "SIGKILL"):
        pytest.skip("no such signal here")
    script = """
import os, signal, sys
from pathlib import Path
from types import SimpleNamespace
from cmdesk.domain.clock import SystemClock
from cmdesk.domain.post import PostEdit
from cmdesk.services.spooling import Spool
ws = SimpleNamespace(folder=Path(sys.argv[1]), clock=SystemClock())
Spool(ws, crash=lambda name: os.kill(os.getpid(), signal.SIGKILL)).put(None, PostEdit(text="Le pain"))
"""
    done = subprocess.run([sys.executable, "-c", script, str(ws.folder)], check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL
    assert [name.rpartition(".")[2] for name in files(ws)] == ["part"]
    assert [words.edit.text for words in spooling.waiting(ws).words] == ["Le pain"]


def test_two_saves_of_one_draft_do_not_meet(ws: Workspace) -> None:
    first = Spool(ws)
    first.put(None, PostEdit(text="Du"))
    assert first.path is not None
    second = Spool(ws, first.path)

    def meanwhile(place: str) -> None:
        if place == "written":
            second.put(None, PostEdit(text="Du pain"))

    Spool(ws, first.path, crash=meanwhile).put(None, PostEdit(text="Du pain frais"))
    assert [words.edit.text for words in spooling.waiting(ws).words] == ["Du pain frais"]
    assert len(files(ws)) == 1


def test_words_taken_up_while_they_get_their_name_are_not_refused(ws: Workspace) -> None:
    taken: list[Spool] = []

    def meanwhile(place: str) -> None:
        if place == "written":
            (words,) = spooling.waiting(ws).words
            taken.append(Spool(ws, words.path))

    Spool(ws, crash=meanwhile).put(None, PostEdit(text="Du pain"))
    assert [words.edit.text for words in spooling.waiting(ws).words] == ["Du pain"]
    taken[0].drop()
    assert files(ws) == []


def test_only_what_was_taken_up_is_taken_away(ws: Workspace) -> None:
    first = Spool(ws)
    first.put(None, PostEdit(text="Du pain"))
    second = Spool(ws, first.path)
    first.put(None, PostEdit(text="Du pain frais"))
    second.drop()
    assert [words.edit.text for words in spooling.waiting(ws).words] == ["Du pain frais"]


def test_older_words_of_a_killed_program_do_not_come_back_after_newer_ones(desk: Desk, ws: Workspace) -> None:
    def crash(place: str) -> None:
        if place == "written":
            raise Killed

    first = Spool(ws)
    first.put(None, PostEdit(text="D"))
    for text in ("Du", "Du pain"):
        with pytest.raises(Killed):
            Spool(ws, first.path, crash=crash).put(None, PostEdit(text=text))
        cast(FakeClock, desk.clock).advance(1)
    assert len(files(ws)) == 3
    (words,) = spooling.waiting(ws).words
    assert words.edit.text == "Du pain"
    Spool(ws, words.path).drop()
    assert spooling.waiting(ws).words == ()
    assert files(ws) == []


@contextmanager
def killed_before_removal(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    def killed(_spool: Spool) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(Spool, "drop", killed)
        yield


def test_words_that_were_stored_before_the_program_was_killed_are_not_offered_again(
    ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    edit = rich(ws)
    Spool(ws).put(None, edit)
    (words,) = spooling.waiting(ws).words
    with killed_before_removal(monkeypatch), pytest.raises(Killed):
        asyncio.run(spooling.keep(ws, None, words.edit, Spool(ws, words.path)))
    assert len(files(ws)) == 1
    assert spooling.waiting(ws).words == ()
    assert files(ws) == []


def test_nor_over_a_post_not_even_when_it_was_changed_since(ws: Workspace, monkeypatch: pytest.MonkeyPatch) -> None:
    post = asyncio.run(composing.create(ws, PostEdit(text="Un")))
    Spool(ws).put(post, PostEdit(text="Un deux"))
    (words,) = spooling.waiting(ws).words
    with killed_before_removal(monkeypatch), pytest.raises(Killed):
        asyncio.run(spooling.keep(ws, post, words.edit, Spool(ws, words.path)))
    stored = composing.load(ws, post.id)
    cast(FakeClock, ws.clock).advance(3600)
    asyncio.run(composing.save(ws, post.id, PostEdit(text="Un deux trois"), stored.revision))
    assert "Un deux" in [version.edit.text for version in composing.versions(ws, post.id)]
    assert spooling.waiting(ws).words == ()
    assert files(ws) == []


def test_words_that_were_there_before_are_another_matter(ws: Workspace) -> None:
    post = asyncio.run(composing.create(ws, PostEdit(text="Un")))
    cast(FakeClock, ws.clock).advance(3600)
    post = asyncio.run(composing.save(ws, post.id, PostEdit(text="Deux"), post.revision))
    cast(FakeClock, ws.clock).advance(1)
    Spool(ws).put(post, PostEdit(text="Un"))
    Spool(ws).put(None, PostEdit(text="Deux"))
    assert {words.edit.text for words in spooling.waiting(ws).words} == {"Un", "Deux"}


def test_a_half_written_file_is_passed_over(ws: Workspace) -> None:
    spool = Spool(ws)
    spool.put(None, PostEdit(text="Avant"))
    assert spool.path is not None
    spool.path.with_name(f"{spool.path.stem}~half.part").write_bytes(spool.path.read_bytes()[:-9])
    assert [words.edit.text for words in spooling.waiting(ws).words] == ["Avant"]
    assert spooling.waiting(ws).damaged == ()


@pytest.mark.expects_log("cannot be read")
@pytest.mark.parametrize(
    "spoil",
    [
        lambda data: data[:0],
        lambda data: data[: len(data) // 2],
        lambda data: data.replace(b"Du pain", b"Du vin!"),
        lambda data: b"\xff\xfe" + data,
        lambda data: b"[" * 100_000 + data,
        lambda data: b"null" + data[:0],
        lambda data: json.dumps(json.loads(data) | {"at": "yesterday"}).encode(),
        lambda data: json.dumps(json.loads(data) | {"edit": 5}).encode(),
    ],
)
def test_a_damaged_file_is_set_aside_and_never_lost(ws: Workspace, spoil: object) -> None:
    assert callable(spoil)
    Spool(ws).put(None, PostEdit(text="Sain"))
    spoiled = Spool(ws)
    spoiled.put(None, PostEdit(text="Du pain"))
    assert spoiled.path is not None
    broken = spoil(spoiled.path.read_bytes())
    for _again in range(2):
        spoiled.path.write_bytes(broken)
        found = spooling.waiting(ws)
        assert [words.edit.text for words in found.words] == ["Sain"]
        assert [path.read_bytes() for path in found.damaged] == [broken]
    assert spooling.waiting(ws).damaged == ()
    assert len([name for name in files(ws) if name.endswith(".damaged")]) == 2


def test_nothing_but_its_own_files_is_touched(ws: Workspace, tmp_path: Path) -> None:
    Spool(ws).put(None, PostEdit(text="Sain"))
    folder = ws.folder / FOLDER
    (folder / "readme.txt").write_text("mine")
    (folder / "folder.json").mkdir()
    outside = tmp_path / "outside.json"
    outside.write_text("{}")
    (folder / "link.json").symlink_to(outside)
    found = spooling.waiting(ws)
    assert len(found.words) == 1
    assert found.damaged == ()
    assert outside.read_text() == "{}"


def test_words_a_disk_cannot_hold_are_made_storable(ws: Workspace) -> None:
    Spool(ws).put(None, PostEdit(text="Du \ud83d pain\x00"))
    (words,) = spooling.waiting(ws).words
    assert words.edit == replace(words.edit, text="Du \ufffd pain")
