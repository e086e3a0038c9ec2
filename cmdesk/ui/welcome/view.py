"""Paints the first page anybody sees: the name, one promise, two ways in, and twelve voices in their colours."""

from math import cos, pi, sin

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from cmdesk.domain.client import Colour
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import Button, Kind
from cmdesk.ui.widgets.layout import STRETCH, column, row
from cmdesk.ui.widgets.segments import Segments
from cmdesk.ui.widgets.text import Text

FRENCH, ENGLISH = "fr_CA", "en_CA"
#: Languages name themselves, so that whoever reads only one of them finds it.
_TONGUES = ((FRENCH, "Français"), (ENGLISH, "English"))


class Voices(QWidget):
    """Twelve discs, one per client colour, in a wheel: each stays itself where it meets its neighbours."""

    RING = 0.68  # of the wheel's radius: where the discs have their middle
    RADII = (0.30, 0.22, 0.26)  # of the wheel's radius, in turn
    ALPHA = 214

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        theme.changed.connect(self.update)

    def sizeHint(self) -> QSize:
        """Half of a comfortable window."""
        return QSize(self._theme.sizes.dialog, self._theme.sizes.dialog)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The wheel, as large as fits. Colours deepen where discs overlap in the light theme, and glow in the dark one."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        modes = QPainter.CompositionMode
        painter.setCompositionMode(modes.CompositionMode_Screen if self._theme.dark else modes.CompositionMode_Multiply)
        whole = min(self.width() - self._theme.sizes.three, self.height()) / 2
        middle = QPointF((self.width() - self._theme.sizes.three) / 2, self.height() / 2)
        colours = tuple(Colour)
        for number, colour in enumerate(colours):
            angle = 2 * pi * number / len(colours) - pi * 0.62
            centre = middle + QPointF(cos(angle), sin(angle)) * whole * self.RING
            fill = QColor(self._theme.tones(colour).disc)
            fill.setAlpha(self.ALPHA)
            painter.setBrush(fill)
            radius = whole * self.RADII[number % len(self.RADII)]
            painter.drawEllipse(centre, radius, radius)


class WelcomeView(QWidget):
    """The first page. ``language_chosen`` carries "fr_CA" or "en_CA"."""

    practice_wanted = Signal()
    client_wanted = Signal()
    language_chosen = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setProperty("surface", "content")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        sizes = theme.sizes
        self._name = Text(theme, "cmdesk", size=Size.LEAD, strong=True, tone="soft")
        self._promise = Text(theme, size=Size.DISPLAY, strong=True)
        self._more = Text(theme, size=Size.LEAD, tone="soft", wrap=True)
        self.first = Button(theme, kind=Kind.PRIMARY, icon="plus")
        self.practice = Button(theme, icon="arrow-right")
        self._practice_note = Text(theme, tone="muted", wrap=True)
        self._private = Text(theme, size=Size.SMALL, tone="muted", wrap=True)
        self.language = Segments(theme)
        self.language.set_items(_TONGUES)
        self.first.clicked.connect(self.client_wanted)
        self.practice.clicked.connect(self.practice_wanted)
        self.language.chosen.connect(self.language_chosen)
        words = QWidget()
        words.setFixedWidth(sizes.one * 30)
        column(
            words,
            row(None, self._name, STRETCH, self.language),
            STRETCH,
            self._promise,
            sizes.one,
            self._more,
            sizes.two,
            row(None, self.first, self.practice, STRETCH, gap=sizes.half),
            sizes.one,
            self._practice_note,
            STRETCH,
            self._private,
        )
        layout = row(self, words, gap=sizes.two, margins=(sizes.three + sizes.one, sizes.two, 0, sizes.two))
        layout.addWidget(Voices(theme), 1)
        self.setFocusProxy(self.first)
        self.retranslate()

    def show_language(self, language: str) -> None:
        """Marks the language in force."""
        self.language.choose(language)

    def retranslate(self) -> None:
        """The words of the language in force."""
        self._promise.setText(self.tr("Every client, every voice,\none calm desk."))
        self._more.setText(
            self.tr(
                "Plan what goes out, answer who wrote, for each client in their own name. "
                "Nothing goes out twice, nothing is lost, even without a network."
            )
        )
        self.first.setText(self.tr("Create my first client"))
        self.practice.setText(self.tr("Try it on the practice desk"))
        self._practice_note.setText(
            self.tr("The practice desk has three sample clients and people who answer. Nothing of it leaves this computer.")
        )
        self._private.setText(
            self.tr("Your data stay in a folder of yours, your keys in the system’s keyring. No account to open.")
        )
        self.language.setAccessibleName(self.tr("Language"))

    def changeEvent(self, event: QEvent) -> None:
        """Follows the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
