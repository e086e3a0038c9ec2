"""Knows the words of a language by its dictionary and proposes what a misspelt one may have been meant to be.

Hunspell where it is to be had; without it there are no proposals from here, and no verdicts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from cmdesk import resources
from cmdesk.domain.language import Finding, Profile, Severity
from cmdesk.language.explaining import explained

_FILES: Final[Mapping[str, str]] = {"fr": "fr", "en": "en-CA"}
_MOST: Final = 5
_CACHED: Final = 4_000
#: Words of one text for which proposals are sought far away (a quarter of a second each), and how long they may be.
_MOST_FAR: Final = 3
_LONGEST_FAR: Final = 24
WORD: Final = re.compile(r"[^\W\d_]+(?:[’'\-][^\W\d_]+)*")
_ACCENTS: Final[Mapping[str, str]] = {"e": "éèêë", "a": "àâ", "i": "îï", "o": "ôö", "u": "ùûü", "c": "ç"}
_ALPHABETS: Final[Mapping[str, str]] = {"en": "abcdefghijklmnopqrstuvwxyz'", "fr": "abcdefghijklmnopqrstuvwxyzéèêàâçîïôûùœ'"}
_MOST_ACCENTS: Final = 3
_VOWELS: Final = frozenset("aeiouy")
#: The endings and beginnings that stick to a French word with an apostrophe.
_ELIDED: Final = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|presqu|quelqu)['’]", re.IGNORECASE)
_ATTACHED: Final = re.compile(
    r"-(?:je|tu|il|elle|on|nous|vous|ils|elles|le|la|les|lui|leur|moi|toi|y|en|ce|ci|là|t-il|t-elle|t-on)$", re.IGNORECASE
)


class Speller:
    """One language's dictionary. Not for several threads."""

    def __init__(self, language: str, hunspell: Any) -> None:
        self.language = language
        self._hunspell = hunspell
        self._own = own_words(language)
        self._found: dict[str, tuple[str, ...]] = {}
        self._far = 0

    def begin(self) -> None:
        """Another text: a few of its words may be searched for far away again."""
        self._far = 0

    def knows(self, word: str) -> bool:
        """Whether it is a word as it is written (its capitals forgiven)."""
        plain = word.replace("’", "'")
        return self._is(plain) or self._is(plain.lower())

    def _is(self, word: str) -> bool:
        return word.casefold() in self._own or bool(self._hunspell.spell(word))

    def suggest(self, word: str) -> tuple[str, ...]:
        """What may have been meant, the likeliest first, in the word's own case."""
        plain = word.replace("’", "'").lower()
        found = self._found.get(plain)
        if found is None:
            found, whole = self._suggested(plain)
            if whole:
                if len(self._found) >= _CACHED:
                    self._found.clear()
                self._found[plain] = found
        if word[:1].isupper():
            found = tuple(one.upper() if len(word) > 1 and word.isupper() else one[:1].upper() + one[1:] for one in found)
        return tuple(one.replace("'", "’") for one in found) if "’" in word else found

    def _suggested(self, word: str) -> tuple[tuple[str, ...], bool]:
        """The proposals, and whether everything was tried for them."""
        rows = [*self._with_accents(word), *self._one_edit_away(word)]
        far = self._far < _MOST_FAR and len(word) <= _LONGEST_FAR
        if not rows and far:
            # It looks further, and takes a hundred times as long.
            self._far += 1
            rows = list(self._hunspell.suggest(word))
        found = [one for one in dict.fromkeys(rows) if self.language == "en" or one.islower() or not one[:1].isupper()]
        # What one says alike is likelier than what one types alike; Hunspell's own order decides among equals.
        ordered = tuple(sorted(found, key=lambda one: (cost(word, one), found.index(one)))[:_MOST])
        return ordered, far or bool(rows) or len(word) > _LONGEST_FAR

    def _one_edit_away(self, word: str) -> list[str]:
        """The words that differ by one letter too many, too few, another one, or two in the wrong order."""
        letters = _ALPHABETS[self.language]
        parts = [(word[:place], word[place:]) for place in range(len(word) + 1)]
        rows = [head + tail[1] + tail[0] + tail[2:] for head, tail in parts if len(tail) > 1]
        rows += [head + tail[1:] for head, tail in parts if tail]
        rows += [head + letter + rest for head, tail in parts for letter in letters for rest in (tail, tail[1:])]
        return [row for row in dict.fromkeys(rows) if row != word and len(row) > 1 and self._is(row)]

    def _with_accents(self, word: str) -> list[str]:
        """The words that differ by accents alone, which no edit distance finds when there are three."""
        if self.language != "fr":
            return []
        found, rows = [], [word]
        for _ in range(_MOST_ACCENTS):
            rows = list(
                dict.fromkeys(
                    row[:place] + accent + row[place + 1 :]
                    for row in rows
                    for place, letter in enumerate(row)
                    for accent in _ACCENTS.get(letter, "")
                )
            )[:600]
            found += [row for row in rows if self._hunspell.spell(row)]
            if found:
                break
        return found


class DictionaryChecker:
    """Marks unknown words by the dictionary alone: French where Grammalecte is missing."""

    def __init__(self, language: str, speller: Speller) -> None:
        self._language = language
        self._speller = speller

    def __call__(self, _text: str, masked: str, profile: Profile) -> list[Finding]:
        """The unknown words that are no names."""
        found = []
        for match in WORD.finditer(masked):
            word = match[0]
            if word[:1].islower() and word.islower() and not self._known(word):
                found.append(misspelt(match.start(), word, self._speller, profile))
        return found

    def _known(self, word: str) -> bool:
        core = _ATTACHED.sub("", _ELIDED.sub("", word)) if self._language == "fr" else word
        return self._speller.knows(word) or self._speller.knows(core) or all(self._speller.knows(one) for one in core.split("-"))


def misspelt(start: int, word: str, speller: Speller | None, profile: Profile, more: tuple[str, ...] = ()) -> Finding:
    """The finding about an unknown word: sure when a word stands very near, else worth a look."""
    fixes = tuple(dict.fromkeys([*(speller.suggest(word) if speller is not None else ()), *more]))[:_MOST]
    near = bool(fixes) and len(word) > 3 and cost(word.lower(), fixes[0].lower()) <= 1
    return Finding(
        start=start,
        end=start + len(word),
        rule=f"spell.{profile.language}",
        family="spelling",
        severity=Severity.BLOCK if near else Severity.WARN,
        message=explained("spelling", profile.tongue, word=word),
        fixes=fixes,
    )


@cache
def speller(language: str) -> Speller | None:
    """The dictionary of a language, or None where Hunspell is missing."""
    try:
        from hunspell import Hunspell  # not on every machine, and only where a word is in doubt
    except ImportError:
        return None
    folder = resources.path("language", "dictionaries")
    return Speller(language, Hunspell(_FILES[language], hunspell_data_dir=str(folder)))


@cache
def own_words(language: str) -> frozenset[str]:
    """Words that no dictionary has: of the trade, of the kitchen, of places; in lower case."""
    lines = resources.text("language", "words", f"{language}.txt").splitlines()
    return frozenset(line.strip().casefold() for line in lines if line.strip() and not line.startswith("#"))


def bare(word: str) -> str:
    """A word without its accents, in lower case."""
    return "".join(letter for letter in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(letter))


def cost(wrong: str, right: str) -> float:
    """How unlikely it is that ``right`` was meant: accents and doubled letters weigh little, strange letters much."""
    if bare(wrong) == bare(right):
        return 0.2
    width = len(right) + 1
    rows = [[0.0] * width for _ in range(len(wrong) + 1)]
    for i in range(len(wrong) + 1):
        for j in range(width):
            if i == 0 or j == 0:
                rows[i][j] = float(i + j)
                continue
            rows[i][j] = min(
                rows[i - 1][j] + _single(wrong, i),
                rows[i][j - 1] + _single(right, j),
                rows[i - 1][j - 1] + _swap(wrong[i - 1], right[j - 1]),
            )
            if i > 1 and j > 1 and wrong[i - 1] == right[j - 2] and wrong[i - 2] == right[j - 1]:
                rows[i][j] = min(rows[i][j], rows[i - 2][j - 2] + 0.5)
    # The first letter is hardly ever wrong.
    return rows[-1][-1] + (0.5 if bare(wrong[:1]) != bare(right[:1]) else 0.0)


def _single(word: str, place: int) -> float:
    """What a letter too many or too few weighs: little where it doubles its neighbour, or is mute at the end."""
    letter = word[place - 1]
    if place > 1 and word[place - 2] == letter:
        return 0.4
    return 0.5 if place == len(word) and letter in "estx" else 1.0


def _swap(one: str, other: str) -> float:
    if one == other:
        return 0.0
    if bare(one) == bare(other):
        return 0.2
    return 0.6 if bare(one) in _VOWELS and bare(other) in _VOWELS else 1.0
