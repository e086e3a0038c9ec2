"""Has what one writes read after a pause, shows what was found, and does what is chosen; no key ever waits for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from cmdesk.domain.language import Severity
from cmdesk.services import checking
from cmdesk.ui import wording as common
from cmdesk.ui.proofing import wording
from cmdesk.ui.proofing.marks import Mark, Marks

if TYPE_CHECKING:
    from cmdesk.services.workspace import Workspace
    from cmdesk.ui.bridge import Calls
    from cmdesk.ui.proofing.panel import ProofPanel
    from cmdesk.ui.screens import Shell

translate = QCoreApplication.translate

#: A text is read when nobody has typed for so long; one that was just opened, a little later, after its first paint.
PAUSE_MS, OPENED_MS = 350, 500
#: "Reading…" appears only when it takes longer than this.
PATIENCE_MS = 600
#: Families whose best fix needs no look.
_SURE = frozenset({"typography"})


class Proof(QObject):
    """The reading of one editor for one client. ``text`` gives what is written, ``tag`` the language it is tagged with."""

    def __init__(
        self,
        marks: Marks,
        panel: ProofPanel,
        ws: Workspace,
        shell: Shell,
        calls: Calls,
        *,
        text: Callable[[], str],
        tag: Callable[[], str],
        at_once: bool = True,
    ) -> None:
        """``at_once`` reads what stands there already; else nothing is read before a word is typed."""
        super().__init__(panel)
        self._marks, self._panel, self._ws, self._shell, self._calls = marks, panel, ws, shell, calls
        self._text, self._tag, self._at_once = text, tag, at_once
        self._skipped: set[tuple[str, str]] = set()
        self._asked: tuple[str, str] | None = None
        self._timer = self._single(PAUSE_MS, self.read)
        self._slow = self._single(PATIENCE_MS, self._say_reading)
        self._pairs: tuple[tuple[Any, Any], ...] = (
            (panel.fixed, self.mend),
            (panel.skipped, self._skip),
            (panel.chosen, self._choose),
            (panel.all_wanted, self.mend_sure),
            (panel.wishes_wanted, self._ask_wishes),
            (marks.changed, self._show),
        )
        for signal, slot in self._pairs:
            signal.connect(slot)
        self._heard = ""  # the text that the findings' positions are of
        self.begin()

    def begin(self) -> None:
        """Another text stands in the editor."""
        self._marks.clear()
        self._skipped.clear()
        self._panel.show_state("")
        self._panel.show_note("")
        if self._at_once:
            self._timer.start(OPENED_MS)

    def touch(self) -> None:
        """Something was typed."""
        self._timer.start(PAUSE_MS)

    def retranslate(self) -> None:
        """Explanations come in the language of the screen."""
        self._marks.clear()
        self.read()

    def close(self) -> None:
        """Nothing is read any more."""
        self._timer.stop()
        self._slow.stop()
        for signal, slot in self._pairs:
            signal.disconnect(slot)
        self._pairs = ()
        self._marks.clear()
        self.deleteLater()

    def read(self) -> None:
        """Asks for a reading of the text as it is now, unless one is under way: then when that has come."""
        self._timer.stop()
        if self._asked is not None:
            return
        text, tag = self._text(), self._tag()
        if not text.strip():
            self._marks.clear()
            self._panel.show_state("")
            return
        profile = checking.profile(self._ws, self._shell.formats.language[:2], tag or None)
        if profile is None:
            self._marks.clear()
            self._panel.show_state("")
            self._panel.show_note(translate("Proofing", "Nobody here reads this language. French and English are read."))
            return
        self._asked = (text, tag)
        self._slow.start()
        self._calls.run(self._ws.proofreader.read(text, profile), then=self._read, otherwise=self._failed)

    def step(self, by: int) -> None:
        """To the next finding, or the one before."""
        self._marks.step(by)

    def mend_chosen(self) -> None:
        """The best fix of the one that is looked at, then to the next."""
        mark = self._marks.chosen or self._marks.step(1)
        if mark is not None and mark.finding.fixes:
            self.mend(mark, mark.finding.fixes[0])
            self._marks.step(1)

    def mend(self, mark: Mark, words: str) -> None:
        """Puts the chosen words into the text."""
        self._marks.mend(mark, words)

    def mend_sure(self) -> None:
        """All that need no look, at once, and back with one undo."""
        self._marks.mend_all(self._sure())

    def _sure(self) -> list[Mark]:
        return [
            mark
            for mark in self._marks.marks
            if mark.finding.fixes and (mark.finding.severity is Severity.BLOCK or mark.finding.family in _SURE)
        ]

    def _read(self, answer: Any) -> None:
        asked, self._asked = self._asked, None
        self._slow.stop()
        if asked is None or asked != (self._text(), self._tag()):
            self._timer.start(PAUSE_MS)
            return
        text = self._heard = asked[0]
        found = [one for one in answer.findings if (one.rule, text[one.start : one.end]) not in self._skipped]
        self._panel.show_note(wording.missing(answer.missing))
        self._marks.show(text, found)
        self._show()

    def _failed(self, _error: Exception) -> None:
        self._asked = None
        self._slow.stop()
        self._panel.show_state("")
        self._panel.show_note(
            translate("Proofing", "The text could not be read for mistakes. Your words are safe; it is tried again as you write.")
        )

    def _say_reading(self) -> None:
        self._panel.show_state(translate("Proofing", "Reading…"))

    def _show(self) -> None:
        marks = self._marks.marks
        if self._asked is None and self._text().strip():
            grave = any(mark.finding.severity is Severity.BLOCK for mark in marks)
            self._panel.show_state(wording.sums_up([mark.finding for mark in marks]), "danger" if grave else "muted")
        self._panel.show_marks(marks, self._marks.chosen, len(self._sure()))

    def _choose(self, mark: Mark) -> None:
        self._marks.choose(mark if mark.alive else None)

    def _skip(self, mark: Mark, how: str) -> None:
        """Once: until the post is opened again. Always, or as a word: kept among the client's wishes, and can be undone."""
        words = mark.words
        self._skipped.add((mark.finding.rule, words))
        self._marks.drop(mark)
        if how == "always":
            self._calls.run(
                checking.ignore_always(self._ws, mark.finding, self._heard),
                then=lambda kept: self._said(
                    translate("Proofing", "“{words}” is no longer pointed out for this client.").format(words=words),
                    lambda: self._calls.run(checking.heed(self._ws, kept), then=lambda _none: self._again(mark)),
                ),
            )
        elif how == "word":
            self._calls.run(
                checking.add_word(self._ws, words),
                then=lambda _none: self._said(
                    translate("Proofing", "“{words}” is a word of this client now.").format(words=words), None
                ),
            )

    def _ask_wishes(self) -> None:
        """What this client wants of its texts; kept, the text is read again by it."""
        client = self._ws.client
        dialog = self._panel.wishes_dialog(client.name, client.colour, checking.wishes(self._ws))

        def kept(_none: object) -> None:
            dialog.accept()
            self.read()

        dialog.kept.connect(
            lambda fresh: self._calls.run(
                checking.set_wishes(self._ws, fresh),
                then=kept,
                otherwise=lambda error: dialog.show_problem(common.error(error, self._shell.formats)),
            )
        )
        dialog.open()

    def _said(self, sentence: str, undo: Callable[[], object] | None) -> None:
        def back() -> None:
            if undo is not None:
                undo()

        self._shell.toast(sentence, back if undo is not None else None)
        self.read()

    def _again(self, mark: Mark) -> None:
        self._skipped.discard((mark.finding.rule, mark.words))
        self.read()

    def _single(self, wait: int, then: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(wait)
        timer.timeout.connect(then)
        return timer
