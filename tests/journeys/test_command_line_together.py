"""Several programs over one data folder: what goes out goes out once, and each says what it does."""

from __future__ import annotations

import json
import subprocess
from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import keyring.backends.SecretService
import pytest
from mastodon_mock.testing.server import MockServer

from cmdesk.domain.clock import SystemClock
from tests.helpers.command_line import Program, Terminal, inherited
from tests.helpers.people import Person
from tests.helpers.secret_service import secret_service

__all__ = ["secret_service"]

pytestmark = pytest.mark.slow


class SlowClock(SystemClock):
    """The machine's clock a few minutes ago: what is planned by it is due for everybody else."""

    def now(self) -> datetime:
        return super().now() - timedelta(minutes=3)


@pytest.fixture
def server() -> Iterator[MockServer]:
    with MockServer() as running:
        yield running


@pytest.fixture
def planner(tmp_path: Path, secret_service: Any, monkeypatch: pytest.MonkeyPatch) -> Terminal:
    """Plans in this process, with the keyring that the child processes use."""
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", secret_service.address)
    backend: Any = keyring.backends.SecretService.Keyring()  # type: ignore[no-untyped-call]  # the library is untyped
    return Terminal(tmp_path / "home", keyring=backend, clock=SlowClock())


def due(planner: Terminal, client: str, account: str, text: str) -> None:
    """A post that is due since a minute."""
    at = SystemClock().now() - timedelta(minutes=1)
    planner.json("post", "add", "--client", client, "--account", account, "--text", text, "--at", f"{at:%Y-%m-%d %H:%M}")


def test_two_runs_at_once_send_twenty_posts_once(planner: Terminal, server: MockServer, secret_service: Any) -> None:
    people = ("alice", "bob")
    for number in range(10):
        client = f"Client {number}"
        planner.json("client", "add", client, "--timezone", "UTC")
        for name in people:
            link = ["account", "link", "mastodon", "--client", client, "--server", server.base_url, "--allow-private"]
            planner.json(*link, "--token-stdin", stdin=f"{name}_token".encode())
            due(planner, client, name, f"Parole {number} de {name}")
    program = Program(planner.home, {**secret_service.environ, "PYTHONDONTWRITEBYTECODE": ""})

    running = [program.start("outbox", "run", "--json") for _ in range(2)]
    ends = []
    for process in running:
        with process:
            out, told_beside = process.communicate(timeout=100)
            ends.append((process.returncode, json.loads(out), told_beside.decode()))
    sent = [told["sent"] for code, told, _ in ends if code == 0]
    for code, told, err in ends:
        if code != 0:
            assert (code, told["error"]["code"]) == (1, "publisher_busy")
            assert "it sends what is due" in err
    assert sum(sent) == 20
    assert program.json("outbox", "run")["sent"] == 0
    for name in people:
        texts = Counter(one["content"] for one in Person(server.base_url, name).posts())
        assert (len(texts), set(texts.values())) == (10, {1})
    assert {one["state"] for one in program.json("outbox", "list")} == {"sent"}


def test_the_agent_tells_what_it_does_line_by_line_and_the_others_leave_it_to_it(tmp_path: Path) -> None:
    planner = Terminal(tmp_path / "home", clock=SlowClock())
    planner.json("client", "add", "Rosa", "--timezone", "UTC")
    account = planner.json("account", "link", "practice", "--client", "Rosa")["id"]
    unknown = planner("account", "link", "practice", "--client", "Rosa", "--as", "nobody", "--json")
    other = unknown.json["error"]["known"].split(", ")[1]
    second = planner.json("account", "link", "practice", "--client", "Rosa", "--as", other)["id"]
    due(planner, "Rosa", account, "Le pain est chaud")
    program = Program(planner.home, inherited())
    with program.start("agent", "--json") as agent:
        assert agent.stdout is not None
        assert agent.stderr is not None
        assert agent.stderr.readline().startswith(b"Publishing and fetching")
        try:
            told = _event(agent, "delivery")
            assert (told["state"], told["account"]) == ("sent", account)
            assert told["url"]

            busy = program.json("outbox", "run", code=1)
            assert busy["error"]["code"] == "publisher_busy"
            assert program.json("agent", "--once", code=1)["error"]["code"] == "publisher_busy"
            told_of_agent = program.json("agent", "status")
            assert (told_of_agent["publishing"]["who"], told_of_agent["publishing"]["pid"]) == ("agent", agent.pid)

            watched = program("post", "add", "--client", "Rosa", "--account", second, "--text", "Il en reste", "--now", "--json")
            assert (watched.code, watched.json["state"], watched.json["deliveries"][0]["attempts"]) == (0, "sent", 1)
            assert "is publishing for this folder: it sends this" in watched.err
        finally:
            agent.terminate()
        rest, err = agent.communicate(timeout=60)
    for line in rest.splitlines():
        assert json.loads(line)["event"] in {"delivery", "messages"}
    assert (agent.returncode, err) == (0, b"Stopped.\n")


def _event(agent: subprocess.Popen[bytes], kind: str) -> dict[str, Any]:
    """The next event of a kind; every line before it is an event, too."""
    assert agent.stdout is not None
    while line := agent.stdout.readline():
        event: dict[str, Any] = json.loads(line)
        assert event["event"] in {"delivery", "messages"}
        if event["event"] == kind:
            return event
    raise AssertionError("the agent ended")


def test_once_sends_fetches_and_ends(tmp_path: Path) -> None:
    planner = Terminal(tmp_path / "home", clock=SlowClock())
    planner.json("client", "add", "Rosa", "--timezone", "UTC")
    account = planner.json("account", "link", "practice", "--client", "Rosa")["id"]
    due(planner, "Rosa", account, "Le pain est chaud")
    program = Program(planner.home, inherited())
    assert program.json("agent", "--once")["sent"] == 1
    assert program.json("agent", "--once")["sent"] == 0
