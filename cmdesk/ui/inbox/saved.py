"""Answers that are given often: found by a few letters, put into the reply with Enter, written and changed in both languages."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence

from msgspec import Struct
from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from cmdesk.domain.answering import VARIABLES, SavedReply
from cmdesk.domain.client import Colour
from cmdesk.ui.rows import RowsModel
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import Button
from cmdesk.ui.widgets.dialog import Dialog
from cmdesk.ui.widgets.fields import Field, FormRow, SearchField, TextArea
from cmdesk.ui.widgets.layout import STRETCH, column, row
from cmdesk.ui.widgets.paint import one_line
from cmdesk.ui.widgets.rowlist import IconMark, RowList, RowLook
from cmdesk.ui.widgets.text import Text


class _Line(Struct, frozen=True):
    reply: SavedReply

    @property
    def key(self) -> Hashable:
        """Its number."""
        return self.reply.id


class SavedDialog(Dialog):
    """``find(words)`` gives the replies. ``chosen`` carries a reply's number; ``kept`` a written one, ``removed`` a number."""

    chosen = Signal(int)
    kept = Signal(object)
    removed = Signal(int)

    def __init__(  # noqa: PLR0917 - as other dialogs
        self,
        theme: Theme,
        parent: QWidget | None,
        client: str,
        colour: Colour,
        language: str,
        find: Callable[[str], Sequence[SavedReply]],
    ) -> None:
        super().__init__(theme, parent, "", name=client, colour=colour)
        self.setWindowTitle(self.tr("Saved replies"))
        self._find, self._language, self._editing = find, language[:2], 0
        sizes = theme.sizes
        self.search = SearchField(theme)
        self.search.setPlaceholderText(self.tr("Search saved replies"))
        self.search.setAccessibleName(self.tr("Search saved replies"))
        self.search.textChanged.connect(self.refresh)
        self.search.installEventFilter(self)
        self._model: RowsModel[_Line] = RowsModel(describe=lambda line: f"{line.reply.name}: {self._text(line.reply)}")
        self.list = RowList(theme, self.tr("Saved replies"), ground="shell")
        self.list.set_rows(self._model, self._look)
        self.list.opened.connect(self._choose)
        self.list.setMinimumHeight(sizes.row * 5)
        self._new = Button(theme, self.tr("New saved reply"), icon="compose")
        self._new.clicked.connect(lambda _on=False: self._edit(None))
        self._change = Button(theme, self.tr("Change"))
        self._change.clicked.connect(self._edit_current)
        self._drop = Button(theme, self.tr("Remove"))
        self._drop.clicked.connect(self._remove)
        choosing = QWidget()
        self._empty = Text(
            theme, self.tr("Nothing saved that fits. What you answer every week belongs here."), tone="muted", wrap=True
        )
        feet = row(None, self._new, self._change, self._drop, STRETCH, gap=sizes.half)
        column(choosing, self.search, self._empty, self.list, feet, gap=sizes.half)
        self._pages = QStackedWidget()
        self._pages.addWidget(choosing)
        self._pages.addWidget(self._form(theme))
        self.body.addWidget(self._pages)
        self._put = self.add_buttons(self.tr("Close"), self.tr("Put it into the reply"))
        self._put.clicked.disconnect()
        self._put.clicked.connect(self._confirm)
        self.list.chosen.connect(lambda _line: self._fit())
        self.refresh()
        self.search.setFocus()

    def _form(self, theme: Theme) -> QWidget:
        form = QWidget()
        self.name, self.shortcut = Field(theme), Field(theme)
        self.french, self.english = TextArea(theme), TextArea(theme)
        for area in (self.french, self.english):
            area.setMinimumHeight(theme.sizes.three * 2)
            area.textChanged.connect(self._fit)
        self.name.textChanged.connect(self._fit)
        known = " ".join(f"{{{one}}}" for one in VARIABLES)
        hint = Text(
            theme,
            self.tr("What stands in braces is filled in: {known}").replace("{known}", known),
            size=Size.SMALL,
            tone="muted",
            wrap=True,
        )
        self.problem = Text(theme, size=Size.SMALL, tone="danger", wrap=True)
        self.problem.hide()
        column(
            form,
            row(
                None,
                FormRow(theme, self.tr("Name"), self.name),
                FormRow(theme, self.tr("Short form"), self.shortcut),
                gap=theme.sizes.one,
            ),
            FormRow(theme, self.tr("In French"), self.french),
            FormRow(theme, self.tr("In English"), self.english),
            hint,
            self.problem,
            gap=theme.sizes.half,
        )
        return form

    # --- choosing

    def refresh(self) -> None:
        """Reads the replies that fit the words."""
        self._model.show([_Line(one) for one in self._find(self.search.text())])
        there = self._model.rowCount() > 0
        self._empty.setVisible(not there)
        self.list.setVisible(there)
        if there:
            self.list.choose(0)
        self._fit()

    def _text(self, reply: SavedReply) -> str:
        return one_line(reply.text(self._language)[0])

    def _look(self, line: _Line) -> RowLook:
        languages = " ".join(sorted(line.reply.texts))
        return RowLook(line.reply.name, self._text(line.reply), time=line.reply.shortcut, mark=IconMark("reply"), note=languages)

    def _current(self) -> SavedReply | None:
        line = self.list.current_row()
        return line.reply if line is not None else None

    def _choose(self, line: _Line) -> None:
        self.chosen.emit(line.reply.id)
        self.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up, Down and Enter act on the list while one types."""
        if watched is self.search and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step is not None:
                self.list.choose(self.list.currentIndex().row() + step)
                return True
            if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._confirm()
                return True
        return super().eventFilter(watched, event)

    # --- writing

    def edit_new(self, text: str) -> None:
        """The form, with a reply that was just written."""
        self._edit(None)
        (self.french if self._language == "fr" else self.english).setPlainText(text)
        self.name.setFocus()

    def _edit_current(self) -> None:
        self._edit(self._current())

    def _edit(self, reply: SavedReply | None) -> None:
        self._editing = reply.id if reply is not None else 0
        self.name.setText(reply.name if reply is not None else self.search.text())
        self.shortcut.setText(reply.shortcut if reply is not None else "")
        self.french.setPlainText(reply.texts.get("fr", "") if reply is not None else "")
        self.english.setPlainText(reply.texts.get("en", "") if reply is not None else "")
        self.problem.hide()
        self._pages.setCurrentIndex(1)
        self._put.setText(self.tr("Save"))
        self._fit()
        self.name.setFocus()

    def show_problem(self, sentence: str) -> None:
        """Why it was not saved; the form stays."""
        self.problem.setText(sentence)
        self.problem.show()

    def show_list(self) -> None:
        """It was saved: back to the list."""
        self._pages.setCurrentIndex(0)
        self._put.setText(self.tr("Put it into the reply"))
        self.refresh()
        self.search.setFocus()

    def _confirm(self) -> None:
        if self._pages.currentIndex() == 0:
            reply = self._current()
            if reply is not None:
                self.chosen.emit(reply.id)
                self.accept()
            return
        texts = {
            tongue: area.toPlainText().strip()
            for tongue, area in (("fr", self.french), ("en", self.english))
            if area.toPlainText().strip()
        }
        self.kept.emit(SavedReply(self._editing, self.name.text().strip(), texts, self.shortcut.text().strip()))

    def _remove(self) -> None:
        reply = self._current()
        if reply is not None:
            self.removed.emit(reply.id)

    def _fit(self) -> None:
        """The button works when there is something to do."""
        if self._pages.currentIndex() == 0:
            there = self._current() is not None
            self._put.setEnabled(there)
            self._change.setEnabled(there)
            self._drop.setEnabled(there)
        else:
            written = self.french.toPlainText().strip() or self.english.toPlainText().strip()
            self._put.setEnabled(bool(self.name.text().strip() and written))
