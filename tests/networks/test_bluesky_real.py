"""Bluesky's connector against Bluesky's own personal server: sessions, records, files, names, and a server that dies."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from msgspec.structs import replace

from cmdesk.domain.account import FetchKind, Identity, Network
from cmdesk.domain.clock import SystemClock
from cmdesk.domain.delivery import Envelope
from cmdesk.domain.errors import AuthRevoked, BadInput, GoneOnNetwork, ServerTrouble
from cmdesk.domain.ids import DeliveryId
from cmdesk.domain.keys import new_key
from cmdesk.domain.secret import Secret
from cmdesk.networks import _bluesky_publish, registry
from cmdesk.networks._bluesky_identity import POST, Uri
from cmdesk.networks._bluesky_session import Session, unpacked
from cmdesk.networks._tid import rkey_of
from cmdesk.networks.bluesky_login import sign_in, sign_out
from cmdesk.networks.bluesky_oauth import BlueskyLogin
from cmdesk.networks.oauth import LoginRefused
from cmdesk.networks.port import Look, NotSent, Published, Refused, Unknown, Whole
from tests.helpers import atproto
from tests.helpers.clocks import FakeClock
from tests.helpers.renewers import together
from tests.helpers.wires import Fault, wire_to
from tests.networks.bluesky import Kept, connector, identity_of, session_of, spoilt
from tests.networks.contract import Contract, Ground

pytestmark = pytest.mark.leaves("network.mjs")


@pytest.fixture(scope="module", name="servers")
def _servers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[atproto.Servers]:
    with atproto.running(tmp_path_factory.mktemp("atproto")) as found:
        yield found


@pytest.fixture(scope="module", name="rosa")
def _rosa(servers: atproto.Servers) -> atproto.Somebody:
    return servers.account("rosa")


@pytest.fixture(scope="module", name="leo")
def _leo(servers: atproto.Servers) -> atproto.Somebody:
    return servers.account("leo")


class TestPersonalServer(Contract):
    @pytest_asyncio.fixture
    async def ground(self, rosa: atproto.Somebody, tmp_path: Path) -> Ground:
        clock = FakeClock(SystemClock().now())
        key = await session_of(rosa, clock)
        identity = await identity_of(key, clock)

        def connect(who: Identity, word: str) -> Whole:
            return connector(who, key if word == "right" else spoilt(key, word), clock)

        async def answer(_made: Published) -> None:
            raise AssertionError("never asked")

        return Ground(
            "pds", clock, identity, "right", connect, answer, tmp_path, notices=False, warns=False, named=True, shows=False
        )


class TestOAuthSession(Contract):
    """The same promises with a session of the browser's log-in instead of an app password."""

    @pytest_asyncio.fixture
    async def ground(self, rosa: atproto.Somebody, tmp_path: Path) -> Ground:
        clock = FakeClock(SystemClock().now())
        key = Kept((await by_browser(rosa, clock)).packed())
        identity = await identity_of(key, clock)

        def connect(who: Identity, word: str) -> Whole:
            session = unpacked(key.secret)
            bad = Kept(Session(session.did, session.pds, session.service, word, word, session.oauth).packed())
            return connector(who, key if word == "right" else bad, clock)

        async def answer(_made: Published) -> None:
            raise AssertionError("never asked")

        return Ground(
            "oauth", clock, identity, "right", connect, answer, tmp_path, notices=False, warns=False, named=True, shows=False
        )


async def by_browser(who: atproto.Somebody, clock: FakeClock, handle: str | None = None) -> Session:
    lines = registry.lines(allow_private=True)
    login = await BlueskyLogin.begin(
        who.handle if handle is None else handle,
        lines=lines,
        clock=clock,
        done=b"done",
        failed=b"failed",
        server=who.pds,
        allow_private=True,
    )
    async with login:
        session, page = await asyncio.gather(login.finish(30.0), asyncio.to_thread(atproto.allow, login.url, who))
    assert page == b"done"
    return session


class Stage:
    """One account, its key and its connector."""

    def __init__(self, who: atproto.Somebody, key: Kept, identity: Identity, clock: FakeClock, folder: Path) -> None:
        self.who, self.key, self.identity, self.clock, self.folder = who, key, identity, clock, folder
        self.one = connector(identity, key, clock)
        self._number = 0

    def envelope(self, text: str, **more: object) -> Envelope:
        self._number += 1
        key = new_key(self.clock.now(), int.from_bytes(hashlib.sha256(f"{text}{self._number}".encode()).digest()[:9]))
        plain = Envelope(DeliveryId(1), 0, 1, self.identity, key, text, str(self.folder), language="fr")
        return replace(plain, **more)


@pytest_asyncio.fixture(name="stage")
async def _stage(rosa: atproto.Somebody, tmp_path: Path) -> AsyncIterator[Stage]:
    clock = FakeClock(SystemClock().now())
    key = await session_of(rosa, clock)
    stage = Stage(rosa, key, await identity_of(key, clock), clock, tmp_path)
    yield stage
    await stage.one.close()


@pytest.mark.asyncio
async def test_a_post_has_its_facets_in_bytes_and_its_mention_by_id(stage: Stage, leo: atproto.Somebody) -> None:
    text = "👨‍👩‍👧‍👦 Été: @leo.test, @nobody.test et https://localhost/ä?b=c. #été"
    made = await stage.one.publish(stage.envelope(text, language="fr-CA", sensitive=True))
    assert isinstance(made, Published)
    value = stage.who.ask(
        "com.atproto.repo.getRecord", repo=stage.who.did, collection=POST, rkey=made.remote_id.rpartition("/")[2]
    )
    record = value["value"]
    assert (record["text"], record["langs"]) == (text, ["fr-CA"])
    assert record["labels"]["values"] == [{"val": "graphic-media"}]
    raw = text.encode()
    told = [(raw[one["index"]["byteStart"] : one["index"]["byteEnd"]].decode(), one["features"][0]) for one in record["facets"]]
    assert told == [
        ("@leo.test", {"$type": "app.bsky.richtext.facet#mention", "did": leo.did}),
        ("https://localhost/ä?b=c", {"$type": "app.bsky.richtext.facet#link", "uri": "https://localhost/ä?b=c"}),
        ("#été", {"$type": "app.bsky.richtext.facet#tag", "tag": "été"}),
    ]


@pytest.mark.asyncio
async def test_a_second_write_is_the_same_post(stage: Stage) -> None:
    envelope = stage.envelope("Une seule fois")
    first = await stage.one.publish(envelope)
    stage.clock.advance(600)  # another createdAt: other bytes under the same name
    again = await stage.one.publish(envelope)
    assert isinstance(first, Published)
    assert isinstance(again, Published)
    assert first.remote_id == again.remote_id
    assert [one["value"]["text"] for one in stage.who.records()].count("Une seule fois") == 1
    other = await stage.one.publish(replace(envelope, text="Autre chose sous le même nom"))
    assert other == Unknown("name_taken")
    assert (await stage.one.find(replace(envelope, text="Autre chose"), stage.clock.now())).look is Look.CANNOT_TELL


@pytest.mark.asyncio
async def test_a_thread_points_at_its_root_and_its_parent(stage: Stage) -> None:
    ids: list[str] = []
    for number in range(3):
        made = await stage.one.publish(stage.envelope(f"Partie {number}", reply_to=ids[-1] if ids else None))
        assert isinstance(made, Published)
        ids.append(made.remote_id)
    last = stage.who.ask("com.atproto.repo.getRecord", repo=stage.who.did, collection=POST, rkey=ids[2].rpartition("/")[2])
    assert last["value"]["reply"]["root"]["uri"] == ids[0]
    assert last["value"]["reply"]["parent"]["uri"] == ids[1]
    gone = await stage.one.publish(stage.envelope("À personne", reply_to=str(Uri(stage.who.did, POST, rkey_of("none")))))
    assert isinstance(gone, Refused)
    assert gone.problem.code == "gone"


@pytest.mark.asyncio
async def test_a_link_to_a_post_at_the_end_quotes_it(stage: Stage) -> None:
    quoted = await stage.one.publish(stage.envelope("À citer"))
    assert isinstance(quoted, Published)
    assert quoted.url == f"https://bsky.app/profile/rosa.test/post/{quoted.remote_id.rpartition('/')[2]}"
    made = await stage.one.publish(stage.envelope(f"Voyez\n{quoted.url}"))
    assert isinstance(made, Published)
    # By its own name: two names of one moment come in the order of their chance.
    record = next(one["value"] for one in stage.who.records() if one["uri"] == made.remote_id)
    assert record["embed"]["$type"] == "app.bsky.embed.record"
    assert record["embed"]["record"]["uri"] == quoted.remote_id


@pytest.mark.asyncio
async def test_own_posts_come_in_order_and_once(stage: Stage) -> None:
    first = await stage.one.inbox(FetchKind.OWN_POSTS, None)
    stage.clock.advance(5)
    for number in range(3):
        stage.clock.advance(5)
        assert isinstance(await stage.one.publish(stage.envelope(f"Suite {number}")), Published)
    after = await stage.one.inbox(FetchKind.OWN_POSTS, first.cursor)
    assert [item.text for item in after.items] == ["Suite 0", "Suite 1", "Suite 2"]
    assert all(item.author.is_us and item.remote_id == item.thread_id for item in after.items)
    again = await stage.one.inbox(FetchKind.OWN_POSTS, after.cursor)
    assert (again.items, again.cursor, again.more) == ((), after.cursor, False)


@pytest.mark.asyncio
async def test_without_the_rest_of_the_network_reading_is_trouble_and_writing_works(stage: Stage) -> None:
    with pytest.raises(ServerTrouble):
        await stage.one.inbox(FetchKind.NOTIFICATIONS, None)
    made = await stage.one.publish(stage.envelope("Même seul"))
    assert isinstance(made, Published)
    await stage.one.favourite(made.remote_id, True)
    await stage.one.favourite(made.remote_id, True)
    assert len(stage.who.records("app.bsky.feed.like")) == 1
    await stage.one.favourite(made.remote_id, False)
    assert stage.who.records("app.bsky.feed.like") == []
    await stage.one.block_author("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa")
    assert len(stage.who.records("app.bsky.graph.block")) == 1
    await stage.one.delete(made.remote_id)
    await stage.one.delete(made.remote_id)
    with pytest.raises(GoneOnNetwork):
        await stage.one.delete("at://did:plc:aaaaaaaaaaaaaaaaaaaaaaaa/app.bsky.feed.post/3l2aaaaaaaa2a")


# ---- sessions


@pytest.mark.asyncio
async def test_wrong_names_and_passwords_are_told_apart(servers: atproto.Servers, rosa: atproto.Somebody) -> None:
    lines, clock = registry.lines(allow_private=True), FakeClock(SystemClock().now())

    async def reason(handle: str, password: str) -> tuple[str, str]:
        with pytest.raises(BadInput) as refused:
            await sign_in(handle, Secret(password), lines=lines, clock=clock, server=servers.pds, allow_private=True)
        return refused.value.field, refused.value.reason

    assert await reason("rosa.test", "wrong") == ("password", "refused")
    assert await reason("nobody.test", "wrong") == ("password", "refused")
    assert await reason("", "wrong") == ("handle", "empty")
    assert await reason("not a handle", "wrong") == ("handle", "not_a_handle")
    assert await reason("rosa.test", "  ") == ("password", "empty")


@pytest.mark.asyncio
async def test_a_spent_session_is_renewed_once_for_all_who_wait(stage: Stage) -> None:
    session = unpacked(stage.key.secret)
    stage.key.secret = Session(
        session.did, session.pds, session.service, atproto.expired(session.access), session.refresh
    ).packed()
    answers = await asyncio.gather(*(stage.one.whoami() for _ in range(5)))
    assert {one.remote_id for one in answers} == {stage.who.did}
    assert stage.key.changes == 1
    assert unpacked(stage.key.secret).refresh != session.refresh


@pytest.mark.asyncio
async def test_a_session_that_was_ended_must_be_linked_again(stage: Stage) -> None:
    await sign_out(stage.key.secret, lines=registry.lines(allow_private=True), clock=stage.clock)
    session = unpacked(stage.key.secret)
    stage.key.secret = Session(
        session.did, session.pds, session.service, atproto.expired(session.access), session.refresh
    ).packed()
    with pytest.raises(AuthRevoked):
        await stage.one.whoami()
    with pytest.raises(NotSent) as refused:
        await stage.one.publish(stage.envelope("jamais"))
    assert isinstance(refused.value.cause, AuthRevoked)
    assert stage.key.changes == 0


@pytest.mark.asyncio
async def test_the_browsers_session_is_renewed_with_a_proof_and_only_once(rosa: atproto.Somebody) -> None:
    clock = FakeClock(SystemClock().now())
    first = await by_browser(rosa, clock)
    assert (first.did, first.pds) == (rosa.did, rosa.pds)
    key = Kept(Session(first.did, first.pds, first.service, "no.longer.valid", first.refresh, first.oauth).packed())
    one = connector(await identity_of(Kept(first.packed()), clock), key, clock)
    assert {each.remote_id for each in await asyncio.gather(*(one.whoami() for _ in range(4)))} == {rosa.did}
    assert key.changes == 1
    fresh = unpacked(key.secret)
    assert fresh.refresh != first.refresh
    # The old one was good for once: with it nobody gets in, and the whole session ends there.
    stale = Kept(Session(first.did, first.pds, first.service, "no.longer.valid", first.refresh, first.oauth).packed())
    two = connector(one_identity(rosa), stale, clock)
    with pytest.raises(AuthRevoked):
        await two.whoami()
    await one.close()
    await two.close()
    await sign_out(key.secret, lines=registry.lines(allow_private=True), clock=clock)


def one_identity(who: atproto.Somebody) -> Identity:
    return Identity(Network.BLUESKY, who.pds, who.did, who.handle, who.handle)


@pytest.mark.asyncio
async def test_without_a_handle_whoever_logs_in_is_found_out(rosa: atproto.Somebody) -> None:
    session = await by_browser(rosa, FakeClock(SystemClock().now()), handle="")
    assert session.did == rosa.did


@pytest.mark.asyncio
async def test_a_login_that_is_given_up_ends(rosa: atproto.Somebody) -> None:
    login = await BlueskyLogin.begin(
        "",
        lines=registry.lines(allow_private=True),
        clock=FakeClock(SystemClock().now()),
        done=b"",
        failed=b"",
        server=rosa.pds,
        allow_private=True,
    )
    waiting = asyncio.create_task(login.finish(30.0))
    await login.close()
    with pytest.raises(LoginRefused):
        await waiting


# ---- lost answers


@pytest.mark.asyncio
@pytest.mark.parametrize("fault", list(Fault))
async def test_a_lost_half_of_a_write_is_unknown_and_the_look_tells(
    stage: Stage, rosa: atproto.Somebody, fault: Fault, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = int(rosa.pds.rpartition(":")[2])
    monkeypatch.setattr(_bluesky_publish, "_WRITE_SECONDS", 2.0)
    with wire_to(port) as wire:
        session = unpacked(stage.key.secret)
        through = f"http://localhost:{wire.port}"
        key = Kept(Session(session.did, through, through, session.access, session.refresh).packed())
        one = connector(stage.identity, key, stage.clock)
        envelope = stage.envelope(f"Perdu: {fault.value}")
        await one.whoami()
        wire.lose(b"POST /xrpc/com.atproto.repo.putRecord", fault)
        assert isinstance(await one.publish(envelope), Unknown)
        wire.mend()
        assert (await one.find(envelope, stage.clock.now())).look is (Look.ABSENT if fault is Fault.REQUEST else Look.FOUND)
        assert isinstance(await one.publish(envelope), Published)
        await one.close()
    assert [each["value"]["text"] for each in rosa.records()].count(envelope.text) == 1


@pytest.mark.asyncio
@pytest.mark.slow
async def test_a_server_killed_in_the_middle_of_writes_has_each_post_once(tmp_path: Path) -> None:
    with atproto.running(tmp_path) as servers:
        mia = servers.account("mia")
        clock = FakeClock(SystemClock().now())
        key = await session_of(mia, clock)
        stage = Stage(mia, key, await identity_of(key, clock), clock, tmp_path)
        envelopes = [stage.envelope(f"Pendant la panne {number}") for number in range(12)]
        writes = [asyncio.create_task(told(stage.one, one)) for one in envelopes]
        await asyncio.wait(writes, return_when=asyncio.FIRST_COMPLETED)
        await asyncio.to_thread(servers.kill)
        first = await asyncio.gather(*writes)
        assert any(not isinstance(one, Published) for one in first), "the server died too late to prove anything"
        await asyncio.to_thread(servers.start)
        for envelope, outcome in zip(envelopes, first, strict=True):
            found = await stage.one.find(envelope, clock.now())
            if isinstance(outcome, Published):
                assert found.look is Look.FOUND, "told to be out, and lost"
            assert isinstance(await stage.one.publish(envelope), Published)
        await stage.one.close()
        words = sorted(one["value"]["text"] for one in mia.records())
        assert words == sorted(one.text for one in envelopes)


async def told(one: Whole, envelope: Envelope) -> object:
    try:
        return await one.publish(envelope)
    except NotSent as problem:
        return problem


@pytest.mark.asyncio
@pytest.mark.slow
@pytest.mark.parametrize("by", ["password", "browser"])
async def test_two_programs_renew_one_session_once(rosa: atproto.Somebody, tmp_path: Path, by: str) -> None:
    clock = FakeClock(SystemClock().now())
    session = await by_browser(rosa, clock) if by == "browser" else unpacked((await session_of(rosa, clock)).secret)
    spent = "no.longer.valid" if by == "browser" else atproto.expired(session.access)
    kept = tmp_path / "uid-access_token"
    kept.write_text(
        Session(session.did, session.pds, session.service, spent, session.refresh, session.oauth).packed().reveal(), "utf-8"
    )
    # A refresh token of the browser's session is good for one use: a second one would end the session for both.
    assert await asyncio.to_thread(together, tmp_path, 4, "real") == [0, 0]
    fresh = unpacked(Secret(kept.read_text("utf-8")))
    assert fresh.refresh != session.refresh
    one = connector(one_identity(rosa), Kept(fresh.packed()), clock)
    assert (await one.whoami()).remote_id == rosa.did
    await one.close()
