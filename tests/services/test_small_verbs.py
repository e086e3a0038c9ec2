"""The small verbs: settings on a disk that refuses, what a pasted address means, and replies that are begun and taken back."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from msgspec.structs import replace

from cmdesk.domain.delivery import State
from cmdesk.domain.errors import NotAllowed, ReadOnly
from cmdesk.domain.ids import AccountId, MessageId
from cmdesk.domain.message import MessageState
from cmdesk.domain.post import PostEdit, Variant
from cmdesk.domain.settings import Settings
from cmdesk.services import composing, inbox, planning, preferences, replying, resolving, syncing
from cmdesk.services.desk import Desk
from cmdesk.services.home import Home
from cmdesk.services.publishing import Publisher
from cmdesk.services.workspace import Workspace
from tests.helpers.clocks import FakeClock
from tests.helpers.desks import link, open_desk
from tests.helpers.disks import small_disk
from tests.helpers.fake_network import FakeNetwork, Fault
from tests.helpers.keyrings import InMemoryKeyring


class Bench:
    """A client with one account that somebody asks something."""

    desk: Desk
    ws: Workspace
    account: AccountId

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.network = FakeNetwork(self.clock)

    async def asked(self) -> MessageId:
        self.network.say("zoe", "Ouvert demain ?", to="rosa")
        await syncing.pull(self.ws, self.account)
        return MessageId(inbox.ids(self.ws)[0])


@pytest_asyncio.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    made = Bench()
    made.desk = open_desk(tmp_path / "home", made.network, made.clock, keyring=InMemoryKeyring())
    made.ws = await made.desk.create("Rosa", timezone="America/Toronto")
    made.account = link(made.ws, made.network, "rosa")
    yield made
    await made.desk.close()


def test_settings_that_cannot_be_written_leave_the_old_ones_whole(tmp_path: Path) -> None:
    with small_disk(tmp_path / "disk") as disk:
        home = Home(disk.folder)
        preferences.save(home, Settings(language="fr_CA"))
        disk.read_only()
        with pytest.raises(ReadOnly) as problem:
            preferences.save(home, Settings(language="en_CA"))
        assert problem.value.params["path"] == str(home.settings_file)
        assert preferences.load(home).language == "fr_CA"


@pytest.mark.asyncio
async def test_our_own_live_post_is_found_without_asking_anybody(bench: Bench) -> None:
    post = await composing.create(bench.ws, PostEdit(text="Un", variants=(Variant(bench.account),)))
    [delivery] = await planning.now(bench.ws, post.id)
    await Publisher(bench.desk, bench.clock, random.Random(1)).tick(bench.ws)
    live = planning.delivery(bench.ws, delivery)
    assert live.url is not None
    before = len(bench.network.calls)
    found = await resolving.reply_target(bench.ws, bench.account, live.url)
    assert (found.remote_id, found.url) == (live.remote_id, live.url)
    assert len(bench.network.calls) == before


@pytest.mark.asyncio
async def test_a_network_that_cannot_look_up_addresses_says_so(bench: Bench) -> None:
    status = bench.network.say("zoe", "Bonjour")
    with pytest.raises(NotAllowed) as problem:
        await resolving.reply_target(bench.ws, bench.account, bench.network.url(status.remote_id))
    assert problem.value.to_state == "resolves"


@pytest.mark.asyncio
async def test_a_reply_is_kept_while_it_is_written_and_goes_when_it_is_emptied(bench: Bench) -> None:
    number = await bench.asked()
    draft = replying.draft_for(bench.ws, number)
    assert await replying.keep(bench.ws, number, draft) is None, "names alone are no words"
    first = await replying.keep(bench.ws, number, replace(draft, text=draft.text + "Oui"))
    assert first is not None
    second = await replying.keep(bench.ws, number, replace(draft, text=draft.text + "Oui, dès 7 h"))
    assert second is not None
    assert second.id == first.id, "one per message"
    kept = replying.kept(bench.ws, number)
    assert kept is not None
    assert kept.text.endswith("Oui, dès 7 h")
    assert await replying.keep(bench.ws, number, draft) is None
    assert replying.kept(bench.ws, number) is None
    assert composing.load(bench.ws, first.id).deleted_at is not None


@pytest.mark.asyncio
async def test_a_reply_that_waits_is_taken_back_and_one_that_is_out_is_not(bench: Bench) -> None:
    number = await bench.asked()
    draft = replying.draft_for(bench.ws, number)
    bench.network.fail("publish", Fault.REFUSE)
    delivery = await replying.send(bench.ws, number, replace(draft, text=draft.text + "Oui"))
    publisher = Publisher(bench.desk, bench.clock, random.Random(1))
    await publisher.tick(bench.ws)
    assert planning.delivery(bench.ws, delivery).state is State.PLANNED
    edit = await replying.take_back(bench.ws, delivery, MessageState.AWAITING)
    assert edit.text.endswith("Oui")
    assert planning.delivery(bench.ws, delivery).state is State.CANCELLED
    assert inbox.message(bench.ws, number).state is MessageState.AWAITING
    kept = replying.kept(bench.ws, number)
    assert kept is not None
    assert kept.text == edit.text
    again = await replying.send(bench.ws, number, edit)
    bench.clock.advance(60)
    await publisher.tick(bench.ws)
    assert planning.delivery(bench.ws, again).state is State.SENT
    with pytest.raises(NotAllowed):
        await replying.take_back(bench.ws, again, MessageState.AWAITING)
    assert inbox.message(bench.ws, number).state is MessageState.ANSWERED
