"""A small network in memory whose connector plays every role of the port and fails on demand.

One ``FakeNetwork`` is the truth: what is live, by whom, and what each person was told. ``fail`` plants faults per
operation, used up in order. Every call is kept in ``calls`` with the identity behind the key it came with, so that a
test can prove that a voice was never used for another.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum

from msgspec import Struct
from msgspec.structs import replace

from cmdesk.domain.account import FetchKind, Identity, Network, Role
from cmdesk.domain.clock import Clock
from cmdesk.domain.delivery import Envelope
from cmdesk.domain.errors import (
    AnswerUnreadable,
    AuthRevoked,
    GoneOnNetwork,
    NetworkProblem,
    NoNetwork,
    RateLimited,
    ServerTrouble,
    TimedOut,
)
from cmdesk.domain.limits import Limits, Problem, Severity, Visibility
from cmdesk.domain.message import Author, Conversation, InboxPage, Incoming, MessageKind
from cmdesk.networks.port import (
    Counters,
    Evidence,
    Finding,
    Look,
    NotSent,
    Outcome,
    Processing,
    Published,
    Refused,
    ReportReason,
    SecondWrite,
    ServerProfile,
    Unknown,
)


class Fault(Enum):
    """What goes wrong with one call."""

    REFUSE = "refuse"  # no connection: certain that nothing was sent
    DROP_BEFORE = "drop_before"  # the line breaks before the server did anything
    DROP_AFTER = "drop_after"  # the server did it, the answer is lost
    ERROR_AFTER = "error_after"  # the server did it and answers 5xx
    ERROR_BEFORE = "error_before"  # 5xx, nothing done
    REJECT = "reject"  # a definite no
    SLOW = "slow"  # waits for ``FakeNetwork.gate`` first
    RATE_LIMITED = "rate_limited"  # 429 for a minute
    MALFORMED = "malformed"  # an answer nobody can read; a write was carried out
    WRONG_IDENTITY = "wrong_identity"  # "who am I" answers with somebody else
    REVOKED = "revoked"  # the key is no longer accepted
    PROCESSING = "processing"  # taken, not live yet


class LiveStatus(Struct, frozen=True):
    """Something that everybody can read on the network."""

    remote_id: str
    author: Identity
    text: str
    at: datetime
    key: str = ""
    reply_to: str | None = None
    visibility: Visibility = Visibility.PUBLIC
    warning: str = ""
    language: str = ""
    mentions: tuple[Identity, ...] = ()
    edited_at: datetime | None = None
    deleted: bool = False


@dataclass(frozen=True, slots=True)
class Call:
    """One call as the server saw it; ``text`` is what a write carried."""

    operation: str
    identity: Identity
    text: str = ""


@dataclass(frozen=True, slots=True)
class _Event:
    number: int
    kind: MessageKind
    raw_kind: str
    status: str
    author: Identity
    at: datetime
    about: str | None = None


_READ_ERRORS: dict[Fault, type[NetworkProblem]] = {
    Fault.REFUSE: NoNetwork,
    Fault.DROP_BEFORE: TimedOut,
    Fault.DROP_AFTER: TimedOut,
    Fault.ERROR_AFTER: ServerTrouble,
    Fault.ERROR_BEFORE: ServerTrouble,
    Fault.MALFORMED: AnswerUnreadable,
    Fault.REVOKED: AuthRevoked,
}

#: The server never saw these calls.
_NEVER_ARRIVED = frozenset({Fault.REFUSE, Fault.DROP_BEFORE})

ROLES = frozenset(Role)
NOT_SENT = frozenset({NoNetwork.CODE, RateLimited.CODE, AuthRevoked.CODE})


@dataclass(eq=False)
class FakeNetwork:
    """The server, its people and its truth."""

    clock: Clock
    server: str = "https://fake.example"
    page_size: int = 40
    remembers_keys: bool = True
    second_write: SecondWrite = SecondWrite.SAME_KEY
    limits: Limits = field(default_factory=Limits)
    statuses: dict[str, LiveStatus] = field(default_factory=dict)
    calls: list[Call] = field(default_factory=list)
    gate: asyncio.Event = field(default_factory=asyncio.Event)
    favourites: set[tuple[str, str]] = field(default_factory=set)
    muted: set[tuple[str, str]] = field(default_factory=set)
    blocked: set[tuple[str, str]] = field(default_factory=set)
    reports: list[tuple[str, tuple[str, ...], ReportReason]] = field(default_factory=list)
    revoked: set[str] = field(default_factory=set)
    _people: dict[str, Identity] = field(default_factory=dict)
    _tokens: dict[str, str] = field(default_factory=dict)
    _events: dict[str, list[_Event]] = field(default_factory=lambda: defaultdict(list))
    _faults: dict[str, deque[Fault]] = field(default_factory=lambda: defaultdict(deque))
    _number: int = 100

    # People and what they do

    def person(self, name: str) -> Identity:
        """A person by first name, made on first use; the key that speaks for them is ``token-<name>``."""
        known = self._people.get(name)
        if known is not None:
            return known
        host = self.server.split("://", 1)[1]
        self._number += 1
        identity = Identity(Network.MASTODON, self.server, str(self._number), f"{name}@{host}", name.capitalize())
        self._people[name] = identity
        self._tokens[f"token-{name}"] = name
        return identity

    def swap_token(self, token: str, name: str) -> None:
        """From now on this key speaks for somebody else."""
        self.person(name)
        self._tokens[token] = name

    def say(
        self,
        author: str,
        text: str,
        *,
        to: str | None = None,
        reply_to: str | None = None,
        visibility: Visibility = Visibility.PUBLIC,
        kind: MessageKind | None = None,
    ) -> LiveStatus:
        """Somebody writes; whoever is addressed is told."""
        writer = self.person(author)
        mentions = (self.person(to),) if to else ()
        status = self._publish(writer, text, reply_to=reply_to, visibility=visibility, mentions=mentions)
        for person in mentions:
            guessed = MessageKind.DIRECT if visibility is Visibility.DIRECT else MessageKind.MENTION
            if reply_to and self.statuses[reply_to].author.remote_id == person.remote_id and guessed is MessageKind.MENTION:
                guessed = MessageKind.REPLY
            self._tell(person, kind or guessed, "mention", status.remote_id, writer)
        return status

    def react(self, author: str, kind: MessageKind, about: str, raw_kind: str | None = None) -> None:
        """Somebody likes, boosts or follows; the author of ``about`` is told."""
        self._tell(self.statuses[about].author, kind, raw_kind or kind.value, about, self.person(author), about=about)

    def edit_status(self, remote_id: str, text: str) -> None:
        """Its author changes the words."""
        self.statuses[remote_id] = replace(self.statuses[remote_id], text=text, edited_at=self.clock.now())

    def delete_status(self, remote_id: str) -> None:
        """Its author takes it back."""
        self.statuses[remote_id] = replace(self.statuses[remote_id], deleted=True)

    def live(self, name: str) -> tuple[LiveStatus, ...]:
        """What is live in somebody's name, oldest first."""
        who = self.person(name)
        return tuple(s for s in self.statuses.values() if s.author.remote_id == who.remote_id and not s.deleted)

    def fail(self, operation: str, *faults: Fault) -> None:
        """Plants faults for the next calls of an operation (``publish``, ``inbox``, ``whoami`` … or ``any``)."""
        self._faults[operation].extend(faults)

    def heal(self) -> None:
        """Takes back every planted fault."""
        self._faults.clear()

    def connector(self, token: str) -> FakeConnector:
        """A connector bound to one key."""
        return FakeConnector(self, token)

    # What connectors use

    def identity_of(self, token: str) -> Identity | None:
        """Who a key speaks for; None when it is not accepted."""
        if token in self.revoked or token not in self._tokens:
            return None
        return self.person(self._tokens[token])

    def next_fault(self, operation: str) -> Fault | None:
        """The next planted fault, used up."""
        for name in (operation, "any"):
            if self._faults[name]:
                return self._faults[name].popleft()
        return None

    def events_of(self, who: Identity) -> list[_Event]:
        """What somebody was told, oldest first."""
        return self._events[who.remote_id]

    def publish(self, who: Identity, envelope: Envelope) -> LiveStatus:
        """Makes a status live; the same key gives the same status where the server remembers keys."""
        if self.remembers_keys:
            for status in self.statuses.values():
                if status.key == envelope.key and status.author.remote_id == who.remote_id:
                    return status
        mentions = tuple(p for p in self._people.values() if f"@{p.handle}" in envelope.text)
        status = self._publish(
            who,
            envelope.text,
            key=envelope.key,
            reply_to=envelope.reply_to,
            visibility=envelope.visibility,
            mentions=mentions,
            warning=envelope.warning,
            language=envelope.language,
        )
        for person in mentions:
            self._tell(person, MessageKind.MENTION, "mention", status.remote_id, who)
        return status

    def _publish(
        self,
        who: Identity,
        text: str,
        *,
        key: str = "",
        reply_to: str | None = None,
        visibility: Visibility = Visibility.PUBLIC,
        mentions: tuple[Identity, ...] = (),
        warning: str = "",
        language: str = "",
    ) -> LiveStatus:
        self._number += 1
        status = LiveStatus(
            remote_id=str(self._number),
            author=who,
            text=text,
            at=self.clock.now(),
            key=key,
            reply_to=reply_to,
            visibility=visibility,
            mentions=mentions,
            warning=warning,
            language=language,
        )
        self.statuses[status.remote_id] = status
        return status

    def _tell(
        self, who: Identity, kind: MessageKind, raw_kind: str, status: str, author: Identity, about: str | None = None
    ) -> None:
        self._number += 1
        self._events[who.remote_id].append(_Event(self._number, kind, raw_kind, status, author, self.clock.now(), about))

    def url(self, remote_id: str) -> str:
        """The public address of a status."""
        return f"{self.server}/@x/{remote_id}"

    def incoming(self, status: LiveStatus, us: Identity, kind: MessageKind, raw_kind: str, event_id: str) -> Incoming:
        """A status as a connector reads it."""
        writer = status.author
        return Incoming(
            kind=kind,
            raw_kind=raw_kind,
            event_id=event_id,
            remote_id=status.remote_id,
            author=Author(writer.remote_id, writer.handle, writer.display_name, is_us=writer.remote_id == us.remote_id),
            text=status.text,
            html=f"<p>{status.text}</p>",
            created_at=status.at,
            url=self.url(status.remote_id),
            in_reply_to=status.reply_to,
            visibility=status.visibility,
            warning=status.warning,
            language=status.language,
            edited_at=status.edited_at,
            mentions=tuple(person.handle for person in status.mentions),
            favourite=(us.remote_id, status.remote_id) in self.favourites,
        )


class FakeConnector:
    """Plays every role; bound to one key at birth."""

    roles: frozenset[Role] = ROLES
    fetch_kinds: tuple[FetchKind, ...] = (FetchKind.NOTIFICATIONS,)

    def __init__(self, network: FakeNetwork, token: str) -> None:
        self._network = network
        self._token = token
        self.second_write = network.second_write
        self.evidence = Evidence(network.second_write, NOT_SENT, identity_call="whoami", read_back="find", refusals=True)
        self.closed = False

    async def _begin(self, operation: str, text: str = "") -> tuple[Identity, Fault | None]:
        """Notes the call and takes its fault; raises for a key that is not accepted."""
        if self.closed:
            raise AssertionError("a closed connector was used")
        fault = self._network.next_fault(operation)
        if fault is Fault.SLOW:
            await self._network.gate.wait()
            fault = None
        who = self._network.identity_of(self._token)
        if who is None:
            raise AuthRevoked
        if fault not in _NEVER_ARRIVED:
            self._network.calls.append(Call(operation, who, text))
        return who, fault

    async def _read(self, operation: str) -> Identity:
        who, fault = await self._begin(operation)
        if fault is Fault.RATE_LIMITED:
            raise RateLimited(self._network.clock.now() + timedelta(minutes=1))
        if fault in _READ_ERRORS:
            raise _READ_ERRORS[fault]
        return who

    async def whoami(self) -> Identity:
        who, fault = await self._begin("whoami")
        if fault is Fault.WRONG_IDENTITY:
            return self._network.person("impostor")
        if fault is Fault.RATE_LIMITED:
            raise RateLimited(self._network.clock.now() + timedelta(minutes=1))
        if fault in _READ_ERRORS:
            raise _READ_ERRORS[fault]
        return who

    async def profile(self) -> ServerProfile:
        await self._read("profile")
        return ServerProfile("fake 1.0", replace(self._network.limits, read_at=self._network.clock.now()), self.roles)

    async def close(self) -> None:
        self.closed = True

    async def publish(self, envelope: Envelope) -> Outcome:
        who, fault = await self._begin("publish", envelope.text)
        if fault is Fault.REFUSE:
            raise NotSent(NoNetwork())
        if fault is Fault.RATE_LIMITED:
            until = self._network.clock.now() + timedelta(minutes=1)
            raise NotSent(RateLimited(until), retry_at=until)
        if fault is Fault.REVOKED:
            raise AuthRevoked
        if fault is Fault.REJECT:
            return Refused(Problem("refused_by_network", Severity.BLOCK))
        if fault is Fault.DROP_BEFORE:
            return Unknown("reset")
        if fault is Fault.ERROR_BEFORE:
            return Unknown("server_error")
        if fault is Fault.PROCESSING:
            return Processing(f"handle-{envelope.key}", 5.0)
        status = self._network.publish(who, envelope)
        if fault is Fault.DROP_AFTER:
            return Unknown("reset")
        if fault is Fault.ERROR_AFTER:
            return Unknown("server_error")
        if fault is Fault.MALFORMED:
            return Unknown("unreadable")
        return Published(status.remote_id, self._network.url(status.remote_id), status.at)

    async def resume(self, handle: str, envelope: Envelope) -> Outcome:
        who, fault = await self._begin("resume")
        if fault is Fault.PROCESSING:
            return Processing(handle, 5.0)
        if fault is not None:
            return Unknown(fault.value)
        status = self._network.publish(who, envelope)
        return Published(status.remote_id, self._network.url(status.remote_id), status.at)

    async def find(self, envelope: Envelope, since: datetime) -> Finding:
        who = await self._read("find")
        for status in self._network.statuses.values():
            mine = status.author.remote_id == who.remote_id and not status.deleted
            if mine and status.at >= since and status.text == envelope.text and status.reply_to == envelope.reply_to:
                return Finding(Look.FOUND, Published(status.remote_id, self._network.url(status.remote_id), status.at))
        return Finding(Look.ABSENT)

    async def inbox(self, kind: FetchKind, cursor: str | None) -> InboxPage:
        who = await self._read("inbox")
        events = self._network.events_of(who)
        older: str | None = None
        if cursor is None:
            page = events[-self._network.page_size :]
            more = False
            older = str(page[0].number) if len(events) > len(page) else None
        else:
            waiting = [event for event in events if event.number > int(cursor)]
            page = waiting[: self._network.page_size]
            more = len(waiting) > len(page)
        items = tuple(self._item(event, who) for event in page if not self._network.statuses[event.status].deleted)
        return InboxPage(kind, items, str(page[-1].number) if page else cursor, more, older)

    async def older(self, kind: FetchKind, at: str) -> InboxPage:
        who = await self._read("older")
        below = [event for event in self._network.events_of(who) if event.number < int(at)]
        page = below[-self._network.page_size :]
        items = tuple(self._item(event, who) for event in page if not self._network.statuses[event.status].deleted)
        return InboxPage(kind, items, None, older=str(page[0].number) if len(below) > len(page) else None)

    def _item(self, event: _Event, us: Identity) -> Incoming:
        status = self._network.statuses[event.status]
        item = self._network.incoming(status, us, event.kind, event.raw_kind, str(event.number))
        if event.about is None:
            return item
        author = Author(event.author.remote_id, event.author.handle, event.author.display_name)
        return replace(
            item, author=author, text="", html="", remote_id=str(event.number), about_remote_id=event.about, created_at=event.at
        )

    async def context(self, remote_id: str) -> Conversation:
        who = await self._read("context")
        status = self._network.statuses.get(remote_id)
        if status is None or status.deleted:
            raise GoneOnNetwork
        root = status
        while root.reply_to is not None and root.reply_to in self._network.statuses:
            root = self._network.statuses[root.reply_to]
        inside = {root.remote_id}
        found: list[LiveStatus] = [root]
        for other in self._network.statuses.values():
            if other.reply_to in inside and other.remote_id not in inside:
                inside.add(other.remote_id)
                found.append(other)
        return Conversation(
            tuple(self._network.incoming(s, who, MessageKind.STATUS, "status", "") for s in found if not s.deleted)
        )

    async def edit(self, remote_id: str, envelope: Envelope) -> Outcome:
        _, fault = await self._begin("edit", envelope.text)
        if fault is Fault.REFUSE:
            raise NotSent(NoNetwork())
        if fault is Fault.REVOKED:
            raise AuthRevoked
        if fault is Fault.REJECT:
            return Refused(Problem("refused_by_network", Severity.BLOCK))
        if fault in {Fault.DROP_BEFORE, Fault.ERROR_BEFORE}:
            return Unknown("reset")
        self._network.edit_status(remote_id, envelope.text)
        if fault is not None:
            return Unknown(fault.value)
        return Published(remote_id, self._network.url(remote_id), self._network.clock.now())

    async def delete(self, remote_id: str) -> None:
        await self._read("delete")
        if remote_id in self._network.statuses:
            self._network.delete_status(remote_id)

    async def favourite(self, remote_id: str, on: bool) -> None:
        who = await self._read("favourite")
        if on:
            self._network.favourites.add((who.remote_id, remote_id))
        else:
            self._network.favourites.discard((who.remote_id, remote_id))

    async def mute_thread(self, remote_id: str) -> None:
        who = await self._read("mute_thread")
        self._network.muted.add((who.remote_id, remote_id))

    async def mute_author(self, author_id: str) -> None:
        who = await self._read("mute_author")
        self._network.muted.add((who.remote_id, author_id))

    async def block_author(self, author_id: str) -> None:
        who = await self._read("block_author")
        self._network.blocked.add((who.remote_id, author_id))

    async def report(self, author_id: str, remote_ids: tuple[str, ...], reason: ReportReason) -> None:
        await self._read("report")
        self._network.reports.append((author_id, remote_ids, reason))

    async def counters(self, remote_ids: tuple[str, ...]) -> tuple[Counters, ...]:
        await self._read("counters")
        return tuple(
            Counters(one, sum(s.reply_to == one for s in self._network.statuses.values()), 0, 0, None)
            for one in remote_ids
            if one in self._network.statuses and not self._network.statuses[one].deleted
        )
