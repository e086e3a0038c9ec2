"""Reads the journal of one client, or of all, has it checked, and hands it out."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog

from cmdesk.domain.changes import Changes
from cmdesk.domain.ids import DeliveryId, Kind, ref
from cmdesk.domain.journal import Event
from cmdesk.services import journaling, late_desk
from cmdesk.services.desk import Desk
from cmdesk.ui import wording
from cmdesk.ui.actions import Action
from cmdesk.ui.journal.view import Entry
from cmdesk.ui.widgets.rowlist import DiscMark, IconMark, RowLook

if TYPE_CHECKING:
    from datetime import datetime

    from cmdesk.domain.journal import Line, Verified
    from cmdesk.services.workspace import Workspace
    from cmdesk.ui.journal.view import JournalView
    from cmdesk.ui.screens import Shell

_PAGE = 200
_ICONS: Mapping[Event, str] = {
    Event.BEGUN: "send",
    Event.ENDED: "check",
    Event.LOOKED: "search",
    Event.DECIDED: "person",
    Event.HELD: "snooze",
    Event.CONFIRMED: "shield",
    Event.FROZEN: "lock",
    Event.THAWED: "arrow-right",
    Event.RETIMED: "clock",
    Event.NOTED: "note",
}


class JournalPresenter(QObject):
    """Wires the journal to a workspace, or to those of the whole desk."""

    def __init__(self, view: JournalView, scope: Workspace | Desk, shell: Shell) -> None:
        super().__init__()
        self._view, self._scope, self._shell = view, scope, shell
        self._calls = shell.bridge.calls()
        self._delivery: DeliveryId | None = None
        self._most = _PAGE
        self._verdicts: dict[str, Verified] = {}
        view.verify_wanted.connect(self._verify)
        view.export_wanted.connect(self._export)
        view.older_wanted.connect(self._older)
        view.all_wanted.connect(self._all)
        view.verdict.dismiss()
        self._show()

    # --- reading

    @property
    def _only(self) -> Workspace | None:
        return None if isinstance(self._scope, Desk) else self._scope

    def _show(self) -> None:
        rooms = late_desk.rooms(self._scope)
        found = [(ws, line) for ws in rooms for line in journaling.lines(ws, delivery=self._delivery, limit=self._most + 1)]
        found.sort(key=lambda pair: (pair[1].at, pair[1].number), reverse=True)
        now = self._scope.clock.now()
        entries = [self._entry(ws, line, now) for ws, line in found[: self._most]]
        self._view.show_entries(
            entries,
            older=len(found) > self._most,
            only_one=self._delivery is not None,
            exportable=self._only is not None,
        )

    def _entry(self, ws: Workspace, line: Line, now: datetime) -> Entry:
        zone = ZoneInfo(ws.client.timezone)
        when = self._shell.formats.near(line.at.astimezone(zone), now.astimezone(zone))
        event, outcome = wording.event(line.event), wording.outcome(line.outcome)
        title = self.tr("{event}: {outcome}").format(event=event, outcome=outcome) if outcome else event
        about = [f"@{line.account}"] if line.account else []
        if line.delivery is not None:
            about.append(ref(ws.client.id, Kind.DELIVERY, line.delivery))
        if line.part:
            about.append(self.tr("part {number}").format(number=line.part + 1))
        look = RowLook(
            title=title,
            detail=" · ".join(about),
            time=when,
            mark=DiscMark(ws.client.initials, ws.client.colour) if self._only is None else IconMark(_ICONS[line.event]),
            note=str(line.number),
            strong=False,
        )
        return Entry((ws.client.id, line.number), look, f"{title}, {when}", self._proof(line, zone))

    def _proof(self, line: Line, zone: ZoneInfo) -> str:
        """The moment to the second, what the network said, and the mark that binds the line to the one before."""
        moment = line.at.astimezone(zone)
        parts = [f"{self._shell.formats.date(moment.date())}, {moment:%H:%M:%S}"]
        try:
            told = json.loads(line.detail or "{}")
        except ValueError:
            told = {}
        if isinstance(told, dict):
            names = self._names()
            # What no word is known for is shown as it was written: a proof leaves nothing out.
            parts += [
                self.tr("{name}: {value}").format(name=names.get(name, name), value=value)
                for name, value in told.items()
                if value is not None and value != ""
            ]
        parts.append(self.tr("mark {hash}").format(hash=line.hash[:16]))
        return "\n".join(parts)

    def _names(self) -> dict[str, str]:
        """What stands beside a line, in words."""
        return {
            "url": self.tr("Address"),
            "remote_id": self.tr("Its number there"),
            "reason": self.tr("Why nobody can tell"),
            "code": self.tr("What was met"),
            "because": self.tr("Why it stood still"),
            "planned": self.tr("Planned for"),
            "held": self.tr("Posts held for a look"),
            "from": self.tr("Instant before"),
            "to": self.tr("Instant now"),
            "zone": self.tr("Time zone"),
            "rules": self.tr("Rules of the zones"),
            "kind": self.tr("Kind of try"),
            "started_at": self.tr("Begun (ms)"),
            "detail": self.tr("As it was noted"),
            "server": self.tr("Whose clock"),
            "shows": self.tr("It shows"),
            "ahead": self.tr("Seconds ours is ahead"),
            "there": self.tr("The other file"),
            "host": self.tr("The other computer"),
            "last": self.tr("Last sending"),
        }

    # --- checking and handing out

    def _verify(self) -> None:
        """Off the screen's thread, for a long journal takes its time."""
        self._verdicts = {}
        for ws in late_desk.rooms(self._scope):
            self._calls.run(_checked(ws), partial(self._verified, ws), self._failed)

    def _verified(self, ws: Workspace, found: Verified) -> None:
        self._verdicts[ws.client.id] = found
        rooms = late_desk.rooms(self._scope)
        if len(self._verdicts) < len(rooms):
            return
        broken = [room for room in rooms if room.client.id in self._verdicts and not self._verdicts[room.client.id].sound]
        if broken:
            words = [self._verdict(room, self._verdicts[room.client.id]) for room in broken]
            self._view.say_verdict("danger", "\n".join(words))
        else:
            lines = sum(one.lines for one in self._verdicts.values())
            self._view.say_verdict("positive", self.tr("%n line(s) checked: each is as it was written.", "", lines))

    def _verdict(self, ws: Workspace, found: Verified) -> str:
        words = {
            "changed": self.tr("{client}: line {line} is not what was written. What stands before it is sound."),
            "order": self.tr("{client}: before line {line} a line was taken out or put in. What stands before that is sound."),
            "tail": self.tr("{client}: the end is missing. This computer remembers line {line}; what is there is sound."),
        }
        return words[found.why].format(client=ws.client.name, line=found.broken_at)

    def _export(self) -> None:
        ws = self._only
        if ws is None:
            return
        suggestion = self.tr("journal {client}").format(client=ws.client.name.replace("/", "-"))
        path, kind = QFileDialog.getSaveFileName(
            self._view, self.tr("Export the journal"), f"{suggestion}.csv", "CSV (*.csv);;JSON (*.jsonl)"
        )
        if path:
            self.export_to(Path(path), "csv" if kind.startswith("CSV") else "json")

    def export_to(self, path: Path, kind: str) -> None:
        """Writes the whole journal of the client into a file; ``kind`` is "csv" or "json"."""
        ws = self._only
        if ws is not None:
            self._calls.run(_written(ws, path, kind), self._exported, self._failed)

    def _exported(self, lines: int) -> None:
        self._shell.toast(self.tr("%n line(s) of the journal are written.", "", lines))

    def _failed(self, error: Exception) -> None:
        self._shell.toast(wording.error(error, self._shell.formats))

    # --- the window's side

    def _older(self) -> None:
        self._most += _PAGE
        self._show()

    def _all(self) -> None:
        self._delivery = None
        self._show()

    def refresh(self, changes: Changes) -> None:
        """A line may have come."""
        del changes
        self._show()

    def reveal(self, item: object) -> None:
        """Shows the lines of one delivery only, given by its number in the client on screen."""
        if isinstance(item, int) and self._only is not None:
            self._delivery, self._most = DeliveryId(item), _PAGE
            self._show()

    def retranslate(self) -> None:
        """Dates and sentences of the language in force."""
        self._show()

    def actions(self) -> Sequence[Action]:
        """Checking and handing out."""
        return (
            Action("journal.verify", lambda: self.tr("Check the journal"), self._verify, ("V",), icon="shield"),
            Action(
                "journal.export",
                lambda: self.tr("Export the journal…"),
                self._export,
                ("E",),
                enabled=lambda: self._only is not None,
                icon="archive",
            ),
        )

    def close(self) -> None:
        """Lets the view go."""
        self._calls.close()
        self._view.verify_wanted.disconnect(self._verify)
        self._view.export_wanted.disconnect(self._export)
        self._view.older_wanted.disconnect(self._older)
        self._view.all_wanted.disconnect(self._all)


async def _checked(ws: Workspace) -> Verified:
    return await ws.helper(journaling.verify, ws)


async def _written(ws: Workspace, path: Path, kind: str) -> int:
    return await ws.helper(journaling.export, ws, path, kind)
