"""The backups: made, listed, checked, put back."""

from collections.abc import Mapping

from cmdesk.cli import finding, reading
from cmdesk.cli.exits import Exit
from cmdesk.cli.house import open_desk
from cmdesk.cli.output import Json
from cmdesk.cli.run import Call
from cmdesk.cli.sending import publisher_lock
from cmdesk.cli.text import iso, table
from cmdesk.domain.errors import CmdeskError, WrongClient
from cmdesk.domain.ids import ClientId
from cmdesk.services import safekeeping
from cmdesk.services.safekeeping import Backup


async def backup(call: Call) -> Exit:
    """Makes a backup of one client or of all; one that fails does not keep the others from theirs."""
    made: list[Backup] = []
    exit_code = Exit.DONE
    async with open_desk(call) as desk:
        rooms = desk.all_workspaces if call.args.client is None else (finding.client(desk, call.args.client),)
        names = {room.client.id: room.client.name for room in rooms}
        for room in rooms:
            try:
                made.append(await safekeeping.backup(room))
            except CmdeskError as problem:
                call.output.say(call.words("account.problem", handle=room.client.name, sentence=call.words.problem(problem)))
                exit_code = Exit.PROBLEM
    _print(call, made, names)
    return exit_code


async def list_backups(call: Call) -> Exit:
    """Prints the backups, the newest first; also of clients whose file cannot be opened."""
    async with open_desk(call) as desk:
        cards = desk.cards() if call.args.client is None else (finding.card(desk, call.args.client),)
        found = [one for card in cards for one in safekeeping.backups(desk.home, card.id)]
    found.sort(key=lambda one: one.made_at, reverse=True)
    _print(call, found, {card.id: card.name for card in cards})
    return Exit.DONE


def _print(call: Call, found: list[Backup], names: Mapping[ClientId, str]) -> None:
    words = call.words
    header = tuple(words(f"column.{name}") for name in ("client", "when", "size", "note", "file"))
    lines = [(names.get(one.client, one.client), iso(one.made_at), words.size(one.size), one.why, str(one.path)) for one in found]
    call.output.result([_shape(one) for one in found], table(header, lines) if lines else words("backup.none"))


def _shape(one: Backup) -> dict[str, Json]:
    return {
        "client": one.client,
        "made_at": iso(one.made_at),
        "size": one.size,
        "why": one.why,
        "sha256": one.sha256,
        "file": str(one.path),
    }


async def verify(call: Call) -> Exit:
    """Opens a backup and reads it whole."""
    async with open_desk(call) as desk:
        found = await safekeeping.verify(desk, reading.existing(call.args.file))
    document = {**_shape(found.backup), "name": found.name, "posts": found.posts, "messages": found.messages}
    human = call.words("backup.whole", name=found.name, when=found.backup.made_at, posts=found.posts, messages=found.messages)
    call.output.result(document, human)
    return Exit.DONE


async def restore(call: Call) -> Exit:
    """Puts a backup in the place of the client's file; what was there is kept as a backup of its own first."""
    async with open_desk(call) as desk:
        file = reading.existing(call.args.file)
        verified = await safekeeping.verify(desk, file)
        client = verified.backup.client
        if call.args.client is not None and finding.card(desk, call.args.client).id != client:
            raise WrongClient(expected=call.args.client[:80], found=client)
        with publisher_lock(desk.home):
            held = await safekeeping.restore(desk, client, file)
    if held:
        call.output.say(call.words.counted("backup.held", held))
    document: dict[str, Json] = {"client": client, "name": verified.name, "file": str(file), "held": held}
    call.output.result(document, call.words("backup.restored", name=verified.name, when=verified.backup.made_at))
    return Exit.DONE
