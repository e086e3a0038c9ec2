"""Turns messages, conversations and accounts into what the inbox shows, in the words of the language in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from types import MappingProxyType
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication

from cmdesk.domain.account import Account, FetchKind, Health, Role
from cmdesk.domain.client import Client
from cmdesk.domain.delivery import Delivery, State
from cmdesk.domain.ids import ClientId
from cmdesk.domain.limits import Visibility
from cmdesk.domain.message import WANTS_ANSWER, Attachment, Message, MessageKind, MessageState
from cmdesk.domain.mood import Mood, Sense
from cmdesk.domain.response import TimeLeft
from cmdesk.domain.views import ThreadItem
from cmdesk.ui import wording
from cmdesk.ui.i18n import Formats
from cmdesk.ui.inbox.counted import InboxCounts
from cmdesk.ui.inbox.moods import crisis_words, mood_words
from cmdesk.ui.inbox.values import ALL, CARE, Entry, FetchLine, File, Line, Person, ReplyLook, ShelfItem
from cmdesk.ui.widgets.paint import DIRECTIONS, one_line
from cmdesk.ui.widgets.rowlist import FaceMark, RowLook
from cmdesk.ui.wordings import QT_TRANSLATE_NOOP

translate = QCoreApplication.translate

#: The states in the order of the shelf, each with its icon.
STATES: Mapping[MessageState, str] = MappingProxyType(
    {
        MessageState.AWAITING: "inbox",
        MessageState.IN_HAND: "draft",
        MessageState.WAITING_CLIENT: "people",
        MessageState.ANSWERED: "check-circle",
        MessageState.SET_ASIDE: "archive",
        MessageState.SNOOZED: "snooze",
    }
)

#: States whose count is worth a number: somebody still has to do something.
OPEN = frozenset({MessageState.AWAITING, MessageState.IN_HAND, MessageState.WAITING_CLIENT, MessageState.SNOOZED})

_KINDS: Mapping[MessageKind, str] = MappingProxyType(
    {
        MessageKind.MENTION: "mention",
        MessageKind.REPLY: "reply",
        MessageKind.DIRECT: "lock",
        MessageKind.QUOTE: "note",
        MessageKind.FOLLOW: "person",
        MessageKind.FOLLOW_REQUEST: "person",
        MessageKind.FAVOURITE: "favourite",
        MessageKind.BOOST: "boost",
        MessageKind.POLL: "poll",
        MessageKind.UPDATE: "edit",
        MessageKind.STATUS: "posts",
        MessageKind.OTHER: "info",
    }
)

_EVENTS: Mapping[MessageKind, str] = MappingProxyType(
    {
        MessageKind.FOLLOW: QT_TRANSLATE_NOOP("Inbox", "follows you now"),
        MessageKind.FOLLOW_REQUEST: QT_TRANSLATE_NOOP("Inbox", "would like to follow you"),
        MessageKind.FAVOURITE: QT_TRANSLATE_NOOP("Inbox", "favourited your post"),
        MessageKind.BOOST: QT_TRANSLATE_NOOP("Inbox", "boosted your post"),
        MessageKind.POLL: QT_TRANSLATE_NOOP("Inbox", "A poll has ended"),
        MessageKind.UPDATE: QT_TRANSLATE_NOOP("Inbox", "edited a post you shared"),
        MessageKind.OTHER: QT_TRANSLATE_NOOP("Inbox", "did something cmdesk does not know yet"),
    }
)

_AUDIENCES: Mapping[Visibility, tuple[str, str]] = MappingProxyType(
    {
        Visibility.PUBLIC: ("globe", QT_TRANSLATE_NOOP("Inbox", "Public: everybody can read it")),
        Visibility.UNLISTED: ("unlisted", QT_TRANSLATE_NOOP("Inbox", "Public, but in no list")),
        Visibility.FOLLOWERS: ("people", QT_TRANSLATE_NOOP("Inbox", "Only followers can read it")),
        Visibility.DIRECT: ("lock", QT_TRANSLATE_NOOP("Inbox", "Private: only the people named in it")),
    }
)

_FILES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "image": ("image", QT_TRANSLATE_NOOP("Inbox", "Picture")),
        "video": ("image", QT_TRANSLATE_NOOP("Inbox", "Video")),
        "gifv": ("image", QT_TRANSLATE_NOOP("Inbox", "Animation")),
        "audio": ("attach", QT_TRANSLATE_NOOP("Inbox", "Sound")),
    }
)


def state_words(state: MessageState) -> str:
    """A state's name."""
    return wording.message_state(state)


def states(counts: Mapping[MessageState, int], care: int | None) -> list[ShelfItem]:
    """The lists by state; ``care`` is how many need it, None where they are not listed apart."""
    items = [
        ShelfItem(state.value, icon, state_words(state), counts.get(state, 0) if state in OPEN else 0)
        for state, icon in STATES.items()
    ]
    if care is not None:
        items.insert(1, ShelfItem(CARE, "warning", translate("Inbox", "Needs care first"), care))
    return [*items, ShelfItem(ALL, "posts", translate("Inbox", "All messages"))]


def short(handle: str) -> str:
    """The part of a handle before its server, with its @."""
    return f"@{handle.partition('@')[0]}"


def account_items(accounts: Sequence[Account]) -> list[ShelfItem]:
    """The accounts one can look at alone; none for fewer than two."""
    if len(accounts) < 2:
        return []
    everyone = ShelfItem(ALL, "accounts", translate("Inbox", "All accounts"))
    return [
        everyone,
        *(ShelfItem(str(one.id), "person", short(one.identity.handle), tip=f"@{one.identity.handle}") for one in accounts),
    ]


def client_items(clients: Sequence[Client], awaiting: Mapping[ClientId, int]) -> list[ShelfItem]:
    """The clients one can look at alone, each with how many await an answer; none for fewer than two."""
    if len(clients) < 2:
        return []
    everyone = ShelfItem(ALL, "desk", translate("Inbox", "All clients"))
    return [
        everyone,
        *(ShelfItem(str(one.id), "", one.name, awaiting.get(one.id, 0), one.name, one.colour) for one in clients),
    ]


class Looks:
    """Makes looks for one scope. ``clients`` are those on the screen; ``desk`` tells that they are shown together."""

    def __init__(self, formats: Formats, zone: str, clients: Mapping[str, Client], *, desk: bool) -> None:
        self.formats, self.clients, self.desk = formats, clients, desk
        self._zone = ZoneInfo(zone)

    def local(self, moment: datetime) -> datetime:
        """A moment as the clock of this scope shows it."""
        return moment.astimezone(self._zone)

    def row(
        self, line: Line, now: datetime, *, state_shown: bool, left: TimeLeft | None = None, sense: Sense | None = None
    ) -> RowLook:
        """A message in the list; ``state_shown`` says its state where several are mixed, ``left`` what is left of the promise,
        ``sense`` what was read between its lines: said only where somebody needs care."""
        row = line.row
        client = self.clients.get(row.client)
        event = _EVENTS.get(row.kind) if not row.preview else None
        name = row.author_name or f"@{row.author_handle}"
        detail = line.found or (translate("Inbox", event) if event else row.preview)
        if row.deleted:
            detail = translate("Inbox", "Deleted by its author: {words}").format(words=detail)
        icons = [_KINDS[row.kind]]
        if row.has_media:
            icons.append("attach")
        note = ""
        if state_shown and row.state in STATES and row.state is not MessageState.AWAITING:
            note = state_words(row.state)
        pressing = self._pressing(left)
        if sense is not None and (sense.care or sense.crisis):
            mood = (
                crisis_words()
                if sense.crisis
                else mood_words(sense.mood if sense.mood is not Mood.UNCERTAIN else sense.likeliest)
            )
            if pressing is None:
                pressing = ("care", mood)
            else:
                note = mood
        return RowLook(
            title=name,
            detail=detail,
            time=self.formats.near(self.local(row.created_at), self.local(now)),
            mark=FaceMark(name),
            note=note if pressing is None or sense is not None else "",
            chip=pressing,
            whose=client.name if self.desk and client is not None else "",
            unread=row.unread,
            strong=row.state in OPEN,
            faded=row.deleted,
            colour=client.colour if self.desk and client is not None else None,
            icons=tuple(icons),
            marks=() if row.deleted else line.marks,
        )

    def _pressing(self, left: TimeLeft | None) -> tuple[str, str] | None:
        """A chip for who waits too long, or soon will."""
        if left is None or left.left is None or not (left.over or left.soon):
            return None
        length = self.formats.length(abs(left.left))
        if left.over:
            return "over", translate("Inbox", "{length} late").format(length=length)
        return "soon", translate("Inbox", "{length} left").format(length=length)

    def spoken(self, line: Line, now: datetime) -> str:
        """A message for a screen reader."""
        row = line.row
        client = self.clients.get(row.client)
        parts = [
            translate("Inbox", "Unread") if row.unread else "",
            wording.message_kind(row.kind),
            one_line(row.author_name or row.author_handle),
            client.name if self.desk and client is not None else "",
            self.formats.near(self.local(row.created_at), self.local(now)),
            state_words(row.state),
            one_line(row.preview),
        ]
        return ", ".join(part for part in parts if part)

    def person(self, message: Message, account: Account, past: int, now: datetime) -> Person:
        """Who wrote the message that is open."""
        state = state_words(message.state)
        if message.state is MessageState.SNOOZED and message.snoozed_until is not None:
            until = self.formats.near(self.local(message.snoozed_until), self.local(now))
            state = translate("Inbox", "Snoozed until {time}").format(time=until)
        earlier = past - 1 if message.kind in WANTS_ANSWER else past
        if earlier > 0:
            words = InboxCounts().earlier(earlier)
        else:
            words = translate("Inbox", "first message") if message.kind in WANTS_ANSWER else ""
        own = bool(message.text or message.html)
        return Person(
            name=message.author.name,
            handle=message.author.handle,
            past=words,
            state=state,
            state_icon=STATES.get(message.state, "info"),
            can_open=bool(message.url),
            can_favourite=Role.REACTS in account.roles and own,
            favourite=message.favourite,
            can_moderate=Role.MODERATES in account.roles,
            answerable=message.kind in WANTS_ANSWER,
        )

    def entry(self, item: ThreadItem, message: Message | None, delivery: Delivery | None, now: datetime) -> Entry:
        """One entry of a conversation; ``message`` is the stored one, ``delivery`` our own."""
        client = self.clients.get(item.client)
        remarks = []
        if item.edited:
            remarks.append(translate("Inbox", "edited"))
        if item.deleted:
            remarks.append(translate("Inbox", "deleted by its author") if not item.ours else translate("Inbox", "removed"))
        event = _EVENTS.get(item.kind) if not item.text and not item.html else None
        chip = None
        if item.delivery_state is not None and item.delivery_state is not State.SENT:
            chip = (item.delivery_state.value, wording.state(item.delivery_state))
        when = self.local(item.created_at)
        return Entry(
            key=("delivery", item.delivery, item.remote_id) if item.delivery is not None else ("message", item.message, ""),
            name=item.author_name,
            handle=item.author_handle,
            when=self.formats.near(when, self.local(now)),
            when_whole=self.formats.moment(when),
            html=item.html,
            text=item.text,
            ours=item.ours,
            private=item.visibility is Visibility.DIRECT,
            focus=item.focus,
            warning=item.warning,
            remarks=tuple(remarks),
            files=tuple(_file(one) for one in message.attachments) if message is not None else (),
            icon=_KINDS[item.kind],
            event=translate("Inbox", event) if event else "",
            chip=chip,
            chip_note=self._chip_note(delivery) if chip is not None else "",
            colour=client.colour if client is not None and item.ours else None,
        )

    def _chip_note(self, delivery: Delivery | None) -> str:
        if delivery is None:
            return ""
        if delivery.state is State.PLANNED and delivery.problem is not None and delivery.problem.code == "no_network":
            return translate("Inbox", "Kept here. It goes out by itself when the network is back.")
        if delivery.state is State.HELD and delivery.held_because is not None:
            return wording.held(delivery.held_because)
        if delivery.problem is not None:
            return wording.problem(delivery.problem)
        return ""

    def reply(self, message: Message, client: Client, account: Account, visibility: Visibility, warning: str) -> ReplyLook:
        """In whose name a reply speaks, and who can read it."""
        icon, words = _AUDIENCES[visibility]
        private = visibility is Visibility.DIRECT
        handle = short(account.identity.handle)
        who = translate("Inbox", "Reply privately as {handle}") if private else translate("Inbox", "Reply as {handle}")
        name = one_line(message.author.name or message.author.handle)
        holder = translate("Inbox", "Write privately to {name}") if private else translate("Inbox", "Write a reply to {name}")
        return ReplyLook(
            who=who.format(handle=handle),
            client=client.name,
            colour=client.colour,
            initials=client.initials,
            private=private,
            audience=translate("Inbox", words),
            audience_icon=icon,
            send=who.format(handle=handle),
            placeholder=holder.format(name=name),
            warning=translate("Inbox", "Under the warning: {words}").format(words=warning) if warning else "",
            loud=self.desk,
        )

    # --- fetches

    def fetches(self, accounts: Sequence[Account], now: datetime) -> list[FetchLine]:
        """When each account was last fetched; for all clients, only the one that waits longest."""
        if not self.desk:
            return [self._fetch(account, now, alone=len(accounts) == 1) for account in accounts[:6]]
        tried = [account for account in accounts if last_fetch(account) is not None]
        oldest = min(tried, key=lambda account: last_fetch(account) or now, default=None)
        return [] if oldest is None else [self._fetch(oldest, now, alone=False)]

    def _fetch(self, account: Account, now: datetime, *, alone: bool) -> FetchLine:
        moment = last_fetch(account)
        handle = short(account.identity.handle)
        if moment is None:
            return FetchLine(translate("Inbox", "{handle}: never fetched").format(handle=handle), self._kinds(account, now))
        ago = self.formats.ago(self.local(moment), self.local(now))
        source = translate("Inbox", "Mentions fetched {ago}") if alone else translate("Inbox", "{handle}: fetched {ago}")
        failed = any(fetch.problem for fetch in account.fetches) or account.health is not Health.OK
        return FetchLine(source.format(ago=ago, handle=handle), self._kinds(account, now), "warning" if failed else "muted")

    def _kinds(self, account: Account, now: datetime) -> str:
        lines = []
        for fetch in account.fetches:
            kind = wording.fetch_kind(fetch.kind)
            if fetch.succeeded_at is None:
                lines.append(translate("Inbox", "{kind}: never").format(kind=kind))
            else:
                ago = self.formats.ago(self.local(fetch.succeeded_at), self.local(now))
                lines.append(translate("Inbox", "{kind}: {ago}").format(kind=kind, ago=ago))
        return "\n".join(lines)


def last_fetch(account: Account) -> datetime | None:
    """When what came in was last fetched: of several kinds the one that waits longest."""
    kinds = [fetch.succeeded_at for fetch in account.fetches if fetch.kind in {FetchKind.NOTIFICATIONS, FetchKind.CONVERSATIONS}]
    known = [moment for moment in kinds if moment is not None]
    return min(known) if known and len(known) == len(kinds) else None


def _file(one: Attachment) -> File:
    icon, words = _FILES.get(one.kind, ("attach", QT_TRANSLATE_NOOP("Inbox", "File")))
    return File(icon, translate("Inbox", words), one.alt, one.url)


def tidied(text: str, marks: Sequence[tuple[int, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
    """A found passage made fit for one line, its marks moved with the words."""
    places: list[int] = []
    kept: list[str] = []
    for character in text:
        places.append(len(kept))
        blank = character.isspace() or not character.isprintable()
        if character in DIRECTIONS or (blank and (not kept or kept[-1] == " ")):
            continue
        kept.append(" " if blank else character)
    places.append(len(kept))
    moved = tuple((places[start], places[end]) for start, end in marks if places[start] < places[end])
    return "".join(kept).rstrip(), moved
