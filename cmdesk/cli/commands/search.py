"""Searches posts and messages of one client or of all."""

from cmdesk.cli import finding, reading, shapes, told
from cmdesk.cli.exits import Exit
from cmdesk.cli.house import open_desk
from cmdesk.cli.run import Call
from cmdesk.cli.text import table
from cmdesk.domain.errors import BadInput
from cmdesk.domain.ids import Kind, ref
from cmdesk.domain.views import SearchHit
from cmdesk.services import searching


async def search(call: Call) -> Exit:
    """Prints what was found, the newest first."""
    args = call.args
    most = reading.limit(args.limit)
    if not args.query.strip():
        raise BadInput(field="query", reason="empty")
    async with open_desk(call) as desk:
        rooms = finding.clients(desk, args.client)
        hits = [hit for workspace in rooms for hit in searching.search(workspace, args.query, most, whole=True)]
        zones = {workspace.client.id: workspace.client.timezone for workspace in rooms}
    hits = sorted(hits, key=lambda hit: hit.when, reverse=True)[:most]
    words = call.words
    header = tuple(words(f"column.{name}") for name in ("id", "when", "who", "text"))
    lines = [(_reference(hit), told.local(hit.when, zones[hit.client]), hit.title, told.preview(hit.preview)) for hit in hits]
    call.output.result([shapes.hit(hit) for hit in hits], table(header, lines) if lines else words("search.none"))
    return Exit.DONE


def _reference(hit: SearchHit) -> str:
    if hit.post is not None:
        return ref(hit.client, Kind.POST, hit.post)
    return "" if hit.message is None else ref(hit.client, Kind.MESSAGE, hit.message)
