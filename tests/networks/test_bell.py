"""A server's bell wakes a fetch: over a WebSocket, over server-sent events, and never by giving the key to somebody else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed

from cmdesk.domain.account import Identity, Network
from cmdesk.domain.clock import SystemClock
from cmdesk.domain.errors import AnswerUnreadable, AuthRevoked, NetworkProblem, NoNetwork
from cmdesk.domain.secret import Secret
from cmdesk.networks import _bell, registry
from cmdesk.networks.http import Line
from cmdesk.networks.mastodon import MastodonConnector
from tests.helpers.people import Person

pytestmark = pytest.mark.asyncio


async def _key() -> Secret:
    return Secret("alice_token")


def line(origin: str) -> Line:
    return Line(origin, secret=_key, allow_private=True)


async def test_the_mock_rings_when_somebody_writes(mastodon_mock_server: Any) -> None:
    origin = mastodon_mock_server.base_url.rstrip("/")
    clock = SystemClock()
    new = registry.introduce(Network.MASTODON, origin, secret=_key, clock=clock, allow_private=True)
    identity: Identity = await new.whoami()
    await new.close()
    one = registry.build(identity, secret=_key, clock=clock, software="mastodon 4.5", allow_private=True)
    assert isinstance(one, MastodonConnector)
    heard = asyncio.ensure_future(one.bell())
    bob = Person(mastodon_mock_server.base_url, "bob")
    deadline = asyncio.get_running_loop().time() + 20
    while not heard.done() and asyncio.get_running_loop().time() < deadline:
        await asyncio.to_thread(bob.ask, "/api/v1/statuses", status="@alice Ouvert ?")
        await asyncio.wait({heard}, timeout=0.3)
    await asyncio.wait_for(heard, 1)
    await one.close()


async def test_a_websocket_rings_answers_pings_and_says_when_it_ends() -> None:
    seen: dict[str, str] = {}

    async def handler(socket: ServerConnection) -> None:
        assert socket.request is not None
        seen.update(path=socket.request.path, key=socket.request.headers.get("Authorization", ""))
        await (await socket.ping())  # a pong comes back
        seen["pong"] = "yes"
        await socket.send('{"event":"notification"}')
        await socket.send("x" * 70_000)  # a long frame
        await socket.close()

    async with serve(handler, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        one = line(f"http://127.0.0.1:{port}")
        bell = _bell.MastodonBell(one, f"ws://127.0.0.1:{port}")
        await bell.heard()
        await bell.heard()
        with pytest.raises(NoNetwork):
            await bell.heard()
        await one.close()
    assert seen == {"path": "/api/v1/streaming?stream=user:notification", "key": "Bearer alice_token", "pong": "yes"}


@pytest.mark.parametrize(
    ("answer", "problem"),
    [
        (b"HTTP/1.1 401 Unauthorized\r\n\r\n", AuthRevoked),
        (b"HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: wrong\r\n\r\n", NetworkProblem),
        (b"x" * 40_000, NetworkProblem),
        (b"", NetworkProblem),
    ],
)
async def test_a_server_that_cheats_is_no_bell(answer: bytes, problem: type[Exception]) -> None:
    async def cheat(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        writer.close()

    server = await asyncio.start_server(cheat, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        one = line(f"http://127.0.0.1:{port}")
        with pytest.raises(problem):
            await _bell.MastodonBell(one, "").heard()
        await one.close()


async def test_a_frame_without_end_is_not_read() -> None:
    async def endless(socket: ServerConnection) -> None:
        try:
            await socket.send(b"0" * (2 * 1024 * 1024))
            await socket.wait_closed()
        except ConnectionClosed:
            return

    async with serve(endless, "127.0.0.1", 0, max_size=None) as server:
        port = server.sockets[0].getsockname()[1]
        one = line(f"http://127.0.0.1:{port}")
        with pytest.raises(AnswerUnreadable):
            await _bell.MastodonBell(one, "").heard()
        await one.close()


@pytest.mark.parametrize(
    ("streaming", "origin", "host"),
    [
        ("wss://example.social", "https://example.social", "example.social"),
        ("wss://streaming.example.social", "https://example.social", "streaming.example.social"),
        ("wss://example.social.evil.example", "https://example.social", ""),
        ("wss://evil.example", "https://example.social", ""),
        ("wss://notexample.social", "https://example.social", ""),
        ("ws://streaming.example.social", "https://example.social", ""),
        ("wss://user@streaming.example.social", "https://example.social", ""),
        ("wss://streaming.example.social:8443", "https://example.social", ""),
        ("file:///etc/passwd", "https://example.social", ""),
        ("", "https://example.social", ""),
    ],
)
async def test_the_key_goes_to_the_server_itself_or_below_its_name(streaming: str, origin: str, host: str) -> None:
    found: Callable[[str, str], str] = _bell.allowed
    assert found(streaming, origin) == host
