"""Writes statuses: media first, then one single write, and an honest word about what it did."""

from __future__ import annotations

import asyncio
import json
import secrets
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from cmdesk.domain.delivery import Envelope
from cmdesk.domain.errors import (
    AnswerUnreadable,
    AuthRevoked,
    RateLimited,
    ScopeMissing,
    WrongIdentity,
)
from cmdesk.domain.post import MediaItem
from cmdesk.networks import _mastodon_parse as parse
from cmdesk.networks._files import Stopped, content_of, refusal
from cmdesk.networks._mastodon_base import MastodonBase, error_detail, status_path
from cmdesk.networks._rates import retry_at
from cmdesk.networks.http import UPLOAD_SECONDS, Answer, Call, CallFailed, Upload
from cmdesk.networks.port import NotSent, Outcome, Processing, Published, Unknown

_CHECK_AFTER: Final = 2.0
#: Statuses that can come from between us and the application, or from a race in it: they prove nothing.
_UNCLEAR: Final = frozenset({408, 409, 425, 499})
#: Refusals that the web server in front may give in HTML before the application saw anything.
_BY_THE_DOOR: Final = frozenset({405, 411, 413, 414, 415, 431})
_SUFFIXES: Final[Mapping[str, str]] = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/gif": ".gif",
    "image/webp": ".webp",
    "image/avif": ".avif",
    "image/heic": ".heic",
    "video/mp4": ".mp4",
    "video/webm": ".webm",
    "video/quicktime": ".mov",
    "audio/mpeg": ".mp3",
    "audio/ogg": ".ogg",
    "audio/wav": ".wav",
    "audio/flac": ".flac",
}


class MastodonPublishing(MastodonBase):
    """Publish, resume, edit."""

    _once: set[str]
    new_word: Callable[[], str] = staticmethod(lambda: secrets.token_hex(8))

    async def publish(self, envelope: Envelope) -> Outcome:
        """Uploads media, then writes the status once. ``scheduled_at`` is never sent: a past one publishes at once."""
        await self._ready(envelope)
        try:
            ids, waiting = await self._upload_all(envelope)
        except Stopped as stop:
            return stop.outcome
        if waiting:
            return Processing(_handle("media", ids), _CHECK_AFTER)
        return await self._write(envelope, ids)

    async def resume(self, handle: str, envelope: Envelope) -> Outcome:
        """Asks for the media; when all are ready the next handle stands for the one permission to write the status.

        That permission lives in this connector's memory: a handle of a former life answers Unknown("interrupted") instead of
        writing, because the write may have happened. The handle must be stored before it is used.
        """
        stage, ids, word = _read_handle(handle)
        await self._ready(envelope)
        if stage == "write":
            if word not in self._once:
                return Unknown("interrupted")
            self._once.discard(word)
            return await self._write(envelope, ids)
        for media_id in ids:
            answer = await self._before_writing(Call("GET", f"/api/v1/media/{quote(media_id, safe='')}"))
            if answer.status == 206:
                return Processing(handle, _CHECK_AFTER)
            if answer.status in {404, 422}:
                return refusal("media_failed", detail=error_detail(answer))
            if not answer.ok:
                raise NotSent(self._problem(answer), retry_at(answer.headers, self._clock.now()), before=True)
        word = self.new_word()
        self._once.add(word)
        return Processing(_handle("write", ids, word), 0.0)

    async def edit(self, remote_id: str, envelope: Envelope) -> Outcome:
        """Replaces text, warning, language, media and alt text (Mastodon docs, statuses API, edit).

        With as many files as the live status has, they are taken for the same files and only alt text and focus change;
        with another number all are uploaded anew.
        """
        await self._ready(envelope)
        live = await self._before_writing(Call("GET", status_path(remote_id)))
        if live.status in {404, 410}:
            return refusal("gone")
        if not live.ok:
            raise NotSent(self._problem(live), retry_at(live.headers, self._clock.now()), before=True)
        try:
            present = parse.items(live.json(), "media_attachments")
            ids = tuple(parse.identifier(item) for item in present)
        except AnswerUnreadable as problem:
            raise NotSent(problem, before=True) from None
        body = self._body(envelope)
        for only_new in ("visibility", "in_reply_to_id"):
            body.pop(only_new, None)
        if len(ids) == len(envelope.media):
            body["media_attributes"] = [_attributes(id_, item) for id_, item in zip(ids, envelope.media, strict=True)]
        else:
            try:
                ids, _ = await self._upload_all(envelope)
            except Stopped as stop:
                return stop.outcome
        if ids:
            body["media_ids"] = list(ids)
        return await self._send_status(Call("PUT", status_path(remote_id), body=body, seconds=60.0))

    async def _ready(self, envelope: Envelope) -> None:
        """Refuses another account's envelope, and checks once per life that the network sees us as this account."""
        if self._identity is None or not envelope.identity.same_as(self._identity):
            ours = self._identity.handle if self._identity else ""
            raise NotSent(WrongIdentity(expected=envelope.identity.handle, found=ours), before=True)
        await self._confirm()

    async def _write(self, envelope: Envelope, media_ids: tuple[str, ...]) -> Outcome:
        body = self._body(envelope)
        if media_ids:
            body["media_ids"] = list(media_ids)
        headers = {"Idempotency-Key": envelope.key}
        return await self._send_status(Call("POST", "/api/v1/statuses", body=body, headers=headers, seconds=60.0))

    def _body(self, envelope: Envelope) -> dict[str, Any]:
        """The fields of a status, the same for the same envelope."""
        body: dict[str, Any] = {"status": envelope.text, "visibility": envelope.visibility.value}
        if envelope.warning:
            body["spoiler_text"] = envelope.warning
        if envelope.sensitive or envelope.extras.sensitive or (envelope.warning and envelope.media):
            body["sensitive"] = True
        if envelope.language:
            body["language"] = envelope.language.partition("-")[0].lower()
        if envelope.reply_to:
            body["in_reply_to_id"] = envelope.reply_to
        if envelope.poll is not None:
            body["poll"] = {
                "options": list(envelope.poll.options),
                "expires_in": envelope.poll.expires_in,
                "multiple": envelope.poll.multiple,
                "hide_totals": envelope.poll.hide_totals,
            }
        return body

    async def _send_status(self, call: Call) -> Outcome:
        """One write, and which of the four outcomes it had."""
        try:
            answer = await self._line.send(call)
        except CallFailed as failure:
            if failure.sent:
                return Unknown(failure.reason)
            raise NotSent(failure.problem) from None
        if not answer.ok:
            return self._declined(answer)
        try:
            status = parse.record(answer.json())
            remote_id = parse.identifier(status)
        except AnswerUnreadable:
            return Unknown("unreadable")
        if "content" not in status and status.get("scheduled_at"):
            return Unknown("scheduled")
        author = parse.optional_id(parse.part(status, "account"), "id")
        if author is not None and author != self._our_id:
            return Unknown("wrong_identity")
        at = parse.moment(status, "edited_at") or parse.moment(status, "created_at")
        return Published(remote_id, parse.web_address(status, "url") or parse.web_address(status, "uri"), at)

    def _declined(self, answer: Answer) -> Outcome:
        """What a status that is no success says about the write; raises NotSent where the server surely did nothing."""
        status, detail = answer.status, error_detail(answer)
        if status == 429:
            until = retry_at(answer.headers, self._clock.now())
            raise NotSent(RateLimited(until), until)
        if status == 401:
            raise NotSent(AuthRevoked(status=401))
        if status == 403 and "scope" in detail.lower():
            raise NotSent(ScopeMissing(status=403))
        if status >= 500:
            return Unknown("server_error")
        if status < 400 or status in _UNCLEAR or "duplicate" in detail.lower():
            return Unknown("duplicate" if "duplicate" in detail.lower() else "unclear")
        if status in {404, 410} and detail:
            return refusal("gone", status=status, detail=detail)
        if detail or status in _BY_THE_DOOR:
            return refusal("refused", status=status, detail=detail)
        return Unknown("unreadable")

    async def _upload_all(self, envelope: Envelope) -> tuple[tuple[str, ...], bool]:
        """The ids of all uploaded files, and whether some are still being worked on. Nothing is public by an upload."""
        found = [await self._upload(envelope, item) for item in envelope.media]
        return tuple(media_id for media_id, _ in found), any(waiting for _, waiting in found)

    async def _upload(self, envelope: Envelope, item: MediaItem) -> tuple[str, bool]:
        content = await asyncio.to_thread(content_of, Path(envelope.media_folder), item)
        # Some servers name a file after what we call it, so that two "image.jpg" would be one picture.
        name = f"{item.sha256[:16]}-{self.new_word()}{_SUFFIXES.get(item.mime) or Path(item.file_name).suffix.lower()}"
        form = [("description", item.alt)] if item.alt else []
        if item.focus is not None:
            form.append(("focus", _focus(item.focus)))
        upload = Upload(name, item.mime, content)
        answer = await self._before_writing(Call("POST", "/api/v2/media", form=form, upload=upload, seconds=UPLOAD_SECONDS))
        if answer.status in {404, 405}:
            answer = await self._before_writing(Call("POST", "/api/v1/media", form=form, upload=upload, seconds=UPLOAD_SECONDS))
        if answer.status in {400, 413, 415, 422}:
            raise Stopped(refusal("media_refused", name=item.original_name, detail=error_detail(answer)))
        if not answer.ok:
            raise NotSent(self._problem(answer), retry_at(answer.headers, self._clock.now()), before=True)
        try:
            return parse.identifier(answer.json()), answer.status == 202
        except AnswerUnreadable as problem:
            raise NotSent(problem, before=True) from None

    async def _before_writing(self, call: Call) -> Answer:
        """A step before the status is written: whatever fails here, nothing is public. Raises NotSent."""
        try:
            return await self._line.send(call)
        except CallFailed as failure:
            raise NotSent(failure.problem, before=True) from None


def _focus(focus: tuple[float, float]) -> str:
    return ",".join(f"{min(1.0, max(-1.0, value)):.2f}" for value in focus)


def _attributes(media_id: str, item: MediaItem) -> dict[str, str]:
    attributes = {"id": media_id, "description": item.alt}
    if item.focus is not None:
        attributes["focus"] = _focus(item.focus)
    return attributes


def _handle(stage: str, ids: tuple[str, ...], word: str = "") -> str:
    return json.dumps([stage, list(ids), word], separators=(",", ":"))


def _read_handle(handle: str) -> tuple[str, tuple[str, ...], str]:
    """A handle as we made it; anything else is a programming error or damaged data: ValueError."""
    stage, ids, word = json.loads(handle)
    if stage not in {"media", "write"} or not all(isinstance(one, str) for one in ids):
        raise ValueError("not a handle")
    return stage, tuple(ids), str(word)
