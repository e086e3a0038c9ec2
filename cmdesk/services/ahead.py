"""Tells beforehand which posts go out only while this computer is awake and somebody publishes: all that are planned.

No program sends anything from a computer that sleeps. What is late on waking goes out within the client's grace, or waits for
a decision; who knows beforehand leaves the computer on, installs the agent, or plans another hour.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from cmdesk.domain.agent import Ahead
from cmdesk.domain.delivery import PostState
from cmdesk.store import agenda as agenda_store

if TYPE_CHECKING:
    from cmdesk.domain.views import AgendaEntry
    from cmdesk.services.desk import Desk

DAY, WEEK = timedelta(hours=24), timedelta(days=7)
_PENDING = frozenset({PostState.PLANNED})


def ahead(desk: Desk) -> Ahead:
    """What is planned from now on for all clients in work, a week far."""
    now = desk.clock.now()
    found: list[AgendaEntry] = []
    for ws in desk.workspaces:
        with ws.read() as connection:
            entries = agenda_store.agenda(connection, ws.client.id, now, now + WEEK)
        found += [entry for entry in entries if entry.state in _PENDING]
    found.sort(key=lambda entry: (entry.planned.utc, entry.client, entry.post))
    day = tuple(entry for entry in found if entry.planned.utc < now + DAY)
    return Ahead(day, tuple(found), found[0].planned.utc if found else None)
