"""Time that costs nothing: an event loop that jumps to its next timer, and a clock that can be wrong, asleep or rebooted."""

from __future__ import annotations

import asyncio
import selectors
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

START = datetime(2026, 12, 1, 14, 0, tzinfo=UTC)
DAY = 86_400.0
HOUR = 3_600.0


class Died(BaseException):
    """The process ends here; nothing in the product may catch it, as nothing can catch a power cut."""


class Stuck(Exception):
    """Everything waits and no timer will ever wake anybody."""


class _Selector(selectors.SelectSelector):
    """Never waits: the time that would pass is added to the loop's own count."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None:
            raise Stuck("everything waits for nothing")
        # Whatever a computer does takes a moment; without one a mistake that turns in circles would never end.
        self.seconds += max(timeout, 5e-5)
        return []


class SimulatedLoop(asyncio.SelectorEventLoop):
    """Runs coroutines in simulated seconds. Its time is what a process lives through: it stands while the computer sleeps."""

    def __init__(self) -> None:
        self._simulated = _Selector()
        super().__init__(self._simulated)
        # A timer is due when its moment is reached; rounding must not make the loop turn without end.
        self._clock_resolution = 1e-6

    def time(self) -> float:
        return self._simulated.seconds


class SimulatedClock:
    """The product's clock. ``true`` is the world's time in seconds since START; the wall shows it with an ``error``.

    ``stretch`` is asked how long a nap of the product may really last: a nap in which nothing can happen is made long, as on
    a busy computer, because seven days of naps of fifteen seconds would be forty thousand.
    """

    def __init__(self, loop: SimulatedLoop, *, counts_sleep: bool = False, zone: str = "America/Toronto") -> None:
        self._loop = loop
        self._counts_sleep = counts_sleep
        self._boot = 1
        self._booted_at = 0.0
        self.asleep = 0.0
        self.error = 0.0
        self.rules = "2026a"
        self.zone = zone
        self.stretch: Callable[[float], float] = lambda seconds: seconds

    @property
    def true(self) -> float:
        """The world's time, in seconds since START."""
        return self._loop.time() + self.asleep

    def true_now(self) -> datetime:
        """What a clock that is right shows."""
        return START + timedelta(seconds=self.true)

    def now(self) -> datetime:
        return START + timedelta(seconds=self.true + self.error)

    def monotonic(self) -> float:
        return 1000.0 + (self.true if self._counts_sleep else self._loop.time()) - self._booted_at

    def boot_id(self) -> str:
        return f"boot-{self._boot}"

    def tzdata_version(self) -> str:
        return self.rules

    def zone_name(self) -> str:
        return self.zone

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(self.stretch(seconds))

    def reboot(self) -> None:
        """Another boot: another id, and the monotonic count begins anew."""
        self._boot += 1
        self._booted_at = self.true if self._counts_sleep else self._loop.time()
