"""The Mastodon connector against a platform that fails on purpose: four outcomes, no second write, nothing lost in reading."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import openapi_core
import pytest
import requests
from msgspec.structs import replace
from openapi_core.contrib.requests import RequestsOpenAPIRequest

from cmdesk.domain.account import FetchKind, Identity, Network
from cmdesk.domain.delivery import Envelope
from cmdesk.domain.errors import AuthRevoked, NoNetwork, RateLimited, ScopeMissing
from cmdesk.domain.ids import DeliveryId, MediaId
from cmdesk.domain.limits import Unit, Visibility
from cmdesk.domain.message import MessageKind
from cmdesk.domain.post import MediaItem, Poll
from cmdesk.domain.secret import Secret
from cmdesk.networks import registry
from cmdesk.networks._html import plain
from cmdesk.networks._mastodon_profile import detect, read_limits
from cmdesk.networks.port import Edits, Look, NotSent, Processing, Published, Refused, ReportReason, SecondWrite, Unknown, Whole
from tests.helpers.clocks import FakeClock
from tests.networks.contract import PNG

SPEC = Path(__file__).resolve().parents[3] / "shared" / "specs" / "mastodon-openapi.json"
US = Identity(Network.MASTODON, "https://example.test", "7", "rosa@example.test", "Rosa")
ME = {"id": "7", "acct": "rosa", "display_name": "Rosa"}
Handler = Callable[[httpx.Request], httpx.Response]


def status(**more: Any) -> dict[str, Any]:
    plain_one = {"id": "100", "created_at": "2026-12-01T14:00:00.000Z", "content": "<p>Bonjour</p>", "account": ME}
    return {**plain_one, "visibility": "public", "url": "https://example.test/@rosa/100", "media_attachments": [], **more}


class Platform:
    """Answers by path; remembers what was asked."""

    def __init__(self, **answers: Any) -> None:
        self.answers: dict[str, Any] = {"GET /api/v1/accounts/verify_credentials": ME, **answers}
        self.requests: list[httpx.Request] = []

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.answers.get(f"{request.method} {request.url.path}", httpx.Response(404, json={"error": "Record not found"}))
        if isinstance(answer, list):
            answer = answer.pop(0) if len(answer) > 1 else answer[0]
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, httpx.Response):
            return httpx.Response(answer.status_code, headers=answer.headers, content=answer.content)
        return httpx.Response(200, json=answer)

    @property
    def writes(self) -> list[httpx.Request]:
        return [request for request in self.requests if request.method != "GET" and request.url.path == "/api/v1/statuses"]


CLOCK = FakeClock()


def connect(platform: Handler, software: str = "mastodon 4.5.2") -> Whole:
    async def key() -> Secret:
        return Secret("key")

    return registry.build(US, secret=key, clock=CLOCK, software=software, transport=httpx.MockTransport(platform))


def envelope(text: str = "Bonjour", **more: Any) -> Envelope:
    return replace(Envelope(DeliveryId(1), 0, 1, US, "the-key", text, "/nowhere"), **more)


def error(code: int, words: str = "", headers: dict[str, str] | None = None) -> httpx.Response:
    return httpx.Response(code, json={"error": words}, headers=headers)


POST = "POST /api/v1/statuses"
OUTCOMES: list[tuple[Any, str]] = [
    (status(), "published"),
    (httpx.ConnectError("x"), "NoNetwork"),
    (httpx.ConnectTimeout("x"), "TimedOut"),
    (httpx.ReadTimeout("x"), "timeout"),
    (httpx.WriteTimeout("x"), "timeout"),
    (httpx.ReadError("x"), "reset"),
    (httpx.WriteError("x"), "reset"),
    (httpx.RemoteProtocolError("x"), "protocol"),
    (error(429, "Too many requests", {"Retry-After": "60"}), "RateLimited"),
    (error(401, "The access token is invalid"), "AuthRevoked"),
    (error(403, "This action is outside the authorized scopes"), "ScopeMissing"),
    (error(403, "This action is not allowed"), "refused"),
    (error(422, "Validation failed: Text can't be blank"), "refused"),
    (error(400, "Duplicate idempotency key."), "duplicate"),
    (error(404, "Record not found"), "gone"),
    (error(408), "unclear"),
    (error(409, "x"), "unclear"),
    (httpx.Response(400, text="<html>"), "unreadable"),
    (httpx.Response(413, text="<html>too large"), "refused"),
    (error(500, "x"), "server_error"),
    (error(503, "x", {"Retry-After": "30"}), "server_error"),
    (httpx.Response(502, text="<html>"), "server_error"),
    (httpx.Response(302, headers={"Location": "/login"}), "redirect"),
    (httpx.Response(200, text="<html>welcome"), "unreadable"),
    (httpx.Response(200, text=""), "unreadable"),
    (httpx.Response(200, json=[]), "unreadable"),
    (httpx.Response(200, json={}), "unreadable"),
    (httpx.Response(200, json={"id": "../../x"}), "unreadable"),
    ({"id": "5", "scheduled_at": "2027-01-01T00:00:00Z", "params": {}}, "scheduled"),
    (status(account={"id": "8", "acct": "other"}), "wrong_identity"),
]


@pytest.mark.asyncio
@pytest.mark.parametrize(("answer", "expected"), OUTCOMES)
async def test_each_write_has_one_of_the_outcomes_and_happens_once(answer: Any, expected: str) -> None:
    platform = Platform(**{POST: answer})
    one = connect(platform)
    try:
        outcome: object = await one.publish(envelope())
    except NotSent as not_sent:
        outcome = not_sent
    assert _told(outcome) == expected
    assert len(platform.writes) == 1
    assert platform.writes[0].headers["idempotency-key"] == "the-key"
    assert b"scheduled_at" not in platform.writes[0].content


def _told(outcome: object) -> str:
    match outcome:
        case Published():
            return "published"
        case Refused(problem):
            return problem.code
        case Unknown(reason):
            return reason
        case NotSent():
            return type(outcome.cause).__name__
        case _:
            raise AssertionError(outcome)


@pytest.mark.asyncio
async def test_a_rate_limit_tells_when() -> None:
    one = connect(Platform(**{POST: error(429, "x", {"X-RateLimit-Reset": "2026-12-01T14:05:00.000Z"})}))
    with pytest.raises(NotSent) as refused:
        await one.publish(envelope())
    assert isinstance(refused.value.cause, RateLimited)
    assert refused.value.retry_at == datetime(2026, 12, 1, 14, 5, tzinfo=UTC)


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("answer", "cause"), [(error(401), AuthRevoked), (error(403, "scopes"), ScopeMissing), (httpx.ReadError("x"), NoNetwork)]
)
async def test_without_knowing_who_we_are_nothing_is_written(answer: Any, cause: type[Exception]) -> None:
    platform = Platform(**{"GET /api/v1/accounts/verify_credentials": answer, POST: status()})
    with pytest.raises(NotSent) as refused:
        await connect(platform).publish(envelope())
    assert isinstance(refused.value.cause, cause)
    assert platform.writes == []


def picture(folder: Path) -> MediaItem:
    (folder / "a.png").write_bytes(PNG)
    return MediaItem(MediaId(1), "a.png", "A.png", "image/png", len(PNG), hashlib.sha256(PNG).hexdigest(), alt="Un pain")


@pytest.mark.asyncio
async def test_slow_media_are_resumed_and_the_status_is_written_once(tmp_path: Path) -> None:
    waiting = httpx.Response(202, json={"id": "55", "url": None})
    platform = Platform(
        **{"POST /api/v2/media": waiting, "GET /api/v1/media/55": [httpx.Response(206, json={}), {"id": "55"}], POST: status()}
    )
    one, part = connect(platform), envelope(media=(picture(tmp_path),), media_folder=str(tmp_path))
    first = await one.publish(part)
    assert isinstance(first, Processing)
    still = await one.resume(first.handle, part)
    assert still == first
    ready = await one.resume(first.handle, part)
    assert isinstance(ready, Processing)
    assert platform.writes == []
    assert await connect(platform).resume(ready.handle, part) == Unknown("interrupted")
    assert isinstance(await one.resume(ready.handle, part), Published)
    assert await one.resume(ready.handle, part) == Unknown("interrupted")
    assert [json.loads(request.content)["media_ids"] for request in platform.writes] == [["55"]]


@pytest.mark.asyncio
@pytest.mark.parametrize(("answer", "code"), [(error(422, "no image"), "media_refused"), (error(413), "media_refused")])
async def test_refused_media_write_nothing(answer: Any, code: str, tmp_path: Path) -> None:
    platform = Platform(**{"POST /api/v2/media": answer, POST: status()})
    found = await connect(platform).publish(envelope(media=(picture(tmp_path),), media_folder=str(tmp_path)))
    assert isinstance(found, Refused)
    assert (found.problem.code, platform.writes) == (code, [])


@pytest.mark.asyncio
@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"file_name": "../a.png"}, "media_missing"),
        ({"file_name": "b.png"}, "media_missing"),
        ({"file_name": ""}, "media_missing"),
        ({"sha256": "0" * 64}, "media_changed"),
    ],
)
async def test_only_the_approved_file_of_the_client_is_sent(change: dict[str, Any], code: str, tmp_path: Path) -> None:
    platform = Platform()
    item = replace(picture(tmp_path), **change)
    found = await connect(platform).publish(envelope(media=(item,), media_folder=str(tmp_path)))
    assert isinstance(found, Refused)
    assert (found.problem.code, len(platform.requests)) == (code, 1)


@pytest.mark.asyncio
async def test_two_uploads_of_one_file_have_two_names(tmp_path: Path) -> None:
    platform = Platform(**{"POST /api/v2/media": {"id": "5"}, POST: status()})
    item = picture(tmp_path)
    await connect(platform).publish(envelope(media=(item, item), media_folder=str(tmp_path)))
    names = [
        request.content.split(b'filename="')[1].split(b'"')[0]
        for request in platform.requests
        if request.url.path.endswith("media")
    ]
    assert len(set(names)) == 2
    assert all(name.endswith(b".png") for name in names)


@pytest.mark.asyncio
async def test_find_asks_the_source_where_the_printed_words_differ() -> None:
    listing = "GET /api/v1/accounts/7/statuses"
    other = status(id="101", content="<p>**gras**</p>")
    platform = Platform(
        **{listing: [[other]], "GET /api/v1/statuses/101/source": {"id": "101", "text": "x **gras**", "spoiler_text": ""}}
    )
    since = datetime(2026, 12, 1, 13, 59, tzinfo=UTC)
    assert (await connect(platform).find(envelope("x **gras**"), since)).look is Look.FOUND
    assert (await connect(platform).find(envelope("autre"), since)).look is Look.ABSENT
    blind = Platform(**{listing: [[other]]})
    assert (await connect(blind).find(envelope("autre"), since)).look is Look.CANNOT_TELL
    hidden = connect(Platform(**{listing: [[]]}), "gotosocial 0.19")
    assert (await hidden.find(envelope(visibility=Visibility.DIRECT), since)).look is Look.CANNOT_TELL
    for change in (
        {"visibility": "unlisted"},
        {"in_reply_to_id": "4"},
        {"spoiler_text": "x"},
        {"created_at": "2026-12-01T13:00:00Z"},
    ):
        elsewhere = Platform(**{listing: [[status(**change)]]})
        assert (await connect(elsewhere).find(envelope(), since)).look is Look.ABSENT


@pytest.mark.asyncio
async def test_unknown_and_broken_notices_do_not_stop_the_page() -> None:
    def event(number: int, kind: str, **more: Any) -> dict[str, Any]:
        return {
            "id": str(number),
            "type": kind,
            "created_at": "2026-12-01T14:00:00Z",
            "account": {"id": "9", "acct": "léo@x.org"},
            **more,
        }

    values = [
        event(9, "invented.thing"),
        event(8, "mention", status=status(visibility="direct")),
        event(7, "mention", status=status(in_reply_to_account_id="7", in_reply_to_id="1")),
        event(6, "mention", status=status()),
        event(5, "favourite", status=status()),
        event(4, "follow"),
        {"id": None, "type": "mention"},
        "nonsense",
        event(3, "mention", status={"id": "1"}),
        event(2, "quote", status=status()),
        event(1, "reblog", status=status(created_at="0001-01-01T00:00:00")),
    ]
    one = connect(Platform(**{"GET /api/v1/notifications": [values]}))
    page = await one.inbox(FetchKind.NOTIFICATIONS, None)
    assert {item.event_id: item.kind for item in page.items} == {
        "9": MessageKind.OTHER,
        "8": MessageKind.DIRECT,
        "7": MessageKind.REPLY,
        "6": MessageKind.MENTION,
        "5": MessageKind.FAVOURITE,
        "4": MessageKind.FOLLOW,
        "2": MessageKind.QUOTE,
    }
    assert page.cursor == "9"
    again = await one.inbox(FetchKind.NOTIFICATIONS, "9")
    assert (again.items, again.cursor, again.more) == ((), "9", False)


@pytest.mark.parametrize(
    ("version", "name", "unit"),
    [
        ("4.5.2", "mastodon", Unit.GRAPHEMES),
        ("2.7.2 (compatible; Pleroma 2.6.0)", "pleroma", Unit.CODE_POINTS),
        ("4.0.0 (not true; really snac/2.75)", "snac", Unit.CODE_POINTS),
        ("3.5.3+0.20.0-rc1+git-abc", "", Unit.CODE_POINTS),
        ("takahe/0.11.0", "", Unit.CODE_POINTS),
        ("3.5.3 (compatible; Pixelfed 0.12.1)", "pixelfed", Unit.CODE_POINTS),
        ("", "", Unit.CODE_POINTS),
    ],
)
def test_a_software_is_known_by_what_it_says(version: str, name: str, unit: Unit) -> None:
    found = detect(None, {"version": version})
    assert (found.software.name, found.software.limits.unit) == (name, unit)
    keeps = found.software.second_write is SecondWrite.SAME_KEY
    assert keeps is (name == "mastodon")


def test_nonsense_limits_keep_the_defaults() -> None:
    software = detect({"software": {"name": "mastodon"}}, {}).software
    silly = {"max_characters": -5, "max_media_attachments": "four", "characters_reserved_per_url": None}
    found = read_limits({"configuration": {"statuses": silly, "polls": []}}, software, CLOCK.now())
    assert found == replace(software.limits, read_at=CLOCK.now())


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ("<p>Un</p><p>Deux<br>trois</p>", "Un\n\nDeux\ntrois"),
        (
            '<p><a href="https://example.org/a/b"><span class="invisible">https://</span><span>example.org/a…</span></a></p>',
            "https://example.org/a/b",
        ),
        ('<a href="https://x.org/@rosa" class="u-url mention">@<span>rosa</span></a> !', "@rosa !"),
        ('<a href="https://evil.example">banque.ca</a>', "banque.ca (https://evil.example)"),
        ('<a href="javascript:x()">mot</a>', "mot"),
        ("a &amp; b &lt;c&gt; &#x1F600; &nbsp;d", "a & b <c> 😀 \xa0d"),
        ("<script>x</script>un<style>y", "un"),
        ("<ul><li>a</li><li>b</li></ul>", "• a\n\n• b"),
        ("5 < 6 et 7 > 6", "5 < 6 et 7 > 6"),
        ("<b" * 20_000, ""),
        ("<p>" * 30_000 + "x", "x"),
        ("<!-- <p>non</p> -->oui", "oui"),
        ("\x00\x1b[31mrouge", "[31mrouge"),
        ("", ""),
    ],
)
def test_html_is_read_as_plain_words(html: str, text: str) -> None:
    assert plain(html) == text


@pytest.mark.asyncio
@pytest.mark.filterwarnings("ignore:Unsupported scheme type")
async def test_every_request_is_one_the_documentation_knows(tmp_path: Path) -> None:
    if not SPEC.is_file():
        pytest.skip("the OpenAPI document of Mastodon is not beside this clone")
    document = json.loads(SPEC.read_text("utf-8"))
    # A status with a poll has the document's form of a plain status, too, so that "exactly one form" can't be kept.
    body = document["paths"]["/api/v1/statuses"]["post"]["requestBody"]["content"]["application/json"]["schema"]
    body["anyOf"] = body.pop("oneOf")
    document["servers"] = [{"url": "https://example.test"}]
    api = openapi_core.OpenAPI.from_dict(document, config=openapi_core.Config(spec_validator_cls=None))
    platform = Platform(
        **{
            POST: status(),
            "GET /api/v1/statuses/100": status(),
            "PUT /api/v1/statuses/100": status(),
            "DELETE /api/v1/statuses/100": status(),
            "GET /api/v1/statuses/100/context": {"ancestors": [], "descendants": []},
            "GET /api/v1/accounts/7/statuses": [[status()]],
            "GET /api/v1/notifications": [[]],
            "GET /api/v1/conversations": [[]],
            "GET /api/v1/statuses": [[status()]],
            "POST /api/v2/media": {"id": "55"},
            "POST /api/v1/reports": {},
            "POST /api/v1/statuses/100/favourite": status(),
            "POST /api/v1/statuses/100/mute": status(),
            "POST /api/v1/accounts/9/mute": {},
            "POST /api/v1/accounts/9/block": {},
        }
    )
    one = connect(platform)
    await one.publish(envelope(poll=Poll(("a", "b")), warning="w", language="fr-CA", sensitive=True))
    await one.publish(
        envelope(reply_to="100", visibility=Visibility.DIRECT, media=(picture(tmp_path),), media_folder=str(tmp_path))
    )
    assert isinstance(one, Edits)
    await one.edit("100", envelope("Autre"))
    await one.find(envelope(), CLOCK.now())
    for kind in one.fetch_kinds:
        await one.inbox(kind, "1")
    await one.context("100")
    await one.counters(("100",))
    await one.favourite("100", True)
    await one.mute_thread("100")
    await one.mute_author("9")
    await one.block_author("9")
    await one.report("9", ("100",), ReportReason("spam", "x", True))
    await one.delete("100")
    for request in platform.requests:
        if request.url.path != "/api/v2/media":
            api.validate_request(_as_requests(request))
    assert len(platform.requests) > 15


def _as_requests(request: httpx.Request) -> RequestsOpenAPIRequest:
    whole = requests.Request(request.method, str(request.url), headers=dict(request.headers), data=request.content or None)
    return RequestsOpenAPIRequest(whole.prepare())
