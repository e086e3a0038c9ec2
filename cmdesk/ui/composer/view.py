"""The posts room: the list on the left, the post one writes on the right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QStackedWidget, QWidget

from cmdesk.ui.composer.values import PostLine
from cmdesk.ui.i18n import Formats
from cmdesk.ui.rows import RowsModel
from cmdesk.ui.theme import Theme
from cmdesk.ui.widgets.buttons import Choice, IconButton
from cmdesk.ui.widgets.fields import SearchField
from cmdesk.ui.widgets.layout import STRETCH, Hairline, column, row
from cmdesk.ui.widgets.rowlist import RowList
from cmdesk.ui.widgets.segments import Segments
from cmdesk.ui.widgets.states import EmptyState
from cmdesk.ui.widgets.text import Text

if TYPE_CHECKING:
    from cmdesk.ui.composer.page import Page

ALL, DRAFTS, PLANNED, NEEDS_YOU, SENT = "all", "drafts", "planned", "needs_you", "sent"
#: What the page needs beside the list, in heights of the font.
_PAGE = 30


class PostsView(QWidget):
    """``opened`` carries a ``PostLine`` (a click or Enter), ``new_wanted`` nothing, ``filtered`` a filter's key."""

    opened = Signal(object)
    entered = Signal(object)
    new_wanted = Signal()
    filtered = Signal(str)
    searched = Signal(str)
    end_seen = Signal()
    hint_pressed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._now: Callable[[], datetime] = lambda: datetime.max.replace(tzinfo=UTC)
        sizes = theme.sizes
        self.search = SearchField(theme)
        self.search.searched.connect(self.searched)
        self.search.left.connect(self.focus_list)
        self._new = IconButton(theme, "compose")
        self._new.clicked.connect(self.new_wanted)
        self.filters = Segments(theme)
        self.filters.chosen.connect(self.filtered)
        self._narrow_filters = Choice(theme)
        self._narrow_filters.activated.connect(self._filter_picked)
        self._narrow_filters.hide()
        self.model: RowsModel[PostLine] = RowsModel(describe=_described)
        self.model.setParent(self)
        self.list = RowList(theme)
        self.list.set_rows(self.model, lambda line: line.look)
        self.list.chosen.connect(self._chosen)
        self.list.opened.connect(self.entered)
        self.list.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._nothing = QWidget()
        self._nothing_title = Text(theme, strong=True, wrap=True)
        self._nothing_sentence = Text(theme, tone="muted", wrap=True)
        column(self._nothing, self._nothing_title, self._nothing_sentence, STRETCH, gap=sizes.quarter, margins=sizes.one_half)
        self._lists = QStackedWidget()
        self._lists.addWidget(self.list)
        self._lists.addWidget(self._nothing)
        self._shelf = QWidget()
        self._shelf.setProperty("surface", "content")
        self._shelf.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        head = column(
            None,
            row(None, self.search, self._new, gap=sizes.quarter),
            self.filters,
            self._narrow_filters,
            gap=sizes.half,
            margins=(sizes.one, sizes.one, sizes.one, sizes.half),
        )
        shelf = column(self._shelf)
        shelf.addLayout(head)
        shelf.addWidget(self._lists, 1)
        self._made_page: Page | None = None
        self._formats = Formats("en_CA")
        self.hint = EmptyState(theme, "compose")
        self.hint.pressed.connect(self.hint_pressed)
        self._right = QStackedWidget()
        self._right.addWidget(self.hint)
        outer = row(self)
        outer.addWidget(self._shelf)
        outer.addWidget(Hairline(theme, upright=True))
        outer.addWidget(self._right, 1)
        self._theme = theme
        self.setFocusProxy(self.list)
        self.retranslate()

    def retranslate(self) -> None:
        """The words of the language in force."""
        self.search.setPlaceholderText(self.tr("Search posts"))
        self.search.setAccessibleName(self.tr("Search posts"))
        self._new.set_name(self.tr("New post"))
        self.list.setAccessibleName(self.tr("Posts"))
        self.filters.setAccessibleName(self.tr("Which posts are listed"))
        items = [
            (ALL, self.tr("All")),
            (DRAFTS, self.tr("Drafts")),
            (PLANNED, self.tr("Upcoming")),
            (NEEDS_YOU, self.tr("Needs you")),
            (SENT, self.tr("Live")),
        ]
        self.filters.set_items(items)
        self._narrow_filters.setAccessibleName(self.tr("Which posts are listed"))
        self._narrow_filters.clear()
        for key, words in items:
            self._narrow_filters.addItem(words, key)
        self._fit()

    def _fit(self) -> None:
        """Where all filters side by side would leave the page no room, they are a choice."""
        sizes = self._theme.sizes
        wide = max(sizes.one * 20, self.filters.sizeHint().width() + sizes.one * 2)
        narrow = self.width() < wide + sizes.one * _PAGE
        self.filters.setVisible(not narrow)
        self._narrow_filters.setVisible(narrow)
        self._narrow_filters.setCurrentIndex(self._narrow_filters.findData(self.filters.choice))
        self._shelf.setFixedWidth(sizes.one * 18 if narrow else wide)

    def _filter_picked(self, place: int) -> None:
        key = self._narrow_filters.itemData(place)
        self.filters.choose(key)
        self.filtered.emit(key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, perhaps another way to filter."""
        super().resizeEvent(event)
        self._fit()

    @property
    def page(self) -> Page:
        """The editor."""
        if self._made_page is None:
            from cmdesk.ui.composer.page import Page  # built for the first post that is opened: the list comes without it

            self._made_page = Page(self._theme, self._formats, self._clock_now)
            self._made_page.left.connect(self.focus_list)
            self._right.addWidget(self._made_page)
        return self._made_page

    def set_formats(self, formats: Formats) -> None:
        """Another language."""
        self._formats = formats
        if self._made_page is not None:
            self._made_page.set_formats(formats)

    def _clock_now(self) -> datetime:
        return self._now()

    def set_now(self, now: Callable[[], datetime]) -> None:
        """The clock of the scope, aware."""
        self._now = now

    def allow_new(self, allowed: bool) -> None:
        """In the view of all clients nothing is written."""
        self._new.setVisible(allowed)

    def show_page(self, shown: bool) -> None:
        """The editor, or the hint that takes its place."""
        self._right.setCurrentWidget(self.page if shown else self.hint)

    @property
    def writing(self) -> bool:
        """Whether the editor is shown."""
        return self._right.currentWidget() is not self.hint

    def say_nothing_listed(self, title: str, sentence: str) -> None:
        """What the list says when it is empty."""
        self._nothing_title.setText(title)
        self._nothing_sentence.setText(sentence)

    def show_lines(self, lines: list[PostLine]) -> None:
        """The list; selection and scroll stay."""
        self.model.show(lines)
        self._lists.setCurrentWidget(self.list if lines else self._nothing)

    def focus_list(self) -> None:
        """The keyboard goes to the list."""
        if self._lists.currentWidget() is self.list:
            self.list.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.search.setFocus()

    def _chosen(self, line: PostLine | None) -> None:
        if line is not None:
            self.opened.emit(line)

    def _scrolled(self, value: int) -> None:
        if value and value == self.list.verticalScrollBar().maximum():
            self.end_seen.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Follows the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _described(line: PostLine) -> str:
    look = line.look
    return ", ".join(filter(None, (look.chip[1] if look.chip else "", look.title, look.detail, look.time)))
