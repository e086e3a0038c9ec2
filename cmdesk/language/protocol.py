"""What is said to the language worker and by it: one line of JSON each way, with a request's kind, so that kinds come easily."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from msgspec import Raw, Struct

from cmdesk.domain.language import Finding, Profile
from cmdesk.domain.mood import Correction, Sense

#: Code points; many times what any network takes, and read within a second or two.
LONGEST_TEXT: Final = 20_000
#: Bytes of one line: such a text with every character escaped, and a profile.
LONGEST_LINE: Final = 4_000_000


class Request(Struct, frozen=True):
    """``do`` names the kind ("check"), ``body`` is what that kind asks for."""

    id: int
    do: str
    body: Raw = Raw(b"null")


class Answer(Struct, frozen=True):
    """``body`` is what the kind gives; or ``error`` says why not: ``unknown``, ``bad_request``, ``too_long``, ``failed``."""

    id: int
    body: Raw = Raw(b"null")
    error: str = ""


class Check(Struct, frozen=True):
    """Asks for the mistakes of a text. A profile without a locale lets the text tell its language."""

    text: str
    profile: Profile


class Checked(Struct, frozen=True):
    """The mistakes of a text in its order; the locale it was read in, and which checkers are missing or failed."""

    locale: str
    findings: tuple[Finding, ...] = ()
    missing: tuple[str, ...] = ()
    failed: tuple[str, ...] = ()


class Warm(Struct, frozen=True):
    """Asks to load what a language needs before the first text of it comes."""

    language: str


class Triage(Struct, frozen=True):
    """Asks for moods of messages, with what people said of others. ``home`` is the language of what says too little to tell."""

    texts: tuple[str, ...]
    corrections: tuple[Correction, ...] = ()
    home: str = ""


class Triaged(Struct, frozen=True):
    """One reading per message, in the order asked."""

    senses: tuple[Sense, ...]


class Refusal(Exception):
    """A request that a handler does not take; ``args[0]`` is the error of the answer."""


#: Takes the body of a request of its kind and gives what can be written as the answer's body.
Handler = Callable[[Raw], object]
