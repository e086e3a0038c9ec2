"""Underlines what was found in a text, and keeps each line under its words while somebody goes on writing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen, QTextBlock, QTextCursor, QTextDocument
from PySide6.QtWidgets import QPlainTextEdit

from cmdesk.domain.language import Finding, Severity, units
from cmdesk.ui.theme import Roles, Theme


class Mark:
    """One finding where it stands now. It is over as soon as its words are others."""

    def __init__(self, finding: Finding, words: str, cursor: QTextCursor) -> None:
        self.finding, self.words, self.cursor = finding, words, cursor

    @property
    def alive(self) -> bool:
        """Whether the words still are those that were read."""
        return self.cursor.selectedText().replace("\u2029", "\n") == self.words


def ink(roles: Roles, severity: Severity) -> QColor:
    """The colour of a severity; its form differs too."""
    return {Severity.BLOCK: roles.danger, Severity.WARN: roles.warning, Severity.HINT: roles.info}[severity]


class Marks(QObject):
    """The marks of one editor. The editor calls ``paint`` at the end of its own painting."""

    changed = Signal()

    def __init__(self, editor: QPlainTextEdit, theme: Theme) -> None:
        super().__init__(editor)
        self._editor, self._theme = editor, theme
        self._marks: list[Mark] = []
        self._chosen: Mark | None = None

    @property
    def marks(self) -> tuple[Mark, ...]:
        """Those that still stand, in the order of the text."""
        return tuple(mark for mark in self._marks if mark.alive)

    @property
    def chosen(self) -> Mark | None:
        """The one the reader looks at."""
        return self._chosen if self._chosen is not None and self._chosen.alive else None

    def show(self, text: str, findings: Sequence[Finding]) -> None:
        """The findings of ``text``, which must be what the editor holds."""
        before = self.chosen
        place = units(text)
        self._marks = [
            Mark(one, text[one.start : one.end], _selecting(self._editor.document(), place[one.start], place[one.end]))
            for one in findings
            if 0 <= one.start < one.end <= len(text)
        ]
        same = (mark for mark in self._marks if before is not None and mark.finding.rule == before.finding.rule)
        self._chosen = next((mark for mark in same if before is not None and mark.words == before.words), None)
        self._tell()

    def clear(self) -> None:
        """Nothing is marked."""
        if self._marks:
            self._marks, self._chosen = [], None
            self._tell()

    def drop(self, mark: Mark) -> None:
        """One that is not to be shown any more."""
        self._marks = [one for one in self._marks if one is not mark]
        self._tell()

    def choose(self, mark: Mark | None) -> None:
        """Lays a tint under it and brings it into sight."""
        self._chosen = mark
        if mark is not None:
            cursor = QTextCursor(mark.cursor)
            cursor.setPosition(mark.cursor.selectionEnd())
            self._editor.setTextCursor(cursor)
            self._editor.ensureCursorVisible()
        self._editor.viewport().update()
        self.changed.emit()

    def step(self, by: int) -> Mark | None:
        """The next (1) or the one before (-1), seen from the cursor, round the end; None when there is none."""
        marks = self.marks
        if not marks:
            return None
        if self.chosen in marks:
            place = (marks.index(self.chosen) + by) % len(marks)
        else:
            here = self._editor.textCursor().position()
            after = [number for number, mark in enumerate(marks) if mark.cursor.selectionEnd() >= here]
            place = (after[0] if after else 0) if by > 0 else ((after[0] if after else len(marks)) - 1) % len(marks)
        self.choose(marks[place])
        return marks[place]

    def at(self, position: int) -> Mark | None:
        """The mark over a position of the document, in UTF-16 units."""
        return next((one for one in self.marks if one.cursor.selectionStart() <= position <= one.cursor.selectionEnd()), None)

    def mend(self, mark: Mark, words: str) -> bool:
        """Puts other words there, as one step of undo; False when somebody has changed the place meanwhile."""
        if not mark.alive or self._editor.isReadOnly():
            return False
        mark.cursor.insertText(words)
        self.drop(mark)
        return True

    def mend_all(self, marks: Sequence[Mark]) -> int:
        """The best fix of each, all as one step of undo; how many were mended."""
        places = [(mark.cursor.selectionStart(), mark.cursor.selectionEnd(), mark) for mark in marks if mark.finding.fixes]
        edit = QTextCursor(self._editor.document())
        edit.beginEditBlock()
        done = 0
        for start, end, mark in sorted(places, key=lambda place: place[0], reverse=True):
            if mark.alive and not self._editor.isReadOnly():
                edit.setPosition(start)
                edit.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
                edit.insertText(mark.finding.fixes[0])
                done += 1
        edit.endEditBlock()
        self._marks = [mark for mark in self._marks if mark not in marks]
        self._tell()
        return done

    def paint(self, seen: QRectF) -> None:
        """Draws the lines that lie in ``seen``, a rectangle of the viewport."""
        if not self._marks:
            return
        painter = QPainter(self._editor.viewport())
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for mark in self.marks:
            for stretch in self._stretches(mark):
                if stretch.intersects(seen):
                    self._paint_one(painter, mark, stretch)
        painter.end()

    def _paint_one(self, painter: QPainter, mark: Mark, stretch: QRectF) -> None:
        sizes, roles = self._theme.sizes, self._theme.roles
        colour = ink(roles, mark.finding.severity)
        if mark is self._chosen:
            tint = QColor(colour)
            tint.setAlphaF(0.14)
            painter.fillRect(stretch, tint)
        pen = QPen(colour, sizes.stroke * 0.75)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        base = stretch.bottom() - sizes.stroke * 0.75
        if mark.finding.severity is Severity.HINT:
            pen.setDashPattern([0.5, 2.5])
            painter.setPen(pen)
            painter.drawLine(QPointF(stretch.left() + 1, base), QPointF(stretch.right(), base))
            return
        painter.setPen(pen)
        if mark.finding.severity is Severity.WARN:
            pen.setDashPattern([4, 3])
            painter.setPen(pen)
            painter.drawLine(QPointF(stretch.left() + 1, base), QPointF(stretch.right(), base))
            return
        painter.drawPath(_wave(stretch.left(), stretch.right(), base, sizes.quarter / 2))

    def _stretches(self, mark: Mark) -> list[QRectF]:
        """Where its words stand on the screen: a rectangle for each line they run over."""
        found: list[QRectF] = []
        start, end = mark.cursor.selectionStart(), mark.cursor.selectionEnd()
        block = self._editor.document().findBlock(start)
        while block.isValid() and block.position() < end:
            found += self._in_block(block, start - block.position(), end - block.position())
            block = block.next()
        return found

    def _in_block(self, block: QTextBlock, start: int, end: int) -> list[QRectF]:
        found = []
        box = self._editor.blockBoundingGeometry(block).translated(self._editor.contentOffset())
        layout = block.layout()
        begin = layout.lineForTextPosition(max(0, start))
        # From the line where it begins: a long paragraph has many, and all marks are asked for at every key.
        for number in range(begin.lineNumber() if begin.isValid() else layout.lineCount(), layout.lineCount()):
            line = layout.lineAt(number)
            if line.textStart() >= end:
                break
            first, last = max(start, line.textStart()), min(end, line.textStart() + line.textLength())
            if first < last:
                left, right = _x(line.cursorToX(first)), _x(line.cursorToX(last))
                top = box.top() + line.y()
                found.append(QRectF(box.left() + min(left, right), top, abs(right - left), line.height()))
        return found

    def _tell(self) -> None:
        self._editor.viewport().update()
        self.changed.emit()


def raw_text(document: QTextDocument) -> str:
    """The words as typed. ``toPlainText`` would turn the no-break spaces of French into plain ones."""
    text = document.toRawText()
    return text.replace("\u2029", "\n").replace("\u2028", "\n").replace("\ufdd0", "\n").replace("\ufdd1", "\n")


def _selecting(document: QTextDocument, start: int, end: int) -> QTextCursor:
    cursor = QTextCursor(document)
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    # What is written right behind the words does not belong to them.
    cursor.setKeepPositionOnInsert(True)
    return cursor


def _x(found: object) -> float:
    """Qt's answer, which PySide gives with or without the position it rounded to."""
    return float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]  # the stubs know no type for it


def _wave(left: float, right: float, base: float, high: float) -> QPainterPath:
    path = QPainterPath(QPointF(left, base))
    x, up = left, True
    while x < right:
        step = min(high * 2, right - x)
        path.quadTo(QPointF(x + step / 2, base - high if up else base + high), QPointF(x + step, base))
        x, up = x + step, not up
    return path
