"""No word is lost, no other's word is overwritten, and nothing goes out that was changed after it was approved."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
import pytest_asyncio
from msgspec.structs import replace

from cmdesk.domain.delivery import HeldBecause, PostState, State
from cmdesk.domain.draft_errors import BlockedByProblems, DraftDamaged, StaleRevision
from cmdesk.domain.errors import BadInput, NotAllowed, NotFound
from cmdesk.domain.ids import AccountId, PostId
from cmdesk.domain.journal import Event
from cmdesk.domain.limits import Visibility
from cmdesk.domain.post import Poll, Post, PostEdit, ReplyTarget, Variant, edit_of
from cmdesk.domain.schedule import PlannedTime, at_instant
from cmdesk.services import composing, journaling, planning
from cmdesk.services.desk import Desk
from cmdesk.services.workspace import Workspace
from cmdesk.store import accounts
from tests.helpers.clocks import FakeClock
from tests.helpers.desks import link, open_desk
from tests.helpers.fake_network import FakeNetwork
from tests.helpers.keyrings import InMemoryKeyring

pytestmark = pytest.mark.asyncio


class Bench:
    """One client with two accounts."""

    def __init__(self, folder: Path) -> None:
        self.clock = FakeClock()
        self.network = FakeNetwork(self.clock)
        self.desk: Desk = open_desk(folder, self.network, self.clock, keyring=InMemoryKeyring())
        self.ws: Workspace
        self.first: AccountId
        self.second: AccountId

    async def draft(self, text: str = "Bonjour") -> Post:
        return await composing.create(self.ws, PostEdit(text=text, variants=(Variant(self.first), Variant(self.second))))

    def later(self, minutes: int = 60) -> PlannedTime:
        return at_instant(self.clock.now() + timedelta(minutes=minutes), "America/Toronto", "2026a")

    def states(self, post_id: PostId) -> list[State]:
        return [one.state for one in planning.deliveries(self.ws, post_id)]


@pytest_asyncio.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    made = Bench(tmp_path / "home")
    made.ws = await made.desk.create("Rosa", timezone="America/Toronto")
    made.first, made.second = link(made.ws, made.network, "rosa"), link(made.ws, made.network, "bakery")
    yield made
    await made.desk.close()


async def test_everything_an_editor_holds_comes_back(bench: Bench) -> None:
    edit = PostEdit(
        text="Été\nà la plage 🏖️",
        warning="soleil",
        visibility=Visibility.UNLISTED,
        language="fr-CA",
        sensitive=True,
        poll=Poll(("oui", "non"), 3600, multiple=True),
        variants=(Variant(bench.second, text="Autre", language="en"), Variant(bench.first, visibility=Visibility.DIRECT)),
        reply_to=ReplyTarget("99", "https://fake.example/99", "ana@fake.example"),
        labels=("été", "promo"),
    )
    post = await composing.create(bench.ws, edit)
    assert edit_of(composing.load(bench.ws, post.id)) == edit
    assert (post.revision, post.approved, post.accounts) == (1, None, (bench.second, bench.first))


async def test_a_save_replaces_and_counts_up(bench: Bench) -> None:
    post = await bench.draft()
    saved = await composing.save(bench.ws, post.id, replace(edit_of(post), text="Bonsoir"), 1)
    assert (saved.text, saved.revision) == ("Bonsoir", 2)
    same = await composing.save(bench.ws, post.id, edit_of(saved), 2)
    assert same == saved


async def test_a_stale_save_overwrites_nothing_and_says_what_is_there(bench: Bench) -> None:
    post = await bench.draft()
    theirs = await composing.save(bench.ws, post.id, PostEdit(text="Theirs"), 1)
    with pytest.raises(StaleRevision) as caught:
        await composing.save(bench.ws, post.id, PostEdit(text="Mine"), 1)
    assert (caught.value.stored, caught.value.found) == (theirs, 2)
    assert composing.load(bench.ws, post.id) == theirs


async def test_what_a_file_cannot_hold_does_not_stop_a_save(bench: Bench) -> None:
    post = await bench.draft()
    saved = await composing.save(bench.ws, post.id, PostEdit(text="a\x00b\r\nc\ud83dd \ud83c\udf89"), 1)
    assert saved.text == "ab\nc\ufffdd 🎉"


async def test_versions_are_kept_every_five_minutes_and_come_back(bench: Bench) -> None:
    post = await bench.draft("v0")
    for number in range(1, 12):
        bench.clock.advance(60)
        post = await composing.save(bench.ws, post.id, replace(edit_of(post), text=f"v{number}"), post.revision)
    kept = composing.versions(bench.ws, post.id)
    assert [version.edit.text for version in kept] == ["v10", "v5", "v0"]
    restored = await composing.restore_version(bench.ws, post.id, kept[1])
    assert restored.text == "v5"
    assert composing.versions(bench.ws, post.id)[0].edit.text == "v11"


async def test_damage_is_noticed_and_the_last_good_version_offered(bench: Bench) -> None:
    post = await bench.draft("Good words")
    await composing.save(bench.ws, post.id, replace(edit_of(post), text="Better words"), 1)
    with bench.ws.write() as session:
        session.connection().exec_driver_sql("UPDATE post SET text = 'Bettxr words'")
    with pytest.raises(DraftDamaged) as caught:
        composing.load(bench.ws, post.id)
    assert caught.value.last_good is not None
    assert caught.value.last_good.text == "Good words"
    mended = await composing.restore_version(bench.ws, post.id, composing.versions(bench.ws, post.id)[0])
    assert composing.load(bench.ws, post.id) == mended


async def test_bytes_that_are_no_text_are_damage_too(bench: Bench) -> None:
    post = await bench.draft()
    with bench.ws.write() as session:
        session.connection().exec_driver_sql("UPDATE post SET text = CAST(x'ff41ff' AS TEXT)")
    with pytest.raises(DraftDamaged):
        composing.load(bench.ws, post.id)


async def test_only_accounts_of_this_client_can_be_meant(bench: Bench) -> None:
    with pytest.raises(NotFound):
        await composing.create(bench.ws, PostEdit(text="x", variants=(Variant(AccountId(99)),)))
    assert composing.post_rows(bench.ws) == ()


async def test_an_edit_takes_the_approval_back_and_holds(bench: Bench) -> None:
    post = await bench.draft()
    await planning.schedule(bench.ws, post.id, bench.later())
    approved = composing.load(bench.ws, post.id)
    assert approved.approved is not None
    edited = await composing.save(bench.ws, post.id, replace(edit_of(approved), text="Changed"), approved.revision)
    assert edited.approved is None
    found = planning.deliveries(bench.ws, post.id)
    assert {(one.state, one.held_because) for one in found} == {(State.HELD, HeldBecause.EDITED)}


async def test_what_is_no_part_of_the_words_keeps_the_approval(bench: Bench) -> None:
    post = await bench.draft()
    await planning.schedule(bench.ws, post.id, bench.later())
    stored = composing.load(bench.ws, post.id)
    saved = await composing.save(bench.ws, post.id, replace(edit_of(stored), labels=("new",)), stored.revision)
    assert saved.approved == stored.approved
    assert bench.states(post.id) == [State.PLANNED, State.PLANNED]


async def test_an_account_taken_out_is_cancelled_and_the_other_held(bench: Bench) -> None:
    post = await bench.draft()
    await planning.schedule(bench.ws, post.id, bench.later())
    stored = composing.load(bench.ws, post.id)
    await composing.save(bench.ws, post.id, replace(edit_of(stored), variants=stored.variants[:1]), stored.revision)
    assert bench.states(post.id) == [State.HELD, State.CANCELLED]


async def test_planning_again_moves_and_doubles_nothing(bench: Bench) -> None:
    post = await bench.draft()
    first = await planning.schedule(bench.ws, post.id, bench.later())
    second = await planning.schedule(bench.ws, post.id, bench.later(120))
    assert first == second
    (entry,) = planning.agenda(bench.ws, bench.clock.now(), bench.clock.now() + timedelta(days=1))
    assert (entry.planned, entry.deliveries, entry.state, entry.movable) == (bench.later(120), first, PostState.PLANNED, True)
    moved = await planning.move(bench.ws, post.id, bench.later(30))
    assert moved == first
    assert planning.delivery(bench.ws, first[0]).planned == bench.later(30)


async def test_what_cannot_be_planned_is_said_and_nothing_is_planned(bench: Bench) -> None:
    post = await bench.draft()
    with pytest.raises(BadInput):
        await planning.schedule(bench.ws, post.id, bench.later(-1))
    empty = await composing.create(bench.ws, PostEdit(text="Nobody"))
    with pytest.raises(BadInput):
        await planning.schedule(bench.ws, empty.id, bench.later())
    long = await bench.draft("x" * 501)
    with pytest.raises(BlockedByProblems) as caught:
        await planning.now(bench.ws, long.id)
    assert set(caught.value.problems) == {bench.first, bench.second}
    assert all(not bench.states(one.id) for one in (post, empty, long))


async def test_counts_and_problems_follow_each_accounts_variant(bench: Bench) -> None:
    edit = PostEdit(text="x" * 501, variants=(Variant(bench.first), Variant(bench.second, text="short\n---\nsecond")))
    with bench.ws.read() as connection:
        known = accounts.accounts(connection)
    counted = composing.counts(edit, known)
    assert [[one.count for one in counted[account]] for account in (bench.first, bench.second)] == [[501], [5, 6]]
    found = composing.problems(edit, known)
    assert (bool(found[bench.first]), found[bench.second]) == (True, ())


async def test_taking_back_and_starting_over(bench: Bench) -> None:
    post = await bench.draft()
    with pytest.raises(NotAllowed):
        await planning.cancel(bench.ws, post.id)
    await planning.schedule(bench.ws, post.id, bench.later())
    await planning.unschedule(bench.ws, post.id)
    (row,) = composing.post_rows(bench.ws, drafts_only=True)
    assert (row.state, row.planned) == (PostState.DRAFT, None)
    (one, two) = await planning.schedule(bench.ws, post.id, bench.later())
    await planning.cancel_delivery(bench.ws, one)
    assert planning.delivery(bench.ws, two).state is State.PLANNED
    await planning.cancel(bench.ws, post.id)
    (row,) = composing.post_rows(bench.ws)
    assert row.state is PostState.CANCELLED


async def test_the_bin_cancels_keeps_thirty_days_and_gives_back(bench: Bench) -> None:
    post = await bench.draft()
    await planning.schedule(bench.ws, post.id, bench.later())
    await composing.bin(bench.ws, post.id)
    assert composing.post_rows(bench.ws) == ()
    assert [row.id for row in composing.post_rows(bench.ws, in_bin=True)] == [post.id]
    assert bench.states(post.id) == [State.CANCELLED, State.CANCELLED]
    with pytest.raises(NotAllowed):
        await planning.now(bench.ws, post.id)
    back = await composing.unbin(bench.ws, post.id)
    assert (back.text, back.deleted_at) == ("Bonjour", None)
    other = await bench.draft("Never planned")
    await composing.bin(bench.ws, other.id)
    bench.clock.advance(29 * 86_400)
    await composing.tidy(bench.ws)
    assert composing.load(bench.ws, other.id).text == "Never planned"
    bench.clock.advance(2 * 86_400)
    await composing.tidy(bench.ws)
    with pytest.raises(NotFound):
        composing.load(bench.ws, other.id)


async def test_rows_page_without_a_gap(bench: Bench) -> None:
    made = []
    for number in range(7):
        made.append((await bench.draft(f"Post {number}")).id)
        bench.clock.advance(number % 2)
    seen: list[PostId] = []
    before = None
    while page := composing.post_rows(bench.ws, limit=2, before=before):
        seen += [row.id for row in page]
        before = page[-1]
    assert seen == made[::-1]


async def test_a_change_of_zone_rules_moves_the_instant_and_keeps_the_wall_clock(bench: Bench) -> None:
    post = await bench.draft()
    (one, _) = await planning.schedule(bench.ws, post.id, bench.later())
    planned = planning.delivery(bench.ws, one).planned
    with bench.ws.write() as session:
        session.connection().exec_driver_sql("UPDATE delivery SET due = due - 3600000")  # as older rules had it
    bench.clock.tzdata = "2027a"
    assert len(await planning.follow_zone_rules(bench.ws)) == 2
    assert planning.delivery(bench.ws, one).planned == replace(planned, tzdata="2027a")
    assert await planning.follow_zone_rules(bench.ws) == ()
    # And it is told: on the desk, and in the journal with the instant that it had.
    told = planning.retimed(bench.ws)
    assert len(told) == 2
    (line,) = journaling.lines(bench.ws, delivery=told[0].id)
    assert (line.event, json.loads(line.detail)["to"]) == (Event.RETIMED, told[0].planned.utc.isoformat())
