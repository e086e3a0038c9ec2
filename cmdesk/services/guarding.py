"""Holds a client's queue when nobody can tell whether it went out already, and lets it go on by a person's word.

A data folder that was copied, restored or opened by a second computer still says "planned" for posts that went out since.
So a queue is armed for one installation at one place; before anything is claimed the evidence is looked at again: the
file's own place, this computer, what it remembers of this file, the clock, and who else publishes from this folder.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from cmdesk.domain.delivery import HeldBecause
from cmdesk.domain.errors import KeyringSlow, NotAllowed, StoreProblem
from cmdesk.domain.guard import CLOCK_BACK, CLOCKS_APART, OF_THE_HOUR, PASSING, Answer, Confirmed, HoldReason, Place, QueueHold
from cmdesk.domain.journal import Event
from cmdesk.services import lease
from cmdesk.services.home import DATABASE, Home
from cmdesk.services.machine import Mark
from cmdesk.store import guard, journal, outbox
from cmdesk.store.database import reading
from cmdesk.vault import in_time

if TYPE_CHECKING:
    from cmdesk.services.desk import Desk
    from cmdesk.services.workspace import Workspace

#: How long the keyring may take to tell the installation's id, in seconds; a person may have to open it first.
_KEYRING_SECONDS = 30.0

Found = tuple[HoldReason, tuple[tuple[str, str], ...]]


def hold_of(ws: Workspace) -> QueueHold | None:
    """Why this client's queue stands still, as far as anybody has noticed. A short read, for screens."""
    with ws.read() as connection:
        return guard.hold(connection)


def holds(desk: Desk) -> tuple[tuple[Workspace, QueueHold], ...]:
    """All queues that stand still, in the order of the rail."""
    found = ((ws, hold_of(ws)) for ws in desk.workspaces)
    return tuple((ws, hold) for ws, hold in found if hold is not None)


def where(ws: Workspace) -> Place:
    """Where this client's file lies now. Raises StoreProblem when it is gone."""
    path = ws.folder / DATABASE
    try:
        known = path.stat()
        return Place(str(path.resolve()), known.st_dev, known.st_ino)
    except OSError as error:
        raise StoreProblem(reason=type(error).__name__) from None


def _home(ws: Workspace) -> Home:
    return Home(ws.folder.parent.parent)


# ---- looking


def glance(ws: Workspace) -> Found | None:
    """Looks at all evidence that costs nothing: no keyring, no walk through the file. Writes nothing."""
    now = ws.clock.now()
    with ws.read() as connection:
        seal, known = guard.seal(connection), guard.hold(connection)
        last = journal.last_begun(connection)
        if known is not None and known.because not in PASSING:
            return known.because, known.detail
        other = lease.elsewhere(_home(ws), ws.machine, now)
        if other is not None:
            return HoldReason.RUNNING_ELSEWHERE, (("host", other.name),)
        if not seal.broken and seal.host != ws.machine.host:
            return HoldReason.OTHER_COMPUTER, ()
        mark, here = ws.machine.outside.mark(seal.name), where(ws)
        found = _by_place(seal, mark, here)
        if found is None and mark is not None and mark.line and journal.hash_of(connection, mark.line) != mark.hash:
            found = HoldReason.RESTORED, ()
    return found or _by_clock(seal, last, now)


def _by_place(seal: guard.Seal, mark: Mark | None, here: Place) -> Found | None:
    for known in (seal.place, None if mark is None else mark.place):
        if known is None or (known.inode == here.inode and known.path == here.path):
            # The same file in the same place. The number of a device may change with every start of a computer.
            continue
        there = _at(known)
        if known.path == here.path:
            return HoldReason.REPLACED, ()
        if (known.device, known.inode) == (here.device, here.inode) and there is None:
            continue  # the folder was moved or renamed: it is the file itself
        return HoldReason.COPIED if there is not None else HoldReason.REPLACED, (("there", known.path),)
    return None


def _at(place: Place) -> Place | None:
    """What lies where a file is known to have been."""
    try:
        found = Path(place.path).stat()
    except OSError:
        return None
    return Place(place.path, found.st_dev, found.st_ino)


def _by_clock(seal: guard.Seal, last: datetime | None, now: datetime) -> Found | None:
    if last is None or now >= last - CLOCK_BACK:
        return None
    if seal.clock_accepted is not None and last <= seal.clock_accepted:
        return None
    return HoldReason.CLOCK_BACK, (("last", last.isoformat(timespec="seconds")),)


async def assess(ws: Workspace, *, thorough: bool = False) -> QueueHold | None:
    """Looks at all evidence and writes down what it means: the queue is armed for this computer, or held.

    ``thorough`` reads the whole file for damage (about a second per million messages). Raises StoreProblem, or KeyringSlow
    when the keyring must be asked first and does not answer.
    """
    found = glance(ws)
    if found is None:
        install = await _install_id(ws)
        with ws.read() as connection:
            seal = guard.seal(connection)
        if not seal.broken and seal.install_id != install:
            found = HoldReason.OTHER_COMPUTER, ()
        elif thorough:
            findings = await ws.helper(ws.database.quick_check)
            found = (HoldReason.DAMAGED, (("finding", findings[0][:200]),)) if findings else None
        if found is None:
            _arm(ws, seal, install)
            return None
    return _hold(ws, found)


async def _install_id(ws: Workspace) -> str:
    try:
        return await in_time(ws.helper(ws.machine.install_id), _KEYRING_SECONDS)
    except KeyringSlow:
        # A keyring that waits for somebody's word: what this computer keeps beside it says the same, if it was ever asked.
        beside = ws.machine.outside.install_id()
        if beside is None:
            raise
        return beside


def _arm(ws: Workspace, seal: guard.Seal, install: str) -> None:
    here = where(ws)
    with ws.read() as connection:
        held = guard.hold(connection)
        head = journal.head(connection)
    if held is not None or seal.place != here or seal.install_id != install:
        with ws.write() as session:
            if held is not None:
                journal.write(session, Event.CONFIRMED, ws.clock.now(), outcome="passed", detail={"because": held.because.value})
                head = journal.head(reading(session))
            guard.write_seal(session, install, ws.machine.host, here, ws.clock.now())
    mark = ws.machine.outside.mark(seal.name)
    if mark is None or mark.place != here:
        ws.machine.outside.keep_mark(seal.name, Mark(here, *head))


def _hold(ws: Workspace, found: Found) -> QueueHold:
    """Writes a hold down once; what is known already stays as it is."""
    known = hold_of(ws)
    because, detail = found
    if known is not None and known.because is because:
        return known
    fresh = QueueHold(because, ws.clock.now(), detail)
    with ws.write() as session:
        guard.write_hold(session, fresh)
        journal.write(session, Event.HELD, fresh.since, outcome=because.value, detail=dict(detail))
    return fresh


def compare_clocks(ws: Workspace, server: str, ahead: timedelta | None) -> QueueHold | None:
    """Holds the queue where our clock and a server's lie apart; lets it go on where they agree again. Raises StoreProblem.

    ``ahead`` is by how much ours is ahead, None where the server did not say. A person's word that ours is right counts for
    this server as long as the two lie as far apart as they did then.
    """
    if ahead is None:
        return None
    known = hold_of(ws)
    with ws.read() as connection:
        word = guard.clock_word(connection, server)
    if abs(ahead) <= CLOCKS_APART or (word is not None and abs(ahead - word) <= CLOCKS_APART):
        if known is not None and known.because is HoldReason.CLOCK_WRONG and dict(known.detail).get("server") == server:
            with ws.write() as session:
                guard.write_hold(session, None)
                journal.write(session, Event.CONFIRMED, ws.clock.now(), outcome="passed", detail={"because": known.because.value})
        return None
    if known is not None:
        return known
    shows = (ws.clock.now() - ahead).isoformat(timespec="seconds")
    told = (("server", server), ("shows", shows), ("ahead", str(round(ahead.total_seconds()))))
    return _hold(ws, (HoldReason.CLOCK_WRONG, told))


def check(ws: Workspace) -> QueueHold | None:
    """The look before every claim: glances, and writes a hold down where there is one. Raises StoreProblem."""
    found = glance(ws)
    return None if found is None else _hold(ws, found)


async def remember(ws: Workspace) -> None:
    """Keeps outside of the data folder that the journal has come this far; to be awaited before a call is made."""
    with ws.read() as connection:
        seal, head = guard.seal(connection), journal.head(connection)
    if seal.place is not None:
        await ws.helper(ws.machine.outside.keep_mark, seal.name, Mark(seal.place, *head))


# ---- a person's word


async def confirm(ws: Workspace, answer: Answer) -> Confirmed:
    """Carries out what a person says about a file in doubt.

    REAL: the queue is armed here and goes on. Unless this file is known to hold all that was ever sent from it, everything
    that is planned is held for a look first. OTHER: it stays held for good, and asks no more.
    Raises NotAllowed when nothing is held, or while another computer publishes from the same folder.
    """
    known = hold_of(ws)
    if known is None:
        raise NotAllowed(from_state="not_held", to_state=answer.value)
    at = ws.clock.now()
    if answer is Answer.OTHER:
        retired = replace(known, retired=True)
        with ws.write() as session:
            guard.write_hold(session, retired)
            journal.write(session, Event.CONFIRMED, at, outcome=answer.value, detail={"because": known.because.value})
        return Confirmed(retired)
    if lease.elsewhere(_home(ws), ws.machine, at) is not None:
        raise NotAllowed(from_state=HoldReason.RUNNING_ELSEWHERE.value, to_state=answer.value)
    install, here = await _install_id(ws), where(ws)
    with ws.write() as session:
        connection = reading(session)
        seal, last = guard.seal(connection), journal.last_begun(connection)
        no_doubt = known.because in {*PASSING, *OF_THE_HOUR} or _knows_all(ws, known, seal)
        held = 0 if no_doubt else outbox.hold_all(session, HeldBecause.DOUBT, at)
        if last is not None and last > at:
            guard.accept_clock(session, last)
        if known.because is HoldReason.CLOCK_WRONG:
            said = dict(known.detail)
            guard.write_clock_word(session, said.get("server", ""), timedelta(seconds=int(said.get("ahead", "0"))), at)
        guard.write_seal(session, install, ws.machine.host, here, at)
        told = {"because": known.because.value, "held": held}
        journal.write(session, Event.CONFIRMED, at, outcome=answer.value, detail=told)
        head = journal.head(connection)
    # From now on this is the one: a copy elsewhere on this computer finds another place here, and holds.
    ws.machine.outside.keep_mark(seal.name, Mark(here, *head))
    return Confirmed(None, held)


def _knows_all(ws: Workspace, known: QueueHold, seal: guard.Seal) -> bool:
    """Whether this file holds the last line that this computer remembers of it: then nothing went out that it does not know."""
    mark = ws.machine.outside.mark(seal.name)
    if known.because not in {HoldReason.COPIED, HoldReason.REPLACED} or mark is None:
        return False
    with ws.read() as connection:
        return mark.line == 0 or journal.hash_of(connection, mark.line) == mark.hash


__all__ = [
    "assess",
    "check",
    "compare_clocks",
    "confirm",
    "glance",
    "hold_of",
    "holds",
    "remember",
    "where",
]
