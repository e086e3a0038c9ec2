"""The inbox: what came in, in its thread, and what is done about it."""

from collections.abc import Awaitable, Callable, Iterable
from datetime import datetime

from msgspec.structs import replace

from cmdesk.cli import finding, reading, shapes, told
from cmdesk.cli.commands.post import attach, blocks, given_pictures, given_text
from cmdesk.cli.exits import Exit
from cmdesk.cli.house import open_desk
from cmdesk.cli.run import Call
from cmdesk.cli.sending import settle
from cmdesk.cli.text import fields, iso, table
from cmdesk.domain.errors import BadInput, EnvironmentProblem
from cmdesk.domain.ids import Kind, MessageId, ref
from cmdesk.domain.limits import Visibility
from cmdesk.domain.message import Message, MessageState
from cmdesk.domain.moderation import Measure
from cmdesk.domain.views import InboxFilter, InboxRow, ThreadItem
from cmdesk.networks.port import ReportReason
from cmdesk.services import composing, inbox, linking, policing, replying, searching, triage
from cmdesk.services.workspace import Workspace

_PAGE = 128


async def list_messages(call: Call) -> Exit:
    """Prints messages, the newest first."""
    args = call.args
    most = reading.limit(args.limit)
    async with open_desk(call) as desk:
        rooms = finding.clients(desk, args.client)
        if args.account is not None:
            rooms = (finding.account_anywhere(desk, args.account, args.client)[0],)
        if args.mood is not None:
            await _read_moods(call, rooms)
        rows = [row for workspace in rooms for row in _rows(call, workspace, most)]
        handles = {(room.client.id, one.id): one.identity.handle for room in rooms for one in linking.accounts(room)}
    rows = sorted(rows, key=lambda row: row.created_at, reverse=True)[:most]
    words = call.words
    header = tuple(words(f"column.{name}") for name in ("id", "when", "state", "kind", "who", "account", "text"))
    lines = [
        (
            ref(row.client, Kind.MESSAGE, row.id),
            iso(row.created_at),
            words(f"message_state.{row.state.value}"),
            words(f"kind.{row.kind.value}"),
            row.author_handle,
            handles.get((row.client, row.account), ""),
            told.preview(row.preview),
        )
        for row in rows
    ]
    call.output.result([shapes.message_row(row) for row in rows], table(header, lines) if lines else words("inbox.none"))
    return Exit.DONE


async def _read_moods(call: Call, rooms: Iterable[Workspace]) -> None:
    """Reads what came in since moods were last read; where that can't be, the list is of what was read before."""
    try:
        for workspace in rooms:
            await triage.read_all(workspace)
    except EnvironmentProblem as problem:
        call.output.say(call.words.problem(problem))


def _rows(call: Call, workspace: Workspace, most: int) -> list[InboxRow]:
    args = call.args
    if args.mood is not None or args.query is not None:
        return _found(call, workspace, most)
    wanted = InboxFilter(
        states=frozenset() if args.state is None else frozenset({MessageState(args.state)}),
        accounts=frozenset() if args.account is None else frozenset({finding.account(workspace, args.account).id}),
        unread_only=args.unread,
    )
    ids = inbox.ids(workspace, wanted)[:most]
    pages = (ids[start : start + _PAGE] for start in range(0, len(ids), _PAGE))
    return [row for page in pages for row in inbox.rows(workspace, [MessageId(number) for number in page])]


def _found(call: Call, workspace: Workspace, most: int) -> list[InboxRow]:
    """Messages by the filters of the search; those of the options join what was typed."""
    args = call.args
    given = {"mood": args.mood, "state": args.state, "is": "unread" if args.unread else None}
    if args.account is not None:
        given["account"] = finding.account(workspace, args.account).identity.handle
    text = " ".join([*(f'{name}:"{value}"' for name, value in given.items() if value), args.query or ""])
    found: list[MessageId] = []
    page = searching.find(workspace, text, most)
    found += page.ids
    while page.more is not None and len(found) < most:
        page = searching.find(workspace, text, most - len(found), page.more)
        found += page.ids
    pages = (found[start : start + _PAGE] for start in range(0, len(found), _PAGE))
    return [row for some in pages for row in inbox.rows(workspace, some)]


async def show(call: Call) -> Exit:
    """Prints a message and the conversation around it, as far as it is known here."""
    async with open_desk(call) as desk:
        workspace, message_id = finding.message(desk, call.args.message)
        message = inbox.message(workspace, message_id)
        thread = inbox.thread(workspace, message_id)
        account = linking.account(workspace, message.account)
    words = call.words
    document = {**shapes.message(workspace.client.id, message), "thread": [shapes.thread_item(one) for one in thread]}
    pairs = [
        (words("column.id"), ref(workspace.client.id, Kind.MESSAGE, message.id)),
        (words("column.client"), workspace.client.name),
        (words("column.account"), account.identity.handle),
        (words("column.state"), words(f"message_state.{message.state.value}")),
        (words("column.visibility"), words(f"visibility.{message.visibility.value}")),
        (words("column.url"), message.url),
    ]
    call.output.result(document, "\n\n".join([fields(pairs), *(_told(call, one) for one in thread)]))
    return Exit.DONE


def _told(call: Call, one: ThreadItem) -> str:
    name = call.words("inbox.us", handle=one.author_handle) if one.ours else f"{one.author_name} @{one.author_handle}"
    notes = [
        "" if one.delivery_state is None else call.words(f"state.{one.delivery_state.value}"),
        call.words("inbox.deleted") if one.deleted else "",
        call.words("inbox.edited") if one.edited else "",
    ]
    pointer = "→ " if one.focus else "  "
    head = f"{pointer}{iso(one.created_at)}  {name}  {' '.join(note for note in notes if note)}".rstrip()
    body = "\n".join(f"  {line}" for line in one.text.splitlines())
    return f"{head}\n{body}"


async def reply(call: Call) -> Exit:
    """Answers a message through the outbox; the words are kept whatever happens on the way."""
    args = call.args
    text = given_text(call)
    pictures = given_pictures(args)
    if not (text or "").strip() and not pictures:
        raise BadInput(field="text", reason="empty")
    async with open_desk(call) as desk:
        workspace, message_id = finding.message(desk, args.message)
        finding.in_work(workspace)
        message = inbox.message(workspace, message_id)
        draft = replying.draft_for(workspace, message_id)
        edit = replace(
            draft,
            text=_addressed(draft.text, text or ""),
            warning=draft.warning if args.cw is None else reading.clean_text(args.cw),
            visibility=draft.visibility if args.visibility is None else Visibility(args.visibility),
            language=draft.language if args.lang is None else reading.language_tag(args.lang),
            media=await attach(workspace, pictures),
        )
        found = composing.problems(edit, [linking.account(workspace, message.account)], media_folder=workspace.media_folder)
        if blocks(found):
            return told.blocked(call, workspace, found)
        told.problems(call, workspace, found)
        delivery = await replying.send(workspace, message_id, edit)
        return await settle(call, desk, workspace, told.post_of(workspace, delivery))


def _addressed(prefill: str, text: str) -> str:
    """The words after the names that the network needs; names that are in the words already are not said twice."""
    missing = [name for name in prefill.split() if name.casefold() not in text.casefold()]
    return " ".join([*missing, text])


async def state(call: Call) -> Exit:
    """Says how a message was dealt with."""
    args = call.args
    wanted = MessageState(args.state)
    if args.until is not None and wanted is not MessageState.SNOOZED:
        raise BadInput(field="until", reason="unwanted")
    if args.until is None and wanted is MessageState.SNOOZED:
        raise BadInput(field="until", reason="missing")
    async with open_desk(call) as desk:
        workspace, message_id = finding.message(desk, args.message)
        inbox.message(workspace, message_id)
        until: datetime | None = None
        if args.until is not None:
            until = told.planned(call, reading.when(workspace, args.until)).utc
            if until <= workspace.clock.now():
                raise BadInput(field="time", reason="past")
        await inbox.set_state(workspace, [message_id], wanted, until)
        return _print(call, workspace, inbox.message(workspace, message_id))


def _print(call: Call, workspace: Workspace, message: Message) -> Exit:
    reference = ref(workspace.client.id, Kind.MESSAGE, message.id)
    human = f"{reference}  {call.words(f'message_state.{message.state.value}')}"
    call.output.result(shapes.message(workspace.client.id, message), human)
    return Exit.DONE


Deed = Callable[[Workspace, MessageId], Awaitable[object]]


async def _do(call: Call, deed: Deed, sentence: str) -> Exit:
    async with open_desk(call) as desk:
        workspace, message_id = finding.message(desk, call.args.message)
        message = inbox.message(workspace, message_id)
        await deed(workspace, message_id)
        call.output.say(call.words(sentence, author=message.author.handle))
        return _print(call, workspace, inbox.message(workspace, message_id))


def _measure(call: Call, measure: Measure, reason: ReportReason | None = None) -> Deed:
    """A measure, under the rule of the client's policy that was named; evidence is kept first."""
    code = call.args.rule or ""
    return lambda workspace, message_id: policing.take(workspace, message_id, measure, code, reason=reason)


async def hide(call: Call) -> Exit:
    """Hides the conversation of a message from this account."""
    return await _do(call, _measure(call, Measure.HIDE), "inbox.hidden")


async def block(call: Call) -> Exit:
    """Blocks the author of a message for this account."""
    return await _do(call, _measure(call, Measure.BLOCK), "inbox.blocked")


async def report(call: Call) -> Exit:
    """Reports a message to the server's moderators."""
    args = call.args
    reason = ReportReason(args.category, reading.clean_text(args.comment), args.forward)
    return await _do(call, _measure(call, Measure.REPORT, reason), "inbox.reported")


async def delete(call: Call) -> Exit:
    """Deletes from the network what we answered to a message."""
    args = call.args
    async with open_desk(call) as desk:
        workspace, message_id = finding.message(desk, args.message)
        message = inbox.message(workspace, message_id)
        answers = told.live_answers(workspace, message)
        if not answers:
            raise BadInput(field="message", reason="no_answer")
        await policing.take(workspace, message_id, Measure.DELETE, args.rule or "")
        call.output.say(call.words.counted("inbox.deleted_answers", len(answers)))
        return _print(call, workspace, inbox.message(workspace, message_id))
