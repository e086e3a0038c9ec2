"""What each Mastodon-like software accepts and can do, as data, because they answer the same questions differently."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from msgspec import Struct
from msgspec.structs import replace

from cmdesk.domain.account import Role
from cmdesk.domain.limits import Limits, Unit, Visibility
from cmdesk.networks._mastodon_parse import items, number, part, text
from cmdesk.networks.port import SecondWrite

_ALL: Final = frozenset(Role)
_MIME = re.compile(r"[a-z]+/[a-z0-9.+-]{1,60}")


class Software(Struct, frozen=True):
    """One server software: its defaults, its roles, and the traps that matter to what is sent.

    ``keeps_keys``: an Idempotency-Key is remembered. ``lists_private``: the account's own listing holds every visibility,
    so that "not listed" means "not there". ``exact_visibility``: a status comes back with the visibility it was sent with.
    """

    name: str
    limits: Limits
    roles: frozenset[Role] = _ALL
    keeps_keys: bool = False
    lists_private: bool = False
    exact_visibility: bool = True

    @property
    def second_write(self) -> SecondWrite:
        """What writing the same thing twice does there."""
        return SecondWrite.SAME_KEY if self.keeps_keys else SecondWrite.DOUBLES


_AS_TYPED: Final = Limits(unit=Unit.CODE_POINTS, url_weight=None, short_mentions=False)

MASTODON: Final = Software("mastodon", Limits(), keeps_keys=True, lists_private=True)
#: A software we don't know: counted the strict way, trusted with nothing.
UNKNOWN: Final = Software("", _AS_TYPED)

_KNOWN: Final[Mapping[str, Software]] = {
    one.name: one
    for one in (
        MASTODON,
        Software("hometown", Limits(), keeps_keys=True, lists_private=True),
        Software("glitch", Limits(), keeps_keys=True, lists_private=True),
        # Its advertised URL weight is not applied by its own validation (GoToSocial source, internal/validate).
        Software(
            "gotosocial",
            replace(_AS_TYPED, max_characters=5000, max_media=6, alt_limit=5000, image_bytes=41_943_040, video_bytes=41_943_040),
        ),
        Software("pleroma", replace(_AS_TYPED, max_characters=5000, max_media=None, mixed_media=True)),
        Software("akkoma", replace(_AS_TYPED, max_characters=5000, max_media=None, mixed_media=True)),
        Software(
            "pixelfed",
            replace(
                _AS_TYPED,
                media_required=True,
                alt_limit=1000,
                image_bytes=15_000_000,
                poll_options=0,
                visibilities=(Visibility.PUBLIC, Visibility.UNLISTED, Visibility.FOLLOWERS),
            ),
            roles=_ALL - {Role.EDITS},
        ),
        # Anything but public becomes a note to the people mentioned (snac source, mastoapi.c).
        Software(
            "snac",
            replace(_AS_TYPED, max_characters=100_000, poll_options=0, visibilities=(Visibility.PUBLIC, Visibility.DIRECT)),
            # It answers 404 to every deletion (tried with 2.75).
            roles=_ALL - {Role.DELETES},
            exact_visibility=False,
        ),
        # The desk's own server for trying things out: counts as Mastodon does.
        Software("practice", Limits(), keeps_keys=True, lists_private=True),
    )
}


def software_named(name: str) -> Software:
    """The software by its name (``mastodon 4.5.2``, ``Pleroma``); UNKNOWN for a stranger."""
    words = name.split()
    return _KNOWN.get(words[0].lower(), UNKNOWN) if words else UNKNOWN


def from_version(version: str) -> tuple[str, str]:
    """Name and version from an instance's ``version``, which lookalikes fill with stories of their own."""
    lower = version.lower()
    for name in ("gotosocial", "pleroma", "akkoma", "pixelfed", "snac", "glitch", "hometown"):
        if name in lower:
            found = re.search(rf"{name}[ /]*v?([0-9][\w.+-]{{0,30}})", lower)
            return name, found.group(1) if found else ""
    if re.fullmatch(r"\d+\.\d+\.\d+(?:[-+][\w.+-]{1,60})?", version) and "git" not in lower:
        return "mastodon", version
    return "", version[:40]


def read_limits(instance: Any, known: Software, read_at: datetime) -> Limits:
    """The limits an instance (v2 or v1) tells, over the software's defaults; nonsense keeps the default."""
    base = known.limits
    config = part(instance, "configuration")
    statuses, media, polls = part(config, "statuses"), part(config, "media_attachments"), part(config, "polls")
    told = number(statuses, "max_characters", None, 1) or number(instance, "max_toot_chars", None, 1)
    url_weight = (
        base.url_weight if base.url_weight is None else number(statuses, "characters_reserved_per_url", base.url_weight, 1)
    )
    return replace(
        base,
        max_characters=told or base.max_characters,
        url_weight=url_weight,
        max_media=None if base.max_media is None else number(statuses, "max_media_attachments", base.max_media),
        alt_limit=number(media, "description_limit", None, 1) or number(instance, "description_limit", base.alt_limit, 1),
        alt_minimum=number(media, "description_minimum", base.alt_minimum) or 0,
        mime_types=_mime_types(media),
        image_bytes=number(media, "image_size_limit", base.image_bytes, 1),
        image_pixels=number(media, "image_matrix_limit", base.image_pixels, 1),
        video_bytes=number(media, "video_size_limit", base.video_bytes, 1),
        video_pixels=number(media, "video_matrix_limit", base.video_pixels, 1),
        poll_options=_least(polls, "max_options", base.poll_options) if base.poll_options else 0,
        poll_option_characters=_least(polls, "max_characters_per_option", base.poll_option_characters),
        poll_min_seconds=_least(polls, "min_expiration", base.poll_min_seconds),
        poll_max_seconds=_least(polls, "max_expiration", base.poll_max_seconds),
        read_at=read_at,
    )


def _least(values: dict[str, Any], name: str, default: int) -> int:
    found = number(values, name, default, 1)
    return default if found is None else found


def _mime_types(media: dict[str, Any]) -> frozenset[str]:
    told = (one for one in items(media, "supported_mime_types")[:200] if isinstance(one, str))
    return frozenset(one.lower() for one in told if _MIME.fullmatch(one.lower()))


@dataclass(frozen=True, slots=True)
class Instance:
    """What detection found: the software and its printed name."""

    software: Software
    shown: str
    answer: dict[str, Any] = field(repr=False)


def detect(nodeinfo: Any, instance: dict[str, Any]) -> Instance:
    """The software from NodeInfo where there is one, else from the instance's version text."""
    told = part(nodeinfo, "software")
    name, version = text(told, "name", 40).strip().lower(), text(told, "version", 40).strip()
    if not name:
        name, version = from_version(text(instance, "version", 200))
    shown = " ".join(f"{name} {version}".split())
    return Instance(software_named(name), shown or "unknown", instance)
