"""The calendar as a list: what is planned and what went out, day by day."""

from datetime import timedelta

from cmdesk.cli import finding, reading, shapes, told
from cmdesk.cli.exits import Exit
from cmdesk.cli.house import open_desk
from cmdesk.cli.run import Call
from cmdesk.cli.text import table
from cmdesk.domain.errors import BadInput
from cmdesk.domain.ids import Kind, ref
from cmdesk.domain.views import AgendaEntry
from cmdesk.services import planning
from cmdesk.services.workspace import Workspace

_WEEK = timedelta(days=7)


async def agenda(call: Call) -> Exit:
    """Prints the agenda of one client or of all; days are those of each client's zone."""
    args = call.args
    async with open_desk(call) as desk:
        rooms = finding.clients(desk, args.client)
        entries = [entry for workspace in rooms for entry in _entries(call, workspace)]
        names = {workspace.client.id: workspace.client.name for workspace in rooms}
    entries.sort(key=lambda entry: entry.planned.utc)
    words = call.words
    header = tuple(words(f"column.{name}") for name in ("time", "client", "post", "state", "accounts", "text"))
    lines = [
        (
            told.wall(entry.planned),
            names[entry.client],
            ref(entry.client, Kind.POST, entry.post),
            words(f"post_state.{entry.state.value}"),
            ", ".join(mark.handle for mark in entry.accounts),
            told.preview(entry.preview),
        )
        for entry in entries
    ]
    call.output.result([shapes.agenda_entry(entry) for entry in entries], table(header, lines) if lines else words("agenda.none"))
    return Exit.DONE


def _entries(call: Call, workspace: Workspace) -> tuple[AgendaEntry, ...]:
    args = call.args
    zone = workspace.client.timezone
    first = reading.today(workspace.clock.now(), zone) if args.start is None else reading.day(args.start)
    try:
        last = first + _WEEK if args.end is None else reading.day(args.end)
    except OverflowError:
        raise BadInput(field="day", reason="out_of_range", given=first.isoformat()) from None
    if last < first:
        raise BadInput(field="day", reason="order")
    return planning.agenda(workspace, reading.day_starts(first, zone), reading.day_ends(last, zone))
