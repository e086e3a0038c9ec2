"""The late-post desk: everything that waits for a person, with what is known of it, and what may be done about it.

One list for a client or for all. A choice can be made for one or for many; for many a summary first names every client and
account that would speak, and each delivery is judged again when its turn comes.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from enum import Enum
from typing import TYPE_CHECKING, TypeAlias

from msgspec import Struct

from cmdesk.domain.account import Network
from cmdesk.domain.delivery import NEEDS_DECISION, Attempt, Delivery, HeldBecause, State
from cmdesk.domain.errors import CmdeskError, NotAllowed, NotFound
from cmdesk.domain.guard import Frozen, QueueHold
from cmdesk.domain.ids import AccountId, ClientId, DeliveryId
from cmdesk.domain.schedule import PlannedTime
from cmdesk.domain.views import OutboxRow
from cmdesk.services import deciding, slots
from cmdesk.services.deciding import Continue, Decision, Drop, IsLive, Keep, LookAgain, MoveTo, Now, Stop
from cmdesk.services.workspace import Workspace
from cmdesk.store import accounts as account_store
from cmdesk.store import guard, queue

if TYPE_CHECKING:
    from cmdesk.services.desk import Desk

Key = tuple[ClientId, DeliveryId]

#: All clients, or the one in whose room the desk is opened: then no choice can reach another.
Scope: TypeAlias = "Desk | Workspace"


class Why(Enum):
    """Why something is on the desk, in the order in which it is shown."""

    UNCERTAIN = "uncertain"
    REFUSED = "refused"
    LATE = "late"
    HELD = "held"


class Choice(Enum):
    """What may be chosen, for one or for many; ``move`` and ``is_live`` need a time or an address, so only for one."""

    NOW = "now"
    KEEP = "keep"
    NEXT_SLOT = "next_slot"
    MOVE = "move"
    IS_LIVE = "is_live"
    LOOK_AGAIN = "look_again"
    CONTINUE = "continue"
    STOP = "stop"
    DROP = "drop"


class LateItem(Struct, frozen=True):
    """A delivery that waits for a person. ``link`` is where to look on the network; ``looks`` so many found nothing.

    ``still_looking`` is the moment of the next look when nobody needs to decide yet; ``choices`` begin with the likeliest.
    """

    row: OutboxRow
    client_name: str
    why: Why
    since: datetime
    attempts: tuple[Attempt, ...]
    looks: int
    still_looking: datetime | None
    link: str
    part_links: tuple[str, ...]
    choices: tuple[Choice, ...]

    @property
    def key(self) -> Key:
        """What names it on the desk."""
        return self.row.client, self.row.id

    @property
    def late_by(self) -> timedelta:
        """How long after its time it was stopped or became doubtful; nothing when that was before its time."""
        return max(timedelta(), self.since - self.row.planned.utc)


class Standing(Struct, frozen=True):
    """What stops a whole client: shown above its items."""

    client: ClientId
    client_name: str
    hold: QueueHold | None
    frozen: Frozen | None


def items(ws: Workspace) -> tuple[LateItem, ...]:
    """What waits for a person at this client: uncertain first, then refused, late and held, each by their time."""
    now = ws.clock.now()
    with ws.read() as connection:
        frozen = guard.frozen(connection) is not None
        rows = queue.rows(connection, ws.client.id, NEEDS_DECISION, limit=10_000)
        looks = {doubt.delivery: doubt for doubt in queue.doubts(connection)}
        found = []
        for row in rows:
            one = queue.delivery(connection, row.id)
            doubt = looks.get(row.id)
            identity = account_store.account(connection, row.account.id).identity
            found.append(
                LateItem(
                    row=row,
                    client_name=ws.client.name,
                    why=_why(one),
                    since=one.state_since,
                    attempts=queue.attempts(connection, row.id),
                    looks=one.looks,
                    still_looking=None if doubt is None else doubt.next_look_at,
                    link=identity.profile_url or identity.server,
                    part_links=tuple(part.url for part in one.parts if part.url),
                    choices=_choices(one, now, frozen=frozen),
                )
            )
    order = list(Why)
    return tuple(sorted(found, key=lambda item: (order.index(item.why), item.row.planned.utc, item.row.id)))


def rooms(scope: Scope) -> tuple[Workspace, ...]:
    """The clients of a scope: all in work, in the order of the rail, or the one."""
    return (scope,) if isinstance(scope, Workspace) else scope.workspaces


def desk_items(desk: Scope) -> tuple[LateItem, ...]:
    """The same for all clients in work, in the order of the rail."""
    return tuple(item for ws in rooms(desk) for item in items(ws))


def standing(desk: Scope) -> tuple[Standing, ...]:
    """The clients that stand still as a whole: a queue in doubt, or the crisis key."""
    found = []
    for ws in rooms(desk):
        with ws.read() as connection:
            hold, frozen = guard.hold(connection), guard.frozen(connection)
        if hold is not None or frozen is not None:
            found.append(Standing(ws.client.id, ws.client.name, hold, frozen))
    return tuple(found)


def _why(one: Delivery) -> Why:
    if one.state is State.UNCERTAIN:
        return Why.UNCERTAIN
    if one.state is State.REFUSED:
        return Why.REFUSED
    return Why.LATE if one.held_because is HeldBecause.LATE else Why.HELD


def _choices(one: Delivery, now: datetime, *, frozen: bool) -> tuple[Choice, ...]:
    open_to = deciding.choices(one, now, frozen=frozen)
    found: list[Choice] = []
    for kind in open_to:
        if kind is MoveTo:
            found += [Choice.NEXT_SLOT, Choice.MOVE]
        else:
            found.append(_choice(kind))
    return tuple(found)


def _choice(kind: type[Decision]) -> Choice:
    names = {Now: Choice.NOW, Keep: Choice.KEEP, IsLive: Choice.IS_LIVE, LookAgain: Choice.LOOK_AGAIN}
    names |= {Continue: Choice.CONTINUE, Stop: Choice.STOP, Drop: Choice.DROP}
    return names[kind]


# ---- the next slot


def next_slot(ws: Workspace, account: AccountId, taken: Collection[datetime] = ()) -> PlannedTime:
    """The next free slot of this account; where it has none, the next quarter of an hour at which it may well speak.

    ``taken`` are instants (aware UTC) that are given away already. Raises NotAllowed(from_state="full").
    """
    return slots.next_slot(ws, (account,), taken=taken)


# ---- many at once


class BatchLine(Struct, frozen=True):
    """What a choice would do for one account: how many deliveries, and the times (aware UTC) that they get, if any."""

    client: ClientId
    client_name: str
    network: Network
    handle: str
    previews: tuple[str, ...]
    first_at: datetime | None
    last_at: datetime | None

    @property
    def number(self) -> int:
        """How many deliveries."""
        return len(self.previews)


class Batch(Struct, frozen=True):
    """A choice for many, before it is made. ``left_out`` is what is not open to it, and stays as it is."""

    choice: Choice
    lines: tuple[BatchLine, ...]
    keys: tuple[Key, ...]
    left_out: tuple[Key, ...]


class Done(Struct, frozen=True):
    """What became of one delivery of a batch: its new state, or the problem for which it stayed as it was."""

    key: Key
    state: State
    problem: CmdeskError | None = None


#: Choices that can be made for many at once.
FOR_MANY = frozenset({Choice.NOW, Choice.KEEP, Choice.NEXT_SLOT, Choice.LOOK_AGAIN, Choice.CONTINUE, Choice.STOP, Choice.DROP})
#: The time between two posts of one account, which a batch sent now keeps too.
_SPACING = timedelta(seconds=60)


def prepare(desk: Scope, keys: Iterable[Key], choice: Choice) -> Batch:
    """What a choice would do to these, by client and account; nothing is changed. Raises NotAllowed where it needs a value."""
    if choice not in FOR_MANY:
        raise NotAllowed(from_state="many", to_state=choice.value)
    wanted = set(keys)
    workspaces = {ws.client.id: ws for ws in rooms(desk)}
    found = [item for item in desk_items(desk) if item.key in wanted]
    fit = [item for item in found if choice in item.choices]
    groups: dict[tuple[ClientId, AccountId], list[LateItem]] = {}
    for item in fit:
        groups.setdefault((item.row.client, item.row.account.id), []).append(item)
    lines = tuple(_line(workspaces[client], group, choice) for (client, _), group in groups.items())
    kept = {item.key for item in fit}
    left_out = tuple(sorted(wanted - kept))
    return Batch(choice, lines, tuple(item.key for item in fit), left_out)


def _line(ws: Workspace, group: list[LateItem], choice: Choice) -> BatchLine:
    moments: list[datetime] = []
    if choice is Choice.NEXT_SLOT:
        for item in group:
            moments.append(next_slot(ws, item.row.account.id, moments).utc)
    elif choice in {Choice.NOW, Choice.CONTINUE}:
        moments = [ws.clock.now() + number * _SPACING for number in range(len(group))]
    elif choice is Choice.KEEP:
        moments = sorted(item.row.planned.utc for item in group)
    mark = group[0].row.account
    return BatchLine(
        client=ws.client.id,
        client_name=ws.client.name,
        network=mark.network,
        handle=mark.handle,
        previews=tuple(item.row.preview for item in group),
        first_at=moments[0] if moments else None,
        last_at=moments[-1] if moments else None,
    )


async def carry_out(desk: Scope, batch: Batch) -> tuple[Done, ...]:
    """Makes the choice for each, in order; what can't take it (any more) stays as it is and is told."""
    done = []
    workspaces = {ws.client.id: ws for ws in rooms(desk)}
    for client, delivery in batch.keys:
        ws = workspaces.get(client)
        if ws is None:
            raise NotFound("client", client)
        problem: CmdeskError | None = None
        try:
            await deciding.decide(ws, delivery, decision_for(ws, delivery, batch.choice))
        except CmdeskError as refused:
            problem = refused
        with ws.read() as connection:
            state = queue.delivery(connection, delivery).state
        done.append(Done((client, delivery), state, problem))
    return tuple(done)


def decision_for(ws: Workspace, delivery: DeliveryId, choice: Choice) -> Decision:
    """The decision behind a choice that needs no value; raises NotAllowed for the others."""
    if choice is Choice.NEXT_SLOT:
        with ws.read() as connection:
            account = queue.delivery(connection, delivery).account
        return MoveTo(next_slot(ws, account))
    plain: dict[Choice, Decision] = {
        Choice.NOW: Now(),
        Choice.KEEP: Keep(),
        Choice.LOOK_AGAIN: LookAgain(),
        Choice.CONTINUE: Continue(),
        Choice.STOP: Stop(),
        Choice.DROP: Drop(),
    }
    if choice not in plain:
        raise NotAllowed(from_state="value", to_state=choice.value)
    return plain[choice]
