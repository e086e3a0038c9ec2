"""What every role of the Bluesky connector stands on: the wire, the identity, records, and what the server allows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any, Final
from urllib.parse import quote

from msgspec import Struct
from msgspec.structs import replace

from cmdesk.domain.account import Identity, Network, Role
from cmdesk.domain.clock import Clock
from cmdesk.domain.errors import AnswerUnreadable, GoneOnNetwork, NetworkProblem, RateLimited, RefusedByNetwork, WrongIdentity
from cmdesk.domain.limits import Limits, Visibility
from cmdesk.domain.quota import Quota
from cmdesk.networks import _values as values
from cmdesk.networks._bluesky_identity import Uri, post_uri
from cmdesk.networks._bluesky_session import Wire
from cmdesk.networks._rates import clock_ahead, quota, windowed
from cmdesk.networks.port import NotSent, PictureDoor, ServerProfile

#: Bluesky's own rules (lexicons app.bsky.feed.post and app.bsky.embed.images). Pictures may be larger than the network
#: takes, because the connector sends smaller ones; the alt text's limit is the one of Bluesky's own client.
LIMITS: Final = Limits(
    max_characters=300,
    max_bytes=3000,
    url_weight=None,
    short_mentions=False,
    warning_counts=False,
    warnings=False,
    max_media=4,
    alt_limit=2000,
    mime_types=frozenset({"image/jpeg", "image/png", "image/webp", "video/mp4"}),
    image_bytes=40_000_000,
    image_pixels=40_000_000,
    # What Bluesky's own servers take of a file at once; another server says itself what it takes.
    video_bytes=52_428_800,
    video_pixels=None,
    poll_options=0,
    visibilities=(Visibility.PUBLIC,),
    quotes=True,
    gates=True,
    max_labels=10,
)
#: Bytes of one film (lexicon app.bsky.embed.video).
LONGEST_FILM: Final = 300_000_000
ROLES: Final = frozenset(Role) - {Role.EDITS}


class Strong(Struct, frozen=True):
    """A record, named so that nobody can put another in its place (lexicon com.atproto.repo.strongRef)."""

    uri: str
    cid: str

    def told(self) -> dict[str, str]:
        """As records hold it."""
        return {"uri": self.uri, "cid": self.cid}


class Record(Struct, frozen=True):
    """A record as its owner's server keeps it."""

    at: Uri
    cid: str
    value: dict[str, Any]

    @property
    def strong(self) -> Strong:
        """What others point at it with."""
        return Strong(str(self.at), self.cid)


class BlueskyBase:
    """One account on its own server. ``identity`` is None only while an account is being linked."""

    def __init__(
        self, wire: Wire, *, identity: Identity | None, clock: Clock, pictures: PictureDoor | None, allow_private: bool
    ) -> None:
        self._wire = wire
        self._identity = identity
        self._clock = clock
        self._pictures = pictures
        self._allow_private = allow_private
        self._confirmed: int | None = None
        self._ahead: timedelta | None = None

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self._identity.handle if self._identity else 'nobody yet'}>"

    @property
    def _did(self) -> str:
        if self._identity is None:
            raise WrongIdentity(expected="", found="")
        return self._identity.remote_id

    async def whoami(self) -> Identity:
        """The identity behind our session (com.atproto.server.getSession), and its profile's name. Raises NetworkProblem."""
        told = values.record(await self._wire.ask("com.atproto.server.getSession"))
        _, session = await self._wire.session()
        self._ahead = clock_ahead(self._wire.line(session.pds).date, self._clock.now())
        did = values.text(told, "did", 300)
        if not did:
            raise AnswerUnreadable(reason="id")
        handle = values.text(told, "handle", 260).lower()
        if not handle or handle == "handle.invalid":
            handle = did
        name, avatar = await self._self_portrait(did, session.pds)
        return Identity(
            network=Network.BLUESKY,
            server=session.pds,
            remote_id=did,
            handle=handle,
            display_name=name or handle,
            profile_url=f"https://bsky.app/profile/{handle}",
            avatar_url=avatar,
        )

    def clock_ahead(self) -> timedelta | None:
        """How far our clock was ahead of the server's when we last asked who we are."""
        return self._ahead

    async def _self_portrait(self, did: str, pds: str) -> tuple[str, str]:
        """Name and picture of the account's own profile record; its server has it even when the rest of the network is away."""
        try:
            profile = await self.record(Uri(did, "app.bsky.actor.profile", "self"))
        except (GoneOnNetwork, RefusedByNetwork):
            return "", ""
        cid = values.text(values.part(values.part(profile.value, "avatar"), "ref"), "$link", 200)
        avatar = f"{pds}/xrpc/com.atproto.sync.getBlob?did={quote(did)}&cid={quote(cid)}" if cid.isalnum() else ""
        return values.text(profile.value, "displayName", 200).strip(), avatar

    async def profile(self) -> ServerProfile:
        """What the account's server runs, and the network's limits with the server's own for files."""
        told = values.record(await self._wire.ask("com.atproto.server.describeServer"))
        version = ""
        try:
            version = values.text(await self._wire.ask("_health"), "version", 40)
        except NetworkProblem:
            version = ""
        most = values.number(told, "blobUploadLimit", None, 1)
        limits = replace(LIMITS, read_at=self._clock.now())
        if most is not None:
            limits = replace(limits, video_bytes=min(most, LONGEST_FILM))
        if most is not None and self._pictures is None:
            limits = replace(limits, image_bytes=min(most, LIMITS.image_bytes or most))
        return ServerProfile(" ".join(f"bluesky {version}".split()), limits, ROLES)

    def quotas(self) -> tuple[Quota, ...]:
        """What the last answers said is left (Bluesky docs, rate limits)."""
        now = self._clock.now()
        found = (quota(windowed(name, headers), headers, now) for name, headers in sorted(self._wire.told().items()))
        return tuple(one for one in found if one is not None)

    async def close(self) -> None:
        """Ends its connections."""
        await self._wire.close()

    async def record(self, at: Uri) -> Record:
        """A record, from our own server (which asks the network for those of others). Raises GoneOnNetwork, NetworkProblem."""
        query = (("repo", at.did), ("collection", at.collection), ("rkey", at.rkey))
        told = values.record(await self._wire.ask("com.atproto.repo.getRecord", *query))
        cid = values.text(told, "cid", 200)
        if values.text(told, "uri", 1200) != str(at) or not cid.isalnum():
            raise AnswerUnreadable(reason="id")
        return Record(at, cid, values.part(told, "value"))

    def _post(self, remote_id: str) -> Uri:
        """The post behind an id; raises GoneOnNetwork for what can be none."""
        found = post_uri(remote_id, self._did)
        if found is None:
            raise GoneOnNetwork(reason="no_such_id")
        return found

    async def _confirm(self) -> None:
        """Asks who we are before anything is written: once, and again when somebody else has changed the session.

        Raises NotSent, because nothing was.
        """
        if self._identity is None:
            raise NotSent(WrongIdentity(expected="", found=""), before=True)
        try:
            await self._wire.session()  # notices whether somebody else has changed it since
            if self._confirmed is not None and self._confirmed == self._wire.strangers:
                return
            found = await self.whoami()
        except RateLimited as problem:
            raise NotSent(problem, problem.until, before=True) from None
        except NetworkProblem as problem:
            raise NotSent(problem, before=True) from None
        if not found.same_as(self._identity):
            raise NotSent(WrongIdentity(expected=self._identity.handle, found=found.handle), before=True)
        self._confirmed = self._wire.strangers
