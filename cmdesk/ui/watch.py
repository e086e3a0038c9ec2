"""Watches over all rooms for what a person must know anywhere: a queue in doubt, a frozen client, too much that is late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QObject

from cmdesk.ui import wording
from cmdesk.ui.screens import Target

if TYPE_CHECKING:
    from cmdesk.domain.ids import ClientId
    from cmdesk.domain.views import ClientCard
    from cmdesk.ui.window import Window

#: So many decisions at once are still seen on the day's own page.
FEW = 3


class Alarm(Struct, frozen=True):
    """A sentence for the banner over all rooms. ``action`` are the words of its button, ``leads`` where that goes.

    One that is not ``closable`` stays until its matter is settled; ``count`` is how many wait, for one that tells of those.
    """

    tone: str
    text: str
    action: str
    leads: Target
    closable: bool = False
    count: int = 0


class Watch(QObject):
    """Reads the cards of the rail, which carry all of it; nothing is asked of a file."""

    def __init__(self, window: Window) -> None:
        super().__init__(window)
        self._window = window
        self._before: tuple[Alarm, ...] | None = None
        self._put_off: set[str] = set()
        self._known: dict[ClientId | None, int] = {}

    def put_off(self, alarm: Alarm) -> None:
        """A person has seen it; of what waits, one more is news again."""
        if alarm.count:
            self._known[alarm.leads.client] = alarm.count
        else:
            self._put_off.add(alarm.text)

    def moved(self) -> bool:
        """Whether there is something else to say than when this was last asked."""
        now = self.alarms()
        moved, self._before = now != self._before, now
        return moved

    def alarms(self) -> tuple[Alarm, ...]:
        """What there is to say in this room for this client, the most pressing first. The desk of decisions says it itself."""
        window = self._window
        if window.room in {"late", "welcome"}:
            return ()
        seen = [card for card in window.cards if window.client in {None, card.id} and card.trouble is None]
        found: list[Alarm] = []
        held = tuple(card for card in seen if card.hold is not None)
        if held:
            found.append(self._held(held))
        frozen = tuple(card for card in seen if card.frozen is not None)
        if frozen:
            found.append(self._frozen(frozen))
        waiting = sum(card.needs_you for card in seen)
        known = self._known[window.client] = min(waiting, self._known.get(window.client, 0))
        if waiting > max(FEW, known):
            found.append(self._waiting(waiting))
        return tuple(alarm for alarm in found if alarm.text not in self._put_off)

    def _held(self, cards: tuple[ClientCard, ...]) -> Alarm:
        only, hold = cards[0], cards[0].hold
        if len(cards) == 1 and hold is not None:
            sentence = wording.queue_hold(hold, only.name, self._window.formats)
            tone = "warning" if hold.retired else "danger"
            return Alarm(tone, sentence, self.tr("See what can be done"), Target("late", only.id), closable=hold.retired)
        names = self._window.formats.names([card.name for card in cards])
        sentence = self.tr("Nobody can tell what of {clients} is live already, so nothing of it is sent.").format(clients=names)
        return Alarm("danger", sentence, self.tr("See what can be done"), Target("late", None))

    def _frozen(self, cards: tuple[ClientCard, ...]) -> Alarm:
        names = self._window.formats.names([card.name for card in cards])
        since = cards[0].frozen
        client: ClientId | None = cards[0].id if len(cards) == 1 else None
        if len(cards) == 1 and since is not None:
            moment = self._window.formats.moment(since.since.astimezone())
            said = self.tr("{client} is frozen since {time}, and nothing of it goes out.").format(client=names, time=moment)
        else:
            said = self.tr("{clients} are frozen. Nothing of them goes out.").format(clients=names)
        return Alarm("warning", said, self.tr("Thaw…"), Target("late", client))

    def _waiting(self, count: int) -> Alarm:
        said = self.tr("%n post(s) wait for your decision.", "", count)
        return Alarm("warning", said, self.tr("Decide"), Target("late", self._window.client), closable=True, count=count)
