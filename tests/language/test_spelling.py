"""Proposals: what sounds alike before what looks alike, accents for nothing, and no text waits for ever for them."""

from __future__ import annotations

import pytest

from cmdesk.language.spelling import Speller, cost, own_words, speller


@pytest.fixture(scope="module")
def french() -> Speller:
    return _there("fr")


@pytest.fixture(scope="module")
def english() -> Speller:
    return _there("en")


def _there(language: str) -> Speller:
    found = speller(language)
    if found is None:
        pytest.skip("Hunspell has no wheel for this system")
    return found


@pytest.mark.parametrize(
    ("wrong", "right"),
    [
        ("evenement", "événement"), ("apartement", "appartement"), ("Bibliotheque", "Bibliothèque"), ("ELEVE", "ÉLÈVE"),
        ("parmis", "parmi"), ("malheuresement", "malheureusement"), ("sucsès", "succès"),
    ],
)  # fmt: skip
def test_french_proposals(french: Speller, wrong: str, right: str) -> None:
    assert not french.knows(wrong) or wrong == "ELEVE"
    assert right in french.suggest(wrong)[:2]


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("recieve", "receive"), ("definately", "definitely"), ("occured", "occurred"), ("Tommorow", "Tomorrow")],
)
def test_english_proposals(english: Speller, wrong: str, right: str) -> None:
    assert english.suggest(wrong)[0] == right


def test_words_of_here_are_words(french: Speller, english: Speller) -> None:
    for language, one in (("fr", french), ("en", english)):
        assert len(own_words(language)) > 500
        assert all(one.knows(word) for word in own_words(language))


def test_what_was_not_searched_far_away_is_searched_the_next_time(english: Speller) -> None:
    english.begin()
    words = ("jurnalizm", "sircumstanz", "neccesarilly", "acomodashun", "unforgetabel")
    first = [english.suggest(word) for word in words]
    english.begin()
    assert first[3] == ()
    assert english.suggest(words[3]) != ()


def test_what_sounds_alike_is_near() -> None:
    assert cost("evenement", "événement") < cost("contants", "contents") < cost("contants", "constants")
    assert cost("recieve", "receive") < cost("recieve", "relieve")
    assert cost("x", "x") < 1 < cost("chat", "plat")
