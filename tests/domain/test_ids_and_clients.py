"""References name their client, names can be read, and what is neither is refused."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.domain.client import Colour, Language, clean_colour, clean_language, clean_name, clean_timezone, initials, same_name
from cmdesk.domain.errors import BadInput, WrongClient
from cmdesk.domain.ids import ClientId, Kind, is_client_id, local_number, new_client_id, parse_ref, ref

ONE, TWO = ClientId("abcdefgh"), ClientId("bcdefghj")


@given(st.integers(1, 10**17), st.sampled_from(Kind))
def test_a_reference_comes_back(number: int, kind: Kind) -> None:
    text = ref(ONE, kind, number)
    found = parse_ref(text)
    assert (found.client, found.kind, found.number, str(found)) == (ONE, kind, number, text)
    assert local_number(text, ONE, kind) == number


def test_a_reference_of_another_client_or_kind_is_refused() -> None:
    with pytest.raises(WrongClient):
        local_number(ref(TWO, Kind.POST, 1), ONE, Kind.POST)
    with pytest.raises(BadInput):
        local_number(ref(ONE, Kind.POST, 1), ONE, Kind.DELIVERY)


@given(st.text())
def test_nothing_else_is_a_reference(text: str) -> None:
    try:
        found = parse_ref(text)
    except BadInput:
        return
    assert str(found) == text.strip()


@pytest.mark.parametrize(
    "text", ["abcdefgh-p0", "abcdefgh-p01", "abcdefgh-x1", "ABCDEFGH-p1", "abcdefg-p1", "abcdefgh-p-1", "12"]
)
def test_nearly_references_are_none(text: str) -> None:
    with pytest.raises(BadInput):
        parse_ref(text)


def test_new_ids_are_ids_and_differ() -> None:
    rng = random.Random(1)
    made = {new_client_id(rng) for _ in range(1000)}
    assert len(made) == 1000
    assert all(is_client_id(one) for one in made)


@given(st.text())
def test_a_clean_name_is_clean_and_stays(name: str) -> None:
    try:
        once = clean_name(name)
    except BadInput:
        return
    assert clean_name(once) == once
    assert same_name(once, name)
    assert 1 <= len(initials(once)) <= 6


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Boulangerie Rosa", "BR"),
        ("rosa", "R"),
        ("Théâtre du Nord-Ouest", "TN"),
        ("🚲 Coop Vélo", "CV"),
        ("été", "É"),
        ("🚲", "🚲"),
    ],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_names_that_look_alike_are_one() -> None:
    assert same_name("  E\u0301cole  Bleue", "école bleue")
    assert not same_name("ecole bleue", "école bleue")


def test_choices_are_forgiving_and_say_what_they_know() -> None:
    assert clean_colour(" Teal ") is Colour.TEAL
    assert clean_language("fr_ca") is Language.FR_CA
    assert clean_timezone(" America/Toronto ") == "America/Toronto"
    for wrong in (lambda: clean_colour("pink"), lambda: clean_language("xx"), lambda: clean_timezone("../etc/passwd")):
        with pytest.raises(BadInput):
            wrong()
