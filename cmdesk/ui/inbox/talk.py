"""Shows the conversation that is open and carries the reply: kept while it is written, sent through the outbox."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QTimer

from cmdesk.domain.account import Account, Role
from cmdesk.domain.draft_errors import DraftDamaged
from cmdesk.domain.errors import CmdeskError, GoneOnNetwork, NetworkProblem, NoNetwork, NotFound, VaultProblem
from cmdesk.domain.ids import ClientId, DeliveryId, MessageId
from cmdesk.domain.limits import Severity
from cmdesk.domain.message import WANTS_ANSWER, Message, MessageState
from cmdesk.domain.post import PostEdit, edit_of
from cmdesk.domain.views import ThreadItem
from cmdesk.services import composing, inbox, linking, planning, replying
from cmdesk.services.workspace import Workspace
from cmdesk.ui import wording
from cmdesk.ui.actions import key_text
from cmdesk.ui.inbox import looks
from cmdesk.ui.inbox.values import Entry
from cmdesk.ui.proofing.marks import raw_text
from cmdesk.ui.proofing.proof import Proof

if TYPE_CHECKING:
    from cmdesk.ui.bridge import Calls
    from cmdesk.ui.inbox.listing import Listing
    from cmdesk.ui.inbox.view import InboxView
    from cmdesk.ui.screens import Shell

translate = QCoreApplication.translate

#: How long a reply waits before it goes out, so that a slip can be taken back from the toast.
TAKE_BACK = timedelta(seconds=7)
#: How long a message must be in sight before it counts as read.
SEEN_MS = 800
KEEP_MS = 250
#: How many entries of a long conversation are shown before somebody asks for all.
SHORT = 40


@dataclass
class Open:
    """The message that is open, of one client, and the reply to it."""

    ws: Workspace
    message: Message
    account: Account
    edit: PostEdit | None = None
    unsaved: bool = False
    whole: bool = False

    @property
    def place(self) -> tuple[ClientId, MessageId]:
        """What names it on this screen."""
        return self.ws.client.id, self.message.id


class Talk:
    """The right pane of one scope. ``on_offline`` hears whether a call found a network."""

    def __init__(self, view: InboxView, listing: Listing, shell: Shell, calls: Calls, on_offline: Callable[[bool], None]) -> None:
        self._view, self._listing, self._shell, self._calls = view, listing, shell, calls
        self._on_offline = on_offline
        self.offline = False
        self.open: Open | None = None
        self.told: Callable[[], None] = lambda: None  # hears that the conversation was shown anew
        self._typed: dict[tuple[ClientId, MessageId], PostEdit] = {}
        self._refreshed: set[tuple[ClientId, MessageId]] = set()
        self._past: dict[tuple[ClientId, MessageId], int] = {}
        self._left_unread: tuple[ClientId, MessageId] | None = None
        self._seen = QTimer()
        self._seen.setSingleShot(True)
        self._seen.setInterval(SEEN_MS)
        self._seen.timeout.connect(self._was_seen)
        self._proof: Proof | None = None
        self._keep = QTimer()
        self._keep.setSingleShot(True)
        self._keep.setInterval(KEEP_MS)
        self._keep.timeout.connect(self.flush)
        view.talk.show_nothing()

    # --- reading

    def show(self, client: ClientId, message_id: MessageId) -> None:
        """Opens a message; the reply to the one before is kept."""
        if self.open is not None and self.open.place == (client, message_id):
            return
        self.flush()
        ws = self._listing.workspace(client)
        try:
            message = inbox.message(ws, message_id)
        except NotFound:
            self.close()
            return
        self.open = Open(ws, message, linking.account(ws, message.account))
        self._left_unread = None
        self._begin_reply(self.open)
        self._show(fresh=True)
        self._seen.start()

    def refresh(self) -> None:
        """Reads the open conversation again; what is being typed is left alone."""
        if self.open is None:
            return
        try:
            self.open.message = inbox.message(self.open.ws, self.open.message.id)
            self.open.account = linking.account(self.open.ws, self.open.message.account)
        except NotFound:
            self.close()
            return
        self._show(fresh=False)

    def close(self, title: str = "", sentence: str = "") -> None:
        """Nothing is open."""
        self.flush()
        self._stop_reading()
        self.open = None
        self._seen.stop()
        self._view.talk.show_nothing(title, sentence)

    def show_whole(self) -> None:
        """Every entry of a long conversation."""
        if self.open is not None:
            self.open.whole = True
            self._show(fresh=False)

    def _show(self, *, fresh: bool) -> None:
        if self.open is None:
            return
        ws, message, account = self.open.ws, self.open.message, self.open.account
        now = ws.clock.now()
        past = inbox.exchanges(ws, message)
        person = self._listing.looks.person(message, account, past, now)
        self._view.talk.show_person(person, self._closed(account, message))
        items = inbox.thread(ws, message.id)
        shown = items if self.open.whole else _around(items)
        entries = [self._entry(ws, item) for item in shown]
        self._view.talk.show_entries(entries, len(items) - len(shown), fresh=fresh)
        if fresh:
            self._view.talk.about.forget()
        self.told()
        if self.open.edit is not None:
            look = self._listing.looks.reply(message, ws.client, account, self.open.edit.visibility, self.open.edit.warning)
            self._view.talk.reply.show_look(look)
            self._show_state(self.open)

    def _entry(self, ws: Workspace, item: ThreadItem) -> Entry:
        message = inbox.message(ws, item.message) if item.message is not None else None
        delivery = planning.delivery(ws, item.delivery) if item.delivery is not None else None
        return self._listing.looks.entry(item, message, delivery, ws.clock.now())

    @staticmethod
    def _closed(account: Account, message: Message) -> str:
        """Why nothing can be answered; "" when something can."""
        handle = looks.short(account.identity.handle)
        if account.unlinked_at is not None:
            return translate("Inbox", "{handle} is no longer linked, so nothing can be sent in its name.").format(handle=handle)
        if Role.REPLIES not in account.roles:
            return translate("Inbox", "This network lets nobody reply from here. Open the message there.")
        if message.deleted_at is not None:
            return translate("Inbox", "Its author has deleted this message, so there is nothing left to reply to.")
        return ""

    def _was_seen(self) -> None:
        """It was in sight long enough: read, and once the network is asked for the rest of the conversation."""
        if self.open is None or not self._view.isVisible():
            return
        ws, message, place = self.open.ws, self.open.message, self.open.place
        if message.unread and self._left_unread != place:
            self._calls.run(inbox.mark_read(ws, [message.id]), otherwise=self._failed)
        if message.kind in WANTS_ANSWER and place not in self._refreshed and self.open.account.writable and not self.offline:
            self._refreshed.add(place)
            self._calls.run(inbox.refresh_thread(ws, message.id), then=self._reached, otherwise=self._unreached)

    def leave_unread(self) -> None:
        """The open message stays unread, though it is in sight."""
        if self.open is not None:
            self._left_unread = self.open.place
            self._seen.stop()

    def _reached(self, _items: object) -> None:
        self._on_offline(False)

    def _unreached(self, error: Exception) -> None:
        """What is stored is shown all the same; only a missing network is worth a word here."""
        if isinstance(error, NoNetwork):
            self._on_offline(True)
        elif not isinstance(error, NetworkProblem | VaultProblem | GoneOnNetwork):
            self._failed(error)

    def _failed(self, error: Exception) -> None:
        self._shell.toast(wording.error(error, self._shell.formats))

    # --- the reply

    def _begin_reply(self, opened: Open) -> None:
        self._stop_reading()
        if opened.message.kind not in WANTS_ANSWER:
            return
        begun = self._typed.get(opened.place)
        if begun is None:
            try:
                stored = replying.kept(opened.ws, opened.message.id)
                begun = edit_of(stored) if stored is not None else None
            except DraftDamaged as damaged:
                begun = damaged.last_good
        opened.edit = begun if begun is not None else replying.draft_for(opened.ws, opened.message.id)
        self._view.talk.reply.set_text(opened.edit.text)
        self._read_along(opened)

    def _read_along(self, opened: Open) -> None:
        """The reply is read for mistakes in the language of the message, as this client wants it."""
        box = self._view.talk.reply
        self._proof = Proof(
            box.field.marks,
            box.proof,
            opened.ws,
            self._shell,
            self._calls,
            text=lambda: raw_text(box.field.document()),
            tag=lambda: opened.edit.language if opened.edit is not None else "",
            at_once=False,
        )

    def _stop_reading(self) -> None:
        if self._proof is not None:
            self._proof.close()
            self._proof = None

    def typed(self, text: str) -> None:
        """The reply changed under the fingers."""
        if self.open is None or self.open.edit is None or text == self.open.edit.text:
            return
        self.open.edit = replace(self.open.edit, text=text)
        self._typed[self.open.place] = self.open.edit
        self.open.unsaved = True
        self._keep.start()
        self._show_state(self.open)
        if self._proof is not None:
            self._proof.touch()

    def flush(self) -> None:
        """Keeps what was typed, now."""
        self._keep.stop()
        if self.open is not None and self.open.unsaved and self.open.edit is not None:
            self.open.unsaved = False
            self._shell.bridge.run(
                replying.keep(self.open.ws, self.open.message.id, self.open.edit, initiator="inbox"), otherwise=self._failed
            )

    def _show_state(self, opened: Open) -> None:
        edit = opened.edit
        if edit is None:
            return
        counts = composing.counts(edit, [opened.account]).get(opened.account.id, ())
        fullest = min(counts, key=lambda count: count.left, default=None)
        found = composing.problems(edit, [opened.account]).get(opened.account.id, ())
        problem = next((one for one in found if one.severity is Severity.BLOCK and one.code != "empty"), None)
        words = replying.draft_for(opened.ws, opened.message.id).text
        ready = problem is None and bool(set(edit.text.split()) - set(words.split()))
        self._view.talk.reply.show_state(
            used=fullest.count if fullest is not None else 0,
            limit=fullest.limit if fullest is not None else 1,
            problem=wording.problem(problem) if problem is not None else "",
            note=self._note(opened.account),
            ready=ready,
        )

    def _note(self, account: Account) -> str:
        if self.offline:
            return translate("Inbox", "No network: it is kept and goes out when the network is back.")
        if not account.writable:
            return translate("Inbox", "It waits in the outbox until the account works again.")
        return translate("Inbox", "{keys} sends").format(keys=key_text(("Ctrl+Enter",)))

    def send(self) -> None:
        """Puts the reply into the outbox; the toast takes it back while it waits there."""
        if self.open is None or self.open.edit is None or not self._view.talk.reply.send.isEnabled():
            return
        opened, edit = self.open, self.open.edit
        self._keep.stop()
        opened.unsaved = False
        self._typed.pop(opened.place, None)
        before = opened.message.state
        self._calls.run(
            replying.send(opened.ws, opened.message.id, edit, after=TAKE_BACK),
            then=lambda delivery: self._sent(opened, delivery, before),
            otherwise=lambda error: self._not_sent(opened, edit, error),
        )
        fresh = replying.draft_for(opened.ws, opened.message.id)
        opened.edit = fresh
        self._view.talk.reply.set_text(fresh.text)
        self._show_state(opened)
        self._view.rows.list.setFocus()

    def _sent(self, opened: Open, delivery: DeliveryId, before: MessageState) -> None:
        handle = looks.short(opened.account.identity.handle)
        if self.offline:
            words = translate("Inbox", "Kept. The reply goes out as {handle} when the network is back.")
        else:
            words = translate("Inbox", "The reply goes out as {handle}.")
        self._shell.toast(words.format(handle=handle), lambda: self._take_back(opened, delivery, before))

    def _not_sent(self, opened: Open, edit: PostEdit, error: Exception) -> None:
        """Nothing went out: the words come back into the box."""
        self._put_back(opened, edit)
        self._failed(error)

    def _take_back(self, opened: Open, delivery: DeliveryId, before: MessageState) -> None:
        state = before if before is not MessageState.SNOOZED else MessageState.AWAITING
        self._calls.run(
            replying.take_back(opened.ws, delivery, state),
            then=lambda edit: self._put_back(opened, edit),
            otherwise=self._too_late,
        )

    def _put_back(self, opened: Open, edit: PostEdit) -> None:
        self._typed[opened.place] = edit
        if self.open is not None and self.open.place == opened.place:
            self.open.edit = edit
            self._view.talk.reply.set_text(edit.text)
            self._show_state(self.open)
            self._view.talk.reply.take_focus()

    def _too_late(self, error: Exception) -> None:
        if isinstance(error, CmdeskError) and error.code == "not_allowed":
            self._shell.toast(translate("Inbox", "It is out already, so it cannot be taken back from here."))
        else:
            self._failed(error)

    def stop(self) -> None:
        """Keeps what was typed and lets go."""
        self.flush()
        self._seen.stop()
        self._keep.stop()
        self._stop_reading()
        self.open = None


def _around(items: tuple[ThreadItem, ...]) -> tuple[ThreadItem, ...]:
    """Of a long conversation its beginning, and what stands around the message that is open."""
    if len(items) <= SHORT:
        return items
    focus = next((place for place, item in enumerate(items) if item.focus), len(items) - 1)
    start = max(1, min(focus - SHORT // 2, len(items) - SHORT + 1))
    return (items[0], *items[start : start + SHORT - 1])
