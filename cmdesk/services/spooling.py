"""Keeps words that a client's file could not take in a small file beside it, until it can: closing never discards."""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from cmdesk.domain.crash import CrashPoint, no_crash
from cmdesk.domain.errors import CmdeskError
from cmdesk.domain.ids import PostId
from cmdesk.domain.post import Post, PostEdit, cleaned
from cmdesk.services import composing
from cmdesk.services.handover import disk_problem
from cmdesk.store.convert import edit_from_json, edit_to_json
from cmdesk.store.database import sync_folder

if TYPE_CHECKING:
    from cmdesk.services.workspace import Workspace

log = logging.getLogger(__name__)

FOLDER: Final = "spool"
_WORDS: Final = ".json"
_PART: Final = ".part"
_DAMAGED: Final = ".damaged"
#: No edit is this long; a larger file is not one of ours.
_LARGEST: Final = 16 << 20


@dataclass(frozen=True, slots=True)
class Spooled:
    """Words that wait. ``post`` is None when none of them was ever stored; ``revision`` is the one they were based on.
    ``path`` is None when not even the spool could be written: whoever holds this value has the only copy."""

    path: Path | None
    at: datetime
    edit: PostEdit
    post: PostId | None = None
    revision: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits, oldest first, and the files that could not be read: they were set aside, and never thrown away."""

    words: tuple[Spooled, ...] = ()
    damaged: tuple[Path, ...] = ()


class Spool:
    """The place beside a client's file for the words of one post. ``path`` is None while nothing waits there."""

    def __init__(self, ws: Workspace, path: Path | None = None, *, crash: CrashPoint = no_crash) -> None:
        """``path`` is where words that are taken up again wait."""
        self._ws, self._crash = ws, crash
        self.path = path
        if path is not None and path.suffix == _PART:
            self.path = path.with_suffix(_WORDS)
            with contextlib.suppress(OSError):
                path.replace(self.path)

    def put(self, post: Post | None, edit: PostEdit) -> None:
        """Writes the words so that they survive a power cut; what waited here before is there until these are.

        Raises DiskFull or ReadOnly, and leaves what waited before untouched then.
        """
        edit = cleaned(edit)
        words = edit_to_json(edit, "")
        told = {
            "version": 1,
            "post": None if post is None else int(post.id),
            "revision": 0 if post is None else post.revision,
            "at": self._ws.clock.now().isoformat(),
            "sha256": hashlib.sha256(words.encode()).hexdigest(),
            "edit": words,
        }
        folder = self._ws.folder / FOLDER
        try:
            folder.mkdir(mode=0o700, exist_ok=True)
            path = self.path or _free(folder, post, self._ws.clock.now())
            _write(path, json.dumps(told, ensure_ascii=False).encode(), self._crash)
        except OSError as error:
            raise disk_problem(error) from None
        self.path = path

    def drop(self) -> None:
        """The client's file has the words now."""
        path, self.path = self.path, None
        for file in () if path is None else (path, path.with_suffix(_PART)):
            with contextlib.suppress(OSError):
                file.unlink(missing_ok=True)


async def keep(ws: Workspace, post: Post | None, edit: PostEdit, spool: Spool, initiator: str | None = None) -> Post:
    """Stores an edit, as a new post when ``post`` is None; what the client's file does not take goes to the spool.

    Raises what ``composing.create`` and ``composing.save`` raise, after the words were put there (``spool.path`` is set
    then). When the spool's disk is full too, the words are where they were: with the caller.
    """
    try:
        if post is None:
            stored = await composing.create(ws, edit)
        else:
            stored = await composing.save(ws, post.id, edit, post.revision, initiator)
    except BaseException:
        # Even a program that is told to end in the middle: afterwards there is nobody left who has the words.
        try:
            spool.put(post, edit)
        except CmdeskError as error:
            log.warning("words could not be spooled either: %s", error)
        raise
    spool.drop()
    return stored


def waiting(ws: Workspace) -> Waiting:
    """What waits beside a client's file.

    A program that was killed between writing and renaming left a whole file under its first name: those words are the
    newest. A half written one is passed over, for what it was to replace is still there.
    """
    newest: dict[str, Spooled] = {}
    damaged: list[Path] = []
    try:
        found = sorted(path for path in (ws.folder / FOLDER).iterdir() if path.is_file() and not path.is_symlink())
    except OSError:
        return Waiting()
    for path in found:
        if path.suffix not in {_WORDS, _PART}:
            continue
        try:
            one = _read(path)
        except (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError) as error:
            if path.suffix == _WORDS:
                log.warning("a spooled post cannot be read: %s", type(error).__name__)
                damaged.append(_set_aside(path))
            continue
        if path.stem not in newest or one.at >= newest[path.stem].at:
            newest[path.stem] = one
    return Waiting(tuple(sorted(newest.values(), key=lambda one: one.at)), tuple(damaged))


def _free(folder: Path, post: Post | None, now: datetime) -> Path:
    """A name that nothing has: two unsaved versions of one post are two files."""
    stem = f"post-{int(post.id)}" if post is not None else f"new-{now.astimezone(UTC):%Y%m%dT%H%M%S}"
    names = (stem if number == 1 else f"{stem}-{number}" for number in range(1, 100_000))
    free = next(name for name in names if not any((folder / f"{name}{end}").exists() for end in (_WORDS, _PART)))
    return folder / f"{free}{_WORDS}"


def _write(path: Path, data: bytes, crash: CrashPoint) -> None:
    part = path.with_suffix(_PART)
    try:
        part.unlink(missing_ok=True)
        # Never readable by others, not even for a moment.
        with os.fdopen(os.open(part, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        crash("written")
        part.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
    crash("renamed")


def _read(path: Path) -> Spooled:
    """Raises ValueError, KeyError or TypeError for a file that is not whole."""
    with path.open("rb") as file:
        raw = file.read(_LARGEST + 1)
    if len(raw) > _LARGEST:
        raise ValueError
    told: dict[str, Any] = json.loads(raw.decode())
    if hashlib.sha256(told["edit"].encode()).hexdigest() != told["sha256"]:
        raise ValueError
    edit, _unused = edit_from_json(told["edit"])
    at = datetime.fromisoformat(told["at"])
    if at.tzinfo is None:
        raise ValueError
    post = None if told["post"] is None else PostId(int(told["post"]))
    return Spooled(path, at, edit, post, int(told["revision"]))


def _set_aside(path: Path) -> Path:
    """Out of the way under a name of its own; a file that cannot be moved stays where it is."""
    names = (f"{path.stem}{'' if number == 1 else f'-{number}'}{_DAMAGED}" for number in range(1, 100_000))
    aside = next(found for name in names if not (found := path.with_name(name)).exists())
    try:
        path.rename(aside)
    except OSError:
        return path
    return aside
