"""Turns what Bluesky's servers answer into the desk's values; records are strangers' own words, and every field is doubted."""

from __future__ import annotations

import html
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from cmdesk.domain.errors import AnswerUnreadable
from cmdesk.domain.message import Attachment, Author, Incoming, MessageKind
from cmdesk.networks import _values as values
from cmdesk.networks._bluesky_identity import page_of, uri

_LONGEST_TEXT: Final = 20_000
_MOST_FACETS: Final = 500

#: Reasons of a notification (lexicon app.bsky.notification.listNotifications) and what they are to the desk.
KINDS: Final[Mapping[str, MessageKind]] = {
    "mention": MessageKind.MENTION,
    "reply": MessageKind.REPLY,
    "quote": MessageKind.QUOTE,
    "follow": MessageKind.FOLLOW,
    "like": MessageKind.FAVOURITE,
    "repost": MessageKind.BOOST,
    "subscribed-post": MessageKind.STATUS,
}
_POSTS: Final = frozenset({MessageKind.MENTION, MessageKind.REPLY, MessageKind.QUOTE, MessageKind.STATUS})


class Words(Struct, frozen=True):
    """A post's words for plain reading and as safe small HTML (it is cleaned again before it is shown)."""

    text: str
    html: str


def address(value: Any, name: str) -> str:
    """A record's address inside an object; raises AnswerUnreadable."""
    found = values.text(value, name, 1200)
    if uri(found) is None:
        raise AnswerUnreadable(reason="id")
    return found


def optional_address(value: Any, name: str) -> str | None:
    """A record's address inside an object, or None."""
    found = values.text(value, name, 1200)
    return found if uri(found) is not None else None


def author(value: Any, our_did: str | None) -> Author:
    """Somebody who wrote."""
    did = values.text(value, "did", 300)
    handle = values.text(value, "handle", 260)
    known = handle if handle and handle != "handle.invalid" else did
    return Author(
        remote_id=did,
        handle=known,
        name=values.text(value, "displayName", 200).strip() or known,
        profile_url=f"https://bsky.app/profile/{known}" if known else "",
        avatar_url=values.web_address(value, "avatar"),
        is_us=bool(our_did) and did == our_did,
    )


def words(record: Any) -> Words:
    """A record's text; links whose words are shortened are read in full (lexicon app.bsky.richtext.facet)."""
    raw = values.text(record, "text", _LONGEST_TEXT)
    encoded = raw.encode("utf-8")
    plain: list[str] = []
    rich: list[str] = []
    at = 0
    for start, end, target in sorted(_places(record, len(encoded))):
        if start < at:
            continue
        before, shown = _piece(encoded, at, start), _piece(encoded, start, end)
        if before is None or shown is None:
            continue  # a place that cuts a character in two is no place
        plain += [before, _spoken(shown, target)]
        rich += [html.escape(before), f'<a href="{html.escape(target, quote=True)}">{html.escape(shown)}</a>']
        at = end
    rest = encoded[at:].decode("utf-8", "replace")
    body = "".join([*rich, html.escape(rest)]).replace("\n", "<br>")
    return Words("".join([*plain, rest]), f"<p>{body}</p>" if body else "")


def _places(record: Any, most: int) -> list[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for facet in values.items(record, "facets")[:_MOST_FACETS]:
        index = values.part(facet, "index")
        start, end = values.number(index, "byteStart", None), values.number(index, "byteEnd", None)
        if start is None or end is None or not 0 <= start < end <= most:
            continue
        for feature in values.items(facet, "features")[:4]:
            target = _target(feature)
            if target:
                found.append((start, end, target))
                break
    return found


def _target(feature: Any) -> str:
    kind = values.text(feature, "$type").partition("#")[2]
    if kind == "link":
        return values.web_address(feature, "uri")
    if kind == "mention":
        did = values.text(feature, "did", 300)
        return f"https://bsky.app/profile/{did}" if did.startswith("did:") and did.isascii() and " " not in did else ""
    return ""


def _piece(encoded: bytes, start: int, end: int) -> str | None:
    try:
        return encoded[start:end].decode("utf-8")
    except UnicodeDecodeError:
        return None


def _spoken(shown: str, target: str) -> str:
    """A link for plain reading: its address where the words only show a part of it, else words and address."""
    if target.startswith("https://bsky.app/profile/did:"):
        return shown
    bare = target.partition("://")[2].lower()
    begun = shown.strip().removesuffix("...").removesuffix("…").lower().removeprefix("https://").removeprefix("http://")
    if not begun or bare.startswith(begun) or bare.removeprefix("www.").startswith(begun):
        return target if shown.strip() else f"{shown}{target}"
    return f"{shown} ({target})"


def created(record: Any, indexed: datetime | None) -> datetime:
    """When a post was made: what it says of itself, but never later than the network saw it. Raises AnswerUnreadable."""
    told = values.moment(record, "createdAt")
    moments = [one for one in (told, indexed) if one is not None]
    if not moments:
        raise AnswerUnreadable(reason="date")
    return min(moments)


def attachments(embed: Any) -> tuple[Attachment, ...]:
    """The files of a post's embed as the network shows it (app.bsky.embed.*#view), never loaded."""
    media = values.part(embed, "media") or (embed if isinstance(embed, dict) else {})
    found = [
        Attachment(
            kind="image",
            url=values.web_address(one, "fullsize"),
            preview_url=values.web_address(one, "thumb"),
            alt=values.text(one, "alt", 5000),
        )
        for one in [*values.items(media, "images"), *values.items(media, "items")][:20]
        if isinstance(one, dict)
    ]
    if values.text(media, "$type").startswith("app.bsky.embed.video"):
        thumb = values.web_address(media, "thumbnail")
        found.append(Attachment("video", values.web_address(media, "playlist"), thumb, values.text(media, "alt", 5000)))
    return tuple(found)


def of_record(
    record: dict[str, Any], *, at: str, who: Author, kind: MessageKind, raw_kind: str, indexed: datetime | None
) -> Incoming:
    """A post's record as an event; raises AnswerUnreadable without a time."""
    reply = values.part(record, "reply")
    parent, root = optional_address(values.part(reply, "parent"), "uri"), optional_address(values.part(reply, "root"), "uri")
    said = words(record)
    languages = [one for one in values.items(record, "langs")[:1] if isinstance(one, str) and len(one) <= 20 and one.isascii()]
    address_of = uri(at)
    return Incoming(
        kind=kind,
        raw_kind=raw_kind,
        event_id=at,
        remote_id=at,
        author=who,
        text=said.text[:_LONGEST_TEXT],
        html=said.html,
        created_at=created(record, indexed),
        url=page_of(who.handle or who.remote_id, address_of.rkey) if address_of else "",
        in_reply_to=parent,
        thread_id=(root or parent) if parent else at,
        warning=_warning(record),
        language="".join(languages),
    )


def _warning(record: Any) -> str:
    """The labels an author put on a post, as words: the network knows no free warning."""
    named = [values.text(one, "val", 60) for one in values.items(values.part(record, "labels"), "values")[:10]]
    return ", ".join(one for one in named if one and not one.startswith("!"))


def of_view(view: Any, our_did: str | None, *, kind: MessageKind = MessageKind.STATUS, raw_kind: str = "post") -> Incoming:
    """A post as the network shows it (app.bsky.feed.defs#postView); raises AnswerUnreadable without an address or a time."""
    told = values.record(view)
    found = of_record(
        values.part(told, "record"),
        at=address(told, "uri"),
        who=author(values.part(told, "author"), our_did),
        kind=kind,
        raw_kind=raw_kind,
        indexed=values.moment(told, "indexedAt"),
    )
    viewer = told.get("viewer")
    liked = bool(values.text(viewer, "like", 1200)) if isinstance(viewer, dict) else None
    return replace(found, attachments=attachments(values.part(told, "embed")), favourite=liked)


def in_thread(view: Any, our_did: str | None) -> Incoming:
    """A post met in a thread: addressed to us when it answers a post of ours, else only context."""
    found = of_view(view, our_did)
    parent = uri(found.in_reply_to or "")
    answers_us = parent is not None and parent.did == our_did and not found.author.is_us
    return replace(found, kind=MessageKind.REPLY) if answers_us else found


def notification(value: Any, our_did: str | None) -> Incoming:
    """A notification as an event; an unknown reason is OTHER. Raises AnswerUnreadable without an address or a time."""
    event = values.record(value)
    reason = values.text(event, "reason", 60) or "unknown"
    kind = KINDS.get(reason, MessageKind.OTHER)
    at, who = address(event, "uri"), author(values.part(event, "author"), our_did)
    indexed = values.moment(event, "indexedAt")
    record = values.part(event, "record")
    if kind in _POSTS:
        found = of_record(record, at=at, who=who, kind=kind, raw_kind=reason, indexed=indexed)
        parent = uri(found.in_reply_to or "")
        # An answer that names us is told once, as a mention.
        answers_us = kind is MessageKind.MENTION and parent is not None and parent.did == our_did
        return replace(found, kind=MessageKind.REPLY) if answers_us else found
    subject = optional_address(event, "reasonSubject")
    about = uri(subject or "")
    return Incoming(
        kind=kind,
        raw_kind=reason,
        event_id=at,
        remote_id=at,
        author=who,
        text="",
        html="",
        created_at=created(record, indexed),
        url=who.profile_url,
        about_remote_id=subject if about is not None and about.did == our_did else None,
    )
