"""Asks Grammalecte, set for posts, and turns what it says into findings."""

from __future__ import annotations

import re
from typing import Any, Final

from cmdesk.domain.language import Finding, Profile, Severity
from cmdesk.language import grammalecte
from cmdesk.language.explaining import explained, settings
from cmdesk.language.french.lexicon import Lexicon
from cmdesk.language.masks import named
from cmdesk.language.pairs import paired
from cmdesk.language.spelling import Speller, cost, misspelt, speller

_LINE: Final = re.compile(r"[^\r\n]+")
_LETTERS: Final = re.compile(r"[^\W\d_]+")
_SENTENCE_START: Final = re.compile(r"(?:^|[.!?…:]\s+|[\n•·\-–—*]\s*|[«“\"(]\s*)$")
#: A whole line in capitals: words of more than two letters, at least three of them.
_SHOUTED_WORDS: Final = 3
#: A capital at the start of a sentence may be a name; only a long word very near to another is told.
_LONG: Final = 7
_REPEATED: Final = ("répétition", "doublon", "mots_répétés")


class Grammalecte:
    """The checker. There is one engine per process; raises ``grammalecte.Missing``."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._engine: Any = grammalecte.engine()
        self._spelling: Any = self._engine.getSpellChecker()
        set_up = settings()["grammalecte"]
        self._engine.setOptions(dict.fromkeys(set_up["options_off"], False))
        self._off = tuple(set_up["rules_off"])
        self._families: dict[str, str] = set_up["families"]
        self._sure = frozenset(set_up["sure"])
        self._speller: Speller | None = speller("fr")
        self._own_gender = re.compile(rf"\b(?:{'|'.join(set_up['own_gender'])})\b", re.IGNORECASE)

    def __call__(self, text: str, masked: str, profile: Profile) -> list[Finding]:
        """Paragraph by paragraph; a line in capitals is read in small letters, for its grammar alone."""
        found: list[Finding] = []
        whole = named(text, masked)
        for line in _LINE.finditer(masked):
            words = line[0]
            if not words.strip():
                continue
            shouted = _shouted(words)
            read = _softened(words) if shouted else whole[line.start() : line.end()]
            found += self._grammar(read, line.start(), words, text, profile, shouted=shouted)
            if not shouted:
                found += self._words(words, line.start(), profile)
        return found

    def _grammar(self, read: str, offset: int, words: str, text: str, profile: Profile, *, shouted: bool) -> list[Finding]:
        found: list[Finding] = []
        for error in self._engine.parse(read, "CA" if profile.locale == "fr-CA" else "FR"):
            rule, kind = str(error["sRuleId"]), str(error["sType"])
            start, end = error["nStart"], error["nEnd"]
            if _plain(rule).startswith(self._off) or start >= end:
                continue
            if _beside_a_mask(text[offset : offset + len(words)], words, start, end):
                continue
            if kind in {"infi", "conj", "ppas"} and start > 0 and read[start].isupper() and not shouted:
                continue  # a name: Percé, Rose, Marin
            if kind == "gn" and self._own_gender.search(read, max(0, start - 12), end + 12):
                continue
            family = "repetition" if any(mark in rule for mark in _REPEATED) else self._families.get(kind, "grammar")
            fixes = tuple(str(one) for one in error["aSuggestions"] if one)
            if shouted:
                fixes = tuple(one.upper() for one in fixes)
            message = str(error["sMessage"]) if profile.tongue == "fr" else explained(family, "en", word=words[start:end])
            severity = Severity.BLOCK if kind in self._sure and fixes else Severity.WARN
            one = Finding(offset + start, offset + end, f"fr.gram.{_plain(rule)}", family, severity, message, fixes[:5])
            found.append(one if shouted else paired(one, text, self._lexicon))
        return found

    def _words(self, words: str, offset: int, profile: Profile) -> list[Finding]:
        found: list[Finding] = []
        for error in self._spelling.parseParagraph(words, False):
            word, start = str(error["sValue"]), int(error["nStart"])
            if words[start : start + len(word)] != word or (self._speller is not None and self._speller.knows(word)):
                continue
            if word.islower() or (word[:1].islower() and "-" in word):
                if not self._loan(word):
                    found.append(misspelt(offset + start, word, self._speller, profile, self._more(word)))
            elif self._begins(words, start, word):
                found.append(misspelt(offset + start, word, self._speller, profile))
        return found

    def _more(self, word: str) -> tuple[str, ...]:
        """Proposals of Grammalecte's own, where there is no dictionary to ask; their order there depends on chance."""
        if self._speller is not None:
            return ()
        rows = {str(one) for several in self._spelling.suggest(word) for one in several}
        return tuple(sorted(rows, key=lambda one: (cost(word, one), one))[:5])

    def _loan(self, word: str) -> bool:
        """Whether it is an English word that a French text borrows: told only when it looks like a French one misspelt."""
        english = speller("en")
        if english is None or not word.isascii() or not english.knows(word):
            return False
        near = self._speller.suggest(word)[:1] if self._speller is not None else ()
        return not (len(word) >= _LONG and near and cost(word, near[0]) <= 1)

    def _begins(self, words: str, start: int, word: str) -> bool:
        """Whether an unknown word with a capital is a word at the beginning of a sentence rather than a name."""
        if self._speller is None or len(word) < _LONG or not word[1:].islower() or not word.isalpha():
            return False
        if not _SENTENCE_START.search(words[:start]):
            return False
        following = _LETTERS.search(words, start + len(word))
        if following is None or not following[0].islower():
            return False
        near = self._speller.suggest(word.lower())[:1]
        return bool(near) and cost(word.lower(), near[0]) < 1


def _plain(rule: str) -> str:
    """The name of a rule without the numbers that change from version to version."""
    return re.sub(r"^g[0-9v]+__|__b\d+_a\d+_\d+$", "", rule)


def _shouted(words: str) -> bool:
    long = [word for word in _LETTERS.findall(words) if len(word) > 2]
    return len(long) >= _SHOUTED_WORDS and all(word.isupper() for word in long)


def _softened(words: str) -> str:
    """A line in capitals as a sentence, of the same length."""
    soft = "".join(letter.lower() if len(letter.lower()) == 1 else letter for letter in words)
    first = next((place for place, letter in enumerate(soft) if letter.isalpha()), None)
    return soft if first is None else soft[:first] + soft[first].upper() + soft[first + 1 :]


def _beside_a_mask(original: str, masked: str, start: int, end: int) -> bool:
    """Whether a finding only sees what we have hidden: spaces that are none."""
    wide = slice(max(0, start - 1), end + 1)
    return original[start:end] != masked[start:end] or (not masked[start:end].strip() and original[wide] != masked[wide])
