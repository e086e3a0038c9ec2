"""Paints the late-post desk: what stands still as a whole on top, the list on the left, one or many of it on the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from msgspec.structs import replace
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from cmdesk.ui.i18n import Formats
from cmdesk.ui.latedesk.panes import ManyPane, OnePane, SummaryPane, clear
from cmdesk.ui.latedesk.values import Item, Key, Still, Summary
from cmdesk.ui.rows import RowsModel
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.decision import Ask
from cmdesk.ui.widgets.layout import STRETCH, Hairline, Scroll, column, row
from cmdesk.ui.widgets.rowlist import IconMark, RowList, RowLook
from cmdesk.ui.widgets.states import Banner, Count, EmptyState
from cmdesk.ui.widgets.text import Text

#: The choices that can be made for many, in the order of their buttons.
FOR_MANY = (Ask.NOW, Ask.KEEP, Ask.NEXT_SLOT, Ask.LOOK_AGAIN, Ask.CONTINUE, Ask.STOP, Ask.DROP)


class LateView(QWidget):
    """The room. ``wanted`` carries a decision, ``many`` a choice for all that is marked, ``still`` a wish for a client."""

    wanted = Signal(object)
    many = Signal(object)
    confirmed = Signal()
    still = Signal(object, str)
    link = Signal(str, str)
    journal = Signal(object)  # the key of the delivery
    opened = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._items: dict[Key, Item] = {}
        self._marked: set[Key] = set()
        self._one: OnePane | None = None
        sizes = theme.sizes
        self._title = Text(theme, size=Size.TITLE, strong=True)
        self._count = Count(theme, "danger")
        self._summary_line = Text(theme, tone="muted", wrap=True)
        self._banners = QWidget()
        self._banner_lines = column(self._banners, gap=sizes.half)
        self.list = RowList(theme)
        self._model: RowsModel[Item] = RowsModel(lambda item: item.spoken)
        self.list.set_rows(self._model, self._row_look)
        self.list.chosen.connect(lambda _row: self._show_side())
        self.list.opened.connect(lambda item: self.opened.emit(item.key))
        self._many, self._summary = ManyPane(theme), SummaryPane(theme)
        self._many.wanted.connect(self.many)
        self._many.none.connect(self.mark_none)
        self._summary.confirmed.connect(self.confirmed)
        self._summary.back.connect(self.leave_summary)
        self._side = QStackedWidget()
        self._side.addWidget(self._many)
        self._side.addWidget(self._summary)
        self._empty = EmptyState(theme, "check-circle")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._page())
        self._stack.addWidget(self._empty)
        head = row(None, self._title, self._count, STRETCH, gap=sizes.half)
        top = column(
            None,
            head,
            self._summary_line,
            self._banners,
            gap=sizes.half,
            margins=(sizes.one_half, sizes.one_half, sizes.one_half, sizes.one),
        )
        page = column(self)
        page.addLayout(top)
        page.addWidget(self._stack, 1)
        self.setFocusProxy(self.list)
        self.retranslate()

    def _page(self) -> QWidget:
        sizes = self._theme.sizes
        page, inner = QWidget(), QWidget()
        column(inner, self._side, margins=(sizes.one_half, sizes.half, sizes.one_half, sizes.one_half))
        both = row(page)
        both.addWidget(self.list, 2)
        both.addWidget(Hairline(self._theme, upright=True))
        both.addWidget(Scroll(inner), 3)
        return page

    def use(self, formats: Formats, now: Callable[[], datetime]) -> None:
        """The way to write dates, and the clock; the pane of one delivery is made with them."""
        if self._one is None:
            self._one = OnePane(self._theme, formats, now)
            self._one.wanted.connect(self.wanted)
            self._one.link.connect(self.link)
            self._one.journal.connect(self._ask_journal)
            self._side.insertWidget(0, self._one)
        self._one.card.set_formats(formats)

    def begin(self) -> None:
        """Nothing of another client is left: not a mark, not a choice half made, not the place in the list."""
        self._marked = set()
        self._side.setCurrentWidget(self._many)
        self._model.show([])

    # --- what the presenter says

    def show_items(self, items: Sequence[Item], summary: str) -> None:
        """Everything that waits. What is gone is chosen no more; the next one takes its place under the keyboard."""
        at = self.list.currentIndex().row()
        self._items = {item.key: item for item in items}
        self._marked &= set(self._items)
        self._model.show(list(items))
        self._count.set_count(len(items))
        self._summary_line.setText(summary)
        self._stack.setCurrentIndex(0 if items else 1)
        # What nobody sees has no keyboard.
        self.setFocusProxy(self.list if items else None)  # type: ignore[arg-type]  # Qt takes None for no proxy
        if items and not self.list.currentIndex().isValid():
            self.list.choose(max(at, 0))
        if self._side.currentWidget() is not self._summary:
            self._show_side()

    def show_still(self, stills: Sequence[Still]) -> None:
        """The clients that stand still as a whole."""
        clear(self._banner_lines)
        for still in stills:
            banner = Banner(self._theme)
            actions = [(words, partial(self.still.emit, still.client, name)) for name, words in still.actions]
            # In its place first: shown without a parent it would be a window of its own and take the keyboard.
            self._banner_lines.addWidget(banner)
            banner.say(still.tone, still.sentence, actions)
        self._banners.setVisible(bool(stills))

    def show_summary(self, summary: Summary) -> None:
        """What a choice for many would do."""
        self._side.setCurrentWidget(self._summary)
        self._summary.show_summary(summary)

    def leave_summary(self) -> None:
        """Back to the choices, nothing was done."""
        self._side.setCurrentWidget(self._many)
        self._show_side()
        self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    # --- choosing

    @property
    def current(self) -> Item | None:
        """The delivery under the keyboard."""
        found = self.list.current_row()
        return found if isinstance(found, Item) else None

    @property
    def marked(self) -> tuple[Key, ...]:
        """What is chosen for a common choice, in the order of the list."""
        return tuple(key for key in self._items if key in self._marked)

    @property
    def in_summary(self) -> bool:
        """Whether a choice for many waits to be confirmed."""
        return self._side.currentWidget() is self._summary

    def press(self, ask: Ask) -> None:
        """What the key of a choice does: for all that is marked, else for the one under the keyboard."""
        if self.in_summary:
            return
        if self._marked:
            if ask in {asked for asked, _count in self._asks_of_many()}:
                self.many.emit(ask)
        elif self._one is not None and self.current is not None:
            self._one.card.press(ask)

    def mark(self) -> None:
        """Marks the delivery under the keyboard, or takes its mark away, and steps to the next."""
        if self.current is not None and not self.in_summary:
            self._marked ^= {self.current.key}
            self.list.choose(self.list.currentIndex().row() + 1)
            self._repaint()

    def mark_all(self) -> None:
        """Marks everything, or nothing when everything is."""
        if not self.in_summary:
            self._marked = set() if len(self._marked) == len(self._items) else set(self._items)
            self._repaint()

    def mark_none(self) -> None:
        """Marks nothing."""
        self._marked = set()
        self._repaint()

    def step_back(self) -> None:
        """One step out: of the summary, else of the marks."""
        if self.in_summary:
            self.leave_summary()
        else:
            self.mark_none()

    def _repaint(self) -> None:
        self.list.viewport().update()
        self._show_side()

    def _asks_of_many(self) -> tuple[tuple[Ask, int], ...]:
        open_to = [ask for key in self.marked for ask in self._items[key].asks]
        return tuple((ask, open_to.count(ask)) for ask in FOR_MANY if ask in open_to)

    def _show_side(self) -> None:
        if self._marked:
            self._many.show_asks(len(self._marked), self._asks_of_many())
            self._side.setCurrentWidget(self._many)
        elif self._one is not None and self.current is not None:
            self._one.show_item(self.current)
            self._side.setCurrentWidget(self._one)

    def _row_look(self, item: Item) -> RowLook:
        if item.key not in self._marked:
            return item.look
        return replace(item.look, mark=IconMark("check-circle", "positive"))

    def _ask_journal(self) -> None:
        if self.current is not None:
            self.journal.emit(self.current.key)

    # --- words

    def retranslate(self) -> None:
        """The words of the language in force."""
        self._title.setText(self.tr("Your decision"))
        self.list.setAccessibleName(self.tr("Posts that wait for a decision"))
        self._empty.say(
            self.tr("Nothing waits for you"),
            self.tr("Posts that are late, uncertain, refused or held gather here, each with what is known of it."),
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follows the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
