"""What the late-post desk shows, as plain values: the presenter makes them, the view paints them."""

from collections.abc import Mapping
from types import MappingProxyType

from msgspec import Struct

from cmdesk.domain.client import Colour
from cmdesk.domain.ids import ClientId, DeliveryId
from cmdesk.domain.views import OutboxRow
from cmdesk.ui.widgets.decision import Ask
from cmdesk.ui.widgets.rowlist import RowLook

Key = tuple[ClientId, DeliveryId]

#: The key of each choice; the letter is that of its English words.
KEYS: Mapping[Ask, str] = MappingProxyType(
    {
        Ask.NOW: "N",
        Ask.KEEP: "P",
        Ask.NEXT_SLOT: "S",
        Ask.MOVE: "M",
        Ask.IS_LIVE: "L",
        Ask.LOOK_AGAIN: "A",
        Ask.CONTINUE: "C",
        Ask.STOP: "T",
        Ask.THAW: "G",
        Ask.DROP: "D",
        Ask.EDIT: "E",
        Ask.ACCOUNTS: "R",
    }
)


class Fact(Struct, frozen=True):
    """A line of what is known: when it was (already in words), and what."""

    when: str
    what: str


class Item(Struct, frozen=True):
    """One delivery that waits. ``links`` are addresses with their words, ``asks`` the choices, the likeliest first."""

    key: Key
    look: RowLook
    spoken: str
    row: OutboxRow
    look_at: str
    zone: str
    client_name: str
    initials: str
    colour: Colour
    asks: tuple[Ask, ...]
    facts: tuple[Fact, ...] = ()
    links: tuple[tuple[str, str], ...] = ()
    elsewhere: bool = False


class Still(Struct, frozen=True):
    """A client that stands still as a whole. ``actions`` are names of wishes with their words."""

    client: ClientId
    tone: str
    sentence: str
    actions: tuple[tuple[str, str], ...] = ()


class Speaker(Struct, frozen=True):
    """One account in the summary of a choice for many: in whose name, what, and when."""

    client_name: str
    initials: str
    colour: Colour
    account: str
    what: str
    previews: tuple[str, ...]


class Summary(Struct, frozen=True):
    """A choice for many before it is made. ``left_out`` tells what it does not touch, ``warning`` what may go wrong."""

    title: str
    speakers: tuple[Speaker, ...]
    left_out: str
    confirm: str
    danger: bool
    warning: str = ""
    colour: Colour | None = None
