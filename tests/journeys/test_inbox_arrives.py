"""How things really arrive: mention, reply, like, edit, delete and block on real servers, through the whole program."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any, Protocol

import httpx
import pytest
from mastodon_mock.testing.server import MockServer

from cmdesk.domain.clock import SystemClock
from tests.helpers import atproto, snac
from tests.helpers.command_line import Terminal

pytestmark = [
    pytest.mark.slow,
    pytest.mark.leaves("network.mjs"),
    pytest.mark.leaves("pg_virtualenv"),
    pytest.mark.leaves("redis-server"),
    pytest.mark.timeout(240),
]
DAY = timedelta(days=1)


class MovedClock(SystemClock):
    """The machine's clock, some time away from where it is."""

    def __init__(self) -> None:
        super().__init__()
        self.by = timedelta()

    def now(self) -> Any:
        return super().now() + self.by


class Other(Protocol):
    """Somebody else on the same network, who acts through the network's own API."""

    edits: bool
    deletes: bool

    def say(self, text: str, to: str, answering: str = "") -> str: ...
    def like(self, remote_id: str) -> None: ...
    def edit(self, remote_id: str, text: str) -> None: ...
    def delete(self, remote_id: str) -> None: ...
    def answers(self, words: str) -> int: ...


class Fediverse:
    """Somebody on a server that speaks Mastodon's API."""

    def __init__(self, origin: str, token: str, ours: str, *, deletes: bool) -> None:
        self._origin, self._head, self._ours = origin.rstrip("/"), {"Authorization": f"Bearer {token}"}, ours
        self.edits, self.deletes = True, deletes

    def _call(self, method: str, path: str, body: dict[str, str] | None = None) -> Any:
        answer = httpx.request(method, self._origin + path, data=body, headers=self._head, timeout=20, trust_env=False)
        assert answer.is_success, (method, path, answer.status_code, answer.text[:300])
        return answer.json()

    def say(self, text: str, to: str, answering: str = "") -> str:
        del to  # here everybody is at home
        body = {"status": f"@{self._ours} {text}", **({"in_reply_to_id": answering} if answering else {})}
        return str(self._call("POST", "/api/v1/statuses", body)["id"])

    def like(self, remote_id: str) -> None:
        self._call("POST", f"/api/v1/statuses/{remote_id}/favourite", {})

    def edit(self, remote_id: str, text: str) -> None:
        self._call("PUT", f"/api/v1/statuses/{remote_id}", {"status": f"@{self._ours} {text}"})

    def delete(self, remote_id: str) -> None:
        self._call("DELETE", f"/api/v1/statuses/{remote_id}")

    def answers(self, words: str) -> int:
        account = self._call("GET", f"/api/v1/accounts/lookup?acct={self._ours}")["id"]
        return sum(words in one["content"] for one in self._call("GET", f"/api/v1/accounts/{account}/statuses?limit=40"))


class Sky:
    """Somebody on the AT Protocol network."""

    edits, deletes = False, True

    def __init__(self, who: atproto.Somebody, ours: atproto.Somebody) -> None:
        self._who, self._ours = who, ours

    def _cid(self, at: str) -> dict[str, str]:
        repo, collection, rkey = at.removeprefix("at://").split("/")
        found = self._who.ask("com.atproto.repo.getRecord", repo=repo, collection=collection, rkey=rkey)
        return {"uri": at, "cid": found["cid"]}

    def say(self, text: str, to: str, answering: str = "") -> str:
        whole = f"@{to} {text}"
        end = len(f"@{to}".encode())
        facet = {
            "index": {"byteStart": 0, "byteEnd": end},
            "features": [{"$type": "app.bsky.richtext.facet#mention", "did": self._ours.did}],
        }
        record: dict[str, Any] = {"text": whole, "facets": [facet], "createdAt": _now()}
        if answering:
            about = self._cid(answering)
            record["reply"] = {"root": about, "parent": about}
        return str(self._who.create("app.bsky.feed.post", record)["uri"])

    def like(self, remote_id: str) -> None:
        self._who.create("app.bsky.feed.like", {"subject": self._cid(remote_id), "createdAt": _now()})

    def edit(self, remote_id: str, text: str) -> None:
        raise AssertionError((remote_id, text))

    def delete(self, remote_id: str) -> None:
        repo, collection, rkey = remote_id.removeprefix("at://").split("/")
        self._who.do("com.atproto.repo.deleteRecord", {"repo": repo, "collection": collection, "rkey": rkey})

    def answers(self, words: str) -> int:
        return sum(words in one["value"]["text"] for one in self._ours.records())


def _now() -> str:
    return SystemClock().now().strftime("%Y-%m-%dT%H:%M:%S.000Z")


class Place:
    """A desk whose one account lives on a real server, and somebody else there."""

    def __init__(self, terminal: Terminal, clock: MovedClock, other: Other, handle: str) -> None:
        self.terminal, self.clock, self.other, self.handle = terminal, clock, other, handle

    def sync(self) -> None:
        self.terminal("sync", "--client", "Rosa")

    def until(self, look: Callable[[], Any], seconds: float = 45, passing: timedelta = timedelta(0)) -> Any:
        """What a look finds as soon as it finds anything: networks tell their news a little later, and old conversations are
        asked for more rarely (``passing`` is how much time goes by here between two looks).
        """
        deadline = time.monotonic() + seconds
        while True:
            self.clock.by += passing
            self.sync()
            found = look()
            if found or time.monotonic() > deadline:
                return found
            time.sleep(0.2)

    def listed(self, kind: str, words: str = "") -> list[dict[str, Any]]:
        return [one for one in self.terminal.json("inbox", "list") if one["kind"] == kind and words in one["preview"]]


@pytest.fixture(scope="module", name="sky")
def _sky(tmp_path_factory: pytest.TempPathFactory) -> Iterator[atproto.Servers]:
    with atproto.running(tmp_path_factory.mktemp("atproto"), whole=True) as found:
        yield found


def _terminal(tmp_path: Path) -> tuple[Terminal, MovedClock]:
    clock = MovedClock()
    terminal = Terminal(tmp_path / "home", clock=clock)
    terminal.json("client", "add", "Rosa", "--timezone", "America/Toronto", "--language", "fr-CA")
    return terminal, clock


@pytest.fixture(params=["mock", "snac", "sky"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Place]:
    terminal, clock = _terminal(tmp_path)
    link = ["account", "link", "mastodon", "--client", "Rosa", "--allow-private", "--token-stdin", "--server"]
    if request.param == "mock":
        mock: MockServer = request.getfixturevalue("mastodon_mock_server")
        account = terminal.json(*link, mock.base_url, stdin=b"alice_token")
        yield Place(terminal, clock, Fediverse(mock.base_url, "bob_token", "alice", deletes=True), account["handle"])
    elif request.param == "snac":
        if not snac.available():
            pytest.skip(snac.MISSING)
        try:
            with snac.running(tmp_path, "rosa", "bruno") as server:
                rosa, bruno = (server.person(who) for who in ("rosa", "bruno"))
                account = terminal.json(*link, server.origin, stdin=rosa.token.encode())
                yield Place(terminal, clock, Fediverse(server.origin, bruno.token, "rosa", deletes=False), account["handle"])
        except RuntimeError as trouble:
            if os.environ.get("CI"):
                raise
            pytest.skip(f"snac does not start here: {str(trouble)[:200]}")
    else:
        sky: atproto.Servers = request.getfixturevalue("sky")
        number = time.monotonic_ns() % 1_000_000
        ours, theirs = sky.account(f"r{number}"), sky.account(f"l{number}")
        how = ["--server", ours.pds, "--handle", ours.handle, "--allow-private", "--app-password-stdin"]
        account = terminal.json("account", "link", "bluesky", "--client", "Rosa", *how, stdin=ours.app_password.encode() + b"\n")
        yield Place(terminal, clock, Sky(theirs, ours), account["handle"])


def test_everything_arrives_as_it_really_does(place: Place) -> None:
    terminal, other = place.terminal, place.other
    sent = terminal.json("post", "add", "--client", "Rosa", "--account", place.handle, "--text", "Pain au levain", "--now")
    assert sent["state"] == "sent"
    place.sync()
    ours = sent["deliveries"][0]["remote_id"]

    asked = other.say("Ouverts dimanche?", place.handle, ours)
    named = other.say("Bravo pour le gala", place.handle)
    other.like(ours)
    [reply] = place.until(lambda: place.listed("reply", "dimanche"))
    [mention] = place.until(lambda: place.listed("mention", "gala"))
    assert place.until(lambda: place.listed("favourite"))
    assert {reply["state"], mention["state"]} == {"awaiting"}

    # Answered once, and known as answered.
    answered = terminal.json("inbox", "reply", reply["id"], "--text-stdin", stdin="Oui, de 8 h à 13 h.".encode())
    assert answered["state"] == "sent"
    terminal("outbox", "run")
    place.sync()
    assert other.answers("de 8 h à 13 h") == 1
    assert terminal.json("inbox", "show", reply["id"])["state"] == "answered"
    assert len(place.listed("reply", "dimanche")) == 1
    assert asked != named

    if other.edits:
        other.edit(named, "Bravo pour le concert")
        changed = place.until(lambda: place.listed("mention", "concert"), passing=timedelta(minutes=40))
        assert [one["id"] for one in changed] == [mention["id"]]
        assert terminal.json("inbox", "show", mention["id"])["edited_at"]
    if other.deletes:
        other.delete(named)
        assert place.until(lambda: terminal.json("inbox", "show", mention["id"])["deleted_at"], passing=DAY)
        assert terminal.json("inbox", "show", mention["id"])["state"] == "awaiting"  # a person decides, the row stays

    assert terminal.json("inbox", "block", reply["id"])["state"] in {"set_aside", "answered"}


def test_a_server_that_goes_away_loses_and_doubles_nothing(tmp_path: Path, mastodon_mock_server: MockServer) -> None:
    terminal, clock = _terminal(tmp_path)
    link = ["account", "link", "mastodon", "--client", "Rosa", "--allow-private", "--token-stdin", "--server"]
    account = terminal.json(*link, mastodon_mock_server.base_url, stdin=b"alice_token")
    other = Fediverse(mastodon_mock_server.base_url, "bob_token", "alice", deletes=True)
    place = Place(terminal, clock, other, account["handle"])
    place.sync()
    for number in range(45):
        other.say(f"question {number}", place.handle)
    fault = {"match": {"methods": ["GET"], "path": "/api/v1/notifications"}, "effect": {"status": 503}, "count": 2}
    httpx.post(f"{mastodon_mock_server.base_url.rstrip('/')}/api/v1/_mock/faults", json=fault, timeout=10, trust_env=False)
    terminal("sync")
    place.until(lambda: len(terminal.json("inbox", "list", "--limit", "100")) == 45)
    rows = terminal.json("inbox", "list", "--limit", "100")
    assert len(rows) == len({one["preview"] for one in rows}) == 45

    # An answer whose own answer is lost is looked for, not sent again.
    lost = {"match": {"methods": ["POST"], "path": "/api/v1/statuses"}, "effect": {"status": 503, "apply": True}, "count": 1}
    httpx.post(f"{mastodon_mock_server.base_url.rstrip('/')}/api/v1/_mock/faults", json=lost, timeout=10, trust_env=False)
    terminal("inbox", "reply", rows[0]["id"], "--text-stdin", stdin=b"Une seule fois")
    for _ in range(4):
        clock.by += timedelta(minutes=20)
        terminal("outbox", "run")
        terminal("sync")
    assert other.answers("Une seule fois") <= 1
