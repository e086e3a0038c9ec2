"""What is typed is read after a pause: marked where it stands, explained beside it, mended by one key, skipped for good."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QTextCursor
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from cmdesk.domain.language import Finding, Profile, Severity
from cmdesk.language.host import CheckerBroken
from cmdesk.language.protocol import Checked
from cmdesk.services import checking, linking, planning
from cmdesk.services.publishing import Publisher
from cmdesk.services.workspace import Workspace
from cmdesk.ui.composer.page import Page
from cmdesk.ui.composer.paper import Paper
from cmdesk.ui.composer.presenter import PostsPresenter
from cmdesk.ui.i18n import Formats
from cmdesk.ui.screens import NewPost
from cmdesk.ui.theme import Theme
from tests.ui.composer.stage import Stage


class Reader:
    """Finds "pommes verte" wherever it stands, and a double space; waits with its answer while ``gate`` is shut."""

    def __init__(self) -> None:
        self.read: list[str] = []
        self.gate: asyncio.Event | None = None
        self.broken = False

    async def __call__(self, _self: object, text: str, profile: Profile) -> Checked:
        self.read.append(text)
        if self.gate is not None:
            await self.gate.wait()
        if self.broken:
            raise CheckerBroken(reason="died")
        found = []
        for words, fix, severity, family in (
            ("verte", "vertes", Severity.BLOCK, "agreement"),
            ("  ", " ", Severity.WARN, "typography"),
            ("magasiner", "faire des achats", Severity.HINT, "terms"),
        ):
            place = text.find(words)
            if place >= 0 and f"fr.{family}={words}" not in profile.ignored and words not in profile.words:
                found.append(Finding(place, place + len(words), f"fr.{family}", family, severity, "Pourquoi", (fix,)))
        return Checked("fr-CA", tuple(found), ("grammalecte",))


@pytest.fixture
def reader(monkeypatch: pytest.MonkeyPatch) -> Reader:
    reader = Reader()

    async def read(self: object, text: str, profile: Profile) -> Checked:
        return await reader(self, text, profile)

    monkeypatch.setattr("cmdesk.services.proofreading.Proofreader.read", read)
    return reader


@pytest.fixture
def stage(tmp_path: Path, theme: Theme, english: Formats, reader: Reader) -> Iterator[Stage]:
    stage = Stage(tmp_path / "desk", theme, english)
    yield stage
    stage.close()


@pytest.fixture
def ws(stage: Stage) -> Workspace:
    ws = stage.client("Boulangerie")
    stage.link(ws, "rosa")
    return ws


def begin(stage: Stage, ws: Workspace) -> PostsPresenter:
    presenter = stage.enter(ws)
    assert isinstance(presenter, PostsPresenter)
    stage.view.resize(1280, 760)
    stage.view.show()
    presenter.reveal(NewPost(None))
    return presenter


def page_of(stage: Stage) -> Page:
    return stage.view.page


def write(paper: Paper, text: str) -> None:
    paper.insertPlainText(text)


def wait_for_marks(qtbot: QtBot, paper: Paper, count: int) -> None:
    qtbot.waitUntil(lambda: len(paper.marks.marks) == count, timeout=20_000)


def act(presenter: PostsPresenter, name: str) -> None:
    next(action for action in presenter.actions() if action.id == name).run()


def test_what_is_found_is_marked_after_emoji_too_and_mended_by_one_key(stage: Stage, ws: Workspace, qtbot: QtBot) -> None:
    presenter = begin(stage, ws)
    paper = page_of(stage).paper
    write(paper, "🍏🍏 Des pommes verte au marché.")

    wait_for_marks(qtbot, paper, 1)
    mark = paper.marks.marks[0]
    assert mark.cursor.selectedText() == "verte"
    assert page_of(stage).proof.state == "1 mistake(s)"

    act(presenter, "posts.next_finding")
    act(presenter, "posts.mend")
    assert paper.text() == "🍏🍏 Des pommes vertes au marché."
    assert paper.marks.marks == ()
    paper.undo()
    assert paper.text() == "🍏🍏 Des pommes verte au marché."


def test_a_mark_moves_with_its_words_and_dies_with_them(stage: Stage, ws: Workspace, qtbot: QtBot, reader: Reader) -> None:
    begin(stage, ws)
    paper = page_of(stage).paper
    write(paper, "Des pommes verte.")
    wait_for_marks(qtbot, paper, 1)
    reader.gate = asyncio.Event()  # the next reading never comes

    paper.moveCursor(QTextCursor.MoveOperation.Start)
    write(paper, "Voici ! ")
    (mark,) = paper.marks.marks
    assert (mark.cursor.selectionStart(), mark.cursor.selectedText()) == (19, "verte")

    cursor = QTextCursor(paper.document())
    cursor.setPosition(21)
    cursor.insertText("x")
    assert paper.marks.marks == ()
    stage.do(_set(reader.gate))


def test_an_answer_to_an_older_text_is_not_shown(stage: Stage, ws: Workspace, qtbot: QtBot, reader: Reader) -> None:
    begin(stage, ws)
    paper = page_of(stage).paper
    reader.gate = asyncio.Event()
    write(paper, "Des pommes verte.")
    qtbot.waitUntil(lambda: len(reader.read) == 1, timeout=20_000)

    write(paper, " Et des poires.")
    gate, reader.gate = reader.gate, None
    stage.do(_set(gate))
    qtbot.waitUntil(lambda: reader.read[-1].endswith("poires."), timeout=20_000)
    wait_for_marks(qtbot, paper, 1)
    assert reader.read == ["Des pommes verte.", "Des pommes verte. Et des poires."]


async def _set(gate: asyncio.Event) -> None:
    gate.set()


def test_all_that_is_sure_is_mended_with_one_undo(stage: Stage, ws: Workspace, qtbot: QtBot) -> None:
    presenter = begin(stage, ws)
    paper = page_of(stage).paper
    write(paper, "Des pommes verte  à magasiner.")
    wait_for_marks(qtbot, paper, 3)

    act(presenter, "posts.mend_sure")

    assert paper.text() == "Des pommes vertes à magasiner."
    paper.undo()
    assert paper.text() == "Des pommes verte  à magasiner."


def test_never_again_for_this_client_is_kept_and_can_be_taken_back(stage: Stage, ws: Workspace, qtbot: QtBot) -> None:
    begin(stage, ws)
    page = page_of(stage)
    write(page.paper, "On va magasiner.")
    wait_for_marks(qtbot, page.paper, 1)

    page.proof.cards[0].skipped.emit("always")

    qtbot.waitUntil(lambda: checking.wishes(ws).ignored == ("fr.terms=magasiner",), timeout=20_000)
    qtbot.waitUntil(lambda: bool(stage.shell.toasts), timeout=20_000)
    undo = stage.shell.toasts[-1][1]
    assert undo is not None
    undo()
    qtbot.waitUntil(lambda: checking.wishes(ws).ignored == (), timeout=20_000)
    wait_for_marks(qtbot, page.paper, 1)


def test_the_panel_says_what_is_missing_and_never_that_there_are_no_mistakes(stage: Stage, ws: Workspace, qtbot: QtBot) -> None:
    begin(stage, ws)
    page = page_of(stage)
    write(page.paper, "Des poires mûres.")
    qtbot.waitUntil(lambda: page.proof.state == "No mistake found", timeout=20_000)
    assert "Grammalecte" in page.proof._note.text()


def test_a_broken_checker_is_said_and_tried_again(stage: Stage, ws: Workspace, qtbot: QtBot, reader: Reader) -> None:
    begin(stage, ws)
    page = page_of(stage)
    reader.broken = True
    write(page.paper, "Des pommes verte.")
    qtbot.waitUntil(lambda: "could not be read" in page.proof._note.text(), timeout=20_000)

    reader.broken = False
    write(page.paper, " Voilà.")
    wait_for_marks(qtbot, page.paper, 1)
    assert "could not be read" not in page.proof._note.text()


def test_every_card_can_be_used_by_keyboard_and_heard(stage: Stage, ws: Workspace, qtbot: QtBot) -> None:
    begin(stage, ws)
    page = page_of(stage)
    write(page.paper, "Des pommes verte.")
    wait_for_marks(qtbot, page.paper, 1)
    (card,) = page.proof.cards
    assert card.accessibleName().startswith("Mistake, Agreement: verte")
    buttons = [button for button in card.findChildren(QPushButton) if button.text()]
    assert [button.accessibleName() for button in buttons] == ["Replace by “vertes”"]
    assert all(button.focusPolicy().value & 1 for button in buttons)


def test_marks_are_painted_under_their_words(stage: Stage, ws: Workspace, qtbot: QtBot, theme: Theme) -> None:
    begin(stage, ws)
    paper = page_of(stage).paper
    write(paper, "Des pommes verte.")
    qtbot.waitUntil(paper.isVisible)
    before = paper.viewport().grab().toImage()
    wait_for_marks(qtbot, paper, 1)
    after = paper.viewport().grab().toImage()
    changed = {
        x
        for x in range(before.width())
        for y in range(before.height())
        if before.pixelColor(x, y) != after.pixelColor(x, y) and after.pixelColor(x, y).red() > 150
    }
    cursor = QTextCursor(paper.document())
    cursor.setPosition(11)
    left = paper.cursorRect(cursor).left()
    cursor.setPosition(16)
    right = paper.cursorRect(cursor).left()
    assert changed
    assert left - 3 <= min(changed)
    assert max(changed) <= right + 3


def test_what_is_out_is_not_read_any_more(stage: Stage, ws: Workspace, qtbot: QtBot, reader: Reader) -> None:
    account = linking.accounts(ws)[0].id
    out = stage.post(ws, "Des pommes verte.", account)
    stage.do(planning.now(ws, out.id))
    stage.do(Publisher(stage.desk, stage.clock, random.Random(1)).tick())
    draft = stage.post(ws, "Des poires verte.", account)
    presenter = begin(stage, ws)

    presenter.reveal(out.id)
    page = page_of(stage)
    assert page.paper.isReadOnly()
    assert not page.proof.isVisibleTo(page)
    assert presenter._writer is not None
    presenter._writer.proof.read()
    presenter.reveal(draft.id)
    wait_for_marks(qtbot, page.paper, 1)
    assert page.proof.isVisibleTo(page)
    assert reader.read == ["Des poires verte."]
