"""Describes what surrounds an answer: whom to ask at the client, what was promised, and answers that are given often."""

import re
import unicodedata
from collections.abc import Mapping
from datetime import datetime
from enum import Enum
from typing import Final

from msgspec import Struct

from cmdesk.domain.errors import BadInput
from cmdesk.domain.ids import MessageId
from cmdesk.domain.message import MessageState

LONGEST_NOTE: Final = 10_000
LONGEST_NAME: Final = 120
LONGEST_LABEL: Final = 60
_ADDRESS = re.compile(r"[^@\s,;<>\"]{1,64}@[^@\s,;<>\"]{1,255}\.[^@\s,;<>\".]{2,63}")
#: A placeholder of a saved reply: ``{name}``; two braces are one brace.
_PLACE = re.compile(r"\{\{|\}\}|\{([a-z_]{1,30})\}")
#: What a saved reply may ask for.
VARIABLES: Final = ("name", "first_name", "handle", "client", "account", "link", "hours", "date", "signature")


class Department(Enum):
    """Where at the client somebody works."""

    COMMUNICATIONS = "communications"
    MARKETING = "marketing"
    SERVICE = "service"
    PRODUCTION = "production"
    SALES = "sales"
    HR = "hr"
    OTHER = "other"


class Priority(Enum):
    """How urgent a person says a message is."""

    LOW = -1
    NORMAL = 0
    HIGH = 1


class Contact(Struct, frozen=True):
    """Somebody at the client who knows the answer."""

    id: int
    department: Department
    name: str
    email: str = ""
    language: str = ""
    note: str = ""


class Way(Enum):
    """How a question reached its contact: cmdesk sends no mail itself."""

    EMAIL = "email"  # opened in the mail program
    COPIED = "copied"  # copied, for whatever way the client likes


class Question(Struct, frozen=True):
    """A message put before a contact. It is open until ``closed_at``; ``remind_at`` is when to ask again."""

    id: int
    message: MessageId
    contact: Contact
    way: Way
    text: str
    asked_at: datetime
    remind_at: datetime | None = None
    answer: str = ""
    answered_at: datetime | None = None
    closed_at: datetime | None = None


class Note(Struct, frozen=True):
    """A note of our own, on a message or (``message`` None) on a person."""

    id: int
    message: MessageId | None
    person: str
    text: str
    created_at: datetime
    updated_at: datetime


class ReminderKind(Enum):
    """What to come back for."""

    SOLVED = "solved"  # was it solved?
    PROMISE = "promise"  # something was promised


class Reminder(Struct, frozen=True):
    """Something to come back to at ``due_at``; ``outcome`` is what came of it (kept, broken, solved, not_solved, dropped)."""

    id: int
    kind: ReminderKind
    message: MessageId | None
    person: str
    text: str
    made_at: datetime
    due_at: datetime
    done_at: datetime | None = None
    outcome: str = ""


class SavedReply(Struct, frozen=True):
    """An answer that is given often; ``texts`` by language (``fr``, ``en``)."""

    id: int
    name: str
    texts: Mapping[str, str]
    shortcut: str = ""
    used: int = 0
    used_at: datetime | None = None

    def text(self, language: str) -> tuple[str, str]:
        """The text for a language and which one it is: the same language, else any there is."""
        wanted = language.partition("-")[0].lower()
        if wanted in self.texts:
            return self.texts[wanted], wanted
        first = next(iter(sorted(self.texts)), "")
        return self.texts.get(first, ""), first


class Filled(Struct, frozen=True):
    """A saved reply with its variables: ``missing`` names those nobody could fill, which stay in the text."""

    text: str
    language: str
    missing: tuple[str, ...] = ()


class Before(Struct, frozen=True):
    """How a message stood before a change."""

    message: MessageId
    state: MessageState
    unread: bool
    until: datetime | None


class Done(Struct, frozen=True):
    """What a bulk change did: how many, into which state, and how each stood before."""

    state: MessageState
    before: tuple[Before, ...] = ()

    @property
    def count(self) -> int:
        """How many messages changed."""
        return len(self.before)


def fill(text: str, facts: Mapping[str, str], language: str = "") -> Filled:
    """Puts facts into a saved reply; a variable without a fact stays as it is and is named."""
    missing: list[str] = []

    def put(match: re.Match[str]) -> str:
        if match[0] in {"{{", "}}"}:
            return match[0][0]
        known = facts.get(match[1], "")
        if not known:
            missing.append(match[1])
            return match[0]
        return known

    return Filled(_PLACE.sub(put, text), language, tuple(dict.fromkeys(missing)))


def unknown_variables(text: str) -> tuple[str, ...]:
    """Placeholders that no message can ever fill."""
    return tuple(dict.fromkeys(match[1] for match in _PLACE.finditer(text) if match[1] and match[1] not in VARIABLES))


def folded(text: str) -> str:
    """A text for comparing: case and accents make no difference."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(one for one in decomposed if not unicodedata.combining(one)).split())


def matching(replies: tuple[SavedReply, ...], text: str, language: str = "") -> tuple[SavedReply, ...]:
    """The saved replies with all these words in name, shortcut or any language's text; the best known first.

    A shortcut or a name that begins like the question comes before words inside a text, the wanted language before others.
    """
    words = folded(text).split()

    def rank(one: SavedReply) -> tuple[int, int, int, str] | None:
        name, shortcut = folded(one.name), folded(one.shortcut)
        body = folded(" ".join(one.texts.values()))
        if not all(word in name or word in shortcut or word in body for word in words):
            return None
        whole = " ".join(words)
        near = 0 if not whole or shortcut.startswith(whole) or name.startswith(whole) else 1 if whole in name else 2
        return near, language.partition("-")[0] not in one.texts, -one.used, name

    ranked = [(found, one) for one in replies if (found := rank(one)) is not None]
    return tuple(one for _, one in sorted(ranked, key=lambda pair: pair[0]))


def clean_text(text: str, field: str, longest: int = LONGEST_NOTE) -> str:
    """Words of our own, fit to be kept; raises BadInput for empty or endless ones."""
    plain = "".join(one for one in text if one in "\n\t" or unicodedata.category(one) not in {"Cc", "Cs"}).strip()
    if not plain:
        raise BadInput(field=field, reason="empty")
    if len(plain) > longest:
        raise BadInput(field=field, reason="too_long", limit=longest)
    return plain


def clean_label(label: str) -> str:
    """A label: one line, no comma; raises BadInput(field="label")."""
    plain = " ".join(clean_text(label, "label", LONGEST_LABEL).split())
    if "," in plain or '"' in plain:
        raise BadInput(field="label", reason="not_a_label", given=plain)
    return plain


def clean_email(text: str) -> str:
    """A mail address, or nothing; raises BadInput(field="email")."""
    plain = text.strip()
    if plain and _ADDRESS.fullmatch(plain) is None:
        raise BadInput(field="email", reason="not_an_address", given=plain[:80])
    return plain
