"""Shows foreign text with links: the only widget for it. It loads and opens nothing, and carries nothing but reduced text."""

from typing import Any

from PySide6.QtCore import QEvent, QSize, Qt, QUrl, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent, QTextCursor, QTextDocument
from PySide6.QtWidgets import QFrame, QSizePolicy, QTextEdit

from cmdesk.ui.safetext import safe_html, safe_plain
from cmdesk.ui.theme import Size, Theme


class _Document(QTextDocument):
    """A document that never fetches: every picture, style sheet or file it asks for is empty."""

    def loadResource(self, _kind: int, _address: QUrl | str) -> Any:
        """Nothing."""
        return b""


class SafeText(QTextEdit):
    """Foreign HTML or text, reduced, as high as its lines.

    A click on a link is told by ``link(url, shown text)``, never followed.
    """

    link = Signal(str, str)

    def __init__(self, theme: Theme, *, size: Size = Size.BODY) -> None:
        super().__init__()
        self._theme = theme
        document = _Document(self)
        document.setDocumentMargin(0)
        document.setDefaultFont(theme.font(size))
        self.setDocument(document)
        self.setFont(theme.font(size))
        self.setReadOnly(True)
        self.setProperty("bare", "true")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
            | Qt.TextInteractionFlag.LinksAccessibleByKeyboard
        )
        self.setTabChangesFocus(True)
        self.setAcceptDrops(False)
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizePolicy(policy)
        self._source = ""
        self._pressed = ""
        document.documentLayout().documentSizeChanged.connect(lambda _size: self.updateGeometry())
        theme.changed.connect(self._paint_links)

    def show_html(self, foreign: str) -> None:
        """Foreign HTML."""
        self._show(safe_html(foreign))

    def show_text(self, foreign: str) -> None:
        """Foreign plain text; nothing in it is markup."""
        self._show(safe_plain(foreign))

    def _show(self, clean: str) -> None:
        self._source = clean
        self._paint_links()
        self.setAccessibleName(self.document().toPlainText()[:500])
        self.updateGeometry()

    def _paint_links(self) -> None:
        roles = self._theme.roles
        self.document().setDefaultStyleSheet(
            f"a {{ color: {roles.link.name()}; text-decoration: none; }}"
            " p { margin-top: 0; }"
            f" blockquote {{ color: {roles.muted.name()}; }}"
        )
        QTextEdit.setHtml(self, self._source)
        self.moveCursor(QTextCursor.MoveOperation.Start)

    def loadResource(self, _kind: int, _address: QUrl | str) -> Any:
        """Nothing is loaded."""
        return b""

    def sizeHint(self) -> QSize:
        """As high as the text in this width."""
        document = self.document()
        width = self.viewport().width() or self._theme.sizes.dialog
        if document.textWidth() != width:
            document.setTextWidth(width)
        return QSize(self._theme.sizes.dialog, int(document.size().height()) + 2)

    def minimumSizeHint(self) -> QSize:
        """As high, but narrow."""
        return QSize(self._theme.sizes.three * 2, self.sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width gives another height."""
        super().resizeEvent(event)
        if event.oldSize().width() != event.size().width():
            self.updateGeometry()

    def wheelEvent(self, event: QEvent) -> None:
        """The page scrolls, not the text."""
        event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remembers the link under the pointer."""
        self._pressed = self.anchorAt(event.position().toPoint())
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click is a press and a release on the same link without a selection."""
        super().mouseReleaseEvent(event)
        url = self.anchorAt(event.position().toPoint())
        if url and url == self._pressed and not self.textCursor().hasSelection() and event.button() == Qt.MouseButton.LeftButton:
            cursor = self.cursorForPosition(event.position().toPoint())
            self.link.emit(url, self._shown_at(cursor, url))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The hand over a link."""
        super().mouseMoveEvent(event)
        over = bool(self.anchorAt(event.position().toPoint()))
        self.viewport().setCursor(Qt.CursorShape.PointingHandCursor if over else Qt.CursorShape.IBeamCursor)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter on a link that has the keyboard."""
        cursor = self.textCursor()
        url = cursor.charFormat().anchorHref()
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and url:
            self.link.emit(url, cursor.selectedText())
            return
        super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """No selection stays behind."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            cursor = self.textCursor()
            cursor.clearSelection()
            self.setTextCursor(cursor)

    @staticmethod
    def _shown_at(cursor: QTextCursor, url: str) -> str:
        """The text of the link around a place."""
        block = cursor.block()
        iterator = block.begin()
        words = []
        while not iterator.atEnd():
            fragment = iterator.fragment()
            if fragment.isValid() and fragment.charFormat().anchorHref() == url:
                words.append(fragment.text())
            iterator += 1
        return "".join(words)
