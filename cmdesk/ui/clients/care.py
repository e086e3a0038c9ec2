"""Answers what the rail asks: a new client, a client's menu, a client that can't be opened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint, QUrl
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QFileDialog, QMenu

from cmdesk.domain.client import Client, Colour, clean_timezone
from cmdesk.domain.ids import ClientId
from cmdesk.domain.quiet import clean_quiet
from cmdesk.domain.views import ClientCard, FileTrouble
from cmdesk.services import safekeeping
from cmdesk.services.workspace import Workspace
from cmdesk.ui import wording
from cmdesk.ui.actions import Action, Scope
from cmdesk.ui.bridge import alive
from cmdesk.ui.clients.form import ClientForm, Filled
from cmdesk.ui.screens import Question, Target
from cmdesk.ui.standing import Standing
from cmdesk.ui.theme import Size
from cmdesk.ui.widgets.buttons import Button
from cmdesk.ui.widgets.dialog import Dialog
from cmdesk.ui.widgets.layout import STRETCH, row
from cmdesk.ui.widgets.safelabel import SafeLabel
from cmdesk.ui.widgets.text import Text

if TYPE_CHECKING:
    from cmdesk.services.desk import Desk
    from cmdesk.ui.bridge import Bridge
    from cmdesk.ui.window import Window


class Clients(QObject):
    """Cares for the clients of a desk on behalf of the window."""

    def __init__(self, window: Window, desk: Desk, bridge: Bridge, open_folder: Callable[[QUrl], object]) -> None:
        """``open_folder`` shows a folder of this computer in the system's file manager."""
        super().__init__(window)
        self._window, self._desk, self._bridge, self._open_folder = window, desk, bridge, open_folder
        window.add_wanted.connect(self.add)
        window.repair_wanted.connect(self.repair)
        window.client_menu_wanted.connect(self.menu)
        self._standing = Standing(window, bridge)
        window.actions_alive.add(window, self._actions())

    def _actions(self) -> list[Action]:
        """The crisis key, for the client on screen."""
        return [
            Action(
                "client.freeze",
                lambda: self.tr("Freeze everything of this client…"),
                lambda: self._with_shown(self.freeze),
                ("Ctrl+Shift+F",),
                Scope.WINDOW,
                enabled=lambda: self._frozen_here() is False,
                icon="lock",
            ),
            Action(
                "client.thaw",
                lambda: self.tr("Thaw this client…"),
                lambda: self._with_shown(self.thaw),
                (),
                Scope.WINDOW,
                enabled=lambda: self._frozen_here() is True,
                icon="arrow-right",
            ),
        ]

    def _frozen_here(self) -> bool | None:
        """Whether the client on screen is frozen; None where there is none."""
        shown = next((card for card in self._window.cards if card.id == self._window.client), None)
        return None if shown is None else shown.frozen is not None

    def _with_shown(self, verb: Callable[[ClientId], object]) -> None:
        if self._window.client is not None:
            verb(self._window.client)

    def freeze(self, client: ClientId) -> None:
        """Turns the crisis key of a client."""
        self._standing.freeze(self._desk.workspace(client))

    def thaw(self, client: ClientId) -> None:
        """Shows what a client's crisis key holds: one by one, or everything."""
        self._window.go(Target("late", client))

    # --- new and changed

    def add(self) -> None:
        """Asks for a new client and enters it."""
        dialog = self._form_dialog(self.tr("New client"), self.tr("Create the client"), None)
        form = dialog.form

        def create() -> Coroutine[Any, Any, Workspace]:
            filled = form.filled()
            return self._created(filled)

        def created(workspace: Workspace) -> None:
            self._window.refresh_cards()
            self._window.go(Target("accounts", workspace.client.id))

        self._run_form(dialog, create, created)

    def change(self, client: ClientId) -> None:
        """Asks for another name, colour, language or zone."""
        workspace = self._desk.workspace(client)
        before = workspace.client
        dialog = self._form_dialog(self.tr("Change the client"), self.tr("Save"), before)
        form = dialog.form

        def done(_result: object) -> None:
            self._window.refresh_cards()

        self._run_form(dialog, lambda: self._changed(workspace, before, form.filled()), done)

    async def _created(self, filled: Filled) -> Workspace:
        quiet = clean_quiet(filled.quiet)
        made = await self._desk.create(filled.name, filled.colour, filled.timezone, filled.language)
        if quiet is not None:
            await self._desk.set_quiet(made, quiet)
        return made

    async def _changed(self, workspace: Workspace, before: Client, filled: Filled) -> None:
        """Only what differs is written. The zone is checked first, so that a wrong one leaves everything as it was."""
        clean_timezone(filled.timezone)
        quiet = clean_quiet(filled.quiet)
        if filled.name != before.name:
            await self._desk.rename(workspace, filled.name)
        if filled.colour is not before.colour:
            await self._desk.recolour(workspace, filled.colour)
        if filled.language is not before.language:
            await self._desk.set_language(workspace, filled.language)
        if filled.timezone != before.timezone:
            await self._desk.set_timezone(workspace, filled.timezone)
        # The form shows no days: hours that stay the same keep theirs.
        if str(quiet) != str(before.quiet):
            await self._desk.set_quiet(workspace, quiet)

    def _form_dialog(self, title: str, confirm: str, client: Client | None) -> FormDialog:
        form = ClientForm(self._window.theme, self._desk.clock.zone_name(), self._free_colour(), client)
        return FormDialog(self._window, form, title, (self.tr("Cancel"), confirm), client)

    def _free_colour(self) -> Colour:
        """The colour fewest clients wear."""
        worn = Counter(card.colour for card in self._desk.cards())
        return min(Colour, key=lambda colour: worn[colour])

    def _run_form(self, dialog: FormDialog, verb: Callable[[], Coroutine[Any, Any, Any]], then: Callable[[Any], object]) -> None:
        """The dialog stays open until the verb succeeds: what was typed is never lost to an error."""

        def landed(result: object) -> None:
            # The dialog may have been closed while the verb was carried out; what was done is shown all the same.
            if alive(dialog.accept):
                dialog.accept()
            then(result)

        dialog.confirmed.connect(lambda: self._bridge.run(verb(), landed, dialog.form.show_problem))
        dialog.exec()
        dialog.deleteLater()

    # --- the menu of a client

    def menu(self, client: ClientId, point: QPoint) -> None:
        """What can be done with a client."""
        workspace = self._desk.workspace(client)
        menu = QMenu(self._window)
        frozen = any(card.id == client and card.frozen is not None for card in self._window.cards)
        for words, action in (
            (self.tr("Thaw…"), lambda: self.thaw(client))
            if frozen
            else (self.tr("Freeze everything…"), lambda: self.freeze(client)),
            (self.tr("Decisions"), lambda: self._window.go(Target("late", client))),
            (self.tr("Journal"), lambda: self._window.go(Target("journal", client))),
            (self.tr("Change name, colour, zone…"), lambda: self.change(client)),
            (self.tr("Back up now"), lambda: self._back_up(workspace)),
            (self.tr("Export for hand-over…"), lambda: self._export(workspace)),
            (self.tr("Archive"), lambda: self._archive(workspace)),
        ):
            menu.addAction(words).triggered.connect(action)
        menu.exec(point)
        menu.deleteLater()

    def _back_up(self, workspace: Workspace) -> None:
        name = workspace.client.name
        self._run(
            safekeeping.backup(workspace),
            lambda _backup: self._window.toast(self.tr("{client} is backed up.").format(client=name)),
        )

    def _export(self, workspace: Workspace) -> None:
        suggestion = f"{workspace.client.name.replace('/', '-')}.cmdesk.zip"
        path, _kind = QFileDialog.getSaveFileName(
            self._window, self.tr("Export for hand-over"), suggestion, self.tr("Hand-over archive (*.zip)")
        )
        if path:
            said = self.tr("The archive is written. It holds no passwords and no keys.")
            self._run(safekeeping.export_client(workspace, Path(path)), lambda _exported: self._window.toast(said))

    def _archive(self, workspace: Workspace) -> None:
        client = workspace.client
        sure = self._window.ask(
            Question(
                title=self.tr("Archive this client?"),
                text=self.tr(
                    "It leaves the rail, and nothing of it goes out or comes in any more. "
                    "Everything is kept. Bring it back from the preferences."
                ),
                confirm=self.tr("Archive {client}").format(client=client.name),
                client=client.id,
            )
        )
        if sure:
            self._run(self._desk.archive(workspace), lambda _none: self._archived(client))

    def _archived(self, client: Client) -> None:
        # The window leaves the client first, for leaving takes the sentence away with its undo.
        self._window.refresh_cards()
        self._window.toast(
            self.tr("{client} is archived.").format(client=client.name),
            lambda: self._run(self._desk.restore(client.id), lambda _workspace: self._window.refresh_cards()),
        )

    # --- a client in trouble

    def repair(self, client: ClientId) -> None:
        """Says what is wrong with a client's file, what is safe, and offers the ways on."""
        card = next((card for card in self._desk.cards() if card.id == client), None)
        if card is None or card.trouble is None:
            return
        RepairDialog(self._window, self, card).exec()

    def backups_of(self, client: ClientId) -> tuple[safekeeping.Backup, ...]:
        """The copies of a client's file, newest first."""
        return safekeeping.backups(self._desk.home, client)

    def restore(self, card: ClientCard, backup: safekeeping.Backup, then: Callable[[], object]) -> None:
        """Puts a copy in the place of the damaged file, which is kept aside."""

        def done(_held: int) -> None:
            then()
            self._window.refresh_cards()
            self._window.toast(self.tr("The copy is in place. Posts that may have gone out since are held for your decision."))

        self._run(safekeeping.restore(self._desk, card.id, backup.path), done)

    def look_again(self) -> None:
        """Opens what could not be opened, now that it may have been mended."""
        self._run(self._desk.refresh(), lambda _none: self._window.refresh_cards())

    def show_folder(self, folder: str) -> None:
        """The client's folder in the system's file manager."""
        self._open_folder(QUrl.fromLocalFile(folder))

    def _run(self, verb: Coroutine[Any, Any, Any], then: Callable[[Any], object]) -> None:
        self._bridge.run(verb, then, lambda error: self._window.toast(wording.error(error, self._window.formats)))


class FormDialog(Dialog):
    """A dialog around the client's form that closes only when the work is done."""

    def __init__(self, window: Window, form: ClientForm, title: str, words: tuple[str, str], client: Client | None) -> None:
        """``words`` are those of the buttons: to leave, and to do it."""
        super().__init__(
            window.theme,
            window,
            title,
            name=client.name if client else "",
            colour=client.colour if client else None,
        )
        self.form = form
        self.body.addWidget(Text(window.theme, title, size=Size.LEAD, strong=True))
        self.body.addWidget(form, 1)
        self._yes = self.add_buttons(*words)
        self._yes.clicked.disconnect(self.accept)
        self.confirmed = self._yes.clicked
        form.swatches.chosen.connect(lambda colour: self._yes.set_tones(window.theme.tones(colour)))
        self._yes.set_tones(window.theme.tones(form.swatches.choice))
        form.name.setFocus()

    def showEvent(self, event: QShowEvent) -> None:
        """As high as the words need at this width: Qt first asks for the height of a narrower one."""
        super().showEvent(event)
        layout = self.layout()
        if layout is not None and layout.hasHeightForWidth():
            self.resize(self.width(), layout.totalHeightForWidth(self.width()))


class RepairDialog(Dialog):
    """The repair card of one client."""

    def __init__(self, window: Window, care: Clients, card: ClientCard) -> None:
        super().__init__(window.theme, window, self.tr("This client can’t be opened"))
        theme = window.theme
        self.body.addWidget(Text(theme, self.tr("This client can’t be opened"), size=Size.LEAD, strong=True))
        who = SafeLabel(theme, strong=True)
        who.show_name(card.name)
        self.body.addWidget(who)
        if card.trouble is not None:
            self.body.addWidget(Text(theme, wording.file_trouble(card.trouble), tone="soft", wrap=True))
        copies = care.backups_of(card.id) if card.trouble in {FileTrouble.DAMAGED, FileTrouble.UNREADABLE} else ()
        if copies:
            self.body.addWidget(Text(theme, self.tr("Copies made before:"), strong=True))
        for backup in copies[:5]:
            when = Text(theme, window.formats.moment(backup.made_at.astimezone()), tabular=True)
            button = Button(theme, self.tr("Put this copy in its place"))
            button.clicked.connect(lambda _on=False, backup=backup: care.restore(card, backup, self.accept))
            self.body.addLayout(row(None, when, STRETCH, button))
        folder, again = (
            Button(theme, self.tr("Show the folder"), icon="folder"),
            Button(theme, self.tr("Try again"), icon="refresh"),
        )
        folder.clicked.connect(lambda: care.show_folder(card.folder))
        again.clicked.connect(care.look_again)
        again.clicked.connect(self.accept)
        self.body.addLayout(row(None, folder, again, STRETCH, gap=theme.sizes.half))
        self.add_close(self.tr("Close"))
