"""Finds words in a client's posts and messages, or in those of all clients."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cmdesk.domain.views import SearchHit
from cmdesk.store import search as store

if TYPE_CHECKING:
    from cmdesk.services.desk import Desk
    from cmdesk.services.workspace import Workspace


def search(ws: Workspace, text: str, limit: int = 50) -> tuple[SearchHit, ...]:
    """The newest hits of one client. Any text is a valid question; one without letters finds nothing."""
    with ws.read() as connection:
        return store.search(connection, ws.client.id, text, limit)


def search_desk(desk: Desk, text: str, limit: int = 50) -> tuple[SearchHit, ...]:
    """The newest hits of all clients in work."""
    hits = [hit for ws in desk.workspaces for hit in search(ws, text, limit)]
    hits.sort(key=lambda hit: hit.when, reverse=True)
    return tuple(hits[:limit])
