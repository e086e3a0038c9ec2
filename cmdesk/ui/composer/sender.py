"""Sends what is written: says on the button in whose name and when, asks before it cannot be taken back, and undoes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from cmdesk.domain.delivery import Delivery, State
from cmdesk.domain.ids import PostId
from cmdesk.domain.post import Post
from cmdesk.domain.schedule import PlannedTime, resolve
from cmdesk.services import planning
from cmdesk.ui import wording
from cmdesk.ui.composer import looks
from cmdesk.ui.composer.changing import LiveChange
from cmdesk.ui.composer.sending import LATER, NOW
from cmdesk.ui.composer.values import DeliveryLook, Standing
from cmdesk.ui.deciding import carry_out
from cmdesk.ui.screens import Question
from cmdesk.ui.widgets.decision import Wanted
from cmdesk.ui.wordings.counted import Counted

if TYPE_CHECKING:
    from cmdesk.services.workspace import Workspace
    from cmdesk.ui.bridge import Calls
    from cmdesk.ui.composer.keeping import Keeper
    from cmdesk.ui.composer.sending import Sending
    from cmdesk.ui.screens import Shell

translate = QCoreApplication.translate

#: States in which a post is out, or may be: it is not edited any more.
OUT = frozenset({State.SENDING, State.PROCESSING, State.SENT, State.UNCERTAIN, State.GONE})


def is_fixed(live: tuple[Delivery, ...]) -> bool:
    """What is out, or on its way, is not edited here."""
    return any(one.state in OUT for one in live)


class Sender(QObject):
    """The foot of one post in the editor. ``say`` is told what went wrong."""

    def __init__(
        self,
        foot: Sending,
        ws: Workspace,
        shell: Shell,
        calls: Calls,
        keeper: Keeper,
        *,
        say: Callable[[Exception], object],
        unlock: Callable[[], object],
    ) -> None:
        """The keeper's owner owns it too. ``unlock`` is called when the words of a live post are opened or shut."""
        super().__init__(keeper.parent())
        self._foot, self._ws, self._shell, self._calls, self._keeper, self._say = foot, ws, shell, calls, keeper, say
        self._standing = Standing()
        self.change = LiveChange(ws, shell, calls, keeper, say=say, unlock=unlock)

    # --- what the foot shows -----------------------------------------------------------------------------------------

    def start(self, moment: datetime | None) -> None:
        """Another post, planned for a wall time or for none."""
        self._foot.set_now(self._wall_now)
        self._foot.show_when(LATER, moment, wording.zone(self._ws.client.timezone))
        self._foot.show_saved("")

    def stop(self) -> None:
        """Lets go of the foot, which outlives every post."""
        self._foot.forget()

    def show(self, standing: Standing) -> None:
        """The post stands otherwise."""
        self._standing = standing
        self.show_again()

    def show_again(self) -> None:
        """Another time or way was chosen."""
        live, fixed = self._standing.live, is_fixed(self._standing.live)
        self._foot.show_choices(when=not fixed, cancel=any(one.state is State.PLANNED for one in live) and not fixed)
        words, ready, note, tone = self._primary()
        self._foot.show_note(note, tone)
        self._foot.show_primary(words, self._shell.theme.tones(self._ws.client.colour), enabled=ready)

    def _wall_now(self) -> datetime:
        return looks.wall_now(self._ws.clock.now(), self._ws.client.timezone)

    def _waiting_plan(self) -> datetime | None:
        """The wall time of what waits and is approved, None when nothing is."""
        live = self._standing.live
        waiting = [one.planned.wall for one in live if one.state is State.PLANNED]
        return waiting[0] if waiting and len(waiting) == len(live) else None

    def _primary(self) -> tuple[str, bool, str, str]:
        """Words of the button, whether it works, the sentence above it and the sentence's tone."""
        if is_fixed(self._standing.live):
            return self.change.primary(self._standing)
        plan = self._waiting_plan()
        moment = self._foot.moment()
        if plan is not None and self._foot.mode == LATER and moment == plan:
            note = translate("Composer", "Planned. It goes out by itself, or as soon as there is a network after that.")
            shift = wording.shift(self._planned_time())
            return "", False, shift or note, "warning" if shift else "muted"
        words = self._words(moving=plan is not None)
        why = self._why_not()
        shift = wording.shift(self._planned_time()) if self._foot.mode == LATER and moment is not None else ""
        if why:
            return words, False, f"{why} {shift}".strip(), "warning" if shift else "muted"
        if self._foot.mode == NOW:
            return words, True, translate("Composer", "Without a network it goes out as soon as there is one."), "muted"
        return words, True, shift, "warning" if shift else "muted"

    def _why_not(self) -> str:
        """Why the button does not work yet, "" when it does."""
        if not self._standing.accounts:
            return translate("Composer", "Link an account first. What you write here is kept.")
        if not self._standing.chosen:
            return translate("Composer", "Choose at least one account above.")
        if self._standing.blank:
            return translate("Composer", "Write something first.")
        if self._standing.blocked:
            return translate("Composer", "Mend what is listed under the text first.")
        if self._foot.mode == LATER:
            moment = self._foot.moment()
            if moment is None:
                return translate("Composer", "Choose a date and a time, or publish now.")
            if looks.in_past(moment, self._ws.clock.now(), self._ws.client.timezone):
                return translate("Composer", "This time has passed. Choose a later one, or publish now.")
        return ""

    def _words(self, *, moving: bool) -> str:
        client = self._ws.client.name
        now = self._foot.mode == NOW
        chosen = self._standing.chosen
        if len(chosen) == 1:
            handle = looks.short_handles(self._standing.accounts)[chosen[0].id]
            if now:
                words = translate("Composer", "Publish as {handle} · {client}")
            elif moving:
                words = translate("Composer", "Move, as {handle} · {client}")
            else:
                words = translate("Composer", "Schedule as {handle} · {client}")
            return words.format(handle=handle, client=client).replace("&", "&&")
        counted = Counted()
        said = counted.publish if now else counted.move if moving else counted.schedule
        return said(len(chosen), client).replace("&", "&&")

    def _planned_time(self) -> PlannedTime:
        moment = self._foot.moment() or self._wall_now()
        return resolve(moment, self._ws.client.timezone, self._ws.clock.tzdata_version())

    # --- what a person asks for --------------------------------------------------------------------------------------

    def send(self) -> None:
        """Publishes or schedules, after a question where it goes out now or in several places."""
        if not self._foot.primary.isEnabled() or not self._foot.primary.text():
            return
        if is_fixed(self._standing.live):
            self.change.press(self._standing)
            return
        when = None if self._foot.mode == NOW else self._planned_time()
        asked = when is None or len(self._standing.chosen) > 1
        if asked and not self._shell.ask(self._question(when)):
            return
        self._keeper.when_saved(lambda post: self._send_stored(post, when))

    def _send_stored(self, post: Post, when: PlannedTime | None) -> None:
        sending = planning.now(self._ws, post.id) if when is None else planning.schedule(self._ws, post.id, when)
        self._calls.run(sending, then=lambda _ids: self._went(post.id, when), otherwise=self._say)

    def _question(self, when: PlannedTime | None) -> Question:
        handles = self._shell.formats.names([f"@{account.identity.handle}" for account in self._standing.chosen])
        client = self._ws.client.name
        if when is None:
            title = translate("Composer", "Publish for {client} now?").format(client=client)
            text = translate("Composer", "It goes out as {handles}. Once it is out, people may see it at once.").format(
                handles=handles
            )
            confirm = self._words(moving=False)
        else:
            title = translate("Composer", "Schedule for {client}?").format(client=client)
            sentence = translate("Composer", "It goes out as {handles}, {when} ({zone}).")
            moment, zone = self._shell.formats.moment(when.wall), wording.zone(when.zone)
            text = sentence.format(handles=handles, when=moment, zone=zone)
            confirm = self._words(moving=self._waiting_plan() is not None)
        return Question(title, text, confirm, self._ws.client.id)

    def _went(self, post: PostId, when: PlannedTime | None) -> None:
        if when is None:
            self._shell.toast(translate("Composer", "On its way. Without a network it goes out as soon as there is one."))
            return
        said = translate("Composer", "Planned for {when}.").format(when=self._shell.formats.moment(when.wall))
        self._shell.toast(said, lambda: self._unschedule(post))

    def _unschedule(self, post: PostId) -> None:
        self._calls.run(planning.unschedule(self._ws, post), otherwise=self._say)

    def cancel_plan(self) -> None:
        """Nothing of it goes out any more; the words stay."""
        if self._keeper.post is not None:
            self._unschedule(self._keeper.post.id)

    def cancel_one(self, look: DeliveryLook) -> None:
        """One account is left out."""
        self._calls.run(planning.cancel_delivery(self._ws, look.row.id), otherwise=self._say)

    def decide(self, wanted: Wanted) -> None:
        """What a person decided on a delivery that waits."""
        carry_out(self._ws, self._shell, self._calls, wanted)
