"""What is no prose is hidden, whole and alone, and every position stays where it was."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.domain.language import units
from cmdesk.language.masks import EMOJI, blanked, masked, named, ranges


@pytest.mark.parametrize(
    ("text", "hidden"),
    [
        ("Voir https://exemple.ca/a?b=c#d. Merci", ["https://exemple.ca/a?b=c#d"]),
        ("(www.exemple.ca)", ["www.exemple.ca"]),
        ("Sur exemple.ca/menu, ou à info@exemple.ca!", ["exemple.ca/menu", "info@exemple.ca"]),
        ("Merci @marie.b et @rosa@social.example !", ["@marie.b", "@rosa@social.example"]),
        ("À #Québec et #jaime-lire", ["#Québec", "#jaime-lire"]),
        ("Bonjour {prénom}, merci", ["{prénom}"]),
        ("Bravo 👨‍👩‍👧‍👦 et 1️⃣ et 🇨🇦!", ["👨‍👩‍👧‍👦", "1️⃣", "🇨🇦"]),
        ("À demain :) ou ;-) <3", [":)", ";-)", "<3"]),
    ],
)
def test_what_is_no_prose_is_hidden(text: str, hidden: list[str]) -> None:
    assert [text[start:end] for start, end in ranges(text)] == hidden


@pytest.mark.parametrize(
    "text",
    [
        "À vendredi.La suite demain.",  # "la" is a top-level domain, and this is no address
        "Fin.Il reste deux places.",
        "De 9 h à 17 h 30, du 1er au 3 mai.",
        "Le no 5 (ou le 6) : 10 $ l'entrée.",
        "p. ex. et etc.",
        "Un rapport 2:1; c'est tout.",
    ],
)
def test_prose_is_left_alone(text: str) -> None:
    assert masked(text) == text


@given(st.text(alphabet=st.sampled_from("aé @#.:/{}😀👩‍🔧🇨🇦1️⃣www\n)('") | st.characters(), max_size=60))
def test_a_masked_text_has_the_length_of_the_text(text: str) -> None:
    hidden = ranges(text)
    covered = masked(text)
    assert len(covered) == len(text)
    assert all(start < end for start, end in hidden)
    assert all(before[1] < after[0] for before, after in pairwise(hidden))
    for place, (one, other) in enumerate(zip(text, covered, strict=True)):
        assert other == (" " if any(start <= place < end for start, end in hidden) else one)
    assert blanked(text, ()) == text


@given(st.text(max_size=60))
def test_utf16_units_are_those_of_the_encoded_text(text: str) -> None:
    told = units(text)
    assert told == [len(text[:place].encode("utf-16-le", "surrogatepass")) // 2 for place in range(len(text) + 1)]


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("L'équipe de @rosa a gagné.", "L'équipe de Xxxxx a gagné."),
        ("Merci à @rosa!", "Merci à Xxxxx!"),
        ("@rosa est là.", "Xxxxx est là."),
        ("@rosa Merci!", "      Merci!"),
        ("Beau temps. #Québec #mode", "Beau temps.              "),
        ("À lire: https://a.ca/b", "À lire:               "),
        ("Le spectacle de #Montréal commence 🎉", "Le spectacle de Xxxxxxxxx commence  "),
        ("d'@rosa", "d'Xxxxx"),
        ("Bravo 🎉 les amis", "Bravo   les amis"),
    ],
)
def test_a_name_that_a_sentence_needs_stays_a_name(text: str, read: str) -> None:
    assert named(text, masked(text)) == read


def test_emoji_are_counted_as_a_reader_counts_them() -> None:
    assert len(EMOJI.findall("👨‍👩‍👧‍👦 🇨🇦 1️⃣ 👍🏽 ❤️ ok")) == 5
