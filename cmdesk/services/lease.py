"""Says in the data folder which computer publishes from it, because an operating system's lock ends at its own computer.

A folder on a network drive or in a synchronised cloud folder can be opened by two computers, and each one's lock is free.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import secrets
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from cmdesk.domain.guard import LEASE

if TYPE_CHECKING:
    from cmdesk.domain.clock import Clock
    from cmdesk.services.home import Home
    from cmdesk.services.machine import Machine

_LARGEST = 10_000


class Holder(Struct, frozen=True):
    """Who publishes, by name for people and by id, and when it last said so (its own clock, aware UTC)."""

    host: str
    name: str
    install: str
    at: datetime


def read(home: Home) -> Holder | None:
    """Who last said that it publishes from this folder."""
    try:
        with home.publisher_lease.open("rb") as file:
            data = json.loads(file.read(_LARGEST))
        at = datetime.fromisoformat(data["at"])
        return Holder(str(data["host"]), str(data["name"]), str(data["install"]), at) if at.tzinfo is not None else None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None


def elsewhere(home: Home, machine: Machine, now: datetime) -> Holder | None:
    """The other computer that publishes from this folder now; None when there is none, or its last word is old."""
    found = read(home)
    if found is None or found.host == machine.host:
        return None
    return found if abs(now - found.at) < LEASE else None


def renew(home: Home, machine: Machine, install: str, clock: Clock) -> bool:
    """Says that this computer publishes; False when it could not be written, or another computer says the same."""
    if elsewhere(home, machine, clock.now()) is not None:
        return False
    told = {"host": machine.host, "name": platform.node(), "install": install, "at": clock.now().isoformat()}
    staging = home.path / f".lease-{secrets.token_hex(4)}"
    try:
        handle = os.open(staging, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump(told, file)
        staging.replace(home.publisher_lease)
    except OSError:
        _drop(staging)
        return False
    return True


def end(home: Home, machine: Machine) -> None:
    """This computer no longer publishes."""
    found = read(home)
    if found is not None and found.host == machine.host:
        _drop(home.publisher_lease)


def _drop(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
