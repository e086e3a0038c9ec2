"""Whatever is moved, copied, planned and taken back, each post is there once, at the hour on the wall that was meant."""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cmdesk.domain.arranging import Move, Verb
from cmdesk.domain.delivery import HeldBecause, PostState, State
from cmdesk.domain.errors import BadInput, NotAllowed
from cmdesk.domain.ids import AccountId, PostId
from cmdesk.domain.post import Post, PostEdit, Variant, edit_of
from cmdesk.domain.schedule import PlannedTime, resolve
from cmdesk.domain.slots import clean_slots
from cmdesk.services import arranging, board, composing, planning, repeating, terms
from cmdesk.services.workspace import Workspace
from cmdesk.store import clients
from tests.helpers.desks import link
from tests.services.test_publishing import Bench

TORONTO = "America/Toronto"


@pytest_asyncio.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    made = Bench(tmp_path / "home")
    await made.begin()
    yield made
    await made.desk.close()


def at(text: str, zone: str = TORONTO) -> PlannedTime:
    return resolve(datetime.fromisoformat(text), zone)


async def draft(bench: Bench, text: str = "Bonjour", *accounts: AccountId) -> PostId:
    variants = tuple(Variant(one) for one in accounts or (bench.account,))
    return (await composing.create(bench.ws, PostEdit(text=text, variants=variants))).id


async def planned(bench: Bench, when: str, text: str = "Bonjour", *accounts: AccountId) -> PostId:
    post = await draft(bench, text, *accounts)
    await arranging.plan(bench.ws, post, at(when))
    return post


def walls(ws: Workspace, post: PostId) -> list[str]:
    """The wall times of what is alive of a post."""
    return [
        f"{one.planned.wall:%m-%d %H:%M}"
        for one in planning.deliveries(ws, post)
        if one.state not in {State.CANCELLED, State.GONE}
    ]


@pytest.mark.asyncio
async def test_a_move_is_undone_and_done_again(bench: Bench) -> None:
    post = await planned(bench, "2026-12-02T09:00")
    await arranging.move(bench.ws, post, at("2026-12-04T10:30"))
    assert walls(bench.ws, post) == ["12-04 10:30"]
    assert (await arranging.undo(bench.ws)).verb is Verb.MOVE
    assert walls(bench.ws, post) == ["12-02 09:00"]
    await arranging.redo(bench.ws)
    assert walls(bench.ws, post) == ["12-04 10:30"]
    assert arranging.redoable(bench.ws) is None
    await arranging.undo(bench.ws)
    await arranging.undo(bench.ws)
    assert walls(bench.ws, post) == []
    assert composing.post_rows(bench.ws)[0].state is PostState.DRAFT
    with pytest.raises(NotAllowed) as problem:
        await arranging.undo(bench.ws)
    assert problem.value.from_state == "nothing"


@pytest.mark.asyncio
async def test_days_later_over_the_change_of_clocks_the_hour_is_kept(bench: Bench) -> None:
    post = await planned(bench, "2027-03-13T09:00")
    await arranging.shift(bench.ws, [post], 1)
    (one,) = planning.deliveries(bench.ws, post)
    assert (one.planned.wall.hour, one.planned.utc) == (9, datetime(2027, 3, 14, 13, 0, tzinfo=UTC))
    await arranging.to_day(bench.ws, [post], date(2027, 11, 8))
    (one,) = planning.deliveries(bench.ws, post)
    assert (one.planned.wall.hour, one.planned.utc) == (9, datetime(2027, 11, 8, 14, 0, tzinfo=UTC))


@pytest.mark.asyncio
async def test_many_move_together_or_not_at_all(bench: Bench) -> None:
    first, second = await planned(bench, "2026-12-02T09:00"), await planned(bench, "2026-12-03T09:00", "Salut")
    out = await bench.post("Out", 1)
    bench.clock.advance(60)
    await bench.publisher.tick(bench.ws)
    gone = bench.look(out).post
    with pytest.raises(NotAllowed) as problem:
        await arranging.move_many(bench.ws, [Move(first, at("2026-12-05T09:00")), Move(gone, at("2026-12-05T10:00"))])
    assert (problem.value.from_state, problem.value.params["post"]) == ("sent", gone)
    assert walls(bench.ws, first) == ["12-02 09:00"]
    refused = arranging.refusal(bench.ws, gone)
    assert refused is not None
    assert refused.from_state == "sent"
    await arranging.shift(bench.ws, [first, second], 7)
    assert (walls(bench.ws, first), walls(bench.ws, second)) == (["12-09 09:00"], ["12-10 09:00"])
    await arranging.undo(bench.ws)
    assert (walls(bench.ws, first), walls(bench.ws, second)) == (["12-02 09:00"], ["12-03 09:00"])


@pytest.mark.asyncio
async def test_a_copy_waits_like_the_first_and_goes_into_the_bin_with_an_undo(bench: Bench) -> None:
    post = await planned(bench, "2026-12-02T09:00")
    made = await arranging.copy(bench.ws, post, at("2026-12-09T09:00"))
    assert (walls(bench.ws, post), walls(bench.ws, made)) == (["12-02 09:00"], ["12-09 09:00"])
    await arranging.undo(bench.ws)
    assert walls(bench.ws, made) == []
    assert composing.load(bench.ws, made).deleted_at is not None
    await arranging.redo(bench.ws)
    assert walls(bench.ws, made) == ["12-09 09:00"]
    assert composing.load(bench.ws, made).deleted_at is None
    idea = await draft(bench, "Perhaps")
    copied = await arranging.copy(bench.ws, idea, at("2026-12-11T15:00"))
    assert walls(bench.ws, copied) == []
    (shown,) = board.suggested(bench.ws, bench.clock.now(), bench.clock.now() + timedelta(days=30))
    assert (shown.post, f"{shown.wall:%m-%d %H:%M}") == (copied, "12-11 15:00")


@pytest.mark.asyncio
async def test_a_suggestion_moves_is_committed_and_comes_back(bench: Bench) -> None:
    post = await draft(bench)
    await arranging.suggest(bench.ws, post, datetime.fromisoformat("2026-12-03T11:00"))
    await arranging.shift(bench.ws, [post], 2)
    now = bench.clock.now()
    assert [f"{one.wall:%m-%d %H:%M}" for one in board.suggested(bench.ws, now, now + timedelta(days=9))] == ["12-05 11:00"]
    await arranging.plan(bench.ws, post, at("2026-12-05T11:00"))
    assert board.suggested(bench.ws, now, now + timedelta(days=9)) == ()
    await arranging.undo(bench.ws)
    assert len(board.suggested(bench.ws, now, now + timedelta(days=9))) == 1
    await arranging.undo(bench.ws)
    assert [f"{one.wall:%m-%d}" for one in board.suggested(bench.ws, now, now + timedelta(days=9))] == ["12-03"]


@pytest.mark.asyncio
async def test_an_undo_never_approves_what_was_edited(bench: Bench) -> None:
    post = await planned(bench, "2026-12-02T09:00")
    await arranging.move(bench.ws, post, at("2026-12-04T09:00"))
    known = composing.load(bench.ws, post)
    await composing.save(bench.ws, post, PostEdit(text="Other words", variants=known.variants), known.revision)
    await arranging.undo(bench.ws)
    (one,) = planning.deliveries(bench.ws, post)
    assert (one.state, one.held_because, f"{one.planned.wall:%m-%d}") == (State.HELD, HeldBecause.EDITED, "12-02")
    await arranging.take_out(bench.ws, [post])
    known = composing.load(bench.ws, post)
    await composing.save(bench.ws, post, PostEdit(text="Once more", variants=known.variants), known.revision)
    with pytest.raises(NotAllowed) as problem:
        await arranging.undo(bench.ws)
    assert problem.value.from_state == "edited"
    assert walls(bench.ws, post) == []


@pytest.mark.asyncio
async def test_what_was_held_is_held_again_after_an_undo(bench: Bench) -> None:
    post = await planned(bench, "2026-12-02T09:00")
    bench.clock.advance(3 * 86_400)
    await bench.publisher.tick(bench.ws)
    (one,) = planning.deliveries(bench.ws, post)
    assert one.held_because is HeldBecause.LATE
    await arranging.move(bench.ws, post, at("2026-12-06T09:00"))
    await arranging.undo(bench.ws)
    (one,) = planning.deliveries(bench.ws, post)
    assert (one.state, one.held_because, f"{one.planned.wall:%m-%d}") == (State.HELD, HeldBecause.LATE, "12-02")
    await arranging.redo(bench.ws)
    assert planning.deliveries(bench.ws, post)[0].state is State.PLANNED


@pytest.mark.asyncio
async def test_what_went_out_meanwhile_is_not_taken_back_and_is_passed_over(bench: Bench) -> None:
    other = await planned(bench, "2026-12-20T09:00", "Later")
    post = await planned(bench, "2026-12-02T09:00")
    await arranging.move(bench.ws, post, at("2026-12-01T10:00"))
    bench.clock.advance(3600)
    await bench.publisher.tick(bench.ws)
    with pytest.raises(NotAllowed) as problem:
        await arranging.undo(bench.ws)
    assert problem.value.from_state == "sent"
    with pytest.raises(NotAllowed):
        await arranging.undo(bench.ws)  # its planning can't be either
    await arranging.undo(bench.ws)
    assert walls(bench.ws, other) == []
    assert bench.live == ["Bonjour"]


@pytest.mark.asyncio
async def test_into_the_past_nothing_moves(bench: Bench) -> None:
    post = await planned(bench, "2026-12-02T09:00")
    with pytest.raises(BadInput):
        await arranging.move(bench.ws, post, at("2026-11-30T09:00"))
    await arranging.move(bench.ws, post, at("2026-12-05T09:00"))
    bench.clock.advance(2 * 86_400)
    with pytest.raises(BadInput) as problem:
        await arranging.undo(bench.ws)  # its old time has passed
    assert problem.value.reason == "past"
    assert walls(bench.ws, post) == ["12-05 09:00"]


@pytest.mark.asyncio
async def test_each_account_keeps_its_own_hour(bench: Bench) -> None:
    second = link(bench.ws, bench.network, "zoe")
    post = await draft(bench, "Bonjour", bench.account, second)
    await arranging.plan(bench.ws, post, {bench.account: at("2026-12-02T09:00"), second: at("2026-12-03T17:00")})
    await arranging.shift(bench.ws, [post], 3)
    assert walls(bench.ws, post) == ["12-05 09:00", "12-06 17:00"]
    await arranging.move(bench.ws, post, at("2026-12-07T08:00"), [second])
    assert walls(bench.ws, post) == ["12-05 09:00", "12-07 08:00"]
    await arranging.undo(bench.ws)
    await arranging.undo(bench.ws)
    assert walls(bench.ws, post) == ["12-02 09:00", "12-03 17:00"]


@pytest.mark.asyncio
async def test_undo_outlives_the_program(bench: Bench) -> None:
    post = await planned(bench, "2026-12-02T09:00")
    await arranging.move(bench.ws, post, at("2026-12-04T09:00"))
    await bench.restart()
    await arranging.undo(bench.ws)
    assert walls(bench.ws, post) == ["12-02 09:00"]


# ---- any sequence

EXAMPLES = int(os.environ.get("CMDESK_ARRANGING_EXAMPLES", "12"))
ZONES = (TORONTO, "Europe/Paris", "America/Phoenix")
#: Both changes of the clocks lie within the days that are played with.
STARTS = (datetime(2027, 3, 8, 12, tzinfo=UTC), datetime(2027, 10, 25, 12, tzinfo=UTC))
act = st.tuples(
    st.sampled_from(
        ["move", "shift", "copy", "take_out", "plan", "bin", "repeat", "make", "undo", "undo", "redo", "edit", "wait"]
    ),
    st.integers(0, 99),
    st.integers(1, 20),
    st.integers(0, 1439),
)


class Play:
    """A client, three posts, and a memory of what each arrangement left behind."""

    def __init__(self, bench: Bench, zone: str) -> None:
        self.bench, self.zone = bench, zone

    @property
    def ws(self) -> Workspace:
        return self.bench.ws

    def picture(self) -> dict[PostId, tuple[object, ...]]:
        """Every post that is not in the bin, with what waits and what is suggested of it."""
        found: dict[PostId, tuple[object, ...]] = {}
        with self.ws.read() as connection:
            rows = connection.execute("SELECT id FROM post WHERE deleted_at IS NULL ORDER BY id").fetchall()
        for (number,) in rows:
            waiting = tuple(
                (one.account, one.state, one.planned.wall, one.planned.utc)
                for one in planning.deliveries(self.ws, PostId(number))
                if one.state is not State.CANCELLED
            )
            found[PostId(number)] = (waiting, board.plan(self.ws, PostId(number)).suggested)
        return found

    def check(self) -> None:
        """Each pair of post and account waits at most once; each wall time is what its instant shows in its zone."""
        for post, (waiting, _suggested) in self.picture().items():
            assert isinstance(waiting, tuple)
            accounts = [one[0] for one in waiting]
            assert len(set(accounts)) == len(accounts), post
            for _account, _state, wall, utc in waiting:
                assert resolve(wall, self.zone).utc == utc
        for series in repeating.every(self.ws, with_ended=True):
            made = [one.post for one in repeating.made(self.ws, series.id) if one.post is not None]
            assert len(set(made)) == len(made)

    async def act(self, verb: str, which: int, days: int, minute: int) -> None:
        posts = list(self.picture())
        post = posts[which % len(posts)]
        local = (self.bench.clock.now() + timedelta(days=days)).astimezone(ZoneInfo(self.zone)).replace(tzinfo=None)
        when = resolve(local.replace(hour=minute // 60, minute=minute % 60, second=0, microsecond=0), self.zone)
        match verb:
            case "move":
                await arranging.move(self.ws, post, when)
            case "shift":
                before = {
                    one.account: one.planned.wall.time()
                    for one in planning.deliveries(self.ws, post)
                    if one.state is State.PLANNED
                }
                await arranging.shift(self.ws, [post], days - 10)
                after = {
                    one.account: one.planned.wall.time()
                    for one in planning.deliveries(self.ws, post)
                    if one.state is State.PLANNED
                }
                assert all(after[account] == hour for account, hour in before.items())
            case "copy":
                await arranging.copy(self.ws, post, when)
            case "take_out":
                await arranging.take_out(self.ws, [post])
            case "bin":
                await arranging.bin(self.ws, [post])
            case "plan":
                await arranging.plan(self.ws, post, when)
            case "repeat":
                await repeating.begin(self.ws, post, "FREQ=WEEKLY", when)
            case "make":
                await repeating.make(self.ws, self.bench.clock.now() + timedelta(days=10))
            case "edit":
                known = composing.load(self.ws, post)
                await composing.save(self.ws, post, _other_words(known), known.revision)
            case "wait":
                self.bench.clock.advance(3600.0 * (days % 5))
            case _:
                raise AssertionError(verb)


def _other_words(known: Post) -> PostEdit:
    edit = edit_of(known)
    return PostEdit(text=edit.text + ".", variants=edit.variants)


async def play(folder: Path, zone: str, start: datetime, acts: list[tuple[str, int, int, int]]) -> None:
    bench = Bench(folder / "home")
    bench.clock.set(start)
    await bench.begin()
    with bench.ws.write() as session:
        clients.update(session, timezone=zone)
    game = Play(bench, zone)
    try:
        for number in range(3):
            await draft(bench, f"Post {number}")
        past: list[tuple[int, dict[PostId, tuple[object, ...]]]] = []
        for verb, which, days, minute in acts:
            if not game.picture():
                await draft(bench, "Anew")
            before, known = game.picture(), arranging.undoable(bench.ws)
            try:
                if verb == "undo":
                    await arranging.undo(bench.ws)
                elif verb == "redo":
                    await arranging.redo(bench.ws)
                else:
                    await game.act(verb, which, days, minute)
            except (NotAllowed, BadInput):
                assert game.picture() == before, "what is refused changes nothing"
                continue
            game.check()
            fresh = arranging.undoable(bench.ws)
            if verb in {"move", "shift", "copy", "take_out", "plan", "bin"} and fresh is not None and fresh != known:
                past.append((fresh.id, before))
                after = game.picture()
                await arranging.undo(bench.ws)
                assert game.picture() == before, "an undo leads back"
                await arranging.redo(bench.ws)
                assert game.picture() == after, "a redo leads there again"
        assert past or len(acts) < 30
    finally:
        await bench.desk.close()


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(zone=st.sampled_from(ZONES), start=st.sampled_from(STARTS), acts=st.lists(act, min_size=3, max_size=25))
def test_any_sequence_keeps_every_post_once_and_every_hour_on_the_wall(
    zone: str, start: datetime, acts: list[tuple[str, int, int, int]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(play(Path(folder), zone, start, acts))


@pytest.mark.asyncio
async def test_the_slots_are_filled_one_after_the_other_and_nothing_moves(bench: Bench) -> None:
    await terms.set_slots(bench.ws, clean_slots("mon-fri 9:00, 16:00"))
    taken = await planned(bench, "2026-12-02T09:00", "There before")
    found = []
    for number in range(3):
        post = await draft(bench, f"Filler {number}")
        found.append((await arranging.fill_slot(bench.ws, post))[bench.account].wall)
    assert [f"{one:%m-%d %H:%M}" for one in found] == ["12-01 16:00", "12-02 16:00", "12-03 09:00"]
    assert walls(bench.ws, taken) == ["12-02 09:00"]
    await arranging.undo(bench.ws)
    post = await draft(bench, "Into the gap")
    assert f"{(await arranging.fill_slot(bench.ws, post))[bench.account].wall:%m-%d %H:%M}" == "12-03 09:00"
