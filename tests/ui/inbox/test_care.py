"""Who needs care comes first, with why; a person may say otherwise; rules are tried on the past before they are kept."""

from __future__ import annotations

import asyncio

import pytest

from cmdesk.domain.ids import AccountId
from cmdesk.domain.message import MessageState
from cmdesk.domain.mood import Because, Mood, Reading, Sense
from cmdesk.domain.ruling import Action, Deed, Only, Rule, When
from cmdesk.services import ruling, triage
from cmdesk.services.workspace import Workspace
from cmdesk.store import moods
from cmdesk.ui.inbox.rulesdialog import RulesDialog
from tests.ui.inbox.stage import Stage


@pytest.fixture
def ws(stage: Stage) -> Workspace:
    return stage.client("Boulangerie Levain fou")[0]


def account_of(ws: Workspace) -> AccountId:
    with ws.read() as connection:
        return AccountId(connection.execute("SELECT id FROM account").fetchone()[0])


def sense(mood: Mood, risk: int, *, kind: Reading = Reading.COMPLAINT, crisis: bool = False) -> Sense:
    return Sense("fr", mood, kind, risk >= 50, crisis, 0.9, risk, (Because("words", ("jamais",)),), mood)


def say_three(stage: Stage, ws: Workspace) -> None:
    ids = stage.arrive(
        ws,
        account_of(ws),
        stage.incoming("Zoé", "Jamais arrivé, encore !", minutes=9),
        stage.incoming("Luc", "Merci beaucoup", minutes=3),
        stage.incoming("Ève", "Mon fils est à l'hôpital", minutes=30),
    )
    wanted = (sense(Mood.ANGRY, 70), sense(Mood.HAPPY, 5, kind=Reading.PRAISE), sense(Mood.SAD, 100, crisis=True))
    with ws.read() as connection:
        unread = {one.id: one for one in moods.wanted(connection, 100)}
    with ws.write() as session:
        moods.keep(session, [(unread[one], said) for one, said in zip(ids, wanted, strict=True)])


def test_those_who_need_care_are_listed_by_risk_with_their_mood(stage: Stage, ws: Workspace) -> None:
    say_three(stage, ws)
    stage.open(ws)
    stage.view.state_chosen.emit("care")
    stage.settle()
    assert stage.names() == ["Ève", "Zoé"]
    assert stage.presenter is not None
    listing = stage.presenter._listing
    looks = [listing._look(line) for line in (listing._paged.row(0), listing._paged.row(1)) if line is not None]
    assert [look.chip for look in looks] == [("care", "Possible crisis"), ("care", "Angry")]

    stage.view.rows.list.choose(0)
    stage.settle()
    about = stage.view.talk.about._look
    assert about is not None
    assert [fact.text for fact in about.facts] == ["Possible crisis", "Sad", "Complaint"]
    assert "jamais" in about.facts[0].tip

    assert stage.actions.trigger("inbox.answered")
    stage.settle()
    assert stage.names() == ["Zoé"]


def test_a_person_says_otherwise_and_it_holds(stage: Stage, ws: Workspace) -> None:
    say_three(stage, ws)
    stage.open(ws)
    stage.view.state_chosen.emit("care")
    stage.settle()
    stage.view.rows.list.choose(1)
    stage.settle()
    assert stage.presenter is not None
    opened = stage.presenter._talk.open
    assert opened is not None
    stage.presenter._abouting._correct(opened, Mood.NEUTRAL, Reading.QUESTION)
    stage.settle()
    said = triage.senses(ws, [opened.message.id])[opened.message.id]
    assert (said.mood, said.kind, said.care) == (Mood.NEUTRAL, Reading.QUESTION, False)
    assert stage.names() == ["Ève"]


def rules(stage: Stage) -> RulesDialog:
    assert stage.actions.trigger("inbox.rules")
    stage.settle()
    found = stage.view.findChild(RulesDialog)
    assert isinstance(found, RulesDialog)
    return found


def test_a_rule_is_tried_on_the_past_kept_moved_and_removed(stage: Stage, ws: Workspace) -> None:
    stage.arrive(ws, account_of(ws), stage.incoming("Zoé", "Gagnez un prix"), stage.incoming("Luc", "Bonjour"))
    asyncio.run(ruling.save(ws, Rule(0, "Liens", When(only=frozenset({Only.LINKS})), (Action(Deed.SET_ASIDE),))))
    stage.open(ws)
    stage.view.rows.list.choose(0)
    stage.settle()
    dialog = rules(stage)
    dialog._begin()
    assert not dialog._save.isEnabled()
    dialog.name.setText("Concours")
    dialog.words.setText("prix, gagnez*")
    dialog.actions_[0].show_action(Action(Deed.LABEL, "pourriel"))
    dialog._try.click()
    stage.settle()
    assert dialog._found.text().startswith("1 message(s) of 2 would")
    assert "Gagnez un prix" in dialog._hits.text()
    assert ruling.rules(ws)[0].name == "Liens"

    dialog._save.click()
    stage.settle()
    assert [rule.name for rule in ruling.rules(ws)] == ["Liens", "Concours"]
    assert ruling.rules(ws)[1].when.words == ("prix", "gagnez*")
    dialog._up.click()
    stage.settle()
    assert [rule.name for rule in ruling.rules(ws)] == ["Concours", "Liens"]
    dialog.list.choose(0)
    stage.settle()
    dialog._drop.click()
    stage.settle()
    assert [rule.name for rule in ruling.rules(ws)] == ["Liens"]
    assert [stage.states(ws, [one])[0] for one in ruling.dry_run(ws, ruling.rules(ws)[0]).hits] == []
    dialog.close()


def test_a_shown_rule_is_the_rule_that_is_kept(stage: Stage, ws: Workspace) -> None:
    stage.say(ws, account_of(ws), 1)
    stage.open(ws)
    stage.view.rows.list.choose(0)
    stage.settle()
    dialog = rules(stage)
    when = When(
        words=("prix",), without=("merci",), senders=("spam.example",), languages=frozenset({"fr"}), moods=frozenset({"care"})
    )
    rule = Rule(7, "Tout", when, (Action(Deed.PROPOSE, "mute"), Action(Deed.ALERT)), stops=True)
    dialog._show(rule)
    assert dialog.rule() == rule
    dialog.close()
    assert stage.states(ws, [stage.id_of(ws, "Person 0")]) == [MessageState.AWAITING]
