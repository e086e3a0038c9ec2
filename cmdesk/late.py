"""The engine before it is there: made at its first use, because asyncio costs time that the first paint can't spare."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from cmdesk.domain.errors import EngineStopped

if TYPE_CHECKING:
    from concurrent.futures import Future

    from cmdesk.engine import Engine

P = ParamSpec("P")
T = TypeVar("T")


class LateEngine:
    """An ``Engine`` that begins to turn when something is first asked of it. To be woken from the main thread only."""

    def __init__(self) -> None:
        self._engine: Engine | None = None
        self._ended = False

    def wake(self) -> Engine:
        """Makes and starts the engine unless it turns already. Raises EngineStopped after ``stop``."""
        if self._ended:
            raise EngineStopped
        if self._engine is None:
            from cmdesk.engine import Engine  # start-up speed: it brings asyncio

            self._engine = Engine()
            self._engine.start()
        return self._engine

    def submit(self, coroutine: Coroutine[Any, Any, T], name: str | None = None) -> Future[T]:
        """As ``Engine.submit``."""
        try:
            return self.wake().submit(coroutine, name)
        except EngineStopped:
            coroutine.close()
            raise

    def spawn(self, coroutine: Coroutine[Any, Any, object], name: str) -> Future[object]:
        """As ``Engine.spawn``."""
        try:
            return self.wake().spawn(coroutine, name)
        except EngineStopped:
            coroutine.close()
            raise

    async def helper(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
        """As ``Engine.helper``; called from inside the engine, which therefore turns."""
        return await self.wake().helper(function, *args, **kwargs)

    def stop(self, grace: float = 1.0, last: Callable[[], Coroutine[Any, Any, object]] | None = None) -> None:
        """As ``Engine.stop``. An engine that nobody ever woke has nothing to end but ``last``."""
        if self._engine is not None:
            self._engine.stop(grace, last)
        elif last is not None and not self._ended:
            import asyncio  # start-up speed, as above

            asyncio.run(last())
        self._ended = True
