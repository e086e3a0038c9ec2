"""The practice network: a small Mastodon-like server inside the program, to try the whole desk without an account."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import parse_qsl

import httpx

from cmdesk.domain.clock import Clock
from cmdesk.networks._practice_samples import Persona, SampleClient, SamplePost, personas, sample_desk
from cmdesk.networks._practice_world import HOST, World

__all__ = ["ORIGIN", "Persona", "PracticeNetwork", "SampleClient", "SamplePost", "personas", "sample_desk"]

#: The origin of every account on it; no name server knows it, and nothing is ever sent there.
ORIGIN: Final = f"https://{HOST}"

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Reply = tuple[int, Any]

_NAME = re.compile(rb'name="([^"]*)"')


class _No(Exception):
    """A refusal in the words of the Mastodon API."""

    def __init__(self, status: int, error: str) -> None:
        super().__init__(error)
        self.status = status
        self.error = error


class PracticeNetwork:
    """An ASGI application over one world of people who answer. ``path`` is its one file; ``seed`` decides who says what.

    ``offline`` plays a broken line: calls fail as if there were no route, and nothing arrives. ``refusing``, when it is
    not empty, plays a server that takes no new posts, and is what it says.
    """

    def __init__(self, path: Path, clock: Clock, *, seed: int = 1) -> None:
        self.offline = False
        self.refusing = ""
        self._world = World.load(path, clock, seed)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one request."""
        body = bytearray()
        while True:
            message = await receive()
            body += message.get("body", b"")
            if not message.get("more_body"):
                break
        headers = {name.decode("latin-1"): value.decode("latin-1") for name, value in scope["headers"]}
        query = parse_qsl(scope["query_string"].decode("ascii", "replace"))
        try:
            status, value = self._route(scope["method"], scope["path"], query, headers, bytes(body))
        except _No as refused:
            status, value = refused.status, {"error": refused.error}
        raw = json.dumps(value, ensure_ascii=False).encode()
        kind = [(b"content-type", b"application/json; charset=utf-8")]
        await send({"type": "http.response.start", "status": status, "headers": kind})
        await send({"type": "http.response.body", "body": raw})

    def transport(self) -> httpx.AsyncBaseTransport:
        """The way in, as a transport of the house's own HTTP line."""
        return _Way(self)

    def _route(self, method: str, path: str, query: list[tuple[str, str]], headers: dict[str, str], body: bytes) -> Reply:
        self._world.catch_up()
        told = _PUBLIC.get(path)
        if told is not None and method == "GET":
            return 200, told
        us = self._world.persona(headers.get("authorization", "").removeprefix("Bearer "))
        if us is None:
            raise _No(401, "The access token is invalid")
        for pattern, verb, handler in _ROUTES:
            match = pattern.fullmatch(path)
            if match is not None and verb == method:
                return handler(self, _Request(us, match.groups(), query, headers, body))
        raise _No(404, "Record not found")

    def _verify(self, asked: _Request) -> Reply:
        return 200, self._world.account(asked.us)

    def _statuses_of(self, asked: _Request) -> Reply:
        own = [one for one in self._world.visible(asked.us) if one["by"] == asked.args[0]]
        return 200, [self._world.shown(one, asked.us) for one in asked.page(own)]

    def _many(self, asked: _Request) -> Reply:
        wanted = {value for name, value in asked.query if name == "id[]"}
        return 200, [self._world.shown(one, asked.us) for one in self._world.visible(asked.us) if one["id"] in wanted]

    def _status(self, asked: _Request) -> Reply:
        return 200, self._world.shown(self._found(asked), asked.us)

    def _source(self, asked: _Request) -> Reply:
        found = self._found(asked)
        return 200, {"id": found["id"], "text": found["text"], "spoiler_text": found["warning"]}

    def _context(self, asked: _Request) -> Reply:
        before, after = self._world.around(self._found(asked), asked.us)
        shown = [[self._world.shown(one, asked.us) for one in part] for part in (before, after)]
        return 200, {"ancestors": shown[0], "descendants": shown[1]}

    def _post(self, asked: _Request) -> Reply:
        told = asked.json()
        if not str(told.get("status", "")).strip() and not told.get("media_ids"):
            raise _No(422, "Validation failed: Text can't be blank")
        if self.refusing:
            raise _No(422, self.refusing)
        reply_to = told.get("in_reply_to_id")
        if reply_to and self._world.status(str(reply_to)) is None:
            raise _No(404, "Record not found")
        made = self._world.publish(asked.us, told, asked.headers.get("idempotency-key", ""))
        return 200, self._world.shown(made, asked.us)

    def _edit(self, asked: _Request) -> Reply:
        found = self._world.edit(self._own(asked), asked.json())
        return 200, self._world.shown(found, asked.us)

    def _delete(self, asked: _Request) -> Reply:
        found = self._own(asked)
        shown = self._world.shown(found, asked.us)
        self._world.delete(found)
        return 200, shown

    def _react(self, asked: _Request) -> Reply:
        found = self._found(asked)
        self._world.react(asked.us, found["id"], asked.args[1])
        return 200, self._world.shown(found, asked.us)

    def _relation(self, asked: _Request) -> Reply:
        self._world.react(asked.us, asked.args[0], asked.args[1])
        return 200, {"id": asked.args[0], asked.args[1] + "ing": True}

    def _notifications(self, asked: _Request) -> Reply:
        found = self._world.notifications(asked.us)
        return 200, [self._world.told(one, asked.us) for one in asked.page(found)]

    def _conversations(self, asked: _Request) -> Reply:
        if any(name == "min_id" for name, _ in asked.query):
            return 200, []
        return 200, self._world.conversations(asked.us)

    def _media(self, asked: _Request) -> Reply:
        fields = asked.multipart()
        if b"file" not in fields:
            raise _No(422, "Validation failed: File can't be blank")
        return 200, self._world.attach(fields.get(b"description", b"").decode("utf-8", "replace"))

    def _medium(self, asked: _Request) -> Reply:
        found = self._world.medium(asked.args[0])
        if found is None:
            raise _No(404, "Record not found")
        return 200, found

    def _report(self, asked: _Request) -> Reply:
        told = asked.json()
        self._world.react(asked.us, str(told.get("account_id", "")), "report")
        return 200, {"id": "1", "action_taken": False, "category": told.get("category", "other")}

    def _found(self, asked: _Request) -> dict[str, Any]:
        found = self._world.status(asked.args[0])
        if found is None or found not in self._world.visible(asked.us):
            raise _No(404, "Record not found")
        return found

    def _own(self, asked: _Request) -> dict[str, Any]:
        found = self._found(asked)
        if found["by"] != asked.us:
            raise _No(403, "This action is not allowed")
        return found


class _Request:
    """One authorized request, taken apart."""

    def __init__(
        self, us: str, args: tuple[str, ...], query: list[tuple[str, str]], headers: dict[str, str], body: bytes
    ) -> None:
        self.us = us
        self.args = args
        self.query = query
        self.headers = headers
        self.body = body

    def json(self) -> dict[str, Any]:
        """The body as an object."""
        try:
            told = json.loads(self.body or b"{}")
        except ValueError:
            raise _No(400, "Unreadable request") from None
        if not isinstance(told, dict):
            raise _No(400, "Unreadable request")
        return told

    def multipart(self) -> dict[bytes, bytes]:
        """The parts of a form by name."""
        boundary = self.headers.get("content-type", "").partition("boundary=")[2].strip('"').encode("latin-1")
        found: dict[bytes, bytes] = {}
        for part in self.body.split(b"--" + boundary) if boundary else ():
            head, _, content = part.partition(b"\r\n\r\n")
            name = _NAME.search(head)
            if name is not None:
                found[name.group(1)] = content.removesuffix(b"\r\n")
        return found

    def page(self, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """A page of rows that are oldest first, newest first as the API lists them."""
        asked = dict(self.query)
        limit = min(80, max(1, int(asked.get("limit", "20")))) if asked.get("limit", "20").isdigit() else 20
        least, most = asked.get("min_id", ""), asked.get("max_id", "")
        rows = [
            one
            for one in rows
            if (not least.isdigit() or int(one["id"]) > int(least)) and (not most.isdigit() or int(one["id"]) < int(most))
        ]
        return (rows[:limit] if least else rows[-limit:])[::-1]


class _Way(httpx.AsyncBaseTransport):
    """Calls the application directly; fails like a dead line while the network is offline."""

    def __init__(self, network: PracticeNetwork) -> None:
        self._network = network
        self._inner = httpx.ASGITransport(network)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """One request."""
        if self._network.offline:
            raise httpx.ConnectError("offline")
        return await self._inner.handle_async_request(request)


_LIMITS: Final[Mapping[str, Mapping[str, int]]] = {
    "statuses": {"max_characters": 500, "max_media_attachments": 4, "characters_reserved_per_url": 23},
    "media_attachments": {"description_limit": 1500, "image_size_limit": 16_777_216, "image_matrix_limit": 33_177_600},
    "polls": {"max_options": 4, "max_characters_per_option": 50, "min_expiration": 300, "max_expiration": 2_629_746},
}
_PUBLIC: Final[Mapping[str, Any]] = {
    "/api/v2/instance": {"domain": HOST, "title": "Practice", "version": "4.5.0", "configuration": _LIMITS},
    "/.well-known/nodeinfo": {
        "links": [{"rel": "http://nodeinfo.diaspora.software/ns/schema/2.0", "href": f"{ORIGIN}/nodeinfo/2.0"}]
    },
    "/nodeinfo/2.0": {"version": "2.0", "software": {"name": "practice", "version": "1"}},
}
_Handler = Callable[[PracticeNetwork, _Request], Reply]
_TABLE: Final[tuple[tuple[str, str, _Handler], ...]] = (
    ("GET", "/api/v1/accounts/verify_credentials", PracticeNetwork._verify),
    ("GET", r"/api/v1/accounts/(\w+)/statuses", PracticeNetwork._statuses_of),
    ("POST", r"/api/v1/accounts/(\w+)/(mute|block)", PracticeNetwork._relation),
    ("GET", "/api/v1/statuses", PracticeNetwork._many),
    ("POST", "/api/v1/statuses", PracticeNetwork._post),
    ("GET", r"/api/v1/statuses/(\d+)", PracticeNetwork._status),
    ("PUT", r"/api/v1/statuses/(\d+)", PracticeNetwork._edit),
    ("DELETE", r"/api/v1/statuses/(\d+)", PracticeNetwork._delete),
    ("GET", r"/api/v1/statuses/(\d+)/source", PracticeNetwork._source),
    ("GET", r"/api/v1/statuses/(\d+)/context", PracticeNetwork._context),
    ("POST", r"/api/v1/statuses/(\d+)/(favourite|unfavourite|mute)", PracticeNetwork._react),
    ("GET", "/api/v1/notifications", PracticeNetwork._notifications),
    ("GET", "/api/v1/conversations", PracticeNetwork._conversations),
    ("POST", "/api/v2/media", PracticeNetwork._media),
    ("GET", r"/api/v1/media/(\d+)", PracticeNetwork._medium),
    ("POST", "/api/v1/reports", PracticeNetwork._report),
)
_ROUTES: Final = tuple((re.compile(pattern), verb, handler) for verb, pattern, handler in _TABLE)
