"""Shows what stands around the list of messages: states and their counts, whose they are, fetches, troubles, emptiness."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from cmdesk.domain.account import Account, Health
from cmdesk.domain.message import MessageState
from cmdesk.services import searching, triage
from cmdesk.services.desk import Desk
from cmdesk.services.workspace import Workspace
from cmdesk.ui import wording
from cmdesk.ui.inbox import looks
from cmdesk.ui.inbox.values import CARE, KEPT, ShelfItem
from cmdesk.ui.screens import Target

if TYPE_CHECKING:
    from cmdesk.ui.inbox.alarms import Alarms
    from cmdesk.ui.inbox.listing import Listing
    from cmdesk.ui.inbox.talk import Talk
    from cmdesk.ui.inbox.view import InboxView
    from cmdesk.ui.screens import Shell

translate = QCoreApplication.translate

_TROUBLED = frozenset({Health.RECONNECT, Health.SECRET_MISSING, Health.WRONG_IDENTITY})


class Around:
    """Everything of one scope's inbox but the list and the conversation."""

    def __init__(  # noqa: PLR0917 - the parts of one room, in the order in which they are made
        self, view: InboxView, scope: Workspace | Desk, listing: Listing, talk: Talk, shell: Shell, alarms: Alarms
    ) -> None:
        self._view, self._scope, self._listing, self._talk, self._shell = view, scope, listing, talk, shell
        self._alarms = alarms
        colour = None if isinstance(scope, Desk) else scope.client.colour
        view.rows.empty.button.set_tones(shell.theme.tones(colour))

    def show(self) -> None:
        """Everything."""
        owned = self._listing.owned()
        accounts = [account for _, account in owned]
        now = self._scope.clock.now()
        self._view.show_states([*looks.states(self._listing.counts(), self._care()), *self._kept()], self._listing.place)
        self._show_whose(accounts)
        self._view.show_fetches(self._listing.looks.fetches(accounts, now))
        self._show_trouble(owned)
        self._alarms.show(self._listing.everyone)
        self.show_emptiness(accounts)

    def _care(self) -> int | None:
        return None if isinstance(self._scope, Desk) else len(triage.by_risk(self._scope))

    def _kept(self) -> list[ShelfItem]:
        """The searches that this client keeps as lists."""
        if isinstance(self._scope, Desk):
            return []
        return [ShelfItem(f"{KEPT}{one.id}", "filter", one.name, tip=one.query) for one in searching.saved(self._scope)]

    def _show_whose(self, accounts: Sequence[Account]) -> None:
        """Of all clients one can be looked at alone, of one client one account."""
        if isinstance(self._scope, Desk):
            clients = [ws.client for ws in self._listing.everyone]
            items = looks.client_items(clients, self._listing.awaiting())
            self._view.show_accounts(translate("Inbox", "Clients"), items, self._listing.client)
        else:
            self._view.show_accounts(translate("Inbox", "Accounts"), looks.account_items(accounts), self._listing.account)

    def _show_trouble(self, owned: Sequence[tuple[Workspace, Account]]) -> None:
        ws, account = next(((ws, account) for ws, account in owned if account.health in _TROUBLED), (None, None))
        if ws is None or account is None:
            self._view.say_trouble("")
            return
        sentence = translate("Inbox", "@{handle}: {what}").format(
            handle=account.identity.handle, what=wording.health(account.health)
        )
        target = Target("accounts", ws.client.id, account.id)
        self._view.say_trouble(sentence, translate("Inbox", "Look at the account"), partial(self._shell.go, target))

    def show_emptiness(self, accounts: Sequence[Account]) -> None:
        """The list, or why there is none."""
        rows = self._view.rows
        if self._listing.count():
            rows.show_list()
        elif self._listing.text:
            rows.show_nothing_found(
                translate("Inbox", "Nothing found"),
                translate("Inbox", "No message has all these words. Fewer words, or the beginning of one, find more."),
            )
        elif not accounts:
            rows.show_empty(
                translate("Inbox", "Nobody can write to you yet"),
                translate("Inbox", "Mentions, replies and private messages arrive here once an account is linked."),
                translate("Inbox", "Link an account"),
            )
        elif all(looks.last_fetch(account) is None for account in accounts) and not self._talk.offline:
            rows.show_waiting(translate("Inbox", "The first messages are being fetched."))
        else:
            rows.show_empty(*_nothing_in(self._listing.state))
        if self._talk.open is not None:
            return
        if not self._listing.count():
            self._view.talk.show_blank()
        elif self._view.talk.blank:
            self._view.talk.show_nothing()


def _nothing_in(state: str) -> tuple[str, str]:
    """What an empty list means."""
    if state == MessageState.AWAITING.value:
        return (
            translate("Inbox", "Nobody is waiting"),
            translate("Inbox", "Everybody has an answer. What arrives next shows here first."),
        )
    if state == CARE:
        return (
            translate("Inbox", "Nobody needs care first"),
            translate("Inbox", "Anger, sadness and words of a crisis come here by themselves, the gravest first."),
        )
    if state == MessageState.SNOOZED.value:
        return (
            translate("Inbox", "Nothing is snoozed"),
            translate("Inbox", "Z sends a message away until this evening, tomorrow or Monday. It comes back by itself."),
        )
    if state == MessageState.WAITING_CLIENT.value:
        return (
            translate("Inbox", "Nothing waits on the client"),
            translate("Inbox", "W keeps a message here while you ask the client what to say."),
        )
    if state == MessageState.IN_HAND.value:
        return (
            translate("Inbox", "Nothing is in hand"),
            translate("Inbox", "H keeps a message here while you work on its answer."),
        )
    return translate("Inbox", "Nothing here"), translate("Inbox", "No message is in this list.")
