"""A key tells when it was chosen and is never the same twice; any text yields a steady pair."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from cmdesk.domain.keys import new_key, parts_of

AT = datetime(2026, 12, 1, 14, 0, 0, 123_456, tzinfo=UTC)


def test_a_key_tells_its_moment_and_its_chance() -> None:
    key = new_key(AT, 5)
    assert len(key) == 32
    micros, chance = parts_of(key)
    assert datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=micros) == AT
    assert chance == 5


def test_keys_of_one_moment_differ_and_later_ones_sort_later() -> None:
    rng = random.Random(7)
    keys = {new_key(AT, rng.getrandbits(72)) for _ in range(1000)}
    assert len(keys) == 1000
    assert max(keys) < new_key(AT + timedelta(microseconds=1), 0)


@given(st.text())
def test_any_text_yields_the_same_pair_each_time(text: str) -> None:
    assert parts_of(text) == parts_of(text)
    micros, chance = parts_of(text)
    assert 0 <= micros < 2**56
    assert 0 <= chance < 2**72
