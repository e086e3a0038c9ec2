"""Shows what became of a post on each account: a quiet line where all is well, a card where a person must decide."""

from collections.abc import Callable, Sequence
from datetime import datetime

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cmdesk.domain.delivery import State
from cmdesk.domain.ids import DeliveryId
from cmdesk.ui import wording
from cmdesk.ui.composer.values import DeliveryLook
from cmdesk.ui.i18n import Formats
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import Button, IconButton, Kind
from cmdesk.ui.widgets.decision import DecisionCard
from cmdesk.ui.widgets.layout import STRETCH, Card, column, row
from cmdesk.ui.widgets.safelabel import SafeLabel
from cmdesk.ui.widgets.states import StateChip
from cmdesk.ui.widgets.text import Text


class DeliveryLine(Card):
    """A delivery that asks for nothing."""

    link = Signal(str, str)
    cancelled = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._look: DeliveryLook | None = None
        sizes = theme.sizes
        self._chip = StateChip(theme)
        self._who = SafeLabel(theme, strong=True, wrap=True)
        self._when = Text(theme, size=Size.SMALL, tone="muted", tabular=True)
        self._known = SafeLabel(theme, size=Size.SMALL, tone="muted", wrap=True)
        self._open = Button(theme, kind=Kind.LINK, icon="external")
        self._open.clicked.connect(self._open_it)
        self._cancel = IconButton(theme, "close")
        self._cancel.clicked.connect(lambda: self.cancelled.emit(self._look))
        head = row(None, self._chip, STRETCH, self._cancel, gap=sizes.half)
        column(
            self,
            head,
            self._who,
            self._when,
            self._known,
            row(None, self._open, STRETCH),
            gap=sizes.quarter,
            margins=(sizes.one, sizes.half, sizes.half, sizes.half),
        )

    def show_look(self, look: DeliveryLook) -> None:
        """Another state."""
        self._look = look
        self._chip.set_state(look.row.state.value, wording.state(look.row.state))
        self._who.show_name(f"@{look.row.account.handle}")
        self._when.setText(look.when)
        self._known.show_text(look.sentence)
        self._known.setVisible(look.row.state not in {State.SENT, State.CANCELLED})
        self._open.setText(self.tr("Open the live post"))
        self._open.setVisible(bool(look.row.url))
        self._cancel.set_name(self.tr("Do not publish on @{handle}").format(handle=look.row.account.handle))
        self._cancel.setVisible(look.cancellable)
        self.setAccessibleName(f"@{look.row.account.handle}: {wording.state(look.row.state)}")

    def _open_it(self) -> None:
        if self._look is not None and self._look.row.url:
            self.link.emit(self._look.row.url, self._open.text())


class Deliveries(QWidget):
    """All deliveries of a post. ``wanted`` carries a decision, ``cancelled`` the look of the line, ``link`` an address."""

    wanted = Signal(object)
    cancelled = Signal(object)
    link = Signal(str, str)

    def __init__(self, theme: Theme, formats: Formats, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._theme, self._formats, self._now = theme, formats, now
        self._shown: dict[tuple[DeliveryId, bool], DeliveryLine | DecisionCard] = {}
        self._title = Text(theme, size=Size.SMALL, strong=True, tone="muted")
        self._column: QVBoxLayout = column(self, self._title, gap=theme.sizes.half)
        self._title.setText(self.tr("Where it stands"))
        self.hide()

    def set_formats(self, formats: Formats) -> None:
        """Another language."""
        self._formats = formats
        for widget in self._shown.values():
            if isinstance(widget, DecisionCard):
                widget.set_formats(formats)

    def show_looks(self, looks: Sequence[DeliveryLook], zone: str) -> None:
        """The deliveries; what was begun on a card (a time half typed) stays."""
        wanted = {(look.row.id, look.decide) for look in looks}
        for key in [one for one in self._shown if one not in wanted]:
            widget = self._shown.pop(key)
            self._column.removeWidget(widget)
            widget.hide()
            widget.deleteLater()
        for look in looks:
            key = (look.row.id, look.decide)
            widget = self._shown.get(key) or self._made(key)
            if isinstance(widget, DecisionCard):
                widget.show_row(look.row, look.look_at, zone, within=True)
            else:
                widget.show_look(look)
        self.setVisible(bool(looks))

    def _made(self, key: tuple[DeliveryId, bool]) -> DeliveryLine | DecisionCard:
        widget: DeliveryLine | DecisionCard
        if key[1]:
            widget = DecisionCard(self._theme, self._formats, self._now)
            widget.wanted.connect(self.wanted)
        else:
            widget = DeliveryLine(self._theme)
            widget.cancelled.connect(self.cancelled)
        widget.link.connect(self.link)
        self._shown[key] = widget
        self._column.addWidget(widget)
        return widget

    def changeEvent(self, event: QEvent) -> None:
        """Follows the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._title.setText(self.tr("Where it stands"))
        super().changeEvent(event)
