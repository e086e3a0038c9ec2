"""What is live is changed where it is, by the network's own way of editing, and never by a second post."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from msgspec.structs import replace

from cmdesk.domain.account import Health
from cmdesk.domain.delivery import State
from cmdesk.domain.draft_errors import BlockedByProblems
from cmdesk.domain.errors import AuthRevoked, BadInput, NoNetwork, NotAllowed, WrongIdentity
from cmdesk.domain.ids import AccountId, DeliveryId
from cmdesk.domain.limits import Visibility
from cmdesk.domain.post import Poll, PostEdit, Variant, edit_of
from cmdesk.services import composing, correcting, inbox, linking, planning, publishing, syncing
from cmdesk.services.correcting import Outcome
from cmdesk.services.desk import Desk
from cmdesk.services.publishing import Publisher
from cmdesk.services.workspace import Workspace
from tests.helpers.clocks import FakeClock
from tests.helpers.desks import link, open_desk
from tests.helpers.fake_network import FakeNetwork, Fault
from tests.helpers.keyrings import InMemoryKeyring

pytestmark = pytest.mark.asyncio


class Bench:
    """A client with one account, and what is live in its name."""

    desk: Desk
    ws: Workspace
    account: AccountId
    publisher: Publisher

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.network = FakeNetwork(self.clock)

    async def out(self, text: str, **more: object) -> DeliveryId:
        """A post that is live."""
        edit = replace(PostEdit(text=text, language="fr-CA", variants=(Variant(self.account),)), **more)
        post = await composing.create(self.ws, edit)
        [delivery] = await planning.now(self.ws, post.id)
        for _ in range(4):
            await self.publisher.tick(self.ws)
            self.clock.advance(61)
        assert planning.delivery(self.ws, delivery).state is State.SENT
        return delivery

    async def write(self, delivery: DeliveryId, **words: object) -> None:
        """Stores other words for its post."""
        post = composing.load(self.ws, planning.delivery(self.ws, delivery).post)
        await composing.save(self.ws, post.id, replace(edit_of(post), **words), post.revision)

    @property
    def live(self) -> list[str]:
        return [status.text for status in self.network.live("rosa")]

    def calls(self, operation: str) -> int:
        return sum(call.operation == operation for call in self.network.calls)

    def journal(self, delivery: DeliveryId) -> list[tuple[str, str | None]]:
        return [(one.kind, one.outcome) for one in publishing.attempts(self.ws, delivery) if one.kind == "edit"]

    def behind(self, delivery: DeliveryId) -> bool:
        return delivery in correcting.behind(self.ws, planning.delivery(self.ws, delivery).post)


@pytest_asyncio.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    made = Bench()
    made.desk = open_desk(tmp_path, made.network, made.clock, keyring=InMemoryKeyring())
    made.ws = await made.desk.create("Rosa", timezone="America/Toronto")
    made.account = link(made.ws, made.network, "rosa")
    made.publisher = Publisher(made.desk, made.clock, random.Random(3))
    yield made
    await made.desk.close()


async def test_the_stored_words_take_the_place_of_those_that_are_live(bench: Bench) -> None:
    delivery = await bench.out("Du pian")
    before = planning.delivery(bench.ws, delivery)
    assert not bench.behind(delivery)
    await bench.write(delivery, text="Du pain")
    assert bench.behind(delivery)
    done = await correcting.correct(bench.ws, delivery)
    assert (done.outcome, done.parts) == (Outcome.CHANGED, 1)
    assert bench.live == ["Du pain"]
    assert planning.delivery(bench.ws, delivery) == before, "the same post under the same address"
    assert (bench.calls("publish"), bench.calls("edit")) == (1, 1)
    assert bench.journal(delivery) == [("edit", "published")]
    assert not bench.behind(delivery)
    again = await correcting.correct(bench.ws, delivery)
    assert again.outcome is Outcome.SAME
    assert bench.calls("edit") == 1


async def test_it_is_written_down_before_it_is_asked(bench: Bench) -> None:
    delivery = await bench.out("Du pian")
    await bench.write(delivery, text="Du pain")
    bench.network.fail("edit", Fault.SLOW)
    task = asyncio.create_task(correcting.correct(bench.ws, delivery))
    while not bench.journal(delivery):  # noqa: ASYNC110 - the store has no event; every turn lets the work go on
        await asyncio.sleep(0)
    [line] = [one for one in publishing.attempts(bench.ws, delivery) if one.kind == "edit"]
    assert line.outcome is None
    assert json.loads(line.detail)["text"] == "Du pain"
    assert bench.live == ["Du pian"]
    bench.network.gate.set()
    assert (await task).outcome is Outcome.CHANGED


async def test_a_lost_answer_is_looked_for(bench: Bench) -> None:
    delivery = await bench.out("Du pian")
    await bench.write(delivery, text="Du pain")
    bench.network.fail("edit", Fault.DROP_AFTER)
    assert (await correcting.correct(bench.ws, delivery)).outcome is Outcome.CHANGED
    assert bench.journal(delivery) == [("edit", "published")]
    assert not bench.behind(delivery)


@pytest.mark.parametrize("look", [None, Fault.REFUSE])
async def test_what_nobody_can_tell_is_said_and_may_be_asked_again(bench: Bench, look: Fault | None) -> None:
    delivery = await bench.out("Du pian")
    await bench.write(delivery, text="Du pain")
    bench.network.fail("edit", Fault.DROP_BEFORE)
    if look is not None:
        bench.network.fail("find", look)
    assert (await correcting.correct(bench.ws, delivery)).outcome is Outcome.UNCLEAR
    assert bench.behind(delivery)
    assert planning.delivery(bench.ws, delivery).state is State.SENT
    assert (await correcting.correct(bench.ws, delivery)).outcome is Outcome.CHANGED
    assert bench.journal(delivery) == [("edit", "unknown"), ("edit", "published")]
    assert (bench.live, bench.calls("publish")) == (["Du pain"], 1)


async def test_a_refusal_leaves_what_is_live(bench: Bench) -> None:
    delivery = await bench.out("Du pian")
    await bench.write(delivery, text="Du pain")
    bench.network.fail("edit", Fault.REJECT)
    done = await correcting.correct(bench.ws, delivery)
    assert (done.outcome, done.problem and done.problem.code) == (Outcome.REFUSED, "refused_by_network")
    assert (bench.live, bench.journal(delivery)) == (["Du pian"], [("edit", "refused")])
    assert bench.behind(delivery)


@pytest.mark.parametrize(("fault", "problem"), [(Fault.REFUSE, NoNetwork), (Fault.REVOKED, AuthRevoked)])
async def test_what_surely_never_left_is_raised(bench: Bench, fault: Fault, problem: type[Exception]) -> None:
    delivery = await bench.out("Du pian")
    await bench.write(delivery, text="Du pain")
    bench.network.fail("edit", fault)
    with pytest.raises(problem):
        await correcting.correct(bench.ws, delivery)
    assert bench.journal(delivery) == [("edit", "not_sent")]
    assert bench.live == ["Du pian"]


async def test_another_voice_changes_nothing(bench: Bench) -> None:
    delivery = await bench.out("Du pian")
    await bench.write(delivery, text="Du pain")
    bench.network.fail("whoami", Fault.WRONG_IDENTITY)
    with pytest.raises(WrongIdentity):
        await correcting.correct(bench.ws, delivery)
    assert linking.account(bench.ws, bench.account).health is Health.WRONG_IDENTITY
    with pytest.raises(WrongIdentity):
        await correcting.correct(bench.ws, delivery)
    assert (bench.calls("edit"), bench.journal(delivery)) == (0, [])


async def test_only_the_parts_that_changed_are_touched_and_it_goes_on_where_it_stopped(bench: Bench) -> None:
    delivery = await bench.out("Un\n---\nDeux\n---\nTrois")
    await bench.write(delivery, text="Un\n---\nDeux, mieux\n---\nTrois, mieux")
    bench.network.fail("edit", Fault.DROP_BEFORE)
    done = await correcting.correct(bench.ws, delivery)
    assert (done.outcome, done.parts) == (Outcome.UNCLEAR, 0)
    done = await correcting.correct(bench.ws, delivery)
    assert (done.outcome, done.parts) == (Outcome.CHANGED, 2)
    assert bench.live == ["Un", "Deux, mieux", "Trois, mieux"]


async def test_a_lost_answer_about_a_later_part_is_looked_for_in_its_thread(bench: Bench) -> None:
    delivery = await bench.out("Un\n---\nDeux")
    await bench.write(delivery, text="Un\n---\nDeux, mieux")
    bench.network.fail("edit", Fault.MALFORMED)
    assert (await correcting.correct(bench.ws, delivery)).outcome is Outcome.CHANGED


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        ({"text": "Un\n---\nDeux"}, "parts"),
        ({"visibility": Visibility.UNLISTED}, "visibility"),
        ({"poll": Poll(("Oui", "Non"), 3600)}, "poll"),
        ({"variants": ()}, "not_meant"),
    ],
)
async def test_what_no_edit_can_change_is_said(bench: Bench, words: dict[str, object], reason: str) -> None:
    delivery = await bench.out("Un")
    await bench.write(delivery, **words)
    with pytest.raises(BadInput) as problem:
        await correcting.correct(bench.ws, delivery)
    assert (problem.value.field, problem.value.reason) == ("live", reason)
    assert bench.calls("edit") == 0


async def test_what_the_network_would_not_take_is_not_asked_of_it(bench: Bench) -> None:
    delivery = await bench.out("Un")
    await bench.write(delivery, text="x" * 501)
    with pytest.raises(BlockedByProblems):
        await correcting.correct(bench.ws, delivery)
    assert bench.calls("edit") == 0


async def test_what_is_not_live_is_not_changed(bench: Bench) -> None:
    post = await composing.create(bench.ws, PostEdit(text="Un", variants=(Variant(bench.account),)))
    [delivery] = await planning.now(bench.ws, post.id)
    with pytest.raises(NotAllowed):
        await correcting.correct(bench.ws, delivery)
    assert correcting.behind(bench.ws, post.id) == ()


async def test_an_unlinked_account_is_not_spoken_for(bench: Bench) -> None:
    delivery = await bench.out("Un")
    await bench.write(delivery, text="Deux")
    await linking.unlink(bench.ws, bench.account)
    with pytest.raises(NotAllowed):
        await correcting.correct(bench.ws, delivery)


async def test_a_program_killed_in_the_middle_leaves_a_line_that_is_closed_the_next_time(bench: Bench) -> None:
    delivery = await bench.out("Du pian")
    await bench.write(delivery, text="Du pain")
    bench.network.fail("edit", Fault.SLOW)
    task = asyncio.create_task(correcting.correct(bench.ws, delivery))
    while not bench.journal(delivery):  # noqa: ASYNC110 - as above
        await asyncio.sleep(0)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    assert bench.journal(delivery) == [("edit", None)]
    assert bench.behind(delivery)
    assert (await correcting.correct(bench.ws, delivery)).outcome is Outcome.CHANGED
    assert bench.journal(delivery) == [("edit", "unknown"), ("edit", "published")]


async def test_the_conversation_shows_the_words_that_are_live(bench: Bench) -> None:
    delivery = await bench.out("Du pian")
    remote_id = planning.delivery(bench.ws, delivery).remote_id
    assert remote_id is not None
    bench.network.say("zoe", "Miam", to="rosa", reply_to=remote_id)
    await syncing.pull(bench.ws, bench.account)
    [number] = inbox.ids(bench.ws)
    await bench.write(delivery, text="Du pain")

    def ours() -> list[str]:
        return [item.text for item in inbox.thread(bench.ws, number) if item.ours]  # type: ignore[arg-type]  # ids come as plain numbers

    assert ours() == ["Du pian"], "stored words that nobody has seen are not shown as said"
    await correcting.correct(bench.ws, delivery)
    assert ours() == ["Du pain"]
