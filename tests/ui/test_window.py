"""The shell: the right client on every screen, actions once, everything by keyboard and with a name."""

import concurrent.futures
from collections.abc import Coroutine, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, TypeVar

import pytest
from msgspec.structs import replace
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from cmdesk.domain.changes import Changes, Topic
from cmdesk.domain.client import Colour
from cmdesk.domain.ids import ClientId
from cmdesk.domain.views import ClientCard, FileTrouble
from cmdesk.ui.actions import Action, Actions, Clash, Scope
from cmdesk.ui.bridge import Bridge
from cmdesk.ui.i18n import Tongue, Words
from cmdesk.ui.palette import Entry, Provider, search
from cmdesk.ui.screens import Room, Shell, Target
from cmdesk.ui.theme import Theme
from cmdesk.ui.widgets.datefield import DateTimeField
from cmdesk.ui.widgets.fields import Field, FormRow, SearchField
from cmdesk.ui.widgets.states import CountRing, EmptyState, StateChip
from cmdesk.ui.window import Window

T = TypeVar("T")
BAKERY, THEATRE, BROKEN = ClientId("bakeryaa"), ClientId("theatrea"), ClientId("brokenaa")
CARDS = [
    ClientCard(BAKERY, "Boulangerie du Coin", Colour.RUBY, "BC", awaiting=3, needs_you=1),
    ClientCard(THEATRE, "Théâtre de la Butte", Colour.PLUM, "TB"),
    ClientCard(BROKEN, "brokenaa", Colour.SLATE, "B", trouble=FileTrouble.DAMAGED),
]


class NoEngine:
    def submit(self, coroutine: Coroutine[Any, Any, T]) -> concurrent.futures.Future[T]:
        raise AssertionError(coroutine)


class Log:
    """What presenters were told, in order."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.open: list[str] = []


class Presenter:
    def __init__(self, log: Log, room: str, scope: str) -> None:
        self._log, self._name = log, f"{room}/{scope}"
        log.open.append(self._name)

    def refresh(self, changes: Changes) -> None:
        self._log.lines.append(f"{self._name} {sorted(topic.value for topic in changes.topics)}")

    def reveal(self, item: object) -> None:
        self._log.lines.append(f"{self._name} shows {item}")

    def retranslate(self) -> None:
        self._log.lines.append(f"{self._name} speaks")

    def actions(self) -> Sequence[Action]:
        room = self._name.partition("/")[0]
        return [Action(f"{room}.new", lambda: f"New in {room}", lambda: self._log.lines.append("new"), ("Ctrl+N",))]

    def close(self) -> None:
        self._log.open.remove(self._name)


class Desk:
    def __init__(self) -> None:
        self.shown = list(CARDS)

    def cards(self) -> Sequence[ClientCard]:
        return self.shown

    def scope(self, client: ClientId | None) -> Any:
        assert client != BROKEN
        return client or "desk"


def empty_view(theme: Theme) -> QWidget:
    return EmptyState(theme, "inbox")


def room(key: str, log: Log, **more: Any) -> Room:
    def make_presenter(_view: QWidget, scope: Any, _shell: Shell) -> Presenter:
        return Presenter(log, key, str(scope))

    return Room(key, "today", key.title, empty_view, make_presenter, **more)


@pytest.fixture
def log() -> Log:
    return Log()


@pytest.fixture
def desk() -> Desk:
    return Desk()


@pytest.fixture
def opened() -> list[str]:
    return []


@pytest.fixture
def window(theme: Theme, qtbot: QtBot, tmp_path: Path, log: Log, desk: Desk, opened: list[str]) -> Iterator[Window]:
    words = Words(tmp_path, Tongue.EN_CA)

    def keep(url: str) -> bool:
        opened.append(url)
        return True

    window = Window(
        theme=theme,
        words=words,
        bridge=Bridge(NoEngine()),
        rooms=[
            room("today", log),
            room("inbox", log),
            room("preferences", log, tab=False, scope_less=True),
            room("welcome", log, tab=False, alone=True),
        ],
        scopes=desk,
        opener=keep,
    )
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    window.go(Target("today", None))
    yield window
    window.close()


def test_a_presenter_never_survives_its_client(window: Window, log: Log) -> None:
    window.go(Target("inbox", None))
    assert log.open == ["today/desk", "inbox/desk"]
    window.go(Target("today", BAKERY))
    assert log.open == [f"today/{BAKERY}"]
    window.go(Target("inbox", THEATRE, "message 5"))
    assert log.open == [f"inbox/{THEATRE}"]
    assert log.lines[-1] == f"inbox/{THEATRE} shows message 5"
    assert window.client == THEATRE
    assert "Théâtre de la Butte" in window.windowTitle()


def test_a_toast_ends_with_its_client(window: Window) -> None:
    window.go(Target("today", BAKERY))
    window.toast("Moved", lambda: None)
    assert window._toast.isVisible()
    window.go(Target("today", THEATRE))
    assert not window._toast.isVisible()


def test_a_client_in_trouble_is_not_entered_but_told(window: Window, qtbot: QtBot) -> None:
    window.go(Target("today", BROKEN))
    assert window.client is None
    with qtbot.waitSignal(window.repair_wanted) as told:
        window._rail._buttons[BROKEN].click()
    assert told.args == [BROKEN]


def test_only_the_room_on_screen_reads_again(window: Window, log: Log) -> None:
    window.go(Target("today", BAKERY))
    window.go(Target("inbox", BAKERY))
    window.bridge.changed.emit(Changes(BAKERY, frozenset({Topic.INBOX})))
    window.bridge.changed.emit(Changes(BAKERY, frozenset({Topic.POSTS})))
    window.bridge.changed.emit(Changes(THEATRE, frozenset({Topic.POSTS})))
    assert log.lines == [f"inbox/{BAKERY} ['inbox']", f"inbox/{BAKERY} ['posts']"]
    window.go(Target("today", BAKERY))
    assert log.lines[-1] == f"today/{BAKERY} ['inbox', 'posts']"


def test_a_client_that_is_gone_is_left(window: Window, desk: Desk, log: Log) -> None:
    window.go(Target("today", THEATRE))
    desk.shown = [CARDS[0], replace(CARDS[1], trouble=FileTrouble.UNREADABLE)]
    window.bridge.changed.emit(Changes(None, frozenset({Topic.CLIENT})))
    assert window.client is None
    assert log.open == ["today/desk"]


def shown_client(window: Window) -> ClientId | None:
    return window.client


def test_keys_lead_to_clients_rooms_and_actions(window: Window, log: Log, qtbot: QtBot) -> None:
    window.activateWindow()
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    assert shown_client(window) == THEATRE
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert window.room == "inbox"
    QTest.keyClick(window, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert shown_client(window) is None
    assert window.actions_alive.trigger("inbox.new")
    assert not window.actions_alive.trigger("today.new")
    assert log.lines[-1] == "new"
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    assert window._palette.isVisible()
    QTest.keyClicks(window._palette._field, "@theatre")
    assert [entry.title for entry in window._palette.entries] == ["Théâtre de la Butte"]
    QTest.keyClick(window._palette._field, Qt.Key.Key_Return)
    assert shown_client(window) == THEATRE
    assert not window._palette.isVisible()


def test_a_room_alone_hides_the_rest(window: Window) -> None:
    window.go(Target("welcome", None))
    assert not window._rail.isVisible()
    assert not window._band.isVisible()
    window.go(Target("preferences", BAKERY))
    assert window._rail.isVisible()
    window._rail._buttons[THEATRE].click()
    assert window.room == "today"


def test_links_open_through_one_door(window: Window, opened: list[str]) -> None:
    window.open_link("https://example.org/x", "example.org")
    window.open_link("file:///etc/passwd")
    assert opened == ["https://example.org/x"]


def test_the_language_reaches_rooms_and_rail(window: Window, log: Log) -> None:
    window._words.choose(Tongue.FR_CA)
    assert log.lines == ["today/desk speaks"]
    assert window.formats.french


INTERACTIVE = (QAbstractButton, QLineEdit, QTextEdit, QComboBox, QAbstractItemView)


def nameless(root: QWidget) -> list[str]:
    """The widgets that take the keyboard and don't say what they are."""
    found = []
    for widget in root.findChildren(QWidget):
        if isinstance(widget, INTERACTIVE) and widget.isVisibleTo(root) and widget.focusPolicy() is not Qt.FocusPolicy.NoFocus:
            interface = QAccessible.queryAccessibleInterface(widget)
            if not interface.text(QAccessible.Text.Name):
                found.append(f"{type(widget).__name__} {widget.objectName()}")
    return found


def test_everything_that_takes_the_keyboard_has_a_name(window: Window, qtbot: QtBot, theme: Theme) -> None:
    window.go(Target("preferences", BAKERY))
    window.set_offline(True)
    window.say("warning", "No network", [("Try again", lambda: None)])
    window.toast("Done", lambda: None)
    window._palette.open()
    empty = [view for view in window.findChildren(EmptyState) if view.isVisible()]
    empty[0].say("Nothing", "Do this first.", "Begin")
    assert nameless(window) == []
    field = DateTimeField(theme, window.formats, lambda: datetime.fromisoformat("2026-01-01 10:00"))
    row = FormRow(theme, "When", field, "hint")
    search_field = SearchField(theme, "Search")
    for widget in (row, search_field):
        qtbot.addWidget(widget)
        widget.show()
        assert nameless(widget) == []
    assert field._field.accessibleName() == "When"


def test_a_form_row_says_what_is_wrong(theme: Theme, qtbot: QtBot) -> None:
    row = FormRow(theme, "Name", Field(theme), "As the public knows it")
    qtbot.addWidget(row)
    row.set_error("Give the client a name.")
    assert row.field.accessibleDescription() == "Give the client a name."
    assert row.field.property("wrong") is True
    row.set_error("")
    assert row.field.property("wrong") is False


def test_states_and_counts(theme: Theme, qtbot: QtBot) -> None:
    chip, ring = StateChip(theme), CountRing(theme)
    qtbot.addWidget(chip)
    qtbot.addWidget(ring)
    with pytest.raises(KeyError):
        chip.set_state("nonsense", "x")
    roles = []
    for used in (10, 450, 501):
        ring.set_count(used, 500)
        roles.append(ring.role)
    assert roles == ["muted", "warning", "danger"]


def act(id_: str, *keys: str, scope: Scope = Scope.SCREEN) -> Action:
    return Action(id_, lambda: id_, lambda: None, keys, scope)


@pytest.mark.parametrize(
    ("one", "other", "clash"),
    [
        (act("a"), act("a"), True),
        (act("a", "Ctrl+N"), act("b", "Ctrl+N"), True),
        (act("a", "Ctrl+N", scope=Scope.WINDOW), act("b", "ctrl+n"), True),
        (act("a", "R", scope=Scope.LIST), act("b", "R", scope=Scope.WINDOW), True),
        (act("a", "R", scope=Scope.LIST), act("b", "R"), False),
        (act("a", "R"), act("b", "E"), False),
        (act("a"), act("b", "E", "E"), True),
    ],
)
def test_no_two_actions_share_an_id_or_a_key(qtbot: QtBot, one: Action, other: Action, clash: bool) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    actions = Actions()
    actions.add(widget, [one])
    if clash:
        with pytest.raises(Clash):
            actions.add(widget, [other])
    else:
        actions.add(widget, [other])
        assert [action.id for action in actions.all()] == ["a", "b"]
    actions.remove([one, other])
    assert actions.all() == []
    assert not widget.actions()


def test_a_disabled_action_does_nothing(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    actions, done = Actions(), []
    actions.add(widget, [Action("a", lambda: "a", lambda: done.append(1), enabled=lambda: False)])
    assert not actions.trigger("a")
    assert not actions.menu_entry("a").isEnabled()
    assert done == []


def entries(*titles: str) -> list[Entry]:
    return [Entry(title, title, lambda: None) for title in titles]


def test_prefixes_choose_where_to_look() -> None:
    providers = [
        Provider(">", lambda _text: entries("New post", "Quit")),
        Provider("@", lambda _text: entries("Newton", "Zoé")),
        Provider("#", lambda text: entries(f"label {text}"), ranked=True),
    ]
    assert [entry.title for entry in search(">new", providers)] == ["New post"]
    assert [entry.title for entry in search("@ new", providers)] == ["Newton"]
    assert [entry.title for entry in search("#sale", providers)] == ["label sale"]
    assert {entry.title for entry in search("new", providers)} == {"New post", "Newton", "label new"}
    assert len(search("", [Provider("", lambda _text: entries(*map(str, range(200))))])) == 50
