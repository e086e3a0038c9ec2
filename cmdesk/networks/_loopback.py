"""A listener for one answer of a browser: only this machine, one path nobody can guess, one visit, then it is gone."""

from __future__ import annotations

import asyncio
import secrets
import socket
from collections.abc import Callable
from typing import Final, Protocol
from urllib.parse import parse_qs

from msgspec import Struct

_LONGEST_HEAD: Final = 16 * 1024
_VISIT_SECONDS: Final = 5.0
_VISITORS: Final = 16


class Verdict(Protocol):
    """What the judge accepts: a code, or an honest refusal."""

    @property
    def code(self) -> str: ...

    @property
    def refusal(self) -> str: ...


Judge = Callable[[dict[str, list[str]]], Verdict | None]


class _Closed(Struct, frozen=True):
    """The flow was ended by its owner."""

    code: str = ""
    refusal: str = "closed"


class Loopback:
    """One listener on 127.0.0.1. Visits that are not the awaited one get a plain refusal and change nothing."""

    def __init__(self, judge: Judge, done: bytes, failed: bytes) -> None:
        self._judge = judge
        self._done = done
        self._failed = failed
        self._path = f"/{secrets.token_urlsafe(16)}"
        self._host = ""
        self._answer: asyncio.Future[Verdict] = asyncio.get_running_loop().create_future()
        self._server: asyncio.Server | None = None
        self._visits: set[asyncio.Task[None]] = set()

    @classmethod
    async def open(cls, judge: Judge, *, done: bytes, failed: bytes) -> Loopback:
        """Binds a free port of 127.0.0.1, for us alone, and begins to listen."""
        self = cls(judge, done, failed)
        bound = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        try:
            exclusive = getattr(socket, "SO_EXCLUSIVEADDRUSE", None)  # Windows lets others share a port unless told not to
            if exclusive is not None:
                bound.setsockopt(socket.SOL_SOCKET, exclusive, 1)
            bound.bind(("127.0.0.1", 0))
            bound.setblocking(False)
            self._host = f"127.0.0.1:{bound.getsockname()[1]}"
            self._server = await asyncio.start_server(self._welcome, sock=bound, limit=_LONGEST_HEAD, backlog=_VISITORS)
        except BaseException:
            bound.close()
            raise
        return self

    def __repr__(self) -> str:
        return f"<Loopback {self._host}>"

    @property
    def address(self) -> str:
        """The exact URL to register: port and path are this flow's own."""
        return f"http://{self._host}{self._path}"

    async def answer(self) -> Verdict:
        """Waits for the visit the judge accepts, and until its page is delivered."""
        found = await self._answer
        if self._visits:
            await asyncio.wait(set(self._visits), timeout=_VISIT_SECONDS)
        return found

    async def close(self) -> None:
        """Stops listening at once and lets nobody stay connected."""
        if not self._answer.done():
            self._answer.set_result(_Closed())
        if self._server is not None:
            self._server.close()
            self._server = None
        visits = set(self._visits)
        for visit in visits:
            visit.cancel()
        if visits:
            await asyncio.gather(*visits, return_exceptions=True)

    async def _welcome(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        visit = asyncio.current_task()
        assert visit is not None
        self._visits.add(visit)
        try:
            if len(self._visits) <= _VISITORS:
                async with asyncio.timeout(_VISIT_SECONDS):
                    head = await reader.readuntil(b"\r\n\r\n")
                    writer.write(self._reply(head))
                    await writer.drain()
        except (TimeoutError, OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass  # a visitor who does not speak is no answer
        except asyncio.CancelledError:
            pass  # the flow is over; the socket is closed below
        finally:
            self._visits.discard(visit)
            writer.close()

    def _reply(self, head: bytes) -> bytes:
        """Judges one request by its head; the first accepted answer is the only one."""
        query = self._query(head)
        if query is None:
            return _page(404, b"")
        verdict = None if self._answer.done() else self._judge(query)
        if verdict is None:
            return _page(400, self._failed)
        self._answer.set_result(verdict)
        if self._server is not None:
            self._server.close()
        return _page(400, self._failed) if verdict.refusal else _page(200, self._done)

    def _query(self, head: bytes) -> dict[str, list[str]] | None:
        """The query of a GET of our path with our Host, or None."""
        try:
            lines = head.decode("ascii").split("\r\n")
            method, target, version = lines[0].split(" ")
        except (UnicodeDecodeError, ValueError):
            return None
        headers = [line.partition(":") for line in lines[1:] if line]
        hosts = [value.strip().lower() for name, _, value in headers if name.strip().lower() == "host"]
        names = {name.strip().lower() for name, _, value in headers if value.strip() != "0"}
        bodies = names & {"content-length", "transfer-encoding"}
        path, _, query = target.partition("?")
        if method != "GET" or not version.startswith("HTTP/1.") or hosts != [self._host] or bodies:
            return None
        if not secrets.compare_digest(path, self._path):
            return None
        try:
            return parse_qs(query, keep_blank_values=True, strict_parsing=True, errors="strict", max_num_fields=16)
        except ValueError:
            return {}


def _page(status: int, html: bytes) -> bytes:
    """An answer that stores nothing, loads nothing and tells nobody where it came from."""
    reason = {200: "OK", 400: "Bad Request", 404: "Not Found"}[status]
    head = (
        f"HTTP/1.1 {status} {reason}\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(html)}\r\n"
        "Cache-Control: no-store\r\nReferrer-Policy: no-referrer\r\nX-Content-Type-Options: nosniff\r\n"
        "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'\r\n"
        "Connection: close\r\n\r\n"
    )
    return head.encode("ascii") + html
