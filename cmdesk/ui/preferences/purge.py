"""Asks for a client's name before it is erased for good: what can't be taken back must not be one click away."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from cmdesk.domain.client import Client
from cmdesk.ui import wording
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import Kind
from cmdesk.ui.widgets.dialog import Dialog
from cmdesk.ui.widgets.fields import Field, FormRow
from cmdesk.ui.widgets.text import Text


class PurgeDialog(Dialog):
    """``erase`` carries what was typed; the dialog stays until the erasing is done."""

    erase = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None, client: Client) -> None:
        super().__init__(theme, parent, self.tr("Erase this client?"), name=client.name, colour=client.colour)
        self.body.addWidget(Text(theme, self.tr("Erase this client?"), size=Size.LEAD, strong=True))
        self.body.addWidget(
            Text(
                theme,
                self.tr(
                    "Its posts, messages, files and all its copies leave this computer for good, and its keys leave the keyring. "
                    "What is live on the networks stays live."
                ),
                tone="soft",
                wrap=True,
            )
        )
        self.name = Field(theme)
        self._row = FormRow(theme, "", self.name)
        self._row.set_label(self.tr("Type the client’s name: {name}").format(name=client.name))
        self.body.addWidget(self._row)
        self.confirm = self.add_buttons(self.tr("Cancel"), self.tr("Erase for good"), Kind.DANGER)
        self.confirm.clicked.disconnect(self.accept)
        self.confirm.clicked.connect(lambda: self.erase.emit(self.name.text()))
        self.confirm.setEnabled(False)
        self.name.textChanged.connect(lambda text: self.confirm.setEnabled(" ".join(text.split()) == client.name))
        self.name.setFocus()

    def show_problem(self, problem: Exception) -> None:
        """What is wrong, under the field."""
        self._row.set_error(wording.error(problem))
