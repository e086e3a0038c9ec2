"""One entry of a conversation: who, when, what, and for our own words how they stand. Nothing in it loads or acts by itself."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cmdesk.ui.inbox.values import Entry, File
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import Button, Kind
from cmdesk.ui.widgets.layout import STRETCH, Item, column, row
from cmdesk.ui.widgets.marks import Avatar
from cmdesk.ui.widgets.paint import elided, one_line, rounded
from cmdesk.ui.widgets.safe import SafeText
from cmdesk.ui.widgets.safelabel import SafeLabel
from cmdesk.ui.widgets.states import StateChip, Symbol
from cmdesk.ui.widgets.text import Text


class OneLine(SafeLabel):
    """A foreign name that gives way, with an ellipsis, to what stands beside it."""

    def __init__(self, theme: Theme, text: str, *, size: Size = Size.BODY, strong: bool = False, tone: str = "") -> None:
        super().__init__(theme, size=size, strong=strong, tone=tone)
        self._ink = "muted" if tone == "muted" else "text"
        self._shown = theme
        self.show_name(text)
        self.setToolTip("" if len(text) < _LONG else one_line(text))

    def minimumSizeHint(self) -> QSize:
        """A few letters."""
        return QSize(self._shown.sizes.two, super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """One line, cut when too long."""
        painter = QPainter(self)
        elided(painter, self.rect(), self.text(), self.font(), getattr(self._shown.roles, self._ink))


_LONG = 24


class NameLine(QWidget):
    """Name and handle on one line; both are foreign, both give way."""

    def __init__(self, theme: Theme, name: str, handle: str, *, size: Size = Size.BODY) -> None:
        super().__init__()
        first = OneLine(theme, name or handle, size=size, strong=True)
        second = OneLine(theme, f"@{handle}", tone="muted")
        second.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        first.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
        line = row(self, first, gap=theme.sizes.half)
        line.addWidget(second, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)


class Attached(QWidget):
    """An attachment by its name: what it is, what its alt text says, and a way to it."""

    wanted = Signal(str)

    def __init__(self, theme: Theme, file: File, open_words: str, open_name: str) -> None:
        super().__init__()
        self._theme = theme
        sizes = theme.sizes
        alt = SafeText(theme)
        alt.show_text(file.alt)
        words = column(None, Text(theme, file.words, size=Size.SMALL, strong=True, tone="soft"), alt)
        button = Button(theme, open_words, Kind.LINK, "external")
        button.setAccessibleName(open_name)
        button.clicked.connect(lambda: self.wanted.emit(file.url))
        if not file.url:
            button.hide()
        line = row(self, Symbol(theme, file.icon, "muted"), gap=sizes.half, margins=sizes.half)
        line.addLayout(words, 1)
        line.addWidget(button)
        if not file.alt:
            alt.hide()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A quiet ground."""
        painter = QPainter(self)
        rounded(painter, QRectF(self.rect()), self._theme.sizes.radius_small, None, self._theme.roles.border)


class EntryView(QWidget):
    """An entry; ``link`` tells a clicked link and the words it stood under."""

    link = Signal(str, str)

    def __init__(self, theme: Theme, entry: Entry) -> None:
        super().__init__()
        self._theme = theme
        self.entry = entry
        self.body = SafeText(theme)
        self.body.setMaximumWidth(theme.sizes.reading + theme.sizes.one * 10)  # a longer line is hard to read
        self._fold: QWidget | None = None
        self._reveal: Button | None = None
        if entry.event:
            self._build_event()
        else:
            self._build()

    def _build_event(self) -> None:
        sizes, entry = self._theme.sizes, self.entry
        name = SafeLabel(self._theme, strong=True)
        name.show_name(entry.name or entry.handle)
        row(
            self,
            Symbol(self._theme, entry.icon, "muted"),
            name,
            Text(self._theme, entry.event, tone="muted"),
            STRETCH,
            Text(self._theme, entry.when, size=Size.SMALL, tone="muted", tabular=True),
            gap=sizes.half,
            margins=(sizes.one, sizes.half, sizes.one, sizes.half),
        )

    def _build(self) -> None:
        theme, sizes, entry = self._theme, self._theme.sizes, self.entry
        avatar = Avatar(theme, small=True)
        avatar.set_person(entry.name or entry.handle)
        when = Text(theme, entry.when, size=Size.SMALL, tone="muted", tabular=True)
        when.setToolTip(entry.when_whole)
        head = row(None, gap=sizes.half)
        head.addWidget(NameLine(theme, entry.name, entry.handle), 1)
        for remark in entry.remarks:
            head.addWidget(Text(theme, remark, size=Size.SMALL, tone="muted"))
        if entry.private:
            lock = Symbol(theme, "lock", "doubt")
            lock.setToolTip(self.tr("Private: only the people named in it can read it"))
            head.addWidget(lock)
        head.addWidget(when)
        inside = column(None, head, gap=sizes.quarter)
        self.body.link.connect(self.link)
        folded: list[Item] = [self.body]
        for file in entry.files:
            attached = Attached(theme, file, self.tr("Open"), self.tr("Open: {what}").format(what=file.alt or file.words))
            attached.wanted.connect(lambda url: self.link.emit(url, ""))
            folded.append(attached)
        if entry.warning:
            self._build_warning(inside, folded)
        else:
            for part in folded:
                if isinstance(part, QWidget):
                    inside.addWidget(part)
        if entry.html:
            self.body.show_html(entry.html)
        else:
            self.body.show_text(entry.text)
        # Only ever hidden: what is shown before it has a parent becomes a window of its own for a moment.
        if not entry.html and not entry.text:
            self.body.hide()
        if entry.chip is not None:
            chip = StateChip(theme)
            chip.set_state(*entry.chip)
            foot = row(None, chip, gap=sizes.half)
            foot.addWidget(Text(theme, entry.chip_note, size=Size.SMALL, tone="muted", wrap=True), 1)
            inside.addLayout(foot)
        across = sizes.half + sizes.quarter
        line = row(self, gap=across, margins=(sizes.one, across, sizes.one, across))
        line.addWidget(avatar, 0, Qt.AlignmentFlag.AlignTop)
        line.addLayout(inside, 1)

    def _build_warning(self, inside: object, folded: list[Item]) -> None:
        """What its author put under a warning stays folded until somebody asks."""
        theme, sizes = self._theme, self._theme.sizes
        words = SafeText(theme)
        words.show_text(self.entry.warning)
        self._reveal = Button(theme, self.tr("Show"), Kind.LINK)
        self._reveal.clicked.connect(self._turn)
        line = row(None, Symbol(theme, "warning", "muted"), gap=sizes.half)
        line.addWidget(words, 1)
        line.addWidget(self._reveal)
        self._fold = QWidget()
        column(self._fold, *folded, gap=sizes.quarter)
        self._fold.hide()
        inside.addLayout(line)  # type: ignore[attr-defined]  # a QVBoxLayout, which layout.column returns
        inside.addWidget(self._fold)  # type: ignore[attr-defined]  # as above

    def _turn(self) -> None:
        if self._fold is None or self._reveal is None:
            return
        shown = self._fold.isHidden()
        self._fold.setVisible(shown)
        self._reveal.setText(self.tr("Hide") if shown else self.tr("Show"))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Our words stand on the client's soft ground; the message that is open has an edge."""
        painter = QPainter(self)
        theme, sizes = self._theme, self._theme.sizes
        frame = QRectF(self.rect())
        if self.entry.ours:
            rounded(painter, frame, sizes.radius, theme.tones(self.entry.colour).soft)
        elif self.entry.focus and not self.entry.event:
            rounded(painter, frame, sizes.radius, None, theme.roles.border)
