"""Describes the journal: one line for everything that was tried or decided, each bound to the one before by its hash.

The hash of a line is SHA-256 over the hash before it and the line's canonical form, so that a line that was changed,
taken out or put in shows from there on. Anybody can check an exported journal with these few lines; what the chain
can't show is a tail cut off as a whole (this computer remembers the last line for that).
"""

import json
from collections.abc import Iterable
from datetime import UTC, datetime
from enum import Enum

from msgspec import Struct

from cmdesk.domain.digest import sha256
from cmdesk.domain.ids import DeliveryId


class Event(Enum):
    """What a line tells. A call has two lines: one written before it, one after."""

    BEGUN = "begun"  # a call that can change something is about to be made
    ENDED = "ended"  # and this is what is known of it
    LOOKED = "looked"  # the account's own posts were read
    DECIDED = "decided"  # a person said what is to be done
    HELD = "held"  # the queue or a delivery was stopped
    CONFIRMED = "confirmed"  # a person said which file is the real one
    FROZEN = "frozen"
    THAWED = "thawed"
    RETIMED = "retimed"  # the rules of a zone changed, and with them the instant of a planned wall time
    NOTED = "noted"  # taken over from before there was a journal


class Line(Struct, frozen=True):
    """One line. ``account`` is a handle as it was then; ``outcome`` a code, ``detail`` JSON with what proves it.

    ``at`` has whole milliseconds. ``delivery`` and ``part`` are None for what concerns the whole client.
    """

    number: int
    at: datetime
    event: Event
    delivery: DeliveryId | None
    part: int | None
    account: str
    outcome: str
    detail: str
    previous: str
    hash: str


class Verified(Struct, frozen=True):
    """What a check of the chain found. ``broken_at`` is the first line that does not fit; ``why`` a code.

    ``changed``: the line's own hash is not that of its words; ``order``: it does not continue the line before (one was
    taken out or put in); ``tail``: this computer remembers a line that is missing at the end.
    """

    lines: int
    head: str
    broken_at: int | None = None
    why: str = ""

    @property
    def sound(self) -> bool:
        """Whether every line is as it was written."""
        return self.broken_at is None


def genesis(client: str) -> str:
    """What the first line of a client continues: no other client's journal can be put in its place."""
    return sha256(f"cmdesk journal {client}".encode())


def canonical(line: Line) -> str:
    """A line as it is hashed: a JSON list without spaces; ``at`` in milliseconds since 1970 UTC."""
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    millis = round((line.at - epoch).total_seconds() * 1000)
    facts = [line.number, millis, line.event.value, line.delivery, line.part, line.account, line.outcome, line.detail]
    return json.dumps(facts, ensure_ascii=True, separators=(",", ":"))


def chained(previous: str, words: str) -> str:
    """The hash of a line (SHA-256, hex) from the hash before it and its canonical form."""
    return sha256(f"{previous}\n{words}".encode())


def verify(client: str, lines: Iterable[Line], last_known: tuple[int, str] | None = None) -> Verified:
    """Checks a whole journal, oldest line first. ``last_known`` is a line's number and hash as remembered elsewhere."""
    head, count, number = genesis(client), 0, 0
    remembered = last_known is None or last_known[0] == 0
    for line in lines:
        if line.previous != head or line.number != number + 1:
            return Verified(count, head, line.number, "order")
        if chained(head, canonical(line)) != line.hash:
            return Verified(count, head, line.number, "changed")
        head, number, count = line.hash, line.number, count + 1
        if last_known is not None and number == last_known[0]:
            if line.hash != last_known[1]:
                return Verified(count, head, number, "changed")
            remembered = True
    if not remembered and last_known is not None:
        return Verified(count, head, last_known[0], "tail")
    return Verified(count, head)
