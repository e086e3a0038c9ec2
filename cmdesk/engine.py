"""One asyncio loop in one named thread, so that network and writes never make the screen wait."""

from __future__ import annotations

import asyncio
import concurrent.futures
import functools
import logging
import queue
import sys
import threading
from collections.abc import Callable, Coroutine
from typing import Any, Final, ParamSpec, TypeVar

from cmdesk.domain.errors import EngineStopped

log = logging.getLogger(__name__)

P = ParamSpec("P")
T = TypeVar("T")

THREAD_NAME: Final = "cmdesk-engine"
_HELPERS: Final = 2
_RESOLVERS: Final = 4
_TURN: Final = 0.0005  # seconds that this thread may keep Python's lock while the screen waits for it


class _DaemonPool(concurrent.futures.ThreadPoolExecutor):
    """A small pool whose stuck threads cannot keep the program from ending.

    The standard pool is joined when the interpreter exits: a keyring's question that nobody clicks, or a name server
    that is silent, would leave a process without a window behind. asyncio insists on the class for its default
    executor, hence the base; none of its threads are ever made.
    """

    def __init__(self, count: int, name: str) -> None:
        super().__init__(max_workers=count, thread_name_prefix=name)
        self._jobs: queue.SimpleQueue[tuple[concurrent.futures.Future[Any], Callable[[], Any]] | None] = queue.SimpleQueue()
        self._guard = threading.Lock()
        self._members: list[threading.Thread] = []
        self._count = count
        self._name = name
        self._open = True

    def submit(self, fn: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> concurrent.futures.Future[T]:
        future: concurrent.futures.Future[T] = concurrent.futures.Future()
        with self._guard:
            if not self._open:
                raise EngineStopped
            self._jobs.put((future, functools.partial(fn, *args, **kwargs)))
            if len(self._members) < self._count:
                name = f"{self._name}-{len(self._members) + 1}"
                member = threading.Thread(target=self._work, name=name, daemon=True)
                self._members.append(member)
                member.start()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:  # noqa: ARG002 - the base's signature
        """Close the door, cancel what has not begun, let the threads go; never waits (see ``join``)."""
        with self._guard:
            self._open = False
            while not self._jobs.empty():
                job = self._jobs.get()
                if job is not None:
                    job[0].cancel()
            for _ in self._members:
                self._jobs.put(None)

    def join(self, clock: Callable[[], float], deadline: float) -> None:
        """Wait for the threads to end, until ``deadline`` of ``clock``; what is stuck is left behind."""
        for member in self._members:
            member.join(max(0.0, deadline - clock()))

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            future, function = job
            if not future.set_running_or_notify_cancel():
                continue
            try:
                result = function()
            except BaseException as error:  # noqa: BLE001 - the asker gets it, whatever it is
                future.set_exception(error)
            else:
                future.set_result(result)
            # Or an idle thread would keep the last job, its arguments and its result alive.
            del job, future, function


class Engine:
    """The loop's life: ``start``, then ``submit``, ``spawn`` and ``helper``, then ``stop``. One life per object.

    All methods may be called from any thread, except that ``stop`` cannot be called from the engine's own.
    """

    def __init__(self) -> None:
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._live, name=THREAD_NAME, daemon=True)
        self._guard = threading.Lock()
        self._accepting = False
        self._unsettled: set[concurrent.futures.Future[Any]] = set()
        self._helpers = _DaemonPool(_HELPERS, "cmdesk-helper")
        self._resolvers = _DaemonPool(_RESOLVERS, "cmdesk-resolver")
        self._loop.set_default_executor(self._resolvers)

    @property
    def running(self) -> bool:
        """True from ``start`` until ``stop`` begins."""
        return self._accepting

    def start(self) -> None:
        """Begin to turn. Raises ``EngineStopped`` if this engine has been stopped or started before."""
        with self._guard:
            if self._accepting or self._loop.is_closed() or self._thread.ident is not None:
                raise EngineStopped("engine_started_twice")
            self._accepting = True
            # Python's own five milliseconds are spent anew after each of the screen's reads: ten of them are a stutter.
            sys.setswitchinterval(_TURN)
            self._thread.start()

    def submit(self, coroutine: Coroutine[Any, Any, T], name: str | None = None) -> concurrent.futures.Future[T]:
        """Run a coroutine in the engine; cancelling the future cancels it. Raises ``EngineStopped`` when not running."""
        future: concurrent.futures.Future[T] = concurrent.futures.Future()
        with self._guard:
            if not self._accepting:
                coroutine.close()
                raise EngineStopped
            self._unsettled.add(future)
            # Inside the guard: what is queued before stop() closes the door is seen and cancelled by it.
            self._loop.call_soon_threadsafe(self._begin, coroutine, name, future)
        return future

    def spawn(self, coroutine: Coroutine[Any, Any, object], name: str) -> concurrent.futures.Future[object]:
        """Like ``submit`` for work nobody waits for: its failure is logged, and it is not started again."""
        future = self.submit(coroutine, name)
        future.add_done_callback(functools.partial(_log_failure, name))
        return future

    async def helper(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a blocking function (keyring, media) in one of two helper threads.

        Cancelling stops the waiting; the function itself cannot be interrupted. Works in any event loop.
        """
        call = functools.partial(function, *args, **kwargs)
        return await asyncio.get_running_loop().run_in_executor(self._helpers, call)

    def stop(self, grace: float = 1.0, last: Callable[[], Coroutine[Any, Any, object]] | None = None) -> None:
        """Cancel everything, give it up to ``grace`` seconds to tidy up, then end the threads. Harmless when repeated.

        ``last`` runs in the loop when all else has ended, for what can only be closed where it was opened (connections);
        it has ``grace`` seconds of its own. Returns as soon as all is done. Work that ignores its cancellation, or is stuck in
        a helper thread, is left behind with a warning; its future is cancelled, so nobody waits for ever.
        """
        if threading.current_thread() is self._thread:
            raise RuntimeError("the engine cannot wait for its own thread")
        with self._guard:
            started, was_accepting, self._accepting = self._thread.ident is not None, self._accepting, False
            if was_accepting:
                self._loop.call_soon_threadsafe(self._begin_end, grace, last)
        deadline = self._loop.time() + grace * (1 if last is None else 2)
        if started:
            self._thread.join()
        else:
            self._close()
        self._helpers.join(self._loop.time, deadline)
        self._resolvers.join(self._loop.time, deadline)

    def _live(self) -> None:
        """The thread's whole life; also tidies up if something (``SystemExit`` from a task) broke the loop."""
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_forever()
        except BaseException:
            log.critical("engine_broken", exc_info=True)
            with self._guard:
                self._accepting = False
            self._loop.run_until_complete(self._cancel_all(grace=1.0))
        finally:
            self._close()

    def _close(self) -> None:
        self._helpers.shutdown()
        self._resolvers.shutdown()
        self._loop.close()
        with self._guard:
            left, self._unsettled = self._unsettled, set()
        for future in left:
            future.cancel()

    def _begin(self, coroutine: Coroutine[Any, Any, T], name: str | None, future: concurrent.futures.Future[T]) -> None:
        if future.cancelled():
            coroutine.close()
            self._forget(future)
            return
        task = self._loop.create_task(coroutine, name=name)
        task.add_done_callback(functools.partial(self._settle, future))
        future.add_done_callback(functools.partial(self._pass_on_cancel, task))

    def _settle(self, future: concurrent.futures.Future[T], task: asyncio.Task[T]) -> None:
        self._forget(future)
        if task.cancelled():
            future.cancel()
            return
        error = task.exception()
        if not future.set_running_or_notify_cancel():
            if error is not None:
                log.warning("task_failed_while_cancelled name=%s error=%s", task.get_name(), type(error).__name__)
        elif error is not None:
            future.set_exception(error)
        else:
            future.set_result(task.result())

    def _forget(self, future: concurrent.futures.Future[Any]) -> None:
        with self._guard:
            self._unsettled.discard(future)

    def _pass_on_cancel(self, task: asyncio.Task[Any], future: concurrent.futures.Future[Any]) -> None:
        if future.cancelled() and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(task.cancel)

    def _begin_end(self, grace: float, last: Callable[[], Coroutine[Any, Any, object]] | None) -> None:
        end = self._loop.create_task(self._end(grace, last), name="cmdesk-stop")
        end.add_done_callback(lambda _: self._loop.stop())

    async def _end(self, grace: float, last: Callable[[], Coroutine[Any, Any, object]] | None) -> None:
        await self._cancel_all(grace)
        if last is None:
            return
        try:
            async with asyncio.timeout(grace):
                await last()
        except Exception:
            log.warning("last_failed", exc_info=True)

    async def _cancel_all(self, grace: float) -> None:
        """Cancel until nothing is left, for tasks may begin others while they tidy up; stops when ``grace`` is over."""
        deadline = self._loop.time() + grace
        me = asyncio.current_task()
        asked: set[asyncio.Task[Any]] = set()
        while tasks := {task for task in asyncio.all_tasks() if task is not me}:
            for task in tasks - asked:
                task.cancel()
            asked |= tasks
            left = deadline - self._loop.time()
            if left <= 0:
                log.warning("tasks_left_behind names=%s", sorted(task.get_name() for task in tasks))
                break
            await asyncio.wait(tasks, timeout=left, return_when=asyncio.FIRST_COMPLETED)
        await self._loop.shutdown_asyncgens()


def _log_failure(name: str, future: concurrent.futures.Future[object]) -> None:
    if future.cancelled():
        return
    error = future.exception()
    if error is not None:
        log.error("task_failed name=%s", name, exc_info=error)
