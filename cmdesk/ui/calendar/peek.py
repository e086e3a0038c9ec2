"""A post seen through its entry: all its words, and each of its deliveries with how it stands."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, Qt, Signal, SignalInstance
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QWidget

from cmdesk.ui.calendar.entries import Entry
from cmdesk.ui.calendar.glances import PeekLine, PeekLook
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import Button, Kind
from cmdesk.ui.widgets.layout import STRETCH, Hairline, column, row
from cmdesk.ui.widgets.marks import IdentityBand
from cmdesk.ui.widgets.safelabel import SafeLabel
from cmdesk.ui.widgets.states import StateChip, Symbol
from cmdesk.ui.widgets.text import Text


class Peek(QFrame):
    """``opened``, ``move_wanted``, ``copy_wanted``, ``repeat_wanted``, ``out_wanted`` and ``plan_wanted`` carry the Entry."""

    opened = Signal(object)
    move_wanted = Signal(object)
    copy_wanted = Signal(object)
    repeat_wanted = Signal(object)
    out_wanted = Signal(object)
    plan_wanted = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self._theme = theme
        self._entry: Entry | None = None
        self._inner: QWidget | None = None
        self.setProperty("surface", "raised")
        self._band = IdentityBand(theme, slim=True)
        self._column = column(self, self._band)

    def show_entry(self, entry: Entry, look: PeekLook, beside: QRect) -> None:
        """Another post; ``beside`` is where on the screen its entry is."""
        self._entry = entry
        self._band.set_client(entry.owner.name, entry.owner.colour)
        if self._inner is not None:
            self._column.removeWidget(self._inner)
            self._inner.deleteLater()
        self._inner = self._built(entry, look)
        self._column.addWidget(self._inner)
        self.setAccessibleName(look.when)
        self.setAccessibleDescription(look.words)
        width = self._theme.sizes.dialog
        self.setFixedWidth(width)
        self.adjustSize()
        self.move(self._place(beside, width))
        self.show()

    def _place(self, beside: QRect, width: int) -> QPoint:
        """Right of the entry, or left of it where there is no room."""
        limit, gap = self.screen().availableGeometry(), self._theme.sizes.half
        x = beside.right() + gap
        if x + width > limit.right():
            x = max(limit.left(), beside.left() - gap - width)
        return QPoint(x, max(limit.top(), min(beside.top(), limit.bottom() - self.height())))

    def _built(self, entry: Entry, look: PeekLook) -> QWidget:
        theme, sizes = self._theme, self._theme.sizes
        inner = QWidget()
        parts = column(inner, gap=sizes.half, margins=sizes.one)
        parts.addWidget(Text(theme, look.when, size=Size.LEAD, strong=True, wrap=True))
        words = SafeLabel(theme, wrap=True)
        words.show_text(look.words)
        if look.picture is not None:
            picture = QLabel()
            picture.setPixmap(look.picture)
            beside = row(None, gap=sizes.one)
            beside.addWidget(words, 1)
            beside.addWidget(picture, 0, Qt.AlignmentFlag.AlignTop)
            parts.addLayout(beside)
        else:
            parts.addWidget(words)
        if look.labels:
            parts.addWidget(Text(theme, look.labels, size=Size.SMALL, tone="muted", wrap=True))
        parts.addWidget(Hairline(theme))
        for line in look.lines:
            parts.addLayout(self._line(line))
        for note in look.notes:
            parts.addWidget(Text(theme, note, size=Size.SMALL, tone="warning", wrap=True))
        if look.why:
            parts.addWidget(Text(theme, look.why, size=Size.SMALL, tone="muted", wrap=True))
        parts.addLayout(self._buttons(entry, look))
        return inner

    def _line(self, line: PeekLine) -> QHBoxLayout:
        theme, sizes = self._theme, self._theme.sizes
        handle = SafeLabel(theme)
        handle.show_name(line.handle)
        chip = StateChip(theme)
        chip.set_state(*line.state)
        time = Text(theme, line.time, size=Size.SMALL, tone="muted", tabular=True)
        return row(None, Symbol(theme, line.icon), handle, STRETCH, time, chip, gap=sizes.half)

    def _buttons(self, entry: Entry, look: PeekLook) -> QHBoxLayout:
        theme = self._theme
        opens = Button(theme, self.tr("Open"), kind=Kind.PRIMARY)
        opens.set_tones(theme.tones(entry.owner.colour))
        pairs = [(opens, self.opened)]
        if look.suggested:
            pairs.append((Button(theme, self.tr("Plan")), self.plan_wanted))
        if look.movable:
            pairs.append((Button(theme, self.tr("Move")), self.move_wanted))
        pairs.append((Button(theme, self.tr("Copy")), self.copy_wanted))
        pairs.append((Button(theme, self.tr("Repeat")), self.repeat_wanted))
        if look.movable:
            pairs.append((Button(theme, self.tr("Take out")), self.out_wanted))
        for button, signal in pairs:
            button.clicked.connect(lambda _on=False, signal=signal: self._say(signal))
        return row(None, *(button for button, _signal in pairs), STRETCH, gap=theme.sizes.quarter)

    def _say(self, signal: SignalInstance) -> None:
        entry = self._entry
        self.hide()
        if entry is not None:
            signal.emit(entry)

    def showEvent(self, event: QShowEvent) -> None:
        """The keyboard goes to the first button."""
        super().showEvent(event)
        button = self.findChild(Button)
        if button is not None:
            button.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape and the key that opened it close it."""
        if event.key() in {Qt.Key.Key_Escape, Qt.Key.Key_Space}:
            self.hide()
            return
        super().keyPressEvent(event)

    def forget(self) -> None:
        """Drops what belonged to a client."""
        self._entry = None
        self.hide()
