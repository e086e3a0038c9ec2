"""The reply at the foot of a conversation: in whose name, who can read it, how much room is left."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QTextCursor
from PySide6.QtWidgets import QSizePolicy, QWidget

from cmdesk.ui.inbox.values import ReplyLook
from cmdesk.ui.proofing.marks import Marks
from cmdesk.ui.proofing.panel import ProofPanel
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import Button, IconButton, Kind
from cmdesk.ui.widgets.fields import TextArea
from cmdesk.ui.widgets.layout import Scroll, column, row
from cmdesk.ui.widgets.marks import Disc, IdentityBand
from cmdesk.ui.widgets.paint import role_pair, rounded
from cmdesk.ui.widgets.safelabel import SafeLabel
from cmdesk.ui.widgets.states import CountRing, Symbol
from cmdesk.ui.widgets.text import Text

_LEAST, _MOST = 3, 10


class ReplyField(TextArea):
    """Grows with its text; Ctrl+Enter (Cmd+Enter) sends, Escape leaves."""

    sent = Signal()
    left = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme = theme
        self.setProperty("bare", "true")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.document().setDocumentMargin(0)
        self.document().documentLayout().documentSizeChanged.connect(self._fit)
        self.marks = Marks(self, theme)
        self._fit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text, and lines under what is wrong in it."""
        super().paintEvent(event)
        self.marks.paint(QRectF(event.rect()))

    def _fit(self) -> None:
        lines = max(_LEAST, min(_MOST, round(self.document().size().height())))
        height = QFontMetrics(self.font()).lineSpacing() * lines + self._theme.sizes.quarter
        if self.height() != height:
            self.setFixedHeight(height)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Sending and leaving."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.sent.emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)


class ReplyBox(QWidget):
    """The reply. ``typed`` carries the text at every change, ``sent`` asks for it to go out."""

    typed = Signal(str)
    sent = Signal()
    left = Signal()
    saved_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._look: ReplyLook | None = None
        sizes = theme.sizes
        self.band = IdentityBand(theme, slim=True)
        self.disc = Disc(theme, small=True)
        self._who = Text(theme, strong=True, wrap=True)  # never cut: it says in whose name
        self._who.setMinimumHeight(sizes.disc_small)
        self._audience_icon = Symbol(theme, "globe", "muted")
        self._audience = Text(theme, tone="muted")
        self._warning = SafeLabel(theme, size=Size.SMALL, tone="muted")
        self.field = ReplyField(theme)
        self.field.sent.connect(self.sent)
        self.field.left.connect(self.left)
        self.field.textChanged.connect(lambda: self.typed.emit(self.field.toPlainText()))
        self.proof = ProofPanel(theme)
        self._proof_box = Scroll(self.proof)
        self._proof_box.setMaximumHeight(theme.sizes.three * 5)
        self._proof_box.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._proof_box.hide()
        self.proof.found.connect(self._show_proof)
        self._problem = Text(theme, size=Size.SMALL, tone="danger", wrap=True)
        self._note = Text(theme, size=Size.SMALL, tone="muted", gives_way=True)
        self._note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.saved = IconButton(theme, "reply")
        self.saved.clicked.connect(self.saved_wanted)
        self.count = CountRing(theme)
        self.send = Button(theme, kind=Kind.PRIMARY, icon="send")
        self.send.clicked.connect(self.sent)
        head = row(None, self.disc, gap=sizes.half)
        head.addWidget(self._who, 1)
        seen = row(None, self._audience_icon, gap=sizes.quarter)
        seen.addWidget(self._audience, 1)
        foot = row(None, gap=sizes.half)
        foot.addWidget(self.saved)
        foot.addWidget(self._note, 1)
        foot.addWidget(self.count)
        foot.addWidget(self.send)
        inner = column(
            None,
            head,
            seen,
            self._warning,
            self.field,
            self._proof_box,
            self._problem,
            foot,
            gap=sizes.half,
            margins=(sizes.one, sizes.half, sizes.one, sizes.half),
        )
        layout = column(self, self.band, margins=sizes.focus)
        layout.addLayout(inner)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)

    def _show_proof(self, count: int) -> None:
        """What was found takes room only while there is something."""
        self._proof_box.setVisible(count > 0)

    @property
    def private(self) -> bool:
        """Whether only the people named in it can read it."""
        return self._look is not None and self._look.private

    def show_look(self, look: ReplyLook) -> None:
        """In whose name, and who can read it."""
        self._look = look
        self.band.setVisible(look.loud)
        self.band.set_client(look.who, look.colour, look.client)
        self.disc.setVisible(not look.loud)
        self._who.setVisible(not look.loud)
        self.disc.set_client(look.initials, look.colour)
        self._who.setText("" if look.loud else f"{look.who} · {look.client}")
        self._audience_icon.show_icon(look.audience_icon, "doubt" if look.private else "muted")
        self._audience.setText(look.audience)
        self._audience.setFont(self._theme.font(strong=look.private))
        self._audience.set_tone("" if look.private else "muted")
        self._warning.show_text(look.warning)
        self._warning.setVisible(bool(look.warning))
        self.field.setPlaceholderText(look.placeholder)
        self.field.setAccessibleName(f"{look.who} · {look.client}. {look.audience}")
        self.send.setText(look.send)
        self.send.set_icon("lock" if look.private else "send")
        self.send.set_tones(self._theme.tones(look.colour))
        self.update()

    def set_text(self, text: str) -> None:
        """Another text, told to nobody."""
        self.field.blockSignals(True)
        self.field.setPlainText(text)
        self.field.moveCursor(QTextCursor.MoveOperation.End)
        self.field.blockSignals(False)

    def show_state(self, *, used: int, limit: int, problem: str, note: str, ready: bool) -> None:
        """How much is used, what is wrong, what happens with it; ``ready`` lets it be sent."""
        self.count.set_count(used, limit)
        self.count.setAccessibleName(self.tr("{used} of {limit} characters").format(used=used, limit=limit))
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self._note.setText(note)
        self.send.setEnabled(ready)

    def put_in(self, text: str) -> None:
        """Words where the cursor is, as one step of undo."""
        cursor = self.field.textCursor()
        before = self.field.toPlainText()[: cursor.position()]
        cursor.insertText(text if not before or before[-1].isspace() else f" {text}")
        self.take_focus()

    def take_focus(self) -> None:
        """The keyboard goes into the text, behind what stands there."""
        self.field.moveCursor(QTextCursor.MoveOperation.End)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Public stands on a raised ground, private on its own colour within a strong edge."""
        painter = QPainter(self)
        sizes, roles = self._theme.sizes, self._theme.roles
        frame = QRectF(self.rect())
        if self.private:
            ink, tint = role_pair(roles, "doubt")
            rounded(painter, frame, sizes.radius, tint, ink, sizes.focus)
        else:
            rounded(painter, frame, sizes.radius, roles.raised, roles.border)

    def sizeHint(self) -> QSize:
        """As high as its lines."""
        return QSize(self._theme.sizes.dialog, super().sizeHint().height())

    def changeEvent(self, event: QEvent) -> None:
        """The tones of another theme."""
        if event.type() is QEvent.Type.PaletteChange and self._look is not None:
            self.send.set_tones(self._theme.tones(self._look.colour))
        super().changeEvent(event)
