"""Finds words in a client's posts and messages, or in those of all clients."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cmdesk.domain.views import SearchHit
from cmdesk.store import search as store

if TYPE_CHECKING:
    from cmdesk.domain.ids import MessageId
    from cmdesk.services.desk import Desk
    from cmdesk.services.workspace import Workspace

_PAGE = 100


def search(ws: Workspace, text: str, limit: int = 50) -> tuple[SearchHit, ...]:
    """The newest hits of one client. Any text is a valid question; one without letters finds nothing."""
    with ws.read() as connection:
        return store.search(connection, ws.client.id, text, limit)


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
    hits = [hit for ws in desk.workspaces for hit in search(ws, text, limit)]
    hits.sort(key=lambda hit: hit.when, reverse=True)
    return tuple(hits[:limit])
