"""The foot of the composer in every width: nothing lies over anything, and the button says whole in whose name."""

from __future__ import annotations

from datetime import datetime

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from cmdesk.ui.composer.sending import LATER, Sending
from cmdesk.ui.i18n import Formats
from cmdesk.ui.theme import Theme
from cmdesk.ui.widgets.buttons import Button
from cmdesk.ui.widgets.datefield import DateTimeField
from cmdesk.ui.widgets.segments import Segments
from cmdesk.ui.widgets.text import Text

PARTS = (Segments, DateTimeField, Text, Button)


def shown(foot: Sending) -> list[tuple[QWidget, QRect]]:
    """What is seen, and where."""
    found = [part for kind in PARTS for part in foot.findChildren(kind) if part.isVisible()]
    return [(part, QRect(part.mapTo(foot, part.rect().topLeft()), part.size())) for part in found]


@pytest.mark.parametrize("width", [470, 551, 620, 808, 1100, 1500])
def test_nothing_lies_over_anything(theme: Theme, qtbot: QtBot, width: int) -> None:
    foot = Sending(theme, Formats("fr_CA"))
    qtbot.addWidget(foot)
    foot.show_when(LATER, datetime(2026, 12, 24, 14, 5), "heure de Toronto")  # noqa: DTZ001 - wall time has no zone
    foot.show_note("Choisissez une date et une heure, ou publiez maintenant.")
    foot.show_saved("Enregistré")
    foot.show_choices(when=True, cancel=True)
    foot.show_primary("Programmer comme @levainfou · Boulangerie", theme.tones(None), enabled=True)
    foot.resize(width, foot.heightForWidth(width) if foot.hasHeightForWidth() else foot.sizeHint().height())
    foot.show()
    QApplication.processEvents()
    foot.resize(width, max(foot.height(), foot.minimumSizeHint().height()))
    QApplication.processEvents()
    parts = shown(foot)
    inner = [(one, rect) for one, rect in parts if not any(one is not other and other.isAncestorOf(one) for other, _ in parts)]
    crossed = [
        (type(one).__name__, type(other).__name__)
        for place, (one, rect) in enumerate(inner)
        for other, there in inner[place + 1 :]
        if rect.intersects(there)
    ]
    assert not crossed
    assert foot.primary.width() >= foot.primary.sizeHint().width()
