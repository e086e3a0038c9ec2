"""An endpoint's address is what it seems, and differences lose no word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cmdesk.domain.errors import BadInput
from cmdesk.domain.rewriting import Change, Endpoint, Piece, clean_endpoint, differences, leaves_computer


@pytest.mark.parametrize(
    ("url", "leaves"),
    [
        ("http://127.0.0.1:11434/v1", False),
        ("http://localhost:8080/v1/", False),
        ("http://[::1]:1234/v1", False),
        ("http://192.168.1.20:1234/v1", True),
        ("https://api.example.com/v1", True),
        ("https://localhost.example.com/v1", True),
        ("https://127.0.0.1.example.com/v1", True),
    ],
)
def test_a_good_address_says_whether_texts_leave(url: str, leaves: bool) -> None:
    made = clean_endpoint(url, " model ", on=True)
    assert made == Endpoint(url.rstrip("/"), "model", True)
    assert made.usable
    assert made.leaves is leaves


@pytest.mark.parametrize(
    ("url", "model", "reason"),
    [
        ("http://api.example.com/v1", "m", "not_https"),
        ("http://8.8.8.8/v1", "m", "not_https"),
        ("ftp://localhost/v1", "m", "not_an_address"),
        ("localhost:11434", "m", "not_an_address"),
        ("https://user:pass@example.com/v1", "m", "not_an_address"),
        ("https://example.com/v1?key=1", "m", "not_an_address"),
        ("https://example.com:99999/v1", "m", "not_an_address"),
        ("https://exa mple.com/v1", "m", "not_an_address"),
        ("https://", "m", "not_an_address"),
        ("https://example.com/v1", " ", "model"),
        ("https://example.com/v1", "m\nn", "model"),
    ],
)
def test_an_odd_address_is_refused_without_its_secrets(url: str, model: str, reason: str) -> None:
    with pytest.raises(BadInput) as caught:
        clean_endpoint(url, model, on=True)
    assert caught.value.reason == reason
    assert "pass" not in str(caught.value)


def test_no_address_is_no_endpoint() -> None:
    assert not clean_endpoint(" ", "m", on=True).usable
    assert not Endpoint("https://example.com/v1", "m").usable
    assert leaves_computer("")


def test_differences_are_told_by_words() -> None:
    assert differences("On vous attend samedi, dès 9 h!", "Rendez-vous samedi, 9 h!") == (
        Piece(Change.GONE, "On vous attend"),
        Piece(Change.NEW, "Rendez-vous"),
        Piece(Change.SAME, " samedi,"),
        Piece(Change.GONE, " dès"),
        Piece(Change.SAME, " 9 h!"),
    )


@given(st.text(max_size=80), st.text(max_size=80))
def test_differences_lose_no_word(before: str, after: str) -> None:
    pieces = differences(before, after)
    assert "".join(one.text for one in pieces if one.change is not Change.NEW) == before
    assert "".join(one.text for one in pieces if one.change is not Change.GONE) == after
