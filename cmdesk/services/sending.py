"""Takes one due delivery to the network: everything is written down before it is done, and never done twice.

A delivery is claimed and frozen in a committed transaction, then called, then settled. What a call proves decides; what it
does not prove is UNCERTAIN, and nothing uncertain is sent again unless a second write is the same write.
"""

from __future__ import annotations

import logging
import random
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, Protocol, cast

from cmdesk.domain.account import Account, Health
from cmdesk.domain.agent import Who
from cmdesk.domain.clock import Clock
from cmdesk.domain.crash import CrashPoint
from cmdesk.domain.delivery import Envelope, HeldBecause, Repeat, State
from cmdesk.domain.errors import (
    AuthExpired,
    AuthRevoked,
    CmdeskError,
    NetworkProblem,
    NoNetwork,
    NotAllowed,
    RateLimited,
    StoreProblem,
    VaultProblem,
    WrongIdentity,
)
from cmdesk.domain.ids import AccountId, ClientId, DeliveryId
from cmdesk.domain.keys import new_key
from cmdesk.domain.limits import Problem
from cmdesk.domain.post import MediaItem
from cmdesk.networks.port import (
    Connector,
    Dated,
    Finding,
    Look,
    NotSent,
    Outcome,
    Processing,
    Published,
    Publishes,
    Refused,
    SecondWrite,
    Unknown,
)
from cmdesk.services import guarding, lease, pictures, rechecking
from cmdesk.services.health import health_after
from cmdesk.services.rounds import End
from cmdesk.services.workspace import Workspace
from cmdesk.store import accounts as account_store
from cmdesk.store import attempts, outbox, posts, queue, settling
from cmdesk.store.lease import Bid, Lease

if TYPE_CHECKING:
    from cmdesk.store.database import Session

log = logging.getLogger(__name__)

#: How long a network may work on something before nobody believes it any more.
LONGEST_PROCESSING = timedelta(hours=24)
#: How far back a look at the account's own posts reaches when a refusal is doubted.
LOOK_BACK = timedelta(minutes=2)
#: How long a network's own lists may lack what is live, so long does a refusal rest that nobody vouches for.
LISTS_ARE_LATE = timedelta(seconds=90)
#: The longest that anything is put off at once.
LONGEST_WAIT = timedelta(minutes=15)

_FIRST_WAIT = timedelta(seconds=30)
#: So often is the wait doubled while there is no network: up to eight minutes.
_LONGEST_SILENCE = 4
_BLOCKING = frozenset({Health.RECONNECT, Health.SECRET_MISSING, Health.WRONG_IDENTITY})
#: The classes whose second write is the same write, and on what ground; of all others a person decides.
REPEATS: Mapping[SecondWrite, Repeat] = MappingProxyType(
    {SecondWrite.SAME_ID: Repeat.SAME_ID, SecondWrite.SAME_KEY: Repeat.SAME_KEY}
)
#: How a delivery that was not claimed ended.
_NOT_CLAIMED: Mapping[outbox.NotClaimed, End] = MappingProxyType(
    {outbox.NotClaimed.HELD: End.HELD, outbox.NotClaimed.COMPLETE: End.SENT}
)


class Writer(Connector, Publishes, Protocol):
    """A connector that writes."""


def _proved(connector: Connector, problem: NotSent | VaultProblem) -> bool:
    """Whether a connector's word that nothing was created is one of the proofs it has named beforehand."""
    return isinstance(problem, VaultProblem) or problem.before or problem.cause.code in connector.evidence.not_sent


class Sending:
    """The work on one delivery. One call at a time per account; who calls sees to that, and to the order."""

    _clock: Clock
    _rng: random.Random
    _quarantine: timedelta
    _crash: CrashPoint
    _verified: dict[tuple[ClientId, AccountId], Connector]
    _armed: dict[ClientId, str]
    _leased: set[ClientId]
    _holder: str
    _who: Who
    _lives: Callable[[Lease], bool]
    _silences: dict[tuple[ClientId, AccountId], int]
    _unsettled: list[tuple[Workspace, Callable[[Session], None]]]

    async def _work(self, ws: Workspace, due: queue.Due) -> End:
        with ws.read() as connection:
            account = account_store.account(connection, due.account)
        if not account.writable:
            return self._hold(ws, due, HeldBecause.ACCOUNT, None)
        connector = await self._verified_connector(ws, account, due)
        if isinstance(connector, End):
            return connector
        if not isinstance(connector, Publishes):
            return self._hold(ws, due, HeldBecause.ACCOUNT, Problem("cannot_publish"))
        writer = cast(Writer, connector)
        if due.state is State.PROCESSING:
            return await self._resume(ws, account, writer, due)
        if due.state is State.PLANNED:
            changed = await self._changed_file(ws, due)
            if changed is not None:
                problem = Problem("media_changed", params=(("name", changed.original_name),))
                return self._hold(ws, due, HeldBecause.EDITED, problem)
            try:
                stale = await rechecking.changed(ws, due, account, connector)
            except (NetworkProblem, VaultProblem) as problem:
                return self._not_now(ws, account, due, problem)
            if stale is not None:
                return self._hold(ws, due, HeldBecause.ANSWER, stale)
        self._crash("before_claim")
        # The last look at the evidence: a copy of this folder may have been opened a moment ago.
        if guarding.check(ws) is not None:
            return End.NOT_OURS
        claim = self._claim(ws, due, writer.second_write)
        if isinstance(claim, outbox.NotClaimed):
            return _NOT_CLAIMED.get(claim, End.NOT_OURS)
        self._crash("claimed")
        await guarding.remember(ws)
        self._crash("remembered")
        return await self._send_parts(ws, account, writer, due, claim.envelope)

    def _hold(self, ws: Workspace, due: queue.Due, because: HeldBecause, problem: Problem | None) -> End:
        if due.state is not State.PLANNED:
            return End.PUT_OFF
        try:
            with ws.write() as session:
                outbox.hold(session, due.delivery, because, self._clock.now(), problem)
        except NotAllowed:
            return End.NOT_OURS
        return End.HELD

    async def _verified_connector(self, ws: Workspace, account: Account, due: queue.Due) -> Connector | End:
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
        ahead = connector.clock_ahead() if isinstance(connector, Dated) and not account.allow_private else None
        # A server on this very computer or beside it has no clock of its own to compare with.
        if guarding.compare_clocks(ws, account.identity.server, ahead) is not None:
            return End.NOT_OURS
        self._verified[key] = connector
        self._silences.pop(key, None)
        if account.health is Health.UNREACHABLE:
            with ws.write() as session:
                account_store.set_health(session, account.id, Health.OK, self._clock.now())
        return connector

    def _not_now(self, ws: Workspace, account: Account, due: queue.Due, problem: CmdeskError) -> End:
        """Nothing was sent, and why says what happens: the account must be mended, or it is tried again later."""
        now = self._clock.now()
        health = health_after(problem)
        try:
            with ws.write() as session:
                if health is not None:
                    account_store.set_health(session, account.id, health, now)
                if due.state is State.UNCERTAIN:
                    settling.repeat_at(session, due.delivery, self._retry_at(problem, due.attempts))
                if due.state is not State.PLANNED:
                    return End.PUT_OFF
                if health in _BLOCKING:
                    outbox.hold(session, due.delivery, HeldBecause.ACCOUNT, now, Problem(problem.code))
                    return End.HELD
                tries = self._unreached(ws, account, problem, due.attempts)
                settling.put_off(session, due.delivery, problem.code, self._retry_at(problem, tries))
        except NotAllowed:
            return End.NOT_OURS
        return End.PUT_OFF

    def _unreached(self, ws: Workspace, account: Account, problem: CmdeskError, tries: int) -> int:
        """How often it was tried: without a network no try counts, so that the account's own silence is counted instead."""
        if not isinstance(problem, NoNetwork):
            return tries
        key = (ws.client.id, account.id)
        self._silences[key] = self._silences.get(key, -1) + 1
        return min(self._silences[key], _LONGEST_SILENCE)

    def _retry_at(self, problem: CmdeskError, tries: int, told: datetime | None = None) -> datetime:
        """When to try again: the network's own time, or 30 s doubled per try up to 15 min, a little scattered.

        Without a network up to eight minutes; whoever notices that there is one again hurries it.
        """
        now = self._clock.now()
        if told is None and isinstance(problem, RateLimited):
            told = problem.until
        if told is not None and told > now:
            return told
        wait = min(_FIRST_WAIT * (1 << min(tries, 10)), LONGEST_WAIT)
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

    def _claim(self, ws: Workspace, due: queue.Due, second_write: SecondWrite) -> outbox.Claim | outbox.NotClaimed:
        """Claims, in one transaction with all that is judged; an uncertain one only where a second write is the same write."""
        armed_by, folder, bid = self._armed.get(ws.client.id), str(ws.media_folder), self._bid(ws)
        self._leased.add(ws.client.id)
        with ws.write() as session:
            if due.state is State.UNCERTAIN:
                ground = REPEATS.get(second_write)
                if ground is None:
                    settling.forget_repeat(session, due.delivery)
                    return outbox.NotClaimed.TAKEN
                return outbox.claim_again(
                    session, due.delivery, ground, now=self._moment(), media_folder=folder, armed_by=armed_by, bid=bid
                )
            return outbox.claim(
                session,
                due.delivery,
                now=self._moment(),
                grace=timedelta(minutes=ws.client.grace_minutes),
                new_key=self._new_key,
                media_folder=folder,
                armed_by=armed_by,
                bid=bid,
            )

    def _bid(self, ws: Workspace) -> Bid:
        """Who we are to the lease of a client's file."""
        return lease.bid(self._holder, ws.machine, self._who, self._lives)

    def _moment(self) -> outbox.Moment:
        return outbox.Moment(self._clock.now(), self._clock.monotonic(), self._clock.boot_id())

    def _new_key(self) -> str:
        return new_key(self._clock.now(), self._rng.getrandbits(72))

    async def _send_parts(self, ws: Workspace, account: Account, connector: Writer, due: queue.Due, envelope: Envelope) -> End:
        """Sends a part that is claimed, then each that follows; every one is begun, called and settled by itself."""
        while True:
            if not self._call_begins(ws, due, envelope.part):
                return End.PUT_OFF
            self._crash("calling")
            try:
                outcome = await self._outcome(connector.publish(envelope))
            except (NotSent, VaultProblem) as problem:
                if _proved(connector, problem):
                    return self._not_sent(ws, account, due, envelope.part, problem)
                outcome = Unknown("not_proved")
            if isinstance(outcome, Refused):
                outcome = await self._weighed(connector, envelope, outcome)
            self._crash("answered")
            end, following = self._settle_outcome(ws, due, envelope.part, outcome)
            self._crash("settled")
            if following is None:
                return end
            begun = self._begin_next(ws, due, following)
            if begun is None:
                return End.PUT_OFF
            envelope = begun
            self._crash("begun")
            await guarding.remember(ws)

    def _call_begins(self, ws: Workspace, due: queue.Due, part: int) -> bool:
        """Marks that the call begins; where that can't be (no room, the crisis key, another program) nothing is called."""
        now = self._clock.now()
        try:
            with ws.write() as session:
                outbox.call_begins(session, due.delivery, part, now, self._bid(ws))
        except (StoreProblem, NotAllowed):
            self._settle(ws, lambda session: settling.settle_uncalled(session, due.delivery, part, now))
            return False
        return True

    def _begin_next(self, ws: Workspace, due: queue.Due, part: int) -> Envelope | None:
        """The next part of a thread, begun; None when it must wait: nothing is on its way then, and the rest is planned."""
        try:
            with ws.write() as session:
                return outbox.begin_part(session, due.delivery, part, now=self._moment(), media_folder=str(ws.media_folder))
        except (StoreProblem, NotAllowed):
            # No room to write, or somebody turned the crisis key between two parts.
            self._settle(ws, lambda session: settling.pause(session, due.delivery, self._clock.now()))
            return None

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

    async def _weighed(self, connector: Writer, envelope: Envelope, refused: Refused) -> Outcome:
        """A refusal is no proof that nothing was created: some networks answer with an error and publish all the same.

        It is believed where the connector vouches for its refusals; else only after a look that no list is too late for.
        """
        since = self._clock.now() - LOOK_BACK
        seen = await self._look_once(connector, envelope, since)
        if seen.look is not Look.FOUND and not connector.evidence.refusals:
            await self._clock.sleep(LISTS_ARE_LATE.total_seconds())
            seen = await self._look_once(connector, envelope, since)
            if seen.look is Look.CANNOT_TELL:
                return Unknown("refused_unseen")
        return seen.published if seen.look is Look.FOUND and seen.published is not None else refused

    async def _look_once(self, connector: Publishes, envelope: Envelope, since: datetime) -> Finding:
        """What a look shows at once; a look that fails tells nothing."""
        try:
            return await connector.find(envelope, since)
        except CmdeskError:
            return Finding(Look.CANNOT_TELL)

    def _settle_outcome(self, ws: Workspace, due: queue.Due, part: int, outcome: Outcome) -> tuple[End, int | None]:
        """Writes down what came of a part; returns how it ended and which part follows."""
        now = self._clock.now()
        delivery = due.delivery
        following: int | None = None
        if isinstance(outcome, Published):
            published = outcome
            following = self._settle(
                ws,
                lambda session: settling.settle_published(
                    session, delivery, part, remote_id=published.remote_id, url=published.url, at=now
                ),
                delivery,
            )
            return End.SENT, following
        if isinstance(outcome, Processing):
            handle, check_at = outcome.handle, now + timedelta(seconds=max(1.0, outcome.check_after))
            self._settle(
                ws,
                lambda session: settling.settle_processing(session, delivery, part, handle=handle, check_at=check_at, at=now),
            )
            return End.PROCESSING, None
        if isinstance(outcome, Refused):
            problem = outcome.problem
            self._settle(ws, lambda session: settling.settle_refused(session, delivery, part, problem=problem, at=now))
            return End.REFUSED, None
        reason, look_at = outcome.reason, now + self._quarantine
        self._settle(ws, lambda session: settling.settle_unknown(session, delivery, part, reason=reason, look_at=look_at, at=now))
        return End.UNCERTAIN, None

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
                    settling.pause(session, continues, self._clock.now())

            self._unsettled.append((ws, later))
        except NotAllowed as problem:
            # Somebody (another program, a person) has settled it in the meantime; theirs stands.
            log.warning("an answer came too late: %s", problem)
        return None

    def _not_sent(self, ws: Workspace, account: Account, due: queue.Due, part: int, problem: NotSent | VaultProblem) -> End:
        """It is certain that nothing left: planned again, or held when the account must be mended first."""
        cause: CmdeskError = problem.cause if isinstance(problem, NotSent) else problem
        told = problem.retry_at if isinstance(problem, NotSent) else None
        now = self._clock.now()
        health = health_after(cause)
        retry_at = self._retry_at(cause, self._unreached(ws, account, cause, due.attempts), told)

        def settle(session: Session) -> None:
            counts = not isinstance(cause, NoNetwork | VaultProblem)
            settling.settle_not_sent(session, due.delivery, part, code=cause.code, retry_at=retry_at, at=now, counts=counts)
            if health is not None:
                account_store.set_health(session, account.id, health, now)
            if health in _BLOCKING:
                outbox.hold(session, due.delivery, HeldBecause.ACCOUNT, now, Problem(cause.code))

        self._settle(ws, settle)
        if health in _BLOCKING:
            self._verified.pop((ws.client.id, account.id), None)
            return End.HELD
        return End.PUT_OFF

    async def _resume(self, ws: Workspace, account: Account, connector: Writer, due: queue.Due) -> End:
        """Asks about what the network was working on; nothing is sent."""
        now = self._clock.now()
        with ws.read() as connection:
            working = queue.processing_part(connection, due.delivery)
            since = queue.delivery(connection, due.delivery).state_since
        if working is None:
            return End.NOT_OURS
        part, handle = working
        with ws.write() as session:
            attempts.open_attempt(session, due.delivery, part, "resume", now)
            envelope = outbox.envelope(session, due.delivery, part, str(ws.media_folder))
        try:
            outcome = await self._outcome(connector.resume(handle, envelope))
        except (NotSent, VaultProblem) as problem:
            sure = _proved(connector, problem)
            outcome = Processing(handle, _FIRST_WAIT.total_seconds()) if sure else Unknown("not_proved")
        if isinstance(outcome, Processing) and now - since > LONGEST_PROCESSING:
            outcome = Unknown("processing_too_long")
        self._crash("answered")
        end, following = self._settle_outcome(ws, due, part, outcome)
        if following is None:
            return end
        begun = self._begin_next(ws, due, following)
        if begun is None:
            return End.PUT_OFF
        await guarding.remember(ws)
        return await self._send_parts(ws, account, connector, due, begun)
