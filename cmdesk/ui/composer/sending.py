"""The foot of the composer: when it goes out, and the one button that names in whose name."""

from collections.abc import Callable
from datetime import datetime
from enum import Enum

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cmdesk.ui.i18n import Formats
from cmdesk.ui.theme import Size, Theme, Tones
from cmdesk.ui.widgets.buttons import Button, IconButton, Kind
from cmdesk.ui.widgets.datefield import DateTimeField
from cmdesk.ui.widgets.flow import FlowBox
from cmdesk.ui.widgets.layout import STRETCH, Hairline, column, row
from cmdesk.ui.widgets.segments import Segments
from cmdesk.ui.widgets.text import Text

NOW, LATER = "now", "later"
TYPING = "…"
_ALL = 100  # of the room that a line has to give


def _no_clock_yet() -> datetime:
    """Stands in until a client's clock is handed over."""
    return datetime(2000, 1, 1)  # noqa: DTZ001 - wall time has no zone


class Room(Enum):
    """How much there is: all in two lines, the sentence beside the button, or the sentence on a line of its own."""

    WIDE = "wide"
    NARROW = "narrow"
    TIGHT = "tight"


class Sending(QWidget):
    """``moment_changed`` carries the wall time or None, ``mode_changed`` NOW or LATER; ``pressed`` is the primary button."""

    pressed = Signal()
    moment_changed = Signal(object)
    mode_changed = Signal(str)
    menu_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, theme: Theme, formats: Formats) -> None:
        super().__init__()
        self._now: Callable[[], datetime] = _no_clock_yet
        self.setProperty("surface", "content")
        sizes = theme.sizes
        self._mode = Segments(theme)
        self._mode.chosen.connect(self._mode_chosen)
        self._moment = DateTimeField(theme, formats, self._wall_now)
        self._moment.changed.connect(self.moment_changed)
        self._zone = Text(theme, size=Size.SMALL, tone="muted")
        self._note = Text(theme, size=Size.SMALL, tone="muted", wrap=True)
        self._note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._primary = Button(theme, kind=Kind.PRIMARY)
        self._primary.clicked.connect(self.pressed)
        self._cancel = Button(theme, kind=Kind.PLAIN)
        self._cancel.clicked.connect(self.cancel_wanted)
        self._more = IconButton(theme, "more")
        self._more.clicked.connect(self.menu_wanted)
        self._saved = Text(theme, size=Size.SMALL, tone="muted")
        self._moment.setMinimumWidth(sizes.one * 15)
        self._when = FlowBox(sizes.half)
        self._when.add(self._mode, self._moment, self._zone)
        self._over = row(None, gap=sizes.half)
        self._saved.setMinimumHeight(sizes.control)
        self._head = row(None, self._saved, self._more, gap=sizes.half)
        for part in (self._saved, self._more):
            self._head.setAlignment(part, Qt.AlignmentFlag.AlignTop)
        self._foot = row(None, STRETCH, self._cancel, self._primary, gap=sizes.half)
        margins = (sizes.one_half, sizes.half, sizes.one_half, sizes.one)
        column(self, Hairline(theme), column(None, self._over, self._head, self._foot, gap=sizes.quarter, margins=margins))
        self._gap = sizes.half
        self._words_room = sizes.one * 14
        self._room: Room | None = None
        self._failed = False
        self._arrange(Room.WIDE)
        self.retranslate()

    def retranslate(self) -> None:
        """The words of the language in force."""
        self._mode.setAccessibleName(self.tr("When to publish"))
        self._mode.set_items([(LATER, self.tr("At a time")), (NOW, self.tr("Now"))])
        self._moment.setAccessibleName(self.tr("Date and time"))
        self._more.set_name(self.tr("More for this post"))
        self._cancel.setText(self.tr("Cancel the plan"))

    def set_formats(self, formats: Formats) -> None:
        """Another language."""
        self._moment.set_formats(formats)

    def _wall_now(self) -> datetime:
        return self._now()

    def set_now(self, now: Callable[[], datetime]) -> None:
        """The wall clock of the client's zone, naive."""
        self._now = now

    def forget(self) -> None:
        """The post is left: nothing of its client stays here."""
        self._now = _no_clock_yet

    @property
    def mode(self) -> str:
        """NOW or LATER."""
        return self._mode.choice

    def moment(self) -> datetime | None:
        """The time typed."""
        return self._moment.moment()

    def show_when(self, mode: str, moment: datetime | None, zone: str) -> None:
        """Another time, without telling anybody."""
        self._mode.choose(mode)
        self._moment.set_moment(moment)
        self._zone.setText(zone)
        self._show_mode()

    def show_primary(self, words: str, tones: Tones, *, enabled: bool) -> None:
        """What the button will do, in whose colour."""
        if self._primary.text() != words:
            self._primary.setText(words)
            self._primary.setToolTip(words.replace("&&", "&"))
        self._primary.set_tones(tones)
        self._primary.setEnabled(enabled)
        self._primary.setVisible(bool(words))
        self._fit()

    def show_note(self, words: str, tone: str = "muted") -> None:
        """A quiet sentence above: daylight saving, why the button does not work, what waits for a network."""
        self._note.setText(words)
        self._note.setToolTip(words)
        self._note.set_tone(tone)

    def show_choices(self, *, when: bool, cancel: bool) -> None:
        """Whether a time can be chosen, and whether there is a plan to cancel."""
        self._mode.setVisible(when)
        self._when.setVisible(when)
        self._cancel.setVisible(cancel)
        self._show_mode()
        if not when:
            self._moment.hide()
            self._zone.hide()

    def focus_moment(self) -> None:
        """The keyboard goes to the time."""
        self._moment.setFocus()

    def show_saved(self, words: str, tone: str = "muted") -> None:
        """How it stands with saving, quietly."""
        self._failed = tone == "danger"
        self._saved.setText(words)
        self._saved.set_tone(tone)

    def show_saving(self) -> None:
        """Typed and not stored yet. A failure that was said stays until the words are stored."""
        if not self._failed and self._saved.text() != TYPING:
            self._saved.setText(TYPING)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width, perhaps other lines."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.width() - self._gap * 6
        buttons = sum(one.sizeHint().width() + self._gap for one in (self._cancel, self._primary) if not one.isHidden())
        if self._when.flow.sizeHint().width() + self._gap + buttons <= room:
            self._arrange(Room.WIDE)
        else:
            self._arrange(Room.NARROW if buttons + self._words_room <= room else Room.TIGHT)

    def _arrange(self, room: Room) -> None:
        """The sentence and the time stand where there is room for both and for the whole button: its names are never cut."""
        if room is self._room:
            return
        self._room = room
        if room is Room.TIGHT:
            self._over.addWidget(self._note, _ALL)
            self._over.addWidget(self._cancel)
        else:
            self._foot.insertWidget(self._foot.count() - 1, self._cancel)
            (self._head if room is Room.WIDE else self._foot).insertWidget(0, self._note, _ALL)
        (self._foot if room is Room.WIDE else self._head).insertWidget(0, self._when, _ALL)

    @property
    def primary(self) -> Button:
        """The button that sends."""
        return self._primary

    @property
    def more(self) -> IconButton:
        """Where the menu opens."""
        return self._more

    def _mode_chosen(self, mode: str) -> None:
        self._show_mode()
        self.mode_changed.emit(mode)

    def _show_mode(self) -> None:
        later = not self._mode.isHidden() and self._mode.choice == LATER
        self._moment.setVisible(later)
        self._zone.setVisible(later)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Follows the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
