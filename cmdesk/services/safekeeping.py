"""Keeps clients safe: backups that were opened before they are listed, restoring, handing over, erasing.

A backup says "planned" for posts that may have gone out since: whatever is restored is held until a person has looked.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import secrets
import shutil
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from cmdesk.domain.errors import BadInput, DatabaseDamaged, NotAClientFile, NotFound, StoreProblem, WrongClient
from cmdesk.domain.ids import ClientId
from cmdesk.services.handover import Exported, disk_problem, export_client, import_client
from cmdesk.services.home import DATABASE, Home
from cmdesk.store import copies
from cmdesk.store.database import copy_file, sync_folder

if TYPE_CHECKING:
    from cmdesk.services.desk import Desk
    from cmdesk.services.workspace import Workspace

_NAME = r"(?P<stamp>\d{8}T\d{6})(?:-(?P<why>[a-z0-9-]+))?\.sqlite"
_STAMP = "%Y%m%dT%H%M%S"
_DAYS, _WEEKS, _MONTHS = 12, 10, 9
_ALL_OF = timedelta(days=2)
_ABANDONED = 24 * 3600.0  # seconds without a change


class Backup(Struct, frozen=True):
    """A copy of a client's file. ``size`` is bytes; ``why`` is empty for an ordinary one, else a code such as ``damaged``.

    ``sha256`` is what was noted when it was made, None for copies made before a migration.
    """

    path: Path
    client: ClientId
    made_at: datetime
    size: int
    why: str = ""
    sha256: str | None = None


class Verified(Struct, frozen=True):
    """A backup that was opened and found whole."""

    backup: Backup
    name: str
    posts: int
    messages: int


# Backups


async def backup(ws: Workspace) -> Backup:
    """Makes a backup now and lets old ones go (12 daily, 10 weekly, 9 monthly and all of the last two days stay).

    Raises DiskFull, ReadOnly, DatabaseDamaged.
    """
    made = await ws.helper(_backup, _home(ws), ws.client.id, ws.folder / DATABASE, ws.clock.now(), "")
    await ws.helper(_thin, backups(_home(ws), ws.client.id), ws.clock.now())
    return made


def backups(home: Home, client: ClientId) -> tuple[Backup, ...]:
    """The backups of a client, the newest first."""
    folder = home.client_backups(client)
    try:
        found = [_listed(path, client) for path in folder.iterdir() if path.is_file() and not path.is_symlink()]
    except FileNotFoundError:
        return ()
    return tuple(sorted((one for one in found if one), key=lambda one: (one.made_at, one.path.name), reverse=True))


def newest(home: Home, client: ClientId) -> datetime | None:
    """When the newest backup of a client was made (UTC), by the names alone; None without one."""
    folder = home.client_backups(client)
    try:
        made = [_made_at(path.name) for path in folder.iterdir()]
    except FileNotFoundError:
        return None
    return max((one for one in made if one is not None), default=None)


async def verify(ws_or_desk: Workspace | Desk, path: Path) -> Verified:
    """Opens a backup, reads it whole and compares it with the hash noted when it was made.

    Raises NotFound, DatabaseDamaged, DatabaseNewer, NotAClientFile.
    """
    return await ws_or_desk.helper(_verify, path)


async def restore(desk: Desk, client: ClientId, path: Path) -> int:
    """Puts a backup in the place of a client's file; returns how many planned posts are now held for a look.

    What was there is kept beside the backups first, even when it is damaged. Media and keys stay as they are.
    Raises what ``verify`` raises, WrongClient, DiskFull, ReadOnly; the client's file is then as it was.
    """
    verified = await desk.helper(_verify, path)
    if verified.backup.client != client:
        raise WrongClient(expected=client, found=verified.backup.client)
    folder = _folder_of(desk, client)
    await desk.let_go(client)
    try:
        held = await desk.helper(_restore, desk.home, client, folder, path, desk.clock.now())
    finally:
        await desk.refresh()
    return held


def _home(ws: Workspace) -> Home:
    return Home(ws.folder.parent.parent)


def _made_at(name: str) -> datetime | None:
    """The moment that a backup's name tells (UTC); None for the name of something else."""
    match = re.fullmatch(_NAME, name)
    if match is None:
        return None
    try:
        return datetime.fromisoformat(match["stamp"]).replace(tzinfo=UTC)  # strptime would load the words of all months
    except ValueError:
        return None


def _listed(path: Path, client: ClientId) -> Backup | None:
    made, match = _made_at(path.name), re.fullmatch(_NAME, path.name)
    if made is None or match is None:
        return None
    return Backup(path, client, made, path.stat().st_size, match["why"] or "", _noted_hash(path))


def _note(path: Path) -> Path:
    return path.with_name(path.name + ".json")


def _noted_hash(path: Path) -> str | None:
    try:
        told = json.loads(_note(path).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    value = told.get("sha256") if isinstance(told, dict) else None
    return value if isinstance(value, str) else None


def _free_path(folder: Path, now: datetime, why: str) -> Path:
    """A name for a copy made now; a second one in the same second gets the next second's."""
    moment = now
    while True:
        path = folder / f"{moment.strftime(_STAMP)}{'-' + why if why else ''}.sqlite"
        if not path.exists():
            return path
        moment += timedelta(seconds=1)


def _backup(home: Home, client: ClientId, source: Path, now: datetime, why: str) -> Backup:
    folder = home.client_backups(client)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = _free_path(folder, now, why)
        done = copy_file(source, path)
        _write_note(path, done.sha256)
    except OSError as error:
        raise disk_problem(error) from None
    found = _listed(path, client)
    if found is None:
        raise StoreProblem(reason="backup_name")
    return found


def _write_note(path: Path, sha256: str) -> None:
    note, staging = _note(path), path.with_name(f".{path.name}.json.part")
    handle = os.open(staging, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        json.dump({"sha256": sha256, "size": path.stat().st_size}, file)
        file.flush()
        os.fsync(file.fileno())
    staging.replace(note)
    sync_folder(path.parent)


def kept(made: Iterable[datetime], now: datetime) -> frozenset[datetime]:
    """Which moments stay: all of the last two days, then the last of each of 12 days, 10 weeks and 9 months that have one."""
    moments = sorted(set(made), reverse=True)
    stay = {moment for moment in moments if now - moment <= _ALL_OF}
    for count, span in ((_DAYS, "%Y-%j"), (_WEEKS, "%G-%V"), (_MONTHS, "%Y-%m")):
        seen: dict[str, datetime] = {}
        for moment in moments:
            seen.setdefault(moment.strftime(span), moment)
        stay.update(list(seen.values())[:count])
    return frozenset(stay)


def _thin(found: tuple[Backup, ...], now: datetime) -> None:
    """Lets old ordinary backups go; what was kept for a reason (damaged, before a migration) stays for a person."""
    ordinary = [one for one in found if not one.why]
    stay = kept((one.made_at for one in ordinary), now)
    for one in ordinary:
        if one.made_at not in stay:
            with contextlib.suppress(OSError):
                one.path.unlink()
                _note(one.path).unlink(missing_ok=True)


def _hash(path: Path) -> str:
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while block := file.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _verify(path: Path) -> Verified:
    if not path.is_file():
        raise NotFound(what="backup", ref=path.name[:80])
    noted = None
    try:
        noted = _noted_hash(path)
        if noted is not None and noted != _hash(path):
            raise DatabaseDamaged(reason="hash")
        inside = copies.inspect(path)
    except DatabaseDamaged as damage:
        if noted is None and damage.params.get("reason") == "header":
            raise NotAClientFile(path=str(path)) from None  # nothing says that it ever was one
        raise
    except OSError as error:
        raise disk_problem(error) from None
    listed = _listed(path, inside.client.id)
    if listed is None:
        made = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        listed = Backup(path, inside.client.id, made, path.stat().st_size, "", noted)
    return Verified(listed, inside.client.name, inside.posts, inside.messages)


def _folder_of(desk: Desk, client: ClientId) -> Path:
    for card in desk.cards():
        if card.id == client and card.folder:
            return Path(card.folder)
    raise NotFound(what="client", ref=client[:80])


def _restore(home: Home, client: ClientId, folder: Path, source: Path, now: datetime) -> int:
    database = folder / DATABASE
    staging = folder / f".restore-{secrets.token_hex(4)}.sqlite"
    try:
        shutil.copyfile(source, staging)
        staging.chmod(0o600)
        # Disarmed before it gets its name: no crash can leave an old queue that would send.
        held = copies.disarm(staging, at=now)
        _keep_aside(home, client, database, now)
        for suffix in ("-wal", "-shm"):
            database.with_name(database.name + suffix).unlink(missing_ok=True)
        with staging.open("rb+") as file:
            os.fsync(file.fileno())
        staging.replace(database)
        sync_folder(folder)
    except OSError as error:
        raise disk_problem(error) from None
    finally:
        staging.unlink(missing_ok=True)
    return held


def _keep_aside(home: Home, client: ClientId, database: Path, now: datetime) -> None:
    """Keeps what is replaced: as a whole copy, or byte for byte with its log when it can't be read any more."""
    if not database.exists():
        return
    try:
        _backup(home, client, database, now, "before-restore")
    except StoreProblem:
        target = _free_path(home.client_backups(client), now, "damaged")
        for suffix in ("", "-wal"):
            part = database.with_name(database.name + suffix)
            if part.exists():
                shutil.copyfile(part, target.with_name(target.name + suffix))
                target.with_name(target.name + suffix).chmod(0o600)


# Erasing


async def purge(desk: Desk, client: ClientId, typed_name: str) -> None:
    """Erases a client for good: keys first, then folder and backups. Needs the client's name exactly as it is written.

    Raises BadInput(field="name", reason="not_the_name"), NotFound, VaultProblem (nothing is erased then), ReadOnly.
    """
    card = next((card for card in desk.cards() if card.id == client), None)
    if card is None:
        raise NotFound(what="client", ref=client[:80])
    if " ".join(typed_name.split()) != card.name:
        raise BadInput(field="name", reason="not_the_name")
    folder = Path(card.folder)
    vault = desk.vault.scope(client)
    for uid in await desk.helper(_uids, folder / DATABASE):
        await desk.helper(vault.delete, uid)
    await desk.helper(_forget, desk, folder / DATABASE)
    await desk.let_go(client)
    try:
        await desk.helper(_erase, desk.home, client, folder)
    finally:
        await desk.refresh()


def _forget(desk: Desk, database: Path) -> None:
    """Takes away what this computer remembers of the file outside of the data folder; a file that can't be read does not say."""
    with contextlib.suppress(StoreProblem, OSError):
        desk.machine().outside.forget(copies.seal_of(database))


def _uids(database: Path) -> tuple[str, ...]:
    """What the keyring may keep for a client; a file that can't be read does not say."""
    try:
        return copies.account_uids(database)
    except (StoreProblem, OSError):
        return ()


def _erase(home: Home, client: ClientId, folder: Path) -> None:
    """Takes the folder off the rail in one step; what a crash leaves of it is swept at the next start."""
    try:
        doomed = home.clients / f".purge-{secrets.token_hex(6)}"
        folder.rename(doomed)
        sync_folder(home.clients)
        shutil.rmtree(doomed)
        with contextlib.suppress(FileNotFoundError):
            shutil.rmtree(home.client_backups(client))
    except OSError as error:
        raise disk_problem(error) from None


def sweep(home: Home, now: datetime) -> int:
    """Removes what an interrupted import, purge or creation left behind; returns how many folders.

    For whoever holds the publisher's lock, which a purge holds too. Another process may be importing or creating all the
    same: what it works on is left alone, by its age.
    """
    removed = 0
    with contextlib.suppress(OSError):
        for path in home.clients.iterdir():
            unfinished = path.name.startswith((".import-", ".new-")) and now.timestamp() - path.stat().st_mtime > _ABANDONED
            if path.is_dir() and (unfinished or path.name.startswith(".purge-")):
                shutil.rmtree(path, ignore_errors=True)
                removed += 1
    return removed


__all__ = [
    "Backup",
    "Exported",
    "Verified",
    "backup",
    "backups",
    "export_client",
    "import_client",
    "kept",
    "purge",
    "restore",
    "sweep",
    "verify",
]
