"""Says what is out of the ordinary in the inbox, once, with what and why, and what can be done at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from cmdesk.domain.alarms import AlarmKind, Alert
from cmdesk.domain.ids import ClientId, MessageId
from cmdesk.services import instinct
from cmdesk.ui.alarmwords import AlarmWords
from cmdesk.ui.screens import NewPost, Target
from cmdesk.ui.standing import Standing

if TYPE_CHECKING:
    from cmdesk.services.workspace import Workspace
    from cmdesk.ui.bridge import Calls
    from cmdesk.ui.inbox.view import InboxView
    from cmdesk.ui.screens import Shell


class Alarms:
    """The alert over the inbox of one scope: the gravest that nobody has looked at. ``look`` shows a message of a client."""

    def __init__(self, view: InboxView, shell: Shell, calls: Calls, look: Callable[[Workspace, MessageId], None]) -> None:
        self._view, self._shell, self._calls, self._look = view, shell, calls, look
        self._standing = Standing(shell, calls)
        self._words = AlarmWords()
        # Until the client changes: beside a long fetch every question to a file takes its time.
        self._known: dict[ClientId, tuple[Alert, ...]] = {}

    def close(self) -> None:
        """Lets the room go: nothing it showed holds it any more."""
        self._view.alarm.dismiss()
        self._look = _nowhere

    def forget(self, client: ClientId | None) -> None:
        """What was read of a client is no longer true; None: of all of them."""
        if client is None:
            self._known.clear()
        else:
            self._known.pop(client, None)

    def show(self, workspaces: Sequence[Workspace]) -> None:
        """Reads what nobody has looked at."""
        for ws in workspaces:
            if ws.client.id not in self._known:
                self._known[ws.client.id] = instinct.alerts(ws)
        found = [(ws, alert) for ws in workspaces for alert in self._known[ws.client.id]]
        found.sort(key=lambda one: (one[1].kind is not AlarmKind.CRISIS, -one[1].last_at.timestamp()))
        if not found:
            self._view.alarm.dismiss()
            return
        ws, alert = found[0]
        words = self._words
        actions: list[tuple[str, Callable[[], object]]] = []
        if alert.message is not None:
            message = alert.message
            actions.append((words.tr("Show it"), lambda: self._look(ws, message)))
        if alert.kind is AlarmKind.VIRAL:
            actions.append((words.tr("Write about it now"), lambda: self._now(ws)))
        if alert.kind in {AlarmKind.CRISIS, AlarmKind.SPIKE}:
            actions.append((words.tr("Freeze what goes out…"), lambda: self._standing.freeze(ws)))
        actions.append((words.tr("I have seen it"), lambda: self._seen(ws, alert)))
        sentence = words.sentence(alert, self._shell.formats)
        self._view.alarm.say("danger" if alert.kind is AlarmKind.CRISIS else "warning", f"{ws.client.name}: {sentence}", actions)

    def _seen(self, ws: Workspace, alert: Alert) -> None:
        self._calls.run(instinct.seen(ws, [alert.id]))

    def _now(self, ws: Workspace) -> None:
        """From what moves people to a draft, at once."""
        self._shell.go(Target("posts", ws.client.id, NewPost()))


def _nowhere(_ws: Workspace, _message: MessageId) -> None:
    """Where a closed room looks."""
