"""A real Secret Service (gnome-keyring on a private bus, in a private home) for as long as a test needs it.

Usable as a context manager, or as the fixture ``secret_service`` (session-scoped) where a conftest or a test module
imports it. Missing programs skip on a person's machine and fail in CI, where they must be there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest

PASSWORD = b"test-password"
_PROGRAMS = ("dbus-daemon", "gnome-keyring-daemon")


@dataclass(frozen=True)
class SecretService:
    """Where the service listens; ``environ`` is for child processes that shall use it."""

    address: str
    home: Path
    environ: dict[str, str]


def require_programs() -> None:
    """Skip the test with a reason if the real thing is not installed; fail in CI."""
    missing = [program for program in _PROGRAMS if shutil.which(program) is None]
    if not missing:
        return
    reason = f"needs {' and '.join(missing)} (Debian packages dbus-daemon, gnome-keyring)"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def running_bus() -> Iterator[SecretService]:
    """A private bus; the system may start a keyring on it, which nobody unlocks. Ends with the block, whatever happens inside."""
    home = Path(tempfile.mkdtemp(prefix="keyring-home-"))
    for folder in ("run", "data"):
        (home / folder).mkdir(mode=0o700)
    environ = {name: value for name, value in os.environ.items() if name not in {"DISPLAY", "WAYLAND_DISPLAY"}}
    environ |= {"HOME": str(home), "XDG_RUNTIME_DIR": str(home / "run"), "XDG_DATA_HOME": str(home / "data")}
    command = ["dbus-daemon", "--session", "--nofork", "--print-address=1"]
    bus = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environ)
    try:
        assert bus.stdout is not None
        address = bus.stdout.readline().strip()
        assert address, "the bus did not start"
        yield SecretService(address, home, environ | {"DBUS_SESSION_BUS_ADDRESS": address})
    finally:
        _end(bus)
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def running_secret_service(password: bytes = PASSWORD) -> Iterator[SecretService]:
    """The bus with an unlocked gnome-keyring on it."""
    with running_bus() as bus:
        # Returns when the daemon is up and unlocked; the daemon ends with its bus.
        subprocess.run(
            ["gnome-keyring-daemon", "--unlock", "--components=secrets"],
            input=password,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=bus.environ,
            check=True,
            timeout=30,
        )
        yield bus


@contextmanager
def environ_of(service: SecretService) -> Iterator[None]:
    """Let this process use the service's bus for the length of the block."""
    patch = pytest.MonkeyPatch()
    with patch.context() as change:
        change.setenv("DBUS_SESSION_BUS_ADDRESS", service.address)
        change.delenv("PYTHON_KEYRING_BACKEND", raising=False)
        yield


@pytest.fixture(scope="session")
def secret_service() -> Iterator[SecretService]:
    """One unlocked Secret Service for all tests of a process; a test asks for its bus with ``environ_of``."""
    require_programs()
    with running_secret_service() as service:
        yield service


def _end(process: subprocess.Popen[str]) -> None:
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(5)
    if process.poll() is None:
        process.kill()
        process.wait(5)
    if process.stdout is not None:
        process.stdout.close()
