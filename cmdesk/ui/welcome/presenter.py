"""Leads from the first page into the program: to the practice desk or to a first client."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from msgspec.structs import replace

from cmdesk.domain.errors import ReadOnly
from cmdesk.services.desk import Desk
from cmdesk.ui import wording
from cmdesk.ui.screens import Shell, Target

if TYPE_CHECKING:
    from cmdesk.domain.changes import Changes
    from cmdesk.domain.settings import Settings
    from cmdesk.ui.actions import Action
    from cmdesk.ui.program import Program
    from cmdesk.ui.welcome.view import WelcomeView


class Door(Shell, Protocol):
    """The shell, with the way to a new client."""

    def add_client(self) -> None:
        """Asks for a new client."""


class WelcomePresenter:
    """Wires the first page to the program."""

    def __init__(self, view: WelcomeView, scope: Desk, shell: Door, program: Program) -> None:
        self._view, self._desk, self._shell, self._program = view, scope, shell, program
        self._was_empty = not scope.workspaces
        view.practice_wanted.connect(self._practise)
        view.client_wanted.connect(shell.add_client)
        view.language_chosen.connect(self._speak)
        view.show_language(shell.formats.language)

    def _practise(self) -> None:
        self._keep(replace(self._program.settings, welcomed=True))
        self._program.open_practice()

    def _speak(self, language: str) -> None:
        self._keep(replace(self._program.settings, language=language))

    def _keep(self, settings: Settings) -> None:
        try:
            self._program.change_settings(settings)
        except ReadOnly as problem:
            self._shell.toast(wording.error(problem))

    def refresh(self, changes: Changes) -> None:
        """A client came from elsewhere (the command line): this page has nothing more to say."""
        del changes
        if self._was_empty and self._desk.workspaces:
            self._shell.go(Target("today", None))

    def reveal(self, item: object) -> None:
        """Nothing here can be selected."""
        del item

    def retranslate(self) -> None:
        """Marks the language in force."""
        self._view.show_language(self._shell.formats.language)

    def actions(self) -> Sequence[Action]:
        """None of its own."""
        return ()

    def close(self) -> None:
        """Lets the view go."""
        self._view.practice_wanted.disconnect(self._practise)
        self._view.client_wanted.disconnect(self._shell.add_client)
        self._view.language_chosen.disconnect(self._speak)
