"""Says what the late-post desk shows: why each waits, what is known of it, what a choice for many would do."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QObject

from cmdesk.domain.delivery import Attempt
from cmdesk.domain.ids import ClientId
from cmdesk.services.late_desk import Batch, BatchLine, Choice, LateItem, Why
from cmdesk.ui import wording
from cmdesk.ui.latedesk.values import Fact, Speaker, Summary
from cmdesk.ui.widgets.decision import Ask

if TYPE_CHECKING:
    from cmdesk.domain.guard import Frozen
    from cmdesk.services.workspace import Workspace
    from cmdesk.ui.i18n import Formats

#: So many previews of one account are named in a summary.
_PREVIEWS = 3
_LOUD = frozenset({Choice.DROP, Choice.STOP})
_SENDING = frozenset({Choice.NOW, Choice.KEEP, Choice.NEXT_SLOT, Choice.CONTINUE})


class Said(QObject):
    """The words of the desk. It holds nothing but the way to write dates: make one where it is needed."""

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self._formats = formats

    # --- one delivery

    def why(self, one: LateItem) -> str:
        """Why it waits, in a word."""
        if 0 < one.row.parts_out < one.row.parts:
            return self.tr("{out} of {parts} out").format(out=one.row.parts_out, parts=one.row.parts)
        match one.why:
            case Why.LATE:
                return self.tr("Late")
            case _:
                return wording.state(one.row.state)

    def standing(self, one: LateItem) -> str:
        """The most useful fact beside the account, in a few words."""
        if one.still_looking is not None:
            return self.tr("cmdesk is still looking")
        if one.why is Why.LATE:
            return self.tr("late by {length}").format(length=self._formats.length(one.late_by))
        return wording.network(one.row.account.network)

    def empty(self) -> str:
        """The title of a post without words."""
        return self.tr("Post without text")

    def summary(self, found: Sequence[LateItem]) -> str:
        """How many wait, and why."""
        counts = {why: sum(one.why is why for one in found) for why in Why}
        parts = []
        if counts[Why.UNCERTAIN]:
            parts.append(self.tr("%n uncertain", "", counts[Why.UNCERTAIN]))
        if counts[Why.REFUSED]:
            parts.append(self.tr("%n refused", "", counts[Why.REFUSED]))
        if counts[Why.LATE]:
            parts.append(self.tr("%n late", "", counts[Why.LATE]))
        if counts[Why.HELD]:
            parts.append(self.tr("%n held", "", counts[Why.HELD]))
        if not parts:
            return ""
        return self.tr("{counts}. Nothing of it goes out before you decide.").format(counts=self._formats.names(parts))

    def facts(self, one: LateItem, zone: ZoneInfo) -> tuple[Fact, ...]:
        """Every try and look with its time, and when the next look is."""
        found = [Fact(self._at(each.started_at, zone), self._attempt(each, one.row.parts)) for each in one.attempts]
        if one.still_looking is not None:
            found.append(Fact(self._at(one.still_looking, zone), self.tr("cmdesk looks again by itself")))
        return tuple(found)

    def _at(self, moment: datetime, zone: ZoneInfo) -> str:
        return self._formats.moment(moment.astimezone(zone))

    def _attempt(self, one: Attempt, parts: int) -> str:
        names = {
            "send": self.tr("Sent"),
            "resume": self.tr("Asked again"),
            "look": self.tr("Looked on the network"),
            "decide": self.tr("You decided"),
        }
        kind = names.get(one.kind, one.kind)
        outcome = self.tr("no answer is known") if one.outcome is None else wording.outcome(one.outcome)
        if parts > 1 and one.kind != "decide":
            sentence = self.tr("{kind}, part {number}: {outcome}").format(kind=kind, number=one.part + 1, outcome=outcome)
        else:
            sentence = self.tr("{kind}: {outcome}").format(kind=kind, outcome=outcome)
        proof = _proof(one.detail)
        return f"{sentence} ({proof})" if proof else sentence

    def links(self, one: LateItem) -> tuple[tuple[str, str], ...]:
        """The parts that are live, each with its address."""
        return tuple((url, self.tr("Live part {number}").format(number=number)) for number, url in enumerate(one.part_links, 1))

    # --- a whole client

    def frozen(self, client: str, frozen: Frozen, zone: ZoneInfo) -> str:
        """That a client is frozen, since when, and what was noted."""
        since = self._at(frozen.since, zone)
        if frozen.note:
            sentence = self.tr("{client} is frozen since {time}: “{note}”. Let go one by one below, or everything.")
            return sentence.format(client=client, time=since, note=frozen.note)
        sentence = self.tr("{client} is frozen since {time}, and nothing of it goes out. Let go one by one below, or everything.")
        return sentence.format(client=client, time=since)

    def thaw_all(self) -> str:
        """The button that ends a freeze."""
        return self.tr("Thaw everything…")

    # --- many

    def batch(self, batch: Batch, workspaces: Mapping[ClientId, Workspace], doubtful: int) -> Summary:
        """What a choice would do, in whose name; ``doubtful`` of them may be live already."""
        twice = doubtful if batch.choice in _SENDING else 0
        clients = {line.client for line in batch.lines}
        only = workspaces[next(iter(clients))].client if len(clients) == 1 else None
        return Summary(
            title=self._question(batch.choice, len(batch.keys)),
            speakers=tuple(self._speaker(line, workspaces[line.client]) for line in batch.lines),
            left_out=self.tr("%n other(s) are not open to this and stay as they are.", "", len(batch.left_out))
            if batch.left_out
            else "",
            confirm=self._confirm(batch.choice, len(batch.keys)),
            danger=batch.choice in _LOUD or twice > 0,
            warning=self.tr(
                "%n of them may be live already, and would then be there twice. Look at the accounts first.", "", twice
            )
            if twice
            else "",
            colour=only.colour if only is not None else None,
        )

    def _twice(self, count: int) -> str:
        return self.tr("%n of them may be live already, and would then be there twice. Look at the accounts first.", "", count)

    def _question(self, choice: Choice, count: int) -> str:
        match choice:
            case Choice.NOW:
                return self.tr("Publish %n post(s) now?", "", count)
            case Choice.KEEP:
                return self.tr("Publish %n post(s) at the time they were planned for?", "", count)
            case Choice.NEXT_SLOT:
                return self.tr("Move %n post(s) to the next free time?", "", count)
            case Choice.LOOK_AGAIN:
                return self.tr("Look for %n post(s) again?", "", count)
            case Choice.CONTINUE:
                return self.tr("Send the rest of %n thread(s)?", "", count)
            case Choice.STOP:
                return self.tr("Leave %n thread(s) at the parts that are live?", "", count)
            case _:
                return self.tr("Leave %n post(s) unpublished?", "", count)

    def _confirm(self, choice: Choice, count: int) -> str:
        match choice:
            case Choice.NOW:
                return self.tr("Publish %n", "", count)
            case Choice.KEEP:
                return self.tr("Plan %n", "", count)
            case Choice.NEXT_SLOT:
                return self.tr("Move %n", "", count)
            case Choice.LOOK_AGAIN:
                return self.tr("Look for %n", "", count)
            case Choice.CONTINUE:
                return self.tr("Send the rest of %n", "", count)
            case Choice.STOP:
                return self.tr("Leave %n at that", "", count)
            case _:
                return self.tr("Do not publish %n", "", count)

    def _speaker(self, line: BatchLine, ws: Workspace) -> Speaker:
        shown = line.previews[:_PREVIEWS]
        return Speaker(
            client_name=line.client_name,
            initials=ws.client.initials,
            colour=ws.client.colour,
            account=self.tr("@{handle} on {network}").format(handle=line.handle, network=wording.network(line.network)),
            what=self._what(line, ZoneInfo(ws.client.timezone)),
            previews=shown,
        )

    def _what(self, line: BatchLine, zone: ZoneInfo) -> str:
        count = self.tr("%n post(s)", "", line.number)
        if line.first_at is None or line.last_at is None:
            return count
        first, last = self._at(line.first_at, zone), self._at(line.last_at, zone)
        if first == last:
            return self.tr("{count}, {time} ({zone})").format(count=count, time=first, zone=wording.zone(zone.key))
        told = self.tr("{count}, from {first} to {last} ({zone})")
        return told.format(count=count, first=first, last=last, zone=wording.zone(zone.key))

    def done(self, count: int, refused: int, reason: str) -> str:
        """What became of a choice for many."""
        if not refused:
            return self.tr("Done for %n post(s).", "", count)
        return self.tr("%n stay(s) as it was. {reason}", "", refused).format(reason=reason)

    # --- keys

    def action(self, ask: Ask) -> str:
        """A choice in the palette and on the sheet of keys."""
        words = {
            Ask.NOW: self.tr("Publish now"),
            Ask.KEEP: self.tr("Publish at its time"),
            Ask.NEXT_SLOT: self.tr("Move to the next free time"),
            Ask.MOVE: self.tr("Another time…"),
            Ask.IS_LIVE: self.tr("It is live: paste the link…"),
            Ask.LOOK_AGAIN: self.tr("Look again"),
            Ask.CONTINUE: self.tr("Send the rest of the thread"),
            Ask.STOP: self.tr("Leave the thread at that"),
            Ask.THAW: self.tr("Let this one go"),
            Ask.DROP: self.tr("Do not publish"),
            Ask.EDIT: self.tr("Open the post"),
            Ask.ACCOUNTS: self.tr("Link the account again"),
        }
        return words[ask]

    def look(self) -> str:
        """The way to the account's page."""
        return self.tr("Look at the account")

    def mark(self) -> str:
        """Choosing one for a common choice."""
        return self.tr("Choose it for a common decision")

    def mark_all(self) -> str:
        """Choosing all for a common choice."""
        return self.tr("Choose everything, or nothing")

    def back(self) -> str:
        """One step back."""
        return self.tr("Back")


def _proof(detail: str) -> str:
    """The address or the number that a line's proof names, "" when it names none."""
    try:
        found = json.loads(detail or "{}")
    except ValueError:
        return ""
    if not isinstance(found, dict):
        return ""
    return str(found.get("url") or found.get("remote_id") or found.get("code") or found.get("reason") or "")


__all__ = ["Said"]
