"""Shows foreign names and plain text: the only label for them, apart from what shows HTML, which takes long to load."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from cmdesk.ui.plaintext import broken, name, plain
from cmdesk.ui.theme import Size, Theme


class SafeLabel(QLabel):
    """Foreign text as plain text: names on one line, isolated in direction, or a few wrapped lines."""

    def __init__(self, theme: Theme, *, size: Size = Size.BODY, strong: bool = False, tone: str = "", wrap: bool = False) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(size, strong=strong))
        self.setWordWrap(wrap)
        if tone:
            self.setProperty("tone", tone)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)

    def show_name(self, text: str) -> None:
        """A name or another short thing."""
        super().setText(name(text))

    def show_text(self, text: str) -> None:
        """Some lines."""
        super().setText(broken(plain(text)))

    def setText(self, text: str) -> None:
        """The same as ``show_text``, so that no way around it exists."""
        self.show_text(text)
