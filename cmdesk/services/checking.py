"""Knows how each client wants texts to be read, and keeps back what its rule does not let out."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Callable, Collection, Sequence
from typing import TYPE_CHECKING, Any, Final

import msgspec
from msgspec.structs import replace

from cmdesk.domain.draft_errors import BlockedByProblems
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
from cmdesk.domain.limits import Problem
from cmdesk.domain.post import Content, content_for
from cmdesk.language.host import CheckerBroken
from cmdesk.services import composing
from cmdesk.store import clients
from cmdesk.store.database import reading

if TYPE_CHECKING:
    from cmdesk.domain.ids import AccountId, PostId
    from cmdesk.services.workspace import Workspace

_KEY: Final = "reading"
_LONGEST_WORD: Final = 120
_MOST: Final = 2000
_SHOWN: Final = 5

log = logging.getLogger(__name__)


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


async def set_wishes(ws: Workspace, fresh: Wishes) -> None:
    """Sets all of it at once, as one page has it. Raises BadInput (words, forbidden or glossary); nothing changes then."""
    words, forbidden = _cleaned("words", fresh.words), _cleaned("forbidden", fresh.forbidden)
    _cleaned("glossary", [term.avoid for term in fresh.glossary])
    _change(ws, lambda _known: replace(fresh, words=words, forbidden=forbidden))


async def ignore_always(ws: Workspace, finding: Finding, text: str, *, whole_rule: bool = False) -> str:
    """Never again tells this client of these words for this reason (or of anything for it); gives the mark to take it back."""
    mark = finding.rule if whole_rule else ignoring(finding, text)
    _change(ws, lambda known: replace(known, ignored=tuple(dict.fromkeys((*known.ignored, mark)))))
    return mark


async def heed(ws: Workspace, mark: str) -> None:
    """Takes back what ``ignore_always`` set aside."""
    _change(ws, lambda known: replace(known, ignored=tuple(one for one in known.ignored if one != mark)))


# ---- before planning


async def hold_back(ws: Workspace, post_id: PostId, wanted: Collection[AccountId] | None = None) -> int | None:
    """Reads a post that is about to be planned, where the client's rule asks for it, and gives the revision that was read.

    Raises BlockedByProblems (code ``mistakes`` per part) when a finding keeps it back. A checker that is broken keeps nothing
    back: a post must not miss its time for that.
    """
    known = wishes(ws)
    if known.blocking is Blocking.NOTHING:
        return None
    post = composing.load(ws, post_id)
    blocking: dict[AccountId, tuple[Problem, ...]] = {}
    for account in post.accounts if wanted is None else wanted:
        if account in post.accounts and (found := await _mistakes(ws, known, content_for(post, account))):
            blocking[account] = found
    if blocking:
        error = BlockedByProblems(codes=("mistakes",))
        error.problems = blocking
        raise error
    return post.revision


async def _mistakes(ws: Workspace, known: Wishes, content: Content) -> tuple[Problem, ...]:
    locale = locale_of(content.language, ws.client.language.value)
    if locale is None:
        return ()
    asked = known.profile(locale, locale[:2])
    problems = []
    for index, part in enumerate(content.parts):
        texts = [part.text, *(item.alt for item in part.media)]
        if index == 0:
            texts += [content.warning, *(content.poll.options if content.poll is not None else ())]
        words: list[str] = []
        for text in texts:
            try:
                found = (await ws.proofreader.read(text, asked)).findings
            except CheckerBroken as problem:
                log.warning("post_not_read reason=%s", problem.params.get("reason"))
                return ()
            words += [" ".join(text[one.start : one.end].split()) for one in found if known.blocks(one)]
        if words:
            told = ", ".join(f"“{word}”" for word in words[:_SHOWN])
            problems.append(Problem("mistakes", params=(("count", len(words)), ("words", told)), part=index))
    return tuple(problems)


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
