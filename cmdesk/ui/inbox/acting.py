"""Does what is wanted with messages: states with their undo, favourite, mute, block, report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Coroutine, Sequence
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from cmdesk.domain.ids import ClientId, MessageId
from cmdesk.domain.message import MessageState
from cmdesk.domain.schedule import resolve
from cmdesk.services import inbox, moderating
from cmdesk.services.workspace import Workspace
from cmdesk.ui import wording
from cmdesk.ui.inbox import looks
from cmdesk.ui.inbox.counted import InboxCounts
from cmdesk.ui.inbox.listing import rows_of
from cmdesk.ui.screens import Question

if TYPE_CHECKING:
    from cmdesk.ui.bridge import Calls
    from cmdesk.ui.inbox.listing import Listing
    from cmdesk.ui.inbox.talk import Open, Talk
    from cmdesk.ui.inbox.view import InboxView
    from cmdesk.ui.screens import Shell

translate = QCoreApplication.translate

#: More than this at once is a slip more often than a wish.
MOST = 1000
_EVENING, _MORNING, _SOON = time(18), time(8), timedelta(minutes=30)

Before = tuple[Workspace, list[int], MessageState, datetime | None]


class Acting:
    """The verbs of one scope."""

    def __init__(self, view: InboxView, listing: Listing, talk: Talk, shell: Shell, calls: Calls) -> None:
        self._view, self._listing, self._talk, self._shell, self._calls = view, listing, talk, shell, calls

    # --- states

    def targets(self) -> dict[ClientId, list[MessageId]]:
        """The messages the keys act on, by client: what is selected, else what is open."""
        picked = self._listing.picked(MOST + 1)
        found: dict[ClientId, list[MessageId]] = defaultdict(list)
        if len(picked) <= 1 and self._talk.open is not None:
            picked = [self._talk.open.place]
        for client, message in picked:
            found[client].append(message)
        return found

    def set_state(self, state: MessageState, until: datetime | None = None) -> None:
        """Puts the targets into a state and goes on to the next message when they leave the list."""
        targets = self.targets()
        number = sum(map(len, targets.values()))
        if not number:
            return
        if number > MOST:
            self._shell.toast(InboxCounts().too_many(MOST))
            return
        before: list[Before] = []
        verbs: list[Coroutine[Any, Any, object]] = []
        for client, messages in targets.items():
            ws = self._listing.workspace(client)
            before += self._standing(ws, messages)
            verbs.append(inbox.set_state(ws, messages, state, until))
        positions = self._view.rows.positions(MOST)
        if positions and self._listing.leaves(state):
            self._listing.step_off(positions)
        words = self._said(state, number, until)
        for place, verb in enumerate(verbs):
            last = place == len(verbs) - 1
            then = (lambda _count: self._shell.toast(words, lambda: self._undo(before))) if last else None
            self._calls.run(verb, then=then, otherwise=self._failed)

    @staticmethod
    def _standing(ws: Workspace, messages: Sequence[MessageId]) -> list[Before]:
        """How messages stand now, to put them back."""
        groups: dict[tuple[MessageState, datetime | None], list[int]] = defaultdict(list)
        for row in rows_of(ws, messages):
            until = inbox.message(ws, row.id).snoozed_until if row.state is MessageState.SNOOZED else None
            groups[row.state, until].append(row.id)
        return [(ws, ids, state, until) for (state, until), ids in groups.items()]

    def _undo(self, before: Sequence[Before]) -> None:
        for ws, ids, state, until in before:
            late = state is MessageState.SNOOZED and (until is None or until <= ws.clock.now())
            back = MessageState.AWAITING if late else state
            self._calls.run(inbox.set_state(ws, ids, back, None if late else until), otherwise=self._failed)

    def _said(self, state: MessageState, number: int, until: datetime | None) -> str:
        if until is not None:
            now = self._now()
            moment = self._shell.formats.near(self._listing.looks.local(until), self._listing.looks.local(now))
            return InboxCounts().snoozed(number).format(time=moment)
        words = {
            MessageState.ANSWERED: InboxCounts().answered(number),
            MessageState.IN_HAND: InboxCounts().in_hand(number),
            MessageState.WAITING_CLIENT: InboxCounts().waiting(number),
            MessageState.SET_ASIDE: InboxCounts().set_aside(number),
            MessageState.AWAITING: InboxCounts().awaiting(number),
        }
        return words[state]

    def _now(self) -> datetime:
        return self._listing.workspaces[0].clock.now()

    def snoozes(self) -> list[tuple[str, datetime]]:
        """When a message may come back: words and moments, in the zone of its client."""
        client = next(iter(self.targets()), None)
        if client is None:
            return []
        ws = self._listing.workspace(client)
        now = ws.clock.now()
        wall = now.astimezone(ZoneInfo(ws.client.timezone)).replace(tzinfo=None)

        def at(day: datetime, hour: time) -> datetime:
            return resolve(datetime.combine(day.date(), hour), ws.client.timezone, ws.clock.tzdata_version()).utc

        found = [(translate("Inbox", "In one hour"), now + timedelta(hours=1))]
        if at(wall, _EVENING) - now > _SOON:
            found.append((translate("Inbox", "This evening"), at(wall, _EVENING)))
        found.append((translate("Inbox", "Tomorrow morning"), at(wall + timedelta(days=1), _MORNING)))
        monday = wall + timedelta(days=7 - wall.weekday())
        if monday.date() != (wall + timedelta(days=1)).date():
            found.append((translate("Inbox", "Monday morning"), at(monday, _MORNING)))
        return found

    def unread(self) -> None:
        """The targets are unread again."""
        self._talk.leave_unread()
        for client, messages in self.targets().items():
            self._calls.run(inbox.mark_read(self._listing.workspace(client), messages, read=False), otherwise=self._failed)

    # --- the network

    def favours(self) -> bool:
        """Whether the open message is a favourite of its account."""
        return self._talk.open is not None and self._talk.open.message.favourite

    def favourite(self) -> None:
        """Shows appreciation in the account's name, or takes it back."""
        opened, on = self._talk.open, not self.favours()
        if opened is None:
            return
        handle = looks.short(opened.account.identity.handle)
        words = translate("Inbox", "Favourited as {handle}") if on else translate("Inbox", "No longer a favourite of {handle}")
        self._calls.run(
            moderating.favourite(opened.ws, opened.message.id, on),
            then=lambda _: self._shell.toast(words.format(handle=handle), lambda: self._favourite(opened, not on)),
            otherwise=self._failed,
        )

    def _favourite(self, opened: Open, on: bool) -> None:
        self._calls.run(moderating.favourite(opened.ws, opened.message.id, on), otherwise=self._failed)

    def open_there(self) -> None:
        """Opens the message on its network."""
        if self._talk.open is not None and self._talk.open.message.url:
            self._shell.open_link(self._talk.open.message.url, "")

    def mute(self) -> None:
        """Mutes the author, once that is sure."""
        self._ask_then(
            translate("Inbox", "Mute @{person}?"),
            translate(
                "Inbox", "{handle} sees nothing more of this person. They are not told, and you can lift it on the network."
            ),
            translate("Inbox", "Mute"),
            moderating.mute_author,
            translate("Inbox", "@{person} is muted"),
        )

    def mute_thread(self) -> None:
        """No more notices from this conversation."""
        self._ask_then(
            translate("Inbox", "Mute this conversation?"),
            translate("Inbox", "{handle} hears nothing more of it. Nobody is told."),
            translate("Inbox", "Mute"),
            moderating.mute_thread,
            translate("Inbox", "The conversation is muted"),
        )

    def block(self) -> None:
        """Blocks the author, once that is sure."""
        self._ask_then(
            translate("Inbox", "Block @{person}?"),
            translate("Inbox", "This person can no longer follow {handle}, read it or write to it, and may notice."),
            translate("Inbox", "Block"),
            moderating.block,
            translate("Inbox", "@{person} is blocked"),
            danger=True,
        )

    def _ask_then(
        self,
        title: str,
        text: str,
        confirm: str,
        verb: Callable[[Workspace, MessageId], Coroutine[Any, Any, None]],
        done: str,
        *,
        danger: bool = False,
    ) -> None:
        opened = self._talk.open
        if opened is None:
            return
        params = {"person": opened.message.author.handle, "handle": looks.short(opened.account.identity.handle)}
        question = Question(title.format(**params), text.format(**params), confirm, opened.ws.client.id, danger)
        if self._shell.ask(question):
            self._calls.run(
                verb(opened.ws, opened.message.id),
                then=lambda _: self._shell.toast(done.format(**params)),
                otherwise=self._failed,
            )

    def report(self) -> None:
        """Reports the message to the server's moderators, with a reason."""
        opened = self._talk.open
        if opened is None:
            return
        client = opened.ws.client
        answer = self._view.ask_report(
            client=client.name,
            colour=client.colour,
            person=opened.message.author.handle,
            ours=opened.account.identity.handle,
        )
        if answer is not None:
            self._calls.run(
                moderating.report(opened.ws, opened.message.id, moderating.ReportReason(*answer)),
                then=lambda _: self._shell.toast(translate("Inbox", "The report was sent to the moderators")),
                otherwise=self._failed,
            )

    def _failed(self, error: Exception) -> None:
        self._shell.toast(wording.error(error, self._shell.formats))
