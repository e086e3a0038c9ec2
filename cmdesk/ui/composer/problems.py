"""Lists what stands in the way of a post, in sentences; a click goes to the place."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QVBoxLayout, QWidget

from cmdesk.ui.composer.values import ProblemLine
from cmdesk.ui.theme import Theme
from cmdesk.ui.widgets.layout import column
from cmdesk.ui.widgets.paint import focus_ring, role_pair, rounded, symbol


class ProblemButton(QAbstractButton):
    """One sentence on its tint: red when it blocks, amber when it asks for a look."""

    def __init__(self, theme: Theme, line: ProblemLine) -> None:
        super().__init__()
        self._theme = theme
        self.line = line
        self._rects: dict[int, QRect] = {}
        self.setFont(theme.font())
        self.setText(line.sentence)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        kind = self.tr("Must be mended") if line.block else self.tr("Worth a look")
        self.setAccessibleName(f"{kind}: {line.sentence}")

    def hasHeightForWidth(self) -> bool:
        """Long sentences wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """As high as its lines."""
        return self._text_rect(width).height() + self._theme.sizes.one

    def sizeHint(self) -> QSize:
        """Wide."""
        width = self._theme.sizes.dialog
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Narrow enough for any column."""
        return QSize(self._theme.sizes.three * 2, self._theme.sizes.one_half)

    def _text_rect(self, width: int) -> QRect:
        """Where the words stand; layouts ask ten times for every letter that is typed above, always for the same widths."""
        if width not in self._rects:
            sizes = self._theme.sizes
            left = sizes.half + sizes.icon + sizes.half
            room = QRect(left, sizes.half, max(sizes.three, width - left - sizes.half), 10_000)
            flags = Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignLeft.value | Qt.AlignmentFlag.AlignTop.value
            self._rects[width] = QFontMetrics(self.font()).boundingRect(room, flags, self.text())
        return self._rects[width]

    def changeEvent(self, event: QEvent) -> None:
        """Other letters take other room."""
        if event.type() is QEvent.Type.FontChange:
            self._rects.clear()
        super().changeEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Tint, icon, words; an edge when touched."""
        painter = QPainter(self)
        roles, sizes = self._theme.roles, self._theme.sizes
        ink, tint = role_pair(roles, "danger" if self.line.block else "warning")
        frame = QRectF(self.rect())
        touched = self.underMouse() or self.isDown()
        rounded(painter, frame, sizes.radius_small, tint, ink if touched else None)
        words = self._text_rect(self.width())
        mark = QRectF(sizes.half, words.top() + (QFontMetrics(self.font()).height() - sizes.icon) / 2, sizes.icon, sizes.icon)
        symbol(painter, self._theme, "error" if self.line.block else "warning", ink, mark)
        painter.setFont(self.font())
        painter.setPen(roles.text)
        flags = Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignLeft.value | Qt.AlignmentFlag.AlignTop.value
        painter.drawText(words.adjusted(0, 0, sizes.half, sizes.half), flags, self.text())
        if self.hasFocus():
            focus_ring(painter, self._theme, frame, sizes.radius_small)


class Problems(QWidget):
    """All of them, the blocking ones first. ``wanted`` carries the line clicked."""

    wanted = Signal(object)

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._lines: tuple[ProblemLine, ...] = ()
        self._column: QVBoxLayout = column(self, gap=theme.sizes.quarter)
        self.hide()

    @property
    def lines(self) -> tuple[ProblemLine, ...]:
        """What is listed."""
        return self._lines

    def show_lines(self, lines: Sequence[ProblemLine]) -> None:
        """Other problems; the same ones leave everything as it is."""
        wanted = tuple(sorted(lines, key=lambda line: not line.block))
        if wanted == self._lines:
            return
        self._lines = wanted
        while (item := self._column.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for line in wanted:
            button = ProblemButton(self._theme, line)
            button.clicked.connect(lambda _on=False, line=line: self.wanted.emit(line))
            self._column.addWidget(button)
        self.setVisible(bool(wanted))

    def changeEvent(self, event: QEvent) -> None:
        """The sentences come again with the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._lines = ()
        super().changeEvent(event)
