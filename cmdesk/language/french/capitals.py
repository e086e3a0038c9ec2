"""Capitals at the beginning of a sentence that lack their accent: Ecoute, Etonnant, A."""

from collections.abc import Iterator, Mapping
from typing import Final

from cmdesk.language.french.hits import Hit, hit
from cmdesk.language.french.lexicon import Lexicon
from cmdesk.language.french.sentence import Sentence

_ACCENTED: Final[Mapping[str, str]] = {"e": "éêè", "a": "âà", "i": "î", "o": "ô", "c": "ç"}
_SHORTEST: Final = 4  # shorter ones are names and initials more often than words


def check(sentence: Sentence, lexicon: Lexicon) -> Iterator[Hit]:
    """Unknown words with a capital that a first letter with an accent makes a common word."""
    for place, word in enumerate(sentence):
        if word.kind != "word" or word.readings or len(word.text) < _SHORTEST or not word.text[0].isupper():
            continue
        if place > 0 and sentence[place - 1].kind != "mark":
            continue
        if not word.text[1:].islower() or lexicon.valid(word.text):
            continue
        for accented in _ACCENTED.get(word.low[0], ""):
            made = accented + word.low[1:]
            if any(reading.pos in "NAVQYPWG" for reading in lexicon.readings(made)):
                yield hit("first-accent", word, made)
                break
