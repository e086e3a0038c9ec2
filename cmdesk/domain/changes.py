"""Says what changed, so that a screen refreshes for a change made anywhere: here, in the agent, in a sync."""

from enum import Enum

from msgspec import Struct, field

from cmdesk.domain.ids import ClientId


class Topic(Enum):
    """A kind of thing that can change in a client's file."""

    CLIENT = "client"
    ACCOUNTS = "accounts"
    POSTS = "posts"
    AGENDA = "agenda"
    OUTBOX = "outbox"
    INBOX = "inbox"
    MEDIA = "media"
    METRICS = "metrics"


ALL_TOPICS = frozenset(Topic)


class Changes(Struct, frozen=True):
    """What one committed transaction changed.

    ``client`` is None when the desk itself changed (a client was added, archived, removed or became unreadable);
    ``initiator`` names who caused it, so that a view can ignore its own echo.
    """

    client: ClientId | None
    topics: frozenset[Topic] = field(default_factory=frozenset)
    initiator: str | None = None
