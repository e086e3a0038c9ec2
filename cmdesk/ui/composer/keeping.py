"""Saves what is typed: one save at a time, nothing lost when leaving or when the disk refuses, and a conflict said
instead of overwritten."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Callable, Sequence
from concurrent.futures import Future
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QObject, QTimer, Signal

from cmdesk.domain.draft_errors import StaleRevision
from cmdesk.domain.errors import CmdeskError
from cmdesk.domain.post import Post, PostEdit
from cmdesk.services import spooling
from cmdesk.services.spooling import Spool, Spooled
from cmdesk.ui.composer.draft import is_blank, with_media
from cmdesk.ui.composer.gallery import Coming
from cmdesk.ui.composer.pace import Pace
from cmdesk.ui.composer.values import INITIATOR

if TYPE_CHECKING:
    from cmdesk.domain.clock import Clock
    from cmdesk.services.workspace import Workspace
    from cmdesk.ui.bridge import Bridge

#: After a failure it is tried again by itself.
AGAIN_MS = 5000
#: A save that takes longer than this does not hold the words: the engine has something else to do. Looked at as often as that.
SLOW, LOOK_MS = 0.3, 150

log = logging.getLogger(__name__)


class Keeper(QObject):
    """Keeps one post of one client. ``edit`` is asked for what the editor holds at the moment of saving.

    ``saved`` carries the stored post, ``failed`` the error (the words stay in the editor, wait in the spool if that has
    room, and are tried again by itself, at the next change and at ``save_now``), ``stale`` the post that somebody else
    stored meanwhile, ``rested`` that there is nothing to save.
    """

    saved = Signal(object)
    rested = Signal()
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
        self._waiting: list[Callable[[Post], object]] = []
        self._spool = Spool(ws)
        self._beside = Beside(ws)
        # Since when, by the monotonic clock, there are words that are not stored; and words that no save under way has.
        self._since: float | None = None
        self._since_flight: float | None = None
        self._look = QTimer(self)
        self._look.setInterval(LOOK_MS)
        self._look.timeout.connect(self._look_behind)
        self._pace = Pace(ws.clock.monotonic, self)
        self._pace.due.connect(self._go)
        self._again = QTimer(self)
        self._again.setSingleShot(True)
        self._again.setInterval(AGAIN_MS)
        self._again.timeout.connect(self.save_now)

    @property
    def dirty(self) -> bool:
        """Whether there are words that are not stored yet."""
        return self._dirty or self._flight is not None

    @property
    def spooled(self) -> bool:
        """Whether words that the client's file does not have wait in a file beside it."""
        return self._spool.path is not None

    @property
    def conflict(self) -> Post | None:
        """What somebody else stored, while a choice is awaited."""
        return self._conflict

    def touch(self) -> None:
        """Something was changed."""
        self._dirty = True
        if self._conflict is None:
            self._pace.touch(first=self.post is None)
            now = self._ws.clock.monotonic()
            self._since = self._since or now
            self._since_flight = self._since_flight or now
            if not self._look.isActive():
                self._look.start()

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
        self._again.stop()
        self._spool.drop()
        self._all_stored()

    def take_up(self, post: Post | None, words: Spooled) -> None:
        """Words that could not be stored before: they go on from the revision they were based on."""
        self.post = None if post is None else replace(post, revision=words.revision)
        self._spool = Spool(self._ws, words.path)
        self.touch()

    def leave(self, lost: Callable[[Exception, Spooled], object], coming: Sequence[Coming] = ()) -> None:
        """The editor is left: the last words are stored after it, and pictures that are still being taken in.

        What was to be done with the stored post is done. ``lost`` is told the words when they could not be stored.
        """
        self._open = False
        self._pace.rest()
        self._again.stop()
        self._look.stop()
        waiting, self._waiting = self._waiting, []
        edit = self._edit()
        nothing = not self._dirty or (self.post is None and is_blank(edit))
        if nothing and self._flight is None and not coming:
            return
        post, spool, clock, beside = self.post, self._spool, self._ws.clock, self._beside
        if self._conflict is not None:
            error = StaleRevision(expected=post.revision if post else 0, found=self._conflict.revision)
            with contextlib.suppress(CmdeskError):
                spool.put(post, edit)
            lost(error, _words(post, edit, spool, clock))
            return
        self._dirty = False

        def stored(last: Post) -> None:
            beside.drop()
            for then in waiting:
                then(last)

        def refused(error: Exception) -> None:
            if spool.path is not None:
                beside.drop()
            lost(error, _words(post, edit, spool, clock))

        future = self._bridge.run(
            _last(self._ws, post, edit, spool, flight=self._flight, coming=coming), then=stored, otherwise=refused
        )
        # The bridge lives as long as the window does; this keeper goes with its sheet.
        QTimer.singleShot(LOOK_MS, self._bridge, lambda: None if future.done() else beside.put(post, edit))

    def _go(self) -> None:
        if self._flight is not None or self._conflict is not None or not self._open:
            return
        edit = self._edit()
        self._pace.rest()
        self._again.stop()
        self._dirty = False
        self._since_flight = None
        if self.post is None and is_blank(edit):
            self._waiting.clear()
            self._spool.drop()
            self._all_stored()
            self.rested.emit()
            return
        saving = spooling.keep(self._ws, self.post, edit, self._spool, INITIATOR)
        self._flight = self._bridge.run(saving, then=self._landed, otherwise=self._refused)

    def _landed(self, post: Post) -> None:
        self._flight = None
        self.post = post
        if not self._open:
            return
        self._since = self._since_flight
        if self._since is None:
            self._all_stored()
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
        if self._spool.path is not None:
            self._all_stored()
        if isinstance(error, StaleRevision) and error.stored is not None:
            self._conflict = error.stored
            self.stale.emit(error.stored)
        else:
            self._again.start()
            self.failed.emit(error)

    def _look_behind(self) -> None:
        """Words that a slow save keeps waiting go beside the client's file at once, from here: nothing is as fast."""
        if self._since is None or self._spool.path is not None or self._conflict is not None:
            return
        if self._ws.clock.monotonic() - self._since >= SLOW:
            edit = self._edit()
            if self.post is not None or not is_blank(edit):
                self._beside.put(self.post, edit)

    def _all_stored(self) -> None:
        """The client's file, or the spool, has every word."""
        self._since = self._since_flight = None
        self._look.stop()
        self._beside.drop()


class Beside:
    """Words that lie beside the client's file only until a save that is under way has them."""

    def __init__(self, ws: Workspace) -> None:
        self._ws = ws
        self._spool = Spool(ws)
        self._last: PostEdit | None = None

    def put(self, post: Post | None, edit: PostEdit) -> None:
        """Writes them unless they lie there already. Without room they are where they were: with the save under way."""
        if edit == self._last:
            return
        try:
            self._spool.put(post, edit)
        except CmdeskError as error:
            log.debug("words could not be put beside the file: %s", error.code)
        else:
            self._last = edit

    def drop(self) -> None:
        """They are stored."""
        self._last = None
        self._spool.drop()


def _words(post: Post | None, edit: PostEdit, spool: Spool, clock: Clock) -> Spooled:
    revision = 0 if post is None else post.revision
    return Spooled(spool.path, clock.now(), edit, None if post is None else post.id, revision)


async def _last(
    ws: Workspace,
    post: Post | None,
    edit: PostEdit,
    spool: Spool,
    *,
    flight: Future[Post] | None,
    coming: Sequence[Coming],
) -> Post:
    """Stores the last words over whatever of ours is still being stored, then the pictures that come after them."""
    if flight is not None:
        with contextlib.suppress(CmdeskError):
            post = await asyncio.wrap_future(flight)
    if post is not None or not is_blank(edit):
        post = await spooling.keep(ws, post, edit, spool, INITIATOR)
    for one in coming:
        for item in await one.items():
            edit = with_media(edit, item)
    return await spooling.keep(ws, post, edit, spool, INITIATOR)
