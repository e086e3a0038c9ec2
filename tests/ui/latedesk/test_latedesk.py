"""The late-post desk on real files: every choice by its key, for the right client, and nothing for many before it was seen."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from cmdesk.domain.changes import Changes
from cmdesk.domain.client import Colour
from cmdesk.domain.delivery import HeldBecause, State
from cmdesk.domain.guard import Answer, HoldReason, QueueHold
from cmdesk.domain.ids import AccountId, DeliveryId
from cmdesk.domain.post import PostEdit, Variant
from cmdesk.domain.schedule import at_instant
from cmdesk.services import composing, freezing, guarding, late_desk, planning
from cmdesk.services.desk import Desk
from cmdesk.services.publishing import Publisher
from cmdesk.services.workspace import Workspace
from cmdesk.store import guard, outbox
from cmdesk.ui.actions import Actions
from cmdesk.ui.bridge import Bridge
from cmdesk.ui.i18n import Formats
from cmdesk.ui.latedesk.presenter import LatePresenter
from cmdesk.ui.latedesk.view import LateView
from cmdesk.ui.screens import Target
from cmdesk.ui.standing import answers
from cmdesk.ui.theme import Theme
from cmdesk.ui.widgets.states import Banner
from cmdesk.ui.widgets.text import Text
from tests.helpers.clocks import FakeClock
from tests.helpers.desks import link, open_desk
from tests.helpers.fake_network import FakeNetwork
from tests.helpers.keyrings import InMemoryKeyring
from tests.ui.inbox.stage import AtOnce, RecordingShell

#: Wall time of a zone has none of its own.
WALL = datetime.fromisoformat("2027-05-04T09:30")


class Stage:
    """Clients on disk, and the desk of decisions of one of them or of all."""

    def __init__(self, folder: Path, theme: Theme, formats: Formats, keyring: InMemoryKeyring) -> None:
        self.clock = FakeClock()
        self.network = FakeNetwork(self.clock)
        self.bridge = Bridge(AtOnce())
        self.desk = open_desk(folder, self.network, self.clock, keyring=keyring, on_change=self.bridge.announce)
        self.shell = RecordingShell(theme, formats, self.bridge)
        self.view = LateView(theme)
        self.view.resize(1200, 700)
        self.presenter: LatePresenter | None = None
        self.actions = Actions()
        self.bridge.changed.connect(self._refresh)

    def _refresh(self, changes: Changes) -> None:
        if self.presenter is not None:
            self.presenter.refresh(changes)

    def client(self, name: str, colour: Colour = Colour.TEAL) -> tuple[Workspace, AccountId]:
        ws = asyncio.run(self.desk.create(name, colour, "America/Toronto"))
        return ws, link(ws, self.network, name.casefold())

    def post(self, ws: Workspace, account: AccountId, text: str = "Bonjour", minutes: float = 60) -> DeliveryId:
        post = asyncio.run(composing.create(ws, PostEdit(text=text, variants=(Variant(account),))))
        when = at_instant(self.clock.now() + timedelta(minutes=minutes), ws.client.timezone, "2026a")
        return asyncio.run(planning.schedule(ws, post.id, when))[0]

    def late(
        self, ws: Workspace, account: AccountId, text: str = "Bonjour", because: HeldBecause = HeldBecause.LATE
    ) -> DeliveryId:
        delivery = self.post(ws, account, text)
        with ws.write() as session:
            outbox.hold(session, delivery, because, self.clock.now())
        return delivery

    def open(self, scope: Workspace | Desk) -> LateView:
        self.leave()
        self.view.show()
        self.view.activateWindow()
        QTest.qWaitForWindowActive(self.view)
        self.presenter = LatePresenter(self.view, scope, self.shell)
        self.live = tuple(self.presenter.actions())
        self.actions.add(self.view, self.live)
        self.settle()
        self.view.list.setFocus()
        return self.view

    def leave(self) -> None:
        if self.presenter is not None:
            self.actions.remove(self.live)
            self.presenter.close()
            self.presenter = None

    def settle(self) -> None:
        for _ in range(6):
            QApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            self.bridge._tell()

    def press(self, *keys: Qt.Key | str) -> None:
        for key in keys:
            widget = QApplication.focusWidget() or self.view.list
            QTest.keyClick(widget, Qt.Key(ord(key)) if isinstance(key, str) else key)
            self.settle()

    def words(self) -> str:
        return "\n".join(text.text() for text in self.view.findChildren(Text) if text.isVisible())

    def state(self, ws: Workspace, delivery: DeliveryId) -> State:
        return planning.delivery(ws, delivery).state


@pytest.fixture
def stage(qtbot: QtBot, theme: Theme, english: Formats, tmp_path: Path, memory_keyring: InMemoryKeyring) -> Iterator[Stage]:
    made = Stage(tmp_path / "home", theme, english, memory_keyring)
    qtbot.addWidget(made.view)
    yield made
    made.leave()
    made.view.close()
    asyncio.run(made.desk.close())


def test_nothing_that_waits_is_said_calmly(stage: Stage) -> None:
    stage.client("Rosa")
    view = stage.open(stage.desk)
    assert view._empty.isVisible()


def test_the_key_of_a_choice_reaches_the_delivery_under_the_keyboard_and_no_other(stage: Stage) -> None:
    (rosa, of_rosa), (max_, of_max) = stage.client("Rosa"), stage.client("Max", Colour.PLUM)
    first, second = stage.late(rosa, of_rosa, "De Rosa"), stage.late(max_, of_max, "De Max")
    stage.open(stage.desk)
    stage.press("J", "N")
    [question] = stage.shell.questions
    assert question.client == max_.client.id
    assert "Max" in question.text
    assert (stage.state(rosa, first), stage.state(max_, second)) == (State.HELD, State.PLANNED)


def test_a_question_that_is_denied_leaves_everything(stage: Stage) -> None:
    ws, account = stage.client("Rosa")
    delivery = stage.late(ws, account)
    stage.shell.answer = False
    stage.open(ws)
    stage.press("N", "D")
    assert len(stage.shell.questions) == 2
    assert stage.state(ws, delivery) is State.HELD


def test_the_next_free_time_is_told_with_account_and_client(stage: Stage) -> None:
    ws, account = stage.client("Rosa")
    delivery = stage.late(ws, account)
    expected = late_desk.next_slot(ws, account)
    stage.open(ws)
    stage.press("S")
    assert planning.delivery(ws, delivery).planned.utc == expected.utc
    [(said, _undo)] = stage.shell.toasts
    assert "@rosa" in said
    assert stage.shell.formats.moment(expected.wall) in said


def test_another_time_is_typed_without_the_mouse(stage: Stage) -> None:
    ws, account = stage.client("Rosa")
    delivery = stage.late(ws, account)
    view = stage.open(ws)
    stage.press("M")
    assert view._one is not None
    view._one.card._moment.set_moment(WALL)
    view._one.card._moment_changed(view._one.card._moment.moment())
    view._one.card._do_move.click()
    stage.settle()
    assert planning.delivery(ws, delivery).planned.wall == WALL


def test_a_key_that_is_not_offered_does_nothing(stage: Stage) -> None:
    ws, account = stage.client("Rosa")
    delivery = stage.late(ws, account)
    stage.open(ws)
    stage.press("C", "T", "L", "A", "G", "P")
    assert stage.state(ws, delivery) is State.HELD
    assert not stage.shell.questions
    assert not stage.shell.toasts


def test_open_and_look_lead_to_the_post_and_to_the_account(stage: Stage) -> None:
    ws, account = stage.client("Rosa")
    delivery = stage.late(ws, account)
    stage.open(stage.desk)
    stage.press("E", "V")
    assert stage.shell.went == [Target("posts", ws.client.id, planning.delivery(ws, delivery).post)]
    assert [url for url, _shown in stage.shell.links] == [late_desk.items(ws)[0].link]


def test_many_are_first_shown_by_client_and_account_and_only_then_done(stage: Stage) -> None:
    (rosa, of_rosa), (max_, of_max) = stage.client("Rosa"), stage.client("Max", Colour.PLUM)
    held = [(rosa, stage.late(rosa, of_rosa, "Un")), (rosa, stage.late(rosa, of_rosa, "Deux")), (max_, stage.late(max_, of_max))]
    view = stage.open(stage.desk)
    stage.press("X", "X", "X")
    assert len(view.marked) == 3
    stage.press("N")
    assert view.in_summary
    shown = "\n".join(label.text() for label in view._summary.findChildren(QLabel))
    assert [name for name in ("Rosa", "Max", "@rosa", "@max") if name not in shown] == []
    assert {stage.state(ws, one) for ws, one in held} == {State.HELD}
    stage.press(Qt.Key.Key_Return)
    assert {stage.state(ws, one) for ws, one in held} == {State.PLANNED}
    assert not view.marked


def test_stepping_back_from_the_summary_changes_nothing(stage: Stage) -> None:
    ws, account = stage.client("Rosa")
    one, other = stage.late(ws, account, "Un"), stage.late(ws, account, "Deux")
    view = stage.open(ws)
    stage.press("X", "X", "S")
    seen = [(view.in_summary, len(view.marked))]
    for _ in range(2):
        stage.press(Qt.Key.Key_Escape)
        seen.append((view.in_summary, len(view.marked)))
    assert seen == [(True, 2), (False, 2), (False, 0)]
    assert {stage.state(ws, one), stage.state(ws, other)} == {State.HELD}


def test_what_cannot_be_taken_back_is_not_one_enter_away(stage: Stage) -> None:
    ws, account = stage.client("Rosa")
    delivery = stage.late(ws, account)
    view = stage.open(ws)
    stage.press("X", "D", Qt.Key.Key_Return)
    assert stage.state(ws, delivery) is State.HELD
    stage.press("D")
    view._summary.confirm_button.click()
    stage.settle()
    assert stage.state(ws, delivery) is State.CANCELLED


def test_publishing_many_warns_of_those_that_may_be_live(stage: Stage) -> None:
    ws, account = stage.client("Rosa")
    stage.late(ws, account, "Sûr")
    stage.late(ws, account, "Douteux", HeldBecause.DOUBT)
    view = stage.open(ws)
    stage.press("X", "X", "N")
    assert view._summary._warning.isVisible()
    assert view._summary.back_button.hasFocus()


def test_in_a_clients_room_nothing_of_another_client_stands(stage: Stage) -> None:
    (rosa, of_rosa), (max_, of_max) = stage.client("Rosa"), stage.client("Max", Colour.PLUM)
    stage.late(rosa, of_rosa, "De Rosa")
    foreign = stage.late(max_, of_max, "De Max")
    view = stage.open(rosa)
    assert [item.row.client for item in view._model.rows] == [rosa.client.id]
    batch = late_desk.prepare(rosa, [(max_.client.id, foreign)], late_desk.Choice.DROP)
    assert batch.keys == ()


def test_a_frozen_client_lets_one_go_or_everything(stage: Stage) -> None:
    ws, account = stage.client("Rosa")
    one, other = stage.post(ws, account, "Un"), stage.post(ws, account, "Deux")
    asyncio.run(freezing.freeze(ws, "the mayor called"))
    view = stage.open(ws)
    banner = next(found for found in view.findChildren(Banner) if found.isVisible())
    assert "the mayor called" in banner.accessibleName()
    stage.press("G")
    assert [stage.state(ws, one), stage.state(ws, other)].count(State.PLANNED) == 1
    assert freezing.state(ws) is not None
    view.still.emit(ws.client.id, "thaw")
    stage.settle()
    assert freezing.state(ws) is None
    assert {stage.state(ws, one), stage.state(ws, other)} == {State.PLANNED}


@pytest.mark.parametrize("because", list(HoldReason))
def test_a_queue_in_doubt_says_why_and_offers_what_is_safe(stage: Stage, because: HoldReason) -> None:
    ws, _account = stage.client("Rosa")
    told = {"there": "/elsewhere", "host": "laptop", "last": "2026-11-24T10:00:00+00:00", "finding": "page 4"}
    hold = QueueHold(because, stage.clock.now(), tuple(told.items()))
    with ws.write() as session:
        guard.write_hold(session, hold)
    view = stage.open(stage.desk)
    banner = next(found for found in view.findChildren(Banner) if found.isVisible())
    assert "Rosa" in banner.accessibleName()
    assert "{" not in banner.accessibleName()
    offered = [button for button in banner.findChildren(QPushButton) if button.isVisible()]
    assert len(offered) == len(answers(hold))
    if Answer.REAL in answers(hold):
        offered[0].click()
        stage.settle()
        assert guarding.hold_of(ws) is None


def test_the_other_one_is_real_and_this_one_stays_held(stage: Stage) -> None:
    ws, _account = stage.client("Rosa")
    with ws.write() as session:
        guard.write_hold(session, QueueHold(HoldReason.COPIED, stage.clock.now(), (("there", "/elsewhere"),)))
    view = stage.open(ws)
    view.still.emit(ws.client.id, "other")
    stage.settle()
    hold = guarding.hold_of(ws)
    assert hold is not None
    assert hold.retired


def test_an_uncertain_post_shows_its_tries_and_takes_a_pasted_link(stage: Stage) -> None:
    ws, account = stage.client("Rosa")
    delivery = stage.post(ws, account, minutes=1)
    stage.clock.advance(90)

    class Cut(Exception):
        pass

    def cut(place: str) -> None:
        if place == "answered":
            raise Cut

    with pytest.raises(Cut):
        asyncio.run(Publisher(stage.desk, stage.clock, random.Random(1), crash=cut).tick(ws))
    asyncio.run(Publisher(stage.desk, stage.clock, random.Random(1)).recover(ws))
    assert stage.state(ws, delivery) is State.UNCERTAIN
    view = stage.open(ws)
    assert view._one is not None
    assert view._one._known._lines
    stage.press("L")
    QTest.keyClicks(view._one.card._url, "https://fake.example/@rosa/77")
    QTest.keyClick(view._one.card._url, Qt.Key.Key_Return)
    stage.settle()
    assert planning.delivery(ws, delivery).url == "https://fake.example/@rosa/77"
    assert stage.state(ws, delivery) is State.SENT


def test_the_next_client_begins_at_the_top_without_marks(stage: Stage) -> None:
    (rosa, of_rosa), (max_, of_max) = stage.client("Rosa"), stage.client("Max", Colour.PLUM)
    for ws, account in ((rosa, of_rosa), (max_, of_max)):
        for number in range(3):
            stage.late(ws, account, f"Post {number}")
    view = stage.open(rosa)
    stage.press("J", "X", "X", "S")
    view = stage.open(max_)
    assert view.list.currentIndex().row() == 0
    assert not view.marked
    assert not view.in_summary
