"""Moves, copies, plans and suggests, each so that it can be undone and done again; the order is kept in the client's own file.

Everything here concerns one client: there is no way to name a post of another. What went out, or is on its way, is refused
with the state it is in, and nothing of that arrangement happens then.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from msgspec.structs import replace

from cmdesk.domain.arranging import Arranged, At, Move, RowStep, Step, ThereStep, TimeStep, Verb
from cmdesk.domain.board import PostPlan
from cmdesk.domain.delivery import State
from cmdesk.domain.errors import BadInput, NotAllowed, NotFound, UserProblem
from cmdesk.domain.ids import AccountId, PostId
from cmdesk.domain.post import edit_of
from cmdesk.domain.schedule import PlannedTime, move_to_day, resolve
from cmdesk.services import planning, slots
from cmdesk.store import accounts as account_store
from cmdesk.store import arranging as store
from cmdesk.store import board, outbox, posts, queue
from cmdesk.store.database import reading
from cmdesk.store.queue import MOVABLE

if TYPE_CHECKING:
    from cmdesk.services.workspace import Workspace
    from cmdesk.store.database import Connection, Session

# ---- reading


def undoable(ws: Workspace) -> Arranged | None:
    """What an undo would take back now, or None."""
    with ws.read() as connection:
        return store.last(connection)


def redoable(ws: Workspace) -> Arranged | None:
    """What a redo would do again now, or None."""
    with ws.read() as connection:
        return store.last(connection, undone=True)


def refusal(ws: Workspace, post: PostId) -> NotAllowed | None:
    """Why nothing of a post can be moved (any more), or None: the same that ``move`` would raise."""
    with ws.read() as connection:
        found = store.standing(connection, post)
        if found:
            return None if any(one.state in MOVABLE for one in found) else _not_movable(post, found[0].state)
        return None if board.plan_of(connection, post).suggested is not None else NotAllowed("draft", "moved", post=post)


def _not_movable(post: PostId, state: State) -> NotAllowed:
    return NotAllowed(from_state=state.value, to_state=State.PLANNED.value, post=post)


# ---- recording


class Recorder:
    """Looks at what is about to change, lets it change, and makes the steps of the difference."""

    def __init__(self, session: Session, verb: Verb, at: datetime) -> None:
        self.session = session
        self.at = at
        self._verb = verb
        self._posts: dict[PostId, tuple[bool, dict[AccountId, At]]] = {}
        self._rows: dict[tuple[str, int], board.Row | None] = {}
        self._more: list[Step] = []

    @property
    def connection(self) -> Connection:
        """The writer's own connection, which sees what is not committed yet."""
        return reading(self.session)

    def post(self, post: PostId) -> None:
        """A post is about to change."""
        if post not in self._posts:
            self._posts[post] = (store.is_there(self.connection, post), self._waiting(post))

    def made(self, post: PostId) -> None:
        """A post has just come into being."""
        self._posts[post] = (False, {})

    def row(self, table: str, number: int) -> None:
        """A row around the posts is about to change."""
        if (table, number) not in self._rows:
            self._rows[table, number] = board.row_of(self.connection, table, number)

    def is_new(self, table: str, number: int) -> bool:
        """Whether a row came into being within this arrangement."""
        return (table, number) in self._rows and self._rows[table, number] is None

    def step(self, step: Step) -> None:
        """Something of another kind happened."""
        self._more.append(step)

    def _waiting(self, post: PostId) -> dict[AccountId, At]:
        return {one.account: one.at for one in store.standing(self.connection, post)}

    def done(self) -> Arranged | None:
        """Notes what changed; None when nothing did."""
        theres: list[Step] = []
        times: list[Step] = []
        for post, (was_there, before) in self._posts.items():
            is_there = store.is_there(self.connection, post)
            if is_there is not was_there:
                theres.append(ThereStep(post, was_there, is_there))
            after = self._waiting(post)
            for account in sorted({*before, *after}):
                first, second = before.get(account), after.get(account)
                if not store.same(first, second):
                    times.append(TimeStep(post, account, first, second))
        rows: list[Step] = []
        for (table, number), known in self._rows.items():
            fresh = board.row_of(self.connection, table, number)
            if fresh != known:
                rows.append(RowStep(table, number, known, fresh))
        steps = (*theres, *rows, *times, *self._more)
        return store.append(self.session, self._verb, steps, self.at) if steps else None


@contextmanager
def arranging(ws: Workspace, verb: Verb, initiator: str | None = None) -> Iterator[Recorder]:
    """One transaction that can be undone as a whole."""
    with ws.write(initiator=initiator) as session:
        recorder = Recorder(session, verb, ws.clock.now())
        yield recorder
        recorder.done()


# ---- moving


async def move(
    ws: Workspace, post: PostId, when: PlannedTime, accounts: Collection[AccountId] | None = None, *, initiator: str | None = None
) -> tuple[PostId, ...]:
    """Gives all of a post that waits (or the share of these accounts) another time; a suggested draft another suggestion.

    Raises BadInput(field="time", reason="past"), NotAllowed with the state it is in, or BlockedByProblems.
    """
    return await move_many(ws, (Move(post, when, None if accounts is None else tuple(accounts)),), initiator=initiator)


async def move_many(ws: Workspace, moves: Sequence[Move], *, initiator: str | None = None) -> tuple[PostId, ...]:
    """Moves several at once: all of them, or, when one can't be moved, none. Raises like ``move`` (``post`` says which)."""
    for one in moves:
        _check_future(ws, one.when)
    with arranging(ws, Verb.MOVE, initiator) as recorder:
        for one in moves:
            move_in(ws, recorder, one)
    return tuple(dict.fromkeys(one.post for one in moves))


async def shift(ws: Workspace, chosen: Collection[PostId], days: int, *, initiator: str | None = None) -> tuple[PostId, ...]:
    """Moves posts by a number of days; each delivery keeps its own hour on the wall, across changes of the clocks too."""
    wishes = []
    with ws.read() as connection:
        for post in chosen:
            wishes += _shifted(ws, connection, post, days)
    return await move_many(ws, wishes, initiator=initiator)


async def to_day(ws: Workspace, chosen: Collection[PostId], day: date, *, initiator: str | None = None) -> tuple[PostId, ...]:
    """Puts posts on one day; each keeps its hour on the wall."""
    wishes = []
    with ws.read() as connection:
        for post in chosen:
            first = min((_wall(one) for one in _shifted(ws, connection, post, 0)), default=None)
            if first is not None:
                wishes += _shifted(ws, connection, post, (day - first.date()).days)
    return await move_many(ws, wishes, initiator=initiator)


def _wall(one: Move) -> datetime:
    return one.when.wall


def _shifted(ws: Workspace, connection: Connection, post: PostId, days: int) -> list[Move]:
    rules, delta = ws.clock.tzdata_version(), timedelta(days=days)
    found = store.standing(connection, post)
    if found:
        waiting = [one for one in found if one.state in MOVABLE]
        if not waiting:
            raise _not_movable(post, found[0].state)
        return [
            Move(post, move_to_day(one.at.planned, (one.at.planned.wall + delta).date(), rules), (one.account,))
            for one in waiting
        ]
    plan = board.plan_of(connection, post)
    if plan.suggested is None:
        raise NotAllowed(from_state="draft", to_state="moved", post=post)
    return [Move(post, resolve(plan.suggested + delta, ws.client.timezone, rules))]


def move_in(ws: Workspace, recorder: Recorder, wish: Move) -> None:
    """Moves within an arrangement; raises like ``move``, but for the past, which the caller judges."""
    recorder.post(wish.post)
    found = store.standing(recorder.connection, wish.post)
    if not found:
        plan = board.plan_of(recorder.connection, wish.post)
        if plan.suggested is None:
            raise NotAllowed(from_state="draft", to_state="moved", post=wish.post)
        _suggest(recorder, wish.post, wish.when.wall)
        return
    wanted = [one for one in found if wish.accounts is None or one.account in wish.accounts]
    movable = [one for one in wanted if one.state in MOVABLE]
    if not movable or (wish.accounts is not None and len(movable) < len(wanted)):
        stuck = next((one for one in wanted if one.state not in MOVABLE), found[0])
        raise _not_movable(wish.post, stuck.state)
    for one in movable:
        if one.at.planned.wall == wish.when.wall and one.at.planned.zone == wish.when.zone and one.state is State.PLANNED:
            continue
        delivery = queue.delivery(recorder.connection, one.delivery)
        planning.replan_one(ws, recorder.session, delivery, wish.when, recorder.at)


def _check_future(ws: Workspace, when: PlannedTime) -> None:
    if when.utc <= ws.clock.now():
        raise BadInput(field="time", reason="past")


# ---- copying, planning, suggesting


async def copy(
    ws: Workspace,
    post: PostId,
    when: PlannedTime,
    accounts: Collection[AccountId] | None = None,
    *,
    initiator: str | None = None,
) -> PostId:
    """A new post with the same words at another time: planned where the first one waits to go out, else only suggested.

    Raises BadInput (past), BlockedByProblems, NotFound or DraftDamaged.
    """
    _check_future(ws, when)
    with arranging(ws, Verb.COPY, initiator) as recorder:
        known = posts.load(recorder.connection, post)
        waiting = tuple(one.account for one in store.standing(recorder.connection, post) if one.state in MOVABLE)
        edit = edit_of(known)
        if accounts is not None:
            edit = replace(edit, variants=tuple(one for one in edit.variants if one.account in accounts))
        made = posts.insert(recorder.session, edit, recorder.at)
        recorder.made(made)
        meant = [one.account for one in edit.variants if one.account in waiting]
        if meant:
            plan_in(ws, recorder, made, dict.fromkeys(meant, when))
        else:
            recorder.row("post_plan", made)
            _suggest(recorder, made, when.wall)
    return made


async def plan(
    ws: Workspace, post: PostId, when: PlannedTime | Mapping[AccountId, PlannedTime], *, initiator: str | None = None
) -> None:
    """Approves a draft as it is and plans it, for each of its accounts at one time or for each at its own.

    A suggestion ends with it. Raises like ``planning.schedule``.
    """
    with arranging(ws, Verb.PLAN, initiator) as recorder:
        recorder.post(post)
        known = posts.load(recorder.connection, post)
        if known.deleted_at is not None:
            raise NotAllowed(from_state="bin", to_state=State.PLANNED.value, post=post)
        times = when if isinstance(when, Mapping) else dict.fromkeys(known.accounts, when)
        for one in times.values():
            _check_future(ws, one)
        plan_in(ws, recorder, post, times)
        recorder.row("post_plan", post)
        _suggest(recorder, post, None)


def plan_in(ws: Workspace, recorder: Recorder, post: PostId, times: Mapping[AccountId, PlannedTime]) -> None:
    """Plans within an arrangement; raises like ``plan``."""
    known = posts.load(recorder.connection, post)
    linked = {one.id: one for one in account_store.accounts(recorder.connection)}
    if not times:
        raise BadInput(field="accounts", reason="empty")
    for account in times:
        if account not in linked or account not in known.accounts:
            raise NotFound(what="account", ref=str(account))
    planning.check_blocks(known, [linked[account] for account in times], ws.media_folder)
    mark = planning.approve(recorder.session, known, recorder.at)
    waiting = {one.account: one for one in store.standing(recorder.connection, post)}
    for account, when in times.items():
        one = waiting.get(account)
        if one is None:
            outbox.plan(recorder.session, post, linked[account], planned=when, mark=mark, at=recorder.at)
        elif one.state is State.PLANNED:
            outbox.retime(recorder.session, one.delivery, when, mark)
        elif one.state in MOVABLE:
            outbox.replan(recorder.session, one.delivery, when, mark, recorder.at)
        else:
            raise _not_movable(post, one.state)


async def suggest(ws: Workspace, post: PostId, wall: datetime | None, *, initiator: str | None = None) -> None:
    """Suggests a wall time (naive, of the client's zone) for a draft, or (None) takes the suggestion back. Nothing goes out.

    Raises NotFound, or NotAllowed for what is planned already.
    """
    with arranging(ws, Verb.SUGGEST, initiator) as recorder:
        recorder.post(post)
        posts.load(recorder.connection, post)
        found = store.standing(recorder.connection, post)
        if found:
            raise NotAllowed(from_state=found[0].state.value, to_state="suggested", post=post)
        _suggest(recorder, post, wall)


def _suggest(recorder: Recorder, post: PostId, wall: datetime | None) -> None:
    known = board.plan_of(recorder.connection, post)
    set_plan(recorder, replace(known, suggested=None if wall is None else wall.replace(microsecond=0)))


def set_plan(recorder: Recorder, plan: PostPlan) -> None:
    """Writes what is intended for a post; an empty intention is none."""
    recorder.row("post_plan", plan.post)
    row = None if plan == PostPlan(plan.post) else board.columns_of(plan)
    board.put(recorder.session, "post_plan", plan.post, row, recorder.at)


async def take_out(ws: Workspace, chosen: Collection[PostId], *, initiator: str | None = None) -> None:
    """Takes posts out of the calendar: drafts again, without a time. Raises NotAllowed when one is out or on its way."""
    with arranging(ws, Verb.TAKE_OUT, initiator) as recorder:
        for post in chosen:
            recorder.post(post)
            _take_out(recorder, post)
            _suggest(recorder, post, None)


async def bin(ws: Workspace, chosen: Collection[PostId], *, initiator: str | None = None) -> None:  # noqa: A001 - the trade's word
    """Puts posts that are not out into the bin, and what is planned of them out of the calendar. Raises NotAllowed."""
    with arranging(ws, Verb.BIN, initiator) as recorder:
        for post in chosen:
            recorder.post(post)
            _take_out(recorder, post)
            posts.snapshot(recorder.session, posts.load(recorder.connection, post), "bin", recorder.at)
            posts.set_deleted(recorder.session, post, recorder.at)


def _take_out(recorder: Recorder, post: PostId) -> None:
    found = store.standing(recorder.connection, post)
    for one in found:
        if one.state not in MOVABLE or one.begun:
            raise NotAllowed("partly_sent" if one.state in MOVABLE else one.state.value, "draft", post=post)
    for one in found:
        outbox.cancel(recorder.session, one.delivery, recorder.at)
    posts.approve(recorder.session, post, None)


async def fill_slot(ws: Workspace, post: PostId, *, initiator: str | None = None) -> Mapping[AccountId, PlannedTime]:
    """Plans a draft at the next free slot of its accounts; nothing else moves. Raises like ``plan``, or NotAllowed("full")."""
    with ws.read() as connection:
        meant = posts.load(connection, post).accounts
    if not meant:
        raise BadInput(field="accounts", reason="empty")
    times = slots.next_slots(ws, meant)
    await plan(ws, post, times, initiator=initiator)
    return times


# ---- back and forth


async def undo(ws: Workspace, *, initiator: str | None = None) -> Arranged:
    """Takes the last arrangement back, whole. Raises NotAllowed(from_state="nothing") when there is none.

    What can't be taken back any more (it went out, it was edited, its time has passed) raises with the reason, and is then
    passed over, so that what was before it can be undone.
    """
    return _turn(ws, back=True, initiator=initiator)


async def redo(ws: Workspace, *, initiator: str | None = None) -> Arranged:
    """Does again what was undone last; raises like ``undo``."""
    return _turn(ws, back=False, initiator=initiator)


def _turn(ws: Workspace, *, back: bool, initiator: str | None) -> Arranged:
    found = undoable(ws) if back else redoable(ws)
    if found is None:
        raise NotAllowed(from_state="nothing", to_state="undo" if back else "redo")
    steps = tuple(step.back() for step in reversed(found.steps)) if back else found.steps
    try:
        with ws.write(initiator=initiator) as session:
            store.take(session, steps, ws.clock.now())
            store.note(session, found.id, "undone" if back else "done")
    except UserProblem:
        with ws.write() as session:
            store.note(session, found.id, "void")
        raise
    return found


__all__ = [
    "Arranged",
    "Move",
    "Recorder",
    "Verb",
    "arranging",
    "bin",
    "copy",
    "fill_slot",
    "move",
    "move_in",
    "move_many",
    "plan",
    "plan_in",
    "redo",
    "redoable",
    "refusal",
    "set_plan",
    "shift",
    "suggest",
    "take_out",
    "to_day",
    "undo",
    "undoable",
]
