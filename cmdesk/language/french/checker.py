"""The checker of French rules that need the lexicon: reads a text once and asks every rule about each sentence."""

from collections.abc import Callable, Iterator
from typing import Final

from cmdesk.domain.language import Finding, Profile
from cmdesk.language.french import (
    agreement,
    capitals,
    homophones,
    nounphrases,
    nounsandverbs,
    participles,
    verb_homophones,
    verbs,
)
from cmdesk.language.french.hits import Hit
from cmdesk.language.french.lexicon import Lexicon
from cmdesk.language.french.sentence import Sentence, sentences
from cmdesk.language.patterns import Patterns, cased

_RULES: Final[tuple[Callable[[Sentence, Lexicon], Iterator[Hit]], ...]] = (
    agreement.check,
    capitals.check,
    nounphrases.check,
    nounsandverbs.check,
    participles.check,
    verbs.check,
    verb_homophones.check,
    homophones.check,
)


class French:
    """Finds what needs to know what words are. Not for several threads; ``facts`` has the words of the rules."""

    def __init__(self, lexicon: Lexicon, facts: Patterns) -> None:
        self._lexicon = lexicon
        self._facts = facts

    def __call__(self, text: str, masked: str, profile: Profile) -> list[Finding]:
        """The findings in no particular order."""
        found: list[Finding] = []
        for sentence in sentences(text, masked, self._lexicon):
            for rule in _RULES:
                found += [self._finding(one, text, profile) for one in rule(sentence, self._lexicon)]
        return found

    def _finding(self, one: Hit, text: str, profile: Profile) -> Finding:
        fact = self._facts.fact("fr.own." + one.rule)
        words = text[one.start : one.end]
        curly = "’" in text and "'" not in text
        fixes = (cased(fix, words) for fix in one.fixes)
        return Finding(
            start=one.start,
            end=one.end,
            rule=fact.id,
            family=fact.family,
            severity=fact.severity,
            message=fact.message(profile.tongue),
            fixes=tuple(dict.fromkeys(fix.replace("'", "’") if curly else fix for fix in fixes if fix != words)),
        )
