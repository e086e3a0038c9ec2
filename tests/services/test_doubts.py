"""What is in doubt is written once more only as the very same write; threads go on or stop; quiet hours and a crisis hold."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import time, timedelta
from pathlib import Path

import pytest
import pytest_asyncio

from cmdesk.domain.delivery import HeldBecause, State
from cmdesk.domain.errors import NotAllowed
from cmdesk.domain.ids import DeliveryId
from cmdesk.domain.quiet import QuietHours
from cmdesk.domain.quota import Quota
from cmdesk.networks.port import SecondWrite
from cmdesk.services import freezing, late_desk, linking, publishing, reconciling
from cmdesk.services.late_desk import Choice, Why
from cmdesk.store import clients, journal
from tests.helpers.desks import KeyedConnector
from tests.helpers.fake_network import Fault
from tests.services.test_publishing import Bench

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    made = Bench(tmp_path / "home")
    await made.begin()
    yield made
    await made.desk.close()


async def settle(bench: Bench, rounds: int, seconds: float = 120) -> None:
    for _ in range(rounds):
        bench.clock.advance(seconds)
        await bench.publisher.tick()
        await reconciling.settle_unclear(bench.ws)


def refuse_the_third(bench: Bench) -> None:
    bench.network.gate.set()  # what is slow passes
    bench.network.fail("publish", Fault.SLOW, Fault.SLOW, Fault.REJECT)


def keys(bench: Bench, delivery: DeliveryId) -> list[str]:
    with bench.ws.read() as connection:
        return [row[0] for row in connection.execute("SELECT key FROM delivery_part WHERE delivery_id = ?", (delivery,))]


def written(bench: Bench, text: str) -> int:
    """How often a part with this text was begun, whether or not the server ever saw it."""
    with bench.ws.read() as connection:
        row = connection.execute(
            "SELECT count(*) FROM attempt t JOIN delivery_part p ON p.delivery_id = t.delivery_id AND p.part = t.part"
            " WHERE t.kind = 'send' AND json_extract(p.frozen, '$.text') = ?",
            (text,),
        ).fetchone()
        return int(row[0])


@pytest.mark.parametrize("kind", [SecondWrite.SAME_ID, SecondWrite.SAME_KEY])
async def test_the_very_same_write_is_made_again_after_two_looks_that_found_nothing(bench: Bench, kind: SecondWrite) -> None:
    bench.network.second_write = kind
    delivery = await bench.post("Once")
    bench.network.fail("publish", Fault.DROP_BEFORE)
    bench.clock.advance(600)
    await bench.publisher.tick()
    first = keys(bench, delivery)
    await settle(bench, 6)  # twelve minutes: it rests
    assert (bench.look(delivery).looks, written(bench, "Once")) == (0, 1)
    await settle(bench, 6)
    assert (bench.look(delivery).state, bench.live) == (State.SENT, ["Once"])
    assert (keys(bench, delivery), written(bench, "Once")) == (first, 2)


async def test_a_key_that_is_too_old_when_it_would_be_sent_is_left_to_a_person(bench: Bench) -> None:
    """The age is judged by the clock that nobody sets, in the step that sends; a look in time is not enough."""
    delivery = await bench.post("Once")
    bench.network.fail("publish", Fault.DROP_BEFORE)
    bench.clock.advance(600)
    await bench.publisher.tick()
    for minutes in (16, 6):
        bench.clock.advance(minutes * 60)
        await reconciling.settle_unclear(bench.ws)
    bench.clock.advance(24 * 60)  # the laptop slept between the last look and the next round
    await bench.publisher.tick()
    await bench.publisher.tick()
    assert (bench.look(delivery).state, written(bench, "Once")) == (State.UNCERTAIN, 1)
    (item,) = late_desk.items(bench.ws)
    assert (item.why, item.still_looking, item.looks) == (Why.UNCERTAIN, None, 2)
    assert item.choices[0] is Choice.IS_LIVE


async def test_a_key_that_grew_old_while_the_computer_slept_is_left_to_a_person(bench: Bench) -> None:
    """The monotonic clock may stand meanwhile; the one on the wall tells."""
    delivery = await bench.post("Once")
    bench.network.fail("publish", Fault.DROP_BEFORE)
    bench.clock.advance(600)
    await bench.publisher.tick()
    for minutes in (16, 6):
        bench.clock.advance(minutes * 60)
        await reconciling.settle_unclear(bench.ws)
    bench.clock.jump(45 * 60)
    await bench.publisher.tick()
    await bench.publisher.tick()
    assert (bench.look(delivery).state, written(bench, "Once")) == (State.UNCERTAIN, 1)


@pytest.mark.parametrize("what", ["reboot", "another process"])
async def test_a_key_of_another_boot_has_no_age(bench: Bench, what: str) -> None:
    delivery = await bench.post("Once")
    bench.network.fail("publish", Fault.DROP_BEFORE)
    bench.clock.advance(600)
    await bench.publisher.tick()
    if what == "reboot":
        bench.clock.reboot()
    await bench.restart()
    await settle(bench, 20)
    sent = what != "reboot"
    assert bench.look(delivery).state is (State.SENT if sent else State.UNCERTAIN)
    assert written(bench, "Once") == 1 + sent


async def test_words_that_changed_meanwhile_are_not_written_again(bench: Bench) -> None:
    delivery = await bench.post("Once")
    bench.network.fail("publish", Fault.DROP_BEFORE)
    bench.clock.advance(600)
    await bench.publisher.tick()
    with bench.ws.write() as session:
        session.connection().exec_driver_sql("UPDATE post SET approved = 'other'")
    await settle(bench, 20)
    assert (bench.look(delivery).state, written(bench, "Once")) == (State.UNCERTAIN, 1)


@pytest.mark.parametrize("fault", [Fault.REFUSE, Fault.REJECT, Fault.RATE_LIMITED])
async def test_what_the_second_write_meets_proves_nothing_about_the_first(bench: Bench, fault: Fault) -> None:
    bench.network.second_write = SecondWrite.SAME_ID
    delivery = await bench.post("Once")
    bench.network.fail("publish", Fault.DROP_BEFORE, fault)
    bench.clock.advance(600)
    await bench.publisher.tick()
    await settle(bench, 12)
    found = bench.look(delivery)
    assert (found.state, written(bench, "Once")) == (State.UNCERTAIN, 2)
    await settle(bench, 20)
    # No connection and "not now" pass, and it is tried again; a no is a person's affair.
    assert bench.look(delivery).state is (State.UNCERTAIN if fault is Fault.REJECT else State.SENT)


async def test_a_clock_that_jumps_ahead_does_not_end_the_rest(bench: Bench) -> None:
    bench.network.second_write = SecondWrite.DOUBLES
    delivery = await bench.post("Once")
    bench.network.fail("publish", Fault.DROP_AFTER)
    bench.clock.advance(600)
    await bench.publisher.tick()
    bench.clock.jump(86_400)
    assert (await reconciling.settle_unclear(bench.ws)).open == 1
    assert bench.look(delivery).looks == 0
    bench.clock.advance(16 * 60)
    assert (await reconciling.settle_unclear(bench.ws)).found == 1


async def test_a_clock_that_goes_back_lets_nothing_wait_for_days(bench: Bench) -> None:
    delivery = await bench.post("Once")
    bench.network.fail("publish", Fault.DROP_AFTER)
    bench.clock.advance(600)
    await bench.publisher.tick()
    bench.clock.jump(-60)  # too little to doubt the clock, and yet
    with bench.ws.write() as session:
        session.connection().exec_driver_sql("UPDATE delivery SET next_look_at = next_look_at + 864000000")
    await bench.publisher._jumped()
    bench.clock.advance(16 * 60)
    assert (await reconciling.settle_unclear(bench.ws)).found == 1
    assert bench.look(delivery).state is State.SENT


# ---- threads


async def test_two_of_five_out_and_a_person_goes_on(bench: Bench) -> None:
    delivery = await bench.post("One\n---\nTwo\n---\nThree\n---\nFour\n---\nFive")
    refuse_the_third(bench)
    bench.clock.advance(600)
    await bench.publisher.tick()
    (item,) = late_desk.items(bench.ws)
    assert (item.row.parts_out, item.row.parts, item.choices) == (2, 5, (Choice.CONTINUE, Choice.STOP))
    assert len(item.part_links) == 2
    with pytest.raises(NotAllowed):
        await publishing.decide(bench.ws, delivery, publishing.Keep())
    await publishing.decide(bench.ws, delivery, publishing.Continue())
    bench.clock.advance(61)
    await bench.publisher.tick()
    assert bench.look(delivery).state is State.SENT
    assert sorted(bench.live) == ["Five", "Four", "One", "Three", "Two"]
    assert [written(bench, text) for text in ("One", "Two", "Three")] == [1, 1, 2]


@pytest.mark.parametrize("decision", [publishing.Stop(), publishing.Drop()])
async def test_two_of_three_out_and_a_person_leaves_it_at_that(bench: Bench, decision: publishing.Decision) -> None:
    delivery = await bench.post("One\n---\nTwo\n---\nThree")
    refuse_the_third(bench)
    bench.clock.advance(600)
    await bench.publisher.tick()
    await publishing.decide(bench.ws, delivery, decision)
    found = bench.look(delivery)
    assert (found.state, found.parts_out, [part.state for part in found.parts][2]) == (State.SENT, 2, State.CANCELLED)
    assert found.problem is not None
    assert (found.problem.code, dict(found.problem.params)) == ("stopped", {"out": 2, "parts": 3})
    await settle(bench, 5)
    assert (bench.live, late_desk.items(bench.ws)) == (["One", "Two"], ())


async def test_what_is_not_a_thread_can_neither_go_on_nor_stop(bench: Bench) -> None:
    delivery = await bench.post("Once")
    bench.network.fail("publish", Fault.REJECT)
    bench.clock.advance(600)
    await bench.publisher.tick()
    for decision in (publishing.Stop(), publishing.Continue()):
        with pytest.raises(NotAllowed):
            await publishing.decide(bench.ws, delivery, decision)


# ---- the crisis key


async def test_nothing_of_a_frozen_client_goes_out_until_it_is_let_go(bench: Bench) -> None:
    first, second = await bench.post("First"), await bench.post("Second", 12)
    assert await freezing.freeze(bench.ws, "a recall") == 2
    third = await bench.post("Third", 11)
    bench.clock.advance(600)
    await settle(bench, 2)
    assert {bench.look(one).held_because for one in (first, second, third)} == {HeldBecause.CRISIS}
    assert await freezing.thaw(bench.ws, [second]) == 1
    await settle(bench, 1)
    assert bench.live == ["Second"]
    for decision in (publishing.Now(), publishing.Continue()):
        with pytest.raises(NotAllowed, match="frozen"):
            await publishing.decide(bench.ws, first, decision)
    with pytest.raises(NotAllowed):
        await freezing.thaw(bench.ws, [second])
    await publishing.decide(bench.ws, third, publishing.Drop())
    assert await freezing.thaw(bench.ws) == 1
    assert freezing.state(bench.ws) is None
    await settle(bench, 2)
    assert sorted(bench.live) == ["First", "Second"]


async def test_a_thread_stops_between_two_parts_when_the_key_is_turned(bench: Bench) -> None:
    delivery = await bench.post("One\n---\nTwo")
    bench.network.fail("publish", Fault.SLOW)
    bench.clock.advance(600)
    sending = asyncio.ensure_future(bench.publisher.tick())
    await bench.until(delivery, State.SENDING)
    await freezing.freeze(bench.ws)
    bench.network.gate.set()
    await sending
    await settle(bench, 3)
    found = bench.look(delivery)
    assert (bench.live, found.held_because, found.parts_out) == (["One"], HeldBecause.CRISIS, 1)
    await freezing.thaw(bench.ws)
    await settle(bench, 2)
    assert sorted(bench.live) == ["One", "Two"]


# ---- quiet hours


async def test_in_quiet_hours_only_what_was_meant_for_that_moment_leaves(bench: Bench) -> None:
    """It is 9:00 in Toronto; quiet from 9:05 to 9:25."""
    with bench.ws.write() as session:
        clients.set_quiet(session, QuietHours(time(9, 5), time(9, 25)))
    late, meant = await bench.post("Late", 3), await bench.post("Meant", 10)
    bench.clock.advance(6 * 60)
    ticked = await bench.publisher.tick()
    assert (ticked.put_off, ticked.next_at, bench.live) == (1, bench.clock.now() + timedelta(minutes=19), [])
    bench.clock.advance(4 * 60)
    await bench.publisher.tick()
    assert (bench.look(meant).state, bench.look(late).state) == (State.SENT, State.PLANNED)
    bench.clock.advance(15 * 60)
    await bench.publisher.tick()
    assert bench.look(late).state is State.SENT


async def test_the_next_slot_is_outside_of_quiet_hours_and_away_from_other_posts(bench: Bench) -> None:
    with bench.ws.write() as session:
        clients.set_quiet(session, QuietHours(time(9, 20), time(10, 0)))
    slot = late_desk.next_slot(bench.ws, bench.account)
    assert slot.wall.time() == time(9, 15)
    await bench.post("There already", 15)
    assert late_desk.next_slot(bench.ws, bench.account).wall.time() == time(10, 0)
    assert late_desk.next_slot(bench.ws, bench.account, [slot.utc + timedelta(minutes=45)]).wall.time() == time(10, 15)


async def test_a_call_has_a_line_before_and_one_after_with_its_proof(bench: Bench) -> None:
    delivery = await bench.post("Once")
    bench.clock.advance(600)
    await bench.publisher.tick()
    with bench.ws.read() as connection:
        lines = journal.lines(connection, delivery=delivery)
    assert [(line.event.value, line.outcome, line.account) for line in reversed(lines)] == [
        ("begun", "send", "rosa@fake.example"),
        ("ended", "published", "rosa@fake.example"),
    ]
    assert bench.network.live("rosa")[0].remote_id in lines[0].detail


async def test_what_a_network_says_is_left_is_kept_and_waited_for(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    resets_at = bench.clock.now() + timedelta(minutes=40)
    left = Quota("write", 0, 300, resets_at, bench.clock.now())
    monkeypatch.setattr(KeyedConnector, "quotas", lambda _self: (left,), raising=False)
    await bench.post("First")
    second = await bench.post("Second", 20)
    bench.clock.advance(600)
    await bench.publisher.tick()
    assert linking.quotas(bench.ws, bench.account) == (left,)
    bench.clock.advance(600)
    ticked = await bench.publisher.tick()
    assert (bench.live, ticked.put_off, ticked.next_at) == (["First"], 1, resets_at)
    bench.clock.advance(1200)
    await bench.publisher.tick()
    assert bench.look(second).state is State.SENT
