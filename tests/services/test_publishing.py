"""A due post goes out exactly once, or somebody is told; whatever the network, the disk and the clock do."""

from __future__ import annotations

import asyncio
import gc
import itertools
import os
import random
import tracemalloc
from collections.abc import AsyncIterator
from datetime import datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from msgspec.structs import replace
from PIL import Image

from cmdesk.domain.account import Health, Identity
from cmdesk.domain.agent import Who
from cmdesk.domain.changes import Changes, Topic
from cmdesk.domain.crash import CrashPoint, no_crash
from cmdesk.domain.delivery import Delivery, Envelope, HeldBecause, State
from cmdesk.domain.errors import AuthRevoked, DiskFull, NotAllowed, ServerTrouble
from cmdesk.domain.guard import LEASE
from cmdesk.domain.ids import AccountId, DeliveryId
from cmdesk.domain.post import PostEdit, Variant
from cmdesk.domain.schedule import resolve
from cmdesk.domain.secret import Secret
from cmdesk.networks.port import Outcome, SecondWrite
from cmdesk.services import composing, lease, planning, publishing, reconciling
from cmdesk.services.desk import Desk
from cmdesk.services.publishing import Publisher
from cmdesk.services.workspace import TOKEN, Workspace
from cmdesk.store import accounts, outbox, settling
from tests.helpers.clocks import FakeClock
from tests.helpers.desks import link, lose_secret, open_desk
from tests.helpers.fake_network import FakeConnector, FakeNetwork, Fault
from tests.helpers.keyrings import InMemoryKeyring

pytestmark = pytest.mark.asyncio


class Killed(BaseException):
    """The process ends here."""


class Bench:
    """One client with one account, and a publisher."""

    def __init__(self, folder: Path) -> None:
        self.clock = FakeClock()
        self.network = FakeNetwork(self.clock)
        self.folder = folder
        self.keyring = InMemoryKeyring()
        self.desk: Desk
        self.ws: Workspace
        self.account: AccountId
        self.publisher: Publisher

    async def begin(self) -> None:
        self.desk = open_desk(self.folder, self.network, self.clock, keyring=self.keyring)
        self.ws = await self.desk.create("Rosa", timezone="America/Toronto")
        self.account = link(self.ws, self.network, "rosa")
        self.hire()

    def hire(self, crash: CrashPoint = no_crash) -> None:
        self.publisher = Publisher(self.desk, self.clock, random.Random(7), crash=crash)

    async def restart(self) -> None:
        await self.desk.close()
        self.desk = open_desk(self.folder, self.network, self.clock, keyring=self.keyring)
        self.ws = self.desk.find("Rosa")
        self.hire()
        await self.publisher.recover(self.ws)

    async def post(self, text: str, minutes: int = 10) -> DeliveryId:
        post = await composing.create(self.ws, PostEdit(text=text, variants=(Variant(self.account),)))
        when = resolve(self.wall(minutes), "America/Toronto")
        return (await planning.schedule(self.ws, post.id, when))[0]

    def wall(self, minutes: int) -> datetime:
        there = self.clock.now() + timedelta(minutes=minutes)
        return there.astimezone(ZoneInfo("America/Toronto")).replace(tzinfo=None)

    def look(self, delivery: DeliveryId) -> Delivery:
        return planning.delivery(self.ws, delivery)

    async def asleep(self) -> None:
        """Lets the loop run until it sleeps."""
        while not self.clock.sleeping:  # noqa: ASYNC110 - the clock has no event, and every turn lets the loop go on
            await asyncio.sleep(0)

    async def until(self, delivery: DeliveryId, state: State) -> None:
        """Lets the loop run until a delivery stands somewhere."""
        while self.look(delivery).state is not state:  # noqa: ASYNC110 - as above
            await asyncio.sleep(0)

    def account_health(self) -> Health:
        with self.ws.read() as connection:
            return accounts.account(connection, self.account).health

    @property
    def live(self) -> list[str]:
        return [status.text for status in self.network.live("rosa")]

    @property
    def writes(self) -> int:
        return sum(call.operation == "publish" for call in self.network.calls)


@pytest_asyncio.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    made = Bench(tmp_path / "home")
    await made.begin()
    yield made
    await made.desk.close()


async def test_a_post_leaves_at_its_time_and_not_before(bench: Bench) -> None:
    delivery = await bench.post("Fresh bread at seven")
    assert (await bench.publisher.tick()).sent == 0
    bench.clock.advance(600)
    assert (await bench.publisher.tick()).sent == 1
    found = bench.look(delivery)
    assert (found.state, bench.live) == (State.SENT, ["Fresh bread at seven"])
    assert found.remote_id == bench.network.live("rosa")[0].remote_id
    assert found.sent_at == bench.clock.now()
    assert (await bench.publisher.tick()).moved == 0
    assert bench.writes == 1
    journal = publishing.attempts(bench.ws, delivery)
    assert [(line.kind, line.outcome) for line in journal] == [("send", "published")]


async def test_who_am_i_is_asked_once_before_the_first_write(bench: Bench) -> None:
    for number in range(3):
        await bench.post(f"Post {number}")
    bench.clock.advance(600)
    for _ in range(3):
        await bench.publisher.tick()
        bench.clock.advance(60)
    operations = [call.operation for call in bench.network.calls]
    assert operations == ["whoami", "publish", "publish", "publish"]


async def test_a_post_that_is_late_beyond_the_grace_is_held_and_a_person_lets_it_go(bench: Bench) -> None:
    delivery = await bench.post("Too late?")
    bench.clock.advance(600 + 31 * 60)
    assert (await bench.publisher.tick()).held == 1
    found = bench.look(delivery)
    assert (found.state, found.held_because, bench.network.calls) == (State.HELD, HeldBecause.LATE, [])
    await publishing.decide(bench.ws, delivery, publishing.Now())
    assert bench.look(delivery).planned == found.planned
    assert (await bench.publisher.tick()).sent == 1
    assert bench.live == ["Too late?"]


async def test_within_the_grace_it_leaves_by_itself(bench: Bench) -> None:
    await bench.post("A little late")
    bench.clock.advance(600 + 29 * 60)
    assert (await bench.publisher.tick()).sent == 1


async def test_a_sleep_of_a_night_holds_everything_before_anything_is_sent(bench: Bench) -> None:
    night = await bench.post("For the night", 30)
    morning = await bench.post("For the morning", 60 * 9)
    bench.clock.jump(60 * 60 * 9 + 60)  # the monotonic clock stood still: the computer slept
    ticked = await bench.publisher.tick()
    assert (ticked.held, ticked.sent) == (1, 1)
    assert bench.look(night).held_because is HeldBecause.LATE
    assert bench.look(morning).state is State.SENT
    assert bench.live == ["For the morning"]


async def test_when_the_network_is_back_what_was_put_off_goes_at_once(bench: Bench) -> None:
    delivery = await bench.post("Bonjour")
    bench.clock.advance(11 * 60)
    bench.network.fail("any", *[Fault.REFUSE] * 2)
    assert (await bench.publisher.tick()).put_off == 1
    bench.network.heal()
    assert (await bench.publisher.tick()).sent == 0
    bench.publisher.hurry()
    assert (await bench.publisher.tick()).sent == 1
    assert bench.look(delivery).state is State.SENT


@pytest.mark.parametrize("fault", [Fault.DROP_BEFORE, Fault.DROP_AFTER, Fault.ERROR_BEFORE, Fault.ERROR_AFTER, Fault.MALFORMED])
async def test_what_nobody_can_tell_is_uncertain_and_never_sent_again(bench: Bench, fault: Fault) -> None:
    delivery = await bench.post("Once")
    bench.network.second_write = SecondWrite.DOUBLES
    bench.network.remembers_keys = False  # or the network would hide a second write
    bench.network.fail("publish", fault)
    bench.clock.advance(600)
    assert (await bench.publisher.tick()).uncertain == 1
    for _ in range(30):
        bench.clock.advance(120)
        await bench.publisher.tick()
        await reconciling.settle_unclear(bench.ws)
    found = bench.look(delivery)
    if fault in {Fault.DROP_BEFORE, Fault.ERROR_BEFORE}:
        assert (found.state, bench.live) == (State.UNCERTAIN, [])
        assert found.problem is not None
        assert found.problem.code == "uncertain_absent"
        await publishing.decide(bench.ws, delivery, publishing.Now())
        await bench.publisher.tick()
        found = bench.look(delivery)
    assert (found.state, bench.live) == (State.SENT, ["Once"])


@pytest.mark.expects_log("a connector failed while writing")
@pytest.mark.parametrize(
    ("raised", "reason"), [(RuntimeError("a mistake of ours"), "error"), (ServerTrouble(), "server_trouble")]
)
async def test_whatever_a_connector_raises_while_writing_proves_nothing(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, raised: Exception, reason: str
) -> None:
    """It wrote, and then something broke: a second try would be a second post."""
    real = FakeConnector.publish

    async def writes_and_breaks(connector: FakeConnector, envelope: Envelope) -> Outcome:
        await real(connector, envelope)
        raise raised

    delivery = await bench.post("Once")
    bench.network.remembers_keys = False
    bench.clock.advance(600)
    with monkeypatch.context() as change:
        change.setattr(FakeConnector, "publish", writes_and_breaks)
        for _ in range(3):
            await bench.publisher.tick()
            bench.clock.advance(120)
    found = bench.look(delivery)
    assert (found.state, bench.live) == (State.UNCERTAIN, ["Once"])
    assert found.problem is not None
    assert found.problem.params == (("reason", reason),)


@pytest.mark.parametrize("who", ["malik", "nobody"])
async def test_the_posts_of_another_person_prove_nothing(bench: Bench, monkeypatch: pytest.MonkeyPatch, who: str) -> None:
    """The key may have been changed meanwhile: that malik's posts hold nothing of ours is no sign that rosa's don't."""
    delivery = await bench.post("Once")
    bench.network.fail("publish", Fault.DROP_AFTER)
    bench.clock.advance(600)
    await bench.publisher.tick()
    real = FakeConnector.whoami

    async def another(connector: FakeConnector) -> Identity:
        if who == "nobody":
            raise AuthRevoked
        return replace(await real(connector), remote_id="4711")

    with monkeypatch.context() as change:
        change.setattr(FakeConnector, "whoami", another)
        for _ in range(12):
            bench.clock.advance(1200)
            settled = await reconciling.settle_unclear(bench.ws)
            assert (settled.found, settled.planned) == (0, 0)
    found = bench.look(delivery)
    assert (found.state, bench.live) == (State.UNCERTAIN, ["Once"])
    if who == "malik":
        assert found.problem is not None
        assert found.problem.code == "uncertain_unclear"
        return
    with bench.ws.read() as connection:
        assert connection.execute("SELECT looks FROM delivery").fetchone() == (0,), "no look took place, so none is used up"
    bench.clock.advance(1200)
    assert (await reconciling.settle_unclear(bench.ws)).found == 1
    assert bench.look(delivery).state is State.SENT


async def test_nobody_looks_before_the_quarantine_is_over(bench: Bench) -> None:
    await bench.post("Slow server")
    bench.network.fail("publish", Fault.DROP_AFTER)
    bench.clock.advance(600)
    await bench.publisher.tick()
    bench.clock.advance(14 * 60)
    assert (await reconciling.settle_unclear(bench.ws)).found == 0
    bench.clock.advance(61)
    assert (await reconciling.settle_unclear(bench.ws)).found == 1


async def test_no_network_waits_without_counting_as_a_failure(bench: Bench) -> None:
    delivery = await bench.post("On the train")
    bench.network.fail("any", *[Fault.REFUSE] * 6)
    bench.clock.advance(600)
    waits = []
    for _ in range(6):
        assert (await bench.publisher.tick()).put_off == 1
        retry_at = bench.look(delivery).retry_at
        assert retry_at is not None
        waits.append(round((retry_at - bench.clock.now()).total_seconds() / 33))
        bench.clock.advance((retry_at - bench.clock.now()).total_seconds() + 0.01)
    assert waits == sorted(waits)
    assert (waits[0], waits[1], waits[-1] >= 14) == (1, 2, True)
    found = bench.look(delivery)
    assert (found.state, found.attempts, bench.account_health()) == (State.PLANNED, 0, Health.OK)
    assert (await bench.publisher.tick()).sent == 1


async def test_a_network_that_is_back_is_used_at_once(bench: Bench) -> None:
    await bench.post("On the train")
    bench.network.fail("any", *[Fault.REFUSE] * 2)
    bench.clock.advance(600)
    await bench.publisher.tick()
    bench.clock.advance(40)
    await bench.publisher.tick()
    assert (await bench.publisher.tick()).sent == 0
    bench.publisher.hurry()
    assert (await bench.publisher.tick()).sent == 1


async def test_a_rate_limit_waits_for_the_networks_own_time(bench: Bench) -> None:
    delivery = await bench.post("Patience")
    bench.clock.advance(600)
    bench.network.fail("publish", Fault.RATE_LIMITED)
    await bench.publisher.tick()
    found = bench.look(delivery)
    assert (found.state, found.retry_at) == (State.PLANNED, bench.clock.now() + timedelta(minutes=1))
    bench.clock.advance(59)
    assert (await bench.publisher.tick()).sent == 0
    bench.clock.advance(1)
    assert (await bench.publisher.tick()).sent == 1


async def test_a_refusal_is_shown_once_a_look_has_found_nothing(bench: Bench) -> None:
    delivery = await bench.post("Not here")
    bench.network.fail("publish", Fault.REJECT)
    bench.clock.advance(600)
    assert (await bench.publisher.tick()).refused == 1
    found = bench.look(delivery)
    assert found.state is State.REFUSED
    assert found.problem is not None
    assert found.problem.code == "refused_by_network"
    assert [call.operation for call in bench.network.calls] == ["whoami", "publish", "find"]


async def test_another_identity_freezes_the_account_and_nothing_is_written(bench: Bench) -> None:
    delivery = await bench.post("In Rosa's name")
    bench.network.swap_token("token-rosa", "somebody")
    bench.clock.advance(600)
    assert (await bench.publisher.tick()).held == 1
    found = bench.look(delivery)
    assert (found.state, found.held_because, bench.writes) == (State.HELD, HeldBecause.ACCOUNT, 0)
    assert bench.account_health() is Health.WRONG_IDENTITY
    bench.network.swap_token("token-rosa", "rosa")
    with bench.ws.write() as session:
        accounts.set_health(session, bench.account, Health.OK, bench.clock.now())
        assert outbox.release_account(session, bench.account, bench.clock.now()) == 1
    assert (await bench.publisher.tick()).sent == 1


async def test_a_key_exchanged_while_we_run_is_asked_again_who_it_is(bench: Bench) -> None:
    first, second = await bench.post("Before"), await bench.post("After", 12)
    bench.clock.advance(600)
    assert (await bench.publisher.tick()).sent == 1
    bench.network.person("somebody")
    with bench.ws.read() as connection:
        uid = accounts.account(connection, bench.account).uid
    bench.ws.secrets.put(uid, TOKEN, Secret("token-somebody"))
    bench.clock.advance(120)
    assert (await bench.publisher.tick()).put_off == 1
    bench.clock.advance(60)
    assert (await bench.publisher.tick()).held == 1
    assert (bench.look(first).state, bench.look(second).held_because) == (State.SENT, HeldBecause.ACCOUNT)
    assert (bench.live, bench.network.live("somebody")) == (["Before"], ())


async def test_a_missing_key_holds_for_the_account(bench: Bench) -> None:
    delivery = await bench.post("No key")
    lose_secret(bench.ws, bench.account)
    bench.clock.advance(600)
    assert (await bench.publisher.tick()).held == 1
    assert bench.look(delivery).held_because is HeldBecause.ACCOUNT
    assert bench.account_health() is Health.SECRET_MISSING


async def test_a_key_withdrawn_between_question_and_post_holds_for_the_account(bench: Bench) -> None:
    delivery = await bench.post("Withdrawn")
    bench.network.fail("publish", Fault.REVOKED)
    bench.clock.advance(600)
    assert (await bench.publisher.tick()).held == 1
    found = bench.look(delivery)
    assert (found.held_because, bench.account_health()) == (HeldBecause.ACCOUNT, Health.RECONNECT)


async def test_an_edit_after_approval_holds_what_was_planned(bench: Bench) -> None:
    delivery = await bench.post("Original")
    post = composing.load(bench.ws, bench.look(delivery).post)
    await composing.save(bench.ws, post.id, PostEdit(text="Changed", variants=post.variants), post.revision)
    found = bench.look(delivery)
    assert (found.state, found.held_because) == (State.HELD, HeldBecause.EDITED)
    bench.clock.advance(600)
    assert (await bench.publisher.tick()).moved == 0
    await publishing.decide(bench.ws, delivery, publishing.Now())
    assert (await bench.publisher.tick()).sent == 1
    assert bench.live == ["Changed"]


async def test_words_changed_behind_our_back_are_not_sent(bench: Bench) -> None:
    delivery = await bench.post("As approved")
    with bench.ws.write() as session:
        session.connection().exec_driver_sql("UPDATE post SET text = 'Not approved'")
    bench.clock.advance(600)
    assert (await bench.publisher.tick()).held == 1
    found = bench.look(delivery)
    assert found.problem is not None
    assert (found.held_because, found.problem.code, bench.writes) == (HeldBecause.EDITED, "draft_damaged", 0)


@pytest.mark.parametrize("what", ["same", "changed", "gone"])
async def test_a_picture_that_is_not_the_one_attached_is_not_sent(bench: Bench, tmp_path: Path, what: str) -> None:
    """Somebody may reach into the client's folder between the approval and the hour."""
    picture = tmp_path / "brioche.png"
    Image.new("RGB", (30, 20), (200, 120, 30)).save(picture)
    item = replace(await composing.attach(bench.ws, picture), alt="Une brioche")
    post = await composing.create(bench.ws, PostEdit(text="Brioche", variants=(Variant(bench.account),), media=(item,)))
    (delivery,) = await planning.schedule(bench.ws, post.id, resolve(bench.wall(10), "America/Toronto"))
    kept = composing.media_path(bench.ws, item)
    if what == "changed":
        kept.write_bytes(kept.read_bytes() + b" ")
    elif what == "gone":
        kept.unlink()
    bench.clock.advance(601)
    await bench.publisher.tick()
    found = bench.look(delivery)
    if what == "same":
        assert (found.state, len(bench.network.live("rosa"))) == (State.SENT, 1)
        return
    assert (found.state, found.held_because) == (State.HELD, HeldBecause.EDITED)
    assert found.problem is not None
    assert found.problem.code == "media_changed"
    assert bench.network.live("rosa") == ()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE post SET visibility = 'direct'",
        "UPDATE post SET language = 'en'",
        "UPDATE post SET sensitive = 1",
        "UPDATE post SET reply_remote_id = '1'",
        "UPDATE post_variant SET visibility = 'unlisted'",
        "UPDATE account SET remote_id = '4711'",
        "UPDATE delivery SET remote_user_id = '4711'",
        "UPDATE post SET approved = NULL",
        "UPDATE post SET deleted_at = 1",
        "DELETE FROM post_variant",
    ],
)
async def test_whatever_changed_since_the_approval_is_not_sent(bench: Bench, statement: str) -> None:
    delivery = await bench.post("As approved")
    await bench.publisher.tick()
    with bench.ws.write() as session:
        session.connection().exec_driver_sql(statement)
    bench.clock.advance(600)
    with bench.ws.write() as session:
        found = outbox.claim(
            session,
            delivery,
            now=outbox.Moment(bench.clock.now(), 0.0, "boot"),
            grace=timedelta(minutes=30),
            new_key=lambda: "key",
            media_folder="",
        )
    assert found is outbox.NotClaimed.HELD
    assert bench.look(delivery).held_because is HeldBecause.EDITED


async def test_posts_of_one_account_are_a_minute_apart_and_in_order(bench: Bench) -> None:
    for number in range(3):
        await bench.post(f"Post {number}", 10 + number)
    bench.clock.advance(12 * 60)
    ticked = await bench.publisher.tick()
    assert (ticked.sent, ticked.put_off) == (1, 1)
    assert ticked.next_at == bench.clock.now() + timedelta(seconds=60)
    bench.clock.advance(59)
    assert (await bench.publisher.tick()).sent == 0
    bench.clock.advance(1)
    assert (await bench.publisher.tick()).sent == 1
    bench.clock.advance(60)
    await bench.publisher.tick()
    assert bench.live == ["Post 0", "Post 1", "Post 2"]


async def test_a_thread_is_sent_part_by_part_each_answering_the_one_before(bench: Bench) -> None:
    delivery = await bench.post("One\n---\nTwo\n---\nThree")
    bench.clock.advance(600)
    assert (await bench.publisher.tick()).sent == 1
    first, second, third = bench.network.live("rosa")
    assert [first.text, second.text, third.text] == ["One", "Two", "Three"]
    assert (first.reply_to, second.reply_to, third.reply_to) == (None, first.remote_id, second.remote_id)
    assert len({first.key, second.key, third.key}) == 3
    assert bench.look(delivery).remote_id == first.remote_id


async def test_a_refused_second_part_leaves_one_of_three_out(bench: Bench) -> None:
    delivery = await bench.post("One\n---\nTwo\n---\nThree")
    bench.clock.advance(600)
    bench.hire()
    bench.network.fail("publish", Fault.SLOW, Fault.REJECT)
    bench.network.gate.set()
    assert (await bench.publisher.tick()).refused == 1
    (row,) = publishing.outbox_rows(bench.ws)
    assert (row.state, row.parts_out, row.parts) == (State.REFUSED, 1, 3)
    await publishing.decide(bench.ws, delivery, publishing.Now())
    await bench.publisher.tick()
    assert bench.live == ["One", "Two", "Three"]
    assert bench.look(delivery).state is State.SENT


@pytest.mark.parametrize("place", ["before_claim", "claimed", "remembered", "calling", "answered", "settled", "begun"])
@pytest.mark.parametrize("nth", [1, 2])
async def test_killed_at_any_place_nothing_is_doubled_and_nothing_is_lost(bench: Bench, place: str, nth: int) -> None:
    bench.network.remembers_keys = False  # or the network would hide a second write
    delivery = await bench.post("One\n---\nTwo\n---\nThree")
    bench.clock.advance(600)
    seen = 0

    def crash(name: str) -> None:
        nonlocal seen
        seen += name == place
        if name == place and seen == nth:
            raise Killed

    bench.hire(crash)
    try:
        await bench.publisher.tick()
    except Killed:
        await bench.restart()
    for _ in range(8):
        await bench.publisher.tick()
        bench.clock.advance(16 * 60)
        await reconciling.settle_unclear(bench.ws)
    found = bench.look(delivery)
    if found.state is State.UNCERTAIN:
        assert found.looks == 2
        await publishing.decide(bench.ws, delivery, publishing.Now())
        await bench.publisher.tick()
        found = bench.look(delivery)
    assert (found.state, bench.live) == (State.SENT, ["One", "Two", "Three"])


@pytest.mark.expects_log("could not be written down yet")
async def test_an_answer_that_cannot_be_written_down_is_not_sent_again(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = await bench.post("Full disk")
    bench.clock.advance(600)
    real = settling.settle_published
    full = True

    def failing(*args: object, **kwargs: object) -> int | None:
        if full:
            raise DiskFull
        return real(*args, **kwargs)  # type: ignore[arg-type]  # handed through

    monkeypatch.setattr(settling, "settle_published", failing)
    await bench.publisher.tick()
    assert (bench.look(delivery).state, bench.writes) == (State.SENDING, 1)
    await bench.publisher.tick()
    full = False
    await bench.publisher.tick()
    assert (bench.look(delivery).state, bench.writes) == (State.SENT, 1)


@pytest.mark.expects_log("deliveries wait")
async def test_when_the_claim_cannot_be_stored_nothing_is_sent(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    delivery = await bench.post("Full disk")
    bench.clock.advance(600)

    def failing(*_args: object, **_kwargs: object) -> None:
        raise DiskFull

    monkeypatch.setattr(outbox, "claim", failing)
    assert (await bench.publisher.tick()).moved == 0
    assert (bench.look(delivery).state, bench.writes) == (State.PLANNED, 0)


async def test_two_publishers_at_once_send_once(bench: Bench) -> None:
    await bench.post("Two windows")
    bench.clock.advance(600)
    other_desk = open_desk(bench.folder, bench.network, bench.clock, keyring=bench.keyring)
    other = Publisher(other_desk, bench.clock, random.Random(8))
    await asyncio.gather(bench.publisher.tick(), other.tick())
    await other_desk.close()
    assert (bench.live, bench.writes) == (["Two windows"], 1)


async def test_processing_is_asked_about_and_not_sent_again(bench: Bench) -> None:
    delivery = await bench.post("One\n---\nTwo")
    bench.clock.advance(600)
    bench.network.fail("publish", Fault.PROCESSING)
    bench.network.fail("resume", Fault.PROCESSING)
    assert (await bench.publisher.tick()).processing == 1
    await bench.restart()
    assert bench.look(delivery).state is State.PROCESSING
    bench.clock.advance(5)
    assert (await bench.publisher.tick()).processing == 1
    bench.clock.advance(5)
    assert (await bench.publisher.tick()).sent == 1
    assert (bench.live, bench.writes) == (["One", "Two"], 2)


async def test_decisions_about_an_uncertain_one(bench: Bench) -> None:
    delivery = await bench.post("Where is it")
    bench.network.fail("publish", Fault.DROP_BEFORE)
    bench.clock.advance(600)
    await bench.publisher.tick()
    await publishing.decide(bench.ws, delivery, publishing.LookAgain())
    assert (await reconciling.settle_unclear(bench.ws)).open == 1
    await publishing.decide(bench.ws, delivery, publishing.IsLive("https://fake.example/@rosa/4711"))
    found = bench.look(delivery)
    assert (found.state, found.remote_id) == (State.SENT, "4711")
    with pytest.raises(NotAllowed):
        await publishing.decide(bench.ws, delivery, publishing.Drop())


async def test_nobody_can_send_again_what_is_on_its_way(bench: Bench) -> None:
    delivery = await bench.post("On its way")
    bench.clock.advance(600)
    bench.network.fail("publish", Fault.SLOW)
    task = asyncio.ensure_future(bench.publisher.tick())
    while bench.look(delivery).state is not State.SENDING:  # noqa: ASYNC110 - every turn lets the publisher go on
        await asyncio.sleep(0)
    later = resolve(bench.wall(60), "America/Toronto")
    decisions: list[publishing.Decision] = [
        publishing.Now(),
        publishing.MoveTo(later),
        publishing.Drop(),
        publishing.IsLive("https://fake.example/1"),
        publishing.LookAgain(),
    ]
    for decision in decisions:
        with pytest.raises(NotAllowed):
            await publishing.decide(bench.ws, delivery, decision)
    post = bench.look(delivery).post
    for verb in (planning.now(bench.ws, post), planning.move(bench.ws, post, later), planning.cancel(bench.ws, post)):
        with pytest.raises(NotAllowed):
            await verb
    bench.network.gate.set()
    assert (await task).sent == 1
    assert bench.live == ["On its way"]


async def test_the_loop_sends_sleeps_and_wakes(bench: Bench) -> None:
    delivery = await bench.post("Loop", 5)
    task = asyncio.ensure_future(bench.publisher.run())
    try:
        async with asyncio.timeout(30):
            for _ in range(4 * 6):
                await bench.asleep()
                bench.clock.advance(15)
            await bench.asleep()
            assert bench.look(delivery).state is State.SENT
            other = await bench.post("Now")
            await planning.now(bench.ws, bench.look(other).post)
            bench.clock.advance(60)
            bench.publisher.notice(Changes(bench.ws.client.id, frozenset({Topic.AGENDA})))
            await bench.until(other, State.SENT)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def test_a_jump_of_the_clock_is_noticed_before_anything_is_sent(bench: Bench) -> None:
    await bench.post("Verified")
    bench.clock.advance(600)
    late, due = await bench.post("Slept through", 30), await bench.post("On time", 180)
    task = asyncio.ensure_future(bench.publisher.run())
    try:
        async with asyncio.timeout(30):
            await bench.asleep()
            bench.clock.jump(180 * 60)
            bench.clock.advance(15)
            await bench.until(due, State.SENT)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
    assert bench.look(late).held_because is HeldBecause.LATE
    # After a sleep nobody is believed to be who he was.
    assert [call.operation for call in bench.network.calls] == ["whoami", "publish", "whoami", "publish"]


@pytest.mark.expects_log("lock or no lock")
async def test_where_a_lock_is_worth_nothing_the_one_who_was_first_goes_on(bench: Bench) -> None:
    """On some network drives every process gets the lock; the lease tells them apart."""
    delivery, home, machine = await bench.post("Fresh bread at seven"), bench.desk.home, bench.desk.machine()
    bench.clock.advance(600)
    assert lease.renew(home, machine, "id", bench.clock, Who.AGENT)
    told = home.publisher_lease.read_text()
    home.publisher_lease.write_text(told.replace(f'"pid": {os.getpid()}', f'"pid": {os.getppid()}'))
    assert (await bench.publisher.tick()).stopped == 1
    assert not lease.renew(home, machine, "id", bench.clock)
    assert bench.look(delivery).state is State.PLANNED
    bench.clock.advance(LEASE.total_seconds())  # its last word is old now
    assert (await bench.publisher.tick()).sent == 1
    found = lease.read(home)
    assert found is not None
    assert found.pid == os.getpid()


@pytest.mark.expects_log("a client's queue could not be looked at", "an account's deliveries wait", "could not be armed")
async def test_a_client_whose_folder_comes_later_is_judged_like_the_first_ones(bench: Bench) -> None:
    """What a former life left in the middle in a folder that was away at the start is not left there."""
    delivery = await bench.post("Fresh bread at seven")
    bench.clock.advance(600)

    def die(at: str) -> None:
        if at == "answered":
            raise Killed

    bench.hire(die)
    with pytest.raises(Killed):
        await bench.publisher.tick()
    assert bench.look(delivery).state is State.SENDING
    folder, away = bench.ws.folder, bench.folder.parent / "away"
    await bench.desk.close()
    folder.rename(away)
    bench.desk.scan()
    bench.hire()
    running = asyncio.create_task(bench.publisher.run())
    await bench.asleep()
    away.rename(folder)
    bench.desk.scan()
    bench.ws = bench.desk.find("Rosa")
    bench.clock.advance(15)
    await bench.until(delivery, State.UNCERTAIN)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)


async def test_hours_of_the_loop_keep_nothing(bench: Bench) -> None:
    """The agent runs for months: once it has warmed up its memory stands still, and it never sleeps long."""
    naps: list[float] = []
    sleep = bench.clock.sleep

    async def napping(seconds: float) -> None:
        naps.append(seconds)
        await sleep(seconds)

    bench.clock.sleep = napping  # type: ignore[method-assign]  # listens to it
    running = asyncio.create_task(bench.publisher.run())
    sizes = []
    tracemalloc.start()
    try:
        for _ in range(4):
            for _ in range(400):
                await bench.asleep()
                bench.clock.advance(15)
            gc.collect()
            sizes.append(tracemalloc.get_traced_memory()[0])
    finally:
        tracemalloc.stop()
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)
    # What is kept for each nap grows in every quarter; what a thread of another test loads late, in one.
    assert min(after - before for before, after in itertools.pairwise(sizes)) < 50_000
    assert naps
    assert max(naps) <= 15
