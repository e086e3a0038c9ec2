"""Opens the calendar's own windows; each is loaded when it is first asked for."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from cmdesk.ui.actions import Action
from cmdesk.ui.calendar.entries import Entry, Owner

if TYPE_CHECKING:
    from cmdesk.ui.calendar.hand import Hand
    from cmdesk.ui.calendar.presenter import CalendarPresenter
    from cmdesk.ui.calendar.view import CalendarView
    from cmdesk.ui.screens import Shell


class Windows(QObject):
    """Of one presenter."""

    def __init__(self, presenter: CalendarPresenter, view: CalendarView, shell: Shell, hand: Hand) -> None:
        super().__init__(presenter)
        self._of, self._view, self._shell, self._hand = presenter, view, shell, hand

    def new_idea(self) -> None:
        """Writes an idea down."""

    def repeat(self, entry: Entry) -> None:
        """Lets a post come again by a rule."""

    def from_date(self, day: date) -> None:
        """From a key date to a draft."""

    def open_bar(self, bar: object) -> None:
        """A campaign or a note."""

    def owner_chosen(self, owner: Owner, asked: object) -> None:
        """For which client."""

    def actions(self) -> Sequence[Action]:
        """What has keys or is found in the palette."""
        return ()

    def menu(self) -> Sequence[Action | None]:
        """The lower part of the menu."""
        return self.actions()
