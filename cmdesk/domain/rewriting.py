"""What an optional writing endpoint may be asked for, and what it proposes: always beside the text, never in its place."""

from __future__ import annotations

import difflib
import ipaddress
import re
from enum import StrEnum
from typing import Final
from urllib.parse import urlsplit

from msgspec import Struct

from cmdesk.domain.errors import BadInput

_TOKEN: Final = re.compile(r"\s+|[^\W_]+(?:[’'\-][^\W_]+)*|[^\w\s]|_")
_LONGEST_MODEL: Final = 200


class Task(StrEnum):
    """What is asked."""

    SHORTER = "shorter"
    TONE = "tone"
    ALT_TEXT = "alt_text"
    TRANSLATION = "translation"


class Endpoint(Struct, frozen=True):
    """Where it is: the address up to ``/v1``, as servers like OpenAI's are called, and a model there; off until wanted."""

    url: str = ""
    model: str = ""
    on: bool = False

    @property
    def usable(self) -> bool:
        """Whether it may be asked."""
        return self.on and bool(self.url and self.model)

    @property
    def leaves(self) -> bool:
        """Whether what is asked leaves this computer, which is always shown."""
        return leaves_computer(self.url)


class Change(StrEnum):
    """What became of a piece."""

    SAME = "same"
    GONE = "gone"
    NEW = "new"


class Piece(Struct, frozen=True):
    """Some words and what became of them."""

    change: Change
    text: str


class Suggestion(Struct, frozen=True):
    """A proposal for a text, the differences word by word, which model made it, and whether the text left this computer."""

    text: str
    pieces: tuple[Piece, ...]
    model: str
    left: bool


def differences(before: str, after: str) -> tuple[Piece, ...]:
    """What went, came and stayed, word by word: all but the new is the text before, all but the gone the text after."""
    one, other = _TOKEN.findall(before), _TOKEN.findall(after)
    pieces: list[Piece] = []

    def add(change: Change, words: list[str]) -> None:
        if not words:
            return
        if pieces and pieces[-1].change is change:
            pieces[-1] = Piece(change, pieces[-1].text + "".join(words))
        else:
            pieces.append(Piece(change, "".join(words)))

    for kind, start, end, to, till in difflib.SequenceMatcher(a=one, b=other, autojunk=False).get_opcodes():
        if kind == "equal":
            add(Change.SAME, one[start:end])
        else:
            add(Change.GONE, one[start:end])
            add(Change.NEW, other[to:till])
    return tuple(pieces)


def clean_endpoint(url: str, model: str, *, on: bool) -> Endpoint:
    """An endpoint as it can be called. Raises BadInput(field="endpoint"): ``not_an_address``, ``not_https`` or ``model``.

    Plain http only to this computer or an address in the own network; an empty address takes it away.
    """
    given, name = url.strip().rstrip("/"), model.strip()
    if not given:
        return Endpoint()
    try:
        parts = urlsplit(given)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise BadInput(field="endpoint", reason="not_an_address", given=given[:80]) from None
    odd = parts.username or parts.password or parts.query or parts.fragment or "\\" in given or not given.isprintable()
    if parts.scheme not in {"http", "https"} or not host or odd or " " in given or port == 0:
        raise BadInput(field="endpoint", reason="not_an_address", given=host[:80])
    if parts.scheme == "http" and not _is_near(host):
        raise BadInput(field="endpoint", reason="not_https", given=host[:80])
    if not name or len(name) > _LONGEST_MODEL or not name.isprintable():
        raise BadInput(field="endpoint", reason="model")
    return Endpoint(given, name, on)


def leaves_computer(url: str) -> bool:
    """Whether an address is another computer's; a name that is not plainly this one's counts as another's."""
    host = (urlsplit(url).hostname or "").rstrip(".").lower()
    if host == "localhost":
        return False
    address = _address(host)
    return address is None or not address.is_loopback


def _is_near(host: str) -> bool:
    address = _address(host)
    return host.lower() == "localhost" or (address is not None and (address.is_loopback or address.is_private))


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
