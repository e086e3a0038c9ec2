"""Writes posts: everything they need first, then one single write under a name that was ours before the first try."""

from __future__ import annotations

import asyncio
import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

from msgspec import Struct

from cmdesk.domain.delivery import Envelope
from cmdesk.domain.errors import (
    AnswerUnreadable,
    AuthExpired,
    AuthRevoked,
    CmdeskError,
    GoneOnNetwork,
    NetworkProblem,
    RateLimited,
    RefusedByNetwork,
    ScopeMissing,
    WrongIdentity,
)
from cmdesk.domain.facets import Facet, Kind, byte_range, facets
from cmdesk.domain.post import MediaItem
from cmdesk.networks import _bluesky_card as card
from cmdesk.networks import _values as values
from cmdesk.networks._bluesky_base import LIMITS, BlueskyBase, Record, Strong
from cmdesk.networks._bluesky_gates import creations, gates
from cmdesk.networks._bluesky_identity import POST, Uri, is_did, page, page_of, uri
from cmdesk.networks._bluesky_session import NotBegun, error_detail, error_name, problem_of
from cmdesk.networks._files import Stopped, content_of, refusal
from cmdesk.networks._rates import retry_at
from cmdesk.networks._tid import rkey_of
from cmdesk.networks.http import UPLOAD_SECONDS, Answer, Call, CallFailed
from cmdesk.networks.port import Finding, Look, NotSent, Outcome, Published, Unknown

#: What servers of every age take for one picture (lexicon app.bsky.embed.images: 2,000,000 now, 1,000,000 before 2026).
PICTURE_BYTES: Final = 1_000_000
PICTURE_SIDE: Final = 2000
#: A post seen as sensitive gets Bluesky's own label for pictures that not everybody wants to see unasked.
SENSITIVE_LABEL: Final = "graphic-media"
#: Languages of one post (lexicon app.bsky.feed.post, langs).
MOST_LANGUAGES: Final = 3
_WRITE_SECONDS: Final = 60.0
#: Statuses that can come from between us and the server, or from a race in it: they prove nothing.
_UNCLEAR: Final = frozenset({408, 409, 425, 499})
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")


class _Place(Struct, frozen=True):
    """What a text holds that the network must be told: facets as records have them, and the links in their order."""

    told: list[dict[str, Any]]
    links: tuple[str, ...]
    quoted: tuple[str, str] | None  # actor and key of a post whose link ends the text


class BlueskyPublishing(BlueskyBase):
    """Publish, resume, find."""

    async def publish(self, envelope: Envelope) -> Outcome:
        """Writes the record once (com.atproto.repo.putRecord with ``swapRecord`` null: only where nothing is yet).

        Its name comes from the envelope's key, so that a second write of the same part can never be a second post. With gates
        it is one com.atproto.repo.applyWrites that only creates, so that no post is ever live without its gates.
        """
        await self._ready(envelope)
        try:
            record = await self._record(envelope)
        except Stopped as stop:
            return stop.outcome
        except RateLimited as problem:
            raise NotSent(problem, problem.until, before=True) from None
        except NetworkProblem as problem:
            raise NotSent(problem, before=True) from None
        return await self._write(envelope, record)

    async def resume(self, handle: str, envelope: Envelope) -> Outcome:
        """Nothing here is ever worked on later; what is asked about is looked for."""
        del handle
        finding = await self.find(envelope, envelope.begun_at or self._clock.now())
        return finding.published or Unknown("interrupted")

    async def find(self, envelope: Envelope, since: datetime) -> Finding:
        """Reads the one record that this part can be (com.atproto.repo.getRecord): there, or certainly not there now.

        CANNOT_TELL when other words stand under its name. Raises NetworkProblem without an answer.
        """
        del since
        try:
            found = await self.record(self._uri(envelope))
        except GoneOnNetwork:
            return Finding(Look.ABSENT)
        if values.text(found.value, "text", 100_000).split() != envelope.text.split():
            return Finding(Look.CANNOT_TELL)
        return Finding(Look.FOUND, self._published(envelope, found))

    def _uri(self, envelope: Envelope) -> Uri:
        return Uri(envelope.identity.remote_id, POST, rkey_of(envelope.key))

    def _published(self, envelope: Envelope, found: Record) -> Published:
        return Published(str(found.at), self._web(envelope, found.at), values.moment(found.value, "createdAt"))

    def _web(self, envelope: Envelope, at: Uri) -> str:
        return page_of(envelope.identity.handle, at.rkey)

    async def _ready(self, envelope: Envelope) -> None:
        """Refuses another account's envelope, and checks that the network sees us as this account."""
        if self._identity is None or not envelope.identity.same_as(self._identity):
            ours = self._identity.handle if self._identity else ""
            raise NotSent(WrongIdentity(expected=envelope.identity.handle, found=ours), before=True)
        await self._confirm()

    # ---- the record

    async def _record(self, envelope: Envelope) -> dict[str, Any]:
        """The record of a part, with all it points at. Only reads and uploads, which show nowhere by themselves."""
        place = await self._place(envelope.text)
        record: dict[str, Any] = {
            "$type": POST,
            "text": envelope.text,
            "createdAt": moment_text(envelope.begun_at or self._clock.now()),
        }
        if place.told:
            record["facets"] = place.told
        spoken = [one for one in (envelope.language, *envelope.extras.languages) if _LANGUAGE.fullmatch(one)]
        if spoken:
            record["langs"] = list(dict.fromkeys(spoken))[:MOST_LANGUAGES]
        if labels := _labels(envelope):
            record["labels"] = {"$type": "com.atproto.label.defs#selfLabels", "values": [{"val": one} for one in labels]}
        if envelope.reply_to:
            record["reply"] = await self._reply(envelope.reply_to)
        embed = await self._embed(envelope, place)
        if embed is not None:
            record["embed"] = embed
        return record

    async def _reply(self, remote_id: str) -> dict[str, Any]:
        """Root and parent of an answer; the root is the parent's own, else the parent (lexicon app.bsky.feed.post, replyRef)."""
        try:
            parent = await self.record(self._post(remote_id))
        except GoneOnNetwork as gone:
            raise Stopped(refusal("gone", status=int(str(gone.params.get("status", 404))), detail="")) from None
        told = values.part(values.part(parent.value, "reply"), "root")
        uri, cid = values.text(told, "uri", 1200), values.text(told, "cid", 200)
        root = Strong(uri, cid) if uri and cid else parent.strong
        return {"root": root.told(), "parent": parent.strong.told()}

    async def _place(self, text: str) -> _Place:
        told: list[dict[str, Any]] = []
        links: list[str] = []
        quoted: tuple[str, str] | None = None
        for facet in facets(text):
            feature = await self._feature(facet)
            if feature is None:
                continue
            start, end = byte_range(text, facet.start, facet.end)
            told.append({"index": {"byteStart": start, "byteEnd": end}, "features": [feature]})
            if facet.kind is Kind.LINK:
                links.append(facet.value)
                if not text[facet.end :].strip():
                    quoted = page(facet.value)
        return _Place(told, tuple(links), quoted)

    async def _feature(self, facet: Facet) -> dict[str, Any] | None:
        kind = f"app.bsky.richtext.facet#{facet.kind.value}"
        if facet.kind is Kind.LINK:
            return {"$type": kind, "uri": facet.value}
        if facet.kind is Kind.TAG:
            return {"$type": kind, "tag": facet.value}
        did = await self._named(facet.value)
        return None if did is None else {"$type": kind, "did": did}

    async def _named(self, handle: str) -> str | None:
        """The id of somebody who is named; None when the network knows nobody of that name."""
        if is_did(handle):
            return handle
        try:
            told = await self._wire.ask("com.atproto.identity.resolveHandle", ("handle", handle))
        except (GoneOnNetwork, RefusedByNetwork):
            return None
        did = values.text(told, "did", 300)
        return did if is_did(did) else None

    async def _embed(self, envelope: Envelope, place: _Place) -> dict[str, Any] | None:
        wanted = envelope.extras.quote
        quote = await self._wanted(wanted) if wanted else await self._quote(place.quoted) if place.quoted else None
        media = await self._files(envelope)
        if media is None:
            # The page of the quoted post is no link beside it; of the others the first has its card.
            links = [one for one in place.links if quote is None or page(one) is None]
            media = await self._card(links[0]) if links else None
        if quote is None:
            return media
        about = {"$type": "app.bsky.embed.record", "record": quote.told()}
        return about if media is None else {"$type": "app.bsky.embed.recordWithMedia", "record": about, "media": media}

    async def _files(self, envelope: Envelope) -> dict[str, Any] | None:
        """Pictures, or one film (lexicons app.bsky.embed.images and app.bsky.embed.video)."""
        films = [item for item in envelope.media if item.mime.startswith("video/")]
        if films:
            return await self._film(envelope, films[0])
        images = [await self._image(envelope, item) for item in envelope.media]
        return {"$type": "app.bsky.embed.images", "images": images} if images else None

    async def _film(self, envelope: Envelope, item: MediaItem) -> dict[str, Any]:
        """A film as it is; the network makes its own copies of it once the post is live (Bluesky docs, video)."""
        content = await asyncio.to_thread(content_of, Path(envelope.media_folder), item)
        told: dict[str, Any] = {
            "$type": "app.bsky.embed.video",
            "video": await self._blob(content, item.mime, item.original_name),
        }
        if item.alt:
            told["alt"] = item.alt
        if item.width and item.height:
            told["aspectRatio"] = {"width": item.width, "height": item.height}
        return told

    async def _wanted(self, quoted: str) -> Strong:
        """The post that a person wants to be shown inside; without it the post would say something else, so it stops there."""
        named = uri(quoted)
        place = page(quoted) if named is None else (named.did, named.rkey)
        found = None if place is None else await self._quote(place)
        if found is None:
            raise Stopped(refusal("quote_gone", address=quoted[:200]))
        return found

    async def _quote(self, quoted: tuple[str, str]) -> Strong | None:
        """The post whose page's link ends the text; None when it can't be had: then the link is a link."""
        did = await self._named(quoted[0])
        try:
            return None if did is None else (await self.record(Uri(did, POST, quoted[1]))).strong
        except (GoneOnNetwork, RefusedByNetwork):
            return None

    async def _card(self, link: str) -> dict[str, Any] | None:
        """A link's card. Whatever its page does, the post goes out, at worst with the bare link."""
        made = await card.make(link, self._wire.lines, self._pictures, allow_private=self._allow_private)
        if made is None:
            return None
        external: dict[str, Any] = {"uri": made.uri, "title": made.title, "description": made.description}
        if made.picture is not None:
            try:
                external["thumb"] = await self._blob(made.picture.content, made.picture.mime)
            except Stopped:
                external.pop("thumb", None)
        return {"$type": "app.bsky.embed.external", "external": external}

    async def _image(self, envelope: Envelope, item: MediaItem) -> dict[str, Any]:
        content = await asyncio.to_thread(content_of, Path(envelope.media_folder), item)
        mime, width, height = item.mime, item.width, item.height
        if len(content) > PICTURE_BYTES and self._pictures is not None:
            smaller = await self._fitted(content)
            if smaller is None:
                raise Stopped(refusal("media_failed", detail=""))
            content, mime, width, height = smaller.content, smaller.mime, smaller.width, smaller.height
        told: dict[str, Any] = {"alt": item.alt, "image": await self._blob(content, mime, item.original_name)}
        if width and height:
            told["aspectRatio"] = {"width": width, "height": height}
        return told

    async def _fitted(self, content: bytes) -> Any:
        assert self._pictures is not None
        try:
            return await self._pictures.fit(content, most_bytes=PICTURE_BYTES, most_side=PICTURE_SIDE)
        except CmdeskError:
            return None

    async def _blob(self, content: bytes, mime: str, name: str = "") -> dict[str, Any]:
        """Uploads bytes (com.atproto.repo.uploadBlob); the same bytes are the same blob, and unused ones go by themselves."""
        call = Call(
            "POST",
            "/xrpc/com.atproto.repo.uploadBlob",
            raw=content,
            headers={"Content-Type": mime},
            seconds=UPLOAD_SECONDS,
        )
        try:
            answer = await self._wire.send(call)
        except CallFailed as failure:
            raise failure.problem from None
        if answer.status in {400, 413, 415, 422} and not isinstance(problem_of(answer, self._clock), AuthRevoked):
            raise Stopped(refusal("media_refused", name=name, detail=error_detail(answer)))
        blob = values.part(values.record(self._wire.read(answer)), "blob")
        link = values.text(values.part(blob, "ref"), "$link", 200)
        size = values.number(blob, "size", None, 1)
        if not link.isalnum() or size is None:
            raise AnswerUnreadable(reason="shape")
        return {"$type": "blob", "ref": {"$link": link}, "mimeType": values.text(blob, "mimeType", 100) or mime, "size": size}

    # ---- the one write

    async def _write(self, envelope: Envelope, record: dict[str, Any]) -> Outcome:
        at = self._uri(envelope)
        beside = gates(envelope, at, record["createdAt"])
        path, body = _written(at, record, beside)
        call = Call("POST", path, body=body, seconds=_WRITE_SECONDS)
        try:
            answer = await self._wire.send(call)
        except CallFailed as failure:
            if failure.sent:
                return Unknown(failure.reason)
            raise NotSent(failure.problem, before=isinstance(failure, NotBegun)) from None
        if not answer.ok:
            return await self._declined(envelope, answer)
        try:
            told = values.record(answer.json())
        except AnswerUnreadable:
            return Unknown("unreadable")
        if beside:
            told = values.record((values.items(told, "results") or [None])[0] or {})
        if values.text(told, "uri", 1200) != str(at):
            return Unknown("wrong_identity" if values.text(told, "uri", 1200) else "unreadable")
        return Published(str(at), self._web(envelope, at), values.moment(record, "createdAt"))

    async def _declined(self, envelope: Envelope, answer: Answer) -> Outcome:
        """What a status that is no success says about the write; raises NotSent where the server surely did nothing."""
        name, detail = error_name(answer), error_detail(answer)
        if name == "InvalidSwap":
            return await self._taken(envelope)
        problem = problem_of(answer, self._clock)
        if isinstance(problem, RateLimited):
            until = retry_at(answer.headers, self._clock.now())
            raise NotSent(problem, until)
        if isinstance(problem, AuthExpired | AuthRevoked | ScopeMissing):
            raise NotSent(problem)
        if answer.status >= 500:
            # A name that is taken already answers so, where several records are created at once: the one read back decides.
            seen = await self._taken(envelope) if envelope.extras.gated else None
            return seen if isinstance(seen, Published) else Unknown("server_error")
        if answer.status < 400 or answer.status in _UNCLEAR:
            return Unknown("unclear")
        if name or answer.status in {405, 411, 413, 414, 415, 431}:
            return refusal("refused", status=answer.status, detail=detail)
        return Unknown("unreadable")

    async def _taken(self, envelope: Envelope) -> Outcome:
        """Something stands under our name already: an earlier try got through, unless it is not ours at all."""
        try:
            finding = await self.find(envelope, self._clock.now())
        except CmdeskError:
            return Unknown("name_taken")
        return finding.published or Unknown("name_taken")


def _written(at: Uri, record: dict[str, Any], beside: dict[str, dict[str, Any]]) -> tuple[str, Any]:
    """The one write: its path, and what it says. Without gates only where nothing is yet; with them nothing is ever replaced."""
    if beside:
        return "/xrpc/com.atproto.repo.applyWrites", {
            "repo": at.did,
            "validate": True,
            "writes": creations(at, record, beside),
        }
    body = {"repo": at.did, "collection": POST, "rkey": at.rkey, "swapRecord": None, "validate": True, "record": record}
    return "/xrpc/com.atproto.repo.putRecord", body


def _labels(envelope: Envelope) -> list[str]:
    """The author's own labels; what is marked as sensitive without a closer word gets the network's own for pictures."""
    extras = envelope.extras
    plain = [SENSITIVE_LABEL] if envelope.sensitive and not extras.sensitive else []
    return list(dict.fromkeys([*extras.content_labels, *plain]))[: LIMITS.max_labels]


def moment_text(at: datetime) -> str:
    """A moment as records hold it (AT Protocol specification, datetime)."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.") + f"{at.microsecond // 1000:03d}Z"
