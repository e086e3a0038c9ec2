"""Tells which language a text, or one paragraph of it, is written in, because posts of bilingual clients hold both."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, Final

from msgspec import Struct

from cmdesk import resources

_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def _words(line: str) -> frozenset[str]:
    return frozenset(line.split())


#: Little words that only one of the two languages has.
_FRENCH: Final = _words(
    "à au aux avec ce ces cet cette chez c'est dans de des du elle elles en est et être eux il ils j'ai je la le les leur leurs"
    " lui ma mais mes moi même n'est ne ni nos notre nous n'y où par pas pour puis qu'il qu'on que qui quand quel quelle sa sans"
    " ses si sont sur ta te tes toi ton tous tout toute toutes tu un une vos votre vous y était été merci bonjour très aussi"
    " l'équipe d'une d'un jusqu'à venez voici voilà aujourd'hui demain"
)
_ENGLISH: Final = _words(
    "the and of to in is are was were it this that these those we you they he she i i'm we're you're it's don't can't our your"
    " their his her my with for from at by be been have has had will would can could should not what when where who how which"
    " there here more than but if so up out about into your's let's let us all any some just now new get see today tomorrow"
    " thanks thank hello who's do does did"
)
_SURE: Final = 0.8
_ENOUGH_LETTERS: Final = 20


class Guess(Struct, frozen=True):
    """``language`` is "fr", "en", another tag, or "" when there is too little to say; ``sure`` contradicts a home."""

    language: str
    sure: bool = False


def guess(text: str, home: str = "") -> Guess:
    """The language of a (masked) text; ``home`` is what it is expected to be, and needs less to be believed."""
    words = [word.casefold().replace("’", "'") for word in _WORD.findall(text)]
    if not words:
        return Guess("")
    scores = {"fr": sum(word in _FRENCH for word in words), "en": sum(word in _ENGLISH for word in words)}
    best = max(scores, key=lambda language: scores[language])
    lead = scores[best] - min(scores.values())
    if lead >= 3 and min(scores.values()) * 4 <= scores[best]:
        return Guess(best, sure=True)
    told, chance = _told(" ".join(words))
    if told in scores:
        other = "en" if told == "fr" else "fr"
        if scores[told] > scores[other] or (scores[told] == scores[other] and chance >= _SURE and told == (home or told)):
            return Guess(told, sure=chance >= _SURE and lead >= 2)
    elif told and chance >= _SURE and len(words) >= 4 and scores[best] * 6 <= len(words):
        return Guess(told, sure=True)
    if lead:
        return Guess(best)
    return Guess(told if told in scores and chance >= _SURE else "")


def _told(line: str) -> tuple[str, float]:
    """What the model says of a line, and how sure it is; nothing where it is missing or the line is too short."""
    model = _model()
    if model is None or len(line) < _ENOUGH_LETTERS:
        return "", 0.0
    labels, chances = model.predict(line, k=1)
    return (str(labels[0]).removeprefix("__label__"), float(chances[0])) if labels else ("", 0.0)


@cache
def _model() -> Any:
    try:
        import fasttext  # not on every machine, and only where a language is in doubt
    except ImportError:
        return None
    return fasttext.load_model(str(resources.path("language", "lid.176.ftz")))
