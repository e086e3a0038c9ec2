"""Carries out what a hand or a key arranges: moves, copies, plans, takes out; each can be undone and done again."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject

from cmdesk.domain.errors import CmdeskError
from cmdesk.domain.ids import ClientId, PostId
from cmdesk.domain.schedule import PlannedTime
from cmdesk.services import arranging
from cmdesk.services.arranging import Arranged, Verb
from cmdesk.services.workspace import Workspace
from cmdesk.ui import wording
from cmdesk.ui.calendar.entries import Entry
from cmdesk.ui.calendar.reading import Reader
from cmdesk.ui.screens import Shell


class Hand(QObject):
    """One scope's changes. ``show`` paints the page again after the file has answered, ``say`` tells those who listen."""

    def __init__(
        self,
        shell: Shell,
        reader: Reader,
        find: Callable[[ClientId], Workspace | None],
        show: Callable[[], None],
        say: Callable[[str], None],
    ) -> None:
        super().__init__()
        self._shell, self._reader, self._find, self._show, self._say = shell, reader, find, show, say
        self._calls = shell.bridge.calls()
        # Over all clients, undo follows the order of the hand; the file of each client knows the rest.
        self._done: list[ClientId] = []
        self._undone: list[ClientId] = []

    def close(self) -> None:
        """Hears no more answers; what was asked for is done all the same."""
        self._calls.close()
        self._done.clear()
        self._undone.clear()

    # ---- arranging

    def move(self, entry: Entry, planned: PlannedTime) -> None:
        """Another time for an entry: seen at once, and taken back if the file says no."""
        workspace = self._find(entry.row.client)
        if workspace is None:
            return
        self._reader.pending[entry.key] = planned
        accounts = tuple(mark.id for mark in entry.row.accounts) or None
        self.run(
            workspace,
            arranging.move(workspace, entry.row.post, planned, accounts),
            lambda: self._moved_text(planned),
            settled=lambda: self._reader.pending.pop(entry.key, None),
        )

    def copy(self, entry: Entry, planned: PlannedTime) -> None:
        """The same words at another time, as a post of their own."""
        workspace = self._find(entry.row.client)
        if workspace is None:
            return
        # What is out already was approved for its own day: its copy waits for a yes.
        waits = entry.row.movable and bool(entry.row.deliveries)
        suggested = self.tr("Copied, suggested for {moment}. Nothing goes out before you plan it.")
        text = self.tr("Copied to {moment}.") if waits else suggested
        self.run(workspace, arranging.copy(workspace, entry.row.post, planned), lambda: self._with(text, planned))

    def plan(self, workspace: Workspace, post: PostId, planned: PlannedTime) -> None:
        """A time for a draft."""
        self.run(workspace, arranging.plan(workspace, post, planned), lambda: self._planned_text(planned))

    def suggest(self, workspace: Workspace, post: PostId, planned: PlannedTime) -> None:
        """A time for a draft at which nothing goes out yet."""
        text = self.tr("Suggested for {moment}. Nothing goes out before you plan it.")
        self.run(workspace, arranging.suggest(workspace, post, planned.wall), lambda: self._with(text, planned))

    def take_out(self, entry: Entry) -> None:
        """Out of the calendar: a draft without a time."""
        workspace = self._find(entry.row.client)
        if workspace is not None:
            text = self.tr("Taken out of the calendar. It is a draft again.")
            self.run(workspace, arranging.take_out(workspace, (entry.row.post,)), lambda: text)

    def run(
        self,
        workspace: Workspace,
        verb: Coroutine[Any, Any, object],
        text: Callable[[], str],
        *,
        settled: Callable[[], object] | None = None,
        undoable: bool = True,
    ) -> None:
        """Something of a client that can be undone, mostly; ``settled`` is called whatever came of it."""
        client = workspace.client.id

        def over() -> None:
            if settled is not None:
                settled()
            self._reader.forget(client)
            self._show()

        def then(_result: object) -> None:
            over()
            if not undoable:
                self._tell(text())
                return
            self._done.append(client)
            self._undone.clear()
            self._tell(text(), lambda: self.undo(client))

        def otherwise(error: Exception) -> None:
            over()
            self._failed(error)

        self._calls.run(verb, then=then, otherwise=otherwise)

    # ---- back and forth

    def undo(self, client: ClientId | None = None) -> None:
        """Takes the last change back: of a client, or the last of this hand."""
        self._turn(client or (self._done[-1] if self._done else None), back=True)

    def redo(self, client: ClientId | None = None) -> None:
        """Does again what was taken back last: of a client, or the last of this hand."""
        self._turn(client or (self._undone[-1] if self._undone else None), back=False)

    def can_undo(self, only: Workspace | None) -> bool:
        """Whether there is something to take back: in this client's file, or of this hand."""
        return bool(self._done) or (only is not None and arranging.undoable(only) is not None)

    def can_redo(self, only: Workspace | None) -> bool:
        """Whether there is something to do again."""
        return bool(self._undone) or (only is not None and arranging.redoable(only) is not None)

    def _turn(self, client: ClientId | None, *, back: bool) -> None:
        workspace = self._find(client) if client is not None else None
        if workspace is None:
            return
        known = workspace
        self._calls.run(
            arranging.undo(known) if back else arranging.redo(known),
            then=lambda found: self._turned(known, found, back=back),
            otherwise=lambda error: self._turned_not(known, error, back=back),
        )

    def _turned(self, workspace: Workspace, found: Arranged, *, back: bool) -> None:
        client = workspace.client.id
        taken, given = (self._done, self._undone) if back else (self._undone, self._done)
        if client in taken:
            del taken[len(taken) - 1 - taken[::-1].index(client)]
        given.append(client)
        self._reader.forget(client)
        self._show()
        name = self.verb(found.verb)
        text = self.tr("Taken back: {what}.") if back else self.tr("Done again: {what}.")
        self._tell(text.format(what=name), (lambda: self.redo(client)) if back else None)

    def _turned_not(self, workspace: Workspace, error: Exception, *, back: bool) -> None:
        taken = self._done if back else self._undone
        if workspace.client.id in taken:
            taken.remove(workspace.client.id)
        self._reader.forget(workspace.client.id)
        self._show()
        self._failed(error)

    def verb(self, verb: Verb) -> str:
        """What was done, as the end of a sentence names it."""
        names = {
            Verb.MOVE: self.tr("a move"),
            Verb.COPY: self.tr("a copy"),
            Verb.PLAN: self.tr("a planned time"),
            Verb.SUGGEST: self.tr("a suggested time"),
            Verb.TAKE_OUT: self.tr("what was taken out"),
            Verb.BIN: self.tr("what was put into the bin"),
            Verb.REPEAT: self.tr("a repetition"),
            Verb.END_REPEAT: self.tr("the end of a repetition"),
            Verb.LEAVE_OUT: self.tr("what was left out"),
            Verb.IMPORT: self.tr("an import"),
            Verb.ADD: self.tr("something new"),
            Verb.REMOVE: self.tr("what was removed"),
        }
        return names.get(verb, self.tr("a change"))

    # ---- words

    def _tell(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Says in passing what was done, for eyes and for ears."""
        self._shell.toast(text, undo)
        self._say(text)

    def _moved_text(self, planned: PlannedTime) -> str:
        return self._with(self.tr("Moved to {moment}."), planned)

    def _planned_text(self, planned: PlannedTime) -> str:
        return self._with(self.tr("Planned for {moment}."), planned)

    def _with(self, text: str, planned: PlannedTime) -> str:
        moment = self._shell.formats.moment(planned.utc.astimezone(ZoneInfo(planned.zone)))
        shift = wording.shift(planned)
        said = text.format(moment=moment)
        return f"{said} {shift}" if shift else said

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, CmdeskError):
            raise error
        self._tell(wording.error(error, self._shell.formats))
