"""The border between the threads: coroutines go out to the engine, results and changes come back on the main thread."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

import shiboken6
from PySide6.QtCore import QElapsedTimer, QObject, Qt, QTimer, Signal, Slot

from cmdesk.domain.changes import Changes
from cmdesk.domain.ids import ClientId

if TYPE_CHECKING:
    import concurrent.futures

T = TypeVar("T")


class Runs(Protocol):
    """What the bridge needs of the engine."""

    def submit(self, coroutine: Coroutine[Any, Any, T]) -> concurrent.futures.Future[T]:
        """Runs a coroutine in the engine's thread."""


def alive(receiver: Callable[..., object]) -> bool:
    """False when the receiver is a method of a Qt object that Qt has deleted meanwhile."""
    owner = getattr(receiver, "__self__", None)
    return not isinstance(owner, QObject) or shiboken6.isValid(owner)


class Bridge(QObject):
    """Runs coroutines for the screen and tells it what changed.

    ``changed`` carries one ``Changes`` per client, topics of 50 ms put together, one client in each turn of the loop. Where
    changes pour in (a long fetch), reading them again takes an eighth of the time at most: keys and paints have the rest.
    ``failed`` carries the error of a call that gave no ``otherwise``.
    """

    changed = Signal(object)
    failed = Signal(object)
    _landed = Signal(object)
    _heard = Signal(object)
    TOGETHER_MS = 50
    _REST, _LONGEST_REST_MS = 7, 400

    def __init__(self, engine: Runs) -> None:
        super().__init__()
        self._engine = engine
        self._waiting: dict[ClientId | None, Changes] = {}
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._tell)
        self._landed.connect(self._deliver, Qt.ConnectionType.QueuedConnection)
        self._heard.connect(self._collect, Qt.ConnectionType.QueuedConnection)

    def run(
        self,
        coroutine: Coroutine[Any, Any, T],
        then: Callable[[T], object] | None = None,
        otherwise: Callable[[Exception], object] | None = None,
    ) -> concurrent.futures.Future[T]:
        """Runs a coroutine in the engine; its result reaches ``then``, its error ``otherwise``, both on the main thread.

        Cancelling the returned future cancels the coroutine; nobody is told then.
        """
        future = self._engine.submit(coroutine)
        future.add_done_callback(lambda done: self._land(done, then, otherwise))
        return future

    def calls(self) -> Calls:
        """A group of calls that can be forgotten together: a presenter's, ended by its ``close``."""
        return Calls(self)

    @property
    def waiting(self) -> bool:
        """Whether there are changes that were not told yet."""
        return bool(self._waiting)

    def announce(self, changes: Changes) -> None:
        """Takes a change notice from any thread."""
        self._heard.emit(changes)

    def _land(
        self,
        done: concurrent.futures.Future[T],
        then: Callable[[T], object] | None,
        otherwise: Callable[[Exception], object] | None,
    ) -> None:
        """In the engine's thread: carries the outcome over. After the window is gone there is nobody to carry it to."""
        if done.cancelled() or not shiboken6.isValid(self):
            return
        error = done.exception()
        if error is None:
            self._landed.emit((then, done.result()))
        elif isinstance(error, Exception):
            self._landed.emit((otherwise or self.failed.emit, error))

    @Slot(object)
    def _deliver(self, parcel: tuple[Callable[[Any], object] | None, object]) -> None:
        receiver, value = parcel
        if receiver is not None and alive(receiver):
            receiver(value)

    @Slot(object)
    def _collect(self, changes: Changes) -> None:
        before = self._waiting.get(changes.client)
        if before is not None:
            changes = merged(before, changes)
        self._waiting[changes.client] = changes
        if not self._timer.isActive():
            self._timer.start(self.TOGETHER_MS)

    def _tell(self) -> None:
        """Tells the change that waits longest, then rests as long as that was work."""
        if not self._waiting:
            return
        changes = self._waiting.pop(next(iter(self._waiting)))
        took = QElapsedTimer()
        took.start()
        self.changed.emit(changes)
        rest = min(self._REST * took.elapsed(), self._LONGEST_REST_MS)
        self._timer.start(rest if self._waiting else max(rest, self.TOGETHER_MS))


class Calls:
    """Calls that end together: after ``close`` no answer arrives any more. What was begun is finished, not cancelled,
    because a write that was asked for must not depend on which screen is open."""

    def __init__(self, bridge: Bridge) -> None:
        self._bridge = bridge
        self._open = True

    def run(
        self,
        coroutine: Coroutine[Any, Any, T],
        then: Callable[[T], object] | None = None,
        otherwise: Callable[[Exception], object] | None = None,
    ) -> concurrent.futures.Future[T]:
        """As ``Bridge.run``."""
        return self._bridge.run(
            coroutine,
            then=None if then is None else self._while_open(then),
            otherwise=None if otherwise is None else self._while_open(otherwise),
        )

    def close(self) -> None:
        """No more answers."""
        self._open = False

    def _while_open(self, receiver: Callable[[Any], object]) -> Callable[[Any], None]:
        def deliver(value: object) -> None:
            if self._open and alive(receiver):
                receiver(value)

        return deliver


def merged(one: Changes, other: Changes) -> Changes:
    """Two notices of one client as one; the initiator stays only when both name the same."""
    initiator = one.initiator if one.initiator == other.initiator else None
    return Changes(one.client, one.topics | other.topics, initiator)
