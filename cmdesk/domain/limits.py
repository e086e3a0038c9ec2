"""Limits of a network as data, and what in a draft goes against them.

The counting itself is in ``counting``; here is what is compared with it.
"""

from datetime import datetime
from enum import Enum

from msgspec import Struct, field


class Unit(Enum):
    """What a network counts."""

    GRAPHEMES = "graphemes"
    CODE_POINTS = "code_points"
    BYTES = "bytes"  # of UTF-8
    UTF16 = "utf16"  # units of UTF-16
    WEIGHTED = "weighted"  # as X weighs them
    EMOJI_BYTES = "emoji_bytes"  # characters, and emoji as bytes of UTF-8
    ESCAPED = "escaped"  # characters, and a backslash before each reserved one


class Visibility(Enum):
    """Who can see a post."""

    PUBLIC = "public"
    UNLISTED = "unlisted"
    FOLLOWERS = "private"
    DIRECT = "direct"


class Limits(Struct, frozen=True):
    """What a server accepts, as the server itself told at ``read_at`` (None: the network's documented defaults).

    Sizes are bytes, ``image_pixels`` and ``video_pixels`` are width × height, poll times are seconds.
    ``url_weight`` is None where a URL counts as typed. A maximum of None means the server names none.
    """

    max_characters: int = 500
    unit: Unit = Unit.GRAPHEMES
    url_weight: int | None = 23
    bare_urls: bool = False  # an address without http:// is one too
    short_mentions: bool = True  # a remote mention counts without its domain
    warning_counts: bool = True  # the content warning counts with the text
    max_bytes: int | None = None  # of UTF-8, beside the characters: the tighter of both counts
    warnings: bool = True  # the network can put words before a post
    max_media: int | None = 4
    media_required: bool = False
    alt_limit: int | None = 1500
    alt_minimum: int = 0
    mime_types: frozenset[str] = field(default_factory=frozenset)  # empty: not told
    image_bytes: int | None = 16_777_216
    image_pixels: int | None = 33_177_600
    video_bytes: int | None = 103_809_024
    video_pixels: int | None = 8_294_400
    mixed_media: bool = False  # a video beside images
    poll_options: int = 4
    poll_option_characters: int = 50
    poll_min_seconds: int = 300
    poll_max_seconds: int = 2_629_746
    visibilities: tuple[Visibility, ...] = tuple(Visibility)
    quotes: bool = False  # another post can be shown inside
    gates: bool = False  # it can be said who may answer and who may quote
    max_labels: int = 0  # how many labels of content a post may carry
    answer_hours: int | None = None  # so long after a message an answer is taken; None: for ever
    read_at: datetime | None = None


class Severity(Enum):
    """How much a problem weighs: BLOCK stops sending, WARN asks for a look."""

    BLOCK = "block"
    WARN = "warn"


class Problem(Struct, frozen=True):
    """Something in a draft (or in an answer of a network) that a person should know.

    ``code`` is a stable key for the words, ``params`` fill them; ``part`` is the index of the thread's part it concerns.
    """

    code: str
    severity: Severity = Severity.BLOCK
    params: tuple[tuple[str, str | int], ...] = ()
    part: int | None = None

    def param(self, name: str) -> str | int | None:
        """The value of one parameter."""
        return dict(self.params).get(name)


class Count(Struct, frozen=True):
    """A text as the network counts it.

    ``because``: codes of the rules that mattered (``urls``, ``mentions``, ``warning``, ``bytes``).
    """

    count: int
    limit: int
    unit: Unit
    because: tuple[str, ...] = ()

    @property
    def over(self) -> int:
        """How much too long it is; 0 when it fits."""
        return max(0, self.count - self.limit)

    @property
    def left(self) -> int:
        """How much still fits; negative when it is too long."""
        return self.limit - self.count
