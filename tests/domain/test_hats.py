"""What belongs to another client is noticed with its reason; what several share, or is one's own, is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.domain.hats import Hats, Sign, Signs, signs
from cmdesk.domain.ids import ClientId

BAKERY = signs(
    ClientId("a"),
    "Levain fou",
    handles=["levain@tadam.example"],
    texts=["Du pain #levain https://levain.example/menu"] * 3,
    words=["miche"],
    media=["aa"],
)
BIKES = signs(
    ClientId("b"),
    "Atelier Vélo",
    handles=["@Velo@roue.example"],
    texts=["Roulez #velomtl #Montréal https://www.velo.example/a https://youtu.be/x"] * 3,
    words=["Cyclotour", "vis"],
    media=["bb", "cc"],
)
CHOIR = signs(ClientId("c"), "Chœur", handles=["choeur.example"], texts=["Concert #Montréal"] * 3, words=[], media=["cc"])


@pytest.mark.parametrize(
    ("text", "sign", "words"),
    [
        ("Merci @velo !", Sign.HANDLE, "@velo"),
        ("Merci @velo@roue.example.", Sign.HANDLE, "@velo@roue.example"),
        ("Voir https://velo.example/b", Sign.LINK, "velo.example"),
        ("Bonne fin de semaine #VeloMTL", Sign.HASHTAG, "#VeloMTL"),
        ("Le cyclotour, c’est samedi", Sign.WORD, "cyclotour"),
        ("Chez Atelier Vélo, on rit", Sign.WORD, "Atelier Vélo"),
    ],
)
def test_signs_of_another_client_are_named(text: str, sign: Sign, words: str) -> None:
    (found,) = Hats(BAKERY, [BIKES, CHOIR]).foreign(text)
    assert (found.sign, found.words, found.client, found.name) == (sign, words, "b", "Atelier Vélo")


@pytest.mark.parametrize(
    "text",
    [
        "Du pain @levain #levain https://levain.example/menu, une miche",  # our own
        "On aime #Montréal",  # two clients say so
        "Voir https://youtu.be/abc",  # everybody's
        "Une vis tombe, une revis aussi",  # too short to be a sign
        "Écrivez à velo@roue.example",  # an address of mail
        "Cyclotourisme",  # another word
    ],
)
def test_what_is_shared_or_our_own_is_left_alone(text: str) -> None:
    assert Hats(BAKERY, [BIKES, CHOIR]).foreign(text) == ()


def test_a_file_of_another_client_is_noticed_unless_several_have_it() -> None:
    hats = Hats(BAKERY, [BIKES, CHOIR])
    assert [one.sign for one in hats.foreign("", ["bb"])] == [Sign.MEDIA]
    assert hats.foreign("", ["aa", "cc", "dd"]) == ()


def test_each_thing_is_told_once() -> None:
    assert len(Hats(BAKERY, [BIKES]).foreign("@velo @velo @VELO #velomtl #velomtl")) == 3


@given(st.text(max_size=300))
def test_any_text_is_harmless_and_a_client_alone_has_nothing_foreign(text: str) -> None:
    assert Hats(BAKERY, []).foreign(text) == ()
    Hats(BAKERY, [BIKES, CHOIR]).foreign(text)


@given(st.text(min_size=4, max_size=20))
def test_the_same_sign_is_never_foreign_to_both(word: str) -> None:
    one = Signs(ClientId("a"), "Un", words=frozenset({word.casefold()}))
    other = Signs(ClientId("b"), "Deux", words=frozenset({word.casefold()}))
    assert Hats(one, [other]).foreign(word) == ()
