"""Paints the journal: line after line, the newest first, with what proves it, and the ways to check it and to hand it out."""

from __future__ import annotations

from collections.abc import Hashable, Sequence

from msgspec import Struct
from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from cmdesk.ui.rows import RowsModel
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import Button, Kind
from cmdesk.ui.widgets.layout import STRETCH, Hairline, column, row
from cmdesk.ui.widgets.rowlist import RowList, RowLook
from cmdesk.ui.widgets.safelabel import SafeLabel
from cmdesk.ui.widgets.states import Banner, EmptyState
from cmdesk.ui.widgets.text import Text


class Entry(Struct, frozen=True):
    """One line of the journal. ``proof`` is shown under the list for the line under the keyboard."""

    key: Hashable
    look: RowLook
    spoken: str
    proof: str


class JournalView(QWidget):
    """The room. Each signal is one wish."""

    verify_wanted = Signal()
    export_wanted = Signal()
    older_wanted = Signal()
    all_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        sizes = theme.sizes
        self._title = Text(theme, size=Size.TITLE, strong=True)
        self._note = Text(theme, tone="muted", wrap=True)
        self.verify_button, self.export_button = Button(theme, icon="shield"), Button(theme, icon="archive")
        self.all_button = Button(theme, kind=Kind.LINK, icon="arrow-right")
        self.older_button = Button(theme, kind=Kind.PLAIN)
        self.verdict = Banner(theme, closable=True)
        self.list = RowList(theme)
        self._model: RowsModel[Entry] = RowsModel(lambda entry: entry.spoken)
        self.list.set_rows(self._model, lambda entry: entry.look)
        self.list.chosen.connect(self._show_proof)
        self._proof_title = Text(theme, size=Size.SMALL, strong=True, tone="muted")
        self._proof = SafeLabel(theme, wrap=True)
        self._empty = EmptyState(theme, "posts")
        self.verify_button.clicked.connect(self.verify_wanted)
        self.export_button.clicked.connect(self.export_wanted)
        self.older_button.clicked.connect(self.older_wanted)
        self.all_button.clicked.connect(self.all_wanted)
        head = row(None, self._title, STRETCH, self.verify_button, self.export_button, gap=sizes.half)
        edge = sizes.one_half
        way_back = row(None, self.all_button, STRETCH)
        margins = (edge, edge, edge, sizes.one)
        top = column(None, head, self._note, way_back, self.verdict, gap=sizes.half, margins=margins)
        page, self._foot = QWidget(), QWidget()
        column(self._foot, self._proof_title, self._proof, gap=sizes.quarter, margins=(edge, sizes.half, edge, sizes.one))
        middle = column(page)
        middle.addWidget(self.list, 1)
        middle.addLayout(row(None, STRETCH, self.older_button, STRETCH))
        middle.addWidget(Hairline(theme))
        middle.addWidget(self._foot)
        self._stack = QStackedWidget()
        self._stack.addWidget(page)
        self._stack.addWidget(self._empty)
        outer = column(self)
        outer.addLayout(top)
        outer.addWidget(self._stack, 1)
        self.setFocusProxy(self.list)
        self.retranslate()

    def show_entries(self, entries: Sequence[Entry], *, older: bool, only_one: bool, exportable: bool) -> None:
        """The lines, whether there are older ones, and whether they are those of one delivery only."""
        self._model.show(list(entries))
        self._stack.setCurrentIndex(0 if entries else 1)
        self.setFocusProxy(self.list if entries else None)  # type: ignore[arg-type]  # what nobody sees has no keyboard; Qt takes None
        self.older_button.setVisible(older)
        self.all_button.setVisible(only_one)
        self.export_button.setVisible(exportable)
        self._show_proof(self.list.current_row())

    def say_verdict(self, tone: str, text: str) -> None:
        """What the check found."""
        self.verdict.say(tone, text)

    def _show_proof(self, entry: Entry | None) -> None:
        self._foot.setVisible(entry is not None)
        self._proof.show_text(entry.proof if entry is not None else "")

    def retranslate(self) -> None:
        """The words of the language in force."""
        self._title.setText(self.tr("Journal"))
        self._note.setText(
            self.tr("Every try, every look and every decision, bound line to line: one that was changed afterwards shows.")
        )
        self.verify_button.setText(self.tr("Check the journal"))
        self.export_button.setText(self.tr("Export…"))
        self.all_button.setText(self.tr("Show the whole journal"))
        self.older_button.setText(self.tr("Older lines"))
        self.list.setAccessibleName(self.tr("Lines of the journal"))
        self._proof_title.setText(self.tr("What proves it"))
        self.verdict.set_close_name(self.tr("Close"))
        self._empty.say(
            self.tr("Nothing in the journal yet"),
            self.tr("The first post that is sent begins it. From then on every try is written down before it is made."),
        )

    def changeEvent(self, event: QEvent) -> None:
        """Follows the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
