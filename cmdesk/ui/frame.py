"""The window's frame: what the system sees of it, from the first sight to the end."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QByteArray, QSettings
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QWidget

from cmdesk.ui.look import Sizes

_PLACE = "window/geometry"


class Frame(QMainWindow):
    """Remembers place and size, shows one widget after another, and calls ``ended`` when it is closed."""

    def __init__(self, sizes: Sizes, settings: QSettings, ended: Callable[[], None]) -> None:
        """``settings`` keeps place and size."""
        super().__init__()
        self._settings = settings
        self._ended: Callable[[], None] | None = ended
        place = settings.value(_PLACE)
        if not (isinstance(place, QByteArray) and self.restoreGeometry(place)):
            self.resize(sizes.one * 80, sizes.one * 50)
        self.setMinimumSize(sizes.one * 48, sizes.one * 30)

    def hold(self, widget: QWidget) -> None:
        """Shows this instead of what was shown before; its title is the frame's."""
        self.setCentralWidget(widget)
        self.setWindowTitle(widget.windowTitle())
        widget.windowTitleChanged.connect(self.setWindowTitle)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Lets what it holds save what is being typed, and goes."""
        self._settings.setValue(_PLACE, self.saveGeometry())
        super().closeEvent(event)
        ended, self._ended = self._ended, None
        if ended is not None:
            ended()
