"""What else can be done with the post in the editor: copy it, put it into the bin, take it out again."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from cmdesk.domain.ids import PostId
from cmdesk.domain.post import Post
from cmdesk.services import composing
from cmdesk.ui.screens import Target

if TYPE_CHECKING:
    from cmdesk.services.workspace import Workspace
    from cmdesk.ui.bridge import Calls
    from cmdesk.ui.composer.keeping import Keeper
    from cmdesk.ui.screens import Shell

translate = QCoreApplication.translate


class Errands(QObject):
    """The errands of one post. ``say`` is told what went wrong."""

    def __init__(self, ws: Workspace, shell: Shell, calls: Calls, keeper: Keeper, *, say: Callable[[Exception], object]) -> None:
        """The keeper's owner owns it too."""
        super().__init__(keeper.parent())
        self._ws, self._shell, self._calls, self._keeper, self._say = ws, shell, calls, keeper, say

    def duplicate(self) -> None:
        """A new draft with the same words."""
        self._keeper.when_saved(self._duplicate_stored)

    def _duplicate_stored(self, post: Post) -> None:
        self._calls.run(
            composing.duplicate(self._ws, post.id),
            then=lambda copy: self._shell.go(Target("posts", self._ws.client.id, copy.id)),
            otherwise=self._say,
        )

    def bin(self) -> None:
        """Into the bin, from where an undo brings it back."""
        if self._keeper.post is None:
            return
        post = self._keeper.post.id
        said = translate("Composer", "In the bin for 30 days.")
        self._calls.run(
            composing.bin(self._ws, post),
            then=lambda _nothing: self._shell.toast(said, lambda: self._unbin(post)),
            otherwise=self._say,
        )

    def _unbin(self, post: PostId) -> None:
        self._shell.bridge.run(composing.unbin(self._ws, post))

    def pop_up(self, anchor: QWidget, *, binnable: bool) -> None:
        """The menu, above its button."""
        menu = QMenu(anchor)
        menu.addAction(translate("Composer", "Duplicate"), self.duplicate)
        away = menu.addAction(translate("Composer", "Move to the bin"), self.bin)
        away.setEnabled(self._keeper.post is not None and binnable)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(anchor.mapToGlobal(QPoint(0, -menu.sizeHint().height())))
