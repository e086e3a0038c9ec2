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
