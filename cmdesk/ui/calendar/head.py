"""The line above the calendar: which days are seen, the ways to turn and to look, and what else can be done."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from cmdesk.ui.calendar.days import Mode
from cmdesk.ui.calendar.entries import Page
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import Button, IconButton, Kind
from cmdesk.ui.widgets.layout import STRETCH, row
from cmdesk.ui.widgets.segments import Segments
from cmdesk.ui.widgets.text import Text


class CalendarHead(QWidget):
    """``turned`` carries pages, ``mode_wanted`` a Mode; ``filter_wanted`` and ``more_wanted`` the button below which to open."""

    turned = Signal(int)
    today_wanted = Signal()
    mode_wanted = Signal(object)
    new_wanted = Signal()
    filter_wanted = Signal(object)
    shelf_wanted = Signal()
    more_wanted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        sizes = theme.sizes
        self._title = Text(theme, size=Size.TITLE, strong=True)
        self._zone = Text(theme, tone="muted")
        self._before = IconButton(theme, "chevron-left")
        self._today = Button(theme)
        self._after = IconButton(theme, "chevron-right")
        self.modes = Segments(theme)
        self._filter = IconButton(theme, "filter")
        self._shelf = IconButton(theme, "tray")
        self._more = IconButton(theme, "more")
        self._new = Button(theme, kind=Kind.PRIMARY, icon="compose")
        self._row = row(
            self,
            self._title,
            sizes.half,
            self._zone,
            STRETCH,
            self._before,
            self._today,
            self._after,
            sizes.half,
            self.modes,
            sizes.quarter,
            self._filter,
            self._shelf,
            self._more,
            sizes.quarter,
            self._new,
            gap=sizes.quarter,
            margins=(sizes.one, sizes.one, sizes.one, sizes.half + sizes.quarter),
        )
        self._before.clicked.connect(lambda: self.turned.emit(-1))
        self._after.clicked.connect(lambda: self.turned.emit(1))
        self._today.clicked.connect(self.today_wanted)
        self.modes.chosen.connect(lambda key: self.mode_wanted.emit(Mode(key)))
        self._filter.clicked.connect(lambda: self.filter_wanted.emit(self._filter))
        self._shelf.clicked.connect(self.shelf_wanted)
        self._more.clicked.connect(lambda: self.more_wanted.emit(self._more))
        self._new.clicked.connect(self.new_wanted)
        self.retranslate()

    def retranslate(self) -> None:
        """Words of the language in force."""
        self._before.set_name(self.tr("Earlier"))
        self._after.set_name(self.tr("Later"))
        self._today.setText(self.tr("Today"))
        self._filter.set_name(self.tr("Filter"))
        self._shelf.set_name(self.tr("Drafts and ideas"))
        self._more.set_name(self.tr("More"))
        names = {
            Mode.MONTH: self.tr("Month"),
            Mode.WEEK: self.tr("Week"),
            Mode.DAY: self.tr("Day"),
            Mode.AGENDA: self.tr("Agenda"),
            Mode.YEAR: self.tr("Year"),
        }
        self.modes.set_items([(mode.value, names[mode]) for mode in Mode])
        self.modes.setAccessibleName(self.tr("How to look at the calendar"))
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follows the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def show_page(self, page: Page, *, narrow: bool) -> None:
        """Other days; ``narrow`` when a filter may hide some of their entries."""
        self._title.setText(page.title)
        self._zone.setText(page.zone_note)
        self.modes.choose(page.mode.value)
        tones = self._theme.tones(page.owner.colour if page.owner is not None else None)
        self._new.set_tones(tones)
        self._new.setEnabled(page.can_create)
        self._filter.set_ink(tones.text if narrow else None)
        self._fit()

    def _fit(self) -> None:
        """Where there is no room for all of it, the note gives way first, then the words of the button."""
        self._zone.setVisible(bool(self._zone.text()))
        self._new.setText(self.tr("New post"))
        if self._needed() > self.width():
            self._zone.hide()
        if self._needed() > self.width():
            self._new.setText("")
            self._new.setToolTip(self.tr("New post"))
            self._new.setAccessibleName(self.tr("New post"))

    def _needed(self) -> int:
        """How wide it would like to be; asked anew, because a layout remembers."""
        self._row.invalidate()
        return self._row.sizeHint().width()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, perhaps other words."""
        super().resizeEvent(event)
        self._fit()
