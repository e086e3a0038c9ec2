"""The window is killed in the middle of a word, and the words are there when it opens again.

`CMDESK_KILLS=500 CMDESK_SEED=7` takes more rounds, or others; `dev.py prove R3` is the same with its figures in the table.
"""

from __future__ import annotations

import os
import sys

import pytest

from tests.prove import r3

KILLS = int(os.environ.get("CMDESK_KILLS", "8"))
SEED = int(os.environ.get("CMDESK_SEED", "1"))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGKILL")
@pytest.mark.timeout(60 + 15 * KILLS)
def test_a_killed_window_loses_less_than_a_second_of_typing(capsys: pytest.CaptureFixture[str]) -> None:
    found = r3.rounds(KILLS, SEED)
    with capsys.disabled():
        sys.stdout.write(f"\n{found.said(SEED)}\n")
    assert not found.missing
    assert not found.torn
    assert found.worst <= r3.WORST, found.losses
    assert found.median <= r3.MEDIAN, found.losses


def test_the_judge_finds_what_is_lost_missing_and_torn() -> None:
    steps = [r3.Step(10.0, 0, "a"), r3.Step(10.5, 0, "ab"), r3.Step(11.0, 0, "abc"), r3.Step(8.0, 1, "z")]
    found = r3.Found()
    r3._judge(found, "here", steps, 11.25, ["ab", "q"])
    assert found.losses == [3.25], "the oldest words that are gone count"
    assert found.missing == ["here: draft 1 of 3.25 s"]
    assert found.torn == ["here: 'q' never stood on a sheet"]
    found = r3.Found()
    r3._judge(found, "here", steps[:3], 11.25, ["ab"])
    assert found.losses == [0.25]
    assert found.good
