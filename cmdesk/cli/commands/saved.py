"""Saved replies: kept, found, filled for a message."""

from cmdesk.cli import finding, reading
from cmdesk.cli.exits import Exit
from cmdesk.cli.house import open_desk
from cmdesk.cli.output import Json
from cmdesk.cli.run import Call
from cmdesk.cli.text import table
from cmdesk.domain.answering import SavedReply
from cmdesk.services import saved_replies
from cmdesk.services.workspace import Workspace


def _shape(workspace: Workspace, one: SavedReply) -> dict[str, Json]:
    return {
        "client": workspace.client.id,
        "saved": one.id,
        "name": one.name,
        "shortcut": one.shortcut,
        "texts": dict(one.texts),
        "used": one.used,
    }


async def list_replies(call: Call) -> Exit:
    """Prints saved replies, the likeliest first."""
    args = call.args
    async with open_desk(call) as desk:
        rooms = finding.clients(desk, args.client)
        found = [(room, one) for room in rooms for one in saved_replies.replies(room, args.words or "", args.lang or "")]
    words = call.words
    header = tuple(words(f"column.{name}") for name in ("client", "number", "text", "detail"))
    lines = [(room.client.name, str(one.id), one.name, ", ".join(sorted(one.texts))) for room, one in found]
    call.output.result([_shape(*pair) for pair in found], table(header, lines) if lines else words("saved.none"))
    return Exit.DONE


async def add(call: Call) -> Exit:
    """Keeps a saved reply, in one language or two."""
    args = call.args
    texts = {language: reading.clean_text(text) for language, text in (("fr", args.fr), ("en", args.en)) if text}
    async with open_desk(call) as desk:
        workspace = finding.client(desk, args.client)
        number = await saved_replies.save(workspace, SavedReply(0, args.name, texts, args.shortcut or ""))
        kept = next(one for one in saved_replies.replies(workspace) if one.id == number)
    call.output.result(_shape(workspace, kept), call.words("saved.kept", name=kept.name, number=number))
    return Exit.DONE


async def remove(call: Call) -> Exit:
    """Takes a saved reply away."""
    async with open_desk(call) as desk:
        workspace = finding.client(desk, call.args.client)
        await saved_replies.remove(workspace, call.args.saved)
    call.output.result({"client": workspace.client.id, "saved": call.args.saved}, call.words("saved.removed"))
    return Exit.DONE


async def fill(call: Call) -> Exit:
    """Prints a saved reply for a message, with what is known put in."""
    args = call.args
    async with open_desk(call) as desk:
        workspace, message = finding.message(desk, args.message)
        filled = saved_replies.filled(workspace, message, args.saved, args.lang or "")
    document: dict[str, Json] = {"text": filled.text, "language": filled.language, "missing": list(filled.missing)}
    if filled.missing:
        call.output.say(call.words("saved.missing", names=", ".join(filled.missing)))
    call.output.result(document, filled.text)
    return Exit.DONE
