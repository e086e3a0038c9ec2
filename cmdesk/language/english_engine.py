"""Asks Harper, set for posts, and turns what it says into findings."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import harper

from cmdesk.domain.language import Finding, Profile, Severity
from cmdesk.language.explaining import explained, settings
from cmdesk.language.masks import named
from cmdesk.language.spelling import cost, misspelt, own_words, speller

_DIALECTS: Final[Mapping[str, harper.Dialect]] = {
    "en-US": harper.Dialect.AMERICAN,
    "en-GB": harper.Dialect.BRITISH,
    "en-AU": harper.Dialect.AUSTRALIAN,
    "en-CA": harper.Dialect.CANADIAN,
}
_SPELLING: Final = "Spelling"
_LONG: Final = 6
_SENTENCE_START: Final = re.compile(r"(?:^|[.!?…:]\s+|\n\s*|[•·\-–—*]\s*|[“\"(]\s*)$")


class Harper:
    """The checker; a linter per dialect, made when it is first wanted. Not for several threads."""

    def __init__(self) -> None:
        set_up = settings()["harper"]
        self._off: frozenset[str] = frozenset(set_up["rules_off"])
        self._described = tuple(set_up["descriptions_off"])
        self._hints = frozenset(set_up["hints"])
        self._doubtful = frozenset(set_up["doubtful"])
        self._families: dict[str, str] = set_up["families"]
        self._speller = speller("en")
        self._french = speller("fr")  # posts from here are full of its words
        self._linters: dict[harper.Dialect, harper.Linter] = {}

    def linter(self, locale: str) -> harper.Linter:
        """The linter of a locale: Canadian where it has none of its own."""
        dialect = _DIALECTS.get(locale, harper.Dialect.CANADIAN)
        if dialect not in self._linters:
            linter = harper.Linter(dialect)
            known = linter.get_lint_config()
            self._off |= {name for name, told in linter.get_lint_descriptions().items() if told.startswith(self._described)}
            linter.set_lint_config({name: False for name in self._off if name in known})
            linter.import_words(sorted(own_words("en")))
            self._linters[dialect] = linter
        return self._linters[dialect]

    def __call__(self, text: str, masked: str, profile: Profile) -> list[Finding]:
        """Harper's lints without names, words that our own dictionary knows, and what only masks look like."""
        found: list[Finding] = []
        for rule, lints in self.linter(profile.locale).organized_lints(named(text, masked), language="plaintext").items():
            if rule in self._off:
                continue
            for lint in lints:
                start, end = lint.span.start, lint.span.end
                around = slice(max(0, start - 1), end + 1)
                if text[start:end] != masked[start:end] or (not masked[start:end].strip() and text[around] != masked[around]):
                    continue
                finding = self._spelt(lint, masked, profile) if lint.lint_kind == _SPELLING else self._told(rule, lint, profile)
                if finding is not None:
                    found.append(finding)
        return found

    def _told(self, rule: str, lint: harper.Lint, profile: Profile) -> Finding | None:
        kind = lint.lint_kind
        if kind in self._hints and not profile.hints:
            return None
        family = self._families.get(kind, "grammar")
        severity = Severity.HINT if kind in self._hints else Severity.WARN if kind in self._doubtful else Severity.BLOCK
        start, end, fixes = lint.span.start, lint.span.end, []
        for one in lint.suggestions:
            if one.kind is harper.SuggestionKind.REPLACE:
                fixes.append(one.replacement_text)
            elif one.kind is harper.SuggestionKind.INSERT_AFTER:
                fixes.append(lint.problem_text + one.replacement_text)
            else:
                fixes.append("")
        message = lint.message if profile.tongue == "en" else explained(family, "fr", word=lint.problem_text)
        return Finding(start, end, f"en.harper.{rule}", family, severity, message, tuple(dict.fromkeys(fixes))[:5])

    def _spelt(self, lint: harper.Lint, masked: str, profile: Profile) -> Finding | None:
        """An unknown word, unless our own dictionary has it, it is French, or it is a name."""
        word, start = lint.problem_text, lint.span.start
        if not word.isascii() or any(letter.isdigit() or letter.isspace() for letter in word):
            return None
        # A piece of a longer name: Sainte-Anne, Kanien'kehá:ka.
        if masked[lint.span.end : lint.span.end + 1] == "-" and word[:1].isupper():
            return None
        if masked[start - 1 : start] == ":" and masked[start - 2 : start - 1].isalpha():
            return None
        if self._french is not None and self._french.knows(word):
            return None
        if self._speller is not None and profile.locale != "en-US" and self._speller.knows(word):
            return None
        told = tuple(one.replacement_text for one in lint.suggestions)
        if not word.islower():
            if len(word) < _LONG or not word[1:].islower() or not _SENTENCE_START.search(masked[:start]):
                return None
            near = self._speller.suggest(word.lower())[:1] if self._speller is not None else ()
            if not near or cost(word.lower(), near[0]) >= 1:
                return None
        return misspelt(start, word, self._speller, profile, told)
