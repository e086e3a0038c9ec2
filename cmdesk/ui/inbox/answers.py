"""Puts saved replies into the answer that is being written, and keeps new ones."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from cmdesk.domain.answering import SavedReply
from cmdesk.services import saved_replies
from cmdesk.ui import wording

if TYPE_CHECKING:
    from cmdesk.ui.bridge import Calls
    from cmdesk.ui.inbox.saved import SavedDialog
    from cmdesk.ui.inbox.talk import Open, Talk
    from cmdesk.ui.inbox.view import InboxView
    from cmdesk.ui.screens import Shell

translate = QCoreApplication.translate


class Answers:
    """The saved replies of one scope: always those of the client whose message is open."""

    def __init__(self, view: InboxView, talk: Talk, shell: Shell, calls: Calls) -> None:
        self._view, self._talk, self._shell, self._calls = view, talk, shell, calls

    def show(self) -> None:
        """Opens the list over the reply."""
        opened = self._talk.open
        if opened is None or opened.edit is None:
            return
        language = opened.message.language or opened.ws.client.language.value
        dialog = self._view.saved_dialog(
            opened.ws.client.name,
            opened.ws.client.colour,
            language,
            lambda words: saved_replies.replies(opened.ws, words, language),
        )
        dialog.chosen.connect(lambda number: self._put(opened, number))
        dialog.kept.connect(lambda reply: self._keep(dialog, opened, reply))
        dialog.removed.connect(lambda number: self._remove(dialog, opened, number))
        dialog.open()

    def _put(self, opened: Open, number: int) -> None:
        if self._talk.open is None or self._talk.open.place != opened.place:
            return
        now = opened.ws.clock.now()
        filled = saved_replies.filled(opened.ws, opened.message.id, number, more={"date": self._shell.formats.day(now.date())})
        self._view.talk.reply.put_in(filled.text)
        self._calls.run(saved_replies.used(opened.ws, number), otherwise=self._failed)
        if filled.missing:
            names = ", ".join(f"{{{one}}}" for one in filled.missing)
            self._shell.toast(translate("Inbox", "Nobody could fill {names}: write it in before you send.").format(names=names))

    def _keep(self, dialog: SavedDialog, opened: Open, reply: SavedReply) -> None:
        self._calls.run(
            saved_replies.save(opened.ws, reply),
            then=lambda _number: dialog.show_list(),
            otherwise=lambda error: dialog.show_problem(wording.error(error, self._shell.formats)),
        )

    def _remove(self, dialog: SavedDialog, opened: Open, number: int) -> None:
        before = next((one for one in saved_replies.replies(opened.ws) if one.id == number), None)
        if before is None:
            return

        again = SavedReply(0, before.name, before.texts, before.shortcut)

        def back() -> None:
            self._calls.run(saved_replies.save(opened.ws, again), otherwise=self._failed)

        def gone(_done: object) -> None:
            dialog.refresh()
            self._shell.toast(translate("Inbox", "“{name}” is removed").format(name=before.name), back)

        self._calls.run(saved_replies.remove(opened.ws, number), then=gone, otherwise=self._failed)

    def _failed(self, error: Exception) -> None:
        self._shell.toast(wording.error(error, self._shell.formats))
