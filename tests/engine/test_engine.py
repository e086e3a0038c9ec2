"""The engine's life: results, errors, cancelling in the middle of things, and an end that leaves nothing behind."""

from __future__ import annotations

import asyncio
import concurrent.futures
import gc
import logging
import socket
import subprocess
import sys
import threading
import time
from collections.abc import AsyncGenerator, Callable, Iterator

import pytest

from cmdesk.domain.errors import EngineStopped
from cmdesk.engine import THREAD_NAME, Engine

WAIT = 20.0


@pytest.fixture
def engine() -> Iterator[Engine]:
    before = set(threading.enumerate())
    engine = Engine()
    engine.start()
    yield engine
    engine.stop(grace=5.0)
    assert not engine.running
    assert set(threading.enumerate()) - before == set()


async def _told(value: str) -> str:
    await asyncio.sleep(0)
    return f"{value} in {threading.current_thread().name}"


async def _never(begun: threading.Event, ended: list[str]) -> None:
    begun.set()
    try:
        await asyncio.Event().wait()
    except asyncio.CancelledError:
        ended.append("cancelled")
        raise


class TestSubmit:
    def test_the_result_comes_back_from_the_named_thread(self, engine: Engine) -> None:
        assert engine.running
        assert engine.submit(_told("hello")).result(WAIT) == f"hello in {THREAD_NAME}"

    def test_the_error_comes_back_as_it_was(self, engine: Engine) -> None:
        error = LookupError("no such post")

        async def fails() -> None:
            raise error

        assert engine.submit(fails()).exception(WAIT) is error

    def test_a_thousand_from_four_threads(self, engine: Engine) -> None:
        def ask(number: int) -> str:
            return engine.submit(_told(str(number))).result(WAIT)

        with concurrent.futures.ThreadPoolExecutor(4) as threads:
            told = list(threads.map(ask, range(1000)))
        assert told == [f"{number} in {THREAD_NAME}" for number in range(1000)]

    def test_cancelling_in_the_middle_of_a_request_closes_the_connection(self, engine: Engine) -> None:
        server = socket.create_server(("127.0.0.1", 0))
        server.settimeout(WAIT)

        async def request() -> bytes:
            reader, writer = await asyncio.open_connection(*server.getsockname())
            try:
                writer.write(b"GET / HTTP/1.1\r\n\r\n")
                return await reader.read()
            finally:
                writer.close()

        with server:
            future = engine.submit(request())
            connection, _ = server.accept()
            with connection:
                connection.settimeout(WAIT)
                assert connection.recv(100).startswith(b"GET")
                assert future.cancel()
                assert connection.recv(100) == b""
        assert engine.submit(_told("still")).result(WAIT).startswith("still")

    def test_cancelling_before_it_began_runs_nothing(self, engine: Engine) -> None:
        hold, ran = threading.Event(), list[str]()

        async def block() -> None:
            hold.wait(WAIT)  # the loop cannot begin the next one meanwhile

        async def runs() -> None:
            ran.append("ran")

        first = engine.submit(block())
        second = engine.submit(runs())
        assert second.cancel()
        hold.set()
        first.result(WAIT)
        engine.submit(_told("after")).result(WAIT)
        assert ran == []

    def test_a_task_that_cancels_itself_gives_a_cancelled_future(self, engine: Engine) -> None:
        async def gives_up() -> None:
            raise asyncio.CancelledError

        with pytest.raises(concurrent.futures.CancelledError):
            engine.submit(gives_up()).result(WAIT)

    @pytest.mark.expects_log("task_failed_while_cancelled")
    def test_a_failure_while_being_cancelled_is_not_lost(self, engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
        begun = threading.Event()

        async def breaks_while_tidying() -> None:
            begun.set()
            try:
                await asyncio.Event().wait()
            finally:
                raise LookupError("while tidying")

        future = engine.submit(breaks_while_tidying(), "tidy")
        assert begun.wait(WAIT)
        assert future.cancel()
        _until(lambda: "task_failed_while_cancelled name=tidy error=LookupError" in caplog.text)

    def test_cancelled_too_late_still_ends_quietly(self, engine: Engine) -> None:
        begun, swallowed = threading.Event(), threading.Event()

        async def ends_anyway() -> str:
            begun.set()
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                swallowed.set()
            return "done all the same"

        future = engine.submit(ends_anyway())
        assert begun.wait(WAIT)
        assert future.cancel()
        assert swallowed.wait(WAIT)
        assert engine.submit(_told("next")).result(WAIT).startswith("next")
        assert future.cancelled()


class TestSpawn:
    @pytest.mark.expects_log("task_failed")
    def test_a_failure_is_logged_with_its_name_and_the_loop_lives(self, engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
        async def fails() -> None:
            raise LookupError("no such inbox")

        future = engine.spawn(fails(), "sync-maya")
        assert isinstance(future.exception(WAIT), LookupError)
        assert engine.submit(_told("alive")).result(WAIT).startswith("alive")
        record = next(r for r in caplog.records if "task_failed" in r.message)
        assert record.levelno == logging.ERROR
        assert "sync-maya" in record.message
        assert "no such inbox" in caplog.text

    def test_the_task_carries_the_name_and_survives_the_collector(self, engine: Engine) -> None:
        names, go = list[str](), threading.Event()

        async def waits() -> None:
            task = asyncio.current_task()
            names.append(task.get_name() if task else "")
            while not go.is_set():  # noqa: ASYNC110 - the event belongs to another thread
                await asyncio.sleep(0.001)
            names.append("ended")

        engine.spawn(waits(), "outbox-loop")
        _until(lambda: names == ["outbox-loop"])
        gc.collect()
        go.set()
        _until(lambda: names == ["outbox-loop", "ended"])

    def test_cancelling_and_succeeding_are_not_logged(self, engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
        begun, ended = threading.Event(), list[str]()
        future = engine.spawn(_never(begun, ended), "loop")
        assert begun.wait(WAIT)
        assert future.cancel()
        _until(lambda: ended == ["cancelled"])
        engine.spawn(_told("fine"), "fine").result(WAIT)
        assert caplog.records == []

    def test_it_may_be_called_inside_the_engine(self, engine: Engine) -> None:
        async def parent() -> concurrent.futures.Future[object]:
            return engine.spawn(_told("child"), "child")

        assert str(engine.submit(parent()).result(WAIT).result(WAIT)).startswith("child")


class TestHelper:
    def test_it_runs_beside_the_loop_in_two_threads_at_most(self, engine: Engine) -> None:
        meeting = threading.Barrier(2)

        def meet(word: str, *, mark: str) -> str:
            meeting.wait(WAIT)
            return f"{word}{mark} {threading.current_thread().name}"

        async def both() -> list[str]:
            calls = [engine.helper(meet, str(number), mark="!") for number in range(6)]
            return await asyncio.gather(*calls)

        told = engine.submit(both()).result(WAIT)
        assert [each.split()[0] for each in told] == [f"{number}!" for number in range(6)]
        assert {each.split()[1] for each in told} == {"cmdesk-helper-1", "cmdesk-helper-2"}

    def test_its_error_comes_back(self, engine: Engine) -> None:
        def fails() -> None:
            raise LookupError("locked")

        with pytest.raises(LookupError, match="locked"):
            engine.submit(engine.helper(fails)).result(WAIT)

    def test_it_serves_other_loops_too_and_needs_no_start(self) -> None:
        engine = Engine()
        assert asyncio.run(engine.helper(len, "four")) == 4
        engine.stop()
        with pytest.raises(EngineStopped):
            asyncio.run(engine.helper(len, "four"))

    def test_a_job_that_was_cancelled_in_the_queue_never_runs(self, engine: Engine) -> None:
        hold, ran = threading.Event(), list[int]()

        async def story() -> None:
            blockers = [asyncio.create_task(engine.helper(hold.wait, WAIT)) for _ in range(2)]
            await asyncio.sleep(0)
            queued = asyncio.create_task(engine.helper(ran.append, 1))
            await asyncio.sleep(0)
            queued.cancel()
            await asyncio.wait([queued])
            hold.set()
            await asyncio.gather(*blockers)
            await engine.helper(ran.append, 2)

        engine.submit(story()).result(WAIT)
        assert ran == [2]


class TestStop:
    def test_pending_tasks_are_cancelled_and_tidied_up_within_a_second(self) -> None:
        engine, ended = Engine(), list[str]()
        engine.start()
        begun = [threading.Event() for _ in range(50)]
        futures = [engine.submit(_never(each, ended)) for each in begun]
        assert all(each.wait(WAIT) for each in begun)
        started = time.monotonic()
        engine.stop(grace=WAIT)
        assert time.monotonic() - started < WAIT  # it does not sit the grace out
        assert ended == ["cancelled"] * 50
        assert all(future.cancelled() for future in futures)
        assert not any(thread.name.startswith("cmdesk-") for thread in threading.enumerate())

    def test_tidying_up_may_take_time_within_the_grace_and_begin_other_tasks(self) -> None:
        engine, told, begun = Engine(), list[str](), threading.Event()
        others: list[asyncio.Task[None]] = []
        engine.start()

        async def publishes() -> None:
            begun.set()
            try:
                await asyncio.Event().wait()
            finally:
                await asyncio.sleep(0.01)
                told.append("settled")
                others.append(asyncio.create_task(_never(threading.Event(), told)))

        engine.submit(publishes())
        assert begun.wait(WAIT)
        engine.stop(grace=10.0)
        assert told == ["settled", "cancelled"]

    @pytest.mark.leaves("stubborn")
    @pytest.mark.expects_log("tasks_left_behind")
    @pytest.mark.expects_log("Task was destroyed")
    def test_a_task_that_ignores_its_end_is_left_behind_with_a_warning(self, caplog: pytest.LogCaptureFixture) -> None:
        engine, begun = Engine(), threading.Event()
        engine.start()

        async def stubborn() -> None:
            begun.set()
            for _ in range(1000):
                try:
                    await asyncio.Event().wait()
                except asyncio.CancelledError:
                    continue

        future = engine.submit(stubborn(), "stubborn")
        assert begun.wait(WAIT)
        engine.stop(grace=0.05)
        assert future.cancelled()
        assert "tasks_left_behind names=['stubborn']" in caplog.text
        # Here and not at the end of the whole run: asyncio complains when the abandoned task is collected.
        del future, engine
        gc.collect()
        assert "Task was destroyed" in caplog.text

    def test_stuck_helpers_do_not_hold_it_and_queued_jobs_are_cancelled(self) -> None:
        engine, release, entered = Engine(), threading.Event(), threading.Semaphore(0)
        engine.start()

        def stuck() -> None:
            entered.release()
            release.wait(WAIT)

        waiting = [engine.submit(engine.helper(stuck)) for _ in range(3)]
        assert entered.acquire(timeout=WAIT)
        assert entered.acquire(timeout=WAIT)
        engine.stop(grace=0.05)
        assert all(future.cancelled() for future in waiting)
        release.set()
        _until(lambda: not any(thread.name.startswith("cmdesk-") for thread in threading.enumerate()))
        assert not entered.acquire(blocking=False)

    def test_async_generators_are_closed(self) -> None:
        engine, told = Engine(), list[str]()
        engine.start()

        async def pages() -> AsyncGenerator[int, None]:
            try:
                yield 1
            finally:
                told.append("closed")

        kept = pages()

        async def reads_one() -> None:
            await anext(kept)

        engine.submit(reads_one()).result(WAIT)
        engine.stop()
        assert told == ["closed"]

    def test_work_after_the_end_or_before_the_start_is_refused_and_no_coroutine_is_left(self) -> None:
        engine = Engine()
        with pytest.raises(EngineStopped):
            engine.submit(_told("too early"))
        engine.start()
        engine.stop()
        with pytest.raises(EngineStopped):
            engine.submit(_told("too late"))
        with pytest.raises(EngineStopped):
            engine.spawn(_told("too late"), "late")
        gc.collect()  # a coroutine that nobody awaited would warn here, and warnings are errors

    def test_it_may_be_repeated_and_needs_no_start_but_the_life_is_one(self) -> None:
        engine = Engine()
        engine.stop()
        engine.stop()
        with pytest.raises(EngineStopped, match="engine_started_twice"):
            engine.start()
        other = Engine()
        other.start()
        with pytest.raises(EngineStopped, match="engine_started_twice"):
            other.start()
        other.stop()

    def test_the_engine_cannot_stop_itself(self, engine: Engine) -> None:
        async def suicide() -> None:
            engine.stop()

        with pytest.raises(RuntimeError, match="own thread"):
            engine.submit(suicide()).result(WAIT)

    @pytest.mark.expects_log("engine_broken")
    def test_a_library_that_exits_the_program_does_not_leave_waiters_hanging(self, caplog: pytest.LogCaptureFixture) -> None:
        engine, begun, ended = Engine(), threading.Event(), list[str]()
        engine.start()
        waiting = engine.submit(_never(begun, ended))
        assert begun.wait(WAIT)

        async def exits() -> None:
            sys.exit(3)

        broken = engine.submit(exits())
        _until(lambda: not engine.running and waiting.done() and broken.done())
        assert waiting.cancelled()
        assert ended == ["cancelled"]
        assert "engine_broken" in caplog.text
        with pytest.raises(EngineStopped):
            engine.submit(_told("too late"))
        engine.stop()

    def test_a_program_with_stuck_helpers_and_resolvers_still_exits(self) -> None:
        code = (
            "import asyncio, threading, time\n"
            "from cmdesk.engine import Engine\n"
            "engine = Engine(); engine.start(); inside = threading.Semaphore(0)\n"
            "def stuck():\n    inside.release(); time.sleep(600)\n"
            "async def name_server():\n    await asyncio.get_running_loop().run_in_executor(None, stuck)\n"
            "engine.submit(engine.helper(stuck)); engine.submit(name_server())\n"
            "inside.acquire(); inside.acquire(); engine.stop(0.05); print('ended')\n"
        )
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
        assert (done.stdout, done.stderr) == ("ended\n", "")


def _until(true: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WAIT
    while not true():
        assert time.monotonic() < deadline, "did not become true in time"
        threading.Event().wait(0.005)
