"""Every room in both languages and both looks: it opens, has names for ears, is walked by Tab, and leaves nothing behind."""

from __future__ import annotations

import gc
import sys
import weakref
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QApplication, QComboBox, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from cmdesk.ui.i18n import Tongue
from cmdesk.ui.screens import Target
from cmdesk.ui.theme import Scheme
from tests.helpers.clocks import FakeClock
from tests.helpers.keyrings import InMemoryKeyring
from tests.journeys.whole_program import Her

ROOMS = ("today", "calendar", "posts", "inbox", "accounts", "preferences", "welcome", "late", "journal")
TABS = ROOMS[:5]
INTERACTIVE = (QAbstractButton, QLineEdit, QPlainTextEdit, QComboBox, QAbstractItemView)


@pytest.fixture
def raised(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was raised where nobody catches it: in slots and events."""
    found: list[str] = []

    def keep(kind: type[BaseException], error: BaseException, _where: TracebackType | None) -> None:
        found.append(f"{kind.__name__}: {error}")

    monkeypatch.setattr(sys, "excepthook", keep)
    return found


@pytest.fixture
def her(qtbot: QtBot, qapp: QApplication, scratch_home: Path, memory_keyring: InMemoryKeyring) -> Iterator[Her]:
    person = Her(qtbot, qapp, scratch_home, FakeClock(datetime(2026, 11, 24, 15, 12, tzinfo=UTC)), memory_keyring)
    person.starts(practice=True)
    person.until(lambda: person.told[-1:] == ["usable"] and len(person.window.cards) == 3)
    person.window.window().resize(1280, 720)
    person.window.activateWindow()
    person.until(person.window.isActiveWindow)
    yield person
    person.quits()


def settle() -> None:
    for _ in range(4):
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


def dress(her: Her, tongue: Tongue, scheme: Scheme) -> None:
    her.root._words.choose(tongue)
    her.root.theme.choose(scheme)
    settle()


def nameless(window: QWidget) -> list[str]:
    """Interactive widgets on the screen that a screen reader could not name."""
    found = []
    for widget in window.findChildren(QWidget):
        if not isinstance(widget, INTERACTIVE) or not widget.isVisible() or not widget.isEnabled():
            continue
        if widget.focusPolicy() is Qt.FocusPolicy.NoFocus:
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if not interface.text(QAccessible.Text.Name).strip():
            parent = widget.parentWidget()
            found.append(f"{type(widget).__name__} in {type(parent).__name__}")
    return found


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
@pytest.mark.parametrize("tongue", [Tongue.FR_CA, Tongue.EN_CA])
def test_every_room_opens_and_everything_in_it_has_a_name(her: Her, raised: list[str], tongue: Tongue, scheme: Scheme) -> None:
    dress(her, tongue, scheme)
    faults = []
    for client in (None, *(card.id for card in her.window.cards)):
        for room in ROOMS:
            her.window.go(Target(room, client))
            settle()
            assert her.sees == room
            assert not her.window.grab().isNull()
            faults += [f"{room}: {fault}" for fault in nameless(her.window)]
    assert not faults, sorted(set(faults))
    assert not raised


@pytest.mark.parametrize("room", ROOMS)
def test_tab_walks_through_the_room_and_comes_back(her: Her, raised: list[str], room: str) -> None:
    her.window.go(Target(room, her.window.cards[0].id))
    settle()
    seen: list[QWidget] = []
    for _ in range(300):
        QTest.keyClick(her.window.focusWidget(), Qt.Key.Key_Tab)
        focused = her.window.focusWidget()
        assert focused is not None
        assert focused.isVisible(), focused
        if focused in seen:
            break
        seen.append(focused)
    assert len(seen) >= 2
    assert her.window.focusWidget() in seen[:2], f"the walk never comes back: {[type(one).__name__ for one in seen[-6:]]}"
    assert not raised


def test_language_and_look_change_while_each_room_is_open(her: Her, raised: list[str]) -> None:
    for room in ROOMS:
        her.window.go(Target(room, her.window.cards[1].id))
        for tongue, scheme in ((Tongue.EN_CA, Scheme.DARK), (Tongue.FR_CA, Scheme.LIGHT), (Tongue.EN_CA, Scheme.LIGHT)):
            dress(her, tongue, scheme)
            assert not her.window.grab().isNull()
    assert not raised


def census(window: QWidget) -> Counter[str]:
    settle()
    gc.collect()
    settle()
    return Counter(type(widget).__name__ for widget in window.findChildren(QWidget))


def test_thirty_switches_of_client_leave_no_widget_and_no_presenter_behind(her: Her, raised: list[str]) -> None:
    clients = [card.id for card in her.window.cards]
    presenters: list[weakref.ref[object]] = []

    def round_trip() -> None:
        for client in clients:
            for room in TABS:
                her.window.go(Target(room, client))
                settle()
                presenters.append(weakref.ref(her.window._presenters[room]))

    round_trip()
    round_trip()
    her.window.go(Target("today", clients[0]))
    before = census(her.window)
    presenters.clear()
    for _ in range(10):
        round_trip()
    her.window.go(Target("today", clients[0]))
    after = census(her.window)
    grown = {name: (before[name], count) for name, count in after.items() if count > before[name]}
    assert not grown

    def kept() -> Counter[str]:
        """Presenters of rooms that were left."""
        gc.collect()
        here = {id(one) for one in her.window._presenters.values()}
        return Counter(type(one).__name__ for ref in presenters if (one := ref()) is not None and id(one) not in here)

    her.until(lambda: not kept())
    assert not raised
