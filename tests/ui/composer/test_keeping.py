"""Words are on the disk soon after they are typed, also when the engine that stores them is busy with something else."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cmdesk.domain.post import Post, PostEdit
from cmdesk.services import composing, spooling
from cmdesk.services.workspace import Workspace
from cmdesk.ui.composer.keeping import SLOW
from cmdesk.ui.composer.pace import Pace
from cmdesk.ui.composer.page import Page
from cmdesk.ui.i18n import Formats
from cmdesk.ui.screens import NewPost
from cmdesk.ui.theme import Theme
from tests.helpers.clocks import FakeClock
from tests.ui.composer.stage import Stage


@pytest.fixture
def stage(tmp_path: Path, theme: Theme, english: Formats, qtbot: QtBot) -> Iterator[Stage]:
    made = Stage(tmp_path / "desk", theme, english)
    yield made
    made.close()


@pytest.fixture
def bakery(stage: Stage) -> Workspace:
    return stage.client("Boulangerie")


class Busy:
    """An engine that gets to storing only when a test lets it."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self.free = threading.Event()
        self._create, self._save = composing.create, composing.save
        patch.setattr(composing, "create", self.create)
        patch.setattr(composing, "save", self.save)

    async def create(self, ws: Workspace, edit: PostEdit) -> Post:
        await self._turn()
        return await self._create(ws, edit)

    async def save(self, ws: Workspace, post: object, edit: PostEdit, revision: int, initiator: str | None = None) -> Post:
        await self._turn()
        return await self._save(ws, post, edit, revision, initiator)  # type: ignore[arg-type]  # handed on as it came

    async def _turn(self) -> None:
        await asyncio.to_thread(self.free.wait)


@pytest.fixture
def busy(monkeypatch: pytest.MonkeyPatch) -> Iterator[Busy]:
    made = Busy(monkeypatch)
    yield made
    made.free.set()


def test_typing_is_handed_on_in_time_and_the_first_words_of_a_new_draft_sooner(qtbot: QtBot) -> None:
    clock = FakeClock()
    pace = Pace(clock.monotonic)
    assert pace.touch() <= 250
    behind = 0
    while clock.monotonic() < 1010:
        wait = pace.touch()
        behind = max(behind, round((clock.monotonic() - 1000) * 1000) + wait)
        if wait == 0:
            break
        clock.advance(0.02)
    assert behind <= 500
    pace.rest()
    assert pace.touch(first=True) <= 100
    clock.advance(0.2)
    assert pace.touch(first=True) == 0
    pace.rest()


def sheet(stage: Stage, ws: Workspace) -> Page:
    stage.link(ws, "rosa")
    presenter = stage.enter(ws)
    stage.view.show()
    presenter.reveal(NewPost(None))
    return stage.view.page


def stored(ws: Workspace) -> list[str]:
    return [composing.load(ws, row.id).text for row in composing.post_rows(ws)]


def beside(ws: Workspace) -> list[str]:
    return [words.edit.text for words in spooling.waiting(ws).words]


def test_words_of_a_new_draft_lie_beside_the_file_until_the_engine_stores_them(
    stage: Stage, bakery: Workspace, qtbot: QtBot, busy: Busy
) -> None:
    page = sheet(stage, bakery)
    QTest.keyClicks(page.paper, "Du pain")
    stage.clock.advance(2 * SLOW)
    qtbot.waitUntil(lambda: beside(bakery) == ["Du pain"])
    QTest.keyClicks(page.paper, " frais")
    qtbot.waitUntil(lambda: beside(bakery) == ["Du pain frais"])
    assert stored(bakery) == []
    busy.free.set()
    qtbot.waitUntil(lambda: stored(bakery) == ["Du pain frais"])
    qtbot.waitUntil(lambda: not list((bakery.folder / spooling.FOLDER).iterdir()))


def test_a_save_in_time_writes_nothing_beside_the_file(stage: Stage, bakery: Workspace, qtbot: QtBot) -> None:
    page = sheet(stage, bakery)
    QTest.keyClicks(page.paper, "Du pain")
    qtbot.waitUntil(lambda: stored(bakery) == ["Du pain"])
    stage.clock.advance(2 * SLOW)
    QTest.keyClicks(page.paper, " frais")
    qtbot.waitUntil(lambda: stored(bakery) == ["Du pain frais"])
    assert not (bakery.folder / spooling.FOLDER).exists()


def test_the_last_words_of_a_draft_that_was_left_lie_beside_the_file_too(
    stage: Stage, bakery: Workspace, qtbot: QtBot, busy: Busy
) -> None:
    page = sheet(stage, bakery)
    QTest.keyClicks(page.paper, "Vite, avant de partir")
    stage.leave()
    qtbot.waitUntil(lambda: beside(bakery) == ["Vite, avant de partir"])
    busy.free.set()
    qtbot.waitUntil(lambda: stored(bakery) == ["Vite, avant de partir"])
    qtbot.waitUntil(lambda: not list((bakery.folder / spooling.FOLDER).iterdir()))
