"""Pictures from strangers: four formats, bounded before they are decoded, never an SVG."""

import io
import struct
import time
import zlib
from collections.abc import Callable

import pytest
from PIL import Image
from PySide6.QtGui import QImageReader

from cmdesk.ui.images import image_format, load_image
from cmdesk.ui.theme import Theme

FORMATS = ("PNG", "JPEG", "WEBP", "GIF")


def picture(kind: str, size: tuple[int, int] = (60, 40)) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, (200, 30, 40)).save(out, kind)
    return out.getvalue()


def png_header(width: int, height: int, body: bytes = b"") -> bytes:
    """A PNG that claims a size."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", body) + chunk(b"IEND", b"")


@pytest.mark.parametrize("kind", FORMATS)
def test_pictures_are_decoded_and_scaled(theme: Theme, kind: str) -> None:
    if kind.lower().encode() not in [bytes(one.data()) for one in QImageReader.supportedImageFormats()]:
        pytest.skip(f"this Qt reads no {kind}")
    whole = load_image(picture(kind), 500)
    assert whole is not None
    assert (whole.width(), whole.height()) == (60, 40)
    small = load_image(picture(kind), 30)
    assert small is not None
    assert (small.width(), small.height()) == (30, 20)
    thin = load_image(picture(kind, (3000, 2)), 30)
    assert thin is not None
    assert thin.height() >= 1


def test_a_turned_photograph_stands_upright(theme: Theme) -> None:
    out = io.BytesIO()
    exif = Image.Exif()
    exif[0x0112] = 6
    Image.new("RGB", (60, 40)).save(out, "JPEG", exif=exif)
    image = load_image(out.getvalue(), 500)
    assert image is not None
    assert (image.width(), image.height()) == (40, 60)


SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><image href="file:///etc/passwd"/></svg>'
BAD = {
    "nothing": b"",
    "an svg": SVG,
    "an svg with a declaration": b"<?xml version='1.0'?>" + SVG,
    "an svg that says png": b"\x89PNG\r\n\x1a\n" + SVG,
    "an svg that says jpeg": b"\xff\xd8\xff" + SVG,
    "an svg that says gif": b"GIF89a" + SVG,
    "an svg that says webp": b"RIFF\x00\x00\x00\x00WEBP" + SVG,
    "packed svg": b"\x1f\x8b\x08\x00" + zlib.compress(SVG),
    "a bitmap": b"BM" + bytes(60),
    "a tiff": b"II*\x00" + bytes(60),
    "an icon": b"\x00\x00\x01\x00" + bytes(60),
    "a pdf": b"%PDF-1.7",
    "a web page": b"<html><img src=x></html>",
    "a cut png": picture("PNG")[:40],
    "a cut gif": picture("GIF")[:9],
    "a png of no size": png_header(0, 0),
    "a png of 10 gigapixels": png_header(100_000, 100_000),
    "a png just over 40 megapixels": png_header(8_000, 5_001),
    "a png wider than numbers": png_header(2**31 - 1, 2**31 - 1),
    "a png without a body": png_header(50, 50),
    "a png with a torn body": png_header(50, 50, b"torn"),
    "a gif of 65535 squared": b"GIF89a\xff\xff\xff\xff\x00\x00\x00",
    "noise after jpeg's mark": b"\xff\xd8\xff" + bytes(range(256)) * 20,
}


@pytest.mark.qt_log_level_fail("CRITICAL")  # the readers of jpeg say themselves that it is none
@pytest.mark.parametrize("what", list(BAD))
def test_the_rest_is_not_shown(theme: Theme, what: str) -> None:
    assert load_image(BAD[what], 200) is None


def test_a_bomb_is_refused_by_its_header(theme: Theme) -> None:
    bomb = png_header(30_000, 30_000, zlib.compress(bytes(30_001 * 3 * 100)))
    small = picture("PNG", (600, 600))
    assert load_image(small, 200) is not None
    assert _quickest(lambda: load_image(bomb, 200)) < _quickest(lambda: load_image(small, 200))
    assert load_image(bomb, 200) is None


def _quickest(work: Callable[[], object]) -> float:
    """Seconds of this thread, the best of some tries."""
    times = []
    for _ in range(5):
        begun = time.thread_time()
        work()
        times.append(time.thread_time() - begun)
    return min(times)


def test_only_four_formats_have_names() -> None:
    assert {image_format(picture(kind)) for kind in FORMATS} == {"png", "jpeg", "webp", "gif"}
    assert image_format(SVG) is None
