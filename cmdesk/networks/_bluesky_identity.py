"""Finds out who a handle is and which server speaks for them: name, then id, then document, then server, each checked anew."""

from __future__ import annotations

import re
from typing import Any, Final
from urllib.parse import quote

from msgspec import Struct

from cmdesk.domain.errors import AnswerUnreadable, BadInput, GoneOnNetwork, NetworkProblem, RefusedByNetwork
from cmdesk.domain.facets import is_handle
from cmdesk.networks import _values as values
from cmdesk.networks._addresses import clean_origin
from cmdesk.networks._bluesky_session import Lines, error_name
from cmdesk.networks._tid import is_tid
from cmdesk.networks.http import Answer, Call

#: Where accounts of Bluesky itself log in, and where ids and handles are asked for when nobody names a server.
ENTRYWAY: Final = "https://bsky.social"
DIRECTORY: Final = "https://plc.directory"
PUBLIC: Final = "https://public.api.bsky.app"
_HOSTED: Final = ".host.bsky.network"

POST: Final = "app.bsky.feed.post"

_DID = re.compile(r"did:(?:plc:[a-z2-7]{24}|web:[a-z0-9.-]{1,253}(?:%3A\d{1,5})?)")
_URI = re.compile(
    r"at://(?P<did>did:[a-z]+:[A-Za-z0-9._:%-]{1,253})/(?P<collection>[A-Za-z0-9.-]{1,317})/(?P<rkey>[A-Za-z0-9._:~-]{1,512})"
)
_PAGE = re.compile(
    r"https?://(?:www\.)?bsky\.app/profile/(?P<actor>[A-Za-z0-9.:%-]{3,300})/post/(?P<rkey>[A-Za-z0-9._:~-]{1,512})/?"
)


class Uri(Struct, frozen=True):
    """The address of a record (AT Protocol specification, at-uri) whose owner is told by id."""

    did: str
    collection: str
    rkey: str

    def __str__(self) -> str:
        return f"at://{self.did}/{self.collection}/{self.rkey}"


def uri(text: str) -> Uri | None:
    """A record's address, or None for any other text."""
    match = _URI.fullmatch(text) if len(text) < 1200 else None
    if match is None or set(match["rkey"]) <= {"."}:
        return None
    return Uri(match["did"], match["collection"], match["rkey"])


def post_uri(remote_id: str, ours: str) -> Uri | None:
    """The post behind an id: a record's address, or the bare key of a post of our own."""
    if is_tid(remote_id):
        return Uri(ours, POST, remote_id)
    return uri(remote_id)


def page_of(actor: str, rkey: str) -> str:
    """The web page of a post."""
    return f"https://bsky.app/profile/{actor}/post/{rkey}"


def page(text: str) -> tuple[str, str] | None:
    """Actor (handle or id) and record key of a post's web page, or None for any other address."""
    match = _PAGE.fullmatch(text.partition("?")[0].partition("#")[0]) if len(text) < 1200 else None
    return None if match is None else (match["actor"].replace("%3A", ":"), match["rkey"])


def is_did(text: str) -> bool:
    """Whether a text is an id of the kinds that Bluesky knows."""
    return _DID.fullmatch(text) is not None


def clean_handle(text: str) -> str:
    """A handle or id as people type it (``@rosa.bsky.social``); raises BadInput(field="handle")."""
    given = text.strip().removeprefix("@").strip()
    if not given:
        raise BadInput(field="handle", reason="empty")
    if is_did(given):
        return given
    found = given.rstrip(".").lower()
    if "." not in found:
        found = f"{found}.bsky.social"
    if not found.isascii() or not is_handle(found):
        raise BadInput(field="handle", reason="not_a_handle", given=text[:80])
    return found


def server_in(document: Any, did: str, *, allow_private: bool) -> str:
    """The origin of the server that an id's document names (entry ``#atproto_pds``). Raises AnswerUnreadable."""
    if values.text(document, "id", 300) != did:
        raise AnswerUnreadable(reason="id")
    for entry in values.items(document, "service")[:32]:
        name = values.text(entry, "id", 300)
        if name in {"#atproto_pds", f"{did}#atproto_pds"} and values.text(entry, "type") == "AtprotoPersonalDataServer":
            try:
                return clean_origin(values.text(entry, "serviceEndpoint", 300), allow_private=allow_private)
            except BadInput:
                break
    raise AnswerUnreadable(reason="no_server")


def claims(document: Any, handle: str) -> bool:
    """Whether a document says that the handle is its own."""
    names = [one for one in values.items(document, "alsoKnownAs")[:32] if isinstance(one, str)]
    return any(one.lower() == f"at://{handle}" for one in names)


def service_of(pds: str) -> str:
    """Where the sessions of a server are made and renewed: Bluesky's own servers share one door."""
    return ENTRYWAY if pds.endswith(_HOSTED) else pds


class Found(Struct, frozen=True):
    """Who somebody is and which server speaks for them."""

    did: str
    pds: str


class Finder(Struct, frozen=True):
    """Asks the world, or with ``server`` only that server: a network of one's own has its own directory."""

    lines: Lines
    allow_private: bool = False
    server: str = ""

    async def find(self, name: str) -> Found:
        """The account behind a handle or an id, both ways checked. Raises NetworkProblem, BadInput(field="handle")."""
        did = name if is_did(name) else await self.did_of(name)
        document = await self.document(did)
        if not is_did(name) and not claims(document, name):
            raise BadInput(field="handle", reason="not_claimed", given=name)
        return Found(did, server_in(document, did, allow_private=self.allow_private))

    async def did_of(self, handle: str) -> str:
        """The id behind a handle: as its own domain says, else as the network knows it. Raises BadInput(field="handle")."""
        if not self.server:
            with_name = await self._well_known(handle)
            if with_name is not None:
                return with_name
        answer = await self._asked(self.server or PUBLIC, "/xrpc/com.atproto.identity.resolveHandle", ("handle", handle))
        if answer.status == 400 and error_name(answer) in {"InvalidRequest", "HandleNotFound"}:
            raise BadInput(field="handle", reason="unknown", given=handle)
        if not answer.ok:
            raise RefusedByNetwork(answer.status)
        did = values.text(answer.json(), "did", 300)
        if not is_did(did):
            raise AnswerUnreadable(reason="id")
        return did

    async def document(self, did: str) -> Any:
        """The document of an id, from the directory (or, for did:web, from its own host). Raises NetworkProblem."""
        if self.server:
            answer = await self._asked(self.server, "/xrpc/com.atproto.repo.describeRepo", ("repo", did))
        elif did.startswith("did:plc:"):
            answer = await self._asked(DIRECTORY, f"/{quote(did, safe=':')}")
        else:
            answer = await self._asked(clean_origin(did.removeprefix("did:web:")), "/.well-known/did.json")
        if answer.status in {400, 404, 410}:
            raise GoneOnNetwork(status=answer.status)
        if not answer.ok:
            raise RefusedByNetwork(answer.status)
        told = answer.json()
        return values.part(told, "didDoc") if self.server else values.record(told)

    async def _well_known(self, handle: str) -> str | None:
        """What the handle's own domain says; None when it says nothing, which is usual."""
        try:
            answer = await self._asked(clean_origin(handle), "/.well-known/atproto-did", seconds=8.0)
        except (NetworkProblem, BadInput):
            return None
        told = answer.body[:400].decode("ascii", "replace").strip()
        return told if answer.ok and is_did(told) else None

    async def _asked(self, origin: str, path: str, *query: tuple[str, str], seconds: float = 15.0) -> Answer:
        line = self.lines(origin)
        try:
            return await line.ask(Call("GET", path, query=query, authorized=False, seconds=seconds, most_bytes=200_000))
        finally:
            await line.close()
