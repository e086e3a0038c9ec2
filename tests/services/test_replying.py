"""A reply names whom it must, is seen by no more people than what it answers, and works without a network."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from cmdesk.domain.account import Account, Health, Identity, Network
from cmdesk.domain.delivery import HeldBecause, State
from cmdesk.domain.errors import BadInput, NotAllowed, NotFound
from cmdesk.domain.ids import AccountId, MessageId
from cmdesk.domain.limits import Limits, Visibility
from cmdesk.domain.message import Author, Message, MessageKind, MessageState
from cmdesk.domain.post import PostEdit, Variant
from cmdesk.services import composing, inbox, linking, moderating, planning, replying, syncing
from cmdesk.services import today as days
from cmdesk.services.desk import Desk
from cmdesk.services.publishing import Publisher
from cmdesk.services.workspace import Workspace
from tests.helpers.clocks import FakeClock
from tests.helpers.desks import link, open_desk
from tests.helpers.fake_network import FakeNetwork, Fault
from tests.helpers.inboxes import NOW
from tests.helpers.keyrings import InMemoryKeyring


class Bench:
    """A desk, a client with one account, a network, a publisher."""

    desk: Desk
    ws: Workspace
    account: AccountId
    publisher: Publisher

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.network = FakeNetwork(self.clock)

    async def asked(self, visibility: Visibility = Visibility.PUBLIC, reply_to: str | None = None) -> MessageId:
        """Somebody asks something; it is in the inbox."""
        status = self.network.say("zoe", "Ouvert demain ?", to="rosa", visibility=visibility, reply_to=reply_to)
        await syncing.pull(self.ws, self.account)
        number = next(n for n in inbox.ids(self.ws) if inbox.message(self.ws, MessageId(n)).remote_id == status.remote_id)
        return MessageId(number)

    def state(self, number: MessageId) -> MessageState:
        return inbox.message(self.ws, number).state


@pytest_asyncio.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    made = Bench()
    made.desk = open_desk(tmp_path, made.network, made.clock, keyring=InMemoryKeyring())
    made.ws = await made.desk.create("Rosa", timezone="America/Toronto")
    made.account = link(made.ws, made.network, "rosa")
    made.publisher = Publisher(made.desk, made.clock, random.Random(3))
    yield made
    await made.desk.close()


@pytest.mark.asyncio
async def test_a_reply_is_in_hand_until_it_is_out_and_then_answered(bench: Bench) -> None:
    number = await bench.asked()
    draft = replying.draft_for(bench.ws, number)
    assert (draft.text, draft.visibility, draft.language) == ("@zoe@fake.example ", Visibility.PUBLIC, "fr-CA")
    bench.network.fail("publish", Fault.REFUSE)  # on the train
    delivery = await replying.send(bench.ws, number, replace(draft, text=draft.text + "Oui, dès 7 h."))
    assert bench.state(number) is MessageState.IN_HAND
    waiting = inbox.thread(bench.ws, number)
    assert [(item.ours, item.delivery_state) for item in waiting] == [(False, None), (True, State.PLANNED)]
    await bench.publisher.tick(bench.ws)
    assert planning.delivery(bench.ws, delivery).state is State.PLANNED
    bench.clock.advance(1200)
    await bench.publisher.tick(bench.ws)
    assert bench.state(number) is MessageState.ANSWERED
    live = bench.network.live("rosa")[0]
    assert (live.text, live.reply_to) == (
        "@zoe@fake.example Oui, dès 7 h.",
        inbox.message(bench.ws, number).remote_id,
    )
    thread = inbox.thread(bench.ws, number)
    assert [(item.ours, item.delivery_state, item.remote_id) for item in thread[1:]] == [(True, State.SENT, live.remote_id)]


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("hours", "state"),
    [(2, State.SENT), (23.9, State.SENT), (24.1, State.HELD)],
)
async def test_a_reply_waits_a_day_for_a_network_and_then_a_person_decides(bench: Bench, hours: float, state: State) -> None:
    """A post of the same age is held after its client's grace: somebody chose its hour."""
    number = await bench.asked()
    draft = replying.draft_for(bench.ws, number)
    delivery = await replying.send(bench.ws, number, replace(draft, text=draft.text + "Oui."))
    post = await composing.create(bench.ws, PostEdit(text="Brioche du jour", variants=(Variant(bench.account),)))
    (beside,) = await planning.now(bench.ws, post.id)
    bench.clock.advance(hours * 3600)
    ticked = await bench.publisher.tick(bench.ws)
    assert planning.delivery(bench.ws, delivery).state is state
    late = planning.delivery(bench.ws, beside)
    assert (late.state, late.held_because) == (State.HELD, HeldBecause.LATE)
    live = bench.network.live("rosa")
    if state is State.SENT:
        assert [one.text for one in live] == ["@zoe@fake.example Oui."]
        assert ticked.held == 1
        return
    assert planning.delivery(bench.ws, delivery).held_because is HeldBecause.LATE
    assert (live, ticked.held, bench.state(number)) == ((), 2, MessageState.IN_HAND)


@pytest.mark.asyncio
async def test_an_answer_to_our_reply_joins_the_thread_with_our_words_once(bench: Bench) -> None:
    number = await bench.asked()
    draft = replying.draft_for(bench.ws, number)
    await replying.send(bench.ws, number, replace(draft, text=draft.text + "Oui."))
    await bench.publisher.tick(bench.ws)
    ours = bench.network.live("rosa")[0]
    bench.clock.advance(60)
    again = await bench.asked(reply_to=ours.remote_id)
    await inbox.refresh_thread(bench.ws, again)  # brings our own words back from the network
    texts = [(item.text, item.ours) for item in inbox.thread(bench.ws, again)]
    assert texts == [("Ouvert demain ?", False), ("@zoe@fake.example Oui.", True), ("Ouvert demain ?", False)]
    assert inbox.message(bench.ws, again).delivery is not None


@pytest.mark.asyncio
async def test_an_answer_to_a_post_of_ours_shows_the_post_in_its_thread(bench: Bench) -> None:
    post = await composing.create(bench.ws, PostEdit(text="Brioche du jour", variants=(Variant(bench.account),)))
    await planning.now(bench.ws, post.id)
    await bench.publisher.tick(bench.ws)
    number = await bench.asked(reply_to=bench.network.live("rosa")[0].remote_id)
    assert [(item.text, item.ours) for item in inbox.thread(bench.ws, number)] == [
        ("Brioche du jour", True),
        ("Ouvert demain ?", False),
    ]
    delivery = inbox.message(bench.ws, number).delivery
    assert delivery is not None
    await moderating.delete_own(bench.ws, delivery)
    assert planning.delivery(bench.ws, delivery).state is State.GONE
    assert bench.network.live("rosa") == ()
    with pytest.raises(NotAllowed):
        await moderating.delete_own(bench.ws, delivery)


@pytest.mark.asyncio
@pytest.mark.parametrize("asked", list(Visibility))
@pytest.mark.parametrize("chosen", list(Visibility))
async def test_no_reply_is_seen_by_more_people_than_what_it_answers_unless_a_person_says_so(
    bench: Bench, asked: Visibility, chosen: Visibility
) -> None:
    number = await bench.asked(asked)
    draft = replying.draft_for(bench.ws, number)
    assert draft.visibility is asked
    edit = replace(draft, text="Oui.", visibility=chosen)
    order = [Visibility.PUBLIC, Visibility.UNLISTED, Visibility.FOLLOWERS, Visibility.DIRECT]
    if order.index(chosen) < order.index(asked):
        with pytest.raises(BadInput, match="visibility"):
            await replying.send(bench.ws, number, edit)
        assert bench.state(number) is MessageState.AWAITING
        sneaky = replace(edit, visibility=asked, variants=(Variant(bench.account, visibility=chosen),))
        with pytest.raises(BadInput, match="visibility"):
            await replying.send(bench.ws, number, sneaky)
        await replying.send(bench.ws, number, edit, allow_wider=True)
    else:
        await replying.send(bench.ws, number, edit)
    await bench.publisher.tick(bench.ws)
    assert [status.visibility for status in bench.network.live("rosa")] == [chosen]


@pytest.mark.asyncio
@pytest.mark.parametrize("text", ["", "   ", "@zoe@fake.example ", "@ZOE@fake.example\n"])
async def test_a_reply_of_names_alone_is_no_reply(bench: Bench, text: str) -> None:
    number = await bench.asked()
    with pytest.raises(BadInput, match="text"):
        await replying.send(bench.ws, number, replace(replying.draft_for(bench.ws, number), text=text))


@pytest.mark.asyncio
async def test_a_reply_goes_from_the_account_that_was_asked_whatever_the_edit_says(bench: Bench) -> None:
    other = link(bench.ws, bench.network, "malik")
    number = await bench.asked()
    edit = replace(replying.draft_for(bench.ws, number), text="Oui.", variants=(Variant(other),), reply_to=None)
    await replying.send(bench.ws, number, edit)
    await bench.publisher.tick(bench.ws)
    assert bench.network.live("malik") == ()
    assert bench.network.live("rosa")[0].reply_to == inbox.message(bench.ws, number).remote_id


@pytest.mark.asyncio
async def test_nothing_is_answered_for_an_unlinked_account_or_a_message_that_is_not_there(bench: Bench) -> None:
    number = await bench.asked()
    draft = replying.draft_for(bench.ws, number)
    await linking.unlink(bench.ws, bench.account)
    with pytest.raises(NotAllowed):
        await replying.send(bench.ws, number, replace(draft, text="Oui."))
    with pytest.raises(NotFound):
        replying.draft_for(bench.ws, MessageId(999))


_OURS = Identity(Network.MASTODON, "https://fake.example", "1", "rosa@fake.example", "Rosa")
_HANDLES = st.sampled_from(["rosa@fake.example", "Rosa@Fake.example", "zoe@a.example", "ZOE@a.example", "jun@b.example", ""])


@given(author=_HANDLES, named=st.lists(_HANDLES, max_size=6), own=st.booleans())
def test_the_author_comes_first_nobody_twice_and_never_ourselves(author: str, named: list[str], own: bool) -> None:
    account = Account(AccountId(1), "u", _OURS, NOW, Health.OK, NOW, "", Limits(), frozenset())
    message = Message(
        id=MessageId(1),
        account=AccountId(1),
        kind=MessageKind.MENTION,
        raw_kind="mention",
        remote_id="1",
        event_id="1",
        author=Author("2", author, "X", is_us=own),
        text="",
        html="",
        created_at=NOW,
        received_at=NOW,
        state=MessageState.AWAITING,
        mentions=tuple(named),
    )
    names = replying.mentions_for(message, account)
    folded = [name.casefold() for name in names]
    assert len(set(folded)) == len(folded)
    assert "rosa@fake.example" not in folded
    assert "" not in folded
    expected = {name.casefold() for name in (*named, *(() if own else (author,)))} - {"rosa@fake.example", ""}
    assert set(folded) == expected
    if not own and author.casefold() not in {"rosa@fake.example", ""}:
        assert folded[0] == author.casefold()


@pytest.mark.asyncio
async def test_today_shows_who_waits_longest_what_goes_out_and_whose_line_is_broken(bench: Bench) -> None:
    first = await bench.asked()
    bench.clock.advance(60)
    second = await bench.asked()
    post = await composing.create(bench.ws, PostEdit(text="Ce soir", variants=(Variant(bench.account),)))
    await planning.now(bench.ws, post.id)
    await composing.create(bench.ws, PostEdit(text="Une idée", variants=(Variant(bench.account),)))
    bench.network.fail("inbox", Fault.REVOKED)
    await syncing.pull_all([bench.ws])
    found = days.today(bench.ws)
    assert [row.id for row in found.awaiting] == [first, second]
    assert (found.awaiting_count, [draft.preview for draft in found.drafts]) == (2, ["Une idée"])
    assert [entry.preview for entry in found.going_out] == ["Ce soir"]
    assert [mark.health for mark in found.accounts_in_trouble] == [Health.RECONNECT]
    assert days.today_desk(bench.desk) == found
    await replying.send(bench.ws, first, replace(replying.draft_for(bench.ws, first), text="Oui."))
    assert days.today(bench.ws).awaiting_count == 1


def test_a_day_has_as_many_hours_as_its_zone_says() -> None:
    spring = NOW.replace(month=3, day=8)
    start, end = days.day_of(spring, "America/Toronto")
    assert (end.timestamp() - start.timestamp()) / 3600 == 23
    start, end = days.day_of(NOW, "America/Toronto")
    assert (end.timestamp() - start.timestamp()) / 3600 == 24
    assert start <= NOW < end
