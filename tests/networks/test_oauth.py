"""The log-in accepts one answer: the right one, once, from this machine, for this flow."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import parse_qs, urlsplit

import pytest

from cmdesk.domain.errors import BadInput, CmdeskError, NetworkProblem, NoNetwork
from cmdesk.domain.secret import Secret
from cmdesk.networks.oauth import OUT_OF_BAND, BrowserLogin, CodeLogin, Grant, LoginRefused, revoke
from tests.helpers.raw_server import RawServer, http

DONE, FAILED = b"<p>done", b"<p>failed"
CODE = "code-canary-91c2d7"


def _server_of(token: dict[str, object] | None = None, status: str = "200 OK") -> dict[str, bytes]:
    return {
        "/api/v1/apps": http(json.dumps({"client_id": "app-1", "client_secret": "app-secret-canary"}).encode()),
        "/oauth/token": http(
            json.dumps(token or {"access_token": "token-canary", "token_type": "Bearer", "scope": "read write follow"}).encode(),
            status,
        ),
        "/oauth/revoke": http(b"{}"),
    }


@asynccontextmanager
async def platform(token: dict[str, object] | None = None, status: str = "200 OK") -> AsyncIterator[RawServer]:
    answers = _server_of(token, status)
    async with RawServer.running() as server:

        async def play(request: bytes, writer: asyncio.StreamWriter) -> None:
            writer.write(answers[request.split(b" ")[1].decode()])

        server.script = play
        yield server


def form_of(request: bytes) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(request.partition(b"\r\n\r\n")[2].decode()).items()}


def query_of(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


async def begin(server: RawServer) -> BrowserLogin:
    return await BrowserLogin.begin(server.origin, done=DONE, failed=FAILED, allow_private=True, language="fr")


async def visit(url: str, raw: bytes | None = None, *, query: str = "", method: str = "GET", host: str | None = None) -> bytes:
    """What a browser (or a stranger) gets for one request at the listener."""
    place = urlsplit(url)
    reader, writer = await asyncio.open_connection("127.0.0.1", place.port)
    head = f"{method} {place.path}?{query} HTTP/1.1\r\nHost: {host or place.netloc}\r\n\r\n".encode()
    writer.write(head if raw is None else raw)
    await writer.drain()
    try:
        return await asyncio.wait_for(reader.read(), 10)
    except ConnectionError:
        return b""
    finally:
        writer.close()


@pytest.mark.asyncio
async def test_the_whole_way(caplog: pytest.LogCaptureFixture) -> None:
    async with platform() as server:
        with caplog.at_level(logging.DEBUG):
            login = await begin(server)
            asked = query_of(login.url)
            waiting = asyncio.create_task(login.finish())
            page = await visit(asked["redirect_uri"], query=f"code={CODE}&state={asked['state']}")
            grant = await waiting
            await login.close()
            await revoke(grant.app, grant.access, allow_private=True)
    register, token, revoked = (form_of(request) for request in server.requests)
    assert page.startswith(b"HTTP/1.1 200 OK")
    assert page.endswith(DONE)
    assert b"no-store" in page
    assert register == {"client_name": "cmdesk", "redirect_uris": asked["redirect_uri"], "scopes": "read write follow"}
    challenge = base64.urlsafe_b64encode(hashlib.sha256(token["code_verifier"].encode()).digest()).rstrip(b"=").decode()
    assert (asked["code_challenge"], asked["code_challenge_method"], asked["response_type"]) == (challenge, "S256", "code")
    assert (asked["force_login"], asked["lang"], asked["scope"]) == ("true", "fr", "read write follow")
    assert (token["code"], token["client_secret"], token["redirect_uri"]) == (CODE, "app-secret-canary", asked["redirect_uri"])
    assert revoked == {"client_id": "app-1", "client_secret": "app-secret-canary", "token": "token-canary"}
    assert grant.access == Secret("token-canary")
    assert len(asked["state"]) >= 43
    shown = caplog.text + repr(grant) + repr(login) + repr(grant.app)
    for secret in (CODE, "token-canary", "app-secret-canary", asked["state"], token["code_verifier"]):
        assert secret not in shown


STATE = "{state}"
REFUSED: dict[str, dict[str, str]] = {
    "no query": {"query": ""},
    "no state": {"query": f"code={CODE}"},
    "empty state": {"query": f"code={CODE}&state="},
    "wrong state": {"query": f"code={CODE}&state=abc"},
    "state cut": {"query": f"code={CODE}&state={{cut}}"},
    "state longer": {"query": f"code={CODE}&state={STATE}x"},
    "state in other case": {"query": f"code={CODE}&state={{swapped}}"},
    "state twice": {"query": f"code={CODE}&state={STATE}&state={STATE}"},
    "state twice, one wrong": {"query": f"code={CODE}&state=abc&state={STATE}"},
    "state as list": {"query": f"code={CODE}&state[]={STATE}"},
    "no code": {"query": f"state={STATE}"},
    "empty code": {"query": f"code=&state={STATE}"},
    "code twice": {"query": f"code={CODE}&code=other&state={STATE}"},
    "error and code": {"query": f"error=access_denied&code={CODE}&state={STATE}"},
    "error without state": {"query": "error=access_denied"},
    "error with wrong state": {"query": "error=access_denied&state=abc"},
    "non-ascii state": {"query": f"code={CODE}&state=%C3%A9"},
    "broken escape": {"query": f"code={CODE}&state=%ff%fe"},
    "many fields": {"query": "&".join(f"a{n}=1" for n in range(40)) + f"&code={CODE}&state={STATE}"},
    "post": {"query": f"code={CODE}&state={STATE}", "method": "POST"},
    "put": {"query": f"code={CODE}&state={STATE}", "method": "PUT"},
    "head": {"query": f"code={CODE}&state={STATE}", "method": "HEAD"},
    "options": {"query": f"code={CODE}&state={STATE}", "method": "OPTIONS"},
    "lower-case get": {"query": f"code={CODE}&state={STATE}", "method": "get"},
    "connect": {"query": f"code={CODE}&state={STATE}", "method": "CONNECT"},
    "foreign host": {"query": f"code={CODE}&state={STATE}", "host": "evil.example"},
    "rebound host": {"query": f"code={CODE}&state={STATE}", "host": "evil.example:{port}"},
    "localhost": {"query": f"code={CODE}&state={STATE}", "host": "localhost:{port}"},
    "no port in host": {"query": f"code={CODE}&state={STATE}", "host": "127.0.0.1"},
    "other port in host": {"query": f"code={CODE}&state={STATE}", "host": "127.0.0.1:1"},
    "host with user": {"query": f"code={CODE}&state={STATE}", "host": "a@127.0.0.1:{port}"},
}
RAW: dict[str, bytes] = {
    "two hosts": b"GET {path}?code=c&state={state} HTTP/1.1\r\nHost: {host}\r\nHost: evil.example\r\n\r\n",
    "no host": b"GET {path}?code=c&state={state} HTTP/1.1\r\n\r\n",
    "http/2": b"GET {path}?code=c&state={state} HTTP/2\r\nHost: {host}\r\n\r\n",
    "http/0.9": b"GET {path}?code=c&state={state}\r\n\r\n",
    "other path": b"GET /other?code=c&state={state} HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "root": b"GET /?code=c&state={state} HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "path with more": b"GET {path}/x?code=c&state={state} HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "path doubled": b"GET /{path}?code=c&state={state} HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "absolute target": b"GET http://{host}{path}?code=c&state={state} HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "fragment": b"GET {path}#?code=c&state={state} HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "body": b"GET {path}?code=c&state={state} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 3\r\n\r\nabc",
    "chunked body": b"GET {path}?code=c&state={state} HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\n",
    "not ascii": b"GET {path}?code=\xff&state={state} HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "huge": b"GET {path}?code=" + b"c" * 100_000 + b"&state={state} HTTP/1.1\r\nHost: {host}\r\n\r\n",
    "huge header": b"GET {path}?code=c&state={state} HTTP/1.1\r\nHost: {host}\r\nA: " + b"a" * 100_000 + b"\r\n\r\n",
    "tls": b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n",
    "bare newlines": b"GET {path}?code=c&state={state} HTTP/1.1\nHost: {host}\n\n\r\n\r\n",
    "nothing": b"\r\n\r\n",
}


async def _then_the_right_one(login: BrowserLogin, waiting: asyncio.Task[Grant]) -> Grant:
    asked = query_of(login.url)
    assert not waiting.done()
    await visit(asked["redirect_uri"], query=f"code={CODE}&state={asked['state']}")
    return await waiting


@pytest.mark.asyncio
@pytest.mark.parametrize("name", [*REFUSED, *RAW])
async def test_a_wrong_visit_is_refused_and_changes_nothing(name: str) -> None:
    async with platform() as server, await begin(server) as login:
        asked = query_of(login.url)
        state, place = asked["state"], urlsplit(asked["redirect_uri"])
        waiting = asyncio.create_task(login.finish())
        if name in REFUSED:
            told = {
                key: value.format(state=state, cut=state[:-1], swapped=state.swapcase(), port=place.port)
                for key, value in REFUSED[name].items()
            }
            page = await visit(asked["redirect_uri"], **told)  # type: ignore[arg-type]  # plain keywords
        else:
            raw = RAW[name]
            for word, value in (("path", place.path), ("state", state), ("host", place.netloc)):
                raw = raw.replace(b"{" + word.encode() + b"}", value.encode())
            page = await visit(asked["redirect_uri"], raw)
        assert DONE not in page
        assert CODE.encode() not in page
        assert len(server.requests) == 1
        assert (await _then_the_right_one(login, waiting)).access == Secret("token-canary")


@pytest.mark.asyncio
async def test_another_flow_s_answer_is_not_ours() -> None:
    async with platform() as server, await begin(server) as one, await begin(server) as two:
        first, second = query_of(one.url), query_of(two.url)
        assert first["redirect_uri"] != second["redirect_uri"]
        assert first["state"] != second["state"]
        waiting = asyncio.create_task(one.finish())
        page = await visit(first["redirect_uri"], query=f"code={CODE}&state={second['state']}")
        assert DONE not in page
        crossed = second["redirect_uri"].rpartition("/")[0] + urlsplit(first["redirect_uri"]).path
        assert DONE not in await visit(crossed, query=f"code={CODE}&state={first['state']}")
        await _then_the_right_one(one, waiting)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("query", "reason"), [("error=access_denied", "denied"), (f"code={CODE}&iss=https://evil.example", "wrong_issuer")]
)
async def test_an_honest_no_and_a_foreign_issuer_end_the_log_in(query: str, reason: str) -> None:
    async with platform() as server, await begin(server) as login:
        asked = query_of(login.url)
        waiting = asyncio.create_task(login.finish())
        assert (await visit(asked["redirect_uri"], query=f"{query}&state={asked['state']}")).endswith(FAILED)
        with pytest.raises(LoginRefused) as refused:
            await waiting
        assert refused.value.reason == reason
        assert len(server.requests) == 1


@pytest.mark.asyncio
async def test_our_own_issuer_is_fine() -> None:
    async with platform() as server, await begin(server) as login:
        asked = query_of(login.url)
        waiting = asyncio.create_task(login.finish())
        await visit(asked["redirect_uri"], query=f"code={CODE}&state={asked['state']}&iss={server.origin}/")
        assert (await waiting).origin == server.origin


@pytest.mark.asyncio
async def test_after_the_answer_nobody_listens_and_nothing_is_used_twice() -> None:
    async with platform() as server, await begin(server) as login:
        asked = query_of(login.url)
        waiting = asyncio.create_task(login.finish())
        await _then_the_right_one(login, waiting)
        with pytest.raises(OSError, match=r"."):
            await visit(asked["redirect_uri"], query=f"code=second&state={asked['state']}")
        with pytest.raises(LoginRefused):
            await login.finish()
        assert len(server.requests) == 2


@pytest.mark.asyncio
@pytest.mark.parametrize("how", ["timeout", "closed"])
async def test_it_ends_by_itself_or_when_told(how: str) -> None:
    async with platform() as server, await begin(server) as login:
        asked = query_of(login.url)
        waiting = asyncio.create_task(login.finish(0.2 if how == "timeout" else 60.0))
        silent = await asyncio.open_connection("127.0.0.1", urlsplit(asked["redirect_uri"]).port)
        if how == "closed":
            await asyncio.sleep(0)
            await login.close()
        with pytest.raises(LoginRefused) as refused:
            await waiting
        assert refused.value.reason == how
        silent[1].close()
        with pytest.raises(OSError, match=r"."):
            await visit(asked["redirect_uri"])


@pytest.mark.asyncio
async def test_a_server_that_is_not_there_leaves_no_listener() -> None:
    async with RawServer.running() as gone:
        pass
    with pytest.raises(NoNetwork):
        await begin(gone)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("token", "status"),
    [
        ({"error": "invalid_grant"}, "400 Bad Request"),
        ({"error": "invalid_client"}, "401 Unauthorized"),
        ({"access_token": ""}, "200 OK"),
        ({"access_token": 5}, "200 OK"),
        ({"access_token": "a", "token_type": "mac"}, "200 OK"),
        ({"access_token": "a", "scope": "read"}, "200 OK"),
        ({"error": "busy"}, "503 Unavailable"),
        ({"error": "slow"}, "429 Too Many"),
        ({"access_token": "a"}, "302 Found"),
    ],
)
async def test_a_code_that_brings_no_access(token: dict[str, object], status: str) -> None:
    async with platform(token, status) as server:
        login = await CodeLogin.begin(server.origin, allow_private=True)
        with pytest.raises(CmdeskError):
            await login.finish(CODE)
        with pytest.raises(LoginRefused):
            await login.finish(CODE)
        await login.close()
        assert len(server.requests) == 2


@pytest.mark.asyncio
async def test_the_code_copied_by_hand() -> None:
    async with platform() as server:
        async with await CodeLogin.begin(server.origin, allow_private=True) as login:
            assert query_of(login.url)["redirect_uri"] == OUT_OF_BAND
            assert (await login.finish(f"  {CODE}\n")).access == Secret("token-canary")
        async with await CodeLogin.begin(server.origin, allow_private=True) as login:
            with pytest.raises(BadInput):
                await login.finish("two words")
    assert form_of(server.requests[1])["redirect_uri"] == OUT_OF_BAND


@pytest.mark.asyncio
async def test_the_app_s_keys_stay_with_their_server() -> None:
    async with platform() as one, platform() as two:
        first, second = await begin(one), await begin(two)
        asked = query_of(second.url)
        waiting = asyncio.create_task(first.finish())
        await visit(query_of(first.url)["redirect_uri"], query=f"code={CODE}&state={asked['state']}")
        assert len(one.requests) == len(two.requests) == 1
        await first.close()
        await second.close()
        with pytest.raises(NetworkProblem):
            await waiting
