"""How hard an English text is to read, told only to those who asked."""

import pytest

from cmdesk.domain.language import Profile, Severity
from cmdesk.language.english.readability import RULE, Readability, ease, syllables
from cmdesk.language.patterns import Patterns

FACT = Patterns("en").fact(RULE)
HINTS = Profile(locale="en-CA", hints=True)


@pytest.mark.parametrize(
    ("word", "count"),
    [
        ("bread", 1),
        ("made", 1),
        ("table", 2),
        ("baked", 1),
        ("wanted", 2),
        ("houses", 2),
        ("cakes", 1),
        ("the", 1),
        ("it's", 1),
        ("beautiful", 3),
        ("neighbourhood", 3),
        ("community", 4),
        ("free", 1),
        ("safely", 2),
    ],
)
def test_syllables_are_counted_as_they_are_said(word: str, count: int) -> None:
    assert syllables(word) == count


@pytest.mark.parametrize("text", FACT.found)
def test_a_hard_text_gets_one_hint_on_its_longest_sentence(text: str) -> None:
    (one,) = Readability(FACT)(text, text, HINTS)
    assert one.severity is Severity.HINT
    assert text[one.start : one.end] == text
    assert "{" not in one.message


@pytest.mark.parametrize("text", FACT.right)
def test_an_easy_or_a_short_text_gets_none(text: str) -> None:
    assert Readability(FACT)(text, text, HINTS) == []


def test_nothing_is_said_unasked() -> None:
    assert Readability(FACT)(FACT.found[0], FACT.found[0], Profile(locale="en-CA")) == []


def test_the_figures_are_plain() -> None:
    told = ease("We bake bread. " * 10 + "And this is the very longest of all of these sentences.")
    assert told is not None
    assert (told.words, told.sentences, told.longest_words, told.long_words) == (41, 11, 11, 1)
    assert 90 <= told.score <= 100
