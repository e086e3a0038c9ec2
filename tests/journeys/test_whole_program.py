"""The main job through the window, told in sentences: from the first start to the answer, with and without a network."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cmdesk.domain.delivery import State
from cmdesk.domain.message import MessageState
from cmdesk.services import composing, inbox, planning
from cmdesk.services.workspace import Workspace
from cmdesk.ui.today.view import TodayView
from cmdesk.ui.welcome.view import WelcomeView
from cmdesk.ui.widgets.decision import Ask, DecisionCard
from tests.helpers.clocks import FakeClock
from tests.helpers.keyrings import InMemoryKeyring
from tests.journeys.whole_program import Her

MORNING = datetime(2026, 11, 24, 15, 12, tzinfo=UTC)  # 10:12 in Toronto
BAKERY = "Boulangerie Levain fou"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock(MORNING)


@pytest.fixture
def her(qtbot: QtBot, qapp: QApplication, scratch_home: Path, clock: FakeClock, memory_keyring: InMemoryKeyring) -> Iterator[Her]:
    person = Her(qtbot, qapp, scratch_home, clock, memory_keyring)
    yield person
    person.quits()


def live(folder: Path, words: str) -> int:
    """How many statuses of the practice network hold these words: read from its own memory, not from ours."""
    world = json.loads((folder / "practice" / "practice.json").read_text(encoding="utf-8"))
    return sum(words in status["text"] and not status.get("deleted") for status in world["statuses"])


def practising(her: Her) -> Workspace:
    """She opens the practice desk from the first page, and the bakery is there."""
    her.starts()
    assert her.sees == "welcome"
    welcome = her.window.findChild(WelcomeView)
    assert welcome is not None
    welcome.practice.click()
    her.until(lambda: her.root.practice and her.sees == "today")
    her.until(lambda: her.root.practice and her.told[-1:] == ["usable"] and len(her.root.desk.workspaces) == 3)
    return her.client(BAKERY)


def test_from_the_first_start_to_the_answer(her: Her, scratch_home: Path) -> None:
    bakery = practising(her)

    # She writes a post and plans it for a quarter of an hour later.
    words = "Les canneles sortent du four a 10 h 30."
    view = her.writes(bakery, words, datetime(2026, 11, 24, 10, 30))  # noqa: DTZ001 - a wall clock reading
    her.presses_the_button_that_names(view, "@levainfou", BAKERY)
    post = next(row.id for row in composing.post_rows(bakery) if row.preview == words)
    her.until(lambda: [one.state for one in planning.deliveries(bakery, post)] == [State.PLANNED])
    assert live(scratch_home, words) == 0

    # Its time comes, and it goes out exactly once.
    her.lets_pass(20 * 60, until=lambda: planning.deliveries(bakery, post)[0].state is State.SENT)
    assert live(scratch_home, words) == 1
    assert planning.deliveries(bakery, post)[0].sent_at is not None

    # Somebody answers it; the answer arrives in the inbox and waits.
    sent = planning.deliveries(bakery, post)[0].id

    def answers_to_it() -> list[int]:
        return [
            number
            for number in her.messages(bakery)
            if inbox.message(bakery, inbox.rows(bakery, [number])[0].id).delivery == sent
        ]

    her.lets_pass(15 * 60, until=lambda: bool(answers_to_it()))
    message = answers_to_it()[-1]
    assert inbox.rows(bakery, [message])[0].state is MessageState.AWAITING

    # She answers, and nobody waits for her any more.
    her.answers(bakery, message, " Merci, a tantot.")
    her.lets_pass(5 * 60, until=lambda: inbox.rows(bakery, [message])[0].state is MessageState.ANSWERED)
    assert live(scratch_home, "Merci, a tantot.") == 1


def test_a_day_without_a_network(her: Her, clock: FakeClock, scratch_home: Path) -> None:
    bakery = practising(her)
    network = her.root.practising.network
    network.offline = True

    # On the train she writes, plans and answers as always.
    words = "Le pain de seigle revient demain."
    view = her.writes(bakery, words, datetime(2026, 11, 25, 9, 0))  # noqa: DTZ001 - a wall clock reading
    her.presses_the_button_that_names(view, "@levainfou")
    post = next(row.id for row in composing.post_rows(bakery) if row.preview == words)
    her.until(lambda: [one.state for one in planning.deliveries(bakery, post)] == [State.PLANNED])
    message = her.messages(bakery)[0]
    her.answers(bakery, message, " On vous revient la-dessus demain.")
    her.until(lambda: inbox.rows(bakery, [message])[0].state is MessageState.IN_HAND)

    # The hour of the post passes without a network: it is tried, nothing is lost, nothing is out.
    her.lets_pass(23 * 3600, until=lambda: clock.now() > MORNING + timedelta(hours=22, minutes=55))
    assert live(scratch_home, words) == 0

    # The network is back within the grace: the post and the answer go out, each once.
    network.offline = False
    her.lets_pass(3600, until=lambda: planning.deliveries(bakery, post)[0].state in {State.SENT, State.HELD})
    assert planning.deliveries(bakery, post)[0].state is State.SENT
    her.lets_pass(3600, until=lambda: inbox.rows(bakery, [message])[0].state is MessageState.ANSWERED)
    assert live(scratch_home, words) == 1
    assert live(scratch_home, "On vous revient la-dessus demain.") == 1


def test_what_is_late_is_held_and_she_decides(her: Her, clock: FakeClock, scratch_home: Path) -> None:
    bakery = practising(her)
    network = her.root.practising.network
    network.offline = True
    words = "Dernier appel pour les buches."
    view = her.writes(bakery, words, datetime(2026, 11, 24, 11, 0))  # noqa: DTZ001 - a wall clock reading
    her.presses_the_button_that_names(view, "@levainfou")
    post = next(row.id for row in composing.post_rows(bakery) if row.preview == words)
    her.until(lambda: [one.state for one in planning.deliveries(bakery, post)] == [State.PLANNED])

    # Two hours without a network: more than the grace of half an hour.
    her.lets_pass(2 * 3600 + 600, until=lambda: planning.deliveries(bakery, post)[0].state is State.HELD)
    network.offline = False
    back = clock.now()
    her.lets_pass(900, until=lambda: clock.now() > back + timedelta(minutes=10))
    assert live(scratch_home, words) == 0

    # Today asks her; she lets it go out now, and is asked once more in the client's name.
    today = her.goes_to("today", bakery.client.id, TodayView)
    her.until(lambda: any(card.isVisible() for card in today.findChildren(DecisionCard)))
    (card,) = [card for card in today.findChildren(DecisionCard) if card.isVisible()]
    her.says_yes_if_asked()
    card.press(Ask.NOW)
    her.lets_pass(600, until=lambda: planning.deliveries(bakery, post)[0].state is State.SENT)
    assert live(scratch_home, words) == 1
