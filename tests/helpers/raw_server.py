"""A server on loopback that answers with exactly the bytes a test wants, and a sentinel that must never be touched."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

Script = Callable[[bytes, asyncio.StreamWriter], Awaitable[None]]


class RawServer:
    """Remembers each request (head and body as far as it came) and plays a script as the answer."""

    def __init__(self) -> None:
        self.requests: list[bytes] = []
        self.script: Script | None = None
        self.port = 0
        self._tasks: set[asyncio.Task[None]] = set()

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def answers(self, *pieces: bytes, pause: float = 0.0) -> None:
        """Send these pieces to every request, then close."""

        async def play(_request: bytes, writer: asyncio.StreamWriter) -> None:
            for piece in pieces:
                writer.write(piece)
                await writer.drain()
                if pause:
                    await asyncio.sleep(pause)

        self.script = play

    async def _visit(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        try:
            head = await reader.readuntil(b"\r\n\r\n")
            length = 0
            for line in head.lower().split(b"\r\n"):
                if line.startswith(b"content-length:"):
                    length = int(line.split(b":")[1])
            body = await reader.readexactly(length)
            self.requests.append(head + body)
            if self.script is not None:
                await self.script(head + body, writer)
        except (OSError, asyncio.IncompleteReadError, asyncio.CancelledError):
            pass
        finally:
            self._tasks.discard(task)
            writer.close()

    @classmethod
    @asynccontextmanager
    async def running(cls) -> AsyncIterator[RawServer]:
        """A server for the length of a test."""
        self = cls()
        server = await asyncio.start_server(self._visit, "127.0.0.1", 0, limit=1 << 20)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            for task in list(self._tasks):
                task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await asyncio.gather(*self._tasks, return_exceptions=True)


def http(body: bytes, status: str = "200 OK", kind: str = "application/json", *more: str, length: int | None = None) -> bytes:
    """A whole answer."""
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(body) if length is None else length}", *more]
    return "\r\n".join([*lines, "Connection: close", "", ""]).encode() + body
