"""Turns what Mastodon-like servers answer into the desk's values; every field is doubted, none is required beyond an id."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, Final

from cmdesk.domain.account import Identity, Network
from cmdesk.domain.errors import AnswerUnreadable
from cmdesk.domain.limits import Visibility
from cmdesk.domain.message import Attachment, Author, Incoming, MessageKind
from cmdesk.networks._html import plain
from cmdesk.networks._values import (
    each,
    host_of,
    items,
    moment,
    number,
    part,
    record,
    records,
    text,
    web_address,
)

__all__ = [
    "KINDS",
    "attachments",
    "author",
    "each",
    "handle",
    "host_of",
    "identifier",
    "identity",
    "incoming",
    "items",
    "moment",
    "notification",
    "number",
    "optional_id",
    "part",
    "problem_text",
    "record",
    "records",
    "text",
    "visibility",
    "web_address",
]

_LONGEST_ID: Final = 256
_LONGEST_TEXT: Final = 20_000
_LONGEST_HTML: Final = 100_000
_ID = re.compile(r"[A-Za-z0-9_.:~%=+-]{1,256}")

#: Notification types of the Mastodon API (documentation of the Notification entity) and what they are to the desk.
KINDS: Final[Mapping[str, MessageKind]] = {
    "mention": MessageKind.MENTION,
    "quote": MessageKind.QUOTE,
    "follow": MessageKind.FOLLOW,
    "follow_request": MessageKind.FOLLOW_REQUEST,
    "favourite": MessageKind.FAVOURITE,
    "reblog": MessageKind.BOOST,
    "poll": MessageKind.POLL,
    "update": MessageKind.UPDATE,
    "quoted_update": MessageKind.UPDATE,
    "status": MessageKind.STATUS,
}
_ABOUT_OURS: Final = frozenset({MessageKind.FAVOURITE, MessageKind.BOOST, MessageKind.POLL})


def identifier(value: Any, name: str = "id") -> str:
    """An opaque id (a number is read as its digits); raises AnswerUnreadable for what could be more than an id in a path."""
    found = optional_id(value, name)
    if found is None:
        raise AnswerUnreadable(reason="id")
    return found


def optional_id(value: Any, name: str) -> str | None:
    """An opaque id, or None when it is absent or none."""
    inner = value.get(name) if isinstance(value, dict) else None
    if isinstance(inner, int) and not isinstance(inner, bool) and inner >= 0:
        inner = str(inner)
    if not isinstance(inner, str) or _ID.fullmatch(inner) is None or set(inner) <= {"."}:
        return None
    return inner


def handle(acct: str, host: str) -> str:
    """The full address without a leading @: local accounts get their server's name."""
    bare = acct.lstrip("@")
    return bare if "@" in bare else f"{bare}@{host}"


def identity(value: Any, network: Network, origin: str) -> Identity:
    """Who an account is; raises AnswerUnreadable without an id and a name."""
    account = record(value)
    acct = text(account, "acct", 300) or text(account, "username", 300)
    if not acct:
        raise AnswerUnreadable(reason="shape")
    return Identity(
        network=network,
        server=origin,
        remote_id=identifier(account),
        handle=handle(acct, host_of(origin)),
        display_name=text(account, "display_name", 200).strip() or acct,
        profile_url=web_address(account, "url"),
        avatar_url=web_address(account, "avatar_static") or web_address(account, "avatar"),
    )


def visibility(value: Any) -> Visibility:
    """A status's visibility; what a server invented since counts as the narrowest, so that nothing private looks public."""
    try:
        return Visibility(text(value, "visibility"))
    except ValueError:
        given = text(value, "visibility")
        return Visibility.PUBLIC if given in {"", "local"} else Visibility.FOLLOWERS if "mutual" in given else Visibility.DIRECT


def author(value: Any, host: str, our_id: str | None) -> Author:
    """Somebody who wrote; a missing account is an author without a name."""
    acct = text(value, "acct", 300) or text(value, "username", 300)
    remote_id = optional_id(value, "id") or ""
    return Author(
        remote_id=remote_id,
        handle=handle(acct, host) if acct else "",
        name=text(value, "display_name", 200).strip() or acct,
        profile_url=web_address(value, "url"),
        avatar_url=web_address(value, "avatar_static") or web_address(value, "avatar"),
        is_us=bool(our_id) and remote_id == our_id,
    )


def attachments(value: Any) -> tuple[Attachment, ...]:
    """The files of a status, never loaded."""
    return tuple(
        Attachment(
            kind=text(item, "type", 20) or "unknown",
            url=web_address(item, "url") or web_address(item, "remote_url"),
            preview_url=web_address(item, "preview_url"),
            alt=text(item, "description", 5000),
        )
        for item in items(value, "media_attachments")[:32]
        if isinstance(item, dict)
    )


_MOST_MENTIONS: Final = 50


def incoming(status: Any, *, kind: MessageKind, raw_kind: str, event_id: str, host: str, our_id: str | None) -> Incoming:
    """A status as an event; raises AnswerUnreadable without an id or a time."""
    state = record(status)
    created = moment(state, "created_at")
    if created is None:
        raise AnswerUnreadable(reason="date")
    html = text(state, "content", _LONGEST_HTML)
    remote_id = identifier(state)
    return Incoming(
        kind=kind,
        raw_kind=raw_kind,
        event_id=event_id,
        remote_id=remote_id,
        author=author(part(state, "account"), host, our_id),
        text=plain(html)[:_LONGEST_TEXT],
        html=html,
        created_at=created,
        url=web_address(state, "url") or web_address(state, "uri"),
        in_reply_to=optional_id(state, "in_reply_to_id"),
        thread_id=remote_id if optional_id(state, "in_reply_to_id") is None else None,
        visibility=visibility(state),
        warning=text(state, "spoiler_text", 2000),
        language=text(state, "language", 20),
        edited_at=moment(state, "edited_at"),
        favourite=state["favourited"] if isinstance(state.get("favourited"), bool) else None,
        attachments=attachments(state),
        mentions=tuple(
            handle(acct, host) for one in items(state, "mentions")[:_MOST_MENTIONS] if (acct := text(one, "acct", 300))
        ),
    )


def notification(value: Any, host: str, our_id: str | None) -> Incoming:
    """A notification as an event: a mention that answers us is a reply, a direct one is direct, an unknown type is OTHER.

    Raises AnswerUnreadable without an id, or without any time.
    """
    event = record(value)
    raw_kind = text(event, "type", 60) or "unknown"
    kind = KINDS.get(raw_kind, MessageKind.OTHER)
    event_id = identifier(event)
    status = event.get("status")
    who = author(part(event, "account"), host, our_id)
    if not isinstance(status, dict):
        created = moment(event, "created_at")
        if created is None:
            raise AnswerUnreadable(reason="date")
        return Incoming(
            kind=kind, raw_kind=raw_kind, event_id=event_id, remote_id=event_id, author=who, text="", html="", created_at=created
        )
    if kind is MessageKind.MENTION:
        kind = _mention_kind(status, our_id)
    found = incoming(status, kind=kind, raw_kind=raw_kind, event_id=event_id, host=host, our_id=our_id)
    if kind in {
        MessageKind.MENTION,
        MessageKind.REPLY,
        MessageKind.DIRECT,
        MessageKind.QUOTE,
        MessageKind.STATUS,
        MessageKind.UPDATE,
    }:
        return found
    return _about(found, event, who, ours=kind in _ABOUT_OURS)


def _mention_kind(status: dict[str, Any], our_id: str | None) -> MessageKind:
    if visibility(status) is Visibility.DIRECT:
        return MessageKind.DIRECT
    answers_us = our_id is not None and optional_id(status, "in_reply_to_account_id") == our_id
    return MessageKind.REPLY if answers_us else MessageKind.MENTION


def _about(found: Incoming, event: dict[str, Any], who: Author, *, ours: bool) -> Incoming:
    """An event about a status (a favourite, a boost): its author is who did it, its text is the status it is about."""
    return Incoming(
        kind=found.kind,
        raw_kind=found.raw_kind,
        event_id=found.event_id,
        remote_id=found.event_id,
        author=who,
        text=found.text,
        html=found.html,
        created_at=moment(event, "created_at") or found.created_at,
        url=found.url,
        about_remote_id=found.remote_id if ours or found.author.is_us else None,
        visibility=found.visibility,
        warning=found.warning,
        language=found.language,
    )


def problem_text(value: Any) -> str:
    """The server's own words about a refusal, cut to 200 characters."""
    return (text(value, "error_description", 200) or text(value, "error", 200)).strip()
