"""A text that is too long becomes a thread with one key, and one whole text again with one undo."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cmdesk.domain.post import split_thread
from cmdesk.ui.composer.presenter import PostsPresenter
from cmdesk.ui.i18n import Formats
from cmdesk.ui.screens import NewPost
from cmdesk.ui.theme import Theme
from tests.ui.composer.stage import Stage


@pytest.fixture
def stage(tmp_path: Path, theme: Theme, english: Formats) -> Iterator[Stage]:
    stage = Stage(tmp_path / "desk", theme, english)
    yield stage
    stage.close()


@pytest.mark.parametrize("numbered", [False, True])
def test_a_long_text_is_split_by_key_and_whole_again_by_undo(stage: Stage, numbered: bool) -> None:
    ws = stage.client("Levain fou")
    stage.link(ws, "rosa")
    presenter = stage.enter(ws)
    assert isinstance(presenter, PostsPresenter)
    presenter.reveal(NewPost(None))
    paper = stage.view.page.paper
    text = "Le four est chaud et le pain sort à sept heures. " * 30
    paper.insertPlainText(text)
    action = "posts.split_numbered" if numbered else "posts.split"
    next(one for one in presenter.actions() if one.id == action).run()
    parts = split_thread(paper.text())
    assert len(parts) == 3
    assert all(len(part) <= 500 for part in parts)
    assert parts[0].endswith("1/3" if numbered else "heures.")
    paper.undo()
    assert paper.text() == text


def test_what_fits_is_left_alone_and_said(stage: Stage) -> None:
    ws = stage.client("Levain fou")
    stage.link(ws, "rosa")
    presenter = stage.enter(ws)
    assert isinstance(presenter, PostsPresenter)
    presenter.reveal(NewPost(None))
    stage.view.page.paper.insertPlainText("Court.")
    next(one for one in presenter.actions() if one.id == "posts.split").run()
    assert stage.view.page.paper.text() == "Court."
    assert stage.shell.toasts[-1][0].startswith("Nothing to split")
