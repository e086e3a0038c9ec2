"""Shows who it is about: a client's disc, a person's face, and the band that always names the client."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QSpacerItem, QWidget

from cmdesk.domain.client import Colour
from cmdesk.ui.theme import Size, Theme, Tones
from cmdesk.ui.widgets.paint import disc, elided, face


class Disc(QWidget):
    """A client's disc."""

    def __init__(self, theme: Theme, *, small: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._side = theme.sizes.disc_small if small else theme.sizes.disc
        self._letters = ""
        self._colour: Colour | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_client(self, letters: str, colour: Colour | None) -> None:
        """Another client; no colour is the desk."""
        self._letters, self._colour = letters, colour
        self.update()

    def sizeHint(self) -> QSize:
        """Round."""
        return QSize(self._side, self._side)

    minimumSizeHint = sizeHint

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The disc."""
        painter = QPainter(self)
        disc(painter, self._theme, QRectF(self.rect()), self._letters, self._theme.tones(self._colour))


class Avatar(QWidget):
    """A person's picture, or their initials."""

    def __init__(self, theme: Theme, *, small: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._side = theme.sizes.disc_small if small else theme.sizes.disc
        self._name = ""
        self._picture: QPixmap | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def set_person(self, name: str, picture: QPixmap | None = None) -> None:
        """Another person."""
        self._name, self._picture = name, picture
        self.update()

    def sizeHint(self) -> QSize:
        """Round."""
        return QSize(self._side, self._side)

    minimumSizeHint = sizeHint

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The face."""
        painter = QPainter(self)
        face(painter, self._theme, QRectF(self.rect()), self._name, self._picture)


class IdentityBand(QWidget):
    """The band in the client's colour with its name; what stands at its right is added to ``tools``."""

    def __init__(self, theme: Theme, *, slim: bool = False) -> None:
        super().__init__()
        self._theme = theme
        self._slim = slim
        self._name = ""
        self._colour: Colour | None = None
        self._note = ""
        sizes = theme.sizes
        self.tools = QHBoxLayout(self)
        self.tools.setContentsMargins(sizes.one, 0, sizes.half, 0)
        self.tools.setSpacing(sizes.quarter)
        self._space = QSpacerItem(0, 0, QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.tools.addItem(self._space)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    @property
    def tones(self) -> Tones:
        """The tones worn now."""
        return self._theme.tones(self._colour)

    def set_client(self, name: str, colour: Colour | None, note: str = "") -> None:
        """Whose voice is speaking; ``note`` is a quiet word after the name (time of the client's zone, "archived")."""
        self._name, self._colour, self._note = name, colour, note
        self.setAccessibleName(name)
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        height = self._theme.sizes.control if self._slim else self._theme.sizes.band
        return QSize(self._theme.sizes.three * 4, height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Colour and name."""
        painter = QPainter(self)
        sizes, tones = self._theme.sizes, self.tones
        painter.fillRect(self.rect(), tones.band)
        free = self._space.geometry()
        rect = QRect(free.left(), 0, max(0, free.width() - sizes.half), self.height())
        font = self._theme.font(Size.BODY if self._slim else Size.LEAD, strong=True)
        taken = elided(painter, rect, self._name, font, tones.on_band)
        if self._note:
            rect.setLeft(rect.left() + taken + sizes.one)
            elided(painter, rect, self._note, self._theme.font(), tones.on_band)
