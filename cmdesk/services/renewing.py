"""Keeps keys that run out: read anew at every call, changed by one holder at a time across threads and programs, kept first.

Such keys are good for one change only. Two holders that change the same one, or one that dies before the new one is
kept, would leave the account without any; hence the lock beside the client's file, and the order of things.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Final

from filelock import FileLock, Timeout

from cmdesk.domain.errors import KeyringSlow, ReadOnly, SecretDamaged

if TYPE_CHECKING:
    from cmdesk.domain.secret import Secret
    from cmdesk.services.helping import Helper
    from cmdesk.vault import ClientVault

#: How long another holder may take: one call to the network and a slow keyring.
PATIENCE: Final = 90.0
_LOOK: Final = 0.05
_LAST_WORDS: Final = 10.0
FOLDER: Final = "keys"


class AccountKey:
    """One account's renewable key. ``name`` is the one under which the keyring has it."""

    def __init__(self, secrets: ClientVault, uid: str, name: str, *, folder: Path, helper: Helper) -> None:
        self._secrets = secrets
        self._uid = uid
        self._name = name
        self._lock = folder / FOLDER / f"{uid}.lock"
        self._helper = helper
        self._turn = asyncio.Lock()

    async def __call__(self) -> Secret:
        """The key as it is kept now; raises VaultProblem."""
        try:
            return await self._get()
        except SecretDamaged:
            # Another program may have been in the middle of keeping a new one.
            async with self._alone():
                return await self._get()

    async def renew(self, spent: Secret, change: Callable[[Secret], Awaitable[Secret]]) -> Secret:
        """The key after ``spent``: what somebody else has made of it meanwhile, else what ``change`` makes, once it is kept.

        Raises what ``change`` raises, VaultProblem, ReadOnly.
        """
        work = asyncio.ensure_future(self._changed(spent, change))
        try:
            return await asyncio.shield(work)
        except asyncio.CancelledError:
            # The old key may be gone already: whoever stops us waits for the new one to be kept.
            if not work.done():
                await asyncio.wait({work}, timeout=_LAST_WORDS)
            work.cancel()
            raise

    async def _changed(self, spent: Secret, change: Callable[[Secret], Awaitable[Secret]]) -> Secret:
        async with self._alone():
            kept = await self._get()
            if kept != spent:
                return kept
            fresh = await change(kept)
            await self._helper(self._secrets.put, self._uid, self._name, fresh)
            return fresh

    async def _get(self) -> Secret:
        return await self._helper(self._secrets.get, self._uid, self._name)

    @contextlib.asynccontextmanager
    async def _alone(self) -> AsyncIterator[None]:
        """Nobody else on this computer changes this key meanwhile."""
        async with self._turn:
            lock = await self._locked()
            try:
                yield
            finally:
                lock.release()

    async def _locked(self) -> FileLock:
        try:
            self._lock.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            lock = FileLock(self._lock, mode=0o600, thread_local=False)
            async with asyncio.timeout(PATIENCE):
                while True:
                    try:
                        lock.acquire(blocking=False)
                        return lock
                    except Timeout:
                        await asyncio.sleep(_LOOK)
        except TimeoutError:
            raise KeyringSlow(PATIENCE) from None
        except OSError as error:
            raise ReadOnly(reason=type(error).__name__) from None
