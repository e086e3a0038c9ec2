"""Hides from the checkers what is no prose: addresses, mentions, hashtags, emoji, smileys, places to fill in.

A masked text has the same length in code points, with spaces in place of what is hidden, so that every position holds in both.
"""

from __future__ import annotations

import re
from typing import Final

from cmdesk.domain._tlds import TLDS

_WEB: Final = re.compile(r"\b[a-z][a-z0-9+.\-]{1,15}://[^\s<>«»]+|\bwww\.[^\s<>«»]+", re.IGNORECASE)
_MAIL: Final = re.compile(r"[\w.+\-]{1,64}@[\w\-]{1,63}(?:\.[\w\-]{1,63})+")
#: A bare domain; its last label is looked up, for "vendredi.La suite" lacks a space and is no address.
_DOMAIN: Final = re.compile(r"(?<![\w@.\-])[^\W_](?:[\w\-]{0,61}\w)?(?:\.[^\W_](?:[\w\-]{0,61}\w)?)+(?:[/?#][^\s<>«»]*)?")
_MENTION: Final = re.compile(r"(?<![\w@＠./])[@＠]\w[\w.\-]*\w(?:@[\w\-]+(?:\.[\w\-]+)+)?|(?<![\w@＠./])[@＠]\w")
_HASHTAG: Final = re.compile(r"(?<!\w)[#＃]\w+(?:[’'\-]\w+)*")
_FILLED: Final = re.compile(r"\{\{?[^{}\n]{1,40}\}\}?")
_SMILEY: Final = re.compile(r"(?<!\w)(?:[:;=8xX]['’]?-?[)(\]\[DPpOo3/\\|*]+|<3+|\^_*\^|[:;]['’]-?\()(?!\w)")
#: What stands behind an address and belongs to the sentence.
_TAIL: Final = ".,;:!?…)»\"'’]"

_PICTURE: Final = (
    "\u2190-\u21ff\u2300-\u23ff\u2460-\u24ff\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff\u3030\u303d\u3297\u3299"
    "\U0001f000-\U0001faff\U0001fb00-\U0001fbff"
)
_EMOJI: Final = re.compile(rf"[0-9#*]\ufe0f?\u20e3|[{_PICTURE}\ufe0e\ufe0f\u200d\U000e0020-\U000e007f]+|[©®™]\ufe0f")
#: One picture as a reader counts them, for voices that use few.
EMOJI: Final = re.compile(
    rf"[\U0001f1e6-\U0001f1ff]{{2}}|[0-9#*]\ufe0f?\u20e3"
    rf"|[{_PICTURE}][\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]*(?:\u200d[{_PICTURE}][\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]*)*"
)
HASHTAG: Final = _HASHTAG


def ranges(text: str) -> tuple[tuple[int, int], ...]:
    """What is hidden, in order and without overlaps, half-open in code points."""
    found: list[tuple[int, int]] = []
    for pattern in (_WEB, _MAIL, _DOMAIN, _MENTION, _HASHTAG, _FILLED, _SMILEY, _EMOJI):
        for match in pattern.finditer(text):
            start, end = match.span()
            if pattern in {_WEB, _DOMAIN}:
                end = start + len(match.group().rstrip(_TAIL))
            if pattern is _DOMAIN and not _is_domain(match.group()):
                continue
            found.append((start, end))
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif end > start:
            joined.append((start, end))
    return tuple(joined)


def masked(text: str) -> str:
    """The text with spaces in place of what is no prose, of the same length."""
    return blanked(text, ranges(text))


def blanked(text: str, hidden: tuple[tuple[int, int], ...]) -> str:
    """The text with spaces in these ranges."""
    if not hidden:
        return text
    pieces: list[str] = []
    place = 0
    for start, end in hidden:
        pieces += [text[place:start], " " * (end - start)]
        place = end
    return "".join([*pieces, text[place:]])


def _is_domain(found: str) -> bool:
    name = re.split(r"[/?#]", found, maxsplit=1)[0]
    labels = name.split(".")
    last = labels[-1]
    if last.lower() not in TLDS or not any(letter.isalpha() for letter in "".join(labels[:-1])):
        return False
    # "demain.La" is the end of a sentence and the start of another; nobody writes a name's ending with one capital.
    return not (last[:1].isupper() and not last.isupper())
