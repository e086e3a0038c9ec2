"""Dialogs that always show in whose name something will happen."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from cmdesk.domain.client import Colour
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import Button, Kind
from cmdesk.ui.widgets.layout import Hairline, column, row
from cmdesk.ui.widgets.marks import IdentityBand
from cmdesk.ui.widgets.text import Text


class Dialog(QDialog):
    """A dialog with the identity band on top. Fill ``body``; end with ``add_buttons``."""

    def __init__(self, theme: Theme, parent: QWidget | None, title: str, *, name: str = "", colour: Colour | None = None) -> None:
        """``name`` and ``colour`` are the client's; without a name there is no band."""
        super().__init__(parent)
        self._theme = theme
        self._colour = colour
        sizes = theme.sizes
        self.setWindowTitle(title)
        self.setMinimumWidth(sizes.dialog)
        self.band = IdentityBand(theme, slim=True)
        self.band.set_client(name, colour)
        self.band.setVisible(bool(name))
        self.body: QVBoxLayout = column(None, gap=sizes.one, margins=sizes.one_half)
        self._feet: QHBoxLayout = row(None, gap=sizes.half, margins=(sizes.one_half, sizes.one, sizes.one_half, sizes.one))
        self._feet.addStretch(1)
        outer = column(self, self.band)
        outer.addLayout(self.body, 1)
        outer.addWidget(Hairline(theme))
        outer.addLayout(self._feet)

    def add_close(self, words: str, kind: Kind = Kind.QUIET) -> Button:
        """One button that ends a dialog that only tells."""
        button = Button(self._theme, words, kind)
        button.clicked.connect(self.accept)
        button.setDefault(True)
        self._feet.addWidget(button)
        return button

    def add_buttons(self, cancel: str, confirm: str, kind: Kind = Kind.PRIMARY) -> Button:
        """Cancel and confirm; returns the confirming one, which wears the client's colour when it is primary."""
        no = Button(self._theme, cancel)
        no.clicked.connect(self.reject)
        yes = Button(self._theme, confirm, kind)
        yes.set_tones(self._theme.tones(self._colour))
        yes.clicked.connect(self.accept)
        self._feet.addWidget(no)
        self._feet.addWidget(yes)
        no.setAutoDefault(False)
        # What can't be taken back is never one Enter away.
        safe = no if kind is Kind.DANGER else yes
        safe.setDefault(True)
        safe.setFocus()
        return yes


class Confirmation(Dialog):
    """A question with one sentence."""

    def __init__(
        self,
        theme: Theme,
        parent: QWidget | None,
        *,
        title: str,
        text: str,
        confirm: str,
        cancel: str,
        danger: bool = False,
        name: str = "",
        colour: Colour | None = None,
    ) -> None:
        super().__init__(theme, parent, title, name=name, colour=colour)
        heading = Text(theme, title, size=Size.LEAD, strong=True, wrap=True)
        sentence = Text(theme, text, tone="soft", wrap=True)
        for part in (heading, sentence):
            self.body.addWidget(part)
        self.body.setSpacing(theme.sizes.half)
        self.add_buttons(cancel, confirm, Kind.DANGER if danger else Kind.PRIMARY)
        self.setAccessibleDescription(text)


def place_over(panel: QWidget, parent: QWidget, width: int, top: int) -> None:
    """Puts a panel over the middle of its window, near the top, never wider than the window."""
    breadth = min(width, parent.width() - 2 * top)
    panel.setFixedWidth(breadth)
    panel.adjustSize()
    panel.move(QPoint((parent.width() - breadth) // 2, top))
    panel.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
