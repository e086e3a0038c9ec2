"""Lets a post come again: by which rule, until when, with which other words, and on which days that is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from msgspec import Struct
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from cmdesk.domain.schedule import PlannedTime, Shift
from cmdesk.ui import wording
from cmdesk.ui.calendar.dayfield import DayField
from cmdesk.ui.calendar.entries import Owner
from cmdesk.ui.calendar.numberfield import NumberField
from cmdesk.ui.calendar.rules import DAILY, MONTHLY, MONTHLY_BY_DAY, WEEKLY, YEARLY, Rule, by_day_words
from cmdesk.ui.i18n import Formats
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import Button, Check, Choice
from cmdesk.ui.widgets.dialog import Dialog
from cmdesk.ui.widgets.fields import FormRow, TextArea
from cmdesk.ui.widgets.layout import STRETCH, column, row
from cmdesk.ui.widgets.text import Text

#: The next occurrences of a rule, or the sentence that says what is wrong with it.
Preview = Callable[[str], "Sequence[PlannedTime] | str"]

_MOST_TIMES, _MOST_INTERVAL = 500, 99


class Repeating(Struct, frozen=True):
    """A rule as written, with other wordings that take turns with the post's own."""

    rule: str
    texts: tuple[str, ...]


class RepeatDialog(Dialog):
    """``chosen`` carries a Repeating. ``first`` is the wall time (naive) of the post; ``running`` whether it repeats already."""

    chosen = Signal(object)
    ended = Signal()

    def __init__(
        self,
        theme: Theme,
        parent: QWidget,
        owner: Owner,
        formats: Formats,
        *,
        first: datetime,
        preview: Preview,
        running: str = "",
    ) -> None:
        super().__init__(theme, parent, "", name=owner.name, colour=owner.colour)
        self._formats, self._first, self._preview = formats, first, preview
        self.setWindowTitle(self.tr("Repeat the post"))
        self.setMinimumWidth(theme.sizes.one * 42)
        self.body.addWidget(Text(theme, self.tr("Repeat the post"), size=Size.LEAD, strong=True))
        self._say_running(running)
        self._every = Choice(theme, self.tr("How often"))
        self._every.addItem(self.tr("Every day"), DAILY)
        self._every.addItem(self.tr("Every week"), WEEKLY)
        self._every.addItem(self.tr("Every month, on this date"), MONTHLY)
        self._every.addItem(by_day_words(first, formats), MONTHLY_BY_DAY)
        self._every.addItem(self.tr("Every year"), YEARLY)
        self._every.setCurrentIndex(1)
        self._interval = NumberField(theme, 1, _MOST_INTERVAL, 1, self.tr("Every so many"))
        steps = Text(theme, self.tr("Interval"), size=Size.SMALL, tone="muted")
        self.body.addLayout(row(None, self._every, steps, self._interval, STRETCH, gap=theme.sizes.half))
        self._week = self._weekdays(theme)
        self.body.addWidget(self._week)
        self.body.addLayout(self._end(theme))
        self.body.addLayout(self._columns(theme))
        self.confirm = self.add_buttons(self.tr("Leave it"), self.tr("Repeat"))
        self.accepted.connect(self._accepted)
        self._every.activated.connect(self._changed)
        self._interval.changed.connect(self._changed)
        self._count.changed.connect(self._changed)
        self._changed()

    def _say_running(self, running: str) -> None:
        if running:
            stop = Button(self._theme, self.tr("End the repetition"))
            stop.clicked.connect(self._stop)
            self.body.addLayout(row(None, Text(self._theme, running, tone="muted", wrap=True), STRETCH, stop))

    def _weekdays(self, theme: Theme) -> QWidget:
        inner = QWidget()
        self._checks: list[tuple[int, Check]] = []
        for offset in range(7):
            day = (self._formats.first_weekday + offset) % 7
            check = Check(theme, self._formats.weekday_short(day))
            check.setAccessibleName(self._formats.weekday(day))
            check.setChecked(day == self._first.weekday())
            check.clicked.connect(self._changed)
            self._checks.append((day, check))
        row(inner, *(check for _day, check in self._checks), STRETCH, gap=theme.sizes.half)
        return inner

    def _end(self, theme: Theme) -> QHBoxLayout:
        self._ends = Choice(theme, self.tr("Until when"))
        for text, key in ((self.tr("Without end"), ""), (self.tr("So many times"), "count"), (self.tr("Until a day"), "until")):
            self._ends.addItem(text, key)
        self._ends.activated.connect(self._changed)
        self._count = NumberField(theme, 2, _MOST_TIMES, 10, self.tr("How many times"))
        self._until = DayField(theme, self._formats, self._first)
        self._until.setAccessibleName(self.tr("Last day"))
        self._until.changed.connect(self._changed)
        return row(None, self._ends, self._count, self._until, STRETCH, gap=theme.sizes.half)

    def _columns(self, theme: Theme) -> QHBoxLayout:
        self._texts = TextArea(theme, self.tr("Other words, a blank line between two versions"))
        self._texts.setMinimumHeight(theme.sizes.three * 2)
        hint = self.tr("Some networks refuse the same words twice: each version takes its turn.")
        words = FormRow(theme, self.tr("Other versions"), self._texts, hint)
        self._dates = Text(theme, tabular=True, wrap=True)
        self._dates.setAccessibleName(self.tr("The next dates"))
        self._note = Text(theme, size=Size.SMALL, tone="warning", wrap=True)
        head = Text(theme, self.tr("The next dates"), size=Size.SMALL, strong=True, tone="soft")
        dates = column(None, head, self._dates, self._note, STRETCH, gap=theme.sizes.quarter)
        columns = row(None, gap=theme.sizes.one_half)
        columns.addWidget(words, 3)
        columns.addLayout(dates, 2)
        return columns

    def rule(self) -> Rule:
        """What is chosen."""
        ends = self._ends.currentData()
        return Rule(
            every=self._every.currentData(),
            interval=self._interval.value(),
            weekdays=frozenset(day for day, check in self._checks if check.isChecked()),
            count=self._count.value() if ends == "count" else 0,
            until=self._until.day() if ends == "until" else None,
        )

    def _changed(self) -> None:
        rule = self.rule()
        self._week.setVisible(rule.every == WEEKLY)
        self._count.setVisible(self._ends.currentData() == "count")
        self._until.setVisible(self._ends.currentData() == "until")
        found = self._preview(rule.written(self._first))
        self.confirm.setEnabled(not isinstance(found, str) and bool(found))
        if isinstance(found, str):
            self._dates.setText("")
            self._note.setText(found)
            return
        self._dates.setText("\n".join(self._formats.moment(one.utc.astimezone(ZoneInfo(one.zone))) for one in found))
        shifted = [wording.shift(one) for one in found if one.shift is not Shift.NONE]
        self._note.setText("\n".join(dict.fromkeys(shifted)))
        self._note.setVisible(bool(shifted))

    def _stop(self) -> None:
        self.reject()
        self.ended.emit()

    def _accepted(self) -> None:
        texts = tuple(part.strip() for part in self._texts.toPlainText().split("\n\n") if part.strip())
        self.chosen.emit(Repeating(self.rule().written(self._first), texts))
