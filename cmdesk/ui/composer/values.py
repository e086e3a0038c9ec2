"""The frozen values that the composer's view is given, so that it can be shown and tested without a client's file."""

from collections.abc import Hashable
from dataclasses import dataclass

from PySide6.QtGui import QImage

from cmdesk.domain.account import Network
from cmdesk.domain.client import Colour
from cmdesk.domain.ids import AccountId, ClientId, MediaId, PostId
from cmdesk.domain.limits import Count
from cmdesk.domain.views import OutboxRow, PostRow
from cmdesk.ui.widgets.rowlist import RowLook


@dataclass(frozen=True, slots=True)
class PostLine:
    """A post in the list, with how it looks in the language and at the hour in force."""

    row: PostRow
    look: RowLook

    @property
    def key(self) -> Hashable:
        """A post of a client."""
        return (self.row.client, self.row.id)


@dataclass(frozen=True, slots=True)
class TargetLook:
    """An account chip. ``short`` is what fits, ``handle`` the whole; ``trouble`` says why nothing can go out there now."""

    account: AccountId
    network: Network
    network_name: str
    short: str
    handle: str
    chosen: bool
    differs: bool = False
    count: Count | None = None
    blocked: bool = False
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class ProblemLine:
    """A problem in words. ``where`` names the part of the editor to go to: text, warning, media, poll, targets."""

    block: bool
    sentence: str
    where: str = "text"
    account: AccountId | None = None


@dataclass(frozen=True, slots=True)
class MediaLook:
    """A picture under the text. ``thumbnail`` comes later; ``alt_limit`` is the strictest of the chosen accounts."""

    media: MediaId
    name: str
    facts: str
    alt: str
    alt_limit: int
    part: int
    thumbnail: QImage | None = None


@dataclass(frozen=True, slots=True)
class PreviewPart:
    """One part as it will be seen: HTML of the safe kind and its pictures."""

    html: str
    images: tuple[QImage, ...] = ()


@dataclass(frozen=True, slots=True)
class PreviewLook:
    """How the post will be seen on one account, or on several that say the same."""

    key: Hashable
    name: str
    handles: str
    facts: str
    parts: tuple[PreviewPart, ...]
    warning: str = ""
    poll: tuple[str, ...] = ()
    multiple: bool = False


@dataclass(frozen=True, slots=True)
class DeliveryLook:
    """A delivery under the editor. ``decide`` draws the whole card; else one quiet line."""

    row: OutboxRow
    sentence: str
    when: str
    look_at: str
    decide: bool
    cancellable: bool

    @property
    def key(self) -> Hashable:
        """The delivery."""
        return self.row.id


@dataclass(frozen=True, slots=True)
class Voice:
    """In whose name one writes: the client of the composer."""

    client: ClientId
    name: str
    initials: str
    colour: Colour


@dataclass(frozen=True, slots=True)
class Opened:
    """Which post is in the editor; ``post`` is None until its first word is stored."""

    client: ClientId
    post: PostId | None
