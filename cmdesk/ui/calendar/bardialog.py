"""A campaign or a note on days of the calendar: its words, its days, and who may read it."""

from __future__ import annotations

from datetime import date, datetime

from msgspec import Struct
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.domain.client import Colour
from cmdesk.ui import wording
from cmdesk.ui.calendar.dayfield import DayField
from cmdesk.ui.calendar.entries import Owner
from cmdesk.ui.i18n import Formats
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import Button, Check, Choice, Kind
from cmdesk.ui.widgets.dialog import Dialog
from cmdesk.ui.widgets.fields import Field, FormRow, TextArea
from cmdesk.ui.widgets.layout import row
from cmdesk.ui.widgets.text import Text


class BarEdit(Struct, frozen=True):
    """What is written in the window; ``number`` 0 is a new one."""

    number: int
    note: bool
    words: str
    first: date
    last: date
    colour: Colour
    shared: bool = False


class BarDialog(Dialog):
    """``chosen`` carries a BarEdit, ``removed`` the BarEdit as it was."""

    chosen = Signal(object)
    removed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget, owner: Owner, formats: Formats, edit: BarEdit, *, now: datetime) -> None:
        """``now`` is the wall time of the client's zone, naive."""
        super().__init__(theme, parent, "", name=owner.name, colour=owner.colour)
        self._edit = edit
        title = self._title(edit)
        self.setWindowTitle(title)
        self.body.addWidget(Text(theme, title, size=Size.LEAD, strong=True))
        self.words = TextArea(theme) if edit.note else Field(theme)
        if isinstance(self.words, TextArea):
            self.words.setPlainText(edit.words)
            self.words.setFixedHeight(theme.sizes.three * 3)
        else:
            self.words.setText(edit.words)
        self.words.textChanged.connect(self._check)
        self.body.addWidget(FormRow(theme, self.tr("Words") if edit.note else self.tr("Name"), self.words))
        self.first = DayField(theme, formats, now, edit.first)
        self.last = DayField(theme, formats, now, edit.last)
        for field in (self.first, self.last):
            field.changed.connect(self._check)
        days = row(None, gap=theme.sizes.one)
        days.addWidget(FormRow(theme, self.tr("First day"), self.first), 1)
        days.addWidget(FormRow(theme, self.tr("Last day"), self.last), 1)
        self.body.addLayout(days)
        self._colours = Choice(theme, self.tr("Colour"))
        for colour in Colour:
            self._colours.addItem(wording.colour(colour), colour.value)
        self._colours.setCurrentIndex(list(Colour).index(edit.colour))
        self.body.addWidget(FormRow(theme, self.tr("Colour"), self._colours))
        self._shared = Check(theme, self.tr("The client may read it"))
        self._shared.setChecked(edit.shared)
        self._shared.setVisible(edit.note)
        self.body.addWidget(self._shared)
        if edit.number:
            remove = Button(theme, self.tr("Remove"), kind=Kind.PLAIN, icon="trash")
            remove.clicked.connect(self._remove)
            self._feet.insertWidget(0, remove)
        self.confirm = self.add_buttons(self.tr("Leave it"), self.tr("Save"))
        self.accepted.connect(lambda: self.chosen.emit(self.edited()))
        self._check()
        self.words.setFocus()

    def _title(self, edit: BarEdit) -> str:
        if edit.note:
            return self.tr("Note") if edit.number else self.tr("New note")
        return self.tr("Campaign") if edit.number else self.tr("New campaign")

    def edited(self) -> BarEdit:
        """What is in the window."""
        text = self.words.toPlainText() if isinstance(self.words, TextArea) else self.words.text()
        first = self.first.day() or self._edit.first
        last = self.last.day() or first
        colour = Colour(self._colours.currentData())
        return BarEdit(self._edit.number, self._edit.note, text.strip(), first, last, colour, self._shared.isChecked())

    def _check(self) -> None:
        found = self.edited()
        whole = self.first.day() is not None and self.last.day() is not None
        self.confirm.setEnabled(bool(found.words) and whole and found.first <= found.last)

    def _remove(self) -> None:
        self.reject()
        self.removed.emit(self._edit)
