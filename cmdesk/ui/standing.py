"""Turns and releases what stops a whole client: the crisis key, and a queue that is held because its file is in doubt."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QObject

from cmdesk.domain.guard import PASSING, Answer, Confirmed, HoldReason, QueueHold
from cmdesk.services import freezing, guarding
from cmdesk.ui import wording
from cmdesk.ui.screens import Question

if TYPE_CHECKING:
    from cmdesk.services.workspace import Workspace
    from cmdesk.ui.screens import Shell

#: Doubts in which another file may be the real one.
_TWO = frozenset({HoldReason.COPIED, HoldReason.RESTORED, HoldReason.REPLACED, HoldReason.OTHER_COMPUTER})


class Runs(Protocol):
    """A bridge, or a presenter's group of calls."""

    def run(
        self,
        coroutine: Coroutine[Any, Any, Any],
        then: Callable[[Any], object] | None = None,
        otherwise: Callable[[Exception], object] | None = None,
    ) -> object:
        """Runs a coroutine in the engine."""


def answers(hold: QueueHold) -> tuple[Answer, ...]:
    """What a person may say about a file in doubt. While another computer publishes from it, nothing: it has to stop first."""
    if hold.because is HoldReason.RUNNING_ELSEWHERE:
        return ()
    return (Answer.REAL, Answer.OTHER) if hold.because in _TWO and not hold.retired else (Answer.REAL,)


class Standing(QObject):
    """Asks before a client is stopped or released, does it, and says what came of it."""

    def __init__(self, shell: Shell, runs: Runs) -> None:
        super().__init__()
        self._shell, self._runs = shell, runs

    # --- the crisis key

    def freeze(self, ws: Workspace) -> None:
        """Stops everything outgoing of a client, after one question."""
        sure = self._shell.ask(
            Question(
                self.tr("Freeze everything of {client}?").format(client=ws.client.name),
                self.tr(
                    "Nothing of this client goes out any more: no post, no reply, no next part of a thread. "
                    "What is being sent this very second cannot be called back. You let go one by one, or everything."
                ),
                self.tr("Freeze {client}").format(client=ws.client.name),
                ws.client.id,
                danger=True,
            )
        )
        if sure:
            self._run(freezing.freeze(ws), lambda held: self._shell.toast(self._frozen(ws.client.name, held)))

    def _frozen(self, client: str, held: int) -> str:
        if not held:
            return self.tr("{client} is frozen. Nothing was planned.").format(client=client)
        return self.tr("{client} is frozen. %n planned post(s) wait.", "", held).format(client=client)

    def thaw(self, ws: Workspace) -> None:
        """Lets everything of a client go again, after one question."""
        sure = self._shell.ask(
            Question(
                self.tr("Thaw everything of {client}?").format(client=ws.client.name),
                self.tr(
                    "What is planned goes out at its time again, in the name of {client}. "
                    "What is too late by now waits for your decision."
                ).format(client=ws.client.name),
                self.tr("Thaw {client}").format(client=ws.client.name),
                ws.client.id,
            )
        )
        if sure:
            self._run(freezing.thaw(ws), lambda back: self._shell.toast(self._thawed(ws.client.name, back)))

    def _thawed(self, client: str, back: int) -> str:
        if not back:
            return self.tr("{client} is thawed.").format(client=client)
        return self.tr("{client} is thawed. %n post(s) are planned again.", "", back).format(client=client)

    # --- a file in doubt

    def words(self, answer: Answer) -> str:
        """What the button of an answer says."""
        return self.tr("This is the real one, go on") if answer is Answer.REAL else self.tr("The other one is real: stay held")

    def confirm(self, ws: Workspace, hold: QueueHold, answer: Answer) -> None:
        """Carries a person's word about a file out, after one question where posts could go out twice."""
        if answer is Answer.REAL and hold.because not in PASSING and not self._shell.ask(self._sure(ws)):
            return
        self._run(guarding.confirm(ws, answer), lambda done: self._shell.toast(self._confirmed(ws.client.name, done)))

    def _sure(self, ws: Workspace) -> Question:
        return Question(
            self.tr("Go on with this one?"),
            self.tr(
                "From now on {client} publishes from here. If a copy elsewhere publishes too, posts go out twice. "
                "What may be live already is held until you have looked."
            ).format(client=ws.client.name),
            self.tr("This is the real one, go on"),
            ws.client.id,
            danger=True,
        )

    def _confirmed(self, client: str, done: Confirmed) -> str:
        if done.hold is not None:
            return self.tr("{client} stays held here, and cmdesk asks no more.").format(client=client)
        if done.to_look_at:
            return self.tr("{client} goes on from here. %n post(s) wait until you have looked.", "", done.to_look_at).format(
                client=client
            )
        return self.tr("{client} goes on from here.").format(client=client)

    def _run(self, verb: Coroutine[Any, Any, Any], then: Callable[[Any], object]) -> None:
        self._runs.run(verb, then, lambda error: self._shell.toast(wording.error(error, self._shell.formats)))
