"""A client's own wishes: counted exactly, in any case and apostrophe, in hashtags too where that matters."""

from __future__ import annotations

import pytest

from cmdesk.domain.language import Address, Finding, Profile, Severity, Term, Voice
from cmdesk.language.clientrules import check
from cmdesk.language.masks import masked


def found(text: str, profile: Profile) -> list[Finding]:
    return check(text, masked(text), profile)


def words(text: str, profile: Profile) -> list[str]:
    return [text[one.start : one.end] for one in found(text, profile)]


def test_forbidden_words_are_found_whole_in_any_case_and_behind_a_hash() -> None:
    profile = Profile(locale="fr-CA", forbidden=("pas cher", "cheap"))
    assert words("PAS  CHER! C'est cheap, #cheap mais pas cheapest.", profile) == ["PAS  CHER", "cheap", "cheap"]
    assert {one.severity for one in found("cheap", profile)} == {Severity.BLOCK}


def test_the_glossary_proposes_what_is_said_in_the_same_case() -> None:
    profile = Profile(locale="fr-CA", tongue="fr", glossary=(Term("carte", "carte-cadeau", "Marque déposée."), Term("client")))
    first, second = found("Carte pour un client. La carte-cadeau.", profile)
    assert (first.fixes, first.rule) == (("Carte-cadeau",), "client.glossary")
    assert first.message.endswith("Marque déposée.")
    assert second.fixes == ()


def test_an_apostrophe_is_an_apostrophe() -> None:
    profile = Profile(locale="fr-CA", forbidden=("l'oréal",))
    assert words("L’Oréal et l'Oréal", profile) == ["L’Oréal", "l'Oréal"]


@pytest.mark.parametrize(
    ("address", "text", "wrong"),
    [
        (Address.VOUS, "Tu peux venir avec ton ami.", ["Tu", "ton"]),
        (Address.VOUS, "Un autre ton, une autre voix.", []),
        (Address.VOUS, "Venez avec votre ami.", []),
        (Address.TU, "Venez avec votre ami.", ["votre"]),
        (Address.TU, "Merci à vous tous!", []),
        (Address.ANY, "Tu viens avec votre ami?", []),
    ],
)
def test_tu_and_vous(address: Address, text: str, wrong: list[str]) -> None:
    assert words(text, Profile(locale="fr-CA", voice=Voice(address=address))) == wrong


def test_the_voice_is_counted() -> None:
    voice = Voice(most_exclamations=1, most_emoji=1, most_hashtags=0, longest_sentence=4)
    told = found("Wow! Quelle belle journée de mars ici! 🎉👍🏽 #oui", Profile(locale="fr-CA", voice=voice))
    assert [one.rule for one in told] == [
        "client.voice-exclamations",
        "client.voice-emoji",
        "client.voice-hashtags",
        "client.voice-sentence",
    ]
    assert {one.severity for one in told} == {Severity.HINT}
    assert not found("Wow! 🎉 Une belle journée.", Profile(locale="fr-CA", voice=Voice(most_exclamations=1, most_emoji=1)))


def test_a_client_without_wishes_hears_nothing() -> None:
    assert not found("Tu viens!!! 🎉🎉🎉 #a #b", Profile(locale="fr-CA"))
