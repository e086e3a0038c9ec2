"""Takes what is due from the outbox to the network, and never twice.

Everything is written down before it is done: a delivery is claimed and frozen in a committed transaction, then called,
then settled. What a call proves decides; what it does not prove is UNCERTAIN, and nothing uncertain is sent again.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Collection
from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from msgspec import Struct
from msgspec.structs import replace

from cmdesk.domain.account import Account, Health
from cmdesk.domain.changes import Changes, Topic
from cmdesk.domain.clock import Clock
from cmdesk.domain.crash import CrashPoint, no_crash
from cmdesk.domain.delivery import Attempt, Delivery, Envelope, HeldBecause, State
from cmdesk.domain.errors import (
    AuthExpired,
    AuthRevoked,
    BadInput,
    CmdeskError,
    NetworkProblem,
    NoNetwork,
    NotAllowed,
    RateLimited,
    StoreProblem,
    VaultProblem,
    WrongIdentity,
)
from cmdesk.domain.ids import AccountId, ClientId, DeliveryId, PostId
from cmdesk.domain.keys import new_key
from cmdesk.domain.limits import Problem
from cmdesk.domain.post import MediaItem, PostKind
from cmdesk.domain.schedule import REPLY_GRACE, PlannedTime
from cmdesk.domain.views import OutboxRow
from cmdesk.networks.port import (
    Connector,
    Look,
    NotSent,
    Outcome,
    Processing,
    Published,
    Publishes,
    Refused,
    Unknown,
)
from cmdesk.services import pictures, planning, reconciling
from cmdesk.services.health import health_after
from cmdesk.services.workspace import Workspace
from cmdesk.store import accounts as account_store
from cmdesk.store import outbox, posts, queue
from cmdesk.store.database import reading

if TYPE_CHECKING:
    from cmdesk.services.desk import Desk
    from cmdesk.store.database import Session

log = logging.getLogger(__name__)

#: The wall clock is looked at at least this often: a computer that slept must not sleep on.
LONGEST_NAP = timedelta(seconds=15)
#: How far wall clock and monotonic clock may drift apart before it counts as a jump.
JUMP = timedelta(minutes=2)
#: How long a network may work on something before nobody believes it any more.
LONGEST_PROCESSING = timedelta(hours=24)
#: How many accounts are served at one time.
AT_ONCE = 20

#: How far back a look at the account's own posts reaches when a refusal is doubted.
LOOK_BACK = timedelta(minutes=2)

_FIRST_WAIT = timedelta(seconds=30)
_LONGEST_WAIT = timedelta(minutes=15)
_BLOCKING = frozenset({Health.RECONNECT, Health.SECRET_MISSING, Health.WRONG_IDENTITY})


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


class _End(Enum):
    """How the work on one due delivery ended."""

    SENT = "sent"
    HELD = "held"
    REFUSED = "refused"
    UNCERTAIN = "uncertain"
    PUT_OFF = "put_off"
    PROCESSING = "processing"
    NOT_OURS = "not_ours"


class Ticked(Struct, frozen=True):
    """What one round did, as numbers of deliveries. ``next_at`` is when there is next something to do."""

    sent: int = 0
    held: int = 0
    refused: int = 0
    uncertain: int = 0
    put_off: int = 0
    processing: int = 0
    next_at: datetime | None = None

    @property
    def needs_decision(self) -> int:
        """How many now wait for a person."""
        return self.held + self.refused + self.uncertain

    @property
    def moved(self) -> int:
        """How many are not where they were."""
        return self.sent + self.held + self.refused + self.uncertain + self.processing

    def __add__(self, other: Ticked) -> Ticked:
        moments = [moment for moment in (self.next_at, other.next_at) if moment is not None]
        return Ticked(
            self.sent + other.sent,
            self.held + other.held,
            self.refused + other.refused,
            self.uncertain + other.uncertain,
            self.put_off + other.put_off,
            self.processing + other.processing,
            min(moments, default=None),
        )


def _counted(end: _End) -> Ticked:
    return Ticked(
        sent=int(end is _End.SENT),
        held=int(end is _End.HELD),
        refused=int(end is _End.REFUSED),
        uncertain=int(end is _End.UNCERTAIN),
        put_off=int(end is _End.PUT_OFF),
        processing=int(end is _End.PROCESSING),
    )


class Publisher:
    """Sends what is due, for all clients of a desk. One per data folder: whoever holds its publisher lock.

    ``spacing`` is the least time between two posts of one account, ``reply_spacing`` the same before a reply;
    ``quarantine`` is how long an uncertain delivery rests before somebody looks for it.
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
        crash: CrashPoint = no_crash,
    ) -> None:
        self._desk = desk
        self._clock = clock
        self._rng = rng
        self._spacing = spacing
        self._reply_spacing = reply_spacing
        self._quarantine = quarantine
        self._crash = crash
        self._verified: dict[tuple[ClientId, AccountId], Connector] = {}
        self._busy: set[tuple[ClientId, AccountId]] = set()
        self._unsettled: list[tuple[Workspace, Callable[[Session], None]]] = []
        self._places = asyncio.Semaphore(AT_ONCE)
        self._woken = asyncio.Event()

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
            uncertain, _ = outbox.recover(session, now + self._quarantine, now)
        return uncertain

    async def run(self) -> None:
        """Publishes until cancelled."""
        for ws in self._desk.workspaces:
            await self.recover(ws)
            await planning.follow_zone_rules(ws)
        wall, monotonic = self._clock.now(), self._clock.monotonic()
        while True:
            self._woken.clear()
            now, ticks = self._clock.now(), self._clock.monotonic()
            if abs((now - wall) - timedelta(seconds=ticks - monotonic)) > JUMP:
                await self._jumped()
            wall, monotonic = now, ticks
            ticked = await self.tick()
            for ws in self._desk.workspaces:
                await self._look(ws)
            await self._nap(ticked.next_at)

    async def _jumped(self) -> None:
        """The clock jumped or the computer slept: nothing that was believed before is believed now."""
        self._verified.clear()
        for ws in self._desk.workspaces:
            await planning.follow_zone_rules(ws)

    async def _look(self, ws: Workspace) -> None:
        try:
            await reconciling.settle_unclear(ws)
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
        for ws in self._desk.workspaces:
            try:
                with ws.read() as connection:
                    waits = queue.put_off(connection, NoNetwork.CODE)
                if waits:
                    with ws.write() as session:
                        outbox.hurry(session, NoNetwork.CODE)
            except StoreProblem as problem:
                log.warning("what was put off stays so: %s", problem.code)
        self._woken.set()

    # ---- one round

    async def tick(self, ws: Workspace | None = None) -> Ticked:
        """Sends everything that is due now (of one client or all). What is too late is held before anything is sent."""
        self._retry_settling()
        targets = (ws,) if ws is not None else self._desk.workspaces
        total = Ticked()
        for one in targets:
            total += self._hold_late(one)
        work = [self._serve(one, account, tuple(due)) for one in targets for account, due in self._due(one).items()]
        for ticked in await asyncio.gather(*work):
            total += ticked
        moments = [total.next_at, *(self._next_moment(one) for one in targets)]
        return replace(total, next_at=min((moment for moment in moments if moment is not None), default=None))

    def _retry_settling(self) -> None:
        """Answers that could not be written down (disk full) are written as soon as they can be."""
        waiting, self._unsettled = self._unsettled, []
        for ws, settle in waiting:
            self._settle(ws, settle)

    def _hold_late(self, ws: Workspace) -> Ticked:
        now = self._clock.now()
        grace = timedelta(minutes=ws.client.grace_minutes)
        try:
            with ws.read() as connection:
                if not queue.is_late(connection, now - grace, now - max(grace, REPLY_GRACE)):
                    return Ticked()
            with ws.write() as session:
                return Ticked(held=outbox.hold_late(session, now, grace))
        except StoreProblem as problem:
            log.warning("late deliveries could not be held: %s", problem.code)
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
                    free_at = self._free_at(ws, one)
                    if free_at is not None:
                        return total + Ticked(put_off=1, next_at=free_at)
                    end = await self._work(ws, one)
                    if end is not _End.NOT_OURS:
                        total += _counted(end)
                    if end is _End.PUT_OFF:
                        return total
        except StoreProblem as problem:
            # Nothing leaves that can't be written down first.
            log.warning("an account's deliveries wait: %s", problem.code)
        finally:
            self._busy.discard(key)
        return total

    def _free_at(self, ws: Workspace, due: queue.Due) -> datetime | None:
        """When the account may speak again; None when it may now."""
        if due.state is not State.PLANNED:
            return None
        with ws.read() as connection:
            last = queue.last_begun(connection, due.account, due.delivery)
        gap = self._reply_spacing if due.kind is PostKind.REPLY else self._spacing
        now = self._clock.now()
        # A clock that was set back must not silence an account for days.
        return None if last is None or not last <= now < last + gap else last + gap

    # ---- one delivery

    async def _work(self, ws: Workspace, due: queue.Due) -> _End:
        with ws.read() as connection:
            account = account_store.account(connection, due.account)
        if not account.writable:
            return self._hold(ws, due, HeldBecause.ACCOUNT, None)
        connector = await self._verified_connector(ws, account, due)
        if isinstance(connector, _End):
            return connector
        if not isinstance(connector, Publishes):
            return self._hold(ws, due, HeldBecause.ACCOUNT, Problem("cannot_publish"))
        if due.state is State.PROCESSING:
            return await self._resume(ws, account, connector, due)
        changed = await self._changed_file(ws, due)
        if changed is not None:
            return self._hold(ws, due, HeldBecause.EDITED, Problem("media_changed", params=(("name", changed.original_name),)))
        self._crash("before_claim")
        claim = self._claim(ws, due)
        if isinstance(claim, outbox.NotClaimed):
            return {outbox.NotClaimed.HELD: _End.HELD, outbox.NotClaimed.COMPLETE: _End.SENT}.get(claim, _End.NOT_OURS)
        self._crash("claimed")
        return await self._send_parts(ws, account, connector, due, claim.envelope)

    def _hold(self, ws: Workspace, due: queue.Due, because: HeldBecause, problem: Problem | None) -> _End:
        if due.state is not State.PLANNED:
            return _End.PUT_OFF
        try:
            with ws.write() as session:
                outbox.hold(session, due.delivery, because, self._clock.now(), problem)
        except NotAllowed:
            return _End.NOT_OURS
        return _End.HELD

    async def _verified_connector(self, ws: Workspace, account: Account, due: queue.Due) -> Connector | _End:
        """The account's connector, after it has said once who it speaks for; a mismatch freezes the account."""
        connector = await ws.connector(account.id)
        key = (ws.client.id, account.id)
        if self._verified.get(key) is connector:
            return connector
        try:
            found = await connector.whoami()
            if not found.same_as(account.identity):
                raise WrongIdentity(expected=account.identity.handle, found=found.handle)
        except (NetworkProblem, VaultProblem) as problem:
            return self._not_now(ws, account, due, problem)
        self._verified[key] = connector
        if account.health is Health.UNREACHABLE:
            with ws.write() as session:
                account_store.set_health(session, account.id, Health.OK, self._clock.now())
        return connector

    def _not_now(self, ws: Workspace, account: Account, due: queue.Due, problem: CmdeskError) -> _End:
        """Nothing was sent, and why says what happens: the account must be mended, or it is tried again later."""
        now = self._clock.now()
        health = health_after(problem)
        try:
            with ws.write() as session:
                if health is not None:
                    account_store.set_health(session, account.id, health, now)
                if due.state is not State.PLANNED:
                    return _End.PUT_OFF
                if health in _BLOCKING:
                    outbox.hold(session, due.delivery, HeldBecause.ACCOUNT, now, Problem(problem.code))
                    return _End.HELD
                outbox.put_off(session, due.delivery, problem.code, self._retry_at(problem, due.attempts))
        except NotAllowed:
            return _End.NOT_OURS
        return _End.PUT_OFF

    def _retry_at(self, problem: CmdeskError, tries: int, told: datetime | None = None) -> datetime:
        """When to try again: the network's own time, or 30 s doubled per try up to 15 min, a little scattered."""
        now = self._clock.now()
        if told is None and isinstance(problem, RateLimited):
            told = problem.until
        if told is not None and told > now:
            return told
        wait = min(_FIRST_WAIT * (1 << min(tries, 10)), _LONGEST_WAIT)
        return now + wait * (1 + 0.1 * self._rng.random())

    async def _changed_file(self, ws: Workspace, due: queue.Due) -> MediaItem | None:
        """A file of the post whose content is not the one that was attached."""
        with ws.read() as connection:
            items = posts.attached(connection, queue.delivery(connection, due.delivery).post)
        for item in items:
            try:
                if await ws.helper(pictures.hash_of, ws.media_folder / item.file_name) != item.sha256:
                    return item
            except OSError:
                return item
        return None

    def _claim(self, ws: Workspace, due: queue.Due) -> outbox.Claim | outbox.NotClaimed:
        with ws.write() as session:
            return outbox.claim(
                session,
                due.delivery,
                now=self._moment(),
                grace=timedelta(minutes=ws.client.grace_minutes),
                new_key=self._new_key,
                media_folder=str(ws.media_folder),
            )

    def _moment(self) -> outbox.Moment:
        return outbox.Moment(self._clock.now(), self._clock.monotonic(), self._clock.boot_id())

    def _new_key(self) -> str:
        return new_key(self._clock.now(), self._rng.getrandbits(72))

    async def _send_parts(
        self, ws: Workspace, account: Account, connector: Publishes, due: queue.Due, envelope: Envelope
    ) -> _End:
        """Sends a part that is claimed, then each that follows; every one is begun, called and settled by itself."""
        while True:
            try:
                outcome = await self._outcome(connector.publish(envelope))
            except (NotSent, VaultProblem) as problem:
                return self._not_sent(ws, account, due, envelope.part, problem)
            if isinstance(outcome, Refused):
                outcome = await self._look_once(connector, envelope, outcome)
            self._crash("answered")
            end, following = self._settle_outcome(ws, due, envelope.part, outcome)
            self._crash("settled")
            if following is None:
                return end
            try:
                with ws.write() as session:
                    envelope = self._begin(ws, session, due, following)
            except StoreProblem:
                self._settle(ws, lambda session: outbox.pause(session, due.delivery, self._clock.now()))
                return _End.PUT_OFF
            self._crash("begun")

    def _begin(self, ws: Workspace, session: Session, due: queue.Due, part: int) -> Envelope:
        return outbox.begin_part(session, due.delivery, part, now=self._moment(), media_folder=str(ws.media_folder))

    async def _outcome(self, call: Awaitable[Outcome]) -> Outcome:
        """The outcome of a write. Whatever a connector raises, other than a proof that nothing was sent, is Unknown."""
        try:
            return await call
        except (NotSent, VaultProblem):
            raise
        except (AuthExpired, AuthRevoked) as problem:
            # Who isn't let in has changed nothing.
            raise NotSent(problem) from None
        except CmdeskError as problem:
            return Unknown(problem.code)
        except Exception as error:  # noqa: BLE001 - a mistake of ours must not become a second post
            log.error("a connector failed while writing: %s", type(error).__name__)
            return Unknown("error")

    async def _look_once(self, connector: Publishes, envelope: Envelope, refused: Refused) -> Outcome:
        """A refusal is no proof that nothing was created: some networks answer with an error and publish all the same."""
        try:
            finding = await connector.find(envelope, self._clock.now() - LOOK_BACK)
        except CmdeskError:
            return refused
        return finding.published if finding.look is Look.FOUND and finding.published is not None else refused

    def _settle_outcome(self, ws: Workspace, due: queue.Due, part: int, outcome: Outcome) -> tuple[_End, int | None]:
        """Writes down what came of a part; returns how it ended and which part follows."""
        now = self._clock.now()
        delivery = due.delivery
        following: int | None = None
        if isinstance(outcome, Published):
            published = outcome
            following = self._settle(
                ws,
                lambda session: outbox.settle_published(
                    session, delivery, part, remote_id=published.remote_id, url=published.url, at=now
                ),
                delivery,
            )
            return _End.SENT, following
        if isinstance(outcome, Processing):
            handle, check_at = outcome.handle, now + timedelta(seconds=max(1.0, outcome.check_after))
            self._settle(
                ws,
                lambda session: outbox.settle_processing(session, delivery, part, handle=handle, check_at=check_at, at=now),
            )
            return _End.PROCESSING, None
        if isinstance(outcome, Refused):
            problem = outcome.problem
            self._settle(ws, lambda session: outbox.settle_refused(session, delivery, part, problem=problem, at=now))
            return _End.REFUSED, None
        reason, look_at = outcome.reason, now + self._quarantine
        self._settle(ws, lambda session: outbox.settle_unknown(session, delivery, part, reason=reason, look_at=look_at, at=now))
        return _End.UNCERTAIN, None

    def _settle(self, ws: Workspace, settle: Callable[[Session], int | None], continues: DeliveryId | None = None) -> int | None:
        """Writes an answer down. If the disk will not have it, it is kept and written as soon as the disk will.

        Until then the delivery stands as SENDING, so that it is not sent again; after a crash it is UNCERTAIN.
        """
        try:
            with ws.write() as session:
                return settle(session)
        except StoreProblem as problem:
            log.warning("an answer could not be written down yet: %s", problem.code)

            def later(session: Session) -> None:
                if settle(session) is not None and continues is not None:
                    outbox.pause(session, continues, self._clock.now())

            self._unsettled.append((ws, later))
        except NotAllowed as problem:
            # Somebody (another program, a person) has settled it in the meantime; theirs stands.
            log.warning("an answer came too late: %s", problem)
        return None

    def _not_sent(self, ws: Workspace, account: Account, due: queue.Due, part: int, problem: NotSent | VaultProblem) -> _End:
        """It is certain that nothing left: planned again, or held when the account must be mended first."""
        cause: CmdeskError = problem.cause if isinstance(problem, NotSent) else problem
        told = problem.retry_at if isinstance(problem, NotSent) else None
        now = self._clock.now()
        health = health_after(cause)
        retry_at = self._retry_at(cause, due.attempts, told)

        def settle(session: Session) -> None:
            counts = not isinstance(cause, NoNetwork | VaultProblem)
            outbox.settle_not_sent(session, due.delivery, part, code=cause.code, retry_at=retry_at, at=now, counts=counts)
            if health is not None:
                account_store.set_health(session, account.id, health, now)
            if health in _BLOCKING:
                outbox.hold(session, due.delivery, HeldBecause.ACCOUNT, now, Problem(cause.code))

        self._settle(ws, settle)
        if health in _BLOCKING:
            self._verified.pop((ws.client.id, account.id), None)
            return _End.HELD
        return _End.PUT_OFF

    async def _resume(self, ws: Workspace, account: Account, connector: Publishes, due: queue.Due) -> _End:
        """Asks about what the network was working on; nothing is sent."""
        now = self._clock.now()
        with ws.read() as connection:
            working = queue.processing_part(connection, due.delivery)
            since = queue.delivery(connection, due.delivery).state_since
        if working is None:
            return _End.NOT_OURS
        part, handle = working
        with ws.write() as session:
            outbox.open_attempt(session, due.delivery, part, "resume", now)
            envelope = outbox.envelope(session, due.delivery, part, str(ws.media_folder))
        try:
            outcome = await self._outcome(connector.resume(handle, envelope))
        except (NotSent, VaultProblem):
            outcome = Processing(handle, _FIRST_WAIT.total_seconds())
        if isinstance(outcome, Processing) and now - since > LONGEST_PROCESSING:
            outcome = Unknown("processing_too_long")
        self._crash("answered")
        end, following = self._settle_outcome(ws, due, part, outcome)
        if following is None:
            return end
        with ws.write() as session:
            envelope = self._begin(ws, session, due, following)
        return await self._send_parts(ws, account, connector, due, envelope)


# ---- a person decides


class Now(Struct, frozen=True):
    """Send it now (an uncertain one: it is not there, send it)."""


class MoveTo(Struct, frozen=True):
    """Send it at another time."""

    when: PlannedTime


class Drop(Struct, frozen=True):
    """Don't send it (any more)."""


class IsLive(Struct, frozen=True):
    """It is there, at this address."""

    url: str


class LookAgain(Struct, frozen=True):
    """Look for it once more, now."""


Decision = Now | MoveTo | Drop | IsLive | LookAgain


async def decide(ws: Workspace, delivery: DeliveryId, decision: Decision) -> None:
    """Carries out what a person decided about a held, uncertain or refused delivery (Now and MoveTo: also a planned one).

    Sending approves the post as it is now. Raises NotFound, NotAllowed, BlockedByProblems, or BadInput (time past, no
    web address).
    """
    at = ws.clock.now()
    if isinstance(decision, MoveTo) and decision.when.utc <= at:
        raise BadInput(field="time", reason="past")
    with ws.write() as session:
        one = queue.delivery(reading(session), delivery)
        if isinstance(decision, Now):
            # What is late keeps the time it was meant for; what is early gets this moment.
            when = None if one.due <= at and one.state is not State.PLANNED else planning.this_moment(ws)
            planning.replan_one(ws, session, one, when, at)
        elif isinstance(decision, MoveTo):
            planning.replan_one(ws, session, one, decision.when, at)
        elif isinstance(decision, Drop):
            outbox.cancel(session, delivery, at)
        elif isinstance(decision, LookAgain):
            outbox.look_again(session, delivery, at)
        else:
            _is_live(session, one, decision.url, at)
        outbox.note_decision(session, delivery, type(decision).__name__.lower(), at)


def _is_live(session: Session, one: Delivery, url: str, at: datetime) -> None:
    if one.state is not State.UNCERTAIN:
        raise NotAllowed(from_state=one.state.value, to_state=State.SENT.value)
    address = urlsplit(url.strip())
    if address.scheme not in {"https", "http"} or not address.hostname:
        raise BadInput(field="url", reason="not_an_address", given=url[:80])
    part = outbox.next_part(session, one.id)
    # Networks end a post's address with its id; a thread's next part answers it by that.
    remote_id = address.path.rstrip("/").rpartition("/")[2] or None
    outbox.settle_published(session, one.id, part or 0, remote_id=remote_id, url=url.strip(), at=at, kind="decide")
