"""How the posts of the days that are seen are shared among the client's pillars, beside what was wanted."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cmdesk.domain.client import Colour
from cmdesk.ui.calendar.entries import Owner
from cmdesk.ui.calendar.numberfield import NumberField
from cmdesk.ui.i18n import Formats
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import Button, IconButton
from cmdesk.ui.widgets.dialog import Dialog
from cmdesk.ui.widgets.fields import Field
from cmdesk.ui.widgets.layout import STRETCH, row
from cmdesk.ui.widgets.paint import elided, rounded
from cmdesk.ui.widgets.text import Text


class Share(Struct, frozen=True):
    """One pillar: its name, how many posts of how many, and the share (percent) that was wanted, 0 for none said."""

    name: str
    posts: int
    of: int
    wanted: int
    colour: Colour
    number: int = 0


class ShareBar(QWidget):
    """A bar as long as the share; a mark stands where it should end."""

    def __init__(self, theme: Theme, share: Share, formats: Formats) -> None:
        super().__init__()
        self._theme, self._share, self._formats = theme, share, formats
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(f"{share.name}: {self._figures()}")

    def _figures(self) -> str:
        share = self._share
        part = share.posts / share.of if share.of else 0.0
        text = f"{self._formats.number(share.posts)} · {self._formats.percent(part)}"
        return f"{text} / {self._formats.percent(share.wanted / 100)}" if share.wanted else text

    def sizeHint(self) -> QSize:
        """Two lines."""
        return QSize(self._theme.sizes.one * 24, self._theme.sizes.two + self._theme.sizes.half)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Name, figures, bar."""
        painter = QPainter(self)
        roles, sizes = self._theme.roles, self._theme.sizes
        tones = self._theme.tones(self._share.colour)
        line = sizes.one + sizes.half
        figures = self._theme.font(Size.SMALL, tabular=True)
        taken = elided(
            painter, QRect(0, 0, self.width(), line), self._figures(), figures, roles.muted, Qt.AlignmentFlag.AlignRight
        )
        elided(painter, QRect(0, 0, self.width() - taken - sizes.half, line), self._share.name, self._theme.font(), roles.text)
        trough = QRectF(0, line, self.width(), sizes.half)
        rounded(painter, trough, trough.height() / 2, roles.hover)
        part = self._share.posts / self._share.of if self._share.of else 0.0
        if part:
            rounded(painter, QRectF(0, line, max(sizes.half, self.width() * part), sizes.half), trough.height() / 2, tones.disc)
        if self._share.wanted:
            x = self.width() * self._share.wanted / 100
            rounded(painter, QRectF(x - 1, line - sizes.quarter, 2, sizes.half + 2 * sizes.quarter), 1, roles.text)


class BalanceDialog(Dialog):
    """``added`` carries name, label and share; ``removed`` the number of a pillar."""

    added = Signal(str, str, int)
    removed = Signal(int)

    def __init__(
        self, theme: Theme, parent: QWidget, owner: Owner, formats: Formats, *, title: str, shares: tuple[Share, ...]
    ) -> None:
        super().__init__(theme, parent, "", name=owner.name, colour=owner.colour)
        self.setWindowTitle(self.tr("Balance of pillars"))
        sizes = theme.sizes
        self.body.addWidget(Text(theme, self.tr("Balance of pillars"), size=Size.LEAD, strong=True))
        self.body.addWidget(Text(theme, title, tone="muted"))
        for share in shares:
            line = row(None, gap=sizes.half)
            line.addWidget(ShareBar(theme, share, formats), 1)
            if share.number:
                remove = IconButton(theme, "trash", self.tr("Remove {pillar}").format(pillar=share.name))
                remove.clicked.connect(lambda _on=False, number=share.number: self._end(number))
                line.addWidget(remove)
            self.body.addLayout(line)
        if len(shares) < 2:
            text = self.tr("A pillar is a theme you come back to. A post belongs to it by its label.")
            self.body.addWidget(Text(theme, text, tone="muted", wrap=True))
        self._name = Field(theme, self.tr("New pillar"))
        self._label = Field(theme, self.tr("Its label"))
        self._share = NumberField(theme, 0, 100, 0, self.tr("Wanted share"))
        percent = Text(theme, "%", tone="muted")
        add = Button(theme, self.tr("Add"))
        add.clicked.connect(self._add)
        self.body.addLayout(row(None, self._name, self._label, self._share, percent, add, STRETCH, gap=sizes.half))
        self.add_close(self.tr("Close"))

    def _add(self) -> None:
        name = self._name.text().strip()
        if name:
            self.accept()
            self.added.emit(name, self._label.text().strip() or name, self._share.value())

    def _end(self, number: int) -> None:
        self.accept()
        self.removed.emit(number)
