"""Calendars out into files and in from them: iCalendar, tables, JSON, a file that is kept up to date, a CalDAV server."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from cmdesk.cli import finding, reading
from cmdesk.cli.exits import Exit
from cmdesk.cli.house import open_desk
from cmdesk.cli.output import Json
from cmdesk.cli.run import Call
from cmdesk.cli.text import table
from cmdesk.domain import tabular
from cmdesk.domain.errors import BadInput
from cmdesk.domain.exchange import Action, Preview, Wish
from cmdesk.domain.ids import Kind, ref
from cmdesk.services import exchange, sharing, terms
from cmdesk.services.handover import disk_problem
from cmdesk.services.workspace import Workspace

_FORMS = ("ics", "csv", "json")


async def export(call: Call) -> Exit:
    """Writes the calendar of one client, or of all, into a file."""
    args = call.args
    path = reading.path(args.file)
    form = args.format or path.suffix.lower().removeprefix(".")
    if form not in _FORMS:
        raise BadInput(field="format", reason="unknown", given=path.name[:80], known=", ".join(_FORMS))
    if not path.parent.is_dir():
        raise BadInput(field="file", reason="no_folder", given=args.file[:80])
    first, last = (None if text is None else reading.day(text) for text in (args.start, args.end))
    async with open_desk(call) as desk:
        rooms = finding.clients(desk, args.client)
        number, data = _written(rooms, form, first, last, for_client=args.for_client)
        try:
            exchange.write_file(path, data)
        except OSError as error:
            raise disk_problem(error) from None
    document: dict[str, Json] = {"file": str(path), "format": form, "entries": number, "size": len(data)}
    call.output.result(document, call.words.counted("calendar.exported", number, file=str(path)))
    return Exit.DONE


def _written(
    rooms: tuple[Workspace, ...], form: str, first: date | None, last: date | None, *, for_client: bool
) -> tuple[int, bytes]:
    found = [(ws, exchange.entries(ws, first, last, for_client=for_client)) for ws in rooms]
    number = sum(len(entries) for _, entries in found)
    return number, exchange.together(found, form)


async def import_file(call: Call) -> Exit:
    """Reads a file, prints what it would bring and every error by its line; brings it in unless ``--check`` is given."""
    args = call.args
    data = exchange.read_file(reading.existing(args.file))
    is_table = Path(args.file).suffix.lower() == ".csv" or data.lstrip(b"\xef\xbb\xbf \r\n\t")[:6].upper() != b"BEGIN:"
    async with open_desk(call) as desk:
        ws = finding.working_client(desk, args.client)
        accounts = tuple({finding.account(ws, named).id: None for named in args.account})
        if is_table:
            mapping = _mapping(args.map, data) if args.map else None
            found = await exchange.preview_csv(ws, data, mapping=mapping, accounts=accounts, plan=args.plan)
        else:
            found = await exchange.preview_ics(ws, data, accounts=accounts, plan=args.plan)
        document = _document(ws, found)
        for one in found.errors:
            given = f"({one.given})" if one.given else ""
            said = call.words.problem(BadInput(field=one.field, reason=one.reason, given=one.given))
            call.output.say(call.words("calendar.line_error", line=one.line, sentence=said, given=given).rstrip())
        if found.errors:
            call.output.result(document, call.words.counted("calendar.not_imported", len(found.errors)))
            return Exit.PROBLEM
        if args.check:
            call.output.result(document, _listed(call, found))
            return Exit.DONE
        brought = await exchange.bring_in(ws, found)
    document["imported"] = True
    document["posts"] = [ref(ws.client.id, Kind.POST, post) for post in brought.posts]
    document |= {"notes": brought.notes, "moved": brought.moved, "same": brought.same, "planned": brought.planned}
    human = call.words.counted("calendar.imported", len(brought.posts) + brought.notes, moved=brought.moved, same=brought.same)
    call.output.result(document, human)
    return Exit.DONE


def _mapping(pairs: list[str], data: bytes) -> Mapping[str, int]:
    """Fields and the columns that hold them, by heading or number, on top of what the headings say."""
    columns = tabular.read(data).columns
    found = dict(tabular.guess(columns))
    for pair in pairs:
        name, _, column = pair.partition("=")
        if column in columns:
            place = columns.index(column)
        elif re.fullmatch(r"[1-9]\d?", column):
            place = int(column) - 1
        else:
            raise BadInput(field="mapping", reason="unknown", given=pair[:80], known=", ".join(tabular.FIELDS))
        found = {known: where for known, where in found.items() if where != place} | {name.strip(): place}
    return found


def _document(ws: Workspace, found: Preview) -> dict[str, Json]:
    return {
        "client": ws.client.id,
        "entries": [_wish(ws, wish) for wish in found.wishes],
        "errors": [{"line": one.line, "field": one.field, "reason": one.reason, "given": one.given} for one in found.errors],
        "columns": list(found.columns),
        "mapping": {name: found.columns[place] for name, place in found.mapping.items()},
        "day_first": found.day_first,
        "imported": False,
    }


def _wish(ws: Workspace, wish: Wish) -> dict[str, Json]:
    return {
        "line": wish.line,
        "kind": wish.kind.value,
        "action": wish.action.value,
        "wall": None if wish.wall is None else wish.wall.isoformat(),
        "first": None if wish.first is None else wish.first.isoformat(),
        "last": None if wish.last is None else wish.last.isoformat(),
        "text": wish.text,
        "accounts": [ref(ws.client.id, Kind.ACCOUNT, one) for one in wish.accounts],
        "labels": list(wish.labels),
        "campaign": wish.campaign,
        "uid": wish.uid,
        "post": None if wish.post is None else ref(ws.client.id, Kind.POST, wish.post),
        "warnings": list(wish.warnings),
    }


def _listed(call: Call, found: Preview) -> str:
    words = call.words
    header = tuple(words(f"column.{name}") for name in ("line", "action", "time", "text"))
    lines = [
        (
            str(wish.line),
            words(f"import.{wish.action.value}"),
            f"{wish.wall:%Y-%m-%d %H:%M}" if wish.wall else "" if wish.first is None else wish.first.isoformat(),
            wish.text.split("\n", 1)[0][:60],
        )
        for wish in found.wishes
    ]
    changed = sum(wish.action is not Action.SAME for wish in found.wishes)
    return "\n".join([table(header, lines), words.counted("calendar.would_import", changed)]) if lines else words("agenda.none")


async def keep(call: Call) -> Exit:
    """Keeps a calendar file up to date for programs that subscribe to it; without a file it is no longer kept."""
    args = call.args
    async with open_desk(call) as desk:
        ws = finding.client(desk, args.client)
        known = terms.of(ws).sharing
        if args.file is None:
            await terms.set_sharing(ws, replace(known, file=""))
            call.output.result({"client": ws.client.id, "file": None}, call.words("calendar.kept_no_more"))
            return Exit.DONE
        path = reading.path(args.file)
        if not path.parent.is_dir():
            raise BadInput(field="file", reason="no_folder", given=args.file[:80])
        try:
            exchange.check_kept(path)
            await terms.set_sharing(ws, replace(known, file=str(path)))
            await exchange.keep_file(ws)
        except OSError as error:
            raise disk_problem(error) from None
    call.output.result({"client": ws.client.id, "file": str(path)}, call.words("calendar.kept", file=str(path)))
    return Exit.DONE


async def publish(call: Call) -> Exit:
    """Publishes a client's calendar on a CalDAV server, or ends that; the password comes on standard input."""
    args = call.args
    async with open_desk(call) as desk:
        ws = finding.client(desk, args.client)
        if args.end:
            await sharing.end(ws)
            call.output.result({"client": ws.client.id, "url": None}, call.words("calendar.published_no_more"))
            return Exit.DONE
        if args.url is not None:
            secret = reading.secret_of(call.around.stdin, "password") if args.password_stdin else None
            await sharing.connect(ws, reading.address(args.url), args.user or "", secret, allow_private=args.allow_private)
        done = await sharing.publish(ws)
    document: dict[str, Json] = {
        "client": ws.client.id, "url": done.url, "put": done.put, "removed": done.removed, "same": done.same,
    }  # fmt: skip
    call.output.result(document, call.words.counted("calendar.published", done.put, url=done.url, removed=done.removed))
    return Exit.DONE
