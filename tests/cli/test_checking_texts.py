"""`check` reads one text or many lines with one worker, tells places in both countings, and lives through every bad line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.helpers.command_line import Terminal

KEYS = {"start", "end", "start_utf16", "end_utf16", "text", "rule", "family", "severity", "message", "fixes"}


@pytest.fixture
def terminal(tmp_path: Path) -> Terminal:
    return Terminal(tmp_path / "home")


def lines(terminal: Terminal, *rows: object, more: tuple[str, ...] = ()) -> tuple[int, list[dict[str, Any]]]:
    raw = b"".join(row if isinstance(row, bytes) else json.dumps(row).encode() + b"\n" for row in rows)
    told = terminal("check", "--jsonl", *more, stdin=raw)
    return told.code, [json.loads(line) for line in told.out.splitlines()]


def test_a_text_is_answered_with_every_problem_and_its_place(terminal: Terminal) -> None:
    told = terminal("check", "--json", "--locale", "en-CA", stdin="😀 A gardenn here.\n".encode())
    assert told.code == 0
    [problem] = told.json
    assert set(problem) == KEYS
    assert (problem["start"], problem["end"], problem["start_utf16"], problem["end_utf16"]) == (4, 11, 5, 12)
    assert (problem["text"], problem["fixes"][0], problem["severity"]) == ("gardenn", "garden", "block")
    assert (problem["rule"], problem["family"]) == ("spell.en", "spelling")


def test_a_person_reads_line_and_column(terminal: Terminal) -> None:
    told = terminal("check", stdin=b"Thanks to you all.\nWe recieved it.\n")
    assert told.out.startswith("2:4 mistake: recieved → received")
    assert terminal("check", stdin=b"Thanks to you all, see you soon.\n").out == "No mistake found.\n"


def test_lines_are_read_each_in_its_locale_by_one_worker(terminal: Terminal) -> None:
    code, told = lines(
        terminal,
        {"id": 1, "text": "What a nice color.", "locale": "en-CA"},
        {"id": "b", "text": "What a nice color.", "locale": "en-US"},
        {"id": None, "text": "Une colection d'hiver.", "locale": "fr-CA"},
        {"id": [4], "text": "Gracias por venir con su familia.", "locale": "es"},
        {"id": 5, "text": ""},
        {"id": 6, "text": "We recieved so many great photos for the contest."},
    )
    assert code == 0
    assert [(one["id"], [problem["text"] for problem in one["problems"]]) for one in told] == [
        (1, ["color"]),
        ("b", []),
        (None, ["colection"]),
        ([4], []),
        (5, []),
        (6, ["recieved"]),
    ]


def test_a_bad_line_does_not_stop_the_others(terminal: Terminal) -> None:
    code, told = lines(
        terminal,
        b"not json\n",
        {"text": "no id"},
        {"id": 1, "text": 5},
        {"id": 2, "text": "ok", "locale": 7},
        {"id": 3, "text": "x" * 30_000},
        b"\n",
        {"id": 4, "text": "Lone \ud800 surrogate."},
        {"id": 5, "text": "We recieved it.", "locale": "en"},
    )
    assert code == 2
    assert [one["id"] for one in told[:5]] == [None, None, None, None, 3]
    assert all("error" in one for one in told[:5])
    assert [problem["text"] for problem in told[-1]["problems"]] == ["recieved"]
    assert len(told) == 7


def test_a_clients_wishes_hold(terminal: Terminal) -> None:
    assert terminal("client", "add", "Rosa", "--language", "en-CA").code == 0
    told = terminal("check", "--client", "Rosa", "--json", stdin=b"We recieved it.")
    assert [problem["text"] for problem in told.json] == ["recieved"]
    assert terminal("check", "--client", "Nobody", stdin=b"x").code == 1


def test_a_network_says_what_it_would_refuse(terminal: Terminal) -> None:
    told = terminal("check", "--network", "bluesky", "--network", "mastodon", "--json", stdin=b"a fine day " * 40)
    assert [(one["rule"], one["severity"]) for one in told.json] == [("network.bluesky.too_long", "block")]


def test_explanations_speak_the_locale(terminal: Terminal) -> None:
    french, english = (
        terminal("check", "--json", *locale, stdin=b"Une bougiie d'hiver, c'est beau.").json
        for locale in (("--locale", "fr-CA"), ())
    )
    assert [one["text"] for one in french] == [one["text"] for one in english] == ["bougiie"]
    assert "dictionnaire" in french[0]["message"]
    assert "dictionary" in english[0]["message"]


def test_nothing_but_a_text_is_taken(terminal: Terminal) -> None:
    assert terminal("check", stdin=b"\xff\xfe\xff").code == 2
    assert terminal("check", "--network", "myspace", stdin=b"x").code == 2
