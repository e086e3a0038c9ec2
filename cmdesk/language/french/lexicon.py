"""Reads Grammalecte's dictionary as readings of a word, and makes the other forms of a word out of it.

A line of the dictionary is ``>manger/:V1_itx____a:Ip:Sp:1s:3s/*``: lemma, kind, moods and persons, or kind, gender and number.
"""

import importlib
from collections.abc import Callable, Iterable, Sequence
from typing import Any, Final, Protocol

from msgspec import Struct

from cmdesk.language import grammalecte

_FINITE: Final = ("Ip", "Iq", "Is", "If", "K", "Sp", "Sq", "E")
_PERSONS: Final = ("1s", "2s", "3s", "1p", "2p", "3p")
_CACHED: Final = 20_000  # words; about a fortnight of posts


class Dictionary(Protocol):
    """What is asked of Grammalecte's dictionary."""

    def getMorph(self, sWord: str, /) -> Sequence[str]:  # noqa: N802, N803  # Grammalecte's own names
        """The lines of the dictionary for a word, also for its lower-case form."""

    def isValid(self, sWord: str, /) -> bool:  # noqa: N802, N803  # Grammalecte's own names
        """Whether it is a word, in whatever case."""


class Reading(Struct, frozen=True):
    """One way to read a word.

    ``pos``: N noun, A adjective, V finite verb, Y infinitive, Q past participle, P present participle, B number, M name,
    W adverb, G grammatical word. ``gender``: m, f, e (both), "" (none); ``number``: s, p, i (both), "". ``verb``: the class and
    uses of a verb, as in "V1_itx____a" (i intransitive, t takes an object, n takes à or de, e/a its auxiliary).
    """

    pos: str
    lemma: str
    gender: str = ""
    number: str = ""
    moods: frozenset[str] = frozenset()
    persons: frozenset[str] = frozenset()
    verb: str = ""
    tags: str = ""

    @property
    def singular(self) -> bool:
        return self.number in {"s", "i", ""}

    @property
    def plural(self) -> bool:
        return self.number in {"p", "i", ""}

    @property
    def masculine(self) -> bool:
        return self.gender in {"m", "e", ""}

    @property
    def feminine(self) -> bool:
        return self.gender in {"f", "e", ""}

    @property
    def transitive(self) -> bool:
        return "t" in self.verb[3:]


def parse(line: str) -> list[Reading]:
    """The readings of one line of the dictionary; none for what is of no use here (symbols, parts of idioms)."""
    lemma, _, rest = line.lstrip(">").partition("/:")
    body = ":" + rest.rsplit("/", 1)[0]
    tags = body.replace("#", ":").replace(";", ":").split(":")[1:]
    gender = next((tag for tag in tags if tag in {"m", "f", "e"}), "")
    number = next((tag for tag in tags if tag in {"s", "p", "i"}), "")
    head = tags[0]
    if head.startswith("V") and len(head) > 1:
        return _verbal(lemma, head, tags, gender, number, body)
    if ";S" in body:
        return []
    kinds: list[str] = []
    if head == "G":
        kinds = ["G"]
    elif head.startswith("M"):
        kinds = ["M"]
    else:
        kinds = [tag for tag in tags if tag in {"N", "A", "W", "B", "J"}]
    return [Reading(pos=kind, lemma=lemma, gender=gender, number=number, tags=body) for kind in kinds]


def _verbal(lemma: str, verb: str, tags: list[str], gender: str, number: str, body: str) -> list[Reading]:
    found: list[Reading] = []
    if "Y" in tags:
        found.append(Reading(pos="Y", lemma=lemma, verb=verb, tags=body))
    if "P" in tags:
        found.append(Reading(pos="P", lemma=lemma, verb=verb, tags=body))
    if "Q" in tags:
        found.append(Reading(pos="Q", lemma=lemma, gender=gender, number=number, verb=verb, tags=body))
    moods = frozenset(tag for tag in tags if tag in _FINITE)
    persons = frozenset(tag for tag in (tag.rstrip("!") for tag in tags) if tag in _PERSONS)
    if moods and persons:
        found.append(Reading(pos="V", lemma=lemma, moods=moods, persons=persons, verb=verb, tags=body))
    return found


class Lexicon:
    """The words of French. Not for several threads.

    ``conjugate(infinitive, mood, person)`` gives a form or "" (":Ip", ":3p"; a participle is ":Q" with ":m:s");
    ``feminine(masculine, plural)`` and ``plural(singular)`` give proposals, which are checked against the dictionary.
    """

    def __init__(
        self,
        dictionary: Dictionary,
        conjugate: Callable[[str, str, str], str],
        feminine: Callable[[str, bool], list[str]],
        plural: Callable[[str], list[str]],
    ) -> None:
        self._dictionary = dictionary
        self._conjugate = conjugate
        self._feminine = feminine
        self._plural = plural
        self._cache: dict[str, tuple[Reading, ...]] = {}

    @classmethod
    def from_grammalecte(cls) -> "Lexicon":
        """The lexicon of the Grammalecte of this process. Raises ``grammalecte.Missing``."""
        dictionary = grammalecte.engine().getSpellChecker()
        conj: Any = importlib.import_module("grammalecte.fr.conj")
        forms: Any = importlib.import_module("grammalecte.fr.mfsp")

        def conjugate(verb: str, mood: str, person: str) -> str:
            return str(conj.getConj(verb, mood, person) or "") if conj.isVerb(verb) else ""

        return cls(dictionary, conjugate, forms.getFemForm, forms.getMiscPlural)

    def valid(self, word: str) -> bool:
        """Whether the dictionary has the word, in whatever case."""
        return bool(self._dictionary.isValid(word.replace("'", "’")))

    def readings(self, word: str) -> tuple[Reading, ...]:
        """How a word can be read; empty for an unknown one. A capital is not held against a common word."""
        found = self._cache.get(word)
        if found is None:
            if len(self._cache) > _CACHED:
                self._cache.clear()
            lines = list(self._dictionary.getMorph(word.replace("'", "’")))
            if word[:1].isupper():
                lines += [line for line in self._dictionary.getMorph(word.lower().replace("'", "’")) if line not in lines]
            found = tuple(reading for line in lines for reading in parse(line))
            self._cache[word] = found
        return found

    def conjugated(self, infinitive: str, mood: str, person: str) -> str:
        """A verb's form, as in ("venir", "Ip", "3p"); "" when there is none."""
        return self._conjugate(infinitive, ":" + mood, ":" + person)

    def participle(self, infinitive: str, gender: str, number: str) -> str:
        """A verb's past participle in a gender (m, f) and number (s, p); "" when there is none."""
        return self._conjugate(infinitive, ":Q", f":{gender}:{number}")

    def infinitives(self, word: str) -> tuple[str, ...]:
        """The verbs a form belongs to."""
        return tuple(dict.fromkeys(reading.lemma for reading in self.readings(word) if reading.verb))

    def inflected(self, word: str, gender: str, number: str, pos: str = "NAQ") -> str:
        """The word in another gender (m, f, or "" to keep) and number (s, p); "" when the dictionary has no such form."""
        for reading in self.readings(word):
            if reading.pos == "Q" and "Q" in pos:
                made = self.participle(
                    reading.lemma, gender or (reading.gender if reading.gender in "mf" else "m") or "m", number
                )
                if made:
                    return made
        for reading in self.readings(word):
            if reading.pos in pos and reading.pos in "NA":
                wanted = gender or reading.gender
                made = self._first(self._guesses(word.lower(), wanted, number, reading.lemma), reading.pos, wanted, number)
                if made:
                    return made
        return ""

    def _guesses(self, word: str, gender: str, number: str, lemma: str = "") -> Iterable[str]:
        """What the form could be, the most regular first."""
        bases = list(dict.fromkeys(base for base in (lemma, word, _bare(word)) if base))
        masculine: list[str] = []
        for base in bases:
            masculine += [base]
            if base.endswith("e"):
                masculine.append(base[:-1])
        candidates: list[str] = []
        for base in masculine:
            if gender == "f":
                candidates += self._feminine(base, number == "p")
                stems = [base, base + "e", *_feminines(base)]
            else:
                stems = [base]
            if number == "p":
                for stem in stems:
                    candidates += [*self._plural(stem), *_plurals(stem)]
            else:
                candidates += stems
        return candidates

    def _first(self, candidates: Iterable[str], pos: str, gender: str, number: str) -> str:
        for candidate in candidates:
            for reading in self.readings(candidate):
                if (
                    reading.pos == pos
                    and reading.number in {number, "i"}
                    and (not gender or reading.gender in {gender, "e"} or gender == "e")
                ):
                    return candidate
        return ""


def _bare(word: str) -> str:
    for ending, base in (("aux", "al"), ("eaux", "eau"), ("s", ""), ("x", "")):
        if word.endswith(ending) and len(word) > len(ending) + 1:
            return word[: -len(ending)] + base
    return word


def _plurals(word: str) -> list[str]:
    if word.endswith(("s", "x", "z")):
        return [word]
    if word.endswith("al"):
        return [word[:-2] + "aux", word + "s"]
    if word.endswith("ail"):
        return [word + "s", word[:-3] + "aux"]
    if word.endswith(("eau", "eu", "au")):
        return [word + "x", word + "s"]
    return [word + "s", word + "x"]


def _feminines(word: str) -> list[str]:
    made: list[str] = []
    for ending, feminine in (
        ("eux", "euse"),
        ("teur", "trice"),
        ("eur", "euse"),
        ("er", "ère"),
        ("f", "ve"),
        ("eau", "elle"),
        ("el", "elle"),
        ("en", "enne"),
        ("on", "onne"),
        ("et", "ète"),
        ("et", "ette"),
        ("s", "sse"),
        ("c", "que"),
        ("c", "che"),
        ("ou", "olle"),
        ("il", "ille"),
    ):
        if word.endswith(ending):
            made.append(word[: -len(ending)] + feminine)
    return made
