"""Bluesky's connector in the whole network: two accounts that write, answer, like, name, quote, follow and look at each other."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from typing import Any, TypeVar

import pytest
import pytest_asyncio
from PIL import Image

from cmdesk.domain.account import FetchKind, Identity
from cmdesk.domain.clock import SystemClock
from cmdesk.domain.errors import CmdeskError
from cmdesk.domain.message import Incoming, MessageKind
from cmdesk.networks.port import Published, ReportReason, Whole
from cmdesk.services.pictures import Door
from tests.helpers import atproto
from tests.helpers.clocks import FakeClock
from tests.networks.bluesky import Kept, connector, identity_of, session_of, spoilt
from tests.networks.contract import Contract, Ground

T = TypeVar("T")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.leaves("network.mjs"),
    pytest.mark.leaves("pg_virtualenv"),
    pytest.mark.leaves("redis-server"),
    pytest.mark.timeout(180),
]


@pytest.fixture(scope="module", name="servers")
def _servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[atproto.Servers]:
    with atproto.running(tmp_path_factory.mktemp("atproto"), whole=True) as found:
        yield found


@pytest.fixture(scope="module", name="rosa")
def _rosa(servers: atproto.Servers) -> atproto.Somebody:
    return servers.account("rosa")


@pytest.fixture(scope="module", name="leo")
def _leo(servers: atproto.Servers) -> atproto.Somebody:
    return servers.account("leo")


async def soon(look: Callable[[], Awaitable[T]], good: Callable[[T], object]) -> T:
    """What a look finds as soon as it is what is waited for: the views come a little after the records."""
    deadline = asyncio.get_running_loop().time() + 30
    while True:
        try:
            found = await look()
            if good(found) or asyncio.get_running_loop().time() > deadline:
                return found
        except CmdeskError:
            if asyncio.get_running_loop().time() > deadline:
                raise
        await asyncio.sleep(0.2)


class Patient:
    """A connector whose views are waited for, so that a promise about a thread is not a promise about speed."""

    def __init__(self, one: Whole) -> None:
        self._one = one

    def __getattr__(self, name: str) -> Any:
        return getattr(self._one, name)

    async def context(self, remote_id: str) -> Any:
        return await soon(lambda: self._one.context(remote_id), lambda found: found.items)

    async def counters(self, remote_ids: tuple[str, ...]) -> Any:
        return await soon(lambda: self._one.counters(remote_ids), bool)


class TestWholeNetwork(Contract):
    @pytest_asyncio.fixture
    async def ground(self, rosa: atproto.Somebody, leo: atproto.Somebody, tmp_path: Path) -> Ground:
        clock = FakeClock(SystemClock().now())
        key = await session_of(rosa, clock)
        identity = await identity_of(key, clock)

        def connect(who: Identity, word: str) -> Any:
            return Patient(connector(who, key if word == "right" else spoilt(key, word), clock))

        async def answer(made: Published) -> None:
            await asyncio.to_thread(_reply, leo, made.remote_id, "Oui!")
            one = connector(identity, key, clock)
            await soon(
                lambda: one.inbox(FetchKind.NOTIFICATIONS, None),
                lambda page: any(item.in_reply_to == made.remote_id for item in page.items),
            )
            await one.close()

        return Ground("network", clock, identity, "right", connect, answer, tmp_path, warns=False, named=True, edits=False)


def _reply(who: atproto.Somebody, to: str, text: str) -> str:
    """Somebody's answer to a post, by hand."""
    did, collection, rkey = to.removeprefix("at://").split("/")
    parent = who.ask("com.atproto.repo.getRecord", repo=did, collection=collection, rkey=rkey)
    strong = {"uri": parent["uri"], "cid": parent["cid"]}
    made = who.create("app.bsky.feed.post", {"text": text, "createdAt": _now(), "reply": {"root": strong, "parent": strong}})
    return str(made["uri"])


def _now() -> str:
    return SystemClock().now().strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


class Desk:
    """One account with its connector and its place in the inbox."""

    def __init__(self, who: atproto.Somebody, key: Kept, identity: Identity, folder: Path) -> None:
        self.who, self.identity, self.folder = who, identity, folder
        self.one = connector(identity, key, SystemClock(), pictures=Door())
        self.cursor: str | None = None
        self._count = 0

    def envelope(self, text: str, **more: Any) -> Any:
        ground = Ground(
            "x", SystemClock(), self.identity, "", lambda *_: self.one, _nothing, self.folder, warns=False, named=True
        )
        return ground.envelope(text, **more)

    async def say(self, text: str, **more: Any) -> Published:
        made = await self.one.publish(self.envelope(text, **more))
        assert isinstance(made, Published), made
        return made

    async def wait_for(self, *kinds: MessageKind) -> list[Incoming]:
        """New events until all these kinds have come; each event once."""
        found: list[Incoming] = []

        async def look() -> list[Incoming]:
            more = True
            while more:
                page = await self.one.inbox(FetchKind.NOTIFICATIONS, self.cursor)
                self.cursor, more = page.cursor, page.more
                found.extend(page.items)
            return found

        await soon(look, lambda seen: set(kinds) <= {item.kind for item in seen})
        assert len({item.event_id for item in found}) == len(found), "an event came twice"
        return found


async def _nothing(_made: Published) -> None:
    return None


@pytest_asyncio.fixture(name="two")
async def _two(rosa: atproto.Somebody, leo: atproto.Somebody, tmp_path: Path) -> AsyncIterator[tuple[Desk, Desk]]:
    desks: list[Desk] = []
    for who in (rosa, leo):
        key = await session_of(who, SystemClock())
        folder = tmp_path / who.handle
        folder.mkdir()
        desks.append(Desk(who, key, await identity_of(key, SystemClock()), folder))
    yield desks[0], desks[1]
    for desk in desks:
        await desk.one.close()


@pytest.mark.asyncio
async def test_two_accounts_meet(two: tuple[Desk, Desk]) -> None:
    rosa, leo = two
    await rosa.wait_for()
    mine = await rosa.say("Bonjour @leo.test, regardez https://example.org/tres/longue/adresse?a=b #pain")
    mention = (await leo.wait_for(MessageKind.MENTION))[-1]
    assert (mention.remote_id, mention.author.handle) == (mine.remote_id, "rosa.test")
    assert mention.text.startswith("Bonjour @leo.test, regardez https://example.org/tres/longue/adresse?a=b")
    assert '<a href="https://example.org/tres/longue/adresse?a=b">' in mention.html
    answer = await leo.say("Merci, c'est beau!", reply_to=mention.remote_id)
    await leo.one.favourite(mention.remote_id, True)
    await asyncio.to_thread(leo.who.create, "app.bsky.graph.follow", {"subject": rosa.who.did, "createdAt": _now()})
    rkey = mine.remote_id.rpartition("/")[2]
    post = leo.who.ask("com.atproto.repo.getRecord", repo=rosa.who.did, collection="app.bsky.feed.post", rkey=rkey)
    strong = {"uri": post["uri"], "cid": post["cid"]}
    await asyncio.to_thread(leo.who.create, "app.bsky.feed.repost", {"subject": strong, "createdAt": _now()})
    quote = await leo.say(f"À lire: {mine.url}")
    events = await rosa.wait_for(
        MessageKind.REPLY, MessageKind.FAVOURITE, MessageKind.BOOST, MessageKind.FOLLOW, MessageKind.QUOTE
    )
    by_kind = {item.kind: item for item in events}
    reply = by_kind[MessageKind.REPLY]
    assert (reply.remote_id, reply.in_reply_to, reply.thread_id) == (answer.remote_id, mine.remote_id, mine.remote_id)
    assert by_kind[MessageKind.QUOTE].remote_id == quote.remote_id
    assert by_kind[MessageKind.FAVOURITE].about_remote_id == by_kind[MessageKind.BOOST].about_remote_id == mine.remote_id
    assert {item.author.handle for item in events} == {"leo.test"}
    await rosa.say("Avec plaisir", reply_to=reply.remote_id)
    thread = await soon(lambda: rosa.one.context(answer.remote_id), lambda found: len(found.items) == 3)
    assert [item.text.split(",")[0] for item in thread.items] == ["Bonjour @leo.test", "Merci", "Avec plaisir"]
    assert {item.thread_id for item in thread.items} == {mine.remote_id}
    assert [item.kind for item in thread.items] == [MessageKind.STATUS, MessageKind.REPLY, MessageKind.STATUS]
    told = await soon(lambda: rosa.one.counters((mine.remote_id,)), lambda found: found and found[0].quotes)
    assert (told[0].replies, told[0].boosts, told[0].favourites, told[0].quotes) == (1, 1, 1, 1)
    found = await rosa.one.resolve(quote.url)
    assert found is not None
    assert found.remote_id == quote.remote_id
    assert await rosa.one.resolve("https://bsky.app/profile/nobody.test/post/3l2aaaaaaaa2a") is None
    await leo.one.favourite(mine.remote_id, False)
    told = await soon(lambda: rosa.one.counters((mine.remote_id,)), lambda found: found and found[0].favourites == 0)
    assert told[0].favourites == 0


@pytest.mark.asyncio
async def test_the_room_can_be_protected(two: tuple[Desk, Desk]) -> None:
    rosa, leo = two
    made = await leo.say("Pas gentil")
    await soon(lambda: rosa.one.context(made.remote_id), lambda found: found.items)
    await rosa.one.mute_thread(made.remote_id)
    await rosa.one.mute_author(leo.who.did)
    assert (await _profile(rosa, leo))["viewer"]["muted"] is True
    await rosa.one.report(leo.who.did, (made.remote_id,), ReportReason("spam", "Pourriel"))
    await rosa.one.block_author(leo.who.did)
    blocked = await soon(lambda: _profile(rosa, leo), lambda told: told["viewer"].get("blocking"))
    assert blocked["viewer"]["blocking"].startswith(f"at://{rosa.who.did}/app.bsky.graph.block/")
    for one in rosa.who.records("app.bsky.graph.block"):
        body = {"repo": rosa.who.did, "collection": "app.bsky.graph.block", "rkey": one["uri"].rpartition("/")[2]}
        rosa.who.do("com.atproto.repo.deleteRecord", body)
    rosa.who.do("app.bsky.graph.unmuteActor", {"actor": leo.who.did})


async def _profile(desk: Desk, other: Desk) -> Any:
    return await asyncio.to_thread(desk.who.ask, "app.bsky.actor.getProfile", actor=other.who.did)


class Site(BaseHTTPRequestHandler):
    """A web site with a page that describes itself, and a picture."""

    def do_GET(self) -> None:
        picture = BytesIO()
        Image.new("RGB", (1600, 900), (200, 120, 40)).save(picture, "JPEG")
        pages = {
            "/pain": (
                "text/html; charset=utf-8",
                "<html><head><title>Non</title><meta property='og:title' content='Le pain &amp; la brioche'>"
                '<meta name=description content=\'Tous les jours, dès 6 h\'><meta property="og:image" content="/pain.jpg">'
                "</head></html>".encode(),
            ),
            "/pain.jpg": ("image/jpeg", picture.getvalue()),
        }
        kind, body = pages.get(self.path, ("text/plain", b"no"))
        self.send_response(200 if self.path in pages else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - the base's name
        """Says nothing."""


@pytest.fixture(name="site")
def _site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
        thread.start()
        yield f"http://localhost:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@pytest.mark.asyncio
async def test_a_link_has_its_card_as_the_network_shows_it(two: tuple[Desk, Desk], site: str) -> None:
    rosa, _ = two
    made = await rosa.say(f"À lire {site}/pain")

    async def shown() -> Any:
        told = await asyncio.to_thread(rosa.who.ask, "app.bsky.feed.getPosts", uris=made.remote_id)
        return told["posts"][0]["embed"] if told["posts"] else None

    card = (await soon(shown, bool))["external"]
    assert (card["uri"], card["title"], card["description"]) == (
        f"{site}/pain",
        "Le pain & la brioche",
        "Tous les jours, dès 6 h",
    )
    assert card["thumb"].startswith("http")
    record = rosa.who.records()[0]["value"]["embed"]["external"]
    assert record["thumb"]["mimeType"] == "image/jpeg"
    assert record["thumb"]["size"] <= 1_000_000
