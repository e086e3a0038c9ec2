"""The small window that says what is seen: by network, account, state and label."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from cmdesk.ui.calendar.filters import Filter
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import Button, Check, Kind
from cmdesk.ui.widgets.layout import STRETCH, Scroll, column, row
from cmdesk.ui.widgets.text import Text


class Wish(Struct, frozen=True):
    """Something that can be asked for: the field of the filter, the value in it, and its words."""

    field: str
    value: object
    text: str


class Group(Struct, frozen=True):
    """Wishes under one head."""

    title: str
    wishes: tuple[Wish, ...]


class FilterPanel(QFrame):
    """``changed`` carries the Filter after each choice; the panel stays until it is left."""

    changed = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._theme = theme
        self._filter = Filter()
        self._checks: list[tuple[Wish, Check]] = []
        self.setProperty("surface", "raised")
        sizes = theme.sizes
        self._title = Text(theme, strong=True)
        self._clear = Button(theme, kind=Kind.LINK)
        self._clear.clicked.connect(self._all)
        self._area: QScrollArea | None = None
        head = row(None, self._title, STRETCH, self._clear)
        self._column = column(self, head, gap=sizes.half, margins=(sizes.one, sizes.one, sizes.half, sizes.half))

    def show_groups(self, groups: Sequence[Group], wanted: Filter, below: QWidget) -> None:
        """What there is to choose from, and what is chosen."""
        self._filter = wanted
        self._title.setText(self.tr("Show only"))
        self._clear.setText(self.tr("Show everything"))
        self.setAccessibleName(self.tr("Filter"))
        if self._area is not None:
            self._column.removeWidget(self._area)
            self._area.deleteLater()
        self._checks = []
        sizes = self._theme.sizes
        inner = QWidget()
        parts = column(inner, gap=sizes.quarter, margins=(0, 0, sizes.half, sizes.half))
        for group in groups:
            parts.addSpacing(sizes.half)
            parts.addWidget(Text(self._theme, group.title, size=Size.SMALL, tone="muted"))
            for wish in group.wishes:
                check = Check(self._theme, wish.text)
                check.setChecked(wish.value in getattr(wanted, wish.field))
                check.clicked.connect(self._choose)
                parts.addWidget(check)
                self._checks.append((wish, check))
        parts.addStretch(1)
        self._area = Scroll(inner)
        self._column.addWidget(self._area)
        limit = self.screen().availableGeometry()
        high = min(inner.sizeHint().height() + sizes.three + sizes.two, round(limit.height() * 0.7))
        self.resize(max(inner.sizeHint().width() + sizes.three, sizes.one * 18), high)
        place = below.mapToGlobal(QPoint(below.width() - self.width(), below.height() + sizes.quarter))
        self.move(max(limit.left(), place.x()), max(limit.top(), min(place.y(), limit.bottom() - high)))
        self.show()
        if self._checks:
            self._checks[0][1].setFocus()

    def _choose(self) -> None:
        fields = {
            field: frozenset(wish.value for wish, check in self._checks if wish.field == field and check.isChecked())
            for field in ("networks", "accounts", "states", "labels")
        }
        self._filter = replace(self._filter, **fields)
        self.changed.emit(self._filter)

    def _all(self) -> None:
        for _wish, check in self._checks:
            check.setChecked(False)
        self._choose()
