"""What was agreed with a client about time: business hours, the promise to answer, slots, distance, key dates."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from msgspec import Struct
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.ui.calendar.entries import Owner
from cmdesk.ui.calendar.numberfield import NumberField
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import Check
from cmdesk.ui.widgets.dialog import Dialog
from cmdesk.ui.widgets.fields import Field, FormRow
from cmdesk.ui.widgets.layout import STRETCH, row
from cmdesk.ui.widgets.text import Text

_LONGEST_PROMISE, _LONGEST_DISTANCE = 40_320, 1440
LISTS = ("qc", "ca", "fr", "world")


class TermsEdit(Struct, frozen=True):
    """The terms as people write them; ``own_slots`` by the account's number, without a line it follows the client's."""

    hours: str
    promise: int
    slots: str
    own_slots: Mapping[int, str]
    distance: int
    lists: frozenset[str]


class TermsDialog(Dialog):
    """``chosen`` carries a TermsEdit. ``check(field, text)`` gives the sentence of what is wrong, or ""."""

    chosen = Signal(object)

    def __init__(  # noqa: PLR0917 - whose, what is agreed, and how to judge what is typed
        self,
        theme: Theme,
        parent: QWidget,
        owner: Owner,
        terms: TermsEdit,
        accounts: Mapping[int, str],
        check: Callable[[str, str], str],
    ) -> None:
        super().__init__(theme, parent, "", name=owner.name, colour=owner.colour)
        self._check = check
        self.setWindowTitle(self.tr("Hours, slots and key dates"))
        self.setMinimumWidth(theme.sizes.one * 36)
        self.body.addWidget(Text(theme, self.tr("Hours, slots and key dates"), size=Size.LEAD, strong=True))
        self._rows: list[tuple[str, Field, FormRow]] = []
        example = self.tr("For example mon-fri 9:00-17:00; sat 10:00-14:00. Empty when none were agreed.")
        self.hours = self._field("hours", self.tr("Business hours"), terms.hours, example)
        example = self.tr("For example mon-fri 9:00, 12:30; sat 10:00. A post takes the next free one.")
        self.slots = self._field("slots", self.tr("Slots"), terms.slots, example)
        self._own: dict[int, Field] = {}
        for number, handle in accounts.items() if len(accounts) > 1 else ():
            label = self.tr("Slots of {account}").format(account=handle)
            field = self._field("slots", label, terms.own_slots.get(number, ""), "")
            field.setPlaceholderText(self.tr("As the client's"))
            self._own[number] = field
        self.promise = NumberField(theme, 0, _LONGEST_PROMISE, terms.promise)
        self.distance = NumberField(theme, 0, _LONGEST_DISTANCE, terms.distance)
        numbers = row(None, gap=theme.sizes.one)
        numbers.addWidget(FormRow(theme, self.tr("Answer within (min)"), self.promise, self.tr("Counted in business hours.")), 1)
        numbers.addWidget(FormRow(theme, self.tr("Between two posts (min)"), self.distance, self.tr("0 is no minimum.")), 1)
        self.body.addLayout(numbers)
        self.body.addWidget(Text(theme, self.tr("Key dates"), size=Size.SMALL, strong=True, tone="soft"))
        names = (self.tr("Québec"), self.tr("Canada"), self.tr("France"), self.tr("International"))
        self._lists = {key: Check(theme, name) for key, name in zip(LISTS, names, strict=True)}
        for key, one in self._lists.items():
            one.setChecked(key in terms.lists)
        self.body.addLayout(row(None, *self._lists.values(), STRETCH, gap=theme.sizes.one))
        self.confirm = self.add_buttons(self.tr("Leave it"), self.tr("Save"))
        self.accepted.connect(lambda: self.chosen.emit(self.edited()))
        self.hours.setFocus()

    def _field(self, kind: str, label: str, text: str, hint: str) -> Field:
        field = Field(self._theme)
        field.setText(text)
        line = FormRow(self._theme, label, field, hint)
        self._rows.append((kind, field, line))
        field.textEdited.connect(self._judge)
        self.body.addWidget(line)
        return field

    def _judge(self) -> None:
        usable = True
        for kind, field, line in self._rows:
            said = self._check(kind, field.text())
            line.set_error(said)
            usable = usable and not said
        self.confirm.setEnabled(usable)

    def edited(self) -> TermsEdit:
        """What is in the window."""
        own = {number: field.text().strip() for number, field in self._own.items() if field.text().strip()}
        lists = frozenset(key for key, one in self._lists.items() if one.isChecked())
        return TermsEdit(
            self.hours.text().strip(), self.promise.value(), self.slots.text().strip(), own, self.distance.value(), lists
        )
