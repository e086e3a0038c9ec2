"""Every code that can reach a person has words: none is missing, none shows its code or a bare placeholder."""

import ast
import enum
import importlib
import pkgutil
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

import cmdesk
from cmdesk.domain import checking, errors
from cmdesk.domain.account import FetchKind, Health, Network, Role
from cmdesk.domain.client import Colour, Language
from cmdesk.domain.delivery import HeldBecause, PostState, State
from cmdesk.domain.ids import AccountId, ClientId, DeliveryId, PostId
from cmdesk.domain.limits import Problem, Severity, Visibility
from cmdesk.domain.message import MessageKind, MessageState
from cmdesk.domain.post import PostKind
from cmdesk.domain.schedule import resolve
from cmdesk.domain.views import AccountMark, FileTrouble, OutboxRow
from cmdesk.ui import wording
from cmdesk.ui.i18n import Formats
from cmdesk.ui.wordings.errors import ERRORS, INPUTS
from cmdesk.ui.wordings.problems import PROBLEMS
from tests.helpers.source import dotted, modules

ENGLISH = Formats("en_CA")
#: Whatever can raise an error that the screen shows; the command line has its own sentences.
PROGRAM = "cmdesk"


def tree(kind: type[errors.CmdeskError]) -> Iterator[type[errors.CmdeskError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from tree(child)


def codes_of_checking() -> set[str]:
    table = re.findall(r"^([a-z_]+) +(?:block|warn) ", checking.__doc__ or "", re.MULTILINE)
    later = re.findall(r"``([a-z_]+)`` \(", checking.__doc__ or "")
    return {*table, *later}


def every_error() -> set[type[errors.CmdeskError]]:
    """The whole tree, with what any module of the program adds to it."""
    for found in pkgutil.walk_packages(cmdesk.__path__, "cmdesk."):
        if not found.name.endswith("__main__"):
            importlib.import_module(found.name)
    return {kind for kind in tree(errors.CmdeskError) if kind.__module__.startswith("cmdesk.")}


def calls(room: str) -> Iterator[tuple[str, ast.Call]]:
    """Every call in a room and under it, with the name of what is called."""
    for module in modules(room):
        if module.path.startswith("cmdesk/cli"):
            continue
        for node in module.nodes(ast.Call):
            yield dotted(node.func).rpartition(".")[2], node


def texts(node: ast.expr | None) -> set[str]:
    """What an argument can be, as far as it is written out."""
    if isinstance(node, ast.IfExp):
        return texts(node.body) | texts(node.orelse)
    return {node.value} if isinstance(node, ast.Constant) and isinstance(node.value, str) else set()


def test_every_error_class_has_a_sentence() -> None:
    kinds = every_error()
    assert {"LoginRefused", "NotSent", "DraftDamaged", "WrongClient"} <= {kind.__name__ for kind in kinds}
    assert {kind.__name__ for kind in kinds if kind.CODE not in ERRORS} == set()


def test_every_finer_code_raised_anywhere_has_a_sentence() -> None:
    kinds = {kind.__name__: kind for kind in every_error()}
    plain = {name for name, kind in kinds.items() if kind.__init__ is errors.CmdeskError.__init__}
    raised = {code for name, call in calls(PROGRAM) if name in plain and call.args for code in texts(call.args[0])}
    assert {"secret_changed", "no_display"} <= raised
    assert raised - set(ERRORS) == set()


def test_every_reason_of_a_failed_login_has_its_own_sentence() -> None:
    reasons = {"denied", "timeout", "closed", "wrong_issuer"}
    said = {wording.error(errors.NetworkProblem("login_refused", reason=reason)) for reason in reasons}
    assert len(said) == len(reasons)
    assert wording.error(errors.NetworkProblem("login_refused", reason="new")) not in said
    assert wording.error(errors.VaultProblem("secret_changed")) != wording.error(errors.VaultProblem())


def test_every_problem_of_a_draft_has_a_sentence() -> None:
    assert len(codes_of_checking()) > 20
    assert codes_of_checking() | {"media_missing"} <= set(PROBLEMS)


def bad_inputs() -> set[tuple[str, str]]:
    """Every (field, reason) that is written out, those of the archive's own helper and of the picture worker too."""
    found = set()
    for name, call in calls(PROGRAM):
        named = {word.arg: word.value for word in call.keywords}
        if name == "BadInput":
            fields = texts(named.get("field") or (call.args[0] if call.args else None))
            reasons = texts(named.get("reason") or (call.args[1] if len(call.args) > 1 else None))
            found |= {(field, reason) for field in fields or {"any"} for reason in reasons}
        elif name == "_refuse":
            found |= {("archive", reason) for reason in texts(call.args[0])}
    worker = next(module for module in modules("cmdesk/services") if module.path.endswith("picture_worker.py"))
    for node in worker.nodes(ast.Dict):
        pairs = zip(node.keys, node.values, strict=True)
        found |= {("media", reason) for key, value in pairs if texts(key) == {"error"} for reason in texts(value)}
    return found - {("media", "disk")}


def test_every_bad_input_raised_anywhere_has_a_sentence() -> None:
    raised = bad_inputs()
    assert len(raised) > 50
    assert {("archive", "newer"), ("until", "not_snoozed"), ("any", "bad_characters"), ("value", "too_long")} <= raised
    assert {pair for pair in raised if pair not in INPUTS and ("", pair[1]) not in INPUTS} == set()


@pytest.mark.parametrize(
    ("kind", "say"),
    [
        (State, wording.state),
        (PostState, wording.post_state),
        (HeldBecause, wording.held),
        (Visibility, wording.visibility),
        (Network, wording.network),
        (Health, wording.health),
        (Health, wording.health_short),
        (FetchKind, wording.fetch_kind),
        (Role, wording.role),
        (MessageKind, wording.message_kind),
        (MessageState, wording.message_state),
        (PostKind, wording.post_kind),
        (Severity, wording.severity),
        (FileTrouble, wording.file_trouble),
        (Colour, wording.colour),
        (Language, wording.language),
    ],
)
def test_every_member_has_words(kind: type[enum.Enum], say: Callable[[Any], str]) -> None:
    for member in kind:
        assert say(member)
        assert say(member) != member.value


def test_a_sentence_never_breaks_on_a_missing_or_strange_parameter() -> None:
    assert "…" in wording.problem(Problem("too_long"))
    assert "{0.__class__}" in wording.problem(Problem("media_refused", params=(("name", "{0.__class__}"), ("detail", "x"))))
    long = wording.error(errors.RefusedByNetwork(422, "a" * 5000))
    assert len(long) < 400
    assert "\n" not in wording.error(errors.RefusedByNetwork(422, "one\ntwo"))


def test_a_foreign_code_falls_back_to_the_branch_above_it() -> None:
    assert wording.error(errors.NetworkProblem("never_seen")) == wording.error(errors.NetworkProblem())
    assert "never_seen" in wording.problem(Problem("never_seen"))
    assert "ZeroDivisionError" in wording.error(ZeroDivisionError())


def test_sizes_and_lengths_of_time_are_words() -> None:
    big = wording.problem(Problem("media_too_large", params=(("name", "a.png"), ("size", 20_971_520), ("limit", 16_777_216))))
    assert "20971520" not in big
    short = wording.problem(Problem("poll_time", params=(("seconds", 60), ("least", 300), ("most", 2_629_746))))
    assert "2629746" not in short


def test_a_part_is_named_from_the_second_on() -> None:
    assert wording.problem(Problem("empty", part=0)) == wording.problem(Problem("empty"))
    assert wording.problem(Problem("empty", part=2)).startswith("Part 3")


def test_an_hour_that_is_missing_or_comes_twice_is_said() -> None:
    assert "does not exist" in wording.shift(resolve(datetime.fromisoformat("2027-03-14T02:30"), "America/Toronto"))
    assert "an hour later" in wording.shift(resolve(datetime.fromisoformat("2027-03-14T02:30"), "America/Toronto"))
    assert "30 minutes later" in wording.shift(resolve(datetime.fromisoformat("2027-10-03T02:15"), "Australia/Lord_Howe"))
    assert "twice" in wording.shift(resolve(datetime.fromisoformat("2026-11-01T01:30"), "America/Toronto"))
    assert wording.shift(resolve(datetime.fromisoformat("2026-12-01T09:00"), "America/Toronto")) == ""


def outbox(state: State, **more: Any) -> OutboxRow:
    mark = AccountMark(ClientId("bakeryaa"), AccountId(1), Network.MASTODON, "rosa@a.example", Health.OK)
    facts: dict[str, Any] = {"held_because": None, "problem": None, "url": None, "retry_at": None, "sent_at": None, **more}
    planned = resolve(datetime.fromisoformat("2026-12-01T09:00"), "America/Toronto")
    return OutboxRow(ClientId("bakeryaa"), DeliveryId(1), PostId(1), mark, state, planned, "Pain", 1, **facts)


@pytest.mark.parametrize("state", State)
def test_what_is_known_is_said_for_every_state(state: State) -> None:
    assert wording.known(outbox(state), ENGLISH).endswith(".")


def test_parts_that_are_out_and_the_next_try_are_told() -> None:
    assert "1 of 3 parts" in wording.known(outbox(State.UNCERTAIN, parts=3, parts_out=1), ENGLISH)
    assert "next try" in wording.known(outbox(State.PLANNED, retry_at=datetime(2026, 12, 1, 15, tzinfo=UTC)), ENGLISH)


def test_a_refusal_without_a_word_says_so() -> None:
    assert "gave no reason" in wording.known(outbox(State.REFUSED), ENGLISH)
    assert "gave no reason" in wording.known(outbox(State.REFUSED, problem=Problem("refused_by_network")), ENGLISH)
    told = Problem("refused", params=(("status", 422), ("detail", "too loud")))
    assert "too loud" in wording.known(outbox(State.REFUSED, problem=told), ENGLISH)
