"""What cmdesk asks of a network: small roles, four outcomes of a write, and nothing that takes a token.

A connector is bound at birth to one account (its own HTTP client, its own secret, its own server). What it can do is
the set of roles it implements; nothing ever raises "not implemented".

A write ends in one of four outcomes:

    Published   it is live, and here is its id
    Processing  the network took it and is working on it: ask again with the handle, send nothing
    Refused     the network said no, clearly
    Unknown     nobody can tell: a time-out, a reset, a 5xx, an unreadable answer

and raises ``NotSent`` only when it is certain that nothing reached the network (no route, name not found, TLS refused,
connection refused, 429): then, and only then, trying again later can't double anything.
"""

from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from enum import Enum
from typing import Protocol, runtime_checkable

from msgspec import Struct

from cmdesk.domain.account import FetchKind, Identity, Role
from cmdesk.domain.delivery import Envelope
from cmdesk.domain.errors import CmdeskError, NetworkProblem
from cmdesk.domain.limits import Limits, Problem
from cmdesk.domain.message import Conversation, InboxPage, Incoming
from cmdesk.domain.quota import Quota
from cmdesk.domain.secret import Secret

#: Where a connector gets its key, anew for each call; what it raises (VaultProblem) comes through, and nothing was sent.
SecretSource = Callable[[], Awaitable[Secret]]


@runtime_checkable
class RenewableSecret(Protocol):
    """A key that runs out and is changed for a fresh one, by one holder at a time: across threads and programs."""

    async def __call__(self) -> Secret:
        """The key as it is kept now; raises VaultProblem."""
        ...

    async def renew(self, spent: Secret, change: Callable[[Secret], Awaitable[Secret]]) -> Secret:
        """The key after ``spent``: the one that somebody else has made meanwhile, else what ``change`` makes of it.

        What ``change`` makes is kept before it is returned. Raises what ``change`` raises (then nothing is kept), VaultProblem.
        """
        ...


class Picture(Struct, frozen=True):
    """A picture that is safe to send on: decoded and written anew by our own helper."""

    content: bytes
    mime: str
    width: int
    height: int


class PictureDoor(Protocol):
    """The one place that decodes pictures, for connectors that must send a smaller one or somebody else's."""

    async def fit(self, content: bytes, *, most_bytes: int, most_side: int) -> Picture | None:
        """The picture within these limits (bytes, pixels of the longer side); None when it is none or can't be made to fit."""
        ...


class Published(Struct, frozen=True):
    """It is live."""

    remote_id: str
    url: str
    at: datetime | None = None


class Processing(Struct, frozen=True):
    """The network is working on it (media, a container). ``handle`` is opaque and kept; ``check_after`` is seconds."""

    handle: str
    check_after: float = 5.0


class Refused(Struct, frozen=True):
    """The network said no and created nothing, as far as its word goes."""

    problem: Problem


class Unknown(Struct, frozen=True):
    """Nobody can tell whether it is live. ``reason`` is a code for the journal (``timeout``, ``reset``, ``server_error`` …)."""

    reason: str


Outcome = Published | Processing | Refused | Unknown


class NotSent(CmdeskError):
    """Certain: nothing was created. ``cause`` is why, ``retry_at`` when the network allows the next try.

    ``before`` says that the write itself was never begun. Where it was, the publisher believes the causes that the
    connector's ``Evidence`` lists, and takes any other for unknown.
    """

    def __init__(self, cause: NetworkProblem, retry_at: datetime | None = None, *, before: bool = False) -> None:
        super().__init__("not_sent", cause=cause.code)
        self.cause = cause
        self.retry_at = retry_at
        self.before = before


class Look(Enum):
    """What a look at the account's own recent posts showed."""

    FOUND = "found"
    ABSENT = "absent"
    CANNOT_TELL = "cannot_tell"


class Finding(Struct, frozen=True):
    """The result of a read-back; ``published`` is set when FOUND."""

    look: Look
    published: Published | None = None


class ServerProfile(Struct, frozen=True):
    """What a server says of itself: its software, its limits (dated), the roles cmdesk has on it."""

    software: str
    limits: Limits
    roles: frozenset[Role]


class SecondWrite(Enum):
    """The connector's class: what a second write of the same thing does (reliability classes A to D)."""

    SAME_ID = "A"  # the id is ours: writing again is the same record
    SAME_KEY = "B"  # the network remembers a key for a while, as far as it can be trusted
    SAME_CONTAINER = "C"  # only the same container may be published again
    DOUBLES = "D"  # a second write is a second post


class Evidence(Struct, frozen=True):
    """What a connector can prove about its writes, as data that tests hold it to.

    ``not_sent`` holds the codes of the causes that, met by the write itself, make ``publish`` raise NotSent: proofs that
    nothing was created (``timed_out`` only while connecting). Whatever fails before the write proves it too.
    ``identity_call`` and ``read_back`` name the network's calls behind ``whoami`` and ``find``. ``refusals`` says that Refused
    is a proof as well: every answer that makes one was given before anything was created.
    """

    second_write: SecondWrite
    not_sent: frozenset[str]
    identity_call: str
    read_back: str
    refusals: bool = False


class Connector(Protocol):
    """What every connector has."""

    @property
    def second_write(self) -> SecondWrite:
        """What a second write of the same thing does there."""
        ...

    @property
    def evidence(self) -> Evidence:
        """What it can prove about its writes, and by which calls."""
        ...

    @property
    def roles(self) -> frozenset[Role]:
        """What it can do for this account."""
        ...

    async def whoami(self) -> Identity:
        """The identity that the network sees behind our key. Raises NetworkProblem."""
        ...

    async def profile(self) -> ServerProfile:
        """Reads software, limits and roles from the server. Raises NetworkProblem."""
        ...

    async def close(self) -> None:
        """Ends its connections; it is not used again."""
        ...


@runtime_checkable
class Publishes(Protocol):
    """Writes posts and replies (a reply is an envelope with ``reply_to``)."""

    async def publish(self, envelope: Envelope) -> Outcome:
        """Sends one frozen part, once, without any retry of the write. Raises NotSent when certain that nothing was sent."""
        ...

    async def resume(self, handle: str, envelope: Envelope) -> Outcome:
        """Asks about something the network was processing."""
        ...

    async def find(self, envelope: Envelope, since: datetime) -> Finding:
        """Looks for this part among the account's own posts created since then (aware UTC). Reads only."""
        ...


@runtime_checkable
class Receives(Protocol):
    """Reads what came in."""

    fetch_kinds: tuple[FetchKind, ...]

    async def inbox(self, kind: FetchKind, cursor: str | None) -> InboxPage:
        """The page after the cursor, oldest first; without a cursor the newest page. Raises NetworkProblem."""
        ...

    async def context(self, remote_id: str) -> Conversation:
        """The conversation around a status. Raises NetworkProblem."""
        ...


@runtime_checkable
class Backfills(Protocol):
    """Reads what lies below a page that was only the top."""

    async def older(self, kind: FetchKind, at: str) -> InboxPage:
        """The page below ``at`` (a page's ``older``), oldest first, and where the next one begins. Raises NetworkProblem."""
        ...


@runtime_checkable
class Rings(Protocol):
    """Tells that something came in, so that nobody waits for the next look. Never depended on: a bell may stay silent."""

    async def bell(self) -> None:
        """Returns when something happened, raises NetworkProblem when the line can't be had or breaks."""
        ...


@runtime_checkable
class Resolves(Protocol):
    """Finds by address."""

    async def resolve(self, url: str) -> Incoming | None:
        """The status at a web address, as this account may see it; None when unknown. Raises NetworkProblem."""
        ...


@runtime_checkable
class Edits(Protocol):
    """Changes what is out."""

    async def edit(self, remote_id: str, envelope: Envelope) -> Outcome:
        """Replaces text, warning, language, media and alt text of a live status."""
        ...


@runtime_checkable
class Deletes(Protocol):
    """Takes back what is out."""

    async def delete(self, remote_id: str) -> None:
        """Deletes an own status; a status that is gone already counts as done. Raises NetworkProblem."""
        ...


@runtime_checkable
class Reacts(Protocol):
    """Shows appreciation."""

    async def favourite(self, remote_id: str, on: bool) -> None:
        """Favourites a status, or takes it back. Raises NetworkProblem."""
        ...


class ReportReason(Struct, frozen=True):
    """Why a message is reported; ``category`` is spam, legal, violation or other."""

    category: str = "other"
    comment: str = ""
    forward: bool = False


@runtime_checkable
class Moderates(Protocol):
    """Protects the client's room, as far as the network allows."""

    async def mute_thread(self, remote_id: str) -> None:
        """No more notices from this conversation (what "hide" means where a network can't hide replies)."""
        ...

    async def mute_author(self, author_id: str) -> None:
        """Mutes an author for this account."""
        ...

    async def block_author(self, author_id: str) -> None:
        """Blocks an author for this account."""
        ...

    async def report(self, author_id: str, remote_ids: tuple[str, ...], reason: ReportReason) -> None:
        """Reports messages of an author to the server's moderators."""
        ...


@runtime_checkable
class Rationed(Protocol):
    """Knows how much its account may still do."""

    def quotas(self) -> tuple[Quota, ...]:
        """What the last answers said is left; nothing where a server does not say. Asks nobody."""
        ...


@runtime_checkable
class Dated(Protocol):
    """Knows what time its server has."""

    def clock_ahead(self) -> timedelta | None:
        """How far our clock was ahead of the server's at the last ``whoami``; None where it did not say. Asks nobody."""
        ...


class Counters(Struct, frozen=True):
    """A status's public counters at one moment; None where the network has none."""

    remote_id: str
    replies: int | None
    boosts: int | None
    favourites: int | None
    quotes: int | None


@runtime_checkable
class Measures(Protocol):
    """Reads counters."""

    async def counters(self, remote_ids: tuple[str, ...]) -> tuple[Counters, ...]:
        """The counters of own statuses; a status that is gone is left out. Raises NetworkProblem."""
        ...


class Whole(Connector, Publishes, Receives, Resolves, Deletes, Reacts, Moderates, Measures, Protocol):
    """A connector with every role but editing, as the registry builds them."""
