"""The product's publisher as a process of its own, for R2: real clock, real files, real HTTP; it is killed, not stopped.

    python -m tests.prove.r2_child FOLDER

Prints ``sound`` once the queue is sound again: everything of the former life is judged, and sending begins.
"""

from __future__ import annotations

import asyncio
import functools
import json
import logging
import random
import sys
from datetime import timedelta
from pathlib import Path
from unittest import mock

from cmdesk.domain.changes import Changes
from cmdesk.domain.clock import SystemClock
from cmdesk.services import reconciling
from cmdesk.services.desk import Desk
from cmdesk.services.home import Home
from cmdesk.services.machine import InFolder, Machine
from cmdesk.services.publishing import Publisher, Ticked
from cmdesk.services.workspace import Workspace
from cmdesk.vault import Vault
from tests.helpers.keyrings import InMemoryKeyring

KEYS = "keys.json"
#: A quarter of an hour of rest would be a quarter of an hour per kill; the server here is late by a second at most.
QUARANTINE = timedelta(seconds=2.5)
AGAIN = timedelta(seconds=0.5)
SPACING = timedelta(seconds=0.05)


class Telling(Publisher):
    """Says when its first round begins."""

    told = False

    async def tick(self, ws: Workspace | None = None) -> Ticked:
        if not self.told:
            self.told = True
            print("sound", flush=True)
        return await super().tick(ws)


def vault_of(folder: Path) -> Vault:
    """The keyring that outlives the process."""
    keyring = InMemoryKeyring()
    keyring.entries.update({(service, name): value for service, name, value in json.loads((folder / KEYS).read_text("utf-8"))})
    return Vault(keyring)


async def main(folder: Path) -> None:
    """Publishes until killed."""
    clock, publishers = SystemClock(), list[Publisher]()

    def changed(changes: Changes) -> None:
        for publisher in publishers:
            publisher.notice(changes)

    vault = vault_of(folder)
    machine = Machine(InFolder(folder.with_name(f"{folder.name}-state")), vault, host="this computer")
    desk = Desk(Home(folder), vault=vault, clock=clock, on_change=changed, rng=random.Random(1), machine=machine)
    desk.scan()
    publisher = Telling(desk, clock, random.SystemRandom(), spacing=SPACING, quarantine=QUARANTINE)
    publishers.append(publisher)
    await publisher.run()


if __name__ == "__main__":
    logging.disable(logging.CRITICAL)
    with mock.patch.object(reconciling, "settle_unclear", functools.partial(reconciling.settle_unclear, again=AGAIN)):
        asyncio.run(main(Path(sys.argv[1])))
