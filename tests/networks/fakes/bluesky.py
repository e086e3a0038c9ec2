"""A Bluesky in memory: a personal server and its views behind one transport, with a ledger of what is true and faults to order.

Small interface for simulations: ``BlueskyPlatform(clock)``, ``person(name)`` (an account with a session), ``transport()`` for the
registry, ``break_next(method, fault)``, and the truth: ``posts(did)``.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

import httpx

from cmdesk.domain.clock import Clock
from cmdesk.networks._bluesky_session import Session

PDS = "https://pds.example.org"
POST = "app.bsky.feed.post"


class Fault(Enum):
    """What goes wrong with one call."""

    REFUSED = "refused"  # no connection: nothing left
    DROPPED_BEFORE = "dropped_before"  # the server never heard of it
    DROPPED_AFTER = "dropped_after"  # it did it, and the answer was lost
    BROKEN_BEFORE = "broken_before"  # 500, nothing done
    BROKEN_AFTER = "broken_after"  # 500, done
    TRUNCATED = "truncated"  # done, and the answer is cut in the middle
    PAGE = "page"  # done, and a proxy answers with HTML
    LIMITED = "limited"  # 429


@dataclass
class Person:
    """An account: its records by collection and name, and the tokens that work."""

    did: str
    handle: str
    records: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)
    access: str = ""
    refresh: str = ""
    spent: bool = False
    renewals: int = 0

    def session(self) -> Session:
        """What the keyring would keep."""
        return Session(self.did, PDS, PDS, self.access, self.refresh)


def cid_of(value: object) -> str:
    """An id of content; the real one is a hash too."""
    digest = hashlib.sha256(json.dumps(value, sort_keys=True).encode()).digest()
    return "bafyrei" + base64.b32encode(digest).decode().lower().rstrip("=")


def jwt(did: str, number: int) -> str:
    """An access token as far as a client may read it."""
    pieces = [{"alg": "none"}, {"sub": did, "n": number}, {}]
    return ".".join(base64.urlsafe_b64encode(json.dumps(one).encode()).rstrip(b"=").decode() for one in pieces)


class Refusal(Exception):
    """An error of the protocol."""

    def __init__(self, status: int, name: str, message: str = "") -> None:
        super().__init__(name)
        self.status, self.name, self.message = status, name, message or name


class BlueskyPlatform:
    """The network."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self.people: dict[str, Person] = {}
        self.events: list[dict[str, Any]] = []  # notifications, oldest first, with "for"
        self.blobs: dict[str, bytes] = {}
        self.calls: list[httpx.Request] = []
        self.pages: dict[str, httpx.Response] = {}  # the rest of the web
        self.answers: dict[str, Callable[[httpx.Request], httpx.Response]] = {}
        self._faults: dict[str, list[Fault]] = {}

    def person(self, name: str) -> Person:
        """A new account ``<name>.test`` with a session that works."""
        did = "did:plc:" + base64.b32encode(hashlib.sha256(name.encode()).digest()).decode().lower()[:24]
        made = self.people[did] = Person(did, f"{name}.test", access=jwt(did, 0), refresh=f"refresh-{name}-0")
        return made

    def transport(self) -> httpx.MockTransport:
        """For the registry's ``transport``."""
        return httpx.MockTransport(self)

    def break_next(self, method: str, *faults: Fault) -> None:
        """The next calls of a method fail so, in this order."""
        self._faults.setdefault(method, []).extend(faults)

    def posts(self, did: str) -> list[dict[str, Any]]:
        """The truth: an account's posts, by name."""
        return [record for (collection, _), record in sorted(self.people[did].records.items()) if collection == POST]

    def count(self, method: str) -> int:
        """How often a method was called."""
        return sum(1 for call in self.calls if call.url.path == f"/xrpc/{method}")

    # ---- answering

    def __call__(self, request: httpx.Request) -> httpx.Response:
        self.calls.append(request)
        if request.url.host != "pds.example.org":
            return self.pages.get(str(request.url), httpx.Response(404))
        method = request.url.path.removeprefix("/xrpc/")
        if method in self.answers:
            return self.answers[method](request)
        fault = self._faults[method].pop(0) if self._faults.get(method) else None
        if fault is Fault.REFUSED:
            raise httpx.ConnectError("refused")
        if fault is Fault.DROPPED_BEFORE:
            raise httpx.ReadTimeout("lost")
        if fault is Fault.BROKEN_BEFORE:
            return httpx.Response(500, json={"error": "InternalServerError", "message": "Internal Server Error"})
        if fault is Fault.LIMITED:
            body = {"error": "RateLimitExceeded", "message": "Rate Limit Exceeded"}
            return httpx.Response(429, json=body, headers={"ratelimit-reset": str(int(self.clock.now().timestamp()) + 90)})
        try:
            found = getattr(self, method.replace(".", "_").removeprefix("_"))(request)
        except Refusal as refusal:
            return httpx.Response(refusal.status, json={"error": refusal.name, "message": refusal.message})
        except AttributeError:
            return httpx.Response(501, json={"error": "MethodNotImplemented", "message": method})
        if fault is Fault.DROPPED_AFTER:
            raise httpx.ReadError("reset")
        if fault is Fault.BROKEN_AFTER:
            return httpx.Response(502, json={"error": "UpstreamFailure", "message": "x"})
        if fault is Fault.PAGE:
            return httpx.Response(200, text="<html><h1>Welcome")
        answer = httpx.Response(200, json=found) if found is not None else httpx.Response(200)
        return httpx.Response(200, content=answer.content[:-7]) if fault is Fault.TRUNCATED else answer

    def _who(self, request: httpx.Request) -> Person:
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        for one in self.people.values():
            if token == one.access:
                if one.spent:
                    raise Refusal(400, "ExpiredToken", "Token has expired")
                return one
            if any(token == jwt(one.did, number) for number in range(one.renewals)):
                raise Refusal(400, "ExpiredToken", "Token has expired")  # as the real one says it of a token that was renewed
        raise Refusal(401, "AuthenticationRequired" if not token else "InvalidToken", "Token could not be verified")

    def _mine(self, request: httpx.Request) -> tuple[Person, dict[str, Any]]:
        who, body = self._who(request), json.loads(request.content)
        if body["repo"] != who.did:
            raise Refusal(403, "InvalidRequest", "not your repo")
        return who, body

    # ---- sessions

    def com_atproto_server_getSession(self, request: httpx.Request) -> Any:  # noqa: N802 - the network's own name
        who = self._who(request)
        return {"did": who.did, "handle": who.handle, "active": True}

    def com_atproto_server_describeServer(self, _request: httpx.Request) -> Any:  # noqa: N802 - as above
        return {"did": "did:web:pds.example.org", "blobUploadLimit": 5_242_880}

    def health(self, _request: httpx.Request) -> Any:
        return {"version": "0.5.35"}

    def com_atproto_server_refreshSession(self, request: httpx.Request) -> Any:  # noqa: N802 - as above
        token = request.headers.get("authorization", "").removeprefix("Bearer ")
        for one in self.people.values():
            if token == one.refresh:
                one.renewals += 1
                one.access, one.spent = jwt(one.did, one.renewals), False
                one.refresh = f"refresh-{one.handle}-{one.renewals}"
                return {"did": one.did, "handle": one.handle, "accessJwt": one.access, "refreshJwt": one.refresh}
        raise Refusal(400, "ExpiredToken", "Token has been revoked")

    # ---- records

    def com_atproto_repo_putRecord(self, request: httpx.Request) -> Any:  # noqa: N802 - as above
        who, body = self._mine(request)
        key = (body["collection"], body["rkey"])
        there = who.records.get(key)
        if there is not None and there != body["record"] and "swapRecord" in body:
            raise Refusal(400, "InvalidSwap", f"Record was at {cid_of(there)}")
        if len(body["record"].get("text", "")) > 3000:
            raise Refusal(400, "InvalidRequest", "Record/text must not be longer than 3000 bytes")
        who.records[key] = body["record"]
        if there is None:
            self._tell(who, f"at://{who.did}/{key[0]}/{key[1]}", body["record"])
        return self._told(who, *key)

    def com_atproto_repo_applyWrites(self, request: httpx.Request) -> Any:  # noqa: N802 - as above
        who, body = self._mine(request)
        made = {(one["collection"], one["rkey"]): one["value"] for one in body["writes"]}
        if made.keys() & who.records.keys():
            raise Refusal(500, "InternalServerError", "Internal Server Error")  # as the real one says it
        for (collection, rkey), value in made.items():
            who.records[collection, rkey] = value
            if collection == POST:
                self._tell(who, f"at://{who.did}/{collection}/{rkey}", value)
        return {"results": [self._told(who, *key) for key in made]}

    def com_atproto_repo_createRecord(self, request: httpx.Request) -> Any:  # noqa: N802 - as above
        who, body = self._mine(request)
        subject = body["record"].get("subject")
        for (collection, rkey), there in list(who.records.items()):
            if collection == body["collection"] and there.get("subject") == subject:
                del who.records[collection, rkey]
        rkey = f"3l{len(who.records):011d}".translate(str.maketrans("0189", "abcd"))
        who.records[body["collection"], rkey] = body["record"]
        return self._told(who, body["collection"], rkey)

    def com_atproto_repo_deleteRecord(self, request: httpx.Request) -> Any:  # noqa: N802 - as above
        who, body = self._mine(request)
        who.records.pop((body["collection"], body["rkey"]), None)
        return {}

    def com_atproto_repo_getRecord(self, request: httpx.Request) -> Any:  # noqa: N802 - as above
        query = request.url.params
        who = self.people.get(query["repo"])
        if who is None or (query["collection"], query["rkey"]) not in who.records:
            raise Refusal(400, "RecordNotFound", "Could not locate record")
        key = (query["collection"], query["rkey"])
        return {**self._told(who, *key), "value": who.records[key]}

    def com_atproto_repo_listRecords(self, request: httpx.Request) -> Any:  # noqa: N802 - as above
        query = request.url.params
        who, limit = self.people[query["repo"]], int(query["limit"])
        names = sorted(rkey for collection, rkey in who.records if collection == query["collection"])
        after = query.get("cursor")
        if query.get("reverse") == "true":
            chosen = [one for one in names if after is None or one > after][:limit]
        else:
            chosen = [one for one in reversed(names) if after is None or one < after][:limit]
        records = [
            {**self._told(who, query["collection"], one), "value": who.records[query["collection"], one]} for one in chosen
        ]
        return {"records": records} | ({"cursor": chosen[-1]} if len(chosen) == limit else {})

    def com_atproto_repo_uploadBlob(self, request: httpx.Request) -> Any:  # noqa: N802 - as above
        self._who(request)
        name = cid_of(request.content.hex())
        self.blobs[name] = request.content
        mime = request.headers["content-type"]
        return {"blob": {"$type": "blob", "ref": {"$link": name}, "mimeType": mime, "size": len(request.content)}}

    def com_atproto_identity_resolveHandle(self, request: httpx.Request) -> Any:  # noqa: N802 - as above
        for one in self.people.values():
            if one.handle == request.url.params["handle"]:
                return {"did": one.did}
        raise Refusal(400, "InvalidRequest", "Unable to resolve handle")

    def com_atproto_moderation_createReport(self, request: httpx.Request) -> Any:  # noqa: N802 - as above
        self._who(request)
        return {"id": 1}

    def app_bsky_graph_muteActor(self, request: httpx.Request) -> Any:  # noqa: N802 - as above
        self._who(request)

    def app_bsky_graph_muteThread(self, request: httpx.Request) -> Any:  # noqa: N802 - as above
        self._who(request)

    # ---- views

    def app_bsky_feed_getPosts(self, request: httpx.Request) -> Any:  # noqa: N802 - as above
        self._who(request)
        views = [self._view(one) for one in request.url.params.get_list("uris")]
        return {"posts": [one for one in views if one is not None]}

    def app_bsky_feed_getPostThread(self, request: httpx.Request) -> Any:  # noqa: N802 - as above
        self._who(request)
        return {"thread": self._thread(request.url.params["uri"], up=True)}

    def app_bsky_notification_listNotifications(self, request: httpx.Request) -> Any:  # noqa: N802 - as above
        who, query = self._who(request), request.url.params
        mine = [one for one in reversed(self.events) if one["for"] == who.did]
        start, limit = int(query.get("cursor", "0")), int(query["limit"])
        page = mine[start : start + limit]
        return {"notifications": page} | ({"cursor": str(start + limit)} if start + limit < len(mine) else {})

    def notify(self, who: Person, by: Person, reason: str, at: datetime, number: int) -> str:
        """An event for somebody, at a moment of the server's."""
        uri = f"at://{by.did}/app.bsky.feed.like/k{number}"
        told = at.isoformat().replace("+00:00", "Z")
        self.events.append(
            {
                "for": who.did,
                "uri": uri,
                "cid": "bafy",
                "author": self._author(by),
                "reason": reason,
                "record": {"createdAt": told},
                "indexedAt": told,
            }
        )
        self.events.sort(key=lambda one: str(one["indexedAt"]))
        return uri

    def _tell(self, who: Person, uri: str, record: dict[str, Any]) -> None:
        parent = record.get("reply", {}).get("parent", {}).get("uri", "")
        target = parent.removeprefix("at://").split("/")[0]
        if target and target != who.did:
            told = (self.clock.now() + timedelta(microseconds=len(self.events))).isoformat().replace("+00:00", "Z")
            event = {"for": target, "uri": uri, "author": self._author(who), "reason": "reply", "record": record}
            self.events.append({**event, "indexedAt": told})

    def _told(self, who: Person, collection: str, rkey: str) -> dict[str, Any]:
        return {"uri": f"at://{who.did}/{collection}/{rkey}", "cid": cid_of(who.records[collection, rkey])}

    @staticmethod
    def _author(who: Person) -> dict[str, Any]:
        return {"did": who.did, "handle": who.handle, "displayName": who.handle.partition(".")[0].title()}

    def _record(self, uri: str) -> tuple[Person, dict[str, Any]] | None:
        did, collection, rkey = uri.removeprefix("at://").split("/")
        who = self.people.get(did)
        record = who.records.get((collection, rkey)) if who else None
        return None if who is None or record is None else (who, record)

    def _answers(self, uri: str) -> list[str]:
        return [
            f"at://{who.did}/{collection}/{rkey}"
            for who in self.people.values()
            for (collection, rkey), record in who.records.items()
            if collection == POST and record.get("reply", {}).get("parent", {}).get("uri") == uri
        ]

    def _view(self, uri: str) -> dict[str, Any] | None:
        found = self._record(uri)
        if found is None:
            return None
        who, record = found
        images = [
            {"thumb": "https://cdn.example.org/t", "fullsize": "https://cdn.example.org/f", "alt": one["alt"]}
            for one in record.get("embed", {}).get("images", [])
        ]
        view = {
            "uri": uri,
            "cid": cid_of(record),
            "author": self._author(who),
            "record": record,
            "replyCount": len(self._answers(uri)),
            "likeCount": 0,
            "indexedAt": record["createdAt"],
        }
        return view | ({"embed": {"$type": "app.bsky.embed.images#view", "images": images}} if images else {})

    def _thread(self, uri: str, *, up: bool) -> dict[str, Any]:
        view = self._view(uri)
        if view is None:
            if up:
                raise Refusal(400, "NotFound", "Post not found")
            return {"$type": "app.bsky.feed.defs#notFoundPost", "uri": uri, "notFound": True}
        node: dict[str, Any] = {"$type": "app.bsky.feed.defs#threadViewPost", "post": view}
        node["replies"] = [self._thread(one, up=False) for one in self._answers(uri)]
        parent = view["record"].get("reply", {}).get("parent", {}).get("uri")
        if up and parent and self._view(parent) is not None:
            above = self._thread(parent, up=True)
            above["replies"] = []
            node["parent"] = above
        return node
