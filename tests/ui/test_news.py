"""What happens in the engine reaches the window: no network, new messages, decisions, trouble, another publisher."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import pytest
from filelock import FileLock
from PySide6.QtNetwork import QNetworkInformation
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from cmdesk.domain.alarms import AlarmKind
from cmdesk.domain.changes import Changes, Topic
from cmdesk.domain.errors import DiskFull, KeyringLocked, NoNetwork, SecretMissing
from cmdesk.domain.ids import AccountId
from cmdesk.services import instinct
from cmdesk.services.home import Home
from cmdesk.services.syncing import Pulled
from cmdesk.store import alerts
from cmdesk.ui.inbox.view import InboxView
from cmdesk.ui.news import News
from cmdesk.ui.notices import Notices
from cmdesk.ui.screens import Target
from cmdesk.ui.senses import Senses
from cmdesk.ui.widgets.states import Banner
from cmdesk.ui.widgets.toast import Toast
from tests.helpers.clocks import FakeClock
from tests.helpers.desks import open_desk
from tests.helpers.disks import SmallDisk, small_disk
from tests.helpers.fake_network import FakeNetwork
from tests.helpers.keyrings import InMemoryKeyring
from tests.journeys.whole_program import Her

BAKERY, THEATRE = "Boulangerie du Coin", "Théâtre de la Butte"


class Tray:
    """Desktop notices as they would have been shown."""

    def __init__(self) -> None:
        self.said: list[tuple[str, ...]] = []

    def messages(self, client: str, count: int, preview: str = "") -> bool:
        self.said.append((client, str(count), preview))
        return True

    def alert(self, client: str, sentence: str) -> bool:
        self.said.append((client, "alert", sentence))
        return True

    def decision(self, client: str) -> bool:
        self.said.append((client, "decision"))
        return True


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def her(qtbot: QtBot, qapp: QApplication, scratch_home: Path, clock: FakeClock, memory_keyring: InMemoryKeyring) -> Iterator[Her]:
    desk = open_desk(scratch_home, FakeNetwork(clock), clock, keyring=memory_keyring)
    for name in (BAKERY, THEATRE):
        asyncio.run(desk.create(name))
    asyncio.run(desk.close())
    person = Her(qtbot, qapp, scratch_home, clock, memory_keyring, locale="en-CA")
    yield person
    person.quits()


@pytest.fixture
def tray() -> Tray:
    return Tray()


@pytest.fixture
def news(her: Her, tray: Tray) -> News:
    """The news of an open window, with a tray that remembers."""
    her.starts()
    her.until(lambda: her.told[-1:] == ["usable"])
    life = her.root.life
    assert life._news is not None
    life._news.deleteLater()
    return News(life.window, life.desk, life.bridge, cast("Notices", tray))


def pulled(her: Her, name: str, fresh: int = 0, problem: Exception | None = None) -> Pulled:
    return Pulled(her.client(name).client.id, AccountId(1), fresh=fresh, problem=problem)  # type: ignore[arg-type]  # any error of ours


def toast(her: Her) -> str:
    return next((one.accessibleName() for one in her.window.findChildren(Toast) if not one.isHidden()), "")


def banner(her: Her) -> str:
    found = [one for one in her.window.findChildren(Banner) if one.isVisible()]
    return found[0].accessibleName() if found else ""


def test_messages_that_came_together_are_told_once(her: Her, news: News, tray: Tray) -> None:
    news.pulled(pulled(her, BAKERY, 2))
    news.pulled(pulled(her, THEATRE, 1))
    her.until(lambda: toast(her) != "")
    assert BAKERY in toast(her)
    assert THEATRE in toast(her)
    assert "3" in toast(her)
    assert [said[:2] for said in tray.said] == [(BAKERY, "2"), (THEATRE, "1")]


def test_an_alert_is_told_to_the_desktop_once(her: Her, news: News, tray: Tray) -> None:
    ws = her.client(BAKERY)

    async def raised() -> None:
        with ws.write() as session:
            alerts.raise_alert(session, AlarmKind.VIRAL, "1:t", {"people": 30, "number": 50}, at=ws.clock.now())

    her.root.life.engine.submit(raised()).result(20)
    news.pulled(pulled(her, THEATRE))
    news.pulled(pulled(her, BAKERY))
    her.until(lambda: instinct.to_tell(ws) == ())
    news.pulled(pulled(her, BAKERY))
    news.pulled(pulled(her, THEATRE, 1))
    her.until(lambda: tray.said[-1][0] == THEATRE)
    assert tray.said[:-1] == [(BAKERY, "alert", "30 people are talking in one conversation.")]
    assert [one.seen_at for one in instinct.alerts(ws)] == [None]


def test_no_toast_over_the_list_in_which_they_arrive_nor_over_an_undo(her: Her, news: News, tray: Tray) -> None:
    her.window.go(Target("inbox", None))
    news.pulled(pulled(her, BAKERY, 1))
    her.until(lambda: len(tray.said) == 1)
    assert toast(her) == ""
    her.window.go(Target("today", None))
    her.window.toast("Archived.", lambda: None)
    news.pulled(pulled(her, BAKERY, 1))
    her.until(lambda: len(tray.said) == 2)
    assert toast(her) == "Archived."


def test_a_post_that_needs_a_decision_is_told_to_the_desktop(her: Her, news: News, tray: Tray) -> None:
    bakery = her.client(BAKERY).client.id
    news._waiting = {card.id: card.needs_you - (card.id == bakery) for card in her.window.cards}
    her.root.life.bridge.announce(Changes(bakery, frozenset({Topic.OUTBOX})))
    her.until(lambda: tray.said == [(BAKERY, "decision")])


def test_a_full_disk_stands_over_every_screen_until_something_can_be_written(her: Her, news: News) -> None:
    news.trouble("fetch", DiskFull())
    her.until(lambda: "disk is full" in banner(her))
    news.written()
    her.until(lambda: banner(her) == "")


def test_what_is_closed_stays_closed_until_it_comes_anew(her: Her, news: News) -> None:
    news.trouble("fetch", DiskFull())
    her.until(lambda: banner(her) != "")
    close = [one for one in her.window.findChildren(QPushButton) if one.text() == "Close" and one.isVisible()]
    close[0].click()
    assert banner(her) == ""
    news.trouble("publish", DiskFull())
    news.pulled(pulled(her, BAKERY, problem=KeyringLocked()))
    her.until(lambda: "keyring" in banner(her).casefold())
    news.pulled(pulled(her, BAKERY))
    her.until(lambda: banner(her) == "")
    news.written()
    news.trouble("fetch", DiskFull())
    her.until(lambda: "disk is full" in banner(her))


def test_what_concerns_one_account_or_the_network_is_said_where_it_belongs(her: Her, news: News, tray: Tray) -> None:
    news.pulled(pulled(her, BAKERY, problem=SecretMissing(account="1", name="access_token")))
    news.pulled(pulled(her, BAKERY, problem=NoNetwork()))
    news.pulled(pulled(her, BAKERY, 1))
    her.until(lambda: len(tray.said) == 1)
    assert banner(her) == ""


def test_a_call_that_nobody_answers_for_is_said_in_passing(her: Her, news: News) -> None:
    async def fails() -> None:
        raise DiskFull

    del news
    her.root.life.bridge.run(fails())
    her.until(lambda: "disk is full" in toast(her))


def test_the_agent_publishes_and_the_window_says_so_until_it_ends(her: Her, scratch_home: Path, clock: FakeClock) -> None:
    agent = FileLock(Home(scratch_home).publisher_lock)
    with agent:
        her.starts()
        her.until(lambda: "agent publishes" in banner(her))
    her.until(lambda: clock.sleeping >= 2)
    her.lets_pass(60, until=lambda: banner(her) == "")
    assert banner(her) == ""


@pytest.mark.expects_log("the loop look failed")
def test_a_loop_that_failed_begins_anew_and_the_others_go_on(her: Her, monkeypatch: pytest.MonkeyPatch) -> None:
    her.starts()
    her.until(lambda: her.told[-1:] == ["usable"])
    desk, looks = her.root.desk, []

    async def look() -> None:
        looks.append(1)
        if len(looks) == 1:
            raise DiskFull

    monkeypatch.setattr(desk, "look_outside", look)
    # Said until something is written again, which the publisher's own sign of life does.
    said: list[str] = []

    def seen() -> bool:
        said.append(banner(her))
        return len(looks) >= 3

    her.lets_pass(120, until=seen)
    assert len(looks) >= 3
    assert any("disk is full" in words for words in said)


def test_without_a_network_the_mark_and_the_inbox_say_it_and_it_comes_back(her: Her) -> None:
    her.starts(practice=True)
    her.until(lambda: her.told[-1:] == ["usable"] and len(her.root.desk.workspaces) == 3)
    view = her.goes_to("inbox", her.root.desk.workspaces[0].client.id, InboxView)
    her.root.practising.network.offline = True
    her.lets_pass(200, until=view.offline.isVisible)
    assert view.offline.isVisible()
    assert her.window._offline.isVisible()
    her.window.go(Target("inbox", her.root.desk.workspaces[1].client.id))
    assert view.offline.isVisible()
    her.root.practising.network.offline = False
    her.lets_pass(900, until=lambda: not view.offline.isVisible())
    assert not view.offline.isVisible()
    assert not her.window._offline.isVisible()


def test_the_network_coming_back_is_noticed_once_per_gap(qapp: QApplication, qtbot: QtBot) -> None:
    del qtbot
    reach = QNetworkInformation.Reachability
    senses = Senses(qapp, qapp)
    senses.reached(reach.Online)
    back: list[int] = []
    senses.network_back.connect(lambda: back.append(1))
    for how in (reach.Disconnected, reach.Online, reach.Site, reach.Disconnected, reach.Local):
        senses.reached(how)
    assert len(back) == 2
    senses.deleteLater()


def test_the_inbox_tab_counts_who_waits_here(her: Her) -> None:
    her.starts(practice=True)
    her.until(lambda: her.told[-1:] == ["usable"] and len(her.root.desk.workspaces) == 3)
    her.until(lambda: sum(card.awaiting for card in her.window.cards) > 12)
    tab = her.window._tabs["inbox"]
    assert str(sum(card.awaiting for card in her.window.cards)) in tab.accessibleName()
    card = her.window.cards[0]
    her.window.go(Target("today", card.id))
    assert str(card.awaiting) in tab.accessibleName()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    with small_disk(tmp_path / "disk", 8) as made:
        yield made


@pytest.fixture
def on_a_small_disk(
    qtbot: QtBot, qapp: QApplication, disk: SmallDisk, clock: FakeClock, memory_keyring: InMemoryKeyring
) -> Iterator[Her]:
    home = disk.folder / "home"
    desk = open_desk(home, FakeNetwork(clock), clock, keyring=memory_keyring)
    for name in (BAKERY, THEATRE):
        asyncio.run(desk.create(name))
    asyncio.run(desk.close())
    person = Her(qtbot, qapp, home, clock, memory_keyring, locale="en-CA")
    yield person
    person.quits()


def test_a_full_disk_is_told_over_the_screens_until_there_is_room(
    on_a_small_disk: Her, disk: SmallDisk, clock: FakeClock
) -> None:
    disk.fill()
    her = on_a_small_disk
    her.starts()
    her.until(lambda: banner(her).startswith("The disk is full, so nothing can be saved."))
    assert {card.name: card.trouble for card in her.window.cards} == {BAKERY: None, THEATRE: None}
    disk.make_room()

    def passes() -> bool:
        clock.advance(1)
        return banner(her) == ""

    her.until(passes)


@pytest.mark.expects_log("the loop publish failed: read_only")
def test_a_folder_that_cannot_be_written_is_looked_at(on_a_small_disk: Her, disk: SmallDisk) -> None:
    disk.read_only()
    her = on_a_small_disk
    her.starts()
    her.until(lambda: banner(her).startswith("The data folder cannot be written, so nothing can be saved."))
    assert {card.name: card.trouble for card in her.window.cards} == {BAKERY: None, THEATRE: None}
