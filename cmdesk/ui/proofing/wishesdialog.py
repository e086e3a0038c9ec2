"""How one client wants texts to be read: own words, words to avoid, the voice, and what keeps a post from being planned."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from msgspec.structs import replace
from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QSpinBox, QWidget

from cmdesk.domain.client import Colour
from cmdesk.domain.language import Address, Blocking, Inclusive, Term, Voice, Wishes
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import Button, Check, Choice, Kind
from cmdesk.ui.widgets.dialog import Dialog
from cmdesk.ui.widgets.fields import FormRow, TextArea
from cmdesk.ui.widgets.layout import STRETCH, row
from cmdesk.ui.widgets.text import Text
from cmdesk.ui.wordings import QT_TRANSLATE_NOOP

translate = QCoreApplication.translate

_ADDRESS: Mapping[Address, str] = MappingProxyType(
    {
        Address.ANY: QT_TRANSLATE_NOOP("Wishes", "tu or vous, as the writer likes"),
        Address.TU: QT_TRANSLATE_NOOP("Wishes", "says tu"),
        Address.VOUS: QT_TRANSLATE_NOOP("Wishes", "says vous"),
    }
)
_INCLUSIVE: Mapping[Inclusive, str] = MappingProxyType(
    {
        Inclusive.ANY: QT_TRANSLATE_NOOP("Wishes", "as the writer likes"),
        Inclusive.NEUTRAL: QT_TRANSLATE_NOOP("Wishes", "neutral wording first"),
        Inclusive.DOUBLETS: QT_TRANSLATE_NOOP("Wishes", "both forms: les clientes et les clients"),
        Inclusive.MIDDLE_DOT: QT_TRANSLATE_NOOP("Wishes", "middle dot: les client·es"),
        Inclusive.PARENTHESES: QT_TRANSLATE_NOOP("Wishes", "parentheses: les client(e)s"),
        Inclusive.NONE: QT_TRANSLATE_NOOP("Wishes", "no shortened double forms"),
    }
)
_BLOCKING: Mapping[Blocking, str] = MappingProxyType(
    {
        Blocking.NOTHING: QT_TRANSLATE_NOOP("Wishes", "nothing: remarks are only shown"),
        Blocking.SURE: QT_TRANSLATE_NOOP("Wishes", "what is surely a mistake"),
        Blocking.ALL: QT_TRANSLATE_NOOP("Wishes", "every remark but matters of taste"),
    }
)
#: Between the words of a glossary's line: what is avoided, what is said, why.
_SAYS, _BECAUSE = "→", "|"


class WishesDialog(Dialog):
    """``kept`` carries the wishes as they stand on the page."""

    kept = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None, client: str, colour: Colour, wishes: Wishes) -> None:
        super().__init__(theme, parent, self.tr("How this client wants to be read"), name=client, colour=colour)
        self._wishes = wishes
        sizes = theme.sizes
        self.setMinimumWidth(sizes.one * 40)
        self.words, self.forbidden, self.glossary = TextArea(theme), TextArea(theme), TextArea(theme)
        self.words.setPlainText(", ".join(wishes.words))
        self.forbidden.setPlainText(", ".join(wishes.forbidden))
        self.glossary.setPlainText("\n".join(map(_line, wishes.glossary)))
        for area, rows in ((self.words, 2), (self.forbidden, 2), (self.glossary, 3)):
            area.setFixedHeight(area.fontMetrics().lineSpacing() * rows + sizes.one)
        self.address = _chosen(theme, {key: translate("Wishes", words) for key, words in _ADDRESS.items()}, wishes.voice.address)
        self.inclusive = _chosen(theme, {key: translate("Wishes", words) for key, words in _INCLUSIVE.items()}, wishes.inclusive)
        self.blocking = _chosen(theme, {key: translate("Wishes", words) for key, words in _BLOCKING.items()}, wishes.blocking)
        self.limits = {
            "most_exclamations": _limit(theme, wishes.voice.most_exclamations, 20),
            "most_emoji": _limit(theme, wishes.voice.most_emoji, 50),
            "most_hashtags": _limit(theme, wishes.voice.most_hashtags, 50),
            "longest_sentence": _limit(theme, wishes.voice.longest_sentence, 100),
        }
        self.hints = Check(theme, self.tr("Tell matters of taste too: ease of reading, shorter ways to say it"))
        self.hints.setChecked(wishes.hints)
        names = (
            self.tr("Most exclamation marks"),
            self.tr("Most emoji"),
            self.tr("Most hashtags"),
            self.tr("Longest sentence, in words"),
        )
        limits = [FormRow(theme, name, box) for name, box in zip(names, self.limits.values(), strict=True)]
        for part in (
            Text(theme, self.tr("How this client wants to be read"), size=Size.LEAD, strong=True),
            FormRow(
                theme, self.tr("Own words: brands, names"), self.words, self.tr("separated by commas; they are never a mistake")
            ),
            FormRow(theme, self.tr("Words to avoid"), self.forbidden, self.tr("separated by commas")),
            FormRow(
                theme,
                self.tr("Instead of, say"),
                self.glossary,
                self.tr("a line for each: avoided {arrow} said {bar} why").format(arrow=_SAYS, bar=_BECAUSE),
            ),
        ):
            self.body.addWidget(part)
        self.body.addLayout(
            row(
                None,
                FormRow(theme, self.tr("The public"), self.address),
                FormRow(theme, self.tr("Inclusive writing"), self.inclusive),
                gap=sizes.one,
            )
        )
        self.body.addLayout(row(None, *limits, gap=sizes.one))
        self.body.addWidget(FormRow(theme, self.tr("What keeps a post from being planned"), self.blocking))
        self.body.addWidget(self.hints)
        self._ignored = Button(theme, kind=Kind.LINK)
        self._ignored.clicked.connect(self._forget)
        self.body.addLayout(row(None, self._ignored, STRETCH))
        self._problem = Text(theme, tone="danger", wrap=True)
        self._problem.hide()
        self.body.addWidget(self._problem)
        self._say_ignored()
        save = self.add_buttons(self.tr("Cancel"), self.tr("Save"))
        save.clicked.disconnect()
        save.clicked.connect(lambda _on=False: self.kept.emit(self.wishes()))

    def wishes(self) -> Wishes:
        """The wishes as they stand on the page."""
        limits = {name: box.value() if box.value() >= 0 else None for name, box in self.limits.items()}
        return replace(
            self._wishes,
            words=_listed(self.words.toPlainText()),
            forbidden=_listed(self.forbidden.toPlainText()),
            glossary=tuple(term for line in self.glossary.toPlainText().splitlines() if (term := _term(line)).avoid),
            voice=Voice(address=self.address.currentData(), **limits),
            inclusive=self.inclusive.currentData(),
            blocking=self.blocking.currentData(),
            hints=self.hints.isChecked(),
        )

    def show_problem(self, sentence: str) -> None:
        """Why it was not kept; the page stays."""
        self._problem.setText(sentence)
        self._problem.show()

    def _forget(self) -> None:
        self._wishes = replace(self._wishes, ignored=())
        self._say_ignored()

    def _say_ignored(self) -> None:
        number = len(self._wishes.ignored)
        self._ignored.setText(self.tr("Point out again what was ignored (%n)", "", number) if number else "")
        self._ignored.setVisible(number > 0)


def _chosen(theme: Theme, entries: Mapping[object, str], chosen: object) -> Choice:
    choice = Choice(theme)
    for key, words in entries.items():
        choice.addItem(words, key)
    choice.setCurrentIndex(list(entries).index(chosen))
    return choice


def _limit(theme: Theme, value: int | None, most: int) -> QSpinBox:
    box = QSpinBox()
    box.setFont(theme.font())
    box.setButtonSymbols(QSpinBox.ButtonSymbols.NoButtons)
    box.setRange(-1, most)
    box.setSpecialValueText(translate("Wishes", "any"))
    box.setValue(-1 if value is None else value)
    return box


def _listed(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.strip() for one in text.replace("\n", ",").split(",") if one.strip()))


def _line(term: Term) -> str:
    said = f"{term.avoid} {_SAYS} {term.say}" if term.say else term.avoid
    return f"{said} {_BECAUSE} {term.because}" if term.because else said


def _term(line: str) -> Term:
    said, _, because = line.partition(_BECAUSE)
    # Who has no arrow on the keyboard writes it with two signs.
    avoid, _, say = said.replace("->", _SAYS).partition(_SAYS)
    return Term(avoid.strip(), say.strip(), because.strip())
