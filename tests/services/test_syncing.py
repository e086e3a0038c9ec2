"""What arrives is pulled without a gap, failures are told once and in the right place, and nobody is asked too often."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from cmdesk.domain.account import FetchKind, Health
from cmdesk.domain.changes import Changes, Topic
from cmdesk.domain.errors import AuthRevoked, DiskFull, NotAllowed
from cmdesk.domain.ids import AccountId, MessageId
from cmdesk.domain.message import MessageKind, MessageState
from cmdesk.domain.views import InboxFilter
from cmdesk.networks.port import ReportReason
from cmdesk.services import inbox, linking, moderating, syncing
from cmdesk.services.desk import Desk
from cmdesk.services.syncing import Syncer
from cmdesk.services.workspace import Workspace
from cmdesk.store import ingest
from tests.helpers.clocks import FakeClock
from tests.helpers.desks import link, lose_secret, open_desk
from tests.helpers.fake_network import FakeNetwork, Fault
from tests.helpers.keyrings import InMemoryKeyring

pytestmark = pytest.mark.asyncio


class Bench:
    """A desk, a client with one account, a network."""

    desk: Desk
    ws: Workspace
    account: AccountId

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.network = FakeNetwork(self.clock, page_size=5)
        self.told: list[Changes] = []

    def first(self) -> MessageId:
        return MessageId(inbox.ids(self.ws)[0])


@pytest_asyncio.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    made = Bench()
    made.desk = open_desk(tmp_path, made.network, made.clock, keyring=InMemoryKeyring(), on_change=made.told.append)
    made.ws = await made.desk.create("Rosa")
    made.account = link(made.ws, made.network, "rosa")
    yield made
    await made.desk.close()


async def test_a_pull_brings_every_page_and_the_next_one_nothing(bench: Bench) -> None:
    bench.network.say("zoe", "premier", to="rosa")
    assert (await syncing.pull(bench.ws, bench.account)).new == 1
    for number in range(13):
        bench.network.say("zoe", f"message {number}", to="rosa")
    bench.told.clear()
    pulled = await syncing.pull(bench.ws, bench.account)
    assert (pulled.new, pulled.fresh, len(inbox.ids(bench.ws))) == (13, 13, 14)
    assert any(Topic.INBOX in changes.topics for changes in bench.told)
    bench.told.clear()
    assert (await syncing.pull(bench.ws, bench.account)).new == 0
    assert not any(Topic.INBOX in changes.topics for changes in bench.told)
    fetch = linking.account(bench.ws, bench.account).fetches[0]
    assert (fetch.kind, fetch.succeeded_at, fetch.problem) == (FetchKind.NOTIFICATIONS, bench.clock.now(), None)


async def test_a_failure_between_pages_keeps_what_came_and_goes_on_from_there(bench: Bench) -> None:
    bench.network.say("zoe", "premier", to="rosa")
    await syncing.pull(bench.ws, bench.account)
    for number in range(13):
        bench.network.say("zoe", f"message {number}", to="rosa")
    real = bench.network.next_fault
    asked = 0

    def second_page_fails(operation: str) -> Fault | None:
        nonlocal asked
        asked += operation == "inbox"
        return Fault.REVOKED if asked == 2 else real(operation)

    bench.network.next_fault = second_page_fails  # type: ignore[method-assign]  # one page fails, wherever it comes
    with pytest.raises(AuthRevoked):
        await syncing.pull(bench.ws, bench.account)
    account = linking.account(bench.ws, bench.account)
    assert (account.health, account.fetches[0].problem, len(inbox.ids(bench.ws))) == (Health.RECONNECT, "auth_revoked", 6)
    assert (await syncing.pull(bench.ws, bench.account)).new == 8
    assert linking.account(bench.ws, bench.account).health is Health.OK


async def test_a_page_that_could_not_be_kept_comes_again(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """The place in the stream is kept with the rows or not at all."""
    bench.network.say("zoe", "premier", to="rosa")
    await syncing.pull(bench.ws, bench.account)
    bench.network.say("zoe", "deuxième", to="rosa")

    def full(*_: object, **__: object) -> None:
        raise DiskFull

    with monkeypatch.context() as change:
        change.setattr(ingest, "ingest", full)
        with pytest.raises(DiskFull):
            await syncing.pull(bench.ws, bench.account)
    assert (await syncing.pull(bench.ws, bench.account)).new == 1
    assert len(inbox.ids(bench.ws)) == 2


async def test_what_arrives_for_an_account_that_was_unlinked_meanwhile_is_dropped(bench: Bench) -> None:
    bench.network.say("zoe", "premier", to="rosa")
    bench.network.fail("inbox", Fault.SLOW)
    pulling = asyncio.create_task(syncing.pull(bench.ws, bench.account))
    for _ in range(5):
        await asyncio.sleep(0)
    with bench.ws.write() as session:
        session.connection().exec_driver_sql("UPDATE account SET unlinked_at = 1 WHERE id = ?", (bench.account,))
    bench.network.gate.set()
    pulled = await pulling
    assert (pulled.new, len(inbox.ids(bench.ws))) == (0, 0)


async def test_never_two_pulls_of_one_account_at_a_time(bench: Bench) -> None:
    bench.network.fail("inbox", Fault.SLOW)
    first = asyncio.create_task(syncing.pull(bench.ws, bench.account))
    second = asyncio.create_task(syncing.pull(bench.ws, bench.account))
    for _ in range(5):
        await asyncio.sleep(0)
    assert sum(call.operation == "inbox" for call in bench.network.calls) == 0
    bench.network.gate.set()
    await asyncio.gather(first, second)
    assert sum(call.operation == "inbox" for call in bench.network.calls) == 2


async def test_offline_is_one_state_and_no_accounts_fault(bench: Bench) -> None:
    link(bench.ws, bench.network, "malik")
    told: list[bool] = []
    syncer = Syncer(bench.desk, bench.clock, on_offline=told.append)
    bench.network.fail("inbox", Fault.REFUSE, Fault.REFUSE)
    await syncer.tick()
    assert (syncer.offline, told) == (True, [True])
    assert {account.health for account in linking.accounts(bench.ws)} == {Health.OK}
    syncer.wake()
    await syncer.tick()
    assert (syncer.offline, told) == (False, [True, False])


async def test_a_silent_server_among_others_is_its_own_fault(bench: Bench) -> None:
    other = link(bench.ws, bench.network, "malik")
    bench.network.fail("inbox", Fault.REFUSE)
    syncer = Syncer(bench.desk, bench.clock)
    await syncer.tick()
    healths = [linking.account(bench.ws, one).health for one in (bench.account, other)]
    assert (syncer.offline, sorted(health.value for health in healths)) == (False, ["ok", "unreachable"])


async def test_the_back_off_is_one_two_five_fifteen_minutes(bench: Bench) -> None:
    syncer = Syncer(bench.desk, bench.clock)
    bench.network.fail("inbox", *[Fault.ERROR_BEFORE] * 6)
    assert (await syncer.tick())[0].problem is not None
    for minutes in (1, 2, 5, 15, 15):
        bench.clock.advance(minutes * 60 - 1)
        assert await syncer.tick() == ()
        bench.clock.advance(1)
        assert (await syncer.tick())[0].problem is not None
    bench.clock.advance(15 * 60)
    assert (await syncer.tick())[0].problem is None
    bench.clock.advance(59)
    assert await syncer.tick() == ()
    bench.clock.advance(1)
    assert len(await syncer.tick()) == 1
    syncer.set_active(False)
    bench.clock.advance(60)
    assert len(await syncer.tick()) == 1
    bench.clock.advance(299)
    assert await syncer.tick() == ()


async def test_a_rate_limit_is_waited_out_and_the_account_stays_well(bench: Bench) -> None:
    syncer = Syncer(bench.desk, bench.clock)
    bench.network.fail("inbox", Fault.RATE_LIMITED)
    await syncer.tick()
    assert linking.account(bench.ws, bench.account).health is Health.OK


async def test_a_missing_key_is_told_and_the_rest_goes_on(bench: Bench) -> None:
    other = link(bench.ws, bench.network, "malik")
    lose_secret(bench.ws, bench.account)
    bench.network.say("zoe", "Bonjour", to="malik")
    pulled = await syncing.pull_all([bench.ws])
    assert [one.problem is None for one in pulled] == [False, True]
    assert linking.account(bench.ws, bench.account).health is Health.SECRET_MISSING
    assert inbox.rows(bench.ws, inbox.ids(bench.ws))[0].account == other


async def test_what_was_snoozed_comes_back_with_the_next_round(bench: Bench) -> None:
    bench.network.say("zoe", "Bonjour", to="rosa")
    syncer = Syncer(bench.desk, bench.clock)
    await syncer.tick()
    now = bench.clock.now()
    until = now.replace(hour=now.hour + 1)
    await inbox.set_state(bench.ws, [bench.first()], MessageState.SNOOZED, until)
    bench.clock.advance(3600)
    await syncer.tick()
    assert inbox.message(bench.ws, bench.first()).state is MessageState.AWAITING


async def test_the_loop_turns_until_it_is_cancelled(bench: Bench) -> None:
    came = asyncio.Event()
    syncer = Syncer(bench.desk, bench.clock, on_pulled=lambda _pulled: came.set())
    task = asyncio.create_task(syncer.run())
    await asyncio.wait_for(came.wait(), 5)
    came.clear()
    syncer.wake(bench.ws.client.id)
    await asyncio.wait_for(came.wait(), 5)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


async def test_a_thread_is_fetched_and_a_vanished_message_is_marked(bench: Bench) -> None:
    root = bench.network.say("zoe", "Qui vient ?")
    asked = bench.network.say("malik", "Et vous ?", to="rosa", reply_to=root.remote_id)
    bench.network.say("jun", "Moi", reply_to=root.remote_id)
    await syncing.pull(bench.ws, bench.account)
    items = await inbox.refresh_thread(bench.ws, bench.first())
    assert [(item.text, item.focus) for item in items] == [("Qui vient ?", False), ("Et vous ?", True), ("Moi", False)]
    assert len(inbox.ids(bench.ws)) == 1
    bench.network.delete_status(asked.remote_id)
    items = await inbox.refresh_thread(bench.ws, bench.first())
    assert [item.deleted for item in items] == [False, True, False]


async def test_rows_of_all_clients_are_merged_by_time_page_by_page(bench: Bench) -> None:
    other = await bench.desk.create("Malik")
    elsewhere = link(other, bench.network, "malik")
    for number in range(12):
        bench.network.say("zoe", f"message {number}", to="rosa" if number % 3 else "malik")
        if number % 2:
            bench.clock.advance(60)
    bench.network.page_size = 40
    await syncing.pull(bench.ws, bench.account)
    await syncing.pull(other, elsewhere)
    whole = inbox.desk_rows(bench.desk)
    found = inbox.desk_rows(bench.desk, limit=5)
    while page := inbox.desk_rows(bench.desk, limit=5, before=found[-1]):
        found += page
    assert (found, len(whole)) == (whole, 12)
    assert inbox.desk_rows(bench.desk, InboxFilter(kinds=frozenset({MessageKind.DIRECT}))) == ()


async def test_moderation_reaches_the_network_and_is_noted_here(bench: Bench) -> None:
    bench.network.say("troll", "Bof", to="rosa")
    await syncing.pull(bench.ws, bench.account)
    number = bench.first()
    await moderating.report(bench.ws, number, ReportReason("spam", "encore"))
    assert inbox.message(bench.ws, number).state is MessageState.AWAITING
    await moderating.favourite(bench.ws, number, True)
    assert inbox.message(bench.ws, number).favourite
    await moderating.favourite(bench.ws, number, False)
    assert not inbox.message(bench.ws, number).favourite
    await moderating.favourite(bench.ws, number, True)
    await moderating.favourite(bench.ws, number, True)
    await moderating.block(bench.ws, number)
    await moderating.mute_thread(bench.ws, number)
    troll, rosa = bench.network.person("troll").remote_id, bench.network.person("rosa").remote_id
    assert bench.network.blocked == {(rosa, troll)}
    assert inbox.message(bench.ws, number).state is MessageState.SET_ASIDE
    assert inbox.message(bench.ws, number).favourite
    bench.network.fail("mute_author", Fault.REVOKED)
    with pytest.raises(AuthRevoked):
        await moderating.mute_author(bench.ws, number)
    assert linking.account(bench.ws, bench.account).health is Health.RECONNECT


async def test_what_a_network_cannot_do_is_not_allowed(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    bench.network.say("zoe", "Bonjour", to="rosa")
    await syncing.pull(bench.ws, bench.account)
    connector = await bench.ws.connector(bench.account)
    monkeypatch.setattr(connector, "roles", frozenset())
    with pytest.raises(NotAllowed):
        await moderating.block(bench.ws, bench.first())
    with pytest.raises(NotAllowed):
        await moderating.favourite(bench.ws, bench.first(), True)
