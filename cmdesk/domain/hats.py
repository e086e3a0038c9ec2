"""Notices what belongs to another client in a client's text: the mistake of wearing the wrong hat, before it is public."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from enum import Enum
from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct

from cmdesk.domain.facets import Kind, facets
from cmdesk.domain.ids import ClientId

_HANDLE: Final = re.compile(r"(?<![\w/.@-])@(\w[\w.-]*(?:@[\w-]+(?:\.[\w-]+)+)?)")
#: So often something was used by a client before it counts as the client's own.
_OWN_LINK: Final = 2
_OWN_TAG: Final = 3
#: Places that are everybody's.
_COMMON: Final = frozenset(
    {
        "bsky.app", "canada.ca", "eventbrite.ca", "eventbrite.com", "facebook.com", "forms.gle", "google.com", "goo.gl",
        "instagram.com", "linkedin.com", "maps.app.goo.gl", "quebec.ca", "spotify.com", "tiktok.com", "vimeo.com",
        "wikipedia.org", "youtu.be", "youtube.com",
    }
)  # fmt: skip
_SHORTEST: Final = 4


class Sign(Enum):
    """How something shows whose it is."""

    HANDLE = "handle"
    LINK = "link"
    HASHTAG = "hashtag"
    WORD = "word"
    MEDIA = "media"


class Signs(Struct, frozen=True):
    """What marks one client: handles (whole, and the part before the server), hosts of its links, hashtags, words, files.

    All in lower case; ``media`` are hashes of files.
    """

    client: ClientId
    name: str
    handles: frozenset[str] = frozenset()
    hosts: frozenset[str] = frozenset()
    hashtags: frozenset[str] = frozenset()
    words: frozenset[str] = frozenset()
    media: frozenset[str] = frozenset()


class Foreign(Struct, frozen=True):
    """Something of another client: what it is, the words of it, and whose it is."""

    sign: Sign
    words: str
    client: ClientId
    name: str


def signs(
    client: ClientId, name: str, *, handles: Iterable[str], texts: Iterable[str], words: Iterable[str], media: Iterable[str]
) -> Signs:
    """What marks a client. ``texts`` are its own posts: a host that stands in two of them is its own, a hashtag in three."""
    hosts: Counter[str] = Counter()
    tags: Counter[str] = Counter()
    for text in texts:
        found = facets(text)
        hosts.update({host for one in found if one.kind is Kind.LINK and (host := _host(one.value))})
        tags.update({one.value.casefold() for one in found if one.kind is Kind.TAG})
    whole = {handle.lower().lstrip("@") for handle in handles}
    return Signs(
        client,
        name,
        frozenset(whole | {handle.partition("@")[0] for handle in whole}),
        frozenset(host for host, number in hosts.items() if number >= _OWN_LINK and host not in _COMMON),
        frozenset(tag for tag, number in tags.items() if number >= _OWN_TAG),
        frozenset(word.casefold() for word in (*words, name) if len(word) >= _SHORTEST),
        frozenset(media),
    )


class Hats:
    """The signs of all other clients, without those that several clients share or that are this client's too."""

    def __init__(self, own: Signs, others: Sequence[Signs]) -> None:
        self._handles = _only(own.handles, others, [one.handles for one in others])
        self._hosts = _only(own.hosts, others, [one.hosts for one in others])
        self._hashtags = _only(own.hashtags, others, [one.hashtags for one in others])
        words = _only(own.words, others, [one.words for one in others])
        self._media = _only(own.media, others, [one.media for one in others])
        self._words = words
        ordered = sorted(words, key=len, reverse=True)
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, ordered))})(?!\w)", re.IGNORECASE) if ordered else None

    def foreign(self, text: str, media: Iterable[str] = ()) -> tuple[Foreign, ...]:
        """What in a text, and which of its files (their hashes), belongs to another client; each thing once."""
        found: list[Foreign] = []
        for match in _HANDLE.finditer(text):
            handle = match[1].lower().rstrip(".-")
            self._add(found, Sign.HANDLE, f"@{match[1].rstrip('.-')}", self._handles.get(handle))
        for one in facets(text):
            if one.kind is Kind.LINK:
                self._add(found, Sign.LINK, _host(one.value), self._hosts.get(_host(one.value)))
            elif one.kind is Kind.TAG:
                self._add(found, Sign.HASHTAG, f"#{one.value}", self._hashtags.get(one.value.casefold()))
        for match in self._pattern.finditer(text) if self._pattern is not None else ():
            self._add(found, Sign.WORD, match[0], self._words.get(match[0].casefold()))
        for file in media:
            self._add(found, Sign.MEDIA, "", self._media.get(file))
        return tuple(dict.fromkeys(found))

    @staticmethod
    def _add(found: list[Foreign], sign: Sign, words: str, owner: Signs | None) -> None:
        if owner is not None:
            found.append(Foreign(sign, words, owner.client, owner.name))


def _only(own: frozenset[str], others: Sequence[Signs], values: Sequence[frozenset[str]]) -> dict[str, Signs]:
    """By value the one client whose sign it is; what two have tells nobody apart."""
    number = Counter(value for each in values for value in each)
    return {
        value: owner
        for owner, each in zip(others, values, strict=True)
        for value in each
        if number[value] == 1 and value not in own
    }


def _host(address: str) -> str:
    try:
        return (urlsplit(address).hostname or "").removeprefix("www.").lower()
    except ValueError:
        return ""
