"""A desk with one client who has an account on a real server on loopback."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest
from mastodon_mock.testing.server import MockServer

from cmdesk.domain.clock import SystemClock
from tests.helpers.command_line import Terminal
from tests.helpers.people import Person


class MovedClock(SystemClock):
    """The machine's clock, some time away from where it is."""

    def __init__(self) -> None:
        super().__init__()
        self.by = timedelta()

    def now(self) -> datetime:
        return super().now() + self.by


@pytest.fixture
def clock() -> MovedClock:
    return MovedClock()


@pytest.fixture
def shop(tmp_path: Path, mastodon_mock_server: MockServer, clock: MovedClock) -> Terminal:
    """A desk with the client "Rosa", who has alice's account."""
    terminal = Terminal(tmp_path / "home", clock=clock)
    terminal.json("client", "add", "Rosa", "--timezone", "America/Toronto", "--language", "fr-CA")
    link = ["account", "link", "mastodon", "--client", "Rosa", "--server", mastodon_mock_server.base_url, "--allow-private"]
    terminal.json(*link, "--token-stdin", stdin=b"alice_token")
    return terminal


@pytest.fixture
def alice(mastodon_mock_server: MockServer) -> Person:
    return Person(mastodon_mock_server.base_url, "alice")


@pytest.fixture
def bob(mastodon_mock_server: MockServer) -> Person:
    return Person(mastodon_mock_server.base_url, "bob")
