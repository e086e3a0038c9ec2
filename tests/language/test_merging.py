"""Of several findings about one place the surest is told; what is hidden, known or set aside is not."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from cmdesk.domain.language import Finding, Profile, Severity, ignoring
from cmdesk.language.merging import merged

TEXT = "Les client sont la."
FRENCH = Profile(locale="fr-CA")


def finding(rule: str, start: int = 4, end: int = 10, severity: Severity = Severity.BLOCK, family: str = "agreement") -> Finding:
    return Finding(start, end, rule, family, severity, "", ("clients",))


def rules(*found: Finding, profile: Profile = FRENCH, hidden: tuple[tuple[int, int], ...] = ()) -> list[str]:
    return [one.rule for one in merged(found, TEXT, hidden, profile)]


@pytest.mark.parametrize(
    ("first", "second", "wins"),
    [
        ("fr.gram.gn", "fr.own.agreement", "fr.own.agreement"),
        ("spell.fr", "fr.gram.gn", "fr.gram.gn"),
        ("fr.own.x", "client.glossary", "client.glossary"),
        ("spell.en", "en.harper.X", "en.harper.X"),
    ],
)
def test_the_surer_checker_wins(first: str, second: str, wins: str) -> None:
    assert rules(finding(first), finding(second, start=0)) == [wins]
    assert rules(finding(second, start=0), finding(first)) == [wins]


def test_a_checker_that_is_not_sure_yields_to_the_dictionary() -> None:
    doubt = finding("en.harper.X", severity=Severity.WARN)
    assert rules(doubt, finding("spell.en", severity=Severity.WARN)) == ["spell.en"]


def test_what_does_not_touch_stays_in_the_order_of_the_text() -> None:
    assert rules(finding("b.b.b", 16, 18), finding("a.a.a", 4, 10)) == ["a.a.a", "b.b.b"]


def test_nothing_is_told_of_what_is_hidden_but_the_clients_own_wishes() -> None:
    assert rules(finding("fr.own.x"), hidden=((9, 12),)) == []
    assert rules(finding("client.forbidden"), hidden=((9, 12),)) == ["client.forbidden"]


def test_the_clients_words_silence_spelling_alone() -> None:
    profile = replace(FRENCH, words=("Client",))
    assert rules(finding("spell.fr", family="spelling"), profile=profile) == []
    assert rules(finding("fr.own.x"), profile=profile) == ["fr.own.x"]


def test_what_was_set_aside_stays_aside() -> None:
    one = finding("fr.own.x")
    assert rules(one, profile=replace(FRENCH, ignored=("fr.own.x",))) == []
    assert rules(one, profile=replace(FRENCH, ignored=(ignoring(one, TEXT),))) == []
    assert rules(one, profile=replace(FRENCH, ignored=("fr.own.x=autre",))) == ["fr.own.x"]


def test_hints_are_told_to_those_who_asked() -> None:
    hint = finding("en.harper.Style", severity=Severity.HINT, family="style")
    assert rules(hint) == []
    assert rules(hint, profile=replace(FRENCH, hints=True)) == ["en.harper.Style"]


def test_what_speaks_of_a_whole_sentence_silences_nobody() -> None:
    wide = finding("client.voice-sentence", 0, 19, Severity.HINT, "voice")
    assert rules(wide, finding("fr.own.x")) == ["client.voice-sentence", "fr.own.x"]


def test_a_range_outside_of_the_text_is_nobodys() -> None:
    assert rules(finding("fr.own.x", 15, 40)) == []
