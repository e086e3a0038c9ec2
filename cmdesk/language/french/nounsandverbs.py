"""Nouns written like the verb they belong to, and verbs like their noun: travail and travaille, appel and appelle."""

from collections.abc import Iterator
from typing import Final

from cmdesk.language.french.hits import Hit, hit
from cmdesk.language.french.lexicon import Lexicon
from cmdesk.language.french.sentence import CLITICS, PREPOSED, PREPOSITIONS, SUBJECTS, Sentence

_SURE: Final = frozenset(
    "un mon ma mes ton ta tes votre notre vos nos ce cet cette ces du au aux des chaque plusieurs quelques aucun aucune "
    "leurs".split()
)
#: How a verb's form loses its ending to become a noun.
_ENDINGS: Final = (
    ("le", ""),
    ("e", ""),
    ("t", ""),
    ("s", ""),
    ("es", "s"),
    ("es", ""),
    ("les", "s"),
    ("ent", "s"),
    ("lent", "s"),
    ("e", "s"),
    ("ient", "ien"),
    ("t", "n"),
)


def check(sentence: Sentence, lexicon: Lexicon) -> Iterator[Hit]:
    """A verb behind a determiner, a noun behind a subject, one thing behind « les »."""
    for place, word in enumerate(sentence):
        if word.kind != "word" or word.hyphened or word.text[:1].isupper() or len(word.text) < 3:
            continue
        yield from _determined(sentence, place, lexicon)
        yield from _said(sentence, place, lexicon)
        yield from _several(sentence, place, lexicon)


def _determined(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« votre travaille », « un appelle »."""
    word = sentence[place]
    if not word.must("V") or word.low in {"sommes", "suis", "est", "ont", "sont", "avons"}:
        return
    before = sentence[place - 1]
    at = place - 2 if before.low in PREPOSED and before.must("A") else place - 1
    determiner = sentence[at]
    if not (determiner.low in _SURE and not determiner.hyphened) and not (
        at == 0 and determiner.low in {"le", "la"} and (sentence.low(place + 1) in PREPOSITIONS)
    ):
        return
    if determiner.low in {"ce", "aucun", "aucune"} and word.is_form_of("être", "pouvoir", "devoir"):
        return
    if determiner.low == "ce" and any("3s" in reading.persons or "3p" in reading.persons for reading in word.of("V")):
        return  # « ce fut », « se passe »: another rule's affair
    nouns: list[str] = []
    for ending, instead in _ENDINGS:
        if word.low.endswith(ending):
            noun = word.low[: -len(ending)] + instead
            if len(noun) > 2 and any(reading.pos == "N" for reading in lexicon.readings(noun)):
                nouns.append(noun)
    if nouns:
        yield hit("noun-verb", word, *dict.fromkeys(nouns))


def _said(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« elle travail », « je vous conseil »."""
    word = sentence[place]
    if not word.must("N") or word.can("VQYAWG"):
        return
    at = place - 1
    while sentence.low(at) in CLITICS and sentence.low(at - 1) in {*SUBJECTS, *CLITICS, "qui"}:
        at -= 1
    pronoun = sentence[at]
    if pronoun.hyphened or pronoun.low not in {"je", "j'", "tu", "il", "elle", "on", "ils", "elles"}:
        return
    if sentence[at].low in {"elle", "elles"} and sentence.low(at - 1) in PREPOSITIONS | {"et", "comme", "que", "qu'"}:
        return
    if sentence.low(place - 1) in {"le", "la", "l'", "les", "leur", "en"}:
        return
    person = SUBJECTS[pronoun.low]
    for stem in (word.low + "ler", word.low + "er", word.low + "r", word.low + "ir"):
        if any(reading.pos == "Y" for reading in lexicon.readings(stem)):
            made = lexicon.conjugated(stem, "Ip", person)
            if made:
                yield hit("noun-verb", word, made)
                return


def _several(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« respectez les consigne »."""
    word, before, opener = sentence[place], sentence[place - 1], sentence[place - 2]
    if before.low != "les" or before.hyphened or not word.can("N") or word.low.endswith(("s", "x", "z")):
        return
    if not (
        opener.must("V")
        or opener.must("Y")
        or opener.low in (PREPOSITIONS - {"de", "à", "pour", "sans"})
        or opener.low in {"tous", "toutes"}
    ):
        return
    nouns = lexicon.readings(word.low)
    if any(reading.pos in "NA" and reading.number in {"p", "i"} for reading in nouns) or any(
        reading.pos in "YBGWP" for reading in nouns
    ):
        return
    made = lexicon.inflected(word.low, "", "p", "N")
    if made:
        yield hit("plural-noun", word, made)
