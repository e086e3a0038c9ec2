"""Turns values that are read whole into JSON text and back; what a later version added is passed over."""

import json
from datetime import datetime
from typing import Any

from cmdesk.domain import extras as more
from cmdesk.domain.account import Identity, Network
from cmdesk.domain.delivery import Envelope
from cmdesk.domain.ids import AccountId, DeliveryId, MediaId, MessageId
from cmdesk.domain.limits import Problem, Severity, Visibility
from cmdesk.domain.post import MediaItem, Poll, PostEdit, PostKind, ReplyTarget, Variant


def dumps(value: object) -> str:
    """Compact JSON with its own letters."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _poll_facts(poll: Poll) -> dict[str, Any]:
    return {
        "options": list(poll.options),
        "expires_in": poll.expires_in,
        "multiple": poll.multiple,
        "hide_totals": poll.hide_totals,
    }


def _poll(facts: dict[str, Any]) -> Poll:
    return Poll(
        options=tuple(facts["options"]),
        expires_in=facts["expires_in"],
        multiple=facts["multiple"],
        hide_totals=facts["hide_totals"],
    )


def poll_to_json(poll: Poll | None) -> str | None:
    """A poll as its column keeps it."""
    return None if poll is None else dumps(_poll_facts(poll))


def poll_from_json(text: str | None) -> Poll | None:
    """A poll from its column."""
    return None if text is None else _poll(json.loads(text))


def problem_to_json(problem: Problem | None) -> str | None:
    """A problem as its column keeps it."""
    if problem is None:
        return None
    return dumps(
        {
            "code": problem.code,
            "severity": problem.severity.value,
            "params": [list(pair) for pair in problem.params],
            "part": problem.part,
        }
    )


def problem_from_json(text: str | None) -> Problem | None:
    """A problem from its column."""
    if text is None:
        return None
    facts = json.loads(text)
    return Problem(
        code=facts["code"],
        severity=Severity(facts["severity"]),
        params=tuple((name, value) for name, value in facts["params"]),
        part=facts["part"],
    )


def _media_facts(item: MediaItem) -> dict[str, Any]:
    return {
        "id": item.id,
        "file_name": item.file_name,
        "original_name": item.original_name,
        "mime": item.mime,
        "size": item.size,
        "sha256": item.sha256,
        "width": item.width,
        "height": item.height,
        "duration": item.duration,
        "alt": item.alt,
        "focus": list(item.focus) if item.focus else None,
        "part": item.part,
    }


def _media(facts: dict[str, Any]) -> MediaItem:
    focus = facts["focus"]
    return MediaItem(
        id=MediaId(facts["id"]),
        file_name=facts["file_name"],
        original_name=facts["original_name"],
        mime=facts["mime"],
        size=facts["size"],
        sha256=facts["sha256"],
        width=facts["width"],
        height=facts["height"],
        duration=facts["duration"],
        alt=facts["alt"],
        focus=(focus[0], focus[1]) if focus else None,
        part=facts["part"],
    )


def edit_to_json(edit: PostEdit, sha256: str) -> str:
    """A kept version of a post, with the hash of its words beside them."""
    reply = edit.reply_to
    return dumps(
        {
            "sha256": sha256,
            "kind": edit.kind.value,
            "text": edit.text,
            "warning": edit.warning,
            "visibility": edit.visibility.value,
            "language": edit.language,
            "sensitive": edit.sensitive,
            "poll": _poll_facts(edit.poll) if edit.poll else None,
            "media": [_media_facts(item) for item in edit.media],
            "variants": [
                [v.account, v.text, v.warning, v.visibility.value if v.visibility else None, v.language] for v in edit.variants
            ],
            "reply_to": [reply.remote_id, reply.url, reply.handle, reply.message] if reply else None,
            "labels": list(edit.labels),
            **_extras_facts(edit.extras),
        }
    )


def _extras_facts(extras: more.Extras) -> dict[str, Any]:
    """Only where there are any: what was frozen or kept before they were known reads the same today."""
    told = more.facts(extras)
    return {"extras": told} if told else {}


def extras_to_json(extras: more.Extras) -> str:
    """A post's extras as their column keeps them."""
    return dumps(more.facts(extras))


def extras_from_json(text: str | None) -> more.Extras:
    """A post's extras from their column."""
    return more.NONE if text is None else more.from_facts(json.loads(text))


def edit_from_json(text: str) -> tuple[PostEdit, str]:
    """A kept version and the hash that its words should have."""
    facts = json.loads(text)
    reply = facts["reply_to"]
    edit = PostEdit(
        text=facts["text"],
        warning=facts["warning"],
        visibility=Visibility(facts["visibility"]),
        language=facts["language"],
        sensitive=facts["sensitive"],
        poll=_poll(facts["poll"]) if facts["poll"] else None,
        media=tuple(_media(item) for item in facts["media"]),
        variants=tuple(
            Variant(AccountId(account), words, warning, Visibility(visibility) if visibility else None, language)
            for account, words, warning, visibility, language in facts["variants"]
        ),
        reply_to=ReplyTarget(reply[0], reply[1], reply[2], MessageId(reply[3]) if reply[3] else None) if reply else None,
        labels=tuple(facts["labels"]),
        kind=PostKind(facts["kind"]),
        extras=more.from_facts(facts.get("extras", {})),
    )
    return edit, facts["sha256"]


def envelope_to_json(envelope: Envelope) -> str:
    """The frozen copy of one part. ``key`` has its own column and ``media_folder`` may move, so neither is inside."""
    identity = envelope.identity
    return dumps(
        {
            "identity": [
                identity.network.value,
                identity.server,
                identity.remote_id,
                identity.handle,
                identity.display_name,
                identity.profile_url,
            ],
            "part": envelope.part,
            "parts": envelope.parts,
            "text": envelope.text,
            "media": [_media_facts(item) for item in envelope.media],
            "warning": envelope.warning,
            "visibility": envelope.visibility.value,
            "language": envelope.language,
            "sensitive": envelope.sensitive,
            "poll": _poll_facts(envelope.poll) if envelope.poll else None,
            "reply_to": envelope.reply_to,
            **_extras_facts(envelope.extras),
        }
    )


def envelope_from_json(
    text: str,
    *,
    delivery: DeliveryId,
    key: str,
    media_folder: str,
    reply_to: str | None = None,
    begun_at: datetime | None = None,
) -> Envelope:
    """The frozen copy of one part; ``reply_to``, when given, is the part before it, known only once that is out."""
    facts = json.loads(text)
    network, server, remote_id, handle, name, profile_url = facts["identity"]
    return Envelope(
        delivery=delivery,
        part=facts["part"],
        parts=facts["parts"],
        identity=Identity(Network(network), server, remote_id, handle, name, profile_url),
        key=key,
        text=facts["text"],
        media_folder=media_folder,
        media=tuple(_media(item) for item in facts["media"]),
        warning=facts["warning"],
        visibility=Visibility(facts["visibility"]),
        language=facts["language"],
        sensitive=facts["sensitive"],
        poll=_poll(facts["poll"]) if facts["poll"] else None,
        reply_to=reply_to or facts["reply_to"],
        begun_at=begun_at,
        extras=more.from_facts(facts.get("extras", {})),
    )
