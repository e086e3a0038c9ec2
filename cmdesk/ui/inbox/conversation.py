"""What the right pane of the inbox shows of an open message; built with the first one, because the list comes without it."""

from __future__ import annotations

from PySide6.QtWidgets import QMenu, QSizePolicy, QWidget

from cmdesk.ui.inbox.about import About
from cmdesk.ui.inbox.entry import EntryView, NameLine
from cmdesk.ui.inbox.replybox import ReplyBox
from cmdesk.ui.inbox.values import BUTTONS, Entry
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import Button, IconButton, Kind
from cmdesk.ui.widgets.layout import STRETCH, Hairline, Scroll, column, row
from cmdesk.ui.widgets.marks import Avatar
from cmdesk.ui.widgets.states import Symbol
from cmdesk.ui.widgets.text import Text


class Conversation(QWidget):
    """The person over it, the entries, the reply. Words are put in from outside."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.reply = ReplyBox(theme)
        self.buttons = {key: IconButton(theme, icon) for key, icon in BUTTONS}
        self.more = IconButton(theme, "more")
        self.menu = QMenu(self)
        self.more.setMenu(self.menu)
        self.about = About(theme)
        self.avatar = Avatar(theme)
        self._name_place = column(None)
        self.past = Text(theme, size=Size.SMALL, tone="muted", gives_way=True)
        self.state_icon = Symbol(theme, "inbox", "muted")
        self.state = Text(theme, size=Size.SMALL, tone="soft", strong=True, gives_way=True)
        self.whole = Button(theme, kind=Kind.LINK, icon="chevron-up")
        self.closed = Text(theme, tone="muted", wrap=True)
        self._lay_out()

    def _lay_out(self) -> None:
        sizes = self._theme.sizes
        about = row(None, self.state_icon, self.state, gap=sizes.quarter)
        # The state comes first: where there is little room, the past is cut.
        self.past.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        about.addWidget(self.past, 1)
        about.addStretch(0)
        middle = column(None, STRETCH, self._name_place, about, STRETCH, gap=sizes.quarter // 2)
        top = QWidget()
        top.setFixedHeight(sizes.three + sizes.half + sizes.quarter)
        head = row(top, self.avatar, gap=sizes.half, margins=(sizes.one, 0, sizes.half + sizes.quarter, 0))
        head.addLayout(middle, 1)
        for button in (*self.buttons.values(), self.more):
            head.addWidget(button)
        head.setSpacing(sizes.stroke)
        head.insertSpacing(1, sizes.half)
        inner = QWidget()
        self.list = column(inner, self.whole, gap=sizes.quarter, margins=(sizes.one, sizes.half, sizes.one, sizes.half))
        self.list.addStretch(1)
        self.area = Scroll(inner)
        self.foot = QWidget()
        column(self.foot, self.closed, self.reply, margins=(sizes.one, 0, sizes.one, sizes.one))
        layout = column(self, top, Hairline(self._theme), self.about, Hairline(self._theme))
        layout.addWidget(self.area, 1)
        layout.addWidget(self.foot)

    def show_name(self, name: str, handle: str) -> None:
        """Who it is with."""
        fresh = NameLine(self._theme, name, handle, size=Size.LEAD)
        while (item := self._name_place.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        self._name_place.addWidget(fresh)

    def view_of(self, entry: Entry) -> EntryView:
        """An entry as it is shown here."""
        return EntryView(self._theme, entry)
