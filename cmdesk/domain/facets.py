"""Finds links, mentions and hashtags in a text: on Bluesky nothing is one unless the post says so, by places in UTF-8 bytes."""

from __future__ import annotations

import re
import unicodedata
from enum import Enum
from typing import Final

from msgspec import Struct

from cmdesk.domain._tlds import TLDS

LONGEST_TAG: Final = 64

# The rules are those of Bluesky's own client (rich text detection of @atproto/api), told again.
_MENTION: Final = re.compile(r"(?<![^\s(])@([a-zA-Z0-9.-]{1,253})")
_LABEL: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?")
_LINK: Final = re.compile(r"(?<![^\s(])(?:https?://\S+|(?P<domain>[a-z][a-z0-9-]*(?:\.[a-z0-9-]+)+)\S*)", re.IGNORECASE)
_INVISIBLE: Final = "\u00ad\u2060\u200a\u200b\u200c\u200d\u20e2"
_TAG: Final = re.compile(rf"(?<!\S)[#＃](?!\ufe0f)([^\s{_INVISIBLE}]{{1,400}})")
_SILENT: Final = re.compile(rf"[\d\s{_INVISIBLE}]")
_CASHTAG: Final = re.compile(r"(?<![^\s(])\$([A-Za-z][A-Za-z0-9]{0,4})(?=\s|$|[.,;:!?)\"'’])")


class Kind(Enum):
    """What a place in a text is."""

    LINK = "link"
    MENTION = "mention"
    TAG = "tag"


class Facet(Struct, frozen=True):
    """A place in a text: code points ``start`` to ``end``, and what is there (an address, a handle, a tag without #)."""

    kind: Kind
    start: int
    end: int
    value: str


def facets(text: str) -> tuple[Facet, ...]:
    """All places in their order; none overlaps another."""
    found = [*_mentions(text), *_links(text), *_tags(text)]
    kept: list[Facet] = []
    for one in sorted(found, key=lambda facet: (facet.start, -facet.end)):
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return tuple(kept)


def byte_range(text: str, start: int, end: int) -> tuple[int, int]:
    """A range of code points as bytes of UTF-8, the end exclusive."""
    first = len(text[:start].encode("utf-8", "surrogatepass"))
    return first, first + len(text[start:end].encode("utf-8", "surrogatepass"))


def is_handle(text: str) -> bool:
    """Whether a text can be a handle: a domain under a known top-level name, or one of those kept for tests."""
    labels = text.lower().split(".")
    if len(labels) < 2 or len(text) > 253 or not all(_LABEL.fullmatch(label) for label in labels):
        return False
    return labels[-1] in TLDS or labels[-1] == "test"


def _mentions(text: str) -> list[Facet]:
    found: list[Facet] = []
    for match in _MENTION.finditer(text):
        handle = match[1].rstrip(".-")
        if is_handle(handle):
            found.append(Facet(Kind.MENTION, match.start(), match.start() + 1 + len(handle), handle.lower()))
    return found


def _links(text: str) -> list[Facet]:
    found: list[Facet] = []
    for match in _LINK.finditer(text):
        words = match.group()
        if match["domain"] is not None and match["domain"].lower().rpartition(".")[2] not in TLDS:
            continue
        if words[-1] in ".,;:!?":
            words = words[:-1]
        if words.endswith(")") and "(" not in words:
            words = words[:-1]
        bare = words.partition("://")[2] if match["domain"] is None else words
        if bare:
            address = words if match["domain"] is None else f"https://{words}"
            found.append(Facet(Kind.LINK, match.start(), match.start() + len(words), address))
    return found


def _tags(text: str) -> list[Facet]:
    found: list[Facet] = []
    for match in _TAG.finditer(text):
        tag = match[1]
        while tag and _is_punctuation(tag[-1]):
            tag = tag[:-1]
        if tag and len(tag) <= LONGEST_TAG and any(_speaks(character) for character in tag):
            found.append(Facet(Kind.TAG, match.start(), match.start(1) + len(tag), tag))
    cash = (Facet(Kind.TAG, match.start(), match.end(1), f"${match[1].upper()}") for match in _CASHTAG.finditer(text))
    return [*found, *cash]


def _is_punctuation(character: str) -> bool:
    return unicodedata.category(character).startswith("P")


def _speaks(character: str) -> bool:
    """Whether a character makes a tag of what would be a number or a mark otherwise."""
    return _SILENT.match(character) is None and not _is_punctuation(character)
