"""What the calendar's presenter tells those who work for it: whose days are seen, which, and how to change them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from PySide6.QtGui import QPixmap

from cmdesk.domain.ids import ClientId
from cmdesk.domain.schedule import PlannedTime
from cmdesk.ui.calendar.entries import Entry, Page

if TYPE_CHECKING:
    from cmdesk.services.desk import Desk
    from cmdesk.services.workspace import Workspace


class Seen(Protocol):
    """One scope's calendar, as its helpers know it."""

    @property
    def desk(self) -> Desk | None:
        """The whole desk, where the scope is all clients."""

    @property
    def page(self) -> Page | None:
        """What is seen."""

    @property
    def day(self) -> date:
        """The current day."""

    def workspaces(self) -> Sequence[Workspace]:
        """All clients of the scope."""

    def seen(self) -> Sequence[Workspace]:
        """The clients that are let through."""

    def workspace(self, client: ClientId) -> Workspace | None:
        """A client of the scope."""

    def zone(self) -> ZoneInfo:
        """The zone of the calendar."""

    def rules(self) -> str:
        """The edition of the zones' rules."""

    def span(self) -> tuple[datetime, datetime]:
        """The instants of the page that is seen."""

    def move(self, entry: Entry, planned: PlannedTime) -> None:
        """Another time for an entry; the page goes where it goes."""

    def picture(self, entry: Entry, side: int) -> QPixmap | None:
        """The small picture of an entry, when it is there already."""
