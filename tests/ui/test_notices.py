"""Desktop notices are given only while nobody looks, only as allowed, and a click on one brings the window back."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from msgspec.structs import replace
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cmdesk.domain.settings import Settings
from cmdesk.ui.notices import Notices


class DesktopTray(QObject):
    """The desktop's tray, which no test machine has: it remembers what it was told to show."""

    messageClicked = Signal()  # noqa: N815 - Qt's name
    activated = Signal(object)
    there = True
    made: list[DesktopTray] = []  # noqa: RUF012 - emptied by the fixture

    def __init__(self, icon: QIcon, parent: QObject) -> None:
        super().__init__(parent)
        self.shown: list[tuple[str, str]] = []
        self.visible = False
        self._icon = icon
        DesktopTray.made.append(self)

    @staticmethod
    def isSystemTrayAvailable() -> bool:  # noqa: N802 - Qt's name
        return DesktopTray.there

    def setToolTip(self, _words: str) -> None:  # noqa: N802 - Qt's name
        pass

    def show(self) -> None:
        self.visible = True

    def icon(self) -> QIcon:
        return self._icon

    def showMessage(self, title: str, words: str, _icon: QIcon) -> None:  # noqa: N802 - Qt's name
        self.shown.append((title, words))


class Desktop:
    """A window that nobody looks at, its notices, and the settings they ask each time."""

    def __init__(self, window: QWidget) -> None:
        self.window = window
        self.settings = Settings(notices=True, notice_texts=False)
        self.notices = Notices(window, QIcon(), lambda: self.settings)

    @property
    def shown(self) -> list[tuple[str, str]]:
        return [one for tray in DesktopTray.made for one in tray.shown]


@pytest.fixture
def tray(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("cmdesk.ui.notices.QSystemTrayIcon", DesktopTray)
    DesktopTray.made.clear()
    DesktopTray.there = True
    yield
    DesktopTray.made.clear()


@pytest.fixture
def desktop(tray: None, qtbot: QtBot) -> Desktop:
    window = QWidget()
    qtbot.addWidget(window)
    return Desktop(window)


def test_a_message_is_told_by_number_and_a_post_by_its_client(desktop: Desktop) -> None:
    assert desktop.notices.messages("Boulangerie du Coin", 3, "Ouvert lundi ?")
    assert desktop.notices.decision("Théâtre de la Butte")
    [(bakery, words), (theatre, decision)] = desktop.shown
    assert (bakery, theatre) == ("Boulangerie du Coin", "Théâtre de la Butte")
    assert "3" in words
    assert "decision" in decision
    assert DesktopTray.made[0].visible


@pytest.mark.parametrize(("allowed", "count", "seen"), [(False, 1, False), (True, 1, True), (True, 2, False)])
def test_words_of_a_message_are_shown_only_where_allowed_and_alone(
    desktop: Desktop, allowed: bool, count: int, seen: bool
) -> None:
    desktop.settings = replace(desktop.settings, notice_texts=allowed)
    desktop.notices.messages("Boulangerie du Coin", count, "Mon numéro est le 418")
    [(_, words)] = desktop.shown
    assert ("418" in words) is seen


def test_nothing_is_shown_once_notices_are_off(desktop: Desktop) -> None:
    desktop.settings = replace(desktop.settings, notices=False)
    assert not desktop.notices.messages("Boulangerie du Coin", 1)
    assert not desktop.notices.decision("Boulangerie du Coin")
    assert desktop.shown == []


def test_nothing_is_shown_to_who_looks_at_the_window_already(
    desktop: Desktop, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(desktop.window, "isActiveWindow", lambda: True)
    assert not desktop.notices.messages("Boulangerie du Coin", 1)
    assert desktop.shown == []


@pytest.mark.parametrize("clicked", ["messageClicked", "activated"])
def test_a_click_brings_the_window_back(desktop: Desktop, clicked: str) -> None:
    [tray] = DesktopTray.made
    assert not desktop.window.isVisible()
    if clicked == "activated":
        tray.activated.emit(0)
    else:
        tray.messageClicked.emit()
    QApplication.processEvents()
    assert desktop.window.isVisible()


def test_without_a_tray_nothing_is_given_and_nothing_breaks(tray: None, qtbot: QtBot) -> None:
    DesktopTray.there = False
    window = QWidget()
    qtbot.addWidget(window)
    desktop = Desktop(window)
    assert not desktop.notices.messages("Boulangerie du Coin", 1)
    assert DesktopTray.made == []
