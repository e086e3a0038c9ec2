"""Saves what is typed: one save at a time, nothing lost when leaving, and a conflict said instead of overwritten."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from cmdesk.domain.draft_errors import StaleRevision
from cmdesk.domain.post import Post, PostEdit
from cmdesk.services import composing
from cmdesk.ui.composer.draft import is_blank
from cmdesk.ui.composer.pace import Pace

if TYPE_CHECKING:
    from cmdesk.services.workspace import Workspace
    from cmdesk.ui.bridge import Bridge

#: How our own saves are named in the notices of change.
INITIATOR = "composer"


class Keeper(QObject):
    """Keeps one post of one client. ``edit`` is asked for what the editor holds at the moment of saving.

    ``saved`` carries the stored post, ``failed`` the error (the words stay in the editor and are tried again at the next
    change or ``save_now``), ``stale`` the post that somebody else stored meanwhile.
    """

    saved = Signal(object)
    failed = Signal(object)
    stale = Signal(object)

    def __init__(self, ws: Workspace, bridge: Bridge, edit: Callable[[], PostEdit], parent: QObject) -> None:
        """``parent`` owns it, so that Python's collector, which runs in any thread, never ends a timer of this one."""
        super().__init__(parent)
        self._ws, self._bridge, self._edit = ws, bridge, edit
        self.post: Post | None = None
        self._dirty = False
        self._open = True
        self._conflict: Post | None = None
        self._flight: Future[Post] | None = None
        self._sent: PostEdit | None = None
        self._waiting: list[Callable[[Post], object]] = []
        self._pace = Pace(ws.clock.monotonic, self)
        self._pace.due.connect(self._go)

    @property
    def dirty(self) -> bool:
        """Whether there are words that are not stored yet."""
        return self._dirty or self._flight is not None

    @property
    def conflict(self) -> Post | None:
        """What somebody else stored, while a choice is awaited."""
        return self._conflict

    def touch(self) -> None:
        """Something was changed."""
        self._dirty = True
        if self._conflict is None:
            self._pace.touch()

    def save_now(self) -> None:
        """Without waiting for a pause."""
        if self._dirty:
            self._go()

    def when_saved(self, then: Callable[[Post], object]) -> None:
        """Does something with the stored post once every word of now is stored; not at all when saving fails."""
        if self._conflict is not None:
            self.stale.emit(self._conflict)
        elif not self.dirty and self.post is not None:
            then(self.post)
        else:
            self._waiting.append(then)
            self._dirty = True
            self._go()

    def keep_mine(self) -> None:
        """The words here become the next version over what somebody else stored."""
        self.post, self._conflict = self._conflict or self.post, None
        self._dirty = True
        self._go()

    def take(self, post: Post) -> None:
        """The stored post is what counts now; what was typed here is let go."""
        self.post, self._conflict, self._dirty = post, None, False
        self._pace.rest()

    def leave(self, lost: Callable[[Exception, PostEdit], object]) -> None:
        """The editor is left: the last words are stored after it; ``lost`` is told when that fails."""
        self._open = False
        self._pace.rest()
        self._waiting.clear()
        edit = self._edit()
        nothing = not self._dirty or (self.post is None and is_blank(edit))
        if nothing and self._flight is None:
            return
        if self._conflict is not None:
            lost(StaleRevision(expected=self.post.revision if self.post else 0, found=self._conflict.revision), edit)
            return
        self._dirty = False
        self._bridge.run(_last(self._ws, self.post, edit, self._flight), otherwise=lambda error: lost(error, edit))

    def _go(self) -> None:
        if self._flight is not None or self._conflict is not None or not self._open:
            return
        edit = self._edit()
        self._pace.rest()
        if self.post is None and is_blank(edit):
            self._dirty = False
            self._waiting.clear()
            return
        self._dirty = False
        self._sent = edit
        if self.post is None:
            saving = composing.create(self._ws, edit)
        else:
            saving = composing.save(self._ws, self.post.id, edit, self.post.revision, INITIATOR)
        self._flight = self._bridge.run(saving, then=self._landed, otherwise=self._refused)

    def _landed(self, post: Post) -> None:
        self._flight = None
        self.post = post
        if not self._open:
            return
        self.saved.emit(post)
        if self._dirty:
            self._go()
            return
        waiting, self._waiting = self._waiting, []
        for then in waiting:
            then(post)

    def _refused(self, error: Exception) -> None:
        self._flight = None
        self._waiting.clear()
        self._dirty = True
        if not self._open:
            return
        if isinstance(error, StaleRevision) and error.stored is not None:
            self._conflict = error.stored
            self.stale.emit(error.stored)
        else:
            self.failed.emit(error)


async def _last(ws: Workspace, post: Post | None, edit: PostEdit, flight: Future[Post] | None) -> Post:
    """Stores the last words over whatever of ours is still being stored."""
    if flight is not None:
        post = await asyncio.wrap_future(flight)
    if post is None:
        return await composing.create(ws, edit)
    return await composing.save(ws, post.id, edit, post.revision, INITIATOR)
