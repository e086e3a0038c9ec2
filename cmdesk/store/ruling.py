"""Keeps the rules of an inbox and follows them, in the transaction that brings the messages in: none is met twice or missed."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from cmdesk.domain.answering import Priority
from cmdesk.domain.errors import NotFound
from cmdesk.domain.ids import AccountId, MessageId
from cmdesk.domain.message import MessageState
from cmdesk.domain.moderation import Measure, Proposal
from cmdesk.domain.ruling import Action, Deed, Rule, Subject, holds, matching, when_from_facts, when_to_facts
from cmdesk.store import alerts, handling, ingest
from cmdesk.store.database import reading
from cmdesk.store.inbox import kind_of
from cmdesk.store.times import from_ms, to_ms

if TYPE_CHECKING:
    from sqlmodel import Session

_AT_ONCE = 500
_SUBJECT = "m.id, m.text, m.kind, m.author_handle, m.author_name, m.language, m.account_id"


class Followed(Struct, frozen=True):
    """What rules did with some messages; ``taken`` counts measures that the client lets rules take."""

    hits: int = 0
    alerts: int = 0
    taken: int = 0


# ---- the rules themselves


def rules(connection: sqlite3.Connection) -> tuple[Rule, ...]:
    """All rules in their order; one that can't be read is left out and so holds for nothing."""
    found: list[Rule] = []
    rows = connection.execute("SELECT id, name, enabled, conditions, actions, position FROM inbox_rule ORDER BY position, id")
    for number, name, enabled, conditions, actions, position in rows:
        try:
            told = json.loads(actions)
            then = tuple(Action(Deed(one["deed"]), str(one.get("value", ""))) for one in told["then"])
            when, stops = when_from_facts(json.loads(conditions)), bool(told.get("stops"))
            found.append(Rule(number, name, when, then, bool(enabled), stops, position))
        except (ValueError, TypeError, KeyError):
            continue
    return tuple(found)


def save(session: Session, rule: Rule, at: datetime) -> int:
    """Keeps a rule (id 0: a new one, tried last); returns its id. Raises NotFound."""
    then = {"then": [{"deed": one.deed.value, "value": one.value} for one in rule.then], "stops": rule.stops}
    conditions = json.dumps(when_to_facts(rule.when), ensure_ascii=False)
    values = (rule.name, rule.enabled, conditions, json.dumps(then, ensure_ascii=False), to_ms(at))
    driver = session.connection()
    if not rule.id:
        result = driver.exec_driver_sql(
            "INSERT INTO inbox_rule (name, enabled, conditions, actions, changed_at, position)"
            " VALUES (?, ?, ?, ?, ?, (SELECT COALESCE(max(position), 0) + 1 FROM inbox_rule))",
            values,
        )
        return int(result.lastrowid)
    result = driver.exec_driver_sql(
        "UPDATE inbox_rule SET name = ?, enabled = ?, conditions = ?, actions = ?, changed_at = ? WHERE id = ?",
        (*values, rule.id),
    )
    if not result.rowcount:
        raise NotFound(what="rule", ref=str(rule.id))
    return rule.id


def reorder(session: Session, order: Sequence[int]) -> None:
    """The order in which rules are tried; those not named come after."""
    driver = session.connection()
    driver.exec_driver_sql("UPDATE inbox_rule SET position = position + 100000")
    if order:
        driver.exec_driver_sql(
            "UPDATE inbox_rule SET position = ? WHERE id = ?", [(place, one) for place, one in enumerate(order, 1)]
        )


def remove(session: Session, rule: int) -> None:
    """Takes a rule away, and the memory of what it met; what it did stays. Raises NotFound."""
    driver = session.connection()
    driver.exec_driver_sql("DELETE FROM rule_hit WHERE rule_id = ?", (rule,))
    driver.exec_driver_sql("UPDATE proposal SET rule_id = NULL WHERE rule_id = ?", (rule,))
    driver.exec_driver_sql("UPDATE sanction SET by_rule = NULL WHERE by_rule = ?", (rule,))
    if not driver.exec_driver_sql("DELETE FROM inbox_rule WHERE id = ?", (rule,)).rowcount:
        raise NotFound(what="rule", ref=str(rule))


# ---- following them


def subjects(connection: sqlite3.Connection, wanted: Sequence[int]) -> dict[MessageId, Subject]:
    """What rules see of messages."""
    read = _reads_moods(connection)
    found: dict[MessageId, Subject] = {}
    for start in range(0, len(wanted), _AT_ONCE):
        some = tuple(wanted[start : start + _AT_ONCE])
        marks = ", ".join("?" for _ in some)
        rows = connection.execute(f"SELECT {_SUBJECT} FROM message m WHERE m.id IN ({marks})", some).fetchall()
        moods = _moods(connection, some) if read else {}
        found |= {MessageId(row[0]): _subject(row, moods.get(row[0], frozenset())) for row in rows}
    return found


def _reads_moods(connection: sqlite3.Connection) -> bool:
    return connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'message_mood'").fetchone() is not None


def _moods(connection: sqlite3.Connection, some: Sequence[int]) -> dict[int, frozenset[str]]:
    rows = connection.execute(
        f"SELECT message_id, mood, kind, care, crisis FROM message_mood WHERE message_id IN ({', '.join('?' for _ in some)})",
        tuple(some),
    )
    return {
        row[0]: frozenset(one for one in (row[1], row[2], "care" if row[3] else "", "crisis" if row[4] else "") if one)
        for row in rows
    }


def _subject(row: Sequence[Any], moods: frozenset[str]) -> Subject:
    return Subject(row[1], kind_of(row[2]), row[3], row[4], row[5], AccountId(row[6]), moods)


def follow(session: Session, wanted: Sequence[MessageId], automatic: frozenset[Measure], at: datetime) -> Followed:
    """Follows the rules for messages that came in (or of which something new is known); each rule meets a message once."""
    known = rules(reading(session))
    if not known or not wanted:
        return Followed()
    met = _met(reading(session), wanted)
    hits: list[tuple[int, int, int, str]] = []
    told = taken = 0
    for message, subject in subjects(reading(session), wanted).items():
        for rule in matching(known, subject):
            if (rule.id, message) in met:
                continue
            hits.append((rule.id, message, to_ms(at), json.dumps([one.deed.value for one in rule.then])))
            for action in rule.then:
                taken += _act(session, message, rule, action, automatic=automatic, at=at)
                told += action.deed is Deed.ALERT
    if hits:
        session.connection().exec_driver_sql("INSERT INTO rule_hit (rule_id, message_id, at, did) VALUES (?, ?, ?, ?)", hits)
    return Followed(len(hits), told, taken)


def _met(connection: sqlite3.Connection, wanted: Sequence[int]) -> frozenset[tuple[int, int]]:
    found: set[tuple[int, int]] = set()
    for start in range(0, len(wanted), _AT_ONCE):
        some = tuple(wanted[start : start + _AT_ONCE])
        rows = connection.execute(
            f"SELECT rule_id, message_id FROM rule_hit WHERE message_id IN ({', '.join('?' for _ in some)})", some
        )
        found |= {(row[0], row[1]) for row in rows}
    return frozenset(found)


def _act(
    session: Session, message: MessageId, rule: Rule, action: Action, *, automatic: frozenset[Measure], at: datetime
) -> bool:
    """Does one action; tells whether it is a measure to be taken on the network. A state is only changed while nobody has."""
    match action.deed:
        case Deed.LABEL:
            handling.add_label(session, action.value, [message])
        case Deed.PRIORITY:
            handling.set_priority(session, Priority(int(action.value)), [message])
        case Deed.SET_ASIDE:
            _quietly(session, message, MessageState.SET_ASIDE, at)
        case Deed.SNOOZE:
            _quietly(session, message, MessageState.SNOOZED, at, at + timedelta(hours=int(action.value)))
        case Deed.ASSIGN:
            propose(session, message, f"assign:{action.value}", rule.id, at)
        case Deed.PROPOSE:
            propose(session, message, action.value, rule.id, at)
        case Deed.TAKE:
            allowed = Measure(action.value) in automatic
            propose(session, message, action.value, rule.id, at, accepted=True if allowed else None)
            return allowed
        case Deed.ALERT:
            alerts.raise_rule(session, message, rule.id, rule.name, at)
    return False


def _quietly(session: Session, message: MessageId, state: MessageState, at: datetime, until: datetime | None = None) -> None:
    row = reading(session).execute("SELECT state FROM message WHERE id = ?", (message,)).fetchone()
    if row is not None and row[0] == MessageState.AWAITING.value:
        ingest.set_state(session, [message], state, at=at, until=until)


def propose(
    session: Session, message: MessageId, measure: str, rule: int | None, at: datetime, *, accepted: bool | None = None
) -> None:
    """Proposes something; the same is proposed once. ``accepted``: the client's policy has said yes already."""
    session.connection().exec_driver_sql(
        "INSERT OR IGNORE INTO proposal (message_id, measure, rule_id, at, accepted) VALUES (?, ?, ?, ?, ?)",
        (message, measure, rule, to_ms(at), accepted),
    )


def to_take(connection: sqlite3.Connection) -> tuple[Proposal, ...]:
    """Measures that rules may take and that nobody has carried out yet, the oldest first."""
    rows = connection.execute(
        "SELECT id, message_id, measure, rule_id, at FROM proposal WHERE decided_at IS NULL AND accepted = 1 ORDER BY id LIMIT 20"
    )
    return tuple(_proposal(row) for row in rows)


def proposals(connection: sqlite3.Connection, message: MessageId | None = None) -> tuple[Proposal, ...]:
    """What waits for a person's word, the newest first."""
    where, values = ("", ()) if message is None else (" AND message_id = ?", (message,))
    rows = connection.execute(
        "SELECT id, message_id, measure, rule_id, at FROM proposal WHERE decided_at IS NULL AND accepted IS NULL"
        f"{where} ORDER BY at DESC, id DESC",
        values,
    )
    return tuple(_proposal(row) for row in rows)


def proposal(connection: sqlite3.Connection, number: int) -> Proposal:
    """One that waits; raises NotFound."""
    row = connection.execute(
        "SELECT id, message_id, measure, rule_id, at FROM proposal WHERE id = ? AND decided_at IS NULL", (number,)
    ).fetchone()
    if row is None:
        raise NotFound(what="proposal", ref=str(number))
    return _proposal(row)


def _proposal(row: Sequence[Any]) -> Proposal:
    name, _, value = str(row[2]).partition(":")
    assigns = name == "assign"
    return Proposal(
        row[0], MessageId(row[1]), None if assigns else Measure(name), int(value) if assigns else None, row[3], from_ms(row[4])
    )


def decide(session: Session, number: int, accepted: bool, at: datetime) -> None:
    """A person's word about a proposal."""
    session.connection().exec_driver_sql(
        "UPDATE proposal SET decided_at = ?, accepted = ? WHERE id = ?", (to_ms(at), accepted, number)
    )


def hand_over(session: Session, number: int) -> None:
    """A measure that was to be taken waits for a person instead."""
    session.connection().exec_driver_sql("UPDATE proposal SET accepted = NULL WHERE id = ?", (number,))


def dry_run(connection: sqlite3.Connection, rule: Rule, since: datetime, limit: int) -> Iterator[tuple[MessageId, bool]]:
    """The newest messages since then, and whether a rule would hold for each. Nothing is changed."""
    rows = connection.execute(
        f"SELECT {_SUBJECT} FROM message m WHERE m.state <> 'context' AND m.created_at >= ?"
        " ORDER BY m.created_at DESC, m.id DESC LIMIT ?",
        (to_ms(since), limit),
    ).fetchall()
    moods: dict[int, frozenset[str]] = {}
    if rule.when.moods and _reads_moods(connection):
        for start in range(0, len(rows), _AT_ONCE):
            moods |= _moods(connection, [row[0] for row in rows[start : start + _AT_ONCE]])
    for row in rows:
        yield MessageId(row[0]), holds(rule.when, _subject(row, moods.get(row[0], frozenset())))
