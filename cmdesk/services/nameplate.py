"""Keeps a client's name and colour beside its file, for the day when the file itself cannot say them any more.

The file is the truth: a plate is only looked at when the file can't be opened, and written anew when the two differ.
"""

from __future__ import annotations

import contextlib
import json
import logging
import os
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct

from cmdesk.domain.client import Colour, clean_name, initials
from cmdesk.domain.errors import BadInput

if TYPE_CHECKING:
    from cmdesk.domain.client import Client

log = logging.getLogger(__name__)

FILE: Final = "client.json"
_PART: Final = ".client.json.part"
_LARGEST: Final = 4096


class Nameplate(Struct, frozen=True):
    """What a client was called when its file could last be read."""

    name: str
    colour: Colour

    @property
    def initials(self) -> str:
        """One or two letters for the disc."""
        return initials(self.name)


def read(folder: Path) -> Nameplate | None:
    """The plate of a client's folder; None when there is none, or none that makes sense."""
    try:
        with (folder / FILE).open("rb") as file:
            told = json.loads(file.read(_LARGEST).decode())
        return Nameplate(clean_name(told["name"]), Colour(told["colour"]))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError, BadInput):
        return None


def keep(folder: Path, client: Client) -> None:
    """Writes the plate unless it says the same already. A disk that refuses loses nothing: the file still knows."""
    if read(folder) == Nameplate(client.name, client.colour):
        return
    words = json.dumps({"name": client.name, "colour": client.colour.value}, ensure_ascii=False)
    part = folder / _PART
    try:
        part.unlink(missing_ok=True)
        # Never readable by others, not even for a moment.
        with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w", encoding="utf-8") as file:
            file.write(words + "\n")
            file.flush()
            os.fsync(file.fileno())
        part.replace(folder / FILE)
    except OSError as error:
        log.debug("a name could not be kept beside a client's file: %s", type(error).__name__)
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
