"""What networks take that cmdesk counts for without writing to them yet: by their documentation, not by a server's word."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from cmdesk.domain.limits import Limits, Unit


def _typed(most: int, unit: Unit = Unit.CODE_POINTS, *, warning: bool = False) -> Limits:
    """A text that counts as typed."""
    return Limits(max_characters=most, unit=unit, url_weight=None, short_mentions=False, warning_counts=warning, warnings=warning)


#: By the name on the command line.
COUNTED: Final[Mapping[str, Limits]] = MappingProxyType(
    {
        # GoToSocial configuration reference, statuses-max-chars; it discounts nothing, whatever its API says of addresses.
        "gotosocial": _typed(5000, warning=True),
        # Pixelfed, default max_caption_length.
        "pixelfed": _typed(500, warning=True),
        # Pleroma and Akkoma, default limit of the instance.
        "pleroma": _typed(5000, warning=True),
        # X, counting characters (twitter-text, configuration 3).
        "x": Limits(
            max_characters=280,
            unit=Unit.WEIGHTED,
            url_weight=23,
            bare_urls=True,
            short_mentions=False,
            warning_counts=False,
            warnings=False,
        ),
        # Facebook, Pages API, message of a post.
        "facebook": _typed(63_206),
        # Instagram Platform, content publishing, caption.
        "instagram": _typed(2200),
        # Threads API, limitations of posts.
        "threads": _typed(500, Unit.EMOJI_BYTES),
        # LinkedIn, Posts API, commentary in little text format.
        "linkedin": _typed(3000, Unit.ESCAPED),
        # TikTok, Content Posting API, title of a video in units of UTF-16.
        "tiktok": _typed(2200, Unit.UTF16),
        # YouTube, Data API, description of a video in bytes.
        "youtube": _typed(5000, Unit.BYTES),
        # Pinterest, API 5, description of a pin.
        "pinterest": _typed(800),
        # Google Business Profile, local posts, summary.
        "google-business": _typed(1500),
    }
)
