"""Programs that share one key that runs out: each reads, changes and keeps it as cmdesk does, over one folder.

Run as ``python -m tests.helpers.renewers FOLDER CALLERS`` it changes the key with a server of one-time tokens (a folder too);
with a third argument, the time of the real server, it asks that server who it is with a session that is spent.
"""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from cmdesk.domain.account import Identity, Network
from cmdesk.domain.clock import SystemClock
from cmdesk.domain.secret import Secret
from cmdesk.networks import registry
from cmdesk.networks._bluesky_session import unpacked
from cmdesk.services.renewing import AccountKey
from cmdesk.vault import ClientVault


class FileKeys:
    """Secrets in files: what two processes of a test share in place of a keyring."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, uid: str, name: str) -> Secret:
        return Secret((self.folder / f"{uid}-{name}").read_text("utf-8"))

    def put(self, uid: str, name: str, secret: Secret) -> None:
        draft = self.folder / f"{uid}-{name}.{uuid.uuid4().hex}"
        draft.write_text(secret.reveal(), "utf-8")
        draft.replace(self.folder / f"{uid}-{name}")


async def here(function: Callable[..., Any], /, *args: Any, **more: Any) -> Any:
    """A helper without a thread."""
    return function(*args, **more)


def key_in(folder: Path) -> AccountKey:
    """The key that lies in a folder."""
    return AccountKey(cast("ClientVault", FileKeys(folder)), "uid", "access_token", folder=folder, helper=here)


class OneTimeServer:
    """Takes each token once; a second use is written down as a mistake. Its memory is a folder, for several processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    async def change(self, kept: Secret) -> Secret:
        """A fresh token for a token that was never used."""
        await asyncio.sleep(0)
        try:
            # Making a file that must not exist is the one step that no two processes both take.
            os.close(os.open(self.folder / f"used-{kept.reveal()}", os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            (self.folder / f"twice-{kept.reveal()}-{uuid.uuid4().hex}").touch()
        number = int(kept.reveal().removeprefix("token"))
        return Secret(f"token{number + 1}")

    @property
    def used(self) -> int:
        return len(list(self.folder.glob("used-*")))

    @property
    def twice(self) -> int:
        return len(list(self.folder.glob("twice-*")))


async def one_time(folder: Path, callers: int) -> None:
    """Everybody finds the same key spent, and everybody ends with the same fresh one."""
    server = OneTimeServer(folder)
    spent = Secret((folder / "spent").read_text("utf-8"))
    keys = [key_in(folder) for _ in range(2)]
    fresh = await asyncio.gather(*(keys[number % 2].renew(spent, server.change) for number in range(callers)))
    assert len({one.reveal() for one in fresh}) == 1, "two fresh keys"


async def real(folder: Path, callers: int) -> None:
    """Everybody asks the real server with the same spent session."""
    key = key_in(folder)
    session = unpacked(await key())
    identity = Identity(Network.BLUESKY, session.pds, session.did, "rosa.test", "Rosa")
    one = registry.build(identity, secret=key, clock=SystemClock(), allow_private=True)
    try:
        told = await asyncio.gather(*(one.whoami() for _ in range(callers)))
    finally:
        await one.close()
    assert {each.remote_id for each in told} == {session.did}


ROOT = Path(__file__).resolve().parents[2]


def together(folder: Path, callers: int, *more: str, programs: int = 2) -> list[int]:
    """Runs programs that begin in one moment; their exit codes."""
    (folder / "go").unlink(missing_ok=True)
    for stale in folder.glob("here-*"):
        stale.unlink()
    command = [sys.executable, "-m", "tests.helpers.renewers", str(folder), str(callers), *more]
    children = [subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}) for _ in range(programs)]
    try:
        deadline = time.monotonic() + 60
        pause = threading.Event()
        while len(list(folder.glob("here-*"))) < programs and time.monotonic() < deadline:
            pause.wait(0.01)
        (folder / "go").touch()
        return [child.wait(60) for child in children]
    finally:
        for child in children:
            child.kill()
            child.wait()


def main(arguments: list[str]) -> None:
    folder, callers = Path(arguments[0]), int(arguments[1])
    # All begin in one moment: who is first is nobody's choice.
    (folder / f"here-{os.getpid()}").touch()
    deadline = datetime.now(UTC).timestamp() + 60
    while not (folder / "go").exists():
        assert datetime.now(UTC).timestamp() < deadline
    asyncio.run(real(folder, callers) if arguments[2:] == ["real"] else one_time(folder, callers))


if __name__ == "__main__":
    main(sys.argv[1:])
