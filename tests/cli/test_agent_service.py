"""The agent is installed, removed and asked after on the command line."""

from __future__ import annotations

import sys
from datetime import timedelta
from pathlib import Path

import pytest

from cmdesk.domain.agent import Who
from cmdesk.domain.clock import SystemClock
from cmdesk.services import lease
from cmdesk.services.home import Home
from cmdesk.services.machine import InMemory, Machine
from cmdesk.vault import Vault
from tests.helpers.command_line import Terminal
from tests.helpers.keyrings import InMemoryKeyring

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the command of systemd is played here")


class Systemd:
    """A systemctl that notes what it is told; the tests' own system is not touched."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.script, self.told, self.config = folder / "systemctl", folder / "told", folder / "config"
        self.answers(0, "active")

    def answers(self, code: int, said: str) -> None:
        self.script.write_text(f'#!/bin/sh\necho "$*" >> "{self.told}"\necho {said}\nexit {code}\n')
        self.script.chmod(0o700)

    @property
    def units(self) -> list[Path]:
        return list((self.config / "systemd" / "user").glob("*.service"))


@pytest.fixture
def systemd(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Systemd:
    made = Systemd(tmp_path / "systemd")
    monkeypatch.setenv("PATH", str(made.script.parent))
    return made


@pytest.fixture
def desk(tmp_path: Path, systemd: Systemd) -> Terminal:
    environ = {"LANG": "en_CA.UTF-8", "XDG_CONFIG_HOME": str(systemd.config)}
    return Terminal(tmp_path / "a desk", environ=environ)


def test_the_agent_is_installed_told_of_and_removed(desk: Terminal, systemd: Systemd) -> None:
    assert desk.json("agent", "status")["standing"] == "absent"
    done = desk.json("agent", "install")
    assert (done["left"], [str(path) for path in systemd.units]) == ([], [done["file"]])
    assert f'"--home" "{desk.home}" "agent"' in systemd.units[0].read_text()
    status = desk.json("agent", "status")
    assert (status["installed"], status["active"], status["home"]) == (True, True, str(desk.home))
    assert "starts by itself when you log in" in desk("agent", "install").out
    assert desk("agent", "uninstall").code == 0
    assert systemd.units == []
    told = systemd.told.read_text()
    assert told.count("--user enable") == 2
    assert "--user disable --now" in told


def test_where_nobody_answers_the_commands_that_are_left_are_said(desk: Terminal, systemd: Systemd) -> None:
    systemd.answers(1, "Failed to connect to bus")
    done = desk("agent", "install", "--json")
    assert (done.code, done.json["left"][0]) == (1, "systemctl --user daemon-reload")
    assert "Where it runs, do this" in done.err
    assert systemd.units
    assert desk.json("agent", "status")["active"] is None


def test_a_changed_file_is_left_alone_and_the_doctor_says_so(desk: Terminal, systemd: Systemd) -> None:
    desk.json("agent", "install")
    systemd.units[0].write_text(systemd.units[0].read_text().replace("RestartSec=15", "RestartSec=1"))
    for verb in ("install", "uninstall"):
        refused = desk("agent", verb, "--json")
        assert (refused.code, refused.json["error"]["from_state"]) == (1, "agent_changed")
        assert "Somebody changed" in refused.err
    assert "agent_changed" in {one["code"] for one in desk("doctor", "--json").json["findings"]}


def test_an_installed_agent_that_does_not_run_is_a_finding(desk: Terminal, systemd: Systemd) -> None:
    desk.json("agent", "install")
    systemd.answers(3, "failed")
    assert "agent_stopped" in {one["code"] for one in desk("doctor", "--json").json["findings"]}


def test_what_goes_out_only_while_the_computer_is_awake_is_told(desk: Terminal, systemd: Systemd) -> None:
    desk.json("client", "add", "Rosa", "--timezone", "UTC")
    account = desk.json("account", "link", "practice", "--client", "Rosa")["id"]
    now = SystemClock().now()
    for hours in (2, 48, 24 * 9):
        at = f"{now + timedelta(hours=hours):%Y-%m-%d %H:%M}"
        desk.json("post", "add", "--client", "Rosa", "--account", account, "--text", f"In {hours}", "--at", at)
    told = desk.json("agent", "status")
    assert [len(told["needs_awake"][span]) for span in ("day", "week")] == [1, 2]
    assert told["next"] == told["needs_awake"]["day"][0]["planned"]["at"]
    said = desk("agent", "status")
    assert "In 2" in said.out
    assert "2 posts are planned within seven days (1 within 24 hours)" in said.err
    assert "only while this computer is awake and the window is open" in said.err
    desk.json("agent", "install")
    assert "The agent sends them only while this computer is awake" in desk("agent", "status").err
    assert "ahead" in {one["code"] for one in desk("doctor", "--json").json["findings"]}


def test_the_status_tells_who_publishes(desk: Terminal) -> None:
    desk.json("client", "add", "Rosa")
    told = desk.json("agent", "status")
    assert (told["publishing"], told["last_sign"]) == (None, None)
    machine = Machine(InMemory(), Vault(InMemoryKeyring()))
    assert lease.renew(Home(desk.home), machine, "id", desk.clock, Who.AGENT)
    told = desk.json("agent", "status")
    assert told["publishing"]["who"] == "agent"
    assert told["last_sign"] is not None
    assert "the agent, since" in desk("agent", "status").out
