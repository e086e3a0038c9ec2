"""Paints the accounts: a card each, the list of all clients' accounts, and the page that links one."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from typing import TYPE_CHECKING

from msgspec import Struct
from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from cmdesk.ui.accounts.card import AccountCard, Look
from cmdesk.ui.accounts.pages import CardsPage, DeskPage
from cmdesk.ui.rows import RowsModel
from cmdesk.ui.theme import Theme, Tones
from cmdesk.ui.widgets.buttons import Button
from cmdesk.ui.widgets.layout import Scroll, column
from cmdesk.ui.widgets.rowlist import RowList, RowLook
from cmdesk.ui.widgets.states import EmptyState

if TYPE_CHECKING:
    from cmdesk.ui.accounts.linkpage import LinkPage


class Line(Struct, frozen=True):
    """One account, or a client without any, in the list of the whole desk. ``key`` is what a jump leads to."""

    key: Hashable
    look: RowLook
    spoken: str


class AccountsView(QWidget):
    """The room. Signals carry the id of an account, or where to jump."""

    link_wanted = Signal()
    check = Signal(object)
    again = Signal(object)
    unlink = Signal(object)
    profile = Signal(str)
    jump = Signal(object)
    client_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._tones: Tones = theme.tones(None)
        self._cards: list[AccountCard] = []
        self._empty_desk = False
        self._model: RowsModel[Line] = RowsModel(lambda line: line.spoken)
        self._empty = EmptyState(theme, "accounts")
        self._empty.pressed.connect(self._first_step)
        # A page is built when it is first shown: nobody sees all of them.
        self._made_cards_page: CardsPage | None = None
        self._made_desk_page: DeskPage | None = None
        self._made_link_page: LinkPage | None = None
        self._link_scroll: Scroll | None = None
        self._stack = QStackedWidget()
        self._stack.addWidget(self._empty)
        column(self, self._stack)
        self.setProperty("surface", "content")
        self.retranslate()

    @property
    def _cards_page(self) -> CardsPage:
        if self._made_cards_page is None:
            page = self._made_cards_page = CardsPage(self._theme)
            page.link_button.clicked.connect(self.link_wanted)
            page.link_button.set_tones(self._tones)
            self._say_cards(page)
            self._stack.addWidget(page)
        return self._made_cards_page

    @property
    def _desk_page(self) -> DeskPage:
        if self._made_desk_page is None:
            page = self._made_desk_page = DeskPage(self._theme)
            page.list.set_rows(self._model, lambda line: line.look)
            page.list.opened.connect(lambda line: self.jump.emit(line.key))
            self._say_desk(page)
            self._stack.addWidget(page)
        return self._made_desk_page

    @property
    def link_page(self) -> LinkPage:
        """The page that links an account."""
        if self._made_link_page is None:
            from cmdesk.ui.accounts.linkpage import LinkPage  # most who enter the room link nothing

            page = self._made_link_page = LinkPage(self._theme)
            page.set_tones(self._tones)
            self._link_scroll = Scroll(page)
            self._stack.addWidget(self._link_scroll)
        return self._made_link_page

    @property
    def link_button(self) -> Button:
        """The button over the cards that begins to link."""
        return self._cards_page.link_button

    @property
    def desk_list(self) -> RowList:
        """The accounts of all clients."""
        return self._desk_page.list

    # --- what the presenter says

    def set_tones(self, tones: Tones) -> None:
        """The client's colour on the loud buttons."""
        self._tones = tones
        self._empty.button.set_tones(tones)
        if self._made_cards_page is not None:
            self._made_cards_page.link_button.set_tones(tones)
        if self._made_link_page is not None:
            self._made_link_page.set_tones(tones)

    def show_accounts(self, looks: Sequence[Look], summary: str) -> None:
        """A client's accounts as cards; without any, the first step."""
        if looks or self._cards:
            self._show_cards(self._cards_page, looks, summary)
        self._empty_desk = False
        self._say_empty()
        self._stack.setCurrentWidget(self._cards_page if looks else self._empty)

    def _show_cards(self, page: CardsPage, looks: Sequence[Look], summary: str) -> None:
        page.summary.setText(summary)
        while len(self._cards) > len(looks):
            card = self._cards.pop()
            page.cards.removeWidget(card)
            card.hide()
            card.deleteLater()
        while len(self._cards) < len(looks):
            self._cards.append(self._make_card(page))
        for card, look in zip(self._cards, looks, strict=True):
            card.show_account(look, self._tones)

    def _make_card(self, page: CardsPage) -> AccountCard:
        card = AccountCard(self._theme)
        card.say(self._card_words())
        for signal, ours in ((card.check, self.check), (card.again, self.again), (card.unlink, self.unlink)):
            signal.connect(ours)
        card.profile.connect(self.profile)
        page.cards.addWidget(card)
        return card

    def show_desk(self, lines: Sequence[Line], summary: str) -> None:
        """The accounts of all clients, to look at and to jump to."""
        self._model.show(list(lines))
        self._desk_page.summary.setText(summary)
        self._empty_desk = True
        self._say_empty()
        self._stack.setCurrentWidget(self._desk_page if lines else self._empty)

    def show_link(self) -> None:
        """The page that links an account."""
        page = self.link_page
        if self._link_scroll is not None:
            self._stack.setCurrentWidget(self._link_scroll)
        page.setFocus()

    @property
    def cards(self) -> Sequence[AccountCard]:
        """The cards on the page."""
        return tuple(self._cards)

    @property
    def linking(self) -> bool:
        """Whether the page that links is in front."""
        return self._link_scroll is not None and self._stack.currentWidget() is self._link_scroll

    # --- words

    def _first_step(self) -> None:
        (self.client_wanted if self._empty_desk else self.link_wanted).emit()

    def _card_words(self) -> tuple[str, str, str, str]:
        return self.tr("Check now"), self.tr("Link again"), self.tr("Open the profile"), self.tr("Unlink")

    def _say_empty(self) -> None:
        if self._empty_desk:
            self._empty.say(
                self.tr("No client yet"),
                self.tr("Accounts belong to a client. Create the first one, then link its accounts."),
                self.tr("New client"),
            )
        else:
            self._empty.say(
                self.tr("Link a first account"),
                self.tr(
                    "cmdesk publishes and answers as this account. You allow it in your browser; "
                    "cmdesk never sees the password, and its key stays in this computer’s keyring."
                ),
                self.tr("Link an account"),
            )

    def retranslate(self) -> None:
        """The words of the language in force."""
        if self._made_cards_page is not None:
            self._say_cards(self._made_cards_page)
        if self._made_desk_page is not None:
            self._say_desk(self._made_desk_page)
        for card in self._cards:
            card.say(self._card_words())
        self._say_empty()

    def _say_cards(self, page: CardsPage) -> None:
        page.title.setText(self.tr("Accounts"))
        page.link_button.setText(self.tr("Link an account"))

    def _say_desk(self, page: DeskPage) -> None:
        page.title.setText(self.tr("Accounts of all clients"))
        page.list.setAccessibleName(self.tr("Accounts of all clients"))

    def changeEvent(self, event: QEvent) -> None:
        """Follows the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
