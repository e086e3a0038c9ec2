"""Cuts a long text into the parts of a thread, at the ends of paragraphs and sentences, so that every part fits."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from typing import Final

from cmdesk.domain.clusters import lengths
from cmdesk.domain.post import THREAD_MARK, split_thread

#: What ends a sentence, with the closing marks that may follow; not the dot of a number, of an initial or of an address.
_SENTENCE: Final = re.compile(r".+?(?:[.!?…]+(?:[ \u00a0\u202f]?[»”]|[\"')\]])*(?=\s)|\n+|$)", re.DOTALL)
_SHORT: Final = re.compile(r"(?:\b(?:M|Mme|Mlle|Dr|Dre|St|Ste|Mr|Mrs|Ms|etc|p\. ex|e\.g|i\.e|no|art|av|boul)|\b[A-ZÀ-Ý])\.$")
_WORD: Final = re.compile(r"\S+\s*")
#: More parts than any reader follows; a text that needs more is not cut.
MOST_PARTS: Final = 99

#: How much room a text takes and how much there is: negative when it does not fit.
Room = Callable[[str], int]


def split(text: str, room: Room, *, numbered: bool = False) -> str:
    """The text with a line of dashes between parts that fit. Parts that were cut by hand stay cut.

    ``numbered`` ends each part with its number ("2/5"), as part of what has to fit. Words are never changed, only the space
    where a part ends is. A text that fits, or could not be made to fit in 99 parts, comes back as it was.
    """
    parts = split_thread(text)
    if all(room(part) >= 0 for part in parts) and not (numbered and len(parts) > 1):
        return text
    cut, tail = _parted(parts, room, numbered, 9)
    if len(cut) > 9:
        cut, tail = _parted(parts, room, numbered, MOST_PARTS)
    if len(cut) > MOST_PARTS or any(room(piece + tail) < 0 for piece in cut):
        return text
    if numbered:
        cut = [f"{piece} {number}/{len(cut)}" for number, piece in enumerate(cut, start=1)]
    return f"\n{THREAD_MARK}\n".join(cut)


def _parted(parts: Sequence[str], room: Room, numbered: bool, most: int) -> tuple[list[str], str]:
    """The pieces of all parts, with room kept for numbers up to ``most``; and the longest such number."""
    tail = f" {most}/{most}" if numbered else ""
    return [piece for part in parts for piece in _cut(part, room, tail)], tail


def _cut(part: str, room: Room, tail: str) -> Iterator[str]:
    """One part as pieces that fit, each as full as whole sentences make it."""
    begun = ""
    for piece in _pieces(part, room, tail):
        if begun and room((begun + piece).rstrip() + tail) < 0:
            yield begun.strip()
            begun = piece.lstrip()
        else:
            begun += piece
    if begun.strip():
        yield begun.strip()


def _pieces(part: str, room: Room, tail: str) -> Iterator[str]:
    """Sentences; where one alone does not fit its words, and where a word does not, its letters."""
    for sentence in _sentences(part):
        if room(sentence.strip() + tail) >= 0:
            yield sentence
            continue
        for word in _WORD.findall(sentence):
            if room(word.strip() + tail) >= 0:
                yield word
                continue
            at = 0
            for length in lengths(word):
                yield word[at : at + length]
                at += length


def _sentences(text: str) -> list[str]:
    found: list[str] = []
    for match in _SENTENCE.finditer(text):
        piece = match[0]
        # "M. Roy" and "12 h p. ex." go on: what looked like an end was a short form.
        if found and _SHORT.search(found[-1].rstrip()) and "\n" not in found[-1]:
            found[-1] += piece
        else:
            found.append(piece)
    return [piece for piece in found if piece]
