"""Carries out what a person decided on a decision card: the same questions and the same steps in Today and in the composer."""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any, Protocol

from PySide6.QtCore import QCoreApplication

from cmdesk.domain.delivery import State
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
    from cmdesk.services import publishing  # start-up speed: nothing is decided before the first paint

    calls.run(
        publishing.decide(ws, row.id, _decision(ws, wanted)),
        otherwise=lambda error: shell.toast(wording.error(error, shell.formats)),
    )


def _decision(ws: Workspace, wanted: Wanted) -> publishing.Decision:
    from cmdesk.services import publishing  # start-up speed, as above

    match wanted.ask:
        case Ask.NOW:
            return publishing.Now()
        case Ask.DROP:
            return publishing.Drop()
        case Ask.IS_LIVE:
            return publishing.IsLive(wanted.url)
        case Ask.LOOK_AGAIN:
            return publishing.LookAgain()
        case _:
            if wanted.when is None:
                raise ValueError("a move needs a time")
            return publishing.MoveTo(resolve(wanted.when, ws.client.timezone, ws.clock.tzdata_version()))


def _question(ws: Workspace, wanted: Wanted) -> Question | None:
    row = wanted.row
    names = {"handle": f"@{row.account.handle}", "client": ws.client.name}
    if wanted.ask is Ask.NOW and row.state is State.UNCERTAIN:
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
    if wanted.ask is Ask.DROP:
        return Question(
            translate("Deciding", "Leave it unpublished?"),
            translate("Deciding", "It will not go out on {handle}. The text stays here.").format(**names),
            translate("Deciding", "Do not publish"),
            ws.client.id,
            danger=True,
        )
    return None
