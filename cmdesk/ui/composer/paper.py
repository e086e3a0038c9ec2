"""The sheet one writes on: plain text only, thread parts marked where a line of dashes stands, nothing typed ever altered."""

import unicodedata
from collections.abc import Sequence

from PySide6.QtCore import QMimeData, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFontMetrics,
    QImage,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextDocument,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QPlainTextDocumentLayout, QPlainTextEdit, QSizePolicy

from cmdesk.domain.ids import AccountId
from cmdesk.domain.limits import Count
from cmdesk.domain.post import THREAD_MARK
from cmdesk.ui.proofing.marks import Marks, raw_text
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.paint import Flag, elided

#: What may be pasted at once; more is cut, and no post of any network is that long.
MOST_PASTED = 200_000
#: Under this name the clipboard remembers whose words it holds.
WHOSE = "application/x-cmdesk-client"
_DROPPED = frozenset({"Cc", "Cs", "Co", "Cn"})
_OVERRIDES = frozenset("\u202a\u202b\u202c\u202d\u202e\ufffc\ufeff")


def clean(text: str) -> str:
    """Pasted text without what cannot be seen: control characters, overrides of direction, stand-ins for pictures.

    Line ends become one kind, tabs a space; no-break spaces, joiners and the marks that Arabic and Hebrew need stay.
    """
    text = text[:MOST_PASTED].replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    kept = []
    for character in text:
        if character == "\n":
            kept.append(character)
        elif character in "\t\x0b\x0c":
            kept.append(" ")
        elif character not in _OVERRIDES and unicodedata.category(character) not in _DROPPED:
            kept.append(character)
    return "".join(kept)


def local_files(source: QMimeData) -> list[str]:
    """The files of this computer among what is dropped or pasted."""
    return [url.toLocalFile() for url in source.urls() if url.isLocalFile()]


def has_media(source: QMimeData) -> bool:
    """Whether it is files or a picture, and not words."""
    return bool(local_files(source)) or (source.hasImage() and not source.hasText())


def _sheet(owner: QPlainTextEdit, theme: Theme, text: str) -> QTextDocument:
    """The document of one tab, with its own undo. It lives and dies with the editor: Qt's layout of it keeps a plain
    pointer to the editor it was last shown in."""
    document = QTextDocument(owner)
    document.setDocumentLayout(QPlainTextDocumentLayout(document))
    document.setDefaultFont(theme.font(Size.LEAD))
    document.setDocumentMargin(0)
    option = QTextOption()
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # every paragraph by its own letters
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    document.setDefaultTextOption(option)
    document.setPlainText(text)
    _align(document)
    return document


def _align(document: QTextDocument) -> None:
    """The side where its first paragraph begins: Qt's plain layout aligns all paragraphs alike."""
    rightward = document.begin().textDirection() is Qt.LayoutDirection.RightToLeft
    wanted = Qt.AlignmentFlag.AlignRight if rightward else Qt.AlignmentFlag.AlignLeft
    option = document.defaultTextOption()
    if option.alignment() != wanted:
        option.setAlignment(wanted)
        document.setDefaultTextOption(option)


class Paper(QPlainTextEdit):
    """The editor. It grows with its text; every tab (an account, or None for the base) has its own document and undo."""

    typed = Signal()
    files_given = Signal(list)
    image_given = Signal(QImage)
    left = Signal()
    pasted_foreign = Signal(str)  # the client whose words were pasted here

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.whose = ""  # the client whose text this is: copied words remember it
        self._sheets: dict[AccountId | None, QTextDocument] = {}
        self._known = ""
        self._counts: tuple[Count, ...] = ()
        self._lines = 4
        self._wrapped = 1  # lines on the screen
        self._measuring = False
        self.marks = Marks(self, theme)
        self.setProperty("bare", "true")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFont(theme.font(Size.LEAD))
        self.setTabChangesFocus(True)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAcceptDrops(True)
        self.setCursorWidth(theme.sizes.focus)
        theme.changed.connect(self.viewport().update)
        self.start("")

    def start(self, text: str) -> None:
        """Another post: all tabs are forgotten, the base has this text."""
        before = [sheet for sheet in self._sheets.values() if sheet is not self.document()]
        for sheet in before:
            _let_go(sheet)
        last = self.document() if self._sheets else None
        self._sheets = {}
        self.show_tab(None, text)
        if last is not None:
            _let_go(last)

    def show_tab(self, tab: AccountId | None, text: str) -> None:
        """The document of a tab; one whose text is no longer this one begins anew, without an undo."""
        sheet = self._sheets.get(tab)
        old = None
        if sheet is None or raw_text(sheet) != text:
            old = sheet
            sheet = self._sheets[tab] = _sheet(self, self._theme, text)
            sheet.contentsChanged.connect(self._changed)
            sheet.documentLayout().documentSizeChanged.connect(self._grow)
        self._known = text
        if self.document() is not sheet:
            self.marks.clear()
            self.setDocument(sheet)
        if old is not None:
            _let_go(old)
        self._grow()
        self.viewport().update()

    def text(self) -> str:
        """What is written on the tab shown."""
        return raw_text(self.document())

    def set_counts(self, counts: Sequence[Count]) -> None:
        """The length of each part, drawn at the line that ends it."""
        if tuple(counts) != self._counts:
            self._counts = tuple(counts)
            if THREAD_MARK in self._known:
                self.viewport().update()

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Pictures and files are handed on; of everything else only clean text arrives."""
        files = local_files(source)
        if files:
            self.files_given.emit(files)
        elif source.hasImage() and not source.hasText():
            image = source.imageData()
            if isinstance(image, QImage) and not image.isNull():
                self.image_given.emit(image)
        elif source.hasText() and not self.isReadOnly():
            cursor = self.textCursor()
            cursor.beginEditBlock()  # one step of undo, apart from the words typed before
            cursor.insertText(clean(source.text()))
            cursor.endEditBlock()
            self.ensureCursorVisible()
            before = bytes(source.data(WHOSE).data()).decode("utf-8", "replace")
            if before and self.whose and before != self.whose:
                self.pasted_foreign.emit(before)

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Text, pictures and files."""
        return source.hasText() or source.hasImage() or source.hasUrls()

    def createMimeDataFromSelection(self) -> QMimeData:
        """A copy keeps the no-break spaces too."""
        data = QMimeData()
        data.setText(self.textCursor().selectedText().replace("\u2029", "\n").replace("\u2028", "\n"))
        data.setData(WHOSE, self.whose.encode())
        return data

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """As high as the text, and never less than some lines."""
        high = (max(self._lines, self._wrapped + 1)) * QFontMetrics(self.font()).lineSpacing() + self._theme.sizes.half
        return QSize(self._theme.sizes.dialog, high)

    def _measure(self) -> int:
        """How many lines the text takes at the present width.

        Counted when something changed, never when the height is asked for: Qt breaks lines only when somebody asks, tells
        of it at once, and may ask for a height in the midst of it.
        """
        lines = 0
        block = self.document().begin()
        layout = self.document().documentLayout()
        while block.isValid():
            layout.blockBoundingRect(block)  # breaks its lines; until then it has none
            lines += max(1, block.layout().lineCount())
            block = block.next()
        return lines

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the lines anew, so the height follows."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._grow()

    def minimumSizeHint(self) -> QSize:
        """The same height."""
        return QSize(self._theme.sizes.three * 2, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text, then a line at each end of a part, with the part's number and count."""
        super().paintEvent(event)
        block = self.document().begin()
        part = 0
        painter: QPainter | None = None
        while block.isValid():
            if block.text().strip() == THREAD_MARK:
                painter = painter or QPainter(self.viewport())
                part += 1
                self._paint_end(painter, block, part)
            block = block.next()
        if painter is not None:
            painter.end()
        self.marks.paint(QRectF(event.rect()))

    def _paint_end(self, painter: QPainter, block: QTextBlock, part: int) -> None:
        roles, sizes = self._theme.roles, self._theme.sizes
        box = self.blockBoundingGeometry(block).translated(self.contentOffset())
        middle = round(box.center().y())
        count = self._counts[part - 1] if part - 1 < len(self._counts) else None
        font = self._theme.font(Size.SMALL, tabular=True)
        words = str(part) if count is None else f"{part} · {count.count}/{count.limit}"
        ink = roles.danger if count is not None and count.over else roles.muted
        width = QFontMetrics(font).horizontalAdvance(words) + sizes.half
        rect = QRect(self.viewport().width() - width, middle - sizes.one, width, sizes.two)
        start = 0
        if self.textCursor().block() == block:
            # The dashes stay to be seen while the cursor is on them.
            start = round(QFontMetrics(self.font()).horizontalAdvance(block.text())) + sizes.one
        else:
            painter.fillRect(box, roles.content)
        painter.fillRect(QRect(start, middle, max(0, rect.left() - start), sizes.hairline), roles.border)
        elided(painter, rect, words, font, ink, Flag.AlignRight)

    def _changed(self) -> None:
        text = self.text()
        if text != self._known:
            # Qt paints the paragraph that changed; what we draw over it, where parts end, moves with the others.
            if THREAD_MARK in text or THREAD_MARK in self._known:
                self.viewport().update()
            self._known = text
            _align(self.document())
            self.typed.emit()

    def _grow(self, *_size: object) -> None:
        # Told of at every letter, and the whole page would be laid out anew each time.
        if self._measuring:
            return
        self._measuring = True
        try:
            lines = self._measure()
        finally:
            self._measuring = False
        if lines != self._wrapped:
            self._wrapped = lines
            self.updateGeometry()


def _let_go(sheet: QTextDocument) -> None:
    """The end of a document that is shown no more; it has nothing to tell on its way out."""
    sheet.blockSignals(True)
    sheet.documentLayout().blockSignals(True)
    sheet.deleteLater()
