"""The engine that wakes when it is first asked for something."""

from __future__ import annotations

import threading

import pytest

from cmdesk.domain.errors import EngineStopped
from cmdesk.engine import THREAD_NAME
from cmdesk.late import LateEngine


async def _thread() -> str:
    return threading.current_thread().name


def test_it_turns_from_the_first_call_on() -> None:
    engine = LateEngine()
    assert THREAD_NAME not in {thread.name for thread in threading.enumerate()}
    try:
        assert engine.submit(_thread()).result(10) == THREAD_NAME
        assert engine.submit(engine.helper(lambda: threading.current_thread().name)).result(10) != THREAD_NAME
    finally:
        engine.stop()


def test_after_its_end_nothing_wakes_it() -> None:
    engine = LateEngine()
    engine.stop()
    with pytest.raises(EngineStopped):
        engine.submit(_thread())
    with pytest.raises(EngineStopped):
        engine.spawn(_thread(), "too late")


def test_what_ran_is_ended_with_it() -> None:
    engine = LateEngine()
    engine.spawn(_thread(), "short").result(10)
    engine.stop(5.0)
    with pytest.raises(EngineStopped):
        engine.submit(_thread())


def test_the_last_thing_is_done_where_all_else_was_done() -> None:
    seen: list[str] = []

    async def last() -> None:
        seen.append(threading.current_thread().name)

    engine = LateEngine()
    engine.submit(_thread()).result(10)
    engine.stop(5.0, last)
    assert seen == [THREAD_NAME]


def test_the_last_thing_is_done_even_when_nothing_else_was() -> None:
    seen: list[str] = []

    async def last() -> None:
        seen.append("done")

    engine = LateEngine()
    engine.stop(5.0, last)
    engine.stop(5.0, last)
    assert seen == ["done"]


@pytest.mark.expects_log("last_failed")
def test_a_last_thing_that_fails_or_hangs_holds_nothing_up() -> None:
    async def bad() -> None:
        raise ValueError

    engine = LateEngine()
    engine.submit(_thread()).result(10)
    engine.stop(0.2, bad)
    with pytest.raises(EngineStopped):
        engine.wake()
