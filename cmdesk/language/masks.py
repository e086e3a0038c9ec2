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
_NAMES: Final = (_WEB, _MAIL, _DOMAIN, _MENTION, _HASHTAG, _FILLED)
#: Little words that ask for a name behind them.
_LINKED: Final = re.compile(
    r"(?:\b(?:à|de|du|des|le|la|les|au|aux|chez|par|avec|pour|sur|dans|en|et|ou|que|qui|notre|votre|un|une|the|a|an|at|by|with|to"
    r"|from|of|and|or|for|on|in|our|your)|[dlnqsj]['’])\Z",
    re.IGNORECASE,
)


def ranges(text: str) -> tuple[tuple[int, int], ...]:
    """What is hidden, in order and without overlaps, half-open in code points."""
    return _joined(_found(text, (*_NAMES, _SMILEY, _EMOJI)))


def _found(text: str, patterns: tuple[re.Pattern[str], ...]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    for pattern in patterns:
        for match in pattern.finditer(text):
            start, end = match.span()
            if pattern in {_WEB, _DOMAIN}:
                end = start + len(match.group().rstrip(_TAIL))
            if pattern is _DOMAIN and not _is_domain(match.group()):
                continue
            found.append((start, end))
    return found


def _joined(found: list[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    joined: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif end > start:
            joined.append((start, end))
    return tuple(joined)


def named(text: str, masked: str) -> str:
    """The masked text with a made-up name in place of a mention, a hashtag or an address that a sentence is built around.

    "L'équipe de @rosa a gagné" without it would be "L'équipe de a gagné", and every checker of grammar would say so. What
    stands by itself (a block of hashtags, a link behind the text) stays blank.
    """
    pieces: list[str] = []
    place = 0
    for start, end in _joined(_found(text, _NAMES)):
        if start < place or masked[start:end].strip():
            continue
        line_start, line_end = masked.rfind("\n", 0, start) + 1, masked.find("\n", end)
        before = masked[line_start:start].rstrip()
        after = masked[end : line_end if line_end >= 0 else len(masked)].lstrip()
        inside = before[-1:].isalpha() and after[:1].isalpha()
        opens = (not before or before[-1] in ".!?…") and after[:1].islower()
        if inside or opens or _LINKED.search(before):
            pieces += [masked[place:start], "X", "x" * (end - start - 1)]
            place = end
    return "".join([*pieces, masked[place:]])


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
