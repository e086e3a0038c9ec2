"""Both languages say the same things, and nothing is left without words."""

from __future__ import annotations

import argparse
import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import cmdesk.cli
from cmdesk.cli.commands.self_test import _STEPS
from cmdesk.cli.parser import _Parser, _Unasked, build
from cmdesk.cli.text import width
from cmdesk.cli.words import Words, locale_of
from cmdesk.cli.words.en import EN
from cmdesk.cli.words.en_calendar import EN_CALENDAR
from cmdesk.cli.words.en_help import EN_HELP
from cmdesk.cli.words.fr import FR
from cmdesk.cli.words.fr_calendar import FR_CALENDAR
from cmdesk.cli.words.fr_help import FR_HELP
from cmdesk.domain.account import FetchKind, Health
from cmdesk.domain.delivery import HeldBecause, PostState, State
from cmdesk.domain.errors import BadInput, CmdeskError, HostRefused, NotFound
from cmdesk.domain.limits import Problem, Unit, Visibility
from cmdesk.domain.message import MessageKind, MessageState
from cmdesk.domain.views import FileTrouble

ENGLISH, FRENCH = {**EN, **EN_CALENDAR, **EN_HELP}, {**FR, **FR_CALENDAR, **FR_HELP}
_PLACE = re.compile(r"(?<!\{)\{(\w+)\}")


def test_both_languages_have_the_same_keys() -> None:
    assert set(ENGLISH) == set(FRENCH)


def test_both_languages_fill_the_same_places() -> None:
    assert not [key for key in ENGLISH if set(_PLACE.findall(ENGLISH[key])) != set(_PLACE.findall(FRENCH[key]))]


def test_french_is_set_as_in_quebec() -> None:
    """Typographic apostrophes, nothing before ; and ?, a no-break space before a colon; and nobody shouts."""
    bad = re.compile(r"[A-Za-zà-ÿ]'[A-Za-zà-ÿ]|\s[;!?]|!|[^\u00a0]:\s|[ \w]\s(?<!\u00a0):\s|« | »")
    assert not [key for key, said in FRENCH.items() if bad.search(said)]
    assert not [key for key, said in ENGLISH.items() if "!" in said]


def _called() -> set[str]:
    """Every key that the source names whole."""
    found = set()
    for file in Path(cmdesk.cli.__path__[0]).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant):
                name = ast.unparse(node.func)
                if name.endswith(("words", "words.counted")) and isinstance(node.args[0].value, str):
                    key = node.args[0].value
                    found |= {f"{key}.one", f"{key}.many"} if name.endswith("counted") else {key}
    return found


def test_every_key_that_is_called_exists() -> None:
    called = _called()
    assert len(called) > 100
    assert not called - set(ENGLISH)


@pytest.mark.parametrize(
    "key",
    [
        *(f"state.{one.value}" for one in State),
        *(f"post_state.{one.value}" for one in PostState),
        *(f"held.{one.value}" for one in HeldBecause),
        *(f"message_state.{one.value}" for one in MessageState),
        *(f"kind.{one.value}" for one in MessageKind),
        *(f"health.{one.value}" for one in Health),
        *(f"fetch.{one.value}" for one in FetchKind),
        *(f"visibility.{one.value}" for one in Visibility),
        *(f"unit.{one.value}" for one in Unit),
        *(f"trouble.{one.value}" for one in FileTrouble),
        *(f"self_test.{name}" for name, _ in _STEPS),
    ],
)
def test_every_value_that_is_shown_has_words(key: str) -> None:
    assert key in ENGLISH


@pytest.mark.parametrize("locale", ["en-CA", "fr-CA"])
def test_only_what_is_asked_for_is_described_and_reads_the_same(locale: str) -> None:
    """Start-up describes one command; its help, and that of the whole, must be as if all were described."""
    words = Words(locale)
    whole = build(words)
    assert build(words, frozenset({"nothing"})).format_help() == whole.format_help()
    commands = list(_described(whole))
    assert len(commands) > 50
    for path, parser in commands:
        [(_, alone)] = [pair for pair in _described(build(words, frozenset(path))) if pair[0] == path]
        assert alone.format_help() == parser.format_help()


@pytest.mark.parametrize("locale", ["en-CA", "fr-CA"])
def test_every_help_is_whole_and_fits_a_terminal(locale: str) -> None:
    for path, parser in _described(build(Words(locale))):
        told = parser.format_help()
        assert all(width(line) <= 100 for line in told.splitlines()), path
        described = [action for action in parser._actions if not isinstance(action, argparse._SubParsersAction)]
        assert all(action.help for action in described), path
        assert parser.description, path
        if locale == "fr-CA":
            assert not re.search(r"[^\u00a0]:(\s|$)", told), path


def _described(built: argparse.ArgumentParser, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], _Parser]]:
    """Every command that has a description of its own, with its path."""
    for action in built._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, child in action.choices.items():
                if not isinstance(child, _Unasked):
                    yield (*path, name), child
                    yield from _described(child, (*path, name))


def _all(kind: type[CmdeskError]) -> set[type[CmdeskError]]:
    return {kind}.union(*(_all(child) for child in kind.__subclasses__()))


def test_every_failure_has_a_sentence() -> None:
    codes = {kind.CODE for kind in _all(CmdeskError) if kind.__module__.startswith("cmdesk.")} - {CmdeskError.CODE}
    assert len(codes) > 40
    assert not {code for code in codes if f"error.{code}" not in ENGLISH}


def test_every_problem_of_a_draft_has_a_sentence() -> None:
    from cmdesk.domain import checking

    codes = set(re.findall(r"^([a-z_]+) +(?:block|warn) ", checking.__doc__ or "", re.MULTILINE))
    codes |= set(re.findall(r"``([a-z_]+)``", (checking.__doc__ or "").partition("From the network")[2]))
    assert len(codes) > 20
    assert not {code for code in codes if f"problem.{code}" not in ENGLISH}


def test_the_most_precise_sentence_is_chosen() -> None:
    words = Words("en-CA")
    assert words.problem(BadInput(field="time", reason="past")) == EN["error.bad_input.time.past"]
    assert words.problem(BadInput(field="weather", reason="too_long", limit=3)) == "weather is too long; at most 3 characters."
    assert words.problem(HostRefused("a.example", "loopback")).startswith("a.example is this very computer")
    assert words.problem(NotFound("client", "\x1b[31mred")) == EN["error.not_found.client"].format(ref="[31mred")
    assert words.problem(CmdeskError("never_heard_of")) == "It did not work (never_heard_of)."
    assert words.draft_problem(Problem("too_long", params=(("count", 9), ("limit", 5), ("over", 4)))).startswith(
        "It is too long: 9"
    )


def test_a_failure_never_shows_a_secret() -> None:
    said = Words("en-CA").problem(CmdeskError("bad_input", field="x", reason="token", access_token="hunter2"))
    assert "hunter2" not in said


def test_none_counts_as_one_in_french_only() -> None:
    assert Words("fr-CA").counted("outbox.ran", 0) == "0 envoi est parti."
    assert Words("en-CA").counted("outbox.ran", 0) == "0 deliveries were sent."


@pytest.mark.parametrize(
    ("environ", "locale"),
    [
        ({}, "en-CA"),
        ({"LANG": "C"}, "en-CA"),
        ({"LANG": "fr_FR.UTF-8"}, "fr-FR"),
        ({"LANG": "fr_BE.UTF-8"}, "fr-CA"),
        ({"LANG": "fr_FR", "LC_ALL": "en_CA.UTF-8"}, "en-CA"),
        ({"LANG": "de_DE"}, "en-CA"),
    ],
)
def test_the_environment_chooses_the_language(environ: dict[str, str], locale: str) -> None:
    assert locale_of(environ) == locale
