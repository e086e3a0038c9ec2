"""The late-post desk: everything that waits for a person, and one decision for many of them."""

from cmdesk.cli import finding, shapes, standing, told
from cmdesk.cli.exits import Exit
from cmdesk.cli.house import open_desk
from cmdesk.cli.output import Json
from cmdesk.cli.run import Call
from cmdesk.cli.text import iso, table
from cmdesk.domain.ids import Kind, ref
from cmdesk.services import late_desk
from cmdesk.services.desk import Desk
from cmdesk.services.late_desk import Batch, Choice, Done, LateItem


def _items(call: Call, desk: Desk) -> list[LateItem]:
    rooms = finding.clients(desk, call.args.client)
    found = [item for room in rooms for item in late_desk.items(room)]
    return [item for item in found if call.args.why in {None, item.why.value}]


async def list_late(call: Call) -> Exit:
    """Prints what waits for a person, what is known of it, and what may be done."""
    async with open_desk(call) as desk:
        items = _items(call, desk)
        held = standing.tell(call, finding.clients(desk, call.args.client))
    words = call.words
    header = tuple(
        words(f"column.{name}") for name in ("delivery", "client", "account", "state", "time", "parts", "text", "choices")
    )
    lines = [
        (
            ref(item.row.client, Kind.DELIVERY, item.row.id),
            item.client_name,
            item.row.account.handle,
            told.state_words(call, item.row.state, item.row.held_because),
            told.wall(item.row.planned),
            told.parts(call, item.row.parts_out, item.row.parts),
            told.preview(item.row.preview),
            ", ".join(choice.value.replace("_", "-") for choice in item.choices),
        )
        for item in items
    ]
    call.output.result([shapes.late_item(item, words) for item in items], table(header, lines) if lines else words("late.none"))
    return Exit.DECISION if items else held


async def decide_all(call: Call) -> Exit:
    """Prints what one decision would do, by client and account; carries it out with ``--yes``."""
    choice = Choice(call.args.decision.replace("-", "_"))
    async with open_desk(call) as desk:
        batch = late_desk.prepare(desk, [item.key for item in _items(call, desk)], choice)
        done = await late_desk.carry_out(desk, batch) if call.args.yes else ()
    words = call.words
    refused = [one for one in done if one.problem is not None]
    for one in refused:
        if one.problem is not None:
            call.output.say(words("late.refused", id=_name(one), sentence=words.problem(one.problem)))
    human = _summary(call, batch)
    if not call.args.yes:
        human += "\n" + words("late.say_yes")
    document: dict[str, Json] = {
        **shapes.batch(batch),
        "done": [
            {"delivery": _name(one), "state": one.state.value, "problem": None if one.problem is None else one.problem.code}
            for one in done
        ],
    }
    call.output.result(document, human)
    return Exit.DECISION if refused or (batch.keys and not call.args.yes) else Exit.DONE


def _name(one: Done) -> str:
    return ref(one.key[0], Kind.DELIVERY, one.key[1])


def _summary(call: Call, batch: Batch) -> str:
    words = call.words
    header = tuple(words(f"column.{name}") for name in ("client", "account", "number", "first_at", "last_at"))
    lines = [
        (
            line.client_name,
            f"{line.handle} ({line.network.value})",
            str(line.number),
            "" if line.first_at is None else iso(line.first_at),
            "" if line.last_at is None else iso(line.last_at),
        )
        for line in batch.lines
    ]
    left = "" if not batch.left_out else "\n" + words.counted("late.left_out", len(batch.left_out))
    return (table(header, lines) if lines else words("late.none")) + left
