"""Says once a day, when the window is closed, which posts wait for it: without a window and an agent nothing goes out."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QEvent, QObject, QSettings
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from cmdesk.domain.errors import CmdeskError
from cmdesk.ui.screens import Question

if TYPE_CHECKING:
    from cmdesk.services.desk import Desk
    from cmdesk.ui.window import Window

_TOLD = "closing/told"


def _session_ends() -> bool:
    app = QGuiApplication.instance()
    return isinstance(app, QGuiApplication) and app.isSavingSession()


class Farewell(QObject):
    """Looks at the frame's closing. It never asks twice on a day, nor when the system ends the session."""

    def __init__(
        self, frame: QWidget, window: Window, desk: Desk, settings: QSettings, closing: Callable[[], bool] = lambda: False
    ) -> None:
        """``closing`` tells that the program itself is taking the frame down, which no answer could stop."""
        super().__init__(window)
        self._frame, self._window, self._desk, self._settings, self._closing = frame, window, desk, settings, closing
        frame.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Lets the frame close, unless a person who was just told wants to stay."""
        if event.type() is not QEvent.Type.Close or watched is not self._frame or not self._frame.isVisible():
            return False
        if self._closing() or _session_ends() or self._goes():
            return False
        event.ignore()
        return True

    def _goes(self) -> bool:
        try:
            question = self._question()
        except CmdeskError:
            return True  # what cannot be read keeps nobody from leaving
        return question is None or self._window.ask(question)

    def _question(self) -> Question | None:
        """What to ask before the window closes; None when there is nothing to say, or it was said today."""
        # Late: a window that opens has no use for what is asked when it closes.
        from cmdesk.services import agents
        from cmdesk.services.ahead import ahead

        today = self._desk.clock.now().astimezone(ZoneInfo(self._desk.clock.zone_name())).date()
        if self._told() == today or agents.service_of(self._desk).starts_itself:
            return None
        coming = ahead(self._desk)
        if not coming.day or coming.next_at is None:
            return None
        self._settings.setValue(_TOLD, today.isoformat())
        moment = self._window.formats.moment(coming.next_at.astimezone(ZoneInfo(self._desk.clock.zone_name())))
        count = self.tr("%n post(s) planned for the next 24 hours, the first for {moment}.", "", len(coming.day))
        rest = self.tr(
            "They go out only while cmdesk is open and this computer is awake. "
            "The agent, in the preferences, publishes without the window."
        )
        return Question(
            title=self.tr("Close cmdesk?"),
            text="\n\n".join((count.format(moment=moment), rest)),
            confirm=self.tr("Close all the same"),
        )

    def _told(self) -> date | None:
        try:
            return date.fromisoformat(str(self._settings.value(_TOLD, "")))
        except ValueError:
            return None
