"""Wires the merged list of the posts of all clients, which is only read: opening one goes to its client."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from datetime import datetime
from itertools import chain, islice
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
    from cmdesk.services.workspace import Workspace
    from cmdesk.ui.actions import Action
    from cmdesk.ui.screens import Shell

translate = QCoreApplication.translate

#: Lines made at once; more come when the end of the list is seen.
LINES = 60
#: Posts read at once of one client: of many clients few come into the first lines.
_STEP = 20

Found = tuple["Workspace", PostRow]


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
            (view.end_seen, self._more),
        )
        for signal, slot in self._pairs:
            signal.connect(slot)
        self._showing = False
        self._most, self._whole = LINES, False
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
        found = list(islice(self._in_order(), self._most + 1))
        self._whole = len(found) <= self._most
        say_empty(self._view, self._filter, self._asked)
        self._showing = True
        self._view.show_lines([self._line(ws, row) for ws, row in found[: self._most]])
        self._view.list.clearSelection()
        self._showing = False
        self._view.hint.say(
            translate("Composer", "The posts of all clients"),
            translate("Composer", "Choose one to open it with its client. To write, choose a client at the left first."),
        )

    def _line(self, ws: Workspace, row: PostRow) -> PostLine:
        line = looks.post_line(row, self._shell.formats, ws.clock.now(), ws.client.timezone, ws.client.colour)
        return replace(line, look=replace(line.look, detail=f"{ws.client.name} · {line.look.detail}"))

    def _in_order(self) -> Iterator[Found]:
        """What is planned by its time, everything else by its last change, no more of it read than is asked for."""
        walks = [self._walk(ws) for ws in self._desk.workspaces]
        if self._filter == PLANNED:
            return iter(sorted(chain.from_iterable(walks), key=_planned))
        return heapq.merge(*walks, key=_updated, reverse=True)

    def _walk(self, ws: Workspace) -> Iterator[Found]:
        """The posts of a client that are let through, the last changed first; of those that are picked out, the latest."""
        found = hits(ws, self._asked)
        if found is not None or self._filter != ALL:
            rows = composing.post_rows(ws, limit=PAGE)
            yield from ((ws, row) for row in rows if passes(row, self._filter) and (found is None or row.id in found))
            return
        before: PostRow | None = None
        while rows := composing.post_rows(ws, limit=_STEP, before=before):
            yield from ((ws, row) for row in rows)
            before = rows[-1]

    def _more(self) -> None:
        if not self._whole:
            self._most += LINES
            self._show()

    def _set_filter(self, chosen: str) -> None:
        self._filter, self._most = chosen, LINES
        self._show()

    def _set_asked(self, asked: str) -> None:
        self._asked, self._most = asked, LINES
        self._show()

    def _enter_line(self, line: PostLine) -> None:
        if not self._showing:
            client: ClientId = line.row.client
            self._shell.go(Target("posts", client, line.row.id))


def _planned(found: Found) -> datetime:
    row = found[1]
    return row.planned.utc if row.planned is not None else row.updated_at


def _updated(found: Found) -> datetime:
    return found[1].updated_at
