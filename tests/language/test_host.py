"""The worker is started late, ended when idle, and started again when it dies; what is left of a death is one line in the log."""

from __future__ import annotations

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from cmdesk.domain.errors import BadInput
from cmdesk.language.host import CheckerBroken, Host, command

pytestmark = pytest.mark.asyncio

#: A worker that answers with its own process id, dies when told to, or keeps silent.
_ODD = """
import json, os, sys, time
for line in sys.stdin:
    asked = json.loads(line)
    if asked["do"] == "die": os._exit(3)
    if asked["do"] == "die-once" and not os.path.exists(sys.argv[1]): open(sys.argv[1], "w").close(); os._exit(3)
    if asked["do"] == "nonsense": print("{", flush=True); continue
    if asked["do"] == "other": print(json.dumps({"id": 999, "body": 1}), flush=True); continue
    if asked["do"] == "silent": time.sleep(60)
    if asked["do"] == "refuse": print(json.dumps({"id": asked["id"], "error": "failed"}), flush=True); continue
    print(json.dumps({"id": asked["id"], "body": os.getpid()}), flush=True)
"""


def odd(note: object = "-", *, idle: float = 60, patience: float = 20) -> Host:
    return Host([sys.executable, "-c", _ODD, str(note)], idle=idle, patience=patience)


def alive(host: Host) -> bool:
    """Asked anew each time: a property that was false once is not false for ever."""
    return host.running


async def until(condition: Callable[[], bool], seconds: float = 20) -> None:
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - a process sets no event
            await asyncio.sleep(0.01)


async def test_it_is_started_with_the_first_question_and_kept() -> None:
    host = odd()
    assert not alive(host)
    first = await host.ask("hello", None, int)
    assert alive(host)
    assert host.pid == first
    assert await host.ask("hello", None, int) == first
    await host.close()
    assert not alive(host)
    await host.close()


async def test_questions_wait_for_each_other() -> None:
    host = odd()
    assert len(set(await asyncio.gather(*(host.ask("hello", None, int) for _ in range(20))))) == 1
    await host.close()


async def test_memory_is_given_back_when_nobody_asks() -> None:
    host = odd(idle=0.05)
    first = await host.ask("hello", None, int)
    await until(lambda: not host.running)
    await until(lambda: not Path(f"/proc/{first}").exists() or sys.platform != "linux")
    assert await host.ask("hello", None, int) != first
    await host.close()


@pytest.mark.expects_log("language_worker_died")
async def test_a_death_is_one_line_and_another_try(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    host = odd(tmp_path / "died")
    before = await host.ask("hello", None, int)
    assert await host.ask("die-once", None, int) != before
    assert [record.getMessage().split()[0] for record in caplog.records] == ["language_worker_died"]
    await host.close()


@pytest.mark.expects_log("language_worker_died")
@pytest.mark.parametrize("do", ["die", "nonsense", "other"])
async def test_what_kills_it_twice_is_given_up_and_the_next_question_is_answered(do: str) -> None:
    host = odd()
    with pytest.raises(CheckerBroken):
        await host.ask(do, None, int)
    assert await host.ask("hello", None, int)
    await host.close()


@pytest.mark.expects_log("language_worker_died")
async def test_silence_has_an_end() -> None:
    host = odd(patience=0.3)
    with pytest.raises(CheckerBroken):
        await host.ask("silent", None, int)
    await host.close()


async def test_a_question_given_up_leaves_no_answer_for_the_next() -> None:
    host = odd()
    await host.ask("hello", None, int)
    asking = asyncio.ensure_future(host.ask("silent", None, int))
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert await host.ask("hello", None, int)
    await host.close()


async def test_a_killed_worker_is_replaced_without_a_word_to_the_asker(caplog: pytest.LogCaptureFixture) -> None:
    host = odd()
    first = await host.ask("hello", None, int)
    os.kill(first, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
    await until(lambda: not host.running)
    assert await host.ask("hello", None, int) != first
    assert len(caplog.records) <= 1
    await host.close()


async def test_a_refusal_is_an_error_and_no_death() -> None:
    host = odd()
    with pytest.raises(CheckerBroken):
        await host.ask("refuse", None, int)
    assert alive(host)
    await host.close()


async def test_a_worker_that_cannot_be_started_is_told() -> None:
    host = Host(["/nowhere/at/all"])
    with pytest.raises(CheckerBroken):
        await host.ask("hello", None, int)
    await host.close()


async def test_a_text_without_measure_is_not_even_sent() -> None:
    host = odd()
    with pytest.raises(BadInput):
        await host.ask("hello", "x" * 5_000_000, int)
    assert not alive(host)
    await host.close()


async def test_the_module_is_what_is_started() -> None:
    assert command()[-2:] == ["-m", "cmdesk.language"]
