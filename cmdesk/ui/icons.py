"""Draws the icon set: one-colour SVG files, tinted by role, sharp on every screen, each drawn once."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from cmdesk.ui.look import CLEAR

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon


class Icons:
    """The icons of one folder, by file name without the ending."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._source = lru_cache(maxsize=None)(self._read)
        self._drawn = lru_cache(maxsize=512)(self._draw)

    def names(self) -> list[str]:
        """All icon names, sorted."""
        return sorted(file.stem for file in self._folder.glob("*.svg"))

    def pixmap(self, name: str, colour: QColor, size: int, ratio: float) -> QPixmap:
        """The icon, ``size`` logical pixels wide; raises FileNotFoundError for a name that has no file."""
        return self._drawn(name, colour.rgba(), size, ratio)

    def icon(self, name: str, colour: QColor, disabled: QColor, size: int) -> QIcon:
        """The icon for Qt's own widgets, at single and double density."""
        from PySide6.QtGui import QIcon  # start-up speed: the first sight needs icons that are painted, not this

        icon = QIcon()
        for ratio in (1.0, 2.0):
            icon.addPixmap(self.pixmap(name, colour, size, ratio))
            icon.addPixmap(self.pixmap(name, disabled, size, ratio), QIcon.Mode.Disabled)
        return icon

    def _read(self, name: str) -> str:
        return (self._folder / f"{name}.svg").read_text(encoding="utf-8")

    def _draw(self, name: str, rgba: int, size: int, ratio: float) -> QPixmap:
        colour = QColor.fromRgba(rgba)
        renderer = QSvgRenderer(QByteArray(self._source(name).replace("currentColor", colour.name()).encode()))
        pixels = max(1, round(size * ratio))
        pixmap = QPixmap(pixels, pixels)
        pixmap.fill(CLEAR)
        painter = QPainter(pixmap)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setOpacity(colour.alphaF())
        renderer.render(painter, QRectF(0, 0, pixels, pixels))
        painter.end()
        pixmap.setDevicePixelRatio(ratio)
        return pixmap
