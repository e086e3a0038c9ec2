"""The journal: read, checked, and handed out."""

from cmdesk.cli import finding, reading, told
from cmdesk.cli.exits import Exit
from cmdesk.cli.house import open_desk
from cmdesk.cli.output import Json
from cmdesk.cli.run import Call
from cmdesk.cli.text import table
from cmdesk.domain.ids import Kind, ref
from cmdesk.services import journaling


async def list_lines(call: Call) -> Exit:
    """Prints lines of the journal, the newest first."""
    args = call.args
    most = reading.limit(args.limit)
    async with open_desk(call) as desk:
        if args.delivery is None:
            pairs = [(room, line) for room in finding.clients(desk, args.client) for line in journaling.lines(room, limit=most)]
        else:
            room, delivery = finding.delivery(desk, args.delivery)
            pairs = [(room, line) for line in journaling.lines(room, delivery=delivery, limit=most)]
    pairs = sorted(pairs, key=lambda pair: (pair[1].at, pair[1].number), reverse=True)[:most]
    words = call.words
    header = tuple(
        words(f"column.{name}") for name in ("client", "number", "when", "event", "delivery", "part", "outcome", "detail")
    )
    lines = [
        (
            room.client.name,
            str(line.number),
            told.local(line.at, room.client.timezone),
            words(f"event.{line.event.value}"),
            "" if line.delivery is None else ref(room.client.id, Kind.DELIVERY, line.delivery),
            "" if line.part is None else str(line.part + 1),
            line.outcome,
            told.preview("" if line.detail == "{}" else line.detail),
        )
        for room, line in pairs
    ]
    document: list[Json] = [{"client": room.client.id, **journaling.facts(room, line)} for room, line in pairs]
    call.output.result(document, table(header, lines) if lines else words("journal.none"))
    return Exit.DONE


async def verify(call: Call) -> Exit:
    """Checks the chain of each client's journal; exit 1 when a line was changed, taken out, or is missing at the end."""
    words = call.words
    document: list[Json] = []
    lines: list[str] = []
    sound = True
    async with open_desk(call) as desk:
        for room in finding.clients(desk, call.args.client):
            found = await room.helper(journaling.verify, room)
            sound = sound and found.sound
            key = "journal.sound" if found.sound else f"journal.{found.why}"
            lines.append(words(key, name=room.client.name, number=found.lines, line=found.broken_at))
            document.append(
                {
                    "client": room.client.id,
                    "name": room.client.name,
                    "sound": found.sound,
                    "lines": found.lines,
                    "head": found.head,
                    "broken_at": found.broken_at,
                    "why": found.why or None,
                }
            )
    call.output.result(document, "\n".join(lines) if lines else words("client.none"))
    return Exit.DONE if sound else Exit.PROBLEM


async def export(call: Call) -> Exit:
    """Writes the whole journal of a client into a file that is not there yet."""
    args = call.args
    path = reading.new_file(args.file)
    kind = args.format or ("csv" if path.suffix.lower() == ".csv" else "json")
    async with open_desk(call) as desk:
        room = finding.client(desk, args.client)
        count = journaling.export(room, path, kind, replacing=False)
        client = room.client
    document: dict[str, Json] = {"client": client.id, "file": str(path), "format": kind, "lines": count}
    call.output.result(document, call.words("journal.exported", name=client.name, number=count, file=str(path)))
    return Exit.DONE
