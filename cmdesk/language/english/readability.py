"""Says how hard an English post is to read, for those who asked for hints: Flesch's reading ease and plain facts."""

import re
from typing import Final

from msgspec import Struct

from cmdesk.domain.language import Finding, Profile, Severity
from cmdesk.language.patterns import Fact

RULE: Final = "en.own.readability"
#: Below this the figures say nothing.
FEWEST_WORDS: Final = 30
#: Flesch's "fairly difficult" begins below 60, "difficult" below 50.
HARD: Final = 50
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_SENTENCE: Final = re.compile(r"[^.!?…\n]+[.!?…\n]*")
_VOWELS: Final = re.compile(r"[aeiouyàâéèêëîïôöùûü]+")
_MUTE: Final = re.compile(r"(?:[^aeiouyl]e|[^aeiouytd]ed|[^aeiouyscxz]es|ely)$|(?<=[aeiouy])e$")
_LONG: Final = 3  # syllables


class Ease(Struct, frozen=True):
    """How a text reads. ``score`` is Flesch's, from 0 (hardest) to 100; ``longest`` the sentence with most words."""

    score: int
    words: int
    sentences: int
    long_words: int
    longest: tuple[int, int]
    longest_words: int


def syllables(word: str) -> int:
    """About how many syllables an English word has: its groups of vowels without the mute e; at least one."""
    plain = word.lower().replace("’", "'").split("'", maxsplit=1)[0]
    groups = len(_VOWELS.findall(plain))
    if groups > 1 and _MUTE.search(plain) and not plain.endswith("le"):
        groups -= 1
    return max(1, groups)


def ease(masked: str) -> Ease | None:
    """The figures of a text, or None where there is too little of it. (Flesch 1948: 206.835 - 1.015 w/s - 84.6 syl/w.)"""
    spans = [(match.start(), match.end(), len(_WORD.findall(match[0]))) for match in _SENTENCE.finditer(masked)]
    spans = [span for span in spans if span[2]]
    words = _WORD.findall(masked)
    if len(words) < FEWEST_WORDS or not spans:
        return None
    counts = [syllables(word) for word in words]
    score = 206.835 - 1.015 * len(words) / len(spans) - 84.6 * sum(counts) / len(words)
    start, end, most = max(spans, key=lambda span: span[2])
    sentence = masked[start:end]
    start += len(sentence) - len(sentence.lstrip())
    return Ease(
        score=round(min(100.0, max(0.0, score))),
        words=len(words),
        sentences=len(spans),
        long_words=sum(count >= _LONG for count in counts),
        longest=(start, start + len(sentence.strip())),
        longest_words=most,
    )


class Readability:
    """The checker: one hint on the longest sentence of a text that is hard to read, when hints are wanted."""

    def __init__(self, fact: Fact) -> None:
        self._fact = fact

    def __call__(self, _text: str, masked: str, profile: Profile) -> list[Finding]:
        """Nothing, or one hint."""
        told = ease(masked) if profile.hints else None
        if told is None or told.score >= HARD:
            return []
        message = self._fact.message(profile.tongue).format(
            score=told.score,
            words=round(told.words / told.sentences),
            long=told.long_words,
            longest=told.longest_words,
        )
        return [Finding(*told.longest, RULE, "readability", Severity.HINT, message)]
