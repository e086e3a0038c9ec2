"""A post that is out can be opened, and its words changed where they are: asked first, and never a second time out."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from cmdesk.domain.post import Post
from cmdesk.services import composing, planning
from cmdesk.services.publishing import Publisher
from cmdesk.services.workspace import Workspace
from cmdesk.ui.composer.page import Page
from cmdesk.ui.i18n import Formats
from cmdesk.ui.theme import Theme
from tests.helpers.fake_network import Fault
from tests.ui.composer.stage import Stage


@pytest.fixture
def stage(tmp_path: Path, theme: Theme, english: Formats, qtbot: QtBot) -> Iterator[Stage]:
    made = Stage(tmp_path / "desk", theme, english)
    yield made
    made.close()


@pytest.fixture
def bakery(stage: Stage) -> Workspace:
    return stage.client("Boulangerie")


@pytest.fixture
def out(stage: Stage, bakery: Workspace) -> Post:
    """A post that is live."""
    post = stage.post(bakery, "Du pian", stage.link(bakery, "rosa"))

    async def publish() -> None:
        await planning.now(bakery, post.id)
        await Publisher(stage.desk, stage.clock, random.Random(1)).tick(bakery)

    stage.do(publish())
    assert live(stage) == ["Du pian"]
    return post


def live(stage: Stage) -> list[str]:
    return [status.text for status in stage.network.live("rosa")]


def sheet(stage: Stage, ws: Workspace, post: Post) -> Page:
    presenter = stage.enter(ws)
    stage.view.resize(1200, 760)
    stage.view.show()
    presenter.reveal(post.id)
    return stage.view.page


def test_the_words_are_opened_and_changed_after_a_question(stage: Stage, bakery: Workspace, out: Post, qtbot: QtBot) -> None:
    page = sheet(stage, bakery, out)
    button = page.sending.primary
    assert page.paper.isReadOnly()
    assert button.text() == "Change what is live"
    button.click()
    assert not page.paper.isReadOnly()
    assert "rosa" in button.text()
    assert "Boulangerie" in button.text()
    assert not button.isEnabled(), "nothing has changed yet"
    page.paper.selectAll()
    QTest.keyClicks(page.paper, "Du pain")
    qtbot.waitUntil(button.isEnabled)
    stage.shell.answer = False
    button.click()
    assert stage.shell.questions
    qtbot.waitUntil(lambda: composing.load(bakery, out.id).text == "Du pain")
    assert live(stage) == ["Du pian"]
    stage.shell.answer = True
    button.click()
    qtbot.waitUntil(lambda: live(stage) == ["Du pain"])
    qtbot.waitUntil(page.paper.isReadOnly)
    assert stage.shell.toasts[-1][0] == "What is live has the new words."
    assert sum(call.operation == "publish" for call in stage.network.calls) == 1


def test_words_that_are_not_live_yet_are_open_when_the_post_is_opened_again(
    stage: Stage, bakery: Workspace, out: Post, qtbot: QtBot
) -> None:
    page = sheet(stage, bakery, out)
    page.sending.primary.click()
    QTest.keyClicks(page.paper, "x")
    stage.leave()
    qtbot.waitUntil(lambda: composing.load(bakery, out.id).text != "Du pian")
    page = sheet(stage, bakery, out)
    assert not page.paper.isReadOnly()
    assert page.sending.primary.isEnabled()


def test_a_refusal_and_a_doubt_are_said(stage: Stage, bakery: Workspace, out: Post, qtbot: QtBot) -> None:
    page = sheet(stage, bakery, out)
    button = page.sending.primary
    button.click()
    QTest.keyClicks(page.paper, "x")
    stage.network.fail("edit", Fault.REJECT, Fault.DROP_BEFORE)
    for said in ("refused the change", "Nobody can tell"):
        qtbot.waitUntil(button.isEnabled)
        before = len(stage.shell.toasts)
        button.click()
        qtbot.waitUntil(lambda count=before: len(stage.shell.toasts) > count)  # type: ignore[misc]  # mypy cannot type a default here
        assert said in stage.shell.toasts[-1][0]
        assert live(stage) == ["Du pian"]
        assert not page.paper.isReadOnly(), "the words wait to be changed"


def test_what_no_edit_can_change_is_said(stage: Stage, bakery: Workspace, out: Post, qtbot: QtBot) -> None:
    page = sheet(stage, bakery, out)
    button = page.sending.primary
    button.click()
    page.paper.moveCursor(QTextCursor.MoveOperation.End)
    page.paper.insertPlainText("\n---\nEncore")
    qtbot.waitUntil(button.isEnabled)
    button.click()
    qtbot.waitUntil(lambda: bool(stage.shell.toasts))
    assert stage.shell.toasts[-1][0] == "A live thread keeps its number of parts. Nothing was sent."
    assert live(stage) == ["Du pian"]
