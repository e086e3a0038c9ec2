"""The wrong hat is pointed out while one writes: another client's handle, and words copied from another client's text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from cmdesk.domain.client import Colour
from cmdesk.ui.i18n import Formats
from cmdesk.ui.screens import NewPost
from cmdesk.ui.theme import Theme
from tests.ui.composer.stage import Stage


@pytest.fixture
def stage(tmp_path: Path, theme: Theme, english: Formats) -> Iterator[Stage]:
    stage = Stage(tmp_path / "desk", theme, english)
    yield stage
    stage.close()


def test_another_clients_handle_is_pointed_out_and_goes_with_the_words(stage: Stage, qtbot: QtBot) -> None:
    ws, other = stage.client("Levain fou"), stage.client("Atelier Vélo", Colour.COBALT)
    stage.link(ws, "rosa")
    stage.link(other, "velo")
    stage.enter(ws).reveal(NewPost(None))
    page = stage.view.page
    page.paper.insertPlainText("Merci @velo@fake.example pour samedi.")
    wanted = "@velo@fake.example is an account of Atelier Vélo, another client."
    qtbot.waitUntil(lambda: wanted in [line.sentence for line in page.problems.lines], timeout=20_000)
    assert not next(line for line in page.problems.lines if line.sentence == wanted).block

    page.paper.selectAll()
    page.paper.insertPlainText("Merci à vous.")
    qtbot.waitUntil(lambda: wanted not in [line.sentence for line in page.problems.lines], timeout=20_000)


def test_words_copied_from_one_client_are_said_when_pasted_into_another(stage: Stage, qtbot: QtBot) -> None:
    ws, other = stage.client("Levain fou"), stage.client("Atelier Vélo", Colour.COBALT)
    stage.enter(other).reveal(NewPost(None))
    paper = stage.view.page.paper
    paper.insertPlainText("Roulez avec nous.")
    paper.selectAll()
    copied = paper.createMimeDataFromSelection()

    stage.enter(ws).reveal(NewPost(None))
    page = stage.view.page
    page.paper.insertPlainText("Bonjour. ")
    page.paper.moveCursor(QTextCursor.MoveOperation.End)
    page.paper.insertFromMimeData(copied)
    assert page.paper.text() == "Bonjour. Roulez avec nous."
    assert "copied from another client" in page.banner._text.text()
    page.paper.undo()
    assert page.paper.text() == "Bonjour. "

    page.banner.dismiss()
    page.paper.selectAll()
    page.paper.insertFromMimeData(page.paper.createMimeDataFromSelection())
    assert not page.banner.isVisible()
