"""Wires the preferences to the program's settings, the copies of clients, and the practice desk."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QObject, QUrl

import cmdesk
from cmdesk import __version__
from cmdesk.domain.agent import AgentState, Installation, Standing, Who
from cmdesk.domain.changes import Changes, Topic
from cmdesk.domain.client import Client
from cmdesk.domain.errors import ReadOnly
from cmdesk.domain.ids import ClientId
from cmdesk.domain.settings import Settings
from cmdesk.services import agents, safekeeping
from cmdesk.services.desk import Desk
from cmdesk.services.workspace import Workspace
from cmdesk.ui import links, wording
from cmdesk.ui.preferences.view import TEXT_SIZES, Chosen, Copy, Owner
from cmdesk.ui.screens import Question

if TYPE_CHECKING:
    from cmdesk.services.safekeeping import Backup, Verified
    from cmdesk.ui.actions import Action
    from cmdesk.ui.preferences.view import PreferencesView
    from cmdesk.ui.program import Program
    from cmdesk.ui.screens import Shell

translate = QCoreApplication.translate
_MOST = 8


def documentation() -> str:
    """Where the documentation is, as the installed package says; "" when it does not."""
    # Read here, because the library that reads all of it brings a parser of letters, for which the room would wait.
    beside = Path(cmdesk.__file__).parent.parent
    begin = "Project-URL: Documentation, "
    for file in beside.glob("cmdesk-*.dist-info/METADATA"):
        head = file.read_text(encoding="utf-8").partition("\n\n")[0]
        return next((line.removeprefix(begin).strip() for line in head.splitlines() if line.startswith(begin)), "")
    return ""


class CopyCounts(QObject):
    """Sentences with a number in them: the extracting tool sees their plurals only in ``self.tr``."""

    def posts(self, count: int) -> str:
        """How many posts a copy holds."""
        return self.tr("%n post(s)", "", count)

    def messages(self, count: int) -> str:
        """How many messages a copy holds."""
        return self.tr("%n message(s)", "", count)

    def held(self, count: int) -> str:
        """What waits after a restoration."""
        return self.tr("The copy is in place. %n post(s) are held for your decision.", "", count)


class PreferencesPresenter:
    """Wires the view to the program and to one client, or to all."""

    def __init__(
        self,
        view: PreferencesView,
        scope: Workspace | Desk,
        shell: Shell,
        program: Program,
        open_folder: Callable[[QUrl], object] = links.open_folder,
    ) -> None:
        """``open_folder`` shows a folder of this computer in the system's file manager."""
        self._view, self._scope, self._shell, self._program = view, scope, shell, program
        self._open_folder = open_folder
        self._calls = shell.bridge.calls()
        self._counts = CopyCounts()
        self._wires = (
            (view.language_chosen, self._speak),
            (view.scheme_chosen, self._dress),
            (view.text_size_chosen, self._enlarge),
            (view.notices_chosen, self._notify),
            (view.notice_texts_chosen, self._notify_texts),
            (view.folder_wanted, self._show_folder),
            (view.backup_wanted, self._back_up),
            (view.verify_wanted, self._verify),
            (view.restore_wanted, self._restore),
            (view.bring_back, self._bring_back),
            (view.purge_wanted, self._purge),
            (view.practice_wanted, self._practise),
            (view.agent_wanted, self._change_agent),
            (view.link, shell.open_link),
        )
        for signal, slot in self._wires:
            signal.connect(slot)
        self._show()

    # --- reading

    def _show(self) -> None:
        formats, settings, program = self._shell.formats, self._program.settings, self._program
        self._view.show_text_sizes([formats.percent(size / 100) for size in TEXT_SIZES])
        self._view.show_choices(
            Chosen(settings.language, settings.scheme, round(settings.text_scale * 100), settings.notices, settings.notice_texts)
        )
        version = translate("Preferences", "Version {version}").format(version=__version__)
        self._view.show_place(str(program.home), version, documentation(), practice=program.practice)
        self._show_copies()
        self._ask_agent()

    def _show_copies(self) -> None:
        desk = self._program.desk
        if isinstance(self._scope, Workspace):
            client = self._scope.client
            found = safekeeping.backups(desk.home, client.id)[:_MOST]
            self._view.show_copies(self._owner(client, ""), [self._copy(one) for one in found])
        else:
            zone = self._zone()
            self._view.show_owners([self._owner(ws.client, self._newest(ws.client, zone)) for ws in desk.workspaces])
        away = [ws.client for ws in desk.all_workspaces if ws.client.archived_at is not None]
        self._view.show_archived([self._owner(client, self._since(client)) for client in away])

    @staticmethod
    def _owner(client: Client, detail: str) -> Owner:
        return Owner(client.id, client.name, client.initials, client.colour, detail)

    def _newest(self, client: Client, zone: ZoneInfo) -> str:
        made_at = safekeeping.newest(self._program.desk.home, client.id)
        if made_at is None:
            return translate("Preferences", "No copy yet")
        when = self._shell.formats.ago(made_at.astimezone(zone), self._scope.clock.now().astimezone(zone))
        return translate("Preferences", "Last copy {when}").format(when=when)

    def _since(self, client: Client) -> str:
        if client.archived_at is None:
            return ""
        day = self._shell.formats.date(client.archived_at.astimezone(self._zone()).date())
        return translate("Preferences", "Archived since {day}").format(day=day)

    def _copy(self, backup: Backup) -> Copy:
        parts = [wording.megabytes(backup.size), self._ago(backup), self._why(backup)]
        title = self._shell.formats.moment(backup.made_at.astimezone(self._zone()))
        return Copy(backup.path, title[:1].upper() + title[1:], " · ".join(part for part in parts if part))

    @staticmethod
    def _why(backup: Backup) -> str:
        if backup.why == "before-restore":
            return translate("Preferences", "kept before a restoration")
        if backup.why == "damaged":
            return translate("Preferences", "a damaged file, kept as it was")
        return translate("Preferences", "kept before an update") if backup.why else ""

    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self._scope.clock.zone_name())

    def _ago(self, backup: Backup) -> str:
        zone = self._zone()
        return self._shell.formats.ago(backup.made_at.astimezone(zone), self._scope.clock.now().astimezone(zone))

    # --- choices

    def _speak(self, language: str) -> None:
        self._change(replace(self._program.settings, language=language))

    def _dress(self, scheme: str) -> None:
        self._change(replace(self._program.settings, scheme=scheme))

    def _enlarge(self, per_cent: int) -> None:
        self._change(replace(self._program.settings, text_scale=per_cent / 100))

    def _notify(self, on: bool) -> None:
        self._change(replace(self._program.settings, notices=on))

    def _notify_texts(self, on: bool) -> None:
        self._change(replace(self._program.settings, notice_texts=on))

    def _change(self, settings: Settings) -> None:
        try:
            self._program.change_settings(settings)
        except ReadOnly:
            self._shell.toast(
                translate("Preferences", "The data folder cannot be written to: this holds until you close cmdesk.")
            )

    # --- the data

    def _show_folder(self) -> None:
        self._open_folder(QUrl.fromLocalFile(str(self._program.home)))

    def _back_up(self, client: ClientId | None) -> None:
        if client is None:
            return
        workspace = self._program.desk.workspace(client)
        name = workspace.client.name

        def done(_backup: Backup) -> None:
            self._show_copies()
            self._shell.toast(translate("Preferences", "{client} is backed up.").format(client=name))

        self._run(safekeeping.backup(workspace), done)

    def _verify(self, path: Path) -> None:
        def done(found: Verified) -> None:
            posts, messages = self._counts.posts(found.posts), self._counts.messages(found.messages)
            text = translate("Preferences", "The copy is whole: {posts}, {messages}.")
            self._shell.toast(text.format(posts=posts, messages=messages))

        self._run(safekeeping.verify(self._scope, path), done)

    def _restore(self, path: Path) -> None:
        if not isinstance(self._scope, Workspace):
            return
        client = self._scope.client
        backup = next((one for one in safekeeping.backups(self._program.desk.home, client.id) if one.path == path), None)
        if backup is None:
            self._show_copies()
            return
        sure = self._shell.ask(
            Question(
                title=translate("Preferences", "Restore this copy?"),
                text=translate(
                    "Preferences",
                    "{client} goes back to {moment}. What is there now is kept as a copy first. "
                    "Posts that were planned then are held for your decision, since they may have gone out.",
                ).format(client=client.name, moment=self._shell.formats.moment(backup.made_at.astimezone(self._zone()))),
                confirm=translate("Preferences", "Restore the copy"),
                client=client.id,
                danger=True,
            )
        )
        if sure:
            # Asked of the program's bridge: the answer must come although this client's rooms close meanwhile.
            self._shell.bridge.run(safekeeping.restore(self._program.desk, client.id, path), self._restored, self._failed)

    def _restored(self, held: int) -> None:
        self._shell.toast(self._counts.held(held))

    def _bring_back(self, client: ClientId) -> None:
        name = self._program.desk.workspace(client).client.name

        def done(_workspace: Workspace) -> None:
            self._show_copies()
            self._shell.toast(translate("Preferences", "{client} is back on the rail.").format(client=name))

        self._run(self._program.desk.restore(client), done)

    def _purge(self, client: ClientId) -> None:
        known = self._program.desk.workspace(client).client
        from cmdesk.ui.preferences.purge import PurgeDialog  # hardly ever is a client erased

        dialog = PurgeDialog(self._shell.theme, self._view.window(), known)

        def done(_none: None) -> None:
            dialog.accept()
            self._show_copies()
            self._shell.toast(translate("Preferences", "{client} is erased.").format(client=known.name))

        dialog.erase.connect(
            lambda typed: self._calls.run(safekeeping.purge(self._program.desk, client, typed), done, dialog.show_problem)
        )
        dialog.exec()
        dialog.deleteLater()

    def _practise(self) -> None:
        if self._program.practice:
            self._program.leave_practice()
        else:
            self._program.open_practice()

    # --- the agent

    def _ask_agent(self) -> None:
        if not self._program.practice:  # nothing of the practice desk leaves this computer
            self._calls.run(agents.state_of(self._program.desk), self._show_agent, self._failed)

    def _show_agent(self, state: AgentState) -> None:
        installs = None
        if state.standing in {Standing.ABSENT, Standing.INSTALLED}:
            installs = state.standing is Standing.ABSENT or state.active is False
        self._view.show_agent(self._agent_words(state), installs)

    def _agent_words(self, state: AgentState) -> str:
        if state.standing is Standing.ABSENT:
            return translate(
                "Preferences", "Not installed. Posts go out only while this window is open and the computer is awake."
            )
        if state.standing is Standing.UNSUPPORTED:
            return translate(
                "Preferences", "cmdesk does not know how this system starts programs at log-in. Have it run “cmdesk agent”."
            )
        if state.standing is not Standing.INSTALLED:
            text = translate(
                "Preferences", "The system’s file for the agent is not as cmdesk wrote it, so it is left alone: {file}"
            )
            return text.format(file=state.file)
        if state.publisher is Who.AGENT and state.since is not None and state.last_sign is not None:
            zone, now = self._zone(), self._scope.clock.now().astimezone(self._zone())
            text = translate("Preferences", "Installed, and it publishes since {moment}. Last sign of life: {ago}.")
            formats = self._shell.formats
            moment, last = formats.moment(state.since.astimezone(zone)), formats.ago(state.last_sign.astimezone(zone), now)
            return text.format(moment=moment, ago=last)
        if state.active is False:
            return translate("Preferences", "Installed, but the system does not run it. Install it once more.")
        return translate("Preferences", "Installed. It waits while this window publishes, and takes over when you close it.")

    def _change_agent(self, install: bool) -> None:
        desk = self._program.desk
        verb = agents.install(desk) if install else agents.uninstall(desk)
        self._view.agent_button.setEnabled(False)

        def done(made: Installation) -> None:
            self._ask_agent()
            if made.left:
                text = translate("Preferences", "The system did not answer. In a terminal, run: {command}")
                self._shell.toast(text.format(command=" && ".join(" ".join(one) for one in made.left)))
            elif install:
                self._shell.toast(translate("Preferences", "The agent is installed and starts when you log in."))
            else:
                self._shell.toast(translate("Preferences", "The agent is removed."))

        def failed(problem: Exception) -> None:
            self._ask_agent()
            self._failed(problem)

        self._calls.run(verb, done, failed)

    def _run(self, verb: Coroutine[Any, Any, Any], then: Callable[[Any], object]) -> None:
        self._calls.run(verb, then, self._failed)

    def _failed(self, problem: Exception) -> None:
        self._shell.toast(wording.error(problem, self._shell.formats))

    # --- the window's side

    def refresh(self, changes: Changes) -> None:
        """Clients come and go."""
        if Topic.CLIENT in changes.topics:
            self._show_copies()

    def reveal(self, item: object) -> None:
        """Nothing here can be selected."""
        del item

    def retranslate(self) -> None:
        """Dates and sentences of the language in force."""
        self._show()

    def actions(self) -> Sequence[Action]:
        """None of its own."""
        return ()

    def close(self) -> None:
        """Lets the view go."""
        self._calls.close()
        for signal, slot in self._wires:
            signal.disconnect(slot)
