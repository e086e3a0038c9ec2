"""What is said over all rooms: for the client on screen, the most pressing first, and quiet where a person has seen it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication

from cmdesk.domain.client import Colour
from cmdesk.domain.guard import Frozen, HoldReason, QueueHold
from cmdesk.domain.ids import ClientId
from cmdesk.domain.views import ClientCard
from cmdesk.ui.i18n import Formats
from cmdesk.ui.screens import Target
from cmdesk.ui.watch import FEW, Watch

SINCE = datetime(2026, 11, 24, 15, tzinfo=UTC)
ROSA, MAX = ClientId("rosarosa"), ClientId("maxmaxma")


class Seen(QObject):
    """The window as the watch sees it."""

    def __init__(self, formats: Formats) -> None:
        super().__init__()
        self.formats = formats
        self.client: ClientId | None = None
        self.room = "today"
        self.cards: Sequence[ClientCard] = ()


@pytest.fixture
def seen(qapp: QApplication, english: Formats) -> Seen:
    assert qapp is not None
    return Seen(english)


def card(client: ClientId, *, needs_you: int = 0, hold: QueueHold | None = None, frozen: Frozen | None = None) -> ClientCard:
    return ClientCard(client, client, Colour.TEAL, "R", needs_you=needs_you, hold=hold, frozen=frozen)


def watching(seen: Seen) -> Watch:
    return Watch(seen)  # type: ignore[arg-type]  # the part of the window that it looks at


def test_a_calm_desk_is_silent(seen: Seen) -> None:
    seen.cards = (card(ROSA, needs_you=FEW), card(MAX))
    watch = watching(seen)
    assert watch.alarms() == ()
    assert watch.moved()
    assert not watch.moved()


def test_a_doubt_comes_before_a_freeze_and_both_before_what_waits(seen: Seen) -> None:
    hold = QueueHold(HoldReason.COPIED, SINCE, (("there", "/elsewhere"),))
    seen.cards = (card(ROSA, needs_you=9, frozen=Frozen(SINCE)), card(MAX, hold=hold))
    alarms = watching(seen).alarms()
    assert [alarm.tone for alarm in alarms] == ["danger", "warning", "warning"]
    assert [alarm.leads for alarm in alarms] == [Target("late", MAX), Target("late", ROSA), Target("late", None)]
    assert [alarm.closable for alarm in alarms] == [False, False, True]


def test_another_clients_freeze_is_not_said_in_a_clients_room(seen: Seen) -> None:
    seen.cards = (card(ROSA, frozen=Frozen(SINCE)), card(MAX))
    watch = watching(seen)
    seen.client = MAX
    assert watch.alarms() == ()
    seen.client = ROSA
    assert len(watch.alarms()) == 1
    seen.room = "late"
    assert watch.alarms() == ()


def test_what_waits_is_put_off_until_one_more_waits(seen: Seen) -> None:
    said = []
    watch = watching(seen)
    for count in (6, 6, 7, 5, 6):
        seen.cards = (card(ROSA, needs_you=count),)
        alarms = watch.alarms()
        said.append(len(alarms))
        if alarms:
            watch.put_off(alarms[0])
    assert said == [1, 0, 1, 0, 1]
