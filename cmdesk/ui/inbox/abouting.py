"""Reads what is known of the open message and does what its strip offers: labels, notes, questions, reminders."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from functools import partial
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QAction, QGuiApplication

from cmdesk.domain.answering import Priority, Question, Reminder, ReminderKind, Way
from cmdesk.domain.message import WANTS_ANSWER, MessageState
from cmdesk.domain.mood import Mood, Reading
from cmdesk.domain.schedule import resolve
from cmdesk.services import handling, inbox, responding, ruling, triage
from cmdesk.ui import wording
from cmdesk.ui.inbox.asking import department
from cmdesk.ui.inbox.looks import OPEN
from cmdesk.ui.inbox.moods import crisis_words, mood_tone, mood_words, reading_words, reasons
from cmdesk.ui.inbox.rules import Rules
from cmdesk.ui.inbox.values import AboutLine, AboutLook, Fact
from cmdesk.ui.screens import Question as Confirming
from cmdesk.ui.widgets.paint import one_line

if TYPE_CHECKING:
    from cmdesk.ui.bridge import Calls
    from cmdesk.ui.inbox.listing import Listing
    from cmdesk.ui.inbox.talk import Open, Talk
    from cmdesk.ui.inbox.view import InboxView
    from cmdesk.ui.screens import Shell

translate = QCoreApplication.translate

_MORNING = time(9)
_PRIORITIES: Mapping[Priority, str] = {Priority.HIGH: "danger", Priority.LOW: "neutral"}


class Abouting:
    """The strip over the conversation of one scope."""

    def __init__(self, view: InboxView, listing: Listing, talk: Talk, shell: Shell, calls: Calls) -> None:
        self._view, self._listing, self._talk, self._shell, self._calls = view, listing, talk, shell, calls
        self._answering: int | None = None
        self._rules = Rules(view, shell, calls)

    # --- what is known

    def show(self) -> None:
        """Reads it again for the message that is open."""
        opened = self._talk.open
        if opened is not None:
            self._view.talk.about.show_look(self._look(opened))

    def _look(self, opened: Open) -> AboutLook:
        ws, message = opened.ws, opened.message
        labels = handling.labels(ws, [message.id]).get(message.id, ())
        return AboutLook(self._facts(opened), labels, self._lines(opened))

    def _facts(self, opened: Open) -> tuple[Fact, ...]:
        ws, message = opened.ws, opened.message
        facts = []
        if message.kind in WANTS_ANSWER and message.state in OPEN:
            standing = responding.left(ws, [message.id]).get(message.id)
            if standing is not None and standing.left is not None:
                length = self._shell.formats.length(abs(standing.left))
                if standing.over:
                    facts.append(Fact(translate("Inbox", "{length} over the promise").format(length=length), "danger"))
                else:
                    words = translate("Inbox", "{length} left to answer").format(length=length)
                    facts.append(Fact(words, "warning" if standing.soon else "positive"))
        sense = triage.senses(ws, [message.id]).get(message.id)
        if sense is not None:
            if sense.crisis:
                facts.append(Fact(crisis_words(), "danger", reasons(sense)))
            facts.append(Fact(mood_words(sense.mood), mood_tone(sense.mood), reasons(sense)))
            facts.append(Fact(reading_words(sense.kind), "neutral", reasons(sense)))
        priority = handling.priorities(ws, [message.id]).get(message.id, Priority.NORMAL)
        if priority is not Priority.NORMAL:
            facts.append(Fact(priority_words(priority), _PRIORITIES[priority]))
        return tuple(facts)

    def _lines(self, opened: Open) -> tuple[AboutLine, ...]:
        ws, message = opened.ws, opened.message
        lines = [
            AboutLine(("note", note.id), "note", one_line(note.text), translate("Inbox", "Remove"))
            for note in handling.notes(ws, message.id)
        ]
        lines += [self._question(opened, one) for one in handling.questions(ws, message.id)]
        lines += [self._reminder(opened, one) for one in handling.reminders(ws, message.id) if one.done_at is None]
        for proposal in ruling.proposals(ws, message.id):
            if proposal.measure is not None:
                words = translate("Inbox", "A rule proposes: {measure}").format(measure=wording.measure(proposal.measure))
                do, leave = translate("Inbox", "Do it…"), translate("Inbox", "Leave it")
                lines.append(AboutLine(("proposal", proposal.id), "shield", words, do, leave))
        return tuple(lines)

    def _question(self, opened: Open, one: Question) -> AboutLine:
        who = f"{one.contact.name} ({department(one.contact.department)})"
        if one.answer:
            words = translate("Inbox", "{who} answered: {words}").format(who=who, words=one_line(one.answer))
            return AboutLine(("answer", one.id), "check-circle", words)
        when = self._near(opened, one.asked_at)
        late = one.remind_at is not None and one.remind_at <= opened.ws.clock.now()
        words = translate("Inbox", "Asked {who}, {when}").format(who=who, when=when)
        button = "" if one.closed_at is not None else translate("Inbox", "Note the answer")
        return AboutLine(("question", one.id), "people", words, button, pressing=late and one.closed_at is None)

    def _reminder(self, opened: Open, one: Reminder) -> AboutLine:
        when, due = self._near(opened, one.due_at), one.due_at <= opened.ws.clock.now()
        if one.kind is ReminderKind.PROMISE:
            words = translate("Inbox", "Promised: {words} · {when}").format(words=one_line(one.text), when=when)
            return AboutLine(("promise", one.id), "clock", words, translate("Inbox", "Kept"), translate("Inbox", "Drop it"), due)
        words = translate("Inbox", "Was it solved? Look again {when}").format(when=when)
        return AboutLine(("solved", one.id), "clock", words, translate("Inbox", "Solved"), translate("Inbox", "Not solved"), due)

    def _near(self, opened: Open, moment: datetime) -> str:
        looks = self._listing.looks
        return self._shell.formats.near(looks.local(moment), looks.local(opened.ws.clock.now()))

    # --- what is done

    def want(self, what: str) -> None:
        """A verb of the strip, by button or key."""
        if self._talk.open is None:
            return
        about = self._view.talk.about
        match what:
            case "label":
                about.ask_line("label", translate("Inbox", "Label, then Enter"))
            case "note":
                about.ask_line("note", translate("Inbox", "Note for yourself, then Enter. The client's public never sees it"))
            case "ask":
                self._ask(self._talk.open)
            case "remind":
                self._view.pop_menu(self._remind_entries(self._talk.open), about.buttons["remind"])
            case "mood":
                self._view.pop_menu(self._mood_entries(self._talk.open), about)
            case "rules":
                self._rules.show(self._talk.open.ws)
            case "priority":
                self._turn_priority(self._talk.open)
            case _:
                raise ValueError(what)

    def write(self, what: str, words: str) -> None:
        """The line that was typed."""
        opened = self._talk.open
        if opened is None:
            return
        ws, message = opened.ws, opened.message.id
        match what:
            case "label":
                self._run(handling.label(ws, [message], words))
            case "note":
                self._run(handling.add_note(ws, message, words))
            case "answer" if self._answering is not None:
                self._run(handling.answered(ws, self._answering, words))
            case "promise":
                self._run(handling.remind(ws, message, ReminderKind.PROMISE, self._morning(opened, 1), words))
            case _:
                raise ValueError(what)
        self._view.rows.list.setFocus()

    def drop(self, label: str) -> None:
        """Takes a label off; the toast puts it back."""
        opened = self._talk.open
        if opened is None:
            return
        ws, message = opened.ws, opened.message.id
        self._run(handling.label(ws, [message], label, False))
        said = translate("Inbox", "The label “{label}” is off").format(label=label)
        self._shell.toast(said, lambda: self._run(handling.label(ws, [message], label)))

    def press(self, key: tuple[str, int]) -> None:
        """The button of a line."""
        opened = self._talk.open
        if opened is None:
            return
        kind, number = key
        match kind:
            case "note":
                note = next((one for one in handling.notes(opened.ws, opened.message.id) if one.id == number), None)
                self._run(handling.edit_note(opened.ws, number, ""))
                if note is not None:
                    back = partial(handling.add_note, opened.ws, opened.message.id, note.text)
                    self._shell.toast(translate("Inbox", "The note is removed"), lambda: self._run(back()))
            case "question":
                self._answering = number
                self._view.talk.about.ask_line("answer", translate("Inbox", "What they answered, then Enter"))
            case "promise":
                self._run(handling.settle(opened.ws, number, "kept"))
            case "solved":
                self._run(handling.settle(opened.ws, number, "solved"))
            case "promise_not":
                self._run(handling.settle(opened.ws, number, "dropped"))
            case "solved_not":
                self._run(handling.settle(opened.ws, number, "not_solved"))
                self._run(inbox.set_state(opened.ws, [opened.message.id], MessageState.IN_HAND))
            case "proposal":
                self._accept(opened, number)
            case "proposal_not":
                self._run(ruling.refuse(opened.ws, number))
            case _:
                raise ValueError(kind)

    def _accept(self, opened: Open, number: int) -> None:
        """A measure is felt by somebody, so it is asked once more, in the client's name."""
        proposal = next((one for one in ruling.proposals(opened.ws, opened.message.id) if one.id == number), None)
        if proposal is None or proposal.measure is None:
            return
        title = translate("Inbox", "{measure}?").format(measure=wording.measure(proposal.measure))
        text = translate("Inbox", "@{person}, in the name of {handle}. The message is kept as evidence first.").format(
            person=opened.message.author.handle, handle=f"@{opened.account.identity.handle}"
        )
        if self._shell.ask(Confirming(title, text, wording.measure(proposal.measure), opened.ws.client.id, True)):
            self._run(ruling.accept(opened.ws, number))

    def _turn_priority(self, opened: Open) -> None:
        now = handling.priorities(opened.ws, [opened.message.id]).get(opened.message.id, Priority.NORMAL)
        after = {Priority.NORMAL: Priority.HIGH, Priority.HIGH: Priority.LOW, Priority.LOW: Priority.NORMAL}[now]
        self._run(handling.set_priority(opened.ws, [opened.message.id], after))

    def _ask(self, opened: Open) -> None:
        ws, message = opened.ws, opened.message
        name = one_line(message.author.name or message.author.handle)
        words = translate("Inbox", "{name} wrote to us:\n\n“{words}”\n\n{link}\n\nWhat may I answer?").format(
            name=name, words=message.text.strip(), link=message.url
        )
        decided = self._view.ask_contact(
            client=ws.client.name, colour=ws.client.colour, contacts=handling.contacts(ws), text=words
        )
        if decided is None:
            return

        def put(contact: int) -> None:
            self._run(handling.ask(ws, message.id, contact, decided.way, decided.text))
            if decided.way is Way.EMAIL:
                self._shell.open_link(f"mailto:{decided.contact.email}", "")
            QGuiApplication.clipboard().setText(decided.text)
            self._shell.toast(translate("Inbox", "The words are on the clipboard; the message waits on the client."))

        if decided.contact.id:
            put(decided.contact.id)
        else:
            self._calls.run(handling.save_contact(ws, decided.contact), then=put, otherwise=self._failed)

    def _remind_entries(self, opened: Open) -> list[QAction | None]:
        entries: list[QAction | None] = []
        for days, words in (
            (1, translate("Inbox", "Tomorrow: was it solved?")),
            (3, translate("Inbox", "In three days: was it solved?")),
            (7, translate("Inbox", "In a week: was it solved?")),
        ):
            entry = QAction(words)
            entry.triggered.connect(partial(self._remind, opened, days))
            entries.append(entry)
        promise = QAction(translate("Inbox", "Something was promised…"))
        promise.triggered.connect(self._promise)
        return [*entries, None, promise]

    def _mood_entries(self, opened: Open) -> list[QAction | None]:
        """How the message is really meant: for it, and for those like it that come."""
        sense = triage.senses(opened.ws, [opened.message.id]).get(opened.message.id)
        kind = sense.kind if sense is not None else Reading.OTHER
        mood = sense.mood if sense is not None and sense.mood is not Mood.UNCERTAIN else Mood.NEUTRAL
        entries: list[QAction | None] = []
        for one in Mood:
            if one is not Mood.UNCERTAIN:
                entry = QAction(mood_words(one))
                entry.triggered.connect(partial(self._correct, opened, one, kind))
                entries.append(entry)
        entries.append(None)
        for reading in Reading:
            entry = QAction(reading_words(reading))
            entry.triggered.connect(partial(self._correct, opened, mood, reading))
            entries.append(entry)
        return entries

    def _correct(self, opened: Open, mood: Mood, kind: Reading, _on: bool = False) -> None:
        self._run(triage.correct(opened.ws, opened.message.id, mood, kind))

    def _remind(self, opened: Open, days: int, _on: bool = False) -> None:
        self._run(handling.remind(opened.ws, opened.message.id, ReminderKind.SOLVED, self._morning(opened, days)))

    def _promise(self, _on: bool = False) -> None:
        self._view.talk.about.ask_line("promise", translate("Inbox", "What was promised for tomorrow, then Enter"))

    def _morning(self, opened: Open, days: int) -> datetime:
        """Nine o'clock of the client's zone, so many days from now."""
        zone = opened.ws.client.timezone
        wall = opened.ws.clock.now().astimezone(ZoneInfo(zone)).replace(tzinfo=None) + timedelta(days=days)
        return resolve(datetime.combine(wall.date(), _MORNING), zone, opened.ws.clock.tzdata_version()).utc

    def _run(self, verb: object) -> None:
        self._calls.run(verb, then=lambda _done: self.show(), otherwise=self._failed)  # type: ignore[arg-type]  # any coroutine

    def _failed(self, error: Exception) -> None:
        self._shell.toast(wording.error(error, self._shell.formats))


def priority_words(priority: Priority) -> str:
    """A priority in words."""
    return {
        Priority.HIGH: translate("Inbox", "Urgent"),
        Priority.NORMAL: translate("Inbox", "Not urgent"),
        Priority.LOW: translate("Inbox", "Can wait"),
    }[priority]
