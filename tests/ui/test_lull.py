"""A lull calls once, when the screen was left alone, or at the latest after its while."""

from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from cmdesk.ui.lull import Lull

NEVER = 1_000_000


def test_it_calls_once_after_the_pause(qtbot: QtBot) -> None:
    parent, calls = QObject(), list[int]()
    lull = Lull(parent, lambda: calls.append(1), pause_ms=1, most_ms=NEVER)
    qtbot.waitUntil(lambda: bool(calls))
    lull.stir()
    lull.end()
    assert calls == [1]


def test_whoever_never_rests_has_it_called_after_a_while(qtbot: QtBot) -> None:
    parent, calls = QObject(), list[int]()
    lull = Lull(parent, lambda: calls.append(1), pause_ms=NEVER, most_ms=1)
    lull.stir()
    qtbot.waitUntil(lambda: bool(calls))
    assert calls == [1]


def test_it_calls_at_once_when_it_is_ended(qtbot: QtBot) -> None:
    parent, calls = QObject(), list[int]()
    lull = Lull(parent, lambda: calls.append(1), pause_ms=NEVER, most_ms=NEVER)
    lull.end()
    lull.end()
    assert calls == [1]
    assert not [timer for timer in lull.children() if timer.isActive()]  # type: ignore[attr-defined]  # they are timers


def test_dropped_it_never_calls(qtbot: QtBot) -> None:
    parent, calls = QObject(), list[int]()
    lull = Lull(parent, lambda: calls.append(1), pause_ms=1, most_ms=1)
    lull.drop()
    marker = list[int]()
    Lull(parent, lambda: marker.append(1), pause_ms=5, most_ms=NEVER)
    qtbot.waitUntil(lambda: bool(marker))
    lull.end()
    assert calls == []
