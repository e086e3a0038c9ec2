"""The posts room on a real client's file: typed, kept, planned, decided, and never in another client's name."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from random import Random

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QLocale, QMimeData, QPoint, QPointF, Qt, QTranslator, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from cmdesk import resources
from cmdesk.domain.delivery import State
from cmdesk.domain.errors import DiskFull
from cmdesk.domain.ids import PostId
from cmdesk.domain.post import Poll, Post, PostEdit, edit_of
from cmdesk.domain.schedule import resolve
from cmdesk.services import composing, planning, publishing, spooling
from cmdesk.services.spooling import FOLDER, Spool, Spooled
from cmdesk.services.workspace import Workspace
from cmdesk.ui.composer.keeping import AGAIN_MS, Keeper
from cmdesk.ui.composer.page import Page
from cmdesk.ui.composer.presenter import PostsPresenter
from cmdesk.ui.composer.sending import NOW, TYPING
from cmdesk.ui.composer.view import DRAFTS, NEEDS_YOU
from cmdesk.ui.i18n import Formats, Tongue, Words
from cmdesk.ui.screens import NewPost, Target
from cmdesk.ui.theme import Theme
from cmdesk.ui.widgets.decision import Ask, DecisionCard
from tests.ui.composer.stage import Stage


@pytest.fixture
def stage(tmp_path: Path, theme: Theme, english: Formats, qtbot: QtBot) -> Iterator[Stage]:
    made = Stage(tmp_path / "desk", theme, english)
    yield made
    made.close()


@pytest.fixture
def bakery(stage: Stage) -> Workspace:
    return stage.client("Boulangerie Levain & fils")


def stored(stage: Stage, ws: Workspace) -> list[Post]:
    return [composing.load(ws, row.id) for row in composing.post_rows(ws)]


def begin(stage: Stage, ws: Workspace, moment: datetime | None = None) -> Page:
    presenter = stage.enter(ws)
    stage.view.resize(1200, 760)
    stage.view.show()
    presenter.reveal(NewPost(moment))
    return stage.view.page


def paste(page: Page, text: str) -> None:
    data = QMimeData()
    data.setText(text)
    page.paper.insertFromMimeData(data)


def test_what_is_typed_is_stored_without_being_asked(stage: Stage, bakery: Workspace, qtbot: QtBot) -> None:
    rosa = stage.link(bakery, "rosa")
    page = begin(stage, bakery)
    QTest.keyClicks(page.paper, "Du pain, demain")
    qtbot.waitUntil(lambda: [post.text for post in stored(stage, bakery)] == ["Du pain, demain"])
    assert stored(stage, bakery)[0].accounts == (rosa,)
    QTest.keyClicks(page.paper, " matin")
    qtbot.waitUntil(lambda: [post.text for post in stored(stage, bakery)] == ["Du pain, demain matin"])


def test_an_empty_sheet_leaves_nothing_behind(stage: Stage, bakery: Workspace, qtbot: QtBot) -> None:
    stage.link(bakery, "rosa")
    page = begin(stage, bakery)
    QTest.keyClicks(page.paper, "x")
    QTest.keyClick(page.paper, Qt.Key.Key_Backspace)
    stage.leave()
    assert stored(stage, bakery) == []


def test_leaving_at_once_keeps_the_last_letter(stage: Stage, bakery: Workspace, qtbot: QtBot) -> None:
    stage.link(bakery, "rosa")
    page = begin(stage, bakery)
    QTest.keyClicks(page.paper, "Vite, avant de partir")
    stage.leave()
    qtbot.waitUntil(lambda: [post.text for post in stored(stage, bakery)] == ["Vite, avant de partir"])


def test_leaving_while_the_first_save_is_under_way_makes_one_post(stage: Stage, bakery: Workspace, qtbot: QtBot) -> None:
    stage.link(bakery, "rosa")
    page = begin(stage, bakery)
    presenter = stage.presenter
    assert isinstance(presenter, PostsPresenter)
    QTest.keyClicks(page.paper, "Un")
    presenter._save_now()
    QTest.keyClicks(page.paper, " deux")
    stage.leave()
    qtbot.waitUntil(lambda: [post.text for post in stored(stage, bakery)] == ["Un deux"])


def test_a_full_disk_keeps_the_words_on_the_screen(
    stage: Stage, bakery: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.link(bakery, "rosa")
    page = begin(stage, bakery)

    async def full(*_call: object) -> Post:
        raise DiskFull

    with monkeypatch.context() as patch:
        patch.setattr(composing, "create", full)
        QTest.keyClicks(page.paper, "Gardez ceci")
        qtbot.waitUntil(page.banner.isVisible)
        assert page.paper.text() == "Gardez ceci"
    presenter = stage.presenter
    assert isinstance(presenter, PostsPresenter)
    presenter._save_now()
    qtbot.waitUntil(lambda: [post.text for post in stored(stage, bakery)] == ["Gardez ceci"])
    qtbot.waitUntil(page.banner.isHidden)


def test_words_that_cannot_be_stored_after_leaving_come_back(
    stage: Stage, bakery: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.link(bakery, "rosa")
    page = begin(stage, bakery)
    QTest.keyClicks(page.paper, "Pas perdu")

    async def full(*_call: object) -> Post:
        raise DiskFull

    monkeypatch.setattr(composing, "create", full)
    stage.leave()
    qtbot.waitUntil(lambda: bool(stage.shell.went))
    target = stage.shell.went[-1]
    assert (target.room, target.client) == ("posts", bakery.client.id)
    assert isinstance(target.item, Spooled)
    assert target.item.edit.text == "Pas perdu"
    monkeypatch.undo()
    stage.enter(bakery).reveal(target.item)
    qtbot.waitUntil(lambda: [post.text for post in stored(stage, bakery)] == ["Pas perdu"])
    qtbot.waitUntil(lambda: not spooling.waiting(bakery).words)


def refuse(patch: pytest.MonkeyPatch) -> None:
    async def full(*_call: object) -> Post:
        raise DiskFull

    patch.setattr(composing, "create", full)
    patch.setattr(composing, "save", full)


def test_the_banner_stays_until_the_store_has_the_words(
    stage: Stage, bakery: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.link(bakery, "rosa")
    page = begin(stage, bakery)
    with monkeypatch.context() as patch:
        refuse(patch)
        QTest.keyClicks(page.paper, "Gardez")
        qtbot.waitUntil(page.banner.isVisible)
        assert [words.edit.text for words in spooling.waiting(bakery).words] == ["Gardez"]
        QTest.keyClicks(page.paper, " ceci")
        assert page.sending._saved.text() == "Not saved"
        qtbot.waitUntil(lambda: [one.edit.text for one in spooling.waiting(bakery).words] == ["Gardez ceci"])
        assert page.banner.isVisible()
    again = page.findChild(Keeper)
    assert again is not None
    qtbot.waitUntil(again._again.isActive)
    assert again._again.interval() == AGAIN_MS
    again._again.start(0)
    qtbot.waitUntil(page.banner.isHidden)
    assert [post.text for post in stored(stage, bakery)] == ["Gardez ceci"]
    assert spooling.waiting(bakery).words == ()


def test_a_program_closed_while_the_disk_is_full_offers_the_words_again(
    stage: Stage, bakery: Workspace, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    stage.link(bakery, "rosa")
    page = begin(stage, bakery)
    with monkeypatch.context() as patch:
        refuse(patch)
        QTest.keyClicks(page.paper, "Pas perdu")
        stage.leave()
        qtbot.waitUntil(lambda: bool(spooling.waiting(bakery).words))
    stage.enter(bakery)
    assert not stage.view.writing
    assert "not stored" in stage.view.hint._title.text()
    stage.view.hint_pressed.emit()
    assert page.paper.text() == "Pas perdu"
    qtbot.waitUntil(lambda: [post.text for post in stored(stage, bakery)] == ["Pas perdu"])
    qtbot.waitUntil(lambda: not spooling.waiting(bakery).words)
    stage.enter(bakery)
    assert "not stored" not in stage.view.hint._title.text()


def test_words_that_waited_meet_what_was_stored_meanwhile_as_a_conflict(stage: Stage, bakery: Workspace, qtbot: QtBot) -> None:
    rosa = stage.link(bakery, "rosa")
    post = stage.post(bakery, "Du pain", rosa)
    Spool(bakery).put(post, replace(edit_of(post), text="Du pain, ici"))
    stage.do(composing.save(bakery, post.id, replace(edit_of(post), text="Ailleurs"), post.revision))
    stage.enter(bakery).reveal(post.id)
    stage.view.show()
    page = stage.view.page
    assert page.paper.text() == "Du pain, ici"
    qtbot.waitUntil(page.banner.isVisible)
    page.banner.findChildren(QAbstractButton)[1].click()
    qtbot.waitUntil(lambda: composing.load(bakery, post.id).text == "Du pain, ici")
    qtbot.waitUntil(lambda: not spooling.waiting(bakery).words)


def test_words_that_waited_for_a_post_that_is_out_become_a_new_one(stage: Stage, bakery: Workspace, qtbot: QtBot) -> None:
    rosa = stage.link(bakery, "rosa")
    post = stage.post(bakery, "Du pain", rosa)
    Spool(bakery).put(post, replace(edit_of(post), text="Trop tard"))
    stage.do(planning.now(bakery, post.id))
    stage.do(publishing.Publisher(stage.desk, stage.clock, Random(1)).tick(bakery))
    stage.enter(bakery).reveal(post.id)
    qtbot.waitUntil(lambda: {one.text for one in stored(stage, bakery)} == {"Du pain", "Trop tard"})
    assert composing.load(bakery, post.id).text == "Du pain"


@pytest.mark.expects_log("cannot be read")
def test_a_damaged_file_of_words_is_said(stage: Stage, bakery: Workspace) -> None:
    (bakery.folder / FOLDER).mkdir()
    (bakery.folder / FOLDER / "new-1.json").write_text("{")
    stage.enter(bakery)
    assert "new-1.damaged" in stage.shell.toasts[0][0]


def test_leaving_with_a_conflict_loses_nothing(stage: Stage, bakery: Workspace, qtbot: QtBot) -> None:
    rosa = stage.link(bakery, "rosa")
    post = stage.post(bakery, "Du pain", rosa)
    presenter = stage.enter(bakery)
    stage.view.show()
    presenter.reveal(post.id)
    page = stage.view.page
    page.paper.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(page.paper, ", ici")
    stage.do(composing.save(bakery, post.id, PostEdit(text="Ailleurs"), post.revision))
    qtbot.waitUntil(page.banner.isVisible)
    QTest.keyClicks(page.paper, " encore")
    stage.leave()
    assert [words.edit.text for words in spooling.waiting(bakery).words] == ["Du pain, ici encore"]
    assert isinstance(stage.shell.went[-1].item, Spooled)


def test_saved_turns_quiet_while_typing(stage: Stage, bakery: Workspace, qtbot: QtBot) -> None:
    stage.link(bakery, "rosa")
    page = begin(stage, bakery)
    QTest.keyClicks(page.paper, "a")
    assert page.sending._saved.text() == TYPING
    qtbot.waitUntil(lambda: page.sending._saved.text() == "Saved")
    QTest.keyClicks(page.paper, "b")
    assert page.sending._saved.text() == TYPING
    qtbot.waitUntil(lambda: page.sending._saved.text() == "Saved")


def test_pressing_publish_and_leaving_at_once_still_publishes(stage: Stage, bakery: Workspace, qtbot: QtBot) -> None:
    rosa = stage.link(bakery, "rosa")
    other = stage.post(bakery, "Autre", rosa)
    page = begin(stage, bakery, datetime.fromisoformat("2026-12-02T09:30"))
    presenter = stage.presenter
    assert presenter is not None
    QTest.keyClicks(page.paper, "Du pain")
    qtbot.waitUntil(page.sending.primary.isEnabled)
    QTest.keyClicks(page.paper, " frais")
    page.sending.primary.click()
    presenter.reveal(other.id)
    qtbot.waitUntil(lambda: [one.text for one in stored(stage, bakery) if one.approved] == ["Du pain frais"])
    assert page.paper.text() == "Autre"


def test_pictures_that_arrive_after_leaving_go_to_their_own_post(
    stage: Stage, bakery: Workspace, qtbot: QtBot, tmp_path: Path
) -> None:
    rosa = stage.link(bakery, "rosa")
    one, other = stage.post(bakery, "Une", rosa), stage.post(bakery, "Autre", rosa)
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    image.save(str(tmp_path / "un.png"))
    presenter = stage.enter(bakery)
    presenter.reveal(one.id)
    page = stage.view.page
    page.files_given.emit([str(tmp_path / "un.png")])
    presenter.reveal(other.id)
    qtbot.waitUntil(lambda: len(composing.load(bakery, one.id).media) == 1, timeout=30_000)
    assert composing.load(bakery, other.id).media == ()
    assert page.paper.text() == "Autre"
    assert page.media._tiles == {}


def test_a_pasted_picture_is_taken_in(stage: Stage, bakery: Workspace, qtbot: QtBot) -> None:
    stage.link(bakery, "rosa")
    page = begin(stage, bakery)
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.green)
    clipboard = QApplication.clipboard()
    clipboard.setImage(image)
    page.paper.setFocus()
    QTest.keyClick(page.paper, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(
        lambda: [[item.original_name for item in post.media] for post in stored(stage, bakery)] == [["Pasted picture.png"]],
        timeout=30_000,
    )
    clipboard.clear()
    assert page.paper.text() == ""
    assert list(bakery.media_folder.glob(".taking-*")) == []


def test_files_can_be_dropped_anywhere_on_the_page(stage: Stage, bakery: Workspace, qtbot: QtBot, tmp_path: Path) -> None:
    stage.link(bakery, "rosa")
    image = QImage(40, 30, QImage.Format.Format_RGB32)
    image.fill(Qt.GlobalColor.red)
    image.save(str(tmp_path / "un.png"))
    page = begin(stage, bakery)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "un.png"))])
    buttons, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for place in (page, page.paper.viewport()):
        middle = QPointF(page.rect().center())
        enter = QDragEnterEvent(middle.toPoint(), Qt.DropAction.CopyAction, data, buttons, keys)
        QApplication.sendEvent(place, enter)
        assert enter.isAccepted()
        QApplication.sendEvent(place, QDropEvent(middle, Qt.DropAction.CopyAction, data, buttons, keys))
        qtbot.waitUntil(lambda: len(page.media._tiles) == 1, timeout=30_000)
        page.media.removed.emit(next(iter(page.media._tiles)))
        assert page.media._tiles == {}
    words = QMimeData()
    words.setText("Du pain")
    enter = QDragEnterEvent(QPoint(5, 5), Qt.DropAction.CopyAction, words, buttons, keys)
    QApplication.sendEvent(page, enter)
    assert not enter.isAccepted()


def test_a_change_elsewhere_is_never_overwritten_in_silence(stage: Stage, bakery: Workspace, qtbot: QtBot) -> None:
    rosa = stage.link(bakery, "rosa")
    post = stage.post(bakery, "Du pain", rosa)
    presenter = stage.enter(bakery)
    stage.view.show()
    presenter.reveal(post.id)
    page = stage.view.page
    page.paper.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(page.paper, ", ici")
    stage.do(composing.save(bakery, post.id, PostEdit(text="Du pain, ailleurs"), post.revision))
    qtbot.waitUntil(page.banner.isVisible)
    assert page.paper.text() == "Du pain, ici"
    assert composing.load(bakery, post.id).text == "Du pain, ailleurs"
    page.banner.findChildren(QAbstractButton)[1].click()
    qtbot.waitUntil(lambda: composing.load(bakery, post.id).text == "Du pain, ici")


def test_the_other_version_can_be_taken(stage: Stage, bakery: Workspace, qtbot: QtBot) -> None:
    rosa = stage.link(bakery, "rosa")
    post = stage.post(bakery, "Du pain", rosa)
    presenter = stage.enter(bakery)
    stage.view.show()
    presenter.reveal(post.id)
    page = stage.view.page
    QTest.keyClicks(page.paper, "Ici. ")
    stage.do(composing.save(bakery, post.id, PostEdit(text="Ailleurs", variants=post.variants), post.revision))
    qtbot.waitUntil(page.banner.isVisible)
    page.banner.findChildren(QAbstractButton)[2].click()
    assert page.paper.text() == "Ailleurs"
    stage.leave()
    assert composing.load(bakery, post.id).text == "Ailleurs"


def test_a_change_elsewhere_is_shown_while_nobody_types(stage: Stage, bakery: Workspace, qtbot: QtBot) -> None:
    rosa = stage.link(bakery, "rosa")
    post = stage.post(bakery, "Du pain", rosa)
    stage.enter(bakery).reveal(post.id)
    stage.do(composing.save(bakery, post.id, PostEdit(text="Des brioches", variants=post.variants), post.revision))
    qtbot.waitUntil(lambda: stage.view.page.paper.text() == "Des brioches")


def test_a_variant_is_written_and_reverted(stage: Stage, bakery: Workspace, qtbot: QtBot) -> None:
    rosa, fournil = stage.link(bakery, "rosa"), stage.link(bakery, "fournil")
    post = stage.post(bakery, "Du pain", rosa, fournil)
    stage.enter(bakery).reveal(post.id)
    stage.view.show()
    page = stage.view.page
    page.tab_chosen.emit(fournil)
    page.paper.moveCursor(QTextCursor.MoveOperation.End)
    QTest.keyClicks(page.paper, " au four")
    qtbot.waitUntil(lambda: composing.load(bakery, post.id).variant(fournil).text == "Du pain au four")
    assert composing.load(bakery, post.id).text == "Du pain"
    qtbot.waitUntil(page._revert.isVisible)
    page._revert.click()
    assert page.paper.text() == "Du pain"
    qtbot.waitUntil(lambda: composing.load(bakery, post.id).variant(fournil).text is None)


def test_ten_thousand_characters_pasted_arrive_whole_and_clean(stage: Stage, bakery: Workspace, qtbot: QtBot) -> None:
    stage.link(bakery, "rosa")
    page = begin(stage, bakery)
    text = ("Le pain\u00a0: « oui » שלום مرحبا 👩‍🍳\n" * 400)[:10_000]
    paste(page, "\x00\x07\u202e" + text + "\ufffc")
    assert page.paper.text() == text
    qtbot.waitUntil(lambda: [post.text for post in stored(stage, bakery)] == [text])
    qtbot.waitUntil(lambda: any(line.block for line in page.problems.lines))
    assert not page.sending.primary.isEnabled()
    page.paper.undo()
    assert page.paper.text() == ""


def test_a_line_of_dashes_counts_each_part(stage: Stage, bakery: Workspace, qtbot: QtBot) -> None:
    stage.link(bakery, "rosa")
    page = begin(stage, bakery)
    paste(page, "Un\n---\nDeux mots\n---\n" + "x" * 501)
    qtbot.waitUntil(lambda: len(page.paper._counts) == 3)
    assert [count.count for count in page.paper._counts] == [2, 9, 501]
    assert [line.sentence.startswith("Part 3") for line in page.problems.lines if line.block] == [True]


def test_scheduling_names_the_account_and_the_client(stage: Stage, bakery: Workspace, qtbot: QtBot) -> None:
    stage.link(bakery, "rosa")
    page = begin(stage, bakery, datetime.fromisoformat("2026-12-02T09:30"))
    QTest.keyClicks(page.paper, "Du pain")
    qtbot.waitUntil(page.sending.primary.isEnabled)
    assert "Levain && fils" in page.sending.primary.text()
    page.sending.primary.click()
    qtbot.waitUntil(lambda: bool(stage.shell.toasts))
    post = stored(stage, bakery)[0]
    (delivery,) = planning.deliveries(bakery, post.id)
    assert delivery.planned == resolve(datetime.fromisoformat("2026-12-02T09:30"), "America/Toronto", stage.clock.tzdata)
    assert stage.shell.questions == []
    undo = stage.shell.toasts[0][1]
    assert undo is not None
    undo()
    qtbot.waitUntil(lambda: planning.deliveries(bakery, post.id)[0].state is State.CANCELLED)


def test_publishing_now_asks_first_and_no_means_no(stage: Stage, bakery: Workspace, qtbot: QtBot) -> None:
    stage.link(bakery, "rosa")
    stage.link(bakery, "fournil")
    page = begin(stage, bakery)
    QTest.keyClicks(page.paper, "Du pain")
    page.sending.show_when(NOW, None, "")
    page.sending.mode_changed.emit(NOW)
    qtbot.waitUntil(page.sending.primary.isEnabled)
    stage.shell.answer = False
    page.sending.primary.click()
    (question,) = stage.shell.questions
    assert question.client == bakery.client.id
    assert "@rosa@" in question.text
    assert "@fournil@" in question.text
    stage.shell.answer = True
    page.sending.primary.click()
    qtbot.waitUntil(lambda: bool(stage.shell.toasts))
    assert len(planning.deliveries(bakery, stored(stage, bakery)[0].id)) == 2


def test_nothing_can_be_sent_without_account_time_or_words(stage: Stage, bakery: Workspace, qtbot: QtBot) -> None:
    rosa = stage.link(bakery, "rosa")
    page = begin(stage, bakery)
    assert not page.sending.primary.isEnabled()
    QTest.keyClicks(page.paper, "Du pain")
    qtbot.waitUntil(lambda: "date" in page.sending._note.text())
    assert not page.sending.primary.isEnabled()
    page.sending.show_when("later", datetime.fromisoformat("2026-11-30T09:00"), "")
    page.sending.moment_changed.emit(None)
    assert "passed" in page.sending._note.text()
    page.targets.toggled.emit(rosa, False)
    assert "account" in page.sending._note.text()
    assert not page.sending.primary.isEnabled()


def test_an_hour_that_does_not_exist_is_said(stage: Stage, bakery: Workspace, qtbot: QtBot) -> None:
    stage.link(bakery, "rosa")
    page = begin(stage, bakery, datetime.fromisoformat("2027-03-14T02:30"))
    QTest.keyClicks(page.paper, "Du pain")
    qtbot.waitUntil(lambda: "does not exist" in page.sending._note.text())
    qtbot.waitUntil(page.sending.primary.isEnabled)
    assert "does not exist" in page.sending._note.text()


def late_post(stage: Stage, ws: Workspace) -> Post:
    rosa = stage.link(ws, "rosa")
    post = stage.post(ws, "La fournée de 16 h", rosa)
    stage.do(planning.schedule(ws, post.id, resolve(datetime.fromisoformat("2026-12-01T09:30"), "America/Toronto")))
    stage.clock.advance(3 * 3600)
    stage.do(publishing.Publisher(stage.desk, stage.clock, Random(1)).tick(ws))
    return post


def test_a_late_post_is_decided_where_it_stands(stage: Stage, bakery: Workspace, qtbot: QtBot) -> None:
    post = late_post(stage, bakery)
    stage.enter(bakery).reveal(post.id)
    stage.view.show()
    card = stage.view.page.findChild(DecisionCard)
    assert card is not None
    stage.shell.answer = False
    card._by_ask[Ask.DROP].click()
    assert planning.deliveries(bakery, post.id)[0].state is State.HELD
    stage.shell.answer = True
    card._by_ask[Ask.MOVE].click()
    card._moment._take(datetime.fromisoformat("2026-12-02T08:00"))
    card._do_move.click()
    qtbot.waitUntil(lambda: planning.deliveries(bakery, post.id)[0].state is State.PLANNED)
    assert planning.deliveries(bakery, post.id)[0].planned.wall == datetime.fromisoformat("2026-12-02T08:00")


def test_what_is_out_is_not_edited_unasked(stage: Stage, bakery: Workspace, qtbot: QtBot) -> None:
    rosa = stage.link(bakery, "rosa")
    post = stage.post(bakery, "Du pain", rosa)
    stage.do(planning.now(bakery, post.id))
    stage.do(publishing.Publisher(stage.desk, stage.clock, Random(1)).tick(bakery))
    assert planning.deliveries(bakery, post.id)[0].state is State.SENT
    stage.enter(bakery).reveal(post.id)
    page = stage.view.page
    assert page.paper.isReadOnly()
    page.targets.toggled.emit(rosa, False)
    stage.leave()
    assert edit_of(composing.load(bakery, post.id)) == edit_of(post)


def test_filters_and_search_narrow_the_list(stage: Stage, bakery: Workspace, qtbot: QtBot) -> None:
    late_post(stage, bakery)
    stage.post(bakery, "Une ébauche de fougasse")
    stage.enter(bakery)
    view = stage.view
    assert view.model.rowCount() == 2
    view.filtered.emit(NEEDS_YOU)
    assert [line.row.preview for line in view.model.rows] == ["La fournée de 16 h"]
    view.filtered.emit(DRAFTS)
    assert [line.row.preview for line in view.model.rows] == ["Une ébauche de fougasse"]
    view.searched.emit("ebauche foug")
    assert view.model.rowCount() == 1
    view.searched.emit("zzz")
    assert view.model.rowCount() == 0


def test_all_clients_are_only_read(stage: Stage, bakery: Workspace, qtbot: QtBot) -> None:
    theatre = stage.client("Théâtre de la Butte")
    play = stage.post(theatre, "Première ce soir")
    stage.post(bakery, "Du pain")
    presenter = stage.enter(stage.desk)
    assert stage.view.model.rowCount() == 2
    assert presenter.actions() == ()
    assert not stage.view.writing
    line = next(line for line in stage.view.model.rows if line.row.client == theatre.client.id)
    stage.view.entered.emit(line)
    assert stage.shell.went == [Target("posts", theatre.client.id, play.id)]


def test_nothing_of_a_client_stays_in_the_room_of_the_next(stage: Stage, bakery: Workspace, qtbot: QtBot) -> None:
    theatre = stage.client("Théâtre de la Butte")
    rosa = stage.link(bakery, "rosa")
    post = stage.post(bakery, "Secret de boulanger", rosa)
    stage.enter(bakery).reveal(post.id)
    stage.enter(theatre)
    assert not stage.view.writing
    assert stage.view.model.rowCount() == 0
    QTest.keyClicks(stage.view.page.paper, "x")
    stage.leave()
    assert composing.load(bakery, post.id).text == "Secret de boulanger"
    assert stored(stage, theatre) == []


def test_a_post_of_nobody_is_ignored(stage: Stage, bakery: Workspace, qtbot: QtBot) -> None:
    presenter = stage.enter(bakery)
    presenter.reveal(PostId(99))
    presenter.reveal("nonsense")
    assert not stage.view.writing


def test_pictures_come_in_in_order_with_their_alt_text(stage: Stage, bakery: Workspace, qtbot: QtBot, tmp_path: Path) -> None:
    stage.link(bakery, "rosa")
    files = []
    for name, colour in (("un.png", Qt.GlobalColor.red), ("deux.png", Qt.GlobalColor.blue)):
        image = QImage(40, 30, QImage.Format.Format_RGB32)
        image.fill(colour)
        image.save(str(tmp_path / name))
        files.append(str(tmp_path / name))
    (tmp_path / "rien.txt").write_text("rien")
    page = begin(stage, bakery)
    page.files_given.emit([*files, str(tmp_path / "rien.txt")])
    qtbot.waitUntil(lambda: len(page.media._tiles) == 2, timeout=30_000)
    qtbot.waitUntil(page.banner.isVisible)
    first = next(iter(page.media._tiles.values()))
    QTest.keyClicks(first._alt, "Une miche")
    qtbot.waitUntil(
        lambda: (
            [[(item.original_name, item.alt) for item in post.media] for post in stored(stage, bakery)]
            == [[("un.png", "Une miche"), ("deux.png", "")]]
        )
    )
    qtbot.waitUntil(lambda: first._look is not None and first._look.thumbnail is not None, timeout=30_000)


def test_the_keyboard_is_enough(stage: Stage, bakery: Workspace, qtbot: QtBot) -> None:
    rosa = stage.link(bakery, "rosa")
    stage.post(bakery, "Du pain", rosa)
    presenter = stage.enter(bakery)
    view = stage.view
    view.show()
    keys = {action.id: action.keys for action in presenter.actions()}
    assert keys["posts.new"] == ("Ctrl+N",)
    assert keys["posts.duplicate"] == ("Ctrl+D",)
    QTest.keyClick(view.list, Qt.Key.Key_J)
    assert view.writing
    QTest.keyClick(view.list, Qt.Key.Key_Return)
    assert view.page.paper.text() == "Du pain"
    left = []
    view.page.left.connect(lambda: left.append(True))
    QTest.keyClick(view.page.paper, Qt.Key.Key_Escape)
    assert left
    next(action for action in presenter.actions() if action.id == "posts.duplicate").run()
    qtbot.waitUntil(lambda: len(composing.post_rows(bakery)) == 2)


def test_everything_that_can_be_touched_has_a_name(stage: Stage, bakery: Workspace, qtbot: QtBot) -> None:
    stage.link(bakery, "rosa")
    stage.link(bakery, "fournil")
    page = begin(stage, bakery)
    QTest.keyClicks(page.paper, "Du pain")
    page.poll_wanted.emit()
    touched: list[QWidget] = []
    for kind in (QAbstractButton, QLineEdit, QComboBox, QPlainTextEdit):
        touched += page.findChildren(kind)
    nameless = [widget for widget in touched if not widget.isHidden() and not (widget.accessibleName() or widget.objectName())]
    assert [type(widget).__name__ for widget in nameless if widget.isVisibleTo(page)] == []


def test_the_language_changes_under_the_hands_of_who_types(stage: Stage, bakery: Workspace, qtbot: QtBot) -> None:
    stage.link(bakery, "rosa")
    stage.link(bakery, "fournil")
    page = begin(stage, bakery)
    QTest.keyClicks(page.paper, "Du pain")
    page.paper.moveCursor(QTextCursor.MoveOperation.Left)
    words = Words(resources.path("i18n"), Tongue.EN_CA)
    words.install()
    presenter = stage.presenter
    assert presenter is not None
    try:
        for tongue, button in ((Tongue.FR_CA, "Programmer"), (Tongue.EN_CA, "Schedule"), (Tongue.FR_CA, "Programmer")):
            words.choose(tongue)
            QApplication.processEvents()
            stage.shell.formats = words.formats
            presenter.retranslate()
            assert button in page.sending.primary.text()
            assert (page.paper.text(), page.paper.textCursor().position()) == ("Du pain", 6)
            assert stage.view.focusWidget() is page.paper
        QTest.keyClicks(page.paper, "i")
        assert page.paper.text() == "Du paiin"
        page.paper.undo()
        assert page.paper.text() != "Du paiin"
    finally:
        words.choose(Tongue.EN_CA)
        QApplication.processEvents()
        for translator in words.findChildren(QTranslator):
            QCoreApplication.removeTranslator(translator)
        QLocale.setDefault(QLocale("en_CA"))


def test_a_poll_is_written_changed_and_removed(stage: Stage, bakery: Workspace, qtbot: QtBot) -> None:
    stage.link(bakery, "rosa")
    page = begin(stage, bakery)
    QTest.keyClicks(page.paper, "Pain ou brioche ?")
    page.poll_wanted.emit()
    poll = page.poll
    assert poll.isVisible()
    assert stage.view.focusWidget() is poll._fields[0][1]
    for (_box, field, _button), words in zip(poll._fields, ("Pain", "Brioche"), strict=True):
        QTest.keyClicks(field, words)
    assert not poll._fields[0][2].isEnabled()
    poll._add.click()
    QTest.keyClicks(poll._fields[2][1], "Les deux")
    poll._several.click()
    poll._length.setCurrentIndex(2)
    poll._length.activated.emit(2)

    def polls() -> list[Poll | None]:
        return [post.poll for post in stored(stage, bakery)]

    qtbot.waitUntil(lambda: polls() == [Poll(("Pain", "Brioche", "Les deux"), 3600, multiple=True)])
    poll._add.click()
    assert not poll._add.isEnabled()
    poll._fields[3][2].click()
    poll._fields[1][2].click()
    qtbot.waitUntil(lambda: polls() == [Poll(("Pain", "Les deux"), 3600, multiple=True)])
    poll._remove.click()
    assert poll.isHidden()
    qtbot.waitUntil(lambda: polls() == [None])


def test_every_paragraph_runs_in_the_direction_of_its_letters(stage: Stage, bakery: Workspace) -> None:
    stage.link(bakery, "rosa")
    page = begin(stage, bakery)
    paste(page, "אנחנו @rosa\n\nDu pain")
    block = page.paper.document().begin()
    assert block.textDirection() is Qt.LayoutDirection.RightToLeft
    assert block.next().next().textDirection() is Qt.LayoutDirection.LeftToRight
    assert page.paper.document().defaultTextOption().textDirection() is Qt.LayoutDirection.LayoutDirectionAuto
    assert page.paper.document().defaultTextOption().alignment() == Qt.AlignmentFlag.AlignRight
    page.paper.selectAll()
    paste(page, "Du pain")
    assert page.paper.document().defaultTextOption().alignment() == Qt.AlignmentFlag.AlignLeft
