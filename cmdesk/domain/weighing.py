"""Weighs a text as the networks do that count neither letters nor bytes: X, Threads, LinkedIn."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from typing import Final

from cmdesk.domain.clusters import classes, lengths

#: Code points that X counts once; all others count twice (twitter-text, configuration 3: weights of 100 and 200, scale 100).
_LIGHT: Final = re.compile(r"[\u0000-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]")
_EMOJI_WEIGHT: Final = 2
_VARIANT: Final = "\ufe0f"
_KEYCAP: Final = "\u20e3"
#: What follows a pictogram and is still the same emoji: variant, joiner, skin tones, keycap, tags of a flag.
_OF_EMOJI: Final = re.compile(r"[\ufe0f\u200d\U0001f3fb-\U0001f3ff\u20e3\U000e0020-\U000e007f]")
#: Reserved in LinkedIn's "little text"; each is sent with a backslash before it (LinkedIn, Posts API, little text format).
_RESERVED: Final = re.compile(r"[\\|{}@\[\]()<>#*_~]")


def weighted(text: str) -> int:
    """What X counts: composed form, emoji twice whatever they are made of, Latin and the like once, the rest twice."""
    total = 0
    for cluster, emoji in _clusters(unicodedata.normalize("NFC", text)):
        if emoji:
            rest = _OF_EMOJI.sub("", cluster)
            # A flag is two letters, a family several persons: one emoji each.
            total += _EMOJI_WEIGHT + sum(_weight(point) for point in rest[1:] if classes()[ord(point)] == "E")
        else:
            total += sum(map(_weight, cluster))
    return total


def in_emoji_bytes(text: str) -> int:
    """What Threads counts: characters, and emoji as their bytes of UTF-8 (Threads API, publishing limits)."""
    return sum(len(cluster.encode()) if emoji else len(cluster) for cluster, emoji in _clusters(text))


def escaped(text: str) -> int:
    """What LinkedIn counts: the text as it is sent, with a backslash before each reserved character."""
    return len(text) + len(_RESERVED.findall(text))


def _weight(point: str) -> int:
    return 1 if _LIGHT.match(point) else 2


def _clusters(text: str) -> Iterator[tuple[str, bool]]:
    """What a person sees as one character, and whether it is an emoji."""
    at = 0
    for length in lengths(text):
        cluster = text[at : at + length]
        at += length
        yield cluster, not cluster.isascii() and _is_emoji(cluster)


def _is_emoji(cluster: str) -> bool:
    first = classes()[ord(cluster[0])]
    if first == "I":
        return len(cluster) > 1
    if first == "X":
        # Below, signs like © that are letters unless they are asked to be pictures.
        return ord(cluster[0]) > 0x10FF or _VARIANT in cluster
    return cluster[0] in "0123456789#*" and cluster.endswith(_KEYCAP)
