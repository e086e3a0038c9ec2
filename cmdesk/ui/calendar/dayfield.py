"""A field for a day, typed as one says it; what was understood is written out when it is left."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import Signal

from cmdesk.ui.i18n import Formats
from cmdesk.ui.theme import Theme
from cmdesk.ui.typedtime import read_moment
from cmdesk.ui.widgets.fields import Field


class DayField(Field):
    """``changed`` carries the day, or None while nothing or nonsense is typed. ``now`` is the wall time of the zone, naive."""

    changed = Signal(object)

    def __init__(self, theme: Theme, formats: Formats, now: datetime, day: date | None = None) -> None:
        super().__init__(theme)
        self._formats, self._now, self._day = formats, now, day
        self.setPlaceholderText(formats.date(now.date()))
        self.textEdited.connect(self._typed)
        self.editingFinished.connect(self._settle)
        self._settle()

    def day(self) -> date | None:
        """The day understood."""
        return self._day

    def _typed(self, text: str) -> None:
        found = read_moment(text, self._now, day_first=self._formats.french) if text.strip() else None
        self._day = found.date() if found is not None else None
        self.set_wrong(bool(text.strip()) and self._day is None)
        self.changed.emit(self._day)

    def _settle(self) -> None:
        if self._day is not None:
            self.setText(self._formats.date(self._day))
