"""Makes the key of a part, chosen once before its first try: when it was chosen, then chance, so that others can be made from it.

Thirty-two hexadecimal digits: fourteen of microseconds since 1970, eighteen of chance. A network that lets us name what
we write gets a name made from the key, which therefore stands in the file before anything is sent.
"""

from __future__ import annotations

import hashlib
import re
from datetime import UTC, datetime, timedelta
from typing import Final

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_KEY = re.compile(r"[0-9a-f]{32}")
CHANCE_BITS: Final = 72


def new_key(at: datetime, chance: int) -> str:
    """A key chosen at an aware moment; ``chance`` holds 72 random bits."""
    micros = (at - _EPOCH) // timedelta(microseconds=1)
    return f"{micros & (2**56 - 1):014x}{chance & (2**CHANCE_BITS - 1):018x}"


def parts_of(key: str) -> tuple[int, int]:
    """Microseconds since 1970 and chance of a key; any other text yields both from its hash, the same each time."""
    told = key if _KEY.fullmatch(key) else hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()[:32]
    return int(told[:14], 16), int(told[14:], 16)
