"""Decodes images for display: the one function that lets foreign bytes near an image reader."""

from typing import Final

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageReader

MOST_BYTES: Final = 100 * 1024 * 1024
MOST_PIXELS: Final = 40_000_000
LONGEST_SIDE: Final = 4096


def image_format(data: bytes) -> str | None:
    """The format the first bytes name: "png", "jpeg", "webp" or "gif"; None for everything else."""
    if data.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if data.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "webp"
    if data[:6] in {b"GIF87a", b"GIF89a"}:
        return "gif"
    return None


def load_image(data: bytes, longest: int) -> QImage | None:
    """The picture, its longer side at most ``longest`` pixels, upright by its own orientation; None when it is not to be shown.

    The size is read from the header first: above 40 million pixels or 100 MB nothing is decoded. The format is forced to
    the one the first bytes name, so that no other reader (SVG, among others) is ever asked.
    """
    kind = image_format(data)
    if kind is None or len(data) > MOST_BYTES:
        return None
    buffer = QBuffer()
    buffer.setData(QByteArray(data))
    buffer.open(QIODevice.OpenModeFlag.ReadOnly)
    reader = QImageReader(buffer, QByteArray(kind.encode()))
    reader.setAutoDetectImageFormat(False)
    reader.setDecideFormatFromContent(False)
    reader.setAutoTransform(True)
    reader.setAllocationLimit(MOST_PIXELS * 4 // (1024 * 1024) + 1)
    size = reader.size()
    if not size.isValid() or size.isEmpty() or size.width() * size.height() > MOST_PIXELS:
        return None
    bound = min(longest, LONGEST_SIDE)
    if max(size.width(), size.height()) > bound:
        scaled = size.scaled(QSize(bound, bound), Qt.AspectRatioMode.KeepAspectRatio)
        reader.setScaledSize(scaled.expandedTo(QSize(1, 1)))
    image = reader.read()
    return None if image.isNull() else image
