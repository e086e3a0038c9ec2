"""A field for a moment: one types it as one says it, or picks it; what was understood is shown at once."""

from collections.abc import Callable
from datetime import date, datetime, time

from PySide6.QtCore import QDate, QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCalendarWidget, QFrame, QWidget

from cmdesk.ui.i18n import Formats
from cmdesk.ui.theme import Theme
from cmdesk.ui.typedtime import LATER_TODAY, read_moment
from cmdesk.ui.widgets.buttons import IconButton
from cmdesk.ui.widgets.fields import Field
from cmdesk.ui.widgets.layout import column, row


class DateTimeField(QWidget):
    """Wall time of the client's zone, naive. ``changed`` carries the moment, or None while nothing or nonsense is typed."""

    changed = Signal(object)

    def __init__(self, theme: Theme, formats: Formats, now: Callable[[], datetime]) -> None:
        """``now`` is the wall time of the same zone, naive."""
        super().__init__()
        self._theme = theme
        self._formats = formats
        self._now = now
        self._moment: datetime | None = None
        self._field = Field(theme)
        self._field.textEdited.connect(self._typed)
        self._field.editingFinished.connect(self._settle)
        self._field.installEventFilter(self)
        self._button = IconButton(theme, "calendar")
        self._button.clicked.connect(self._open)
        self._popup: _Days | None = None
        row(self, self._field, self._button, gap=theme.sizes.quarter)
        self.setFocusProxy(self._field)
        self.retranslate()

    def set_formats(self, formats: Formats) -> None:
        """Another language."""
        self._formats = formats
        self._popup = None
        self._write()
        self.retranslate()

    def set_now(self, now: Callable[[], datetime]) -> None:
        """Another zone."""
        self._now = now

    def retranslate(self) -> None:
        """Words of the language in force."""
        self._field.setPlaceholderText(self.tr("Tomorrow 9:30"))
        self._button.set_name(self.tr("Pick a day"))
        self.setToolTip(self.tr("Type a time as you would say it. Up and down move it by a quarter of an hour."))

    def changeEvent(self, event: QEvent) -> None:
        """Follows the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def setAccessibleName(self, name: str) -> None:  # noqa: N802 - Qt's name
        """The field inside is what has the keyboard, so it has the name too."""
        super().setAccessibleName(name)
        self._field.setAccessibleName(name)

    def moment(self) -> datetime | None:
        """The moment understood."""
        return self._moment

    def set_moment(self, moment: datetime | None) -> None:
        """Shows a moment without telling anybody."""
        self._moment = moment
        self._write()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Up and down in the field."""
        if watched is self._field and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Up: 15, Qt.Key.Key_Down: -15}
            step = steps.get(Qt.Key(event.key()))
            if step is not None:
                self._step(step)
                return True
        return False

    def _step(self, minutes: int) -> None:
        start = self._moment or self._now()
        whole = start.hour * 60 + start.minute
        goal = (whole // 15 + 1) * 15 if minutes > 0 else ((whole - 1) // 15) * 15
        moved = datetime.combine(start.date(), time()).toordinal() + goal // (24 * 60)
        rest = goal % (24 * 60)
        self._take(datetime.combine(date.fromordinal(moved), time(rest // 60, rest % 60)))

    def _typed(self, text: str) -> None:
        found = read_moment(text, self._now(), day_first=self._formats.french)
        self._field.set_wrong(bool(text.strip()) and found is None)
        if found != self._moment:
            self._moment = found
            self.changed.emit(found)

    def _settle(self) -> None:
        if self._moment is not None:
            self._write()

    def _write(self) -> None:
        if self._moment is None:
            self._field.clear()
        else:
            day = (
                self._formats.date_short(self._moment)
                if self._moment.year == self._now().year
                else self._formats.date(self._moment)
            )
            name = self._formats.weekday_short(self._moment.weekday())
            self._field.setText(f"{name} {day}, {self._formats.time(self._moment)}")
        self._field.set_wrong(False)

    def _take(self, moment: datetime) -> None:
        self._moment = moment
        self._write()
        self.changed.emit(moment)

    def _open(self) -> None:
        if self._popup is None:
            self._popup = _Days(self._theme, self._formats, self)
            self._popup.picked.connect(self._picked)
        self._popup.open_at(self.mapToGlobal(QPoint(0, self.height())), (self._moment or self._now()).date(), self._now().date())

    def _picked(self, day: date) -> None:
        clock = self._moment.time() if self._moment is not None else LATER_TODAY
        self._take(datetime.combine(day, clock))
        self._field.setFocus()

    def sizeHint(self) -> QSize:
        """Room for the longest date."""
        return QSize(self._theme.sizes.one * 15, self._theme.sizes.control)


class _Days(QFrame):
    """A month to pick a day from."""

    picked = Signal(object)

    def __init__(self, theme: Theme, formats: Formats, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setProperty("surface", "raised")
        self._days = QCalendarWidget()
        self._days.setLocale(formats.locale)
        self._days.setFont(theme.font())
        self._days.setFirstDayOfWeek(formats.locale.firstDayOfWeek())
        self._days.setVerticalHeaderFormat(QCalendarWidget.VerticalHeaderFormat.NoVerticalHeader)
        self._days.setGridVisible(False)
        self._days.clicked.connect(self._clicked)
        self._days.activated.connect(self._clicked)
        column(self, self._days, margins=theme.sizes.half)

    def open_at(self, place: QPoint, day: date, first: date) -> None:
        """Shows the month of a day; days before ``first`` can't be picked."""
        self._days.setMinimumDate(QDate(first.year, first.month, first.day))
        self._days.setSelectedDate(QDate(day.year, day.month, day.day))
        self.move(place)
        self.show()
        self._days.setFocus()

    def _clicked(self, day: QDate) -> None:
        self.hide()
        self.picked.emit(date(day.year(), day.month(), day.day()))
