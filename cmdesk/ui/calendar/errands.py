"""What the calendar does beside showing days: looks into a post, asks for times, plans what waits on the shelf, opens windows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from msgspec import Struct
from PySide6.QtCore import QObject

from cmdesk.domain.delivery import State
from cmdesk.domain.ids import PostId
from cmdesk.domain.schedule import PlannedTime
from cmdesk.services import arranging, board, composing, dropping, linking, planning, slots
from cmdesk.services.workspace import Workspace
from cmdesk.ui import wording
from cmdesk.ui.actions import Action
from cmdesk.ui.calendar import telling
from cmdesk.ui.calendar.entries import Entry, Guest, Landing, Owner, Spot
from cmdesk.ui.calendar.glances import DRAFTS, IDEAS, Asked, PeekLine, PeekLook, ShelfLine
from cmdesk.ui.calendar.moving import land_guest, refusal_of
from cmdesk.ui.calendar.painting import NETWORK_ICONS
from cmdesk.ui.calendar.reading import owner_of
from cmdesk.ui.calendar.seen import Seen
from cmdesk.ui.calendar.view import CalendarView
from cmdesk.ui.calendar.windows import Windows
from cmdesk.ui.screens import NewPost, Shell, Target
from cmdesk.ui.widgets.paint import one_line
from cmdesk.ui.widgets.rowlist import RowLook

if TYPE_CHECKING:
    from cmdesk.ui.calendar.hand import Hand

_LISTED = 100


class _Drop(Struct, frozen=True):
    """Files that wait for an answer to the question for which client they are."""

    files: tuple[str, ...]
    spot: Spot


class _Wish(Struct, frozen=True):
    """What a time was asked for."""

    verb: str
    entry: Entry | None = None
    line: ShelfLine | None = None


class Errands(QObject):
    """Of one presenter, closed with it."""

    def __init__(self, seen: Seen, view: CalendarView, shell: Shell, hand: Hand, windows: Windows) -> None:
        super().__init__()  # without a parent: what Qt keeps for another keeps the presenter alive, too
        self._of, self._view, self._shell, self._hand = seen, view, shell, hand
        self._windows = windows
        self._kind = DRAFTS
        self._shelf_wired = False

    def close(self) -> None:
        """Lets go of the view."""
        if self._shelf_wired:
            shelf = self._view.shelf
            shelf.opened.disconnect(self._open_line)
            shelf.shown.disconnect(self._show_shelf)
            shelf.new_idea.disconnect(self._new_idea)
            self._shelf_wired = False

    # ---- looking into a post

    def peek(self, entry: Entry) -> None:
        """All words of a post, and its deliveries."""
        workspace = self._of.workspace(entry.row.client)
        if workspace is not None:
            self._view.show_peek(entry, self._looked(workspace, entry))

    def _looked(self, workspace: Workspace, entry: Entry) -> PeekLook:
        formats = self._shell.formats
        handles = {account.id: account for account in linking.accounts(workspace)}
        lines = []
        for one in planning.deliveries(workspace, entry.row.post):
            account = handles.get(one.account)
            if account is None or one.state is State.CANCELLED:
                continue
            wall = one.planned.utc.astimezone(ZoneInfo(entry.owner.zone)).replace(tzinfo=None)
            state = (one.state.value, wording.state(one.state))
            other = "" if wall == entry.own_wall else formats.moment(wall)
            lines.append(PeekLine(NETWORK_ICONS[account.identity.network], f"@{account.identity.handle}", state, other))
        post = composing.load(workspace, entry.row.post)
        why = refusal_of(entry) if entry.row.deliveries else None
        notes = () if entry.out else self.warnings(workspace, entry.row.post, entry.row.planned)
        return PeekLook(
            when=formats.moment(entry.wall),
            words=post.text.strip() or one_line(entry.row.preview),
            lines=tuple(lines),
            labels=formats.names(list(entry.row.labels)) if entry.row.labels else "",
            why=telling.refusal(why) if why is not None else "",
            notes=tuple(notes),
            picture=self._of.picture(entry, self._shell.theme.sizes.three * 2),
            movable=why is None,
            suggested=not entry.row.deliveries,
        )

    def warnings(self, workspace: Workspace, post: PostId, planned: PlannedTime) -> list[str]:
        """What a person should know of a time: each sentence once."""
        known = composing.load(workspace, post)
        found = slots.warnings(workspace, known, planned, known.accounts, besides=post)
        return list(dict.fromkeys(wording.problem(one) for listed in found.values() for one in listed))

    # ---- asking for times

    def ask_move(self, entry: Entry) -> None:
        """Another time for an entry, unless it can't be moved."""
        why = refusal_of(entry) if entry.row.deliveries else None
        if why is not None:
            self._shell.toast(telling.refusal(why))
            return
        self._ask(entry.owner, entry.own_wall, self.tr("Move the post"), self.tr("Move"), _Wish("move", entry))

    def ask_copy(self, entry: Entry) -> None:
        """A time for a copy."""
        self._ask(entry.owner, entry.own_wall, self.tr("Copy the post"), self.tr("Copy"), _Wish("copy", entry))

    def ask_plan(self, line: ShelfLine) -> None:
        """A time for a draft or an idea."""
        if line.guest.owner is not None:
            self._ask(line.guest.owner, None, self.tr("Plan the draft"), self.tr("Plan"), _Wish("plan", line=line))

    def _ask(self, owner: Owner, wall: datetime | None, title: str, confirm: str, wish: _Wish) -> None:
        workspace = self._of.workspace(owner.id)
        if workspace is None:
            return
        known = workspace
        post = wish.entry.row.post if wish.entry is not None else wish.line.item if wish.line is not None else None
        now = known.clock.now().astimezone(ZoneInfo(owner.zone)).replace(tzinfo=None, microsecond=0)

        def notes(planned: PlannedTime) -> Sequence[str]:
            return self.warnings(known, PostId(post), planned) if isinstance(post, int) else ()

        self._view.ask_time(Asked(owner, wall, title, confirm, wish), now, self._of.rules(), notes)

    def move_chosen(self, asked: Asked, planned: PlannedTime) -> None:
        """The answer."""
        wish = asked.item
        if not isinstance(wish, _Wish):
            return
        workspace = self._of.workspace(asked.owner.id)
        if wish.entry is not None and wish.verb == "move":
            self._of.move(wish.entry, planned)
        elif wish.entry is not None:
            self._hand.copy(wish.entry, planned)
        elif wish.line is not None and workspace is not None:
            self._plan_line(workspace, wish.line, planned)

    def _plan_line(self, workspace: Workspace, line: ShelfLine, planned: PlannedTime) -> None:
        if line.guest.key == IDEAS:
            self._draft_idea(workspace, line.item, planned)
        elif isinstance(line.item, int):
            self._hand.plan(workspace, PostId(line.item), planned)

    def next_slot(self) -> None:
        """The next free slot: for the draft that is chosen on the shelf, else for a new post."""
        line = self.shelf_line()
        owner = line.guest.owner if line is not None else None
        seen = self._of.seen()
        workspace = self._of.workspace(owner.id) if owner is not None else seen[0] if len(seen) == 1 else None
        if workspace is None:
            self._shell.toast(self.tr("Choose one client, or a draft on the shelf, to find its next free slot."))
        elif line is not None and line.guest.key == DRAFTS and isinstance(line.item, int):
            text = self.tr("Planned in the next free slot.")
            self._hand.run(workspace, arranging.fill_slot(workspace, PostId(line.item)), lambda: text)
        else:
            accounts = tuple(account.id for account in linking.accounts(workspace))
            if accounts:
                planned = slots.next_slot(workspace, accounts)
                self._shell.go(Target("posts", workspace.client.id, NewPost(planned.wall)))

    # ---- the shelf

    def toggle_shelf(self) -> None:
        """Shows drafts and ideas beside the days, or hides them."""
        shelf = self._view.shelf
        opened = not self._view.shelf_open
        shelf.setVisible(opened)
        if opened:
            self._wire_shelf()
            self._show_shelf(self._kind)
            shelf.setFocus()
            shelf.list.choose(0)
        else:
            self._view.setFocus()

    def _wire_shelf(self) -> None:
        if not self._shelf_wired:
            shelf = self._view.shelf
            shelf.opened.connect(self._open_line)
            shelf.shown.connect(self._show_shelf)
            shelf.new_idea.connect(self._new_idea)
            self._shelf_wired = True

    def refresh_shelf(self) -> None:
        """Reads it again while it is seen."""
        if self._view.shelf_open:
            self._wire_shelf()
            self._show_shelf(self._kind)

    def _show_shelf(self, kind: str) -> None:
        self._kind = kind
        lines = self._drafts() if kind == DRAFTS else self._ideas()
        self._view.shelf.show_lines(kind, lines)

    def shelf_line(self) -> ShelfLine | None:
        """The row of the shelf that the keys act on."""
        return self._view.shelf.current() if self._view.shelf_open else None

    def _drafts(self) -> list[ShelfLine]:
        several = len(self._of.workspaces()) > 1
        formats = self._shell.formats
        found = []
        for workspace in self._of.seen():
            owner = owner_of(workspace)
            for one in composing.post_rows(workspace, drafts_only=True, limit=_LISTED):
                day = one.updated_at.astimezone(self._of.zone()).date()
                look = RowLook(
                    one.preview or self.tr("No words yet"),
                    detail=owner.name if several else "",
                    note=formats.date_short(day),
                    colour=owner.colour if several else None,
                    icons=("image",) if one.has_media else (),
                )
                found.append(
                    (one.updated_at, ShelfLine((DRAFTS, owner.id, one.id), look, Guest(owner, one.preview, DRAFTS), one.id))
                )
        return [line for _at, line in sorted(found, key=lambda pair: pair[0], reverse=True)[:_LISTED]]

    def _ideas(self) -> list[ShelfLine]:
        several = len(self._of.workspaces()) > 1
        found = []
        for workspace in self._of.seen():
            owner = owner_of(workspace)
            for one in board.ideas(workspace):
                if one.post is not None:
                    continue
                words = one_line(one.text)
                look = RowLook(
                    words,
                    detail=owner.name if several else ", ".join(one.labels),
                    note=self._shell.formats.date_short(one.day) if one.day is not None else "",
                    colour=owner.colour if several else None,
                )
                found.append(ShelfLine((IDEAS, owner.id, one.id), look, Guest(owner, words, IDEAS), one.id))
        return found[:_LISTED]

    def _open_line(self, line: ShelfLine) -> None:
        owner = line.guest.owner
        workspace = self._of.workspace(owner.id) if owner is not None else None
        if workspace is None:
            return
        if line.guest.key == DRAFTS:
            self._shell.go(Target("posts", workspace.client.id, line.item))
        else:
            self._draft_idea(workspace, line.item, None)

    def _new_idea(self) -> None:
        self._windows.new_idea()

    def _draft_idea(self, workspace: Workspace, idea: object, planned: PlannedTime | None) -> None:
        accounts = tuple(account.id for account in linking.accounts(workspace))
        known = next((one for one in board.ideas(workspace) if one.id == idea), None)
        if known is not None:
            wall = planned.wall if planned is not None else None
            text = self.tr("The idea is a draft now.")
            self._hand.run(workspace, board.draft_idea(workspace, known.id, accounts, wall), lambda: text)

    # ---- what is dropped

    def dropped(self, guest: Guest, landing: Landing, spot: Spot) -> None:
        """A draft, an idea, or files."""
        if guest.files:
            if guest.owner is not None:
                self._take_files(guest.owner, guest.files, landing.planned)
                return
            owners = [owner_of(one) for one in self._of.seen()]
            if len(owners) == 1:
                self.owner_chosen(owners[0], _Drop(guest.files, spot))
            elif owners:
                self._view.ask_owner(owners, _Drop(guest.files, spot), spot.day)
            return
        workspace = self._of.workspace(guest.owner.id) if guest.owner is not None else None
        if workspace is None or landing.planned is None:
            return
        line = next((one for one in self._view.shelf.model.rows if one.guest is guest), None)
        if line is None:
            return
        if guest.key == IDEAS:
            self._draft_idea(workspace, line.item, landing.planned)
        elif isinstance(line.item, int):
            self._plan_or_suggest(workspace, PostId(line.item), landing.planned)

    def _plan_or_suggest(self, workspace: Workspace, post: PostId, planned: PlannedTime) -> None:
        """A draft may be half written: whether it goes out by itself is said by a person, not by where a hand let go."""
        moment = self._shell.formats.moment(planned.wall)

        def plan() -> None:
            self._hand.plan(workspace, post, planned)

        def suggest() -> None:
            self._hand.suggest(workspace, post, planned)

        firm = Action("", lambda: self.tr("Plan for {moment}").format(moment=moment), plan, icon="planned")
        loose = Action("", lambda: self.tr("Only suggest {moment}").format(moment=moment), suggest, icon="draft")
        self._view.show_more((firm, loose), None)

    def owner_chosen(self, owner: Owner, asked: object) -> None:
        """For whom the files are."""
        workspace = self._of.workspace(owner.id)
        if isinstance(asked, _Drop) and workspace is not None:
            landing = land_guest(asked.spot, self._of.zone(), owner.zone, workspace.clock.now(), self._of.rules())
            self._take_files(owner, asked.files, landing.planned)
        else:
            self._windows.owner_chosen(owner, asked)

    def _take_files(self, owner: Owner, files: tuple[str, ...], planned: PlannedTime | None) -> None:
        workspace = self._of.workspace(owner.id)
        if workspace is None:
            return
        wall = planned.wall if planned is not None else None
        text = self.tr("A draft with media was made. Write its words, then plan it.")
        self._hand.run(workspace, dropping.draft_of_files(workspace, [Path(file) for file in files], wall), lambda: text)

    # ---- windows

    def repeat(self, entry: Entry) -> None:
        """Lets a post come again."""
        self._windows.repeat(entry)

    def from_date(self, day: date) -> None:
        """From a key date to a draft."""
        self._windows.from_date(day)

    def open_bar(self, bar: object) -> None:
        """A campaign or a note."""
        self._windows.open_bar(bar)

    def actions(self) -> Sequence[Action]:
        """What has keys or is found in the palette."""
        return self._windows.actions()

    def menu(self) -> Sequence[Action | None]:
        """The lower part of the menu."""
        return self._windows.menu()
