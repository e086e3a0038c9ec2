"""Gives lists their rows: small ones diffed by key so that selection and scroll stay, huge ones by pages."""

from __future__ import annotations

from array import array
from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence
from typing import Any, Generic, Protocol, TypeVar

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

ROW = int(Qt.ItemDataRole.UserRole)

Index = QModelIndex | QPersistentModelIndex


class Keyed(Protocol):
    """A frozen row: equal when it looks the same, with a key that names the thing it stands for."""

    @property
    def key(self) -> Hashable:
        """What stays when the row's looks change."""


R = TypeVar("R", bound=Keyed)
P = TypeVar("P")

NO_INDEX = QModelIndex()


class RowsModel(QAbstractListModel, Generic[R]):
    """A list of frozen rows. ``show`` replaces them by the smallest set of inserts, removes, moves and changes."""

    def __init__(self, describe: Callable[[R], str]) -> None:
        """``describe`` says a row in words: for screen readers and type-ahead."""
        super().__init__()
        self._describe = describe
        self._rows: list[R] = []

    @property
    def rows(self) -> Sequence[R]:
        """The rows shown."""
        return tuple(self._rows)

    def row(self, number: int) -> R:
        """The row at a position."""
        return self._rows[number]

    def position(self, key: Hashable) -> int:
        """Where the row with this key is; -1 when it is not."""
        return next((number for number, row in enumerate(self._rows) if row.key == key), -1)

    def show(self, rows: Sequence[R]) -> None:
        """Shows these rows; keys must be unique."""
        wanted = list(rows)
        keys = {row.key for row in wanted}
        if len(keys) != len(wanted):
            raise ValueError("two rows with one key")
        self._remove_all_but(keys)
        present = {row.key for row in self._rows}
        number = 0
        while number < len(wanted):
            if wanted[number].key not in present:
                end = number + 1
                while end < len(wanted) and wanted[end].key not in present:
                    end += 1
                self.beginInsertRows(NO_INDEX, number, end - 1)
                self._rows[number:number] = wanted[number:end]
                self.endInsertRows()
                number = end
                continue
            self._place(number, wanted[number])
            number += 1

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Qt's question."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The row itself under ROW, its description under the text roles."""
        if not index.isValid():
            return None
        if role == ROW:
            return self._rows[index.row()]
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            return self._describe(self._rows[index.row()])
        return None

    def _remove_all_but(self, keys: set[Hashable]) -> None:
        last = len(self._rows) - 1
        while last >= 0:
            if self._rows[last].key in keys:
                last -= 1
                continue
            first = last
            while first > 0 and self._rows[first - 1].key not in keys:
                first -= 1
            self.beginRemoveRows(NO_INDEX, first, last)
            del self._rows[first : last + 1]
            self.endRemoveRows()
            last = first - 1

    def _place(self, number: int, row: R) -> None:
        if self._rows[number].key != row.key:
            source = next(place for place in range(number + 1, len(self._rows)) if self._rows[place].key == row.key)
            self.beginMoveRows(NO_INDEX, source, source, NO_INDEX, number)
            self._rows.insert(number, self._rows.pop(source))
            self.endMoveRows()
        if self._rows[number] != row:
            self._rows[number] = row
            index = self.index(number)
            self.dataChanged.emit(index, index)


PAGE = 128
PAGES_KEPT = 24


class PagedRows(QAbstractListModel, Generic[P]):
    """Up to a million rows: all ids in one array (8 bytes each), the rows themselves by pages of 128, fetched when seen.

    ``fetch(ids)`` returns one row per id in the same order, or None where it no longer exists; it is called on the main
    thread and must be quick (a keyset read).
    """

    def __init__(self, fetch: Callable[[Sequence[int]], Sequence[P | None]], describe: Callable[[P], str]) -> None:
        super().__init__()
        self._fetch = fetch
        self._describe = describe
        self._ids: array[int] = array("q")
        self._pages: OrderedDict[int, Sequence[P | None]] = OrderedDict()

    def show(self, ids: array[int]) -> None:
        """Shows these ids. What is equal at both ends stays, with selection and scroll; rows are read again when seen.

        Between the ends a small difference is told row by row, so that what stays in the middle keeps its selection too.
        """
        for step in _steps(self._ids, ids):
            self._step(step)
        self.reread()

    def _step(self, ids: array[int]) -> None:
        """One change: at most one run of rows goes and one comes."""
        old = self._ids
        head = _common_head(old, ids)
        tail = _common_tail(old, ids, min(len(old), len(ids)) - head)
        if len(old) - tail > head:
            self.beginRemoveRows(NO_INDEX, head, len(old) - tail - 1)
            self._ids = old[:head] + old[len(old) - tail :]
            self._pages.clear()
            self.endRemoveRows()
        if len(ids) - tail > head:
            self.beginInsertRows(NO_INDEX, head, len(ids) - tail - 1)
            self._ids = ids
            self._pages.clear()  # whoever looked between the two steps filled pages that are now shifted
            self.endInsertRows()

    def reread(self) -> None:
        """Forgets the pages: rows may have changed, their order has not."""
        self._pages.clear()
        if self._ids:
            self.dataChanged.emit(self.index(0), self.index(len(self._ids) - 1))

    def id_at(self, number: int) -> int:
        """The id at a position."""
        return self._ids[number]

    def position(self, key: Hashable) -> int:
        """Where an id is; -1 when it is not."""
        try:
            return self._ids.index(key) if isinstance(key, int) else -1
        except ValueError:
            return -1

    def row(self, number: int) -> P | None:
        """The row at a position, fetched with its page when needed; None when it vanished meanwhile."""
        page, place = divmod(number, PAGE)
        rows = self._pages.get(page)
        if rows is None:
            rows = self._fetch(self._ids[page * PAGE : (page + 1) * PAGE])
            self._pages[page] = rows
            if len(self._pages) > PAGES_KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(page)
        return rows[place] if place < len(rows) else None

    def rowCount(self, parent: Index = NO_INDEX) -> int:
        """Qt's question."""
        return 0 if parent.isValid() else len(self._ids)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """The row itself under ROW, its description under the text roles."""
        if not index.isValid():
            return None
        if role == ROW:
            return self.row(index.row())
        if role in {Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole}:
            row = self.row(index.row())
            return "" if row is None else self._describe(row)
        return None


def _steps(old: array[int], new: array[int]) -> list[array[int]]:
    """Lists on the way from one to the other, each one run of rows away from the last; straight there for large differences."""
    head = _common_head(old, new)
    tail = _common_tail(old, new, min(len(old), len(new)) - head)
    gone, come = len(old) - tail - head, len(new) - tail - head
    if not gone or not come or max(gone, come) > _FINE:
        return [new]
    before, after = old[head : head + gone], new[head : head + come]
    stays, known = set(after), set(before)
    kept = array("q", (one for one in before if one in stays))
    if not kept or kept != array("q", (one for one in after if one in known)):
        return [new]
    steps = [old[:head] + rest + old[len(old) - tail :] for rest in _thinned(before, stays)]
    # Backwards, what comes is what would go: the same walk from the other side.
    back = [new[:head] + rest + new[len(new) - tail :] for rest in _thinned(after, known)]
    steps += [*reversed(back[:-1]), new]
    return steps if len(steps) <= _MOST_STEPS else [new]


_FINE = 4096
_MOST_STEPS = 16


def _thinned(ids: array[int], stays: set[int]) -> list[array[int]]:
    """The list after each run of ids that do not stay is taken out, one run after the other."""
    found: list[array[int]] = []
    rest = ids
    place = len(rest)
    while place > 0:
        place -= 1
        if rest[place] in stays:
            continue
        end = place + 1
        while place > 0 and rest[place - 1] not in stays:
            place -= 1
        rest = rest[:place] + rest[end:]
        found.append(rest)
    return found


_BLOCK = 8192  # ids compared at a time: halves of a million would be megabytes copied, and never given back


def _common_head(one: array[int], other: array[int]) -> int:
    """How many ids are equal from the start, by halving: slices of arrays are compared at the speed of C."""
    low, most = 0, min(len(one), len(other))
    while low < most and one[low : min(low + _BLOCK, most)] == other[low : min(low + _BLOCK, most)]:
        low = min(low + _BLOCK, most)
    high = min(low + _BLOCK, most)
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _common_tail(one: array[int], other: array[int], most: int) -> int:
    """How many ids are equal from the end, at most ``most``."""

    def equal(low: int, high: int) -> bool:
        return one[len(one) - high : len(one) - low] == other[len(other) - high : len(other) - low]

    low = 0
    while low < most and equal(low, min(low + _BLOCK, most)):
        low = min(low + _BLOCK, most)
    high = min(low + _BLOCK, most)
    while low < high:
        middle = (low + high + 1) // 2
        if equal(low, middle):
            low = middle
        else:
            high = middle - 1
    return low
