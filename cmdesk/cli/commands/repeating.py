"""The posts that repeat: begun, listed, ended; and posts that are copied to another time."""

from cmdesk.cli import finding, reading, shapes, told
from cmdesk.cli.commands.post import future
from cmdesk.cli.exits import Exit
from cmdesk.cli.house import open_desk
from cmdesk.cli.output import Json
from cmdesk.cli.run import Call
from cmdesk.cli.text import table
from cmdesk.domain.errors import NotFound
from cmdesk.domain.ids import Kind, ref
from cmdesk.services import arranging, composing, repeating
from cmdesk.services.repeating import Series
from cmdesk.services.workspace import Workspace


async def repeat(call: Call) -> Exit:
    """Lets a post repeat by a rule, and makes what comes first; with ``--check`` only shows the next dates."""
    args = call.args
    async with open_desk(call) as desk:
        ws, post = finding.post(desk, args.post, args.client)
        finding.in_work(ws)
        composing.load(ws, post)
        first = future(ws, reading.when(ws, args.at))
        coming = repeating.preview(ws, args.rule, first)
        for one in coming:
            told.planned(call, one)
        made: tuple[repeating.Made, ...] = ()
        if not args.check:
            texts = [reading.clean_text(text) for text in args.other_text]
            series = await repeating.begin(ws, post, args.rule, first, texts)
            made = tuple(one for one in await repeating.make(ws) if one.series == series)
    document: dict[str, Json] = {
        "post": ref(ws.client.id, Kind.POST, post),
        "next": [shapes.planned(one) for one in coming],
        "made": [
            {"post": ref(ws.client.id, Kind.POST, one.post), "planned": shapes.planned(one.planned), "blocked": one.blocked}
            for one in made
        ],
    }
    human = "\n".join([*(told.wall(one) for one in coming), call.words.counted("repeat.made", len(made))])
    call.output.result(document, human)
    return Exit.DECISION if any(one.blocked for one in made) else Exit.DONE


async def list_repeating(call: Call) -> Exit:
    """Prints the posts that repeat."""
    async with open_desk(call) as desk:
        found = [(ws, one) for ws in finding.clients(desk, call.args.client) for one in repeating.every(ws)]
        nexts = [repeating.upcoming(ws, one, ws.clock.now() + repeating.HORIZON) for ws, one in found]
        texts = [len(repeating.texts(ws, one.id)) for ws, one in found]
    words = call.words
    header = tuple(words(f"column.{name}") for name in ("post", "client", "rule", "time"))
    lines = [
        (ref(ws.client.id, Kind.POST, one.post), ws.client.name, one.rule, told.wall(coming[0]) if coming else "")
        for (ws, one), coming in zip(found, nexts, strict=True)
    ]
    document: list[Json] = [
        {
            "post": ref(ws.client.id, Kind.POST, one.post),
            "client": ws.client.id,
            "rule": one.rule,
            "first": one.first.isoformat(),
            "zone": one.zone,
            "texts": number,
            "next": [shapes.planned(each) for each in coming],
        }
        for (ws, one), coming, number in zip(found, nexts, texts, strict=True)
    ]
    call.output.result(document, table(header, lines) if lines else words("repeat.none"))
    return Exit.DONE


async def stop_repeating(call: Call) -> Exit:
    """Makes nothing more of a post that repeats; with ``--take-back`` what was made ahead and not changed goes too."""
    async with open_desk(call) as desk:
        ws, post = finding.post(desk, call.args.post, call.args.client)
        one = _of(ws, post)
        await repeating.end(ws, one.id, take_back=call.args.take_back)
    call.output.result({"post": ref(ws.client.id, Kind.POST, post), "ended": True}, call.words("repeat.ended"))
    return Exit.DONE


def _of(ws: Workspace, post: int) -> Series:
    """The series of which this post is the model, or an occurrence."""
    for one in repeating.every(ws):
        if one.post == post or any(each.post == post for each in repeating.made(ws, one.id)):
            return one
    raise NotFound(what="series", ref=ref(ws.client.id, Kind.POST, post))


async def copy(call: Call) -> Exit:
    """Copies a post to another time: planned where the first one waits, else only suggested."""
    async with open_desk(call) as desk:
        ws, post = finding.post(desk, call.args.post, call.args.client)
        finding.in_work(ws)
        made = await arranging.copy(ws, post, told.planned(call, future(ws, reading.when(ws, call.args.at))))
        return told.post_added(call, ws, made)
