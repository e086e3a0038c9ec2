"""The client rail: one disc per client, what waits there, and all clients on top."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from cmdesk.domain.ids import ClientId
from cmdesk.domain.views import ClientCard
from cmdesk.ui.look import badge_text
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import FocusSeen, IconButton
from cmdesk.ui.widgets.layout import Hairline, Scroll, column
from cmdesk.ui.widgets.paint import disc, focus_ring, pill, pill_size, role_pair, rounded, symbol


class RailButton(FocusSeen, QAbstractButton):
    """A client's disc, or the desk's when ``card`` is None. A client in trouble shows a tool instead of its letters."""

    menu_wanted = Signal(QPoint)

    def __init__(self, theme: Theme, card: ClientCard | None) -> None:
        super().__init__()
        self._theme = theme
        self.card = card
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.customContextMenuRequested.connect(lambda point: self.menu_wanted.emit(self.mapToGlobal(point)))

    def show_card(self, card: ClientCard | None, words: str) -> None:
        """Newer numbers or another name; ``words`` say it all for tooltip and screen readers."""
        self.card = card
        self.setToolTip(words)
        self.setAccessibleName(words)
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as the rail."""
        return QSize(self._theme.sizes.rail, self._theme.sizes.three)

    minimumSizeHint = sizeHint

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Disc, mark of the chosen one, badges."""
        painter = QPainter(self)
        sizes, roles = self._theme.sizes, self._theme.roles
        side = sizes.disc
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        tones = self._theme.tones(self.card.colour if self.card is not None else None)
        if self.isChecked() or self.underMouse():
            height = side if self.isChecked() else sizes.half
            bar = QRectF(-sizes.quarter, (self.height() - height) / 2, sizes.half, height)
            rounded(painter, bar, sizes.quarter, tones.disc if self.isChecked() else roles.muted)
        if self.card is None:
            ground = roles.accent if self.isChecked() else roles.pressed
            rounded(painter, box, sizes.radius + sizes.quarter, ground)
            inset = (side - sizes.icon) / 2
            ink = roles.on_accent if self.isChecked() else roles.text_soft
            symbol(painter, self._theme, "desk", ink, box.adjusted(inset, inset, -inset, -inset))
        elif self.card.trouble is not None:
            ink, tint = role_pair(roles, "danger")
            rounded(painter, box, side / 2, tint, ink)
            inset = (side - sizes.icon) / 2
            symbol(painter, self._theme, "repair", ink, box.adjusted(inset, inset, -inset, -inset))
        else:
            disc(painter, self._theme, box, self.card.initials, tones)
            self._paint_badges(painter, box, self.card)
        if self.focus_seen():
            gap = sizes.focus + sizes.hairline
            focus_ring(painter, self._theme, box.adjusted(-gap, -gap, gap, gap), side)

    def _paint_badges(self, painter: QPainter, box: QRectF, card: ClientCard) -> None:
        roles, sizes = self._theme.roles, self._theme.sizes
        edge = sizes.stroke
        if card.awaiting:
            width, height = pill_size(self._theme, badge_text(card.awaiting))
            right = min(box.right() + sizes.half, self.width() - edge)
            place = QRectF(right - width, box.top() - sizes.quarter, width, height)
            rounded(painter, place.adjusted(-edge, -edge, edge, edge), height, roles.rail)
            pill(painter, self._theme, place, badge_text(card.awaiting), roles.text, roles.rail)
        if card.needs_you or card.hold is not None or card.frozen is not None:
            side = sizes.one
            # On the other side than the count, so that the initials stay readable.
            place = QRectF(box.left() - sizes.quarter, box.bottom() - side + sizes.quarter, side, side)
            rounded(painter, place.adjusted(-edge, -edge, edge, edge), sizes.radius_small + edge, roles.rail)
            if card.frozen is not None:
                rounded(painter, place, sizes.radius_small, roles.info)
                symbol(painter, self._theme, "lock", roles.rail, place.adjusted(edge, edge, -edge, -edge))
                return
            rounded(painter, place, sizes.radius_small, roles.danger)
            painter.setFont(self._theme.font(Size.SMALL, strong=True))
            painter.setPen(roles.on_danger)
            painter.drawText(place, Qt.AlignmentFlag.AlignCenter, "!")


class Rail(QWidget):
    """The rail. ``chosen`` carries a client's id or None for all; ``repair_wanted`` the id of a client in trouble."""

    chosen = Signal(object)
    repair_wanted = Signal(object)
    add_wanted = Signal()
    menu_wanted = Signal(object, QPoint)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        sizes = theme.sizes
        self._desk = RailButton(theme, None)
        self._desk.clicked.connect(lambda: self._click(None))
        self._buttons: dict[ClientId, RailButton] = {}
        self._chosen: ClientId | None = None
        inner = QWidget()
        self._discs: QVBoxLayout = column(inner, gap=sizes.quarter)
        self._discs.addStretch(1)
        scroll = Scroll(inner)
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._add = IconButton(theme, "plus")
        self._add.clicked.connect(self.add_wanted)
        self.foot: QVBoxLayout = column(
            None, self._add, gap=sizes.quarter, margins=((sizes.rail - sizes.control) // 2, sizes.half, 0, sizes.half)
        )
        line = Hairline(theme)
        line.setFixedWidth(sizes.two)
        layout = column(self, sizes.half, self._desk, gap=sizes.quarter)
        layout.addWidget(line, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addSpacing(sizes.quarter)
        layout.addWidget(scroll, 1)
        layout.addLayout(self.foot)
        self.setFixedWidth(sizes.rail)
        self.retranslate()
        self._mark()

    def retranslate(self) -> None:
        """Words of the language in force."""
        self.setAccessibleName(self.tr("Clients"))
        self._desk.show_card(None, self.tr("All clients"))
        self._add.set_name(self.tr("New client"))
        for button in self._buttons.values():
            if button.card is not None:
                button.show_card(button.card, self._words(button.card))

    def changeEvent(self, event: QEvent) -> None:
        """Follows the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def show_cards(self, cards: Sequence[ClientCard]) -> None:
        """The clients in order; discs that stay keep their place and the keyboard."""
        gone = set(self._buttons) - {card.id for card in cards}
        for client in gone:
            button = self._buttons.pop(client)
            self._discs.removeWidget(button)
            button.hide()
            button.deleteLater()
        for place, card in enumerate(cards):
            button = self._buttons.get(card.id) or self._made(card)
            if self._discs.indexOf(button) != place:
                self._discs.removeWidget(button)
                self._discs.insertWidget(place, button)
            if button.card != card or not button.toolTip():
                button.show_card(card, self._words(card))
        self._mark()

    def choose(self, client: ClientId | None) -> None:
        """Marks a client without telling anybody."""
        self._chosen = client
        self._mark()

    def _made(self, card: ClientCard) -> RailButton:
        button = RailButton(self._theme, card)
        button.clicked.connect(lambda: self._click(card.id))
        button.menu_wanted.connect(lambda point: self.menu_wanted.emit(card.id, point))
        self._buttons[card.id] = button
        return button

    def _click(self, client: ClientId | None) -> None:
        self._mark()
        card = self._buttons[client].card if client is not None else None
        if card is not None and card.trouble is not None:
            self.repair_wanted.emit(client)
        else:
            self.chosen.emit(client)

    def _mark(self) -> None:
        self._desk.setChecked(self._chosen is None)
        for client, button in self._buttons.items():
            button.setChecked(client == self._chosen)

    def _words(self, card: ClientCard) -> str:
        if card.trouble is not None:
            return self.tr("{name}: this client’s file can’t be opened. Click to see what can be done.").format(name=card.name)
        parts = [card.name]
        if card.awaiting:
            parts.append(self.tr("%n awaiting an answer", "", card.awaiting))
        if card.needs_you:
            parts.append(self.tr("%n waiting for your decision", "", card.needs_you))
        if card.hold is not None:
            parts.append(self.tr("held: nothing goes out until you have said which file is the real one"))
        if card.frozen is not None:
            parts.append(self.tr("frozen: nothing goes out"))
        return "\n".join(parts)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A quiet ground, a hairline at its edge."""
        painter = QPainter(self)
        roles = self._theme.roles
        painter.fillRect(self.rect(), roles.rail)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), roles.hairline)
