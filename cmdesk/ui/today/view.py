"""Paints the day: decisions first, then the people who wait, and beside them what goes out and what is begun."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct, field
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from cmdesk.domain.client import Colour
from cmdesk.domain.views import OutboxRow
from cmdesk.ui.i18n import Formats
from cmdesk.ui.rows import RowsModel
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import Button, Kind
from cmdesk.ui.widgets.layout import STRETCH, Hairline, Scroll, column, row
from cmdesk.ui.widgets.paint import disc
from cmdesk.ui.widgets.rowlist import RowList, RowLook
from cmdesk.ui.widgets.states import Banner, Count, EmptyState
from cmdesk.ui.widgets.text import Text

if TYPE_CHECKING:
    from cmdesk.ui.widgets.decision import DecisionCard

#: How many rows a list of the day shows; all of them are a click away.
ROWS = 8
DRAFT_ROWS = 6


class Line(Struct, frozen=True):
    """One row of a list: what it stands for, how it looks, and how a screen reader says it."""

    key: Hashable
    look: RowLook
    spoken: str


class Choice(Struct, frozen=True):
    """A decision to take. ``client_name`` and ``colour`` are shown where several clients are on one screen."""

    row: OutboxRow
    look_at: str
    zone: str
    client_name: str = ""
    initials: str = ""
    colour: Colour | None = None
    elsewhere: bool = False  # the client's clock shows another hour than the desk's


class Day(Struct, frozen=True):
    """All that the view shows."""

    date: str
    summary: str
    choices: tuple[Choice, ...] = ()
    more_choices: int = 0
    awaiting: tuple[Line, ...] = ()
    awaiting_count: int = 0
    going_out: tuple[Line, ...] = ()
    going_out_count: int = 0
    drafts: tuple[Line, ...] = ()
    drafts_count: int = 0
    troubles: tuple[tuple[str, str, Hashable], ...] = field(default=())  # sentence, words of the button, what it opens
    new_here: bool = False  # no account yet: teach the first step


class Section(QWidget):
    """A titled list that is as high as its rows."""

    opened = Signal(object)
    more = Signal()

    def __init__(self, theme: Theme, *, most: int) -> None:
        super().__init__()
        self._theme, self._most = theme, most
        self._title = Text(theme, size=Size.LEAD, strong=True)
        self.count = Count(theme)
        self._more = Button(theme, kind=Kind.LINK, icon="arrow-right")
        self._more.clicked.connect(self.more)
        self._nothing = Text(theme, tone="muted", wrap=True)
        self._list = RowList(theme)
        self._model: RowsModel[Line] = RowsModel(lambda line: line.spoken)
        self._list.set_rows(self._model, lambda line: line.look)
        self._list.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._list.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._list.opened.connect(lambda line: self.opened.emit(line.key))
        self._list.clicked.connect(lambda index: self.opened.emit(self._model.row(index.row()).key))
        sizes = theme.sizes
        head = row(None, self._title, self.count, STRETCH, self._more, gap=sizes.half, margins=(sizes.one, 0, sizes.one, 0))
        note = row(None, self._nothing, margins=(sizes.one, sizes.half, sizes.one, 0))
        column(self, head, note, self._list, gap=sizes.quarter)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, title: str, nothing: str, more: str) -> None:
        """The words: title, what is said when there are no rows, and the way to the whole list."""
        self._title.setText(title)
        self._nothing.setText(nothing)
        self._more.setText(more)
        self._list.setAccessibleName(title)

    def show_lines(self, lines: Sequence[Line], whole: int) -> None:
        """The rows, of so many as there are in all."""
        shown = list(lines[: self._most])
        self._model.show(shown)
        self.count.set_count(whole)
        self._more.setVisible(whole > len(shown))
        self._nothing.setVisible(not shown)
        self._list.setVisible(bool(shown))
        self._list.setFixedHeight(len(shown) * self._theme.sizes.row + 2)


class Whose(QWidget):
    """Says whose decision it is, where several clients are on one screen."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._initials = ""
        self._colour: Colour | None = None
        self._name = Text(theme, size=Size.SMALL, strong=True, tone="soft")
        self._side = theme.sizes.one + theme.sizes.quarter
        row(self, self._side + theme.sizes.half, self._name, STRETCH)
        self.setFixedHeight(self._side)

    def show_client(self, name: str, initials: str, colour: Colour | None) -> None:
        """The client's disc and name."""
        self._initials, self._colour = initials, colour
        self._name.setText(name)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The disc."""
        painter = QPainter(self)
        disc(painter, self._theme, QRectF(0, 0, self._side, self._side), self._initials, self._theme.tones(self._colour))


class TodayView(QWidget):
    """The day. ``opened`` carries the key of a row, ``wanted`` a decision, ``link`` an address and its words."""

    opened = Signal(object)
    wanted = Signal(object, object)  # the Wanted, and the key of the decision
    link = Signal(str, str)
    all_wanted = Signal(str)  # the room with the whole list
    first_step = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._formats: Formats | None = None
        self._now: Callable[[], datetime] | None = None
        self._cards: list[tuple[QWidget, Whose, DecisionCard]] = []
        sizes = theme.sizes
        self._date = Text(theme, size=Size.TITLE, strong=True)
        self._summary = Text(theme, tone="muted", wrap=True)
        self._troubles = QWidget()
        self._trouble_column = column(self._troubles, gap=sizes.half)
        self._decide_title = Text(theme, size=Size.LEAD, strong=True)
        self._decide_count = Count(theme, "danger")
        self._decisions = QWidget()
        self._decision_column: QVBoxLayout = column(self._decisions, gap=sizes.one)
        self._decide = QWidget()
        self._more_choices = Button(theme, kind=Kind.LINK, icon="arrow-right")
        self._more_choices.clicked.connect(lambda: self.all_wanted.emit("late"))
        column(
            self._decide,
            row(None, self._decide_title, self._decide_count, STRETCH, gap=sizes.half),
            self._decisions,
            row(None, self._more_choices, STRETCH),
            gap=sizes.half + sizes.quarter,
            margins=(sizes.one, 0, sizes.half, sizes.one),
        )
        self._awaiting = Section(theme, most=ROWS)
        self._going = Section(theme, most=ROWS)
        self._drafts = Section(theme, most=DRAFT_ROWS)
        for section in (self._awaiting, self._going, self._drafts):
            section.opened.connect(self.opened)
        self._awaiting.more.connect(lambda: self.all_wanted.emit("inbox"))
        self._going.more.connect(lambda: self.all_wanted.emit("calendar"))
        self._drafts.more.connect(lambda: self.all_wanted.emit("posts"))
        self._empty = EmptyState(theme, "accounts")
        self._empty.pressed.connect(self.first_step)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._page())
        self._stack.addWidget(self._empty)
        column(self, self._stack)
        self.retranslate()

    def _page(self) -> QWidget:
        sizes = self._theme.sizes
        inner = QWidget()
        left, right = QWidget(), QWidget()
        column(left, self._decide, self._awaiting, STRETCH, gap=sizes.one)
        column(right, self._going, sizes.one, self._drafts, STRETCH, gap=sizes.one)
        lists = row(None, gap=sizes.one)
        lists.addWidget(left, 3)
        lists.addWidget(Hairline(self._theme, upright=True))
        lists.addWidget(right, 2)
        head = column(None, self._date, self._summary, gap=sizes.quarter, margins=(sizes.one, 0, sizes.one, 0))
        body = column(
            inner, head, self._troubles, gap=sizes.one_half, margins=(sizes.half, sizes.one_half, sizes.half, sizes.one)
        )
        body.addLayout(lists, 1)
        return Scroll(inner)

    def use(self, formats: Formats, now: Callable[[], datetime]) -> None:
        """The way to write dates, and the clock, for the decision cards."""
        self._formats, self._now = formats, now
        for _, _, card in self._cards:
            card.set_formats(formats)

    def show_day(self, day: Day) -> None:
        """Shows everything."""
        self._stack.setCurrentIndex(1 if day.new_here else 0)
        self._date.setText(day.date)
        self._summary.setText(day.summary)
        self._show_choices(day)
        self._awaiting.show_lines(day.awaiting, day.awaiting_count)
        self._going.show_lines(day.going_out, day.going_out_count)
        self._drafts.show_lines(day.drafts, day.drafts_count)
        self._show_troubles(day.troubles)

    def _show_choices(self, day: Day) -> None:
        if self._formats is None or self._now is None:
            return
        while len(self._cards) > len(day.choices):
            both = self._cards.pop()[0]
            self._decision_column.removeWidget(both)
            both.hide()
            both.deleteLater()
        while len(self._cards) < len(day.choices):
            from cmdesk.ui.widgets.decision import DecisionCard  # start-up speed: it brings the reader of foreign text

            whose, card = Whose(self._theme), DecisionCard(self._theme, self._formats, self._now)
            card.wanted.connect(lambda wanted: self.wanted.emit(wanted, (wanted.row.client, wanted.row.id)))
            card.link.connect(self.link)
            both = QWidget()
            column(both, whose, card, gap=self._theme.sizes.half)
            self._decision_column.addWidget(both)
            self._cards.append((both, whose, card))
        for (_, whose, card), choice in zip(self._cards, day.choices, strict=True):
            whose.setVisible(bool(choice.client_name))
            whose.show_client(choice.client_name, choice.initials, choice.colour)
            card.show_row(choice.row, choice.look_at, choice.zone, elsewhere=choice.elsewhere)
        self._decide_count.set_count(len(day.choices) + day.more_choices)
        self._more_choices.setText(self._more_words(day.more_choices))
        self._decide.setVisible(bool(day.choices))

    def _more_words(self, more: int) -> str:
        return self.tr("All decisions, %n more", "", more) if more else self.tr("All decisions")

    def _show_troubles(self, troubles: Sequence[tuple[str, str, Hashable]]) -> None:
        while (item := self._trouble_column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for sentence, words, key in troubles:
            banner = Banner(self._theme)
            # In its place first: shown without a parent it would be a window of its own and take the keyboard.
            self._trouble_column.addWidget(banner)
            banner.say("warning", sentence, [(words, lambda key=key: self.opened.emit(key))])  # type: ignore[misc]  # mypy cannot type a default here
        self._troubles.setVisible(bool(troubles))

    def retranslate(self) -> None:
        """The words of the language in force."""
        self._decide_title.setText(self.tr("Your decision"))
        self._awaiting.say(
            self.tr("Awaiting an answer"),
            self.tr("Nobody is waiting. Answered and set aside messages stay in the inbox."),
            self.tr("All in the inbox"),
        )
        self._going.say(
            self.tr("Going out today"),
            self.tr("Nothing is planned for today."),
            self.tr("All in the calendar"),
        )
        self._drafts.say(
            self.tr("Drafts"),
            self.tr("No drafts. What you begin is kept here until you plan it."),
            self.tr("All drafts"),
        )
        self._empty.say(
            self.tr("Link a first account"),
            self.tr("The day gathers here what goes out and who waits for an answer. It begins with an account."),
            self.tr("Link an account"),
        )

    def sizeHint(self) -> QSize:
        """A comfortable page."""
        return QSize(self._theme.sizes.reading * 2, self._theme.sizes.reading)

    def changeEvent(self, event: QEvent) -> None:
        """Follows the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
