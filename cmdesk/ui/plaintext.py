"""Reduces foreign plain text to what may be shown; apart from HTML, which needs far more to be loaded."""

import re
import unicodedata
from typing import Final

MOST: Final = 20_000
LONGEST_RUN: Final = 200

#: Opens and closes a run of text whose direction can't spill over to its neighbours (Unicode Bidirectional Algorithm, isolates).
ISOLATE: Final = "\u2068"
POP: Final = "\u2069"

_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_INVISIBLE = frozenset("\u200b\u2060\ufeff\u00ad\u180e\u2061\u2062\u2063\u2064")
_RUN = rf"\S{{{LONGEST_RUN}}}(?=\S)"
#: A place where a line may break without anything being seen.
_BREAK = "\u200b"


def plain(text: str) -> str:
    """Foreign text without control characters, overrides of direction and invisible marks; at most 20,000 characters."""
    kept = []
    for character in text[: MOST * 2]:
        if character in "\n\t":
            kept.append(character)
        elif character in _OVERRIDES or character in _INVISIBLE:
            continue
        elif unicodedata.category(character) in {"Cc", "Cs", "Co", "Cn"} or character in "\u2028\u2029":
            kept.append(" ")
        else:
            kept.append(character)
    return "".join(kept)[:MOST]


def name(text: str, most: int = 200) -> str:
    """A foreign name on one line, isolated so that its direction can't turn what stands beside it."""
    return f"{ISOLATE}{' '.join(plain(text[: most * 4]).split())[:most]}{POP}"


def broken(text: str) -> str:
    """The text with invisible break points in runs longer than 200 characters, so that no word makes a window wider."""
    return re.sub(_RUN, lambda match: match[0] + _BREAK, text)


def escaped(text: str) -> str:
    """Plain text as HTML shows it: nothing in it is markup, also not inside the quotes of an attribute."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;").replace("'", "&#x27;")
