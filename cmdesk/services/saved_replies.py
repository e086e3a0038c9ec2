"""Answers that are given often: kept per client, in both languages, found by a word, filled with what is known."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from cmdesk.domain.answering import LONGEST_NAME, Filled, SavedReply, clean_text, fill, matching, unknown_variables
from cmdesk.domain.errors import BadInput, NotFound
from cmdesk.domain.hours import written
from cmdesk.services import terms
from cmdesk.store import accounts as account_store
from cmdesk.store import inbox
from cmdesk.store import replies as store

if TYPE_CHECKING:
    from cmdesk.domain.ids import MessageId
    from cmdesk.services.workspace import Workspace

_LANGUAGES = ("fr", "en")


def replies(ws: Workspace, text: str = "", language: str = "") -> tuple[SavedReply, ...]:
    """The saved replies that hold these words, the likeliest first; all of them without words."""
    with ws.read() as connection:
        return matching(store.saved(connection), text, language)


async def save(ws: Workspace, one: SavedReply) -> int:
    """Keeps a saved reply (id 0: a new one); returns its id.

    Raises BadInput(field="name", "text", "language" or "variable"), NotFound.
    """
    texts = {language: clean_text(text, "text") for language, text in one.texts.items() if text.strip()}
    if not texts:
        raise BadInput(field="text", reason="empty")
    if unknown := [language for language in texts if language not in _LANGUAGES]:
        raise BadInput(field="language", reason="unknown", given=unknown[0][:20], known=", ".join(_LANGUAGES))
    if strange := [name for text in texts.values() for name in unknown_variables(text)]:
        raise BadInput(field="variable", reason="unknown", given=strange[0])
    clean = SavedReply(one.id, clean_text(one.name, "name", LONGEST_NAME), texts, one.shortcut.strip()[:40])
    with ws.write() as session:
        return store.save(session, clean, ws.clock.now())


async def remove(ws: Workspace, number: int) -> None:
    """Takes a saved reply away; raises NotFound."""
    with ws.write() as session:
        store.remove(session, number)


def filled(
    ws: Workspace, message_id: MessageId, number: int, language: str = "", more: Mapping[str, str] | None = None
) -> Filled:
    """A saved reply for a message, in its language unless another is asked for; ``more`` are facts that only the caller knows
    (date in words, signature). What nobody could fill stays in the text and is named. Raises NotFound.
    """
    with ws.read() as connection:
        message = inbox.message(connection, message_id)
        account = account_store.account(connection, message.account)
        one = next((found for found in store.saved(connection) if found.id == number), None)
    if one is None:
        raise NotFound(what="saved_reply", ref=str(number))
    text, chosen = one.text(language or message.language or ws.client.language.value)
    hours = terms.of(ws).hours
    name = message.author.name.strip()
    facts = {
        "name": name,
        "first_name": name.split()[0] if name else "",
        "handle": message.author.handle,
        "client": ws.client.name,
        "account": account.identity.handle,
        "link": message.url,
        "hours": "" if hours is None else written(hours),
    }
    return fill(text, {**facts, **(more or {})}, chosen)


async def used(ws: Workspace, number: int) -> None:
    """A saved reply was put into an answer: it is offered earlier next time."""
    with ws.write() as session:
        store.used(session, number, ws.clock.now())
