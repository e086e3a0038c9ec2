"""Every field of every room is given nonsense: nothing is raised, the window answers, and nothing is stored half."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QDialog, QLineEdit, QMenu, QPlainTextEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from cmdesk.services import composing
from cmdesk.ui.clients.care import FormDialog
from cmdesk.ui.screens import NewPost, Target
from tests.helpers.clocks import FakeClock
from tests.helpers.keyrings import InMemoryKeyring
from tests.journeys.whole_program import Her

FIELDS = (QLineEdit, QPlainTextEdit, QTextEdit, QComboBox)
NONSENSE = {
    "nothing": "",
    "blanks": " \t\u00a0\u2003 ",
    "control": "a\x00b\x07c\x1b[31md\x7f\x85\u2028e",
    "surrogates": "a\ud800b\udfffc",
    "direction": "\u202egro.live\u202c \u2066x\u2069 \u200f\u200e",
    "invisible": "\u200b\u200c\u200d\ufeff\u2060" * 20,
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈🇨🇦" * 40,
    "marks": "Z" + "\u0351\u0489" * 500,
    "path": "../../../../etc/passwd",
    "windows_path": "C:\\Windows\\System32\\con",
    "sql": "'; DROP TABLE post; --",
    "fts": '"unbalanced AND NEAR( * : ^ -) OR {x',
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)>&amp;<b>",
    "address": "https://user:pa ss@[::1]:99999/%00?javascript:alert(1)",
    "arguments": "{0} %1 %n {client} {__class__} %s",
    "numbers": "-9999999999999999999999.5e400",
    "long": "m" * 20_000,
    "lines": "\r\n\n\r" * 3_000,
}
HUGE = "Le pain lève. " * 75_000  # a megabyte, as a slip of the clipboard brings it


@pytest.fixture
def raised(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was raised where nobody catches it: in slots and events."""
    found: list[str] = []

    def keep(kind: type[BaseException], error: BaseException, _where: TracebackType | None) -> None:
        found.append(f"{kind.__name__}: {error}"[:300])

    monkeypatch.setattr(sys, "excepthook", keep)
    return found


@pytest.fixture
def her(qtbot: QtBot, qapp: QApplication, scratch_home: Path, memory_keyring: InMemoryKeyring) -> Iterator[Her]:
    person = Her(qtbot, qapp, scratch_home, FakeClock(datetime(2026, 11, 24, 15, 12, tzinfo=UTC)), memory_keyring)
    person.starts(practice=True)
    person.until(lambda: person.told[-1:] == ["usable"] and len(person.window.cards) == 3)
    person.window.activateWindow()
    person.until(person.window.isActiveWindow)
    yield person
    person.quits()


def settle() -> None:
    for _ in range(3):
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def leave_whatever_opened() -> None:
    """Escapes from a menu or a dialog that Enter opened."""
    popup = QApplication.activePopupWidget()
    if isinstance(popup, QMenu):
        popup.close()
    dialog = QApplication.activeModalWidget()
    if isinstance(dialog, QDialog):
        dialog.reject()


def fields(window: QWidget) -> list[QWidget]:
    found: list[QWidget] = []
    for field in window.findChildren(QWidget):
        if not isinstance(field, FIELDS) or not field.isVisible() or not field.isEnabled():
            continue
        if isinstance(field, QTextEdit | QPlainTextEdit | QLineEdit) and field.isReadOnly():
            continue
        found.append(field)
    return found


def give(field: QWidget, text: str) -> None:
    """As a person gives it: everything selected, pasted over, and Enter."""
    field.setFocus()
    if isinstance(field, QComboBox):
        # The test library ends the process on a key that no keyboard has.
        QTest.keyClicks(field, "".join(letter for letter in text if " " <= letter <= "~")[:8])
        settle()
        return
    clipboard = QGuiApplication.clipboard()
    clipboard.setText(text)
    assert isinstance(field, QLineEdit | QPlainTextEdit | QTextEdit)
    field.selectAll()
    field.paste()
    QTimer.singleShot(0, leave_whatever_opened)
    if isinstance(field, QLineEdit):
        QTest.keyClick(field, Qt.Key.Key_Return)
    settle()


def places(her: Her) -> list[Target]:
    client = her.window.cards[0].id
    rooms = [Target(room, one) for room in ("today", "calendar", "inbox", "accounts", "preferences") for one in (client, None)]
    message = her.messages(her.client(her.window.cards[0].name))[0]
    return [
        *rooms,
        Target("posts", client, NewPost(None)),
        Target("inbox", client, message),
        Target("accounts", client, "link"),
    ]


def whole(her: Her) -> None:
    """Every stored draft can be read back; the files are sound."""
    for workspace in her.root.desk.workspaces:
        assert workspace.database.quick_check() == ()
        for row in composing.post_rows(workspace):
            composing.load(workspace, row.id)


@pytest.mark.parametrize("part", range(4))
def test_every_field_bears_every_kind_of_nonsense(her: Her, raised: list[str], part: int) -> None:
    given = 0
    for target in places(her):
        her.window.go(target)
        settle()
        for field in fields(her.window):
            for kind in list(NONSENSE)[part::4]:
                if not field.isVisible():
                    break  # the one before led elsewhere
                give(field, NONSENSE[kind])
                given += 1
                assert not raised, f"{target.room}: {type(field).__name__} {field.accessibleName()!r}, {kind}"
        assert not her.window.grab().isNull()
    assert given >= 32
    her.window.go(Target("today", None))
    settle()
    assert her.sees == "today"
    whole(her)
    assert not raised


def test_a_megabyte_in_the_composer_is_kept_or_refused_but_never_half(her: Her, raised: list[str]) -> None:
    card = her.window.cards[0]
    her.window.go(Target("posts", card.id, NewPost(None)))
    settle()
    paper = next(field for field in fields(her.window) if isinstance(field, QPlainTextEdit | QTextEdit))
    give(paper, HUGE)
    workspace = her.client(card.name)

    def stored() -> list[str]:
        return [text for row in composing.post_rows(workspace) if len(text := composing.load(workspace, row.id).text) > 5_000]

    typed = paper.toPlainText()
    assert typed
    her.until(lambda: stored() == [typed.rstrip()] or stored() == [typed])
    assert her.window.isVisible()
    assert not raised


def test_a_client_is_never_made_of_nonsense_and_what_was_typed_stays(her: Her, raised: list[str]) -> None:
    tried: list[str] = []
    said: list[str] = []
    bad = [NONSENSE[kind] for kind in ("nothing", "blanks", "invisible", "long", "control", "emoji", "path", "windows_path")]

    def fill() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, FormDialog)
        if not bad:
            dialog.reject()
            return
        text = bad.pop(0)
        dialog.form.name.setText(text)
        shown = dialog.form.name.text()
        dialog._yes.click()
        QTimer.singleShot(400, dialog, lambda: look(dialog, shown))

    def look(dialog: FormDialog, shown: str) -> None:
        tried.append(shown)
        if dialog.isVisible():
            assert dialog.form.name.text() == shown
            said.append(dialog.form.name.accessibleDescription())
            fill()

    QTimer.singleShot(100, her.window, fill)
    her.window.add_client()
    her.until(lambda: QApplication.activeModalWidget() is None)
    assert all(said), list(zip(tried, said, strict=False))
    assert len(said) >= 4
    folders = {path.name for path in her.root.life.home.clients.iterdir()}
    assert folders == {workspace.folder.name for workspace in her.root.desk.workspaces}
    assert not raised
