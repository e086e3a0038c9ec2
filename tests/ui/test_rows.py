"""Rows: only what changed moves, so that selection and scroll stay; a million rows are shown at once."""

import random
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QAbstractItemModel, QPersistentModelIndex, QPoint, Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from pytestqt.qtbot import QtBot

from cmdesk.ui.rows import PAGE, PAGES_KEPT, ROW, PagedRows, RowsModel, _common_head, _common_tail
from cmdesk.ui.theme import Theme
from cmdesk.ui.widgets.rowlist import DiscMark, FaceMark, IconMark, RowList, RowLook


@dataclass(frozen=True)
class Line:
    key: int
    text: str = ""


def strict(model: QAbstractItemModel) -> QAbstractItemModelTester:
    return QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)


def lines(*keys: int) -> list[Line]:
    return [Line(key) for key in keys]


@given(st.lists(st.lists(st.integers(0, 12), unique=True, max_size=12), min_size=1, max_size=5))
def test_any_rows_become_any_others(pages: list[list[int]]) -> None:
    model: RowsModel[Line] = RowsModel(describe=lambda line: line.text)
    tester = strict(model)
    for page in pages:
        kept = {model.row(number).key: QPersistentModelIndex(model.index(number)) for number in range(model.rowCount())}
        model.show(lines(*page))
        assert [row.key for row in model.rows] == page
        for key, index in kept.items():
            assert index.isValid() == (key in page)
            if index.isValid():
                assert index.row() == page.index(key)
    assert tester.model() is model


def test_a_changed_row_is_told_and_an_unchanged_one_is_not(qtbot: QtBot) -> None:
    model: RowsModel[Line] = RowsModel(describe=lambda line: line.text)
    model.show(lines(1, 2, 3))
    told: list[int] = []
    model.dataChanged.connect(lambda first, _last: told.append(first.row()))
    model.show([Line(1), Line(2, "newer"), Line(3)])
    assert told == [1]
    assert model.index(1).data(Qt.ItemDataRole.AccessibleTextRole) == "newer"


def test_two_rows_with_one_key_are_refused() -> None:
    model: RowsModel[Line] = RowsModel(describe=lambda line: line.text)
    with pytest.raises(ValueError, match="one key"):
        model.show(lines(1, 1))


class Source:
    """Rows by id, counting how many were read."""

    def __init__(self) -> None:
        self.reads: list[int] = []

    def __call__(self, ids: Sequence[int]) -> list[str | None]:
        self.reads.append(len(ids))
        return [None if id_ < 0 else f"row {id_}" for id_ in ids]


def test_pages_are_fetched_when_seen_and_few_are_kept() -> None:
    source = Source()
    model: PagedRows[str] = PagedRows(source, describe=str)
    model.show(array("q", range(PAGE * 100)))
    assert source.reads == []
    assert model.row(PAGE * 7 + 3) == f"row {PAGE * 7 + 3}"
    assert model.row(PAGE * 7) == f"row {PAGE * 7}"
    assert source.reads == [PAGE]
    for page in range(100):
        model.row(page * PAGE)
    before = len(source.reads)
    model.row(99 * PAGE)
    assert len(source.reads) == before
    model.row((99 - PAGES_KEPT) * PAGE)
    assert len(source.reads) == before + 1


def test_a_vanished_row_is_a_gap() -> None:
    model: PagedRows[str] = PagedRows(Source(), describe=str)
    model.show(array("q", [1, -5, 3]))
    assert model.row(1) is None
    assert model.index(1).data(Qt.ItemDataRole.DisplayRole) == ""


@given(st.lists(st.integers(1, 9), max_size=14, unique=True), st.lists(st.integers(1, 9), max_size=14, unique=True))
def test_ids_become_any_others_and_what_is_outside_the_change_stays(before: list[int], after: list[int]) -> None:
    model: PagedRows[str] = PagedRows(Source(), describe=str)
    tester = strict(model)
    model.show(array("q", before))
    first = QPersistentModelIndex(model.index(0)) if before else None
    model.show(array("q", after))
    assert [model.id_at(number) for number in range(model.rowCount())] == after
    if first is not None and before and after and before[0] == after[0]:
        assert first.isValid()
    assert tester.model() is model


def shown(theme: Theme, qtbot: QtBot, model: RowsModel[Line] | PagedRows[str]) -> RowList:
    view = RowList(theme, "Messages")
    qtbot.addWidget(view)
    view.set_rows(model, lambda row: RowLook(row.text if isinstance(row, Line) else row, "second line"))
    view.resize(400, 500)
    view.show()
    qtbot.waitExposed(view)
    return view


def test_selection_and_scroll_stay_when_rows_arrive(theme: Theme, qtbot: QtBot) -> None:
    model: RowsModel[Line] = RowsModel(describe=lambda line: line.text)
    model.show(lines(*range(100)))
    view = shown(theme, qtbot, model)
    assert view.choose_key(40)
    view.verticalScrollBar().setValue(view.verticalScrollBar().maximum() // 2)
    model.show(lines(-1, *range(100)))
    assert view.current_row() == Line(40)
    assert view.selectionModel().selectedRows()[0].row() == 41


def test_a_million_rows_are_shown_and_reached(theme: Theme, qtbot: QtBot) -> None:
    source = Source()
    model: PagedRows[str] = PagedRows(source, describe=str)
    model.show(array("q", range(1, 1_000_001)))
    view = shown(theme, qtbot, model)
    assert sum(source.reads) <= PAGE * 2
    view.scrollToBottom()
    view.grab()
    assert view.indexAt(QPoint(5, view.viewport().height() - 2)).data(ROW) == "row 1000000"
    assert sum(source.reads) <= PAGE * 6


def test_keys_move_and_open(theme: Theme, qtbot: QtBot) -> None:
    model: RowsModel[Line] = RowsModel(describe=lambda line: line.text)
    model.show(lines(1, 2, 3))
    view = shown(theme, qtbot, model)
    chosen: list[object] = []
    view.chosen.connect(chosen.append)
    for key in (Qt.Key.Key_J, Qt.Key.Key_J, Qt.Key.Key_Down, Qt.Key.Key_Down, Qt.Key.Key_K):
        QTest.keyClick(view, key)
    assert view.current_row() == Line(2)
    assert chosen == [Line(1), Line(2), Line(3), Line(2)]
    with qtbot.waitSignal(view.opened) as opened:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert opened.args == [Line(2)]


def test_letters_are_left_to_the_screen(theme: Theme, qtbot: QtBot) -> None:
    model: RowsModel[Line] = RowsModel(describe=lambda line: f"r{line.key}")
    model.show(lines(1, 2, 3))
    view = shown(theme, qtbot, model)
    view.choose(1)
    QTest.keyClick(view, Qt.Key.Key_R)
    assert view.current_row() == Line(2)


def test_every_kind_of_row_can_be_painted(theme: Theme, qtbot: QtBot) -> None:
    looks = [
        RowLook("Élodie", "Bonjour 🥖", "14 h 05", FaceMark("Élodie"), note="2 h", unread=True),
        RowLook("Saison", "Billets", "jeu.", DiscMark("TB", None), chip=("planned", "Planifiée"), icons=("image", "link")),
        RowLook("", "", "", IconMark("check", "positive"), faded=True, strong=False),
        RowLook("long " * 400, "x" * 30_000, "time " * 90, chip=("no such state", "word " * 50)),
        RowLook("\u202egnol\u0000", "\n\n", chip=("gone", "")),
    ]
    model: RowsModel[Line] = RowsModel(describe=lambda line: looks[line.key].title)
    model.show(lines(*range(len(looks))))
    view = RowList(theme)
    qtbot.addWidget(view)
    view.set_rows(model, lambda line: looks[line.key])
    for width in (30, 200, 900):
        view.resize(width, 400)
        assert not view.grab().isNull()


def test_a_random_day_of_an_inbox_keeps_the_chosen_message(theme: Theme, qtbot: QtBot) -> None:
    chance = random.Random(7)
    model: RowsModel[Line] = RowsModel(describe=lambda line: line.text)
    tester = strict(model)
    keys = list(range(60))
    model.show(lines(*keys))
    view = shown(theme, qtbot, model)
    view.choose_key(30)
    for fresh in range(100, 160):
        keys = [key for key in keys if key == 30 or chance.random() > 0.05]
        chance.shuffle(keys)
        keys.insert(chance.randrange(len(keys) + 1), fresh)
        model.show([Line(key, str(chance.random())) for key in keys])
        current = view.current_row()
        assert current is not None
        assert current.key == 30
        assert view.selectionModel().isSelected(model.index(model.position(30)))
    assert tester.model() is model
    assert view.selectionModel().hasSelection()


@pytest.mark.parametrize("place", [0, 1, 8191, 8192, 8193, 16_383, 16_384, 19_999])
def test_where_two_long_lists_part_is_found_at_the_edges_of_what_is_compared_at_a_time(place: int) -> None:
    one = array("q", range(20_000))
    other = array("q", one)
    other[place] = -1
    assert (_common_head(one, other), _common_tail(one, other, len(one))) == (place, 19_999 - place)
    longer = one[:place] + array("q", [-1]) + one[place:]
    head = _common_head(one, longer)
    assert (head, _common_tail(one, longer, len(one) - head)) == (place, 20_000 - place)
    assert _common_head(one, array("q", one)) == _common_tail(one, array("q", one), len(one)) == 20_000
