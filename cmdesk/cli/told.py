"""Tells about posts and deliveries in the two ways, the same for every command that ends with one."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from cmdesk.cli import shapes
from cmdesk.cli.exits import Exit
from cmdesk.cli.output import Json
from cmdesk.cli.run import Call
from cmdesk.cli.text import fields, one_line, shortened, table
from cmdesk.domain.delivery import NEEDS_DECISION, Delivery, HeldBecause, State, post_state
from cmdesk.domain.ids import AccountId, ClientId, DeliveryId, Kind, PostId, ref
from cmdesk.domain.limits import Problem, Severity
from cmdesk.domain.message import Message
from cmdesk.domain.post import Post
from cmdesk.domain.schedule import PlannedTime, Shift
from cmdesk.services import composing, inbox, linking, planning
from cmdesk.services.workspace import Workspace

_PREVIEW = 60


def preview(text: str) -> str:
    """The beginning of a text, for a column."""
    return shortened(text, _PREVIEW)


def wall(planned: PlannedTime | None) -> str:
    """A planned time as the client's clock shows it."""
    return "" if planned is None else planned.wall.strftime("%Y-%m-%d %H:%M")


def local(moment: datetime, zone: str) -> str:
    """An instant as the client's clock shows it."""
    return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M")


def planned(call: Call, time: PlannedTime) -> PlannedTime:
    """The same time; says on stderr what daylight saving makes of it."""
    if time.shift is not Shift.NONE:
        moved = local(time.utc, time.zone)
        call.output.say(call.words(f"shift.{time.shift.value}", wall=wall(time), zone=time.zone, moved=moved))
    return time


def deliveries(workspace: Workspace, post_id: PostId) -> list[Delivery]:
    """The deliveries of one post: per account the one that counts, a cancelled one only where there is no other."""
    chosen: dict[AccountId, Delivery] = {}
    for one in planning.deliveries(workspace, post_id):
        known = chosen.get(one.account)
        if known is None or known.state is State.CANCELLED or one.state is not State.CANCELLED:
            chosen[one.account] = one
    return list(chosen.values())


def live(workspace: Workspace, post_id: PostId) -> list[Delivery]:
    """The deliveries of one post that are on the network."""
    return [one for one in planning.deliveries(workspace, post_id) if one.state is State.SENT]


def handles(workspace: Workspace) -> dict[AccountId, str]:
    """The handle of every account of a client, unlinked ones too."""
    return {one.id: one.identity.handle for one in linking.accounts(workspace, with_unlinked=True)}


def problems(call: Call, workspace: Workspace, found: Mapping[AccountId, Sequence[Problem]]) -> None:
    """Says on stderr what is wrong, or worth a look, per account."""
    names = handles(workspace)
    for account, several in found.items():
        for one in several:
            key = "post.blocks" if one.severity is Severity.BLOCK else "post.warns"
            call.output.say(call.words(key, handle=names.get(account, ""), sentence=call.words.draft_problem(one)))


def blocked(call: Call, workspace: Workspace, found: Mapping[AccountId, Sequence[Problem]]) -> Exit:
    """Says why a post cannot go out; the exit of a command that therefore did nothing."""
    problems(call, workspace, found)
    sentence = call.words("error.blocked_by_problems")
    call.output.say(sentence)
    call.output.error("blocked_by_problems", sentence, {"problems": _problems(call, workspace, found)})
    return Exit.PROBLEM


def _problems(call: Call, workspace: Workspace, found: Mapping[AccountId, Sequence[Problem]]) -> list[Json]:
    return [
        {
            "account": ref(workspace.client.id, Kind.ACCOUNT, account),
            **shapes.problem(one, call.words.draft_problem(one)),
        }
        for account, several in found.items()
        for one in several
    ]


def post_of(workspace: Workspace, delivery: DeliveryId) -> PostId:
    """The post that a delivery delivers."""
    return planning.delivery(workspace, delivery).post


def post_added(call: Call, workspace: Workspace, post_id: PostId, exit_code: Exit = Exit.DONE) -> Exit:
    """Prints a post's id and its deliveries: what ``post add``, ``move`` and ``cancel`` end with."""
    post = composing.load(workspace, post_id)
    document, human = post_summary(call, workspace, post)
    call.output.result(document, human)
    return exit_code


def post_summary(call: Call, workspace: Workspace, post: Post) -> tuple[dict[str, Json], str]:
    """A post and where it stands on each account. A draft has its accounts, and no deliveries yet (``id`` is null)."""
    words = call.words
    client = workspace.client.id
    rows = deliveries(workspace, post.id)
    state = post_state(tuple(row.state for row in rows), approved=post.approved is not None)
    accounts = {one.id: one for one in linking.accounts(workspace, with_unlinked=True)}
    names = handles(workspace)
    listed: list[Json] = [shapes.delivery(client, row, names[row.account], words) for row in rows]
    lines = [delivery_line(call, client, row, names[row.account]) for row in rows]
    for account in (one for one in post.accounts if not any(row.account == one for row in rows)):
        handle = accounts[account].identity.handle
        listed.append(
            {"id": None, "account": ref(client, Kind.ACCOUNT, account), "handle": handle, "state": "draft", "url": None}
        )
        lines.append(("–", handle, words("post_state.draft"), "", ""))
    reference = ref(client, Kind.POST, post.id)
    found = composing.problems(post, accounts.values(), media_folder=workspace.media_folder)
    document: dict[str, Json] = {
        "post": reference, "client": client, "state": state.value, "revision": post.revision, "deliveries": listed,
        "problems": _problems(call, workspace, found),
    }  # fmt: skip
    header = tuple(words(f"column.{name}") for name in ("delivery", "account", "state", "time", "url"))
    return document, f"{reference}  {words(f'post_state.{state.value}')}\n{table(header, lines)}"


def delivery_line(call: Call, client: ClientId, one: Delivery, handle: str) -> tuple[str, str, str, str, str]:
    """A delivery as a line of a table; why it waits stands beside the state."""
    moment = wall(one.planned) if one.sent_at is None else local(one.sent_at, one.planned.zone)
    return (ref(client, Kind.DELIVERY, one.id), handle, state_words(call, one.state, one.held_because), moment, one.url or "")


def parts(call: Call, out: int, number: int) -> str:
    """How far a thread came; nothing for a post of one part."""
    return "" if number == 1 else call.words("delivery.parts", out=out, parts=number)


def state_words(call: Call, state: State, held_because: HeldBecause | None) -> str:
    """A delivery's state, with the reason why it waits."""
    said = call.words(f"state.{state.value}")
    return said if held_because is None else f"{said} ({call.words(f'held.{held_because.value}')})"


def explain(call: Call, client: ClientId, one: Delivery, handle: str) -> None:
    """Says on stderr what a delivery that is not out waits for, and what to do about it."""
    words = call.words
    named = {"id": ref(client, Kind.DELIVERY, one.id), "handle": handle}
    if one.problem is not None and one.state is not State.SENT:
        call.output.say(words("delivery.problem", **named, sentence=words.draft_problem(one.problem)))
    if one.parts_out and one.state in {State.HELD, State.REFUSED}:
        call.output.say(words("delivery.partly", **named, out=one.parts_out, parts=len(one.parts)))
    elif one.held_because is HeldBecause.CRISIS:
        call.output.say(words("delivery.frozen", **named, client=client))
    elif one.state in NEEDS_DECISION:
        call.output.say(words(f"delivery.{one.state.value}", **named))
    elif one.state is State.PLANNED:
        call.output.say(words("delivery.planned", **named, when=local(one.retry_at or one.planned.utc, one.planned.zone)))


def post_shown(
    call: Call, workspace: Workspace, post_id: PostId, more: Mapping[str, Json] | None = None, exit_code: Exit = Exit.DONE
) -> Exit:
    """Prints all of a post: words, options, pictures, variants, deliveries; ``more`` joins its document."""
    words = call.words
    post = composing.load(workspace, post_id)
    summary, table_of_deliveries = post_summary(call, workspace, post)
    names = handles(workspace)
    document = {**shapes.post(workspace.client.id, post), **summary, **(more or {})}
    pairs = [
        (words("column.client"), workspace.client.name),
        (words("column.warning"), post.warning),
        (words("column.visibility"), words(f"visibility.{post.visibility.value}")),
        (words("column.language"), post.language),
        (words("column.revision"), str(post.revision)),
        (words("column.updated"), local(post.updated_at, workspace.client.timezone)),
        (words("column.quote"), post.extras.quote),
        (words("column.replies"), _who_answers(call, post)),
        (words("column.labels"), ", ".join(post.extras.content_labels)),
        (words("column.reply_to"), "" if post.reply_to is None else post.reply_to.url or post.reply_to.remote_id),
    ]
    pairs += [(words("column.media"), f"{item.original_name}  {one_line(item.alt)}") for item in post.media]
    parts = [table_of_deliveries, fields(pairs), post.text]
    parts += [f"{names[one.account]}:\n{one.text}" for one in post.variants if one.text is not None]
    if post.extras.first_comment:
        parts.append(f"{words('column.first_comment')}:\n{post.extras.first_comment}")
    call.output.result(document, "\n\n".join(part for part in parts if part))
    return exit_code


def _who_answers(call: Call, post: Post) -> str:
    """Who may answer and quote, where not everybody may."""
    extras, words = post.extras, call.words
    told = [words(f"replies.{one.value}") for one in extras.repliers or ()]
    if extras.repliers == ():
        told = [words("replies.nobody")]
    return ", ".join([*told, *([] if extras.quotable else [words("replies.no_quotes")])])


def live_answers(workspace: Workspace, message: Message) -> list[DeliveryId]:
    """Our answers to a message that are on the network."""
    ours = {item.delivery for item in inbox.thread(workspace, message.id) if item.ours and item.delivery is not None}
    found = []
    for number in sorted(ours):
        one = planning.delivery(workspace, number)
        target = composing.load(workspace, one.post).reply_to
        if one.state is State.SENT and target is not None and target.message == message.id:
            found.append(number)
    return found
