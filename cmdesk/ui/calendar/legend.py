"""The clients whose entries lie over each other, each in its colour: a click hides one, a double click shows it alone."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from cmdesk.ui.calendar.entries import Owner, Page
from cmdesk.ui.calendar.filters import Filter
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import Button, FocusSeen, Kind
from cmdesk.ui.widgets.layout import STRETCH, row
from cmdesk.ui.widgets.paint import disc, elided, focus_ring, rounded
from cmdesk.ui.widgets.text import Text


class OwnerToggle(FocusSeen, QAbstractButton):
    """One client: disc and, where there is room, the name; faint while hidden. ``alone`` asks for this client only."""

    alone = Signal()

    def __init__(self, theme: Theme, owner: Owner) -> None:
        super().__init__()
        self._theme = theme
        self._owner = owner
        self._named = True
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setToolTip(owner.name)

    def set_seen(self, seen: bool, *, named: bool) -> None:
        """Whether its entries are seen, and whether its name is."""
        self._named = named
        self.setChecked(seen)
        words = self.tr("{client}, shown") if seen else self.tr("{client}, hidden")
        self.setAccessibleName(words.format(client=self._owner.name))
        self.updateGeometry()
        self.update()

    def width_named(self) -> int:
        """How wide it is with its name."""
        sizes = self._theme.sizes
        name = QFontMetrics(self._theme.font(Size.SMALL)).horizontalAdvance(self._owner.name)
        return sizes.disc_small + sizes.half + min(name, sizes.one * 10) + sizes.half

    def sizeHint(self) -> QSize:
        """A disc, or a disc and a name."""
        sizes = self._theme.sizes
        return QSize(self.width_named() if self._named else sizes.disc_small + sizes.half, sizes.disc_small + sizes.quarter)

    minimumSizeHint = sizeHint

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """This client only."""
        self.alone.emit()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A disc and a name."""
        painter = QPainter(self)
        sizes, roles = self._theme.sizes, self._theme.roles
        side = sizes.disc_small
        box = QRectF(sizes.quarter, (self.height() - side) / 2, side, side)
        if self.underMouse():
            rounded(painter, QRectF(self.rect()), sizes.radius_small, roles.hover)
        if self.isChecked():
            disc(painter, self._theme, box, self._owner.initials, self._theme.tones(self._owner.colour))
        else:
            rounded(painter, box, side / 2, roles.content, roles.field_border, 1)
            painter.setFont(self._theme.letters(round(side * 0.4)))
            painter.setPen(roles.muted)
            painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self._owner.initials)
        if self._named:
            left = sizes.quarter + side + sizes.quarter
            rect = QRect(left, 0, self.width() - left - sizes.quarter, self.height())
            ink = roles.text if self.isChecked() else roles.muted
            elided(painter, rect, self._owner.name, self._theme.font(Size.SMALL), ink)
        if self.focus_seen():
            focus_ring(painter, self._theme, QRectF(self.rect()), sizes.radius_small)


class Legend(QWidget):
    """``changed`` carries the Filter that is wanted now."""

    changed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._toggles: dict[Owner, OwnerToggle] = {}
        self._filter = Filter()
        sizes = theme.sizes
        self._hidden = Text(theme, size=Size.SMALL, tone="muted", tabular=True)
        self._clear = Button(theme, kind=Kind.LINK)
        self._clear.clicked.connect(lambda: self.changed.emit(Filter()))
        self._row = row(
            self,
            STRETCH,
            self._hidden,
            self._clear,
            gap=sizes.quarter,
            margins=(sizes.one - sizes.quarter, 0, sizes.one, sizes.half),
        )
        self.hide()
        self.retranslate()

    def retranslate(self) -> None:
        """Words of the language in force."""
        self._clear.setText(self.tr("Show everything"))
        self.setAccessibleName(self.tr("Clients that are seen"))

    def changeEvent(self, event: QEvent) -> None:
        """Follows the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def show_state(self, owners: Sequence[Owner], wanted: Filter, page: Page) -> None:
        """The clients of the scope, and what is let through of them. Hidden where there is nothing to choose."""
        self._filter = wanted
        several = owners if page.shared and len(owners) > 1 else ()
        if list(several) != list(self._toggles):
            self._build(several)
        filtered = wanted != Filter()
        self._hidden.setText(self.tr("{count} hidden").format(count=page.formats.number(page.hidden)))
        self._hidden.setVisible(filtered and page.hidden > 0)
        self._clear.setVisible(filtered)
        self.setVisible(bool(several) or filtered)
        self._fit()

    def forget(self) -> None:
        """Drops the choice; the names are those of the rail, and mostly the same again."""
        self._filter = Filter()

    def _build(self, owners: Sequence[Owner]) -> None:
        for old in self._toggles.values():
            self._row.removeWidget(old)
            old.deleteLater()
        self._toggles = {}
        for number, owner in enumerate(owners):
            toggle = OwnerToggle(self._theme, owner)
            toggle.clicked.connect(lambda _on=False, owner=owner: self._toggled(owner))
            toggle.alone.connect(lambda owner=owner: self.changed.emit(self._filter.only_client(owner.id)))
            self._row.insertWidget(number, toggle)
            self._toggles[owner] = toggle

    def _toggled(self, owner: Owner) -> None:
        self.changed.emit(self._filter.toggled_client(owner.id, [one.id for one in self._toggles]))

    def _fit(self) -> None:
        sizes = self._theme.sizes
        room = self.width() - sizes.one * 12
        named = sum(toggle.width_named() + sizes.quarter for toggle in self._toggles.values()) <= room
        for owner, toggle in self._toggles.items():
            toggle.set_seen(self._filter.shows(owner.id), named=named)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width: names or none."""
        super().resizeEvent(event)
        self._fit()
