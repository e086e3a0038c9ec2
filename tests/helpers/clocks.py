"""A clock that only a test moves."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta


@dataclass(eq=False)
class _Sleeper:
    wakes_at: float
    loop: asyncio.AbstractEventLoop
    woken: asyncio.Future[None]


def _wake(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


class FakeClock:
    """Stands still until told otherwise; sleepers may live in another thread's event loop than the test.

    ``advance`` is time that passes (wall and monotonic, sleepers wake); ``jump`` is only the wall clock being moved
    (a person, a time server, or a machine that slept); ``reboot`` starts a new boot.
    """

    def __init__(
        self,
        start: datetime = datetime(2026, 12, 1, 14, 0, tzinfo=UTC),
        *,
        zone: str = "America/Toronto",
        tzdata: str = "2026a",
    ) -> None:
        self._now = start
        self._monotonic = 1000.0
        self._boot = 1
        self._sleepers: list[_Sleeper] = []
        self._changed = threading.Condition()
        self.zone = zone
        self.tzdata = tzdata

    def now(self) -> datetime:
        return self._now

    def monotonic(self) -> float:
        return self._monotonic

    def boot_id(self) -> str:
        return f"boot-{self._boot}"

    def tzdata_version(self) -> str:
        return self.tzdata

    def zone_name(self) -> str:
        return self.zone

    async def sleep(self, seconds: float) -> None:
        if seconds <= 0:
            await asyncio.sleep(0)
            return
        loop = asyncio.get_running_loop()
        with self._changed:
            sleeper = _Sleeper(self._monotonic + seconds, loop, loop.create_future())
            self._sleepers.append(sleeper)
            self._changed.notify_all()
        try:
            await sleeper.woken
        finally:
            with self._changed:
                if sleeper in self._sleepers:
                    self._sleepers.remove(sleeper)
                self._changed.notify_all()

    @property
    def sleeping(self) -> int:
        """How many coroutines wait in ``sleep``."""
        return len(self._sleepers)

    def until_sleeping(self, count: int = 1, timeout: float = 10.0) -> None:
        """Block this thread until at least ``count`` coroutines (of other threads' loops) wait in ``sleep``."""
        with self._changed:
            if not self._changed.wait_for(lambda: len(self._sleepers) >= count, timeout):
                raise AssertionError(f"{len(self._sleepers)} of {count} coroutines sleep")

    def advance(self, seconds: float) -> None:
        """Let ``seconds`` (not negative) pass and wake whoever is due."""
        if seconds < 0:
            raise ValueError("time does not run backwards; use jump")
        with self._changed:
            self._now += timedelta(seconds=seconds)
            self._monotonic += seconds
            due = [sleeper for sleeper in self._sleepers if sleeper.wakes_at <= self._monotonic]
            self._sleepers = [sleeper for sleeper in self._sleepers if sleeper not in due]
        for sleeper in sorted(due, key=lambda each: each.wakes_at):
            sleeper.loop.call_soon_threadsafe(_wake, sleeper.woken)

    def jump(self, seconds: float) -> None:
        """Move the wall clock alone, forwards or backwards; nobody wakes."""
        self._now += timedelta(seconds=seconds)

    def set(self, moment: datetime) -> None:
        """Put the wall clock to an aware moment; nobody wakes."""
        if moment.tzinfo is None:
            raise ValueError("a clock needs an aware moment")
        self._now = moment.astimezone(UTC)

    def reboot(self) -> None:
        """A new boot: another id, and the monotonic count begins anew. Sleepers of the old life never wake."""
        with self._changed:
            self._boot += 1
            self._monotonic = 0.0
            self._sleepers.clear()
