"""Counts what a person sees as one character: extended grapheme clusters, by the rules of Unicode (UAX 29)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import Final

from cmdesk.domain._graphemes import RANGES

# Letters and marks of western texts that never join with each other; whatever may join is looked at with its neighbours.
_ALONE: Final = r"\x00-\x0c\x0e-\u02ff\u2010-\u2027\u202f-\u203b\u203d-\u2048\u204a-\u205e\u20a0-\u20bf"
_MAY_JOIN: Final = re.compile(rf"(?:[^{_ALONE}]+[{_ALONE}]?)+")
#: One cluster in a text whose characters were replaced by the letters of their classes.
_CLUSTER: Final = re.compile(r"RN|[CRN]|P*(?:L*(?:V+|WV*|H)T*|L+|T+|II|X(?:E*ZX)*|[^CRN])[EZS]*")
_FIRST_SYLLABLE: Final = 0xAC00
_LAST_SYLLABLE: Final = 0xD7A3
_FINALS: Final = 28
_RANGE: Final = re.compile(r"([0-9a-f]+)(?:-([0-9a-f]+))?([A-Z])")


class _Classes(dict[int, str]):
    """Code points with the letters of their classes, for ``str.translate``; O is what never joins of itself."""

    def __missing__(self, point: int) -> str:
        if _FIRST_SYLLABLE <= point <= _LAST_SYLLABLE:
            return "H" if (point - _FIRST_SYLLABLE) % _FINALS else "W"
        return "O"


@cache
def classes() -> Mapping[int, str]:
    """The letter of each code point's class; made at the first character that may join: many texts have none."""
    found = _Classes()
    for first, last, letter in _RANGE.findall(RANGES):
        found.update(dict.fromkeys(range(int(first, 16), int(last or first, 16) + 1), letter))
    return found


def lengths(text: str) -> list[int]:
    """The code points of each cluster of a text, in order."""
    return [len(cluster) for cluster in _CLUSTER.findall(text.translate(classes()))]


def graphemes(text: str) -> int:
    """The number of clusters.

    Letters joined by a virama are counted apart, as Unicode before 15.1 did: servers of both ages exist, and the larger
    count is the safe one. For the same reason a mark younger than our table counts by itself.
    """
    joined = 0
    for match in _MAY_JOIN.finditer(text):
        # What stands before may be joined too; there is always a border between two letters that stand alone.
        run = text[max(0, match.start() - 1) : match.end()]
        joined += len(run) - len(_CLUSTER.findall(run.translate(classes())))
    return len(text) - joined
