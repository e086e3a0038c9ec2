"""Wires the inbox to one client or to the whole desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint, QTimer
from PySide6.QtGui import QAction

from cmdesk.domain.account import Account, Health
from cmdesk.domain.changes import Changes, Topic
from cmdesk.domain.errors import NoNetwork, NotFound
from cmdesk.domain.ids import ClientId, MessageId
from cmdesk.domain.message import MessageState
from cmdesk.services import inbox, syncing
from cmdesk.services.desk import Desk
from cmdesk.services.workspace import Workspace
from cmdesk.ui import wording
from cmdesk.ui.actions import Action, with_keys
from cmdesk.ui.inbox import looks
from cmdesk.ui.inbox.acting import MOST, Acting
from cmdesk.ui.inbox.counted import InboxCounts
from cmdesk.ui.inbox.listing import Listing
from cmdesk.ui.inbox.talk import Talk
from cmdesk.ui.inbox.values import ALL, Line
from cmdesk.ui.screens import Target

if TYPE_CHECKING:
    from cmdesk.ui.inbox.view import InboxView
    from cmdesk.ui.screens import Shell

translate = QCoreApplication.translate

_HALF_MINUTE = 30_000
_TROUBLED = frozenset({Health.RECONNECT, Health.SECRET_MISSING, Health.WRONG_IDENTITY})


class InboxPresenter:
    """The inbox of a scope. ``reveal`` understands a MessageId of the client that is shown."""

    def __init__(self, view: InboxView, scope: Workspace | Desk, shell: Shell) -> None:
        self._view, self._scope, self._shell = view, scope, shell
        self._calls = shell.bridge.calls()
        self._listing = Listing(view, scope, shell, self._calls)
        self._talk = Talk(view, self._listing, shell, self._calls, self.set_offline)
        self._acting = Acting(view, self._listing, self._talk, shell, self._calls)
        self._pulling = False
        self._actions = self._make_actions()
        self._wires: list[tuple[object, Callable[..., object]]] = []
        self._connect()
        view.say_offline("")
        view.rows.search.blockSignals(True)
        view.rows.search.clear()
        view.rows.search.blockSignals(False)
        view.rows.say_found("")
        # "2 min ago" must not stand still while nothing else happens.
        self._timer = QTimer()
        self._timer.setInterval(_HALF_MINUTE)
        self._timer.timeout.connect(self._tick)
        self._timer.start()
        self._dress()
        self._listing.begin()
        self._show_around()

    def _connect(self) -> None:
        view = self._view
        for signal, slot in (
            (view.state_chosen, self._choose_state),
            (view.account_chosen, self._choose_account),
            (view.rows.search.searched, self._search),
            (view.rows.refresh.clicked, self._pull),
            (view.rows.chosen, self._chosen),
            (view.rows.picked, self._picked),
            (view.rows.opened, self._opened),
            (view.rows.menu_wanted, self._menu),
            (view.rows.near_end, self._listing.more),
            (view.rows.at_top, self._listing.at_top),
            (view.rows.empty_pressed, self._empty_pressed),
            (view.talk.wanted, self._wanted),
            (view.talk.menu.aboutToShow, self._fill_more),
            (view.talk.link, self._shell.open_link),
            (view.talk.whole_wanted, self._talk.show_whole),
            (view.talk.reply.typed, self._talk.typed),
            (view.talk.reply.sent, self._talk.send),
            (view.talk.reply.left, view.rows.list.setFocus),
        ):
            signal.connect(slot)
            self._wires.append((signal, slot))

    # --- showing

    def _show_around(self) -> None:
        """Everything but the list itself: counts, accounts, fetches, troubles, why the list is empty."""
        owned = self._listing.owned()
        accounts = [account for _, account in owned]
        now = self._scope.clock.now()
        self._view.show_states(looks.states(self._listing.counts()), self._listing.state)
        items = [] if isinstance(self._scope, Desk) else looks.account_items(accounts)
        self._view.show_accounts(items, self._listing.account)
        self._view.show_fetches(self._listing.looks.fetches(accounts, now))
        self._show_trouble(owned)
        self._show_emptiness(accounts)

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

    def _show_emptiness(self, accounts: Sequence[Account]) -> None:
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
        if not self._listing.count() and self._talk.open is None:
            self._view.talk.show_nothing()

    def _dress(self) -> None:
        """The names of the buttons, with their keys."""
        actions = {action.id: action for action in self._actions}
        for key, button in self._view.talk.buttons.items():
            action = actions[f"inbox.{key}"]
            button.set_name(with_keys(action.text(), action))
        pull = actions["inbox.pull"]
        self._view.rows.refresh.set_name(with_keys(pull.text(), pull))

    def set_offline(self, offline: bool) -> None:
        """Whether there is a network, told by the window or noticed here."""
        if offline == self._talk.offline:
            return
        self._talk.offline = offline
        self._view.say_offline(
            translate("Inbox", "No network. You read what is here and answer as always; it goes out when the network is back.")
            if offline
            else ""
        )
        self._talk.refresh()

    def _tick(self) -> None:
        if self._view.isVisible():
            self._view.show_fetches(self._listing.looks.fetches(self._listing.accounts(), self._scope.clock.now()))
            self._listing.again()

    # --- the list

    def _choose_state(self, key: str) -> None:
        self._listing.state = key
        self._leave_search()
        self._begin()

    def _choose_account(self, key: str) -> None:
        self._listing.account = key
        self._leave_search()
        self._begin()

    def _leave_search(self) -> None:
        if self._listing.text:
            self._listing.text = ""
            self._view.rows.search.blockSignals(True)
            self._view.rows.search.clear()
            self._view.rows.search.blockSignals(False)
            self._view.rows.say_found("")

    def _begin(self) -> None:
        self._talk.close()
        self._listing.begin()
        self._show_around()

    def _search(self, text: str) -> None:
        if text == self._listing.text:
            return
        self._listing.text = text
        if not text:
            self._view.rows.say_found("")
        self._talk.close()
        self._listing.begin()
        self._show_emptiness(self._listing.accounts())

    def _chosen(self, line: Line | None) -> None:
        if line is None:
            self._talk.close()
        else:
            self._talk.show(line.row.client, line.row.id)

    def _picked(self, number: int) -> None:
        if number < 2:
            line = self._listing.line()
            if number == 1 and line is not None and self._talk.open is None:
                self._talk.show(line.row.client, line.row.id)
            return
        whole = len(self._listing.picked(MOST + 1))
        title = InboxCounts().chosen(min(whole, MOST))
        if whole > MOST:
            title = InboxCounts().more_chosen(MOST)
        self._talk.close(title, translate("Inbox", "E, H, W, X and Z act on all of them, and so does the menu."))

    def _opened(self, _line: object) -> None:
        self._reply()

    def _empty_pressed(self) -> None:
        """Accounts belong to one client: with several, the first is where to begin."""
        first = next((ws.client.id for ws in self._listing.workspaces), None)
        self._shell.go(Target("accounts", first))

    def _pull(self) -> None:
        if self._pulling:
            return
        self._pulling = True
        self._view.rows.refresh.setEnabled(False)
        self._calls.run(syncing.pull_all(self._listing.workspaces), then=self._pulled, otherwise=self._pull_failed)

    def _pulled(self, results: tuple[syncing.Pulled, ...]) -> None:
        self._pull_ended()
        unreached = [one for one in results if isinstance(one.problem, NoNetwork)]
        self.set_offline(bool(results) and len(unreached) == len(results))
        failed = next((one.problem for one in results if one.problem is not None and one not in unreached), None)
        new = sum(one.new for one in results)
        if failed is not None:
            self._shell.toast(wording.error(failed, self._shell.formats))
        elif new:
            self._shell.toast(InboxCounts().new(new))
        elif results and not unreached:
            self._shell.toast(translate("Inbox", "Nothing new"))
        self._show_around()

    def _pull_failed(self, error: Exception) -> None:
        self._pull_ended()
        self._shell.toast(wording.error(error, self._shell.formats))

    def _pull_ended(self) -> None:
        self._pulling = False
        self._view.rows.refresh.setEnabled(True)

    # --- what is wanted

    def _reply(self) -> None:
        if self._talk.open is not None and self._talk.open.edit is not None:
            self._view.talk.reply.take_focus()

    def _wanted(self, key: str) -> None:
        action = next((action for action in self._actions if action.id == f"inbox.{key}"), None)
        if action is not None and action.enabled():
            action.run()

    def _snooze(self) -> None:
        self._view.pop_menu(self._snooze_entries())

    def _snooze_entries(self) -> list[QAction | None]:
        entries: list[QAction | None] = []
        for words, moment in self._acting.snoozes():
            local = self._listing.looks.local(moment)
            when = self._shell.formats.near(local, self._listing.looks.local(self._scope.clock.now()))
            entry = QAction(f"{words}\t{when}")
            entry.triggered.connect(partial(self._snooze_until, moment))
            entries.append(entry)
        return entries

    def _snooze_until(self, moment: object, _on: bool = False) -> None:
        self._acting.set_state(MessageState.SNOOZED, moment)  # type: ignore[arg-type]  # a datetime, through Qt's signal

    def _menu(self, _line: object, point: QPoint) -> None:
        self._view.pop_menu(
            self._entries(("answered", "in_hand", "waiting_client", "set_aside", "snooze", "awaiting", "", "unread")), point
        )

    def _fill_more(self) -> None:
        from_view = self._view.talk.menu
        from_view.clear()
        for entry in self._entries(("reply", "awaiting", "unread", "", "mute_thread", "mute", "block", "report")):
            if entry is None:
                from_view.addSeparator()
            else:
                entry.setParent(from_view)
                from_view.addAction(entry)

    def _entries(self, keys: Sequence[str]) -> list[QAction | None]:
        actions = {action.id: action for action in self._actions}
        entries: list[QAction | None] = []
        for key in keys:
            if not key:
                entries.append(None)
                continue
            action = actions[f"inbox.{key}"]
            words = action.text()
            entry = QAction(f"{words}\t{with_keys('', action).strip(' ()')}" if action.keys else words)
            entry.setEnabled(action.enabled())
            entry.triggered.connect(partial(_run, action))
            entries.append(entry)
        return entries

    def _make_actions(self) -> tuple[Action, ...]:
        act, talk, rows = self._acting, self._talk, self._view.rows

        def some() -> bool:
            return talk.open is not None or len(rows.positions(2)) > 1

        def one() -> bool:
            return talk.open is not None

        def state(to: MessageState) -> Callable[[], None]:
            return lambda: act.set_state(to)

        def moderated() -> bool:
            return talk.open is not None and not talk.open.message.author.is_us

        return (
            Action("inbox.next", lambda: translate("Inbox", "Next message"), lambda: rows.step(1), ("J",), icon="chevron-down"),
            Action(
                "inbox.previous", lambda: translate("Inbox", "Previous message"), lambda: rows.step(-1), ("K",), icon="chevron-up"
            ),
            Action("inbox.reply", lambda: translate("Inbox", "Reply"), self._reply, ("R",), enabled=one, icon="reply"),
            Action(
                "inbox.answered",
                lambda: translate("Inbox", "Answered"),
                state(MessageState.ANSWERED),
                ("E",),
                enabled=some,
                icon="check-circle",
            ),
            Action(
                "inbox.in_hand",
                lambda: translate("Inbox", "Take in hand"),
                state(MessageState.IN_HAND),
                ("H",),
                enabled=some,
                icon="draft",
            ),
            Action(
                "inbox.waiting_client",
                lambda: translate("Inbox", "Wait on the client"),
                state(MessageState.WAITING_CLIENT),
                ("W",),
                enabled=some,
                icon="people",
            ),
            Action(
                "inbox.set_aside",
                lambda: translate("Inbox", "Set aside"),
                state(MessageState.SET_ASIDE),
                ("X",),
                enabled=some,
                icon="archive",
            ),
            Action("inbox.snooze", lambda: translate("Inbox", "Snooze…"), self._snooze, ("Z",), enabled=some, icon="snooze"),
            Action(
                "inbox.awaiting",
                lambda: translate("Inbox", "Back to awaiting an answer"),
                state(MessageState.AWAITING),
                ("Shift+E",),
                enabled=some,
                icon="inbox",
            ),
            Action(
                "inbox.favourite", lambda: translate("Inbox", "Favourite"), act.favourite, ("F",), enabled=one, icon="favourite"
            ),
            Action(
                "inbox.unread", lambda: translate("Inbox", "Mark as unread"), act.unread, ("U",), enabled=some, icon="eye-off"
            ),
            Action(
                "inbox.open",
                lambda: translate("Inbox", "Open on the network"),
                act.open_there,
                ("O",),
                enabled=one,
                icon="external",
            ),
            Action(
                "inbox.search", lambda: translate("Inbox", "Search messages"), self._to_search, ("/", "Ctrl+F"), icon="search"
            ),
            Action("inbox.pull", lambda: translate("Inbox", "Fetch now"), self._pull, ("F5", "Ctrl+R"), icon="refresh"),
            Action(
                "inbox.mute_thread",
                lambda: translate("Inbox", "Mute the conversation…"),
                act.mute_thread,
                (),
                enabled=moderated,
                icon="mute",
            ),
            Action(
                "inbox.mute",
                lambda: translate("Inbox", "Mute the person…"),
                act.mute,
                ("Shift+M",),
                enabled=moderated,
                icon="mute",
            ),
            Action(
                "inbox.block",
                lambda: translate("Inbox", "Block the person…"),
                act.block,
                ("Shift+B",),
                enabled=moderated,
                icon="shield",
            ),
            Action(
                "inbox.report",
                lambda: translate("Inbox", "Report the message…"),
                act.report,
                ("Shift+R",),
                enabled=moderated,
                icon="warning",
            ),
        )

    def _to_search(self) -> None:
        self._view.rows.search.setFocus()
        self._view.rows.search.selectAll()

    # --- the window's side

    def refresh(self, changes: Changes) -> None:
        """New messages, states, replies on their way, accounts."""
        if changes.client is None or Topic.CLIENT in changes.topics:
            self._listing.renew_looks()
        if changes.client is None or changes.topics & {Topic.INBOX, Topic.CLIENT}:
            self._listing.show()
        if changes.client is None or changes.topics & {Topic.INBOX, Topic.ACCOUNTS, Topic.CLIENT}:
            self._show_around()
        opened = self._talk.open
        if opened is not None and changes.client in {None, opened.ws.client.id}:
            self._talk.refresh()

    def reveal(self, item: object) -> None:
        """Shows a message of this client, in a list that holds it."""
        if not isinstance(item, int) or isinstance(self._scope, Desk):
            return
        message = MessageId(item)
        try:
            state = inbox.message(self._scope, message).state
        except NotFound:
            return
        self._show_in(self._scope.client.id, message, state)

    def _show_in(self, client: ClientId, message: MessageId, state: MessageState) -> None:
        if not self._listing.choose(client, message):
            self._listing.account = ALL
            self._leave_search()
            self._listing.state = state.value if state in looks.STATES else ALL
            self._begin()
            self._listing.choose(client, message)
        self._talk.show(client, message)
        self._view.rows.list.setFocus()

    def retranslate(self) -> None:
        """Dates and sentences of the language in force."""
        self._listing.renew_looks()
        self._dress()
        self._listing.again()
        self._show_around()
        self._talk.refresh()

    def actions(self) -> Sequence[Action]:
        """Triage with one hand."""
        return self._actions

    def close(self) -> None:
        """Keeps the reply that is being written and lets the view go."""
        self._talk.stop()
        self._timer.stop()
        self._calls.close()
        for signal, slot in self._wires:
            signal.disconnect(slot)  # type: ignore[attr-defined]  # a signal; their type cannot be named
        self._wires.clear()
        self._pull_ended()
        self._view.talk.show_nothing()


def _run(action: Action, _on: bool = False) -> None:
    action.run()


def _nothing_in(state: str) -> tuple[str, str]:
    """What an empty list means."""
    if state == MessageState.AWAITING.value:
        return (
            translate("Inbox", "Nobody is waiting"),
            translate("Inbox", "Everybody has an answer. What arrives next shows here first."),
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
