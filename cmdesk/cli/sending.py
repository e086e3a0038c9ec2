"""Sends what is due for a command that wants it now, under the one lock that lets a single process publish."""

import asyncio
import random
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import filelock

from cmdesk.cli import standing, told
from cmdesk.cli.exits import Exit
from cmdesk.cli.run import Call
from cmdesk.domain.agent import Who
from cmdesk.domain.delivery import NEEDS_DECISION, Delivery, State
from cmdesk.domain.errors import EnvironmentProblem, ReadOnly
from cmdesk.domain.ids import PostId
from cmdesk.domain.limits import Problem
from cmdesk.domain.quiet import quiet_until
from cmdesk.services import guarding, publishing
from cmdesk.services.desk import Desk
from cmdesk.services.home import Home
from cmdesk.services.publishing import Publisher, Ticked
from cmdesk.services.workspace import Workspace

#: How long a command watches another cmdesk send, and how often it looks.
_PATIENCE = timedelta(seconds=30)
_LOOK = 0.5
#: How often the agent tries to become the publisher while another program is, in seconds.
_TURN_RETRY = 5.0
_WAITING = (State.PLANNED, State.SENDING, State.PROCESSING)


@contextmanager
def publisher_lock(home: Home) -> Iterator[None]:
    """Makes this process the one that publishes for the folder. Raises EnvironmentProblem("publisher_busy")."""
    lock = filelock.FileLock(home.publisher_lock, timeout=0, mode=0o600)
    try:
        lock.acquire()
    except filelock.Timeout:
        raise EnvironmentProblem("publisher_busy") from None
    except OSError as error:
        raise ReadOnly(reason=type(error).__name__, path=str(home.publisher_lock)) from None
    try:
        yield
    finally:
        lock.release()


async def publisher_turn(call: Call, home: Home) -> filelock.FileLock | None:
    """The lock once it is free, to be released by the caller; None when the command is to end before. Says once that it waits.

    Raises ReadOnly.
    """
    lock = filelock.FileLock(home.publisher_lock, mode=0o600, thread_local=False)
    clock, waiting = call.around.clock, False
    while not call.stopping.is_set():
        try:
            lock.acquire(timeout=0)
            return lock
        except filelock.Timeout:
            if not waiting:
                waiting = True
                call.output.say(call.words("agent.waits"))
        except OSError as error:
            raise ReadOnly(reason=type(error).__name__, path=str(home.publisher_lock)) from None
        again = clock.monotonic() + _TURN_RETRY
        while clock.monotonic() < again and not call.stopping.is_set():
            await clock.sleep(_LOOK)
    return None


def publisher(call: Call, desk: Desk, who: Who = Who.COMMAND) -> Publisher:
    """The publisher of a desk; only for the holder of the lock."""
    return Publisher(desk, call.around.clock, random.SystemRandom(), apart=publishing.APART, who=who)


async def send_due(call: Call, desk: Desk, rooms: Collection[Workspace]) -> Ticked:
    """Sends until nothing that is due is left, waiting out the pause between two posts of one account.

    What the network could not take now stays planned and is not waited for.
    """
    sender = publisher(call, desk)
    total = Ticked()
    for workspace in rooms:
        total += Ticked(uncertain=await sender.recover(workspace))
    while True:
        for workspace in rooms:
            total += await sender.tick(workspace)
        if not any(_still_due(call, workspace) for workspace in rooms if guarding.hold_of(workspace) is None):
            return total
        await call.around.clock.sleep(_LOOK)


def _still_due(call: Call, workspace: Workspace) -> bool:
    """Whether anything is due that only waits for its turn, or that the network is still working on."""
    now, client = call.around.clock.now(), workspace.client
    return any(
        row.planned.utc <= now
        and row.problem is None
        and (row.retry_at is None or row.retry_at <= now + _PATIENCE)
        and (now - row.planned.utc <= publishing.ON_TIME or quiet_until(client.quiet, client.timezone, now) is None)
        for row in publishing.outbox_rows(workspace, _WAITING)
    )


async def settle(call: Call, desk: Desk, workspace: Workspace, post_id: PostId) -> Exit:
    """Sends a post that is due now and prints where it stands; while another cmdesk publishes, watches that one do it."""
    try:
        with publisher_lock(desk.home):
            await send_due(call, desk, (workspace,))
    except EnvironmentProblem as problem:
        if problem.code != "publisher_busy":
            raise
        call.output.say(call.words("outbox.window_sends"))
        await _watch(call, workspace, post_id)
    found = told.deliveries(workspace, post_id)
    names = told.handles(workspace)
    for one in found:
        told.explain(call, workspace.client.id, one, names[one.account])
    held = standing.tell(call, (workspace,))
    return told.post_added(call, workspace, post_id, held or exit_of(found))


async def _watch(call: Call, workspace: Workspace, post_id: PostId) -> None:
    deadline = call.around.clock.monotonic() + _PATIENCE.total_seconds()
    while call.around.clock.monotonic() < deadline:
        if not any(one.state in _WAITING for one in told.deliveries(workspace, post_id)):
            return
        await asyncio.sleep(_LOOK)


def exit_of(found: Iterable[Delivery]) -> Exit:
    """The exit code of a command that ends with these deliveries."""
    return exit_of_states([(one.state, one.problem) for one in found])


def exit_of_states(found: Collection[tuple[State, Problem | None]]) -> Exit:
    """A decision first, then the missing network, then any other reason why something is not out."""
    if any(state in NEEDS_DECISION for state, _ in found):
        return Exit.DECISION
    stuck = [problem for state, problem in found if state in _WAITING and problem is not None]
    if any(problem.code == "no_network" for problem in stuck):
        return Exit.NO_NETWORK
    return Exit.PROBLEM if stuck else Exit.DONE
