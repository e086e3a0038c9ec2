"""The tables of one client's file. Rows never leave this room: queries return the frozen values of ``domain``.

Every time is an integer, milliseconds since 1970 in UTC. Structured values that are read whole are JSON text.
``migrations`` creates exactly these tables; a test holds the two together.
"""

from sqlalchemy import CheckConstraint, Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

from cmdesk.store import tables_answering, tables_moods, tables_planning, tables_publishing


class ClientRow(SQLModel, table=True):
    """The one row that says whose file this is."""

    __tablename__ = "client"
    __table_args__ = (CheckConstraint("id = 1", name="one_client"),)

    id: int = Field(default=1, primary_key=True)
    client_id: str
    name: str
    colour: str
    timezone: str
    language: str
    created_at: int
    archived_at: int | None = None
    grace_minutes: int = 30
    position: int = 0
    install_id: str = ""  # the installation that armed this queue; empty before the first arming
    settings: str = "{}"


class AccountRow(SQLModel, table=True):
    """A linked account. ``limits`` and ``roles`` are JSON."""

    __tablename__ = "account"
    __table_args__ = (UniqueConstraint("network", "server", "remote_id", name="one_account_per_identity"),)

    id: int | None = Field(default=None, primary_key=True)
    uid: str = Field(unique=True)
    network: str
    server: str
    remote_id: str
    handle: str
    display_name: str
    profile_url: str = ""
    avatar_url: str = ""
    linked_at: int
    health: str
    health_since: int
    software: str = ""
    limits: str = "{}"
    roles: str = "[]"
    allow_private: bool = False
    unlinked_at: int | None = None


class FetchRow(SQLModel, table=True):
    """Cursor and last fetches of one kind of one account."""

    __tablename__ = "account_fetch"

    account_id: int = Field(foreign_key="account.id", primary_key=True)
    kind: str = Field(primary_key=True)
    cursor: str | None = None
    succeeded_at: int | None = None
    tried_at: int | None = None
    problem: str | None = None


class PostRecord(SQLModel, table=True):
    """A post's words and options. ``poll`` and ``labels`` are JSON."""

    __tablename__ = "post"
    __table_args__ = (
        Index("post_by_update", "updated_at", "id"),
        Index("post_by_reply", "reply_message_id", sqlite_where=text("reply_message_id IS NOT NULL")),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    text: str
    warning: str = ""
    visibility: str = "public"
    language: str = ""
    sensitive: bool = False
    poll: str | None = None
    labels: str = "[]"
    revision: int = 1
    sha256: str
    approved: str | None = None
    reply_remote_id: str | None = None
    reply_url: str = ""
    reply_handle: str = ""
    reply_message_id: int | None = Field(default=None, foreign_key="message.id")
    created_at: int
    updated_at: int
    deleted_at: int | None = None


class VariantRow(SQLModel, table=True):
    """What differs for one account; NULL follows the post."""

    __tablename__ = "post_variant"

    post_id: int = Field(foreign_key="post.id", primary_key=True)
    account_id: int = Field(foreign_key="account.id", primary_key=True)
    position: int = 0
    text: str | None = None
    warning: str | None = None
    visibility: str | None = None
    language: str | None = None


class VersionRow(SQLModel, table=True):
    """A snapshot of a post's words; ``edit`` is JSON."""

    __tablename__ = "post_version"
    __table_args__ = (Index("version_by_post", "post_id", "revision"),)

    id: int | None = Field(default=None, primary_key=True)
    post_id: int = Field(foreign_key="post.id")
    revision: int
    at: int
    why: str
    edit: str


class MediaRow(SQLModel, table=True):
    """A file in the client's media folder, once per content."""

    __tablename__ = "media"

    id: int | None = Field(default=None, primary_key=True)
    sha256: str = Field(unique=True)
    file_name: str
    original_name: str
    mime: str
    size: int
    width: int | None = None
    height: int | None = None
    duration: float | None = None
    added_at: int


class PostMediaRow(SQLModel, table=True):
    """A file attached to a post, with the words for those who can't see it."""

    __tablename__ = "post_media"

    post_id: int = Field(foreign_key="post.id", primary_key=True)
    position: int = Field(primary_key=True)
    media_id: int = Field(foreign_key="media.id")
    alt: str = ""
    focus_x: float | None = None
    focus_y: float | None = None
    part: int = 0


class DeliveryRow(SQLModel, table=True):
    """One post on one account. ``problem`` is JSON; ``fingerprint`` and ``remote_user_id`` are frozen when it is planned."""

    __tablename__ = "delivery"
    __table_args__ = (
        Index("delivery_by_due", "state", "due"),
        Index("delivery_by_post", "post_id", "state"),
        Index("delivery_by_time", "due", "id"),
        Index("delivery_by_remote", "account_id", "remote_id"),
        Index(
            "one_live_delivery",
            "post_id",
            "account_id",
            unique=True,
            sqlite_where=text("state NOT IN ('cancelled', 'gone')"),
        ),
    )

    id: int | None = Field(default=None, primary_key=True)
    post_id: int = Field(foreign_key="post.id")
    account_id: int = Field(foreign_key="account.id")
    state: str
    state_since: int
    due: int
    wall: str
    zone: str
    tzdata: str = ""
    shift: str = "none"
    fingerprint: str
    remote_user_id: str
    late_allowed: bool = False  # a person said: send it although it is late
    attempts: int = 0
    looks: int = 0
    retry_at: int | None = None
    next_look_at: int | None = None
    held_because: str | None = None
    problem: str | None = None
    remote_id: str | None = None
    url: str | None = None
    sent_at: int | None = None


class PartRow(SQLModel, table=True):
    """One part of a delivery: its key, its frozen copy (JSON), its own state and receipt."""

    __tablename__ = "delivery_part"
    __table_args__ = (Index("part_by_remote", "remote_id", sqlite_where=text("remote_id IS NOT NULL")),)

    delivery_id: int = Field(foreign_key="delivery.id", primary_key=True)
    part: int = Field(primary_key=True)
    state: str
    key: str
    frozen: str
    handle: str | None = None
    remote_id: str | None = None
    url: str | None = None
    started_at: int | None = None
    started_monotonic: float | None = None
    boot_id: str | None = None


class AttemptRow(SQLModel, table=True):
    """The journal: every call that could have changed something, and every look."""

    __tablename__ = "attempt"
    __table_args__ = (Index("attempt_by_delivery", "delivery_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    delivery_id: int = Field(foreign_key="delivery.id")
    part: int = 0
    kind: str  # send, resume, look, decide
    started_at: int
    ended_at: int | None = None
    outcome: str | None = None
    detail: str = "{}"


class PermitRow(SQLModel, table=True):
    """What one delivery may do beyond the rule: leave although all is frozen, or be written a second time as the same write."""

    __tablename__ = "delivery_permit"

    delivery_id: int = Field(foreign_key="delivery.id", primary_key=True)
    thawed_at: int | None = None
    again_at: int | None = None


class JournalRow(SQLModel, table=True):
    """A line of the journal, bound to the one before; ``delivery_id`` refers without a key, for a line outlives everything."""

    __tablename__ = "journal"
    __table_args__ = (Index("journal_by_delivery", "delivery_id", "id"), Index("journal_by_event", "event", "at"))

    id: int | None = Field(default=None, primary_key=True)
    at: int
    event: str
    delivery_id: int | None = None
    part: int | None = None
    account: str
    outcome: str
    detail: str
    previous: str
    hash: str


class GuardRow(SQLModel, table=True):
    """The one row that says where this queue was armed, and why it stands still. Device and inode are text: they may be huge."""

    __tablename__ = "guard"
    __table_args__ = (CheckConstraint("id = 1", name="one_guard"),)

    id: int = Field(default=1, primary_key=True)
    seal: str
    host: str = ""
    path: str = ""
    device: str = ""
    inode: str = ""
    sealed_at: int | None = None
    held_because: str | None = None
    held_since: int | None = None
    held_detail: str = "[]"
    retired: bool = False
    clock_accepted: int | None = None
    frozen_since: int | None = None
    frozen_note: str = ""


class QuotaRow(SQLModel, table=True):
    """How much an account may still do, as its network last said. ``allowed`` is the whole, per window."""

    __tablename__ = "account_quota"

    account_id: int = Field(foreign_key="account.id", primary_key=True)
    name: str = Field(primary_key=True)
    remaining: int
    allowed: int | None = None
    resets_at: int | None = None
    read_at: int


class SeriesRow(SQLModel, table=True):
    """A post that repeats: its model, its rule (RFC 5545, in wall time), and how far its occurrences were made."""

    __tablename__ = "series"

    id: int | None = Field(default=None, primary_key=True)
    post_id: int = Field(foreign_key="post.id")
    rule: str
    wall: str
    zone: str
    created_at: int
    ended_at: int | None = None


class OccurrenceRow(SQLModel, table=True):
    """One occurrence of a series: made once, whatever becomes of it. ``post_id`` is NULL where it was left out."""

    __tablename__ = "series_occurrence"

    series_id: int = Field(foreign_key="series.id", primary_key=True)
    wall: str = Field(primary_key=True)
    post_id: int | None = Field(default=None, foreign_key="post.id")


class MessageRow(SQLModel, table=True):
    """Something that came in. ``dedupe`` is ``s:<status>`` or ``e:<event>``; ``preview`` is its line in a list.

    ``state`` is a ``MessageState`` or ``context``: known only from a conversation, or our own words, and in no list. Lists
    ask ``state <> 'context'`` in so many words, as the partial indexes need it.
    """

    __tablename__ = "message"
    __table_args__ = (
        UniqueConstraint("account_id", "dedupe", name="one_message_once"),
        # State, kind and account ride along so that a list of ids is read from its index alone.
        Index("message_by_time", "created_at", "id", "state", "kind", sqlite_where=text("state <> 'context'")),
        Index("message_by_state", "state", "created_at", "id", "kind", "account_id"),
        Index("message_by_account", "account_id", "created_at", "id", "state", "kind", sqlite_where=text("state <> 'context'")),
        Index("message_by_thread", "account_id", "thread_id", "created_at"),
        Index("message_unread", "created_at", "id", sqlite_where=text("unread = 1")),
        Index("message_by_author", "account_id", "author_id"),
    )

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    dedupe: str
    kind: str
    raw_kind: str
    remote_id: str
    event_id: str
    author_id: str
    author_handle: str
    author_name: str
    author_url: str = ""
    author_avatar: str = ""
    is_us: bool = False
    text: str
    html: str
    preview: str
    created_at: int
    received_at: int
    state: str
    state_since: int
    snoozed_until: int | None = None
    unread: bool = True
    url: str = ""
    in_reply_to: str | None = None
    thread_id: str
    delivery_id: int | None = Field(default=None, foreign_key="delivery.id")
    visibility: str = "public"
    warning: str = ""
    language: str = ""
    edited_at: int | None = None
    deleted_at: int | None = None
    attachments: str = "[]"
    mentions: str = "[]"


class FavouriteRow(SQLModel, table=True):
    """A message that our account has favourited from here. Apart from the message, so that no old row is touched."""

    __tablename__ = "message_favourite"

    message_id: int = Field(primary_key=True, foreign_key="message.id")
    since: int


class TallyRow(SQLModel, table=True):
    """How many messages are in each state, kept by triggers: counting a million at every change would be felt."""

    __tablename__ = "message_tally"

    state: str = Field(primary_key=True)
    number: int


#: Tables of later topics, each in a module of its own: known to the ORM as soon as these are.
MORE = (tables_publishing, tables_answering, tables_planning, tables_moods)
