"""The hours with their head, and the agenda, each within what scrolls it: built when they are first looked at."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from cmdesk.ui.calendar.agenda import AgendaList
from cmdesk.ui.calendar.entries import Page
from cmdesk.ui.calendar.hours import EARLY, WORK_BEGINS, HoursGrid
from cmdesk.ui.calendar.hourshead import HoursHead
from cmdesk.ui.theme import Theme
from cmdesk.ui.widgets.layout import column


class HoursScroll(QScrollArea):
    """Lets the hours scroll, and begins at the working hours. ``bar`` carries the width its scroll bar takes."""

    bar = Signal(int)

    def __init__(self, theme: Theme, grid: HoursGrid) -> None:
        super().__init__()
        self._theme = theme
        self._grid = grid
        self._begun = False
        self.setWidgetResizable(True)
        self.setFrameShape(QScrollArea.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(grid)

    def begin(self, first_minute: int) -> None:
        """Shows the working hours, a little earlier for an early entry; only once, later the user's own place is kept."""
        if not self._begun and self.viewport().height() > self._theme.sizes.three:
            self._begun = True
            minute = min(WORK_BEGINS, max(EARLY, first_minute // 60)) * 60
            self.verticalScrollBar().setValue(self._grid.y_of(minute) - self._theme.sizes.half)

    def forget(self) -> None:
        """Another client: begin at the working hours again."""
        self._begun = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Tells the head what the scroll bar takes."""
        super().resizeEvent(event)
        self.bar.emit(self.width() - self.viewport().width())


class HoursPage(QWidget):
    """Seven days or one: their names stay while the hours scroll."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.grid = HoursGrid(theme)
        self.scroll_area = HoursScroll(theme, self.grid)
        self.head = HoursHead(theme)
        self.scroll_area.bar.connect(self.head.set_spare)
        column(self, self.head, self.scroll_area)

    def show_page(self, page: Page) -> None:
        """Other days above the hours; they begin where the first entry is near."""
        self.head.show_page(page)
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
