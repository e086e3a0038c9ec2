"""Lists what was found beside the text: the words, why, and what would be right, each a click or a key away."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from cmdesk.domain.language import Severity, Wishes
from cmdesk.ui.proofing import wording
from cmdesk.ui.proofing.marks import Mark, ink
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import Button, IconButton, Kind
from cmdesk.ui.widgets.flow import FlowBox
from cmdesk.ui.widgets.layout import STRETCH, column, row
from cmdesk.ui.widgets.paint import rounded
from cmdesk.ui.widgets.safelabel import SafeLabel
from cmdesk.ui.widgets.text import Text

if TYPE_CHECKING:
    from cmdesk.domain.client import Colour
    from cmdesk.ui.proofing.wishesdialog import WishesDialog

#: How many are listed; a text with more is mended from the top.
MOST = 12
#: How many fixes of one finding are offered.
MOST_FIXES = 4


class FindingCard(QWidget):
    """One finding. ``fixed`` carries the words chosen; ``skipped`` how long: "once", "always", "word" (a word of the client)."""

    fixed = Signal(str)
    skipped = Signal(str)
    chosen = Signal()

    def __init__(self, theme: Theme, mark: Mark, *, chosen: bool) -> None:
        super().__init__()
        self._theme, self.mark, self._chosen = theme, mark, chosen
        finding, sizes = mark.finding, theme.sizes
        family = Text(theme, wording.family(finding), size=Size.SMALL, tone="muted")
        self._more = IconButton(theme, "more", self.tr("What to do with it"))
        self._more.clicked.connect(self._menu)
        words = SafeLabel(theme, strong=True, wrap=True)
        words.show_text(_seen(mark.words))
        why = SafeLabel(theme, size=Size.SMALL, tone="soft", wrap=True)
        why.show_text(finding.message)
        # One is explained at a time, so that many fit beside the text.
        why.setVisible(chosen and bool(finding.message))
        fixes = FlowBox(sizes.quarter)
        for fix in finding.fixes[:MOST_FIXES]:
            button = Button(theme, _seen(fix) or self.tr("Remove"), kind=Kind.QUIET)
            button.setAccessibleName(self.tr("Replace by “{words}”").format(words=fix))
            button.clicked.connect(lambda _on=False, fix=fix: self.fixed.emit(fix))
            fixes.add(button)
        fixes.setVisible(bool(finding.fixes))
        left = sizes.one + sizes.half
        head = row(None, words, family, self._more, gap=sizes.half)
        head.setStretch(0, 1)
        column(self, head, why, fixes, gap=sizes.quarter, margins=(left, sizes.quarter, sizes.half, sizes.half))
        self.setAccessibleName(f"{wording.kind(finding.severity)}, {wording.family(finding)}: {mark.words}. {finding.message}")
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click shows the place in the text."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.chosen.emit()
        super().mouseReleaseEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The ground of the chosen one, and at its side the line that stands under the words."""
        painter = QPainter(self)
        sizes, roles = self._theme.sizes, self._theme.roles
        frame = QRectF(self.rect())
        rounded(painter, frame, sizes.radius_small, roles.content, roles.focus if self._chosen else roles.border)
        edge = QRectF(sizes.half, sizes.half, sizes.quarter - 1, frame.height() - sizes.one)
        rounded(painter, edge, edge.width() / 2, ink(roles, self.mark.finding.severity))

    def _menu(self) -> None:
        menu = QMenu(self)
        once = menu.addAction(self.tr("Ignore here"))
        once.triggered.connect(lambda: self.skipped.emit("once"))
        always = menu.addAction(self.tr("Never again for this client"))
        always.triggered.connect(lambda: self.skipped.emit("always"))
        if self.mark.finding.family == "spelling":
            word = menu.addAction(self.tr("Add to this client's dictionary"))
            word.triggered.connect(lambda: self.skipped.emit("word"))
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))


class ProofPanel(QWidget):
    """Heading, what the reading found, and the cards. ``fixed(mark, words)``, ``skipped(mark, how)``, ``chosen(mark)``."""

    fixed = Signal(object, str)
    skipped = Signal(object, str)
    chosen = Signal(object)
    all_wanted = Signal()
    wishes_wanted = Signal()
    found = Signal(int)  # how many are listed

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        sizes = theme.sizes
        self._title = Text(theme, size=Size.SMALL, strong=True, tone="muted")
        self._state = Text(theme, size=Size.SMALL, tone="muted")
        self._all = Button(theme, kind=Kind.LINK)
        self._all.clicked.connect(self.all_wanted)
        self._all.hide()
        self._note = Text(theme, size=Size.SMALL, tone="muted", wrap=True)
        self._note.hide()
        self._cards: QVBoxLayout = column(None, gap=sizes.half)
        self._shown: tuple[tuple[Mark, bool], ...] = ()
        self._rest = Text(theme, size=Size.SMALL, tone="muted")
        self._rest.hide()
        self._wishes = IconButton(theme, "settings")
        self._wishes.clicked.connect(self.wishes_wanted)
        head = row(None, self._title, STRETCH, self._state, self._wishes, gap=sizes.half)
        column(self, head, self._note, self._cards, self._rest, row(None, self._all, STRETCH), gap=sizes.half)
        self.retranslate()

    @property
    def state(self) -> str:
        """The line at the top, in words."""
        return self._state.text()

    @property
    def cards(self) -> tuple[FindingCard, ...]:
        """The cards listed."""
        items = (self._cards.itemAt(place) for place in range(self._cards.count()))
        return tuple(one for item in items if item is not None and isinstance(one := item.widget(), FindingCard))

    def retranslate(self) -> None:
        """The words of the language in force."""
        self._title.setText(self.tr("Language"))
        self._wishes.set_name(self.tr("How this client wants to be read"))

    def show_state(self, words: str, tone: str = "muted") -> None:
        """What the reading found, or that it is under way."""
        self._state.setText(words)
        self._state.set_tone(tone)

    def show_note(self, words: str) -> None:
        """What this machine lacks, or why nothing is read; "" for nothing to say."""
        self._note.setText(words)
        self._note.setVisible(bool(words))

    def show_marks(self, marks: Sequence[Mark], chosen: Mark | None, sure: int) -> None:
        """The cards. ``sure`` is how many can be mended at once without a look."""
        shown = tuple((mark, mark is chosen) for mark in _around(marks, chosen))
        same = [_said(*one) for one in shown] == [_said(*one) for one in self._shown]
        self._shown = shown
        if same:
            # Read again after a few letters, a text mostly says the same: its cards stay, and no key waits for new ones.
            for card, (mark, _chosen) in zip(self.cards, shown, strict=True):
                card.mark = mark
        else:
            self._build(shown)
        rest = len(marks) - len(shown)
        self._rest.setText(self.tr("%n more", "", rest) if rest else "")
        self._rest.setVisible(rest > 0)
        self._all.setText(self.tr("Mend the %n sure one(s)", "", sure) if sure > 1 else "")
        self._all.setVisible(sure > 1)
        self.found.emit(len(marks))

    def wishes_dialog(self, client: str, colour: Colour, wishes: Wishes) -> WishesDialog:
        """What this client wants, over the page; it ends itself when it closes."""
        from cmdesk.ui.proofing.wishesdialog import WishesDialog  # rarely changed

        dialog = WishesDialog(self._theme, self.window(), client, colour, wishes)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        return dialog

    def _build(self, shown: Sequence[tuple[Mark, bool]]) -> None:
        while (item := self._cards.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for mark, chosen in shown:
            card = FindingCard(self._theme, mark, chosen=chosen)
            card.fixed.connect(lambda words, card=card: self.fixed.emit(card.mark, words))
            card.skipped.connect(lambda how, card=card: self.skipped.emit(card.mark, how))
            card.chosen.connect(lambda card=card: self.chosen.emit(card.mark))
            self._cards.addWidget(card)

    def changeEvent(self, event: QEvent) -> None:
        """Follows the language; the cards come again with the next reading."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
            self._build(self._shown)
        super().changeEvent(event)


def _said(mark: Mark, chosen: bool) -> tuple[object, ...]:
    """What a card says of a mark."""
    finding = mark.finding
    return finding.rule, mark.words, finding.message, finding.fixes, chosen


def _around(marks: Sequence[Mark], chosen: Mark | None) -> Sequence[Mark]:
    """The gravest first, and the chosen one always among them."""
    grave = {Severity.BLOCK: 0, Severity.WARN: 1, Severity.HINT: 2}
    ordered = sorted(marks, key=lambda mark: grave[mark.finding.severity])
    if chosen in ordered[MOST:]:
        ordered.remove(chosen)
        ordered.insert(MOST - 1, chosen)
    return ordered[:MOST]


def _seen(words: str) -> str:
    """Words with what cannot be seen made visible: a space that must not break, an end of line."""
    return words.replace("\u202f", "⍽").replace("\u00a0", "⍽").replace("\n", "⏎")
