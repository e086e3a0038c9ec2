"""The planner of cover: a week of all clients' hours, the own hours and days off, and what a holiday would leave open."""

from __future__ import annotations

from datetime import date, datetime

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.ui.calendar.coverview import CoverLook, CoverView
from cmdesk.ui.calendar.dayfield import DayField
from cmdesk.ui.i18n import Formats
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import Check, IconButton
from cmdesk.ui.widgets.dialog import Dialog
from cmdesk.ui.widgets.fields import Field, FormRow
from cmdesk.ui.widgets.layout import STRETCH, Scroll, row
from cmdesk.ui.widgets.text import Text


class CoverDialog(Dialog):
    """``turned`` carries weeks, ``holiday_wanted`` first and last day (None, None for none), ``own_changed`` hours and days off
    as written."""

    turned = Signal(int)
    holiday_wanted = Signal(object, object)
    own_changed = Signal(str, str)

    def __init__(self, theme: Theme, parent: QWidget, formats: Formats, now: datetime, own: str, off: str) -> None:  # noqa: PLR0917 - as filled in
        super().__init__(theme, parent, "")
        self.setWindowTitle(self.tr("Cover"))
        sizes = theme.sizes
        self.setMinimumWidth(sizes.one * 60)
        self._title = Text(theme, size=Size.LEAD, strong=True)
        before, after = IconButton(theme, "chevron-left"), IconButton(theme, "chevron-right")
        before.set_name(self.tr("Earlier"))
        after.set_name(self.tr("Later"))
        before.clicked.connect(lambda: self.turned.emit(-1))
        after.clicked.connect(lambda: self.turned.emit(1))
        self.body.addLayout(row(None, self._title, STRETCH, before, after, gap=sizes.quarter))
        self._said = Text(theme, tone="muted", wrap=True)
        self.body.addWidget(self._said)
        self.view = CoverView(theme)
        area = Scroll(self.view)
        area.setMinimumHeight(sizes.three * 6)
        self.body.addWidget(area, 1)
        self._own, self._off = Field(theme), Field(theme)
        self._own.setText(own)
        self._off.setText(off)
        self._own_row = FormRow(theme, self.tr("Your hours"), self._own, self.tr("For example mon-fri 9:00-17:00."))
        self._off_row = FormRow(theme, self.tr("Days off"), self._off, self.tr("For example 2026-12-24..2027-01-04."))
        for field in (self._own, self._off):
            field.editingFinished.connect(self._own_typed)
        fields = row(None, gap=sizes.one)
        fields.addWidget(self._own_row, 1)
        fields.addWidget(self._off_row, 1)
        self.body.addLayout(fields)
        self._away = Check(theme, self.tr("Holiday from"))
        self._from = DayField(theme, formats, now, now.date())
        self._until = DayField(theme, formats, now, now.date())
        self._away.clicked.connect(self._holiday)
        for day in (self._from, self._until):
            day.changed.connect(self._holiday)
        until = Text(theme, self.tr("until"), tone="soft")
        self.body.addLayout(row(None, self._away, self._from, until, self._until, STRETCH, gap=sizes.half))
        self.add_close(self.tr("Close"))

    def show_look(self, look: CoverLook, title: str, said: str) -> None:
        """Other days, and what they come to."""
        self._title.setText(title)
        self._said.setText(said)
        self.view.show_look(look)

    def say_wrong(self, hours: str, off: str) -> None:
        """What is wrong with the own hours or days off; "" when nothing is."""
        self._own_row.set_error(hours)
        self._off_row.set_error(off)

    def holiday(self) -> tuple[date | None, date | None]:
        """The holiday that is tried out."""
        return (self._from.day(), self._until.day()) if self._away.isChecked() else (None, None)

    def _holiday(self) -> None:
        self.holiday_wanted.emit(*self.holiday())

    def _own_typed(self) -> None:
        self.own_changed.emit(self._own.text(), self._off.text())
