"""The calendar as lists: what is planned and went out, key dates, slots, cover; and the way back from what was arranged."""

from datetime import date, datetime, timedelta

from cmdesk.cli import finding, reading, shapes, told
from cmdesk.cli.exits import Exit
from cmdesk.cli.house import open_desk
from cmdesk.cli.output import Json
from cmdesk.cli.run import Call
from cmdesk.cli.text import iso, table
from cmdesk.domain.arranging import Arranged
from cmdesk.domain.board import Suggested
from cmdesk.domain.cover import Cover
from cmdesk.domain.errors import BadInput
from cmdesk.domain.ids import Kind, ref
from cmdesk.domain.schedule import resolve
from cmdesk.domain.slots import clean_slots, written
from cmdesk.domain.views import AgendaEntry
from cmdesk.services import arranging, board, cover, keydates, planning, slots, terms
from cmdesk.services.workspace import Workspace

_WEEK = timedelta(days=7)


async def agenda(call: Call) -> Exit:
    """Prints the agenda of one client or of all; days are those of each client's zone. Suggested drafts are in it, marked."""
    args = call.args
    words = call.words
    found: list[tuple[datetime, dict[str, Json], tuple[str, ...]]] = []
    async with open_desk(call) as desk:
        for ws in finding.clients(desk, args.client):
            start, end = _span(call, ws)
            found += [
                (entry.planned.utc, {**shapes.agenda_entry(entry), "suggested": False}, _line(call, ws, entry))
                for entry in planning.agenda(ws, start, end)
            ]
            for draft in board.suggested(ws, start, end):
                when = resolve(draft.wall, draft.zone)
                found.append((when.utc, _suggested(ws, draft), _suggested_line(call, ws, draft)))
    found.sort(key=lambda one: one[0])
    header = tuple(words(f"column.{name}") for name in ("time", "client", "post", "state", "accounts", "text"))
    lines = [line for _, _, line in found]
    call.output.result([document for _, document, _ in found], table(header, lines) if lines else words("agenda.none"))
    return Exit.DONE


def _line(call: Call, ws: Workspace, entry: AgendaEntry) -> tuple[str, ...]:
    return (
        told.wall(entry.planned),
        ws.client.name,
        ref(entry.client, Kind.POST, entry.post),
        call.words(f"post_state.{entry.state.value}"),
        ", ".join(mark.handle for mark in entry.accounts),
        told.preview(entry.preview),
    )


def _suggested_line(call: Call, ws: Workspace, draft: Suggested) -> tuple[str, ...]:
    time = told.wall(resolve(draft.wall, draft.zone))
    return (
        time,
        ws.client.name,
        ref(ws.client.id, Kind.POST, draft.post),
        call.words("agenda.suggested"),
        "",
        told.preview(draft.preview),
    )


def _suggested(ws: Workspace, draft: Suggested) -> dict[str, Json]:
    return {
        "post": ref(ws.client.id, Kind.POST, draft.post),
        "client": ws.client.id,
        "kind": "post",
        "state": "draft",
        "planned": shapes.planned(resolve(draft.wall, draft.zone)),
        "preview": draft.preview,
        "deliveries": [],
        "accounts": [],
        "has_media": draft.has_media,
        "movable": True,
        "suggested": True,
    }


def _days(call: Call, ws: Workspace, length: timedelta = _WEEK) -> tuple[date, date]:
    """The days that are asked for, the last one included: from today for a week unless something else is said."""
    args = call.args
    first = reading.today(ws.clock.now(), ws.client.timezone) if args.start is None else reading.day(args.start)
    try:
        last = first + length if args.end is None else reading.day(args.end)
    except OverflowError:
        raise BadInput(field="day", reason="out_of_range", given=first.isoformat()) from None
    if last < first:
        raise BadInput(field="day", reason="order")
    return first, last


def _span(call: Call, ws: Workspace) -> tuple[datetime, datetime]:
    first, last = _days(call, ws)
    zone = ws.client.timezone
    return reading.day_starts(first, zone), reading.day_ends(last, zone)


# ---- key dates


async def dates(call: Call) -> Exit:
    """Prints the key dates of a client; with ``--lists``, ``--off`` and ``--on`` sets first which it looks at."""
    args = call.args
    async with open_desk(call) as desk:
        ws = finding.client(desk, args.client)
        if args.lists is not None:
            await keydates.choose(ws, frozenset(one.strip() for one in args.lists.split(",") if one.strip()))
        for key in args.off or ():
            await keydates.switch(ws, key, on=False)
        for key in args.on or ():
            await keydates.switch(ws, key, on=True)
        first, last = _days(call, ws, timedelta(days=31))
        if (last - first).days > 3660:
            raise BadInput(field="day", reason="out_of_range", given=last.isoformat())
        found = keydates.days(ws, first, last)
    words = call.words
    language = words.locale
    header = tuple(words(f"column.{name}") for name in ("day", "id", "name", "marks"))
    lines = [
        (
            one.first.isoformat() if one.first == one.last else f"{one.first.isoformat()} – {one.last.isoformat()}",
            one.id,
            one.name(language),
            ", ".join(words(f"mark.{mark}") for mark in ("public", "gentle", "trade") if getattr(one, mark)),
        )
        for one in found
    ]
    document: list[Json] = [
        {
            "id": one.id,
            "first": one.first.isoformat(),
            "last": one.last.isoformat(),
            "french": one.french,
            "english": one.english,
            "gentle": one.gentle,
            "trade": one.trade,
            "public": one.public,
            "lists": sorted(one.lists),
            "source": one.source,
            "own": bool(one.own),
        }
        for one in found
    ]
    call.output.result(document, table(header, lines) if lines else words("dates.none"))
    return Exit.DONE


# ---- slots


async def show_slots(call: Call) -> Exit:
    """Prints an account's next free slots; with ``--set`` and ``--distance`` sets them first, for it or for the client."""
    args = call.args
    async with open_desk(call) as desk:
        ws = finding.client(desk, args.client)
        account = None if args.account is None else finding.account(ws, args.account)
        if args.set is not None:
            await terms.set_slots(ws, clean_slots(args.set), None if account is None else account.id)
        if args.distance is not None:
            await terms.set_distance(ws, args.distance)
        agreed = terms.of(ws)
        mine = agreed.slots.every if account is None else agreed.slots.of(account.id)
        now = ws.clock.now()
        free = () if account is None else slots.free(ws, account.id, now, now + timedelta(days=14))
    document: dict[str, Json] = {
        "client": ws.client.id,
        "account": None if account is None else ref(ws.client.id, Kind.ACCOUNT, account.id),
        "slots": written(mine),
        "distance": agreed.distance,
        "free": [shapes.planned(one) for one in free[:20]],
    }
    human = [written(mine) or call.words("slots.none"), *(told.wall(one) for one in free[:20])]
    call.output.result(document, "\n".join(human))
    return Exit.DONE


# ---- back and forth


async def undo(call: Call) -> Exit:
    """Takes back what was arranged last for a client."""
    async with open_desk(call) as desk:
        ws = finding.client(desk, call.args.client)
        return _turned(call, ws, await arranging.undo(ws), "undo.done")


async def redo(call: Call) -> Exit:
    """Does again what was taken back last."""
    async with open_desk(call) as desk:
        ws = finding.client(desk, call.args.client)
        return _turned(call, ws, await arranging.redo(ws), "redo.done")


def _turned(call: Call, ws: Workspace, done: Arranged, key: str) -> Exit:
    names = [ref(ws.client.id, Kind.POST, post) for post in done.posts]
    what = call.words(f"verb.{done.verb.value}")
    call.output.result({"verb": done.verb.value, "posts": names}, call.words(key, what=what, posts=names))
    return Exit.DONE


# ---- cover


async def show_cover(call: Call) -> Exit:
    """Prints when clients are open and nobody is there; with ``--away`` as if these days were days off."""
    args = call.args
    async with open_desk(call) as desk:
        today = reading.today(desk.clock.now(), desk.clock.zone_name())
        first = today if args.start is None else reading.day(args.start)
        last = first + timedelta(days=6) if args.end is None else reading.day(args.end)
        found = cover.holiday(desk, first, last) if args.away else cover.week(desk, first, days=(last - first).days + 1)
        zone = desk.clock.zone_name()
    words = call.words
    header = tuple(words(f"column.{name}") for name in ("client", "covered", "gap", "broken"))
    lines = []
    for one in found.clients:
        state = words("cover.yes" if one.is_covered else "cover.no")
        if not one.gaps:
            lines.append((one.name, state, "", ""))
        for gap in one.gaps:
            broken = "" if gap.broken_at is None else told.local(gap.broken_at, zone)
            lines.append((one.name, state, f"{told.local(gap.start, zone)} – {told.local(gap.end, zone)}", broken))
    call.output.result(_cover(found), table(header, lines) if lines else words("cover.none"))
    return Exit.DONE if all(one.is_covered for one in found.clients) else Exit.DECISION


def _cover(found: Cover) -> dict[str, Json]:
    return {
        "first": found.first.isoformat(),
        "last": found.last.isoformat(),
        "own": [[iso(one.start), iso(one.end)] for one in found.own],
        "clients": [
            {
                "client": one.client,
                "name": one.name,
                "promise": one.promise,
                "covered": one.is_covered,
                "open": [[iso(each.start), iso(each.end)] for each in one.open],
                "gaps": [
                    {
                        "start": iso(gap.start),
                        "end": iso(gap.end),
                        "broken_at": None if gap.broken_at is None else iso(gap.broken_at),
                    }
                    for gap in one.gaps
                ],
            }
            for one in found.clients
        ],
        "together": [{"start": iso(one.start), "end": iso(one.end), "clients": list(one.clients)} for one in found.together],
        "without_hours": list(found.without_hours),
    }
