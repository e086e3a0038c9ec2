"""The pages of the accounts room, each built when it is first shown: a client's cards, and the list of all clients."""

from PySide6.QtWidgets import QWidget

from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import Button, Kind
from cmdesk.ui.widgets.layout import STRETCH, Scroll, column, row
from cmdesk.ui.widgets.rowlist import RowList
from cmdesk.ui.widgets.text import Text


class CardsPage(Scroll):
    """Title, summary and the button that links; the cards go into ``cards``."""

    def __init__(self, theme: Theme) -> None:
        inner = QWidget()
        super().__init__(inner)
        sizes = theme.sizes
        self.title, self.summary = Text(theme, size=Size.TITLE, strong=True), Text(theme, tone="muted", wrap=True)
        self.link_button = Button(theme, kind=Kind.PRIMARY, icon="plus")
        head = row(None, gap=sizes.one)
        head.addLayout(column(None, self.title, self.summary, gap=sizes.quarter), 1)
        head.addWidget(self.link_button)
        self.cards = column(None, gap=sizes.one)
        middle = QWidget()
        column(middle, head, self.cards, STRETCH, gap=sizes.one_half)
        middle.setMaximumWidth(sizes.one * 60)
        body = row(inner, margins=(sizes.one_half, sizes.one_half, sizes.one_half, sizes.one))
        body.addWidget(middle, 1000)
        body.addStretch(1)


class DeskPage(QWidget):
    """Title, summary and the list, on the edge of the cards."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        sizes = theme.sizes
        self.title, self.summary = Text(theme, size=Size.TITLE, strong=True), Text(theme, tone="muted", wrap=True)
        self.list = RowList(theme)
        head = column(None, self.title, self.summary, gap=sizes.quarter, margins=(sizes.one, 0, sizes.one, 0))
        middle = QWidget()
        body = column(middle, head, gap=sizes.one, margins=(sizes.half, sizes.one_half, sizes.half, 0))
        body.addWidget(self.list, 1)
        middle.setMaximumWidth(sizes.one * 63)  # as wide as the cards: the list keeps half a line at each side for its ground
        line = row(self)
        line.addWidget(middle, 1000)
        line.addStretch(1)
