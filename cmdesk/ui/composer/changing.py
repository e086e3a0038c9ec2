"""Changes what is live from the editor: opens the words of a post that is out, and puts them where the old ones are."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from cmdesk.domain.account import Role
from cmdesk.domain.delivery import State
from cmdesk.domain.errors import BadInput, CmdeskError
from cmdesk.services import correcting
from cmdesk.ui import wording
from cmdesk.ui.composer import looks
from cmdesk.ui.screens import Question
from cmdesk.ui.wordings.counted import Counted

if TYPE_CHECKING:
    from cmdesk.domain.account import Account
    from cmdesk.domain.delivery import Delivery
    from cmdesk.domain.post import Post
    from cmdesk.services.correcting import Corrected
    from cmdesk.services.workspace import Workspace
    from cmdesk.ui.bridge import Calls
    from cmdesk.ui.composer.keeping import Keeper
    from cmdesk.ui.composer.values import Standing
    from cmdesk.ui.screens import Shell

translate = QCoreApplication.translate


class LiveChange:
    """The changing of one post. ``unlock`` is called when its words become ones to write in, or no longer."""

    def __init__(
        self,
        ws: Workspace,
        shell: Shell,
        calls: Calls,
        keeper: Keeper,
        *,
        say: Callable[[Exception], object],
        unlock: Callable[[], object],
    ) -> None:
        self._ws, self._shell, self._calls, self._keeper, self._say, self._unlock = ws, shell, calls, keeper, say, unlock
        self._asked = False
        self._busy = False
        self._behind: tuple[object, bool] = (None, False)

    def is_open(self, live: Sequence[Delivery], accounts: Sequence[Account]) -> bool:
        """Whether the words may be written in: that was asked for, or they differ from what is live already."""
        return bool(_changeable(live, accounts)) and (self._asked or self._differs(live))

    def primary(self, standing: Standing) -> tuple[str, bool, str, str]:
        """Words of the button, whether it works, the sentence above it and the sentence's tone, for a post that is out."""
        targets = _changeable(standing.live, standing.accounts)
        if not targets:
            return "", False, translate("Composer", "What is out stays as it is. Duplicate the post to write a new one."), "muted"
        if not self.is_open(standing.live, standing.accounts):
            note = translate("Composer", "It is out. Its words can be changed where it is, or duplicate it to write a new one.")
            return translate("Composer", "Change what is live"), True, note, "muted"
        words = self._words(targets, standing.accounts)
        if standing.blank or standing.blocked:
            return words, False, translate("Composer", "Mend what is listed under the text first."), "muted"
        ready = not self._busy and (self._keeper.dirty or self._differs(standing.live))
        note = translate("Composer", "It keeps its address. People may see that it was changed.")
        return words, ready, note, "muted"

    def press(self, standing: Standing) -> None:
        """The button was pressed: opens the words, or changes what is live after a question."""
        if not self.is_open(standing.live, standing.accounts):
            self._asked = True
            self._unlock()
            return
        targets = _changeable(standing.live, standing.accounts)
        if self._shell.ask(self._question(targets, standing.accounts)):
            self._busy = True
            self._keeper.when_saved(lambda post: self._change(post, targets, standing.accounts))

    def _differs(self, live: Sequence[Delivery]) -> bool:
        post = self._keeper.post
        if post is None:
            return False
        key = (post.id, post.revision, tuple((one.id, one.state) for one in live))
        if key != self._behind[0]:
            try:
                self._behind = key, bool(correcting.behind(self._ws, post.id))
            except CmdeskError:
                return False
        return self._behind[1]

    def _words(self, targets: Sequence[Delivery], accounts: Sequence[Account]) -> str:
        client = self._ws.client.name
        if len(targets) == 1:
            handle = looks.short_handles(tuple(accounts))[targets[0].account]
            return translate("Composer", "Change as {handle} · {client}").format(handle=handle, client=client).replace("&", "&&")
        return Counted().change(len(targets), client).replace("&", "&&")

    def _question(self, targets: Sequence[Delivery], accounts: Sequence[Account]) -> Question:
        client = self._ws.client.name
        handles = self._shell.formats.names([f"@{_handle(one, accounts)}" for one in targets])
        title = translate("Composer", "Change what is live for {client}?").format(client=client)
        text = translate("Composer", "The words of {handles} are replaced at once. Who saw the old ones has seen them.")
        return Question(title, text.format(handles=handles), self._words(targets, accounts), self._ws.client.id)

    def _change(self, post: Post, targets: Sequence[Delivery], accounts: Sequence[Account]) -> None:
        names = {one.id: _handle(one, accounts) for one in targets}

        async def change() -> list[tuple[str, Corrected | CmdeskError]]:
            found: list[tuple[str, Corrected | CmdeskError]] = []
            for one in targets:
                try:
                    found.append((names[one.id], await correcting.correct(self._ws, one.id)))
                except CmdeskError as problem:
                    found.append((names[one.id], problem))
            return found

        del post
        self._calls.run(change(), then=self._told, otherwise=self._say)

    def _told(self, found: Sequence[tuple[str, Corrected | CmdeskError]]) -> None:
        self._busy, self._asked, self._behind = False, False, (None, False)
        said = [sentence for handle, one in found if (sentence := self._sentence(handle, one))]
        self._shell.toast(" ".join(said) if said else translate("Composer", "What is live has the new words."))
        self._unlock()

    def _sentence(self, handle: str, one: Corrected | CmdeskError) -> str:
        """What to say of an account where it did not end well."""
        if isinstance(one, CmdeskError):
            said = wording.error(one, self._shell.formats)
            return said if isinstance(one, BadInput) else f"@{handle}: {said}"
        if one.outcome is correcting.Outcome.REFUSED:
            said = translate("Composer", "@{handle} refused the change, so what is live stays as it was.")
            return said.format(handle=handle)
        if one.outcome is correcting.Outcome.UNCLEAR:
            said = translate(
                "Composer",
                "Nobody can tell whether @{handle} took the change. Look at the live post, then change it again: "
                "it cannot go out twice.",
            )
            return said.format(handle=handle)
        return ""


def _changeable(live: Sequence[Delivery], accounts: Sequence[Account]) -> tuple[Delivery, ...]:
    """The live deliveries whose network lets them be changed; none while anything of the post is on its way."""
    if any(one.state in {State.SENDING, State.PROCESSING, State.UNCERTAIN} for one in live):
        return ()
    able = {one.id for one in accounts if one.unlinked_at is None and Role.EDITS in one.roles}
    return tuple(one for one in live if one.state is State.SENT and one.account in able)


def _handle(one: Delivery, accounts: Sequence[Account]) -> str:
    return next((account.identity.handle for account in accounts if account.id == one.account), "")
