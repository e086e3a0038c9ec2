"""Publishes what is due, for every client, and never twice: the loop, its clock, and the order of things.

What happens to one delivery is in ``sending``; what a person decides is in ``deciding``, and can be had from here too.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Callable, Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from cmdesk.domain.agent import Who
from cmdesk.domain.changes import Changes, Topic
from cmdesk.domain.clock import Clock
from cmdesk.domain.crash import CrashPoint, no_crash
from cmdesk.domain.delivery import Attempt, State
from cmdesk.domain.errors import NetworkProblem, NoNetwork, StoreProblem, VaultProblem
from cmdesk.domain.guard import HoldReason, QueueHold
from cmdesk.domain.ids import AccountId, ClientId, DeliveryId, PostId
from cmdesk.domain.post import PostKind
from cmdesk.domain.quiet import quiet_until
from cmdesk.domain.quota import Quota
from cmdesk.domain.schedule import REPLY_GRACE
from cmdesk.domain.views import OutboxRow
from cmdesk.networks.port import Connector, Dated, Rationed
from cmdesk.services import guarding, lease, planning, reconciling
from cmdesk.services.deciding import Continue, Decision, Drop, IsLive, Keep, LookAgain, MoveTo, Now, Stop, choices, decide
from cmdesk.services.rounds import End, Ticked, counted
from cmdesk.services.sending import LONGEST_WAIT, Sending
from cmdesk.services.workspace import Workspace
from cmdesk.store import accounts as account_store
from cmdesk.store import guard, outbox, queue, settling
from cmdesk.store import lease as file_lease
from cmdesk.store.lease import Lease

if TYPE_CHECKING:
    from cmdesk.services.desk import Desk
    from cmdesk.store.database import Session

log = logging.getLogger(__name__)

#: The wall clock is looked at at least this often: a computer that slept must not sleep on.
LONGEST_NAP = timedelta(seconds=15)
#: How far wall clock and monotonic clock may drift apart before it counts as a jump.
JUMP = timedelta(minutes=2)
#: How many accounts are served at one time.
AT_ONCE = 20
#: Two posts begin to leave so far apart: whatever ends the program catches few of them on their way, and no server meets a crowd.
APART = timedelta(milliseconds=250)
#: In quiet hours only what is this close to its own time still leaves by itself.
ON_TIME = timedelta(minutes=2)
#: How long a queue that waits for the right time waits before it asks for it again, in seconds.
_ASK_THE_TIME = 60.0
#: How often the publisher says to other computers that it is there.
_RENEW = timedelta(seconds=45)


# ---- reading


def outbox_rows(
    ws: Workspace, states: Collection[State] | None = None, *, newest_first: bool = False, limit: int = 500
) -> tuple[OutboxRow, ...]:
    """A client's deliveries by their time, replies too."""
    with ws.read() as connection:
        return queue.rows(connection, ws.client.id, states, newest_first=newest_first, limit=limit)


def deliveries_of(ws: Workspace, post_id: PostId) -> tuple[OutboxRow, ...]:
    """All deliveries of one post, cancelled ones too, by account."""
    with ws.read() as connection:
        return queue.rows(connection, ws.client.id, post=post_id)


def attempts(ws: Workspace, delivery: DeliveryId) -> tuple[Attempt, ...]:
    """The journal of a delivery, oldest first."""
    with ws.read() as connection:
        return queue.attempts(connection, delivery)


# ---- publishing


class Publisher(Sending):
    """Sends what is due, for all clients of a desk. One per data folder: whoever holds its publisher lock.

    ``spacing`` is the least time between two posts of one account, ``reply_spacing`` the same before a reply;
    ``quarantine`` is how long an uncertain delivery rests before somebody looks for it; ``apart`` lies between two beginnings
    of whatever accounts. ``who`` is told to others; ``lives`` says of the holder of a file's lease whether its program runs.
    """

    def __init__(
        self,
        desk: Desk,
        clock: Clock,
        rng: random.Random,
        *,
        spacing: timedelta = timedelta(seconds=60),
        reply_spacing: timedelta = timedelta(seconds=3),
        quarantine: timedelta = reconciling.QUARANTINE,
        apart: timedelta = timedelta(),
        crash: CrashPoint = no_crash,
        who: Who = Who.COMMAND,
        lives: Callable[[Lease], bool] = lease.runs_here,
    ) -> None:
        self._desk = desk
        self._clock = clock
        self._rng = rng
        self._spacing = spacing
        self._reply_spacing = reply_spacing
        self._quarantine = quarantine
        self._crash = crash
        self._who = who
        self._lives = lives
        self._holder = f"{rng.getrandbits(96):024x}"
        self._leased: set[ClientId] = set()
        self._verified: dict[tuple[ClientId, AccountId], Connector] = {}
        self._armed: dict[ClientId, str] = {}
        self._met: set[ClientId] = set()
        self._asked_time: dict[ClientId, float] = {}
        self._lease_said: datetime | None = None
        self._busy: set[tuple[ClientId, AccountId]] = set()
        self._silences: dict[tuple[ClientId, AccountId], int] = {}
        self._unsettled: list[tuple[Workspace, Callable[[Session], None]]] = []
        self._places = asyncio.Semaphore(AT_ONCE)
        self._apart = apart.total_seconds()
        self._begins = asyncio.Lock()
        self._began = float("-inf")
        self._woken = asyncio.Event()

    @property
    def holder(self) -> str:
        """What this life of the program is called in the leases that it holds."""
        return self._holder

    # ---- the loop

    async def recover(self, ws: Workspace) -> int:
        """Deliveries that a former life left in the middle become UNCERTAIN, or planned again where nothing was begun.

        Only the holder of the publisher lock may say so, and only before it sends. Returns how many became uncertain.
        """
        with ws.read() as connection:
            if not queue.sending(connection):
                return 0
        now = self._clock.now()
        with ws.write() as session:
            uncertain, _ = settling.recover(session, now + self._quarantine, now)
        return uncertain

    async def run(self) -> None:
        """Publishes until cancelled."""
        self._met.clear()
        await self._meet()
        wall, monotonic = self._clock.now(), self._clock.monotonic()
        try:
            while True:
                self._woken.clear()
                now, ticks = self._clock.now(), self._clock.monotonic()
                if abs((now - wall) - timedelta(seconds=ticks - monotonic)) > JUMP:
                    await self._jumped()
                wall, monotonic = now, ticks
                await self._meet()
                ticked = await self.tick()
                for ws in self._desk.workspaces:
                    await self._look(ws)
                await self._nap(ticked.next_at)
        finally:
            self._end_leases()
            lease.end(self._desk.home, self._desk.machine())

    def _end_leases(self) -> None:
        """Nobody has to wait for us any more."""
        for ws in self._desk.workspaces:
            if ws.client.id in self._leased:
                try:
                    with ws.write() as session:
                        file_lease.end(session, self._holder)
                except StoreProblem as problem:
                    log.info("a lease runs out by itself: %s", problem.code)

    async def _meet(self) -> None:
        """Judges what a former life left with each client that is new here: at the start all of them, later whose folder came in.

        A folder that went and came again is looked at like a new one.
        """
        if self._contested():
            return
        here = {ws.client.id: ws for ws in self._desk.workspaces}
        self._met &= here.keys()
        for client in here.keys() - self._met:
            ws = here[client]
            self._armed.pop(client, None)
            try:
                await self.recover(ws)
                await planning.follow_zone_rules(ws)
            except StoreProblem as problem:
                # Not met: it is tried again, and nothing of it leaves while nothing can be written.
                log.warning("a client's queue could not be looked at: %s", problem.code)
                continue
            self._met.add(client)
            await self._stopped(ws)

    async def _jumped(self) -> None:
        """The clock jumped or the computer slept: nothing that was believed before is believed now."""
        self._verified.clear()
        self._armed.clear()
        self._asked_time.clear()
        self.hurry()
        now = self._clock.now()
        for ws in self._desk.workspaces:
            try:
                await planning.follow_zone_rules(ws)
                with ws.write() as session:
                    settling.rein_in(session, now + self._quarantine, now + LONGEST_WAIT)
            except StoreProblem as problem:
                log.warning("what waits keeps its moments: %s", problem.code)

    async def _stopped(self, ws: Workspace) -> bool:
        """Whether a client's whole queue stands still; arms it when it is looked at for the first time since the start."""
        client = ws.client.id
        try:
            held = guarding.hold_of(ws)
            if held is not None and held.because is HoldReason.CLOCK_WRONG and not held.retired:
                await self._ask_the_time(ws, held)
            if client in self._armed and guarding.glance(ws) is None and guarding.hold_of(ws) is None:
                return False
            self._armed.pop(client, None)
            if await guarding.assess(ws, thorough=True) is not None:
                return True
            with ws.read() as connection:
                self._armed[client] = guard.seal(connection).install_id
        except (StoreProblem, VaultProblem) as problem:
            log.warning("a queue could not be armed: %s", problem.code)
            return True
        return False

    async def _ask_the_time(self, ws: Workspace, held: QueueHold) -> None:
        """Asks the server whose clock showed another time, a minute later and after each jump, whether the two agree again."""
        at = self._asked_time.get(ws.client.id)
        if at is not None and 0 <= self._clock.monotonic() - at < _ASK_THE_TIME:
            return
        self._asked_time[ws.client.id] = self._clock.monotonic()
        server = dict(held.detail).get("server", "")
        with ws.read() as connection:
            known = account_store.accounts(connection)
        for account in (one for one in known if one.identity.server == server and one.writable):
            try:
                connector = await ws.connector(account.id)
                await connector.whoami()
            except (NetworkProblem, VaultProblem) as problem:
                log.info("the time could not be asked: %s", problem.code)
                continue
            if isinstance(connector, Dated):
                guarding.compare_clocks(ws, server, connector.clock_ahead())
                return

    def _contested(self) -> bool:
        """Whether another process of this computer publishes although we hold the lock: then the lock is worth nothing here."""
        found = lease.rival(self._desk.home, self._desk.machine(), self._clock.now())
        if found is not None:
            log.warning("another process publishes from this folder, lock or no lock: %s", found.who.value)
        return found is not None

    def _renew_lease(self) -> None:
        """Says now and then that this computer publishes from the folder."""
        now = self._clock.now()
        if self._lease_said is None or abs(now - self._lease_said) >= _RENEW:
            install = next(iter(self._armed.values()), "")
            lease.renew(self._desk.home, self._desk.machine(), install, self._clock, self._who)
            self._lease_said = now

    async def _look(self, ws: Workspace) -> None:
        try:
            await reconciling.settle_unclear(ws, quarantine=self._quarantine)
        except StoreProblem as problem:
            log.warning("nothing could be settled: %s", problem.code)

    async def _nap(self, until: datetime | None) -> None:
        """Sleeps until then or until woken, but never long."""
        left = LONGEST_NAP if until is None else min(LONGEST_NAP, max(until - self._clock.now(), timedelta(seconds=0.5)))
        sleeper = asyncio.ensure_future(self._clock.sleep(left.total_seconds()))
        waker = asyncio.ensure_future(self._woken.wait())
        try:
            await asyncio.wait({sleeper, waker}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            sleeper.cancel()
            waker.cancel()
            await asyncio.gather(sleeper, waker, return_exceptions=True)

    def notice(self, changes: Changes) -> None:
        """Wakes the loop when the outbox changed; called in the engine's thread."""
        if changes.topics & {Topic.AGENDA, Topic.OUTBOX, Topic.ACCOUNTS}:
            self._woken.set()

    def hurry(self) -> None:
        """There is a network again: what was put off for want of one is tried at once. In the engine's thread."""
        self._silences.clear()
        for ws in self._desk.workspaces:
            try:
                with ws.read() as connection:
                    waits = queue.put_off(connection, NoNetwork.CODE)
                if waits:
                    with ws.write() as session:
                        settling.hurry(session, NoNetwork.CODE)
            except StoreProblem as problem:
                log.warning("what was put off stays so: %s", problem.code)
        self._woken.set()

    # ---- one round

    async def tick(self, ws: Workspace | None = None) -> Ticked:
        """Sends everything that is due now (of one client or all). What is too late is held before anything is sent.

        A client whose queue stands still, or whose file can't be armed, is left as it is; all are while somebody else sends.
        """
        self._retry_settling()
        if self._contested():
            return Ticked(stopped=1)
        total = Ticked()
        going: list[Workspace] = []
        for one in (ws,) if ws is not None else self._desk.workspaces:
            if self._has_work(one) and await self._stopped(one):
                total += Ticked(stopped=1)
                continue
            going.append(one)
            total += self._hold_back(one)
        self._renew_lease()
        work = [self._serve(one, account, tuple(due)) for one in going for account, due in self._due(one).items()]
        for ticked in await asyncio.gather(*work):
            total += ticked
        moments = [total.next_at, *(self._next_moment(one) for one in going)]
        return replace(total, next_at=min((moment for moment in moments if moment is not None), default=None))

    def _has_work(self, ws: Workspace) -> bool:
        """Whether there is any reason to look at the evidence: something is due, or the queue was stopped before."""
        try:
            with ws.read() as connection:
                return guard.hold(connection) is not None or bool(queue.due(connection, self._clock.now()))
        except StoreProblem:
            return False

    def _retry_settling(self) -> None:
        """Answers that could not be written down (disk full) are written as soon as they can be."""
        waiting, self._unsettled = self._unsettled, []
        for ws, settle in waiting:
            self._settle(ws, settle)

    def _hold_back(self, ws: Workspace) -> Ticked:
        """Holds what must not leave: everything of a frozen client, and what is later than the grace."""
        now = self._clock.now()
        grace = timedelta(minutes=ws.client.grace_minutes)
        try:
            with ws.read() as connection:
                frozen = guard.frozen(connection) is not None and queue.unthawed(connection)
                late = queue.is_late(connection, now - grace, now - max(grace, REPLY_GRACE))
            if not frozen and not late:
                return Ticked()
            with ws.write() as session:
                held = outbox.hold_frozen(session, now) if frozen else 0
                return Ticked(held=held + outbox.hold_late(session, now, grace))
        except StoreProblem as problem:
            log.warning("deliveries could not be held: %s", problem.code)
            return Ticked()

    def _due(self, ws: Workspace) -> dict[AccountId, list[queue.Due]]:
        found: dict[AccountId, list[queue.Due]] = {}
        try:
            with ws.read() as connection:
                for due in queue.due(connection, self._clock.now()):
                    found.setdefault(due.account, []).append(due)
        except StoreProblem as problem:
            log.warning("a client's outbox can't be read: %s", problem.code)
        return found

    def _next_moment(self, ws: Workspace) -> datetime | None:
        try:
            with ws.read() as connection:
                moment = queue.next_moment(connection)
        except StoreProblem:
            return None
        # What is due already and was not sent has a reason that this round has named or that the next finds.
        return moment if moment is not None and moment > self._clock.now() else None

    async def _serve(self, ws: Workspace, account_id: AccountId, due: tuple[queue.Due, ...]) -> Ticked:
        """Serves one account: one call at a time, in order, with the spaces between."""
        key = (ws.client.id, account_id)
        if key in self._busy:
            return Ticked()
        self._busy.add(key)
        total = Ticked()
        try:
            async with self._places:
                for one in due:
                    quiet = self._quiet_until(ws, one)
                    if quiet is not None:
                        total += Ticked(put_off=1, next_at=quiet)
                        continue
                    free_at = self._free_at(ws, one)
                    if free_at is not None:
                        return total + Ticked(put_off=1, next_at=free_at)
                    await self._in_turn()
                    end = await self._work(ws, one)
                    if end is not End.NOT_OURS:
                        total += counted(end)
                    if end is End.PUT_OFF:
                        return total
        except StoreProblem as problem:
            # Nothing leaves that can't be written down first.
            log.warning("an account's deliveries wait: %s", problem.code)
        finally:
            self._busy.discard(key)
            await self._note_quotas(ws, account_id)
        return total

    async def _in_turn(self) -> None:
        """Waits until the last post that began to leave is far enough."""
        if not self._apart:
            return
        async with self._begins:
            left = self._began + self._apart - self._clock.monotonic()
            if 0 < left <= self._apart:
                await self._clock.sleep(left)
            self._began = self._clock.monotonic()

    async def _note_quotas(self, ws: Workspace, account_id: AccountId) -> None:
        """Keeps what the account's network said is left, if it said something new."""
        connector: object = self._verified.get((ws.client.id, account_id))
        if not isinstance(connector, Rationed):
            return
        found = connector.quotas()
        try:
            with ws.read() as connection:
                known = {one.name: one.remaining for one in account_store.quotas(connection, account_id)}
            if any(known.get(one.name) != one.remaining for one in found):
                with ws.write() as session:
                    account_store.note_quotas(session, account_id, found)
        except StoreProblem as problem:
            log.warning("what is left could not be kept: %s", problem.code)

    def _quiet_until(self, ws: Workspace, due: queue.Due) -> datetime | None:
        """When the client's quiet hours end, for what was not meant for this moment; None when it may leave now."""
        now = self._clock.now()
        if due.state is State.PROCESSING or now - due.due <= ON_TIME:
            return None
        return quiet_until(ws.client.quiet, ws.client.timezone, now)

    def _free_at(self, ws: Workspace, due: queue.Due) -> datetime | None:
        """When the account may speak again; None when it may now."""
        if due.state is State.PROCESSING:
            # Asking about it may write: what the network works on is made public by the last question.
            return self._clock.now() + LONGEST_NAP if self._frozen(ws) else None
        with ws.read() as connection:
            last = queue.last_begun(connection, due.account, due.delivery)
        gap = self._reply_spacing if due.kind is PostKind.REPLY else self._spacing
        now = self._clock.now()
        # A clock that was set back must not silence an account for days.
        spaced = None if last is None or not last <= now < last + gap else last + gap
        moments = [spaced, *(one.resets_at for one in self._used_up(ws, due.account, now))]
        return max((moment for moment in moments if moment is not None), default=None)

    @staticmethod
    def _used_up(ws: Workspace, account: AccountId, now: datetime) -> list[Quota]:
        """The allowances that are used up: to call all the same would only make the wait longer."""
        with ws.read() as connection:
            return [one for one in account_store.quotas(connection, account) if one.name.startswith("write") and one.used_up(now)]

    def _frozen(self, ws: Workspace) -> bool:
        with ws.read() as connection:
            return guard.frozen(connection) is not None


__all__ = [
    "Continue",
    "Decision",
    "Drop",
    "IsLive",
    "Keep",
    "LookAgain",
    "MoveTo",
    "Now",
    "Publisher",
    "Stop",
    "Ticked",
    "attempts",
    "choices",
    "decide",
    "deliveries_of",
    "outbox_rows",
]
