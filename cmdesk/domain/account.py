"""Describes an account: who speaks on which network, and how well the line to it works."""

from datetime import datetime
from enum import Enum

from msgspec import Struct

from cmdesk.domain.ids import AccountId
from cmdesk.domain.limits import Limits


class Network(Enum):
    """The networks cmdesk knows; the value is the name used on the command line and in files."""

    MASTODON = "mastodon"
    BLUESKY = "bluesky"
    PRACTICE = "practice"


#: Networks whose ids are the same everywhere: an account may move to another server and stay who it is.
GLOBAL_IDS = frozenset({Network.BLUESKY})
#: Networks where an answer tells those it answers, without naming them in its words.
ANSWERS_REACH = frozenset({Network.BLUESKY})
#: Networks whose keys run out and are changed for fresh ones, so that a changed key is nothing to wonder at.
KEYS_RENEW = frozenset({Network.BLUESKY})


class Identity(Struct, frozen=True):
    """Who an account is, in the network's own words.

    ``server`` is the origin (``https://example.social``), ``remote_id`` the network's opaque id,
    ``handle`` the full address without a leading @ (``rosa@example.social``).
    """

    network: Network
    server: str
    remote_id: str
    handle: str
    display_name: str
    profile_url: str = ""
    avatar_url: str = ""

    def same_as(self, other: "Identity") -> bool:
        """The same person on the same server: names may change, the id may not (with global ids the server may)."""
        return self.voice == other.voice

    @property
    def voice(self) -> tuple[str, str, str]:
        """Network, server and id, the server left empty where ids are global."""
        return (self.network.value, "" if self.network in GLOBAL_IDS else self.server, self.remote_id)


class Health(Enum):
    """How well the line to an account works. Only OK and UNREACHABLE accounts may be written to."""

    OK = "ok"
    UNREACHABLE = "unreachable"  # the last call got no answer: passing, nothing to do
    RECONNECT = "reconnect"  # the network no longer accepts our key: the user links it again
    SECRET_MISSING = "secret_missing"  # the keyring has no key for it on this computer
    WRONG_IDENTITY = "wrong_identity"  # the key belongs to somebody else: frozen


class FetchKind(Enum):
    """What is fetched from an account, each with its own cursor and its own "last successful fetch"."""

    NOTIFICATIONS = "notifications"
    CONVERSATIONS = "conversations"
    OWN_POSTS = "own_posts"
    LIMITS = "limits"


class Fetch(Struct, frozen=True):
    """The last fetches of one kind. ``succeeded_at`` is the last that worked, ``problem`` the code of a failure since."""

    kind: FetchKind
    succeeded_at: datetime | None
    tried_at: datetime | None
    problem: str | None = None


class Role(Enum):
    """What an account's network can do; screens draw accordingly."""

    PUBLISHES = "publishes"
    RECEIVES = "receives"
    REPLIES = "replies"
    EDITS = "edits"
    DELETES = "deletes"
    REACTS = "reacts"
    MODERATES = "moderates"
    MEASURES = "measures"


class Account(Struct, frozen=True):
    """A linked account of one client. ``uid`` is random, names its secrets in the keyring and never changes."""

    id: AccountId
    uid: str
    identity: Identity
    linked_at: datetime
    health: Health
    health_since: datetime
    software: str  # what the server says it runs, for people ("mastodon 4.5.2")
    limits: Limits
    roles: frozenset[Role]
    allow_private: bool = False  # the server may be on loopback or a private address, http allowed
    unlinked_at: datetime | None = None
    fetches: tuple[Fetch, ...] = ()

    @property
    def writable(self) -> bool:
        """Whether the outbox may try to write to it."""
        return self.unlinked_at is None and self.health in {Health.OK, Health.UNREACHABLE}
