"""Keeps words that a client's file could not take in a small file beside it, until it can: closing never discards."""

from __future__ import annotations

import contextlib
import hashlib
import json
import logging
import os
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from msgspec import Struct

from cmdesk.domain.crash import CrashPoint, no_crash
from cmdesk.domain.errors import CmdeskError
from cmdesk.domain.ids import PostId
from cmdesk.domain.post import Post, PostEdit, cleaned, edit_of
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
#: Between a file's name and what makes its first name one that no other save has.
_MARK: Final = "~"
_DAMAGED: Final = ".damaged"
#: No edit is this long; a larger file is not one of ours.
_LARGEST: Final = 16 << 20
#: Of the posts last changed, how many are compared with words that were never stored.
_LOOKED_AT: Final = 50
#: What reading a file that is not whole, or none of ours, may raise.
_UNREADABLE: Final = (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError)


class Spooled(Struct, frozen=True):
    """Words that wait. ``post`` is None when none of them was ever stored; ``revision`` is the one they were based on.
    ``path`` is None when not even the spool could be written: whoever holds this value has the only copy."""

    path: Path | None
    at: datetime
    edit: PostEdit
    post: PostId | None = None
    revision: int = 0


class Waiting(Struct, frozen=True):
    """What waits, oldest first, and the files that could not be read: they were set aside, and never thrown away."""

    words: tuple[Spooled, ...] = ()
    damaged: tuple[Path, ...] = ()


class Spool:
    """The place beside a client's file for the words of one post. ``path`` is None while nothing waits there."""

    def __init__(self, ws: Workspace, path: Path | None = None, *, crash: CrashPoint = no_crash) -> None:
        """``path`` is where words that are taken up again wait."""
        self._ws, self._crash = ws, crash
        self.path = path
        #: What this spool wrote or took up. What another save put there since is not this one's to take away.
        self._known: set[str] = set()
        self._left: tuple[Path, ...] = ()
        if path is not None:
            self.path = path.with_name(f"{_stem(path)}{_WORDS}")
            with contextlib.suppress(OSError):
                path.replace(self.path)
            with contextlib.suppress(*_UNREADABLE):
                self._known.add(_sha256(self.path))
                self._left = tuple(_left_of(self.path))

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
        self._known.add(str(told["sha256"]))

    def drop(self) -> None:
        """The client's file has the words now."""
        path, self.path = self.path, None
        if path is None:
            return
        with contextlib.suppress(*_UNREADABLE):
            if _sha256(path) in self._known:
                path.unlink(missing_ok=True)
        for file in self._left:
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
    newest. A half written one is passed over, for what it was to replace is still there. Words that the client's file
    has by now (a program was killed between storing them and taking the file away) do not wait: their file is removed.
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
        except _UNREADABLE as error:
            if path.suffix == _WORDS:
                log.warning("a spooled post cannot be read: %s", type(error).__name__)
                damaged.append(_set_aside(path))
            continue
        stem = _stem(path)
        if stem not in newest or one.at >= newest[stem].at:
            newest[stem] = one
    still = [one for one in newest.values() if not _stored(ws, one)]
    return Waiting(tuple(sorted(still, key=lambda one: one.at)), tuple(damaged))


def _stored(ws: Workspace, words: Spooled) -> bool:
    """Whether the client's file has these very words, or had them after they were written; then their file goes."""
    try:
        if words.post is None:
            known = words.edit in _drafts_since(ws, words.at)
        else:
            known = edit_of(composing.load(ws, words.post)) == words.edit or any(
                one.edit == words.edit and one.revision > words.revision for one in composing.versions(ws, words.post)
            )
    except CmdeskError:
        return False
    if known and words.path is not None:
        Spool(ws, words.path).drop()
    return known


def _drafts_since(ws: Workspace, moment: datetime) -> list[PostEdit]:
    """What was begun since; a file that cannot be read says nothing about others."""
    found: list[PostEdit] = []
    for row in composing.post_rows(ws, limit=_LOOKED_AT):
        if row.updated_at < moment:
            break
        with contextlib.suppress(CmdeskError):
            found.append(edit_of(composing.load(ws, row.id)))
    return found


def _free(folder: Path, post: Post | None, now: datetime) -> Path:
    """A name that nothing has: two unsaved versions of one post are two files."""
    stem = f"post-{int(post.id)}" if post is not None else f"new-{now.astimezone(UTC):%Y%m%dT%H%M%S}"
    names = (stem if number == 1 else f"{stem}-{number}" for number in range(1, 100_000))
    taken = {_stem(path) for path in folder.iterdir()}
    return folder / f"{next(name for name in names if name not in taken)}{_WORDS}"


def _left_of(path: Path) -> Iterator[Path]:
    """Older words of the same draft that a killed program left under their first names. A save under way is newer."""
    at = _read(path).at
    for part in path.parent.glob(f"{_stem(path)}{_MARK}*{_PART}"):
        with contextlib.suppress(*_UNREADABLE):
            if _read(part).at <= at:
                yield part


def _stem(path: Path) -> str:
    return path.stem.partition(_MARK)[0]


def _write(path: Path, data: bytes, crash: CrashPoint) -> None:
    # A name of its own: two saves of one draft may come together. Never readable by others, not even for a moment.
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f"{path.stem}{_MARK}", suffix=_PART)
    part = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        crash("written")
        try:
            part.replace(path)
        except FileNotFoundError:
            # Somebody took these words up already, and gave them their name.
            if not path.exists():
                raise
    except OSError:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
    crash("renamed")


def _told(path: Path) -> dict[str, Any]:
    """What a file says; raises one of _UNREADABLE when it is not whole."""
    with path.open("rb") as file:
        raw = file.read(_LARGEST + 1)
    if len(raw) > _LARGEST:
        raise ValueError
    told: dict[str, Any] = json.loads(raw.decode())
    if hashlib.sha256(told["edit"].encode()).hexdigest() != told["sha256"]:
        raise ValueError
    return told


def _sha256(path: Path) -> str:
    return str(_told(path)["sha256"])


def _read(path: Path) -> Spooled:
    """Raises one of _UNREADABLE for a file that is not whole."""
    told = _told(path)
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
