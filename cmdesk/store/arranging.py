"""Keeps what was arranged, and takes a step one way or the other: all of it in one transaction, or nothing.

A step is taken only from where it believes things to stand. What went out, or was changed since, stays as it is.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from cmdesk.domain.arranging import (
    KEPT,
    Arranged,
    At,
    LeftOutStep,
    RowStep,
    SeriesStep,
    Step,
    ThereStep,
    TimeStep,
    Verb,
    from_json,
    to_json,
)
from cmdesk.domain.delivery import HeldBecause, State
from cmdesk.domain.errors import BadInput, NotAllowed
from cmdesk.domain.ids import AccountId, DeliveryId, PostId
from cmdesk.domain.schedule import PlannedTime
from cmdesk.store import accounts, board, outbox, posts, series
from cmdesk.store.convert import problem_from_json
from cmdesk.store.database import reading
from cmdesk.store.posts import planned_time
from cmdesk.store.queue import MOVABLE
from cmdesk.store.times import from_ms, to_ms

if TYPE_CHECKING:
    from sqlmodel import Session

#: What nothing is taken back from; its name in an error.
_BACK = "arranged"


class Standing(Struct, frozen=True):
    """A delivery that is alive: its number, its state, how it waits, and whether a part of it is out."""

    delivery: DeliveryId
    account: AccountId
    state: State
    at: At
    begun: bool


def standing(connection: sqlite3.Connection, post: PostId) -> tuple[Standing, ...]:
    """The deliveries of a post that are alive, by account."""
    rows = connection.execute(
        "SELECT id, account_id, state, fingerprint, held_because, problem, wall, zone, due, tzdata, shift,"
        " EXISTS (SELECT 1 FROM delivery_part x WHERE x.delivery_id = d.id AND x.state = 'sent')"
        " FROM delivery d WHERE post_id = ? AND state NOT IN ('cancelled', 'gone') ORDER BY account_id",
        (post,),
    ).fetchall()
    return tuple(
        Standing(
            DeliveryId(r[0]),
            AccountId(r[1]),
            State(r[2]),
            At(planned_time(r[6:11]), r[3], _held(State(r[2]), r[4]), problem_from_json(r[5])),
            bool(r[11]),
        )
        for r in rows
    )


def _held(state: State, because: str | None) -> HeldBecause | None:
    # What was refused comes back as held: nobody but the network can refuse it again.
    return HeldBecause(because) if because else HeldBecause.EDITED if state is State.REFUSED else None


def is_there(connection: sqlite3.Connection, post: PostId) -> bool:
    """Whether a post is kept, and not in the bin."""
    return connection.execute("SELECT 1 FROM post WHERE id = ? AND deleted_at IS NULL", (post,)).fetchone() is not None


# ---- the journal of arrangements


def append(session: Session, verb: Verb, steps: tuple[Step, ...], at: datetime) -> Arranged:
    """Notes what was arranged. What was undone before can't be done again from here, and the oldest is forgotten."""
    execute = session.connection().exec_driver_sql
    execute("DELETE FROM arrangement WHERE state <> 'done'")
    row = execute(
        "INSERT INTO arrangement (at, verb, steps, state) VALUES (?, ?, ?, 'done') RETURNING id",
        (to_ms(at), verb.value, to_json(steps)),
    ).scalar_one()
    execute("DELETE FROM arrangement WHERE id <= ?", (row - KEPT,))
    return Arranged(row, verb, at, steps)


def last(connection: sqlite3.Connection, *, undone: bool = False) -> Arranged | None:
    """What an undo would take back; or what a redo would do again."""
    state, order = ("undone", "ASC") if undone else ("done", "DESC")
    row = connection.execute(
        f"SELECT id, verb, at, steps FROM arrangement WHERE state = ? ORDER BY id {order} LIMIT 1", (state,)
    ).fetchone()
    return None if row is None else Arranged(row[0], Verb(row[1]), from_ms(row[2]), from_json(row[3]))


def note(session: Session, arranged: int, state: str) -> None:
    """Notes that an arrangement is ``done``, ``undone`` or (it can't be taken either way any more) ``void``."""
    session.connection().exec_driver_sql("UPDATE arrangement SET state = ? WHERE id = ?", (state, arranged))


# ---- taking steps


def take(session: Session, steps: Iterable[Step], at: datetime) -> None:
    """Takes steps in order. Raises NotAllowed (it went out, was edited, or does not stand there any more) or BadInput (past)."""
    touched: list[PostId] = []
    for step in steps:
        match step:
            case TimeStep():
                _take_time(session, step, at)
                touched.append(step.post)
            case ThereStep():
                _take_there(session, step, at)
            case RowStep():
                _take_row(session, step, at)
            case SeriesStep():
                series.set_alive(session, series.SeriesId(step.series), alive=step.after, at=at)
                if step.clears and not step.after:
                    touched += clear(session, series.SeriesId(step.series), at)
            case LeftOutStep():
                series.set_left_out(session, series.SeriesId(step.series), step.wall, left_out=step.after)
    connection = reading(session)
    for post in dict.fromkeys(touched):
        if not standing(connection, post):
            posts.approve(session, post, None)


def clear(session: Session, series_id: series.SeriesId, at: datetime) -> list[PostId]:
    """Takes away what was made ahead of a series and still waits as it was made; it may be made anew. Returns those posts."""
    connection = reading(session)
    found = []
    for occurrence in series.made(connection, series_id):
        post = occurrence.post
        if post is None or not is_there(connection, post) or posts.load(connection, post).revision != 1:
            continue
        waiting = standing(connection, post)
        if all(one.state is State.PLANNED and not one.begun and one.at.planned.wall == occurrence.wall for one in waiting):
            for one in waiting:
                outbox.cancel(session, one.delivery, at)
            posts.set_deleted(session, post, at)
            series.forget(session, series_id, post)
            found.append(post)
    return found


def _take_there(session: Session, step: ThereStep, at: datetime) -> None:
    if is_there(reading(session), step.post) is not step.before:
        raise NotAllowed(from_state="changed", to_state=_BACK)
    posts.set_deleted(session, step.post, None if step.after else at)


def _take_row(session: Session, step: RowStep, at: datetime) -> None:
    known = board.row_of(reading(session), step.table, step.number)
    if known != step.before:
        raise NotAllowed(from_state="changed", to_state=_BACK)
    board.put(session, step.table, step.number, step.after, at)
    if step.table == "label" and step.before and step.after and step.before["name"] != step.after["name"]:
        posts.rename_label(session, str(step.before["name"]), str(step.after["name"]))


def _take_time(session: Session, step: TimeStep, at: datetime) -> None:
    known = next((one for one in standing(reading(session), step.post) if one.account == step.account), None)
    if (known is None) is not (step.before is None):
        raise NotAllowed(from_state="changed" if known is None else known.state.value, to_state=_BACK)
    if known is not None:
        if known.state not in MOVABLE or known.begun:
            raise NotAllowed(from_state="partly_sent" if known.state in MOVABLE else known.state.value, to_state=_BACK)
        if step.before is not None and known.at.planned.utc != step.before.planned.utc:
            raise NotAllowed(from_state="changed", to_state=_BACK)
    if step.after is None:
        if known is not None:
            outbox.cancel(session, known.delivery, at)
    elif known is None:
        _plan(session, step.post, step.account, step.after, at)
    else:
        _put(session, known, step, at)


def _plan(session: Session, post_id: PostId, account_id: AccountId, wanted: At, at: datetime) -> None:
    """Plans again what was planned, if it still says what was approved then."""
    connection = reading(session)
    post = posts.load(connection, post_id)
    account = accounts.account(connection, account_id)
    if account.unlinked_at is not None:
        raise NotAllowed(from_state="unlinked", to_state=_BACK)
    if account_id not in post.accounts or outbox.current_mark(session, post) != wanted.mark:
        raise NotAllowed(from_state="edited", to_state=_BACK)
    if wanted.held is None:
        _check_future(wanted.planned, at)
    if post.approved != wanted.mark:
        posts.approve(session, post_id, wanted.mark)
    made = outbox.plan(session, post_id, account, planned=wanted.planned, mark=wanted.mark, at=at)
    if wanted.held is not None:
        outbox.hold(session, made, wanted.held, at, wanted.problem)


def _put(session: Session, known: Standing, step: TimeStep, at: datetime) -> None:
    """Gives a waiting delivery the time of the other side. Held stays held unless this very step held it or let it go."""
    wanted, before = step.after, step.before
    if wanted is None or before is None:
        raise NotAllowed(from_state=known.state.value, to_state=_BACK)
    if known.state is State.PLANNED and wanted.held is None:
        _check_future(wanted.planned, at)
        outbox.retime(session, known.delivery, wanted.planned, known.at.mark)
    elif known.state is State.PLANNED:
        outbox.hold(session, known.delivery, wanted.held or HeldBecause.EDITED, at, wanted.problem)
        outbox.retime_waiting(session, known.delivery, State.HELD, wanted.planned)
    elif before.held is not None and wanted.held is None:
        _check_future(wanted.planned, at)
        if outbox.current_mark(session, posts.load(reading(session), step.post)) != wanted.mark:
            raise NotAllowed(from_state="edited", to_state=_BACK)
        outbox.replan(session, known.delivery, wanted.planned, wanted.mark, at)
        posts.approve(session, step.post, wanted.mark)
    else:
        outbox.retime_waiting(session, known.delivery, known.state, wanted.planned)


def _check_future(planned: PlannedTime, at: datetime) -> None:
    if planned.utc <= at:
        raise BadInput(field="time", reason="past")


def same(first: At | None, second: At | None) -> bool:
    """Whether two ways to wait are one, as far as an arrangement can tell."""
    if first is None or second is None:
        return first is second
    return replace(first, problem=None) == replace(second, problem=None)


__all__ = ["Standing", "append", "is_there", "last", "note", "same", "standing", "take"]
