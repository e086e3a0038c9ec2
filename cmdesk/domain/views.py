"""The small frozen rows that screens and the command line show: read from the files, never written back."""

from datetime import datetime
from enum import Enum

from msgspec import Struct

from cmdesk.domain.account import Health, Network
from cmdesk.domain.client import Colour
from cmdesk.domain.delivery import HeldBecause, PostState, State
from cmdesk.domain.guard import Frozen, QueueHold
from cmdesk.domain.ids import AccountId, ClientId, DeliveryId, MediaId, MessageId, PostId
from cmdesk.domain.limits import Problem, Visibility
from cmdesk.domain.message import MessageKind, MessageState
from cmdesk.domain.mood import Mood, Reading
from cmdesk.domain.post import PostKind
from cmdesk.domain.schedule import PlannedTime


class FileTrouble(Enum):
    """Why a client's file can't be opened: its card says what to do."""

    DAMAGED = "damaged"
    NEWER = "newer"
    NOT_OURS = "not_ours"
    COPY = "copy"  # a second folder with the same client id
    UNREADABLE = "unreadable"
    FULL = "full"  # its newest words are in a log that cannot be read where there is no room
    READ_ONLY = "read_only"  # the same where nothing can be written


class Unwritable(Enum):
    """Why a client is shown, but nothing can be saved for it."""

    FULL = "full"
    READ_ONLY = "read_only"


class ClientCard(Struct, frozen=True):
    """A client on the rail. With ``trouble`` it is a repair card: only id, name (as far as known) and folder are sure."""

    id: ClientId
    name: str
    colour: Colour
    initials: str
    awaiting: int = 0
    needs_you: int = 0
    archived: bool = False
    position: int = 0
    trouble: FileTrouble | None = None
    folder: str = ""
    unwritable: Unwritable | None = None
    hold: QueueHold | None = None  # the whole queue stands still, because nobody can tell what went out already
    frozen: Frozen | None = None  # the crisis key is turned


class AccountMark(Struct, frozen=True):
    """An account as a mark beside something else."""

    client: ClientId
    id: AccountId
    network: Network
    handle: str
    health: Health


class InboxFilter(Struct, frozen=True):
    """Which messages a list shows. An empty set means any; thread-only statuses and our own words are in no list."""

    states: frozenset[MessageState] = frozenset()
    accounts: frozenset[AccountId] = frozenset()
    kinds: frozenset[MessageKind] = frozenset()
    unread_only: bool = False


class InboxRow(Struct, frozen=True):
    """A message in a list."""

    client: ClientId
    id: MessageId
    account: AccountId
    kind: MessageKind
    state: MessageState
    author_name: str
    author_handle: str
    preview: str
    created_at: datetime
    unread: bool
    visibility: Visibility
    deleted: bool = False
    has_media: bool = False
    mood: Mood | None = None  # None: nobody has read it between the lines yet
    reading: Reading | None = None
    care: bool = False
    crisis: bool = False


class Group(Struct, frozen=True):
    """Several of one kind about one thing on one day: likes, boosts, follows. ``names`` are the newest few."""

    client: ClientId
    account: AccountId
    kind: MessageKind
    thread: str
    delivery: DeliveryId | None
    count: int
    unread: int
    newest_at: datetime
    names: tuple[str, ...]
    messages: tuple[MessageId, ...]


class ThreadItem(Struct, frozen=True):
    """One entry of a conversation: somebody's message, or our own post or reply with the state of its delivery."""

    client: ClientId
    message: MessageId | None
    delivery: DeliveryId | None
    remote_id: str
    author_name: str
    author_handle: str
    ours: bool
    html: str
    text: str
    created_at: datetime
    visibility: Visibility
    kind: MessageKind
    state: MessageState | None = None
    delivery_state: State | None = None
    url: str = ""
    warning: str = ""
    edited: bool = False
    deleted: bool = False
    focus: bool = False  # the message the thread was opened from


class AgendaEntry(Struct, frozen=True):
    """A post in the calendar, all its deliveries at the same time as one entry."""

    client: ClientId
    post: PostId
    planned: PlannedTime
    preview: str
    state: PostState
    deliveries: tuple[DeliveryId, ...]
    accounts: tuple[AccountMark, ...]
    has_media: bool = False
    movable: bool = True
    kind: PostKind = PostKind.POST
    labels: tuple[str, ...] = ()
    picture: MediaId | None = None  # the first file of the post, which may be a film


class PostRow(Struct, frozen=True):
    """A post in a list of drafts and posts."""

    client: ClientId
    id: PostId
    preview: str
    state: PostState
    updated_at: datetime
    planned: PlannedTime | None
    accounts: tuple[AccountMark, ...]
    has_media: bool = False
    kind: PostKind = PostKind.POST


class OutboxRow(Struct, frozen=True):
    """A delivery in a list."""

    client: ClientId
    id: DeliveryId
    post: PostId
    account: AccountMark
    state: State
    planned: PlannedTime
    preview: str
    attempts: int
    held_because: HeldBecause | None
    problem: Problem | None
    url: str | None
    retry_at: datetime | None
    sent_at: datetime | None
    parts: int = 1
    parts_out: int = 0
    kind: PostKind = PostKind.POST


class Today(Struct, frozen=True):
    """What one client (or, added up by the desk, all of them) needs today."""

    decisions: tuple[OutboxRow, ...]
    awaiting: tuple[InboxRow, ...]
    awaiting_count: int
    going_out: tuple[AgendaEntry, ...]
    drafts: tuple[PostRow, ...]
    accounts_in_trouble: tuple[AccountMark, ...] = ()


class SearchHit(Struct, frozen=True):
    """Something found: a post or a message. ``marks`` are half-open code point ranges in ``preview``."""

    client: ClientId
    post: PostId | None
    message: MessageId | None
    title: str
    preview: str
    when: datetime
    marks: tuple[tuple[int, int], ...] = ()
