"""Gates, labels, languages, quotes and films of Bluesky: in the personal server, and as the whole network shows them."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest
import pytest_asyncio
from msgspec.structs import replace

from cmdesk.domain.account import Identity, Network
from cmdesk.domain.clock import SystemClock
from cmdesk.domain.delivery import Envelope
from cmdesk.domain.extras import Extras, Replier
from cmdesk.domain.ids import DeliveryId, MediaId
from cmdesk.domain.keys import new_key
from cmdesk.domain.post import MediaItem
from cmdesk.networks._bluesky_gates import POSTGATE, THREADGATE
from cmdesk.networks._bluesky_identity import POST
from cmdesk.networks.port import Look, Published, Rationed, Refused, Unknown
from tests.helpers import atproto
from tests.helpers.clocks import FakeClock
from tests.networks.bluesky import Kept, connector, identity_of, session_of
from tests.networks.fakes.bluesky import BlueskyPlatform, Fault

T = TypeVar("T")

#: The beginning of an MP4 file: a personal server believes what a file says it is, and looks no further.
FILM = b"\x00\x00\x00\x18ftypmp42\x00\x00\x00\x00mp42isom" + b"\x00\x00\x00\x08mdat" * 40


class Stage:
    """One account, its connector, and posts with names of their own."""

    def __init__(self, identity: Identity, one: Any, clock: FakeClock, folder: Path) -> None:
        self.identity, self.one, self.clock, self.folder = identity, one, clock, folder
        self._number = 0

    def envelope(self, text: str, extras: Extras, **more: object) -> Envelope:
        self._number += 1
        key = new_key(self.clock.now(), int.from_bytes(hashlib.sha256(f"{text}{self._number}".encode()).digest()[:9]))
        plain = Envelope(DeliveryId(1), 0, 1, self.identity, key, text, str(self.folder), language="fr", extras=extras)
        return replace(plain, **more)

    def film(self) -> MediaItem:
        (self.folder / "film.mp4").write_bytes(FILM)
        digest = hashlib.sha256(FILM).hexdigest()
        return MediaItem(
            MediaId(1), "film.mp4", "été.mp4", "video/mp4", len(FILM), digest, width=640, height=360, alt="Le four s'ouvre"
        )


async def staged(who: atproto.Somebody, folder: Path) -> Stage:
    clock = FakeClock(SystemClock().now())
    key = await session_of(who, clock)
    identity = await identity_of(key, clock)
    return Stage(identity, connector(identity, key, clock), clock, folder)


# ---- a server in memory: what cannot be ordered from a real one


@pytest.fixture(name="fake")
def _fake(tmp_path: Path) -> tuple[BlueskyPlatform, Stage]:
    clock = FakeClock()
    platform = BlueskyPlatform(clock)
    rosa = platform.person("rosa")
    identity = Identity(Network.BLUESKY, "https://pds.example.org", rosa.did, rosa.handle, "Rosa")
    one = connector(identity, Kept(rosa.session().packed()), clock, transport=platform.transport())
    return platform, Stage(identity, one, clock, tmp_path)


NOBODY = Extras(repliers=(), quotable=False)


@pytest.mark.asyncio
@pytest.mark.parametrize("fault", [Fault.DROPPED_AFTER, Fault.BROKEN_AFTER, Fault.TRUNCATED, Fault.PAGE])
async def test_a_gated_post_whose_answer_is_lost_is_found_and_never_doubled(
    fake: tuple[BlueskyPlatform, Stage], fault: Fault
) -> None:
    platform, stage = fake
    envelope = stage.envelope("Une annonce", NOBODY)
    platform.break_next("com.atproto.repo.applyWrites", fault)
    first = await stage.one.publish(envelope)
    assert isinstance(first, Unknown | Published)
    assert (await stage.one.find(envelope, stage.clock.now())).look is Look.FOUND
    again = await stage.one.publish(envelope)
    assert isinstance(again, Published)
    assert [one["text"] for one in platform.posts(stage.identity.remote_id)] == ["Une annonce"]


@pytest.mark.asyncio
async def test_a_gated_post_of_which_nothing_came_to_be_stays_unknown(fake: tuple[BlueskyPlatform, Stage]) -> None:
    platform, stage = fake
    platform.break_next("com.atproto.repo.applyWrites", Fault.BROKEN_BEFORE)
    assert await stage.one.publish(stage.envelope("Une annonce", NOBODY)) == Unknown("server_error")
    assert platform.posts(stage.identity.remote_id) == []


@pytest.mark.asyncio
async def test_a_quoted_post_that_is_gone_stops_the_post(fake: tuple[BlueskyPlatform, Stage]) -> None:
    platform, stage = fake
    quoted = f"https://bsky.app/profile/{stage.identity.remote_id}/post/3l2aaaaaaaa2a"
    made = await stage.one.publish(stage.envelope("Voyez", Extras(quote=quoted)))
    assert isinstance(made, Refused)
    assert made.problem.code == "quote_gone"
    made = await stage.one.publish(stage.envelope("Voyez", Extras(quote="https://example.org/")))
    assert isinstance(made, Refused)
    assert platform.posts(stage.identity.remote_id) == []


@pytest.mark.asyncio
async def test_what_is_left_is_told_by_the_hour_and_by_the_day(fake: tuple[BlueskyPlatform, Stage]) -> None:
    platform, stage = fake
    reset = str(int(stage.clock.now().timestamp()) + 600)
    for policy, limit, left, name in (("5000;w=3600", 5000, 4998, "write"), ("35000;w=86400", 35000, 12, "write_day")):
        headers = {
            "ratelimit-limit": str(limit),
            "ratelimit-remaining": str(left),
            "ratelimit-reset": reset,
            "ratelimit-policy": policy,
        }

        def told(_request: httpx.Request, headers: dict[str, str] = headers) -> httpx.Response:
            return httpx.Response(200, headers=headers)

        platform.answers["app.bsky.graph.muteActor"] = told
        await stage.one.mute_author("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa")
        assert isinstance(stage.one, Rationed)
        found = {one.name: (one.remaining, one.allowed) for one in stage.one.quotas()}
        assert found == {name: (left, limit)}


# ---- Bluesky's own servers


@pytest.fixture(scope="module", name="pds")
def _pds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[atproto.Somebody]:
    with atproto.running(tmp_path_factory.mktemp("atproto")) as found:
        yield found.account("rosa")


@pytest_asyncio.fixture(name="stage")
async def _stage(pds: atproto.Somebody, tmp_path: Path) -> AsyncIterator[Stage]:
    stage = await staged(pds, tmp_path)
    yield stage
    await stage.one.close()


def record(who: atproto.Somebody, made: Published, collection: str = POST) -> Any:
    rkey = made.remote_id.rpartition("/")[2]
    return who.ask("com.atproto.repo.getRecord", repo=who.did, collection=collection, rkey=rkey)["value"]


@pytest.mark.leaves("network.mjs")
@pytest.mark.asyncio
async def test_a_post_and_its_gates_come_to_be_in_one_write(pds: atproto.Somebody, stage: Stage) -> None:
    extras = Extras(repliers=(Replier.MENTIONED, Replier.FOLLOWING), quotable=False)
    envelope = stage.envelope("Entre nous", extras)
    first, again = await stage.one.publish(envelope), await stage.one.publish(envelope)
    assert isinstance(first, Published)
    assert isinstance(again, Published)
    assert first.remote_id == again.remote_id
    gate = record(pds, first, THREADGATE)
    assert gate["post"] == first.remote_id
    assert [one["$type"] for one in gate["allow"]] == [f"{THREADGATE}#mentionRule", f"{THREADGATE}#followingRule"]
    assert record(pds, first, POSTGATE)["embeddingRules"] == [{"$type": f"{POSTGATE}#disableRule"}]
    answer = await stage.one.publish(stage.envelope("Suite", NOBODY, reply_to=first.remote_id))
    assert isinstance(answer, Published)
    assert len(pds.records(THREADGATE)) == 1
    assert len(pds.records(POSTGATE)) == 2
    await stage.one.delete(first.remote_id)
    assert pds.records(THREADGATE) == []
    assert len(pds.records(POSTGATE)) == 1


@pytest.mark.leaves("network.mjs")
@pytest.mark.asyncio
async def test_labels_and_languages_are_the_authors_own(pds: atproto.Somebody, stage: Stage) -> None:
    extras = Extras(content_labels=("nudity", "!no-unauthenticated", "mon-mot"), languages=("en-CA", "fr", "de"))
    made = await stage.one.publish(stage.envelope("Nu", extras, sensitive=True))
    assert isinstance(made, Published)
    told = record(pds, made)
    assert [one["val"] for one in told["labels"]["values"]] == ["nudity", "!no-unauthenticated", "mon-mot"]
    assert told["langs"] == ["fr", "en-CA", "de"]


@pytest.mark.leaves("network.mjs")
@pytest.mark.asyncio
async def test_a_quote_stands_beside_words_and_files(pds: atproto.Somebody, stage: Stage) -> None:
    quoted = await stage.one.publish(stage.envelope("À citer", Extras()))
    assert isinstance(quoted, Published)
    for address in (quoted.url, quoted.remote_id):
        made = await stage.one.publish(stage.envelope(f"{quoted.url} dit tout, et plus encore", Extras(quote=address)))
        assert isinstance(made, Published)
        embed = record(pds, made)["embed"]
        assert (embed["$type"], embed["record"]["uri"]) == ("app.bsky.embed.record", quoted.remote_id)
    made = await stage.one.publish(stage.envelope("Avec un film", Extras(quote=quoted.url), media=(stage.film(),)))
    assert isinstance(made, Published)
    embed = record(pds, made)["embed"]
    assert embed["$type"] == "app.bsky.embed.recordWithMedia"
    assert embed["record"]["record"]["uri"] == quoted.remote_id
    film = embed["media"]
    assert (film["$type"], film["alt"], film["aspectRatio"]) == (
        "app.bsky.embed.video",
        "Le four s'ouvre",
        {"width": 640, "height": 360},
    )
    assert (film["video"]["mimeType"], film["video"]["size"]) == ("video/mp4", len(FILM))
    assert pds.blob(film["video"]["ref"]["$link"]) == FILM


# ---- the whole network


@pytest.fixture(scope="module", name="everybody")
def _everybody(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[atproto.Somebody, atproto.Somebody]]:
    with atproto.running(tmp_path_factory.mktemp("atproto"), whole=True) as found:
        yield found.account("rosa"), found.account("leo")


async def soon(look: Callable[[], Awaitable[T]], good: Callable[[T], object]) -> T:
    """What is seen as soon as it is what is waited for: the views come a little after the records."""
    deadline = asyncio.get_running_loop().time() + 30
    found = await look()
    while not good(found) and asyncio.get_running_loop().time() < deadline:
        await asyncio.sleep(0.2)
        found = await look()
    return found


@pytest.mark.slow
@pytest.mark.leaves("network.mjs")
@pytest.mark.leaves("pg_virtualenv")
@pytest.mark.leaves("redis-server")
@pytest.mark.timeout(180)
@pytest.mark.asyncio
async def test_the_network_keeps_strangers_out_of_a_gated_conversation(
    everybody: tuple[atproto.Somebody, atproto.Somebody], tmp_path: Path
) -> None:
    rosa, leo = everybody
    stage = await staged(rosa, tmp_path)
    made = await stage.one.publish(stage.envelope("Personne ne répond", NOBODY))
    film = await stage.one.publish(stage.envelope("Un film", Extras(), media=(stage.film(),)))
    assert isinstance(made, Published)
    assert isinstance(film, Published)

    async def seen(made: Published) -> Any:
        told = await asyncio.to_thread(leo.ask, "app.bsky.feed.getPosts", uris=made.remote_id)
        return told["posts"][0] if told["posts"] else {}

    post = await soon(lambda: seen(made), lambda found: found.get("threadgate"))
    assert post["threadgate"]["record"]["allow"] == []
    assert post["viewer"]["replyDisabled"] is True
    assert post["viewer"]["embeddingDisabled"] is True
    assert (await soon(lambda: seen(film), bool))["embed"]["$type"] == "app.bsky.embed.video#view"
    await stage.one.close()
