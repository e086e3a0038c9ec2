"""French, English, something else, or too little to say."""

from __future__ import annotations

import pytest

from cmdesk.language.guessing import guess


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("On vous attend samedi à la boutique avec un café.", "fr"),
        ("See you on Saturday at the shop, coffee is on us.", "en"),
        ("Merci à toute l'équipe!", "fr"),
        ("Thanks to the whole crew!", "en"),
        ("Grand solde de fin de saison", "fr"),
        ("Huge end of season sale on winter boots", "en"),
        ("", ""),
        ("2026", ""),
    ],
)
def test_the_language_of_a_text(text: str, language: str) -> None:
    assert guess(text).language == language


def test_a_third_language_is_told_when_it_is_sure() -> None:
    told = guess("Gracias por venir, nos vemos mañana temprano con muchas sorpresas", home="fr")
    assert (told.language, told.sure) == ("es", True)


@pytest.mark.parametrize("text", ["Café Olimpico", "Le Black Friday", "Go Habs go", "Brunch and chill", "Open house"])
def test_a_few_words_do_not_contradict_the_home(text: str) -> None:
    told = guess(text, home="fr")
    assert told.language in {"fr", ""} or not told.sure
