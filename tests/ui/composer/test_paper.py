"""The sheet one writes on: its height follows the words, and asking for it changes nothing."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from cmdesk.domain.ids import AccountId
from cmdesk.ui.composer.paper import Paper
from cmdesk.ui.composer.problems import ProblemButton
from cmdesk.ui.composer.values import ProblemLine
from cmdesk.ui.theme import Theme

_WORDS = "Voici la fournée de samedi : pain au levain, brioche à l'érable et café d'à côté. " * 12


def _lines(paper: Paper) -> float:
    return (paper.sizeHint().height() - paper._theme.sizes.half) / QFontMetrics(paper.font()).lineSpacing()


def test_the_height_follows_words_and_width(qtbot: QtBot, theme: Theme) -> None:
    paper = Paper(theme)
    qtbot.addWidget(paper)
    paper.resize(600, 200)
    paper.show()
    few = _lines(paper)
    paper.start(_WORDS)
    wide = _lines(paper)
    assert wide > few
    paper.resize(300, 200)
    QApplication.processEvents()
    narrow = _lines(paper)
    assert narrow > wide * 1.5
    paper.setFocus()
    QTest.keyClick(paper, Qt.Key.Key_Return)
    QTest.keyClick(paper, Qt.Key.Key_Return)
    assert _lines(paper) == narrow + 2
    paper.undo()
    paper.undo()
    assert _lines(paper) == narrow


def test_asking_for_the_height_breaks_no_lines(qtbot: QtBot, theme: Theme) -> None:
    paper = Paper(theme)
    qtbot.addWidget(paper)
    paper.resize(600, 200)
    paper.show()
    paper.start("\n".join(_WORDS[: 20 * number] for number in range(1, 40)))
    told: list[object] = []
    sheet = paper.document()
    sheet.documentLayout().documentSizeChanged.connect(told.append)
    # The lines are unknown now, as they are in the midst of Qt's own work on them.
    block = sheet.lastBlock()
    block.clearLayout()
    paper.sizeHint()
    paper.minimumSizeHint()
    assert block.layout().lineCount() == 0
    assert told == []


def test_a_sheet_that_is_gone_tells_nothing_more(qtbot: QtBot, theme: Theme) -> None:
    paper = Paper(theme)
    qtbot.addWidget(paper)
    paper.resize(600, 200)
    paper.show()
    paper.start("un")
    paper.show_tab(AccountId(1), "deux")
    gone = list(paper._sheets.values())
    assert len(gone) == 2
    typed: list[bool] = []
    paper.typed.connect(lambda: typed.append(True))
    paper.start("trois")
    for sheet in gone:
        sheet.setPlainText("quatre")
    assert typed == []
    assert paper.text() == "trois"
    assert all(sheet.signalsBlocked() and sheet.documentLayout().signalsBlocked() for sheet in gone)


def test_a_sentence_finds_its_room_anew_with_other_letters(qtbot: QtBot, theme: Theme) -> None:
    button = ProblemButton(theme, ProblemLine(True, _WORDS[:200]))
    qtbot.addWidget(button)
    before = button.heightForWidth(300)
    assert button.heightForWidth(300) == before
    font = QFont(button.font())
    font.setPointSizeF(font.pointSizeF() * 2)
    button.setFont(font)
    assert button.heightForWidth(300) > before
