"""Keeps the list of messages true: first page at once, the rest behind it, whatever arrives, and the search."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from cmdesk.domain.account import Account
from cmdesk.domain.client import Client
from cmdesk.domain.ids import AccountId, ClientId, MessageId
from cmdesk.domain.message import WANTS_ANSWER, MessageState
from cmdesk.domain.mood import Sense
from cmdesk.domain.response import ResponseClock, TimeLeft
from cmdesk.domain.views import InboxFilter, InboxRow, SearchHit
from cmdesk.services import inbox, linking, responding, searching, triage
from cmdesk.services.desk import Desk
from cmdesk.services.workspace import Workspace
from cmdesk.ui.inbox import looks
from cmdesk.ui.inbox.counted import InboxCounts
from cmdesk.ui.inbox.values import ALL, CARE, Line
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
_MINUTE = timedelta(minutes=1)
#: States in which a message stays in the list of those that need care.
_STAYS = frozenset({MessageState.AWAITING, MessageState.IN_HAND, MessageState.WAITING_CLIENT})


class Listing:
    """The list of one scope. ``state``, ``account`` and, of all clients, ``client`` are keys of the shelf; ``text`` is what
    is searched for."""

    def __init__(self, view: InboxView, scope: Workspace | Desk, shell: Shell, calls: Calls) -> None:
        self._view, self._scope, self._shell, self._calls = view, scope, shell, calls
        self.state = MessageState.AWAITING.value
        self.account = ALL
        self.client = ALL
        self.text = ""
        self.kept = ""  # the key of the kept search whose words ``text`` is
        self._found: Iterator[SearchHit] = iter(())
        self._all_found = True
        self._paged: PagedRows[Line] = PagedRows(self._fetch, self._spoken)
        self._rows: RowsModel[Line] = RowsModel(self._spoken)
        self._ids: array[int] = array("q")
        self._asking = False
        self._ask_again = False
        self._asked = 0
        self._newer = 0
        self._desk_limit = _DESK_PAGE
        # What was read of each client, until it changes: beside a long fetch every question to a file takes its time.
        self._heads: dict[ClientId, tuple[InboxRow, ...]] = {}
        self._accounts: dict[ClientId, tuple[Account, ...]] = {}
        self._counts: dict[ClientId, dict[MessageState, int]] = {}
        self._faces: dict[ClientId, ResponseClock] = {}
        self._senses: dict[ClientId, dict[MessageId, Sense | None]] = {}
        self.looks = self._make_looks()

    # --- the scope

    @property
    def everyone(self) -> Sequence[Workspace]:
        """All clients of the scope."""
        return self._scope.workspaces if isinstance(self._scope, Desk) else (self._scope,)

    @property
    def workspaces(self) -> Sequence[Workspace]:
        """The clients whose messages are listed: one, when one was chosen among all."""
        return [ws for ws in self.everyone if self.client in {ALL, ws.client.id}]

    def workspace(self, client: ClientId) -> Workspace:
        """The workspace of a client of the scope; StopIteration never: rows come from these alone."""
        return next(ws for ws in self.everyone if ws.client.id == client)

    def owned(self) -> list[tuple[Workspace, Account]]:
        """The accounts of all clients that are listed, each with whose it is."""
        for ws in self.workspaces:
            if ws.client.id not in self._accounts:
                self._accounts[ws.client.id] = linking.accounts(ws)
        return [(ws, account) for ws in self.workspaces for account in self._accounts[ws.client.id]]

    def accounts(self) -> list[Account]:
        """The accounts of all clients that are listed."""
        return [account for _, account in self.owned()]

    def _make_looks(self) -> looks.Looks:
        desk = isinstance(self._scope, Desk)
        zone = self._scope.clock.zone_name() if isinstance(self._scope, Desk) else self._scope.client.timezone
        clients: dict[str, Client] = {ws.client.id: ws.client for ws in self.everyone}
        return looks.Looks(self._shell.formats, zone, clients, desk=desk)

    def local_now(self) -> datetime:
        """Now, as the clock of this scope shows it."""
        return self.looks.local(self._scope.clock.now())

    def renew_looks(self) -> None:
        """The language, or the clients, have changed."""
        self.looks = self._make_looks()

    @property
    def place(self) -> str:
        """The key of the list on the shelf that is shown."""
        return self.kept or self.state

    def wanted(self) -> InboxFilter:
        """What the list shows."""
        mixed = self.state in {ALL, CARE}
        states = frozenset[MessageState]() if mixed else frozenset({MessageState(self.state)})
        accounts = frozenset[AccountId]() if self.account == ALL else frozenset({AccountId(int(self.account))})
        return InboxFilter(states=states, accounts=accounts)

    def leaves(self, state: MessageState) -> bool:
        """Whether a message that goes into this state leaves the list."""
        if self.state == CARE:
            return state not in _STAYS
        return not self.text and self.state not in {ALL, state.value}

    # --- looks

    def _look(self, line: Line) -> RowLook:
        shown = self.state in {ALL, CARE} or bool(self.text)
        now, row = self._scope.clock.now(), line.row
        return self.looks.row(line, now, state_shown=shown, left=self._left(row), sense=self._sense(row))

    def _sense(self, row: InboxRow) -> Sense | None:
        """What was read between the lines of a message."""
        known = self._senses.setdefault(row.client, {})
        if row.id not in known:
            known[row.id] = triage.senses(self.workspace(row.client), [row.id]).get(row.id)
        return known[row.id]

    def _left(self, row: InboxRow) -> TimeLeft | None:
        """How an open message stands against its client's promise; the client's hours are laid out once a minute."""
        if row.state not in looks.OPEN or row.kind not in WANTS_ANSWER:
            return None
        now = self._scope.clock.now()
        face = self._faces.get(row.client)
        if face is None or now - face.now > _MINUTE:
            face = self._faces[row.client] = responding.clock(self.workspace(row.client))
        return face.left(row.id, row.created_at)

    def _spoken(self, line: Line) -> str:
        return self.looks.spoken(line, self._scope.clock.now())

    def _fetch(self, ids: Sequence[int]) -> Sequence[Line | None]:
        if isinstance(self._scope, Desk):
            return [None] * len(ids)
        found = {int(row.id): Line(int(row.id), row) for row in inbox.rows(self._scope, ids)}
        senses = triage.senses(self._scope, ids)
        self._senses.setdefault(self._scope.client.id, {}).update({MessageId(one): senses.get(MessageId(one)) for one in ids})
        return [found.get(one) for one in ids]

    # --- showing

    def forget(self, client: ClientId | None = None) -> None:
        """What was read of a client is no longer true; None: of all of them."""
        for known in (self._heads, self._accounts, self._counts, self._faces, self._senses):
            if client is None:
                known.clear()
            else:
                known.pop(client, None)

    def begin(self) -> None:
        """Another list: from its top, nothing chosen."""
        self.forget()
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
        if self.state == CARE:
            self._asked += 1
            self._take(triage.by_risk(ws))
            return
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
            rest = self._ids.index(page[-1]) + 1
        except ValueError:
            return page
        if rest == len(page) and page == self._ids[:rest]:
            return self._ids
        whole = array("q", page)
        whole.frombytes(memoryview(self._ids)[rest:].cast("B"))  # a slice would be copied twice
        return whole

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
        for ws in self.workspaces:
            if ws.client.id not in self._heads:
                own = inbox.desk_rows(desk, self.wanted(), limit=self._desk_limit, only=ws.client.id)
                self._heads[ws.client.id] = own
        found = inbox.newest((self._heads[ws.client.id] for ws in self.workspaces), self._desk_limit)
        lines = [Line((row.client, row.id), row) for row in found]
        before = self._rows.rows
        if before and lines and self._view.rows.scrolled_down():
            first = before[0].key
            self._count_newer(next((place for place, line in enumerate(lines) if line.key == first), 0))
        self._view.rows.keep_place(lambda: self._rows.show(lines))

    def _only(self) -> ClientId | None:
        return None if self.client == ALL else ClientId(self.client)

    def more(self) -> None:
        """The end of what is read is near: the next page of what is found, or of all clients."""
        if self.text:
            self._more_found()
            return
        rows = self._rows.rows
        if not isinstance(self._scope, Desk) or len(rows) < self._desk_limit:
            return
        found = inbox.desk_rows(self._scope, self.wanted(), limit=PAGE, before=rows[-1].row, only=self._only())
        self._desk_limit += PAGE
        self._heads.clear()
        known = {line.key for line in rows}
        fresh = [Line((row.client, row.id), row) for row in found]
        self._rows.show([*rows, *(line for line in fresh if line.key not in known)])

    def _show_found(self) -> None:
        """The newest of what is found; read again, as many as were read before."""
        self._found = searching.messages(self.workspaces, self.text)
        lines = self._take_found(max(_FOUND, len(self._rows.rows)))
        self._view.rows.keep_place(lambda: self._rows.show(lines))
        self._say_found(len(lines))

    def _more_found(self) -> None:
        rows = self._rows.rows
        if self._all_found:
            return
        known = {line.key for line in rows}
        fresh = [line for line in self._take_found(_FOUND) if line.key not in known]
        self._rows.show([*rows, *fresh])
        self._say_found(len(rows) + len(fresh))

    def _take_found(self, number: int) -> list[Line]:
        """The next hits as lines, in the order in which they are found."""
        hits = list(islice(self._found, number))
        self._all_found = len(hits) < number
        rows: dict[tuple[ClientId, MessageId], InboxRow] = {}
        for ws in self.workspaces:
            mine = [hit.message for hit in hits if hit.client == ws.client.id and hit.message is not None]
            rows |= {(row.client, row.id): row for row in rows_of(ws, mine)}
        lines = []
        for hit in hits:
            row = rows.get((hit.client, hit.message)) if hit.message is not None else None
            if row is not None:
                lines.append(Line((row.client, row.id), row, *looks.tidied(hit.preview, hit.marks)))
        return lines

    def _say_found(self, number: int) -> None:
        counts = InboxCounts()
        words = counts.found(number) if self._all_found else counts.newest_found(number)
        self._view.rows.say_found(words if number else "")

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

    def awaiting(self) -> dict[ClientId, int]:
        """How many messages await an answer, by client."""
        return {ws.client.id: self._counted(ws)[MessageState.AWAITING] for ws in self.everyone}

    def _counted(self, ws: Workspace) -> dict[MessageState, int]:
        if ws.client.id not in self._counts:
            self._counts[ws.client.id] = inbox.counts(ws)
        return self._counts[ws.client.id]

    def counts(self) -> dict[MessageState, int]:
        """How many messages wait in each state; of one account as far as a thousand."""
        found = dict.fromkeys(MessageState, 0)
        for ws in self.workspaces:
            if self.account == ALL:
                for state, number in self._counted(ws).items():
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
