"""What surrounds a message: who wrote it, notes and labels, how long people wait, and evidence."""

from pathlib import Path

from cmdesk.cli import finding, shapes, told
from cmdesk.cli.exits import Exit
from cmdesk.cli.house import open_desk
from cmdesk.cli.output import Json
from cmdesk.cli.run import Call
from cmdesk.cli.text import fields, iso, table
from cmdesk.domain.ids import Kind, ref
from cmdesk.services import handling, inbox, people, policing, responding
from cmdesk.services.handover import disk_problem


async def person(call: Call) -> Exit:
    """Prints what this client knows of who wrote a message."""
    async with open_desk(call) as desk:
        workspace, message = finding.message(desk, call.args.message)
        card = people.card(workspace, message)
    zone, words = workspace.client.timezone, call.words
    document: dict[str, Json] = {
        "client": workspace.client.id,
        "handle": card.author.handle,
        "name": card.author.name,
        "network": card.network.value,
        "wrote": card.exchanges.wrote,
        "answered": card.exchanges.answered,
        "first_at": None if card.exchanges.first_at is None else iso(card.exchanges.first_at),
        "last_at": None if card.exchanges.last_at is None else iso(card.exchanges.last_at),
        "notes": [one.text for one in card.notes],
        "promises": [one.text for one in card.open_promises],
        "measures": [one.measure.value for one in card.sanctions],
        "latest": [shapes.message_row(row) for row in card.latest],
    }
    pairs = [
        (words("column.who"), f"{card.author.name} @{card.author.handle}"),
        (words("column.number"), f"{card.exchanges.wrote} / {card.exchanges.answered}"),
        *((words("column.detail"), one.text) for one in card.notes),
        *((words("column.detail"), one.text) for one in card.open_promises),
    ]
    lines = [
        (ref(row.client, Kind.MESSAGE, row.id), told.local(row.created_at, zone), told.preview(row.preview))
        for row in card.latest
    ]
    header = tuple(words(f"column.{name}") for name in ("id", "when", "text"))
    call.output.result(document, f"{fields(pairs)}\n\n{table(header, lines)}" if lines else fields(pairs))
    return Exit.DONE


async def note(call: Call) -> Exit:
    """Keeps a note on a message, or on who wrote it."""
    async with open_desk(call) as desk:
        workspace, message = finding.message(desk, call.args.message)
        await handling.add_note(workspace, message, call.args.text, about_person=call.args.person)
        found = handling.notes(workspace, message)
    document: dict[str, Json] = {"message": call.args.message, "notes": [one.text for one in found]}
    call.output.result(document, call.words("inbox.noted"))
    return Exit.DONE


async def label(call: Call) -> Exit:
    """Puts a label on a message, or takes it off."""
    async with open_desk(call) as desk:
        workspace, message = finding.message(desk, call.args.message)
        inbox.message(workspace, message)
        await handling.label(workspace, [message], call.args.label, on=not call.args.remove)
        found = handling.labels(workspace, [message]).get(message, ())
    call.output.result({"message": call.args.message, "labels": list(found)}, ", ".join(found))
    return Exit.DONE


async def waiting(call: Call) -> Exit:
    """Prints how long people wait in each client's own hours, and how the last weeks were."""
    async with open_desk(call) as desk:
        rooms = finding.clients(desk, call.args.client)
        found = [(room, responding.outlook(room), responding.weeks(room, call.args.weeks)) for room in rooms]
    document: list[Json] = [
        {
            "client": room.client.id,
            "waiting": outlook.waiting,
            "over": [ref(room.client.id, Kind.MESSAGE, one) for one in outlook.over],
            "at_risk": [ref(room.client.id, Kind.MESSAGE, one) for one in outlook.at_risk],
            "weeks": [
                {
                    "monday": week.monday.isoformat(),
                    "answered": week.answered,
                    "in_time": week.in_time,
                    "median_minutes": week.median,
                    "ninety_minutes": week.ninety,
                }
                for week in weeks
            ],
        }
        for room, outlook, weeks in found
    ]
    words = call.words
    lines = [
        words(
            "inbox.waiting",
            name=room.client.name,
            waiting=outlook.waiting,
            over=len(outlook.over),
            risk=len(outlook.at_risk),
            answered=weeks[-1].answered if weeks else 0,
        )
        for room, outlook, weeks in found
    ]
    call.output.result(document, "\n".join(lines) if lines else words("inbox.none"))
    return Exit.DONE


async def evidence(call: Call) -> Exit:
    """Writes evidence with its seals into an archive."""
    async with open_desk(call) as desk:
        workspace = finding.client(desk, call.args.client)
        try:
            count = await policing.export_evidence(workspace, Path(call.args.file))
        except OSError as error:
            raise disk_problem(error) from None
    call.output.result({"file": call.args.file, "pieces": count}, call.words.counted("inbox.evidence", count))
    return Exit.DONE
