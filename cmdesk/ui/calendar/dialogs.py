"""The two small windows of the calendar: all entries of a day, and a time for one of them or for a draft."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from cmdesk.domain.errors import BadInput
from cmdesk.domain.schedule import PlannedTime, resolve
from cmdesk.ui import wording
from cmdesk.ui.calendar.agenda import AgendaList
from cmdesk.ui.calendar.entries import Entry, Page
from cmdesk.ui.calendar.glances import Asked
from cmdesk.ui.i18n import Formats
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.datefield import DateTimeField
from cmdesk.ui.widgets.dialog import Dialog
from cmdesk.ui.widgets.fields import FormRow
from cmdesk.ui.widgets.layout import column
from cmdesk.ui.widgets.text import Text


class DayPanel(QFrame):
    """All entries of a day, over the month. ``opened`` carries an Entry."""

    opened = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._theme = theme
        sizes = theme.sizes
        self.setProperty("surface", "raised")
        self._title = Text(theme, size=Size.BODY, strong=True)
        self.list = AgendaList(theme, whole=False)
        self.list.opened.connect(self._open)
        self._area = QScrollArea()
        self._area.setWidgetResizable(True)
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(self.list)
        column(self, self._title, self._area, gap=sizes.half, margins=(sizes.one, sizes.one, sizes.half, sizes.half))

    def show_day(self, page: Page, day: date, over: QPoint) -> None:
        """Lists a day; ``over`` is where on the screen the panel should begin."""
        text = page.formats.day(day)
        self._title.setText(text[:1].upper() + text[1:])
        self.setAccessibleName(text)
        self.list.setAccessibleName(text)
        self.list.show_page(page, day)
        self.list.set_day(day)
        sizes = self._theme.sizes
        high = min(self.list.height(), sizes.row * 7) + sizes.three + sizes.half
        self.resize(sizes.dialog, high)
        limit = self.screen().availableGeometry()
        self.move(
            max(limit.left(), min(over.x(), limit.right() - self.width())), max(limit.top(), min(over.y(), limit.bottom() - high))
        )
        self.show()

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard goes to the list."""
        super().showEvent(event)
        self.list.setFocus()
        self.list.walk(1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            return
        super().keyPressEvent(event)

    def _open(self, entry: Entry) -> None:
        self.hide()
        self.opened.emit(entry)


#: Sentences about a time before it is chosen: too close to another post, in the quiet hours, the same words again.
Notes = Callable[[PlannedTime], Sequence[str]]


class MoveDialog(Dialog):
    """A time, in the wall time of its client. ``chosen`` carries the PlannedTime."""

    chosen = Signal(object)

    def __init__(
        self,
        theme: Theme,
        parent: QWidget,
        asked: Asked,
        formats: Formats,
        *,
        now: datetime,
        tzdata: str,
        notes: Notes | None = None,
    ) -> None:
        """``now`` is the wall time of the client's zone, naive."""
        super().__init__(theme, parent, asked.title, name=asked.owner.name, colour=asked.owner.colour)
        self._owner, self._now, self._tzdata, self._notes = asked.owner, now, tzdata, notes
        self._planned: PlannedTime | None = None
        self.body.addWidget(Text(theme, asked.title, size=Size.LEAD, strong=True))
        if asked.item is not None and asked.wall is not None:
            self.body.addWidget(Text(theme, self.tr("From {moment}").format(moment=formats.moment(asked.wall)), tone="muted"))
        self.field = DateTimeField(theme, formats, lambda: now)
        self.field.set_moment(asked.wall)
        self.field.changed.connect(self._changed)
        zone = wording.zone(asked.owner.zone)
        self._zone = zone[:1].upper() + zone[1:]
        self._row = FormRow(theme, self.tr("New time"), self.field, self._zone)
        self.body.addWidget(self._row)
        self._said = Text(theme, size=Size.SMALL, tone="warning", wrap=True)
        self._said.hide()
        self.body.addWidget(self._said)
        self.confirm = self.add_buttons(self.tr("Leave it"), asked.confirm)
        self.accepted.connect(self._accepted)
        self._changed(asked.wall)
        self.field.setFocus()

    def _changed(self, moment: datetime | None) -> None:
        self._planned = None
        sentence = ""
        if moment is not None:
            try:
                planned = resolve(moment, self._owner.zone, self._tzdata)
            except BadInput as error:
                sentence = wording.error(error)
            else:
                if moment <= self._now:
                    sentence = self.tr("That time has passed. Choose a later one.")
                else:
                    self._planned = planned
                    self._row.set_hint(wording.shift(planned) or self._zone)
        if sentence:
            self._row.set_error(sentence)
        self._warn()
        self.confirm.setEnabled(self._planned is not None)

    def _warn(self) -> None:
        said = list(self._notes(self._planned)) if self._notes is not None and self._planned is not None else []
        self._said.setText("\n".join(said))
        self._said.setVisible(bool(said))

    def _accepted(self) -> None:
        if self._planned is not None:
            self.chosen.emit(self._planned)

    def event(self, event: QEvent) -> bool:
        """Is deleted once closed, since each entry has its own."""
        if event.type() is QEvent.Type.Hide:
            self.deleteLater()
        return super().event(event)
