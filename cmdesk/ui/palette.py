"""The palette: a few letters lead to any action, client, room or thing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Final

from msgspec import Struct
from PySide6.QtCore import QEvent, QObject, QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from cmdesk.domain.client import Colour
from cmdesk.ui.fuzzy import score
from cmdesk.ui.rows import RowsModel
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.dialog import place_over
from cmdesk.ui.widgets.fields import Field
from cmdesk.ui.widgets.layout import Hairline, column
from cmdesk.ui.widgets.paint import rounded
from cmdesk.ui.widgets.rowlist import DiscMark, IconMark, RowList, RowLook
from cmdesk.ui.widgets.text import Text

MOST: Final = 50
SEEN: Final = 7
#: The keyboard left for a menu or another program, not for another place in the window.
STAYS: Final = frozenset({Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason})


class Entry(Struct, frozen=True):
    """One thing the palette leads to. ``words`` are searched; ``disc`` (initials, colour) or ``icon`` stands before it."""

    key: str
    title: str
    run: Callable[[], object]
    detail: str = ""
    hint: str = ""
    icon: str = "arrow-right"
    disc: tuple[str, Colour | None] | None = None
    words: str = ""
    weight: int = 0
    marks: tuple[tuple[int, int], ...] = ()  # half-open ranges of code points of ``detail`` that were searched for


class Provider(Struct, frozen=True):
    """Gives entries for what is typed after the prefix (">" actions, "@" clients, "#" words, "" only without prefix).

    ``find(text)`` may return more than fits: the palette ranks them, unless ``ranked`` says they come in their order.
    """

    prefix: str
    find: Callable[[str], Sequence[Entry]]
    ranked: bool = False


def ranked(text: str, entries: Sequence[Entry]) -> list[tuple[int, Entry]]:
    """The entries that fit, with how well."""
    found = []
    for entry in entries:
        points = score(text, f"{entry.title} {entry.words}".strip())
        if points is not None:
            found.append((points + entry.weight, entry))
    return found


def search(typed: str, providers: Sequence[Provider]) -> list[Entry]:
    """What the palette shows for what is typed: best first, at most 50, no key twice."""
    text = typed.strip()
    prefix = next((one.prefix for one in providers if one.prefix and text.startswith(one.prefix)), "")
    text = text.removeprefix(prefix).strip()
    found: list[tuple[int, Entry]] = []
    for provider in providers:
        if prefix and provider.prefix != prefix:
            continue
        entries = provider.find(text)
        found += [(500 - place, entry) for place, entry in enumerate(entries)] if provider.ranked else ranked(text, entries)
    found.sort(key=lambda pair: -pair[0])
    unique = {entry.key: entry for _points, entry in reversed(found)}
    seen: list[Entry] = []
    for _points, entry in found:
        if entry.key in unique:
            seen.append(unique.pop(entry.key))
    return seen[:MOST]


class Palette(QWidget):
    """The panel over the window. It closes when something is chosen, on Escape, and when the keyboard goes elsewhere."""

    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget, providers: Callable[[], Sequence[Provider]]) -> None:
        super().__init__(parent)
        self._theme = theme
        self._window = parent
        self._providers = providers
        sizes = theme.sizes
        self._field = Field(theme)
        self._field.setProperty("bare", "true")
        self._field.setFont(theme.font(Size.LEAD))
        self._field.textChanged.connect(self._search)
        self._field.installEventFilter(self)
        self._model: RowsModel[Entry] = RowsModel(describe=lambda entry: f"{entry.title} {entry.detail}".strip())
        self._list = RowList(theme, ground="raised")
        self._list.set_rows(self._model, self._look)
        self._list.verticalHeader().setDefaultSectionSize(sizes.three)
        self._list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._list.clicked.connect(lambda _index: self._run())
        self._nothing = Text(theme, tone="muted")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._nothing.setFixedHeight(sizes.three)
        self._foot = Text(theme, size=Size.SMALL, tone="muted")
        field = column(None, self._field, margins=(sizes.one, sizes.half, sizes.one, sizes.half))
        foot = column(None, self._foot, margins=(sizes.one, sizes.half, sizes.one, sizes.half))
        inside = (field, Hairline(theme), sizes.half, self._list, self._nothing, sizes.half, Hairline(theme), foot)
        column(self, *inside, margins=sizes.hairline)
        self.retranslate()
        self.hide()

    def retranslate(self) -> None:
        """Words of the language in force."""
        self.setAccessibleName(self.tr("Command palette"))
        self._field.setPlaceholderText(self.tr("Search or jump to anything"))
        self._field.setAccessibleName(self.tr("Search or jump to anything"))
        self._list.setAccessibleName(self.tr("Results"))
        self._nothing.setText(self.tr("Nothing found"))
        self._foot.setText(self.tr("Type > for actions, @ for clients, # for words in posts and messages"))

    def changeEvent(self, event: QEvent) -> None:
        """Follows the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)

    def open(self, typed: str = "") -> None:
        """Shows the panel with the keyboard in it."""
        self._field.setText(typed)
        self._search()
        place_over(self, self._window, self._theme.sizes.reading, self._theme.sizes.three)
        self.show()
        self.raise_()
        self._field.setFocus()

    def close_panel(self) -> None:
        """Hides it."""
        if not self.isHidden():
            self.hide()
            self.closed.emit()

    @property
    def entries(self) -> Sequence[Entry]:
        """What is shown now, best first."""
        return self._model.rows

    def _search(self) -> None:
        entries = search(self._field.text(), self._providers())
        self._model.show(entries)
        self._list.setFixedHeight(min(SEEN, len(entries)) * self._theme.sizes.three)
        self._list.setVisible(bool(entries))
        self._nothing.setVisible(not entries)
        if entries:
            self._list.choose(0)
        self.adjustSize()

    def _look(self, entry: Entry) -> RowLook:
        mark = DiscMark(*entry.disc) if entry.disc is not None else IconMark(entry.icon, "text_soft")
        return RowLook(entry.title, detail=entry.detail, time=entry.hint, mark=mark, strong=False, marks=entry.marks)

    def _run(self) -> None:
        entry = self._list.current_row()
        if entry is not None:
            self.close_panel()
            entry.run()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Up, down, Enter and Escape are for the list while one types."""
        if watched is self._field and isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress:
            steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: SEEN, Qt.Key.Key_PageUp: -SEEN}
            key = Qt.Key(event.key())
            if key in steps:
                self._list.choose(self._list.currentIndex().row() + steps[key])
                return True
            if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
                self._run()
                return True
            if key is Qt.Key.Key_Escape:
                self.close_panel()
                return True
        elsewhere = isinstance(event, QFocusEvent) and event.lostFocus() and event.reason() not in STAYS
        if watched is self._field and elsewhere:
            self.close_panel()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A raised surface."""
        painter = QPainter(self)
        roles, sizes = self._theme.roles, self._theme.sizes
        rounded(painter, QRectF(self.rect()), sizes.radius, roles.raised, roles.field_border)
