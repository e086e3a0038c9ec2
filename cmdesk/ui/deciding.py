"""Carries out what a person decided on a decision card: the same questions and the same steps in Today and in the composer."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QCoreApplication

from cmdesk.domain.delivery import HeldBecause, State
from cmdesk.domain.schedule import resolve
from cmdesk.ui import wording
from cmdesk.ui.screens import Question, Target
from cmdesk.ui.widgets.decision import Ask, Wanted

if TYPE_CHECKING:
    from cmdesk.services import publishing
    from cmdesk.services.workspace import Workspace
    from cmdesk.ui.screens import Shell

translate = QCoreApplication.translate


class Runs(Protocol):
    """A bridge, or a presenter's group of calls."""

    def run(
        self,
        coroutine: Coroutine[Any, Any, Any],
        then: Callable[[Any], object] | None = None,
        otherwise: Callable[[Exception], object] | None = None,
    ) -> object:
        """Runs a coroutine in the engine."""


def carry_out(ws: Workspace, shell: Shell, calls: Runs, wanted: Wanted) -> None:
    """Does what was decided about a delivery of this client, after asking where it can't be taken back.

    The result shows by itself when the change arrives; a failure is said in passing.
    """
    row = wanted.row
    if wanted.ask is Ask.EDIT:
        shell.go(Target("posts", row.client, row.post))
        return
    if wanted.ask is Ask.ACCOUNTS:
        shell.go(Target("accounts", row.client, row.account.id))
        return
    question = _question(ws, wanted)
    if question is not None and not shell.ask(question):
        return
    from cmdesk.services import freezing, publishing  # start-up speed: nothing is decided before the first paint

    def failed(error: Exception) -> None:
        shell.toast(wording.error(error, shell.formats))

    if wanted.ask is Ask.THAW:
        calls.run(freezing.thaw(ws, [row.id]), otherwise=failed)
        return
    decision = _decision(ws, wanted)

    def done(_none: object) -> None:
        if wanted.ask is Ask.NEXT_SLOT and isinstance(decision, publishing.MoveTo):
            said = translate("Deciding", "Planned for {time}, as {handle} for {client}.")
            when = shell.formats.moment(decision.when.wall)
            shell.toast(said.format(time=when, handle=f"@{row.account.handle}", client=ws.client.name))

    calls.run(publishing.decide(ws, row.id, decision), done, failed)


def _decision(ws: Workspace, wanted: Wanted) -> publishing.Decision:
    from cmdesk.services import late_desk, publishing  # start-up speed, as above

    match wanted.ask:
        case Ask.IS_LIVE:
            return publishing.IsLive(wanted.url)
        case Ask.MOVE:
            if wanted.when is None:
                raise ValueError("a move needs a time")
            return publishing.MoveTo(resolve(wanted.when, ws.client.timezone, ws.clock.tzdata_version()))
        case _:
            return late_desk.decision_for(ws, wanted.row.id, late_desk.Choice(wanted.ask.value))


def _question(ws: Workspace, wanted: Wanted) -> Question | None:
    row = wanted.row
    names = {"handle": f"@{row.account.handle}", "client": ws.client.name}
    doubtful = row.state is State.UNCERTAIN or row.held_because is HeldBecause.DOUBT
    if wanted.ask is Ask.KEEP or (wanted.ask is Ask.NOW and doubtful):
        return Question(
            translate("Deciding", "Is it really not there?"),
            translate(
                "Deciding", "If the post is live on {handle} after all, it will be there twice. Look at the account first."
            ).format(**names),
            translate("Deciding", "It is not there: publish again"),
            ws.client.id,
            danger=True,
        )
    if wanted.ask is Ask.NOW:
        return Question(
            translate("Deciding", "Publish now?"),
            translate("Deciding", "It goes out as {handle}, for {client}, as soon as there is a network.").format(**names),
            translate("Deciding", "Publish as {handle}").format(**names),
            ws.client.id,
        )
    if wanted.ask is Ask.CONTINUE:
        return Question(
            translate("Deciding", "Send the rest of the thread?"),
            translate("Deciding", "{out} of {parts} parts are live on {handle}. The rest follows them, for {client}.").format(
                out=row.parts_out, parts=row.parts, **names
            ),
            translate("Deciding", "Send the rest as {handle}").format(**names),
            ws.client.id,
            danger=doubtful,
        )
    if wanted.ask is Ask.STOP:
        return Question(
            translate("Deciding", "Leave the thread at that?"),
            translate("Deciding", "{out} of {parts} parts stay live on {handle}. The rest is not sent.").format(
                out=row.parts_out, parts=row.parts, **names
            ),
            translate("Deciding", "Leave it at that"),
            ws.client.id,
            danger=True,
        )
    if wanted.ask is Ask.THAW:
        return Question(
            translate("Deciding", "Let this one go out?"),
            translate("Deciding", "It goes out on {handle} at its time, although {client} stays frozen.").format(**names),
            translate("Deciding", "Let it go as {handle}").format(**names),
            ws.client.id,
        )
    if wanted.ask is Ask.DROP:
        return Question(
            translate("Deciding", "Leave it unpublished?"),
            translate("Deciding", "It will not go out on {handle}. The text stays here.").format(**names),
            translate("Deciding", "Do not publish"),
            ws.client.id,
            danger=True,
        )
    return None
