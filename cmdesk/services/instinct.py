"""Notices what is out of the ordinary and says it once: what, and why; in quiet hours only what cannot wait."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from cmdesk.domain.alarms import VIRAL_PEOPLE, VIRAL_WITHIN, AlarmKind, Alert, crisis_words, spike
from cmdesk.domain.answering import clean_text
from cmdesk.domain.errors import BadInput
from cmdesk.domain.quiet import quiet_until
from cmdesk.store import alerts as store
from cmdesk.store import clients, ruling
from cmdesk.store.database import reading

if TYPE_CHECKING:
    from cmdesk.domain.ids import AccountId, MessageId
    from cmdesk.services.workspace import Workspace
    from cmdesk.store.database import Session

_KEY = "crisis_words"
_MOST_WORDS = 200


def own_words(ws: Workspace) -> tuple[str, ...]:
    """The client's own words of a crisis, beside those that everybody has."""
    with ws.read() as connection:
        return _own(clients.settings(connection).get(_KEY))


async def set_own_words(ws: Workspace, words: Sequence[str]) -> None:
    """Sets the client's own words; a star at the end stands for any ending. Raises BadInput(field="words")."""
    clean = tuple(dict.fromkeys(" ".join(clean_text(word, "words", 80).split()) for word in words))
    if len(clean) > _MOST_WORDS:
        raise BadInput(field="words", reason="too_many", limit=_MOST_WORDS)
    with ws.write() as session:
        clients.set_settings(session, {**clients.settings(reading(session)), _KEY: list(clean)})


def _own(kept: object) -> tuple[str, ...]:
    return tuple(one for one in kept if isinstance(one, str)) if isinstance(kept, list) else ()


async def look(ws: Workspace, account: AccountId, arrived: Sequence[MessageId]) -> int:
    """Looks at what has just come in for an account; returns how many alerts are new."""
    if not arrived:
        return 0
    own = own_words(ws)
    with ws.write() as session:
        return _crisis(ws, session, account, arrived, own) + _spike(ws, session, account) + _viral(ws, session, account)


def _crisis(ws: Workspace, session: Session, account: AccountId, arrived: Sequence[MessageId], own: tuple[str, ...]) -> int:
    """Words of a crisis, of this client or of everybody; what a reading of the mood says counts as one too."""
    found: dict[MessageId, tuple[str, ...]] = {}
    for message, subject in ruling.subjects(reading(session), arrived).items():
        words = crisis_words(subject, own)
        if words or "crisis" in subject.moods:
            found[message] = words
    if not found:
        return 0
    words = tuple(dict.fromkeys(word for some in found.values() for word in some))
    facts = {"words": list(words[:12]), "number": len(found)}
    last = max(found)
    fresh = store.raise_alert(session, AlarmKind.CRISIS, f"{account}", facts, at=ws.clock.now(), account=account, message=last)
    return int(fresh)


def _spike(ws: Workspace, session: Session, account: AccountId) -> int:
    now, connection = ws.clock.now(), reading(session)
    found = spike(store.last_hour(connection, account, now), *store.habit(connection, account, now))
    if found is None:
        return 0
    facts = {"number": found.number, "usual": round(found.usual, 1)}
    return int(store.raise_alert(session, AlarmKind.SPIKE, f"{account}", facts, at=now, account=account))


def _viral(ws: Workspace, session: Session, account: AccountId) -> int:
    now = ws.clock.now()
    fresh = 0
    for thread, people, number, last in store.busiest_threads(reading(session), account, now - VIRAL_WITHIN, VIRAL_PEOPLE):
        facts = {"people": people, "number": number}
        topic = f"{account}:{thread}"
        fresh += store.raise_alert(session, AlarmKind.VIRAL, topic, facts, at=now, account=account, message=last)
    return fresh


def alerts(ws: Workspace, *, unseen: bool = True) -> tuple[Alert, ...]:
    """Alerts, the latest first; those nobody has looked at, unless all are asked for."""
    with ws.read() as connection:
        return store.alerts(connection, unseen=unseen)


def to_tell(ws: Workspace) -> tuple[Alert, ...]:
    """Alerts that nobody was told of and that may be told now: in the client's quiet hours only those that wake."""
    quiet = quiet_until(ws.client.quiet, ws.client.timezone, ws.clock.now()) is not None
    with ws.read() as connection:
        found = store.alerts(connection, unseen=True, untold=True)
    return tuple(one for one in found if one.wakes or not quiet)


async def told(ws: Workspace, wanted: Sequence[int]) -> None:
    """A person was told of these alerts."""
    with ws.write() as session:
        store.told(session, wanted, ws.clock.now())


async def seen(ws: Workspace, wanted: Sequence[int]) -> None:
    """A person has looked at these alerts."""
    with ws.write() as session:
        store.seen(session, wanted, ws.clock.now())
