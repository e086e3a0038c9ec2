"""Takes files and pasted pictures into the client's folder, one after the other, so that they arrive in the order given."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtGui import QImage

from cmdesk.domain.errors import CmdeskError
from cmdesk.domain.post import MediaItem
from cmdesk.services import composing

if TYPE_CHECKING:
    from cmdesk.services.workspace import Workspace


class Taken(Struct, frozen=True):
    """What was taken in, in order, and the first thing that went wrong."""

    items: tuple[MediaItem, ...]
    error: CmdeskError | None = None


async def take_files(ws: Workspace, files: Sequence[str]) -> Taken:
    """Every file that can be taken; one that cannot does not stop the others."""
    items: list[MediaItem] = []
    error: CmdeskError | None = None
    for file in files:
        try:
            items.append(await composing.attach(ws, Path(file)))
        except CmdeskError as found:
            error = error or found
    return Taken(tuple(items), error)


async def take_picture(ws: Workspace, image: QImage, name: str) -> Taken:
    """A picture from the clipboard, through a file that only its owner can read and that is gone afterwards."""

    def written(folder: str) -> Path:
        path = Path(folder) / f"{name}.png"
        image.save(str(path))
        return path

    with tempfile.TemporaryDirectory(prefix="cmdesk-") as folder:
        return Taken((await composing.attach(ws, await ws.helper(written, folder)),))
