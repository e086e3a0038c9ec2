"""Reads length and size of a film from its box headers, without decoding anything."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from msgspec import Struct

#: More boxes than any sound file has on the way to its header; a hostile one ends here.
_MOST_BOXES = 10_000


class Facts(Struct, frozen=True):
    """Pixels and seconds, as far as known."""

    width: int | None = None
    height: int | None = None
    duration: float | None = None


def read_facts(path: Path, mime: str) -> Facts:
    """What an MP4 or QuickTime file says of itself (ISO/IEC 14496-12, boxes mvhd and tkhd); nothing for other or odd files."""
    if mime == "video/webm":
        return Facts()
    try:
        with path.open("rb") as file:
            return _read(file, path.stat().st_size)
    except (OSError, struct.error, ValueError, ZeroDivisionError):
        return Facts()


def _boxes(file: BinaryIO, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Kind, first and last byte of the content of each box between two places."""
    place = start
    for _ in range(_MOST_BOXES):
        if place + 8 > end:
            return
        file.seek(place)
        size, kind = struct.unpack(">I4s", file.read(8))
        head = 8
        if size == 1:
            size, head = struct.unpack(">Q", file.read(8))[0], 16
        elif size == 0:
            size = end - place
        if size < head or place + size > end:
            return
        yield kind, place + head, place + size
        place += size


def _read(file: BinaryIO, size: int) -> Facts:
    width = height = None
    duration = None
    for kind, start, end in _boxes(file, 0, size):
        if kind != b"moov":
            continue
        for inner, first, last in _boxes(file, start, end):
            if inner == b"mvhd":
                duration = _duration(file, first)
            elif inner == b"trak" and width is None:
                width, height = _size(file, first, last)
    return Facts(width, height, duration)


def _duration(file: BinaryIO, place: int) -> float | None:
    file.seek(place)
    version = file.read(4)[0]
    if version == 1:
        scale, units = struct.unpack(">16xIQ", file.read(28))
    else:
        scale, units = struct.unpack(">8xII", file.read(16))
    return round(float(units) / float(scale), 3)


def _size(file: BinaryIO, start: int, end: int) -> tuple[int | None, int | None]:
    for kind, first, last in _boxes(file, start, end):
        if kind == b"tkhd":
            file.seek(last - 8)
            width, height = struct.unpack(">II", file.read(8))
            # 16.16 fixed point; a track without a picture (sound) has none.
            if width and height and first < last:
                return width >> 16, height >> 16
    return None, None
