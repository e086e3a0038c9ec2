"""The tables behind answering: who is asked, what is promised, what is ruled, and how far the inbox is known to be whole.

They stand apart from ``tables``, and apart from the message: what a person does here must never be written over by an
answer of a network, and no old row of a million is touched when something new can be said of it.
"""

from sqlalchemy import Index, UniqueConstraint, text
from sqlmodel import Field, SQLModel

# ---- how far the inbox is known


class GapRow(SQLModel, table=True):
    """A stretch of an account's inbox that was never read: from ``older`` (opaque, the network's) down to ``bottom`` (a time)."""

    __tablename__ = "inbox_gap"
    __table_args__ = (Index("gap_open", "account_id", "kind", sqlite_where=text("filled_at IS NULL")),)

    id: int | None = Field(default=None, primary_key=True)
    account_id: int = Field(foreign_key="account.id")
    kind: str
    older: str
    bottom: int
    found_at: int
    tried_at: int | None = None
    filled_at: int | None = None
    pages: int = 0
    problem: str | None = None


class WatchRow(SQLModel, table=True):
    """A conversation that is asked for again, later and later: ``remote_id`` is what is asked around."""

    __tablename__ = "thread_watch"
    __table_args__ = (Index("watch_due", "account_id", "next_at"),)

    account_id: int = Field(foreign_key="account.id", primary_key=True)
    remote_id: str = Field(primary_key=True)
    born_at: int
    asked_at: int | None = None
    next_at: int
    quiet: int = 0  # how often in a row nothing new was there


class PendingRow(SQLModel, table=True):
    """Something done here that the network has not confirmed yet; while it waits, no answer of the network changes it."""

    __tablename__ = "message_pending"

    message_id: int = Field(foreign_key="message.id", primary_key=True)
    kind: str = Field(primary_key=True)
    wanted: bool
    made_at: int
    selected_at: int | None = None  # in flight since
    confirmed_at: int | None = None  # an answer asked for before is older than it, and changes nothing either
    tries: int = 0
    retry_at: int | None = None
    problem: str | None = None


class MessageVersionRow(SQLModel, table=True):
    """How a message read before it was edited. ``edited_at`` is when this form was written, NULL for the first one."""

    __tablename__ = "message_version"
    __table_args__ = (Index("version_of_message", "message_id", "id"),)

    id: int | None = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="message.id")
    text: str
    html: str
    warning: str
    attachments: str
    edited_at: int | None = None
    replaced_at: int


class ArrivalRow(SQLModel, table=True):
    """How many people wrote to an account in an hour (hours since 1970): the habit that a spike is measured against."""

    __tablename__ = "arrival"

    account_id: int = Field(foreign_key="account.id", primary_key=True)
    hour: int = Field(primary_key=True)
    number: int


# ---- who is who, and what is known of them


class AliasRow(SQLModel, table=True):
    """Under which id an account's network knows a person; ``person`` is the same for all accounts of one network."""

    __tablename__ = "person_alias"
    __table_args__ = (Index("alias_by_person", "person"),)

    account_id: int = Field(foreign_key="account.id", primary_key=True)
    author_id: str = Field(primary_key=True)
    person: str


class NoteRow(SQLModel, table=True):
    """A note of our own, on a message or on a person."""

    __tablename__ = "note"
    __table_args__ = (Index("note_by_message", "message_id"), Index("note_by_person", "person"))

    id: int | None = Field(default=None, primary_key=True)
    message_id: int | None = Field(default=None, foreign_key="message.id")
    person: str
    text: str
    created_at: int
    updated_at: int


class ReminderRow(SQLModel, table=True):
    """Something to come back to: a promise made, or the question whether a complaint was solved."""

    __tablename__ = "reminder"
    __table_args__ = (
        Index("reminder_due", "due_at", sqlite_where=text("done_at IS NULL")),
        Index("reminder_by_person", "person"),
    )

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    message_id: int | None = Field(default=None, foreign_key="message.id")
    person: str
    text: str
    made_at: int
    due_at: int
    done_at: int | None = None
    outcome: str = ""


class MarkRow(SQLModel, table=True):
    """How urgent a person says a message is."""

    __tablename__ = "message_mark"

    message_id: int = Field(foreign_key="message.id", primary_key=True)
    priority: int


class LabelRow(SQLModel, table=True):
    """A label on a message."""

    __tablename__ = "message_label"
    __table_args__ = (Index("label_by_message", "message_id"),)

    label: str = Field(primary_key=True)
    message_id: int = Field(foreign_key="message.id", primary_key=True)


class ContactRow(SQLModel, table=True):
    """Somebody at the client who knows the answer."""

    __tablename__ = "contact"

    id: int | None = Field(default=None, primary_key=True)
    department: str
    name: str
    email: str = ""
    language: str = ""
    note: str = ""
    position: int = 0
    archived_at: int | None = None


class QuestionRow(SQLModel, table=True):
    """A message put before a contact, and what came back."""

    __tablename__ = "question"
    __table_args__ = (
        Index("question_by_message", "message_id"),
        Index("question_open", "asked_at", sqlite_where=text("closed_at IS NULL")),
    )

    id: int | None = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="message.id")
    contact_id: int = Field(foreign_key="contact.id")
    way: str
    text: str
    asked_at: int
    remind_at: int | None = None
    answer: str = ""
    answered_at: int | None = None
    closed_at: int | None = None


# ---- answering


class AnsweredRow(SQLModel, table=True):
    """When a message was answered first, kept by a trigger: its state may change again, the figures of its week do not."""

    __tablename__ = "message_answer"
    __table_args__ = (Index("answer_by_time", "answered_at"),)

    message_id: int = Field(foreign_key="message.id", primary_key=True)
    asked_at: int
    answered_at: int


class BasisRow(SQLModel, table=True):
    """What the writer of a reply saw: the reply is sent only while that still holds, or when a person has said so since."""

    __tablename__ = "reply_basis"

    post_id: int = Field(foreign_key="post.id", primary_key=True)
    message_id: int = Field(foreign_key="message.id")
    edited_at: int | None = None
    words: str
    handle: str
    written_at: int
    accepted_at: int | None = None


class SavedReplyRow(SQLModel, table=True):
    """An answer that is given often; ``texts`` is JSON, one per language."""

    __tablename__ = "saved_reply"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    shortcut: str = ""
    texts: str
    used: int = 0
    used_at: int | None = None
    updated_at: int


class SavedSearchRow(SQLModel, table=True):
    """A search that is kept as a list."""

    __tablename__ = "saved_search"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    query: str
    position: int = 0


# ---- moderation and rules


class InboxRuleRow(SQLModel, table=True):
    """A rule of the client's inbox; conditions and actions are JSON."""

    __tablename__ = "inbox_rule"

    id: int | None = Field(default=None, primary_key=True)
    name: str
    position: int
    enabled: bool
    conditions: str
    actions: str
    changed_at: int


class HitRow(SQLModel, table=True):
    """That a rule met a message, once; ``did`` is JSON."""

    __tablename__ = "rule_hit"
    __table_args__ = (UniqueConstraint("rule_id", "message_id", name="one_hit_once"), Index("hit_by_message", "message_id"))

    id: int | None = Field(default=None, primary_key=True)
    rule_id: int = Field(foreign_key="inbox_rule.id")
    message_id: int = Field(foreign_key="message.id")
    at: int
    did: str


class ProposalRow(SQLModel, table=True):
    """A measure that a rule proposes and a person decides."""

    __tablename__ = "proposal"
    __table_args__ = (
        UniqueConstraint("message_id", "measure", name="one_proposal"),
        Index("proposal_open", "at", sqlite_where=text("decided_at IS NULL")),
    )

    id: int | None = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="message.id")
    measure: str
    rule_id: int | None = Field(default=None, foreign_key="inbox_rule.id")
    at: int
    decided_at: int | None = None
    accepted: bool | None = None


class SanctionRow(SQLModel, table=True):
    """A measure that was taken, against whom, and by which rule of the client's policy."""

    __tablename__ = "sanction"
    __table_args__ = (Index("sanction_by_person", "person", "at"), Index("sanction_by_message", "message_id"))

    id: int | None = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="message.id")
    account_id: int = Field(foreign_key="account.id")
    person: str
    measure: str
    policy_rule: str
    policy_version: int
    by_rule: int | None = Field(default=None, foreign_key="inbox_rule.id")
    at: int
    outcome: str = ""
    undone_at: int | None = None


class EvidenceRow(SQLModel, table=True):
    """What a measure was taken for, as it stood then; ``facts`` is JSON, ``sha256`` seals facts and picture."""

    __tablename__ = "evidence"
    __table_args__ = (Index("evidence_by_message", "message_id"),)

    id: int | None = Field(default=None, primary_key=True)
    message_id: int = Field(foreign_key="message.id")
    sanction_id: int | None = Field(default=None, foreign_key="sanction.id")
    taken_at: int
    facts: str
    picture: str = ""
    sha256: str


class AlertRow(SQLModel, table=True):
    """Something out of the ordinary, told once; ``facts`` is JSON and says why."""

    __tablename__ = "alert"
    __table_args__ = (Index("alert_open", "last_at", sqlite_where=text("seen_at IS NULL")),)

    id: int | None = Field(default=None, primary_key=True)
    kind: str
    topic: str  # what it is about: one alert per kind and topic while it goes on
    account_id: int | None = Field(default=None, foreign_key="account.id")
    message_id: int | None = Field(default=None, foreign_key="message.id")
    facts: str
    begun_at: int
    last_at: int
    told_at: int | None = None
    seen_at: int | None = None
