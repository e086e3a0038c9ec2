"""The posts of all clients: in one order, page by page, and opened with their client only when somebody asks for it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cmdesk.domain.client import Colour
from cmdesk.services.workspace import Workspace
from cmdesk.ui.composer.everyone import LINES
from cmdesk.ui.composer.page import Page
from cmdesk.ui.i18n import Formats
from cmdesk.ui.screens import Target
from cmdesk.ui.theme import Theme
from tests.ui.composer.stage import Stage


@pytest.fixture
def stage(tmp_path: Path, theme: Theme, english: Formats, qtbot: QtBot) -> Iterator[Stage]:
    made = Stage(tmp_path / "desk", theme, english)
    yield made
    made.close()


def filled(stage: Stage, number: int) -> tuple[Workspace, Workspace]:
    """Two clients that wrote in turns; the last words are the highest number."""
    clients = stage.client("Théâtre du Quai"), stage.client("Vélo Vite", Colour.AMBER)
    for place in range(number):
        stage.clock.advance(60)
        stage.post(clients[place % 2], f"Mot {place}")
    return clients


def titles(stage: Stage) -> list[str]:
    return [line.look.title for line in stage.view.model.rows]


def test_the_last_changed_come_first_and_more_come_at_the_end_of_the_list(stage: Stage) -> None:
    number = LINES + 5
    filled(stage, number)
    stage.enter(stage.desk)
    stage.view.resize(900, 500)
    stage.view.show()
    assert titles(stage) == [f"Mot {place}" for place in range(number - 1, 4, -1)]
    bar = stage.view.list.verticalScrollBar()
    bar.setValue(bar.maximum())
    assert titles(stage) == [f"Mot {place}" for place in range(number - 1, -1, -1)]
    bar.setValue(bar.maximum())
    assert len(titles(stage)) == number


def test_a_post_is_opened_when_it_is_chosen_and_not_by_the_way_into_the_room(stage: Stage, qtbot: QtBot) -> None:
    _quay, bikes = filled(stage, 4)
    stage.enter(stage.desk)
    stage.view.resize(900, 500)
    stage.view.show()
    stage.view.activateWindow()
    stage.view.list.setFocus(Qt.FocusReason.OtherFocusReason)
    qtbot.waitUntil(stage.view.list.hasFocus)
    QApplication.processEvents()
    assert stage.shell.went == []
    QTest.keyClick(stage.view.list, Qt.Key.Key_J)
    assert stage.shell.went == [Target("posts", bikes.client.id, stage.view.model.row(0).row.id)]


def test_the_list_comes_without_the_editor(stage: Stage) -> None:
    ws, _other = filled(stage, 2)
    stage.enter(ws)
    stage.view.show()
    assert not stage.view.findChildren(Page)
    QTest.keyClick(stage.view.list, Qt.Key.Key_J)
    assert stage.view.writing
    assert stage.view.page.paper.text() == "Mot 0"
