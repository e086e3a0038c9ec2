"""What surrounds an answer: states with the way back, questions to the client, notes, promises, saved replies, the clock,"
" people."""

from __future__ import annotations

import json
import random
import zipfile
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from msgspec.structs import replace

from cmdesk.domain.alarms import AlarmKind
from cmdesk.domain.answering import Contact, Department, Priority, ReminderKind, SavedReply, Way
from cmdesk.domain.delivery import HeldBecause, State
from cmdesk.domain.errors import BadInput, NotFound
from cmdesk.domain.hours import clean_hours
from cmdesk.domain.ids import AccountId, MessageId
from cmdesk.domain.limits import Visibility
from cmdesk.domain.message import MessageKind, MessageState
from cmdesk.domain.moderation import Measure, Policy, PolicyRule
from cmdesk.domain.quiet import clean_quiet
from cmdesk.domain.ruling import Action, Deed, Only, Rule, When
from cmdesk.services import (
    handling,
    inbox,
    instinct,
    moderating,
    people,
    planning,
    policing,
    publishing,
    replying,
    responding,
    ruling,
    saved_replies,
    searching,
    syncing,
    terms,
)
from cmdesk.services.desk import Desk
from cmdesk.services.publishing import Publisher
from cmdesk.services.workspace import Workspace
from tests.helpers.clocks import FakeClock
from tests.helpers.desks import link, open_desk
from tests.helpers.fake_network import FakeNetwork, Fault
from tests.helpers.keyrings import InMemoryKeyring

pytestmark = pytest.mark.asyncio
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 20


class Bench:
    """A desk, a client with two accounts, a network, a publisher."""

    desk: Desk
    ws: Workspace
    account: AccountId
    other: AccountId
    publisher: Publisher

    def __init__(self) -> None:
        self.clock = FakeClock()
        self.network = FakeNetwork(self.clock)

    async def asked(self, text: str = "Ouvert demain ?", by: str = "zoe", to: str = "rosa") -> MessageId:
        """Somebody asks something; it is in the inbox."""
        status = self.network.say(by, text, to=to)
        await syncing.pull(self.ws, self.account if to == "rosa" else self.other)
        return next(
            MessageId(n) for n in inbox.ids(self.ws) if inbox.message(self.ws, MessageId(n)).remote_id == status.remote_id
        )

    def state(self, number: MessageId) -> MessageState:
        return inbox.message(self.ws, number).state


@pytest_asyncio.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    made = Bench()
    made.desk = open_desk(tmp_path, made.network, made.clock, keyring=InMemoryKeyring())
    made.ws = await made.desk.create("Rosa", timezone="America/Toronto")
    made.account = link(made.ws, made.network, "rosa")
    made.other = link(made.ws, made.network, "lea")
    made.publisher = Publisher(made.desk, made.clock, random.Random(3))
    yield made
    await made.desk.close()


async def test_many_are_put_aside_at_once_and_come_back_as_they_were(bench: Bench) -> None:
    first, second, third = [await bench.asked(f"m{n}") for n in range(3)]
    await handling.put(bench.ws, [first], MessageState.IN_HAND)
    done = await handling.put(bench.ws, [first, second, third], MessageState.SET_ASIDE)
    assert done.count == 3
    await handling.put(bench.ws, [third], MessageState.ANSWERED)  # dealt with since
    assert await handling.undo(bench.ws, done) == 2
    assert [bench.state(one) for one in (first, second, third)] == [
        MessageState.IN_HAND,
        MessageState.AWAITING,
        MessageState.ANSWERED,
    ]
    assert inbox.message(bench.ws, second).unread
    with pytest.raises(BadInput):
        await handling.put(bench.ws, [first], MessageState.SNOOZED)


async def test_what_is_snoozed_comes_back(bench: Bench) -> None:
    number = await bench.asked()
    await handling.put(bench.ws, [number], MessageState.SNOOZED, bench.clock.now() + timedelta(hours=1))
    bench.clock.advance(3700)
    await syncing.Syncer(bench.desk, bench.clock).tick()
    assert bench.state(number) is MessageState.AWAITING


async def test_a_question_goes_to_the_client_and_its_answer_comes_back(bench: Bench) -> None:
    number = await bench.asked()
    contact = await handling.save_contact(bench.ws, Contact(0, Department.PRODUCTION, "Marc", "marc@example.ca"))
    with pytest.raises(BadInput):
        await handling.save_contact(bench.ws, Contact(0, Department.HR, "Eva", "not an address"))
    question = await handling.ask(
        bench.ws, number, contact, Way.EMAIL, "Ouvert ?", remind_at=bench.clock.now() + timedelta(hours=2)
    )
    assert bench.state(number) is MessageState.WAITING_CLIENT
    assert not handling.overdue_questions(bench.ws)
    bench.clock.advance(7300)
    assert [one.contact.name for one in handling.overdue_questions(bench.ws)] == ["Marc"]
    assert await handling.answered(bench.ws, question, "Oui, dès 7 h.") == number
    assert bench.state(number) is MessageState.IN_HAND
    assert handling.questions(bench.ws, number)[0].answer == "Oui, dès 7 h."
    with pytest.raises(NotFound):
        await handling.answered(bench.ws, question, "Encore")


async def test_labels_priority_notes_and_promises_stay_with_the_message(bench: Bench) -> None:
    number = await bench.asked()
    assert await handling.label(bench.ws, [number], "  À   suivre ") == "À suivre"
    await handling.set_priority(bench.ws, [number], Priority.HIGH)
    note = await handling.add_note(bench.ws, number, "Habituée du samedi", about_person=True)
    due = bench.clock.now() + timedelta(days=1)
    promise = await handling.remind(bench.ws, number, ReminderKind.PROMISE, due, "Rappeler Zoé")
    assert handling.labels(bench.ws, [number]) == {number: ("À suivre",)}
    assert handling.priorities(bench.ws, [number]) == {number: Priority.HIGH}
    card = people.card(bench.ws, number)
    assert [one.text for one in card.notes] == ["Habituée du samedi"]
    assert [one.text for one in card.open_promises] == ["Rappeler Zoé"]
    await handling.edit_note(bench.ws, note, "")
    bench.clock.advance(90_000)
    assert [one.id for one in handling.due_reminders(bench.ws)] == [promise]
    await handling.settle(bench.ws, promise, "kept")
    assert not handling.due_reminders(bench.ws)
    solved = await handling.remind(bench.ws, number, ReminderKind.SOLVED, bench.clock.now() + timedelta(days=1))
    await handling.put(bench.ws, [number], MessageState.ANSWERED)
    await handling.settle(bench.ws, solved, "not_solved")
    assert bench.state(number) is MessageState.AWAITING


async def test_a_person_is_one_on_all_accounts_of_a_client_and_nobody_for_another(bench: Bench) -> None:
    await bench.asked("à rosa")
    number = await bench.asked("à lea", to="lea")
    stranger = await bench.desk.create("Autre", timezone="America/Toronto")
    account = link(stranger, bench.network, "ana")
    bench.network.say("zoe", "à ana", to="ana")
    await syncing.pull(stranger, account)
    card = people.card(bench.ws, number)
    assert (card.exchanges.wrote, [row.preview for row in card.latest]) == (2, ["à lea", "à rosa"])
    theirs = MessageId(inbox.ids(stranger)[0])
    assert people.card(stranger, theirs).exchanges.wrote == 1


async def test_a_saved_reply_is_found_by_either_language_and_filled(bench: Bench) -> None:
    number = await bench.asked()
    kept = await saved_replies.save(
        bench.ws,
        SavedReply(0, "Horaire", {"fr": "Bonjour {first_name}, c'est {{ouvert}} : {hours}.", "en": "Hi {name}, {date}"}, "hor"),
    )
    for words in ("horaire", "OUVERT", "hi", "hor"):
        assert [one.id for one in saved_replies.replies(bench.ws, words)] == [kept]
    assert not saved_replies.replies(bench.ws, "livraison")
    filled = saved_replies.filled(bench.ws, number, kept, "fr")
    assert (filled.text, filled.missing) == ("Bonjour Zoe, c'est {ouvert} : {hours}.", ("hours",))
    await terms.set_hours(bench.ws, clean_hours("mon-fri 9:00-17:00"))
    assert "mon-fri 09:00-17:00" in saved_replies.filled(bench.ws, number, kept, "fr").text
    assert saved_replies.filled(bench.ws, number, kept, "en-CA", {"date": "Monday"}).text == "Hi Zoe, Monday"
    with pytest.raises(BadInput, match="variable"):
        await saved_replies.save(bench.ws, SavedReply(0, "X", {"fr": "{prix}"}))


async def test_the_clock_counts_in_the_clients_hours(bench: Bench) -> None:
    await terms.set_hours(bench.ws, clean_hours("mon-sun 0:00-24:00"))
    await terms.set_promise(bench.ws, 120)
    number = await bench.asked()
    bench.clock.advance(3600)
    left = responding.left(bench.ws, [number])[number]
    assert (left.left, left.waited, left.over) == (timedelta(hours=1), timedelta(hours=1), False)
    bench.clock.advance(2 * 3600)
    assert responding.left(bench.ws, [number])[number].over
    assert responding.outlook(bench.ws).over == (number,)
    await handling.put(bench.ws, [number], MessageState.ANSWERED)
    assert responding.outlook(bench.ws).waiting == 0
    week = responding.weeks(bench.ws, 1)[0]
    assert (week.answered, week.in_time, week.median) == (1, 0, 180.0)
    await handling.put(bench.ws, [number], MessageState.AWAITING)
    bench.clock.advance(3600)
    await handling.put(bench.ws, [number], MessageState.ANSWERED)
    assert responding.weeks(bench.ws, 1)[0].median == 180.0  # the first answer counts


# ---- answers are looked at once more


async def _written_on_the_train(bench: Bench) -> tuple[MessageId, int]:
    number = await bench.asked()
    bench.network.fail("publish", Fault.REFUSE)
    delivery = await replying.send(bench.ws, number, replace(replying.draft_for(bench.ws, number), text="@zoe@fake.example Oui."))
    await bench.publisher.tick(bench.ws)
    bench.clock.advance(1200)
    return number, delivery


def _held(bench: Bench, delivery: int) -> tuple[HeldBecause | None, str]:
    row = next(one for one in publishing.outbox_rows(bench.ws) if one.id == delivery)
    return row.held_because, row.problem.code if row.problem else ""


async def test_an_answer_to_what_was_edited_waits_for_a_person_and_then_goes(bench: Bench) -> None:
    number, delivery = await _written_on_the_train(bench)
    bench.network.edit_status(inbox.message(bench.ws, number).remote_id, "Fermé demain ?")
    await bench.publisher.tick(bench.ws)
    assert _held(bench, delivery) == (HeldBecause.ANSWER, "answer_edited")
    assert not bench.network.live("rosa")
    await publishing.decide(bench.ws, delivery, publishing.Now())  # type: ignore[arg-type]  # a delivery's id
    await bench.publisher.tick(bench.ws)
    assert len(bench.network.live("rosa")) == 1


async def test_an_answer_to_what_is_gone_or_answered_waits(bench: Bench) -> None:
    number, delivery = await _written_on_the_train(bench)
    bench.network.delete_status(inbox.message(bench.ws, number).remote_id)
    await bench.publisher.tick(bench.ws)
    assert _held(bench, delivery) == (HeldBecause.ANSWER, "answer_gone")
    number, delivery = await _written_on_the_train(bench)
    bench.network.say("rosa", "Oui, du téléphone", reply_to=inbox.message(bench.ws, number).remote_id)
    await bench.publisher.tick(bench.ws)
    assert _held(bench, delivery) == (HeldBecause.ANSWER, "answer_settled")


async def test_an_answer_that_still_holds_goes_once(bench: Bench) -> None:
    number, delivery = await _written_on_the_train(bench)
    await bench.publisher.tick(bench.ws)
    await bench.publisher.tick(bench.ws)
    assert planning.delivery(bench.ws, delivery).state is State.SENT  # type: ignore[arg-type]  # a delivery's id
    assert len(bench.network.live("rosa")) == 1
    assert bench.state(number) is MessageState.ANSWERED


async def test_who_will_see_an_answer_is_said(bench: Bench) -> None:
    number = await bench.asked()
    draft = replying.draft_for(bench.ws, number)
    assert replying.audience(bench.ws, number, draft).reach is replying.Reach.EVERYONE
    private = replying.audience(bench.ws, number, replace(draft, visibility=Visibility.DIRECT))
    assert (private.reach, private.named, private.wider) == (replying.Reach.NAMED, ("zoe@fake.example",), False)


# ---- favourites without a network


async def test_a_favourite_given_on_a_train_goes_out_later_and_no_answer_undoes_it(bench: Bench) -> None:
    number = await bench.asked()
    bench.network.fail("favourite", Fault.REFUSE)
    await moderating.favourite(bench.ws, number, True)
    assert inbox.message(bench.ws, number).favourite
    assert not bench.network.favourites
    await inbox.refresh_thread(bench.ws, number)  # the network says: no favourite
    assert inbox.message(bench.ws, number).favourite
    bench.clock.advance(120)
    await syncing.pull(bench.ws, bench.account)
    assert len(bench.network.favourites) == 1


# ---- moderation


async def test_measures_are_graded_and_evidence_is_kept_first(bench: Bench, tmp_path: Path) -> None:
    first, second = await bench.asked("Crétin"), await bench.asked("Crétin !")
    rule = PolicyRule("insult", "Insultes", "Aucune insulte", (Measure.HIDE, Measure.BLOCK))
    await policing.write_policy(bench.ws, Policy(rules=(rule,)))
    assert policing.suggested(bench.ws, first, "insult") is Measure.HIDE
    await policing.take(bench.ws, first, Measure.HIDE, "insult", picture=PNG)
    assert policing.suggested(bench.ws, second, "insult") is Measure.BLOCK
    bench.network.fail("block_author", Fault.REFUSE)
    with pytest.raises(Exception, match="no_network"):
        await policing.take(bench.ws, second, Measure.BLOCK, "insult")
    assert [one.outcome for one in policing.sanctions(bench.ws)] == ["no_network", ""]
    assert len(policing.evidence(bench.ws)) == 2
    await policing.take(bench.ws, second, Measure.BLOCK, "insult")
    assert bench.network.blocked
    kept = policing.evidence(bench.ws, first)[0]
    assert (kept.facts["text"], kept.facts["rule_title"]) == ("Crétin", "Insultes")
    assert policing.sound(bench.ws, kept)
    target = tmp_path / "evidence.zip"
    assert await policing.export_evidence(bench.ws, target) == 3
    with zipfile.ZipFile(target) as archive:
        told = json.loads(archive.read("evidence.json"))
        assert archive.read(told[0]["picture"]) == PNG
    assert [one["measure"] for one in told] == ["hide", "block", "block"]
    (bench.ws.folder / "evidence" / kept.picture).write_bytes(PNG + b"changed")
    assert not policing.sound(bench.ws, kept)


async def test_rules_do_what_they_may_and_propose_the_rest(bench: Bench) -> None:
    spam = Rule(
        0, "Liens", When(only=frozenset({Only.LINKS})), (Action(Deed.LABEL, "pourriel"), Action(Deed.SET_ASIDE)), stops=True
    )
    insult = Rule(
        0, "Insultes", When(words=("crétin*",)), (Action(Deed.TAKE, "block"), Action(Deed.PROPOSE, "hide"), Action(Deed.ALERT))
    )
    for rule in (spam, insult):
        await ruling.save(bench.ws, rule)
    link_only = await bench.asked("@rosa@fake.example https://spam.example/x")
    rude = await bench.asked("Bande de CRETINS")
    calm = await bench.asked("Bonjour")
    assert [bench.state(one) for one in (link_only, rude, calm)] == [
        MessageState.SET_ASIDE,
        MessageState.AWAITING,
        MessageState.AWAITING,
    ]
    assert handling.labels(bench.ws, [link_only, rude]) == {link_only: ("pourriel",)}
    assert not bench.network.blocked
    assert {one.measure for one in ruling.proposals(bench.ws, rude)} == {Measure.BLOCK, Measure.HIDE}
    assert [one.kind for one in instinct.alerts(bench.ws)] == [AlarmKind.RULE]
    proposal = next(one for one in ruling.proposals(bench.ws) if one.measure is Measure.BLOCK)
    await ruling.accept(bench.ws, proposal.id)
    assert bench.network.blocked
    # Each rule meets a message once.
    assert (await ruling.follow(bench.ws, [link_only, rude, calm])).hits == 0


async def test_a_rule_blocks_by_itself_only_where_the_client_allowed_it(bench: Bench) -> None:
    await ruling.save(bench.ws, Rule(0, "Insultes", When(words=("crétin*",)), (Action(Deed.TAKE, "block"),)))
    await policing.write_policy(bench.ws, Policy(automatic=frozenset({Measure.BLOCK})))
    number = await bench.asked("Crétins")
    assert bench.network.blocked
    assert [one.by_rule for one in policing.sanctions(bench.ws, number)] == [1]
    assert not ruling.proposals(bench.ws)


async def test_a_dry_run_tells_and_changes_nothing(bench: Bench) -> None:
    hit, miss = await bench.asked("Où est ma commande ?"), await bench.asked("Merci")
    rule = Rule(0, "Commandes", When(words=("commande",)), (Action(Deed.SET_ASIDE),))
    found = ruling.dry_run(bench.ws, rule)
    assert (found.looked, found.hits) == (2, (hit,))
    assert {bench.state(one) for one in (hit, miss)} == {MessageState.AWAITING}
    with pytest.raises(BadInput):
        ruling.dry_run(bench.ws, replace(rule, when=When()))


# ---- instinct


async def test_a_spike_a_crisis_and_a_thread_that_runs_away_are_told_once(bench: Bench) -> None:
    root = bench.network.say("rosa", "Bonjour")
    for number in range(12):
        bench.network.say(f"p{number}", f"Bravo {number}", to="rosa", reply_to=root.remote_id)
    await syncing.pull(bench.ws, bench.account)
    kinds = {one.kind: one for one in instinct.alerts(bench.ws)}
    assert set(kinds) == {AlarmKind.SPIKE, AlarmKind.VIRAL}
    assert (kinds[AlarmKind.SPIKE].facts["number"], kinds[AlarmKind.VIRAL].facts["people"]) == (12, 12)
    await bench.asked("Mon fils a été hospitalisé après votre gâteau")
    assert len(instinct.alerts(bench.ws)) == 3
    crisis = next(one for one in instinct.alerts(bench.ws) if one.kind is AlarmKind.CRISIS)
    assert "hospitalis" in crisis.facts["words"]
    await bench.asked("Intoxication aussi")
    assert len(instinct.alerts(bench.ws)) == 3  # it goes on: no second one


async def test_quiet_hours_are_kept_except_for_a_crisis(bench: Bench) -> None:
    await bench.desk.set_quiet(bench.ws, clean_quiet("00:00-23:59"))
    for number in range(12):
        bench.network.say(f"p{number}", f"Bravo {number}", to="rosa")
    await bench.asked("J'appelle mon avocat")
    told = instinct.to_tell(bench.ws)
    assert [one.kind for one in told] == [AlarmKind.CRISIS]
    await instinct.told(bench.ws, [one.id for one in told])
    assert not instinct.to_tell(bench.ws)


# ---- search


async def test_filters_narrow_what_words_find(bench: Bench) -> None:
    await bench.asked("La livraison est arrivée brisée", by="zoe")
    second = await bench.asked("Livraison parfaite, merci", by="max")
    direct = bench.network.say("max", "Livraison privée", to="rosa", visibility=Visibility.DIRECT)
    await syncing.pull(bench.ws, bench.account)
    await handling.put(bench.ws, [second], MessageState.ANSWERED)
    await handling.label(bench.ws, [second], "Merci")

    def found(text: str) -> list[str]:
        return [hit.preview for hit in searching.search(bench.ws, text)]

    assert len(found("livraison")) == 3
    assert found("livraison from:zoe") == ["La livraison est arrivée brisée"]
    assert found("de:max état:répondu") == ["Livraison parfaite, merci"]
    assert found('"arrivee brisee"') == ["La livraison est arrivée brisée"]
    assert found("livraison is:direct") == ["Livraison privée"]
    assert found("livraison -parfaite -privée") == ["La livraison est arrivée brisée"]
    assert found("label:merci") == ["Livraison parfaite, merci"]
    assert found("livraison client:autre") == []
    assert found("client:ros state:awaiting kind:direct") == ["Livraison privée"]
    assert found(f"before:{bench.clock.now().year - 1}") == []
    assert len(found("after:yesterday")) == 3
    assert found("has:media") == found("mood:angry") == []
    assert searching.question(bench.ws, "state:nonsense livraison").unknown == ("state:nonsense",)
    page = searching.find(bench.ws, "livraison", 2)
    assert (len(page.ids), page.more is not None) == (2, True)
    assert len(searching.find(bench.ws, "livraison", 2, page.more).ids) == 1
    kept = await searching.save(bench.ws, "Privés", "is:direct")
    assert [one.query for one in searching.saved(bench.ws)] == ["is:direct"]
    await searching.remove(bench.ws, kept)
    assert direct.visibility is Visibility.DIRECT


async def test_an_edit_keeps_the_words_before_it(bench: Bench) -> None:
    number = await bench.asked("Premier")
    bench.network.edit_status(inbox.message(bench.ws, number).remote_id, "Second")
    bench.clock.advance(200)
    await syncing.pull(bench.ws, bench.account)  # the conversation is asked for again
    assert inbox.message(bench.ws, number).text == "Second"
    assert [one["text"] for one in inbox.versions(bench.ws, number)] == ["Premier"]


async def test_what_nobody_waits_for_is_grouped(bench: Bench) -> None:
    post = bench.network.say("rosa", "Nouveau menu")
    for name in ("zoe", "max", "ana"):
        bench.network.react(name, MessageKind.FAVOURITE, post.remote_id)
    bench.network.react("zoe", MessageKind.BOOST, post.remote_id)
    await syncing.pull(bench.ws, bench.account)
    groups = {one.kind: one for one in inbox.groups(bench.ws)}
    assert (groups[MessageKind.FAVOURITE].count, len(groups[MessageKind.FAVOURITE].names)) == (3, 3)
    assert groups[MessageKind.BOOST].count == 1
