"""Counts agree with the networks' own examples, and never promise a fit that a server would refuse."""

from __future__ import annotations

import itertools
import time
from pathlib import Path

import pytest
import yaml  # type: ignore[import-untyped]  # ships no types; a test tool only
from hypothesis import given
from hypothesis import strategies as st

from build_scripts import graphemes as graphemes_script
from cmdesk.domain import _graphemes, clusters
from cmdesk.domain.clusters import graphemes
from cmdesk.domain.counting import count, count_plain, urls
from cmdesk.domain.known_limits import COUNTED
from cmdesk.domain.limits import Limits, Unit

SPECS = Path(__file__).resolve().parents[3] / "shared" / "specs" / "twitter-text"
BREAKS = Path("/usr/share/unicode/auxiliary/GraphemeBreakTest.txt")
MASTODON = Limits()
TYPED = Limits(unit=Unit.CODE_POINTS, url_weight=None, short_mentions=False)

#: Mastodon's own paths go on over letters of every script, and know no direction marks at their end.
DIFFERS = {
    "Extract URLs with and without protocol surrounded by CJK characters",
    "Extract URLs from RTL text with embedded directional marks",
}


@given(
    st.text(st.sampled_from("aé©’\u2026 \r\n\u200d\u0301😀👩🏽🇫\u0600\ufe0f1‼〰ש\u0e33각\u1100\u1161\u00ad\u200c"), max_size=12)
)
def test_the_short_way_counts_as_the_long_one(text: str) -> None:
    assert graphemes(text) == len(clusters.lengths(text))


@pytest.mark.parametrize(
    ("text", "length"),
    [
        ("", 0),
        ("bonjour", 7),
        ("é", 1),
        ("e\u0301", 1),
        ("👩‍👩‍👧‍👦", 1),
        ("🇨🇦🇫🇷", 2),
        ("👍🏽", 1),
        ("\r\n", 1),
        ("क्ष", 2),
        ("한국", 2),
        ("https://example.org", 23),
        ("https://example.org/" + "a" * 300, 23),
        ("http://a.ca", 23),
        ("voir https://example.org.", 5 + 23 + 1),
        ("(https://example.org/a_(b))", 1 + 23 + 1),
        ("example.org/abcdefghijklmnopqrstuvwxyz", 38),
        ("ftp://example.org/abcdefghijklmnopqrstuv", 40),
        ("example.org/https://example.com/abcdefghijkl", 44),
        ("@rosa", 5),
        ("@rosa@example.social bonjour", 5 + 8),
        ("@rosa@example.social@x", 22),
        ("a@rosa@example.social", 21),
        ("https://example.social/@rosa@example.org", 23),
        ("https://exemple.quebec/un/chemin/assez/long", 23),
        ("#levain 🥐", 9),
        ("https://pas-un-domaine", 22),
    ],
)
def test_mastodon_counts(text: str, length: int) -> None:
    assert count(text, MASTODON).count == length


def test_lookalikes_count_code_points_as_typed() -> None:
    assert count("@rosa@example.social https://example.org/abcdefghij 👍🏽", TYPED).count == 54
    assert count("corps", TYPED, "attention").count == 14


def test_the_warning_counts_as_typed_with_its_text() -> None:
    found = count("https://example.org", MASTODON, "https://example.org")
    assert (found.count, found.because) == (42, ("urls", "warning"))
    assert count("\u0301", MASTODON, "e").count == 1


@pytest.mark.parametrize("length", [0, 1, 499, 500, 501])
def test_at_the_limit(length: int) -> None:
    found = count("é" * length, MASTODON)
    assert (found.over, found.left) == (max(0, length - 500), 500 - length)


def _cases(group: str) -> list[dict[str, object]]:
    if not SPECS.is_dir():
        pytest.skip("the conformance data of twitter-text is not beside this clone")
    found: list[dict[str, object]] = yaml.safe_load((SPECS / "extract.yml").read_text("utf-8"))["tests"][group]
    return found


@pytest.mark.parametrize("group", ["urls", "urls_with_indices", "urls_with_directional_markers", "tco_urls_with_params"])
def test_addresses_are_found_as_the_library_finds_them(group: str) -> None:
    for case in _cases(group):
        if case["description"] in DIFFERS:
            continue
        text = str(case["text"])
        told = [one["url"] if isinstance(one, dict) else one for one in case["expected"]]  # type: ignore[attr-defined]  # YAML
        expected = [one for one in told if one.lower().startswith("http")]
        assert [text[start:end] for start, end in urls(text)] == expected, case["description"]


def test_no_name_is_shortened_that_servers_do_not_know() -> None:
    if not SPECS.is_dir():
        pytest.skip("the conformance data of twitter-text is not beside this clone")
    groups = yaml.safe_load((SPECS / "tlds.yml").read_text("utf-8"))["tests"]
    known = {one["text"].rpartition(".")[2] for cases in groups.values() for one in cases}
    module = __import__("cmdesk.domain._tlds", fromlist=["TLDS"])
    assert known >= module.TLDS
    for name in sorted(known):
        assert count(f"https://twitter.{name}", MASTODON).count >= 23


def test_clusters_are_those_of_unicode() -> None:
    if not BREAKS.is_file():
        pytest.skip("NOT RUN: Debian's unicode-data is not installed")
    lines = [line.partition("#")[0].split() for line in BREAKS.read_text("utf-8").splitlines()]
    rules = [line for line in lines if line]
    assert len(rules) > 500
    for rule in rules:
        pieces = [piece.split("×") for piece in "".join(rule).strip("÷").split("÷")]
        text = "".join(chr(int(one, 16)) for piece in pieces for one in piece)
        assert clusters.lengths(text) == [len(piece) for piece in pieces], rule
        assert graphemes(text) == len(pieces), rule


def test_the_table_is_what_the_data_say() -> None:
    if not BREAKS.is_file():
        pytest.skip("NOT RUN: Debian's unicode-data is not installed")
    folder = BREAKS.parent.parent
    made = graphemes_script.module(folder)
    if f'"{_graphemes.UNICODE}"' not in made:
        pytest.skip(f"NOT RUN: the data here are of another version than {_graphemes.UNICODE}")
    assert graphemes_script.table(folder).split() == _graphemes.RANGES.split()


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("👩\u200d🍳", 1),
        ("e\u0301", 1),
        ("\r\n", 1),
        ("🇨🇦🇫🇷", 2),
        ("🇨", 1),
        ("각", 1),
        ("\u1100\u1161\u11a8", 1),
        ("नमस्ते", 4),
        ("👍🏽👍", 2),
    ],
)
def test_what_a_person_sees_as_one_character_is_one(text: str, number: int) -> None:
    assert graphemes(text) == number
    assert graphemes(f"x{text}y") == number + 2


@given(st.text(max_size=60))
def test_clusters_leave_nothing_out(text: str) -> None:
    assert sum(clusters.lengths(text)) == len(text)
    assert len(clusters.lengths(text)) == graphemes(text)


@given(st.text(max_size=300))
def test_a_text_without_addresses_and_mentions_counts_its_clusters(text: str) -> None:
    plain = text.replace("@", "a").replace(":", "b").replace(".", "c")
    assert count(plain, MASTODON).count == count_plain(plain, Unit.GRAPHEMES)


@given(
    st.lists(
        st.sampled_from(["http://", "https://", "a", ".", "com", "/", "@", "b", "é", " ", "(", ")", "?", "#", "x" * 30, "zzzz"])
    )
)
def test_a_discount_is_only_given_to_whole_addresses_and_mentions(pieces: list[str]) -> None:
    text = "".join(pieces)
    spans = urls(text)
    assert all(text[start:end].lower().startswith(("http://", "https://")) for start, end in spans)
    assert all(end <= other for (_, end), (other, _) in itertools.pairwise(spans))
    least = len(text) - sum(max(0, end - start - 23) for start, end in spans) - text.count("@") * len(text)
    assert count(text, MASTODON).count >= min(least, graphemes(text))


@pytest.mark.parametrize(
    "text",
    [
        "http://" + "a." * 15_000,
        "a.com" * 6_000,
        "あ.http://" * 3_000,
        "http://a.com/" + "(" * 29_000,
        "@a@" * 10_000,
        "a_" * 15_000,
    ],
)
def test_no_text_makes_counting_slow(text: str) -> None:
    began = time.thread_time()
    count(text, MASTODON)
    assert time.thread_time() - began < 5.0


FAMILY = "👨‍👩‍👧‍👦"  # one character for a reader, 25 bytes of UTF-8
TWO_LIMITS = Limits(max_characters=300, url_weight=None, short_mentions=False, max_bytes=3000)


@pytest.mark.parametrize(
    ("text", "told", "unit", "over"),
    [
        ("a" * 300, 300, Unit.GRAPHEMES, 0),
        ("a" * 301, 301, Unit.GRAPHEMES, 1),
        (FAMILY * 120, 3000, Unit.BYTES, 0),
        (FAMILY * 121, 3025, Unit.BYTES, 25),
        (FAMILY * 10, 10, Unit.GRAPHEMES, 0),  # far from both: a person thinks in characters
        ("é" * 299, 299, Unit.GRAPHEMES, 0),
        ("https://example.org/" + "a" * 279, 299, Unit.GRAPHEMES, 0),  # an address counts as typed
        ("", 0, Unit.GRAPHEMES, 0),
    ],
)
def test_of_two_limits_the_tighter_is_told(text: str, told: int, unit: Unit, over: int) -> None:
    found = count(text, TWO_LIMITS)
    assert (found.count, found.unit, found.over) == (told, unit, over)
    assert ("bytes" in found.because) is (unit is Unit.BYTES)


@given(st.text(max_size=400))
def test_over_means_over_one_of_both(text: str) -> None:
    found = count(text, TWO_LIMITS)
    fits = graphemes(text) <= 300 and len(text.encode("utf-8", "surrogatepass")) <= 3000
    assert (found.over == 0) is fits


X = COUNTED["x"]


@pytest.mark.parametrize("group", ["WeightedTweetsWithDiscountedEmojiCounterTest", "UnicodeDirectionalMarkerCounterTest"])
def test_x_weighs_as_the_library_says(group: str) -> None:
    if not SPECS.is_dir():
        pytest.skip("the conformance data of twitter-text is not beside this clone")
    cases = yaml.safe_load((SPECS / "validate.yml").read_text("utf-8"))["tests"][group]
    assert cases
    for case in cases:
        found = count(case["text"], X)
        assert found.count == case["expected"]["weightedLength"], case["description"]
        if case["text"] and not set(case["text"]) & {"\ufffe", "\ufeff", "\uffff"}:
            assert (found.over == 0) is case["expected"]["valid"], case["description"]


@pytest.mark.parametrize("group", ["urls", "urls_with_indices", "urls_with_directional_markers", "tco_urls_with_params"])
def test_addresses_without_a_scheme_are_found_as_the_library_finds_them(group: str) -> None:
    for case in _cases(group):
        text = str(case["text"])
        told = [one["url"] if isinstance(one, dict) else one for one in case["expected"]]  # type: ignore[attr-defined]  # YAML
        assert [text[start:end] for start, end in urls(text, bare=True)] == told, case["description"]


@pytest.mark.parametrize(
    ("network", "text", "length"),
    [
        ("x", "voir exemple.ca demain", 5 + 23 + 7),
        ("x", "👩‍👩‍👧‍👦 🇨🇦 1️⃣ 👍🏽 ©️", 2 * 5 + 4),
        ("x", "© ™", 1 + 1 + 2),
        ("x", "e\u0301", 1),
        ("x", "日本", 4),
        ("threads", "été 🥖", 3 + 1 + 4),
        ("threads", "👩‍👩‍👧‍👦", 25),
        ("linkedin", "(promo) #levain @rosa", 21 + 4),
        ("linkedin", "a\\b", 4),
        ("facebook", "é👍🏽", 3),
        ("instagram", "https://example.org/abc", 23),
        ("gotosocial", "https://example.org/abcdef @rosa@example.social", 47),
        ("tiktok", "👍🏽", 4),
        ("youtube", "é", 2),
    ],
)
def test_other_networks_count_in_their_own_way(network: str, text: str, length: int) -> None:
    assert count(text, COUNTED[network]).count == length


@given(st.text(max_size=300))
def test_no_way_of_counting_counts_less_than_one_for_a_character(text: str) -> None:
    for name in ("threads", "linkedin", "facebook", "tiktok", "youtube"):
        assert count(text, COUNTED[name]).count >= graphemes(text)


@pytest.mark.parametrize("text", ["a." * 20_000, "-" * 40_000, "example.com/" * 4000, "。.com" * 8000, "@.#" * 10_000])
def test_looking_for_bare_addresses_is_never_slow(text: str) -> None:
    begun = time.process_time()
    count(text, X)
    small = time.process_time() - begun
    begun = time.process_time()
    count(text * 2, X)
    assert time.process_time() - begun < 8 * small + 0.5
