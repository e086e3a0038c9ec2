"""The right side of the late-post desk: one delivery with all that is known, the choice for many, and its summary."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from cmdesk.ui import wording
from cmdesk.ui.i18n import Formats
from cmdesk.ui.latedesk.values import KEYS, Fact, Item, Speaker, Summary
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import Button, Kind
from cmdesk.ui.widgets.decision import Ask, DecisionCard
from cmdesk.ui.widgets.flow import FlowBox
from cmdesk.ui.widgets.layout import STRETCH, Hairline, column, row
from cmdesk.ui.widgets.marks import Disc
from cmdesk.ui.widgets.safelabel import SafeLabel
from cmdesk.ui.widgets.states import Banner
from cmdesk.ui.widgets.text import Text


def clear(lines: QVBoxLayout) -> None:
    """Takes everything out of a column for good."""
    while (item := lines.takeAt(0)) is not None:
        if (old := item.widget()) is not None:
            old.hide()
            old.deleteLater()


class Known(QWidget):
    """What is known, line by line: when it was, and what."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.sizes.one)
        self._grid.setVerticalSpacing(theme.sizes.quarter)
        self._grid.setColumnStretch(1, 1)
        self._lines: list[tuple[Text, SafeLabel]] = []

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Other facts."""
        while len(self._lines) < len(facts):
            when, what = Text(self._theme, tone="muted", tabular=True), SafeLabel(self._theme, wrap=True)
            number = len(self._lines)
            self._grid.addWidget(when, number, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(what, number, 1, Qt.AlignmentFlag.AlignTop)
            self._lines.append((when, what))
        for number, (when, what) in enumerate(self._lines):
            shown = number < len(facts)
            when.setVisible(shown)
            what.setVisible(shown)
            if shown:
                when.setText(facts[number].when)
                what.show_text(facts[number].what)


class Who(QWidget):
    """A client's disc and name, and the account that would speak."""

    def __init__(self, theme: Theme, *, small: bool = False) -> None:
        super().__init__()
        self._disc = Disc(theme, small=small)
        self._name = SafeLabel(theme, strong=True)
        self._account = SafeLabel(theme, tone="muted")
        row(self, self._disc, column(None, self._name, self._account), STRETCH, gap=theme.sizes.half)

    def show_client(self, item: Item | Speaker, account: str) -> None:
        """Another client."""
        self._disc.set_client(item.initials, item.colour)
        self._name.show_name(item.client_name)
        self._account.show_name(account)


class OnePane(QWidget):
    """One delivery: whose it is, what is known, where to look, every choice."""

    wanted = Signal(object)
    link = Signal(str, str)
    journal = Signal()

    def __init__(self, theme: Theme, formats: Formats, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._theme = theme
        sizes = theme.sizes
        self._who = Who(theme)
        self.card = DecisionCard(theme, formats, now)
        self.card.set_keys(KEYS)
        self.card.wanted.connect(self.wanted)
        self.card.link.connect(self.link)
        self._title = Text(theme, strong=True)
        self._known = Known(theme)
        self._links = FlowBox(sizes.one)
        self._journal = Button(theme, kind=Kind.LINK, icon="posts")
        self._journal.clicked.connect(self.journal)
        foot = row(None, self._journal, STRETCH)
        column(self, self._who, self.card, self._title, self._known, self._links, foot, STRETCH, gap=sizes.one)
        self.retranslate()

    def show_item(self, item: Item) -> None:
        """Another delivery."""
        self._who.show_client(item, wording.network(item.row.account.network))
        self.card.show_row(item.row, item.look_at, item.zone, elsewhere=item.elsewhere, asks=item.asks)
        self._known.show_facts(item.facts)
        self._title.setVisible(bool(item.facts))
        self._links.flow.clear()
        for url, words in item.links:
            button = Button(self._theme, words, Kind.LINK, "external")
            button.clicked.connect(lambda _on=False, url=url, words=words: self.link.emit(url, words))
            self._links.add(button)
        self._links.setVisible(bool(item.links))

    def retranslate(self) -> None:
        """The words of the language in force."""
        self._title.setText(self.tr("What is known"))
        self._journal.setText(self.tr("Its lines in the journal"))

    def changeEvent(self, event: QEvent) -> None:
        """Follows the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class ManyPane(QWidget):
    """Several deliveries are chosen: what can be done with all of them."""

    wanted = Signal(object)  # Ask
    none = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._asks: tuple[tuple[Ask, int], ...] = ()
        self._count = 0
        self._title = Text(theme, size=Size.LEAD, strong=True)
        self._note = Text(theme, tone="muted", wrap=True)
        self._buttons = FlowBox(theme.sizes.half)
        self._none = Button(theme, kind=Kind.PLAIN)
        self._none.clicked.connect(self.none)
        column(self, self._title, self._note, self._buttons, row(None, self._none, STRETCH), STRETCH, gap=theme.sizes.one)
        self.retranslate()

    def show_asks(self, count: int, asks: tuple[tuple[Ask, int], ...]) -> None:
        """The choices, each with how many of the chosen are open to it."""
        self._count, self._asks = count, asks
        self.retranslate()

    def words(self, ask: Ask, count: int) -> str:
        """What the button of a choice says."""
        match ask:
            case Ask.NOW:
                return self.tr("Publish %n now…", "", count)
            case Ask.KEEP:
                return self.tr("Publish %n at their time…", "", count)
            case Ask.NEXT_SLOT:
                return self.tr("Move %n to the next free time…", "", count)
            case Ask.LOOK_AGAIN:
                return self.tr("Look for %n again…", "", count)
            case Ask.CONTINUE:
                return self.tr("Send the rest of %n…", "", count)
            case Ask.STOP:
                return self.tr("Leave %n at that…", "", count)
            case _:
                return self.tr("Do not publish %n…", "", count)

    def retranslate(self) -> None:
        """The words of the language in force."""
        self._title.setText(self.tr("%n chosen", "", self._count))
        self._note.setText(self.tr("Before anything happens, you see which clients and accounts would speak."))
        self._none.setText(self.tr("Choose none"))
        self._none.set_key("Esc")
        self._buttons.flow.clear()
        for ask, count in self._asks:
            button = Button(self._theme, self.words(ask, count), Kind.PLAIN if ask in {Ask.DROP, Ask.STOP} else Kind.QUIET)
            button.set_key(KEYS[ask])
            button.clicked.connect(lambda _on=False, ask=ask: self.wanted.emit(ask))
            self._buttons.add(button)

    def changeEvent(self, event: QEvent) -> None:
        """Follows the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class SummaryPane(QWidget):
    """What a choice for many would do, by client and account. Nothing happens before it is confirmed."""

    confirmed = Signal()
    back = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        sizes = theme.sizes
        self._title = Text(theme, size=Size.LEAD, strong=True, wrap=True)
        self._speakers = QWidget()
        self._lines = column(self._speakers, gap=sizes.one)
        self._left = Text(theme, tone="muted", wrap=True)
        self._warning = Banner(theme)
        self.confirm_button, self.back_button = Button(theme, kind=Kind.PRIMARY), Button(theme)
        self.confirm_button.clicked.connect(self.confirmed)
        self.back_button.clicked.connect(self.back)
        # Enter does what the button that holds the keyboard says.
        for button in (self.confirm_button, self.back_button):
            button.setAutoDefault(True)
        foot = row(None, self.confirm_button, self.back_button, STRETCH, gap=sizes.half)
        column(self, self._title, self._speakers, self._left, self._warning, Hairline(theme), foot, STRETCH, gap=sizes.one)
        self.retranslate()

    def show_summary(self, summary: Summary) -> None:
        """Another choice; what can't be taken back is not one Enter away."""
        theme, sizes = self._theme, self._theme.sizes
        self._title.setText(summary.title)
        clear(self._lines)
        for speaker in summary.speakers:
            one = QWidget()
            who = Who(theme)
            who.show_client(speaker, speaker.account)
            what = Text(theme, speaker.what, wrap=True, tabular=True)
            previews = [SafeLabel(theme, tone="muted") for _ in speaker.previews]
            for label, preview in zip(previews, speaker.previews, strict=True):
                label.show_name(preview)
            column(one, who, what, *previews, gap=sizes.quarter)
            self._lines.addWidget(one)
        self._left.setText(summary.left_out)
        self._left.setVisible(bool(summary.left_out))
        if summary.warning:
            self._warning.say("danger", summary.warning)
        else:
            self._warning.dismiss()
        self.confirm_button.setText(summary.confirm)
        self.confirm_button.set_kind(Kind.DANGER if summary.danger else Kind.PRIMARY)
        self.confirm_button.set_tones(theme.tones(summary.colour))
        (self.back_button if summary.danger else self.confirm_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def retranslate(self) -> None:
        """The words of the language in force."""
        self.back_button.setText(self.tr("Back"))
        self.back_button.set_key("Esc")

    def changeEvent(self, event: QEvent) -> None:
        """Follows the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
