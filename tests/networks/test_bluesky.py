"""Bluesky's connector beside a platform in memory: each outcome under each fault, hostile answers, nothing lost or doubled."""

from __future__ import annotations

import hashlib
import json
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
import pytest_asyncio
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from cmdesk.domain.account import FetchKind, Identity, Network
from cmdesk.domain.delivery import Envelope
from cmdesk.domain.errors import AnswerUnreadable, AuthRevoked, CmdeskError, NetworkProblem, RateLimited, WrongIdentity
from cmdesk.domain.facets import byte_range, facets
from cmdesk.domain.ids import DeliveryId
from cmdesk.domain.keys import new_key
from cmdesk.domain.limits import Problem
from cmdesk.networks import _bluesky_card as card
from cmdesk.networks import registry
from cmdesk.networks._bluesky_identity import claims, clean_handle, page, post_uri, server_in, uri
from cmdesk.networks._bluesky_parse import words
from cmdesk.networks._bluesky_session import Session, unpacked
from cmdesk.networks._dpop import DpopKey
from cmdesk.networks._tid import is_tid, rkey_of
from cmdesk.networks.bluesky import EVIDENCE
from cmdesk.networks.bluesky_oauth import client_id
from cmdesk.networks.port import Look, NotSent, Picture, Published, Refused, Unknown, Whole
from tests.helpers.clocks import FakeClock
from tests.networks.bluesky import Kept, spoilt
from tests.networks.contract import Contract, Ground
from tests.networks.fakes.bluesky import PDS, BlueskyPlatform, Fault, Person

PUT = "com.atproto.repo.putRecord"
GET = "com.atproto.repo.getRecord"


class Stage:
    """A platform with two people, and a connector of the first."""

    def __init__(self, folder: Path) -> None:
        self.clock = FakeClock()
        self.platform = BlueskyPlatform(self.clock)
        self.rosa, self.leo = self.platform.person("rosa"), self.platform.person("leo")
        self.key = Kept(self.rosa.session().packed())
        self.identity = Identity(Network.BLUESKY, PDS, self.rosa.did, "rosa.test", "rosa.test")
        self.folder = folder
        self.one = self.connect(self.identity, self.key)

    def connect(self, identity: Identity, key: Kept, pictures: Any = None) -> Whole:
        return registry.build(
            identity, secret=key, clock=self.clock, transport=self.platform.transport(), resolver=nowhere, pictures=pictures
        )

    def envelope(self, text: str = "Bonjour", **more: Any) -> Envelope:
        key = new_key(self.clock.now(), int.from_bytes(hashlib.sha256(text.encode()).digest()[:9]))
        return replace(Envelope(DeliveryId(1), 0, 1, self.identity, key, text, str(self.folder), language="fr"), **more)

    @property
    def texts(self) -> list[str]:
        return [one["text"] for one in self.platform.posts(self.rosa.did)]


async def nowhere(host: str, _port: int) -> tuple[str, ...]:
    raise OSError(host)


@pytest.fixture(name="stage")
def _stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


class TestFake(Contract):
    @pytest_asyncio.fixture
    async def ground(self, stage: Stage) -> Ground:
        def connect(who: Identity, word: str) -> Whole:
            return stage.connect(who, stage.key if word == "right" else spoilt(stage.key, word))

        async def answer(made: Published) -> None:
            stage.clock.advance(60)
            other = Identity(Network.BLUESKY, PDS, stage.leo.did, "leo.test", "leo.test")
            two = stage.connect(other, Kept(stage.leo.session().packed()))
            envelope = replace(stage.envelope("Oui!"), identity=other, reply_to=made.remote_id)
            assert isinstance(await two.publish(envelope), Published)

        return Ground(
            "fake", stage.clock, stage.identity, "right", connect, answer, stage.folder, warns=False, named=True, edits=False
        )


# ---- outcomes

OUTCOMES: list[tuple[Fault, str, int]] = [
    (Fault.REFUSED, "not_sent:no_network", 0),
    (Fault.DROPPED_BEFORE, "unknown:timeout", 0),
    (Fault.DROPPED_AFTER, "unknown:reset", 1),
    (Fault.BROKEN_BEFORE, "unknown:server_error", 0),
    (Fault.BROKEN_AFTER, "unknown:server_error", 1),
    (Fault.TRUNCATED, "unknown:unreadable", 1),
    (Fault.PAGE, "unknown:unreadable", 1),
    (Fault.LIMITED, "not_sent:rate_limited", 0),
]


def told(outcome: object) -> str:
    match outcome:
        case Published():
            return "published"
        case Refused(problem=Problem(code=code)):
            return f"refused:{code}"
        case Unknown(reason=reason):
            return f"unknown:{reason}"
        case NotSent():
            return f"not_sent:{outcome.cause.code}"
        case _:
            raise AssertionError(outcome)


async def tried(one: Whole, envelope: Envelope) -> object:
    try:
        return await one.publish(envelope)
    except NotSent as problem:
        return problem


@pytest.mark.asyncio
@pytest.mark.parametrize(("fault", "expected", "live"), OUTCOMES)
async def test_each_fault_has_its_outcome_and_a_second_write_is_the_same_post(
    stage: Stage, fault: Fault, expected: str, live: int
) -> None:
    envelope = stage.envelope()
    stage.platform.break_next(PUT, fault)
    outcome = await tried(stage.one, envelope)
    assert told(outcome) == expected
    assert stage.platform.count(PUT) == 1
    assert len(stage.texts) == live
    if isinstance(outcome, NotSent):
        assert outcome.cause.code in EVIDENCE.not_sent
        assert live == 0
    found = await stage.one.find(envelope, stage.clock.now())
    assert found.look is (Look.FOUND if live else Look.ABSENT)
    stage.clock.advance(3600)
    again = await tried(stage.one, replace(envelope, begun_at=stage.clock.now()))
    assert told(again) == "published"
    assert stage.texts == ["Bonjour"]


@pytest.mark.asyncio
@given(st.lists(st.sampled_from(list(Fault)), max_size=6))
@settings(max_examples=60)
async def test_any_row_of_faults_ends_in_one_post(tmp_path_factory: pytest.TempPathFactory, faults: list[Fault]) -> None:
    stage = Stage(tmp_path_factory.getbasetemp())
    envelope = stage.envelope()
    stage.platform.break_next(PUT, *faults)
    outcomes: list[object] = []
    for _ in range(len(faults) + 1):
        stage.clock.advance(61)
        outcomes.append(await tried(stage.one, replace(envelope, begun_at=stage.clock.now())))
    assert told(outcomes[-1]) == "published"
    assert stage.texts == ["Bonjour"]


def error(status: int, name: str = "", message: str = "") -> httpx.Response:
    return httpx.Response(status, json={"error": name, "message": message} if name else {})


ANSWERS: list[tuple[httpx.Response, str]] = [
    (error(400, "InvalidRequest", "Record/text is too long"), "refused:refused"),
    (error(400), "unknown:unreadable"),
    (error(401, "InvalidToken"), "not_sent:auth_revoked"),
    (error(403, "InsufficientScope", "scope"), "not_sent:scope_missing"),
    (error(409, "Conflict"), "unknown:unclear"),
    (error(413, "PayloadTooLarge"), "refused:refused"),
    (httpx.Response(413, text="<html>"), "refused:refused"),
    (httpx.Response(400, text="<html>"), "unknown:unreadable"),
    (error(503, "NotEnoughResources"), "unknown:server_error"),
    (httpx.Response(302, headers={"Location": "/elsewhere"}), "unknown:redirect"),
    (httpx.Response(200, json=[]), "unknown:unreadable"),
    (httpx.Response(200, json={}), "unknown:unreadable"),
    (httpx.Response(200, json={"uri": 5, "cid": None}), "unknown:unreadable"),
    (
        httpx.Response(200, json={"uri": "at://did:plc:aaaaaaaaaaaaaaaaaaaaaaaa/app.bsky.feed.post/3l2aaaaaaaa2a"}),
        "unknown:wrong_identity",
    ),
    (httpx.Response(200, content=b"[" * 100_000), "unknown:unreadable"),
    (httpx.Response(200, content=b'{"uri": "' + b"a" * 3_000_000 + b'"}'), "unknown:answer_too_large"),
]


@pytest.mark.asyncio
@pytest.mark.parametrize(("answer", "expected"), ANSWERS)
async def test_what_a_server_says_of_a_write_is_sorted(stage: Stage, answer: httpx.Response, expected: str) -> None:
    stage.platform.answers[PUT] = lambda _: httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)
    assert told(await tried(stage.one, stage.envelope())) == expected
    assert stage.platform.count(PUT) == 1


@pytest.mark.asyncio
async def test_a_wait_is_as_long_as_the_network_says(stage: Stage) -> None:
    stage.platform.break_next(PUT, Fault.LIMITED)
    with pytest.raises(NotSent) as limited:
        await stage.one.publish(stage.envelope())
    assert isinstance(limited.value.cause, RateLimited)
    assert limited.value.retry_at == stage.clock.now() + timedelta(seconds=90)


@pytest.mark.asyncio
async def test_what_fails_before_the_write_proves_that_nothing_was_written(stage: Stage) -> None:
    for method in ("com.atproto.identity.resolveHandle", "com.atproto.server.getSession"):
        for fault in (Fault.REFUSED, Fault.DROPPED_BEFORE, Fault.BROKEN_BEFORE, Fault.LIMITED, Fault.PAGE):
            one = stage.connect(stage.identity, stage.key)
            stage.platform.break_next(method, fault)
            with pytest.raises(NotSent) as refused:
                await one.publish(stage.envelope("@leo.test"))
            assert refused.value.before
    assert stage.platform.count(PUT) == 0


@pytest.mark.asyncio
async def test_a_spent_session_is_renewed_in_the_middle_of_a_write_and_the_post_is_there_once(stage: Stage) -> None:
    await stage.one.whoami()
    stage.rosa.spent = True
    assert told(await tried(stage.one, stage.envelope())) == "published"
    assert (stage.rosa.renewals, stage.key.changes, stage.texts) == (1, 1, ["Bonjour"])
    stage.rosa.spent = True
    stage.platform.break_next("com.atproto.server.refreshSession", Fault.DROPPED_BEFORE)
    outcome = await tried(stage.one, stage.envelope("Deux"))
    assert isinstance(outcome, NotSent)
    assert outcome.before
    assert outcome.cause.code == "timed_out"
    assert told(await tried(stage.one, stage.envelope("Deux"))) == "published"


@pytest.mark.asyncio
async def test_a_session_that_somebody_else_changed_is_asked_who_it_is(stage: Stage) -> None:
    assert told(await tried(stage.one, stage.envelope("Un"))) == "published"
    asked = stage.platform.count("com.atproto.server.getSession")
    assert told(await tried(stage.one, stage.envelope("Deux"))) == "published"
    assert stage.platform.count("com.atproto.server.getSession") == asked
    stage.key.secret = replace_session(stage.rosa, access=stage.rosa.access, refresh="another").packed()
    assert told(await tried(stage.one, stage.envelope("Trois"))) == "published"
    assert stage.platform.count("com.atproto.server.getSession") == asked + 1


def replace_session(who: Person, **more: str) -> Session:
    told_of: dict[str, Any] = {"did": who.did, "pds": PDS, "service": PDS, "access": who.access, "refresh": who.refresh}
    return Session(**{**told_of, **more})


@pytest.mark.asyncio
async def test_a_session_of_somebody_else_never_speaks(stage: Stage) -> None:
    for planted in (stage.leo.session(), replace_session(stage.rosa, access=stage.leo.access)):
        one = stage.connect(stage.identity, Kept(planted.packed()))
        with pytest.raises(NotSent) as refused:
            await one.publish(stage.envelope())
        assert isinstance(refused.value.cause, WrongIdentity)
    assert stage.platform.calls == []


# ---- the inbox


class _History:
    """What the walk brought, call by call."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.cursor: str | None = None
        self.seen: list[str] = []

    async def pull(self) -> None:
        more = True
        while more:
            page_ = await self.stage.one.inbox(FetchKind.NOTIFICATIONS, self.cursor)
            moments = [item.created_at for item in page_.items]
            assert moments == sorted(moments)
            self.seen += [item.event_id for item in page_.items]
            self.cursor, more = page_.cursor, page_.more


@pytest.mark.asyncio
@given(st.lists(st.tuples(st.integers(0, 70), st.integers(0, 18)), max_size=4))
@settings(max_examples=25)
async def test_no_notice_is_lost_or_comes_twice(tmp_path_factory: pytest.TempPathFactory, batches: list[tuple[int, int]]) -> None:
    """Batches of many events, each event up to 18 minutes late in the listing's order."""
    stage = Stage(tmp_path_factory.getbasetemp())
    history = _History(stage)
    await history.pull()
    expected: list[str] = []
    number = 0
    stage.platform.notify(stage.rosa, stage.leo, "like", stage.clock.now(), 9_999)
    await history.pull()
    expected.append(f"at://{stage.leo.did}/app.bsky.feed.like/k9999")
    for count, late in batches:
        stage.clock.advance(120)
        for _ in range(count):
            number += 1
            at = stage.clock.now() - timedelta(minutes=late * (number % 2))
            expected.append(stage.platform.notify(stage.rosa, stage.leo, "like", at, number))
        await history.pull()
    assert len(history.seen) == len(set(history.seen))
    assert sorted(history.seen) == sorted(expected)


HOSTILE: list[Any] = [
    [],
    {},
    {"notifications": 5},
    {"notifications": [None, 5, [], {}, {"uri": "at://x"}]},
    {"notifications": [{"uri": "at://did:plc:a/../../x", "indexedAt": "2026-01-01T00:00:00Z", "reason": "like"}]},
    {"notifications": [{"uri": "a" * 1_000_000, "indexedAt": "0001-01-01T00:00:00Z"}]},
    {"notifications": [], "cursor": "again"},
]


@pytest.mark.asyncio
@pytest.mark.parametrize("answer", HOSTILE)
async def test_a_listing_of_nonsense_is_empty_or_a_problem(stage: Stage, answer: Any) -> None:
    stage.platform.answers["app.bsky.notification.listNotifications"] = lambda _: httpx.Response(200, json=answer)
    try:
        found = await stage.one.inbox(FetchKind.NOTIFICATIONS, None)
    except NetworkProblem:
        return
    assert found.items == ()
    assert not found.more


@pytest.mark.asyncio
async def test_a_cursor_that_never_moves_does_not_keep_us(stage: Stage) -> None:
    event = {"uri": f"at://{stage.leo.did}/app.bsky.feed.like/k1", "reason": "like", "indexedAt": "2026-12-01T14:00:00Z"}
    body = {"notifications": [event], "cursor": "same"}
    stage.platform.answers["app.bsky.notification.listNotifications"] = lambda _: httpx.Response(200, json=body)
    first = await stage.one.inbox(FetchKind.NOTIFICATIONS, None)
    again = await stage.one.inbox(FetchKind.NOTIFICATIONS, first.cursor)
    third = await stage.one.inbox(FetchKind.NOTIFICATIONS, again.cursor)
    assert (len(first.items), again.items, third.items, third.more) == (1, (), (), False)


def test_words_with_lying_places_stay_words() -> None:
    text = "é https://example.org/abc… fin"
    raw = text.encode()
    link = {"$type": "app.bsky.richtext.facet#link", "uri": "https://example.org/abcdef"}

    def facet(start: int, end: int, **feature: str) -> dict[str, Any]:
        return {"index": {"byteStart": start, "byteEnd": end}, "features": [link | feature]}

    start = raw.index(b"https")
    whole = words({"text": text, "facets": [facet(start, raw.index(b" fin"))]})
    assert whole.text == "é https://example.org/abcdef fin"
    assert whole.html == '<p>é <a href="https://example.org/abcdef">https://example.org/abc…</a> fin</p>'
    for wrong in (facet(1, 5), facet(-1, 5), facet(0, 10_000), facet(5, 5), facet(0, 2, uri="javascript:alert(1)")):
        assert words({"text": text, "facets": [wrong, 5, None]}).text == text
    assert words({"text": "<b>&"}).html == "<p>&lt;b&gt;&amp;</p>"
    disguised = words({"text": "banque.example", "facets": [facet(0, 14, uri="https://evil.example/")]})
    assert disguised.text == "banque.example (https://evil.example/)"


# ---- names, places, cards


@given(st.integers(0, 2**72 - 1))
def test_a_name_is_a_valid_identifier_and_always_the_same(chance: int) -> None:
    key = new_key(FakeClock().now(), chance)
    assert is_tid(rkey_of(key))
    assert rkey_of(key) == rkey_of(key)


def test_names_of_one_moment_differ() -> None:
    now = FakeClock().now()
    names = {rkey_of(new_key(now, int.from_bytes(hashlib.sha256(str(n).encode()).digest()[:9]))) for n in range(2000)}
    assert len(names) == 2000
    assert max(names) < rkey_of(new_key(now + timedelta(seconds=3), 0))


PLACES: list[tuple[str, list[tuple[str, str]]]] = [
    ("@rosa.test", [("mention", "rosa.test")]),
    ("(@rosa.bsky.social)", [("mention", "rosa.bsky.social")]),
    ("a@rosa.test @rosa @rosa.nonsense", []),
    ("@rosa.test.", [("mention", "rosa.test")]),
    ("https://example.org.", [("link", "https://example.org")]),
    ("(https://example.org)", [("link", "https://example.org")]),
    ("https://example.org/a_(b)", [("link", "https://example.org/a_(b)")]),
    ("example.org/x?y=1, foo.nonsense", [("link", "https://example.org/x?y=1")]),
    ("https:// http://", []),
    ("#un #2 #3a #d'accord! #fin... ## # #", [("tag", "un"), ("tag", "3a"), ("tag", "d'accord"), ("tag", "fin")]),
    ("＃日本 a#b", [("tag", "日本")]),
    ("#" + "a" * 65, []),
    ("$abc $12 $toolong", [("tag", "$ABC")]),
    ("👨‍👩‍👧‍👦@rosa.test\n@leo.test", [("mention", "leo.test")]),
]


@pytest.mark.parametrize(("text", "expected"), PLACES)
def test_places_in_a_text(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(one.kind.value, one.value) for one in facets(text)] == expected


@given(
    st.lists(st.sampled_from(["@rosa.test", "https://é.org/ü", "#été", "👨‍👩‍👧‍👦", " ", "\n", "(", ")", ".", "e\u0301", "$ABC"]))
)
def test_places_are_whole_characters_in_bytes_and_never_overlap(pieces: list[str]) -> None:
    text = "".join(pieces)
    raw = text.encode()
    last = 0
    for one in facets(text):
        start, end = byte_range(text, one.start, one.end)
        assert last <= start < end <= len(raw)
        assert raw[start:end].decode() == text[one.start : one.end]
        last = end


@pytest.mark.parametrize("text", ["@" * 3000, "https://" * 400, "#" * 3000, "a." * 1500, "(" * 3000, "$" * 3000, "#a" * 1500])
def test_no_text_makes_the_search_slow(text: str) -> None:
    began = time.thread_time()
    facets(text)
    assert time.thread_time() - began < 1.0


def test_addresses_are_read_strictly() -> None:
    did = "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa"
    assert page(f"https://bsky.app/profile/{did}/post/3l2aaaaaaaa2a?x=1") == (did, "3l2aaaaaaaa2a")
    assert page("https://bsky.app.evil.example/profile/a.b/post/c") is None
    assert uri("at://a/b/c") is None
    assert uri(f"at://{did}/app.bsky.feed.post/..") is None
    assert str(post_uri("3l2aaaaaaaa2a", did)) == f"at://{did}/app.bsky.feed.post/3l2aaaaaaaa2a"
    assert post_uri("404404", did) is None
    assert clean_handle(" @Rosa ") == "rosa.bsky.social"
    entry = {"id": "#atproto_pds", "type": "AtprotoPersonalDataServer", "serviceEndpoint": "https://pds.example.org"}
    document: dict[str, Any] = {"id": did, "alsoKnownAs": ["at://rosa.test"], "service": [entry]}
    assert claims(document, "rosa.test")
    assert not claims(document, "leo.test")
    assert server_in(document, did, allow_private=False) == "https://pds.example.org"
    for wrong in ("http://10.0.0.1", "https://127.0.0.1", "ftp://x.example", "", "https://a@b.example"):
        document["service"] = [{**entry, "serviceEndpoint": wrong}]
        with pytest.raises(AnswerUnreadable):
            server_in(document, did, allow_private=False)
    with pytest.raises(AnswerUnreadable):
        server_in({**document, "id": "did:plc:b"}, did, allow_private=False)


def test_a_proof_is_bound_to_its_request_and_its_key() -> None:
    import base64

    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.asymmetric import ec, utils

    def part(text: str) -> bytes:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))

    key = DpopKey.unpacked(DpopKey.new().packed())
    head, claims_, signature = key.proof("POST", f"{PDS}/xrpc/x", FakeClock().now(), nonce="n", access="token").split(".")
    told_of, header = json.loads(part(claims_)), json.loads(part(head))
    assert (told_of["htm"], told_of["htu"], told_of["nonce"]) == ("POST", f"{PDS}/xrpc/x", "n")
    assert told_of["ath"] == base64.urlsafe_b64encode(hashlib.sha256(b"token").digest()).rstrip(b"=").decode()
    assert header == {"typ": "dpop+jwt", "alg": "ES256", "jwk": key.public}
    raw = part(signature)
    numbers = ec.EllipticCurvePublicNumbers(int.from_bytes(part(key.x)), int.from_bytes(part(key.y)), ec.SECP256R1())
    pair = utils.encode_dss_signature(int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    numbers.public_key().verify(pair, f"{head}.{claims_}".encode(), ec.ECDSA(hashes.SHA256()))
    assert "d" not in header["jwk"]
    assert client_id("http://127.0.0.1:4711/abc").startswith(
        "http://localhost?redirect_uri=http%3A%2F%2F127.0.0.1%2Fabc&scope=atproto"
    )


def test_a_session_shows_nothing_of_itself() -> None:
    session = Session("did:plc:a", PDS, PDS, "the-access", "the-refresh")
    assert "the-" not in repr(session) + repr(session.packed())
    again = unpacked(session.packed())
    assert (again.access, again.refresh) == ("the-access", "the-refresh")


PAGE = "https://page.example/x"
PAGES: list[tuple[httpx.Response, str | None]] = [
    (httpx.Response(200, html='<meta content="A &gt; B" property="og:title"><title>no</title>'), "A > B"),
    (httpx.Response(200, html="<title>\n Un  titre </title>"), "Un titre"),
    (httpx.Response(200, html="<script><title>no</title></script><title>yes</title>"), "yes"),
    (
        httpx.Response(
            200, content="<title>été</title>".encode("latin-1"), headers={"Content-Type": "text/html; charset=iso-8859-1"}
        ),
        "été",
    ),
    (httpx.Response(200, content=b"<title>x</title>", headers={"Content-Type": "text/html; charset=zlib_codec"}), "x"),
    (httpx.Response(200, content=b"<title>x</title>", headers={"Content-Type": "application/pdf"}), None),
    (httpx.Response(200, html="no title at all"), None),
    (httpx.Response(404, html="<title>x</title>"), None),
    (httpx.Response(200, content=b"x" * 5_000_000, headers={"Content-Type": "text/html"}), None),
    (httpx.Response(302, headers={"Location": PAGE}), None),
    (httpx.Response(302, headers={"Location": "http://127.0.0.1/"}), None),
    (httpx.Response(302, headers={"Location": "file:///etc/passwd"}), None),
    (httpx.Response(302, headers={"Location": "https://page.example/y"}), "moved"),
]


class OpenDoor:
    """Takes every picture as it is."""

    def __init__(self) -> None:
        self.asked: list[bytes] = []

    async def fit(self, content: bytes, *, most_bytes: int, most_side: int) -> Picture | None:
        self.asked.append(content)
        return Picture(b"small", "image/jpeg", 10, 10) if content == b"picture" else None


@pytest.mark.asyncio
@pytest.mark.parametrize(("answer", "title"), PAGES)
async def test_a_card_is_made_of_good_pages_and_no_page_stops_a_post(
    stage: Stage, answer: httpx.Response, title: str | None
) -> None:
    stage.platform.pages[PAGE] = answer
    stage.platform.pages["https://page.example/y"] = httpx.Response(200, html="<title>moved</title>")
    assert isinstance(await stage.one.publish(stage.envelope(f"Voir {PAGE}")), Published)
    embed = stage.platform.posts(stage.rosa.did)[0].get("embed", {}).get("external")
    assert (embed["title"] if embed else None) == title
    assert not embed or embed["uri"] == PAGE


@pytest.mark.asyncio
@pytest.mark.parametrize("good", [True, False])
async def test_the_picture_of_a_card_comes_through_the_one_door_or_not_at_all(stage: Stage, good: bool) -> None:
    stage.platform.pages[PAGE] = httpx.Response(
        200, html='<meta property="og:title" content="T"><meta property="og:image" content="/p.jpg">'
    )
    stage.platform.pages["https://page.example/p.jpg"] = httpx.Response(200, content=b"picture" if good else b"bomb")
    door = OpenDoor()
    one = stage.connect(stage.identity, stage.key, door)
    assert isinstance(await one.publish(stage.envelope(f"Voir {PAGE}")), Published)
    external = stage.platform.posts(stage.rosa.did)[0]["embed"]["external"]
    assert door.asked == [b"picture" if good else b"bomb"]
    assert ("thumb" in external) is good
    assert list(stage.platform.blobs.values()) == ([b"small"] if good else [])


@pytest.mark.parametrize(
    "page_",
    [
        "<meta " * 60_000,
        '<meta "' * 50_000,
        "<!--" * 60_000,
        "<title>" * 40_000,
        '<meta a="' * 30_000,
        "<" * 250_000,
        "<meta a=b " + "c=d " * 60_000,
    ],
)
def test_no_page_makes_reading_slow(page_: str) -> None:
    began = time.thread_time()
    card.described(_answer(page_.encode()))
    assert time.thread_time() - began < 2.0


def _answer(body: bytes) -> Any:
    from cmdesk.networks.http import Answer

    return Answer(200, {"content-type": "text/html"}, body)


def _always(answer: httpx.Response) -> Any:
    return lambda _: httpx.Response(answer.status_code, content=answer.content)


@pytest.mark.asyncio
async def test_every_problem_of_a_read_is_one_of_ours(stage: Stage) -> None:
    for answer in (
        error(500, "x"),
        error(401, "InvalidToken"),
        error(404),
        httpx.Response(200, text="<html>"),
        error(400, "Odd"),
    ):
        for method in (GET, "app.bsky.feed.getPosts", "app.bsky.feed.getPostThread", "com.atproto.server.getSession"):
            stage.platform.answers[method] = _always(answer)
        for call in (
            stage.one.whoami,
            lambda: stage.one.context("3l2aaaaaaaa2a"),
            lambda: stage.one.counters(("3l2aaaaaaaa2a",)),
            lambda: stage.one.favourite("3l2aaaaaaaa2a", True),
        ):
            with pytest.raises(CmdeskError) as problem:
                await call()
            assert isinstance(problem.value, NetworkProblem)
    stage.platform.answers.clear()
    with pytest.raises(AuthRevoked):
        await stage.connect(stage.identity, spoilt(stage.key, "bad")).whoami()
