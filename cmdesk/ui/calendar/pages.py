"""The week with its head and the agenda, each within what scrolls it: built when they are first looked at."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea, QWidget

from cmdesk.ui.calendar.agenda import AgendaList
from cmdesk.ui.calendar.entries import Page
from cmdesk.ui.calendar.week import WeekGrid, WeekHead, WeekScroll
from cmdesk.ui.theme import Theme
from cmdesk.ui.widgets.layout import column


class WeekPage(QWidget):
    """Seven days: their names stay while the hours scroll."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.grid = WeekGrid(theme)
        self.scroll_area = WeekScroll(theme, self.grid)
        self._head = WeekHead(theme)
        self.scroll_area.bar.connect(self._head.set_spare)
        column(self, self._head, self.scroll_area)

    def show_page(self, page: Page) -> None:
        """Another week above the hours; they begin where its first entry is near."""
        self._head.show_page(page)
        self.scroll_area.begin(min((entry.minute for entry in page.board.entries), default=24 * 60))


class AgendaPage(QScrollArea):
    """The list by days."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.list = AgendaList(theme)
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(self.list)
