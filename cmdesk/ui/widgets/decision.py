"""The card that asks a person: what is known of a delivery, where to look, every way to go on. For Today and the composer."""

from collections.abc import Callable, Mapping
from datetime import datetime
from enum import Enum
from zoneinfo import ZoneInfo

from msgspec import Struct
from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QWidget

from cmdesk.domain.delivery import NEEDS_DECISION, HeldBecause, State
from cmdesk.domain.views import OutboxRow
from cmdesk.ui import wording
from cmdesk.ui.i18n import Formats
from cmdesk.ui.theme import Size, Theme
from cmdesk.ui.widgets.buttons import Button, Kind
from cmdesk.ui.widgets.datefield import DateTimeField
from cmdesk.ui.widgets.fields import Field
from cmdesk.ui.widgets.flow import FlowBox
from cmdesk.ui.widgets.layout import STRETCH, Card, column, row
from cmdesk.ui.widgets.safelabel import SafeLabel
from cmdesk.ui.widgets.states import StateChip
from cmdesk.ui.widgets.text import Text


class Ask(Enum):
    """What a person can want of a delivery that waits."""

    NOW = "now"
    MOVE = "move"
    DROP = "drop"
    IS_LIVE = "is_live"
    LOOK_AGAIN = "look_again"
    KEEP = "keep"
    NEXT_SLOT = "next_slot"
    CONTINUE = "continue"
    STOP = "stop"
    THAW = "thaw"
    EDIT = "edit"
    ACCOUNTS = "accounts"


class Wanted(Struct, frozen=True):
    """A decision as taken on a card. ``when`` is naive wall time (MOVE), ``url`` the pasted link (IS_LIVE)."""

    ask: Ask
    row: OutboxRow
    when: datetime | None = None
    url: str = ""


def choices(row: OutboxRow) -> tuple[Ask, ...]:
    """The ways to go on from where a delivery stands, the likeliest first."""
    if 0 < row.parts_out < row.parts and row.held_because is not HeldBecause.CRISIS:
        return _of_a_thread(row)
    if row.state is State.UNCERTAIN:
        return (Ask.LOOK_AGAIN, Ask.IS_LIVE, Ask.NOW, Ask.MOVE, Ask.DROP)
    if row.state is State.REFUSED:
        return (Ask.EDIT, Ask.NOW, Ask.MOVE, Ask.DROP)
    if row.state is not State.HELD:
        return ()
    match row.held_because:
        case HeldBecause.ACCOUNT:
            return (Ask.ACCOUNTS, Ask.MOVE, Ask.DROP)
        case HeldBecause.EDITED:
            return (Ask.EDIT, Ask.NOW, Ask.MOVE, Ask.DROP)
        case HeldBecause.CRISIS:
            return (Ask.THAW, Ask.DROP)
        case HeldBecause.DOUBT:
            return (Ask.NOW, Ask.MOVE, Ask.DROP)
        case _:
            return (Ask.NOW, Ask.MOVE, Ask.DROP)


def _of_a_thread(row: OutboxRow) -> tuple[Ask, ...]:
    """The ways on for a thread of which a part is live: it can't be moved or dropped any more, only ended or left."""
    if row.state is State.UNCERTAIN:
        return (Ask.LOOK_AGAIN, Ask.IS_LIVE, Ask.CONTINUE, Ask.STOP)
    if row.state is State.REFUSED:
        return (Ask.EDIT, Ask.CONTINUE, Ask.STOP)
    if row.state is not State.HELD:
        return ()
    return (Ask.ACCOUNTS, Ask.STOP) if row.held_because is HeldBecause.ACCOUNT else (Ask.CONTINUE, Ask.STOP)


class DecisionCard(Card):
    """One delivery that needs a decision. ``wanted`` carries a ``Wanted``; ``link`` an address to look at and its words.

    ``show_row`` fills it: ``look_at`` is the account's public page ("" when unknown), ``zone`` the client's
    zone name. Nothing is decided here: whoever shows the card carries the wish out.
    """

    wanted = Signal(object)
    link = Signal(str, str)

    def __init__(self, theme: Theme, formats: Formats, now: Callable[[], datetime]) -> None:
        """``now`` is the clock's, aware."""
        super().__init__(theme)
        self._formats = formats
        self._now = now
        self._row: OutboxRow | None = None
        self._look_at = ""
        self._zone = ""
        self._within = self._elsewhere = False
        sizes = theme.sizes
        self._chip = StateChip(theme)
        self._who = SafeLabel(theme, strong=True, wrap=True)
        self._when = Text(theme, size=Size.SMALL, tone="muted", tabular=True)
        self._preview = SafeLabel(theme, tone="muted", wrap=True)
        self._known = SafeLabel(theme, wrap=True)
        self._look = Button(theme, kind=Kind.LINK, icon="external")
        self._look.clicked.connect(self._look_there)
        self._buttons = FlowBox(sizes.half)
        self._by_ask: dict[Ask, Button] = {}
        self._keys: Mapping[Ask, str] = {}
        self._asks: tuple[Ask, ...] = ()
        self._move = self._mover(theme)
        self._live = self._pasting(theme)
        column(
            self,
            row(None, self._chip, STRETCH, self._when, gap=sizes.half),
            self._who,
            self._preview,
            self._known,
            row(None, self._look, STRETCH),
            self._buttons,
            self._move,
            self._live,
            gap=sizes.half,
            margins=sizes.one,
        )
        self.retranslate()

    def _button(self, ask: Ask) -> Button:
        """The button of a choice, made when it is first offered."""
        known = self._by_ask.get(ask)
        if known is not None:
            return known
        button = self._by_ask[ask] = Button(self._theme, kind=Kind.PLAIN if ask in {Ask.DROP, Ask.STOP} else Kind.QUIET)
        button.clicked.connect(lambda _on=False: self.press(ask))
        button.set_key(self._keys.get(ask, ""))
        self._buttons.add(button)
        return button

    def _mover(self, theme: Theme) -> QWidget:
        box = QWidget()
        self._moment = DateTimeField(theme, self._formats, self._wall_now)
        self._moment.changed.connect(self._moment_changed)
        self._zone_text = Text(theme, size=Size.SMALL, tone="muted")
        self._do_move = Button(theme)
        self._do_move.clicked.connect(self._move_there)
        self._move_back = Button(theme, kind=Kind.PLAIN)
        self._move_back.clicked.connect(self._fold)
        half = theme.sizes.half
        column(
            box,
            row(None, self._moment, self._zone_text, STRETCH, gap=half),
            row(None, self._do_move, self._move_back, STRETCH, gap=half),
            gap=half,
        )
        box.hide()
        return box

    def _pasting(self, theme: Theme) -> QWidget:
        box = QWidget()
        self._do_live = Button(theme)
        self._do_live.clicked.connect(self._say_live)
        self._url = Field(theme)
        self._url.textChanged.connect(lambda text: self._do_live.setEnabled(bool(text.strip())))
        self._url.returnPressed.connect(self._say_live)
        self._live_back = Button(theme, kind=Kind.PLAIN)
        self._live_back.clicked.connect(self._fold)
        half = theme.sizes.half
        column(box, self._url, row(None, self._do_live, self._live_back, STRETCH, gap=half), gap=half)
        box.hide()
        return box

    def retranslate(self) -> None:
        """The words of the language in force."""
        self._moment.setAccessibleName(self.tr("New date and time"))
        self._do_move.setText(self.tr("Plan for this time"))
        self._move_back.setText(self.tr("Back"))
        self._live_back.setText(self.tr("Back"))
        self._url.setPlaceholderText(self.tr("Paste the link of the live post"))
        self._url.setAccessibleName(self.tr("Link of the live post"))
        self._do_live.setText(self.tr("This is the post"))
        if self._row is not None:
            self._show(self._row)

    def words(self, ask: Ask) -> str:
        """What the button of a choice says for this delivery."""
        words = {
            Ask.NOW: self._now_words(),
            Ask.MOVE: self.tr("Another time…"),
            Ask.DROP: self.tr("Do not publish"),
            Ask.IS_LIVE: self.tr("It is live…"),
            Ask.LOOK_AGAIN: self.tr("Look again"),
            Ask.KEEP: self.tr("Publish at its time"),
            Ask.NEXT_SLOT: self.tr("Next free time"),
            Ask.CONTINUE: self.tr("Send the rest"),
            Ask.STOP: self.tr("Leave it at that"),
            Ask.THAW: self.tr("Let this one go"),
            Ask.EDIT: self.tr("Open the post"),
            Ask.ACCOUNTS: self.tr("Link the account again"),
        }
        return words[ask]

    def set_keys(self, keys: Mapping[Ask, str]) -> None:
        """The keys that do the same as the buttons, shown on them; who shows the card makes them work."""
        self._keys = keys
        for ask, button in self._by_ask.items():
            button.set_key(keys.get(ask, ""))

    def show_row(
        self,
        outbox: OutboxRow,
        look_at: str = "",
        zone: str = "",
        *,
        within: bool = False,
        elsewhere: bool = False,
        asks: tuple[Ask, ...] | None = None,
    ) -> None:
        """Shows a delivery; ``within`` its own post's editor, so preview and the way to the post are left out.

        ``elsewhere``: the client's clock shows another hour than the other hours on the screen, so the zone is named.
        ``asks`` are the choices to offer, where somebody knows them better than its row tells.
        """
        if self._row is None or self._row.id != outbox.id or self._row.state is not outbox.state:
            self._fold()
        self._row, self._look_at, self._zone, self._within = outbox, look_at, zone, within
        self._elsewhere = elsewhere
        self._asks = asks if asks is not None else tuple(ask for ask in choices(outbox) if not (within and ask is Ask.EDIT))
        self._show(outbox)

    @property
    def asks(self) -> tuple[Ask, ...]:
        """The choices that are offered now."""
        return self._asks

    def _show(self, outbox: OutboxRow) -> None:
        zone, asks = self._zone, self._asks
        self._chip.set_state(outbox.state.value, wording.state(outbox.state))
        self._who.show_name(f"@{outbox.account.handle}")
        moment = self._formats.moment(outbox.planned.wall)
        self._when.setText(f"{moment} · {wording.zone(zone)}" if zone and self._elsewhere else moment)
        self._preview.show_name(outbox.preview)
        self._preview.setVisible(not self._within and bool(outbox.preview))
        self._known.show_text(wording.known(outbox, self._formats))
        self._look.setText(self.tr("Look at @{handle}").format(handle=outbox.account.handle))
        self._look.setVisible(bool(self._look_at) and outbox.state in NEEDS_DECISION)
        offered = [self._button(ask) for ask in asks]
        for ask, button in self._by_ask.items():
            button.setVisible(ask in asks)
            button.setText(self.words(ask))
        self._buttons.flow.arrange(offered)
        self._zone_text.setText(wording.zone(zone) if zone else "")
        self.setAccessibleName(f"@{outbox.account.handle}: {wording.state(outbox.state)}")
        self.setAccessibleDescription(self._known.text())

    def _now_words(self) -> str:
        outbox = self._row
        if outbox is None:
            return ""
        if outbox.state is State.UNCERTAIN:
            return self.tr("It is not there: publish again")
        return self.tr("Try again now") if outbox.state is State.REFUSED else self.tr("Publish now")

    def _wall_now(self) -> datetime:
        return self._now().astimezone(ZoneInfo(self._zone or "UTC")).replace(tzinfo=None)

    def set_formats(self, formats: Formats) -> None:
        """Another language; the words follow by themselves."""
        self._formats = formats
        self._moment.set_formats(formats)

    def press(self, ask: Ask) -> None:
        """What the button of this choice does."""
        if self._row is None or ask not in self._asks:
            return
        if ask is Ask.MOVE:
            self._unfold(self._move)
            self._moment.set_moment(None)
            self._do_move.setEnabled(False)
            self._moment.setFocus()
        elif ask is Ask.IS_LIVE:
            self._unfold(self._live)
            self._url.clear()
            self._do_live.setEnabled(False)
            self._url.setFocus()
        else:
            self.wanted.emit(Wanted(ask, self._row))

    def _unfold(self, part: QWidget) -> None:
        self._fold()
        self._buttons.hide()
        part.show()

    def _fold(self) -> None:
        self._move.hide()
        self._live.hide()
        self._buttons.show()

    def _moment_changed(self, moment: object) -> None:
        self._do_move.setEnabled(isinstance(moment, datetime))

    def _move_there(self) -> None:
        moment = self._moment.moment()
        if self._row is not None and moment is not None:
            self.wanted.emit(Wanted(Ask.MOVE, self._row, when=moment))
            self._fold()

    def _say_live(self) -> None:
        url = self._url.text().strip()
        if self._row is not None and url:
            self.wanted.emit(Wanted(Ask.IS_LIVE, self._row, url=url))
            self._fold()

    def _look_there(self) -> None:
        if self._look_at:
            self.link.emit(self._look_at, self._look.text())

    def changeEvent(self, event: QEvent) -> None:
        """Follows the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()
        super().changeEvent(event)
