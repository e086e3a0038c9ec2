"""Opens the calendar's own windows; each is loaded when it is first asked for."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject

from cmdesk.ui.actions import Action
from cmdesk.ui.calendar.entries import Entry, Owner
from cmdesk.ui.calendar.ground import BarMark
from cmdesk.ui.calendar.reading import owner_of
from cmdesk.ui.calendar.seen import Seen

if TYPE_CHECKING:
    from cmdesk.domain.keydates import KeyDay
    from cmdesk.services.workspace import Workspace
    from cmdesk.ui.calendar.around import Around
    from cmdesk.ui.calendar.carrying import Carrying
    from cmdesk.ui.calendar.hand import Hand
    from cmdesk.ui.calendar.view import CalendarView
    from cmdesk.ui.screens import Shell


class _Asked(Struct, frozen=True):
    """What is to be done once it is known for which client."""

    run: Callable[[Workspace], None]


class Windows(QObject):
    """Of one presenter: what stands around the posts (campaigns, terms, cover …) and what goes in and out (files, paper)."""

    def __init__(self, seen: Seen, view: CalendarView, shell: Shell, hand: Hand) -> None:
        super().__init__()  # without a parent: what Qt keeps for another keeps the presenter alive, too
        self._of, self._view, self._shell, self._hand = seen, view, shell, hand
        self._made_around: Around | None = None
        self._made_carrying: Carrying | None = None

    @property
    def _around(self) -> Around:
        if self._made_around is None:
            from cmdesk.ui.calendar.around import Around  # most days nobody opens any of it

            self._made_around = Around(self._of, self._view, self._shell, self._hand)
        return self._made_around

    @property
    def _carrying(self) -> Carrying:
        if self._made_carrying is None:
            from cmdesk.ui.calendar.carrying import Carrying  # as above

            self._made_carrying = Carrying(self._of, self._view, self._shell, self._hand)
        return self._made_carrying

    # ---- for which client

    def _for(self, run: Callable[[Workspace], None]) -> None:
        """Does something for the client of the scope, or asks for which one."""
        seen = self._of.seen()
        if len(seen) == 1:
            run(seen[0])
        elif seen:
            self._view.ask_owner([owner_of(one) for one in seen], _Asked(run), self._of.day)

    def owner_chosen(self, owner: Owner, asked: object) -> None:
        """The answer."""
        workspace = self._of.workspace(owner.id)
        if isinstance(asked, _Asked) and workspace is not None:
            asked.run(workspace)

    # ---- what is asked from elsewhere

    def new_idea(self) -> None:
        """Writes an idea down."""
        self._for(self._around.new_idea)

    def repeat(self, entry: Entry) -> None:
        """Lets a post come again by a rule."""
        workspace = self._of.workspace(entry.row.client)
        if workspace is not None:
            self._around.repeat(workspace, entry)

    def from_date(self, day: date) -> None:
        """The key dates of a day: a draft, an idea, or not to be told again."""
        self._for(lambda workspace: self._offer_dates(workspace, day))

    def _offer_dates(self, workspace: Workspace, day: date) -> None:
        actions: list[Action | None] = []
        for one in self._around.dates_of(workspace, day):
            actions += [None, *self._date_actions(workspace, one)] if actions else self._date_actions(workspace, one)
        if actions:
            self._view.show_more(actions, None)

    def _date_actions(self, workspace: Workspace, one: KeyDay) -> list[Action | None]:
        name = one.french if self._shell.formats.french else one.english
        around = self._around
        draft = Action(
            "", lambda: self.tr("Draft for {date}").format(date=name), lambda: around.draft_date(workspace, one), icon="compose"
        )
        idea = Action(
            "", lambda: self.tr("Idea for {date}").format(date=name), lambda: around.idea_date(workspace, one), icon="idea"
        )
        off = Action("", lambda: self.tr("Don't show {date}").format(date=name), lambda: around.hide_date(workspace, one))
        return [draft, idea] if one.own else [draft, idea, off]

    def open_bar(self, bar: object) -> None:
        """A campaign or a note."""
        workspace = self._of.workspace(bar.client) if isinstance(bar, BarMark) else None
        if isinstance(bar, BarMark) and workspace is not None:
            self._around.open_bar(workspace, bar)

    # ---- menus and keys

    def _draft_of_date(self) -> None:
        """From a key date to a draft in one key: the first key date of the current day."""
        day = self._view.surface.day

        def draft(workspace: Workspace) -> None:
            found = self._around.dates_of(workspace, day)
            if found:
                self._around.draft_date(workspace, found[0])

        self._for(draft)

    def _has_date(self) -> bool:
        page = self._of.page
        return page is not None and bool(page.ground.dates.get(self._view.surface.day))

    def actions(self) -> Sequence[Action]:
        """What has keys or is found in the palette."""
        around = self._for_around
        carrying = self._for_carrying
        return (
            Action(
                "calendar.date",
                lambda: self.tr("Draft for the key date"),
                self._draft_of_date,
                ("K",),
                enabled=self._has_date,
                icon="key-date",
            ),
            Action("calendar.idea", lambda: self.tr("New idea"), self.new_idea, ("I",), icon="idea"),
            Action("calendar.board", lambda: self.tr("Idea board"), around("board"), ("B",), icon="idea"),
            Action("calendar.campaign", lambda: self.tr("New campaign"), around("campaign"), (), icon="campaign"),
            Action("calendar.note", lambda: self.tr("New note"), around("note"), ("Shift+N",), icon="note"),
            Action("calendar.terms", lambda: self.tr("Hours, slots and key dates"), around("terms"), (), icon="settings"),
            Action("calendar.balance", lambda: self.tr("Balance of pillars"), around("balance"), ()),
            Action(
                "calendar.cover",
                lambda: self.tr("Cover"),
                self._cover,
                (),
                enabled=self._has_desk,
                icon="people",
            ),
            Action("calendar.import", lambda: self.tr("Import"), carrying("bring"), (), icon="attach"),
            Action("calendar.export", lambda: self.tr("Export"), carrying("export"), (), icon="external"),
            Action(
                "calendar.print",
                lambda: self.tr("Print"),
                self._on_paper,
                ("Ctrl+P",),
                icon="print",
            ),
            Action("calendar.pdf", lambda: self.tr("Save as PDF"), self._paper, ()),
        )

    def _for_around(self, name: str) -> Callable[[], None]:
        return lambda: self._for(getattr(self._around, name))

    def _for_carrying(self, name: str) -> Callable[[], None]:
        return lambda: self._for(getattr(self._carrying, name))

    def _cover(self) -> None:
        self._around.cover()

    def _on_paper(self) -> None:
        self._carrying.on_paper()

    def _paper(self) -> None:
        self._carrying.paper()

    def _has_desk(self) -> bool:
        return self._of.desk is not None

    def menu(self) -> Sequence[Action | None]:
        """The lower part of the menu."""
        known = {one.id.removeprefix("calendar."): one for one in self.actions()}
        groups = (("idea", "board", "campaign", "note"), ("terms", "balance", "cover"), ("import", "export", "pdf", "print"))
        found: list[Action | None] = []
        for group in groups:
            found += [None] if found else []
            found += [known[name] for name in group]
        return found
