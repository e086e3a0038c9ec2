"""A whole text is read in the right languages by the right checkers, and every finding has its place in the text as it was."""

from __future__ import annotations

from pathlib import Path

import pytest

from cmdesk.domain.language import FAMILIES, Finding, Profile, Severity
from cmdesk.language import desk as desk_module
from cmdesk.language import grammalecte
from cmdesk.language.desk import Desk

needs_grammalecte = pytest.mark.skipif(
    grammalecte.find() is None, reason="Grammalecte is not installed: Debian's package python3-grammalecte, or dev.py test"
)


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk()


def found(desk: Desk, text: str, locale: str = "", tongue: str = "en") -> list[tuple[str, Finding]]:
    return [(text[one.start : one.end], one) for one in desk.check(text, Profile(locale, tongue)).findings]


@needs_grammalecte
def test_places_are_those_of_the_text_behind_emoji_and_lines(desk: Desk) -> None:
    text = "👩‍🔧 Bravo!\r\n\r\n🎉🎉 Les client sont contents."
    [(words, one)] = found(desk, text, "fr-CA")
    assert (words, one.fixes, one.severity) == ("client", ("clients",), Severity.BLOCK)


@needs_grammalecte
def test_each_paragraph_is_read_in_its_own_language(desk: Desk) -> None:
    text = "Les client de la boutique sont contents de vous voir.\n\nWe definately want to see you at the shop with your friends."
    assert [words for words, _ in found(desk, text, "fr-CA")] == ["client", "definately"]
    assert [words for words, _ in found(desk, text)] == ["client", "definately"]


def test_a_third_language_is_read_by_nobody(desk: Desk) -> None:
    assert not found(desk, "Gracias por venir con sus amigos, nos vemos mañana temprano con muchas sorpresas.", "fr-CA")


@needs_grammalecte
@pytest.mark.parametrize("text", ["Les client sont contents.", "We definately recieved it.", "Une colection."])
def test_explanations_speak_the_readers_tongue(desk: Desk, text: str) -> None:
    french, english = (found(desk, text, tongue=tongue) for tongue in ("fr", "en"))
    assert len(french) == len(english) > 0
    for (_, one), (_, other) in zip(french, english, strict=True):
        assert (one.rule, one.fixes) == (other.rule, other.fixes)
        assert one.message
        assert other.message
        assert one.message != other.message


@needs_grammalecte
def test_a_line_in_capitals_is_read_for_its_grammar(desk: Desk) -> None:
    [(words, one)] = found(desk, "TOUTE LES CHANDELLES SONT EN SOLDE", "fr-CA")
    assert (words, one.fixes[0]) == ("TOUTE", "TOUTES")


@needs_grammalecte
@pytest.mark.parametrize(
    "text",
    [
        "Merci à Desjardins, à Kruger et à la SAQ.",
        "On cherche un(e) conseiller(ère) et des candidat(e)s.",
        "Le brunch du dimanche, avec mocktails et poutine végé.",
        "Merci @lafabrique pour le concours #onadore https://exemple.ca/a-b 🎉",
        "Du 1er au 3 mai... ça s'en vient!!!",
    ],
)
def test_right_french_is_left_alone(desk: Desk, text: str) -> None:
    assert not found(desk, text, "fr-CA")


@pytest.mark.parametrize(
    "text",
    [
        "Grab your toque and a donair in Montréal.",
        "Try our tourtière at the dépanneur, eh?",
        "Thanks @nora.b for the #giveaway 🎉 https://example.ca/a",
        "Come to Etobicoke or Trois-Rivières, RSVP ASAP!!!",
        "It costs one loonie... seriously.",
    ],
)
def test_right_english_is_left_alone(desk: Desk, text: str) -> None:
    assert not found(desk, text, "en-CA")


def test_spelling_follows_the_locale(desk: Desk) -> None:
    assert [words for words, _ in found(desk, "What a nice color.", "en-CA")] == ["color"]
    assert not found(desk, "What a nice colour.", "en-CA")


def test_what_is_found_is_whole(desk: Desk) -> None:
    text = "We recieve alot of mails, les client est la, a a bientot!  Ok ?"
    for locale in ("", "fr-CA", "fr-FR", "en-CA"):
        for one in desk.check(text, Profile(locale)).findings:
            assert 0 <= one.start < one.end <= len(text)
            assert one.family in FAMILIES
            assert one.message


def test_a_checker_that_stumbles_does_not_silence_the_others() -> None:
    def stumble(_text: str, _masked: str, _profile: Profile) -> list[Finding]:
        raise ZeroDivisionError

    own = Desk()
    own.warm("en")
    own._checkers["en"].insert(0, stumble)
    told = own.check("We recieved it.", Profile("en-CA"))
    assert told.failed == ("function: ZeroDivisionError",)
    assert [one.fixes[0] for one in told.findings] == ["received"]


def test_without_grammalecte_french_is_still_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    def missing() -> None:
        raise grammalecte.Missing

    monkeypatch.setattr(grammalecte, "engine", missing)
    told = Desk().check("Une nouvelle colection pour l'été qu'on attendait.", Profile("fr-CA"))
    assert told.missing == ("grammalecte",)
    assert [one.fixes[0] for one in told.findings] == ["collection"]


def test_a_folder_that_is_named_is_the_only_one_looked_at(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv(grammalecte.VARIABLE, str(tmp_path))
    assert grammalecte.find() is None
    (tmp_path / "grammalecte" / "fr").mkdir(parents=True)
    (tmp_path / "grammalecte" / "fr" / "gc_engine.py").touch()
    assert grammalecte.find() == tmp_path / "grammalecte"


def test_both_languages_have_a_sample_to_warm_up_with(desk: Desk) -> None:
    assert set(desk_module._SAMPLES) == set(desk_module.HOMES)
    for language in (*desk_module.HOMES, "xx"):
        desk.warm(language)
