"""Has messages read for their mood and keeps what was read, so that who needs somebody first is seen first.

Reading is a matter of the language worker; here messages are handed to it in bites, and people correct what it got wrong.
"""

from __future__ import annotations

import asyncio
import logging
from array import array
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Final

from cmdesk.domain.changes import Topic
from cmdesk.domain.errors import BadInput
from cmdesk.domain.mood import Because, Correction, Mood, Reading, Sense, needs_care
from cmdesk.language.host import CheckerBroken
from cmdesk.language.protocol import LONGEST_TEXT, Triage, Triaged
from cmdesk.services import inbox, instinct, ruling
from cmdesk.store import moods as store

if TYPE_CHECKING:
    from cmdesk.domain.changes import Changes
    from cmdesk.domain.clock import Clock
    from cmdesk.domain.ids import AccountId, MessageId
    from cmdesk.language.host import Host
    from cmdesk.services.desk import Desk
    from cmdesk.services.workspace import Workspace

#: Messages of one bite: less than a tenth of a second of the worker, in which no text that is being written is read.
BITE: Final = 16
#: Seconds: after the start, between two bites, after something came in, and when there is no worker to be had.
_SETTLE: Final = 20.0
_BREATH: Final = 0.05
_GATHER: Final = 1.0
_NO_WORKER: Final = 900.0

log = logging.getLogger(__name__)


async def read(host: Host, texts: Sequence[str], corrections: Sequence[Correction] = (), home: str = "") -> tuple[Sense, ...]:
    """The readings of texts, in their order. Raises CheckerBroken when there is no worker to be had."""
    cut = tuple(text[:LONGEST_TEXT].encode("utf-8", "replace").decode() for text in texts)
    answer = await host.ask("triage", Triage(cut, tuple(corrections), home), Triaged)
    return answer.senses


async def read_all(ws: Workspace, most: int = 2_000) -> int:
    """Reads what waits, at most so many; returns how many were read. Rules and alerts hear of it. Raises CheckerBroken."""
    done = 0
    while done < most and (some := await read_some(ws)):
        done += len(some)
        await _tell(ws, some)
    return done


async def _tell(ws: Workspace, some: Sequence[tuple[AccountId, MessageId]]) -> None:
    """What rules and alerts make of the moods of messages."""
    await ruling.follow(ws, [message for _account, message in some])
    for account in dict.fromkeys(account for account, _message in some):
        await instinct.look(ws, account, [message for owner, message in some if owner == account])
    await ruling.carry_out(ws)


async def read_some(ws: Workspace, limit: int = BITE) -> tuple[tuple[AccountId, MessageId], ...]:
    """Reads the newest messages that nobody has read yet, and keeps it; gives which they were, nothing when all are read.

    Raises CheckerBroken.
    """
    with ws.read() as connection:
        wanted = store.wanted(connection, limit)
        taught = store.corrections(connection) if wanted else ()
    if not wanted:
        return ()
    home = ws.client.language.value[:2]
    senses = await read(ws.proofreader.host, [one.text for one in wanted], taught, home)
    with ws.write() as session:
        store.keep(session, list(zip(wanted, senses, strict=True)))
    return tuple((one.account, one.id) for one in wanted)


def waiting(ws: Workspace) -> int:
    """How many messages wait to be read."""
    with ws.read() as connection:
        return store.waiting(connection)


def by_risk(ws: Workspace, limit: int = 2_000) -> array[int]:
    """Open messages that need care, the worst first."""
    with ws.read() as connection:
        return store.by_risk(connection, limit)


def senses(ws: Workspace, wanted: Sequence[int]) -> Mapping[MessageId, Sense]:
    """What was read in messages; those that were not read are left out."""
    with ws.read() as connection:
        return store.senses(connection, wanted)


async def correct(ws: Workspace, message: MessageId, mood: Mood, kind: Reading) -> Sense:
    """Says how a message is meant, for it and for those like it that come. Raises NotFound, BadInput(field="mood")."""
    if mood is Mood.UNCERTAIN:
        raise BadInput(field="mood", reason="uncertain")
    known = inbox.message(ws, message)
    before = senses(ws, [message]).get(message)
    care, crisis = needs_care(mood, kind), kind is Reading.CRISIS
    risk = 100 if crisis else (80 if care else 10)
    language = before.language if before is not None else known.language[:2]
    said = Sense(language, mood, kind, care, crisis, 1.0, risk, (Because("corrected"),), mood)
    with ws.write() as session:
        store.correct(session, message, Correction(known.text, mood, kind), said, ws.clock.now())
    return said


async def forget(ws: Workspace, message: MessageId) -> None:
    """Takes a correction back; the message is read again."""
    with ws.write() as session:
        store.forget(session, message)


def corrections(ws: Workspace) -> tuple[Correction, ...]:
    """What was said of this client's messages, the oldest first."""
    with ws.read() as connection:
        return store.corrections(connection)


class Triager:
    """Reads in the background what came in, a bite at a time. In the engine's thread."""

    def __init__(self, desk: Desk, clock: Clock) -> None:
        self._desk = desk
        self._clock = clock
        self._news = asyncio.Event()

    def notice(self, changes: Changes) -> None:
        """Something was committed: perhaps a message."""
        if Topic.INBOX in changes.topics:
            self._news.set()

    async def run(self) -> None:
        """Works until cancelled; waits a while first, for the window has other things to do."""
        await self._clock.sleep(_SETTLE)
        while True:
            self._news.clear()
            try:
                while await self.tick():
                    await self._clock.sleep(_BREATH)
            except CheckerBroken as problem:
                log.warning("moods are not read: %s", problem.params.get("reason"))
                await self._clock.sleep(_NO_WORKER)
                continue
            await self._news.wait()
            await self._clock.sleep(_GATHER)

    async def tick(self) -> int:
        """Reads a bite of each client's messages; returns how many. Raises CheckerBroken."""
        done = 0
        for ws in self._desk.workspaces:
            if some := await read_some(ws):
                done += len(some)
                await _tell(ws, some)
        return done
