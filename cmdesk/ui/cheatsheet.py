"""The cheat sheet: every key that works right now, drawn from the actions themselves."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from cmdesk.ui.actions import Action, Scope, key_text
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import Kind
from cmdesk.ui.widgets.dialog import Dialog
from cmdesk.ui.widgets.layout import Scroll
from cmdesk.ui.widgets.text import Text


def groups(actions: Sequence[Action]) -> list[tuple[str, list[Action]]]:
    """The actions with keys, by where they hold, with a title each; empty groups are left out."""
    titles = (
        (Scope.LIST, QCoreApplication.translate("CheatSheet", "In the list")),
        (Scope.SCREEN, QCoreApplication.translate("CheatSheet", "On this screen")),
        (Scope.WINDOW, QCoreApplication.translate("CheatSheet", "Everywhere")),
    )
    found = [(title, [one for one in actions if one.scope is scope and one.keys and not one.hidden]) for scope, title in titles]
    return [(title, some) for title, some in found if some]


class CheatSheet(Dialog):
    """The dialog."""

    def __init__(self, theme: Theme, parent: QWidget, actions: Sequence[Action], extra: Sequence[tuple[str, str]] = ()) -> None:
        """``extra`` are pairs of words and keys that are no single action (Ctrl+1…9)."""
        super().__init__(theme, parent, QCoreApplication.translate("CheatSheet", "Keyboard shortcuts"))
        sizes = theme.sizes
        inner = QWidget()
        grid = QGridLayout(inner)
        grid.setContentsMargins(0, 0, sizes.one, 0)
        grid.setVerticalSpacing(sizes.half)
        grid.setColumnStretch(0, 1)
        line = 0
        shown = groups(actions)
        for title, some in shown:
            grid.addWidget(Text(theme, title, size=Size.SMALL, strong=True, tone="muted"), line, 0, 1, 2)
            pairs = [(one.text(), key_text(one.keys)) for one in some]
            if title == shown[-1][0]:
                pairs += list(extra)
            for words, keys in pairs:
                line += 1
                grid.addWidget(Text(theme, words), line, 0)
                grid.addWidget(Text(theme, keys, tone="soft", tabular=True), line, 1, Qt.AlignmentFlag.AlignRight)
            line += 1
            grid.setRowMinimumHeight(line, sizes.half)
            line += 1
        scroll = Scroll(inner)
        scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        scroll.setAccessibleName(QCoreApplication.translate("CheatSheet", "Keyboard shortcuts"))
        scroll.setMinimumHeight(min(inner.sizeHint().height() + sizes.half, sizes.dialog))
        self.body.addWidget(scroll)
        self.add_close(QCoreApplication.translate("CheatSheet", "Close"), Kind.QUIET)
