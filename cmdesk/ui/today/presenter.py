"""Gathers the day of one client, or of all, and carries decisions out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QTimer

from cmdesk.domain.changes import Changes
from cmdesk.domain.client import Client
from cmdesk.domain.delivery import PostState
from cmdesk.domain.ids import AccountId, ClientId, MessageId, PostId
from cmdesk.domain.views import AccountMark, AgendaEntry, InboxRow, OutboxRow, PostRow, Today
from cmdesk.services import today
from cmdesk.services.desk import Desk
from cmdesk.services.workspace import Workspace
from cmdesk.ui import wording
from cmdesk.ui.screens import Target
from cmdesk.ui.today.summary import summary
from cmdesk.ui.today.view import DRAFT_ROWS, ROWS, Choice, Day, Line
from cmdesk.ui.widgets.rowlist import DiscMark, FaceMark, RowLook

if TYPE_CHECKING:
    from datetime import datetime

    from cmdesk.ui.actions import Action
    from cmdesk.ui.screens import Shell
    from cmdesk.ui.today.view import TodayView
    from cmdesk.ui.widgets.decision import Wanted

translate = QCoreApplication.translate
_CARDS = 5
_MINUTE = 60_000


class TodayPresenter:
    """Wires the day to a workspace or to the whole desk."""

    def __init__(self, view: TodayView, scope: Workspace | Desk, shell: Shell) -> None:
        self._view, self._scope, self._shell = view, scope, shell
        self._calls = shell.bridge.calls()
        self._view.use(shell.formats, scope.clock.now)
        self._view.opened.connect(self._open)
        self._view.wanted.connect(self._decide)
        self._view.link.connect(shell.open_link)
        self._view.all_wanted.connect(self._go)
        self._view.first_step.connect(self._link_first)
        # "in 5 min" must not stand still while nothing else happens.
        self._timer = QTimer()
        self._timer.setInterval(_MINUTE)
        self._timer.timeout.connect(self._show)
        self._timer.start()
        self._show()

    # --- reading

    @property
    def _workspaces(self) -> Sequence[Workspace]:
        return self._scope.workspaces if isinstance(self._scope, Desk) else (self._scope,)

    @property
    def _client(self) -> ClientId | None:
        return None if isinstance(self._scope, Desk) else self._scope.client.id

    def _zone(self) -> str:
        return self._scope.clock.zone_name() if isinstance(self._scope, Desk) else self._scope.client.timezone

    def _show(self) -> None:
        scope = self._scope
        found = today.today_desk(scope, ROWS) if isinstance(scope, Desk) else today.today(scope, ROWS)
        # What waits for a decision stands under its own title already, and may not go out at all.
        going = [entry for entry in found.going_out if entry.state is not PostState.NEEDS_YOU]
        clients = {ws.client.id: ws.client for ws in self._workspaces}
        # Asked once: the machine's zone is looked up in the file system each time.
        now = scope.clock.now().astimezone(ZoneInfo(self._zone()))
        day = self._shell.formats.day(now.date())
        self._view.show_day(
            Day(
                date=day[:1].upper() + day[1:],
                summary=self._summary(found),
                choices=tuple(self._choice(row, clients[row.client]) for row in found.decisions[:_CARDS]),
                more_choices=max(0, len(found.decisions) - _CARDS),
                awaiting=tuple(self._message(row, clients[row.client], now) for row in found.awaiting[:ROWS]),
                awaiting_count=found.awaiting_count,
                going_out=tuple(self._entry(entry, clients[entry.client], now) for entry in going[:ROWS]),
                going_out_count=len(going),
                drafts=tuple(self._draft(row, clients[row.client], now) for row in found.drafts[:DRAFT_ROWS]),
                drafts_count=len(found.drafts),
                troubles=tuple(self._trouble(mark, clients[mark.client]) for mark in found.accounts_in_trouble),
                new_here=not any(today.has_accounts(ws) for ws in self._workspaces),
            )
        )

    @staticmethod
    def _summary(found: Today) -> str:
        still = sum(entry.state is PostState.PLANNED for entry in found.going_out)
        return summary(len(found.decisions), found.awaiting_count, still)

    def _choice(self, row: OutboxRow, client: Client) -> Choice:
        from_desk = isinstance(self._scope, Desk)
        return Choice(
            row=row,
            look_at=self._profile(row.client, row.account.id),
            zone=client.timezone,
            client_name=client.name if from_desk else "",
            initials=client.initials if from_desk else "",
            colour=client.colour if from_desk else None,
            elsewhere=row.planned.utc.astimezone(ZoneInfo(self._zone())).replace(tzinfo=None) != row.planned.wall,
        )

    def _profile(self, client: ClientId, account: AccountId) -> str:
        ws = next(ws for ws in self._workspaces if ws.client.id == client)
        return today.profile_url(ws, account)

    def _message(self, row: InboxRow, client: Client, now: datetime) -> Line:
        when = self._shell.formats.near(row.created_at.astimezone(now.tzinfo), now)
        name = row.author_name or row.author_handle
        look = RowLook(
            title=name,
            detail=row.preview,
            time=when,
            mark=FaceMark(name),
            unread=row.unread,
            colour=client.colour if isinstance(self._scope, Desk) else None,
            whose=client.name if isinstance(self._scope, Desk) else "",
        )
        return Line(("message", row.client, row.id), look, f"{name}, {when}, {row.preview}")

    def _entry(self, entry: AgendaEntry, client: Client, now: datetime) -> Line:
        # In the order of the day, so all by one clock: that of the desk, or of the one client.
        when = self._shell.formats.time(entry.planned.utc.astimezone(now.tzinfo))
        planned = entry.state is PostState.PLANNED
        handles = self._shell.formats.names([f"@{mark.handle}" for mark in entry.accounts])
        look = RowLook(
            title=entry.preview or wording.post_state(entry.state),
            detail=handles,
            time=when,
            mark=self._mark(client),
            chip=None if planned else (entry.state.value, wording.post_state(entry.state)),
            strong=False,
            faded=entry.state is PostState.SENT,
        )
        return Line(("post", entry.client, entry.post), look, f"{when}, {entry.preview}, {wording.post_state(entry.state)}")

    def _draft(self, row: PostRow, client: Client, now: datetime) -> Line:
        when = self._shell.formats.near(row.updated_at.astimezone(now.tzinfo), now)
        handles = self._shell.formats.names([f"@{mark.handle}" for mark in row.accounts])
        empty = translate("Today", "Empty draft")
        look = RowLook(
            title=row.preview or empty,
            detail=handles or translate("Today", "No account chosen"),
            time=when,
            mark=self._mark(client),
            strong=False,
        )
        return Line(("post", row.client, row.id), look, f"{row.preview or empty}, {when}")

    def _mark(self, client: Client) -> DiscMark | None:
        """Whose it is, where that is a question."""
        return DiscMark(client.initials, client.colour) if isinstance(self._scope, Desk) else None

    def _trouble(self, mark: AccountMark, client: Client) -> tuple[str, str, tuple[str, ClientId, AccountId]]:
        sentence = translate("Today", "@{handle} · {client}. {what}").format(
            handle=mark.handle, client=client.name, what=wording.health(mark.health)
        )
        return sentence, translate("Today", "Look at the account"), ("account", mark.client, mark.id)

    # --- acting

    def _open(self, key: tuple[str, ClientId, int]) -> None:
        kind, client, number = key
        if kind == "message":
            self._shell.go(Target("inbox", client, MessageId(number)))
        elif kind == "post":
            self._shell.go(Target("posts", client, PostId(number)))
        else:
            self._shell.go(Target("accounts", client, AccountId(number)))

    def _go(self, room: str) -> None:
        self._shell.go(Target(room, self._client))

    def _link_first(self) -> None:
        """Accounts belong to one client: with several, the first that has none is where to begin."""
        without = [ws for ws in self._workspaces if not today.has_accounts(ws)]
        target = self._client or (without[0].client.id if without else None)
        self._shell.go(Target("accounts", target))

    def _decide(self, wanted: Wanted, _key: object) -> None:
        ws = next((ws for ws in self._workspaces if ws.client.id == wanted.row.client), None)
        if ws is not None:
            from cmdesk.ui import deciding  # start-up speed: the first paint decides nothing, and this brings the publisher

            deciding.carry_out(ws, self._shell, self._calls, wanted)

    # --- the window's side

    def refresh(self, changes: Changes) -> None:
        """Anything may have changed the day."""
        del changes
        self._show()

    def reveal(self, item: object) -> None:
        """The day has nothing to select."""
        del item

    def retranslate(self) -> None:
        """Dates and sentences of the language in force."""
        self._view.use(self._shell.formats, self._scope.clock.now)
        self._show()

    def actions(self) -> Sequence[Action]:
        """None of its own."""
        return ()

    def close(self) -> None:
        """Lets the view go."""
        self._timer.stop()
        self._calls.close()
        self._view.opened.disconnect(self._open)
        self._view.wanted.disconnect(self._decide)
        self._view.link.disconnect(self._shell.open_link)
        self._view.all_wanted.disconnect(self._go)
        self._view.first_step.disconnect(self._link_first)
