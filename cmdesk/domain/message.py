"""Describes what comes in: messages of people, their threads, and how each was dealt with."""

from datetime import datetime
from enum import Enum

from msgspec import Struct

from cmdesk.domain.account import FetchKind
from cmdesk.domain.ids import AccountId, DeliveryId, MessageId
from cmdesk.domain.limits import Visibility


class MessageKind(Enum):
    """What kind of event a message is. OTHER keeps what the network invented since."""

    MENTION = "mention"
    REPLY = "reply"
    DIRECT = "direct"
    QUOTE = "quote"
    FOLLOW = "follow"
    FOLLOW_REQUEST = "follow_request"
    FAVOURITE = "favourite"
    BOOST = "boost"
    POLL = "poll"
    UPDATE = "update"
    STATUS = "status"  # part of a conversation, not addressed to us: shown in threads only
    OTHER = "other"


#: Kinds somebody waits on: they arrive as AWAITING; the others only inform.
WANTS_ANSWER = frozenset({MessageKind.MENTION, MessageKind.REPLY, MessageKind.DIRECT, MessageKind.QUOTE})


class MessageState(Enum):
    """How a message was dealt with."""

    AWAITING = "awaiting"
    IN_HAND = "in_hand"
    WAITING_CLIENT = "waiting_client"
    ANSWERED = "answered"
    SET_ASIDE = "set_aside"
    SNOOZED = "snoozed"
    INFO = "info"  # nobody waits for an answer to it


class Author(Struct, frozen=True):
    """Who wrote it, in the network's words: foreign text, shown only through the safe widgets."""

    remote_id: str
    handle: str
    name: str
    profile_url: str = ""
    avatar_url: str = ""
    is_us: bool = False


class Attachment(Struct, frozen=True):
    """A file somebody attached. Never loaded by itself."""

    kind: str
    url: str
    preview_url: str = ""
    alt: str = ""


class Incoming(Struct, frozen=True):
    """One event as a connector reads it. ``remote_id`` is the status (or, without one, the event), ``event_id`` the event.

    ``html`` is foreign and unsafe; ``text`` is its plain reading. ``thread_id`` is the network's id of the conversation's
    root where known, else the status itself. ``about_remote_id`` is our own status that a favourite or boost is about.
    """

    kind: MessageKind
    raw_kind: str
    event_id: str
    remote_id: str
    author: Author
    text: str
    html: str
    created_at: datetime
    url: str = ""
    in_reply_to: str | None = None
    thread_id: str | None = None
    about_remote_id: str | None = None
    visibility: Visibility = Visibility.PUBLIC
    warning: str = ""
    language: str = ""
    edited_at: datetime | None = None
    attachments: tuple[Attachment, ...] = ()
    mentions: tuple[str, ...] = ()  # full handles, without @, of whom it names
    favourite: bool | None = None  # whether our account has favourited it there; None where the answer does not say


class InboxPage(Struct, frozen=True):
    """A page of events, oldest first, and where to go on. ``cursor`` is opaque text to keep with the rows, in one transaction.

    ``more`` tells that another page waits; an empty page deletes nothing. ``older`` is set where the page is only the top of what
    was never read: opaque text to ask with for what lies below it.
    """

    kind: FetchKind
    items: tuple[Incoming, ...]
    cursor: str | None
    more: bool = False
    older: str | None = None


class Conversation(Struct, frozen=True):
    """A thread as the network shows it now: the statuses around one, oldest first."""

    items: tuple[Incoming, ...]
    complete: bool = True


class Message(Struct, frozen=True):
    """A stored message of one account."""

    id: MessageId
    account: AccountId
    kind: MessageKind
    raw_kind: str
    remote_id: str
    event_id: str
    author: Author
    text: str
    html: str
    created_at: datetime
    received_at: datetime
    state: MessageState
    url: str = ""
    in_reply_to: str | None = None
    thread_id: str = ""
    delivery: DeliveryId | None = None  # our own delivery that it answers or is about
    visibility: Visibility = Visibility.PUBLIC
    warning: str = ""
    language: str = ""
    edited_at: datetime | None = None
    deleted_at: datetime | None = None
    unread: bool = True
    snoozed_until: datetime | None = None
    attachments: tuple[Attachment, ...] = ()
    mentions: tuple[str, ...] = ()  # full handles, without @, of whom it names
    favourite: bool = False  # our account has favourited it from here
