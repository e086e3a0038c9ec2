"""Puts the agent among the programs that the system starts at log-in, takes it out again, and tells how it fares.

Only a file that this module wrote, and that nobody changed since, is replaced or removed. What the system itself must be told
is told by its own command; where that has nobody to speak to, the steps that are left are handed back as commands.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from msgspec import Struct

from cmdesk.domain.agent import AgentState, Installation, Standing
from cmdesk.domain.errors import NotAllowed, ReadOnly
from cmdesk.services import agentfiles, lease
from cmdesk.services.agentfiles import Job
from cmdesk.services.home import Home

if TYPE_CHECKING:
    from datetime import datetime

    from cmdesk.services.desk import Desk
    from cmdesk.services.machine import Machine

#: What a service does not inherit from a terminal, and the agent must know to find the same places.
_HANDED_ON = ("CMDESK_STATE", "XDG_STATE_HOME")
_PATIENCE = 20.0

#: Runs a command and gives its exit code and what it printed; 127 where there is no such command.
Runner = Callable[[Sequence[str]], tuple[int, str]]


class Host(Struct, frozen=True):
    """The system as far as the agent's installation touches it: handed over, so that every system can be tried on one."""

    system: str  # as sys.platform names it
    folder: Path  # where the system looks for such files
    program: tuple[str, ...]
    user: str
    environ: Mapping[str, str]
    run: Runner


def this_host(environ: Mapping[str, str]) -> Host:
    """The system under our feet."""
    return Host(sys.platform, _folder(sys.platform, environ), find_program(), _user(environ), environ, _run)


def _folder(system: str, environ: Mapping[str, str]) -> Path:
    if system == "darwin":
        return Path.home() / "Library" / "LaunchAgents"
    if system == "win32":
        return Path(platformdirs.user_state_dir("cmdesk-machine", appauthor=False))
    return Path(environ.get("XDG_CONFIG_HOME") or Path.home() / ".config") / "systemd" / "user"


def _user(environ: Mapping[str, str]) -> str:
    domain, name = environ.get("USERDOMAIN", ""), environ.get("USERNAME", "")
    return f"{domain}\\{name}" if domain else name


def find_program() -> tuple[str, ...]:
    """How cmdesk is started here: the installed program, or this Python with the package's name."""
    own = Path(sys.executable)
    if getattr(sys, "frozen", False):
        return (str(own),)
    if sys.platform == "win32":
        # The one without a console: a black window at every log-in would be closed, and the agent with it.
        silent = own.with_name("pythonw.exe")
        return (str(silent if silent.exists() else own), "-m", "cmdesk")
    installed = own.with_name("cmdesk")
    return (str(installed),) if installed.exists() else (str(own), "-m", "cmdesk")


def _run(command: Sequence[str]) -> tuple[int, str]:
    try:
        done = subprocess.run(
            list(command), capture_output=True, timeout=_PATIENCE, check=False, stdin=subprocess.DEVNULL, errors="replace"
        )
    except (OSError, subprocess.SubprocessError):
        return 127, ""
    return done.returncode, done.stdout + done.stderr


class Service:
    """The agent of one data folder as a service of one system. Its calls may take seconds: not for the window's thread."""

    def __init__(self, home: Home, host: Host) -> None:
        environ = {name: host.environ[name] for name in _HANDED_ON if host.environ.get(name)}
        self.job = Job(host.program, home.path, host.user, environ)
        self.host = host

    @property
    def supported(self) -> bool:
        """Whether this is a system whose files are known here."""
        return self.host.system in {"linux", "darwin", "win32"}

    @property
    def file(self) -> Path:
        """Where the system's file lies, or would lie."""
        ending = {"darwin": ".plist", "win32": ".xml"}.get(self.host.system, ".service")
        return self.host.folder / f"{self.job.name}{ending}"

    @property
    def starts_itself(self) -> bool:
        """Whether the system is to start the agent, as far as its file says. Asks nobody."""
        return self.supported and self.standing() is Standing.INSTALLED

    def content(self) -> bytes:
        """What the file says. Raises BadInput where a name cannot be written into it."""
        make = {"darwin": agentfiles.launchd_plist, "win32": agentfiles.task_xml}.get(self.host.system, agentfiles.systemd_unit)
        return make(self.job)

    def standing(self) -> Standing:
        """Whether the file is there and ours. Asks nobody."""
        try:
            found = self.file.read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            return Standing.ABSENT
        except OSError:
            return Standing.FOREIGN
        ours = agentfiles.is_ours(found)
        return Standing.FOREIGN if ours is False else Standing.CHANGED if ours is None else Standing.INSTALLED

    def install(self) -> Installation:
        """Writes the file and has the system start the agent. Harmless when repeated.

        Raises NotAllowed when a file is there that is not ours any more, BadInput, or ReadOnly.
        """
        self._refuse_foreign()
        content, path = self.content(), self.file
        try:
            changed = path.exists() and path.read_bytes() != content
            if changed or not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True)
                staging = path.with_name(f".{path.name}.new")
                staging.write_bytes(content)
                staging.replace(path)
        except OSError as error:
            raise ReadOnly(reason=type(error).__name__, path=str(path)) from None
        return Installation(self.job.name, str(path), self._told(self._starting(changed=changed)))

    def uninstall(self) -> Installation:
        """Has the system stop the agent and removes the file. Harmless when repeated; raises as ``install`` does."""
        self._refuse_foreign()
        path = self.file
        if not path.exists():
            return Installation(self.job.name, str(path), ())
        left = self._told(self._ending())
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise ReadOnly(reason=type(error).__name__, path=str(path)) from None
        if self.host.system == "linux":
            # The link that enabling made, where there was nobody to take it away.
            link = path.parent / "default.target.wants" / path.name
            with contextlib.suppress(OSError):
                if link.is_symlink():
                    link.unlink()
            self.host.run(("systemctl", "--user", "daemon-reload"))
            left = ()
        return Installation(self.job.name, str(path), left)

    def active(self) -> bool | None:
        """Whether the system says that it runs the agent; None where nobody answers."""
        if self.host.system == "linux":
            code, said = self.host.run(("systemctl", "--user", "is-active", self.file.name))
            return True if code == 0 else False if said.strip() in {"inactive", "failed", "activating", "unknown"} else None
        if self.host.system == "darwin":
            code, said = self.host.run(("launchctl", "print", f"{self._domain}/{self.job.name}"))
            return None if code == 127 else code == 0 and "state = running" in said
        code, said = self.host.run(("schtasks", "/Query", "/TN", self.job.name, "/XML"))
        return None if code == 127 else False if code != 0 else None

    def _refuse_foreign(self) -> None:
        if not self.supported:
            raise NotAllowed(from_state="agent_unsupported", to_state="agent")
        standing = self.standing()
        if standing in {Standing.CHANGED, Standing.FOREIGN}:
            raise NotAllowed(from_state=f"agent_{standing.value}", to_state="agent", path=str(self.file))

    @property
    def _domain(self) -> str:
        return f"gui/{os.getuid()}" if sys.platform != "win32" else "gui/0"

    def _starting(self, *, changed: bool) -> tuple[tuple[str, ...], ...]:
        if self.host.system == "linux":
            user = ("systemctl", "--user")
            # An agent that runs with another command must begin anew; one that runs with this very command goes on.
            start = "restart" if changed else "start"
            return (*user, "daemon-reload"), (*user, "enable", self.file.name), (*user, start, self.file.name)
        if self.host.system == "darwin":
            return (("launchctl", "bootstrap", self._domain, str(self.file)),)
        create = ("schtasks", "/Create", "/TN", self.job.name, "/XML", str(self.file), "/F")
        return create, ("schtasks", "/Run", "/TN", self.job.name)

    def _ending(self) -> tuple[tuple[str, ...], ...]:
        if self.host.system == "linux":
            return (("systemctl", "--user", "disable", "--now", self.file.name),)
        if self.host.system == "darwin":
            return (("launchctl", "bootout", f"{self._domain}/{self.job.name}"),)
        return ("schtasks", "/End", "/TN", self.job.name), ("schtasks", "/Delete", "/TN", self.job.name, "/F")

    def _told(self, commands: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
        """Runs the commands in order; gives those that are left from the first that failed on."""
        if self.host.system == "darwin" and commands[0][1] == "bootstrap":
            # What is loaded already cannot be loaded again; an agent that is not loaded cannot be taken out, which is as well.
            self.host.run(("launchctl", "bootout", f"{self._domain}/{self.job.name}"))
        for number, command in enumerate(commands):
            code, _ = self.host.run(command)
            if code != 0 and command[1] != "/End":
                return commands[number:]
        return ()


async def state_of(desk: Desk, host: Host | None = None) -> AgentState:
    """How the agent of this desk's folder fares."""
    return await desk.helper(look, service_of(desk, host), desk.home, desk.machine(), desk.clock.now())


async def install(desk: Desk, host: Host | None = None) -> Installation:
    """Has the system start the agent of this desk's folder. Raises as ``Service.install`` does."""
    return await desk.helper(service_of(desk, host).install)


async def uninstall(desk: Desk, host: Host | None = None) -> Installation:
    """Has the system no longer start it. Raises as ``Service.install`` does."""
    return await desk.helper(service_of(desk, host).uninstall)


def service_of(desk: Desk, host: Host | None = None) -> Service:
    """The agent of this desk's folder, on this system when no other is handed over."""
    return Service(desk.home, host or this_host(os.environ))


def look(service: Service, home: Home, machine: Machine, now: datetime) -> AgentState:
    """How the agent of a folder fares: what is installed, who publishes now, and when that one last said so."""
    standing = service.standing() if service.supported else Standing.UNSUPPORTED
    active = service.active() if standing is Standing.INSTALLED else None
    holder = lease.read(home)
    publishing = holder is not None and lease.lives(holder, machine, now)
    return AgentState(
        standing=standing,
        name=service.job.name,
        file=str(service.file),
        home=str(home.path),
        active=active,
        publisher=holder.who if holder is not None and publishing else None,
        host=holder.name if holder is not None else None,
        pid=holder.pid if holder is not None and publishing else None,
        since=holder.since if holder is not None and publishing else None,
        last_sign=holder.at if holder is not None else None,
    )
