"""The real worker behind the page: first answer, an explanation in the language of the screen, and no child left behind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cmdesk.ui.i18n import Formats
from cmdesk.ui.screens import NewPost
from cmdesk.ui.theme import Theme
from tests.ui.composer.stage import Stage


@pytest.fixture
def stage(tmp_path: Path, theme: Theme, french: Formats) -> Iterator[Stage]:
    stage = Stage(tmp_path / "desk", theme, french)
    yield stage
    stage.close()


@pytest.mark.reads
def test_a_mistake_typed_on_the_page_is_found_by_the_real_checkers(stage: Stage, qtbot: QtBot) -> None:
    ws = stage.client("Boulangerie")
    stage.link(ws, "rosa")
    presenter = stage.enter(ws)
    stage.view.show()
    presenter.reveal(NewPost(None))
    page = stage.view.page
    page.paper.insertPlainText("Les magasin du quartier est ouvert ce soir.")

    qtbot.waitUntil(lambda: bool(page.paper.marks.marks), timeout=30_000)

    marked = {mark.words for mark in page.paper.marks.marks}
    assert marked & {"magasin", "Les magasin", "est", "Les"}
    assert all(mark.finding.message for mark in page.paper.marks.marks)
