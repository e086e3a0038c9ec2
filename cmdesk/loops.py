"""Keeps going, in the engine, what nobody asks for: publishing, fetching, reading moods, seeing what other processes changed."""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from filelock import FileLock, Timeout

from cmdesk.domain.agent import Who
from cmdesk.domain.errors import CmdeskError
from cmdesk.services import safekeeping
from cmdesk.services.handover import disk_problem
from cmdesk.services.publishing import APART, Publisher
from cmdesk.services.syncing import Syncer
from cmdesk.services.triage import Triager
from cmdesk.services.upkeep import Upkeep

if TYPE_CHECKING:
    from cmdesk.domain.changes import Changes
    from cmdesk.domain.clock import Clock
    from cmdesk.services.desk import Desk
    from cmdesk.services.home import Home
    from cmdesk.ui.news import News

log = logging.getLogger(__name__)

LOOK_OUTSIDE = 1.5  # seconds between two looks for changes made by another process
LOCK_RETRY = 5.0  # seconds between two tries to become the publisher
AGAIN = 5.0  # seconds before a loop that failed begins anew


class Loops:
    """The loops of one desk. Everything here is called in the engine's thread."""

    def __init__(self, desk: Desk, home: Home, clock: Clock, news: News) -> None:
        self._desk, self._home, self._clock, self._news = desk, home, clock, news
        self._publisher = Publisher(desk, clock, random.SystemRandom(), apart=APART, who=Who.WINDOW)
        self._syncer = Syncer(desk, clock, on_pulled=news.pulled, on_offline=self._offline)
        self._upkeep = Upkeep(desk, clock)
        self._triager = Triager(desk, clock)

    async def run(self) -> None:
        """Works until cancelled."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._kept("publish", self._publish), name="cmdesk-publish")
            group.create_task(self._kept("fetch", self._syncer.run), name="cmdesk-sync")
            group.create_task(self._kept("triage", self._triager.run), name="cmdesk-triage")
            group.create_task(self._kept("look", self._look_outside), name="cmdesk-look-outside")
            group.create_task(self._kept("upkeep", self._upkeep.run), name="cmdesk-upkeep")

    async def _kept(self, name: str, work: Callable[[], Awaitable[None]]) -> None:
        """A loop that failed begins anew, so that a full disk or one bad file never ends the others."""
        while True:
            try:
                await work()
            except CmdeskError as problem:
                log.warning("the loop %s failed: %s", name, problem.code)
                self._news.trouble(name, problem)
            except Exception as problem:
                log.exception("the loop %s failed", name)
                self._news.trouble(name, problem)
            await self._clock.sleep(AGAIN)

    async def _publish(self) -> None:
        """Publishes while this process holds the folder's publisher lock; the agent may hold it, then it waits its turn."""
        lock = FileLock(self._home.publisher_lock, mode=0o600, thread_local=False)
        waiting = False
        while True:
            try:
                lock.acquire(timeout=0)
                break
            except Timeout:
                if not waiting:
                    waiting = True
                    self._news.elsewhere(True)
                await self._clock.sleep(LOCK_RETRY)
            except OSError as error:  # nothing can be written here: who cannot lock does not publish
                raise disk_problem(error) from None
        if waiting:
            self._news.elsewhere(False)
        try:
            await self._desk.helper(safekeeping.sweep, self._home, self._clock.now())
            await self._publisher.run()
        finally:
            lock.release()

    async def _look_outside(self) -> None:
        while True:
            await self._clock.sleep(LOOK_OUTSIDE)
            await self._desk.look_outside()

    # --- what wakes them

    def notice(self, changes: Changes) -> None:
        """A change was committed."""
        self._news.written()
        self._publisher.notice(changes)
        self._triager.notice(changes)
        self._upkeep.notice(changes)

    async def set_active(self, active: bool) -> None:
        """Whether somebody looks at the window."""
        self._syncer.set_active(active)

    async def network_back(self) -> None:
        """The system says that there is a network: what waits for one is tried at once."""
        self._syncer.wake()
        self._publisher.hurry()

    def _offline(self, offline: bool) -> None:
        self._news.offline(offline)
        if not offline:
            self._publisher.hurry()
