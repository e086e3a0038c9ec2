"""Waits beside the fetches for a network's word that something came in; a bell only makes a fetch earlier, never replaces one."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Final

from cmdesk.domain.errors import AuthRevoked, CmdeskError, GoneOnNetwork, RefusedByNetwork
from cmdesk.networks.port import Rings

if TYPE_CHECKING:
    from cmdesk.domain.clock import Clock
    from cmdesk.domain.ids import AccountId, ClientId
    from cmdesk.services.workspace import Workspace

log = logging.getLogger(__name__)

#: How long a bell that broke rests, more and more; and one whose server has none.
_AFTER_FAILURE: Final = (15.0, 60.0, 300.0, 900.0)
_WITHOUT: Final = 6 * 3600.0
#: Bells that ring together are one.
_APART: Final = 2.0

Key = tuple["ClientId", "AccountId"]


class Listener:
    """One bell per account, each in a task of its own; ``rung`` hears which account has something new, in the engine's thread."""

    def __init__(self, clock: Clock, rung: Callable[[Key], None]) -> None:
        self._clock, self._rung = clock, rung
        self._tasks: dict[Key, asyncio.Task[None]] = {}
        self._alive: set[Key] = set()

    def alive(self, key: Key) -> bool:
        """Whether an account's bell has rung since it was last opened: its fetches may rest a little longer."""
        return key in self._alive

    def follow(self, accounts: Iterable[tuple[Workspace, AccountId]]) -> None:
        """Listens for these accounts and no others."""
        wanted = {(ws.client.id, account): ws for ws, account in accounts}
        for key in self._tasks.keys() - wanted.keys():
            self._tasks.pop(key).cancel()
            self._alive.discard(key)
        for key, ws in wanted.items():
            known = self._tasks.get(key)
            if known is None or known.done():
                self._tasks[key] = asyncio.ensure_future(self._listen(ws, key))

    async def stop(self) -> None:
        """Ends all bells."""
        tasks = tuple(self._tasks.values())
        self._tasks.clear()
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _listen(self, ws: Workspace, key: Key) -> None:
        failures = 0
        while True:
            try:
                connector = await ws.connector(key[1])
                if not isinstance(connector, Rings):
                    return
                await connector.bell()
            except (GoneOnNetwork, RefusedByNetwork, AuthRevoked):
                self._alive.discard(key)
                await self._clock.sleep(_WITHOUT)
            except CmdeskError as problem:
                self._alive.discard(key)
                log.debug("a bell is silent: %s", problem.code)
                await self._clock.sleep(_AFTER_FAILURE[min(failures, len(_AFTER_FAILURE) - 1)])
                failures += 1
            else:
                failures = 0
                self._alive.add(key)
                self._rung(key)
                with contextlib.suppress(CmdeskError):
                    await self._clock.sleep(_APART)


__all__ = ["Listener"]
