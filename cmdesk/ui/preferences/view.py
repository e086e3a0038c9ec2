"""Paints the preferences: language and look, notices, the data and their copies, the practice desk, the program itself."""

from collections.abc import Callable, Sequence
from pathlib import Path

from msgspec import Struct
from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QHBoxLayout, QLayout, QVBoxLayout, QWidget

from cmdesk.domain.client import Colour
from cmdesk.domain.ids import ClientId
from cmdesk.ui.preferences.line import OwnerLine
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import Button, Check, Choice, Kind
from cmdesk.ui.widgets.layout import STRETCH, Hairline, Scroll, column, row
from cmdesk.ui.widgets.safelabel import SafeLabel
from cmdesk.ui.widgets.segments import Segments
from cmdesk.ui.widgets.text import Text

TEXT_SIZES = (80, 90, 100, 115, 130, 150, 175, 200)


class Chosen(Struct, frozen=True):
    """The choices in force; ``text_size`` in per cent."""

    language: str
    scheme: str
    text_size: int
    notices: bool
    notice_texts: bool


class Copy(Struct, frozen=True):
    """A backup of the client on screen: when, how large and why in one line."""

    path: Path
    title: str
    detail: str


class Owner(Struct, frozen=True):
    """A client in a list, with what is said of it."""

    client: ClientId
    name: str
    initials: str
    colour: Colour
    detail: str


class Section(QWidget):
    """A titled part of the page."""

    def __init__(self, theme: Theme, *items: QWidget | QLayout) -> None:
        super().__init__()
        self.title = Text(theme, size=Size.LEAD, strong=True)
        self.note = Text(theme, tone="muted", wrap=True)
        self.note.hide()
        self.body = column(None, *items, gap=theme.sizes.half)
        head = column(None, self.title, self.note, gap=theme.sizes.quarter)
        column(self, Hairline(theme), theme.sizes.half, head, self.body, gap=theme.sizes.half)

    def say(self, title: str, note: str = "") -> None:
        """The words."""
        self.title.setText(title)
        self.note.setText(note)
        self.note.setVisible(bool(note))


class Labelled(QWidget):
    """A choice with its words before it, all choices on one edge."""

    def __init__(self, theme: Theme, widget: QWidget) -> None:
        super().__init__()
        self.label = Text(theme)
        self.label.setFixedWidth(theme.sizes.one * 10)
        self.label.setBuddy(widget)
        self._widget = widget
        row(self, self.label, widget, STRETCH, gap=theme.sizes.one)

    def say(self, words: str) -> None:
        """The words, which are also the accessible name."""
        self.label.setText(words)
        self._widget.setAccessibleName(words)


class PreferencesView(QWidget):
    """The room. Each signal is one wish."""

    language_chosen = Signal(str)
    scheme_chosen = Signal(str)
    text_size_chosen = Signal(int)
    notices_chosen = Signal(bool)
    notice_texts_chosen = Signal(bool)
    folder_wanted = Signal()
    backup_wanted = Signal(object)  # ClientId
    verify_wanted = Signal(object)  # Path
    restore_wanted = Signal(object)  # Path
    bring_back = Signal(object)  # ClientId
    purge_wanted = Signal(object)  # ClientId
    practice_wanted = Signal()
    agent_wanted = Signal(bool)  # to be installed, or to be removed
    link = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._in_practice = False
        self._text_now = 100
        sizes = theme.sizes
        self._title = Text(theme, size=Size.TITLE, strong=True)
        self.language, self.scheme = Segments(theme), Segments(theme)
        self.text_size = Choice(theme)
        self._text_note = Text(theme, size=Size.SMALL, tone="muted", wrap=True)
        self.notices, self.notice_texts = Check(theme), Check(theme)
        self._language_row, self._scheme_row = Labelled(theme, self.language), Labelled(theme, self.scheme)
        self._text_row = Labelled(theme, self.text_size)
        self._folder = SafeLabel(theme, wrap=True)
        self.folder_button = Button(theme, icon="folder")
        self.practice_button = Button(theme)
        self._agent_state, self.agent_button = SafeLabel(theme, wrap=True), Button(theme)
        self._agent_installs = True
        self._copies, self._archived = QWidget(), QWidget()
        self._copy_rows, self._archive_rows = column(self._copies, gap=sizes.half), column(self._archived, gap=sizes.half)
        self.backup_button = Button(theme, icon="archive")
        self._version = Text(theme, tabular=True)
        self._licence = Text(theme, tone="muted", wrap=True)
        self.docs_button = Button(theme, kind=Kind.LINK, icon="external")
        self._look = Section(theme, self._language_row, self._scheme_row, self._text_row, self._text_note)
        self._notes = Section(theme, self.notices, self.notice_texts)
        self._agent = Section(theme, self._agent_state, _alone(self.agent_button))
        self._agent.hide()
        self._data = Section(theme, self._folder, _alone(self.folder_button))
        self._backup = Section(theme, self._copies, _alone(self.backup_button))
        self._away = Section(theme, self._archived)
        self._practice = Section(theme, _alone(self.practice_button))
        self._about = Section(theme, self._version, self._licence, _alone(self.docs_button))
        self._client: ClientId | None = None
        self._docs = ""
        self._wire()
        column(self, self._page())
        self.retranslate()

    def _wire(self) -> None:
        self.language.chosen.connect(self.language_chosen)
        self.scheme.chosen.connect(self.scheme_chosen)
        self.text_size.activated.connect(lambda number: self.text_size_chosen.emit(TEXT_SIZES[number]))
        self.notices.clicked.connect(self.notices_chosen)
        self.notices.toggled.connect(self.notice_texts.setEnabled)
        self.notice_texts.clicked.connect(self.notice_texts_chosen)
        self.folder_button.clicked.connect(self.folder_wanted)
        self.practice_button.clicked.connect(self.practice_wanted)
        self.agent_button.clicked.connect(lambda: self.agent_wanted.emit(self._agent_installs))
        self.backup_button.clicked.connect(lambda: self.backup_wanted.emit(self._client))
        self.docs_button.clicked.connect(lambda: self.link.emit(self._docs))

    def _page(self) -> QWidget:
        sizes = self._theme.sizes
        inner, middle = QWidget(), QWidget()
        sections = (self._look, self._notes, self._agent, self._data, self._backup, self._away, self._practice, self._about)
        column(middle, self._title, *sections, STRETCH, gap=sizes.one_half)
        middle.setMaximumWidth(sizes.one * 48)
        body = row(inner, margins=(sizes.one_half, sizes.one_half, sizes.one_half, sizes.two))
        body.addWidget(middle, 1000)
        body.addStretch(1)
        return Scroll(inner)

    # --- what the presenter says

    def show_choices(self, chosen: Chosen) -> None:
        """The choices in force."""
        self.language.choose(chosen.language)
        self.scheme.choose(chosen.scheme)
        self._text_now = min(TEXT_SIZES, key=lambda size: abs(size - chosen.text_size))
        self.text_size.setCurrentIndex(TEXT_SIZES.index(self._text_now))
        self.notices.setChecked(chosen.notices)
        self.notice_texts.setChecked(chosen.notice_texts)
        self.notice_texts.setEnabled(chosen.notices)

    def show_text_sizes(self, words: Sequence[str]) -> None:
        """The sizes to choose from, as the language writes per cent."""
        self.text_size.clear()
        self.text_size.addItems(list(words))
        self.text_size.setCurrentIndex(TEXT_SIZES.index(self._text_now))

    def show_place(self, folder: str, version: str, docs: str, *, practice: bool) -> None:
        """Where the data are, which version this is, and whether it is the practice desk."""
        self._folder.show_name(folder)
        self._version.setText(version)
        self._docs = docs
        self.docs_button.setVisible(bool(docs))
        self._in_practice = practice
        self._say_practice()

    def show_agent(self, state: str, installs: bool | None) -> None:
        """How the agent fares, and whether the button installs it or removes it; None: there is nothing to press."""
        self._agent_state.show_name(state)
        self._agent_installs = bool(installs)
        self.agent_button.setVisible(installs is not None)
        self.agent_button.setEnabled(True)
        self._say_agent()
        self._agent.show()

    def _say_agent(self) -> None:
        self._agent.say(
            self.tr("Publishing without the window"),
            self.tr("The agent publishes and fetches in the background while you are logged in and the computer is awake."),
        )
        self.agent_button.setText(self.tr("Install the agent") if self._agent_installs else self.tr("Remove the agent"))

    def show_copies(self, client: Owner, copies: Sequence[Copy]) -> None:
        """The backups of the client on screen, newest first."""
        self._client = client.client
        _clear(self._copy_rows)
        for copy in copies:
            check, restore = Button(self._theme, self.tr("Check it"), Kind.PLAIN), Button(self._theme, self.tr("Restore…"))
            check.setAccessibleDescription(copy.title)
            restore.setAccessibleDescription(copy.title)
            check.clicked.connect(_say(self.verify_wanted.emit, copy.path))
            restore.clicked.connect(_say(self.restore_wanted.emit, copy.path))
            self._copy_rows.addWidget(self._line(copy.title, copy.detail, check, restore))
        if not copies:
            self._copy_rows.addWidget(Text(self._theme, self.tr("No copy yet."), tone="muted"))
        self._backup.say(
            self.tr("Copies of {client}").format(client=client.name),
            self.tr("A copy holds the posts, drafts and messages of this client. Keys stay in the keyring."),
        )
        self.backup_button.show()

    def show_owners(self, owners: Sequence[Owner]) -> None:
        """Every client with its newest backup."""
        self._client = None
        _clear(self._copy_rows)
        for owner in owners:
            button = Button(self._theme, self.tr("Back up now"))
            button.setAccessibleDescription(owner.name)
            button.clicked.connect(_say(self.backup_wanted.emit, owner.client))
            self._copy_rows.addWidget(self._owner_line(owner, button))
        self._backup.say(self.tr("Copies"), self.tr("Choose a client on the left to see its copies and to restore one."))
        self._backup.setVisible(bool(owners))
        self.backup_button.hide()

    def show_archived(self, owners: Sequence[Owner]) -> None:
        """The clients that were put aside."""
        _clear(self._archive_rows)
        for owner in owners:
            back, erase = Button(self._theme, self.tr("Bring back")), Button(self._theme, self.tr("Erase…"), Kind.PLAIN)
            back.setAccessibleDescription(owner.name)
            erase.setAccessibleDescription(owner.name)
            back.clicked.connect(_say(self.bring_back.emit, owner.client))
            erase.clicked.connect(_say(self.purge_wanted.emit, owner.client))
            self._archive_rows.addWidget(self._owner_line(owner, back, erase))
        self._away.setVisible(bool(owners))

    def _owner_line(self, owner: Owner, *buttons: QWidget) -> QWidget:
        return OwnerLine(self._theme, owner.initials, owner.colour, owner.name, owner.detail, *buttons)

    def _line(self, title: str, detail: str, *buttons: QWidget) -> QWidget:
        theme = self._theme
        name, more = SafeLabel(theme), Text(theme, detail, size=Size.SMALL, tone="muted", tabular=True)
        name.show_name(title)
        line = QWidget()
        row(line, column(None, name, more), STRETCH, *buttons, gap=theme.sizes.half)
        return line

    # --- words

    def retranslate(self) -> None:
        """The words of the language in force. Languages name themselves."""
        self._title.setText(self.tr("Preferences"))
        self._look.say(self.tr("Language and look"))
        self._language_row.say(self.tr("Language"))
        self.language.set_items([("system", self.tr("As the system")), ("fr_CA", "Français"), ("en_CA", "English")])
        self._scheme_row.say(self.tr("Theme"))
        self.scheme.set_items([("system", self.tr("As the system")), ("light", self.tr("Light")), ("dark", self.tr("Dark"))])
        self._text_row.say(self.tr("Text size"))
        self._text_note.setText(self.tr("Another text size holds from the next start of cmdesk."))
        self._notes.say(self.tr("Notices"))
        self.notices.setText(self.tr("Tell me about new messages and decisions"))
        self.notice_texts.setText(self.tr("Show words of the message in the notice"))
        self._data.say(
            self.tr("Your data"), self.tr("Each client is one folder. It stays on this computer until you copy it elsewhere.")
        )
        self.folder_button.setText(self.tr("Open the folder"))
        self.backup_button.setText(self.tr("Back up now"))
        self._away.say(self.tr("Archived clients"), self.tr("Nothing goes out or comes in for them. Everything is kept."))
        self._about.say(self.tr("About cmdesk"))
        self._licence.setText(
            self.tr("Free software under the GNU General Public License, version 3 or later. It comes without any warranty.")
        )
        self.docs_button.setText(self.tr("Help and documentation"))
        self._say_agent()
        self._say_practice()

    def _say_practice(self) -> None:
        if self._in_practice:
            self._practice.say(
                self.tr("Practice desk"), self.tr("You are on the practice desk. Your own desk is as you left it.")
            )
            self.practice_button.setText(self.tr("Back to my own desk"))
        else:
            self._practice.say(
                self.tr("Practice desk"),
                self.tr("Three sample clients and people who answer, to try everything on. Nothing of it leaves this computer."),
            )
            self.practice_button.setText(self.tr("Open the practice desk"))

    def changeEvent(self, event: QEvent) -> None:
        """Follows the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _alone(button: QWidget) -> QHBoxLayout:
    """A button at the left edge that does not stretch."""
    return row(None, button, STRETCH)


def _say(emit: Callable[[object], object], value: object) -> Callable[[], None]:
    def tell(_on: bool = False) -> None:
        emit(value)

    return tell


def _clear(lines: QVBoxLayout) -> None:
    while (item := lines.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()
