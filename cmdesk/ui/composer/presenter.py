"""Wires the posts room: the list of one client with its composer."""

from __future__ import annotations

import contextlib
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer

from cmdesk.domain.changes import Changes, Topic
from cmdesk.domain.draft_errors import DraftDamaged
from cmdesk.domain.errors import CmdeskError, NotFound
from cmdesk.domain.ids import PostId
from cmdesk.domain.post import PostEdit
from cmdesk.domain.views import PostRow
from cmdesk.services import composing, linking, spooling
from cmdesk.services.desk import Desk
from cmdesk.services.spooling import Spooled
from cmdesk.services.workspace import Workspace
from cmdesk.ui import wording
from cmdesk.ui.actions import Action
from cmdesk.ui.composer import looks
from cmdesk.ui.composer.everyone import AllPostsPresenter
from cmdesk.ui.composer.listing import PAGE, hits, in_order, passes, say_empty
from cmdesk.ui.composer.values import INITIATOR, PostLine
from cmdesk.ui.composer.view import ALL, PostsView
from cmdesk.ui.screens import NewPost, Presenter, Target

if TYPE_CHECKING:
    from cmdesk.domain.post import Post
    from cmdesk.ui.composer.writer import Writer
    from cmdesk.ui.screens import Shell

translate = QCoreApplication.translate

#: The list follows one's own words after a pause this long, for nobody reads it while typing.
_PAUSE_MS = 400


def make_presenter(view: PostsView, scope: Workspace | Desk, shell: Shell) -> Presenter:
    """The presenter for a client, or the one for all of them."""
    if isinstance(scope, Workspace):
        return PostsPresenter(view, scope, shell)
    return AllPostsPresenter(view, scope, shell)


class PostsPresenter:
    """One client's posts."""

    def __init__(self, view: PostsView, ws: Workspace, shell: Shell) -> None:
        self._view, self._ws, self._shell = view, ws, shell
        self._calls = shell.bridge.calls()
        self._filter, self._asked = view.filters.choice or ALL, ""
        self._rows: tuple[PostRow, ...] = ()
        self._whole = False
        self._writer: Writer | None = None
        self._choosing = False
        self._list_again = QTimer()
        self._list_again.setSingleShot(True)
        self._list_again.setInterval(_PAUSE_MS)
        self._list_again.timeout.connect(self._refresh_list)
        self._restore: tuple[PostId, PostEdit] | None = None
        view.set_now(ws.clock.now)
        view.allow_new(True)
        view.set_formats(shell.formats)
        view.search.clear()
        self._pairs = (
            (view.opened, self._open_line),
            (view.entered, self._enter_line),
            (view.new_wanted, self.new),
            (view.filtered, self._set_filter),
            (view.searched, self._set_asked),
            (view.end_seen, self._more),
            (view.hint_pressed, self._hint_pressed),
        )
        for signal, slot in self._pairs:
            signal.connect(slot)
        view.model.show([])
        self._waiting = self._look_for_words()
        self._read()
        self._show_list()
        self._show_hint()

    # --- what the window asks ------------------------------------------------------------------------------------

    def refresh(self, changes: Changes) -> None:
        """Reads the list again, and the open post as far as it does not disturb who is typing."""
        if not changes.topics & {Topic.POSTS, Topic.AGENDA, Topic.OUTBOX, Topic.ACCOUNTS, Topic.CLIENT, Topic.MEDIA}:
            return
        if self._writer is not None and changes.initiator == INITIATOR and changes.topics <= {Topic.POSTS}:
            # Our own words were stored. Painting the whole sheet again would hold up the next letter.
            self._list_again.start()
            return
        self._refresh_list()
        if self._writer is None:
            self._show_hint()
            return
        if self._writer.post_id is None:
            self._writer.refresh(None)
            return
        try:
            post = composing.load(self._ws, self._writer.post_id)
        except CmdeskError as error:
            self._gone(error)
            return
        if post.deleted_at is not None:
            self._leave()
        else:
            self._writer.refresh(post)

    def _refresh_list(self) -> None:
        self._list_again.stop()
        self._read()
        self._show_list()

    def reveal(self, item: object) -> None:
        """A ``PostId`` is opened, a ``NewPost`` begun, a ``Spooled`` (words that could not be stored) taken up again."""
        if isinstance(item, NewPost):
            self._begin(item.moment)
        elif isinstance(item, Spooled):
            self._take_up(item)
        elif isinstance(item, int):
            self._open(PostId(item))
            self._mark(PostId(item))

    def retranslate(self) -> None:
        """The language changed."""
        self._view.set_formats(self._shell.formats)
        self._show_list()
        self._show_hint()
        if self._writer is not None:
            self._writer.retranslate()

    def actions(self) -> Sequence[Action]:
        """New, send, save, duplicate."""
        writing = self._is_writing
        return (
            Action("posts.new", lambda: translate("Composer", "New post"), self.new, ("Ctrl+N",), icon="compose"),
            Action(
                "posts.send",
                lambda: translate("Composer", "Publish or schedule"),
                self._send,
                ("Ctrl+Return", "Ctrl+Enter"),
                enabled=writing,
                icon="send",
            ),
            Action(
                "posts.save",
                lambda: translate("Composer", "Save now"),
                self._save_now,
                ("Ctrl+S",),
                enabled=writing,
                icon="check",
            ),
            Action(
                "posts.duplicate",
                lambda: translate("Composer", "Duplicate the post"),
                self._duplicate,
                ("Ctrl+D",),
                enabled=writing,
                icon="copy",
            ),
            Action(
                "posts.split",
                lambda: translate("Composer", "Split into parts that fit"),
                self._split,
                ("Ctrl+Shift+D",),
                enabled=writing,
            ),
            Action(
                "posts.split_numbered",
                lambda: translate("Composer", "Split into numbered parts"),
                self._split_numbered,
                (),
                enabled=writing,
            ),
            Action(
                "posts.next_finding",
                lambda: translate("Composer", "Next remark on the language"),
                self._next_finding,
                ("F7",),
                enabled=writing,
            ),
            Action(
                "posts.previous_finding",
                lambda: translate("Composer", "Previous remark on the language"),
                self._previous_finding,
                ("Shift+F7",),
                enabled=writing,
            ),
            Action(
                "posts.mend",
                lambda: translate("Composer", "Mend it with the first proposal"),
                self._mend,
                ("Ctrl+.",),
                enabled=writing,
            ),
            Action(
                "posts.mend_sure",
                lambda: translate("Composer", "Mend all that is sure"),
                self._mend_sure,
                ("Ctrl+Shift+.",),
                enabled=writing,
            ),
        )

    def close(self) -> None:
        """Saves what is being typed and lets go of the client."""
        self._list_again.stop()
        for signal, slot in self._pairs:
            signal.disconnect(slot)
        self._leave()
        self._view.show_lines([])
        self._calls.close()

    def _send(self) -> None:
        if self._writer is not None:
            self._writer.send()

    def _save_now(self) -> None:
        if self._writer is not None:
            self._writer.save_now()

    def _split(self) -> None:
        if self._writer is not None:
            self._writer.split(numbered=False)

    def _split_numbered(self) -> None:
        if self._writer is not None:
            self._writer.split(numbered=True)

    def _next_finding(self) -> None:
        if self._writer is not None:
            self._writer.proof.step(1)

    def _previous_finding(self) -> None:
        if self._writer is not None:
            self._writer.proof.step(-1)

    def _mend(self) -> None:
        if self._writer is not None:
            self._writer.proof.mend_chosen()

    def _mend_sure(self) -> None:
        if self._writer is not None:
            self._writer.proof.mend_sure()

    def _duplicate(self) -> None:
        if self._writer is not None:
            self._writer.duplicate()

    def _look_for_words(self) -> tuple[Spooled, ...]:
        """What could not be stored the last time. A file that is not whole was set aside, and that is said."""
        found = spooling.waiting(self._ws)
        if found.damaged:
            sentence = translate(
                "Composer", "Words kept aside cannot be read: the disk was damaged. The file was kept as “{name}”."
            )
            self._shell.toast(sentence.format(name=found.damaged[0].name))
        return found.words

    # --- the list ---------------------------------------------------------------------------------------------------

    def _is_writing(self) -> bool:
        return self._writer is not None

    def _read(self) -> None:
        count = max(PAGE, len(self._rows))
        self._rows = composing.post_rows(self._ws, limit=count)
        self._whole = len(self._rows) < count

    def _more(self) -> None:
        if not self._whole and self._rows:
            older = composing.post_rows(self._ws, limit=PAGE, before=self._rows[-1])
            self._whole = len(older) < PAGE
            self._rows += older
            self._show_list()

    def _show_list(self) -> None:
        rows = [row for row in self._found() if passes(row, self._filter)]
        now, zone = self._ws.clock.now(), self._ws.client.timezone
        say_empty(self._view, self._filter, self._asked)
        self._choosing = True
        self._view.show_lines([looks.post_line(row, self._shell.formats, now, zone) for row in in_order(rows, self._filter)])
        self._choosing = False
        if self._writer is not None and self._writer.post_id is not None:
            self._mark(self._writer.post_id)

    def _found(self) -> Sequence[PostRow]:
        found = hits(self._ws, self._asked)
        return self._rows if found is None else [row for row in self._rows if row.id in found]

    def _set_filter(self, chosen: str) -> None:
        self._filter = chosen
        self._show_list()

    def _set_asked(self, asked: str) -> None:
        self._asked = asked
        self._show_list()

    def _mark(self, post: PostId) -> None:
        self._choosing = True
        self._view.list.choose_key((self._ws.client.id, post))
        self._choosing = False

    def _open_line(self, line: PostLine) -> None:
        if not self._choosing:
            self._open(line.row.id)

    def _enter_line(self, line: PostLine) -> None:
        self._open(line.row.id)
        self._view.page.paper.setFocus()

    # --- the editor ---------------------------------------------------------------------------------------------------

    def new(self) -> None:
        """A new post."""
        self._begin(None)

    def _begin(self, moment: datetime | None) -> None:
        self._leave()
        self._mark_none()
        self._make_writer().begin(moment)
        self._view.show_page(True)
        self._view.page.paper.setFocus()

    def _mark_none(self) -> None:
        self._choosing = True
        self._view.list.clearSelection()
        self._view.list.setCurrentIndex(self._view.model.index(-1))
        self._choosing = False

    def _take_up(self, words: Spooled) -> None:
        """Over the stored post they belong to; as a new one when there is none any more."""
        self._leave()
        post = None
        if words.post is not None:
            with contextlib.suppress(CmdeskError):
                post = composing.load(self._ws, words.post)
        if post is None:
            self._mark_none()
        else:
            self._mark(post.id)
        self._waiting = tuple(one for one in self._waiting if one.path != words.path)
        self._make_writer().take_up(post, words)
        self._view.show_page(True)
        self._view.page.paper.setFocus()

    def _open(self, post_id: PostId) -> None:
        if self._writer is not None and self._writer.post_id == post_id:
            return
        spooled = next((words for words in self._waiting if words.post == post_id), None)
        if spooled is not None:
            self._take_up(spooled)
            return
        self._leave()
        try:
            post = composing.load(self._ws, post_id)
        except CmdeskError as error:
            self._gone(error)
            return
        self._make_writer().load(post)
        self._view.show_page(True)

    def _make_writer(self) -> Writer:
        from cmdesk.ui.composer.writer import Writer  # with the first post that is opened: the list comes without it

        self._writer = Writer(self._view.page, self._ws, self._shell, self._calls, self._now_stored)
        return self._writer

    def _now_stored(self, post: PostId) -> None:
        self._mark(post)

    def _gone(self, error: CmdeskError) -> None:
        """The post can't be shown: removed meanwhile, or its words are damaged."""
        self._leave()
        if isinstance(error, DraftDamaged) and error.last_good is not None:
            self._view.hint.say(
                translate("Composer", "This post is damaged"),
                wording.error(error),
                translate("Composer", "Restore the last good version"),
            )
            self._restore = (PostId(error.post), error.last_good)
        elif not isinstance(error, NotFound):
            self._view.hint.say(translate("Composer", "This post cannot be shown"), wording.error(error))

    def _leave(self) -> None:
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.close()
        self._view.show_page(False)
        self._show_hint()

    def _show_hint(self) -> None:
        self._restore = None
        hint = self._view.hint
        hint.button.set_tones(self._shell.theme.tones(self._ws.client.colour))
        if self._waiting:
            hint.say(
                translate("Composer", "Words that were not stored"),
                translate("Composer", "The disk refused them last time, so they were kept aside. Nothing of them is lost."),
                translate("Composer", "Take them up again"),
            )
        elif not linking.accounts(self._ws):
            hint.say(
                translate("Composer", "Link an account first"),
                translate("Composer", "Then you write here, see at once how it will look, and choose when it goes out."),
                translate("Composer", "Link an account"),
            )
        elif not self._rows:
            hint.say(
                translate("Composer", "Write your first post for {client}").format(client=self._ws.client.name),
                translate("Composer", "Every word is kept as you type. Nothing goes out before you say so."),
                translate("Composer", "Write a post"),
            )
        else:
            hint.say(
                translate("Composer", "Choose a post, or begin a new one"),
                translate("Composer", "The list at the left holds drafts, planned and live posts."),
                translate("Composer", "Write a post"),
            )

    def _hint_pressed(self) -> None:
        if self._restore is not None:
            post, edit = self._restore
            version = next((one for one in composing.versions(self._ws, post) if one.edit == edit), None)
            if version is not None:
                restored = composing.restore_version(self._ws, post, version)
                self._calls.run(restored, then=self._restored, otherwise=lambda error: self._shell.toast(wording.error(error)))
        elif self._waiting:
            self._take_up(self._waiting[0])
        elif not linking.accounts(self._ws):
            self._shell.go(Target("accounts", self._ws.client.id))
        else:
            self.new()

    def _restored(self, post: Post) -> None:
        self._open(post.id)
        self._mark(post.id)
