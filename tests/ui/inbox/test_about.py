"""What is known of a message beside its words, and the answers that are given often: by keys, kept in the client's file."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from cmdesk.domain.answering import Contact, Department, Priority, Reminder, ReminderKind, SavedReply, Way
from cmdesk.domain.ids import AccountId, MessageId
from cmdesk.domain.message import MessageState
from cmdesk.services import handling, inbox, saved_replies, terms
from cmdesk.services.workspace import Workspace
from cmdesk.ui.inbox.asking import AskDialog, Asked
from cmdesk.ui.inbox.saved import SavedDialog
from cmdesk.ui.inbox.values import AboutLook
from tests.ui.inbox.stage import Stage


@pytest.fixture
def ws(stage: Stage) -> Workspace:
    ws, _account = stage.client("Boulangerie Levain fou")
    asyncio.run(terms.set_promise(ws, 120))
    return ws


def open_one(stage: Stage, ws: Workspace, minutes: float = 5) -> MessageId:
    with ws.read() as connection:
        account = AccountId(connection.execute("SELECT id FROM account").fetchone()[0])
    (message,) = stage.arrive(ws, account, stage.incoming("Zoé", "Où est ma commande ?", minutes=minutes))
    stage.open(ws)
    stage.view.state_chosen.emit("all")
    stage.settle()
    stage.view.rows.list.choose(0)
    stage.settle()
    return message


def look(stage: Stage) -> AboutLook:
    found = stage.view.talk.about._look
    assert found is not None
    return found


def act(stage: Stage, name: str) -> None:
    assert stage.actions.trigger(name), name
    stage.settle()


def write(stage: Stage, words: str) -> None:
    field = stage.view.talk.about.field
    assert field.isVisible()
    field.insert(words)
    QTest.keyPress(field, Qt.Key.Key_Return)  # it goes with the press: no release reaches it
    stage.settle()


def press(stage: Stage, words: str) -> None:
    stage.settle()
    buttons = [one for one in stage.view.talk.about.findChildren(QAbstractButton) if one.text() == words and one.isVisible()]
    buttons[0].click()
    stage.settle()


@pytest.mark.parametrize(
    ("minutes", "tone", "chip"),
    [(5, "positive", None), (110, "warning", ("soon", "10\u00a0min left")), (150, "danger", ("over", "30\u00a0min late"))],
)
def test_the_time_left_of_the_promise_is_told_in_the_list_and_over_the_message(
    stage: Stage, ws: Workspace, minutes: float, tone: str, chip: tuple[str, str] | None
) -> None:
    open_one(stage, ws, minutes)
    assert [fact.tone for fact in look(stage).facts] == [tone]
    assert stage.presenter is not None
    listing = stage.presenter._listing
    line = listing.line()
    assert line is not None
    assert listing._look(line).chip == chip


def test_a_label_and_a_note_come_by_key_and_go_by_button_with_undo(stage: Stage, ws: Workspace) -> None:
    message = open_one(stage, ws)
    act(stage, "inbox.label")
    write(stage, "livraison")
    act(stage, "inbox.note")
    write(stage, "Cliente fidèle")
    assert look(stage).labels == ("livraison",)
    assert [line.text for line in look(stage).lines] == ["Cliente fidèle"]

    press(stage, "Remove")
    assert handling.notes(ws, message) == ()
    undo = stage.shell.toasts[-1][1]
    assert undo is not None
    undo()
    stage.settle()
    assert [note.text for note in handling.notes(ws, message)] == ["Cliente fidèle"]

    stage.view.talk.about.dropped.emit("livraison")
    stage.settle()
    assert handling.labels(ws, [message]) == {}


def test_escape_leaves_a_line_without_a_word(stage: Stage, ws: Workspace) -> None:
    message = open_one(stage, ws)
    act(stage, "inbox.note")
    QTest.keyClicks(stage.view.talk.about.field, "rien")
    QTest.keyPress(stage.view.talk.about.field, Qt.Key.Key_Escape)
    stage.settle()
    assert not stage.view.talk.about.field.isVisible()
    assert handling.notes(ws, message) == ()


def test_priority_turns_from_none_to_urgent_to_can_wait(stage: Stage, ws: Workspace) -> None:
    message = open_one(stage, ws)
    seen = []
    for _ in range(3):
        act(stage, "inbox.priority")
        seen.append(handling.priorities(ws, [message]).get(message, Priority.NORMAL))
    assert seen == [Priority.HIGH, Priority.LOW, Priority.NORMAL]


def test_a_question_waits_on_the_client_until_its_answer_is_noted(
    stage: Stage, ws: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    message = open_one(stage, ws)
    asked: list[str] = []

    def decide(**given: object) -> Asked:
        asked.append(str(given["text"]))
        return Asked(Contact(0, Department.SERVICE, "Anne Roy", "anne@faubourg.example"), "Que s'est-il passé ?", Way.COPIED)

    monkeypatch.setattr(stage.view, "ask_contact", decide)
    act(stage, "inbox.ask")
    assert "Où est ma commande ?" in asked[0]
    assert QGuiApplication.clipboard().text() == "Que s'est-il passé ?"
    assert inbox.message(ws, message).state is MessageState.WAITING_CLIENT

    press(stage, "Note the answer")
    write(stage, "Le livreur était malade.")
    assert inbox.message(ws, message).state is MessageState.IN_HAND
    assert [line.text for line in look(stage).lines] == ["Anne Roy (Customer service) answered: Le livreur était malade."]


def test_whom_to_ask_is_decided_in_the_clients_name(stage: Stage, ws: Workspace) -> None:
    known = Contact(3, Department.SALES, "Luc", "")
    dialog = AskDialog(stage.shell.theme, None, client="Levain fou", colour=ws.client.colour, contacts=[known], text="Quoi ?")
    assert dialog.answer() == Asked(known, "Quoi ?", Way.COPIED)
    assert dialog._copy.isEnabled()
    assert not dialog._mail.isEnabled()  # no address
    dialog.who.setCurrentIndex(1)
    assert not dialog._copy.isEnabled()
    dialog.name.setText("Anne")
    dialog.email.setText("anne@faubourg.example")
    assert dialog._mail.isEnabled()
    dialog._mail.click()
    assert dialog.answer().way is Way.EMAIL
    assert dialog.band.accessibleName() or dialog.windowTitle()
    dialog.deleteLater()


def test_a_promise_presses_when_it_is_due_and_is_settled_by_button(stage: Stage, ws: Workspace) -> None:
    message = open_one(stage, ws)
    asyncio.run(handling.remind(ws, message, ReminderKind.PROMISE, stage.clock.now() + timedelta(hours=1), "un remboursement"))
    stage.clock.advance(7200)
    assert stage.presenter is not None
    stage.presenter._abouting.show()
    (line,) = look(stage).lines
    assert line.pressing
    assert "un remboursement" in line.text
    press(stage, "Kept")
    assert handling.reminders(ws, message)[0].outcome == "kept"


def test_not_solved_takes_the_message_in_hand_again(stage: Stage, ws: Workspace) -> None:
    message = open_one(stage, ws)
    asyncio.run(handling.remind(ws, message, ReminderKind.SOLVED, stage.clock.now() + timedelta(hours=1)))
    stage.put(ws, MessageState.ANSWERED, message)
    assert stage.presenter is not None
    stage.presenter._abouting.show()
    stage.settle()
    stage.view.talk.about.pressed.emit(("solved_not", _only(handling.reminders(ws, message)).id))
    stage.settle()
    assert inbox.message(ws, message).state is MessageState.IN_HAND


def _only(found: tuple[Reminder, ...]) -> Reminder:
    (one,) = found
    return one


def saved(stage: Stage) -> SavedDialog:
    found = stage.view.findChild(SavedDialog)
    assert isinstance(found, SavedDialog)
    return found


def test_a_saved_reply_is_found_by_letters_and_put_in_with_enter(stage: Stage, ws: Workspace) -> None:
    texts = {"fr": "Bonjour {first_name}, nous sommes ouverts de 8 h à 18 h.", "en": "Hello {first_name}."}
    asyncio.run(saved_replies.save(ws, SavedReply(0, "Heures", texts, "h")))
    asyncio.run(saved_replies.save(ws, SavedReply(0, "Merci", {"fr": "Merci beaucoup !"}, "m")))
    open_one(stage, ws)
    act(stage, "inbox.saved")
    dialog = saved(stage)
    QTest.keyClicks(dialog.search, "heur")
    QTest.keyPress(dialog.search, Qt.Key.Key_Return)
    stage.settle()
    assert stage.view.talk.reply.field.toPlainText().endswith("Bonjour Zoé, nous sommes ouverts de 8 h à 18 h.")
    assert next(one for one in saved_replies.replies(ws) if one.name == "Heures").used == 1


def test_a_saved_reply_is_written_changed_and_removed_with_undo(stage: Stage, ws: Workspace) -> None:
    open_one(stage, ws)
    act(stage, "inbox.saved")
    dialog = saved(stage)
    dialog._new.click()
    dialog.name.setText("Merci")
    dialog.french.setPlainText("Merci {prenom} !")
    dialog._put.click()
    stage.settle()
    assert dialog.problem.text()  # nobody can ever fill {prenom}
    dialog.french.setPlainText("Merci {first_name} !")
    dialog._put.click()
    stage.settle()
    assert [one.texts for one in saved_replies.replies(ws)] == [{"fr": "Merci {first_name} !"}]

    dialog._drop.click()
    stage.settle()
    assert saved_replies.replies(ws) == ()
    undo = stage.shell.toasts[-1][1]
    assert undo is not None
    undo()
    stage.settle()
    assert [one.name for one in saved_replies.replies(ws)] == ["Merci"]
    dialog.close()
