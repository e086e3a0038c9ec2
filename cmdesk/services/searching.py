"""Finds words in a client's posts and messages, or in those of all clients."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec.structs import replace

from cmdesk.domain.answering import LONGEST_NAME, clean_text, folded
from cmdesk.domain.query import Query, SavedSearch, parse
from cmdesk.domain.views import SearchHit
from cmdesk.store import finding, replies
from cmdesk.store import search as store

if TYPE_CHECKING:
    from cmdesk.domain.ids import MessageId
    from cmdesk.services.desk import Desk
    from cmdesk.services.workspace import Workspace

_PAGE = 100
_LONGEST = 500
_FEWEST = 1_000


def question(ws: Workspace, text: str) -> Query:
    """What somebody typed, read with this client's calendar."""
    return parse(text, ws.clock.now().astimezone(ZoneInfo(ws.client.timezone)).date())


def search(
    ws: Workspace, text: str, limit: int = 50, *, whole: bool = False, looks: int = finding.MOST_LOOKS
) -> tuple[SearchHit, ...]:
    """The newest hits of one client. Any text is a valid question; one without letters or filters finds nothing.

    Words alone find posts too; filters (``from:``, ``state:``, ``mood:``, ``before:``, ``has:`` …) speak of messages. Asked at
    each key, a rare filter of a common word is looked for among the newest only; ``whole`` looks everywhere.
    """
    wanted = question(ws, text)
    if not _meant(ws, wanted):
        return ()
    with ws.read() as connection:
        if not wanted.filtered:
            return store.search(connection, ws.client.id, wanted.words, limit)
        page = finding.find(connection, wanted, ws.client.timezone, limit, looks=looks)
        found = page.ids
        while whole and page.more is not None and len(found) < limit:
            page = finding.find(connection, wanted, ws.client.timezone, limit - len(found), page.more)
            found += page.ids
        return finding.hits(connection, ws.client.id, found, wanted.words)


def find(ws: Workspace, text: str, limit: int = 200, after: tuple[int, int] | None = None) -> finding.Page:
    """Ids of messages that fit, newest first, as a list wants them; ``after`` is the ``more`` of the page before."""
    wanted = question(ws, text)
    if not _meant(ws, wanted):
        return finding.Page(())
    with ws.read() as connection:
        # A list is of messages, also where words alone are asked.
        return finding.find(connection, replace(wanted, only="messages"), ws.client.timezone, limit, after)


def _meant(ws: Workspace, wanted: Query) -> bool:
    """Whether a question is for this client."""
    return not wanted.clients or any(folded(ws.client.name).startswith(folded(name)) for name in wanted.clients)


# ---- searches that are kept as lists


def saved(ws: Workspace) -> tuple[SavedSearch, ...]:
    """The saved searches in their order."""
    with ws.read() as connection:
        return replies.searches(connection)


async def save(ws: Workspace, name: str, text: str, number: int = 0) -> int:
    """Keeps a search as a list (0: a new one); returns its id. Raises BadInput(field="name" or "query"), NotFound."""
    one = SavedSearch(number, clean_text(name, "name", LONGEST_NAME), clean_text(text, "query", _LONGEST))
    with ws.write() as session:
        return replies.save_search(session, one)


async def remove(ws: Workspace, number: int) -> None:
    """Takes a saved search away; raises NotFound."""
    with ws.write() as session:
        replies.remove_search(session, number)


def messages(workspaces: Sequence[Workspace], text: str) -> Iterator[SearchHit]:
    """The messages of these clients with these words, the last that came in first, read page by page as they are asked for."""
    return heapq.merge(*(_messages(ws, text) for ws in workspaces), key=lambda hit: hit.when, reverse=True)


def _messages(ws: Workspace, text: str) -> Iterator[SearchHit]:
    before: MessageId | None = None
    while True:
        with ws.read() as connection:
            page = store.messages(connection, ws.client.id, text, _PAGE, before)
        yield from page
        if len(page) < _PAGE:
            return
        before = page[-1].message


def search_desk(desk: Desk, text: str, limit: int = 50) -> tuple[SearchHit, ...]:
    """The newest hits of all clients in work."""
    looks = max(_FEWEST, finding.MOST_LOOKS // max(1, len(desk.workspaces)))
    hits = [hit for ws in desk.workspaces for hit in search(ws, text, limit, looks=looks)]
    hits.sort(key=lambda hit: hit.when, reverse=True)
    return tuple(hits[:limit])
