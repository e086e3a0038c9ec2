"""The main job through the command line: the real program as child processes, a real keyring, a real server on loopback."""

from __future__ import annotations

import contextlib
import json
import socket
import socketserver
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from mastodon_mock.testing.server import MockServer

from tests.helpers.command_line import Program
from tests.helpers.secret_service import secret_service

__all__ = ["secret_service"]

pytestmark = pytest.mark.slow


@pytest.fixture
def server() -> Iterator[MockServer]:
    with MockServer() as running:
        yield running


@pytest.fixture
def program(tmp_path: Path, secret_service: Any) -> Program:
    """The program with a desk of its own; its keyring is the session's real one."""
    environ = {name: value for name, value in secret_service.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return Program(tmp_path / "home", {**environ, "QT_QPA_PLATFORM": "offscreen"})


class Person:
    """Somebody on the server, who speaks its API."""

    def __init__(self, server: MockServer, name: str) -> None:
        self._base, self._token = server.base_url, f"{name}_token"

    def ask(self, path: str, **body: Any) -> Any:
        """An answer of the API; with a body it is a POST."""
        request = urllib.request.Request(
            self._base + path,
            data=json.dumps(body).encode() if body else None,
            headers={"Authorization": f"Bearer {self._token}", "Content-Type": "application/json"},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            return json.load(answer)

    def posts(self) -> list[Any]:
        """What this person has on the server, the newest first."""
        me = self.ask("/api/v1/accounts/verify_credentials")["id"]
        found: list[Any] = self.ask(f"/api/v1/accounts/{me}/statuses")
        return found


def linked(program: Program, server: str, client: str, name: str) -> str:
    """A client with the account of a person, linked by its token on standard input."""
    program.json("client", "add", client, "--timezone", "America/Toronto", "--language", "fr-CA")
    account = program.json(
        "account", "link", "mastodon", "--client", client, "--server", server, "--token-stdin", "--allow-private",
        stdin=f"{name}_token\n".encode(),
    )  # fmt: skip
    return str(account["id"])


def eventually(look: Callable[[], bool], seconds: float = 30) -> None:
    """Waits until something is so."""
    end = time.monotonic() + seconds
    while not look():
        assert time.monotonic() < end, "it never became so"
        time.sleep(0.05)


def test_a_post_goes_out_once_is_answered_and_answered_again(program: Program, server: MockServer) -> None:
    alice, bob = Person(server, "alice"), Person(server, "bob")
    account = linked(program, server.base_url, "Boulangerie", "alice")
    assert "alice_token" not in "".join(file.read_text("latin-1") for file in program.home.rglob("*") if file.is_file())

    text = "Des croissants dès 7 h 🥐"
    sent = program.json(
        "post", "add", "--client", "boulangerie", "--account", "alice", "--text-stdin", "--now", stdin=text.encode()
    )
    assert (sent["state"], sent["deliveries"][0]["account"]) == ("sent", account)
    assert len(alice.posts()) == 1
    assert "croissants" in alice.posts()[0]["content"]

    bob.ask("/api/v1/statuses", status="@alice Ouverts dimanche?", in_reply_to_id=alice.posts()[0]["id"])
    assert program.json("sync", "--client", "Boulangerie")[0]["new"] == 1
    [message] = program.json("inbox", "list", "--state", "awaiting")
    assert "dimanche" in message["preview"]
    answered = program.json("inbox", "reply", message["id"], "--text-stdin", stdin="Oui, de 8 h à 13 h.".encode())
    assert answered["state"] == "sent"

    newest = alice.posts()[0]
    assert "de 8 h à 13 h" in newest["content"]
    assert newest["in_reply_to_id"] == bob.posts()[0]["id"]
    shown = program.json("inbox", "show", message["id"])
    assert shown["state"] == "answered"
    assert [item["ours"] for item in shown["thread"]][-1] is True
    program.json("outbox", "run")
    assert len(alice.posts()) == 2


def test_the_access_of_one_client_cannot_speak_for_another(program: Program, server: MockServer) -> None:
    linked(program, server.base_url, "Boulangerie", "alice")
    bobs = linked(program, server.base_url, "Théâtre", "bob")

    refused = program.json("account", "renew", bobs, "--token-stdin", stdin=b"alice_token", code=1)
    assert refused["error"]["code"] == "wrong_identity"
    assert program.json("account", "whoami", bobs)["same"] is True
    wrong = program.json("post", "add", "--client", "Boulangerie", "--account", bobs, "--text", "x", "--now", code=2)
    assert wrong["error"]["code"] == "wrong_client"
    program.json("post", "add", "--client", "Théâtre", "--account", "bob", "--text", "Ce soir", "--now")
    assert (len(Person(server, "alice").posts()), len(Person(server, "bob").posts())) == (0, 1)


class _Wire(socketserver.BaseRequestHandler):
    """Carries bytes between a client and the server behind the line."""

    def handle(self) -> None:
        line = self.server
        assert isinstance(line, _Relay)
        with socket.create_connection(line.beyond) as far:
            back = threading.Thread(target=_pump, args=(far, self.request))
            back.start()
            _pump(self.request, far)
            back.join()


def _pump(source: socket.socket, target: socket.socket) -> None:
    with contextlib.suppress(OSError):
        while piece := source.recv(65536):
            target.sendall(piece)
    with contextlib.suppress(OSError):
        target.shutdown(socket.SHUT_WR)


class _Relay(socketserver.ThreadingTCPServer):
    allow_reuse_address = True

    def __init__(self, port: int, beyond: tuple[str, int]) -> None:
        self.beyond = beyond
        super().__init__(("127.0.0.1", port), _Wire)


@contextlib.contextmanager
def line_to(server: MockServer, port: int = 0) -> Iterator[int]:
    """A line to the server on a port of its own; outside of the block the line is cut."""
    with _Relay(port, ("127.0.0.1", server.port)) as relay:
        thread = threading.Thread(target=relay.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        try:
            yield relay.server_address[1]
        finally:
            relay.shutdown()
            thread.join()


def test_offline_the_post_waits_and_goes_out_when_the_line_is_back(program: Program, server: MockServer) -> None:
    alice = Person(server, "alice")
    with line_to(server) as port:
        linked(program, f"http://127.0.0.1:{port}", "Boulangerie", "alice")
    waiting = program.json("post", "add", "--client", "Boulangerie", "--account", "alice", "--text", "Bientôt", "--now", code=4)
    assert (waiting["state"], waiting["deliveries"][0]["problem"]["code"]) == ("planned", "no_network")
    assert program.json("sync", code=4)[0]["problem"]["code"] == "no_network"
    assert program.json("search", "bientot")[0]["post"] == waiting["post"]
    assert alice.posts() == []
    with line_to(server, port):
        sent = program.json("outbox", "decide", waiting["deliveries"][0]["id"], "now")
        assert sent["state"] == "sent"
    assert len(alice.posts()) == 1


def test_a_kill_while_sending_never_posts_twice(program: Program, server: MockServer) -> None:
    """The server takes the post and is slow to say so; the program dies meanwhile. Nobody sends it again unasked."""
    linked(program, server.base_url, "Boulangerie", "alice")
    alice = Person(server, "alice")
    rule = {
        "match": {"methods": ["POST"], "path": "/api/v1/statuses"},
        "effect": {"type": "latency", "delay_ms": 4000},
        "count": 1,
    }
    alice.ask("/api/v1/_mock/faults", **rule)

    sending = program.start("post", "add", "--client", "Boulangerie", "--account", "alice", "--text", "Une fois", "--now")
    with sending:
        eventually(lambda: _state(program) == "sending")
        sending.kill()
    done = program.json("outbox", "run", code=3)
    assert [one["state"] for one in done["deliveries"]] == ["uncertain"]
    [delivery] = program.json("outbox", "list", "--state", "uncertain")

    eventually(lambda: len(alice.posts()) <= 1)
    looked = program("outbox", "decide", delivery["id"], "look-again", "--json")
    if alice.posts():
        assert (looked.code, looked.json["state"]) == (0, "sent")
    else:
        assert looked.code == 3
        settled = program.json("outbox", "decide", delivery["id"], "now")
        assert settled["state"] == "sent"
    assert len(alice.posts()) == 1


def _state(program: Program) -> str:
    rows = program.json("outbox", "list")
    return str(rows[0]["state"]) if rows else ""


def test_a_locked_away_keyring_is_told(program: Program, server: MockServer, tmp_path: Path) -> None:
    nowhere = {**program.environ, "DBUS_SESSION_BUS_ADDRESS": f"unix:path={tmp_path / 'nothing'}"}
    nobody = Program(tmp_path / "other", nowhere)
    nobody.json("client", "add", "Boulangerie")
    told = nobody.json(
        "account", "link", "mastodon", "--client", "Boulangerie", "--server", server.base_url, "--token-stdin", "--allow-private",
        stdin=b"alice_token", code=1,
    )  # fmt: skip
    assert told["error"]["code"] in {"no_keyring", "keyring_denied"}
    assert nobody.json("account", "list") == []
