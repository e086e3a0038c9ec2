"""Makes posts out of a post that repeats: each occurrence once, as a post of its own that can be changed, moved or dropped."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from cmdesk.domain.arranging import LeftOutStep, SeriesStep, Verb
from cmdesk.domain.board import clean_words
from cmdesk.domain.draft_errors import BlockedByProblems, DraftDamaged
from cmdesk.domain.errors import BadInput, NotAllowed, NotFound
from cmdesk.domain.ids import PostId
from cmdesk.domain.post import PostEdit, edit_of
from cmdesk.domain.recurrence import clean_rule, occurrences, walls
from cmdesk.domain.schedule import PlannedTime
from cmdesk.services import composing, planning
from cmdesk.services.arranging import arranging
from cmdesk.store import arranging as arranged
from cmdesk.store import posts
from cmdesk.store import series as store
from cmdesk.store.database import reading
from cmdesk.store.series import Occurrence, Series, SeriesId

if TYPE_CHECKING:
    from cmdesk.services.workspace import Workspace

log = logging.getLogger(__name__)

#: How far ahead the dates of a rule are shown before it begins.
_PREVIEWED = timedelta(days=366 * 5)
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


def texts(ws: Workspace, series: SeriesId) -> tuple[str, ...]:
    """The other wordings of a series, taken in turn with the model's own."""
    with ws.read() as connection:
        return store.texts(connection, series)


def preview(ws: Workspace, rule: str, first: PlannedTime, *, number: int = 10) -> tuple[PlannedTime, ...]:
    """The next dates of a rule before it begins, each with what daylight saving does to it. Raises BadInput(field="rule")."""
    now = ws.clock.now()
    begin = max(now, first.utc - timedelta(seconds=1))
    return occurrences(
        clean_rule(rule),
        first.wall,
        first.zone,
        after=begin,
        before=begin + _PREVIEWED,
        tzdata=ws.clock.tzdata_version(),
        most=number,
    )


async def begin(ws: Workspace, post: PostId, rule: str, first: PlannedTime, texts: Sequence[str] = ()) -> SeriesId:
    """Lets a post repeat by a rule, counted from a wall time; the post is the model and is not sent itself.

    ``texts`` are other wordings: the first occurrence has the model's own words, the next the first of these, and so on, and
    around again. Raises BadInput(field="rule" or "text"), NotFound, DraftDamaged, or NotAllowed for a post in the bin.
    """
    plain = clean_rule(rule)
    words = tuple(clean_words(text) for text in texts)
    with arranging(ws, Verb.REPEAT) as recorder:
        model = posts.load(recorder.connection, post)
        if model.deleted_at is not None:
            raise NotAllowed(from_state="bin", to_state="series")
        made = store.add(recorder.session, post, plain, first=first.wall, zone=first.zone, at=recorder.at)
        store.set_texts(recorder.session, made, words)
        recorder.step(SeriesStep(made, before=False, after=True, clears=True))
    return made


async def set_texts(ws: Workspace, series: SeriesId, texts: Sequence[str]) -> None:
    """Other wordings for what is made from now on. Raises BadInput(field="text") or NotFound."""
    words = tuple(clean_words(text) for text in texts)
    with ws.write() as session:
        store.one(reading(session), series)
        store.set_texts(session, series, words)


async def end(ws: Workspace, series: SeriesId, *, take_back: bool = False) -> None:
    """Makes nothing more of it. What was made ahead stays, or with ``take_back`` goes too, where nobody changed it.

    Raises NotFound, or NotAllowed when it has ended already.
    """
    with arranging(ws, Verb.END_REPEAT) as recorder:
        store.one(recorder.connection, series)
        store.set_alive(recorder.session, series, alive=False, at=recorder.at)
        if take_back:
            arranged.clear(recorder.session, series, recorder.at)
        recorder.step(SeriesStep(series, before=True, after=False, clears=take_back))


async def resume(ws: Workspace, series: SeriesId) -> None:
    """Lets an ended series go on, from now. Raises NotFound, or NotAllowed when it goes on already."""
    with arranging(ws, Verb.REPEAT) as recorder:
        store.one(recorder.connection, series)
        store.set_alive(recorder.session, series, alive=True, at=recorder.at)
        recorder.step(SeriesStep(series, before=False, after=True))


async def leave_out(ws: Workspace, series: SeriesId, wall: datetime) -> None:
    """Makes no post of one occurrence. Raises NotFound, or NotAllowed when its post is there already."""
    with arranging(ws, Verb.LEAVE_OUT) as recorder:
        store.one(recorder.connection, series)
        if not store.note(recorder.session, series, wall, None):
            raise NotAllowed(from_state="made", to_state="left_out")
        recorder.step(LeftOutStep(series, wall, before=False, after=True))


async def make(ws: Workspace, until: datetime | None = None) -> tuple[Made, ...]:
    """Makes and plans the posts of all occurrences until an instant (aware; default: the horizon) that have none yet.

    An occurrence is noted in the transaction in which its post is written, so a crash leaves neither two nor none: a draft
    that was not planned any more is planned by the next call. Occurrences in the past are not made up for.
    """
    found: list[Made] = []
    for one in every(ws):
        try:
            found += await _made_of(ws, one, until or ws.clock.now() + HORIZON)
        except DraftDamaged as damage:  # its words must be mended first; the others go on
            log.warning("a post that repeats can't be read: %s", damage.code)
    return tuple(found)


async def _made_of(ws: Workspace, one: Series, until: datetime) -> list[Made]:
    found: list[Made] = []
    there = {occurrence.wall: occurrence.post for occurrence in made(ws, one.id)}
    coming = upcoming(ws, one, until)
    turns = _turns(one, coming) if texts(ws, one.id) else {}
    for planned in coming:
        if planned.wall not in there:
            post = _written(ws, one, planned.wall, turns.get(planned.wall, 0))
            if post is not None:
                found.append(await _plan(ws, one, planned, post))
        elif (known := there[planned.wall]) is not None and _never_planned(ws, known):
            found.append(await _plan(ws, one, planned, known))
    return found


def _turns(one: Series, coming: Sequence[PlannedTime]) -> dict[datetime, int]:
    """Which occurrence each is, by the rule and not by what was made: a crash or a gap never says a wording twice in a row."""
    last = coming[-1].wall if coming else one.first
    return {wall: number for number, wall in enumerate(walls(one.rule, one.first, one.zone, last))}


def _written(ws: Workspace, one: Series, wall: datetime, turn: int) -> PostId | None:
    """Writes the post of an occurrence; None when another program has just done so, or somebody left it out."""
    now = ws.clock.now()
    with ws.write() as session:
        if any(known.wall == wall for known in store.made(reading(session), one.id)):
            return None
        model = posts.load(reading(session), one.post)
        if model.deleted_at is not None:  # who bins the model wants no more of it, and may take it out of the bin again
            return None
        post = posts.insert(session, _worded(edit_of(model), store.texts(reading(session), one.id), turn), now)
        store.note(session, one.id, wall, post)
    return post


def _worded(edit: PostEdit, words: tuple[str, ...], turn: int) -> PostEdit:
    """The model in the wording whose turn it is; an account with words of its own keeps them in the model's turn alone."""
    chosen = turn % (len(words) + 1)
    if chosen == 0:
        return edit
    variants = tuple(replace(one, text=None) for one in edit.variants)
    return replace(edit, text=words[chosen - 1], variants=variants)


def _never_planned(ws: Workspace, post: PostId) -> bool:
    """A draft that stands as it was made: nobody planned, changed or binned it."""
    draft = composing.load(ws, post)
    return draft.approved is None and draft.revision == 1 and draft.deleted_at is None and not planning.deliveries(ws, post)


async def _plan(ws: Workspace, one: Series, planned: PlannedTime, post: PostId) -> Made:
    try:
        await planning.schedule(ws, post, planned)
    except (BlockedByProblems, DraftDamaged, BadInput, NotFound):
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
    "preview",
    "resume",
    "set_texts",
    "texts",
    "upcoming",
]
