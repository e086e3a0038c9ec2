"""Describes a client: the person or business whose voice is lent to the user."""

import unicodedata
from datetime import datetime
from enum import Enum
from zoneinfo import available_timezones

from msgspec import Struct
from msgspec.structs import replace

from cmdesk.domain.errors import BadInput
from cmdesk.domain.ids import ClientId
from cmdesk.domain.quiet import QuietHours

MAX_NAME = 80

#: The longest time, in minutes, that a post may leave late without a question: a day.
MAX_GRACE_MINUTES = 1440


class Colour(Enum):
    """The twelve curated client colours; their tones live in the themes."""

    RUBY = "ruby"
    CORAL = "coral"
    AMBER = "amber"
    OLIVE = "olive"
    FERN = "fern"
    TEAL = "teal"
    SKY = "sky"
    COBALT = "cobalt"
    INDIGO = "indigo"
    VIOLET = "violet"
    PLUM = "plum"
    SLATE = "slate"


class Language(Enum):
    """The languages a client's public is served in; the value is a BCP 47 tag."""

    FR_CA = "fr-CA"
    FR_FR = "fr-FR"
    EN_CA = "en-CA"


class Client(Struct, frozen=True):
    """One client as stored in its own file. ``grace_minutes`` is how late a post may leave without being asked.

    In the ``quiet`` hours nothing leaves by itself that was not meant for that moment.
    """

    id: ClientId
    name: str
    colour: Colour
    timezone: str
    language: Language
    created_at: datetime
    archived_at: datetime | None = None
    grace_minutes: int = 30
    position: int = 0
    quiet: QuietHours | None = None

    @property
    def initials(self) -> str:
        """One or two letters for the disc."""
        return initials(self.name)

    def renamed(self, name: str) -> "Client":
        """The same client under another, checked name."""
        return replace(self, name=clean_name(name))


def clean_name(name: str) -> str:
    """A name fit for display; raises BadInput(field="name") for an empty, too long or unprintable one."""
    text = " ".join(unicodedata.normalize("NFC", name).split())
    if not text:
        raise BadInput(field="name", reason="empty")
    if len(text) > MAX_NAME:
        raise BadInput(field="name", reason="too_long", limit=MAX_NAME)
    if any(unicodedata.category(character) in {"Cc", "Cf", "Cs", "Co", "Cn"} and character != "\u200d" for character in text):
        raise BadInput(field="name", reason="control_characters")
    if not any(unicodedata.category(character)[0] in "LNS" for character in text):
        raise BadInput(field="name", reason="no_letter")
    return text


def same_name(first: str, second: str) -> bool:
    """Whether two names would be taken for one: case, spaces and the form of accents make no difference."""
    return _folded(first) == _folded(second)


def _folded(name: str) -> str:
    return unicodedata.normalize("NFKC", " ".join(name.split())).casefold()


def clean_timezone(name: str) -> str:
    """An IANA zone name; raises BadInput(field="timezone") for an unknown one."""
    text = name.strip()
    if text not in available_timezones():
        raise BadInput(field="timezone", reason="unknown", given=text[:80])
    return text


def clean_colour(name: str) -> Colour:
    """A colour by its key; raises BadInput(field="colour")."""
    try:
        return Colour(name.strip().lower())
    except ValueError:
        raise BadInput(field="colour", reason="unknown", given=name[:80], known=", ".join(c.value for c in Colour)) from None


def clean_language(tag: str) -> Language:
    """A language by its tag, case and underscore forgiven; raises BadInput(field="language")."""
    wanted = tag.strip().replace("_", "-").lower()
    for language in Language:
        if language.value.lower() == wanted:
            return language
    raise BadInput(field="language", reason="unknown", given=tag[:80], known=", ".join(one.value for one in Language))


def initials(name: str) -> str:
    """One or two letters that stand for a name: first letters of the first and last word that begin with one."""
    words = [word for word in name.split() if unicodedata.category(word[0])[0] in "LN"]
    if not words:
        return name[:1].upper() or "?"
    letters = words[0][0] + (words[-1][0] if len(words) > 1 else "")
    return letters.upper()
