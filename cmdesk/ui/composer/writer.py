"""Wires the page to one post of one client: what is typed is kept, counted, checked, previewed, and sent when asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QPoint, QTimer
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QFileDialog, QMenu

from cmdesk.domain.account import Account
from cmdesk.domain.client import Language
from cmdesk.domain.delivery import Delivery, State
from cmdesk.domain.draft_errors import BlockedByProblems
from cmdesk.domain.ids import AccountId, MediaId, PostId
from cmdesk.domain.limits import Count, Problem, Severity, Visibility
from cmdesk.domain.post import Poll, Post, PostEdit, edit_of, split_thread
from cmdesk.domain.schedule import PlannedTime, resolve
from cmdesk.domain.views import OutboxRow
from cmdesk.services import composing, linking, planning
from cmdesk.ui import wording
from cmdesk.ui.composer import draft, looks
from cmdesk.ui.composer.keeping import Keeper
from cmdesk.ui.composer.sending import LATER, NOW
from cmdesk.ui.composer.taking import Taken, take_files, take_picture
from cmdesk.ui.composer.values import DeliveryLook, ProblemLine
from cmdesk.ui.deciding import carry_out
from cmdesk.ui.images import load_image
from cmdesk.ui.screens import Question, Target
from cmdesk.ui.widgets.decision import Wanted
from cmdesk.ui.wordings.counted import Counted

if TYPE_CHECKING:
    from cmdesk.services.workspace import Workspace
    from cmdesk.ui.bridge import Calls
    from cmdesk.ui.composer.page import Page
    from cmdesk.ui.screens import Shell

translate = QCoreApplication.translate

#: Counting and checking wait this long for the next key; the letter itself is painted at once.
COUNT_MS = 40
#: The preview may lag a little more.
PREVIEW_MS = 150
THUMBNAIL_SIDE = 320
OUT = frozenset({State.SENDING, State.PROCESSING, State.SENT, State.UNCERTAIN, State.GONE})


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
        self._found: dict[AccountId, tuple[Problem, ...]] = {}
        self._deliveries: tuple[Delivery, ...] = ()
        self._thumbnails: dict[MediaId, QImage] = {}
        self._asked: set[MediaId] = set()
        self._keeper = Keeper(ws, shell.bridge, self._gather, self)
        self._text_known = True
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

    def begin(self, moment: datetime | None = None, edit: PostEdit | None = None) -> None:
        """A new post, for every account that can be written to. Nothing is stored before the first word."""
        self._accounts = linking.accounts(self._ws)
        targets = tuple(account.id for account in self._accounts if account.writable)
        fresh = draft.with_targets(PostEdit(language=self._ws.client.language.value), targets)
        self._start(None, edit or fresh, moment)
        if edit is not None:
            self._keeper.touch()
        self._page.paper.setFocus()

    def load(self, post: Post) -> None:
        """A stored post."""
        self._accounts = self._known_accounts(post)
        self._deliveries = planning.deliveries(self._ws, post.id)
        planned = next((one.planned.wall for one in self._live() if one.state is State.PLANNED), None)
        self._start(post, edit_of(post), planned)

    def close(self) -> None:
        """Saves the last words and lets go of the page."""
        self._take_text()
        self._count_timer.stop()
        self._preview_timer.stop()
        for signal, slot in self._connections:
            signal.disconnect(slot)  # type: ignore[attr-defined]  # bound signals have no type of their own to import
        self._connections.clear()
        self._page.banner.dismiss()
        self._keeper.leave(self._lost)
        self.deleteLater()

    def _lost(self, error: Exception, edit: PostEdit) -> None:
        """The last words could not be stored after leaving: back to them, because nowhere else do they exist."""
        self._shell.toast(wording.error(error, self._shell.formats))
        self._shell.go(Target("posts", self._ws.client.id, edit))

    def _start(self, post: Post | None, edit: PostEdit, moment: datetime | None) -> None:
        self._edit, self._tab = edit, None
        self._keeper.take(post) if post is not None else None
        self._text_known = True
        page = self._page
        page.banner.dismiss()
        page.forget_warning()
        page.paper.start(edit.text)
        page.sending.set_now(self._wall_now)
        page.sending.show_when(LATER, moment, wording.zone(self._ws.client.timezone))
        page.sending.show_saved("")
        self._show_all()

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
            (page.language_chosen, lambda tag: self._change(draft.with_language(self._current(), self._tab, tag))),
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
            (page.sending.moment_changed, lambda _moment: self._show_sending()),
            (page.sending.mode_changed, lambda _mode: self._show_sending()),
            (page.sending.cancel_wanted, self._cancel_plan),
            (page.sending.menu_wanted, self._menu),
            (page.deliveries.wanted, self._decide),
            (page.deliveries.cancelled, self._cancel_one),
            (self._keeper.saved, self._saved),
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
        self._keeper.touch()
        if not self._count_timer.isActive():
            self._count_timer.start()
        self._preview_timer.start()

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
        if edit == self._edit or self._fixed():
            return
        self._edit = edit
        self._keeper.touch()
        self._show_all()

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
        words = translate("Composer", "Add pictures or a video")
        kinds = translate("Composer", "Pictures and videos")
        files, _kind = QFileDialog.getOpenFileNames(
            self._page, words, "", f"{kinds} (*.jpg *.jpeg *.png *.gif *.webp *.mp4 *.mov *.webm)"
        )
        self.attach(files)

    def attach(self, files: list[str]) -> None:
        """Takes files into the client's folder and puts them under the text, with the part the cursor is in."""
        if self._fixed():
            return
        part = self._part_of_cursor()
        self._calls.run(take_files(self._ws, files), then=lambda taken: self._taken(taken, part), otherwise=self._say)

    def _attach_image(self, image: QImage) -> None:
        if not self._fixed():
            part = self._part_of_cursor()
            name = translate("Composer", "Pasted picture")
            pasted = take_picture(self._ws, image, name)
            self._calls.run(pasted, then=lambda taken: self._taken(taken, part), otherwise=self._say)

    def _taken(self, taken: Taken, part: int) -> None:
        edit = self._current()
        for item in taken.items:
            edit = draft.with_media(edit, replace(item, part=part))
        self._change(edit)
        if taken.error is not None:
            self._say(taken.error)

    def _part_of_cursor(self) -> int:
        before = self._page.paper.text()[: self._page.paper.textCursor().position()]
        return sum(1 for line in before.split("\n")[:-1] if line.strip() == "---")

    def _ask_thumbnails(self) -> None:
        for item in self._edit.media:
            if item.id not in self._asked:
                self._asked.add(item.id)
                arrived = partial(self._thumbnail_came, item.id)
                self._calls.run(composing.thumbnail(self._ws, item, THUMBNAIL_SIDE), then=arrived, otherwise=_without)

    def _thumbnail_came(self, media: MediaId, data: bytes) -> None:
        image = load_image(data, THUMBNAIL_SIDE)
        if image is not None:
            self._thumbnails[media] = image
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
        self._page.banner.say("danger", wording.error(error, self._shell.formats), [(again, self.save_now)])

    def _stale(self, post: Post) -> None:
        sentence = translate(
            "Composer",
            "This post was changed somewhere else while you were writing. Your words are still here and nothing was overwritten.",
        )
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

    # --- showing ----------------------------------------------------------------------------------------------------

    def _live(self) -> tuple[Delivery, ...]:
        return tuple(one for one in self._deliveries if one.state is not State.CANCELLED)

    def _fixed(self) -> bool:
        """What is out, or on its way, is not edited here."""
        return any(one.state in OUT for one in self._live())

    def _show_all(self) -> None:
        fixed = self._fixed()
        page, edit = self._page, self._current()
        page.paper.show_tab(self._tab, draft.text_for(edit, self._tab))
        page.paper.setReadOnly(fixed)
        self._show_tabs()
        page.show_warning(draft.warning_for(edit, self._tab), fixed=fixed)
        self._show_choices(fixed)
        page.poll.show_poll(edit.poll, self._most_choices(), fixed=fixed)
        page.allow_poll(edit.poll is None and not fixed)
        self._ask_thumbnails()
        self._show_media()
        self._recount()
        self._show_preview()
        self._show_deliveries()

    def _show_tabs(self) -> None:
        edit = self._edit
        shorts = looks.short_handles(self._accounts)
        tabs: list[tuple[AccountId | None, str]] = [(None, translate("Composer", "All accounts"))]
        for variant in edit.variants:
            mark = " •" if draft.differs(edit, variant.account) else ""
            tabs.append((variant.account, f"{shorts.get(variant.account, '@')}{mark}"))
        own = self._tab is not None and draft.differs(edit, self._tab)
        if self._tab is None:
            note = ""
        elif own:
            note = translate("Composer", "This account has words of its own.")
        else:
            note = translate("Composer", "Follows all accounts until you change it here.")
        self._page.show_tabs(tabs, self._tab, note, own=own and not self._fixed())

    def _show_choices(self, fixed: bool) -> None:
        chosen = draft.language_for(self._edit, self._tab)
        tags = [one.value for one in Language]
        tags += [] if chosen in {*tags, ""} else [chosen]
        self._page.show_choices(
            [(one, wording.visibility(one)) for one in Visibility],
            draft.visibility_for(self._edit, self._tab),
            [(tag, looks.language_words(tag)) for tag in (*tags, "")],
            chosen,
            fixed=fixed,
        )

    def _most_choices(self) -> int:
        limits = [one.limits.poll_options for one in self._chosen() if one.limits.poll_options]
        return min(limits, default=4)

    def _chosen(self) -> tuple[Account, ...]:
        meant = {variant.account for variant in self._edit.variants}
        return tuple(account for account in self._accounts if account.id in meant)

    def _show_media(self) -> None:
        parts = len(split_thread(draft.text_for(self._edit, self._tab)))
        found = looks.media_looks(self._edit.media, self._chosen(), self._thumbnails)
        self._page.media.show_media(found, parts, fixed=self._fixed())

    def _recount(self) -> None:
        edit = self._current()
        self._counts = composing.counts(edit, self._accounts)
        self._found = composing.problems(edit, self._accounts, media_folder=self._ws.media_folder)
        tones = self._shell.theme.tones(self._ws.client.colour)
        targets = looks.target_looks(self._accounts, edit, self._counts, self._found)
        self._page.targets.show_targets(targets, tones, fixed=self._fixed())
        tab = self._tab if self._tab is not None else self._tightest()
        self._page.paper.set_counts(self._counts.get(tab, ()) if tab is not None else ())
        blank = draft.is_blank(edit)
        lines = () if self._fixed() else looks.problem_lines(self._accounts, self._found, blank=blank)
        self._page.problems.show_lines(lines)
        if self._tab is not None:
            self._show_tabs()
        self._show_sending()

    def _tightest(self) -> AccountId | None:
        """The account that follows the base text and has the least room left."""
        follow = [one.account for one in self._edit.variants if one.text is None and self._counts.get(one.account)]
        return min(follow, key=lambda account: min(count.left for count in self._counts[account]), default=None)

    def _show_preview(self) -> None:
        self._page.previews.show_looks(looks.preview_looks(self._accounts, self._current(), self._thumbnails))

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

    def _wall_now(self) -> datetime:
        return looks.wall_now(self._ws.clock.now(), self._ws.client.timezone)

    def _waiting_plan(self) -> datetime | None:
        """The wall time of what waits and is approved, None when nothing is."""
        waiting = [one.planned.wall for one in self._live() if one.state is State.PLANNED]
        return waiting[0] if waiting and len(waiting) == len(self._live()) else None

    def _show_sending(self) -> None:
        sending = self._page.sending
        live = self._live()
        sending.show_choices(when=not self._fixed(), cancel=any(one.state is State.PLANNED for one in live) and not self._fixed())
        words, ready, note, tone = self._primary()
        sending.show_note(note, tone)
        sending.show_primary(words, self._shell.theme.tones(self._ws.client.colour), enabled=ready)

    def _primary(self) -> tuple[str, bool, str, str]:
        """Words of the button, whether it works, the sentence above it and the sentence's tone."""
        if self._fixed():
            return "", False, translate("Composer", "What is out stays as it is. Duplicate the post to write a new one."), "muted"
        sending = self._page.sending
        chosen = self._chosen()
        plan = self._waiting_plan()
        moment = sending.moment()
        if plan is not None and sending.mode == LATER and moment == plan:
            note = translate("Composer", "Planned. It goes out by itself, or as soon as there is a network after that.")
            return "", False, note, "muted"
        words = self._words(chosen, moving=plan is not None)
        why = self._why_not(chosen)
        if why:
            return words, False, why, "muted"
        if sending.mode == NOW:
            return words, True, translate("Composer", "Without a network it goes out as soon as there is one."), "muted"
        shift = wording.shift(self._planned_time())
        return words, True, shift, "warning" if shift else "muted"

    def _why_not(self, chosen: tuple[Account, ...]) -> str:
        """Why the button does not work yet, "" when it does."""
        if not self._accounts:
            return translate("Composer", "Link an account first. What you write here is kept.")
        if not chosen:
            return translate("Composer", "Choose at least one account above.")
        blocks = sum(one.severity is Severity.BLOCK for found in self._found.values() for one in found)
        if draft.is_blank(self._edit):
            return translate("Composer", "Write something first.")
        if blocks:
            return translate("Composer", "Mend what is listed under the text first.")
        sending = self._page.sending
        if sending.mode == LATER:
            moment = sending.moment()
            if moment is None:
                return translate("Composer", "Choose a date and a time, or publish now.")
            if looks.in_past(moment, self._ws.clock.now(), self._ws.client.timezone):
                return translate("Composer", "This time has passed. Choose a later one, or publish now.")
        return ""

    def _words(self, chosen: tuple[Account, ...], *, moving: bool) -> str:
        client = self._ws.client.name
        now = self._page.sending.mode == NOW
        count = len(chosen)
        if count == 1:
            handle = looks.short_handles(self._accounts)[chosen[0].id]
            if now:
                words = translate("Composer", "Publish as {handle} · {client}")
            elif moving:
                words = translate("Composer", "Move, as {handle} · {client}")
            else:
                words = translate("Composer", "Schedule as {handle} · {client}")
            return words.format(handle=handle, client=client).replace("&", "&&")
        counted = Counted()
        words = (
            counted.publish(count, client) if now else counted.move(count, client) if moving else counted.schedule(count, client)
        )
        return words.replace("&", "&&")

    def _planned_time(self) -> PlannedTime:
        moment = self._page.sending.moment() or self._wall_now()
        return resolve(moment, self._ws.client.timezone, self._ws.clock.tzdata_version())

    def send(self) -> None:
        """Publishes or schedules, after a question where it goes out now or in several places."""
        self._recount()
        if not self._page.sending.primary.isEnabled() or not self._page.sending.primary.text():
            return
        now = self._page.sending.mode == NOW
        when = None if now else self._planned_time()
        chosen = self._chosen()
        if (now or len(chosen) > 1) and not self._shell.ask(self._question(chosen, when)):
            return
        if when is None:
            self._keeper.when_saved(
                lambda post: self._calls.run(
                    planning.now(self._ws, post.id), then=lambda _ids: self._went(None), otherwise=self._say
                )
            )
        else:
            self._keeper.when_saved(
                lambda post: self._calls.run(
                    planning.schedule(self._ws, post.id, when), then=lambda _ids: self._went(when), otherwise=self._say
                )
            )

    def _question(self, chosen: tuple[Account, ...], when: PlannedTime | None) -> Question:
        handles = self._shell.formats.names([f"@{account.identity.handle}" for account in chosen])
        client = self._ws.client.name
        if when is None:
            title = translate("Composer", "Publish for {client} now?").format(client=client)
            text = translate("Composer", "It goes out as {handles}. Once it is out, people may see it at once.").format(
                handles=handles
            )
            confirm = self._words(chosen, moving=False)
        else:
            title = translate("Composer", "Schedule for {client}?").format(client=client)
            sentence = translate("Composer", "It goes out as {handles}, {when} ({zone}).")
            moment, zone = self._shell.formats.moment(when.wall), wording.zone(when.zone)
            text = sentence.format(handles=handles, when=moment, zone=zone)
            confirm = self._words(chosen, moving=self._waiting_plan() is not None)
        return Question(title, text, confirm, self._ws.client.id)

    def _went(self, when: PlannedTime | None) -> None:
        if when is None:
            self._shell.toast(translate("Composer", "On its way. Without a network it goes out as soon as there is one."))
            return
        said = translate("Composer", "Planned for {when}.").format(when=self._shell.formats.moment(when.wall))
        post = self.post_id
        self._shell.toast(said, None if post is None else lambda: self._unschedule(post))

    def _unschedule(self, post: PostId) -> None:
        self._calls.run(planning.unschedule(self._ws, post), otherwise=self._say)

    def _cancel_plan(self) -> None:
        if self.post_id is not None:
            self._unschedule(self.post_id)

    def _cancel_one(self, look: DeliveryLook) -> None:
        self._calls.run(planning.cancel_delivery(self._ws, look.row.id), otherwise=self._say)

    def _decide(self, wanted: Wanted) -> None:
        carry_out(self._ws, self._shell, self._calls, wanted)

    def _say(self, error: Exception) -> None:
        if isinstance(error, BlockedByProblems):
            self._found = dict(error.problems)
            self._page.problems.show_lines(looks.problem_lines(self._accounts, self._found, blank=False))
        self._page.banner.say("danger", wording.error(error, self._shell.formats))

    # --- the rest ----------------------------------------------------------------------------------------------------

    def duplicate(self) -> None:
        """A new draft with the same words."""
        self._take_text()
        self._keeper.when_saved(self._duplicate_stored)

    def _duplicate_stored(self, post: Post) -> None:
        self._calls.run(
            composing.duplicate(self._ws, post.id),
            then=lambda copy: self._shell.go(Target("posts", self._ws.client.id, copy.id)),
            otherwise=self._say,
        )

    def bin(self) -> None:
        """Into the bin, from where an undo brings it back."""
        post = self.post_id
        if post is None:
            return
        said = translate("Composer", "In the bin for 30 days.")
        self._calls.run(
            composing.bin(self._ws, post),
            then=lambda _nothing: self._shell.toast(said, lambda: self._unbin(post)),
            otherwise=self._say,
        )

    def _unbin(self, post: PostId) -> None:
        self._shell.bridge.run(composing.unbin(self._ws, post))

    def _menu(self) -> None:
        menu = QMenu(self._page)
        menu.addAction(translate("Composer", "Duplicate"), self.duplicate)
        away = menu.addAction(translate("Composer", "Move to the bin"), self.bin)
        away.setEnabled(
            self.post_id is not None and not any(one.state in {State.SENDING, State.PROCESSING} for one in self._live())
        )
        anchor = self._page.sending.more
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(anchor.mapToGlobal(QPoint(0, -menu.sizeHint().height())))


def _without(_error: Exception) -> None:
    """A file of which no small picture can be made shows an icon; the checks say what is wrong with it."""
