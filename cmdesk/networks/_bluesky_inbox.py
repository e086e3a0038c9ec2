"""Reads what came in: a listing that only goes backwards is walked to where it is known, page by page, and loses nothing."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from cmdesk.domain.account import FetchKind
from cmdesk.domain.errors import AnswerUnreadable, GoneOnNetwork, RefusedByNetwork
from cmdesk.domain.message import Author, Conversation, InboxPage, Incoming, MessageKind
from cmdesk.networks import _bluesky_parse as parse
from cmdesk.networks import _values as values
from cmdesk.networks._bluesky_base import BlueskyBase
from cmdesk.networks._bluesky_identity import POST, Uri, is_did, page, uri

PAGE: Final = 50
#: The network sorts by what events say of their own time, so that a late one may come in below the newest: so far back is looked.
OVERLAP: Final = timedelta(minutes=20)
#: What is beyond comes again, and is known by its id where it is kept.
_MOST_SEEN: Final = 1000
#: A thread is read so deep in one answer; nested JSON is taken up to a depth only.
_DEPTH: Final = 10
_HEIGHT: Final = 30
BATCH: Final = 25
#: How many seconds lie between two small questions whether anything is new.
_BETWEEN_LOOKS: Final = 20.0


class _Walk(Struct, frozen=True):
    """Where the walk through the notifications stands. Kept as JSON with the rows it brought, in one transaction.

    ``mark`` is the time of the newest event of all finished walks, ``seen`` the marks of those at most OVERLAP older.
    While a walk goes on, ``at`` is the server's cursor, and ``top`` and ``met`` are what mark and seen will be.
    """

    mark: datetime | None = None
    seen: tuple[str, ...] = ()
    at: str = ""
    top: datetime | None = None
    met: tuple[str, ...] = ()

    def packed(self) -> str:
        told = {
            "mark": _text(self.mark),
            "seen": list(self.seen),
            "at": self.at,
            "top": _text(self.top),
            "met": list(self.met),
        }
        return json.dumps({name: value for name, value in told.items() if value}, separators=(",", ":"))

    @classmethod
    def read(cls, text: str) -> _Walk:
        """A walk as it was kept; what can't be read begins anew (the rows of it are known by their ids)."""
        try:
            told = json.loads(text)
        except ValueError:
            return cls()
        if not isinstance(told, dict):
            return cls()
        return cls(
            mark=values.moment(told, "mark"),
            seen=_strings(told, "seen"),
            at=told["at"] if isinstance(told.get("at"), str) else "",
            top=values.moment(told, "top"),
            met=_strings(told, "met"),
        )


def _text(moment: datetime | None) -> str:
    return "" if moment is None else moment.astimezone(UTC).isoformat()


def _strings(told: dict[str, Any], name: str) -> tuple[str, ...]:
    return tuple(one for one in values.items(told, name)[:_MOST_SEEN] if isinstance(one, str))


def _short(address: str) -> str:
    return hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()[:12]


class BlueskyInbox(BlueskyBase):
    """Inbox, context and resolve."""

    fetch_kinds: tuple[FetchKind, ...] = (FetchKind.NOTIFICATIONS, FetchKind.OWN_POSTS)

    async def inbox(self, kind: FetchKind, cursor: str | None) -> InboxPage:
        """One page after the cursor, oldest first; without a cursor the newest page."""
        if kind is FetchKind.NOTIFICATIONS:
            return await self._notifications(cursor)
        if kind is FetchKind.OWN_POSTS:
            return await self._own_posts(cursor)
        return InboxPage(kind, (), cursor)

    async def _notifications(self, cursor: str | None) -> InboxPage:
        """app.bsky.notification.listNotifications: newest first, without "since"."""
        walk = _Walk() if cursor is None else _Walk.read(cursor)
        query = [("limit", str(PAGE))] + ([("cursor", walk.at)] if walk.at else [])
        told = values.record(await self._wire.ask("app.bsky.notification.listNotifications", *query))
        listed = [(one, _when(one)) for one in values.items(told, "notifications")[:PAGE]]
        known = set(walk.seen)
        fresh = [one for one, at in listed if not self._is_known(one, at, walk, known)]
        items = values.each(fresh, lambda one: parse.notification(one, self._our_did))
        next_at = values.text(told, "cursor", 1000)
        reached = walk.mark is None or any(at is not None and at < walk.mark - OVERLAP for _, at in listed)
        walked = _grown(walk, [(values.text(one, "uri", 1200), at) for one, at in listed if at is not None])
        if reached or not listed or not next_at or next_at == walk.at:
            below = next_at if walk.mark is None and listed and next_at != walk.at else None
            return InboxPage(FetchKind.NOTIFICATIONS, _in_order(items), _finished(walked).packed(), older=below or None)
        return InboxPage(FetchKind.NOTIFICATIONS, _in_order(items), replace(walked, at=next_at).packed(), more=True)

    async def bell(self) -> None:
        """Returns when there is more unread than before (app.bsky.notification.getUnreadCount): a small question now and then.

        The network has no stream of one account's notices; its firehose is everybody's.
        """
        before: int | None = None
        while True:
            told = values.record(await self._wire.ask("app.bsky.notification.getUnreadCount"))
            count = values.number(told, "count", 0) or 0
            if before is not None and count > before:
                return
            before = count
            await self._clock.sleep(_BETWEEN_LOOKS)

    async def older(self, kind: FetchKind, at: str) -> InboxPage:
        """The notices below a page, by the server's own cursor; of other kinds nothing older is wanted."""
        if kind is not FetchKind.NOTIFICATIONS:
            return InboxPage(kind, (), None)
        told = values.record(
            await self._wire.ask("app.bsky.notification.listNotifications", ("limit", str(PAGE)), ("cursor", at))
        )
        listed = values.items(told, "notifications")[:PAGE]
        items = values.each(listed, lambda one: parse.notification(one, self._our_did))
        following = values.text(told, "cursor", 1000)
        return InboxPage(kind, _in_order(items), None, older=following if listed and following not in {"", at} else None)

    def _is_known(self, value: Any, at: datetime | None, walk: _Walk, known: set[str]) -> bool:
        if walk.mark is None or at is None:
            return False
        return at < walk.mark - OVERLAP or _short(values.text(value, "uri", 1200)) in known

    @property
    def _our_did(self) -> str | None:
        return self._identity.remote_id if self._identity else None

    async def _own_posts(self, cursor: str | None) -> InboxPage:
        """com.atproto.repo.listRecords: names are in the order of time, so that the last one leads on without a gap."""
        if self._identity is None:
            return InboxPage(FetchKind.OWN_POSTS, (), cursor)
        query = [("repo", self._did), ("collection", POST), ("limit", str(PAGE))]
        if cursor:
            query += [("cursor", cursor), ("reverse", "true")]
        told = values.record(await self._wire.ask("com.atproto.repo.listRecords", *query))
        records = values.items(told, "records")[:PAGE]
        us = Author(
            self._identity.remote_id,
            self._identity.handle,
            self._identity.display_name,
            self._identity.profile_url,
            self._identity.avatar_url,
            is_us=True,
        )
        items = values.each(records, lambda one: _own(one, us))
        names = [found.rkey for one in records if (found := uri(values.text(one, "uri", 1200))) is not None]
        newest = max([*names, cursor or ""]) or None
        return InboxPage(
            FetchKind.OWN_POSTS, _in_order(items), newest, more=bool(cursor) and len(records) >= PAGE and newest != cursor
        )

    async def context(self, remote_id: str) -> Conversation:
        """The posts around one, oldest first (app.bsky.feed.getPostThread); what is hidden or gone is left out."""
        at = self._post(remote_id)
        query = (("uri", str(at)), ("depth", str(_DEPTH)), ("parentHeight", str(_HEIGHT)))
        told = values.record(await self._wire.ask("app.bsky.feed.getPostThread", *query))
        complete = True
        found: dict[str, Incoming] = {}
        for node in _nodes(values.part(told, "thread")):
            view = values.part(node, "post")
            try:
                item = parse.in_thread(view, self._our_did)
            except AnswerUnreadable:
                continue
            found[item.remote_id] = item
            shown, counted = values.items(node, "replies"), values.number(view, "replyCount", 0) or 0
            complete = complete and (bool(shown) or counted == 0 or item.remote_id not in found)
        if not found:
            raise GoneOnNetwork(status=404)
        root = next((item.remote_id for item in found.values() if item.in_reply_to is None), None)
        items = tuple(replace(item, thread_id=root or item.thread_id) for item in found.values())
        return Conversation(tuple(sorted(items, key=lambda item: item.created_at)), complete)

    async def resolve(self, url: str) -> Incoming | None:
        """The post at a web address of bsky.app, or at a record's address; None when unknown."""
        at = uri(url.strip())
        if at is None:
            told = page(url.strip())
            did = await self._did_of(told[0]) if told else None
            at = Uri(did, POST, told[1]) if told and did else None
        if at is None or at.collection != POST:
            return None
        found = values.each(await self._views([str(at)]), lambda view: parse.in_thread(view, self._our_did))
        return found[0] if found else None

    async def _did_of(self, actor: str) -> str | None:
        if is_did(actor):
            return actor
        try:
            told = await self._wire.ask("com.atproto.identity.resolveHandle", ("handle", actor))
        except (GoneOnNetwork, RefusedByNetwork):
            return None
        did = values.text(told, "did", 300)
        return did if is_did(did) else None

    async def _views(self, addresses: Sequence[str]) -> list[Any]:
        """Posts as the network shows them (app.bsky.feed.getPosts); those that are gone are left out."""
        found: list[Any] = []
        for start in range(0, len(addresses), BATCH):
            query = tuple(("uris", one) for one in addresses[start : start + BATCH])
            told = values.record(await self._wire.ask("app.bsky.feed.getPosts", *query))
            found += values.items(told, "posts")
        return found


def _when(value: Any) -> datetime | None:
    return values.moment(value, "indexedAt")


def _grown(walk: _Walk, listed: list[tuple[str, datetime]]) -> _Walk:
    """The walk with a page more: the newest moment of all its pages, and marks of what is near it."""
    top = max([at for _, at in listed] + ([walk.top] if walk.top else []), default=walk.top)
    met = dict.fromkeys(walk.met)
    for address, at in listed:
        if top is not None and at >= top - OVERLAP:
            met[_short(address)] = None
    return replace(walk, top=top, met=tuple(met)[:_MOST_SEEN])


def _finished(walk: _Walk) -> _Walk:
    """The end of a walk: what it met is known now; marks of before stay while there is room."""
    if walk.top is None:
        return _Walk(walk.mark, walk.seen)
    if walk.mark is None or walk.top >= walk.mark:
        near = walk.seen if walk.mark is not None and walk.mark >= walk.top - OVERLAP else ()
        return _Walk(walk.top, tuple(dict.fromkeys((*walk.met, *near)))[:_MOST_SEEN])
    return _Walk(walk.mark, tuple(dict.fromkeys((*walk.met, *walk.seen)))[:_MOST_SEEN])


def _nodes(thread: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The posts of a thread, whatever its shape; an explicit stack, so that depth costs nothing."""
    waiting: list[Any] = [thread]
    for _ in range(5000):
        if not waiting:
            return
        node = waiting.pop()
        if not isinstance(node, dict):
            continue
        if isinstance(node.get("post"), dict):
            yield node
        waiting += [node.get("parent"), *values.items(node, "replies")]


def _own(value: Any, us: Author) -> Incoming:
    record = values.part(value, "value")
    return parse.of_record(record, at=parse.address(value, "uri"), who=us, kind=MessageKind.STATUS, raw_kind="post", indexed=None)


def _in_order(items: tuple[Incoming, ...]) -> tuple[Incoming, ...]:
    return tuple(sorted(items, key=lambda item: item.created_at))
