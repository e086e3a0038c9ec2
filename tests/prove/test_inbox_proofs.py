"""The proofs of the inbox in small: histories lose nothing, twins are caught, hostile texts do nothing, links say where."""

from __future__ import annotations

import os
import sys
import tempfile
import urllib.request
from pathlib import Path

import pytest

from tests.prove import r11, r16

LONG = os.environ.get("CMDESK_LONG") == "1"


def test_histories_of_the_inbox_lose_double_and_undo_nothing() -> None:
    found = r16.run_histories(7, 60 if LONG else 3)
    assert found.faults == 0, found.examples
    assert found.messages > 0


@pytest.mark.parametrize("number", range(len(r16.TWINS)), ids=[twin.name for twin in r16.TWINS])
def test_a_wrong_puller_is_caught(number: int) -> None:
    twin = r16.TWINS[number]
    found = r16.run_twin(1, number, 6 if LONG else 2)
    assert any(getattr(found, harm) for harm in twin.harm), vars(found)


@pytest.mark.parametrize("crafted", [True, False])
def test_hostile_texts_fetch_and_open_nothing(crafted: bool) -> None:
    found = r11.run_texts(3, 0, (5_000 if LONG else 300), crafted)
    assert (found.requests, found.opened, found.unclean, found.changed) == (0, 0, 0, 0), found.examples
    assert found.texts >= 200


def test_only_permitted_links_reach_the_opener() -> None:
    found = r11.run_links(1)
    assert (found.wrongly_opened, found.wrongly_refused, found.elsewhere) == (0, 0, 0), found.examples
    assert found.addresses >= 190


def test_the_sentinels_can_be_touched() -> None:
    """A proof that cannot fail proves nothing."""
    with r11.sentinel_server() as (web, asked), tempfile.TemporaryDirectory() as folder:
        file = r11.SentinelFile(Path(folder))
        file.path.read_bytes()
        with pytest.raises(OSError, match="closed"):
            urllib.request.urlopen(f"{web}/x", timeout=5)
        assert asked
        assert file.opened() or not sys.platform.startswith("linux")
