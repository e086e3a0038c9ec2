"""When typing is saved: soon after a pause, never more than a second behind."""

from pytestqt.qtbot import QtBot

from cmdesk.ui.composer.pace import BEHIND_MS, PAUSE_MS, Pace
from tests.helpers.clocks import FakeClock


def test_a_pause_is_enough(qtbot: QtBot) -> None:
    pace = Pace(FakeClock().monotonic)
    with qtbot.waitSignal(pace.due, timeout=5000):
        assert pace.touch() == PAUSE_MS
    assert not pace.waiting


def test_the_wait_is_within_what_was_promised() -> None:
    assert PAUSE_MS <= 250
    assert BEHIND_MS <= 1000


def test_somebody_who_never_pauses_is_at_most_a_second_ahead(qtbot: QtBot) -> None:
    clock = FakeClock()
    pace = Pace(clock.monotonic)
    waits = []
    for _key in range(12):
        waits.append(pace.touch())
        clock.advance(0.1)
    assert waits[0] == PAUSE_MS
    assert all(key * 100 + wait <= BEHIND_MS for key, wait in enumerate(waits) if wait)
    assert waits[-1] == 0
    with qtbot.waitSignal(pace.due, timeout=5000):
        pace.touch()


def test_after_resting_nothing_is_told(qtbot: QtBot) -> None:
    pace = Pace(FakeClock().monotonic)
    pace.touch()
    pace.rest()
    with qtbot.assertNotEmitted(pace.due, wait=PAUSE_MS * 2):
        assert not pace.waiting
