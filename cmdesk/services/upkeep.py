"""Keeps up by itself what a calendar needs: posts that repeat are made ahead, shared calendars say what holds now.

Window and agent may both do it: an occurrence is noted in the transaction that makes it, and a file is written only when it
says something else.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from cmdesk.domain.changes import Topic
from cmdesk.domain.errors import CmdeskError
from cmdesk.services import exchange, repeating, terms

if TYPE_CHECKING:
    from cmdesk.domain.changes import Changes
    from cmdesk.domain.clock import Clock
    from cmdesk.domain.ids import ClientId
    from cmdesk.services.desk import Desk
    from cmdesk.services.workspace import Workspace

log = logging.getLogger(__name__)

#: How often it looks whether there is something to do, in seconds, and how long without a change nothing is done.
_LOOK: Final = 20.0
_EVERY: Final = timedelta(hours=1)
_WANTED: Final = frozenset({Topic.AGENDA, Topic.POSTS, Topic.CLIENT})


class Upkeep:
    """Does the upkeep of all clients in work: once at the beginning, each hour, and soon after a change."""

    def __init__(self, desk: Desk, clock: Clock) -> None:
        self._desk = desk
        self._clock = clock
        self._stale: set[ClientId] = set()
        self._last: datetime | None = None

    def notice(self, changes: Changes) -> None:
        """A change was committed, here or elsewhere; called in the engine's thread."""
        if changes.client is not None and not _WANTED.isdisjoint(changes.topics):
            self._stale.add(changes.client)

    async def run(self) -> None:
        """Works until cancelled."""
        while True:
            await self._clock.sleep(_LOOK)
            await self.tick()

    async def tick(self) -> None:
        """One look: all clients when an hour has passed (or the clock was set back), else those that changed."""
        now = self._clock.now()
        everyone = self._last is None or not timedelta() <= now - self._last < _EVERY
        stale, self._stale = self._stale, set()
        if everyone:
            self._last = now
        for ws in self._desk.workspaces:
            if everyone or ws.client.id in stale:
                await keep(ws)


async def keep(ws: Workspace) -> None:
    """The upkeep of one client. What fails is noted and tried again at the next hour; nothing else waits for it."""
    try:
        await repeating.make(ws)
    except CmdeskError as problem:
        log.warning("repeating posts could not be made: %s", problem.code)
    try:
        await exchange.keep_file(ws)
    except (OSError, CmdeskError) as problem:
        log.warning("the subscribed calendar could not be written: %s", type(problem).__name__)
    if terms.of(ws).sharing.caldav:
        from cmdesk.services import sharing  # start-up speed: it brings the HTTP client, which few calendars need

        try:
            await sharing.publish(ws)
        except CmdeskError as problem:
            log.info("the calendar could not be published: %s", problem.code)
