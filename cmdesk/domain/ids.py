"""Names things by client: an id of one client can never be read as an id of another.

Inside a client's file ids are small integers. Outside (command line, links, palette) they are written
``<client>-<letter><number>``, for example ``bq7xk2mp-p12``, so that a reference always names its client.
"""

import random
import re
from enum import Enum
from typing import NewType

from msgspec import Struct

from cmdesk.domain.errors import BadInput, WrongClient

ClientId = NewType("ClientId", str)
AccountId = NewType("AccountId", int)
PostId = NewType("PostId", int)
DeliveryId = NewType("DeliveryId", int)
MessageId = NewType("MessageId", int)
MediaId = NewType("MediaId", int)

#: Lower-case letters and digits without the ones that look alike; eight of them make a client id.
CLIENT_ID_ALPHABET = "abcdefghjkmnpqrstvwxyz23456789"
CLIENT_ID_LENGTH = 8

_CLIENT_ID = re.compile(rf"[{CLIENT_ID_ALPHABET}]{{{CLIENT_ID_LENGTH}}}")
_REF = re.compile(rf"(?P<client>[{CLIENT_ID_ALPHABET}]{{{CLIENT_ID_LENGTH}}})-(?P<kind>[apdmi])(?P<number>[1-9]\d{{0,17}})")


class Kind(Enum):
    """What a reference points at; the value is its letter."""

    ACCOUNT = "a"
    POST = "p"
    DELIVERY = "d"
    MESSAGE = "m"
    MEDIA = "i"


class Ref(Struct, frozen=True):
    """A reference as people and programs write it."""

    client: ClientId
    kind: Kind
    number: int

    def __str__(self) -> str:
        return f"{self.client}-{self.kind.value}{self.number}"


def new_client_id(rng: random.Random) -> ClientId:
    """A new id; with eight of thirty characters two are equal once in six hundred thousand million."""
    return ClientId("".join(rng.choices(CLIENT_ID_ALPHABET, k=CLIENT_ID_LENGTH)))


def is_client_id(text: str) -> bool:
    """Tells whether a text has the form of a client id."""
    return _CLIENT_ID.fullmatch(text) is not None


def ref(client: ClientId, kind: Kind, number: int) -> str:
    """Writes a reference."""
    return str(Ref(client, kind, number))


def parse_ref(text: str) -> Ref:
    """Reads a reference; raises BadInput when the text is none."""
    match = _REF.fullmatch(text.strip())
    if match is None:
        raise BadInput(field="id", reason="not_an_id", given=text[:80])
    return Ref(ClientId(match["client"]), Kind(match["kind"]), int(match["number"]))


def local_number(text: str, client: ClientId, kind: Kind) -> int:
    """Reads a reference that must belong to this client and be of this kind; raises WrongClient or BadInput."""
    found = parse_ref(text)
    if found.client != client:
        raise WrongClient(expected=client, found=found.client)
    if found.kind is not kind:
        raise BadInput(field="id", reason="wrong_kind", given=text[:80])
    return found.number
