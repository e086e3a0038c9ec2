"""The endpoint is off until wanted, gets nothing sensitive, keeps its key in the keyring, and is believed in nothing but text."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from cmdesk.domain.errors import AnswerUnreadable, AuthRevoked, BadInput, NoNetwork, RateLimited, RefusedByNetwork, ServerTrouble
from cmdesk.domain.rewriting import Change, Task
from cmdesk.domain.secret import Secret
from cmdesk.networks.port import Picture
from cmdesk.services import rewriting
from cmdesk.services.desk import Desk
from tests.services.test_publishing import Bench

pytestmark = pytest.mark.asyncio


class Endpoint(http.server.ThreadingHTTPServer):
    """A local server that remembers what it was asked and answers what it was told to."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Asked)
        self.asked: list[tuple[str, str | None, dict[str, Any]]] = []
        self.status = 200
        self.content: Any = "Bonjour à toutes!"
        self.raw: bytes | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"


class _Asked(http.server.BaseHTTPRequestHandler):
    server: Endpoint

    def do_POST(self) -> None:
        length = int(self.headers["Content-Length"])
        self.server.asked.append((self.path, self.headers.get("Authorization"), json.loads(self.rfile.read(length))))
        told = {"choices": [{"message": {"role": "assistant", "content": self.server.content}}]}
        body = json.dumps(told).encode() if self.server.raw is None else self.server.raw
        self.send_response(self.server.status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_args: Any) -> None:
        """Says nothing."""


@pytest.fixture
def server() -> Iterator[Endpoint]:
    with Endpoint() as made:
        thread = threading.Thread(target=made.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield made
        made.shutdown()
        thread.join()


@pytest_asyncio.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    made = Bench(tmp_path / "home")
    await made.begin()
    yield made
    await made.desk.close()


async def shorter(desk: Desk, text: str = "Bonjour à tous et à toutes!", *, sensitive: bool = False, wish: str = "") -> Any:
    return await rewriting.suggest(desk, Task.SHORTER, text, "fr-CA", sensitive=sensitive, wish=wish)


async def test_it_is_off_until_it_is_wanted(bench: Bench, server: Endpoint) -> None:
    assert not rewriting.endpoint(bench.desk).usable
    for on in (None, False):
        if on is not None:
            await rewriting.set_endpoint(bench.desk, server.url, "small", on=on)
        with pytest.raises(BadInput) as caught:
            await shorter(bench.desk)
        assert (caught.value.field, caught.value.reason) == ("endpoint", "off")
    assert not server.asked


async def test_a_proposal_comes_with_its_differences(bench: Bench, server: Endpoint) -> None:
    await rewriting.set_endpoint(bench.desk, server.url, "small", on=True)
    told = await shorter(bench.desk, wish="plus\nchaleureux")
    assert (told.text, told.model, told.left) == ("Bonjour à toutes!", "small", False)
    assert [(one.change, one.text) for one in told.pieces] == [
        (Change.SAME, "Bonjour"),
        (Change.GONE, " à tous et"),
        (Change.SAME, " à toutes!"),
    ]
    [(path, key, body)] = server.asked
    assert (path, key, body["model"], body["stream"]) == ("/v1/chat/completions", None, "small", False)
    rule, asked = (message["content"] for message in body["messages"])
    assert "Québec" in rule
    assert "plus chaleureux" in rule
    assert asked == "<<<\nBonjour à tous et à toutes!\n>>>"


async def test_nothing_sensitive_leaves(bench: Bench, server: Endpoint) -> None:
    await rewriting.set_endpoint(bench.desk, server.url, "small", on=True)
    with pytest.raises(BadInput) as caught:
        await shorter(bench.desk, sensitive=True)
    assert caught.value.reason == "sensitive"
    assert not server.asked


async def test_the_key_lives_in_the_keyring_and_goes_with_its_server(bench: Bench, server: Endpoint) -> None:
    await rewriting.set_endpoint(bench.desk, server.url, "small", on=True)
    await rewriting.set_key(bench.desk, Secret("sk-very-own"))
    assert await rewriting.has_key(bench.desk)
    await shorter(bench.desk)
    assert server.asked[-1][1] == "Bearer sk-very-own"
    assert "sk-very-own" not in bench.desk.home.settings_file.read_text("utf-8")
    await rewriting.set_endpoint(bench.desk, server.url, "large", on=True)
    assert await rewriting.has_key(bench.desk)
    await rewriting.set_endpoint(bench.desk, "https://api.example.com/v1", "large", on=True)
    assert not await rewriting.has_key(bench.desk)
    assert rewriting.endpoint(bench.desk).leaves


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<think>hm, shorter…</think>\nBonjour!", "Bonjour!"),
        ("```text\nBonjour!\n```", "Bonjour!"),
        ('"Bonjour!"', "Bonjour!"),
        ("« Bonjour! »", "Bonjour!"),
        ('"Oui" et "non"', '"Oui" et "non"'),
        ("<<<\nBonjour!\n>>>", "Bonjour!"),
        ("Bon\x00jour\u202e!", "Bonjour!"),
    ],
)
async def test_only_the_text_of_an_answer_is_taken(bench: Bench, server: Endpoint, content: str, text: str) -> None:
    await rewriting.set_endpoint(bench.desk, server.url, "small", on=True)
    server.content = content
    assert (await shorter(bench.desk)).text == text


@pytest.mark.parametrize(
    ("status", "raw", "problem"),
    [
        (401, b"{}", AuthRevoked),
        (404, b"{}", RefusedByNetwork),
        (429, b"{}", RateLimited),
        (503, b"{}", ServerTrouble),
        (200, b"<html>", AnswerUnreadable),
        (200, b"{}", AnswerUnreadable),
        (200, b'{"choices": []}', AnswerUnreadable),
        (200, b'{"choices": [{"message": {"content": null}}]}', AnswerUnreadable),
        (200, b'{"choices": [{"message": {"content": "<think>for ever"}}]}', AnswerUnreadable),
        (200, json.dumps({"choices": [{"message": {"content": "x" * 30_000}}]}).encode(), AnswerUnreadable),
    ],
)
async def test_an_odd_answer_is_told_for_what_it_is(
    bench: Bench, server: Endpoint, status: int, raw: bytes, problem: type[Exception]
) -> None:
    await rewriting.set_endpoint(bench.desk, server.url, "small", on=True)
    server.status, server.raw = status, raw
    with pytest.raises(problem):
        await shorter(bench.desk)


async def test_a_server_that_is_not_there_is_no_network(bench: Bench, server: Endpoint) -> None:
    url = server.url
    server.socket.close()
    await rewriting.set_endpoint(bench.desk, url, "small", on=True)
    with pytest.raises(NoNetwork):
        await shorter(bench.desk)


async def test_a_picture_goes_along_for_its_description(bench: Bench, server: Endpoint) -> None:
    await rewriting.set_endpoint(bench.desk, server.url, "eyes", on=True)
    await rewriting.suggest(
        bench.desk, Task.ALT_TEXT, "", "en-CA", sensitive=False, picture=Picture(b"\xff\xd8", "image/jpeg", 1, 1)
    )
    content = server.asked[0][2]["messages"][1]["content"]
    assert content[1]["image_url"]["url"] == "data:image/jpeg;base64,/9g="


@pytest.mark.parametrize("text", ["", "  \n", "x" * 20_000])
async def test_only_a_text_of_measure_is_sent(bench: Bench, server: Endpoint, text: str) -> None:
    await rewriting.set_endpoint(bench.desk, server.url, "small", on=True)
    with pytest.raises(BadInput):
        await shorter(bench.desk, text)
    assert not server.asked
