"""Every rule that is data finds its own wrong sentences, proposes something for them, and leaves its right ones alone."""

import re

import pytest

from cmdesk.domain.language import FAMILIES, LOCALES, Profile
from cmdesk.language.patterns import Fact, Patterns

LANGUAGES = ("en", "fr")
PATTERNS = {language: Patterns(language) for language in LANGUAGES}
EVERY = [pytest.param(language, fact, id=fact.id) for language in LANGUAGES for fact in PATTERNS[language].facts]
IN_DATA = [
    pytest.param(language, fact, id=fact.id)
    for language in LANGUAGES
    for fact in PATTERNS[language].facts
    if PATTERNS[language].is_data(fact.id)
]


def raised(language: str, fact: Fact, sentence: str, locale: str | None = None) -> list[tuple[str, tuple[str, ...]]]:
    place = locale or (fact.locales[0] if fact.locales else f"{language}-CA")
    found = PATTERNS[language].check(sentence, sentence, Profile(locale=place))
    return [(sentence[one.start : one.end], one.fixes) for one in found if one.rule == fact.id]


@pytest.mark.parametrize(("language", "fact"), EVERY)
def test_a_rule_says_what_it_is(language: str, fact: Fact) -> None:
    assert re.fullmatch(rf"{language}\.[a-z]+\.[a-z0-9-]+", fact.id)
    assert fact.family in FAMILIES
    assert set(fact.locales) <= set(LOCALES)
    assert fact.source
    assert fact.explain["en"].endswith("."), "an explanation is a sentence"
    assert fact.explain["fr"].endswith("."), "an explanation is a sentence"
    assert len(set(fact.found)) >= 4
    assert len(set(fact.right)) >= 4


@pytest.mark.parametrize(("language", "fact"), IN_DATA)
def test_a_rule_finds_what_it_is_for(language: str, fact: Fact) -> None:
    for sentence in fact.found:
        assert raised(language, fact, sentence), sentence


@pytest.mark.parametrize(("language", "fact"), IN_DATA)
def test_a_rule_leaves_right_sentences_alone(language: str, fact: Fact) -> None:
    for sentence in fact.right:
        assert not raised(language, fact, sentence), sentence


@pytest.mark.parametrize(("language", "fact"), IN_DATA)
def test_a_fix_ends_the_finding(language: str, fact: Fact) -> None:
    for sentence in fact.found:
        for words, fixes in raised(language, fact, sentence):
            assert words
            if fixes:
                mended = sentence.replace(words, fixes[0])
                assert len(raised(language, fact, mended)) < len(raised(language, fact, sentence)), mended


@pytest.mark.parametrize(("language", "fact"), [one for one in IN_DATA if one.values[1].table])  # type: ignore[union-attr]  # the second value is the fact
def test_every_line_of_a_table_is_found_and_what_it_proposes_is_not(language: str, fact: Fact) -> None:
    for wrong, fixes in fact.table.items():
        assert [words for words, _ in raised(language, fact, f"Zed {wrong} there.")] == [wrong]
        for right in fixes:
            assert not raised(language, fact, f"Zed {right} there."), right
