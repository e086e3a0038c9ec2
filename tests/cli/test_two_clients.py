"""What is said of one client names that client's account, though every client counts its deliveries from one."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from cmdesk.domain.clock import SystemClock
from tests.helpers.command_line import Terminal


class LaterClock(SystemClock):
    """The machine's clock, hours later from the moment somebody says so."""

    by = timedelta()

    def now(self) -> datetime:
        return super().now() + self.by


def test_each_waiting_delivery_is_told_with_its_own_account(tmp_path: Path) -> None:
    clock = LaterClock()
    terminal = Terminal(tmp_path / "home", clock=clock)
    expected = {}
    for name, persona in (("Bread", "levain"), ("Stage", "marees")):
        terminal.json("client", "add", name, "--timezone", "UTC")
        handle = terminal.json("account", "link", "practice", "--client", name, "--as", persona)["handle"]
        soon = f"{clock.now() + timedelta(minutes=2):%Y-%m-%d %H:%M}"
        planned = terminal.json("post", "add", "--client", name, "--account", handle, "--text", "Bonjour", "--at", soon)
        expected[planned["deliveries"][0]["id"]] = handle
    clock.by = timedelta(hours=5)
    told = terminal("outbox", "run")
    assert told.code == 3
    assert len(set(expected.values())) == 2
    for delivery, handle in expected.items():
        assert f"{delivery} ({handle})" in told.err
