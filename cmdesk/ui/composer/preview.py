"""Shows, calmly, how a post will be seen on each account."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from cmdesk.ui.composer.media import Thumbnail
from cmdesk.ui.composer.values import PreviewLook
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.flow import FlowBox
from cmdesk.ui.widgets.layout import STRETCH, Card, Hairline, column, row
from cmdesk.ui.widgets.marks import Avatar
from cmdesk.ui.widgets.paint import rounded
from cmdesk.ui.widgets.safe import SafeText
from cmdesk.ui.widgets.safelabel import SafeLabel
from cmdesk.ui.widgets.states import Symbol
from cmdesk.ui.widgets.text import Text


class _Tick(QWidget):
    """The circle or square before a poll's choice."""

    def __init__(self, theme: Theme, *, round: bool) -> None:  # noqa: A002 - says what it is
        super().__init__()
        self._theme, self._round = theme, round
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As high as a small icon."""
        return QSize(self._theme.sizes.icon_small, self._theme.sizes.icon_small)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """An outline."""
        frame = QRectF(self.rect())
        radius = frame.height() / 2 if self._round else self._theme.sizes.radius_small
        rounded(QPainter(self), frame, radius, None, self._theme.roles.field_border)


class PreviewCard(Card):
    """One account's view of the post, or that of several who say the same."""

    link = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._theme = theme
        self._look: PreviewLook | None = None
        sizes = theme.sizes
        self._face = Avatar(theme, small=True)
        self._name = SafeLabel(theme, strong=True, wrap=True)
        self._handles = SafeLabel(theme, size=Size.SMALL, tone="muted", wrap=True)
        self._facts = Text(theme, size=Size.SMALL, tone="muted")
        self._warning_mark = Symbol(theme, "warning", "warning")
        self._warning = SafeLabel(theme, strong=True, wrap=True)
        self._parts: QVBoxLayout = column(None, gap=sizes.half)
        self._texts: list[SafeText] = []
        names = column(None, self._name, self._handles)
        warning = row(None, self._warning_mark, self._warning, gap=sizes.half)
        warning.setStretch(1, 1)
        head = row(None, self._face, gap=sizes.half)
        head.addLayout(names, 1)
        column(self, head, warning, self._parts, self._facts, gap=sizes.half, margins=sizes.one)

    def show_look(self, look: PreviewLook) -> None:
        """Another state of the post; texts are kept when only words changed, so that nothing flickers."""
        before, self._look = self._look, look
        self._face.set_person(look.name)
        self._name.show_text(look.name)
        self._handles.show_text(look.handles)
        self._facts.setText(look.facts)
        self._warning.show_text(look.warning)
        self._warning.setVisible(bool(look.warning))
        self._warning_mark.setVisible(bool(look.warning))
        same = before is not None and _shape(before) == _shape(look)
        if not same:
            self._build(look)
        for text, part in zip(self._texts, look.parts, strict=True):
            text.show_html(part.html)

    def _build(self, look: PreviewLook) -> None:
        while (item := self._parts.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._texts = []
        for number, part in enumerate(look.parts):
            if number:
                self._parts.addWidget(Hairline(self._theme))
            text = SafeText(self._theme)
            text.link.connect(self.link)
            self._texts.append(text)
            self._parts.addWidget(text)
            if part.images:
                self._parts.addWidget(self._grid(look, number))
            if number == 0 and look.poll:
                self._parts.addWidget(self._poll(look))

    def _grid(self, look: PreviewLook, number: int) -> QWidget:
        grid = FlowBox(self._theme.sizes.quarter)
        for image in look.parts[number].images:
            picture = Thumbnail(self._theme, self._theme.sizes.three * 2)
            picture.show_image(image)
            grid.add(picture)
        return grid

    def _poll(self, look: PreviewLook) -> QWidget:
        box = QWidget()
        sizes = self._theme.sizes
        lines = []
        for words in look.poll:
            label = SafeLabel(self._theme)
            label.show_name(words)
            lines.append(row(None, _Tick(self._theme, round=not look.multiple), label, STRETCH, gap=sizes.half))
        column(box, *lines, gap=sizes.quarter)
        return box


def _shape(look: PreviewLook) -> object:
    """What decides which widgets a card is built of."""
    return (
        len(look.parts),
        tuple(tuple(image.cacheKey() for image in part.images) for part in look.parts),
        look.poll,
        look.multiple,
    )


class Previews(QWidget):
    """The cards of all accounts, under a quiet heading."""

    link = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._cards: list[PreviewCard] = []
        self._title = Text(theme, size=Size.SMALL, strong=True, tone="muted")
        self._empty = Text(theme, tone="muted", wrap=True)
        self._column: QVBoxLayout = column(self, self._title, self._empty, gap=theme.sizes.half)
        self.retranslate()

    def retranslate(self) -> None:
        """The words of the language in force."""
        self._title.setText(self.tr("As it will be seen"))
        self._empty.setText(self.tr("Choose an account above to see the post as people will."))

    def show_looks(self, looks: Sequence[PreviewLook]) -> None:
        """Other cards."""
        while len(self._cards) < len(looks):
            card = PreviewCard(self._theme)
            card.link.connect(self.link)
            self._cards.append(card)
            self._column.addWidget(card)
        for card, look in zip(self._cards, looks, strict=False):
            card.show_look(look)
            card.show()
        for card in self._cards[len(looks) :]:
            card.hide()
        self._empty.setVisible(not looks)

    def changeEvent(self, event: QEvent) -> None:
        """Follows the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
