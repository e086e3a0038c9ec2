"""Wires the page to one post of one client: what is typed is kept, counted, checked and previewed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, QObject, QTimer
from PySide6.QtGui import QImage, QTextCursor

from cmdesk.domain import splitting
from cmdesk.domain.account import Account
from cmdesk.domain.counting import count
from cmdesk.domain.delivery import Delivery, State
from cmdesk.domain.draft_errors import BlockedByProblems
from cmdesk.domain.ids import AccountId, MediaId, PostId
from cmdesk.domain.limits import Count, Problem, Severity
from cmdesk.domain.post import MediaItem, Poll, Post, PostEdit, edit_of, split_thread
from cmdesk.domain.views import OutboxRow
from cmdesk.services import composing, hats, linking, planning
from cmdesk.services.spooling import Spool, Spooled
from cmdesk.ui import wording
from cmdesk.ui.composer import draft, looks
from cmdesk.ui.composer.errands import Errands
from cmdesk.ui.composer.gallery import Gallery
from cmdesk.ui.composer.keeping import Keeper
from cmdesk.ui.composer.sender import Sender, is_fixed
from cmdesk.ui.composer.values import ProblemLine, Standing
from cmdesk.ui.proofing.proof import Proof
from cmdesk.ui.screens import Target

if TYPE_CHECKING:
    from cmdesk.domain.hats import Hats
    from cmdesk.services.workspace import Workspace
    from cmdesk.ui.bridge import Calls
    from cmdesk.ui.composer.page import Page
    from cmdesk.ui.screens import Shell

translate = QCoreApplication.translate

#: Counting and checking wait this long for the next key; the letter itself is painted at once.
COUNT_MS = 50
#: The preview may lag a little more.
PREVIEW_MS = 150


class Writer(QObject):
    """One post in the editor. ``begin`` or ``load`` once, ``close`` once."""

    def __init__(self, page: Page, ws: Workspace, shell: Shell, calls: Calls, opened: Callable[[PostId], object]) -> None:
        """``opened`` is told the number of a new post once it has one.

        The page owns it until ``close``: Python's collector, which runs in any thread, must never end a timer of this one.
        """
        super().__init__(page)
        self._page, self._ws, self._shell, self._calls, self._opened = page, ws, shell, calls, opened
        self._edit = PostEdit()
        self._tab: AccountId | None = None
        self._accounts: tuple[Account, ...] = ()
        self._counts: dict[AccountId, tuple[Count, ...]] = {}
        self._allowances: dict[AccountId, str] = {}
        self._found: dict[AccountId, tuple[Problem, ...]] = {}
        self._deliveries: tuple[Delivery, ...] = ()
        self._keeper = Keeper(ws, shell.bridge, self._gather, self)
        self._gallery = Gallery(ws, shell.bridge, self, came=self._add_media, say=self._say, seen=self._show_pictures)

        def say(error: Exception) -> None:
            # Belongs to no Qt object, so that it is told even after the post was left.
            self._say(error)

        self._sender = Sender(page.sending, ws, shell, calls, self._keeper, say=say, unlock=self._unlocked)
        self._errands = Errands(ws, shell, calls, self._keeper, say=say)
        self._text_known = True
        self._open = True
        self._hats: Hats | None = None
        self._calls.run(hats.known(ws), then=self._know_hats, otherwise=lambda _error: None)
        self.proof = Proof(
            page.paper.marks,
            page.proof,
            ws,
            shell,
            calls,
            # What is out is not read any more: nothing in it could be mended.
            text=lambda: "" if self._locked() else page.paper.text(),
            tag=lambda: draft.language_for(self._edit, self._tab),
        )
        self._count_timer = self._timer(COUNT_MS, self._recount)
        self._preview_timer = self._timer(PREVIEW_MS, self._show_preview)
        self._connections: list[tuple[object, Callable[..., object]]] = []
        self._connect()

    # --- opening and leaving -----------------------------------------------------------------------------------

    @property
    def post_id(self) -> PostId | None:
        """The post's number; None until its first word is stored."""
        return self._keeper.post.id if self._keeper.post is not None else None

    @property
    def keeper(self) -> Keeper:
        """What saves it."""
        return self._keeper

    def begin(self, moment: datetime | None = None) -> None:
        """A new post, for every account that can be written to. Nothing is stored before the first word."""
        self._accounts = linking.accounts(self._ws)
        targets = tuple(account.id for account in self._accounts if account.writable)
        self._start(None, draft.with_targets(PostEdit(language=self._ws.client.language.value), targets), moment)
        self._page.paper.setFocus()

    def take_up(self, post: Post | None, words: Spooled) -> None:
        """Words that could not be stored before: over what is stored of them, or as a new post when that is out already."""
        if post is not None:
            self.load(post)
            if words.edit == edit_of(post):
                Spool(self._ws, words.path).drop()
                return
            if self._fixed():
                post, self._deliveries = None, ()
        self._accounts = linking.accounts(self._ws) if post is None else self._known_accounts(post)
        self._start(None, words.edit, self._planned_wall())
        self._keeper.take_up(post, words)

    def load(self, post: Post) -> None:
        """A stored post."""
        self._accounts = self._known_accounts(post)
        self._deliveries = planning.deliveries(self._ws, post.id)
        self._start(post, edit_of(post), self._planned_wall())

    def _planned_wall(self) -> datetime | None:
        return next((one.planned.wall for one in self._live() if one.state is State.PLANNED), None)

    def close(self) -> None:
        """Saves the last words and lets go of the page."""
        self._take_text()
        self._count_timer.stop()
        self._preview_timer.stop()
        for signal, slot in self._connections:
            signal.disconnect(slot)  # type: ignore[attr-defined]  # bound signals have no type of their own to import
        self._connections.clear()
        self._page.banner.dismiss()
        self._sender.stop()
        self.proof.close()
        self._open = False
        self._keeper.leave(self._lost, self._gallery.close())
        self.deleteLater()

    def _lost(self, error: Exception, words: Spooled) -> None:
        """The last words could not be stored after leaving: back to them, because nothing is more urgent."""
        self._shell.toast(wording.error(error, self._shell.formats))
        self._shell.go(Target("posts", self._ws.client.id, words))

    def _start(self, post: Post | None, edit: PostEdit, moment: datetime | None) -> None:
        self._edit, self._tab = edit, None
        self._keeper.take(post) if post is not None else None
        self._text_known = True
        page = self._page
        page.banner.dismiss()
        page.forget_warning()
        page.paper.whose = self._ws.client.id
        page.paper.start(edit.text)
        self._sender.start(moment)
        self._show_all()
        self.proof.begin()

    def _known_accounts(self, post: Post) -> tuple[Account, ...]:
        """The linked accounts, and those this post went to that are no longer linked."""
        linked = linking.accounts(self._ws)
        have = {account.id for account in linked}
        past = tuple(
            one for one in linking.accounts(self._ws, with_unlinked=True) if one.id in post.accounts and one.id not in have
        )
        return linked + past

    def _connect(self) -> None:
        page = self._page
        pairs: list[tuple[object, Callable[..., object]]] = [
            (page.typed, self._typed),
            (page.targets.toggled, self._toggle_target),
            (page.tab_chosen, self._choose_tab),
            (page.revert_wanted, self._revert),
            (page.warning_typed, lambda text: self._change(draft.with_warning(self._current(), self._tab, text))),
            (page.visibility_chosen, lambda value: self._change(draft.with_visibility(self._current(), self._tab, value))),
            (page.language_chosen, self._choose_language),
            (page.comment_typed, lambda text: self._change(draft.with_comment(self._current(), text))),
            (page.extras_changed, lambda extras: self._change(draft.with_extras(self._current(), extras))),
            (page.paper.pasted_foreign, self._say_foreign),
            (page.files_given, self.attach),
            (page.image_given, self._attach_image),
            (page.pick_wanted, self._pick),
            (page.poll_wanted, self._add_poll),
            (page.poll.changed, lambda poll: self._change(replace(self._current(), poll=poll))),
            (page.media.alt_typed, lambda media, alt: self._change(draft.with_alt(self._current(), MediaId(media), alt))),
            (page.media.removed, lambda media: self._change(draft.without_media(self._current(), MediaId(media)))),
            (page.media.moved, lambda media, step: self._change(draft.moved_media(self._current(), MediaId(media), step))),
            (page.media.part_chosen, lambda media, part: self._change(draft.with_part(self._current(), MediaId(media), part))),
            (page.problem_wanted, self._go_to_problem),
            (page.link, self._shell.open_link),
            (page.sending.pressed, self.send),
            (page.sending.moment_changed, lambda _moment: self._sender.show_again()),
            (page.sending.mode_changed, lambda _mode: self._sender.show_again()),
            (page.sending.cancel_wanted, self._sender.cancel_plan),
            (page.sending.menu_wanted, self._menu),
            (page.deliveries.wanted, self._sender.decide),
            (page.deliveries.cancelled, self._sender.cancel_one),
            (self._keeper.saved, self._saved),
            (self._keeper.rested, lambda: page.sending.show_saved("")),
            (self._keeper.failed, self._failed),
            (self._keeper.stale, self._stale),
        ]
        for signal, slot in pairs:
            signal.connect(slot)  # type: ignore[attr-defined]  # as above
        self._connections = pairs

    def _timer(self, wait: int, then: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(wait)
        timer.timeout.connect(then)
        return timer

    # --- what is typed and chosen --------------------------------------------------------------------------------

    def _typed(self) -> None:
        """One key: nothing but notes that there is something; text is read once, a little later."""
        self._text_known = False
        self._touch()
        if not self._count_timer.isActive():
            self._count_timer.start()
        self._preview_timer.start()
        self.proof.touch()

    def _touch(self) -> None:
        self._keeper.touch()
        self._page.sending.show_saving()

    def _take_text(self) -> None:
        if not self._text_known:
            self._text_known = True
            self._edit = draft.with_text(self._edit, self._tab, self._page.paper.text())

    def _current(self) -> PostEdit:
        """The edit with every letter typed so far."""
        self._take_text()
        return self._edit

    _gather = _current

    def _change(self, edit: PostEdit) -> None:
        if edit == self._edit or self._locked():
            return
        self._edit = edit
        self._touch()
        self._show_all()

    def _choose_language(self, tag: str) -> None:
        self._change(draft.with_language(self._current(), self._tab, tag))
        self.proof.read()

    def _toggle_target(self, account: int, on: bool) -> None:
        edit = self._current()
        chosen = [variant.account for variant in edit.variants]
        wanted = [one.id for one in self._accounts if (one.id in chosen and one.id != account) or (one.id == account and on)]
        if self._tab is not None and self._tab not in wanted:
            self._tab = None
        self._change(draft.with_targets(edit, wanted))

    def _choose_tab(self, tab: AccountId | None) -> None:
        self._take_text()
        self._tab = tab
        self._show_all()
        self.proof.begin()
        self._page.paper.setFocus()

    def _revert(self) -> None:
        if self._tab is not None:
            self._change(draft.reverted(self._current(), self._tab))
            self._page.paper.setFocus()

    def _add_poll(self) -> None:
        if self._current().poll is None:
            self._change(replace(self._edit, poll=Poll(options=("", ""))))
        self._page.poll.focus_first()

    def _go_to_problem(self, line: ProblemLine) -> None:
        tabs = {variant.account for variant in self._edit.variants}
        if line.account in tabs and len(tabs) > 1 and line.where in {"text", "warning"}:
            self._choose_tab(line.account)
        self._page.focus_on(line)

    # --- media ---------------------------------------------------------------------------------------------------

    def _pick(self) -> None:
        self.attach(self._gallery.pick(self._page))

    def attach(self, files: list[str]) -> None:
        """Takes files into the client's folder and puts them under the text, with the part the cursor is in."""
        if not self._fixed():
            self._gallery.take_files(files, self._part_of_cursor())

    def _attach_image(self, image: QImage) -> None:
        if not self._fixed():
            self._gallery.take_image(image, self._part_of_cursor())

    def _add_media(self, items: tuple[MediaItem, ...]) -> None:
        edit = self._current()
        for item in items:
            edit = draft.with_media(edit, item)
        self._change(edit)

    def _part_of_cursor(self) -> int:
        before = self._page.paper.text()[: self._page.paper.textCursor().position()]
        return sum(1 for line in before.split("\n")[:-1] if line.strip() == "---")

    def _show_pictures(self) -> None:
        self._show_media()
        self._show_preview()

    # --- saving ----------------------------------------------------------------------------------------------------

    def save_now(self) -> None:
        """Without waiting for a pause."""
        self._take_text()
        self._keeper.save_now()

    def _saved(self, post: Post) -> None:
        self._page.banner.dismiss()
        self._page.sending.show_saved(translate("Composer", "Saved"))
        self._opened(post.id)

    def _failed(self, error: Exception) -> None:
        self._page.sending.show_saved(translate("Composer", "Not saved"), "danger")
        again = translate("Composer", "Save again")
        sentence = wording.error(error, self._shell.formats)
        if self._keeper.spooled:
            kept = translate("Composer", "Until then your words are kept in a file beside it, even if you close cmdesk.")
            sentence = f"{sentence} {kept}"
        self._page.banner.say("danger", sentence, [(again, self.save_now)])

    def _stale(self, post: Post) -> None:
        sentence = translate(
            "Composer",
            "This post was changed somewhere else while you were writing. Your words are still here and nothing was overwritten.",
        )
        self._page.sending.show_saved(translate("Composer", "Not saved"), "danger")
        self._page.banner.say(
            "warning",
            sentence,
            [
                (translate("Composer", "Keep mine as a new version"), self._keep_mine),
                (translate("Composer", "Take the other one"), lambda: self._take_other(post)),
            ],
        )

    def _keep_mine(self) -> None:
        self._page.banner.dismiss()
        self._take_text()
        self._keeper.keep_mine()

    def _take_other(self, post: Post) -> None:
        self._text_known = True
        self._keeper.take(post)
        self.load(post)

    def refresh(self, post: Post | None) -> None:
        """Something changed in the client's file; ``post`` is this one as stored now, None while it was never stored."""
        known = self._keeper.post
        if post is not None and known is not None and not self._keeper.dirty and post.revision != known.revision:
            self.load(post)
            return
        if post is not None and known is not None and post.revision == known.revision:
            self._keeper.post = post
        self._accounts = linking.accounts(self._ws) if post is None else self._known_accounts(post)
        if post is not None:
            self._deliveries = planning.deliveries(self._ws, post.id)
        self._show_all()

    def retranslate(self) -> None:
        """The language changed."""
        self._page.set_formats(self._shell.formats)
        self._page.banner.dismiss()
        self._page.sending.show_saved("")
        self._show_all()
        self.proof.retranslate()

    # --- showing ----------------------------------------------------------------------------------------------------

    def _live(self) -> tuple[Delivery, ...]:
        return tuple(one for one in self._deliveries if one.state is not State.CANCELLED)

    def _fixed(self) -> bool:
        """What is out, or on its way, is not edited here."""
        return is_fixed(self._live())

    def _locked(self) -> bool:
        """Whether not even the words can be written in: those of a live post can, once that was asked for."""
        return self._fixed() and not self._sender.change.is_open(self._live(), self._accounts)

    def _unlocked(self) -> None:
        """The words of a live post were opened, or shut again."""
        if self._open:
            self._show_all()

    def _show_all(self) -> None:
        fixed = self._fixed()
        page, edit = self._page, self._current()
        page.paper.show_tab(self._tab, draft.text_for(edit, self._tab))
        locked = self._locked()
        page.paper.setReadOnly(locked)
        page.proof.setVisible(not locked)
        self._show_tabs()
        page.show_warning(draft.warning_for(edit, self._tab), fixed=locked)
        self._show_choices(fixed)
        page.poll.show_poll(edit.poll, self._most_choices(), fixed=fixed)
        page.allow_poll(edit.poll is None and not fixed)
        self._gallery.ask(edit.media)
        now, zone = self._ws.clock.now(), self._ws.client.timezone
        self._allowances = {
            one.id: looks.allowance(linking.quotas(self._ws, one.id), self._shell.formats, now, zone) for one in self._chosen()
        }
        self._show_media()
        self._recount()
        self._show_preview()
        self._show_deliveries()

    def _show_tabs(self) -> None:
        own = self._tab is not None and draft.differs(self._edit, self._tab)
        tabs, note = looks.tabs(self._accounts, self._edit, self._tab)
        self._page.show_tabs(tabs, self._tab, note, own=own and not self._fixed())

    def _show_choices(self, fixed: bool) -> None:
        visibility, language = draft.visibility_for(self._edit, self._tab), draft.language_for(self._edit, self._tab)
        self._page.show_choices(looks.visibilities(), visibility, looks.languages(language), language, fixed=fixed)
        extras = self._edit.extras
        others = [one for one in looks.languages("".join(extras.languages[:1])) if one[0] and one[0] != language]
        wanted = any(one.limits.gates or one.limits.quotes for one in self._chosen())
        self._page.show_extras(extras, others, wanted=wanted, fixed=fixed)

    def _most_choices(self) -> int:
        limits = [one.limits.poll_options for one in self._chosen() if one.limits.poll_options]
        return min(limits, default=4)

    def _chosen(self) -> tuple[Account, ...]:
        meant = {variant.account for variant in self._edit.variants}
        return tuple(account for account in self._accounts if account.id in meant)

    def _show_media(self) -> None:
        parts = len(split_thread(draft.text_for(self._edit, self._tab)))
        found = looks.media_looks(self._edit.media, self._chosen(), self._gallery.thumbnails)
        self._page.media.show_media(found, parts, fixed=self._fixed())

    def _recount(self) -> None:
        edit = self._current()
        self._counts = composing.counts(edit, self._accounts)
        self._found = composing.problems(edit, self._accounts, media_folder=self._ws.media_folder)
        tones = self._shell.theme.tones(self._ws.client.colour)
        targets = looks.target_looks(self._accounts, edit, self._counts, self._found, self._allowances)
        self._page.targets.show_targets(targets, tones, fixed=self._fixed())
        tab = self._tab if self._tab is not None else self._tightest()
        self._page.paper.set_counts(self._counts.get(tab, ()) if tab is not None else ())
        blank = draft.is_blank(edit)
        lines = () if self._fixed() else (*looks.problem_lines(self._accounts, self._found, blank=blank), *self._foreign(edit))
        self._page.problems.show_lines(lines)
        if self._tab is not None:
            self._show_tabs()
        self._show_sending()

    def _say_foreign(self, _client: str) -> None:
        """Words copied from another client's text: said at once, and taken back with one press."""
        sentence = translate(
            "Composer", "These words were copied from another client's text. They are in the text of {client} now."
        )
        back = translate("Composer", "Take them out again")

        def undo() -> None:
            self._page.banner.dismiss()
            self._page.paper.undo()

        self._page.banner.say("warning", sentence.format(client=self._ws.client.name), [(back, undo)])

    def _know_hats(self, found: Hats) -> None:
        """What marks the other clients is known now: the text may hold something of theirs."""
        self._hats = found
        if self._open:
            self._recount()

    def _foreign(self, edit: PostEdit) -> tuple[ProblemLine, ...]:
        if self._hats is None:
            return ()
        return tuple(ProblemLine(False, wording.problem(one)) for one in hats.problems(self._hats, edit))

    def split(self, *, numbered: bool) -> None:
        """Cuts what is too long into parts that fit every chosen account that follows this text; one step of undo."""
        if self._locked():
            return
        follow = [
            account.limits
            for account in self._chosen()
            if (account.id == self._tab if self._tab is not None else not draft.differs(self._edit, account.id))
        ]
        text = self._page.paper.text()
        made = splitting.split(
            text, lambda part: min((count(part, limits).left for limits in follow), default=0), numbered=numbered
        )
        if made == text:
            self._shell.toast(translate("Composer", "Nothing to split: every part fits."))
            return
        cursor = self._page.paper.textCursor()
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(made)

    def _tightest(self) -> AccountId | None:
        """The account that follows the base text and has the least room left."""
        follow = [one.account for one in self._edit.variants if one.text is None and self._counts.get(one.account)]
        return min(follow, key=lambda account: min(count.left for count in self._counts[account]), default=None)

    def _show_preview(self) -> None:
        self._page.previews.show_looks(looks.preview_looks(self._accounts, self._current(), self._gallery.thumbnails))

    def _show_deliveries(self) -> None:
        by_id = {account.id: account for account in self._accounts}
        zone = self._ws.client.timezone
        shown = [
            looks.delivery_look(self._row(one, by_id[one.account]), by_id[one.account], self._shell.formats, zone)
            for one in self._live()
            if one.account in by_id
        ]
        self._page.deliveries.show_looks(shown, zone)

    def _row(self, delivery: Delivery, account: Account) -> OutboxRow:
        post = self._keeper.post
        return looks.outbox_row(self._ws.client.id, delivery, account, self._edit.text, post.kind if post else self._edit.kind)

    # --- sending ----------------------------------------------------------------------------------------------------

    def send(self) -> None:
        """Publishes or schedules, after a question where it goes out now or in several places."""
        self._recount()
        self._sender.send()

    def _show_sending(self) -> None:
        blocked = any(one.severity is Severity.BLOCK for found in self._found.values() for one in found)
        blank = draft.is_blank(self._edit)
        self._sender.show(Standing(self._accounts, self._chosen(), self._live(), blocked, blank))

    def _say(self, error: Exception) -> None:
        """What went wrong, on the page, or in passing when the page shows another post already."""
        if not self._open:
            self._shell.toast(wording.error(error, self._shell.formats))
            return
        if isinstance(error, BlockedByProblems):
            self._found = dict(error.problems)
            self._page.problems.show_lines(looks.problem_lines(self._accounts, self._found, blank=False))
        self._page.banner.say("danger", wording.error(error, self._shell.formats))

    # --- the rest ----------------------------------------------------------------------------------------------------

    def duplicate(self) -> None:
        """A new draft with the same words."""
        self._take_text()
        self._errands.duplicate()

    def _menu(self) -> None:
        on_its_way = any(one.state in composing.IN_FLIGHT for one in self._live())
        self._errands.pop_up(self._page.sending.more, binnable=not on_its_way)
