"""The frame remembers its place, wears the title of what it holds, and lets that save its work at the end."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from cmdesk.ui.frame import Frame
from cmdesk.ui.look import Sizes


@pytest.fixture
def settings(tmp_path: Path) -> QSettings:
    return QSettings(str(tmp_path / "frame.ini"), QSettings.Format.IniFormat)


def frame(qtbot: QtBot, settings: QSettings, ended: list[str]) -> Frame:
    made = Frame(Sizes.of(16), settings, lambda: ended.append("ended"))
    qtbot.addWidget(made)
    return made


def test_place_and_size_are_remembered(qtbot: QtBot, settings: QSettings) -> None:
    first = frame(qtbot, settings, [])
    first.show()
    first.resize(770, 600)
    first.close()
    second = frame(qtbot, settings, [])
    assert (second.width(), second.height()) == (770, 600)


def test_a_size_that_is_none_is_let_go(qtbot: QtBot, settings: QSettings) -> None:
    settings.setValue("window/geometry", "nonsense")
    one = frame(qtbot, settings, [])
    assert one.width() >= one.minimumWidth() > 0


def test_the_title_follows_what_it_holds(qtbot: QtBot, settings: QSettings) -> None:
    one = frame(qtbot, settings, [])
    first, second = QWidget(), QWidget()
    second.setWindowTitle("Boulangerie · Aujourd’hui")
    one.hold(first)
    one.hold(second)
    assert one.windowTitle() == "Boulangerie · Aujourd’hui"
    second.setWindowTitle("Boulangerie · Calendrier")
    assert one.windowTitle() == "Boulangerie · Calendrier"


def test_the_end_is_told_once(qtbot: QtBot, settings: QSettings) -> None:
    ended: list[str] = []
    one = frame(qtbot, settings, ended)
    one.show()
    one.close()
    one.show()
    one.close()
    assert ended == ["ended"]
