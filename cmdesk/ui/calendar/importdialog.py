"""Brings a table or another program's calendar in: which column is what, what would come, and each line that is wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct, field
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHeaderView, QTableWidget, QTableWidgetItem, QWidget

from cmdesk.ui.calendar.entries import Owner
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import Check, Choice
from cmdesk.ui.widgets.dialog import Dialog
from cmdesk.ui.widgets.paint import one_line
from cmdesk.ui.widgets.states import Banner
from cmdesk.ui.widgets.text import Text

_SHOWN = 200
_SEEN = 90


class ImportLine(Struct, frozen=True):
    """A line as it would come in, or (``wrong``) the sentence that says why it can't."""

    line: int
    when: str
    what: str
    does: str
    wrong: str = ""


class ImportLook(Struct, frozen=True):
    """A file as it would come in. Without ``columns`` there is nothing to map; ``summary`` says how many of what."""

    summary: str
    lines: tuple[ImportLine, ...]
    columns: tuple[str, ...] = ()
    mapping: Mapping[str, int] = field(default_factory=dict)
    usable: bool = True


class ImportDialog(Dialog):
    """``remapped`` carries mapping (field to column) and whether posts are planned; the answer comes through ``show_look``.

    ``chosen`` carries nothing: what was shown last is to come in.
    """

    remapped = Signal(object, bool)
    chosen = Signal()

    def __init__(self, theme: Theme, parent: QWidget, owner: Owner, fields: Sequence[tuple[str, str]]) -> None:
        """``fields`` are what a column can hold, with their words."""
        super().__init__(theme, parent, "", name=owner.name, colour=owner.colour)
        self._fields = fields
        self._choices: dict[str, Choice] = {}
        self._columns: tuple[str, ...] = ()
        sizes = theme.sizes
        self.setWindowTitle(self.tr("Import"))
        self.setMinimumWidth(sizes.one * 48)
        self.body.addWidget(Text(theme, self.tr("Import"), size=Size.LEAD, strong=True))
        self._banner = Banner(theme)
        self.body.addWidget(self._banner)
        self._summary = Text(theme, wrap=True)
        self.body.addWidget(self._summary)
        self._grid_place = QWidget()
        self._grid = QGridLayout(self._grid_place)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(sizes.one)
        self._grid.setVerticalSpacing(sizes.quarter)
        self.body.addWidget(self._grid_place)
        self._table = QTableWidget(0, 4)
        self._table.setAccessibleName(self.tr("What would come in"))
        self._table.verticalHeader().hide()
        self._table.setShowGrid(False)
        self._table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self._table.setSelectionBehavior(QTableWidget.SelectionBehavior.SelectRows)
        self._table.setHorizontalHeaderLabels([self.tr("Line"), self.tr("When"), self.tr("What"), self.tr("Becomes")])
        self._table.horizontalHeader().setSectionResizeMode(2, QHeaderView.ResizeMode.Stretch)
        self._table.setMinimumHeight(sizes.three * 5)
        self.body.addWidget(self._table, 1)
        self._plan = Check(theme, self.tr("Plan posts that have an account and a time; otherwise they are only suggested"))
        self._plan.clicked.connect(self._ask)
        self.body.addWidget(self._plan)
        self.confirm = self.add_buttons(self.tr("Leave it"), self.tr("Import"))
        self.confirm.setEnabled(False)
        self.accepted.connect(self.chosen)

    def show_look(self, look: ImportLook) -> None:
        """What would come in."""
        self._summary.setText(look.summary)
        if look.columns != self._columns:
            self._build_mapping(look)
        for name, choice in self._choices.items():
            choice.setCurrentIndex(look.mapping.get(name, -1) + 1)
        wrong = [line for line in look.lines if line.wrong]
        if wrong:
            text = self.tr("Nothing comes in while a line is wrong. Mend the file, or map its columns in another way.")
            self._banner.say("warning", text)
        else:
            self._banner.dismiss()
        self._fill([*wrong, *(line for line in look.lines if not line.wrong)][:_SHOWN])
        self.confirm.setEnabled(look.usable and not wrong)

    def say_wrong(self, sentence: str) -> None:
        """The file is none."""
        self._banner.say("danger", sentence)
        self.confirm.setEnabled(False)

    def _build_mapping(self, look: ImportLook) -> None:
        self._columns = look.columns
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        self._choices = {}
        for number, (name, words) in enumerate(self._fields if look.columns else ()):
            place, beside = divmod(number, 3)
            choice = Choice(self._theme, words)
            choice.addItem(self.tr("Not in the file"), -1)
            for column, heading in enumerate(look.columns):
                choice.addItem(one_line(heading, 40) or self.tr("Column {number}").format(number=column + 1), column)
            choice.activated.connect(self._ask)
            self._choices[name] = choice
            label = Text(self._theme, words, size=Size.SMALL, tone="soft")
            self._grid.addWidget(label, place * 2, beside)
            self._grid.addWidget(choice, place * 2 + 1, beside)
        self._grid_place.setVisible(bool(look.columns))

    def _fill(self, lines: Sequence[ImportLine]) -> None:
        self._table.setRowCount(len(lines))
        roles = self._theme.roles
        for number, line in enumerate(lines):
            cells = (str(line.line), line.when, line.wrong or one_line(line.what, _SEEN), line.does)
            for column, text in enumerate(cells):
                item = QTableWidgetItem(text)
                item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
                if line.wrong and column == 2:
                    item.setForeground(roles.danger)
                    item.setToolTip(line.wrong)
                self._table.setItem(number, column, item)
        self._table.resizeColumnToContents(0)
        self._table.resizeColumnToContents(1)
        self._table.resizeColumnToContents(3)

    def _ask(self) -> None:
        mapping = {name: choice.currentData() for name, choice in self._choices.items() if choice.currentData() >= 0}
        self.remapped.emit(mapping if self._choices else None, self._plan.isChecked())
