"""How one secret lies in several small entries: a head that tells how many parts and their hash, then the parts.

Windows keeps at most 1,280 UTF-16 units per entry, so no entry is longer than 1,000 characters, all of them ASCII.
The text that is split says whose secret it is; entries swapped by hand or by a faulty restore are refused on reading.
"""

from __future__ import annotations

import json
from typing import Final

from msgspec import Struct

from cmdesk.domain.digest import sha256
from cmdesk.domain.errors import BadInput, SecretDamaged, WrongClient
from cmdesk.domain.secret import Secret

LONGEST_ENTRY: Final = 1000
MOST_PARTS: Final = 99
GENERATIONS: Final = ("a", "b")

_MARK: Final = "cmdesk1"
_FIRST_PART: Final = LONGEST_ENTRY - 100  # what a head leaves free beside its mark, numbers and hash


class Label(Struct, frozen=True):
    """Whose secret it is."""

    client: str
    account: str
    name: str


class Packed(Struct, frozen=True):
    """A secret as entries: ``head`` (with the first part inside) and ``parts``; its repr tells nothing because it is one."""

    head: str
    parts: tuple[str, ...]

    def __repr__(self) -> str:
        return "Packed(…)"


class Head(Struct, frozen=True):
    """What a head entry says; part of a secret, so its repr tells nothing."""

    generation: str
    count: int
    digest: str
    first: str

    def __repr__(self) -> str:
        return "Head(…)"


def pack(label: Label, secret: Secret, generation: str) -> Packed:
    """Raises ``BadInput`` if the secret is longer than about 99,000 characters, far beyond any token."""
    text = json.dumps(
        {"client": label.client, "account": label.account, "name": label.name, "secret": secret.reveal()},
        ensure_ascii=True,
        separators=(",", ":"),
    )
    first, rest = text[:_FIRST_PART], text[_FIRST_PART:]
    parts = tuple(rest[start : start + LONGEST_ENTRY] for start in range(0, len(rest), LONGEST_ENTRY))
    if len(parts) > MOST_PARTS:
        raise BadInput("value", "too_long")
    return Packed(f"{_MARK}|{generation}|{len(parts)}|{_digest(text)}|{first}", parts)


def read_head(entry: str) -> Head | None:
    """None if the entry is no head that this version writes."""
    pieces = entry.split("|", 4)
    if len(pieces) != 5 or pieces[0] != _MARK or pieces[1] not in GENERATIONS:
        return None
    if not (pieces[2].isascii() and pieces[2].isdigit() and int(pieces[2]) <= MOST_PARTS):
        return None
    return Head(pieces[1], int(pieces[2]), pieces[3], pieces[4])


def unpack(label: Label, head: Head, parts: list[str]) -> Secret:
    """Raises ``SecretDamaged`` if a letter differs from what was packed, ``WrongClient`` if it is another client's."""
    text = "".join([head.first, *parts])
    if _digest(text) != head.digest:
        raise SecretDamaged(label.account, label.name, "altered")
    kept = _object(text)
    if kept.get("client") != label.client:
        raise WrongClient(account=label.account, name=label.name)
    if (kept.get("account"), kept.get("name")) != (label.account, label.name):
        raise SecretDamaged(label.account, label.name, "misfiled")
    secret = kept.get("secret")
    if not isinstance(secret, str):
        raise SecretDamaged(label.account, label.name, "unreadable")
    return Secret(secret)


def write_names(names: frozenset[str]) -> str:
    """The index entry of an account; raises ``BadInput`` if it would be too long for one entry."""
    entry = "|".join([_MARK, *sorted(names)])
    if len(entry) > LONGEST_ENTRY:
        raise BadInput("name", "too_many")
    return entry


def read_names(entry: str | None) -> frozenset[str]:
    """The names in an index entry; none if there is no such entry or it is not ours."""
    mark, *names = (entry or "").split("|")
    return frozenset(names) if mark == _MARK else frozenset()


def _object(text: str) -> dict[str, object]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass"))
