"""The agent is installed and removed on every system, by the system's own commands, and only what we wrote is touched."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from cmdesk.domain.agent import Standing, Who
from cmdesk.domain.errors import NotAllowed, ReadOnly
from cmdesk.services import agents, lease
from cmdesk.services.agents import Host, Service
from cmdesk.services.home import Home
from cmdesk.services.machine import InMemory, Machine
from cmdesk.vault import Vault
from tests.helpers.clocks import FakeClock
from tests.helpers.keyrings import InMemoryKeyring

SYSTEMS = ["linux", "darwin", "win32"]


class Manager:
    """A system's own command, as far as it answers: what it was told, in order."""

    def __init__(self, code: int = 0, said: str = "") -> None:
        self.code, self.said = code, said
        self.told: list[tuple[str, ...]] = []

    def __call__(self, command: Sequence[str]) -> tuple[int, str]:
        self.told.append(tuple(command))
        return self.code, self.said

    @property
    def verbs(self) -> list[str]:
        return [next(word for word in command[1:] if word != "--user") for command in self.told]


def service(tmp_path: Path, system: str, manager: Manager, program: str = "/opt/cmdesk") -> Service:
    host = Host(system, tmp_path / "system", (program,), "PC\\zoe", {"CMDESK_STATE": "/state"}, manager)
    return Service(Home(tmp_path / "desk"), host)


@pytest.mark.parametrize("system", SYSTEMS)
def test_installing_writes_one_file_and_starts_the_agent(system: str, tmp_path: Path) -> None:
    manager = Manager()
    made = service(tmp_path, system, manager)
    assert made.standing() is Standing.ABSENT
    done = made.install()
    assert done.left == ()
    assert [path.name for path in (tmp_path / "system").iterdir()] == [made.file.name]
    assert made.standing() is Standing.INSTALLED
    expected = {
        "linux": ["daemon-reload", "enable", "start"],
        "darwin": ["bootout", "bootstrap"],
        "win32": ["/Create", "/Run"],
    }
    assert manager.verbs == expected[system]


@pytest.mark.parametrize("system", SYSTEMS)
def test_installing_twice_is_installing_once(system: str, tmp_path: Path) -> None:
    made = service(tmp_path, system, Manager())
    made.install()
    before = made.file.stat().st_mtime_ns, made.file.read_bytes()
    made.install()
    assert (made.file.stat().st_mtime_ns, made.file.read_bytes()) == before


def test_another_program_replaces_the_one_that_runs(tmp_path: Path) -> None:
    manager = Manager()
    service(tmp_path, "linux", manager).install()
    service(tmp_path, "linux", manager, "/opt/newer/cmdesk").install()
    assert manager.verbs[-1] == "restart"
    assert b"/opt/newer/cmdesk" in service(tmp_path, "linux", manager).file.read_bytes()


@pytest.mark.parametrize("system", SYSTEMS)
def test_removing_leaves_nothing_of_ours_and_everything_of_others(system: str, tmp_path: Path) -> None:
    manager = Manager()
    made = service(tmp_path, system, manager)
    made.install()
    neighbour = made.file.with_name("somebody-elses.service")
    neighbour.write_text("[Unit]\n")
    assert made.uninstall().left == ()
    assert list((tmp_path / "system").iterdir()) == [neighbour]
    told = len(manager.told)
    made.uninstall()  # and once more
    assert len(manager.told) == told


@pytest.mark.parametrize("system", SYSTEMS)
@pytest.mark.parametrize("standing", [Standing.CHANGED, Standing.FOREIGN])
def test_what_somebody_changed_or_wrote_is_left_alone(system: str, standing: Standing, tmp_path: Path) -> None:
    manager = Manager()
    made = service(tmp_path, system, manager)
    made.install()
    content = made.file.read_bytes().replace(b"c\0o\0m\0m\0a\0n\0d\0", b"C\0o\0m\0m\0a\0n\0d\0").replace(b"cmdesk", b"mydesk", 1)
    if standing is Standing.FOREIGN:
        content = b"[Unit]\nDescription=mine\n"
    elif system == "win32":
        content = made.file.read_bytes().decode("utf-16").replace("PT0S", "PT3H").encode("utf-16")
    made.file.write_bytes(content)
    manager.told.clear()
    assert made.standing() is standing
    for attempt in (made.install, made.uninstall):
        with pytest.raises(NotAllowed) as refused:
            attempt()
        assert refused.value.params["from_state"] == f"agent_{standing.value}"
    assert made.file.read_bytes() == content
    assert manager.told == []


def test_where_nobody_answers_the_steps_are_handed_back(tmp_path: Path) -> None:
    made = service(tmp_path, "linux", Manager(1, "Failed to connect to bus"))
    name = made.file.name
    assert made.install().left == (
        ("systemctl", "--user", "daemon-reload"),
        ("systemctl", "--user", "enable", name),
        ("systemctl", "--user", "start", name),
    )
    wants = made.file.parent / "default.target.wants" / name
    wants.parent.mkdir()
    wants.symlink_to(made.file)
    assert made.uninstall().left == ()
    assert not made.file.exists()
    assert not wants.is_symlink()


def test_a_system_without_such_files_is_named(tmp_path: Path) -> None:
    made = service(tmp_path, "freebsd14", Manager())
    with pytest.raises(NotAllowed):
        made.install()
    assert not (tmp_path / "system").exists()


def test_a_folder_that_is_a_file_is_said(tmp_path: Path) -> None:
    (tmp_path / "system").write_text("")
    with pytest.raises(ReadOnly):
        service(tmp_path, "linux", Manager()).install()


@pytest.mark.parametrize(
    ("system", "code", "said", "active"),
    [
        ("linux", 0, "active\n", True),
        ("linux", 3, "inactive\n", False),
        ("linux", 1, "Failed to connect to bus", None),
        ("linux", 127, "", None),
        ("darwin", 0, "\tstate = running\n", True),
        ("darwin", 113, "Could not find service", False),
        ("win32", 1, "ERROR: The system cannot find the file", False),
        ("win32", 127, "", None),
    ],
)
def test_the_systems_word_is_read(system: str, code: int, said: str, active: bool | None, tmp_path: Path) -> None:
    assert service(tmp_path, system, Manager(code, said)).active() is active


def test_a_command_that_is_not_there_gives_127(tmp_path: Path) -> None:
    host = agents.this_host({})
    assert host.run([str(tmp_path / "nothing")]) == (127, "")
    assert host.run([sys.executable, "-c", "print('hello')"]) == (0, "hello\n")


# ---- who publishes


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def machine(host: str = "here") -> Machine:
    return Machine(InMemory(), Vault(InMemoryKeyring()), host)


def test_the_state_tells_who_publishes_since_when_and_its_last_sign_of_life(tmp_path: Path, clock: FakeClock) -> None:
    made, home = service(tmp_path, "linux", Manager()), Home(tmp_path / "desk")
    home.prepare()
    begun = clock.now()
    assert agents.look(made, home, machine(), begun).last_sign is None
    assert lease.renew(home, machine(), "id", clock, Who.AGENT)
    clock.advance(60)
    assert lease.renew(home, machine(), "id", clock, Who.AGENT)
    state = agents.look(made, home, machine(), clock.now())
    assert (state.publisher, state.pid, state.since, state.last_sign) == (Who.AGENT, os.getpid(), begun, clock.now())
    assert state.home == str(home.path)

    lease.end(home, machine())
    ended = agents.look(made, home, machine(), clock.now())
    assert (ended.publisher, ended.last_sign) == (None, clock.now())


def test_a_publisher_that_was_killed_is_not_believed_to_live(tmp_path: Path, clock: FakeClock) -> None:
    home = Home(tmp_path / "desk")
    home.prepare()
    assert lease.renew(home, machine(), "id", clock, Who.WINDOW)
    told = lease.read(home)
    assert told is not None
    pid = os.posix_spawn(sys.executable, [sys.executable, "-c", ""], {}) if sys.platform != "win32" else 4
    if sys.platform != "win32":
        os.waitpid(pid, 0)
    home.publisher_lease.write_text(home.publisher_lease.read_text().replace(f'"pid": {os.getpid()}', f'"pid": {pid}'))
    found = lease.read(home)
    assert found is not None
    assert found.pid == pid
    assert not lease.lives(found, machine(), clock.now())
    # Of another computer nobody can ask for the process: its last word counts for three minutes.
    assert lease.lives(found, machine("there"), clock.now())
    assert not lease.lives(found, machine("there"), clock.now() + timedelta(minutes=4))


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"at": 5}', '{"at": "2026-01-01"}', '{"who": "nobody"}', "[" * 5000])
def test_a_lease_that_says_nothing_is_nobody(content: str, tmp_path: Path, clock: FakeClock) -> None:
    home = Home(tmp_path / "desk")
    home.prepare()
    home.publisher_lease.write_text(content)
    assert lease.read(home) is None


@pytest.mark.skipif(sys.platform == "win32", reason="there are no zombies on Windows")
def test_a_killed_process_that_nobody_noticed_yet_is_not_alive() -> None:
    with subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) as process:
        assert lease.alive(process.pid)
        process.kill()
        os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOWAIT)  # it has ended, and is not taken away
        assert sys.platform != "linux" or not lease.alive(process.pid)
    assert not lease.alive(process.pid)
