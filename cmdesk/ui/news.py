"""Brings what happens in the engine to the window: no network, new messages, decisions, a file that can't be written."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Signal, Slot

from cmdesk.domain.errors import CmdeskError, EnvironmentProblem, SecretDamaged, SecretMissing, VaultProblem
from cmdesk.domain.ids import AccountId, ClientId
from cmdesk.domain.views import InboxFilter, Unwritable
from cmdesk.services import inbox, instinct
from cmdesk.ui import wording
from cmdesk.ui.alarmwords import AlarmWords
from cmdesk.ui.watch import Alarm, Watch

if TYPE_CHECKING:
    from cmdesk.services.desk import Desk
    from cmdesk.services.syncing import Pulled
    from cmdesk.ui.bridge import Bridge
    from cmdesk.ui.notices import Notices
    from cmdesk.ui.window import Window

#: A loop's name, or the account that was asked: one trouble of each is known at a time.
Whose = str | tuple[ClientId, AccountId]


class News(QObject):
    """What the loops tell. ``offline``, ``pulled``, ``trouble``, ``elsewhere`` and ``written`` may be called in any thread.

    It has a word only for what the rooms don't show by themselves: one toast for all the messages that came together, one
    sentence over the screens for what keeps the program from working.
    """

    TOGETHER_MS = 400
    _offline = Signal(bool)
    _pulled = Signal(object)
    _trouble = Signal(object, object)
    _elsewhere = Signal(bool)
    _written = Signal()

    def __init__(self, window: Window, desk: Desk, bridge: Bridge, notices: Notices) -> None:
        super().__init__(window)
        self._window, self._desk, self._bridge, self._notices = window, desk, bridge, notices
        self._alarms = AlarmWords(self)
        self._fresh: dict[ClientId, int] = {}
        self._from: dict[ClientId, AccountId] = {}
        self._troubles: dict[Whose, Exception] = {}
        self._closed: set[str] = set()
        self._agent = False
        self._watch = Watch(window)
        self._unwritable = self._find_unwritable()
        self._waiting = {card.id: card.needs_you for card in window.cards}
        self._together = QTimer(self)
        self._together.setSingleShot(True)
        self._together.setInterval(self.TOGETHER_MS)
        self._together.timeout.connect(self._tell_fresh)
        queued = Qt.ConnectionType.QueuedConnection
        self._offline.connect(window.set_offline, queued)
        self._pulled.connect(self._hear_pulled, queued)
        self._trouble.connect(self._hear_trouble, queued)
        self._elsewhere.connect(self._hear_elsewhere, queued)
        self._written.connect(self._hear_written, queued)
        bridge.failed.connect(self._say_failed)
        window.counted.connect(self._count_decisions)
        window.counted.connect(self._look_unwritable)
        window.counted.connect(self._look_around)
        window.entered.connect(self._look_around)
        window.spoke.connect(self._show_standing)
        if self._unwritable:
            self._show_standing()
        self._look_around()

    # --- told by the loops, in the engine's thread

    def offline(self, offline: bool) -> None:
        """Whether this computer has no network."""
        self._offline.emit(offline)

    def pulled(self, pulled: Pulled) -> None:
        """One account was asked for what is new."""
        self._pulled.emit(pulled)

    def trouble(self, whose: Whose, problem: Exception | None) -> None:
        """Something keeps a loop from working; None: it works again."""
        self._trouble.emit(whose, problem)

    def elsewhere(self, elsewhere: bool) -> None:
        """Whether another process of cmdesk publishes for this desk."""
        self._elsewhere.emit(elsewhere)

    def written(self) -> None:
        """A change was written, so what kept a loop from writing is over."""
        if self._troubles:
            self._written.emit()

    # --- messages

    @Slot(object)
    def _hear_pulled(self, pulled: Pulled) -> None:
        self._hear_trouble((pulled.client, pulled.account), pulled.problem if _stops_work(pulled.problem) else None)
        if pulled.fresh:
            self._fresh[pulled.client] = self._fresh.get(pulled.client, 0) + pulled.fresh
            self._from[pulled.client] = pulled.account
            self._together.start()
        self._tell_alerts(pulled.client)

    def _tell_alerts(self, client: ClientId) -> None:
        """What is out of the ordinary is told once on the desktop, in the client's quiet hours only what wakes."""
        try:
            ws = self._desk.workspace(client)
            waiting = instinct.to_tell(ws)
        except CmdeskError:
            return
        for alert in waiting:
            self._notices.alert(ws.client.name, self._alarms.sentence(alert, self._window.formats))
        if waiting:
            self._bridge.run(instinct.told(ws, [alert.id for alert in waiting]))

    def _tell_fresh(self) -> None:
        fresh, self._fresh = self._fresh, {}
        names = {card.id: card.name for card in self._window.cards}
        fresh = {client: count for client, count in fresh.items() if client in names}
        for client, count in fresh.items():
            self._notices.messages(names[client], count, self._newest(client) if count == 1 else "")
        unseen = {client: count for client, count in fresh.items() if not self._sees(client)}
        if len(unseen) == 1:
            client, count = next(iter(unseen.items()))
            self._window.note(self.tr("%n new message(s) for {client}.", "", count).format(client=names[client]))
        elif unseen:
            clients = self._window.formats.names([names[client] for client in unseen])
            text = self.tr("%n new message(s) for {clients}.", "", sum(unseen.values())).format(clients=clients)
            self._window.note(text)

    def _sees(self, client: ClientId) -> bool:
        """Whether the list in which they arrive is on the screen."""
        return self._window.room == "inbox" and self._window.client in {None, client}

    def _newest(self, client: ClientId) -> str:
        account = self._from.pop(client)
        try:
            workspace = self._desk.workspace(client)
            found = inbox.ids_page(workspace, InboxFilter(accounts=frozenset({account}), unread_only=True), limit=1)
            return inbox.rows(workspace, found)[0].preview if found else ""
        except CmdeskError:
            return ""  # a notice without its words is still a notice

    # --- decisions

    @Slot()
    def _count_decisions(self) -> None:
        before, self._waiting = self._waiting, {card.id: card.needs_you for card in self._window.cards}
        for card in self._window.cards:
            if card.needs_you > before.get(card.id, card.needs_you):
                self._notices.decision(card.name)

    # --- what does not work

    def _find_unwritable(self) -> dict[Unwritable, tuple[str, ...]]:
        """The clients that are shown, but for whom nothing can be saved."""
        cards = self._window.cards
        found = {why: tuple(card.name for card in cards if card.unwritable is why) for why in Unwritable}
        return {why: names for why, names in found.items() if names}

    @Slot()
    def _look_unwritable(self) -> None:
        before, self._unwritable = self._unwritable, self._find_unwritable()
        if before != self._unwritable:
            self._show_standing()

    def _say_unwritable(self) -> None:
        """Stays until something can be saved again: what is typed meanwhile is in memory only."""
        why, names = next(iter(self._unwritable.items()))
        if why is Unwritable.FULL:
            said = self.tr(
                "The disk is full, so nothing can be saved. What you see was saved before. "
                "Make room, and cmdesk goes on by itself."
            )
        elif len(names) == len(self._window.cards):
            said = self.tr(
                "The data folder cannot be written, so nothing can be saved. What you see was saved before. "
                "Check its rights, and cmdesk goes on by itself."
            )
        else:
            said = self.tr(
                "Nothing can be saved for {clients}: the folder cannot be written. What you see was saved before. "
                "Check its rights, and cmdesk goes on by itself."
            ).format(clients=self._window.formats.names(names))
        self._window.say("danger", said)

    @Slot(object)
    def _say_failed(self, problem: Exception) -> None:
        self._window.toast(wording.error(problem, self._window.formats))

    @Slot(object, object)
    def _hear_trouble(self, whose: Whose, problem: Exception | None) -> None:
        before = self._troubles.get(whose)
        if problem is None:
            self._troubles.pop(whose, None)
        else:
            self._troubles[whose] = problem
        if before is not problem:
            self._show_standing()

    @Slot()
    def _hear_written(self) -> None:
        loops = [whose for whose in self._troubles if isinstance(whose, str)]
        for whose in loops:
            del self._troubles[whose]
        if loops:
            self._show_standing()

    @Slot(bool)
    def _hear_elsewhere(self, elsewhere: bool) -> None:
        self._agent = elsewhere
        self._closed.discard("agent")
        self._show_standing()

    @Slot()
    def _look_around(self) -> None:
        """Another room, another client, another change: the sentence changes only where there is something else to say."""
        if self._watch.moved():
            self._show_standing()

    @Slot()
    def _show_standing(self) -> None:
        """The sentence over the screens: what is wrong first, then who publishes; nothing that was closed."""
        if self._unwritable:
            self._say_unwritable()
            return
        formats = self._window.formats
        sentences = {wording.error(problem, formats): "danger" for problem in self._troubles.values()}
        self._closed &= {*sentences, "agent"}
        for sentence, tone in sentences.items():
            if sentence not in self._closed:
                self._window.say(tone, sentence, [(self.tr("Close"), lambda key=sentence: self._close(key))])  # type: ignore[misc]  # mypy cannot type a default here
                return
        for alarm in self._watch.alarms():
            actions = [(alarm.action, partial(self._window.go, alarm.leads))]
            if alarm.closable:
                actions.append((self.tr("Close"), partial(self._put_off, alarm)))
            self._window.say(alarm.tone, alarm.text, actions)
            return
        if self._agent and "agent" not in self._closed:
            said = self.tr("The agent publishes for this desk. What you plan here goes out through it.")
            self._window.say("info", said, [(self.tr("Close"), lambda: self._close("agent"))])
            return
        self._window.hush()

    def _put_off(self, alarm: Alarm) -> None:
        self._watch.put_off(alarm)
        self._show_standing()

    def _close(self, key: str) -> None:
        self._closed.add(key)
        self._show_standing()


def _stops_work(problem: CmdeskError | None) -> bool:
    """Whether it concerns this computer; what concerns an account is said by its health, where the account is."""
    if isinstance(problem, SecretMissing | SecretDamaged):
        return False
    return isinstance(problem, EnvironmentProblem | VaultProblem)
