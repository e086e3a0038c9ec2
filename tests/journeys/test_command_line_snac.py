"""The main job through the command line against snac: a real, odd server, which takes a second post for a second post."""

from __future__ import annotations

import json
import os
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.helpers import snac
from tests.helpers.command_line import Program, address_said, browser_that_writes, eventually
from tests.helpers.secret_service import secret_service
from tests.helpers.wires import Fault, Wire, wire_to

__all__ = ["secret_service"]

pytestmark = pytest.mark.slow


@pytest.fixture
def server(tmp_path: Path) -> Iterator[snac.Snac]:
    if not snac.available():
        pytest.skip(snac.MISSING)
    try:
        with snac.running(tmp_path, "rosa", "bruno") as running:
            yield running
    except RuntimeError as trouble:
        if os.environ.get("CI"):
            raise
        pytest.skip(f"snac does not start here: {str(trouble)[:200]}")


@pytest.fixture
def browser(tmp_path: Path) -> tuple[str, Path]:
    return browser_that_writes(tmp_path)


@pytest.fixture
def program(tmp_path: Path, secret_service: Any, browser: tuple[str, Path]) -> Program:
    environ = {name: value for name, value in secret_service.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return Program(tmp_path / "home", {**environ, "BROWSER": browser[0]})


def link_with_browser(program: Program, server: snac.Snac, origin: str, went_to: Path) -> dict[str, Any]:
    """Links rosa's account; the test is the browser, from the log-in form to the page that says it is done."""
    command = ["account", "link", "mastodon", "--client", "Boulangerie", "--server", origin, "--allow-private", "--browser"]
    with program.start(*command, "--json") as linking:
        url = address_said(linking)
        eventually(lambda: went_to.exists() and went_to.read_text("utf-8") == url)
        back = server.log_in(url, "rosa")
        asked = dict(urllib.parse.parse_qsl(urllib.parse.urlsplit(url).query))
        assert (asked["code_challenge_method"], len(asked["code_challenge"]), len(asked["state"]) >= 22) == ("S256", 43, True)
        assert back.startswith(asked["redirect_uri"] + "?")
        with urllib.request.urlopen(back, timeout=10) as page:
            assert "You can close this page" in page.read().decode()
        out, err = linking.communicate(timeout=60)
    assert linking.returncode == 0, err
    account: dict[str, Any] = json.loads(out)
    return account


def link_with_code(program: Program, server: snac.Snac, origin: str) -> None:
    """Links rosa's account with the code that the server shows, typed in."""
    command = ["account", "link", "mastodon", "--client", "Boulangerie", "--server", origin, "--allow-private", "--code-stdin"]
    with program.start(*command, "--json") as linking:
        page = server.log_in(address_said(linking), "rosa")
        _, err = linking.communicate(f"{snac.code_in(page)}\n".encode(), timeout=60)
    assert linking.returncode == 0, err


def port_of(server: snac.Snac) -> int:
    return int(server.origin.rpartition(":")[2])


def test_the_main_job_from_the_log_in_to_the_answer(program: Program, server: snac.Snac, browser: tuple[str, Path]) -> None:
    program.json("client", "add", "Boulangerie", "--timezone", "America/Toronto", "--language", "fr-CA")
    account = link_with_browser(program, server, server.origin, browser[1])
    assert account["handle"].startswith("rosa@localhost")
    rosa, bruno = server.person("rosa"), server.person("bruno")

    text = "Du pain au levain dès 7 h 🥖"
    sent = program.json("post", "add", "--client", "boulangerie", "--account", "rosa", "--text", text, "--now")
    assert sent["state"] == "sent"
    [live] = rosa.posts()
    assert "levain" in live["content"]

    bruno.ask("/api/v1/statuses", status=f"@{account['handle']} Ouverts dimanche?", in_reply_to_id=live["id"])
    eventually(lambda: bool(program.json("sync") and program.json("inbox", "list", "--state", "awaiting")), 60)
    [message] = program.json("inbox", "list")
    assert "dimanche" in message["preview"]
    answered = program.json("inbox", "reply", message["id"], "--text-stdin", stdin="Oui, de 8 h à 13 h.".encode())
    assert answered["state"] == "sent"
    assert program.json("inbox", "show", message["id"])["state"] == "answered"

    program.json("outbox", "run")
    program.json("sync")
    contents = [one["content"] for one in rosa.posts()]
    assert len(contents) == 2
    assert sum("de 8 h à 13 h" in one for one in contents) == 1
    assert len(program.json("inbox", "list")) == 1


@pytest.mark.parametrize("fault", Fault)
def test_a_kill_while_sending_leaves_one_post(program: Program, server: snac.Snac, fault: Fault) -> None:
    """Snac keeps no idempotency keys: only looking before sending again keeps the promise."""
    program.json("client", "add", "Boulangerie")
    with wire_to(port_of(server)) as wire:
        link_with_code(program, server, f"http://localhost:{wire.port}")
        _kill_while_sending(program, wire, fault)
        rosa = server.person("rosa")
        assert len(rosa.posts()) == (1 if fault is Fault.ANSWER else 0)

        [delivery] = program.json("outbox", "run", code=3)["deliveries"]
        assert delivery["state"] == "uncertain"
        looked = program("outbox", "decide", delivery["id"], "look-again", "--json")
        if fault is Fault.ANSWER:
            assert (looked.code, looked.json["state"]) == (0, "sent")
        else:
            assert (looked.code, looked.json["state"]) == (3, "uncertain")
            assert program.json("outbox", "decide", delivery["id"], "now")["state"] == "sent"
        program.json("outbox", "run")
        assert len(rosa.posts()) == 1


def _kill_while_sending(program: Program, wire: Wire, fault: Fault) -> None:
    """Dies between asking the server to publish and hearing what became of it."""
    wire.lose(b"POST /api/v1/statuses", fault)
    with program.start("post", "add", "--client", "Boulangerie", "--account", "rosa", "--text", "Une fois", "--now") as sending:
        assert wire.lost.wait(60)
        sending.kill()
    wire.mend()
