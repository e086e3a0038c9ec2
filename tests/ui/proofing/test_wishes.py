"""What a client wants of its texts: shown as kept, kept as written, refused with a sentence, and read by at once."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cmdesk.domain.client import Colour
from cmdesk.domain.language import Address, Blocking, Inclusive, Term, Voice, Wishes
from cmdesk.services import checking
from cmdesk.ui.i18n import Formats
from cmdesk.ui.proofing.wishesdialog import WishesDialog
from cmdesk.ui.screens import NewPost
from cmdesk.ui.theme import Theme
from tests.ui.composer.stage import Stage

WISHES = Wishes(
    words=("Levain fou", "Zoé"),
    glossary=(Term("clientèle", "gens du quartier", "plus chaleureux"), Term("cheap"), Term("stop", "arrêt")),
    forbidden=("gratuit",),
    voice=Voice(Address.TU, 1, 3, None, 25),
    inclusive=Inclusive.DOUBLETS,
    ignored=("fr.x=y",),
    hints=True,
    blocking=Blocking.SURE,
)


@pytest.fixture
def stage(tmp_path: Path, theme: Theme, english: Formats) -> Iterator[Stage]:
    stage = Stage(tmp_path / "desk", theme, english)
    yield stage
    stage.close()


@pytest.mark.parametrize("wishes", [WISHES, Wishes()])
def test_what_is_kept_is_what_is_shown(theme: Theme, qtbot: QtBot, wishes: Wishes) -> None:
    dialog = WishesDialog(theme, None, "Levain fou", Colour.TEAL, wishes)
    qtbot.addWidget(dialog)
    assert dialog.wishes() == wishes


def test_an_arrow_may_be_written_with_two_signs_and_ignored_remarks_come_back(theme: Theme, qtbot: QtBot) -> None:
    dialog = WishesDialog(theme, None, "Levain fou", Colour.TEAL, WISHES)
    qtbot.addWidget(dialog)
    dialog.glossary.setPlainText("fin de semaine -> week-end\n\n")
    dialog._ignored.click()
    assert dialog.wishes().glossary == (Term("fin de semaine", "week-end"),)
    assert dialog.wishes().ignored == ()
    assert not dialog._ignored.isVisible()


def test_wishes_are_kept_from_the_page_or_refused_there(stage: Stage, qtbot: QtBot) -> None:
    ws = stage.client("Levain fou")
    stage.link(ws, "rosa")
    presenter = stage.enter(ws)
    stage.view.show()
    presenter.reveal(NewPost(None))
    stage.view.page.proof.wishes_wanted.emit()
    dialog = stage.view.window().findChild(WishesDialog)
    assert isinstance(dialog, WishesDialog)
    dialog.words.setPlainText("x" * 500)
    dialog.kept.emit(dialog.wishes())
    qtbot.waitUntil(lambda: bool(dialog._problem.text()), timeout=20_000)
    assert checking.wishes(ws) == Wishes()

    dialog.words.setPlainText("Levain fou")
    dialog.kept.emit(dialog.wishes())
    qtbot.waitUntil(lambda: checking.wishes(ws).words == ("Levain fou",), timeout=20_000)
