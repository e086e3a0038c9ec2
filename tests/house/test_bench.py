"""The measurements: that their arithmetic is right and their document whole. What they measured is nobody's business here."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from build_scripts.bench.__main__ import GOALS, NAMES
from build_scripts.bench.figures import Goal, judged, percentile, summary
from tests.helpers.source import ROOT


@pytest.mark.parametrize(("share", "expected"), [(0.5, 50), (0.95, 95), (0.99, 99), (1.0, 100), (0.001, 1)])
def test_a_percentile_is_a_measured_value(share: float, expected: int) -> None:
    assert percentile(list(range(100, 0, -1)), share) == expected


def test_a_single_value_is_all_its_figures() -> None:
    assert summary([7.0]) == {"n": 1, "median": 7.0, "p95": 7.0, "p99": 7.0, "min": 7.0, "max": 7.0}


def test_nothing_measured_is_no_figure() -> None:
    with pytest.raises(ValueError, match="nothing was measured"):
        summary([])


def test_a_goal_is_met_up_to_its_edge() -> None:
    table = {"key": {"p99": 16.0}}
    goals = (Goal(("key", "p99"), 16, "ms"), Goal(("key", "p99"), 15.9, "ms"))
    assert [one["met"] for one in judged(table, goals)] == [True, False]


#: Measured without a screen, so that there is no bare one to stand beside.
SERVICES = {"planning", "answering", "language", "triage"}


@pytest.mark.slow
@pytest.mark.timeout(600)
@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="the screen it brings along is Linux's")
def test_the_document_is_whole(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "build_scripts.bench", "--quick"]
    env = {**os.environ, "TMPDIR": str(tmp_path)}
    done = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=False, timeout=580)
    assert done.returncode == 0, done.stderr
    document = json.loads(done.stdout)
    assert document["quick"] is True
    assert {"cores", "python", "pyside", "system", "screen"} <= set(document["machine"])
    assert tuple(document["measurements"]) == NAMES
    for name, table in document["measurements"].items():
        assert [goal["figure"] for goal in table["goals"]] == [" ".join(goal.figure) for goal in GOALS[name]]
        if name in SERVICES and "baseline" not in table:
            continue
        floor = table["bare"] if name == "start" else table["baseline"]
        floors = list(floor.values()) if all(isinstance(one, dict) for one in floor.values()) else [floor]
        assert all(set(one) in ({"n", "median", "p95", "p99", "min", "max"}, {"resident_mb"}) for one in floors), name
