"""What is known of a message beside its words: time left, labels, notes, what was asked of the client, what to come back for."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from cmdesk.ui.inbox.values import AboutLine, AboutLook, Fact
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import Button, IconButton, Kind
from cmdesk.ui.widgets.fields import Field
from cmdesk.ui.widgets.flow import FlowBox
from cmdesk.ui.widgets.layout import column, row
from cmdesk.ui.widgets.paint import pill, pill_size, role_pair
from cmdesk.ui.widgets.safelabel import SafeLabel
from cmdesk.ui.widgets.states import Symbol


class FactPill(QWidget):
    """One fact in a word or two; its tone says whether it presses."""

    def __init__(self, theme: Theme, fact: Fact) -> None:
        super().__init__()
        self._theme, self._fact = theme, fact
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(fact.text)
        self.setToolTip(fact.tip)

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        return QSize(*pill_size(self._theme, self._fact.text))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The words on a tint."""
        ink, tint = role_pair(self._theme.roles, self._fact.tone)
        pill(QPainter(self), self._theme, QRectF(self.rect()), self._fact.text, tint, ink)


class LabelPill(QWidget):
    """A label, and the cross that takes it off."""

    dropped = Signal(str)

    def __init__(self, theme: Theme, label: str) -> None:
        super().__init__()
        words = SafeLabel(theme, size=Size.SMALL)
        words.show_text(label)
        off = IconButton(theme, "close", self.tr("Take the label “{label}” off").format(label=label))
        off.clicked.connect(lambda _on=False: self.dropped.emit(label))
        row(self, words, off, gap=0, margins=(theme.sizes.half, 0, 0, 0))
        self.setProperty("surface", "raised")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)


class OneLine(Field):
    """A field that comes for one line of words and goes with Enter or Escape."""

    written = Signal(str)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self.hide()
        self.returnPressed.connect(self._write)

    def ask(self, placeholder: str) -> None:
        """Takes the keyboard."""
        self.clear()
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.show()
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def _write(self) -> None:
        text = self.text().strip()
        self.hide()
        if text:
            self.written.emit(text)
        else:
            self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves without a word."""
        if event.key() == Qt.Key.Key_Escape:
            self.hide()
            self.left.emit()
            return
        super().keyPressEvent(event)


class About(QWidget):
    """``wanted`` carries a verb ("label", "note", "ask", "remind", "priority"), ``written(what, words)`` the one line that was
    typed for it, ``dropped`` a label, ``pressed`` the key of a line whose button was pressed."""

    wanted = Signal(str)
    written = Signal(str, str)
    dropped = Signal(str)
    pressed = Signal(object)
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._look: AboutLook | None = None
        self._asked = ""
        sizes = theme.sizes
        self._facts = FlowBox(sizes.quarter)  # wraps where labels are many
        self.buttons = {
            key: IconButton(theme, icon)
            for key, icon in (("label", "hashtag"), ("note", "note"), ("ask", "people"), ("remind", "clock"))
        }
        for key, button in self.buttons.items():
            button.clicked.connect(lambda _on=False, key=key: self.wanted.emit(key))
        self.field = OneLine(theme)
        self.field.written.connect(lambda words: self.written.emit(self._asked, words))
        self.field.left.connect(self.left)
        self._lines: QVBoxLayout = column(None, gap=sizes.quarter)
        head = row(None, self._facts, gap=sizes.half)
        head.setStretch(0, 1)
        for button in self.buttons.values():
            head.addWidget(button)
        self._box = column(
            self, head, self.field, self._lines, gap=sizes.quarter, margins=(sizes.one, sizes.quarter, sizes.half, sizes.quarter)
        )
        self.retranslate()

    def ask_line(self, what: str, placeholder: str) -> None:
        """One line of words is wanted, for ``what``."""
        self._asked = what
        self.field.ask(placeholder)

    def show_look(self, look: AboutLook) -> None:
        """What is known now; the same again leaves everything as it is."""
        if look == self._look:
            return
        self._look = look
        self._facts.flow.clear()
        for fact in look.facts:
            self._facts.add(FactPill(self._theme, fact))
        for label in look.labels:
            shown = LabelPill(self._theme, label)
            shown.dropped.connect(self.dropped)
            self._facts.add(shown)
        while (item := self._lines.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for line in look.lines:
            self._lines.addWidget(self._line(line))

    def forget(self) -> None:
        """Another message is open."""
        self.field.hide()
        self._look = None

    def _line(self, line: AboutLine) -> QWidget:
        box = QWidget()
        sizes = self._theme.sizes
        words = SafeLabel(self._theme, size=Size.SMALL, wrap=True, tone="danger" if line.pressing else "soft")
        words.show_text(line.text)
        layout = row(box, Symbol(self._theme, line.icon, "danger" if line.pressing else "muted"), gap=sizes.half)
        layout.addWidget(words, 1)
        if line.button:
            button = Button(self._theme, line.button, kind=Kind.LINK)
            button.setAccessibleName(f"{line.button}: {line.text}")
            button.clicked.connect(lambda _on=False: self.pressed.emit(line.key))
            layout.addWidget(button)
        if line.other:
            other = Button(self._theme, line.other, kind=Kind.LINK)
            other.setAccessibleName(f"{line.other}: {line.text}")
            kind, number = line.key
            other.clicked.connect(lambda _on=False: self.pressed.emit((f"{kind}_not", number)))
            layout.addWidget(other)
        return box

    def retranslate(self) -> None:
        """The words of the language in force."""
        for key, words in (
            ("label", self.tr("Put a label on it")),
            ("note", self.tr("Write a note")),
            ("ask", self.tr("Ask somebody at the client")),
            ("remind", self.tr("Come back to it later")),
        ):
            self.buttons[key].set_name(words)

    def changeEvent(self, event: QEvent) -> None:
        """Follows the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._look = None
            self.retranslate()
        super().changeEvent(event)
