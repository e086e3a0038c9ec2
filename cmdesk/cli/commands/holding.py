"""Takes a person's word on which file is the real one, when a queue is held because nobody can tell."""

from cmdesk.cli import finding, shapes, standing
from cmdesk.cli.exits import Exit
from cmdesk.cli.house import open_desk
from cmdesk.cli.output import Json
from cmdesk.cli.run import Call
from cmdesk.domain.guard import Answer
from cmdesk.services import guarding


async def confirm(call: Call) -> Exit:
    """Takes a person's word on which file is the real one, and prints where the queue then stands."""
    async with open_desk(call) as desk:
        room = finding.working_client(desk, call.args.client)
        if guarding.glance(room) is not None:
            await guarding.assess(room)
        done = await guarding.confirm(room, Answer(call.args.answer))
        client = room.client
    held: Json = None
    words = call.words
    if done.hold is not None:
        held = shapes.hold(client, done.hold, standing.sentence(call, room, done.hold))
        human = words("hold.retired", name=client.name, id=client.id)
    else:
        human = words("hold.goes_on", name=client.name)
        if done.to_look_at:
            human += "\n" + words.counted("hold.to_look_at", done.to_look_at, id=client.id)
    document: dict[str, Json] = {"client": client.id, "name": client.name, "hold": held, "to_look_at": done.to_look_at}
    call.output.result(document, human)
    return Exit.DECISION if done.to_look_at else Exit.DONE
