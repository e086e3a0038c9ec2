"""The form of a client: name, colour, language, time zone."""

from collections.abc import Mapping
from zoneinfo import available_timezones

from msgspec import Struct
from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCompleter, QSizePolicy, QWidget

from cmdesk.domain.client import Client, Colour, Language, initials
from cmdesk.domain.errors import BadInput, NameTaken, UserProblem
from cmdesk.ui import wording
from cmdesk.ui.theme import Theme
from cmdesk.ui.widgets.buttons import Choice
from cmdesk.ui.widgets.fields import Field, FormRow
from cmdesk.ui.widgets.layout import STRETCH, column
from cmdesk.ui.widgets.paint import disc, focus_ring
from cmdesk.ui.widgets.text import Text


class Filled(Struct, frozen=True):
    """What the form holds."""

    name: str
    colour: Colour
    language: Language
    timezone: str
    quiet: str = ""


class Swatches(QWidget):
    """The twelve colours as discs with the client's initials: chosen by click or arrow key."""

    chosen = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._colours = tuple(Colour)
        self._choice = Colour.COBALT
        self._letters = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setMouseTracking(True)

    @property
    def choice(self) -> Colour:
        """The colour chosen."""
        return self._choice

    def choose(self, colour: Colour) -> None:
        """Marks a colour."""
        self._choice = colour
        self.setAccessibleDescription(wording.colour(colour))
        self.setToolTip(wording.colour(colour))
        self.update()
        self.chosen.emit(colour)

    def set_letters(self, letters: str) -> None:
        """The initials that the discs carry."""
        self._letters = letters
        self.update()

    @property
    def _ring(self) -> int:
        """What the ring takes around a disc: so much the first is from the edge on which all fields stand."""
        return self._theme.sizes.focus + self._theme.sizes.hairline

    def _step(self) -> int:
        return self._theme.sizes.disc_small + self._theme.sizes.half

    def sizeHint(self) -> QSize:
        """One row of discs."""
        edge = self._theme.sizes.half
        return QSize(self._step() * len(self._colours) + self._ring, self._theme.sizes.disc_small + 2 * edge)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk through the colours."""
        steps: Mapping[int, int] = {Qt.Key.Key_Right: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Left: -1, Qt.Key.Key_Up: -1}
        step = steps.get(event.key())
        if step is None:
            super().keyPressEvent(event)
            return
        self.choose(self._colours[(self._colours.index(self._choice) + step) % len(self._colours)])

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses."""
        number = int((event.position().x() - self._ring + self._theme.sizes.half / 2) // self._step())
        if 0 <= number < len(self._colours):
            self.choose(self._colours[number])

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Discs; the chosen one wears a ring."""
        painter = QPainter(self)
        side, edge = self._theme.sizes.disc_small, self._theme.sizes.half
        for number, colour in enumerate(self._colours):
            box = QRectF(self._ring + number * self._step(), edge, side, side)
            chosen = colour is self._choice
            disc(painter, self._theme, box, self._letters if chosen else "", self._theme.tones(colour))
            if chosen:
                gap = self._ring
                focus_ring(painter, self._theme, box.adjusted(-gap, -gap, gap, gap), side)


class ClientForm(QWidget):
    """Asks who the client is. Errors stand under the field they are about."""

    def __init__(self, theme: Theme, zone: str, colour: Colour, client: Client | None = None) -> None:
        """``zone`` is the user's own; ``client`` fills the form with one that exists."""
        super().__init__()
        self.name = Field(theme)
        self.swatches = Swatches(theme)
        self.language = Choice(theme)
        for language in Language:
            self.language.addItem(wording.language(language), language)
        self.zone = Field(theme)
        completer = QCompleter(sorted(available_timezones()), self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        self.zone.setCompleter(completer)
        self.quiet = Field(theme)
        self._name_row = FormRow(theme, "", self.name)
        self._colour_row = FormRow(theme, "", self.swatches)
        self._language_row = FormRow(theme, "", self.language)
        self._zone_row = FormRow(theme, "", self.zone)
        self._quiet_row = FormRow(theme, "", self.quiet)
        self._failed = Text(theme, tone="danger", wrap=True)
        self._failed.hide()
        column(
            self,
            self._name_row,
            self._colour_row,
            self._language_row,
            self._zone_row,
            self._quiet_row,
            self._failed,
            STRETCH,
            gap=theme.sizes.one,
        )
        self.name.textChanged.connect(self._name_changed)
        self.name.setText(client.name if client else "")
        self.swatches.choose(client.colour if client else colour)
        self.language.setCurrentIndex(list(Language).index(client.language if client else Language.FR_CA))
        self.zone.setText(client.timezone if client else zone)
        self.quiet.setText(str(client.quiet) if client and client.quiet else "")
        self.retranslate()

    def retranslate(self) -> None:
        """The words of the language in force."""
        self._name_row.set_label(self.tr("Name"))
        self.name.setPlaceholderText(self.tr("The client’s name, as you say it"))
        self._colour_row.set_label(self.tr("Colour"))
        self._colour_row.set_hint(self.tr("It is on everything that speaks in this client’s name."))
        self._language_row.set_label(self.tr("Language of its public"))
        self._zone_row.set_label(self.tr("Time zone"))
        self._zone_row.set_hint(self.tr("Posts are planned by the clock of this place."))
        self._quiet_row.set_label(self.tr("Quiet hours"))
        self.quiet.setPlaceholderText(self.tr("None, or for example 22:00-07:00"))
        self._quiet_row.set_hint(self.tr("What is late waits for their end. What you planned into them goes out all the same."))

    def filled(self) -> Filled:
        """What is typed now, unchecked."""
        language: Language = self.language.currentData()
        return Filled(self.name.text(), self.swatches.choice, language, self.zone.text().strip(), self.quiet.text().strip())

    def show_problem(self, problem: Exception) -> None:
        """Says what is wrong, at its field where it has one."""
        sentence = wording.error(problem)
        for row in (self._name_row, self._zone_row, self._quiet_row):
            row.set_error("")
        self._failed.hide()
        if isinstance(problem, NameTaken) or (isinstance(problem, BadInput) and problem.field == "name"):
            self._name_row.set_error(sentence)
            self.name.setFocus()
        elif isinstance(problem, BadInput) and problem.field == "timezone":
            self._zone_row.set_error(sentence)
            self.zone.setFocus()
        elif isinstance(problem, BadInput) and problem.field == "quiet":
            self._quiet_row.set_error(sentence)
            self.quiet.setFocus()
        else:
            self._failed.setText(sentence)
            self._failed.show()
        if not isinstance(problem, UserProblem):
            self._failed.setText(sentence)

    def _name_changed(self, text: str) -> None:
        self._name_row.set_error("")
        self.swatches.set_letters(initials(text) if text.strip() else "")

    def changeEvent(self, event: QEvent) -> None:
        """Follows the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
