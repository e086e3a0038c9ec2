"""R16: random histories of a network, two accounts and a person; afterwards the inbox holds what was said, once, as it was left.

The network adds, edits, deletes, forgets cursors, answers late, twice, emptily or not at all; the program dies over pages; the
person sorts and likes with and without a network. Wrong pullers must be caught, or the simulation proves nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import random
import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from unittest import mock

from msgspec.structs import replace

from cmdesk.domain.account import Account, FetchKind
from cmdesk.domain.clock import Clock
from cmdesk.domain.errors import CmdeskError, GoneOnNetwork
from cmdesk.domain.ids import AccountId, MessageId
from cmdesk.domain.message import WANTS_ANSWER, Conversation, InboxPage, MessageKind, MessageState
from cmdesk.networks.port import Connector, SecretSource
from cmdesk.services import inbox, moderating, syncing
from cmdesk.services.desk import Desk
from cmdesk.services.workspace import Workspace
from cmdesk.store import accounts as account_store
from cmdesk.store import gaps, ingest, pending
from tests.helpers.clocks import FakeClock
from tests.helpers.desks import KeyedConnector, link, open_desk
from tests.helpers.fake_network import FakeNetwork, Fault
from tests.helpers.keyrings import InMemoryKeyring
from tests.prove.table import Line, Row, Task
from tests.prove.worlds import FOLDER

STEPS = 80
HISTORIES = 60
HISTORIES_LONG = 500
PAGE = 4
STALE = timedelta(minutes=2)
NAMES = ("rosa", "lea")
_STATES = [state for state in MessageState if state not in {MessageState.SNOOZED, MessageState.INFO}]
_FAULTS = (Fault.REFUSE, Fault.DROP_BEFORE, Fault.DROP_AFTER, Fault.ERROR_BEFORE, Fault.MALFORMED, Fault.RATE_LIMITED)


class Died(BaseException):
    """The process ends between two steps."""


@dataclass
class Mood:
    """What the network is up to with the next call."""

    lost: bool = False
    empty: bool = False
    double: bool = False
    stale: bool = False
    dies: bool = False


class Sea(KeyedConnector):
    """The connector of a network that is not always in its right mind."""

    def __init__(self, network: FakeNetwork, secret: SecretSource, mood: Mood, dice: random.Random) -> None:
        super().__init__(network, secret)
        self._mood, self._dice = mood, dice
        self._said: list[InboxPage] = []
        self._told: dict[str, tuple[datetime, Conversation]] = {}

    async def inbox(self, kind: FetchKind, cursor: str | None) -> InboxPage:
        if self._mood.lost and cursor is not None:
            self._mood.lost = False
            raise GoneOnNetwork(status=410)
        if self._mood.empty:
            self._mood.empty = False
            return InboxPage(kind, (), None)
        page = await self._listing(kind, cursor)
        if self._mood.double and self._said:
            self._mood.double = False
            # What came before comes again; whether it is a favourite is told as of now, or not at all.
            again = tuple(replace(one, favourite=None) for one in self._dice.choice(self._said).items[::-1])
            page = replace(page, items=(*page.items, *again))
        self._said.append(page)
        return page

    async def _listing(self, kind: FetchKind, cursor: str | None) -> InboxPage:
        return await super().inbox(kind, cursor)

    async def context(self, remote_id: str) -> Conversation:
        at, now = self._network.clock.now(), await super().context(remote_id)
        told, before = self._told.get(remote_id, (at, now))
        self._told[remote_id] = (at, now)
        if self._mood.stale:
            self._mood.stale = False
            # Lists of networks lag behind, but not for ever.
            return before if at - told < STALE else now
        return now


class SinceId(Sea):
    """Wrong: asks for the newest page since the cursor, which leaves a hole nobody knows of."""

    async def _listing(self, kind: FetchKind, cursor: str | None) -> InboxPage:
        if cursor is None:
            return await super()._listing(kind, cursor)
        newest = await super()._listing(kind, None)
        return replace(newest, items=tuple(one for one in newest.items if int(one.event_id) > int(cursor)), older=None)


@contextlib.contextmanager
def cursor_first() -> Iterator[None]:
    """Wrong: moves the cursor before the rows are kept."""
    whole = ingest.ingest

    async def pull_kind(
        ws: Workspace, account: Account, connector: Sea, kind: FetchKind, total: syncing.Pulled
    ) -> syncing.Pulled:
        with ws.read() as connection:
            cursor = account_store.cursor(connection, account.id, kind)
        page = await connector.inbox(kind, cursor)
        with ws.write() as session:
            account_store.fetch_succeeded(session, account.id, kind, page.cursor, ws.clock.now())
        with ws.write() as session:
            ingest.ingest(session, account.id, page.items, linked_at=account.linked_at, now=ws.clock.now())
        return total

    assert whole is ingest.ingest
    with mock.patch.object(syncing, "_pull_kind", pull_kind):
        yield


@contextlib.contextmanager
def overwriting() -> Iterator[None]:
    """Wrong: lets an answer say how a message stands."""
    whole = ingest.ingest

    def spoiled(session: Any, account: AccountId, items: Sequence[Any], **more: Any) -> ingest.Ingested:
        got = whole(session, account, items, **more)
        for item in items:
            session.connection().exec_driver_sql(
                "UPDATE message SET state = 'awaiting', unread = 1 WHERE account_id = ? AND dedupe = ? AND state <> 'context'",
                (account, f"s:{item.remote_id}"),
            )
        return got

    with mock.patch.object(ingest, "ingest", spoiled):
        yield


@contextlib.contextmanager
def empty_deletes() -> Iterator[None]:
    """Wrong: takes what is not in an answer for gone."""
    whole = ingest.ingest

    def spoiled(session: Any, account: AccountId, items: Sequence[Any], **more: Any) -> ingest.Ingested:
        if not items:
            session.connection().exec_driver_sql(
                "UPDATE message SET deleted_at = 1 WHERE account_id = ? AND deleted_at IS NULL", (account,)
            )
        return whole(session, account, items, **more)

    with mock.patch.object(ingest, "ingest", spoiled):
        yield


@contextlib.contextmanager
def no_shield() -> Iterator[None]:
    """Wrong: forgets that something done here is newer than an answer."""

    def nothing(*_given: Any) -> None:
        return None

    with mock.patch.object(pending, "want", nothing):
        yield


@contextlib.contextmanager
def no_gaps() -> Iterator[None]:
    """Wrong: does not note what lies below the newest page."""

    def nothing(*_given: Any, **_more: Any) -> None:
        return None

    with mock.patch.object(gaps, "open_gap", nothing):
        yield


@dataclass
class Found:
    """What went wrong over all histories; all zeros is the promise."""

    histories: int = 0
    steps: int = 0
    messages: int = 0
    lost: int = 0
    doubled: int = 0
    undone: int = 0
    deleted: int = 0
    unequal: int = 0
    foreign: int = 0
    examples: list[str] = field(default_factory=list)

    @property
    def faults(self) -> int:
        return self.lost + self.doubled + self.undone + self.deleted + self.unequal + self.foreign

    def add(self, other: Found) -> None:
        for name in ("histories", "steps", "messages", "lost", "doubled", "undone", "deleted", "unequal", "foreign"):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.examples += other.examples[: max(0, 5 - len(self.examples))]


class History:
    """One history of a network, a puller and a person."""

    def __init__(self, seed: int, folder: Path, connector: type[Sea] = Sea) -> None:
        self.seed, self.dice = seed, random.Random(seed)
        self.clock, self.keyring, self.folder = FakeClock(), InMemoryKeyring(), folder
        self.network = FakeNetwork(self.clock, page_size=PAGE)
        self.moods = {name: Mood() for name in NAMES}
        self.kind = connector
        self.found = Found(histories=1)
        self.states: dict[tuple[str, str], MessageState] = {}
        self.likes: dict[tuple[str, str], bool] = {}
        self.versions: dict[tuple[str, str], int] = {}
        self.desk: Desk
        self.ws: Workspace
        self.accounts: dict[str, AccountId] = {}

    def _connect(self, account: Account, secret: SecretSource, *, clock: Clock) -> Connector:
        name = account.identity.handle.partition("@")[0]
        return self.kind(self.network, secret, self.moods[name], self.dice)

    def _open(self) -> None:
        self.desk = open_desk(
            self.folder, self.network, self.clock, keyring=self.keyring, seed=self.seed, connectors=self._connect
        )
        for ws in self.desk.workspaces:
            self.ws = ws

    async def run(self) -> Found:
        self._open()
        self.ws = await self.desk.create("Rosa", timezone="America/Toronto")
        self.accounts = {name: link(self.ws, self.network, name) for name in NAMES}
        for _ in range(self.dice.randrange(3 * PAGE)):
            self._somebody_writes()
        for _ in range(STEPS):
            await self._step()
            self.found.steps += 1
        await self._quiet()
        await self.desk.close()
        return self.found

    async def _step(self) -> None:
        dice = self.dice.random()
        self.clock.advance(self.dice.choice((1, 20, 70, 600)))
        if dice < 0.3:
            for _ in range(self.dice.choice((1, 1, 2, 2 * PAGE + 1))):
                self._somebody_writes()
        elif dice < 0.4:
            self._somebody_changes()
        elif dice < 0.5:
            self._weather()
        elif dice < 0.75:
            await self._pull(self.dice.choice(NAMES))
        elif dice < 0.97:
            await self._person()
        else:
            await self.desk.close()
            self._open()

    def _somebody_writes(self) -> None:
        to = self.dice.choice(NAMES)
        known = [one for one in self.network.statuses.values() if not one.deleted]
        parent = self.dice.choice(known).remote_id if known and self.dice.random() < 0.3 else None
        made = self.network.say(self.dice.choice(("zoe", "max", "ana")), "v0", to=to, reply_to=parent)
        if self.dice.random() < 0.2:
            self.network.react("max", self.dice.choice((MessageKind.FAVOURITE, MessageKind.BOOST)), made.remote_id)

    def _somebody_changes(self) -> None:
        known = [one for one in self.network.statuses.values() if not one.deleted]
        if not known:
            return
        one = self.dice.choice(known)
        if self.dice.random() < 0.7:
            self.network.edit_status(one.remote_id, f"v{int(one.text[1:]) + 1}")
        else:
            self.network.delete_status(one.remote_id)

    def _weather(self) -> None:
        mood = self.moods[self.dice.choice(NAMES)]
        match self.dice.randrange(6):
            case 0:
                mood.lost = True
            case 1:
                mood.empty = True
            case 2:
                mood.double = True
            case 3:
                mood.stale = True
            case 4:
                mood.dies = True
            case _:
                operation = self.dice.choice(("inbox", "context", "favourite", "older"))
                self.network.fail(operation, *self.dice.choices(_FAULTS, k=2))

    async def _pull(self, name: str) -> None:
        mood = self.moods[name]
        whole = ingest.ingest

        def dies(session: Any, account: AccountId, items: Sequence[Any], **more: Any) -> ingest.Ingested:
            if mood.dies and items:
                mood.dies = False
                raise Died
            return whole(session, account, items, **more)

        try:
            with mock.patch.object(ingest, "ingest", dies):
                await syncing.pull(self.ws, self.accounts[name])
        except CmdeskError:
            pass
        except Died:
            await self.desk.close()
            self._open()
        self._look()

    async def _person(self) -> None:
        numbers = list(inbox.ids(self.ws))
        if not numbers:
            return
        number = MessageId(self.dice.choice(numbers))
        message = inbox.message(self.ws, number)
        who = next(name for name, account in self.accounts.items() if account == message.account)
        key = (who, message.remote_id)
        if message.kind not in WANTS_ANSWER:
            return
        if self.dice.random() < 0.5:
            state = self.dice.choice(_STATES)
            await inbox.set_state(self.ws, [number], state)
            self.states[key] = state
        elif self.network.statuses[message.remote_id].deleted:
            return
        else:
            on = not message.favourite
            with contextlib.suppress(CmdeskError):
                await moderating.favourite(self.ws, number, on)
            self.likes[key] = inbox.message(self.ws, number).favourite
        self._look()

    # What must hold at every moment, and in the end

    def _rows(self) -> list[tuple[str, str, str, str, bool, bool]]:
        names = {account: name for name, account in self.accounts.items()}
        with self.ws.read() as connection:
            rows = connection.execute(
                "SELECT account_id, remote_id, kind, text, state, deleted_at IS NOT NULL,"
                " EXISTS (SELECT 1 FROM message_favourite f WHERE f.message_id = message.id), dedupe FROM message"
            ).fetchall()
        keys = [(row[0], row[7]) for row in rows]
        if len(keys) != len(set(keys)):
            self._fault("doubled", "a dedupe key is there twice")
        statuses = [(row[0], row[1]) for row in rows if row[2] in {"mention", "reply", "direct", "quote", "status"}]
        if len(statuses) != len(set(statuses)):
            self._fault("doubled", "a status is there twice")
        return [(names[row[0]], row[1], row[3], row[4], bool(row[5]), bool(row[6])) for row in rows if row[7][0] == "s"]

    def _look(self) -> None:
        for who, remote_id, text, state, gone, liked in self._rows():
            key = (who, remote_id)
            if key in self.states and self.states[key].value != state:
                self._fault("undone", f"{key} was left {self.states[key].value}, is {state}")
            if key in self.likes and self.likes[key] is not liked and not self.network.statuses[remote_id].deleted:
                self._fault("undone", f"the favourite of {key} is {liked}")
            if gone and not self.network.statuses[remote_id].deleted:
                self._fault("deleted", f"{key} is marked as gone")
            version = int(text[1:])
            if version < self.versions.get(key, 0):
                self._fault("undone", f"{key} went back to {text}")
            self.versions[key] = version

    async def _quiet(self) -> None:
        """Nothing happens any more: after enough rounds everything that was said is here."""
        self.network.heal()
        for mood in self.moods.values():
            mood.lost = mood.empty = mood.double = mood.stale = mood.dies = False
        for _ in range(40):
            self.clock.advance(3600)
            for name in NAMES:
                with contextlib.suppress(CmdeskError):
                    await syncing.pull(self.ws, self.accounts[name])
        self._look()
        here = {(who, remote_id): text for who, remote_id, text, *_ in self._rows()}
        self.found.messages += len(here)
        for name in NAMES:
            for event in self.network.events_of(self.network.person(name)):
                status = self.network.statuses[event.status]
                if event.about is None and not status.deleted and (name, event.status) not in here:
                    self._fault("lost", f"{name} never got {event.status}")
        waiting = [number for number in inbox.ids(self.ws) if inbox.message(self.ws, MessageId(number)).kind in WANTS_ANSWER]
        for number in self.dice.sample(waiting, min(8, len(waiting))):
            with contextlib.suppress(CmdeskError):
                await inbox.refresh_thread(self.ws, MessageId(number))
            message = inbox.message(self.ws, MessageId(number))
            truth = self.network.statuses[message.remote_id]
            if not truth.deleted and message.text != truth.text:
                self._fault("unequal", f"{message.remote_id} reads {message.text}, was edited to {truth.text}")
            if truth.deleted and message.deleted_at is None:
                self._fault("unequal", f"{message.remote_id} is gone and not marked")
        self._likes_are_out()

    def _likes_are_out(self) -> None:
        for (who, remote_id), on in self.likes.items():
            there = (self.network.person(who).remote_id, remote_id) in self.network.favourites
            if there is not on and not self.network.statuses[remote_id].deleted:
                self._fault("unequal", f"{who} wanted {remote_id} favourite {on}, the network has {there}")

    def _fault(self, kind: str, told: str) -> None:
        setattr(self.found, kind, getattr(self.found, kind) + 1)
        if len(self.found.examples) < 5:
            self.found.examples.append(f"seed {self.seed}: {told}")


def run_histories(seed: int, count: int, connector: type[Sea] = Sea) -> Found:
    """Some histories, one after the other."""
    total = Found()
    for number in range(count):
        folder = Path(tempfile.mkdtemp(prefix="cmdesk-r16-", dir=FOLDER))
        try:
            total.add(asyncio.run(History(seed * 10_007 + number, folder, connector).run()))
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    return total


@dataclass(frozen=True)
class Wrong:
    """A puller that is wrong on purpose, and what it breaks."""

    name: str
    harm: tuple[str, ...]
    connector: type[Sea] = Sea
    spoil: Callable[[], contextlib.AbstractContextManager[None]] = contextlib.nullcontext


TWINS = (
    Wrong("pages with since_id", ("lost",), SinceId),
    Wrong("moves the cursor before the rows", ("lost",), spoil=cursor_first),
    Wrong("lets an answer overwrite the state", ("undone",), spoil=overwriting),
    Wrong("takes an empty answer for gone", ("deleted",), spoil=empty_deletes),
    Wrong("does not shield what waits", ("undone", "unequal"), spoil=no_shield),
    Wrong("forgets what lies below the newest page", ("lost",), spoil=no_gaps),
)


def run_twin(seed: int, number: int, count: int) -> Found:
    """A wrong puller over some histories."""
    twin = TWINS[number]
    with twin.spoil():
        return run_histories(seed, count, twin.connector)


def tasks(seed: int, long: bool) -> list[Task]:
    histories, pieces = (HISTORIES_LONG, 20) if long else (HISTORIES, 6)
    each = histories // pieces
    return [
        *((run_histories, (seed + number, each)) for number in range(pieces)),
        *((run_twin, (seed, number, 6)) for number in range(len(TWINS))),
    ]


def lines(seed: int, long: bool, parts: Sequence[Found], seconds: float) -> list[Line]:
    pieces = len(parts) - len(TWINS)
    total = Found()
    for part in parts[:pieces]:
        total.add(part)
    caught = [
        twin.name for twin, found in zip(TWINS, parts[pieces:], strict=True) if any(getattr(found, harm) for harm in twin.harm)
    ]
    missed = [twin.name for twin in TWINS if twin.name not in caught]
    return [
        Line(
            "R16",
            "inbox: gaps, edits, lost cursors, offline changes",
            f"{total.histories} histories, {total.steps} steps",
            f"lost {total.lost}, doubled {total.doubled}, undone {total.undone}",
            f"deleted {total.deleted}, unequal {total.unequal}",
            total.faults == 0,
            seed,
            seconds,
            {name: value for name, value in vars(total).items() if name != "examples"},
            total.examples,
        ),
        Line(
            "R16",
            "wrong pullers are caught",
            f"{len(TWINS)} twins",
            f"{len(caught)} caught",
            ", ".join(missed) or "none missed",
            not missed,
            seed,
            seconds,
            {"caught": caught, "missed": missed},
        ),
    ]


ROW = Row("R16", "inbox sync", tasks, lines)
