"""A million messages in one client: prints how long opening, scrolling and searching take; judges only what is shown."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from build_scripts.fill import fill
from cmdesk.domain.client import Client, Colour, Language
from cmdesk.domain.ids import ClientId
from cmdesk.ui.i18n import Formats
from cmdesk.ui.theme import Theme
from tests.ui.inbox.stage import Stage

#: How many messages; the whole million where somebody asks for it, else enough to need pages.
COUNT = int(os.environ.get("CMDESK_MESSAGES", "20000"))


def _milliseconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


@pytest.mark.slow
@pytest.mark.timeout(600)
def test_a_very_long_inbox_opens_scrolls_and_searches(qtbot: QtBot, theme: Theme, english: Formats, tmp_path: Path) -> None:
    made = datetime(2024, 11, 22, 12, tzinfo=UTC)
    client = Client(ClientId("bakeryaa"), "Boulangerie Rose", Colour.RUBY, "America/Toronto", Language.FR_CA, made)
    folder = tmp_path / "home" / "clients" / client.id
    fill(folder / "client.sqlite", client, messages=COUNT)
    (folder / "media").mkdir()
    stage = Stage(tmp_path / "home", theme, english)
    qtbot.addWidget(stage.view)
    try:
        ws = stage.desk.workspaces[0]
        figures = [f"{COUNT} messages"]
        figures.append(f"open {_milliseconds(lambda: stage.open(ws)):.0f} ms")

        def everything() -> None:
            stage.view.state_chosen.emit("all")
            QApplication.processEvents()

        figures.append(f"all, first page and whole list {_milliseconds(everything):.0f} ms")
        rows = stage.view.rows
        model = rows.list.model()
        assert model.rowCount() > COUNT * 0.9
        bar = rows.list.verticalScrollBar()

        def jump(step: int) -> Callable[[], None]:
            def scroll() -> None:
                bar.setValue(bar.maximum() * step // 200)
                rows.list.viewport().repaint()

            return scroll

        frames = [_milliseconds(jump(step)) for step in range(1, 200)]
        figures.append(f"scroll frame median {median(frames):.1f} p95 {quantiles(frames, n=20)[-1]:.1f} ms")

        def flow(value: int) -> Callable[[], None]:
            def scroll() -> None:
                bar.setValue(value)
                rows.list.viewport().repaint()

            return scroll

        start = bar.maximum() // 2
        frames = [_milliseconds(flow(start + step * 90)) for step in range(200)]
        figures.append(f"wheel frame median {median(frames):.1f} p95 {quantiles(frames, n=20)[-1]:.1f} ms")

        def seek(words: str) -> Callable[[], None]:
            def search() -> None:
                rows.search.setText(words)
                rows.search.returnPressed.emit()
                rows.list.viewport().repaint()

            return search

        questions = ("pain", "levain", "brioche era", "bonjour", "the", "zoé gagnon", "xylo")
        asked = [_milliseconds(seek(words)) for words in questions]
        figures.append(f"search median {median(asked):.0f} worst {max(asked):.0f} ms")
        print("; ".join(figures))  # noqa: T201 - the figures are what this is run for
        assert rows.list.model() is not model
    finally:
        stage.close()
