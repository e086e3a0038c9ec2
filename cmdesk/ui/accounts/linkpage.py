"""Paints the page that links an account, step by step: what is asked, the wait, what went wrong, who it turned out to be."""

from collections.abc import Mapping, Sequence
from enum import Enum

from msgspec import Struct
from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QLineEdit, QStackedWidget, QWidget

from cmdesk.domain.account import Network
from cmdesk.ui.accounts.card import NetworkMark
from cmdesk.ui.rows import RowsModel
from cmdesk.ui.theme import Size, Theme, Tones
from cmdesk.ui.widgets.buttons import Button, Check, Kind
from cmdesk.ui.widgets.fields import Field, FormRow
from cmdesk.ui.widgets.layout import STRETCH, Hairline, column, row
from cmdesk.ui.widgets.rowlist import FaceMark, RowList, RowLook
from cmdesk.ui.widgets.safelabel import SafeLabel
from cmdesk.ui.widgets.segments import Segments
from cmdesk.ui.widgets.states import Banner, Symbol
from cmdesk.ui.widgets.text import Text


class Way(Enum):
    """How the account is proved."""

    BROWSER = "browser"
    CODE = "code"
    TOKEN = "token"
    PASSWORD = "password"
    PRACTICE = "practice"


#: The ways of each network, and the one its form begins with.
WAYS: Mapping[Network, frozenset[Way]] = {
    Network.MASTODON: frozenset({Way.BROWSER, Way.CODE, Way.TOKEN}),
    Network.BLUESKY: frozenset({Way.PASSWORD, Way.BROWSER}),
    Network.PRACTICE: frozenset({Way.PRACTICE}),
}
FIRST_WAYS: Mapping[Network, Way] = {
    Network.MASTODON: Way.BROWSER,
    Network.BLUESKY: Way.PASSWORD,
    Network.PRACTICE: Way.PRACTICE,
}


class Person(Struct, frozen=True):
    """Somebody of the practice network."""

    key: str
    name: str
    handle: str


class Wanted(Struct, frozen=True):
    """What was filled in. ``server`` and ``handle`` as typed; ``token`` (or app password) only for its own way; ``person`` only
    for practice.
    """

    way: Way
    network: Network = Network.MASTODON
    server: str = ""
    handle: str = ""
    allow_private: bool = False
    token: str = ""
    person: str = ""

    def __repr__(self) -> str:
        """Never the key."""
        return f"Wanted({self.way.value}, {self.server!r})"


class LinkPage(QWidget):
    """The page. Its steps are shown by ``ask``, ``wait``, ``ask_code``, ``tell_trouble`` and ``tell_done``."""

    begun = Signal(object)  # Wanted
    code_given = Signal(str)
    copy_wanted = Signal()
    open_wanted = Signal()
    session_wanted = Signal()
    retried = Signal()
    stopped = Signal()
    done = Signal()
    more_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._way = Way.BROWSER
        self._network = Network.MASTODON
        self._fixed = ""  # the handle that is linked again
        sizes = theme.sizes
        self._title = Text(theme, size=Size.TITLE, strong=True)
        self._lead = Text(theme, tone="soft", wrap=True)
        self._problem = Banner(theme)
        self._steps = QStackedWidget()
        self._form, self._wait, self._code, self._trouble, self._done = (QWidget() for _ in range(5))
        self._make_form()
        self._make_wait()
        self._make_code()
        self._make_trouble()
        self._make_done()
        for page in (self._form, self._wait, self._code, self._trouble, self._done):
            self._steps.addWidget(page)
        body = QWidget()
        body.setFixedWidth(sizes.one * 34)
        column(body, self._title, sizes.half, self._lead, sizes.one_half, self._problem, self._steps, STRETCH, gap=0)
        outer = row(self, margins=(sizes.one_half, sizes.two, sizes.one_half, sizes.one))
        outer.addStretch(1)
        outer.addWidget(body)
        outer.addStretch(1)
        self.retranslate()
        self.ask()

    # --- building

    def _make_form(self) -> None:
        theme, sizes = self._theme, self._theme.sizes
        self.network = Segments(theme)
        self.network.chosen.connect(self._network_chosen)
        self.server = Field(theme)
        self._server_row = FormRow(theme, "", self.server)
        self.handle = Field(theme)
        self._handle_row = FormRow(theme, "", self.handle)
        self.token = Field(theme)
        self.token.setEchoMode(QLineEdit.EchoMode.Password)
        self._token_row = FormRow(theme, "", self.token)
        self.private = Check(theme)
        self._private_note = Text(theme, size=Size.SMALL, tone="muted", wrap=True)
        self.private.toggled.connect(self._private_toggled)
        self._private_note.hide()
        self.people = RowList(theme)
        self._people_model: RowsModel[Person] = RowsModel(lambda one: f"{one.name}, {one.handle}")
        self.people.set_rows(self._people_model, lambda one: RowLook(one.name, f"@{one.handle}", mark=FaceMark(one.name)))
        self.people.opened.connect(lambda _one: self._begin())
        self.begin_button = Button(theme, kind=Kind.PRIMARY)
        self.begin_button.clicked.connect(self._begin)
        self.leave_button = Button(theme)
        self.leave_button.clicked.connect(self.stopped)
        self.server.returnPressed.connect(self._begin)
        self.token.returnPressed.connect(self._begin)
        self.handle.returnPressed.connect(self._begin)
        self.way_buttons = {way: Button(theme, kind=Kind.LINK) for way in (Way.BROWSER, Way.CODE, Way.TOKEN, Way.PASSWORD)}
        for way, button in self.way_buttons.items():
            button.clicked.connect(lambda _on=False, way=way: self.choose_way(way))
        self._other = Text(theme, size=Size.SMALL, tone="muted")
        self._other_line = Hairline(theme)
        ways = row(None, self._other, *self.way_buttons.values(), STRETCH, gap=sizes.half)
        self._ways = QWidget()
        column(self._ways, self._other_line, ways, gap=sizes.half)
        column(
            self._form,
            row(None, self.network, STRETCH),
            self._handle_row,
            self._server_row,
            self._token_row,
            column(None, self.private, self._private_note, gap=sizes.quarter),
            self.people,
            row(None, self.begin_button, self.leave_button, STRETCH, gap=sizes.half),
            self._ways,
            STRETCH,
            gap=sizes.one,
        )

    def _make_wait(self) -> None:
        theme, sizes = self._theme, self._theme.sizes
        self._wait_title = Text(theme, size=Size.LEAD, strong=True)
        self._wait_text = Text(theme, tone="soft", wrap=True)
        self._address_note = Text(theme, size=Size.SMALL, tone="muted", wrap=True)
        self.wait_open, self.wait_copy = Button(theme, icon="external"), Button(theme, icon="copy")
        self.wait_stop = Button(theme, kind=Kind.PLAIN)
        self.wait_open.clicked.connect(self.open_wanted)
        self.wait_copy.clicked.connect(self.copy_wanted)
        self.wait_stop.clicked.connect(self.stopped)
        self._address = QWidget()
        column(
            self._address,
            Hairline(theme),
            sizes.half,
            self._address_note,
            sizes.half,
            row(None, self.wait_open, self.wait_copy, STRETCH, gap=sizes.half),
        )
        head = row(None, Symbol(theme, "processing", "info"), self._wait_title, STRETCH, gap=sizes.half)
        column(self._wait, head, self._wait_text, self._address, row(None, self.wait_stop, STRETCH), STRETCH, gap=sizes.one)

    def _make_code(self) -> None:
        theme, sizes = self._theme, self._theme.sizes
        self.code = Field(theme)
        self._code_row = FormRow(theme, "", self.code)
        self.code_button = Button(theme, kind=Kind.PRIMARY)
        self.code_copy, self.code_stop = Button(theme, icon="copy"), Button(theme, kind=Kind.PLAIN)
        self.code_button.clicked.connect(lambda: self.code_given.emit(self.code.text()))
        self.code.returnPressed.connect(lambda: self.code_given.emit(self.code.text()))
        self.code_copy.clicked.connect(self.copy_wanted)
        self.code_stop.clicked.connect(self.stopped)
        column(
            self._code,
            self._code_row,
            row(None, self.code_button, self.code_copy, STRETCH, self.code_stop, gap=sizes.half),
            STRETCH,
            gap=sizes.one,
        )

    def _make_trouble(self) -> None:
        theme, sizes = self._theme, self._theme.sizes
        self._trouble_title = Text(theme, size=Size.LEAD, strong=True, wrap=True)
        self._trouble_text = SafeLabel(theme, tone="soft", wrap=True)
        self.session_button, self.retry_button = Button(theme), Button(theme, icon="refresh")
        self.trouble_stop = Button(theme)
        self.session_button.clicked.connect(self.session_wanted)
        self.retry_button.clicked.connect(self.retried)
        self.trouble_stop.clicked.connect(self.stopped)
        self._trouble_icon = Symbol(theme, "warning", "warning")
        head = row(None, gap=sizes.half)
        head.addWidget(self._trouble_icon, 0, Qt.AlignmentFlag.AlignTop)
        head.addWidget(self._trouble_title, 1)
        column(
            self._trouble,
            head,
            self._trouble_text,
            row(None, self.session_button, self.retry_button, self.trouble_stop, STRETCH, gap=sizes.half),
            STRETCH,
            gap=sizes.one,
        )

    def _make_done(self) -> None:
        theme, sizes = self._theme, self._theme.sizes
        self._done_mark = NetworkMark(theme)
        self._done_name = SafeLabel(theme, size=Size.LEAD, strong=True)
        self._done_handle = SafeLabel(theme, tone="muted")
        self._done_warning = Banner(theme)
        self.done_button, self.more_button = Button(theme, kind=Kind.PRIMARY), Button(theme, icon="plus")
        self.done_button.clicked.connect(self.done)
        self.more_button.clicked.connect(self.more_wanted)
        who = row(None, self._done_mark, column(None, self._done_name, self._done_handle), STRETCH, gap=sizes.one)
        column(
            self._done,
            who,
            self._done_warning,
            row(None, self.done_button, self.more_button, STRETCH, gap=sizes.half),
            STRETCH,
            gap=sizes.one_half,
        )

    # --- steps

    def set_tones(self, tones: Tones) -> None:
        """The client's colour on the loud buttons."""
        for button in (self.begin_button, self.code_button, self.done_button):
            button.set_tones(tones)

    def set_people(self, people: Sequence[Person]) -> None:
        """Who can be linked on the practice network."""
        self._people_model.show(list(people))
        self.people.setFixedHeight(min(len(people), 6) * self._theme.sizes.row + 2)

    def start(
        self,
        *,
        practice: bool,
        again: str = "",
        server: str = "",
        allow_private: bool = False,
        network: Network = Network.MASTODON,
    ) -> None:
        """A fresh form. ``again`` is the handle of an account that is linked again: its network and server are settled then."""
        self._fixed = again
        self.server.setText(server)
        self.handle.setText(again if network is Network.BLUESKY else "")
        self.token.clear()
        self.code.clear()
        self.private.setChecked(allow_private)
        self._network = Network.PRACTICE if practice and not again else network
        self._way = FIRST_WAYS[self._network]
        self.network.choose(self._network.value)
        self.ask()

    def choose_way(self, way: Way) -> None:
        """Another way to prove the account; what was typed stays."""
        self._way = way
        self.ask()
        first = self.handle if self._bluesky else self.server
        secret = way in {Way.TOKEN, Way.PASSWORD} and bool(first.text())
        (self.token if secret else first).setFocus()

    @property
    def _bluesky(self) -> bool:
        return self._network is Network.BLUESKY

    def ask(self) -> None:
        """The form, as it was filled in."""
        practice, secret = self._way is Way.PRACTICE, self._way in {Way.TOKEN, Way.PASSWORD}
        asks = not practice and not self._fixed
        self.network.setVisible(not self._fixed)
        self._handle_row.setVisible(self._bluesky and not self._fixed)
        # Whoever has a handle on Bluesky has a server by it; only one of this computer must be named.
        self._server_row.setVisible(asks and (not self._bluesky or self.private.isChecked()))
        self._token_row.setVisible(secret)
        self.private.setVisible(asks)
        self._private_note.setVisible(self.private.isChecked() and asks)
        self.people.setVisible(practice)
        self._ways.setVisible(not practice)
        for way, button in self.way_buttons.items():
            button.setVisible(way is not self._way and way in WAYS[self._network])
        self.begin_button.set_icon("external" if self._way is Way.BROWSER else "")
        self._say_problem("")
        for one in (self._server_row, self._token_row, self._handle_row):
            one.set_error("")
        self._say()
        self._steps.setCurrentWidget(self._form)
        first = self.handle if self._bluesky else self.server
        self.setFocusProxy(self.people if practice else self.token if self._fixed and secret else first)

    def _private_toggled(self, on: bool) -> None:
        self._private_note.setVisible(on)
        if self._bluesky:
            self._server_row.setVisible(on and not self._fixed)

    def complain(self, sentence: str, field: str = "") -> None:
        """What is wrong, at the field it is about; the form and what was typed stay."""
        if self._steps.currentWidget() is self._code:
            self._code_row.set_error(sentence)
            self.code.setFocus()
            return
        self.ask()
        rows = {
            "server": self._server_row,
            "token": self._token_row,
            "password": self._token_row,
            "handle": self._handle_row,
        }
        if field in rows and rows[field].isVisibleTo(self):
            rows[field].set_error(sentence)
            rows[field].field.setFocus()
        else:
            self._say_problem(sentence)

    def wait(self, *, browser: bool) -> None:
        """Something is under way; ``browser`` when it is the person's turn there."""
        self._say_problem("")
        self._wait_title.setText(self.tr("Your turn, in the browser") if browser else self.tr("One moment"))
        self._wait_text.setText(
            self.tr("Log in there if it asks, and allow cmdesk. This page goes on by itself.")
            if browser
            else self.tr("Asking the server who this is and what it allows.")
        )
        self._address.setVisible(browser)
        self._steps.setCurrentWidget(self._wait)

    def ask_code(self) -> None:
        """The code that the browser shows."""
        self._say_problem("")
        self._code_row.set_error("")
        self._steps.setCurrentWidget(self._code)
        self.code.setFocus()

    def tell_trouble(self, title: str, text: str, *, danger: bool, session: bool, retry: bool) -> None:
        """What needs a decision: no keyring (``session``), one to unlock (``retry``), somebody else (``danger``)."""
        self._say_problem("")
        self._trouble_icon.show_icon("error" if danger else "warning", "danger" if danger else "warning")
        self._trouble_title.setText(title)
        self._trouble_title.set_tone("danger" if danger else "")
        self._trouble_text.show_text(text)
        self.session_button.setVisible(session)
        self.retry_button.setVisible(retry)
        self._steps.setCurrentWidget(self._trouble)

    def tell_done(self, name: str, handle: str, network: Network, warning: str) -> None:
        """Who it turned out to be, and whether another client speaks as the same one."""
        self._say_problem("")
        self.token.clear()
        self._done_mark.show_account(name, network)
        self._done_name.show_name(name)
        self._done_handle.show_name(f"@{handle}")
        if warning:
            self._done_warning.say("warning", warning)
        else:
            self._done_warning.hide()
        self._title.setText(self.tr("The account is linked"))
        self._lead.setText(self.tr("Messages to it are being fetched. You can plan posts right away."))
        self._steps.setCurrentWidget(self._done)
        self.done_button.setFocus()

    @property
    def step(self) -> str:
        """The step in front: form, wait, code, trouble or done."""
        return ("form", "wait", "code", "trouble", "done")[self._steps.currentIndex()]

    @property
    def complaint(self) -> str:
        """The sentence of the banner, "" when there is none."""
        return self._problem.accessibleName() if not self._problem.isHidden() else ""

    # --- inside

    def _begin(self) -> None:
        chosen = self.people.currentIndex()
        person = self._people_model.row(chosen.row()).key if chosen.isValid() else ""
        self.begun.emit(
            Wanted(
                self._way,
                network=self._network,
                server=self.server.text() if not self._bluesky or self.private.isChecked() else "",
                handle=self.handle.text() if self._bluesky else "",
                allow_private=self.private.isChecked(),
                token=self.token.text() if self._way in {Way.TOKEN, Way.PASSWORD} else "",
                person=person if self._way is Way.PRACTICE else "",
            )
        )

    def _network_chosen(self, key: str) -> None:
        self._network = Network(key)
        self._way = FIRST_WAYS[self._network]
        self.ask()

    def _say_problem(self, sentence: str) -> None:
        if sentence:
            self._problem.say("danger", sentence)
        else:
            self._problem.hide()

    def _say(self) -> None:
        if self._fixed:
            self._title.setText(self.tr("Link @{handle} again").format(handle=self._fixed))
            self._lead.setText(self.tr("Log in as this account and no other. Another one is refused, and nothing changes then."))
        else:
            self._title.setText(self.tr("Link an account"))
            if self._way is Way.PRACTICE:
                lead = self.tr("People and posts of a network that exists only in this program. Nothing leaves this computer.")
            elif self._way is Way.PASSWORD:
                lead = self.tr("An app password is for cmdesk alone, and can be taken back in Bluesky’s settings at any time.")
            else:
                lead = self.tr("You log in on the server’s own page. cmdesk never sees the password.")
            self._lead.setText(lead)
        words = {
            Way.BROWSER: self.tr("Open the browser"),
            Way.CODE: self.tr("Get a code in the browser"),
            Way.TOKEN: self.tr("Link with this token"),
            Way.PASSWORD: self.tr("Link with this app password"),
            Way.PRACTICE: self.tr("Link this account"),
        }
        self.begin_button.setText(words[self._way])
        if self._bluesky:
            self._token_row.set_label(self.tr("App password"))
            self._token_row.set_hint(
                self.tr("From Bluesky’s settings, under Privacy and security. It is used once and kept nowhere.")
            )
            self._server_row.set_hint(self.tr("The address of your own server, such as http://localhost:2583."))
        else:
            self._token_row.set_label(self.tr("Token"))
            self._token_row.set_hint(
                self.tr("From the server’s settings, under Development. It goes into the keyring, nowhere else.")
            )
            self._server_row.set_hint(self.tr("Your address works too, such as @rosa@mastodon.quebec."))

    def retranslate(self) -> None:
        """The words of the language in force."""
        self.network.set_items(
            [
                (Network.MASTODON.value, self.tr("Mastodon and compatible servers")),
                (Network.BLUESKY.value, self.tr("Bluesky")),
                (Network.PRACTICE.value, self.tr("Practice network")),
            ]
        )
        self.network.setAccessibleName(self.tr("Network"))
        self._server_row.set_label(self.tr("Server"))
        self._handle_row.set_label(self.tr("Handle"))
        self._handle_row.set_hint(self.tr("Your address on Bluesky. The server is found by it."))
        self.handle.setPlaceholderText(self.tr("rosa.bsky.social"))
        self.server.setPlaceholderText(self.tr("mastodon.quebec"))
        self.private.setText(self.tr("Server on this computer or network"))
        self._private_note.setText(
            self.tr(
                "Allows private addresses and, for them, a connection without encryption. "
                "Only for a server of your own that you try things on."
            )
        )
        self.people.setAccessibleName(self.tr("People of the practice network"))
        self._other.setText(self.tr("Another way:"))
        self.way_buttons[Way.BROWSER].setText(self.tr("In the browser"))
        self.way_buttons[Way.CODE].setText(self.tr("Paste a code instead"))
        self.way_buttons[Way.TOKEN].setText(self.tr("I have a token"))
        self.way_buttons[Way.PASSWORD].setText(self.tr("With an app password"))
        self._address_note.setText(self.tr("The browser didn’t open? Copy the address and open it yourself."))
        self.wait_open.setText(self.tr("Open it again"))
        for copying in (self.wait_copy, self.code_copy):
            copying.setText(self.tr("Copy the address"))
        for stopping in (self.leave_button, self.wait_stop, self.code_stop):
            stopping.setText(self.tr("Cancel"))
        self._code_row.set_label(self.tr("Code"))
        self._code_row.set_hint(self.tr("Allow cmdesk in the browser, then copy the code that the page shows."))
        self.code_button.setText(self.tr("Link the account"))
        self.session_button.setText(self.tr("Keep it for this session only"))
        self.retry_button.setText(self.tr("Try again"))
        self.trouble_stop.setText(self.tr("Stop here"))
        self.done_button.setText(self.tr("Done"))
        self.more_button.setText(self.tr("Link another account"))
        if self.step == "form":
            self._say()

    def changeEvent(self, event: QEvent) -> None:
        """Follows the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
