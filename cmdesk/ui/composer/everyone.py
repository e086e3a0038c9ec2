"""Wires the merged list of the posts of all clients, which is only read: opening one goes to its client."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication

from cmdesk.domain.changes import Changes, Topic
from cmdesk.domain.views import PostRow
from cmdesk.services import composing
from cmdesk.ui.composer import looks
from cmdesk.ui.composer.listing import PAGE, hits, passes, say_empty
from cmdesk.ui.composer.values import PostLine
from cmdesk.ui.composer.view import ALL, PLANNED, PostsView
from cmdesk.ui.screens import Target

if TYPE_CHECKING:
    from cmdesk.domain.ids import ClientId
    from cmdesk.services.desk import Desk
    from cmdesk.ui.actions import Action
    from cmdesk.ui.screens import Shell

translate = QCoreApplication.translate


class AllPostsPresenter:
    """The posts of all clients in one list. Opening one goes to its client: nothing is written here."""

    def __init__(self, view: PostsView, desk: Desk, shell: Shell) -> None:
        self._view, self._desk, self._shell = view, desk, shell
        self._filter, self._asked = view.filters.choice or ALL, ""
        view.allow_new(False)
        view.show_page(False)
        view.search.clear()
        self._pairs = (
            (view.entered, self._enter_line),
            (view.opened, self._enter_line),
            (view.filtered, self._set_filter),
            (view.searched, self._set_asked),
        )
        for signal, slot in self._pairs:
            signal.connect(slot)
        self._showing = False
        self._show()

    def refresh(self, changes: Changes) -> None:
        """Reads again."""
        if changes.client is None or changes.topics & {Topic.POSTS, Topic.AGENDA, Topic.OUTBOX, Topic.CLIENT}:
            self._show()

    def reveal(self, item: object) -> None:
        """A post belongs to a client; without one there is nothing to show."""

    def retranslate(self) -> None:
        """The language changed."""
        self._show()

    def actions(self) -> Sequence[Action]:
        """None: nothing is written here."""
        return ()

    def close(self) -> None:
        """Lets go."""
        for signal, slot in self._pairs:
            signal.disconnect(slot)
        self._view.show_lines([])

    def _show(self) -> None:
        lines: list[tuple[datetime, PostLine]] = []
        for ws in self._desk.workspaces:
            now = ws.clock.now()
            found = hits(ws, self._asked)
            for row in composing.post_rows(ws, limit=PAGE):
                if passes(row, self._filter) and (found is None or row.id in found):
                    line = looks.post_line(row, self._shell.formats, now, ws.client.timezone, ws.client.colour)
                    named = replace(line.look, detail=f"{ws.client.name} · {line.look.detail}")
                    lines.append((self._order(row), replace(line, look=named)))
        lines.sort(key=lambda pair: pair[0], reverse=self._filter != PLANNED)
        say_empty(self._view, self._filter, self._asked)
        self._showing = True
        self._view.show_lines([line for _when, line in lines])
        self._view.list.clearSelection()
        self._showing = False
        self._view.hint.say(
            translate("Composer", "The posts of all clients"),
            translate("Composer", "Choose one to open it with its client. To write, choose a client at the left first."),
        )

    def _order(self, row: PostRow) -> datetime:
        return row.planned.utc if self._filter == PLANNED and row.planned is not None else row.updated_at

    def _set_filter(self, chosen: str) -> None:
        self._filter = chosen
        self._show()

    def _set_asked(self, asked: str) -> None:
        self._asked = asked
        self._show()

    def _enter_line(self, line: PostLine) -> None:
        if not self._showing:
            client: ClientId = line.row.client
            self._shell.go(Target("posts", client, line.row.id))
