"""What is looked at beside the days, as values: a post through its entry, a line of the shelf, a question for a time."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import datetime

from msgspec import Struct
from PySide6.QtGui import QPixmap

from cmdesk.ui.calendar.entries import Guest, Owner
from cmdesk.ui.widgets.rowlist import RowLook

#: The two lists of the shelf.
DRAFTS, IDEAS = "drafts", "ideas"


class Asked(Struct, frozen=True):
    """For what a time is asked: whose, from when (naive, the client's wall time; None for a draft), and what it is done with."""

    owner: Owner
    wall: datetime | None
    title: str
    confirm: str
    item: object


class PeekLine(Struct, frozen=True):
    """One delivery: network's icon, account, state (key and word), and its time where it differs."""

    icon: str
    handle: str
    state: tuple[str, str]
    time: str = ""


class PeekLook(Struct, frozen=True):
    """What is said of a post. ``why`` is why it can't be moved, ``notes`` are warnings of its time."""

    when: str
    words: str
    lines: tuple[PeekLine, ...]
    labels: str = ""
    why: str = ""
    notes: tuple[str, ...] = ()
    picture: QPixmap | None = None
    movable: bool = True
    suggested: bool = False


class ShelfLine(Struct, frozen=True):
    """A draft or an idea. ``item`` is the presenter's own."""

    key: Hashable
    look: RowLook
    guest: Guest
    item: object = None
