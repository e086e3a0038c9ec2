"""Keeps the list of messages true: first page at once, the rest behind it, whatever arrives, and the search."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from cmdesk.domain.account import Account
from cmdesk.domain.client import Client
from cmdesk.domain.ids import AccountId, ClientId, MessageId
from cmdesk.domain.message import MessageState
from cmdesk.domain.views import InboxFilter, InboxRow
from cmdesk.services import inbox, linking, searching
from cmdesk.services.desk import Desk
from cmdesk.services.workspace import Workspace
from cmdesk.ui.inbox import looks
from cmdesk.ui.inbox.counted import InboxCounts
from cmdesk.ui.inbox.values import ALL, Line
from cmdesk.ui.rows import PagedRows, RowsModel
from cmdesk.ui.widgets.rowlist import RowLook

if TYPE_CHECKING:
    from cmdesk.ui.bridge import Calls
    from cmdesk.ui.inbox.view import InboxView
    from cmdesk.ui.screens import Shell

translate = QCoreApplication.translate

PAGE = 200
_DESK_PAGE = 60
_ROWS = 128
_FOUND = 100


class Listing:
    """The list of one scope. ``state`` and ``account`` are keys of the shelf; ``text`` is what is searched for."""

    def __init__(self, view: InboxView, scope: Workspace | Desk, shell: Shell, calls: Calls) -> None:
        self._view, self._scope, self._shell, self._calls = view, scope, shell, calls
        self.state = MessageState.AWAITING.value
        self.account = ALL
        self.text = ""
        self._paged: PagedRows[Line] = PagedRows(self._fetch, self._spoken)
        self._rows: RowsModel[Line] = RowsModel(self._spoken)
        self._ids: array[int] = array("q")
        self._asking = False
        self._ask_again = False
        self._asked = 0
        self._newer = 0
        self._desk_limit = _DESK_PAGE
        self.looks = self._make_looks()

    # --- the scope

    @property
    def workspaces(self) -> Sequence[Workspace]:
        """The clients on the screen."""
        return self._scope.workspaces if isinstance(self._scope, Desk) else (self._scope,)

    def workspace(self, client: ClientId) -> Workspace:
        """The workspace of a client on the screen; StopIteration never: rows come from these alone."""
        return next(ws for ws in self.workspaces if ws.client.id == client)

    def owned(self) -> list[tuple[Workspace, Account]]:
        """The accounts of all clients on the screen, each with whose it is."""
        return [(ws, account) for ws in self.workspaces for account in linking.accounts(ws)]

    def accounts(self) -> list[Account]:
        """The accounts of all clients on the screen."""
        return [account for _, account in self.owned()]

    def _make_looks(self) -> looks.Looks:
        desk = isinstance(self._scope, Desk)
        zone = self._scope.clock.zone_name() if isinstance(self._scope, Desk) else self._scope.client.timezone
        clients: dict[str, Client] = {ws.client.id: ws.client for ws in self.workspaces}
        return looks.Looks(self._shell.formats, zone, clients, desk=desk)

    def renew_looks(self) -> None:
        """The language, or the clients, have changed."""
        self.looks = self._make_looks()

    def wanted(self) -> InboxFilter:
        """What the list shows."""
        states = frozenset[MessageState]() if self.state == ALL else frozenset({MessageState(self.state)})
        accounts = frozenset[AccountId]() if self.account == ALL else frozenset({AccountId(int(self.account))})
        return InboxFilter(states=states, accounts=accounts)

    def leaves(self, state: MessageState) -> bool:
        """Whether a message that goes into this state leaves the list."""
        return not self.text and self.state not in {ALL, state.value}

    # --- looks

    def _look(self, line: Line) -> RowLook:
        return self.looks.row(line, self._scope.clock.now(), state_shown=self.state == ALL or bool(self.text))

    def _spoken(self, line: Line) -> str:
        return self.looks.spoken(line, self._scope.clock.now())

    def _fetch(self, ids: Sequence[int]) -> Sequence[Line | None]:
        if isinstance(self._scope, Desk):
            return [None] * len(ids)
        found = {int(row.id): Line(int(row.id), row) for row in inbox.rows(self._scope, ids)}
        return [found.get(one) for one in ids]

    # --- showing

    def begin(self) -> None:
        """Another list: from its top, nothing chosen."""
        self._asked += 1
        self._newer = 0
        self._desk_limit = _DESK_PAGE
        self._view.rows.show_newer("")
        if self.text or isinstance(self._scope, Desk):
            self._rows = RowsModel(self._spoken)
            self._view.rows.set_model(self._rows, self._look)
        else:
            self._paged = PagedRows(self._fetch, self._spoken)
            self._ids = array("q")
            self._view.rows.set_model(self._paged, self._look)
        self.show()

    def show(self) -> None:
        """Reads the list again; what is chosen and where one reads stay."""
        if self.text:
            self._show_found()
        elif isinstance(self._scope, Desk):
            self._show_desk(self._scope)
        else:
            self._show_client(self._scope)

    def again(self) -> None:
        """Describes the same rows anew: another minute, another language."""
        if self.text or isinstance(self._scope, Desk):
            self._view.rows.list.viewport().update()
        else:
            self._paged.reread()

    def _show_client(self, ws: Workspace) -> None:
        page = inbox.ids_page(ws, self.wanted(), limit=PAGE)
        self._take(self._spliced(page) if len(page) == PAGE else page)
        if len(page) < PAGE:
            self._asked += 1  # what a helper may still be reading is older than this
            return
        if self._asking:
            self._ask_again = True
            return
        self._asking = True
        asked = self._asked
        self._calls.run(
            _whole(ws, self.wanted()), then=lambda ids: self._answered(asked, ids), otherwise=lambda _error: self._unanswered()
        )

    def _spliced(self, page: array[int]) -> array[int]:
        """The newest page over what is known of the rest, until all is read."""
        try:
            return page + self._ids[self._ids.index(page[-1]) + 1 :]
        except ValueError:
            return page

    def _answered(self, asked: int, ids: array[int]) -> None:
        self._asking = False
        if asked == self._asked and not self.text:
            self._take(ids)
        if self._ask_again:
            self._ask_again = False
            self.show()

    def _unanswered(self) -> None:
        self._asking = self._ask_again = False

    def _take(self, ids: array[int]) -> None:
        before = self._ids
        if before and len(ids) and self._view.rows.scrolled_down() and ids[0] != before[0]:
            head = ids[: PAGE * 5]
            self._count_newer(head.index(before[0]) if before[0] in head else 0)
        self._ids = ids
        self._view.rows.keep_place(lambda: self._paged.show(ids))

    def _count_newer(self, number: int) -> None:
        self._newer += number
        if self._newer:
            self._view.rows.show_newer(InboxCounts().new(self._newer))

    def at_top(self) -> None:
        """The newest are in sight."""
        if self._newer:
            self._newer = 0
            self._view.rows.show_newer("")

    def _show_desk(self, desk: Desk) -> None:
        found = inbox.desk_rows(desk, self.wanted(), limit=self._desk_limit)
        lines = [Line((row.client, row.id), row) for row in found]
        before = self._rows.rows
        if before and lines and self._view.rows.scrolled_down():
            first = before[0].key
            self._count_newer(next((place for place, line in enumerate(lines) if line.key == first), 0))
        self._view.rows.keep_place(lambda: self._rows.show(lines))

    def more(self) -> None:
        """The end of what is read is near: the next page of all clients."""
        rows = self._rows.rows
        if self.text or not isinstance(self._scope, Desk) or len(rows) < self._desk_limit:
            return
        found = inbox.desk_rows(self._scope, self.wanted(), limit=PAGE, before=rows[-1].row)
        self._desk_limit += PAGE
        known = {line.key for line in rows}
        fresh = [Line((row.client, row.id), row) for row in found]
        self._rows.show([*rows, *(line for line in fresh if line.key not in known)])

    def _show_found(self) -> None:
        lines: list[Line] = []
        desk = isinstance(self._scope, Desk)
        if isinstance(self._scope, Desk):
            hits = searching.search_desk(self._scope, self.text, _FOUND)
        else:
            hits = searching.search(self._scope, self.text, _FOUND)
        for ws in self.workspaces:
            mine = {hit.message: hit for hit in hits if hit.client == ws.client.id and hit.message is not None}
            for row in inbox.rows(ws, list(mine)[:_ROWS]):
                text, marks = looks.tidied(mine[row.id].preview, mine[row.id].marks)
                lines.append(Line((row.client, row.id), row, text, marks))
        if desk:
            lines.sort(key=lambda line: line.row.created_at, reverse=True)
        self._view.rows.keep_place(lambda: self._rows.show(lines))
        words = InboxCounts().found(len(lines))
        if len(hits) == _FOUND:
            words = InboxCounts().newest_found(len(lines))
        self._view.rows.say_found(words if lines else "")

    # --- what is in it

    def count(self) -> int:
        """How many rows there are."""
        return int(self._view.rows.list.model().rowCount())

    def line(self) -> Line | None:
        """The row the keys act on."""
        found: Line | None = self._view.rows.list.current_row()
        return found

    def picked(self, most: int) -> list[tuple[ClientId, MessageId]]:
        """The messages that are selected, at most ``most``."""
        found = []
        for position in self._view.rows.positions(most):
            line = self._rows.row(position) if self._uses_rows() else self._paged.row(position)
            if line is not None:
                found.append((line.row.client, line.row.id))
        return found

    def _uses_rows(self) -> bool:
        return bool(self.text) or isinstance(self._scope, Desk)

    def choose(self, client: ClientId, message: MessageId) -> bool:
        """Selects a message, if it is in the list."""
        key: Hashable = (client, message) if self._uses_rows() else int(message)
        return self._view.rows.list.choose_key(key)

    def step_off(self, positions: Sequence[int]) -> None:
        """Goes on to the row after those that are about to leave the list."""
        after = positions[-1] + 1
        self._view.rows.list.choose(after if after < self.count() else max(0, positions[0] - 1))

    def counts(self) -> dict[MessageState, int]:
        """How many messages wait in each state; of one account as far as a hundred."""
        found = dict.fromkeys(MessageState, 0)
        for ws in self.workspaces:
            if self.account == ALL:
                for state, number in inbox.counts(ws).items():
                    found[state] += number
            else:
                accounts = frozenset({AccountId(int(self.account))})
                for state in looks.OPEN:
                    found[state] += len(inbox.ids_page(ws, InboxFilter(frozenset({state}), accounts), limit=1000))
        return found


async def _whole(ws: Workspace, wanted: InboxFilter) -> array[int]:
    """All ids, read in a helper thread: a million take a third of a second."""
    return await ws.helper(inbox.ids, ws, wanted)


def rows_of(ws: Workspace, ids: Sequence[int]) -> list[InboxRow]:
    """The rows of any number of messages."""
    return [row for start in range(0, len(ids), _ROWS) for row in inbox.rows(ws, ids[start : start + _ROWS])]


__all__ = ["PAGE", "Listing", "rows_of"]
