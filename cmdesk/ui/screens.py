"""The contract between the window and the screens: what a room brings, what its presenter answers, what the shell offers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from msgspec import Struct
from PySide6.QtWidgets import QWidget

from cmdesk.domain.changes import Changes
from cmdesk.domain.ids import ClientId
from cmdesk.domain.views import ClientCard

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cmdesk.services.desk import Desk
    from cmdesk.services.workspace import Workspace
    from cmdesk.ui.actions import Action
    from cmdesk.ui.bridge import Bridge
    from cmdesk.ui.i18n import Formats
    from cmdesk.ui.theme import Theme


class Target(Struct, frozen=True):
    """A place to go: a room, for one client (None: all clients), and perhaps something in it.

    ``item`` is what the room understands: an id of the domain, or a value the room's ``reveal`` documents.
    """

    room: str
    client: ClientId | None
    item: object | None = None


class NewPost(Struct, frozen=True):
    """``Target.item`` for the room "posts": begin a new draft. ``moment`` is the wall time of the client's zone (naive)
    that its planning field should hold already; None leaves the field empty."""

    moment: datetime | None = None


class Presenter(Protocol):
    """Wires one view to one scope. It is made when the room is first seen in a scope and closed when the scope changes,
    so nothing it holds can survive into another client."""

    def refresh(self, changes: Changes) -> None:
        """Reads again what these changes touch. Called only while the room is visible; changes meanwhile are merged."""

    def reveal(self, item: object) -> None:
        """Shows and selects an item (``Target.item``); an unknown one is ignored."""

    def retranslate(self) -> None:
        """The language changed: gives the view its data again, so that dates and sentences follow."""

    def actions(self) -> Sequence[Action]:
        """The room's own actions, live while it is visible: menus, palette and cheat sheet show them."""

    def close(self) -> None:
        """Saves what is being typed, disconnects from the view, and drops every reference to the scope."""


@runtime_checkable
class HearsNetwork(Protocol):
    """A presenter that shows whether there is a network. It is told when it is made without one, and at every change."""

    def set_offline(self, offline: bool) -> None:
        """Whether this computer has no network."""


class Shell(Protocol):
    """What the window offers to presenters."""

    @property
    def theme(self) -> Theme:
        """The look in force."""

    @property
    def formats(self) -> Formats:
        """Dates, times and numbers in the language in force."""

    @property
    def bridge(self) -> Bridge:
        """The way to run a coroutine of the services."""

    def go(self, target: Target) -> None:
        """Changes client and room when needed, then reveals the item."""

    def toast(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Says in passing that something was done, with an undo while it is seen."""

    def ask(self, question: Question) -> bool:
        """Asks before something that can't be taken back; the dialog shows the identity band. True when confirmed."""

    def open_link(self, url: str, shown: str = "") -> None:
        """Opens a link the user clicked; ``shown`` is the text it was under, checked against where it leads."""


class Question(Struct, frozen=True):
    """A confirmation: what will happen, in which client's name, and the verb on the button. ``client`` None is the desk."""

    title: str
    text: str
    confirm: str
    client: ClientId | None = None
    danger: bool = False


class Room(Struct, frozen=True):
    """A room of the screen as the window knows it.

    ``title`` is called at every change of language. ``make_view`` is called once, when the room is first seen; the view
    is kept and reused. ``make_presenter(view, scope, shell)`` is called once per scope. ``tab`` False keeps the room out
    of the tabs (preferences, welcome). ``alone`` hides rail, band and tabs (welcome).
    ``scope_less`` rooms are given the desk whatever client is chosen.
    """

    key: str
    icon: str
    title: Callable[[], str]
    make_view: Callable[[Theme], QWidget]
    make_presenter: Callable[[Any, Any, Shell], Presenter]
    tab: bool = True
    alone: bool = False
    scope_less: bool = False


class Scopes(Protocol):
    """Where the window gets clients from; app.py makes it of the desk."""

    def cards(self) -> Sequence[ClientCard]:
        """The clients on the rail, in order, archived ones left out, troubled ones included."""

    def scope(self, client: ClientId | None) -> Workspace | Desk:
        """The workspace of a client, or the whole desk for None. Never called for a card in trouble."""
