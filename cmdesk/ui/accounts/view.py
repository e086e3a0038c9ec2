"""Paints the accounts: a card each, the list of all clients' accounts, and the page that links one."""

from collections.abc import Hashable, Sequence

from msgspec import Struct
from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from cmdesk.ui.accounts.card import AccountCard, Look
from cmdesk.ui.accounts.linkpage import LinkPage
from cmdesk.ui.rows import RowsModel
from cmdesk.ui.theme import Size, Theme, Tones
from cmdesk.ui.widgets.buttons import Button, Kind
from cmdesk.ui.widgets.layout import STRETCH, Scroll, column, row
from cmdesk.ui.widgets.rowlist import RowList, RowLook
from cmdesk.ui.widgets.states import EmptyState
from cmdesk.ui.widgets.text import Text


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
        self._title, self._desk_title = (Text(theme, size=Size.TITLE, strong=True) for _ in range(2))
        self._summary, self._desk_summary = (Text(theme, tone="muted", wrap=True) for _ in range(2))
        self.link_button = Button(theme, kind=Kind.PRIMARY, icon="plus")
        self.link_button.clicked.connect(self.link_wanted)
        self._empty = EmptyState(theme, "accounts")
        self._empty.pressed.connect(self._first_step)
        self.link_page = LinkPage(theme)
        self.desk_list = RowList(theme)
        self._model: RowsModel[Line] = RowsModel(lambda line: line.spoken)
        self.desk_list.set_rows(self._model, lambda line: line.look)
        self.desk_list.opened.connect(lambda line: self.jump.emit(line.key))
        self._stack = QStackedWidget()
        self._cards_page, self._desk_page = self._make_cards_page(), self._make_desk_page()
        self._link_scroll = Scroll(self.link_page)
        for page in (self._cards_page, self._empty, self._desk_page, self._link_scroll):
            self._stack.addWidget(page)
        column(self, self._stack)
        self.setProperty("surface", "content")
        self.retranslate()

    def _make_cards_page(self) -> QWidget:
        sizes = self._theme.sizes
        inner, middle = QWidget(), QWidget()
        head = row(None, gap=sizes.one)
        head.addLayout(column(None, self._title, self._summary, gap=sizes.quarter), 1)
        head.addWidget(self.link_button)
        self._card_column = column(None, gap=sizes.one)
        column(middle, head, self._card_column, STRETCH, gap=sizes.one_half)
        middle.setMaximumWidth(sizes.one * 60)
        body = row(inner, margins=(sizes.one_half, sizes.one_half, sizes.one_half, sizes.one))
        body.addWidget(middle, 1000)
        body.addStretch(1)
        return Scroll(inner)

    def _make_desk_page(self) -> QWidget:
        sizes = self._theme.sizes
        page = QWidget()
        head = column(None, self._desk_title, self._desk_summary, gap=sizes.quarter, margins=(sizes.one, 0, sizes.one, 0))
        middle = QWidget()
        body = column(middle, head, gap=sizes.one, margins=(sizes.half, sizes.one_half, sizes.half, 0))
        body.addWidget(self.desk_list, 1)
        middle.setMaximumWidth(sizes.one * 63)  # as wide as the cards: the list keeps half a line at each side for its ground
        line = row(page)
        line.addWidget(middle, 1000)
        line.addStretch(1)
        return page

    # --- what the presenter says

    def set_tones(self, tones: Tones) -> None:
        """The client's colour on the loud buttons."""
        self._tones = tones
        self.link_button.set_tones(tones)
        self._empty.button.set_tones(tones)
        self.link_page.set_tones(tones)

    def show_accounts(self, looks: Sequence[Look], summary: str) -> None:
        """A client's accounts as cards; without any, the first step."""
        self._summary.setText(summary)
        while len(self._cards) > len(looks):
            card = self._cards.pop()
            self._card_column.removeWidget(card)
            card.hide()
            card.deleteLater()
        while len(self._cards) < len(looks):
            self._cards.append(self._make_card())
        for card, look in zip(self._cards, looks, strict=True):
            card.show_account(look, self._tones)
        self._empty_desk = False
        self._say_empty()
        self._stack.setCurrentWidget(self._cards_page if looks else self._empty)

    def _make_card(self) -> AccountCard:
        card = AccountCard(self._theme)
        card.say(self._card_words())
        for signal, ours in ((card.check, self.check), (card.again, self.again), (card.unlink, self.unlink)):
            signal.connect(ours)
        card.profile.connect(self.profile)
        self._card_column.addWidget(card)
        return card

    def show_desk(self, lines: Sequence[Line], summary: str) -> None:
        """The accounts of all clients, to look at and to jump to."""
        self._model.show(list(lines))
        self._desk_summary.setText(summary)
        self._empty_desk = True
        self._say_empty()
        self._stack.setCurrentWidget(self._desk_page if lines else self._empty)

    def show_link(self) -> None:
        """The page that links an account."""
        self._stack.setCurrentWidget(self._link_scroll)
        self.link_page.setFocus()

    @property
    def cards(self) -> Sequence[AccountCard]:
        """The cards on the page."""
        return tuple(self._cards)

    @property
    def linking(self) -> bool:
        """Whether the page that links is in front."""
        return self._stack.currentWidget() is self._link_scroll

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
        self._title.setText(self.tr("Accounts"))
        self._desk_title.setText(self.tr("Accounts of all clients"))
        self.desk_list.setAccessibleName(self.tr("Accounts of all clients"))
        self.link_button.setText(self.tr("Link an account"))
        for card in self._cards:
            card.say(self._card_words())
        self._say_empty()

    def changeEvent(self, event: QEvent) -> None:
        """Follows the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
