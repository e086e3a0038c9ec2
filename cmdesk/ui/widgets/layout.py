"""Lays widgets in columns and rows with the theme's spaces, because every screen does and few lines should say so."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from cmdesk.ui.theme import Theme


class _Stretch:
    """Marks the place that takes what room is left."""


STRETCH = _Stretch()

Item = QWidget | QLayout | _Stretch | int


def _fill(layout: QBoxLayout, items: tuple[Item, ...], gap: int, margins: int | tuple[int, int, int, int]) -> None:
    layout.setSpacing(gap)
    if isinstance(margins, int):
        layout.setContentsMargins(margins, margins, margins, margins)
    else:
        layout.setContentsMargins(*margins)
    for item in items:
        if isinstance(item, _Stretch):
            layout.addStretch(1)
        elif isinstance(item, int):
            layout.addSpacing(item)
        elif isinstance(item, QLayout):
            layout.addLayout(item)
        else:
            layout.addWidget(item)


def column(parent: QWidget | None, *items: Item, gap: int = 0, margins: int | tuple[int, int, int, int] = 0) -> QVBoxLayout:
    """A column of widgets, layouts, STRETCH and spaces (whole pixels from ``theme.sizes``); margins left, top, right, bottom."""
    layout = QVBoxLayout(parent) if parent is not None else QVBoxLayout()
    _fill(layout, items, gap, margins)
    return layout


def row(parent: QWidget | None, *items: Item, gap: int = 0, margins: int | tuple[int, int, int, int] = 0) -> QHBoxLayout:
    """A row of the same; widgets stand in the middle of the height."""
    layout = QHBoxLayout(parent) if parent is not None else QHBoxLayout()
    _fill(layout, items, gap, margins)
    return layout


class Hairline(QWidget):
    """A line one pixel thin between parts."""

    def __init__(self, theme: Theme, *, upright: bool = False) -> None:
        super().__init__()
        self._theme = theme
        thin, wide = QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding
        self.setSizePolicy(thin if upright else wide, wide if upright else thin)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """As thin as can be seen."""
        return QSize(self._theme.sizes.hairline, self._theme.sizes.hairline)

    minimumSizeHint = sizeHint

    def paintEvent(self, _event: QPaintEvent) -> None:
        """One line."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.roles.hairline)


class Scroll(QScrollArea):
    """A column that scrolls when the window is small, with nothing drawn around it."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        inner.setProperty("clear", "true")
        self.setWidget(inner)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)


class Card(QFrame):
    """A raised surface for a group that must stand apart."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setProperty("surface", "raised")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
