"""What is wrong with a text, where, why and what would be right; and what one client wants said and not said.

Positions are code points of the original text, half-open. Screens count UTF-16 units: ``units`` converts.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from itertools import accumulate
from typing import Final

from msgspec import Struct

#: The families of findings. Their order is the order of the panel; their words belong to the screens.
FAMILIES: Final = (
    "spelling",
    "agreement",
    "grammar",
    "homophone",
    "capitals",
    "punctuation",
    "typography",
    "repetition",
    "anglicism",
    "terms",
    "inclusive",
    "glossary",
    "voice",
    "style",
    "readability",
)

#: The locales a text can be checked in.
LOCALES: Final = ("fr-CA", "fr-FR", "en-CA", "en-US", "en-GB", "en-AU")


class Severity(StrEnum):
    """How sure and how grave: ``block`` is practically always right, ``warn`` is worth a look, ``hint`` is a matter of taste."""

    BLOCK = "block"
    WARN = "warn"
    HINT = "hint"


#: The gravest first.
GRAVITY: Final[Mapping[Severity, int]] = {Severity.BLOCK: 0, Severity.WARN: 1, Severity.HINT: 2}


class Finding(Struct, frozen=True):
    """One thing worth saying about ``text[start:end]``.

    ``rule`` is stable ("fr.own.apres-que", "fr.gram.…", "en.harper.…", "spell.fr", "client.forbidden"), ``family`` one of
    FAMILIES. ``message`` explains in the tongue that was asked for; ``fixes`` replace the range, the best first.
    """

    start: int
    end: int
    rule: str
    family: str
    severity: Severity
    message: str
    fixes: tuple[str, ...] = ()


class Inclusive(StrEnum):
    """How a client writes about women and men together; ``any`` leaves it to the writer."""

    ANY = "any"
    NEUTRAL = "neutral"  # neutral wording before all
    DOUBLETS = "doublets"  # les clientes et les clients
    MIDDLE_DOT = "middle_dot"  # les client·es
    PARENTHESES = "parentheses"  # les client(e)s
    NONE = "none"  # no shortened double forms at all


class Address(StrEnum):
    """How a client speaks to the public."""

    ANY = "any"
    TU = "tu"
    VOUS = "vous"


class Blocking(StrEnum):
    """What keeps a post from being planned: nothing, what blocks, or what warns too."""

    NOTHING = "nothing"
    SURE = "sure"
    ALL = "all"


class Term(Struct, frozen=True):
    """One line of a glossary: ``avoid`` is not said, ``say`` is said instead, ``because`` is the client's own reason."""

    avoid: str
    say: str = ""
    because: str = ""


class Voice(Struct, frozen=True):
    """How a client sounds. A limit of None is not looked at."""

    address: Address = Address.ANY
    most_exclamations: int | None = None  # exclamation marks in one post
    most_emoji: int | None = None  # emoji in one post
    most_hashtags: int | None = None
    longest_sentence: int | None = None  # words


class Profile(Struct, frozen=True):
    """How one text is to be read. ``tongue`` ("fr" or "en") is the language of the explanations.

    ``words`` are the client's own (brands, names), ``ignored`` what was set aside for good: a rule's id, or a rule's id with
    the words it found ("fr.own.x=ces mots"). Hints on readability and concision are given only when ``hints`` is set.
    """

    locale: str
    tongue: str = "en"
    words: tuple[str, ...] = ()
    glossary: tuple[Term, ...] = ()
    forbidden: tuple[str, ...] = ()
    voice: Voice = Voice()
    inclusive: Inclusive = Inclusive.ANY
    ignored: tuple[str, ...] = ()
    hints: bool = False

    @property
    def language(self) -> str:
        """The language without its country: "fr" or "en"."""
        return self.locale[:2].lower()


def units(text: str) -> list[int]:
    """For each code point of a text, and for its end, how many UTF-16 units stand before it."""
    return [0, *accumulate(2 if ord(letter) > 0xFFFF else 1 for letter in text)]


def ignoring(finding: Finding, text: str) -> str:
    """What to keep in ``Profile.ignored`` so that these words are never again told for this reason."""
    return f"{finding.rule}={text[finding.start : finding.end].casefold()}"


class Wishes(Struct, frozen=True):
    """How one client wants texts to be read, whatever their language; kept among the client's own settings."""

    words: tuple[str, ...] = ()
    glossary: tuple[Term, ...] = ()
    forbidden: tuple[str, ...] = ()
    voice: Voice = Voice()
    inclusive: Inclusive = Inclusive.ANY
    ignored: tuple[str, ...] = ()
    hints: bool = False
    blocking: Blocking = Blocking.NOTHING

    def profile(self, locale: str, tongue: str) -> Profile:
        """How a text in this locale is read, explained in this tongue."""
        return Profile(
            locale=locale,
            tongue=tongue,
            words=self.words,
            glossary=self.glossary,
            forbidden=self.forbidden,
            voice=self.voice,
            inclusive=self.inclusive,
            ignored=self.ignored,
            hints=self.hints,
        )

    def blocks(self, finding: Finding) -> bool:
        """Whether this finding keeps a text from being planned. Hints never do."""
        if self.blocking is Blocking.ALL:
            return finding.severity is not Severity.HINT
        return self.blocking is Blocking.SURE and finding.severity is Severity.BLOCK


def locale_of(tag: str | None, home: str) -> str | None:
    """The locale to read a text in that is tagged ("en", "fr-CA") or not, for a client at home in ``home``.

    None for a language that nobody here reads.
    """
    if not tag:
        return home
    wanted = tag.replace("_", "-").lower()
    exact = next((one for one in LOCALES if one.lower() == wanted), None)
    if exact is not None:
        return exact
    language = wanted.split("-")[0]
    if home.startswith(language):
        return home
    return next((one for one in LOCALES if one.startswith(language)), None)
