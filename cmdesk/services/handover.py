"""Packs a client into one file for another computer, and unpacks such a file from anywhere without trusting a byte of it.

The archive is a zip: ``manifest.json`` names every file with size and SHA-256; ``client.sqlite`` is the whole memory of the
client without any secret; ``media/`` its pictures and films. Nothing is ever extracted by the names in the zip itself.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import json
import os
import re
import secrets
import shutil
import stat
import zipfile
import zlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

from msgspec import Struct

from cmdesk.domain.client import Client, same_name
from cmdesk.domain.errors import BadInput, DatabaseNewer, DiskFull, ReadOnly, StoreProblem
from cmdesk.domain.ids import is_client_id
from cmdesk.services.home import DATABASE, MEDIA
from cmdesk.store import copies, migrations
from cmdesk.store.database import copy_file, sync_folder

if TYPE_CHECKING:
    from cmdesk.services.desk import Desk
    from cmdesk.services.workspace import Workspace

FORMAT = "cmdesk-client"
FORMAT_VERSION = 1
MANIFEST = "manifest.json"


class Limits(Struct, frozen=True):
    """What an archive may hold. Sizes are bytes after unpacking; ``ratio`` counts for files larger than a megabyte."""

    files: int = 20_000
    size: int = 20_000_000_000
    manifest: int = 16_000_000
    ratio: int = 100


ORDINARY = Limits()

_MEBIBYTE = 1 << 20
_SAFE_NAME = r"[A-Za-z0-9][A-Za-z0-9_-]{0,127}(?:\.[A-Za-z0-9]{1,8})?"
_RESERVED = r"(?i:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?"
_SHA256 = r"[0-9a-f]{64}"


class Exported(Struct, frozen=True):
    """A finished archive. ``missing`` names media that the client's file knows and the folder no longer has."""

    path: Path
    size: int
    files: int
    missing: tuple[str, ...] = ()


class _Entry(Struct, frozen=True):
    """One file as the manifest promises it."""

    name: str
    size: int
    sha256: str


# Packing


async def export_client(ws: Workspace, path: Path) -> Exported:
    """Packs a client; the archive appears under its name only when it is whole. No key is inside.

    Raises BadInput(field="path", reason="exists"), DiskFull, ReadOnly.
    """
    return await ws.helper(_export, ws.folder, ws.client, path, ws.clock.now())


def _export(folder: Path, client: Client, path: Path, now: datetime) -> Exported:
    if path.exists():
        raise BadInput(field="path", reason="exists")
    staging = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    copy = folder / f".export-{secrets.token_hex(4)}.sqlite"
    try:
        with _disk():
            done = copy_file(folder / DATABASE, copy)
            found: list[str] = []
            missing: list[str] = []
            for known in copies.media_files(copy):
                there = (folder / MEDIA / known.name).is_file() and re.fullmatch(_SAFE_NAME, known.name)
                (found if there else missing).append(known.name)
            with os.fdopen(os.open(staging, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as raw:
                told = {"client": client.id, "name": client.name, "schema": done.version, "exported_at": now.isoformat()}
                _pack(raw, told, copy, [folder / MEDIA / name for name in found])
                raw.flush()
                os.fsync(raw.fileno())
            size = staging.stat().st_size
            staging.rename(path)
        sync_folder(path.parent)
    finally:
        staging.unlink(missing_ok=True)
        copy.unlink(missing_ok=True)
    return Exported(path, size, len(found) + 1, tuple(missing))


def _pack(raw: IO[bytes], told: dict[str, Any], copy: Path, media: list[Path]) -> None:
    with zipfile.ZipFile(raw, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        entries = [_add(archive, copy, DATABASE, zipfile.ZIP_DEFLATED)]
        # Pictures and films are compressed already.
        entries += [_add(archive, file, f"{MEDIA}/{file.name}", zipfile.ZIP_STORED) for file in media]
        files = [{"name": one.name, "size": one.size, "sha256": one.sha256} for one in entries]
        manifest = {"format": FORMAT, "format_version": FORMAT_VERSION, **told, "files": files}
        archive.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))


def _add(archive: zipfile.ZipFile, source: Path, name: str, method: int) -> _Entry:
    digest, size = hashlib.sha256(), 0
    info = zipfile.ZipInfo(name)
    info.compress_type = method
    info.external_attr = (stat.S_IFREG | 0o600) << 16
    with source.open("rb") as file, archive.open(info, "w", force_zip64=True) as target:
        while block := file.read(_MEBIBYTE):
            digest.update(block)
            size += len(block)
            target.write(block)
    return _Entry(name, size, digest.hexdigest())


# Unpacking


async def import_client(desk: Desk, path: Path, limits: Limits = ORDINARY) -> Workspace:
    """Takes a client in from an archive. Its planned posts are held for a look and its accounts must be linked again.

    Raises BadInput(field="archive", reason=…), BadInput(field="client", reason="exists") when the client is here already,
    DatabaseNewer, DatabaseDamaged, NotAClientFile, DiskFull, ReadOnly. Whatever it raises, nothing was taken in.
    """
    staging = desk.home.clients / f".import-{secrets.token_hex(6)}"
    helper = desk.helper
    try:
        client = await helper(_unpack, path, staging, limits)
        if desk.home.client_folder(client.id).exists() or any(card.id == client.id for card in desk.cards()):
            raise BadInput(field="client", reason="exists", id=client.id, name=client.name)
        name = _free_name(desk, client.name)
        await helper(_disarm, staging, name if name != client.name else None, desk.clock.now())
        folder = desk.home.client_folder(client.id)
        with _disk():
            staging.rename(folder)
        sync_folder(desk.home.clients)
    finally:
        await helper(shutil.rmtree, staging, True)  # ignore_errors
    await desk.refresh()
    return desk.workspace(client.id)


def _disarm(staging: Path, name: str | None, at: datetime) -> None:
    copies.disarm(staging / DATABASE, at=at, name=name, new_uid=lambda: secrets.token_hex(8))


def _free_name(desk: Desk, name: str) -> str:
    """The client's own name, or with a number when another one is called so."""
    taken = [workspace.client.name for workspace in desk.all_workspaces]
    found, number = name, 2
    while any(same_name(found, other) for other in taken):
        found = f"{name[:70]} ({number})"
        number += 1
    return found


def _refuse(reason: str, **more: str | int) -> BadInput:
    return BadInput(field="archive", reason=reason, **more)


def _unpack(path: Path, staging: Path, limits: Limits) -> Client:
    try:
        with path.open("rb") as raw, zipfile.ZipFile(raw) as archive:
            entries = _promised(archive, limits)
            _check_members(archive, entries, limits)
            with _disk():
                staging.mkdir(mode=0o700)
                (staging / MEDIA).mkdir(mode=0o700)
                _check_room(staging, entries)
                for entry in entries:
                    _take(archive, entry, staging / entry.name)
    except (
        OSError,
        zipfile.BadZipFile,
        zipfile.LargeZipFile,
        EOFError,
        ValueError,
        RuntimeError,
        zlib.error,
    ) as error:
        # RuntimeError: an encrypted member, or a method that Python does not know.
        if isinstance(error, OSError) and not path.is_file():
            raise _refuse("not_a_file") from None
        raise _refuse("not_an_archive", detail=type(error).__name__) from None
    return _judged(staging)


def _promised(archive: zipfile.ZipFile, limits: Limits) -> tuple[_Entry, ...]:
    """The manifest, read as if an enemy wrote it."""
    members = [info for info in archive.infolist() if info.filename == MANIFEST]
    if len(members) != 1:
        raise _refuse("no_manifest")
    if members[0].file_size > limits.manifest:
        raise _refuse("too_large")
    with archive.open(members[0]) as file:
        text = file.read(limits.manifest + 1)
    if len(text) > limits.manifest:
        raise _refuse("too_large")
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        raise _refuse("bad_manifest") from None
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise _refuse("not_a_client")
    version = told.get("format_version")
    if not isinstance(version, int) or isinstance(version, bool) or version < 1:
        raise _refuse("bad_manifest")
    if version > FORMAT_VERSION:
        raise _refuse("newer", found=version, known=FORMAT_VERSION)
    schema = told.get("schema")
    if isinstance(schema, int) and schema > migrations.LATEST:
        raise DatabaseNewer(found=schema, known=migrations.LATEST)
    return _entries(told.get("files"), limits)


def _entries(told: Any, limits: Limits) -> tuple[_Entry, ...]:
    if not isinstance(told, list) or len(told) > limits.files:
        raise _refuse("too_many_files" if isinstance(told, list) else "bad_manifest")
    entries = tuple(_entry(one) for one in told)
    names = [entry.name.casefold() for entry in entries]
    if len(set(names)) != len(names):
        raise _refuse("double_name")
    if DATABASE not in names:
        raise _refuse("no_database")
    if sum(entry.size for entry in entries) > limits.size:
        raise _refuse("too_large")
    return entries


def _entry(told: Any) -> _Entry:
    if not isinstance(told, dict):
        raise _refuse("bad_manifest")
    name, size, sha256 = told.get("name"), told.get("size"), told.get("sha256")
    if not isinstance(name, str) or not isinstance(size, int) or isinstance(size, bool) or size < 0:
        raise _refuse("bad_manifest")
    if not isinstance(sha256, str) or not re.fullmatch(_SHA256, sha256):
        raise _refuse("bad_manifest")
    if name != DATABASE:
        folder, _, base = name.partition("/")
        if folder != MEDIA or not re.fullmatch(_SAFE_NAME, base) or re.fullmatch(_RESERVED, base):
            raise _refuse("bad_name", name=name[:80])
    return _Entry(name, size, sha256)


def _check_members(archive: zipfile.ZipFile, entries: tuple[_Entry, ...], limits: Limits) -> None:
    """The zip holds exactly what the manifest promises, each once, as a plain file that is as large as it says."""
    wanted = {entry.name: entry for entry in entries}
    members = archive.infolist()
    if len(members) != len(entries) + 1 or {info.filename for info in members} != {*wanted, MANIFEST}:
        raise _refuse("not_as_promised")
    for info in members:
        kind = stat.S_IFMT(info.external_attr >> 16)
        if kind not in {0, stat.S_IFREG} or info.is_dir() or info.external_attr & 0x10:
            raise _refuse("not_a_plain_file", name=info.filename[:80])
        if info.flag_bits & 0x41:
            raise _refuse("encrypted")
        if info.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            raise _refuse("not_an_archive", detail="method")
        if info.filename in wanted and info.file_size != wanted[info.filename].size:
            raise _refuse("not_as_promised")
        if info.file_size > _MEBIBYTE and info.file_size > limits.ratio * max(1, info.compress_size):
            raise _refuse("bomb")


def _check_room(staging: Path, entries: tuple[_Entry, ...]) -> None:
    if shutil.disk_usage(staging).free < sum(entry.size for entry in entries) + 64 * _MEBIBYTE:
        raise DiskFull(reason="import")


def _take(archive: zipfile.ZipFile, entry: _Entry, target: Path) -> None:
    """Reads one file by its promised name into its fixed place, never more than promised."""
    digest, left = hashlib.sha256(), entry.size
    handle = os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "wb") as file, archive.open(entry.name) as source:
        while block := source.read(min(_MEBIBYTE, left + 1)):
            left -= len(block)
            if left < 0:
                raise _refuse("not_as_promised")
            digest.update(block)
            file.write(block)
        file.flush()
        os.fsync(file.fileno())
    if left or digest.hexdigest() != entry.sha256:
        raise _refuse("altered", name=entry.name)


def _judged(staging: Path) -> Client:
    """Whose file it is, if it is one of ours, whole, and knows no media by a name that leads elsewhere."""
    database = staging / DATABASE
    client = copies.inspect(database).client
    if not is_client_id(client.id):
        raise _refuse("bad_client_id")
    for known in copies.media_files(database):
        if not re.fullmatch(_SAFE_NAME, known.name) or re.fullmatch(_RESERVED, known.name):
            raise _refuse("bad_name", name=known.name[:80])
    return client


@contextlib.contextmanager
def _disk() -> Iterator[None]:
    """Says what a disk's refusal means for a person."""
    try:
        yield
    except OSError as error:
        raise disk_problem(error) from None


def disk_problem(error: OSError) -> StoreProblem:
    """A disk's refusal as one of ours."""
    full = error.errno in {errno.ENOSPC, errno.EDQUOT}
    return DiskFull() if full else ReadOnly(reason=type(error).__name__)
