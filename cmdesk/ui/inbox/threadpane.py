"""The right pane: the person, the whole conversation with our own words in it, and the reply."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, QTimer, Signal
from PySide6.QtWidgets import QMenu, QStackedWidget, QWidget

from cmdesk.ui.inbox.values import Entry, Person
from cmdesk.ui.theme import Theme
from cmdesk.ui.widgets.layout import Hairline, row
from cmdesk.ui.widgets.states import EmptyState

if TYPE_CHECKING:
    from cmdesk.ui.inbox.about import About
    from cmdesk.ui.inbox.conversation import Conversation
    from cmdesk.ui.inbox.entry import EntryView
    from cmdesk.ui.inbox.replybox import ReplyBox
    from cmdesk.ui.widgets.buttons import IconButton


class ThreadPane(QWidget):
    """A conversation. ``wanted`` carries what the user wants done with the message ("answered", "snooze", "block" …),
    ``typed`` the reply at every change; ``sent`` asks for it to go out; ``menu_opening`` wants the menu filled."""

    wanted = Signal(str)
    link = Signal(str, str)
    whole_wanted = Signal()
    menu_opening = Signal()
    typed = Signal(str)
    sent = Signal()
    left = Signal()
    about_wanted = Signal(str)
    about_written = Signal(str, str)
    label_dropped = Signal(str)
    line_pressed = Signal(object)
    saved_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        sizes = theme.sizes
        self._entries: list[EntryView] = []
        self._names: dict[str, str] = {}
        self._made: Conversation | None = None
        self._empty = EmptyState(theme, "thread")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        self._stack.addWidget(QWidget())
        line = row(self, Hairline(theme, upright=True))
        line.addWidget(self._stack, 1)
        self.setMinimumWidth(sizes.one * 22)
        self.retranslate()

    @property
    def _conversation(self) -> Conversation:
        """Built with the first message that is opened."""
        if self._made is None:
            from cmdesk.ui.inbox.conversation import Conversation  # the list comes without it

            made = self._made = Conversation(self._theme)
            for key, button in made.buttons.items():
                button.clicked.connect(lambda _on=False, key=key: self.wanted.emit(key))
            made.menu.aboutToShow.connect(self.menu_opening)
            made.whole.clicked.connect(self.whole_wanted)
            made.reply.typed.connect(self.typed)
            made.reply.sent.connect(self.sent)
            made.reply.left.connect(self.left)
            made.reply.saved_wanted.connect(self.saved_wanted)
            made.about.wanted.connect(self.about_wanted)
            made.about.written.connect(self.about_written)
            made.about.dropped.connect(self.label_dropped)
            made.about.pressed.connect(self.line_pressed)
            made.about.left.connect(self.left)
            self._stack.addWidget(made)
            self.name_buttons({})
            self.retranslate()
        return self._made

    @property
    def reply(self) -> ReplyBox:
        """The reply at the foot."""
        return self._conversation.reply

    @property
    def about(self) -> About:
        """What is known of the message beside its words."""
        return self._conversation.about

    @property
    def buttons(self) -> Mapping[str, IconButton]:
        """The buttons over the conversation, by what they want."""
        return self._conversation.buttons

    @property
    def menu(self) -> QMenu:
        """The menu behind the last button."""
        return self._conversation.menu

    def name_buttons(self, names: Mapping[str, str]) -> None:
        """Other words for these buttons."""
        self._names |= names
        if self._made is not None:
            for key, words in self._names.items():
                self._made.buttons[key].set_name(words)

    # --- what is shown

    def show_nothing(self, title: str = "", sentence: str = "") -> None:
        """No message is open: how to open one, or what is chosen instead."""
        self._empty.say(title or self.tr("Choose a message"), sentence or self._hint())
        self._stack.setCurrentIndex(0)
        self._clear()

    def show_blank(self) -> None:
        """The list is empty and says why: here is nothing to add."""
        self._stack.setCurrentIndex(1)
        self._clear()

    @property
    def blank(self) -> bool:
        """Whether nothing at all is shown."""
        return self._stack.currentIndex() == 1

    def _hint(self) -> str:
        return self.tr("J and K walk through the list, R replies, E says answered. The question mark shows every key.")

    def show_person(self, person: Person, closed: str = "") -> None:
        """Who wrote it. ``closed`` says why no reply can be written; "" when one can."""
        made = self._conversation
        self._stack.setCurrentWidget(made)
        made.avatar.set_person(person.name or person.handle)
        made.show_name(person.name, person.handle)
        made.past.setText(f"· {person.past}" if person.past else "")
        made.past.setVisible(bool(person.past))
        made.state.setText(person.state)
        made.state_icon.show_icon(person.state_icon, "text_soft")
        made.buttons["open"].setVisible(person.can_open)
        made.buttons["favourite"].setVisible(person.can_favourite)
        made.buttons["favourite"].set_icon("favourite-on" if person.favourite else "favourite")
        made.closed.setText(closed)
        made.closed.setVisible(bool(closed))
        made.reply.setVisible(person.answerable and not closed)
        made.foot.setVisible(person.answerable)

    def show_entries(self, entries: Sequence[Entry], hidden: int, *, fresh: bool) -> None:
        """The conversation, oldest first; ``hidden`` entries are not shown yet. ``fresh`` goes to the message that is open."""
        made = self._conversation
        made.whole.setVisible(hidden > 0)
        made.whole.setText(self.tr("Show the whole conversation (%n more)", "", hidden))
        known = {view.entry.key: view for view in self._entries}
        kept: list[EntryView] = []
        for place, entry in enumerate(entries):
            view = known.get(entry.key)
            if view is None or view.entry != entry:
                view = made.view_of(entry)
                view.link.connect(self.link)
            else:
                del known[entry.key]
                made.list.removeWidget(view)
            made.list.insertWidget(place + 1, view)
            kept.append(view)
        for view in known.values():
            self._drop(view)
        self._entries = kept
        if fresh:
            QTimer.singleShot(0, self, self._show_focus)

    def _show_focus(self) -> None:
        """The message that is open, with what came after it as far as there is room."""
        focus = next((view for view in self._entries if view.entry.focus), None)
        bar = self._conversation.area.verticalScrollBar()
        bar.setValue(bar.maximum())
        if focus is not None and focus.y() < bar.value():
            bar.setValue(max(0, focus.y() - self._theme.sizes.half))

    def _clear(self) -> None:
        for view in self._entries:
            self._drop(view)
        self._entries = []

    def _drop(self, view: EntryView) -> None:
        self._conversation.list.removeWidget(view)
        view.hide()
        view.deleteLater()

    @property
    def entries(self) -> Sequence[EntryView]:
        """The entries on the screen."""
        return tuple(self._entries)

    def page(self, by: int) -> None:
        """Scrolls by whole pages."""
        if self._made is None:
            return
        bar = self._made.area.verticalScrollBar()
        bar.setValue(bar.value() + by * bar.pageStep())

    def retranslate(self) -> None:
        """The words of the language in force."""
        if self._made is not None:
            self._made.more.set_name(self.tr("More"))
            self._made.reply.saved.set_name(self.tr("Saved replies (S)"))
        if self._stack.currentIndex() == 0:
            self._empty.say(self.tr("Choose a message"), self._hint())

    def changeEvent(self, event: QEvent) -> None:
        """Follows the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def sizeHint(self) -> QSize:
        """The widest pane."""
        return QSize(self._theme.sizes.reading, self._theme.sizes.reading)
