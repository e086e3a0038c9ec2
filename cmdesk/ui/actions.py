"""Every action once: its words, its keys, where it holds and what it does; menus, palette and cheat sheet are drawn from it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import Enum

from msgspec import Struct
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


class Scope(Enum):
    """Where an action's keys hold."""

    WINDOW = "window"
    SCREEN = "screen"
    LIST = "list"


def _always() -> bool:
    return True


class Action(Struct, frozen=True):
    """An action. ``keys`` are portable ("Ctrl+N" is Cmd on macOS); ``hidden`` keeps it out of palette and cheat sheet."""

    id: str
    text: Callable[[], str]
    run: Callable[[], object]
    keys: tuple[str, ...] = ()
    scope: Scope = Scope.SCREEN
    enabled: Callable[[], bool] = _always
    icon: str = ""
    hidden: bool = False


class Clash(ValueError):
    """Two actions with one id, or with one key where both would hold."""


def key_text(keys: Sequence[str]) -> str:
    """The first key as this system writes it: "Ctrl+K" or "⌘K"."""
    return QKeySequence(keys[0]).toString(QKeySequence.SequenceFormat.NativeText) if keys else ""


def with_keys(text: str, action: Action) -> str:
    """Words for a tooltip, with the key that does the same."""
    keys = key_text(action.keys)
    return f"{text} ({keys})" if keys else text


class Actions(QObject):
    """The actions alive now. A room's are added while it is visible and removed with it."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._live: dict[str, tuple[Action, QAction, QWidget]] = {}
        self._keys: dict[str, frozenset[str]] = {}

    def add(self, widget: QWidget, actions: Sequence[Action]) -> None:
        """Makes actions live; their keys hold in the widget's window or, by scope, in the widget and what is inside it.

        Raises Clash when an id is taken or a key already means something there.
        """
        for action in actions:
            self._check(action)
            made = QAction(action.text().replace("&", "&&"), widget)
            made.setShortcuts([QKeySequence(key) for key in action.keys])
            whole = action.scope is Scope.WINDOW
            context = Qt.ShortcutContext
            made.setShortcutContext(context.WindowShortcut if whole else context.WidgetWithChildrenShortcut)
            made.triggered.connect(lambda _on=False, id_=action.id: self.trigger(id_))
            widget.addAction(made)
            self._live[action.id] = (action, made, widget)
            self._keys[action.id] = _sequences(action)
        self.changed.emit()

    def remove(self, actions: Sequence[Action]) -> None:
        """Ends actions; unknown ones are ignored."""
        for action in actions:
            found = self._live.pop(action.id, None)
            if found is not None:
                _action, made, widget = found
                del self._keys[action.id]
                widget.removeAction(made)
                made.deleteLater()
        self.changed.emit()

    def all(self) -> list[Action]:
        """The live actions, in the order they were added."""
        return [action for action, _made, _widget in self._live.values()]

    def action(self, id_: str) -> Action:
        """A live action; raises KeyError."""
        return self._live[id_][0]

    def menu_entry(self, id_: str) -> QAction:
        """The same action for a menu or a tool bar; raises KeyError."""
        action, made, _widget = self._live[id_]
        made.setEnabled(action.enabled())
        return made

    def trigger(self, id_: str) -> bool:
        """Does it, if it is live and enabled now; tells whether it was."""
        found = self._live.get(id_)
        if found is None or not found[0].enabled():
            return False
        found[0].run()
        return True

    def retranslate(self) -> None:
        """The language changed."""
        for action, made, _widget in self._live.values():
            made.setText(action.text().replace("&", "&&"))
        self.changed.emit()

    def _check(self, action: Action) -> None:
        if action.id in self._live:
            raise Clash(f"action {action.id} exists already")
        wanted = _sequences(action)
        if len(wanted) != len(action.keys) or "" in wanted:
            raise Clash(f"action {action.id} has an empty or repeated key")
        for other, _made, _widget in self._live.values():
            # A key of the window is also heard inside every screen: Qt would call it ambiguous and do neither.
            meet = other.scope is action.scope or other.scope is Scope.WINDOW or action.scope is Scope.WINDOW
            if meet and wanted & self._keys[other.id]:
                raise Clash(f"actions {action.id} and {other.id} share a key")


def _sequences(action: Action) -> frozenset[str]:
    """The keys as Qt tells them apart."""
    return frozenset(QKeySequence(key).toString() for key in action.keys)
