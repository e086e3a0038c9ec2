"""Gathers what waits for a person, of one client or of all, and carries the choices out, one by one or many at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject, QTimer

from cmdesk.domain.changes import Changes
from cmdesk.domain.delivery import HeldBecause
from cmdesk.domain.guard import Answer
from cmdesk.domain.ids import ClientId
from cmdesk.services import late_desk
from cmdesk.services.desk import Desk
from cmdesk.services.late_desk import Batch, Done, LateItem, Why
from cmdesk.ui import deciding, wording
from cmdesk.ui.actions import Action
from cmdesk.ui.latedesk.values import KEYS, Item, Key, Still
from cmdesk.ui.latedesk.words import Said
from cmdesk.ui.screens import Target
from cmdesk.ui.standing import Standing, answers
from cmdesk.ui.widgets.decision import Ask
from cmdesk.ui.widgets.rowlist import DiscMark, IconMark, RowLook

if TYPE_CHECKING:
    from cmdesk.services.workspace import Workspace
    from cmdesk.ui.latedesk.view import LateView
    from cmdesk.ui.screens import Shell
    from cmdesk.ui.widgets.decision import Wanted

_MINUTE = 60_000
_ICONS: Mapping[Why, str] = {Why.UNCERTAIN: "uncertain", Why.REFUSED: "refused", Why.LATE: "late", Why.HELD: "snooze"}


class LatePresenter(QObject):
    """Wires the desk of decisions to a workspace or to all of them."""

    def __init__(self, view: LateView, scope: Workspace | Desk, shell: Shell) -> None:
        super().__init__()
        self._view, self._scope, self._shell = view, scope, shell
        self._calls = shell.bridge.calls()
        self._standing = Standing(shell, self._calls)
        self._batch: Batch | None = None
        self._view.use(shell.formats, scope.clock.now)
        self._view.wanted.connect(self._decide)
        self._view.many.connect(self._prepare)
        self._view.confirmed.connect(self._carry_out)
        self._view.still.connect(self._release)
        self._view.link.connect(shell.open_link)
        self._view.journal.connect(self._open_journal)
        self._view.opened.connect(self._open_post)
        self._timer = QTimer()
        self._timer.setInterval(_MINUTE)
        self._timer.timeout.connect(self._show)
        self._timer.start()
        self._view.begin()
        self._show()

    # --- reading

    @property
    def _workspaces(self) -> dict[ClientId, Workspace]:
        return {ws.client.id: ws for ws in late_desk.rooms(self._scope)}

    @property
    def _of_all(self) -> bool:
        return isinstance(self._scope, Desk)

    def _zone(self) -> ZoneInfo:
        return ZoneInfo(self._scope.clock.zone_name() if isinstance(self._scope, Desk) else self._scope.client.timezone)

    def _show(self) -> None:
        found = late_desk.desk_items(self._scope)
        workspaces = self._workspaces
        now = self._scope.clock.now().astimezone(self._zone())
        said = Said(self._shell.formats)
        self._view.show_still(self._stills(workspaces, said))
        self._view.show_items([self._item(one, workspaces[one.row.client], now, said) for one in found], said.summary(found))

    def _item(self, one: LateItem, ws: Workspace, now: datetime, said: Said) -> Item:
        client, row = ws.client, one.row
        when = self._shell.formats.near(row.planned.utc.astimezone(now.tzinfo), now)
        why = said.why(one)
        icon = "lock" if row.held_because is HeldBecause.CRISIS else _ICONS[one.why]
        look = RowLook(
            title=row.preview or said.empty(),
            detail=f"@{row.account.handle} · {said.standing(one)}",
            time=when,
            mark=DiscMark(client.initials, client.colour) if self._of_all else IconMark(icon),
            chip=(row.state.value, why),
            strong=False,
        )
        return Item(
            key=one.key,
            look=look,
            spoken=f"{client.name}, @{row.account.handle}, {why}, {when}, {row.preview}",
            row=row,
            look_at=one.link,
            zone=client.timezone,
            client_name=client.name,
            initials=client.initials,
            colour=client.colour,
            asks=asks(one),
            facts=said.facts(one, ZoneInfo(client.timezone)),
            links=said.links(one),
            elsewhere=row.planned.utc.astimezone(now.tzinfo).replace(tzinfo=None) != row.planned.wall,
        )

    def _stills(self, workspaces: dict[ClientId, Workspace], said: Said) -> list[Still]:
        found: list[Still] = []
        for one in late_desk.standing(self._scope):
            if one.hold is not None:
                words = tuple((answer.value, self._standing.words(answer)) for answer in answers(one.hold))
                sentence = wording.queue_hold(one.hold, one.client_name, self._shell.formats)
                found.append(Still(one.client, "warning" if one.hold.retired else "danger", sentence, words))
            if one.frozen is not None:
                zone = ZoneInfo(workspaces[one.client].client.timezone)
                sentence = said.frozen(one.client_name, one.frozen, zone)
                found.append(Still(one.client, "warning", sentence, (("thaw", said.thaw_all()),)))
        return found

    # --- one

    def _decide(self, wanted: Wanted) -> None:
        ws = self._workspaces.get(wanted.row.client)
        if ws is not None:
            deciding.carry_out(ws, self._shell, self._calls, wanted)

    def _open_post(self, key: Key) -> None:
        item = next((item for item in late_desk.desk_items(self._scope) if item.key == key), None)
        if item is not None:
            self._shell.go(Target("posts", item.row.client, item.row.post))

    def _open_journal(self, key: Key) -> None:
        self._shell.go(Target("journal", key[0], key[1]))

    def _look(self) -> None:
        """The account of the delivery under the keyboard, where it shows itself to the world."""
        item = self._view.current
        if item is not None and item.look_at:
            self._shell.open_link(item.look_at)

    # --- many

    def _prepare(self, ask: Ask) -> None:
        """Shows what a choice would do, by client and account."""
        self._batch = late_desk.prepare(self._scope, self._view.marked, late_desk.Choice(ask.value))
        if self._batch.keys:
            kept = set(self._batch.keys)
            found = [one for one in late_desk.desk_items(self._scope) if one.key in kept]
            doubtful = sum(one.why is Why.UNCERTAIN or one.row.held_because is HeldBecause.DOUBT for one in found)
            self._view.show_summary(Said(self._shell.formats).batch(self._batch, self._workspaces, doubtful))

    def _carry_out(self) -> None:
        batch, self._batch = self._batch, None
        if batch is None:
            return
        self._view.mark_none()
        self._view.leave_summary()
        self._calls.run(
            late_desk.carry_out(self._scope, batch),
            self._done,
            lambda error: self._shell.toast(wording.error(error, self._shell.formats)),
        )

    def _done(self, done: Sequence[Done]) -> None:
        problems = [one.problem for one in done if one.problem is not None]
        reason = wording.error(problems[0], self._shell.formats) if problems else ""
        self._shell.toast(Said(self._shell.formats).done(len(done), len(problems), reason))

    # --- a whole client

    def _release(self, client: ClientId, wish: str) -> None:
        ws = self._workspaces.get(client)
        if ws is None:
            return
        if wish == "thaw":
            self._standing.thaw(ws)
            return
        still = next((one for one in late_desk.standing(ws) if one.hold is not None), None)
        if still is not None and still.hold is not None:
            self._standing.confirm(ws, still.hold, Answer(wish))

    # --- the window's side

    def refresh(self, changes: Changes) -> None:
        """Anything may have changed what waits."""
        del changes
        self._show()

    def reveal(self, item: object) -> None:
        """Shows a delivery, given by its key (client and delivery)."""
        if isinstance(item, tuple):
            self._view.list.choose_key(item)

    def retranslate(self) -> None:
        """Dates and sentences of the language in force."""
        self._view.use(self._shell.formats, self._scope.clock.now)
        self._show()

    def actions(self) -> Sequence[Action]:
        """A key for each choice."""
        said, view = Said(self._shell.formats), self._view
        found = [
            Action(f"late.{ask.value}", partial(said.action, ask), partial(view.press, ask), (key,), icon=_ACTION_ICONS[ask])
            for ask, key in KEYS.items()
        ]
        return [
            *found,
            Action("late.look", said.look, self._look, ("V",), icon="external"),
            Action("late.mark", said.mark, view.mark, ("X",), icon="check"),
            Action("late.mark_all", said.mark_all, view.mark_all, ("Shift+X",), icon="check-circle"),
            Action("late.back", said.back, view.step_back, ("Escape",), icon="close", hidden=True),
        ]

    def close(self) -> None:
        """Lets the view go."""
        self._timer.stop()
        self._calls.close()
        self._view.wanted.disconnect(self._decide)
        self._view.many.disconnect(self._prepare)
        self._view.confirmed.disconnect(self._carry_out)
        self._view.still.disconnect(self._release)
        self._view.link.disconnect(self._shell.open_link)
        self._view.journal.disconnect(self._open_journal)
        self._view.opened.disconnect(self._open_post)


_ACTION_ICONS: Mapping[Ask, str] = {
    Ask.NOW: "send",
    Ask.KEEP: "planned",
    Ask.NEXT_SLOT: "clock",
    Ask.MOVE: "calendar",
    Ask.IS_LIVE: "link",
    Ask.LOOK_AGAIN: "refresh",
    Ask.CONTINUE: "thread",
    Ask.STOP: "minus",
    Ask.THAW: "arrow-right",
    Ask.DROP: "cancelled",
    Ask.EDIT: "edit",
    Ask.ACCOUNTS: "link",
}


def asks(one: LateItem) -> tuple[Ask, ...]:
    """The choices on a card: what the service is open to, and the ways to what must be mended first."""
    open_to = [Ask(choice.value) for choice in one.choices]
    if one.row.held_because is HeldBecause.CRISIS:
        open_to.insert(0, Ask.THAW)
    elif one.row.held_because is HeldBecause.ACCOUNT:
        open_to.insert(0, Ask.ACCOUNTS)
    first = one.why is Why.REFUSED or one.row.held_because is HeldBecause.EDITED
    open_to.insert(0 if first else len(open_to), Ask.EDIT)
    return tuple(open_to)


__all__ = ["LatePresenter", "asks"]
