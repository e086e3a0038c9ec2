"""What goes with a post beside its words is chosen on the page, kept with the post, and shown again."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from cmdesk.domain.extras import Extras, Replier
from cmdesk.domain.ids import AccountId
from cmdesk.domain.limits import Limits
from cmdesk.domain.post import Post, content_for
from cmdesk.domain.quota import Quota
from cmdesk.services import composing, linking
from cmdesk.services.workspace import Workspace
from cmdesk.store import accounts
from cmdesk.store.database import reading
from cmdesk.ui.composer.page import Page
from cmdesk.ui.i18n import Formats
from cmdesk.ui.screens import NewPost
from cmdesk.ui.theme import Theme
from tests.ui.composer.stage import Stage


@pytest.fixture
def stage(tmp_path: Path, theme: Theme, english: Formats, qtbot: QtBot) -> Iterator[Stage]:
    made = Stage(tmp_path / "desk", theme, english)
    yield made
    made.close()


@pytest.fixture
def bakery(stage: Stage) -> Workspace:
    return stage.client("Boulangerie Levain & fils")


def gated(stage: Stage, ws: Workspace, name: str) -> AccountId:
    """An account on a network that knows all of it."""
    account = stage.link(ws, name)

    async def widen() -> None:
        limits = Limits(read_at=ws.clock.now(), quotes=True, gates=True, max_labels=10)
        with ws.write() as session:
            roles = accounts.account(reading(session), account).roles
            accounts.set_profile(session, account, "fake 1.0", limits, roles)

    stage.do(widen())
    return account


def named(page: Page, kind: type[QWidget], name: str) -> QWidget:
    return next(one for one in page.findChildren(kind) if one.accessibleName() == name)


def press(page: Page, name: str) -> None:
    button = named(page, QAbstractButton, name)
    assert isinstance(button, QAbstractButton)
    button.click()


def begin(stage: Stage, ws: Workspace) -> Page:
    presenter = stage.enter(ws)
    stage.view.resize(1280, 800)
    stage.view.show()
    presenter.reveal(NewPost(None))
    return stage.view.page


def only(ws: Workspace) -> Post:
    [row] = composing.post_rows(ws)
    return composing.load(ws, row.id)


def test_a_first_comment_is_typed_kept_and_taken_away(stage: Stage, bakery: Workspace, qtbot: QtBot) -> None:
    stage.link(bakery, "rosa")
    page = begin(stage, bakery)
    page.paper.insertPlainText("Le pain du jour")
    assert not page.comment.isVisible()
    press(page, "First comment")
    assert page.comment.isVisible()
    field = named(page, QPlainTextEdit, "First comment")
    assert isinstance(field, QPlainTextEdit)
    field.insertPlainText("La recette est sur le site")
    qtbot.waitUntil(lambda: bool(composing.post_rows(bakery)) and bool(only(bakery).extras.first_comment), timeout=5000)
    post = only(bakery)
    assert post.extras == Extras(first_comment="La recette est sur le site")
    assert [part.text for part in content_for(post, post.accounts[0]).parts] == [
        "Le pain du jour",
        "La recette est sur le site",
    ]
    press(page, "Remove the first comment")
    qtbot.waitUntil(lambda: only(bakery).extras == Extras(), timeout=5000)
    assert not page.comment.isVisible()


def test_doors_labels_and_languages_are_offered_where_a_network_knows_them(stage: Stage, bakery: Workspace, qtbot: QtBot) -> None:
    plain = stage.link(bakery, "rosa")
    page = begin(stage, bakery)
    page.paper.insertPlainText("Bonjour")
    door = named(page, QAbstractButton, "Quote, who may answer, labels")
    assert isinstance(door, QAbstractButton)
    assert not door.isVisible()
    stage.leave()
    gated(stage, bakery, "leo")
    page = begin(stage, bakery)
    page.paper.insertPlainText("Bonjour à tous")
    assert door.isVisible()
    door.click()
    who, second = named(page, QComboBox, "Who may answer"), named(page, QComboBox, "Second language of the post")
    assert isinstance(who, QComboBox)
    assert isinstance(second, QComboBox)
    who.setCurrentIndex(3)
    who.activated.emit(3)
    second.activated.emit(second.count() - 1)
    press(page, "Nudity")
    quotable = next(one for one in page.findChildren(QAbstractButton) if one.text() == "May be quoted")
    quotable.click()
    quote = named(page, QLineEdit, "Address of the post to quote")
    assert isinstance(quote, QLineEdit)
    QTest.keyClicks(quote, "https://bsky.app/profile/a.test/post/3l2aaaaaaaa2a")
    wanted = Extras(
        quote="https://bsky.app/profile/a.test/post/3l2aaaaaaaa2a",
        repliers=(Replier.MENTIONED,),
        quotable=False,
        content_labels=("nudity",),
        languages=(second.itemData(second.count() - 1),),
    )

    def kept() -> list[Extras]:
        return [composing.load(bakery, row.id).extras for row in composing.post_rows(bakery)]

    qtbot.waitUntil(lambda: wanted in kept(), timeout=5000)
    folder = os.environ.get("CMDESK_LOOK")
    if folder:
        QApplication.processEvents()
        stage.view.grab().save(f"{folder}/beside.png")
    # The other account's network knows none of it, and says so; a quote it can't show stops it.
    told = {one.code for one in composing.problems(only_with(bakery, wanted), linking.accounts(bakery))[plain]}
    assert {"quote_not_supported", "gate_not_supported", "labels_not_supported"} <= told
    assert quote.focusPolicy() is not Qt.FocusPolicy.NoFocus


def only_with(ws: Workspace, extras: Extras) -> Post:
    return next(post for row in composing.post_rows(ws) if (post := composing.load(ws, row.id)).extras == extras)


def test_a_chip_says_what_its_network_still_takes(stage: Stage, bakery: Workspace) -> None:
    rosa = stage.link(bakery, "rosa")
    now = bakery.clock.now()

    async def told() -> None:
        with bakery.write() as session:
            hour = Quota("write", 12, 5000, now + timedelta(minutes=30), now)
            over = Quota("write_day", 9, 35_000, now - timedelta(minutes=1), now)
            accounts.note_quotas(session, rosa, (hour, over, Quota("read", 5, 300, now + timedelta(minutes=5), now)))

    stage.do(told())
    page = begin(stage, bakery)
    page.paper.insertPlainText("Bonjour")
    page.targets.chip(rosa).click()
    if not page.targets.chip(rosa).isChecked():
        page.targets.chip(rosa).click()
    tip = page.targets.chip(rosa).toolTip().splitlines()
    assert len(tip) == 2
    assert "12 of 5,000" in tip[1]
    assert page.targets.chip(rosa).accessibleDescription() == tip[1]
