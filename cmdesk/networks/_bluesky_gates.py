"""Says who may answer a post and who may quote it: records beside the post, under its own name, made in the same write."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from cmdesk.domain.delivery import Envelope
from cmdesk.domain.extras import Replier
from cmdesk.networks._bluesky_identity import Uri

THREADGATE: Final = "app.bsky.feed.threadgate"
POSTGATE: Final = "app.bsky.feed.postgate"
#: Rules of a thread's gate (lexicon app.bsky.feed.threadgate).
_RULES: Final[Mapping[Replier, str]] = {
    Replier.MENTIONED: f"{THREADGATE}#mentionRule",
    Replier.FOLLOWERS: f"{THREADGATE}#followerRule",
    Replier.FOLLOWING: f"{THREADGATE}#followingRule",
}


def gates(envelope: Envelope, at: Uri, created: str) -> dict[str, dict[str, Any]]:
    """The gates of a post by their collections; none where everybody may do everything.

    Who may answer is said by the author of a conversation's first post only: an answer has no such gate.
    """
    extras = envelope.extras
    found: dict[str, dict[str, Any]] = {}
    if extras.repliers is not None and not envelope.reply_to:
        allow = [{"$type": _RULES[one]} for one in dict.fromkeys(extras.repliers)]
        found[THREADGATE] = {"$type": THREADGATE, "post": str(at), "allow": allow, "createdAt": created}
    if not extras.quotable:
        rules = [{"$type": f"{POSTGATE}#disableRule"}]
        found[POSTGATE] = {"$type": POSTGATE, "post": str(at), "embeddingRules": rules, "createdAt": created}
    return found


def creations(at: Uri, record: dict[str, Any], beside: Mapping[str, dict[str, Any]]) -> list[dict[str, Any]]:
    """The post and its gates as one write (lexicon com.atproto.repo.applyWrites): all of them come to be, or none."""
    values = {at.collection: record, **beside}
    return [
        {"$type": "com.atproto.repo.applyWrites#create", "collection": collection, "rkey": at.rkey, "value": value}
        for collection, value in values.items()
    ]
