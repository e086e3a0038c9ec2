"""A queue that may have gone out elsewhere, or before, is held until a person has said which file is the real one."""

from __future__ import annotations

import random
import shutil
import sqlite3
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from cmdesk.domain.delivery import HeldBecause, State
from cmdesk.domain.errors import NotAllowed
from cmdesk.domain.guard import Answer, HoldReason
from cmdesk.domain.ids import DeliveryId
from cmdesk.domain.post import PostEdit, Variant
from cmdesk.domain.schedule import at_instant
from cmdesk.services import composing, guarding, lease, planning, publishing, safekeeping
from cmdesk.services.desk import Desk
from cmdesk.services.home import Home
from cmdesk.services.machine import InMemory, Machine
from cmdesk.services.publishing import Publisher
from cmdesk.services.workspace import Workspace
from cmdesk.vault import Vault
from tests.helpers.clocks import FakeClock
from tests.helpers.desks import at_once, link, speaking_to
from tests.helpers.fake_network import FakeNetwork
from tests.helpers.keyrings import InMemoryKeyring, locked

pytestmark = pytest.mark.asyncio


class Computer:
    """A computer: a keyring, what it remembers outside of data folders, and desks opened on it."""

    def __init__(self, bench: Bench, host: str) -> None:
        self.bench = bench
        self.host = host
        self.keyring = InMemoryKeyring()
        self.outside = InMemory()
        self.desks: list[Desk] = []

    def open(self, folder: Path) -> tuple[Workspace, Publisher]:
        home = Home(folder)
        home.prepare()
        vault = Vault(self.keyring)
        desk = Desk(
            home,
            vault=vault,
            clock=self.bench.clock,
            on_change=lambda _changes: None,
            connectors=speaking_to(self.bench.network),
            helper=at_once,
            rng=random.Random(1),
            machine=Machine(self.outside, vault, self.host),
        )
        desk.scan()
        self.desks.append(desk)
        publisher = Publisher(desk, self.bench.clock, random.Random(2))
        return (desk.workspaces[0] if desk.workspaces else self.bench.ws), publisher

    async def close(self) -> None:
        while self.desks:
            await self.desks.pop().close()


class Bench:
    """A client with one account and three planned posts, on one computer, and a second computer beside it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.home = folder / "home"
        self.clock = FakeClock()
        self.network = FakeNetwork(self.clock)
        self.network.remembers_keys = False  # or the network would hide a second write
        self.here = Computer(self, "here")
        self.there = Computer(self, "there")
        self.ws: Workspace
        self.publisher: Publisher
        self.posts: list[DeliveryId] = []

    async def begin(self) -> None:
        _, self.publisher = self.open_empty()
        desk = self.here.desks[0]
        self.ws = await desk.create("Rosa", timezone="America/Toronto")
        account = link(self.ws, self.network, "rosa")
        for minutes in (10, 20, 300):
            post = await composing.create(self.ws, PostEdit(text=f"after {minutes}", variants=(Variant(account),)))
            when = at_instant(self.clock.now() + timedelta(minutes=minutes), "America/Toronto")
            self.posts += await planning.schedule(self.ws, post.id, when)

    def open_empty(self) -> tuple[Home, Publisher]:
        home = Home(self.home)
        home.prepare()
        vault = Vault(self.here.keyring)
        desk = Desk(
            home,
            vault=vault,
            clock=self.clock,
            on_change=lambda _changes: None,
            connectors=speaking_to(self.network),
            helper=at_once,
            rng=random.Random(1),
            machine=Machine(self.here.outside, vault, "here"),
        )
        self.here.desks.append(desk)
        return home, Publisher(desk, self.clock, random.Random(2))

    async def restart(self) -> None:
        await self.here.close()
        self.ws, self.publisher = self.here.open(self.home)

    async def send_first(self) -> None:
        self.clock.advance(600)
        assert (await self.publisher.tick()).sent == 1

    def copy(self, name: str, *, keys: bool = False, to: Computer | None = None) -> tuple[Workspace, Publisher]:
        """Copies the whole data folder as ``cp -a`` would, and opens the copy."""
        shutil.copytree(self.home, self.folder / name)
        if keys:
            self.there.keyring.entries.update(
                {key: value for key, value in self.here.keyring.entries.items() if key[0] != "cmdesk"}
            )
        return (to or self.here).open(self.folder / name)

    @property
    def live(self) -> list[str]:
        return sorted(status.text for status in self.network.live("rosa"))


@pytest_asyncio.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    made = Bench(tmp_path)
    await made.begin()
    yield made
    await made.here.close()
    await made.there.close()


def because(ws: Workspace) -> HoldReason | None:
    hold = guarding.hold_of(ws)
    return None if hold is None else hold.because


def states(ws: Workspace) -> list[tuple[State, HeldBecause | None]]:
    return [(row.state, row.held_because) for row in publishing.outbox_rows(ws)]


async def test_the_real_one_goes_on_over_restarts_and_when_its_folder_is_moved(bench: Bench) -> None:
    await bench.send_first()
    await bench.restart()
    bench.clock.advance(600)
    assert (await bench.publisher.tick()).sent == 1
    await bench.here.close()
    bench.home.rename(bench.folder / "elsewhere")
    bench.ws, bench.publisher = bench.here.open(bench.folder / "elsewhere")
    bench.clock.advance(280 * 60)
    ticked = await bench.publisher.tick()
    assert (ticked.sent, ticked.stopped, bench.live) == (1, 0, ["after 10", "after 20", "after 300"])


@pytest.mark.parametrize("armed_before", [True, False], ids=["armed", "never armed"])
@pytest.mark.parametrize("copy_first", [True, False], ids=["the copy first", "the real one first"])
async def test_a_copied_folder_on_the_same_computer_never_posts_again(bench: Bench, armed_before: bool, copy_first: bool) -> None:
    if armed_before:
        await guarding.assess(bench.ws)
    copy, its_publisher = bench.copy("copy")
    bench.clock.advance(1260)
    publishers = [its_publisher, bench.publisher] if copy_first else [bench.publisher, its_publisher]
    for _ in range(4):
        for publisher in publishers:
            await publisher.tick()
        bench.clock.advance(61)
    assert bench.live == ["after 10", "after 20"]  # each once, whoever sent it
    held = [ws for ws in (copy, bench.ws) if because(ws) is HoldReason.COPIED]
    # An armed file betrays its copy; of two that were never armed, whoever comes first is taken for the real one.
    assert held == ([copy] if armed_before or not copy_first else [bench.ws])


async def test_a_person_says_that_the_copy_is_the_real_one(bench: Bench) -> None:
    await bench.send_first()
    copy, its_publisher = bench.copy("copy")
    assert (await its_publisher.tick()).stopped == 0  # nothing is due: nobody asks
    assert await guarding.assess(copy) is not None
    done = await guarding.confirm(copy, Answer.REAL)
    assert (done.hold, done.to_look_at, because(copy)) == (None, 0, None)  # it knows all that was ever sent
    bench.clock.advance(600)
    assert (await its_publisher.tick()).sent == 1
    assert (await bench.publisher.tick()).stopped == 1
    assert (because(bench.ws), bench.live) == (HoldReason.COPIED, ["after 10", "after 20"])
    # And back again: now the first one does not know what the other has sent.
    done = await guarding.confirm(bench.ws, Answer.REAL)
    assert (done.hold, done.to_look_at) == (None, 2)
    assert states(bench.ws)[1:] == [(State.HELD, HeldBecause.DOUBT)] * 2
    bench.clock.advance(300 * 60)
    assert (await bench.publisher.tick()).sent == 0
    assert (await its_publisher.tick()).stopped == 1


async def test_a_person_says_that_the_other_one_is_real(bench: Bench) -> None:
    await bench.send_first()
    copy, its_publisher = bench.copy("copy")
    await guarding.assess(copy)
    done = await guarding.confirm(copy, Answer.OTHER)
    assert done.hold is not None
    assert done.hold.retired
    bench.clock.advance(600)
    assert ((await its_publisher.tick()).stopped, (await bench.publisher.tick()).sent) == (1, 1)
    assert bench.live == ["after 10", "after 20"]
    with pytest.raises(NotAllowed):
        await guarding.confirm(bench.ws, Answer.REAL)


@pytest.mark.parametrize("in_place", [True, False], ids=["written over", "another file"])
async def test_a_file_put_back_by_hand_holds_all_that_it_calls_planned(bench: Bench, in_place: bool) -> None:
    await guarding.assess(bench.ws)
    path = bench.ws.folder / "client.sqlite"
    await bench.here.close()
    kept = bench.folder / "kept.sqlite"
    shutil.copyfile(path, kept)
    await bench.restart()
    await bench.send_first()
    await bench.here.close()
    if in_place:
        path.write_bytes(kept.read_bytes())
    else:
        path.unlink()
        shutil.copyfile(kept, path)
    await bench.restart()
    bench.clock.advance(15 * 60)
    for _ in range(3):
        assert (await bench.publisher.tick()).stopped == 1
        bench.clock.advance(61)
    # A file system may give a new file the number of the one that was removed; the journal tells then.
    assert because(bench.ws) in ({HoldReason.RESTORED} if in_place else {HoldReason.RESTORED, HoldReason.REPLACED})
    assert bench.live == ["after 10"]
    done = await guarding.confirm(bench.ws, Answer.REAL)
    assert done.to_look_at == 3
    assert states(bench.ws) == [(State.HELD, HeldBecause.DOUBT)] * 3
    await bench.publisher.tick()
    assert bench.live == ["after 10"]
    await publishing.decide(bench.ws, bench.posts[2], publishing.Keep())
    bench.clock.advance(300 * 60 - 25 * 60)
    await bench.publisher.tick()
    assert bench.live == ["after 10", "after 300"]


async def test_a_backup_restored_by_us_holds_each_post_and_asks_no_more(bench: Bench) -> None:
    await bench.send_first()
    made = await safekeeping.backup(bench.ws)
    desk = bench.here.desks[0]
    assert await safekeeping.restore(desk, bench.ws.client.id, made.path) == 2
    ws = desk.workspaces[0]
    bench.clock.advance(600)
    ticked = await bench.publisher.tick()
    assert (ticked.sent, ticked.stopped, because(ws)) == (0, 0, None)
    assert states(ws)[1:] == [(State.HELD, HeldBecause.DOUBT)] * 2


@pytest.mark.parametrize("same_keyring", [False, True], ids=["another keyring", "the keyring came along"])
async def test_another_computer_sends_nothing_until_a_person_says_so(bench: Bench, same_keyring: bool) -> None:
    await bench.send_first()
    if same_keyring:
        bench.there.keyring = bench.here.keyring
    copy, its_publisher = bench.copy("usb", keys=not same_keyring, to=bench.there)
    bench.clock.advance(600)
    assert (await its_publisher.tick()).stopped == 1
    assert (because(copy), bench.live) == (HoldReason.OTHER_COMPUTER, ["after 10"])
    lease.end(Home(bench.folder / "usb"), Machine(InMemory(), Vault(InMemoryKeyring()), "here"))
    done = await guarding.confirm(copy, Answer.REAL)
    assert (done.hold, done.to_look_at) == (None, 2)


async def test_the_same_computer_with_another_installation_id_is_another_installation(bench: Bench) -> None:
    await bench.send_first()
    await bench.here.close()
    bench.here.keyring.entries["cmdesk", "install-id"] = "somebody else"
    await bench.restart()
    bench.clock.advance(600)
    assert (await bench.publisher.tick()).stopped == 1
    assert because(bench.ws) is HoldReason.OTHER_COMPUTER


@pytest.mark.expects_log("a queue could not be armed")
async def test_a_keyring_that_is_shut_today_makes_no_stranger_of_us(bench: Bench) -> None:
    await bench.send_first()
    kept = bench.here.keyring
    await bench.here.close()
    bench.here.keyring = locked()
    await bench.restart()
    assert await guarding.assess(bench.ws) is None
    await bench.here.close()
    bench.here.keyring = kept
    await bench.restart()
    assert await guarding.assess(bench.ws) is None


async def test_without_any_keyring_the_place_and_the_computer_are_evidence_enough(bench: Bench) -> None:
    await bench.here.close()
    bench.here.keyring = locked()
    await bench.restart()
    assert await guarding.assess(bench.ws) is None
    copy, _ = bench.copy("copy")
    hold = await guarding.assess(copy)
    assert hold is not None
    assert hold.because is HoldReason.COPIED
    assert dict(hold.detail)["there"] == str(bench.ws.folder / "client.sqlite")


async def test_a_folder_shared_by_two_computers_is_published_by_one(bench: Bench) -> None:
    """The folder lies on a network drive: each computer's lock is free, and the file is the same."""
    await bench.send_first()
    ws, its_publisher = bench.there.open(bench.home)
    bench.clock.advance(60)
    assert lease.renew(Home(bench.home), Machine(bench.here.outside, Vault(bench.here.keyring), "here"), "id", bench.clock)
    hold = await guarding.assess(ws)
    assert hold is not None
    assert hold.because is HoldReason.RUNNING_ELSEWHERE
    with pytest.raises(NotAllowed, match="running_elsewhere"):
        await guarding.confirm(ws, Answer.REAL)
    # Its last sign of life is old: it may be asleep, so a person is asked all the same.
    bench.clock.advance(600)
    assert (await its_publisher.tick()).stopped == 1
    assert because(ws) is HoldReason.OTHER_COMPUTER
    await guarding.confirm(ws, Answer.REAL)
    assert (await its_publisher.tick()).sent == 0  # what was planned wants a look first
    # The first one wakes: its queue was armed by somebody else meanwhile.
    bench.clock.advance(600)
    hold = await guarding.assess(bench.ws)
    assert hold is not None
    assert hold.because is HoldReason.OTHER_COMPUTER
    assert bench.live == ["after 10"]


async def test_a_clock_before_the_last_sending_stops_the_queue_until_it_is_right(bench: Bench) -> None:
    await bench.send_first()
    bench.clock.advance(600)
    bench.clock.jump(-1000)
    await publishing.decide(bench.ws, bench.posts[1], publishing.Now())
    assert (await bench.publisher.tick()).stopped == 1
    assert because(bench.ws) is HoldReason.CLOCK_BACK
    bench.clock.jump(1000)
    assert (await bench.publisher.tick()).sent == 1
    assert because(bench.ws) is None


async def test_a_person_says_that_the_clock_is_right_now(bench: Bench) -> None:
    bench.clock.jump(86_400)
    await publishing.decide(bench.ws, bench.posts[0], publishing.Now())
    assert (await bench.publisher.tick()).sent == 1
    bench.clock.jump(-86_400)
    bench.clock.advance(601)
    assert (await bench.publisher.tick()).stopped == 0  # held as late while the clock was wrong
    assert await guarding.assess(bench.ws) is not None
    assert (await guarding.confirm(bench.ws, Answer.REAL)).to_look_at == 0
    assert await guarding.assess(bench.ws) is None


async def test_a_damaged_file_stops_the_queue(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    path = bench.ws.folder / "client.sqlite"
    await bench.here.close()
    plain = sqlite3.connect(path)
    plain.execute("PRAGMA writable_schema = ON")
    # An index that says less than its table: the kind of damage that opening a file does not find.
    root = plain.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'delivery_by_remote'").fetchone()[0]
    size = plain.execute("PRAGMA page_size").fetchone()[0]
    plain.close()
    content = bytearray(path.read_bytes())
    start = (root - 1) * size
    content[start + 3 : start + 5] = (0).to_bytes(2, "big")
    path.write_bytes(content)
    await bench.restart()
    bench.clock.advance(600)
    assert (await bench.publisher.tick()).stopped == 1
    assert because(bench.ws) is HoldReason.DAMAGED
    assert bench.live == []


async def test_a_copy_opened_while_we_run_is_noticed_at_the_next_claim(bench: Bench) -> None:
    await bench.send_first()
    copy, its_publisher = bench.copy("copy")
    await guarding.assess(copy)
    await guarding.confirm(copy, Answer.REAL)
    bench.clock.advance(600)
    assert (await bench.publisher.tick()).stopped == 1
    assert (await its_publisher.tick()).sent == 1
    assert bench.live == ["after 10", "after 20"]


async def test_every_hold_and_every_word_stands_in_the_journal(bench: Bench) -> None:
    await bench.send_first()
    copy, _ = bench.copy("copy")
    await guarding.assess(copy)
    await guarding.assess(copy)
    await guarding.confirm(copy, Answer.REAL)
    with copy.read() as connection:
        rows = connection.execute(
            "SELECT event, outcome FROM journal WHERE event IN ('held', 'confirmed') ORDER BY id"
        ).fetchall()
    assert rows == [("held", "copied"), ("confirmed", "real")]
