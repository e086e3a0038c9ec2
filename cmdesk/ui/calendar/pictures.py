"""The small pictures of entries: fetched one after the other, when an entry that has one is first painted."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from PySide6.QtCore import QObject, QRectF, Qt, QTimer
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPixmap

from cmdesk.domain.ids import ClientId, MediaId
from cmdesk.services import planning
from cmdesk.services.workspace import Workspace
from cmdesk.ui.bridge import Bridge
from cmdesk.ui.calendar.entries import Entry
from cmdesk.ui.images import load_image

_Key = tuple[ClientId, MediaId]

_KEPT = 300
#: The length of the longer side that is fetched; every size in the calendar is made of it.
_SIDE = 160
_TOGETHER_MS = 60


class PictureShelf(QObject):
    """``get`` gives the picture of an entry as a square, or None and fetches it; ``came`` is called when some have come."""

    def __init__(self, bridge: Bridge, find: Callable[[ClientId], Workspace | None], ratio: Callable[[], float]) -> None:
        super().__init__()
        self._calls = bridge.calls()
        self._find = find
        self._ratio = ratio
        self._images: OrderedDict[_Key, QImage | None] = OrderedDict()
        self._squares: dict[tuple[_Key, int, float], QPixmap] = {}
        self._wanted: list[_Key] = []
        self._under_way = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TOGETHER_MS)
        self.came = self._timer.timeout

    def get(self, entry: Entry, side: int) -> QPixmap | None:
        """A square of so many pixels with round corners."""
        if entry.row.picture is None or side <= 0:
            return None
        key = (entry.row.client, entry.row.picture)
        if key not in self._images:
            if key not in self._wanted:
                self._wanted.append(key)
                self._fetch()
            return None
        image = self._images[key]
        if image is None:
            return None
        self._images.move_to_end(key)
        ratio = self._ratio()
        square = (key, side, ratio)
        if square not in self._squares:
            self._squares[square] = rounded_square(image, side, ratio)
        return self._squares[square]

    def _fetch(self) -> None:
        if self._under_way or not self._wanted:
            return
        key = self._wanted[0]
        workspace = self._find(key[0])
        if workspace is None:
            self._came(key, None)
            return
        self._under_way = True
        self._calls.run(
            planning.picture(workspace, key[1], _SIDE),
            then=lambda data: self._came(key, load_image(data, _SIDE)),
            otherwise=lambda _error: self._came(key, None),  # a film, or a file that is lost: the entry does without
        )

    def _came(self, key: _Key, image: QImage | None) -> None:
        self._under_way = False
        self._wanted.remove(key)
        self._images[key] = image
        if len(self._images) > _KEPT:
            self._images.popitem(last=False)
            self._squares.clear()
        if image is not None:
            self._timer.start()
        self._fetch()

    def close(self) -> None:
        """Fetches nothing more and forgets everything."""
        self._calls.close()
        self._timer.stop()
        self._wanted.clear()
        self._images.clear()
        self._squares.clear()


def rounded_square(image: QImage, side: int, ratio: float) -> QPixmap:
    """The middle of a picture, cut to a square with round corners."""
    picture = QPixmap(round(side * ratio), round(side * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    path = QPainterPath()
    path.addRoundedRect(QRectF(0, 0, side, side), side / 8, side / 8)
    painter.setClipPath(path)
    cut = min(image.width(), image.height())
    source = QRectF((image.width() - cut) / 2, (image.height() - cut) / 2, cut, cut)
    painter.drawImage(QRectF(0, 0, side, side), image, source)
    painter.end()
    return picture
