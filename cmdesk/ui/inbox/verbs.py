"""The inbox's actions by key, by button and by menu: one list of them, so that all three say and do the same."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QPoint
from PySide6.QtGui import QAction

from cmdesk.domain.message import MessageState
from cmdesk.ui.actions import Action, with_keys
from cmdesk.ui.inbox.values import BUTTONS

if TYPE_CHECKING:
    from cmdesk.ui.inbox.abouting import Abouting
    from cmdesk.ui.inbox.acting import Acting
    from cmdesk.ui.inbox.answers import Answers
    from cmdesk.ui.inbox.listing import Listing
    from cmdesk.ui.inbox.talk import Talk
    from cmdesk.ui.inbox.view import InboxView

translate = QCoreApplication.translate


class Verbs:
    """What a person can do in the inbox of one scope. ``pull`` fetches now."""

    def __init__(  # noqa: PLR0917 - the parts of one room, in the order in which they are made
        self,
        view: InboxView,
        listing: Listing,
        talk: Talk,
        acting: Acting,
        abouting: Abouting,
        answers: Answers,
        pull: Callable[[], None],
    ) -> None:
        self._view, self._listing, self._talk, self._acting, self._abouting = view, listing, talk, acting, abouting
        self._answers = answers
        self.actions = (*self._walking(), *self._triage(), *self._knowing(), *self._asking(pull), *self._moderating())
        self._by_key = {action.id.removeprefix("inbox."): action for action in self.actions}

    def dress(self) -> None:
        """The names of the buttons, with their keys."""
        actions = {key: self._by_key[key] for key, _icon in BUTTONS}
        self._view.talk.name_buttons({key: with_keys(action.text(), action) for key, action in actions.items()})
        pull = self._by_key["pull"]
        self._view.rows.refresh.set_name(with_keys(pull.text(), pull))

    def dress_favourite(self) -> None:
        """The star says what it does next: it depends on the message that is open."""
        action = self._by_key["favourite"]
        self._view.talk.name_buttons({"favourite": with_keys(action.text(), action)})

    def run(self, key: str) -> None:
        """A button or an entry was pressed."""
        action = self._by_key.get(key)
        if action is not None and action.enabled():
            action.run()

    def reply(self) -> None:
        """The keyboard goes to the reply, where one can be written."""
        if self._talk.open is not None and self._talk.open.edit is not None:
            self._view.talk.reply.take_focus()

    # --- menus

    def _snooze(self) -> None:
        self._view.pop_menu(self._snooze_entries())

    def _snooze_entries(self) -> list[QAction | None]:
        entries: list[QAction | None] = []
        for words, moment in self._acting.snoozes():
            looks = self._listing.looks
            when = looks.formats.near(looks.local(moment), self._listing.local_now())
            entry = QAction(f"{words}\t{when}")
            entry.triggered.connect(partial(self._snooze_until, moment))
            entries.append(entry)
        return entries

    def _snooze_until(self, moment: object, _on: bool = False) -> None:
        self._acting.set_state(MessageState.SNOOZED, moment)  # type: ignore[arg-type]  # a datetime, through Qt's signal

    def menu(self, _line: object, point: QPoint) -> None:
        """What can be done with the rows that are chosen."""
        self._view.pop_menu(
            self._entries(("answered", "in_hand", "waiting_client", "set_aside", "snooze", "awaiting", "", "unread")), point
        )

    def fill_more(self) -> None:
        """The menu over the conversation."""
        from_view = self._view.talk.menu
        from_view.clear()
        for entry in self._entries(
            (
                "reply",
                "awaiting",
                "unread",
                "",
                "label",
                "note",
                "ask",
                "remind",
                "priority",
                "mood",
                "",
                "rules",
                "",
                "mute_thread",
                "mute",
                "block",
                "report",
            )
        ):
            if entry is None:
                from_view.addSeparator()
            else:
                entry.setParent(from_view)
                from_view.addAction(entry)

    def _entries(self, keys: Sequence[str]) -> list[QAction | None]:
        entries: list[QAction | None] = []
        for key in keys:
            if not key:
                entries.append(None)
                continue
            action = self._by_key[key]
            words = action.text()
            entry = QAction(f"{words}\t{with_keys('', action).strip(' ()')}" if action.keys else words)
            entry.setEnabled(action.enabled())
            entry.triggered.connect(partial(_run, action))
            entries.append(entry)
        return entries

    # --- when they work

    def _some(self) -> bool:
        return self._talk.open is not None or len(self._view.rows.positions(2)) > 1

    def _one(self) -> bool:
        return self._talk.open is not None

    def _favourite_words(self) -> str:
        if self._acting.favours():
            return translate("Inbox", "Remove from favourites")
        return translate("Inbox", "Favourite")

    def _moderated(self) -> bool:
        return self._talk.open is not None and not self._talk.open.message.author.is_us

    # --- the actions

    def _walking(self) -> tuple[Action, ...]:
        rows = self._view.rows
        return (
            Action("inbox.next", lambda: translate("Inbox", "Next message"), lambda: rows.step(1), ("J",), icon="chevron-down"),
            Action(
                "inbox.previous", lambda: translate("Inbox", "Previous message"), lambda: rows.step(-1), ("K",), icon="chevron-up"
            ),
            Action("inbox.reply", lambda: translate("Inbox", "Reply"), self.reply, ("R",), enabled=self._one, icon="reply"),
        )

    def _triage(self) -> tuple[Action, ...]:
        act = self._acting

        def state(to: MessageState) -> Callable[[], None]:
            return lambda: act.set_state(to)

        return (
            Action(
                "inbox.answered",
                lambda: translate("Inbox", "Answered"),
                state(MessageState.ANSWERED),
                ("E",),
                enabled=self._some,
                icon="check-circle",
            ),
            Action(
                "inbox.in_hand",
                lambda: translate("Inbox", "Take in hand"),
                state(MessageState.IN_HAND),
                ("H",),
                enabled=self._some,
                icon="draft",
            ),
            Action(
                "inbox.waiting_client",
                lambda: translate("Inbox", "Wait on the client"),
                state(MessageState.WAITING_CLIENT),
                ("W",),
                enabled=self._some,
                icon="people",
            ),
            Action(
                "inbox.set_aside",
                lambda: translate("Inbox", "Set aside"),
                state(MessageState.SET_ASIDE),
                ("X",),
                enabled=self._some,
                icon="archive",
            ),
            Action(
                "inbox.snooze", lambda: translate("Inbox", "Snooze…"), self._snooze, ("Z",), enabled=self._some, icon="snooze"
            ),
            Action(
                "inbox.awaiting",
                lambda: translate("Inbox", "Back to awaiting an answer"),
                state(MessageState.AWAITING),
                ("Shift+E",),
                enabled=self._some,
                icon="inbox",
            ),
            Action(
                "inbox.favourite",
                self._favourite_words,
                act.favourite,
                ("F",),
                enabled=self._one,
                icon="favourite",
            ),
            Action(
                "inbox.unread",
                lambda: translate("Inbox", "Mark as unread"),
                act.unread,
                ("U",),
                enabled=self._some,
                icon="eye-off",
            ),
            Action(
                "inbox.open",
                lambda: translate("Inbox", "Open on the network"),
                act.open_there,
                ("O",),
                enabled=self._one,
                icon="external",
            ),
        )

    def _knowing(self) -> tuple[Action, ...]:
        def want(what: str) -> Callable[[], None]:
            return lambda: self._abouting.want(what)

        def action(what: str, text: Callable[[], str], key: str, icon: str) -> Action:
            return Action(f"inbox.{what}", text, want(what), (key,), enabled=self._one, icon=icon)

        return (
            Action(
                "inbox.saved",
                lambda: translate("Inbox", "Saved replies…"),
                self._answers.show,
                ("S",),
                enabled=self._one,
                icon="reply",
            ),
            action("label", lambda: translate("Inbox", "Label…"), "L", "hashtag"),
            action("note", lambda: translate("Inbox", "Note…"), "N", "note"),
            action("ask", lambda: translate("Inbox", "Ask the client…"), "A", "people"),
            action("remind", lambda: translate("Inbox", "Come back to it…"), "T", "clock"),
            action("mood", lambda: translate("Inbox", "It is meant otherwise…"), "M", "emoji"),
            action("rules", lambda: translate("Inbox", "Rules of the inbox…"), "Shift+L", "filter"),
            action("priority", lambda: translate("Inbox", "Urgent, can wait, or neither"), "P", "sort"),
        )

    def _asking(self, pull: Callable[[], None]) -> tuple[Action, ...]:
        return (
            Action(
                "inbox.search", lambda: translate("Inbox", "Search messages"), self._to_search, ("/", "Ctrl+F"), icon="search"
            ),
            Action("inbox.pull", lambda: translate("Inbox", "Fetch now"), pull, ("F5", "Ctrl+R"), icon="refresh"),
        )

    def _moderating(self) -> tuple[Action, ...]:
        act = self._acting

        return (
            Action(
                "inbox.mute_thread",
                lambda: translate("Inbox", "Mute the conversation…"),
                act.mute_thread,
                (),
                enabled=self._moderated,
                icon="mute",
            ),
            Action(
                "inbox.mute",
                lambda: translate("Inbox", "Mute the person…"),
                act.mute,
                ("Shift+M",),
                enabled=self._moderated,
                icon="mute",
            ),
            Action(
                "inbox.block",
                lambda: translate("Inbox", "Block the person…"),
                act.block,
                ("Shift+B",),
                enabled=self._moderated,
                icon="shield",
            ),
            Action(
                "inbox.report",
                lambda: translate("Inbox", "Report the message…"),
                act.report,
                ("Shift+R",),
                enabled=self._moderated,
                icon="warning",
            ),
        )

    def _to_search(self) -> None:
        self._view.rows.search.setFocus()
        self._view.rows.search.selectAll()


def _run(action: Action, _on: bool = False) -> None:
    action.run()
