"""What stands around the posts of a calendar: labels, pillars, campaigns, notes, ideas, own dates. All of it can be undone."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time
from typing import TYPE_CHECKING, TypeVar
from zoneinfo import ZoneInfo

from msgspec import Struct
from msgspec.structs import replace

from cmdesk.domain.arranging import Verb
from cmdesk.domain.board import (
    CalendarNote,
    Campaign,
    CampaignId,
    Column,
    ColumnId,
    ColumnKind,
    Idea,
    IdeaId,
    Label,
    LabelId,
    NoteId,
    OwnDate,
    OwnDateId,
    Pillar,
    PillarId,
    PillarShare,
    PostPlan,
    Source,
    Suggested,
    check_days,
    clean_name,
    clean_share,
    clean_words,
    idea_text,
    moved,
)
from cmdesk.domain.client import Colour
from cmdesk.domain.errors import NameTaken, NotFound
from cmdesk.domain.ids import AccountId, MessageId, PostId
from cmdesk.domain.keydates import clean_rule
from cmdesk.domain.post import PostEdit, Variant
from cmdesk.services import inbox
from cmdesk.services.arranging import Recorder, arranging, set_plan
from cmdesk.store import board as store
from cmdesk.store import posts

if TYPE_CHECKING:
    from cmdesk.services.workspace import Workspace

T = TypeVar("T", bound=Struct)

# ---- reading


def labels(ws: Workspace) -> tuple[Label, ...]:
    """The labels with their colours, by name; a label that posts bear and nobody coloured is there too, with number 0."""
    with ws.read() as connection:
        known = {one.name: one for one in store.every(connection, Label)}
        used = store.labels_in_use(connection)
    found = {name: known.get(name, Label(LabelId(0), name)) for name in {*known, *used}}
    return tuple(found[name] for name in sorted(found, key=str.casefold))


def label_uses(ws: Workspace) -> Mapping[str, int]:
    """How many posts bear each label."""
    with ws.read() as connection:
        return store.labels_in_use(connection)


def pillars(ws: Workspace) -> tuple[Pillar, ...]:
    """The pillars in the order they were made."""
    with ws.read() as connection:
        return store.every(connection, Pillar)


def balance(ws: Workspace, start: datetime, end: datetime) -> tuple[PillarShare, ...]:
    """How the posts of a half-open span of instants (aware) are shared among the pillars; last, those of no pillar.

    A post with the labels of two pillars counts for both.
    """
    with ws.read() as connection:
        known = store.every(connection, Pillar)
        total, counts, none = store.label_counts(connection, start, end, frozenset(one.label for one in known))
    return (*(PillarShare(one, counts.get(one.label, 0), total) for one in known), PillarShare(None, none, total))


def campaigns(ws: Workspace, first: date | None = None, last: date | None = None) -> tuple[Campaign, ...]:
    """The campaigns with days in a span (its last day included), or all, by their first day."""
    with ws.read() as connection:
        return store.between(connection, Campaign, first or date.min, last or date.max)


def notes(ws: Workspace, first: date, last: date, *, shared_only: bool = False) -> tuple[CalendarNote, ...]:
    """The notes on days of a span (its last day included), or only those that the client may see."""
    with ws.read() as connection:
        found = store.between(connection, CalendarNote, first, last)
    return tuple(one for one in found if one.shared or not shared_only)


def suggested(ws: Workspace, start: datetime, end: datetime) -> tuple[Suggested, ...]:
    """Drafts whose suggested time lies in the half-open span of instants (aware), in order."""
    place = ZoneInfo(ws.client.timezone)
    walls = (moment.astimezone(place).replace(tzinfo=None) for moment in (start, end))
    with ws.read() as connection:
        return store.suggested(connection, ws.client.timezone, *walls)


def plan(ws: Workspace, post: PostId) -> PostPlan:
    """What is intended for a post beyond its deliveries."""
    with ws.read() as connection:
        return store.plan_of(connection, post)


def columns(ws: Workspace) -> tuple[Column, ...]:
    """The columns of the idea board, from the left."""
    with ws.read() as connection:
        return store.every(connection, Column, "position")


def ideas(ws: Workspace) -> tuple[Idea, ...]:
    """All ideas; those of a column from its top."""
    with ws.read() as connection:
        return store.every(connection, Idea, "position")


def own_dates(ws: Workspace) -> tuple[OwnDate, ...]:
    """The client's own dates."""
    with ws.read() as connection:
        return store.every(connection, OwnDate)


# ---- labels and pillars


async def add_label(ws: Workspace, name: str, colour: Colour) -> Label:
    """A label with a colour. Raises BadInput(field="name") or NameTaken."""
    wanted = clean_name(name)
    with arranging(ws, Verb.ADD) as recorder:
        _check_label(recorder, wanted)
        return _add(recorder, Label(LabelId(0), wanted, colour))


async def change_label(ws: Workspace, label: Label) -> None:
    """Another colour or name for a label; a new name is borne by the posts from then on. Raises BadInput or NameTaken."""
    wanted = replace(label, name=clean_name(label.name))
    with arranging(ws, Verb.CHANGE) as recorder:
        if not label.id:
            _check_label(recorder, wanted.name)
            _add(recorder, wanted)
            return
        known = store.one(recorder.connection, Label, label.id)
        if known.name != wanted.name:
            _check_label(recorder, wanted.name)
            posts.rename_label(recorder.session, known.name, wanted.name)
            for pillar in store.every(recorder.connection, Pillar):
                if pillar.label == known.name:
                    _put(recorder, replace(pillar, label=wanted.name))
        _put(recorder, wanted)


async def remove_label(ws: Workspace, label: LabelId) -> None:
    """Forgets the colour of a label; posts go on bearing it."""
    await _remove(ws, Label, label)


def _check_label(recorder: Recorder, name: str) -> None:
    if any(one.name == name for one in store.every(recorder.connection, Label)):
        raise NameTaken(name=name)


async def add_pillar(ws: Workspace, name: str, label: str, share: int = 0, colour: Colour = Colour.SLATE) -> Pillar:
    """A pillar, the label of its posts, and the percentage it should have. Raises BadInput."""
    with arranging(ws, Verb.ADD) as recorder:
        return _add(recorder, Pillar(PillarId(0), clean_name(name), clean_name(label, "label"), clean_share(share), colour))


async def change_pillar(ws: Workspace, pillar: Pillar) -> None:
    """Another name, label, share or colour. Raises BadInput or NotFound."""
    fresh = replace(
        pillar, name=clean_name(pillar.name), label=clean_name(pillar.label, "label"), share=clean_share(pillar.share)
    )
    await _change(ws, fresh)


async def remove_pillar(ws: Workspace, pillar: PillarId) -> None:
    """Takes a pillar away; labels stay."""
    await _remove(ws, Pillar, pillar)


# ---- campaigns and notes


async def add_campaign(
    ws: Workspace, name: str, first: date, last: date, *, colour: Colour = Colour.SLATE, note: str = ""
) -> Campaign:
    """A campaign from its first day to its last. Raises BadInput."""
    check_days(first, last)
    with arranging(ws, Verb.ADD) as recorder:
        return _add(recorder, Campaign(CampaignId(0), clean_name(name), first, last, colour, note.strip()))


async def change_campaign(ws: Workspace, campaign: Campaign) -> None:
    """Another name, other days, another colour. Raises BadInput or NotFound."""
    check_days(campaign.first, campaign.last)
    await _change(ws, replace(campaign, name=clean_name(campaign.name)))


async def remove_campaign(ws: Workspace, campaign: CampaignId) -> None:
    """Takes a campaign away; its posts stay."""
    await _remove(ws, Campaign, campaign)


async def join_campaign(ws: Workspace, post: PostId, campaign: CampaignId | None) -> None:
    """Says which campaign a post belongs to, or to none. Raises NotFound."""
    with arranging(ws, Verb.CHANGE) as recorder:
        if campaign is not None:
            store.one(recorder.connection, Campaign, campaign)
        posts.load(recorder.connection, post)
        set_plan(recorder, replace(store.plan_of(recorder.connection, post), campaign=campaign))


async def add_note(
    ws: Workspace, text: str, first: date, last: date | None = None, *, shared: bool = False, colour: Colour = Colour.SLATE
) -> CalendarNote:
    """A note on one day or several; the client sees it only when it is shared. Raises BadInput."""
    check_days(first, last or first)
    with arranging(ws, Verb.ADD) as recorder:
        return _add(recorder, CalendarNote(NoteId(0), clean_words(text), first, last or first, shared, colour))


async def change_note(ws: Workspace, note: CalendarNote) -> None:
    """Other words, other days. Raises BadInput or NotFound."""
    check_days(note.first, note.last)
    await _change(ws, replace(note, text=clean_words(note.text)))


async def remove_note(ws: Workspace, note: NoteId) -> None:
    """Takes a note away."""
    await _remove(ws, CalendarNote, note)


async def move_bar(ws: Workspace, bar: Campaign | CalendarNote, first: date) -> None:
    """Puts a campaign or a note on other days, as long as before. Raises NotFound."""
    length = bar.last - bar.first
    with arranging(ws, Verb.MOVE) as recorder:
        known = store.one(recorder.connection, type(bar), bar.id)
        _put(recorder, replace(known, first=first, last=first + length))


# ---- ideas


async def add_idea(
    ws: Workspace,
    text: str,
    *,
    column: ColumnId | None = None,
    labels: tuple[str, ...] = (),
    day: date | None = None,
    source: Source = Source.OWN,
    source_ref: str = "",
    campaign: CampaignId | None = None,
) -> Idea:
    """An idea on top of a column (the first one). Raises BadInput or NotFound."""
    words = clean_words(text)
    with arranging(ws, Verb.ADD) as recorder:
        all_columns = store.every(recorder.connection, Column, "position")
        where = all_columns[0].id if column is None and all_columns else store.one(recorder.connection, Column, column or 0).id
        made = Idea(
            IdeaId(0), where, 0, words, tuple(clean_name(one, "label") for one in labels), campaign, source, source_ref, day
        )
        made = _add(recorder, replace(made, created_at=recorder.at))
        for one in moved(store.every(recorder.connection, Idea), made.id, where, 0):
            _put(recorder, one)
        return made


async def idea_from_message(ws: Workspace, message: MessageId) -> Idea:
    """An idea with the words of a message. Raises NotFound or BadInput (it has no words)."""
    known = inbox.message(ws, message)
    return await add_idea(ws, known.text, source=Source.MESSAGE, source_ref=str(message))


async def idea_from_note(ws: Workspace, note: NoteId) -> Idea:
    """An idea with the words and the day of a note. Raises NotFound."""
    with ws.read() as connection:
        known = store.one(connection, CalendarNote, note)
    return await add_idea(ws, known.text, day=known.first, source=Source.NOTE, source_ref=str(note))


async def change_idea(ws: Workspace, idea: Idea) -> None:
    """Other words, labels, day or campaign. Raises BadInput or NotFound."""
    await _change(ws, replace(idea, text=clean_words(idea.text), labels=tuple(clean_name(one, "label") for one in idea.labels)))


async def move_idea(ws: Workspace, idea: IdeaId, column: ColumnId, place: int) -> None:
    """Puts an idea into a column at a place, 0 is the top. Raises NotFound."""
    with arranging(ws, Verb.MOVE) as recorder:
        store.one(recorder.connection, Column, column)
        store.one(recorder.connection, Idea, idea)
        for one in moved(store.every(recorder.connection, Idea), idea, column, place):
            _put(recorder, one)


async def remove_idea(ws: Workspace, idea: IdeaId) -> None:
    """Takes an idea away; a draft that was made of it stays."""
    await _remove(ws, Idea, idea)


async def draft_idea(ws: Workspace, idea: IdeaId, accounts: tuple[AccountId, ...] = (), wall: datetime | None = None) -> PostId:
    """A draft of an idea, suggested for its day (or for a wall time); the idea goes to the last column and keeps its draft.

    Raises NotFound.
    """
    with arranging(ws, Verb.ADD) as recorder:
        known = store.one(recorder.connection, Idea, idea)
        edit = PostEdit(
            text=idea_text(known),
            language=ws.client.language.value,
            variants=tuple(Variant(one) for one in accounts),
            labels=known.labels,
        )
        post = posts.insert(recorder.session, edit, recorder.at)
        recorder.made(post)
        at = wall or (None if known.day is None else datetime.combine(known.day, _MORNING))
        set_plan(recorder, PostPlan(post, at, known.campaign))
        used = next((one.id for one in store.every(recorder.connection, Column) if one.kind is ColumnKind.USED), known.column)
        _put(recorder, replace(known, post=post, column=used))
        return post


#: A day alone is suggested for nine in the morning.
_MORNING = time(9)


async def add_column(ws: Workspace, name: str) -> Column:
    """A column on the right. Raises BadInput."""
    with arranging(ws, Verb.ADD) as recorder:
        last = max((one.position for one in store.every(recorder.connection, Column)), default=-1)
        return _add(recorder, Column(ColumnId(0), ColumnKind.OWN, last + 1, clean_name(name)))


async def change_column(ws: Workspace, column: Column) -> None:
    """Another name or place. Raises BadInput or NotFound."""
    await _change(ws, replace(column, name=clean_name(column.name) if column.name else ""))


async def remove_column(ws: Workspace, column: ColumnId) -> None:
    """Takes a column away; its ideas go to the first that is left. Raises NotFound for the last one."""
    with arranging(ws, Verb.REMOVE) as recorder:
        rest = [one for one in store.every(recorder.connection, Column, "position") if one.id != column]
        if not rest:
            raise NotFound(what="idea_column", ref="another")
        for one in store.every(recorder.connection, Idea):
            if one.column == column:
                _put(recorder, replace(one, column=rest[0].id))
        _take(recorder, Column, column)


# ---- own dates


async def add_own_date(ws: Workspace, name: str, rule: str, *, gentle: bool = False, note: str = "") -> OwnDate:
    """A day that matters to this client. Raises BadInput(field="name" or "rule")."""
    with arranging(ws, Verb.ADD) as recorder:
        return _add(recorder, OwnDate(OwnDateId(0), clean_name(name), clean_rule(rule), gentle, note.strip()))


async def change_own_date(ws: Workspace, own: OwnDate) -> None:
    """Another name, another day. Raises BadInput or NotFound."""
    await _change(ws, replace(own, name=clean_name(own.name), rule=clean_rule(own.rule)))


async def remove_own_date(ws: Workspace, own: OwnDateId) -> None:
    """Takes a day away."""
    await _remove(ws, OwnDate, own)


# ---- rows, alike


def put_in(recorder: Recorder, value: T) -> T:
    """Writes a value within an arrangement: a new one (number 0) or another form of a known one."""
    if not value.id:  # type: ignore[attr-defined]  # as below
        return _add(recorder, value)
    _put(recorder, value)
    return value


def _add(recorder: Recorder, value: T) -> T:
    table = store.TABLES[type(value)]
    number = store.new_number(recorder.connection, table)
    recorder.row(table, number)
    made = replace(value, id=number)
    store.put(recorder.session, table, number, store.columns_of(made), recorder.at)
    return made


def _put(recorder: Recorder, value: Struct) -> None:
    table, number = store.TABLES[type(value)], int(value.id)  # type: ignore[attr-defined]  # every kind but a plan has one
    recorder.row(table, number)
    store.put(recorder.session, table, number, store.columns_of(value), recorder.at)


def _take(recorder: Recorder, kind: type[Struct], number: int) -> None:
    store.one(recorder.connection, kind, number)
    recorder.row(store.TABLES[kind], number)
    store.put(recorder.session, store.TABLES[kind], number, None, recorder.at)


async def _change(ws: Workspace, value: Struct) -> None:
    with arranging(ws, Verb.CHANGE) as recorder:
        store.one(recorder.connection, type(value), value.id)  # type: ignore[attr-defined]  # as above
        _put(recorder, value)


async def _remove(ws: Workspace, kind: type[Struct], number: int) -> None:
    with arranging(ws, Verb.REMOVE) as recorder:
        _take(recorder, kind, number)
