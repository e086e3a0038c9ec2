"""Keeps the language worker: started with the first question, asked one thing at a time, ended when nobody asks any more.

A worker that dies is started again and asked again, once; what is seen of it is one line in the log.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import logging
import os
import sys
from typing import Final, TypeVar

import msgspec

from cmdesk.domain.errors import BadInput, EnvironmentProblem
from cmdesk.language.protocol import LONGEST_LINE, Answer, Request

log = logging.getLogger(__name__)

T = TypeVar("T")

#: What a frozen program is started with to become the worker.
WORKER_VERB: Final = "language-worker"
#: Seconds without a question after which its memory is given back.
IDLE: Final = 300.0
#: Seconds for one answer, the loading of the checkers included.
PATIENCE: Final = 30.0
_FAREWELL: Final = 2.0


class CheckerBroken(EnvironmentProblem):
    """The language worker cannot be started, or died twice over the same question; ``reason`` says which."""

    CODE = "checker_broken"


class _Died(Exception):
    """The worker ended, was silent for too long, or spoke nonsense."""


def command() -> list[str]:
    """How to start the worker: as a module that trusts no folder it happens to stand in, or, frozen, as the program itself."""
    if getattr(sys, "frozen", False):
        return [sys.executable, WORKER_VERB]
    return [sys.executable, "-P", "-X", "utf8", "-m", "cmdesk.language"]


class Host:
    """The worker, or the will to start one. Lives in one event loop; ``close`` it there."""

    def __init__(self, start: list[str] | None = None, *, idle: float = IDLE, patience: float = PATIENCE) -> None:
        self._start = start or command()
        self._idle = idle
        self._patience = patience
        self._process: asyncio.subprocess.Process | None = None
        self._turn: asyncio.Lock | None = None
        self._ids = itertools.count(1)
        self._rest: asyncio.TimerHandle | None = None
        self._ending: set[asyncio.Task[None]] = set()
        self._encoder = msgspec.json.Encoder()

    @property
    def running(self) -> bool:
        """Whether there is a worker just now."""
        return self._process is not None and self._process.returncode is None

    @property
    def pid(self) -> int | None:
        """The worker's process, for whoever measures it."""
        return self._process.pid if self._process is not None and self.running else None

    async def ask(self, do: str, body: object, kind: type[T]) -> T:
        """One question and its answer. Raises BadInput(field="text") for what the worker refuses, or CheckerBroken."""
        if self._turn is None:
            self._turn = asyncio.Lock()
        request = Request(id=next(self._ids), do=do, body=msgspec.Raw(self._encoder.encode(body)))
        line = self._encoder.encode(request)
        if len(line) >= LONGEST_LINE:
            raise BadInput(field="text", reason="too_large", limit=LONGEST_LINE)
        async with self._turn:
            if self._rest is not None:
                self._rest.cancel()
            try:
                answer = await self._answer(request.id, line)
            finally:
                self._rest = asyncio.get_running_loop().call_later(self._idle, self._let_rest)
        if answer.error == "too_long":
            raise BadInput(field="text", reason="too_large", limit=LONGEST_LINE)
        if answer.error:
            raise CheckerBroken(reason=answer.error, kind=do)
        return msgspec.json.decode(answer.body, type=kind)

    async def close(self) -> None:
        """Ends the worker. Harmless when repeated."""
        if self._rest is not None:
            self._rest.cancel()
        await self._end()
        if self._ending:
            await asyncio.gather(*self._ending)

    async def _answer(self, number: int, line: bytes) -> Answer:
        for attempt in (1, 2):
            try:
                async with asyncio.timeout(self._patience):
                    return await self._exchange(number, line)
            except (_Died, TimeoutError) as problem:
                dead = self._process
                await self._end(kill=True)
                code = dead.returncode if dead is not None else None
                log.warning("language_worker_died attempt=%d code=%s reason=%s", attempt, code, type(problem).__name__)
            except BaseException:
                # Given up in the middle of an answer: nobody could tell the rest of it from the next one's.
                await self._end(kill=True)
                raise
        raise CheckerBroken(reason="died")

    async def _exchange(self, number: int, line: bytes) -> Answer:
        process = await self._started()
        if process.stdin is None or process.stdout is None:
            raise _Died
        try:
            process.stdin.write(line + b"\n")
            await process.stdin.drain()
            told = await process.stdout.readuntil(b"\n")
            answer = msgspec.json.decode(told, type=Answer)
        except (OSError, EOFError, asyncio.LimitOverrunError, msgspec.DecodeError):
            raise _Died from None
        if answer.id not in {number, 0}:
            raise _Died
        return answer

    async def _started(self) -> asyncio.subprocess.Process:
        if self._process is not None and self._process.returncode is None:
            return self._process
        if self._process is not None:
            await self._end(kill=True)
        try:
            self._process = await asyncio.create_subprocess_exec(
                *self._start,
                stdin=asyncio.subprocess.PIPE,
                stdout=asyncio.subprocess.PIPE,
                stderr=asyncio.subprocess.DEVNULL,
                limit=2 * LONGEST_LINE,
                # The order of proposals must not depend on chance.
                env={**os.environ, "PYTHONHASHSEED": "0"},
            )
        except OSError as problem:
            raise CheckerBroken(reason=type(problem).__name__) from None
        return self._process

    def _let_rest(self) -> None:
        if self._turn is not None and not self._turn.locked():
            task = asyncio.get_running_loop().create_task(self._end(), name="cmdesk-language-rest")
            self._ending.add(task)
            task.add_done_callback(self._ending.discard)

    async def _end(self, *, kill: bool = False) -> None:
        """Ends the worker, and reads what it still said: a pipe that was not read to its end stays open."""
        process, self._process = self._process, None
        if process is None:
            return
        if process.stdin is not None:
            process.stdin.close()
        try:
            # One that is dying by itself is left to it: killed at that moment, its end would be seen by two.
            if not kill or (process.stdout is not None and process.stdout.at_eof()):
                with contextlib.suppress(TimeoutError):
                    async with asyncio.timeout(_FAREWELL):
                        await process.wait()
        finally:
            if process.returncode is None:
                with contextlib.suppress(ProcessLookupError):
                    process.kill()
                await process.wait()
            if process.stdout is not None:
                await process.stdout.read()
