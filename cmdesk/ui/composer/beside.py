"""What goes with a post beside its words: a first comment, a quoted post, who may answer, labels, a second language."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from cmdesk.domain.extras import KNOWN_LABELS, Extras, Replier
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import Check, Choice, IconButton
from cmdesk.ui.widgets.fields import Field, TextArea
from cmdesk.ui.widgets.flow import FlowBox
from cmdesk.ui.widgets.layout import STRETCH, column, row
from cmdesk.ui.widgets.text import Text

#: Who may answer, as it can be chosen; the order is the one in which doors close.
WHO: tuple[tuple[Replier, ...] | None, ...] = (
    None,
    (Replier.MENTIONED, Replier.FOLLOWERS),
    (Replier.MENTIONED, Replier.FOLLOWING),
    (Replier.MENTIONED,),
    (),
)
_COMMENT_LINES = 3


class Comment(QWidget):
    """The first comment. ``typed`` carries its words; ``closed`` says that none is wanted any more."""

    typed = Signal(str)
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._title = Text(theme, size=Size.SMALL, strong=True, tone="soft")
        self._close = IconButton(theme, "close")
        self._close.clicked.connect(self.closed)
        self._field = TextArea(theme)
        self._field.setFixedHeight(self._field.fontMetrics().lineSpacing() * _COMMENT_LINES + theme.sizes.one)
        self._field.textChanged.connect(lambda: self.typed.emit(self._field.toPlainText()))
        self._hint = Text(theme, size=Size.SMALL, tone="muted", wrap=True)
        column(self, row(None, self._title, STRETCH, self._close), self._field, self._hint, gap=theme.sizes.quarter)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """The words of the language in force."""
        self._title.setText(self.tr("First comment"))
        self._field.setAccessibleName(self.tr("First comment"))
        self._field.setPlaceholderText(self.tr("Links, thanks, hashtags: what should not stand in the post itself"))
        self._close.set_name(self.tr("Remove the first comment"))
        self._hint.setText(self.tr("It goes out as an answer to the post, right after it."))

    def show_words(self, words: str, *, fixed: bool) -> None:
        """The comment as it is stored; what is being typed stays."""
        if self._field.toPlainText() != words:
            with QSignalBlocker(self._field):
                self._field.setPlainText(words)
        self._field.setReadOnly(fixed)
        self._close.setVisible(not fixed)

    def focus_words(self) -> None:
        """The keyboard goes into the comment."""
        self._field.setFocus()

    def changeEvent(self, event: QEvent) -> None:
        """Follows the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


class Reach(QWidget):
    """Quote, gates, labels and a second language. ``changed`` carries the extras as they are now."""

    changed = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._extras = Extras()
        sizes = theme.sizes
        self._quote = Field(theme)
        self._quote.textEdited.connect(lambda text: self._tell(quote=text.strip()))
        self._who = Choice(theme)
        self._who.activated.connect(self._choose_who)
        self._quotable = Check(theme)
        self._quotable.toggled.connect(lambda on: self._tell(quotable=on))
        self._second = Choice(theme)
        self._second.activated.connect(self._choose_second)
        self._names = [Text(theme, size=Size.SMALL, strong=True, tone="soft") for _ in range(3)]
        self._labels = {label: Check(theme) for label in KNOWN_LABELS}
        for label, check in self._labels.items():
            check.toggled.connect(lambda on, label=label: self._mark(label, on=on))
        doors, warnings = FlowBox(sizes.half), FlowBox(sizes.half)
        doors.add(self._who, self._quotable, self._second)
        warnings.add(*self._labels.values())
        quote, who, labels = self._names
        column(self, quote, self._quote, sizes.half, who, doors, sizes.half, labels, warnings, gap=sizes.quarter)
        self._languages: list[tuple[str, str]] = []
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """The words of the language in force."""
        for text, words in zip(
            self._names, (self.tr("Quotes a post"), self.tr("Who may answer"), self.tr("Content labels")), strict=True
        ):
            text.setText(words)
        self._quote.setPlaceholderText(self.tr("https://bsky.app/profile/…/post/…"))
        self._quote.setAccessibleName(self.tr("Address of the post to quote"))
        self._who.setAccessibleName(self.tr("Who may answer"))
        self._quotable.setText(self.tr("May be quoted"))
        self._second.setAccessibleName(self.tr("Second language of the post"))
        whose = (
            self.tr("Everybody"),
            self.tr("Followers and who is mentioned"),
            self.tr("Who is followed or mentioned"),
            self.tr("Only who is mentioned"),
            self.tr("Nobody"),
        )
        with QSignalBlocker(self._who):
            self._who.clear()
            self._who.addItems(list(whose))
        told = {
            "sexual": self.tr("Suggestive"),
            "nudity": self.tr("Nudity"),
            "porn": self.tr("Adults only"),
            "graphic-media": self.tr("Disturbing pictures"),
            "!no-unauthenticated": self.tr("Only for people with an account"),
        }
        for label, check in self._labels.items():
            check.setText(told[label])
            check.setAccessibleName(told[label])
        self._paint()

    def show_extras(self, extras: Extras, languages: Sequence[tuple[str, str]], *, fixed: bool) -> None:
        """The extras of a post, and the languages that can be added to its own."""
        self._extras, self._languages = extras, list(languages)
        for widget in (self._who, self._quotable, self._second, *self._labels.values()):
            widget.setEnabled(not fixed)
        self._quote.setReadOnly(fixed)
        self._paint()

    def focus_quote(self) -> None:
        """The keyboard goes to the address of the quoted post."""
        self._quote.setFocus()

    def _paint(self) -> None:
        extras = self._extras
        if self._quote.text().strip() != extras.quote:
            self._quote.setText(extras.quote)
        blocked = [QSignalBlocker(one) for one in (self._who, self._quotable, self._second, *self._labels.values())]
        self._who.setCurrentIndex(next((place for place, one in enumerate(WHO) if _same(one, extras.repliers)), -1))
        self._quotable.setChecked(extras.quotable)
        self._second.clear()
        self._second.addItem(self.tr("In one language"), "")
        for tag, words in self._languages:
            self._second.addItem(self.tr("Also in {language}").format(language=words), tag)
        self._second.setCurrentIndex(max(0, self._second.findData("".join(extras.languages[:1]))))
        for label, check in self._labels.items():
            check.setChecked(label in extras.content_labels)
        for one in blocked:
            one.unblock()

    def _choose_who(self, place: int) -> None:
        self._tell(repliers=WHO[place])

    def _choose_second(self, place: int) -> None:
        tag = self._second.itemData(place)
        self._tell(languages=(tag,) if tag else ())

    def _mark(self, label: str, *, on: bool) -> None:
        others = tuple(one for one in self._extras.content_labels if one != label)
        self._tell(content_labels=(*others, label) if on else others)

    def _tell(self, **changes: object) -> None:
        self._extras = replace(self._extras, **changes)
        self.changed.emit(self._extras)

    def changeEvent(self, event: QEvent) -> None:
        """Follows the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)


def _same(one: tuple[Replier, ...] | None, other: tuple[Replier, ...] | None) -> bool:
    return one is other if one is None or other is None else set(one) == set(other)
