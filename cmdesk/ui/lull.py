"""Waits until the screen has been left alone for a moment, so that what is heavy doesn't begin while somebody looks around."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

PAUSE_MS = 150
MOST_MS = 1500


class Lull(QObject):
    """Calls once: after a pause without ``stir``, at the latest after a while, or when ``end`` is called."""

    def __init__(self, parent: QObject, then: Callable[[], None], *, pause_ms: int = PAUSE_MS, most_ms: int = MOST_MS) -> None:
        super().__init__(parent)
        self._then: Callable[[], None] | None = then
        self._pause, self._most = self._timer(pause_ms), self._timer(most_ms)

    def _timer(self, milliseconds: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(self.end)
        timer.start(milliseconds)
        return timer

    def stir(self) -> None:
        """Something was asked of the screen: the pause begins anew."""
        if self._then is not None:
            self._pause.start()

    def end(self) -> None:
        """Calls now, unless that has been done."""
        then, self._then = self._then, None
        if then is not None:
            self._pause.stop()
            self._most.stop()
            then()

    def drop(self) -> None:
        """Never calls."""
        self._then = None
        self._pause.stop()
        self._most.stop()
