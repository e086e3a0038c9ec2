"""The frozen values that the composer's view is given, so that it can be shown and tested without a client's file."""

from collections.abc import Hashable

from msgspec import Struct
from PySide6.QtGui import QImage

from cmdesk.domain.account import Account, Network
from cmdesk.domain.client import Colour
from cmdesk.domain.delivery import Delivery
from cmdesk.domain.ids import AccountId, ClientId, MediaId, PostId
from cmdesk.domain.limits import Count
from cmdesk.domain.views import OutboxRow, PostRow
from cmdesk.ui.widgets.rowlist import RowLook

#: How our own saves are named in the notices of change.
INITIATOR = "composer"


class PostLine(Struct, frozen=True):
    """A post in the list, with how it looks in the language and at the hour in force."""

    row: PostRow
    look: RowLook

    @property
    def key(self) -> Hashable:
        """A post of a client."""
        return (self.row.client, self.row.id)


class TargetLook(Struct, frozen=True):
    """An account chip. ``short`` is what fits, ``handle`` the whole; ``trouble`` says why nothing can go out there now.

    ``allowance`` says what its network still takes, where the network told.
    """

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
    allowance: str = ""


class ProblemLine(Struct, frozen=True):
    """A problem in words. ``where`` names the part of the editor to go to: text, warning, media, poll, targets."""

    block: bool
    sentence: str
    where: str = "text"
    account: AccountId | None = None


class MediaLook(Struct, frozen=True):
    """A picture under the text. ``thumbnail`` comes later; ``alt_limit`` is the strictest of the chosen accounts."""

    media: MediaId
    name: str
    facts: str
    alt: str
    alt_limit: int
    part: int
    thumbnail: QImage | None = None


class PreviewPart(Struct, frozen=True):
    """One part as it will be seen: HTML of the safe kind and its pictures."""

    html: str
    images: tuple[QImage, ...] = ()


class PreviewLook(Struct, frozen=True):
    """How the post will be seen on one account, or on several that say the same."""

    key: Hashable
    name: str
    handles: str
    facts: str
    parts: tuple[PreviewPart, ...]
    warning: str = ""
    poll: tuple[str, ...] = ()
    multiple: bool = False


class DeliveryLook(Struct, frozen=True):
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


class Voice(Struct, frozen=True):
    """In whose name one writes: the client of the composer."""

    client: ClientId
    name: str
    initials: str
    colour: Colour


class Opened(Struct, frozen=True):
    """Which post is in the editor; ``post`` is None until its first word is stored."""

    client: ClientId
    post: PostId | None


class Standing(Struct, frozen=True):
    """What decides whether a post can go out: all accounts known, those it is meant for, its deliveries that were not
    cancelled, whether a network would not take it, and whether there is nothing in it."""

    accounts: tuple[Account, ...] = ()
    chosen: tuple[Account, ...] = ()
    live: tuple[Delivery, ...] = ()
    blocked: bool = False
    blank: bool = True
