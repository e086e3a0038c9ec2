"""Every code that can reach a person has words: none is missing, none shows its code or a bare placeholder."""

import ast
import enum
import re
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest

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
from tests.helpers.source import modules

ENGLISH = Formats("en_CA")


def tree(kind: type[errors.CmdeskError]) -> Iterator[type[errors.CmdeskError]]:
    yield kind
    for child in kind.__subclasses__():
        yield from tree(child)


def codes_of_checking() -> set[str]:
    table = re.findall(r"^([a-z_]+) +(?:block|warn) ", checking.__doc__ or "", re.MULTILINE)
    later = re.findall(r"``([a-z_]+)`` \(", checking.__doc__ or "")
    return {*table, *later}


def test_every_error_class_has_a_sentence() -> None:
    ours = {kind for kind in tree(errors.CmdeskError) if kind.__module__ == "cmdesk.domain.errors"}
    assert len(ours) > 30
    assert {kind.CODE for kind in ours} <= set(ERRORS)


def test_every_problem_of_a_draft_has_a_sentence() -> None:
    assert len(codes_of_checking()) > 20
    assert codes_of_checking() | {"media_missing"} <= set(PROBLEMS)


def test_every_bad_input_raised_anywhere_has_a_sentence() -> None:
    raised = {
        (given["field"], given["reason"])
        for room in ("cmdesk/domain", "cmdesk/services", "cmdesk/networks")
        for module in modules(room)
        for node in ast.walk(module.tree)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "BadInput"
        for given in [{word.arg: word.value.value for word in node.keywords if isinstance(word.value, ast.Constant)}]
        if "field" in given and "reason" in given
    }
    assert len(raised) > 15
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
