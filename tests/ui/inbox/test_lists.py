"""Searches kept as lists, and alerts: told over the list with what can be done, gone once somebody has looked."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton

from cmdesk.domain.alarms import AlarmKind
from cmdesk.domain.ids import AccountId, MessageId
from cmdesk.services import freezing, instinct, searching
from cmdesk.services.workspace import Workspace
from cmdesk.store import alerts as store
from cmdesk.ui.screens import NewPost, Target
from tests.ui.inbox.stage import Stage


def search(stage: Stage, words: str) -> None:
    stage.view.rows.search.setText(words)
    stage.view.rows.search.returnPressed.emit()
    stage.settle()


def places(stage: Stage) -> list[str]:
    return [place.text() for place in stage.view.shelf.states._places.values()]


def button(stage: Stage, words: str) -> QAbstractButton:
    found = [one for one in stage.view.findChildren(QAbstractButton) if one.text() == words and one.isVisible()]
    assert found, words
    return found[0]


def test_a_search_is_kept_as_a_list_found_again_and_given_up_with_undo(stage: Stage) -> None:
    ws, account = stage.client("Boulangerie Levain fou")
    stage.arrive(ws, account, stage.incoming("Zoé", "Du pain sans gluten ?"), stage.incoming("Luc", "Bonjour"))
    stage.open(ws)
    search(stage, "gluten")
    button(stage, "Keep as a list").click()
    stage.settle()
    assert places(stage)[-1] == "gluten"

    stage.view.state_chosen.emit("all")
    stage.settle()
    assert len(stage.names()) == 2
    (kept,) = searching.saved(ws)
    stage.view.state_chosen.emit(f"kept:{kept.id}")
    stage.settle()
    assert stage.names() == ["Zoé"]
    assert stage.view.rows.search.text() == "gluten"

    button(stage, "Remove this list").click()
    stage.settle()
    assert searching.saved(ws) == ()
    undo = stage.shell.toasts[-1][1]
    assert undo is not None
    undo()
    stage.settle()
    assert [one.query for one in searching.saved(ws)] == ["gluten"]


def raise_alert(stage: Stage, ws: Workspace, account: AccountId, kind: AlarmKind, message: MessageId, **facts: object) -> None:
    with ws.write() as session:
        store.raise_alert(session, kind, f"{kind.value}", facts, at=stage.clock.now(), account=account, message=message)


@pytest.mark.parametrize(
    ("kind", "facts", "words"),
    [
        (AlarmKind.CRISIS, {"words": ["allergie"], "number": 2}, "2 message(s) with words of a crisis: allergie."),
        (AlarmKind.SPIKE, {"number": 40, "usual": 3.0}, "40 message(s) within an hour, where about 3 are usual."),
        (AlarmKind.VIRAL, {"people": 25, "number": 60}, "25 people are talking in one conversation."),
        (AlarmKind.RULE, {"name": "Presse"}, "Your rule “Presse” asks you to look."),
    ],
)
def test_an_alert_says_what_and_why_until_it_was_seen(
    stage: Stage, kind: AlarmKind, facts: dict[str, object], words: str
) -> None:
    ws, account = stage.client("Boulangerie Levain fou")
    (message,) = stage.arrive(ws, account, stage.incoming("Zoé", "Mon fils a fait une allergie"))
    raise_alert(stage, ws, account, kind, message, **facts)
    stage.open(ws)
    assert stage.view.alarm._text.text() == f"Boulangerie Levain fou: {words}"

    button(stage, "Show it").click()
    stage.settle()
    assert stage.presenter is not None
    assert stage.presenter._talk.open is not None
    button(stage, "I have seen it").click()
    stage.settle()
    assert instinct.alerts(ws) == ()
    assert not stage.view.alarm.isVisible()


def test_the_crisis_key_is_one_press_and_one_question_from_the_alert(stage: Stage) -> None:
    ws, account = stage.client("Boulangerie Levain fou")
    (message,) = stage.arrive(ws, account, stage.incoming("Zoé", "Mon fils a fait une allergie"))
    raise_alert(stage, ws, account, AlarmKind.CRISIS, message, words=["allergie"], number=1)
    stage.open(ws)
    button(stage, "Freeze what goes out…").click()
    stage.settle()
    assert stage.shell.questions[-1].client == ws.client.id
    assert freezing.state(ws) is not None


def test_from_what_moves_people_to_a_draft_in_one_press(stage: Stage) -> None:
    ws, account = stage.client("Boulangerie Levain fou")
    (message,) = stage.arrive(ws, account, stage.incoming("Zoé", "Tout le monde en parle"))
    raise_alert(stage, ws, account, AlarmKind.VIRAL, message, people=30, number=50)
    stage.open(stage.desk)
    button(stage, "Write about it now").click()
    assert stage.shell.went == [Target("posts", ws.client.id, NewPost())]
