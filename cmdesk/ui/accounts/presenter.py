"""Wires the accounts room: reads what is linked, runs what is asked, and leads through a linking."""

from __future__ import annotations

from collections.abc import Coroutine, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from cmdesk.domain.account import Account, FetchKind, Health, Network
from cmdesk.domain.changes import Changes, Topic
from cmdesk.domain.ids import AccountId
from cmdesk.domain.quota import Quota
from cmdesk.services import linking
from cmdesk.services.desk import Desk
from cmdesk.services.workspace import Workspace
from cmdesk.ui import wording
from cmdesk.ui.accounts.card import HEALTH_CHIPS, Fact, Look
from cmdesk.ui.accounts.view import Line
from cmdesk.ui.actions import Action
from cmdesk.ui.screens import Question, Shell, Target
from cmdesk.ui.widgets.rowlist import DiscMark, RowLook

if TYPE_CHECKING:
    from cmdesk.ui.accounts.linkflow import LinkFlow
    from cmdesk.ui.accounts.view import AccountsView
    from cmdesk.ui.program import Program

translate = QCoreApplication.translate
_MINUTE = 60_000
_FETCHED = (FetchKind.NOTIFICATIONS, FetchKind.CONVERSATIONS, FetchKind.OWN_POSTS)


class AccountCounts(QObject):
    """Sentences with a number in them: the extracting tool sees their plurals only in ``self.tr``."""

    def troubled(self, count: int) -> str:
        """How many accounts need a person."""
        return self.tr("%n account(s) need you.", "", count)

    def fine(self, count: int) -> str:
        """How many accounts, all well."""
        return self.tr("%n account(s), and all lines work.", "", count)

    def characters(self, count: int) -> str:
        """A limit of text."""
        return self.tr("%n character(s)", "", count)

    def images(self, count: int) -> str:
        """A limit of pictures."""
        return self.tr("%n image(s)", "", count)


class Door(Shell, Protocol):
    """The shell, with the way to a new client."""

    def add_client(self) -> None:
        """Asks for a new client."""


class AccountsPresenter:
    """Wires the view to one client, or shows the accounts of all."""

    def __init__(self, view: AccountsView, scope: Workspace | Desk, shell: Door, program: Program) -> None:
        self._view, self._scope, self._shell = view, scope, shell
        self._calls = shell.bridge.calls()
        self._counts = AccountCounts()
        self._busy: set[AccountId] = set()
        self._program = program
        self._flow: LinkFlow | None = None
        view.link_wanted.connect(self._link)
        view.check.connect(self._check)
        view.again.connect(self._again)
        view.unlink.connect(self._unlink)
        view.profile.connect(shell.open_link)
        view.jump.connect(self._jump)
        view.client_wanted.connect(shell.add_client)
        # "3 min ago" must not stand still.
        self._timer = QTimer()
        self._timer.setInterval(_MINUTE)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        view.set_tones(shell.theme.tones(scope.client.colour if isinstance(scope, Workspace) else None))
        shell.theme.changed.connect(self._dress)
        self._show()

    # --- reading

    def _dress(self) -> None:
        self._view.set_tones(self._shell.theme.tones(self._scope.client.colour if isinstance(self._scope, Workspace) else None))
        self._tick()

    def _tick(self) -> None:
        if not self._view.linking:
            self._show()

    def _show(self) -> None:
        if isinstance(self._scope, Desk):
            self._show_desk(self._scope)
            return
        found = linking.accounts(self._scope)
        self._view.show_accounts([self._look(one) for one in found], self._summary(found))

    def _summary(self, found: Sequence[Account]) -> str:
        troubled = sum(not one.writable for one in found)
        if troubled:
            return self._counts.troubled(troubled)
        return self._counts.fine(len(found))

    def _look(self, account: Account) -> Look:
        identity = account.identity
        return Look(
            id=account.id,
            network=identity.network,
            name=identity.display_name or identity.handle,
            handle=identity.handle,
            health=account.health,
            health_word=wording.health_short(account.health),
            health_sentence=wording.health(account.health),
            fetched=tuple(self._fetched(account, kind) for kind in _FETCHED),
            server=self._server(account),
            profile=identity.profile_url if identity.network is not Network.PRACTICE else "",
            busy=account.id in self._busy,
        )

    def _fetched(self, account: Account, kind: FetchKind) -> Fact:
        """The last fetch that worked; one that failed since is said, because "connected" would be a lie."""
        fetch = next((one for one in account.fetches if one.kind is kind), None)
        label = wording.fetch_kind(kind)
        if fetch is None or (fetch.succeeded_at is None and fetch.problem is None):
            return Fact(label, translate("Accounts", "not yet"), "muted")
        when = self._ago(fetch.succeeded_at) if fetch.succeeded_at is not None else translate("Accounts", "never")
        if fetch.problem is None:
            return Fact(label, when)
        tried = self._ago(fetch.tried_at) if fetch.tried_at is not None else ""
        return Fact(label, translate("Accounts", "{when}. The try {tried} failed.").format(when=when, tried=tried), "warning")

    def _server(self, account: Account) -> tuple[Fact, ...]:
        limits, formats = account.limits, self._shell.formats
        said = [self._counts.characters(limits.max_characters)]
        if limits.max_media is not None:
            said.append(self._counts.images(limits.max_media))
        read = (
            translate("Accounts", "read {when}").format(when=self._ago(limits.read_at))
            if limits.read_at is not None
            else translate("Accounts", "usual ones, not read yet")
        )
        linked = formats.date(account.linked_at.astimezone(self._zone()).date())
        return (
            *self._quotas(account),
            Fact(translate("Accounts", "Network"), wording.network(account.identity.network)),
            Fact(translate("Accounts", "Limits"), ", ".join(said) + " · " + read),
            Fact(translate("Accounts", "Software"), account.software or translate("Accounts", "not told")),
            Fact(translate("Accounts", "Linked"), linked),
        )

    def _quotas(self, account: Account) -> tuple[Fact, ...]:
        """How much the network still allows, where it told and the told window is not over."""
        if isinstance(self._scope, Desk):
            return ()
        now, names = (
            self._scope.clock.now(),
            {
                "read": translate("Accounts", "Left to read"),
                "write": translate("Accounts", "Left to send"),
                "read_day": translate("Accounts", "Left to read today"),
                "write_day": translate("Accounts", "Left to send today"),
            },
        )
        found = linking.quotas(self._scope, account.id)
        alive = [one for one in found if one.name in names and (one.resets_at is None or one.resets_at > now)]
        return tuple(Fact(names[one.name], self._quota(one), "warning" if one.used_up(now) else "") for one in alive)

    def _quota(self, quota: Quota) -> str:
        formats = self._shell.formats
        left = formats.number(quota.remaining)
        if quota.allowed is not None:
            allowed = formats.number(quota.allowed)
            left = translate("Accounts", "{left} of {allowed}").format(left=left, allowed=allowed)
        if quota.resets_at is None:
            return left
        resets = formats.near(quota.resets_at.astimezone(self._zone()), self._scope.clock.now().astimezone(self._zone()))
        return translate("Accounts", "{left}, anew at {time}").format(left=left, time=resets)

    def _zone(self) -> ZoneInfo:
        scope = self._scope
        return ZoneInfo(scope.clock.zone_name() if isinstance(scope, Desk) else scope.client.timezone)

    def _ago(self, moment: datetime) -> str:
        zone = self._zone()
        return self._shell.formats.ago(moment.astimezone(zone), self._scope.clock.now().astimezone(zone))

    def _show_desk(self, desk: Desk) -> None:
        lines: list[Line] = []
        for ws in desk.workspaces:
            client = ws.client
            mark = DiscMark(client.initials, client.colour)
            found = linking.accounts(ws)
            for account in found:
                handle, health = account.identity.handle, wording.health_short(account.health)
                look = RowLook(
                    title=f"@{handle}",
                    detail=f"{client.name} · {wording.network(account.identity.network)}",
                    time=self._last(account),
                    mark=mark,
                    chip=(HEALTH_CHIPS[account.health], health),
                    strong=True,
                )
                lines.append(Line((client.id, account.id), look, f"{handle}, {client.name}, {health}"))
            if not found:
                nothing = translate("Accounts", "No account yet")
                look = RowLook(title=client.name, detail=nothing, mark=mark, faded=True)
                lines.append(Line((client.id, None), look, f"{client.name}, {nothing}"))
        summary = translate("Accounts", "Open one to look after it in its client’s own room.")
        self._view.show_desk(lines, summary)

    def _last(self, account: Account) -> str:
        times = [fetch.succeeded_at for fetch in account.fetches if fetch.succeeded_at is not None]
        return self._ago(max(times)) if times else ""

    # --- acting

    def _flow_of(self, ws: Workspace) -> LinkFlow:
        """What leads through a linking, with the page it needs: made when somebody links."""
        if self._flow is None:
            from cmdesk.ui.accounts.linkflow import LinkFlow  # most who enter the room link nothing

            self._flow = LinkFlow(self._view.link_page, ws, self._shell, self._program, self._show)
        return self._flow

    def _link(self) -> None:
        if isinstance(self._scope, Workspace):
            self._flow_of(self._scope).start()
            self._view.show_link()

    def _again(self, account_id: AccountId) -> None:
        if not isinstance(self._scope, Workspace):
            return
        account = linking.account(self._scope, account_id)
        flow = self._flow_of(self._scope)
        if account.identity.network is Network.PRACTICE:
            flow.link_practice(account)
        else:
            flow.start(account)
        self._view.show_link()

    def _check(self, account_id: AccountId) -> None:
        if isinstance(self._scope, Workspace) and account_id not in self._busy:
            self._busy.add(account_id)
            self._show()
            self._calls.run(
                linking.check(self._scope, account_id),
                lambda account: self._checked(account_id, account),
                self._ended(account_id),
            )

    def _checked(self, account_id: AccountId, account: Account) -> None:
        self._busy.discard(account_id)
        self._show()
        if account.health is Health.OK:
            text = translate("Accounts", "@{handle} answers. Its limits are up to date.")
            self._shell.toast(text.format(handle=account.identity.handle))

    def _ended(self, account_id: AccountId) -> Any:
        def failed(problem: Exception) -> None:
            self._busy.discard(account_id)
            self._show()
            self._shell.toast(wording.error(problem, self._shell.formats))

        return failed

    def _unlink(self, account_id: AccountId) -> None:
        scope = self._scope
        if not isinstance(scope, Workspace):
            return
        handle = linking.account(scope, account_id).identity.handle
        sure = self._shell.ask(
            Question(
                title=translate("Accounts", "Unlink @{handle}?").format(handle=handle),
                text=translate(
                    "Accounts",
                    "cmdesk gives its access back and deletes the key. Planned posts of this account will not go out. "
                    "Messages, posts and drafts stay here, and what is live stays live.",
                ),
                confirm=translate("Accounts", "Unlink @{handle}").format(handle=handle),
                client=scope.client.id,
                danger=True,
            )
        )
        if sure:
            self._run(linking.unlink(scope, account_id), handle)

    def _run(self, verb: Coroutine[Any, Any, bool], handle: str) -> None:
        def done(revoked: bool) -> None:
            text = (
                translate("Accounts", "@{handle} is unlinked, and the server took the key back.")
                if revoked
                else translate("Accounts", "@{handle} is unlinked. Its key is deleted here.")
            )
            self._show()
            self._shell.toast(text.format(handle=handle))

        self._calls.run(verb, done, lambda problem: self._shell.toast(wording.error(problem, self._shell.formats)))

    def _jump(self, key: tuple[Any, AccountId | None]) -> None:
        client, account = key
        self._shell.go(Target("accounts", client, account))

    # --- the window's side

    def refresh(self, changes: Changes) -> None:
        """Accounts, the client's colour, or a fetch."""
        if changes.topics & {Topic.ACCOUNTS, Topic.CLIENT}:
            self._dress()

    def reveal(self, item: object) -> None:
        """An account's id shows its card; "link" opens the page that links one."""
        if item == "link":
            self._link()
            return
        for card in self._view.cards:
            if isinstance(item, int) and card.shows(AccountId(item)):
                card.check_button.setFocus()

    def retranslate(self) -> None:
        """Dates and sentences of the language in force."""
        if self._view.linking and self._flow is not None:
            self._flow.retranslate()
        else:
            self._show()

    def actions(self) -> Sequence[Action]:
        """Linking, and checking all."""
        mine = isinstance(self._scope, Workspace)
        return (
            Action(
                "accounts.link",
                lambda: translate("Accounts", "Link an account"),
                self._link,
                enabled=lambda: mine,
                icon="plus",
            ),
            Action(
                "accounts.check_all",
                lambda: translate("Accounts", "Check all accounts"),
                self._check_all,
                enabled=lambda: mine,
                icon="refresh",
            ),
        )

    def _check_all(self) -> None:
        if isinstance(self._scope, Workspace):
            for account in linking.accounts(self._scope):
                self._check(account.id)

    def close(self) -> None:
        """Lets the view go; a login that is under way is given up."""
        self._timer.stop()
        self._calls.close()
        if self._flow is not None:
            self._flow.close()
        self._shell.theme.changed.disconnect(self._dress)
        view = self._view
        view.link_wanted.disconnect(self._link)
        view.check.disconnect(self._check)
        view.again.disconnect(self._again)
        view.unlink.disconnect(self._unlink)
        view.profile.disconnect(self._shell.open_link)
        view.jump.disconnect(self._jump)
        view.client_wanted.disconnect(self._shell.add_client)
