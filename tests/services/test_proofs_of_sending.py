"""What is certain before a call, who may make it, and at what hour: the mark, the lease, the server's clock, the pace."""

from __future__ import annotations

import asyncio
import random
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from cmdesk.domain.agent import Who
from cmdesk.domain.delivery import HeldBecause, State
from cmdesk.domain.guard import LEASE, Answer, Frozen, HoldReason
from cmdesk.domain.limits import Problem
from cmdesk.networks.port import Processing, SecondWrite
from cmdesk.services import guarding, lease, publishing, reconciling
from cmdesk.services.publishing import Publisher
from cmdesk.store import guard
from cmdesk.store import lease as file_lease
from tests.helpers.desks import open_desk
from tests.helpers.fake_network import FakeConnector, Fault
from tests.services.test_publishing import Bench, Killed

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    made = Bench(tmp_path / "home")
    await made.begin()
    yield made
    await made.desk.close()


async def killed_at(bench: Bench, place: str) -> None:
    def crash(name: str) -> None:
        if name == place:
            raise Killed

    bench.hire(crash)
    with pytest.raises(Killed):
        await bench.publisher.tick()
    await bench.restart()


# ---- the mark before a call


@pytest.mark.parametrize("place", ["claimed", "remembered"])
async def test_who_dies_before_the_call_leaves_no_doubt(bench: Bench, place: str) -> None:
    delivery = await bench.post("Bonjour")
    bench.clock.advance(600)
    await killed_at(bench, place)
    found = bench.look(delivery)
    assert (found.state, found.attempts) == (State.PLANNED, 0)
    assert [line.outcome for line in publishing.attempts(bench.ws, delivery)] == ["not_sent"]
    assert (await bench.publisher.tick()).sent == 1
    assert bench.live == ["Bonjour"]


async def test_who_dies_in_the_call_leaves_a_doubt(bench: Bench) -> None:
    delivery = await bench.post("Bonjour")
    bench.clock.advance(600)
    await killed_at(bench, "calling")
    assert bench.look(delivery).state is State.UNCERTAIN


async def test_what_a_program_without_marks_left_in_the_middle_is_a_doubt(bench: Bench) -> None:
    delivery = await bench.post("Bonjour")
    bench.clock.advance(600)

    def crash(name: str) -> None:
        if name == "claimed":
            raise Killed

    bench.hire(crash)
    with pytest.raises(Killed):
        await bench.publisher.tick()
    with bench.ws.write() as session:
        session.connection().exec_driver_sql("DELETE FROM part_call")
    await bench.restart()
    assert bench.look(delivery).state is State.UNCERTAIN


async def test_a_second_write_that_dies_before_its_call_stays_a_doubt(bench: Bench) -> None:
    bench.network.second_write = SecondWrite.SAME_ID
    await bench.restart()
    delivery = await bench.post("Bonjour")
    bench.clock.advance(600)
    bench.network.fail("publish", Fault.DROP_BEFORE)
    await bench.publisher.tick()
    assert bench.look(delivery).state is State.UNCERTAIN
    for _ in range(3):
        bench.clock.advance(16 * 60)
        await reconciling.settle_unclear(bench.ws)
    await killed_at(bench, "claimed")
    assert bench.look(delivery).state is State.UNCERTAIN


async def test_the_crisis_key_stops_what_is_claimed_and_not_yet_called(bench: Bench) -> None:
    delivery = await bench.post("Bonjour")
    bench.clock.advance(600)

    bench.hire()
    real = bench.publisher._call_begins

    def after_freezing(*given: object) -> bool:
        with bench.ws.write() as session:
            guard.write_frozen(session, Frozen(bench.clock.now()))
        return real(*given)  # type: ignore[arg-type]  # handed through

    bench.publisher._call_begins = after_freezing  # type: ignore[method-assign,assignment]  # the moment between two steps
    await bench.publisher.tick()
    assert (bench.writes, bench.live) == (0, [])
    await bench.publisher.tick()
    found = bench.look(delivery)
    assert (found.state, found.held_because) == (State.HELD, HeldBecause.CRISIS)


# ---- old and surely absent


async def test_what_is_surely_absent_after_a_day_is_late_and_no_doubt(bench: Bench) -> None:
    bench.network.second_write = SecondWrite.SAME_ID
    await bench.restart()
    delivery = await bench.post("Bonjour")
    bench.clock.advance(600)
    bench.network.fail("publish", Fault.DROP_BEFORE)
    await bench.publisher.tick()
    assert bench.look(delivery).state is State.UNCERTAIN
    bench.clock.advance(25 * 3600)
    for _ in range(2):
        await reconciling.settle_unclear(bench.ws)
        bench.clock.advance(6 * 60)
    assert bench.look(delivery).state is State.PLANNED
    await bench.publisher.tick()
    found = bench.look(delivery)
    assert (found.state, found.held_because, bench.live) == (State.HELD, HeldBecause.LATE, [])


# ---- the lease


async def test_two_programs_on_one_file_take_turns_and_never_both(bench: Bench, tmp_path: Path) -> None:
    first = await bench.post("Premier")
    bench.clock.advance(600)
    living: set[str] = set()

    def lives(held: file_lease.Lease) -> bool:
        return held.holder in living

    one = Publisher(bench.desk, bench.clock, random.Random(1), lives=lives, who=Who.WINDOW)
    other_desk = open_desk(bench.folder, bench.network, bench.clock, keyring=bench.keyring)
    two = Publisher(other_desk, bench.clock, random.Random(2), lives=lives, who=Who.AGENT)
    living |= {one.holder, two.holder}
    assert (await one.tick()).sent == 1
    second = await bench.post("Second")
    bench.clock.advance(600 - LEASE.total_seconds() + 600)
    with bench.ws.write() as session:
        session.connection().exec_driver_sql("UPDATE lease SET said_at = ?", (round(bench.clock.now().timestamp() * 1000),))
    assert (await two.tick()).sent == 0
    assert bench.look(second).state is State.PLANNED
    living.discard(one.holder)
    assert (await two.tick()).sent == 1
    with bench.ws.read() as connection:
        held = file_lease.current(connection)
    assert held is not None
    assert (held.holder, held.who, held.term) == (two.holder, Who.AGENT, 2)
    assert {bench.look(first).state, bench.look(second).state} == {State.SENT}
    await other_desk.close()


async def test_who_slept_with_a_delivery_in_its_hands_does_not_send_it(bench: Bench) -> None:
    delivery = await bench.post("Bonjour")
    bench.clock.advance(600)
    bench.hire()
    real = bench.publisher._call_begins

    def after_a_sleep(*given: object) -> bool:
        with bench.ws.write() as session:
            session.connection().exec_driver_sql("UPDATE lease SET holder = 'another'")
        return real(*given)  # type: ignore[arg-type]  # handed through

    bench.publisher._call_begins = after_a_sleep  # type: ignore[method-assign,assignment]  # the moment between two steps
    await bench.publisher.tick()
    assert (bench.writes, bench.look(delivery).state) == (0, State.PLANNED)


async def test_a_lease_of_another_computer_runs_out(bench: Bench) -> None:
    held = file_lease.Bid("x", "elsewhere", "Laptop", 7, Who.AGENT, lambda _held: True)
    ours = file_lease.Bid("y", "here", "Desk", 8, Who.WINDOW, lambda _held: False)
    now = bench.clock.now()
    with bench.ws.write() as session:
        assert file_lease.take(session, held, now)
        assert not file_lease.take(session, ours, now + LEASE - timedelta(seconds=1))
        assert file_lease.take(session, held, now + timedelta(minutes=2))
        assert not file_lease.take(session, ours, now + LEASE)
        assert file_lease.take(session, ours, now + timedelta(minutes=2) + LEASE)
        file_lease.end(session, "y")
        assert file_lease.take(session, held, now + timedelta(minutes=6))


async def test_a_life_that_ends_leaves_the_lease_to_the_next(bench: Bench) -> None:
    await bench.post("Bonjour")
    bench.clock.advance(600)
    work = asyncio.ensure_future(bench.publisher.run())
    await bench.asleep()
    work.cancel()
    await asyncio.gather(work, return_exceptions=True)
    with bench.ws.read() as connection:
        held = file_lease.current(connection)
    assert held is not None
    assert held.ended
    assert not lease.runs_here(held)


# ---- the server's clock


async def test_a_clock_that_is_not_the_servers_holds_the_queue_until_it_is(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeConnector, "clock_ahead", lambda _self: ahead[0], raising=False)
    ahead: list[timedelta | None] = [timedelta(hours=1)]
    delivery = await bench.post("Bonjour")
    bench.clock.advance(600)
    assert (await bench.publisher.tick()).sent == 0
    held = guarding.hold_of(bench.ws)
    assert held is not None
    assert held.because is HoldReason.CLOCK_WRONG
    assert dict(held.detail)["ahead"] == "3600"
    ahead[0] = timedelta(seconds=1)
    bench.clock.advance(61)
    assert (await bench.publisher.tick()).sent == 1
    assert (guarding.hold_of(bench.ws), bench.look(delivery).state) == (None, State.SENT)


async def test_a_person_may_say_that_this_clock_is_right(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    ahead = [timedelta(hours=-2)]
    monkeypatch.setattr(FakeConnector, "clock_ahead", lambda _self: ahead[0], raising=False)
    await bench.post("Bonjour")
    bench.clock.advance(600)
    assert (await bench.publisher.tick()).sent == 0
    confirmed = await guarding.confirm(bench.ws, Answer.REAL)
    assert (confirmed.hold, confirmed.to_look_at) == (None, 0)
    assert (await bench.publisher.tick()).sent == 1
    # Another difference is another doubt.
    ahead[0] = timedelta(hours=3)
    bench.hire()
    await bench.post("Bonsoir")
    bench.clock.advance(600)
    assert (await bench.publisher.tick()).sent == 0
    assert guarding.hold_of(bench.ws) is not None


async def test_a_server_that_says_no_time_is_believed(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeConnector, "clock_ahead", lambda _self: None, raising=False)
    await bench.post("Bonjour")
    bench.clock.advance(600)
    assert (await bench.publisher.tick()).sent == 1


# ---- pace, parts, time


async def test_posts_of_many_accounts_begin_to_leave_one_after_the_other(bench: Bench) -> None:
    publisher = Publisher(bench.desk, bench.clock, random.Random(1), apart=timedelta(seconds=1))
    turns = [asyncio.ensure_future(publisher._in_turn()) for _ in range(3)]
    done = []
    for _ in range(3):
        for _ in range(5):
            await asyncio.sleep(0)
        done.append(sum(turn.done() for turn in turns))
        bench.clock.advance(1)
    assert done == [1, 2, 3]


async def test_a_network_that_works_for_days_is_asked_about_no_more(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    async def for_ever(*_given: object) -> Processing:
        return Processing("handle", 60.0)

    monkeypatch.setattr(FakeConnector, "publish", for_ever)
    monkeypatch.setattr(FakeConnector, "resume", for_ever)
    delivery = await bench.post("Un film")
    bench.clock.advance(600)
    await bench.publisher.tick()
    assert bench.look(delivery).state is State.PROCESSING
    bench.clock.advance(3600)
    await bench.publisher.tick()
    assert bench.look(delivery).state is State.PROCESSING
    bench.clock.advance(24 * 3600)
    await bench.publisher.tick()
    found = bench.look(delivery)
    assert found.state is State.UNCERTAIN
    assert found.problem == Problem("uncertain", params=(("reason", "processing_too_long"),))


async def test_what_an_account_could_not_take_yet_is_not_overtaken(bench: Bench) -> None:
    first, second = await bench.post("Premier", 10), await bench.post("Second", 12)
    bench.network.fail("publish", Fault.RATE_LIMITED)
    bench.clock.advance(719)
    await bench.publisher.tick()
    bench.clock.advance(2)
    assert (await bench.publisher.tick()).sent == 0
    bench.clock.advance(60)
    await bench.publisher.tick()
    assert bench.live == ["Premier"]
    bench.clock.advance(60)
    await bench.publisher.tick()
    assert bench.live == ["Premier", "Second"]
    assert {bench.look(first).state, bench.look(second).state} == {State.SENT}
