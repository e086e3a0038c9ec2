"""Wires the inbox to one client or to the whole desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer

from cmdesk.domain.changes import Changes, Topic
from cmdesk.domain.errors import NoNetwork, NotFound
from cmdesk.domain.ids import ClientId, MessageId
from cmdesk.domain.message import MessageState
from cmdesk.services import inbox, searching
from cmdesk.services.desk import Desk
from cmdesk.services.workspace import Workspace
from cmdesk.ui import wording
from cmdesk.ui.actions import Action
from cmdesk.ui.inbox import looks
from cmdesk.ui.inbox.abouting import Abouting
from cmdesk.ui.inbox.acting import MOST, Acting
from cmdesk.ui.inbox.alarms import Alarms
from cmdesk.ui.inbox.answers import Answers
from cmdesk.ui.inbox.around import Around
from cmdesk.ui.inbox.counted import InboxCounts
from cmdesk.ui.inbox.listing import Listing
from cmdesk.ui.inbox.talk import Talk
from cmdesk.ui.inbox.values import ALL, KEPT, Line
from cmdesk.ui.inbox.verbs import Verbs
from cmdesk.ui.screens import Target

if TYPE_CHECKING:
    from cmdesk.services.syncing import Pulled
    from cmdesk.ui.inbox.view import InboxView
    from cmdesk.ui.screens import Shell

translate = QCoreApplication.translate

_HALF_MINUTE = 30_000


class InboxPresenter:
    """The inbox of a scope. ``reveal`` understands a MessageId of the client that is shown."""

    def __init__(self, view: InboxView, scope: Workspace | Desk, shell: Shell) -> None:
        self._view, self._scope, self._shell = view, scope, shell
        self._calls = shell.bridge.calls()
        self._listing = Listing(view, scope, shell, self._calls)
        self._talk = Talk(view, self._listing, shell, self._calls, self.set_offline)
        self._abouting = Abouting(view, self._listing, self._talk, shell, self._calls)
        self._talk.told = self._abouting.show
        self._answers = Answers(view, self._talk, shell, self._calls)
        self._acting = Acting(view, self._listing, self._talk, shell, self._calls)
        self._pulling = False
        self._alarms = Alarms(view, shell, self._calls, self._look_at)
        self._around = Around(view, scope, self._listing, self._talk, shell, self._alarms)
        self._verbs = Verbs(view, self._listing, self._talk, self._acting, self._abouting, self._answers, self._pull)
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
        self._verbs.dress()
        self._listing.begin()
        self._around.show()

    def _connect(self) -> None:
        view = self._view
        for signal, slot in (
            (view.state_chosen, self._choose_state),
            (view.account_chosen, self._choose_account),
            (view.rows.search.searched, self._search),
            (view.rows.refresh.clicked, self._pull),
            (view.rows.keep_wanted, self._keep_search),
            (view.rows.chosen, self._chosen),
            (view.rows.picked, self._picked),
            (view.rows.opened, self._opened),
            (view.rows.menu_wanted, self._verbs.menu),
            (view.rows.near_end, self._listing.more),
            (view.rows.at_top, self._listing.at_top),
            (view.rows.empty_pressed, self._empty_pressed),
            (view.talk.wanted, self._verbs.run),
            (view.talk.menu_opening, self._verbs.fill_more),
            (view.talk.link, self._shell.open_link),
            (view.talk.whole_wanted, self._talk.show_whole),
            (view.talk.typed, self._talk.typed),
            (view.talk.sent, self._talk.send),
            (view.talk.left, view.rows.list.setFocus),
            (view.talk.about_wanted, self._abouting.want),
            (view.talk.about_written, self._abouting.write),
            (view.talk.saved_wanted, self._answers.show),
            (view.talk.label_dropped, self._abouting.drop),
            (view.talk.line_pressed, self._abouting.press),
        ):
            signal.connect(slot)
            self._wires.append((signal, slot))

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
        if key.startswith(KEPT):
            self._choose_kept(key)
            return
        self._listing.state = key
        self._leave_search()
        self._begin()

    def _choose_kept(self, key: str) -> None:
        """A search that is kept as a list."""
        if isinstance(self._scope, Desk):
            return
        kept = next((one for one in searching.saved(self._scope) if f"{KEPT}{one.id}" == key), None)
        if kept is None:
            return
        self._view.rows.search.blockSignals(True)
        self._view.rows.search.setText(kept.query)
        self._view.rows.search.blockSignals(False)
        self._listing.text, self._listing.kept = kept.query, key
        self._begin()
        self._offer()

    def _offer(self) -> None:
        """A search of one client can be kept as a list, and a kept one given up."""
        one = not isinstance(self._scope, Desk) and bool(self._listing.text)
        if self._listing.kept:
            words = translate("Inbox", "Remove this list")
        else:
            words = translate("Inbox", "Keep as a list") if one else ""
        self._view.rows.offer(words)

    def _keep_search(self) -> None:
        ws, text, kept = self._scope, self._listing.text, self._listing.kept
        if isinstance(ws, Desk) or not text:
            return
        if not kept:
            self._calls.run(searching.save(ws, text, text), then=self._kept, otherwise=self._not_kept)
            return
        before = next((one for one in searching.saved(ws) if f"{KEPT}{one.id}" == kept), None)
        if before is None:
            return
        client = ws

        def back() -> None:
            again = searching.save(client, before.name, before.query)
            self._calls.run(again, then=lambda _number: self._around.show(), otherwise=self._not_kept)

        def gone(_done: object) -> None:
            self._choose_state(MessageState.AWAITING.value)
            self._shell.toast(
                translate("Inbox", "The list “{name}” is removed; its messages stay.").format(name=before.name), back
            )

        self._calls.run(searching.remove(ws, before.id), then=gone, otherwise=self._not_kept)

    def _kept(self, number: int) -> None:
        self._listing.kept = f"{KEPT}{number}"
        self._around.show()
        self._offer()

    def _not_kept(self, error: Exception) -> None:
        self._shell.toast(wording.error(error, self._shell.formats))

    def _look_at(self, ws: Workspace, message: MessageId) -> None:
        """A message of any client, wherever the room stands."""
        if isinstance(self._scope, Desk):
            self._shell.go(Target("inbox", ws.client.id, message))
        else:
            self.reveal(message)

    def _choose_account(self, key: str) -> None:
        """One account of the client, or one client of all."""
        if isinstance(self._scope, Desk):
            self._listing.client = key
        else:
            self._listing.account = key
        self._leave_search()
        self._begin()

    def _leave_search(self) -> None:
        self._listing.kept = ""
        if self._listing.text:
            self._listing.text = ""
            self._view.rows.search.blockSignals(True)
            self._view.rows.search.clear()
            self._view.rows.search.blockSignals(False)
            self._view.rows.say_found("")

    def _begin(self) -> None:
        self._talk.close()
        self._listing.begin()
        self._around.show()

    def _search(self, text: str) -> None:
        if text == self._listing.text:
            return
        self._listing.text, self._listing.kept = text, ""
        self._offer()
        if not text:
            self._view.rows.say_found("")
        self._talk.close()
        self._listing.begin()
        self._around.show_emptiness(self._listing.accounts())

    def _chosen(self, line: Line | None) -> None:
        if line is None:
            self._talk.close()
        else:
            self._talk.show(line.row.client, line.row.id)
            self._verbs.dress_favourite()

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
        self._verbs.reply()

    def _empty_pressed(self) -> None:
        """Accounts belong to one client: with several, the first is where to begin."""
        first = next((ws.client.id for ws in self._listing.workspaces), None)
        self._shell.go(Target("accounts", first))

    def _pull(self) -> None:
        if self._pulling:
            return
        from cmdesk.services import syncing  # what fetches brings the loop with it, for which the list need not wait

        self._pulling = True
        self._view.rows.refresh.setEnabled(False)
        self._calls.run(syncing.pull_all(self._listing.workspaces), then=self._pulled, otherwise=self._pull_failed)

    def _pulled(self, results: tuple[Pulled, ...]) -> None:
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
        self._listing.forget()
        self._around.show()

    def _pull_failed(self, error: Exception) -> None:
        self._pull_ended()
        self._shell.toast(wording.error(error, self._shell.formats))

    def _pull_ended(self) -> None:
        self._pulling = False
        self._view.rows.refresh.setEnabled(True)

    # --- the window's side

    def refresh(self, changes: Changes) -> None:
        """New messages, states, replies on their way, accounts."""
        self._listing.forget(changes.client)
        self._alarms.forget(changes.client)
        if changes.client is None or Topic.CLIENT in changes.topics:
            self._listing.renew_looks()
        if changes.client is None or changes.topics & {Topic.INBOX, Topic.CLIENT}:
            self._listing.show()
        if changes.client is None or changes.topics & {Topic.INBOX, Topic.ACCOUNTS, Topic.CLIENT}:
            self._around.show()
        opened = self._talk.open
        if opened is not None and changes.client in {None, opened.ws.client.id}:
            self._talk.refresh()
            self._verbs.dress_favourite()

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
            self._listing.account = self._listing.client = ALL
            self._leave_search()
            self._listing.state = state.value if state in looks.STATES else ALL
            self._begin()
            self._listing.choose(client, message)
        self._talk.show(client, message)
        self._verbs.dress_favourite()
        self._view.rows.list.setFocus()

    def retranslate(self) -> None:
        """Dates and sentences of the language in force."""
        self._listing.renew_looks()
        self._verbs.dress()
        self._listing.again()
        self._around.show()
        self._talk.refresh()

    def actions(self) -> Sequence[Action]:
        """Triage with one hand."""
        return self._verbs.actions

    def close(self) -> None:
        """Keeps the reply that is being written and lets the view go."""
        self._talk.stop()
        self._talk.told = _silent
        self._alarms.close()
        self._timer.stop()
        self._calls.close()
        for signal, slot in self._wires:
            signal.disconnect(slot)  # type: ignore[attr-defined]  # a signal; their type cannot be named
        self._wires.clear()
        self._pull_ended()
        self._view.talk.show_nothing()


def _silent() -> None:
    """What a closed room hears of its conversation."""
