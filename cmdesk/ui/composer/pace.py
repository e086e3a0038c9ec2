"""Decides when typing is saved: soon after a pause, and at the latest one second behind, however fast somebody types."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

PAUSE_MS = 200
BEHIND_MS = 400
#: The same for a draft that is not stored at all yet: its first words are the ones that nothing else remembers.
FIRST_PAUSE_MS, FIRST_BEHIND_MS = 50, 150


class Pace(QObject):
    """Tells by ``due`` that it is time to save. ``monotonic`` is the clock's, in seconds."""

    due = Signal()

    def __init__(self, monotonic: Callable[[], float], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._monotonic = monotonic
        self._since: float | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._fire)

    @property
    def waiting(self) -> bool:
        """Whether something typed has not been handed on yet."""
        return self._since is not None

    def touch(self, *, first: bool = False) -> int:
        """Something changed, ``first`` in a draft that is new; returns the milliseconds until it is handed on."""
        pause, most = (FIRST_PAUSE_MS, FIRST_BEHIND_MS) if first else (PAUSE_MS, BEHIND_MS)
        now = self._monotonic()
        if self._since is None:
            self._since = now
        behind = round((now - self._since) * 1000)
        wait = max(0, min(pause, most - behind))
        self._timer.start(wait)
        return wait

    def rest(self) -> None:
        """Nothing waits any more: it was saved by other means, or belongs to a post that was left."""
        self._timer.stop()
        self._since = None

    def _fire(self) -> None:
        self._since = None
        self.due.emit()
