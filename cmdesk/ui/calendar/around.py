"""What is arranged around the posts: repetitions, key dates, ideas, campaigns and notes, terms, pillars, cover."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec.structs import replace
from PySide6.QtCore import QObject

from cmdesk.domain.board import CalendarNote, Campaign, ColumnKind, IdeaId, PillarId
from cmdesk.domain.client import Colour
from cmdesk.domain.errors import BadInput, CmdeskError
from cmdesk.domain.hours import clean_hours
from cmdesk.domain.hours import written as written_hours
from cmdesk.domain.ids import AccountId
from cmdesk.domain.schedule import PlannedTime, resolve
from cmdesk.domain.slots import clean_slots
from cmdesk.domain.slots import written as written_slots
from cmdesk.services import board, keydates, linking, repeating, terms
from cmdesk.ui import wording
from cmdesk.ui.calendar.balance import BalanceDialog, Share
from cmdesk.ui.calendar.bardialog import BarDialog, BarEdit
from cmdesk.ui.calendar.entries import Entry
from cmdesk.ui.calendar.ground import BarMark
from cmdesk.ui.calendar.ideaboard import IdeaBoard, IdeaCard, IdeaColumn
from cmdesk.ui.calendar.reading import owner_of
from cmdesk.ui.calendar.repeatdialog import RepeatDialog, Repeating
from cmdesk.ui.calendar.seen import Seen
from cmdesk.ui.calendar.termsdialog import TermsDialog, TermsEdit
from cmdesk.ui.widgets.paint import one_line

if TYPE_CHECKING:
    from cmdesk.domain.keydates import KeyDay
    from cmdesk.services.workspace import Workspace
    from cmdesk.ui.calendar.hand import Hand
    from cmdesk.ui.calendar.view import CalendarView
    from cmdesk.ui.screens import Shell

_PREVIEWED = 10


class Around(QObject):
    """Of one presenter."""

    def __init__(self, seen: Seen, view: CalendarView, shell: Shell, hand: Hand) -> None:
        super().__init__()  # without a parent: what Qt keeps for another keeps the presenter alive, too
        self._of, self._view, self._shell, self._hand = seen, view, shell, hand

    def _now(self, workspace: Workspace) -> datetime:
        zone = ZoneInfo(workspace.client.timezone)
        return workspace.clock.now().astimezone(zone).replace(tzinfo=None, microsecond=0)

    def _accounts(self, workspace: Workspace) -> tuple[AccountId, ...]:
        return tuple(account.id for account in linking.accounts(workspace))

    # ---- repetitions

    def repeat(self, workspace: Workspace, entry: Entry) -> None:
        """Asks for a rule; shows the next dates."""
        running = next((one for one in repeating.every(workspace) if one.post == entry.row.post), None)
        first = entry.own_wall
        rules = workspace.clock.tzdata_version()

        def preview(rule: str) -> Sequence[PlannedTime] | str:
            try:
                return repeating.preview(workspace, rule, resolve(first, entry.owner.zone, rules), number=_PREVIEWED)
            except CmdeskError as error:
                return wording.error(error, self._shell.formats)

        said = self.tr("It repeats already.") if running is not None else ""
        dialog = RepeatDialog(
            self._shell.theme, self._view, entry.owner, self._shell.formats, first=first, preview=preview, running=said
        )

        def begin(wish: Repeating) -> None:
            verb = repeating.begin(workspace, entry.row.post, wish.rule, resolve(first, entry.owner.zone, rules), wish.texts)
            text = self.tr("It comes again by itself. The next posts are made a month ahead.")
            self._hand.run(workspace, verb, lambda: text)

        def end() -> None:
            if running is not None:
                text = self.tr("The repetition has ended. What was planned stays.")
                self._hand.run(workspace, repeating.end(workspace, running.id), lambda: text)

        dialog.chosen.connect(begin)
        dialog.ended.connect(end)
        dialog.open()

    # ---- key dates

    def dates_of(self, workspace: Workspace, day: date) -> list[KeyDay]:
        """The key dates of a day."""
        return list(keydates.days(workspace, day, day))

    def draft_date(self, workspace: Workspace, one: KeyDay) -> None:
        """A draft, suggested for that day."""
        text = self.tr("A draft was made, suggested for that day.")
        self._hand.run(workspace, keydates.draft(workspace, one, self._accounts(workspace)), lambda: text)

    def idea_date(self, workspace: Workspace, one: KeyDay) -> None:
        """An idea on the board."""
        text = self.tr("It is on the idea board.")
        self._hand.run(workspace, keydates.idea(workspace, one), lambda: text)

    def hide_date(self, workspace: Workspace, one: KeyDay) -> None:
        """Not to be told again, for this client."""
        text = self.tr("That date is no longer shown for this client.")
        self._hand.run(workspace, keydates.switch(workspace, one.id, on=False), lambda: text)

    # ---- campaigns and notes

    def campaign(self, workspace: Workspace) -> None:
        """A new campaign from the current day on."""
        day = self._of.day
        self._edit_bar(workspace, BarEdit(0, False, "", day, day + timedelta(days=6), workspace.client.colour))

    def note(self, workspace: Workspace) -> None:
        """A new note on the current day."""
        day = self._of.day
        self._edit_bar(workspace, BarEdit(0, True, "", day, day, Colour.SLATE))

    def open_bar(self, workspace: Workspace, bar: BarMark) -> None:
        """A campaign or a note, to be changed."""
        known: Campaign | CalendarNote | None
        if bar.note:
            known = next((one for one in board.notes(workspace, bar.first, bar.last) if one.id == bar.id), None)
        else:
            known = next((one for one in board.campaigns(workspace, bar.first, bar.last) if one.id == bar.id), None)
        if isinstance(known, CalendarNote):
            self._edit_bar(workspace, BarEdit(known.id, True, known.text, known.first, known.last, known.colour, known.shared))
        elif isinstance(known, Campaign):
            self._edit_bar(workspace, BarEdit(known.id, False, known.name, known.first, known.last, known.colour))

    def _edit_bar(self, workspace: Workspace, edit: BarEdit) -> None:
        formats = self._shell.formats
        dialog = BarDialog(self._shell.theme, self._view, owner_of(workspace), formats, edit, now=self._now(workspace))
        dialog.chosen.connect(lambda fresh: self._save_bar(workspace, fresh))
        dialog.removed.connect(lambda old: self._remove_bar(workspace, old))
        dialog.open()

    def _save_bar(self, workspace: Workspace, edit: BarEdit) -> None:
        saved = self.tr("Saved.")
        run = self._hand.run
        if edit.note and not edit.number:
            verb = board.add_note(workspace, edit.words, edit.first, edit.last, shared=edit.shared, colour=edit.colour)
            run(workspace, verb, lambda: saved)
        elif not edit.number:
            run(workspace, board.add_campaign(workspace, edit.words, edit.first, edit.last, colour=edit.colour), lambda: saved)
        elif edit.note:
            note = next(one for one in board.notes(workspace, date.min, date.max) if one.id == edit.number)
            changed = replace(note, text=edit.words, first=edit.first, last=edit.last, shared=edit.shared, colour=edit.colour)
            run(workspace, board.change_note(workspace, changed), lambda: saved)
        else:
            campaign = next(one for one in board.campaigns(workspace) if one.id == edit.number)
            fresh = replace(campaign, name=edit.words, first=edit.first, last=edit.last, colour=edit.colour)
            run(workspace, board.change_campaign(workspace, fresh), lambda: saved)

    def _remove_bar(self, workspace: Workspace, edit: BarEdit) -> None:
        removed = self.tr("Removed.")
        if edit.note:
            note = next(one for one in board.notes(workspace, date.min, date.max) if one.id == edit.number)
            self._hand.run(workspace, board.remove_note(workspace, note.id), lambda: removed)
        else:
            campaign = next(one for one in board.campaigns(workspace) if one.id == edit.number)
            self._hand.run(workspace, board.remove_campaign(workspace, campaign.id), lambda: removed)

    # ---- ideas

    def new_idea(self, workspace: Workspace) -> None:
        """The board, with the keyboard where one writes."""
        self.board(workspace)

    def board(self, workspace: Workspace) -> None:
        """The idea board of a client."""
        dialog = IdeaBoard(self._shell.theme, self._view, owner_of(workspace))

        def show() -> None:
            dialog.show_columns(self._columns(workspace))

        def run(verb: object, text: str) -> None:
            self._hand.run(workspace, verb, lambda: text, settled=show)  # type: ignore[arg-type]  # each is a coroutine of board

        dialog.added.connect(lambda words: run(board.add_idea(workspace, words), self.tr("Kept on the idea board.")))
        dialog.moved.connect(
            lambda idea, goal, place: run(board.move_idea(workspace, IdeaId(idea), goal, place), self.tr("Moved."))
        )
        dialog.removed.connect(lambda idea: run(board.remove_idea(workspace, IdeaId(idea)), self.tr("Removed.")))
        dialog.drafted.connect(
            lambda idea: run(
                board.draft_idea(workspace, IdeaId(idea), self._accounts(workspace)), self.tr("The idea is a draft now.")
            )
        )
        dialog.named.connect(lambda name: run(board.add_column(workspace, name), self.tr("Saved.")) if name else None)
        show()
        dialog.open()

    def _columns(self, workspace: Workspace) -> list[IdeaColumn]:
        names = {
            ColumnKind.NEW: self.tr("New"),
            ColumnKind.GOOD: self.tr("Good"),
            ColumnKind.WRITING: self.tr("Being written"),
            ColumnKind.USED: self.tr("Used"),
        }
        ideas = board.ideas(workspace)
        formats = self._shell.formats
        found = []
        for one in board.columns(workspace):
            cards = tuple(
                IdeaCard(idea.id, one_line(idea.text), formats.date_short(idea.day) if idea.day else "", idea.post is not None)
                for idea in ideas
                if idea.column == one.id
            )
            found.append(IdeaColumn(one.id, one.name or names.get(one.kind, ""), cards))
        return found

    # ---- terms

    def terms(self, workspace: Workspace) -> None:
        """Hours, promise, slots, distance, key dates."""
        known = terms.of(workspace)
        accounts = {account.id: f"@{account.identity.handle}" for account in linking.accounts(workspace)}
        edit = TermsEdit(
            hours=written_hours(known.hours) if known.hours is not None else "",
            promise=known.promise,
            slots=written_slots(known.slots.every) if known.slots.every else "",
            own_slots={account: written_slots(slots) for account, slots in known.slots.own.items() if slots},
            distance=known.distance,
            lists=keydates.chosen(workspace).lists,
        )
        dialog = TermsDialog(
            self._shell.theme,
            self._view,
            owner_of(workspace),
            edit,
            {int(one): name for one, name in accounts.items()},
            self._judged,
        )
        dialog.chosen.connect(lambda fresh: self._save_terms(workspace, edit, fresh))
        dialog.open()

    def _judged(self, field: str, text: str) -> str:
        try:
            if field == "hours":
                clean_hours(text)
            else:
                clean_slots(text)
        except BadInput as error:
            return wording.error(error, self._shell.formats)
        return ""

    def _save_terms(self, workspace: Workspace, before: TermsEdit, fresh: TermsEdit) -> None:
        async def save() -> None:
            if fresh.hours != before.hours:
                await terms.set_hours(workspace, clean_hours(fresh.hours))
            if fresh.promise != before.promise:
                await terms.set_promise(workspace, fresh.promise)
            if fresh.slots != before.slots:
                await terms.set_slots(workspace, clean_slots(fresh.slots))
            for number in {*before.own_slots, *fresh.own_slots}:
                text = fresh.own_slots.get(number)
                if text is None:
                    await terms.follow_slots(workspace, AccountId(number))
                elif text != before.own_slots.get(number):
                    await terms.set_slots(workspace, clean_slots(text), AccountId(number))
            if fresh.distance != before.distance:
                await terms.set_distance(workspace, fresh.distance)
            if fresh.lists != before.lists:
                await keydates.choose(workspace, fresh.lists)

        saved = self.tr("Saved.")
        self._hand.run(workspace, save(), lambda: saved, undoable=False)

    # ---- pillars

    def balance(self, workspace: Workspace) -> None:
        """How the posts of the page are shared among the pillars."""
        start, end = self._of.span()
        shares = []
        for one in board.balance(workspace, start, end):
            pillar = one.pillar
            name = pillar.name if pillar is not None else self.tr("Without a pillar")
            wanted, colour = (pillar.share, pillar.colour) if pillar is not None else (0, Colour.SLATE)
            shares.append(Share(name, one.posts, one.of, wanted, colour, pillar.id if pillar is not None else 0))
        title = self._of.page.title if self._of.page is not None else ""
        dialog = BalanceDialog(
            self._shell.theme, self._view, owner_of(workspace), self._shell.formats, title=title, shares=tuple(shares)
        )
        saved = self.tr("Saved.")

        def add(name: str, label: str, share: int) -> None:
            colour = list(Colour)[len(shares) % len(Colour)]
            self._hand.run(workspace, board.add_pillar(workspace, name, label, share, colour), lambda: saved)

        def remove(number: int) -> None:
            self._hand.run(workspace, board.remove_pillar(workspace, PillarId(number)), lambda: saved)

        dialog.added.connect(add)
        dialog.removed.connect(remove)
        dialog.open()

    # ---- cover

    def cover(self) -> None:
        """The planner of cover, over all clients."""
        from cmdesk.ui.calendar.covering import open_cover  # it reads every client

        desk = self._of.desk
        if desk is not None:
            open_cover(self, desk, self._view, self._shell, self._of.day)
