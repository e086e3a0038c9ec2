"""Deals with messages: states of many at once with the way back, labels, notes, and questions to people at the client."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from cmdesk.domain.answering import (
    LONGEST_NAME,
    Contact,
    Department,
    Done,
    Note,
    Priority,
    Question,
    Reminder,
    ReminderKind,
    Way,
    clean_email,
    clean_label,
    clean_text,
)
from cmdesk.domain.errors import BadInput, NotAllowed
from cmdesk.domain.ids import MessageId
from cmdesk.domain.message import Message, MessageState
from cmdesk.domain.people import person_key
from cmdesk.store import accounts as account_store
from cmdesk.store import handling as store
from cmdesk.store import inbox, ingest
from cmdesk.store.database import reading

if TYPE_CHECKING:
    from cmdesk.services.desk import Desk
    from cmdesk.services.workspace import Workspace

_OPEN = frozenset({MessageState.AWAITING, MessageState.IN_HAND, MessageState.SNOOZED, MessageState.INFO})


async def put(
    ws: Workspace, wanted: Sequence[int], state: MessageState, until: datetime | None = None, *, initiator: str | None = None
) -> Done:
    """Puts messages into a state; what is returned leads back (``undo``). Snoozing needs ``until``, in the future.

    Raises BadInput(field="until").
    """
    now = ws.clock.now()
    if (state is MessageState.SNOOZED) is (until is None):
        raise BadInput(field="until", reason="missing" if until is None else "not_snoozed")
    if until is not None and until <= now:
        raise BadInput(field="until", reason="past")
    with ws.write(initiator=initiator) as session:
        before = store.standing(reading(session), wanted)
        changed = tuple(one for one in before if (one.state, one.until) != (state, until))
        ingest.set_state(session, [one.message for one in changed], state, at=now, until=until)
    return Done(state, changed)


async def undo(ws: Workspace, done: Done, *, initiator: str | None = None) -> int:
    """Puts back what ``put`` changed, except what somebody has dealt with since; returns how many."""
    with ws.write(initiator=initiator) as session:
        return store.put_back(session, done.before, done.state, ws.clock.now())


# ---- labels, priority, notes


async def label(ws: Workspace, wanted: Sequence[int], name: str, on: bool = True) -> str:
    """Puts a label on messages, or takes it off; returns it as it is kept. Raises BadInput(field="label")."""
    clean = clean_label(name)
    with ws.write() as session:
        (store.add_label if on else store.remove_label)(session, clean, wanted)
    return clean


def labels(ws: Workspace, wanted: Sequence[int]) -> dict[MessageId, tuple[str, ...]]:
    """The labels of messages; those without are left out."""
    with ws.read() as connection:
        return store.labels_of(connection, wanted)


def all_labels(ws: Workspace) -> dict[str, int]:
    """Every label in use, and on how many messages."""
    with ws.read() as connection:
        return store.all_labels(connection)


async def set_priority(ws: Workspace, wanted: Sequence[int], priority: Priority) -> None:
    """Says how urgent messages are."""
    with ws.write() as session:
        store.set_priority(session, priority, wanted)


def priorities(ws: Workspace, wanted: Sequence[int]) -> dict[MessageId, Priority]:
    """The priorities of messages that are not the normal one."""
    with ws.read() as connection:
        return store.priorities(connection, wanted)


def person_of(ws: Workspace, message: Message) -> str:
    """Who wrote a message, the same for all accounts of this client on one network."""
    with ws.read() as connection:
        network = account_store.account(connection, message.account).identity.network
    return person_key(network, message.author.remote_id, message.author.handle)


async def add_note(ws: Workspace, message_id: MessageId, text: str, *, about_person: bool = False) -> int:
    """A note on a message, or on who wrote it; returns its id. Raises BadInput(field="note"), NotFound."""
    clean = clean_text(text, "note")
    message = _message(ws, message_id)
    person = person_of(ws, message)
    with ws.write() as session:
        return store.add_note(session, None if about_person else message.id, person, clean, ws.clock.now())


async def edit_note(ws: Workspace, note: int, text: str) -> None:
    """Other words for a note; without words it goes. Raises BadInput(field="note"), NotFound."""
    clean = clean_text(text, "note") if text.strip() else ""
    with ws.write() as session:
        store.edit_note(session, note, clean, ws.clock.now())


def notes(ws: Workspace, message_id: MessageId) -> tuple[Note, ...]:
    """The notes on a message, oldest first."""
    with ws.read() as connection:
        return store.notes(connection, message=message_id)


# ---- contacts, and what they are asked


def contacts(ws: Workspace, department: Department | None = None) -> tuple[Contact, ...]:
    """Whom to ask at the client."""
    with ws.read() as connection:
        found = store.contacts(connection)
    return tuple(one for one in found if department in {None, one.department})


async def save_contact(ws: Workspace, one: Contact) -> int:
    """Keeps a contact (id 0: a new one); returns its id. Raises BadInput(field="name" or "email"), NotFound."""
    clean = Contact(
        one.id,
        one.department,
        clean_text(one.name, "name", LONGEST_NAME),
        clean_email(one.email),
        one.language,
        one.note.strip(),
    )
    with ws.write() as session:
        return store.save_contact(session, clean)


async def archive_contact(ws: Workspace, contact: int) -> None:
    """Nobody is asked there any more; what was asked stays."""
    with ws.write() as session:
        store.archive_contact(session, contact, ws.clock.now())


async def ask(
    ws: Workspace, message_id: MessageId, contact: int, way: Way, text: str, *, remind_at: datetime | None = None
) -> int:
    """Notes that a message was put before a contact, in these words; it waits on the client then. Returns the question's id.

    cmdesk sends no mail: whoever calls opens the mail program or copies the words.
    Raises BadInput(field="text" or "until"), NotFound.
    """
    clean, now = clean_text(text, "text"), ws.clock.now()
    if remind_at is not None and remind_at <= now:
        raise BadInput(field="until", reason="past")
    message = _message(ws, message_id)
    with ws.write() as session:
        store.contact(reading(session), contact)
        number = store.ask(session, message.id, contact, way, clean, at=now, remind_at=remind_at)
        if message.state in _OPEN:
            ingest.set_state(session, [message.id], MessageState.WAITING_CLIENT, at=now)
    return number


async def answered(ws: Workspace, question: int, text: str) -> MessageId:
    """What the contact said (nothing: the question is dropped); the message is in hand again. Returns the message.

    Raises NotFound (also for a question that is closed).
    """
    clean = clean_text(text, "text") if text.strip() else ""
    with ws.write() as session:
        one = store.question(reading(session), question)
        store.answer(session, question, clean, ws.clock.now())
        still = store.questions(reading(session), one.message, only_open=True)
        message = inbox.message(reading(session), one.message)
        if not still and message.state is MessageState.WAITING_CLIENT:
            ingest.set_state(session, [message.id], MessageState.IN_HAND, at=ws.clock.now())
    return one.message


def questions(ws: Workspace, message_id: MessageId | None = None, *, only_open: bool = False) -> tuple[Question, ...]:
    """What was asked about a message, or about all, oldest first."""
    with ws.read() as connection:
        return store.questions(connection, message_id, only_open=only_open)


def overdue_questions(ws: Workspace) -> tuple[Question, ...]:
    """Open questions whose moment to ask again has come."""
    now = ws.clock.now()
    return tuple(one for one in questions(ws, only_open=True) if one.remind_at is not None and one.remind_at <= now)


# ---- what to come back to


async def remind(ws: Workspace, message_id: MessageId, kind: ReminderKind, due_at: datetime, text: str = "") -> int:
    """A promise made in an answer, or "was it solved?"; returns its id. A promise needs its words.

    Raises BadInput(field="until" or "text"), NotFound.
    """
    now = ws.clock.now()
    if due_at <= now:
        raise BadInput(field="until", reason="past")
    clean = clean_text(text, "text") if kind is ReminderKind.PROMISE or text.strip() else ""
    message = _message(ws, message_id)
    person = person_of(ws, message)
    with ws.write() as session:
        return store.remind(session, kind, message.id, person, clean, at=now, due_at=due_at)


_OUTCOMES = frozenset({"kept", "broken", "solved", "not_solved", "dropped"})


async def settle(ws: Workspace, reminder: int, outcome: str) -> None:
    """What came of a reminder: kept, broken, solved, not_solved or dropped. Raises BadInput(field="outcome"), NotFound.

    What was not solved waits for an answer again.
    """
    if outcome not in _OUTCOMES:
        raise BadInput(field="outcome", reason="unknown", given=outcome[:80], known=", ".join(sorted(_OUTCOMES)))
    with ws.write() as session:
        found = [one for one in store.reminders(reading(session)) if one.id == reminder]
        store.settle_reminder(session, reminder, outcome, ws.clock.now())
        if outcome == "not_solved" and found and found[0].message is not None:
            ingest.set_state(session, [found[0].message], MessageState.AWAITING, at=ws.clock.now())


async def postpone(ws: Workspace, reminder: int, due_at: datetime) -> None:
    """Comes back later. Raises BadInput(field="until"), NotFound."""
    if due_at <= ws.clock.now():
        raise BadInput(field="until", reason="past")
    with ws.write() as session:
        store.move_reminder(session, reminder, due_at)


def due_reminders(ws: Workspace, until: datetime | None = None) -> tuple[Reminder, ...]:
    """Open reminders whose time has come (or comes before ``until``), by their time."""
    with ws.read() as connection:
        return store.reminders(connection, due=until or ws.clock.now())


def reminders(ws: Workspace, message_id: MessageId) -> tuple[Reminder, ...]:
    """All reminders of a message."""
    with ws.read() as connection:
        return store.reminders(connection, message=message_id)


async def put_desk(
    desk: Desk, wanted: Sequence[tuple[str, int]], state: MessageState, until: datetime | None = None
) -> dict[str, Done]:
    """Puts messages of several clients, named by client and id, into a state; one ``Done`` per client."""
    by_client: dict[str, list[int]] = {}
    for client, number in wanted:
        by_client.setdefault(client, []).append(number)
    rooms = {ws.client.id: ws for ws in desk.workspaces}
    if unknown := set(by_client) - set(rooms):
        raise NotAllowed(from_state="not_here", to_state=", ".join(sorted(unknown)))
    return {client: await put(rooms[client], numbers, state, until) for client, numbers in by_client.items()}  # type: ignore[index]  # ids are texts


def _message(ws: Workspace, message_id: MessageId) -> Message:
    with ws.read() as connection:
        return inbox.message(connection, message_id)
