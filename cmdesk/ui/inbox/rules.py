"""Opens the rules of a client's inbox, tries them on the past and keeps them."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from cmdesk.domain.errors import CmdeskError
from cmdesk.domain.ruling import Rule
from cmdesk.services import handling, inbox, ruling
from cmdesk.ui import wording
from cmdesk.ui.widgets.paint import one_line

if TYPE_CHECKING:
    from cmdesk.services.workspace import Workspace
    from cmdesk.ui.bridge import Calls
    from cmdesk.ui.inbox.rulesdialog import RulesDialog
    from cmdesk.ui.inbox.view import InboxView
    from cmdesk.ui.screens import Shell

_SHOWN = 5


class Rules:
    """The rules of whichever client's message is open."""

    def __init__(self, view: InboxView, shell: Shell, calls: Calls) -> None:
        self._view, self._shell, self._calls = view, shell, calls

    def show(self, ws: Workspace) -> None:
        """Opens them over the room."""
        dialog = self._view.rules_dialog(ws.client.name, ws.client.colour, handling.contacts(ws), lambda: ruling.rules(ws))

        def run(verb: Coroutine[Any, Any, object], then: Callable[[object], object]) -> None:
            self._calls.run(verb, then=then, otherwise=lambda error: self._refused(dialog, error))

        dialog.tried.connect(lambda rule: self._try(dialog, ws, rule))
        dialog.kept.connect(lambda rule: run(ruling.save(ws, rule), dialog.refresh_at))
        dialog.removed.connect(lambda number: run(ruling.remove(ws, number), lambda _none: dialog.refresh()))
        dialog.ordered.connect(lambda numbers: run(ruling.reorder(ws, numbers), lambda _none: dialog.refresh_at(dialog.editing)))
        dialog.open()

    def _try(self, dialog: RulesDialog, ws: Workspace, rule: Rule) -> None:
        try:
            found = ruling.dry_run(ws, rule)
        except CmdeskError as error:
            self._refused(dialog, error)
            return
        previews = [one_line(row.preview) for row in inbox.rows(ws, found.hits[:_SHOWN])]
        dialog.show_found(found.looked, len(found.hits), previews)

    def _refused(self, dialog: RulesDialog, error: Exception) -> None:
        dialog.show_problem(wording.error(error, self._shell.formats))
