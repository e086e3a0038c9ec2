"""The room as it is used: by keyboard, offline, with strangers' text, in one client and in all."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAccessible, QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from cmdesk.domain.client import Colour
from cmdesk.domain.delivery import State
from cmdesk.domain.ids import MessageId
from cmdesk.domain.limits import Visibility
from cmdesk.domain.message import Attachment, MessageKind, MessageState
from cmdesk.services import inbox, publishing, replying, syncing
from cmdesk.ui.inbox.talk import TAKE_BACK
from cmdesk.ui.theme import Scheme
from tests.helpers.fake_network import Fault
from tests.ui.inbox.stage import Stage


def press(stage: Stage, keys: str) -> None:
    """One key after the other, where the keyboard is."""
    for key in keys:
        QTest.keyClick(stage.view.focusWidget(), Qt.Key(ord(key.upper())))
        stage.settle()


def key_of(stage: Stage, id_: str) -> None:
    """What a key of the room does, by its action."""
    assert stage.actions.trigger(id_), id_
    stage.settle()


def type_reply(stage: Stage, text: str) -> None:
    key_of(stage, "inbox.reply")
    stage.view.talk.reply.field.insertPlainText(text)
    stage.settle()


def test_ten_messages_are_dealt_with_without_a_mouse(stage: Stage) -> None:
    ws, account = stage.client("Boulangerie Levain fou")
    ids = stage.say(ws, account, 10)
    stage.open(ws)
    assert stage.names()[0] == "Person 0"
    press(stage, "j" + ("ehwx" * 3)[:10])
    wanted = [MessageState.ANSWERED, MessageState.IN_HAND, MessageState.WAITING_CLIENT, MessageState.SET_ASIDE] * 3
    assert stage.states(ws, ids) == wanted[:10]
    assert stage.names() == []
    assert stage.presenter is not None
    undo = stage.shell.toasts[-1][1]
    assert undo is not None
    undo()
    stage.settle()
    assert stage.names() == ["Person 9"]


def test_letters_are_shortcuts_only_outside_fields(stage: Stage) -> None:
    ws, account = stage.client("Boulangerie Levain fou")
    ids = stage.say(ws, account, 3)
    stage.open(ws)
    press(stage, "j")
    field = stage.view.talk.reply.field
    field.setFocus()
    QTest.keyClicks(field, "exhw")
    stage.settle()
    assert field.toPlainText().endswith("exhw")
    assert set(stage.states(ws, ids)) == {MessageState.AWAITING}


def test_two_quick_presses_never_hit_the_same_message(stage: Stage) -> None:
    ws, account = stage.client("Boulangerie Levain fou")
    ids = stage.say(ws, account, 4)
    stage.open(ws)
    stage.actions.trigger("inbox.next")
    stage.actions.trigger("inbox.answered")
    stage.actions.trigger("inbox.set_aside")
    stage.settle()
    assert stage.states(ws, ids)[:3] == [MessageState.ANSWERED, MessageState.SET_ASIDE, MessageState.AWAITING]


def test_several_are_dealt_with_at_once_and_put_back(stage: Stage) -> None:
    ws, account = stage.client("Boulangerie Levain fou")
    ids = stage.say(ws, account, 6)
    stage.put(ws, MessageState.IN_HAND, ids[2])
    stage.open(ws)
    stage.view.state_chosen.emit("all")
    stage.settle()
    stage.view.rows.list.choose(1)
    for _ in range(2):
        QTest.keyClick(stage.view.rows.list, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    stage.settle()
    key_of(stage, "inbox.set_aside")
    assert [one.value for one in stage.states(ws, ids)] == [
        "awaiting",
        "set_aside",
        "set_aside",
        "set_aside",
        "awaiting",
        "awaiting",
    ]
    text, undo = stage.shell.toasts[-1]
    assert "3" in text
    assert undo is not None
    undo()
    stage.settle()
    assert stage.states(ws, ids)[1:4] == [MessageState.AWAITING, MessageState.IN_HAND, MessageState.AWAITING]


def test_a_reply_written_offline_goes_out_once_when_the_network_is_back(stage: Stage) -> None:
    ws, account = stage.client("Boulangerie Levain fou")
    asked = stage.network.say("zoe", "Ouvert dimanche ?", to="rosa")
    stage.pull(ws)
    stage.open(ws)
    stage.network.fail("inbox", Fault.REFUSE)
    key_of(stage, "inbox.pull")
    assert stage.view.offline.isVisible()
    key_of(stage, "inbox.next")
    type_reply(stage, "Oui, dès 7 h.")
    QTest.keyClick(stage.view.talk.reply.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    stage.settle()
    assert "network is back" in stage.shell.toasts[-1][0]
    [row] = publishing.outbox_rows(ws)
    assert (row.state, row.account.id) == (State.PLANNED, account)
    stage.network.fail("publish", Fault.REFUSE)
    stage.clock.advance(TAKE_BACK.total_seconds() + 1)
    stage.publish()
    assert stage.network.live("rosa") == ()
    stage.clock.advance(600)
    stage.publish()
    [live] = stage.network.live("rosa")
    assert live.text.endswith("Oui, dès 7 h.")
    assert live.reply_to == asked.remote_id
    assert inbox.counts(ws)[MessageState.ANSWERED] == 1


def test_a_reply_is_taken_back_from_the_toast(stage: Stage) -> None:
    ws, account = stage.client("Boulangerie Levain fou")
    ids = stage.say(ws, account, 1)
    stage.open(ws)
    key_of(stage, "inbox.next")
    type_reply(stage, "Trop vite")
    stage.view.talk.reply.send.click()
    stage.settle()
    assert stage.states(ws, ids) == [MessageState.IN_HAND]
    undo = stage.shell.toasts[-1][1]
    assert undo is not None
    undo()
    stage.settle()
    stage.clock.advance(60)
    stage.publish()
    assert stage.network.live("rosa") == ()
    assert stage.states(ws, ids) == [MessageState.AWAITING]
    stage.open(ws)
    key_of(stage, "inbox.next")
    assert stage.view.talk.reply.field.toPlainText().endswith("Trop vite")


def test_what_is_out_cannot_be_taken_back(stage: Stage) -> None:
    ws, _account = stage.client("Boulangerie Levain fou")
    stage.network.say("zoe", "Ouvert ?", to="rosa")
    stage.pull(ws)
    stage.open(ws)
    key_of(stage, "inbox.next")
    type_reply(stage, "Oui")
    stage.view.talk.reply.send.click()
    stage.settle()
    stage.clock.advance(TAKE_BACK.total_seconds() + 1)
    stage.publish()
    stage.settle()
    undo = stage.shell.toasts[-1][1]
    assert undo is not None
    undo()
    stage.settle()
    assert len(stage.network.live("rosa")) == 1
    assert "out already" in stage.shell.toasts[-1][0]


def test_a_reply_that_is_begun_is_never_lost(stage: Stage) -> None:
    ws, account = stage.client("Boulangerie Levain fou")
    other, _ = stage.client("Théâtre", Colour.PLUM, "leo")
    ids = stage.say(ws, account, 2)
    stage.open(ws)
    key_of(stage, "inbox.next")
    type_reply(stage, "Première idée")
    key_of(stage, "inbox.next")
    assert "Première" not in stage.view.talk.reply.field.toPlainText()
    type_reply(stage, "Deuxième idée")
    stage.open(other)
    assert stage.view.talk.reply.field.isVisible() is False
    stage.open(ws)
    key_of(stage, "inbox.next")
    assert stage.view.talk.reply.field.toPlainText().endswith("Première idée")
    key_of(stage, "inbox.next")
    assert stage.view.talk.reply.field.toPlainText().endswith("Deuxième idée")
    kept = replying.kept(ws, ids[0])
    assert kept is not None
    assert kept.text.endswith("Première idée")
    stage.view.talk.reply.field.selectAll()
    stage.view.talk.reply.field.insertPlainText("@person@tadam.example ")
    stage.leave()
    assert replying.kept(ws, ids[1]) is None


def test_private_is_told_by_words_icon_and_ground(stage: Stage) -> None:
    ws, account = stage.client("Boulangerie Levain fou")
    stage.arrive(
        ws,
        account,
        stage.incoming("Amélie", "Sans noix ?", kind=MessageKind.DIRECT, visibility=Visibility.DIRECT, minutes=1),
        stage.incoming("Kevin", "Ouvert ?", minutes=2),
    )
    stage.open(ws)
    key_of(stage, "inbox.next")
    reply = stage.view.talk.reply
    assert reply.private
    assert "rivate" in reply.send.text()
    assert "Private" in reply.field.accessibleName()
    private_ground = reply.grab().toImage().pixelColor(20, reply.height() - 8)
    type_reply(stage, "Oui")
    reply.send.click()
    stage.settle()
    [row] = publishing.outbox_rows(ws)
    assert row.state is State.PLANNED
    [own] = [item for item in inbox.thread(ws, stage.id_of(ws, "Amélie")) if item.ours]
    assert own.visibility is Visibility.DIRECT
    stage.view.rows.list.choose(len(stage.names()) - 1)
    stage.settle()
    assert "Public" in reply.field.accessibleName()
    assert reply.grab().toImage().pixelColor(20, reply.height() - 8) != private_ground


def test_too_long_a_reply_stays_and_says_why(stage: Stage) -> None:
    ws, account = stage.client("Boulangerie Levain fou")
    stage.say(ws, account, 1)
    stage.open(ws)
    key_of(stage, "inbox.next")
    type_reply(stage, "x" * 600)
    assert not stage.view.talk.reply.send.isEnabled()
    assert stage.view.talk.reply.count.role == "danger"
    QTest.keyClick(stage.view.talk.reply.field, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    stage.settle()
    assert publishing.outbox_rows(ws) == ()


def test_search_finds_words_whatever_their_accents_and_marks_them(stage: Stage) -> None:
    ws, account = stage.client("Boulangerie Levain fou")
    stage.say(ws, account, 20)
    [found] = stage.arrive(ws, account, stage.incoming("Fatou", "Votre pain aux noix, quelle fête 🎉 pour moi", minutes=90))
    stage.put(ws, MessageState.ANSWERED, found)
    stage.open(ws)
    stage.view.rows.search.setText("fete")
    stage.view.rows.search.returnPressed.emit()
    stage.settle()
    assert stage.names() == ["Fatou"]
    line: Any = stage.view.rows.list.model().row(0)  # type: ignore[attr-defined]  # our own models have it
    assert [line.found[start:end] for start, end in line.marks] == ["fête"]
    stage.view.grab()
    stage.view.rows.search.setText("introuvable")
    stage.view.rows.search.returnPressed.emit()
    stage.settle()
    assert stage.names() == []
    stage.view.rows.search.setText("")
    stage.view.rows.search.returnPressed.emit()
    stage.settle()
    assert len(stage.names()) == 20


@pytest.mark.parametrize("query", ['"', "*", "NEAR(", "a" * 5000, "\x00\u202e", "-- ; drop table", "🎉"])
def test_any_words_are_a_question(stage: Stage, query: str) -> None:
    ws, account = stage.client("Boulangerie Levain fou")
    stage.say(ws, account, 2)
    stage.open(ws)
    stage.view.rows.search.setText(query)
    stage.view.rows.search.returnPressed.emit()
    stage.settle()
    assert stage.shell.toasts == []


HOSTILE = (
    "<img src='http://127.0.0.1:9/x.png'><script>alert(1)</script><b onclick=x>bonjour</b>",
    "<p>" * 5000 + "profond",
    "<style>@import url(http://127.0.0.1:9/x.css)</style><iframe src='file:///etc/passwd'></iframe>" * 200,
    "<a href='javascript:alert(1)'>clic</a><a href='https://exemple.test'>https://banque.test</a>",
    "\u202egnp.exe\u202c " * 500,
    "a" * 200_000,
)


@pytest.mark.parametrize("html", HOSTILE)
def test_what_strangers_send_is_shown_and_does_nothing(stage: Stage, html: str) -> None:
    ws, account = stage.client("Boulangerie Levain fou")
    name = "\u202eKevin\u2066" + "i" * 3000
    item = stage.incoming(
        name, html, html=html, handle="evil", attachments=(Attachment("image", "file:///etc/passwd", alt=html[:2000]),)
    )
    stage.arrive(ws, account, item)
    stage.open(ws)
    width = stage.view.width()
    key_of(stage, "inbox.next")
    stage.view.grab()
    assert stage.view.width() == width
    [entry] = stage.view.talk.entries
    assert entry.width() <= stage.view.talk.width()
    assert stage.shell.links == []


def test_a_warning_folds_what_is_under_it(stage: Stage) -> None:
    ws, account = stage.client("Boulangerie Levain fou")
    stage.arrive(ws, account, stage.incoming("Guillaume", "La confiture est partie", warning="Larmes"))
    stage.open(ws)
    key_of(stage, "inbox.next")
    [entry] = stage.view.talk.entries
    assert not entry.body.isVisible()
    button = next(one for one in entry.findChildren(QAbstractButton) if one.text() == "Show")
    button.click()
    assert entry.body.isVisible()


def test_new_messages_leave_the_reader_where_they_read(stage: Stage) -> None:
    ws, account = stage.client("Boulangerie Levain fou")
    stage.say(ws, account, 150)
    stage.open(ws)
    rows = stage.view.rows
    rows.list.choose(80)
    stage.settle()
    top, chosen = rows.list.rowAt(0), rows.list.current_row().row.id
    seen = rows.list.model().row(top).row.id  # type: ignore[attr-defined]  # as above
    stage.arrive(ws, account, *(stage.incoming(f"Neuf {number}", "Bonjour", minutes=0.1) for number in range(3)))
    stage.put(ws, MessageState.ANSWERED, MessageId(5))
    stage.settle()
    assert rows.list.current_row().row.id == chosen
    assert rows.list.model().row(rows.list.rowAt(0)).row.id == seen  # type: ignore[attr-defined]  # as above
    assert "3" in rows.pill.text()
    rows.pill.click()
    stage.settle()
    assert not rows.pill.isVisible()
    assert stage.names()[0].startswith("Neuf")


def test_a_message_is_read_once_it_was_seen_and_stays_unread_when_asked(stage: Stage) -> None:
    ws, account = stage.client("Boulangerie Levain fou")
    ids = stage.say(ws, account, 2)
    stage.open(ws)
    key_of(stage, "inbox.next")
    assert inbox.message(ws, ids[0]).unread
    stage.seen()
    assert not inbox.message(ws, ids[0]).unread
    key_of(stage, "inbox.unread")
    assert inbox.message(ws, ids[0]).unread


def test_snoozing_offers_moments_in_the_clients_zone(stage: Stage) -> None:
    ws, account = stage.client("Boulangerie Levain fou")
    ids = stage.say(ws, account, 1)
    presenter = stage.open(ws)
    key_of(stage, "inbox.next")
    offers = presenter._acting.snoozes()
    now = stage.clock.now()
    assert [words for words, _ in offers] == ["In one hour", "This evening", "Tomorrow morning", "Monday morning"]
    assert [(moment - now) for _, moment in offers] == [
        timedelta(hours=1),
        timedelta(hours=9),
        timedelta(hours=23),
        timedelta(days=6) - timedelta(hours=1),
    ]
    presenter._verbs._snooze_until(offers[2][1])
    stage.settle()
    assert stage.states(ws, ids) == [MessageState.SNOOZED]
    assert inbox.message(ws, ids[0]).snoozed_until == offers[2][1]


def test_all_clients_name_the_client_and_answer_in_its_name(stage: Stage) -> None:
    ws, account = stage.client("Boulangerie Levain fou", Colour.AMBER)
    other, theirs = stage.client("Théâtre de la Bordure", Colour.PLUM, "leo")
    stage.arrive(ws, account, stage.incoming("Odile", "Crue au milieu", minutes=1))
    stage.arrive(other, theirs, stage.incoming("Bérénice", "Surtitrée ?", minutes=2))
    stage.open(stage.desk)
    assert stage.names() == ["Odile", "Bérénice"]
    key_of(stage, "inbox.next")
    key_of(stage, "inbox.next")
    reply = stage.view.talk.reply
    assert reply.band.isVisible()
    assert "@leo" in reply.send.text()
    type_reply(stage, "Oui, jeudi.")
    reply.send.click()
    stage.settle()
    assert publishing.outbox_rows(ws) == ()
    assert len(publishing.outbox_rows(other)) == 1
    assert "@leo" in stage.shell.toasts[-1][0]


class Painted(QObject):
    """Keeps how high each picture of a widget was."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget)
        self.heights: list[int] = []
        widget.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.heights.append(event.region().boundingRect().height())
        return False


def test_a_step_of_the_wheel_paints_only_what_comes_into_sight(stage: Stage) -> None:
    ws, account = stage.client("Boulangerie Levain fou")
    stage.say(ws, account, 60)
    stage.open(ws)
    port = stage.view.rows.list.viewport()
    bar = stage.view.rows.list.verticalScrollBar()
    bar.setValue(300)
    stage.settle()
    painted = Painted(port)
    bar.setValue(340)
    stage.settle()
    assert sum(painted.heights) == 40
    assert port.height() > 200


@pytest.mark.parametrize("scheme", [Scheme.LIGHT, Scheme.DARK])
def test_below_the_last_row_is_plain_ground(stage: Stage, scheme: Scheme) -> None:
    ws, account = stage.client("Boulangerie Levain fou")
    stage.say(ws, account, 2)
    stage.open(ws)
    theme = stage.shell.theme
    theme.choose(scheme)
    stage.settle()
    picture = stage.view.rows.list.viewport().grab().toImage()
    ground = theme.roles.content.rgb()
    last = stage.view.rows.list.rowViewportPosition(1) + stage.view.rows.list.rowHeight(1)
    found = {picture.pixel(x, y) for x in range(0, picture.width(), 7) for y in range(last + 1, picture.height(), 5)}
    assert found == {ground}


def test_all_clients_read_on_when_the_end_is_near(stage: Stage) -> None:
    for number, name in enumerate(("Un", "Deux", "Trois")):
        ws, account = stage.client(name, Colour.TEAL, f"person{number}")
        stage.say(ws, account, 60)
    stage.open(stage.desk)
    assert len(stage.names()) < 180
    for _ in range(4):
        bar = stage.view.rows.list.verticalScrollBar()
        bar.setValue(bar.maximum())
        stage.settle()
    assert len(stage.names()) == 180
    assert len(set(stage.names())) == 60


def _note(asked: list[str], name: str, _sql: str) -> None:
    asked.append(name)


def test_what_changed_in_one_client_is_read_of_that_client_alone(stage: Stage) -> None:
    clients = [stage.client(name, Colour.TEAL, f"person{number}") for number, name in enumerate(("Un", "Deux"))]
    for ws, account in clients:
        stage.say(ws, account, 80)
    stage.open(stage.desk)
    bar = stage.view.rows.list.verticalScrollBar()
    bar.setValue(bar.maximum())
    stage.settle()
    assert len(stage.names()) == 160
    (one, _), (other, account) = clients
    asked: list[str] = []
    for ws in (one, other):
        with ws.read() as connection:
            connection.set_trace_callback(partial(_note, asked, ws.client.name))
    bar.setValue(0)
    stage.arrive(other, account, stage.incoming("Odile", "Crue au milieu", minutes=0))
    stage.settle()
    assert stage.names()[0] == "Odile"
    assert len(stage.names()) == 161
    asked.clear()
    stage.arrive(other, account, stage.incoming("Kevin", "Et le pain", minutes=0))
    stage.settle()
    assert stage.names()[:2] == ["Kevin", "Odile"]
    assert set(asked) == {"Deux"}


def test_one_account_can_be_looked_at_alone(stage: Stage) -> None:
    from_first = stage.client("Boulangerie Levain fou")
    ws, account = from_first
    second = stage.link(ws, "bis")
    stage.arrive(ws, account, stage.incoming("Odile", "Ici", minutes=1))
    stage.arrive(ws, second, stage.incoming("Kevin", "Là", minutes=2))
    stage.open(ws)
    assert stage.names() == ["Odile", "Kevin"]
    stage.view.account_chosen.emit(str(int(second)))
    stage.settle()
    assert stage.names() == ["Kevin"]


def test_of_all_clients_one_can_be_looked_at_alone(stage: Stage) -> None:
    ws, account = stage.client("Boulangerie Levain fou", Colour.AMBER)
    other, theirs = stage.client("Théâtre de la Bordure", Colour.PLUM, "leo")
    stage.arrive(ws, account, stage.incoming("Odile", "Crue au milieu", minutes=1))
    stage.arrive(other, theirs, stage.incoming("Bérénice", "Surtitrée ?", minutes=2))
    stage.open(stage.desk)
    stage.view.account_chosen.emit(str(other.client.id))
    stage.settle()
    assert stage.names() == ["Bérénice"]
    stage.view.rows.search.setText("crue")
    stage.view.rows.search.returnPressed.emit()
    stage.settle()
    assert stage.names() == []
    stage.view.account_chosen.emit("all")
    stage.settle()
    assert stage.names() == ["Odile", "Bérénice"]


@pytest.mark.parametrize("everyone", [False, True])
def test_a_search_is_read_on_to_its_end(stage: Stage, everyone: bool) -> None:
    for number, name in enumerate(("Un", "Deux")):
        ws, account = stage.client(name, Colour.TEAL, f"person{number}")
        stage.say(ws, account, 150)
    stage.open(stage.desk if everyone else stage.desk.workspaces[-1])
    stage.view.rows.search.setText("question")
    stage.view.rows.search.returnPressed.emit()
    stage.settle()
    assert len(stage.names()) == 100
    whole = 300 if everyone else 150
    for _ in range(5):
        bar = stage.view.rows.list.verticalScrollBar()
        bar.setValue(bar.maximum())
        stage.settle()
    model: Any = stage.view.rows.list.model()
    assert len({model.row(place).key for place in range(model.rowCount())}) == whole == model.rowCount()


def test_moderation_asks_first_and_acts_once(stage: Stage) -> None:
    ws, _account = stage.client("Boulangerie Levain fou")
    stage.network.say("troll", "Pouah", to="rosa")
    stage.pull(ws)
    stage.open(ws)
    key_of(stage, "inbox.next")
    stage.shell.answer = False
    key_of(stage, "inbox.block")
    assert stage.network.blocked == set()
    assert stage.shell.questions[-1].client == ws.client.id
    stage.shell.answer = True
    key_of(stage, "inbox.block")
    assert len(stage.network.blocked) == 1


def test_a_favourite_stays_visible_and_can_be_taken_back(stage: Stage) -> None:
    ws, account = stage.client("Boulangerie Levain fou")
    stage.network.say("zoe", "Merci pour le pain", to="rosa")
    asyncio.run(syncing.pull(ws, account))
    stage.open(ws)
    key_of(stage, "inbox.next")
    button = stage.view.talk.buttons["favourite"]
    assert "Remove" not in button.toolTip()
    button.click()
    stage.settle()
    stage.open(ws)
    key_of(stage, "inbox.next")
    assert "Remove" in button.toolTip()
    button.click()
    stage.settle()
    assert "Remove" not in button.toolTip()
    assert stage.shell.toasts[-1][1] is not None
    stage.shell.toasts[-1][1]()
    stage.settle()
    assert "Remove" in button.toolTip()


def test_an_empty_room_teaches_the_first_step(stage: Stage) -> None:
    ws = asyncio.run(stage.desk.create("Neuf", Colour.TEAL, "America/Toronto"))
    stage.open(ws)
    assert stage.view.talk.blank
    stage.view.rows.empty.button.click()
    assert stage.shell.went[-1].room == "accounts"
    assert stage.shell.went[-1].client == ws.client.id


def test_everything_that_can_be_touched_has_a_name(stage: Stage) -> None:
    ws, account = stage.client("Boulangerie Levain fou")
    stage.link(ws, "bis")
    stage.say(ws, account, 3)
    stage.open(ws)
    key_of(stage, "inbox.next")
    nameless = []
    for kind in (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit):
        for widget in stage.view.findChildren(kind):
            interface = QAccessible.queryAccessibleInterface(widget)
            if widget.isVisible() and not interface.text(QAccessible.Text.Name):
                nameless.append((type(widget).__name__, widget.objectName()))
    assert [one for one in nameless if one[0] != "QToolButton"] == []
    model = stage.view.rows.list.model()
    spoken = model.data(model.index(0, 0), int(Qt.ItemDataRole.AccessibleTextRole))
    assert "Person 0" in spoken
    assert "Unread" in spoken


def test_both_themes_and_a_change_of_language_leave_nothing_behind(stage: Stage) -> None:
    ws, account = stage.client("Boulangerie Levain fou")
    stage.say(ws, account, 3)
    presenter = stage.open(ws)
    key_of(stage, "inbox.next")
    stage.shell.theme.choose(Scheme.DARK)
    stage.view.grab()
    presenter.retranslate()
    stage.settle()
    assert stage.view.talk.entries
