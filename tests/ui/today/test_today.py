"""The day on real files: decisions are carried out, people and posts lead to their rooms, in both languages."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cmdesk.domain.account import Health
from cmdesk.domain.changes import Changes
from cmdesk.domain.client import Colour
from cmdesk.domain.delivery import HeldBecause, State
from cmdesk.domain.ids import AccountId, DeliveryId
from cmdesk.domain.post import PostEdit, Variant
from cmdesk.domain.schedule import at_instant
from cmdesk.domain.views import OutboxRow
from cmdesk.services import composing, planning, syncing, today
from cmdesk.services.desk import Desk
from cmdesk.services.workspace import Workspace
from cmdesk.store import accounts, outbox
from cmdesk.ui.bridge import Bridge
from cmdesk.ui.i18n import Formats
from cmdesk.ui.screens import Target
from cmdesk.ui.theme import Theme
from cmdesk.ui.today.presenter import TodayPresenter
from cmdesk.ui.today.view import Section, TodayView
from cmdesk.ui.widgets.decision import Ask, DecisionCard, Wanted
from cmdesk.ui.widgets.states import Banner
from cmdesk.ui.widgets.text import Text
from tests.helpers.clocks import FakeClock
from tests.helpers.desks import link, open_desk
from tests.helpers.fake_network import FakeNetwork
from tests.helpers.keyrings import InMemoryKeyring
from tests.ui.inbox.stage import AtOnce, RecordingShell


class Stage:
    """Clients on disk, and the day of one of them or of all."""

    def __init__(self, folder: Path, theme: Theme, formats: Formats, keyring: InMemoryKeyring) -> None:
        self.clock = FakeClock()
        self.network = FakeNetwork(self.clock)
        self.bridge = Bridge(AtOnce())
        self.desk = open_desk(folder, self.network, self.clock, keyring=keyring, on_change=self.bridge.announce)
        self.shell = RecordingShell(theme, formats, self.bridge)
        self.view = TodayView(theme)
        self.view.resize(1200, 700)
        self.presenter: TodayPresenter | None = None
        self.bridge.changed.connect(self._refresh)

    def _refresh(self, changes: Changes) -> None:
        if self.presenter is not None:
            self.presenter.refresh(changes)

    def client(self, name: str, colour: Colour = Colour.TEAL, *, linked: bool = True) -> tuple[Workspace, AccountId]:
        ws = asyncio.run(self.desk.create(name, colour, "America/Toronto"))
        return ws, link(ws, self.network, name.split(maxsplit=1)[0].casefold()) if linked else AccountId(0)

    def post(self, ws: Workspace, account: AccountId, text: str, minutes: float = 60) -> DeliveryId:
        post = asyncio.run(composing.create(ws, PostEdit(text=text, variants=(Variant(account),))))
        when = at_instant(self.clock.now() + timedelta(minutes=minutes), ws.client.timezone, "2026a")
        return asyncio.run(planning.schedule(ws, post.id, when))[0]

    def hold(self, ws: Workspace, delivery: DeliveryId) -> None:
        with ws.write() as session:
            outbox.hold(session, delivery, HeldBecause.LATE, self.clock.now())

    def open(self, scope: Workspace | Desk) -> TodayView:
        if self.presenter is not None:
            self.presenter.close()
        self.presenter = TodayPresenter(self.view, scope, self.shell)
        self.view.show()
        self.settle()
        return self.view

    def settle(self) -> None:
        QTest.qWait(Bridge.TOGETHER_MS + 20)
        while self.bridge.waiting:
            QTest.qWait(Bridge.TOGETHER_MS)
        for _ in range(3):
            QApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def words(self) -> str:
        """Everything that stands on the page."""
        return "\n".join(text.text() for text in self.view.findChildren(Text) if text.isVisible())


@pytest.fixture
def stage(qtbot: QtBot, theme: Theme, english: Formats, tmp_path: Path, memory_keyring: InMemoryKeyring) -> Iterator[Stage]:
    made = Stage(tmp_path / "home", theme, english, memory_keyring)
    qtbot.addWidget(made.view)
    yield made
    if made.presenter is not None:
        made.presenter.close()
        made.presenter = None
    made.view.close()
    asyncio.run(made.desk.close())


def cards(stage: Stage) -> list[DecisionCard]:
    return [card for card in stage.view.findChildren(DecisionCard) if card.isVisible()]


def test_without_an_account_the_first_step_is_taught(stage: Stage) -> None:
    ws, _ = stage.client("Rosa", linked=False)
    stage.open(ws)
    stage.view._empty.pressed.emit()
    assert stage.view._empty.isVisible()
    assert stage.shell.went == [Target("accounts", ws.client.id)]


def test_of_several_clients_the_first_without_an_account_is_where_to_begin(stage: Stage) -> None:
    stage.client("Rosa", linked=False)
    stage.client("Max", linked=False)
    stage.open(stage.desk)
    stage.view.first_step.emit()
    assert stage.shell.went == [Target("accounts", stage.desk.workspaces[0].client.id)]


def test_a_quiet_day_says_so(stage: Stage) -> None:
    ws, _ = stage.client("Rosa")
    stage.open(ws)
    assert "Nothing needs you right now." in stage.words()
    assert "Nothing is planned for today." in stage.words()
    assert not cards(stage)


def test_a_late_post_goes_out_by_the_word_of_a_person_who_was_asked(stage: Stage) -> None:
    ws, account = stage.client("Rosa")
    delivery = stage.post(ws, account, "Bonjour")
    stage.hold(ws, delivery)
    stage.open(ws)
    card = cards(stage)[0]
    stage.shell.answer = False
    card.wanted.emit(Wanted(Ask.NOW, _row(ws)))
    stage.settle()
    assert planning.delivery(ws, delivery).state is State.HELD
    assert len(stage.shell.questions) == 1
    assert "Rosa" in stage.shell.questions[0].text
    stage.shell.answer = True
    card.wanted.emit(Wanted(Ask.NOW, _row(ws)))
    stage.settle()
    assert planning.delivery(ws, delivery).state is State.PLANNED
    assert not cards(stage)


def _row(ws: Workspace) -> OutboxRow:
    return today.today(ws).decisions[0]


def test_a_decision_that_cannot_be_carried_out_is_said_in_passing(stage: Stage) -> None:
    ws, account = stage.client("Rosa")
    delivery = stage.post(ws, account, "Bonjour")
    stage.hold(ws, delivery)
    stage.open(ws)
    row = _row(ws)
    asyncio.run(planning.cancel_delivery(ws, delivery))
    cards(stage)[0].wanted.emit(Wanted(Ask.NOW, row))
    stage.settle()
    assert stage.shell.toasts


def test_people_who_wait_lead_to_the_inbox_and_posts_to_the_composer(stage: Stage) -> None:
    ws, account = stage.client("Rosa")
    post = planning.delivery(ws, stage.post(ws, account, "Bonjour")).post
    stage.network.person("max")
    asyncio.run(syncing.pull(ws, account))
    stage.clock.advance(60)
    stage.network.say("max", "When do you open?", to="rosa")
    asyncio.run(syncing.pull(ws, account))
    view = stage.open(ws)
    assert "1 " in stage.words()
    waiting = view._awaiting._model.rows
    assert [line.look.detail for line in waiting] == ["When do you open?"]
    view._awaiting._list.setFocus()
    view._awaiting._list.choose(0)
    QTest.keyClick(view._awaiting._list, Qt.Key.Key_Return)
    view._going._list.choose(0)
    QTest.keyClick(view._going._list, Qt.Key.Key_Return)
    assert [(went.room, went.client) for went in stage.shell.went] == [("inbox", ws.client.id), ("posts", ws.client.id)]
    assert stage.shell.went[1].item == post


def test_all_clients_name_whose_it_is(stage: Stage) -> None:
    for name, colour in (("Rosa", Colour.TEAL), ("Max", Colour.PLUM)):
        ws, account = stage.client(name, colour)
        stage.hold(ws, stage.post(ws, account, f"Held of {name}"))
        stage.post(ws, account, f"Out of {name}", minutes=90)
    stage.open(stage.desk)
    words = stage.words()
    assert "Rosa" in words
    assert "Max" in words
    assert len(cards(stage)) == 2
    marks = [line.look.mark for line in stage.view._going._model.rows]
    assert len({getattr(mark, "colour", None) for mark in marks}) == 2


def test_what_waits_for_a_decision_is_not_listed_as_going_out(stage: Stage) -> None:
    ws, account = stage.client("Rosa")
    stage.hold(ws, stage.post(ws, account, "Retenue", minutes=30))
    stage.post(ws, account, "Prévue", minutes=60)
    stage.open(ws)
    assert len(cards(stage)) == 1
    assert [line.look.title for line in stage.view._going._model.rows] == ["Prévue"]


def test_on_the_desk_all_hours_are_of_one_clock_and_another_is_named(stage: Stage) -> None:
    ws = asyncio.run(stage.desk.create("Rosa", Colour.TEAL, "America/Halifax"))
    account = link(ws, stage.network, "rosa")
    here = stage.clock.now().astimezone(ZoneInfo(stage.clock.zone_name()))
    stage.hold(ws, stage.post(ws, account, "Retenue", minutes=30))
    stage.post(ws, account, "Prévue", minutes=60)
    stage.open(stage.desk)
    [going] = stage.view._going._model.rows
    assert going.look.time == stage.shell.formats.time((here + timedelta(minutes=60)).replace(tzinfo=None))
    assert "Halifax" in stage.words()
    stage.open(ws)
    assert not [text for text in cards(stage)[0].findChildren(Text) if text.isVisible() and "Halifax" in text.text()]


def test_an_account_in_trouble_is_a_banner_that_leads_to_it(stage: Stage) -> None:
    ws, account = stage.client("Rosa")
    with ws.write() as session:
        accounts.set_health(session, account, Health.RECONNECT, stage.clock.now())
    stage.open(ws)
    banner = next(one for one in stage.view.findChildren(Banner) if one.isVisible())
    assert "rosa" in banner.accessibleName()
    stage.view.opened.emit(("account", ws.client.id, account))
    assert stage.shell.went == [Target("accounts", ws.client.id, account)]


def test_french_dates_and_hours_are_quebecs(stage: Stage, french: Formats) -> None:
    ws, account = stage.client("Rosa")
    stage.post(ws, account, "Bonjour", minutes=30)
    stage.shell.formats = french
    stage.open(ws)
    assert "Mardi 1" in stage.view._date.text()
    assert [line.look.time for line in stage.view._going._model.rows] == ["9\u00a0h\u00a030"]


def test_what_changes_is_seen_and_long_lists_lead_to_their_rooms(stage: Stage) -> None:
    ws, account = stage.client("Rosa")
    stage.open(ws)
    for number in range(9):
        stage.post(ws, account, f"Post {number}", minutes=60 + number)
    stage.settle()
    section: Section = stage.view._going
    assert len(section._model.rows) == 8
    assert section._more.isVisible()
    section._more.click()
    assert stage.shell.went == [Target("calendar", ws.client.id)]
