"""What came in is read for its mood in bites, is found and sorted by it, and a person's word holds against the reader's."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from cmdesk.domain.alarms import AlarmKind
from cmdesk.domain.changes import Changes, Topic
from cmdesk.domain.errors import BadInput, NotFound
from cmdesk.domain.ids import MessageId
from cmdesk.domain.mood import Because, Correction, Mood, Reading, Sense
from cmdesk.domain.ruling import Action, Deed, Rule, When
from cmdesk.language.host import CheckerBroken, Host
from cmdesk.language.protocol import Triage, Triaged
from cmdesk.services import handling, inbox, instinct, ruling, searching, triage
from cmdesk.services.proofreading import Proofreader
from tests.services.test_answering import Bench, bench

pytestmark = pytest.mark.asyncio
__all__ = ["bench"]

ANGRY = "C'est inacceptable, remboursez-moi immédiatement!!!"
HAPPY = "Merci beaucoup, le repas était délicieux!"
CRISIS = "Ma fille a fait un choc allergique après votre gâteau, elle est à l'hôpital"


class Plain(Host):
    """A worker that reads one word, so that only one test loads the real one."""

    def __init__(self) -> None:
        super().__init__(["/nowhere"])
        self.asked: list[Triage] = []
        self.broken = False

    async def ask(self, do: str, body: object, kind: type[object]) -> object:  # type: ignore[override]  # one kind of question
        assert isinstance(body, Triage)
        if self.broken:
            raise CheckerBroken(reason="died")
        self.asked.append(body)
        await asyncio.sleep(0)
        return Triaged(tuple(self.sense(text) for text in body.texts))

    @staticmethod
    def sense(text: str) -> Sense:
        bad = "bad" in text
        mood, kind = (Mood.ANGRY, Reading.COMPLAINT) if bad else (Mood.HAPPY, Reading.PRAISE)
        crisis = "fire" in text
        because = (Because("words", ("bad",)),) if bad else (Because("tone"),)
        return Sense("en", mood, kind, bad or crisis, crisis, 0.9, 90 if crisis else 60 if bad else 5, because, mood)


@pytest_asyncio.fixture
async def plain(bench: Bench) -> AsyncIterator[Plain]:
    host = Plain()
    bench.desk._proofreader = Proofreader(host)  # the seam where the program has its one worker
    yield host


async def test_the_real_reader_reads_what_came_in(bench: Bench) -> None:
    angry, happy, crisis = [await bench.asked(text) for text in (ANGRY, HAPPY, CRISIS)]
    assert triage.waiting(bench.ws) == 3
    assert await triage.read_all(bench.ws) == 3
    found = triage.senses(bench.ws, [angry, happy, crisis])
    assert (found[angry].mood, found[angry].kind, found[angry].care) == (Mood.ANGRY, Reading.COMPLAINT, True)
    assert (found[happy].mood, found[happy].kind, found[happy].care) == (Mood.HAPPY, Reading.PRAISE, False)
    assert found[crisis].crisis
    assert found[crisis].risk > found[angry].risk > found[happy].risk
    assert AlarmKind.CRISIS in [alert.kind for alert in instinct.alerts(bench.ws)]
    rows = {row.id: row for row in inbox.rows(bench.ws, [angry, happy])}
    assert (rows[angry].mood, rows[angry].reading, rows[angry].care) == (Mood.ANGRY, Reading.COMPLAINT, True)
    assert searching.find(bench.ws, "mood:happy", 10).ids == (happy,) or list(searching.find(bench.ws, "mood:happy", 10).ids) == [
        happy
    ]


async def test_bites_are_small_and_the_newest_come_first(bench: Bench, plain: Plain) -> None:
    numbers = [await bench.asked(f"good {n}") for n in range(5)]
    assert [one for _account, one in await triage.read_some(bench.ws, 2)] == numbers[:2:-1]
    assert triage.waiting(bench.ws) == 3
    assert await triage.read_all(bench.ws) == 3
    assert await triage.read_some(bench.ws) == ()
    assert [len(asked.texts) for asked in plain.asked] == [2, 3]


async def test_an_edited_message_is_read_again_and_one_edited_meanwhile_later(bench: Bench, plain: Plain) -> None:
    number = await bench.asked("good")
    await triage.read_all(bench.ws)
    with bench.ws.write() as session:
        session.connection().exec_driver_sql("UPDATE message SET text = 'bad' WHERE id = ?", (number,))
    assert triage.waiting(bench.ws) == 1
    await triage.read_all(bench.ws)
    assert triage.senses(bench.ws, [number])[number].mood is Mood.ANGRY


async def test_a_persons_word_holds_is_handed_to_the_reader_and_can_be_taken_back(bench: Bench, plain: Plain) -> None:
    number = await bench.asked("bad")
    await triage.read_all(bench.ws)
    said = await triage.correct(bench.ws, number, Mood.HAPPY, Reading.PRAISE)
    assert (said.mood, said.care, said.risk) == (Mood.HAPPY, False, 10)
    assert triage.senses(bench.ws, [number])[number].because == (Because("corrected"),)
    with bench.ws.write() as session:
        session.connection().exec_driver_sql("UPDATE message SET text = 'bad again' WHERE id = ?", (number,))
    assert triage.waiting(bench.ws) == 0
    await bench.asked("more")
    await triage.read_all(bench.ws)
    known = (Correction("bad", Mood.HAPPY, Reading.PRAISE),)
    assert plain.asked[-1].corrections == known == triage.corrections(bench.ws)
    await triage.forget(bench.ws, number)
    await triage.read_all(bench.ws)
    assert triage.senses(bench.ws, [number])[number].mood is Mood.ANGRY
    assert triage.corrections(bench.ws) == ()
    with pytest.raises(BadInput):
        await triage.correct(bench.ws, number, Mood.UNCERTAIN, Reading.OTHER)
    with pytest.raises(NotFound):
        await triage.correct(bench.ws, MessageId(999), Mood.SAD, Reading.OTHER)


async def test_rules_hear_of_moods(bench: Bench, plain: Plain) -> None:
    await ruling.save(bench.ws, Rule(0, "care", When(moods=frozenset({"angry"})), (Action(Deed.LABEL, "first"),)))
    bad, good = await bench.asked("bad"), await bench.asked("good")
    await triage.read_all(bench.ws)
    assert handling.labels(bench.ws, [bad, good]).get(bad) == ("first",)
    assert not handling.labels(bench.ws, [good]).get(good)


async def test_one_round_reads_every_client_and_no_worker_is_no_harm(bench: Bench, plain: Plain) -> None:
    triager = triage.Triager(bench.desk, bench.clock)
    numbers = [await bench.asked(f"good {n}", to=to) for n, to in enumerate(("rosa", "lea") * 10)]
    plain.broken = True
    with pytest.raises(CheckerBroken):
        await triager.tick()
    assert triage.waiting(bench.ws) == len(numbers)
    plain.broken = False
    assert [await triager.tick() for _ in range(3)] == [triage.BITE, len(numbers) - triage.BITE, 0]
    triager.notice(Changes(bench.ws.client.id, frozenset({Topic.INBOX})))


async def test_half_a_character_and_a_book_are_read_all_the_same(plain: Plain) -> None:
    found = await triage.read(plain, ["\ud83d", "x" * 100_000])
    assert len(found) == 2
    assert len(plain.asked[0].texts[1]) == 20_000
