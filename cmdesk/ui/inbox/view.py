"""Puts the inbox's three panes beside each other and passes on what the user wants; it knows no service."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QResizeEvent
from PySide6.QtWidgets import QMenu, QSplitter, QWidget

from cmdesk.domain.client import Colour
from cmdesk.ui.inbox.listpane import ListPane
from cmdesk.ui.inbox.shelf import Shelf
from cmdesk.ui.inbox.threadpane import ThreadPane
from cmdesk.ui.inbox.values import FetchLine, ShelfItem
from cmdesk.ui.theme import Theme
from cmdesk.ui.widgets.layout import column
from cmdesk.ui.widgets.states import Banner

if TYPE_CHECKING:
    from cmdesk.domain.answering import Contact, SavedReply
    from cmdesk.domain.ruling import Rule
    from cmdesk.ui.inbox.asking import Asked
    from cmdesk.ui.inbox.rulesdialog import RulesDialog
    from cmdesk.ui.inbox.saved import SavedDialog

#: How wide the room must be, in heights of the font, for shelf, list and conversation beside each other.
_THREE_PANES = 66


class InboxView(QWidget):
    """The inbox: ``shelf`` (states, accounts), ``rows`` (search and list), ``talk`` (conversation and reply)."""

    state_chosen = Signal(str)
    account_chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._states: tuple[list[ShelfItem], str] = ([], "")
        self._accounts: tuple[list[ShelfItem], str] = ([], "")
        self.shelf = Shelf(theme)
        self.rows = ListPane(theme)
        self.talk = ThreadPane(theme)
        self.shelf.states.chosen.connect(self.state_chosen)
        self.rows.state_chosen.connect(self.state_chosen)
        self.shelf.accounts.chosen.connect(self.account_chosen)
        self.rows.account_chosen.connect(self.account_chosen)
        self.trouble = Banner(theme, edge=True)
        self.offline = Banner(theme, edge=True)
        self.alarm = Banner(theme, edge=True)
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(theme.sizes.hairline)
        for place, pane in enumerate((self.shelf, self.rows, self.talk)):
            self._splitter.addWidget(pane)
            self._splitter.setStretchFactor(place, (0, 2, 5)[place])
        self._splitter.setSizes([theme.sizes.one * 13, theme.sizes.one * 23, theme.sizes.reading])
        layout = column(self, self.alarm, self.offline, self.trouble)
        layout.addWidget(self._splitter, 1)
        self.setFocusProxy(self.rows.list)
        self.rows.retranslate()
        self.retranslate()

    # --- what is shown

    def show_states(self, items: Sequence[ShelfItem], choice: str) -> None:
        """The states with their counts."""
        self._states = list(items), choice
        self.shelf.states.show_items(items, choice)
        self._fit()

    def show_accounts(self, title: str, items: Sequence[ShelfItem], choice: str) -> None:
        """The accounts one can look at alone, or of all clients the clients; ``title`` says which."""
        self._accounts = list(items), choice
        self.shelf.show_accounts(title, items, choice)
        self.rows.account.setAccessibleName(title)
        self._fit()

    def show_fetches(self, lines: Sequence[FetchLine]) -> None:
        """When each account was last fetched."""
        self.shelf.show_fetches(lines)

    def say_offline(self, sentence: str) -> None:
        """There is no network; "" when there is."""
        if sentence:
            self.offline.say("info", sentence)
        else:
            self.offline.dismiss()

    def say_trouble(self, sentence: str, words: str = "", action: Callable[[], object] | None = None) -> None:
        """An account needs somebody; "" when none does."""
        if sentence and action is not None:
            self.trouble.say("warning", sentence, [(words, action)])
        else:
            self.trouble.dismiss()

    def pop_menu(self, entries: Sequence[QAction | None], where: QPoint | QWidget | None = None) -> None:
        """Shows entries as a menu, where the pointer is, under a widget, or under the snooze button; None is a line between."""
        menu = QMenu(self)
        fill_menu(menu, entries)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        if not isinstance(where, QPoint):
            button = where or self.talk.buttons["snooze"]
            where = button.mapToGlobal(button.rect().bottomLeft())
        menu.popup(where)
        if entries and entries[0] is not None:
            menu.setActiveAction(entries[0])

    def ask_report(self, *, client: str, colour: Colour, person: str, ours: str) -> tuple[str, str, bool] | None:
        """Asks for the reason of a report: key, comment, forward; None when it was thought better of."""
        from cmdesk.ui.inbox.report import ReportDialog  # few messages are reported

        dialog = ReportDialog(self._theme, self, client=client, colour=colour, person=person, ours=ours)
        answer = dialog.answer() if dialog.exec() else None
        dialog.deleteLater()
        return answer

    def ask_contact(self, *, client: str, colour: Colour, contacts: Sequence[Contact], text: str) -> Asked | None:
        """Asks whom at the client to ask, and in which words; None when it was thought better of."""
        from cmdesk.ui.inbox.asking import AskDialog  # few messages are asked about

        dialog = AskDialog(self._theme, self, client=client, colour=colour, contacts=contacts, text=text)
        answer = dialog.answer() if dialog.exec() else None
        dialog.deleteLater()
        return answer

    def saved_dialog(
        self, client: str, colour: Colour, language: str, find: Callable[[str], Sequence[SavedReply]]
    ) -> SavedDialog:
        """The saved replies of a client, over this room; it ends itself when it closes."""
        from cmdesk.ui.inbox.saved import SavedDialog  # many answers are written without

        dialog = SavedDialog(self._theme, self, client, colour, language, find)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog

    def rules_dialog(
        self, client: str, colour: Colour, contacts: Sequence[Contact], read: Callable[[], Sequence[Rule]]
    ) -> RulesDialog:
        """The rules of a client's inbox, over this room; it ends itself when it closes."""
        from cmdesk.ui.inbox.rulesdialog import RulesDialog  # rules are rarely changed

        dialog = RulesDialog(self._theme, self, client, colour, contacts, read)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog

    # --- its own

    def _fit(self) -> None:
        """Where there is no room for three panes the states become a choice over the list."""
        narrow = self.width() < self._theme.sizes.one * _THREE_PANES
        self.shelf.setVisible(not narrow)
        self.shelf.setMinimumWidth(min(self.shelf.sizeHint().width(), self._theme.sizes.one * 15))
        nothing: tuple[list[ShelfItem], str] = ([], "")
        self.rows.show_places(*(self._states, self._accounts) if narrow else (nothing, nothing))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Two panes or three."""
        super().resizeEvent(event)
        self._fit()

    def retranslate(self) -> None:
        """The words of the language in force."""
        self.shelf.say(self.tr("States"))

    def changeEvent(self, event: QEvent) -> None:
        """Follows the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def fill_menu(menu: QMenu, entries: Sequence[QAction | None]) -> None:
    """Puts entries into a menu; None is a line between."""
    for entry in entries:
        if entry is None:
            menu.addSeparator()
        else:
            entry.setParent(menu)
            menu.addAction(entry)
