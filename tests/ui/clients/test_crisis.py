"""The crisis key in the whole program: one question, everything stands still, and the way back is on every screen."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from cmdesk.services import freezing
from cmdesk.services.workspace import Workspace
from cmdesk.ui.widgets.dialog import Confirmation
from tests.helpers.clocks import FakeClock
from tests.helpers.desks import open_desk
from tests.helpers.fake_network import FakeNetwork
from tests.helpers.keyrings import InMemoryKeyring
from tests.journeys.whole_program import Her


@pytest.fixture
def her(qtbot: QtBot, qapp: QApplication, scratch_home: Path, memory_keyring: InMemoryKeyring) -> Iterator[Her]:
    clock = FakeClock()
    desk = open_desk(scratch_home, FakeNetwork(clock), clock, keyring=memory_keyring)
    for name in ("Rosa", "Max"):
        asyncio.run(desk.create(name))
    asyncio.run(desk.close())
    person = Her(qtbot, qapp, scratch_home, FakeClock(), memory_keyring, locale="en-CA")
    person.starts()
    person.until(lambda: person.told[-1:] == ["usable"])
    yield person
    person.quits()


def answering(her: Her, *, yes: bool) -> None:
    """Answers the next question."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, Confirmation):
            dialog.done(QDialog.DialogCode.Accepted if yes else QDialog.DialogCode.Rejected)
        else:
            QTimer.singleShot(20, her.window, look)

    QTimer.singleShot(0, her.window, look)


def client(her: Her, name: str) -> Workspace:
    return next(ws for ws in her.root.desk.workspaces if ws.client.name == name)


def test_the_key_freezes_the_client_on_screen_after_one_question(her: Her) -> None:
    rosa, max_ = client(her, "Rosa"), client(her, "Max")
    window = her.window
    assert not window.actions_alive.trigger("client.freeze")  # all clients are on the screen
    window._choose_client(rosa.client.id)
    answering(her, yes=False)
    window.actions_alive.trigger("client.freeze")
    assert freezing.state(rosa) is None
    answering(her, yes=True)
    window.actions_alive.trigger("client.freeze")
    her.until(lambda: freezing.state(rosa) is not None)
    her.until(lambda: not window._banner.isHidden())
    assert "Rosa" in window._banner.accessibleName()
    assert freezing.state(max_) is None
    assert "frozen" in window._rail._buttons[rosa.client.id].toolTip()


def test_the_banner_leads_to_where_it_is_thawed_and_ends_with_it(her: Her) -> None:
    rosa = client(her, "Rosa")
    window = her.window
    window._choose_client(rosa.client.id)
    answering(her, yes=True)
    window.actions_alive.trigger("client.freeze")
    her.until(lambda: not window._banner.isHidden())
    assert window.actions_alive.trigger("client.thaw")
    assert (window.room, window.client) == ("late", rosa.client.id)
    assert window._banner.isHidden()  # the room says it itself
    answering(her, yes=True)
    window._views["late"].still.emit(rosa.client.id, "thaw")  # type: ignore[attr-defined]  # its own view
    her.until(lambda: freezing.state(rosa) is None)
    window._choose_client(rosa.client.id)
    her.until(window._banner.isHidden)
