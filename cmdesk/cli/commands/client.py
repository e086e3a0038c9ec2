"""The clients: added, listed, named, put away, handed over, erased."""

from cmdesk.cli import finding, reading, shapes
from cmdesk.cli.exits import Exit
from cmdesk.cli.house import open_desk
from cmdesk.cli.output import Json
from cmdesk.cli.run import Call
from cmdesk.cli.sending import publisher_lock
from cmdesk.cli.text import fields, iso, table
from cmdesk.domain import slots
from cmdesk.domain.client import MAX_GRACE_MINUTES, clean_colour, clean_language, clean_name, clean_timezone
from cmdesk.domain.errors import BadInput
from cmdesk.domain.hours import clean_hours, clean_promise
from cmdesk.domain.ids import DeliveryId, Kind, local_number, ref
from cmdesk.domain.quiet import clean_quiet
from cmdesk.domain.views import ClientCard
from cmdesk.services import freezing, linking, safekeeping, terms
from cmdesk.services.workspace import Workspace


async def add(call: Call) -> Exit:
    """Adds a client and prints it."""
    args = call.args
    name = clean_name(args.name)
    colour = None if args.colour is None else clean_colour(args.colour)
    zone = None if args.timezone is None else clean_timezone(args.timezone)
    language = None if args.language is None else clean_language(args.language)
    async with open_desk(call) as desk:
        workspace = await desk.create(name, colour, zone, language)
        return _print(call, workspace)


async def list_clients(call: Call) -> Exit:
    """Prints the clients, and the folders that need repair."""
    async with open_desk(call) as desk:
        cards = [card for card in desk.scan() if call.args.all or not card.archived]
    words = call.words
    header = tuple(words(f"column.{name}") for name in ("id", "client", "awaiting", "needs_you", "note"))
    rows = [(card.id, card.name, str(card.awaiting), str(card.needs_you), _note(call, card)) for card in cards]
    call.output.result([shapes.card(card) for card in cards], table(header, rows) if rows else words("client.none"))
    return Exit.DONE


def _note(call: Call, card: ClientCard) -> str:
    if card.trouble is not None:
        return call.words(f"trouble.{card.trouble.value}", folder=card.folder)
    return call.words("client.is_archived") if card.archived else ""


async def show_client(call: Call) -> Exit:
    """Prints one client and its accounts."""
    async with open_desk(call) as desk:
        return _print(call, finding.client(desk, call.args.client))


async def rename_client(call: Call) -> Exit:
    """Gives a client another name."""
    async with open_desk(call) as desk:
        workspace = finding.client(desk, call.args.client)
        await desk.rename(workspace, call.args.name)
        return _print(call, workspace)


async def set_client(call: Call) -> Exit:
    """Changes colour, zone, language, grace or quiet hours; nothing is changed unless every value is right."""
    args = call.args
    colour = None if args.colour is None else clean_colour(args.colour)
    zone = None if args.timezone is None else clean_timezone(args.timezone)
    language = None if args.language is None else clean_language(args.language)
    if args.grace is not None and not 0 <= args.grace <= MAX_GRACE_MINUTES:
        raise BadInput(field="grace", reason="out_of_range", most=MAX_GRACE_MINUTES)
    quiet = None if args.quiet is None else clean_quiet(args.quiet)
    hours = None if args.hours is None else clean_hours(args.hours)
    if args.promise is not None:
        clean_promise(args.promise)
    if all(value is None for value in (colour, zone, language, args.grace, args.quiet, args.hours, args.promise)):
        raise BadInput(field="edit", reason="set_nothing")
    async with open_desk(call) as desk:
        workspace = finding.client(desk, args.client)
        if colour is not None:
            await desk.recolour(workspace, colour)
        if zone is not None:
            await desk.set_timezone(workspace, zone)
        if language is not None:
            await desk.set_language(workspace, language)
        if args.grace is not None:
            await desk.set_grace(workspace, args.grace)
        if args.quiet is not None:
            await desk.set_quiet(workspace, quiet)
        if args.hours is not None:
            await terms.set_hours(workspace, hours)
        if args.promise is not None:
            await terms.set_promise(workspace, args.promise)
        return _print(call, workspace)


async def freeze_client(call: Call) -> Exit:
    """Turns the crisis key: nothing of this client goes out until it is let go."""
    async with open_desk(call) as desk:
        workspace = finding.working_client(desk, call.args.client)
        await freezing.freeze(workspace, call.args.note)
        held = len(freezing.frozen_rows(workspace))
        call.output.say(call.words.counted("frozen.held", held, id=workspace.client.id))
        return _print(call, workspace)


async def thaw_client(call: Call) -> Exit:
    """Lets single deliveries of a frozen client go, or with none named all of them."""
    async with open_desk(call) as desk:
        workspace = finding.working_client(desk, call.args.client)
        named = [local_number(one, workspace.client.id, Kind.DELIVERY) for one in call.args.delivery]
        thawed = await freezing.thaw(workspace, [DeliveryId(one) for one in named] or None)
        call.output.say(call.words.counted("frozen.thawed", thawed))
        return _print(call, workspace)


async def archive_client(call: Call) -> Exit:
    """Puts a client away."""
    async with open_desk(call) as desk:
        workspace = finding.client(desk, call.args.client)
        if workspace.client.archived_at is None:
            await desk.archive(workspace)
        return _print(call, workspace)


async def restore_client(call: Call) -> Exit:
    """Brings an archived client back."""
    async with open_desk(call) as desk:
        workspace = finding.client(desk, call.args.client)
        if workspace.client.archived_at is not None:
            workspace = await desk.restore(workspace.client.id)
        return _print(call, workspace)


def _print(call: Call, workspace: Workspace) -> Exit:
    client = workspace.client
    words = call.words
    accounts = linking.accounts(workspace)
    document = {**shapes.client(client), "folder": str(workspace.folder)}
    agreed = terms.of(workspace)
    document |= {
        "hours": None if agreed.hours is None else str(agreed.hours),
        "promise_minutes": agreed.promise,
        "slots": slots.written(agreed.slots.every),
    }
    frozen = freezing.state(workspace)
    document["frozen"] = None if frozen is None else {"since": iso(frozen.since), "note": frozen.note}
    document["accounts"] = [shapes.account(client.id, one) for one in accounts]
    pairs = [
        (words("column.id"), client.id),
        (words("column.client"), client.name),
        (words("column.colour"), client.colour.value),
        (words("column.language"), client.language.value),
        (words("column.zone"), client.timezone),
        (words("column.grace"), words("client.minutes", minutes=client.grace_minutes)),
        (words("column.quiet"), "" if client.quiet is None else str(client.quiet)),
        (words("column.hours"), "" if agreed.hours is None else str(agreed.hours)),
        (words("column.promise"), words("client.minutes", minutes=agreed.promise) if agreed.promise else ""),
        (words("column.slots"), slots.written(agreed.slots.every)),
        (words("column.frozen"), "" if frozen is None else iso(frozen.since)),
        (words("column.archived"), "" if client.archived_at is None else iso(client.archived_at)),
        (words("column.folder"), str(workspace.folder)),
    ]
    pairs += [
        (
            words("column.account"),
            f"{ref(client.id, Kind.ACCOUNT, one.id)}  {one.identity.handle}  {words(f'health.{one.health.value}')}",
        )
        for one in accounts
    ]
    call.output.result(document, fields(pairs))
    return Exit.DONE


async def purge_client(call: Call) -> Exit:
    """Erases a client for good; its whole name must be given twice, and nobody else may be at work in the folder."""
    async with open_desk(call) as desk:
        card = finding.card(desk, call.args.client)
        with publisher_lock(desk.home):
            await safekeeping.purge(desk, card.id, call.args.confirm)
    document: dict[str, Json] = {"id": card.id, "name": card.name, "purged": True}
    call.output.result(document, call.words("client.purged", name=card.name))
    return Exit.DONE


async def export_client(call: Call) -> Exit:
    """Writes the hand-over file."""
    async with open_desk(call) as desk:
        workspace = finding.client(desk, call.args.client)
        done = await safekeeping.export_client(workspace, reading.new_file(call.args.file))
        client = workspace.client
    document: dict[str, Json] = {
        "client": client.id, "name": client.name, "file": str(done.path), "size": done.size, "files": done.files,
        "missing": list(done.missing),
    }  # fmt: skip
    for name in done.missing:
        call.output.say(call.words("client.media_missing", name=name))
    call.output.result(document, call.words("client.exported", name=client.name, file=str(done.path)))
    return Exit.DONE


async def import_client(call: Call) -> Exit:
    """Takes a client over from a hand-over file."""
    async with open_desk(call) as desk:
        workspace = await safekeeping.import_client(desk, reading.existing(call.args.file))
        call.output.say(call.words("client.imported", name=workspace.client.name))
        return _print(call, workspace)
