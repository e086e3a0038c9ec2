"""Changes for a command what is live of a post, account by account, and says of each what came of it."""

from collections.abc import Mapping
from types import MappingProxyType

from cmdesk.cli import finding, told
from cmdesk.cli.exits import Exit, exit_for
from cmdesk.cli.output import Json
from cmdesk.cli.run import Call
from cmdesk.domain.draft_errors import BlockedByProblems
from cmdesk.domain.errors import CmdeskError, NotAllowed
from cmdesk.domain.ids import DeliveryId, Kind, PostId, ref
from cmdesk.services import correcting
from cmdesk.services.workspace import Workspace

_ENDS: Mapping[correcting.Outcome, Exit] = MappingProxyType(
    {
        correcting.Outcome.CHANGED: Exit.DONE,
        correcting.Outcome.SAME: Exit.DONE,
        correcting.Outcome.REFUSED: Exit.PROBLEM,
        correcting.Outcome.UNCLEAR: Exit.DECISION,
    }
)


async def change_live(call: Call, workspace: Workspace, post_id: PostId) -> Exit:
    """Gives what is live the stored words. An account where that fails does not keep the others from it.

    Raises NotAllowed when nothing of the post is live, or not on the account that was named.
    """
    only = None if call.args.account is None else finding.account(workspace, call.args.account).id
    live = [one for one in told.live(workspace, post_id) if only in {None, one.account}]
    if not live:
        raise NotAllowed(from_state="not_sent", to_state="changed")
    names = told.handles(workspace)
    document: list[Json] = []
    end = Exit.DONE
    for one in live:
        outcome, this_end = await _change(call, workspace, one.id, names[one.account])
        delivery = ref(workspace.client.id, Kind.DELIVERY, one.id)
        document.append({"delivery": delivery, "handle": names[one.account], "outcome": outcome})
        end = end or this_end
    return told.post_shown(call, workspace, post_id, {"live": document}, end)


async def _change(call: Call, workspace: Workspace, delivery: DeliveryId, handle: str) -> tuple[str, Exit]:
    words = call.words
    try:
        found = await correcting.correct(workspace, delivery)
    except CmdeskError as problem:
        call.output.say(words("live.failed", handle=handle, sentence=words.problem(problem)))
        if isinstance(problem, BlockedByProblems):
            told.problems(call, workspace, problem.problems)
        return "failed", exit_for(problem)
    said = "" if found.problem is None else words.draft_problem(found.problem)
    call.output.say(words(f"live.{found.outcome.value}", handle=handle, sentence=said))
    return found.outcome.value, _ENDS[found.outcome]
