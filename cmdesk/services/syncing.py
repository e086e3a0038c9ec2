"""Brings in what arrived: every answer only to the account it was asked for, its cursor in the same transaction."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast

from msgspec import Struct
from msgspec.structs import replace

from cmdesk.domain.account import Account, FetchKind, Health
from cmdesk.domain.errors import (
    CmdeskError,
    GoneOnNetwork,
    NetworkProblem,
    NoNetwork,
    RateLimited,
    RefusedByNetwork,
    VaultProblem,
)
from cmdesk.domain.ids import AccountId, ClientId, MessageId
from cmdesk.domain.message import InboxPage
from cmdesk.networks.port import Connector, Receives
from cmdesk.services import arriving, catching_up, confirming, instinct, ruling
from cmdesk.services.health import note_failure, note_success, still_linked
from cmdesk.services.listening import Listener
from cmdesk.store import accounts as account_store
from cmdesk.store import gaps, inbox, ingest
from cmdesk.store.database import reading

if TYPE_CHECKING:
    from cmdesk.domain.clock import Clock
    from cmdesk.services.desk import Desk
    from cmdesk.services.workspace import Workspace
    from cmdesk.store.database import Connection

log = logging.getLogger(__name__)

#: A message may reach a server long after it was written.
_OVERLAP = timedelta(days=1)
_MOST_PAGES = 50  # per kind and pull: what is beyond comes with the next pull, from the stored cursor


class Pulled(Struct, frozen=True):
    """What one pull of one account brought. ``fresh`` counts what deserves a notice; ``problem`` is set when it failed."""

    client: ClientId
    account: AccountId
    new: int = 0
    updated: int = 0
    fresh: int = 0
    problem: CmdeskError | None = None
    arrived: tuple[MessageId, ...] = ()

    def plus(self, got: ingest.Ingested) -> Pulled:
        """With what a page brought."""
        return replace(
            self,
            new=self.new + got.new,
            updated=self.updated + got.updated,
            fresh=self.fresh + got.fresh,
            arrived=self.arrived + got.arrived,
        )


async def pull(ws: Workspace, account_id: AccountId) -> Pulled:
    """Brings in everything new of one account, after what waited here has gone out. What came before a failure stays.

    Then what was never read is read a little further, and conversations are asked for again.
    Raises NetworkProblem, VaultProblem, NotFound, NotAllowed (unlinked).
    """
    async with ws.pulling[account_id]:
        connector = await ws.connector(account_id)
        with ws.read() as connection:
            account = account_store.account(connection, account_id)
        total = Pulled(ws.client.id, account_id)
        await _bring_out(ws, account, connector)
        if not isinstance(connector, Receives):
            return total
        for kind in connector.fetch_kinds:
            try:
                total = await _pull_kind(ws, account, connector, kind, total)
            except (NetworkProblem, VaultProblem) as problem:
                _note_failed(ws, account, kind, problem)
                raise
        await instinct.look(ws, account.id, total.arrived)
        total = await _catch_up(ws, account, connector, total)
        await ruling.carry_out(ws)
        return total


async def _bring_out(ws: Workspace, account: Account, connector: Connector) -> None:
    """Brings out what was done here meanwhile; if that fails, it waits on, and the fetch says what is wrong with the line."""
    try:
        await confirming.confirm(ws, account.id, connector)
    except NetworkProblem as problem:
        log.info("what was done here waits on: %s", problem.code)


async def _catch_up(ws: Workspace, account: Account, connector: Receives, total: Pulled) -> Pulled:
    """What could not be read at once; that it fails now is no failure of the pull, which has all that is new."""
    try:
        total = total.plus(await catching_up.fill_gaps(ws, account, cast("Connector", connector)))
        total = total.plus(await catching_up.watch(ws, account, connector))
    except NetworkProblem as problem:
        log.info("what is older waits: %s", problem.code)
        if not isinstance(problem, NoNetwork):
            note_failure(ws, account, problem)
    return total


async def _pull_kind(ws: Workspace, account: Account, connector: Receives, kind: FetchKind, total: Pulled) -> Pulled:
    with ws.read() as connection:
        cursor = account_store.cursor(connection, account.id, kind)
    for _ in range(_MOST_PAGES):
        asked_at = ws.clock.now()
        page = await _page(connector, kind, cursor)
        with ws.write() as session:
            if not still_linked(session, account):
                return total
            now = ws.clock.now()
            bottom = _bottom(reading(session), account)
            got = arriving.take_in(session, account, page.items, now=now, asked_at=asked_at)
            account_store.fetch_succeeded(session, account.id, kind, page.cursor, now)
            if page.older is not None:
                gaps.open_gap(session, account.id, kind, page.older, bottom=bottom, at=now)
            note_success(session, account, now)
        total = total.plus(got)
        # A server that says "more" without moving the cursor would keep us here for ever.
        if not page.more or page.cursor is None or page.cursor == cursor:
            break
        cursor = page.cursor
    return total


async def _page(connector: Receives, kind: FetchKind, cursor: str | None) -> InboxPage:
    """The next page. A server that no longer knows the cursor is asked for its newest page: what lies between is a gap."""
    try:
        return await connector.inbox(kind, cursor)
    except (GoneOnNetwork, RefusedByNetwork):
        if cursor is None:
            raise
        return await connector.inbox(kind, None)


def _bottom(connection: Connection, account: Account) -> datetime:
    """Down to where a gap that begins now must be read: what is known, with some overlap, else as far as history is wanted."""
    newest = gaps.newest_known(connection, account.id)
    history = account.linked_at - ingest.HISTORY
    return history if newest is None else max(history, newest - _OVERLAP)


def _note_failed(ws: Workspace, account: Account, kind: FetchKind, problem: CmdeskError) -> None:
    if isinstance(problem, NoNetwork):
        return  # the state of this computer, not of this account
    note_failure(ws, account, problem)
    with ws.write() as session:
        if still_linked(session, account):
            account_store.fetch_failed(session, account.id, kind, problem.code, ws.clock.now())


async def pull_all(workspaces: Iterable[Workspace]) -> tuple[Pulled, ...]:
    """One pull of every account that can be asked, at most twenty at a time; a failure is in its ``Pulled``."""
    gate = asyncio.Semaphore(_AT_ONCE)
    jobs = [_tried(ws, account.id, gate) for ws in workspaces for account in _pullable(ws)]
    return tuple(await asyncio.gather(*jobs))


def _pullable(ws: Workspace) -> tuple[Account, ...]:
    with ws.read() as connection:
        found = account_store.accounts(connection)
    return tuple(account for account in found if account.health is not Health.WRONG_IDENTITY)


async def _tried(ws: Workspace, account_id: AccountId, gate: asyncio.Semaphore) -> Pulled:
    async with gate:
        try:
            return await pull(ws, account_id)
        except CmdeskError as problem:
            return Pulled(ws.client.id, account_id, problem=problem)


_AT_ONCE = 20
_ACTIVE = 60.0
#: So many lines are kept open to one server at once; the other accounts there are asked in turns.
MOST_BELLS = 4
_IDLE = 300.0
_AFTER_FAILURE = (60.0, 120.0, 300.0, 900.0)
_LOOK = 15.0
_LEAST = 5.0


@dataclass(slots=True)
class _Plan:
    """When an account is asked next (monotonic seconds), and how often it failed in a row."""

    due: float = 0.0
    failures: int = 0
    asked: float = float("-inf")


@dataclass(eq=False)
class Syncer:
    """Asks every account in its turn: each minute while somebody looks, each five otherwise, later and later after failures.

    ``offline`` is one state of this computer. ``on_pulled`` hears of every pull that was tried, in the engine's thread.
    """

    desk: Desk
    clock: Clock
    on_pulled: Callable[[Pulled], None] | None = None
    on_offline: Callable[[bool], None] | None = None
    offline: bool = field(default=False, init=False)
    _active: bool = field(default=True, init=False)
    _listener: Listener | None = field(default=None, init=False)
    _plans: dict[tuple[ClientId, AccountId], _Plan] = field(default_factory=dict, init=False)
    _gate: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_ONCE), init=False)
    _nudge: asyncio.Event = field(default_factory=asyncio.Event, init=False)

    def set_active(self, active: bool) -> None:
        """Whether somebody looks at the window. In the engine's thread."""
        self._active = active

    def wake(self, client: ClientId | None = None) -> None:
        """Asks everything now (of one client, or of all): the network is back, or a person pressed the key."""
        for (owner, _), plan in self._plans.items():
            if client is None or owner == client:
                plan.due = 0.0
        self._nudge.set()

    def _bells(self) -> list[tuple[Workspace, AccountId]]:
        """Whom to listen for: some accounts of each server, since every line that stays open costs the server something."""
        open_lines: Counter[str] = Counter()
        found: list[tuple[Workspace, AccountId]] = []
        for ws in self.desk.workspaces:
            for account in _pullable(ws):
                server = account.identity.server
                open_lines[server] += 1
                if open_lines[server] <= MOST_BELLS:
                    found.append((ws, account.id))
        return found

    async def run(self) -> None:
        """Works until cancelled, and listens meanwhile for networks that say when something came in."""
        listener = self._listener = Listener(self.clock, self._rung)
        try:
            while True:
                await self.tick()
                if self.offline:
                    listener.follow(())
                else:
                    listener.follow(self._bells())
                await self._wait()
        finally:
            self._listener = None
            await listener.stop()

    def _rung(self, key: tuple[ClientId, AccountId]) -> None:
        plan = self._plans.get(key)
        # A server that rings without end is asked no more often than a person would look.
        if plan is not None and plan.failures == 0:
            plan.due = min(plan.due, max(plan.asked + _LEAST, self.clock.monotonic()))
            self._nudge.set()

    async def _wait(self) -> None:
        sleep = asyncio.ensure_future(self.clock.sleep(_LOOK))
        nudge = asyncio.ensure_future(self._nudge.wait())
        try:
            await asyncio.wait({sleep, nudge}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in (sleep, nudge):
                task.cancel()
                with contextlib.suppress(asyncio.CancelledError):
                    await task
        self._nudge.clear()

    async def tick(self) -> tuple[Pulled, ...]:
        """Brings back what was snoozed until now and pulls what is due."""
        now = self.clock.monotonic()
        jobs = []
        for ws in self.desk.workspaces:
            _wake_snoozed(ws)
            for account in _pullable(ws):
                plan = self._plans.setdefault((ws.client.id, account.id), _Plan())
                if plan.due <= now:
                    jobs.append(_tried(ws, account.id, self._gate))
        results = tuple(await asyncio.gather(*jobs))
        for pulled in results:
            self._note(pulled)
        self._judge(results)
        if self.on_pulled is not None:
            for pulled in results:
                self.on_pulled(pulled)
        return results

    def _note(self, pulled: Pulled) -> None:
        plan = self._plans[pulled.client, pulled.account]
        now = plan.asked = self.clock.monotonic()
        if pulled.problem is None:
            plan.failures = 0
            rings = self._listener is not None and self._listener.alive((pulled.client, pulled.account))
            plan.due = now + (_ACTIVE if self._active and not rings else _IDLE)
            return
        wait = _AFTER_FAILURE[min(plan.failures, len(_AFTER_FAILURE) - 1)]
        plan.failures += 1
        if isinstance(pulled.problem, RateLimited) and pulled.problem.until is not None:
            wait = max(wait, min(3600.0, (pulled.problem.until - self.clock.now()).total_seconds()))
        plan.due = now + wait

    def _judge(self, results: tuple[Pulled, ...]) -> None:
        """Without any answer from anybody it is this computer that is offline; else it is the silent server."""
        unreached = [pulled for pulled in results if isinstance(pulled.problem, NoNetwork)]
        answered = len(results) - len(unreached)
        before = self.offline
        if answered:
            self.offline = False
        elif unreached:
            self.offline = True
        if self.offline is not before and self.on_offline is not None:
            self.on_offline(self.offline)
        if answered:
            for pulled in unreached:
                self._silent(pulled)

    def _silent(self, pulled: Pulled) -> None:
        ws = self.desk.workspace(pulled.client)
        with ws.write() as session:
            account_store.set_health(session, pulled.account, Health.UNREACHABLE, ws.clock.now())


def _wake_snoozed(ws: Workspace) -> None:
    now: datetime = ws.clock.now()
    with ws.read() as connection:
        waiting = inbox.snoozed_until_now(connection, now)
    if waiting:
        with ws.write() as session:
            ingest.wake(session, now)
