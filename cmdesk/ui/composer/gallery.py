"""Brings pictures to a post: picked, dropped or pasted, taken into the client's folder, and shown small."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Sequence
from concurrent.futures import Future
from functools import partial
from typing import TYPE_CHECKING, Any

from msgspec import Struct
from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QWidget

from cmdesk.domain.errors import CmdeskError
from cmdesk.domain.ids import MediaId
from cmdesk.domain.post import MediaItem
from cmdesk.services import composing
from cmdesk.ui.composer.taking import Taken, take_files, take_picture
from cmdesk.ui.images import load_image

if TYPE_CHECKING:
    from cmdesk.services.workspace import Workspace
    from cmdesk.ui.bridge import Bridge

translate = QCoreApplication.translate

THUMBNAIL_SIDE = 320


class Coming(Struct, frozen=True):
    """Pictures that are being taken in, for one part of the thread."""

    future: Future[Taken]
    part: int

    async def items(self) -> tuple[MediaItem, ...]:
        """Once they are there, in the engine; none of those that could not be taken."""
        try:
            taken = await asyncio.wrap_future(self.future)
        except CmdeskError:
            return ()
        return _in_part(taken, self.part)


class Gallery(QObject):
    """The pictures of one post in the editor.

    ``came`` is told items that were taken in, ``say`` what went wrong, ``seen`` that a small picture arrived.
    """

    def __init__(
        self,
        ws: Workspace,
        bridge: Bridge,
        parent: QObject,
        *,
        came: Callable[[tuple[MediaItem, ...]], object],
        say: Callable[[Exception], object],
        seen: Callable[[], object],
    ) -> None:
        super().__init__(parent)
        self._ws, self._calls, self._came, self._say, self._seen = ws, bridge.calls(), came, say, seen
        self._asked: set[MediaId] = set()
        self._coming: list[Coming] = []
        self.thumbnails: dict[MediaId, QImage] = {}

    def pick(self, over: QWidget) -> list[str]:
        """Asks for files by the system's own dialog."""
        words = translate("Composer", "Add pictures or a video")
        kinds = translate("Composer", "Pictures and videos")
        files, _kind = QFileDialog.getOpenFileNames(
            over, words, "", f"{kinds} (*.jpg *.jpeg *.png *.gif *.webp *.mp4 *.mov *.webm)"
        )
        return files

    def take_files(self, files: Sequence[str], part: int) -> None:
        """Takes files in, for one part of the thread."""
        self._take(take_files(self._ws, files), part)

    def take_image(self, image: QImage, part: int) -> None:
        """Takes a pasted picture in, for one part of the thread."""
        self._take(take_picture(self._ws, image, translate("Composer", "Pasted picture")), part)

    def _take(self, taking: Coroutine[Any, Any, Taken], part: int) -> None:
        future = self._calls.run(taking, then=lambda taken: self._taken(taken, part), otherwise=self._say)
        self._coming = [*(one for one in self._coming if not one.future.done()), Coming(future, part)]

    def _taken(self, taken: Taken, part: int) -> None:
        if taken.items:
            self._came(_in_part(taken, part))
        if taken.error is not None:
            self._say(taken.error)

    def close(self) -> tuple[Coming, ...]:
        """Tells nobody any more; returns what nobody was told of yet."""
        self._calls.close()
        return tuple(self._coming)

    def ask(self, items: Sequence[MediaItem]) -> None:
        """Asks once for a small picture of each."""
        for item in items:
            if item.id not in self._asked:
                self._asked.add(item.id)
                making = composing.thumbnail(self._ws, item, THUMBNAIL_SIDE)
                self._calls.run(making, then=partial(self._arrived, item.id), otherwise=_without)

    def _arrived(self, media: MediaId, data: bytes) -> None:
        image = load_image(data, THUMBNAIL_SIDE)
        if image is not None:
            self.thumbnails[media] = image
            self._seen()


def _in_part(taken: Taken, part: int) -> tuple[MediaItem, ...]:
    return tuple(replace(item, part=part) for item in taken.items)


def _without(_error: Exception) -> None:
    """A file of which no small picture can be made shows an icon; the checks say what is wrong with it."""
