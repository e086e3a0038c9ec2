"""The practice network is lively, the same for the same seed, and remembers."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from cmdesk.domain.account import FetchKind, Network
from cmdesk.domain.checking import check
from cmdesk.domain.client import clean_colour, clean_language, clean_name, clean_timezone
from cmdesk.domain.delivery import Envelope
from cmdesk.domain.ids import DeliveryId
from cmdesk.domain.limits import Limits, Visibility
from cmdesk.domain.message import MessageKind
from cmdesk.domain.post import Content, Part
from cmdesk.domain.secret import Secret
from cmdesk.networks import registry
from cmdesk.networks.port import NotSent, Published, Whole
from cmdesk.networks.practice import PracticeNetwork, personas, sample_desk
from tests.helpers.clocks import FakeClock


async def link(world: PracticeNetwork, clock: FakeClock, key: str) -> Whole:
    async def secret() -> Secret:
        return Secret(key)

    new = registry.introduce(Network.PRACTICE, "", secret=secret, clock=clock, practice=world)
    return registry.build(await new.whoami(), secret=secret, clock=clock, practice=world)


async def say(one: Whole, text: str, reply_to: str | None = None, language: str = "fr") -> Published:
    who = await one.whoami()
    made = await one.publish(
        Envelope(DeliveryId(1), 0, 1, who, f"k{len(text)}{reply_to}", text, "", language=language, reply_to=reply_to)
    )
    assert isinstance(made, Published)
    return made


@pytest.mark.asyncio
@pytest.mark.parametrize("key", [one.key for one in personas()])
async def test_each_client_finds_an_inbox_full_of_people(key: str, tmp_path: Path) -> None:
    clock = FakeClock()
    one = await link(PracticeNetwork(tmp_path / "p.json", clock), clock, key)
    items = (await one.inbox(FetchKind.NOTIFICATIONS, None)).items
    words = [item for item in items if item.kind in {MessageKind.MENTION, MessageKind.REPLY, MessageKind.DIRECT}]
    assert len(words) >= 25
    assert len({item.text for item in words}) == len(words)
    assert len({item.author.handle for item in items}) >= 5
    assert any(item.visibility is Visibility.DIRECT for item in words)
    assert any(item.edited_at for item in words)
    assert all(item.created_at < clock.now() for item in items)
    assert len((await one.inbox(FetchKind.OWN_POSTS, None)).items) >= 6


@pytest.mark.asyncio
async def test_people_answer_within_seconds_thank_for_answers_and_take_words_back(tmp_path: Path) -> None:
    clock = FakeClock()
    path = tmp_path / "p.json"
    one = await link(PracticeNetwork(path, clock), clock, "levain")
    start = await one.inbox(FetchKind.NOTIFICATIONS, None)
    made = await say(one, "Du nouveau demain?")
    assert (await one.inbox(FetchKind.NOTIFICATIONS, start.cursor)).items == ()
    clock.advance(30)
    later = await link(PracticeNetwork(path, clock), clock, "levain")
    answers = await later.inbox(FetchKind.NOTIFICATIONS, start.cursor)
    assert {item.kind for item in answers.items} == {MessageKind.REPLY, MessageKind.FAVOURITE, MessageKind.BOOST}
    replies = [item for item in answers.items if item.in_reply_to == made.remote_id]
    await say(later, f"@{replies[0].author.handle} Oui!", replies[0].remote_id)
    clock.advance(30)
    thanks = await later.inbox(FetchKind.NOTIFICATIONS, answers.cursor)
    assert thanks.items
    assert all(item.author == replies[0].author for item in thanks.items)
    regretted = next(item for item in start.items if "ketchup. Non" in item.text)
    clock.advance(700)
    again = await later.inbox(FetchKind.NOTIFICATIONS, None)
    assert regretted.event_id not in {item.event_id for item in again.items}


@pytest.mark.asyncio
async def test_the_same_seed_tells_the_same_story(tmp_path: Path) -> None:
    told = []
    for name in ("a", "b"):
        clock = FakeClock()
        one = await link(PracticeNetwork(tmp_path / name, clock, seed=7), clock, "spoke")
        await say(one, "New stock today", language="en")
        clock.advance(60)
        told.append(
            [(item.kind, item.text, item.author.handle) for item in (await one.inbox(FetchKind.NOTIFICATIONS, None)).items]
        )
    assert told[0] == told[1]


@pytest.mark.asyncio
async def test_offline_nothing_is_sent_and_a_blocked_person_is_silent(tmp_path: Path) -> None:
    clock = FakeClock()
    world = PracticeNetwork(tmp_path / "p.json", clock)
    one = await link(world, clock, "marees")
    start = await one.inbox(FetchKind.NOTIFICATIONS, None)
    who = await one.whoami()
    world.offline = True
    with pytest.raises(NotSent):
        await one.publish(Envelope(DeliveryId(1), 0, 1, who, "k", "x", ""))
    world.offline = False
    for author in {item.author.remote_id for item in start.items}:
        await one.block_author(author)
    await say(one, "Silence?")
    clock.advance(60)
    assert (await one.inbox(FetchKind.NOTIFICATIONS, start.cursor)).items == ()


def test_the_sample_desk_can_be_made_and_sent() -> None:
    clock = FakeClock()
    limits = Limits(read_at=clock.now())
    desk = sample_desk(clock)
    assert len(desk) == 3
    for client in desk:
        assert clean_name(client.name) == client.name
        assert clean_colour(client.colour).value == client.colour
        assert clean_timezone(client.timezone) == client.timezone
        assert clean_language(client.language).value == client.language
        assert client.drafts
        assert len(client.planned) >= 6
        for post in (*client.drafts, *client.planned):
            assert check(Content((Part(post.text),)), limits) == ()
        whens = [post.when for post in client.planned if post.when]
        assert all(clock.now() < when < clock.now() + timedelta(days=15) for when in whens)


def test_a_damaged_file_is_set_aside(tmp_path: Path) -> None:
    path = tmp_path / "p.json"
    path.write_text("{broken", "utf-8")
    PracticeNetwork(path, FakeClock())
    assert path.with_suffix(".unreadable").read_text("utf-8") == "{broken"
