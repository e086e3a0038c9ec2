"""Rules of the inbox: what a message must have, what is done with it then, in which order, and what the past would have met."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping, Sequence
from types import MappingProxyType

from msgspec import Struct
from PySide6.QtCore import QCoreApplication, QModelIndex, Signal
from PySide6.QtWidgets import QWidget

from cmdesk.domain.answering import Contact, Priority
from cmdesk.domain.client import Colour
from cmdesk.domain.moderation import Measure
from cmdesk.domain.mood import Mood, Reading
from cmdesk.domain.ruling import Action, Deed, Only, Rule, When
from cmdesk.ui import wording
from cmdesk.ui.inbox.moods import mood_words, reading_words
from cmdesk.ui.rows import RowsModel
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import Button, Check, Choice, IconButton
from cmdesk.ui.widgets.dialog import Dialog
from cmdesk.ui.widgets.fields import Field, FormRow
from cmdesk.ui.widgets.layout import STRETCH, Hairline, column, row
from cmdesk.ui.widgets.rowlist import IconMark, RowList, RowLook
from cmdesk.ui.widgets.safelabel import SafeLabel
from cmdesk.ui.widgets.text import Text
from cmdesk.ui.wordings import QT_TRANSLATE_NOOP

translate = QCoreApplication.translate

#: How many actions a rule has on this page, and how many found messages are shown.
ACTIONS, SHOWN = 2, 5
_DEEDS: Mapping[Deed, str] = MappingProxyType(
    {
        Deed.LABEL: QT_TRANSLATE_NOOP("Rules", "put a label on it"),
        Deed.PRIORITY: QT_TRANSLATE_NOOP("Rules", "say how urgent it is"),
        Deed.SET_ASIDE: QT_TRANSLATE_NOOP("Rules", "set it aside"),
        Deed.SNOOZE: QT_TRANSLATE_NOOP("Rules", "snooze it, in hours"),
        Deed.ASSIGN: QT_TRANSLATE_NOOP("Rules", "propose to ask somebody"),
        Deed.PROPOSE: QT_TRANSLATE_NOOP("Rules", "propose a measure"),
        Deed.TAKE: QT_TRANSLATE_NOOP("Rules", "take a measure, where the client allows it"),
        Deed.ALERT: QT_TRANSLATE_NOOP("Rules", "alert me"),
    }
)
_PLAIN = frozenset({Deed.SET_ASIDE, Deed.ALERT})


class _Line(Struct, frozen=True):
    rule: Rule

    @property
    def key(self) -> Hashable:
        """Its number."""
        return self.rule.id


class ActionRow(QWidget):
    """One action: a deed, and the value it needs."""

    changed = Signal()

    def __init__(self, theme: Theme, contacts: Sequence[Contact], *, optional: bool) -> None:
        super().__init__()
        self._contacts = tuple(contacts)
        self.deed, self.choice, self.field = Choice(theme), Choice(theme), Field(theme)
        if optional:
            self.deed.addItem(translate("Rules", "nothing else"), None)
        for deed, words in _DEEDS.items():
            if deed is not Deed.ASSIGN or self._contacts:
                self.deed.addItem(translate("Rules", words), deed)
        self.deed.setAccessibleName(translate("Rules", "What is done"))
        self.field.setAccessibleName(translate("Rules", "Which one"))
        self.choice.setAccessibleName(translate("Rules", "Which one"))
        self.deed.currentIndexChanged.connect(self._fit)
        self.choice.currentIndexChanged.connect(self.changed)
        self.field.textChanged.connect(self.changed)
        line = row(self, self.deed, gap=theme.sizes.half)
        line.addWidget(self.choice, 1)
        line.addWidget(self.field, 1)
        line.addStretch(0)
        self._fit()

    def action(self) -> Action | None:
        """What is chosen; None for nothing."""
        deed: Deed | None = self.deed.currentData()
        if deed is None:
            return None
        if deed in _PLAIN:
            return Action(deed)
        if deed in {Deed.LABEL, Deed.SNOOZE}:
            return Action(deed, self.field.text().strip())
        return Action(deed, str(self.choice.currentData() or ""))

    def show_action(self, action: Action | None) -> None:
        """Another rule."""
        place = self.deed.findData(action.deed if action is not None else None)
        self.deed.setCurrentIndex(max(0, place))
        self.field.setText(action.value if action is not None else "")
        if action is not None:
            found = [str(self.choice.itemData(place)) for place in range(self.choice.count())]
            if action.value in found:
                self.choice.setCurrentIndex(found.index(action.value))

    def _fit(self) -> None:
        deed: Deed | None = self.deed.currentData()
        self.choice.blockSignals(True)
        self.choice.clear()
        entries: list[tuple[str, str]] = []
        if deed in {Deed.PROPOSE, Deed.TAKE}:
            entries = [(wording.measure(one), one.value) for one in Measure]
        elif deed is Deed.ASSIGN:
            entries = [(one.name, str(one.id)) for one in self._contacts]
        elif deed is Deed.PRIORITY:
            entries = [
                (translate("Inbox", "Urgent"), str(Priority.HIGH.value)),
                (translate("Inbox", "Can wait"), str(Priority.LOW.value)),
            ]
        for words, value in entries:
            self.choice.addItem(words, value)
        self.choice.blockSignals(False)
        self.choice.setVisible(bool(entries))
        self.field.setVisible(deed in {Deed.LABEL, Deed.SNOOZE})
        self.changed.emit()


class RulesDialog(Dialog):
    """``tried`` and ``kept`` carry a rule, ``removed`` its number, ``ordered`` all numbers in their new order."""

    tried = Signal(object)
    kept = Signal(object)
    removed = Signal(int)
    ordered = Signal(list)

    def __init__(  # noqa: PLR0917 - as other dialogs
        self,
        theme: Theme,
        parent: QWidget | None,
        client: str,
        colour: Colour,
        contacts: Sequence[Contact],
        read: Callable[[], Sequence[Rule]],
    ) -> None:
        super().__init__(theme, parent, self.tr("Rules of the inbox"), name=client, colour=colour)
        self.setWindowTitle(self.tr("Rules of the inbox"))
        self._read, self._editing = read, 0
        self.setMinimumWidth(theme.sizes.one * 52)
        self._model: RowsModel[_Line] = RowsModel(describe=lambda line: line.rule.name)
        self.list = RowList(theme, self.tr("Rules in their order"), ground="shell")
        self.list.set_rows(self._model, self._look)
        self.list.chosen.connect(self._show_chosen)
        self.list.setMinimumWidth(theme.sizes.one * 14)
        beside = row(None, self._shelf(theme), Hairline(theme, upright=True), gap=theme.sizes.one)
        beside.addWidget(self._form(theme, contacts), 1)
        self.body.addLayout(beside)
        self._save = self.add_buttons(self.tr("Close"), self.tr("Save the rule"))
        self._save.clicked.disconnect()
        self._save.clicked.connect(lambda _on=False: self.kept.emit(self.rule()))
        self.refresh()
        self._begin()

    def _shelf(self, theme: Theme) -> QWidget:
        shelf = QWidget()
        self._new = Button(theme, self.tr("New rule"), icon="compose")
        self._new.clicked.connect(self._begin)
        self._up = IconButton(theme, "chevron-up", self.tr("Try it earlier"))
        self._down = IconButton(theme, "chevron-down", self.tr("Try it later"))
        self._drop = IconButton(theme, "trash", self.tr("Remove the rule"))
        self._up.clicked.connect(lambda _on=False: self._move(-1))
        self._down.clicked.connect(lambda _on=False: self._move(1))
        self._drop.clicked.connect(lambda _on=False: self.removed.emit(self._editing))
        feet = row(None, self._new, STRETCH, self._up, self._down, self._drop, gap=theme.sizes.quarter)
        column(shelf, self.list, feet, gap=theme.sizes.half)
        return shelf

    def _form(self, theme: Theme, contacts: Sequence[Contact]) -> QWidget:
        form, sizes = QWidget(), theme.sizes
        self.name, self.words, self.without, self.senders = Field(theme), Field(theme), Field(theme), Field(theme)
        self.links = Check(theme, self.tr("nothing but links"))
        self.emoji = Check(theme, self.tr("nothing but emoji"))
        self.mood = Choice(theme)
        self.mood.addItem(self.tr("any mood or kind"), "")
        self.mood.addItem(self.tr("needs care"), "care")
        for mood in Mood:
            self.mood.addItem(mood_words(mood), mood.value)
        for reading in Reading:
            self.mood.addItem(reading_words(reading), reading.value)
        self.language = Choice(theme)
        for words, value in ((self.tr("any language"), ""), (self.tr("French"), "fr"), (self.tr("English"), "en")):
            self.language.addItem(words, value)
        self.actions_ = [ActionRow(theme, contacts, optional=number > 0) for number in range(ACTIONS)]
        self.stops = Check(theme, self.tr("No further rule is tried then"))
        self._try = Button(theme, self.tr("Try it on the last 30 days"), icon="search")
        self._try.clicked.connect(lambda _on=False: self.tried.emit(self.rule()))
        self._found = Text(theme, strong=True, wrap=True)
        self._hits = SafeLabel(theme, size=Size.SMALL, tone="soft", wrap=True)
        self._problem = Text(theme, tone="danger", wrap=True)
        for said in (self._found, self._hits, self._problem):
            said.hide()
        comma = self.tr("several with commas; a star stands for any ending")
        column(
            form,
            FormRow(theme, self.tr("Name"), self.name),
            Text(theme, self.tr("When a message has"), strong=True),
            FormRow(theme, self.tr("one of these words"), self.words, comma),
            row(
                None,
                FormRow(theme, self.tr("none of these words"), self.without),
                FormRow(theme, self.tr("from (handle or server)"), self.senders),
                gap=sizes.one,
            ),
            row(None, self.mood, self.language, STRETCH, gap=sizes.one),
            row(None, self.links, self.emoji, STRETCH, gap=sizes.one_half),
            Text(theme, self.tr("Then"), strong=True),
            *self.actions_,
            self.stops,
            row(None, self._try, STRETCH),
            self._found,
            self._hits,
            self._problem,
            gap=sizes.half,
        )
        for field in (self.name, self.words, self.without, self.senders):
            field.textChanged.connect(self._fit)
        for check in (self.links, self.emoji):
            check.toggled.connect(self._fit)
        for choice in (self.mood, self.language):
            choice.currentIndexChanged.connect(self._fit)
        for action in self.actions_:
            action.changed.connect(self._fit)
        return form

    # --- the rule on the page

    def rule(self) -> Rule:
        """The rule as it stands on the page."""
        only = frozenset(kind for kind, check in ((Only.LINKS, self.links), (Only.EMOJI, self.emoji)) if check.isChecked())
        language, mood = str(self.language.currentData()), str(self.mood.currentData())
        when = When(
            words=_listed(self.words.text()),
            without=_listed(self.without.text()),
            senders=_listed(self.senders.text()),
            only=only,
            languages=frozenset({language} if language else ()),
            moods=frozenset({mood} if mood else ()),
        )
        then = tuple(one for action in self.actions_ if (one := action.action()) is not None)
        return Rule(self._editing, self.name.text().strip(), when, then, stops=self.stops.isChecked())

    @property
    def editing(self) -> int:
        """The number of the rule on the page; 0 for a new one."""
        return self._editing

    def _begin(self) -> None:
        # Nothing is current then, so that the same rule can be chosen again.
        self.list.setCurrentIndex(QModelIndex())
        self._show(Rule(0, "", When(), ()))
        self.name.setFocus()

    def _show_chosen(self, line: _Line | None) -> None:
        if line is not None:
            self._show(line.rule)

    def _show(self, rule: Rule) -> None:
        self._editing = rule.id
        self.name.setText(rule.name)
        for field, words in (
            (self.words, rule.when.words),
            (self.without, rule.when.without),
            (self.senders, rule.when.senders),
        ):
            field.setText(", ".join(words))
        self.links.setChecked(Only.LINKS in rule.when.only)
        self.emoji.setChecked(Only.EMOJI in rule.when.only)
        self.mood.setCurrentIndex(max(0, self.mood.findData(next(iter(rule.when.moods), ""))))
        self.language.setCurrentIndex(max(0, self.language.findData(next(iter(rule.when.languages), ""))))
        for number, action in enumerate(self.actions_):
            action.show_action(rule.then[number] if number < len(rule.then) else None)
        self.stops.setChecked(rule.stops)
        for said in (self._found, self._hits, self._problem):
            said.hide()
        self._fit()

    def _fit(self) -> None:
        rule = self.rule()
        ready = not rule.when.empty and bool(rule.then)
        self._try.setEnabled(ready)
        self._save.setEnabled(ready and bool(rule.name))
        numbers = [line.rule.id for line in self._model.rows]
        for button in (self._up, self._down, self._drop):
            button.setEnabled(self._editing in numbers)

    # --- answers

    def refresh_at(self, number: object) -> None:
        """A rule was saved: it is shown in its place."""
        self.refresh(number if isinstance(number, int) else 0)

    def refresh(self, chosen: int = 0) -> None:
        """Reads the rules; shows one of them, or a new one."""
        self._model.show([_Line(rule) for rule in self._read()])
        rule = next((line.rule for line in self._model.rows if line.rule.id == chosen), None)
        if rule is None:
            self._begin()
            return
        self.list.choose_key(chosen)
        self._show(rule)

    def show_found(self, looked: int, met: int, previews: Sequence[str]) -> None:
        """What the past would have met; nothing was changed."""
        words = self.tr("%n message(s) of {looked} would have been met. Nothing was changed.", "", met)
        self._found.setText(words.format(looked=looked))
        self._found.show()
        self._hits.show_text("\n".join(f"– {preview}" for preview in previews[:SHOWN]))
        self._hits.setVisible(bool(previews))
        self._problem.hide()

    def show_problem(self, sentence: str) -> None:
        """Why it cannot be; the page stays."""
        self._problem.setText(sentence)
        self._problem.show()

    def _move(self, by: int) -> None:
        numbers = [line.rule.id for line in self._model.rows]
        place = numbers.index(self._editing)
        to = min(max(0, place + by), len(numbers) - 1)
        numbers.insert(to, numbers.pop(place))
        self.ordered.emit(numbers)

    def _look(self, line: _Line) -> RowLook:
        deeds = ", ".join(translate("Rules", _DEEDS[action.deed]) for action in line.rule.then)
        return RowLook(line.rule.name, deeds, mark=IconMark("filter"))


def _listed(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.strip() for one in text.split(",") if one.strip()))
