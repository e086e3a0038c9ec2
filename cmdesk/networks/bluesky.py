"""The connector for Bluesky and every server that speaks the AT Protocol: all roles but editing, which the network has not."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final

from msgspec.structs import replace

from cmdesk.domain.account import Role
from cmdesk.domain.errors import (
    AuthExpired,
    AuthRevoked,
    GoneOnNetwork,
    HostRefused,
    NetworkProblem,
    NoNetwork,
    RateLimited,
    ScopeMissing,
    TimedOut,
    TlsRefused,
    WrongIdentity,
)
from cmdesk.networks import _values as values
from cmdesk.networks._bluesky_base import ROLES
from cmdesk.networks._bluesky_gates import POSTGATE, THREADGATE
from cmdesk.networks._bluesky_identity import Uri
from cmdesk.networks._bluesky_inbox import BlueskyInbox
from cmdesk.networks._bluesky_parse import address
from cmdesk.networks._bluesky_publish import BlueskyPublishing, moment_text
from cmdesk.networks.port import Counters, Evidence, ReportReason, SecondWrite

LIKE: Final = "app.bsky.feed.like"
BLOCK: Final = "app.bsky.graph.block"
#: Bluesky's own moderators (bsky-docs); servers of one's own send reports where they are set up to.
LABELER: Final = "did:plc:ar7c4by46qjdydhdevvrndac#atproto_labeler"
_REASONS: Final[Mapping[str, str]] = {
    "spam": "reasonSpam",
    "violation": "reasonViolation",
    "legal": "reasonViolation",
    "other": "reasonOther",
}
_LONGEST_COMMENT: Final = 2000
_LOOK_BACK: Final = 5  # pages of a hundred likes

EVIDENCE: Final = Evidence(
    second_write=SecondWrite.SAME_ID,
    not_sent=frozenset(
        kind.CODE
        for kind in (
            NoNetwork,
            HostRefused,
            TlsRefused,
            TimedOut,
            RateLimited,
            AuthExpired,
            AuthRevoked,
            ScopeMissing,
            WrongIdentity,
        )
    ),
    identity_call="com.atproto.server.getSession",
    read_back="com.atproto.repo.getRecord",
    # What is read back has our own name and is there or not: no list can be late.
    refusals=True,
)


class BlueskyConnector(BlueskyPublishing, BlueskyInbox):
    """One account on its own server."""

    evidence = EVIDENCE

    @property
    def roles(self) -> frozenset[Role]:
        """What an account can do here."""
        return ROLES

    @property
    def second_write(self) -> SecondWrite:
        """The same name: a second write is the same post."""
        return EVIDENCE.second_write

    async def delete(self, remote_id: str) -> None:
        """Deletes an own post and what says who may answer it (com.atproto.repo.deleteRecord).

        What is gone already counts as done.
        """
        at = self._post(remote_id)
        if at.did != self._did:
            raise GoneOnNetwork(reason="not_ours")
        await self._delete(at)
        # A gate without its post keeps nobody out of anything: where it can't be taken away it may stay.
        with suppress(NetworkProblem):
            for collection in (THREADGATE, POSTGATE):
                await self._delete(replace(at, collection=collection))

    async def _delete(self, at: Uri) -> None:
        await self._wire.do("com.atproto.repo.deleteRecord", {"repo": at.did, "collection": at.collection, "rkey": at.rkey})

    async def favourite(self, remote_id: str, on: bool) -> None:
        """Likes a post, or takes it back; the server keeps one like per post, so that twice is the same as once."""
        at = self._post(remote_id)
        if on:
            subject = (await self.record(at)).strong
            await self._create(LIKE, {"subject": subject.told()})
            return
        for one in await self._likes(str(at)):
            await self._delete(one)

    async def _create(self, collection: str, record: dict[str, Any]) -> None:
        """A record of which the server keeps one per subject."""
        whole = {"$type": collection, **record, "createdAt": moment_text(self._clock.now())}
        await self._wire.do("com.atproto.repo.createRecord", {"repo": self._did, "collection": collection, "record": whole})

    async def _likes(self, subject: str) -> list[Uri]:
        """Our likes of a post: as the network knows, and, because it may not have seen the newest yet, as our own records say."""
        found: dict[str, Uri] = {}
        cursor = ""
        for _ in range(_LOOK_BACK):
            query = [("repo", self._did), ("collection", LIKE), ("limit", "100")] + ([("cursor", cursor)] if cursor else [])
            told = values.record(await self._wire.ask("com.atproto.repo.listRecords", *query))
            for one in values.items(told, "records"):
                if values.text(values.part(values.part(one, "value"), "subject"), "uri", 1200) == subject:
                    self._own(found, one, "uri")
            cursor = values.text(told, "cursor", 1000)
            if found or not cursor:
                break
        if not found and cursor:
            for view in await self._views([subject]):
                self._own(found, values.part(view, "viewer"), "like")
        return list(found.values())

    def _own(self, found: dict[str, Uri], value: Any, name: str) -> None:
        given = values.text(value, name, 1200)
        at = self._post(given) if given else None
        if at is not None and at.did == self._did and at.collection == LIKE:
            found[str(at)] = at

    async def mute_thread(self, remote_id: str) -> None:
        """No more notices from the conversation of a post (app.bsky.graph.muteThread, by its root)."""
        at = self._post(remote_id)
        root = values.part(values.part((await self.record(at)).value, "reply"), "root")
        await self._wire.do("app.bsky.graph.muteThread", {"root": values.text(root, "uri", 1200) or str(at)})

    async def mute_author(self, author_id: str) -> None:
        """Mutes an author (app.bsky.graph.muteActor)."""
        await self._wire.do("app.bsky.graph.muteActor", {"actor": author_id})

    async def block_author(self, author_id: str) -> None:
        """Blocks an author (a record app.bsky.graph.block, which everybody can see; the server keeps one per author)."""
        await self._create(BLOCK, {"subject": author_id})

    async def report(self, author_id: str, remote_ids: tuple[str, ...], reason: ReportReason) -> None:
        """Reports to the moderators, each post by itself, or the author when no post is named (com.atproto.moderation)."""
        subjects: list[dict[str, Any]] = []
        for remote_id in remote_ids:
            found = await self.record(self._post(remote_id))
            subjects.append({"$type": "com.atproto.repo.strongRef", **found.strong.told()})
        if not subjects:
            subjects.append({"$type": "com.atproto.admin.defs#repoRef", "did": author_id})
        kind = _REASONS.get(reason.category, "reasonOther")
        for subject in subjects:
            body = {
                "reasonType": f"com.atproto.moderation.defs#{kind}",
                "subject": subject,
                "reason": reason.comment[:_LONGEST_COMMENT],
            }
            await self._wire.do("com.atproto.moderation.createReport", body, "" if self._allow_private else LABELER)

    async def counters(self, remote_ids: tuple[str, ...]) -> tuple[Counters, ...]:
        """The public counters of posts; those that are gone, or no posts at all, are left out."""
        asked: dict[str, str] = {}
        for remote_id in remote_ids:
            try:
                asked[str(self._post(remote_id))] = remote_id
            except GoneOnNetwork:
                continue
        views = await self._views(list(asked))
        return tuple(one for one in values.each(views, lambda view: _counters(view, asked)) if one.remote_id in set(remote_ids))


def _counters(view: Any, asked: dict[str, str]) -> Counters:
    at = address(view, "uri")
    return Counters(
        remote_id=asked.get(at, at),
        replies=values.number(view, "replyCount", None),
        boosts=values.number(view, "repostCount", None),
        favourites=values.number(view, "likeCount", None),
        quotes=values.number(view, "quoteCount", None),
    )
