"""The main job through the command line: the real program as child processes, a real keyring, a real server on loopback."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import json
import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from mastodon_mock.testing.server import MockServer

from tests.helpers.command_line import Program, address_said, browser_that_writes, eventually
from tests.helpers.people import Person
from tests.helpers.secret_service import secret_service
from tests.helpers.wires import Fault, wire_to

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


def linked(program: Program, server: str, client: str, name: str) -> str:
    """A client with the account of a person, linked by its token on standard input."""
    program.json("client", "add", client, "--timezone", "America/Toronto", "--language", "fr-CA")
    account = program.json(
        "account", "link", "mastodon", "--client", client, "--server", server, "--token-stdin", "--allow-private",
        stdin=f"{name}_token\n".encode(),
    )  # fmt: skip
    return str(account["id"])


def test_a_post_goes_out_once_is_answered_and_answered_again(program: Program, server: MockServer) -> None:
    alice, bob = Person(server.base_url, "alice"), Person(server.base_url, "bob")
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
    assert (len(Person(server.base_url, "alice").posts()), len(Person(server.base_url, "bob").posts())) == (0, 1)


def test_offline_the_post_waits_and_goes_out_when_the_line_is_back(program: Program, server: MockServer) -> None:
    alice = Person(server.base_url, "alice")
    with wire_to(server.port) as wire:
        linked(program, f"http://127.0.0.1:{wire.port}", "Boulangerie", "alice")
    waiting = program.json("post", "add", "--client", "Boulangerie", "--account", "alice", "--text", "Bientôt", "--now", code=4)
    assert (waiting["state"], waiting["deliveries"][0]["problem"]["code"]) == ("planned", "no_network")
    assert program.json("sync", code=4)[0]["problem"]["code"] == "no_network"
    assert program.json("search", "bientot")[0]["post"] == waiting["post"]
    assert alice.posts() == []
    with wire_to(server.port, wire.port):
        sent = program.json("outbox", "decide", waiting["deliveries"][0]["id"], "now")
        assert sent["state"] == "sent"
    assert len(alice.posts()) == 1


@pytest.mark.parametrize("fault", Fault)
def test_a_kill_while_sending_never_posts_twice(program: Program, server: MockServer, fault: Fault) -> None:
    """The program dies between asking and hearing what became of it. Nobody sends it again unasked."""
    alice = Person(server.base_url, "alice")
    with wire_to(server.port) as wire:
        linked(program, f"http://127.0.0.1:{wire.port}", "Boulangerie", "alice")
        wire.lose(b"POST /api/v1/statuses", fault)
        add = ["post", "add", "--client", "Boulangerie", "--account", "alice", "--text", "Une fois", "--now"]
        with program.start(*add) as sending:
            assert wire.lost.wait(60)
            sending.kill()
        wire.mend()
        there = 1 if fault is Fault.ANSWER else 0
        assert len(alice.posts()) == there

        [delivery] = program.json("outbox", "run", code=3)["deliveries"]
        assert delivery["state"] == "uncertain"
        looked = program("outbox", "decide", delivery["id"], "look-again", "--json")
        assert (looked.code, looked.json["state"]) == ((0, "sent") if there else (3, "uncertain"))
        if not there:
            assert program.json("outbox", "decide", delivery["id"], "now")["state"] == "sent"
    assert len(alice.posts()) == 1


def _form(heard: bytes, path: bytes) -> dict[str, str]:
    """The last form that was posted to a path."""
    request = heard[heard.rindex(b"POST " + path) :]
    head, _, rest = request.partition(b"\r\n\r\n")
    length = re.search(rb"(?i)content-length: (\d+)", head)
    assert length is not None
    return dict(urllib.parse.parse_qsl(rest[: int(length.group(1))].decode(), strict_parsing=True))


def _in_the_browser(url: str, name: str) -> str:
    """Chooses a person on the page; the address that the browser is then sent to, or the page itself."""
    with urllib.request.urlopen(url, timeout=10) as page:
        form = dict(re.findall(r'name="([^"]+)" value="([^"]*)"', page.read().decode()))
    body = urllib.parse.urlencode({**form, "username": name}).encode()
    opener = urllib.request.build_opener(_Stay())
    with opener.open(urllib.request.Request(urllib.parse.urljoin(url, "/oauth/authorize"), body), timeout=10) as answer:
        return str(answer.headers.get("Location") or answer.read().decode())


class _Stay(urllib.request.HTTPRedirectHandler):
    def http_error_302(self, req, fp, code, msg, headers):  # type: ignore[no-untyped-def]  # the base is untyped
        return fp


def _proven(heard: bytes, url: str, redirect: str) -> None:
    """This server checks nothing of a log-in, so what cmdesk sends is looked at: PKCE, state, and one exact redirect."""
    app, token = _form(heard, b"/api/v1/apps"), _form(heard, b"/oauth/token")
    asked = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query, strict_parsing=True))
    assert {app["redirect_uris"], asked["redirect_uri"], token["redirect_uri"]} == {redirect}
    assert asked["code_challenge_method"] == "S256"
    digest = hashlib.sha256(token["code_verifier"].encode()).digest()
    assert asked["code_challenge"] == base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
    assert len(token["code_verifier"]) >= 43
    assert token["grant_type"] == "authorization_code"
    assert "code_verifier" not in asked
    assert "client_secret" not in asked
    assert asked["scope"] == app["scopes"]


def test_linking_in_the_browser(program: Program, server: MockServer, tmp_path: Path) -> None:
    program.json("client", "add", "Boulangerie")
    opener, went_to = browser_that_writes(tmp_path)
    person = Program(program.home, {**program.environ, "BROWSER": opener})
    with wire_to(server.port) as wire:
        link = ["account", "link", "mastodon", "--client", "Boulangerie", "--server", f"http://127.0.0.1:{wire.port}"]
        with person.start(*link, "--allow-private", "--browser", "--json") as linking:
            url = address_said(linking)
            eventually(lambda: went_to.exists() and went_to.read_text("utf-8") == url)
            asked = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query))
            redirect = asked["redirect_uri"]
            assert re.fullmatch(r"http://127\.0\.0\.1:\d+/\S*", redirect)
            assert len(asked["state"]) >= 22
            # A page that guesses at the listener has no state, or a wrong one: it neither gets in nor ends the wait.
            for forged in ("?code=evil", "?code=evil&state=" + "x" * len(asked["state"])):
                with contextlib.suppress(urllib.error.HTTPError), urllib.request.urlopen(redirect + forged, timeout=10) as page:
                    assert "You can close this page" not in page.read().decode()
            assert linking.poll() is None
            with urllib.request.urlopen(_in_the_browser(url, "alice"), timeout=10) as page:
                assert "You can close this page" in page.read().decode()
            out, err = linking.communicate(timeout=60)
        assert (linking.returncode, json.loads(out)["handle"].startswith("alice@")) == (0, True), err
        _proven(bytes(wire.heard), url, redirect)
        assert b"evil" not in wire.heard


def test_linking_with_a_code(program: Program, server: MockServer) -> None:
    program.json("client", "add", "Boulangerie")
    with wire_to(server.port) as wire:
        link = ["account", "link", "mastodon", "--client", "Boulangerie", "--server", f"http://127.0.0.1:{wire.port}"]
        with program.start(*link, "--allow-private", "--code-stdin", "--json") as linking:
            url = address_said(linking)
            code = re.search(r"code: (\S+?)<", _in_the_browser(url, "alice"))
            assert code is not None
            out, err = linking.communicate(f"  {code.group(1)}\n".encode(), timeout=60)
        assert (linking.returncode, json.loads(out)["handle"].startswith("alice@")) == (0, True), err
        _proven(bytes(wire.heard), url, "urn:ietf:wg:oauth:2.0:oob")
    assert code.group(1) not in out.decode() + err.decode()


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
