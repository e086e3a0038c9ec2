"""Fetches what came in, and looks again at what is unclear."""

from collections.abc import Mapping

from cmdesk.cli import finding, told
from cmdesk.cli.exits import Exit, exit_for
from cmdesk.cli.house import open_desk
from cmdesk.cli.output import Json
from cmdesk.cli.run import Call
from cmdesk.cli.text import table
from cmdesk.domain.errors import NoNetwork
from cmdesk.domain.ids import AccountId, Kind, ref
from cmdesk.services import reconciling, syncing
from cmdesk.services.syncing import Pulled


async def sync(call: Call) -> Exit:
    """Prints, per account, how much came in; one account's failure does not keep the others from being fetched."""
    async with open_desk(call) as desk:
        rooms = tuple(finding.in_work(workspace) for workspace in finding.clients(desk, call.args.client))
        pulled = await syncing.pull_all(rooms)
        settled = {room.client.id: await reconciling.settle_unclear(room) for room in rooms}
        names = {room.client.id: told.handles(room) for room in rooms}
    words = call.words
    header = tuple(words(f"column.{name}") for name in ("account", "handle", "new", "updated_count", "note"))
    lines = [_line(call, one, names[one.client]) for one in pulled]
    for one in pulled:
        if one.problem is not None:
            sentence = words.problem(one.problem)
            call.output.say(words("account.problem", handle=names[one.client][one.account], sentence=sentence))
    found = sum(one.found for one in settled.values())
    if found:
        call.output.say(words.counted("sync.settled", found))
    document = [_shape(call, one, names[one.client]) for one in pulled]
    call.output.result(document, table(header, lines) if lines else words("account.none"))
    return _exit(pulled)


def _line(call: Call, one: Pulled, names: Mapping[AccountId, str]) -> tuple[str, ...]:
    note = "" if one.problem is None else call.words("sync.failed")
    return (ref(one.client, Kind.ACCOUNT, one.account), names[one.account], str(one.new), str(one.updated), note)


def _shape(call: Call, one: Pulled, names: Mapping[AccountId, str]) -> dict[str, Json]:
    problem: Json = None
    if one.problem is not None:
        problem = {"code": one.problem.code, "message": call.words.problem(one.problem)}
    return {
        "account": ref(one.client, Kind.ACCOUNT, one.account),
        "client": one.client,
        "handle": names[one.account],
        "new": one.new,
        "updated": one.updated,
        "problem": problem,
    }


def _exit(pulled: tuple[Pulled, ...]) -> Exit:
    """No network when nobody was reached; a problem when anybody failed."""
    failed = [one.problem for one in pulled if one.problem is not None]
    if not failed:
        return Exit.DONE
    if len(failed) == len(pulled) and all(isinstance(problem, NoNetwork) for problem in failed):
        return Exit.NO_NETWORK
    return max((exit_for(problem) for problem in failed if not isinstance(problem, NoNetwork)), default=Exit.PROBLEM)
