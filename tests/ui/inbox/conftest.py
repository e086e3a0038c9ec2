"""The stage, for every test of the inbox."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from cmdesk.ui.i18n import Formats
from cmdesk.ui.theme import Theme
from tests.ui.inbox.stage import Stage


@pytest.fixture
def stage(qtbot: QtBot, theme: Theme, english: Formats, tmp_path: Path) -> Iterator[Stage]:
    """An empty desk on Tuesday, December 1, 2026, nine in the morning in Toronto."""
    made = Stage(tmp_path / "home", theme, english)
    qtbot.addWidget(made.view)
    yield made
    made.close()
