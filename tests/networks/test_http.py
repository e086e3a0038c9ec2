"""The one transport keeps its limits whatever a server sends."""

from __future__ import annotations

import asyncio
import gzip
import logging
import ssl
import time
import zlib
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
import pytest
import trustme

from cmdesk.domain.errors import (
    AnswerTooLarge,
    AnswerUnreadable,
    AuthRevoked,
    BadInput,
    CmdeskError,
    HostRefused,
    NetworkProblem,
    NoNetwork,
    RedirectRefused,
    TimedOut,
    TlsRefused,
)
from cmdesk.domain.secret import Secret
from cmdesk.networks import _json
from cmdesk.networks._addresses import Resolver, clean_origin, verdict
from cmdesk.networks._rates import LATEST, SOONEST, retry_at
from cmdesk.networks.http import Call, CallFailed, Line
from tests.helpers.raw_server import RawServer, http

CANARY = "canary-7f3a9c2e51d84b60"


async def _key() -> Secret:
    return Secret(CANARY)


def _line(origin: str, **more: Any) -> Line:
    return Line(origin, secret=_key, allow_private=True, **more)  # the test's own keywords


def _deep(depth: int) -> bytes:
    return b"[" * depth + b"]" * depth


OK = b'{"id":"1"}'
BOMB = gzip.compress(b" " * 60_000_000)

HOSTILE: dict[str, tuple[tuple[bytes, ...], type[CmdeskError]]] = {
    "nothing": ((b"",), AnswerUnreadable),
    "no status line": ((b"hello\r\n\r\n",), AnswerUnreadable),
    "other protocol": ((b"SSH-2.0-OpenSSH_9\r\n",), AnswerUnreadable),
    "bad version": ((b"HTTP/9.9 200 OK\r\n\r\n",), AnswerUnreadable),
    "bad status": ((b"HTTP/1.1 abc OK\r\n\r\n",), AnswerUnreadable),
    "status of two digits": ((b"HTTP/1.1 20 OK\r\n\r\n",), AnswerUnreadable),
    "header without colon": ((b"HTTP/1.1 200 OK\r\nnonsense\r\n\r\n",), AnswerUnreadable),
    "nul in a header": ((b"HTTP/1.1 200 OK\r\nA: \x00\r\n\r\n",), AnswerUnreadable),
    "endless header": ((b"HTTP/1.1 200 OK\r\nA: " + b"a" * 300_000,), AnswerUnreadable),
    "endless headers": ((b"HTTP/1.1 200 OK\r\n" + b"A: a\r\n" * 60_000,), AnswerUnreadable),
    "two lengths": ((b"HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab",), AnswerUnreadable),
    "negative length": ((b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",), AnswerUnreadable),
    "length and chunks": (
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: bogus\r\n\r\n{}",),
        AnswerUnreadable,
    ),
    "bad chunk size": ((b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}",), AnswerUnreadable),
    "huge chunk size": ((b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"f" * 40 + b"\r\n{}",), AnswerUnreadable),
    "cut body": ((http(b'{"id"', length=100),), AnswerUnreadable),
    "cut chunk": ((b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nff\r\n{}",), AnswerUnreadable),
    "large body": ((http(b" " * 3_000_000),), AnswerTooLarge),
    "large body told": ((http(b"", length=10**12), b" " * 3_000_000), AnswerTooLarge),
    "gzip bomb": ((http(BOMB, "200 OK", "application/json", "Content-Encoding: gzip"),), AnswerTooLarge),
    "gzip bomb x-gzip": ((http(BOMB, "200 OK", "application/json", "Content-Encoding: x-gzip"),), AnswerTooLarge),
    "no gzip inside": ((http(OK, "200 OK", "application/json", "Content-Encoding: gzip"),), AnswerUnreadable),
    "cut gzip": ((http(gzip.compress(OK)[:-9], "200 OK", "application/json", "Content-Encoding: gzip"),), AnswerUnreadable),
    "gzip twice": ((http(gzip.compress(OK), "200 OK", "application/json", "Content-Encoding: gzip, gzip"),), AnswerUnreadable),
    "deflate unasked": ((http(zlib.compress(OK), "200 OK", "application/json", "Content-Encoding: deflate"),), AnswerUnreadable),
    "brotli unasked": ((http(OK, "200 OK", "application/json", "Content-Encoding: br"),), AnswerUnreadable),
    "zstd unasked": ((http(OK, "200 OK", "application/json", "Content-Encoding: zstd"),), AnswerUnreadable),
    "html with 200": ((http(b"<!doctype html><p>hello", "200 OK", "text/html"),), AnswerUnreadable),
    "empty": ((http(b""),), AnswerUnreadable),
    "blank": ((http(b"   "),), AnswerUnreadable),
    "deep lists": ((http(_deep(65)),), AnswerUnreadable),
    "very deep lists": ((http(_deep(500_000)),), AnswerUnreadable),
    "open lists": ((http(b"[" * 1_000_000),), AnswerUnreadable),
    "deep objects": ((http(b'{"a":' * 70 + b"1" + b"}" * 70),), AnswerUnreadable),
    "huge integer": ((http(b'{"a":' + b"9" * 100_000 + b"}"),), AnswerUnreadable),
    "65 bits": ((http(b'{"a":36893488147419103232}'),), AnswerUnreadable),
    "minus 65 bits": ((http(b'{"a":-36893488147419103232}'),), AnswerUnreadable),
    "not a number": ((http(b'{"a":NaN}'),), AnswerUnreadable),
    "infinity": ((http(b'{"a":Infinity}'),), AnswerUnreadable),
    "minus infinity": ((http(b'{"a":-Infinity}'),), AnswerUnreadable),
    "overflowing float": ((http(b'{"a":1e999}'),), AnswerUnreadable),
    "name twice": ((http(b'{"id":"1","id":"2"}'),), AnswerUnreadable),
    "name twice, escaped": ((http(b'{"id":"1","\\u0069d":"2"}'),), AnswerUnreadable),
    "name twice, inside": ((http(b'[{"a":{"b":1,"b":1}}]'),), AnswerUnreadable),
    "trailing words": ((http(b"{} {}"),), AnswerUnreadable),
    "trailing comma": ((http(b"[1,]"),), AnswerUnreadable),
    "single quotes": ((http(b"{'a':1}"),), AnswerUnreadable),
    "comment": ((http(b"/* */ {}"),), AnswerUnreadable),
    "control in text": ((http(b'{"a":"\x01"}'),), AnswerUnreadable),
    "latin-1": ((http('{"a":"é"}'.encode("latin-1")),), AnswerUnreadable),
    "utf-16": ((http('{"a":1}'.encode("utf-16")),), AnswerUnreadable),
    "utf-7": ((http(b"+AHsAfQ-"),), AnswerUnreadable),
    "overlong utf-8": ((http(b'{"a":"\xc0\xaf"}'),), AnswerUnreadable),
    "raw surrogate": ((http(b'{"a":"\xed\xa0\x80"}'),), AnswerUnreadable),
    "many open quotes": ((http(b'"\\' * 500_000),), AnswerUnreadable),
    "jsonp": ((http(b"cb({})"),), AnswerUnreadable),
    "xml": ((http(b"<?xml version='1.0'?><a/>", "200 OK", "application/xml"),), AnswerUnreadable),
}


async def _hostile(name: str) -> None:
    pieces, expected = HOSTILE[name]
    async with RawServer.running() as server, _line(server.origin) as line:
        server.answers(*pieces)
        with pytest.raises(expected):
            (await line.ask(Call("GET", "/api/v1/x", seconds=5.0))).json()


@pytest.mark.asyncio
@pytest.mark.parametrize("name", HOSTILE)
async def test_a_hostile_answer_is_a_problem_with_a_name(name: str) -> None:
    await asyncio.wait_for(_hostile(name), 8.0)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    "name", [one for one in HOSTILE if HOSTILE[one][1] is AnswerTooLarge or "cut" in one or one == "nothing"]
)
async def test_a_write_with_a_hostile_answer_is_unclear_not_unsent(name: str) -> None:
    async with RawServer.running() as server, _line(server.origin) as line:
        server.answers(*HOSTILE[name][0])
        with pytest.raises(CallFailed) as failed:
            await line.send(Call("POST", "/api/v1/statuses", body={}, seconds=5.0))
    assert failed.value.sent


@pytest.mark.asyncio
@pytest.mark.parametrize("at", ["headers", "body", "silence"])
async def test_a_dripping_server_meets_the_total_deadline(at: str) -> None:
    drip = [b"x"] * 200
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n"
    pieces = {"headers": [b"HTTP/1.1 200 OK\r\nA: ", *drip], "body": [head, *drip], "silence": []}[at]
    async with RawServer.running() as server, _line(server.origin) as line:
        server.answers(*pieces, pause=0.05)
        if not pieces:

            async def wait(_request: bytes, _writer: asyncio.StreamWriter) -> None:
                await asyncio.Event().wait()

            server.script = wait
        began = time.monotonic()
        with pytest.raises(TimedOut):
            await line.ask(Call("GET", "/", seconds=0.4))
        assert time.monotonic() - began < 1.4


@pytest.mark.asyncio
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    "target",
    [
        "{sentinel}/x",
        "//127.0.0.1:{port}/x",
        "http://127.0.0.1:{port}",
        "http://user@127.0.0.1:{port}/",
        "http://{home}@127.0.0.1:{port}/",
        "https://127.0.0.1:{port}/",
        "HTTP://127.0.0.1:{port}/x",
        "http:\\\\127.0.0.1:{port}\\x",
    ],
)
async def test_no_redirect_leads_to_another_origin(status: int, target: str) -> None:
    async with RawServer.running() as server, RawServer.running() as sentinel, _line(server.origin) as line:
        to = target.format(sentinel=sentinel.origin, port=sentinel.port, home=server.origin[7:])
        server.answers(http(b"", f"{status} Moved", "text/plain", f"Location: {to}"))
        with pytest.raises(NetworkProblem):
            (await line.ask(Call("GET", "/a", seconds=5.0))).json()
        with pytest.raises(CallFailed) as failed:
            await line.send(Call("POST", "/a", body={"status": "words"}, seconds=5.0))
        assert failed.value.sent
        assert isinstance(failed.value.problem, RedirectRefused)
        assert sentinel.requests == []


@pytest.mark.asyncio
async def test_a_read_follows_three_steps_inside_and_no_more() -> None:
    async with RawServer.running() as server, _line(server.origin) as line:

        async def play(request: bytes, writer: asyncio.StreamWriter) -> None:
            step = int(request.split(b" ")[1][1:])
            writer.write(http(OK) if step == 0 else http(b"", "302 Found", "text/plain", f"Location: /{step - 1}"))

        server.script = play
        assert (await line.ask(Call("GET", "/3"))).json() == {"id": "1"}
        with pytest.raises(RedirectRefused):
            await line.ask(Call("GET", "/4"))


@pytest.mark.asyncio
async def test_no_cookie_comes_back_and_no_account_sees_the_other() -> None:
    async with RawServer.running() as server:
        server.answers(http(OK, "200 OK", "application/json", "Set-Cookie: session=one; Path=/", "X-Set: 1"))

        async def other() -> Secret:
            return Secret("second-key")

        first, second = _line(server.origin), Line(server.origin, secret=other, allow_private=True)
        async with first, second:
            for _ in range(25):
                await asyncio.gather(
                    first.ask(Call("GET", "/a")), second.ask(Call("GET", "/b")), first.send(Call("POST", "/a", body={}))
                )
    assert len(server.requests) == 75
    assert not any(b"cookie" in request.lower() for request in server.requests)
    for request in server.requests:
        mine = request.split(b" ")[1] == b"/a"
        assert (CANARY.encode() in request) is mine
        assert (b"second-key" in request) is not mine


@pytest.mark.asyncio
async def test_a_request_says_who_we_are_and_only_that() -> None:
    async with RawServer.running() as server, _line(server.origin) as line:
        server.answers(http(OK))
        await line.ask(Call("GET", "/a", query=(("q", "é&="),)))
    head = server.requests[0].decode()
    names = sorted(row.split(":")[0].lower() for row in head.split("\r\n")[1:] if row)
    assert head.startswith("GET /a?q=%C3%A9%26%3D HTTP/1.1")
    assert names == ["accept", "accept-encoding", "authorization", "host", "user-agent"]
    assert "User-Agent: cmdesk/" in head


@pytest.mark.asyncio
async def test_no_secret_and_no_query_in_logs_errors_and_reprs(caplog: pytest.LogCaptureFixture) -> None:
    said: list[str] = []
    with caplog.at_level(logging.DEBUG):
        async with RawServer.running() as server, _line(server.origin) as line:
            for pieces, _ in (HOSTILE["cut body"], HOSTILE["html with 200"], HOSTILE["gzip bomb"], ((http(OK),), CmdeskError)):
                server.answers(*pieces)
                call = Call("GET", "/a", query=(("code", CANARY),), form=(("token", CANARY),), body={"t": CANARY})
                said += [repr(call), repr(line)]
                try:
                    answer = await line.ask(Call("GET", "/a", query=(("code", CANARY),)))
                    said += [repr(answer), str(answer)]
                    answer.json()
                except NetworkProblem as problem:
                    said += [repr(problem), str(problem), repr(problem.__cause__), repr(problem.__dict__)]
    assert CANARY not in "\n".join(said) + caplog.text


@pytest.mark.asyncio
@pytest.mark.parametrize("token", ["", "a b", "a\r\nX: y", "é", "a\x00"])
async def test_a_key_that_is_none_is_never_sent(token: str) -> None:
    async def key() -> Secret:
        return Secret(token)

    async with RawServer.running() as server, Line(server.origin, secret=key, allow_private=True) as line:
        with pytest.raises(CallFailed) as failed:
            await line.send(Call("POST", "/a", body={}))
    assert (failed.value.sent, type(failed.value.problem), server.requests) == (False, AuthRevoked, [])


FORBIDDEN = """0.0.0.0 0.1.2.3 10.0.0.1 100.64.0.1 127.0.0.1 127.1.2.3 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1
192.0.2.1 192.168.1.1 198.18.0.1 198.51.100.1 203.0.113.9 224.0.0.1 239.1.1.1 240.0.0.1 255.255.255.255 :: ::1 ::ffff:127.0.0.1
::ffff:10.0.0.1 ::ffff:169.254.169.254 64:ff9b::7f00:1 64:ff9b::a00:1 64:ff9b:1::1 2002:7f00:1::1 2002:a00:1:: 2001:db8::1
100::1 fc00::1 fd12:3456::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 ff0e::1 ::127.0.0.1 2001::1 not-an-address
127.0.0.1%lo ::ffff:0:127.0.0.1""".split()  # noqa: SIM905 - fifty lines would say no more


@pytest.mark.parametrize("address", FORBIDDEN)
def test_no_address_inside_is_called(address: str) -> None:
    assert verdict(address, allow_private=False) is not None


@pytest.mark.parametrize("address", ["169.254.169.254", "fe80::1", "224.0.0.1", "0.0.0.0", "::", "ff02::1", "::ffff:169.254.1.1"])
def test_some_stay_closed_even_where_private_is_allowed(address: str) -> None:
    assert verdict(address, allow_private=True) is not None


@pytest.mark.parametrize("address", ["1.1.1.1", "8.8.8.8", "2606:4700::1111", "64:ff9b::101:101"])
def test_public_addresses_are_open(address: str) -> None:
    assert verdict(address, allow_private=False) is None


def _resolver(*answers: Sequence[str]) -> Resolver:
    left = list(answers)

    async def resolve(_host: str, _port: int) -> Sequence[str]:
        return left.pop(0) if len(left) > 1 else left[0]

    return resolve


@pytest.mark.asyncio
@pytest.mark.parametrize("addresses", [["127.0.0.1"], ["8.8.8.8", "127.0.0.1"], ["::1"], ["::ffff:127.0.0.1"], ["10.1.1.1"]])
async def test_a_name_that_leads_inside_is_refused_before_connecting(addresses: list[str]) -> None:
    async with RawServer.running() as sentinel:
        line = Line(f"https://example.test:{sentinel.port}", resolver=_resolver(addresses))
        async with line:
            with pytest.raises(CallFailed) as failed:
                await line.send(Call("POST", "/a", body={}))
        assert isinstance(failed.value.problem, HostRefused)
        assert not failed.value.sent
        assert sentinel.requests == []


@pytest.mark.asyncio
async def test_the_name_is_resolved_once_for_the_check_and_the_call() -> None:
    asked: list[str] = []

    async def resolve(host: str, _port: int) -> Sequence[str]:
        asked.append(host)
        return ["127.0.0.1"]

    async with RawServer.running() as server:
        server.answers(http(OK))
        async with _line(f"http://example.test:{server.port}", resolver=resolve) as line:
            await line.ask(Call("GET", "/"))
    assert asked == ["example.test"]
    assert f"Host: example.test:{server.port}".encode() in server.requests[0]


@pytest.mark.asyncio
async def test_plain_http_goes_nowhere_but_inside() -> None:
    async with Line("http://example.test", resolver=_resolver(["8.8.8.8"]), allow_private=True) as line:
        with pytest.raises(HostRefused) as refused:
            await line.ask(Call("GET", "/"))
    assert refused.value.reason == "not_https"


@pytest.mark.asyncio
async def test_refused_and_unknown_names_are_surely_not_sent() -> None:
    async with RawServer.running() as gone:
        pass

    async def nobody(_host: str, _port: int) -> Sequence[str]:
        raise OSError("no such name")

    async def never(_host: str, _port: int) -> Sequence[str]:
        await asyncio.Event().wait()
        return []

    for line, seconds in (
        (_line(gone.origin), 5.0),
        (_line("https://nowhere.test", resolver=nobody), 5.0),
        (_line("https://slow.test", resolver=never), 0.3),
    ):
        async with line:
            with pytest.raises(CallFailed) as failed:
                await line.send(Call("POST", "/a", body={}, seconds=seconds))
            assert not failed.value.sent
            assert isinstance(failed.value.problem, NoNetwork | TimedOut)


@pytest.mark.asyncio
@pytest.mark.parametrize("name", ["example.test", "other.test"])
@pytest.mark.parametrize("trusted", [True, False])
async def test_tls_is_checked_against_the_name(name: str, trusted: bool) -> None:
    authority = trustme.CA()
    theirs = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert("example.test").configure_cert(theirs)
    trust = ssl.create_default_context()
    if trusted:
        authority.configure_trust(trust)
    seen: list[str | None] = []
    theirs.sni_callback = lambda _socket, server_name, _context: seen.append(server_name)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(http(OK))
        await writer.drain()
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0, ssl=theirs)
    port = server.sockets[0].getsockname()[1]
    resolver = _resolver(["127.0.0.1"])
    async with server, _line(f"https://{name}:{port}", resolver=resolver, trust=trust) as line:
        if trusted and name == "example.test":
            assert (await line.ask(Call("GET", "/"))).ok
        else:
            with pytest.raises(CallFailed) as failed:
                await line.send(Call("POST", "/", body={}))
            assert isinstance(failed.value.problem, TlsRefused)
            assert not failed.value.sent
    assert seen == [name]


@pytest.mark.asyncio
async def test_each_write_has_a_connection_of_its_own() -> None:
    connections: list[int] = []

    async def play(_request: bytes, writer: asyncio.StreamWriter) -> None:
        connections.append(writer.get_extra_info("peername")[1])
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
        await writer.drain()

    async with RawServer.running() as server, _line(server.origin) as line:
        server.script = play
        for _ in range(3):
            await line.send(Call("POST", "/a", body={}))
    assert len(set(connections)) == 3


@pytest.mark.asyncio
async def test_cancelling_leaves_no_connection() -> None:
    closed = asyncio.Event()

    async def play(_request: bytes, writer: asyncio.StreamWriter) -> None:
        try:
            await writer.wait_closed()
        finally:
            closed.set()

    async with RawServer.running() as server, _line(server.origin) as line:
        server.script = play
        call = asyncio.create_task(line.ask(Call("GET", "/")))
        async with asyncio.timeout(5):
            while not server.requests:  # noqa: ASYNC110 - the server is a plain list
                await asyncio.sleep(0.01)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call


@pytest.mark.parametrize(
    ("given", "origin"),
    [
        ("example.social", "https://example.social"),
        (" https://Example.Social/ ", "https://example.social"),
        ("@me@example.social", "https://example.social"),
        ("https://example.social:8443", "https://example.social:8443"),
        ("https://example.social:443", "https://example.social"),
        ("https://éxample.social", "https://xn--xample-9ua.social"),
    ],
)
def test_a_server_is_understood_as_typed(given: str, origin: str) -> None:
    assert clean_origin(given) == origin


@pytest.mark.parametrize(
    "pasted",
    [
        "https://example.social/@rosa",
        "example.social/@rosa/",
        "https://example.social/@rosa@other.social",
        "https://example.social/web/@rosa",
        "https://example.social/users/rosa",
    ],
)
def test_the_address_of_a_profile_is_understood_as_its_server(pasted: str) -> None:
    assert clean_origin(pasted) == "https://example.social"


@pytest.mark.parametrize("given", ["https://me:hunter2@example.social", "me:hunter2@example.social", "me:hunter2@exa mple/@x"])
def test_a_password_is_never_quoted(given: str) -> None:
    with pytest.raises(BadInput) as problem:
        clean_origin(given)
    assert "hunter2" not in str(problem.value.params)


@pytest.mark.parametrize(
    "given",
    [
        "",
        "exa mple.social",
        "example.social\nx",
        *"""http://example.social ftp://example.social https://user@example.social https://example.social/path
    https://example.social?q https://example.social#f localhost 127.0.0.1 127.1 0x7f000001 2130706433 [::1] https://[fe80::1]
    https://a..b https://-a.b example.social:99999 https://exa\\mple.social https://example.social:0 https:// . a.0x1""".split(),  # noqa: SIM905 - as above
    ],
)
def test_what_is_no_public_server_is_refused(given: str) -> None:
    with pytest.raises(BadInput):
        clean_origin(given)


NOW = datetime(2026, 12, 1, 14, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "30"}, 30),
        ({"retry-after": "Tue, 01 Dec 2026 14:02:00 GMT"}, 120),
        ({"x-ratelimit-reset": "2026-12-01T14:05:00.000Z"}, 300),
        ({"x-ratelimit-reset": "2026-12-01T09:05:00-05:00"}, 300),
        ({"x-ratelimit-reset": str(int(NOW.timestamp()) + 60)}, 60),
        ({"x-ratelimit-reset": str(int(NOW.timestamp() + 60) * 1000)}, 60),
        ({"ratelimit-reset": "12"}, 12),
        ({"retry-after": "nonsense", "x-ratelimit-reset": "45"}, 45),
        ({"retry-after": "-5"}, 1),
        ({"retry-after": "0"}, 1),
        ({"retry-after": "999999999999999999"}, LATEST.total_seconds()),
        ({"retry-after": "99999999"}, LATEST.total_seconds()),
        ({"x-ratelimit-reset": "9999-12-31T23:59:59Z"}, LATEST.total_seconds()),
        ({"x-ratelimit-reset": "0001-01-01T00:00:00+14:00"}, None),
        ({"x-ratelimit-reset": "2020-01-01T00:00:00Z"}, SOONEST.total_seconds()),
        ({"retry-after": "1e9"}, None),
        ({"retry-after": "NaN"}, None),
        ({"retry-after": "9" * 200}, None),
        ({}, None),
    ],
)
def test_rate_limits_in_every_dialect(headers: dict[str, str], seconds: float | None) -> None:
    expected = None if seconds is None else NOW + timedelta(seconds=seconds)
    assert retry_at(headers, NOW) == expected


def test_half_characters_are_replaced_and_pairs_are_kept() -> None:
    assert _json.loads(rb'{"a":"\ud83d\ude00 \ud83d!","\ude00":["\udc00"]}') == {"a": "😀 \ufffd!", "\ufffd": ["\ufffd"]}


def test_a_byte_order_mark_and_64_levels_are_read() -> None:
    assert _json.loads(b"\xef\xbb\xbf{}") == {}
    assert _json.loads(_deep(64)) is not None


@pytest.mark.asyncio
async def test_a_double_that_fails_to_connect_is_surely_not_sent() -> None:
    def offline(_request: httpx.Request) -> httpx.Response:
        raise httpx.ConnectError("offline")

    async with Line("https://example.test", transport=httpx.MockTransport(offline)) as line:
        with pytest.raises(CallFailed) as failed:
            await line.send(Call("POST", "/", body={}))
    assert not failed.value.sent
