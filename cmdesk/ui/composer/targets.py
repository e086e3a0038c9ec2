"""The chips of the accounts a post is meant for: whose voice, on which network, and how much room is left."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from cmdesk.domain.account import Network
from cmdesk.domain.ids import AccountId
from cmdesk.ui.composer.values import TargetLook
from cmdesk.ui.theme import Theme, Tones
from cmdesk.ui.widgets.flow import FlowBox
from cmdesk.ui.widgets.paint import elided, focus_ring, one_line, rounded, symbol
from cmdesk.ui.widgets.states import CountRing

NETWORK_ICONS: Mapping[Network, str] = {
    Network.MASTODON: "globe",
    Network.BLUESKY: "network-bluesky",
    Network.PRACTICE: "desk",
}


class TargetChip(QAbstractButton):
    """One account: pressed in when the post goes there."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._look: TargetLook | None = None
        self._tones = theme.tones(None)
        self.setCheckable(True)
        self.setFont(theme.font())
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._ring = CountRing(theme)
        self._ring.setParent(self)
        self._ring.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_look(self, look: TargetLook, tones: Tones) -> None:
        """Another account, or the same in another state."""
        self._tones = tones
        if look == self._look:
            self.update()
            return
        self._look = look
        self.setChecked(look.chosen)
        self._ring.setVisible(look.chosen and look.count is not None)
        if look.count is not None:
            self._ring.set_count(look.count.count, look.count.limit)
        self.setText(look.short)
        self.setToolTip("\n".join(filter(None, (f"{look.network_name} · {look.handle}", look.trouble, look.allowance))))
        told = self.tr("{handle} on {network}").format(handle=look.handle, network=look.network_name)
        if look.chosen and look.count is not None:
            left = self.tr("%n character(s) left", "", look.count.left)
            told = f"{told}, {left}"
        self.setAccessibleName(told)
        self.setAccessibleDescription("\n".join(filter(None, (look.trouble, look.allowance))))
        self.updateGeometry()
        self._place_ring()
        self.update()

    def sizeHint(self) -> QSize:
        """Mark, handle, ring."""
        sizes = self._theme.sizes
        words = QFontMetrics(self.font()).horizontalAdvance(one_line(self.text()))
        ring = 0 if self._ring.isHidden() else self._ring.sizeHint().width() - sizes.half
        return QSize(sizes.half * 2 + sizes.icon + sizes.half + words + ring + sizes.quarter, sizes.control)

    minimumSizeHint = sizeHint

    def resizeEvent(self, _event: QEvent) -> None:
        """The ring stays at the right."""
        self._place_ring()

    def _place_ring(self) -> None:
        size = self._ring.sizeHint()
        self._ring.setGeometry(
            self.width() - size.width() - self._theme.sizes.quarter,
            (self.height() - size.height()) // 2,
            size.width(),
            size.height(),
        )

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A quiet surface when chosen, an outline when not."""
        if self._look is None:
            return
        painter = QPainter(self)
        roles, sizes = self._theme.roles, self._theme.sizes
        frame = QRectF(self.rect())
        radius = frame.height() / 2
        chosen = self._look.chosen
        if chosen:
            rounded(painter, frame, radius, self._tones.soft, roles.danger if self._look.blocked else self._tones.disc)
        else:
            rounded(painter, frame, radius, roles.hover if self.underMouse() else None, roles.border)
        ink = self._tones.text if chosen else roles.muted
        icon = "warning" if self._look.trouble else "check" if chosen else NETWORK_ICONS[self._look.network]
        mark = QRectF(sizes.half + sizes.quarter / 2, (frame.height() - sizes.icon) / 2, sizes.icon, sizes.icon)
        symbol(painter, self._theme, icon, roles.warning if self._look.trouble else ink, mark)
        left = int(mark.right()) + sizes.half
        right = self._ring.geometry().left() if not self._ring.isHidden() else self.width() - sizes.half
        elided(painter, QRect(left, 0, max(0, right - left + sizes.half), self.height()), self.text(), self.font(), ink)
        if self.hasFocus():
            focus_ring(painter, self._theme, frame, radius)


class Targets(FlowBox):
    """All chips. ``toggled`` carries the account and whether the post shall go there."""

    toggled = Signal(int, bool)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme.sizes.half)
        self._theme = theme
        self._chips: dict[AccountId, TargetChip] = {}

    def show_targets(self, looks: Sequence[TargetLook], tones: Tones, *, fixed: bool) -> None:
        """The accounts; ``fixed`` when nothing can be chosen any more. Chips stay, so that the keyboard stays where it is."""
        wanted = [look.account for look in looks]
        if wanted != list(self._chips):
            self.flow.clear()
            self._chips = {}
            for account in wanted:
                chip = TargetChip(self._theme)
                chip.clicked.connect(lambda on, account=account: self.toggled.emit(account, on))
                self._chips[account] = chip
                self.add(chip)
        for look in looks:
            chip = self._chips[look.account]
            chip.show_look(look, tones)
            chip.setEnabled(not fixed)
        self.updateGeometry()

    def chip(self, account: AccountId) -> TargetChip:
        """The chip of an account; KeyError when there is none."""
        return self._chips[account]
