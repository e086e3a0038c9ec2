"""Shows one linked account: who it is, how well the line works, what was last fetched, and what can be done."""

from collections.abc import Mapping, Sequence

from msgspec import Struct
from PySide6.QtCore import QRectF, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from cmdesk.domain.account import Health, Network
from cmdesk.domain.ids import AccountId
from cmdesk.ui.theme import Size, Theme, Tones
from cmdesk.ui.widgets.buttons import Button, Kind
from cmdesk.ui.widgets.layout import STRETCH, Card, Hairline, column, row
from cmdesk.ui.widgets.marks import Avatar
from cmdesk.ui.widgets.paint import rounded, symbol
from cmdesk.ui.widgets.safelabel import SafeLabel
from cmdesk.ui.widgets.states import StateChip
from cmdesk.ui.widgets.text import Text

NETWORK_ICONS: Mapping[Network, str] = {
    Network.MASTODON: "network-mastodon",
    Network.BLUESKY: "network-bluesky",
    Network.PRACTICE: "network-practice",
}

#: The chip that shows a health: its shape and colour are those of the states a post may have.
HEALTH_CHIPS: Mapping[Health, str] = {
    Health.OK: "sent",
    Health.UNREACHABLE: "held",
    Health.RECONNECT: "needs_you",
    Health.SECRET_MISSING: "needs_you",
    Health.WRONG_IDENTITY: "refused",
}


class Fact(Struct, frozen=True):
    """One line about an account. ``tone`` as for Text."""

    label: str
    value: str
    tone: str = ""


class Look(Struct, frozen=True):
    """All that a card shows. ``fetched`` are the last fetches of each kind, ``server`` what the server is and allows."""

    id: AccountId
    network: Network
    name: str
    handle: str
    health: Health
    health_word: str
    health_sentence: str
    fetched: tuple[Fact, ...]
    server: tuple[Fact, ...]
    profile: str
    busy: bool = False


class NetworkMark(QWidget):
    """A person's face with the network's mark at its foot."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._icon = ""
        self._face = Avatar(theme)
        overhang = theme.sizes.quarter
        column(self, self._face, margins=(0, 0, overhang, overhang))
        self._badge = _Badge(theme, self)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        side = theme.sizes.disc + overhang
        self._badge.move(side - self._badge.width(), side - self._badge.height())

    def show_account(self, name: str, network: Network) -> None:
        """Another account."""
        self._face.set_person(name)
        self._badge.show_icon(NETWORK_ICONS[network])


class _Badge(QWidget):
    """The network's mark on a small round ground."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme, self._icon = theme, ""
        side = theme.sizes.one + theme.sizes.quarter
        self.setFixedSize(QSize(side, side))

    def show_icon(self, icon: str) -> None:
        """Another network."""
        self._icon = icon
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The mark."""
        painter = QPainter(self)
        frame = QRectF(self.rect())
        rounded(painter, frame, frame.height() / 2, self._theme.roles.raised, self._theme.roles.border)
        inset = self._theme.sizes.stroke + self._theme.sizes.hairline
        symbol(painter, self._theme, self._icon, self._theme.roles.text_soft, frame.adjusted(inset, inset, -inset, -inset))


class AccountCard(Card):
    """One account. The signals carry its id, ``profile`` the address of its page."""

    check = Signal(object)
    again = Signal(object)
    unlink = Signal(object)
    profile = Signal(str)

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme)
        self._look: Look | None = None
        sizes = theme.sizes
        self._mark = NetworkMark(theme)
        self._name = SafeLabel(theme, size=Size.LEAD, strong=True)
        self._handle = SafeLabel(theme, tone="muted")
        self._chip = StateChip(theme)
        self._sentence = Text(theme, tone="soft", wrap=True)
        self._fetched, self._server = Facts(theme), Facts(theme)
        self.check_button = Button(theme, icon="refresh")
        self.again_button = Button(theme, icon="link")
        self.profile_button = Button(theme, kind=Kind.PLAIN, icon="external")
        self.unlink_button = Button(theme, kind=Kind.PLAIN)
        self.check_button.clicked.connect(lambda: self._tell(self.check))
        self.again_button.clicked.connect(lambda: self._tell(self.again))
        self.unlink_button.clicked.connect(lambda: self._tell(self.unlink))
        self.profile_button.clicked.connect(self._open_profile)
        who = column(None, self._name, self._handle)
        head = row(None, self._mark, sizes.half, who, STRETCH, gap=sizes.quarter)
        head.addWidget(self._chip, 0, Qt.AlignmentFlag.AlignTop)
        facts = row(None, gap=sizes.two)
        facts.addWidget(self._fetched, 1, Qt.AlignmentFlag.AlignTop)
        facts.addWidget(self._server, 1, Qt.AlignmentFlag.AlignTop)
        foot = row(None, self.check_button, self.again_button, self.profile_button, STRETCH, self.unlink_button, gap=sizes.half)
        body = column(None, head, self._sentence, Hairline(theme), facts, foot, gap=sizes.one, margins=sizes.one)
        column(self).addLayout(body)

    def _open_profile(self) -> None:
        if self._look is not None:
            self.profile.emit(self._look.profile)

    def _tell(self, signal: SignalInstance) -> None:
        if self._look is not None:
            signal.emit(self._look.id)

    def shows(self, account: AccountId) -> bool:
        """Whether it is this account's card."""
        return self._look is not None and self._look.id == account

    def say(self, words: Sequence[str]) -> None:
        """The words of the buttons: check, link again, open profile, unlink."""
        for button, text in zip(
            (self.check_button, self.again_button, self.profile_button, self.unlink_button), words, strict=True
        ):
            button.setText(text)

    def show_account(self, look: Look, tones: Tones) -> None:
        """Shows an account; the loud thing is linking again, when only that helps."""
        self._look = look
        self._mark.show_account(look.name, look.network)
        self._name.show_name(look.name)
        self._handle.show_name(f"@{look.handle}")
        self._chip.set_state(HEALTH_CHIPS[look.health], look.health_word)
        self._sentence.setText(look.health_sentence)
        self._sentence.setVisible(look.health is not Health.OK)
        self._fetched.show_facts(look.fetched)
        self._server.show_facts(look.server)
        needs = look.health in {Health.RECONNECT, Health.SECRET_MISSING, Health.WRONG_IDENTITY}
        self.again_button.set_kind(Kind.PRIMARY if needs else Kind.QUIET)
        self.again_button.set_tones(tones)
        self.check_button.setEnabled(not look.busy)
        self.profile_button.setVisible(look.profile.startswith("http"))
        for button in (self.check_button, self.again_button, self.profile_button, self.unlink_button):
            button.setAccessibleDescription(look.handle)
        self.setAccessibleName(f"{look.name}, {look.health_word}")


class Facts(QWidget):
    """Labels and what they say, in two columns."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme.sizes.one)
        self._grid.setVerticalSpacing(theme.sizes.quarter)
        self._grid.setColumnStretch(1, 1)
        self._lines: list[tuple[Text, Text]] = []

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Other facts."""
        while len(self._lines) < len(facts):
            label, value = Text(self._theme, tone="muted"), Text(self._theme, tabular=True, wrap=True)
            number = len(self._lines)
            self._grid.addWidget(label, number, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(value, number, 1, Qt.AlignmentFlag.AlignTop)
            self._lines.append((label, value))
        for number, (label, value) in enumerate(self._lines):
            shown = number < len(facts)
            label.setVisible(shown)
            value.setVisible(shown)
            if shown:
                label.setText(facts[number].label)
                value.setText(facts[number].value)
                value.set_tone(facts[number].tone)
