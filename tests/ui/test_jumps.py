"""A few words lead to a post, a message or a setting, by keyboard alone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cmdesk.domain.errors import DatabaseDamaged
from cmdesk.services import searching
from cmdesk.ui.composer.view import PostsView
from cmdesk.ui.inbox.presenter import InboxPresenter
from cmdesk.ui.palette import Palette
from tests.helpers.clocks import FakeClock
from tests.helpers.keyrings import InMemoryKeyring
from tests.journeys.whole_program import Her


@pytest.fixture
def her(qtbot: QtBot, qapp: QApplication, scratch_home: Path, memory_keyring: InMemoryKeyring) -> Iterator[Her]:
    person = Her(qtbot, qapp, scratch_home, FakeClock(datetime(2026, 11, 24, 15, 12, tzinfo=UTC)), memory_keyring, locale="en-CA")
    person.starts(practice=True)
    person.until(lambda: person.told[-1:] == ["usable"] and len(person.window.cards) == 3)
    person.window.activateWindow()
    person.until(person.window.isActiveWindow)
    yield person
    person.quits()


def types(her: Her, words: str) -> Palette:
    """She opens the palette by its key and types."""
    QTest.keyClick(her.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = her.window.findChild(Palette)
    assert palette is not None
    her.until(palette.isVisible)
    QTest.keyClicks(her.window.focusWidget(), words)
    return palette


def enter(her: Her) -> None:
    QTest.keyClick(her.window.focusWidget(), Qt.Key.Key_Return)


def test_words_of_a_message_lead_to_it_with_its_client(her: Her) -> None:
    palette = types(her, "#ketchup")
    entry = palette.entries[0]
    assert entry.marks
    assert next(entry.detail[start:end].casefold() for start, end in entry.marks).startswith("ketchup")
    assert entry.disc is not None
    client = entry.key.split(":")[1]
    enter(her)
    assert her.window.client == client
    assert her.sees in {"inbox", "posts"}


def test_words_of_a_post_lead_to_the_composer(her: Her) -> None:
    palette = types(her, "#Spoiler")
    posts = [entry for entry in palette.entries if entry.key.startswith("post:")]
    assert len(posts) == 1
    enter(her)
    assert her.sees == "posts"
    view = her.window.findChild(PostsView)
    assert view is not None
    her.until(lambda: "Spoiler" in view.page.paper.toPlainText())


def test_a_message_is_opened_in_the_inbox(her: Her) -> None:
    palette = types(her, "tourtiere")
    keys = [entry.key for entry in palette.entries]
    place = next(number for number, key in enumerate(keys) if key.startswith("message:"))
    for _ in range(place):
        QTest.keyClick(her.window.focusWidget(), Qt.Key.Key_Down)
    enter(her)
    assert her.sees == "inbox"
    opened = int(keys[place].split(":")[2])
    presenter = her.window._presenters["inbox"]
    assert isinstance(presenter, InboxPresenter)
    assert presenter._talk.open is not None
    assert presenter._talk.open.message.id == opened


def test_the_name_of_a_setting_leads_to_the_preferences(her: Her) -> None:
    palette = types(her, "text size")
    assert palette.entries[0].title == "Text size"
    enter(her)
    assert her.sees == "preferences"


def test_one_letter_and_nonsense_find_nothing_of_posts_and_break_nothing(her: Her) -> None:
    for words in ('"', "a", "AND OR NOT", "*", "'; DROP TABLE post;--", "\u202e\u200f", "NEAR(", "x" * 5000):
        palette = types(her, "")
        palette._field.setText("#" + words)
        assert len(palette.entries) <= 12
        QTest.keyClick(her.window.focusWidget(), Qt.Key.Key_Escape)


def test_a_file_that_cannot_be_read_keeps_nobody_from_the_rest(her: Her, monkeypatch: pytest.MonkeyPatch) -> None:
    def damaged(*_args: object, **_more: object) -> None:
        raise DatabaseDamaged

    monkeypatch.setattr(searching, "search", damaged)
    palette = types(her, "inbox")
    assert palette.entries[0].title == "Inbox"
