"""The composition root: an empty folder welcomes, the practice desk opens and closes, and choices outlive the run."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QEvent, QLockFile, QTimer
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from build_scripts.fill import fill
from cmdesk.app import Root, _taken
from cmdesk.domain.client import Client, Colour, Language
from cmdesk.domain.ids import ClientId
from cmdesk.services import preferences
from cmdesk.services.home import Home
from cmdesk.vault import Vault
from tests.helpers.clocks import FakeClock
from tests.helpers.disks import small_disk
from tests.helpers.keyrings import InMemoryKeyring

CLIENT = Client(
    ClientId("abcdefgh"), "Rose", Colour.SLATE, "America/Toronto", Language.FR_CA, datetime(2026, 11, 22, 12, tzinfo=UTC)
)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    made = Home(tmp_path / "home")
    made.prepare()
    return made


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication, home: Home) -> Iterator[Callable[..., Root]]:
    roots: list[Root] = []

    def begin(*, practice: bool = False, locale: str | None = "en-CA") -> Root:
        told: list[str] = []
        root = Root(qapp, home, locale=locale, vault=Vault(InMemoryKeyring()), clock=FakeClock(), tell=told.append)
        roots.append(root)
        root.open(practice=practice)
        qtbot.waitUntil(lambda: "usable" in told, timeout=20_000)
        return root

    yield begin
    for root in roots:
        root.close()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def test_an_empty_folder_welcomes(start: Callable[..., Root]) -> None:
    root = start()
    assert root.window.room == "welcome"
    assert not root.practice


def test_the_practice_desk_opens_and_leaves_the_own_one_as_it_was(start: Callable[..., Root], qtbot: QtBot, home: Home) -> None:
    root = start()
    root.open_practice()
    qtbot.waitUntil(lambda: root.practice and len(root.desk.workspaces) == 3, timeout=20_000)
    assert root.home == home.path / "practice"
    root.leave_practice()
    qtbot.waitUntil(lambda: not root.practice, timeout=20_000)
    assert root.window.room == "welcome"
    assert not root.desk.workspaces


def test_the_window_removes_what_an_interrupted_purge_left(start: Callable[..., Root], qtbot: QtBot, home: Home) -> None:
    left = home.clients / ".purge-1"
    left.mkdir()
    start()
    qtbot.waitUntil(lambda: not left.exists(), timeout=20_000)


def test_choices_hold_at_once_and_outlive_the_run(start: Callable[..., Root], home: Home) -> None:
    root = start()
    root.change_settings(replace(root.settings, language="fr_CA", scheme="dark"))
    assert root.window.formats.french
    assert root.window.theme.dark
    kept = preferences.load(home)
    assert (kept.language, kept.scheme) == ("fr_CA", "dark")
    root.change_settings(replace(root.settings, language="en_CA", scheme="light"))
    assert not root.window.formats.french


def test_a_folder_is_looked_at_where_no_lock_can_be_made_and_a_held_lock_is_respected(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        path = disk.folder / "window.lock"
        disk.fill()
        assert _taken(QLockFile(str(path)), path)
        disk.make_room()
        disk.read_only()
        assert _taken(QLockFile(str(path)), path)
        disk.read_only(False)
        held = QLockFile(str(path))
        assert _taken(held, path)
        disk.fill()
        assert not _taken(QLockFile(str(path)), path)
        held.unlock()


def test_what_is_asked_before_anybody_is_there_to_answer_is_answered(qtbot: QtBot, qapp: QApplication, home: Home) -> None:
    told: list[str] = []
    root = Root(qapp, home, locale="en-CA", vault=Vault(InMemoryKeyring()), clock=FakeClock(), tell=told.append)
    opened: list[QWidget] = []

    def look() -> None:
        dialog = QApplication.activeModalWidget()
        if dialog is None:
            QTimer.singleShot(10, root.window, look)
            return
        opened.append(dialog)
        dialog.close()

    try:
        root.open(practice=False)
        qtbot.waitUntil(lambda: "shown" in told)
        assert not root.life._loops
        QTimer.singleShot(0, root.window, look)
        root.window.add_wanted.emit()
        assert len(opened) == 1
        qtbot.waitUntil(lambda: "usable" in told, timeout=20_000)
    finally:
        root.close()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.mark.parametrize("clients", [0, 1])
def test_a_window_that_nobody_can_see_works_all_the_same(
    clients: int, start: Callable[..., Root], home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Started minimised it is never painted; what is planned must go out."""
    for _ in range(clients):
        fill(home.clients / CLIENT.id / "client.sqlite", CLIENT, messages=5, posts=2)
    monkeypatch.setattr("cmdesk.ui.frame.Frame.show", lambda _frame: None)
    root = start()
    assert len(root.desk.workspaces) == clients
    assert root.life._loops is not None
    assert not root.life.frame.isVisible()
