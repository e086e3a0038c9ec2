"""The pictures under the text: small, in order, each with the words for people who do not see it."""

from collections.abc import Sequence

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QImage, QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from cmdesk.domain.ids import MediaId
from cmdesk.ui.composer.values import MediaLook
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import Choice, IconButton
from cmdesk.ui.widgets.fields import TextArea
from cmdesk.ui.widgets.layout import STRETCH, column, row
from cmdesk.ui.widgets.paint import rounded, symbol
from cmdesk.ui.widgets.safelabel import SafeLabel
from cmdesk.ui.widgets.text import Text


class Thumbnail(QWidget):
    """A picture, cut to a square with round corners; an icon while it is not there."""

    def __init__(self, theme: Theme, side: int) -> None:
        super().__init__()
        self._theme = theme
        self._side = side
        self._image: QImage | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_image(self, image: QImage | None) -> None:
        """Another picture."""
        self._image = image
        self.update()

    def sizeHint(self) -> QSize:
        """A square."""
        return QSize(self._side, self._side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The middle of the picture."""
        painter = QPainter(self)
        frame = QRectF(self.rect())
        radius = self._theme.sizes.radius
        rounded(painter, frame, radius, self._theme.roles.hover)
        if self._image is None:
            side = self._theme.sizes.icon
            box = QRectF((frame.width() - side) / 2, (frame.height() - side) / 2, side, side)
            symbol(painter, self._theme, "image", self._theme.roles.muted, box)
            return
        shape = QPainterPath()
        shape.addRoundedRect(frame, radius, radius)
        painter.setClipPath(shape)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        cut = min(self._image.width(), self._image.height())
        source = QRectF((self._image.width() - cut) / 2, (self._image.height() - cut) / 2, cut, cut)
        painter.drawImage(frame, self._image, source)


class MediaTile(QWidget):
    """One picture: thumbnail, name, alt text with its room, and what can be done with it."""

    alt_typed = Signal(str)
    removed = Signal()
    moved = Signal(int)
    part_chosen = Signal(int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._look: MediaLook | None = None
        sizes = theme.sizes
        self._thumbnail = Thumbnail(theme, sizes.three * 2 - sizes.half)
        self._name = SafeLabel(theme, size=Size.SMALL, strong=True)
        self._facts = Text(theme, size=Size.SMALL, tone="muted", tabular=True)
        self._part = Choice(theme)
        self._part.activated.connect(self.part_chosen)
        self._earlier = IconButton(theme, "chevron-up")
        self._earlier.clicked.connect(lambda: self.moved.emit(-1))
        self._later = IconButton(theme, "chevron-down")
        self._later.clicked.connect(lambda: self.moved.emit(1))
        self._remove = IconButton(theme, "trash")
        self._remove.clicked.connect(self.removed)
        self._alt = TextArea(theme)
        self._alt.setFixedHeight(sizes.one * 3 + sizes.half)
        self._alt.textChanged.connect(self._typed)
        self._alt.setAcceptDrops(False)  # a picture dropped here is for the page, and no path is alt text
        self._room = Text(theme, size=Size.SMALL, tone="muted", tabular=True)
        head = row(
            None, self._name, self._facts, STRETCH, self._part, self._earlier, self._later, self._remove, gap=sizes.quarter
        )
        right = column(None, head, self._alt, row(None, self._room, STRETCH), gap=sizes.quarter)
        outer = row(self, gap=sizes.one)
        outer.addWidget(self._thumbnail, 0, Qt.AlignmentFlag.AlignTop)
        outer.addLayout(right, 1)
        self.retranslate()

    def retranslate(self) -> None:
        """The words of the language in force."""
        self._alt.setPlaceholderText(self.tr("Alt text: what is in the picture, for people who do not see it"))
        self._earlier.set_name(self.tr("Move up"))
        self._later.set_name(self.tr("Move down"))
        self._remove.set_name(self.tr("Remove this file"))
        self._part.setAccessibleName(self.tr("Part of the thread"))
        if self._look is not None:
            look, self._look = self._look, None
            self.show_look(
                look, self._part.count(), first=not self._earlier.isEnabled(), last=not self._later.isEnabled(), fixed=False
            )

    def show_look(self, look: MediaLook, parts: int, *, first: bool, last: bool, fixed: bool) -> None:
        """Another picture, or the same with other words. What is being typed is not touched."""
        self._look = look
        self._thumbnail.show_image(look.thumbnail)
        self._thumbnail.setToolTip(look.name)
        self._name.show_name(look.name)
        self._facts.setText(look.facts)
        self._alt.setAccessibleName(self.tr("Alt text of {name}").format(name=look.name))
        if self._alt.toPlainText() != look.alt and not self._alt.hasFocus():
            self._alt.blockSignals(True)
            self._alt.setPlainText(look.alt)
            self._alt.blockSignals(False)
        self._alt.setReadOnly(fixed)
        self._earlier.setEnabled(not first and not fixed)
        self._later.setEnabled(not last and not fixed)
        self._earlier.setVisible(not (first and last))
        self._later.setVisible(not (first and last))
        self._remove.setEnabled(not fixed)
        if self._part.count() != parts:
            self._part.clear()
            self._part.addItems([self.tr("Part {number}").format(number=number + 1) for number in range(parts)])
        self._part.setCurrentIndex(min(look.part, parts - 1))
        self._part.setVisible(parts > 1)
        self._part.setEnabled(not fixed)
        self._show_room(look.alt)

    def focus_alt(self) -> None:
        """The keyboard goes to the alt text."""
        self._alt.setFocus()

    def _typed(self) -> None:
        alt = self._alt.document().toRawText().replace("\u2029", "\n")
        self._show_room(alt)
        self.alt_typed.emit(alt)

    def _show_room(self, alt: str) -> None:
        if self._look is None:
            return
        self._look = replace(self._look, alt=alt)
        limit = self._look.alt_limit
        if not alt.strip():
            self._room.setText(self.tr("Without it, some people get nothing from this picture."))
            self._room.set_tone("warning")
        else:
            self._room.setText(self.tr("{count} of {limit} characters").format(count=len(alt), limit=limit))
            self._room.set_tone("danger" if len(alt) > limit else "muted")

    def changeEvent(self, event: QEvent) -> None:
        """Follows the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class MediaStrip(QWidget):
    """All pictures of a post."""

    alt_typed = Signal(int, str)
    removed = Signal(int)
    moved = Signal(int, int)
    part_chosen = Signal(int, int)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._tiles: dict[MediaId, MediaTile] = {}
        self._column: QVBoxLayout = column(self, gap=theme.sizes.one)
        self.hide()

    def show_media(self, looks: Sequence[MediaLook], parts: int, *, fixed: bool) -> None:
        """The pictures in their order; tiles stay, so that the keyboard stays where it is."""
        wanted = {look.media for look in looks}
        for media in [one for one in self._tiles if one not in wanted]:
            tile = self._tiles.pop(media)
            self._column.removeWidget(tile)
            tile.hide()
            tile.deleteLater()
        last = len(looks) - 1
        for place, look in enumerate(looks):
            tile = self._tiles.get(look.media) or self._made(look.media)
            if self._column.indexOf(tile) != place:
                self._column.removeWidget(tile)
                self._column.insertWidget(place, tile)
            tile.show_look(look, parts, first=place == 0, last=place == last, fixed=fixed)
        self.setVisible(bool(looks))

    def focus_media(self, media: MediaId | None = None) -> None:
        """The keyboard goes to an alt text: the first one for None."""
        tile = self._tiles.get(media) if media is not None else next(iter(self._tiles.values()), None)
        if tile is not None:
            tile.focus_alt()

    def _made(self, media: MediaId) -> MediaTile:
        tile = self._tiles[media] = MediaTile(self._theme)
        tile.alt_typed.connect(lambda alt: self.alt_typed.emit(media, alt))
        tile.removed.connect(lambda: self.removed.emit(media))
        tile.moved.connect(lambda step: self.moved.emit(media, step))
        tile.part_chosen.connect(lambda part: self.part_chosen.emit(media, part))
        return tile
