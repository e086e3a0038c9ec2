"""Describes what only some networks know of a post: a first comment, a quoted post, who may answer, labels, more languages."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

#: Labels that readers' programs know what to do with (AT Protocol, label values of com.atproto.label.defs). Any other word may
#: be used as well, as long as the network takes it.
KNOWN_LABELS: Final = ("sexual", "nudity", "porn", "graphic-media", "!no-unauthenticated")
#: Those that say that not everybody wants to see a picture unasked; a network without labels is told "sensitive" instead.
SENSITIVE_LABELS: Final = frozenset({"sexual", "nudity", "porn", "graphic-media"})


class Replier(Enum):
    """Somebody who may answer although not everybody may."""

    MENTIONED = "mentioned"
    FOLLOWERS = "followers"
    FOLLOWING = "following"  # those whom the account follows


class Extras(Struct, frozen=True):
    """What a post says beyond its words. Empty everywhere, a post is what it was before these were known.

    ``first_comment`` goes out as an answer to the post, as its last part. ``quote`` is the web address (or the network's own
    id) of a post that is shown inside. ``repliers`` None: everybody may answer; empty: nobody. ``quotable`` False: nobody may
    quote it. ``content_labels`` are the author's own words of warning for programs. ``languages`` come after the post's first.
    """

    first_comment: str = ""
    quote: str = ""
    repliers: tuple[Replier, ...] | None = None
    quotable: bool = True
    content_labels: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()

    @property
    def gated(self) -> bool:
        """Whether anybody is kept from answering or quoting."""
        return self.repliers is not None or not self.quotable

    @property
    def sensitive(self) -> bool:
        """Whether a label says that not everybody wants to see it unasked."""
        return bool(SENSITIVE_LABELS & set(self.content_labels))


NONE: Final = Extras()


def of_part(extras: Extras, part: int) -> Extras:
    """What one part of a post carries: who may answer is said of a conversation's first post, and that one quotes."""
    first = replace(extras, first_comment="")
    return first if part == 0 else replace(first, quote="", repliers=None)


def facts(extras: Extras) -> dict[str, Any]:
    """What is not as usual, as JSON can hold it; nothing for a post without any of it."""
    told: dict[str, Any] = {}
    if extras.first_comment:
        told["first_comment"] = extras.first_comment
    if extras.quote:
        told["quote"] = extras.quote
    if extras.repliers is not None:
        told["repliers"] = [one.value for one in extras.repliers]
    if not extras.quotable:
        told["quotable"] = False
    if extras.content_labels:
        told["content_labels"] = list(extras.content_labels)
    if extras.languages:
        told["languages"] = list(extras.languages)
    return told


def from_facts(told: Mapping[str, Any]) -> Extras:
    """The other way; what a later version added is passed over."""
    repliers = told.get("repliers")
    known = {one.value for one in Replier}
    return Extras(
        first_comment=str(told.get("first_comment", "")),
        quote=str(told.get("quote", "")),
        repliers=None if repliers is None else tuple(Replier(one) for one in repliers if one in known),
        quotable=bool(told.get("quotable", True)),
        content_labels=tuple(str(one) for one in told.get("content_labels", ())),
        languages=tuple(str(one) for one in told.get("languages", ())),
    )
