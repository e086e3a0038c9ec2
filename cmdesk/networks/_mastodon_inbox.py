"""Reads what came in and what is out: pages without gaps, threads, and the search for our own post after a lost answer."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from typing import Any, Final

from msgspec.structs import replace

from cmdesk.domain.account import FetchKind
from cmdesk.domain.delivery import Envelope
from cmdesk.domain.errors import AnswerUnreadable, GoneOnNetwork, RefusedByNetwork, ServerTrouble
from cmdesk.domain.limits import Visibility
from cmdesk.domain.message import Conversation, InboxPage, Incoming, MessageKind
from cmdesk.networks import _mastodon_parse as parse
from cmdesk.networks._html import plain
from cmdesk.networks._mastodon_base import MastodonBase, account_path, status_path
from cmdesk.networks.http import Answer
from cmdesk.networks.port import Finding, Look, Published

PAGE: Final = 40
_WORDS: Final = re.compile(r"\w{3,}")
_MOST_PAGES: Final = 5
_TOLERANCE: Final = timedelta(seconds=5)
_REMOTE_MENTION = re.compile(r"(?<![\w/])@(\w[\w.-]*)@[\w-]+(?:\.[\w-]+)*(?::\d+)?")
_LINK = re.compile(
    r'<[^>]{1,4000}[?&](?P<name>min_id|max_id|since_id)=(?P<id>[^&>"]{1,256})[^>]{0,4000}>\s*;\s*rel="?(?P<rel>\w+)"?'
)


class MastodonInbox(MastodonBase):
    """Inbox, context and find."""

    fetch_kinds: tuple[FetchKind, ...] = (FetchKind.NOTIFICATIONS, FetchKind.CONVERSATIONS, FetchKind.OWN_POSTS)

    async def inbox(self, kind: FetchKind, cursor: str | None) -> InboxPage:
        """One page after the cursor, oldest first (``min_id`` pages forward without gaps); without a cursor the newest page."""
        pages: Mapping[FetchKind, Callable[[str | None], Awaitable[InboxPage]]] = {
            FetchKind.NOTIFICATIONS: self._notifications,
            FetchKind.CONVERSATIONS: self._conversations,
            FetchKind.OWN_POSTS: self._own_posts,
        }
        return await pages[kind](cursor)

    async def context(self, remote_id: str) -> Conversation:
        """The statuses before and after one, and itself, oldest first; every one gets the root as its thread."""
        # Some servers (snac) name an edited status anew; what answers to the old name is what was asked for.
        focus = {**parse.record((await self._ask(status_path(remote_id))).json()), "id": remote_id}
        answer = await self._ask(status_path(remote_id, "context"))
        around = parse.record(answer.json())
        ancestors = parse.items(around, "ancestors")
        values = [*ancestors, focus, *parse.items(around, "descendants")]
        found = parse.each(values[:5000], self._in_thread)
        unique = tuple({item.remote_id: item for item in found}.values())
        root = next((item.remote_id for item in unique if item.in_reply_to is None), unique[0].remote_id if unique else None)
        items = tuple(replace(item, thread_id=root) for item in unique)
        complete = "mastodon-async-refresh" not in answer.headers
        return Conversation(tuple(sorted(items, key=lambda item: item.created_at)), complete)

    async def resolve(self, url: str) -> Incoming | None:
        """The status at an address, as this server knows it (Mastodon docs, search API with ``resolve``); None when unknown."""
        query = (("q", url), ("type", "statuses"), ("resolve", "true"), ("limit", "1"))
        found = parse.items(parse.record((await self._ask("/api/v2/search", *query)).json()), "statuses")
        return next(iter(parse.each(found[:1], self._in_thread)), None)

    async def find(self, envelope: Envelope, since: datetime) -> Finding:
        """Looks for this part among our own posts since then, by the server's clock; raises NetworkProblem without an answer.

        ABSENT is said only when the listing reached back far enough and shows this kind of post; else CANNOT_TELL.
        """
        doubt = False
        before: str | None = None
        for _ in range(_MOST_PAGES):
            query = [("limit", str(PAGE)), ("exclude_reblogs", "true")]
            query += [("max_id", before)] if before else []
            answer = await self._ask(account_path(envelope.identity.remote_id, "statuses"), *query)
            values = parse.records(answer.json())
            start = since + self._skew(answer) - _TOLERANCE
            for value in values:
                created = parse.moment(value, "created_at")
                if created is not None and created < start:
                    continue
                same = await self._same(value, envelope)
                if same:
                    return Finding(Look.FOUND, _published(value))
                doubt = doubt or same is None
            last = values[-1] if values else None
            created = parse.moment(last, "created_at")
            next_before = parse.optional_id(last, "id")
            if last is None or len(values) < PAGE or (created is not None and created < start):
                return await self._not_listed(envelope, start, doubt)
            if next_before is None or next_before == before:
                break
            before = next_before
        return Finding(Look.CANNOT_TELL)

    async def _not_listed(self, envelope: Envelope, start: datetime, doubt: bool) -> Finding:
        """The listing is silent: a reply may still show in its thread, and some listings leave out what is not public."""
        if envelope.reply_to:
            try:
                around = parse.record((await self._ask(status_path(envelope.reply_to, "context"))).json())
            except GoneOnNetwork:
                around = {}
            for value in parse.items(around, "descendants")[:5000]:
                created = parse.moment(value, "created_at")
                ours = parse.optional_id(parse.part(value, "account"), "id") == envelope.identity.remote_id
                if ours and created is not None and created >= start and await self._same(value, envelope):
                    return Finding(Look.FOUND, _published(value))
        hidden = envelope.visibility is not Visibility.PUBLIC and not self._software.lists_private
        return Finding(Look.CANNOT_TELL if doubt or hidden else Look.ABSENT)

    async def _same(self, value: Any, envelope: Envelope) -> bool | None:
        """Whether a status is what the envelope holds; None when all else agrees and its words can't be read."""
        remote_id = parse.optional_id(value, "id")
        if remote_id is None or parse.optional_id(value, "in_reply_to_id") != envelope.reply_to:
            return False
        if isinstance(value.get("reblog"), dict) or len(parse.items(value, "media_attachments")) != len(envelope.media):
            return False
        shown = parse.visibility(value)
        public = (shown is Visibility.PUBLIC) == (envelope.visibility is Visibility.PUBLIC)
        if not (shown is envelope.visibility if self._software.exact_visibility else public):
            return False
        if _squeezed(parse.text(value, "spoiler_text", 5000)) != _squeezed(envelope.warning):
            return False
        options = [parse.text(one, "title") for one in parse.items(parse.part(value, "poll"), "options")]
        if [_squeezed(one) for one in options] != [_squeezed(one) for one in (envelope.poll.options if envelope.poll else ())]:
            return False
        shown_words = _squeezed(plain(parse.text(value, "content", 100_000)))
        if shown_words == _squeezed(envelope.text):
            return True
        if not _alike(shown_words, envelope.text):
            return False
        return await self._same_source(remote_id, envelope)

    async def _same_source(self, remote_id: str, envelope: Envelope) -> bool | None:
        """Compares with the text as it was typed, where the server keeps it (Mastodon docs, statuses API, source)."""
        try:
            source = (await self._ask(status_path(remote_id, "source"))).json()
        except (GoneOnNetwork, RefusedByNetwork, ServerTrouble, AnswerUnreadable):
            return None
        if not isinstance(source, dict) or not isinstance(source.get("text"), str):
            return None
        return _squeezed(parse.text(source, "text", 100_000)) == _squeezed(envelope.text)

    def _skew(self, answer: Answer) -> timedelta:
        """How far the server's clock is ahead of ours; zero when it tells no date."""
        try:
            told = parsedate_to_datetime(answer.headers.get("date", ""))
        except (ValueError, TypeError):
            return timedelta(0)
        told = told.replace(tzinfo=UTC) if told.tzinfo is None else told
        skew = told.astimezone(UTC) - self._clock.now()
        return skew if timedelta(seconds=2) < abs(skew) < timedelta(days=2) else timedelta(0)

    async def older(self, kind: FetchKind, at: str) -> InboxPage:
        """The notices below one, by ``max_id`` (Mastodon docs, notifications API); of other kinds nothing older is wanted."""
        if kind is not FetchKind.NOTIFICATIONS:
            return InboxPage(kind, (), None)
        answer = await self._ask("/api/v1/notifications", ("limit", str(PAGE)), ("max_id", at))
        values = parse.records(answer.json())[:PAGE]
        items = parse.each(values, lambda value: parse.notification(value, self._host, self._our_id))
        return replace(_page(kind, items, None, None, len(values)), older=_oldest(values))

    async def _notifications(self, cursor: str | None) -> InboxPage:
        values = await self._page("/api/v1/notifications", cursor)
        items = parse.each(values, lambda value: parse.notification(value, self._host, self._our_id))
        found = _page(FetchKind.NOTIFICATIONS, items, _newest(values) or cursor, cursor, len(values))
        return replace(found, older=_oldest(values)) if cursor is None and len(values) >= PAGE else found

    async def _own_posts(self, cursor: str | None) -> InboxPage:
        if self._identity is None:
            return InboxPage(FetchKind.OWN_POSTS, (), cursor)
        values = await self._page(account_path(self._identity.remote_id, "statuses"), cursor, ("exclude_reblogs", "true"))
        items = parse.each(values, self._in_thread)
        return _page(FetchKind.OWN_POSTS, items, _newest(values) or cursor, cursor, len(values))

    async def _conversations(self, cursor: str | None) -> InboxPage:
        """The last status of each conversation; its ids are internal to the server, so the ``Link`` header leads on."""
        query = [("limit", str(PAGE))] + ([("min_id", cursor)] if cursor else [])
        try:
            answer = await self._ask("/api/v1/conversations", *query)
        except (GoneOnNetwork, RefusedByNetwork):
            return InboxPage(FetchKind.CONVERSATIONS, (), cursor)
        values = parse.records(answer.json())[:PAGE]
        items = parse.each(values, self._conversation)
        newest = _link(answer, "prev") or cursor
        return _page(FetchKind.CONVERSATIONS, items, newest, cursor, len(values) if newest != cursor else 0)

    def _conversation(self, value: Any) -> Incoming:
        last = self._in_thread(parse.record(value).get("last_status"))
        event = f"{parse.identifier(value)}:{last.remote_id}"
        return replace(last, event_id=event, kind=MessageKind.STATUS if last.author.is_us else MessageKind.DIRECT)

    def _in_thread(self, value: Any) -> Incoming:
        """A status met in a thread: addressed to us when it answers us or is direct, else only context."""
        found = parse.incoming(
            value,
            kind=MessageKind.STATUS,
            raw_kind="status",
            event_id=parse.identifier(value),
            host=self._host,
            our_id=self._our_id,
        )
        if found.author.is_us:
            return found
        if found.visibility is Visibility.DIRECT:
            return replace(found, kind=MessageKind.DIRECT)
        if self._our_id is not None and parse.optional_id(value, "in_reply_to_account_id") == self._our_id:
            return replace(found, kind=MessageKind.REPLY)
        return found

    async def _page(self, path: str, cursor: str | None, *more: tuple[str, str]) -> list[Any]:
        query = [("limit", str(PAGE)), *more] + ([("min_id", cursor)] if cursor else [])
        values = parse.records((await self._ask(path, *query)).json())
        if cursor is None:
            return values[:PAGE]
        # A server that knows no min_id sends its newest page again and again: what the cursor stands for ends it.
        ids = [parse.optional_id(value, "id") for value in values]
        return values[: ids.index(cursor)] if cursor in ids else values[:200]


def _newest(values: list[Any]) -> str | None:
    """The id of the newest, which servers list first."""
    return next((found for value in values if (found := parse.optional_id(value, "id"))), None)


def _oldest(values: list[Any]) -> str | None:
    """The id of the oldest, which servers list last."""
    return _newest(values[::-1])


def _page(kind: FetchKind, items: tuple[Incoming, ...], newest: str | None, cursor: str | None, count: int) -> InboxPage:
    ordered = tuple(sorted(items, key=lambda item: item.created_at))
    return InboxPage(kind, ordered, newest, more=cursor is not None and count >= PAGE and newest != cursor)


def _link(answer: Answer, rel: str) -> str | None:
    """The id in a ``Link`` header; only the id is taken, never the address, which may point anywhere."""
    for match in _LINK.finditer(answer.headers.get("link", "")[:16_000]):
        if match["rel"] == rel and match["name"] in {"min_id", "since_id"}:
            return parse.optional_id({"id": match["id"]}, "id")
    return None


def _published(value: Any) -> Published:
    return Published(
        parse.identifier(value),
        parse.web_address(value, "url") or parse.web_address(value, "uri"),
        parse.moment(value, "created_at"),
    )


def _alike(shown: str, typed: str) -> bool:
    """Whether what is shown may be what was typed, in spite of links, mentions and marks that a server writes otherwise.

    Another post of ours shares few of its words: then nobody need ask for its source. A short text always may be.
    """
    meant = set(_WORDS.findall(typed.casefold()))
    return len(meant) < 4 or 2 * len(meant & set(_WORDS.findall(shown.casefold()))) >= len(meant)


def _squeezed(text: str) -> str:
    """A text for comparing: white space as one space, remote mentions by their short form, as servers print them."""
    return " ".join(_REMOTE_MENTION.sub(r"@\1", text).split())
