"""Clients in trouble and clients put away, with real files: what is wrong is said, what is safe too, and the others work."""

from __future__ import annotations

import asyncio
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QPushButton
from pytestqt.qtbot import QtBot

from cmdesk.domain.client import Colour
from cmdesk.domain.ids import ClientId
from cmdesk.domain.views import FileTrouble
from cmdesk.services import safekeeping
from cmdesk.ui.clients.care import FormDialog, RepairDialog
from cmdesk.ui.screens import Target
from cmdesk.ui.widgets.text import Text
from tests.helpers.clocks import FakeClock
from tests.helpers.desks import open_desk
from tests.helpers.fake_network import FakeNetwork
from tests.helpers.keyrings import InMemoryKeyring
from tests.journeys.whole_program import Her

BAKERY, THEATRE = "Boulangerie du Coin", "Théâtre de la Butte"


def spoil(file: Path) -> None:
    file.write_bytes(b"\x00nonsense" * 4096)


def from_the_future(file: Path) -> None:
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA user_version = 9999")
    connection.commit()
    connection.close()


def of_another_program(file: Path) -> None:
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA application_id = 1")
    connection.commit()
    connection.close()


def copied(file: Path) -> None:
    shutil.copytree(file.parent, file.parent.parent / f"{file.parent.name} copy")


@pytest.fixture
def folders(scratch_home: Path, memory_keyring: InMemoryKeyring) -> dict[str, Path]:
    """Two clients on disk, each backed up once; their files."""
    clock = FakeClock()
    desk = open_desk(scratch_home, FakeNetwork(clock), clock, keyring=memory_keyring)
    made = {}
    for name in (BAKERY, THEATRE):
        workspace = asyncio.run(desk.create(name))
        asyncio.run(safekeeping.backup(workspace))
        made[name] = workspace.folder / "client.sqlite"
    asyncio.run(desk.close())
    return made


@pytest.fixture
def her(
    qtbot: QtBot,
    qapp: QApplication,
    scratch_home: Path,
    memory_keyring: InMemoryKeyring,
    folders: dict[str, Path],
) -> Iterator[Her]:
    assert folders
    person = Her(qtbot, qapp, scratch_home, FakeClock(), memory_keyring, locale="en-CA")
    yield person
    person.quits()


def in_dialog(her: Her, kind: type[QDialog], act: Callable[[QDialog], None]) -> None:
    """Does something in the dialog that opens next, then leaves it if it is still there."""

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if not isinstance(dialog, kind):
            QTimer.singleShot(50, her.window, look)
            return
        try:
            act(dialog)
        finally:
            QTimer.singleShot(0, dialog, dialog.reject)

    QTimer.singleShot(50, her.window, look)


def starts(her: Her) -> None:
    her.starts()
    her.until(lambda: her.told[-1:] == ["usable"])


@pytest.mark.parametrize(
    ("harm", "trouble"),
    [
        (spoil, FileTrouble.NOT_OURS),
        (from_the_future, FileTrouble.NEWER),
        (of_another_program, FileTrouble.NOT_OURS),
        (copied, FileTrouble.COPY),
    ],
)
def test_a_client_in_trouble_says_what_is_wrong_and_the_others_work(
    her: Her, folders: dict[str, Path], harm: Callable[[Path], None], trouble: FileTrouble
) -> None:
    file = folders[BAKERY]
    harm(file)
    before = {path: path.read_bytes() for path in file.parent.parent.glob("*/client.sqlite")}
    starts(her)
    card = next(card for card in her.window.cards if card.trouble is not None)
    assert card.trouble in {trouble, FileTrouble.DAMAGED}
    said: list[str] = []
    in_dialog(her, RepairDialog, lambda dialog: said.extend(text.text() for text in dialog.findChildren(Text)))
    her.root.life._clients.repair(card.id)
    assert len([sentence for sentence in said if len(sentence) > 20]) >= 2, said
    working = her.client(THEATRE)
    her.window.go(_today(working.client.id))
    assert her.window.client == working.client.id
    her.window.go(_today(card.id))
    assert her.window.client == working.client.id
    if card.trouble is FileTrouble.COPY:
        original = her.client(BAKERY).client.id
        her.window.go(_today(original))
        assert her.window.client == original
    assert all(path.read_bytes() == content for path, content in before.items() if path.parent == file.parent)


def _today(client: ClientId) -> Target:
    return Target("today", client)


def test_a_damaged_file_is_replaced_by_its_copy_and_kept_aside(her: Her, folders: dict[str, Path]) -> None:
    file = folders[BAKERY]
    content = bytearray(file.read_bytes())
    content[4096 * 2 : 4096 * 4] = b"\xff" * (4096 * 2)
    content[100:200] = b"\xff" * 100
    file.write_bytes(bytes(content))
    starts(her)
    card = next(card for card in her.window.cards if card.trouble is not None)
    assert card.trouble is FileTrouble.DAMAGED

    def restore(dialog: QDialog) -> None:
        next(button for button in dialog.findChildren(QPushButton) if button.text() == "Put this copy in its place").click()
        her.until(lambda: not dialog.isVisible())

    in_dialog(her, RepairDialog, restore)
    her.root.life._clients.repair(card.id)
    her.until(lambda: all(card.trouble is None for card in her.window.cards))
    assert her.client(BAKERY).database.quick_check() == ()


def test_renamed_recoloured_and_the_name_of_another_is_refused(her: Her) -> None:
    starts(her)
    bakery = her.client(BAKERY)

    def change(dialog: QDialog) -> None:
        assert isinstance(dialog, FormDialog)
        dialog.form.name.setText(THEATRE)
        dialog._yes.click()
        her.until(lambda: dialog.form.name.accessibleDescription() != "")
        assert dialog.isVisible()
        assert dialog.form.name.text() == THEATRE
        dialog.form.name.setText("Pain et roses")
        dialog.form.swatches.choose(Colour.PLUM)
        dialog._yes.click()
        her.until(lambda: not dialog.isVisible())

    in_dialog(her, FormDialog, change)
    her.root.life._clients.change(bakery.client.id)
    her.until(lambda: "Pain et roses" in {card.name for card in her.window.cards})
    assert bakery.client.colour is Colour.PLUM


def test_an_archived_client_leaves_the_rail_and_comes_back_by_undo(her: Her) -> None:
    starts(her)
    bakery = her.client(BAKERY)
    her.window.go(_today(bakery.client.id))
    her.says_yes_if_asked()
    her.root.life._clients._archive(bakery)
    her.until(lambda: [card.name for card in her.window.cards] == [THEATRE])
    assert her.window.client is None
    toast = her.window._toast
    her.until(lambda: not toast.isHidden())
    toast._button.click()
    her.until(lambda: {card.name for card in her.window.cards} == {BAKERY, THEATRE})
