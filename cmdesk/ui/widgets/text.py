"""Shows our own words: plain text in a size and a tone of the theme."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from cmdesk.ui.theme import Size, Theme


class Text(QLabel):
    """A label of plain text. ``tone`` is "", "muted", "soft", "positive", "warning", "danger" or "info".

    One that ``gives_way`` is cut with an ellipsis, and tells the whole in its tooltip, where there is no room for it.
    """

    def __init__(
        self,
        theme: Theme,
        text: str = "",
        *,
        size: Size = Size.BODY,
        strong: bool = False,
        tone: str = "",
        tabular: bool = False,
        wrap: bool = False,
        gives_way: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._gives_way = gives_way
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(theme.font(size, strong=strong, tabular=tabular))
        self.setWordWrap(wrap)
        if wrap:
            policy = self.sizePolicy()
            policy.setHeightForWidth(True)
            policy.setVerticalPolicy(QSizePolicy.Policy.Minimum)
            self.setSizePolicy(policy)
        if tone:
            self.setProperty("tone", tone)
        self.setText(text)

    def minimumSizeHint(self) -> QSize:
        """A few letters of what gives way."""
        whole = super().minimumSizeHint()
        return QSize(min(whole.width(), 3 * whole.height()), whole.height()) if self._gives_way else whole

    def paintEvent(self, event: QPaintEvent) -> None:
        """The words, or as many of them as there is room for."""
        if not self._gives_way or self.fontMetrics().horizontalAdvance(self.text()) <= self.contentsRect().width():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        rect = self.contentsRect()
        cut = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, rect.width())
        self.style().drawItemText(
            painter, rect, int(self.alignment()), self.palette(), self.isEnabled(), cut, self.foregroundRole()
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """What is cut can still be read."""
        super().resizeEvent(event)
        if self._gives_way:
            cut = self.fontMetrics().horizontalAdvance(self.text()) > self.contentsRect().width()
            self.setToolTip(self.text() if cut else "")

    def set_tone(self, tone: str) -> None:
        """Another tone, at once."""
        if (self.property("tone") or "") != tone:
            self.setProperty("tone", tone)
            self.style().unpolish(self)
            self.style().polish(self)
