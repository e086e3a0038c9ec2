"""Tells the desktop that somebody wrote or that a decision waits, while nobody looks at the window, and only as allowed."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QSystemTrayIcon, QWidget

from cmdesk.domain.settings import Settings


class Notices(QObject):
    """Desktop notices of one window. ``settings`` is asked each time, so that a change holds at once.

    Without a tray nothing is shown: the badges in the window say the same.
    """

    def __init__(self, window: QWidget, icon: QIcon, settings: Callable[[], Settings]) -> None:
        super().__init__(window)
        self._window, self._settings = window, settings
        self._tray: QSystemTrayIcon | None = None
        if QSystemTrayIcon.isSystemTrayAvailable():
            self._tray = QSystemTrayIcon(icon, self)
            self._tray.setToolTip("cmdesk")
            self._tray.messageClicked.connect(self._come_forward)
            self._tray.activated.connect(lambda _reason: self._come_forward())
            self._tray.show()

    def messages(self, client: str, count: int, preview: str = "") -> bool:
        """Somebody wrote to a client; the words of the message only where they may be shown. True when a notice was given."""
        settings = self._settings()
        words = self.tr("%n new message(s)", "", count)
        if settings.notice_texts and preview and count == 1:
            words = preview
        return self._show(settings, client, words)

    def alert(self, client: str, sentence: str) -> bool:
        """Something is out of the ordinary at a client; no words of strangers are in it. True when a notice was given."""
        return self._show(self._settings(), client, sentence)

    def decision(self, client: str) -> bool:
        """A post of a client waits for a decision. True when a notice was given."""
        return self._show(self._settings(), client, self.tr("A post waits for your decision."))

    def _show(self, settings: Settings, client: str, words: str) -> bool:
        if not settings.notices or self._tray is None or self._window.isActiveWindow():
            return False
        self._tray.showMessage(client, words, self._tray.icon())
        return True

    def _come_forward(self) -> None:
        self._window.show()
        self._window.raise_()
        self._window.activateWindow()
