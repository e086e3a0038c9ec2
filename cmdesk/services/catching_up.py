"""Reads later what could not be read at once: stretches of the inbox below a page, and conversations that may have moved on.

A conversation is asked for again the more rarely the older it is and the longer it had nothing new; it is never given up.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Final

from cmdesk.domain.errors import AnswerUnreadable, GoneOnNetwork, NetworkProblem, RefusedByNetwork
from cmdesk.networks.port import Backfills, Connector, Receives
from cmdesk.services import arriving
from cmdesk.services.health import still_linked
from cmdesk.store import gaps, ingest

if TYPE_CHECKING:
    from cmdesk.domain.account import Account
    from cmdesk.domain.message import Conversation
    from cmdesk.services.workspace import Workspace

#: How many pages of gaps, and how many conversations, one pull of an account reads: the rest comes with the next.
PAGES_A_PULL: Final = 5
THREADS_A_PULL: Final = 4
#: A gap of more pages than this is no gap any more but a flood; it is closed, and the log of fetches says so.
MOST_PAGES: Final = 500
#: Conversations that began before this are not put on the list.
WATCHED: Final = timedelta(days=30)
_MOST_LOOKS = 3
_LONGEST = timedelta(days=8)

#: How old a conversation is, and how long it rests then.
_PACE: Final = (
    (timedelta(hours=1), timedelta(minutes=2)),
    (timedelta(hours=6), timedelta(minutes=10)),
    (timedelta(days=1), timedelta(minutes=30)),
    (timedelta(days=3), timedelta(hours=2)),
    (timedelta(days=7), timedelta(hours=6)),
    (timedelta(days=30), timedelta(days=1)),
)


def rest(age: timedelta, quiet: int) -> timedelta:
    """How long a conversation of this age rests before it is asked for again; each empty answer doubles it."""
    wait = next((pause for limit, pause in _PACE if age < limit), timedelta(days=4))
    return min(wait * (1 << min(quiet, 8)), _LONGEST)


async def fill_gaps(ws: Workspace, account: Account, connector: Connector) -> ingest.Ingested:
    """Reads some pages of what was never read, the newest stretch first. What is here stays, whatever happens to the rest.

    Raises NetworkProblem, VaultProblem.
    """
    total = ingest.Ingested()
    if not isinstance(connector, Backfills):
        return total
    for _ in range(PAGES_A_PULL):
        with ws.read() as connection:
            gap = next(iter(gaps.open_gaps(connection, account.id)), None)
        if gap is None:
            break
        asked_at = ws.clock.now()
        try:
            page = await connector.older(gap.kind, gap.older)
        except (GoneOnNetwork, RefusedByNetwork) as problem:
            # The network no longer knows the place: what lies below it can't be asked for.
            with ws.write() as session:
                gaps.gap_failed(session, gap, problem.code, ws.clock.now())
                gaps.narrow(session, gap, None, ws.clock.now())
            continue
        except NetworkProblem as problem:
            with ws.write() as session:
                gaps.gap_failed(session, gap, problem.code, ws.clock.now())
            raise
        with ws.write() as session:
            if not still_linked(session, account):
                return total
            now = ws.clock.now()
            total += arriving.take_in(session, account, page.items, now=now, asked_at=asked_at)
            # By the newest of the page: one old message that a server delivered late does not end a gap.
            below = bool(page.items) and max(one.created_at for one in page.items) < gap.bottom
            stuck = page.older == gap.older or gap.pages >= MOST_PAGES
            gaps.narrow(session, gap, None if below or stuck else page.older, now)
    return total


async def watch(ws: Workspace, account: Account, connector: Receives) -> ingest.Ingested:
    """Asks for some conversations whose time has come: new answers, edits and what was deleted. Raises NetworkProblem."""
    total = ingest.Ingested()
    now = ws.clock.now()
    with ws.write() as session:
        if not still_linked(session, account):
            return total
        gaps.enrol(session, account.id, now, since=now - WATCHED)
    with ws.read() as connection:
        due = gaps.due_watches(connection, account.id, now, THREADS_A_PULL)
    for one in due:
        asked_at = ws.clock.now()
        try:
            conversation = await connector.context(one.remote_id)
        except GoneOnNetwork:
            with ws.write() as session:
                if still_linked(session, account):
                    ingest.tombstone(session, account.id, one.remote_id, ws.clock.now())
                    gaps.asked(session, account.id, one, ws.clock.now(), news=True, wait=None)
            continue
        except (RefusedByNetwork, AnswerUnreadable):
            with ws.write() as session:
                gaps.asked(session, account.id, one, ws.clock.now(), news=False, wait=rest(now - one.born_at, one.quiet + 1))
            continue
        total += await _keep(ws, account, connector, one, conversation=conversation, asked_at=asked_at)
    return total


async def _keep(
    ws: Workspace, account: Account, connector: Receives, one: gaps.Watch, *, conversation: Conversation, asked_at: datetime
) -> ingest.Ingested:
    """Stores a conversation, and looks after messages of it that were not in the answer: none of them is gone for that alone."""
    with ws.write() as session:
        if not still_linked(session, account):
            return ingest.Ingested()
        now = ws.clock.now()
        got = arriving.take_in(session, account, conversation.items, now=now, asked_at=asked_at)
        news = got.new > 0 or got.updated > 0
        pause = rest(now - one.born_at, 0 if news else one.quiet + 1)
        gaps.asked(session, account.id, one, now, news=news, wait=pause)
    seen = frozenset(item.remote_id for item in conversation.items)
    roots = {item.thread_id for item in conversation.items if item.thread_id} or {one.remote_id}
    with ws.read() as connection:
        missing = [name for root in sorted(roots) for name in gaps.unseen_in(connection, account.id, seen, root, _MOST_LOOKS)]
    for remote_id in missing[:_MOST_LOOKS]:
        try:
            await connector.context(remote_id)
        except GoneOnNetwork:
            with ws.write() as session:
                if still_linked(session, account):
                    ingest.tombstone(session, account.id, remote_id, ws.clock.now())
        except NetworkProblem:
            break
    return got
