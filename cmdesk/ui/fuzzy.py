"""Finds what somebody means by a few letters, for the palette."""

import unicodedata
from typing import Final

_START: Final = 8
_NEXT: Final = 5
_GAP: Final = 1


def folded(text: str) -> str:
    """Lower case without accents: "Théâtre" is found by "theatre"."""
    return "".join(c for c in unicodedata.normalize("NFKD", text.casefold()) if not unicodedata.combining(c))


def score(query: str, text: str) -> int | None:
    """How well the letters of the query, in order, fit a text; None when they don't. Higher is better; 0 for an empty query.

    Letters at the start of words and letters that follow each other count more, later places a little less.
    """
    letters = [letter for letter in folded(query) if not letter.isspace()]
    if not letters:
        return 0
    target = folded(text)
    whole = folded(query).strip()
    if whole in target:
        place = target.index(whole)
        word = place == 0 or not target[place - 1].isalnum()
        return 1000 + (200 if word else 0) + (100 if place == 0 else 0) - len(target)
    total, place, before = 0, -1, -2
    for letter in letters:
        place = target.find(letter, place + 1)
        if place < 0:
            return None
        if place == 0 or not target[place - 1].isalnum():
            total += _START
        elif place == before + 1:
            total += _NEXT
        else:
            total -= _GAP * min(5, place - before)
        before = place
    return total if total > 0 else None
