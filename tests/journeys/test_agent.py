"""The agent beside the window and commands, as real programs over one folder: each post once, and one takes over from another."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import keyring.backends.SecretService
import pytest
from mastodon_mock.testing.server import MockServer

from cmdesk.services import lease
from cmdesk.services.home import Home
from tests.helpers.command_line import Program, Terminal, eventually
from tests.helpers.people import Person
from tests.helpers.secret_service import secret_service
from tests.journeys.test_command_line_together import SlowClock, due

__all__ = ["secret_service"]

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform == "win32", reason="its keyring is the Secret Service")]
PEOPLE = ("alice", "bob")


class Town:
    """Clients with two accounts each on one server, and a post that is due on each account."""

    def __init__(self, home: Path, server: MockServer, keyring_environ: dict[str, str], clients: int) -> None:
        self.posts = len(PEOPLE) * clients
        self.server = server
        backend: Any = keyring.backends.SecretService.Keyring()  # type: ignore[no-untyped-call]  # the library is untyped
        self.planner = Terminal(home, keyring=backend, clock=SlowClock())
        self.program = Program(home, {**keyring_environ, "QT_QPA_PLATFORM": "offscreen", "PYTHONDONTWRITEBYTECODE": ""})
        self.home = Home(home)
        for number in range(clients):
            self.planner.json("client", "add", f"Client {number}", "--timezone", "UTC")
            link = ["account", "link", "mastodon", "--client", f"Client {number}", "--server", server.base_url, "--allow-private"]
            for name in PEOPLE:
                self.planner.json(*link, "--token-stdin", stdin=f"{name}_token".encode())
                due(self.planner, f"Client {number}", name, f"Parole {number} de {name}")

    def live(self) -> Counter[str]:
        return Counter(one["content"] for name in PEOPLE for one in Person(self.server.base_url, name).posts())

    def sent(self) -> int:
        """How many deliveries the folder says are out: asked of the disk, for the server has enough to do."""
        return sum(one["state"] == "sent" for one in self.planner("outbox", "list", "--json").json)

    def holder(self) -> int | None:
        """The process that says that it publishes."""
        found = lease.read(self.home)
        return found.pid if found is not None and not found.ended else None

    def add(self, number: int) -> None:
        """One more client with a due post, so that no pause between two posts has to be waited out."""
        name = f"Later {number}"
        self.planner.json("client", "add", name, "--timezone", "UTC")
        link = ["account", "link", "mastodon", "--client", name, "--server", self.server.base_url, "--allow-private"]
        self.planner.json(*link, "--token-stdin", stdin=b"alice_token")
        due(self.planner, name, "alice", f"Later word {number}")


@pytest.fixture
def town(request: pytest.FixtureRequest, tmp_path: Path, secret_service: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[Town]:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", secret_service.address)
    with MockServer() as server:
        yield Town(tmp_path / "home", server, secret_service.environ, request.param)


@contextmanager
def running(program: Program, *arguments: str) -> Iterator[subprocess.Popen[bytes]]:
    """The program until the end of the block, whatever happens in it."""
    with program.start(*arguments) as process:
        try:
            yield process
        finally:
            process.kill()
            process.communicate()


# The server of the tests answers fifteen requests at a time, and the window fetches for all accounts at its start.
@pytest.mark.parametrize("town", [6], indirect=True)
def test_window_and_agent_send_each_post_once_and_the_other_takes_over_from_a_killed_one(town: Town) -> None:
    with running(town.program, "window") as window, running(town.program, "agent", "--json") as agent:
        both = {window.pid: window, agent.pid: agent}
        eventually(lambda: town.sent() >= town.posts, 120)
        holder = town.holder()
        assert holder in both
        both.pop(holder).kill()
        town.add(1)
        eventually(lambda: town.sent() >= town.posts + 1, 60)
        assert town.holder() in both
    told = town.live()
    assert (len(told), set(told.values())) == (town.posts + 1, {1})


@pytest.mark.parametrize("town", [15], indirect=True)
def test_agent_and_outbox_run_send_thirty_posts_once(town: Town) -> None:
    with running(town.program, "agent", "--json") as agent, running(town.program, "outbox", "run", "--json") as run:
        eventually(lambda: town.sent() >= town.posts, 120)
        # Whoever came second: the command said so and ended, or the agent waited until the command had ended.
        run.wait(60)
        assert run.returncode in {0, 1}
        town.add(1)
        eventually(lambda: town.sent() >= town.posts + 1, 60)
        assert town.holder() == agent.pid
        before = time.monotonic()
        agent.send_signal(signal.SIGTERM)
        assert agent.wait(20) == 0
        assert time.monotonic() - before < 5
    told = town.live()
    assert (len(told), set(told.values())) == (town.posts + 1, {1})
    assert town.holder() is None


@pytest.fixture
def alone(tmp_path: Path) -> Terminal:
    """One client on the practice network: no keyring is needed."""
    planner = Terminal(tmp_path / "home", clock=SlowClock())
    planner.json("client", "add", "Rosa", "--timezone", "UTC")
    planner.json("account", "link", "practice", "--client", "Rosa")
    return planner


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_an_agent_that_waits_its_turn_ends_as_soon_as_it_is_told(alone: Terminal, ending: signal.Signals) -> None:
    program = Program(alone.home, dict(os.environ))
    with running(program, "agent") as first:
        assert first.stderr is not None
        assert first.stderr.readline().startswith(b"Publishing")
        with running(program, "agent") as second:
            assert second.stderr is not None
            assert b"waits and takes over" in second.stderr.readline()
            before = time.monotonic()
            second.send_signal(ending)
            assert second.wait(20) == 0
            assert time.monotonic() - before < 5
        with running(program, "agent") as third:
            assert third.stderr is not None
            assert b"waits and takes over" in third.stderr.readline()
            first.send_signal(ending)
            assert first.wait(20) == 0
            assert third.stderr.readline().startswith(b"Publishing")


def posted(desk: Terminal, client: str) -> str:
    """What becomes of a post that is to leave at once, which the agent sees to."""
    now = Terminal(desk.home, keyring=desk.keyring)
    account = now.json("account", "list", "--client", client)[0]["id"]
    told = now.json("post", "add", "--client", client, "--account", account, "--text", "Still here", "--now")
    state: str = told["deliveries"][0]["state"]
    return state


def test_the_agent_goes_on_when_a_clients_folder_vanishes_and_comes_back(alone: Terminal) -> None:
    client = alone.json("client", "list")[0]["id"]
    alone.json("client", "add", "Other", "--timezone", "UTC")
    alone.json("account", "link", "practice", "--client", "Other")
    program = Program(alone.home, dict(os.environ))
    folder, away = Home(alone.home).client_folder(client), alone.home.parent / "away"
    with running(program, "agent", "--json") as agent:
        assert agent.stderr is not None
        assert agent.stderr.readline().startswith(b"Publishing")
        folder.rename(away)
        assert posted(alone, "Other") == "sent"
        away.rename(folder)
        eventually(lambda: len(alone.json("client", "list")) == 2)
        assert posted(alone, "Rosa") == "sent"
        agent.send_signal(signal.SIGTERM)
        assert agent.wait(20) == 0
