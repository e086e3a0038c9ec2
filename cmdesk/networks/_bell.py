"""Listens for a server's word that something came in: a WebSocket (RFC 6455), else server-sent events, only to wake a fetch.

What is said on the line is not read beyond its kind: the fetch that follows asks for everything by its own cursor, so a bell
that stays silent, lies or breaks loses nothing. The key travels in a header, to the server's own name or one below it.
"""

from __future__ import annotations

import asyncio
import base64
import hashlib
import os
import struct
from typing import Final
from urllib.parse import urlsplit

import httpcore
import httpx

from cmdesk.domain.errors import AnswerUnreadable, AuthRevoked, GoneOnNetwork, HostRefused, NetworkProblem, NoNetwork, TimedOut
from cmdesk.networks.http import CONNECT_SECONDS, USER_AGENT, Line

_MAGIC: Final = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
_LONGEST_HEAD: Final = 16_384
_LONGEST_FRAME: Final = 1_048_576
#: A server that says nothing for so long, not even a ping, is asked anew.
SILENCE: Final = 300.0
_TEXT, _CLOSE, _PING, _PONG = 1, 8, 9, 10


class Socket:
    """An open WebSocket. Frames are read whole; what a frame says is only told apart from a heartbeat."""

    def __init__(self, stream: httpcore.AsyncNetworkStream, rest: bytes) -> None:
        self._stream, self._rest = stream, bytearray(rest)

    async def heard(self) -> None:
        """Returns at the next message; raises NetworkProblem when the line ends or is silent for too long."""
        while True:
            opcode, payload = await self._frame()
            if opcode == _CLOSE:
                raise NoNetwork(reason="closed")
            if opcode == _PING:
                await self._send(_PONG, payload)
            elif opcode == _TEXT and payload:
                return

    async def _frame(self) -> tuple[int, bytes]:
        head = await self._read(2)
        if head[0] & 0x70 or head[1] & 0x80:
            raise AnswerUnreadable(reason="frame")
        length = head[1] & 0x7F
        if length >= 126:
            length = int.from_bytes(await self._read(2 if length == 126 else 8), "big")
        if length > _LONGEST_FRAME:
            raise AnswerUnreadable(reason="frame")
        return head[0] & 0x0F, await self._read(length)

    async def _read(self, count: int) -> bytes:
        while len(self._rest) < count:
            try:
                part = await self._stream.read(65_536, timeout=SILENCE)
            except httpcore.TimeoutException:
                raise TimedOut(reason="silence") from None
            except httpcore.NetworkError:
                raise NoNetwork(reason="reset") from None
            if not part:
                raise NoNetwork(reason="closed")
            self._rest += part
        found = bytes(self._rest[:count])
        del self._rest[:count]
        return found

    async def _send(self, opcode: int, payload: bytes) -> None:
        mask = os.urandom(4)
        body = bytes(byte ^ mask[place % 4] for place, byte in enumerate(payload[:125]))
        await self._stream.write(struct.pack("!BB", 0x80 | opcode, 0x80 | len(body)) + mask + body, timeout=CONNECT_SECONDS)

    async def close(self) -> None:
        """Ends the line."""
        await self._stream.aclose()


def allowed(streaming: str, origin: str) -> str:
    """The host and port of a streaming server that may have the key of this origin: itself, or a name below it; else nothing."""
    place, home = urlsplit(streaming), urlsplit(origin)
    secure = {"https": "wss", "http": "ws"}[home.scheme]
    if place.scheme not in {secure, home.scheme} or not place.hostname or place.username is not None:
        return ""
    if place.netloc == home.netloc:
        return place.netloc
    below = place.hostname.endswith(f".{home.hostname}") and home.scheme == "https"
    return place.netloc if below and place.port in {None, 443} else ""


async def open_socket(line: Line, host: str, path: str) -> Socket:
    """A WebSocket to a host, with the line's key. Raises NetworkProblem: GoneOnNetwork where none is offered."""
    secret = (await line.secret()).reveal()
    stream = await line.connect(host)
    key = base64.b64encode(os.urandom(16))
    request = (
        f"GET {path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key.decode()}\r\nAuthorization: Bearer {secret}\r\n"
        f"User-Agent: {USER_AGENT}\r\n\r\n"
    )
    try:
        await stream.write(request.encode("ascii"), timeout=CONNECT_SECONDS)
        head, rest = await _head(stream)
    except (httpcore.NetworkError, httpcore.TimeoutException, UnicodeEncodeError):
        await stream.aclose()
        raise NoNetwork(host=host) from None
    except NetworkProblem:
        await stream.aclose()
        raise
    lines = head.split("\r\n")
    fields = {name.strip().lower(): value.strip() for name, _, value in (one.partition(":") for one in lines[1:])}
    proof = base64.b64encode(hashlib.sha1(key + _MAGIC, usedforsecurity=False).digest()).decode()
    status = lines[0].split(" ")[1] if lines[0].startswith("HTTP/1.") and " " in lines[0] else ""
    if status == "101" and fields.get("sec-websocket-accept") == proof:
        return Socket(stream, rest)
    await stream.aclose()
    if status == "401":
        raise AuthRevoked(status=401)
    raise GoneOnNetwork(status=int(status) if status.isdigit() else 0)


async def _head(stream: httpcore.AsyncNetworkStream) -> tuple[str, bytes]:
    found = bytearray()
    while b"\r\n\r\n" not in found:
        part = await stream.read(4096, timeout=CONNECT_SECONDS)
        if not part or len(found) > _LONGEST_HEAD:
            raise AnswerUnreadable(reason="head")
        found += part
    head, _, rest = bytes(found).partition(b"\r\n\r\n")
    return head.decode("latin-1"), rest


class Events:
    """An open answer of server-sent events."""

    def __init__(self, response: httpx.Response) -> None:
        self._response = response
        self._parts = response.stream.__aiter__()  # type: ignore[union-attr]  # an asynchronous line's answer
        self._rest = b""

    async def heard(self) -> None:
        """Returns at the next event; heartbeats are none. Raises NetworkProblem when the line ends or is silent for too long."""
        while True:
            begun, newline, rest = self._rest.partition(b"\n")
            if newline:
                self._rest = rest
                if begun.startswith(b"event:"):
                    return
                continue
            try:
                async with asyncio.timeout(SILENCE):
                    self._rest = begun + await anext(self._parts)
            except TimeoutError:
                raise TimedOut(reason="silence") from None
            except (StopAsyncIteration, httpx.HTTPError, OSError):
                raise NoNetwork(reason="closed") from None
            if len(self._rest) > _LONGEST_FRAME:
                raise AnswerUnreadable(reason="event")

    async def close(self) -> None:
        """Ends the line."""
        await self._response.aclose()


async def open_events(line: Line, path: str) -> Events:
    """Server-sent events from the line's own origin. Raises NetworkProblem: GoneOnNetwork where none are offered."""
    try:
        response = await line.listen(path)
    except (httpx.HTTPError, OSError, HostRefused):
        raise NoNetwork(host=urlsplit(line.origin).netloc) from None
    kind = response.headers.get("content-type", "")
    if response.status_code == 200 and kind.startswith("text/event-stream"):
        return Events(response)
    await response.aclose()
    if response.status_code == 401:
        raise AuthRevoked(status=401)
    raise GoneOnNetwork(status=response.status_code)


class MastodonBell:
    """The bell of one account: opened at the first call, kept while it works."""

    def __init__(self, line: Line, streaming: str) -> None:
        self._line, self._streaming = line, streaming
        self._open: Socket | Events | None = None

    async def heard(self) -> None:
        """Returns when something happened. Raises NetworkProblem; the next call opens anew."""
        if self._open is None:
            self._open = await self._opened()
        try:
            await self._open.heard()
        except BaseException:
            await self.close()
            raise

    async def _opened(self) -> Socket | Events:
        """Mastodon docs, streaming API: ``user/notification`` over either of both ways."""
        host = allowed(self._streaming, self._line.origin) or urlsplit(self._line.origin).netloc
        try:
            return await open_socket(self._line, host, "/api/v1/streaming?stream=user:notification")
        except (GoneOnNetwork, AnswerUnreadable):
            return await open_events(self._line, "/api/v1/streaming/user/notification")

    async def close(self) -> None:
        """Ends the line; harmless when repeated."""
        known, self._open = self._open, None
        if known is not None:
            await known.close()
