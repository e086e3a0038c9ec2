"""The composer's page: accounts above, the text as the screen, what goes with it beneath, how it will be seen beside."""

from collections.abc import Callable, Sequence
from datetime import datetime

from msgspec.structs import replace
from PySide6.QtCore import QEvent, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from cmdesk.domain.extras import Extras
from cmdesk.domain.ids import AccountId
from cmdesk.domain.limits import Visibility
from cmdesk.ui.composer.beside import Comment, Reach
from cmdesk.ui.composer.deliveries import Deliveries
from cmdesk.ui.composer.media import MediaStrip
from cmdesk.ui.composer.paper import Paper, has_media
from cmdesk.ui.composer.poll import PollEditor
from cmdesk.ui.composer.preview import Previews
from cmdesk.ui.composer.problems import Problems
from cmdesk.ui.composer.sending import Sending
from cmdesk.ui.composer.targets import Targets
from cmdesk.ui.composer.values import ProblemLine
from cmdesk.ui.i18n import Formats
from cmdesk.ui.proofing.panel import ProofPanel
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import Button, Choice, IconButton, Kind
from cmdesk.ui.widgets.fields import Field
from cmdesk.ui.widgets.flow import FlowBox
from cmdesk.ui.widgets.layout import STRETCH, Hairline, Scroll, column, row
from cmdesk.ui.widgets.segments import Segments
from cmdesk.ui.widgets.states import Banner
from cmdesk.ui.widgets.text import Text

BASE = "base"


class Page(QWidget):
    """One post. Everything a person does is a signal; everything shown comes through a setter."""

    typed = Signal()
    tab_chosen = Signal(object)
    revert_wanted = Signal()
    warning_typed = Signal(str)
    visibility_chosen = Signal(object)
    language_chosen = Signal(str)
    files_given = Signal(list)
    image_given = Signal(QImage)
    pick_wanted = Signal()
    poll_wanted = Signal()
    comment_typed = Signal(str)
    extras_changed = Signal(object)
    problem_wanted = Signal(object)
    link = Signal(str, str)
    left = Signal()

    def __init__(self, theme: Theme, formats: Formats, now: Callable[[], datetime]) -> None:
        super().__init__()
        self._theme = theme
        self.banner = Banner(theme)
        self.targets = Targets(theme)
        self._tabs = Segments(theme)
        self._tabs.chosen.connect(lambda key: self.tab_chosen.emit(None if key == BASE else AccountId(int(key))))
        self._note = Text(theme, size=Size.SMALL, tone="muted")
        self._revert = Button(theme, kind=Kind.LINK)
        self._revert.clicked.connect(self.revert_wanted)
        self.paper = Paper(theme)
        self.paper.typed.connect(self.typed)
        self.paper.files_given.connect(self.files_given)
        self.paper.image_given.connect(self.image_given)
        self.paper.left.connect(self.left)
        self.media = MediaStrip(theme)
        self.poll = PollEditor(theme)
        self.comment = Comment(theme)
        self.comment.typed.connect(self.comment_typed)
        self.comment.closed.connect(self._drop_comment)
        self.reach = Reach(theme)
        self.reach.changed.connect(self.extras_changed)
        self._warning = Field(theme)
        self._warning.textEdited.connect(self.warning_typed)
        self._warning_box = self._boxed_warning(theme)
        self.problems = Problems(theme)
        self.problems.wanted.connect(self.problem_wanted)
        self.proof = ProofPanel(theme)
        self.previews = Previews(theme)
        self.previews.link.connect(self.link)
        self.deliveries = Deliveries(theme, formats, now)
        self.deliveries.link.connect(self.link)
        self.sending = Sending(theme, formats)
        self._tools = self._make_tools(theme)
        self._lay_out(theme)
        self.setAcceptDrops(True)
        self.retranslate()

    def _boxed_warning(self, theme: Theme) -> QWidget:
        box = QWidget()
        self._warning_close = IconButton(theme, "close")
        self._warning_close.clicked.connect(self._drop_warning)
        row(box, self._warning, self._warning_close, gap=theme.sizes.quarter)
        box.hide()
        return box

    def _make_tools(self, theme: Theme) -> FlowBox:
        tools = FlowBox(theme.sizes.quarter)
        self._pick = IconButton(theme, "image")
        self._pick.clicked.connect(self.pick_wanted)
        self._ask = IconButton(theme, "poll")
        self._ask.clicked.connect(self.poll_wanted)
        self._warn = IconButton(theme, "warning")
        self._warn.setCheckable(True)
        self._warn.clicked.connect(self._toggle_warning)
        self._visibility = Choice(theme)
        self._visibility.activated.connect(lambda place: self.visibility_chosen.emit(self._visibility.itemData(place)))
        self._language = Choice(theme)
        self._language.activated.connect(lambda place: self.language_chosen.emit(self._language.itemData(place)))
        for choice in (self._visibility, self._language):
            choice.setMaximumWidth(theme.sizes.one * 10)
        self._say_more = IconButton(theme, "reply")
        self._say_more.setCheckable(True)
        self._say_more.clicked.connect(self._toggle_comment)
        self._doors = IconButton(theme, "lock")
        self._doors.setCheckable(True)
        self._doors.clicked.connect(self._toggle_reach)
        tools.add(self._visibility, self._language, self._pick, self._ask, self._warn, self._say_more, self._doors)
        return tools

    def _lay_out(self, theme: Theme) -> None:
        sizes = theme.sizes
        self._tool_line = Hairline(theme)
        self._tab_line = QWidget()
        self._stand = QWidget()
        row(self._stand, self._note, self._revert, STRETCH, gap=sizes.quarter)
        column(self._tab_line, row(None, self._tabs, STRETCH), self._stand, gap=sizes.half)
        text = QWidget()
        text.setMaximumWidth(sizes.reading)
        self._main: QVBoxLayout = column(
            text,
            self.targets,
            self._tab_line,
            self.paper,
            self._warning_box,
            self.media,
            self.poll,
            self.comment,
            self._tool_line,
            self._tools,
            self.reach,
            self.problems,
            gap=sizes.one,
        )
        self._main.addStretch(1)
        sheet = QWidget()
        middle = row(sheet, margins=(sizes.one_half, sizes.one_half, sizes.one_half, sizes.one_half))
        middle.addStretch(1)
        middle.addWidget(text, 100)
        middle.addStretch(1)
        self._side = QWidget()
        self._side_column: QVBoxLayout = column(
            self._side, self.deliveries, self.proof, self.previews, STRETCH, gap=sizes.one_half
        )
        holder = QWidget()
        self._holder: QVBoxLayout = column(holder, self._side, margins=(sizes.one, sizes.one_half, sizes.one, sizes.one_half))
        self._beside = Scroll(holder)
        self._beside.setProperty("surface", "sunken")
        self._beside.setFixedWidth(sizes.one * 21)  # with room for a scroll bar
        scroll = Scroll(sheet)
        body: QHBoxLayout = row(None)
        body.addWidget(scroll, 1)
        body.addWidget(Hairline(theme, upright=True))
        body.addWidget(self._beside)
        outer = column(self, self.banner)
        outer.addLayout(body, 1)
        outer.addWidget(self.sending)
        self._narrow = False

    def retranslate(self) -> None:
        """The words of the language in force."""
        self.paper.setPlaceholderText(self.tr("Write here. A line with only --- begins the next part of a thread."))
        self.paper.setAccessibleName(self.tr("Text of the post"))
        self._tabs.setAccessibleName(self.tr("Whose text is shown"))
        self._revert.setText(self.tr("Follow all accounts again"))
        self._warning.setPlaceholderText(self.tr("Content warning: what people read before they open the post"))
        self._warning.setAccessibleName(self.tr("Content warning"))
        self._warning_close.set_name(self.tr("Remove the content warning"))
        self._pick.set_name(self.tr("Add pictures or a video"))
        self._ask.set_name(self.tr("Add a poll"))
        self._warn.set_name(self.tr("Content warning"))
        self._say_more.set_name(self.tr("First comment"))
        self._doors.set_name(self.tr("Quote, who may answer, labels"))
        self._visibility.setAccessibleName(self.tr("Who can see it"))
        self._language.setAccessibleName(self.tr("Language of the post"))

    # --- what is shown ---------------------------------------------------------------------------------------

    def show_tabs(self, tabs: Sequence[tuple[AccountId | None, str]], chosen: AccountId | None, note: str, *, own: bool) -> None:
        """The tabs (None is the base), which is chosen, a note on how it stands to the base, and whether it can be reverted."""
        self._tab_line.setVisible(len(tabs) > 2)
        self._tabs.set_items([(BASE if account is None else str(account), words) for account, words in tabs])
        if tabs:
            self._tabs.choose(BASE if chosen is None else str(chosen))
        self._note.setText(note)
        self._stand.setVisible(bool(note))
        self._revert.setVisible(own)

    def show_warning(self, warning: str, *, fixed: bool) -> None:
        """The content warning of the tab."""
        if self._warning.text() != warning:
            self._warning.setText(warning)
        self._warning.setReadOnly(fixed)
        shown = bool(warning) or (self._warn.isChecked() and not fixed)
        self._warning_box.setVisible(shown)
        self._warn.setChecked(shown)
        self._warn.setEnabled(not fixed)
        self._warning_close.setEnabled(not fixed)

    def show_extras(self, extras: Extras, languages: Sequence[tuple[str, str]], *, wanted: bool, fixed: bool) -> None:
        """What goes with the post beside its words; ``wanted`` says whether a chosen network knows more than a comment."""
        self.comment.show_words(extras.first_comment, fixed=fixed)
        said = bool(extras.first_comment) or (self._say_more.isChecked() and not fixed)
        self.comment.setVisible(said)
        self._say_more.setChecked(said)
        self.reach.show_extras(extras, languages, fixed=fixed)
        special = replace(extras, first_comment="") != Extras()
        shown = special or (wanted and self._doors.isChecked() and not fixed)
        self.reach.setVisible(shown)
        self._doors.setVisible(wanted or special)
        self._doors.setChecked(shown)

    def forget_warning(self) -> None:
        """Another post: its warning opens only if it has one, and so does all that goes with it."""
        for button in (self._warn, self._say_more, self._doors):
            button.setChecked(False)

    def show_choices(
        self,
        visibilities: Sequence[tuple[Visibility, str]],
        visibility: Visibility,
        languages: Sequence[tuple[str, str]],
        language: str,
        *,
        fixed: bool,
    ) -> None:
        """Visibility and language of the tab, with what can be chosen."""
        for box, entries, chosen in (
            (self._visibility, list(visibilities), visibility),
            (self._language, list(languages), language),
        ):
            with QSignalBlocker(box):
                if [(box.itemData(place), box.itemText(place)) for place in range(box.count())] != entries:
                    box.clear()
                    for data, words in entries:
                        box.addItem(words, data)
                    box.updateGeometry()
                box.setCurrentIndex(next((place for place, entry in enumerate(entries) if entry[0] == chosen), -1))
            box.setEnabled(not fixed)
        for button in (self._pick, self._ask):
            button.setEnabled(not fixed)
        # What is out has nothing to choose any more; the preview says how it went out.
        for part in (self._tool_line, self._tools):
            part.setVisible(not fixed)

    def allow_poll(self, allowed: bool) -> None:
        """Whether a poll can be added now."""
        self._ask.setEnabled(allowed)

    def set_formats(self, formats: Formats) -> None:
        """Another language."""
        self.sending.set_formats(formats)
        self.deliveries.set_formats(formats)

    def focus_on(self, line: ProblemLine) -> None:
        """The keyboard goes to the place of a problem."""
        if line.where == "media":
            self.media.focus_media()
        elif line.where == "poll":
            self.poll.focus_first()
        elif line.where == "warning":
            self._warn.setChecked(True)
            self._warning_box.show()
            self._warning.setFocus()
        elif line.where == "reach":
            self._doors.setChecked(True)
            self.reach.show()
            self.reach.focus_quote()
        elif line.where == "visibility":
            self._visibility.setFocus()
        elif line.where == "targets":
            self.targets.setFocus()
        else:
            self.paper.setFocus()

    # --- what a person does ------------------------------------------------------------------------------------

    def _toggle_warning(self, on: bool) -> None:
        if on:
            self._warning_box.show()
            self._warning.setFocus()
        else:
            self._drop_warning()

    def _toggle_comment(self, on: bool) -> None:
        if on:
            self.comment.show()
            self.comment.focus_words()
        else:
            self._drop_comment()

    def _drop_comment(self) -> None:
        self._say_more.setChecked(False)
        self.comment.hide()
        self.comment.show_words("", fixed=False)
        self.comment_typed.emit("")
        self.paper.setFocus()

    def _toggle_reach(self, on: bool) -> None:
        self.reach.setVisible(on)
        if on:
            self.reach.focus_quote()

    def _drop_warning(self) -> None:
        self._warn.setChecked(False)
        self._warning_box.hide()
        if self._warning.text():
            self._warning.clear()
            self.warning_typed.emit("")
        self.paper.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape goes back to the list."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Files and pictures may be dropped anywhere on the page."""
        if has_media(event.mimeData()):
            event.acceptProposedAction()
        else:
            event.ignore()

    def dropEvent(self, event: QDropEvent) -> None:
        """As if they had been dropped on the sheet."""
        if has_media(event.mimeData()):
            self.paper.insertFromMimeData(event.mimeData())
            event.acceptProposedAction()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is no room beside the text, what stands beside goes under it."""
        super().resizeEvent(event)
        narrow = event.size().width() < self._theme.sizes.one * 44
        if narrow == self._narrow:
            return
        self._narrow = narrow
        if narrow:
            self._main.insertWidget(self._main.count() - 1, self._side)
        else:
            self._holder.addWidget(self._side)
        self._beside.setVisible(not narrow)

    def changeEvent(self, event: QEvent) -> None:
        """Follows the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
