"""What stands around the posts is kept, changed, and comes back with an undo; key dates, cover, slots and upkeep work on it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from msgspec.structs import replace

from cmdesk.domain.board import ColumnKind, Label, LabelId, Source
from cmdesk.domain.changes import Changes, Topic
from cmdesk.domain.client import Colour
from cmdesk.domain.errors import BadInput, NameTaken, NotAllowed, NotFound
from cmdesk.domain.hours import OFFICE, clean_hours
from cmdesk.domain.ids import PostId
from cmdesk.domain.post import PostEdit, Variant
from cmdesk.domain.schedule import resolve
from cmdesk.domain.slots import clean_slots
from cmdesk.domain.terms import Sharing, Terms, from_settings, to_settings
from cmdesk.services import arranging, board, composing, cover, keydates, late_desk, repeating, slots, terms
from cmdesk.services.upkeep import Upkeep
from cmdesk.store import board as store
from tests.helpers.desks import link
from tests.services.test_publishing import Bench

pytestmark = pytest.mark.asyncio
TORONTO = "America/Toronto"


@pytest_asyncio.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    made = Bench(tmp_path / "home")
    await made.begin()
    yield made
    await made.desk.close()


async def planned(bench: Bench, wall: str, text: str, *labels: str) -> PostId:
    post = await composing.create(bench.ws, PostEdit(text=text, variants=(Variant(bench.account),), labels=labels))
    await arranging.plan(bench.ws, post.id, resolve(datetime.fromisoformat(wall), TORONTO))
    return post.id


async def test_labels_have_colours_and_a_new_name_is_borne_by_posts(bench: Bench) -> None:
    post = await planned(bench, "2026-12-03T09:00", "Bonjour", "été", "recette")
    assert [(one.name, one.id) for one in board.labels(bench.ws)] == [("recette", 0), ("été", 0)]
    label = await board.add_label(bench.ws, "été", Colour.AMBER)
    with pytest.raises(NameTaken):
        await board.add_label(bench.ws, "été", Colour.RUBY)
    await board.change_label(bench.ws, replace(label, name="Été 2027"))
    assert composing.load(bench.ws, post).labels == ("Été 2027", "recette")
    await arranging.undo(bench.ws)
    assert composing.load(bench.ws, post).labels == ("été", "recette")
    assert board.label_uses(bench.ws) == {"recette": 1, "été": 1}
    await board.remove_label(bench.ws, label.id)
    await board.change_label(bench.ws, Label(LabelId(0), "recette", Colour.FERN))
    assert [(one.name, one.colour) for one in board.labels(bench.ws)] == [("recette", Colour.FERN), ("été", Colour.SLATE)]


async def test_pillars_and_their_balance(bench: Bench) -> None:
    await board.add_pillar(bench.ws, "Coulisses", "coulisses", 50)
    await board.add_pillar(bench.ws, "Ventes", "ventes", 25)
    for number, label in enumerate(("coulisses", "ventes", "ventes", "autre")):
        await planned(bench, f"2026-12-{number + 2:02}T09:00", f"Post {number}", label)
    found = board.balance(bench.ws, bench.clock.now(), bench.clock.now() + timedelta(days=30))
    assert [(one.pillar.name if one.pillar else None, one.posts, one.percent) for one in found] == [
        ("Coulisses", 1, 25),
        ("Ventes", 2, 50),
        (None, 1, 25),
    ]


async def test_campaigns_and_notes_lie_on_days_and_move_as_a_whole(bench: Bench) -> None:
    campaign = await board.add_campaign(bench.ws, "Noël", date(2026, 12, 1), date(2026, 12, 24), colour=Colour.RUBY)
    note = await board.add_note(bench.ws, "Fermé", date(2026, 12, 25))
    await board.add_note(bench.ws, "Pour le client", date(2026, 12, 26), shared=True)
    assert board.campaigns(bench.ws, date(2026, 12, 24), date(2026, 12, 30)) == (campaign,)
    assert [one.text for one in board.notes(bench.ws, date(2026, 12, 1), date(2026, 12, 31), shared_only=True)] == [
        "Pour le client"
    ]
    await board.move_bar(bench.ws, campaign, date(2026, 12, 3))
    assert board.campaigns(bench.ws)[0].last == date(2026, 12, 26)
    await arranging.undo(bench.ws)
    assert board.campaigns(bench.ws) == (campaign,)
    post = await planned(bench, "2026-12-03T09:00", "Bonjour")
    await board.join_campaign(bench.ws, post, campaign.id)
    assert board.plan(bench.ws, post).campaign == campaign.id
    await board.remove_note(bench.ws, note.id)
    with pytest.raises(NotFound):
        await board.change_note(bench.ws, note)
    with pytest.raises(BadInput):
        await board.add_campaign(bench.ws, "x", date(2026, 12, 3), date(2026, 12, 1))


async def test_ideas_move_between_columns_and_become_drafts(bench: Bench) -> None:
    assert [one.kind for one in board.columns(bench.ws)] == [ColumnKind.NEW, ColumnKind.GOOD, ColumnKind.WRITING, ColumnKind.USED]
    first = await board.add_idea(bench.ws, "Une")
    second = await board.add_idea(bench.ws, "Deux", labels=("été",), day=date(2026, 12, 20))
    assert [one.text for one in board.ideas(bench.ws)] == ["Deux", "Une"]
    good = board.columns(bench.ws)[1].id
    await board.move_idea(bench.ws, first.id, good, 0)
    await board.move_idea(bench.ws, second.id, good, 1)
    assert [(one.text, one.column) for one in board.ideas(bench.ws)] == [("Une", good), ("Deux", good)]
    post = await board.draft_idea(bench.ws, second.id, (bench.account,))
    assert (composing.load(bench.ws, post).text, composing.load(bench.ws, post).labels) == ("Deux", ("été",))
    assert f"{board.plan(bench.ws, post).suggested:%m-%d %H:%M}" == "12-20 09:00"
    assert next(one for one in board.ideas(bench.ws) if one.id == second.id).post == post
    await arranging.undo(bench.ws)
    assert next(one for one in board.ideas(bench.ws) if one.id == second.id).post is None
    assert composing.load(bench.ws, post).deleted_at is not None
    own = await board.add_column(bench.ws, "Plus tard")
    await board.move_idea(bench.ws, first.id, own.id, 0)
    await board.remove_column(bench.ws, own.id)
    assert next(one for one in board.ideas(bench.ws) if one.id == first.id).column == board.columns(bench.ws)[0].id


async def test_ideas_come_from_notes_and_key_dates(bench: Bench) -> None:
    note = await board.add_note(bench.ws, "Nouveau four", date(2026, 12, 9))
    idea = await board.idea_from_note(bench.ws, note.id)
    assert (idea.text, idea.day, idea.source) == ("Nouveau four", date(2026, 12, 9), Source.NOTE)
    day = next(one for one in keydates.days(bench.ws, date(2027, 6, 24), date(2027, 6, 24)) if one.public)
    assert (await keydates.idea(bench.ws, day)).source is Source.KEY_DATE
    post = await keydates.draft(bench.ws, day, (bench.account,))
    assert composing.load(bench.ws, post).text == "Fête nationale du Québec"
    await arranging.undo(bench.ws)
    assert composing.load(bench.ws, post).deleted_at is not None


async def test_own_dates_gentle_days_and_the_yearly_review(bench: Bench) -> None:
    await board.add_own_date(bench.ws, "Anniversaire de la boulangerie", "06-24", gentle=True)
    with pytest.raises(BadInput):
        await board.add_own_date(bench.ws, "x", "31 juin")
    day = datetime(2027, 6, 24, 16, tzinfo=UTC)
    assert [one.french for one in keydates.gentle(bench.ws, day)] == ["Anniversaire de la boulangerie"]
    assert keydates.chosen(bench.ws).lists == {"qc", "ca", "world"}
    await keydates.switch(bench.ws, "national-qc", on=False)
    found = keydates.days(bench.ws, date(2027, 6, 24), date(2027, 6, 24))
    assert [one.id for one in found if one.first == one.last] == ["own-1"]
    assert keydates.due_for_review(bench.ws) == 2027
    review = keydates.review(bench.ws, 2027)
    assert (review.moved["easter"], "national-qc" in review.off, "christmas" in review.moved) == (-8, True, False)
    await keydates.reviewed(bench.ws, 2027)
    assert keydates.due_for_review(bench.ws) is None
    bench.clock.set(datetime(2027, 11, 2, tzinfo=UTC))
    assert keydates.due_for_review(bench.ws) == 2028


async def test_terms_survive_and_other_settings_stay(bench: Bench) -> None:
    with bench.ws.write() as session:
        session.connection().exec_driver_sql("UPDATE client SET settings = ?", ('{"other": 1, "hours": "nonsense"}',))
    assert terms.of(bench.ws) == Terms()
    await terms.set_hours(bench.ws, OFFICE)
    await terms.set_promise(bench.ws, 120)
    await terms.set_slots(bench.ws, clean_slots("mon 9:00"))
    await terms.set_slots(bench.ws, clean_slots("tue 9:00"), bench.account)
    await terms.set_distance(bench.ws, 30)
    await terms.set_sharing(bench.ws, Sharing(file="x.ics"))
    known = terms.of(bench.ws)
    assert (known.hours, known.promise, known.distance, known.sharing.file) == (OFFICE, 120, 30, "x.ics")
    assert known.slots.of(bench.account) == clean_slots("tue 9:00")
    await terms.follow_slots(bench.ws, bench.account)
    assert terms.of(bench.ws).slots.of(bench.account) == clean_slots("mon 9:00")
    with bench.ws.read() as connection:
        assert json.loads(connection.execute("SELECT settings FROM client").fetchone()[0])["other"] == 1
    assert from_settings(to_settings(known)) == known
    with pytest.raises(BadInput):
        await terms.set_promise(bench.ws, -1)
    with pytest.raises(NotFound):
        await terms.set_slots(bench.ws, (), type(bench.account)(99))


async def test_warnings_before_a_post_takes_a_time(bench: Bench) -> None:
    await terms.set_distance(bench.ws, 60)
    post = await planned(bench, "2026-12-03T09:00", "Bonjour  le monde")
    edit = PostEdit(text="bonjour le Monde", variants=(Variant(bench.account),))

    def codes(wall: str, besides: PostId | None = None) -> list[str]:
        when = resolve(datetime.fromisoformat(wall), TORONTO)
        return [
            one.code for one in slots.warnings(bench.ws, edit, when, (bench.account,), besides=besides).get(bench.account, ())
        ]

    assert codes("2026-12-03T09:00") == ["slot_taken", "same_text"]
    assert codes("2026-12-03T09:40") == ["too_close", "same_text"]
    assert codes("2026-12-10T09:40") == ["same_text"]
    assert codes("2026-12-03T09:40", besides=post) == []
    assert codes("2027-03-14T02:30") == ["clock_gap"]
    assert codes("2027-11-07T01:30") == ["clock_fold"]


async def test_slots_that_are_free_and_the_late_desks_next_one(bench: Bench) -> None:
    second = link(bench.ws, bench.network, "zoe")
    await terms.set_slots(bench.ws, clean_slots("mon-fri 9:00, 16:00"))
    await terms.set_slots(bench.ws, clean_slots("sat 10:00"), second)
    await planned(bench, "2026-12-02T09:00", "Pris")
    now = bench.clock.now()
    assert [f"{one.wall:%d %H}" for one in slots.free(bench.ws, bench.account, now, now + timedelta(days=2))] == [
        "01 16",
        "02 16",
        "03 09",
    ][:2]
    assert f"{late_desk.next_slot(bench.ws, bench.account).wall:%d %H}" == "01 16"
    found = slots.next_slots(bench.ws, (bench.account, second))
    assert [f"{one.wall:%a %H}" for one in found.values()] == ["Tue 16", "Sat 10"]
    await terms.set_slots(bench.ws, clean_slots("mon 9:00"))
    # Ninety days from a Tuesday hold twelve Mondays.
    for number in range(12):
        post = await composing.create(bench.ws, PostEdit(text=f"Lundi {number}", variants=(Variant(bench.account),)))
        await arranging.fill_slot(bench.ws, post.id)
    with pytest.raises(NotAllowed) as full:
        slots.next_slot(bench.ws, (bench.account,))
    assert full.value.from_state == "full"


async def test_cover_over_a_week_and_a_holiday(bench: Bench) -> None:
    other = await bench.desk.create("Zoé", timezone="Europe/Paris")
    await bench.desk.create("Sans heures", timezone=TORONTO)
    for ws in (bench.ws, other):
        await terms.set_hours(ws, OFFICE)
        await terms.set_promise(ws, 240)
    first = date(2026, 12, 7)
    assert all(one.is_covered for one in cover.week(bench.desk, first).clients)
    cover.set_own_hours(bench.desk, clean_hours("mon-fri 8:00-16:00"), [date(2026, 12, 8)])
    found = cover.week(bench.desk, first)
    rosa, zoe = found.clients
    assert (rosa.name, len(rosa.gaps), rosa.is_covered) == ("Rosa", 5, False)
    broken = [None if gap.broken_at is None else f"{gap.broken_at:%d %H}" for gap in rosa.gaps]
    # Nobody is there on Tuesday; on the other days who writes at four has an answer at eight.
    assert broken == ["08 17", "08 18", None, None, None]
    assert zoe.gaps  # Paris opens at three in the morning here
    assert found.together[0].clients == (bench.ws.client.id, other.client.id)
    assert len(found.without_hours) == 1
    away = cover.holiday(bench.desk, date(2026, 12, 21), date(2026, 12, 25))
    assert [one.is_covered for one in away.clients] == [False, False]
    assert cover.own_hours(bench.desk) == replace(
        clean_hours("mon-fri 8:00-16:00") or OFFICE, closed=frozenset({date(2026, 12, 8)})
    )


async def test_upkeep_makes_what_repeats_once_and_after_a_change(bench: Bench) -> None:
    upkeep = Upkeep(bench.desk, bench.clock)
    await upkeep.tick()
    post = await composing.create(bench.ws, PostEdit(text="Chaque mercredi", variants=(Variant(bench.account),)))
    series = await repeating.begin(
        bench.ws, post.id, "FREQ=WEEKLY;BYDAY=WE", resolve(datetime.fromisoformat("2026-12-02T09:00"), TORONTO), ["Autrement"]
    )
    await upkeep.tick()
    assert repeating.made(bench.ws, series) == ()
    upkeep.notice(Changes(bench.ws.client.id, frozenset({Topic.AGENDA})))
    await upkeep.tick()
    texts = [composing.load(bench.ws, one.post).text for one in repeating.made(bench.ws, series) if one.post is not None]
    assert texts == ["Chaque mercredi", "Autrement"] * 2 + ["Chaque mercredi"]
    bench.clock.advance(8 * 86_400)
    await upkeep.tick()
    assert len(repeating.made(bench.ws, series)) == 6
    assert composing.load(bench.ws, repeating.made(bench.ws, series)[-1].post or PostId(0)).text == "Autrement"


async def test_a_begun_series_goes_with_an_undo_and_comes_back_with_a_redo(bench: Bench) -> None:
    post = await composing.create(bench.ws, PostEdit(text="Chaque mercredi", variants=(Variant(bench.account),)))
    series = await repeating.begin(
        bench.ws, post.id, "FREQ=WEEKLY;BYDAY=WE", resolve(datetime.fromisoformat("2026-12-02T09:00"), TORONTO)
    )
    made = await repeating.make(bench.ws)
    await arranging.move(bench.ws, made[1].post, resolve(datetime.fromisoformat("2026-12-11T09:00"), TORONTO))
    await arranging.undo(bench.ws)
    await arranging.undo(bench.ws)
    assert (repeating.every(bench.ws), repeating.made(bench.ws, series)) == ((), ())
    await arranging.redo(bench.ws)
    assert len(await repeating.make(bench.ws)) == len(made)
    await repeating.leave_out(bench.ws, series, datetime.fromisoformat("2027-01-27T09:00"))
    await arranging.undo(bench.ws)
    assert all(one.post is not None for one in repeating.made(bench.ws, series))


async def test_what_was_taken_away_goes_for_good_after_a_month(bench: Bench) -> None:
    note = await board.add_note(bench.ws, "Fermé", date(2026, 12, 25))
    await board.remove_note(bench.ws, note.id)
    bench.clock.advance(31 * 86_400.0)
    with bench.ws.write() as session:
        store.tidy(session, bench.clock.now())
    with bench.ws.read() as connection:
        assert connection.execute("SELECT count(*) FROM calendar_note").fetchone() == (0,)
