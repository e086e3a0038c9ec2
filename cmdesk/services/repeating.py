"""Makes posts out of a post that repeats: each occurrence once, as a post of its own that can be changed, moved or dropped."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from cmdesk.domain.draft_errors import BlockedByProblems, DraftDamaged
from cmdesk.domain.errors import NotAllowed
from cmdesk.domain.ids import PostId
from cmdesk.domain.post import edit_of
from cmdesk.domain.recurrence import clean_rule, occurrences
from cmdesk.domain.schedule import PlannedTime
from cmdesk.services import composing, planning
from cmdesk.store import posts
from cmdesk.store import series as store
from cmdesk.store.database import reading
from cmdesk.store.series import Occurrence, Series, SeriesId

if TYPE_CHECKING:
    from cmdesk.services.workspace import Workspace

#: How far ahead occurrences are made: what is nearer stands in the calendar as a post of its own.
HORIZON = timedelta(days=35)


class Made(Struct, frozen=True):
    """What became of one occurrence: its post is planned, or (``blocked``) a draft that a network would not take."""

    series: SeriesId
    post: PostId
    planned: PlannedTime
    blocked: bool = False


def every(ws: Workspace, *, with_ended: bool = False) -> tuple[Series, ...]:
    """The posts that repeat."""
    with ws.read() as connection:
        return store.every(connection, with_ended=with_ended)


def made(ws: Workspace, series: SeriesId) -> tuple[Occurrence, ...]:
    """The occurrences that were made or left out."""
    with ws.read() as connection:
        return store.made(connection, series)


def upcoming(ws: Workspace, one: Series, until: datetime) -> tuple[PlannedTime, ...]:
    """The occurrences from now on until an instant (aware), those too that were made."""
    rules = ws.clock.tzdata_version()
    return occurrences(one.rule, one.first, one.zone, after=ws.clock.now(), before=until, tzdata=rules)


async def begin(ws: Workspace, post: PostId, rule: str, first: PlannedTime) -> SeriesId:
    """Lets a post repeat by a rule, counted from a wall time; the post is the model and is not sent itself.

    Raises BadInput(field="rule"), NotFound, DraftDamaged, or NotAllowed for a post in the bin.
    """
    plain = clean_rule(rule)
    with ws.write() as session:
        model = posts.load(reading(session), post)
        if model.deleted_at is not None:
            raise NotAllowed(from_state="bin", to_state="series")
        return store.add(session, post, plain, first=first.wall, zone=first.zone, at=ws.clock.now())


async def end(ws: Workspace, series: SeriesId) -> None:
    """Makes nothing more of it; what was made stays. Raises NotFound."""
    with ws.write() as session:
        store.one(reading(session), series)
        store.end(session, series, ws.clock.now())


async def leave_out(ws: Workspace, series: SeriesId, wall: datetime) -> None:
    """Makes no post of one occurrence. Raises NotFound, or NotAllowed when its post is there already."""
    with ws.write() as session:
        store.one(reading(session), series)
        if not store.note(session, series, wall, None):
            raise NotAllowed(from_state="made", to_state="left_out")


async def make(ws: Workspace, until: datetime | None = None) -> tuple[Made, ...]:
    """Makes and plans the posts of all occurrences until an instant (aware; default: the horizon) that have none yet.

    An occurrence is noted in the transaction in which its post is written, so a crash leaves neither two nor none: a draft
    that was not planned any more is planned by the next call. Occurrences in the past are not made up for.
    """
    found: list[Made] = []
    for one in every(ws):
        there = {occurrence.wall: occurrence.post for occurrence in made(ws, one.id)}
        for planned in upcoming(ws, one, until or ws.clock.now() + HORIZON):
            if planned.wall not in there:
                found.append(await _plan(ws, one, planned, _written(ws, one, planned.wall)))
            elif (post := there[planned.wall]) is not None and _never_planned(ws, post):
                found.append(await _plan(ws, one, planned, post))
    return tuple(found)


def _written(ws: Workspace, one: Series, wall: datetime) -> PostId:
    now = ws.clock.now()
    with ws.write() as session:
        model = posts.load(reading(session), one.post)
        post = posts.insert(session, edit_of(model), now)
        if not store.note(session, one.id, wall, post):
            raise NotAllowed(from_state="made", to_state="made")
    return post


def _never_planned(ws: Workspace, post: PostId) -> bool:
    """A draft that stands as it was made: nobody planned, changed or binned it."""
    draft = composing.load(ws, post)
    return draft.approved is None and draft.revision == 1 and draft.deleted_at is None and not planning.deliveries(ws, post)


async def _plan(ws: Workspace, one: Series, planned: PlannedTime, post: PostId) -> Made:
    try:
        await planning.schedule(ws, post, planned)
    except (BlockedByProblems, DraftDamaged):
        return Made(one.id, post, planned, blocked=True)
    return Made(one.id, post, planned)


__all__ = [
    "HORIZON",
    "Made",
    "Occurrence",
    "Series",
    "SeriesId",
    "begin",
    "end",
    "every",
    "leave_out",
    "made",
    "make",
    "upcoming",
]
