"""Says what is out of the ordinary in an inbox, in the room and on the desktop alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from cmdesk.domain.alarms import AlarmKind, Alert

if TYPE_CHECKING:
    from cmdesk.ui.i18n import Formats


class AlarmWords(QObject):
    """An alert in a sentence; the number decides its form."""

    def sentence(self, alert: Alert, formats: Formats) -> str:
        """What happens, and why it is told."""
        number = int(alert.facts.get("number", 0))
        match alert.kind:
            case AlarmKind.SPIKE:
                usual = formats.number(round(float(alert.facts.get("usual", 0))))
                return self.tr("%n message(s) within an hour, where about {usual} are usual.", "", number).format(usual=usual)
            case AlarmKind.CRISIS:
                words = ", ".join(str(one) for one in alert.facts.get("words", ()))
                return self.tr("%n message(s) with words of a crisis: {words}.", "", number).format(words=words)
            case AlarmKind.VIRAL:
                people = int(alert.facts.get("people", 0))
                return self.tr("%n people are talking in one conversation.", "", people)
            case AlarmKind.RULE:
                return self.tr("Your rule “{name}” asks you to look.").format(name=alert.facts.get("name", ""))
