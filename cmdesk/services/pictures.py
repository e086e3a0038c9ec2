"""The one door that takes in picture and film files: judged by their first bytes, decoded only in a helper process."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import hashlib
import json
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from cmdesk.domain.errors import BadInput, DiskFull, ReadOnly
from cmdesk.networks.port import Picture
from cmdesk.services import films

if TYPE_CHECKING:
    from cmdesk.services.helping import Helper

#: What a frozen program is started with to become the helper process; ``__main__`` hands over to ``picture_worker.main``.
WORKER_VERB: Final = "picture-worker"

MAX_BYTES: Final = 100_000_000
MAX_FILM_BYTES: Final = 2_000_000_000
_WORKER: Final = Path(__file__).with_name("picture_worker.py")
_PATIENCE: Final = 30.0
_BLOCK: Final = 1 << 20

_PICTURES: Mapping[str, tuple[str, str]] = {
    "image/png": ("PNG", ".png"),
    "image/jpeg": ("JPEG", ".jpg"),
    "image/webp": ("WEBP", ".webp"),
    "image/gif": ("GIF", ".gif"),
}
_FILMS: Mapping[str, str] = {"video/mp4": ".mp4", "video/quicktime": ".mov", "video/webm": ".webm"}


class Taken(Struct, frozen=True):
    """A file as it now lies in the media folder. ``size`` is bytes, ``duration`` seconds."""

    file_name: str
    mime: str
    size: int
    sha256: str
    width: int | None = None
    height: int | None = None
    duration: float | None = None


def sniff(head: bytes) -> str | None:
    """The MIME type that the first bytes of a file tell, among those that are taken; its name says nothing."""
    if head.startswith(b"\x89PNG\r\n\x1a\n"):
        return "image/png"
    if head.startswith(b"\xff\xd8\xff"):
        return "image/jpeg"
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return "image/webp"
    if head[:6] in {b"GIF87a", b"GIF89a"}:
        return "image/gif"
    if head[4:8] == b"ftyp":
        return "video/quicktime" if head[8:12] == b"qt  " else "video/mp4"
    if head.startswith(b"\x1a\x45\xdf\xa3") and b"webm" in head:
        return "video/webm"
    return None


def command() -> list[str]:
    """How to start the helper process: alone from its file, or, in a frozen program, as the program itself."""
    if getattr(sys, "frozen", False):
        return [sys.executable, WORKER_VERB]
    return [sys.executable, "-I", str(_WORKER)]


async def take_in(path: Path, folder: Path, helper: Helper) -> Taken:
    """Copies a file into the folder under the name of its content. Raises BadInput(field="media"), DiskFull or ReadOnly."""
    mime = await helper(_judge, path)
    with tempfile.TemporaryDirectory(prefix=".taking-", dir=folder, ignore_cleanup_errors=True) as staging:
        staged = Path(staging) / "file"
        if mime in _PICTURES:
            kind, suffix = _PICTURES[mime]
            told = await _ask({"do": "clean", "source": str(path), "target": str(staged), "kind": kind})
            facts = films.Facts(told["width"], told["height"], None)
        else:
            suffix = _FILMS[mime]
            await helper(_copy, path, staged)
            facts = await helper(films.read_facts, staged, mime)
        return await helper(_settle, staged, folder, suffix, mime, facts)


async def thumbnail(source: Path, folder: Path, sha256: str, side: int, helper: Helper) -> bytes:
    """A PNG that fits into a square of ``side`` pixels, kept in the folder. Raises BadInput(field="media")."""
    kept = folder / f"{sha256[:40]}-{int(side)}.png"
    with contextlib.suppress(FileNotFoundError):
        return await helper(kept.read_bytes)
    mime = await helper(_judge, source)
    if mime not in _PICTURES:
        raise BadInput(field="media", reason="no_picture")
    await helper(_make, folder)
    with tempfile.TemporaryDirectory(prefix=".making-", dir=folder, ignore_cleanup_errors=True) as staging:
        staged = Path(staging) / "file"
        await _ask({"do": "thumbnail", "source": str(source), "target": str(staged), "kind": _PICTURES[mime][0], "side": side})
        return await helper(_keep, staged, kept)


class Door:
    """The same door for connectors: somebody else's picture, or one that is too large for a network."""

    async def fit(self, content: bytes, *, most_bytes: int, most_side: int) -> Picture | None:
        """The picture as JPEG (as PNG where one can see through it and it is small enough) within these limits, or None."""
        mime = sniff(content[:64])
        if mime is None or mime not in _PICTURES or len(content) > MAX_BYTES:
            return None
        with tempfile.TemporaryDirectory(prefix="cmdesk-picture-", ignore_cleanup_errors=True) as folder:
            source, target = Path(folder) / "source", Path(folder) / "target"
            try:
                await asyncio.to_thread(source.write_bytes, content)
                told = await _ask(
                    {
                        "do": "fit",
                        "source": str(source),
                        "target": str(target),
                        "kind": _PICTURES[mime][0],
                        "side": most_side,
                        "bytes": most_bytes,
                    }
                )
                fitted = await asyncio.to_thread(target.read_bytes)
            except (BadInput, DiskFull, OSError):
                return None
        if len(fitted) > most_bytes:
            return None
        return Picture(fitted, "image/png" if told["kind"] == "PNG" else "image/jpeg", told["width"], told["height"])


def _judge(path: Path) -> str:
    """The type of a file that may be taken; reads its first bytes only."""
    try:
        if path.is_dir() or (path.exists() and not path.is_file()):
            raise BadInput(field="media", reason="not_a_file", name=path.name[:80])
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(64)
    except FileNotFoundError:
        raise BadInput(field="media", reason="not_found", name=path.name[:80]) from None
    except (OSError, ValueError):
        raise BadInput(field="media", reason="unreadable", name=path.name[:80]) from None
    if size == 0:
        raise BadInput(field="media", reason="empty", name=path.name[:80])
    mime = sniff(head)
    if mime is None:
        raise BadInput(field="media", reason="unknown_type", name=path.name[:80])
    limit = MAX_BYTES if mime in _PICTURES else MAX_FILM_BYTES
    if size > limit:
        raise BadInput(field="media", reason="too_large", name=path.name[:80], limit=limit)
    return mime


async def _ask(request: dict[str, Any]) -> dict[str, Any]:
    """One request to a fresh helper process; its death, silence or nonsense is a BadInput, never ours."""
    process = await asyncio.create_subprocess_exec(
        *command(), stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.DEVNULL
    )
    try:
        async with asyncio.timeout(_PATIENCE):
            output, _ = await process.communicate(json.dumps(request).encode())
        told: dict[str, Any] = json.loads(output)
    except TimeoutError:
        raise BadInput(field="media", reason="too_slow") from None
    except ValueError:
        raise BadInput(field="media", reason="damaged") from None
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()
    reason = told.get("error")
    if reason == "disk":
        raise DiskFull(reason="picture")
    if reason is not None:
        raise BadInput(field="media", reason=str(reason))
    return told


def _copy(source: Path, target: Path) -> None:
    with _disk(), source.open("rb") as reader, target.open("wb") as writer:
        while block := reader.read(_BLOCK):
            writer.write(block)


def _settle(staged: Path, folder: Path, suffix: str, mime: str, facts: films.Facts) -> Taken:
    digest = hash_of(staged)
    name = f"{digest[:40]}{suffix}"
    with _disk():
        staged.chmod(0o600)
        size = staged.stat().st_size
        staged.replace(folder / name)
    return Taken(name, mime, size, digest, facts.width, facts.height, facts.duration)


def _make(folder: Path) -> None:
    with _disk():
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def _keep(staged: Path, kept: Path) -> bytes:
    with _disk():
        content = staged.read_bytes()
        staged.chmod(0o600)
        staged.replace(kept)
    return content


def hash_of(path: Path) -> str:
    """SHA-256 (hex) of a file's content; OSError when it can't be read."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextlib.contextmanager
def _disk() -> Iterator[None]:
    try:
        yield
    except OSError as error:
        full = error.errno in {errno.ENOSPC, errno.EDQUOT}
        raise (DiskFull if full else ReadOnly)(reason=type(error).__name__) from None
