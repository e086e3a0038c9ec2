"""The rules of an inbox: kept, tried on the past, and what they propose."""

from cmdesk.cli import finding, told
from cmdesk.cli.exits import Exit
from cmdesk.cli.house import open_desk
from cmdesk.cli.output import Json
from cmdesk.cli.run import Call
from cmdesk.cli.text import table
from cmdesk.domain.errors import BadInput
from cmdesk.domain.ids import Kind, ref
from cmdesk.domain.message import MessageKind
from cmdesk.domain.moderation import Proposal
from cmdesk.domain.ruling import Action, Deed, Only, Rule, When
from cmdesk.services import inbox, ruling
from cmdesk.services.workspace import Workspace

_SHOWN = 20


def _rule(workspace: Workspace, call: Call) -> Rule:
    """The rule that the options describe. Raises BadInput."""
    args = call.args
    try:
        when = When(
            words=tuple(args.word),
            without=tuple(args.without),
            kinds=frozenset(MessageKind(one) for one in args.kind),
            senders=tuple(args.sender),
            only=frozenset(Only(one) for one in args.only),
            languages=frozenset(one.lower() for one in args.lang),
            accounts=frozenset(finding.account(workspace, one).id for one in args.account),
            moods=frozenset(args.mood),
        )
        then = tuple(Action(Deed(deed), value) for deed, _, value in (one.partition(":") for one in args.do))
    except ValueError as error:
        raise BadInput(field="rule", reason="not_a_value", given=str(error)[:80]) from None
    return Rule(0, args.name, when, then, stops=args.stop)


def _shape(workspace: Workspace, rule: Rule) -> dict[str, Json]:
    when = rule.when
    return {
        "client": workspace.client.id,
        "rule": rule.id,
        "name": rule.name,
        "enabled": rule.enabled,
        "stops": rule.stops,
        "words": list(when.words),
        "without": list(when.without),
        "kinds": sorted(one.value for one in when.kinds),
        "senders": list(when.senders),
        "only": sorted(one.value for one in when.only),
        "languages": sorted(when.languages),
        "accounts": [ref(workspace.client.id, Kind.ACCOUNT, one) for one in sorted(when.accounts)],
        "moods": sorted(when.moods),
        "do": [f"{one.deed.value}:{one.value}".rstrip(":") for one in rule.then],
    }


async def list_rules(call: Call) -> Exit:
    """Prints the rules in the order in which they are tried."""
    async with open_desk(call) as desk:
        found = [(room, rule) for room in finding.clients(desk, call.args.client) for rule in ruling.rules(room)]
    words = call.words
    header = tuple(words(f"column.{name}") for name in ("client", "number", "text", "detail"))
    lines = [
        (room.client.name, str(rule.id), rule.name, ", ".join(f"{one.deed.value} {one.value}".strip() for one in rule.then))
        for room, rule in found
    ]
    call.output.result([_shape(*pair) for pair in found], table(header, lines) if lines else words("rule.none"))
    return Exit.DONE


async def add(call: Call) -> Exit:
    """Keeps a rule for what comes in from now on."""
    async with open_desk(call) as desk:
        workspace = finding.client(desk, call.args.client)
        number = await ruling.save(workspace, _rule(workspace, call))
        kept = next(one for one in ruling.rules(workspace) if one.id == number)
    call.output.result(_shape(workspace, kept), call.words("rule.kept", name=kept.name, number=number))
    return Exit.DONE


async def try_rule(call: Call) -> Exit:
    """Tells what a rule would have met; nothing is changed."""
    async with open_desk(call) as desk:
        workspace = finding.client(desk, call.args.client)
        found = ruling.dry_run(workspace, _rule(workspace, call), days=call.args.days)
        rows = inbox.rows(workspace, found.hits[:_SHOWN])
    words = call.words
    header = tuple(words(f"column.{name}") for name in ("id", "when", "who", "text"))
    lines = [
        (
            ref(row.client, Kind.MESSAGE, row.id),
            told.local(row.created_at, workspace.client.timezone),
            row.author_handle,
            told.preview(row.preview),
        )
        for row in rows
    ]
    document: dict[str, Json] = {
        "looked": found.looked,
        "hits": [ref(workspace.client.id, Kind.MESSAGE, one) for one in found.hits],
    }
    said = words("rule.tried", looked=found.looked, hits=len(found.hits))
    call.output.result(document, f"{said}\n\n{table(header, lines)}" if lines else said)
    return Exit.DONE


async def remove(call: Call) -> Exit:
    """Takes a rule away; what it did stays."""
    async with open_desk(call) as desk:
        workspace = finding.client(desk, call.args.client)
        await ruling.remove(workspace, call.args.rule)
    call.output.result({"client": workspace.client.id, "rule": call.args.rule}, call.words("rule.removed"))
    return Exit.DONE


def _proposed(workspace: Workspace, one: Proposal) -> dict[str, Json]:
    return {
        "client": workspace.client.id,
        "proposal": one.id,
        "message": ref(workspace.client.id, Kind.MESSAGE, one.message),
        "measure": "assign" if one.measure is None else one.measure.value,
        "contact": one.contact,
        "rule": one.rule,
    }


async def proposals(call: Call) -> Exit:
    """Prints what rules propose and nobody has decided."""
    async with open_desk(call) as desk:
        found = [(room, one) for room in finding.clients(desk, call.args.client) for one in ruling.proposals(room)]
    words = call.words
    header = tuple(words(f"column.{name}") for name in ("client", "number", "id", "detail"))
    lines = [
        (
            room.client.name,
            str(one.id),
            ref(room.client.id, Kind.MESSAGE, one.message),
            "assign" if one.measure is None else one.measure.value,
        )
        for room, one in found
    ]
    call.output.result([_proposed(*pair) for pair in found], table(header, lines) if lines else words("rule.no_proposals"))
    return Exit.DONE


async def decide(call: Call) -> Exit:
    """Does what a rule proposed, or leaves it."""
    args = call.args
    async with open_desk(call) as desk:
        workspace = finding.client(desk, args.client)
        if args.answer == "accept":
            await ruling.accept(workspace, args.proposal)
        else:
            await ruling.refuse(workspace, args.proposal)
    document: dict[str, Json] = {"client": workspace.client.id, "proposal": args.proposal, "answer": args.answer}
    call.output.result(document, call.words(f"rule.{args.answer}"))
    return Exit.DONE
