"""Says how work that blocks is handed to a helper thread, so that nobody has to know whose threads those are."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import ParamSpec, Protocol, TypeVar

P = ParamSpec("P")
T = TypeVar("T")


class Helper(Protocol):
    """Runs a function that blocks (keyring, disk) in a helper thread."""

    def __call__(self, function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> Awaitable[T]: ...


async def in_thread(function: Callable[P, T], /, *args: P.args, **kwargs: P.kwargs) -> T:
    """The helper where nobody gave one: a thread of the running loop."""
    import asyncio  # start-up speed: the first window reads, and waits for nothing

    return await asyncio.to_thread(function, *args, **kwargs)
