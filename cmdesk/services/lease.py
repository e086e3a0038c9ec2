"""Says in the data folder which computer publishes from it, because an operating system's lock ends at its own computer.

In each client's own file a row of the same name is taken with every claim (``store.lease``). What is here is for people, and
for computers that do not share the file: a folder on a network drive or in a synchronised cloud folder can be opened by two,
and each one's lock is free. The same word tells people which program publishes: the window, the agent, or a command.
"""

from __future__ import annotations

import contextlib
import json
import os
import platform
import secrets
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import asdict, replace

from cmdesk.domain.agent import Who
from cmdesk.domain.guard import LEASE
from cmdesk.store.lease import Bid, Lease

if TYPE_CHECKING:
    from collections.abc import Callable

    from cmdesk.domain.clock import Clock
    from cmdesk.services.home import Home
    from cmdesk.services.machine import Machine

_LARGEST = 10_000


class Holder(Struct, frozen=True):
    """Who publishes, by name for people and by id, since when, and when it last said so (its own clock, aware UTC).

    ``pid`` is 0 where nobody said it. ``ended`` is set by a publisher that ended in peace.
    """

    host: str
    name: str
    install: str
    at: datetime
    who: Who = Who.COMMAND
    pid: int = 0
    since: datetime | None = None
    ended: bool = False


def read(home: Home) -> Holder | None:
    """Who last said that it publishes from this folder."""
    try:
        with home.publisher_lease.open("rb") as file:
            data = json.loads(file.read(_LARGEST))
        at, since = datetime.fromisoformat(data["at"]), datetime.fromisoformat(data.get("since", data["at"]))
        if at.tzinfo is None or since.tzinfo is None:
            return None
        who, pid = Who(data.get("who", Who.COMMAND.value)), int(data.get("pid", 0))
        return Holder(str(data["host"]), str(data["name"]), str(data["install"]), at, who, pid, since, bool(data.get("ended")))
    except (OSError, ValueError, KeyError, TypeError, AttributeError, OverflowError, RecursionError):
        return None


def elsewhere(home: Home, machine: Machine, now: datetime) -> Holder | None:
    """The other computer that publishes from this folder now; None when there is none, or its last word is old."""
    found = read(home)
    if found is None or found.ended or found.host == machine.host:
        return None
    return found if abs(now - found.at) < LEASE else None


def lives(holder: Holder, machine: Machine, now: datetime) -> bool:
    """Whether this publisher still publishes, as far as can be known: of this computer also by asking for its process."""
    if holder.ended or abs(now - holder.at) >= LEASE:
        return False
    return holder.host != machine.host or holder.pid == 0 or alive(holder.pid)


def rival(home: Home, machine: Machine, now: datetime) -> Holder | None:
    """Another process of this computer that says that it publishes, and lives.

    The lock of the system forbids that; on some network drives there is no such lock. Who was first goes on.
    """
    found = read(home)
    if found is None or found.host != machine.host or found.pid in {0, os.getpid()}:
        return None
    return found if lives(found, machine, now) else None


def renew(home: Home, machine: Machine, install: str, clock: Clock, who: Who = Who.COMMAND) -> bool:
    """Says that this process publishes; False when it could not be written, or another one says the same."""
    now = clock.now()
    if elsewhere(home, machine, now) is not None or rival(home, machine, now) is not None:
        return False
    before = read(home)
    ours = before is not None and (before.host, before.pid, before.who, before.ended) == (machine.host, os.getpid(), who, False)
    since = before.since if before is not None and ours and before.since is not None else now
    return _write(home, Holder(machine.host, platform.node(), install, now, who, os.getpid(), since))


def end(home: Home, machine: Machine) -> None:
    """This process no longer publishes. When it last did stays to be read."""
    found = read(home)
    if found is not None and found.host == machine.host and found.pid in {0, os.getpid()} and not found.ended:
        _write(home, replace(found, ended=True))


def bid(holder: str, machine: Machine, who: Who, lives: Callable[[Lease], bool]) -> Bid:
    """Who this program is to the lease in a client's own file, which is taken by every claim."""
    return Bid(holder, machine.host, platform.node(), os.getpid(), who, lives)


def runs_here(held: Lease) -> bool:
    """Whether the program that holds a file's lease still runs on this computer. A former life of this very process does not."""
    return held.process not in {0, os.getpid()} and alive(held.process)


def alive(pid: int) -> bool:
    """Whether there is a process of this number on this computer. Another program may have taken the number meanwhile."""
    if sys.platform == "win32":
        import ctypes  # exists everywhere, but only here is it needed: a signal of 0 would end the process

        handle = ctypes.windll.kernel32.OpenProcess(0x1000, False, pid)  # PROCESS_QUERY_LIMITED_INFORMATION
        if not handle:
            return False
        ended = ctypes.windll.kernel32.WaitForSingleObject(handle, 0) == 0
        ctypes.windll.kernel32.CloseHandle(handle)
        return not ended
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return not _is_zombie(pid)


def _is_zombie(pid: int) -> bool:
    """Whether a process has ended and only waits for its parent to notice; Linux alone is asked."""
    with contextlib.suppress(OSError, ValueError):
        # The name in brackets may hold anything; the state comes after the last bracket.
        return Path(f"/proc/{pid}/stat").read_text(errors="replace").rpartition(")")[2].split()[:1] in (["Z"], ["X"])
    return False


def _write(home: Home, holder: Holder) -> bool:
    told = {
        **asdict(holder),
        "at": holder.at.isoformat(),
        "who": holder.who.value,
        "since": (holder.since or holder.at).isoformat(),
    }
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


def _drop(path: Path) -> None:
    with contextlib.suppress(OSError):
        path.unlink(missing_ok=True)
