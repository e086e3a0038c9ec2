"""The values that the inbox's view shows: words already made, foreign text still raw for the safe widgets."""

from __future__ import annotations

from collections.abc import Hashable

from msgspec import Struct

from cmdesk.domain.client import Colour
from cmdesk.domain.views import InboxRow

#: The key of the list with every state.
ALL = "all"
#: The key of the list of those that need care first, sorted by risk.
CARE = "care"
#: Before the number of a search that is kept as a list, in its key.
KEPT = "kept:"

#: What stands as a button over the conversation, in this order; the rest is in the menu.
BUTTONS = (
    ("answered", "check-circle"),
    ("in_hand", "draft"),
    ("waiting_client", "people"),
    ("set_aside", "archive"),
    ("snooze", "snooze"),
    ("favourite", "favourite"),
    ("open", "external"),
)


class Line(Struct, frozen=True):
    """A message in the list. ``key`` is its id where one client is shown, (client, id) elsewhere.

    ``found`` replaces the preview where words were searched for; ``marks`` say where in it they stand (code points).
    """

    key: Hashable
    row: InboxRow
    found: str = ""
    marks: tuple[tuple[int, int], ...] = ()


class ShelfItem(Struct, frozen=True):
    """A list one can choose: by state, by account or by client. A client has its colour in place of an icon."""

    key: str
    icon: str
    text: str
    count: int = 0
    tip: str = ""
    colour: Colour | None = None


class FetchLine(Struct, frozen=True):
    """When an account was last fetched, in a line; ``tip`` has each kind."""

    text: str
    tip: str = ""
    tone: str = "muted"


class File(Struct, frozen=True):
    """An attachment as a named place: nothing is loaded, a click opens its address."""

    icon: str
    words: str
    alt: str
    url: str


class Entry(Struct, frozen=True):
    """One entry of a conversation. ``name``, ``handle``, ``html``, ``text`` and ``warning`` are foreign.

    ``event`` is set for what has no words (a favourite, a boost, a follow): the line says it. ``chip`` is (state key, word)
    of our own delivery, ``chip_note`` what is known of it. ``colour`` is the client's, for what is ours.
    """

    key: Hashable
    name: str
    handle: str
    when: str
    when_whole: str
    html: str = ""
    text: str = ""
    ours: bool = False
    private: bool = False
    focus: bool = False
    warning: str = ""
    remarks: tuple[str, ...] = ()
    files: tuple[File, ...] = ()
    icon: str = ""
    event: str = ""
    chip: tuple[str, str] | None = None
    chip_note: str = ""
    colour: Colour | None = None


class Person(Struct, frozen=True):
    """Who wrote the message that is open, and how it stands."""

    name: str
    handle: str
    past: str
    state: str
    state_icon: str
    can_open: bool = False
    can_favourite: bool = False
    favourite: bool = False
    can_moderate: bool = False
    answerable: bool = False


class ReplyLook(Struct, frozen=True):
    """The reply box: in whose name, who can read it, and what the button says. ``loud`` paints the client's band over it."""

    who: str
    client: str
    colour: Colour
    initials: str
    private: bool
    audience: str
    audience_icon: str
    send: str
    placeholder: str
    warning: str = ""
    loud: bool = False


class Fact(Struct, frozen=True):
    """Something known of a message in a word or two; ``tone`` is that of a tint: neutral, positive, warning, danger, info."""

    text: str
    tone: str = "neutral"
    tip: str = ""


class AboutLine(Struct, frozen=True):
    """A note, a question, a reminder or a proposal: what it says and the one thing to do with it. ``key`` is (kind, number)."""

    key: tuple[str, int]
    icon: str
    text: str
    button: str = ""
    other: str = ""  # a second, quieter thing to do; its key is (kind + "_not", number)
    pressing: bool = False


class AboutLook(Struct, frozen=True):
    """All that is known of the message that is open, beside its words."""

    facts: tuple[Fact, ...] = ()
    labels: tuple[str, ...] = ()
    lines: tuple[AboutLine, ...] = ()
