"""The agent: publishes and fetches without a window, for as long as it is left to run."""

import asyncio
import contextlib
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from cmdesk.cli import shapes, standing, told
from cmdesk.cli.exits import Exit
from cmdesk.cli.house import open_desk
from cmdesk.cli.output import Json
from cmdesk.cli.run import Call
from cmdesk.cli.sending import exit_of_states, publisher, publisher_lock, publisher_turn, send_due
from cmdesk.domain.agent import Who
from cmdesk.domain.changes import Changes, Topic
from cmdesk.domain.delivery import NEEDS_DECISION, State
from cmdesk.domain.errors import CmdeskError, StoreProblem
from cmdesk.domain.ids import Kind, ref
from cmdesk.domain.views import OutboxRow
from cmdesk.services import publishing, reconciling, safekeeping, syncing
from cmdesk.services.desk import Desk
from cmdesk.services.publishing import Publisher
from cmdesk.services.syncing import Pulled, Syncer
from cmdesk.services.upkeep import Upkeep, keep
from cmdesk.services.workspace import Workspace

log = logging.getLogger(__name__)

#: How often the agent looks for a request to end, and for what other programs changed; seconds.
_LOOK = 0.25
_LOOK_OUTSIDE = 2.0
#: How long after a failure a part of the agent's work begins anew, in seconds.
_AGAIN = 5.0
#: How long what is on its way may take to be settled when the agent is stopped, in seconds: all of it must end within five.
_FAREWELL = 3.5
#: What a round of the agent may still have to tell of.
_OPEN = frozenset({State.PLANNED, State.SENDING, State.PROCESSING}) | NEEDS_DECISION


async def agent(call: Call) -> Exit:
    """Works until stopped, or with ``--once`` until nothing is due.

    While another program publishes for the folder it waits for its turn; ``--once`` raises EnvironmentProblem("publisher_busy").
    """
    watch = _Watch(call)
    async with open_desk(call, watch.changed) as desk:
        if call.args.once:
            with publisher_lock(desk.home):
                safekeeping.sweep(desk.home, call.around.clock.now())
                return await _once(call, desk)
        lock = await publisher_turn(call, desk.home)
        if lock is not None:
            try:
                safekeeping.sweep(desk.home, call.around.clock.now())
                await _always(call, desk, watch)
            finally:
                lock.release()
    call.output.say(call.words("agent.stopped"))
    return Exit.DONE


async def _once(call: Call, desk: Desk) -> Exit:
    """Sends until nothing is due, fetches once, looks at what is unclear."""
    for room in desk.workspaces:
        await keep(room)
    sent = await send_due(call, desk, desk.workspaces)
    pulled = await syncing.pull_all(desk.workspaces)
    for room in desk.workspaces:
        await reconciling.settle_unclear(room)
    rows = [row for room in desk.workspaces for row in publishing.outbox_rows(room, _OPEN)]
    due = [row for row in rows if row.state in NEEDS_DECISION or row.planned.utc <= call.around.clock.now()]
    for one in pulled:
        if one.problem is not None:
            call.output.say(call.words.problem(one.problem))
    new, waiting = sum(one.new for one in pulled), sum(1 for row in due if row.state in NEEDS_DECISION)
    document: dict[str, Json] = {
        "sent": sent.sent,
        "held": sent.held,
        "refused": sent.refused,
        "uncertain": sent.uncertain,
        "needs_decision": waiting,
        "new_messages": new,
        "failed_accounts": sum(1 for one in pulled if one.problem is not None),
        "queues_held": standing.documents(call, desk.workspaces),
    }
    held = standing.tell(call, desk.workspaces)
    call.output.result(document, call.words("agent.once", sent=sent.sent, new=new, waiting=waiting))
    return held or exit_of_states([(row.state, row.problem) for row in due])


async def _always(call: Call, desk: Desk, watch: "_Watch") -> None:
    """Publishes and fetches; what is on its way when a person says stop is settled first, if it can be soon."""
    watch.desk, watch.publisher = desk, publisher(call, desk, Who.AGENT)
    watch.upkeep = Upkeep(desk, call.around.clock)
    watch.begin()
    syncer = Syncer(desk, call.around.clock, on_pulled=watch.pulled)
    call.output.say(call.words("agent.started"))
    for room in desk.workspaces:
        with contextlib.suppress(StoreProblem):
            standing.tell(call, (room,))
    async with asyncio.TaskGroup() as group:
        kept = [_kept(call, watch.publisher.run), _kept(call, syncer.run), _kept(call, desk.look_outside, _LOOK_OUTSIDE)]
        kept.append(_kept(call, watch.upkeep.run))
        work = [group.create_task(one) for one in kept]
        # The wish to end is made in the main thread, where signals arrive; nothing of asyncio can be set there.
        while not call.stopping.is_set():
            await call.around.clock.sleep(_LOOK)
            watch.tell()
        await _farewell(call, desk)
        for task in work:
            task.cancel()
    watch.tell()


async def _kept(call: Call, work: Callable[[], Awaitable[object]], pause: float = 0.0) -> None:
    """Does a piece of work again and again: a full disk or one bad file never ends the others, nor the agent."""
    said = ""
    while True:
        try:
            await work()
            said = ""
            await call.around.clock.sleep(pause)
        except CmdeskError as problem:
            if said != problem.code:  # once, and not every few seconds for a night
                said = problem.code
                call.output.say(call.words.problem(problem))
            await call.around.clock.sleep(_AGAIN)
        except Exception as problem:
            log.exception("a part of the agent failed")
            if said != type(problem).__name__:
                said = type(problem).__name__
                call.output.say(call.words("error.broken", kind=said))
            await call.around.clock.sleep(_AGAIN)


async def _farewell(call: Call, desk: Desk) -> None:
    end = call.around.clock.monotonic() + _FAREWELL
    with contextlib.suppress(StoreProblem):  # what cannot be read cannot be waited for
        while call.around.clock.monotonic() < end and any(
            publishing.outbox_rows(room, (State.SENDING,)) for room in desk.workspaces
        ):
            await call.around.clock.sleep(_LOOK)


@dataclass(slots=True)
class _Watch:
    """Tells, a line each, what the agent's work changed."""

    call: Call
    desk: Desk | None = None
    publisher: Publisher | None = None
    upkeep: Upkeep | None = None
    _stale: set[str] = field(default_factory=set)
    _known: dict[str, dict[int, State]] = field(default_factory=dict)

    def changed(self, changes: Changes) -> None:
        """In the engine's thread, after each commit."""
        if self.publisher is not None:
            self.publisher.notice(changes)
        if self.upkeep is not None:
            self.upkeep.notice(changes)
        if changes.client is not None and Topic.OUTBOX in changes.topics:
            self._stale.add(changes.client)

    def begin(self) -> None:
        """What is known at the start is no news."""
        for room in self._rooms():
            with contextlib.suppress(StoreProblem):
                self._known[room.client.id] = {row.id: row.state for row in publishing.outbox_rows(room, newest_first=True)}

    def _rooms(self) -> tuple[Workspace, ...]:
        return () if self.desk is None else self.desk.workspaces

    def tell(self) -> None:
        """A line for every delivery that stands elsewhere than when last told."""
        stale, self._stale = self._stale, set()
        for room in (room for room in self._rooms() if room.client.id in stale):
            try:
                self._tell_of(room)
            except StoreProblem as problem:  # its folder may just have been taken away
                log.warning("what changed can't be told: %s", problem.code)

    def _tell_of(self, room: Workspace) -> None:
        fresh = room.client.id not in self._known
        known = self._known.get(room.client.id, {})
        rows = publishing.outbox_rows(room, newest_first=True)
        # Only what can still be read is kept: the agent runs for months.
        self._known[room.client.id] = {row.id: row.state for row in rows}
        for row in reversed(rows):
            if row.state is State.SENDING:
                self._known[room.client.id][row.id] = known.get(row.id, row.state)
            elif known.get(row.id) is not row.state and not (fresh and row.state not in _OPEN):
                self._line(row)

    def _line(self, row: OutboxRow) -> None:
        name = ref(row.client, Kind.DELIVERY, row.id)
        state = told.state_words(self.call, row.state, row.held_because)
        human = f"{name}  {row.account.handle}  {state}  {row.url or ''}".rstrip()
        self.call.output.line({"event": "delivery", **shapes.outbox_row(row, self.call.words)}, human)

    def pulled(self, one: Pulled) -> None:
        """A line for every fetch that brought something."""
        if one.new:
            account = ref(one.client, Kind.ACCOUNT, one.account)
            human = self.call.words.counted("agent.pulled", one.new, account=account)
            self.call.output.line({"event": "messages", "client": one.client, "account": account, "new": one.new}, human)
