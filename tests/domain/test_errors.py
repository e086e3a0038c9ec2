"""The error tree is complete, printable without danger, and survives a trip between processes."""

from __future__ import annotations

import copy
import inspect
import pickle
import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from cmdesk.domain import errors
from cmdesk.domain.errors import CmdeskError, Param

_ARGUMENTS: dict[str, Param] = {
    "seconds": 5.0,
    "until": datetime(2026, 12, 1, 9, 0, tzinfo=UTC),
    "status": 422,
}


def _all_kinds(root: type[CmdeskError] = CmdeskError) -> Iterator[type[CmdeskError]]:
    yield root
    for kind in root.__subclasses__():
        if kind.__module__ == errors.__name__:
            yield from _all_kinds(kind)


def _made(kind: type[CmdeskError]) -> CmdeskError:
    wanted = inspect.signature(kind).parameters.values()
    named = [p.name for p in wanted if p.kind is inspect.Parameter.POSITIONAL_OR_KEYWORD]
    return kind(**{name: _ARGUMENTS.get(name, f"the {name}") for name in named}, extra="more")


def test_every_class_of_the_module_hangs_in_the_tree_and_in_its_drawing() -> None:
    classes = {c for _, c in inspect.getmembers(errors, inspect.isclass) if c.__module__ == errors.__name__}
    assert classes == set(_all_kinds())
    drawn = set(re.findall(r"[A-Z]\w+", (errors.__doc__ or "").split("::")[1].split("Each class")[0]))
    assert {c.__name__ for c in classes} <= drawn


def test_codes_are_unique_and_in_one_style() -> None:
    codes = [kind.CODE for kind in _all_kinds()]
    assert len(codes) == len(set(codes))
    assert all(re.fullmatch(r"[a-z]+(_[a-z]+)*", code) for code in codes)


@pytest.mark.parametrize("kind", list(_all_kinds()), ids=lambda kind: kind.__name__)
def test_a_copy_from_another_process_says_the_same(kind: type[CmdeskError]) -> None:
    error = _made(kind)
    for twin in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
        assert type(twin) is kind
        assert (twin.code, twin.params, twin.args) == (error.code, error.params, error.args)
        assert vars(twin) == vars(error)
        assert str(twin) == str(error)


@pytest.mark.parametrize("kind", list(_all_kinds()), ids=lambda kind: kind.__name__)
def test_named_parameters_are_attributes_and_params(kind: type[CmdeskError]) -> None:
    error = _made(kind)
    for name, value in error.params.items():
        if name != "extra":
            assert getattr(error, name) == value
    assert error.params["extra"] == "more"
    assert error.code == kind.CODE


def test_a_branch_may_carry_a_finer_code() -> None:
    error = errors.NetworkProblem("odd_weather", host="example.org")
    assert error.code == "odd_weather"
    assert str(error) == "odd_weather (host='example.org')"
    assert repr(error) == "<NetworkProblem odd_weather (host='example.org')>"


def test_without_parameters_the_code_stands_alone() -> None:
    assert str(errors.DiskFull()) == "disk_full"


def test_dates_are_told_in_iso() -> None:
    until = datetime(2026, 12, 1, 9, 0, tzinfo=UTC)
    assert str(errors.RateLimited(until)) == "rate_limited (until=2026-12-01T09:00:00+00:00)"
    assert errors.RateLimited().until is None


@pytest.mark.parametrize("name", ["access_token", "client_secret", "Password", "Authorization", "code_verifier"])
def test_a_parameter_named_like_a_secret_is_hidden_in_text(name: str) -> None:
    error = CmdeskError("odd", **{name: "hunter2-canary"})
    assert "hunter2" not in str(error) + repr(error)
    assert f"{name}=<hidden>" in str(error)


def test_foreign_text_is_capped_and_cannot_forge_a_log_line() -> None:
    text = str(errors.RefusedByNetwork(422, "no\nFAKE LINE" + "x" * 5000))
    assert "\n" not in text
    assert len(text) < 300
