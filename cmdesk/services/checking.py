"""Has texts read for mistakes, and held against a client's own wishes; for window, command line and calendar alike."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec.structs import replace

from cmdesk.domain.errors import BadInput
from cmdesk.domain.language import (
    Blocking,
    Finding,
    Inclusive,
    Profile,
    Term,
    Voice,
    Wishes,
    ignoring,
    locale_of,
)
from cmdesk.language.host import CheckerBroken, Host
from cmdesk.language.protocol import Check, Checked, Warm
from cmdesk.store import clients
from cmdesk.store.database import reading

if TYPE_CHECKING:
    from cmdesk.services.workspace import Workspace

_KEY: Final = "reading"
_LONGEST_WORD: Final = 120
_MOST: Final = 2000


class Proofreader:
    """The handle: one for the whole program. It starts the worker with the first text, and closes it."""

    def __init__(self, host: Host | None = None) -> None:
        self.host = host or Host()

    async def check(self, texts: Sequence[str], profile: Profile) -> tuple[tuple[Finding, ...], ...]:
        """The findings of each text (posts, replies, alt texts), in their order. Raises BadInput (too long) or CheckerBroken."""
        return tuple([(await self.read(text, profile)).findings for text in texts])

    async def read(self, text: str, profile: Profile) -> Checked:
        """The findings of one text, the locale it was read in, and which checkers this machine lacks."""
        if not text.strip():
            return Checked(profile.locale)
        return await self.host.ask("check", Check(text, profile), Checked)

    async def warm(self, language: str) -> None:
        """Loads the checkers of a language ("fr", "en"), so that the first text of it is read at once. Never raises for them."""
        try:
            await self.host.ask("warm", Warm(language), type(None))
        except CheckerBroken:
            return

    async def close(self) -> None:
        """Ends the worker. Harmless when repeated."""
        await self.host.close()


# ---- what a client wants


def wishes(ws: Workspace) -> Wishes:
    """How this client wants texts to be read; what an older or broken file does not say is the default."""
    with ws.read() as connection:
        return from_facts(clients.settings(connection).get(_KEY))


def profile(ws: Workspace, tongue: str, tag: str | None = None) -> Profile | None:
    """How a text of this client is read: in its language (``tag`` of the post, else the client's), explained in ``tongue``.

    None for a language that nobody here reads.
    """
    locale = locale_of(tag, ws.client.language.value)
    return None if locale is None else wishes(ws).profile(locale, tongue)


async def set_words(ws: Workspace, words: Sequence[str]) -> None:
    """Sets the client's own dictionary. Raises BadInput(field="words")."""
    _change(ws, lambda known: replace(known, words=_cleaned("words", words)))


async def add_word(ws: Workspace, word: str) -> None:
    """Adds a word (a brand, a name) to the client's own dictionary. Raises BadInput(field="words")."""
    _change(ws, lambda known: replace(known, words=_cleaned("words", (*known.words, word))))


async def set_forbidden(ws: Workspace, words: Sequence[str]) -> None:
    """Sets the words that this client never wants to see. Raises BadInput(field="forbidden")."""
    _change(ws, lambda known: replace(known, forbidden=_cleaned("forbidden", words)))


async def set_glossary(ws: Workspace, terms: Sequence[Term]) -> None:
    """Sets what this client says and does not say. Raises BadInput(field="glossary")."""
    _cleaned("glossary", [term.avoid for term in terms])
    cleaned = tuple(Term(term.avoid.strip(), term.say.strip(), term.because.strip()) for term in terms if term.avoid.strip())
    _change(ws, lambda known: replace(known, glossary=cleaned))


async def set_voice(ws: Workspace, voice: Voice, inclusive: Inclusive | None = None) -> None:
    """Sets how this client sounds; None leaves the policy of inclusive writing as it is."""
    _change(ws, lambda known: replace(known, voice=voice, inclusive=known.inclusive if inclusive is None else inclusive))


async def set_blocking(ws: Workspace, blocking: Blocking) -> None:
    """Sets which findings keep a post of this client from being planned."""
    _change(ws, lambda known: replace(known, blocking=blocking))


async def set_hints(ws: Workspace, hints: bool) -> None:
    """Sets whether matters of taste are told as well."""
    _change(ws, lambda known: replace(known, hints=hints))


async def ignore_always(ws: Workspace, finding: Finding, text: str, *, whole_rule: bool = False) -> str:
    """Never again tells this client of these words for this reason (or of anything for it); gives the mark to take it back."""
    mark = finding.rule if whole_rule else ignoring(finding, text)
    _change(ws, lambda known: replace(known, ignored=tuple(dict.fromkeys((*known.ignored, mark)))))
    return mark


async def heed(ws: Workspace, mark: str) -> None:
    """Takes back what ``ignore_always`` set aside."""
    _change(ws, lambda known: replace(known, ignored=tuple(one for one in known.ignored if one != mark)))


def from_facts(facts: Any) -> Wishes:
    """What a client's settings say; whatever makes no sense counts as not said."""
    if not isinstance(facts, dict):
        return Wishes()
    known = Wishes()
    for name in Wishes.__struct_fields__:
        with contextlib.suppress(msgspec.ValidationError):
            if name in facts:
                known = replace(known, **{name: getattr(msgspec.convert({name: facts[name]}, Wishes), name)})
    return known


def to_facts(known: Wishes) -> dict[str, Any]:
    """What is kept in the client's settings."""
    facts: dict[str, Any] = msgspec.to_builtins(known)
    return facts


def _change(ws: Workspace, change: Callable[[Wishes], Wishes]) -> None:
    with ws.write() as session:
        facts = clients.settings(reading(session))
        clients.set_settings(session, {**facts, _KEY: to_facts(change(from_facts(facts.get(_KEY))))})


def _cleaned(field: str, words: Sequence[str]) -> tuple[str, ...]:
    cleaned = tuple(dict.fromkeys(" ".join(word.split()) for word in words if word.strip()))
    if len(cleaned) > _MOST:
        raise BadInput(field=field, reason="too_many", limit=_MOST)
    if any(len(word) > _LONGEST_WORD or not word.isprintable() for word in cleaned):
        raise BadInput(field=field, reason="too_long", limit=_LONGEST_WORD)
    return cleaned
