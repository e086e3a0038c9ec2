"""What the suite watches around every test, so that no test reaches outside or leaves anything behind."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

#: How long leftovers may take to go by themselves before they count.
PATIENCE_SECONDS = 5.0


class OutsideWorldError(RuntimeError):
    """A test tried to reach beyond this machine."""


def _is_loopback(host: object) -> bool:
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if not isinstance(host, str):
        return False
    if host == "localhost" or host.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(host.split("%")[0]).is_loopback
    except ValueError:
        return False


class SocketGuard:
    """An audit hook that refuses every address but loopback and Unix sockets, and remembers what was tried.

    It remembers because the code under test may turn the error into a polite outcome: the test fails all the same.
    Names under ``.invalid`` just don't exist, as in a resolver, and are not held against the test.
    """

    def __init__(self) -> None:
        self.tried: list[str] = []

    def install(self) -> None:
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event in {"socket.connect", "socket.bind", "socket.sendto"}:
            address = arguments[1]
            if isinstance(address, tuple) and not _is_loopback(address[0]):
                self._refuse(f"{event} {address!r}")
        elif event in {"socket.getaddrinfo", "socket.gethostbyname"}:
            host = arguments[0]
            name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
            if isinstance(name, str) and name.rstrip(".").endswith(".invalid"):
                raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
            if name is not None and not _is_loopback(name) and not _is_address(name):
                self._refuse(f"{event} {name!r}")

    def _refuse(self, what: str) -> None:
        self.tried.append(what)
        raise OutsideWorldError(f"tests may only reach loopback: {what}")


def _is_address(name: object) -> bool:
    """A written address is only parsed by the resolver; connecting to it is what is refused."""
    try:
        ipaddress.ip_address(str(name).split("%")[0])
    except ValueError:
        return False
    return True


class LogGuard(logging.Handler):
    """Keeps what cmdesk and asyncio log at WARNING or above, unless a test said that it expects it."""

    LOGGERS = ("cmdesk", "asyncio")

    def __init__(self, expected: Iterable[str] = ()) -> None:
        super().__init__(logging.WARNING)
        self.expected = list(expected)
        self.records: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.records.append(f"{record.levelname} {record.name}: {record.getMessage()}")

    def expect(self, text: str) -> None:
        self.expected.append(text)

    def unexpected(self) -> list[str]:
        return [line for line in self.records if not any(text in line for text in self.expected)]

    def attach(self) -> None:
        for name in self.LOGGERS:
            logging.getLogger(name).addHandler(self)

    def detach(self) -> None:
        for name in self.LOGGERS:
            logging.getLogger(name).removeHandler(self)


def threads() -> set[object]:
    """The live Python threads; those that Qt made and Python merely met are Qt's affair."""
    return {one for one in threading.enumerate() if not one.name.startswith("Dummy-")}


def tasks() -> set[object]:
    """The unfinished asyncio tasks of every loop. The name of the set differs between Python 3.11 and 3.12."""
    name = "_scheduled_tasks" if hasattr(asyncio.tasks, "_scheduled_tasks") else "_all_tasks"
    known: Iterable[asyncio.Task[Any]] = list(getattr(asyncio.tasks, name))
    return {task for task in known if not task.done()}


def children() -> set[object]:
    """The child processes, as "pid: command line"; known on Linux only."""
    found: set[object] = set()
    for file in Path("/proc/self/task").glob("*/children"):
        try:
            pids = file.read_text("ascii").split()
        except OSError:
            continue  # the thread has just ended
        for pid in pids:
            command = _command(pid)
            if "resource_tracker" not in command:  # Python's own, one per process, until the end
                found.add(f"{pid}: {command}")
    return found


def _command(pid: str) -> str:
    try:
        return Path("/proc", pid, "cmdline").read_bytes().replace(b"\0", b" ").decode("utf-8", "replace").strip()
    except OSError:
        return ""


def windows() -> set[object]:
    """The visible top-level windows, if Qt is in use at all; what was to be deleted later is deleted first."""
    widgets = sys.modules.get("PySide6.QtWidgets")
    if widgets is None or widgets.QApplication.instance() is None:
        return set()
    core = sys.modules["PySide6.QtCore"]
    core.QCoreApplication.sendPostedEvents(None, core.QEvent.Type.DeferredDelete.value)
    return {
        one
        for one in widgets.QApplication.topLevelWidgets()
        if one.isVisible() and type(one).__name__ != "QTipLabel" and one.metaObject().className() != "QTipLabel"
    }


KINDS: dict[str, Callable[[], set[object]]] = {
    "thread": threads,
    "asyncio task": tasks,
    "child process": children,
    "window": windows,
}


def look() -> dict[str, set[object]]:
    """What is there now, by kind."""
    return {kind: see() for kind, see in KINDS.items()}


def left_behind(before: dict[str, set[object]], patience: float = PATIENCE_SECONDS, allowed: Iterable[str] = ()) -> list[str]:
    """What was not there before and stays, a line each; waits a little for what is just about to end."""
    texts = tuple(allowed)
    deadline = time.monotonic() + patience
    pause = threading.Event()
    while True:
        lines = [f"{kind} left behind: {one}" for kind, see in KINDS.items() for one in see() - before[kind]]
        lines = [line for line in lines if not any(text in line for text in texts)]
        if not lines or time.monotonic() > deadline:
            return lines
        pause.wait(0.01)


def settle_environment(home: Path) -> None:
    """One zone, one locale, no screen and nobody's settings, for this process and all that it starts."""
    os.environ.update(
        TZ="America/Toronto",
        LANG="C.UTF-8",
        LC_ALL="C.UTF-8",
        CMDESK_HOME=str(home / "desk"),
        XDG_CONFIG_HOME=str(home / "config"),
        XDG_DATA_HOME=str(home / "data"),
        XDG_STATE_HOME=str(home / "state"),
    )
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    for name in ("LANGUAGE", "QT_SCALE_FACTOR", "QT_STYLE_OVERRIDE", "http_proxy", "https_proxy", "all_proxy"):
        os.environ.pop(name, None)
        os.environ.pop(name.upper(), None)
    if sys.platform != "win32":
        time.tzset()
