"""Asks why a message is reported, in the client's name, before anything is told to the server's moderators."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from cmdesk.domain.client import Colour
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import Check, Choice, Kind
from cmdesk.ui.widgets.dialog import Dialog
from cmdesk.ui.widgets.fields import FormRow, TextArea
from cmdesk.ui.widgets.safelabel import SafeLabel
from cmdesk.ui.widgets.text import Text

#: As much as the network keeps of a comment.
LONGEST = 1000


class ReportDialog(Dialog):
    """The reason, a comment, and whether the author's own server hears of it too."""

    def __init__(self, theme: Theme, parent: QWidget | None, *, client: str, colour: Colour, person: str, ours: str) -> None:
        super().__init__(theme, parent, "", name=client, colour=colour)
        self.setWindowTitle(self.tr("Report a message"))
        heading = Text(theme, self.tr("Report this message?"), size=Size.LEAD, strong=True)
        who = SafeLabel(theme, tone="soft")
        who.show_name(f"@{person}")
        sentence = Text(
            theme,
            self.tr("The moderators of the server get the message and your words, sent by @{handle}.").format(handle=ours),
            tone="soft",
            wrap=True,
        )
        self.reason = Choice(theme)
        for key, words in (
            ("spam", self.tr("It is spam")),
            ("violation", self.tr("It breaks the server’s rules")),
            ("legal", self.tr("It is against the law")),
            ("other", self.tr("Something else")),
        ):
            self.reason.addItem(words, key)
        self.comment = TextArea(theme)
        self.comment.setFixedHeight(theme.sizes.three * 2)
        self.forward = Check(theme, self.tr("Tell the author’s own server too"))
        self.body.addWidget(heading)
        self.body.addWidget(who)
        self.body.addWidget(sentence)
        self.body.addWidget(FormRow(theme, self.tr("Reason"), self.reason))
        self.body.addWidget(FormRow(theme, self.tr("What the moderators should know (optional)"), self.comment))
        self.body.addWidget(self.forward)
        self.add_buttons(self.tr("Cancel"), self.tr("Report"), Kind.DANGER)

    def answer(self) -> tuple[str, str, bool]:
        """The reason's key, the comment, and whether to forward."""
        return str(self.reason.currentData()), self.comment.toPlainText().strip()[:LONGEST], self.forward.isChecked()
