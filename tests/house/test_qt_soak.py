"""Qt must not lose references: PySide6 6.12.0 did on CPython 3.11, and the process died after minutes of use."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject, QTimer, Signal
from pytestqt.qtbot import QtBot

EVENTS = 20_000
#: Chance differences of a running interpreter; a leak of one per event would be 20,000.
SLACK = 50


class _Sender(QObject):
    sent = Signal(bool)


def test_twenty_thousand_events_lose_no_reference(qtbot: QtBot) -> None:
    sender = _Sender()
    received: list[int] = [0]

    def receive(_: bool) -> None:
        received[0] += 1

    sender.sent.connect(receive)
    timer = QTimer()
    timer.setInterval(60_000)
    before = sys.getrefcount(True), sys.getrefcount(None)
    for _ in range(EVENTS):
        sender.sent.emit(True)
        timer.start()
        timer.stop()
    after = sys.getrefcount(True), sys.getrefcount(None)
    sender.sent.disconnect(receive)
    assert received[0] == EVENTS
    if sys.version_info < (3, 12):
        # Later Pythons don't count these two at all; there, that the process is still alive is the whole result.
        assert abs(after[0] - before[0]) < SLACK
        assert abs(after[1] - before[1]) < SLACK
