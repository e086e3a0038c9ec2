"""Reads one text with every checker of its language and the client's own wishes; the heart of the worker."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

import msgspec
from msgspec.structs import replace

from cmdesk.domain.language import Finding, Profile
from cmdesk.language import clientrules, grammalecte, guessing, masks
from cmdesk.language.english.readability import RULE as READABILITY
from cmdesk.language.english.readability import Readability
from cmdesk.language.merging import merged
from cmdesk.language.patterns import Patterns
from cmdesk.language.protocol import LONGEST_TEXT, Check, Checked, Handler, Refusal, Warm
from cmdesk.language.spelling import DictionaryChecker, speller

Checker = Callable[[str, str, Profile], list[Finding]]

#: The locale of a language that nobody chose one for.
HOMES: Final[Mapping[str, str]] = {"fr": "fr-CA", "en": "en-CA"}
_PARAGRAPH: Final = re.compile(r"[^\r\n]+")
_SAMPLES: Final[Mapping[str, str]] = {
    "fr": "Voici une phrase pour que tout soit prêt.",
    "en": "This is a sentence so that everything is ready.",
}


class Desk:
    """All checkers, each loaded with the first text of its language. Not for several threads."""

    def __init__(self) -> None:
        self._checkers: dict[str, list[Checker]] = {}
        self._missing: dict[str, tuple[str, ...]] = {}

    def check(self, text: str, profile: Profile) -> Checked:
        """Everything found, in the text's order. Each paragraph is read in its own language; others than two in none."""
        hidden = masks.ranges(text)
        masked = masks.blanked(text, hidden)
        home = profile.locale or HOMES.get(guessing.guess(masked).language, "en-CA")
        profile = replace(profile, locale=home)
        for one in HOMES:
            if (words := speller(one)) is not None:
                words.begin()
        found = clientrules.check(text, masked, profile)
        missing: list[str] = []
        failed: list[str] = []
        for language, read in _by_language(masked, profile.language).items():
            if language not in HOMES:
                continue
            own = profile if language == profile.language else replace(profile, locale=HOMES[language])
            for checker in self._of(language):
                try:
                    found += checker(text, read, own)
                except Exception as problem:  # noqa: BLE001 - one checker that stumbles must not silence the others
                    failed.append(f"{type(checker).__name__}: {type(problem).__name__}")
            missing += self._missing[language]
        return Checked(home, merged(found, text, hidden, profile), tuple(missing), tuple(failed))

    def warm(self, language: str) -> None:
        """Loads what a language needs and reads one sentence with it, for the first one costs most."""
        if language in HOMES:
            self.check(_SAMPLES[language], Profile(locale=HOMES[language]))

    def _of(self, language: str) -> list[Checker]:
        if language not in self._checkers:
            made, missing = _french() if language == "fr" else _english()
            self._checkers[language], self._missing[language] = made, missing
        return self._checkers[language]


def _french() -> tuple[list[Checker], tuple[str, ...]]:
    facts = Patterns("fr")
    made: list[Checker] = [facts]
    words = speller("fr")
    try:
        from cmdesk.language.french.checker import French  # as below
        from cmdesk.language.french.lexicon import Lexicon  # as below
        from cmdesk.language.french_engine import Grammalecte  # three hundred megabytes, which English texts do without

        lexicon = Lexicon.from_grammalecte()
        made += [French(lexicon, facts), Grammalecte(lexicon)]
    except grammalecte.Missing:
        if words is not None:
            made.append(DictionaryChecker("fr", words))
        return made, ("grammalecte",)
    return made, ()


def _english() -> tuple[list[Checker], tuple[str, ...]]:
    rules = Patterns("en")
    made: list[Checker] = [rules, Readability(rules.fact(READABILITY))]
    try:
        from cmdesk.language.english_engine import Harper  # as above, the other way round
    except ImportError:
        words = speller("en")
        return [*made, *([DictionaryChecker("en", words)] if words is not None else [])], ("harper",)
    return [*made, Harper()], ()


def _by_language(masked: str, home: str) -> dict[str, str]:
    """For each language of the text the text with all else blanked; one that does not say is read in the home language."""
    owners = [(match.span(), _language(match[0], home)) for match in _PARAGRAPH.finditer(masked)]
    languages = {language for _, language in owners} or {home}
    if len(languages) == 1:
        return {languages.pop(): masked}
    return {language: masks.blanked(masked, tuple(span for span, owner in owners if owner != language)) for language in languages}


def _language(paragraph: str, home: str) -> str:
    told = guessing.guess(paragraph, home)
    return told.language if told.sure else home


def handlers() -> Mapping[str, Handler]:
    """The kinds of requests that are answered here."""
    desk = Desk()

    def check(body: msgspec.Raw) -> Checked:
        asked = msgspec.json.decode(body, type=Check)
        if len(asked.text) > LONGEST_TEXT:
            raise Refusal("too_long")
        return desk.check(asked.text, asked.profile)

    def warm(body: msgspec.Raw) -> None:
        desk.warm(msgspec.json.decode(body, type=Warm).language)

    return {"check": check, "warm": warm}
