"""Asks somebody at the client: whom, in which words, by mail or by whatever way the words are copied to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from cmdesk.domain.answering import Contact, Department, Way
from cmdesk.domain.client import Colour
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import Button, Choice
from cmdesk.ui.widgets.dialog import Dialog
from cmdesk.ui.widgets.fields import Field, FormRow, TextArea
from cmdesk.ui.widgets.layout import column, row
from cmdesk.ui.widgets.text import Text
from cmdesk.ui.wordings import QT_TRANSLATE_NOOP

translate = QCoreApplication.translate

_DEPARTMENTS: Mapping[Department, str] = MappingProxyType(
    {
        Department.COMMUNICATIONS: QT_TRANSLATE_NOOP("Departments", "Communications"),
        Department.MARKETING: QT_TRANSLATE_NOOP("Departments", "Marketing"),
        Department.SERVICE: QT_TRANSLATE_NOOP("Departments", "Customer service"),
        Department.PRODUCTION: QT_TRANSLATE_NOOP("Departments", "Production"),
        Department.SALES: QT_TRANSLATE_NOOP("Departments", "Sales"),
        Department.HR: QT_TRANSLATE_NOOP("Departments", "Human resources"),
        Department.OTHER: QT_TRANSLATE_NOOP("Departments", "Elsewhere"),
    }
)


def department(one: Department) -> str:
    """A department in words."""
    return translate("Departments", _DEPARTMENTS[one])


class Asked(Struct, frozen=True):
    """What was decided: the contact (id 0: a new one, to be kept), the words and the way."""

    contact: Contact
    text: str
    way: Way


class AskDialog(Dialog):
    """Whom to ask, and the words they get."""

    def __init__(
        self, theme: Theme, parent: QWidget | None, *, client: str, colour: Colour, contacts: Sequence[Contact], text: str
    ) -> None:
        super().__init__(theme, parent, "", name=client, colour=colour)
        self.setWindowTitle(self.tr("Ask somebody at the client"))
        self._contacts = tuple(contacts)
        self._way = Way.COPIED
        heading = Text(theme, self.tr("Whom do you ask?"), size=Size.LEAD, strong=True)
        self.who = Choice(theme)
        for contact in self._contacts:
            self.who.addItem(f"{contact.name} · {department(contact.department)}", contact.id)
        self.who.addItem(self.tr("Somebody new…"), 0)
        self.who.currentIndexChanged.connect(self._fit)
        self.department = Choice(theme)
        for one in Department:
            self.department.addItem(department(one), one.value)
        self.name = Field(theme)
        self.email = Field(theme)
        self._new = QWidget()
        self._name = FormRow(theme, self.tr("Name"), self.name)
        self._email = FormRow(theme, self.tr("E-mail (optional)"), self.email)
        beside = row(None, FormRow(theme, self.tr("Department"), self.department), self._name, gap=theme.sizes.one)
        column(self._new, beside, self._email, gap=theme.sizes.half)
        self.text = TextArea(theme)
        self.text.setPlainText(text)
        self.text.setMinimumHeight(theme.sizes.three * 3)
        note = Text(
            theme,
            self.tr("cmdesk sends nothing to them by itself. The message waits on the client until you write down the answer."),
            tone="muted",
            size=Size.SMALL,
            wrap=True,
        )
        for part in (
            heading,
            FormRow(theme, self.tr("Person"), self.who),
            self._new,
            FormRow(theme, self.tr("What you ask"), self.text),
            note,
        ):
            self.body.addWidget(part)
        self._copy = self.add_buttons(self.tr("Cancel"), self.tr("Copy the words"))
        self._mail = Button(theme, self.tr("Write an e-mail"), icon="external")
        self._mail.clicked.connect(self._by_mail)
        self._feet.insertWidget(1, self._mail)
        self.text.textChanged.connect(self._fit)
        self.name.textChanged.connect(self._fit)
        self.email.textChanged.connect(self._fit)
        self._fit()

    def answer(self) -> Asked:
        """What was decided."""
        known = next((one for one in self._contacts if one.id == self.who.currentData()), None)
        contact = known or Contact(
            0, Department(self.department.currentData()), self.name.text().strip(), self.email.text().strip()
        )
        return Asked(contact, self.text.toPlainText().strip(), self._way)

    def _by_mail(self) -> None:
        self._way = Way.EMAIL
        self.accept()

    def _fit(self) -> None:
        """Somebody new needs a name; a mail needs an address."""
        self._new.setVisible(self.who.currentData() == 0)
        decided = self.answer()
        ready = bool(decided.contact.name and decided.text)
        self._copy.setEnabled(ready)
        self._mail.setEnabled(ready and "@" in decided.contact.email)
