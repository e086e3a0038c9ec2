"""The poll of a post: its choices, how long it is open, and whether several may be chosen."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from cmdesk.domain.post import Poll
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import Button, Check, Choice, IconButton, Kind
from cmdesk.ui.widgets.fields import Field
from cmdesk.ui.widgets.flow import FlowBox
from cmdesk.ui.widgets.layout import STRETCH, column, row
from cmdesk.ui.widgets.text import Text

#: How long a poll may be open, in seconds: what the networks' own screens offer.
LENGTHS = (300, 1800, 3600, 21_600, 43_200, 86_400, 259_200, 604_800)
FEWEST = 2


class PollEditor(QWidget):
    """Edits a poll; ``changed`` carries the poll, or None once it was removed."""

    changed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._most = 4
        self._fields: list[tuple[QWidget, Field, IconButton]] = []
        sizes = theme.sizes
        self._title = Text(theme, size=Size.SMALL, strong=True, tone="soft")
        self._remove = IconButton(theme, "trash")
        self._remove.clicked.connect(lambda: self.changed.emit(None))
        self._choices: QVBoxLayout = column(None, gap=sizes.quarter)
        self._add = Button(theme, kind=Kind.PLAIN, icon="plus")
        self._add.clicked.connect(self._add_one)
        self._length = Choice(theme)
        self._length.activated.connect(self._tell)
        self._several = Check(theme)
        self._several.toggled.connect(self._tell)
        self._hidden = Check(theme)
        self._hidden.toggled.connect(self._tell)
        options = FlowBox(sizes.one)
        options.add(self._length, self._several, self._hidden)
        column(
            self,
            row(None, self._title, STRETCH, self._remove),
            self._choices,
            row(None, self._add, STRETCH),
            options,
            gap=sizes.half,
        )
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """The words of the language in force."""
        self._title.setText(self.tr("Poll"))
        self._remove.set_name(self.tr("Remove the poll"))
        self._add.setText(self.tr("Another choice"))
        self._several.setText(self.tr("Several choices allowed"))
        self._hidden.setText(self.tr("Results only at the end"))
        for check in (self._several, self._hidden):
            check.setAccessibleName(check.text())
        self._length.setAccessibleName(self.tr("How long the poll is open"))
        place = max(0, self._length.currentIndex())
        self._length.blockSignals(True)
        self._length.clear()
        self._length.addItems([self._length_words(seconds) for seconds in LENGTHS])
        self._length.setCurrentIndex(place)
        self._length.blockSignals(False)
        self._name_fields()

    def show_poll(self, poll: Poll | None, most: int, *, fixed: bool) -> None:
        """A poll, or none; ``most`` choices fit. A field that has the keyboard keeps what is typed in it."""
        self.setVisible(poll is not None)
        if poll is None:
            return
        self._most = most
        while len(self._fields) < len(poll.options):
            self._make_field()
        while len(self._fields) > len(poll.options):
            box, _field, _button = self._fields.pop()
            self._choices.removeWidget(box)
            box.hide()
            box.deleteLater()
        for (_box, field, button), words in zip(self._fields, poll.options, strict=True):
            if field.text() != words:
                field.setText(words)
            field.setReadOnly(fixed)
            button.setEnabled(len(poll.options) > FEWEST and not fixed)
        nearest = min(range(len(LENGTHS)), key=lambda place: abs(LENGTHS[place] - poll.expires_in))
        for widget in (self._length, self._several, self._hidden):
            widget.blockSignals(True)
        self._length.setCurrentIndex(nearest)
        self._several.setChecked(poll.multiple)
        self._hidden.setChecked(poll.hide_totals)
        for widget in (self._length, self._several, self._hidden):
            widget.blockSignals(False)
            widget.setEnabled(not fixed)
        self._add.setEnabled(len(poll.options) < most and not fixed)
        self._remove.setEnabled(not fixed)
        self._name_fields()

    def focus_first(self) -> None:
        """The keyboard goes to the first empty choice."""
        fields = [field for _box, field, _button in self._fields]
        empty = next((field for field in fields if not field.text().strip()), fields[0] if fields else None)
        if empty is not None:
            empty.setFocus()

    def poll(self) -> Poll:
        """The poll as it stands."""
        return Poll(
            options=tuple(field.text() for _box, field, _button in self._fields),
            expires_in=LENGTHS[max(0, self._length.currentIndex())],
            multiple=self._several.isChecked(),
            hide_totals=self._hidden.isChecked(),
        )

    def _make_field(self) -> None:
        field = Field(self._theme)
        field.textEdited.connect(self._tell)
        button = IconButton(self._theme, "minus")
        box = QWidget()
        row(box, field, button, gap=self._theme.sizes.quarter)
        button.clicked.connect(lambda: self._take_away(box))
        self._fields.append((box, field, button))
        self._choices.addWidget(box)

    def _take_away(self, box: QWidget) -> None:
        place = next(number for number, one in enumerate(self._fields) if one[0] is box)
        self._fields.pop(place)
        self._choices.removeWidget(box)
        box.hide()
        box.deleteLater()
        self._tell()

    def _add_one(self) -> None:
        self._make_field()
        self._name_fields()
        self._fields[-1][1].setFocus()
        self._tell()

    def _tell(self, *_change: object) -> None:
        self.changed.emit(self.poll())

    def _name_fields(self) -> None:
        for number, (_box, field, button) in enumerate(self._fields, 1):
            words = self.tr("Choice {number}").format(number=number)
            field.setPlaceholderText(words)
            field.setAccessibleName(words)
            button.set_name(self.tr("Remove choice {number}").format(number=number))

    def _length_words(self, seconds: int) -> str:
        minutes, hours, days = seconds // 60, seconds // 3600, seconds // 86_400
        if not hours:
            return self.tr("Open for %n minute(s)", "", minutes)
        if not days:
            return self.tr("Open for %n hour(s)", "", hours)
        return self.tr("Open for %n day(s)", "", days)

    def changeEvent(self, event: QEvent) -> None:
        """Follows the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
