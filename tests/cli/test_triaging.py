"""`triage` answers each line with one worker, tells why, and lives through every bad line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cmdesk.cli.words import en, fr
from cmdesk.language import mood_text
from tests.helpers.command_line import Terminal

KEYS = {"id", "language", "mood", "kind", "care", "crisis", "confidence", "because"}


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path / "home")


def test_each_line_is_answered_in_its_order_whatever_is_wrong_with_others(terminal: Terminal) -> None:
    rows: list[object] = [
        {"id": 1, "text": "Merci beaucoup, le repas était délicieux!"},
        "not an object",
        {"id": "b", "text": "This is unacceptable, I want my money back NOW!!!"},
        {"id": None, "text": ""},
        {"text": "no id"},
        {"id": [4], "text": "There is smoke coming from your kitchen, call 911"},
    ]
    told = terminal("triage", stdin="\n".join(json.dumps(row) for row in rows).encode() + b"\n\xff\n")
    lines = [json.loads(line) for line in told.out.splitlines()]
    assert told.code == 2
    assert [one["id"] for one in lines] == [1, None, "b", None, None, [4], None]
    assert ["error" in one for one in lines] == [False, True, False, False, True, False, True]
    assert all(set(one) == KEYS for one in lines if "error" not in one)
    happy, angry, fire = lines[0], lines[2], lines[5]
    assert (happy["language"], happy["mood"], happy["kind"], happy["care"], happy["crisis"]) == (
        "fr",
        "happy",
        "praise",
        False,
        False,
    )
    assert (angry["language"], angry["mood"], angry["kind"], angry["care"]) == ("en", "angry", "complaint", True)
    assert fire["crisis"]
    assert {"code": "crisis.danger", "words": ["smoke coming"], "text": "a danger now: smoke coming"} in fire["because"]
    assert lines[6]["error"]["line"] == 7


def test_nothing_in_is_nothing_out(terminal: Terminal) -> None:
    told = terminal("triage")
    assert (told.code, told.out) == (0, "")


def test_every_reason_has_its_words_in_both_languages() -> None:
    codes = ["words", "capitals", "exclamations", "question", "link", "signs", "corrected", "tone"]
    codes += [f"crisis.{topic}" for topic, _pattern in mood_text.tables().crisis]
    for words in (en, fr):
        known = next(value for value in vars(words).values() if isinstance(value, dict) and "check.none" in value)
        assert [code for code in codes if f"triage.{code}" not in known] == []
