"""What this computer remembers outside of the data folder, so that a copied or restored folder can't pass for the real one.

Two things are kept beside the keyring's installation id: an id for computers without a keyring, and per client file a
*mark*: where the file lies and the last line of its journal. Whoever copies a data folder does not copy this.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import platform
import secrets
import sys
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol

import platformdirs
from msgspec import Struct
from msgspec.structs import asdict

from cmdesk.domain.errors import VaultProblem
from cmdesk.domain.guard import Place
from cmdesk.vault import Vault

_LARGEST = 100_000


class Mark(Struct, frozen=True):
    """Where a client's file was last armed, and the last line of its journal that was written before a call."""

    place: Place
    line: int
    hash: str


class Outside(Protocol):
    """A memory that does not travel with a data folder. It never raises: ``sound`` says whether the last thing was kept."""

    def install_id(self) -> str | None: ...
    def keep_install_id(self, value: str) -> None: ...
    def mark(self, seal: str) -> Mark | None: ...
    def keep_mark(self, seal: str, mark: Mark) -> None: ...
    def forget(self, seal: str) -> None: ...
    @property
    def sound(self) -> bool: ...


class InMemory:
    """Lasts as long as the process: for a scratch desk, which nobody copies."""

    def __init__(self) -> None:
        self._id: str | None = None
        self._marks: dict[str, Mark] = {}
        self.sound = True

    def install_id(self) -> str | None:
        return self._id

    def keep_install_id(self, value: str) -> None:
        self._id = value

    def mark(self, seal: str) -> Mark | None:
        return self._marks.get(seal)

    def keep_mark(self, seal: str, mark: Mark) -> None:
        self._marks[seal] = mark

    def forget(self, seal: str) -> None:
        self._marks.pop(seal, None)


class InFolder:
    """Small files in a folder of its own, each written whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.sound = True

    def install_id(self) -> str | None:
        value = self._read("install.json").get("id")
        return value if isinstance(value, str) and value else None

    def keep_install_id(self, value: str) -> None:
        self._write("install.json", {"id": value})

    def mark(self, seal: str) -> Mark | None:
        data = self._read(self._name(seal))
        try:
            return Mark(Place(str(data["path"]), int(data["device"]), int(data["inode"])), int(data["line"]), str(data["hash"]))
        except (KeyError, TypeError, ValueError):
            return None

    def keep_mark(self, seal: str, mark: Mark) -> None:
        self._write(self._name(seal), {**asdict(mark.place), "line": mark.line, "hash": mark.hash})

    def forget(self, seal: str) -> None:
        with contextlib.suppress(OSError):
            (self.folder / self._name(seal)).unlink(missing_ok=True)

    @staticmethod
    def _name(seal: str) -> str:
        # A seal comes out of a file that anybody may have written; only its hash becomes a name.
        return f"{hashlib.sha256(seal.encode()).hexdigest()[:32]}.json"

    def _read(self, name: str) -> dict[str, Any]:
        try:
            with (self.folder / name).open("rb") as file:
                data = json.loads(file.read(_LARGEST))
        except (OSError, ValueError, RecursionError):
            return {}
        return data if isinstance(data, dict) else {}

    def _write(self, name: str, data: Mapping[str, object]) -> None:
        staging = self.folder / f".{name}.{secrets.token_hex(4)}"
        try:
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            handle = os.open(staging, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                json.dump(data, file, ensure_ascii=False)
                file.flush()
                os.fsync(file.fileno())
            staging.replace(self.folder / name)
        except OSError:
            self.sound = False
            with contextlib.suppress(OSError):
                staging.unlink(missing_ok=True)
        else:
            self.sound = True


def find_outside(environ: Mapping[str, str]) -> Outside:
    """The memory of this computer: the folder named by ``CMDESK_STATE``, or the system's place for a program's state."""
    # Not "cmdesk": where the system has one place for state and data, that would be inside the data folder.
    named = environ.get("CMDESK_STATE") or platformdirs.user_state_dir("cmdesk-machine", appauthor=False)
    return InFolder(Path(named).expanduser().absolute())


def find_host() -> str:
    """What tells this computer from others: the hash of the system's own id of it, or of its name where it has none."""
    return hashlib.blake2b(_system_id().encode(), digest_size=12, person=b"cmdesk-host").hexdigest()


def _system_id() -> str:
    if sys.platform == "win32":
        import winreg  # exists on this system only

        with contextlib.suppress(OSError), winreg.OpenKey(winreg.HKEY_LOCAL_MACHINE, r"SOFTWARE\Microsoft\Cryptography") as key:
            return str(winreg.QueryValueEx(key, "MachineGuid")[0])
    for path in ("/etc/machine-id", "/var/lib/dbus/machine-id"):
        with contextlib.suppress(OSError, ValueError):
            found = Path(path).read_text(encoding="ascii").strip()
            if found:
                return found
    return platform.node()


class Machine:
    """This computer and this installation, as far as they can be told from others. Thread-safe."""

    def __init__(self, outside: Outside, vault: Vault, host: str | None = None) -> None:
        self.outside = outside
        self.host = find_host() if host is None else host
        self._vault = vault
        self._guard = threading.Lock()
        self._known: str | None = None

    def install_id(self) -> str:
        """The id of this installation, from the keyring; without one from outside of the data folder. May block on the keyring.

        Both places hold the same id, so that a keyring which is shut today does not make a stranger of us.
        """
        with self._guard:
            if self._known is not None:
                return self._known
            kept = self.outside.install_id()
            fresh = kept or secrets.token_hex(16)
            if self._vault.mode != "session":
                with contextlib.suppress(VaultProblem):
                    self._known = self._vault.install_id(lambda: fresh)
            found = self._known or fresh
            if found != kept:
                self.outside.keep_install_id(found)
            return found
