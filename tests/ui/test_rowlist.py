"""A list keeps the pictures of its rows, and never one of another theme, another state or other words."""

from __future__ import annotations

from collections.abc import Hashable

import pytest
from msgspec import Struct
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from cmdesk.ui.rows import RowsModel
from cmdesk.ui.theme import Scheme, Theme
from cmdesk.ui.widgets.rowlist import RowList, RowLook, RowPainter


class Line(Struct, frozen=True):
    key: Hashable
    words: str


@pytest.fixture
def rows(theme: Theme, qtbot: QtBot) -> tuple[RowList, RowsModel[Line]]:
    made, model = RowList(theme), RowsModel[Line](describe=lambda line: line.words)
    qtbot.addWidget(made)
    made.resize(360, 400)
    made.set_rows(model, lambda line: RowLook(line.words, "Bonjour"))
    model.show([Line(1, "Zoé"), Line(2, "Luc")])
    made.show()
    return made, model


def picture(rows: RowList) -> QImage:
    return rows.viewport().grab().toImage()


def test_a_row_that_moved_looks_the_same_and_a_changed_one_is_painted_anew(rows: tuple[RowList, RowsModel[Line]]) -> None:
    made, model = rows
    first = picture(made)
    high = made.rowHeight(0)
    model.show([Line(3, "Ève"), Line(1, "Zoé"), Line(2, "Luc")])
    moved = picture(made)
    assert moved.copy(0, high, 360, high) == first.copy(0, 0, 360, high)
    model.show([Line(1, "Zoé B."), Line(2, "Luc")])
    assert picture(made).copy(0, 0, 360, high) != first.copy(0, 0, 360, high)


def test_another_theme_or_choice_never_shows_an_old_picture(rows: tuple[RowList, RowsModel[Line]], theme: Theme) -> None:
    made, _model = rows
    light = picture(made)
    made.choose(0)
    assert picture(made) != light
    made.clearSelection()
    theme.choose(Scheme.DARK)
    dark = picture(made)
    assert dark.pixelColor(2, 2).lightness() < 100
    assert all(dark.pixelColor(x, made.rowHeight(0) // 2).lightness() < 255 for x in (2, 180, 350))
    theme.choose(Scheme.LIGHT)
    assert picture(made).pixelColor(2, 2) == light.pixelColor(2, 2)


def test_no_more_pictures_are_kept_than_said(rows: tuple[RowList, RowsModel[Line]]) -> None:
    made, model = rows
    for number in range(200):
        model.show([Line(number, f"Person {number}")])
        picture(made)
    painter = made.itemDelegate()
    assert isinstance(painter, RowPainter)
    assert len(painter._kept) == RowPainter.KEPT
