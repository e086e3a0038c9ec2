"""The French rules that need the lexicon: each finds its own wrong sentences and leaves its right ones alone."""

import pytest

from cmdesk.domain.language import Finding, Profile
from cmdesk.language import grammalecte, masks
from cmdesk.language.french.checker import French
from cmdesk.language.french.lexicon import Lexicon
from cmdesk.language.patterns import Fact, Patterns

if grammalecte.find() is None:
    pytest.skip("Grammalecte is not on this machine", allow_module_level=True)

FACTS = Patterns("fr")
CHECKER = French(Lexicon.from_grammalecte(), FACTS)
OWN = [pytest.param(fact, id=fact.id) for fact in FACTS.facts if not FACTS.is_data(fact.id)]
PROFILE = Profile(locale="fr-CA", tongue="fr")


def raised(fact: Fact, sentence: str) -> list[Finding]:
    return [one for one in CHECKER(sentence, masks.masked(sentence), PROFILE) if one.rule == fact.id]


@pytest.mark.parametrize("fact", OWN)
def test_a_rule_finds_what_it_is_for(fact: Fact) -> None:
    for sentence in fact.found:
        assert raised(fact, sentence), sentence


@pytest.mark.parametrize("fact", OWN)
def test_a_rule_leaves_right_sentences_alone(fact: Fact) -> None:
    for sentence in fact.right:
        assert not CHECKER(sentence, masks.masked(sentence), PROFILE), sentence


@pytest.mark.parametrize("fact", OWN)
def test_a_fix_ends_the_finding(fact: Fact) -> None:
    for sentence in fact.found:
        for one in raised(fact, sentence):
            assert one.fixes, sentence
            mended = sentence[: one.start] + one.fixes[0] + sentence[one.end :]
            assert len(raised(fact, mended)) < len(raised(fact, sentence)), mended


def test_explanations_are_in_the_reader_s_tongue() -> None:
    text = "Elle est arrivé lundi."
    french = CHECKER(text, text, PROFILE)[0]
    english = CHECKER(text, text, Profile(locale="fr-CA", tongue="en"))[0]
    assert french.message != english.message
    assert (french.start, french.end) == (english.start, english.end)


def test_a_fix_keeps_capitals_and_the_apostrophe_of_the_text() -> None:
    text = "Il c’est surpassé. ELLE EST ARRIVÉ LUNDI."
    found = CHECKER(text, text, PROFILE)
    assert [one.fixes[0] for one in found] == ["s’est", "ARRIVÉE"]


def test_positions_hold_behind_pictures_and_hashtags() -> None:
    text = "🎉🎉 #fête Les billets sont disponible !"
    found = CHECKER(text, masks.masked(text), PROFILE)
    assert [text[one.start : one.end] for one in found] == ["disponible"]
