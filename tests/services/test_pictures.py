"""Picture files are judged by their bytes, cleaned in a process of their own, and can hurt nothing but that process."""

from __future__ import annotations

import asyncio
import io
import os
import struct
import sys
import zlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from PIL import Image

from cmdesk.domain.errors import BadInput
from cmdesk.domain.post import PostEdit, Variant
from cmdesk.services import composing, films, pictures
from cmdesk.services.workspace import Workspace
from tests.helpers.clocks import FakeClock
from tests.helpers.desks import link, open_desk
from tests.helpers.fake_network import FakeNetwork
from tests.helpers.keyrings import InMemoryKeyring

pytestmark = pytest.mark.asyncio


@pytest_asyncio.fixture
async def ws(tmp_path: Path) -> AsyncIterator[Workspace]:
    clock = FakeClock()
    network = FakeNetwork(clock)
    desk = open_desk(tmp_path / "home", network, clock, keyring=InMemoryKeyring())
    made = await desk.create("Rosa")
    link(made, network, "rosa")
    yield made
    await desk.close()


def a_photo(path: Path, size: tuple[int, int] = (60, 40), *, orientation: int = 1, place: bool = True) -> Path:
    image = Image.new("RGB", size, (200, 30, 30))
    image.putpixel((0, 0), (0, 0, 255))
    exif = Image.Exif()
    exif[0x0112] = orientation
    exif[0x010F] = "SecretCamera"
    if place:
        exif.get_ifd(0x8825)[2] = (45.0, 30.0, 12.0)
    image.save(path, exif=exif, quality=95, comment=b"SecretComment")
    return path


async def test_a_photo_loses_where_and_with_what_it_was_taken(ws: Workspace, tmp_path: Path) -> None:
    item = await composing.attach(ws, a_photo(tmp_path / "Été à la plage.jpg"))
    kept = composing.media_path(ws, item)
    assert (item.mime, item.width, item.height, item.original_name) == ("image/jpeg", 60, 40, "Été à la plage.jpg")
    content = kept.read_bytes()
    assert b"Secret" not in content
    with Image.open(kept) as image:
        assert not dict(image.getexif())
    assert pictures.hash_of(kept) == item.sha256
    assert item.size == len(content)
    if os.name != "nt":
        assert kept.stat().st_mode & 0o077 == 0


async def test_a_photo_taken_sideways_stands_upright(ws: Workspace, tmp_path: Path) -> None:
    item = await composing.attach(ws, a_photo(tmp_path / "a.jpg", orientation=6))
    assert (item.width, item.height) == (40, 60)
    with Image.open(composing.media_path(ws, item)) as image:
        assert image.size == (40, 60)
        assert image.getexif().get(0x0112, 1) == 1


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
async def test_other_kinds_are_cleaned_too(ws: Workspace, tmp_path: Path, kind: str) -> None:
    path = tmp_path / f"a.{kind.lower()}"
    image = Image.new("RGBA" if kind != "GIF" else "P", (20, 30))
    exif = Image.Exif()
    exif[0x010F] = "SecretCamera"
    if kind == "GIF":
        image.save(path, kind, comment=b"SecretComment")
    else:
        image.save(path, kind, exif=exif, xmp=b"<x>SecretXmp</x>")
    item = await composing.attach(ws, path)
    assert (item.mime, item.width, item.height) == (f"image/{kind.lower()}", 20, 30)
    assert b"Secret" not in composing.media_path(ws, item).read_bytes()


async def test_the_same_file_twice_is_one_file(ws: Workspace, tmp_path: Path) -> None:
    path = a_photo(tmp_path / "a.jpg")
    first, second = await composing.attach(ws, path), await composing.attach(ws, path)
    assert first == second
    assert [path.name for path in ws.media_folder.iterdir()] == [first.file_name]


async def test_a_file_may_be_used_in_a_post_and_is_remembered(ws: Workspace, tmp_path: Path) -> None:
    item = await composing.attach(ws, a_photo(tmp_path / "a.jpg"))
    with ws.read() as connection:
        account = connection.execute("SELECT id FROM account").fetchone()[0]
    post = await composing.create(ws, PostEdit(text="x", media=(item,), variants=(Variant(account),)))
    assert composing.load(ws, post.id).media == (item,)


async def test_a_moving_picture_keeps_moving(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.gif"
    frames = [Image.new("RGB", (10, 10), colour) for colour in ("red", "green", "blue")]
    frames[0].save(path, save_all=True, append_images=frames[1:], duration=100)
    item = await composing.attach(ws, path)
    with Image.open(composing.media_path(ws, item)) as image:
        assert getattr(image, "n_frames", 1) == 3


async def test_thumbnails_fit_and_are_made_once(ws: Workspace, tmp_path: Path) -> None:
    item = await composing.attach(ws, a_photo(tmp_path / "a.jpg", (400, 100)))
    made = await composing.thumbnail(ws, item, 64)
    with Image.open(io.BytesIO(made)) as image:
        assert (image.format, image.size) == ("PNG", (64, 16))
    composing.media_path(ws, item).unlink()
    assert await composing.thumbnail(ws, item, 64) == made


def bomb(width: int, height: int) -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("empty.png", b"", "empty"),
        ("words.png", b"these are words, whatever the name says", "unknown_type"),
        ("vector.png", b"<svg xmlns='http://www.w3.org/2000/svg'><image href='file:///etc/passwd'/></svg>", "unknown_type"),
        ("torn.jpg", b"\xff\xd8\xff\xe0" + bytes(100), "damaged"),
        ("torn.png", b"\x89PNG\r\n\x1a\n" + bytes(100), "damaged"),
        ("lying.webp", b"RIFF\x00\x00\x00\x00WEBPVP8 " + bytes(50), "damaged"),
        ("bomb.png", bomb(50_000, 50_000), "too_many_pixels"),
        ("short.png", bomb(100, 100), "damaged"),
    ],
)
async def test_what_is_no_picture_is_said_and_leaves_nothing(
    ws: Workspace, tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(BadInput) as caught:
        await composing.attach(ws, path)
    assert (caught.value.field, caught.value.reason) == ("media", reason)
    assert list(ws.media_folder.iterdir()) == []


async def test_what_is_no_file_is_said(ws: Workspace, tmp_path: Path) -> None:
    reasons = {}
    for path in (tmp_path / "nowhere.png", tmp_path, tmp_path / ("x" * 5000)):
        with pytest.raises(BadInput) as caught:
            await composing.attach(ws, path)
        reasons[path.name[:8]] = caught.value.reason
    assert reasons == {"nowhere.": "not_found", tmp_path.name[:8]: "not_a_file", "xxxxxxxx": "unreadable"}


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        ("import os, signal; os.abort()", "damaged"),
        ("print('nonsense')", "damaged"),
        ("import sys; sys.exit(3)", "damaged"),
        ("import sys; sys.stdin.read(); sys.stdin.close(); import threading; threading.Event().wait()", "too_slow"),
    ],
)
async def test_a_helper_that_dies_talks_nonsense_or_hangs_is_an_answer(
    ws: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str, reason: str
) -> None:
    monkeypatch.setattr(pictures, "command", lambda: [sys.executable, "-I", "-c", script])
    monkeypatch.setattr(pictures, "_PATIENCE", 1.0)
    with pytest.raises(BadInput) as caught:
        await composing.attach(ws, a_photo(tmp_path / "a.jpg"))
    assert caught.value.reason == reason


async def test_many_mutilated_pictures_end_in_an_answer(ws: Workspace, tmp_path: Path) -> None:
    good = bytearray(a_photo(tmp_path / "a.jpg").read_bytes())

    async def one(number: int) -> str:
        bad = bytearray(good)
        for step in range(8):
            bad[(number * 7919 + step * 104_729) % len(bad)] ^= 1 << (step % 8)
        bad[:3] = good[:3]
        path = tmp_path / f"{number}.jpg"
        path.write_bytes(bad)
        try:
            await composing.attach(ws, path)
        except BadInput as problem:
            return problem.reason
        return "taken"

    answers = await asyncio.gather(*(one(number) for number in range(12)))
    assert set(answers) <= {"taken", "damaged", "too_many_pixels"}


def box(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I4s", len(content) + 8, kind) + content


def a_film() -> bytes:
    header = box(b"mvhd", struct.pack(">4xIIII", 0, 0, 600, 7500))
    sound = box(b"trak", box(b"tkhd", bytes(84)))
    tracks = sound + box(b"trak", box(b"tkhd", bytes(76) + struct.pack(">II", 1080 << 16, 1920 << 16)))
    return box(b"ftyp", b"isom" + bytes(8)) + box(b"mdat", bytes(500)) + box(b"moov", header + tracks)


async def test_a_film_tells_its_size_and_length(ws: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    path.write_bytes(a_film())
    item = await composing.attach(ws, path)
    assert (item.mime, item.width, item.height, item.duration) == ("video/mp4", 1080, 1920, 12.5)
    assert composing.media_path(ws, item).read_bytes() == a_film()
    with pytest.raises(BadInput):
        await composing.thumbnail(ws, item, 64)


async def test_a_film_cut_or_mangled_anywhere_tells_less_and_breaks_nothing(tmp_path: Path) -> None:
    path = tmp_path / "a.mp4"
    good = a_film()
    for place in range(0, len(good), 3):
        path.write_bytes(good[:place])
        films.read_facts(path, "video/mp4")
        bad = bytearray(good)
        bad[place] ^= 0xFF
        path.write_bytes(bad)
        films.read_facts(path, "video/mp4")
    path.write_bytes(struct.pack(">I4s", 8, b"free") * 200_000)
    assert films.read_facts(path, "video/mp4") == films.Facts()
