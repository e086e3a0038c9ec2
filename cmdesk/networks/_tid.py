"""Names records of the AT Protocol: a key of ours becomes the name of what it writes, the same one every time."""

from __future__ import annotations

import re
from typing import Final

from cmdesk.domain.keys import parts_of

_ALPHABET: Final = "234567abcdefghijklmnopqrstuvwxyz"
_TID = re.compile(r"[234567abcdefghij][234567abcdefghijklmnopqrstuvwxyz]{12}")
_CLOCK_BITS: Final = 10
_TIME_BITS: Final = 53
#: The lowest bits of the time (about a second) are chance, so that two parts frozen in one moment never share a name.
_BLUR_BITS: Final = 20


def tid(micros: int, clock: int) -> str:
    """A timestamp identifier (AT Protocol specification, TID): 53 bits of microseconds, 10 bits of a clock's id."""
    number = (micros & (1 << _TIME_BITS) - 1) << _CLOCK_BITS | clock & (1 << _CLOCK_BITS) - 1
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(60, -1, -5))


def rkey_of(key: str) -> str:
    """The record key that belongs to a part's key."""
    micros, chance = parts_of(key)
    blur = (1 << _BLUR_BITS) - 1
    return tid(micros & ~blur | chance & blur, chance >> _BLUR_BITS)


def is_tid(text: str) -> bool:
    """Whether a text is a timestamp identifier."""
    return _TID.fullmatch(text) is not None
