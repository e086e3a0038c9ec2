"""The outbox: what waits to go out, what went, and what a person must decide."""

from collections.abc import Mapping

from cmdesk.cli import finding, reading, shapes, standing, told
from cmdesk.cli.exits import Exit
from cmdesk.cli.house import open_desk
from cmdesk.cli.output import Json
from cmdesk.cli.run import Call
from cmdesk.cli.sending import exit_of_states, publisher_lock, send_due, settle
from cmdesk.cli.text import table
from cmdesk.domain.delivery import NEEDS_DECISION, State
from cmdesk.domain.errors import BadInput
from cmdesk.domain.ids import ClientId, DeliveryId, Kind, ref
from cmdesk.domain.views import OutboxRow
from cmdesk.services import late_desk, planning, publishing, reconciling
from cmdesk.services.workspace import Workspace

_MANY = 10_000


async def list_deliveries(call: Call) -> Exit:
    """Prints deliveries by their time."""
    args = call.args
    states = None if args.state is None else (State(args.state),)
    async with open_desk(call) as desk:
        rooms = finding.clients(desk, args.client)
        rows = [row for workspace in rooms for row in publishing.outbox_rows(workspace, states, limit=_MANY)]
        held = standing.tell(call, rooms)
    rows.sort(key=lambda row: (row.planned.utc, row.client, row.id))
    call.output.result([shapes.outbox_row(row, call.words) for row in rows], _table(call, rows))
    return held


def _table(call: Call, rows: list[OutboxRow]) -> str:
    words = call.words
    header = tuple(words(f"column.{name}") for name in ("delivery", "state", "time", "account", "text", "url"))
    lines = [
        (
            ref(row.client, Kind.DELIVERY, row.id),
            _state(call, row),
            told.wall(row.planned) if row.sent_at is None else told.local(row.sent_at, row.planned.zone),
            row.account.handle,
            told.preview(row.preview),
            row.url or "",
        )
        for row in rows
    ]
    return table(header, lines) if lines else words("delivery.none")


def _state(call: Call, row: OutboxRow) -> str:
    """The state, and of a thread that is not whole how far it came."""
    said = told.state_words(call, row.state, row.held_because)
    return f"{said}, {told.parts(call, row.parts_out, row.parts)}" if 0 < row.parts_out < row.parts else said


async def run(call: Call) -> Exit:
    """Sends what is due and ends. Raises EnvironmentProblem("publisher_busy") when another cmdesk does that already."""
    async with open_desk(call) as desk:
        rooms = tuple(finding.in_work(workspace) for workspace in finding.clients(desk, call.args.client))
        with publisher_lock(desk.home):
            before = {(room.client.id, row.id): row.state for room in rooms for row in _rows(room)}
            ticked = await send_due(call, desk, rooms)
        after = [row for room in rooms for row in _rows(room) if _worth_telling(row, before, call)]
        for room in rooms:  # the numbers of deliveries are a client's own: another's d1 is another delivery
            for one in (row for row in after if row.client == room.client.id):
                told.explain(call, room.client.id, planning.delivery(room, one.id), one.account.handle)
        held, queues = standing.tell(call, rooms), standing.documents(call, rooms)
    document: dict[str, Json] = {
        "sent": ticked.sent,
        "held": ticked.held,
        "refused": ticked.refused,
        "uncertain": ticked.uncertain,
        "deliveries": [shapes.outbox_row(row, call.words) for row in after],
        "queues_held": queues,
    }
    human = call.words.counted("outbox.ran", ticked.sent)
    call.output.result(document, f"{human}\n{_table(call, after)}" if after else human)
    return held or exit_of_states([(row.state, row.problem) for row in after])


def _rows(workspace: Workspace) -> tuple[OutboxRow, ...]:
    return publishing.outbox_rows(workspace, limit=_MANY)


def _worth_telling(row: OutboxRow, before: Mapping[tuple[ClientId, DeliveryId], State], call: Call) -> bool:
    """What moved, what should have, and what waits for a person."""
    due = row.state is State.PLANNED and row.planned.utc <= call.around.clock.now()
    return due or row.state in NEEDS_DECISION or before.get((row.client, row.id), row.state) is not row.state


async def decide(call: Call) -> Exit:
    """Carries out a person's decision, and prints where the delivery then stands."""
    args = call.args
    async with open_desk(call) as desk:
        workspace, delivery_id = finding.delivery(desk, args.delivery)
        finding.in_work(workspace)
        one = planning.delivery(workspace, delivery_id)
        decision = _decision(call, workspace, delivery_id)
        await publishing.decide(workspace, delivery_id, decision)
        if isinstance(decision, publishing.Now | publishing.Continue):
            return await settle(call, desk, workspace, one.post)
        if isinstance(decision, publishing.LookAgain):
            await reconciling.settle_unclear(workspace)
        one = planning.delivery(workspace, delivery_id)
        handle = told.handles(workspace)[one.account]
        if one.state in NEEDS_DECISION:
            told.explain(call, workspace.client.id, one, handle)
        line = told.delivery_line(call, workspace.client.id, one, handle)
        header = tuple(call.words(f"column.{name}") for name in ("delivery", "account", "state", "time", "url"))
        call.output.result(shapes.delivery(workspace.client.id, one, handle, call.words), table(header, [line]))
        return exit_of_states([(one.state, one.problem)])


def _decision(call: Call, workspace: Workspace, delivery: DeliveryId) -> publishing.Decision:
    """The decision of the command line. Raises BadInput for a value that is missing, unwanted or wrong."""
    word, value = call.args.decision, call.args.value
    if word == "move":
        if value is None:
            raise BadInput(field="time", reason="missing")
        return publishing.MoveTo(told.planned(call, reading.when(workspace, value)))
    if word == "is-live":
        if value is None:
            raise BadInput(field="url", reason="missing")
        return publishing.IsLive(reading.address(value))
    if value is not None:
        raise BadInput(field="value", reason="unwanted")
    return late_desk.decision_for(workspace, delivery, late_desk.Choice(word.replace("-", "_")))
