"""Says what stops a client's whole queue, in the same words wherever one asks."""

from collections.abc import Collection

from cmdesk.cli import shapes
from cmdesk.cli.exits import Exit
from cmdesk.cli.output import Json
from cmdesk.cli.run import Call
from cmdesk.domain.guard import QueueHold
from cmdesk.services import freezing, guarding
from cmdesk.services.workspace import Workspace


def hold_now(call: Call, room: Workspace) -> QueueHold | None:
    """Why this queue stands still, by all evidence that costs nothing; nothing is written."""
    found = guarding.glance(room)
    known = guarding.hold_of(room)
    if found is None or (known is not None and known.because is found[0]):
        return known if found is not None else None
    return QueueHold(found[0], call.around.clock.now(), found[1])


def sentence(call: Call, room: Workspace, hold: QueueHold) -> str:
    """What is the matter, and what a person can say about it."""
    key = "hold.retired" if hold.retired else f"hold.{hold.because.value}"
    return call.words(key, name=room.client.name, id=room.client.id, **dict(hold.detail))


def tell(call: Call, rooms: Collection[Workspace]) -> Exit:
    """Says on stderr which queues stand still; DECISION when a person's word is wanted for one of them."""
    wanted = Exit.DONE
    for room in rooms:
        hold = hold_now(call, room)
        if hold is not None:
            call.output.say(sentence(call, room, hold))
            if not hold.retired:
                wanted = Exit.DECISION
        frozen = freezing.state(room)
        if frozen is not None:
            call.output.say(call.words("frozen.client", name=room.client.name, id=room.client.id, since=frozen.since))
    return wanted


def documents(call: Call, rooms: Collection[Workspace]) -> list[Json]:
    """The queues that stand still, for programs."""
    found = [(room, hold_now(call, room)) for room in rooms]
    return [shapes.hold(room.client, hold, sentence(call, room, hold)) for room, hold in found if hold is not None]
