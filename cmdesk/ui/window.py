"""The shell: rail, identity band, tabs and the stack of screens; it opens rooms for one scope and closes them with it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import QMainWindow, QMenu, QStackedWidget, QWidget

from cmdesk.domain.changes import Changes, Topic
from cmdesk.domain.ids import ClientId
from cmdesk.domain.views import ClientCard
from cmdesk.ui.actions import Action, Actions, Scope, with_keys
from cmdesk.ui.bridge import Bridge, merged
from cmdesk.ui.i18n import Formats, Words
from cmdesk.ui.rail import Rail
from cmdesk.ui.screens import HearsNetwork, Presenter, Question, Room, Scopes, Target
from cmdesk.ui.theme import Theme
from cmdesk.ui.widgets.buttons import IconButton, Tab
from cmdesk.ui.widgets.layout import Hairline, column, row
from cmdesk.ui.widgets.marks import IdentityBand
from cmdesk.ui.widgets.states import Banner

if TYPE_CHECKING:
    from cmdesk.ui.links import Link
    from cmdesk.ui.palette import Entry, Palette, Provider
    from cmdesk.ui.widgets.toast import Toast

NUMBERED = 9
#: What the rail shows of a client; words that are saved while one types leave it alone.
_ON_CARDS = frozenset({Topic.CLIENT, Topic.INBOX, Topic.OUTBOX, Topic.AGENDA})
_CARDS_LATER_MS = 20


class Window(QMainWindow):
    """The one window. ``add_wanted``, ``repair_wanted(client)`` and ``menu_wanted(client, point)`` are for app.py to answer.

    ``spoke`` comes after another language is in force, ``entered`` after each room that was entered.
    """

    add_wanted = Signal()
    repair_wanted = Signal(object)
    client_menu_wanted = Signal(object, QPoint)
    closing = Signal()
    spoke = Signal()
    entered = Signal()
    counted = Signal()  # the clients and their numbers were read again

    def __init__(
        self,
        *,
        theme: Theme,
        words: Words,
        bridge: Bridge,
        rooms: Sequence[Room],
        scopes: Scopes,
        opener: Callable[[str], bool],
    ) -> None:
        """``opener`` hands an address to the system's browser."""
        super().__init__()
        self._theme, self._words, self._bridge, self._scopes = theme, words, bridge, scopes
        self._opener = opener
        self._rooms = {room.key: room for room in rooms}
        self._views: dict[str, QWidget] = {}
        self._presenters: dict[str, Presenter] = {}
        self._stale: dict[str, Changes] = {}
        self._room_actions: Sequence[Action] = ()
        self._client: ClientId | None = None
        self._cards: dict[ClientId, ClientCard] = {}
        self._room: Room | None = None
        self._no_network = False
        self._last_tab = next(room.key for room in rooms if room.tab)
        self._more_providers: list[Provider] = []
        self._made_palette: Palette | None = None
        self._made_toast: Toast | None = None
        self.actions_alive = Actions()
        self._build()
        self.actions_alive.add(self, self._own_actions())
        self._cards_turn = QTimer(self)
        self._cards_turn.setSingleShot(True)
        self._cards_turn.setInterval(_CARDS_LATER_MS)
        self._cards_turn.timeout.connect(self._show_cards)
        bridge.changed.connect(self._changed)
        words.changed.connect(self.retranslate)
        self.retranslate()
        self._show_cards()

    # --- what the shell offers to presenters -------------------------------------------------------------

    @property
    def theme(self) -> Theme:
        """The look in force."""
        return self._theme

    @property
    def formats(self) -> Formats:
        """The way to write dates and numbers now."""
        return self._words.formats

    @property
    def bridge(self) -> Bridge:
        """The way to run a coroutine of the services."""
        return self._bridge

    def go(self, target: Target) -> None:
        """Changes client and room when needed, then reveals the item. A client that is gone or in trouble is not entered."""
        if target.client is not None and not self._enterable(target.client):
            return
        if target.room not in self._rooms:
            raise KeyError(target.room)
        if target.client != self._client:
            self._leave_scope()
            self._client = target.client
            self._dress()
        self._show_room(target.room)
        if target.item is not None:
            self._presenters[target.room].reveal(target.item)

    def toast(self, text: str, undo: Callable[[], None] | None = None) -> None:
        """Says in passing that something was done."""
        self._toast.say(text, undo, self.tr("Undo"), self.tr("Close"))

    def note(self, text: str) -> None:
        """Says something that nobody asked for; it gives way to what is being said, whose undo must not vanish."""
        if self._made_toast is None or self._made_toast.isHidden():
            self.toast(text)

    def ask(self, question: Question) -> bool:
        """Asks before something that can't be taken back."""
        card = self._cards.get(question.client) if question.client is not None else None
        from cmdesk.ui.widgets.dialog import Confirmation  # start-up speed: nobody is asked before the first paint

        dialog = Confirmation(
            self._theme,
            self,
            title=question.title,
            text=question.text,
            confirm=question.confirm,
            cancel=self.tr("Cancel"),
            danger=question.danger,
            name=card.name if card is not None else self.tr("All clients"),
            colour=card.colour if card is not None else None,
        )
        answer = dialog.exec()
        dialog.deleteLater()
        return bool(answer)

    def add_client(self) -> None:
        """Asks for a new client."""
        self.add_wanted.emit()

    def open_link(self, url: str, shown: str = "") -> None:
        """Opens a link the user clicked."""
        from cmdesk.ui.links import open_link  # start-up speed: nothing is clicked before the first paint

        open_link(url, self._opener, self._ask_link, shown)

    # --- what app.py needs ---------------------------------------------------------------------------------

    @property
    def client(self) -> ClientId | None:
        """The client on screen; None for all."""
        return self._client

    @property
    def room(self) -> str:
        """The room on screen, "" before the first."""
        return self._room.key if self._room is not None else ""

    @property
    def cards(self) -> Sequence[ClientCard]:
        """The clients of the rail as they are shown now."""
        return tuple(self._cards.values())

    def add_provider(self, provider: Provider) -> None:
        """Adds jump targets to the palette (posts, threads, labels, settings)."""
        self._more_providers.append(provider)

    def say(self, tone: str, text: str, actions: Sequence[tuple[str, Callable[[], object]]] = ()) -> None:
        """A sentence over every screen until ``hush``: no network, a full disk, a client that failed to open."""
        self._banner.say(tone, text, actions)

    def hush(self) -> None:
        """Takes the sentence away."""
        self._banner.dismiss()

    def set_offline(self, offline: bool) -> None:
        """Shows or hides the offline mark, and tells the rooms that have something to say about it."""
        self._no_network = offline
        self._offline.setVisible(offline)
        for presenter in self._presenters.values():
            if isinstance(presenter, HearsNetwork):
                presenter.set_offline(offline)

    def refresh_cards(self) -> None:
        """Reads the clients again; leaves a client that is gone."""
        self._show_cards()

    # --- building -----------------------------------------------------------------------------------------------

    def _build(self) -> None:
        theme, sizes = self._theme, self._theme.sizes
        self._rail = Rail(theme)
        self._rail.chosen.connect(self._choose_client)
        self._rail.add_wanted.connect(self.add_wanted)
        self._rail.repair_wanted.connect(self.repair_wanted)
        self._rail.menu_wanted.connect(self.client_menu_wanted)
        self._settings_button = IconButton(theme, "settings")
        self._settings_button.clicked.connect(lambda: self.go(Target("preferences", self._client)))
        self._rail.foot.addWidget(self._settings_button)
        self._settings_button.setVisible("preferences" in self._rooms)
        self._band = IdentityBand(theme)
        self._offline = IconButton(theme, "offline")
        self._offline.hide()
        self._find = IconButton(theme, "search")
        self._find.clicked.connect(lambda _on=False: self._open_palette())
        self._more = IconButton(theme, "more")
        self._menu = QMenu(self)
        self._menu.aboutToShow.connect(self._fill_menu)
        self._more.setMenu(self._menu)
        for tool in (self._offline, self._find, self._more):
            self._band.tools.addWidget(tool)
        self._tabs = {room.key: Tab(theme, "", room.icon) for room in self._rooms.values() if room.tab}
        for key, tab in self._tabs.items():
            tab.clicked.connect(partial(self._tab_clicked, key))
        self._tab_bar = QWidget()
        row(self._tab_bar, *self._tabs.values(), gap=0, margins=(sizes.half, 0, sizes.half, 0)).addStretch(1)
        self._line = Hairline(theme)
        self._banner = Banner(theme, edge=True)
        self._stack = QStackedWidget()
        self._stack.setProperty("surface", "content")
        right = column(None, self._band, self._tab_bar, self._line, self._banner)
        right.addWidget(self._stack, 1)
        middle = QWidget()
        layout = row(middle, self._rail)
        layout.addLayout(right, 1)
        self.setCentralWidget(middle)
        self._middle = middle
        theme.changed.connect(self._dress)

    def _own_actions(self) -> list[Action]:
        actions = [
            Action(
                "window.palette",
                lambda: self.tr("Search or jump"),
                self._open_palette,
                ("Ctrl+K",),
                Scope.WINDOW,
                icon="search",
            ),
            Action(
                "window.commands",
                lambda: self.tr("All actions"),
                partial(self._open_palette, "> "),
                ("Ctrl+Shift+P",),
                Scope.WINDOW,
                icon="command",
            ),
            Action("window.add_client", lambda: self.tr("New client"), self.add_wanted.emit, (), Scope.WINDOW, icon="plus"),
            Action(
                "window.desk",
                lambda: self.tr("All clients"),
                lambda: self._choose_client(None),
                ("Ctrl+0",),
                Scope.WINDOW,
                icon="desk",
            ),
        ]
        actions += [
            Action(
                f"window.client_{number}",
                partial(self._client_words, number),
                partial(self._choose_number, number),
                (f"Ctrl+{number}",),
                Scope.WINDOW,
                hidden=True,
            )
            for number in range(1, NUMBERED + 1)
        ]
        actions += [
            Action(
                f"window.room_{key}",
                self._rooms[key].title,
                partial(self._show_room, key),
                (f"Alt+{number}",),
                Scope.WINDOW,
                icon=self._rooms[key].icon,
            )
            for number, key in enumerate(self._tabs, 1)
        ]
        actions += [
            Action(
                f"window.{key}",
                self._rooms[key].title,
                partial(self._go_here, key),
                (keys,),
                Scope.WINDOW,
                icon=self._rooms[key].icon,
            )
            for key, keys in (("late", "Ctrl+Shift+L"), ("journal", "Ctrl+Shift+J"))
            if key in self._rooms
        ]
        if "preferences" in self._rooms:
            words = self._rooms["preferences"].title
            actions.append(
                Action(
                    "window.preferences",
                    words,
                    lambda: self.go(Target("preferences", self._client)),
                    ("Ctrl+,",),
                    Scope.WINDOW,
                    icon="settings",
                )
            )
        actions += [
            Action(
                "window.keys", lambda: self.tr("Keyboard shortcuts"), self._show_keys, ("?", "F1"), Scope.WINDOW, icon="keyboard"
            ),
            Action("window.quit", lambda: self.tr("Quit"), self._quit, ("Ctrl+Q",), Scope.WINDOW, icon="close"),
        ]
        return actions

    def _fill_menu(self) -> None:
        self._menu.clear()
        for group in (("window.palette", "window.add_client"), ("window.preferences", "window.keys"), ("window.quit",)):
            for id_ in group:
                if any(action.id == id_ for action in self.actions_alive.all()):
                    self._menu.addAction(self.actions_alive.menu_entry(id_))
            self._menu.addSeparator()

    def retranslate(self) -> None:
        """Words of the language in force; the screens' own views follow by themselves."""
        self._offline.set_name(self.tr("No network. What you write is kept and goes out when the network is back."))
        self._more.set_name(self.tr("More"))
        for key, tab in self._tabs.items():
            tab.rename(self._rooms[key].title())
        self.actions_alive.retranslate()
        self._find.set_name(with_keys(self.tr("Search or jump"), self.actions_alive.action("window.palette")))
        if "preferences" in self._rooms:
            self._settings_button.set_name(
                with_keys(self._rooms["preferences"].title(), self.actions_alive.action("window.preferences"))
            )
        if sys.platform == "darwin":
            self._fill_menu_bar()
        self._dress()
        for presenter in self._presenters.values():
            presenter.retranslate()
        self.spoke.emit()

    def _quit(self) -> None:
        self.window().close()

    def _fill_menu_bar(self) -> None:
        """Fills the menus that macOS shows at the top of the screen, which are those of the frame."""
        frame = self.window()
        bar = (frame if isinstance(frame, QMainWindow) else self).menuBar()
        bar.clear()
        menu = bar.addMenu(self.tr("Go"))
        for action in self.actions_alive.all():
            if action.scope is Scope.WINDOW:
                menu.addAction(self.actions_alive.menu_entry(action.id))

    # --- clients and rooms ----------------------------------------------------------------------------------------

    def _choose_client(self, client: ClientId | None) -> None:
        room = self._room.key if self._room is not None and self._room.tab else self._last_tab
        self.go(Target(room, client))

    def _go_here(self, room: str) -> None:
        self.go(Target(room, self._client))

    def _choose_number(self, number: int) -> None:
        clients = [card for card in self._cards.values() if card.trouble is None]
        if number <= len(clients):
            self._choose_client(clients[number - 1].id)

    def _enterable(self, client: ClientId) -> bool:
        card = self._cards.get(client)
        return card is not None and card.trouble is None

    def _show_room(self, key: str) -> None:
        room = self._rooms[key]
        if key not in self._views:
            self._views[key] = room.make_view(self._theme)
            self._stack.addWidget(self._views[key])
        if self._room is not room:
            self._end_room_actions()
            self._room = room
        if room.tab:
            self._last_tab = key
        view = self._views[key]
        if key not in self._presenters:
            self._end_room_actions()
            scope = self._scopes.scope(None if room.scope_less else self._client)
            presenter = self._presenters[key] = room.make_presenter(view, scope, self)
            self._stale.pop(key, None)
            if self._no_network and isinstance(presenter, HearsNetwork):
                presenter.set_offline(True)
        elif key in self._stale:
            self._presenters[key].refresh(self._stale.pop(key))
        if not self._room_actions:
            self._room_actions = tuple(self._presenters[key].actions())
            self.actions_alive.add(view, self._room_actions)
        self._stack.setCurrentWidget(view)
        if self._made_palette is None or not self._made_palette.isVisible():
            view.setFocus(Qt.FocusReason.OtherFocusReason)
        for part in (self._rail, self._band, self._tab_bar, self._line):
            part.setVisible(not room.alone)
        self._mark_tab(room)
        self._title()
        self.entered.emit()

    def _mark_tab(self, room: Room) -> None:
        for key, tab in self._tabs.items():
            tab.setAutoExclusive(False)
            tab.setChecked(key == room.key)
            tab.setAutoExclusive(room.tab)

    def _end_room_actions(self) -> None:
        self.actions_alive.remove(self._room_actions)
        self._room_actions = ()

    def _leave_scope(self) -> None:
        """Closes every presenter of the scope: even when one fails to close, none stays."""
        if self._made_toast is not None:
            self._made_toast.hide()  # its undo belongs to the client that is left
        if self._made_palette is not None:
            self._made_palette.close_panel()
        self._end_room_actions()
        presenters, self._presenters = self._presenters, {}
        self._stale.clear()
        with ExitStack() as stack:
            for presenter in presenters.values():
                stack.callback(presenter.close)

    def _show_cards(self) -> None:
        self._cards = {card.id: card for card in self._scopes.cards()}
        self._rail.show_cards(list(self._cards.values()))
        if self._client is not None and not self._enterable(self._client):
            self._choose_client(None)
        self._dress()
        self.counted.emit()

    def _dress(self) -> None:
        """Band, tabs and rail in the client's colour."""
        card = self._cards.get(self._client) if self._client is not None else None
        colour = card.colour if card is not None else None
        self._band.set_client(card.name if card is not None else self.tr("All clients"), colour)
        tones = self._theme.tones(colour)
        for tool in (self._offline, self._find, self._more):
            tool.set_ink(tones.on_band)
        for tab in self._tabs.values():
            tab.set_tones(tones)
        self._count_awaiting(sum(one.awaiting for one in self._cards.values()) if card is None else card.awaiting)
        self._rail.choose(self._client)
        self._title()

    def _count_awaiting(self, count: int) -> None:
        """How many wait for an answer, on the inbox's tab too: the rail's badges are small."""
        tab = self._tabs.get("inbox")
        if tab is not None:
            tab.set_count(count)
            said = self.tr("%n awaiting an answer", "", count) if count else ""
            tab.setAccessibleName(f"{tab.text()}, {said}" if said else tab.text())

    def _title(self) -> None:
        card = self._cards.get(self._client) if self._client is not None else None
        client = card.name if card is not None else self.tr("All clients")
        room = self._room.title() if self._room is not None else ""
        self.setWindowTitle(self.tr("{client} · {room}").format(client=client, room=room) if room else client)

    def _changed(self, changes: Changes) -> None:
        """A change notice: the rail follows; the room on screen reads again, the others when they are seen."""
        if Topic.CLIENT in changes.topics:
            self._show_cards()
        elif changes.topics & _ON_CARDS:
            # Only numbers: in the next turn, so that a key or a paint has its turn between them and the room's reading.
            self._cards_turn.start()
        if self._client is not None and changes.client not in {None, self._client}:
            return
        for key, presenter in list(self._presenters.items()):
            if self._room is not None and key == self._room.key:
                presenter.refresh(changes)
            else:
                before = self._stale.get(key)
                self._stale[key] = changes if before is None else _widened(before, changes)

    # --- palette, keys, links ---------------------------------------------------------------------------------

    @property
    def _palette(self) -> Palette:
        if self._made_palette is None:
            from cmdesk.ui.palette import Palette, Provider  # start-up speed: built when it is asked for

            own = [Provider(">", self._action_entries), Provider("@", self._client_entries), Provider("", self._room_entries)]
            self._made_palette = Palette(self._theme, self._middle, lambda: [*own, *self._more_providers])
        return self._made_palette

    @property
    def _toast(self) -> Toast:
        if self._made_toast is None:
            from cmdesk.ui.widgets.toast import Toast  # start-up speed: there is nothing to say yet

            self._made_toast = Toast(self._theme, self._stack)
        return self._made_toast

    def _action_entries(self, _text: str) -> list[Entry]:
        from cmdesk.ui.palette import Entry  # start-up speed, as above

        actions = [action for action in self.actions_alive.all() if not action.hidden and action.enabled()]
        return [
            Entry(
                f"action:{action.id}",
                action.text(),
                partial(self.actions_alive.trigger, action.id),
                hint=with_keys("", action).strip(" ()"),
                icon=action.icon or "arrow-right",
            )
            for action in actions
            if action.id not in {"window.palette", "window.commands"}
        ]

    def _client_entries(self, _text: str) -> list[Entry]:
        from cmdesk.ui.palette import Entry  # start-up speed, as above

        desk = Entry("action:window.desk", self.tr("All clients"), lambda: self._choose_client(None), icon="desk", weight=1)
        clients = [
            Entry(
                f"client:{card.id}",
                card.name,
                partial(self._choose_client, card.id),
                disc=(card.initials, card.colour),
                weight=2,
            )
            for card in self._cards.values()
            if card.trouble is None
        ]
        return [desk, *clients]

    def _room_entries(self, _text: str) -> list[Entry]:
        from cmdesk.ui.palette import Entry  # start-up speed, as above

        return [
            Entry(
                f"action:window.room_{key}",
                self._rooms[key].title(),
                partial(self._show_room, key),
                icon=self._rooms[key].icon,
            )
            for key in self._tabs
        ]

    def _open_palette(self, typed: str = "") -> None:
        self._palette.open(typed)

    def _client_words(self, number: int) -> str:
        return self.tr("Client {number}").format(number=number)

    def _tab_clicked(self, key: str, _on: bool = False) -> None:
        self._show_room(key)

    def _show_keys(self) -> None:
        extra = [
            (
                self.tr("Client 1 to 9"),
                with_keys("", self.actions_alive.action("window.client_1")).strip(" ()").replace("1", "1…9"),
            )
        ]
        from cmdesk.ui.cheatsheet import CheatSheet  # start-up speed: built when it is asked for

        sheet = CheatSheet(self._theme, self, self.actions_alive.all(), extra)
        sheet.exec()
        sheet.deleteLater()

    def _ask_link(self, link: Link) -> bool:
        from cmdesk.ui.links import Why  # start-up speed, as above

        match link.asks:
            case Why.MAIL:
                text = self.tr("This starts a letter to {address} in your mail program.").format(
                    address=link.url.removeprefix("mailto:")
                )
            case Why.OTHER_HOST:
                text = self.tr("The text names another place, but the link leads to {host}.").format(host=link.host)
            case _:
                text = self.tr("The address uses letters that can look like others. It leads to {host}.").format(host=link.host)
        return self.ask(Question(self.tr("Open this link?"), text, self.tr("Open"), self._client))

    # --- coming and going -----------------------------------------------------------------------------------------

    def changeEvent(self, event: QEvent) -> None:
        """Brings the menus of macOS along into the frame."""
        if event.type() is QEvent.Type.ParentChange and sys.platform == "darwin":
            self._fill_menu_bar()
        super().changeEvent(event)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closes the presenters, which save what is being typed."""
        self._leave_scope()
        self.closing.emit()
        super().closeEvent(event)


def _widened(one: Changes, other: Changes) -> Changes:
    """Two notices as one; of two clients it becomes one of the whole desk."""
    if one.client == other.client:
        return merged(one, other)
    return Changes(None, one.topics | other.topics)
