"""Notices whether somebody looks at the program and whether the computer gets a network back."""

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtNetwork import QNetworkInformation


class Senses(QObject):
    """``looked_at(bool)`` follows the program coming to the front and leaving it; ``network_back`` comes after each gap.

    Where the system tells nothing about networks, ``network_back`` never comes: the loops find out by trying.
    """

    looked_at = Signal(bool)
    network_back = Signal()

    def __init__(self, app: QGuiApplication, parent: QObject) -> None:
        super().__init__(parent)
        app.applicationStateChanged.connect(self._state_changed)
        self._online = True
        if QNetworkInformation.loadDefaultBackend():
            information = QNetworkInformation.instance()
            information.reachabilityChanged.connect(self.reached)
            self.reached(information.reachability())

    def _state_changed(self, state: Qt.ApplicationState) -> None:
        self.looked_at.emit(state is Qt.ApplicationState.ApplicationActive)

    def reached(self, how: QNetworkInformation.Reachability) -> None:
        """The system says how far this computer reaches. A local network counts: some servers are in it."""
        kind = QNetworkInformation.Reachability
        before, self._online = self._online, how not in {kind.Disconnected, kind.Unknown}
        if self._online and not before:
            self.network_back.emit()
