"""Agreement inside a noun phrase: determiner, adjective before the noun, noun; and how many after a number or a quantity."""

from collections.abc import Iterator, Mapping
from typing import Final

from cmdesk.language.french.hits import Hit, agreeing, hit
from cmdesk.language.french.lexicon import Lexicon
from cmdesk.language.french.sentence import ARTICLES, DETERMINERS, PREPOSED, Sentence, Word, is_determiner

_FEMININE: Final[Mapping[str, str]] = {
    "un": "une",
    "mon": "ma",
    "ton": "ta",
    "son": "sa",
    "le": "la",
    "ce": "cette",
    "cet": "cette",
    "au": "à la",
    "du": "de la",
    "aucun": "aucune",
}
_FEMININE_Q: Final[Mapping[str, str]] = {
    "quel": "quelle",
    "quels": "quelles",
    "certains": "certaines",
    "différents": "différentes",
    "divers": "diverses",
}
_MASCULINE: Final[Mapping[str, str]] = {
    "une": "un",
    "ma": "mon",
    "ta": "ton",
    "sa": "son",
    "la": "le",
    "cette": "ce",
    "aucune": "aucun",
    "quelle": "quel",
    "quelles": "quels",
}
_WISHES: Final = frozenset(
    "bon bonne bons bonnes joyeux joyeuse joyeuses heureux heureuse heureuses meilleur meilleure meilleurs meilleures".split()
)
_VOWELS: Final = tuple("aeiouyàâéèêëîïôûœ")
_BEFORE_VOWEL: Final[Mapping[str, str]] = {"beau": "bel", "nouveau": "nouvel", "vieux": "vieil", "ce": "cet", "fou": "fol"}
_BEFORE_CONSONANT: Final[Mapping[str, str]] = {"bel": "beau", "nouvel": "nouveau", "vieil": "vieux", "cet": "ce"}


def check(sentence: Sentence, lexicon: Lexicon) -> Iterator[Hit]:
    """Every determiner or adjective before its noun that does not agree with it."""
    for place, word in enumerate(sentence):
        if word.kind != "word" or word.hyphened:
            continue
        if word.low in _BEFORE_CONSONANT or word.low in _BEFORE_VOWEL:
            yield from _vowel(sentence, place)
        if is_determiner(sentence, place):
            yield from _phrase(sentence, place, lexicon)
        elif word.low in _WISHES and (sentence[place - 1].kind == "mark" or sentence.low(place - 1) in {"et", "de"}):
            yield from _wish(sentence, place, lexicon)


def _wish(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    """« Joyeux fêtes », « Bonne appétit »: a wish without a determiner."""
    word, noun = sentence[place], sentence[place + 1]
    if noun.kind != "word" or not noun.must("N") or noun.can("A") or noun.text.isupper():
        return
    nouns = noun.of("N")
    genders = {reading.gender for reading in nouns}
    numbers = {reading.number for reading in nouns}
    if len(genders) != 1 or not genders <= {"m", "f"} or len(numbers) != 1 or not numbers <= {"s", "p"}:
        return
    gender, number = genders.pop(), numbers.pop()
    if any(reading.gender in {gender, "e"} and reading.number in {number, "i"} for reading in word.of("A")):
        return
    right = agreeing(lexicon, word, gender, number, "A")
    if right:
        fix = (
            _BEFORE_VOWEL.get(right[0], right[0])
            if noun.low.startswith(_VOWELS) and gender == "m" and number == "s"
            else right[0]
        )
        yield hit("adjective-before", word, fix)


def _vowel(sentence: Sentence, place: int) -> Iterator[Hit]:
    """« un bel bouquet », « ce automne », « un beau été »."""
    word, after = sentence[place], sentence[place + 1]
    if after.kind != "word" or not after.can("NA") or after.hyphened or after.text[:1].isupper() or not after.readings:
        return
    vowel = after.low.startswith(_VOWELS)
    if (
        word.low in _BEFORE_CONSONANT
        and not vowel
        and not after.low.startswith("h")
        and (word.low == "cet" or after.can("N"))
        and after.low not in {"et", "ou"}
    ):
        if (
            word.low == "cet"
            and any(reading.gender == "f" for reading in after.of("N"))
            and not any(reading.gender == "m" for reading in after.of("N"))
        ):
            yield hit("vowel-form", word, "cette")
        else:
            yield hit("vowel-form", word, _BEFORE_CONSONANT[word.low])
    elif (
        word.low in {"ce", "beau", "nouveau", "vieux"}
        and vowel
        and after.can("N")
        and not after.can("VGW")
        and after.must("NA")
        and after.low not in {"onze", "onzième", "oui", "yoga", "yogourt", "yaourt", "yacht", "ouistiti", "yo-yo", "y"}
    ):
        if any(reading.gender in {"m", "e"} and reading.singular for reading in after.of("N")) and (
            word.low == "ce" or is_determiner(sentence, place - 1)
        ):
            yield hit("vowel-form", word, _BEFORE_VOWEL[word.low])
        elif word.low == "ce" and any(reading.gender == "f" and reading.singular for reading in after.of("N")):
            yield hit("vowel-form", word, "cette")


def _phrase(sentence: Sentence, place: int, lexicon: Lexicon) -> Iterator[Hit]:
    determiner = sentence[place]
    told = DETERMINERS.get(determiner.low) or ARTICLES[determiner.low]
    adjective: Word | None = None
    at = place + 1
    if sentence.low(at) in PREPOSED and sentence[at].can("A") and sentence[at + 1].can("N") and sentence[at + 1].kind == "word":
        adjective = sentence[at]
        at += 1
    noun = sentence[at]
    if noun.kind != "word" or noun.hyphened or not noun.can("N") or noun.text[:1].isupper() or noun.can("G"):
        return
    nouns = noun.of("N")
    genders = {reading.gender for reading in nouns}
    numbers = {reading.number for reading in nouns}
    if "e" in genders or "" in genders or len(genders) != 1:
        return
    gender = genders.pop()
    if adjective is None:
        if (
            noun.must("N")
            and told[0] in "mf"
            and told[0] != gender
            and told[1] == "s"
            and numbers == {"s"}
            and determiner.low not in {"la", "le", "du", "au", "son", "ce"}
        ):
            swapped = (_FEMININE if gender == "f" else _MASCULINE).get(determiner.low) or _FEMININE_Q.get(determiner.low, "")
            if swapped == "ce" and noun.low.startswith(_VOWELS):
                swapped = "cet"
            if swapped and not sentence[at + 1].can("N"):
                yield hit("determiner", determiner, swapped)
        return
    number = told[1]
    if (number == "p" and numbers == {"s"}) or (number == "s" and numbers == {"p"}):
        return
    if any(
        reading.gender in {gender, "e"} and (reading.plural if number == "p" else reading.singular)
        for reading in adjective.of("AQN")
    ):
        return
    if told[0] in "mf" and told[0] != gender and not any(reading.gender in {gender, "e"} for reading in adjective.of("AQ")):
        return  # determiner and adjective say the same: another reading of the noun, or a foreign word
    right = agreeing(lexicon, adjective, gender, number, "AQ")
    if right:
        fix = (
            _BEFORE_VOWEL.get(right[0], right[0])
            if noun.low.startswith(_VOWELS) and gender == "m" and number == "s"
            else right[0]
        )
        between = " " if not determiner.low.endswith("'") else ""
        yield hit("adjective-before", determiner, f"{determiner.low}{between}{fix}", until=adjective)
