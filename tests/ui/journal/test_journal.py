"""The journal on a real file: what was tried is there, a changed line is named, and the export is what was written."""

from __future__ import annotations

import asyncio
import random
import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cmdesk.domain.ids import DeliveryId
from cmdesk.domain.post import PostEdit, Variant
from cmdesk.domain.schedule import at_instant
from cmdesk.services import composing, freezing, journaling, planning
from cmdesk.services.desk import Desk
from cmdesk.services.publishing import Publisher
from cmdesk.services.workspace import Workspace
from cmdesk.ui.bridge import Bridge
from cmdesk.ui.i18n import Formats
from cmdesk.ui.journal.presenter import JournalPresenter
from cmdesk.ui.journal.view import JournalView
from cmdesk.ui.theme import Theme
from tests.helpers.clocks import FakeClock
from tests.helpers.desks import link, open_desk
from tests.helpers.fake_network import FakeNetwork
from tests.helpers.keyrings import InMemoryKeyring
from tests.ui.inbox.stage import AtOnce, RecordingShell


class Stage:
    """One client who published two posts, and its journal."""

    def __init__(self, folder: Path, theme: Theme, formats: Formats, keyring: InMemoryKeyring) -> None:
        clock = FakeClock()
        network = FakeNetwork(clock)
        self.bridge = Bridge(AtOnce())
        self.desk: Desk = open_desk(folder, network, clock, keyring=keyring, on_change=self.bridge.announce)
        self.ws: Workspace = asyncio.run(self.desk.create("Rosa"))
        account = link(self.ws, network, "rosa")
        self.deliveries: list[DeliveryId] = []
        for text in ("Un", "Deux"):
            post = asyncio.run(composing.create(self.ws, PostEdit(text=text, variants=(Variant(account),))))
            when = at_instant(clock.now() + timedelta(minutes=1), self.ws.client.timezone, "2026a")
            self.deliveries += asyncio.run(planning.schedule(self.ws, post.id, when))
            clock.advance(90)
            asyncio.run(Publisher(self.desk, clock, random.Random(1)).tick(self.ws))
        self.shell = RecordingShell(theme, formats, self.bridge)
        self.view = JournalView(theme)
        self.view.show()
        self.presenter = JournalPresenter(self.view, self.ws, self.shell)
        self.settle()

    def settle(self) -> None:
        for _ in range(6):
            QApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            self.bridge._tell()


@pytest.fixture
def stage(qtbot: QtBot, theme: Theme, english: Formats, tmp_path: Path, memory_keyring: InMemoryKeyring) -> Iterator[Stage]:
    made = Stage(tmp_path / "home", theme, english, memory_keyring)
    qtbot.addWidget(made.view)
    yield made
    made.presenter.close()
    made.view.close()
    asyncio.run(made.desk.close())


def test_every_try_is_there_with_its_proof(stage: Stage) -> None:
    entries = stage.view._model.rows
    assert len(entries) == len(journaling.lines(stage.ws))
    stage.view.list.choose(0)
    assert "Address: " in stage.view._proof.text()
    assert all("rosa" in entry.look.detail for entry in entries)


def test_the_lines_of_one_delivery_can_be_seen_alone_and_then_all_again(stage: Stage) -> None:
    whole = len(stage.view._model.rows)
    stage.presenter.reveal(stage.deliveries[0])
    assert 0 < len(stage.view._model.rows) < whole
    stage.view.all_button.click()
    assert len(stage.view._model.rows) == whole


def test_a_sound_journal_is_said_to_be_sound_and_a_changed_line_is_named(stage: Stage) -> None:
    stage.view.verify_button.click()
    stage.settle()
    assert stage.view.verdict._tone == "positive"
    with sqlite3.connect(stage.ws.folder / "client.sqlite") as connection:
        connection.execute("UPDATE journal SET outcome = 'refused' WHERE id = 2")
    connection.close()
    stage.view.verify_button.click()
    stage.settle()
    assert stage.view.verdict._tone == "danger"
    assert "Rosa: line 2 " in stage.view.verdict.accessibleName()


@pytest.mark.parametrize("kind", ["csv", "json"])
def test_the_export_holds_every_line(stage: Stage, tmp_path: Path, kind: str) -> None:
    file = tmp_path / "journal"
    stage.presenter.export_to(file, kind)
    stage.settle()
    assert len(file.read_text("utf-8").splitlines()) == 1 + len(journaling.lines(stage.ws))
    assert len(stage.shell.toasts) == 1


def test_an_export_that_fails_is_said(stage: Stage, tmp_path: Path) -> None:
    stage.presenter.export_to(tmp_path / "no such folder" / "journal", "csv")
    stage.settle()
    assert len(stage.shell.toasts) == 1


def test_what_comes_is_seen(stage: Stage) -> None:
    before = len(stage.view._model.rows)
    asyncio.run(freezing.freeze(stage.ws))
    stage.presenter._show()
    assert len(stage.view._model.rows) == before + 1
